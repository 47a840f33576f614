/* cues.c: one walk over the characters of each paragraph, then the looks that take a neighbour: lists, tables, verse, echoes. */
#include "read/cues.h"

#include "read/date.h"
#include "read/place.h"
#include "base/utf.h"

#include <string.h>

/* Phrases are looked for in lines of so many characters at most, labels, dates and agencies in short ones only. */
enum { PHRASED = 420 };

enum { MAX_CODE = 48, MAX_INITIALS = 24, MAX_NAME = 48, MAX_PAGE = 28, MAX_CREDIT = 120, MAX_VERSE = 64, SURE_VERSE = 46, LEADS = 24, LONG_WORD = 5 };

static int
compare_guint (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

/* What the body's paragraphs are like: those without label, the first three of the text aside where enough others are left. */
static void
measure (DgCuedText *text)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = text->paragraphs->len, skip = n > 6 ? 3 : n > 3 ? 2 : n > 2, n_closed = 0, n_gaps = 0, n_lines = 0;

  for (guint i = skip; i < n; i++) {
    const DgParagraph *paragraph = dg_cue_paragraph (text, i);

    if (dg_cue_line (text, i)->label_length > 0 && paragraph->n_chars < DG_CUE_SHORT)
      continue;
    /* Lines of verse stand close together between paragraphs that do not. */
    if (paragraph->n_chars > MAX_VERSE || paragraph->gap > 0) {
      n_lines++;
      n_gaps += paragraph->gap > 0;
    }
    if (paragraph->n_chars < 40 && !paragraph->closed)
      continue;
    g_array_append_val (sizes, paragraph->n_chars);
    n_closed += paragraph->closed;
  }
  g_array_sort (sizes, compare_guint);
  text->n_body = sizes->len;
  text->median = sizes->len > 0 ? g_array_index (sizes, guint, sizes->len / 2) : 0;
  text->closed = sizes->len > 0 ? (double) n_closed / sizes->len : 0;
  text->by_gaps = n_gaps * 3 > n_lines * 2;
}

/* Numbers, by value; what has an @ or is a path is as good as a number: both texts have the same. */
static void
add_number (DgCue *cue, guint32 value)
{
  if (cue->n_numbers < DG_CUE_NUMBERS)
    cue->numbers[cue->n_numbers++] = value;
}

/* A quotation mark, but for the one in a Hebrew word's middle. */
static gboolean
is_quote (gunichar ch, gunichar before, const char *next, const char *end)
{
  if (ch == '"')
    return (dg_char_traits (before) & DG_CHAR_ALPHA) == 0 || next >= end || (dg_char_traits (g_utf8_get_char (next)) & DG_CHAR_ALPHA) == 0;
  return ch == 0xAB || ch == 0xBB || (ch >= 0x201C && ch <= 0x201E) || (ch >= 0x300C && ch <= 0x300F);
}

/* Counts words by their kinds and collects the numbers. */
static void
count (DgCue *cue, const DgScanLine *line)
{
  const char *p = line->text, *end = p + line->length;
  gunichar    before = ' ';
  guint32     number = 0;
  gboolean    in_number = FALSE, start = TRUE;
  gboolean    han = line->script == DG_SCRIPT_HAN || line->script == DG_SCRIPT_KANA;
  guint       n_lower = 0, n_upper = 0, size = 0, n_small_long = 0, n_quotes = 0;
  gboolean    small = FALSE; /* the word begins with a small letter */

  while (p < end) {
    gunichar ch = dg_utf8_read (&p);
    guint    traits = dg_char_traits (ch);
    int      digit = (traits & DG_CHAR_DIGIT) != 0 ? dg_digit_value (ch) : -1;

    if ((traits & DG_CHAR_ALPHA) != 0) {
      gboolean lower = (traits & DG_CHAR_LOWER) != 0, upper = (traits & DG_CHAR_UPPER) != 0;

      cue->n_letters++;
      small = start ? lower : small;
      size = start ? 1 : size + 1;
      n_small_long += small && size == LONG_WORD;
      n_upper += upper;
      n_lower += lower;
      cue->n_words += start && !han;
      cue->n_capitals += start && upper;
      cue->n_small += start && lower;
    } else if (digit >= 0) {
      cue->n_digits++;
      cue->n_words += start;
      number = number * 10 + (guint32) digit;
      in_number = TRUE;
    }
    if (in_number && digit < 0 && ch != ',' && ch != '.' && ch != 0x066B && ch != 0x066C) {
      add_number (cue, number);
      in_number = FALSE;
      number = 0;
    }
    cue->separated = cue->separated || ch == ',' || ch == '(' || ch == '|' || ch == 0xB7 || ch == 0x060C || dg_is_dash (ch);
    start = (traits & DG_CHAR_ALPHA) == 0 && !dg_is_word_char (ch);
    n_quotes += (traits & DG_CHAR_ALNUM) == 0 && is_quote (ch, before, p, end);
    before = ch;
  }
  cue->speech = n_quotes > 0;
  cue->torn = n_quotes % 2 == 1;
  if (in_number)
    add_number (cue, number);
  if (han) /* a word has about two characters */
    cue->n_words += (cue->n_letters + 1) / 2;
  cue->last = before;
  cue->ends_dash = dg_is_dash (before);
  cue->cased = n_lower + n_upper > 0;
  cue->upper = n_upper > 2 && n_lower == 0;
  cue->title = cue->cased && cue->n_capitals >= 2 && n_small_long == 0;
}

/* A full stop inside, with more text after it: two sentences. */
static gboolean
has_inner_stop (const DgScanLine *line)
{
  const char *end = line->text + line->length;

  for (const char *p = line->text; p + 3 < end; p++)
    if ((*p == '.' || *p == '!' || *p == '?') && p[1] == ' ' && p - line->text > 20 && (g_ascii_islower (p[-1]) || (guchar) p[-1] >= 0x80))
      return TRUE;
  return FALSE;
}

/* TRUE where @text up to @p ends in http or https. */
static gboolean
ends_scheme (const char *text, const char *p)
{
  return (p - text >= 4 && g_ascii_strncasecmp (p - 4, "http", 4) == 0) || (p - text >= 5 && g_ascii_strncasecmp (p - 5, "https", 5) == 0);
}

gboolean
dg_cues_has_address (const char *text, gsize length)
{
  const char *end = text + length;
  guint       digits = 0, groups = 0;
  gboolean    plus = FALSE, inside = FALSE;

  for (const char *p = text; p < end; p++) {
    if (*p == '@' && p > text && p + 3 < end && (g_ascii_isalnum (p[-1]) || p[-1] == '_') && g_ascii_isalnum (p[1])
        && memchr (p, '.', (gsize) (end - p)) != NULL)
      return TRUE;
    if ((*p == ':' && end - p > 2 && p[1] == '/' && p[2] == '/' && ends_scheme (text, p))
        || ((*p == 'w' || *p == 'W') && end - p > 4 && g_ascii_strncasecmp (p, "www.", 4) == 0 && g_ascii_isalnum (p[4])))
      return TRUE;
  }
  for (const char *p = text; p < end;) {
    gunichar ch = dg_utf8_read (&p);

    if (dg_digit_value (ch) >= 0) {
      groups += !inside;
      inside = TRUE;
      digits++;
    } else {
      inside = FALSE;
      plus = plus || ch == '+' || ch == 0xFF0B;
      if (ch != ' ' && ch != '-' && ch != '(' && ch != ')' && ch != '.' && ch != '/' && ch != '+' && ch != 0xA0 && ch != 0x2013 && !dg_is_bidi_control (ch)) {
        if (digits >= 7 && digits <= 15 && (plus || groups >= 2))
          return TRUE;
        digits = groups = 0;
        plus = FALSE;
      }
    }
  }
  return digits >= 7 && digits <= 15 && (plus || groups >= 3);
}

/* The words of a line and the longest of them, in letters; what is no letter, digit or space is counted in @signs. */
typedef struct {
  guint n, longest, n_digit_words, n_mixed, signs, slashes, dots, colons, angles;
} Tokens;

static Tokens
read_tokens (const DgScanLine *line)
{
  Tokens   tokens = { 0 };
  guint    letters = 0, digits = 0;
  gunichar before = 0;

  for (const char *p = line->text, *end = p + line->length;;) {
    gunichar ch = p < end ? dg_utf8_read (&p) : ' ';
    guint    traits = dg_char_traits (ch);
    gboolean last = p >= end && ch == ' ';
    gboolean spaced = before == ' ';

    if ((traits & DG_CHAR_ALPHA) != 0) {
      letters++;
    } else if ((traits & DG_CHAR_DIGIT) != 0) {
      digits++;
    } else if ((traits & DG_CHAR_MARK) == 0) {
      tokens.n += letters + digits > 0;
      tokens.n_digit_words += digits > 0;
      tokens.n_mixed += digits > 0 && letters > 0;
      tokens.longest = MAX (tokens.longest, letters);
      letters = digits = 0;
      tokens.signs += ch != ' ';
      tokens.slashes += ch == '/';
      tokens.dots += ch == '.';
      tokens.colons += ch == ':';
      tokens.angles += spaced && p < end && *p == ' ' && (ch == '>' || ch == 0x203A || ch == 0xBB || ch == 0x2192 || ch == 0x2190 || ch == 0x2039 || ch == '/');
    }
    before = ch;
    if (last)
      break;
  }
  if (letters + digits > 0) { /* the line ended inside a word */
    tokens.n++;
    tokens.n_digit_words += digits > 0;
    tokens.n_mixed += digits > 0 && letters > 0;
    tokens.longest = MAX (tokens.longest, letters);
  }
  return tokens;
}

/* "BC-Wadi Nahl-Education, 2nd Ld-Writethru, 144": two capitals, a hyphen, keywords joined by hyphens, a number of words. */
static gboolean
is_slug (const DgScanLine *line)
{
  const char *p = line->text, *end = p + line->length;

  while (end > p && strchr ("<^=", end[-1]) != NULL)
    end--;
  if (p < end && *p == '*') { /* "*9006< ^AP-…" */
    const char *code = p + 1;

    while (code < end && g_ascii_isdigit (*code))
      code++;
    p = code > p + 1 && code < end && *code == '<' ? code + 1 + strspn (code + 1, " ") : p;
  }
  if (p < end && *p == '^')
    p++;
  if (end - p < 8 || end - p > 100 || !g_ascii_isupper (p[0]) || !g_ascii_isupper (p[1]) || p[2] != '-')
    return FALSE;
  return (g_ascii_isdigit (end[-1]) && memchr (p, ',', (gsize) (end - p)) != NULL) || (end - p < 40 && memchr (p + 3, '-', (gsize) (end - p - 3)) != NULL);
}

/* "(Photo by Dalia Issa/Agencies)" at the end: brackets with a slash, an agency, or the words of a caption's label. */
static gboolean
has_credit (const DgCuedText *text, const DgScanLine *line)
{
  const char *end = line->text + line->length, *open = end;
  DgPhrases   phrases;
  g_autoptr (GString) rest = NULL;
  char close;

  if (end - line->text < 12)
    return FALSE;
  close = end[-1] == '.' ? end[-2] : end[-1];
  if (close != ')' && close != ']')
    return FALSE;
  while (open > line->text && *open != (close == ')' ? '(' : '['))
    open--;
  if (open == line->text || g_utf8_strlen (open, end - open) > MAX_NAME * 2)
    return FALSE;
  dg_labels_find_phrases (text->labels, open, (gsize) (end - open), &phrases);
  if ((phrases.begins & (1u << DG_LABEL_CAPTION | 1u << DG_LABEL_SIGNOFF)) != 0)
    return TRUE;
  if (memchr (open, '/', (gsize) (end - open)) == NULL)
    return FALSE;
  rest = g_string_new (NULL);
  return dg_labels_strip_agencies (text->labels, open, (gsize) (end - open), rest) > 0;
}

/* "Page 3 of 5", "- 3 -", "3 / 5": numbers that count pages, and at most the word for one. */
static gboolean
is_page (const DgCue *cue, const DgParagraph *paragraph, const Tokens *tokens)
{
  gboolean word = (cue->phrases.within & 1u << DG_LABEL_PAGE) != 0;

  if (paragraph->n_chars > MAX_PAGE || cue->n_numbers == 0 || cue->n_numbers > 2 || tokens->n_mixed > 0 || tokens->longest > 12 || cue->numbers[0] > 2000)
    return FALSE;
  if (cue->n_numbers == 2 && cue->numbers[0] > cue->numbers[1])
    return FALSE;
  if (word)
    return tokens->n - tokens->n_digit_words <= cue->n_numbers && !cue->day;
  return cue->n_letters == 0 && !cue->date && (cue->n_numbers == 2 ? tokens->slashes == 1 : cue->ends_dash && tokens->signs >= 2);
}

/* Two or three words, each with a capital where the script has them: a person's name and nothing else. */
static gboolean
is_name (const DgCue *cue, const DgParagraph *paragraph)
{
  if (paragraph->n_chars > MAX_NAME || paragraph->closed || cue->speech || cue->bracketed || cue->n_digits > 0 || cue->n_words < 2 || cue->n_words > 4
      || cue->n_agencies > 0)
    return FALSE;
  return cue->cased ? cue->n_capitals >= 2 && cue->n_small <= 1 && !(cue->upper && cue->n_words > 3) : cue->n_words <= 3;
}

static gboolean
is_bracketed (const DgScanLine *line)
{
  char first = line->text[0], last = line->text[line->length - 1];

  if (last == '.' && line->length > 2)
    last = line->text[line->length - 2];
  return (first == '(' && last == ')') || (first == '[' && last == ']');
}

/* A line may tell two dates, parted by a bar: "Published 4 May, 12:03 | Updated 4 May, 18:40". */
static void
read_dates (const GString *line, const char *lang, DgDateFound *date)
{
  const char *from = line->str, *end = line->str + line->len;

  *date = (DgDateFound){ .date = DG_DATE_NONE };
  while (from <= end) {
    const char *bar = memchr (from, '|', (gsize) (end - from));
    DgDateFound piece;

    bar = bar != NULL ? bar : end;
    dg_date_read (from, (gsize) (bar - from), lang, &piece);
    piece.n_other += date->n_other;
    if (date->found)
      date->n_other = piece.n_other;
    else
      *date = piece;
    from = bar + 1;
  }
}

/* TRUE for a line of nothing but tags: "#harbour #Fishing_boats". */
static gboolean
is_hashtags (const DgScanLine *line)
{
  const char *p = line->text, *end = p + line->length;

  while (p < end) {
    if (*p != '#' || p + 1 == end || !(g_unichar_isalnum (g_utf8_get_char (p + 1))))
      return FALSE;
    while (p < end && *p != ' ')
      p++;
    while (p < end && *p == ' ')
      p++;
  }
  return TRUE;
}

/* What only short lines are asked. */
static void
read_short (const DgCuedText *text, guint i, DgCue *cue)
{
  const DgScanLine  *line = dg_cue_line (text, i);
  const DgParagraph *paragraph = dg_cue_paragraph (text, i);
  Tokens             tokens = read_tokens (line);
  g_autoptr (GString) rest = g_string_sized_new (line->length);
  DgDateFound date;

  cue->n_agencies = dg_labels_strip_agencies (text->labels, line->text, line->length, rest);
  read_dates (rest, text->lang, &date);
  cue->date = date.found;
  cue->day = date.date.day > 0 || date.date.own_day > 0;
  cue->n_other = date.n_other;
  cue->seconds = cue->date && cue->n_letters <= 4 && tokens.colons >= 2;
  cue->mark = cue->n_agencies > 0 && tokens.slashes > 0 && cue->n_other > 0 && cue->n_words <= 8 && !paragraph->closed && !cue->date;
  cue->hashtags = is_hashtags (line);
  cue->bracketed = is_bracketed (line);
  cue->starred = line->text[0] == '*' || line->text[0] == '/' || (line->length > 2 && strncmp (line->text, "--", 2) == 0);
  cue->slug = is_slug (line);
  cue->codes = tokens.n_mixed >= 2 && tokens.n_mixed * 2 >= tokens.n && cue->n_capitals * 2 >= cue->n_words && !paragraph->closed;
  cue->crumbs = tokens.angles >= 2 && tokens.n <= 12 && !paragraph->closed;
  cue->page = is_page (cue, paragraph, &tokens);
  cue->credit = paragraph->n_chars > 20 && has_credit (text, line);
  cue->name = is_name (cue, paragraph);
  if (paragraph->n_chars <= MAX_INITIALS && cue->n_digits == 0 && !cue->speech && cue->last != '?' && cue->last != 0x061F && tokens.longest <= 3
      && tokens.n >= 2 && cue->n_letters <= 12)
    cue->initials = tokens.slashes > 0 || tokens.dots > 0 || !cue->cased || cue->n_capitals == 0;
  if (paragraph->n_chars <= 6 && tokens.slashes == 2 && cue->n_letters <= 4)
    cue->initials = TRUE;
  if (paragraph->n_chars <= MAX_CODE && !cue->day && !cue->page) {
    /* No word of four letters in small ones, and a number, or words and numbers grown together. */
    gboolean words = tokens.longest > (cue->cased ? 4 : 3) || cue->n_small > 2;

    cue->code = tokens.n_digit_words > 0 && tokens.n <= 5 && !words && (cue->n_letters < 10 || tokens.n_mixed > 0) && (tokens.signs > 0 || tokens.n == 1);
    cue->reference = (tokens.n_digit_words > 0 && tokens.n - tokens.n_digit_words <= 3 && tokens.slashes > 0 && !cue->date)
                     || (tokens.slashes >= 2 && cue->last == '/' && !paragraph->closed && tokens.n <= 6);
  }
}

static void
read_cue (const DgCuedText *text, guint i)
{
  const DgScanLine  *line = dg_cue_line (text, i);
  const DgParagraph *paragraph = dg_cue_paragraph (text, i);
  DgCue             *cue = dg_cue_at (text, i);

  count (cue, line);
  cue->inner_stop = has_inner_stop (line);
  if (paragraph->n_chars <= PHRASED) {
    dg_labels_find_phrases (text->labels, line->text, line->length, &cue->phrases);
    cue->address = dg_cues_has_address (line->text, line->length);
  }
  if (paragraph->n_chars <= DG_CUE_SHORT)
    read_short (text, i, cue);
  if (paragraph->n_chars > 30 && i < LEADS) {
    g_autofree char *words = g_strndup (line->text, line->length);
    DgPlaceFound     found;

    dg_place_find (text->labels, words, text->lang, FALSE, &found);
    cue->lead = found.place_length > 0 && found.length < line->length;
  }
  for (const char *p = line->text; p < line->text + line->length; p++)
    cue->n_cells += *p == '\t' && p[-1] != '\t';
  cue->n_cells += cue->n_cells > 0;
}

/* The mark that an item of a list begins with: its kind and its place in the list, from 1; kind 0 for none. */
static gunichar
read_mark (const DgScanLine *line, guint *place)
{
  static const char *const alphabets[] = { "abcdefghijklmnopqrstuvwxyz",      "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ",
                                           "абвгдежзиклмнопрстуфхцчшщэюя",    "אבגדהוזחטיכלמנסעפצקרשת",       "αβγδεζηθικλμνξοπρστυφχψω",
                                           "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی" };
  const char              *p = line->text, *end = p + line->length;
  gunichar                 ch = g_utf8_get_char (p), open = 0;
  guint                    value = 0, n = 0;

  *place = 0;
  if (dg_wrap_is_item (line->text, line->length) && dg_digit_value (ch) < 0)
    return ch;
  if (ch == '(' || ch == '[') {
    open = ch;
    p = g_utf8_next_char (p);
  }
  for (; p < end && dg_digit_value (g_utf8_get_char (p)) >= 0 && n < 3; n++, p = g_utf8_next_char (p))
    value = value * 10 + (guint) dg_digit_value (g_utf8_get_char (p));
  if (n == 0 && p < end) {
    gunichar letter = dg_fold_char (g_utf8_get_char (p));

    value = 1; /* any letter may be the first; the order is looked at with the next */
    for (guint a = 0; letter != 0 && a < G_N_ELEMENTS (alphabets); a++) {
      const char *found = g_utf8_strchr (alphabets[a], -1, letter);

      if (found != NULL) {
        value = 1 + (guint) g_utf8_pointer_to_offset (alphabets[a], found);
        break;
      }
    }
    if (!g_unichar_isalpha (letter))
      return 0;
    p = g_utf8_next_char (p);
    while (p < end && g_utf8_get_char (p) == 0x0640)
      p = g_utf8_next_char (p);
  }
  if (p >= end || (n == 0 && *p != ')' && *p != ']' && !(open == 0 && *p == '.')) || (*p != ')' && *p != ']' && *p != '.' && *p != '-'))
    return 0;
  if (p + 1 >= end || !g_unichar_isspace (g_utf8_get_char (p + 1)))
    return 0;
  *place = value;
  return (gunichar) *p + (open != 0 ? 256 : 0) + (n == 0 ? 512 : 0);
}

/* Runs of items that have one kind of mark, numbers and letters going up. */
static void
find_lists (const DgCuedText *text)
{
  for (guint i = 0; i < text->paragraphs->len;) {
    guint    place, last, first = i;
    gunichar mark = read_mark (dg_cue_line (text, i), &place);
    gboolean letters = mark >= 512 && place > 0;

    last = place;
    for (i++; mark != 0 && i < text->paragraphs->len; i++) {
      guint    next;
      gunichar other = read_mark (dg_cue_line (text, i), &next);

      if (other != mark || (place > 0 && !letters && next != last + 1) || (letters && next == last))
        break;
      last = next;
    }
    for (guint k = first; mark != 0 && k < i; k++)
      dg_cue_at (text, k)->n_items = i - first;
  }
}

/* Rows of one number of cells, two at least. */
static void
find_tables (const DgCuedText *text)
{
  for (guint i = 0; i < text->paragraphs->len;) {
    guint first = i, cells = dg_cue_at (text, i)->n_cells;

    for (i++; i < text->paragraphs->len && dg_cue_at (text, i)->n_cells == cells; i++)
      ;
    if (i - first < 2)
      for (guint k = first; k < i; k++)
        dg_cue_at (text, k)->n_cells = 0;
  }
}

/* Runs of short lines, three at least, that stand close together where paragraphs do not, or that are much shorter than these. */
static void
find_verse (const DgCuedText *text)
{
  guint n = text->paragraphs->len;

  for (guint i = 1; i < n;) {
    guint first = i, closed = 0;

    if (dg_cue_line (text, i)->quoted) { /* it was known by standing in the other text */
      dg_cue_at (text, i++)->n_verse = 3;
      continue;
    }

    for (; i < n; i++) {
      const DgParagraph *paragraph = dg_cue_paragraph (text, i);
      const DgCue       *cue = dg_cue_at (text, i);

      if (paragraph->n > 1 || paragraph->n_chars > MAX_VERSE || (!text->by_gaps && paragraph->n_chars > SURE_VERSE && paragraph->n_chars * 2 > text->median)
          || cue->n_digits > 0 || dg_cue_line (text, i)->label_length > 0 || cue->n_items > 0 || cue->n_cells > 0 || cue->address || cue->n_words < 2
          || cue->date || (i > first && paragraph->gap > 0 && text->by_gaps) || cue->last == ':')
        break;
      closed += paragraph->closed;
    }
    if (i - first >= 3 && closed * 2 <= i - first && (text->by_gaps || i - first >= 4)
        && (dg_cue_paragraph (text, first - 1)->closed || dg_cue_paragraph (text, first - 1)->n_chars > MAX_VERSE || dg_cue_at (text, first - 1)->n_verse > 0))
      for (guint k = first; k < i; k++)
        dg_cue_at (text, k)->n_verse = i - first;
    i = MAX (i, first + 1);
  }
}

/* TRUE for a line in two halves with a wide gap or a sign between them, as Arabic verse is written: "… * …", "… *** …", "… // …". */
static gboolean
is_in_halves (const DgScanLine *line)
{
  const char *end = line->text + line->length;
  guint       n_words = 0, n_before = 0, n_gaps = 0;

  for (const char *p = line->text; p < end;) {
    const char *word = p, *next;
    gboolean    signs = TRUE;

    for (; p < end && *p != ' '; p++)
      signs = signs && (strchr ("*/#~", *p) != NULL || (p > word && *p == '.') || (*p == '.' && p + 1 < end && p[1] == '.'));
    for (next = p; next < end && *next == ' '; next++)
      ;
    if (signs || next - p >= 3) {
      n_words += !signs;
      n_before = n_words;
      n_gaps += next < end && word > line->text && (!signs || p - word != 2 || *word != '.');
      n_gaps += next >= end ? 2 : 0;
    } else {
      n_words++;
    }
    p = next;
  }
  return n_gaps == 1 && n_before >= 2 && n_words - n_before >= 2;
}

/* Runs of lines in two halves, two at least. */
static void
find_couplets (const DgCuedText *text)
{
  for (guint i = 1; i < text->paragraphs->len;) {
    guint first = i;

    for (; i < text->paragraphs->len; i++) {
      const DgCue *cue = dg_cue_at (text, i);

      if (dg_cue_paragraph (text, i)->n > 1 || cue->n_items > 0 || cue->n_cells > 0 || cue->n_digits > 0 || !is_in_halves (dg_cue_line (text, i)))
        break;
    }
    for (guint k = first; i - first >= 2 && k < i; k++)
      dg_cue_at (text, k)->n_verse = MAX (i - first, 3);
    i = MAX (i, first + 1);
  }
}

static gboolean
find_bytes (const char *text, gsize length, const char *bytes, gsize size)
{
  for (const char *p = text; p + size <= text + length; p++)
    if (memcmp (p, bytes, size) == 0)
      return TRUE;
  return FALSE;
}

/* "[3]", "(3)" or "*" at a paragraph's beginning that an earlier one has inside. */
static void
find_references (const DgCuedText *text)
{
  for (guint i = 1; i < text->paragraphs->len; i++) {
    const DgScanLine *line = dg_cue_line (text, i);
    gsize             size = 0;

    if (i + DG_CUE_FOOT < text->paragraphs->len)
      continue;
    if (line->text[0] == '[') {
      const char *close = memchr (line->text, ']', MIN (line->length, (gsize) 6));

      size = close != NULL && g_ascii_isdigit (line->text[1]) ? (gsize) (close + 1 - line->text) : 0;
    } else if (line->length > 2 && (g_unichar_digit_value (g_utf8_get_char (line->text)) >= 0 || g_utf8_get_char (line->text) == 0x2020)
               && (guchar) line->text[0] >= 0x80 && g_unichar_type (g_utf8_get_char (line->text)) != G_UNICODE_DECIMAL_NUMBER) {
      size = (gsize) (g_utf8_next_char (line->text) - line->text); /* a raised number, a dagger */
    }
    for (guint k = 0; size > 0 && k < i; k++) {
      const DgParagraph *paragraph = dg_cue_paragraph (text, k);

      for (guint l = 0; l < paragraph->n && !dg_cue_at (text, i)->reference_mark; l++) {
        const DgScanLine *other = text->lines->pdata[paragraph->first + l];

        dg_cue_at (text, i)->reference_mark = other->length > size && find_bytes (other->text + 1, other->length - 1, line->text, size);
      }
    }
  }
}

/* Lines that stand twice: what runs over pages. */
static void
find_repeats (const DgCuedText *text)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < text->paragraphs->len; i++) {
    const DgScanLine *line = dg_cue_line (text, i);
    char             *key;
    gpointer          before;

    if (dg_cue_paragraph (text, i)->n_chars > 90)
      continue;
    key = g_strndup (line->text, line->length);
    if (g_hash_table_lookup_extended (seen, key, NULL, &before))
      dg_cue_at (text, i)->repeated = dg_cue_at (text, GPOINTER_TO_UINT (before))->repeated = TRUE;
    g_hash_table_insert (seen, key, GUINT_TO_POINTER (i));
  }
}

void
dg_cues_read (DgCuedText *text)
{
  measure (text);
  text->cues = g_array_sized_new (FALSE, TRUE, sizeof (DgCue), MAX (text->paragraphs->len, 1));
  g_array_set_size (text->cues, text->paragraphs->len);
  for (guint i = 0; i < text->paragraphs->len; i++)
    read_cue (text, i);
  find_lists (text);
  find_tables (text);
  find_verse (text);
  find_couplets (text);
  find_references (text);
  find_repeats (text);
}
