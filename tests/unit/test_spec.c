/* test_spec.c: the examples in docs/diglot-dispatch.5 are read as the page says. */
#include "diglot.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct {
  GString *text;     /* the dispatch */
  GString *expected; /* a line each: "a headline" */
} Example;

/* Adds the line @line of a display: text, role, and the dispatch's own line. */
static void
add_line (Example *example, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  g_autofree char *own = NULL;

  g_assert_nonnull (words[1]);
  g_string_append_printf (example->expected, "%s %s\n", words[0], words[1]);
  own = g_strdup (words[2] != NULL ? g_strchug (words[2]) : "");
  /* The page's way to write a hyphen that is no dash. */
  for (char *at = own; (at = strstr (at, "\\-")) != NULL; at++)
    memmove (at, at + 1, strlen (at));
  g_string_append_printf (example->text, "%s\n", own);
}

static char *
dup_roles (DiglotConverter *converter, const GString *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (DiglotResult) result = diglot_convert (converter, bytes, "example.txt", DIGLOT_FORMAT_JSON);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) roles = g_string_new (NULL);
  gsize       length;
  const char *json = g_bytes_get_data (diglot_result_bytes (result), &length);
  JsonObject *object;
  JsonArray  *lines;
  const char *a;

  json_parser_load_from_data (parser, json, (gssize) length, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  a = json_object_get_string_member (json_object_get_object_member (object, "languages"), "a");
  lines = json_object_get_array_member (object, "lines");
  for (guint i = 0; i < json_array_get_length (lines); i++) {
    JsonObject *line = json_array_get_object_element (lines, i);
    const char *role = json_object_get_string_member (line, "role");
    const char *lang = json_object_get_string_member_with_default (line, "lang", "");

    g_string_append_printf (roles, "%s %s\n", strcmp (role, "blank") == 0 ? "-" : strcmp (lang, a) == 0 ? "a" : "b", role);
  }
  return g_string_free (g_steal_pointer (&roles), FALSE);
}

static void
test_examples (void)
{
  const DiglotOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, &error);
  g_autofree char *page = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents ("docs/diglot-dispatch.5", &page, NULL, NULL));
  lines = g_strsplit (page, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    Example          example;
    g_autofree char *roles = NULL;

    if (strcmp (lines[i], ".\\\" example") != 0)
      continue;
    example.text = g_string_new (NULL);
    example.expected = g_string_new (NULL);
    for (i += 2; strcmp (lines[i], ".Ed") != 0; i++)
      add_line (&example, lines[i]);
    roles = dup_roles (converter, example.text);
    g_test_message ("example %u", ++n);
    g_assert_cmpstr (roles, ==, example.expected->str);
    g_string_free (example.text, TRUE);
    g_string_free (example.expected, TRUE);
  }
  g_assert_cmpuint (n, >=, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spec/examples", test_examples);
  return g_test_run ();
}
