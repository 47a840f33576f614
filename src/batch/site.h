/* site.h: the index and the feed that stand in the folder of a batch's web pages.
 * In: what the report tells of each dispatch.  Out: two files, index.html and feed.atom. */
#ifndef DG_BATCH_SITE_H
#define DG_BATCH_SITE_H

#include "batch/jobs.h"

typedef struct DgSite DgSite;

/* The site in @folder.  NULL with @error (DIGLOT_ERROR_USAGE) where somebody else's page stands there. */
DgSite *dg_site_new (const DiglotBatch *batch, const char *folder, GError **error);
void    dg_site_free (DgSite *site);
/* The dispatches of a job: @outputs (one a part, "" for none) and what the report says of them (dg_report_dup_details). */
void dg_site_add (DgSite *site, const char *const *outputs, const char *details);
/* Writes both files where there is anything to tell.  FALSE with @error. */
gboolean dg_site_close (DgSite *site, GError **error);

#endif
