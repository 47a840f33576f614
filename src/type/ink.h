/* ink.h: whether the ink of a line meets that of the next one.
 * In: two set lines and the distance of their baselines.  Out: a number; nothing is kept but each face's glyphs, with the face. */
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

/* How often @upper and @lower, @leading pt apart, touch; places where they nearly do, and marks of either that stand nearer to a letter of the other
 * than to their own, so that they are read with it, count as less than one, or as more where they all but touch it.  @nudged (may be NULL): such marks are
 * moved by a few hundredths of an em first, towards their own letters or aside; whether one was.  @at (may be NULL): where the worst is, pt from the measure's left. */
double dg_ink_clashes (const DgLine *upper, const DgLine *lower, double leading, gboolean *nudged, double *at);

/* Places where they touch, and no more than that. */
guint dg_ink_touches (const DgLine *upper, const DgLine *lower, double leading);

#endif
