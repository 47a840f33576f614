/* jsonread.c: see jsonread.h. */
#include "base/jsonread.h"

#include "diglot.h"

#include <string.h>

#define MARK "\xEF\xBB\xBF"

/* Outside strings; JSON-GLib tells better than we could where these make no JSON (RFC 8259). */
static gboolean
is_plain (char ch)
{
  return g_ascii_isalnum (ch) || g_ascii_isspace (ch) || (ch != '\0' && strchr ("[]{}:,+-.\"", ch) != NULL);
}

/* Four hexadecimal digits at @text; -1 where there are none. */
static int
read_unit (const char *text, gsize length)
{
  int unit = 0;

  for (gsize i = 0; i < 4; i++) {
    if (i >= length || !g_ascii_isxdigit (text[i]))
      return -1;
    unit = unit * 16 + g_ascii_xdigit_value (text[i]);
  }
  return unit;
}

/* The bytes of the escape at @text, which begins with a backslash; 0 where it is none of JSON: of such JSON-GLib takes other bytes than
 * one would think, a quotation mark among them. */
static gsize
measure_escape (const char *text, gsize length)
{
  int unit;

  if (length < 2 || strchr ("\"\\/bfnrtu", text[1]) == NULL || text[1] == '\0')
    return 0;
  if (text[1] != 'u')
    return 2;
  unit = read_unit (text + 2, length - 2);
  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
    return 0;
  if (unit < 0xD800 || unit > 0xDFFF)
    return 6;
  /* The other half of a character beyond U+FFFF. */
  unit = length > 8 && text[6] == '\\' && text[7] == 'u' ? read_unit (text + 8, length - 8) : -1;
  return unit >= 0xDC00 && unit <= 0xDFFF ? 12 : 0;
}

/* What is wrong with @text at *@at; NULL for nothing. */
static const char *
find_fault (const char *text, gsize length, gsize *at)
{
  guint    depth = 0;
  gboolean quoted = FALSE;

  for (*at = 0; *at < length; (*at)++) {
    char ch = text[*at];

    if (ch == '"') {
      quoted = !quoted;
    } else if (quoted) {
      gsize n = ch == '\\' ? measure_escape (text + *at, length - *at) : 1;

      if (n == 0)
        return N_ ("an escape that is none of JSON");
      *at += n - 1;
    } else if (!is_plain (ch)) {
      return N_ ("a character that is none of JSON");
    } else if (ch == '[' || ch == '{') {
      if (++depth > DG_JSON_DEPTH)
        return "brackets within brackets, more than " G_STRINGIFY (DG_JSON_DEPTH) " deep";
    } else if ((ch == ']' || ch == '}') && depth > 0) {
      depth--;
    }
  }
  return NULL;
}

gboolean
dg_json_load (JsonParser *parser, const char *text, gsize length, GError **error)
{
  gsize       at;
  const char *fault;

  if (length >= strlen (MARK) && memcmp (text, MARK, strlen (MARK)) == 0) {
    text += strlen (MARK);
    length -= strlen (MARK);
  }
  fault = find_fault (text, length, &at);
  if (fault == NULL)
    return json_parser_load_from_data (parser, text, (gssize) length, error);

  guint line = 1, column = 1;

  for (gsize i = 0; i < at; i++) {
    line += text[i] == '\n';
    column = text[i] == '\n' ? 1 : column + ((text[i] & 0xC0) != 0x80);
  }
  g_set_error (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_PARSE, "<data>:%u:%u: Parse error: %s", line, column, fault);
  return FALSE;
}
