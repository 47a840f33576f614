/* bench_rows.c: what a row costs in long documents: bench_rows PROGRAM FILE  prints processor time and milliseconds a row for documents of
 * 100, 1,000 and 10,000 rows made of the paragraphs of FILE, each with a number of its own.
 *
 * Where the folder TYPST_NODE has the npm package @myriaddreamin/typst-ts-node-compiler, Typst sets the same rows as a grid of two
 * columns in the same faces.  Times are of whole processes; a start is taken off, that of a document of one row. */
#include "diglot.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "read/decode.h"
#include "read/parse.h"

#define RUNS 3

static const guint sizes[] = { 1, 100, 1000, 10000 };

typedef struct {
  const char *program;
  char       *folder, *dispatch, *rows, *pdf;
  GPtrArray  *body[2]; /* DgNode*, lent: as many on both sides */
} Bench;

static double
children_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* Processor time of a process in milliseconds, the least of some; below 0 where it fails. */
static double
time_process (const char *const *argv, const char *folder)
{
  double least = -1;

  for (guint i = 0; i < RUNS; i++) {
    double start = children_ms (), took;
    int    status;

    if (!g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                       &status, NULL)
        || status != 0)
      return -1;
    took = children_ms () - start;
    least = least < 0 ? took : MIN (least, took);
  }
  return least;
}

static const char *
text_of (const Bench *bench, guint side, guint row)
{
  return ((const DgNode *) bench->body[side]->pdata[row % bench->body[side]->len])->text;
}

static gboolean
write_inputs (const Bench *bench, guint n)
{
  static const char *const heads[] = { "A long document\nSource: Agencies\n", "وثيقة طويلة\nالمصدر: وكالات\n" };
  g_autoptr (GString) dispatch = g_string_new (NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;

  for (guint side = 0; side < 2; side++) {
    g_string_append (dispatch, heads[side]);
    for (guint i = 0; i < n; i++)
      g_string_append_printf (dispatch, "%u. %s\n", i + 1, text_of (bench, side, i));
  }
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++) {
    json_builder_begin_array (builder);
    for (guint side = 0; side < 2; side++) {
      g_autofree char *text = g_strdup_printf ("%u. %s", i + 1, text_of (bench, side, i));

      json_builder_add_string_value (builder, text);
    }
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);
  return g_file_set_contents (bench->dispatch, dispatch->str, (gssize) dispatch->len, NULL) && g_file_set_contents (bench->rows, json, -1, NULL);
}

/* Prints a row a size; FALSE where a document could not be set. */
static gboolean
measure (const Bench *bench)
{
  const char *const ours[] = { bench->program, "-o", bench->pdf, bench->dispatch, NULL };
  const char       *typst = g_getenv ("TYPST_NODE");
  g_autofree char  *script = g_canonicalize_filename ("tests/bench/typst.mjs", NULL);
  const char *const theirs[] = { "node", script, bench->rows, bench->pdf, NULL };
  double            start[2] = { 0, 0 };

  printf ("%-32s %10s %8s %10s %8s\n", "processor time, least of 3, ms", "ours", "a row", typst ? "Typst's" : "", typst ? "a row" : "");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    double took[2] = { -1, -1 };

    if (!write_inputs (bench, sizes[i]) || (took[0] = time_process (ours, NULL)) < 0)
      return FALSE;
    if (typst)
      took[1] = time_process (theirs, typst);
    if (i == 0) {
      start[0] = took[0];
      start[1] = took[1];
      continue;
    }
    printf ("%6u rows %21s %10.0f %8.2f", sizes[i], "", took[0], (took[0] - start[0]) / sizes[i]);
    if (took[1] > 0)
      printf (" %10.0f %8.2f", took[1], (took[1] - start[1]) / sizes[i]);
    printf ("\n");
    fflush (stdout);
  }
  return TRUE;
}

static GPtrArray *
find_body (const DgText *text)
{
  GPtrArray *body = g_ptr_array_new ();

  for (guint i = 0; i < text->nodes->len; i++)
    if (((const DgNode *) text->nodes->pdata[i])->role == DG_ROLE_BODY)
      g_ptr_array_add (body, text->nodes->pdata[i]);
  return body;
}

int
main (int argc, char **argv)
{
  g_autoptr (GBytes) input = argc == 3 ? diglot_read_file (argv[2], NULL) : NULL;
  g_autoptr (DgDiag) diag = dg_diag_new ("");
  g_autoptr (DgSource) source = input ? dg_decode ("", input, NULL, diag, NULL) : NULL;
  g_autoptr (DgDoc) doc = source ? dg_parse (source, NULL, diag, NULL) : NULL;
  Bench    bench = { .program = argc == 3 ? argv[1] : NULL };
  gboolean done;

  if (!doc || doc->n_texts < 2) {
    fprintf (stderr, "usage: bench_rows PROGRAM FILE, of two languages\n");
    return EXIT_FAILURE;
  }
  for (guint side = 0; side < 2; side++)
    bench.body[side] = find_body (&doc->text[side]);
  bench.folder = g_dir_make_tmp ("diglot-rows-XXXXXX", NULL);
  bench.dispatch = g_build_filename (bench.folder, "rows.txt", NULL);
  bench.rows = g_build_filename (bench.folder, "rows.json", NULL);
  bench.pdf = g_build_filename (bench.folder, "rows.pdf", NULL);
  done = measure (&bench);
  if (!done)
    fprintf (stderr, "the rows cannot be typeset\n");
  g_unlink (bench.dispatch);
  g_unlink (bench.rows);
  g_unlink (bench.pdf);
  g_rmdir (bench.folder);
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
