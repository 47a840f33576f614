/* outline.h: a glyph's outline, drawn by HarfBuzz with any pen. */
#ifndef DG_OUTLINE_H
#define DG_OUTLINE_H

#include <glib.h>
#include <hb.h>

/* What is done with an outline; points are in the font's scale, up from the baseline. */
typedef struct {
  void (*move) (gpointer data, double x, double y);
  void (*line) (gpointer data, double x, double y);
  void (*quadratic) (gpointer data, double cx, double cy, double x, double y); /* NULL: cubic ones are drawn in their place */
  void (*cubic) (gpointer data, double c1x, double c1y, double c2x, double c2y, double x, double y);
  void (*close) (gpointer data); /* NULL: that is understood */
} DgPen;

/* Draws the outline of @glyph; @data is handed to the pen. */
void dg_outline_draw (hb_font_t *font, guint32 glyph, const DgPen *pen, gpointer data);

#endif
