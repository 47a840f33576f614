/* layout_marks.c: what helps to compare or to correct: row numbers, line numbers, lines of the input, how sure a pair is, names of
 * parts that are missing, rules under the lines.  None of it belongs to the text. */
#include "page/layout_private.h"

#include <string.h>
#include <unicode/uloc.h>
#include "base/digits.h"

#define LABEL_GAP 9.6 /* pt: from a row's first baseline to that of the figure under it */

#define HEADER_RULE .3 /* of the grid: from a table's first row to the rule under it */

#define REMARK_DROP .45 /* of the grid: from a row's last baseline to what is said of it */
#define SURE        .9  /* a role that is as sure as that is not doubted */

#define RULE_LEAST 4.0 /* pt: a shorter piece of rule under a number is a speck */

static const DgColour faint = { .r = .7, .g = .7, .b = .7 };

static gboolean
has_gutter (const DgLayout *layout)
{
  return layout->n_columns == 2 && layout->t->arrangement == DG_ARRANGEMENT_SIDE_BY_SIDE;
}

static void
set_mark (DgLayout *layout, guint page, const char *text, const char *lang, DgStyleName name, double x, double width, double y, double place)
{
  DgParaStyle style;

  dg_style_get (layout->t, layout->fonts, NULL, name, lang, &style, NULL);
  dg_layout_set_text (layout, page, text, lang, &style, x, width, y, place);
}

/* A mark outside a column, its near edge @gap pt from it. */
static void
set_outside (DgLayout *layout, guint spread, const DgColumn *column, const char *text, const char *lang, DgStyleName name, double gap, double y)
{
  guint  page = dg_layout_page (layout, spread, column);
  double x = dg_layout_column_x (layout, spread, column), width = 40;

  if (dg_layout_is_left (layout, spread, column))
    set_mark (layout, page, text, lang, name, x - gap - width, width, y, 1);
  else
    set_mark (layout, page, text, lang, name, x + column->measure + gap, width, y, 0);
}

static void
set_in_gutter (DgLayout *layout, guint spread, const char *text, DgStyleName name, double y)
{
  set_mark (layout, dg_layout_page (layout, spread, &layout->columns[0]), text, "en", name, dg_layout_gutter_x (layout, spread) - layout->t->gutter / 2,
            layout->t->gutter, y, .5);
}

/* The paragraph of the row whose role is least sure; where all are sure the first that is no plain one; NULL: there is none to tell of. */
static const DgNode *
find_told (const DgLayoutRow *row)
{
  const DgNode *told = NULL, *special = NULL;

  for (guint c = 0; c < 2; c++)
    for (guint u = 0; u < row->side[c].units->len; u++) {
      const DgNode *node = ((const DgUnit *) row->side[c].units->pdata[u])->node;

      if (told == NULL || node->confidence < told->confidence)
        told = node;
      if (special == NULL && node->role != DG_ROLE_BODY)
        special = node;
    }
  return told != NULL && told->confidence < SURE ? told : special;
}

/* "98 %", "list 98 %", "list? 98 %": what the row is, whether that is sure, how sure the pair is.  Of heads, whose name stands there already, whether
 * that is sure, "62 %". */
static char *
dup_label (const DgLayout *layout, const DgLayoutRow *row)
{
  const DgTemplate *t = layout->t;
  const DgNode     *told = t->mark_roles ? find_told (row) : NULL;
  gboolean          doubted = told != NULL && told->confidence < SURE;
  GString          *label = g_string_new (NULL);

  if (row->bead < 0) {
    if (doubted)
      g_string_append_printf (label, "%.0f %%", 100 * told->confidence);
    return g_string_free (label, FALSE);
  }
  if (told != NULL)
    g_string_append_printf (label, "%s%s", dg_role_name (told->role), doubted ? "?" : "");
  if (t->confidence)
    g_string_append_printf (label, "%s%.0f %%", label->len > 0 ? " " : "", 100 * g_array_index (layout->align->beads, DgBead, row->bead).score);
  return g_string_free (label, FALSE);
}

/* What stands in the gutter beside a row's first line.  Returns where the piece of rule may begin. */
static double
mark_gutter (DgLayout *layout, const DgLayoutRow *row, guint spread, double y)
{
  const DgTemplate *t = layout->t;
  double            top = y - 8;

  if (row->bead < 0 && !t->head_in_rows)
    return top;
  if (row->bead < 0) {
    set_in_gutter (layout, spread, dg_role_name (row->role), DG_STYLE_REMARK, y);
    top = y + LABEL_GAP - 2;
  }
  if (t->row_numbers == DG_NUMBERS_GUTTER && row->bead >= 0) {
    g_autofree char *number = g_strdup_printf ("%d", row->bead + 1);
    double           middle = y - t->body_size * .33;

    dg_layout_add_gutter_box (layout, spread, DG_BOX_RING, middle - DG_RING_SIZE / 2, DG_RING_SIZE, DG_RING_SIZE, t->accent);
    set_in_gutter (layout, spread, number, DG_STYLE_ROW_NUMBER, middle + t->mark_size * .34);
    top = middle + DG_RING_SIZE / 2 + 2;
  }
  /* Of rows close together only the first has room for it. */
  if (!row->close) {
    g_autofree char *label = dup_label (layout, row);

    if (*label != '\0') {
      set_in_gutter (layout, spread, label, DG_STYLE_LINE_NUMBER, y + LABEL_GAP);
      top = y + LABEL_GAP + 3;
    }
  }
  return top;
}

/* Line numbers go with the taller side, so that both texts bear the same ones. */
static void
mark_lines (DgLayout *layout, const DgColumn *column, const DgLayoutPart *part, guint spread, guint before)
{
  guint every = (guint) layout->t->line_numbers;

  for (guint i = 0; every > 0 && i < part->depth; i++) {
    guint            number = before + i + 1;
    g_autofree char *text = dg_digits_number (column->text->lang, number);

    if (i == 0 || number % every == 0)
      set_outside (layout, spread, column, text, column->text->lang, DG_STYLE_LINE_NUMBER, layout->t->mark_gap, part->baseline + i * layout->t->grid);
  }
}

/* The line of the input beside the first line of each paragraph, a dash beside a side without one. */
static void
mark_sources (DgLayout *layout, const DgRowSide *side, const DgColumn *column, const DgLayoutPart *part, guint c, guint spread)
{
  double gap = 3 * layout->t->mark_gap;

  if (side->depth == 0 && part->first[1 - c] == 0)
    set_outside (layout, spread, column, "–", "en", DG_STYLE_MARK, gap, part->baseline);
  for (guint i = 0; i < side->lines->len; i++) {
    const DgRowLine *at = &g_array_index (side->lines, DgRowLine, i);
    const DgNode    *node = ((const DgUnit *) side->units->pdata[at->unit])->node;
    gboolean         opens = i == 0 || g_array_index (side->lines, DgRowLine, i - 1).unit != at->unit;

    if (opens && at->slot >= part->first[c] && at->slot < part->first[c] + part->n[c] && node->lines->len > 0) {
      g_autofree char *text = g_strdup_printf ("L%u", g_array_index (node->lines, guint, 0));

      set_outside (layout, spread, column, text, "en", DG_STYLE_MARK, gap, part->baseline + (at->slot - part->first[c]) * layout->t->grid);
    }
  }
}

/* "no deck in English" where the side has nothing. */
static void
name_missing (DgLayout *layout, const DgColumn *column, const DgLayoutRow *row, guint spread, double y)
{
  UChar            wide[64];
  UErrorCode       status = U_ZERO_ERROR;
  int32_t          length = uloc_getDisplayLanguage (column->text->lang, "en", wide, G_N_ELEMENTS (wide), &status);
  g_autofree char *language = U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *) wide, length, NULL, NULL, NULL) : NULL;
  g_autofree char *text = g_strdup_printf ("no %s in %s", row->bead >= 0 ? "counterpart" : dg_role_name (row->role), language ? language : column->text->lang);

  set_mark (layout, dg_layout_page (layout, spread, column), text, "en", DG_STYLE_REMARK, dg_layout_column_x (layout, spread, column), column->measure, y,
            column->text->rtl ? 1 : 0);
}

/* What was said of the lines of a side of a row, under its last line. */
static void
set_remarks (DgLayout *layout, const DgColumn *column, const DgRowSide *side, guint spread, double last)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint                n;
  const DiglotMessage *messages = dg_diag_list (layout->diag, &n);

  for (guint u = 0; u < side->units->len; u++) {
    const GArray *lines = ((const DgUnit *) side->units->pdata[u])->node->lines;

    for (guint i = 0; i < n; i++)
      for (guint k = 0; k < lines->len; k++)
        if (messages[i].line == g_array_index (lines, guint, k))
          g_string_append_printf (text, "%s%s", text->len > 0 ? " \xC2\xB7 " : "", messages[i].text);
  }
  if (text->len > 0)
    set_mark (layout, dg_layout_page (layout, spread, column), text->str, "en", DG_STYLE_MARK, dg_layout_column_x (layout, spread, column), column->measure,
              last + layout->t->grid * REMARK_DROP, column->text->rtl ? 1 : 0);
}

void
dg_layout_mark_part (DgLayout *layout, const DgLayoutRow *row, const DgLayoutPart *part, guint spread, gboolean opens_page)
{
  const DgTemplate *t = layout->t;
  gboolean          begins = part->first[0] == 0 && part->first[1] == 0;
  double            last = part->baseline + (part->depth - 1) * t->grid;

  for (guint c = part->first_column; c < part->end_column; c++) {
    const DgColumn  *column = &layout->columns[c];
    const DgRowSide *side = &row->side[c];

    if (side->units->len > 0 && dg_layout_unit_is_header (side->units->pdata[side->units->len - 1]) && part->first[c] + part->n[c] == side->depth)
      dg_layout_add_rule (layout, spread, column, 0, last + t->grid * HEADER_RULE, column->measure, t->thin_rule, (DgColour){ .k = 1 });

    if (t->row_numbers == DG_NUMBERS_MARGIN && begins && row->bead >= 0) {
      g_autofree char *number = dg_digits_number (column->text->lang, (guint) row->bead + 1);

      set_outside (layout, spread, column, number, column->text->lang, DG_STYLE_MARK, t->mark_gap, part->baseline);
    }
    mark_lines (layout, column, part, spread, layout->n_lines);
    if (t->source_lines)
      mark_sources (layout, side, column, part, c, spread);
    if (t->name_missing && begins && side->depth == 0)
      name_missing (layout, column, row, spread, part->baseline);
    if (t->warnings && part->first[c] + part->n[c] == side->depth)
      set_remarks (layout, column, side, spread, last);
    for (guint i = 0; i < part->depth; i++)
      dg_layout_add_rule (layout, spread, column, 0, part->baseline + i * t->grid, column->measure, t->line_rule, faint);
  }
  layout->n_lines += part->depth;
  if (has_gutter (layout) && layout->round.depth > 0 && spread == layout->round.spread && part->baseline - t->grid < layout->round.bottom) {
    double top = layout->round.bottom + t->grid / 2;

    if (last + 1 - top >= 2 * t->grid)
      dg_layout_add_gutter_box (layout, spread, DG_BOX_RULE, top, t->bead_rule, last + 1 - top, t->bead_rule_colour);
  } else if (has_gutter (layout)) {
    double top = begins ? mark_gutter (layout, row, spread, part->baseline) : part->baseline - 8;

    /* One piece for rows that belong together, where nothing stands between. */
    if (begins && row->close && top == part->baseline - 8 && !opens_page)
      top = part->baseline - t->grid + 1;

    if (last + 1 - top >= RULE_LEAST)
      dg_layout_add_gutter_box (layout, spread, DG_BOX_RULE, top, t->bead_rule, last + 1 - top, t->bead_rule_colour);
  }
}
