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
#define STRETCH      16   /* columns in which two lines are compared by boxes before */
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
#define HAIR         .01  /* pt, for what rounding takes */
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

/* A glyph of a line that has ink. */
typedef struct {
  Glyph     *ink;
  DgGlyph   *placed;
  PangoFont *font;
  double     x, size, reach; /* pt: from the measure's left; how far it reaches from the baseline towards the other line */
} Item;

/* One edge of a line's ink in columns of CELL pt, from @left on, pt from the baseline: the lower one of an upper line, the upper one of a lower one.
 * Of the ink there is what can meet the other line's or is near a mark that can. */
typedef struct {
  gboolean upper;
  double   left;
  int      n, n_stretches;
  Item    *items; /* from left to right */
  guint    n_items;
  double   most;      /* pt: how far the line's ink reaches towards the other one, */
  float   *stretches; /* … in each stretch of columns */
  float   *letters;   /* marks apart */
  GArray  *marks;     /* Mark: those that come near the other line */
} Edge;

static void
edge_clear (Edge *edge)
{
  g_free (edge->items);
  g_free (edge->stretches);
  g_free (edge->letters);
  if (edge->marks != NULL)
    g_array_unref (edge->marks);
}

static gboolean
is_mark (const DgGlyph *glyph)
{
  return glyph->kind != DG_GLYPH_SPACE && fabs (glyph->advance) < .01;
}

static int
column_at (const Edge *edge, double x)
{
  return (int) CLAMP ((x - edge->left) / CELL, 0, edge->n - 1);
}

static int
column_of (const Edge *edge, const Item *item, float side)
{
  return column_at (edge, item->x + item->size * (double) side);
}

/* The stretches in which the item's columns lie. */
static void
find_stretches (const Edge *edge, const Item *item, int *first, int *last)
{
  double beyond = item->size / STEPS + CELL; /* columns of outlines reach over the box */

  *first = column_at (edge, item->x + item->size * (double) item->ink->box.left - beyond) / STRETCH;
  *last = column_at (edge, item->x + item->size * (double) item->ink->box.right + beyond) / STRETCH;
}

static void
list_items (Edge *edge, const DgLine *line)
{
  edge->items = g_new (Item, line->glyphs->len + 1);
  edge->n_stretches = (edge->n - 1) / STRETCH + 1;
  edge->stretches = g_new (float, edge->n_stretches);
  for (int i = 0; i < edge->n_stretches; i++)
    edge->stretches[i] = -NO_INK;
  for (guint r = 0; r < line->runs->len; r++) {
    const DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, r);
    GPtrArray        *table = table_of (run->font);

    for (guint i = run->first; i < run->first + run->n; i++) {
      DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);
      Glyph   *ink = glyph->kind == DG_GLYPH_SPACE ? NULL : find (table, run->font, glyph->glyph);
      Item    *item = &edge->items[edge->n_items];
      int      first, last;

      if (ink == NULL || ink->box.right <= ink->box.left)
        continue;
      *item = (Item){ ink, glyph, run->font, line->x + glyph->x, run->size, 0 };
      item->reach = edge->upper ? -(glyph->y + run->size * (double) ink->box.bottom) : glyph->y + run->size * (double) ink->box.top;
      edge->most = MAX (edge->most, item->reach);
      edge->n_items++;
      find_stretches (edge, item, &first, &last);
      for (int k = first; k <= last; k++)
        edge->stretches[k] = MAX (edge->stretches[k], (float) item->reach);
    }
  }
}

/* Takes the marks that reach further than @least pt. */
static void
take_marks (Edge *edge, double least)
{
  for (guint i = 0; i < edge->n_items; i++) {
    const Item *item = &edge->items[i];
    Mark        mark = { item->ink, item->x, item->placed->y, item->size, item->placed };

    if (item->reach <= least || !is_mark (item->placed))
      continue;
    draw_outline (item->font, item->placed->glyph, item->ink);
    if (edge->marks == NULL)
      edge->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
    g_array_append_val (edge->marks, mark);
  }
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

/* Takes the letters that may touch the other line's, which are @apart pt away at most, and those in columns @near marks. */
static void
take_letters (Edge *edge, const Edge *other, double apart, const guint8 *near)
{
  edge->letters = g_new (float, edge->n);
  for (int i = 0; i < edge->n; i++)
    edge->letters[i] = edge->upper ? NO_INK : -NO_INK;
  for (guint i = 0; i < edge->n_items; i++) {
    const Item *item = &edge->items[i];
    float       meets = -NO_INK;
    int         first, last;

    if (is_mark (item->placed))
      continue;
    find_stretches (edge, item, &first, &last);
    for (int k = first; k <= last; k++)
      meets = MAX (meets, other->stretches[k]);
    if (item->reach + (double) meets < apart
        && (near == NULL
            || memchr (near + column_of (edge, item, item->ink->box.left), TRUE,
                       (gsize) (column_of (edge, item, item->ink->box.right) - column_of (edge, item, item->ink->box.left)) + 1)
                 == NULL))
      continue;
    draw_outline (item->font, item->placed->glyph, item->ink);
    add_columns (edge, item->ink, item->x, item->placed->y, item->size);
  }
}

/* Columns in which a mark of either looks for letters; NULL where none does. */
static guint8 *
find_near (Edge *edges[2])
{
  guint8 *near = NULL;

  for (guint k = 0; k < 2; k++)
    for (guint i = 0; edges[k]->marks != NULL && i < edges[k]->marks->len; i++) {
      const Edge *edge = edges[k];
      const Mark *mark = &g_array_index (edge->marks, Mark, i);
      int         from = (int) ((mark->x + mark->size * (double) mark->glyph->box.left - FAR - edge->left) / CELL),
          to = (int) ((mark->x + mark->size * (double) mark->glyph->box.right + FAR - edge->left) / CELL);

      near = near != NULL ? near : g_new0 (guint8, edge->n);
      for (int c = MAX (from, 0); c <= MIN (to, edge->n - 1); c++)
        near[c] = TRUE;
    }
  return near;
}

static double
em_of (const DgLine *line)
{
  double em = 0;

  for (guint r = 0; r < line->runs->len; r++)
    em = MAX (em, g_array_index (line->runs, DgGlyphRun, r).size);
  return em;
}

/* TRUE where ink of both lines in stretch @k may come closer than CLEAR. */
static gboolean
comes_close (const Edge *above, const Edge *below, int k, double apart)
{
  return (double) above->stretches[k] + (double) below->stretches[k] >= apart;
}

#define COLUMNS_MAX 1000000

/* What of the two lines may meet or be taken for the other's; FALSE where nothing is, as with most lines.  @apart: what reaches together as far may meet. */
static gboolean
make_edges (const DgLine *upper, const DgLine *lower, double leading, double apart, Edge *above, Edge *below)
{
  g_autofree guint8 *near = NULL;
  double             em = em_of (upper), left = MIN (upper->x, lower->x), right = MAX (upper->x + upper->width, lower->x + lower->width);
  gboolean           close = FALSE;

  memset (above, 0, sizeof *above);
  memset (below, 0, sizeof *below);
  if (leading <= 0 || upper->runs->len == 0 || lower->runs->len == 0)
    return FALSE;
  above->upper = TRUE;
  above->left = below->left = left - em;
  /* A face may have lines less wide than nothing, and wider than any page. */
  above->n = below->n = (int) CLAMP (ceil ((right - left + 2 * em) / CELL), 0, COLUMNS_MAX) + 1;
  list_items (above, upper);
  list_items (below, lower);
  take_marks (above, leading - below->most - FAR);
  take_marks (below, leading - above->most - FAR);
  near = find_near ((Edge *[]){ above, below });
  for (int k = 0; k < above->n_stretches && !close; k++)
    close = comes_close (above, below, k, apart);
  if (near == NULL && !close)
    return FALSE;
  take_letters (above, below, apart, near);
  take_letters (below, above, apart, near);
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
    for (int away = 0; away <= REACH; away++) {
      double dx = MAX (away - .5, 0) * CELL;

      if (dx * dx >= best)
        break;
      for (int c = at - away; c <= at + away; c += MAX (2 * away, 1)) {
        double dy;

        if (c < 0 || c >= edge->n)
          continue;
        dy = above ? side - ((double) values[c] + shift) : (double) values[c] + shift - side;
        dy = MAX (dy, 0);
        best = MIN (best, dx * dx + dy * dy);
      }
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

/* Moves marks of @own that stand nearer to the letters of @other than to their own a little towards these, or aside.  TRUE where one was moved. */
static gboolean
nudge (const Edge *own, const Edge *other, double leading, gboolean upper)
{
  gboolean any = FALSE;

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
        double price = NUDGE_PRICE * mark->size * (down + ASIDE * abs (aside)), now, cost;

        if (-ENOUGH * mark->size + price >= best - .001)
          continue;
        moved.x += aside * NUDGE * mark->size;
        moved.y += (upper ? 1 : -1) * down * NUDGE * mark->size;
        now = MIN (distance (&moved, own, own->letters, 0, !upper), distance_to_marks (own, i, &moved));
        if (now < floor_pt || now - FAR >= best)
          continue;
        far = distance (&moved, other, other->letters, shift, upper);
        /* What is won beyond a clear difference is not worth moving it further. */
        cost = MAX (now - far, -ENOUGH * mark->size) + price;
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
    any = any || best_x != 0 || best_y != 0;
  }
  return any;
}

/* @nudged (may be NULL): marks are moved; whether one was. */
static Found
look (const DgLine *upper, const DgLine *lower, double leading, gboolean *nudged)
{
  Edge     above = { 0 }, below = { 0 };
  Found    found = { 0, 0, 0, 0 };
  double   clear = CLEAR * em_of (upper), apart = leading - clear - HAIR;
  gboolean meets = FALSE, nears = FALSE;

  if (make_edges (upper, lower, leading, apart, &above, &below)) {
    if (nudged != NULL) {
      *nudged = nudge (&above, &below, leading, TRUE);
      *nudged = nudge (&below, &above, leading, FALSE) || *nudged;
    }
    for (int c = 0; c < above.n; c++) {
      double gap;

      if (c % STRETCH == 0 && !comes_close (&above, &below, c / STRETCH, apart)) {
        meets = nears = FALSE;
        c += STRETCH - 1;
        continue;
      }
      gap = leading + (double) above.letters[c] - (double) below.letters[c];
      /* A place counts once, however wide it is. */
      if (gap < 0 && !meets)
        add (&found, 1, above.left + c * CELL);
      else if (gap >= 0 && gap < clear && !nears)
        add (&found, NEAR, above.left + c * CELL);
      meets = gap < 0;
      nears = gap < clear;
    }
    add_astray (&above, &below, leading, TRUE, &found);
    add_astray (&below, &above, leading, FALSE, &found);
  }
  edge_clear (&above);
  edge_clear (&below);
  return found;
}

double
dg_ink_clashes (const DgLine *upper, const DgLine *lower, double leading, gboolean *nudged, double *at)
{
  Found found;

  if (nudged != NULL)
    *nudged = FALSE;
  found = look (upper, lower, leading, nudged);
  if (at != NULL)
    *at = found.at;
  return found.sum;
}

guint
dg_ink_touches (const DgLine *upper, const DgLine *lower, double leading)
{
  return look (upper, lower, leading, NULL).touches;
}
