/* test_joblist.c: a list says what is to be made of each dispatch, as a table or as JSON; what it says wrong is told with its line. */
#include "batch/joblist.h"
#include "diglot.h"
#include "scratch.h"

static void
check_run (Scratch *f, int status, const char *script)
{
  g_assert_cmpint (scratch_run (f, script), ==, status);
}

/* Two dispatches of one name, in folders of their own. */
static void
put_stories (Scratch *f)
{
  for (guint i = 1; i <= 2; i++) {
    g_autofree char *name = g_strdup_printf ("in/%u/story.txt", i);
    g_autofree char *text = g_strdup_printf ("Lighthouse %u is lit again\nThe lighthouse has been lit again since Friday, after %u weeks in the dark.\n"
                                             "إضاءة المنارة رقم %u من جديد\nأُضيئت المنارة من جديد منذ يوم الجمعة بعد %u أسابيع من الظلام.\n",
                                             i, i + 2, i, i + 2);

    scratch_put (f, name, text);
  }
}

/* Reading */

typedef struct {
  const char *name, *text, *expected; /* "input|output|template|languages", or "! why" */
} Case;

static void
test_lines (void)
{
  static const Case cases[] = {
    { "-", "a.txt", "a.txt|||" },
    { "-", "a.txt\tout/a.pdf\tbook\ten,ar", "a.txt|out/a.pdf|book|en,ar" },
    { "-", "a b.txt\t\t\tfr,ar\r", "a b.txt|||fr,ar" },
    { "-",
      "\xEF\xBB\xBF"
      "a.txt\tb.pdf",
      "a.txt|b.pdf||" },
    { "-", "a\tb\tc\td\te", "! there are more than 4 columns; they are input, output, template and languages" },
    { "-", "\tb.pdf", "! there is no input" },
    { "-", "languages\tinput", "|||" },
    { "list.tsv", "{\"input\": 1}", "{\"input\": 1}|||" },
    { "-", "{\"input\": \"a.txt\", \"languages\": [\"en\", \"ar\"]}", "a.txt|||en,ar" },
    { "x.JSONL", "{\"lang\": \"en,ar\", \"input\": \"\\u0061.txt\", \"template\": null}", "a.txt|||en,ar" },
    { "-", "{\"input\": \"a\", \"outptu\": \"b\"}", "! there is no member \"outptu\"; did you mean \"output\"?" },
    { "-", "{\"input\": 5}", "! \"input\" is not a string" },
    { "-", "{\"output\": \"b\"}", "! there is no \"input\"" },
    { "-", "{\"input\": \"a\", \"languages\": [\"en\"]}", "! \"languages\" is neither \"A,B\" nor two strings" },
    { "-", "{\"input\": \"a\", \"languages\": \"en,ar\", \"lang\": \"en,ar\"}", "! \"languages\" is said twice" },
    { "a.jsonl", "[1]", "! no JSON object" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DgJobList) list = dg_joblist_new (cases[i].name);
    g_auto (DgJobLine) line = { 0 };
    g_autoptr (GError) error = NULL;
    gboolean         is_read = dg_joblist_read (list, cases[i].text, strlen (cases[i].text), &line, &error);
    const char      *said[] = { line.input, line.output, line.template_name, line.languages };
    g_autofree char *told = is_read ? g_strdup_printf ("%s|%s|%s|%s", said[0] != NULL ? said[0] : "", said[1] != NULL ? said[1] : "",
                                                       said[2] != NULL ? said[2] : "", said[3] != NULL ? said[3] : "")
                                    : g_strconcat ("! ", error->message, NULL);

    g_assert_cmpstr (told, ==, cases[i].expected);
  }
}

/* The first line gives the order; a later one of such names is a dispatch. */
static void
test_heads (void)
{
  static const char *const rows[] = { "output\tinput", "b.pdf\ta.txt", "output\tinput" };
  g_autoptr (DgJobList) list = dg_joblist_new ("-");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (DgJobLine) line = { 0 };

    g_assert_true (dg_joblist_read (list, rows[i], strlen (rows[i]), &line, NULL));
    g_assert_cmpstr (line.input, ==, i == 0 ? NULL : i == 1 ? "a.txt" : "input");
    g_assert_cmpstr (line.output, ==, i == 0 ? NULL : i == 1 ? "b.pdf" : "output");
  }
}

/* The program */

/* What a list asks for is what the options would have made. */
static void
test_made (Scratch *f, gconstpointer data)
{
  (void) data;
  put_stories (f);
  check_run (
    f, 0,
    "printf 'in/1/story.txt\\tx/one.pdf\\tbook\\nin/2/story.txt\\tx/two.pdf\\t\\ten,fa\\nin/2/story.txt\\ty/three.pdf\\nin/1/story.txt\\tx/three.pdf\\tbook\\ten,fa\\n' > l;"
    "diglot --job-list l -j2 -q && diglot -T book -o 1.pdf in/1/story.txt && diglot --lang en,fa -o 2.pdf in/2/story.txt && diglot -o 3.pdf in/2/story.txt && "
    "diglot -T book --lang en,fa -o 4.pdf in/1/story.txt && cmp 1.pdf x/one.pdf && cmp 2.pdf x/two.pdf && cmp 3.pdf y/three.pdf && cmp 4.pdf x/three.pdf && "
    "! cmp -s 1.pdf 4.pdf && ! cmp -s 2.pdf 3.pdf");
  check_run (f, 0,
             "diglot --job-list - <<< '{\"input\": \"in/1/story.txt\", \"template\": \"book\", \"output\": \"deep/er/one.pdf\"}' && cmp 1.pdf deep/er/one.pdf");
  /* Of a folder the output is the folder. */
  check_run (f, 0, "printf 'in\\tz\\nin/1/story.txt\\tw/\\n' | diglot -q --job-list - && ls z/1/story.pdf z/2/story.pdf w/story.pdf");
  check_run (f, 0, "diglot --job-list l --check -q; ls l.pdf; test -e in/1/story.pdf || echo none");
  g_assert_cmpstr (f->out, ==, "none\n");
}

static void
test_taken_up (Scratch *f, gconstpointer data)
{
  (void) data;
  put_stories (f);
  scratch_put (f, "l.tsv", "input\ttemplate\toutput\nin/1/story.txt\tbook\ta.pdf\nin/2/story.txt\t\tb/c.pdf\nin/2/story.txt\tproof\tb/d.pdf\n");
  check_run (
    f, 0,
    "diglot --job-list l.tsv -q -o out/ && sed -i s/proof/facing/ l.tsv && diglot --job-list l.tsv -q -u -o out/ --report - | grep -o '\"status\":\"[a-z]*'");
  g_assert_cmpstr (f->out, ==, "\"status\":\"kept\n\"status\":\"kept\n\"status\":\"set\n");
  check_run (f, 0, "diglot --job-list l.tsv -q -o a.tar && tar tf a.tar && diglot --job-list l.tsv -q -u -o a.tar --report - | grep -c '\"status\":\"kept'");
  g_assert_cmpstr (f->out, ==, "a.pdf\nb/c.pdf\nb/d.pdf\n3\n");
  check_run (f, 0,
             "for k in 1 2 3; do diglot --job-list l.tsv -q -o s/ --shard $k/3 --report r$k & done; wait; diglot --merge-reports r? > merged && "
             "diglot --job-list l.tsv -q -o s/ --report whole && cmp merged whole && diff -r -x '.diglot*' s out");
}

static void
test_clashes (Scratch *f, gconstpointer data)
{
  (void) data;
  put_stories (f);
  check_run (f, 0, "printf 'in/1/story.txt\\ta.pdf\\nin/2/story.txt\\ta.pdf\\nin/1/story.txt\\ta.pdf\\n' > l; diglot --job-list l && ls *.pdf");
  g_assert_cmpstr (f->out, ==, "a.pdf\na~2.pdf\n");
  g_assert_nonnull (strstr (f->err, "in/2/story.txt: warning: a.pdf is taken by another output; this one's is a~2.pdf [output.clash]\n"));
  check_run (f, 2, "printf 'in/1/story.txt\\tin/2/story.txt\\nin/2/story.txt\\n' | diglot --job-list - --to pdf");
}

static void
test_refused (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *list, *options, *expected;
  } cases[] = {
    { "in/1/story.txt\\ta.html", "", "<stdin>:1: a.html: the ending says html, and pdf is to be made; --to html makes it" },
    { "\\nin/1/story.txt\\t../a.pdf", "-o out/", "<stdin>:2: ../a.pdf leads out of what --output names, or is no plain name" },
    { "in/1/story.txt\\t/a.pdf", "-o a.tar", "<stdin>:1: /a.pdf leads out of what --output names, or is no plain name" },
    { "in/1/story.txt\\t-", "", "<stdin>:1: standard output is no dispatch's own; --output - makes an archive of all" },
    { "@list\\ta.pdf", "", "<stdin>:1: names a list (@list); a file of this name is ./@list" },
    { "in/1/story.txt\\nin/2/story.txt\\t\\t\\tqq", "",
      "<stdin>:2: \"qq\" is no language; there are ISO 639 codes and BCP 47 tags, for example en, ara, zh-Hant" },
    { "in/1/story.txt", "--bundle -o b.pdf", "--job-list has an output for each dispatch; it goes without --bundle and --learn" },
  };

  (void) data;
  put_stories (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *script = g_strdup_printf ("printf '%s\\n' | diglot --job-list - %s", cases[i].list, cases[i].options);
    g_autofree char *expected = g_strdup_printf ("diglot: error: %s [usage.option]\n", cases[i].expected);

    check_run (f, 2, script);
    g_assert_cmpstr (f->err, ==, expected);
  }
  check_run (f, 2, "printf 'in/1/story.txt\\nin/2/story.txt\\t\\tbok\\n' | diglot --job-list -; ls in/1/*.pdf && exit 1 || exit 2");
}

/* Several dispatches in one file: a number each, in an archive too. */
static void
test_several (Scratch *f, gconstpointer data)
{
  (void) data;
  put_stories (f);
  check_run (
    f, 0,
    "(cat in/1/story.txt; printf '\\f'; cat in/2/story.txt) > both.txt; printf 'both.txt\\tx/b.pdf\\n' > l; diglot --job-list l -o a.tar && diglot -o b/ both.txt && "
    "ls b/ | wc -l; tar tf a.tar | wc -l");
  g_assert_cmpstr (f->out, ==, "2\n2\n");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Scratch *, gconstpointer);
  } tests[] = {
    { "made", test_made }, { "taken-up", test_taken_up }, { "clashes", test_clashes }, { "refused", test_refused }, { "several", test_several },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/joblist/lines", test_lines);
  g_test_add_func ("/joblist/heads", test_heads);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/joblist/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, scratch_set_up, tests[i].test, scratch_tear_down);
  }
  return g_test_run ();
}
