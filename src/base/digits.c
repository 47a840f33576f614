/* digits.c: numbers in the digits of a language; the signs that go with them are ICU's (CLDR). */
#include "base/digits.h"

#include <string.h>
#include <unicode/unum.h>
#include <unicode/unumsys.h>
#include "base/lang.h"
#include "base/language.h"
#include "base/utf.h"

/* A row of digits, from 0 on. */
typedef struct {
  gunichar zero;
  char     system[16]; /* as CLDR calls it */
} Digits;

static gboolean
read_system (const UNumberingSystem *system, Digits *digits)
{
  UChar      row[32];
  UErrorCode status = U_ZERO_ERROR;
  int32_t    length, at = 0;
  UChar32    zero = 0;

  if (system == NULL || unumsys_isAlgorithmic (system) || unumsys_getRadix (system) != 10)
    return FALSE;
  length = unumsys_getDescription (system, row, G_N_ELEMENTS (row), &status);
  if (U_FAILURE (status) || length < 10)
    return FALSE;
  U16_NEXT (row, at, length, zero);
  digits->zero = (gunichar) zero;
  g_strlcpy (digits->system, unumsys_getName (system), sizeof digits->system);
  return g_unichar_isdigit (digits->zero);
}

/* Those of the language's group, else those that CLDR gives it. */
static Digits
digits_of (const char *lang)
{
  const char       *name = dg_language_value (dg_language_get (lang), "digits");
  Digits            digits = { '0', "latn" };
  UErrorCode        status = U_ZERO_ERROR;
  UNumberingSystem *system;

  if (name != NULL && strcmp (name, digits.system) == 0)
    return digits;
  system = name != NULL ? unumsys_openByName (name, &status) : unumsys_open (lang, &status);
  if (U_FAILURE (status) || !read_system (system, &digits))
    digits = (Digits){ '0', "latn" };
  if (system != NULL)
    unumsys_close (system);
  return digits;
}

char *
dg_digits_number (const char *lang, guint number)
{
  gunichar         zero = digits_of (lang).zero;
  g_autofree char *plain = g_strdup_printf ("%u", number);
  GString         *out = g_string_new (NULL);

  for (const char *p = plain; *p; p++)
    g_string_append_unichar (out, zero + (gunichar) (*p - '0'));
  return g_string_free (out, FALSE);
}

/* What a language writes between digits; ' ' stands for a character that does not fit one. */
typedef struct {
  gunichar decimal, group, percent;
} Signs;

static gunichar
sign_of (const UNumberFormat *format, UNumberFormatSymbol symbol, gunichar otherwise)
{
  UChar      wide[8];
  UErrorCode status = U_ZERO_ERROR;
  int32_t    length = format ? unum_getSymbol (format, symbol, wide, G_N_ELEMENTS (wide), &status) : 0;
  int32_t    at = 0;
  UChar32    ch = 0;

  if (U_FAILURE (status) || length < 1)
    return otherwise;
  U16_NEXT (wide, at, length, ch);
  return (gunichar) ch;
}

static Signs
signs_of (const char *lang, const char *system)
{
  g_autofree char *locale = g_strdup_printf ("%s@numbers=%s", lang, system);
  UErrorCode       status = U_ZERO_ERROR;
  UNumberFormat   *format = unum_open (UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
  Signs            signs;

  if (U_FAILURE (status))
    format = NULL;
  signs = (Signs){ sign_of (format, UNUM_DECIMAL_SEPARATOR_SYMBOL, '.'), sign_of (format, UNUM_GROUPING_SEPARATOR_SYMBOL, ','),
                   sign_of (format, UNUM_PERCENT_SYMBOL, '%') };
  if (format)
    unum_close (format);
  return signs;
}

static gboolean
is_decimal (gunichar ch)
{
  return ch == '.' || ch == 0x066B;
}

static gboolean
is_group (gunichar ch)
{
  return ch == ',' || ch == 0x066C;
}

/* A word that is a number and no name: no letter in it is of a script that has other digits. */
static gboolean
is_numeric (const gunichar *word, guint n, DgScript script)
{
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++) {
    DgScript own = dg_lang_script_of_char (word[i]);

    if (own != DG_SCRIPT_NONE && own != script)
      return FALSE;
    any = any || dg_digit_value (word[i]) >= 0;
  }
  return any;
}

/* The digits that stand together from @i on. */
static guint
run_length (const gunichar *word, guint n, guint i)
{
  guint length = 0;

  while (i + length < n && dg_digit_value (word[i + length]) >= 0)
    length++;
  return length;
}

/* The number that begins at @i: digits with signs between them.  Returns where it ends. */
static guint
map_number (gunichar *word, guint n, guint i, gunichar zero, const Signs *signs)
{
  guint    n_decimals = 0, n_groups = 0, start = i, end;
  gboolean threes = TRUE;

  for (end = i + run_length (word, n, i); end + 1 < n && (is_decimal (word[end]) || is_group (word[end]));) {
    guint digits = run_length (word, n, end + 1);

    if (digits == 0)
      break;
    if (is_decimal (word[end]))
      n_decimals++;
    else
      n_groups++;
    threes = threes && (digits == 3 || is_decimal (word[end]));
    end += 1 + digits;
  }
  for (i = start; i < end; i++) {
    int value = dg_digit_value (word[i]);

    if (value >= 0)
      word[i] = zero + (gunichar) value;
    else if (is_decimal (word[i]) && n_decimals == 1)
      word[i] = signs->decimal;
    else if (is_group (word[i]) && threes)
      word[i] = signs->group;
    else if (is_group (word[i]) && n_groups == 1 && n_decimals == 0)
      word[i] = signs->decimal;
  }
  return end;
}

static void
map_word (gunichar *word, guint n, gunichar zero, const Signs *signs)
{
  for (guint i = 0; i < n;) {
    if (dg_digit_value (word[i]) < 0) {
      /* The sign may come first. */
      if ((word[i] == '%' || word[i] == 0x066A) && i + 1 < n && dg_digit_value (word[i + 1]) >= 0)
        word[i] = signs->percent;
      i++;
      continue;
    }
    i = map_number (word, n, i, zero, signs);
    if (i < n && (word[i] == '%' || word[i] == 0x066A))
      word[i++] = signs->percent;
  }
}

char *
dg_digits_map (const char *text, const char *lang)
{
  const Digits         digits = digits_of (lang);
  Signs                signs = signs_of (lang, digits.system);
  glong                n = 0;
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (text, -1, &n);

  for (glong i = 0; i < n;) {
    glong end = i;

    while (end < n && !g_unichar_isspace (chars[end]))
      end++;
    if (is_numeric (chars + i, (guint) (end - i), dg_lang_script (lang)))
      map_word (chars + i, (guint) (end - i), digits.zero, &signs);
    /* "25 %" */
    else if (end > i && i > 1 && (chars[i] == '%' || chars[i] == 0x066A) && dg_digit_value (chars[i - 2]) >= 0)
      chars[i] = signs.percent;
    i = end + 1;
  }
  return g_ucs4_to_utf8 (chars, n, NULL, NULL, NULL);
}
