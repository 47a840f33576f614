/* digits.h: numbers in the digits of a language. */
#ifndef DG_DIGITS_H
#define DG_DIGITS_H

#include <glib.h>

/* @number in the digits of @lang; free with g_free. */
char *dg_digits_number (const char *lang, guint number);

/* @text with its numbers in the digits of @lang, and with them the signs for decimals, thousands and per cent as that language writes
 * them (CLDR).  Character for character, so that the nth one stands for the nth one of @text.  Words with letters of another script in
 * them (F-16, addresses) stay as they are, and so do dates and times but for the digits.  Free with g_free. */
char *dg_digits_map (const char *text, const char *lang);

#endif
