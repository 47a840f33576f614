/* The lists of template keys in docs/ are those that the program checks: they are made from the same table.  With DIGLOT_REGEN=1
 * (make docs) this writes them. */
#include <string.h>
#include <glib.h>

#include "page/template.h"

static const struct {
  const char *group, *key, *type, *value, *meaning;
} keys[] = {
#define _(member, group, key, type, value, meaning) { group, key, #type, value, meaning },
  DG_TEMPLATE_TABLE (_)
#undef _
};

static const struct {
  const char *name, *meaning;
} placeholders[] = {
#define _(id, name, meaning) { name, meaning },
  DG_PLACEHOLDER_TABLE (_)
#undef _
};

static char *
make_markdown (void)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (i == 0 || strcmp (keys[i].group, keys[i - 1].group) != 0)
      g_string_append_printf (out, "%s## `[%s]`\n\n| key | type | default | meaning |\n|---|---|---|---|\n", i ? "\n" : "", keys[i].group);
    g_string_append_printf (out, "| `%s` | %s | %s%s%s | %s |\n", keys[i].key, keys[i].type, *keys[i].value ? "`" : "", keys[i].value,
                            *keys[i].value ? "`" : "", keys[i].meaning);
  }
  g_string_append (out, "\n## Placeholders\n\n| placeholder | stands for |\n|---|---|\n");
  for (guint i = 0; i < G_N_ELEMENTS (placeholders); i++)
    g_string_append_printf (out, "| `{%s}` | %s |\n", placeholders[i].name, placeholders[i].meaning);
  return g_string_free (out, FALSE);
}

/* Text for mdoc: a hyphen that is typed stays one, and no line is taken for a request. */
static void
append_roff (GString *out, const char *text)
{
  if (*text == '.' || *text == '\'')
    g_string_append (out, "\\&");
  for (; *text; text++) {
    if (*text == '-' || *text == '\\')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *text == '\\' ? 'e' : *text);
  }
}

static char *
make_roff (void)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (i == 0 || strcmp (keys[i].group, keys[i - 1].group) != 0)
      g_string_append_printf (out, "%s.Ss [%s]\n.Bl -tag -width Ds\n", i > 0 ? ".El\n" : "", keys[i].group);
    g_string_append (out, ".It Cm ");
    append_roff (out, keys[i].key);
    g_string_append (out, " No = ");
    append_roff (out, *keys[i].value ? keys[i].value : "\"\"");
    g_string_append_printf (out, " Pq %s\n", keys[i].type);
    append_roff (out, keys[i].meaning);
    g_string_append_c (out, '\n');
  }
  g_string_append (out, ".El\n.Sh PLACEHOLDERS\n.Bl -tag -width Ds\n");
  for (guint i = 0; i < G_N_ELEMENTS (placeholders); i++) {
    g_string_append (out, ".It Cm {");
    append_roff (out, placeholders[i].name);
    g_string_append (out, "}\n");
    append_roff (out, placeholders[i].meaning);
    g_string_append_c (out, '\n');
  }
  g_string_append (out, ".El\n");
  return g_string_free (out, FALSE);
}

static void
append_json (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *text);
  }
  g_string_append_c (out, '"');
}

static char *
make_schema (void)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *type = g_ascii_strdown (keys[i].type, -1), *path = g_strconcat (keys[i].group, ".", keys[i].key, NULL),
                    *told = g_strconcat (type, ": ", keys[i].meaning, NULL);
    g_string_append (out, i > 0 ? ",\n    " : "    ");
    append_json (out, path);
    g_string_append (out, ": {\"type\": [\"string\", \"number\", \"boolean\"], \"default\": ");
    append_json (out, keys[i].value);
    g_string_append (out, ", \"description\": ");
    append_json (out, told);
    g_string_append_c (out, '}');
  }
  return g_string_free (out, FALSE);
}

/* What stands in the file between the two lines is @expected. */
static void
assert_part (const char *path, const char *first, const char *last, const char *expected)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  char *start = strstr (text, first), *end = start ? strstr (start, last) : NULL;
  g_assert_nonnull (end);
  start += strlen (first);
  if (g_getenv ("DIGLOT_REGEN")) {
    g_autofree char *before = g_strndup (text, (gsize) (start - text));
    g_autofree char *whole = g_strconcat (before, expected, end, NULL);
    g_assert_true (g_file_set_contents (path, whole, -1, NULL));
    return;
  }
  g_autofree char *found = g_strndup (start, (gsize) (end - start));
  g_assert_cmpstr (found, ==, expected);
}

static void
test_markdown (void)
{
  g_autofree char *made = make_markdown ();
  assert_part ("docs/template.md", "<!-- keys: written by make docs -->\n\n", "\n<!-- end of keys -->", made);
}

static void
test_man_page (void)
{
  g_autofree char *made = make_roff ();
  assert_part ("docs/diglot-template.5", ".\\\" Keys: written by make docs.\n", ".\\\" End of keys.", made);
}

static void
test_schema (void)
{
  g_autofree char *made = make_schema ();
  assert_part ("docs/keys.schema.json", "\"properties\": {\n", "\n  },\n  \"patternProperties\"", made);
}

/* Every template that is shipped is told of, with its picture, in the documents. */
static void
test_templates (void)
{
  g_autofree char *list = dg_template_list ();
  g_autofree char *markdown = NULL, *man = NULL;
  g_auto (GStrv) names = g_strsplit (g_strchomp (list), "\n", -1);
  g_assert_true (g_file_get_contents ("docs/template.md", &markdown, NULL, NULL));
  g_assert_true (g_file_get_contents ("docs/diglot-template.5", &man, NULL, NULL));
  for (guint i = 0; names[i]; i++) {
    g_autofree char *picture = g_strdup_printf ("(template-%s.png)", names[i]);
    g_autofree char *file = g_strdup_printf ("docs/template-%s.png", names[i]);
    g_autofree char *item = g_strdup_printf (".It Cm %s\n", names[i]);
    g_assert_nonnull (strstr (markdown, picture));
    g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
    g_assert_nonnull (strstr (man, item));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keys/markdown", test_markdown);
  g_test_add_func ("/keys/man-page", test_man_page);
  g_test_add_func ("/keys/schema", test_schema);
  g_test_add_func ("/keys/templates", test_templates);
  return g_test_run ();
}
