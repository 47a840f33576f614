/* sense.c: two words side by side are looked at for what they show of their grammar: words of the language's lists, affixes, articles, capitals, signs.
 * What shows nothing is neither a good place nor a bad one. */
#include "type/sense.h"

#include <string.h>

#include "base/utf.h"

#define TORN     400.0 /* number and noun, preposition and noun, construct, name */
#define BOUND    260.0 /* noun and adjective; what by its form is one of these, but may be something else */
#define DOUBT    120.0 /* nothing parts them that is seen */
#define GENITIVE 90.0  /* before "of" */
#define PLAIN    18.0
#define NOUNS    199.0 /* two nouns, or the parts of a name */
#define NAMED    60.0  /* before a name */
#define FAIR     12.0  /* before an article */
#define GOOD     0.0
#define BEST     -9.0 /* after a colon, before a quotation */

#define WORD_BYTES 96
#define TITLE_CASE 3 /* of so many longer words all but a fourth have a capital: it tells nothing */

typedef struct {
  guint    start, end;       /* characters, with signs */
  char     text[WORD_BYTES]; /* without signs and marks, in small letters; "" where there is no letter or it is too long */
  gboolean capital, digits, quote, dash;
  gunichar last; /* its last sign, 0: a letter */
  gboolean possessive;
} Word;

typedef struct {
  const DgLanguage *language;
  gboolean          cased;   /* has capitals */
  gboolean          names;   /* they tell names */
  gboolean          nouns;   /* or any noun */
  const char       *article; /* that is joined to its word; NULL: none */
} Grammar;

static gboolean
is_quote (gunichar ch)
{
  return ch == '"' || ch == 0xAB || ch == 0xBB || ch == 0x2018 || (ch >= 0x201A && ch <= 0x201F) || ch == 0x2039 || ch == 0x300C;
}

static gboolean
is_dash (gunichar ch)
{
  return ch == '-' || ch == 0x2013 || ch == 0x2014 || ch == '|' || ch == 0x2026;
}

static void
read_word (const gunichar *chars, guint start, guint end, Word *word)
{
  guint from = start, to = end, letters = 0;
  gsize length = 0;

  *word = (Word){ .start = start, .end = end };
  word->quote = is_quote (chars[start]) || (chars[start] == 0x27 && end > start + 1);
  word->dash = TRUE;
  for (guint i = start; i < end; i++)
    word->dash = word->dash && is_dash (chars[i]);
  while (from < to && !g_unichar_isalnum (chars[from]))
    from++;
  while (to > from && !g_unichar_isalnum (chars[to - 1]) && !g_unichar_ismark (chars[to - 1]))
    to--;
  word->last = to < end ? chars[end - 1] : 0;
  /* A quotation that ends is not the sign, but what stands in it may be. */
  if (to + 1 < end && (is_quote (word->last) || word->last == 0x2019 || word->last == ')'))
    word->last = chars[end - 2];
  if (from == to)
    return;
  word->capital = g_unichar_isupper (chars[from]);
  for (guint i = from; i + 1 < MIN (to, from + 5); i++) /* al-Zeit */
    word->capital = word->capital || (chars[i] == '-' && g_unichar_isupper (chars[i + 1]));
  word->possessive = (to > from + 2 && chars[to - 1] == 's' && (chars[to - 2] == '\'' || chars[to - 2] == 0x2019))
                     || (to < end && chars[to - 1] == 's' && (chars[to] == 0x2019 || chars[to] == '\'') && to + 1 == end && !is_quote (chars[start]));
  for (guint i = from; i < to; i++) {
    gunichar ch = chars[i];

    letters += g_unichar_isalpha (ch);
    word->digits = word->digits || g_unichar_isdigit (ch);
    if (ch == 0x0640 || (g_unichar_ismark (ch) && ch >= 0x0590 && ch <= 0x06FF) || ch == 0x200E || ch == 0x200F)
      continue;
    if (length + 8 > sizeof word->text) {
      length = 0;
      break;
    }
    length += (gsize) g_unichar_to_utf8 (g_unichar_tolower (ch), word->text + length);
  }
  word->text[length] = '\0';
  word->digits = word->digits && letters <= 1;
}

static gboolean
lists (const Grammar *g, const char *key, const char *word)
{
  return *word != '\0' && dg_language_lists (g->language, key, word);
}

/* The word without the letters that are joined before it ("و"), where what is left is in the list; else as it stands. */
static gboolean
lists_joined (const Grammar *g, const char *key, const char *word)
{
  const char *proclitics = dg_language_value (g->language, "proclitics");
  gsize       first = *word != '\0' ? (gsize) (g_utf8_next_char (word) - word) : 0;
  char        letter[8] = "";

  if (lists (g, key, word))
    return TRUE;
  if (proclitics == NULL || first == 0)
    return FALSE;
  memcpy (letter, word, first);
  return dg_language_lists (g->language, "proclitics", letter) && lists (g, key, word + first);
}

/* TRUE where the word has an ending of the list and two letters before it. */
static gboolean
ends_in (const Grammar *g, const char *key, const char *word)
{
  const char *value = dg_language_value (g->language, key);
  gsize       length = strlen (word);

  for (const char *p = value; p != NULL && *p != '\0';) {
    gsize n = strcspn (p, ";");

    if (n > 0 && length > n && memcmp (word + length - n, p, n) == 0 && g_utf8_strlen (word, (gssize) (length - n)) >= 2)
      return TRUE;
    p += n + (p[n] == ';');
  }
  return FALSE;
}

static gboolean
begins_in (const Grammar *g, const char *key, const char *word, glong letters)
{
  const char *value = dg_language_value (g->language, key);

  for (const char *p = value; p != NULL && *p != '\0';) {
    gsize n = strcspn (p, ";");

    if (n > 0 && strncmp (word, p, n) == 0 && g_utf8_strlen (word + n, -1) >= letters && !lists (g, "unprefixed", word))
      return TRUE;
    p += n + (p[n] == ';');
  }
  return FALSE;
}

/* Languages that join article and prepositions to the word, and whose nouns form constructs. */
static double
price_joined (const Grammar *g, const Word *one, const Word *two)
{
  gboolean first = g_str_has_prefix (one->text, g->article), second = g_str_has_prefix (two->text, g->article);

  if (begins_in (g, "conjoined", two->text, 2))
    return GOOD;
  if (begins_in (g, "preposed", two->text, 3))
    return first ? GOOD : FAIR;
  /* "والأمن", "بالحرب" at the line's end have their article too. */
  if (!first && (begins_in (g, "conjoined", one->text, 2) || begins_in (g, "preposed", one->text, 3)))
    first = strstr (one->text, g->article) != NULL && g_utf8_strlen (one->text, strstr (one->text, g->article) - one->text) <= 2;
  if (first && second)
    return BOUND;
  if (first)
    return begins_in (g, "verbs", two->text, 3) ? GOOD : FAIR;
  if (second)
    return begins_in (g, "verbs", one->text, 3) ? DOUBT : TORN;
  if (ends_in (g, "constructs", one->text) || ends_in (g, "adjectives-after", two->text))
    return BOUND;
  return begins_in (g, "verbs", two->text, 3) ? FAIR : DOUBT;
}

/* What it costs to end a line between the two words. */
static double
price_of (const Grammar *g, const Word *one, const Word *two)
{
  gboolean number = one->digits || lists_joined (g, "numerals", one->text), lower = !one->capital && two->capital;

  if (one->dash)
    return BEST;
  if (two->dash)
    return BOUND;
  if (one->last == ':' || one->last == 0xFF1A || one->last == ';' || one->last == 0x061B || one->last == '?' || one->last == '!' || one->last == 0x061F)
    return BEST;
  if (two->quote && !lists_joined (g, "leans", one->text))
    return BEST;
  if (one->last == ',' || one->last == 0x060C)
    return number && (two->digits || lists_joined (g, "numerals", two->text)) ? BOUND : BEST / 2;
  if (one->last == '.' && g_utf8_strlen (one->text, -1) > 3 && strchr (one->text, '.') == NULL)
    return BEST;
  /* What a word of grammar follows is a number by itself: "number 3 is". */
  if ((number && !lists (g, "leans", two->text)) || one->possessive || lists_joined (g, "leans", one->text))
    return TORN;
  if (two->digits && lists_joined (g, "counted", one->text))
    return TORN;
  if (lists (g, "trails", two->text))
    return BOUND;
  if (lists (g, "binds", two->text))
    return GENITIVE;
  if (lists (g, "determiners", two->text))
    return FAIR;
  if (lists (g, "leans", two->text))
    return GOOD;
  if (lists_joined (g, "offices", one->text) && (two->capital || !g->cased))
    return g->cased && two->capital && one->capital ? BOUND : TORN - 1;
  if (g->article != NULL)
    return price_joined (g, one, two);
  if (g->names && one->capital && two->capital)
    return g->nouns ? NOUNS : TORN;
  if (g->names && lower && !g->nouns)
    return NAMED;
  if (two->digits && !lower)
    return DOUBT;
  if (lists (g, "adjectives", one->text) || (ends_in (g, "adjectives-before", one->text) && (g->names || lower)))
    return BOUND;
  if (ends_in (g, "adjectives-after", two->text) && !two->capital)
    return BOUND;
  return PLAIN;
}

/* TRUE for a headline whose longer words nearly all have capitals. */
static gboolean
is_title_case (const GArray *words)
{
  guint n = 0, capitals = 0;

  for (guint i = 1; i < words->len; i++) {
    const Word *word = &g_array_index (words, Word, i);

    if (g_utf8_strlen (word->text, -1) < 4 || word->digits)
      continue;
    n++;
    capitals += word->capital;
  }
  return n >= TITLE_CASE && capitals * 4 >= n * 3;
}

double *
dg_sense_prices (const gunichar *chars, guint n, const DgLanguage *language)
{
  double *prices = g_new0 (double, n + 1);
  Grammar grammar = { language, FALSE, FALSE, dg_language_value (language, "nouns") != NULL, dg_language_value (language, "article") };
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));

  for (guint i = 0; i < n;) {
    guint start = i;
    Word  word;

    while (i < n && chars[i] != ' ')
      i++;
    if (i > start) {
      read_word (chars, start, i, &word);
      g_array_append_val (words, word);
    }
    while (i < n && chars[i] == ' ')
      i++;
  }
  for (guint k = 0; k < words->len; k++)
    grammar.cased = grammar.cased || g_array_index (words, Word, k).capital;
  grammar.names = !is_title_case (words);
  for (guint k = 1; k < words->len; k++) {
    const Word *two = &g_array_index (words, Word, k);

    prices[two->start] = price_of (&grammar, &g_array_index (words, Word, k - 1), two);
    /* A name follows its noun: of three the last two belong together; and a headline begins with a name rather than with two nouns. */
    if (prices[two->start] == NOUNS && (k == 1 || (g_array_index (words, Word, k - 2).capital && prices[g_array_index (words, Word, k - 1).start] >= NOUNS)))
      prices[two->start] = TORN;
  }
  return prices;
}
