/* calendar.h: days of the Persian solar and of the Islamic year as days of the Gregorian, by ICU.
 * In: a day of another calendar.  Out: the same day.  The Islamic year is that of Umm al-Qura; elsewhere it may begin a day earlier or later. */
#ifndef DG_CALENDAR_H
#define DG_CALENDAR_H

#include "read/doc.h"

/* Sets year, month and day of @date to those of @calendar's day; FALSE where that calendar has no such day. */
gboolean dg_calendar_convert (DgCalendar calendar, int year, int month, int day, DgDate *date);

#endif
