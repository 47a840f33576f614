/* web.h: what the batch needs of the web beyond diglot.h: the site about its pages. */
#ifndef DG_API_WEB_H
#define DG_API_WEB_H

#include "diglot.h"
#include "web/site.h"

/* The index and the feed of @entries, which it sorts, in the manner of the template that @options name.  FALSE with @error. */
gboolean dg_web_write_site (const DiglotOptions *options, GArray *entries, GBytes **index, GBytes **feed, GError **error);

#endif
