/* layout.c: an aligned document becomes pages: which text stands where, then heads, rows, captions, furniture, each in a file of
 * its own.  Lines come from para.c; the measures are the template's (docs/template.md). */
#include "page/layout.h"
#include "page/layout_private.h"

#include <math.h>
#include "base/language.h"
#include "base/utf.h"

#define LEVEL_LEAST 12 /* grid lines: pairs of columns are not made shorter to be level */

#define RUN_ON_GAP 1.5 /* steps of the grid: at least so much white is over a dispatch that runs on */

gboolean
dg_layout_runs_one_way (const DgDoc *doc)
{
  return doc->n_texts == 2 && doc->text[0].rtl == doc->text[1].rtl;
}

/* Which text stands where.  The template's first side is the left-to-right text's; of two texts that run one way the one that comes first in
 * the file has the side where reading begins.  Such two have equal measures, unless the user gave a ratio: those of our templates are made for
 * a Latin and an Arabic text. */
static void
choose_columns (DgLayout *layout)
{
  const DgTemplate *t = layout->t;
  const DgDoc      *doc = layout->doc;
  gboolean          alike = dg_layout_runs_one_way (doc), stacked = t->arrangement == DG_ARRANGEMENT_STACKED;
  guint             first = doc->n_texts == 2 && doc->text[0].rtl && !(alike && stacked) ? 1 : 0;
  gboolean          on_left = t->column_first == DG_COLUMNS_LEFT || t->column_first == DG_COLUMNS_INSIDE;
  double    share = t->column_ratio.is_auto || (alike && !t->ratio_is_own) ? .5 : alike && first == 1 ? 1 - t->column_ratio.first : t->column_ratio.first;
  DgColumn *left = &layout->columns[0], *right = &layout->columns[1];

  layout->n_columns = doc->n_texts;
  if (doc->n_texts == 1) {
    *left = (DgColumn){ &doc->text[0], DG_SIDE_A, dg_layout_full_width (layout) };
    return;
  }
  left->side = (DgSide) (on_left ? first : 1 - first);
  right->side = (DgSide) (on_left ? 1 - first : first);
  left->text = &doc->text[left->side];
  right->text = &doc->text[right->side];
  if (stacked)
    left->measure = right->measure = dg_layout_full_width (layout);
  else
    dg_layout_set_measures (layout, dg_layout_both (layout) * (on_left ? share : 1 - share));
}

/* Letters of a text of which one in so many bears a vowel are vowelled text; in other text a sign stands only here and there. */
#define LETTERS_A_VOWEL 3

static gboolean
is_vowelled (const DgText *text)
{
  g_autoptr (GPtrArray) body = dg_text_list_running (text);
  guint letters = 0, marks = 0;

  for (guint i = 0; i < body->len; i++)
    for (const char *p = ((const DgNode *) body->pdata[i])->text; *p != '\0';) {
      gunichar ch = dg_utf8_read (&p);

      letters += dg_is_arabic (ch);
      marks += g_unichar_ismark (ch) && g_unichar_get_script (ch) != G_UNICODE_SCRIPT_HEBREW;
    }
  return marks * LETTERS_A_VOWEL > letters && letters > 0;
}

/* White between the lowest ink of a line and the highest of the next, em. */
#define CLEAR .06
/* A grid that is so little too small is kept. */
#define NEARLY 1.03
/* Paragraphs that are measured: what a script can do shows in fewer. */
#define MEASURED 100

/* What the ink of a text asks for from baseline to baseline, em.  0 where the template's leadings are made for its face: those of the families it
 * names for Latin and Arabic. */
static double
measure_ink (const DgTemplate *t, DgFonts *fonts, const DgText *text)
{
  const char *said = dg_language_value (dg_language_get (text->lang), "leading");
  DgParaStyle style;
  double      top = 0, bottom = 0;

  dg_style_get (t, fonts, NULL, DG_STYLE_BODY, text->lang, &style, NULL);
  if (strcmp (style.family, style.latin_family) == 0 || strcmp (style.family, style.arabic_family) == 0)
    return 0;
  if (said != NULL)
    return g_ascii_strtod (said, NULL);
  for (guint i = 0; i < MIN (text->nodes->len, MEASURED); i++) {
    const DgNode *node = text->nodes->pdata[i];
    g_autoptr (DgPara) para = dg_para_new (fonts, node->text, text->lang, text->rtl, &style);
    double over, under;

    dg_para_ink (para, &over, &under);
    top = MAX (top, over);
    bottom = MAX (bottom, under);
  }
  return (top + bottom) / style.size + CLEAR;
}

/* @template with the leadings that the dispatch needs: vowels over and under the letters take more room than a plain line leaves, and so do
 * the slopes of nastaliq and the stacks of Tibetan. */
static DgTemplate
fit_leadings (const DgTemplate *template, DgFonts *fonts, const DgDoc *doc)
{
  DgTemplate own = *template;
  double     vowelled = 1, tall = 1;

  for (guint i = 0; i < doc->n_texts; i++) {
    const DgText *text = &doc->text[i];
    DgParaStyle   style;

    if (is_vowelled (text))
      vowelled = template->grid_vowelled;
    own.tall[i].lang = text->lang;
    own.tall[i].em = measure_ink (template, fonts, text);
    dg_style_get (template, fonts, NULL, DG_STYLE_BODY, text->lang, &style, NULL);
    tall = MAX (tall, own.tall[i].em * style.size / template->grid);
  }
  if (tall < NEARLY)
    tall = 1;
  own.grid *= MAX (vowelled, tall);
  own.row_gap *= MAX (vowelled, tall);
  own.headline_leading_ar *= vowelled;
  own.headline_long_leading_ar *= vowelled;
  own.deck_leading_ar *= vowelled;
  return own;
}

/* Where the first page of a dispatch begins: at the upper edge of the rule over the heads. */
static double
find_top (const DgTemplate *t)
{
  return t->head_in_rows ? t->running_body - t->grid : t->top_rule_at - t->top_rule / 2;
}

/* Lowers the heads by half steps of the grid, so that they begin below @foot.  Returns by how much. */
static double
lower_heads (DgTemplate *t, double foot)
{
  double half = t->grid / 2, down = MAX (ceil ((foot + RUN_ON_GAP * t->grid - find_top (t)) / half), 0) * half;

  t->top_rule_at += down;
  t->first_baseline += down;
  t->kicker_rule_at += down;
  t->headline_at += down;
  return down;
}

static void
clear_missing (gpointer data)
{
  g_free (((DgMissing *) data)->kind);
}

DgBinding
dg_layout_find_binding (const DgTemplate *t, const DgDoc *doc)
{
  if (t->binding != DG_BINDING_AUTO)
    return t->binding;
  return doc->text[0].rtl && t->arrangement != DG_ARRANGEMENT_FACING ? DG_BINDING_RIGHT : DG_BINDING_LEFT;
}

DgPages *
dg_layout_new_pages (const DgLayout *layout)
{
  const DgTemplate *t = layout->t;
  DgPages          *pages = g_new0 (DgPages, 1);

  pages->width = t->page_size.width;
  pages->height = t->page_size.height;
  pages->first_number = (guint) t->first_number;
  pages->in_spreads = t->mirrored || t->arrangement == DG_ARRANGEMENT_FACING;
  pages->right_bound = t->binding == DG_BINDING_RIGHT;
  pages->pages = g_ptr_array_new ();
  pages->elements = g_array_new (FALSE, FALSE, sizeof (DgElement));
  pages->paras = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_para_free);
  pages->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_line_free);
  return pages;
}

void
dg_layout_set_top (DgLayout *layout, guint *spread, double *baseline)
{
  *spread = 0;
  *baseline = layout->t->running_body + layout->down;
  if (layout->t->head_in_rows)
    return;
  dg_layout_set_heads (layout, spread, baseline);
  if (layout->picture != NULL)
    dg_layout_set_picture (layout, spread, baseline);
}

/* Where a dispatch is to begin. */
typedef struct {
  const DgPages *before; /* the one on whose last page it begins; NULL: on a page of its own */
  gboolean       below;  /* that one, in the same pair of columns; else in the next pair of the sheet */
  double         last;   /* last baseline of the pages; 0: the template's */
} Begin;

static DgPages *
lay_out (const DgAlign *align, const DgTemplate *template, DgFonts *fonts, DgHyphens *hyphens, const DgPicture *picture, const Begin *begin, DgDiag *diag)
{
  DgTemplate own = fit_leadings (template, fonts, align->doc), sheet;
  DgLayout   layout = { .align = align, .doc = align->doc, .t = &own, .fonts = fonts, .hyphens = hyphens, .diag = diag, .picture = picture };
  DgPages   *pages;
  guint      spread, first = 0;
  double     baseline;
  gboolean   fits;

  if (begin->before != NULL) {
    own.first_number = begin->before->first_number + begin->before->pages->len - 1;
    first = begin->before->strip + (begin->below ? 0 : 1);
  }
  if (own.binding == DG_BINDING_AUTO)
    own.binding = dg_layout_find_binding (template, align->doc);
  if (begin->last > 0)
    own.last_baseline = begin->last;
  sheet = own;
  if (own.strips > 1)
    dg_layout_get_strip (&sheet, &own);
  if (begin->below)
    layout.down = lower_heads (&own, begin->before->foot);
  pages = layout.pages = dg_layout_new_pages (&layout);
  if (begin->before != NULL) {
    pages->runs_on = TRUE;
    pages->top = find_top (&own) + (own.head_in_rows ? layout.down : 0);
  }
  layout.paras = pages->paras;
  layout.made = g_array_new (FALSE, FALSE, sizeof (DgMade));
  layout.missing = g_array_new (FALSE, FALSE, sizeof (DgMissing));
  g_array_set_clear_func (layout.missing, clear_missing);
  choose_columns (&layout);
  dg_layout_make_rows (&layout);
  dg_layout_search (&layout, &spread, &baseline);
  layout.ranges = g_array_new (FALSE, FALSE, sizeof (DgBeadRange));
  fits = dg_layout_set_rows (&layout, spread, baseline);
  if (fits) {
    dg_layout_settle_lines (&layout);
    dg_layout_set_furniture (&layout);
    if (sheet.strips > 1)
      dg_layout_fold (&layout, &sheet, first);
    dg_layout_tell_missing (&layout);
  } else {
    g_clear_pointer (&pages, dg_pages_free);
  }
  g_array_unref (layout.rows);
  g_array_unref (layout.ranges);
  g_array_unref (layout.missing);
  g_array_unref (layout.made);
  g_clear_pointer (&layout.notes, g_array_unref);
  return pages;
}

/* A dispatch that has a sheet to itself fills its pairs of columns to one height: the least at which it needs no further sheet. */
static DgPages *
level_strips (const DgAlign *align, const DgTemplate *template, DgFonts *fonts, DgHyphens *hyphens, const DgPicture *picture, DgPages *pages, DgDiag *diag)
{
  guint low = LEVEL_LEAST, high = (guint) ((template->last_baseline - template->running_body) / template->grid);

  if (pages->pages->len > 1)
    return pages;
  while (low < high) {
    guint    middle = (low + high) / 2;
    Begin    begin = { NULL, FALSE, template->running_body + middle * template->grid };
    DgPages *lower = lay_out (align, template, fonts, hyphens, picture, &begin, diag);

    if (lower->pages->len == 1) {
      high = middle;
      dg_pages_free (pages);
      pages = lower;
    } else {
      low = middle + 1;
      dg_pages_free (lower);
    }
  }
  return pages;
}

DgPages *
dg_layout_new (const DgAlign *align, const DgTemplate *template, DgFonts *fonts, DgHyphens *hyphens, const DgPicture *picture, DgDiag *diag)
{
  Begin    begin = { NULL, FALSE, 0 };
  DgPages *pages = lay_out (align, template, fonts, hyphens, picture, &begin, diag);

  return template->strips > 1 && !template->in_bundle ? level_strips (align, template, fonts, hyphens, picture, pages, diag) : pages;
}

DgPages *
dg_layout_run_on (const DgAlign *align, const DgTemplate *template, DgFonts *fonts, DgHyphens *hyphens, const DgPicture *picture, const DgPages *before,
                  DgDiag *diag)
{
  Begin    begin = { before, TRUE, 0 };
  DgPages *pages = lay_out (align, template, fonts, hyphens, picture, &begin, diag);

  if (pages != NULL || before->strip + 1 >= template->strips)
    return pages;
  begin.below = FALSE;
  return lay_out (align, template, fonts, hyphens, picture, &begin, diag);
}
