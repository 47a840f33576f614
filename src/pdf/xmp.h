/* xmp.h: what a PDF says of itself: document information, XMP, output intent, associated files.
 * In: what is known of the document and what the file is for.  Out: PDF objects. */
#ifndef DG_PDFMETA_H
#define DG_PDFMETA_H

#include "pdf/file.h"
#include "pdf/document.h"
#include "pdf/profile.h"

/* Writes the document information dictionary (ISO 32000-1 14.3.3); returns its number. */
guint dg_pdf_info_write (const DgInfo *info, const DgProfile *profile, DgPdf *pdf);

/* Writes what @profile asks for and appends the catalog's entries for it: XMP that says the same as the information dictionary,
 * the output intent, the dispatches' texts.  @id: something that other documents do not share, for the XMP's identifier. */
void dg_pdf_meta_write (const DgPdfDocument *documents, guint n, const DgInfo *info, const DgProfile *profile, const char *id, DgPdf *pdf, GString *catalog);

#endif
