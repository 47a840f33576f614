/* epub.c: see epub.h.  EPUB Packages 3.2, EPUB Content Documents 3.2, EPUB Accessibility 1.0; what epubcheck finds fault with is in none. */
#include "web/epub.h"

#include "web/html.h"
#include "web/markup.h"
#include "web/ocf.h"

#include <string.h>

#define DOT         " \xC2\xB7 "
#define NAMESPACES  "xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\""
#define UNKNOWN_DAY "1980-01-01T00:00:00Z" /* a book must say when it was last changed */

typedef struct {
  GBytes  *page;
  GBytes  *picture;      /* NULL */
  char    *picture_type; /* "image/jpeg" */
  char    *title;
  char    *langs[2]; /* [1]: NULL where there is one text */
  char    *titles[2];
  char    *source; /* who sent it; NULL */
  char    *date;   /* ISO 8601; NULL */
  gboolean rtl;
} Chapter;

struct DgEpub {
  GArray *chapters; /* Chapter */
};

static void
clear_chapter (gpointer data)
{
  Chapter *chapter = data;

  g_bytes_unref (chapter->page);
  g_clear_pointer (&chapter->picture, g_bytes_unref);
  g_free (chapter->picture_type);
  g_free (chapter->title);
  for (guint i = 0; i < 2; i++) {
    g_free (chapter->langs[i]);
    g_free (chapter->titles[i]);
  }
  g_free (chapter->source);
  g_free (chapter->date);
}

DgEpub *
dg_epub_new (void)
{
  DgEpub *epub = g_new0 (DgEpub, 1);

  epub->chapters = g_array_new (FALSE, TRUE, sizeof (Chapter));
  g_array_set_clear_func (epub->chapters, clear_chapter);
  return epub;
}

void
dg_epub_free (DgEpub *epub)
{
  if (epub == NULL)
    return;
  g_array_unref (epub->chapters);
  g_free (epub);
}

/* Chapters */

static const char *
find_ending (const char *type)
{
  return strcmp (type, "image/png") == 0 ? "png" : "jpg";
}

static void
open_page (GString *out, const char *lang, gboolean rtl, const char *title)
{
  g_string_append (out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n<html " NAMESPACES);
  dg_markup_language (out, lang, rtl, TRUE);
  g_string_append (out, ">\n<head>\n<title>");
  dg_markup_text (out, title, -1);
  g_string_append (out, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\" />\n</head>\n");
}

void
dg_epub_add (DgEpub *epub, const DgStory *story, const DgInfo *info, const DgWebOptions *options, const DgWebPicture *picture)
{
  const DgDoc     *doc = story->doc;
  g_autofree char *name = picture != NULL ? g_strdup_printf ("p%u.%s", epub->chapters->len + 1, find_ending (picture->type)) : NULL;
  const DgArticle  article = { story, options, picture, name, TRUE };
  GString         *out = g_string_new (NULL);
  Chapter          chapter = { 0 };

  open_page (out, info->langs[0], info->rtl, info->title);
  g_string_append (out, "<body>\n");
  dg_article_write (&article, out);
  g_string_append (out, "</body>\n</html>\n");
  chapter.page = g_string_free_to_bytes (out);
  chapter.picture = picture != NULL ? g_bytes_ref (picture->bytes) : NULL;
  chapter.picture_type = picture != NULL ? g_strdup (picture->type) : NULL;
  chapter.title = g_strdup (info->title);
  for (guint side = 0; side < doc->n_texts; side++) {
    chapter.langs[side] = g_strdup (info->langs[side]);
    chapter.titles[side] = g_strdup (info->titles[side]);
  }
  chapter.source = g_strdup (info->author);
  chapter.date = g_strdup (info->date);
  chapter.rtl = info->rtl;
  g_array_append_val (epub->chapters, chapter);
  /* cppcheck-suppress memleak ; the array has it */
}

/* The book */

static const Chapter *
get_chapter (const DgEpub *epub, guint i)
{
  return &g_array_index (epub->chapters, Chapter, i);
}

/* Contents in the first chapter's languages, each headline in its own. */
static GBytes *
write_contents (const DgEpub *epub)
{
  const Chapter *first = get_chapter (epub, 0);
  const char    *word = dg_html_contents_word (first->langs[0]);
  GString       *out = g_string_new (NULL);

  open_page (out, first->langs[0], first->rtl, word);
  g_string_append (out, "<body>\n<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>");
  dg_markup_text (out, word, -1);
  for (guint side = 1; side < 2 && first->langs[side] != NULL; side++) {
    g_string_append (out, DOT "<span");
    dg_markup_language (out, first->langs[side], FALSE, TRUE);
    g_string_append_c (out, '>');
    dg_markup_text (out, dg_html_contents_word (first->langs[side]), -1);
    g_string_append (out, "</span>");
  }
  g_string_append (out, "</h1>\n<ol>\n");
  for (guint i = 0; i < epub->chapters->len; i++) {
    const Chapter *chapter = get_chapter (epub, i);
    gboolean       any = FALSE;

    g_string_append_printf (out, "<li><a href=\"d%u.xhtml\">", i + 1);
    for (guint side = 0; side < 2; side++)
      if (chapter->titles[side] != NULL) {
        g_autofree char *script = dg_article_dup_script (chapter->langs[side]);

        g_string_append_printf (out, "%s<bdi class=\"%s\"", any ? DOT : "", script);
        dg_markup_attribute (out, "lang", chapter->langs[side]);
        dg_markup_attribute (out, "xml:lang", chapter->langs[side]);
        g_string_append_c (out, '>');
        dg_markup_text (out, chapter->titles[side], -1);
        g_string_append (out, "</bdi>");
        any = TRUE;
      }
    if (!any)
      dg_markup_text (out, chapter->title, -1);
    g_string_append (out, "</a></li>\n");
  }
  g_string_append (out, "</ol>\n</nav>\n</body>\n</html>\n");
  return g_string_free_to_bytes (out);
}

/* By what it holds, so that the same book has the same name: a UUID (RFC 9562, version 8). */
static void
add_identifier (GString *out, const DgEpub *epub)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 b[32];
  gsize  length = sizeof b;

  for (guint i = 0; i < epub->chapters->len; i++) {
    gsize         size;
    const guchar *page = g_bytes_get_data (get_chapter (epub, i)->page, &size);

    g_checksum_update (digest, page, (gssize) size);
  }
  g_checksum_get_digest (digest, b, &length);
  b[6] = (guint8) (0x80 | (b[6] & 0x0F));
  b[8] = (guint8) (0x80 | (b[8] & 0x3F));
  g_string_append (out, "<dc:identifier id=\"id\">urn:uuid:");
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", b[i]);
  g_string_append (out, "</dc:identifier>\n");
}

static void
add_element (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "<dc:%s>", name);
  dg_markup_text (out, value, -1);
  g_string_append_printf (out, "</dc:%s>\n", name);
}

/* Every language of a chapter, each once, in the order in which they come. */
static void
add_languages (GString *out, const DgEpub *epub)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < epub->chapters->len; i++)
    for (guint side = 0; side < 2; side++) {
      char *lang = get_chapter (epub, i)->langs[side];

      if (lang != NULL && g_hash_table_add (told, lang))
        add_element (out, "language", lang);
    }
}

/* What a reader who cannot see, or not well, may count on (schema.org, EPUB Accessibility 1.0). */
static void
add_access (GString *out, gboolean has_pictures)
{
  static const char *const features[] = { "structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability" };

  g_string_append (out, "<meta property=\"schema:accessMode\">textual</meta>\n");
  if (has_pictures)
    g_string_append (out, "<meta property=\"schema:accessMode\">visual</meta>\n<meta property=\"schema:accessibilityFeature\">alternativeText</meta>\n");
  g_string_append (out, "<meta property=\"schema:accessModeSufficient\">textual</meta>\n");
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    g_string_append_printf (out, "<meta property=\"schema:accessibilityFeature\">%s</meta>\n", features[i]);
  g_string_append (out, "<meta property=\"schema:accessibilityHazard\">none</meta>\n<meta property=\"schema:accessibilitySummary\">Two languages, "
                        "paragraph by paragraph, each marked as what it is.</meta>\n");
}

static GBytes *
write_package (const DgEpub *epub)
{
  const Chapter *first = get_chapter (epub, 0);
  const char    *newest = NULL;
  g_autoptr (GString) title = g_string_new (NULL);
  gboolean several = epub->chapters->len > 1, has_pictures = FALSE;
  GString *out =
    g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\"");

  for (guint i = 0; i < epub->chapters->len; i++) {
    const Chapter *chapter = get_chapter (epub, i);

    has_pictures = has_pictures || chapter->picture != NULL;
    if (chapter->date != NULL && (newest == NULL || strcmp (chapter->date, newest) > 0))
      newest = chapter->date;
  }
  /* A book of many has no headline that would do for all. */
  g_string_append (title, several ? dg_html_contents_word (first->langs[0]) : first->title);
  if (several && first->langs[1] != NULL)
    g_string_append_printf (title, DOT "%s", dg_html_contents_word (first->langs[1]));
  dg_markup_attribute (out, "xml:lang", first->langs[0]);
  g_string_append (out, ">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
  add_identifier (out, epub);
  add_element (out, "title", title->str);
  add_languages (out, epub);
  if (first->source != NULL && !several)
    add_element (out, "publisher", first->source);
  if (newest != NULL)
    add_element (out, "date", newest);
  g_string_append_printf (out, "<meta property=\"dcterms:modified\">%s</meta>\n", newest != NULL ? newest : UNKNOWN_DAY);
  add_access (out, has_pictures);
  g_string_append (out, "</metadata>\n<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\" />\n"
                        "<item id=\"style\" href=\"book.css\" media-type=\"text/css\" />\n");
  for (guint i = 0; i < epub->chapters->len; i++) {
    const Chapter *chapter = get_chapter (epub, i);

    g_string_append_printf (out, "<item id=\"d%u\" href=\"d%u.xhtml\" media-type=\"application/xhtml+xml\" />\n", i + 1, i + 1);
    if (chapter->picture != NULL)
      g_string_append_printf (out, "<item id=\"p%u\" href=\"p%u.%s\" media-type=\"%s\" />\n", i + 1, i + 1, find_ending (chapter->picture_type),
                              chapter->picture_type);
  }
  g_string_append_printf (out, "</manifest>\n<spine page-progression-direction=\"%s\">\n", first->rtl ? "rtl" : "ltr");
  if (several)
    g_string_append (out, "<itemref idref=\"nav\" />\n");
  for (guint i = 0; i < epub->chapters->len; i++)
    g_string_append_printf (out, "<itemref idref=\"d%u\" />\n", i + 1);
  g_string_append (out, "</spine>\n</package>\n");
  return g_string_free_to_bytes (out);
}

static void
pack (DgOcf *into, const char *name, GBytes *bytes, gboolean is_stored)
{
  dg_ocf_add (into, name, bytes, is_stored);
  g_bytes_unref (bytes);
}

GBytes *
dg_epub_write (const DgEpub *epub, const char *style)
{
  static const char type[] = "application/epub+zip";
  static const char container[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">"
    "<rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\" /></rootfiles></container>\n";
  DgOcf *into;

  if (epub->chapters->len == 0)
    return NULL;
  into = dg_ocf_new ();
  pack (into, "mimetype", g_bytes_new_static (type, sizeof type - 1), TRUE);
  pack (into, "META-INF/container.xml", g_bytes_new_static (container, sizeof container - 1), FALSE);
  pack (into, "EPUB/package.opf", write_package (epub), FALSE);
  pack (into, "EPUB/nav.xhtml", write_contents (epub), FALSE);
  pack (into, "EPUB/book.css", g_bytes_new (style, strlen (style)), FALSE);
  for (guint i = 0; i < epub->chapters->len; i++) {
    const Chapter   *chapter = get_chapter (epub, i);
    g_autofree char *name = g_strdup_printf ("EPUB/d%u.xhtml", i + 1);
    g_autofree char *picture = chapter->picture != NULL ? g_strdup_printf ("EPUB/p%u.%s", i + 1, find_ending (chapter->picture_type)) : NULL;

    dg_ocf_add (into, name, chapter->page, FALSE);
    if (picture != NULL)
      dg_ocf_add (into, picture, chapter->picture, TRUE);
  }
  return dg_ocf_finish (into);
}
