/* roles.c: what each paragraph of a text is, by its label, place and shape.
 *
 * A text has a head (source line, headline, deck, byline, date in any order), a body, and a tail.  Labels decide first.  Without one,
 * the first line that can be a headline is it; what follows is a deck where it lacks the full stop that the body's paragraphs
 * have; the body begins with the first line that is none of these. */
#include "read/roles.h"

#include "read/date.h"
#include "base/utf.h"
#include "read/wrap.h"

#include <string.h>

enum { MAX_SOURCE = 160, MAX_CAPTION = 600, MAX_DECK = 220, MAX_CROSSHEAD = 60, MAX_BARE_CAPTION = 100, MAX_DECKS = 2, HEAD_LINES = 8 };

typedef struct {
  const GPtrArray *lines;
  const DgLabels  *labels;
  const char      *lang;
  GArray          *paragraphs;
  guint            median;  /* characters of a body paragraph */
  double           closed;  /* share of body paragraphs that end as sentences do */
  guint            n_body;  /* paragraphs that these two were taken from */
  gboolean         by_gaps; /* blank lines stand between body paragraphs */
} Text;

static DgParagraph *
nth (const Text *text, guint i)
{
  return &g_array_index (text->paragraphs, DgParagraph, i);
}

static const DgScanLine *
line_of (const Text *text, const DgParagraph *paragraph)
{
  return text->lines->pdata[paragraph->first];
}

static gboolean
has_label (const Text *text, const DgParagraph *paragraph, DgLabelKind kind)
{
  const DgScanLine *line = line_of (text, paragraph);

  return line->label_length > 0 && (line->label_kinds & 1u << kind) != 0;
}

static int
compare_guint (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

/* What the body's paragraphs are like: those without label, the first three of the text aside where enough others are left. */
static void
measure (Text *text)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = text->paragraphs->len, skip = n > 6 ? 3 : n > 3 ? 2 : n > 2, n_closed = 0, n_gaps = 0;

  for (guint i = skip; i < n; i++) {
    const DgParagraph *paragraph = nth (text, i);

    if (line_of (text, paragraph)->label_length > 0 && paragraph->n_chars < MAX_SOURCE)
      continue;
    n_gaps += paragraph->gap > 0;
    if (paragraph->n_chars < 40 && !paragraph->closed)
      continue;
    g_array_append_val (sizes, paragraph->n_chars);
    n_closed += paragraph->closed;
  }
  g_array_sort (sizes, compare_guint);
  text->n_body = sizes->len;
  text->median = sizes->len > 0 ? g_array_index (sizes, guint, sizes->len / 2) : 0;
  text->closed = sizes->len > 0 ? (double) n_closed / sizes->len : 0;
  text->by_gaps = n > skip && n_gaps * 3 > (n - skip) * 2;
}

static guint
count_words (const DgScanLine *line)
{
  guint    n = 0;
  gboolean inside = FALSE;

  for (const char *p = line->text; p < line->text + line->length; p = g_utf8_next_char (p)) {
    gboolean space = g_unichar_isspace (g_utf8_get_char (p));

    n += !space && !inside;
    inside = !space;
  }
  return n;
}

/* The words of three and more letters, folded. */
static GHashTable *
collect_words (const char *text, gsize length)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *end = text + length;

  while (text < end) {
    const char *start;
    char        folded[96];

    while (text < end && !g_unichar_isalnum (g_utf8_get_char (text)))
      text = g_utf8_next_char (text);
    start = text;
    while (text < end && (g_unichar_isalnum (g_utf8_get_char (text)) || g_unichar_ismark (g_utf8_get_char (text))))
      text = g_utf8_next_char (text);
    if (dg_fold (start, (gsize) (text - start), folded, sizeof folded) > 0 && g_utf8_strlen (folded, -1) >= 3)
      g_hash_table_add (words, g_strdup (folded));
  }
  return words;
}

/* The share of @paragraph's words that stand in @other too, 0 to 1. */
static double
liken (const Text *text, const DgParagraph *paragraph, const DgParagraph *other)
{
  const DgScanLine *line = line_of (text, paragraph), *other_line = line_of (text, other);
  g_autoptr (GHashTable) words = collect_words (line->text + line->label_length, line->length - line->label_length);
  g_autoptr (GHashTable) other_words = collect_words (other_line->text, other_line->length);
  GHashTableIter iter;
  gpointer       word;
  guint          n = 0;

  if (g_hash_table_size (words) == 0)
    return 0;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    n += g_hash_table_contains (other_words, word);
  return (double) n / g_hash_table_size (words);
}

static gboolean
ends_with_dash (const DgScanLine *line)
{
  const char *last = line->length > 0 ? g_utf8_find_prev_char (line->text, line->text + line->length) : NULL;
  gunichar    ch = last != NULL ? g_utf8_get_char (last) : 0;

  return ch == '-' || ch == 0x2013 || ch == 0x2014 || ch == 0x2015 || ch == 0x2212;
}

static gboolean
has_separator (const DgScanLine *line)
{
  for (const char *p = line->text; p < line->text + line->length; p = g_utf8_next_char (p))
    if (*p == ',' || *p == '-' || *p == '(' || g_utf8_get_char (p) == 0x060C || g_utf8_get_char (p) == 0x2013 || g_utf8_get_char (p) == 0x2014)
      return TRUE;
  return FALSE;
}

/* "By Jane Roe": in scripts with capitals each longer word has one, which "By air and sea" lacks. */
static gboolean
is_byline (const Text *text, const DgParagraph *paragraph)
{
  const DgScanLine *line = line_of (text, paragraph);
  const char       *end = line->text + line->length, *p = line->text;
  guint             n = count_words (line), n_capitals = 0;
  gboolean          cased = line->script == DG_SCRIPT_LATIN || line->script == DG_SCRIPT_CYRILLIC || line->script == DG_SCRIPT_GREEK;

  if (paragraph->n_chars > 60 || paragraph->closed || n < 2 || n > (cased ? 8 : 5) || !dg_labels_begins (text->labels, DG_LABEL_BY, line->text, line->length))
    return FALSE;
  if (!cased)
    return TRUE;
  for (gboolean start = TRUE; p < end; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    n_capitals += start && g_unichar_isupper (ch);
    start = g_unichar_isspace (ch);
  }
  return n_capitals * 3 >= (n - 1) * 2 && n_capitals >= 1;
}

/* Words of another script than most of the line's: a place may be named in both languages. */
static guint
count_foreign (const DgScanLine *line)
{
  guint    n = 0;
  gboolean start = TRUE;

  for (const char *p = line->text; p < line->text + line->length; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    n += start && g_unichar_isalpha (ch) && dg_is_rtl (ch) != (line->script == DG_SCRIPT_ARABIC || line->script == DG_SCRIPT_HEBREW);
    start = g_unichar_isspace (ch);
  }
  return MIN (n, 3);
}

/* Source, date and the like without a label, by the agencies and dates that make up the line. */
static DgRole
read_bare (const Text *text, const DgParagraph *paragraph, const char **why)
{
  const DgScanLine *line = line_of (text, paragraph);
  g_autoptr (GString) rest = NULL;
  DgDateFound date;
  guint       n_agencies;

  if (paragraph->n_chars > 90 || line->label_length > 0)
    return DG_ROLE_BLANK;
  rest = g_string_sized_new (line->length);
  n_agencies = dg_labels_strip_agencies (text->labels, line->text, line->length, rest);
  dg_date_read (rest->str, rest->len, text->lang, &date);
  if (n_agencies > 0 && date.n_other == 0) {
    *why = "names agencies and nothing else";
    return DG_ROLE_SOURCE;
  }
  if (date.found && date.n_other == 0) {
    *why = "a date and nothing else";
    return DG_ROLE_DATELINE;
  }
  if (n_agencies > 0 && date.n_other <= 3 && ends_with_dash (line)) {
    *why = "place and agency on a line of their own";
    return DG_ROLE_DATELINE;
  }
  if (date.date.day > 0 && date.n_other <= 3 + count_foreign (line) && !paragraph->closed && paragraph->n_chars <= 60 && has_separator (line)) {
    *why = "place and date on a line of their own";
    return DG_ROLE_DATELINE;
  }
  return DG_ROLE_BLANK;
}

/* What a label or fixed wording makes of a paragraph; DG_ROLE_BLANK for nothing.  @by_label: it was a label that the text goes on after. */
static DgRole
read_label (const Text *text, const DgParagraph *paragraph, gboolean in_head, const char **why, gboolean *by_label)
{
  const DgScanLine *line = line_of (text, paragraph);

  *by_label = FALSE;
  if (dg_labels_is (text->labels, DG_LABEL_END, line->text, line->length) && paragraph->n == 1) {
    *why = "an end mark";
    return DG_ROLE_END;
  }
  if (paragraph->n_chars <= 300 && dg_labels_begins (text->labels, DG_LABEL_NOTICE, line->text, line->length)) {
    *why = "begins as a copyright notice";
    return DG_ROLE_NOTICE;
  }
  if (line->label_length == 0)
    return DG_ROLE_BLANK;
  *why = "label";
  *by_label = TRUE;
  if (has_label (text, paragraph, DG_LABEL_CAPTION) && paragraph->n_chars <= MAX_CAPTION)
    return DG_ROLE_CAPTION;
  if (has_label (text, paragraph, DG_LABEL_SOURCE) && paragraph->n_chars <= MAX_SOURCE)
    return DG_ROLE_SOURCE;
  if (has_label (text, paragraph, DG_LABEL_DATE) && paragraph->n_chars <= MAX_SOURCE) {
    DgDateFound date;

    dg_date_read (line->text + line->label_length, line->length - line->label_length, text->lang, &date);
    if (date.found && date.n_other <= 4)
      return DG_ROLE_DATELINE;
  }
  if (has_label (text, paragraph, DG_LABEL_BYLINE) && paragraph->n_chars <= 80 && !(paragraph->closed && paragraph->n_chars > 50))
    return DG_ROLE_BYLINE;
  if (in_head && has_label (text, paragraph, DG_LABEL_HEADLINE))
    return DG_ROLE_HEADLINE;
  if (in_head && has_label (text, paragraph, DG_LABEL_DECK))
    return DG_ROLE_DECK;
  if (in_head && has_label (text, paragraph, DG_LABEL_MAIL)) {
    *why = "head field of a letter";
    *by_label = FALSE;
    return DG_ROLE_NOTICE;
  }
  *by_label = FALSE;
  return DG_ROLE_BLANK;
}

static gboolean
is_headish (DgRole role)
{
  return role == DG_ROLE_SOURCE || role == DG_ROLE_DATELINE || role == DG_ROLE_BYLINE;
}

/* The role that paragraph @i has without looking at its neighbours. */
static DgRole
peek (const Text *text, guint i, gboolean in_head, const char **why, gboolean *by_label)
{
  DgRole role;

  *by_label = FALSE;
  if (i >= text->paragraphs->len)
    return DG_ROLE_BLANK;
  role = read_label (text, nth (text, i), in_head, why, by_label);
  return role != DG_ROLE_BLANK ? role : read_bare (text, nth (text, i), why);
}

/* A full stop inside, with more text after it: two sentences. */
static gboolean
has_inner_stop (const DgScanLine *line)
{
  const char *end = line->text + line->length;

  for (const char *p = line->text; p + 3 < end; p++)
    if ((*p == '.' || *p == '!' || *p == '?') && p[1] == ' ' && p > line->text + 12 && g_ascii_islower (p[-1]) && p - line->text > 20)
      return TRUE;
  return FALSE;
}

/* TRUE where only labelled paragraphs follow. */
static gboolean
is_last_bare (const Text *text, guint i)
{
  const char *ignored;
  gboolean    unused;

  while (++i < text->paragraphs->len)
    if (peek (text, i, FALSE, &ignored, &unused) == DG_ROLE_BLANK)
      return FALSE;
  return TRUE;
}

static gboolean
is_headline (const Text *text, guint i, gboolean after_furniture, gboolean expected, const char **why)
{
  const DgParagraph *paragraph = nth (text, i);
  const char        *ignored;
  gboolean           unused;
  int                points = 0;

  if (!paragraph->closed)
    points += text->closed >= 0.5 || text->n_body == 0 ? 2 : 1;
  if (paragraph->n_chars * 4 <= text->median * 3)
    points++;
  if (paragraph->n_chars > 300)
    points -= 3;
  else if (paragraph->n_chars > 150 && paragraph->n_chars * 10 > text->median * 13)
    points -= 2;
  if (has_inner_stop (line_of (text, paragraph)))
    points -= 2;
  if (after_furniture || is_headish (peek (text, i + 1, TRUE, &ignored, &unused)))
    points += 2;
  if (expected)
    points++;
  if (paragraph->closed && is_last_bare (text, i)) /* a sentence with nothing under it is the body */
    return FALSE;
  for (guint k = text->paragraphs->len; points < 2 && k > i + 1 && k + 3 > text->paragraphs->len; k--)
    if (has_label (text, nth (text, k - 1), DG_LABEL_CAPTION) && liken (text, nth (text, k - 1), paragraph) >= 0.5)
      points += 2;
  *why = after_furniture ? "first line after the source line" : "first line of the text";
  return points >= 2;
}

static gboolean
is_deck (const Text *text, guint i, gboolean seen_source, const char **why)
{
  const DgParagraph *paragraph = nth (text, i);
  const char        *ignored;
  gboolean           unused;
  gboolean           shorter = paragraph->n_chars <= MAX (130, text->median);

  if (paragraph->n_chars > MAX_DECK || i + 1 >= text->paragraphs->len || dg_wrap_is_item (line_of (text, paragraph)->text, line_of (text, paragraph)->length))
    return FALSE;
  if (!seen_source && is_headish (peek (text, i + 1, TRUE, &ignored, &unused)) && i + 2 < text->paragraphs->len
      && (!paragraph->closed || paragraph->n_chars * 5 < text->median * 4)) {
    *why = "between headline and source line";
    return TRUE;
  }
  /* The share of the paragraphs but this one that have it. */
  if (!paragraph->closed && text->n_body >= 3 && text->closed * text->n_body >= 0.75 * (text->n_body - 1) && shorter) {
    *why = "after the headline, without the full stop that the paragraphs have";
    return TRUE;
  }
  if (text->by_gaps && paragraph->gap == 0 && nth (text, i + 1)->gap > 0 && shorter && text->n_body >= 2) {
    *why = "stands with the headline; a blank line parts it from the body";
    return TRUE;
  }
  return FALSE;
}

/* Gives the head its roles; returns the first paragraph of the body. */
static guint
read_head (const Text *text, gboolean expect_headline)
{
  gboolean have_headline = FALSE, seen_source = FALSE, after_furniture = FALSE;
  guint    n_decks = 0, i;

  for (i = 0; i < text->paragraphs->len; i++) {
    DgParagraph *paragraph = nth (text, i);
    const char  *why = NULL;
    gboolean     by_label = FALSE;
    DgRole       role = peek (text, i, !have_headline || i < HEAD_LINES, &why, &by_label);

    if (role == DG_ROLE_HEADLINE && have_headline)
      role = DG_ROLE_DECK;
    if (role == DG_ROLE_BLANK && is_byline (text, paragraph) && have_headline) {
      role = DG_ROLE_BYLINE;
      why = "begins as a byline";
    }
    if (role == DG_ROLE_BLANK) {
      if (!have_headline && is_headline (text, i, after_furniture, expect_headline, &why)) {
        role = DG_ROLE_HEADLINE;
      } else if (have_headline && n_decks < MAX_DECKS && is_deck (text, i, seen_source, &why)) {
        role = DG_ROLE_DECK;
        n_decks++;
      } else {
        break;
      }
    }
    have_headline = have_headline || role == DG_ROLE_HEADLINE;
    seen_source = seen_source || role == DG_ROLE_SOURCE || role == DG_ROLE_DATELINE;
    after_furniture = after_furniture || is_headish (role);
    paragraph->role = role;
    paragraph->why = why;
    paragraph->by_label = by_label;
  }
  return i;
}

static gboolean
is_crosshead (const Text *text, guint i, guint first)
{
  const DgParagraph *paragraph = nth (text, i), *next, *previous;
  const DgScanLine  *line = line_of (text, paragraph);
  const char        *last;

  if (i <= first || i + 1 >= text->paragraphs->len || paragraph->closed || paragraph->n > 1 || paragraph->n_chars > MAX_CROSSHEAD || line->label_length > 0
      || text->n_body < 4 || text->closed < 0.75 || count_words (line) > 9 || dg_wrap_is_item (line->text, line->length))
    return FALSE;
  last = g_utf8_find_prev_char (line->text, line->text + line->length);
  if (last == NULL || *last == ',' || g_utf8_get_char (last) == 0x060C || ends_with_dash (line))
    return FALSE;
  previous = nth (text, i - 1);
  next = nth (text, i + 1);
  return previous->closed && next->n_chars * 2 > paragraph->n_chars * 3 && line_of (text, next)->label_length == 0;
}

/* A short last line without a full stop, where the body has them: a caption that lacks its label. */
static gboolean
is_bare_caption (const Text *text, guint i, guint first, const DgParagraph *headline, const char **why)
{
  const DgParagraph *paragraph = nth (text, i);
  const DgScanLine  *line = line_of (text, paragraph);

  if (i <= first || paragraph->closed || paragraph->n_chars > MAX_BARE_CAPTION || line->label_length > 0 || dg_wrap_is_item (line->text, line->length))
    return FALSE;
  if (headline != NULL && count_words (line) >= 2 && liken (text, paragraph, headline) >= 0.6) {
    *why = "last line, in the headline's words";
    return TRUE;
  }
  if (text->n_body >= 3 && text->closed >= 0.8 && paragraph->n_chars * 2 < text->median && count_words (line) <= 14) {
    *why = "short last line without a full stop";
    return TRUE;
  }
  return FALSE;
}

static void
read_body (const Text *text, guint first)
{
  const DgParagraph *headline = NULL;
  gboolean           have_caption = FALSE;
  guint              last = text->paragraphs->len, n = text->paragraphs->len;

  for (guint i = 0; i < n; i++) {
    headline = headline == NULL && nth (text, i)->role == DG_ROLE_HEADLINE ? nth (text, i) : headline;
    have_caption = have_caption || (i < first && nth (text, i)->role == DG_ROLE_CAPTION);
  }
  for (guint i = first; i < n; i++) {
    DgParagraph *paragraph = nth (text, i);
    gboolean     in_tail = i + 3 >= n && i > first;
    const char  *why = NULL;
    gboolean     by_label = FALSE;
    DgRole       role = read_label (text, paragraph, FALSE, &why, &by_label);

    if (role == DG_ROLE_BLANK && in_tail) {
      role = read_bare (text, paragraph, &why);
      if (role == DG_ROLE_BLANK && is_byline (text, paragraph)) {
        role = DG_ROLE_BYLINE;
        why = "begins as a byline";
      }
    }
    if (role == DG_ROLE_BLANK && is_crosshead (text, i, first)) {
      role = DG_ROLE_CROSSHEAD;
      why = "short line without a full stop between paragraphs";
    }
    if (role == DG_ROLE_BLANK) {
      role = DG_ROLE_BODY;
      why = "none of the others";
      last = i;
    }
    have_caption = have_caption || role == DG_ROLE_CAPTION;
    paragraph->role = role;
    paragraph->why = why;
    paragraph->by_label = by_label;
  }
  if (last < n && !have_caption) {
    const char *why;

    if (is_bare_caption (text, last, first, headline, &why)) {
      nth (text, last)->role = DG_ROLE_CAPTION;
      nth (text, last)->why = why;
      nth (text, last)->by_label = FALSE;
    }
  }
}

GArray *
dg_roles_find (const GPtrArray *lines, const DgLabels *labels, const char *lang, guint width, gboolean expect_headline)
{
  Text  text = { .lines = lines, .labels = labels, .lang = lang };
  guint first;

  text.paragraphs = dg_wrap_join (lines, width);
  measure (&text);
  first = read_head (&text, expect_headline);
  read_body (&text, first);
  return text.paragraphs;
}

static DgParagraph *
find_headline (const GArray *paragraphs, guint *i)
{
  for (*i = 0; *i < paragraphs->len; ++*i)
    if (g_array_index (paragraphs, DgParagraph, *i).role == DG_ROLE_HEADLINE)
      return &g_array_index (paragraphs, DgParagraph, *i);
  return NULL;
}

/* How many body paragraphs there are, and their mean length. */
static guint
count_body (const GArray *paragraphs, guint *mean)
{
  guint n = 0, n_chars = 0;

  for (guint i = 0; i < paragraphs->len; i++) {
    const DgParagraph *paragraph = &g_array_index (paragraphs, DgParagraph, i);

    n += paragraph->role == DG_ROLE_BODY;
    n_chars += paragraph->role == DG_ROLE_BODY ? paragraph->n_chars : 0;
  }
  *mean = n_chars / MAX (n, 1);
  return n;
}

void
dg_roles_compare (GArray *paragraphs, const GArray *other)
{
  guint              i, k, mean, other_mean;
  DgParagraph       *headline = find_headline (paragraphs, &i);
  const DgParagraph *counterpart = find_headline (other, &k);
  guint              n = count_body (paragraphs, &mean), n_other = count_body (other, &other_mean);

  if (headline == NULL || counterpart == NULL || !headline->closed || counterpart->closed || i + 1 >= paragraphs->len || n + 1 != n_other
      || g_array_index (paragraphs, DgParagraph, i + 1).role != DG_ROLE_BODY || headline->n_chars * 3 < mean * 2)
    return;
  headline->role = DG_ROLE_BODY;
  headline->by_label = FALSE;
  headline->why = "a sentence, and the other text has a paragraph more";
}
