/* test_para.c: paragraphs as set: order on the line, edges, hyphens, kashidas, sizes, and that anything ends. */
#include <glib.h>
#include <math.h>
#include <string.h>
#include "type/clash.h"
#include "type/kashida.h"
#include "type/match.h"
#include "type/para.h"

static DgFonts   *fonts;
static DgHyphens *hyphens;

static DgParaStyle
style_for (const char *lang)
{
  DgParaStyle style = { .size = 10.2, .justify = TRUE, .space_min = .86, .space_max = 1.5, .isolate = DG_ISOLATE_NO };

  style.family = dg_fonts_family (fonts, lang, NULL);
  style.hyphens = hyphens;
  return style;
}

/* The line as the eye meets it from the left. */
static char *
from_left (const DgPara *para, const DgLine *line)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < line->glyphs->len; i++) {
    const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    g_string_append_len (out, dg_para_text (para) + glyph->start, glyph->length);
  }
  return g_strstrip (g_string_free (out, FALSE));
}

typedef struct {
  const char *name, *lang, *text;
  double      measure;
  const char *lines[4]; /* from the left; NULL ends */
} OrderCase;

/* Right-to-left letters are written here as they are stored; what counts is the order of the pieces.  UAX #9 rules in brackets. */
static const OrderCase order_cases[] = {
  { "date with slashes is one number (W4)", "ar", "في 9/9/2022 ثم", 300, { "مث 9/9/2022 يف" } },
  { "ISO date runs backwards (W2, N1)", "ar", "يوم 2022-09-09 كان", 300, { "ناك 09-09-2022 موي" } },
  { "number after a word, before a percent sign (W5)", "ar", "نسبة 60% من", 300, { "نم %60 ةبسن" } },
  { "Latin unit stays on the number's left", "ar", "طول 24 km هنا", 300, { "انه km 24 لوط" } },
  { "brackets round Latin pair and mirror (N0)", "ar", "حلف (NATO) قال", 300, { "لاق )NATO( فلح" } },
  { "closing quote typed as opening one", "ar", "بـ”المرفوضة” هنا", 300, { "انه ”ةضوفرملا”ـب" } },
  { "full stop at the end of a Latin run goes left (N2)", "ar", "موقع BBC News.", 300, { ".BBC News عقوم" } },
  { "hyphened Arabic inside English", "en", "the word سلام عليكم is", 300, { "the word مكيلع مالس is" } },
  { "Latin run broken over two lines keeps its order on each", "ar", "كتب Alpha Beta Gamma هنا", 70, { "Alpha Beta بتك", "انه Gamma" } },
  { "trailing number before a line's end (L1)", "he", "בשנת 1998", 300, { "1998 תנשב" } },
  { "maqaf and gershayim are right-to-left", "he", "תל־אביב צה\"ל", 300, { "ל\"הצ ביבא־לת" } },
};

static void
test_order (gconstpointer data)
{
  const OrderCase *c = data;
  DgParaStyle      style = style_for (c->lang);
  g_autoptr (DgPara) para = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  style.justify = FALSE;
  style.hyphens = NULL;
  para = dg_para_new (fonts, c->text, c->lang, strcmp (c->lang, "en") != 0, &style);
  lines = dg_para_break (para, c->measure, 0);
  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *got = from_left (para, lines->pdata[i]);

    g_assert_cmpstr (got, ==, c->lines[i]);
  }
  g_assert_null (c->lines[lines->len]);
  g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
}

static const char english[] =
  "The harbour authority said on Tuesday that the dredging of the northern channel would take eleven months, and that ships of more "
  "than forty thousand tonnes would have to wait outside the breakwater until the pilots’ association had approved the new depth "
  "soundings, which were published without explanation, “in haste”, as one captain put it.";
static const char arabic[] = "وقالت هيئة الميناء يوم الثلاثاء إنّ تعميق القناة الشمالية سيستغرق أحد عشر شهراً، وإنّ السفن التي تزيد حمولتها على أربعين ألف طن "
                             "ستضطر إلى الانتظار خارج كاسر الأمواج حتى توافق جمعية المرشدين على قياسات العمق الجديدة التي نُشرت من دون تفسير.";

/* Every line but the last fills its measure to a tenth of a point, signs that hang apart; none is overfull. */
static void
test_filled (void)
{
  const struct {
    const char *lang, *text;
    gboolean    rtl;
    DgKashida   kashida;
  } texts[] = {
    { "en", english, FALSE, DG_KASHIDA_NONE },
    { "ar", arabic, TRUE, DG_KASHIDA_NONE },
    { "ar", arabic, TRUE, DG_KASHIDA_ONE },
    { "ar", arabic, TRUE, DG_KASHIDA_SEVERAL },
  };

  for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
    for (double measure = 150; measure < 320; measure += 13.7) {
      DgParaStyle style = style_for (texts[t].lang);
      g_autoptr (DgPara) para = NULL;
      g_autoptr (GPtrArray) lines = NULL;
      guint next = 0;

      style.kashida = texts[t].kashida;
      para = dg_para_new (fonts, texts[t].text, texts[t].lang, texts[t].rtl, &style);
      lines = dg_para_break (para, measure, 0);
      for (guint i = 0; i < lines->len; i++) {
        const DgLine *line = lines->pdata[i];
        double        left = HUGE_VAL, right = -HUGE_VAL;

        g_assert_cmpuint (line->start, ==, next);
        next = line->end;
        if (i + 1 < lines->len)
          g_assert_cmpfloat (fabs (line->width - measure), <, .1);
        else
          g_assert_cmpfloat (line->width, <, measure + .1);
        for (guint k = 0; k < line->glyphs->len; k++) {
          const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, k);

          if (glyph->kind == DG_GLYPH_SPACE)
            continue;
          left = MIN (left, line->x + glyph->x);
          right = MAX (right, line->x + glyph->x + glyph->advance);
        }
        g_assert_cmpfloat (left, >, -5);
        g_assert_cmpfloat (right, <, measure + 5);
      }
      g_assert_cmpuint (next, ==, strlen (texts[t].text));
      g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
    }
}

/* The whole text stands in the glyphs once, whatever was inserted. */
static void
test_text_once (void)
{
  DgParaStyle style = style_for ("ar");
  g_autoptr (DgPara) para = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree guint8 *seen = g_new0 (guint8, sizeof arabic);
  guint              kashidas = 0;

  style.kashida = DG_KASHIDA_SEVERAL;
  para = dg_para_new (fonts, arabic, "ar", TRUE, &style);
  lines = dg_para_break (para, 190, 0);
  for (guint i = 0; i < lines->len; i++) {
    const DgLine *line = lines->pdata[i];

    kashidas += line->n_kashidas;
    if (line->last)
      g_assert_cmpuint (line->n_kashidas, ==, 0);
    for (guint k = 0; k < line->glyphs->len; k++) {
      const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, k);

      for (guint b = glyph->start; b < glyph->start + glyph->length; b++)
        seen[b]++;
    }
  }
  for (guint b = 0; b + 1 < sizeof arabic; b++)
    g_assert_cmpuint (seen[b], ==, 1);
  g_assert_cmpuint (kashidas, >, 0);
  g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
}

/* Kashidas of neighbouring lines do not stand above one another, and two in a line stand apart. */
static void
test_kashidas_apart (void)
{
  DgParaStyle style = style_for ("ar");
  g_autoptr (DgPara) para = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  style.kashida = DG_KASHIDA_ONE;
  para = dg_para_new (fonts, arabic, "ar", TRUE, &style);
  lines = dg_para_break (para, 215, 0);
  for (guint i = 0; i < lines->len; i++) {
    const DgLine *line = lines->pdata[i];
    double        last = -HUGE_VAL;

    g_assert_cmpuint (line->n_kashidas, <=, 3);
    for (guint k = 0; k < line->glyphs->len; k++) {
      const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, k);

      if (glyph->kind != DG_GLYPH_KASHIDA || (k > 0 && g_array_index (line->glyphs, DgGlyph, k - 1).kind == DG_GLYPH_KASHIDA))
        continue;
      g_assert_cmpfloat (glyph->x - last, >, .04 * 215);
      last = glyph->x;
    }
  }
  g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
}

/* Latin words beside Arabic have the Latin size, not the Arabic one. */
static void
test_sizes (void)
{
  DgParaStyle style = style_for ("ar");
  g_autoptr (DgPara) para = NULL;
  DgLine  *line;
  gboolean small = FALSE, large = FALSE;

  style.size = style.arabic_size = 12;
  style.latin_size = 10.2;
  para = dg_para_new (fonts, "حلف NATO هنا", "ar", TRUE, &style);
  line = dg_para_one_line (para);
  for (guint r = 0; r < line->runs->len; r++) {
    const DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, r);
    g_autofree char  *text = g_strndup (dg_para_text (para) + g_array_index (line->glyphs, DgGlyph, run->first).start, 1);

    if (g_ascii_isalpha (text[0])) {
      small = TRUE;
      g_assert_cmpfloat (run->size, ==, 10.2);
    } else if ((guchar) text[0] >= 0x80) {
      large = TRUE;
      g_assert_cmpfloat (run->size, ==, 12);
    }
  }
  g_assert_true (small && large);
  dg_line_free (line);
}

/* A broken word bears a hyphen that is no text; headlines never break words. */
static void
test_hyphens (void)
{
  DgParaStyle style = style_for ("en");
  g_autoptr (DgPara) para = dg_para_new (fonts, english, "en", FALSE, &style);
  g_autoptr (GPtrArray) lines = dg_para_break (para, 105, 0);
  guint hyphens_seen = 0;

  for (guint i = 0; i < lines->len; i++) {
    const DgLine *line = lines->pdata[i];
    guint         here = 0;

    for (guint k = 0; k < line->glyphs->len; k++)
      if (g_array_index (line->glyphs, DgGlyph, k).kind == DG_GLYPH_HYPHEN) {
        g_assert_cmpuint (g_array_index (line->glyphs, DgGlyph, k).length, ==, 0);
        here++;
      }
    g_assert_cmpuint (here, ==, line->hyphenated ? 1 : 0);
    hyphens_seen += here;
  }
  g_assert_cmpuint (hyphens_seen, >, 0);
  g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
}

/* Where the glyph that stands for byte @start begins, or with @behind ends, from the measure's left edge. */
static double
edge_of (const DgLine *line, guint start, gboolean behind)
{
  for (guint i = 0; i < line->glyphs->len; i++) {
    const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    if (glyph->start == start && glyph->length > 0)
      return line->x + glyph->x + (behind ? glyph->advance : 0);
  }
  g_assert_not_reached ();
}

/* The first line is set in at the side where it begins, the others are not. */
static void
test_indent (void)
{
  static const char harbour[] =
    "قالت هيئة المرفأ يوم الثلاثاء إن تعميق القناة الشمالية سيستغرق أحد عشر شهراً وإن السفن الكبيرة ستنتظر خارج كاسر الأمواج حتى ذلك الحين.";

  for (guint rtl = 0; rtl < 2; rtl++) {
    double starts[2][2];

    for (guint indented = 0; indented < 2; indented++) {
      DgParaStyle style = style_for (rtl ? "ar" : "en");
      g_autoptr (DgPara) para = NULL;
      g_autoptr (GPtrArray) lines = NULL;

      style.indent = indented ? 14 : 0;
      para = dg_para_new (fonts, rtl ? harbour : english, rtl ? "ar" : "en", rtl, &style);
      lines = dg_para_break (para, 170, 0);
      g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
      g_assert_cmpuint (lines->len, >=, 3);
      for (guint i = 0; i < 2; i++) {
        const DgLine *line = lines->pdata[i];
        double        at = edge_of (line, line->start, rtl);

        starts[indented][i] = rtl ? 170 - at : at;
      }
    }
    g_assert_cmpfloat_with_epsilon (starts[1][0], starts[0][0] + 14, 1.5); /* the first letter may hang out a little */
    g_assert_cmpfloat_with_epsilon (starts[1][1], starts[0][1], 1.5);
  }
}

/* A label that is typed without a space after it is parted from the text by a hair, behind its colon, in either direction. */
static void
test_label (void)
{
  static const struct {
    const char *lang, *text, *label;
  } cases[] = { { "ar", "المصدر:وكالات", "المصدر:" }, { "he", "מקור:סוכנויות", "מקור:" }, { "en", "Source:Agencies", "Source:" } };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
    gboolean rtl = strcmp (cases[c].lang, "en") != 0;
    guint    length = (guint) strlen (cases[c].label);
    double   gap[2][2];

    for (guint labelled = 0; labelled < 2; labelled++) {
      DgParaStyle style = style_for (cases[c].lang);
      g_autoptr (DgPara) para = NULL;
      g_autoptr (GPtrArray) lines = NULL;
      const char *before = g_utf8_prev_char (cases[c].text + length - 1);
      double      colon, next, last;

      style.justify = FALSE;
      style.label_length = labelled ? length : 0;
      para = dg_para_new (fonts, cases[c].text, cases[c].lang, rtl, &style);
      lines = dg_para_break (para, 300, 0);
      g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
      colon = edge_of (lines->pdata[0], length - 1, FALSE);
      next = edge_of (lines->pdata[0], length, FALSE);
      last = edge_of (lines->pdata[0], (guint) (before - cases[c].text), FALSE);
      gap[labelled][0] = fabs (next - colon);
      gap[labelled][1] = fabs (last - colon);
    }
    g_assert_cmpfloat_with_epsilon (gap[1][0] - gap[0][0], .28 * 10.2, .6); /* where colours change, no kerning is left */
    g_assert_cmpfloat_with_epsilon (gap[1][1] - gap[0][1], 0, .6);
  }
}

/* How far the ink of a text stands above and below its baseline is what its set line shows: marks are where they are put, not where
 * the font draws them. */
static void
test_ink (void)
{
  static const char *const texts[] = { "ببب", "بِبٍبِ", "بَبّبَ", "لَٱلِّ", "يٍّ", "x\u0323\u0323 x\u0302\u0302" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gboolean    latin = i + 1 == G_N_ELEMENTS (texts);
    DgParaStyle style = style_for (latin ? "vi" : "ar");
    g_autoptr (DgPara) para = dg_para_new (fonts, texts[i], latin ? "vi" : "ar", !latin, &style);
    g_autoptr (GPtrArray) lines = dg_para_break (para, 300, 0);
    const DgLine *line = lines->pdata[0];
    double        top, bottom, seen[2] = { 0, 0 };

    g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
    dg_para_ink (para, &top, &bottom);
    for (guint r = 0; r < line->runs->len; r++) {
      const DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, r);

      for (guint k = run->first; k < run->first + run->n; k++) {
        const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, k);
        const DgInk   *ink = dg_ink_get (run->font, glyph->glyph);

        seen[0] = MAX (seen[0], run->size * (double) ink->top + glyph->y);
        seen[1] = MAX (seen[1], -(run->size * (double) ink->bottom + glyph->y));
      }
    }
    g_assert_cmpfloat_with_epsilon (top, seen[0], .01);
    g_assert_cmpfloat_with_epsilon (bottom, seen[1], .01);
    g_assert_cmpfloat (top, >, 1);
  }
}

static void
test_missing (void)
{
  DgParaStyle style = style_for ("en");
  g_autoptr (DgPara) para = dg_para_new (fonts, "a\xee\x80\x80z", "en", FALSE, &style);
  const GArray *missing = dg_para_missing (para);

  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpuint (g_array_index (missing, guint, 0), ==, 1);
}

static void
test_cut (void)
{
  DgParaStyle style = style_for ("en");
  g_autoptr (DgPara) para = dg_para_new (fonts, "The harbour authority said on Tuesday", "en", FALSE, &style);
  g_autofree char *whole = dg_para_cut (para, 1000);
  g_autofree char *cut = dg_para_cut (para, 100);

  g_assert_cmpstr (whole, ==, "The harbour authority said on Tuesday");
  g_assert_cmpstr (cut, ==, "The harbour…");
}

/* Texts nobody writes: each ends, loses nothing and stays inside the page. */
static void
test_odd (void)
{
  const char *const units[] = { "abcdefghij",   "بتثجحخ",   "中文字，", "\xd9\x80",     " ", "\u202Ea", "\xe2\x81\xa7", "-", "/", "a\xcc\x81", "\xc2\xa0",
                                "\xe2\x80\x8b", "\xc2\xad", "😀",        "\xef\xbf\xbd", "1", "لا",      "\xe2\x80\x8d" };

  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    for (guint rtl = 0; rtl < 2; rtl++) {
      DgParaStyle style = style_for (rtl ? "ar" : "en");
      GString    *text = g_string_new (NULL);
      g_autoptr (DgPara) para = NULL;
      g_autoptr (GPtrArray) lines = NULL;
      guint next = 0;

      style.kashida = DG_KASHIDA_SEVERAL;
      for (guint i = 0; i < 400; i++)
        g_string_append (text, units[u]);
      para = dg_para_new (fonts, text->str, rtl ? "ar" : "en", rtl, &style);
      lines = dg_para_break (para, 120, 0);
      for (guint i = 0; i < lines->len; i++) {
        const DgLine *line = lines->pdata[i];

        g_assert_cmpuint (line->start, ==, next);
        g_assert_cmpfloat (line->width, <, 135); /* tatweels cut apart are wider than in one curve */
        next = line->end;
      }
      g_assert_cmpuint (next, ==, text->len);
      g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
      g_string_free (text, TRUE);
    }
}

/* A line may end after a hyphen between letters, never after one that begins a word or a number. */
static void
test_line_ends (void)
{
  static const char text[] = "the well-known option -o takes -3 or .7z of them";
  DgParaStyle       style = style_for ("en");
  g_autoptr (DgPara) para = NULL;
  gboolean after_well = FALSE;

  style.justify = FALSE;
  style.hyphens = NULL;
  para = dg_para_new (fonts, text, "en", FALSE, &style);
  for (double measure = 30; measure < 200; measure += .5) {
    g_autoptr (GPtrArray) lines = dg_para_break (para, measure, 0);

    g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
    for (guint i = 0; i + 1 < lines->len; i++) {
      guint end = ((const DgLine *) lines->pdata[i])->end;

      after_well = after_well || g_str_has_prefix (text + end, "known");
      g_assert_true (text[end - 1] == ' ' || g_str_has_prefix (text + end, "known"));
    }
  }
  g_assert_true (after_well);
}

/* A hyphen would be one more sign of an address, a path or a file's name; other words of the same line are broken. */
static void
test_addresses (void)
{
  static const char text[] = "negotiations: write to information@museum.example, see www.museum.example/collection or read international_agreements.pdf "
                             "and /usr/share/dictionaries/international of the administration, governmental/international negotiations";
  DgParaStyle       style = style_for ("en");
  g_autoptr (DgPara) para = dg_para_new (fonts, text, "en", FALSE, &style);
  guint seen = 0;

  for (double measure = 60; measure < 250; measure += 1) {
    g_autoptr (GPtrArray) lines = dg_para_break (para, measure, 0);

    g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
    for (guint i = 0; i < lines->len; i++) {
      const DgLine    *line = lines->pdata[i];
      const char      *from = text + line->end, *to = from + strcspn (from, " ");
      g_autofree char *word = NULL;

      while (from > text && from[-1] != ' ')
        from--;
      word = g_strndup (from, (gsize) (to - from));
      if (line->hyphenated && strpbrk (word, "@._") == NULL && *word != '/')
        seen++;
      else
        g_assert_false (line->hyphenated);
    }
  }
  g_assert_cmpuint (seen, >, 0);
}

static void
test_empty (void)
{
  DgParaStyle style = style_for ("en");
  g_autoptr (DgPara) para = dg_para_new (fonts, "", "en", FALSE, &style);
  g_autoptr (GPtrArray) lines = dg_para_break (para, 100, 0);

  g_assert_cmpuint (lines->len, ==, 0);
}

/* Sizes that look equal beside Gentium at 10.2 pt: Amiri about 12, Scheherazade, which is drawn small, far larger. */
static void
test_match (void)
{
  const char *latin = dg_fonts_family (fonts, "en", NULL);
  double      naskh = dg_match_size (fonts, latin, 10.2, dg_fonts_family (fonts, "ar", "Amiri"), "Arab");
  double      square = dg_match_size (fonts, latin, 10.2, dg_fonts_family (fonts, "he", NULL), "Hebr");

  g_assert_cmpfloat (naskh, >=, 11.7);
  g_assert_cmpfloat (naskh, <=, 12.2);
  g_assert_cmpfloat (square, >=, 8.7);
  g_assert_cmpfloat (square, <=, 9.7);
  g_assert_cmpfloat (dg_match_size (fonts, latin, 10.2, latin, "Grek"), ==, 10.2);
}

/* Two lines of one letter each, one under the other. */
static double
clashes (const char *upper, const char *lower, const char *lang, double leading)
{
  DgParaStyle style = style_for (lang);
  g_autoptr (DgPara) one = dg_para_new (fonts, upper, lang, strcmp (lang, "en") != 0, &style);
  g_autoptr (DgPara) two = dg_para_new (fonts, lower, lang, strcmp (lang, "en") != 0, &style);
  DgLine *a = dg_para_one_line (one), *b = dg_para_one_line (two);
  double  found;

  a->x = b->x = 0;
  found = dg_ink_clashes (a, b, leading, NULL, NULL);
  dg_line_free (a);
  dg_line_free (b);
  return found;
}

/* Ink meets where a tail hangs over a tall letter and the lines are close; not where they are apart, or nothing stands there. */
static void
test_clashes (void)
{
  g_assert_cmpfloat (clashes ("p", "d", "en", 8), >, 0);
  g_assert_cmpfloat (clashes ("p", "d", "en", 12), ==, 0);
  g_assert_cmpfloat (clashes ("x", "x", "en", 8), ==, 0);
  g_assert_cmpfloat (clashes ("ppp", "x", "en", 6.5), <, 2);
  g_assert_cmpfloat (clashes ("نٍ", "كلكلكل", "ar", 14), >, 0); /* U+064D hangs over a tall letter */
}

static const char harbour[] =
  "وصلت السفينة ليلاً إلى المرفأ حاملةً قمحاً وشعيراً وسكراً، وأُفرغت شُحنتها سريعاً رغم أنّ الرياح كانت شديدةً جداً، ثم غادرت فجراً متجهةً شمالاً؛ وقال "
  "ربّانها إنّ طاقماً كاملاً عمل ليلاً ونهاراً بجدٍّ وصبرٍ حتى أُنجز العمل كلّه قبل أوانه، وشكر عمّالاً كثيراً ممّن رافقوه في رحلةٍ طويلةٍ شاقّةٍ.";

static double
sum_clashes (const GPtrArray *lines, double leading)
{
  double sum = 0;

  for (guint i = 1; i < lines->len; i++)
    sum += dg_ink_clashes (lines->pdata[i - 1], lines->pdata[i], leading, NULL, NULL);
  return sum;
}

/* Lines whose ink meets, and marks that read as another line's, are far fewer than where nobody looked; no mark goes astray for it. */
static void
test_ink_apart (void)
{
  double plain = 0, looked = 0;

  for (double measure = 150; measure < 330; measure += 9) {
    for (guint k = 0; k < 2; k++) {
      DgParaStyle style = style_for ("ar");
      g_autoptr (DgPara) para = NULL;
      g_autoptr (GPtrArray) lines = NULL;

      style.size = 12;
      style.kashida = DG_KASHIDA_ONE;
      style.space_min = .72;
      style.space_max = 1.7;
      style.leading = k == 0 ? 0 : 16.5;
      para = dg_para_new (fonts, harbour, "ar", TRUE, &style);
      lines = dg_para_break (para, measure, 0);
      g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
      *(k == 0 ? &plain : &looked) += sum_clashes (lines, 16.5);
      for (guint i = 0; i < lines->len; i++) {
        const DgLine *line = lines->pdata[i];

        if (line->justified)
          g_assert_cmpfloat (fabs (line->width - measure), <, .1);
      }
    }
  }
  g_assert_cmpfloat (plain, >, 5);
  g_assert_cmpfloat (looked, <, plain / 2);
}

/* White between unjoined letters gives and takes, by so little that no reader of a PDF sees two words. */
static void
test_groups (void)
{
  DgParaStyle style = style_for ("ar");
  g_autoptr (DgPara) para = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  DgLine *natural;
  guint   wider = 0;

  style.size = 12;
  para = dg_para_new (fonts, harbour, "ar", TRUE, &style);
  lines = dg_para_break (para, 215, 0);
  natural = dg_para_one_line (para);
  g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
  for (guint i = 0; i < lines->len; i++) {
    const DgLine *line = lines->pdata[i];

    for (guint k = 0; k < line->glyphs->len; k++) {
      const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, k);

      for (guint n = 0; n < natural->glyphs->len && glyph->kind == DG_GLYPH_TEXT; n++) {
        const DgGlyph *same = &g_array_index (natural->glyphs, DgGlyph, n);

        if (same->kind != DG_GLYPH_TEXT || same->start != glyph->start || same->glyph != glyph->glyph)
          continue;
        g_assert_cmpfloat (fabs (glyph->advance - same->advance), <, .0201 * 12);
        wider += glyph->advance > same->advance + .01;
      }
    }
  }
  g_assert_cmpuint (wider, >, 5);
  dg_line_free (natural);
}

static const char uyghur[] = "ھۆكۈمەتنىڭ ۋەكىللىرىگە مۇناسىۋەتلىك كېلىشىمنامىلەرنىڭ ئەمەلىيلەشتۈرۈلگەنلىكىنى مۇخبىرلىرىمىزغا يەتكۈزگەنلىكىنى ئۇقتۇرۇشىدا "
                             "كۆرسەتكەنلىكىدىن مەمنۇنىيەتلىرىمىزنى بىلدۈرىمىز.";

/* The glyph of the first letter of @text, or of the last one, as it is by itself. */
static guint32
form_alone (const char *text, gsize length, gboolean last)
{
  DgParaStyle      style = style_for ("ug");
  g_autofree char *copy = g_strndup (text, length);
  g_autoptr (DgPara) para = dg_para_new (fonts, copy, "ug", TRUE, &style);
  g_autoptr (GPtrArray) lines = dg_para_break (para, 100000, 0);
  const DgLine *line = lines->pdata[0];
  guint         at = last ? 0 : line->glyphs->len - 1;

  while (g_array_index (line->glyphs, DgGlyph, at).kind != DG_GLYPH_TEXT)
    at += last ? 1 : -1u;
  at = g_array_index (line->glyphs, DgGlyph, at).glyph;
  g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
  return at;
}

/* Letters that a line's end parts keep the forms that join them, and none is lost where the line is lengthened besides. */
static void
test_joined_break (void)
{
  DgParaStyle style = style_for ("ug");
  guint       parted = 0;

  for (double measure = 120; measure < 260; measure += 3.1)
    for (guint lengthened = 0; lengthened < 2; lengthened++) {
      g_autoptr (DgPara) para = NULL;
      g_autoptr (GPtrArray) lines = NULL;
      g_autoptr (GString) text = g_string_new (NULL);
      guint32 before = 0;
      guint   last = 0;

      style.kashida = lengthened ? DG_KASHIDA_SEVERAL : DG_KASHIDA_NONE;
      para = dg_para_new (fonts, uyghur, "ug", TRUE, &style);
      lines = dg_para_break (para, measure, 0);
      for (guint i = 0; i < lines->len; i++) {
        const DgLine  *line = lines->pdata[i];
        const DgGlyph *first = NULL, *end = NULL;
        guint          here = 0;

        for (guint k = line->glyphs->len; k-- > 0;) {
          const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, k);

          here += glyph->kind == DG_GLYPH_HYPHEN;
          g_string_append_len (text, uyghur + glyph->start, glyph->length);
          if (glyph->kind == DG_GLYPH_TEXT && first == NULL)
            first = glyph;
          if (glyph->kind == DG_GLYPH_TEXT)
            end = glyph;
        }
        g_assert_cmpuint (here, ==, line->hyphenated ? 1 : 0);
        if (before != 0 && dg_kashida_joins (g_utf8_get_char (uyghur + last), g_utf8_get_char (uyghur + first->start))) {
          g_assert_cmpuint (first->glyph, !=, form_alone (uyghur + first->start, strcspn (uyghur + first->start, " ."), FALSE));
          g_assert_cmpuint (before, !=, form_alone (uyghur + last - 2, 4, TRUE));
          parted++;
        }
        before = line->hyphenated ? end->glyph : 0;
        last = end->start;
      }
      g_assert_cmpstr (text->str, ==, uyghur);
      g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
    }
  g_assert_cmpuint (parted, >, 10);
}

/* Long words do not leave holes in a language that is broken by rule. */
static void
test_turkish (void)
{
  static const char text[] = "Yetkililerin açıkladığına göre, on bir ay süren görüşmelere balıkçıların, otelcilerin ve çevre derneklerinin temsilcileri de "
                             "katılmış, anlaşmazlıkların giderilmesinde arabulucuların kolaylaştırıcılığından yararlanılmıştı.";
  DgParaStyle style = style_for ("tr");

  for (double measure = 200; measure < 300; measure += 7.3) {
    g_autoptr (DgPara) para = dg_para_new (fonts, text, "tr", FALSE, &style);
    g_autoptr (GPtrArray) lines = dg_para_break (para, measure, 0);

    for (guint i = 0; i + 1 < lines->len; i++)
      g_assert_cmpfloat (((const DgLine *) lines->pdata[i])->ratio, <, 1.5);
    g_ptr_array_set_free_func (lines, (GDestroyNotify) dg_line_free);
  }
}

/* A word asked for twice has the same breaks, in whatever case. */
static void
test_hyphens_again (void)
{
  const gunichar lower[] = { 'd', 'i', 'c', 't', 'i', 'o', 'n', 'a', 'r', 'y' }, upper[] = { 'D', 'i', 'c', 't', 'i', 'o', 'n', 'a', 'r', 'y' };
  guint8         first[10], second[10], third[10];

  g_assert_true (dg_hyphens_find (hyphens, "en", lower, 10, first));
  g_assert_true (dg_hyphens_find (hyphens, "en", lower, 10, second));
  g_assert_true (dg_hyphens_find (hyphens, "en", upper, 10, third));
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
  g_assert_cmpmem (first, sizeof first, third, sizeof third);
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
  for (guint i = 0; i < G_N_ELEMENTS (order_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/para/order/%s", order_cases[i].name);

    g_test_add_data_func (path, &order_cases[i], test_order);
  }
  g_test_add_func ("/para/filled", test_filled);
  g_test_add_func ("/para/text-once", test_text_once);
  g_test_add_func ("/para/kashidas-apart", test_kashidas_apart);
  g_test_add_func ("/para/sizes", test_sizes);
  g_test_add_func ("/para/hyphens", test_hyphens);
  g_test_add_func ("/para/joined-break", test_joined_break);
  g_test_add_func ("/para/turkish", test_turkish);
  g_test_add_func ("/para/hyphens-again", test_hyphens_again);
  g_test_add_func ("/para/addresses", test_addresses);
  g_test_add_func ("/para/match", test_match);
  g_test_add_func ("/para/clashes", test_clashes);
  g_test_add_func ("/para/ink-apart", test_ink_apart);
  g_test_add_func ("/para/groups", test_groups);
  g_test_add_func ("/para/indent", test_indent);
  g_test_add_func ("/para/label", test_label);
  g_test_add_func ("/para/ink", test_ink);
  g_test_add_func ("/para/missing", test_missing);
  g_test_add_func ("/para/cut", test_cut);
  g_test_add_func ("/para/odd", test_odd);
  g_test_add_func ("/para/line-ends", test_line_ends);
  g_test_add_func ("/para/empty", test_empty);
  status = g_test_run ();
  dg_hyphens_free (hyphens);
  dg_fonts_free (fonts);
  return status;
}
