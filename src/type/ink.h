/* ink.h: whether the ink of a line meets that of the next one.
 * In: two set lines and the distance of their baselines.  Out: a number; nothing is kept but each face's glyph boxes, with the face. */
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

/* How often @upper and @lower, @leading pt apart, touch; places where they nearly do, and where a mark under a letter of the upper line
 * hangs so near a letter of the lower one that it reads as that letter's own, count as less than one. */
double dg_ink_clashes (const DgLine *upper, const DgLine *lower, double leading);

#endif
