/* ink.c: boxes of glyphs, found once a face, and their meetings.  Boxes, not outlines: a little too careful, but cheap. */
#include "type/ink.h"

#include "type/fonts.h"

#define CLEAR      .03  /* em that must stay white between two lines */
#define CLEAR_MARK .45  /* em between a low mark and a letter under it */
#define NEAR       .25  /* lines that nearly touch, as a share of lines that do */
#define MARK       2.0  /* a low mark over a letter, likewise: it is misread */
#define LOW        .42  /* em under the baseline from which a mark can be taken for one of the next line */
#define TALLEST    1.08 /* em over the baseline that ink reaches, with what must stay clear of it */
#define INSET      .12  /* share of a box's width at each side that holds little ink */

/* The glyph boxes of a font are kept with the font: it outlives paragraphs and serves one thread. */
#define FONT_KEY "dg-ink"

/* DgInk*, by glyph; NULL where it was not asked for. */
static GPtrArray *
table_of (PangoFont *font)
{
  GPtrArray *table = g_object_get_data (G_OBJECT (font), FONT_KEY);

  if (!table) {
    table = g_ptr_array_new_with_free_func (g_free);
    g_object_set_data_full (G_OBJECT (font), FONT_KEY, table, (GDestroyNotify) g_ptr_array_unref);
  }
  return table;
}

static const DgInk *
find (GPtrArray *table, PangoFont *font, guint32 glyph)
{
  static const DgInk none;
  hb_glyph_extents_t box = { 0, 0, 0, 0 };
  hb_font_t         *hb;
  float              em;
  DgInk             *ink = glyph < table->len ? table->pdata[glyph] : NULL;

  if (ink || glyph >= PANGO_GLYPH_EMPTY) /* the font has none */
    return ink ? ink : &none;
  hb = dg_fonts_at_size (font, DG_FONTS_SIZE);
  em = (float) hb_face_get_upem (hb_font_get_face (hb));
  ink = g_new0 (DgInk, 1);
  if (hb_font_get_glyph_extents (hb, glyph, &box)) {
    ink->left = (float) box.x_bearing / em;
    ink->right = (float) (box.x_bearing + box.width) / em;
    ink->top = (float) box.y_bearing / em;
    ink->bottom = (float) (box.y_bearing + box.height) / em;
  }
  if (glyph >= table->len)
    g_ptr_array_set_size (table, (int) glyph + 1);
  table->pdata[glyph] = ink;
  return ink;
}

const DgInk *
dg_ink_get (PangoFont *font, guint32 glyph)
{
  return find (table_of (font), font, glyph);
}

/* A glyph's ink in the measure's coordinates. */
typedef struct {
  double   left, right, edge; /* edge: the lowest ink of the upper line, the highest of the lower one */
  double   em;
  gboolean mark;
} Box;

/* Adds the boxes whose edge is beyond @limit: lower than it in the upper line, higher in the other. */
static void
gather (const DgLine *line, gboolean upper, double limit, GArray *boxes)
{
  for (guint r = 0; r < line->runs->len; r++) {
    const DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, r);
    GPtrArray        *table = table_of (run->font);

    for (guint i = run->first; i < run->first + run->n; i++) {
      const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);
      const DgInk   *ink = glyph->kind == DG_GLYPH_SPACE ? NULL : find (table, run->font, glyph->glyph);
      double         edge;

      if (!ink || ink->right <= ink->left)
        continue;
      edge = glyph->y + run->size * (upper ? ink->bottom : ink->top);
      if (upper ? edge > limit : edge < limit)
        continue;
      {
        gboolean mark = glyph->kind == DG_GLYPH_MARK || glyph->advance == 0;
        double   inset = mark ? 0 : INSET * (ink->right - ink->left);
        double   x = line->x + glyph->x;
        Box      box = { x + run->size * (ink->left + inset), x + run->size * (ink->right - inset), edge, run->size, mark };

        g_array_append_val (boxes, box);
      }
    }
  }
}

/* How far below a box of the upper line must be white. */
static double
clear_below (const Box *box)
{
  return (box->mark ? CLEAR_MARK : CLEAR) * box->em;
}

/* Below the baseline: where the lowest of the white that the boxes ask for ends. */
static double
reach (const GArray *boxes)
{
  double depth = G_MAXDOUBLE;

  for (guint i = 0; i < boxes->len; i++) {
    const Box *box = &g_array_index (boxes, Box, i);

    depth = MIN (depth, box->edge - clear_below (box));
  }
  return depth;
}

double
dg_ink_clashes (const DgLine *upper, const DgLine *lower, double leading)
{
  g_autoptr (GArray) above = NULL, below = NULL;
  double em = 0, clashes = 0;

  if (leading <= 0)
    return 0;
  above = g_array_new (FALSE, FALSE, sizeof (Box));
  for (guint r = 0; r < upper->runs->len; r++)
    em = MAX (em, g_array_index (upper->runs, DgGlyphRun, r).size);
  /* Most lines end here: nothing hangs low enough to meet the tallest ink there is. */
  gather (upper, TRUE, -CLAMP (leading - TALLEST * em, 0, LOW * em), above);
  if (above->len == 0)
    return 0;
  below = g_array_new (FALSE, FALSE, sizeof (Box));
  gather (lower, FALSE, leading + reach (above), below);
  for (guint i = 0; i < above->len; i++) {
    const Box *a = &g_array_index (above, Box, i);
    double     clear = clear_below (a), worst = 0;

    for (guint k = 0; k < below->len; k++) {
      const Box *b = &g_array_index (below, Box, k);
      double     gap = leading + a->edge - b->edge;

      if (a->left < b->right && b->left < a->right && gap < clear)
        worst = MAX (worst, gap < 0 ? 1 : a->mark ? MARK : NEAR);
    }
    clashes += worst;
  }
  return clashes;
}
