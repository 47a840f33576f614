/* alignform.c: JSON into wishes: form only. */
#include "pair/alignform.h"

#include "base/jsonread.h"
#include "base/refs.h"
#include "base/refuse.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#define MOST_PARAGRAPHS (1u << 20) /* in one bead; a dispatch has fewer */

static const char *const side_names[] = { "a", "b" };

static void
free_wish (gpointer data)
{
  DgAlignWish *wish = data;

  for (guint side = 0; side < 2; side++) {
    g_clear_pointer (&wish->paras[side], g_array_unref);
    g_clear_pointer (&wish->lines[side], g_array_unref);
  }
  g_free (wish);
}

static void
clear_line (gpointer data)
{
  g_free (((DgAlignLine *) data)->lang);
}

static DgAlignEntry *
new_entry (void)
{
  DgAlignEntry *entry = g_new0 (DgAlignEntry, 1);

  entry->wishes = g_ptr_array_new_with_free_func (free_wish);
  entry->lines = g_array_new (FALSE, FALSE, sizeof (DgAlignLine));
  g_array_set_clear_func (entry->lines, clear_line);
  return entry;
}

static void
free_entry (gpointer data)
{
  DgAlignEntry *entry = data;

  g_free (entry->file);
  g_ptr_array_unref (entry->wishes);
  g_array_unref (entry->lines);
  for (guint side = 0; side < 2; side++)
    g_clear_pointer (&entry->body[side], g_ptr_array_unref);
  g_free (entry->langs);
  g_free (entry->digest);
  g_free (entry);
}

/* Form */

/* A whole number from @least; FALSE where the node is something else. */
static gboolean
read_number (JsonNode *node, guint least, guint *number)
{
  gint64 value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : -1;

  *number = (guint) CLAMP (value, 0, G_MAXINT32);
  return value >= least && value <= G_MAXINT32;
}

/* The numbers of one member of a bead; none where it is missing. */
static gboolean
read_numbers (JsonObject *object, const char *member, guint least, GArray **numbers, GError **error)
{
  JsonNode  *node = json_object_get_member (object, member);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"%s\" is no array", member);
  array = json_node_get_array (node);
  *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < json_array_get_length (array); i++) {
    guint number;

    if (!read_number (json_array_get_element (array, i), least, &number))
      return dg_refuse (error, DIGLOT_ERROR_ALIGN,
                        least > 0 ? "\"%s\" has an element that is no line's number (from 1)" : "\"%s\" has an element that is no paragraph's index (from 0)",
                        member);
    g_array_append_val (*numbers, number);
  }
  return TRUE;
}

static gboolean
read_wish (JsonNode *node, DgAlignWish *wish, GError **error)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "a bead is an object with \"a\" and \"b\", or \"a_lines\" and \"b_lines\"");
  object = json_node_get_object (node);
  if (!read_numbers (object, "a", 0, &wish->paras[0], error) || !read_numbers (object, "b", 0, &wish->paras[1], error)
      || !read_numbers (object, "a_lines", 1, &wish->lines[0], error) || !read_numbers (object, "b_lines", 1, &wish->lines[1], error))
    return FALSE;
  for (guint side = 0; side < 2; side++)
    if ((wish->paras[side] != NULL && wish->paras[side]->len > 0) || (wish->lines[side] != NULL && wish->lines[side]->len > 0))
      return TRUE;
  return dg_refuse (error, DIGLOT_ERROR_ALIGN, "it has no paragraph");
}

/* A whole number of @object; TRUE where it is missing. */
static gboolean
read_count (JsonObject *object, const char *member, guint *number)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || read_number (node, 1, number);
}

static gboolean
read_part (JsonObject *object, DgAlignEntry *entry, GError **error)
{
  JsonNode   *node = json_object_get_member (object, "part");
  JsonObject *part = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  entry->part = 1;
  if (node == NULL)
    return TRUE;
  if (part == NULL || !json_object_has_member (part, "n") || !read_count (part, "n", &entry->part) || !read_count (part, "of", &entry->of)
      || !read_count (part, "line", &entry->line) || (entry->of > 0 && entry->part > entry->of))
    return dg_refuse (
      error, DIGLOT_ERROR_ALIGN,
      "\"part\" is an object whose \"n\" says which of the file's dispatches it is, from 1; \"of\" may say of how many, and \"line\" in which line "
      "it begins");
  return TRUE;
}

static char *
digest_node (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const DgAlignLine *x = a, *y = b;

  return x->n < y->n ? -1 : x->n > y->n;
}

/* The text of member @name; NULL where it is missing, null or something else. */
static const char *
read_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* The roles of lines, "lines": none where the member is missing.  A line in both languages has parts, of which nothing can be fixed. */
static gboolean
read_lines (JsonObject *object, DgAlignEntry *entry, GError **error)
{
  JsonNode  *node = json_object_get_member (object, "lines");
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"lines\" is no array");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode   *element = json_array_get_element (array, i);
    JsonObject *said = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
    const char *role = said != NULL ? read_text (said, "role") : NULL;
    DgAlignLine line = { 0 };

    if (role == NULL || !json_object_has_member (said, "n") || !read_number (json_object_get_member (said, "n"), 1, &line.n))
      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "lines[%u]: a line is an object with its number \"n\", from 1, and its \"role\"", i);
    line.role = dg_role_find (role);
    if (line.role == DG_ROLE_COUNT)
      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "lines[%u]: there is no role \"%s\"", i, role);
    if (json_object_has_member (said, "parts"))
      continue;
    line.lang = g_strdup (read_text (said, "lang"));
    g_array_append_val (entry->lines, line);
    /* cppcheck-suppress memleak ; the array has it */
  }
  g_array_sort (entry->lines, compare_lines);
  return TRUE;
}

/* The languages of the texts, "languages". */
static gboolean
read_languages (JsonObject *object, DgAlignEntry *entry, GError **error)
{
  JsonNode   *node = json_object_get_member (object, "languages");
  JsonObject *langs = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *a = langs != NULL ? read_text (langs, "a") : NULL, *b = langs != NULL ? read_text (langs, "b") : NULL;

  if (node == NULL)
    return TRUE;
  if (a == NULL || (b == NULL && json_object_has_member (langs, "b")))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"languages\" is an object with the tags of one text or both, \"a\" and \"b\"");
  entry->langs = b != NULL ? g_strconcat (a, ",", b, NULL) : g_strdup (a);
  return TRUE;
}

static void
unref_numbers (gpointer data)
{
  g_array_unref (data);
}

/* The lines of each body paragraph, "body": what the indices of beads count. */
static gboolean
read_body (JsonObject *object, DgAlignEntry *entry, GError **error)
{
  JsonNode   *node = json_object_get_member (object, "body");
  JsonObject *body = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (node != NULL && body == NULL)
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"body\" is no object");
  for (guint side = 0; body != NULL && side < 2; side++) {
    JsonNode  *list = json_object_get_member (body, side_names[side]);
    JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

    if (list == NULL)
      continue;
    entry->body[side] = g_ptr_array_new_with_free_func (unref_numbers);
    for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
      JsonNode *element = json_array_get_element (array, i);
      GArray   *lines = g_array_new (FALSE, FALSE, sizeof (guint));
      gboolean  sound = JSON_NODE_HOLDS_ARRAY (element) && json_array_get_length (json_node_get_array (element)) > 0;

      g_ptr_array_add (entry->body[side], lines);
      for (guint k = 0; sound && k < json_array_get_length (json_node_get_array (element)); k++) {
        guint number;

        sound = read_number (json_array_get_element (json_node_get_array (element), k), 1, &number);
        g_array_append_val (lines, number);
      }
      if (!sound)
        return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"body\": paragraph %u of \"%s\" is no list of lines", i, side_names[side]);
    }
    if (array == NULL)
      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"body\": \"%s\" is no array", side_names[side]);
  }
  return TRUE;
}

static gboolean
has_number (const GArray *numbers, guint number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return TRUE;
  return FALSE;
}

/* Turns the indices of a bead into the lines that they meant where the file says what it counted: so they mean the same paragraphs where
 * other lines have become body, or none. */
static gboolean
resolve (const DgAlignEntry *entry, DgAlignWish *wish, GError **error)
{
  for (guint side = 0; side < 2; side++) {
    const GPtrArray *body = entry->body[side];
    GArray          *paras = wish->paras[side], *lines = wish->lines[side];
    g_autoptr (GArray) meant = NULL;

    if (body == NULL || paras == NULL || paras->len == 0)
      continue;
    meant = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint i = 0; i < paras->len; i++) {
      guint         para = g_array_index (paras, guint, i), n_named = 0;
      const GArray *own = para < body->len ? body->pdata[para] : NULL;

      if (own == NULL)
        return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"%s\" has paragraph %u, and \"body\" has %u, counted from 0", side_names[side], para, body->len);
      for (guint k = 0; lines != NULL && k < own->len; k++)
        n_named += has_number (lines, g_array_index (own, guint, k));
      if (lines != NULL && n_named == 0)
        return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"%s\" and \"%s_lines\" name different paragraphs", side_names[side], side_names[side]);
      g_array_append_vals (meant, own->data, own->len);
    }
    for (guint i = 0; lines != NULL && i < lines->len; i++)
      if (!has_number (meant, g_array_index (lines, guint, i)))
        return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"%s\" and \"%s_lines\" name different paragraphs", side_names[side], side_names[side]);
    g_clear_pointer (&wish->paras[side], g_array_unref);
    g_clear_pointer (&wish->lines[side], g_array_unref);
    wish->lines[side] = g_steal_pointer (&meant);
  }
  return TRUE;
}

static gboolean
read_entry (JsonNode *node, DgAlignEntry *entry, GError **error)
{
  JsonObject *object;
  JsonNode   *file, *beads;
  JsonArray  *array;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "an alignment is an object with \"beads\"");
  object = json_node_get_object (node);
  file = json_object_get_member (object, "file");
  beads = json_object_get_member (object, "beads");
  if (file != NULL && (!JSON_NODE_HOLDS_VALUE (file) || json_node_get_value_type (file) != G_TYPE_STRING))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"file\" is no string");
  if (!read_lines (object, entry, error) || !read_part (object, entry, error) || !read_languages (object, entry, error) || !read_body (object, entry, error))
    return FALSE;
  if (beads == NULL ? entry->lines->len == 0 && entry->langs == NULL && entry->line == 0 : !JSON_NODE_HOLDS_ARRAY (beads))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "there is no array \"beads\"");
  entry->file = file != NULL ? json_node_dup_string (file) : NULL;
  entry->digest = digest_node (node);
  array = beads != NULL ? json_node_get_array (beads) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    DgAlignWish *wish = g_new0 (DgAlignWish, 1);
    g_autoptr (GError) problem = NULL;

    g_ptr_array_add (entry->wishes, wish);
    if (!read_wish (json_array_get_element (array, i), wish, &problem) || !resolve (entry, wish, &problem))
      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "beads[%u]: %s", i, problem->message);
  }
  return TRUE;
}

char *
dg_alignform_dup_where (const char *name, guint nth, guint count)
{
  return count > 1 ? g_strdup_printf ("%s, object %u", name, nth + 1) : g_strdup (name);
}

/* Takes the objects of @node: one, or an array of them. */
static gboolean
read_entries (DiglotAlignment *alignment, GPtrArray *nodes, GError **error)
{
  for (guint i = 0; i < nodes->len; i++) {
    DgAlignEntry *entry = new_entry ();
    g_autoptr (GError) problem = NULL;

    g_ptr_array_add (alignment->entries, entry);
    if (!read_entry (nodes->pdata[i], entry, &problem)) {
      g_autofree char *where = dg_alignform_dup_where (alignment->name, i, nodes->len);

      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "%s: %s", where, problem->message);
    }
  }
  return TRUE;
}

/* Parses @text, which begins in line @line of the file. */
static gboolean
parse_json (const char *name, guint line, const char *text, gsize length, GPtrArray *nodes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) problem = NULL;
  JsonNode *root;

  if (!dg_json_load (parser, text, length, &problem)) {
    /* "<data>:LINE:COL: Parse error: …", the line counted from where the text begins. */
    const char *what = strstr (problem->message, "error: ");
    guint       row = 1, column = 1;

    sscanf (problem->message, "<data>:%u:%u:", &row, &column);
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "%s:%u:%u: this is no JSON: %s", name, line - 1 + row, column,
                      what != NULL ? what + strlen ("error: ") : problem->message);
  }
  root = json_parser_get_root (parser);
  if (root == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (root)) {
    g_ptr_array_add (nodes, json_node_ref (root));
    return TRUE;
  }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    g_ptr_array_add (nodes, json_node_ref (json_array_get_element (json_node_get_array (root), i)));
  return TRUE;
}

static void
unref_node (gpointer data)
{
  json_node_unref (data);
}

/* Lines that are an object each, as Diglot writes them for several dispatches. */
static gboolean
is_lines (const char *text, gsize length)
{
  const char *end = memchr (text, '\n', length);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (unref_node);
  const char *rest = end;

  while (rest != NULL && rest < text + length && g_ascii_isspace (*rest))
    rest++;
  return rest != NULL && rest < text + length && *rest == '{' && parse_json ("", 1, text, (gsize) (end - text), nodes, NULL) && nodes->len == 1;
}

static gboolean
parse_all (const char *name, const char *text, gsize length, GPtrArray *nodes, GError **error)
{
  guint line = 1;

  if (!g_utf8_validate_len (text, length, NULL))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "%s: this is not UTF-8", name);
  if (!is_lines (text, length))
    return parse_json (name, 1, text, length, nodes, error);
  for (const char *at = text; at < text + length; line++) {
    const char *end = memchr (at, '\n', (gsize) (text + length - at));
    gsize       n = (gsize) ((end != NULL ? end : text + length) - at), blank = 0;

    while (blank < n && g_ascii_isspace (at[blank]))
      blank++;
    if (blank < n && !parse_json (name, line, at, n, nodes, error))
      return FALSE;
    at += n + 1;
  }
  return TRUE;
}

DiglotAlignment *
diglot_alignment_new (GBytes *json, const char *name, GError **error)
{
  g_autoptr (DiglotAlignment) alignment = g_new0 (DiglotAlignment, 1);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (unref_node);
  gsize       length;
  const char *text = g_bytes_get_data (json, &length);

  alignment->name = g_strdup (name);
  alignment->entries = g_ptr_array_new_with_free_func (free_entry);
  if (!parse_all (name, text != NULL ? text : "", length, nodes, error) || !read_entries (alignment, nodes, error))
    return NULL;
  if (nodes->len > 0)
    return g_steal_pointer (&alignment);
  dg_refuse (error, DIGLOT_ERROR_ALIGN, "%s: there is nothing in it", name);
  return NULL;
}

/* The numbers from @first on; no more of them than there can be paragraphs. */
static GArray *
new_range (guint first, guint n)
{
  GArray *range = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < MIN (n, MOST_PARAGRAPHS); i++) {
    guint number = first + i;

    g_array_append_val (range, number);
  }
  return range;
}

DiglotAlignment *
diglot_alignment_new_from_beads (guint nth, const DiglotBead *beads, guint n)
{
  DiglotAlignment *alignment = g_new0 (DiglotAlignment, 1);
  DgAlignEntry    *entry = new_entry ();
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  entry->part = nth + 1;
  for (guint i = 0; i < n; i++) {
    const guint  numbers[] = { beads[i].a, beads[i].n_a, beads[i].b, beads[i].n_b };
    DgAlignWish *wish = g_new0 (DgAlignWish, 1);

    wish->paras[0] = new_range (beads[i].a, beads[i].n_a);
    wish->paras[1] = new_range (beads[i].b, beads[i].n_b);
    g_ptr_array_add (entry->wishes, wish);
    g_checksum_update (digest, (const guchar *) numbers, sizeof numbers);
  }
  entry->digest = g_strdup (g_checksum_get_string (digest));
  alignment->name = g_strdup ("alignment");
  alignment->entries = g_ptr_array_new_with_free_func (free_entry);
  g_ptr_array_add (alignment->entries, entry);
  return alignment;
}

DiglotAlignment *
diglot_alignment_ref (DiglotAlignment *alignment)
{
  return dg_ref (alignment);
}

void
diglot_alignment_free (DiglotAlignment *alignment)
{
  if (alignment == NULL || dg_unref (alignment))
    return;
  g_ptr_array_unref (alignment->entries);
  g_free (alignment->name);
  g_free (alignment);
}
