/* docx.c: WordprocessingML (ECMA-376): paragraphs, line ends, tabs, lists, tables, notes; what was deleted under tracking, is hidden or is the
 * machinery of fields is no text. */
#include "open/kinds.h"

#include "open/package.h"
#include "open/styles.h"
#include "open/xml.h"

#include "base/refuse.h"

#include <string.h>

#define LEVELS 9 /* of a list */

typedef struct {
  DgXml      *xml;
  DgLines    *lines;
  GHashTable *notes;   /* "footnote 2" → text */
  GHashTable *targets; /* relation → name of an entry */
  DgStyles   *styles;
  GHashTable *lists;   /* list → letters: how each of its levels is counted */
  GHashTable *counts;  /* "LIST LEVEL" → how far it has come */
  char       *picture; /* the relation of the first picture; NULL */
  char       *list;    /* of the paragraph; NULL */
  guint       level;   /* of the paragraph in it */
  gboolean    in_text, in_properties, hidden;
} Docx;

static gboolean
wants_text (const char *name, gconstpointer data)
{
  (void) data;
  return strcmp (name, "_rels/.rels") == 0 || (g_str_has_prefix (name, "word/") && (g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".rels")));
}

/* Relations */

/* Targets by relation; with @wanted the one whose type ends so, as its only entry "". */
static GHashTable *
read_relations (GBytes *bytes, const char *folder, const char *wanted)
{
  GHashTable *targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (DgXml) xml = bytes != NULL ? dg_xml_new (bytes) : NULL;
  const char *name;
  gboolean    begins, is_empty;

  while (xml != NULL && dg_xml_next (xml, &name, &begins, &is_empty, NULL)) {
    g_autofree char *id = NULL, *target = NULL, *type = NULL;

    if (!begins || strcmp (name, "Relationship") != 0)
      continue;
    id = dg_xml_dup_attribute (xml, "Id");
    target = dg_xml_dup_attribute (xml, "Target");
    type = dg_xml_dup_attribute (xml, "Type");
    if (id == NULL || target == NULL || (wanted != NULL && (type == NULL || !g_str_has_suffix (type, wanted))))
      continue;
    g_hash_table_insert (targets, g_strdup (wanted != NULL ? "" : id), *target == '/' ? g_strdup (target + 1) : g_strconcat (folder, target, NULL));
  }
  return targets;
}

/* Notes */

static void
read_notes (GBytes *bytes, const char *kind, GHashTable *notes)
{
  g_autoptr (DgXml) xml = bytes != NULL ? dg_xml_new (bytes) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *id = NULL;
  const char      *name;
  gboolean         begins, is_empty, in_text = FALSE;

  while (xml != NULL && dg_xml_next (xml, &name, &begins, &is_empty, NULL)) {
    if (name == NULL) {
      if (in_text)
        g_string_append (text, dg_xml_text (xml));
    } else if (strcmp (name, kind) == 0 && begins) {
      g_autofree char *type = dg_xml_dup_attribute (xml, "type");

      g_free (id);
      id = type == NULL || strcmp (type, "normal") == 0 ? dg_xml_dup_attribute (xml, "id") : NULL; /* else the line over the notes */
      g_string_truncate (text, 0);
    } else if (strcmp (name, kind) == 0 && id != NULL) {
      g_strstrip (text->str);
      g_hash_table_insert (notes, g_strconcat (kind, " ", id, NULL), g_strdup (text->str));
    } else if (strcmp (name, "t") == 0) {
      in_text = begins && !is_empty;
    } else if (strcmp (name, "p") == 0 && !begins) {
      g_string_append_c (text, ' ');
    }
  }
}

/* Styles */

static DgStyles *
read_styles (GBytes *bytes)
{
  DgStyles *styles = dg_styles_new ();
  g_autoptr (DgXml) xml = bytes != NULL ? dg_xml_new (bytes) : NULL;
  g_autofree char *id = NULL, *shown = NULL, *parent = NULL;
  const char      *name;
  gboolean         begins, is_empty;

  while (xml != NULL && dg_xml_next (xml, &name, &begins, &is_empty, NULL)) {
    if (name == NULL)
      continue;
    if (strcmp (name, "style") == 0 && begins) {
      g_free (id);
      g_clear_pointer (&shown, g_free);
      g_clear_pointer (&parent, g_free);
      id = dg_xml_dup_attribute (xml, "styleId");
    } else if (strcmp (name, "style") == 0 && id != NULL) {
      dg_styles_add (styles, id, shown, parent);
    } else if (begins && strcmp (name, "name") == 0 && shown == NULL) {
      shown = dg_xml_dup_attribute (xml, "val");
    } else if (begins && strcmp (name, "basedOn") == 0 && parent == NULL) {
      parent = dg_xml_dup_attribute (xml, "val");
    }
  }
  return styles;
}

/* Lists */

/* How the levels of each list are counted: '*' by a sign, '1' by numbers, ' ' not at all. */
static GHashTable *
read_lists (GBytes *bytes)
{
  GHashTable *lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (DgXml) xml = bytes != NULL ? dg_xml_new (bytes) : NULL;
  char            *levels = NULL; /* of the kind that is read, lent by @kinds */
  const char      *name;
  guint            level = 0;
  g_autofree char *number = NULL;
  gboolean         begins, is_empty;

  while (xml != NULL && dg_xml_next (xml, &name, &begins, &is_empty, NULL)) {
    g_autofree char *value = NULL;

    if (name == NULL || !begins)
      continue;
    if (strcmp (name, "abstractNum") == 0 && (value = dg_xml_dup_attribute (xml, "abstractNumId")) != NULL) {
      levels = g_strnfill (LEVELS, '1');
      g_hash_table_replace (kinds, g_steal_pointer (&value), levels);
    } else if (strcmp (name, "lvl") == 0 && (value = dg_xml_dup_attribute (xml, "ilvl")) != NULL) {
      level = (guint) CLAMP (g_ascii_strtoll (value, NULL, 10), 0, LEVELS - 1);
    } else if (strcmp (name, "numFmt") == 0 && levels != NULL && (value = dg_xml_dup_attribute (xml, "val")) != NULL) {
      levels[level] = strcmp (value, "bullet") == 0 ? '*' : strcmp (value, "none") == 0 ? ' ' : '1';
    } else if (strcmp (name, "num") == 0) {
      levels = NULL;
      g_free (number);
      number = dg_xml_dup_attribute (xml, "numId");
    } else if (strcmp (name, "abstractNumId") == 0 && number != NULL && (value = dg_xml_dup_attribute (xml, "val")) != NULL) {
      const char *kind = g_hash_table_lookup (kinds, value);

      if (kind != NULL)
        g_hash_table_replace (lists, g_strdup (number), g_strdup (kind));
    }
  }
  return lists;
}

/* The sign or number that a word processor shows before the item. */
static void
begin_item (Docx *docx)
{
  const char      *levels = docx->list != NULL ? g_hash_table_lookup (docx->lists, docx->list) : NULL;
  char             kind = levels != NULL ? levels[docx->level] : ' ';
  g_autofree char *key = kind == '1' ? g_strdup_printf ("%s %u", docx->list, docx->level) : NULL;

  if (kind == '*') {
    dg_lines_add (docx->lines, "\xE2\x80\xA2 ", -1);
  } else if (kind == '1') {
    guint            count = GPOINTER_TO_UINT (g_hash_table_lookup (docx->counts, key)) + 1;
    g_autofree char *shown = g_strdup_printf ("%u. ", count);

    g_hash_table_replace (docx->counts, g_steal_pointer (&key), GUINT_TO_POINTER (count));
    dg_lines_add (docx->lines, shown, -1);
  }
}

/* The text */

static void
add_note (Docx *docx, const char *kind)
{
  g_autofree char *id = dg_xml_dup_attribute (docx->xml, "id");
  g_autofree char *key = id != NULL ? g_strconcat (kind, " ", id, NULL) : NULL;
  const char      *text = key != NULL ? g_hash_table_lookup (docx->notes, key) : NULL;

  if (text == NULL || *text == '\0')
    return;
  dg_lines_begin_note (docx->lines);
  dg_lines_add (docx->lines, text, -1);
  dg_lines_end_note (docx->lines);
}

/* A property that is on unless it says that it is off. */
static gboolean
is_on (Docx *docx)
{
  g_autofree char *value = dg_xml_dup_attribute (docx->xml, "val");

  return value == NULL || (strcmp (value, "0") != 0 && strcmp (value, "false") != 0 && strcmp (value, "off") != 0);
}

/* Elements that hold what is no text of the document as it stands. */
static gboolean
is_apart (const char *name)
{
  static const char *const names[] = { "del", "moveFrom", "Fallback", "rt", "sdtPr", "sectPr", "pPrChange", "rPrChange", "tblPrChange" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
begin_paragraph (Docx *docx)
{
  g_clear_pointer (&docx->list, g_free);
  docx->level = 0;
  dg_lines_style (docx->lines, DG_STYLED_NOT);
}

static void
begin (Docx *docx, const char *name, gboolean is_empty)
{
  g_autofree char *value = NULL;

  if (strcmp (name, "p") == 0) {
    begin_paragraph (docx);
    if (is_empty)
      dg_lines_end (docx->lines);
  } else if (strcmp (name, "pPr") == 0) {
    docx->in_properties = !is_empty;
  } else if (strcmp (name, "pStyle") == 0 && (value = dg_xml_dup_attribute (docx->xml, "val")) != NULL) {
    dg_lines_style (docx->lines, dg_styles_find (docx->styles, value));
  } else if (strcmp (name, "ilvl") == 0 && (value = dg_xml_dup_attribute (docx->xml, "val")) != NULL) {
    docx->level = (guint) CLAMP (g_ascii_strtoll (value, NULL, 10), 0, LEVELS - 1);
  } else if (strcmp (name, "numId") == 0) {
    g_free (docx->list);
    docx->list = dg_xml_dup_attribute (docx->xml, "val");
  } else if (strcmp (name, "r") == 0) {
    docx->hidden = FALSE;
  } else if (strcmp (name, "vanish") == 0) {
    docx->hidden = !docx->in_properties && is_on (docx);
  } else if (strcmp (name, "t") == 0) {
    docx->in_text = !is_empty;
  } else if (strcmp (name, "tab") == 0 && !docx->in_properties) {
    dg_lines_add (docx->lines, "\t", 1);
  } else if (strcmp (name, "noBreakHyphen") == 0) {
    dg_lines_add (docx->lines, "\xE2\x80\x91", -1);
  } else if (strcmp (name, "br") == 0 || strcmp (name, "cr") == 0) {
    value = dg_xml_dup_attribute (docx->xml, "type");
    if (value == NULL || strcmp (value, "textWrapping") == 0)
      dg_lines_end (docx->lines);
  } else if (strcmp (name, "txbxContent") == 0 && dg_lines_is_begun (docx->lines)) {
    dg_lines_end (docx->lines);
  } else if (strcmp (name, "footnoteReference") == 0) {
    add_note (docx, "footnote");
  } else if (strcmp (name, "endnoteReference") == 0) {
    add_note (docx, "endnote");
  } else if (strcmp (name, "tbl") == 0 && !is_empty) {
    dg_lines_begin_table (docx->lines);
  }
}

static void
end (Docx *docx, const char *name)
{
  if (strcmp (name, "t") == 0) {
    docx->in_text = FALSE;
  } else if (strcmp (name, "pPr") == 0) {
    docx->in_properties = FALSE;
    begin_item (docx);
  } else if (strcmp (name, "p") == 0) {
    dg_lines_end (docx->lines);
  } else if (strcmp (name, "tc") == 0) {
    dg_lines_end_cell (docx->lines);
  } else if (strcmp (name, "tr") == 0) {
    dg_lines_end_row (docx->lines);
  } else if (strcmp (name, "tbl") == 0) {
    dg_lines_end_table (docx->lines);
  }
}

static gboolean
read_text (Docx *docx, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const char *name;
  gboolean    begins, is_empty;

  while (dg_xml_next (docx->xml, &name, &begins, &is_empty, &problem)) {
    if (name == NULL) {
      if (docx->in_text && !docx->hidden)
        dg_lines_add (docx->lines, dg_xml_text (docx->xml), -1);
    } else if (begins && is_apart (name)) {
      dg_xml_skip (docx->xml);
    } else if (begins && strcmp (name, "blip") == 0 && docx->picture == NULL) {
      docx->picture = dg_xml_dup_attribute (docx->xml, "embed");
    } else if (strstr (dg_xml_namespace (docx->xml), "wordprocessingml") != NULL) {
      if (begins)
        begin (docx, name, is_empty);
      else
        end (docx, name);
    }
  }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* The main part, wherever it lies. */
static char *
find_main (const DgPackage *package)
{
  g_autoptr (GHashTable) roots = read_relations (dg_package_get (package, "_rels/.rels"), "", "/officeDocument");
  const char *name = g_hash_table_lookup (roots, "");

  return g_strdup (name != NULL && dg_package_get (package, name) != NULL ? name : "word/document.xml");
}

gboolean
dg_docx_read (GBytes *bytes, DgLines *lines, DgDocument *document, GError **error)
{
  g_autoptr (DgPackage) package = dg_package_new (bytes, wants_text, NULL, error);
  g_autofree char *name = package != NULL ? find_main (package) : NULL;
  g_autofree char *base = name != NULL ? g_path_get_basename (name) : NULL;
  g_autofree char *relations = base != NULL ? g_strconcat ("word/_rels/", base, ".rels", NULL) : NULL;
  Docx             docx = { .lines = lines };
  gboolean         done;

  if (package == NULL)
    return FALSE;
  if (dg_package_get (package, name) == NULL || (docx.xml = dg_xml_new (dg_package_get (package, name))) == NULL)
    return dg_refuse (error, DIGLOT_ERROR_KIND, "this is no document of a word processor (DOCX)");
  docx.notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  docx.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  docx.targets = read_relations (dg_package_get (package, relations), "word/", NULL);
  docx.styles = read_styles (dg_package_get (package, "word/styles.xml"));
  docx.lists = read_lists (dg_package_get (package, "word/numbering.xml"));
  read_notes (dg_package_get (package, "word/footnotes.xml"), "footnote", docx.notes);
  read_notes (dg_package_get (package, "word/endnotes.xml"), "endnote", docx.notes);
  done = read_text (&docx, error);
  if (done && docx.picture != NULL && g_hash_table_lookup (docx.targets, docx.picture) != NULL)
    dg_document_take_picture (document, bytes, g_hash_table_lookup (docx.targets, docx.picture));
  g_hash_table_unref (docx.notes);
  g_hash_table_unref (docx.counts);
  g_hash_table_unref (docx.targets);
  g_hash_table_unref (docx.lists);
  dg_styles_free (docx.styles);
  dg_xml_free (docx.xml);
  g_free (docx.picture);
  g_free (docx.list);
  return done;
}
