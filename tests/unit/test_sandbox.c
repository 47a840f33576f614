/* test_sandbox.c: who gets into the process that sets a dispatch finds no network, no program to run and no file to write but in the
 * outputs' folders.  Each thing is tried from inside, with the sandbox and, so that the trying is known to work, without it. */
#include "scratch.h"

#include "diglot.h"

#include <unistd.h>

#define DISPATCH "Harbour opens again\nThe harbour is open.\nإعادة فتح الميناء\nالميناء مفتوح.\n"

#define PARAGRAPHS(O, C) \
  O "Harbour opens again" C O "The harbour is open, and the ferry sails once more this afternoon, as it did before the long winter." C O \
    "إعادة فتح الميناء" C                                                                                                              O "الميناء مفتوح، والعبارة تبحر مرة أخرى بعد ظهر اليوم، كما كانت تفعل قبل الشتاء الطويل." C
#define WORD \
  "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" PARAGRAPHS ("<w:p><w:r><w:t>", \
                                                                                                              "</w:t></w:r></w:p>") "</w:body></w:document>"
#define TYPES \
  "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" " \
  "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"

/* What is read by other code than a plain text is. */
static void
put_documents (Scratch *s)
{
  scratch_put (s, "word/[Content_Types].xml", TYPES);
  scratch_put (s, "word/word/document.xml", WORD);
  g_assert_cmpint (scratch_run (s, "bsdtar -a --format zip -cf in/a.docx -C word '[Content_Types].xml' word/document.xml"), ==, 0);
  scratch_put (s, "in/a.html", "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>" PARAGRAPHS ("<p>", "</p>") "</body></html>");
}

static void
put_dispatches (Scratch *s)
{
  scratch_put (s, "in/a.txt", DISPATCH);
  scratch_put (s, "in/b.txt", DISPATCH);
  scratch_put (s, "in/packed/in-the-archive.txt", DISPATCH);
  g_assert_cmpint (
    scratch_run (s, "cd in && bsdtar -acf all.zip -C packed in-the-archive.txt && bsdtar -acf all.tar.gz -C packed in-the-archive.txt && rm -r packed"), ==, 0);
  scratch_put (
    s, "in/all.warc",
    "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Date: 2024-03-05T10:20:30Z\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: http://wire.example/x/in-the-archive.txt\r\n"
    "Content-Type: text/plain\r\nContent-Length: 101\r\n\r\n" DISPATCH "\r\n\r\n");
  scratch_put (s, "home/old", "old\n");
  scratch_put (s, "home/old2", "old\n");
}

/* FALSE, with a word about it, where this build or kernel has no such thing. */
static gboolean
has (const char *means)
{
  g_autofree char *name = diglot_sandbox_name ();

  if (strstr (name, means) != NULL)
    return TRUE;
  g_test_message ("no %s: %s", means, name);
  return FALSE;
}

/* Runs @command with the intruder inside, where $INTRUDER_IN says, as the user @prefix makes it. */
static void
intrude (Scratch *s, const char *prefix, const char *where, const char *command)
{
  g_autofree char *tests = g_canonicalize_filename (g_test_get_dir (G_TEST_BUILT), NULL);
  g_autofree char *line =
    g_strdup_printf ("export INTRUDER=\"$PWD/home\" INTRUDER_IN='%s' XDG_CACHE_HOME=\"$PWD/cache\"; cd in && LD_PRELOAD='%s/intruder.so' %s \"$diglot\" %s",
                     where, tests, prefix, command);

  put_dispatches (s);
  put_documents (s);
  g_assert_cmpint (scratch_run (s, "chmod -R a+rwX ."), ==, 0);
  g_assert_cmpint (scratch_run (s, line), ==, 0);
  if (strstr (s->err, "intruder: that is all\n") == NULL)
    g_test_message ("%s: the intruder did not come to its end", command);
  g_assert_nonnull (strstr (s->err, "intruder: that is all\n"));
}

/* How the attempt @what went; NULL where it was none.  Free with g_free. */
static char *
dup_outcome (const Scratch *s, const char *what)
{
  g_autofree char *start = g_strdup_printf ("intruder: %s: ", what);
  const char      *at = strstr (s->err, start);

  return at != NULL ? g_strndup (at + strlen (start), strcspn (at + strlen (start), "\n")) : NULL;
}

/* An attempt is refused before its arguments are looked at: any other error says that it got through. */
static gboolean
is_refused (const char *outcome)
{
  return strcmp (outcome, "ENOSYS") == 0 || strcmp (outcome, "EPERM") == 0 || strcmp (outcome, "EACCES") == 0;
}

static const char *const file_attempts[] = { "new file", "nameless file", "new folder", "old file", "old file for both",
                                             "cut",      "remove",        "rename",     "exchange", "openat2" };

/* Every attempt was refused; where the kernel has no Landlock, those at files of a keeper's need not be. */
static void
check_closed (Scratch *s, guint at_least)
{
  g_auto (GStrv) lines = g_strsplit (s->err, "\n", -1);
  guint n = 0, passed = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], ": ", 3);

    if (g_strv_length (fields) != 3 || strcmp (fields[0], "intruder") != 0)
      continue;
    n++;
    if (is_refused (fields[2]) || (!has ("Landlock") && g_strv_contains (file_attempts, fields[1])))
      continue;
    passed++;
    g_test_message ("let through: %s: %s", fields[1], fields[2]);
  }
  g_assert_cmpuint (passed, ==, 0);
  g_assert_cmpuint (n, >=, at_least);
  if (has ("Landlock"))
    g_assert_cmpint (scratch_run (s, "test \"$(ls -m home)\" = \"old, old2\" && test \"$(cat home/old)\" = old"), ==, 0);
}

/* Root's privileges are no way out, nor does the sandbox want them. */
static void
try_as_users (Scratch *s, const char *where, const char *command, guint at_least)
{
  g_test_message ("%s: %s", where, command);
  intrude (s, "", where, command);
  check_closed (s, at_least);
  if (geteuid () != 0 || scratch_run (s, "setpriv --reuid=65534 --regid=65534 --clear-groups \"$diglot\" --version") != 0) {
    g_test_message ("one user only: there is no changing to another from here");
    return;
  }
  intrude (s, "setpriv --reuid=65534 --regid=65534 --clear-groups", where, command);
  check_closed (s, at_least);
}

/* In the process itself, in a worker of several, in a worker for its limits, below an output folder that is new. */
static void
test_intruder (Scratch *s, gconstpointer data)
{
  const char *const commands[] = {
    "a.txt", "-o ../out/x/ a.txt", "a.txt b.txt", "-o ../new/ .", "--timeout 50 a.txt", "--report ../r/report -t json -o ../j/a.json a.txt",
  };

  (void) data;
  if (!has ("seccomp")) {
    g_test_skip ("no seccomp");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    try_as_users (s, "keeper", commands[i], 90);
}

/* What reads a dispatch writes nothing, not even where the outputs go, and reads nothing but what a page is set with. */
static void
test_reader (Scratch *s, gconstpointer data)
{
  static const struct {
    const char *forks, *command;
  } runs[] = {
    { "1", "a.txt" },
    { "1", "--timeout 50 -o ../out/ a.txt" },
    { "1", "-t png -o ../p.png a.txt" },
    { "1", "--bundle -o ../all.pdf a.txt b.txt" },
    { "1", "-o ../d.pdf a.docx" },
    { "1", "-o ../h.pdf a.html" },
    { "2", "a.txt b.txt" },
    { "2", "--gallery ../gallery ." },
  };

  (void) data;
  if (!has ("seccomp")) {
    g_test_skip ("no seccomp");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++) {
    g_setenv ("INTRUDER_FORKS", runs[i].forks, TRUE);
    try_as_users (s, "reader", runs[i].command, 110);
  }
}

/* So does what lists an archive and unpacks it, for which nobody's file but the archive is there, and what reads a dispatch out of one. */
static void
test_archive (Scratch *s, gconstpointer data)
{
  /* The name is in the list of members, the text in what is unpacked; with several dispatches each has a reader below its worker. */
  static const struct {
    const char *forks, *mark, *command;
  } runs[] = {
    { "1", "in-the-archive", "-o ../out/ all.zip" },       { "1", "in-the-archive", "-o ../out/ all.tar.gz" },
    { "1", "in-the-archive", "-o ../out/ - <all.zip" },    { "1", "in-the-archive", "-o ../out/ all.warc" },
    { "1", "The harbour is open.", "-o ../out/ all.zip" }, { "1", "The harbour is open.", "--bundle -o ../b.pdf all.zip" },
    { "2", "%PDF-", "-o ../out/ all.tar.gz a.txt" },
  };

  (void) data;
  if (!has ("seccomp")) {
    g_test_skip ("no seccomp");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++) {
    g_setenv ("INTRUDER_FORKS", runs[i].forks, TRUE);
    g_setenv ("INTRUDER_MARK", runs[i].mark, TRUE);
    try_as_users (s, "reader", runs[i].command, 110);
  }
  g_unsetenv ("INTRUDER_MARK");
}

/* And so do the processes of a worker for other programs. */
static void
test_worker (Scratch *s, gconstpointer data)
{
  (void) data;
  if (!has ("seccomp")) {
    g_test_skip ("no seccomp");
    return;
  }
  scratch_put (s, "jobs", "{\"input\": \"a.txt\", \"output\": \"w.pdf\"}\n");
  g_setenv ("INTRUDER_FORKS", "2", TRUE);
  g_setenv ("INTRUDER_MARK", "%PDF-", TRUE);
  try_as_users (s, "reader", "--worker -o ../out/ <../jobs", 110);
  g_unsetenv ("INTRUDER_MARK");
  try_as_users (s, "keeper", "--worker -o ../out/ <../jobs", 90);
}

/* The same intruder without the sandbox: what it tries can be done, or gets as far as its arguments.  What this kernel has not cannot be
 * tried, and is told. */
static void
test_no_sandbox (Scratch *s, gconstpointer data)
{
  static const char *const possible[] = {
    "internet", "local socket", "mode", "symlink", "symlink beside", "new file", "new folder", "old file", "cut", "remove",
  };
  g_auto (GStrv) lines = NULL;

  (void) data;
  if (!has ("seccomp")) { /* a sanitizer's runtime must come before a shim */
    g_test_skip ("no seccomp");
    return;
  }
  intrude (s, "", "keeper", "--no-sandbox a.txt");
  for (guint i = 0; i < G_N_ELEMENTS (possible); i++) {
    g_autofree char *outcome = dup_outcome (s, possible[i]);

    g_test_message ("%s: %s", possible[i], outcome);
    g_assert_cmpstr (outcome, ==, "done");
  }
  lines = g_strsplit (s->err, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_suffix (lines[i], ": ENOSYS"))
      g_test_message ("this kernel has no such call: %s", lines[i]);
}

/* Where all is there, it can be asked for; a build without it refuses. */
static void
test_require (Scratch *s, gconstpointer data)
{
  (void) data;
  put_dispatches (s);
  if (has ("Landlock") && has ("seccomp")) {
    g_assert_cmpint (scratch_run (s, "diglot --sandbox=require in/a.txt && test -s in/a.pdf"), ==, 0);
    g_assert_cmpstr (s->err, ==, "");
  } else {
    g_assert_cmpint (scratch_run (s, "diglot --sandbox=require in/a.txt"), ==, 2);
    g_assert_nonnull (strstr (s->err, "--sandbox=require wants Landlock and seccomp"));
    g_assert_cmpint (scratch_run (s, "test -e in/a.pdf"), !=, 0);
  }
  g_assert_cmpint (scratch_run (s, "diglot --sandbox=never in/a.txt"), ==, 2);
  g_assert_nonnull (strstr (s->err, "--sandbox is auto, require or none"));
}

/* What is watched sets its dispatches in workers, and these are confined as well. */
static void
test_watch (Scratch *s, gconstpointer data)
{
  g_autofree char *tests = g_canonicalize_filename (g_test_get_dir (G_TEST_BUILT), NULL);
  g_autofree char *line = g_strdup_printf (
    "chmod -R a+rwX .; export INTRUDER=\"$PWD/home\" INTRUDER_IN=keeper; cd in; LD_PRELOAD='%s/intruder.so' timeout -k 2 30 \"$diglot\" --watch a.txt 2>log & "
    "for i in {1..100}; do grep -q 'that is all' log && break; sleep 0.1; done; kill $!; wait; cat log >&2",
    tests);

  (void) data;
  if (!has ("seccomp")) {
    g_test_skip ("no seccomp");
    return;
  }
  put_dispatches (s);
  scratch_run (s, line);
  check_closed (s, 90);
}

/* Outputs that are no plain files can be written to all the same. */
static void
test_streams (Scratch *s, gconstpointer data)
{
  (void) data;
  put_dispatches (s);
  g_assert_cmpint (scratch_run (s, "diglot -o /dev/stdout in/a.txt > plain && head -c 5 plain | grep -q %PDF-"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -o /dev/stdout in/a.txt | head -c 5 | grep -q %PDF-"), ==, 0);
  g_assert_cmpint (scratch_run (s, "mkfifo pipe; head -c 5 pipe > head & diglot -o pipe in/a.txt; wait; grep -q %PDF- head"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -o >(cat > third) in/a.txt && sleep 0.2 && head -c 5 third | grep -q %PDF-"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -o /dev/null in/a.txt"), ==, 0);
}

/* A folder below the output's that is a link to elsewhere is not written to, and it is said why. */
static void
test_linked (Scratch *s, gconstpointer data)
{
  (void) data;
  put_dispatches (s);
  if (!has ("Landlock")) {
    g_test_skip ("no Landlock");
    return;
  }
  g_assert_cmpint (
    scratch_run (s, "mkdir -p tree/far out elsewhere && cp in/a.txt tree && cp in/b.txt tree/far && ln -s ../elsewhere out/far && diglot -o out/ tree"), ==, 1);
  g_assert_nonnull (strstr (s->err, "a link leads out of the output folder, and there the sandbox lets nothing be written [output.unwritable]"));
  g_assert_cmpint (scratch_run (s, "test -s out/a.pdf && test -z \"$(ls elsewhere)\" && diglot --no-sandbox -o out/ tree && test -s elsewhere/b.pdf"), ==, 0);
}

/* --version tells what there is. */
static void
test_version (Scratch *s, gconstpointer data)
{
  g_autofree char *name = diglot_sandbox_name ();
  g_autofree char *expected = g_strdup_printf ("\nsandbox: %s\n", name);

  (void) data;
  g_assert_cmpint (scratch_run (s, "diglot --version"), ==, 0);
  g_assert_true (g_str_has_suffix (s->out, expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sandbox/intruder", Scratch, NULL, scratch_set_up, test_intruder, scratch_tear_down);
  g_test_add ("/sandbox/reader", Scratch, NULL, scratch_set_up, test_reader, scratch_tear_down);
  g_test_add ("/sandbox/archive", Scratch, NULL, scratch_set_up, test_archive, scratch_tear_down);
  g_test_add ("/sandbox/worker", Scratch, NULL, scratch_set_up, test_worker, scratch_tear_down);
  g_test_add ("/sandbox/no-sandbox", Scratch, NULL, scratch_set_up, test_no_sandbox, scratch_tear_down);
  g_test_add ("/sandbox/require", Scratch, NULL, scratch_set_up, test_require, scratch_tear_down);
  g_test_add ("/sandbox/watch", Scratch, NULL, scratch_set_up, test_watch, scratch_tear_down);
  g_test_add ("/sandbox/streams", Scratch, NULL, scratch_set_up, test_streams, scratch_tear_down);
  g_test_add ("/sandbox/linked", Scratch, NULL, scratch_set_up, test_linked, scratch_tear_down);
  g_test_add ("/sandbox/version", Scratch, NULL, scratch_set_up, test_version, scratch_tear_down);
  return g_test_run ();
}
