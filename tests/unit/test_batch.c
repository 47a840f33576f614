/* test_batch.c: many dispatches: one that fails stops no other; results come in the order of the inputs whatever the number of
 * workers; shards make the whole; what is made already is passed over; what was killed is taken up again. */
#include "diglot.h"
#include "batch/shard.h"
#include "scratch.h"
#include "batch/worker.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* A short dispatch that no other number gives. */
static char *
dup_dispatch (guint number)
{
  return g_strdup_printf ("Ferry number %u is running again\n"
                          "The ferry has been running again since Sunday, after %u days in the dock.\n"
                          "عودة العبّارة رقم %u\n"
                          "عادت العبّارة إلى العمل منذ يوم الأحد بعد %u يوماً في الحوض.\n",
                          number, number, number, number);
}

static void
put_dispatches (Scratch *f, const char *folder, guint first, guint n)
{
  for (guint i = first; i < first + n; i++) {
    g_autofree char *name = g_strdup_printf ("%s/%c/%03u.txt", folder, "abc"[i % 3], i);
    g_autofree char *text = dup_dispatch (i);

    scratch_put (f, name, text);
  }
}

static struct archive *
begin_zip (Scratch *f, const char *name)
{
  struct archive  *writer = archive_write_new ();
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  archive_write_set_format_zip (writer);
  g_assert_cmpint (archive_write_open_filename (writer, path), ==, ARCHIVE_OK);
  return writer;
}

static void
add (struct archive *writer, const char *name, const char *text)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_copy_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) strlen (text));
  g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (writer, text, strlen (text)), ==, (la_ssize_t) strlen (text));
  archive_entry_free (entry);
}

static void
end_zip (struct archive *writer)
{
  g_assert_cmpint (archive_write_close (writer), ==, ARCHIVE_OK);
  archive_write_free (writer);
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    n++;
  return n;
}

/* How often the report of the last run has this status. */
static guint
count_status (Scratch *f, const char *status)
{
  g_autofree char *path = g_build_filename (f->folder, "r.jsonl", NULL);
  g_autofree char *part = g_strdup_printf ("\"status\":\"%s\"", status);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return count (text, part);
}

/* The pool */

enum { WELL, CRASH, EXIT, HANG, GROW, LARGE, N_KINDS };

typedef struct {
  guint    done[100];
  guint    failed[100];
  GString *texts;
} Tally;

static GBytes *
do_number (guint number, GBytes *input, gpointer data)
{
  (void) data;
  switch (number % N_KINDS) {
  case CRASH: signal (SIGABRT, SIG_DFL); abort ();
  case EXIT: _exit (3);
  case HANG:
    for (;;)
      pause ();
  case GROW:
    for (;;) {
      volatile char *block = g_malloc (1024 * 1024);

      memset ((char *) block, 1, 1024 * 1024);
    }
  case LARGE: return g_bytes_new_take (g_malloc0 (5 * 1024 * 1024), 5 * 1024 * 1024);
  default: return g_bytes_ref (input);
  }
}

static void
take (guint number, GBytes *reply, const GError *error, gpointer data)
{
  Tally *tally = data;

  tally->done[number]++;
  tally->failed[number] += error != NULL;
  g_assert_true ((reply == NULL) == (error != NULL));
  if (number % N_KINDS == WELL)
    g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), "input", 5);
  if (number % N_KINDS == LARGE)
    g_assert_cmpuint (g_bytes_get_size (reply), ==, 5 * 1024 * 1024);
  if (error != NULL)
    g_string_append_printf (tally->texts, "%s\n", error->message);
}

/* The memory of this process, MiB: a worker begins with as much. */
static guint
own_memory (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  return (guint) (g_ascii_strtoull (strchr (text, ' '), NULL, 10) * (guint64) sysconf (_SC_PAGESIZE) / 1024 / 1024);
}

/* @n jobs, of the one kind or, for N_KINDS, of all but those that hang. */
static void
work (DgPool *pool, guint n, guint kind, GBytes *input)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;

    if (kind == N_KINDS ? i % N_KINDS == HANG : i % N_KINDS != kind)
      continue;
    while (!dg_pool_has_room (pool))
      dg_pool_wait (pool, -1);
    g_assert_true (dg_pool_give (pool, i, input, &error));
    g_assert_no_error (error);
  }
  while (!dg_pool_is_idle (pool))
    dg_pool_wait (pool, -1);
  dg_pool_free (pool);
}

/* A worker that crashes, ends, hangs or grows fails its own job and no other.  Only what would never end has a time. */
static void
test_pool (void)
{
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autoptr (GBytes) input = g_bytes_new_static ("input", 5);
  Tally tally = { .texts = texts };
  guint n = 4 * N_KINDS;

  work (dg_pool_new (3, 0, own_memory () + 100, do_number, take, &tally), n, N_KINDS, input);
  work (dg_pool_new (3, .2, own_memory () + 100, do_number, take, &tally), n, HANG, input);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpuint (tally.done[i], ==, 1);
    g_assert_cmpuint (tally.failed[i], ==, i % N_KINDS != WELL && i % N_KINDS != LARGE);
  }
  g_assert_cmpuint (count (texts->str, "ended by signal 6"), ==, 4);
  g_assert_cmpuint (count (texts->str, "ended with status 3"), ==, 4);
  g_assert_cmpuint (count (texts->str, "takes longer than 0.2 seconds"), ==, 4);
  g_assert_cmpuint (count (texts->str, "needs more memory than"), ==, 4);
}

/* Nothing is left running: who started the program could not count what a process cost that it did not wait for. */
static void
test_waited (Scratch *f, gconstpointer data)
{
  static const char *const commands[] = { "diglot in/a/000.txt -o one.pdf", "diglot -j2 -o out/ in", "diglot --bundle -o all.pdf in", "diglot --check in" };

  (void) data;
  put_dispatches (f, "in", 0, 6);
  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    int status;

    g_assert_cmpint (scratch_run (f, commands[i]), ==, 0);
    g_test_message ("%s", commands[i]);
    g_assert_cmpint (waitpid (-1, &status, WNOHANG), ==, -1);
    g_assert_cmpint (errno, ==, ECHILD);
  }
  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 0), ==, 0);
}

/* Archives */

/* Of 200 dispatches with 10 spoilt ones 190 are set, the others are told by their names, and the report has all in order. */
static void
test_spoilt (Scratch *f, gconstpointer data)
{
  struct archive *writer = begin_zip (f, "news.zip");
  g_autoptr (GString) expected = g_string_new (NULL);

  (void) data;
  for (guint i = 0; i < 200; i++) {
    gboolean         is_spoilt = i % 20 == 7;
    g_autofree char *name = g_strdup_printf ("%s/%03u.txt", i % 2 == 0 ? "even" : "odd", i);
    g_autofree char *text = is_spoilt ? g_strdup (i % 40 == 7 ? "" : " \n\t\n") : dup_dispatch (i);

    add (writer, name, text);
    if (is_spoilt)
      g_string_append_printf (expected, "news.zip!%s: error: no text in the dispatch [parse.empty]\n", name);
  }
  end_zip (writer);
  g_assert_cmpint (scratch_run (f, "diglot news.zip -o out/ --report r.jsonl --manifest out/SHA256SUMS"), ==, 1);
  g_assert_cmpstr (scratch_messages (f), ==, expected->str);
  g_assert_cmpuint (count_status (f, "set"), ==, 190);
  g_assert_cmpuint (count_status (f, "failed"), ==, 10);
  g_assert_cmpint (scratch_run (f, "find out -name '*.pdf' | wc -l; cd out && sha256sum --quiet -c SHA256SUMS && wc -l < SHA256SUMS"), ==, 0);
  g_assert_cmpstr (f->out, ==, "190\n190\n");

  g_autofree char *path = g_build_filename (f->folder, "r.jsonl", NULL);
  g_autofree char *report = NULL;

  g_assert_true (g_file_get_contents (path, &report, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (report, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 202);
  g_assert_cmpstr (lines[200], ==, "{\"total\":{\"found\":200,\"set\":190,\"kept\":0,\"failed\":10}}");
  for (guint i = 0; i < 200; i++) {
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_autofree char *input = g_strdup_printf ("news.zip!%s/%03u.txt", i % 2 == 0 ? "even" : "odd", i);
    JsonObject      *object;

    g_assert_true (json_parser_load_from_data (parser, lines[i], -1, NULL));
    object = json_node_get_object (json_parser_get_root (parser));
    g_assert_cmpint (json_object_get_int_member (object, "n"), ==, i + 1);
    g_assert_cmpstr (json_object_get_string_member (object, "input"), ==, input);
    if (i % 20 == 7) {
      g_assert_false (json_object_has_member (object, "output"));
      continue;
    }
    g_assert_cmpint (json_object_get_int_member (object, "pages"), ==, 1);
    g_assert_cmpint (json_object_get_int_member (object, "beads"), ==, 1);
    g_assert_true (json_object_has_member (object, "waste") && !json_object_has_member (object, "ms"));
  }
}

/* From a folder, a zip, a tar or a list: the same files, whatever the number of workers. */
static void
test_same_tree (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 0, 12);
  g_assert_cmpint (scratch_run (f, "tar -C in -cJf in.tar.xz a b c && diglot -j1 -o o1/ --report r1 in && diglot -j 3 -o o2/ --report r2 in && "
                                   "diglot -o o3/ in.tar.xz && diff -r o1 o2 && diff -r o1 o3 && sed s/o2/o1/ r2 | cmp - r1 && "
                                   "find in -name '*.txt' > list && diglot -o o4/ @list && ls o4 | wc -l && "
                                   "find in -name '*.txt' | diglot -o o5/ @- && diff -r o4 o5"),
                   ==, 0);
  g_assert_cmpstr (f->out, ==, "12\n");
  /* Standard output has them in their order. */
  g_assert_cmpint (
    scratch_run (f, "diglot -j3 -t json -o - in > one && for i in $(find in -name '*.txt' | LC_ALL=C sort); do diglot -t json -o - $i; done | cmp one -"), ==,
    0);
  g_assert_cmpint (scratch_run (f, "diglot in.tar.xz"), ==, 2);
  g_assert_cmpint (scratch_run (f, "diglot --check in.tar.xz"), ==, 0);
}

/* What a member is called cannot lead out of the output folder; messages have the archive's name and the member's. */
static void
test_hostile_names (Scratch *f, gconstpointer data)
{
  struct archive  *writer = begin_zip (f, "bad.zip");
  g_autofree char *text = dup_dispatch (1);

  (void) data;
  add (writer, "../../escape.txt", text);
  add (writer, "/absolute.txt", text);
  add (writer, "same.txt", text);
  add (writer, "./same.txt", text);
  add (writer, "a\nb.txt", "");
  end_zip (writer);
  g_assert_cmpint (scratch_run (f, "mkdir deep && cd deep && diglot -o out/ ../bad.zip"), ==, 1);
  g_assert_nonnull (strstr (f->err, "../bad.zip!escape.txt: warning: the member's own name is not safe; this one takes its place [input.unsafe-name]\n"));
  g_assert_nonnull (strstr (f->err, "../bad.zip!a_b.txt: error: "));
  g_assert_nonnull (strstr (f->err, "../bad.zip!same.txt: warning: out/same.pdf is taken by another output; this one's is out/same~2.pdf [output.clash]\n"));
  g_assert_cmpint (scratch_run (f, "ls; ls deep; ls deep/out"), ==, 0);
  g_assert_cmpstr (f->out, ==, "bad.zip\ndeep\nout\nabsolute.pdf\nescape.pdf\nsame.pdf\nsame~2.pdf\n");
}

/* A truncated archive is one dispatch that fails; what could be read of it is set. */
static void
test_truncated (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 0, 6);
  g_assert_cmpint (scratch_run (f, "tar -C in -cf whole.tar a b c && head -c 6000 whole.tar > cut.tar && diglot -o out/ cut.tar no.zip in/a --report r.jsonl"),
                   ==, 1);
  g_assert_nonnull (strstr (f->err, "cut.tar: error: cannot be read: "));
  g_assert_nonnull (strstr (f->err, "no.zip: error: cannot be read: "));
  g_assert_cmpuint (count_status (f, "failed"), >=, 2);
  g_assert_cmpuint (count_status (f, "set"), >=, 3);
  scratch_put (f, "empty.zip", "PK\005\006\0\0");
  g_assert_cmpint (scratch_run (f, "diglot -o out/ empty.zip"), ==, 1);
}

static void
test_include (Scratch *f, gconstpointer data)
{
  g_autofree char *text = dup_dispatch (1);

  (void) data;
  scratch_put (f, "in/a.log", text);
  scratch_put (f, "in/sub/b.log", text);
  scratch_put (f, "in/sub/c.txt", text);
  g_assert_cmpint (
    scratch_run (
      f,
      "diglot -o out/ --include '*.log' in && diglot -o out2/ --include 'sub/*' in && cd out && find . -name '*.pdf' | sort; cd ../out2; find . -name '*.pdf' | sort"),
    ==, 0);
  g_assert_cmpstr (f->out, ==, "./a.log.pdf\n./sub/b.log.pdf\n./sub/b.log.pdf\n./sub/c.pdf\n");
  g_assert_cmpint (scratch_run (f, "diglot -o out/ --include '*.none' in"), ==, 1);
}

/* Shards */

/* The shards' outputs and merged reports are those of the whole; a file that comes later moves no other. */
static void
test_shards (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 0, 12);
  g_assert_cmpint (
    scratch_run (f,
                 "diglot -o whole/ --report whole.jsonl in && for k in 1 2 3; do diglot --shard $k/3 -o part/ --report $k.jsonl in & done; wait; "
                 "diff -r -x '.diglot-*' whole part && sed s/whole/part/ whole.jsonl > w && diglot --merge-reports 3.jsonl 1.jsonl 2.jsonl > m && cmp w m && "
                 "wc -l < m"),
    ==, 0);
  g_assert_cmpstr (f->out, ==, "13\n");
  /* A shard that is missing, and an output that two have. */
  g_assert_cmpint (scratch_run (f, "diglot --merge-reports 3.jsonl 1.jsonl | tail -n 1 | grep -o not_done; diglot --merge-reports 3.jsonl 1.jsonl > m"), ==, 1);
  g_assert_cmpstr (f->out, ==, "not_done\n");
  g_assert_nonnull (strstr (f->err, "are in no report: a shard is missing or was ended [report.missing]\n"));
  g_assert_nonnull (strstr (f->err, "of 3 shards there is none of 2 [report.missing]\n"));
  /* One that is there twice does not stand for another. */
  g_assert_cmpint (scratch_run (f, "diglot --merge-reports 3.jsonl 1.jsonl 2.jsonl 2.jsonl > m"), ==, 1);
  g_assert_nonnull (strstr (f->err, "[report.twice]\n"));
  g_assert_cmpint (scratch_run (f, "sed 's/\"n\":[0-9]*/\"n\":99/' 1.jsonl > c.jsonl; diglot --merge-reports ?.jsonl > m"), ==, 1);
  g_assert_nonnull (strstr (f->err, "[output.clash]\n"));
  /* What the shards have made the whole need not make. */
  g_assert_cmpint (scratch_run (f, "diglot -u -o part/ --report r.jsonl in"), ==, 0);
  g_assert_cmpuint (count_status (f, "kept"), ==, 12);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = g_strdup_printf ("dir/%u.txt", i);
    guint            shard = dg_shard_find (name, 7);

    g_assert_true (shard >= 1 && shard <= 7);
    g_assert_cmpuint (dg_shard_find (name, 7), ==, shard);
  }
  g_assert_cmpuint (dg_shard_find ("dir/a.txt", 1), ==, 1);
}

static void
test_parallel (Scratch *f, gconstpointer data)
{
  (void) data;
  if (scratch_run (f, "parallel --version | grep -q GNU") != 0) {
    g_test_skip ("GNU parallel is not installed");
    return;
  }
  put_dispatches (f, "in", 0, 8);
  g_assert_cmpint (scratch_run (f, "export HOME=$PWD; diglot -o whole/ in && parallel --will-cite -j2 \"$diglot\" -j1 --shard {}/4 -o part/ in ::: 1 2 3 4 && "
                                   "diff -r -x '.diglot-*' whole part"),
                   ==, 0);
}

/* A report that is none, or one whose brackets would exhaust the parser's stack, is refused. */
static void
test_odd_reports (Scratch *f, gconstpointer data)
{
  static const char *const texts[] = {
    "'x'", "'[]'", "'{\"n\": []}'", "\"$(printf '[%.0s' $(seq 100000))\"", "\"{'n': 1}\"", "'{\"n\": 1e400}'", "'{\"n\": 0}'", "'{\"n\": 1, \"ms\": -1e999}'"
  };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *line = g_strdup_printf ("printf '%%s\n' '{\"n\": 1}' %s > r.jsonl; diglot --merge-reports r.jsonl", texts[i]);

    g_assert_cmpint (scratch_run (f, line), ==, 2);
    g_assert_cmpstr (scratch_messages (f), ==, "diglot: error: r.jsonl:2: not a line of a report [parse.empty]\n");
  }
}

/* Update */

/* Only what is missing, altered, or made from something else is made again; the report still tells all of every dispatch. */
static void
test_update (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *change;
    guint       set;
  } changes[] = {
    { "true", 0 },
    { "touch in/a/000.txt out/a/000.pdf", 0 },
    { "printf X | dd of=out/a/000.pdf bs=1 seek=500 conv=notrunc status=none", 1 },
    { "rm out/b/001.pdf out/c/002.pdf", 2 },
    { "echo 'And again on Monday.' >> in/a/003.txt", 1 },
    { "cp in/a/000.txt in/a/new.txt", 1 },
    { "mv in/a/000.txt in/a/renamed.txt", 1 },
    { "echo nonsense >> out/.diglot-state; rm -f out/.diglot-journal", 0 },
    { "echo nonsense > out/.diglot-state", 7 },
  };

  (void) data;
  put_dispatches (f, "in", 0, 6);
  g_assert_cmpint (scratch_run (f, "diglot -o out/ --report first.jsonl in"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *line = g_strdup_printf ("%s && diglot -u -o out/ --report r.jsonl in && cat r.jsonl", changes[i].change);

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_cmpuint (count_status (f, "set"), ==, changes[i].set);
    g_assert_cmpuint (count_status (f, "set") + count_status (f, "kept"), ==, i < 5 ? 6 : 7);
    g_assert_cmpuint (count (f->out, "\"pages\":1"), ==, i < 5 ? 6 : 7);
  }
  /* Details that would exhaust the parser's stack; the outputs themselves are as they were. */
  g_assert_cmpint (scratch_run (f, "python3 -c \"import re; p = 'out/.diglot-state'; t = open(p).read(); "
                                   "open(p, 'w').write(re.sub(r'\\t\\[\\{.*?\\}\\]\\t', '\\t' + '[' * 1000000 + '\\t', t, 1))\" && "
                                   "diglot -u -o out/ --report r.jsonl in && cat r.jsonl"),
                   ==, 0);
  g_assert_cmpuint (count_status (f, "kept"), ==, 7);
  g_assert_cmpuint (count (f->out, "\"pages\":1"), ==, 6);
  g_assert_cmpint (scratch_run (f, "diglot -u --set page.size=letter -o out/ --report r.jsonl in"), ==, 0);
  g_assert_cmpuint (count_status (f, "set"), ==, 7);
  /* Back to the first page: nothing is left of it. */
  g_assert_cmpint (scratch_run (f, "diglot -u -o out/ --report r.jsonl in"), ==, 0);
  g_assert_cmpuint (count_status (f, "set"), ==, 7);
  g_assert_cmpint (scratch_run (f, "diglot -o clean/ in && rm out/a/000.pdf && diff -r clean out"), ==, 0);
}

/* A record is written by who writes to the folder: it makes nobody read elsewhere, wait, or take another file for the output. */
static void
test_false_records (Scratch *f, gconstpointer data)
{
  static const char *const places[] = {
    "../outside", "sub/../../outside", "/../outside", "./a.pdf", "sub//a.pdf", "link", "pipe", "sub", "../../../dev/zero", ""
  };
  static const char *const numbers[] = { "-inf.0", "nan", "1e999" };
  g_autofree char         *text = dup_dispatch (1);

  (void) data;
  scratch_put (f, "in/a.txt", text);
  scratch_put (f, "outside", "mine\n");
  g_assert_cmpint (scratch_run (f, "diglot -u -o out/ in/a.txt && mkdir out/sub && ln -s ../outside out/link && mkfifo out/pipe && "
                                   "cp out/.diglot-state kept && cp out/a.pdf out/sub"),
                   ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *line =
      g_strdup_printf ("digest=$(sha256sum < %s | cut -c-64); sed \"s|\ta.pdf\t[0-9a-f]*\t\\.$|\t%s\t$digest\t.|\" kept > out/.diglot-state; "
                       "rm -f out/a.pdf; timeout -s KILL 30 $diglot -u -o out/ --report r.jsonl in/a.txt && cmp out/a.pdf out/sub/a.pdf && cat r.jsonl",
                       g_str_has_suffix (places[i], "a.pdf") ? "out/sub/a.pdf" : "outside", places[i]);

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_cmpuint (count_status (f, "set"), ==, 1);
    g_assert_nonnull (strstr (f->out, "\"output\":\"out/a.pdf\""));
  }
  /* Numbers that are none of JSON: nothing is told but that the output is there. */
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *line = g_strdup_printf ("sed 's|\"pages\\\\\":1|\"pages\\\\\":%s|' kept > out/.diglot-state; ! cmp -s kept out/.diglot-state && "
                                             "diglot -u -o out/ --report r.jsonl in/a.txt && cat r.jsonl",
                                             numbers[i]);

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_nonnull (strstr (f->out, "\"output\":\"out/a.pdf\",\"status\":\"kept\"}"));
  }
}

/* Pipes in the place of records hold nothing up. */
static void
test_pipes (Scratch *f, gconstpointer data)
{
  static const char *const names[] = { ".diglot-state", ".diglot-journal", ".diglot-state-1-2", ".diglot-journal-2-2" };
  g_autofree char         *text = dup_dispatch (1);

  (void) data;
  scratch_put (f, "in/a.txt", text);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *line = g_strdup_printf ("rm -rf out; mkdir out && mkfifo out/%s && timeout -s KILL 30 $diglot -u -o out/ in/a.txt && "
                                             "timeout -s KILL 30 $diglot -u -o out/ --report r.jsonl in/a.txt && cat r.jsonl",
                                             names[i]);

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_cmpuint (count_status (f, "kept"), ==, 1);
  }
}

/* Below the output folder a file gives way to a folder of its name, whichever comes first and however many work; a report is refused there. */
static void
test_file_or_folder (Scratch *f, gconstpointer data)
{
  g_autofree char *text = dup_dispatch (1);
  struct archive  *writer = begin_zip (f, "news.zip");

  (void) data;
  add (writer, "a.txt", text);
  add (writer, "a.pdf/x.txt", text);
  add (writer, "a.pdf.txt", text);
  end_zip (writer);
  for (guint jobs = 1; jobs <= 2; jobs++) {
    g_autofree char *line = g_strdup_printf (
      "rm -rf out; diglot -j%u -o out/ --report r%u.jsonl news.zip && cmp r1.jsonl r%u.jsonl && find out -name '*.pdf' | LC_ALL=C sort", jobs, jobs, jobs);

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_cmpstr (f->out, ==, "out/a.pdf\nout/a.pdf.pdf\nout/a.pdf/x.pdf\nout/a~2.pdf\n");
    g_assert_cmpstr (scratch_messages (f), ==, "news.zip!a.txt: warning: out/a.pdf is taken by another output; this one's is out/a~2.pdf [output.clash]\n");
  }
  g_assert_cmpint (scratch_run (f, "diglot -o new/ --report new/a.pdf news.zip"), ==, 2);
  g_assert_cmpstr (scratch_messages (f), ==, "diglot: error: more than one thing would be written to new/a.pdf [usage.option]\n");
  g_assert_cmpint (scratch_run (f, "diglot -o new/ --report new/a~2.pdf/r news.zip"), ==, 2);
  g_assert_cmpint (scratch_run (f, "diglot -o new/ --report r/x --manifest r news.zip"), ==, 2);
  g_assert_cmpint (scratch_run (f, "ls new"), !=, 0);
}

/* The dispatches of one file have an output and a line of the report each; all are made again where one of them is missing. */
static void
test_several_in_one (Scratch *f, gconstpointer data)
{
  g_autofree char *one = dup_dispatch (1);
  g_autofree char *two = dup_dispatch (2);
  g_autofree char *both = g_strdup_printf ("%s----------\n%s", one, two);

  (void) data;
  scratch_put (f, "in/a.txt", both);
  scratch_put (f, "in/b.txt", one);
  g_assert_cmpint (scratch_run (f, "diglot -o out/ --manifest m --report r.jsonl in && ls out && sha256sum --quiet -c m && wc -l < m"), ==, 0);
  g_assert_cmpstr (f->out, ==, "a-1.pdf\na-2.pdf\nb.pdf\n3\n");
  g_assert_cmpuint (count_status (f, "set"), ==, 3);
  g_assert_cmpint (
    scratch_run (f, "cp r.jsonl first; diglot -u -o out/ --report r.jsonl in && sed s/kept/set/ r.jsonl | head -n -1 | cmp - <(head -n -1 first)"), ==, 0);
  g_assert_cmpuint (count_status (f, "kept"), ==, 3);
  g_assert_cmpint (scratch_run (f, "rm out/a-2.pdf; diglot -u -o out/ --report r.jsonl in"), ==, 0);
  g_assert_cmpuint (count_status (f, "kept"), ==, 1);
  g_assert_cmpint (scratch_run (f, "cp in/b.txt in/a-1.txt; diglot -u -o out/ --report r.jsonl in && cat r.jsonl"), ==, 0);
  g_assert_nonnull (strstr (f->err, "in/a.txt: warning: out/a-1.pdf is taken by another output; this one's is out/a-1~2.pdf [output.clash]\n"));
  g_assert_cmpuint (count_status (f, "kept"), ==, 1);
  for (guint jobs = 1; jobs <= 2; jobs++) {
    g_autofree char *line =
      g_strdup_printf ("cp in/b.txt in/a-2.txt; rm -rf out; diglot -j%u -o out/ --report r%u.jsonl in && ls out && cmp r1.jsonl r%u.jsonl", jobs, jobs, jobs);

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_cmpstr (f->out, ==, "a-1.pdf\na-1~2.pdf\na-2.pdf\na-2~2.pdf\nb.pdf\n");
  }
  g_assert_cmpint (scratch_run (f, "rm in/a-?.txt; diglot -o new/ --report new/a-2.pdf in && cat new/a-2.pdf"), ==, 0);
  g_assert_nonnull (strstr (f->err, "in/a.txt: warning: new/a-2.pdf is taken by another output; this one's is new/a-2~2.pdf [output.clash]\n"));
  g_assert_cmpuint (count_status (f, "set"), ==, 3);
  g_assert_cmpint (scratch_run (f, "diglot -o one.pdf in/a.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "diglot -t json -o - in/a.txt | wc -l"), ==, 0);
  g_assert_cmpstr (f->out, ==, "2\n");
}

/* Workers that are forked while a thread of a library runs could wait for it without end: a batch of two is forked at once. */
static void
test_few (Scratch *f, gconstpointer data)
{
  g_autofree char *text = dup_dispatch (1);

  (void) data;
  scratch_put (f, "a.txt", text);
  scratch_put (f, "b.txt", text);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpint (scratch_run (f, "diglot --timeout 30 -o out/ a.txt b.txt"), ==, 0);
}

/* Without an output folder, beside the inputs; a dispatch that failed is tried again. */
static void
test_update_beside (Scratch *f, gconstpointer data)
{
  g_autofree char *text = dup_dispatch (1);

  (void) data;
  scratch_put (f, "a.txt", text);
  scratch_put (f, "empty.txt", "");
  g_assert_cmpint (scratch_run (f, "diglot a.txt; ls -A"), ==, 0);
  g_assert_cmpstr (f->out, ==, "a.pdf\na.txt\nempty.txt\n");
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (scratch_run (f, "diglot -u --report r.jsonl a.txt empty.txt"), ==, 1);
    g_assert_cmpuint (count_status (f, "failed"), ==, 1);
    g_assert_cmpuint (count_status (f, "kept"), ==, i);
  }
}

/* Ends and limits */

/* Killed at any moment and taken up again, it comes to the files of one clean run, and to no others. */
static void
test_resume (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 0, 60);
  g_assert_cmpint (scratch_run (f, "diglot -o clean/ in"), ==, 0);
  for (guint i = 0; i < 4; i++) {
    g_autofree char *line = g_strdup_printf ("\"$diglot\" -o out%u/ in & sleep .%02u; kill -9 $!; wait $!; sleep .05; "
                                             "\"$diglot\" -u -o out%u/ in & sleep .%02u; kill -9 $!; wait $!; sleep .05; "
                                             "diglot -u -o out%u/ in && diff -r clean out%u",
                                             i, 4 + 5 * i, i, 6 + 7 * i, i, i);

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_cmpstr (f->out, ==, "");
  }
}

/* A signal ends it in order: what is there is whole, nothing temporary is left, and the shell knows the signal.  The workers get it as
 * well where it is sent to the whole group, as timeout(1) and batch systems do, and no dispatch is told as failed for that. */
static void
test_signals (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *to; /* the signal and whom it is sent to, as kill has it */
    int         status;
  } signals[] = { { "INT $!", 128 + SIGINT }, { "TERM $!", 128 + SIGTERM }, { "TERM -- -$!", 128 + SIGTERM }, { "HUP -- -$!", 128 + SIGHUP } };

  (void) data;
  /* So many that there is work left when the first outputs are seen. */
  put_dispatches (f, "in", 0, 500);
  g_assert_cmpint (scratch_run (f, "diglot -o clean/ in"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++) {
    g_autofree char *line = g_strdup_printf (
      "set -m; \"$diglot\" -j2 -o out%u/ --report r.jsonl in & for k in $(seq 900); do ls out%u/*/*.pdf && break; sleep .01; done; kill -%s $!; wait $!", i, i,
      signals[i].to);
    g_autofree char *rest =
      g_strdup_printf ("cd out%u; find . -name '.diglot-tmp*' -o -name '*journal*'; find . -name '*.pdf' | while read i; do cmp $i ../clean/$i; done; "
                       "test $(grep -c '\"n\"' ../r.jsonl) = $(find . -name '*.pdf' | wc -l)",
                       i);

    g_assert_cmpint (scratch_run (f, line), ==, signals[i].status);
    g_assert_cmpint (scratch_run (f, rest), ==, 0);
    g_assert_cmpstr (f->out, ==, "");
  }
}

/* MiB: more than a worker needs for a short dispatch, also where a sanitizer has its share. */
#if defined(__SANITIZE_ADDRESS__)
#define MEMORY "500"
#else
#define MEMORY "60"
#endif

static void
test_limits (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 0, 3);
  /* A pipe in the place of an output that nobody named is replaced; it is not waited for. */
  g_assert_cmpint (scratch_run (f, "mkdir piped && mkfifo piped/000.pdf in/a/000.pdf && timeout -s KILL 30 $diglot -o piped/ in/a/000.txt && "
                                   "timeout -s KILL 30 $diglot in/a/000.txt && cmp piped/000.pdf in/a/000.pdf && rm -r piped in/a/000.pdf"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "mkfifo fifo.txt && diglot -q -o out/ in && diglot -u --timeout .3 -o out/ in fifo.txt"), ==, 1);
  g_assert_cmpstr (scratch_messages (f), ==, "fifo.txt: error: takes longer than 0.3 seconds [input.limit]\n");
  g_assert_cmpint (scratch_run (f, "ls out/?/*.pdf | wc -l; diglot --timeout .3 fifo.txt"), ==, 1);
  g_assert_cmpstr (f->out, ==, "3\n");
  /* 20 MB of prose take more. */
  g_assert_cmpint (scratch_run (f, "cp in/a/000.txt large.txt; for i in $(seq 16); do cat large.txt large.txt > more; mv more large.txt; done; "
                                   "diglot --limit paragraphs=9999999 --memory " MEMORY " -o out2/ in large.txt"),
                   ==, 1);
  g_assert_cmpstr (scratch_messages (f), ==, "large.txt: error: needs more memory than " MEMORY " MiB [input.limit]\n");
  g_assert_cmpint (scratch_run (f, "find out2 -type f -name '*.pdf' | wc -l"), ==, 0);
  g_assert_cmpstr (f->out, ==, "3\n");
}

/* A folder in the place of the records is told by its name, and so is a list with what no name has. */
static void
test_odd_files (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 0, 2);
  g_assert_cmpint (scratch_run (f, "mkdir -p out/.diglot-state && diglot -o out/ in"), ==, 1);
  g_assert_cmpstr (scratch_messages (f), ==, "out/.diglot-state: error: cannot be written: Is a directory [output.unwritable]\n");
  g_assert_cmpint (scratch_run (f, "printf 'in\\0/a/000.txt\\n' > list; diglot -o new/ @list"), ==, 2);
  g_assert_cmpstr (scratch_messages (f), ==,
                   "diglot: error: the list list has a NUL in it, which no file's name has; --null reads names that end in one [usage.option]\n");
  g_assert_cmpint (scratch_run (f, "ls new"), !=, 0);
}

/* Rules that Make itself understands, names with spaces among them. */
static void
test_deps (Scratch *f, gconstpointer data)
{
  g_autofree char *text = dup_dispatch (1);

  (void) data;
  scratch_put (f, "in/a b$c#d.txt", text);
  scratch_put (f, "in/e.txt", text);
  scratch_put (f, "own.ini", "[template]\nextends = dispatch\n");
  g_assert_cmpint (
    scratch_run (
      f,
      "diglot -T own.ini -o out/ --deps d.mk in && printf 'all: out/e.pdf out/a\\\\ b$$c\\\\#d.pdf\\nout/%%.pdf:\\n\\t@echo made again: \\047$@\\047\\n-include d.mk\\n' > Makefile && "
      "make -s && touch -d '+1 minute' own.ini && make -s | sort"),
    ==, 0);
  g_assert_cmpstr (f->out, ==, "made again: out/a b$c#d.pdf\nmade again: out/e.pdf\n");
  g_assert_cmpint (scratch_run (f, "rm in/e.txt && make -s | wc -l && grep -c fonts.ini d.mk && grep -c dispatch.ini d.mk"), ==, 0);
  g_assert_cmpstr (f->out, ==, "2\n2\n2\n");
}

/* Signs of Make's in names: wildcards stand for themselves, though files are there that they would stand for; what no rule can be written
 * of has none, and the rest is sound. */
static void
test_deps_signs (Scratch *f, gconstpointer data)
{
  static const char *const names[] = { "f*r", "f-r", "q?m", "qam", "b[xy]k", "bxk", "b\\s*", "b\\st", "R&D (2)~", "a=b", "c;d", "e|g" };
  g_autofree char         *text = dup_dispatch (1);

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = g_strdup_printf ("in/%s.txt", names[i]);

    scratch_put (f, name, text);
  }
  g_assert_cmpint (
    scratch_run (f, "diglot -o out/ --deps d.mk in && printf 'include d.mk\\nout/%%.pdf:\\n\\t@echo again: \\047$@\\047 from \\047$<\\047\\n' > Makefile && "
                    "again () { touch -d '+1 minute' \"in/$1.txt\"; sed 's/:.*//' d.mk | grep '^out' | tr '\\n' ' ' > list; "
                    "printf 'all: ' | cat - list > all.mk; make -s -f Makefile -f all.mk all; touch -d '-1 minute' \"in/$1.txt\"; } && "
                    "again 'f*r'; again 'q?m'; again 'b[xy]k'; again 'b\\s*'; again 'R&D (2)~'; again 'a=b'"),
    ==, 0);
  g_assert_cmpstr (f->out, ==,
                   "again: out/f*r.pdf from in/f*r.txt\nagain: out/q?m.pdf from in/q?m.txt\nagain: out/b[xy]k.pdf from in/b[xy]k.txt\n"
                   "again: out/b\\s*.pdf from in/b\\s*.txt\nagain: out/R&D (2)~.pdf from in/R&D (2)~.txt\n");
}

/* While it watches, a file that changes or comes is set, and the others are left alone. */
static void
test_watch (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "in", 0, 2);
  g_assert_cmpint (scratch_run (f, "until_there () { for i in $(seq 200); do [ -e $1 ] && return 0; sleep .05; done; return 1; }; set -m; "
                                   "\"$diglot\" --watch -o out/ in & pid=$!; until_there out/b/001.pdf || exit 90; touch -r out/a/000.pdf mark; sleep .3; "
                                   "cp in/a/000.txt in/new.txt; until_there out/new.pdf || exit 91; rm out/a/000.pdf; echo 'More of it.' >> in/a/000.txt; "
                                   "until_there out/a/000.pdf || exit 92; kill -INT $pid; wait $pid"),
                   ==, 128 + SIGINT);
  g_assert_cmpint (scratch_run (f, "find . -name '.diglot-tmp*' -o -name '*journal*'"), ==, 0);
  g_assert_cmpstr (f->out, ==, "");
}

/* A hot folder: what was set leaves for one folder, what was not for another, each with its place and its picture; what is taken there stays; an
 * empty folder is waited for. */
static void
test_hot_folder (Scratch *f, gconstpointer data)
{
  (void) data;
  put_dispatches (f, "from", 0, 2);
  g_assert_cmpint (
    scratch_run (
      f,
      "until_gone () { for i in $(seq 400); do [ ! -e $1 ] && return 0; sleep .05; done; return 1; }; mkdir -p in; set -m; "
      "until_said () { for i in $(seq 400); do grep -q \"$1\" log && return 0; sleep .05; done; return 1; }; "
      "\"$diglot\" --watch -o out/ --done done --failed failed in 2>log & pid=$!; until_said '^watching in for changes' || exit 90; "
      "mkdir in/a; : >in/a/empty.txt; : >in/a/other.csv; until_gone in/a/empty.txt || exit 91; printf 'no picture' >from/a/000.jpg; "
      "mv from/a/000.jpg in/a/; mv from/a/000.txt in/a/; until_gone in/a/000.txt || exit 92; cp from/b/001.txt in/a/000.txt; until_gone in/a/000.txt || exit 93; "
      "kill -INT $pid; wait $pid"),
    ==, 128 + SIGINT);
  g_assert_cmpint (scratch_run (f, "find in done failed out -type f ! -name .diglot-state | LC_ALL=C sort; grep -c 'no \\*.txt' log"), ==, 1);
  g_assert_cmpstr (f->out, ==, "done/a/000.jpg\ndone/a/000.txt\ndone/a/000~2.txt\nfailed/a/empty.txt\nin/a/other.csv\nout/a/000.pdf\n0\n");
  g_assert_cmpint (scratch_run (f, "\"$diglot\" --watch --done in/done in"), ==, 2);
  g_assert_nonnull (strstr (f->err, "in/done lies in in, where what is moved there would be found again [usage.option]"));
  g_assert_cmpint (scratch_run (f, "\"$diglot\" --failed failed in"), ==, 2);
  g_assert_nonnull (strstr (f->err, "--done and --failed go with --watch [usage.option]"));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Scratch *, gconstpointer);
  } tests[] = {
    { "spoilt", test_spoilt },
    { "same-tree", test_same_tree },
    { "hostile-names", test_hostile_names },
    { "truncated", test_truncated },
    { "include", test_include },
    { "shards", test_shards },
    { "parallel", test_parallel },
    { "update", test_update },
    { "false-records", test_false_records },
    { "pipes", test_pipes },
    { "file-or-folder", test_file_or_folder },
    { "several-in-one", test_several_in_one },
    { "few", test_few },
    { "update-beside", test_update_beside },
    { "resume", test_resume },
    { "signals", test_signals },
    { "limits", test_limits },
    { "odd-reports", test_odd_reports },
    { "odd-files", test_odd_files },
    { "deps", test_deps },
    { "deps-signs", test_deps_signs },
    { "watch", test_watch },
    { "hot-folder", test_hot_folder },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/batch/pool", test_pool);
  g_test_add ("/batch/waited", Scratch, NULL, scratch_set_up, test_waited, scratch_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/batch/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, scratch_set_up, tests[i].test, scratch_tear_down);
  }
  return g_test_run ();
}
