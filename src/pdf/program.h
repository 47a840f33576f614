/* program.h: the font programs behind font.c: one glyph a code, glyph number = code. */
#ifndef DG_PDFPROGRAM_H
#define DG_PDFPROGRAM_H

#include <glib.h>
#include <hb.h>

#define DG_PDF_SCALE 16384 /* a part in its own size, once units are the main face's */

typedef struct {
  guint   source; /* its face, index in the document's faces */
  guint32 glyph;  /* of that face */
  int     x, y;   /* units of the font's main face from the code's origin */
  int     scale;  /* 1/16384 of a font unit a unit of its face; below 2 */
} DgPdfPart;

/* A code: parts [first, first + n) drawn over one another.  Code 0 is .notdef and shows the face's glyph 0. */
typedef struct {
  int   advance; /* font units */
  guint first, n;
} DgPdfCode;

typedef struct {
  hb_face_t *const *faces;
  guint             n_faces, main;
  const DgPdfCode  *codes;
  guint             n_codes;
  const DgPdfPart  *parts;
} DgPdfProgram;

/* TRUE where all faces that are shown have TrueType outlines. */
gboolean dg_pdf_program_is_glyf (const DgPdfProgram *program);

/* A TrueType font with composites of the face's own outlines, unhinted.  NULL with @error (DIGLOT_ERROR_FONT). */
GBytes *dg_pdf_glyf_new (const DgPdfProgram *program, GError **error);

/* A bare CFF font (CID-keyed) with the outlines redrawn, for faces that have no TrueType outlines.  NULL with @error. */
GBytes *dg_pdf_cff_new (const DgPdfProgram *program, GError **error);

#endif
