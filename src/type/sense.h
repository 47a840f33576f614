/* sense.h: where a headline may be broken without tearing what belongs together: number and noun, article or preposition and its noun, noun and
 * adjective, the members of a construct, the parts of a name.
 * In: a headline's characters, its language, whose words of grammar stand in languages.ini.  Out: a price for each break. */
#ifndef DG_SENSE_H
#define DG_SENSE_H

#include <glib.h>

#include "base/language.h"

/* The price of a line's end before each of the @n characters; 0 for a good one, below for the best, 200 and more where it tears what belongs together.  Free with g_free. */
double *dg_sense_prices (const gunichar *chars, guint n, const DgLanguage *language);

#endif
