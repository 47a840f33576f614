/* test_cli.c: the program as a user runs it: exit statuses, where results go, what is refused, what reaches the terminal. */
#include "diglot.h"
#include "scratch.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>

static const char dispatch[] = "Source: Agencies 04 May 2025 09:30\n"
                               "Ferry to the islands is running again\n"
                               "The ferry to the islands has been running again since Sunday, after 12 days in the dock.\n"
                               "It makes two crossings a day and carries 180 passengers.\n"
                               "Caption: The ferry leaves the harbour\n"
                               "عودة العبّارة إلى الجزر\n"
                               "المصدر: وكالات 04 أيار/مايو 2025 09:30\n"
                               "عادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد بعد 12 يوماً في الحوض.\n"
                               "وتقوم برحلتين في اليوم وتنقل 180 راكباً.\n";

static const char one_language[] = "Ferry is running again\nThe ferry to the islands has been running again since Sunday.\n";

static gboolean
exists (Scratch *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static GBytes *
get (Scratch *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static gboolean
is_pdf (Scratch *f, const char *name)
{
  g_autoptr (GBytes) bytes = get (f, name);

  return g_bytes_get_size (bytes) > 1000 && memcmp (g_bytes_get_data (bytes, NULL), "%PDF-", 5) == 0;
}

static void
check_silent (Scratch *f)
{
  g_assert_cmpstr (f->out, ==, "");
  g_assert_cmpstr (scratch_messages (f), ==, "");
}

static void
check_says (Scratch *f, const char *part)
{
  if (strstr (f->err, part) == NULL)
    g_test_message ("expected \"%s\" in: %s", part, f->err);
  g_assert_nonnull (strstr (f->err, part));
}

/* NAME.pdf beside NAME.txt, and not a word. */
static void
test_beside (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "dir/a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot dir/a.txt"), ==, 0);
  check_silent (f);
  g_assert_true (is_pdf (f, "dir/a.pdf"));
}

static void
test_pipe (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot - < a.txt > a.pdf"), ==, 0);
  check_silent (f);
  g_assert_true (is_pdf (f, "a.pdf"));
  g_assert_cmpint (scratch_run (f, "diglot -t json - < a.txt"), ==, 0);
  g_assert_true (g_str_has_prefix (f->out, "{\"file\":\"<stdin>\","));
  g_assert_cmpint (scratch_run (f, "mkfifo fifo; cat a.txt > fifo & diglot -o b.pdf fifo"), ==, 0);
  g_assert_true (is_pdf (f, "b.pdf"));
}

/* -o: a file; a folder that is there, that ends in a slash, or that several dispatches need. */
static void
test_output (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "b.txt", dispatch);
  scratch_put (f, "there/x", "");
  g_assert_cmpint (scratch_run (f, "diglot -o page.pdf a.txt"), ==, 0);
  g_assert_true (is_pdf (f, "page.pdf"));
  g_assert_cmpint (scratch_run (f, "diglot -o there a.txt"), ==, 0);
  g_assert_true (is_pdf (f, "there/a.pdf"));
  g_assert_cmpint (scratch_run (f, "diglot -o new/deep/ a.txt"), ==, 0);
  g_assert_true (is_pdf (f, "new/deep/a.pdf"));
  g_assert_cmpint (scratch_run (f, "diglot -o several a.txt b.txt"), ==, 0);
  g_assert_true (is_pdf (f, "several/a.pdf") && is_pdf (f, "several/b.pdf"));
  g_assert_cmpint (scratch_run (f, "diglot -o a.json a.txt"), ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot -t json b.txt"), ==, 0);
  g_assert_true (exists (f, "a.json") && exists (f, "b.json") && !exists (f, "a.pdf"));
  g_assert_cmpint (scratch_run (f, "diglot -o - a.txt | head -c 5"), ==, 0);
  g_assert_cmpstr (f->out, ==, "%PDF-");
}

/* A folder's dispatches go where they stand, or keep their places below the output folder. */
static void
test_folder (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "in/a.txt", dispatch);
  scratch_put (f, "in/sub/b.TXT", dispatch);
  scratch_put (f, "in/notes.md", "no dispatch");
  g_assert_cmpint (scratch_run (f, "diglot -o out in"), ==, 0);
  check_silent (f);
  g_assert_true (is_pdf (f, "out/a.pdf") && is_pdf (f, "out/sub/b.pdf") && !exists (f, "out/notes.md.pdf"));
  g_assert_cmpint (scratch_run (f, "diglot in/"), ==, 0);
  g_assert_true (is_pdf (f, "in/a.pdf") && is_pdf (f, "in/sub/b.pdf"));
  scratch_put (f, "empty/notes.md", "no dispatch");
  g_assert_cmpint (scratch_run (f, "diglot empty"), ==, 1);
  g_assert_cmpstr (scratch_messages (f), ==, "empty: error: no *.txt below this directory [input.unreadable]\n");
}

/* One that fails does not keep the others from being done. */
static void
test_others_done (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "empty.txt", "\n \n");
  scratch_put (f, "b.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot missing.txt empty.txt a.txt b.txt"), ==, 1);
  check_says (f, "missing.txt: error: cannot be read: No such file or directory [input.unreadable]\n");
  check_says (f, "error: no text in the dispatch [parse.empty]\n");
  g_assert_true (is_pdf (f, "a.pdf") && is_pdf (f, "b.pdf") && !exists (f, "empty.pdf"));
}

/* A dispatch that fails leaves what stood there. */
static void
test_failed_keeps (Scratch *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;

  (void) data;
  scratch_put (f, "a.txt", "");
  scratch_put (f, "a.pdf", "before");
  g_assert_cmpint (scratch_run (f, "diglot a.txt"), ==, 1);
  bytes = get (f, "a.pdf");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "before", 6);
}

/* Where the disk takes no more, the old file stays whole and nothing temporary is left. */
static void
test_no_space (Scratch *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "a.pdf", "before");
  g_assert_cmpint (scratch_run (f, "trap '' XFSZ; ulimit -f 1; diglot a.txt"), ==, 1);
  check_says (f, "a.pdf: error: cannot be written: File too large [output.unwritable]\n");
  bytes = get (f, "a.pdf");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "before", 6);
  g_assert_cmpint (scratch_run (f, "ls -A"), ==, 0);
  g_assert_cmpstr (f->out, ==, "a.pdf\na.txt\n");
  g_assert_cmpint (scratch_run (f, "diglot -t json -o - a.txt > /dev/full"), ==, 1);
  check_says (f, "<stdout>: error: cannot be written: No space left on device [output.unwritable]\n");
}

/* A template's family is looked for among ours and below --font-dir, and nowhere else; what is wrong is told where it is named. */
static void
test_font_dir (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "t.ini", "[fonts]\nlatin = Noto Sans\n");
  g_assert_cmpint (scratch_run (f, "diglot -T t.ini a.txt"), ==, 2);
  check_says (f, "t.ini:2:9: error: fonts.latin: there is no family “Noto Sans”");
  check_says (f, "[template.font]\n");
  g_assert_cmpint (scratch_run (f, "mkdir fonts && ln -s /usr/share/fonts/truetype/noto/NotoSans-*.ttf fonts/ && diglot --font-dir fonts -T t.ini a.txt"), ==,
                   0);
  g_assert_true (is_pdf (f, "a.pdf"));
  g_assert_cmpint (scratch_run (f, "pdffonts a.pdf | grep -q NotoSans-Regular"), ==, 0);
  g_assert_cmpint (scratch_run (f, "mkdir -p config/diglot && touch config/diglot/labels.ini && "
                                   "XDG_CONFIG_HOME=$PWD/config diglot --font-dir fonts -T t.ini --report - --deps d.mk a.txt && "
                                   "grep -q '^a.pdf: .*fonts/NotoSans-Regular.ttf' d.mk && grep -q '^a.pdf: .*config/diglot/labels.ini' d.mk"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot --font-dir none -T t.ini a.txt"), ==, 2);
  check_says (f, "none is not a folder of fonts");
  g_assert_cmpint (scratch_run (f, "diglot --font-dir fonts --list-fonts | grep -q '^Noto Sans.Regular.*--font-dir$'"), ==, 0);
}

/* Pages made to face each other are shown so, and bear their numbers; every template gives a sound file in every profile. */
static void
test_templates (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot -T facing a.txt && qpdf --qdf --object-streams=disable a.pdf q.pdf && grep -aq '/PageLayout /TwoPageLeft' q.pdf "
                                   "&& grep -aq '/PageLabels' q.pdf && grep -aq '/St 2' q.pdf"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot -T book --set page.first-number=1 a.txt && qpdf --qdf --object-streams=disable a.pdf q.pdf "
                                   "&& grep -aq '/PageLayout /TwoPageRight' q.pdf && ! grep -aq '/PageLabels' q.pdf"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot a.txt && qpdf --qdf --object-streams=disable a.pdf q.pdf && ! grep -aq '/PageLayout' q.pdf"), ==, 0);
  g_assert_cmpint (scratch_run (f, "for t in $(diglot --list-templates); do for p in archive print screen; do "
                                   "diglot -T $t --profile $p a.txt && qpdf --check a.pdf >/dev/null || exit 1; "
                                   "cp a.pdf b.pdf; diglot -T $t --profile $p a.txt; cmp a.pdf b.pdf || exit 1; done; done"),
                   ==, 0);
}

/* Wrong options are refused, and nothing is done. */
static void
test_refused (Scratch *f, gconstpointer data)
{
  static const char *const wrong[] = {
    "--nonsense",
    "-Z",
    "-t doc",
    "-t PDF",
    "-t ''",
    "--dump all",
    "--dump doc -t json",
    "--check -o x",
    "--check -t json",
    "-o ''",
    "''",
    "- -",
    "--diagnostics xml",
    "--progress sometimes",
    "--lang en,en",
    "--lang 1,2",
    "--encoding utf-99",
    "-T nothing",
    "-T missing.ini",
    "-T a.txt",
    "--set nonsense",
    "--set page.size",
    "--set page.size=b99",
    "--set page.nothing=1",
    "--set body.size-arabic=-1pt",
    "-o b.pdf b.txt",
    "-o a.txt",
    "-o ./a.txt",
    "-o",
    "-j x",
    "-j -1",
    "--jobs 1.5",
    "--shard 0/2",
    "--shard 3/2",
    "--shard 2",
    "--shard 1/2/3",
    "--timeout soon",
    "--memory -1",
    "--report ''",
    "--report - -t json -o -",
    "--times",
    "--report a.txt",
    "--manifest b.txt b.txt",
    "@missing",
    "@",
    "--merge-reports",
    "--merge-reports b.txt",
    "--align missing.json",
    "--align a.txt",
    "--align /dev/null",
    "--align ''",
    "--profile paper",
    "--profile ARCHIVE",
    "--profile",
    "--profile print --set pdf.intent=missing.icc",
    "--profile print --set pdf.intent=a.txt",
    "--report - --manifest -",
    "--dump doc --deps -",
    "-o - --report -",
    "--encoding ebcdic-nowhere",
  };

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "b.txt", dispatch);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *line = g_strdup_printf ("diglot a.txt %s", wrong[i]);

    g_test_message ("%s", line);
    g_assert_cmpint (scratch_run (f, line), ==, 2);
    check_says (f, ": error: ");
    g_assert_cmpstr (f->out, ==, "");
    g_assert_cmpuint (strcspn (f->err, "\n"), ==, strlen (f->err) - 1);
  }
  g_assert_cmpint (scratch_run (f, "diglot"), ==, 2);
  check_says (f, "diglot: error: no input");
  g_assert_cmpint (scratch_run (f, "SOURCE_DATE_EPOCH=tomorrow diglot a.txt"), ==, 2);
  check_says (f, "SOURCE_DATE_EPOCH");
  g_assert_cmpint (scratch_run (f, "ls -A"), ==, 0);
  g_assert_cmpstr (f->out, ==, "a.txt\nb.txt\n");
}

/* No file about the batch takes another's place, whichever way leads there; it is refused by name, and nothing is made. */
static void
test_clashes (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *options, *file;
  } wrong[] = {
    { "-o o.pdf --report o.pdf", "o.pdf" },
    { "--manifest a.pdf", "a.pdf" },
    { "-o out/ --deps link/a.pdf", "link/a.pdf" },
    { "-o new/ --deps ./new/../new/a.pdf", "./new/../new/a.pdf" },
    { "--report r --manifest r", "r" },
    { "--report r --deps ./r", "./r" },
    { "--manifest out/r --deps link/r", "link/r" },
    { "-T t.ini --report t.ini", "t.ini" },
    { "-T t.ini --report base.ini", "base.ini" },
    { "--picture p.png --manifest p.png", "p.png" },
    { "--deps a.jpg", "a.jpg" },
    { "--align x.json --report x.json", "x.json" },
    { "--align fix --report fix/a.json", "fix/a.json" },
    { "--report a.txt", "a.txt" },
    { "--report twin", "twin" },
    { "-o new/../a.txt", "new/../a.txt" },
    { "-o link/new/../../a.txt", "link/new/../../a.txt" },
    { "--report new/../a.txt", "new/../a.txt" },
    { "--deps new/more/../../t.ini -T t.ini", "new/more/../../t.ini" },
    { "-o t.ini -T t.ini", "t.ini" },
    { "-o x.json --align x.json", "x.json" },
    { "-o config/diglot/labels.ini", "config/diglot/labels.ini" },
    { "-o p.icc --profile print --set pdf.intent=p.icc", "p.icc" },
    { "--report p.icc --profile print --set pdf.intent=p.icc", "p.icc" },
    { "-o g/index.html --gallery g", "g/index.html" },
    { "--report g/index.html --gallery g", "g/index.html" },
    { "--manifest new/../g/core.js --gallery ./g", "new/../g/core.js" },
    { "--deps out/data/x --gallery link", "out/data/x" },
    { "-o out/ --manifest out/.diglot-state", "out/.diglot-state" },
    { "-o out/ --report out/.diglot-journal-1-2", "out/.diglot-journal-1-2" },
  };

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "t.ini", "[template]\nextends = base.ini\n");
  scratch_put (f, "base.ini", "[template]\nextends = dispatch\n");
  scratch_put (f, "x.json", "{\"beads\": []}");
  scratch_put (f, "fix/a.json", "{\"beads\": []}");
  scratch_put (f, "config/diglot/labels.ini", "[en]\nsource=Ticker\n");
  g_assert_cmpint (
    scratch_run (
      f,
      "cp /usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc p.icc; echo no picture | tee p.png > a.jpg; ln a.txt twin; mkdir out; ln -s out link; find . -type f ! -name .before | sort | xargs sha256sum > .before"),
    ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *line = g_strdup_printf ("XDG_CONFIG_HOME=$PWD/config $diglot a.txt %s", wrong[i].options);
    g_autofree char *start = g_strdup_printf ("diglot: error: %s", wrong[i].file),
                    *whole = g_strdup_printf ("diglot: error: more than one thing would be written to %s", wrong[i].file);

    g_test_message ("%s", line);
    g_assert_cmpint (scratch_run (f, line), ==, 2);
    g_assert_true (g_str_has_prefix (f->err, start) || g_str_has_prefix (f->err, whole));
  }
  g_assert_cmpint (scratch_run (f, "find . -type f ! -name .before | sort | xargs sha256sum | cmp - .before"), ==, 0);
  /* What takes anything, and names that only look alike. */
  g_assert_cmpint (
    scratch_run (
      f, "rm a.jpg; diglot --report /dev/null --manifest /dev/null --deps out/a.pdf a.txt && diglot -o ./- --report - a.txt | grep -c '\"status\":\"set\"'"),
    ==, 0);
  g_assert_cmpstr (f->out, ==, "1\n");
}

/* Charsets that hold no plain ASCII are read where they are named; a dispatch that is in another one fails, and the option is sound. */
static void
test_wide (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "l.txt",
               "The harbour is open again\nThe harbour has been open again since Sunday, after 12 days.\n"
               "Le port est rouvert\nLe port est de nouveau ouvert depuis dimanche, apr\u00E8s 12 jours.\n");
  g_assert_cmpint (scratch_run (f, "iconv -t UTF-32LE a.txt > w.txt && diglot --dump align a.txt > a && diglot --encoding UTF-32 --dump align w.txt | cmp - a"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "iconv -t IBM037 l.txt > e.txt && diglot --dump align l.txt > l && diglot --encoding IBM037 --dump align e.txt | cmp - l"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot --encoding IBM037 a.txt"), ==, 1);
  check_says (f, "a.txt: error: no text: ");
  g_assert_cmpint (scratch_run (f, "diglot --encoding IBM-none a.txt"), ==, 2);
  check_says (f, "unknown encoding \"IBM-none\"");
}

/* An editor's beads: from a file for all, where each dispatch takes what bears its name, or from a folder with a file for each. */
static void
test_align (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "in/a.txt", dispatch);
  scratch_put (f, "in/sub/b.txt", dispatch);
  /* What Diglot writes it reads; the dump then says that everything is fixed. */
  g_assert_cmpint (scratch_run (f, "diglot -t json -o fix/ in && diglot --align fix --dump align in | grep -c fixed"), ==, 0);
  g_assert_cmpstr (f->out, ==, "4\n");
  /* One file: the name's end is enough, the better fit wins, an object without a name is for all. */
  scratch_put (f, "all.json",
               "{\"beads\": [{\"a\": [0], \"b\": [1]}]}\n"
               "{\"file\": \"sub/b.txt\", \"beads\": [{\"a_lines\": [3, 4], \"b_lines\": [8, 9]}]}\n"
               "{\"file\": \"b.txt\", \"beads\": []}\n");
  g_assert_cmpint (scratch_run (f, "diglot --align all.json --dump align in | grep fixed"), ==, 0);
  g_assert_cmpstr (f->out, ==, "1-1 3 9 1.00 fixed\n2-2 3+4 8+9 1.00 fixed\n");
  /* A name that no input has is told; the dispatches are set. */
  scratch_put (f, "one.json", "[{\"file\": \"c.txt\", \"beads\": []}, {\"file\": \"in/a.txt\", \"beads\": [{\"a\": [1], \"b\": [1]}]}]");
  g_assert_cmpint (scratch_run (f, "diglot --align one.json -o out/ in"), ==, 0);
  g_assert_cmpstr (scratch_messages (f), ==, "one.json: warning: there is no dispatch \"c.txt\" among the inputs [align.unused]\n");
  /* A file about one dispatch is for the one that is given. */
  scratch_put (f, "c.json", "{\"file\": \"c.txt\", \"beads\": [{\"a\": [1], \"b\": [1]}]}");
  g_assert_cmpint (scratch_run (f, "diglot --align c.json --dump align - < in/a.txt | grep -c fixed"), ==, 0);
  g_assert_cmpstr (scratch_messages (f), ==, "");
  /* What is wrong in a folder's file fails its dispatch alone. */
  scratch_put (f, "fix/a.json", "{\"beads\": [{\"a\": [7], \"b\": [0]}]}");
  g_assert_cmpint (scratch_run (f, "diglot --align fix/ -o wrong/ in; ls -R wrong"), ==, 0);
  g_assert_cmpstr (scratch_messages (f), ==, "in/a.txt: error: fix/a.json: beads[0]: \"a\" has paragraph 7, and there are 2, counted from 0 [align.file]\n");
  g_assert_nonnull (strstr (f->out, "b.pdf"));
  g_assert_null (strstr (f->out, "a.pdf"));
  scratch_put (f, "fix/a.json", "{");
  g_assert_cmpint (scratch_run (f, "diglot --align fix/ --check in"), ==, 1);
  check_says (f, "in/a.txt: error: fix/a.json:1:");
}

/* With --update only the dispatch is set again whose alignment has changed; rules for Make name it. */
static void
test_align_update (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "in/a.txt", dispatch);
  scratch_put (f, "in/b.txt", dispatch);
  scratch_put (f, "fix/b.json", "{\"beads\": []}");
  g_assert_cmpint (
    scratch_run (f, "diglot --align fix -o out/ in && diglot -u --align fix -o out/ --report r.jsonl in && grep -c '\"status\":\"kept\"' r.jsonl"), ==, 0);
  g_assert_cmpstr (f->out, ==, "2\n");
  scratch_put (f, "fix/b.json", "{\"beads\": [{\"a\": [0, 1], \"b\": [0, 1]}]}");
  g_assert_cmpint (scratch_run (f, "diglot -u --align fix -o out/ --report r.jsonl --deps d.mk in && grep -c '\"out/b.pdf\",\"status\":\"set\"' r.jsonl && "
                                   "grep -c '\"status\":\"kept\"' r.jsonl && grep -c fix/b.json d.mk"),
                   ==, 0);
  g_assert_true (g_str_has_prefix (f->out, "1\n1\n"));
}

/* A user's own labels add to those that are there, in a language of its own too; a wrong file is told by its name. */
static void
test_labels (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (
    f, "a.txt",
    "Ticker: Selma Press\nFerry to the islands is running again\nThe ferry has been running again since Sunday.\nIt makes two crossings a day.\nSource: Agencies\n");
  g_assert_cmpint (scratch_run (f, "diglot --dump doc a.txt | grep -c 'source.1.Ticker:'"), ==, 1);
  scratch_put (f, "config/diglot/labels.ini", "[en]\nsource=Ticker\n[xx]\ncaption=Bildo\n");
  g_assert_cmpint (scratch_run (f, "export XDG_CONFIG_HOME=$PWD/config; diglot --dump doc a.txt | grep -c 'source.[15].*:'"), ==, 0);
  g_assert_cmpstr (f->out, ==, "2\n");
  scratch_put (f, "b.txt",
               "Ferry to the islands is running again\nReuters kaj AFP\nThe ferry has been running again since Sunday.\nIt makes two crossings a day.\n");
  g_assert_cmpint (scratch_run (f, "diglot --dump doc b.txt | grep -c 'source.*Reuters kaj AFP'"), ==, 1);
  scratch_put (f, "config/diglot/labels.ini", "[xx]\njoint=kaj;kun\n");
  g_assert_cmpint (scratch_run (f, "XDG_CONFIG_HOME=$PWD/config diglot --dump doc b.txt | grep -c 'source.*Reuters kaj AFP'"), ==, 0);
  scratch_put (f, "config/diglot/labels.ini", "[en]\nsauce=Ticker\n");
  g_assert_cmpint (scratch_run (f, "XDG_CONFIG_HOME=$PWD/config diglot a.txt"), !=, 0);
  check_says (f, "config/diglot/labels.ini: there is no key \"sauce\", in group [en]");
  g_assert_cmpint (
    scratch_run (
      f,
      "rm config/diglot/labels.ini; mkfifo config/diglot/labels.ini; XDG_CONFIG_HOME=$PWD/config timeout -s KILL 30 $diglot -o a.pdf $samples/tiny-en-ar.txt"),
    !=, 0);
  check_says (f, "config/diglot/labels.ini: cannot be read: not a plain file");
}

/* A user's own languages add to those that are there, and change them; --list-languages shows it.  --lang takes codes of every kind. */
static void
test_languages (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot --list-languages | grep -c '^ar\tArabic\tArab\trtl\tAmiri\tfound\tlabels\twords\t-$'"), ==, 0);
  scratch_put (f, "config/diglot/languages.ini", "[qaa]\nname=Harbour talk\nscript=Hebr\n[ur]\nscript=Arab\n");
  g_assert_cmpint (scratch_run (f, "export XDG_CONFIG_HOME=$PWD/config; diglot --list-languages | grep -E '^(qaa|ur)' | cut -f 1-4"), ==, 0);
  g_assert_cmpstr (f->out, ==, "qaa\tHarbour talk\tHebr\trtl\nur\tUrdu\tArab\trtl\n");
  scratch_put (f, "config/diglot/languages.ini", "[ur]\nscrip=Arab\n");
  g_assert_cmpint (scratch_run (f, "XDG_CONFIG_HOME=$PWD/config diglot -o a.pdf $samples/tiny-en-ar.txt"), ==, 2);
  check_says (f, "config/diglot/languages.ini: there is no key \"scrip\", in group [ur]");
  /* Months of a language that we have not. */
  scratch_put (f, "months.txt", "Source: Agencija 4 svibnja 2021 u 9:30\nThe ferry sails again.\nعادت العبّارة إلى العمل.\n");
  g_assert_cmpint (scratch_run (f, "diglot -t json -o - months.txt | grep -c iso"), ==, 1);
  scratch_put (f, "config/diglot/languages.ini",
               "[hr]\nmonths=siječnja;veljače;ožujka;travnja;svibanj|svibnja;lipnja;srpnja;kolovoza;rujna;listopada;studenoga;prosinca\ndate-words=u\n");
  g_assert_cmpint (scratch_run (f, "XDG_CONFIG_HOME=$PWD/config diglot -t json -o - months.txt | grep -o '\"iso\": *\"[^\"]*\"'"), ==, 0);
  g_assert_nonnull (strstr (f->out, "2021-05-04T09:30"));
  scratch_put (f, "config/diglot/languages.ini", "[hr]\nmonths=siječnja;veljače\n");
  g_assert_cmpint (scratch_run (f, "XDG_CONFIG_HOME=$PWD/config diglot -o a.pdf $samples/tiny-en-ar.txt"), ==, 2);
  check_says (f, "config/diglot/languages.ini: \"months\" in group [hr] has 2 months");
  g_assert_cmpint (scratch_run (f, "diglot --lang eng,ara -t json -o - $samples/tiny-en-ar.txt | grep -c '\"a\":\"en\",\"b\":\"ar\"'"), ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot --lang en,xx -o a.pdf $samples/tiny-en-ar.txt"), ==, 2);
  check_says (f, "\"xx\" is no language");
  g_assert_cmpint (scratch_run (f, "diglot --lang en,ar,fr -o a.pdf $samples/tiny-en-ar.txt"), ==, 2);
  check_says (f, "\"en,ar,fr\" does not name two languages");
}

/* Of two texts that run from right to left the first stands right; of two that run one way a ratio of the user's own counts. */
static void
test_one_way (Scratch *f, gconstpointer data)
{
  const char      *x = "| awk -F '\t' '$1 == \"line\" && $5 == \"body\" && !seen[$6]++ { printf \"%s %d \", $6, $2 + $4 + .5 }'";
  g_autofree char *alike = g_strconcat ("diglot -q --lang ar,he --set columns.ratio=equal --dump pages a.txt ", x, NULL);
  g_autofree char *own = g_strconcat ("diglot -q --lang ar,he --set columns.ratio=60:40 --dump pages a.txt ", x, NULL);

  (void) data;
  scratch_put (f, "a.txt", "افتتاح الهويس\nفتح الهويس من جديد يوم الاثنين.\n\nהשער נפתח\nהשער נפתח מחדש ביום שני.\n");
  g_assert_cmpint (scratch_run (f, alike), ==, 0);
  g_assert_cmpstr (f->out, ==, "he 285 ar 544 ");
  g_assert_cmpint (scratch_run (f, own), ==, 0);
  g_assert_cmpstr (f->out, ==, "he 238 ar 544 ");
}

/* A script without word spaces fills its lines all the same, and a sign that repeats a word begins none. */
static void
test_solid (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt",
               "Lock opens\nThe lock is open again.\n\nประตูน้ำเปิด\n"
               "ประตูน้ำที่ท่าเรือเปิดให้เรือเล็กผ่านอีกครั้งในวันจันทร์หลังจากซ่อมแซมมานานหลายเดือนและชาวบ้านในหมู่บ้านต่าง ๆ ก็มาดูเรือลำแรกแล่นผ่านประตูน้ำในตอนเช้า\n");
  g_assert_cmpint (
    scratch_run (f, "diglot -q --lang en,th --dump lines a.txt | awk -F '\t' '$2 == \"body\" && $3 == \"th\" && $11 != \"end\" { n++; if ($4 - $5 > .2) bad++; "
                    "if ($12 ~ /^ๆ/) bad++ } END { exit n < 1 || bad }'"),
    ==, 0);
}

/* Boxes are told once a block, with their number; a text that would be boxes to a good part is refused, and what stood there stays. */
static void
test_boxes (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (
    f, "a.txt",
    "Lock opens\nThe lock is open again \xEE\x80\x80 since \xEE\x80\x81 Monday, the board of the harbour says.\n\nافتتاح\nفتح الهويس من جديد يوم الاثنين\n");
  g_assert_cmpint (scratch_run (f, "diglot a.txt"), ==, 0);
  check_says (f, "a.txt:2:24: warning: no face has U+E000 (Private Use Area); boxes set: 2 [font.missing-glyph]\n");
  g_assert_null (strstr (f->err, "U+E001"));
  scratch_put (f, "a.txt", "Lock opens\nThe lock is open again.\n\nافتتاح\n\xEE\x80\x80\xEE\x80\x80\xEE\x80\x80 الهويس \xEE\x80\x80\xEE\x80\x80\xEE\x80\x80\n");
  g_assert_cmpint (scratch_run (f, "cp a.pdf before.pdf; diglot --lang en,ar a.txt"), ==, 1);
  check_says (f, "a.txt: error: no face for the ar text: 6 of its 18 characters would be boxes [font.no-face]\n");
  g_assert_cmpint (scratch_run (f, "cmp a.pdf before.pdf"), ==, 0);
}

/* The distance of the first two baselines of the body, in hundredths of a point; it is what a grid that was asked for comes to. */
static int
measure_step (Scratch *f, const char *options, const char *sample)
{
  g_autofree char *command = g_strdup_printf (
    "diglot -q %s --dump pages $samples/%s | awk -F '\t' '$1 == \"line\" && $5 == \"body\" { if (n++) { printf \"%%d\", ($3 - y) * 100 + .5; exit } y = $3 }'",
    options, sample);

  g_assert_cmpint (scratch_run (f, command), ==, 0);
  return (int) g_ascii_strtoll (f->out, NULL, 10);
}

/* Nastaliq, which slopes, and stacked letters have a grid that keeps their lines apart; naskh, by a key, and all others that of the template. */
static void
test_leading (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (measure_step (f, "", "urdu-en.txt"), >, 1900);
  g_assert_cmpint (measure_step (f, "--set fonts.nastaliq=Amiri", "urdu-en.txt"), ==, 1650);
  g_assert_cmpint (measure_step (f, "", "persian-en.txt"), ==, 1650);
  g_assert_cmpint (measure_step (f, "", "chinese-en.txt"), ==, 1650);
}

/* Two dispatches of one name below a folder have two outputs; without one they are refused.  What is named twice is set once. */
static void
test_same_name (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "one/a.txt", dispatch);
  scratch_put (f, "two/a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot -o out.pdf one/a.txt two/a.txt"), ==, 2);
  check_says (f, "more than one thing would be written to out.pdf");
  g_assert_cmpint (scratch_run (f, "diglot -o out/ one/a.txt two/a.txt ./one/a.txt && ls out"), ==, 0);
  g_assert_cmpstr (scratch_messages (f), ==, "two/a.txt: warning: out/a.pdf is taken by another output; this one's is out/a~2.pdf [output.clash]\n");
  g_assert_cmpstr (f->out, ==, "a.pdf\na~2.pdf\n");
}

static void
test_names (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "خبر عاجل.txt", dispatch);
  scratch_put (f, "-q.txt", dispatch);
  scratch_put (f, "a b\xff.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "LC_ALL=C diglot 'خبر عاجل.txt' && diglot -- -q.txt && diglot a\\ b*.txt"), ==, 0);
  check_silent (f);
  g_assert_true (is_pdf (f, "خبر عاجل.pdf") && is_pdf (f, "-q.pdf") && is_pdf (f, "a b\xff.pdf"));
}

/* Same input, same bytes: whatever the day, the time zone, the locale, the way to the file, its own times. */
static void
test_same_bytes (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "copy/a.txt", dispatch);
  g_assert_cmpint (scratch_run (f,
                                "diglot -o 1.pdf a.txt && touch -d 2001-01-01 copy/a.txt && "
                                "env LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo $diglot -o 2.pdf copy/a.txt && cd copy && LC_ALL=C TZ=UTC diglot -o ../3.pdf ./a.txt && "
                                "diglot -o - a.txt > ../4.pdf && cd .. && cmp 1.pdf 2.pdf && cmp 1.pdf 3.pdf && cmp 1.pdf 4.pdf"),
                   ==, 0);
  check_silent (f);
  g_assert_cmpint (scratch_run (f, "SOURCE_DATE_EPOCH=0 diglot -o 5.pdf a.txt && SOURCE_DATE_EPOCH=0 diglot -o 6.pdf a.txt && cmp 5.pdf 6.pdf"), ==, 0);
}

/* The dispatch's own complete date, else SOURCE_DATE_EPOCH's; a PDF never bears today's. */
static void
test_dates (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "undated.txt", one_language);
  g_assert_cmpint (scratch_run (f, "diglot a.txt && TZ=UTC pdfinfo a.pdf"), ==, 0);
  g_assert_nonnull (strstr (f->out, "Ferry to the islands is running again"));
  g_assert_nonnull (strstr (f->out, "Sun May  4 09:30:00 2025"));
  g_assert_cmpint (scratch_run (f, "SOURCE_DATE_EPOCH=86400 diglot a.txt && TZ=UTC pdfinfo a.pdf"), ==, 0);
  g_assert_nonnull (strstr (f->out, "Fri Jan  2 00:00:00 1970"));
  g_assert_cmpint (scratch_run (f, "diglot undated.txt && pdfinfo undated.pdf"), ==, 0);
  g_assert_null (strstr (f->out, "CreationDate"));
}

static void
test_strict (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", one_language);
  scratch_put (f, "b.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot a.txt"), ==, 0);
  check_says (f, "[parse.one-language]\n");
  g_assert_cmpint (scratch_run (f, "rm a.pdf; diglot --strict a.txt b.txt"), ==, 1);
  check_says (f, "a.txt: error: with --strict a warning counts as an error [output.strict]\n");
  g_assert_true (!exists (f, "a.pdf") && exists (f, "b.pdf"));
}

/* A word without a hyphen that no line can hold. */
static const char wide_word[] = "Ferry\nThe harbour office has the key to "
                                "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz in it.\n"
                                "عبّارة\nلدى مكتب المرفأ مفتاح.\n";

/* Codes choose what fails a dispatch, a note or a warning; the word behind --strict without them is an input. */
static void
test_strict_codes (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *line;
    int         status;
    const char *says;
  } cases[] = {
    { "diglot a.txt", 0, "a.txt:2:" },
    { "diglot --strict a.txt", 1, "with --strict a warning counts as an error [output.strict]" },
    { "diglot --strict=warning a.txt", 1, "[output.strict]" },
    { "diglot --strict=line.broken-word a.txt", 1, "a message that --strict=line.broken-word does not let pass [output.strict]" },
    { "diglot --strict=line.overfull,line a.txt", 1, "[output.strict]" },
    { "diglot --strict=line.overfull,line.touching a.txt", 0, "[line.broken-word]" },
    { "diglot --strict=line.overful a.txt", 2, "no message has the code \"line.overful\"; did you mean line.overfull?" },
    { "diglot --strict= a.txt", 2, "--strict= names no code" },
    { "printf '%s\\n' '{\"input\": \"a.txt\", \"strict\": \"line.broken-word\"}' | diglot --worker | grep -o output.strict >&2", 0, "output.strict" },
  };

  (void) data;
  scratch_put (f, "a.txt", wide_word);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (scratch_run (f, cases[i].line), ==, cases[i].status);
    check_says (f, cases[i].says);
  }
}

static void
test_check (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", one_language);
  scratch_put (f, "b.txt", dispatch);
  scratch_put (f, "c.txt", "");
  g_assert_cmpint (scratch_run (f, "diglot --check b.txt"), ==, 0);
  check_silent (f);
  g_assert_cmpint (scratch_run (f, "diglot --check a.txt"), ==, 0);
  check_says (f, "a.txt:");
  g_assert_cmpint (scratch_run (f, "diglot --check --strict a.txt"), ==, 1);
  g_assert_cmpint (scratch_run (f, "diglot --check c.txt"), ==, 1);
  g_assert_cmpint (scratch_run (f, "ls -A"), ==, 0);
  g_assert_cmpstr (f->out, ==, "a.txt\nb.txt\nc.txt\n");
}

static void
test_dumps (Scratch *f, gconstpointer data)
{
  static const char *const stages[] = { "doc", "align", "lines", "pages" };

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    g_autofree char *line =
      g_strdup_printf ("diglot --dump %s a.txt > shown && diglot --dump=%s -o dumps/ a.txt && cmp shown dumps/a.%s", stages[i], stages[i], stages[i]);

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    check_silent (f);
  }
}

/* One object, with every physical line, paragraph and bead, and what the dispatch says of itself. */
static void
test_json (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *root, *said, *date, *bead;

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot -t json -o - a.txt"), ==, 0);
  g_assert_true (json_parser_load_from_data (parser, f->out, -1, &error));
  g_assert_cmpuint (strcspn (f->out, "\n"), ==, strlen (f->out) - 1);
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "file"), ==, "a.txt");
  g_assert_cmpstr (json_object_get_string_member (root, "encoding"), ==, "utf-8");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "lines")), ==, 9);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "beads")), ==, 2);
  bead = json_array_get_object_element (json_object_get_array_member (root, "beads"), 1);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (bead, "a"), 0), ==, 1);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (bead, "a_lines"), 0), ==, 4);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (bead, "b_lines"), 0), ==, 9);
  g_assert_cmpfloat (json_object_get_double_member (bead, "score"), >, 0.5);
  said = json_object_get_object_member (root, "dispatch");
  date = json_object_get_object_member (said, "date");
  g_assert_cmpstr (json_object_get_string_member (date, "iso"), ==, "2025-05-04T09:30");
  g_assert_cmpstr (json_object_get_string_member (date, "time"), ==, "09:30");
  g_assert_cmpint (json_object_get_int_member (date, "month"), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (said, "source"), "a"), ==, "Agencies");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (said, "source"), "b"), ==, "وكالات");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (said, "headline"), "b"), ==, "عودة العبّارة إلى الجزر");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (said, "caption"), "a"), ==, "The ferry leaves the harbour");
  g_assert_false (json_object_has_member (json_object_get_object_member (said, "caption"), "b"));

  /* Several: a line each. */
  scratch_put (f, "b.txt", one_language);
  g_assert_cmpint (scratch_run (f, "diglot -t json -o - a.txt b.txt | wc -l"), ==, 0);
  g_assert_cmpint (atoi (f->out), ==, 2);
}

/* Neither a name nor a text of the input brings a control character to the terminal, in either form of messages. */
static void
test_no_controls (Scratch *f, gconstpointer data)
{
  static const char *const lines[] = { "diglot --strict *.txt", "diglot --diagnostics json --strict *.txt", "diglot $(printf '\\033[31mno\\001.txt')" };

  (void) data;
  scratch_put (f, "a.txt", "\033[31mred\007 text \xe2\x80\xae over\xe2\x80\xac the ferry\nThe ferry is \xff\x9b running \x01 again since Sunday.\n");
  scratch_put (f, "\033[2J\xe2\x80\xae.txt", one_language);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_assert_cmpint (scratch_run (f, lines[i]), ==, 1);
    g_assert_true (g_utf8_validate (f->err, -1, NULL));
    for (const char *p = f->err; *p != '\0'; p = g_utf8_next_char (p))
      if (*p != '\n' && (g_unichar_iscntrl (g_utf8_get_char (p)) || g_utf8_get_char (p) == 0x202E || g_utf8_get_char (p) == 0x202C))
        g_assert_cmpstr (scratch_messages (f), ==, "without control characters");
  }
}

/* With --diagnostics json every line of standard error is an object, those about the command line too. */
static void
test_json_messages (Scratch *f, gconstpointer data)
{
  static const char *const members[] = { "file", "line", "column", "severity", "code", "message" };

  (void) data;
  scratch_put (f, "a.txt", one_language);
  g_assert_cmpint (scratch_run (f, "diglot --diagnostics json a.txt missing.txt; diglot --diagnostics json -t gif a.txt; "
                                   "diglot --diagnostics json --set page.size=b99 a.txt"),
                   ==, 2);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (f->err), "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >=, 4);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (JsonParser) parser = json_parser_new ();

    g_assert_true (json_parser_load_from_data (parser, lines[i], -1, NULL));
    for (guint j = 0; j < G_N_ELEMENTS (members); j++)
      g_assert_true (json_object_has_member (json_node_get_object (json_parser_get_root (parser)), members[j]));
  }
}

static void
test_progress (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "b.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot a.txt b.txt"), ==, 0);
  check_silent (f);
  g_assert_cmpint (scratch_run (f, "diglot --progress=always a.txt b.txt"), ==, 0);
  g_assert_true (g_str_has_prefix (f->err, "1/2 "));
  check_says (f, "\n2/2 ");
  check_says (f, "\n2 dispatches in ");
  check_says (f, " s: 2 set");
  g_assert_cmpint (scratch_run (f, "diglot --progress=always -q a.txt b.txt; diglot --progress never a.txt b.txt"), ==, 0);
  check_silent (f);
}

/* Standard streams that are closed lose no output silently and let no file take their number. */
static void
test_closed (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot -t json -o - a.txt >&-"), ==, 1);
  g_assert_cmpint (scratch_run (f, "diglot a.txt <&- >&- 2>&-"), ==, 0);
  g_assert_true (is_pdf (f, "a.pdf"));
  g_assert_cmpint (scratch_run (f, "diglot - <&-"), ==, 1);
}

static void
test_lists (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot --version"), ==, 0);
  g_assert_true (g_str_has_prefix (f->out, "diglot " DIGLOT_VERSION "\n"));
  g_assert_cmpint (scratch_run (f, "diglot --list-templates"), ==, 0);
  g_assert_nonnull (strstr (f->out, "dispatch\n"));
  g_assert_cmpint (scratch_run (f, "diglot --list-fonts"), ==, 0);
  g_assert_nonnull (strstr (f->out, "Amiri"));
  g_assert_cmpint (scratch_run (f, "diglot --help"), ==, 0);
  g_assert_nonnull (strstr (f->out, "--template=NAME"));
  g_assert_cmpint (scratch_run (f, "diglot --help > /dev/full"), ==, 1);
}

/* What tunes the libraries below changes no page. */
static void
test_environment (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot -o one.pdf a.txt && HB_SHAPER_LIST=fallback HB_FONT_FUNCS=ft PANGO_LANGUAGE=ja PANGOCAIRO_BACKEND=fc "
                                   "G_FILENAME_ENCODING=latin1 diglot -o two.pdf a.txt && cmp one.pdf two.pdf"),
                   ==, 0);
}

/* An address that hides its host behind a name for the user is text; capitals make no difference to the others. */
static void
test_links (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (
    f, "a.txt",
    "Port opens\n\nSee HTTP://Harbour.example/a and http://www.harbour.example@other.example/b, WWW.Harbour.example or pilots@harbour.example today.\n");
  g_assert_cmpint (scratch_run (f, "diglot --profile screen -o a.pdf a.txt && qpdf --qdf --object-streams=disable a.pdf - | grep -a -o '/URI ([^)]*)'"), ==, 0);
  g_assert_nonnull (strstr (f->out, "/URI (HTTP://Harbour.example/a)"));
  g_assert_nonnull (strstr (f->out, "/URI (http://WWW.Harbour.example)"));
  g_assert_nonnull (strstr (f->out, "/URI (mailto:pilots@harbour.example)"));
  g_assert_null (strstr (f->out, "other.example"));
}

/* Five metres are within the bound that the message names. */
static void
test_large_page (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", dispatch);
  g_assert_cmpint (scratch_run (f, "diglot --set 'page.size=5000mm x 5000mm' a.txt"), ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot --set 'page.size=5001mm x 5000mm' a.txt"), ==, 2);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Scratch *, gconstpointer);
  } tests[] = {
    { "beside", test_beside },
    { "pipe", test_pipe },
    { "output", test_output },
    { "folder", test_folder },
    { "others-done", test_others_done },
    { "failed-keeps", test_failed_keeps },
    { "no-space", test_no_space },
    { "font-dir", test_font_dir },
    { "templates", test_templates },
    { "refused", test_refused },
    { "clashes", test_clashes },
    { "wide", test_wide },
    { "align", test_align },
    { "align-update", test_align_update },
    { "languages", test_languages },
    { "leading", test_leading },
    { "boxes", test_boxes },
    { "one-way", test_one_way },
    { "solid", test_solid },
    { "labels", test_labels },
    { "same-name", test_same_name },
    { "names", test_names },
    { "same-bytes", test_same_bytes },
    { "dates", test_dates },
    { "strict", test_strict },
    { "strict-codes", test_strict_codes },
    { "check", test_check },
    { "dumps", test_dumps },
    { "json", test_json },
    { "no-controls", test_no_controls },
    { "json-messages", test_json_messages },
    { "progress", test_progress },
    { "closed", test_closed },
    { "lists", test_lists },
    { "environment", test_environment },
    { "links", test_links },
    { "large-page", test_large_page },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/cli/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, scratch_set_up, tests[i].test, scratch_tear_down);
  }
  return g_test_run ();
}
