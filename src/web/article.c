/* article.c: see article.h. */
#include "web/article.h"

#include "base/datadir.h"
#include "base/digits.h"
#include "base/language.h"
#include "diglot.h"
#include "read/meta.h"
#include "web/markup.h"

#include <string.h>

#define SUMMARY_MAX 200 /* characters */

/* What stands between a source and its date. */
#define SEPARATORS " ,;:-/|.()[]"

/* Texts */

gboolean
dg_article_is_left (const DgWebOptions *options, const DgDoc *doc, guint side)
{
  gboolean alike = doc->n_texts < 2 || doc->text[0].rtl == doc->text[1].rtl;
  gboolean first = alike ? (side == 0) != doc->text[0].rtl : !doc->text[side].rtl;

  return first != options->ltr_right;
}

char *
dg_article_dup_script (const char *lang)
{
  return g_ascii_strdown (dg_language_get (lang)->script, -1);
}

char *
dg_article_dup_summary (const DgText *text)
{
  g_autoptr (GPtrArray) body = dg_text_list_running (text);
  const DgNode    *node = dg_text_nth (text, DG_ROLE_DECK, 0);
  const char      *words;
  g_autofree char *start = NULL, *cut = NULL;
  char            *space;

  if (node == NULL && body->len == 0)
    return NULL;
  node = node != NULL ? node : body->pdata[0];
  words = node->text + node->label_length;
  if (g_utf8_strlen (words, -1) <= SUMMARY_MAX)
    return g_strdup (words);
  start = g_utf8_substring (words, 0, SUMMARY_MAX);
  space = strrchr (start, ' ');
  cut = space != NULL ? g_strndup (start, (gsize) (space - start)) : g_strdup (start);
  return g_strconcat (cut, "\xE2\x80\xA6", NULL);
}

/* @text as it is shown. */
static void
add_words (const DgArticle *article, GString *out, const DgText *text, const char *words, gsize length)
{
  g_autofree char *part = g_strndup (words, length);
  g_autofree char *mapped = article->options->own_digits ? dg_digits_map (part, text->lang) : NULL;

  dg_markup_words (out, mapped != NULL ? mapped : part, -1, text->rtl);
}

/* Bytes of @words before the date that a source line ends with; all of them where there is none. */
static gsize
find_date (const DgText *text, const DgNode *node, const char *words)
{
  g_autofree char *source = node == dg_text_nth (text, DG_ROLE_SOURCE, 0) ? dg_meta_dup_source (text) : NULL;
  gsize            lead = strspn (words, " "), length;

  if (source == NULL || !g_str_has_prefix (words + lead, source))
    return strlen (words);
  length = lead + strlen (source);
  return length + strspn (words + length, SEPARATORS);
}

static void
add_time (const DgArticle *article, GString *out, const DgText *text, const char *words)
{
  g_autofree char *iso = dg_meta_dup_iso (&article->story->doc->date);

  if (*words == '\0')
    return;
  if (iso != NULL) {
    g_string_append (out, "<time");
    dg_markup_attribute (out, "datetime", iso);
    g_string_append_c (out, '>');
  }
  add_words (article, out, text, words, strlen (words));
  if (iso != NULL)
    g_string_append (out, "</time>");
}

static void
add_content (const DgArticle *article, GString *out, const DgText *text, const DgNode *node)
{
  const char *words = node->text + MAX (node->label_length, dg_node_hidden (node));
  gsize       until = node->role == DG_ROLE_DATELINE ? 0 : node->role == DG_ROLE_SOURCE ? find_date (text, node, words) : strlen (words);

  if (node->label_length > 0 && dg_node_hidden (node) == 0) {
    g_string_append (out, "<b>");
    add_words (article, out, text, node->text, node->label_length);
    g_string_append (out, "</b>");
    if (*words != ' ')
      g_string_append_c (out, ' ');
  }
  add_words (article, out, text, words, until);
  add_time (article, out, text, words + until);
}

/* A line of it is an element of its own; @is_title: the article's. */
static void
add_node (const DgArticle *article, GString *out, const DgText *text, const DgNode *node, gboolean is_title)
{
  const char *element = is_title ? "h1" : node->role == DG_ROLE_CROSSHEAD ? "h2" : "p";
  const char *role = node->role == DG_ROLE_HEADLINE ? "deck" : dg_role_name (node->role);

  g_string_append_printf (out, "<%s", element);
  if (!is_title && node->role != DG_ROLE_BODY && node->role != DG_ROLE_CROSSHEAD)
    dg_markup_attribute (out, "class", role);
  g_string_append_c (out, '>');
  add_content (article, out, text, node);
  g_string_append_printf (out, "</%s>\n", element);
}

static void
open_side (const DgArticle *article, GString *out, const char *element, guint side)
{
  const DgDoc     *doc = article->story->doc;
  const DgText    *text = &doc->text[side];
  g_autofree char *script = dg_article_dup_script (text->lang);

  g_string_append_printf (out, "<%s class=\"%c %s %s\"", element, 'a' + (int) side, dg_article_is_left (article->options, doc, side) ? "left" : "right",
                          script);
  dg_markup_language (out, text->lang, text->rtl, article->xml);
  g_string_append (out, ">\n");
}

/* Parts */

static void
add_head (const DgArticle *article, GString *out)
{
  const DgStory *story = article->story;

  g_string_append (out, "<header class=\"row\">\n");
  for (guint side = 0; side < story->doc->n_texts; side++) {
    const DgText *text = &story->doc->text[side];

    if (story->head[side]->len == 0)
      continue;
    open_side (article, out, "div", side);
    for (guint i = 0; i < story->head[side]->len; i++) {
      const DgNode *node = story->head[side]->pdata[i];

      add_node (article, out, text, node, node == dg_text_nth (text, DG_ROLE_HEADLINE, 0));
    }
    g_string_append (out, "</div>\n");
  }
  g_string_append (out, "</header>\n");
}

static void
add_row (const DgArticle *article, GString *out, const DgStoryRow *row, guint number)
{
  const DgDoc *doc = article->story->doc;

  if (number > 0 && article->xml) {
    g_string_append_printf (out, "<div class=\"row pair\" id=\"p%u\">\n", number);
  } else if (number > 0) {
    g_autofree char *shown = dg_digits_number (doc->text[0].lang, number);

    g_string_append_printf (out, "<div class=\"row pair\" id=\"p%u\"><a class=\"mark\" href=\"#p%u\"", number, number);
    dg_markup_language (out, doc->text[0].lang, doc->text[0].rtl, article->xml);
    g_string_append_printf (out, ">%s</a>\n", shown);
  } else {
    g_string_append (out, "<div class=\"row\">\n");
  }
  for (guint side = 0; side < 2; side++) {
    if (row->nodes[side]->len == 0)
      continue;
    open_side (article, out, "div", side);
    for (guint i = 0; i < row->nodes[side]->len; i++)
      add_node (article, out, &doc->text[side], row->nodes[side]->pdata[i], FALSE);
    g_string_append (out, "</div>\n");
  }
  g_string_append (out, "</div>\n");
}

static void
add_picture_source (const DgArticle *article, GString *out)
{
  gsize            length;
  gconstpointer    data = g_bytes_get_data (article->picture->bytes, &length);
  g_autofree char *code = article->picture_source == NULL ? g_base64_encode (data, length) : NULL;

  if (code != NULL)
    g_string_append_printf (out, " src=\"data:%s;base64,%s\"", article->picture->type, code);
  else
    dg_markup_attribute (out, "src", article->picture_source);
}

static const char *
skip_spaces (const char *text)
{
  return text + strspn (text, " ");
}

/* The picture with the first caption of each text. */
static void
add_picture (const DgArticle *article, GString *out)
{
  const DgDoc  *doc = article->story->doc;
  const DgNode *captions[2] = { NULL, NULL };

  for (guint side = 0; side < doc->n_texts; side++)
    captions[side] = dg_text_nth (&doc->text[side], DG_ROLE_CAPTION, 0);
  g_string_append_printf (out, "<figure>\n<img width=\"%u\" height=\"%u\"", article->picture->width, article->picture->height);
  for (guint side = 0; side < 2; side++)
    if (captions[side] != NULL) {
      dg_markup_language (out, doc->text[side].lang, doc->text[side].rtl, article->xml);
      dg_markup_attribute (out, "alt", skip_spaces (captions[side]->text + captions[side]->label_length));
      break;
    }
  if (captions[0] == NULL && captions[1] == NULL)
    g_string_append (out, " alt=\"\"");
  add_picture_source (article, out);
  g_string_append (out, " />\n");
  if (captions[0] != NULL || captions[1] != NULL) {
    g_string_append (out, "<figcaption class=\"row\">\n");
    for (guint side = 0; side < 2; side++)
      if (captions[side] != NULL) {
        open_side (article, out, "div", side);
        add_node (article, out, &doc->text[side], captions[side], FALSE);
        g_string_append (out, "</div>\n");
      }
    g_string_append (out, "</figcaption>\n");
  }
  g_string_append (out, "</figure>\n");
}

static void
add_tail (const DgArticle *article, GString *out)
{
  const DgStory *story = article->story;
  guint          first = article->picture != NULL && story->tail->len > 0 && g_array_index (story->tail, DgStoryRow, 0).role == DG_ROLE_CAPTION;

  if (story->tail->len <= first)
    return;
  g_string_append (out, "<footer>\n");
  for (guint i = first; i < story->tail->len; i++)
    add_row (article, out, &g_array_index (story->tail, DgStoryRow, i), 0);
  g_string_append (out, "</footer>\n");
}

void
dg_article_write (const DgArticle *article, GString *out)
{
  const DgStory *story = article->story;

  /* The sides of the page do not depend on the language that it begins with. */
  g_string_append_printf (out, "<article dir=\"ltr\"%s>\n", story->doc->n_texts < 2 ? " class=\"single\"" : "");
  add_head (article, out);
  if (article->picture != NULL)
    add_picture (article, out);
  for (guint i = 0; i < story->rows->len; i++)
    add_row (article, out, &g_array_index (story->rows, DgStoryRow, i), i + 1);
  add_tail (article, out);
  g_string_append (out, "</article>\n");
}

/* Style */

void
dg_article_add_family (GString *out, const char *family)
{
  g_string_append_c (out, '"');
  for (const char *p = family; *p != '\0'; p++)
    if (strchr ("\"\\<>{};", *p) == NULL && (guchar) *p >= 0x20)
      g_string_append_c (out, *p);
  g_string_append_c (out, '"');
}

char *
dg_article_dup_style (const DgWebOptions *options, const char *name, GError **error)
{
  g_autofree char *path = dg_datadir_path ("templates", "web", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;
  GString *out;
  guint    left = (guint) (options->left_share * 100 + .5);

  if (!g_file_get_contents (path, &text, NULL, &problem)) {
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, problem->message);
    return NULL;
  }
  out = g_string_new (":root{");
  g_string_append (out, "--latin:");
  dg_article_add_family (out, options->latin);
  g_string_append (out, ";--arabic:");
  dg_article_add_family (out, options->arabic);
  g_string_append_printf (out, ";--house:#%02x%02x%02x;--left:%ufr;--right:%ufr}\n", (guint) (options->accent.r * 255 + .5),
                          (guint) (options->accent.g * 255 + .5), (guint) (options->accent.b * 255 + .5), left, 100 - left);
  g_string_append (out, options->faces != NULL ? options->faces : "");
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}
