/* report.c: the report's lines, by JSON-GLib. */
#include "batch/report.h"

#include "base/input.h"
#include "base/jsonbuild.h"
#include "base/jsonread.h"
#include "batch/table.h"

#include <math.h>
#include <string.h>

static void
add_figures (JsonBuilder *builder, const DiglotFigures *figures)
{
  if (figures->pages > 0)
    dg_build_int (builder, "pages", figures->pages);
  if (figures->beads > 0)
    dg_build_int (builder, "beads", figures->beads);
  if (figures->lowest_score >= 0)
    dg_build_double (builder, "lowest_score", figures->lowest_score, 100);
  if (figures->pages > 0)
    dg_build_double (builder, "waste", figures->waste, 1000);
  if (figures->spaced_lines == 0)
    return;
  json_builder_set_member_name (builder, "spacing");
  json_builder_begin_object (builder);
  dg_build_int (builder, "lines", figures->spaced_lines);
  dg_build_int (builder, "loose", figures->loose_lines);
  dg_build_double (builder, "mean", figures->mean_space, 1000);
  dg_build_double (builder, "widest", figures->widest_space, 1000);
  json_builder_end_object (builder);
}

/* The strings @a and @b of what is about a dispatch; no member where there is none. */
static void
add_pair (JsonBuilder *builder, const char *name, const char *a, const char *b)
{
  if (*a == '\0' && *b == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  if (*a != '\0')
    dg_build_string (builder, "a", a);
  if (*b != '\0')
    dg_build_string (builder, "b", b);
  json_builder_end_object (builder);
}

static void
add_about (JsonBuilder *builder, char *const *about)
{
  if (about == NULL || g_strv_length ((char **) about) < 5)
    return;
  add_pair (builder, "languages", about[0], about[1]);
  add_pair (builder, "headlines", about[2], about[3]);
  if (*about[4] != '\0')
    dg_build_string (builder, "date", about[4]);
}

char *
dg_report_dup_details (const DgOutcome *outcome)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < outcome->parts->len; i++) {
    const DgPart *part = outcome->parts->pdata[i];

    json_builder_begin_object (builder);
    dg_build_string (builder, "status", part->failed ? "failed" : "set");
    if (part->files->len > 1 && !part->failed)
      dg_build_int (builder, "files", part->files->len);
    dg_build_messages (builder, (const DiglotMessage *const *) part->messages->pdata, part->messages->len);
    add_figures (builder, &part->figures);
    add_about (builder, part->about);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  return dg_build_print (builder, "%.6g");
}

/* JSON-GLib's own functions want a value, of whatever type. */
static JsonNode *
find_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static const char *
get_status (JsonObject *details)
{
  JsonNode *status = find_value (details, "status", G_TYPE_STRING);

  return status != NULL ? json_node_get_string (status) : "failed";
}

static void
append_part (GString *report, const DgJob *job, guint part, const char *status, const char *output, JsonObject *details, double ms)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *input = g_utf8_make_valid (job->shown, -1);
  g_autofree char *shown_output = g_utf8_make_valid (output, -1);
  g_autoptr (GList) members = json_object_get_members (details);
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  dg_build_int (builder, "n", job->number);
  dg_build_string (builder, "input", input);
  if (part > 0)
    dg_build_int (builder, "part", part);
  if (*output != '\0')
    dg_build_string (builder, "output", shown_output);
  dg_build_string (builder, "status", status != NULL ? status : get_status (details));
  for (const GList *at = members; at != NULL; at = at->next) {
    if (strcmp (at->data, "status") == 0)
      continue;
    json_builder_set_member_name (builder, at->data);
    json_builder_add_value (builder, json_object_dup_member (details, at->data));
  }
  if (ms >= 0)
    dg_build_double (builder, "ms", ms, 10);
  json_builder_end_object (builder);
  line = dg_build_print (builder, "%.6g");
  g_string_append_printf (report, "%s\n", line);
}

/* JSON has no other numbers (RFC 8259, 6), but JSON-GLib reads and writes them. */
static gboolean
has_finite_numbers (JsonNode *node)
{
  g_autoptr (GList) below = JSON_NODE_HOLDS_ARRAY (node)    ? json_array_get_elements (json_node_get_array (node))
                            : JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_values (json_node_get_object (node))
                                                            : NULL;
  gboolean is_finite = !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_DOUBLE || isfinite (json_node_get_double (node));

  for (const GList *at = below; is_finite && at != NULL; at = at->next)
    is_finite = has_finite_numbers (at->data);
  return is_finite;
}

void
dg_report_append (GString *report, const DgJob *job, const char *status, const char *const *outputs, const char *details, double ms)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode  *root;
  JsonArray *parts;

  /* A state file that somebody wrote into tells nothing but that the outputs are there. */
  if (!dg_json_load (parser, details, strlen (details), NULL) || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_ARRAY (root)
      || !has_finite_numbers (root)) {
    g_autoptr (JsonObject) nothing = json_object_new ();

    append_part (report, job, 0, status, *outputs != NULL ? *outputs : "", nothing, ms);
    return;
  }
  parts = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (parts) && *outputs != NULL; i++) {
    JsonNode   *part = json_array_get_element (parts, i);
    JsonObject *told = JSON_NODE_HOLDS_OBJECT (part) ? json_node_get_object (part) : NULL;
    JsonNode   *told_files = told != NULL ? find_value (told, "files", G_TYPE_INT64) : NULL;
    gint64      files = told_files != NULL ? json_node_get_int (told_files) : 1;

    if (told != NULL)
      append_part (report, job, json_array_get_length (parts) > 1 ? i + 1 : 0, status, *outputs, told, ms);
    for (gint64 k = 0; k < files && *outputs != NULL; k++)
      outputs++;
  }
}

void
dg_report_append_same (GString *report, const DgJob *job, guint first, gboolean failed)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *input = g_utf8_make_valid (job->shown, -1);
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  dg_build_int (builder, "n", job->number);
  dg_build_string (builder, "input", input);
  dg_build_string (builder, "status", failed ? "failed" : "same");
  dg_build_int (builder, "same_as", first);
  json_builder_end_object (builder);
  line = dg_build_print (builder, "%.6g");
  g_string_append_printf (report, "%s\n", line);
}

/* What a report's last line tells. */
typedef struct {
  guint64 found, twice, set, kept, same, failed, not_done;
} Total;

static void
append_total (GString *report, const Total *total, guint shard, guint shards)
{
  const struct {
    const char *name;
    guint64     n;
    gboolean    is_shown;
  } members[] = {
    { "found", total->found, TRUE },
    { "twice", total->twice, total->twice > 0 },
    { "set", total->set, TRUE },
    { "kept", total->kept, TRUE },
    { "same", total->same, total->same > 0 },
    { "failed", total->failed, TRUE },
    { "not_done", total->not_done, total->not_done > 0 },
  };
  const char *comma = "";

  g_string_append (report, "{\"total\":{");
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].is_shown) {
      g_string_append_printf (report, "%s\"%s\":%" G_GUINT64_FORMAT, comma, members[i].name, members[i].n);
      comma = ",";
    }
  g_string_append (report, "}");
  if (shards > 0)
    g_string_append_printf (report, ",\"shard\":%u,\"shards\":%u", shard, shards);
  g_string_append (report, "}\n");
}

void
dg_report_append_total (GString *report, const DiglotTally *tally, guint shard, guint shards)
{
  const Total total = {
    .found = tally->found,
    .twice = tally->twice,
    .set = tally->done - MIN (tally->done, tally->kept + tally->same + tally->failed),
    .kept = tally->kept,
    .same = tally->same,
    .failed = tally->failed,
    .not_done = tally->total - MIN (tally->total, tally->done),
  };

  append_total (report, &total, shard, shards);
}

GBytes *
dg_report_free_to_bytes (GString *report, const char *path, GError **error)
{
  g_autoptr (GBytes) lines = g_string_free_to_bytes (report);

  return dg_table_is_name (path) ? dg_table_new (lines, error) : g_steal_pointer (&lines);
}

/* Merging */

#define SHOWN_MAX 60 /* characters of numbers */

typedef struct {
  gint64 n;
  guint  order; /* of the parts of one dispatch */
  char  *line;
  char  *output; /* NULL */
} Entry;

typedef struct {
  GArray     *entries; /* Entry */
  Total       total;
  gboolean    has_total;
  GHashTable *shards; /* numbers of those that are there */
  guint64     n_shards;
  gboolean    is_doubled; /* one is there twice */
} Merge;

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->line);
  g_free (((Entry *) data)->output);
}

static int
compare_entries (gconstpointer one, gconstpointer two)
{
  const Entry *a = one, *b = two;

  if (a->n != b->n)
    return a->n < b->n ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

static guint64
get_count (JsonObject *total, const char *name)
{
  JsonNode *node = find_value (total, name, G_TYPE_INT64);

  return node != NULL ? (guint64) MAX (json_node_get_int (node), 0) : 0;
}

/* All shards have found the same; each has done its own. */
static void
add_total (Merge *merge, JsonObject *total)
{
  merge->has_total = TRUE;
  merge->total.found = MAX (merge->total.found, get_count (total, "found"));
  merge->total.twice += get_count (total, "twice");
  merge->total.set += get_count (total, "set");
  merge->total.kept += get_count (total, "kept");
  merge->total.same += get_count (total, "same");
  merge->total.failed += get_count (total, "failed");
}

/* FALSE for what is no line of a report. */
static gboolean
add_line (Merge *merge, const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode   *root = dg_json_load (parser, line, strlen (line), NULL) ? json_parser_get_root (parser) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode   *total = object != NULL ? json_object_get_member (object, "total") : NULL;
  JsonNode   *n = object != NULL ? find_value (object, "n", G_TYPE_INT64) : NULL;
  JsonNode   *output = object != NULL ? find_value (object, "output", G_TYPE_STRING) : NULL;
  Entry      *entry;

  if (total != NULL && JSON_NODE_HOLDS_OBJECT (total)) {
    add_total (merge, json_node_get_object (total));
    merge->n_shards = MAX (merge->n_shards, get_count (object, "shards"));
    merge->is_doubled |= !g_hash_table_add (merge->shards, GUINT_TO_POINTER ((guint) get_count (object, "shard")));
    return TRUE;
  }
  if (n == NULL || json_node_get_int (n) < 1 || !has_finite_numbers (root))
    return FALSE;
  g_array_set_size (merge->entries, merge->entries->len + 1);
  entry = &g_array_index (merge->entries, Entry, merge->entries->len - 1);
  *entry = (Entry){ json_node_get_int (n), merge->entries->len, g_strdup (line), output != NULL ? json_node_dup_string (output) : NULL };
  return TRUE;
}

static gboolean
read_report (Merge *merge, const char *file, GError **error)
{
  g_autofree char *text = NULL;

  if (dg_table_is_name (file)) {
    text = dg_table_dup_lines (file, error);
    /* A report may come through a pipe, and then no more of it than of any input. */
  } else if (g_file_test (file, G_FILE_TEST_IS_REGULAR)) {
    text = dg_input_read_plain (file, DG_INPUT_KEPT_MAX, NULL, error);
  } else {
    g_autoptr (GBytes) bytes = diglot_read_file (file, error);

    text = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
  }
  if (text == NULL) {
    g_prefix_error (error, "%s: ", file);
    return FALSE;
  }

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !add_line (merge, lines[i])) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_SYNTAX, "%s:%u: not a line of a report", file, i + 1);
      return FALSE;
    }
  return TRUE;
}

static void
tell (const DiglotEvents *events, const char *code, const char *text)
{
  if (events != NULL && events->message != NULL)
    events->message (&(DiglotMessage){ .severity = DIGLOT_SEVERITY_ERROR, .code = code, .text = text }, events->data);
}

/* A shard cannot see what another writes. */
static void
tell_clashes (const Merge *merge, const DiglotEvents *events)
{
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < merge->entries->len; i++) {
    const Entry *entry = &g_array_index (merge->entries, Entry, i);
    const Entry *owner = entry->output != NULL ? g_hash_table_lookup (owners, entry->output) : NULL;

    if (owner != NULL && owner->n != entry->n) {
      g_autofree char *text = g_strdup_printf (N_ ("%s is the output of the dispatches %ld and %ld"), entry->output, (long) owner->n, (long) entry->n);

      tell (events, "output.clash", text);
    } else if (entry->output != NULL && owner == NULL) {
      g_hash_table_insert (owners, entry->output, (gpointer) entry);
    }
  }
}

/* Of a shard that is there twice what it did would hide what another did not. */
static void
tell_shards (const Merge *merge, const DiglotEvents *events)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  if (merge->is_doubled)
    tell (events, "report.twice", N_ ("the same part of the whole is in two of the reports"));
  for (guint64 k = 1; k <= merge->n_shards && missing->len < SHOWN_MAX; k++)
    if (!g_hash_table_contains (merge->shards, GUINT_TO_POINTER ((guint) k)))
      g_string_append_printf (missing, "%s%" G_GUINT64_FORMAT, missing->len > 0 ? ", " : "", k);
  if (missing->len > 0) {
    g_autofree char *text = g_strdup_printf (N_ ("of %lu shards there is none of %s"), (gulong) merge->n_shards, missing->str);

    tell (events, "report.missing", text);
  }
}

static void
finish_total (Merge *merge, const DiglotEvents *events)
{
  Total        *t = &merge->total;
  const guint64 done = t->twice + t->set + t->kept + t->same + t->failed;

  t->not_done = t->found - MIN (t->found, done);
  if (t->not_done > 0) {
    g_autofree char *text =
      g_strdup_printf (N_ ("of %lu dispatches %lu are in no report: a shard is missing or was ended"), (gulong) t->found, (gulong) t->not_done);

    tell (events, "report.missing", text);
  }
}

GBytes *
diglot_merge_reports (const char *const *files, const char *name, const DiglotEvents *events, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GHashTable) shards = g_hash_table_new (NULL, NULL);
  Merge    merge = { .entries = entries, .shards = shards };
  GString *out;

  g_array_set_clear_func (entries, clear_entry);
  for (guint i = 0; files[i] != NULL; i++)
    if (!read_report (&merge, files[i], error))
      return NULL;
  g_array_sort (entries, compare_entries);
  tell_clashes (&merge, events);
  out = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (out, "%s\n", g_array_index (entries, Entry, i).line);
  if (merge.has_total) {
    tell_shards (&merge, events);
    finish_total (&merge, events);
    append_total (out, &merge.total, 0, 0);
  }
  return dg_report_free_to_bytes (out, name, error);
}
