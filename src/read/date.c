/* date.c: a small reader of dates: tokens first, then the times among them, then the dates among what is left. */
#include "read/date.h"

#include "read/calendar.h"
#include "base/language.h"
#include "base/utf.h"

#include <string.h>

enum { SCAN_BYTES = 400, MAX_TOKENS = 96 };

/* WORD_NONE: a name's first word that is none by itself. */
typedef enum { WORD_NONE, WORD_OTHER, WORD_MONTH, WORD_OTHER_MONTH, WORD_DAY, WORD_FILLER, WORD_AM, WORD_PM, WORD_HOUR, WORD_ZONE } WordKind;

typedef struct {
  enum { TOKEN_NUMBER, TOKEN_WORD, TOKEN_MARK } kind;
  gboolean used;
  gboolean spaced;          /* white space before it */
  guint    value, n_digits; /* of a number */
  WordKind word;
  guint    month; /* of a month's name, from 1 */
  gunichar mark;
} Token;

typedef struct {
  Token tokens[MAX_TOKENS];
  guint n;
} Tokens;

/* What the table has of a word: the month in the low byte, then the kind, and whether a name of two words begins with it. */
enum { KIND_SHIFT = 8, KIND_MASK = 0xFF, BEGINS_PAIR = 1 << 16 };

static guint
get_word (GHashTable *words, const char *folded)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (words, folded));
}

/* The first list that has a name decides what it is. */
static void
add_name (GHashTable *words, const char *name, gsize length, WordKind kind, guint month)
{
  char  folded[128], *space;
  guint known;

  if (dg_fold (name, length, folded, sizeof folded) == 0)
    return;
  known = get_word (words, folded);
  if ((known >> KIND_SHIFT & KIND_MASK) == WORD_NONE)
    g_hash_table_insert (words, g_strdup (folded), GUINT_TO_POINTER (known | (guint) kind << KIND_SHIFT | month));
  space = strchr (folded, ' ');
  if (space == NULL)
    return;
  *space = '\0';
  g_hash_table_insert (words, g_strdup (folded), GUINT_TO_POINTER (get_word (words, folded) | BEGINS_PAIR));
}

/* What languages.ini says under a key, and what those words are. */
typedef struct {
  const char *key;
  WordKind    kind;
  guint       first; /* of months: what the first of the twelve is */
} WordList;

typedef struct {
  GHashTable     *words;
  const WordList *list;
} Filling;

/* A language's list: of twelve months, each with its spellings, or of words that are all of a kind. */
static void
add_list (const char *value, gpointer data)
{
  const Filling *filling = data;
  gboolean       is_months = filling->list->first > 0;
  g_auto (GStrv) names = g_strsplit (value, ";", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    g_auto (GStrv) spellings = g_strsplit (names[i], "|", -1);

    for (guint k = 0; spellings[k] != NULL; k++)
      add_name (filling->words, spellings[k], strlen (spellings[k]), filling->list->kind, is_months ? filling->list->first + i : 0);
  }
}

/* The names, folded; made once, never changed. */
static GHashTable *
get_words (void)
{
  /* The first list that has a word decides. */
  static const WordList lists[] = {
    { "months", WORD_MONTH, 1 },
    { "months-solar", WORD_OTHER_MONTH, DG_CALENDAR_PERSIAN << 4 | 1 },
    { "months-islamic", WORD_OTHER_MONTH, DG_CALENDAR_ISLAMIC << 4 | 1 },
    { "weekdays", WORD_DAY, 0 },
    { "am", WORD_AM, 0 },
    { "pm", WORD_PM, 0 },
    { "hours", WORD_HOUR, 0 },
    { "zones", WORD_ZONE, 0 },
    { "date-words", WORD_FILLER, 0 },
  };
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
      dg_languages_each (lists[i].key, add_list, &(Filling){ words, &lists[i] });
    g_once_init_leave (&ready, (gsize) words);
  }
  return (GHashTable *) ready;
}

/* Looks a folded word up; TRUE where it is of some kind. */
static gboolean
look_up (const char *folded, Token *token, gboolean *begins_pair)
{
  guint    value = get_word (get_words (), folded);
  WordKind kind = (WordKind) (value >> KIND_SHIFT & KIND_MASK);

  *begins_pair = (value & BEGINS_PAIR) != 0;
  if (kind == WORD_NONE)
    return FALSE;
  token->word = kind;
  token->month = value & 0xFF;
  return TRUE;
}

static gboolean
is_letter (gunichar ch)
{
  return (dg_char_traits (ch) & (DG_CHAR_ALPHA | DG_CHAR_MARK)) != 0 || ch == 0x200C || ch == 0x0640;
}

/* Chinese year, month and day signs and hours stand beside numbers without space: each is a word of its own. */
static gboolean
is_cjk (gunichar ch)
{
  return ch >= 0x4E00 && ch <= 0x9FFF;
}

/* The end of the letters from @p on. */
static const char *
skip_letters (const char *p, const char *end)
{
  while (p < end && is_letter (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* The end of the word at @at: of one sign, where that is a Chinese one for a year, a month or a day. */
static const char *
skip_word (const char *at, const char *end, gboolean cjk)
{
  const char *p = at;

  while (p < end && is_letter (g_utf8_get_char (p)) && is_cjk (g_utf8_get_char (p)) == cjk) {
    p = g_utf8_next_char (p);
    if (cjk && (g_utf8_get_char (at) == 0x5E74 || g_utf8_get_char (at) == 0x6708 || g_utf8_get_char (at) == 0x65E5))
      break;
  }
  /* "a.m", "ت.غ": letters with points between are one word; the last point stays outside. */
  if (!cjk && p + 1 < end && *p == '.' && g_utf8_next_char (at) == p && g_unichar_isalpha (g_utf8_get_char (p + 1)))
    p = g_utf8_next_char (p + 1);
  return p;
}

/* Reads a word at *@at into @token, two where the pair has a meaning of its own ("تشرين الثاني"). */
static void
read_word (const char **at, const char *end, Token *token)
{
  gboolean    cjk = is_cjk (g_utf8_get_char (*at)), begins_pair = TRUE, known = FALSE;
  const char *first_end = skip_word (*at, end, cjk), *next = first_end;
  char        folded[192];
  Token       pair = *token;

  token->kind = pair.kind = TOKEN_WORD;
  token->word = WORD_OTHER;
  if (dg_fold (*at, (gsize) (first_end - *at), folded, sizeof folded) > 0) {
    known = look_up (folded, token, &begins_pair);
    if (!known && g_str_has_prefix (folded, "ב")) { /* Hebrew "in": בספטמבר */
      gboolean ignored;

      look_up (folded + strlen ("ב"), token, &ignored);
    }
  }
  while (next < end && (*next == ' ' || *next == '\t'))
    next++;
  if (begins_pair && !cjk && next > first_end && next < end && is_letter (g_utf8_get_char (next))) {
    const char *pair_end = skip_letters (next, end);

    if (dg_fold (*at, (gsize) (pair_end - *at), folded, sizeof folded) > 0 && look_up (folded, &pair, &begins_pair)) {
      *token = pair;
      *at = pair_end;
      return;
    }
  }
  *at = first_end;
}

static void
read_tokens (const char *text, gsize length, Tokens *tokens)
{
  const char *end = text + MIN (length, (gsize) SCAN_BYTES);
  gboolean    spaced = FALSE;

  while (end > text && end < text + length && (*end & 0xC0) == 0x80)
    end--;
  tokens->n = 0;
  while (text < end && tokens->n < MAX_TOKENS) {
    gunichar ch = g_utf8_get_char (text);
    Token   *token = &tokens->tokens[tokens->n];

    if ((dg_char_traits (ch) & DG_CHAR_SPACE) != 0 || dg_fold_char (ch) == 0) {
      spaced = spaced || (dg_char_traits (ch) & DG_CHAR_SPACE) != 0;
      text = g_utf8_next_char (text);
      continue;
    }
    *token = (Token){ .spaced = spaced };
    spaced = FALSE;
    tokens->n++;
    if (dg_digit_value (ch) >= 0) {
      token->kind = TOKEN_NUMBER;
      for (; text < end && dg_digit_value (g_utf8_get_char (text)) >= 0; text = g_utf8_next_char (text)) {
        token->value = token->value < 1000000 ? token->value * 10 + (guint) dg_digit_value (g_utf8_get_char (text)) : token->value;
        token->n_digits++;
      }
    } else if ((dg_char_traits (ch) & DG_CHAR_ALPHA) != 0) {
      read_word (&text, end, token);
    } else {
      token->kind = TOKEN_MARK;
      token->mark = ch;
      text = g_utf8_next_char (text);
    }
  }
}

static Token *
token_at (Tokens *tokens, guint i)
{
  return i < tokens->n && !tokens->tokens[i].used ? &tokens->tokens[i] : NULL;
}

static gboolean
is_number (Tokens *tokens, guint i, guint low, guint high, guint max_digits)
{
  const Token *token = token_at (tokens, i);

  return token != NULL && token->kind == TOKEN_NUMBER && token->n_digits <= max_digits && token->value >= low && token->value <= high;
}

static gboolean
is_mark (Tokens *tokens, guint i, const char *marks)
{
  const Token *token = token_at (tokens, i);

  return token != NULL && token->kind == TOKEN_MARK && g_utf8_strchr (marks, -1, token->mark) != NULL;
}

static gboolean
is_word (Tokens *tokens, guint i, WordKind kind)
{
  const Token *token = token_at (tokens, i);

  return token != NULL && token->kind == TOKEN_WORD && token->word == kind;
}

static void
use (Tokens *tokens, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    tokens->tokens[i].used = TRUE;
}

/* Steps over "p.m.", "am", "مساءً"; @half becomes -1 before noon, 1 after it, 0 where nothing is said. */
static guint
skip_half_day (Tokens *tokens, guint i, int *half)
{
  *half = 0;
  if (is_word (tokens, i, WORD_AM) || is_word (tokens, i, WORD_PM)) {
    *half = is_word (tokens, i, WORD_AM) ? -1 : 1;
    i++;
    return is_mark (tokens, i, ".") ? i + 1 : i;
  }
  return i;
}

/* The first time of day among the tokens: "21:10", "22h55", "10:10 p.m.", "9 pm", "21.10 Uhr", "2110 GMT". */
static gboolean
find_time (Tokens *tokens, DgDate *date)
{
  for (guint i = 0; i < tokens->n; i++) {
    guint next = i + 1, minute = 0;
    int   half = 0;

    if (!is_number (tokens, i, 0, 24, 2)) {
      if (is_number (tokens, i, 0, 2359, 4) && tokens->tokens[i].n_digits == 4 && is_word (tokens, i + 1, WORD_ZONE) && tokens->tokens[i].value % 100 < 60) {
        date->hour = (int) tokens->tokens[i].value / 100;
        date->minute = (int) tokens->tokens[i].value % 100;
        use (tokens, i, i + 2);
        return TRUE;
      }
      continue;
    }
    if (is_mark (tokens, next, ":：") && is_number (tokens, next + 1, 0, 59, 2) && tokens->tokens[next + 1].n_digits == 2) {
      minute = tokens->tokens[next + 1].value;
      next += 2;
      if (is_mark (tokens, next, ":：") && is_number (tokens, next + 1, 0, 60, 2))
        next += 2;
      next = skip_half_day (tokens, next, &half);
      if (is_word (tokens, next, WORD_HOUR))
        next++;
    } else if (is_word (tokens, next, WORD_HOUR)) {
      next++;
      if (is_number (tokens, next, 0, 59, 2) && tokens->tokens[next].n_digits == 2)
        minute = tokens->tokens[next++].value;
    } else if (is_mark (tokens, next, ".") && is_number (tokens, next + 1, 0, 59, 2) && tokens->tokens[next + 1].n_digits == 2
               && (is_word (tokens, next + 2, WORD_HOUR) || is_word (tokens, next + 2, WORD_AM) || is_word (tokens, next + 2, WORD_PM))) {
      minute = tokens->tokens[next + 1].value;
      next = skip_half_day (tokens, next + 2, &half);
      if (is_word (tokens, next, WORD_HOUR))
        next++;
    } else {
      next = skip_half_day (tokens, next, &half);
      if (half == 0)
        continue;
    }
    if (half != 0 && (tokens->tokens[i].value > 12 || tokens->tokens[i].value == 0))
      half = 0;
    date->hour = (int) tokens->tokens[i].value;
    if (half > 0 && date->hour < 12)
      date->hour += 12;
    else if (half < 0 && date->hour == 12)
      date->hour = 0;
    date->hour %= 24;
    date->minute = (int) minute;
    use (tokens, i, next);
    if (is_word (tokens, next, WORD_ZONE))
      use (tokens, next, next + 1);
    if (is_mark (tokens, next, "+-−") && is_number (tokens, next + 1, 0, 1400, 4))
      use (tokens, next, next + 2);
    return TRUE;
  }
  return FALSE;
}

static gboolean
set_date (DgDate *date, int year, guint month, guint day)
{
  if (month < 1 || month > 12 || day > 31 || (day > 0 && !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) (year > 0 ? year : 2000))))
    return FALSE;
  date->year = year > 0 ? year : -1;
  date->month = (int) month;
  date->day = day > 0 ? (int) day : -1;
  return TRUE;
}

static int
widen_year (const Token *token)
{
  if (token->n_digits == 2)
    return (int) (token->value < 70 ? 2000 + token->value : 1900 + token->value);
  return (int) token->value;
}

static gboolean
is_year (Tokens *tokens, guint i)
{
  return is_number (tokens, i, 1900, 2099, 4) && !(i > 0 && tokens->tokens[i - 1].kind == TOKEN_MARK && tokens->tokens[i - 1].mark == '+');
}

/* "2022-09-09", "9/9/2022", "9.9.22", "2022年9月9日". */
static gboolean
find_numeric (Tokens *tokens, gboolean month_first, DgDate *date)
{
  for (guint i = 0; i + 4 < tokens->n; i++) {
    Token   *t = &tokens->tokens[i];
    gboolean signs = is_word (tokens, i + 1, WORD_FILLER) && is_word (tokens, i + 3, WORD_FILLER);

    if (!signs && !(is_mark (tokens, i + 1, "-/.‐–٫؍") && is_mark (tokens, i + 3, "-/.‐–٫؍")))
      continue;
    if (is_year (tokens, i) && is_number (tokens, i + 2, 1, 12, 2) && is_number (tokens, i + 4, 1, 31, 2)
        && set_date (date, (int) t->value, t[2].value, t[4].value)) {
      use (tokens, i, i + 5);
      return TRUE;
    }
    if (!signs && is_number (tokens, i, 1, 31, 2) && is_number (tokens, i + 2, 1, 31, 2)
        && (is_year (tokens, i + 4) || (is_number (tokens, i + 4, 0, 99, 2) && t[4].n_digits == 2))) {
      gboolean swap = t[2].value > 12 || (month_first && t->value <= 12);

      if (set_date (date, widen_year (t + 4), swap ? t->value : t[2].value, swap ? t[2].value : t->value)) {
        use (tokens, i, i + 5);
        return TRUE;
      }
    }
  }
  return FALSE;
}

/* "9月9日" without a year. */
static gboolean
find_signs (Tokens *tokens, DgDate *date)
{
  for (guint i = 0; i + 3 < tokens->n; i++)
    if (is_number (tokens, i, 1, 12, 2) && is_word (tokens, i + 1, WORD_FILLER) && is_number (tokens, i + 2, 1, 31, 2) && is_word (tokens, i + 3, WORD_FILLER)
        && !tokens->tokens[i + 1].spaced && !tokens->tokens[i + 3].spaced && set_date (date, -1, tokens->tokens[i].value, tokens->tokens[i + 2].value)) {
      use (tokens, i, i + 4);
      return TRUE;
    }
  return FALSE;
}

/* The next token that matters, over fillers, points, commas and what stands in brackets between. */
static guint
step (Tokens *tokens, guint i, int by)
{
  guint at = i;

  for (guint n = 0; n < 3; n++) {
    if ((by < 0 && at == 0) || (by > 0 && at + 1 >= tokens->n))
      return G_MAXUINT;
    at = (guint) ((int) at + by);
    if (!is_mark (tokens, at, ".,،-–º°/()") && !is_word (tokens, at, WORD_FILLER))
      return at;
  }
  return G_MAXUINT;
}

/* The day of the month before *@from or else after *@to, which are moved over it; 0 where neither is one. */
static guint
take_day (Tokens *tokens, guint *from, guint *to)
{
  guint before = step (tokens, *from, -1), after = step (tokens, *to, 1);

  if (before != G_MAXUINT && is_number (tokens, before, 1, 31, 2)) {
    *from = before;
    return tokens->tokens[before].value;
  }
  if (after != G_MAXUINT && is_number (tokens, after, 1, 31, 2)) {
    *to = after;
    return tokens->tokens[after].value;
  }
  return 0;
}

/* A month by name with the day before or after it and perhaps the year. */
static gboolean
find_named (Tokens *tokens, DgDate *date)
{
  for (guint i = 0; i < tokens->n; i++) {
    guint from = i, to = i, before, after, day;
    int   year = -1;

    if (!is_word (tokens, i, WORD_MONTH))
      continue;
    /* The month named twice, in two calendars' names: "تموز/يوليو", "تموز (يوليو)". */
    for (guint next = step (tokens, to, 1); next != G_MAXUINT && is_word (tokens, next, WORD_MONTH); next = step (tokens, to, 1))
      to = next;
    before = step (tokens, from, -1);
    day = take_day (tokens, &from, &to);
    after = step (tokens, to, 1);
    /* ctime writes the year after the time, which is used up by now. */
    for (guint k = to + 1; day > 0 && k < tokens->n && tokens->tokens[k].used; k++)
      after = k + 1;
    if (after != G_MAXUINT && is_year (tokens, after)) {
      year = (int) tokens->tokens[after].value;
      to = after;
    } else if (before != G_MAXUINT && from != before && is_year (tokens, before)) {
      year = (int) tokens->tokens[before].value;
      from = before;
    } else if (day > 0 && after != G_MAXUINT && is_number (tokens, after, 0, 99, 2) && tokens->tokens[after].n_digits == 2 && after <= to + 2 && from != i) {
      year = widen_year (&tokens->tokens[after]);
      to = after;
    }
    if (day == 0 && year < 0)
      continue;
    if (!set_date (date, year, tokens->tokens[i].month, day))
      continue;
    use (tokens, from, to + 1);
    return TRUE;
  }
  return FALSE;
}

/* A day of another calendar becomes the date, as far as it is known; the Gregorian one only where its year is written. */
static void
set_other (DgDate *date, DgCalendar calendar, guint year, guint month, guint day)
{
  date->calendar = calendar;
  date->own_year = (int) year;
  date->own_month = (int) month;
  date->own_day = (int) day;
  if (year > 0 && day > 0)
    dg_calendar_convert (calendar, (int) year, (int) month, (int) day, date);
}

/* A month of the solar or the Islamic year by name, its day beside it, perhaps its year after it.  @known: the text gives a Gregorian
 * date too, which is the dispatch's; this one is only read over. */
static gboolean
find_other (Tokens *tokens, gboolean known, DgDate *date)
{
  for (guint i = 0; i < tokens->n; i++) {
    guint from = i, to = i, after, day, year = 0;

    if (!is_word (tokens, i, WORD_OTHER_MONTH))
      continue;
    day = take_day (tokens, &from, &to);
    after = step (tokens, to, 1);
    if (after != G_MAXUINT && is_number (tokens, after, 1200, 1600, 4)) {
      year = tokens->tokens[after].value;
      to = after;
    }
    if (day == 0 && year == 0)
      continue;
    if (!known)
      set_other (date, (DgCalendar) (tokens->tokens[i].month >> 4), year, tokens->tokens[i].month & 0xF, day);
    use (tokens, from, to + 1);
    return TRUE;
  }
  return FALSE;
}

/* "۱۴۰۴/۰۲/۲۳": the solar year where the language is one of its countries', else the Islamic. */
static gboolean
find_other_numeric (Tokens *tokens, const char *lang, gboolean known, DgDate *date)
{
  DgCalendar calendar = dg_language_lists (dg_language_get (lang), "calendar", "persian") ? DG_CALENDAR_PERSIAN : DG_CALENDAR_ISLAMIC;

  for (guint i = 0; i + 4 < tokens->n; i++) {
    const Token *t = &tokens->tokens[i];

    if (!is_mark (tokens, i + 1, "-/.‐–٫؍") || !is_mark (tokens, i + 3, "-/.‐–٫؍"))
      continue;
    for (guint year = i; year <= i + 4; year += 4)
      if (is_number (tokens, year, 1300, 1499, 4) && is_number (tokens, i + 2, 1, 12, 2) && is_number (tokens, i + i + 4 - year, 1, 31, 2)) {
        if (!known)
          set_other (date, calendar, tokens->tokens[year].value, t[2].value, tokens->tokens[i + i + 4 - year].value);
        use (tokens, i, i + 5);
        return TRUE;
      }
  }
  return FALSE;
}

void
dg_date_read (const char *text, gsize length, const char *lang, DgDateFound *found)
{
  Tokens   tokens;
  gboolean any, known, other;
  gboolean month_first = lang != NULL && g_ascii_strcasecmp (lang, "en-US") == 0;

  *found = (DgDateFound){ .date = DG_DATE_NONE };
  read_tokens (text, length, &tokens);
  any = find_time (&tokens, &found->date);
  known = find_numeric (&tokens, month_first, &found->date) || find_named (&tokens, &found->date) || find_signs (&tokens, &found->date);
  other = find_other (&tokens, known, &found->date) || find_other_numeric (&tokens, lang, known, &found->date);
  found->found = any || known || other;
  for (guint i = 0; i < tokens.n; i++) {
    const Token *token = &tokens.tokens[i];

    if (!token->used && (token->kind == TOKEN_NUMBER || (token->kind == TOKEN_WORD && token->word == WORD_OTHER)))
      found->n_other++;
  }
  if (length > SCAN_BYTES)
    found->n_other += (guint) MIN ((length - SCAN_BYTES) / 8, 1000);
}

guint
dg_date_count_parts (const DgDate *date)
{
  return (guint) ((date->year >= 0) + (date->month >= 0) + (date->day >= 0) + (date->hour >= 0));
}
