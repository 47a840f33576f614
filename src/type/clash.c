/* clash.c: how the ink of two lines meets: letters that touch, marks that stand nearer to the other line than to their own. */
#include "type/clash.h"

#include <math.h>
#include <string.h>

#define REACH          ((int) (FAR / CELL)) /* columns on either side in which a mark looks for letters */
#define COLUMNS_MAX    1000000
#define STRETCH        16   /* columns in which two lines are compared by boxes before */
#define ASTRAY         .5   /* a mark nearer to a foreign letter than to its own, likewise */
#define MISREAD        1.5  /* … that stands between the two lines all but on the foreign letter */
#define CROWDS         .4   /* a mark under a letter and close over one of the next line, likewise */
#define OVER           .3   /* em: as close as that */
#define HUGS           .12  /* em: as near as that */
#define NUDGE          .03  /* em: the step by which a mark is moved */
#define NUDGES         5    /* steps towards its letter, at most */
#define NUDGES_ASIDE   3    /* steps to either side */
#define NUDGES_MEETING 7    /* … of a mark that touches the other line */
#define MEETS          1.0  /* em: the price of touching it */
#define NUDGE_PRICE    .008 /* em that must be won by each step */
#define ASIDE          3    /* the price of a step aside, as a share of one towards the letter */
#define ENOUGH         .3   /* em by which a mark stands clearly nearer to its own letter */
#define CLEARLY        .6   /* share of the distance to a foreign letter within which a mark is clearly its own letter's */
#define CROWDED        .2   /* em: a letter nearer than that crowds a foreign mark */
#define OWN_LEAST      .04  /* em that stay white between a mark and its own letter */
#define HAIR           .01  /* pt, for what rounding takes */

typedef DgInkGlyph Glyph;
typedef DgInkMark  Mark;
typedef DgEdgeItem Item;
typedef DgEdge     Edge;

void
dg_edge_clear (DgEdge *edge)
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
  double beyond = item->size / DG_INK_STEPS + CELL; /* columns of outlines reach over the box */

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
    edge->stretches[i] = -DG_INK_NONE;
  for (guint r = 0; r < line->runs->len; r++) {
    const DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, r);
    GPtrArray        *table = dg_ink_table (run->font);

    for (guint i = run->first; i < run->first + run->n; i++) {
      DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);
      Glyph   *ink = glyph->kind == DG_GLYPH_SPACE ? NULL : dg_ink_find (table, run->font, glyph->glyph);
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
    dg_ink_draw (item->font, item->placed->glyph, item->ink);
    if (edge->marks == NULL)
      edge->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
    g_array_append_val (edge->marks, mark);
  }
}

/* Takes the glyph's columns into @values of the edge; the sign is that of what counts: lower is more of an upper line. */
static void
add_columns (const Edge *edge, float *values, const Glyph *glyph, double x, double y, double size)
{
  const float *side = edge->upper ? glyph->low : glyph->high;
  double       step = size / DG_INK_STEPS / CELL, from = (x - edge->left) / CELL + glyph->first * step;

  for (guint i = 0; i < glyph->n; i++, from += step) {
    float value = (float) y + (float) size * side[i];
    int   last = MIN ((int) (from + step), edge->n - 1);

    if (fabsf (side[i]) >= DG_INK_NONE)
      continue;
    for (int c = MAX ((int) from, 0); c <= last; c++)
      values[c] = edge->upper ? MIN (values[c], value) : MAX (values[c], value);
  }
}

/* Takes the letters that may touch the other line's, which are @apart pt away at most, and those in columns @near marks. */
static void
take_letters (Edge *edge, const Edge *other, double apart, int play, const guint8 *near)
{
  edge->letters = g_new (float, 2 * (gsize) edge->n);
  edge->all = edge->letters + edge->n;
  for (int i = 0; i < edge->n; i++)
    edge->letters[i] = edge->upper ? DG_INK_NONE : -DG_INK_NONE;
  for (guint i = 0; i < edge->n_items; i++) {
    const Item *item = &edge->items[i];
    float       meets = -DG_INK_NONE;
    int         first, last;

    if (is_mark (item->placed))
      continue;
    find_stretches (edge, item, &first, &last);
    for (int k = MAX (first - play, 0); k <= MIN (last + play, other->n_stretches - 1); k++)
      meets = MAX (meets, other->stretches[k]);
    if (item->reach + (double) meets < apart
        && (near == NULL
            || memchr (near + column_of (edge, item, item->ink->box.left), TRUE,
                       (gsize) (column_of (edge, item, item->ink->box.right) - column_of (edge, item, item->ink->box.left)) + 1)
                 == NULL))
      continue;
    dg_ink_draw (item->font, item->placed->glyph, item->ink);
    add_columns (edge, edge->letters, item->ink, item->x, item->placed->y, item->size);
  }
}

void
dg_edge_join (DgEdge *edge)
{
  memcpy (edge->all, edge->letters, (gsize) edge->n * sizeof (float));
  for (guint i = 0; edge->marks != NULL && i < edge->marks->len; i++) {
    const Mark *mark = &g_array_index (edge->marks, Mark, i);

    add_columns (edge, edge->all, mark->glyph, mark->x, mark->y, mark->size);
  }
}

/* Columns in which a mark of either looks for letters, where words move by up to @play pt; NULL where none does. */
static guint8 *
find_near (Edge *edges[2], double play)
{
  guint8 *near = NULL;

  for (guint k = 0; k < 2; k++)
    for (guint i = 0; edges[k]->marks != NULL && i < edges[k]->marks->len; i++) {
      const Edge *edge = edges[k];
      const Mark *mark = &g_array_index (edge->marks, Mark, i);
      int         from = (int) ((mark->x + mark->size * (double) mark->glyph->box.left - FAR - play - edge->left) / CELL),
          to = (int) ((mark->x + mark->size * (double) mark->glyph->box.right + FAR + play - edge->left) / CELL);

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
comes_close (const Edge *above, const Edge *below, int k, int play, double apart)
{
  float reach = -DG_INK_NONE;

  for (int i = MAX (k - play, 0); i <= MIN (k + play, below->n_stretches - 1); i++)
    reach = MAX (reach, below->stretches[i]);
  return (double) above->stretches[k] + (double) reach >= apart;
}

gboolean
dg_edges_make (const DgLine *upper, const DgLine *lower, double leading, double play, DgEdge *above, DgEdge *below)
{
  g_autofree guint8 *near = NULL;
  double             em = em_of (upper), left = MIN (upper->x, lower->x), right = MAX (upper->x + upper->width, lower->x + lower->width);
  double             apart = leading - CLEAR * em - HAIR;
  int                beyond = (int) ceil (play / CELL / STRETCH);
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
  near = find_near ((Edge *[]){ above, below }, play);
  for (int k = 0; k < above->n_stretches && !close; k++)
    close = comes_close (above, below, k, beyond, apart);
  if (near == NULL && !close)
    return FALSE;
  take_letters (above, below, apart, beyond, near);
  take_letters (below, above, apart, beyond, near);
  dg_edge_join (above);
  dg_edge_join (below);
  return TRUE;
}

double
dg_edge_distance (const DgEdge *edge, const float *values, const DgInkMark *mark, double shift, gboolean above, int first, int last, double most)
{
  double best = most * most;

  for (guint i = 0; i < mark->glyph->n; i += 2) { /* every other column tells as much */
    double middle = mark->x + mark->size * (mark->glyph->first + (int) i + .5) / DG_INK_STEPS - edge->left;
    double side = mark->y + mark->size * (double) (above ? mark->glyph->low[i] : mark->glyph->high[i]);
    int    at = (int) floor (middle / CELL);

    if (fabsf (mark->glyph->low[i]) >= DG_INK_NONE)
      continue;
    for (int away = 0; away <= REACH; away++) {
      double dx = MAX (away - .5, 0) * CELL;

      if (dx * dx >= best)
        break;
      for (int c = at - away; c <= at + away; c += MAX (2 * away, 1)) {
        double dy;

        if (c < first || c > last)
          continue;
        dy = above ? side - ((double) values[c] + shift) : (double) values[c] + shift - side;
        dy = MAX (dy, 0);
        best = MIN (best, dx * dx + dy * dy);
      }
    }
  }
  return sqrt (best);
}

/* The same to any letter of the line, and to any ink. */
static double
distance (const Mark *mark, const Edge *edge, double shift, gboolean above)
{
  return dg_edge_distance (edge, edge->letters, mark, shift, above, 0, edge->n - 1, FAR);
}

static double
distance_to_ink (const Mark *mark, const Edge *edge, double shift, gboolean above)
{
  return dg_edge_distance (edge, edge->all, mark, shift, above, 0, edge->n - 1, CLEAR * mark->size + HAIR);
}

double
dg_mark_reach (double own, double size, gboolean upper)
{
  return MIN (MAX (own, upper ? OVER * size : 0) + HAIR, FAR);
}

double
dg_mark_worth (double own, double far, double size, gboolean upper)
{
  if (far < FAR && own >= far)
    return far < HUGS * size ? MISREAD : ASTRAY;
  return upper && far < OVER * size ? CROWDS : 0;
}

/* What was found so far. */
typedef struct {
  double sum;
  guint  touches;
} Found;

/* Adds the marks of the line @own that stand nearer to the letters of @other than to their own.  The line is the upper one where @upper. */
static void
add_astray (const Edge *own, const Edge *other, double leading, gboolean upper, Found *found)
{
  for (guint i = 0; own->marks != NULL && i < own->marks->len; i++) {
    const Mark *mark = &g_array_index (own->marks, Mark, i);
    /* Baselines differ: y of the other line is counted from this one's. */
    double near = distance (mark, own, 0, !upper);
    double far = dg_edge_distance (other, other->letters, mark, upper ? -leading : leading, upper, 0, other->n - 1, dg_mark_reach (near, mark->size, upper));

    found->sum += dg_mark_worth (near, far, mark->size, upper);
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

/* What a place costs a mark that may be moved: how much nearer it stands to the other line than to its own, @near pt; @price: of moving it there. */
static double
place_cost (const Mark *mark, const Edge *other, double shift, gboolean upper, double near, double price)
{
  double meets = distance_to_ink (mark, other, shift, upper) < CLEAR * mark->size ? MEETS * mark->size : 0;

  /* What is won beyond a clear difference is not worth moving it further. */
  return MAX (near - dg_edge_distance (other, other->letters, mark, shift, upper, 0, other->n - 1, MIN (near + ENOUGH * mark->size, FAR)), -ENOUGH * mark->size)
         + price + meets;
}

/* Moves marks of @own that stand nearer to the letters of @other than to their own, or touch the other line, a little towards their letters, or aside.
 * TRUE where one was moved. */
static gboolean
nudge (const Edge *own, const Edge *other, double leading, gboolean upper)
{
  gboolean any = FALSE;

  for (guint i = 0; own->marks != NULL && i < own->marks->len; i++) {
    Mark    *mark = &g_array_index (own->marks, Mark, i);
    double   shift = upper ? -leading : leading, best_x = 0, best_y = 0, best;
    double   far = distance (mark, other, shift, upper), near, floor_pt;
    gboolean meets = distance_to_ink (mark, other, shift, upper) < CLEAR * mark->size;
    int      most = meets ? NUDGES_MEETING : NUDGES, most_aside = meets ? NUDGES_MEETING : NUDGES_ASIDE;

    if (far >= FAR && !meets)
      continue;
    near = MIN (distance (mark, own, 0, !upper), distance_to_marks (own, i, mark));
    floor_pt = MIN (near, OWN_LEAST * mark->size);
    if (!meets && near < CLEARLY * far && far > CROWDED * mark->size)
      continue;
    best = place_cost (mark, other, shift, upper, near, 0);
    for (int down = 0; down <= most; down++)
      for (int aside = -most_aside; aside <= most_aside; aside++) {
        Mark   moved = *mark;
        double price = NUDGE_PRICE * mark->size * (down + ASIDE * abs (aside)), now, cost;

        if (-ENOUGH * mark->size + price >= best - .001)
          continue;
        moved.x += aside * NUDGE * mark->size;
        moved.y += (upper ? 1 : -1) * down * NUDGE * mark->size;
        now = MIN (distance (&moved, own, 0, !upper), distance_to_marks (own, i, &moved));
        if (now < floor_pt || now - FAR >= best)
          continue;
        cost = place_cost (&moved, other, shift, upper, now, price);
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
  Found    found = { 0, 0 };
  double   clear = CLEAR * em_of (upper), apart = leading - clear - HAIR;
  gboolean meets = FALSE, nears = FALSE;

  if (dg_edges_make (upper, lower, leading, 0, &above, &below)) {
    if (nudged != NULL) {
      *nudged = nudge (&above, &below, leading, TRUE);
      dg_edge_join (&above);
      *nudged = nudge (&below, &above, leading, FALSE) || *nudged;
      dg_edge_join (&below);
    }
    for (int c = 0; c < above.n; c++) {
      double gap;

      if (c % STRETCH == 0 && !comes_close (&above, &below, c / STRETCH, 1, apart)) {
        meets = nears = FALSE;
        c += STRETCH - 1;
        continue;
      }
      gap = leading + (double) above.all[c] - (double) below.all[c];
      /* A place counts once, however wide it is. */
      if (gap < 0 && !meets) {
        found.sum++;
        found.touches++;
      } else if (gap >= 0 && gap < clear && !nears) {
        found.sum += NEAR;
      }
      meets = gap < 0;
      nears = gap < clear;
    }
    add_astray (&above, &below, leading, TRUE, &found);
    add_astray (&below, &above, leading, FALSE, &found);
  }
  dg_edge_clear (&above);
  dg_edge_clear (&below);
  return found;
}

double
dg_ink_clashes (const DgLine *upper, const DgLine *lower, double leading, gboolean *nudged, guint *touches)
{
  Found found;

  if (nudged != NULL)
    *nudged = FALSE;
  found = look (upper, lower, leading, nudged);
  if (touches != NULL)
    *touches = found.touches;
  return found.sum;
}

guint
dg_ink_touches (const DgLine *upper, const DgLine *lower, double leading)
{
  return look (upper, lower, leading, NULL).touches;
}
