/* test_date.c: dates as dispatches write them, in each language. */
#include "read/date.h"

#include <string.h>

typedef struct {
  const char *text;
  const char *lang;
  int         year, month, day, hour, minute;
  guint       n_other;
} Case;

static const Case CASES[] = {
  { "09 September 21:10", "en", -1, 9, 9, 21, 10, 0 },
  { "Agencies 09 September 21:10", "en", -1, 9, 9, 21, 10, 1 },
  { "July 4, 2021, 10:10 p.m.", "en", 2021, 7, 4, 22, 10, 0 },
  { "12:05 am, 1 May 2020", "en", 2020, 5, 1, 0, 5, 0 },
  { "9 pm", "en", -1, -1, -1, 21, 0, 0 },
  { "2110 GMT", "en", -1, -1, -1, 21, 10, 0 },
  { "Friday, 9th of September 2022", "en", 2022, 9, 9, -1, -1, 0 },
  { "9-Sep-22", "en", 2022, 9, 9, -1, -1, 0 },
  { "Fri Sep 9 21:10:00 2022", "en", 2022, 9, 9, 21, 10, 0 },
  { "Fri, 09 Sep 2022 21:10:00 +0200", "en", 2022, 9, 9, 21, 10, 0 },
  { "2022-09-09T21:10", "en", 2022, 9, 9, 21, 10, 0 },
  { "2021-04-09 18:10", "he", 2021, 4, 9, 18, 10, 0 },
  { "9/13/2022", "en", 2022, 9, 13, -1, -1, 0 },
  { "11/9/2022", "en", 2022, 9, 11, -1, -1, 0 },
  { "11/9/2022", "en-US", 2022, 11, 9, -1, -1, 0 },
  { "13.9.22", "de", 2022, 9, 13, -1, -1, 0 },
  { "27 février 2023 à 22h55", "fr", 2023, 2, 27, 22, 55, 0 },
  { "1er aout 2019", "fr", 2019, 8, 1, -1, -1, 0 },
  { "9. September 2022, 21.10 Uhr", "de", 2022, 9, 9, 21, 10, 0 },
  { "9 de septiembre de 2022", "es", 2022, 9, 9, -1, -1, 0 },
  { "9 Eylül 2022 Cuma", "tr", 2022, 9, 9, -1, -1, 0 },
  { "26 ноября 2023 15:15", "ru", 2023, 11, 26, 15, 15, 0 },
  { "9 Απριλίου 2025", "el", 2025, 4, 9, -1, -1, 0 },
  { "9 בספטמבר 2022", "he", 2022, 9, 9, -1, -1, 0 },
  { "09 ايلول 21:10", "ar", -1, 9, 9, 21, 10, 0 },
  { "٢٥ حزيران/يونيو ٢٠٢٢ ١٢:٢٥", "ar", 2022, 6, 25, 12, 25, 0 },
  { "10 تشرين الثاني/نوفمبر 2021 20:40", "ar", 2021, 11, 10, 20, 40, 0 },
  { "25 كانون الثاني", "ar", -1, 1, 25, -1, -1, 0 },
  { "الجمعة 9 أيلول (سبتمبر) 2022 الساعة 9:10 مساءً", "ar", 2022, 9, 9, 21, 10, 0 },
  { "15 جويلية 2020", "ar", 2020, 7, 15, -1, -1, 0 },
  { "3 غشت 2020", "ar", 2020, 8, 3, -1, -1, 0 },
  { "1 مايس 2020", "ar", 2020, 5, 1, -1, -1, 0 },
  { "4 ابريل 2020", "ar", 2020, 4, 4, -1, -1, 0 },
  { "۲۲ ژوئیه ۲۰۲۲ ۱۴:۲۵", "fa", 2022, 7, 22, 14, 25, 0 },
  { "۱۶ اگست ۱۹:۲۵", "ur", -1, 8, 16, 19, 25, 0 },
  { "2022年9月9日 21:10", "zh", 2022, 9, 9, 21, 10, 0 },
  /* Solar and Islamic years are converted, where the day is whole. */
  { "۱۸ شهریور ۱۴۰۱", "fa", 2022, 9, 9, -1, -1, 0 },
  { "سه‌شنبه ۲۳ اردیبهشت ۱۴۰۴ ساعت ۱۴:۲۵", "fa", 2025, 5, 13, 14, 25, 0 },
  { "۱۴۰۴/۰۲/۲۳", "fa", 2025, 5, 13, -1, -1, 0 },
  { "۱۸ شهریور", "fa", -1, -1, -1, -1, -1, 0 },
  { "غویی ۲۳، ۱۴۰۴", "ps", 2025, 5, 13, -1, -1, 0 },
  { "١٥ رمضان ١٤٤٦ هـ", "ar", 2025, 3, 15, -1, -1, 0 },
  { "الأحد 12 ربيع الأول 1446هـ", "ar", 2024, 9, 15, -1, -1, 0 },
  /* Where both are written, the Gregorian date is the dispatch's. */
  { "15 رمضان 1446 هـ الموافق 15 آذار/مارس 2025 م", "ar", 2025, 3, 15, -1, -1, 0 },
  { "14 آذار 2025 (14 رمضان 1446)", "ar", 2025, 3, 14, -1, -1, 0 },
  { "۳۱ مهر ۱۴۰۴", "fa", -1, -1, -1, -1, -1, 0 },
};

static void
test_reads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const Case *c = &CASES[i];
    DgDateFound found;

    dg_date_read (c->text, strlen (c->text), c->lang, &found);
    g_test_message ("%s", c->text);
    g_assert_true (found.found);
    g_assert_cmpint (found.date.year, ==, c->year);
    g_assert_cmpint (found.date.month, ==, c->month);
    g_assert_cmpint (found.date.day, ==, c->day);
    g_assert_cmpint (found.date.hour, ==, c->hour);
    g_assert_cmpint (found.date.minute, ==, c->minute);
    g_assert_cmpuint (found.n_other, ==, c->n_other);
  }
}

static void
test_no_date (void)
{
  static const char *const texts[] = {
    "",    "Friday", "May we go on", "31 February 2022", "99/99/2022", "room 12", "in 2022", "7:75", "25:00", "1234567890123456789012345 September",
    "٪٪٪", "::::",   "9/",           "/9/9/9/"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    DgDateFound found;

    dg_date_read (texts[i], strlen (texts[i]), "en", &found);
    g_test_message ("%s", texts[i]);
    g_assert_false (found.found);
    g_assert_cmpuint (dg_date_count_parts (&found.date), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/reads", test_reads);
  g_test_add_func ("/date/no-date", test_no_date);
  return g_test_run ();
}
