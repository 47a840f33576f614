/* links.c: see links.h. */
#include "draw/links.h"

#include <string.h>

/* No mark that more often ends the sentence than the address. */
#define ADDRESS \
  "(?i:https?://|www\\.)[^\\s<>\"“”«»]*[^\\s<>\"“”«».,;:!?؟،؛)\\]'’]" \
  "|[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}"

/* Bytes; browsers and servers take little more.  Every line's annotation has the whole address in it: without a bound what is written
 * grows with the square of what was read. */
#define ADDRESS_MAX 2000

static void
clear_address (gpointer data)
{
  g_free (((DgAddress *) data)->uri);
  g_free (((DgAddress *) data)->text);
}

/* Percent-encodes what is not ASCII (RFC 3986 2.1, RFC 3987 3.1). */
static char *
dup_uri (const char *text)
{
  const char      *scheme = strstr (text, "://") ? "" : strchr (text, '@') && g_ascii_strncasecmp (text, "www.", 4) != 0 ? "mailto:" : "http://";
  g_autofree char *escaped = g_uri_escape_string (text, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH "?#[]%", FALSE);

  return g_strconcat (scheme, escaped, NULL);
}

/* TRUE for the address of a page that names a user before its host: what reads as the host ("http://www.bank.example@evil.example") is then a name
 * for the user (RFC 3986 7.6). */
static gboolean
has_user (const char *text)
{
  const char *scheme = strstr (text, "://"), *host = scheme != NULL ? scheme + 3 : text;

  return (scheme != NULL || g_ascii_strncasecmp (text, "www.", 4) == 0) && memchr (host, '@', strcspn (host, "/?#")) != NULL;
}

GArray *
dg_links_find (const DgPara *para)
{
  static gsize   ready;
  static GRegex *address;
  const char    *text = dg_para_text (para);
  g_autoptr (GMatchInfo) match = NULL;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (DgAddress));

  g_array_set_clear_func (found, clear_address);
  if (!strstr (text, "://") && !strcasestr (text, "www.") && !strchr (text, '@'))
    return found;
  if (g_once_init_enter (&ready)) {
    address = g_regex_new (ADDRESS, G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&ready, 1);
  }
  for (g_regex_match (address, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL)) {
    DgAddress one;
    int       start, end;

    g_match_info_fetch_pos (match, 0, &start, &end);
    if (end - start > ADDRESS_MAX)
      continue;
    one.text = g_match_info_fetch (match, 0);
    if (has_user (one.text)) {
      g_free (one.text);
      continue;
    }
    one.uri = dup_uri (one.text);
    one.start = (guint) start;
    one.end = (guint) end;
    g_array_append_val (found, one);
  }
  return found;
}

gboolean
dg_link_place (const DgAddress *address, const DgBox *box, double place[4])
{
  double size = dg_para_style (box->para)->size, left = G_MAXDOUBLE, right = -G_MAXDOUBLE;

  if (address->start >= box->line->end || address->end <= box->line->start)
    return FALSE;
  for (guint i = 0; i < box->line->glyphs->len; i++) {
    const DgGlyph *glyph = &g_array_index (box->line->glyphs, DgGlyph, i);

    if (glyph->kind != DG_GLYPH_TEXT || glyph->start < address->start || glyph->start >= address->end)
      continue;
    left = MIN (left, glyph->x);
    right = MAX (right, glyph->x + glyph->advance);
  }
  if (right <= left)
    return FALSE;
  place[0] = box->x + left;
  place[1] = box->y - .8 * size;
  place[2] = box->x + right;
  place[3] = box->y + .25 * size;
  return TRUE;
}
