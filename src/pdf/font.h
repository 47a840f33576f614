/* font.h: a font in a PDF: what is shown with it gets codes, the codes become an embedded subset.
 *
 * A code stands for a piece of text and shows one or more glyphs of the face, each moved by whole font units, with an advance
 * of its own: a letter with its marks, a letter with the stroke that lengthens it.  The embedded font has one glyph a code
 * (composites of the faces' own outlines), so that widths, font program and text agree without any tricks in the page.
 * Most fonts show one face; a line in several faces may be shown with one font that holds outlines of them all. */
#ifndef DG_PDFFONT_H
#define DG_PDFFONT_H

#include <hb.h>

#include "pdf/file.h"
#include "pdf/program.h"

typedef struct DgPdfFont DgPdfFont;

/* @faces: hb_face_t* of the document, a reference is taken; more may be appended later.  @main: the one that gives the font its
 * name and units. */
DgPdfFont *dg_pdf_font_new (GPtrArray *faces, guint main);
void       dg_pdf_font_free (DgPdfFont *font);

/* Font units in an em, and the advance of one of the main face's glyphs in them. */
guint dg_pdf_font_upem (const DgPdfFont *font);
int   dg_pdf_font_advance (DgPdfFont *font, guint32 glyph);

/* The code for these glyphs with this advance (font units) and text (may be empty); the same one for the same things.
 * 0 where the font has no room for another: take a new font of the same face. */
guint dg_pdf_font_code (DgPdfFont *font, const DgPdfPart *parts, guint n_parts, int advance, const char *text, gsize length);

/* TRUE where no code was asked for: there is nothing to write. */
gboolean dg_pdf_font_is_empty (const DgPdfFont *font);

/* Writes the font's objects for the codes asked for so far; returns the number of the Type 0 font's dictionary.
 * 0 with @error (DIGLOT_ERROR_FONT) where the face cannot be embedded. */
guint dg_pdf_font_write (DgPdfFont *font, DgPdf *pdf, GError **error);

#endif
