/* dates.h: a date in the words of a language. */
#ifndef DG_DATES_H
#define DG_DATES_H

#include "read/doc.h"

/* "9 September 2022" as the language writes it, without the year where the dispatch gives none; NULL: there is no date.  Free with g_free. */
char *dg_dates_dup (const DgDate *date, const char *lang);

#endif
