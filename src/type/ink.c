/* ink.c: the ink of glyphs, found once a face: boxes, and outlines as steps across the letter. */
#include "type/ink.h"

#include <math.h>
#include <string.h>

#include "type/fonts.h"
#include "type/outline.h"

#define FLAT 6 /* straight pieces that a curve is made of */

/* The glyphs of a font are kept with the font: it outlives paragraphs and serves one thread. */
#define FONT_KEY "dg-ink"

typedef DgInkGlyph Glyph;

static void
glyph_free (gpointer data)
{
  Glyph *glyph = data;

  if (glyph != NULL)
    g_free (glyph->low);
  g_free (glyph);
}

GPtrArray *
dg_ink_table (PangoFont *font)
{
  GPtrArray *table = g_object_get_data (G_OBJECT (font), FONT_KEY);

  if (!table) {
    table = g_ptr_array_new_with_free_func (glyph_free);
    g_object_set_data_full (G_OBJECT (font), FONT_KEY, table, (GDestroyNotify) g_ptr_array_unref);
  }
  return table;
}

DgInkGlyph *
dg_ink_find (GPtrArray *table, PangoFont *font, guint32 id)
{
  hb_glyph_extents_t box = { 0, 0, 0, 0 };
  hb_font_t         *hb;
  float              em;
  Glyph             *glyph = id < table->len ? table->pdata[id] : NULL;

  if (glyph || id >= PANGO_GLYPH_EMPTY) /* the font has none */
    return glyph;
  hb = dg_fonts_at_size (font, DG_FONTS_SIZE);
  em = (float) hb_face_get_upem (hb_font_get_face (hb));
  glyph = g_new0 (Glyph, 1);
  if (hb_font_get_glyph_extents (hb, id, &box)) {
    glyph->box.left = (float) box.x_bearing / em;
    glyph->box.right = (float) (box.x_bearing + box.width) / em;
    glyph->box.top = (float) box.y_bearing / em;
    glyph->box.bottom = (float) (box.y_bearing + box.height) / em;
  }
  if (id >= table->len)
    g_ptr_array_set_size (table, (int) id + 1);
  table->pdata[id] = glyph;
  return glyph;
}

const DgInk *
dg_ink_get (PangoFont *font, guint32 id)
{
  static const DgInk none;
  const Glyph       *glyph = dg_ink_find (dg_ink_table (font), font, id);

  return glyph != NULL ? &glyph->box : &none;
}

/* An outline on its way into columns; em. */
typedef struct {
  Glyph *glyph;
  double em, x, y, start_x, start_y;
} Drawing;

static void
mark_column (Glyph *glyph, int column, double y)
{
  int i = column - glyph->first;

  if (i < 0 || i >= (int) glyph->n)
    return;
  glyph->low[i] = MIN (glyph->low[i], (float) y);
  glyph->high[i] = MAX (glyph->high[i], (float) y);
}

/* Every column that the straight line crosses gets the heights at which it does. */
static void
draw_line (Drawing *pen, double x, double y)
{
  double x0 = pen->x * DG_INK_STEPS, x1 = x * DG_INK_STEPS, y0 = pen->y, y1 = y;
  int    from, to;

  pen->x = x;
  pen->y = y;
  if (x0 > x1) {
    double t = x0;

    x0 = x1;
    x1 = t;
    t = y0;
    y0 = y1;
    y1 = t;
  }
  from = (int) floor (x0);
  to = (int) floor (x1);
  mark_column (pen->glyph, from, y0);
  mark_column (pen->glyph, to, y1);
  for (int i = from + 1; i <= to; i++) {
    double at = y0 + (y1 - y0) * (i - x0) / (x1 - x0);

    mark_column (pen->glyph, i - 1, at);
    mark_column (pen->glyph, i, at);
  }
}

static void
on_move (gpointer data, double x, double y)
{
  Drawing *pen = data;

  pen->start_x = pen->x = x / pen->em;
  pen->start_y = pen->y = y / pen->em;
}

static void
on_line (gpointer data, double x, double y)
{
  Drawing *pen = data;

  draw_line (pen, x / pen->em, y / pen->em);
}

static void
on_curve (gpointer data, double ax, double ay, double bx, double by, double x, double y)
{
  Drawing *pen = data;
  double   x0 = pen->x, y0 = pen->y;

  for (int i = 1; i <= FLAT; i++) {
    double t = (double) i / FLAT, u = 1 - t;

    draw_line (pen, u * u * u * x0 + (3 * u * u * t * ax + 3 * u * t * t * bx + t * t * t * x) / pen->em,
               u * u * u * y0 + (3 * u * u * t * ay + 3 * u * t * t * by + t * t * t * y) / pen->em);
  }
}

static void
on_close (gpointer data)
{
  Drawing *pen = data;

  draw_line (pen, pen->start_x, pen->start_y);
}

static const DgPen to_columns = { on_move, on_line, NULL, on_curve, on_close };

void
dg_ink_draw (PangoFont *font, guint32 id, Glyph *glyph)
{
  hb_font_t *hb;
  Drawing    pen = { glyph, 0, 0, 0, 0, 0 };

  if (glyph->n > 0)
    return;
  hb = dg_fonts_at_size (font, DG_FONTS_SIZE);
  pen.em = hb_face_get_upem (hb_font_get_face (hb));
  glyph->first = (int) floorf (glyph->box.left * DG_INK_STEPS);
  glyph->n = (guint) ((int) floorf (glyph->box.right * DG_INK_STEPS) - glyph->first + 1);
  glyph->low = g_new (float, 2 * (gsize) glyph->n);
  glyph->high = glyph->low + glyph->n;
  for (guint i = 0; i < glyph->n; i++) {
    glyph->low[i] = DG_INK_NONE;
    glyph->high[i] = -DG_INK_NONE;
  }
  dg_outline_draw (hb, id, &to_columns, &pen);
}
