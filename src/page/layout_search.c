/* layout_search.c: one search for the page: ratio of the measures, looseness of the paragraphs, size of the headlines, depth of the picture, white between
 * rows and page ends are weighed together, before anything is set.
 *
 * A way is tried by counting lines and breaking pages with them; heads and picture are set on pages that are thrown away.  Most dispatches are
 * decided by the ratio alone; only where the last page has hardly anything on it are ways to do without it looked for, and only
 * where it is less than three fifths full those to fill it. */
#include "page/layout_private.h"

#include <math.h>
#include <string.h>

#include "page/rows.h"

#define RATIOS   3     /* that are tried, of those that are likely to be good */
#define MANY     24    /* pages, of which no more ratios are tried than the likeliest: how the last one ends matters little, and lines take long */
#define NEARLY   .25   /* of a page: a last page with less than that ought to be saved, */
#define FAIRLY   .6    /* … and one with less than that to be filled */
#define WIDER    2.0   /* times the white between rows, where that fills the last page */
#define CHEAPEST 6.0   /* lines of body that a page may cost in white and poor lines to be saved */
#define PAGE     12.0  /* price of a page, in lines of body, */
#define EMPTY    8.0   /* … of an empty last one, and */
#define THIN     5.0   /* … of one that is less than FAIRLY full */
#define CUT      300.0 /* prices of page ends for one line of body */

/* What may be chosen. */
typedef struct {
  double   left; /* measure of the left column, pt */
  gboolean tight, small;
  double   gap, picture; /* white between rows, pt; greatest depth of the picture, steps of the grid */
} Way;

typedef struct {
  double cost; /* lines of body */
  guint  pages;
  double filled; /* share of the last page, 1 where there is one page */
} Outcome;

/* What stands over the body as a way would have it, on pages that are kept until one is chosen: heads, and picture. */
typedef struct {
  double   left, picture; /* the way's */
  gboolean small;
  DgPages *pages;
  guint    spread; /* where the body begins, */
  double   baseline;
  double   tail;  /* … how much has to stand below its last row, pt, */
  DgRound  round; /* … and what the texts run round */
} Top;

typedef struct {
  DgLayout     *layout;
  DgMeasureRow *rows;
  guint         n_rows, n_units;
  double        both;
  guint        *lengths;   /* of every unit, row by row, the left side first */
  int          *looseness; /* of the best way so far, likewise */
  double        cost;      /* of the rows as they are loosened now, and for what */
  double        left;
  gboolean      tight;
  GArray       *tops; /* Top */
} Search;

static void
top_clear (gpointer data)
{
  dg_pages_free (((Top *) data)->pages);
}

static void
ask_count (gpointer unit, double measure, int looseness, DgMeasureCount *count)
{
  dg_layout_unit_count (unit, measure, looseness, count);
}

static void
reckon_unit (gpointer unit, DgMeasureRoom *room)
{
  dg_layout_unit_reckon (unit, room);
}

/* The shares that auto may give the left measure.  Of two texts that run one way either may need more. */
static void
share_limits (const DgLayout *layout, double *min, double *max)
{
  const DgTemplate *t = layout->t;
  gboolean          on_left = t->column_first == DG_COLUMNS_LEFT || t->column_first == DG_COLUMNS_INSIDE;

  *min = on_left ? t->ratio_min : 1 - t->ratio_max;
  *max = on_left ? t->ratio_max : 1 - t->ratio_min;
  if (dg_layout_runs_one_way (layout->doc)) {
    *min = MIN (*min, 1 - *max);
    *max = 1 - *min;
  }
  /* A measure is no wider than a page, which only one of two facing pages could be. */
  double widest = dg_layout_full_width (layout) / dg_layout_both (layout);
  *min = MAX (*min, 1 - widest);
  *max = MIN (*max, widest);
}

static gboolean
is_side_by_side (const DgLayout *layout)
{
  return layout->n_columns == 2 && !dg_layout_is_stacked (layout);
}

static double
measure_of (const Search *search, guint column, double left)
{
  if (!is_side_by_side (search->layout))
    return search->layout->columns[column].measure;
  return column == 0 ? left : search->both - left;
}

/* Loosens the rows for the way and counts their lines.  FALSE where that alone costs @most, which makes the counts useless. */
static gboolean
count_lines (Search *search, const Way *way, double most, DgRow *rows)
{
  const DgLayout *layout = search->layout;
  guint           at = 0, entry = 0;

  if (layout->t->looseness && is_side_by_side (layout) && (search->left != way->left || search->tight != way->tight)) {
    search->cost = dg_measure_loosen (search->rows, search->n_rows, search->both, way->left, way->tight, most, ask_count);
    search->left = search->cost < HUGE_VAL ? way->left : -1;
    search->tight = way->tight;
    if (search->cost == HUGE_VAL)
      return FALSE;
  }
  for (guint r = 0; r < search->n_rows; r++) {
    for (guint c = 0; c < layout->n_columns; c++) {
      const DgMeasureSide *side = &search->rows[r].side[c];
      DgRow               *out = &rows[entry];

      out->close = dg_layout_is_close (layout, r, c);
      out->led = r > 0 && dg_layout_leads_on (&g_array_index (layout->rows, DgLayoutRow, r - 1));
      out->paragraphs[c] = search->lengths + at;
      out->n_paragraphs[c] = side->n;
      for (guint u = 0; u < side->n; u++) {
        DgMeasureCount count;

        ask_count (side->paras[u], measure_of (search, c, way->left), side->looseness[u], &count);
        search->lengths[at++] = count.lines;
        out->lines[c] += count.lines;
      }
      entry += dg_layout_is_stacked (layout) && side->n > 0;
    }
    entry += !dg_layout_is_stacked (layout);
  }
  return TRUE;
}

/* Counts the lines of the rows beside a picture again, which are narrower. */
static void
count_round (Search *search, const Way *way, const DgRound *round, DgRow *rows)
{
  const DgLayout *layout = search->layout;
  gboolean        stacked = dg_layout_is_stacked (layout);
  double          top = 0;
  guint           at = 0, entry = 0;

  for (guint r = 0; r < search->n_rows && top < round->depth; r++) {
    guint most = 0;

    top += r > 0 && !stacked ? dg_layout_white_over (layout, r, 0, way->gap) : 0;
    for (guint c = 0; c < layout->n_columns; c++) {
      const DgMeasureSide *side = &search->rows[r].side[c];
      DgNarrow             narrow;

      top += stacked && top > 0 && side->n > 0 ? dg_layout_white_over (layout, r, c, way->gap) : 0;
      narrow = dg_layout_get_narrow (round, c, top);
      rows[entry].lines[c] = 0;
      for (guint u = 0; u < side->n; u++) {
        guint lines = dg_layout_unit_count_round (side->paras[u], measure_of (search, c, way->left), &narrow);

        narrow.n -= MIN (narrow.n, lines);
        search->lengths[at++] = lines;
        rows[entry].lines[c] += lines;
      }
      top += stacked ? rows[entry].lines[c] : 0;
      most = MAX (most, rows[entry].lines[c]);
      entry += stacked && side->n > 0;
    }
    top += stacked ? 0 : most;
    entry += !stacked;
  }
}

static Top
make_top (const Search *search, const Way *way)
{
  DgLayout scratch = *search->layout;
  Top      top = { .left = way->left, .picture = way->picture, .small = way->small };

  top.pages = scratch.pages = dg_layout_new_pages (&scratch);
  scratch.small_headlines = way->small;
  scratch.picture_most = way->picture;
  if (is_side_by_side (search->layout))
    dg_layout_set_measures (&scratch, way->left);
  dg_layout_set_top (&scratch, &top.spread, &top.baseline);
  top.round = scratch.round;
  scratch.pages = dg_layout_new_pages (&scratch);
  top.tail = dg_layout_make_tails (&scratch);
  dg_layout_drop_tails (&scratch);
  dg_pages_free (scratch.pages);
  /* Paragraphs that were made are not made again, nor are their missing characters counted. */
  for (guint side = 0; side < G_N_ELEMENTS (scratch.seen); side++) {
    search->layout->seen[side] = scratch.seen[side];
    search->layout->boxes[side] = scratch.boxes[side];
  }
  return top;
}

static Top *
get_top (Search *search, const Way *way)
{
  Top top;

  for (guint i = 0; i < search->tops->len; i++) {
    Top *known = &g_array_index (search->tops, Top, i);

    if (known->left == way->left && known->picture == way->picture && known->small == way->small)
      return known;
  }
  top = make_top (search, way);
  g_array_append_val (search->tops, top);
  return &g_array_index (search->tops, Top, search->tops->len - 1);
}

/* What a way that is not better than @least costs: as much as that, at least. */
static const Outcome useless = { HUGE_VAL, 1, 1 };

static Outcome
try_way (Search *search, const Way *way, const Outcome *least)
{
  const DgTemplate *t = search->layout->t;
  g_autofree DgRow *rows = g_new0 (DgRow, 2 * search->n_rows + 1);
  g_autoptr (DgRowsResult) result = NULL;
  DgRowsFrame frame = { .page_slots = dg_layout_slots (t, t->running_body) };
  Outcome     outcome = { 0, 1, 1 };
  gboolean    plain = search->layout->picture == NULL; /* else lines may yet change round it */
  const Top  *top;
  guint       n = 0;
  double      lines = 0;

  if (!count_lines (search, way, plain ? least->cost - PAGE : HUGE_VAL, rows))
    return useless;
  while (rows[n].lines[0] + rows[n].lines[1] > 0)
    lines += MAX (rows[n].lines[0], rows[n].lines[1]), n++;
  if (plain && frame.page_slots >= 1 && search->cost * lines + PAGE * MAX (ceil (lines / frame.page_slots), 1) >= least->cost)
    return useless;
  top = get_top (search, way);
  if (top->round.depth > 0) {
    count_round (search, way, &top->round, rows);
    lines = n = 0;
    while (rows[n].lines[0] + rows[n].lines[1] > 0)
      lines += MAX (rows[n].lines[0], rows[n].lines[1]), n++;
  }
  frame.first_slots = dg_layout_slots (t, top->baseline);
  frame.gap = way->gap / t->grid;
  frame.tail = top->tail / t->grid;
  if (search->layout->notes != NULL)
    dg_layout_add_feet (search->layout, (const double[]){ measure_of (search, 0, way->left), measure_of (search, 1, way->left) }, rows, &frame);
  result = dg_rows_break (rows, n, &frame);
  outcome.pages = top->spread + result->n_pages;
  outcome.cost = search->cost * lines + MIN (result->cost, 1e5) / CUT + PAGE * outcome.pages;
  if (outcome.pages > 1 && result->parts->len > 0) {
    const DgRowPart *last = &g_array_index (result->parts, DgRowPart, result->parts->len - 1);
    double           end = last->page == result->tail_page ? last->top + MAX (last->n[0], last->n[1]) + frame.tail : frame.tail;

    outcome.filled = MIN (end / MAX (frame.page_slots, 1), 1);
    outcome.cost += outcome.filled < NEARLY ? EMPTY : 0;
    outcome.cost += MAX (FAIRLY - outcome.filled, 0) / FAIRLY * THIN;
  }
  return outcome;
}

static void
keep_looseness (const Search *search, gboolean restore)
{
  guint at = 0;

  for (guint r = 0; r < search->n_rows; r++)
    for (guint c = 0; c < 2; c++) {
      const DgMeasureSide *side = &search->rows[r].side[c];

      for (guint u = 0; u < side->n; u++, at++)
        if (restore)
          side->looseness[u] = search->looseness[at];
        else
          search->looseness[at] = side->looseness[u];
    }
}

/* Tries the way; where it is better than the best, it becomes that. */
static void
offer (Search *search, const Way *way, Way *best, Outcome *least)
{
  Outcome outcome = try_way (search, way, least);

  if (outcome.cost >= least->cost)
    return;
  *least = outcome;
  *best = *way;
  keep_looseness (search, FALSE);
}

/* Ways to do without the last page: tighter rows, smaller headlines, a shallower picture. */
static void
save_page (Search *search, const double *lefts, guint n_lefts, Way *best, Outcome *least)
{
  const DgTemplate *t = search->layout->t;
  Way               plain = *best;
  guint             pages = least->pages;

  for (double depth = t->picture_depth_max; search->layout->picture != NULL && depth >= t->picture_depth_min && least->pages == pages; depth -= .5) {
    Way way = plain;

    way.picture = depth;
    offer (search, &way, best, least);
  }
  for (guint small = 0; small < 2 && least->pages == pages; small++)
    for (guint i = 0; i < n_lefts && least->pages == pages; i++)
      for (guint tight = small > 0 ? 0 : 1; tight < 2 && least->pages == pages; tight++) {
        Way way = plain;

        way.left = lefts[i];
        way.small = small > 0;
        way.tight = tight > 0;
        way.picture = t->picture_depth_min > 0 && search->layout->picture != NULL ? t->picture_depth_min : way.picture;
        offer (search, &way, best, least);
      }
}

/* Puts what the way has over the body on the layout's pages. */
static void
take_top (Search *search, const Way *way, guint *spread, double *baseline)
{
  Top     *top = get_top (search, way);
  DgPages *from = top->pages, *to = search->layout->pages;

  g_ptr_array_extend_and_steal (to->pages, g_steal_pointer (&from->pages));
  g_ptr_array_extend_and_steal (to->lines, g_steal_pointer (&from->lines));
  g_array_append_vals (to->elements, from->elements->data, from->elements->len);
  from->pages = g_ptr_array_new ();
  from->lines = g_ptr_array_new ();
  search->layout->round = top->round;
  *spread = top->spread;
  *baseline = top->baseline;
}

static void
begin (Search *search, DgLayout *layout)
{
  *search = (Search){ .layout = layout, .n_rows = layout->rows->len, .both = layout->columns[0].measure + layout->columns[1].measure, .left = -1 };
  search->rows = g_new0 (DgMeasureRow, search->n_rows + 1);
  for (guint i = 0; i < search->n_rows; i++)
    for (guint c = 0; c < 2; c++) {
      const DgRowSide *side = &g_array_index (layout->rows, DgLayoutRow, i).side[c];

      search->rows[i].side[c] = (DgMeasureSide){ side->units->pdata, (int *) (void *) side->looseness->data, side->units->len };
      search->n_units += side->units->len;
    }
  search->lengths = g_new0 (guint, search->n_units + 1);
  search->looseness = g_new0 (int, search->n_units + 1);
  search->tops = g_array_new (FALSE, FALSE, sizeof (Top));
  g_array_set_clear_func (search->tops, top_clear);
}

static void
end (Search *search)
{
  g_array_unref (search->tops);
  g_free (search->rows);
  g_free (search->lengths);
  g_free (search->looseness);
}

/* The left measures that are tried, the likeliest first. */
static guint
propose (const Search *search, double lefts[RATIOS])
{
  const DgTemplate *t = search->layout->t;
  double            min, max;

  lefts[0] = search->layout->columns[0].measure;
  if (!is_side_by_side (search->layout) || !t->column_ratio.is_auto)
    return 1;
  share_limits (search->layout, &min, &max);
  return dg_measure_propose (search->rows, search->n_rows, search->both, search->both * min, search->both * max, t->looseness, reckon_unit, lefts, RATIOS);
}

/* The best way. */
static Way
choose (Search *search)
{
  const DgLayout   *layout = search->layout;
  const DgTemplate *t = layout->t;
  double            lefts[RATIOS];
  guint             n_lefts = propose (search, lefts);
  Way               best = { layout->columns[0].measure, FALSE, FALSE, t->row_gap, t->picture_depth_max };
  Outcome           least = { HUGE_VAL, 0, 0 };

  for (guint i = 0; i < n_lefts && least.pages < MANY; i++) {
    Way way = best;

    way.left = lefts[i];
    offer (search, &way, &best, &least);
  }
  if (t->page_search && least.pages > 1 && (least.filled < NEARLY || layout->picture != NULL))
    save_page (search, lefts, n_lefts, &best, &least);
  if (t->page_search && least.pages > 1 && least.filled < FAIRLY && best.gap * WIDER <= t->grid) {
    Way     way = best;
    Outcome wide;

    way.gap *= WIDER;
    wide = try_way (search, &way, &least);
    if (wide.pages == least.pages && wide.filled >= FAIRLY && wide.cost < least.cost)
      best = way;
  }
  return best;
}

void
dg_layout_search (DgLayout *layout, guint *spread, double *baseline)
{
  Search search;
  Way    best;

  begin (&search, layout);
  best = choose (&search);
  keep_looseness (&search, TRUE);
  if (is_side_by_side (layout))
    dg_layout_set_measures (layout, best.left);
  layout->row_gap = best.gap;
  layout->small_headlines = best.small;
  layout->picture_most = best.picture;
  take_top (&search, &best, spread, baseline);
  end (&search);
}
