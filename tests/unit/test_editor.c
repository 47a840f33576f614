/* test_editor.c: what an editor's file says of a dispatch: given back as it came it changes nothing, and what it changes changes nothing else. */
#include "diglot.h"

#include <json-glib/json-glib.h>
#include <string.h>

static DiglotConverter *
new_converter (void)
{
  g_autoptr (DiglotOptions) options = diglot_options_new ();
  g_autoptr (GError) error = NULL;
  DiglotConverter *converter = diglot_converter_new (options, &error);

  g_assert_no_error (error);
  return converter;
}

static DiglotInput *
open_text (DiglotConverter *converter, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return diglot_input_new (converter, bytes, "in.txt");
}

/* What --to json writes of all its dispatches; NULL where one fails.  @message: the first error. */
static char *
write_json (DiglotInput *input, char **message)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < diglot_input_count (input); i++) {
    g_autoptr (DiglotResult) result = diglot_input_convert (input, i, DIGLOT_FORMAT_JSON);
    GBytes     *bytes = diglot_result_bytes (result);
    gsize       length;
    const char *text;

    if (bytes == NULL) {
      guint                n;
      const DiglotMessage *messages = diglot_result_messages (result, &n);

      for (guint k = 0; message != NULL && *message == NULL && k < n; k++)
        if (messages[k].severity == DIGLOT_SEVERITY_ERROR)
          *message = g_strdup (messages[k].text);
      g_string_free (all, TRUE);
      return NULL;
    }
    text = g_bytes_get_data (bytes, &length);
    g_string_append_len (all, text, (gssize) length);
  }
  return g_string_free (all, FALSE);
}

static void
align (DiglotInput *input, const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotAlignment) alignment = diglot_alignment_new (bytes, "fix.json", &error);

  g_assert_no_error (error);
  diglot_input_align (input, alignment, NULL);
}

static void
assert_refused (const char *json, const char *says)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;

  g_assert_null (diglot_alignment_new (bytes, "fix.json", &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ALIGN);
  g_assert_nonnull (strstr (error->message, says));
}

static JsonNode *
parse_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (line, &error);

  g_assert_no_error (error);
  return node;
}

/* An object without what tells how sure the program was. */
static char *
strip (const char *line)
{
  static const char *const sure[] = { "language_confidence", "encoding_confidence", "diagnostics" };
  g_autoptr (JsonNode) node = parse_line (line);
  JsonObject *object = json_node_get_object (node);
  JsonArray  *lines = json_object_get_array_member (object, "lines"), *beads = json_object_get_array_member (object, "beads");

  for (guint i = 0; i < G_N_ELEMENTS (sure); i++)
    json_object_remove_member (object, sure[i]);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    json_object_remove_member (json_array_get_object_element (lines, i), "confidence");
  for (guint i = 0; i < json_array_get_length (beads); i++) {
    json_object_remove_member (json_array_get_object_element (beads, i), "score");
    json_object_remove_member (json_array_get_object_element (beads, i), "fixed");
  }
  return json_to_string (node, FALSE);
}

/* Asserts that two outputs say the same of lines, body, beads and head. */
static void
assert_same (const char *path, const char *one, const char *two)
{
  g_auto (GStrv) a = g_strsplit (one, "\n", -1), b = g_strsplit (two, "\n", -1);

  g_assert_cmpuint (g_strv_length (a), ==, g_strv_length (b));
  for (guint i = 0; a[i] != NULL && *a[i] != '\0'; i++) {
    g_autofree char *x = strip (a[i]), *y = strip (b[i]);

    if (strcmp (x, y) != 0)
      g_test_message ("%s", path);
    g_assert_cmpstr (x, ==, y);
  }
}

/* "n role" of each line with words, and which of them can be changed: of one language, in words. */
static GPtrArray *
list_lines (JsonObject *object)
{
  JsonArray *lines = json_object_get_array_member (object, "lines");
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (lines); i++) {
    JsonObject *line = json_array_get_object_element (lines, i);
    const char *role = json_object_get_string_member (line, "role");

    if (!json_object_get_null_member (line, "lang") && !json_object_has_member (line, "parts") && strcmp (role, "blank") != 0 && strcmp (role, "end") != 0
        && strcmp (role, "picture") != 0 && strcmp (role, "envelope") != 0)
      g_ptr_array_add (found, line);
  }
  return found;
}

static char *
describe (JsonObject *line)
{
  return g_strdup_printf ("%d %s %s", (int) json_object_get_int_member (line, "n"), json_object_get_string_member (line, "lang"),
                          json_object_get_string_member (line, "role"));
}

/* Gives one line of the first dispatch in @json another role, and asserts that no other line has changed. */
static void
change_one (DiglotConverter *converter, GBytes *bytes, const char *path, const char *json, guint nth)
{
  static const char *const roles[] = { "note", "body", "headline", "crosshead", "furniture" };
  g_auto (GStrv) parts = g_strsplit (json, "\n", -1);
  g_autoptr (JsonNode) node = parse_line (parts[0]);
  g_autoptr (GPtrArray) wanted = list_lines (json_node_get_object (node));
  JsonObject *line = wanted->len > 0 ? wanted->pdata[nth % wanted->len] : NULL;
  g_autoptr (DiglotInput) input = diglot_input_new (converter, bytes, path);
  g_autofree char *after = NULL, *all = NULL, *problem = NULL;
  g_auto (GStrv) parts_after = NULL;
  g_autoptr (JsonNode) node_after = NULL;
  g_autoptr (GPtrArray) got = NULL;

  if (line == NULL)
    return;
  json_object_set_string_member (line, "role", roles[nth % G_N_ELEMENTS (roles)]);
  g_free (parts[0]);
  parts[0] = json_to_string (node, FALSE);
  all = g_strjoinv ("\n", parts);
  align (input, all);
  after = write_json (input, &problem);
  g_assert_cmpstr (problem, ==, NULL);
  parts_after = g_strsplit (after, "\n", -1);
  node_after = parse_line (parts_after[0]);
  got = list_lines (json_node_get_object (node_after));
  g_assert_cmpuint (got->len, ==, wanted->len);
  for (guint i = 0; i < got->len; i++) {
    g_autofree char *x = describe (wanted->pdata[i]), *y = describe (got->pdata[i]);

    if (strcmp (x, y) != 0)
      g_test_message ("%s", path);
    g_assert_cmpstr (x, ==, y);
  }
}

static void
check_folder (DiglotConverter *converter, const char *folder, guint *n)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL), *before = NULL, *after = NULL;
    g_autoptr (GBytes) bytes = g_str_has_suffix (name, ".txt") ? diglot_read_file (path, NULL) : NULL;
    g_autoptr (DiglotInput) input = bytes != NULL ? diglot_input_new (converter, bytes, path) : NULL;

    before = input != NULL ? write_json (input, NULL) : NULL;
    if (before == NULL || *before == '\0')
      continue;
    align (input, before);
    after = write_json (input, NULL);
    g_assert_nonnull (after);
    assert_same (path, before, after);
    change_one (converter, bytes, path, before, *n);
    ++*n;
  }
}

/* Over all dispatches that there are. */
static void
test_given_back (void)
{
  static const char *const folders[] = { "tests/samples", "tests/golden/parse", "tests/golden/align", "../shared/corpus", "../shared/wire", "../shared/lang" };
  g_autoptr (DiglotConverter) converter = new_converter ();
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    check_folder (converter, folders[i], &n);
  g_test_message ("%u dispatches", n);
  g_assert_cmpuint (n, >=, 150);
}

static const char STORY[] = "Mill of Dayr Nur grinds again\n"
                            "Listen to this story\n"
                            "The water mill of Dayr Nur ground its first sack in forty years on Sunday, the parish said.\n"
                            "Its wheel was rebuilt by two brothers, from oak that had lain in the river for a century.\n"
                            "Flour will be sold at the door on Saturdays.\n"
                            "\n"
                            "طاحونة دير نور تطحن من جديد\n"
                            "طحنت طاحونة الماء في دير نور أول كيس منذ أربعين عاماً يوم الأحد، بحسب الرعية.\n"
                            "وأعاد شقيقان بناء عجلتها من خشب سنديان ظل في النهر مئة عام.\n"
                            "وسيباع الطحين عند الباب أيام السبت.\n";

/* How bead @nth joins lines: "3+4 8". */
static char *
dup_bead (DiglotInput *input, guint nth)
{
  g_autofree char *json = write_json (input, NULL);
  g_autoptr (JsonNode) node = json != NULL ? parse_line (json) : NULL;
  JsonArray *beads = node != NULL ? json_object_get_array_member (json_node_get_object (node), "beads") : NULL;
  GString   *out = g_string_new (NULL);

  g_assert_nonnull (beads);
  for (guint side = 0; nth < json_array_get_length (beads) && side < 2; side++) {
    JsonArray *lines = json_object_get_array_member (json_array_get_object_element (beads, nth), side == 0 ? "a_lines" : "b_lines");

    g_string_append (out, side > 0 ? " " : "");
    for (guint i = 0; i < json_array_get_length (lines); i++)
      g_string_append_printf (out, "%s%d", i > 0 ? "+" : "", (int) json_array_get_int_element (lines, i));
  }
  return g_string_free (out, FALSE);
}

static void
assert_bead (DiglotInput *input, guint nth, const char *wanted)
{
  g_autofree char *bead = dup_bead (input, nth);

  g_assert_cmpstr (bead, ==, wanted);
}

/* Indices count the paragraphs as the file's own "body" has them; without one, as they are with the roles that it fixes. */
static void
test_lines_and_beads (void)
{
  g_autoptr (DiglotConverter) converter = new_converter ();
  g_autoptr (DiglotInput) input = open_text (converter, STORY);

  align (input, "{\"lines\": [{\"n\": 2, \"role\": \"body\"}], \"beads\": [{\"a\": [1, 2], \"b\": [0]}]}");
  assert_bead (input, 0, "2 ");
  assert_bead (input, 1, "3+4 8");
  align (input, "{\"lines\": [{\"n\": 2, \"role\": \"furniture\"}], \"beads\": [{\"a\": [0, 1], \"b\": [0]}]}");
  assert_bead (input, 0, "3+4 8");
  align (input, "{\"lines\": [{\"n\": 2, \"role\": \"furniture\"}], \"body\": {\"a\": [[2], [3], [4], [5]], \"b\": [[8], [9], [10]]}, "
                "\"beads\": [{\"a\": [1, 2], \"b\": [0]}, {\"a\": [0], \"b\": []}]}");
  assert_bead (input, 0, "3+4 8");
  /* What lost its counterpart is paired anew. */
  align (input, "{\"lines\": [{\"n\": 3, \"role\": \"note\"}], \"beads\": [{\"a_lines\": [3], \"b_lines\": [8]}, {\"a_lines\": [4], \"b_lines\": [9]}]}");
  assert_bead (input, 0, " 8");
  assert_bead (input, 1, "4 9");
  /* What a bead joins stays running text, whatever becomes of its counterpart. */
  align (input, "{\"lines\": [{\"n\": 10, \"role\": \"furniture\"}], \"beads\": [{\"a_lines\": [5], \"b_lines\": []}]}");
  assert_bead (input, 2, "5 ");
  diglot_input_align (input, NULL, NULL);
  assert_bead (input, 0, "3 8");
}

static void
test_wrong (void)
{
  static const struct {
    const char *json, *says;
  } wrong[] = {
    { "{\"lines\": [{\"n\": 6, \"role\": \"body\"}]}", "lines[0]: there is no text in this line" },
    { "{\"lines\": [{\"n\": 3, \"role\": \"body\"}, {\"n\": 31, \"role\": \"body\"}]}", "lines[1]: the dispatch has no such line" },
    { "{\"lines\": [{\"n\": 4, \"role\": \"blank\"}]}", "lines[0]: it is said to be blank" },
  };
  g_autoptr (DiglotConverter) converter = new_converter ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (DiglotInput) input = open_text (converter, STORY);
    g_autofree char *json = NULL, *problem = NULL;

    align (input, wrong[i].json);
    json = write_json (input, &problem);
    g_assert_null (json);
    g_assert_nonnull (problem);
    g_assert_nonnull (strstr (problem, wrong[i].says));
  }
  assert_refused ("{\"body\": {\"a\": [[3]]}, \"beads\": [{\"a\": [1], \"b\": [0]}]}", "\"a\" has paragraph 1, and \"body\" has 1");
  assert_refused ("{\"body\": {\"a\": [[3], [4]]}, \"beads\": [{\"a\": [1], \"a_lines\": [3]}]}", "name different paragraphs");
  assert_refused ("{\"body\": {\"a\": [3]}, \"beads\": []}", "paragraph 0 of \"a\" is no list of lines");
  assert_refused ("{\"beads\": [], \"languages\": \"en\"}", "\"languages\" is an object");
  assert_refused ("{\"beads\": [], \"part\": {\"n\": 3, \"of\": 2}}", "\"part\" is an object");
}

/* Languages that detection cannot tell apart. */
static void
test_languages (void)
{
  g_autoptr (DiglotConverter) converter = new_converter ();
  g_autoptr (DiglotInput) input = open_text (converter, STORY);

  g_assert_cmpstr (diglot_input_language (input, 0, 0), ==, "en");
  align (input, "{\"languages\": {\"a\": \"en-GB\", \"b\": \"ar-LB\"}}");
  g_assert_cmpstr (diglot_input_language (input, 0, 0), ==, "en-GB");
  g_assert_cmpstr (diglot_input_language (input, 0, 1), ==, "ar-LB");
  diglot_input_align (input, NULL, NULL);
  g_assert_cmpstr (diglot_input_language (input, 0, 0), ==, "en");
}

/* Where the dispatches of an input begin. */
static void
test_parts (void)
{
  g_autofree char *twice = g_strconcat (STORY, STORY, NULL);
  g_autoptr (DiglotConverter) converter = new_converter ();
  g_autoptr (DiglotInput) input = open_text (converter, twice);
  g_autofree char *json = NULL, *again = NULL;

  g_assert_cmpuint (diglot_input_count (input), ==, 1);
  align (input, "[{\"part\": {\"n\": 1, \"of\": 2, \"line\": 1}}, {\"part\": {\"n\": 2, \"of\": 2, \"line\": 11}, \"beads\": [{\"a\": [0], \"b\": []}]}]");
  g_assert_cmpuint (diglot_input_count (input), ==, 2);
  json = write_json (input, NULL);
  g_assert_nonnull (strstr (json, "\"part\":{\"n\":2,\"of\":2,\"line\":11}"));
  g_assert_nonnull (strstr (json, "{\"a\":[0],\"b\":[],\"a_lines\":[13],\"b_lines\":[]"));
  diglot_input_align (input, NULL, NULL);
  g_assert_cmpuint (diglot_input_count (input), ==, 1);
  align (input, json);
  again = write_json (input, NULL);
  assert_same ("twice", json, again);
  /* One that does not say where it begins moves none. */
  align (input, "[{\"part\": {\"n\": 1, \"of\": 2}, \"beads\": []}, {\"part\": {\"n\": 2, \"of\": 2, \"line\": 11}}]");
  g_assert_cmpuint (diglot_input_count (input), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/editor/given-back", test_given_back);
  g_test_add_func ("/editor/lines-and-beads", test_lines_and_beads);
  g_test_add_func ("/editor/wrong", test_wrong);
  g_test_add_func ("/editor/languages", test_languages);
  g_test_add_func ("/editor/parts", test_parts);
  return g_test_run ();
}
