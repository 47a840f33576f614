/* pieces.h: a line as the pieces that its text operators show, and the steps that fit them to the engines that read PDFs.
 * In: pieces from left to right as they were set (text.c).  Out: the same page to the eye, from which each engine gets the words back;
 * docs/text-back.md tells which engine each step is for. */
#ifndef DG_PDFPIECES_H
#define DG_PDFPIECES_H

#include <string.h>

#include "pdf/faces.h"
#include "pdf/font.h"
#include "type/line.h"

#define DG_PDF_LRM "\xe2\x80\x8e"
#define DG_PDF_RLM "\xe2\x80\x8f"

/* A code: a letter with what belongs to it, a mark of its own, a space, a blank that says a direction. */
typedef struct {
  guint             font;        /* in the faces' fonts */
  double            size, scale; /* pt; widening across */
  double            unit;        /* pt in a font unit, across */
  const DgGlyphRun *run;
  gboolean          rtl, space, mark;
  gboolean          dead;     /* part of another piece by now */
  gboolean          opens;    /* a run of its own begins here, whatever the direction of the piece before it */
  const char       *before;   /* where a phrase of the other direction begins: what the joint to what is read before it says; else NULL */
  const char       *after;    /* likewise after it */
  double            x;        /* pt from the line's glyph x = 0 */
  int               advance;  /* font units */
  guint             first, n; /* in the setter's parts */
  const char       *text;     /* what it says: of the paragraph, the setter's strings, or constant; not terminated */
  guint             length;   /* of that, bytes */
} DgPdfPiece;

/* A line while it is set. */
typedef struct {
  DgPdfFaces   *faces;
  const DgLine *line;
  const char   *text;    /* of the paragraph */
  GArray       *pieces;  /* DgPdfPiece, left to right */
  GArray       *parts;   /* DgPdfPart */
  GStringChunk *strings; /* what pieces say that is no stretch of the paragraph */
  GString      *scratch;
  gboolean      rtl, marks; /* among the pieces are right-to-left ones, marks */
} DgPdfSetter;

static inline DgPdfPiece *
dg_pdf_piece_at (const DgPdfSetter *self, guint i)
{
  return &g_array_index (self->pieces, DgPdfPiece, i);
}

/* @text is constant or the setter's. */
static inline void
dg_pdf_piece_say (DgPdfPiece *piece, const char *text)
{
  piece->text = text;
  piece->length = (guint) strlen (text);
}

/* TRUE for a piece that says @text and no more. */
static inline gboolean
dg_pdf_piece_says (const DgPdfPiece *piece, const char *text)
{
  return piece->length == strlen (text) && memcmp (piece->text, text, piece->length) == 0;
}

/* The first character of what a piece says. */
static inline gunichar
dg_pdf_piece_char (const DgPdfPiece *piece)
{
  return g_utf8_get_char (piece->text);
}

/* The kinds into which PDFium sorts what it reads, to put the strings of one kind in order. */
guint dg_pdf_piece_kind (const DgPdfPiece *piece);

/* All steps.  @rtl: the paragraph runs from right to left. */
void dg_pdf_pieces_fit (DgPdfSetter *self, gboolean rtl);

/* Where the run that ends before piece @end begins: runs of a right-to-left line are shown in reading order, each from left to right. */
guint dg_pdf_pieces_run (const DgPdfSetter *self, guint end);

#endif
