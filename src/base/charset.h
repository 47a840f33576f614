/* charset.h: bytes in a named charset to UTF-8, and the guess of a charset by what the text would read. */
#ifndef DG_CHARSET_H
#define DG_CHARSET_H

#include <glib.h>

/* The name as Diglot writes it, lower case ("windows-1256" for "CP1256"); free with g_free. */
char    *dg_charset_dup_name (const char *name);
gboolean dg_charset_is_known (const char *name);
/* @bytes as UTF-8; what cannot be decoded is U+FFFD, its offsets in the result go to @bad (gsize).  @name is known. */
GString *dg_charset_decode (const guint8 *bytes, gsize length, const char *name, GArray *bad);
/* The shapes of Arabic letters (U+FE70 to U+FEFC), as code page 864 has them, become letters.  Takes @text and gives it back; the offsets in @bad follow. */
GString *dg_charset_fold_shapes (GString *text, GArray *bad);
/* The likeliest 8-bit or multibyte charset of bytes that are no UTF-8 or UTF-16; @confidence from 0 to 1, above 0.5 where nothing
 * else comes near.  Static text or interned: never freed. */
const char *dg_charset_guess (const guint8 *bytes, gsize length, double *confidence);

#endif
