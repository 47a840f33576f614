/* test_worker.c: jobs on standard input, answers on standard output: what a job may ask for, what it may not, and that one that fails ends nothing else. */
#include "diglot.h"
#include "scratch.h"

#include <json-glib/json-glib.h>

static const char dispatch[] = "Ferry to the islands is running again\n"
                               "The ferry to the islands has been running again since Sunday, after 12 days in the dock.\n"
                               "عودة العبّارة إلى الجزر\n"
                               "عادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد بعد 12 يوماً في الحوض.\n";

/* The answer to the job with the number @id, among the lines that were printed. */
static JsonObject *
find_answer (Scratch *f, JsonParser *parser, gint64 id)
{
  g_auto (GStrv) lines = g_strsplit (f->out, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    JsonObject *answer;

    g_assert_true (json_parser_load_from_data (parser, lines[i], -1, NULL));
    answer = json_node_get_object (json_parser_get_root (parser));
    if (json_object_get_int_member (answer, "id") == id)
      return answer;
  }
  g_test_message ("no answer to %d in: %s", (int) id, f->out);
  g_assert_not_reached ();
}

static JsonObject *
get_dispatch (JsonObject *answer, guint nth)
{
  return json_array_get_object_element (json_object_get_array_member (answer, "dispatches"), nth);
}

/* "set", or "code: text" of the first message. */
static char *
dup_fate (JsonObject *answer)
{
  JsonObject *message;

  if (strcmp (json_object_get_string_member (answer, "status"), "set") == 0)
    return g_strdup ("set");
  message = json_array_get_object_element (json_object_get_array_member (get_dispatch (answer, 0), "messages"), 0);
  return g_strdup_printf ("%s: %s", json_object_get_string_member (message, "code"), json_object_get_string_member (message, "message"));
}

/* A dispatch that takes a second or so wherever it is set. */
static void
put_long (Scratch *f)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "The ferry number %u has been running again since Sunday.\n", i);
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "عادت العبّارة رقم %u إلى العمل منذ يوم الأحد.\n", i);
  scratch_put (f, "long.txt", text->str);
}

/* Each line has an answer, whatever stands in it, and those after a wrong one are done. */
static void
test_jobs (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *job, *fate;
  } cases[] = {
    { "{\"input\": \"a.txt\"}", "set" },
    { "{\"input\": \"a.txt\", \"output\": \"deep/b.pdf\", \"template\": \"book\", \"set\": {\"page.size\": \"a4\", \"marks.notes\": true}}", "set" },
    { "{\"input\": \"a.txt\", \"output\": \"p.png\", \"set\": {\"png.dpi\": 20}}", "set" },
    { "{\"text\": \"One\\nOne language only is here.\\n\", \"format\": \"check\"}", "set" },
    { "{\"text\": \"One\\nOne language only is here.\\n\", \"format\": \"check\", \"strict\": true}", "parse.one-language: " },
    { "{\"input\": \"a.txt\", \"tempalte\": \"book\"}", "usage.option: there is no member \"tempalte\"; did you mean \"template\"?" },
    { "nonsense", "usage.option: the line is no JSON object" },
    { "[1]", "usage.option: the line is no JSON object" },
    { "{\"input\": \"missing.txt\"}", "input.unreadable: cannot be read: " },
    { "{}", "usage.option: \"input\", \"text\" and \"base64\": one of them is the dispatch" },
    { "{\"input\": \"a.txt\", \"text\": \"b\"}", "usage.option: \"input\", \"text\" and \"base64\": one of them is the dispatch" },
    { "{\"input\": \"a.txt\", \"output\": \"../b.pdf\"}", "usage.option: \"output\": ../b.pdf leads out" },
    { "{\"input\": \"a.txt\", \"output\": \"/tmp/b.pdf\"}", "usage.option: \"output\" is not the name of a file" },
    { "{\"input\": \"a.txt\", \"set\": {\"page.siez\": \"a5\"}}", "template.unknown-key: there is no key as in “page.siez=a5”; did you mean page.size?" },
    { "{\"input\": \"a.txt\", \"format\": \"docx\"}", "usage.option: there is no format \"docx\"" },
    { "{\"input\": \"a.txt\", \"format\": \"htm\"}", "usage.option: there is no format \"htm\"; did you mean html?" },
    { "{\"input\": \"long.txt\", \"timeout\": 0.001}", "input.limit: takes longer than 0.001 seconds" },
    { "{\"input\": \"a.txt\", \"timeout\": 3600}", "usage.option: \"timeout\" is 3600, and the worker gives no more than 60" },
    { "{\"input\": \"a.txt\", \"lang\": \"english,ar\"}", "usage.option: \"english\" is no language; did you mean en?" },
    { "{\"input\": \"a.txt\", \"align\": {\"beads\": [{\"a\": [7], \"b\": [0]}]}}", "align.file: " },
    { "{\"input\": 7}", "usage.option: \"input\" is not a string" },
    { "{\"input\": \"a.txt\"}", "set" },
  };
  g_autoptr (GString) jobs = g_string_new (NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append_printf (jobs, "%s\n%s", cases[i].job, i % 3 == 0 ? "\n" : "");
  scratch_put (f, "a.txt", dispatch);
  put_long (f);
  scratch_put (f, "jobs", jobs->str);
  g_assert_cmpint (scratch_run (f, "diglot --worker -j 2 -o out < jobs"), ==, 0);
  g_assert_cmpstr (f->err, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *fate = dup_fate (find_answer (f, parser, i + 1));

    g_test_message ("%s", cases[i].job);
    g_assert_true (g_str_has_prefix (fate, cases[i].fate));
  }
  g_assert_cmpint (
    scratch_run (f, "find out -type f | sort; diglot -T book --set page.size=a4 --set marks.notes=yes -o own.pdf a.txt && cmp own.pdf out/deep/b.pdf"), ==, 0);
  g_assert_cmpstr (f->out, ==, "out/deep/b.pdf\nout/p.png\n");
}

/* What an answer brings is what the program writes: as text, or as base64 where it is none; of several dispatches each. */
static void
test_inline (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char   *two = g_strconcat (dispatch, "\n-----\n\n", dispatch, NULL);
  g_autofree guchar *bytes = NULL;
  g_autofree char   *pdf = NULL, *json = NULL;
  gsize              length, expected;
  JsonObject        *answer, *file;

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "two.txt", two);
  g_assert_cmpint (
    scratch_run (f, "diglot -o a.pdf a.txt && diglot -o a.json a.txt && printf '{\"input\":\"a.txt\"}\\n{\"input\":\"a.txt\",\"format\":\"json\"}\\n"
                    "{\"input\":\"two.txt\",\"format\":\"svg\"}\\n{\"input\":\"two.txt\",\"output\":\"x.pdf\"}' | diglot --worker -j 1"),
    ==, 0);
  pdf = g_build_filename (f->folder, "a.pdf", NULL);
  json = g_build_filename (f->folder, "a.json", NULL);
  answer = find_answer (f, parser, 1);
  file = json_array_get_object_element (json_object_get_array_member (get_dispatch (answer, 0), "files"), 0);
  bytes = g_base64_decode (json_object_get_string_member (file, "base64"), &length);
  {
    g_autofree char *whole = NULL;

    g_assert_true (g_file_get_contents (pdf, &whole, &expected, NULL));
    g_assert_cmpmem (bytes, length, whole, expected);
  }
  g_assert_cmpint (json_object_get_int_member (get_dispatch (answer, 0), "pages"), ==, 1);
  file = json_array_get_object_element (json_object_get_array_member (get_dispatch (find_answer (f, parser, 2), 0), "files"), 0);
  {
    g_autofree char *whole = NULL;

    g_assert_true (g_file_get_contents (json, &whole, NULL, NULL));
    g_assert_cmpstr (json_object_get_string_member (file, "text"), ==, whole);
  }
  answer = find_answer (f, parser, 3);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "dispatches")), ==, 2);
  file = json_array_get_object_element (json_object_get_array_member (get_dispatch (answer, 1), "files"), 0);
  g_assert_nonnull (strstr (json_object_get_string_member (file, "text"), "<svg"));
  g_assert_cmpstr (json_object_get_string_member (find_answer (f, parser, 4), "status"), ==, "failed");
  g_assert_nonnull (strstr (f->out, "this worker writes no files"));
}

/* It answers while more may come, outlives a process that is killed in the middle of a job, and writes nowhere but below its folder. */
static void
test_alive (Scratch *f, gconstpointer data)
{
  g_autofree char *sandbox = diglot_sandbox_name ();

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  put_long (f);
  scratch_put (f, "ask.py",
               "import json, subprocess, sys\n"
               "worker = subprocess.Popen([sys.argv[1], '--worker', '-j', '1', '-o', 'out'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)\n"
               "def ask(**job):\n"
               "    worker.stdin.write(json.dumps(job) + '\\n')\n"
               "    worker.stdin.flush()\n"
               "    return json.loads(worker.stdout.readline())\n"
               "for n in range(5):\n"
               "    assert ask(id=n, input='a.txt', output='%d.pdf' % n)['status'] == 'set'\n"
               "assert ask(id='x', input='long.txt', timeout=0.001)['status'] == 'failed'\n"
               "answer = ask(id='y', input='a.txt', output='y.pdf')\n"
               "assert answer['id'] == 'y' and answer['dispatches'][0]['files'][0]['output'] == 'out/y.pdf', answer\n"
               "worker.stdin.close()\n"
               "assert worker.wait() == 0\n");
  g_assert_cmpint (scratch_run (f, "timeout 100 python3 ask.py \"$diglot\" && ls out"), ==, 0);
  g_assert_cmpstr (f->out, ==, "0.pdf\n1.pdf\n2.pdf\n3.pdf\n4.pdf\ny.pdf\n");
  /* A folder of the output's place that a link leads out by. */
  g_assert_cmpint (
    scratch_run (f, "mkdir else; ln -s ../else out/link; echo '{\"input\":\"a.txt\",\"output\":\"link/b.pdf\"}' | diglot --worker -o out; ls else"), ==, 0);
  if (!g_str_has_prefix (sandbox, "Landlock"))
    return;
  g_assert_nonnull (strstr (f->out, "output.unwritable"));
}

static void
test_refused (Scratch *f, gconstpointer data)
{
  static const char *const wrong[] = { "--worker a.txt",      "--worker -o -",         "--worker --watch",
                                       "--worker -T nothing", "--worker --lang en,en", "--worker --report r" };

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *line = g_strdup_printf ("diglot %s </dev/null", wrong[i]);

    g_assert_cmpint (scratch_run (f, line), ==, 2);
    g_assert_cmpstr (f->out, ==, "");
  }
  g_assert_cmpint (scratch_run (f, "diglot --worker </dev/null"), ==, 0);
  g_assert_cmpstr (f->out, ==, "");
  g_assert_cmpint (scratch_run (f, "yes '{\"input\":\"a.txt\",\"format\":\"check\"}' | timeout 60 $diglot --worker | head -n 3 | wc -l"), ==, 0);
  g_assert_cmpstr (f->out, ==, "3\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/worker/jobs", Scratch, NULL, scratch_set_up, test_jobs, scratch_tear_down);
  g_test_add ("/worker/inline", Scratch, NULL, scratch_set_up, test_inline, scratch_tear_down);
  g_test_add ("/worker/alive", Scratch, NULL, scratch_set_up, test_alive, scratch_tear_down);
  g_test_add ("/worker/refused", Scratch, NULL, scratch_set_up, test_refused, scratch_tear_down);
  return g_test_run ();
}
