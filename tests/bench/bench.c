/* bench.c: how long a dispatch takes: bench PROGRAM FILE...  prints a row a file, times in milliseconds as medians: of the whole
 * process, and of one conversion inside a process whose faces and template are loaded. */
#include "diglot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 15

static int
compare_times (const void *one, const void *two)
{
  double a = *(const double *) one, b = *(const double *) two;

  return a < b ? -1 : a > b;
}

static double
median (double *times, guint n)
{
  qsort (times, n, sizeof *times, compare_times);
  return n % 2 == 1 ? times[n / 2] : (times[n / 2 - 1] + times[n / 2]) / 2;
}

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/* Milliseconds of the program from start to end, its output thrown away; below 0 where it fails. */
static double
time_process (const char *program, const char *file)
{
  const char *argv[] = { program, "-o", "/dev/null", file, NULL };
  double      start = now_ms ();
  int         status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL)
      || status != 0)
    return -1;
  return now_ms () - start;
}

static gboolean
measure (DiglotConverter *converter, const char *program, const char *file)
{
  double             process[RUNS], conversion[RUNS];
  g_autoptr (GBytes) input = diglot_read_file (file, NULL);
  g_autofree char   *name = g_path_get_basename (file);

  for (guint i = 0; i < RUNS; i++) {
    double start = now_ms ();

    g_autoptr (DiglotResult) result = input != NULL ? diglot_convert (converter, input, name, DIGLOT_FORMAT_PDF) : NULL;

    conversion[i] = now_ms () - start;
    process[i] = time_process (program, file);
    if (result == NULL || diglot_result_bytes (result) == NULL || process[i] < 0) {
      fprintf (stderr, "%s cannot be typeset\n", name);
      return FALSE;
    }
  }
  printf ("%-32s %10.1f %12.1f\n", name, median (process, RUNS), median (conversion, RUNS));
  return TRUE;
}

int
main (int argc, char **argv)
{
  const DiglotOptions         options = { .bind_process = TRUE };
  g_autoptr (GError)          error = NULL;
  double                      start = now_ms ();
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, &error);
  int                         status = EXIT_SUCCESS;

  if (argc < 3 || converter == NULL) {
    fprintf (stderr, "%s\n", converter == NULL ? error->message : "usage: bench PROGRAM FILE...");
    return EXIT_FAILURE;
  }
  printf ("a converter is made in %.1f ms\n", now_ms () - start);
  printf ("%-32s %10s %12s\n", "median of 15, ms", "process", "in process");
  for (int i = 2; i < argc; i++)
    if (!measure (converter, argv[1], argv[i]))
      status = EXIT_FAILURE;
  return status;
}
