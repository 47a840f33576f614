/* layout_boxes.c: where a column stands on which page, and the boxes that are put there. */
#include "layout_private.h"

#include "utf.h"

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

double
dg_layout_full_width (const DgLayout *layout)
{
  return layout->t->page_size.width - layout->t->margin_left - layout->t->margin_right;
}

double
dg_layout_both (const DgLayout *layout)
{
  return dg_layout_full_width (layout) - layout->t->gutter;
}

void
dg_layout_set_measures (DgLayout *layout, double left)
{
  layout->columns[0].measure = left;
  layout->columns[1].measure = dg_layout_both (layout) - left;
}

double
dg_layout_column_x (const DgLayout *layout, guint spread, const DgColumn *column)
{
  (void) spread;
  return layout->t->margin_left + (column == &layout->columns[1] ? layout->columns[0].measure + layout->t->gutter : 0);
}

static GArray *
boxes_of (DgLayout *layout, guint spread)
{
  GPtrArray *pages = layout->pages->pages;

  while (pages->len <= spread) {
    DgPage *page = g_new0 (DgPage, 1);

    page->boxes = g_array_new (FALSE, TRUE, sizeof (DgBox));
    g_ptr_array_add (pages, page);
  }
  return ((DgPage *) pages->pdata[spread])->boxes;
}

void
dg_layout_add_rule (DgLayout *layout, guint spread, const DgColumn *column, double x, double y, double width, double weight, DgColour colour)
{
  DgBox box = { 0 };

  if (weight <= 0 || width <= 0)
    return;
  box.kind = DG_BOX_RULE;
  box.x = dg_layout_column_x (layout, spread, column) + x;
  box.y = y;
  box.width = width;
  box.height = weight;
  box.colour = colour;
  box.element = -1;
  g_array_append_val (boxes_of (layout, spread), box);
}

void
dg_layout_add_full_rule (DgLayout *layout, guint spread, double y, double weight, DgColour colour)
{
  dg_layout_add_rule (layout, spread, &layout->columns[0], 0, y, dg_layout_full_width (layout), weight, colour);
}

void
dg_layout_add_line (DgLayout *layout, guint spread, const DgColumn *column, const DgPara *para, const DgLine *line, double x, double baseline,
                    int element)
{
  DgBox box = { 0 };

  box.kind = DG_BOX_LINE;
  box.x = dg_layout_column_x (layout, spread, column) + x + line->x;
  box.y = baseline;
  box.line = line;
  box.para = para;
  box.element = element;
  g_array_append_val (boxes_of (layout, spread), box);
}

DgPara *
dg_layout_make_para (DgLayout *layout, const char *text, const char *lang, const DgParaStyle *style)
{
  DgPara *para = dg_para_new (layout->fonts, text, lang, dg_lang_is_rtl (lang), style);

  g_ptr_array_add (layout->pages->paras, para);
  return para;
}

/* Characters that no face has are reported where the source has them. */
static void
report_missing (DgLayout *layout, const DgPara *para, const DgNode *node)
{
  const GArray *missing = dg_para_missing (para);

  for (guint i = 0; i < missing->len; i++) {
    guint offset = g_array_index (missing, guint, i), line = 0, column = 0;

    if (!dg_diag_is_counting (layout->diag, DG_DIAG_FONT_MISSING_GLYPH))
      dg_node_locate (node, offset, &line, &column);
    dg_diag_add (layout->diag, DG_DIAG_FONT_MISSING_GLYPH, line, column, g_utf8_get_char (dg_para_text (para) + offset));
  }
}

DgPara *
dg_layout_make_node_para (DgLayout *layout, const DgColumn *column, const DgNode *node, DgStyleName name, double indent, double *leading)
{
  DgParaStyle style;
  DgPara *para;

  dg_style_get (layout->t, layout->fonts, layout->hyphens, name, column->text->lang, &style, leading);
  style.label_length = node->label_length;
  style.indent = indent * style.size;
  para = dg_layout_make_para (layout, node->text, column->text->lang, &style);
  report_missing (layout, para, node);
  return para;
}

int
dg_layout_add_element (DgLayout *layout, const DgColumn *column, const DgNode *node, const DgPara *para, int bead)
{
  DgElement element = { node->role, column->side, bead, para, node };

  g_array_append_val (layout->pages->elements, element);
  return (int) layout->pages->elements->len - 1;
}

GPtrArray *
dg_layout_break (DgLayout *layout, DgPara *para, double measure, int looseness)
{
  GPtrArray *lines = dg_para_break (para, measure, looseness);

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (layout->pages->lines, lines->pdata[i]);
  g_ptr_array_set_free_func (lines, NULL);
  return lines;
}

const DgLine *
dg_layout_one_line (DgLayout *layout, DgPara *para)
{
  DgLine *line = dg_para_one_line (para);

  g_ptr_array_add (layout->pages->lines, line);
  return line;
}
