/* test_sandbox.c: who gets into the process that sets a dispatch finds no network, no program to run and no file to write but in the
 * outputs' folders.  Each thing is tried from inside, with the sandbox and, so that the trying is known to work, without it. */
#include "scratch.h"

#include "diglot.h"

#define DISPATCH "Harbour opens again\nThe harbour is open.\nإعادة فتح الميناء\nالميناء مفتوح.\n"

static void
put_dispatches (Scratch *s)
{
  scratch_put (s, "in/a.txt", DISPATCH);
  scratch_put (s, "in/b.txt", DISPATCH);
  scratch_put (s, "home/old", "old\n");
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

/* Runs @command with the intruder inside. */
static void
intrude (Scratch *s, const char *command)
{
  g_autofree char *tests = g_canonicalize_filename (g_test_get_dir (G_TEST_BUILT), NULL);
  g_autofree char *line = g_strdup_printf ("export INTRUDER=\"$PWD/home\"; cd in && LD_PRELOAD='%s/intruder.so' \"$diglot\" %s", tests, command);

  put_dispatches (s);
  g_assert_cmpint (scratch_run (s, line), ==, 0);
  g_assert_nonnull (strstr (s->err, "intruder: fork: done\n")); /* it was there, and its tongue is loose */
}

static void
check (Scratch *s, const char *what, const char *outcome)
{
  g_autofree char *line = g_strdup_printf ("intruder: %s: %s\n", what, outcome);

  if (strstr (s->err, line) == NULL)
    g_test_message ("wanted %s", line);
  g_assert_nonnull (strstr (s->err, line));
}

static void
check_closed (Scratch *s)
{
  static const char *const calls[] = { "internet", "local socket", "exec",      "trace",          "memory of another",
                                       "mode",     "symlink",      "hard link", "symlink beside", "device beside" };
  static const char *const files[] = { "new file", "new folder", "old file", "cut", "remove", "rename" };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    check (s, calls[i], "EPERM");
  for (guint i = 0; i < G_N_ELEMENTS (files) && has ("Landlock"); i++)
    check (s, files[i], "EACCES");
  if (has ("Landlock"))
    g_assert_cmpint (scratch_run (s, "test \"$(ls home)\" = old && test \"$(cat home/old)\" = old"), ==, 0);
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
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_test_message ("%s", commands[i]);
    intrude (s, commands[i]);
    check_closed (s);
  }
}

/* The same intruder without the sandbox: all that it tries can be done. */
static void
test_no_sandbox (Scratch *s, gconstpointer data)
{
  static const char *const possible[] = {
    "internet", "local socket", "new file", "new folder", "old file", "cut", "mode", "remove", "symlink", "symlink beside"
  };

  (void) data;
  if (!has ("seccomp")) {
    g_test_skip ("no seccomp");
    return;
  }
  intrude (s, "--no-sandbox a.txt");
  for (guint i = 0; i < G_N_ELEMENTS (possible); i++)
    check (s, possible[i], "done");
  check (s, "exec", "ENOENT");
}

/* What is watched sets its dispatches in workers, and these are confined as well. */
static void
test_watch (Scratch *s, gconstpointer data)
{
  g_autofree char *tests = g_canonicalize_filename (g_test_get_dir (G_TEST_BUILT), NULL);
  g_autofree char *line =
    g_strdup_printf ("export INTRUDER=\"$PWD/home\"; cd in; LD_PRELOAD='%s/intruder.so' timeout -k 2 30 \"$diglot\" --watch a.txt 2>log & "
                     "for i in {1..100}; do grep -q 'device beside' log && break; sleep 0.1; done; kill $!; wait; cat log >&2",
                     tests);

  (void) data;
  if (!has ("seccomp")) {
    g_test_skip ("no seccomp");
    return;
  }
  put_dispatches (s);
  scratch_run (s, line);
  check_closed (s);
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
  g_test_add ("/sandbox/no-sandbox", Scratch, NULL, scratch_set_up, test_no_sandbox, scratch_tear_down);
  g_test_add ("/sandbox/watch", Scratch, NULL, scratch_set_up, test_watch, scratch_tear_down);
  g_test_add ("/sandbox/streams", Scratch, NULL, scratch_set_up, test_streams, scratch_tear_down);
  g_test_add ("/sandbox/version", Scratch, NULL, scratch_set_up, test_version, scratch_tear_down);
  return g_test_run ();
}
