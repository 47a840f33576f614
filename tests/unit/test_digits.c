/* Digits of a language: what a number becomes with its signs, and what stays; and what keeps its order in right-to-left text. */
#include <glib.h>
#include <string.h>

#include "type/bidi.h"
#include "base/digits.h"
#include "type/isolate.h"

static void
test_map (void)
{
  static const struct {
    const char *lang, *text, *expected;
  } cases[] = {
    { "ar", "سجّل 1,250.5 طن", "سجّل ١٬٢٥٠٫٥ طن" },
    { "ar", "25%", "٢٥٪" },
    { "ar", "25 %.", "٢٥ ٪." },
    { "ar", "1,5 مليون", "١٫٥ مليون" },
    { "ar", "1,234,567", "١٬٢٣٤٬٥٦٧" },
    { "ar", "12.3.2020", "١٢.٣.٢٠٢٠" },
    { "ar", "21:10", "٢١:١٠" },
    { "ar", "09/ايلول", "٠٩/ايلول" },
    { "ar", "عام 2021، و2022.", "عام ٢٠٢١، و٢٠٢٢." },
    { "ar", "طائرة F-16 وCOVID-19", "طائرة F-16 وCOVID-19" },
    { "ar", "https://example.org/2022", "https://example.org/2022" },
    { "ar", "۱۲٫۵", "١٢٫٥" },
    { "fa", "1,250.5", "۱٬۲۵۰٫۵" },
    { "ur", "2022", "۲۰۲۲" },
    { "en", "١٬٢٥٠٫٥ tonnes, ٢٥٪", "1,250.5 tonnes, 25%" },
    { "fr", "١٢٫٥", "12,5" },
    { "he", "1,250", "1,250" },
    { "zh", "2022", "2022" },
    { "ar", "", "" },
    { "ar", "5", "٥" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *got = dg_digits_map (cases[i].text, cases[i].lang);
    g_assert_cmpstr (got, ==, cases[i].expected);
    g_assert_cmpint (g_utf8_strlen (got, -1), ==, g_utf8_strlen (cases[i].text, -1));
  }
}

static void
test_number (void)
{
  static const struct {
    const char *lang, *expected;
  } cases[] = { { "en", "1907" }, { "ar", "١٩٠٧" }, { "fa", "۱۹۰۷" }, { "ckb", "١٩٠٧" }, { "ug", "1907" }, { "he", "1907" } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *got = dg_digits_number (cases[i].lang, 1907);
    g_assert_cmpstr (got, ==, cases[i].expected);
  }
}

/* The text as it is seen from the left. */
static char *
see (const char *text, DgIsolate isolate)
{
  glong                n = 0;
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (text, -1, &n);
  g_autofree guint8   *levels = g_malloc ((gsize) n + 1);
  g_autofree guint    *order = g_new (guint, n + 1);
  g_assert_cmpuint (dg_isolate_levels (chars, (guint) n, isolate, levels), ==, 1);
  dg_bidi_reorder (levels, (guint) n, order);
  GString *out = g_string_new (NULL);
  for (glong i = 0; i < n; i++)
    g_string_append_unichar (out, chars[order[i]]);
  return g_string_free (out, FALSE);
}

static void
test_isolate (void)
{
  static const struct {
    const char *text, *token;
    gboolean    plain; /* right without isolation, too */
  } cases[] = {
    { "في 2022-09-09 تم", "2022-09-09", FALSE },
    { "على +961 1 234 567 الآن", "+961 1 234 567", FALSE },
    { "على 01-234-5678 الآن", "01-234-5678", FALSE },
    { "إلى https://example.org/a/ ثم", "https://example.org/a/", FALSE },
    { "حساب @agency_news الآن", "@agency_news", FALSE },
    { "إلى desk@example.org.", "desk@example.org", TRUE },
    { "رقم 24 ثم", "24", TRUE },
    { "2022-09-09", "2022-09-09", FALSE },
    { "על 050 123 4567 עכשיו", "050 123 4567", FALSE },
    { "על +961 1 555-0199 עכשיו", "+961 1 555-0199", FALSE },
    { "على ٠١ ٢٣٤ ٥٦٧٨ الآن", "٠١ ٢٣٤ ٥٦٧٨", FALSE },
    { "شماره ۰۲۱-۸۸۷-۶۶۵۵ است", "۰۲۱-۸۸۷-۶۶۵۵", FALSE },
    { "حضر 1 200 000 شخص", "1 200 000", FALSE },
    { "وصل 20 000 شخص", "20 000", FALSE },
    { "תהיה -5 מעלות", "-5", FALSE },
    { "תהיה −5 מעלות", "−5", FALSE },
    { "נפל ב-12% היום", "12%", TRUE },
    { "درجة -5 هنا", "-5", FALSE },
    { "نسبة -1.5% هنا", "-1.5%", FALSE },
    { "دمای -۵ درجه", "-۵", FALSE },
    { "حرارة 25°C هنا", "25°C", FALSE },
    { "حرارة -3,5 °C هنا", "-3,5 °C", FALSE },
    { "لغة C++ قديمة", "C++", FALSE },
    { "منصة .NET حديثة", ".NET", FALSE },
    { "طائرة 737-800 هنا", "737-800", FALSE },
    { "من 10-15 يوما", "10-15", FALSE },
    { "بين 1990–1995 كان", "1990–1995", FALSE },
    { "نسبة 20%-30% هنا", "20%-30%", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *with = see (cases[i].text, DG_ISOLATE_AUTO), *without = see (cases[i].text, DG_ISOLATE_NO);
    g_test_message ("%s", cases[i].text);
    g_assert_nonnull (strstr (with, cases[i].token));
    if (cases[i].plain)
      g_assert_cmpstr (with, ==, without);
  }
  /* Text without such things, and dates, ranges and signs of Arabic-Indic digits, stay as they are. */
  static const char *const same[] = { "", "سلام", "سنة ٢٠٢٢-٠٩-٠٩", "من ١٠-١٥ يوماً", "درجة -٥ هنا", "(قال) “نعم”.", "سنة 2022 - قال", "نسبة 60% من" };
  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *with = see (same[i], DG_ISOLATE_AUTO), *without = see (same[i], DG_ISOLATE_NO);
    g_assert_cmpstr (with, ==, without);
  }
  /* An author's own marks decide, unless all is asked for. */
  g_autofree char *automatic = see ("في \u061C2022-09-09 تم", DG_ISOLATE_AUTO), *always = see ("في \u061C2022-09-09 تم", DG_ISOLATE_YES);
  g_assert_null (strstr (automatic, "2022-09-09"));
  g_assert_nonnull (strstr (always, "2022-09-09"));
}

/* However long a text is, and however near to a match all of it. */
static void
test_isolate_long (void)
{
  static const char *const pieces[] = { "1,", "1 ", "12-", "a+", "-1", "٠١ ", "a.", "a@", "+9 " };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    GString *text = g_string_new ("نص ");
    for (guint k = 0; k < 100000; k++)
      g_string_append (text, pieces[i]);
    g_autofree char *seen = see (text->str, DG_ISOLATE_AUTO);
    g_assert_cmpuint (strlen (seen), ==, text->len);
    g_string_free (text, TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digits/map", test_map);
  g_test_add_func ("/digits/number", test_number);
  g_test_add_func ("/digits/isolate", test_isolate);
  g_test_add_func ("/digits/isolate-long", test_isolate_long);
  return g_test_run ();
}
