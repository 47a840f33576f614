/* letter.c: see letter.h. */
#include "base/letter.h"

#include <string.h>

/* As far as a head is looked for what says that the text is encoded. */
#define HEAD_BYTES 16384

/* The value of field @name of a head that [@p, @end) begins with; NULL where it has none. */
static const char *
find_field (const char *p, const char *end, const char *name)
{
  while (p < end && *p != '\r' && *p != '\n') {
    const char *stop = memchr (p, '\n', (gsize) (end - p));
    gsize       size = strlen (name);

    if ((gsize) (end - p) > size + 1 && g_ascii_strncasecmp (p, name, size) == 0 && p[size] == ':') {
      for (p += size + 1; p < end && (*p == ' ' || *p == '\t');)
        p++;
      return p;
    }
    if (stop == NULL)
      break;
    p = stop + 1;
  }
  return NULL;
}

static gboolean
begins_word (const char *p, const char *end, const char *word)
{
  return p != NULL && (gsize) (end - p) > strlen (word) && g_ascii_strncasecmp (p, word, strlen (word)) == 0;
}

gboolean
dg_letter_is_encoded (const char *text, gsize length)
{
  const char *end = text + MIN (length, HEAD_BYTES), *p, *type, *encoding;

  if (length >= 5 && memcmp (text, "From ", 5) == 0 && (p = memchr (text, '\n', (gsize) (end - text))) != NULL)
    text = p + 1;
  for (p = text; p < end && (g_ascii_isalnum (*p) || *p == '-');)
    p++;
  if (p == text || p == end || *p != ':')
    return FALSE;
  encoding = find_field (text, end, "Content-Transfer-Encoding");
  type = find_field (text, end, "Content-Type");
  return begins_word (encoding, end, "base64") || begins_word (encoding, end, "quoted-printable") || begins_word (type, end, "multipart/")
         || begins_word (type, end, "text/html") || begins_word (type, end, "message/");
}
