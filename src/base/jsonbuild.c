/* jsonbuild.c: members and numbers, by JSON-GLib. */
#include "base/jsonbuild.h"

#include "base/diag.h"
#include "base/utf.h"

#include <math.h>

void
dg_build_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

void
dg_build_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
dg_build_double (JsonBuilder *builder, const char *name, double value, double steps)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, round (value * steps) / steps);
}

void
dg_build_message (JsonBuilder *builder, const DiglotMessage *message)
{
  g_autofree char *text = dg_dup_printable (message->text != NULL ? message->text : "", -1);

  dg_build_int (builder, "line", message->line);
  dg_build_int (builder, "column", message->column);
  dg_build_string (builder, "severity", dg_severity_name (message->severity));
  dg_build_string (builder, "code", message->code != NULL ? message->code : "");
  dg_build_string (builder, "message", text);
}

void
dg_build_messages (JsonBuilder *builder, const DiglotMessage *const *messages, guint n)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++) {
    json_builder_begin_object (builder);
    dg_build_message (builder, messages[i]);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/* What is written, and how its fractions are. */
typedef struct {
  JsonGenerator *generator;
  GString       *out;
  const char    *format;
} Printer;

static void print_node (const Printer *printer, JsonNode *node);

static gboolean
has_fraction (JsonNode *node)
{
  g_autoptr (GList) values = JSON_NODE_HOLDS_OBJECT (node)  ? json_object_get_values (json_node_get_object (node))
                             : JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_elements (json_node_get_array (node))
                                                            : NULL;

  for (GList *at = values; at != NULL; at = at->next)
    if (has_fraction (at->data))
      return TRUE;
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE;
}

static void
print_plain (const Printer *printer, JsonNode *node)
{
  json_generator_set_root (printer->generator, node);
  json_generator_to_gstring (printer->generator, printer->out);
}

static void
print_name (const Printer *printer, const char *name)
{
  JsonNode *node = json_node_init_string (json_node_alloc (), name);

  print_plain (printer, node);
  json_node_unref (node);
  g_string_append_c (printer->out, ':');
}

static void
print_list (const Printer *printer, GList *nodes, GList *names)
{
  for (GList *at = nodes, *name = names; at != NULL; at = at->next, name = name != NULL ? name->next : NULL) {
    if (at != nodes)
      g_string_append_c (printer->out, ',');
    if (name != NULL)
      print_name (printer, name->data);
    print_node (printer, at->data);
  }
}

/* What has no fractions in it is printed by the library as a whole. */
static void
print_node (const Printer *printer, JsonNode *node)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!has_fraction (node)) {
    print_plain (printer, node);
  } else if (JSON_NODE_HOLDS_VALUE (node)) {
    g_string_append (printer->out, g_ascii_formatd (number, sizeof number, printer->format, json_node_get_double (node)));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    g_autoptr (GList) elements = json_array_get_elements (json_node_get_array (node));

    g_string_append_c (printer->out, '[');
    print_list (printer, elements, NULL);
    g_string_append_c (printer->out, ']');
  } else {
    g_autoptr (GList) values = json_object_get_values (json_node_get_object (node)), names = json_object_get_members (json_node_get_object (node));

    g_string_append_c (printer->out, '{');
    print_list (printer, values, names);
    g_string_append_c (printer->out, '}');
  }
}

/* JSON-GLib writes every fraction with seventeen digits and has no way to be told otherwise. */
char *
dg_build_print (JsonBuilder *builder, const char *format)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  GString      *out = g_string_new (NULL);
  const Printer printer = { generator, out, format };

  print_node (&printer, root);
  return g_string_free (out, FALSE);
}
