/* place.c: a dateline's pieces: a place, then agency and date in any order, then a dash or a colon. */
#include "read/place.h"

#include "read/date.h"
#include "base/utf.h"

#include <string.h>

enum { MAX_BYTES = 240, MAX_PLACE = 40, MAX_WORDS = 4, MAX_BRACKET_WORDS = 4 };

static gboolean
is_dash (gunichar ch)
{
  return ch == '-' || ch == 0x2013 || ch == 0x2014 || ch == 0x2015 || ch == 0x2212;
}

static gboolean
is_colon (gunichar ch)
{
  return ch == ':' || ch == 0xFF1A;
}

static gunichar
peek (const char *p, const char *end)
{
  return p < end ? g_utf8_get_char (p) : 0;
}

/* TRUE where the sign at @p parts a dateline from its story: a colon, or a dash that is no hyphen; with white space after it. */
static gboolean
is_break (const char *text, const char *p, const char *end)
{
  gunichar    ch = g_utf8_get_char (p);
  const char *before = p > text ? g_utf8_prev_char (p) : NULL;

  if (!is_dash (ch) && !is_colon (ch))
    return FALSE;
  if (ch == '-' && (before == NULL || (*before != ' ' && *before != ')')))
    return FALSE;
  return g_unichar_isspace (peek (g_utf8_next_char (p), end));
}

/* The next such sign; @end where there is none. */
static const char *
find_break (const char *text, const char *p, const char *end, const char *text_end)
{
  for (; p < end; p = g_utf8_next_char (p))
    if (((guchar) *p >= 0x80 || *p == '-' || *p == ':') && is_break (text, p, text_end))
      return p;
  return end;
}

/* The place's end: of the letters that the text begins with. */
static const char *
skip_place (const char *text, const char *end)
{
  const char *p = text, *last = text;

  for (; p < end; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if ((dg_char_traits (ch) & (DG_CHAR_ALPHA | DG_CHAR_MARK)) != 0 || ch == 0x200C || ch == 0x0640)
      last = g_utf8_next_char (p);
    else if (ch == '-' ? p == text || p[-1] == ' ' : ch != ' ' && ch != '\'' && ch != 0x2019 && ch != '.')
      break;
  }
  return last;
}

/* A place's name: few words, each with a capital where the script has them but for short ones in between ("Rio de Janeiro").  @capitals: all
 * of it is in capitals. */
static gboolean
is_name (const DgLabels *labels, const char *text, const char *end, const char *lang, gboolean *capitals)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  guint       n = 0;
  gboolean    start = TRUE, cased = FALSE;
  DgDateFound date;

  *capitals = TRUE;
  if (end == text || end > text + 2 * MAX_PLACE)
    return FALSE;
  for (const char *p = text; p < end; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);
    gboolean lower = (dg_char_traits (ch) & DG_CHAR_LOWER) != 0;

    cased = cased || (dg_char_traits (ch) & DG_CHAR_UPPER) != 0;
    *capitals = *capitals && !lower;
    if (start && lower) {
      const char *word = p;

      while (word < end && *word != ' ')
        word++;
      if (word - p > 4 || word >= end || p == text)
        return FALSE;
    }
    n += start;
    start = ch == ' ';
  }
  *capitals = *capitals && cased;
  /* "May", "Tue", "AFP" are no places. */
  dg_labels_strip_agencies (labels, text, (gsize) (end - text), rest);
  dg_date_read (rest->str, rest->len, lang, &date);
  return n <= MAX_WORDS && date.n_other > 0;
}

/* TRUE where [p, end) holds nothing but agencies, dates and signs, with at least one of the former two; a short name in brackets is an
 * agency too. */
static gboolean
is_furniture (const DgLabels *labels, const char *p, const char *end, const char *lang)
{
  g_autoptr (GString) outside = g_string_new (NULL), rest = g_string_new (NULL);
  guint       n_brackets = 0, n_agencies;
  DgDateFound date;

  while (p < end) {
    const char *open = memchr (p, '(', (gsize) (end - p));
    const char *close = open != NULL ? memchr (open, ')', (gsize) (end - open)) : NULL;
    guint       n_words = 1;

    g_string_append_len (outside, p, (close != NULL ? open : end) - p);
    if (close == NULL)
      break;
    for (const char *q = open; q < close; q++)
      n_words += *q == ' ';
    n_brackets += n_words <= MAX_BRACKET_WORDS;
    if (n_words > MAX_BRACKET_WORDS)
      g_string_append_len (outside, open, close - open);
    g_string_append_c (outside, ' ');
    p = close + 1;
  }
  n_agencies = dg_labels_strip_agencies (labels, outside->str, outside->len, rest);
  dg_date_read (rest->str, rest->len, lang, &date);
  return date.n_other == 0 && (n_agencies > 0 || n_brackets > 0 || date.found);
}

void
dg_place_find (const DgLabels *labels, const char *text, const char *lang, gboolean alone, DgPlaceFound *found)
{
  gsize       length = strlen (text);
  const char *end = text + MIN (length, (gsize) MAX_BYTES), *place, *p;
  gboolean    capitals;

  *found = (DgPlaceFound){ 0, 0 };
  while (end > text && (*end & 0xC0) == 0x80)
    end--;
  place = skip_place (text, end);
  p = alone ? end : find_break (text, place, end, text + length);
  if ((p == end && !alone) || !is_name (labels, text, place, lang, &capitals))
    return;
  /* The story begins after the first sign with nothing but furniture before it: an agency may stand between two dashes. */
  for (; p < end; p = find_break (text, g_utf8_next_char (p), end, text + length)) {
    if (is_furniture (labels, place, p, lang) || (capitals && is_dash (g_utf8_get_char (p)) && strspn (place, " ") == (gsize) (p - place))) {
      found->place_length = (gsize) (place - text);
      found->length = (gsize) (g_utf8_next_char (p) - text);
    }
    if (found->length == 0 && !is_dash (g_utf8_get_char (p)))
      return;
  }
  if (alone && is_furniture (labels, place, text + length, lang)) {
    found->place_length = (gsize) (place - text);
    found->length = length;
  }
}
