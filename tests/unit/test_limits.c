/* test_limits.c: no dispatch costs more than it may: bytes, paragraphs, pages, seconds and memory have a limit each, with a message
 * that names it, and no file where it is passed. */
#include "scratch.h"

#include <fnmatch.h>

/* @n dispatches' worth of paragraphs in two languages. */
static void
put_long (Scratch *s, const char *name, guint n)
{
  g_autoptr (GString) text = g_string_new ("Harbour opens again\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "The harbour has been open again since Sunday, %u days after the storm.\n", i);
  g_string_append (text, "إعادة فتح الميناء\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "أُعيد فتح الميناء يوم الأحد، بعد %u يوماً من العاصفة.\n", i);
  scratch_put (s, name, text->str);
}

/* @message: with "*" for what the design of the page decides. */
static void
check_limit (Scratch *s, const char *options, const char *message)
{
  g_autofree char *line = g_strdup_printf ("diglot %s a.txt", options);
  g_autofree char *wanted = g_strdup_printf ("a.txt: error: %s [[]input.limit]\n", message);

  g_assert_cmpint (scratch_run (s, line), ==, 1);
  g_assert_true (fnmatch (wanted, s->err, 0) == 0);
  g_assert_cmpint (scratch_run (s, "test -e a.pdf"), ==, 1);
}

/* At the limit a dispatch is set, beyond it there is a message with both numbers. */
static void
test_counted (Scratch *s, gconstpointer data)
{
  (void) data;
  put_long (s, "a.txt", 100);
  check_limit (s, "--limit bytes=1000", "16633 bytes, and 1000 is the limit; --limit bytes=N sets another");
  check_limit (s, "--limit paragraphs=201", "202 paragraphs, and 201 is the limit; --limit paragraphs=N sets another");
  check_limit (s, "--limit pages=1", "* pages, and 1 is the limit; --limit pages=N sets another");
  g_assert_cmpint (scratch_run (s, "diglot --limit bytes=0 --limit paragraphs=202 --limit pages=20 a.txt && test -s a.pdf"), ==, 0);
  /* A limit on pages is none on what has no pages. */
  g_assert_cmpint (scratch_run (s, "diglot --limit pages=1 -t json a.txt"), ==, 0);
}

/* Where nobody says anything there are limits too, on standard input as well. */
static void
test_default (Scratch *s, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (s, "yes 'The harbour is open.' | head -c 17000000 | diglot - > a.pdf"), ==, 1);
  g_assert_cmpstr (s->err, ==, "<stdin>: error: 17000000 bytes, and 16777216 is the limit; --limit bytes=N sets another [input.limit]\n");
  g_assert_cmpint (scratch_run (s, "diglot -o b.pdf /dev/zero"), ==, 1);
  g_assert_cmpstr (s->err, ==, "/dev/zero: error: larger than 64 MiB [input.limit]\n");
}

static void
test_time (Scratch *s, gconstpointer data)
{
  (void) data;
  put_long (s, "a.txt", 3000);
  check_limit (s, "--timeout 0.01", "takes longer than 0.01 seconds");
}

/* What is refused as an option. */
static void
test_options (Scratch *s, gconstpointer data)
{
  static const char *const wrong[] = { "pages", "pages=", "pages=-1", "pages=x", "pages=4294967295", "page=1", "pagess=1", "" };

  (void) data;
  put_long (s, "a.txt", 1);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *line = g_strdup_printf ("diglot --limit '%s' a.txt", wrong[i]);

    g_assert_cmpint (scratch_run (s, line), ==, 2);
    g_assert_true (g_str_has_prefix (s->err, "diglot: error: --limit "));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/limits/counted", Scratch, NULL, scratch_set_up, test_counted, scratch_tear_down);
  g_test_add ("/limits/default", Scratch, NULL, scratch_set_up, test_default, scratch_tear_down);
  g_test_add ("/limits/time", Scratch, NULL, scratch_set_up, test_time, scratch_tear_down);
  g_test_add ("/limits/options", Scratch, NULL, scratch_set_up, test_options, scratch_tear_down);
  return g_test_run ();
}
