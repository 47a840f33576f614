/* test_language.c: what a language is, whichever way it is asked. */
#include "base/language.h"

#include <string.h>

#include "base/digits.h"

/* Scripts and directions on which tables of our own once disagreed, and those of which ICU knows nothing. */
static void
test_scripts (void)
{
  static const struct {
    const char    *tag, *script;
    GUnicodeScript letters;
    gboolean       rtl;
  } rows[] = {
    { "en", "Latn", G_UNICODE_SCRIPT_LATIN, FALSE },
    { "ar", "Arab", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "arz", "Arab", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "ku", "Latn", G_UNICODE_SCRIPT_LATIN, FALSE },
    { "ku-Arab", "Arab", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "az-Arab", "Arab", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "ms-Arab", "Arab", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "azb", "Arab", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "bal", "Arab", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "ur", "Aran", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "ur-Arab-PK", "Aran", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "ks", "Aran", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "ks-Deva", "Deva", G_UNICODE_SCRIPT_DEVANAGARI, FALSE },
    { "pnb", "Aran", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "pa", "Guru", G_UNICODE_SCRIPT_GURMUKHI, FALSE },
    { "pa-PK", "Aran", G_UNICODE_SCRIPT_ARABIC, TRUE },
    { "he", "Hebr", G_UNICODE_SCRIPT_HEBREW, TRUE },
    { "yi", "Hebr", G_UNICODE_SCRIPT_HEBREW, TRUE },
    { "syr", "Syrc", G_UNICODE_SCRIPT_SYRIAC, TRUE },
    { "dv", "Thaa", G_UNICODE_SCRIPT_THAANA, TRUE },
    { "nqo", "Nkoo", G_UNICODE_SCRIPT_NKO, TRUE },
    { "ff", "Latn", G_UNICODE_SCRIPT_LATIN, FALSE },
    { "ff-Adlm", "Adlm", G_UNICODE_SCRIPT_ADLAM, TRUE },
    { "zh", "Hans", G_UNICODE_SCRIPT_HAN, FALSE },
    { "zh-TW", "Hant", G_UNICODE_SCRIPT_HAN, FALSE },
    { "ja", "Jpan", G_UNICODE_SCRIPT_HAN, FALSE },
    { "ko", "Kore", G_UNICODE_SCRIPT_HANGUL, FALSE },
    { "sr", "Cyrl", G_UNICODE_SCRIPT_CYRILLIC, FALSE },
    { "sr-Latn", "Latn", G_UNICODE_SCRIPT_LATIN, FALSE },
    { "tzm", "Tfng", G_UNICODE_SCRIPT_TIFINAGH, FALSE },
    { "am", "Ethi", G_UNICODE_SCRIPT_ETHIOPIC, FALSE },
    { "bo", "Tibt", G_UNICODE_SCRIPT_TIBETAN, FALSE },
    { "und", "Latn", G_UNICODE_SCRIPT_LATIN, FALSE },
    { "qaa", "Latn", G_UNICODE_SCRIPT_LATIN, FALSE },
    { "", "Latn", G_UNICODE_SCRIPT_LATIN, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const DgLanguage *language = dg_language_get (rows[i].tag);

    g_test_message ("%s", rows[i].tag);
    g_assert_cmpstr (language->script, ==, rows[i].script);
    g_assert_cmpint (language->letters, ==, rows[i].letters);
    g_assert_cmpint (language->rtl, ==, rows[i].rtl);
    g_assert_cmpint (dg_language_is_arabic (rows[i].tag), ==, rows[i].letters == G_UNICODE_SCRIPT_ARABIC);
  }
  g_assert_false (dg_language_is_rtl (NULL));
}

static void
test_codes (void)
{
  static const char *const rows[][2] = {
    { "en", "en" },
    { "eng", "en" },
    { "ara", "ar" },
    { "ger", "de" },
    { "deu", "de" },
    { "fre", "fr" },
    { "chi", "zh" },
    { "cmn", "zh" },
    { "arb", "ar" },
    { "iw", "he" },
    { "pnb", "pnb" },
    { "prs", "prs" },
    { "arz", "arz" },
    { "EN", "en" },
    { "zh-hant-tw", "zh-Hant-TW" },
    { "en-GB", "en-GB" },
    { "abq", "abq" },
    { "qaa", "qaa" },
    /* What is none. */
    { "xx", NULL },
    { "und", NULL },
    { "mul", NULL },
    { "en_GB", NULL },
    { "english", NULL },
    { "e", NULL },
    { "", NULL },
    { "en-", NULL },
    { "sr-Xxxx", NULL },
    { "qq", NULL },
    { "../en", NULL },
    { "e\xCC\x81", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *tag = dg_language_dup_tag (rows[i][0]);

    g_test_message ("%s", rows[i][0]);
    g_assert_cmpstr (tag, ==, rows[i][1]);
  }
}

static void
test_values (void)
{
  const DgLanguage *urdu = dg_language_get ("ur-PK");

  /* Of the language, of its script's letters, of nobody. */
  g_assert_cmpstr (dg_language_value (urdu, "name"), ==, "Urdu");
  g_assert_cmpstr (dg_language_value (urdu, "joined"), ==, "yes");
  g_assert_null (dg_language_value (urdu, "italic"));
  g_assert_true (dg_language_lists (urdu, "borrows", "ar"));
  g_assert_false (dg_language_lists (urdu, "borrows", "a"));
  g_assert_false (dg_language_lists (dg_language_get ("en"), "borrows", "ar"));
  g_assert_cmpstr (dg_language_value (dg_language_get ("zh-Hant-HK"), "letter"), ==, "國");
  g_assert_cmpint (dg_script_letters ("Aran"), ==, G_UNICODE_SCRIPT_ARABIC);
  g_assert_cmpint (dg_script_letters ("arab"), ==, G_UNICODE_SCRIPT_ARABIC);
  g_assert_cmpint (dg_script_letters ("Xxxx"), ==, G_UNICODE_SCRIPT_INVALID_CODE);
}

/* The file's digits, and where it names none those of CLDR. */
static void
test_digits (void)
{
  static const char *const rows[][2] = {
    { "en", "1948" }, { "ar", "١٩٤٨" }, { "arz", "١٩٤٨" }, { "fa", "۱۹۴۸" }, { "ur", "۱۹۴۸" },
    { "ug", "1948" }, { "he", "1948" }, { "bn", "১৯৪৮" },  { "my", "၁၉၄၈" }, { "th", "1948" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = dg_digits_number (rows[i][0], 1948);

    g_assert_cmpstr (text, ==, rows[i][1]);
  }
}

static void
test_list (void)
{
  g_autofree const char **tags = dg_languages_list ();
  guint                   n = 0;

  for (; tags[n] != NULL; n++) {
    g_autofree char *tag = dg_language_dup_tag (tags[n]);

    g_test_message ("%s", tags[n]);
    g_assert_cmpstr (tag, ==, tags[n]);
    g_assert_nonnull (dg_language_value (dg_language_get (tags[n]), "name"));
    g_assert_true (n == 0 || strcmp (tags[n - 1], tags[n]) < 0);
  }
  g_assert_cmpuint (n, >, 80);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/scripts", test_scripts);
  g_test_add_func ("/language/codes", test_codes);
  g_test_add_func ("/language/values", test_values);
  g_test_add_func ("/language/digits", test_digits);
  g_test_add_func ("/language/list", test_list);
  return g_test_run ();
}
