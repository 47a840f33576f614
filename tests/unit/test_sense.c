/* test_sense.c: headlines of six languages, broken in the measures of all templates: at least nine of ten lines end where a sub-editor would let them, and
 * none between number and noun, in a construct or in a name.  They stand in headlines.txt. */
#include <string.h>

#include "base/language.h"
#include "page/style.h"

typedef struct {
  GString *text;
  GArray  *allowed, *torn; /* gsize: bytes at which a line may begin, and at which none may */
} Headline;

static DgFonts *fonts;

static Headline *
read_headline (const char *line)
{
  Headline *headline = g_new (Headline, 1);

  *headline = (Headline){ g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (gsize)), g_array_new (FALSE, FALSE, sizeof (gsize)) };
  for (const char *p = line; *p != '\0'; p++) {
    gsize next = headline->text->len + 1;

    if (g_str_has_prefix (p, " | ")) {
      g_string_append_c (headline->text, ' ');
      g_array_append_val (headline->allowed, next);
      p += 2;
    } else if (*p == '_') {
      g_string_append_c (headline->text, ' ');
      g_array_append_val (headline->torn, next);
    } else {
      g_string_append_c (headline->text, *p);
    }
  }
  return headline;
}

static void
free_headline (Headline *headline)
{
  g_string_free (headline->text, TRUE);
  g_array_unref (headline->allowed);
  g_array_unref (headline->torn);
  g_free (headline);
}

static gboolean
holds (const GArray *places, gsize at)
{
  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, gsize, i) == at)
      return TRUE;
  return FALSE;
}

typedef struct {
  guint breaks, allowed, torn, lines;
} Tally;

static void
judge (const Headline *headline, const char *lang, const DgTemplate *t, double measure, Tally *tally)
{
  DgParaStyle style;
  g_autoptr (DgPara) para = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GString) shown = g_string_new (NULL);
  gboolean wrong = FALSE;

  dg_style_get (t, fonts, NULL, DG_STYLE_HEADLINE, lang, &style, NULL);
  para = dg_para_new (fonts, headline->text->str, lang, dg_language_is_rtl (lang), &style);
  lines = dg_para_break (para, measure, 0);
  for (guint i = 0; i < lines->len; i++) {
    const DgLine *line = lines->pdata[i];

    tally->lines++;
    if (i > 0) {
      tally->breaks++;
      tally->allowed += holds (headline->allowed, line->start);
      tally->torn += holds (headline->torn, line->start);
      wrong = wrong || !holds (headline->allowed, line->start);
      g_string_append (shown, holds (headline->torn, line->start) ? " ### " : holds (headline->allowed, line->start) ? " | " : " ?? ");
    }
    g_string_append_len (shown, headline->text->str + line->start, line->end - line->start);
  }
  if (wrong)
    g_test_message ("%s %.0f pt: %s", lang, measure, shown->str);
  g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
}

static void
test_headlines (void)
{
  static const struct {
    const char *name;
    double      latin, other; /* measures */
  } templates[] = { { "dispatch", 252.5, 215 }, { "book", 166, 147.5 }, { "facing", 309.5, 284 }, { "bulletin", 337, 287 } };
  g_autofree char *file = NULL;
  g_autofree char *lang = NULL;
  Tally            all = { 0 }, of = { 0 };
  guint            n = 0;

  g_assert_true (g_file_get_contents ("tests/unit/headlines.txt", &file, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (file, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (lines[i][0] == '[') {
      g_free (lang);
      lang = g_strndup (lines[i] + 1, strcspn (lines[i] + 1, "]"));
      of = (Tally){ 0 };
    }
    if (lang == NULL || strchr ("#[", lines[i][0]) != NULL) {
      if (lines[i][0] != '\0' || lang == NULL)
        continue;
      g_test_message ("%s: %u of %u breaks allowed, %u torn, %u lines", lang, of.allowed, of.breaks, of.torn, of.lines);
      g_assert_cmpuint (of.torn, ==, 0);
      g_assert_cmpfloat (of.allowed, >=, .9 * of.breaks);
      continue;
    }
    Headline *headline = read_headline (lines[i]);

    n++;
    for (guint k = 0; k < G_N_ELEMENTS (templates); k++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (DgTemplate) t = dg_template_new (templates[k].name, NULL, &error);
      Tally one = { 0 };

      g_assert_no_error (error);
      judge (headline, lang, t, dg_language_is_rtl (lang) ? templates[k].other : templates[k].latin, &one);
      of = (Tally){ of.breaks + one.breaks, of.allowed + one.allowed, of.torn + one.torn, of.lines + one.lines };
      all = (Tally){ all.breaks + one.breaks, all.allowed + one.allowed, all.torn + one.torn, all.lines + one.lines };
    }
    free_headline (headline);
  }
  g_test_message ("%u headlines: %u of %u breaks allowed, %u torn, %u lines", n, all.allowed, all.breaks, all.torn, all.lines);
  g_assert_cmpuint (n, ==, 120);
  g_assert_cmpuint (all.torn, ==, 0);
  g_assert_cmpfloat (all.allowed, >=, .9 * all.breaks);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int     status;

  g_test_init (&argc, &argv, NULL);
  fonts = dg_fonts_new (NULL, TRUE, &error);
  g_assert_no_error (error);
  g_test_add_func ("/sense/headlines", test_headlines);
  status = g_test_run ();
  dg_fonts_free (fonts);
  return status;
}
