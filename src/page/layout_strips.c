/* layout_strips.c: several pairs of columns on a sheet.  A pair is laid out as a page of its own, as high as the sheet and as wide as the pair; pages that
 * follow one another are then put side by side, in the direction of the book, with rules between them and the bundle's title over them. */
#include "page/layout_private.h"

#include "base/digits.h"
#include "base/language.h"

#define RULE_RISE   8.0 /* pt: rules between the pairs begin so much over the first line of text, and twice that what says which one goes on there */
#define TITLE_SMALL .5  /* of its size: the title on sheets after the first */

static const DgColour black = { .k = 1 };

static double
strip_width (const DgTemplate *sheet)
{
  return (sheet->page_size.width - sheet->margin_left - sheet->margin_right - (sheet->strips - 1) * sheet->strip_gap) / sheet->strips;
}

void
dg_layout_get_strip (const DgTemplate *sheet, DgTemplate *strip)
{
  *strip = *sheet;
  strip->page_size.width = strip_width (sheet);
  strip->margin_left = strip->margin_right = 0;
  strip->mirrored = FALSE;
  strip->running_size = strip->running_size_ar = strip->folio_size = strip->folio_size_ar = 0;
  strip->running_first = FALSE;
  strip->foot_text = (char *) "";
}

static void
add_rule (DgPage *page, double x, double y, double width, double height)
{
  DgBox box = { .kind = DG_BOX_RULE, .x = x, .y = y, .width = width, .height = height, .colour = black, .element = -1 };

  if (width > 0 && height > 0)
    g_array_append_val (page->boxes, box);
}

/* The title of the bundle in a language, at its side of the sheet. */
static void
set_title (DgLayout *layout, const DgTemplate *sheet, guint page, const char *lang, double scale)
{
  const char *title = dg_language_is_arabic (lang) && *sheet->book_title_ar != '\0' ? sheet->book_title_ar : sheet->book_title;
  const char *word = dg_language_value (dg_language_get (lang), "dispatches");
  DgTemplate  own = *sheet;
  DgParaStyle style;

  own.headline_size = scale * sheet->masthead_size;
  own.headline_size_ar = sheet->masthead_size_ar > 0 ? scale * sheet->masthead_size_ar : sheet->masthead_size_ar;
  dg_style_get (&own, layout->fonts, NULL, DG_STYLE_HEADLINE, lang, &style, NULL);
  if (*title == '\0')
    title = word != NULL ? word : dg_language_value (dg_language_get ("en"), "dispatches");
  dg_layout_set_text (layout, page, title, lang, &style, sheet->margin_left, sheet->page_size.width - sheet->margin_left - sheet->margin_right,
                      sheet->masthead_at, dg_language_is_rtl (lang) ? 1 : 0);
}

static void
set_folio (DgLayout *layout, const DgTemplate *sheet, guint page, const DgText *text)
{
  g_autofree char *number = dg_digits_number (text->lang, (guint) sheet->first_number + page);
  DgParaStyle      style;

  dg_style_get (sheet, layout->fonts, NULL, DG_STYLE_FOLIO, text->lang, &style, NULL);
  dg_layout_set_text (layout, page, number, text->lang, &style, sheet->margin_left, sheet->page_size.width - sheet->margin_left - sheet->margin_right,
                      sheet->folio_at, text->rtl ? 1 : 0);
}

/* What stands about the pairs of a sheet. */
static void
set_about (DgLayout *layout, const DgTemplate *sheet, guint page)
{
  gboolean opens = sheet->first_number + page <= 1;
  double   width = sheet->page_size.width - sheet->margin_left - sheet->margin_right;

  for (guint i = 0; i < layout->doc->n_texts; i++) {
    const DgText *text = &layout->doc->text[i];

    if (i > 0 && text->rtl == layout->doc->text[0].rtl)
      continue; /* both would stand at one side */
    if (sheet->folio_size > 0)
      set_folio (layout, sheet, page, text);
  }
  if (sheet->masthead_size <= 0 || sheet->title_langs[0] == NULL)
    return;
  for (guint i = 0; i < 2; i++)
    if (sheet->title_langs[i] != NULL && (i == 0 || dg_language_is_rtl (sheet->title_langs[1]) != dg_language_is_rtl (sheet->title_langs[0])))
      set_title (layout, sheet, page, sheet->title_langs[i], opens ? 1 : TITLE_SMALL);
  add_rule (dg_layout_get_page (layout, page), sheet->margin_left, sheet->masthead_rule, width, sheet->top_rule);
}

/* Over the columns of a sheet that go on with a dispatch of the one before: its headlines. */
static void
set_jump (DgLayout *layout, const DgTemplate *sheet, guint page, double x)
{
  for (guint c = 0; c < layout->n_columns; c++) {
    const DgColumn *column = &layout->columns[c];
    const DgNode   *headline = dg_text_nth (column->text, DG_ROLE_HEADLINE, 0);
    DgParaStyle     style;

    if (headline == NULL || sheet->running_size <= 0)
      continue;
    dg_style_get (sheet, layout->fonts, NULL, DG_STYLE_RUNNING, column->text->lang, &style, NULL);
    dg_layout_set_text (layout, page, headline->text, column->text->lang, &style, x + (c > 0 ? layout->columns[0].measure + sheet->gutter : 0), column->measure,
                        sheet->running_body - 2 * RULE_RISE, column->text->rtl ? 1 : 0);
  }
}

void
dg_layout_fold (DgLayout *layout, const DgTemplate *sheet, guint first)
{
  DgPages   *pages = layout->pages;
  GPtrArray *strips = pages->pages;
  guint      n = (guint) sheet->strips;
  double     width = strip_width (sheet);

  pages->pages = g_ptr_array_new ();
  pages->width = sheet->page_size.width;
  for (guint i = 0; i < strips->len; i++) {
    DgPage *strip = strips->pdata[i], *page = dg_layout_get_page (layout, (first + i) / n);
    guint   at = (first + i) % n;
    double  x = sheet->margin_left + (pages->right_bound ? n - 1 - at : at) * (width + sheet->strip_gap);
    double  top = i == 0 && pages->runs_on ? pages->top : i == 0 ? sheet->top_rule_at - sheet->top_rule / 2 : sheet->running_body - RULE_RISE;

    for (guint k = 0; k < strip->boxes->len; k++)
      g_array_index (strip->boxes, DgBox, k).x += x;
    g_array_append_vals (page->boxes, strip->boxes->data, strip->boxes->len);
    if (at == 0 && i > 0)
      set_jump (layout, sheet, (first + i) / n, x);
    if (at > 0)
      add_rule (page, pages->right_bound ? x + width + sheet->strip_gap / 2 : x - sheet->strip_gap / 2, top, sheet->thin_rule,
                (i + 1 < strips->len ? sheet->last_baseline : pages->foot) - top);
    g_array_unref (strip->boxes);
    g_free (strip);
  }
  pages->strip = (first + strips->len - 1) % n;
  g_ptr_array_unref (strips);
  for (guint page = pages->runs_on ? 1 : 0; page < pages->pages->len; page++)
    set_about (layout, sheet, page);
}
