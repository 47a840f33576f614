/* marks.c: one look at the whole text says which marks there are; most texts have none.  Marks at the ends of a line only shorten it; a line with marks inside is
 * written anew. */
#include "read/marks.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LEVEL = 6, MAX_ENTITY = 10 };

/* What the text has anywhere. */
typedef struct {
  gboolean quotes;   /* `` */
  gboolean dashes;   /* _ between spaces */
  gboolean entities; /* & and a name or number */
  gboolean markdown; /* headings of Markdown */
  gboolean stars;    /* an asterisk close to a word */
} Marks;

static const struct {
  const char *name;
  gunichar    ch;
} ENTITIES[] = {
  { "amp", '&' },      { "lt", '<' },        { "gt", '>' },       { "quot", '"' },     { "apos", '\'' },    { "nbsp", 0xA0 },    { "laquo", 0xAB },
  { "raquo", 0xBB },   { "ldquo", 0x201C },  { "rdquo", 0x201D }, { "bdquo", 0x201E }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 }, { "ndash", 0x2013 },
  { "mdash", 0x2014 }, { "hellip", 0x2026 }, { "bull", 0x2022 },  { "middot", 0xB7 },  { "copy", 0xA9 },    { "reg", 0xAE },     { "euro", 0x20AC },
  { "pound", 0xA3 },   { "deg", 0xB0 },      { "shy", 0xAD },     { "zwnj", 0x200C },  { "lrm", 0x200E },   { "rlm", 0x200F },
};

/* The character of the entity at @p, "&amp;" or "&#1605;"; its bytes in @size, 0 for none. */
static gunichar
read_entity (const char *p, const char *end, gsize *size)
{
  const char *stop = memchr (p, ';', (gsize) MIN (end - p, MAX_ENTITY));

  *size = 0;
  if (stop == NULL || stop - p < 3)
    return 0;
  if (p[1] == '#') {
    gboolean hex = p[2] == 'x' || p[2] == 'X';
    char    *rest;
    guint64  ch = g_ascii_strtoull (p + (hex ? 3 : 2), &rest, hex ? 16 : 10);

    if (rest != stop || ch < 0x20 || !g_unichar_validate ((gunichar) MIN (ch, 0x110000)))
      return 0;
    *size = (gsize) (stop + 1 - p);
    return (gunichar) ch;
  }
  for (guint i = 0; i < G_N_ELEMENTS (ENTITIES); i++)
    if (strlen (ENTITIES[i].name) == (gsize) (stop - p - 1) && strncmp (ENTITIES[i].name, p + 1, (gsize) (stop - p - 1)) == 0) {
      *size = (gsize) (stop + 1 - p);
      return ENTITIES[i].ch;
    }
  return 0;
}

/* How many number signs a heading of Markdown begins with. */
static guint
read_level (const DgScanLine *line)
{
  guint n = 0;

  while (n < line->length && n <= MAX_LEVEL && line->text[n] == '#')
    n++;
  return n > 0 && n <= MAX_LEVEL && n + 1 < line->length && line->text[n] == ' ' ? n : 0;
}

static Marks
look (GArray *lines, DgSource *source)
{
  const char *text = dg_source_text (source);
  gsize       length = strlen (text);
  Marks       marks = {
          .quotes = memmem (text, length, "``", 2) != NULL,
          .dashes = memmem (text, length, " _ ", 3) != NULL,
          .stars = memchr (text, '*', length) != NULL,
  };

  for (const char *p = memchr (text, '&', length); p != NULL && !marks.entities; p = memchr (p + 1, '&', length - (gsize) (p + 1 - text))) {
    gsize size;

    read_entity (p, text + length, &size);
    marks.entities = size > 0;
  }
  if (memchr (text, '#', length) == NULL)
    return marks;
  for (guint i = 0; i < lines->len; i++) {
    guint level = read_level (dg_scan_line_at (lines, i));

    marks.markdown = marks.markdown || (level == 1 && i == 0) || (level == 2 && i > 0);
  }
  return marks;
}

static void
cut (DgScanLine *line, gsize first, gsize last)
{
  line->column += (guint) g_utf8_strlen (line->text, (gssize) first);
  line->text += first;
  line->length -= first + last;
  while (line->length > 0 && *line->text == ' ') {
    line->text++;
    line->length--;
    line->column++;
  }
  while (line->length > 0 && line->text[line->length - 1] == ' ')
    line->length--;
}

/* The mark, one sign once or twice, that stands close round the whole of a line: its bytes; 0 for none.  Inside it does not stand again. */
static gsize
measure_round (const DgScanLine *line, char sign)
{
  const char *text = line->text;
  gsize       n = 0;

  while (n < 3 && n < line->length && text[n] == sign)
    n++;
  if (n == 0 || line->length < 2 * n + 3 || text[n] == ' ' || text[line->length - n - 1] == ' ')
    return 0;
  for (gsize i = line->length - n; i < line->length; i++)
    if (text[i] != sign)
      return 0;
  return memchr (text + n, sign, line->length - 2 * n) == NULL ? n : 0;
}

/* "[words](address)" at @p: where the words end and what is behind it; FALSE for another bracket. */
static gboolean
read_link (const char *p, const char *end, const char **words_end, const char **behind)
{
  const char *close = memchr (p, ']', (gsize) (end - p)), *last;

  if (close == NULL || end - close < 3 || close[1] != '(')
    return FALSE;
  last = memchr (close + 2, ')', (gsize) (end - close - 2));
  if (last == NULL || memchr (close + 2, ' ', (gsize) (last - close - 2)) != NULL)
    return FALSE;
  *words_end = close;
  *behind = last + 1;
  return TRUE;
}

/* Writes [@p, @end) without its marks. */
static void
write_plain (GString *out, const char *p, const char *end, const Marks *marks)
{
  while (p < end) {
    const char *words_end, *behind;
    gsize       size;
    gunichar    ch;

    if (*p == '&' && marks->entities && (ch = read_entity (p, end, &size), size > 0)) {
      g_string_append_unichar (out, ch);
      p += size;
    } else if (marks->quotes && end - p > 1 && (strncmp (p, "``", 2) == 0 || strncmp (p, "''", 2) == 0)) {
      g_string_append (out, *p == '`' ? "\u201C" : "\u201D");
      p += 2;
    } else if (marks->dashes && end - p > 2 && strncmp (p, " _ ", 3) == 0) {
      g_string_append (out, " \u2014 ");
      p += 3;
    } else if (marks->markdown && *p == '[' && read_link (p, end, &words_end, &behind)) {
      write_plain (out, p + 1, words_end, marks);
      p = behind;
    } else if (marks->markdown && end - p > 1 && (strncmp (p, "**", 2) == 0 || strncmp (p, "__", 2) == 0)) {
      p += 2;
    } else {
      g_string_append_c (out, *p++);
    }
  }
}

/* TRUE where a line has a mark inside that is to be written anew. */
static gboolean
has_inside (const DgScanLine *line, const Marks *marks)
{
  return (marks->entities && memchr (line->text, '&', line->length) != NULL)
         || (marks->quotes && (memmem (line->text, line->length, "``", 2) != NULL || memmem (line->text, line->length, "''", 2) != NULL))
         || (marks->dashes && memmem (line->text, line->length, " _ ", 3) != NULL)
         || (marks->markdown
             && (memmem (line->text, line->length, "](", 2) != NULL || memmem (line->text, line->length, "**", 2) != NULL
                 || memmem (line->text, line->length, "__", 2) != NULL));
}

static void
read_ends (DgScanLine *line, const Marks *marks)
{
  const char *words_end, *behind, *end = line->text + line->length;
  guint       level = marks->markdown ? read_level (line) : 0;

  if (level > 0) {
    line->heading = (guint8) level;
    cut (line, level, 0);
  }
  if (marks->markdown && line->length > 2 && line->text[0] == '>' && line->text[1] == ' ')
    cut (line, 1, 0);
  if (line->length > 4 && strncmp (line->text, "![", 2) == 0 && read_link (line->text + 1, end, &words_end, &behind) && behind == end) {
    line->picture = TRUE;
    cut (line, 2, (gsize) (end - words_end));
  }
  if (marks->stars || marks->markdown)
    for (const char *sign = marks->markdown ? "*_" : "*"; *sign != '\0'; sign++) {
      gsize n = measure_round (line, *sign);

      if (n > 0)
        cut (line, n, n);
    }
  if (line->length > 3 && line->text[0] == '^')
    cut (line, 1, line->text[line->length - 1] == '<');
  /* dpa and ANPA end the lines of a head so. */
  if (line->length > 4 && line->text[line->length - 1] == '=' && memchr (line->text, '=', line->length - 1) == NULL)
    cut (line, 0, 1);
}

void
dg_marks_read (GArray *lines, DgSource *source, const DgLabels *labels)
{
  const Marks marks = look (lines, source);
  guint       kept = 0, gap = 0;

  for (guint i = 0; i < lines->len; i++) {
    DgScanLine *line = dg_scan_line_at (lines, i);
    const char *text = line->text;
    gsize       length = line->length;

    read_ends (line, &marks);
    if (has_inside (line, &marks)) {
      GString *plain = g_string_sized_new (line->length);

      write_plain (plain, line->text, line->text + line->length, &marks);
      line->length = plain->len;
      line->text = dg_source_keep (source, g_string_free (plain, FALSE));
      cut (line, 0, 0);
    }
    if (line->length == 0) { /* a picture without words */
      gap += line->gap + 1;
      continue;
    }
    if (line->text != text || line->length != length) {
      line->n_chars = (guint) g_utf8_strlen (line->text, (gssize) line->length);
      line->label_kinds = line->label_langs = 0;
      line->label_length = dg_labels_match (labels, line->text, line->length, &line->label_kinds, &line->label_langs);
    }
    line->gap += gap;
    gap = 0;
    *dg_scan_line_at (lines, kept++) = *line;
  }
  g_array_set_size (lines, kept);
}
