/* ink.h: the ink of glyphs: boxes, and their edges in narrow columns.  What is found is kept with the face. */
#ifndef DG_INK_H
#define DG_INK_H

#include <hb.h>
#include "type/line.h"

/* A glyph's ink in em, y up from the baseline; empty where it has none. */
typedef struct {
  float left, right, bottom, top;
} DgInk;

/* Lent by the font. */
const DgInk *dg_ink_get (PangoFont *font, guint32 glyph);

#define DG_INK_STEPS 24   /* columns an em in which an outline is kept */
#define DG_INK_NONE  1e9f /* in a column without any: the lowest edge far above, the highest far below */

/* What is known of a glyph. */
typedef struct {
  DgInk  box;        /* first: it is what others see */
  int    first;      /* the column of its left edge */
  guint  n;          /* columns; 0 until asked for, and where it has no ink */
  float *low, *high; /* em, the edges in each */
} DgInkGlyph;

/* DgInkGlyph*, by id; NULL where it was not asked for. */
GPtrArray *dg_ink_table (PangoFont *font);
/* Lent by the table, which is the font's; NULL for what is no glyph. */
DgInkGlyph *dg_ink_find (GPtrArray *table, PangoFont *font, guint32 id);
/* Finds the columns of a glyph that has ink, unless they are known. */
void dg_ink_draw (PangoFont *font, guint32 id, DgInkGlyph *glyph);

#endif
