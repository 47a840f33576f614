/* faces.h: the fonts that one document shows its lines with. */
#ifndef DG_PDF_FACES_H
#define DG_PDF_FACES_H

#include "pdf/file.h"
#include "pdf/font.h"
#include "pdf/profile.h"

#include <pango/pango.h>

typedef struct DgPdfFaces DgPdfFaces;

/* The faces of one document, whose colours are @profile's, which is borrowed. */
DgPdfFaces *dg_pdf_faces_new (const DgProfile *profile);
void        dg_pdf_faces_free (DgPdfFaces *faces);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPdfFaces, dg_pdf_faces_free)

/* Writes the fonts; returns the number of a dictionary for /Font in the pages' resources.  0 with @error (DIGLOT_ERROR_FONT). */
guint dg_pdf_faces_write (DgPdfFaces *faces, DgPdf *pdf, GError **error);

/* The latest font of the face that @font is of: the one with room; and another one of the document's face @face.  Both give its number. */
guint dg_pdf_faces_find (DgPdfFaces *faces, PangoFont *font);
guint dg_pdf_faces_add (DgPdfFaces *faces, guint face);
/* Font @font of the document, lent, and which of the document's faces it shows. */
DgPdfFont       *dg_pdf_faces_font (const DgPdfFaces *faces, guint font);
guint            dg_pdf_faces_face (const DgPdfFaces *faces, guint font);
const DgProfile *dg_pdf_faces_profile (const DgPdfFaces *faces);

#endif
