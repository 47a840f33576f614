/* report.c: the report's lines, by JSON-GLib. */
#include "report.h"

#include "diag.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_double (JsonBuilder *builder, const char *name, double value, double steps)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, round (value * steps) / steps);
}

static gboolean
shorten (const GMatchInfo *match, GString *out, gpointer data)
{
  g_autofree char *name = g_match_info_fetch (match, 1);
  g_autofree char *number = g_match_info_fetch (match, 2);
  char             shown[G_ASCII_DTOSTR_BUF_SIZE];

  (void) data;
  g_ascii_formatd (shown, sizeof shown, "%.6g", g_ascii_strtod (number, NULL));
  g_string_append_printf (out, "\"%s\":%s", name, shown);
  return FALSE;
}

/* JSON-GLib writes every double with seventeen digits.  The pattern cannot match inside a string, where quotation marks are escaped. */
static char *
print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char     *json = json_to_string (root, FALSE);
  g_autoptr (GRegex)   number = g_regex_new ("\"(lowest_score|waste|mean|widest|ms)\":([-+.0-9eE]+)", G_REGEX_RAW, 0, NULL);

  return g_regex_replace_eval (number, json, -1, 0, 0, shorten, NULL, NULL);
}

static void
add_messages (JsonBuilder *builder, const GPtrArray *messages)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < messages->len; i++) {
    const DiglotMessage *message = messages->pdata[i];

    json_builder_begin_object (builder);
    add_int (builder, "line", message->line);
    add_int (builder, "column", message->column);
    add_string (builder, "severity", dg_severity_name (message->severity));
    add_string (builder, "code", message->code);
    add_string (builder, "message", message->text);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_figures (JsonBuilder *builder, const DiglotFigures *figures)
{
  if (figures->pages > 0)
    add_int (builder, "pages", figures->pages);
  if (figures->beads > 0)
    add_int (builder, "beads", figures->beads);
  if (figures->lowest_score >= 0)
    add_double (builder, "lowest_score", figures->lowest_score, 100);
  if (figures->pages > 0)
    add_double (builder, "waste", figures->waste, 1000);
  if (figures->spaced_lines == 0)
    return;
  json_builder_set_member_name (builder, "spacing");
  json_builder_begin_object (builder);
  add_int (builder, "lines", figures->spaced_lines);
  add_int (builder, "loose", figures->loose_lines);
  add_double (builder, "mean", figures->mean_space, 1000);
  add_double (builder, "widest", figures->widest_space, 1000);
  json_builder_end_object (builder);
}

char *
dg_report_dup_details (const DgOutcome *outcome)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < outcome->parts->len; i++) {
    const DgPart *part = outcome->parts->pdata[i];

    json_builder_begin_object (builder);
    add_string (builder, "status", part->failed ? "failed" : "set");
    if (part->files->len > 1 && !part->failed)
      add_int (builder, "files", part->files->len);
    add_messages (builder, part->messages);
    add_figures (builder, &part->figures);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  return print (builder);
}

static void
append_part (GString *report, const DgJob *job, guint part, const char *status, const char *output, JsonObject *details, double ms)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char        *input = g_utf8_make_valid (job->shown, -1);
  g_autofree char        *shown_output = g_utf8_make_valid (output, -1);
  g_autoptr (GList)       members = json_object_get_members (details);
  g_autofree char        *line = NULL;

  json_builder_begin_object (builder);
  add_int (builder, "n", job->number);
  add_string (builder, "input", input);
  if (part > 0)
    add_int (builder, "part", part);
  if (*output != '\0')
    add_string (builder, "output", shown_output);
  add_string (builder, "status", status != NULL ? status : json_object_get_string_member_with_default (details, "status", "failed"));
  for (const GList *at = members; at != NULL; at = at->next) {
    if (strcmp (at->data, "status") == 0)
      continue;
    json_builder_set_member_name (builder, at->data);
    json_builder_add_value (builder, json_object_dup_member (details, at->data));
  }
  if (ms >= 0)
    add_double (builder, "ms", ms, 10);
  json_builder_end_object (builder);
  line = print (builder);
  g_string_append_printf (report, "%s\n", line);
}

void
dg_report_append (GString *report, const DgJob *job, const char *status, const char *const *outputs, const char *details, double ms)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode              *root;
  JsonArray             *parts;

  /* A state file that somebody wrote into tells nothing. */
  if (!json_parser_load_from_data (parser, details, -1, NULL) || (root = json_parser_get_root (parser)) == NULL
      || !JSON_NODE_HOLDS_ARRAY (root))
    return;
  parts = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (parts) && *outputs != NULL; i++) {
    JsonNode   *part = json_array_get_element (parts, i);
    JsonObject *told = JSON_NODE_HOLDS_OBJECT (part) ? json_node_get_object (part) : NULL;
    gint64      files = told != NULL ? json_object_get_int_member_with_default (told, "files", 1) : 1;

    if (told != NULL)
      append_part (report, job, json_array_get_length (parts) > 1 ? i + 1 : 0, status, *outputs, told, ms);
    for (gint64 k = 0; k < files && *outputs != NULL; k++)
      outputs++;
  }
}

/* Merging */

typedef struct {
  gint64 n;
  guint  order;                /* of the parts of one dispatch */
  char  *line;
} Entry;

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->line);
}

static int
compare_entries (gconstpointer one, gconstpointer two)
{
  const Entry *a = one, *b = two;

  if (a->n != b->n)
    return a->n < b->n ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

static gboolean
read_report (GArray *entries, const char *file, GError **error)
{
  g_autofree char   *text = NULL;
  g_autoptr (GError) problem = NULL;

  if (!g_file_get_contents (file, &text, NULL, &problem)) {
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, problem->message);
    return FALSE;
  }

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (JsonParser) parser = json_parser_new ();
    JsonNode              *root = NULL, *n = NULL;
    Entry                 *entry;

    if (*lines[i] == '\0')
      continue;
    if (json_parser_load_from_data (parser, lines[i], -1, NULL))
      root = json_parser_get_root (parser);
    if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
      n = json_object_get_member (json_node_get_object (root), "n");
    if (n == NULL || !JSON_NODE_HOLDS_VALUE (n)) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_SYNTAX, "%s:%u: not a line of a report", file, i + 1);
      return FALSE;
    }
    g_array_set_size (entries, entries->len + 1);
    entry = &g_array_index (entries, Entry, entries->len - 1);
    entry->n = json_node_get_int (n);
    entry->order = entries->len;
    entry->line = g_strdup (lines[i]);
  }
  return TRUE;
}

GBytes *
diglot_merge_reports (const char *const *files, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GString           *out;

  g_array_set_clear_func (entries, clear_entry);
  for (guint i = 0; files[i] != NULL; i++)
    if (!read_report (entries, files[i], error))
      return NULL;
  g_array_sort (entries, compare_entries);
  out = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (out, "%s\n", g_array_index (entries, Entry, i).line);
  return g_string_free_to_bytes (out);
}
