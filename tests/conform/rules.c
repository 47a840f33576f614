/* rules.c: see rules.h. */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

const Rule *
rules_all (guint *n)
{
  static const Rule *const tables[] = { file_rules, font_rules, tag_rules, press_rules };
  static Rule              all[200];
  static guint             count = 0;

  if (count == 0)
    for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
      for (guint i = 0; tables[t][i].name; i++) {
        g_assert (count < G_N_ELEMENTS (all));
        all[count++] = tables[t][i];
      }
  *n = count;
  return all;
}

Standard
rule_standard (const Rule *rule)
{
  return g_str_has_prefix (rule->name, "UA ") ? STANDARD_UA : rule->name[0] == 'A' ? STANDARD_A : STANDARD_X;
}

static void
free_map (gpointer map)
{
  if (map)
    g_hash_table_unref (map);
}

GPtrArray *
rules_judge (const PdfFile *file, guint standards)
{
  Judge       judge = { file, NULL, g_ptr_array_new_with_free_func (g_free), g_hash_table_new_full (NULL, NULL, NULL, free_map) };
  guint       n;
  const Rule *rules = rules_all (&n);

  for (guint i = 0; i < n; i++)
    if (rule_standard (&rules[i]) & standards) {
      judge.rule = &rules[i];
      rules[i].check (&judge);
    }
  g_hash_table_unref (judge.maps);
  return judge.found;
}

void
wrong (Judge *judge, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (judge->found, g_strdup_printf ("%s: %s", judge->rule->name, text));
}

typedef struct {
  Judge      *judge;
  const char *ref;
  void (*see) (Judge *judge, const char *ref, JsonNode *dictionary);
} Walk;

static void walk_node (Walk *walk, JsonNode *node);

static void
walk_member (JsonObject *object, const char *key, JsonNode *node, gpointer data)
{
  (void) object;
  (void) key;
  walk_node (data, node);
}

static void
walk_node (Walk *walk, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    walk->see (walk->judge, walk->ref, node);
    json_object_foreach_member (json_node_get_object (node), walk_member, walk);
  } else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < pdf_length (node); i++)
      walk_node (walk, json_array_get_element (json_node_get_array (node), i));
}

void
each_dictionary (Judge *judge, void (*see) (Judge *judge, const char *ref, JsonNode *dictionary))
{
  g_autoptr (GList) keys = json_object_get_members (judge->file->objects);

  for (GList *l = keys; l; l = l->next) {
    JsonObject *object = json_object_get_object_member (judge->file->objects, l->data);
    Walk        walk = { judge, g_str_has_prefix (l->data, "obj:") ? (const char *) l->data + 4 : l->data, see };
    JsonNode   *value = json_object_get_member (object, "value");

    walk_node (&walk, value ? value : json_object_get_member (json_object_get_object_member (object, "stream"), "dict"));
  }
}

/* What is open where an operator stands. */
typedef struct {
  GArray   *marks; /* gboolean: an artifact */
  JsonNode *resources, *font;
} State;

static void
begin_mark (State *state, const Step *step)
{
  const char *tag = step->operands->len ? step->operands->pdata[0] : "";
  gboolean    artifact = strcmp (tag, "Artifact") == 0;

  g_array_append_val (state->marks, artifact);
}

static void
take_operator (const PdfFile *file, State *state, Step *step)
{
  const char *operator= step->operator;

  if (strcmp (operator, "BDC") == 0 || strcmp (operator, "BMC") == 0)
    begin_mark (state, step);
  if (strcmp (operator, "Tf") == 0 && step->operands->len) {
    g_autofree char *name = g_strconcat ("/", step->operands->pdata[0], NULL);

    state->font = pdf_get_path (file, state->resources, "/Font", name, NULL);
  }
  step->font = state->font;
  step->depth = state->marks->len;
  step->artifact = step->marked = FALSE;
  for (guint i = 0; i < state->marks->len; i++) {
    step->artifact = step->artifact || g_array_index (state->marks, gboolean, i);
    step->marked = step->marked || !g_array_index (state->marks, gboolean, i);
  }
}

void
each_operator (Judge *judge, void (*see) (Judge *judge, const Step *step))
{
  for (guint page = 0; page < judge->file->pages->len; page++) {
    g_autoptr (GBytes) content = pdf_page_content (judge->file, page);
    g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (gboolean));
    g_autoptr (GPtrArray) operands = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GString) codes = g_string_new (NULL);
    State state = { marks, pdf_get (judge->file, judge->file->pages->pdata[page], "/Resources"), NULL };
    Step  step = { .page = page, .operands = operands, .codes = codes };
    Token token = { TOKEN_OTHER, g_string_new (NULL) };

    for (gsize at = 0; pdf_next_token (content, &at, &token), token.kind != TOKEN_END;) {
      if (token.kind == TOKEN_NAME || token.kind == TOKEN_NUMBER)
        g_ptr_array_add (operands, g_strdup (token.text->str));
      else if (token.kind == TOKEN_STRING)
        g_string_append_len (codes, token.text->str, (gssize) token.text->len);
      else if (token.kind == TOKEN_OPERATOR) {
        step.operator= token.text->str;
        take_operator (judge->file, &state, &step);
        see (judge, &step);
        if (strcmp (step.operator, "EMC") == 0 && marks->len)
          g_array_set_size (marks, marks->len - 1);
        g_ptr_array_set_size (operands, 0);
        g_string_truncate (codes, 0);
      }
    }
    g_string_free (token.text, TRUE);
  }
}
