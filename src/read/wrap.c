/* wrap.c: is a text hard-wrapped, and which lines belong together?
 *
 * A program that breaks lines at a width puts a word into the next line only when it does not fit any more.  So in wrapped text
 * nearly every line, with the first word of the next one added, is wider than the widest line; in text with a line a paragraph
 * hardly any is. */
#include "read/wrap.h"

#include "base/utf.h"

#include <string.h>

enum { HEAD_LINES = 6 };

enum { MAX_WIDTH = 132, MIN_WIDTH = 24 };

static const DgScanLine *
line_at (const GPtrArray *lines, guint i)
{
  return lines->pdata[i];
}

static gboolean
is_closer (gunichar ch)
{
  switch (g_unichar_type (ch)) {
  case G_UNICODE_CLOSE_PUNCTUATION:
  case G_UNICODE_FINAL_PUNCTUATION:
  case G_UNICODE_INITIAL_PUNCTUATION:
  case G_UNICODE_FORMAT:
  case G_UNICODE_SPACE_SEPARATOR:
  case G_UNICODE_NON_SPACING_MARK: return TRUE;
  default: return ch == '"' || ch == '\'' || ch == '*' || ch == 0x201E || ch == 0x201A;
  }
}

gboolean
dg_wrap_is_closed (const char *text, gsize length)
{
  const char *p = text + length;

  while (p > text) {
    gunichar ch;

    p = g_utf8_prev_char (p);
    ch = g_utf8_get_char (p);
    if (is_closer (ch))
      continue;
    switch (ch) {
    case '.':
    case '!':
    case '?':
    case ':':
    case ';':
    case 0x2026:
    case 0x061B:
    case 0x061F:
    case 0x06D4:
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x037E:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF0E:
    case 0xFF61:
    case 0x05C3:
    case 0x0964: return TRUE;
    default: return FALSE;
    }
  }
  return FALSE;
}

gboolean
dg_wrap_is_item (const char *text, gsize length)
{
  const char *end = text + length, *p = text;
  gunichar    ch;

  if (length == 0)
    return FALSE;
  ch = g_utf8_get_char (p);
  if (ch == '-' || ch == '*' || ch == 0x2022 || ch == 0x2013 || ch == 0x2014 || ch == 0x25CF || ch == 0x25AA || ch == 0x25E6 || ch == 0x2219) {
    p = g_utf8_next_char (p);
    return p < end && g_unichar_isspace (g_utf8_get_char (p));
  }
  for (guint n = 0; p < end && dg_digit_value (g_utf8_get_char (p)) >= 0 && n < 3; n++)
    p = g_utf8_next_char (p);
  if (p == text || p + 1 >= end || (*p != '.' && *p != ')' && *p != '-'))
    return FALSE;
  return g_unichar_isspace (g_utf8_get_char (p + 1));
}

/* Characters of the first word; one for scripts that break anywhere. */
static guint
measure_first_word (const DgScanLine *line)
{
  const char *p = line->text, *end = p + line->length;
  guint       n = 0;

  if (line->script == DG_SCRIPT_HAN)
    return 1;
  for (; p < end && !g_unichar_isspace (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    n++;
  return n;
}

static gboolean
begins_lower (const DgScanLine *line)
{
  return line->length > 0 && g_unichar_islower (g_utf8_get_char (line->text));
}

static gboolean
has_case (const DgScanLine *line)
{
  return line->script == DG_SCRIPT_LATIN || line->script == DG_SCRIPT_CYRILLIC || line->script == DG_SCRIPT_GREEK;
}

static gboolean
is_adjacent (const GPtrArray *lines, guint i)
{
  return line_at (lines, i + 1)->gap == 0 && line_at (lines, i + 1)->n == line_at (lines, i)->n + 1;
}

/* TRUE where the next line's first word would not have fitted into line @i of a text @width wide. */
static gboolean
is_full (const GPtrArray *lines, guint i, guint width)
{
  return line_at (lines, i)->n_chars <= width && (line_at (lines, i)->n_chars + 1 + measure_first_word (line_at (lines, i + 1))) * 100 > width * 92;
}

guint
dg_wrap_find_width (const GPtrArray *lines, gboolean likely)
{
  guint needed = likely ? 1 : 2, head = lines->len > 6 ? 3 : 0, width = 0, n_long = 0, n_pairs = 0, n_full = 0, n_open = 0, n_cased = 0, n_lower = 0;

  for (guint i = 0; i < lines->len; i++) {
    if (line_at (lines, i)->n_chars > MAX_WIDTH)
      n_long++;
    else if (i >= head && line_at (lines, i)->label_length == 0) /* headlines and captions may be wider than what was wrapped */
      width = MAX (width, line_at (lines, i)->n_chars);
  }
  for (guint i = 0, most = width + width / 20; i < head; i++)
    if (line_at (lines, i)->n_chars <= most && line_at (lines, i)->label_length == 0)
      width = MAX (width, line_at (lines, i)->n_chars);
  if (n_long * 10 > lines->len || width < MIN_WIDTH)
    return 0;
  for (guint i = 0; i + 1 < lines->len; i++) {
    const DgScanLine *line = line_at (lines, i), *next = line_at (lines, i + 1);

    if (!is_adjacent (lines, i) || line->n_chars > MAX_WIDTH || next->label_length > 0)
      continue;
    n_pairs++;
    if (!is_full (lines, i, width))
      continue;
    n_full++;
    n_open += !dg_wrap_is_closed (line->text, line->length);
    n_cased += has_case (next);
    n_lower += begins_lower (next);
  }
  if (n_pairs < needed || n_full < needed || n_full * 2 < n_pairs || n_open * 2 < n_full)
    return 0;
  if (n_cased * 2 > n_full)
    return n_lower * 5 >= n_full * 2 ? width : 0;
  return (n_full >= 3 || likely) && n_full * 10 >= n_pairs * 6 ? width : 0;
}

/* TRUE for the first line of the text that bears no label. */
static gboolean
is_first_bare (const GPtrArray *lines, guint i)
{
  if (i > 4 || line_at (lines, i)->label_length > 0)
    return FALSE;
  while (i-- > 0)
    if (line_at (lines, i)->label_length == 0)
      return FALSE;
  return TRUE;
}

/* TRUE for line @i of the first lines of a text, up to a blank one, where these do not end as a sentence does: kicker, headline, byline. */
static gboolean
is_in_open_head (const GPtrArray *lines, guint i)
{
  guint last = i;

  for (guint k = 0; k < i; k++)
    if (!is_adjacent (lines, k))
      return FALSE;
  while (last + 1 < lines->len && is_adjacent (lines, last))
    last++;
  return !dg_wrap_is_closed (line_at (lines, last)->text, line_at (lines, last)->length);
}

static gboolean
joins (const GPtrArray *lines, guint i, guint width, gboolean by_gaps)
{
  const DgScanLine *line = line_at (lines, i), *next = line_at (lines, i + 1);
  gboolean          closed;

  if (!is_adjacent (lines, i) || next->label_length > 0
      || ((line->fixed || next->fixed || line->styled || next->styled)
          && (line->fixed != next->fixed || line->styled != next->styled || line->role != next->role)))
    return FALSE;
  /* A soft hyphen at a line's end says by itself that the word goes on. */
  if (line->length > 2 && memcmp (line->text + line->length - 2, "\xC2\xAD", 2) == 0)
    return TRUE;
  if (line->in_layout)
    return line->label_length == 0;
  if (width == 0 || dg_wrap_is_item (next->text, next->length))
    return FALSE;
  /* Labelled lines other than captions are short ones: source, date, byline. */
  if (line->label_length > 0 && (line->label_kinds & 1u << DG_LABEL_CAPTION) == 0 && !begins_lower (next))
    return FALSE;
  closed = dg_wrap_is_closed (line->text, line->length);
  if (by_gaps && i < HEAD_LINES && has_case (next) && !begins_lower (next) && is_in_open_head (lines, i))
    return FALSE;
  if (by_gaps)
    return is_full (lines, i, width) || (!closed && line->n_chars * 10 > width * 6 && (!has_case (next) || begins_lower (next)));
  if (next->column > line->column + 1) /* an indent opens a paragraph */
    return FALSE;
  /* A headline may fill its line by chance; what goes on after it begins with a small letter. */
  if (is_first_bare (lines, i) && !closed && has_case (next) && !begins_lower (next))
    return FALSE;
  return is_full (lines, i, width) && (!closed || line->n_chars + 1 + measure_first_word (next) > width);
}

GArray *
dg_wrap_join (const GPtrArray *lines, guint width)
{
  GArray  *paragraphs = g_array_new (FALSE, FALSE, sizeof (DgParagraph));
  guint    n_gaps = 0;
  gboolean by_gaps;

  for (guint i = 1; i < lines->len; i++)
    n_gaps += line_at (lines, i)->gap > 0;
  by_gaps = n_gaps >= 2;
  for (guint i = 0; i < lines->len;) {
    DgParagraph paragraph = { .first = i, .n = 1, .gap = line_at (lines, i)->gap, .n_chars = line_at (lines, i)->n_chars };

    while (i + 1 < lines->len && joins (lines, i, width, by_gaps)) {
      i++;
      paragraph.n++;
      paragraph.n_chars += 1 + line_at (lines, i)->n_chars;
    }
    paragraph.closed = dg_wrap_is_closed (line_at (lines, i)->text, line_at (lines, i)->length);
    g_array_append_val (paragraphs, paragraph);
    i++;
  }
  return paragraphs;
}
