/* site.c: see site.h. */
#include "web/site.h"

#include "base/language.h"
#include "web/html.h"
#include "web/markup.h"

#include <string.h>

#define DOT " \xC2\xB7 "

#define FEED_MAX 100 /* entries: a feed tells what is new */

void
dg_site_clear_entry (gpointer data)
{
  DgSiteEntry *entry = data;

  g_free (entry->path);
  g_free (entry->date);
  for (guint i = 0; i < 2; i++) {
    g_free (entry->langs[i]);
    g_free (entry->titles[i]);
  }
}

static int
compare_entries (gconstpointer one, gconstpointer two)
{
  const DgSiteEntry *a = one, *b = two;
  int                order = strcmp (b->date != NULL ? b->date : "", a->date != NULL ? a->date : "");

  return order != 0 ? order : strcmp (a->path, b->path);
}

void
dg_site_sort (GArray *entries)
{
  g_array_sort (entries, compare_entries);
}

/* TRUE where text @side of @entry stands left. */
static gboolean
is_left (const DgSiteEntry *entry, const DgWebOptions *options, guint side)
{
  gboolean first_rtl = dg_language_is_rtl (entry->langs[0]), alike = entry->langs[1] == NULL || first_rtl == dg_language_is_rtl (entry->langs[1]);
  gboolean first = alike ? (side == 0) != first_rtl : !dg_language_is_rtl (entry->langs[side]);

  return first != options->ltr_right;
}

static void
open_side (GString *out, const char *element, const DgSiteEntry *entry, const DgWebOptions *options, guint side)
{
  g_autofree char *script = dg_article_dup_script (entry->langs[side]);

  g_string_append_printf (out, "<%s class=\"%c %s %s\"", element, 'a' + (int) side, is_left (entry, options, side) ? "left" : "right", script);
  dg_markup_language (out, entry->langs[side], dg_language_is_rtl (entry->langs[side]), FALSE);
  g_string_append_c (out, '>');
}

/* Where a text has no headline the other's stands for it, or the file's name. */
static const char *
find_title (const DgSiteEntry *entry, guint side)
{
  return entry->titles[side] != NULL ? entry->titles[side] : entry->titles[1 - side] != NULL ? entry->titles[1 - side] : entry->path;
}

static void
add_href (GString *out, const DgWebOptions *options, const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *url = g_strconcat (options != NULL ? options->address : "", escaped, NULL);

  dg_markup_attribute (out, "href", url);
}

/* The index */

static void
add_entry (GString *out, const DgSiteEntry *entry, const DgWebOptions *options)
{
  g_string_append (out, "<li class=\"row pair\">\n");
  if (entry->date != NULL) {
    g_autofree char *shown = g_strndup (entry->date, strlen ("2022-09-09"));

    g_string_append (out, "<p class=\"date\"><time");
    dg_markup_attribute (out, "datetime", entry->date);
    g_string_append (out, ">");
    dg_markup_text (out, shown, -1);
    g_string_append (out, "</time></p>\n");
  }
  for (guint side = 0; side < 2 && entry->langs[side] != NULL; side++) {
    /* Without a headline of its own a side leads nowhere. */
    if (side > 0 && entry->titles[side] == NULL)
      continue;
    open_side (out, "p", entry, options, side);
    g_string_append (out, "<a");
    add_href (out, NULL, entry->path);
    g_string_append_c (out, '>');
    dg_markup_words (out, find_title (entry, side), -1, dg_language_is_rtl (entry->langs[side]));
    g_string_append (out, "</a></p>\n");
  }
  g_string_append (out, "</li>\n");
}

/* The words over the list in the languages of the first entry. */
static void
add_words (GString *out, const DgSiteEntry *entry)
{
  for (guint side = 0; side < 2 && entry->langs[side] != NULL; side++) {
    if (side > 0)
      g_string_append (out, DOT);
    dg_markup_text (out, dg_html_contents_word (entry->langs[side]), -1);
  }
}

GBytes *
dg_site_write_index (const GArray *entries, const DgWebOptions *options, GError **error)
{
  const DgSiteEntry *first = &g_array_index (entries, DgSiteEntry, 0);
  g_autofree char   *style = dg_article_dup_style (options, "page.css", error);
  GString           *out;

  if (style == NULL)
    return NULL;
  out = g_string_new ("<!DOCTYPE html>\n<html");
  dg_markup_language (out, first->langs[0], dg_language_is_rtl (first->langs[0]), FALSE);
  g_string_append (out, ">\n<head>\n");
  dg_html_add_head (out, style);
  g_string_append (out, "<title>");
  add_words (out, first);
  g_string_append (
    out, "</title>\n<link rel=\"alternate\" type=\"application/atom+xml\" href=\"feed.atom\" />\n</head>\n<body>\n<main class=\"index\" dir=\"ltr\">\n");
  g_string_append (out, "<h1 class=\"row\">");
  for (guint side = 0; side < 2 && first->langs[side] != NULL; side++) {
    open_side (out, "span", first, options, side);
    dg_markup_text (out, dg_html_contents_word (first->langs[side]), -1);
    g_string_append (out, "</span>");
  }
  g_string_append (out, "</h1>\n<ol>\n");
  for (guint i = 0; i < entries->len; i++)
    add_entry (out, &g_array_index (entries, DgSiteEntry, i), options);
  g_string_append (out, "</ol>\n</main>\n</body>\n</html>\n");
  return g_string_free_to_bytes (out);
}

/* The feed */

/* A name that stays the same: a UUID (RFC 9562, version 8) out of the digest of @text. */
static void
add_id (GString *out, const DgWebOptions *options, const char *path)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 b[32];
  gsize  length = sizeof b;

  g_checksum_update (digest, (const guchar *) "diglot", 7);
  g_checksum_update (digest, (const guchar *) options->address, -1);
  g_checksum_update (digest, (const guchar *) path, -1);
  g_checksum_get_digest (digest, b, &length);
  b[6] = (guint8) (0x80 | (b[6] & 0x0F));
  b[8] = (guint8) (0x80 | (b[8] & 0x3F));
  g_string_append (out, "<id>urn:uuid:");
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", b[i]);
  g_string_append (out, "</id>\n");
}

/* Of a dispatch's date it is not known where it holds: it is told as UTC. */
static void
add_updated (GString *out, const char *date)
{
  g_string_append_printf (out, "<updated>%s%s</updated>\n", date, strchr (date, 'T') != NULL ? ":00Z" : "T00:00:00Z");
}

GBytes *
dg_site_write_feed (const GArray *entries, const DgWebOptions *options)
{
  const DgSiteEntry *first = &g_array_index (entries, DgSiteEntry, 0);
  GString           *out = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");

  dg_markup_attribute (out, "xml:lang", first->langs[0]);
  g_string_append (out, ">\n<title>");
  add_words (out, first);
  g_string_append (out, "</title>\n");
  add_id (out, options, "");
  add_updated (out, first->date != NULL ? first->date : "1970-01-01");
  g_string_append (out, "<author><name>Diglot</name></author>\n<generator>Diglot</generator>\n<link rel=\"self\" type=\"application/atom+xml\"");
  add_href (out, options, "feed.atom");
  g_string_append (out, " />\n<link rel=\"alternate\" type=\"text/html\"");
  add_href (out, options, "index.html");
  g_string_append (out, " />\n");
  for (guint i = 0; i < MIN (entries->len, FEED_MAX); i++) {
    const DgSiteEntry *entry = &g_array_index (entries, DgSiteEntry, i);

    if (entry->date == NULL)
      continue;
    g_string_append (out, "<entry>\n<title>");
    dg_markup_text (out, find_title (entry, 0), -1);
    if (entry->langs[1] != NULL && entry->titles[0] != NULL && entry->titles[1] != NULL) {
      g_string_append (out, DOT);
      dg_markup_text (out, entry->titles[1], -1);
    }
    g_string_append (out, "</title>\n");
    add_id (out, options, entry->path);
    add_updated (out, entry->date);
    g_string_append (out, "<link rel=\"alternate\" type=\"text/html\"");
    add_href (out, options, entry->path);
    g_string_append (out, " />\n</entry>\n");
  }
  g_string_append (out, "</feed>\n");
  return g_string_free_to_bytes (out);
}
