/* odt.c: OpenDocument text (ISO/IEC 26300): paragraphs, line ends, tabs, spaces that are counted, lists, tables, notes; remarks and what was deleted
 * under tracking is no text. */
#include "open/kinds.h"

#include "open/package.h"
#include "open/styles.h"
#include "open/xml.h"

#include "base/refuse.h"

#include <string.h>

#define SPACES_MAX 100 /* in one place */

typedef struct {
  DgXml      *xml;
  DgLines    *lines;
  DgStyles   *styles;
  GHashTable *lists;   /* style → "*" for one whose items have a sign, "1" for numbers */
  GArray     *open;    /* List: those that the place is in */
  char       *picture; /* the entry of the first picture; NULL */
  guint       depth;   /* of paragraphs: a text box stands in one */
  gboolean    in_note;
  gboolean    spaced; /* white space was just written, and what follows is more of it */
} Odt;

typedef struct {
  char  kind;
  guint count;
} List;

static gboolean
wants_text (const char *name, gconstpointer data)
{
  (void) data;
  return strcmp (name, "content.xml") == 0 || strcmp (name, "styles.xml") == 0;
}

/* The lists of a file of styles, by what their first level shows, and what its other styles are based on. */
static void
read_styles (GBytes *bytes, GHashTable *lists, DgStyles *styles)
{
  g_autoptr (DgXml) xml = bytes != NULL ? dg_xml_new (bytes) : NULL;
  g_autofree char *style = NULL;
  const char      *name;
  gboolean         begins, is_empty;

  while (xml != NULL && dg_xml_next (xml, &name, &begins, &is_empty, NULL)) {
    if (name == NULL || !begins)
      continue;
    if (strcmp (name, "list-style") == 0) {
      g_free (style);
      style = dg_xml_dup_attribute (xml, "name");
    } else if (style != NULL && (strcmp (name, "list-level-style-bullet") == 0 || strcmp (name, "list-level-style-number") == 0)) {
      g_autofree char *format = dg_xml_dup_attribute (xml, "num-format");
      gboolean         numbers = strcmp (name, "list-level-style-number") == 0;

      if (!g_hash_table_contains (lists, style))
        g_hash_table_insert (lists, g_strdup (style), !numbers ? "*" : format != NULL && *format != '\0' ? "1" : "");
    } else if (strcmp (name, "style") == 0) {
      g_autofree char *id = dg_xml_dup_attribute (xml, "name"), *parent = dg_xml_dup_attribute (xml, "parent-style-name");

      if (id != NULL)
        dg_styles_add (styles, id, NULL, parent);
    } else if (strcmp (name, "body") == 0) {
      return;
    }
  }
}

static void
begin_list (Odt *odt)
{
  g_autofree char *style = dg_xml_dup_attribute (odt->xml, "style-name");
  const char      *kind = style != NULL ? g_hash_table_lookup (odt->lists, style) : NULL;
  List             list = { kind != NULL ? *kind : odt->open->len > 0 ? g_array_index (odt->open, List, odt->open->len - 1).kind : '*', 0 };

  g_array_append_val (odt->open, list);
}

static void
begin_item (Odt *odt)
{
  List *list = odt->open->len > 0 ? &g_array_index (odt->open, List, odt->open->len - 1) : NULL;

  if (list == NULL)
    return;
  list->count++;
  if (list->kind == '*') {
    dg_lines_add (odt->lines, "\xE2\x80\xA2 ", -1);
  } else if (list->kind == '1') {
    g_autofree char *shown = g_strdup_printf ("%u. ", list->count);

    dg_lines_add (odt->lines, shown, -1);
  }
}

static void
add_spaces (Odt *odt)
{
  g_autofree char *count = dg_xml_dup_attribute (odt->xml, "c");
  gint64           n = count != NULL ? g_ascii_strtoll (count, NULL, 10) : 1;

  for (gint64 i = 0; i < CLAMP (n, 1, SPACES_MAX); i++)
    dg_lines_add (odt->lines, " ", 1);
  odt->spaced = FALSE; /* one that is counted is none that is put together with the next */
}

/* White space is one space however much it is, and none at a paragraph's beginning. */
static void
add_text (Odt *odt, const char *text)
{
  for (const char *p = text; *p != '\0'; p++) {
    gboolean is_space = *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';

    if (is_space && (odt->spaced || !dg_lines_is_begun (odt->lines)))
      continue;
    dg_lines_add (odt->lines, is_space ? " " : p, 1);
    odt->spaced = is_space;
  }
}

/* Elements that hold what is no text of the document as it stands. */
static gboolean
is_apart (const char *name)
{
  static const char *const names[] = {
    "tracked-changes", "annotation", "annotation-end",          "note-citation",    "title",           "desc",    "forms",
    "sequence-decls",  "ruby-text",  "table-of-content-source", "automatic-styles", "font-face-decls", "scripts", "hidden-text",
    "hidden-paragraph"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* What the paragraph that begins is by its style; a heading is one whatever its style. */
static DgStyled
find_style (Odt *odt, gboolean is_heading)
{
  g_autofree char *id = dg_xml_dup_attribute (odt->xml, "style-name"), *level = is_heading ? dg_xml_dup_attribute (odt->xml, "outline-level") : NULL;
  DgStyled         styled = dg_styles_find (odt->styles, id);

  if (styled != DG_STYLED_NOT || !is_heading)
    return styled;
  return level == NULL || strcmp (level, "1") == 0 ? DG_STYLED_TITLE : DG_STYLED_HEADING;
}

static void
begin (Odt *odt, const char *name, gboolean is_empty)
{
  if (strcmp (name, "p") == 0 || strcmp (name, "h") == 0) {
    /* What stands before a text box in its paragraph is a line of its own. */
    if (odt->depth > 0 && !odt->in_note && dg_lines_is_begun (odt->lines))
      dg_lines_end (odt->lines);
    odt->spaced = FALSE;
    dg_lines_style (odt->lines, find_style (odt, *name == 'h'));
    if (is_empty)
      dg_lines_end (odt->lines);
    else
      odt->depth++;
  } else if (strcmp (name, "s") == 0) {
    add_spaces (odt);
  } else if (strcmp (name, "tab") == 0) {
    dg_lines_add (odt->lines, "\t", 1);
    odt->spaced = FALSE;
  } else if (strcmp (name, "line-break") == 0) {
    dg_lines_end (odt->lines);
  } else if (strcmp (name, "list") == 0 && !is_empty) {
    begin_list (odt);
  } else if (strcmp (name, "list-item") == 0 && !is_empty) {
    begin_item (odt);
  } else if (strcmp (name, "note") == 0 && !is_empty) {
    dg_lines_begin_note (odt->lines);
    odt->in_note = TRUE;
  } else if (strcmp (name, "table") == 0 && !is_empty) {
    dg_lines_begin_table (odt->lines);
  } else if (strcmp (name, "table-cell") == 0 && is_empty) {
    dg_lines_end_cell (odt->lines);
  } else if (strcmp (name, "image") == 0 && odt->picture == NULL) {
    odt->picture = dg_xml_dup_attribute (odt->xml, "href");
  }
}

static void
end (Odt *odt, const char *name)
{
  if (strcmp (name, "p") == 0 || strcmp (name, "h") == 0) {
    dg_lines_end (odt->lines);
    odt->depth -= odt->depth > 0;
  } else if (strcmp (name, "list") == 0 && odt->open->len > 0) {
    g_array_set_size (odt->open, odt->open->len - 1);
  } else if (strcmp (name, "note") == 0) {
    dg_lines_end_note (odt->lines);
    odt->in_note = FALSE;
  } else if (strcmp (name, "table") == 0) {
    dg_lines_end_table (odt->lines);
  } else if (strcmp (name, "table-row") == 0) {
    dg_lines_end_row (odt->lines);
  } else if (strcmp (name, "table-cell") == 0) {
    dg_lines_end_cell (odt->lines);
  }
}

static gboolean
read_text (Odt *odt, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const char *name;
  gboolean    begins, is_empty;

  while (dg_xml_next (odt->xml, &name, &begins, &is_empty, &problem)) {
    if (name == NULL) {
      if (odt->depth > 0)
        add_text (odt, dg_xml_text (odt->xml));
    } else if (begins && is_apart (name)) {
      dg_xml_skip (odt->xml);
    } else if (begins) {
      begin (odt, name, is_empty);
    } else {
      end (odt, name);
    }
  }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
dg_odt_read (GBytes *bytes, DgLines *lines, DgDocument *document, GError **error)
{
  g_autoptr (DgPackage) package = dg_package_new (bytes, wants_text, NULL, error);
  GBytes  *content = package != NULL ? dg_package_get (package, "content.xml") : NULL;
  Odt      odt = { .lines = lines };
  gboolean done;

  if (package == NULL)
    return FALSE;
  if (content == NULL || (odt.xml = dg_xml_new (content)) == NULL)
    return dg_refuse (error, DIGLOT_ERROR_KIND, "this is no document of a word processor (ODT)");
  odt.lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  odt.open = g_array_new (FALSE, FALSE, sizeof (List));
  odt.styles = dg_styles_new ();
  read_styles (content, odt.lists, odt.styles);
  read_styles (dg_package_get (package, "styles.xml"), odt.lists, odt.styles);
  done = read_text (&odt, error);
  if (done && odt.picture != NULL)
    dg_document_take_picture (document, bytes, odt.picture);
  g_hash_table_unref (odt.lists);
  dg_styles_free (odt.styles);
  g_array_unref (odt.open);
  dg_xml_free (odt.xml);
  g_free (odt.picture);
  return done;
}
