/* test_items.c: which face and script each stretch of a paragraph has, and that it is Pango who says so, of a text that FriBidi can be given. */
#include <dlfcn.h>
#include <string.h>

#include "type/para.h"
#include "type/prepared.h"

/* Pango's function, which this program stands before: it counts the calls and notes what is asked and answered. */

static guint    n_calls;
static GString *asked;
static GArray  *answered; /* PangoFont *, for each byte of the last text */

GList *
pango_itemize_with_base_dir (PangoContext *context, PangoDirection base_dir, const char *text, int start_index, int length, PangoAttrList *attrs,
                             PangoAttrIterator *cached_iter)
{
  __typeof__ (&pango_itemize_with_base_dir) real = NULL;
  GList                                    *items;

  *(void **) &real = dlsym (RTLD_NEXT, "pango_itemize_with_base_dir");
  items = real (context, base_dir, text, start_index, length, attrs, cached_iter);
  n_calls++;
  g_string_append_len (asked, text + start_index, length);
  if ((guint) (start_index + length) > answered->len)
    g_array_set_size (answered, (guint) (start_index + length));
  for (GList *node = items; node != NULL; node = node->next) {
    const PangoItem *item = node->data;

    for (int i = item->offset; i < item->offset + item->length; i++)
      g_array_index (answered, PangoFont *, i) = item->analysis.font;
  }
  return items;
}

static DgFonts *fonts;

static DgPara *
set (const char *lang, const char *text, gsize label)
{
  gboolean    rtl = g_str_equal (lang, "ar") || g_str_equal (lang, "he");
  DgParaStyle style = { .size = 10, .latin_size = 9, .arabic_size = 11, .label_length = label };

  style.family = dg_fonts_family (fonts, lang, NULL);
  style.latin_family = dg_fonts_family (fonts, "en", NULL);
  style.arabic_family = dg_fonts_family (fonts, "ar", NULL);
  n_calls = 0;
  g_string_truncate (asked, 0);
  g_array_set_size (answered, 0);
  return dg_para_new (fonts, text, lang, rtl, &style);
}

static const char *
family_of (const DgItem *item)
{
  PangoFontDescription *description = pango_font_describe (item->font);
  const char           *family = g_intern_string (pango_font_description_get_family (description));

  pango_font_description_free (description);
  return family;
}

/* "[Gentium Book Plus]at 221 [Amiri]…": the text with the family before each stretch of one. */
static char *
dup_families (const DgPara *para)
{
  GString    *out = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; i < para->items->len; i++) {
    const DgItem *item = &g_array_index (para->items, DgItem, i);
    const char   *family = family_of (item);

    if (family != last)
      g_string_append_printf (out, "[%s]", family);
    last = family;
    g_string_append_len (out, para->text + para->bytes[item->start], para->bytes[item->end] - para->bytes[item->start]);
  }
  return g_string_free (out, FALSE);
}

static gboolean
has_family (const char *lang, const char *family)
{
  return g_str_equal (dg_fonts_family (fonts, lang, family), family);
}

#define assert_families(lang, text, expected) \
  G_STMT_START \
  { \
    g_autoptr (DgPara) para_ = set (lang, text, 0); \
    g_autofree char *families_ = dup_families (para_); \
    g_assert_cmpstr (families_, ==, expected); \
  } \
  G_STMT_END

/* Each paragraph is Pango's to itemise, and each of its characters has the face that Pango gave it. */
static void
test_pango (void)
{
  static const char *const texts[][2] = {
    { "en", "The mayor of Łódź wrote العمدة and 市长 to №5 ☎ on 3 May" },
    { "ar", "كتب رئيس البلدية Mayor Smith في 3 أيار" },
    { "he", "ראש העיר כתב Mayor Smith ב־3 במאי" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DgPara) para = set (texts[i][0], texts[i][1], 0);

    g_assert_cmpuint (n_calls, ==, 1);
    g_assert_cmpstr (asked->str, ==, texts[i][1]);
    for (guint k = 0; k < para->items->len; k++) {
      const DgItem *item = &g_array_index (para->items, DgItem, k);

      for (guint c = item->start; c < item->end; c++)
        g_assert_true (g_array_index (answered, PangoFont *, para->bytes[c]) == item->font);
    }
  }
}

/* FriBidi sees no control of bidi text, and no more brackets at once than it can bear; items lie without a gap and have our levels. */
static void
test_controls (void)
{
  g_autoptr (GString) brackets = g_string_new (NULL);
  g_autoptr (DgPara) para = set ("ar", "أ\u2067ب\u2068a\u2066 b\u202Ec\u200Fد\u061Cه\u200E\u202D\u202B\u202A و", 0);
  g_autoptr (DgPara) long_one = NULL;

  for (const char *p = asked->str; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    g_assert_false ((ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069) || ch == 0x200E || ch == 0x200F || ch == 0x061C);
  }
  g_assert_cmpuint (asked->len, ==, strlen (dg_para_text (para)));
  for (guint i = 0; i < 2500; i++)
    g_string_append (brackets, i % 50 == 0 ? "(a) [ب]" : "(a)");
  long_one = set ("en", brackets->str, 0);
  g_assert_cmpuint (n_calls, ==, 3);
  g_assert_cmpstr (asked->str, ==, brackets->str);
  for (guint i = 0, end = 0; i < long_one->items->len; i++) {
    const DgItem *item = &g_array_index (long_one->items, DgItem, i);

    g_assert_cmpuint (item->start, ==, end);
    g_assert_cmpuint (item->end, >, item->start);
    for (guint c = item->start; c < item->end; c++)
      g_assert_cmpuint (long_one->levels[c], ==, item->level);
    end = item->end;
    if (i + 1 == long_one->items->len)
      g_assert_cmpuint (end, ==, long_one->n);
  }
}

/* Digits and signs among words of another script have the face of those words, others that of the paragraph. */
static void
test_phrases (void)
{
  assert_families ("ar", "قالت: « I live at 221 Baker Street, not at 12 Mill Road » ثم سكتت.",
                   "[Amiri]قالت: « [Gentium Book Plus]I live at 221 Baker Street, not at 12 Mill Road[Amiri] » ثم سكتت.");
  assert_families ("ar", "وكالات 09 أيلول 21:10", "[Amiri]وكالات 09 أيلول 21:10");
  assert_families ("ar", "طائرة F-16 (نحو 12)", "[Amiri]طائرة [Gentium Book Plus]F-16[Amiri] (نحو 12)");
  assert_families ("ar", "شبكة 5G هنا", "[Amiri]شبكة [Gentium Book Plus]5G[Amiri] هنا");
  assert_families ("en", "On 12 May كتب 12 مقالا in 3 days (الوطن), 9",
                   "[Gentium Book Plus]On 12 May [Amiri]كتب 12 مقالا[Gentium Book Plus] in 3 days ([Amiri]الوطن[Gentium Book Plus]), 9");
  assert_families ("ru", "12 мая, Windows 11, 5 штук", "[Gentium Book Plus]12 мая, Windows 11, 5 штук");
  if (has_family ("zh", "Noto Serif CJK SC")) {
    assert_families ("zh", "用iPhone 15 Pro，COVID-19，第3号",
                     "[Noto Serif CJK SC]用[Gentium Book Plus]iPhone 15 Pro[Noto Serif CJK SC]，[Gentium Book Plus]COVID-19[Noto Serif CJK SC]，第3号");
    assert_families ("zh", "A、B 3", "[Gentium Book Plus]A[Noto Serif CJK SC]、[Gentium Book Plus]B[Noto Serif CJK SC] 3");
    assert_families ("zh", "用MiG-9飞", "[Noto Serif CJK SC]用[Gentium Book Plus]MiG-9[Noto Serif CJK SC]飞");
    assert_families ("zh", "港A 、 B口", "[Noto Serif CJK SC]港[Gentium Book Plus]A[Noto Serif CJK SC] 、 [Gentium Book Plus]B[Noto Serif CJK SC]口");
  }
}

/* A label is bold where the text is not, and cut at its end. */
static void
test_label (void)
{
  g_autoptr (DgPara) para = set ("en", "Source: agencies", 7);
  const DgItem *label = &g_array_index (para->items, DgItem, 0), *text = &g_array_index (para->items, DgItem, 1);

  g_assert_cmpuint (para->items->len, ==, 2);
  g_assert_cmpuint (label->end, ==, 7);
  g_assert_true (label->font != text->font);
}

/* Signs that count as formatting but are seen have a face that has them, beside whatever letters. */
static void
test_seen (void)
{
  static const char *const texts[] = { "a \u06DD b", "\u0600 12", "no \u0601, \u0603" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DgPara) para = set ("en", texts[i], 0);

    g_assert_cmpuint (dg_para_missing (para)->len, ==, 0);
  }
}

/* An emoji of several characters is of one face and one cluster, in which no line ends, whatever direction the text has; it is as wide as what is seen of it, and a
 * swatch of skin is not set beside it. */
static void
test_emoji (void)
{
  static const struct {
    const char *text;
    guint       glyphs;
  } signs[] = {
    { "\U0001F44D\U0001F3FD", 1 }, /* a hand of a skin */
    { "\U0001F1EB\U0001F1F7", 2 }, /* a flag, which the face has as letters */
    { "1\uFE0F\u20E3", 0 },        /* keycaps */
    { "#\uFE0F\u20E3", 0 },
    { "\u2764\uFE0F", 0 },                               /* a heart that is meant as a picture */
    { "\U0001F468\u200D\U0001F469\u200D\U0001F467", 0 }, /* a family */
  };

  if (!dg_fonts_has_char (fonts, 0x1F44D)) {
    g_test_skip ("Symbola is not installed");
    return;
  }
  for (guint i = 0; i < 2 * G_N_ELEMENTS (signs); i++) {
    const char      *sign = signs[i / 2].text;
    g_autofree char *text = g_strdup_printf (i % 2 ? "قال %s نعم" : "yes %s no", sign);
    g_autoptr (DgPara) para = set (i % 2 ? "ar" : "en", text, 0);
    guint  first = 4, n = (guint) g_utf8_strlen (sign, -1), end = first + n, found = 0;
    double left = G_MAXDOUBLE, right = -G_MAXDOUBLE, pen;

    for (guint k = 0; k < para->items->len; k++) {
      const DgItem *item = &g_array_index (para->items, DgItem, k);

      if (item->start > first || item->end <= first)
        continue;
      found++;
      g_assert_cmpstr (family_of (item), ==, "Symbola");
      g_assert_cmpuint (item->end, >=, end);
      pen = 0;
      for (guint g = item->first; g < item->first + item->n; g++) {
        const DgShaped    *glyph = &g_array_index (para->glyphs, DgShaped, g);
        hb_glyph_extents_t ink;
        double             unit = dg_fonts_unit (item->hb, item->size);

        if (glyph->cluster != first)
          continue;
        g_assert_true (hb_font_get_glyph_extents (item->hb, glyph->id, &ink));
        if (ink.width > 0) {
          left = MIN (left, pen + glyph->dx + ink.x_bearing * unit);
          right = MAX (right, pen + glyph->dx + (ink.x_bearing + ink.width) * unit);
        }
        pen += glyph->advance;
      }
      g_assert_cmpfloat (ABS (pen - (para->x[end] - para->x[first])), <, 1e-6);
      if (n > 1 && para->n_glyphs[first] > 1) {
        g_assert_cmpfloat (left, >=, -1e-6);
        g_assert_cmpfloat (right, <=, pen + 1e-6);
        /* and no more than what is seen and the white that letters have beside them */
        g_test_message ("%s: %g to %g of %g", sign, left, right, pen);
        g_assert_cmpfloat (pen - (right - left), <, .3 * item->size);
      }
    }
    g_assert_cmpuint (found, ==, 1);
    g_assert_cmpuint (para->n_glyphs[first], >=, 1);
    if (signs[i / 2].glyphs > 0)
      g_assert_cmpuint (para->n_glyphs[first], ==, signs[i / 2].glyphs);
    for (guint c = first + 1; c < end; c++) {
      g_assert_cmpuint (para->n_glyphs[c], ==, 0);
      g_assert_true (para->unsafe[c]);
      g_assert_false (para->ends[c]);
    }
  }
}

/* What is no picture stays as it was: a digit, a sign of the text, a joiner between letters. */
static void
test_no_emoji (void)
{
  g_autoptr (DgPara) para = set ("en", "1 © 2", 0);
  g_autoptr (DgPara) joined = set ("ar", "ه\u200Dـ ه", 0);

  g_assert_cmpuint (para->items->len, ==, 1);
  g_assert_cmpuint (joined->items->len, ==, 1);
  g_assert_cmpuint (joined->n_glyphs[0], ==, 1);
}

/* The faces for pictures are there whatever was set before. */
static void
test_history (void)
{
  static const char *const texts[] = { "\u00A9\uFE0F", "7\u20E3", "\u2139 \u263A", "\u00A9" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DgFonts) fresh = dg_fonts_new (NULL, FALSE, NULL);
    DgFonts *kept = fonts;
    g_autoptr (DgPara) before = set ("en", "\U0001F600", 0);
    g_autoptr (DgPara) after = set ("en", texts[i], 0);
    g_autofree char *expected = dup_families (after);

    g_assert_cmpuint (before->items->len, ==, 1);
    fonts = fresh;
    assert_families ("en", texts[i], expected);
    fonts = kept;
  }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  asked = g_string_new (NULL);
  answered = g_array_new (FALSE, TRUE, sizeof (PangoFont *));
  fonts = dg_fonts_new (NULL, FALSE, NULL);
  g_assert_nonnull (fonts);
  g_test_add_func ("/items/pango", test_pango);
  g_test_add_func ("/items/controls", test_controls);
  g_test_add_func ("/items/phrases", test_phrases);
  g_test_add_func ("/items/label", test_label);
  g_test_add_func ("/items/seen", test_seen);
  g_test_add_func ("/items/emoji", test_emoji);
  g_test_add_func ("/items/no-emoji", test_no_emoji);
  g_test_add_func ("/items/history", test_history);
  status = g_test_run ();
  dg_fonts_free (fonts);
  g_array_unref (answered);
  g_string_free (asked, TRUE);
  return status;
}
