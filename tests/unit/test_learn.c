/* test_learn.c: words learned from the pairs of an archive, kept as text, used where no dictionary has them. */
#include "scratch.h"

#include <stdio.h>

/* Tools of an invented museum, whose names no dictionary at hand has. */
static const char *const tools[][2] = {
  { "anvil", "سندان" }, { "thimble", "كشتبان" }, { "lantern", "فانوس" }, { "chisel", "إزميل" }, { "spindle", "مغزل" }, { "saddle", "سرج" },
};

#define N_TOOLS G_N_ELEMENTS (tools)

/* Dispatches whose numbers make the pairs sure, in the folder "in". */
static void
put_archive (const Scratch *f)
{
  g_autofree char *folder = g_build_filename (f->folder, "in", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < 12; i++) {
    g_autofree char *name = g_strdup_printf ("%02u.txt", i), *path = g_build_filename (folder, name, NULL);
    g_autoptr (GString) english = g_string_new ("Museum of Tamra buys tools\nSource: Agencies 4 May 2025\n");
    g_autoptr (GString) arabic = g_string_new ("متحف تمرة يشتري أدوات\nالمصدر: وكالات 4 أيار 2025\n");

    for (guint k = 0; k < 4; k++) {
      const char *const *one = tools[(i + k) % N_TOOLS], *const *other = tools[(i * 2 + k * 3 + 1) % N_TOOLS];
      guint              year = 1700 + i * 17 + k * 5, price = 100 + i * 31 + k * 7;

      g_string_append_printf (english, "The museum bought a %s made in %u and a %s for %u euros.\n", one[0], year, other[0], price);
      g_string_append_printf (arabic, "واشترى المتحف %s صُنع في عام %u مع %s بمبلغ %u يورو.\n", one[1], year, other[1], price);
    }
    g_string_append (english, arabic->str);
    g_assert_true (g_file_set_contents (path, english->str, -1, NULL));
  }
}

/* Property: what stands in pairs again and again is learned, and the file is the same whatever came first. */
static void
test_learn (Scratch *f, gconstpointer data)
{
  guint found = 0;

  (void) data;
  put_archive (f);
  g_assert_cmpint (scratch_run (f, "diglot --learn words.tsv in && cat words.tsv"), ==, 0);
  g_assert_true (g_str_has_prefix (f->out, "# Diglot lexicon 1\n[ar en]\n"));
  for (guint i = 0; i < N_TOOLS; i++) {
    g_autofree char *pair = NULL;

    /* The article is cut off either side, and letters at the end that may be one. */
    for (gsize n = strlen (tools[i][0]); n >= 4 && pair == NULL; n--) {
      g_autofree char *line = g_strdup_printf ("\t%.*s\t", (int) n, tools[i][0]);

      if (strstr (f->out, line) != NULL)
        pair = g_steal_pointer (&line);
    }
    found += pair != NULL;
  }
  g_test_message ("%s", f->out);
  g_assert_cmpuint (found, >=, 5);
  g_assert_nonnull (strstr (f->out, "ازميل\tchisel\t"));
  g_assert_null (strstr (f->out, "ازميل\tthimbl"));
  g_assert_cmpint (scratch_run (f, "diglot --learn again.tsv $(ls -r in/*.txt) && cmp words.tsv again.tsv"), ==, 0);
}

/* Property: learned words pair what nothing else does, and an output depends on them. */
static void
test_use (Scratch *f, gconstpointer data)
{
  static const char text[] = "Source: Agencies 4 May 2025\nOld tools mended in Tamra\nThe old man mended the anvil.\nThe old man mended the saddle.\n"
                             "The old man mended the lantern.\nأدوات قديمة تُصلح في تمرة\nالمصدر: وكالات 4 أيار 2025\n"
                             "وأصلح الشيخ السندان.\nوأصلح الشيخ الفانوس.\n";
  g_autofree char  *path = g_build_filename (f->folder, "a.txt", NULL), *without = NULL;

  (void) data;
  put_archive (f);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (scratch_run (f, "diglot --learn words.tsv in && diglot --dump align a.txt"), ==, 0);
  without = g_strdup (f->out);
  g_assert_cmpint (scratch_run (f, "diglot --lexicon words.tsv --dump align a.txt"), ==, 0);
  g_test_message ("%s\n%s", without, f->out);
  g_assert_true (g_str_has_prefix (f->out, "1-1 3 8 "));
  g_assert_nonnull (strstr (f->out, "\n1-0 4 - "));
  g_assert_nonnull (strstr (f->out, "\n1-1 5 9 "));
  g_assert_cmpstr (f->out, !=, without);

  g_assert_cmpint (scratch_run (f, "diglot -u --lexicon words.tsv -o out/ --report r.jsonl a.txt && diglot -u --lexicon words.tsv -o out/ --report r.jsonl "
                                   "a.txt && cat r.jsonl"),
                   ==, 0);
  g_assert_nonnull (strstr (f->out, "\"status\":\"kept\""));
  g_assert_cmpint (scratch_run (f, "printf 'قارب\tboat\\n' >> words.tsv && diglot -u --lexicon words.tsv -o out/ --report r.jsonl a.txt && cat r.jsonl"), ==,
                   0);
  g_assert_nonnull (strstr (f->out, "\"status\":\"set\""));
}

/* Property: what is no lexicon is refused with its line, and what cannot go together is refused. */
static void
test_refused (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *command, *error;
  } cases[] = {
    { "echo boat > l; diglot --lexicon l a.txt", "l: this is no lexicon that --learn has written" },
    { "printf '# Diglot lexicon 1\\nboat\\n' > l; diglot --lexicon l a.txt", "l:2: neither two words" },
    { "printf '# Diglot lexicon 1\\n[ar en]\\nboat\\n' > l; diglot --lexicon l a.txt", "l:3: neither two words" },
    { "printf '# Diglot lexicon 1\\n[en ar]\\n' > l; diglot --lexicon l a.txt", "l:2: neither two words" },
    { "diglot --lexicon missing a.txt", "missing" },
    { "diglot --learn l -o x.pdf a.txt", "--learn makes a lexicon only" },
    { "diglot --learn l --bundle a.txt", "--learn makes one lexicon anew" },
    { "diglot --learn a.txt a.txt", "a.txt" },
  };
  g_autofree char *path = g_build_filename (f->folder, "a.txt", NULL);

  (void) data;
  g_assert_true (g_file_set_contents (path, "A boat left.\nغادر قارب.\n", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].command);
    g_assert_cmpint (scratch_run (f, cases[i].command), ==, 2);
    g_assert_nonnull (strstr (f->err, cases[i].error));
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *home = NULL;
  int              status;

  g_test_init (&argc, &argv, NULL);
  home = scratch_make_home ();
  g_test_add ("/learn/words", Scratch, NULL, scratch_set_up, test_learn, scratch_tear_down);
  g_test_add ("/learn/use", Scratch, NULL, scratch_set_up, test_use, scratch_tear_down);
  g_test_add ("/learn/refused", Scratch, NULL, scratch_set_up, test_refused, scratch_tear_down);
  status = g_test_run ();
  scratch_remove (home);
  return status;
}
