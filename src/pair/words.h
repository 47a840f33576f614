/* words.h: common words in the languages that dispatches come in, so that pairing has something to go by where no dictionary is
 * installed.  Written for Diglot; add rows and columns freely. */
#ifndef DG_WORDS_H
#define DG_WORDS_H

#include <glib.h>

/* The column of a language, by its primary subtag; -1 where it has none.  Column 0 is English. */
int   dg_words_column (const char *lang);
guint dg_words_count (void);
/* The words of a row, parted by spaces, with '_' inside one that is written as two; NULL where the language has none. */
const char *dg_words_get (guint row, int column);
/* What a row means: English words parted by spaces, or "@…" for a month or weekday, or "#…" for a number. */
const char *dg_words_concept (guint row);

#endif
