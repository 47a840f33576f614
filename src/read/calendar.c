/* calendar.c: one calendar of ICU is set, another is asked. */
#include "read/calendar.h"

#include <unicode/ucal.h>

static UCalendar *
open_calendar (const char *locale)
{
  static const UChar utc[] = { 'U', 'T', 'C', 0 };
  UErrorCode         status = U_ZERO_ERROR;
  UCalendar         *calendar = ucal_open (utc, -1, locale, UCAL_DEFAULT, &status);

  return U_SUCCESS (status) ? calendar : NULL;
}

gboolean
dg_calendar_convert (DgCalendar calendar, int year, int month, int day, DgDate *date)
{
  UErrorCode status = U_ZERO_ERROR;
  UCalendar *from = open_calendar (calendar == DG_CALENDAR_PERSIAN ? "en@calendar=persian" : "en@calendar=islamic-umalqura");
  UCalendar *to = open_calendar ("en@calendar=gregorian");
  UDate      when = 0;

  if (from != NULL && to != NULL) {
    ucal_clear (from);
    ucal_setAttribute (from, UCAL_LENIENT, FALSE); /* the 31st of a month of 30 days is no date */
    ucal_set (from, UCAL_YEAR, year);
    ucal_set (from, UCAL_MONTH, month - 1);
    ucal_set (from, UCAL_DATE, day);
    when = ucal_getMillis (from, &status);
    ucal_setMillis (to, when, &status);
    date->year = ucal_get (to, UCAL_YEAR, &status);
    date->month = ucal_get (to, UCAL_MONTH, &status) + 1;
    date->day = ucal_get (to, UCAL_DATE, &status);
  } else {
    status = U_MISSING_RESOURCE_ERROR;
  }
  if (from != NULL)
    ucal_close (from);
  if (to != NULL)
    ucal_close (to);
  if (U_FAILURE (status))
    date->year = date->month = date->day = -1;
  return U_SUCCESS (status);
}
