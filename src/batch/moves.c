/* moves.c: an input is renamed, never copied, so that it is in one place whatever happens; a name that is taken there gets a number. */
#include "batch/moves.h"

#include "base/refuse.h"
#include "batch/material.h"
#include "batch/results.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define NUMBERS_MAX 100000 /* of one name */

typedef enum { STATE_DONE, STATE_FAILED, STATE_OPEN } State;

struct DgMoves {
  GHashTable *marks; /* an input's path → what it was like before the round */
};

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

  if (batch->done == NULL && batch->failed == NULL)
    return NULL;
  moves = g_new0 (DgMoves, 1);
  moves->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < jobs->jobs->len; i++) {
    const DgJob *job = jobs->jobs->pdata[i];
    char        *mark = dup_mark (job->path);

    if (mark != NULL)
      g_hash_table_insert (moves->marks, g_strdup (job->path), mark);
  }
  return moves;
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
  g_autoptr (GError) error = NULL;

  if (rename (path, place) == 0)
    return;
  if (errno == EXDEV)
    dg_refuse (&error, DIGLOT_ERROR_WRITE, "cannot be moved to %s, which is on another file system", folder);
  else
    dg_refuse (&error, DIGLOT_ERROR_WRITE, "cannot be moved to %s: %s", folder, g_strerror (errno));
  dg_results_tell_error (run, path, error);
}

static void
move_input (DgRun *run, const DgJob *job, State state)
{
  const char      *folder = state == STATE_FAILED ? run->batch->failed : run->batch->done;
  g_autofree char *base = g_path_get_basename (job->path);
  /* A member's place below the outputs is not its archive's. */
  const char      *below = job->member == NULL && job->below != NULL ? job->below : base;
  g_autofree char *picture = run->batch->picture == NULL ? dg_material_dup_picture_path (run->batch, job) : NULL;

  if (folder == NULL)
    return;
  move (run, job->path, folder, below);
  if (picture != NULL) {
    g_autofree char *parent = g_path_get_dirname (below), *name = g_path_get_basename (picture);
    g_autofree char *beside = g_build_filename (parent, name, NULL);

    move (run, picture, folder, beside);
  }
}

void
dg_moves_end (DgMoves *moves, DgRun *run)
{
  g_autoptr (GHashTable) states = g_hash_table_new (g_str_hash, g_str_equal);

  if (moves == NULL)
    return;
  /* Of an archive all members must be done with. */
  for (guint i = 0; i < run->work.jobs->jobs->len; i++) {
    const DgJob  *job = dg_run_job (run, i);
    const DgSlot *slot = &run->slots[i];
    const State   state = !slot->is_done || i >= run->told ? STATE_OPEN : slot->has_failed ? STATE_FAILED : STATE_DONE;
    const State   known = (State) GPOINTER_TO_UINT (g_hash_table_lookup (states, job->path));

    g_hash_table_insert (states, job->path, GUINT_TO_POINTER (MAX (state, known)));
  }
  for (guint i = 0; i < run->work.jobs->jobs->len; i++) {
    const DgJob     *job = dg_run_job (run, i);
    const State      state = (State) GPOINTER_TO_UINT (g_hash_table_lookup (states, job->path));
    const char      *before = g_hash_table_lookup (moves->marks, job->path);
    g_autofree char *now = before != NULL && state != STATE_OPEN ? dup_mark (job->path) : NULL;

    if (now != NULL && strcmp (now, before) == 0)
      move_input (run, job, state);
    g_hash_table_remove (moves->marks, job->path);
  }
  g_hash_table_unref (moves->marks);
  g_free (moves);
}
