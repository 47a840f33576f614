/* value.c: reads and writes the values of a template's keys, one pair of functions a type. */
#include "page/value.h"

#include "diglot.h"

#include <math.h>
#include <string.h>

#include "base/utf.h"

/* Numbers, as text and back */

/* Reads a plain decimal number, whatever the locale; no exponent, hexadecimal, infinity.  *@end is what follows it. */
static gboolean
parse_number (const char *text, double *number, const char **end)
{
  const char *p = text + (*text == '-' || *text == '+');
  gsize       digits = strspn (p, "0123456789");
  p += digits;
  if (*p == '.') {
    gsize more = strspn (p + 1, "0123456789");
    digits += more;
    p += 1 + more;
  }
  if (digits == 0 || p - text > 40)
    return FALSE;
  g_autofree char *digit_string = g_strndup (text, (gsize) (p - text));
  *number = g_ascii_strtod (digit_string, NULL) + 0.0; /* and no minus zero */
  *end = p;
  return isfinite (*number);
}

static gboolean
parse_with_units (const char *text, gboolean points_only, double *pt)
{
  static const struct {
    const char *name;
    double      pt;
  } units[] = { { "pt", 1 }, { "mm", 72 / 25.4 }, { "cm", 720 / 25.4 }, { "in", 72 } };
  double      number;
  const char *end;
  if (!parse_number (text, &number, &end))
    return FALSE;
  while (*end == ' ')
    end++;
  for (guint i = 0; i < (points_only ? 1 : G_N_ELEMENTS (units)); i++)
    if (strcmp (end, units[i].name) == 0) {
      *pt = number * units[i].pt;
      return TRUE;
    }
  *pt = 0;
  return *end == '\0' && number == 0;
}

/* The shortest decimal that reads as the same @number after division by @scale. */
static void
append_number (GString *out, double number, double scale)
{
  char buffer[64];
  for (int decimals = 0; decimals <= 40; decimals++) {
    char format[8];
    g_snprintf (format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd (buffer, sizeof buffer, format, number * scale);
    if (g_ascii_strtod (buffer, NULL) / scale == number)
      break;
  }
  g_string_append (out, buffer);
}

/* Types: how a value is read into its member and written from it.  A parser leaves the member alone when it fails. */

static gboolean
parse_length (const char *text, gpointer value)
{
  return parse_with_units (text, FALSE, value);
}

static void
dump_length (gconstpointer value, GString *out)
{
  append_number (out, *(const double *) value, 1);
  g_string_append (out, "pt");
}

static gboolean
parse_size (const char *text, gpointer value)
{
  return parse_with_units (text, TRUE, value);
}

static gboolean
parse_autosize (const char *text, gpointer value)
{
  if (strcmp (text, "auto") != 0)
    return parse_size (text, value) && *(const double *) value >= 0; /* DG_SIZE_AUTO is none */
  *(double *) value = DG_SIZE_AUTO;
  return TRUE;
}

static void
dump_autosize (gconstpointer value, GString *out)
{
  if (*(const double *) value == DG_SIZE_AUTO)
    g_string_append (out, "auto");
  else
    dump_length (value, out);
}

static gboolean
parse_plain (const char *text, gpointer value)
{
  const char *end;
  double      number;
  if (!parse_number (text, &number, &end) || *end)
    return FALSE;
  *(double *) value = number;
  return TRUE;
}

static gboolean
parse_count (const char *text, gpointer value)
{
  double number;
  if (!parse_plain (text, &number) || number != floor (number))
    return FALSE;
  *(double *) value = number;
  return TRUE;
}

static void
dump_plain (gconstpointer value, GString *out)
{
  append_number (out, *(const double *) value, 1);
}

static gboolean
parse_percent (const char *text, gpointer value)
{
  const char *end;
  double      number;
  if (!parse_number (text, &number, &end))
    return FALSE;
  while (*end == ' ')
    end++;
  if (*end && strcmp (end, "%") != 0)
    return FALSE;
  *(double *) value = number / 100;
  return TRUE;
}

static void
dump_percent (gconstpointer value, GString *out)
{
  append_number (out, *(const double *) value, 100);
}

/* Finds @text in a NULL-terminated list; -1 where it is not there. */
static int
find_word (const char *text, const char *const *words)
{
  for (int i = 0; words[i]; i++)
    if (strcmp (text, words[i]) == 0)
      return i;
  return -1;
}

static gboolean
parse_bool (const char *text, gpointer value)
{
  static const char *const words[] = { "no", "yes", "false", "true", NULL };
  int                      i = find_word (text, words);
  if (i >= 0)
    *(gboolean *) value = i % 2;
  return i >= 0;
}

static void
dump_bool (gconstpointer value, GString *out)
{
  g_string_append (out, *(const gboolean *) value ? "yes" : "no");
}

/* "cmyk(0, 95, 85, 38)": per cent. */
static gboolean
parse_inks (const char *text, double inks[4])
{
  if (!g_str_has_prefix (text, "cmyk("))
    return FALSE;
  const char *p = text + 5;
  for (guint i = 0; i < 4; i++) {
    if (!parse_number (p + strspn (p, " "), &inks[i], &p) || inks[i] < 0 || inks[i] > 100)
      return FALSE;
    inks[i] /= 100;
    p += strspn (p, " ");
    if (*p++ != (i < 3 ? ',' : ')'))
      return FALSE;
  }
  return *p == '\0';
}

static gboolean
parse_colour (const char *text, gpointer value)
{
  DgColour colour = { 0 };
  gboolean on_screen = text[0] == '#' && strspn (text + 1, "0123456789abcdefABCDEF") == 6;
  double   inks[4] = { 0 };
  if (on_screen) {
    guint64 rgb = g_ascii_strtoull (text + 1, NULL, 16);
    colour.r = (double) (rgb >> 16) / 255;
    colour.g = (double) (rgb >> 8 & 255) / 255;
    colour.b = (double) (rgb & 255) / 255;
    text += 7;
    if (*text == ' ')
      text += strspn (text, " ");
    else if (*text)
      return FALSE;
  }
  if ((*text || !on_screen) && !parse_inks (text, inks))
    return FALSE;
  colour.c = inks[0];
  colour.m = inks[1];
  colour.y = inks[2];
  colour.k = inks[3];
  if (!on_screen) /* as if the inks were perfect filters (ISO 32000-1 10.3.5) */
  {
    colour.r = 1 - MIN (1, colour.c + colour.k);
    colour.g = 1 - MIN (1, colour.m + colour.k);
    colour.b = 1 - MIN (1, colour.y + colour.k);
  }
  *(DgColour *) value = colour;
  return TRUE;
}

static void
dump_colour (gconstpointer value, GString *out)
{
  const DgColour *colour = value;
  const double    inks[4] = { colour->c, colour->m, colour->y, colour->k };
  g_string_append_printf (out, "#%02X%02X%02X", (guint) lround (colour->r * 255), (guint) lround (colour->g * 255), (guint) lround (colour->b * 255));
  if (inks[0] + inks[1] + inks[2] + inks[3] == 0)
    return;
  for (guint i = 0; i < 4; i++) {
    g_string_append (out, i == 0 ? " cmyk(" : ", ");
    append_number (out, inks[i], 100);
  }
  g_string_append_c (out, ')');
}

/* Takes @text where it is at most @longest characters, none of them a control. */
static gboolean
take_string (const char *text, glong longest, gpointer value)
{
  if (g_utf8_strlen (text, -1) > longest)
    return FALSE;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)) || dg_is_bidi_control (g_utf8_get_char (p)))
      return FALSE;
  char **string = value;
  g_free (*string);
  *string = g_strdup (text);
  return TRUE;
}

/* A string is one family's name: Pango would take a comma for the start of a second one. */
static gboolean
parse_string (const char *text, gpointer value)
{
  return *text && !strpbrk (text, ",;\\\"") && take_string (text, 100, value);
}

/* A file's path may be empty, which names none. */
static gboolean
parse_path (const char *text, gpointer value)
{
  return g_utf8_validate (text, -1, NULL) && take_string (text, 4000, value);
}

/* The address of a folder of the web, with the slash that makes it one; empty for none. */
static gboolean
parse_address (const char *text, gpointer value)
{
  g_autofree char *folder = g_strconcat (text, *text && !g_str_has_suffix (text, "/") ? "/" : "", NULL);
  const char      *host = g_str_has_prefix (text, "https://") ? text + 8 : g_str_has_prefix (text, "http://") ? text + 7 : NULL;
  if (*text && (host == NULL || !g_ascii_isalnum (*host)))
    return FALSE;
  for (const char *p = text; *p; p++)
    if (*p <= ' ' || *p > '~' || strchr ("\"'<>\\^`{|}?#", *p))
      return FALSE;
  return take_string (folder, 500, value);
}

/* TRUE where every brace belongs to a placeholder of the table. */
static gboolean
has_good_placeholders (const char *text)
{
  static const char *const names[] = {
#define _(id, name, meaning) name,
    DG_PLACEHOLDER_TABLE (_)
#undef _
      NULL
  };
  for (const char *p = text + strcspn (text, "{}"); *p; p += strcspn (p, "{}")) {
    gsize            length = strcspn (p + 1, "{}");
    g_autofree char *name = g_strndup (p + 1, length);
    if (*p != '{' || p[1 + length] != '}' || find_word (name, names) < 0)
      return FALSE;
    p += 2 + length;
  }
  return TRUE;
}

static gboolean
parse_text (const char *text, gpointer value)
{
  return has_good_placeholders (text) && take_string (text, 200, value);
}

static void
dump_string (gconstpointer value, GString *out)
{
  g_string_append (out, *(char *const *) value);
}

static const struct {
  const char *name;
  double      width, height;
} papers[] = { /* mm */
               { "a4", 210, 297 },
               { "a5", 148, 210 },
               { "letter", 215.9, 279.4 },
               { "tabloid", 279.4, 431.8 }
};

static gboolean
parse_page (const char *text, gpointer value)
{
  DgPageSize *page = value;
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (strcmp (text, papers[i].name) == 0) {
      *page = (DgPageSize){ papers[i].width * (72 / 25.4), papers[i].height * (72 / 25.4) };
      return TRUE;
    }
  g_auto (GStrv) sides = g_strsplit (text, "x", 3);
  DgPageSize size;
  if (g_strv_length (sides) != 2 || !parse_with_units (g_strstrip (sides[0]), FALSE, &size.width)
      || !parse_with_units (g_strstrip (sides[1]), FALSE, &size.height))
    return FALSE;
  *page = size;
  return TRUE;
}

static void
dump_page (gconstpointer value, GString *out)
{
  const DgPageSize *page = value;
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    DgPageSize paper;
    if (parse_page (papers[i].name, &paper) && paper.width == page->width && paper.height == page->height) {
      g_string_append (out, papers[i].name);
      return;
    }
  }
  dump_length (&page->width, out);
  g_string_append (out, " x ");
  dump_length (&page->height, out);
}

static gboolean
parse_ratio (const char *text, gpointer value)
{
  DgRatio *ratio = value;
  gboolean is_auto = strcmp (text, "auto") == 0;
  if (is_auto || strcmp (text, "equal") == 0) {
    *ratio = (DgRatio){ is_auto, 0.5 };
    return TRUE;
  }
  double      a, b;
  const char *end;
  if (!parse_number (text, &a, &end))
    return FALSE;
  end += strspn (end, " ");
  if (*end++ != ':')
    return FALSE;
  end += strspn (end, " ");
  if (!parse_number (end, &b, &end) || *end || a <= 0 || b <= 0)
    return FALSE;
  *ratio = (DgRatio){ FALSE, a / (a + b) };
  return TRUE;
}

static void
dump_ratio (gconstpointer value, GString *out)
{
  const DgRatio *ratio = value;
  if (ratio->is_auto || ratio->first == 0.5) {
    g_string_append (out, ratio->is_auto ? "auto" : "equal");
    return;
  }
  gsize start = out->len;
  for (double scale = 100;; scale = 1) {
    double a = ratio->first * scale;
    if (scale > 1)
      a = round (a * 100) / 100;
    g_string_truncate (out, start);
    append_number (out, a, 1);
    g_string_append_c (out, ':');
    append_number (out, scale - a, 1);
    DgRatio again;
    if (scale <= 1 || (parse_ratio (out->str + start, &again) && again.first == ratio->first))
      return;
  }
}

/* "X% Y%", the signs may be left out. */
static gboolean
parse_focus (const char *text, gpointer value)
{
  double      at[2];
  const char *end = text;
  for (guint i = 0; i < G_N_ELEMENTS (at); i++) {
    end += strspn (end, " ");
    if (!parse_number (end, &at[i], &end) || at[i] < 0 || at[i] > 100)
      return FALSE;
    end += *end == '%';
    if (i == 0 && *end != ' ')
      return FALSE;
  }
  if (*end != '\0')
    return FALSE;
  *(DgFocus *) value = (DgFocus){ at[0] / 100, at[1] / 100 };
  return TRUE;
}

static void
dump_focus (gconstpointer value, GString *out)
{
  const DgFocus *focus = value;
  append_number (out, focus->x, 100);
  g_string_append (out, "% ");
  append_number (out, focus->y, 100);
  g_string_append_c (out, '%');
}

static const char *const first_words[] = { "left", "right", "inside", "outside", NULL };
static const char *const kashida_words[] = { "none", "one", "several", NULL };
static const char *const isolate_words[] = { "auto", "yes", "no", NULL };
static const char *const digits_words[] = { "as-is", "language", NULL };
static const char *const order_words[] = { "pair", "language", NULL };
static const char *const sequence_words[] = { "given", "date", "name", NULL };
static const char *const start_words[] = { "page", "run-on", NULL };
static const char *const arrangement_words[] = { "side-by-side", "facing", "stacked", NULL };
static const char *const numbers_words[] = { "none", "gutter", "margin", NULL };
static const char *const folio_words[] = { "sides", "outside", NULL };
static const char *const notes_words[] = { "foot", "end", NULL };
static const char *const binding_words[] = { "left", "right", "auto", NULL };
static const char *const unit_words[] = { "paragraph", "sentence", NULL };
static const char *const faces_words[] = { "name", "embed", NULL };

#define ENUM_TYPE(name, CType) \
  static gboolean parse_##name (const char *text, gpointer value) \
  { \
    int i = find_word (text, name##_words); \
    if (i >= 0) \
      *(CType *) value = (CType) i; \
    return i >= 0; \
  } \
  static void dump_##name (gconstpointer value, GString *out) { g_string_append (out, name##_words[*(const CType *) value]); }
ENUM_TYPE (first, DgColumnsFirst)
ENUM_TYPE (kashida, DgKashida)
ENUM_TYPE (isolate, DgIsolate)
ENUM_TYPE (digits, DgDigits)
ENUM_TYPE (order, DgOrder)
ENUM_TYPE (sequence, DgSequence)
ENUM_TYPE (start, DgStart)
ENUM_TYPE (arrangement, DgArrangement)
ENUM_TYPE (numbers, DgNumbers)
ENUM_TYPE (folio, DgFolioPlace)
ENUM_TYPE (unit, DgUnitKind)
ENUM_TYPE (faces, DgWebFaces)
ENUM_TYPE (notes, DgNotesPlace)
ENUM_TYPE (binding, DgBinding)

#define BRACED(id, name, meaning) " {" name "}"

/* _(TYPE, parser, dumper, least, greatest, "what is expected"), in the order of DgValueType; the limits are for numbers, as
 * they are held. */
/* clang-format off */
#define TYPE_TABLE(_)                                                                                                 \
  _ (LENGTH, parse_length, dump_length, 0, DG_VALUE_MAX_LENGTH, N_ ("a length with its unit, mm, cm, in or pt"))           \
  _ (SIZE, parse_size, dump_length, 0, 500, N_ ("a type size in pt"))                                                      \
  _ (AUTOSIZE, parse_autosize, dump_autosize, 0, 500, N_ ("a type size in pt, or auto"))                                   \
  _ (NUMBER, parse_plain, dump_plain, -1, 1e6, N_ ("a plain number"))                                                      \
  _ (PERCENT, parse_percent, dump_percent, 0, 10, N_ ("a number of per cent"))                                             \
  _ (BOOL, parse_bool, dump_bool, 0, 0, N_ ("yes or no"))                                                                  \
  _ (COLOUR, parse_colour, dump_colour, 0, 0, N_ ("a colour such as #9B1D20 or cmyk(0, 95, 85, 38), or both"))             \
  _ (STRING, parse_string, dump_string, 0, 0, N_ ("the name of one family"))                                               \
  _ (PATH, parse_path, dump_string, 0, 0, N_ ("a file's path"))                                                            \
  _ (PAGE, parse_page, dump_page, 0, 0, N_ ("a4, a5, letter, tabloid, or WIDTH x HEIGHT with units"))                      \
  _ (RATIO, parse_ratio, dump_ratio, 0, 0, N_ ("equal, auto, or A:B such as 54:46"))                                       \
  _ (FIRST, parse_first, dump_first, 0, 0, N_ ("left, right, inside or outside"))                                          \
  _ (KASHIDA, parse_kashida, dump_kashida, 0, 0, N_ ("none, one or several"))                                             \
  _ (ISOLATE, parse_isolate, dump_isolate, 0, 0, N_ ("auto, yes or no"))                                                   \
  _ (DIGITS, parse_digits, dump_digits, 0, 0, N_ ("as-is or language"))                                                    \
  _ (ORDER, parse_order, dump_order, 0, 0, N_ ("pair or language"))                                                        \
  _ (SEQUENCE, parse_sequence, dump_sequence, 0, 0, N_ ("given, date or name"))                                            \
  _ (START, parse_start, dump_start, 0, 0, N_ ("page or run-on"))                                                          \
  _ (COUNT, parse_count, dump_plain, 0, 1e6, N_ ("a whole number"))                                                        \
  _ (TEXT, parse_text, dump_string, 0, 0, "up to 200 characters, with placeholders of" DG_PLACEHOLDER_TABLE (BRACED)) \
  _ (ARRANGEMENT, parse_arrangement, dump_arrangement, 0, 0, N_ ("side-by-side, facing or stacked"))                       \
  _ (NUMBERS, parse_numbers, dump_numbers, 0, 0, N_ ("none, gutter or margin"))                                            \
  _ (FOLIO, parse_folio, dump_folio, 0, 0, N_ ("sides or outside"))                                                        \
  _ (ADDRESS, parse_address, dump_string, 0, 0, N_ ("an address that begins with https:// or http://, or nothing"))       \
  _ (UNIT, parse_unit, dump_unit, 0, 0, N_ ("paragraph or sentence")) \
  _ (FACES, parse_faces, dump_faces, 0, 0, N_ ("name or embed")) \
  _ (FOCUS, parse_focus, dump_focus, 0, 0, N_ ("two numbers of per cent, such as 50% 30%")) \
  _ (NOTES, parse_notes, dump_notes, 0, 0, N_ ("foot or end")) \
  _ (BINDING, parse_binding, dump_binding, 0, 0, N_ ("left, right or auto"))
/* clang-format on */

static const struct {
  gboolean (*parse) (const char *text, gpointer value);
  void (*dump) (gconstpointer value, GString *out);
  double      least, greatest;
  const char *expected;
} types[] = {
#define _(type, parse, dump, least, greatest, expected) [DG_VALUE_##type] = { parse, dump, least, greatest, expected },
  TYPE_TABLE (_)
#undef _
};

/* The header's functions */

gboolean
dg_value_parse (DgValueType type, const char *text, gpointer value)
{
  return types[type].parse (text, value);
}

void
dg_value_dump (DgValueType type, gconstpointer value, GString *out)
{
  types[type].dump (value, out);
}

const char *
dg_value_expected (DgValueType type)
{
  return types[type].expected;
}

gboolean
dg_value_limits (DgValueType type, double *least, double *greatest)
{
  *least = types[type].least;
  *greatest = types[type].greatest;
  return *greatest > 0;
}
