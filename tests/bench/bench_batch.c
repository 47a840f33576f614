/* bench_batch.c: what a batch costs: bench_batch N FILE...  sets N dispatches, altered copies of the files so that no two are the same,
 * with one worker and with one for each processor, and prints a row each; then the same again with --update. */
#include "diglot.h"
#include "../unit/scratch.h"

#include <stdio.h>
#include <stdlib.h>

/* @text with the number put into its sentences: no two copies have the same paragraphs. */
static char *
dup_altered (const char *text, guint number)
{
  g_autoptr (GRegex) regex = g_regex_new (" (of|the|to|de|la|der|und|في|على|من) ", G_REGEX_OPTIMIZE, 0, NULL);
  g_autofree char *put = g_strdup_printf (" \\1 %u ", number);

  return g_regex_replace (regex, text, -1, 0, put, 0, NULL);
}

static gboolean
make_inputs (const char *folder, guint n, char **files)
{
  guint n_files = g_strv_length (files);

  for (guint i = 0; i < n; i++) {
    g_autofree char *text = NULL, *altered = NULL;
    g_autofree char *path = g_strdup_printf ("%s/%05u.txt", folder, i);

    if (!g_file_get_contents (files[i % n_files], &text, NULL, NULL) || (altered = dup_altered (text, i)) == NULL
        || !g_file_set_contents (path, altered, -1, NULL))
      return FALSE;
  }
  return TRUE;
}

/* Seconds for the whole batch; below 0 where it fails. */
static double
measure (const char *in, const char *out, guint jobs, gboolean update, const char *label, double compared)
{
  const char *const inputs[] = { in, NULL };
  const DiglotBatch batch = {
    .inputs = inputs,
    .output = out,
    .jobs = jobs,
    .update = update,
    .conversion = { .bind_process = TRUE },
    .timeout = 300,
    .memory = 2048,
  };
  g_autoptr (GError) error = NULL;
  DiglotTally tally;
  double      each;

  if (!dg_batch_run (&batch, NULL, &tally, &error) || tally.failed > 0 || tally.done == 0) {
    fprintf (stderr, "%s\n", error != NULL ? error->message : "dispatches failed");
    return -1;
  }
  each = tally.seconds * 1000 / tally.done;
  printf ("%-24s %8.2f s %8.2f ms each %6.1f/s", label, tally.seconds, each, tally.done / tally.seconds);
  if (compared > 0)
    printf ("   %.2f times as fast", compared / tally.seconds);
  if (tally.peak > 0)
    printf ("   a worker at most %.1f MiB", (double) tally.peak / 1024);
  printf ("\n");
  fflush (stdout);
  return tally.seconds;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = scratch_make ();
  g_autofree char *in = g_build_filename (folder, "in", NULL);
  g_autofree char *one = g_build_filename (folder, "one/", NULL);
  g_autofree char *all = g_build_filename (folder, "all/", NULL);
  guint            n = argc > 2 ? (guint) strtoul (argv[1], NULL, 10) : 0;
  double           alone = -1, together = -1;

  if (n == 0 || g_mkdir (in, 0777) != 0 || !make_inputs (in, n, argv + 2)) {
    fprintf (stderr, "usage: bench_batch N FILE...\n");
    return EXIT_FAILURE;
  }
  printf ("%u dispatches, %u processors\n", n, g_get_num_processors ());
  alone = measure (in, one, 1, FALSE, "one worker", 0);
  together = measure (in, all, 0, FALSE, "a worker each processor", alone);
  if (together > 0)
    measure (in, all, 0, TRUE, "--update, unchanged", together);
  scratch_remove (folder);
  return alone > 0 && together > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
