/* text.h: set lines become text operators.
 * In: lines of placed glyphs with the text they stand for.  Out: content stream operators, and the faces they need.
 *
 * The form of the operators is chosen so that every engine that people read PDFs with gives the words back (docs/text-back.md). */
#ifndef DG_PDFTEXT_H
#define DG_PDFTEXT_H

#include "type/line.h"
#include "pdf/faces.h"

/* Appends the operators that show @line with its glyph x = 0 at (@x, @y), pt from the page's left and bottom.
 * @text: its paragraph's; @rtl: that runs from right to left. */
void dg_pdf_text_append (GString *content, DgPdfFaces *faces, const DgLine *line, const char *text, gboolean rtl, double x, double y);

#endif
