/* moves.c: an input is renamed, never copied, so that it is in one place whatever happens; a name that is taken there gets a number. */
#include "batch/moves.h"

#include "base/refuse.h"
#include "batch/material.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define NUMBERS_MAX 100000 /* of one name */

typedef struct {
  char    *mark;    /* what the input was like before the round; NULL: it is no file */
  char    *below;   /* its place below a folder */
  char    *picture; /* that goes along; NULL */
  guint    n, told; /* dispatches in it, and those that are done with */
  gboolean has_failed;
} Input;

struct DgMoves {
  GHashTable *inputs; /* path → Input */
};

static void
free_input (gpointer data)
{
  Input *input = data;

  g_free (input->mark);
  g_free (input->below);
  g_free (input->picture);
  g_free (input);
}

static char *
dup_mark (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return NULL;
  return g_strdup_printf ("%lu:%lu:%lu:%ld:%ld", (gulong) info.st_dev, (gulong) info.st_ino, (gulong) info.st_size, (long) info.st_mtim.tv_sec,
                          info.st_mtim.tv_nsec);
}

static gboolean
is_below (const char *path, const char *folder)
{
  g_autofree char *inner = dg_jobs_dup_place (path), *outer = dg_jobs_dup_place (folder);
  gsize            length = strlen (outer);

  return g_str_has_prefix (inner, outer) && (inner[length] == '\0' || inner[length] == '/' || g_str_has_suffix (outer, "/"));
}

gboolean
dg_moves_check (const DiglotBatch *batch, GError **error)
{
  const char *folders[] = { batch->done, batch->failed };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    if (folders[i] == NULL)
      continue;
    for (guint k = 0; batch->inputs != NULL && batch->inputs[k] != NULL; k++)
      if (g_file_test (batch->inputs[k], G_FILE_TEST_IS_DIR) && is_below (folders[i], batch->inputs[k]))
        return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s lies in %s, where what is moved there would be found again", folders[i], batch->inputs[k]);
    if (g_mkdir_with_parents (folders[i], 0777) != 0)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "the folder %s cannot be made: %s", folders[i], g_strerror (errno));
  }
  return TRUE;
}

DgMoves *
dg_moves_new (const DiglotBatch *batch, const DgJobs *jobs)
{
  DgMoves *moves;
  guint    n = dg_store_count (jobs->jobs);

  if (batch->done == NULL && batch->failed == NULL)
    return NULL;
  moves = g_new0 (DgMoves, 1);
  moves->inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_input);
  for (guint i = 0; i < n; i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);
    Input *input = g_hash_table_lookup (moves->inputs, job->path);

    if (input == NULL) {
      input = g_new0 (Input, 1);
      input->mark = dup_mark (job->path);
      /* A member's place below the outputs is not its archive's. */
      input->below = job->member == NULL && job->below != NULL ? g_strdup (job->below) : g_path_get_basename (job->path);
      input->picture = batch->picture == NULL ? dg_material_dup_picture_path (batch, job) : NULL;
      g_hash_table_insert (moves->inputs, g_strdup (job->path), input);
    }
    input->n++;
  }
  return moves;
}

void
dg_moves_note (DgMoves *moves, const DgJob *job, gboolean has_failed)
{
  Input *input = moves != NULL ? g_hash_table_lookup (moves->inputs, job->path) : NULL;

  if (input == NULL)
    return;
  input->told++;
  input->has_failed = input->has_failed || has_failed;
}

/* The place for @below in @folder that nobody has: "a/b.txt", else "a/b~2.txt". */
static char *
dup_free_place (const char *folder, const char *below)
{
  g_autofree char *wanted = g_build_filename (folder, below, NULL), *parent = g_path_get_dirname (wanted);
  const char      *base = strrchr (wanted, '/') + 1, *dot = strrchr (base, '.');
  gsize            length = dot != NULL && dot > base ? (gsize) (dot - wanted) : strlen (wanted);

  g_mkdir_with_parents (parent, 0777);
  for (guint n = 2; g_file_test (wanted, G_FILE_TEST_EXISTS) && n < NUMBERS_MAX; n++) {
    char *next = g_strdup_printf ("%.*s~%u%s", (int) length, wanted, n, wanted + length);

    if (!g_file_test (next, G_FILE_TEST_EXISTS))
      return next;
    g_free (next);
  }
  return g_steal_pointer (&wanted);
}

static void
move (DgRun *run, const char *path, const char *folder, const char *below)
{
  g_autofree char *place = dup_free_place (folder, below);
  g_autoptr (DiglotMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  if (rename (path, place) == 0)
    return;
  if (errno == EXDEV)
    dg_refuse (&error, DIGLOT_ERROR_WRITE, "cannot be moved to %s, which is on another file system", folder);
  else
    dg_refuse (&error, DIGLOT_ERROR_WRITE, "cannot be moved to %s: %s", folder, g_strerror (errno));
  message = diglot_message_new_from_error (path, error);
  if (run->events != NULL && run->events->message != NULL)
    run->events->message (message, run->events->data);
}

static void
move_input (DgRun *run, const char *path, const Input *input)
{
  const char      *folder = input->has_failed ? run->batch->failed : run->batch->done;
  g_autofree char *now = dup_mark (path);

  if (folder == NULL || input->told < input->n || g_strcmp0 (now, input->mark) != 0)
    return;
  move (run, path, folder, input->below);
  if (input->picture != NULL) {
    g_autofree char *parent = g_path_get_dirname (input->below), *name = g_path_get_basename (input->picture);
    g_autofree char *beside = g_build_filename (parent, name, NULL);

    move (run, input->picture, folder, beside);
  }
}

void
dg_moves_end (DgMoves *moves, DgRun *run)
{
  g_autoptr (GList) paths = moves != NULL ? g_list_sort (g_hash_table_get_keys (moves->inputs), (GCompareFunc) strcmp) : NULL;

  if (moves == NULL)
    return;
  for (const GList *at = paths; at != NULL; at = at->next) {
    const Input *input = g_hash_table_lookup (moves->inputs, at->data);

    if (input->mark != NULL)
      move_input (run, at->data, input);
  }
  g_hash_table_unref (moves->inputs);
  g_free (moves);
}
