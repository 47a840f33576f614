/* layout_rows.c: beads become rows, rows get their lines, measures and places.
 * Measures are weighed in measure.c, page ends in rows.c. */
#include "page/layout_private.h"

#include <math.h>
#include "page/measure.h"
#include "page/rows.h"

static void
row_side_init (DgRowSide *side)
{
  side->units = g_ptr_array_new_with_free_func (dg_layout_unit_free);
  side->looseness = g_array_new (FALSE, TRUE, sizeof (int));
  side->lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  side->hyphens = g_array_new (FALSE, TRUE, sizeof (gboolean));
  side->lines = g_array_new (FALSE, FALSE, sizeof (DgRowLine));
  side->depth = 0;
}

static void
row_side_clear (DgRowSide *side)
{
  g_ptr_array_unref (side->units);
  g_array_unref (side->looseness);
  g_array_unref (side->lengths);
  g_array_unref (side->hyphens);
  g_array_unref (side->lines);
}

/* @last: the unit of the column before this one; it becomes the new one. */
static void
row_side_add (DgLayout *layout, DgRowSide *side, const DgColumn *column, const DgNode *node, const DgUnit **last)
{
  gboolean body = node->role == DG_ROLE_BODY;
  /* A paragraph after another of its row shows by its indent where it begins; one under a crosshead needs none. */
  const DgUnit *before = side->units->len > 0 ? side->units->pdata[side->units->len - 1] : NULL;
  gboolean      follows = body && before && before->node->role == DG_ROLE_BODY;

  *last = dg_layout_unit_new (layout, column, node, *last, follows ? 1 : 0);
  g_ptr_array_add (side->units, (gpointer) *last);
  g_array_set_size (side->looseness, side->units->len);
}

/* Breaks a side's units into lines. */
static void
row_side_set (DgLayout *layout, DgRowSide *side, const DgColumn *column, int bead)
{
  for (guint u = 0; u < side->units->len; u++) {
    DgNarrow narrow = side->narrow;
    guint    first = side->lines->len, length;

    narrow.n -= MIN (narrow.n, side->depth);
    length = dg_layout_unit_set (layout, side->units->pdata[u], column, &narrow, g_array_index (side->looseness, int, u), bead, side->depth, side->lines);

    for (guint i = first; i < side->lines->len; i++)
      g_array_index (side->lines, DgRowLine, i).unit = u;
    g_array_append_val (side->lengths, length);
    side->depth += length;
  }
  g_array_set_size (side->hyphens, side->depth);
  for (guint i = 0; i < side->lines->len; i++) {
    const DgRowLine *at = &g_array_index (side->lines, DgRowLine, i);

    g_array_index (side->hyphens, gboolean, at->slot) = at->line->hyphenated;
  }
}

/* The nodes of a text's body in order: paragraphs, each after the crossheads that stand over it. */
static GPtrArray *
body_nodes (const DgText *text)
{
  GPtrArray *nodes = g_ptr_array_new ();

  for (guint i = 0; i < text->nodes->len; i++) {
    const DgNode *node = text->nodes->pdata[i];

    if (dg_role_is_running (node->role) || node->role == DG_ROLE_CROSSHEAD)
      g_ptr_array_add (nodes, text->nodes->pdata[i]);
  }
  return nodes;
}

/* Adds the next @n body paragraphs, with the crossheads before them, to a row's side. */
static void
take_nodes (DgLayout *layout, DgRowSide *side, const DgColumn *column, const GPtrArray *nodes, guint *at, guint n, const DgUnit **last)
{
  while (*at < nodes->len && n > 0) {
    DgNode *node = nodes->pdata[(*at)++];

    row_side_add (layout, side, column, node, last);
    if (dg_role_is_running (node->role))
      n--;
  }
}

static DgLayoutRow *
add_row (DgLayout *layout, DgRole role, int bead)
{
  DgLayoutRow row = { .role = role, .bead = bead };

  row_side_init (&row.side[0]);
  row_side_init (&row.side[1]);
  g_array_append_val (layout->rows, row);
  return &g_array_index (layout->rows, DgLayoutRow, layout->rows->len - 1);
}

/* Rows of what has one of @roles: the first of both texts, the second … */
static void
add_role_rows (DgLayout *layout, const DgRole *roles, guint n_roles)
{
  for (guint r = 0; r < n_roles; r++) {
    GPtrArray *nodes[2];
    guint      n = 0;

    for (guint c = 0; c < layout->n_columns; c++) {
      nodes[c] = dg_text_list (layout->columns[c].text, roles[r]);
      n = MAX (n, nodes[c]->len);
    }
    for (guint i = 0; i < n; i++) {
      DgLayoutRow *row = add_row (layout, roles[r], -1);

      for (guint c = 0; c < layout->n_columns; c++) {
        const DgUnit *none = NULL;

        if (i < nodes[c]->len)
          row_side_add (layout, &row->side[c], &layout->columns[c], nodes[c]->pdata[i], &none);
      }
    }
    for (guint c = 0; c < layout->n_columns; c++)
      g_ptr_array_unref (nodes[c]);
  }
}

static void
row_clear (gpointer data)
{
  DgLayoutRow *row = data;

  row_side_clear (&row->side[0]);
  row_side_clear (&row->side[1]);
}

/* TRUE where what stands in the row goes on with that of the row before, on each side that has something. */
static gboolean
is_close (const DgLayoutRow *row)
{
  gboolean any = FALSE;

  for (guint c = 0; c < 2; c++)
    if (row->side[c].units->len > 0) {
      if (!((const DgUnit *) row->side[c].units->pdata[0])->goes_on)
        return FALSE;
      any = TRUE;
    }
  return any;
}

/* A row a bead, and one of what no bead has. */
static void
add_bead_rows (DgLayout *layout)
{
  const GArray *beads = layout->align->beads;
  const guint   n_columns = layout->n_columns;
  GPtrArray    *nodes[2] = { NULL, NULL };
  guint         at[2] = { 0, 0 };
  const DgUnit *last[2] = { NULL, NULL };

  for (guint c = 0; c < n_columns; c++)
    nodes[c] = body_nodes (layout->columns[c].text);
  for (guint i = 0; i < beads->len; i++) {
    const DgBead *bead = &g_array_index (beads, DgBead, i);
    DgLayoutRow  *row = add_row (layout, DG_ROLE_BODY, (int) i);

    for (guint c = 0; c < n_columns; c++)
      take_nodes (layout, &row->side[c], &layout->columns[c], nodes[c], &at[c], layout->columns[c].side == DG_SIDE_A ? bead->n_a : bead->n_b, &last[c]);
    row->close = is_close (row);
  }
  /* Crossheads that nothing follows are still words of the dispatch. */
  for (guint c = 0; c < n_columns; c++) {
    if (at[c] < nodes[c]->len)
      take_nodes (layout, &add_row (layout, DG_ROLE_CROSSHEAD, -1)->side[c], &layout->columns[c], nodes[c], &at[c], G_MAXUINT, &last[c]);
    g_ptr_array_unref (nodes[c]);
  }
}

void
dg_layout_make_rows (DgLayout *layout)
{
  static const DgRole heads[] = { DG_ROLE_KICKER, DG_ROLE_SOURCE, DG_ROLE_DATELINE, DG_ROLE_HEADLINE, DG_ROLE_DECK, DG_ROLE_BYLINE };
  guint               n_tails;
  const DgRole       *tails = dg_layout_tail_roles (layout, &n_tails);

  layout->rows = g_array_new (FALSE, FALSE, sizeof (DgLayoutRow));
  g_array_set_clear_func (layout->rows, row_clear);
  if (layout->t->head_in_rows)
    add_role_rows (layout, heads, G_N_ELEMENTS (heads));
  add_bead_rows (layout);
  if (layout->t->head_in_rows)
    add_role_rows (layout, tails, n_tails);
  dg_layout_find_notes (layout);
}

/* What the page builder takes for one row: a row, or one side of it where the languages are stacked. */
typedef struct {
  guint row, first_column, end_column;
} Entry;

static GArray *
make_entries (DgLayout *layout)
{
  GArray  *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  gboolean stacked = dg_layout_is_stacked (layout);
  double   top = 0;

  for (guint i = 0; i < layout->rows->len; i++) {
    DgLayoutRow *row = &g_array_index (layout->rows, DgLayoutRow, i);
    Entry        entry = { i, 0, layout->n_columns };

    top += i > 0 && !stacked ? dg_layout_white_over (layout, i, 0, layout->row_gap) : 0;
    for (guint c = 0; c < layout->n_columns; c++) {
      if (stacked && top > 0 && row->side[c].units->len > 0)
        top += dg_layout_white_over (layout, i, c, layout->row_gap);
      row->side[c].narrow = dg_layout_get_narrow (&layout->round, c, top);
      row_side_set (layout, &row->side[c], &layout->columns[c], row->bead);
      top += stacked ? row->side[c].depth : 0;
    }
    top += stacked ? 0 : MAX (row->side[0].depth, row->side[1].depth);
    if (!stacked) {
      g_array_append_val (entries, entry);
      continue;
    }
    for (guint c = 0; c < layout->n_columns; c++)
      if (row->side[c].depth > 0) {
        entry = (Entry){ i, c, c + 1 };
        g_array_append_val (entries, entry);
      }
  }
  return entries;
}

gboolean
dg_layout_is_close (const DgLayout *layout, guint row, guint column)
{
  const DgLayoutRow *at = &g_array_index (layout->rows, DgLayoutRow, row);

  /* Of texts over one another the second of a pair is near to the first. */
  return dg_layout_is_stacked (layout) ? column > 0 && at->side[0].units->len > 0 : at->close;
}

gboolean
dg_layout_leads_on (const DgLayoutRow *row)
{
  for (guint c = 0; c < 2; c++) {
    const GPtrArray *units = row->side[c].units;
    const char      *text = units->len > 0 ? ((const DgUnit *) units->pdata[units->len - 1])->node->text : "";

    if (g_str_has_suffix (text, ":") || g_str_has_suffix (text, "\xEF\xBC\x9A"))
      return TRUE;
  }
  return FALSE;
}

static DgRow *
describe_entries (const DgLayout *layout, const GArray *entries)
{
  DgRow *rows = g_new0 (DgRow, entries->len + 1);

  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);

    rows[i].close = dg_layout_is_close (layout, entry->row, entry->first_column);
    rows[i].led = entry->row > 0 && dg_layout_leads_on (&g_array_index (layout->rows, DgLayoutRow, entry->row - 1));
    for (guint c = entry->first_column; c < entry->end_column; c++) {
      const DgRowSide *side = &g_array_index (layout->rows, DgLayoutRow, entry->row).side[c];

      rows[i].lines[c] = side->depth;
      rows[i].paragraphs[c] = (const guint *) (void *) side->lengths->data;
      rows[i].n_paragraphs[c] = side->lengths->len;
      rows[i].hyphen[c] = (const gboolean *) (void *) side->hyphens->data;
    }
  }
  return rows;
}

static void
note_bead (DgLayout *layout, guint spread, int bead)
{
  while (layout->ranges->len <= spread) {
    DgBeadRange none = { -1, -1 };

    g_array_append_val (layout->ranges, none);
  }
  if (bead >= 0) {
    DgBeadRange *range = &g_array_index (layout->ranges, DgBeadRange, spread);

    range->first = range->first < 0 ? bead : range->first;
    range->last = bead;
  }
}

/* One part of a row: its lines, the piece of rule between them, its marks. */
static void
place_part (DgLayout *layout, const DgLayoutRow *row, const DgLayoutPart *part, guint spread, gboolean opens_page)
{
  const DgTemplate *t = layout->t;

  for (guint c = 0; c < layout->n_columns; c++) {
    const GArray *lines = row->side[c].lines;

    for (guint i = 0; i < lines->len; i++) {
      const DgRowLine *at = &g_array_index (lines, DgRowLine, i);

      if (at->slot >= part->first[c] && at->slot < part->first[c] + part->n[c])
        dg_layout_add_line (layout, spread, &layout->columns[c], at->para, at->line, at->x, part->baseline + (at->slot - part->first[c]) * t->grid,
                            at->element);
    }
  }
  dg_layout_mark_part (layout, row, part, spread, opens_page);
  note_bead (layout, spread, row->bead);
}

/* Grid lines, in halves, from baseline @y to the last of the page. */
double
dg_layout_slots (const DgTemplate *t, double y)
{
  return y <= t->last_baseline + DG_LAYOUT_EPSILON ? floor ((t->last_baseline - y + DG_LAYOUT_EPSILON) / (t->grid / 2)) / 2 + 1 : 0;
}

/* The lines of a side of entry @i that stand on the first page. */
static guint
count_begun (const DgRowsResult *result, guint i, guint column)
{
  guint n = 0;

  for (guint k = 0; k < result->parts->len; k++) {
    const DgRowPart *part = &g_array_index (result->parts, DgRowPart, k);

    if (part->row == i && part->page == 0)
      n += part->n[column];
  }
  return n;
}

/* TRUE where the first page has all that comes before the first bead, and two lines of each side of that, or all it has. */
static gboolean
begins_well (const DgLayout *layout, const GArray *entries, const DgRow *rows, const DgRowsResult *result)
{
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    int          bead = g_array_index (layout->rows, DgLayoutRow, entry->row).bead;

    if (bead > 0)
      return TRUE;
    for (guint c = entry->first_column; c < entry->end_column; c++)
      if (count_begun (result, i, c) < (bead == 0 ? MIN (rows[i].lines[c], 2) : rows[i].lines[c]))
        return FALSE;
  }
  return entries->len > 0 || result->tail_page == 0;
}

/* The notes of all pages; where the last one has some, nothing runs on below it. */
static void
set_notes (DgLayout *layout, GArray *ends, guint last)
{
  guint n = dg_layout_spread_count (layout);

  g_array_set_size (ends, MAX (last + 1, n));
  g_array_index (ends, double, ends->len - 1) = MAX (g_array_index (ends, double, ends->len - 1), layout->pages->foot);
  if (dg_layout_set_notes (layout, ends) + 1 >= n)
    layout->pages->foot = layout->t->last_baseline;
}

gboolean
dg_layout_set_rows (DgLayout *layout, guint spread, double baseline)
{
  const DgTemplate *t = layout->t;
  g_autoptr (GArray) entries = make_entries (layout);
  g_autofree DgRow *rows = describe_entries (layout, entries);
  g_autoptr (DgRowsResult) result = NULL;
  g_autoptr (GArray) ends = g_array_new (FALSE, TRUE, sizeof (double));
  DgRowsFrame frame = { 0 };
  double      tail_depth = dg_layout_make_tails (layout), end_y = baseline - t->grid, white = 0, area = 0;
  guint       end = spread;

  frame.first_slots = dg_layout_slots (t, baseline);
  frame.page_slots = dg_layout_slots (t, t->running_body);
  frame.gap = layout->row_gap / t->grid;
  frame.tail = tail_depth / t->grid;
  if (layout->notes != NULL)
    dg_layout_add_feet (layout, (const double[]){ layout->columns[0].measure, layout->columns[1].measure }, rows, &frame);
  result = dg_rows_break (rows, entries->len, &frame);
  if (layout->pages->runs_on && (spread > 0 || frame.first_slots < 2 || !begins_well (layout, entries, rows, result))) {
    dg_layout_drop_tails (layout);
    return FALSE;
  }

  for (guint i = 0; i < result->parts->len; i++) {
    const DgRowPart *set = &g_array_index (result->parts, DgRowPart, i);
    const Entry     *entry = &g_array_index (entries, Entry, set->row);
    DgLayoutPart     part = { { set->first[0], set->first[1] },
                              { set->n[0], set->n[1] },
                              entry->first_column,
                              entry->end_column,
                              MAX (set->n[0], set->n[1]),
                              (set->page == 0 ? baseline : t->running_body) + set->top * t->grid };

    end = spread + set->page;
    end_y = part.baseline + (part.depth - 1) * t->grid;
    place_part (layout, &g_array_index (layout->rows, DgLayoutRow, entry->row), &part, end, set->top <= 0);
    if (layout->notes != NULL) {
      dg_layout_note_part (layout, entry->row, &part, end);
      g_array_set_size (ends, end + 1);
      g_array_index (ends, double, end) = end_y;
    }
    for (guint c = entry->first_column; c < entry->end_column; c++) {
      white += (part.depth - part.n[c]) * layout->columns[c].measure;
      area += part.depth * layout->columns[c].measure;
    }
  }
  layout->pages->waste = area > 0 ? white / area : 0;
  if (layout->round.depth > 0 && end == layout->round.spread)
    end_y = MAX (end_y, layout->round.bottom);
  if (t->head_in_rows && layout->picture != NULL)
    dg_layout_set_whole_picture (layout, &end, &end_y);
  if (spread + result->tail_page > end)
    dg_layout_set_tails (layout, spread + result->tail_page, t->running_body - t->grid, TRUE);
  else
    dg_layout_set_tails (layout, end, end_y, entries->len == 0);
  if (layout->notes != NULL)
    set_notes (layout, ends, spread + result->tail_page);
  return TRUE;
}
