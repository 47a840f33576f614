/* test_gallery.c: the review page's folder: what stands in it, that no text in it can become markup, that it is the same whatever the
 * number of workers, and what later runs and shards make of it.  tests/browser/ looks at the page itself. */
#include "diglot.h"
#include "scratch.h"

#include <json-glib/json-glib.h>

#define HOSTILE \
  "</script><img src=x onerror=alert(1)> \"quoted\" 'single' & \xE2\x80\xAE\xD8\xA7turned\n" \
  "The harbour, which is <b>closed</b> since 4 May 2025, opens on Sunday after 12 days of work; \xE2\x81\xA7the pilots are relieved.\xE2\x80\xA8\xE2\x80\xA9\n" \
  "إعادة فتح الميناء <script>alert(2)</script>\n" \
  "يعاد فتح الميناء المغلق منذ 4 أيار/مايو 2025 يوم الأحد بعد 12 يوماً من العمل، والمرشدون مرتاحون.\n"

static char *
read_text (const Scratch *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  char            *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_nonnull (text);
  return text;
}

/* The arguments of the one call that the script @name is, as an array. */
static JsonArray *
read_call (const Scratch *f, const char *name, const char *function)
{
  g_autofree char *text = read_text (f, name), *opening = g_strdup_printf ("%s(", function);
  g_autofree char *array = NULL;
  JsonNode        *node;
  JsonArray       *arguments;

  g_assert_true (g_str_has_prefix (text, opening) && g_str_has_suffix (text, ");\n"));
  array = g_strdup_printf ("[%.*s]", (int) (strlen (text) - strlen (opening) - 3), text + strlen (opening));
  node = json_from_string (array, NULL);
  g_assert_nonnull (node);
  arguments = json_array_ref (json_node_get_array (node));
  json_node_unref (node);
  return arguments;
}

/* The summary of the dispatch @input in the list @name; NULL where it is not there. */
static JsonObject *
find_summary (const Scratch *f, const char *name, const char *input, JsonArray **list)
{
  JsonArray *rows;

  *list = read_call (f, name, "diglot.list");
  rows = json_array_get_array_element (*list, 1);
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *summary = json_array_get_object_element (json_array_get_array_element (rows, i), 1);

    if (strcmp (json_object_get_string_member (summary, "input"), input) == 0)
      return summary;
  }
  return NULL;
}

/* The width of a picture of a page, by its header; 0 where there is none. */
static guint
read_width (const Scratch *f, const char *id, guint nth)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.png", id, nth), *path = g_build_filename (f->folder, "g", "pages", name, NULL);
  g_autofree char *bytes = NULL;
  gsize            length;
  guint32          width;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return 0;
  g_assert_cmpuint (length, >, 24);
  g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
  memcpy (&width, bytes + 16, sizeof width);
  return GUINT32_FROM_BE (width);
}

/* Notes on the page may stand beside them. */
static guint
count_messages (JsonObject *details, const char *code)
{
  JsonArray *messages = json_object_get_array_member (details, "messages");
  guint      n = 0;

  for (guint i = 0; i < json_array_get_length (messages); i++)
    n += g_strcmp0 (json_object_get_string_member (json_array_get_object_element (messages, i), "code"), code) == 0;
  return n;
}

static void
test_folder (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonArray) list = NULL, dispatch = NULL;
  g_autofree char *name = NULL;
  JsonObject      *summary, *details, *bead;

  (void) data;
  g_assert_cmpint (scratch_run (f, "cp $samples/unequal-en-ar.txt $samples/port-fr-ar.txt . && diglot -o out/ --gallery g *.txt"), ==, 0);
  g_assert_cmpint (scratch_run (f, "for f in index.html gallery.css main.js; do cmp g/$f $samples/../../templates/gallery/$f || exit 1; done"), ==, 0);
  summary = find_summary (f, "g/data/list-1-1.js", "unequal-en-ar.txt", &list);
  g_assert_nonnull (summary);
  g_assert_cmpstr (json_object_get_string_member (summary, "status"), ==, "set");
  g_assert_cmpstr (json_object_get_string_member (summary, "output"), ==, "../out/unequal-en-ar.pdf");
  g_assert_cmpstr (json_object_get_string_member (summary, "date"), ==, "2025-01-30T18:25");
  g_assert_cmpint (json_object_get_int_member (summary, "warnings"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (summary, "doubtful"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (summary, "unpaired"), ==, 4);
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (summary, "b"), "rtl"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (summary, "a"), "title"), ==,
                   "Last lighthouse keeper on the Saffron Coast hands over his keys");
  g_assert_cmpstr (json_object_get_string_member (summary, "pairs"), ==, "1-1 1-0 1-1 1-0 1-1 1-0x2");

  name = g_strdup_printf ("g/data/%s.js", json_object_get_string_member (summary, "id"));
  dispatch = read_call (f, name, "diglot.dispatch");
  details = json_array_get_object_element (dispatch, 1);
  g_assert_cmpstr (json_object_get_string_member (details, "left"), ==, "a");
  g_assert_cmpuint (count_messages (details, "align.unpaired"), ==, 4);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (json_object_get_object_member (details, "a"), "body")), ==, 7);
  bead = json_array_get_object_element (json_object_get_array_member (details, "beads"), 4);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (bead, "a"), 0), ==, 4);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (bead, "b"), 0), ==, 2);
  g_assert_nonnull (strstr (json_array_get_string_element (dispatch, 2), "آخر حارس منارة"));
  /* A page to read and a thumbnail. */
  g_assert_cmpint (json_object_get_int_member (summary, "pictures"), ==, 1);
  g_assert_cmpuint (read_width (f, json_object_get_string_member (summary, "id"), 1), ==, 900);
  g_assert_cmpuint (read_width (f, json_object_get_string_member (summary, "id"), 0), ==, 112);
  g_assert_cmpuint (read_width (f, json_object_get_string_member (summary, "id"), 2), ==, 0);
}

/* A bead's box on the page is where its text is: below each other, on the page, the paragraphs of both columns in it. */
static void
test_places (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonArray) list = NULL, dispatch = NULL;
  g_autofree char *name = NULL;
  JsonArray       *boxes;
  gint64           foot = 0, page = 0;

  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot -o out/ --gallery g $samples/flood-en-ar.txt"), ==, 0);
  list = read_call (f, "g/data/list-1-1.js", "diglot.list");
  name = g_strdup_printf ("g/data/%s.js", json_object_get_string_member (
                                            json_array_get_object_element (json_array_get_array_element (json_array_get_array_element (list, 1), 0), 1), "id"));
  dispatch = read_call (f, name, "diglot.dispatch");
  boxes = json_object_get_array_member (json_array_get_object_element (dispatch, 1), "boxes");
  g_assert_cmpint (json_array_get_length (boxes), >=, 10);
  for (guint i = 0; i < json_array_get_length (boxes); i++) {
    JsonArray *box = json_array_get_array_element (boxes, i);
    gint64     left = json_array_get_int_element (box, 2), top = json_array_get_int_element (box, 3);
    gint64     width = json_array_get_int_element (box, 4), height = json_array_get_int_element (box, 5);

    if (json_array_get_int_element (box, 0) != page)
      foot = 0;
    page = json_array_get_int_element (box, 0);
    g_assert_cmpint (top, >=, foot);
    g_assert_cmpint (left, >, 50);
    g_assert_cmpint (left + width, <, 950);
    g_assert_cmpint (width, >, 750);
    foot = top + height;
    g_assert_cmpint (foot, <=, 1000);
  }
}

/* Nothing in the data can be taken for markup or end a line of a script, and nothing turns the direction of what a reader sees. */
static void
test_hostile (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonArray) list = NULL;
  JsonObject *summary;

  (void) data;
  scratch_put (f, "a<img src=x onerror=alert(3)>\"'\xE2\x80\xAE.txt", HOSTILE);
  g_assert_cmpint (scratch_run (f, "diglot -o out/ --gallery g *.txt"), ==, 0);
  g_assert_cmpint (scratch_run (f, "! grep -lP '[<>&]|\\x{2028}|\\x{2029}|[\\x{202A}-\\x{202E}]|[\\x{2066}-\\x{2069}]' g/data/*.js"), ==, 0);
  summary = find_summary (f, "g/data/list-1-1.js", "a<img src=x onerror=alert(3)>\"'\xE2\x80\xAE.txt", &list);
  g_assert_nonnull (summary);
  g_assert_cmpstr (json_object_get_string_member (summary, "output"), ==, "../out/a%3Cimg%20src%3Dx%20onerror%3Dalert%283%29%3E%22%27%E2%80%AE.pdf");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (json_object_get_object_member (summary, "a"), "title"),
                                   "</script><img src=x onerror=alert(1)> \"quoted\" 'single' &"));
}

static void
test_failed (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonArray) list = NULL;
  JsonObject *summary;

  (void) data;
  scratch_put (f, "empty.txt", "\n\n");
  g_assert_cmpint (scratch_run (f, "diglot -q -o out/ --gallery g empty.txt $samples/tiny-en-ar.txt missing.txt"), ==, 1);
  summary = find_summary (f, "g/data/list-1-1.js", "empty.txt", &list);
  g_assert_cmpstr (json_object_get_string_member (summary, "status"), ==, "failed");
  g_assert_false (json_object_has_member (summary, "output"));
  g_clear_pointer (&list, json_array_unref);
  summary = find_summary (f, "g/data/list-1-1.js", "missing.txt", &list);
  g_assert_cmpstr (json_object_get_string_member (summary, "status"), ==, "failed");
  g_assert_cmpint (json_object_get_int_member (summary, "errors"), ==, 1);
}

/* Several dispatches of one file each have their entry. */
static void
test_parts (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonArray) list = NULL;
  JsonArray *rows;

  (void) data;
  g_assert_cmpint (scratch_run (f, "cat $samples/flood-en-ar.txt > two.txt; echo ---------- >> two.txt; cat $samples/interleaved-en-ar.txt >> two.txt; "
                                   "diglot -o out/ --gallery g two.txt"),
                   ==, 0);
  list = read_call (f, "g/data/list-1-1.js", "diglot.list");
  rows = json_array_get_array_element (list, 1);
  g_assert_cmpint (json_array_get_length (rows), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (json_array_get_array_element (rows, i), 1), "part"), ==, i + 1);
}

static void
test_same (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "empty.txt", "\n");
  g_assert_cmpint (scratch_run (f, "cp $samples/*.txt . && diglot -q -j1 -o out/ --gallery g *.txt"), ==, 1);
  g_assert_cmpint (scratch_run (f, "cp -r g g1 && rm -r g && diglot -q -j4 -o out/ --gallery g *.txt; diff -r g g1"), ==, 0);
  /* Kept dispatches stay in it, and one whose entry is gone is made again. */
  g_assert_cmpint (scratch_run (f, "rm $(ls -d g/data/[0-9a-f]*.js | grep -E '/[0-9a-f]{16}[.]js' | head -1); "
                                   "diglot -q -u -o out/ --gallery g --report r.jsonl *.txt; diff -r g g1"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "test $(grep -c '\"status\":\"set\"' r.jsonl) = 1"), ==, 0);
  g_assert_cmpint (scratch_run (f, "test $(grep -c '\"status\":\"kept\"' r.jsonl) -ge 14"), ==, 0);
  /* What has left the batch leaves the folder. */
  g_assert_cmpint (scratch_run (f, "rm tiny-en-ar.txt; diglot -q -u -o out/ --gallery g *.txt; "
                                   "test $(ls g/data | wc -l) = $(($(ls g1/data | wc -l) - 1))"),
                   ==, 0);
}

static void
test_shards (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "cp $samples/*.txt . && for k in 1 2 3; do diglot -q -o out/ --gallery g --shard $k/3 *.txt || exit 1; done"), ==, 0);
  g_assert_cmpint (scratch_run (f, "grep -q '\"shards\":3' g/data/batch.js && test -e g/data/list-3-3.js"), ==, 0);
  /* Together they are the whole. */
  g_assert_cmpint (
    scratch_run (f, "diglot -q -o out/ --gallery whole *.txt && "
                    "diff <(cat g/data/list-?-3.js | grep '^\\[' | sed 's/,$//' | sort) <(grep '^\\[' whole/data/list-1-1.js | sed 's/,$//' | sort)"),
    ==, 0);
  g_assert_cmpint (scratch_run (f, "diff <(cd g/data; ls | grep -v list- | grep -v words-) <(cd whole/data; ls | grep -v list- | grep -v words-)"), ==, 0);
}

static void
test_check (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonArray) list = NULL;
  JsonObject *summary;

  (void) data;
  g_assert_cmpint (scratch_run (f, "cp $samples/unequal-en-ar.txt . && diglot --check --gallery g *.txt"), ==, 0);
  summary = find_summary (f, "g/data/list-1-1.js", "unequal-en-ar.txt", &list);
  g_assert_cmpstr (json_object_get_string_member (summary, "pairs"), ==, "1-1 1-0 1-1 1-0 1-1 1-0x2");
  g_assert_false (json_object_has_member (summary, "output"));
  g_assert_false (json_object_has_member (summary, "pages"));
}

static void
test_refused (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "mkdir mine && echo '<p>My own page.' > mine/index.html && diglot -o out/ --gallery mine $samples/tiny-en-ar.txt"), ==, 2);
  g_assert_nonnull (strstr (f->err, "mine/index.html is not a review page"));
  g_assert_cmpint (scratch_run (f, "grep -q 'My own' mine/index.html && test ! -e mine/data"), ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot --gallery g --dump doc $samples/tiny-en-ar.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "diglot --gallery - $samples/tiny-en-ar.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "touch file && diglot -o out/ --gallery file $samples/tiny-en-ar.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "test ! -e out"), ==, 0);
}

/* A long list has a file for every 400, the first of which tells of the others; what a shorter one leaves over goes. */
static void
test_pages (Scratch *f, gconstpointer data)
{
  g_autoptr (JsonArray) list = NULL, more = NULL;

  (void) data;
  g_assert_cmpint (scratch_run (f, "seq -f 'miss/%04.0f.txt' 801 | diglot --check -q --gallery g @- 2>/dev/null; ls g/data | grep list"), ==, 0);
  g_assert_cmpstr (f->out, ==, "list-1-1-2.js\nlist-1-1-3.js\nlist-1-1.js\n");
  list = read_call (f, "g/data/list-1-1.js", "diglot.list");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (list, 0), "pages"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (list, 0), "rows"), ==, 801);
  g_assert_cmpuint (json_array_get_length (json_array_get_array_element (list, 1)), ==, 400);
  more = read_call (f, "g/data/list-1-1-3.js", "diglot.more");
  g_assert_cmpuint (json_array_get_length (json_array_get_array_element (more, 0)), ==, 1);
  g_assert_cmpint (scratch_run (f, "seq -f 'miss/%04.0f.txt' 400 | diglot --check -q --gallery g @- 2>/dev/null; ls g/data | grep list"), ==, 0);
  g_assert_cmpstr (f->out, ==, "list-1-1.js\n");
}

/* A pipe in the place of a file is replaced, or refused where it might be somebody's page; it holds nothing up. */
static void
test_pipes (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "mkdir mine && mkfifo mine/index.html && timeout -s KILL 30 $diglot -o out/ --gallery mine $samples/tiny-en-ar.txt"), ==, 2);
  g_assert_nonnull (strstr (f->err, "mine/index.html is not a review page"));
  g_assert_cmpint (scratch_run (f,
                                "diglot -u -o out/ --gallery g $samples/tiny-en-ar.txt && cp -r g first && for file in g/data/*.js g/pages/*; do "
                                "rm $file; mkfifo $file; done && timeout -s KILL 30 $diglot -u -o out/ --gallery g $samples/tiny-en-ar.txt && diff -r first g"),
                   ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Scratch *f, gconstpointer data);
  } tests[] = {
    { "/gallery/folder", test_folder },   { "/gallery/places", test_places }, { "/gallery/hostile", test_hostile }, { "/gallery/failed", test_failed },
    { "/gallery/parts", test_parts },     { "/gallery/same", test_same },     { "/gallery/shards", test_shards },   { "/gallery/check", test_check },
    { "/gallery/refused", test_refused }, { "/gallery/pipes", test_pipes },   { "/gallery/pages", test_pages },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Scratch, NULL, scratch_set_up, tests[i].test, scratch_tear_down);
  return g_test_run ();
}
