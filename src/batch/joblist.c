/* joblist.c: columns and members by name; what is no name of ours is refused, as it would have been meant to say something. */
#include "batch/joblist.h"

#include "base/jsonread.h"
#include "base/nearest.h"
#include "base/refuse.h"
#include "diglot.h"

#include <string.h>

typedef enum { KIND_UNKNOWN, KIND_TABLE, KIND_JSON } Kind;
typedef enum { COLUMN_INPUT, COLUMN_OUTPUT, COLUMN_TEMPLATE, COLUMN_LANGUAGES, N_COLUMNS } Column;

static const char *const columns[] = { "input", "output", "template", "languages", NULL };

struct DgJobList {
  Kind     kind;
  gboolean is_begun;         /* its first line that is not empty was read */
  Column   order[N_COLUMNS]; /* of a table's columns */
  guint    n_columns;
};

void
dg_job_line_clear (DgJobLine *line)
{
  g_clear_pointer (&line->input, g_free);
  g_clear_pointer (&line->output, g_free);
  g_clear_pointer (&line->template_name, g_free);
  g_clear_pointer (&line->languages, g_free);
}

DgJobList *
dg_joblist_new (const char *name)
{
  static const struct {
    const char *ending;
    Kind        kind;
  } endings[] = { { ".jsonl", KIND_JSON }, { ".ndjson", KIND_JSON }, { ".json", KIND_JSON }, { ".tsv", KIND_TABLE }, { ".tab", KIND_TABLE } };
  DgJobList       *list = g_new0 (DgJobList, 1);
  g_autofree char *small = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (small, endings[i].ending))
      list->kind = endings[i].kind;
  for (list->n_columns = 0; list->n_columns < N_COLUMNS; list->n_columns++)
    list->order[list->n_columns] = (Column) list->n_columns;
  return list;
}

void
dg_joblist_free (DgJobList *list)
{
  g_free (list);
}

/* "lang" is what the option and a worker's job call the languages. */
static gboolean
find_column (const char *name, Column *column)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (strcmp (name, columns[i]) == 0 || (i == COLUMN_LANGUAGES && strcmp (name, "lang") == 0)) {
      *column = (Column) i;
      return TRUE;
    }
  return FALSE;
}

static char **
find_place (DgJobLine *line, Column column)
{
  char **const places[] = { &line->input, &line->output, &line->template_name, &line->languages };

  return places[column];
}

/* JSON */

static gboolean
refuse_member (const char *name, GError **error)
{
  const char *nearest = dg_nearest_find (name, columns);

  return nearest != NULL ? dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no member \"%s\"; did you mean \"%s\"?", name, nearest)
                         : dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no member \"%s\"; there are input, output, template and languages", name);
}

static char *
dup_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
}

/* ["en", "ar"] is "en,ar". */
static char *
dup_joined (JsonNode *node)
{
  JsonArray       *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree char *a = NULL, *b = NULL;

  if (array == NULL || json_array_get_length (array) != 2)
    return NULL;
  a = dup_string (json_array_get_element (array, 0));
  b = dup_string (json_array_get_element (array, 1));
  return a != NULL && b != NULL ? g_strjoin (",", a, b, NULL) : NULL;
}

static gboolean
take_member (DgJobLine *line, const char *name, JsonNode *node, GError **error)
{
  Column column;
  char **place;

  if (!find_column (name, &column))
    return refuse_member (name, error);
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  place = find_place (line, column);
  if (*place != NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "\"%s\" is said twice", columns[column]);
  *place = column == COLUMN_LANGUAGES && JSON_NODE_HOLDS_ARRAY (node) ? dup_joined (node) : dup_string (node);
  return *place != NULL
         || dg_refuse (error, DIGLOT_ERROR_USAGE, column == COLUMN_LANGUAGES ? "\"%s\" is neither \"A,B\" nor two strings" : "\"%s\" is not a string", name);
}

static gboolean
read_object (const char *text, gsize length, DgJobLine *line, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) problem = NULL;
  g_autoptr (GList) members = NULL;
  JsonNode *root;

  if (!dg_json_load (parser, text, length, &problem) || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    const char *why = problem != NULL ? strstr (problem->message, "Parse error: ") : NULL;

    return dg_refuse (error, DIGLOT_ERROR_USAGE, "no JSON object%s%s", why != NULL ? ": " : "", why != NULL ? why + strlen ("Parse error: ") : "");
  }
  members = json_object_get_members (json_node_get_object (root));
  for (const GList *at = members; at != NULL; at = at->next)
    if (!take_member (line, at->data, json_object_get_member (json_node_get_object (root), at->data), error))
      return FALSE;
  return line->input != NULL || dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no \"input\"");
}

/* Tables */

/* TRUE where the first line's @fields are names of columns, each once and the input's among them. */
static gboolean
take_heads (DgJobList *list, char *const *fields)
{
  Column   order[N_COLUMNS];
  guint    n = 0;
  gboolean has_input = FALSE;

  for (; fields[n] != NULL; n++) {
    if (n == N_COLUMNS || !find_column (fields[n], &order[n]))
      return FALSE;
    for (guint k = 0; k < n; k++)
      if (order[k] == order[n])
        return FALSE;
    has_input = has_input || order[n] == COLUMN_INPUT;
  }
  if (!has_input)
    return FALSE;
  memcpy (list->order, order, n * sizeof *order);
  list->n_columns = n;
  return TRUE;
}

static gboolean
read_row (DgJobList *list, const char *text, gboolean is_first, DgJobLine *line, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (text, "\t", -1);

  if (is_first && take_heads (list, fields))
    return TRUE;
  for (guint i = 0; fields[i] != NULL; i++) {
    if (i >= list->n_columns && *fields[i] != '\0')
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "there are more than %u columns; they are input, output, template and languages", list->n_columns);
    if (i < list->n_columns && *fields[i] != '\0')
      *find_place (line, list->order[i]) = g_strdup (fields[i]);
  }
  return line->input != NULL || dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no input");
}

gboolean
dg_joblist_read (DgJobList *list, const char *text, gsize length, DgJobLine *line, GError **error)
{
  static const char mark[] = "\xEF\xBB\xBF";
  const gboolean    is_first = !list->is_begun;
  g_autofree char  *own = NULL;

  if (is_first && length >= strlen (mark) && memcmp (text, mark, strlen (mark)) == 0) {
    text += strlen (mark);
    length -= strlen (mark);
  }
  if (length > 0 && text[length - 1] == '\r')
    length--;
  own = g_strndup (text, length);
  if (memchr (text, '\0', length) != NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "a NUL, which no name has");
  if (own[strspn (own, " \t")] == '\0')
    return TRUE;
  list->is_begun = TRUE;
  if (list->kind == KIND_UNKNOWN)
    list->kind = own[strspn (own, " ")] == '{' ? KIND_JSON : KIND_TABLE;
  return list->kind == KIND_JSON ? read_object (own, length, line, error) : read_row (list, own, is_first, line, error);
}
