/* place.c: a dateline's pieces: a place, then agency and date in any order, then a dash or a colon. */
#include "read/place.h"

#include "read/date.h"
#include "base/utf.h"

#include <string.h>

enum { MAX_BYTES = 240, MAX_PLACE = 40, MAX_WORDS = 4, MAX_BRACKET_WORDS = 4, MAX_FURNITURE = 110 };

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

/* How a dateline may end: with a dash or a colon; with the mark of an agency and nothing else, in brackets, between slashes, in quotation marks or behind a
 * hyphen; with a full stop behind a date and an agency. */
typedef enum { STOP_NONE, STOP_SIGN, STOP_CLOSE, STOP_MARK, STOP_DOT } Stop;

/* A run of dashes, underscores and points at @p: what is behind it; @n of the dashes in it. */
static const char *
skip_dashes (const char *p, const char *end, guint *n)
{
  for (*n = 0; p < end; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (!dg_is_dash (ch) && ch != '_')
      break;
    ++*n;
  }
  return p;
}

/* What stands at @p of a text, and where it ends.  A hyphen inside a word is none; close to what is before it, it counts for what it is told by
 * an agency alone (@close). */
static Stop
read_stop (const char *text, const char *p, const char *end, const char **behind, gboolean *close)
{
  gunichar    ch = g_utf8_get_char (p), before = p > text ? g_utf8_get_char (g_utf8_prev_char (p)) : 0;
  const char *next = g_utf8_next_char (p);
  guint       n;

  *close = FALSE;
  *behind = next;
  if (is_colon (ch))
    return g_unichar_isspace (peek (next, end)) ? STOP_SIGN : STOP_NONE;
  if (ch == '=') /* Belga's */
    return (before == ' ' || before == ')') && g_unichar_isspace (peek (next, end)) ? STOP_SIGN : STOP_NONE;
  if (ch == '.' && g_unichar_isspace (peek (next, end)))
    return STOP_DOT;
  if (dg_is_dash (ch) || ch == '_') {
    *behind = skip_dashes (p, end, &n);
    if (n == 1 && ch == '-' && before != ' ' && before != ')' && before != '.')
      *close = TRUE;
    if (g_unichar_isspace (peek (*behind, end)) || n > 1)
      return STOP_SIGN;
    return STOP_NONE;
  }
  if ((ch == ')' || ch == '/' || ch == 0xBB || ch == 0xFF09) && before != ' ') {
    if (peek (next, end) == '.')
      *behind = ++next;
    return g_unichar_isspace (peek (next, end)) ? STOP_CLOSE : STOP_NONE;
  }
  if (ch == '/' && g_unichar_isspace (peek (next, end)))
    return STOP_CLOSE;
  if (ch == ' ') {
    *behind = p;
    return STOP_MARK;
  }
  return STOP_NONE;
}

/* The place's end: of the letters that the text begins with. */
static const char *
skip_place (const char *text, const char *end)
{
  const char *p = text, *last = text, *word = text;

  for (; p < end; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if ((dg_char_traits (ch) & (DG_CHAR_ALPHA | DG_CHAR_MARK)) != 0 || ch == 0x200C || ch == 0x0640)
      last = g_utf8_next_char (p);
    else if (ch == '-' ? p == text || p[-1] == ' ' || peek (p + 1, end) == ' ' : ch != ' ' && ch != '\'' && ch != 0x2019 && ch != '.')
      break;
    else if (ch == '.' && peek (p + 1, end) == ' ' && p - word > 4) /* "St. John", but "MOSCOW. Nov 4" */
      break;
    word = ch == ' ' ? p : word;
  }
  return last;
}

/* The name of a country or of a second place behind that of a place: "Beirut, Lebanon", "BEIRUT/DAMASCUS", "WASHINGTON, D.C.". */
static const char *
skip_second (const char *place, const char *end)
{
  const char *p = place, *last;

  if (end - p > 3 && p[0] == ' ' && p[1] == '[') { /* "New Delhi [India]" */
    last = skip_place (p + 2, end);
    return last > p + 2 && last < end && *last == ']' ? last + 1 : place;
  }
  if (p >= end || (*p != ',' && *p != '/' && strncmp (p, "\xD8\x8C", 2) != 0))
    return place;
  p += *p == ',' || *p == '/' ? 1 : 2;
  p += strspn (p, " ");
  last = skip_place (p, end);
  return last > p ? last : place;
}

/* An Arabic place is followed by "in" before the day: not a part of its name. */
static const char *
drop_particle (const char *text, const char *place, const char *end)
{
  const char *digit = place + strspn (place, " "), *word = place;

  if (digit >= end || dg_digit_value (g_utf8_get_char (digit)) < 0)
    return place;
  while (word > text && word[-1] != ' ')
    word--;
  if (word == text || place - word > 4 || !dg_is_arabic (g_utf8_get_char (word)))
    return place;
  while (word > text && word[-1] == ' ')
    word--;
  return word;
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

static gboolean
has_letters (const GString *text)
{
  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* What [p, end) holds beside signs. */
typedef struct {
  guint    n_agencies, n_brackets, n_other;
  gboolean date;
} Furniture;

/* A short name in brackets is an agency too. */
static Furniture
read_furniture (const DgLabels *labels, const char *p, const char *end, const char *lang)
{
  g_autoptr (GString) outside = g_string_new (NULL), rest = g_string_new (NULL);
  Furniture   found = { 0 };
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
    g_string_truncate (rest, 0);
    if (dg_labels_strip_agencies (labels, open, (gsize) (close - open), rest) > 0)
      found.n_agencies++;
    found.n_brackets += n_words <= MAX_BRACKET_WORDS;
    if (n_words > MAX_BRACKET_WORDS)
      g_string_append_len (outside, open, close - open);
    g_string_append_c (outside, ' ');
    p = close + 1;
  }
  g_string_truncate (rest, 0);
  found.n_agencies += dg_labels_strip_agencies (labels, outside->str, outside->len, rest);
  dg_date_read (rest->str, rest->len, lang, &date);
  /* "4 - 11 (KUNA)": numbers alone are a day, in an order that nobody can tell. */
  found.n_other = date.n_other > 0 && found.n_agencies > 0 && !has_letters (rest) ? 0 : date.n_other;
  found.date = date.found;
  return found;
}

/* TRUE where a stop of its kind ends the dateline [@text, @p) whose place ends at @place.  @opened: an agency stands before the place. */
static gboolean
ends_dateline (const DgLabels *labels, const char *place, const char *p, Stop stop, gboolean close, gboolean bare, gboolean opened, const char *lang)
{
  Furniture found;
  guint     n_slashes = 0;

  if (p - place > MAX_FURNITURE)
    return FALSE;
  found = read_furniture (labels, place, p, lang);
  for (const char *q = place; q < p; q++)
    n_slashes += *q == '/';
  /* Who wrote it may stand between slashes, with the agency. */
  if (found.n_other > 0 && (n_slashes < 2 || found.n_agencies == 0 || found.n_other > MAX_WORDS))
    return FALSE;
  switch (stop) {
  case STOP_SIGN:
    if (close) /* "BEIRUT- The harbour" */
      return found.n_agencies > 0 || opened || (bare && p - place < 2 && g_unichar_isupper (peek (p + 2, p + 3)));
    return found.n_agencies > 0 || found.n_brackets > 0 || found.date || bare || opened;
  case STOP_CLOSE: return found.n_agencies > 0 && (found.date || *place == ':' || n_slashes > 1);
  case STOP_MARK: return found.n_agencies > 0 && (*place == '-' || *place == '/');
  case STOP_DOT: return found.n_agencies > 0 && found.date;
  case STOP_NONE: break;
  }
  return FALSE;
}

/* An agency and a dash may open the dateline, "(ANSA) - ROMA, 4 NOV -": what is behind them; @text where none do. */
static const char *
skip_agency (const DgLabels *labels, const char *text, const char *end)
{
  for (const char *p = text; p < end && p - text < MAX_PLACE; p = g_utf8_next_char (p)) {
    g_autoptr (GString) rest = NULL;
    const char *next = g_utf8_next_char (p);
    DgPhrases   phrases;

    if (!dg_is_dash (g_utf8_get_char (p)) || p == text || p[-1] != ' ' || peek (next, end) != ' ')
      continue;
    rest = g_string_new (NULL);
    dg_labels_find_phrases (labels, text, (gsize) (p - 1 - text), &phrases);
    if ((phrases.whole & 1u << DG_LABEL_OPENING) == 0
        && (dg_labels_strip_agencies (labels, text, (gsize) (p - text), rest) != 1 || rest->str[strspn (rest->str, " ()[]«»/")] != '\0'))
      return text;
    return next + strspn (next, " ");
  }
  return text;
}

/* The end of the place in "BEIRUT-SANA said": before a hyphen that an agency stands behind. */
static const char *
cut_agency (const DgLabels *labels, const char *text, const char *place)
{
  const char *hyphen = memchr (text, '-', (gsize) (place - text)), *word = hyphen;
  g_autoptr (GString) rest = NULL;

  if (hyphen == NULL || hyphen == text)
    return place;
  while (word < place && *word != ' ')
    word++;
  rest = g_string_new (NULL);
  return dg_labels_strip_agencies (labels, hyphen + 1, (gsize) (word - hyphen - 1), rest) > 0 && rest->len == 0 ? hyphen : place;
}

/* Behind the dash or colon that follows an agency's mark; @behind where none does. */
static const char *
skip_sign (const char *text, const char *behind, const char *end)
{
  const char *sign = behind + strspn (behind, " "), *last;
  gboolean    close;

  return sign < end && read_stop (text, sign, end, &last, &close) == STOP_SIGN ? last : behind;
}

/* TRUE where some sign that a dateline may end with follows the place: most paragraphs are done with this look. */
static gboolean
has_stop (const char *text, const char *place, const char *end)
{
  const char *behind;
  gboolean    close, digit = FALSE;

  if (place < end && (*place == '-' || *place == '/')) /* "BEIRUT-SANA said" */
    return TRUE;
  for (const char *p = place; p < end && p - place <= 2 * MAX_FURNITURE; p = g_utf8_next_char (p)) {
    if (((guchar) *p >= 0x80 || memchr ("-:_)/=", *p, 6) != NULL || (*p == '.' && digit)) && read_stop (text, p, end, &behind, &close) != STOP_NONE)
      return TRUE;
    digit = digit || g_ascii_isdigit (*p);
  }
  return FALSE;
}

void
dg_place_find (const DgLabels *labels, const char *text, const char *lang, gboolean alone, DgPlaceFound *found)
{
  gsize       length = strlen (text);
  const char *end = text + MIN (length, (gsize) MAX_BYTES), *start = text, *place, *second;
  gboolean    capitals;

  *found = (DgPlaceFound){ 0, 0, 0 };
  while (end > text && (*end & 0xC0) == 0x80)
    end--;
  if (!alone)
    start = skip_agency (labels, text, end);
  place = drop_particle (start, cut_agency (labels, start, skip_place (start, end)), end);
  if (!alone && !has_stop (text, place, text + length))
    return;
  if (!is_name (labels, start, place, lang, &capitals))
    return;
  second = skip_second (place, end);
  /* The story begins after the first sign with nothing but furniture before it: an agency may stand between two dashes. */
  for (const char *p = place; p < end && !alone && p - place <= 2 * MAX_FURNITURE; p = g_utf8_next_char (p)) {
    const char *behind;
    gboolean    close, bare;
    Stop        stop = read_stop (text, p, text + length, &behind, &close);

    if (stop == STOP_NONE || (stop == STOP_MARK && ((*place != '-' && *place != '/') || p == place)))
      continue;
    bare = capitals && !is_colon (g_utf8_get_char (p)) && g_unichar_isspace (peek (behind, text + length));
    for (const char *from = place; from != NULL && found->length == 0; from = from == place && second > place && second <= p ? second : NULL)
      if (ends_dateline (labels, from, stop == STOP_CLOSE ? behind : p, stop, close, bare && strspn (from, " .") == (gsize) (p - from), start > text, lang)) {
        found->start = (gsize) (start - text);
        found->place_length = (gsize) (from - start);
        found->length = (gsize) ((stop == STOP_CLOSE || stop == STOP_MARK ? skip_sign (text, behind, text + length) : behind) - text);
      }
    if (found->length == 0 && is_colon (g_utf8_get_char (p)) && p > place)
      return;
    if (stop == STOP_SIGN)
      p = g_utf8_prev_char (behind);
  }
  if (alone) {
    Furniture whole = read_furniture (labels, place, text + length, lang);

    if (whole.n_other > 0 || (whole.n_agencies == 0 && whole.n_brackets == 0 && !whole.date))
      return;
    found->place_length = (gsize) (place - text);
    found->length = length;
  }
}
