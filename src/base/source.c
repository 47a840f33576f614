/* source.c: a decoded input with the table of its lines. */
#include "base/source.h"

#include <string.h>

typedef struct {
  guint line;
  guint marks;
} LineMarks;

struct DgSource {
  int     ref_count;
  char   *name;
  char   *encoding;
  char   *text;
  gsize   length;
  GArray *starts; /* gsize: where each line begins; a last entry stands at the text's end */
  guint   first_line;
  double  confidence;
  GArray *marks; /* LineMarks by line; NULL for none */
  GSList *kept;  /* texts */
};

gsize
dg_source_measure_end (const char *text, gsize length)
{
  static const struct {
    const char *bytes;
    gsize       size;
  } others[] = { { "\xC2\x85", 2 }, { "\xE2\x80\xA8", 3 }, { "\xE2\x80\xA9", 3 } };

  if (length == 0)
    return 0;
  if (*text == '\n' || *text == '\v')
    return 1;
  if (*text == '\r')
    return length > 1 && text[1] == '\n' ? 2 : 1;
  if (*text != '\xC2' && *text != '\xE2')
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (length >= others[i].size && memcmp (text, others[i].bytes, others[i].size) == 0)
      return others[i].size;
  return 0;
}

static void
index_lines (DgSource *source)
{
  const char *text = source->text;
  gsize       at = 0, length = source->length;

  while (at < length) {
    gsize end = at, size = 0;

    g_array_append_val (source->starts, at);
    while (end < length && (size = dg_source_measure_end (text + end, length - end)) == 0)
      end++;
    at = end + size;
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
  source->first_line = 1;
  source->confidence = 1;
  index_lines (source);
  return source;
}

/* The first of the marks at line @n or after it. */
static guint
find_marks (const DgSource *source, guint n)
{
  guint low = 0, high = source->marks != NULL ? source->marks->len : 0;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (source->marks, LineMarks, middle).line < n)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

DgSource *
dg_source_new_part (const DgSource *whole, guint first, guint last)
{
  gsize     start, end;
  DgSource *part;

  g_assert (first >= whole->first_line && first <= last && last < whole->first_line + dg_source_n_lines (whole));
  start = g_array_index (whole->starts, gsize, first - whole->first_line);
  end = g_array_index (whole->starts, gsize, last - whole->first_line + 1);
  part = dg_source_new (whole->name, g_strndup (whole->text + start, end - start), end - start, whole->encoding);
  part->first_line = first;
  part->confidence = whole->confidence;
  for (guint i = find_marks (whole, first), end_mark = find_marks (whole, last + 1); i < end_mark; i++)
    dg_source_add_mark (part, g_array_index (whole->marks, LineMarks, i).line, (DgMark) g_array_index (whole->marks, LineMarks, i).marks);
  return part;
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
  g_clear_pointer (&source->marks, g_array_unref);
  g_slist_free_full (source->kept, g_free);
  g_free (source);
}

const char *
dg_source_keep (DgSource *source, char *text)
{
  source->kept = g_slist_prepend (source->kept, text);
  return text;
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

double
dg_source_confidence (const DgSource *source)
{
  return source->confidence;
}

void
dg_source_set_confidence (DgSource *source, double confidence)
{
  source->confidence = CLAMP (confidence, 0, 1);
}

guint
dg_source_first_line (const DgSource *source)
{
  return source->first_line;
}

guint
dg_source_n_lines (const DgSource *source)
{
  return source->starts->len - 1;
}

const char *
dg_source_line (const DgSource *source, guint n, gsize *length)
{
  static const gsize sizes[] = { 1, 2, 3 };
  gsize              start, end;

  g_assert (n >= source->first_line && n - source->first_line + 1 < source->starts->len);
  n -= source->first_line;
  start = g_array_index (source->starts, gsize, n);
  end = g_array_index (source->starts, gsize, n + 1);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (end >= start + sizes[i] && dg_source_measure_end (source->text + end - sizes[i], sizes[i]) == sizes[i]) {
      end -= sizes[i];
      break;
    }
  if (end > start && source->text[end] == '\n' && source->text[end - 1] == '\r')
    end--;
  *length = end - start;
  return source->text + start;
}

void
dg_source_add_mark (DgSource *source, guint line, DgMark mark)
{
  LineMarks added = { line, (guint) mark };

  if (source->marks == NULL)
    source->marks = g_array_new (FALSE, FALSE, sizeof (LineMarks));
  if (source->marks->len > 0 && g_array_index (source->marks, LineMarks, source->marks->len - 1).line == line)
    g_array_index (source->marks, LineMarks, source->marks->len - 1).marks |= (guint) mark;
  else
    g_array_append_val (source->marks, added);
}

guint
dg_source_marks (const DgSource *source, guint n)
{
  guint            at = find_marks (source, n);
  const LineMarks *line = source->marks != NULL && at < source->marks->len ? &g_array_index (source->marks, LineMarks, at) : NULL;

  return line != NULL && line->line == n ? line->marks : 0;
}

gboolean
dg_source_has_marks (const DgSource *source)
{
  return source->marks != NULL;
}
