/* ink.c: the ink of glyphs, found once a face: boxes, and outlines as steps across the letter; how two lines' ink meets. */
#include "type/ink.h"

#include <math.h>
#include <string.h>

#include "type/fonts.h"
#include "type/outline.h"

#define STEPS        24   /* columns an em in which an outline is kept */
#define FLAT         6    /* straight pieces that a curve is made of */
#define CELL         .5   /* pt: width of the columns in which two lines are compared */
#define REACH        11   /* columns on either side in which a mark looks for letters: FAR */
#define FAR          5.5  /* pt: a letter further away is no mark's */
#define CLEAR        .03  /* em that must stay white between two lines */
#define NEAR         .25  /* lines that nearly touch, as a share of lines that do */
#define ASTRAY       .5   /* a mark nearer to a foreign letter than to its own, likewise */
#define MISREAD      1.5  /* … that stands between the two lines all but on the foreign letter */
#define CROWDS       .4   /* a mark under a letter and close over one of the next line, likewise */
#define OVER         .3   /* em: as close as that */
#define HUGS         .12  /* em: as near as that */
#define NUDGE        .03  /* em: the step by which a mark is moved */
#define NUDGES       5    /* steps towards its letter, at most */
#define NUDGES_ASIDE 3    /* steps to either side */
#define NUDGE_PRICE  .008 /* em that must be won by each step */
#define ASIDE        3    /* the price of a step aside, as a share of one towards the letter */
#define ENOUGH       .3   /* em by which a mark stands clearly nearer to its own letter */
#define CLEARLY      .6   /* share of the distance to a foreign letter within which a mark is clearly its own letter's */
#define CROWDED      .2   /* em: a letter nearer than that crowds a foreign mark */
#define OWN_LEAST    .04  /* em that stay white between a mark and its own letter */
#define NO_INK       1e9f /* in a column without any: the lowest edge far above, the highest far below */

/* The glyphs of a font are kept with the font: it outlives paragraphs and serves one thread. */
#define FONT_KEY "dg-ink"

/* What is known of a glyph. */
typedef struct {
  DgInk  box;        /* first: it is what others see */
  int    first;      /* the column of its left edge */
  guint  n;          /* columns; 0 until asked for, and where it has no ink */
  float *low, *high; /* em, the edges in each */
} Glyph;

static void
glyph_free (gpointer data)
{
  Glyph *glyph = data;

  if (glyph != NULL)
    g_free (glyph->low);
  g_free (glyph);
}

/* Glyph*, by id; NULL where it was not asked for. */
static GPtrArray *
table_of (PangoFont *font)
{
  GPtrArray *table = g_object_get_data (G_OBJECT (font), FONT_KEY);

  if (!table) {
    table = g_ptr_array_new_with_free_func (glyph_free);
    g_object_set_data_full (G_OBJECT (font), FONT_KEY, table, (GDestroyNotify) g_ptr_array_unref);
  }
  return table;
}

static Glyph *
find (GPtrArray *table, PangoFont *font, guint32 id)
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
  const Glyph       *glyph = find (table_of (font), font, id);

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
  double x0 = pen->x * STEPS, x1 = x * STEPS, y0 = pen->y, y1 = y;
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

/* Finds the outline of a glyph that has ink, unless it is known. */
static void
draw_outline (PangoFont *font, guint32 id, Glyph *glyph)
{
  hb_font_t *hb;
  Drawing    pen = { glyph, 0, 0, 0, 0, 0 };

  if (glyph->n > 0)
    return;
  hb = dg_fonts_at_size (font, DG_FONTS_SIZE);
  pen.em = hb_face_get_upem (hb_font_get_face (hb));
  glyph->first = (int) floorf (glyph->box.left * STEPS);
  glyph->n = (guint) ((int) floorf (glyph->box.right * STEPS) - glyph->first + 1);
  glyph->low = g_new (float, 2 * (gsize) glyph->n);
  glyph->high = glyph->low + glyph->n;
  for (guint i = 0; i < glyph->n; i++) {
    glyph->low[i] = NO_INK;
    glyph->high[i] = -NO_INK;
  }
  dg_outline_draw (hb, id, &to_columns, &pen);
}

/* A vowel or the like. */
typedef struct {
  const Glyph *glyph;
  double       x, y, size; /* its origin, pt */
  DgGlyph     *placed;     /* in the line */
} Mark;

/* One edge of a line's ink in columns of CELL pt, from @left on, pt from the baseline: the lower one of an upper line, the upper one of a lower one.
 * Of the ink there is what can meet the other line's or is near a mark that can. */
typedef struct {
  const DgLine *line;
  gboolean      upper;
  double        most; /* pt: how far the line's ink reaches towards the other one */
  double        left;
  int           n;
  float        *letters; /* marks apart */
  GArray       *marks;   /* Mark: those that come near the other line */
} Edge;

static void
edge_clear (Edge *edge)
{
  g_free (edge->letters);
  if (edge->marks != NULL)
    g_array_unref (edge->marks);
}

static gboolean
is_mark (const DgGlyph *glyph)
{
  return glyph->kind != DG_GLYPH_SPACE && fabs (glyph->advance) < .01;
}

/* How far @glyph's ink reaches from the baseline towards the other line, pt. */
static double
reach_of (const Edge *edge, const Glyph *glyph, double y, double size)
{
  return edge->upper ? -(y + size * (double) glyph->box.bottom) : y + size * (double) glyph->box.top;
}

/* Calls @visit for each glyph of the line that has ink. */
static void
each_glyph (Edge *edge, void (*visit) (Edge *edge, DgGlyph *glyph, Glyph *ink, const DgGlyphRun *run, gpointer data), gpointer data)
{
  for (guint r = 0; r < edge->line->runs->len; r++) {
    const DgGlyphRun *run = &g_array_index (edge->line->runs, DgGlyphRun, r);
    GPtrArray        *table = table_of (run->font);

    for (guint i = run->first; i < run->first + run->n; i++) {
      DgGlyph *glyph = &g_array_index (edge->line->glyphs, DgGlyph, i);
      Glyph   *ink = glyph->kind == DG_GLYPH_SPACE ? NULL : find (table, run->font, glyph->glyph);

      if (ink != NULL && ink->box.right > ink->box.left)
        visit (edge, glyph, ink, run, data);
    }
  }
}

static void
take_reach (Edge *edge, DgGlyph *glyph, Glyph *ink, const DgGlyphRun *run, gpointer data G_GNUC_UNUSED)
{
  edge->most = MAX (edge->most, reach_of (edge, ink, glyph->y, run->size));
}

/* Takes the marks that reach further than @data, a double. */
static void
take_mark (Edge *edge, DgGlyph *glyph, Glyph *ink, const DgGlyphRun *run, gpointer data)
{
  Mark mark = { ink, edge->line->x + glyph->x, glyph->y, run->size, glyph };

  if (!is_mark (glyph) || reach_of (edge, ink, glyph->y, run->size) <= *(const double *) data)
    return;
  draw_outline (run->font, glyph->glyph, ink);
  if (edge->marks == NULL)
    edge->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_append_val (edge->marks, mark);
}

/* Takes the glyph's columns into the edge; the sign is that of what counts: lower is more of an upper line. */
static void
add_columns (Edge *edge, const Glyph *glyph, double x, double y, double size)
{
  const float *side = edge->upper ? glyph->low : glyph->high;
  double       step = size / STEPS / CELL, from = (x - edge->left) / CELL + glyph->first * step;

  for (guint i = 0; i < glyph->n; i++, from += step) {
    float value = (float) y + (float) size * side[i];
    int   last = MIN ((int) (from + step), edge->n - 1);

    if (fabsf (side[i]) >= NO_INK)
      continue;
    for (int c = MAX ((int) from, 0); c <= last; c++)
      edge->letters[c] = edge->upper ? MIN (edge->letters[c], value) : MAX (edge->letters[c], value);
  }
}

typedef struct {
  double        least; /* pt: what reaches as far may touch the other line */
  const guint8 *near;  /* columns about marks */
} Wanted;

static void
take_ink (Edge *edge, DgGlyph *glyph, Glyph *ink, const DgGlyphRun *run, gpointer data)
{
  const Wanted *wanted = data;
  double        x = edge->line->x + glyph->x;
  int from = (int) ((x + run->size * (double) ink->box.left - edge->left) / CELL), to = (int) ((x + run->size * (double) ink->box.right - edge->left) / CELL);
  gboolean takes = reach_of (edge, ink, glyph->y, run->size) > wanted->least;

  if (is_mark (glyph))
    return;
  from = CLAMP (from, 0, edge->n - 1);
  to = CLAMP (to, 0, edge->n - 1);
  if (!takes && !wanted->near[from] && !wanted->near[to] && !wanted->near[(from + to) / 2])
    return;
  draw_outline (run->font, glyph->glyph, ink);
  add_columns (edge, ink, x, glyph->y, run->size);
}

/* What of the two lines may meet or be taken for the other's; FALSE where nothing is, as with most lines. */
static gboolean
make_edges (const DgLine *upper, const DgLine *lower, double leading, Edge *above, Edge *below)
{
  g_autofree guint8 *near = NULL;
  double             em = 0, left = MIN (upper->x, lower->x), right = MAX (upper->x + upper->width, lower->x + lower->width), least;
  Edge              *edges[2] = { above, below };
  gboolean           marks;

  memset (above, 0, sizeof *above);
  memset (below, 0, sizeof *below);
  if (leading <= 0 || upper->runs->len == 0 || lower->runs->len == 0)
    return FALSE;
  for (guint r = 0; r < upper->runs->len; r++)
    em = MAX (em, g_array_index (upper->runs, DgGlyphRun, r).size);
  above->line = upper;
  below->line = lower;
  above->upper = TRUE;
  each_glyph (above, take_reach, NULL);
  each_glyph (below, take_reach, NULL);
  least = leading - below->most - FAR;
  each_glyph (above, take_mark, &least);
  least = leading - above->most - FAR;
  each_glyph (below, take_mark, &least);
  marks = above->marks != NULL || below->marks != NULL;
  if (!marks && above->most + below->most < leading - CLEAR * em)
    return FALSE;
  above->left = below->left = left - em;
  above->n = below->n = (int) ceil ((right - left + 2 * em) / CELL) + 1;
  near = g_new0 (guint8, above->n);
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; edges[k]->marks != NULL && i < edges[k]->marks->len; i++) {
      const Mark *mark = &g_array_index (edges[k]->marks, Mark, i);
      int         from = (int) ((mark->x + mark->size * (double) mark->glyph->box.left - FAR - above->left) / CELL),
          to = (int) ((mark->x + mark->size * (double) mark->glyph->box.right + FAR - above->left) / CELL);

      for (int c = MAX (from, 0); c <= MIN (to, above->n - 1); c++)
        near[c] = TRUE;
    }
  for (guint k = 0; k < 2; k++) {
    Edge  *edge = edges[k];
    Wanted wanted = { leading - edges[1 - k]->most - CLEAR * em, near };

    edge->letters = g_new (float, edge->n);
    for (int i = 0; i < edge->n; i++)
      edge->letters[i] = edge->upper ? NO_INK : -NO_INK;
    each_glyph (edge, take_ink, &wanted);
  }
  return TRUE;
}

/* The distance from the mark to the edge @values, at most FAR: the mark stands above it where @above, else below; @shift pt are added to the edge. */
static double
distance (const Mark *mark, const Edge *edge, const float *values, double shift, gboolean above)
{
  double best = FAR * FAR;

  for (guint i = 0; i < mark->glyph->n; i += 2) { /* every other column tells as much */
    double middle = mark->x + mark->size * (mark->glyph->first + (int) i + .5) / STEPS - edge->left;
    double side = mark->y + mark->size * (double) (above ? mark->glyph->low[i] : mark->glyph->high[i]);
    int    at = (int) floor (middle / CELL);

    if (fabsf (mark->glyph->low[i]) >= NO_INK)
      continue;
    for (int c = MAX (at - REACH, 0), end = MIN (at + REACH, edge->n - 1); c <= end; c++) {
      double dx = MAX (abs (c - at) - .5, 0) * CELL, dy = above ? side - ((double) values[c] + shift) : (double) values[c] + shift - side;

      dy = MAX (dy, 0);
      best = MIN (best, dx * dx + dy * dy);
    }
  }
  return sqrt (best);
}

/* What was found so far, and where the worst of it was. */
typedef struct {
  double sum, worst, at;
  guint  touches;
} Found;

static void
add (Found *found, double worth, double at)
{
  found->sum += worth;
  found->touches += worth == 1;
  if (worth > found->worst) {
    found->worst = worth;
    found->at = at;
  }
}

/* Adds the marks of the line @own that stand nearer to the letters of @other than to their own.  The line is the upper one where @upper. */
static void
add_astray (const Edge *own, const Edge *other, double leading, gboolean upper, Found *found)
{
  for (guint i = 0; own->marks != NULL && i < own->marks->len; i++) {
    const Mark *mark = &g_array_index (own->marks, Mark, i);
    /* Baselines differ: y of the other line is counted from this one's. */
    double far = distance (mark, other, other->letters, upper ? -leading : leading, upper);
    double middle = mark->x + mark->size * (double) (mark->glyph->box.left + mark->glyph->box.right) / 2;

    if (far < CLEAR * mark->size)
      add (found, far <= 0 ? 1 : NEAR, middle);
    if (far < FAR && distance (mark, own, own->letters, 0, !upper) >= far)
      add (found, far < HUGS * mark->size ? MISREAD : ASTRAY, middle);
    else if (upper && far < OVER * mark->size)
      add (found, CROWDS, middle);
  }
}

/* The distance from the mark number @at of a line to its other marks, at most FAR; by their boxes. */
static double
distance_to_marks (const Edge *own, guint at, const Mark *mark)
{
  const DgInk *a = &mark->glyph->box;
  double       best = FAR * FAR;

  for (guint i = 0; i < own->marks->len; i++) {
    const Mark  *other = &g_array_index (own->marks, Mark, i);
    const DgInk *b = &other->glyph->box;
    double       dx, dy;

    if (i == at || fabs (other->x - mark->x) > FAR + mark->size)
      continue;
    dx = MAX (other->x - mark->x + other->size * (double) b->left - mark->size * (double) a->right,
              mark->x - other->x + mark->size * (double) a->left - other->size * (double) b->right);
    dy = MAX (other->y - mark->y + other->size * (double) b->bottom - mark->size * (double) a->top,
              mark->y - other->y + mark->size * (double) a->bottom - other->size * (double) b->top);
    dx = MAX (dx, 0);
    dy = MAX (dy, 0);
    best = MIN (best, dx * dx + dy * dy);
  }
  return sqrt (best);
}

/* Moves marks of @own that stand nearer to the letters of @other than to their own a little towards these, or aside. */
static void
nudge (const Edge *own, const Edge *other, double leading, gboolean upper)
{
  for (guint i = 0; own->marks != NULL && i < own->marks->len; i++) {
    Mark  *mark = &g_array_index (own->marks, Mark, i);
    double shift = upper ? -leading : leading, best_x = 0, best_y = 0, best;
    double far = distance (mark, other, other->letters, shift, upper), near, floor_pt;

    if (far >= FAR)
      continue;
    near = MIN (distance (mark, own, own->letters, 0, !upper), distance_to_marks (own, i, mark));
    floor_pt = MIN (near, OWN_LEAST * mark->size);
    if (near < CLEARLY * far && far > CROWDED * mark->size)
      continue;
    best = near - far;
    for (int down = 0; down <= NUDGES; down++)
      for (int aside = -NUDGES_ASIDE; aside <= NUDGES_ASIDE; aside++) {
        Mark   moved = *mark;
        double now, cost;

        moved.x += aside * NUDGE * mark->size;
        moved.y += (upper ? 1 : -1) * down * NUDGE * mark->size;
        now = MIN (distance (&moved, own, own->letters, 0, !upper), distance_to_marks (own, i, &moved));
        if (now < floor_pt || now - FAR >= best)
          continue;
        far = distance (&moved, other, other->letters, shift, upper);
        /* What is won beyond a clear difference is not worth moving it further. */
        cost = MAX (now - far, -ENOUGH * mark->size) + NUDGE_PRICE * mark->size * (down + ASIDE * abs (aside));
        if (cost < best - .001) {
          best = cost;
          best_x = moved.x - mark->x;
          best_y = moved.y - mark->y;
        }
      }
    mark->placed->x += best_x;
    mark->placed->y += best_y;
    mark->x += best_x;
    mark->y += best_y;
  }
}

static Found
look (const DgLine *upper, const DgLine *lower, double leading, gboolean nudges)
{
  Edge     above = { 0 }, below = { 0 };
  Found    found = { 0, 0, 0, 0 };
  double   em = 0;
  gboolean meets = FALSE, nears = FALSE;

  if (!make_edges (upper, lower, leading, &above, &below)) {
    edge_clear (&above);
    edge_clear (&below);
    return found;
  }
  if (nudges) {
    nudge (&above, &below, leading, TRUE);
    nudge (&below, &above, leading, FALSE);
  }
  for (guint r = 0; r < upper->runs->len; r++)
    em = MAX (em, g_array_index (upper->runs, DgGlyphRun, r).size);
  for (int c = 0; c < above.n; c++) {
    double gap = leading + (double) above.letters[c] - (double) below.letters[c];

    /* A place counts once, however wide it is. */
    if (gap < 0 && !meets)
      add (&found, 1, above.left + c * CELL);
    else if (gap >= 0 && gap < CLEAR * em && !nears)
      add (&found, NEAR, above.left + c * CELL);
    meets = gap < 0;
    nears = gap < CLEAR * em;
  }
  add_astray (&above, &below, leading, TRUE, &found);
  add_astray (&below, &above, leading, FALSE, &found);
  edge_clear (&above);
  edge_clear (&below);
  return found;
}

double
dg_ink_clashes (const DgLine *upper, const DgLine *lower, double leading, gboolean nudges, double *at)
{
  Found found = look (upper, lower, leading, nudges);

  if (at != NULL)
    *at = found.at;
  return found.sum;
}

guint
dg_ink_touches (const DgLine *upper, const DgLine *lower, double leading)
{
  return look (upper, lower, leading, FALSE).touches;
}
