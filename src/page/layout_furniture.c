/* layout_furniture.c: what is repeated on the pages and belongs to no text: running heads, page numbers, the foot. */
#include "page/dates.h"
#include "page/layout_private.h"

#include <string.h>
#include <unicode/uloc.h>
#include "base/language.h"
#include "base/digits.h"
#include "read/meta.h"
#include "base/utf.h"

#define SEPARATOR   " · " /* between the parts of a text: one whose placeholders are all empty is left out with it */
#define FOOT_INDENT 60.0  /* pt: kept free on both sides of the foot for the page numbers */

/* Where a text stands, which its placeholders depend on. */
typedef struct {
  DgLayout       *layout;
  const DgColumn *column;
  guint           spread, page;
} Spot;

static char *
dup_wide (const UChar *wide, int32_t length, UErrorCode status)
{
  return U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *) wide, length, NULL, NULL, NULL) : NULL;
}

static char *
dup_language_name (const char *lang)
{
  UChar      wide[64];
  UErrorCode status = U_ZERO_ERROR;
  int32_t    length = uloc_getDisplayLanguage (lang, lang, wide, G_N_ELEMENTS (wide), &status);

  return dup_wide (wide, length, status);
}

static char *
dup_file (const DgDoc *doc)
{
  const char      *name = dg_source_name (doc->source);
  g_autofree char *base = strcmp (name, "<stdin>") != 0 ? g_path_get_basename (name) : NULL;

  return base ? dg_dup_printable (base, -1) : NULL;
}

static char *
dup_rows (const Spot *spot)
{
  const GArray      *ranges = spot->layout->ranges;
  const DgBeadRange *range = spot->spread < ranges->len ? &g_array_index (ranges, DgBeadRange, spot->spread) : NULL;
  const char        *lang = spot->column->text->lang;

  if (!range || range->first < 0)
    return NULL;
  g_autofree char *first = dg_digits_number (lang, (guint) range->first + 1), *last = dg_digits_number (lang, (guint) range->last + 1);
  return range->first == range->last ? g_steal_pointer (&first) : g_strconcat (first, "–", last, NULL);
}

static char *
dup_measures (const Spot *spot)
{
  GString *out = g_string_new (NULL);

  for (guint c = 0; c < spot->layout->n_columns; c++)
    g_string_append_printf (out, "%s%s %.0f pt", c > 0 ? " : " : "", spot->layout->columns[c].text->lang, spot->layout->columns[c].measure);
  return g_string_free (out, FALSE);
}

static char *
dup_white (const Spot *spot)
{
  g_autofree char *plain = g_strdup_printf ("%.1f %%", 100 * spot->layout->pages->waste);

  return dg_digits_map (plain, spot->column->text->lang);
}

/* The value of a placeholder; NULL where the dispatch has none. */
static char *
dup_value (const Spot *spot, const char *name, gsize length)
{
  enum {
#define _(id, word, meaning) PLACEHOLDER_##id,
    DG_PLACEHOLDER_TABLE (_)
#undef _
      N_PLACEHOLDERS
  };
  static const char *const names[] = {
#define _(id, word, meaning) word,
    DG_PLACEHOLDER_TABLE (_)
#undef _
  };
  const DgLayout *layout = spot->layout;
  const char     *lang = spot->column->text->lang;
  const DgNode   *headline = dg_text_nth (spot->column->text, DG_ROLE_HEADLINE, 0);
  guint           i = 0;

  while (i < N_PLACEHOLDERS && (strlen (names[i]) != length || strncmp (names[i], name, length) != 0))
    i++;
  switch (i) {
  case PLACEHOLDER_PAGE: return dg_digits_number (lang, dg_layout_page_number (layout, spot->page));
  case PLACEHOLDER_PAGES: return dg_digits_number (lang, layout->pages->pages->len);
  case PLACEHOLDER_HEADLINE: return headline ? g_strdup (headline->text) : NULL;
  case PLACEHOLDER_SOURCE: return dg_meta_dup_source (spot->column->text);
  case PLACEHOLDER_DATE: return dg_dates_dup (&layout->doc->date, lang);
  case PLACEHOLDER_FILE: return dup_file (layout->doc);
  case PLACEHOLDER_LANGUAGE: return dup_language_name (lang);
  case PLACEHOLDER_ROWS: return dup_rows (spot);
  case PLACEHOLDER_ROW_COUNT: return dg_digits_number (lang, layout->align->beads->len);
  case PLACEHOLDER_MEASURES: return dup_measures (spot);
  case PLACEHOLDER_WHITE: return dup_white (spot);
  default: g_assert_not_reached ();
  }
}

/* Fills the placeholders of @part.  FALSE where it has some and all of them are empty. */
static gboolean
fill (const Spot *spot, const char *part, GString *out)
{
  gboolean any = FALSE, filled = FALSE;

  while (*part) {
    gsize plain = strcspn (part, "{");

    g_string_append_len (out, part, (gssize) plain);
    part += plain;
    if (*part) {
      gsize            length = strcspn (part + 1, "}");
      g_autofree char *value = dup_value (spot, part + 1, length);

      any = TRUE;
      filled = filled || (value && *value);
      g_string_append (out, value ? value : "");
      part += length + 2;
    }
  }
  return filled || !any;
}

/* @text with its placeholders filled; "" where nothing is left of it. */
static char *
dup_filled (const Spot *spot, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, SEPARATOR, -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++) {
    gsize before = out->len;

    if (out->len > 0)
      g_string_append (out, SEPARATOR);
    if (!fill (spot, parts[i], out))
      g_string_truncate (out, before);
  }
  return g_string_free (out, FALSE);
}

void
dg_layout_set_text (DgLayout *layout, guint page, const char *text, const char *lang, const DgParaStyle *style, double x, double measure, double baseline,
                    double place)
{
  DgPara          *para;
  const DgLine    *line;
  g_autofree char *cut = NULL;

  if (style->size <= 0 || !*text)
    return;
  para = dg_layout_make_para (layout, text, lang, style);
  cut = dg_para_cut (para, measure);
  if (strcmp (cut, text) != 0)
    para = dg_layout_make_para (layout, cut, lang, style);
  line = dg_layout_one_line (layout, para);
  dg_layout_add_page_line (layout, page, para, line, x + place * (measure - line->width) - line->x, baseline, -1);
}

static void
get_style (const DgLayout *layout, DgStyleName name, const char *lang, DgParaStyle *style)
{
  dg_style_get (layout->t, layout->fonts, NULL, name, lang, style, NULL);
}

/* The text of a key for a column: that of the Arabic script where there is one. */
static const char *
text_for (const DgColumn *column, const char *text, const char *text_ar)
{
  return dg_language_is_arabic (column->text->lang) && *text_ar ? text_ar : text;
}

/* The room that a line of furniture has in a column: its measure, or, where the columns stand over one another, half of it. */
static double
room_of (const DgLayout *layout, const DgColumn *column, double *x)
{
  *x = 0;
  if (!dg_layout_is_stacked (layout))
    return column->measure;
  *x = column == &layout->columns[0] ? 0 : (column->measure + layout->t->gutter) / 2;
  return (column->measure - layout->t->gutter) / 2;
}

static void
set_running (DgLayout *layout, guint spread)
{
  static const DgColour black = { .k = 1 };
  const DgTemplate     *t = layout->t;

  for (guint c = 0; c < layout->n_columns; c++) {
    const DgColumn  *column = &layout->columns[c];
    Spot             spot = { layout, column, spread, dg_layout_page (layout, spread, column) };
    g_autofree char *text = dup_filled (&spot, text_for (column, t->running_text, t->running_text_ar));
    double           x, room = room_of (layout, column, &x);
    DgParaStyle      style;

    get_style (layout, DG_STYLE_RUNNING, column->text->lang, &style);
    dg_layout_set_text (layout, spot.page, text, column->text->lang, &style, dg_layout_column_x (layout, spread, column) + x, room, t->running_at,
                        column->text->rtl ? 1 : 0);
  }
  dg_layout_add_full_rule (layout, spread, t->running_rule_at, t->thin_rule, black);
}

/* The page numbers: each at the outer edge of its text, or all at the page's outer edge, the first text's outermost. */
static void
set_folios (DgLayout *layout, guint spread)
{
  const DgTemplate *t = layout->t;
  gboolean          outside = t->folio_place == DG_FOLIO_OUTSIDE;
  double            used = 0;

  for (guint i = 0; i < layout->n_columns; i++) {
    /* The left-to-right text's number stands outermost, whichever column it has. */
    guint            c = outside && layout->columns[0].text->rtl ? layout->n_columns - 1 - i : i;
    const DgColumn  *column = &layout->columns[c];
    Spot             spot = { layout, column, spread, dg_layout_page (layout, spread, column) };
    g_autofree char *text = dup_filled (&spot, text_for (column, t->folio_text, t->folio_text_ar));
    gboolean         left = layout->n_columns == 2 ? dg_layout_is_left (layout, spread, column) : column->text->rtl;
    double           x, room = room_of (layout, column, &x);
    DgParaStyle      style;

    get_style (layout, DG_STYLE_FOLIO, column->text->lang, &style);
    if (!outside) {
      dg_layout_set_text (layout, spot.page, text, column->text->lang, &style, dg_layout_column_x (layout, spread, column) + x, room, t->folio_at,
                          left ? 0 : 1);
      continue;
    }
    left = dg_layout_is_outside_left (layout, spot.page);
    dg_layout_set_text (layout, spot.page, text, column->text->lang, &style, dg_layout_page_x (layout, spot.page) + (left ? used : 0),
                        dg_layout_full_width (layout) - used, t->folio_at, left ? 0 : 1);
    /* Facing pages have one number each. */
    if (style.size > 0 && spot.page == dg_layout_page (layout, spread, &layout->columns[0]) && layout->pages->lines->len > 0)
      used += ((const DgLine *) layout->pages->lines->pdata[layout->pages->lines->len - 1])->width + style.size;
  }
}

/* The foot, once a page. */
static void
set_foot (DgLayout *layout, guint spread)
{
  const DgTemplate *t = layout->t;
  guint             before = G_MAXUINT;

  for (guint i = 0; i < layout->n_columns; i++) {
    const DgColumn  *column = &layout->columns[layout->columns[0].text->rtl ? layout->n_columns - 1 - i : i];
    Spot             spot = { layout, column, spread, dg_layout_page (layout, spread, column) };
    g_autofree char *text = dup_filled (&spot, t->foot_text);
    /* A file's name alone is in no language. */
    const char *lang = strcmp (t->foot_text, "{file}") == 0 ? "en" : column->text->lang;
    DgParaStyle style;

    if (spot.page == before)
      continue;
    before = spot.page;
    get_style (layout, DG_STYLE_FOOT, lang, &style);
    dg_layout_set_text (layout, spot.page, text, lang, &style, dg_layout_page_x (layout, spot.page) + FOOT_INDENT,
                        dg_layout_full_width (layout) - 2 * FOOT_INDENT, t->folio_at, .5);
  }
}

void
dg_layout_set_furniture (DgLayout *layout)
{
  const DgTemplate *t = layout->t;
  guint             n = dg_layout_spread_count (layout);

  /* Of facing pages both are there, also where one stays empty. */
  dg_layout_get_page (layout, dg_layout_page (layout, n - 1, &layout->columns[layout->n_columns - 1]));
  for (guint spread = layout->pages->runs_on ? 1 : 0; spread < n; spread++) {
    if (t->running_size > 0 && (spread > 0 || t->running_first))
      set_running (layout, spread);
    if (t->folio_size > 0)
      set_folios (layout, spread);
    set_foot (layout, spread);
  }
}
