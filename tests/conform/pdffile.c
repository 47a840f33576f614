/* pdffile.c: see pdffile.h. */
#include "pdffile.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 100 /* of trees: a ring ends there */

static void
free_element (gpointer data)
{
  Element *self = data;

  g_free (self->ref);
  g_array_unref (self->marks);
  g_ptr_array_unref (self->objects);
  g_free (self);
}

/* Nodes */

static gboolean
is_reference (const char *text)
{
  return g_regex_match_simple ("^[0-9]+ [0-9]+ R$", text, 0, 0);
}

const char *
pdf_text (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

const char *
pdf_string (JsonNode *node)
{
  const char *text = pdf_text (node);

  return text && (g_str_has_prefix (text, "u:") || g_str_has_prefix (text, "b:")) ? text + 2 : NULL;
}

static JsonObject *
lookup (JsonObject *objects, const char *ref)
{
  g_autofree char *key = g_strconcat ("obj:", ref, NULL);
  JsonNode        *node = json_object_get_member (objects, key);

  return node ? json_node_get_object (node) : NULL;
}

JsonNode *
pdf_resolve (const PdfFile *file, JsonNode *node)
{
  const char *text = pdf_text (node);
  JsonObject *object;

  if (text && is_reference (text)) {
    object = lookup (file->objects, text);
    if (!object)
      return NULL;
    node = json_object_get_member (object, "value");
    if (!node)
      node = json_object_get_member (json_object_get_object_member (object, "stream"), "dict");
  }
  return node && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

JsonNode *
pdf_get_raw (JsonNode *node, const char *key)
{
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), key) : NULL;
}

JsonNode *
pdf_get (const PdfFile *file, JsonNode *node, const char *key)
{
  return pdf_resolve (file, pdf_get_raw (node, key));
}

JsonNode *
pdf_get_path (const PdfFile *file, JsonNode *node, ...)
{
  va_list     keys;
  const char *key;

  va_start (keys, node);
  while ((key = va_arg (keys, const char *)) != NULL)
    node = pdf_get (file, node, key);
  va_end (keys);
  return node;
}

const char *
pdf_get_text (const PdfFile *file, JsonNode *node, const char *key)
{
  JsonNode   *value = pdf_get (file, node, key);
  const char *text = pdf_string (value) ? pdf_string (value) : pdf_text (value);

  return text ? text : "";
}

gboolean
pdf_number (JsonNode *node, double *number)
{
  if (!node || !JSON_NODE_HOLDS_VALUE (node) || (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;
  *number = json_node_get_double (node);
  return TRUE;
}

guint
pdf_length (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;
}

static JsonNode *
item_raw (JsonNode *node, guint i)
{
  return i < pdf_length (node) ? json_array_get_element (json_node_get_array (node), i) : NULL;
}

JsonNode *
pdf_item (const PdfFile *file, JsonNode *node, guint i)
{
  return pdf_resolve (file, item_raw (node, i));
}

GBytes *
pdf_stream (const PdfFile *file, JsonNode *ref)
{
  const char *text = pdf_text (ref);
  JsonObject *object = text && is_reference (text) ? lookup (file->streams, text) : NULL;
  const char *data;
  gsize       length;
  guchar     *bytes;

  if (!object || !json_object_has_member (object, "stream"))
    return NULL;
  data = json_object_get_string_member_with_default (json_object_get_object_member (object, "stream"), "data", "");
  bytes = g_base64_decode (data, &length);
  return g_bytes_new_take (bytes, length);
}

/* Content */

static gboolean
is_space (char ch)
{
  return ch == '\0' || ch == '\t' || ch == '\n' || ch == '\f' || ch == '\r' || ch == ' ';
}

/* What stands behind a backslash (ISO 32000-1 table 3); @at is left on its last byte. */
static void
read_escape (const char *p, gsize length, gsize *at, GString *out)
{
  static const char letters[] = "nrtbf", meanings[] = "\n\r\t\b\f";
  const char       *letter = p[*at] ? strchr (letters, p[*at]) : NULL;
  guint             octal = 0;

  if (letter)
    g_string_append_c (out, meanings[letter - letters]);
  else if (p[*at] >= '0' && p[*at] <= '7') {
    for (guint i = 0; i < 3 && *at < length && p[*at] >= '0' && p[*at] <= '7'; i++)
      octal = octal * 8 + (guint) (p[(*at)++] - '0');
    (*at)--;
    g_string_append_c (out, (char) octal);
  } else if (p[*at] != '\n')
    g_string_append_c (out, p[*at]);
}

static void
read_literal (const char *p, gsize length, gsize *at, GString *out)
{
  int depth = 1;

  for ((*at)++; *at < length && depth > 0; (*at)++) {
    if (p[*at] == '\\' && *at + 1 < length) {
      (*at)++;
      read_escape (p, length, at, out);
      continue;
    }
    if (p[*at] == '(')
      depth++;
    else if (p[*at] == ')' && --depth == 0)
      continue;
    g_string_append_c (out, p[*at]);
  }
}

static void
read_hexadecimal (const char *p, gsize length, gsize *at, GString *out)
{
  int high = -1;

  for ((*at)++; *at < length && p[*at] != '>'; (*at)++)
    if (g_ascii_isxdigit (p[*at])) {
      if (high >= 0)
        g_string_append_c (out, (char) (high << 4 | g_ascii_xdigit_value (p[*at])));
      high = high >= 0 ? -1 : g_ascii_xdigit_value (p[*at]);
    }
  (*at)++;
}

void
pdf_next_token (GBytes *data, gsize *at, Token *token)
{
  gsize       length, start;
  const char *p = g_bytes_get_data (data, &length);

  g_string_truncate (token->text, 0);
  while (*at < length && (is_space (p[*at]) || p[*at] == '%'))
    if (p[(*at)++] == '%')
      while (*at < length && p[*at] != '\n' && p[*at] != '\r')
        (*at)++;
  start = *at;
  token->kind = start < length ? TOKEN_OTHER : TOKEN_END;
  if (start >= length)
    return;
  if (p[start] == '(' || (p[start] == '<' && start + 1 < length && p[start + 1] != '<')) {
    token->kind = TOKEN_STRING;
    if (p[start] == '(')
      read_literal (p, length, at, token->text);
    else
      read_hexadecimal (p, length, at, token->text);
    return;
  }
  if (strchr ("<>[]{})", p[start])) {
    *at += p[start] == '<' || (p[start] == '>' && start + 1 < length && p[start + 1] == '>') ? 2 : 1;
    g_string_append_len (token->text, p + start, (gssize) (*at - start));
    return;
  }
  (*at)++;
  while (*at < length && !is_space (p[*at]) && !strchr ("()<>[]{}/%", p[*at]))
    (*at)++;
  token->kind = p[start] == '/' ? TOKEN_NAME : strchr ("+-.0123456789", p[start]) ? TOKEN_NUMBER : TOKEN_OPERATOR;
  if (token->kind == TOKEN_NAME)
    start++;
  g_string_append_len (token->text, p + start, (gssize) (*at - start));
}

GBytes *
pdf_page_content (const PdfFile *file, guint page)
{
  JsonNode   *raw = pdf_get_raw (file->pages->pdata[page], "/Contents");
  JsonNode   *contents = pdf_resolve (file, raw);
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < MAX (1, pdf_length (contents)); i++) {
    g_autoptr (GBytes) part = pdf_stream (file, pdf_length (contents) ? item_raw (contents, i) : raw);
    gsize         length = 0;
    gconstpointer data = part ? g_bytes_get_data (part, &length) : NULL;

    g_byte_array_append (all, data, (guint) length);
    g_byte_array_append (all, (const guint8 *) "\n", 1);
  }
  return g_byte_array_free_to_bytes (all);
}

/* Trees */

static void
read_pages (PdfFile *self, JsonNode *raw, guint depth)
{
  JsonNode *node = pdf_resolve (self, raw), *kids = pdf_get (self, node, "/Kids");

  if (!node || depth > MAX_DEPTH)
    return;
  if (!kids) {
    g_ptr_array_add (self->pages, node);
    g_ptr_array_add (self->page_refs, g_strdup (pdf_text (raw) ? pdf_text (raw) : ""));
  }
  for (guint i = 0; i < pdf_length (kids); i++)
    read_pages (self, item_raw (kids, i), depth + 1);
}

static guint
find_page (const PdfFile *self, const char *ref)
{
  guint page;

  return ref && g_ptr_array_find_with_equal_func (self->page_refs, ref, g_str_equal, &page) ? page : G_MAXUINT;
}

static void read_element (PdfFile *self, JsonNode *raw, Element *parent, const char *page, guint depth);

/* A kid of a structure element: content, an object's reference, or another element. */
static void
read_kid (PdfFile *self, JsonNode *raw, Element *owner, const char *page, guint depth)
{
  JsonNode *node = pdf_resolve (self, raw);
  double    mcid;

  if (pdf_get_raw (node, "/Pg"))
    page = pdf_text (pdf_get_raw (node, "/Pg"));
  if (pdf_number (node, &mcid) || pdf_number (pdf_get (self, node, "/MCID"), &mcid)) {
    Mark mark = { find_page (self, page), (guint) mcid };

    if (owner)
      g_array_append_val (owner->marks, mark);
  } else if (strcmp (pdf_get_text (self, node, "/Type"), "/OBJR") == 0) {
    if (owner)
      g_ptr_array_add (owner->objects, g_strdup (pdf_text (pdf_get_raw (node, "/Obj"))));
  } else if (node)
    read_element (self, raw, owner, page, depth);
}

static void
read_kids (PdfFile *self, JsonNode *node, Element *owner, const char *page, guint depth)
{
  JsonNode *raw = pdf_get_raw (node, "/K"), *kids = pdf_resolve (self, raw);

  if (depth > MAX_DEPTH || !kids)
    return;
  if (!JSON_NODE_HOLDS_ARRAY (kids))
    read_kid (self, raw, owner, page, depth);
  for (guint i = 0; i < pdf_length (kids); i++)
    read_kid (self, item_raw (kids, i), owner, page, depth);
}

static void
read_element (PdfFile *self, JsonNode *raw, Element *parent, const char *page, guint depth)
{
  Element *element = g_new0 (Element, 1);

  element->node = pdf_resolve (self, raw);
  element->ref = g_strdup (pdf_text (raw));
  element->parent = parent;
  element->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  element->objects = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->elements, element);
  read_kids (self, element->node, element, page, depth + 1);
}

/* XMP */

typedef struct {
  PdfFile   *file;
  GPtrArray *open; /* char*: the elements' names */
  char      *lang; /* of the list's item */
  GString   *text;
} XmpReader;

static void
on_start (GMarkupParseContext *context, const char *name, const char **keys, const char **values, gpointer data, GError **error)
{
  XmpReader *self = data;

  (void) context;
  (void) error;
  g_ptr_array_add (self->open, g_strdup (name));
  g_string_truncate (self->text, 0);
  for (guint i = 0; keys[i]; i++)
    if (strcmp (keys[i], "xml:lang") == 0) {
      g_free (self->lang);
      self->lang = g_strdup (values[i]);
    }
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  XmpReader  *self = data;
  guint       n = self->open->len;
  const char *above = n > 2 ? self->open->pdata[n - 3] : "";

  (void) context;
  (void) error;
  if (strcmp (name, "rdf:li") == 0)
    g_hash_table_insert (self->file->xmp, self->lang ? g_strdup_printf ("%s@%s", above, self->lang) : g_strdup (above), g_strdup (self->text->str));
  else if (!g_hash_table_contains (self->file->xmp, name)) /* a list has its items' text */
    g_hash_table_insert (self->file->xmp, g_strdup (name), g_strdup (self->text->str));
  g_clear_pointer (&self->lang, g_free);
  g_string_truncate (self->text, 0);
  g_ptr_array_remove_index (self->open, n - 1);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  (void) context;
  (void) error;
  g_string_append_len (((XmpReader *) data)->text, text, (gssize) length);
}

static void
read_xmp (PdfFile *self)
{
  static const GMarkupParser callbacks = { on_start, on_end, on_text, NULL, NULL };
  g_autoptr (GBytes) bytes = pdf_stream (self, pdf_get_raw (self->catalog, "/Metadata"));
  XmpReader            reader = { self, g_ptr_array_new_with_free_func (g_free), NULL, g_string_new (NULL) };
  GMarkupParseContext *context = g_markup_parse_context_new (&callbacks, 0, &reader, NULL);
  g_autoptr (GError) error = NULL;

  self->xmp = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!bytes || !g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error)
      || !g_markup_parse_context_end_parse (context, &error)) {
    self->xmp_error = g_strdup (error ? error->message : "there is none");
    g_clear_pointer (&self->xmp, g_hash_table_unref);
  }
  g_markup_parse_context_free (context);
  g_ptr_array_unref (reader.open);
  g_string_free (reader.text, TRUE);
  g_free (reader.lang);
}

/* The file */

/* What qpdf tells of the file: its objects, with or without the streams' data. */
static JsonArray *
ask (JsonParser *parser, const char *path, const char *streams, const char *level, char **problem)
{
  const char      *argv[] = { "qpdf", "--json=2", "--json-key=qpdf", streams, level, path, NULL };
  g_autofree char *out = NULL, *complaint = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &complaint, &status, &error)
      && g_spawn_check_wait_status (status, &error) && json_parser_load_from_data (parser, out, -1, &error))
    return json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "qpdf");
  *problem = g_strdup_printf ("%s %s", error->message, complaint ? complaint : "");
  return NULL;
}

static gboolean
load (PdfFile *self, const char *path, char **problem)
{
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *plain, *data;
  gsize      length;

  if (!g_file_get_contents (path, &file, &length, &error)) {
    *problem = g_strdup (error->message);
    return FALSE;
  }
  self->bytes = g_bytes_new_take (g_steal_pointer (&file), length);
  plain = ask (self->parser, path, "--json-stream-data=none", "--decode-level=none", problem);
  data = plain ? ask (self->data_parser, path, "--json-stream-data=inline", "--decode-level=generalized", problem) : NULL;
  if (!data)
    return FALSE;
  self->version = g_strdup (json_object_get_string_member (json_array_get_object_element (plain, 0), "pdfversion"));
  self->objects = json_array_get_object_element (plain, 1);
  self->streams = json_array_get_object_element (data, 1);
  self->trailer = json_object_get_member (json_object_get_object_member (self->objects, "trailer"), "value");
  return TRUE;
}

PdfFile *
pdf_file_open (const char *path, char **problem)
{
  PdfFile *self = g_new0 (PdfFile, 1);

  self->parser = json_parser_new ();
  self->data_parser = json_parser_new ();
  self->pages = g_ptr_array_new ();
  self->page_refs = g_ptr_array_new_with_free_func (g_free);
  self->elements = g_ptr_array_new_with_free_func (free_element);
  if (!load (self, path, problem)) {
    pdf_file_free (self);
    return NULL;
  }
  self->catalog = pdf_get (self, self->trailer, "/Root");
  self->info = pdf_get (self, self->trailer, "/Info");
  read_pages (self, pdf_get_raw (self->catalog, "/Pages"), 0);
  read_kids (self, pdf_get (self, self->catalog, "/StructTreeRoot"), NULL, NULL, 0);
  read_xmp (self);
  return self;
}

void
pdf_file_free (PdfFile *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->page_refs);
  g_ptr_array_unref (self->elements);
  g_clear_pointer (&self->xmp, g_hash_table_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_object_unref (self->parser);
  g_object_unref (self->data_parser);
  g_free (self->version);
  g_free (self->xmp_error);
  g_free (self);
}
