/* mofile.c: the format of .mo files, as the manual of GNU gettext gives it ("The Format of GNU MO Files"). */
#include "pair/mofile.h"

#include "base/input.h"

#include <string.h>

#define MAGIC      0x950412DEu
#define MOST_BYTES (64u << 20)
#define CONTEXT    '\004' /* ends the context before a message */

typedef struct {
  const guint8 *data;
  gsize         size;
  gboolean      swapped;
} File;

static guint32
read_word (const File *file, gsize offset)
{
  guint32 word;

  if (file->size < 4 || offset > file->size - 4)
    return 0;
  memcpy (&word, file->data + offset, 4);
  return file->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

/* The string that entry @i of the table at @table describes; NULL where it lies outside the file or is no text. */
static const char *
read_string (const File *file, guint32 table, guint32 i)
{
  gsize       entry = (gsize) table + (gsize) i * 8;
  guint32     length = read_word (file, entry), offset = read_word (file, entry + 4);
  const char *text;

  if (length == 0 || (guint64) offset + length >= file->size || file->data[(gsize) offset + length] != '\0')
    return NULL;
  text = (const char *) file->data + offset;
  return strlen (text) == length && g_utf8_validate (text, (gssize) length, NULL) ? text : NULL;
}

gboolean
dg_mo_read (const char *path, DgMoEach each, gpointer data)
{
  File             file = { 0 };
  g_autofree char *bytes = dg_input_read_plain (path, MOST_BYTES, &file.size, NULL);
  guint32          n;

  if (bytes == NULL)
    return FALSE;
  file.data = (const guint8 *) bytes;
  file.swapped = read_word (&file, 0) != MAGIC;
  if (read_word (&file, 0) != MAGIC)
    return FALSE;
  n = (guint32) MIN (read_word (&file, 8), file.size / 16);
  for (guint32 i = 0; i < n; i++) {
    const char *original = read_string (&file, read_word (&file, 12), i);
    const char *translation = read_string (&file, read_word (&file, 16), i);
    const char *context = original != NULL ? strchr (original, CONTEXT) : NULL;

    if (original != NULL && translation != NULL)
      each (context != NULL ? context + 1 : original, translation, data);
  }
  return TRUE;
}
