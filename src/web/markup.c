/* markup.c: see markup.h. */
#include "web/markup.h"

#include "base/utf.h"

#include <string.h>

/* XML 1.0, 2.2. */
static gboolean
is_xml (gunichar ch)
{
  return ch == '\t' || ch == '\n' || ch == '\r' || (ch >= 0x20 && ch <= 0xD7FF) || (ch >= 0xE000 && ch <= 0xFFFD) || ch >= 0x10000;
}

void
dg_markup_text (GString *out, const char *text, gssize length)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);

  while (text < end) {
    const char *from = text;
    gunichar    ch = dg_utf8_read (&text);

    switch (ch) {
    case '&': g_string_append (out, "&amp;"); break;
    case '<': g_string_append (out, "&lt;"); break;
    case '>': g_string_append (out, "&gt;"); break;
    case '"': g_string_append (out, "&quot;"); break;
    default:
      if (is_xml (ch))
        g_string_append_len (out, from, text - from);
      else
        g_string_append (out, "\xEF\xBF\xBD");
    }
  }
}

/* A letter that runs one way whatever stands about it; of marks and digits this cannot be said. */
static gboolean
is_strong (gunichar ch, gboolean rtl)
{
  return g_unichar_isalpha (ch) && dg_is_rtl (ch) == rtl;
}

/* The end of the words from @at that run against @rtl, @at itself where they do not begin there: from such a letter to the last one before a letter of
 * the other kind, with the figures and signs that are joined to it without a space ("F-16", "C++", "19%"). */
static const char *
find_end (const char *at, const char *end, gboolean rtl)
{
  const char *last = at;
  gboolean    touches = FALSE; /* what is read touches @last */

  for (const char *p = at; p < end;) {
    gunichar ch = dg_utf8_read (&p);

    if (is_strong (ch, rtl) || dg_is_bidi_control (ch) || ch == '\t' || ch == '\n')
      break;
    if (is_strong (ch, !rtl) || (touches && (g_unichar_isdigit (ch) || g_unichar_ismark (ch) || strchr ("+#%&@_/-", (int) MIN (ch, 127)) != NULL))) {
      last = p;
      touches = TRUE;
    } else {
      touches = FALSE;
    }
  }
  return last;
}

void
dg_markup_words (GString *out, const char *text, gssize length, gboolean rtl)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length), *from = text;

  for (const char *at = text; at < end;) {
    const char *next = at;
    gunichar    ch = dg_utf8_read (&next);

    if (is_strong (ch, !rtl)) {
      next = find_end (at, end, rtl);
      dg_markup_text (out, from, at - from);
      g_string_append (out, "<bdi>");
      dg_markup_text (out, at, next - at);
      g_string_append (out, "</bdi>");
      from = next;
    }
    at = next;
  }
  dg_markup_text (out, from, end - from);
}

void
dg_markup_attribute (GString *out, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (out, " %s=\"", name);
  dg_markup_text (out, value, -1);
  g_string_append_c (out, '"');
}

void
dg_markup_language (GString *out, const char *lang, gboolean rtl, gboolean xml)
{
  dg_markup_attribute (out, "lang", lang);
  if (xml)
    dg_markup_attribute (out, "xml:lang", lang);
  dg_markup_attribute (out, "dir", rtl ? "rtl" : "ltr");
}

void
dg_markup_json (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  while (*text != '\0') {
    const char *from = text;
    gunichar    ch = dg_utf8_read (&text);

    /* The first three would end a script or begin a comment in one, the next two a string, the last two a line of JavaScript. */
    if (strchr ("<>&\"\\", (int) MIN (ch, 127)) != NULL || ch < 0x20 || ch == 0x7F || ch == 0x2028 || ch == 0x2029)
      g_string_append_printf (out, "\\u%04x", ch);
    else
      g_string_append_len (out, from, text - from);
  }
  g_string_append_c (out, '"');
}
