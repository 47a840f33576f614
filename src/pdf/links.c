/* links.c: see links.h. */
#include "pdf/links.h"
#include "base/number.h"

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
  g_free (((DgPdfAddress *) data)->uri);
  g_free (((DgPdfAddress *) data)->text);
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
dg_pdf_links_find (const DgPara *para)
{
  static gsize   ready;
  static GRegex *address;
  const char    *text = dg_para_text (para);
  g_autoptr (GMatchInfo) match = NULL;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (DgPdfAddress));

  g_array_set_clear_func (found, clear_address);
  if (!strstr (text, "://") && !strcasestr (text, "www.") && !strchr (text, '@'))
    return found;
  if (g_once_init_enter (&ready)) {
    address = g_regex_new (ADDRESS, G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&ready, 1);
  }
  for (g_regex_match (address, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL)) {
    DgPdfAddress one;
    int          start, end;

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
dg_pdf_link_place (const DgPdfAddress *address, const DgBox *box, double page_height, double corners[4])
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
  corners[0] = box->x + left;
  corners[1] = page_height - box->y - .25 * size;
  corners[2] = box->x + right;
  corners[3] = page_height - box->y + .8 * size;
  return TRUE;
}

/* The beginning of an annotation that leads from a rectangle (ISO 32000-1 12.5.6.5). */
static GString *
begin_link (const double corners[4], const char *text)
{
  GString *body = g_string_new ("<< /Type /Annot /Subtype /Link /F 4 /Border [ 0 0 0 ] /Rect [");

  for (guint i = 0; i < 4; i++) {
    g_string_append_c (body, ' ');
    dg_number_append (body, corners[i], 2);
  }
  g_string_append (body, " ] /Contents ");
  dg_pdf_append_text (body, text, -1);
  return body;
}

void
dg_pdf_link_write (const DgPdfAddress *address, const double corners[4], guint key, DgPdf *pdf, guint number)
{
  GString *body = begin_link (corners, address->text);

  g_string_append (body, " /A << /S /URI /URI ");
  dg_pdf_append_text (body, address->uri, -1);
  g_string_append_printf (body, " >> /StructParent %u >>", key);
  dg_pdf_set (pdf, number, body);
  g_string_free (body, TRUE);
}

void
dg_pdf_target_write (const DgPdfTarget *target, guint key, DgPdf *pdf, guint number)
{
  GString *body = begin_link (target->corners, target->text);

  g_string_append_printf (body, " /Dest [ %u 0 R /XYZ null ", target->page);
  dg_number_append (body, target->y, 1);
  g_string_append_printf (body, " null ] /StructParent %u >>", key);
  dg_pdf_set (pdf, number, body);
  g_string_free (body, TRUE);
}
