/* utf.c: questions about characters that the stages share.  Unicode's own tables come from GLib; here is only what it lacks, and what was
 * asked of it before. */
#include "base/utf.h"

#include <string.h>

gboolean
dg_is_bidi_control (gunichar ch)
{
  return ch == 0x061C || ch == 0x200E || ch == 0x200F || (ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069);
}

gboolean
dg_is_arabic (gunichar ch)
{
  if (ch < 0x0600)
    return FALSE;
  if (ch <= 0x06FF || (ch >= 0x0750 && ch <= 0x077F) || (ch >= 0x0870 && ch <= 0x08FF) || (ch >= 0xFB50 && ch <= 0xFDFF) || (ch >= 0xFE70 && ch <= 0xFEFC))
    return g_unichar_isalpha (ch);
  return FALSE;
}

gboolean
dg_is_rtl (gunichar ch)
{
  if (ch < 0x0590)
    return FALSE;
  if (ch <= 0x08FF || (ch >= 0xFB1D && ch <= 0xFDFF) || (ch >= 0xFE70 && ch <= 0xFEFC) || (ch >= 0x10800 && ch <= 0x10FFF) || (ch >= 0x1E800 && ch <= 0x1EFFF))
    return g_unichar_isalpha (ch);
  return FALSE;
}

gboolean
dg_is_dash (gunichar ch)
{
  return ch == '-' || ch == 0x2013 || ch == 0x2014 || ch == 0x2015 || ch == 0x2212;
}

int
dg_digit_value (gunichar ch)
{
  if (ch < 0x80)
    return ch >= '0' && ch <= '9' ? (int) (ch - '0') : -1;
  return g_unichar_digit_value (ch);
}

/* Length of the primary subtag. */
static gsize
measure_subtag (const char *lang)
{
  return strcspn (lang, "-_");
}

gboolean
dg_lang_equal (const char *a, const char *b)
{
  gsize length;

  if (a == NULL || b == NULL)
    return a == b;
  length = measure_subtag (a);
  return length == measure_subtag (b) && g_ascii_strncasecmp (a, b, length) == 0;
}

static gboolean
is_unfit (gunichar ch)
{
  return g_unichar_iscntrl (ch) || dg_is_bidi_control (ch) || ch == 0x2028 || ch == 0x2029 || ch == 0xFEFF;
}

char *
dg_dup_printable (const char *text, gssize length)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);
  GString    *out = g_string_sized_new ((gsize) (end - text) + 16);

  while (text < end) {
    gunichar ch = g_utf8_get_char_validated (text, end - text);

    if (ch == (gunichar) -1 || ch == (gunichar) -2) {
      g_string_append (out, "\xEF\xBF\xBD");
      text++;
      continue;
    }
    if (is_unfit (ch))
      g_string_append_printf (out, "<U+%04X>", ch);
    else
      g_string_append_unichar (out, ch);
    text = g_utf8_next_char (text);
  }
  return g_string_free (out, FALSE);
}

char *
dg_dup_escaped (const char *json)
{
  GString *out = g_string_sized_new (strlen (json) + 16);

  for (; *json != '\0'; json = g_utf8_next_char (json)) {
    gunichar ch = g_utf8_get_char (json);

    if (is_unfit (ch))
      g_string_append_printf (out, "\\u%04x", ch);
    else
      g_string_append_unichar (out, ch);
  }
  return g_string_free (out, FALSE);
}

/* Arabic letters that writers exchange, to one of them. */
static gunichar
fold_arabic (gunichar ch)
{
  switch (ch) {
  case 0x0622:
  case 0x0623:
  case 0x0625:
  case 0x0671:
  case 0x0672:
  case 0x0673: return 0x0627;
  case 0x0624: return 0x0648;
  case 0x0626:
  case 0x0649:
  case 0x06CC:
  case 0x06CD:
  case 0x06D0: return 0x064A;
  case 0x0629:
  case 0x06C0:
  case 0x06C1:
  case 0x06C2:
  case 0x06C3:
  case 0x06D5:
  case 0x06BE: return 0x0647;
  case 0x06A9:
  case 0x06AA: return 0x0643;
  case 0x0640: return 0;
  default: return ch;
  }
}

static gunichar
fold (gunichar ch)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (ch < 0x80)
    return ch >= 'A' && ch <= 'Z' ? ch + 32 : ch;
  if (ch == 0xA0 || ch == 0x202F || ch == 0x2009)
    return ' ';
  if (ch == 0xAD || ch == 0xFEFF || (ch >= 0x200B && ch <= 0x200F) || dg_is_bidi_control (ch))
    return 0;
  if (ch >= 0x0600 && ch <= 0x06FF) {
    if (g_unichar_ismark (ch))
      return 0;
    return fold_arabic (ch);
  }
  if (g_unichar_ismark (ch))
    return 0;
  if (ch == 0x0131)
    return 'i';
  if (ch >= 0xFB50)
    return g_unichar_fully_decompose (ch, TRUE, parts, G_N_ELEMENTS (parts)) > 0 ? fold_arabic (g_unichar_tolower (parts[0])) : ch;
  g_unichar_fully_decompose (ch, FALSE, parts, G_N_ELEMENTS (parts));
  return g_unichar_tolower (parts[0]);
}

static guint
find_traits (gunichar ch)
{
  return (g_unichar_isalpha (ch) ? DG_CHAR_ALPHA : 0u) | (g_unichar_isalnum (ch) ? DG_CHAR_ALNUM : 0u) | (g_unichar_ismark (ch) ? DG_CHAR_MARK : 0u)
         | (g_unichar_isupper (ch) ? DG_CHAR_UPPER : 0u) | (g_unichar_islower (ch) ? DG_CHAR_LOWER : 0u) | (dg_digit_value (ch) >= 0 ? DG_CHAR_DIGIT : 0u)
         | (g_unichar_isspace (ch) ? DG_CHAR_SPACE : 0u) | (g_unichar_tolower (ch) != ch ? DG_CHAR_HAS_SMALL : 0u);
}

/* Behind the plane that nearly all texts keep to. */
enum { KNOWN_END = 0x10000, TRAITS_SHIFT = 22 };

/* What is known of each character: its traits over what it is folded to, 0 where nobody asked yet (or where there is nothing to know, and it is
 * asked again).  As all threads get the same answers, none waits for another. */
static guint known[KNOWN_END];

G_GNUC_NO_INLINE static guint
ask (gunichar ch)
{
  guint found = find_traits (ch) << TRAITS_SHIFT | fold (ch);

  if (ch < KNOWN_END)
    g_atomic_int_set (&known[ch], found);
  return found;
}

static inline guint
look_at (gunichar ch)
{
  guint found = G_LIKELY (ch < KNOWN_END) ? (guint) g_atomic_int_get (&known[ch]) : 0;

  return G_LIKELY (found != 0) ? found : ask (ch);
}

guint
dg_char_traits (gunichar ch)
{
  return look_at (ch) >> TRAITS_SHIFT;
}

gboolean
dg_is_word_char (gunichar ch)
{
  return (dg_char_traits (ch) & (DG_CHAR_ALNUM | DG_CHAR_MARK)) != 0 || ch == 0x200C || ch == 0x0640 || ch == '\'' || ch == 0x2019;
}

gunichar
dg_fold_char (gunichar ch)
{
  return look_at (ch) & ((1u << TRAITS_SHIFT) - 1);
}

gsize
dg_fold (const char *text, gsize length, char *out, gsize size)
{
  const char *end = text + length;
  gsize       used = 0;
  gboolean    space = FALSE;

  while (text < end) {
    gunichar ch = dg_fold_char (dg_utf8_read (&text));

    if (ch == 0)
      continue;
    if (ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r') {
      space = used > 0;
      continue;
    }
    if (used + 8 > size)
      return 0;
    if (space)
      out[used++] = ' ';
    space = FALSE;
    used += dg_utf8_write (ch, out + used);
  }
  if (used >= size)
    return 0;
  out[used] = '\0';
  return used;
}

gsize
dg_utf8_shift (const char *from, gsize offset, const char *to)
{
  return from == to ? offset : (gsize) (g_utf8_offset_to_pointer (to, g_utf8_pointer_to_offset (from, from + offset)) - to);
}
