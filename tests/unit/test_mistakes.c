/* test_mistakes.c: what the program says to whoever mistypes, and how much it says of an archive. */
#include "base/nearest.h"
#include "diglot.h"
#include "scratch.h"

#include <json-glib/json-glib.h>
#include <unistd.h>

static const char dispatch[] = "Ferry to the islands is running again\n"
                               "The ferry to the islands has been running again since Sunday, after 12 days in the dock.\n"
                               "عودة العبّارة إلى الجزر\n"
                               "عادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد بعد 12 يوماً في الحوض.\n";

static const char one_language[] = "Ferry is running again\nThe ferry to the islands has been running again since Sunday.\n";

static void
test_nearest (void)
{
  static const char *const words[] = { "--output", "--to", "--template", "--timeout", "--set", NULL };
  static const struct {
    const char *word, *nearest;
  } cases[] = {
    { "--outptu", "--output" },
    { "--oputput", "--output" },
    { "--OUTPUT", "--output" },
    { "--temp", "--template" },
    { "--time-out", "--timeout" },
    { "--sett", "--set" },
    { "--picture", NULL },
    { "--t", "--to" },
    { "", NULL },
    { "x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].word);
    g_assert_cmpstr (dg_nearest_find (cases[i].word, words), ==, cases[i].nearest);
  }
  g_assert_cmpuint (dg_nearest_distance ("size", "siez"), ==, 1);
  g_assert_cmpuint (dg_nearest_distance ("size", "seize"), ==, 1);
  g_assert_cmpuint (dg_nearest_distance ("", "size"), ==, 4);
}

/* Each mistake is refused with one line that says what was perhaps meant, and nothing is made. */
static void
test_mistakes (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *options, *says;
  } cases[] = {
    { "--outptu x.pdf a.txt", "there is no option --outptu; did you mean --output? [usage.option]" },
    { "--outptu=x.pdf a.txt", "there is no option --outptu; did you mean --output? [usage.option]" },
    { "-output x.pdf a.txt", "there is no option -output; did you mean --output? [usage.option]" },
    { "-template=book a.txt", "there is no option -template; did you mean --template? [usage.option]" },
    { "--tempalte book a.txt", "there is no option --tempalte; did you mean --template? [usage.option]" },
    { "--kashida none a.txt", "did you mean --set justify.kashida=VALUE?" },
    { "--page-size a5 a.txt", "did you mean --set page.size=VALUE?" },
    { "--paper a5 a.txt", "there is no option --paper; diglot --help-all tells all" },
    { "-a.txt", "the file of this name is ./-a.txt, or stands behind --" },
    { "-z.txt", "a file whose name begins with - is ./-z.txt, or stands behind --" },
    { "--set page.siez=a5 a.txt", "did you mean page.size? [template.unknown-key]" },
    { "--set siez=a5 a.txt", "did you mean page.size? [template.unknown-key]" },
    { "--set page.kashida=none a.txt", "did you mean justify.kashida? [template.unknown-key]" },
    { "-T t.ini a.txt", "t.ini:2:1: error: there is no key “kashidas” in [justify]; did you mean justify.kashida? [template.unknown-key]" },
    { "-T boook a.txt", "did you mean book? There are: book, bulletin" },
    { "-t PDF a.txt", "there is no format \"PDF\"; did you mean pdf?" },
    { "--quiet=no a.txt", "--quiet takes no value" },
    { "a.txt --template", "--template needs a value" },
    { "--font-dir nowhere a.txt", "nowhere is not a folder of fonts" },
    { "-t htm a.txt", "there is no format \"htm\"; did you mean html?" },
    { "--dump page a.txt", "there is no stage \"page\"; did you mean pages?" },
    { "-o x.htm a.txt", "x.htm: there is no format \"htm\"; did you mean html?" },
    { "-t docx a.txt", "there is no format \"docx\"; there are pdf, " },
    { "--dump Doc a.txt", "there is no stage \"Doc\"; did you mean doc?" },
    { "--lang english,arabic a.txt", "\"english\" is no language; did you mean en?" },
    { "--lang en,Arabik a.txt", "\"Arabik\" is no language; did you mean ar?" },
    { "-o x.docx a.txt", "x.docx: there is no format \"docx\"; --to pdf would write a pdf under that name" },
    { "-t png -o x.pdf a.txt", "x.pdf: the ending says pdf, and png is to be made" },
    { "--dump doc -o x.pdf a.txt", "x.pdf: the ending says pdf, and doc is to be made" },
    { "--bundle -o x.doc a.txt", "x.doc: there is no format \"doc\"" },
    { "--watch -", "--watch looks at files, and standard input is none" },
    { "--watch a.txt - -o out/", "--watch looks at files, and standard input is none" },
    { "--messages loud a.txt", "--messages is error, warning, note or all, not \"loud\"" },
    { "--open --check a.txt", "--open shows a file that was made" },
    { "--open -", "--output names one for standard input" },
    { "--diagnostics=xml a.txt", "--diagnostics is text or json, not \"xml\"" },
  };

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "-a.txt", dispatch);
  scratch_put (f, "t.ini", "[justify]\nkashidas = none\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *line = g_strdup_printf ("timeout 30 $diglot %s", cases[i].options);

    g_test_message ("%s", line);
    g_assert_cmpint (scratch_run (f, line), ==, 2);
    g_assert_nonnull (strstr (f->err, cases[i].says));
    g_assert_cmpuint (strcspn (f->err, "\n"), ==, strlen (f->err) - 1);
    g_assert_cmpstr (f->out, ==, "");
  }
  g_assert_cmpint (scratch_run (f, "ls -A"), ==, 0);
  g_assert_cmpstr (f->out, ==, "-a.txt\na.txt\nt.ini\n");
}

/* Names that say nothing, that say the same, or that are no file's may stand with --to or without. */
static void
test_endings (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot -o page a.txt && diglot -o page.v2 -t pdf a.txt && diglot -o .hidden a.txt && diglot -o A.PDF a.txt && "
                                   "diglot -o data.truth -t json a.txt && diglot -o x.y/ a.txt && mkdir d.d && diglot -o d.d a.txt && "
                                   "diglot --dump doc -o a.lines a.txt && mkfifo pipe.x && { cat pipe.x > q & diglot -o pipe.x a.txt; wait; } && "
                                   "head -qc 5 page page.v2 .hidden A.PDF x.y/a.pdf d.d/a.pdf q; head -qc 2 data.truth"),
                   ==, 0);
  g_assert_cmpstr (f->out, ==, "%PDF-%PDF-%PDF-%PDF-%PDF-%PDF-%PDF-{\"");
}

static JsonObject *
parse_line (JsonParser *parser, const char *line)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

/* Messages as JSON hold for a wrong command line too, and a file's name in them is the file's; nothing in it reaches the terminal raw. */
static void
test_json (Scratch *f, gconstpointer data)
{
  static const char *const wrong[] = { "--diagnostics=json --nonsense", "--nonsense --diagnostics json", "--diagnostics=json -t doc a.txt" };
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *message;

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *line = g_strdup_printf ("diglot %s", wrong[i]);

    g_assert_cmpint (scratch_run (f, line), ==, 2);
    message = parse_line (parser, f->err);
    g_assert_cmpstr (json_object_get_string_member (message, "code"), ==, "usage.option");
    g_assert_cmpstr (json_object_get_string_member (message, "severity"), ==, "error");
  }
  scratch_put (f, "a\x1b[31m\u202Eb.txt", one_language);
  g_assert_cmpint (scratch_run (f, "diglot --diagnostics=json --check a*.txt"), ==, 0);
  g_assert_null (strchr (f->err, '\x1b'));
  g_assert_null (strstr (f->err, "\u202E"));
  message = parse_line (parser, f->err);
  g_assert_cmpstr (json_object_get_string_member (message, "file"), ==, "a\x1b[31m\u202Eb.txt");
  g_assert_cmpint (scratch_run (f, "diglot -t json -o - a*.txt"), ==, 0);
  message = json_array_get_object_element (json_object_get_array_member (parse_line (parser, f->out), "diagnostics"), 0);
  g_assert_cmpstr (json_object_get_string_member (message, "file"), ==, "a\x1b[31m\u202Eb.txt");
  g_assert_cmpint (scratch_run (f, "diglot --check a*.txt"), ==, 0);
  g_assert_nonnull (strstr (f->err, "a<U+001B>[31m<U+202E>b.txt:"));
}

static guint
count_lines (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

/* What an archive has to say again and again is said twenty times and counted; -q and --messages say what is shown at all. */
static void
test_many (Scratch *f, gconstpointer data)
{
  (void) data;
  for (guint i = 0; i < 30; i++) {
    g_autofree char *name = g_strdup_printf ("in/%02u.txt", i);

    scratch_put (f, name, i == 7 ? "" : one_language);
  }
  g_assert_cmpint (scratch_run (f, "diglot --check in"), ==, 1);
  g_assert_cmpuint (count_lines (f->err, "text in one language only"), ==, 20);
  g_assert_nonnull (strstr (f->err, "30 dispatches in "));
  g_assert_nonnull (strstr (f->err, "      1 error [parse.empty]\n     29 warnings [parse.one-language], 20 shown\n--messages all shows every one\n"));

  g_assert_cmpint (scratch_run (f, "diglot --check --messages all in"), ==, 1);
  g_assert_cmpuint (count_lines (f->err, "text in one language only"), ==, 29);
  g_assert_nonnull (strstr (f->err, "     29 warnings [parse.one-language]\n"));
  g_assert_cmpint (scratch_run (f, "diglot --check --messages error in"), ==, 1);
  g_assert_cmpuint (count_lines (f->err, "one-language"), ==, 0);
  g_assert_nonnull (strstr (f->err, "30 dispatches in "));
  g_assert_cmpint (scratch_run (f, "diglot --check -q in"), ==, 1);
  g_assert_cmpstr (f->err, ==, "in/07.txt: error: no text in the dispatch [parse.empty]\n");
  g_assert_cmpint (scratch_run (f, "diglot --check --diagnostics json in"), ==, 1);
  g_assert_cmpuint (count_lines (f->err, "\n"), ==, 30);
  g_assert_cmpint (scratch_run (f, "diglot --check -q in/00.txt"), ==, 0);
  g_assert_cmpstr (f->err, ==, "");
}

/* A stand-in for xdg-open tells what it was called with. */
static void
test_open (Scratch *f, gconstpointer data)
{
  static const char *const commands[] = {
    "diglot --open a.txt",
    "diglot --open -o b.pdf a.txt",
    "diglot --open -o out/ a.txt",
    "diglot --open -q -o two/ a.txt b.txt",
    "diglot --open --gallery g a.txt",
  };
  static const char *const shown[] = { "a.pdf", "b.pdf", "out/a.pdf", "two", "g/index.html" };

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "b.txt", dispatch);
  scratch_put (f, "bin/xdg-open", "#!/bin/sh\nprintf '%s' \"${1#\"$HERE\"/}\" > \"$HERE/opened.new\" && mv \"$HERE/opened.new\" \"$HERE/opened\"\n");
  g_assert_cmpint (scratch_run (f, "chmod +x bin/xdg-open"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *line =
      g_strdup_printf ("export HERE=$(pwd -P) PATH=$PWD/bin:$PATH; %s && for n in $(seq 200); do test -e opened && break; sleep .1; done; "
                       "cat opened; rm opened",
                       commands[i]);

    g_test_message ("%s", commands[i]);
    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_cmpstr (f->out, ==, shown[i]);
  }
  g_assert_cmpint (scratch_run (f, "export HERE=$(pwd -P) PATH=$PWD/bin:$PATH; diglot --open missing.txt; test ! -e opened"), ==, 0);
  g_assert_cmpint (scratch_run (f, "PATH=$PWD $diglot --open a.txt"), ==, 2);
  g_assert_nonnull (strstr (f->err, "xdg-utils"));
}

static void
test_lists (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot -V | head -n 1"), ==, 0);
  g_assert_cmpstr (f->out, ==, "diglot " DIGLOT_VERSION "\n");
  g_assert_cmpint (scratch_run (f, "diglot --help"), ==, 0);
  g_assert_nonnull (strstr (f->out, "Exit status: 0 "));
  g_assert_null (strstr (f->out, "--shard"));
  g_assert_cmpuint (count_lines (f->out, "\n"), <, 40);
  g_assert_cmpint (scratch_run (f, "diglot --help-all"), ==, 0);
  g_assert_nonnull (strstr (f->out, "--shard=K/N"));
  g_assert_cmpint (scratch_run (f, "diglot --list-keys"), ==, 0);
  g_assert_nonnull (strstr (f->out, "\njustify.kashida\tkashida\tone\tstrokes that lengthen Arabic words"));
  g_assert_cmpint (scratch_run (f, "diglot --list-keys | awk -F '\\t' 'NF != 4'"), ==, 0);
  g_assert_cmpstr (f->out, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mistakes/nearest", test_nearest);
  g_test_add ("/mistakes/mistakes", Scratch, NULL, scratch_set_up, test_mistakes, scratch_tear_down);
  g_test_add ("/mistakes/endings", Scratch, NULL, scratch_set_up, test_endings, scratch_tear_down);
  g_test_add ("/mistakes/json", Scratch, NULL, scratch_set_up, test_json, scratch_tear_down);
  g_test_add ("/mistakes/many", Scratch, NULL, scratch_set_up, test_many, scratch_tear_down);
  g_test_add ("/mistakes/open", Scratch, NULL, scratch_set_up, test_open, scratch_tear_down);
  g_test_add ("/mistakes/lists", Scratch, NULL, scratch_set_up, test_lists, scratch_tear_down);
  return g_test_run ();
}
