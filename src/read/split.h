/* split.h: where in an input one dispatch ends and the next begins.
 * In: a source, or a document read from one.  Out: the dispatches' own sources, or the lines where further ones begin. */
#ifndef DG_SPLIT_H
#define DG_SPLIT_H

#include "read/doc.h"

/* The dispatches of @source, told by what stands between them: a wire service's controls, form feeds, rows of dashes and the like, end
 * marks.  Such a sign parts only what is a dispatch on either side: both halves of a dispatch stay together, and so do its sections.
 * @languages as in dg_parse.  An array of DgSource, one at least (then @source itself), yours to unref. */
GPtrArray *dg_split_source (DgSource *source, const char *languages);

/* The lines of @doc (guint) at which further dispatches begin, told by a second head after a finished pair; NULL for one dispatch. */
GArray *dg_split_find_heads (const DgDoc *doc);

#endif
