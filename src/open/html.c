/* html.c: web pages, by libxml2's reader of HTML: blocks become lines; scripts, styles, forms and the ways about a site are no text. */
#include "open/kinds.h"

#include "base/refuse.h"

#include <libxml/HTMLparser.h>
#include <string.h>

typedef struct {
  DgLines    *lines;
  DgDocument *document;
  GArray     *counts;  /* guint: items so far of each list that is open; G_MAXUINT for one that is not counted */
  gboolean    spaced;  /* white space was just written */
  gboolean    in_main; /* only what stands in an article or the main part is text */
  guint       depth;   /* of these */
  char       *item;    /* the sign of the item that has begun, until its text does; NULL */
} Html;

/* FALSE where what stands there is about the page, not in it. */
static gboolean
is_text (const Html *html)
{
  return !html->in_main || html->depth > 0;
}

static gboolean
is_among (const char *name, const char *const *names)
{
  for (; *names != NULL; names++)
    if (g_ascii_strcasecmp (name, *names) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_main (const char *name)
{
  static const char *const names[] = { "article", "main", NULL };

  return is_among (name, names);
}

static gboolean
is_block (const char *name)
{
  static const char *const names[] = { "p",       "h1",      "h2",     "h3",         "h4",    "h5", "h6", "div", "section", "article", "main",       "header",
                                       "footer",  "address", "figure", "figcaption", "ul",    "ol", "li", "dl",  "dt",      "dd",      "blockquote", "pre",
                                       "caption", "body",    "hr",     "hgroup",     "table", "tr", "td", "th",  "thead",   "tbody",   "tfoot",      NULL };

  return is_among (name, names);
}

/* What no reader reads as part of the text. */
static gboolean
is_apart (const xmlNode *node)
{
  static const char *const names[] = { "head",   "script", "style", "noscript", "template", "nav", "aside", "form",
                                       "button", "select", "svg",   "iframe",   "object",   "rt",  NULL };
  xmlChar                 *value = NULL;
  gboolean                 is_hidden;

  if (is_among ((const char *) node->name, names))
    return TRUE;
  is_hidden = xmlHasProp (node, (const xmlChar *) "hidden") != NULL;
  value = xmlGetProp (node, (const xmlChar *) "aria-hidden");
  is_hidden = is_hidden || (value != NULL && strcmp ((const char *) value, "true") == 0);
  xmlFree (value);
  return is_hidden;
}

static void
break_line (Html *html)
{
  if (dg_lines_is_begun (html->lines))
    dg_lines_end (html->lines);
  html->spaced = FALSE;
}

/* White space is one space however much it is, and none at a line's beginning. */
static void
add_text (Html *html, const char *text)
{
  if (!is_text (html))
    return;
  for (const char *p = text; *p != '\0'; p++) {
    gboolean is_space = *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r' || *p == '\f';

    if (!is_space && html->item != NULL) {
      dg_lines_add (html->lines, html->item, -1);
      g_clear_pointer (&html->item, g_free);
      html->spaced = FALSE;
    }
    if (!is_space && html->spaced && dg_lines_is_begun (html->lines))
      dg_lines_add (html->lines, " ", 1);
    if (!is_space)
      dg_lines_add (html->lines, p, 1);
    html->spaced = is_space;
  }
}

/* The first picture that stands in the page itself (RFC 2397); others are elsewhere, and not fetched. */
static void
take_picture (Html *html, const xmlNode *node)
{
  static const char *const kinds[] = { "png", "jpeg", "jpg" };
  xmlChar                 *source = html->document->picture == NULL && is_text (html) ? xmlGetProp (node, (const xmlChar *) "src") : NULL;
  const char              *text = (const char *) source;

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *head = g_strconcat ("data:image/", kinds[i], ";base64,", NULL);
    gsize            length;
    guchar          *bytes;

    if (g_ascii_strncasecmp (text, head, strlen (head)) != 0)
      continue;
    bytes = g_base64_decode (text + strlen (head), &length);
    html->document->picture = g_bytes_new_take (bytes, length);
    html->document->picture_name = g_strconcat ("picture.", kinds[i], NULL);
    break;
  }
  xmlFree (source);
}

static void
begin_item (Html *html)
{
  guint *count = html->counts->len > 0 ? &g_array_index (html->counts, guint, html->counts->len - 1) : NULL;

  g_free (html->item);
  html->item = count != NULL && *count != G_MAXUINT ? g_strdup_printf ("%u. ", ++*count) : g_strdup ("\xE2\x80\xA2 ");
}

/* What a block says by its name that the paragraphs in it are. */
static DgStyled
find_style (const char *name)
{
  if (strcmp (name, "figcaption") == 0)
    return DG_STYLED_CAPTION;
  if (name[0] != 'h' || name[1] < '1' || name[1] > '6' || name[2] != '\0')
    return DG_STYLED_NOT;
  return name[1] == '1' ? DG_STYLED_TITLE : DG_STYLED_HEADING;
}

static void
begin (Html *html, const char *name)
{
  if (is_block (name) || strcmp (name, "br") == 0)
    break_line (html);
  if (find_style (name) != DG_STYLED_NOT)
    dg_lines_style (html->lines, find_style (name));
  if (is_main (name)) {
    html->depth++;
  } else if (strcmp (name, "ol") == 0 || strcmp (name, "ul") == 0) {
    guint count = *name == 'o' ? 0 : G_MAXUINT;

    g_array_append_val (html->counts, count);
  } else if (strcmp (name, "li") == 0) {
    begin_item (html);
  } else if (strcmp (name, "table") == 0 && is_text (html)) {
    dg_lines_begin_table (html->lines);
  }
}

static void
end (Html *html, const char *name)
{
  if (is_block (name))
    break_line (html);
  if (find_style (name) != DG_STYLED_NOT)
    dg_lines_style (html->lines, DG_STYLED_NOT);
  if (is_main (name))
    html->depth--;
  else if (strcmp (name, "li") == 0)
    g_clear_pointer (&html->item, g_free);
  else if ((strcmp (name, "ol") == 0 || strcmp (name, "ul") == 0) && html->counts->len > 0)
    g_array_set_size (html->counts, html->counts->len - 1);
  else if (!is_text (html))
    return;
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    dg_lines_end_cell (html->lines);
  else if (strcmp (name, "tr") == 0)
    dg_lines_end_row (html->lines);
  else if (strcmp (name, "table") == 0)
    dg_lines_end_table (html->lines);
}

/* Goes through all below @root, however deep: a page may nest what it likes.  @html: NULL, to find whether there is an article or a main part. */
static gboolean
walk (const xmlNode *root, Html *html)
{
  const xmlNode *node = root;

  while (node != NULL) {
    gboolean enters = node->type == XML_ELEMENT_NODE && !is_apart (node);

    if (enters && html == NULL && is_main ((const char *) node->name))
      return TRUE;
    if (html != NULL && enters)
      begin (html, (const char *) node->name);
    if (html != NULL && enters && strcmp ((const char *) node->name, "img") == 0)
      take_picture (html, node);
    else if (html != NULL && (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content != NULL)
      add_text (html, (const char *) node->content);
    if (enters && node->children != NULL) {
      node = node->children;
      continue;
    }
    if (enters && html != NULL)
      end (html, (const char *) node->name);
    while (node != root && node->next == NULL) {
      node = node->parent;
      if (html != NULL)
        end (html, (const char *) node->name);
    }
    node = node != root ? node->next : NULL;
  }
  return FALSE;
}

gboolean
dg_html_read (GBytes *bytes, DgLines *lines, DgDocument *document, GError **error)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);
  htmlDocPtr  page = NULL;
  xmlNode    *root;
  gboolean    is_utf8 = length > 0 && g_utf8_validate_len (data, length, NULL); /* else the page says what it is in */
  Html        html = { .lines = lines, .document = document };

  if (length > 0 && length <= G_MAXINT)
    page = htmlReadMemory (data, (int) length, NULL, is_utf8 ? "UTF-8" : NULL,
                           HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD);
  root = page != NULL ? xmlDocGetRootElement (page) : NULL;
  if (root == NULL) {
    xmlFreeDoc (page);
    return dg_refuse (error, DIGLOT_ERROR_KIND, "this is no web page (HTML)");
  }
  html.counts = g_array_new (FALSE, FALSE, sizeof (guint));
  html.in_main = walk (root, NULL);
  walk (root, &html);
  break_line (&html);
  g_array_unref (html.counts);
  g_free (html.item);
  xmlFreeDoc (page);
  return TRUE;
}
