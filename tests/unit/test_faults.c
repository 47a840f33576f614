/* test_faults.c: what is around the program fails: the disk, the folder, the input, descriptors, memory, faces, the home.  Nothing is
 * half written, nobody's file is touched, and where nothing comes of it there is a message and an exit status. */
#include "scratch.h"

#define EN "Harbour opens again\nThe harbour is open since Sunday, 12 days after the storm.\nPilots are glad.\n"
#define AR "إعادة فتح الميناء\nالميناء مفتوح منذ يوم الأحد، بعد 12 يوماً من العاصفة.\nالمرشدون مسرورون.\n"

static void
set_up (Scratch *s, gconstpointer data)
{
  scratch_set_up (s, data);
  scratch_put (s, "a.txt", EN AR);
  scratch_put (s, "in/a.txt", EN AR);
  scratch_put (s, "in/b.txt", EN AR AR);
  scratch_put (s, "in/c.txt", AR EN);
}

/* Runs @script, in which "fault WHAT COMMAND" is the program with what shims/faults.c does below it.  A PDF that is not whole is found
 * by "whole". */
static int
run (Scratch *s, const char *script)
{
  g_autofree char *tests = g_canonicalize_filename (g_test_get_dir (G_TEST_BUILT), NULL);
  g_autofree char *line =
    g_strdup_printf ("fault () { local what=$1; shift; FAULT=$what LD_PRELOAD='%s/faults.so' \"$@\"; }; "
                     "whole () { local f; for f; do test \"$(head -c 5 \"$f\")\" = %%PDF- && test \"$(tail -c 6 \"$f\")\" = %%%%EOF || return 1; done; }; %s",
                     tests, script);

  return scratch_run (s, line);
}

/* Sanitizers want to be loaded before anything else, and what measures coverage writes files of its own. */
static gboolean
skips_shim (void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(DG_COVERAGE)
  g_test_skip ("not with what is built in here");
  return TRUE;
#else
  return FALSE;
#endif
}

/* Runs @script as root of namespaces of its own, where "mount" works; FALSE where nobody may have such. */
static gboolean
run_mounted (Scratch *s, const char *script, int status)
{
  g_autofree char *quoted = g_shell_quote (script);
  g_autofree char *line = g_strdup_printf ("export -f diglot; export diglot; unshare -rm bash -c %s", quoted);

  if (scratch_run (s, "unshare -rm mount -t tmpfs none in 2>/dev/null") != 0) {
    g_test_skip ("no namespaces here");
    return FALSE;
  }
  g_assert_cmpint (scratch_run (s, line), ==, status);
  return TRUE;
}

/* A disk that is full after any number of bytes: a message, no file, nothing left beside, and what was there stays. */
static void
test_full (Scratch *s, gconstpointer data)
{
  static const int room[] = { 0, 1, 100, 4096 };

  (void) data;
  if (skips_shim ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (room); i++) {
    g_autofree char *line = g_strdup_printf ("mkdir -p out; echo old > out/a.pdf; fault full:%d \"$diglot\" -o out/a.pdf a.txt", room[i]);

    g_assert_cmpint (run (s, line), ==, 1);
    g_assert_cmpstr (s->err, ==, "out/a.pdf: error: cannot be written: No space left on device [output.unwritable]\n");
    g_assert_cmpint (run (s, "test \"$(ls -A out)\" = a.pdf && test \"$(cat out/a.pdf)\" = old"), ==, 0);
  }
  /* In a batch one fails as all do; the records and the report are outputs as well. */
  g_assert_cmpint (run (s, "rm -rf out; fault full:100 \"$diglot\" --report r -o out/ in"), ==, 1);
  g_assert_cmpint (run (s, "! ls out/*.pdf && test ! -e r && test -z \"$(ls -A out | grep tmp)\""), ==, 0);
}

static void
test_disk (Scratch *s, gconstpointer data)
{
  (void) data;
  if (!run_mounted (s, "mkdir out && mount -t tmpfs -o size=8k none out && diglot -o out/a.pdf a.txt; status=$?; ls -A out; exit $status", 1))
    return;
  g_assert_cmpstr (s->out, ==, "");
  g_assert_cmpstr (s->err, ==, "out/a.pdf: error: cannot be written: No space left on device [output.unwritable]\n");
  run_mounted (s, "mount -t tmpfs none out && mount -o remount,ro out && diglot -o out/a.pdf a.txt", 1);
  g_assert_cmpstr (s->err, ==, "out/a.pdf: error: cannot be written: Read-only file system [output.unwritable]\n");
  run_mounted (s, "mount -t tmpfs none out && mount -o remount,ro out && diglot -o out/x/y/ in; test $? = 1 && ! ls out/x", 0);
  /* What the file size may be at most: no signal ends the program. */
  g_assert_cmpint (scratch_run (s, "ulimit -f 4; diglot -o b.pdf a.txt"), ==, 1);
  g_assert_true (g_str_has_prefix (s->err, "b.pdf: error: cannot be written: File too large [output.unwritable]\n"));
  g_assert_cmpint (scratch_run (s, "test ! -e b.pdf && test -z \"$(ls -A | grep tmp)\""), ==, 0);
}

/* What stands in the output's place. */
static void
test_places (Scratch *s, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (s, "mkdir a.pdf && diglot a.txt"), ==, 1);
  g_assert_cmpstr (s->err, ==, "a.pdf: error: cannot be written: Is a directory [output.unwritable]\n");
  g_assert_cmpint (scratch_run (s, "rmdir a.pdf; diglot -o a.txt/b.pdf a.txt"), ==, 1);
  /* A link is replaced, whatever it leads to, and what it leads to is not touched. */
  g_assert_cmpint (run (s, "echo precious > far; ln -s far a.pdf; diglot a.txt && test ! -L a.pdf && whole a.pdf && test \"$(cat far)\" = precious"), ==, 0);
  g_assert_cmpint (run (s, "ln -sf nowhere a.pdf; diglot a.txt && test ! -L a.pdf && whole a.pdf && test ! -e nowhere"), ==, 0);
  g_assert_cmpint (run (s, "rm a.pdf; ln -s a.pdf a.pdf; diglot a.txt && test ! -L a.pdf && whole a.pdf"), ==, 0);
  g_assert_cmpint (run (s, "rm a.pdf; ln far a.pdf; diglot a.txt && whole a.pdf && test \"$(cat far)\" = precious"), ==, 0);
}

/* What happens to an input while it is read. */
static void
test_inputs (Scratch *s, gconstpointer data)
{
  (void) data;
  if (skips_shim ())
    return;
  g_assert_cmpint (run (s, "fault vanish \"$diglot\" in"), ==, 1);
  g_assert_cmpstr (scratch_messages (s), ==, "in/b.txt: error: cannot be read: No such file or directory [input.unreadable]\n");
  g_assert_cmpint (run (s, "whole in/a.pdf in/c.pdf && test ! -e in/b.pdf"), ==, 0);

  g_assert_cmpint (run (s, "yes 'The harbour is open.' | head -n 8000 > a.txt; fault cut \"$diglot\" a.txt && whole a.pdf"), ==, 0);
  g_assert_cmpint (run (s, "rm a.pdf; echo 'The harbour is open.' > a.txt; fault grow \"$diglot\" --timeout 50 a.txt"), ==, 1);
  g_assert_cmpstr (s->err, ==, "a.txt: error: larger than 64 MiB [input.limit]\n");
  g_assert_cmpint (run (s, "test ! -e a.pdf"), ==, 0);
  g_assert_cmpint (scratch_run (s, "mkdir d.txt; diglot d.txt"), ==, 1);
}

/* SIGKILL before each call that changes files, in the program and in its workers: what stands in the output's place is what was there
 * or the whole new file, and the next run makes the rest and leaves nothing behind. */
static void
test_kill (Scratch *s, gconstpointer data)
{
  static const char *const commands[] = { "-o out/ in/a.txt", "-j 1 -u --report out/report -o out/ in", "-t json -o out/a.json in/a.txt" };

  (void) data;
  if (skips_shim ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    guint    n;
    gboolean was_killed = TRUE;

    for (n = 1; was_killed; n++) {
      g_autofree char *line = g_strdup_printf ("rm -rf out; mkdir out; echo old > out/a.pdf; export FAULT_MARK=\"$PWD/out/mark\"; "
                                               "fault kill:%u \"$diglot\" %s 2>/dev/null; test -e out/mark",
                                               n, commands[i]);

      was_killed = run (s, line) == 0;
      g_assert_cmpint (
        run (
          s,
          "rm -f out/mark; for f in out/*.pdf out/*.json; do test ! -e $f || test \"$(cat $f | tr -d '\\0')\" = old || whole $f || grep -q '^{.*}$' $f || exit 1; done"),
        ==, 0);
      g_assert_cmpint (run (s, "! ls -A out | grep -vE '^(\\.diglot-|report$|[abc]\\.(pdf|json)$)'"), ==, 0);
      g_assert_cmpint (run (s, "diglot -u -o out/ in && whole out/*.pdf && test $(ls out/*.pdf | wc -l) = 3"), ==, 0);
      g_assert_cmpint (run (s, "! ls -A out | grep tmp"), ==, 0);
      g_assert_cmpuint (n, <, 200);
    }
    g_assert_cmpuint (n, >, 3); /* the shim did meet writes */
  }
}

/* Whenever a batch is ended or a dispatch's time is over: what stands there is told as set, and nothing else is. */
static void
test_told (Scratch *s, gconstpointer data)
{
  static const char *const commands[] = {
    "fault linger exec \"$diglot\" -j2 -o out/ --report r --manifest m in & for i in {1..500}; do ls out/*.pdf && break; sleep .01; done > seen; kill -TERM $!; wait $!; test $? = 143 -a -s seen",
    "fault linger \"$diglot\" -j2 --timeout .8 -o out/ --report r --manifest m in; test $? -le 1",
  };

  (void) data;
  if (skips_shim ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *line = g_strdup_printf ("rm -rf out; %s", commands[i]);

    g_assert_cmpint (run (s, line), ==, 0);
    g_assert_cmpint (
      run (s,
           "whole out/*.pdf && sha256sum --quiet -c m && test $(ls out/*.pdf | wc -l) = $(wc -l < m) && test $(grep -c '\"status\":\"set\"' r) = $(wc -l < m)"),
      ==, 0);
  }
}

/* Memory that is refused ends the worker, and that its one dispatch. */
static void
test_memory (Scratch *s, gconstpointer data)
{
  (void) data;
  if (skips_shim ())
    return;
  scratch_put (s, "in/b.txt", EN AR);
  g_assert_cmpint (run (s, "for i in {1..3000}; do echo 'The harbour is open.'; done >> in/b.txt; fault memory \"$diglot\" -o out/ in"), ==, 1);
  g_assert_nonnull (strstr (s->err, "in/b.txt: error: "));
  g_assert_null (strstr (s->err, "in/a.txt: error: "));
  g_assert_cmpint (run (s, "whole out/a.pdf out/c.pdf && test ! -e out/b.pdf && test -z \"$(ls -A out | grep tmp)\""), ==, 0);
}

/* Any number of descriptors: a PDF, or a message and an exit status; never a signal. */
static void
test_descriptors (Scratch *s, gconstpointer data)
{
  gboolean was_made = FALSE;

  (void) data;
  for (guint n = 4; n < 24; n++) {
    g_autofree char *alone = g_strdup_printf ("ulimit -n %u; rm -rf out a.pdf; diglot a.txt", n);
    g_autofree char *several = g_strdup_printf ("ulimit -n %u; rm -rf out; diglot -j 2 -o out/ in", n);
    int              status = scratch_run (s, alone);

    g_assert_cmpint (status, <=, 127);
    g_assert_true ((status == 0) == (run (s, "test -e a.pdf && whole a.pdf") == 0));
    was_made = was_made || status == 0;
    status = scratch_run (s, several);
    g_assert_cmpint (status, <=, 127);
    g_assert_cmpint (run (s, "for f in out/*.pdf out/*.json; do test ! -e $f || test ! -e $f || whole $f || exit 1; done"), ==, 0);
  }
  g_assert_true (was_made);
}

static void
test_streams (Scratch *s, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (s, "diglot -o - a.txt >&-"), ==, 1);
  g_assert_cmpint (scratch_run (s, "diglot -o - a.txt > /dev/full"), ==, 1);
  g_assert_cmpstr (s->err, ==, "<stdout>: error: cannot be written: No space left on device [output.unwritable]\n");
  g_assert_cmpint (scratch_run (s, "diglot --report - -o out/ in > /dev/full"), ==, 1);
  g_assert_cmpint (run (s, "whole out/*.pdf"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot nothing.txt 2> /dev/full"), ==, 1);
  g_assert_cmpint (scratch_run (s, "diglot -o - a.txt | true; test ${PIPESTATUS[0]} != 0 -o ${PIPESTATUS[0]} != 139"), ==, 0);
}

/* Without faces nothing can be set, and the message names the package; without dictionaries lines break at spaces. */
static void
test_data (Scratch *s, gconstpointer data)
{
  (void) data;
  if (
    !run_mounted (
      s,
      "mount -t tmpfs none /usr/share/hyphen && mount -t tmpfs none /usr/share/hunspell 2>/dev/null; XDG_CACHE_HOME=$PWD/cache diglot a.txt && head -c 5 a.pdf | grep -q %PDF-",
      0))
    return;
  run_mounted (s, "mount -t tmpfs none /usr/share/fonts && XDG_CACHE_HOME=$PWD/cache diglot -o b.pdf a.txt; status=$?; test ! -e b.pdf && exit $status", 2);
  g_assert_nonnull (strstr (s->err, "[font.missing-face]"));
  g_assert_nonnull (strstr (s->err, "fonts-"));
  g_assert_cmpint (scratch_run (s, "DIGLOT_DATADIR=/nowhere diglot -o c.pdf a.txt; test $? = 2 && test ! -e c.pdf"), ==, 0);
}

/* A clock that is set back while a batch runs: nothing waits for it, no time is over before it has begun, and what was made is known again. */
static void
test_clock (Scratch *s, gconstpointer data)
{
  (void) data;
  if (skips_shim ())
    return;
  g_assert_cmpint (
    run (
      s,
      "diglot -q -o plain/ in/c.txt a.txt && fault clock timeout -s KILL 60 $diglot -j2 -q -o out/ --times --report r in/c.txt a.txt && "
      "diff -r -x '.diglot*' plain out && ! grep -q '\"ms\":-' r && fault clock timeout -s KILL 60 $diglot -u -q -o out/ --report - in/c.txt a.txt | grep -c '\"status\":\"kept'"),
    ==, 0);
  g_assert_cmpstr (s->out, ==, "2\n");
}

/* No home, no cache, a strange locale or none: the same bytes. */
static void
test_surroundings (Scratch *s, gconstpointer data)
{
  static const char *const surroundings[] = {
    "HOME=/nowhere XDG_CACHE_HOME=",
    "-u HOME -u XDG_CACHE_HOME",
    "HOME=/proc XDG_CACHE_HOME=/proc/1",
    "XDG_CACHE_HOME=/dev/null",
    "XDG_CACHE_HOME=cache",
    "XDG_CACHE_HOME=$PWD/a.txt",
    "-i ASAN_OPTIONS=detect_leaks=0",
    "LC_ALL=xx_XX.bogus",
    "LC_ALL=C",
    "LANG=tr_TR.UTF-8 LC_ALL=",
    "LC_ALL=de_DE.ISO-8859-1 LANGUAGE=de:ar",
    "TMPDIR=/nowhere",
    "TZ=Asia/Kathmandu",
    "LC_ALL=../../etc/passwd",
  };

  (void) data;
  g_assert_cmpint (scratch_run (s, "diglot -o first.pdf a.txt"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (surroundings); i++) {
    g_autofree char *line = g_strdup_printf ("env %s \"$diglot\" -o other.pdf a.txt && cmp first.pdf other.pdf", surroundings[i]);

    g_assert_cmpint (scratch_run (s, line), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/full", Scratch, NULL, set_up, test_full, scratch_tear_down);
  g_test_add ("/faults/disk", Scratch, NULL, set_up, test_disk, scratch_tear_down);
  g_test_add ("/faults/places", Scratch, NULL, set_up, test_places, scratch_tear_down);
  g_test_add ("/faults/inputs", Scratch, NULL, set_up, test_inputs, scratch_tear_down);
  g_test_add ("/faults/told", Scratch, NULL, set_up, test_told, scratch_tear_down);
  g_test_add ("/faults/kill", Scratch, NULL, set_up, test_kill, scratch_tear_down);
  g_test_add ("/faults/memory", Scratch, NULL, set_up, test_memory, scratch_tear_down);
  g_test_add ("/faults/descriptors", Scratch, NULL, set_up, test_descriptors, scratch_tear_down);
  g_test_add ("/faults/streams", Scratch, NULL, set_up, test_streams, scratch_tear_down);
  g_test_add ("/faults/data", Scratch, NULL, set_up, test_data, scratch_tear_down);
  g_test_add ("/faults/clock", Scratch, NULL, set_up, test_clock, scratch_tear_down);
  g_test_add ("/faults/surroundings", Scratch, NULL, set_up, test_surroundings, scratch_tear_down);
  return g_test_run ();
}
