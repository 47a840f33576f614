/* date.h: dates and times as dispatches write them, in any of the languages that Diglot knows.
 * Reads "09 September 21:10", "July 4, 2021, 10:10 p.m.", "27 février 2023 à 22h55", "٢٥ حزيران/يونيو ٢٠٢٢", "2022-09-09T21:10",
 * "9/9/2022", "2022年9月9日".  Spellings are compared folded (dg_fold), so hamzas and accents may be missing. */
#ifndef DG_DATE_H
#define DG_DATE_H

#include "read/doc.h"

typedef struct {
  DgDate   date;    /* what is not known is -1 */
  gboolean found;   /* the text holds a date or a time, though perhaps of a calendar that is not converted */
  guint    n_other; /* words and numbers of the text that belong to none */
} DgDateFound;

/* Looks @text through (its first 400 bytes).  @lang, which may be NULL, decides between 9/11 and 11/9: month first for "en-US" only,
 * and wherever the other reading is impossible. */
void dg_date_read (const char *text, gsize length, const char *lang, DgDateFound *found);

/* How many of the parts are known, 0 to 4 (year, month, day, time). */
guint dg_date_count_parts (const DgDate *date);

#endif
