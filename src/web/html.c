/* html.c: see html.h. */
#include "web/html.h"

#include "base/language.h"
#include "read/meta.h"
#include "web/markup.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define DOT " \xC2\xB7 "

const char *
dg_html_contents_word (const char *lang)
{
  const char *word = dg_language_value (dg_language_get (lang), "contents");

  return word != NULL ? word : "Contents";
}

char *
dg_html_dup_url (const DgWebOptions *options, const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return *options->address != '\0' ? g_strconcat (options->address, escaped, NULL) : NULL;
}

/* The digest of an element's content as a Content-Security-Policy names it. */
static void
add_digest (GString *out, const char *text)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  guint8           bytes[32];
  gsize            length = sizeof bytes;
  g_autofree char *code = NULL;

  g_checksum_update (digest, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (digest, bytes, &length);
  code = g_base64_encode (bytes, length);
  g_string_append_printf (out, "'sha256-%s'", code);
}

void
dg_html_add_head (GString *out, const char *style)
{
  g_string_append (out, "<meta charset=\"utf-8\" />\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
  add_digest (out, style);
  g_string_append (
    out,
    "; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\" />\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<meta name=\"color-scheme\" content=\"light dark\" />\n" DG_HTML_MARK "\n");
  g_string_append_printf (out, "<style>%s</style>\n", style);
}

/* What is said of the page */

static void
add_meta (GString *out, const char *kind, const char *name, const char *content)
{
  if (content == NULL)
    return;
  g_string_append (out, "<meta");
  dg_markup_attribute (out, kind, name);
  dg_markup_attribute (out, "content", content);
  g_string_append (out, " />\n");
}

/* "ar_EG": Open Graph knows no language without a country, so it is the one where most speak it. */
static char *
dup_locale (const char *lang)
{
  char       id[ULOC_FULLNAME_CAPACITY], full[ULOC_FULLNAME_CAPACITY], language[ULOC_LANG_CAPACITY], country[ULOC_COUNTRY_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;

  uloc_forLanguageTag (lang, id, sizeof id, NULL, &status);
  uloc_addLikelySubtags (id, full, sizeof full, &status);
  uloc_getLanguage (full, language, sizeof language, &status);
  uloc_getCountry (full, country, sizeof country, &status);
  return U_SUCCESS (status) && *country != '\0' ? g_strdup_printf ("%s_%s", language, country) : NULL;
}

static void
add_graph (GString *out, const DgDoc *doc, const DgInfo *info, const char *url)
{
  g_autofree char *first = dup_locale (doc->text[0].lang), *second = doc->n_texts > 1 ? dup_locale (doc->text[1].lang) : NULL;
  g_autofree char *summary = dg_article_dup_summary (&doc->text[0]), *date = dg_meta_dup_iso (&doc->date);

  add_meta (out, "name", "description", summary);
  add_meta (out, "property", "og:type", "article");
  add_meta (out, "property", "og:title", info->titles[0] != NULL ? info->titles[0] : info->title);
  add_meta (out, "property", "og:description", summary);
  add_meta (out, "property", "og:url", url);
  add_meta (out, "property", "og:locale", first);
  add_meta (out, "property", "og:locale:alternate", second);
  add_meta (out, "property", "article:published_time", date);
}

static void
add_member (GString *out, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", name);
  dg_markup_json (out, value);
}

/* One text in schema.org's words. */
static void
add_article_data (GString *out, const DgText *text, guint side, guint n_texts, const char *title, const char *url, const char *date)
{
  g_autofree char *source = dg_meta_dup_source (text), *summary = dg_article_dup_summary (text), *author = dg_meta_dup_role (text, DG_ROLE_BYLINE);

  g_string_append_printf (out, "{\"@type\":\"NewsArticle\",\"@id\":\"#%c\"", 'a' + (int) side);
  add_member (out, "inLanguage", text->lang);
  add_member (out, "headline", title);
  add_member (out, "description", summary);
  add_member (out, "datePublished", date);
  add_member (out, "url", url);
  if (author != NULL) {
    g_string_append (out, ",\"author\":{\"@type\":\"Person\",\"name\":");
    dg_markup_json (out, author);
    g_string_append_c (out, '}');
  }
  if (source != NULL) {
    g_string_append (out, ",\"provider\":{\"@type\":\"Organization\",\"name\":");
    dg_markup_json (out, source);
    g_string_append_c (out, '}');
  }
  if (n_texts > 1)
    g_string_append_printf (out, ",\"%s\":{\"@id\":\"#%c\"}", side == 0 ? "workTranslation" : "translationOfWork", side == 0 ? 'b' : 'a');
  g_string_append_c (out, '}');
}

/* JSON-LD; a script of this type is data that no browser runs. */
static void
add_data (GString *out, const DgDoc *doc, const DgInfo *info, const char *url)
{
  g_autofree char *date = dg_meta_dup_iso (&doc->date);

  g_string_append (out, "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@graph\":[");
  for (guint side = 0; side < doc->n_texts; side++) {
    if (side > 0)
      g_string_append_c (out, ',');
    add_article_data (out, &doc->text[side], side, doc->n_texts, info->titles[side], url, date);
  }
  g_string_append (out, "]}</script>\n");
}

/* Over the article */

/* A language's name in itself. */
static char *
dup_own_name (const char *lang)
{
  UChar      name[128];
  char       utf8[512];
  UErrorCode status = U_ZERO_ERROR;
  int32_t    n = uloc_getDisplayLanguage (lang, lang, name, G_N_ELEMENTS (name), &status);

  u_strToUTF8 (utf8, sizeof utf8, NULL, name, n, &status);
  return g_strdup (U_SUCCESS (status) && status != U_STRING_NOT_TERMINATED_WARNING ? utf8 : lang);
}

static void
add_name (GString *out, const DgText *text)
{
  g_autofree char *name = dup_own_name (text->lang);

  g_string_append (out, "<bdi");
  dg_markup_language (out, text->lang, text->rtl, FALSE);
  g_string_append_c (out, '>');
  dg_markup_text (out, name, -1);
  g_string_append (out, "</bdi>");
}

/* Both languages or one alone, by style: what is chosen is asked with :has. */
static void
add_switch (GString *out, const DgDoc *doc)
{
  static const char *const values[] = { "both", "a", "b" };

  g_string_append (out, "<form class=\"show\"><fieldset><legend>");
  add_name (out, &doc->text[0]);
  g_string_append (out, " / ");
  add_name (out, &doc->text[1]);
  g_string_append (out, "</legend>\n");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_string_append_printf (out, "<label><input type=\"radio\" name=\"show\" id=\"show-%s\"%s /><span>", values[i], i == 0 ? " checked=\"checked\"" : "");
    if (i != 2)
      add_name (out, &doc->text[0]);
    if (i == 0)
      g_string_append (out, " + ");
    if (i != 1)
      add_name (out, &doc->text[1]);
    g_string_append (out, "</span></label>\n");
  }
  g_string_append (out, "</fieldset></form>\n");
}

/* The way from the page at @path to the index of its site. */
static void
add_home (GString *out, const DgDoc *doc, const char *path)
{
  g_string_append (out, "<nav><a rel=\"index\" href=\"");
  for (const char *p = path; *p != '\0'; p++)
    if (*p == '/')
      g_string_append (out, "../");
  g_string_append (out, "index.html\">");
  for (guint side = 0; side < doc->n_texts; side++) {
    const DgText *text = &doc->text[side];

    g_string_append_printf (out, "%s<bdi", side > 0 ? DOT : "");
    dg_markup_language (out, text->lang, text->rtl, FALSE);
    g_string_append_c (out, '>');
    dg_markup_text (out, dg_html_contents_word (text->lang), -1);
    g_string_append (out, "</bdi>");
  }
  g_string_append (out, "</a></nav>\n");
}

GBytes *
dg_html_write (const DgStory *story, const DgInfo *info, const DgWebOptions *options, const DgWebPicture *picture, const char *path, GError **error)
{
  const DgDoc     *doc = story->doc;
  const DgArticle  article = { story, options, picture, NULL, FALSE };
  g_autofree char *style = dg_article_dup_style (options, "page.css", error);
  g_autofree char *url = path != NULL ? dg_html_dup_url (options, path) : NULL;
  GString         *out;

  if (style == NULL)
    return NULL;
  out = g_string_new ("<!DOCTYPE html>\n<html");
  dg_markup_language (out, doc->text[0].lang, doc->text[0].rtl, FALSE);
  g_string_append (out, ">\n<head>\n");
  dg_html_add_head (out, style);
  g_string_append (out, "<title>");
  dg_markup_text (out, info->title, -1);
  g_string_append (out, "</title>\n");
  if (url != NULL) {
    g_string_append (out, "<link rel=\"canonical\"");
    dg_markup_attribute (out, "href", url);
    g_string_append (out, " />\n");
  }
  add_graph (out, doc, info, url);
  add_data (out, doc, info, url);
  g_string_append (out, "</head>\n<body>\n");
  if (path != NULL || doc->n_texts > 1) {
    g_string_append (out, "<header class=\"bar\">\n");
    if (path != NULL)
      add_home (out, doc, path);
    if (doc->n_texts > 1)
      add_switch (out, doc);
    g_string_append (out, "</header>\n");
  }
  g_string_append (out, "<main>\n");
  dg_article_write (&article, out);
  g_string_append (out, "</main>\n</body>\n</html>\n");
  return g_string_free_to_bytes (out);
}
