/* dates.c: see dates.h. */
#include "page/dates.h"

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include "base/digits.h"

static char *
dup_wide (const UChar *wide, int32_t length, UErrorCode status)
{
  return U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *) wide, length, NULL, NULL, NULL) : NULL;
}

char *
dg_dates_dup (const DgDate *date, const char *lang)
{
  static const UChar with_year[] = u"dMMMMy", without[] = u"dMMMM";
  UErrorCode         status = U_ZERO_ERROR;
  UChar              pattern[64], wide[128];
  g_autoptr (GDateTime) time =
    date->month > 0 && date->day > 0 ? g_date_time_new_utc (date->year > 0 ? date->year : 2000, date->month, date->day, 0, 0, 0) : NULL;
  UDateTimePatternGenerator *generator = udatpg_open (lang, &status);
  char                      *text = NULL;

  if (time && U_SUCCESS (status)) {
    int32_t      length = udatpg_getBestPattern (generator, date->year > 0 ? with_year : without, -1, pattern, G_N_ELEMENTS (pattern), &status);
    UDateFormat *format = udat_open (UDAT_PATTERN, UDAT_PATTERN, lang, u"UTC", -1, pattern, length, &status);

    length = udat_format (format, 1000.0 * (double) g_date_time_to_unix (time), wide, G_N_ELEMENTS (wide), NULL, &status);
    g_autofree char *raw = dup_wide (wide, length, status);
    text = raw ? dg_digits_map (raw, lang) : NULL;
    udat_close (format);
  }
  udatpg_close (generator);
  return text;
}
