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

static gboolean
shorten (const GMatchInfo *match, GString *out, gpointer data)
{
  g_autofree char *name = g_match_info_fetch (match, 1);
  g_autofree char *number = g_match_info_fetch (match, 2);
  char             shown[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (shown, sizeof shown, data, g_ascii_strtod (number, NULL));
  g_string_append_printf (out, "\"%s\":%s", name, shown);
  return FALSE;
}

/* JSON-GLib writes every double with seventeen digits.  The pattern cannot match inside a string, where quotation marks are escaped. */
char *
dg_build_print (JsonBuilder *builder, const char *format)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, FALSE);
  g_autoptr (GRegex) number = g_regex_new ("\"([a-z_]+)\":(-?[0-9]+\\.[-+.0-9eE]+)", G_REGEX_RAW, 0, NULL);

  return g_regex_replace_eval (number, json, -1, 0, 0, shorten, (gpointer) format, NULL);
}
