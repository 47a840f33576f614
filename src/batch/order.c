/* order.c: members of a line of JSON, each looked at before anything is done. */
#include "batch/order.h"

#include "base/jsonread.h"
#include "base/nearest.h"
#include "base/refuse.h"
#include "batch/strict.h"

#include <string.h>

#define TYPE "(saymsmaymsmayims)"

void
dg_order_free (DgOrder *order)
{
  if (order == NULL)
    return;
  g_clear_pointer (&order->id, json_node_unref);
  g_clear_pointer (&order->bytes, g_bytes_unref);
  g_clear_pointer (&order->picture, g_bytes_unref);
  g_clear_pointer (&order->align, g_bytes_unref);
  g_free (order->name);
  g_free (order->path);
  g_free (order->picture_path);
  g_free (order->picture_problem);
  g_free (order->output);
  g_free (order->strict);
  g_free (order->template_name);
  g_free (order->profile);
  g_free (order->languages);
  g_free (order->encoding);
  g_free (order->source_date);
  g_strfreev (order->settings);
  g_free (order);
}

/* Members */

static gboolean
take_string (JsonNode *node, const char *name, char **value, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"%s\" is not a string", name);
  g_free (*value);
  *value = json_node_dup_string (node);
  return TRUE;
}

static gboolean
take_number (JsonNode *node, const char *name, double most, double *value, GError **error)
{
  GType  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double number = type == G_TYPE_INT64 ? (double) json_node_get_int (node) : type == G_TYPE_DOUBLE ? json_node_get_double (node) : -1;

  if (!(number > 0 && number <= 1e9))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"%s\" is not a number above 0", name);
  if (most > 0 && number > most)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"%s\" is %g, and the worker gives no more than %g", name, number, most);
  *value = number;
  return TRUE;
}

static gboolean
take_text (DgOrder *order, JsonNode *node, const char *name, GError **error)
{
  g_autofree char *text = NULL;

  if (!take_string (node, name, &text, error))
    return FALSE;
  if (order->bytes != NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"input\", \"text\" and \"base64\": one of them is the dispatch");
  if (strcmp (name, "text") == 0) {
    gsize length = strlen (text);

    order->bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  } else {
    gsize   length;
    guchar *bytes = g_base64_decode (text, &length);

    order->bytes = g_bytes_new_take (bytes, length);
  }
  return TRUE;
}

/* {"page.size": "a5"} */
static gboolean
take_settings (DgOrder *order, JsonNode *node, GError **error)
{
  g_autoptr (GList) keys = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_members (json_node_get_object (node)) : NULL;
  g_autoptr (GPtrArray) settings = g_ptr_array_new_with_free_func (g_free);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"set\" is not an object of keys and values");
  keys = g_list_sort (keys, (GCompareFunc) strcmp);
  for (const GList *key = keys; key != NULL; key = key->next) {
    JsonNode        *value = json_object_get_member (json_node_get_object (node), key->data);
    g_autofree char *text = NULL;

    if (!JSON_NODE_HOLDS_VALUE (value))
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"set\": \"%s\" is no value", (const char *) key->data);
    text = json_node_get_value_type (value) == G_TYPE_STRING    ? json_node_dup_string (value)
           : json_node_get_value_type (value) == G_TYPE_BOOLEAN ? g_strdup (json_node_get_boolean (value) ? "yes" : "no")
                                                                : json_to_string (value, FALSE);
    g_ptr_array_add (settings, g_strconcat (key->data, "=", text, NULL));
  }
  g_ptr_array_add (settings, NULL);
  g_strfreev (order->settings);
  order->settings = (char **) g_ptr_array_free (g_steal_pointer (&settings), FALSE);
  return TRUE;
}

static gboolean
take_format (DgOrder *order, JsonNode *node, GError **error)
{
  g_autofree char *name = NULL;

  if (!take_string (node, "format", &name, error))
    return FALSE;
  if (strcmp (name, "check") == 0)
    order->format = DIGLOT_FORMAT_CHECK;
  else if (!diglot_format_find (name, DIGLOT_FORMAT_KIND_FILE, &order->format) && !diglot_format_find (name, DIGLOT_FORMAT_KIND_DUMP, &order->format))
    return dg_format_refuse (name, error);
  return TRUE;
}

static gboolean
take_member (DgOrder *order, const char *name, JsonNode *node, const DiglotBatch *batch, GError **error)
{
  static const char *const names[] = { "id",      "input", "text",     "base64", "name", "picture", "align",   "output", "format", "template",
                                       "profile", "lang",  "encoding", "date",   "set",  "strict",  "timeout", "memory", NULL };
  const struct {
    const char *name;
    char      **value;
  } strings[] = {
    { "input", &order->path },       { "name", &order->name },      { "picture", &order->picture_path },   { "output", &order->output },
    { "profile", &order->profile },  { "lang", &order->languages }, { "template", &order->template_name }, { "encoding", &order->encoding },
    { "date", &order->source_date },
  };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (strcmp (name, strings[i].name) == 0)
      return take_string (node, name, strings[i].value, error);
  if (strcmp (name, "id") == 0)
    return TRUE;
  if (strcmp (name, "text") == 0 || strcmp (name, "base64") == 0)
    return take_text (order, node, name, error);
  if (strcmp (name, "set") == 0)
    return take_settings (order, node, error);
  if (strcmp (name, "format") == 0)
    return take_format (order, node, error);
  if (strcmp (name, "align") == 0) {
    g_autofree char *json = json_to_string (node, FALSE);

    order->align = g_bytes_new (json, strlen (json));
    return TRUE;
  }
  if (strcmp (name, "strict") == 0) {
    GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

    if (type != G_TYPE_BOOLEAN && type != G_TYPE_STRING)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"strict\" is true, false or codes of messages");
    g_free (order->strict);
    order->strict = type == G_TYPE_STRING ? json_node_dup_string (node) : json_node_get_boolean (node) ? g_strdup ("warning") : NULL;
    return dg_strict_check (order->strict, error);
  }
  if (strcmp (name, "timeout") == 0)
    return take_number (node, name, batch->timeout, &order->timeout, error);
  if (strcmp (name, "memory") == 0) {
    double memory = 0;

    if (!take_number (node, name, batch->memory, &memory, error))
      return FALSE;
    order->memory = (guint) MAX (memory, 1);
    return TRUE;
  }

  const char *nearest = dg_nearest_find (name, names);

  return nearest != NULL ? dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no member \"%s\"; did you mean \"%s\"?", name, nearest)
                         : dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no member \"%s\"", name);
}

/* A name below the folder that the worker writes to, and nowhere else. */
static gboolean
check_output (const DgOrder *order, const DiglotBatch *batch, GError **error)
{
  g_auto (GStrv) names = g_strsplit (order->output, "/", -1);

  if (batch->output == NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"output\": this worker writes no files; it was started without --output FOLDER");
  if (*order->output == '\0' || g_path_is_absolute (order->output) || g_str_has_suffix (order->output, "/"))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"output\" is not the name of a file below the folder of --output");
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "..") == 0 || strcmp (names[i], ".") == 0 || *names[i] == '\0')
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"output\": %s leads out of the folder, or is no plain name", order->output);
  return order->format != DIGLOT_FORMAT_CHECK || dg_refuse (error, DIGLOT_ERROR_USAGE, "\"output\": a check makes nothing");
}

static gboolean
take_object (DgOrder *order, JsonObject *object, const DiglotBatch *batch, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);
  DiglotFormat by_output;

  for (const GList *at = members; at != NULL; at = at->next)
    if (!take_member (order, at->data, json_object_get_member (object, at->data), batch, error))
      return FALSE;
  if ((order->path == NULL) == (order->bytes == NULL))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"input\", \"text\" and \"base64\": one of them is the dispatch");
  if (order->output != NULL && !json_object_has_member (object, "format") && diglot_format_find_by_output (order->output, &by_output))
    order->format = by_output;
  if (order->output != NULL && !check_output (order, batch, error))
    return FALSE;
  return TRUE;
}

DgOrder *
dg_order_new (const DiglotBatch *batch, const char *line, gsize length, guint number, GError **error)
{
  DgOrder *order = g_new0 (DgOrder, 1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) problem = NULL;
  JsonNode *root, *id;

  order->format = batch->format;
  order->strict = g_strdup (batch->strict);
  order->timeout = batch->timeout;
  order->memory = batch->memory;
  if (!dg_json_load (parser, line, length, &problem) || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    const char *why = problem != NULL ? strstr (problem->message, "Parse error: ") : NULL;

    if (why != NULL)
      dg_refuse (error, DIGLOT_ERROR_USAGE, "the line is no JSON object: %s", why + strlen ("Parse error: "));
    else
      dg_refuse (error, DIGLOT_ERROR_USAGE, "the line is no JSON object");
    order->id = json_node_init_int (json_node_alloc (), number);
    return order;
  }
  id = json_object_get_member (json_node_get_object (root), "id");
  order->id = id != NULL ? json_node_copy (id) : json_node_init_int (json_node_alloc (), number);
  take_object (order, json_node_get_object (root), batch, error);
  if (order->name == NULL)
    order->name = g_strdup (order->path != NULL ? order->path : "<job>");
  return order;
}

DiglotOptions
dg_order_options (const DgOrder *order, const DiglotBatch *batch)
{
  DiglotOptions options = batch->conversion;

  options.template_name = order->template_name != NULL ? order->template_name : options.template_name;
  options.profile = order->profile != NULL ? order->profile : options.profile;
  options.languages = order->languages != NULL ? order->languages : options.languages;
  options.encoding = order->encoding != NULL ? order->encoding : options.encoding;
  options.source_date = order->source_date != NULL ? order->source_date : options.source_date;
  options.settings = order->settings != NULL ? (const char *const *) order->settings : options.settings;
  return options;
}

char *
dg_order_dup_key (const DgOrder *order)
{
  static const char *const none[] = { NULL };
  g_autoptr (GVariant) key =
    g_variant_ref_sink (g_variant_new ("(msmsmsmsms^asdu)", order->template_name, order->profile, order->languages, order->encoding, order->source_date,
                                       order->settings != NULL ? (const char *const *) order->settings : none, order->timeout, order->memory));

  return g_variant_print (key, FALSE);
}

/* Through a pipe */

static GVariant *
new_maybe (GBytes *bytes)
{
  return g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING, bytes != NULL ? g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE) : NULL);
}

GBytes *
dg_order_to_bytes (const DgOrder *order)
{
  g_autoptr (GVariant) whole = g_variant_ref_sink (
    g_variant_new ("(s@ayms@mayms@mayims)", order->name, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, order->bytes, TRUE), order->picture_path,
                   new_maybe (order->picture), order->picture_problem, new_maybe (order->align), (gint32) order->format, order->strict));

  return g_variant_get_data_as_bytes (whole);
}

DgOrder *
dg_order_from_bytes (GBytes *bytes)
{
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (TYPE), bytes, TRUE));
  g_autoptr (GVariant) text = NULL, picture = NULL, align = NULL;
  DgOrder *order = g_new0 (DgOrder, 1);
  gint32   format;

  g_variant_get (whole, "(s@aymsm@aymsm@ayims)", &order->name, &text, &order->picture_path, &picture, &order->picture_problem, &align, &format, &order->strict);
  order->bytes = g_variant_get_data_as_bytes (text);
  order->picture = picture != NULL ? g_variant_get_data_as_bytes (picture) : NULL;
  order->align = align != NULL ? g_variant_get_data_as_bytes (align) : NULL;
  order->format = (DiglotFormat) format;
  return order;
}
