/* site.h: what leads to the pages of many dispatches: an index in their languages, and an Atom feed.
 * In: what the pages are about.  Out: the bytes of both; the same entries give the same. */
#ifndef DG_SITE_H
#define DG_SITE_H

#include "web/article.h"

typedef struct {
  char *path;     /* of the page below the folder of the site, "a/b.html" */
  char *langs[2]; /* BCP 47; [1] is NULL where there is one text */
  char *titles[2];
  char *date; /* ISO 8601, "2022-09-09T21:10" or "2022-09-09"; NULL: not known */
} DgSiteEntry;

void dg_site_clear_entry (gpointer entry); /* for an array of them */

/* The newest first, those without a date last, else by path. */
void dg_site_sort (GArray *entries);

/* @entries: DgSiteEntry, sorted, one at least.  NULL with @error (DIGLOT_ERROR_READ) where the style cannot be read. */
GBytes *dg_site_write_index (const GArray *entries, const DgWebOptions *options, GError **error);
/* Those that have a date, for without one Atom (RFC 4287) has no entry. */
GBytes *dg_site_write_feed (const GArray *entries, const DgWebOptions *options);

#endif
