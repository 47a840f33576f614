/* Large batches as archives run them: outputs in one archive, lists and counts, equal inputs, early ends; nothing is passed over in silence. */
#include "scratch.h"

#include <unistd.h>

static void
put_dispatches (Scratch *f, const char *folder, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("%s/%c/%03u.txt", folder, "abc"[i % 3], i);
    g_autofree char *text = g_strdup_printf ("Market hall number %u opens\n"
                                             "The market hall opens on Sunday, after %u weeks of repairs.\n"
                                             "افتتاح السوق رقم %u\n"
                                             "تفتح السوق أبوابها يوم الأحد بعد %u أسبوعاً من الترميم.\n",
                                             i, i, i, i);

    scratch_put (f, name, text);
  }
}

static void
check_run (Scratch *f, int status, const char *script)
{
  g_test_message ("%s", script);
  g_assert_cmpint (scratch_run (f, script), ==, status);
}

static const char *const kinds[] = { "tar", "tar.zst", "zip" };

/* An archive holds what the folder does, in the order of the inputs, and is the same whatever the number of workers. */
static void
test_whole (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 12);
  check_run (f, 0, "diglot -o folder/ in; rm folder/.diglot-*; (cd folder; find . -name '*.pdf' | cut -c3- | sort) > names; wc -l < names");
  g_assert_cmpstr (f->out, ==, "12\n");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *line = g_strdup_printf ("diglot -j1 -o new/x.%s in && diglot -j3 -o y.%s in && cmp new/x.%s y.%s && bsdtar tf y.%s | cmp - names && "
                                             "rm -rf got && mkdir got && bsdtar xf y.%s -C got && diff -r folder got && ! ls new/*.part*",
                                             kinds[i], kinds[i], kinds[i], kinds[i], kinds[i], kinds[i]);

    check_run (f, 0, line);
  }
  /* On standard output it is a tar. */
  check_run (f, 0, "diglot -o - in | cmp - y.tar && diglot -t svg -o s.tar in/a && bsdtar tf s.tar | head -n 1");
  g_assert_cmpstr (f->out, ==, "000.svg\n");
  /* The report names members; names that no charset of the locale has are kept. */
  check_run (f, 0, "mkdir u; cp in/a/000.txt u/خبر.txt; LC_ALL=C diglot -o u.tar --report - u | grep -o 'u.tar!خبر.pdf'; LC_ALL=C.UTF-8 bsdtar tf u.tar");
  g_assert_cmpstr (f->out, ==, "u.tar!خبر.pdf\nخبر.pdf\n");
}

/* What was killed is taken up, and the archive is that of a clean run; what is whole is kept. */
static void
test_taken_up (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 40);
  scratch_put (f, "in/b/wrong.txt", "");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *line =
      g_strdup_printf ("diglot -o clean.%s in; for t in .06 .1 .15; do \"$diglot\" -j1 -u -o x.%s in & sleep $t; kill -9 $!; wait $!; done; "
                       "diglot -u -o x.%s in; cmp x.%s clean.%s && ! ls x.%s.part*",
                       kinds[i], kinds[i], kinds[i], kinds[i], kinds[i], kinds[i]);

    check_run (f, 0, line);
  }
  check_run (f, 1, "diglot -u -o x.tar.zst --report r.jsonl in");
  check_run (f, 0, "tail -n 1 r.jsonl; cmp x.tar.zst clean.tar.zst");
  g_assert_cmpstr (f->out, ==, "{\"total\":{\"found\":41,\"set\":0,\"kept\":40,\"failed\":1}}\n");
  /* One is altered, one comes new, one goes. */
  check_run (f, 1, "echo 'More of it.' >> in/a/000.txt; cp in/c/002.txt in/a/new.txt; rm in/b/001.txt; diglot -u -o x.tar.zst --report r.jsonl in");
  check_run (f, 0, "tail -n 1 r.jsonl; diglot -o clean2.tar.zst in; cmp x.tar.zst clean2.tar.zst");
  g_assert_cmpstr (f->out, ==, "{\"total\":{\"found\":41,\"set\":2,\"kept\":38,\"failed\":1}}\n");
  /* What somebody wrote into is not taken over. */
  check_run (f, 0,
             "printf X | dd of=x.tar.zst bs=1 seek=3000 conv=notrunc; diglot -u -o x.tar.zst --report r.jsonl in; cmp x.tar.zst clean2.tar.zst && "
             "grep -c '\"status\":\"set\"' r.jsonl");
  g_assert_cmpstr (f->out, ==, "1\n");
}

/* A signal leaves what was made, and no archive; one that cannot be written ends the batch. */
static void
test_not_whole (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 300);
  check_run (f, 128 + SIGTERM, "\"$diglot\" -j2 -o x.tar in & for i in {1..500}; do test -s x.tar.part && break; sleep .01; done; kill $!; wait $!");
  g_assert_nonnull (strstr (f->err, "x.tar: warning: not whole; what was made lies beside it as NAME.part, and --update takes it up [output.partial]\n"));
  check_run (f, 0,
             "test ! -e x.tar -a -s x.tar.part && diglot -u -o x.tar --report r.jsonl in && grep -q kept r.jsonl && diglot -o y.tar in && cmp x.tar y.tar");
  check_run (f, 1, "diglot -o - in > /dev/full");
  g_assert_nonnull (strstr (f->err, "<stdout>: error: cannot be written: No space left on device [output.unwritable]\n"));
  check_run (f, 2, "diglot -o no/folder/x.tar --gallery g in");
  /* Of two runs at once one is refused, and nothing of the other is lost; what is no part of ours stays. */
  check_run (f, 2, "flock x.tar.part \"$diglot\" -o x.tar in");
  g_assert_cmpstr (scratch_messages (f), ==, "diglot: error: x.tar cannot be written: another run is writing it [output.unwritable]\n");
  check_run (f, 2, "cp x.tar there; ln -s there z.tar.part; diglot -o z.tar in; s=$?; cmp x.tar there; exit $s");
  check_run (f, 2, "diglot -u -o - in > x");
  check_run (f, 2, "bsdtar cf in.tar in; cp in.tar before; diglot -o in.tar in.tar");
  check_run (f, 0, "cmp in.tar before");
}

/* What comes by a pipe may be an archive; a single file may be packed. */
static void
test_piped (Scratch *f, gconstpointer data)
{
  static const char *const packings[][2] = { { "gz", "gzip -c" }, { "xz", "xz -c" }, { "zst", "zstd -qc" }, { "bz2", "bzip2 -c" } };

  (void) data;
  put_dispatches (f, "in", 6);
  check_run (f, 0,
             "diglot -o want.tar in; cd in; for k in tar zip 7zip; do find . -type f | sort | bsdtar cf ../in.${k/7zip/7z} --format ${k/tar/ustar} -T -; done");
  check_run (
    f, 0,
    "for i in in.tar in.zip in.7z; do cat $i | diglot -o got.tar - && diglot -o two.tar - < $i && cmp got.tar want.tar && cmp two.tar want.tar || exit 3; done; "
    "gzip -c in.tar | diglot -o - - | cmp - want.tar");
  check_run (f, 0, "cat in.tar | diglot --check --report - - | head -n 1 | grep -o '<stdin>!a/000.txt'");
  check_run (f, 1, "head -c 6000 in.tar | diglot --expect 4 -o cut/ -");
  g_assert_nonnull (strstr (f->err, "<stdin>: error: cannot be read: "));
  check_run (f, 2, "cat in.tar | diglot -");
  g_assert_cmpstr (scratch_messages (f), ==, "diglot: error: --output names the folder for what is made from the archive <stdin> [usage.option]\n");
  for (guint i = 0; i < G_N_ELEMENTS (packings); i++) {
    g_autofree char *line =
      g_strdup_printf ("mkdir p%u && %s in/a/000.txt > p%u/news.txt.%s && diglot p%u/news.txt.%s && cp in/a/000.txt news.txt && diglot news.txt && "
                       "cmp news.pdf p%u/news.pdf",
                       i, packings[i][1], i, packings[i][0], i, packings[i][0], i);

    g_autofree char *tool = g_strdup_printf ("command -v %.*s", (int) strcspn (packings[i][1], " "), packings[i][1]);

    if (scratch_run (f, tool) == 0)
      check_run (f, 0, line);
  }
  check_run (f, 1, "diglot --check --limit entries=3 in.tar");
  g_assert_nonnull (strstr (f->err, "in.tar: error: has more than 3 entries; --limit entries=N allows more [input.limit]\n"));
}

/* Lists with NULs, from standard input and by name. */
static void
test_lists (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 6);
  check_run (
    f, 0, "mv in/a/000.txt $'in/a/new\\nline.txt'; find in -name '*.txt' -print0 | diglot -o out/ @-0; find out -name '*.pdf' -print0 | tr -dc '\\0' | wc -c");
  g_assert_cmpstr (f->out, ==, "6\n");
  check_run (f, 0, "find in -name '*.txt' -print0 > list; diglot -0 -o two/ @list && diff -r out two");
  check_run (f, 2, "diglot -o three/ @list");
  g_assert_cmpstr (scratch_messages (f), ==,
                   "diglot: error: the list list has a NUL in it, which no file's name has; --null reads names that end in one [usage.option]\n");
  check_run (f, 2, "tr '\\0' x < /dev/zero | head -c 100000 | diglot -o three/ @-");
  g_assert_cmpstr (scratch_messages (f), ==, "diglot: error: the list - has a name longer than any file's [usage.option]\n");
}

/* What cannot be looked at is a dispatch that fails. */
static void
test_closed (Scratch *f, gconstpointer data)
{
  const char *as = geteuid () == 0 ? "setpriv --reuid=65534 --clear-groups env HOME=$PWD" : "";

  (void) data;
  put_dispatches (f, "in", 6);
  g_autofree char *listed = g_strdup_printf ("chmod 444 in/b; mkdir out; chmod 777 . out; %s \"$diglot\" -o out/ in", as);
  g_autofree char *closed = g_strdup_printf ("chmod 000 in/b; %s \"$diglot\" -o out/ in", as);

  check_run (f, 1, listed);
  g_assert_nonnull (strstr (f->err, "in/b/001.txt: error: cannot be read: Permission denied [input.unreadable]\n"));
  g_assert_nonnull (strstr (f->err, "in/b/004.txt: error: cannot be read: Permission denied [input.unreadable]\n"));
  check_run (f, 1, closed);
  g_assert_nonnull (strstr (f->err, "in/b: error: cannot be read: Permission denied [input.unreadable]\n"));
  check_run (f, 1, "chmod 755 in/b; ln -s nowhere in/a/gone.txt; diglot -o out/ in");
  g_assert_nonnull (strstr (f->err, "in/a/gone.txt: error: cannot be read: No such file or directory [input.unreadable]\n"));
}

static void
test_counts (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 9);
  check_run (f, 0, "diglot --check --expect 9 in && diglot --check --expect 9 --shard 2/3 in");
  check_run (f, 1, "diglot -o out/ --expect 10 in; s=$?; find out -name '*.pdf' | wc -l; exit $s");
  g_assert_cmpstr (f->out, ==, "9\n");
  g_assert_cmpstr (scratch_messages (f), ==, "diglot: error: 10 dispatches were expected, and there are 9 [input.count]\n");
  check_run (f, 0, "diglot --check --report - in in/a/000.txt @<(printf 'in/b/001.txt\\nin/b/001.txt\\n') | tail -n 1");
  g_assert_cmpstr (f->out, ==, "{\"total\":{\"found\":12,\"twice\":1,\"set\":11,\"kept\":0,\"failed\":0}}\n");
}

static void
test_equal (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 3);
  check_run (
    f, 0,
    "cp in/a/000.txt in/b/twin.txt; cp in/a/000.txt in/c/triplet.txt; diglot --dedupe -o out/ --report r.jsonl in; grep same r.jsonl; find out -name '*.pdf' | sort");
  g_assert_cmpstr (f->out, ==,
                   "{\"n\":3,\"input\":\"in/b/twin.txt\",\"status\":\"same\",\"same_as\":1}\n"
                   "{\"n\":5,\"input\":\"in/c/triplet.txt\",\"status\":\"same\",\"same_as\":1}\n"
                   "{\"total\":{\"found\":5,\"set\":3,\"kept\":0,\"same\":2,\"failed\":0}}\n"
                   "out/a/000.pdf\nout/b/001.pdf\nout/c/002.pdf\n");
  /* One with another picture is another; of one that fails all fail. */
  check_run (
    f, 1,
    "cp $samples/../fuzz/seeds/picture/t0.png in/c/triplet.png; : > in/a/x.txt; : > in/a/y.txt; diglot --dedupe -o two/ --report r.jsonl in; s=$?; tail -n 1 r.jsonl; exit $s");
  g_assert_cmpstr (f->out, ==, "{\"total\":{\"found\":7,\"set\":4,\"kept\":0,\"same\":1,\"failed\":2}}\n");
}

/* A report may be a database, and merged ones are the whole's. */
static void
test_table (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 9);
  check_run (f, 1, ": > in/a/bad.txt; diglot -o out/ --report whole.sqlite in; s=$?; diglot -o out/ --report whole.jsonl in; exit $s");
  check_run (
    f, 0,
    "sqlite3 whole.sqlite \"select n, output, status, pages, beads from dispatches where n = 1\" \"select input from dispatches where status = 'failed'\" "
    "\"select code, count (*) from messages where severity = 'error'\" \"select found, done, kept, failed from total\"");
  g_assert_cmpstr (f->out, ==, "1|out/a/000.pdf|set|1|1\nin/a/bad.txt\nparse.empty|1\n10|9|0|1\n");
  check_run (
    f, 0,
    "for k in 1 2 3; do diglot -o out/ --shard $k/3 --report $k.sqlite in; done; diglot --merge-reports -o m.sqlite ?.sqlite && cmp m.sqlite whole.sqlite && "
    "diglot --merge-reports 3.sqlite 1.sqlite 2.sqlite | cmp - whole.jsonl");
  check_run (f, 2, "echo no database > x.sqlite; diglot --merge-reports x.sqlite");
  g_assert_cmpstr (f->err, ==, "diglot: error: x.sqlite: cannot be read: file is not a database [input.unreadable]\n");
}

static void
test_fan_out (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 6);
  check_run (f, 0,
             "diglot --fan-out 2 -o out/ in && diglot -u --fan-out 2 -o out/ --report - in | grep -c '\"status\":\"kept\"'; "
             "find out -name '*.pdf' | while read p; do n=${p:7}; test ${p:4:2} = $(printf %s ${n/%.pdf/.txt} | sha256sum | cut -c1-2) && echo right; done");
  g_assert_cmpstr (f->out, ==, "6\nright\nright\nright\nright\nright\nright\n");
  check_run (f, 2, "diglot --fan-out 9 -o out/ in");
}

static void
test_stops (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 60);
  check_run (f, 1, "for i in in/*/*.txt; do : > $i; done; diglot -j1 --max-failures 5 -o out/ --report r.jsonl in; s=$?; wc -l < r.jsonl; exit $s");
  g_assert_cmpstr (f->out, ==, "6\n");
  g_assert_nonnull (strstr (f->err, "diglot: error: no more is begun: 5 failed, as --max-failures allows [batch.stopped]\n"));
}

/* Parts of equal size have every dispatch once, whatever there is beside one that is large, in a folder and in an archive. */
static void
test_by_size (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 9);
  check_run (
    f, 0,
    "for i in {1..40}; do echo; echo \"The hall number $i is open again after the storm, as the town says.\"; done >> in/a/000.txt; tar cf in.tar -C in .; "
    "for what in in in.tar; do for k in 1 2 3; do diglot --check -q --shard $k/3 --shard-by size --report r$k $what & done; wait; "
    "diglot --check -q --report whole $what; diglot --merge-reports r1 r2 r3 | cmp - whole || exit; for k in 1 2 3; do echo $(grep -c input r$k); done; grep -l a/000 r?; done");
  g_assert_cmpstr (f->out, ==, "3\n3\n3\nr1\n3\n3\n3\nr1\n");
  check_run (f, 2, "diglot --check --shard 1/2 --shard-by weight in");
  check_run (f, 2, "diglot --check --shard-by size in");
}

/* Who removes the output folder is told that something is missing, whether what comes later can be written or not; -u makes all again. */
static void
test_removed (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 200);
  check_run (f, 0, "diglot --no-sandbox -o whole/ -q in");
  for (guint i = 0; i < 2; i++) {
    g_autofree char *script =
      g_strdup_printf ("\"$diglot\" -j2 -o out/ %s in & p=$!; for i in {1..500}; do ls out/*/*.pdf && break; sleep .01; done > seen 2>&1; "
                       "mv out gone; wait $p",
                       i == 0 ? "" : "--no-sandbox");

    check_run (f, 1, script);
    g_assert_nonnull (strstr (f->err, "out/: error: was removed while it was written to; --update makes again what went with it [output.unwritable]\n"));
    check_run (f, 0, "diglot -u -q -o out/ in && diff -r -x '.diglot*' whole out && rm -r out gone");
  }
}

/* A worker that somebody else ends is not its dispatch's fault, the first time. */
static void
test_second_try (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 200);
  check_run (
    f, 0,
    "\"$diglot\" -j2 -o out/ in & p=$!; for i in {1..500}; do ls out/*/*.pdf && break; sleep .01; done > seen 2>&1; pkill -9 -o -P $p; sleep .05; pkill -9 -o -P $p; "
    "wait $p");
  g_assert_cmpstr (scratch_messages (f), ==, "");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Scratch *, gconstpointer);
  } tests[] = {
    { "whole", test_whole },   { "taken-up", test_taken_up },     { "not-whole", test_not_whole }, { "piped", test_piped },     { "lists", test_lists },
    { "closed", test_closed }, { "counts", test_counts },         { "equal", test_equal },         { "table", test_table },     { "fan-out", test_fan_out },
    { "stops", test_stops },   { "second-try", test_second_try }, { "by-size", test_by_size },     { "removed", test_removed },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/pack/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, scratch_set_up, tests[i].test, scratch_tear_down);
  }
  return g_test_run ();
}
