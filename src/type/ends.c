/* ends.c: where a line may end: UAX #14 as ICU has it for no language in particular, and above it what a reader of the language would mark: quotes torn
 * from their words, numbers from their units, initials from names.  What such a place costs is points.c's business. */
#include "type/prepared.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utf16.h>
#include "base/language.h"
#include "base/utf.h"

#define ENDS_KEY     "dg-line-ends" /* ICU's iterator, kept with the context */
#define ABBREVIATION 4              /* letters: a longer word before a stop and a number ends a sentence */
#define NAME         3              /* letters: a shorter word before a Roman number is none */
#define LONGEST      24             /* characters: no listed word is longer */
#define HYPHENED     2              /* letters on either side of a hyphen between which a Hebrew line may end */

/* What stands between two spaces, without the quotes and brackets about it. */
typedef struct {
  const gunichar *chars;
  guint           n;
} Token;

/* What the language lists of words that a line's end should not part. */
typedef struct {
  const DgWordList *units, *counted, *titles, *clings, *follows;
} Lists;

static gboolean
is_opening (gunichar ch)
{
  GUnicodeType type = g_unichar_type (ch);

  return type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION || ch == '"' || ch == '\'';
}

static gboolean
is_closing (gunichar ch)
{
  GUnicodeType type = g_unichar_type (ch);

  return type == G_UNICODE_CLOSE_PUNCTUATION || type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION || ch == '"' || ch == '\''
         || ch == ',' || ch == ';' || ch == ':' || ch == '!' || ch == '?' || ch == 0x060C || ch == 0x061B || ch == 0x061F;
}

/* The token of [start, end). */
static Token
make_token (const DgPara *para, guint start, guint end)
{
  while (start + 1 < end && is_opening (para->chars[start]) && para->chars[start] != '(')
    start++;
  while (end > start + 1 && is_closing (para->chars[end - 1]) && para->chars[end - 1] != ')')
    end--;
  return (Token){ para->chars + start, end - start };
}

static Token
token_before (const DgPara *para, guint end)
{
  guint start;

  while (end > 0 && dg_points_vanishes (para->chars[end - 1]))
    end--;
  start = end;
  while (start > 0 && !dg_points_vanishes (para->chars[start - 1]))
    start--;
  return make_token (para, start, end);
}

static Token
token_after (const DgPara *para, guint start)
{
  guint end = start;

  while (end < para->n && !dg_points_vanishes (para->chars[end]))
    end++;
  return make_token (para, start, end);
}

/* The token with what follows it: a pair of numbers may have a sign of its own between them. */
static Token
token_after_next (const DgPara *para, guint start)
{
  while (start < para->n && !dg_points_vanishes (para->chars[start]))
    start++;
  while (start < para->n && dg_points_vanishes (para->chars[start]))
    start++;
  return token_after (para, start);
}

/* 1; 1,200; (01); +961; 555-0199; 5%; $5. */
static gboolean
is_number (const Token *token)
{
  gboolean digits = FALSE;

  for (guint i = 0; i < token->n; i++)
    if (g_unichar_isdigit (token->chars[i]))
      digits = TRUE;
    else if (g_unichar_isalpha (token->chars[i]))
      return FALSE;
  return digits;
}

static gboolean
begins_with_digit (const Token *token)
{
  return token->n > 0 && g_unichar_isdigit (token->chars[0]);
}

/* Signs that stand beside a number: %, °, €. */
static gboolean
is_sign (gunichar ch)
{
  return ch == '%' || ch == 0x066A || ch == 0xB0 || ch == 0x2030 || ch == 0x2103 || ch == 0x2109 || ch == 0x2032 || ch == 0x2033
         || g_unichar_type (ch) == G_UNICODE_CURRENCY_SYMBOL;
}

/* Between two numbers: 5 – 10, 3 × 4. */
static gboolean
is_operator (const Token *token)
{
  return token->n == 1
         && (strchr ("-+=x/*", (int) MIN (token->chars[0], 0x7F)) != NULL || token->chars[0] == 0x2013 || token->chars[0] == 0x2014 || token->chars[0] == 0xD7
             || token->chars[0] == 0xF7 || token->chars[0] == 0x2212);
}

/* XIV, II; not I, which is a word. */
static gboolean
is_roman (const Token *token)
{
  if (token->n == 0 || token->n > 7 || (token->n == 1 && token->chars[0] == 'I'))
    return FALSE;
  for (guint i = 0; i < token->n; i++)
    if (token->chars[i] >= 0x80 || !strchr ("IVXL", (int) token->chars[i]))
      return FALSE;
  return TRUE;
}

/* A capital and small letters. */
static gboolean
is_name (const Token *token)
{
  if (token->n < NAME || !g_unichar_isupper (token->chars[0]))
    return FALSE;
  for (guint i = 1; i < token->n; i++)
    if (!g_unichar_islower (token->chars[i]))
      return FALSE;
  return TRUE;
}

/* Letters, at most @most of them, and a stop. */
static gboolean
is_abbreviation (const Token *token, guint most)
{
  if (token->n < 2 || token->n > most + 1 || token->chars[token->n - 1] != '.')
    return FALSE;
  for (guint i = 0; i + 1 < token->n; i++)
    if (!g_unichar_isalpha (token->chars[i]))
      return FALSE;
  return TRUE;
}

/* What may be a title: a capital (or a letter that has none), or a stop at the end. */
static gboolean
is_title (const Token *token)
{
  return !g_unichar_islower (token->chars[0]) || token->chars[token->n - 1] == '.';
}

/* TRUE where the token, in small letters and without a stop at its end, stands in the list. */
static gboolean
is_listed (const DgWordList *list, const Token *token)
{
  char  word[LONGEST * 6 + 1];
  char *end = word;
  guint n = token->n;

  while (n > 1 && token->chars[n - 1] == '.')
    n--;
  if (list == NULL || n == 0 || n > LONGEST)
    return FALSE;
  for (guint i = 0; i < n; i++)
    end += dg_utf8_write ((dg_char_traits (token->chars[i]) & DG_CHAR_HAS_SMALL) != 0 ? g_unichar_tolower (token->chars[i]) : token->chars[i], end);
  *end = '\0';
  return dg_word_list_has (list, word);
}

gboolean
dg_ends_groups (const DgPara *para, guint i)
{
  guint before = 0, after = 0;

  while (before < i && before < 4 && g_unichar_isdigit (para->chars[i - 1 - before]))
    before++;
  while (i + 1 + after < para->n && after < 4 && g_unichar_isdigit (para->chars[i + 1 + after]))
    after++;
  return before > 0 && before < 4 && after == 3;
}

/* TRUE where a number goes on after the space before @next, with another one, a unit or a sign; or where it begins there and the word before is a
 * part of what it tells. */
static gboolean
is_of_number (const DgPara *para, const Lists *lists, guint next, const Token *one, const Token *other)
{
  guint start = next;

  if (is_number (one)) {
    Token third = is_operator (other) ? token_after_next (para, next) : *other;

    return is_number (&third) || is_sign (other->chars[0]) || is_listed (lists->units, other);
  }
  if (!begins_with_digit (other))
    return FALSE;
  if (is_sign (one->chars[one->n - 1]) || one->chars[0] == 0x2116 || one->chars[0] == 0xA7 || one->chars[one->n - 1] == 0xBA
      || is_abbreviation (one, ABBREVIATION) || is_listed (lists->counted, one))
    return TRUE;
  while (start > 0 && dg_points_vanishes (para->chars[start - 1]))
    start--;
  if (is_operator (one) && start > 1) {
    Token before = token_before (para, start - 1);

    return is_number (&before);
  }
  return FALSE;
}

/* Two words that a line's end must not part but in need. */
static DgEnd
end_between (const DgPara *para, const Lists *lists, guint next)
{
  Token one = token_before (para, next), other = token_after (para, next);

  if (one.n == 0 || other.n == 0)
    return DG_END_FREE;
  if (is_of_number (para, lists, next, &one, &other))
    return DG_END_NUMBER;
  if ((is_abbreviation (&one, 1) && g_unichar_isalpha (other.chars[0])) || (is_roman (&other) && is_name (&one))
      || (is_title (&one) && is_listed (lists->titles, &one)) || is_listed (lists->clings, &one) || is_listed (lists->follows, &other))
    return DG_END_TIED;
  return DG_END_FREE;
}

/* A dash that is a word of its own. */
static gboolean
is_dash (const DgPara *para, guint i)
{
  return (para->chars[i] == 0x2013 || para->chars[i] == 0x2014) && i + 1 < para->n && dg_points_vanishes (para->chars[i + 1]);
}

/* TRUE before a line, a space, or another opening sign: a quotation begins. */
static gboolean
follows_nothing (const DgPara *para, guint i)
{
  return i == 0 || dg_points_vanishes (para->chars[i - 1]) || para->chars[i - 1] == 0xA0 || g_unichar_type (para->chars[i - 1]) == G_UNICODE_OPEN_PUNCTUATION
         || g_unichar_type (para->chars[i - 1]) == G_UNICODE_INITIAL_PUNCTUATION;
}

static gboolean
precedes_nothing (const DgPara *para, guint i)
{
  return i + 1 >= para->n || dg_points_vanishes (para->chars[i + 1]) || para->chars[i + 1] == 0xA0 || is_closing (para->chars[i + 1])
         || para->chars[i + 1] == '.' || para->chars[i + 1] == 0x06D4;
}

/* Quotes typed with a space inside stay with their words (rules 15a and 15b of UAX #14 since Unicode 15.1); straight ones open and close by turns. */
static void
keep_quotes (DgPara *para)
{
  gboolean open = FALSE;

  for (guint i = 0; i < para->n; i++) {
    gunichar     ch = para->chars[i];
    GUnicodeType type = g_unichar_type (ch);
    gboolean     straight = ch == '"';
    guint        next = i + 1;

    if (!straight && type != G_UNICODE_INITIAL_PUNCTUATION && type != G_UNICODE_FINAL_PUNCTUATION)
      continue;
    if (straight)
      open = !open;
    while (next < para->n && dg_points_vanishes (para->chars[next]))
      next++;
    if ((type == G_UNICODE_INITIAL_PUNCTUATION || (straight && open)) && next > i + 1 && follows_nothing (para, i))
      para->ends[next] = DG_END_NONE;
    if ((type == G_UNICODE_FINAL_PUNCTUATION || (straight && !open)) && i > 0 && precedes_nothing (para, i))
      para->ends[i] = DG_END_NONE;
  }
}

static guint
letters_from (const DgPara *para, guint i, int step)
{
  guint n = 0;

  for (; i < para->n && (g_unichar_isalpha (para->chars[i]) || g_unichar_ismark (para->chars[i])); i += (guint) step)
    n += !g_unichar_ismark (para->chars[i]);
  return n;
}

/* UAX #14 holds a Hebrew hyphen to both its words (rule 21a), for the sake of prefixes of one letter; whole words may part there. */
static gboolean
parts_hebrew (const DgPara *para, guint next)
{
  gunichar ch = para->chars[next - 1];

  if (ch != '-' && ch != 0x05BE && ch != 0x2010)
    return FALSE;
  return next > 1 && g_unichar_get_script (para->chars[next - 2]) == G_UNICODE_SCRIPT_HEBREW
         && g_unichar_get_script (para->chars[next]) == G_UNICODE_SCRIPT_HEBREW && letters_from (para, next - 2, -1) >= HYPHENED
         && letters_from (para, next, 1) >= HYPHENED;
}

static void
ask_icu (DgPara *para, PangoContext *context)
{
  UBreakIterator   *iterator = g_object_get_data (G_OBJECT (context), ENDS_KEY);
  g_autofree UChar *text = g_new (UChar, 2 * (gsize) para->n + 1);
  UErrorCode        status = U_ZERO_ERROR;
  int32_t           length = 0, at = 0;
  guint             i = 0;

  if (!iterator) {
    iterator = ubrk_open (UBRK_LINE, "", NULL, 0, &status);
    g_object_set_data_full (G_OBJECT (context), ENDS_KEY, iterator, (GDestroyNotify) ubrk_close);
  }
  for (guint k = 0; k < para->n; k++)
    U16_APPEND_UNSAFE (text, length, para->chars[k]);
  ubrk_setText (iterator, text, length, &status);
  for (int32_t end = ubrk_first (iterator); end != UBRK_DONE; end = ubrk_next (iterator)) {
    for (; at < end; i++)
      at += U16_LENGTH (para->chars[i]);
    para->ends[i] = DG_END_FREE;
  }
}

void
dg_ends_find (DgPara *para, PangoContext *context)
{
  const DgLanguage *language = dg_language_get (para->lang);
  const Lists       lists = { dg_language_list (language, "units"), dg_language_list (language, "counted"), dg_language_list (language, "titles"),
                              dg_language_list (language, "clings"), dg_language_list (language, "follows") };
  const char       *dash = dg_language_value (language, "dash");
  gboolean          dash_ends = dash != NULL && strcmp (dash, "ends") == 0;

  para->ends = g_new0 (guint8, para->n + 1);
  ask_icu (para, context);
  keep_quotes (para);
  for (guint i = 1; i < para->n; i++)
    if (dg_points_vanishes (para->chars[i]) || (para->ends[i] && dg_ends_groups (para, i - 1))) {
      para->ends[i] = DG_END_NONE; /* no line begins with a space, whatever mixture of them there is; no number is torn */
    } else if (para->ends[i] == DG_END_NONE) {
      if (parts_hebrew (para, i))
        para->ends[i] = DG_END_FREE;
    } else if (dg_points_vanishes (para->chars[i - 1])) {
      para->ends[i] = dash_ends && is_dash (para, i) ? DG_END_TIED : end_between (para, &lists, i);
    }
}
