/* layout_furniture.c: what is repeated on the pages and belongs to no text: running heads, page numbers, the file's name. */
#include "layout_private.h"

#include <string.h>
#include "utf.h"

/* A single line of furniture; @place: 0 left, .5 centred, 1 right in the given measure. */
static void
set_line (DgLayout *layout, guint page, const DgColumn *column, const char *text, const char *lang, DgStyleName name, double x,
          double measure, double y, double place)
{
  DgParaStyle style;
  DgPara *para;
  const DgLine *line;
  g_autofree char *cut = NULL;

  dg_style_get (layout->t, layout->fonts, NULL, name, lang, &style, NULL);
  if (style.size <= 0)
    return;
  para = dg_layout_make_para (layout, text, lang, &style);
  cut = dg_para_cut (para, measure);
  if (strcmp (cut, text) != 0)
    para = dg_layout_make_para (layout, cut, lang, &style);
  line = dg_layout_one_line (layout, para);
  dg_layout_add_line (layout, page, column, para, line, x + place * (measure - line->width) - line->x, y, -1);
}

static void
set_page (DgLayout *layout, guint page)
{
  static const DgColour black = { .k = 1 };
  const DgTemplate *t = layout->t;

  for (guint c = 0; c < layout->n_columns; c++) {
    const DgColumn *column = &layout->columns[c];
    const DgNode *headline = dg_text_nth (column->text, DG_ROLE_HEADLINE, 0);
    g_autofree char *number = dg_style_number (column->text->lang, page + 1);
    double folio_place = layout->n_columns == 2 ? c : column->text->rtl ? 0 : 1;

    if (page > 0 && headline && t->running_size > 0)
      set_line (layout, page, column, headline->text, column->text->lang, DG_STYLE_RUNNING, 0, column->measure, t->running_at,
                column->text->rtl ? 1 : 0);
    if (t->folio_size > 0)
      set_line (layout, page, column, number, column->text->lang, DG_STYLE_FOLIO, 0, column->measure, t->folio_at, folio_place);
  }
  if (page > 0 && t->running_size > 0)
    dg_layout_add_full_rule (layout, page, t->running_rule_at, t->thin_rule, black);
  if (t->source_file && strcmp (dg_source_name (layout->doc->source), "<stdin>") != 0) {
    g_autofree char *base = g_path_get_basename (dg_source_name (layout->doc->source));
    g_autofree char *name = dg_dup_printable (base, -1);

    set_line (layout, page, &layout->columns[0], name, "en", DG_STYLE_SOURCE_FILE, 60, dg_layout_full_width (layout) - 120, t->folio_at, .5);
  }
}

void
dg_layout_set_furniture (DgLayout *layout)
{
  for (guint i = 0; i < layout->pages->pages->len; i++)
    set_page (layout, i);
}
