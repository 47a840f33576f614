/* pdfpages.h: set pages become a tagged PDF.
 * In: pages, what is known of the document.  Out: the file's bytes.
 *
 * The reading order stands in the structure tree: a section for each head and each row, in it the paragraphs of both
 * languages with their exact text.  Furniture and rules are artifacts (ISO 32000-1 14.8). */
#ifndef DG_PDFPAGES_H
#define DG_PDFPAGES_H

#include "paint.h"
#include "profile.h"

/* NULL with @error (DIGLOT_ERROR_FONT, DIGLOT_ERROR_LAYOUT) where a face cannot be embedded or the file not be written.
 * The same pages, info and profile give the same bytes. */
GBytes *dg_pdf_write (const DgPages *pages, const DgPaintInfo *info, const DgProfile *profile, GError **error);

#endif
