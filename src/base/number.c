/* number.c: see number.h. */
#include "base/number.h"

#include <math.h>

void
dg_number_append (GString *out, double value, guint digits)
{
  static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
  char                text[32], *end = text + sizeof text, *p = end;
  gint64              scaled, whole, fraction;

  digits = MIN (digits, 6);
  if (!isfinite (value))
    value = 0;
  scaled = llround (CLAMP (value, -1e9, 1e9) * (double) powers[digits]);
  whole = ABS (scaled) / powers[digits];
  fraction = ABS (scaled) % powers[digits];
  if (fraction > 0) {
    for (; fraction % 10 == 0; digits--)
      fraction /= 10;
    for (; digits > 0; digits--, fraction /= 10)
      *--p = (char) ('0' + fraction % 10);
    *--p = '.';
  }
  do
    *--p = (char) ('0' + whole % 10);
  while ((whole /= 10) > 0);
  if (scaled < 0)
    *--p = '-';
  g_string_append_len (out, p, end - p);
}
