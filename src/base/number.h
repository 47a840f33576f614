/* number.h: numbers as files want them, whatever the locale. */
#ifndef DG_NUMBER_H
#define DG_NUMBER_H

#include <glib.h>

/* Appends @value with at most @digits decimals (0 to 6) and no needless zero; what is not finite is 0. */
void dg_number_append (GString *out, double value, guint digits);

#endif
