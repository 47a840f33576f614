/* write.h: set pages become a tagged PDF.
 * In: pages of one or several dispatches, what is known of each, what the file is for.  Out: the file's bytes.
 *
 * The reading order stands in the structure tree (tags.h); furniture, rules and a press's marks are artifacts (ISO 32000-1 14.8).
 * What the file says of itself is xmp.h's business. */
#ifndef DG_PDFPAGES_H
#define DG_PDFPAGES_H

#include "pdf/document.h"
#include "pdf/profile.h"

/* A file of the pages of @n dispatches, one at least, in this order; @info is the file's, the dispatch's own where there is one.
 * NULL with @error (DIGLOT_ERROR_FONT, DIGLOT_ERROR_LAYOUT) where a face cannot be embedded or the file not be written.
 * The same pages, info and profile give the same bytes. */
GBytes *dg_pdf_write (const DgPdfDocument *documents, guint n, const DgInfo *info, const DgProfile *profile, GError **error);

#endif
