/* test_golden.c: tests/golden/TOPIC/NAME.txt against what stands beside it: NAME.doc, .align, .json, .lines, .pages, .diag.
 *
 * Those that are there are compared; each, or else its template, begins with lines of "#" that say which property it guards.  NAME.args, where it is there,
 * has options for the dispatch, one a line: --lang=en,ar, --encoding=…, --template=…, --set=…, --align=FILE beside it.  A NAME.ini with a NAME.diag is a
 * template and what is said about it.  With DIGLOT_REGEN set the files are written anew below their heads; DIGLOT_GOLDEN names the
 * one topic to look at.  Lines and pages are compared as outlive.h says where the machine has other faces than the goldens were made
 * with, or is taken to have (DIGLOT_OTHER_FACES). */
#include "diglot.h"
#include "outlive.h"

#include <string.h>

#define FOLDER    "tests/golden"
#define MADE_WITH FOLDER "/made-with"

typedef struct {
  char        *input; /* NAME.txt or NAME.ini, with its path */
  char        *golden;
  DiglotFormat format;
  gboolean     is_diag;
} Case;

/* The machine has the faces and libraries that the goldens were made with. */
static gboolean is_same;

static void
free_case (gpointer data)
{
  Case *c = data;

  g_free (c->input);
  g_free (c->golden);
  g_free (c);
}

/* The file's beginning up to the first line without "#". */
static gsize
head_length (const char *text)
{
  const char *at = text;

  while (*at == '#') {
    const char *end = strchr (at, '\n');

    at = end != NULL ? end + 1 : at + strlen (at);
  }
  return (gsize) (at - text);
}

/* The one line of JSON with line ends between its parts, so that a difference can be read. */
static char *
fold_json (const char *json)
{
  g_autoptr (GRegex) parts = g_regex_new ("(?<=[\\]}]),(?=[{\"])|(?<=\"),(?=\"(?:languages|encoding)\":)", 0, 0, NULL);

  return g_regex_replace_literal (parts, json, -1, 0, ",\n", 0, NULL);
}

static char *
dup_messages (const DiglotResult *result)
{
  GString             *out = g_string_new (NULL);
  guint                n;
  const DiglotMessage *messages = diglot_result_messages (result, &n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *line = diglot_message_dup_text (&messages[i]);

    g_string_append_printf (out, "%s\n", line);
  }
  return g_string_free (out, FALSE);
}

/* Reads NAME.args into @options and @align; @lines and @settings keep what the options point to. */
static void
read_arguments (const Case *c, DiglotOptions *options, char **align, GStrv *lines, GPtrArray *settings)
{
  g_autofree char *stem = g_strndup (c->input, strlen (c->input) - 4);
  g_autofree char *path = g_strconcat (stem, ".args", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    text = g_strdup ("");
  /* What a line shows is to hang on its measure alone. */
  if (c->format == DIGLOT_FORMAT_DUMP_LINES)
    g_ptr_array_add (settings, (gpointer) "columns.ratio=54:46");
  *lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; (*lines)[i] != NULL; i++) {
    const char *line = (*lines)[i];

    if (g_str_has_prefix (line, "--lang="))
      options->languages = line + strlen ("--lang=");
    else if (g_str_has_prefix (line, "--encoding="))
      options->encoding = line + strlen ("--encoding=");
    else if (g_str_has_prefix (line, "--template="))
      options->template_name = line + strlen ("--template=");
    else if (g_str_has_prefix (line, "--set="))
      g_ptr_array_add (settings, (*lines)[i] + strlen ("--set="));
    else if (g_str_has_prefix (line, "--align="))
      *align = g_strdup (line + strlen ("--align="));
    else if (*line != '\0' && *line != '#')
      g_error ("%s: %s is none of --lang= --encoding= --template= --set= --align=", path, line);
  }
  g_ptr_array_add (settings, NULL);
  options->settings = (const char *const *) settings->pdata;
}

static DiglotAlignment *
read_alignment (const Case *c, const char *name, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (c->input);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) json = diglot_read_file (path, error);

  return json != NULL ? diglot_alignment_new (json, name, error) : NULL;
}

/* Adds what the @nth dispatch gives; several stand one after the other. */
static void
add_result (const Case *c, DiglotInput *input, guint nth, GString *all)
{
  g_autoptr (DiglotResult) result = diglot_input_convert (input, nth, c->format);
  GBytes *bytes = diglot_result_bytes (result);

  if (c->is_diag) {
    g_autofree char *messages = dup_messages (result);

    g_string_append (all, messages);
  } else if (bytes != NULL) {
    g_string_append_len (all, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  }
}

/* What the golden must be. */
static char *
make (const Case *c)
{
  DiglotOptions options = { 0 };
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) settings = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotConverter) converter = NULL;
  g_autoptr (DiglotAlignment) alignment = NULL;
  g_autoptr (DiglotInput) dispatch = NULL;
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *align = NULL;
  g_autofree char *name = g_path_get_basename (c->input);

  read_arguments (c, &options, &align, &lines, settings);
  if (g_str_has_suffix (c->input, ".ini"))
    options.template_name = c->input;
  converter = diglot_converter_new (&options, &error);
  if (converter == NULL) {
    g_autoptr (DiglotMessage) message = diglot_message_new_from_error (NULL, error);
    g_autofree char *line = diglot_message_dup_text (message);

    return g_strconcat (line, "\n", NULL);
  }
  if (g_str_has_suffix (c->input, ".ini"))
    return g_strdup ("");

  input = diglot_read_file (c->input, &error);
  g_assert_no_error (error);
  dispatch = diglot_input_new (converter, input, name);
  if (align != NULL && (alignment = read_alignment (c, align, &error)) == NULL)
    return g_strdup_printf ("%s\n", error->message);
  if (align != NULL)
    diglot_input_align (dispatch, alignment, NULL);
  for (guint i = 0; i < diglot_input_count (dispatch); i++)
    add_result (c, dispatch, i, all);
  return c->format == DIGLOT_FORMAT_JSON ? fold_json (all->str) : g_strdup (all->str);
}

/* Shows the first line that differs. */
static void
fail_at (const Case *c, const char *expected, const char *got)
{
  g_auto (GStrv) a = g_strsplit (expected, "\n", -1);
  g_auto (GStrv) b = g_strsplit (got, "\n", -1);
  guint i = 0;

  while (a[i] != NULL && b[i] != NULL && strcmp (a[i], b[i]) == 0)
    i++;
  g_test_message ("%s, line %u below its head\n  expected: %s\n  got:      %s\n", c->golden, i + 1, a[i] != NULL ? a[i] : "(the end)",
                  b[i] != NULL ? b[i] : "(the end)");
  g_test_fail ();
}

static void
test_golden (gconstpointer data)
{
  const Case      *c = data;
  g_autofree char *golden = NULL;
  g_autofree char *got = make (c);
  g_autoptr (GError) error = NULL;
  gsize head;

  g_file_get_contents (c->golden, &golden, NULL, &error);
  g_assert_no_error (error);
  head = head_length (golden);
  if (g_getenv ("DIGLOT_REGEN") != NULL) {
    g_autofree char *written = g_strdup_printf ("%.*s%s", (int) head, golden, got);

    if (strcmp (written, golden) != 0)
      g_file_set_contents (c->golden, written, -1, &error);
    g_assert_no_error (error);
    return;
  }
  if (head == 0 && !g_str_has_suffix (c->input, ".ini")) {
    g_test_message ("%s does not say which property it guards", c->golden);
    g_test_fail ();
  }
  if (!is_same && (c->format == DIGLOT_FORMAT_DUMP_LINES || (c->format == DIGLOT_FORMAT_DUMP_PAGES && !c->is_diag))) {
    g_autofree char *fault = outlive_compare (golden + head, got, c->format == DIGLOT_FORMAT_DUMP_PAGES);

    if (fault != NULL) {
      g_test_message ("%s, with other faces or libraries than it was made with: %s", c->golden, fault);
      g_test_fail ();
    }
  } else if (strcmp (golden + head, got) != 0) {
    fail_at (c, golden + head, got);
  }
}

static int
compare_names (gconstpointer one, gconstpointer two)
{
  return strcmp (*(const char *const *) one, *(const char *const *) two);
}

/* Names in @path, sorted; none where it is no folder. */
static GPtrArray *
list (const char *path)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* A case for each golden beside the input @name of @topic. */
static void
add_cases (const char *topic, const char *name)
{
  static const struct {
    const char  *ending;
    DiglotFormat format;
  } kinds[] = {
    { "doc", DIGLOT_FORMAT_DUMP_DOC },     { "align", DIGLOT_FORMAT_DUMP_ALIGN }, { "json", DIGLOT_FORMAT_JSON }, { "lines", DIGLOT_FORMAT_DUMP_LINES },
    { "pages", DIGLOT_FORMAT_DUMP_PAGES }, { "diag", DIGLOT_FORMAT_DUMP_PAGES }, /* all that is said until the page is set */
  };

  if (!g_str_has_suffix (name, ".txt") && !g_str_has_suffix (name, ".ini"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *stem = g_strndup (name, strlen (name) - 4);
    g_autofree char *path = g_strdup_printf ("/golden/%s/%s.%s", topic, stem, kinds[i].ending);
    g_autofree char *golden = g_strdup_printf ("%s/%s/%s.%s", FOLDER, topic, stem, kinds[i].ending);
    Case            *c;

    if (!g_file_test (golden, G_FILE_TEST_EXISTS))
      continue;
    c = g_new0 (Case, 1);
    c->input = g_build_filename (FOLDER, topic, name, NULL);
    c->golden = g_steal_pointer (&golden);
    c->format = kinds[i].format;
    c->is_diag = strcmp (kinds[i].ending, "diag") == 0;
    g_test_add_data_func_full (path, c, test_golden, free_case);
  }
}

/* What a face may change passes, what it may not does not. */
static void
test_outlive (void)
{
  static const char lines[] =
    "1\tbody\ten\t200.0\t200.0\t0\t0\t.2\t3\t0\tspace\tOne two\tOne two\n1\tbody\ten\t200.0\t90.0\t0\t0\t.2\t1\t0\tend\tthree four\tthree four\n";
  static const char pages[] = "paper\t595.28\t841.89\nline\t51.00\t80.00\t60.00\tbody\ten\t0\tOne\nline\t300.00\t80.00\t70.00\tbody\tar\t0\tTwo\n";
  static const struct {
    const char *from, *to;
    gboolean    is_pages, is_sound;
  } cases[] = {
    { "90.0", "93.1", FALSE, TRUE },
    { "1\tbody\ten\t200.0\t200.0\t0\t0\t.2\t3\t0\tspace\tOne two\tOne two\n1\tbody\ten\t200.0\t90.0\t0\t0\t.2\t1\t0\tend\tthree four\tthree four",
      "1\tbody\ten\t200.0\t200.0\t0\t0\t.2\t3\t0\thyphen\tOne two th-\tOne two th-\n1\tbody\ten\t200.0\t80.0\t0\t0\t.2\t1\t0\tend\tree four\tree four", FALSE,
      TRUE },
    { "200.0\t200.0", "200.0\t190.0", FALSE, FALSE }, /* a short line */
    { "\tOne two\n", "\ttwo One\n", FALSE, FALSE },   /* another order from the left */
    { "three", "tree", FALSE, FALSE },
    { "200.0\t90.0", "230.0\t90.0", FALSE, FALSE },
    { "60.00\tbody", "63.00\tbody", TRUE, TRUE },
    { "300.00\t80.00\t70.00", "310.00\t80.00\t60.00", TRUE, TRUE }, /* the right edge stays */
    { "300.00", "310.00", TRUE, FALSE },
    { "300.00\t80.00", "300.00\t96.50", TRUE, FALSE }, /* not level */
    { "\tar\t0", "\tar\t1", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *golden = cases[i].is_pages ? pages : lines;
    g_autoptr (GString) got = g_string_new (golden);
    g_autofree char *fault = NULL;

    g_assert_cmpuint (g_string_replace (got, cases[i].from, cases[i].to, 1), ==, 1);
    fault = outlive_compare (golden, got->str, cases[i].is_pages);
    g_test_message ("%s: %s", cases[i].to, fault != NULL ? fault : "nothing");
    g_assert_cmpint (fault == NULL, ==, cases[i].is_sound);
  }
}

int
main (int argc, char **argv)
{
  const char *only = g_getenv ("DIGLOT_GOLDEN");
  g_autoptr (GPtrArray) topics = list (FOLDER);

  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("DIGLOT_REGEN") != NULL && (only == NULL || *only == '\0')) {
    g_autofree char *made_with = outlive_made_with ();

    g_assert_true (g_file_set_contents (MADE_WITH, made_with, -1, NULL));
  }
  is_same = outlive_is_same (MADE_WITH) && g_getenv ("DIGLOT_OTHER_FACES") == NULL;
  g_test_add_func ("/golden/outlive", test_outlive);
  for (guint i = 0; i < topics->len; i++) {
    g_autofree char *folder = g_build_filename (FOLDER, topics->pdata[i], NULL);
    g_autoptr (GPtrArray) names = list (folder);

    if (only != NULL && *only != '\0' && strcmp (only, topics->pdata[i]) != 0)
      continue;
    for (guint j = 0; j < names->len; j++)
      add_cases (topics->pdata[i], names->pdata[j]);
  }
  return g_test_run ();
}
