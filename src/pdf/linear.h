/* linear.h: a PDF laid out so that its first page can be shown before the rest is there (ISO 32000-1 annex F).
 * In: a finished file.  Out: the same objects in another order, yours to unref.
 *
 * libqpdf's work, and the only one it is asked for: it reads every object of the file anew to know which of them the first page needs. */
#ifndef DG_PDFLINEAR_H
#define DG_PDFLINEAR_H

#include <glib.h>

/* NULL with @error (DIGLOT_ERROR_LAYOUT) where libqpdf refuses @pdf or warns of it. */
GBytes *dg_pdf_linearise (GBytes *pdf, GError **error);

#endif
