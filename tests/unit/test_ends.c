/* test_ends.c: where lines end, over many measures: quotes, numbers, names and particles stay whole, and nothing is drawn past the measure. */
#include <glib.h>
#include <string.h>
#include "type/para.h"

#define MEASURES 25
#define FIRST    170.0 /* pt */
#define STEP     8.0

static DgFonts   *fonts;
static DgHyphens *hyphens;

static DgPara *
make_para (const char *lang, gboolean rtl, const char *text)
{
  DgParaStyle style = { .size = 10.2, .justify = TRUE, .space_min = .86, .space_max = 1.5 };

  style.family = dg_fonts_family (fonts, lang, NULL);
  style.hyphens = hyphens;
  return dg_para_new (fonts, text, lang, rtl, &style);
}

typedef struct {
  const char *name, *lang;
  gboolean    rtl;
  const char *text;
  const char *torn; /* a pattern that no line's end may show, "|" for the end: "5\\|km" */
} Case;

static const Case cases[] = {
  { "French quotes with spaces", "fr", FALSE,
    "La directrice a dit lundi : « le musée rouvrira » puis « les salles du fond resteront fermées » ; on a vu « Les Moulins » et « La Barque », puis « Le Phare » enfin !",
    "«\\||\\|[»;:!]" },
  { "Arabic quotes with spaces", "ar", TRUE,
    "وقالت المديرة : « يفتح المتحف غدا » ثم قالت : « لا » وسألت : « لماذا ؟ » فأجابوا : « نريد ذلك » وذهبوا مع « الوفد » الكبير إلى « الميناء » الجديد مساء الأحد .",
    "«\\||\\|[»؟:.]" },
  { "straight quotes with spaces", "en", FALSE,
    "The sign said \" closed until spring \" and under it somebody wrote \" which spring ? \" in chalk, and then \" this one \" in paint, so that all the town laughed.",
    "\"\\|(closed|which|this)|\\|\" (and|in)" },
  { "numbers with groups, units and signs", "en", FALSE,
    "In all 1 200 000 people and then 3 450 000 more walked 5 km of road at 10 % of the cost, carried 20 000 kg of stone or 35 000 lb, paid € 12 each and left at 10 p.m. on the dot.",
    "\\d\\|\\d|\\d\\|(km|%|kg|lb|p\\.m)|€\\|" },
  { "telephone numbers", "en", FALSE,
    "Ring the harbour office on +44 20 7946 0958 or on 01 632 960 118 before noon, or the pilot on (0632) 960 120, or the night watch on +961 1 555-0199 at any hour.",
    "[0-9)]\\|[0-9(]" },
  { "references, initials and regnal numbers", "en", FALSE,
    "See p. 12 of No. 5 and vol. 4 of the letters that Mr. Smith and Dr. Brown and J. R. Hartley wrote under Louis XIV and Henry VIII, chapter 9, and ch. 3 by Prof. Lind.",
    "(p\\.|No\\.|vol\\.|ch\\.|chapter)\\|\\d|(Mr|Dr|Prof|J|R)\\.\\||\\|(XIV|VIII)" },
  { "ranges between spaces", "en", FALSE,
    "The rooms seat 10 – 12 people, the yard 200 - 250 and the hall 3 × 40, so that 1 500 – 2 000 can come to the fair in all on each day of it.",
    "[-–×]\\|\\d|\\d\\|[-–×]" },
  { "Arabic numbers and titles", "ar", TRUE,
    "سار 1 200 000 شخص مسافة 5 كم وحملوا 20 000 كغ بكلفة 10 % فقط كما كتب د. نصر في ص. 12 من العدد رقم 7 وقال أ. سليم إن القاعة تتسع لنحو 300 شخص",
    "\\d\\|(\\d|كم|كغ|%)|(د|ص|أ)\\.\\||رقم\\|" },
  { "Czech prepositions", "cs", FALSE,
    "Starosta v pondělí s radou jednal o opravě mostu u řeky a k večeru i o cestě z města do vsi, kde v lese a u lomu stojí k dřevu s kamením vozy o šesti kolech.",
    "(^| )[ksvzouai]\\|" },
  { "Polish prepositions", "pl", FALSE,
    "Rada w poniedziałek z burmistrzem mówiła o moście i o drodze z miasta do wsi, a u młyna w lesie stoją wozy z drewnem i kamieniem, o czym w kraju mało kto wie.",
    "(^| )[aiouwz]\\|" },
  { "Russian prepositions, particles and dashes", "ru", FALSE,
    "Совет в понедельник говорил о мосте и дороге к реке — той же, что идёт вдоль леса, — пока у мельницы грузят возы с дровами, и будет ли мост, построят ли его летом — не знает никто в городе.",
    "(^| )[авикосуя]\\||\\|(—|же|бы|ли)" },
  { "Ukrainian prepositions and dashes", "uk", FALSE,
    "Рада в понеділок говорила о мості й дорозі до річки — тій же, що йде вздовж лісу, — поки у млина стоять вози з дровами, і чи буде міст, коли б його не збудували — не знає ніхто в місті.",
    "(^| )[авзійоуя]\\||\\|(—|же|би)" },
  { "a no-break space is one", "fr", FALSE,
    "Le pont mesure 120\u00A0m et pèse 3\u202F400\u00A0t\u00A0; il coûte 12\u00A0%\u00A0de plus qu’en 1998\u00A0! On le verra en avril, dit la mairie.",
    "\\d\\|(m|t|%|4)|\\|[;!]" },
};

/* The line ends of @para as "before|after", each ended by a line feed; also what stands past the measure. */
static char *
line_ends (DgPara *para, double measure, double *over)
{
  g_autoptr (GPtrArray) lines = dg_para_break (para, measure, 0);
  GString *ends = g_string_new (NULL);

  g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
  for (guint i = 0; i < lines->len; i++) {
    const DgLine    *line = lines->pdata[i];
    g_autofree char *text = g_strstrip (g_strndup (dg_para_text (para) + line->start, line->end - line->start));

    *over = MAX (*over, line->width - measure);
    if (i > 0)
      g_string_append_printf (ends, "|%s\n", text);
    if (i + 1 < lines->len)
      g_string_append (ends, text);
  }
  return g_string_free (ends, FALSE);
}

static void
test_torn (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (DgPara) para = make_para (c->lang, c->rtl, c->text);
  g_autoptr (GRegex) torn = g_regex_new (c->torn, G_REGEX_MULTILINE, 0, NULL);

  g_assert_nonnull (torn);
  for (guint i = 0; i < MEASURES; i++) {
    double           measure = FIRST + STEP * i, over = 0;
    g_autofree char *ends = line_ends (para, measure, &over);

    if (g_regex_match (torn, ends, 0, NULL))
      g_test_message ("%.0f pt:\n%s", measure, ends);
    g_assert_false (g_regex_match (torn, ends, 0, NULL));
    g_assert_nonnull (strchr (ends, '|'));
    g_assert_cmpfloat (over, <=, .1);
  }
}

/* UAX #14 keeps all of "תל-אביב" together; a reader of Hebrew does not. */
static void
test_hebrew_hyphen (void)
{
  g_autoptr (DgPara) para =
    make_para ("he", TRUE, "הדרך מתל-אביב לבאר-שבע עוברת ליד קריית-גת, אף-על-פי שרבים נוסעים דרך כביש־החוף ומגיעים לבית־לחם ב-9 בבוקר או ל-כפר");
  gboolean parted = FALSE;

  for (guint i = 0; i < MEASURES; i++) {
    double           over = 0;
    g_autofree char *ends = line_ends (para, FIRST + STEP * i, &over);

    parted = parted || strstr (ends, "-|") != NULL || strstr (ends, "־|") != NULL;
    g_assert_null (strstr (ends, " ל-|"));
    g_assert_null (strstr (ends, " ב-|"));
  }
  g_assert_true (parted);
}

/* A word wider than the measure ends its lines at hyphens, and only one without any inside a syllable; an address at its joints. */
static void
test_long_words (void)
{
  static const struct {
    const char *lang, *text, *end; /* a pattern that all line ends but the last show */
    gboolean    justify;
  } words[] = {
    { "de", "Die Hafenverwaltungsbeamtinnenversammlung tagt", "(^Die|[-‐]|ung)$", TRUE },
    { "de", "Hafenverwaltungsbeamtinnenversammlung", "[-‐]$", FALSE },
    { "en", "See https://example.org/harbour/lights/%D9%85%D9%86%D8%A7%D8%B1%D8%A9/tower", "(/|[.]|See|[0-9A-F]{2})$", TRUE },
    { "en", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "x$", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    DgParaStyle style = { .size = 10.2, .justify = words[i].justify, .space_min = .86, .space_max = 1.5 };
    g_autoptr (GRegex) pattern = g_regex_new (words[i].end, 0, 0, NULL);
    g_autoptr (DgPara) para = NULL;
    g_autoptr (GPtrArray) lines = NULL;

    style.family = dg_fonts_family (fonts, words[i].lang, NULL);
    style.hyphens = hyphens;
    para = dg_para_new (fonts, words[i].text, words[i].lang, FALSE, &style);
    lines = dg_para_break (para, 90, 0);
    g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
    g_assert_cmpuint (lines->len, >, 1);
    for (guint k = 0; k < lines->len; k++) {
      const DgLine    *line = lines->pdata[k];
      g_autofree char *text = g_strstrip (g_strndup (dg_para_text (para) + line->start, line->end - line->start));
      g_autofree char *shown = g_strconcat (text, line->hyphenated ? "-" : "", NULL);

      g_assert_cmpfloat (line->width, <=, 90.1);
      if (k + 1 < lines->len && !g_regex_match (pattern, shown, 0, NULL))
        g_test_message ("%s", shown);
      g_assert_true (k + 1 == lines->len || g_regex_match (pattern, shown, 0, NULL));
    }
  }
}

/* What is written with a space inside a number stays as narrow as it was typed, however the line is filled. */
static void
test_rigid_spaces (void)
{
  g_autoptr (DgPara) para = make_para (
    "en", FALSE,
    "The fair drew 1 200 000 people and cost 3 450 000 in all, of which 1\u00A0100\u00A0000 came from the town and the rest from the villages about it.");
  double least = G_MAXDOUBLE, most = 0;

  for (guint m = 0; m < MEASURES; m++) {
    g_autoptr (GPtrArray) lines = dg_para_break (para, FIRST + STEP * m, 0);

    g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
    for (guint i = 0; i < lines->len; i++) {
      const DgLine *line = lines->pdata[i];

      for (guint k = 1; k + 1 < line->glyphs->len; k++) {
        const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, k);
        const char    *text = dg_para_text (para) + glyph->start;

        if (glyph->kind != DG_GLYPH_SPACE || !g_ascii_isdigit (text[-1]) || !g_ascii_isdigit (text[glyph->length]))
          continue;
        least = MIN (least, glyph->advance);
        most = MAX (most, glyph->advance);
      }
    }
  }
  g_assert_cmpfloat (most, >, 0);
  g_assert_cmpfloat (most - least, <, .01);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fonts = dg_fonts_new (NULL, TRUE, &error);
  g_assert_no_error (error);
  hyphens = dg_hyphens_new ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/ends/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_torn);
  }
  g_test_add_func ("/ends/Hebrew hyphens", test_hebrew_hyphen);
  g_test_add_func ("/ends/long words", test_long_words);
  g_test_add_func ("/ends/spaces in numbers", test_rigid_spaces);
  status = g_test_run ();
  dg_hyphens_free (hyphens);
  dg_fonts_free (fonts);
  return status;
}
