/* source.c: a decoded input with the table of its lines. */
#include "source.h"

#include <string.h>

struct DgSource {
  int     ref_count;
  char   *name;
  char   *encoding;
  char   *text;
  gsize   length;
  GArray *starts;              /* gsize: where each line begins; a last entry stands at the text's end */
};

static void
index_lines (DgSource *source)
{
  const char *text = source->text;
  gsize       at = 0, length = source->length;

  while (at < length) {
    gsize end = at;

    g_array_append_val (source->starts, at);
    while (end < length && text[end] != '\n' && text[end] != '\r')
      end++;
    if (end < length)
      end += text[end] == '\r' && end + 1 < length && text[end + 1] == '\n' ? 2 : 1;
    at = end;
  }
  g_array_append_val (source->starts, length);
}

DgSource *
dg_source_new (const char *name, char *text, gsize length, const char *encoding)
{
  DgSource *source = g_new0 (DgSource, 1);

  source->ref_count = 1;
  source->name = g_strdup (name);
  source->encoding = g_strdup (encoding);
  source->text = text;
  source->length = length;
  source->starts = g_array_sized_new (FALSE, FALSE, sizeof (gsize), 64);
  index_lines (source);
  return source;
}

DgSource *
dg_source_ref (DgSource *source)
{
  g_atomic_int_inc (&source->ref_count);
  return source;
}

void
dg_source_unref (DgSource *source)
{
  if (source == NULL || !g_atomic_int_dec_and_test (&source->ref_count))
    return;
  g_free (source->name);
  g_free (source->encoding);
  g_free (source->text);
  g_array_unref (source->starts);
  g_free (source);
}

const char *
dg_source_name (const DgSource *source)
{
  return source->name;
}

const char *
dg_source_encoding (const DgSource *source)
{
  return source->encoding;
}

const char *
dg_source_text (const DgSource *source)
{
  return source->text;
}

guint
dg_source_n_lines (const DgSource *source)
{
  return source->starts->len - 1;
}

const char *
dg_source_line (const DgSource *source, guint n, gsize *length)
{
  gsize start, end;

  g_assert (n >= 1 && n < source->starts->len);
  start = g_array_index (source->starts, gsize, n - 1);
  end = g_array_index (source->starts, gsize, n);
  if (end > start && source->text[end - 1] == '\n')
    end--;
  if (end > start && source->text[end - 1] == '\r')
    end--;
  *length = end - start;
  return source->text + start;
}
