/* layout_boxes.c: where a column stands on which page, and the boxes that are put there. */
#include "page/layout_private.h"

#include "base/language.h"
#include "base/digits.h"
#include "base/utf.h"

gboolean
dg_layout_is_facing (const DgLayout *layout)
{
  return layout->t->arrangement == DG_ARRANGEMENT_FACING && layout->n_columns == 2;
}

void
dg_pages_free (DgPages *pages)
{
  if (!pages)
    return;
  for (guint i = 0; i < pages->pages->len; i++) {
    DgPage *page = pages->pages->pdata[i];

    g_array_unref (page->boxes);
    g_free (page);
  }
  g_ptr_array_unref (pages->pages);
  g_ptr_array_unref (pages->lines);
  g_ptr_array_unref (pages->paras);
  g_array_unref (pages->elements);
  g_free (pages);
}

void
dg_pages_add_blank (DgPages *pages)
{
  DgPage *page = g_new0 (DgPage, 1);

  page->boxes = g_array_new (FALSE, TRUE, sizeof (DgBox));
  g_ptr_array_add (pages->pages, page);
}

/* Where what is @whole long begins on a box of @room, so that the point which is the share @focus of it from its middle comes as near the
 * box's as can be without a gap. */
static double
place_focus (double room, double whole, double focus)
{
  double middle = (room - whole) / 2;

  return middle - CLAMP (focus * whole, MIN (middle, 0), MAX (-middle, 0));
}

double
dg_box_get_pixel (const DgBox *box, double *x, double *y)
{
  guint  across, down;
  double pixel;

  dg_picture_get_size (box->picture, &across, &down);
  pixel = MAX (box->width / across, box->height / down);
  *x = box->x + place_focus (box->width, pixel * across, box->focus[0]);
  *y = box->y + place_focus (box->height, pixel * down, box->focus[1]);
  return pixel;
}

double
dg_layout_full_width (const DgLayout *layout)
{
  return layout->t->page_size.width - layout->t->margin_left - layout->t->margin_right;
}

double
dg_layout_both (const DgLayout *layout)
{
  return (dg_layout_is_facing (layout) ? 2 : 1) * dg_layout_full_width (layout) - layout->t->gutter;
}

void
dg_layout_set_measures (DgLayout *layout, double left)
{
  layout->columns[0].measure = left;
  layout->columns[1].measure = dg_layout_both (layout) - left;
}

guint
dg_layout_page (const DgLayout *layout, guint spread, const DgColumn *column)
{
  return dg_layout_is_facing (layout) ? 2 * spread + (column == &layout->columns[1] ? 1 : 0) : spread;
}

guint
dg_layout_spread_count (const DgLayout *layout)
{
  return dg_layout_is_facing (layout) ? (layout->pages->pages->len + 1) / 2 : layout->pages->pages->len;
}

guint
dg_layout_page_number (const DgLayout *layout, guint page)
{
  return (guint) layout->t->first_number + page;
}

static gboolean
lies_on_left (const DgLayout *layout, guint page)
{
  return (dg_layout_page_number (layout, page) % 2 == 0) != (layout->t->binding == DG_BINDING_RIGHT);
}

double
dg_layout_page_x (const DgLayout *layout, guint page)
{
  return layout->t->mirrored && lies_on_left (layout, page) ? layout->t->margin_right : layout->t->margin_left;
}

gboolean
dg_layout_is_outside_left (const DgLayout *layout, guint page)
{
  return lies_on_left (layout, page);
}

gboolean
dg_layout_is_left (const DgLayout *layout, guint spread, const DgColumn *column)
{
  gboolean outer = layout->t->column_first == DG_COLUMNS_INSIDE || layout->t->column_first == DG_COLUMNS_OUTSIDE;
  gboolean swapped = outer && lies_on_left (layout, dg_layout_page (layout, spread, column));

  return (column == &layout->columns[0]) != swapped;
}

gboolean
dg_layout_is_stacked (const DgLayout *layout)
{
  return layout->t->arrangement == DG_ARRANGEMENT_STACKED && layout->n_columns == 2;
}

/* Facing columns stand on the spine, where the narrower one leaves its white at the outer edge. */
double
dg_layout_column_x (const DgLayout *layout, guint spread, const DgColumn *column)
{
  double x = dg_layout_page_x (layout, dg_layout_page (layout, spread, column));

  if (dg_layout_is_facing (layout))
    return x + (column == &layout->columns[0] ? dg_layout_full_width (layout) - column->measure : 0);
  if (layout->n_columns < 2 || dg_layout_is_stacked (layout) || dg_layout_is_left (layout, spread, column))
    return x;
  return x + layout->t->gutter + layout->columns[column == &layout->columns[0] ? 1 : 0].measure;
}

DgPage *
dg_layout_get_page (DgLayout *layout, guint n)
{
  GPtrArray *pages = layout->pages->pages;

  while (pages->len <= n)
    dg_pages_add_blank (layout->pages);
  return pages->pdata[n];
}

static void
add_box (DgLayout *layout, guint page, DgBoxKind kind, double x, double y, double width, double height, DgColour colour)
{
  DgBox box = { .kind = kind, .x = x, .y = y, .width = width, .height = height, .colour = colour, .element = -1 };

  if (width > 0 && height > 0)
    g_array_append_val (dg_layout_get_page (layout, page)->boxes, box);
}

void
dg_layout_add_rule (DgLayout *layout, guint spread, const DgColumn *column, double x, double y, double width, double weight, DgColour colour)
{
  add_box (layout, dg_layout_page (layout, spread, column), DG_BOX_RULE, dg_layout_column_x (layout, spread, column) + x, y, width, weight, colour);
}

void
dg_layout_add_full_rule (DgLayout *layout, guint spread, double y, double weight, DgColour colour)
{
  if (!dg_layout_is_facing (layout)) {
    add_box (layout, spread, DG_BOX_RULE, dg_layout_page_x (layout, spread), y, dg_layout_full_width (layout), weight, colour);
    return;
  }
  for (guint c = 0; c < 2; c++)
    dg_layout_add_rule (layout, spread, &layout->columns[c], 0, y, layout->columns[c].measure, weight, colour);
}

double
dg_layout_gutter_x (const DgLayout *layout, guint spread)
{
  const DgColumn *left = &layout->columns[dg_layout_is_left (layout, spread, &layout->columns[0]) ? 0 : 1];

  return dg_layout_column_x (layout, spread, left) + left->measure + layout->t->gutter / 2;
}

void
dg_layout_add_gutter_box (DgLayout *layout, guint spread, DgBoxKind kind, double y, double width, double height, DgColour colour)
{
  add_box (layout, spread, kind, dg_layout_gutter_x (layout, spread) - width / 2, y, width, height, colour);
}

void
dg_layout_add_line (DgLayout *layout, guint spread, const DgColumn *column, const DgPara *para, const DgLine *line, double x, double baseline, int element)
{
  dg_layout_add_page_line (layout, dg_layout_page (layout, spread, column), para, line, dg_layout_column_x (layout, spread, column) + x, baseline, element);
}

void
dg_layout_add_page_line (DgLayout *layout, guint page, const DgPara *para, const DgLine *line, double x, double baseline, int element)
{
  DgBox box = { .kind = DG_BOX_LINE, .x = x + line->x, .y = baseline, .line = line, .para = para, .element = element };

  g_array_append_val (dg_layout_get_page (layout, page)->boxes, box);
}

void
dg_layout_add_picture (DgLayout *layout, guint spread, const DgColumn *column, double x, double y, double width, double depth, int element)
{
  guint page = dg_layout_page (layout, spread, column);
  DgBox box = { .kind = DG_BOX_PICTURE, .y = y, .width = width, .height = depth, .picture = layout->picture, .element = element };

  box.x = (dg_layout_is_facing (layout) ? dg_layout_column_x (layout, spread, column) : dg_layout_page_x (layout, page)) + x;
  box.focus[0] = layout->t->picture_focus.x - .5;
  box.focus[1] = layout->t->picture_focus.y - .5;
  g_array_append_val (dg_layout_get_page (layout, page)->boxes, box);
}

DgPara *
dg_layout_make_para (DgLayout *layout, const char *text, const char *lang, const DgParaStyle *style)
{
  DgPara *para = dg_para_new (layout->fonts, text, lang, dg_language_is_rtl (lang), style);

  g_ptr_array_add (layout->paras, para);
  return para;
}

/* The style of a headline between the large size and the small one. */
static void
step_down (const DgLayout *layout, const DgColumn *column, DgParaStyle *style, double *leading)
{
  double      by = (double) layout->headline_step[column->side] / DG_HEADLINE_STEPS, small_leading;
  DgParaStyle small;

  dg_style_get (layout->t, layout->fonts, layout->hyphens, DG_STYLE_HEADLINE_LONG, column->text->lang, &small, &small_leading);
  style->size += by * (small.size - style->size);
  style->latin_size += by * (small.latin_size - style->latin_size);
  style->arabic_size += by * (small.arabic_size - style->arabic_size);
  if (leading != NULL)
    *leading += by * (small_leading - *leading);
}

DgPara *
dg_layout_make_node_para (DgLayout *layout, const DgColumn *column, const DgNode *node, DgStyleName name, double indent, double *leading)
{
  g_autofree char *mapped = NULL;
  gsize            hidden = layout->t->head_in_rows ? 0 : dg_node_hidden (node);
  const char      *text = node->text + hidden;
  DgParaStyle      style;
  DgMade           made = { node, name, name == DG_STYLE_HEADLINE ? layout->headline_step[column->side] : 0, NULL };

  dg_style_get (layout->t, layout->fonts, layout->hyphens, name, column->text->lang, &style, leading);
  if (made.step > 0)
    step_down (layout, column, &style, leading);
  /* Heads and what stands at the foot are asked for again for every way that the search tries. */
  for (guint i = 0; i < layout->made->len; i++)
    if (g_array_index (layout->made, DgMade, i).node == node && g_array_index (layout->made, DgMade, i).style == name
        && g_array_index (layout->made, DgMade, i).step == made.step)
      return g_array_index (layout->made, DgMade, i).para;
  if (layout->t->bidi_digits == DG_DIGITS_LANGUAGE)
    text = mapped = dg_digits_map (text, column->text->lang);
  /* What is set as a row among rows is set like them. */
  style.label_length = layout->t->head_in_rows || hidden > 0 ? 0 : dg_utf8_shift (node->text, node->label_length, text);
  style.indent = indent * style.size;
  style.offset = hidden;
  /* What readers are not to see is set in grey, where a template sets it at all. */
  if (dg_role_is_hidden (node->role))
    style.colour = style.label_colour = layout->t->foot_colour;
  made.para = dg_layout_make_para (layout, text, column->text->lang, &style);
  dg_layout_note_missing (layout, column->side, made.para, node, hidden);
  if (name != DG_STYLE_BODY)
    g_array_append_val (layout->made, made);
  return made.para;
}

DgPara *
dg_layout_make_piece_para (DgLayout *layout, const DgColumn *column, const DgNode *node, gsize from, gsize to, DgStyleName name)
{
  g_autofree char *piece = g_strndup (node->text + from, to - from);
  g_autofree char *mapped = layout->t->bidi_digits == DG_DIGITS_LANGUAGE ? dg_digits_map (piece, column->text->lang) : NULL;
  DgParaStyle      style;
  DgPara          *para;

  dg_style_get (layout->t, layout->fonts, layout->hyphens, name, column->text->lang, &style, NULL);
  style.offset = from;
  para = dg_layout_make_para (layout, mapped != NULL ? mapped : piece, column->text->lang, &style);
  dg_layout_note_missing (layout, column->side, para, node, from);
  return para;
}

int
dg_layout_add_element (DgLayout *layout, const DgColumn *column, const DgNode *node, const DgPara *para, int bead)
{
  DgElement element = { node->role, column->side, bead, para, node, NULL };

  g_array_append_val (layout->pages->elements, element);
  return (int) layout->pages->elements->len - 1;
}

/* The lines become the pages'. */
static GPtrArray *
keep_lines (DgLayout *layout, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (layout->pages->lines, lines->pdata[i]);
  g_ptr_array_set_free_func (lines, NULL);
  return lines;
}

GPtrArray *
dg_layout_break (DgLayout *layout, DgPara *para, double measure, int looseness)
{
  return keep_lines (layout, dg_para_break (para, measure, looseness));
}

GPtrArray *
dg_layout_break_round (DgLayout *layout, DgPara *para, double measure, const DgNarrow *narrow)
{
  return keep_lines (layout, dg_para_break_round (para, measure, narrow->measure, narrow->n));
}

const DgLine *
dg_layout_one_line (DgLayout *layout, DgPara *para)
{
  DgLine *line = dg_para_one_line (para);

  g_ptr_array_add (layout->pages->lines, line);
  return line;
}
