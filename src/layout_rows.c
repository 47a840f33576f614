/* layout_rows.c: beads become rows, rows get their lines, measures and places.
 * Measures are weighed in measure.c, page ends in rows.c. */
#include "layout_private.h"

#include <math.h>
#include "measure.h"
#include "rows.h"

static void
row_side_init (DgRowSide *side)
{
  side->paras = g_ptr_array_new ();
  side->nodes = g_ptr_array_new ();
  side->looseness = g_array_new (FALSE, TRUE, sizeof (int));
  side->elements = g_array_new (FALSE, FALSE, sizeof (int));
  side->lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  side->hyphens = g_array_new (FALSE, FALSE, sizeof (gboolean));
  side->lines = g_ptr_array_new ();
  side->owner = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
row_side_clear (gpointer data)
{
  DgRowSide *side = data;

  g_ptr_array_unref (side->paras);
  g_ptr_array_unref (side->nodes);
  g_array_unref (side->looseness);
  g_array_unref (side->elements);
  g_array_unref (side->lengths);
  g_array_unref (side->hyphens);
  g_ptr_array_unref (side->lines);
  g_array_unref (side->owner);
}

static void
row_side_add (DgLayout *layout, DgRowSide *side, const DgColumn *column, DgNode *node)
{
  gboolean body = node->role == DG_ROLE_BODY;
  /* A paragraph after another of its row shows by its indent where it begins; one under a crosshead needs none. */
  const DgNode *before = side->nodes->len > 0 ? side->nodes->pdata[side->nodes->len - 1] : NULL;
  gboolean follows = body && before && before->role == DG_ROLE_BODY;

  g_ptr_array_add (side->paras, dg_layout_make_node_para (layout, column, node, body ? DG_STYLE_BODY : DG_STYLE_CROSSHEAD, follows ? 1 : 0, NULL));
  g_ptr_array_add (side->nodes, node);
  g_array_set_size (side->looseness, side->paras->len);
}

/* Breaks a side's paragraphs into lines. */
static void
row_side_set (DgLayout *layout, DgRowSide *side, const DgColumn *column, int bead)
{
  for (guint p = 0; p < side->paras->len; p++) {
    DgPara *para = side->paras->pdata[p];
    g_autoptr (GPtrArray) lines = dg_layout_break (layout, para, column->measure, g_array_index (side->looseness, int, p));
    int element = dg_layout_add_element (layout, column, side->nodes->pdata[p], para, bead);
    guint length = lines->len;

    g_array_append_val (side->elements, element);
    g_array_append_val (side->lengths, length);
    for (guint i = 0; i < lines->len; i++) {
      const DgLine *line = lines->pdata[i];

      g_ptr_array_add (side->lines, lines->pdata[i]);
      g_array_append_val (side->hyphens, line->hyphenated);
      g_array_append_val (side->owner, p);
    }
    dg_para_finish (para);
  }
}

/* The nodes of a text's body in order: paragraphs, each after the crossheads that stand over it. */
static GPtrArray *
body_nodes (const DgText *text)
{
  GPtrArray *nodes = g_ptr_array_new ();

  for (guint i = 0; i < text->nodes->len; i++) {
    const DgNode *node = text->nodes->pdata[i];

    if (node->role == DG_ROLE_BODY || node->role == DG_ROLE_CROSSHEAD)
      g_ptr_array_add (nodes, text->nodes->pdata[i]);
  }
  return nodes;
}

/* Adds the next @n body paragraphs, with the crossheads before them, to a row's side. */
static void
take_nodes (DgLayout *layout, DgRowSide *side, const DgColumn *column, const GPtrArray *nodes, guint *at, guint n)
{
  while (*at < nodes->len && n > 0) {
    DgNode *node = nodes->pdata[(*at)++];

    row_side_add (layout, side, column, node);
    if (node->role == DG_ROLE_BODY)
      n--;
  }
}

/* The rows' sides, left and right of each bead and of what no bead has. */
void
dg_layout_make_rows (DgLayout *layout)
{
  GArray *sides = g_array_new (FALSE, FALSE, sizeof (DgRowSide));
  const GArray *beads = layout->align->beads;
  GPtrArray *nodes[2] = { NULL, NULL };
  guint at[2] = { 0, 0 };

  layout->sides = sides;
  g_array_set_clear_func (sides, row_side_clear);
  for (guint c = 0; c < layout->n_columns; c++)
    nodes[c] = body_nodes (layout->columns[c].text);
  for (guint i = 0; i < beads->len; i++) {
    const DgBead *bead = &g_array_index (beads, DgBead, i);

    for (guint c = 0; c < 2; c++) {
      DgRowSide side;

      row_side_init (&side);
      if (c < layout->n_columns)
        take_nodes (layout, &side, &layout->columns[c], nodes[c], &at[c], layout->columns[c].side == DG_SIDE_A ? bead->n_a : bead->n_b);
      g_array_append_val (sides, side);
    }
  }
  /* Crossheads that nothing follows are still words of the dispatch. */
  for (guint c = 0; c < layout->n_columns; c++) {
    if (at[c] < nodes[c]->len) {
      DgRowSide rest[2];

      row_side_init (&rest[0]);
      row_side_init (&rest[1]);
      take_nodes (layout, &rest[c], &layout->columns[c], nodes[c], &at[c], G_MAXUINT);
      g_array_append_vals (sides, rest, 2);
    }
    g_ptr_array_unref (nodes[c]);
  }
}

static void
ask_count (gpointer para, double measure, int looseness, DgMeasureCount *count)
{
  const DgParaStyle *style = dg_para_style (para);
  DgParaCount of;

  /* Ragged text and headlines are broken for sense, not to a number of lines. */
  dg_para_count (para, measure, style->justify ? looseness : 0, &of);
  *count = (DgMeasureCount) { of.lines, of.hyphens, of.badness, 1 + of.loosest * (style->space_max - 1) };
}

/* The shares that auto may give the left measure.  Of two texts that run one way either may need more. */
static void
share_limits (const DgLayout *layout, double *min, double *max)
{
  const DgTemplate *t = layout->t;
  gboolean on_left = t->column_first == DG_COLUMNS_LEFT || t->column_first == DG_COLUMNS_INSIDE;

  *min = on_left ? t->ratio_min : 1 - t->ratio_max;
  *max = on_left ? t->ratio_max : 1 - t->ratio_min;
  if (dg_layout_runs_one_way (layout->doc)) {
    *min = MIN (*min, 1 - *max);
    *max = 1 - *min;
  }
}

/* Chooses the ratio where it is free, and each paragraph's looseness. */
void
dg_layout_choose_measures (DgLayout *layout)
{
  const DgTemplate *t = layout->t;
  guint n = layout->sides->len / 2;
  g_autofree DgMeasureRow *rows = NULL;
  double both = layout->columns[0].measure + layout->columns[1].measure;
  double min, max;

  if (layout->n_columns < 2)
    return;
  rows = g_new0 (DgMeasureRow, n + 1);
  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < 2; c++) {
      const DgRowSide *side = &g_array_index (layout->sides, DgRowSide, 2 * i + c);

      rows[i].side[c] = (DgMeasureSide) { side->paras->pdata, (int *) (void *) side->looseness->data, side->paras->len };
    }
  if (t->column_ratio.is_auto) {
    share_limits (layout, &min, &max);
    dg_layout_set_measures (layout, dg_measure_choose (rows, n, both, both * min, both * max, t->looseness, ask_count));
  }
  if (t->looseness)
    dg_measure_loosen (rows, n, both, layout->columns[0].measure, ask_count);
}

/* One part of a row on its page: both sides' lines and the piece of rule between them. */
static void
place_part (DgLayout *layout, const GArray *sides, const DgRowPart *part, guint spread, double y)
{
  const DgTemplate *t = layout->t;
  guint tallest = 0;

  for (guint c = 0; c < layout->n_columns; c++) {
    const DgRowSide *side = &g_array_index (sides, DgRowSide, 2 * part->row + c);

    for (guint i = 0; i < part->n[c]; i++) {
      guint at = part->first[c] + i, owner = g_array_index (side->owner, guint, at);

      dg_layout_add_line (layout, spread, &layout->columns[c], side->paras->pdata[owner], side->lines->pdata[at], 0, y + i * t->grid,
                g_array_index (side->elements, int, owner));
    }
    tallest = MAX (tallest, part->n[c]);
  }
  if (layout->n_columns == 2)
    dg_layout_add_rule (layout, spread, &layout->columns[0], layout->columns[0].measure + t->gutter / 2 - t->bead_rule / 2, y - 8,
                        t->bead_rule, 8 + (tallest - 1) * t->grid + 1, t->bead_rule_colour);
}

/* Grid lines, in halves, from baseline @y to the last of the page. */
static double
slots (const DgTemplate *t, double y)
{
  return y <= t->last_baseline + DG_LAYOUT_EPSILON ? floor ((t->last_baseline - y + DG_LAYOUT_EPSILON) / (t->grid / 2)) / 2 + 1 : 0;
}

void
dg_layout_set_rows (DgLayout *layout, guint spread, double baseline)
{
  const DgTemplate *t = layout->t;
  GArray *sides = layout->sides;
  guint n = sides->len / 2, tail_lines = 0, end = spread;
  g_autofree DgRow *rows = g_new0 (DgRow, n + 1);
  g_autoptr (DgRowsResult) result = NULL;
  DgRowsFrame frame = { 0 };
  DgStack tails[2] = { { 0 } };
  double end_y = baseline - t->grid, white = 0, area = 0;

  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < 2; c++) {
      DgRowSide *side = &g_array_index (sides, DgRowSide, 2 * i + c);

      row_side_set (layout, side, &layout->columns[c], i < layout->align->beads->len ? (int) i : -1);
      rows[i].lines[c] = side->lines->len;
      rows[i].paragraphs[c] = (const guint *) (void *) side->lengths->data;
      rows[i].n_paragraphs[c] = side->lengths->len;
      rows[i].hyphen[c] = (const gboolean *) (void *) side->hyphens->data;
    }
  for (guint c = 0; c < layout->n_columns; c++) {
    dg_layout_make_tail (layout, &layout->columns[c], &tails[c]);
    tail_lines = MAX (tail_lines, tails[c].lines->len);
  }
  frame.first_slots = slots (t, baseline);
  frame.page_slots = slots (t, t->running_body);
  frame.gap = t->row_gap / t->grid;
  frame.tail = tail_lines ? t->caption_gap / t->grid - 1 + tail_lines : 0;
  result = dg_rows_break (rows, n, &frame);

  for (guint i = 0; i < result->parts->len; i++) {
    const DgRowPart *part = &g_array_index (result->parts, DgRowPart, i);
    double top = (part->page == 0 ? baseline : t->running_body) + part->top * t->grid;
    guint tallest = MAX (part->n[0], part->n[1]);

    place_part (layout, sides, part, spread + part->page, top);
    end = spread + part->page;
    end_y = top + (tallest - 1) * t->grid;
    for (guint c = 0; c < layout->n_columns; c++) {
      white += (tallest - part->n[c]) * layout->columns[c].measure;
      area += tallest * layout->columns[c].measure;
    }
  }
  layout->pages->waste = area > 0 ? white / area : 0;
  if (spread + result->tail_page > end)
    dg_layout_set_tail (layout, tails, spread + result->tail_page, t->running_body - t->grid, TRUE);
  else
    dg_layout_set_tail (layout, tails, end, end_y, n == 0);
  for (guint c = 0; c < layout->n_columns; c++)
    dg_layout_clear_stack (&tails[c]);
}

