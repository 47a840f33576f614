/* records.c: a state is kept in each folder that outputs go to, and one beside an archive that is made. */
#include "batch/records.h"

#include "batch/report.h"
#include "batch/state.h"

#include <string.h>

void
dg_records_free_state (gpointer state)
{
  dg_state_free (state);
}

gboolean
dg_records_are_kept (const DgRun *run)
{
  const DgJobs *jobs = run->work.jobs;
  gboolean      is_file = run->batch->format != DIGLOT_FORMAT_CHECK && g_strcmp0 (jobs->archive, "-") != 0;

  return is_file && (run->batch->update || run->batch->watch || ((jobs->folder != NULL || jobs->archive != NULL) && dg_jobs_count (jobs) > 1));
}

static gboolean
is_in_pack (const char *const *outputs, gpointer pack)
{
  return dg_pack_has (pack, outputs[0], outputs[1]);
}

typedef struct {
  const DgJobs *jobs;
  const char   *folder;
} Own;

/* TRUE where the output @name is one of ours. */
static gboolean
is_own (const char *name, gpointer data)
{
  const Own       *own = data;
  const char      *archive = own->jobs->archive;
  g_autofree char *path = archive != NULL ? g_strconcat (archive, "!", name, NULL) : g_build_filename (own->folder, name, NULL);
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  return dg_marks_has (own->jobs->outputs, full);
}

static DgState *
open_state (const DgRun *run, const char *folder)
{
  const DiglotBatch *batch = run->batch;
  g_autofree char   *base = run->work.jobs->archive != NULL ? g_path_get_basename (run->work.jobs->archive) : NULL;
  g_autofree char   *ending = base != NULL        ? g_strconcat ("-", base, NULL)
                              : batch->shards > 0 ? g_strdup_printf ("-%u-%u", batch->shard, batch->shards)
                                                  : g_strdup ("");
  const Own          own = { run->work.jobs, folder };
  DgState           *state = dg_state_open (folder, ending, run->work.jobs->folder != NULL || base != NULL || batch->update, is_own, (gpointer) &own);

  if (base != NULL)
    dg_state_set_check (state, is_in_pack, run->pack);
  return state;
}

/* The state that knows @job, and its output's path in @name, below the folder or in the archive. NULL where there is none. */
static DgState *
find_state (DgRun *run, const DgJob *job, char **name)
{
  const DgJobs    *jobs = run->work.jobs;
  g_autofree char *folder = NULL;
  DgState         *state;

  if (!dg_records_are_kept (run) || job->output == NULL || strcmp (job->output, "-") == 0)
    return NULL;
  if (jobs->archive != NULL) {
    folder = g_path_get_dirname (jobs->archive);
    *name = g_strdup (dg_jobs_member (jobs, job->output));
  } else if (jobs->folder != NULL) {
    const char *below = job->output + strlen (jobs->folder);

    folder = g_strdup (jobs->folder);
    *name = g_strdup (below + strspn (below, "/"));
  } else {
    folder = g_path_get_dirname (job->output);
    *name = g_path_get_basename (job->output);
  }
  state = g_hash_table_lookup (run->states, folder);
  if (state == NULL) {
    state = open_state (run, folder);
    g_hash_table_insert (run->states, g_steal_pointer (&folder), state);
  }
  return state;
}

/* The path of a part's output below the folder of its state: parts lie beside each other. */
static char *
dup_part_name (const DgJob *job, const char *name, const char *output)
{
  gsize outside = strlen (job->output) - strlen (name);

  return g_strdup (strlen (output) > outside ? output + outside : output);
}

void
dg_records_add (DgRun *run, guint i, const DgOutcome *outcome, const char *details, const DgRange *range)
{
  const DgJob     *job = dg_run_job (run, i);
  g_autofree char *name = NULL;
  DgState         *state = find_state (run, job, &name);
  g_autoptr (GPtrArray) outputs = g_ptr_array_new_with_free_func (g_free);

  if (state == NULL)
    return;
  dg_state_drop (state, name);
  if (outcome->key == NULL || dg_outcome_has_failed (outcome))
    return;
  if (range != NULL && range->place != NULL) {
    g_ptr_array_add (outputs, g_strdup (range->place));
    g_ptr_array_add (outputs, g_strdup (range->digest));
  }
  for (guint k = 0; k < outcome->parts->len; k++) {
    const DgPart *part = outcome->parts->pdata[k];

    if (part->files->len == 0)
      return;
    for (guint f = 0; f < part->files->len; f++) {
      const DgFile *file = part->files->pdata[f];

      g_ptr_array_add (outputs, dup_part_name (job, name, file->path));
      g_ptr_array_add (outputs, g_strdup (file->digest));
    }
  }
  g_ptr_array_add (outputs, NULL);
  dg_state_add (state, name, outcome->key, (const char *const *) outputs->pdata, details);
}

void
dg_records_add_again (DgRun *run, guint i, const DgRange *range)
{
  const DgSlot           *slot = dg_run_slot (run, i);
  g_autofree char        *name = NULL;
  DgState                *state = find_state (run, dg_run_job (run, i), &name);
  g_autofree const char **outputs = NULL;
  guint                   n = g_strv_length (slot->made);

  outputs = g_new0 (const char *, n + 1);
  for (guint k = 0; k < n; k++)
    outputs[k] = slot->made[k];
  outputs[0] = range->place;
  outputs[1] = range->digest;
  dg_state_add (state, name, slot->key, outputs, slot->details);
}

/* A part's place may have become another job's since. */
static gboolean
are_free (DgRun *run, const DgJob *job, char *const *paths)
{
  for (guint k = 0; paths[k] != NULL; k++)
    if (strcmp (paths[k], job->output) != 0 && !dg_jobs_is_free (run->work.jobs, paths[k], NULL))
      return FALSE;
  return TRUE;
}

gboolean
dg_records_have (DgRun *run, guint i, const DgMaterial *material)
{
  const DgJob     *job = dg_run_job (run, i);
  DgSlot          *slot = dg_run_slot (run, i);
  gboolean         is_packed = run->work.jobs->archive != NULL;
  g_autofree char *name = NULL, *key = NULL, *picture = NULL;
  DgState         *state = run->batch->update || run->batch->watch ? find_state (run, job, &name) : NULL;
  g_autoptr (GPtrArray) outputs = NULL;
  const char *const *made;
  const char        *details;
  guint              n_parts;

  if (state == NULL)
    return FALSE;
  key = dg_work_dup_key (&run->work, job, material);
  details = dg_state_find (state, name, key, &made);
  n_parts = details != NULL && run->work.gallery != NULL ? dg_gallery_find (run->work.gallery, job, key) : 0;
  if (details == NULL || (run->work.gallery != NULL && n_parts == 0))
    return FALSE;
  outputs = g_ptr_array_new_with_free_func (g_free);
  for (guint k = is_packed ? 2 : 0; made[k] != NULL; k += 2)
    g_ptr_array_add (outputs, g_strdup_printf ("%.*s%s", (int) (strlen (job->output) - strlen (name)), job->output, made[k]));
  g_ptr_array_add (outputs, NULL);
  if (!are_free (run, job, (char *const *) outputs->pdata))
    return FALSE;
  picture = run->batch->deps != NULL ? dg_material_dup_picture_path (run->batch, job) : NULL;
  for (guint k = 0; (run->batch->manifest != NULL || run->batch->deps != NULL) && !is_packed && made[k] != NULL; k += 2)
    if (k == 0 || strcmp (made[k], made[k - 2]) != 0)
      dg_ledger_add (run->ledger, outputs->pdata[k / 2], made[k + 1], job->path, picture);
  slot->outputs = g_strdupv ((char **) outputs->pdata);
  slot->details = g_strdup (details);
  slot->is_kept = TRUE;
  if (is_packed) {
    slot->key = g_steal_pointer (&key);
    slot->made = g_strdupv ((char **) made);
  }
  if (run->work.gallery != NULL)
    dg_gallery_add (run->work.gallery, job, n_parts);
  return TRUE;
}

void
dg_records_close (DgRun *run, void (*fail) (DgRun *run, const char *path, const GError *error))
{
  GHashTableIter iter;
  gpointer       state;

  g_hash_table_iter_init (&iter, run->states);
  while (g_hash_table_iter_next (&iter, NULL, &state)) {
    g_autoptr (GError) error = NULL;

    if (!dg_state_close (state, &error))
      fail (run, dg_state_path (state), error);
  }
}
