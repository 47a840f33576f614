/* charset.c: GLib's iconv for decoding, ICU's converters for what iconv lacks (code page 720), uchardet for a first guess.
 *
 * uchardet alone errs on short and bilingual texts, so each likely charset is tried, and the words that are not plain ASCII are
 * looked at: common words of a language speak for it, control characters, boxes and capitals inside words against it. */
#include "base/charset.h"

#include "base/lang.h"
#include "base/utf.h"

#include <errno.h>
#include <string.h>
#include <uchardet.h>
#include <unicode/ucnv.h>

enum { TEXT_BYTES = 24000, HINT_BYTES = 4000, FIRST_SAMPLE = 600, SECOND_SAMPLE = 4000 };

/* Ratings this close to the best are looked at again with more words; what rates so well, and so much better than all others, is sure. */
#define NEAR        0.4
#define GOOD_RATING 0.15
#define GOOD_MARGIN 0.1

static const char *const ALIASES[][2] = {
  { "utf8", "utf-8" },
  { "utf16", "utf-16" },
  { "utf16le", "utf-16le" },
  { "utf16be", "utf-16be" },
  { "utf32", "utf-32" },
  { "ucs-2", "utf-16" },
  { "unicode", "utf-16" },
  { "latin1", "iso-8859-1" },
  { "latin-1", "iso-8859-1" },
  { "latin9", "iso-8859-15" },
  { "arabic", "iso-8859-6" },
  { "hebrew", "iso-8859-8" },
  { "ansi", "windows-1252" },
  { "us-ascii", "ascii" },
  { "ibm864", "cp864" },
  { "ibm-864", "cp864" },
  { "ibm866", "cp866" },
  { "ibm862", "cp862" },
  { "ibm720", "cp720" },
  { "ibm-720", "cp720" },
  { "dos-720", "cp720" },
  { "transparent-asmo", "cp720" },
  { "asmo-708", "iso-8859-6" },
  { "ecma-114", "iso-8859-6" },
  { "gb2312", "gb18030" },
  { "gbk", "gb18030" },
  { "cp936", "gb18030" },
  { "sjis", "shift_jis" },
  { "cp932", "shift_jis" },
  { "cp949", "euc-kr" },
  { "uhc", "euc-kr" },
  { "macarabic", "x-mac-arabic" },
  { "mac-arabic", "x-mac-arabic" },
};

/* In order of preference where the text does not tell them apart. */
static const char *const CANDIDATES[] = {
  "windows-1252", "windows-1256", "windows-1251", "windows-1255", "windows-1253", "windows-1254", "iso-8859-6",   "cp720",
  "cp864",        "koi8-r",       "cp866",        "cp862",        "macintosh",    "windows-1250", "x-mac-arabic", "koi8-u",
};

/* Old Macintoshes' Arabic, which neither iconv nor ICU has: what the bytes from 0x80 on are (Apple's ARABIC.TXT, without the directions). */
static const guint16 MAC_ARABIC[128] = {
  /* clang-format off */
  0x00C4, 0x00A0, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x06BA, 0x00AB, 0x00E7, 0x00E9, 0x00E8,
  0x00EA, 0x00EB, 0x00ED, 0x2026, 0x00EE, 0x00EF, 0x00F1, 0x00F3, 0x00BB, 0x00F4, 0x00F6, 0x00F7, 0x00FA, 0x00F9, 0x00FB, 0x00FC,
  0x0020, 0x0021, 0x0022, 0x0023, 0x0024, 0x066A, 0x0026, 0x0027, 0x0028, 0x0029, 0x002A, 0x002B, 0x060C, 0x002D, 0x002E, 0x002F,
  0x0660, 0x0661, 0x0662, 0x0663, 0x0664, 0x0665, 0x0666, 0x0667, 0x0668, 0x0669, 0x003A, 0x061B, 0x003C, 0x003D, 0x003E, 0x061F,
  0x274A, 0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627, 0x0628, 0x0629, 0x062A, 0x062B, 0x062C, 0x062D, 0x062E, 0x062F,
  0x0630, 0x0631, 0x0632, 0x0633, 0x0634, 0x0635, 0x0636, 0x0637, 0x0638, 0x0639, 0x063A, 0x005B, 0x005C, 0x005D, 0x005E, 0x005F,
  0x0640, 0x0641, 0x0642, 0x0643, 0x0644, 0x0645, 0x0646, 0x0647, 0x0648, 0x0649, 0x064A, 0x064B, 0x064C, 0x064D, 0x064E, 0x064F,
  0x0650, 0x0651, 0x0652, 0x067E, 0x0679, 0x0686, 0x06D5, 0x06A4, 0x06AF, 0x0688, 0x0691, 0x007B, 0x007C, 0x007D, 0x0698, 0x06D2,
  /* clang-format on */
};

static gboolean
is_mac_arabic (const char *name)
{
  return strcmp (name, "x-mac-arabic") == 0;
}

char *
dg_charset_dup_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char      *digits = NULL;

  g_strdelimit (g_strstrip (lower), " ", '-');
  for (gsize i = 0; i < G_N_ELEMENTS (ALIASES); i++)
    if (strcmp (lower, ALIASES[i][0]) == 0)
      return g_strdup (ALIASES[i][1]);
  if (g_str_has_prefix (lower, "cp125"))
    digits = lower + 2;
  else if (g_str_has_prefix (lower, "cp-125") || g_str_has_prefix (lower, "win125"))
    digits = lower + 3;
  else if (g_str_has_prefix (lower, "win-125"))
    digits = lower + 4;
  else if (g_str_has_prefix (lower, "windows125"))
    digits = lower + 7;
  if (digits != NULL)
    return g_strconcat ("windows-", digits, NULL);
  if (g_str_has_prefix (lower, "iso8859-"))
    return g_strconcat ("iso-8859-", lower + strlen ("iso8859-"), NULL);
  if (g_str_has_prefix (lower, "iso_8859-"))
    return g_strconcat ("iso-8859-", lower + strlen ("iso_8859-"), NULL);
  return g_steal_pointer (&lower);
}

static UConverter *
open_icu (const char *name)
{
  UErrorCode  status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open (strcmp (name, "cp720") == 0 ? "ibm-720" : name, &status);

  return U_SUCCESS (status) ? converter : NULL;
}

gboolean
dg_charset_is_known (const char *name)
{
  GIConv      conv;
  UConverter *converter;

  /* A slash would begin iconv's own options. */
  if (is_mac_arabic (name))
    return TRUE;
  if (*name == '\0' || strlen (name) > 40 || strchr (name, '/') != NULL || !g_str_is_ascii (name))
    return FALSE;
  conv = g_iconv_open ("UTF-8", name);
  if (conv != (GIConv) -1) {
    g_iconv_close (conv);
    return TRUE;
  }
  converter = open_icu (name);
  if (converter == NULL)
    return FALSE;
  ucnv_close (converter);
  return TRUE;
}

static void
append_bad (GString *out, GArray *bad)
{
  gsize at = out->len;

  g_array_append_val (bad, at);
  g_string_append (out, "\xEF\xBF\xBD");
}

/* UTF-8 needs no converter: what is valid is copied. */
static GString *
decode_utf8 (const guint8 *bytes, gsize length, GArray *bad)
{
  GString    *out = g_string_sized_new (length + 16);
  const char *p = (const char *) bytes, *end = p + length;

  while (p < end) {
    const char *stop;

    g_utf8_validate_len (p, (gsize) (end - p), &stop);
    g_string_append_len (out, p, stop - p);
    p = stop;
    if (p == end)
      break;
    if (*p == '\0') {
      g_string_append_c (out, *p++);
      continue;
    }
    /* One U+FFFD for a lead byte with what continuation bytes follow it (at most three). */
    append_bad (out, bad);
    for (guint n = (guchar) *p++ >= 0xC0 ? 3 : 0; n > 0 && p < end && ((guchar) *p & 0xC0) == 0x80; n--)
      p++;
  }
  return out;
}

static GString *
decode_mac_arabic (const guint8 *bytes, gsize length)
{
  GString *out = g_string_sized_new (length * 2);

  for (gsize i = 0; i < length; i++)
    g_string_append_unichar (out, bytes[i] < 0x80 ? bytes[i] : MAC_ARABIC[bytes[i] - 0x80]);
  return out;
}

static GString *
decode_icu (const guint8 *bytes, gsize length, UConverter *converter, GArray *bad)
{
  GString    *out = g_string_sized_new (length * 2);
  UChar       units[1024];
  const char *from = (const char *) bytes, *end = from + length;
  UErrorCode  status;

  do {
    UChar *to = units;
    gint32 n;

    status = U_ZERO_ERROR;
    ucnv_toUnicode (converter, &to, units + G_N_ELEMENTS (units), &from, end, NULL, TRUE, &status);
    n = (gint32) (to - units);
    for (gint32 i = 0; i < n;) {
      UChar32 ch;

      U16_NEXT (units, i, n, ch);
      if (ch == 0xFFFD || U_IS_SURROGATE (ch))
        append_bad (out, bad);
      else
        g_string_append_unichar (out, (gunichar) ch);
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return out;
}

static GString *
decode_iconv (const guint8 *bytes, gsize length, GIConv conv, gsize unit, GArray *bad)
{
  GString *out = g_string_sized_new (length * 2);
  char    *from = (char *) bytes, buffer[4096];
  gsize    left = length;

  while (left > 0) {
    char *to = buffer;
    gsize room = sizeof buffer, before = left, result;
    int   problem;

    result = g_iconv (conv, &from, &left, &to, &room);
    problem = result == (gsize) -1 ? errno : 0;
    g_string_append_len (out, buffer, to - buffer);
    if (problem == 0)
      break;
    if (problem == E2BIG && left < before)
      continue;
    append_bad (out, bad);
    unit = MIN (unit, left);
    from += unit;
    left -= unit;
    g_iconv (conv, NULL, NULL, NULL, NULL);
  }
  return out;
}

GString *
dg_charset_fold_shapes (GString *text, GArray *bad)
{
  GString *out = g_string_sized_new (text->len);
  guint    next_bad = 0;

  for (const char *p = text->str; p < text->str + text->len; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p), parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    gsize    n;

    if (next_bad < bad->len && g_array_index (bad, gsize, next_bad) == (gsize) (p - text->str))
      g_array_index (bad, gsize, next_bad++) = out->len;
    if (ch < 0xFE70 || ch > 0xFEFC) {
      g_string_append_unichar (out, ch);
      continue;
    }
    n = g_unichar_fully_decompose (ch, TRUE, parts, G_N_ELEMENTS (parts));
    for (gsize i = 0; i < n && i < G_N_ELEMENTS (parts); i++)
      if (parts[i] != ' ')
        g_string_append_unichar (out, parts[i]);
  }
  g_string_free (text, TRUE);
  return out;
}

GString *
dg_charset_decode (const guint8 *bytes, gsize length, const char *name, GArray *bad)
{
  GIConv      conv;
  UConverter *converter;
  GString    *out;
  gsize       unit = g_str_has_prefix (name, "utf-16") ? 2 : g_str_has_prefix (name, "utf-32") ? 4 : 1;

  if (strcmp (name, "utf-8") == 0)
    return decode_utf8 (bytes, length, bad);
  if (is_mac_arabic (name))
    return decode_mac_arabic (bytes, length);
  conv = g_iconv_open ("UTF-8", name);
  if (conv != (GIConv) -1) {
    out = decode_iconv (bytes, length, conv, unit, bad);
    g_iconv_close (conv);
  } else {
    converter = open_icu (name);
    g_assert (converter != NULL);
    out = decode_icu (bytes, length, converter, bad);
    ucnv_close (converter);
  }
  return strcmp (name, "cp864") == 0 ? dg_charset_fold_shapes (out, bad) : out;
}

/* How well a text reads: about 1 for prose in its own charset, near or below 0 in a wrong one.  Only words with characters
 * beyond ASCII count, since the others read the same in all. */
static double
rate (const GString *text, guint n_bad)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char  *p = text->str, *end = p + text->len;
  DgLangScores scores = { 0 };
  double       faults = n_bad * 2.0, best = 0;
  guint        n_words = 0;
  gsize        han = 0;

  while (p < end) {
    const char *start = p;
    gboolean    beyond = FALSE, lower = FALSE;
    DgScript    script = DG_SCRIPT_NONE;
    guint       run = 0; /* accented Latin letters one after the other */
    guint       n_cyrillic = 0, n_vowels = 0;
    gunichar    before = 0;

    for (; p < end && !g_unichar_isspace (g_utf8_get_char (p)); p = g_utf8_next_char (p)) {
      gunichar ch = g_utf8_get_char (p);
      DgScript own;

      if (ch < 0x80) {
        lower = g_ascii_islower ((char) ch);
        if (script > DG_SCRIPT_LATIN && strchr ("[\\]^_{|}~", (char) ch) != NULL) /* signs of programs in a word */
          faults += 0.3;
        if (g_ascii_isalpha ((char) ch))
          script = script == DG_SCRIPT_NONE ? DG_SCRIPT_LATIN : script;
        run = 0;
        continue;
      }
      beyond = TRUE;
      own = dg_lang_script_of_char (ch);
      if (own == DG_SCRIPT_NONE) {
        GUnicodeType type = g_unichar_type (ch);

        if (type == G_UNICODE_NON_SPACING_MARK && ch != 0x0651 && before >= 0x064B && before <= 0x0652 && before != 0x0651) /* two vowels on a letter */
          faults += 0.5;
        before = ch;
        if (type == G_UNICODE_CONTROL || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_PRIVATE_USE)
          faults += 1;
        else if ((ch >= 0x2500 && ch <= 0x259F) || type == G_UNICODE_CURRENCY_SYMBOL || type == G_UNICODE_MATH_SYMBOL || type == G_UNICODE_MODIFIER_SYMBOL
                 || (type == G_UNICODE_OTHER_SYMBOL && ch < 0x2000) || type == G_UNICODE_OTHER_NUMBER)
          faults += 0.5;
        lower = FALSE;
        continue;
      }
      if (script != DG_SCRIPT_NONE && script != own) /* two alphabets in one word */
        faults += 0.6;
      script = own;
      if (before == 0x0629 && own == DG_SCRIPT_ARABIC) /* the letter that only ends words */
        faults += 0.6;
      before = ch;
      if (own == DG_SCRIPT_CYRILLIC) {
        n_cyrillic++;
        n_vowels += g_utf8_strchr ("аеиоуыэюяёіїєАЕИОУЫЭЮЯЁІЇЄ", -1, ch) != NULL;
      }
      run = own == DG_SCRIPT_LATIN ? run + 1 : 0;
      if (run >= 3) /* no language writes so; another alphabet read as Latin does */
        faults += run == 3 ? 1.5 : 0.5;
      if (lower && g_unichar_isupper (ch)) /* a capital after a small letter */
        faults += 0.6;
      lower = g_unichar_islower (ch);
      han += own == DG_SCRIPT_HAN && ch >= 0x4E00 && ch <= 0x9FFF;
    }
    if (n_cyrillic >= 4 && n_vowels * 5 < n_cyrillic) /* Hebrew writes consonants in the places of Cyrillic letters */
      faults += 0.6;
    if (beyond) {
      n_words++;
      g_string_append_len (words, start, p - start);
      g_string_append_c (words, ' ');
    }
    while (p < end && g_unichar_isspace (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
  }
  if (n_words == 0)
    return 0;
  dg_lang_score (words->str, words->len, &scores);
  for (guint i = 0; i < dg_lang_count (); i++)
    best = MAX (best, (double) scores.score[i]);
  return (best + 0.3 * (double) han - faults) / n_words;
}

/* Bytes of the word at @at, which ends at a space or control; @beyond tells whether a byte of it is beyond ASCII. */
static gsize
measure_word (const guint8 *bytes, gsize length, gsize at, gboolean *beyond)
{
  gsize end = at;

  *beyond = FALSE;
  for (; end < length && bytes[end] > ' '; end++)
    *beyond = *beyond || bytes[end] >= 0x80;
  return end - at;
}

/* Words with bytes beyond ASCII, about @limit bytes of them, from the whole of the text: each of its languages has its share. */
static GString *
take_sample (const guint8 *bytes, gsize length, gsize limit)
{
  GString *sample = g_string_sized_new (limit + 64);
  gsize    total = 0, passed = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (gsize at = 0; at < length;) {
      gboolean beyond;
      gsize    size = measure_word (bytes, length, at, &beyond);

      if (beyond && pass == 0) {
        total += size;
      } else if (beyond) {
        if (total <= limit || (double) sample->len * (double) total <= (double) passed * (double) limit) {
          g_string_append_len (sample, (const char *) bytes + at, (gssize) MIN (size, limit));
          g_string_append_c (sample, ' ');
        }
        passed += size;
      }
      at += size + 1;
    }
  return sample;
}

/* What uchardet takes the text for; NULL where it cannot tell or names no charset of ours. */
static const char *
ask_uchardet (const guint8 *bytes, gsize length)
{
  uchardet_t  detector = uchardet_new ();
  const char *hint = NULL;

  uchardet_handle_data (detector, (const char *) bytes, length);
  uchardet_data_end (detector);
  if (*uchardet_get_charset (detector) != '\0') {
    g_autofree char *name = dg_charset_dup_name (uchardet_get_charset (detector));

    if (strcmp (name, "iso-8859-1") == 0 || strcmp (name, "ascii") == 0)
      hint = "windows-1252";
    else if (!g_str_has_prefix (name, "utf") && dg_charset_is_known (name))
      hint = g_intern_string (name);
  }
  uchardet_delete (detector);
  return hint;
}

typedef struct {
  const char *name;
  double      rating;
  guint       reading; /* the hash of what the sample reads: charsets with the same reading are no rivals */
} Candidate;

static void
rate_as (Candidate *candidate, const GString *sample, const char *hint)
{
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) text = dg_charset_decode ((const guint8 *) sample->str, sample->len, candidate->name, bad);

  candidate->rating = rate (text, bad->len) + (hint != NULL && strcmp (candidate->name, hint) == 0 ? 0.1 : 0);
  candidate->reading = g_string_hash (text);
}

const char *
dg_charset_guess (const guint8 *bytes, gsize length, double *confidence)
{
  gsize       size = MIN (length, (gsize) TEXT_BYTES);
  const char *hint = ask_uchardet (bytes, MIN (size, (gsize) HINT_BYTES));
  g_autoptr (GString) little = take_sample (bytes, size, FIRST_SAMPLE);
  g_autoptr (GString) more = take_sample (bytes, size, SECOND_SAMPLE);
  Candidate        candidates[G_N_ELEMENTS (CANDIDATES) + 1];
  const Candidate *best = &candidates[0];
  double           top = -1e9, second = -1e9;
  guint            n = 0;
  gboolean         listed = hint == NULL;

  for (guint i = 0; i < G_N_ELEMENTS (CANDIDATES); i++) {
    listed = listed || g_strcmp0 (CANDIDATES[i], hint) == 0;
    candidates[n++].name = CANDIDATES[i];
  }
  if (!listed)
    candidates[n++].name = hint;
  /* A few words rule most charsets out. */
  for (guint i = 0; i < n; i++) {
    rate_as (&candidates[i], little, hint);
    top = MAX (top, candidates[i].rating);
  }
  for (guint i = 0; i < n; i++) {
    if (candidates[i].rating >= top - NEAR && more->len > little->len)
      rate_as (&candidates[i], more, hint);
    if (candidates[i].rating > best->rating + 1e-9)
      best = &candidates[i];
  }
  for (guint i = 0; i < n; i++)
    if (candidates[i].reading != best->reading)
      second = MAX (second, candidates[i].rating);
  *confidence = MIN (best->rating / GOOD_RATING, (best->rating - second) / GOOD_MARGIN);
  *confidence = *confidence <= 1 ? 0.5 * MAX (*confidence, 0) : 1 - 0.5 / *confidence;
  return best->name;
}
