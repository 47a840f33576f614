/* batch.c: many dispatches: inputs become jobs, jobs go to workers, results are told in the order of the inputs.
 *
 * Who reads and sets a dispatch writes nothing (reader.h).  A single one has its reader beside this process; of several each worker has one. */
#include "diglot.h"

#include "batch/aligns.h"
#include "base/checked.h"
#include "batch/clashes.h"
#include "batch/deliver.h"
#include "batch/gallery.h"
#include "batch/jobs.h"
#include "batch/ledger.h"
#include "batch/material.h"
#include "base/output.h"
#include "batch/reader.h"
#include "batch/report.h"
#include "batch/sandbox.h"
#include "batch/setup.h"
#include "batch/site.h"
#include "batch/state.h"
#include "batch/watch.h"
#include "batch/work.h"
#include "batch/worker.h"

#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#define WARM_MIN 4 /* jobs from which it pays to warm up what all workers then have in common */

/* What has become of a job. */
typedef struct {
  DgOutcome *outcome; /* NULL: made already, or not done */
  char      *details; /* for the report */
  char     **outputs; /* the parts' files, "" for a part without one */
  gboolean   is_done, is_kept;
} Slot;

typedef struct {
  const DiglotBatch  *batch;
  const DiglotEvents *events;
  DgWork              work;    /* what the workers need */
  GHashTable         *states;  /* output folder → DgState */
  GHashTable         *folders; /* set: what outputs were written to in this round */
  Slot               *slots;   /* one a job */
  guint               next;    /* the job that is looked at next */
  guint               told;    /* jobs whose result was told */
  gboolean            is_warm;
  gboolean            is_confined; /* this process has given up what its jobs do not need */
  gboolean            is_ready;    /* the job at next is prepared */
  DgMaterial         *material;    /* of that job, as far as it was read */
  DgShelves          *shelves;     /* archives that members are read from */
  GString            *report;
  DgSite             *site; /* of web pages; NULL */
  DgLedger           *ledger;
  DiglotTally        *tally;
  gint64              start;
  int                 signals; /* a descriptor that a signal makes readable; -1 */
  DgReader           *reader;  /* of this process, a worker's or the batch's; NULL: none yet */
  guint64             peak;    /* KiB: the most that a reader has had */
} Run;

/* Telling */

static void
tell (Run *run, const DiglotMessage *message)
{
  if (run->events != NULL && run->events->message != NULL)
    run->events->message (message, run->events->data);
}

static void
tell_error (Run *run, const char *file, const GError *error)
{
  g_autoptr (DiglotMessage) message = diglot_message_new_from_error (file, error);

  tell (run, message);
}

static const DgJob *
get_job (const Run *run, guint i)
{
  return run->work.jobs->jobs->pdata[i];
}

static void
tell_result (Run *run, guint i)
{
  const DgJob *job = get_job (run, i);
  Slot        *slot = &run->slots[i];
  gboolean     failed = slot->outcome != NULL && dg_outcome_has_failed (slot->outcome);
  gboolean     lost = FALSE; /* standard output does not take it */

  if (job->note != NULL)
    tell (run, job->note);
  for (guint k = 0; slot->outcome != NULL && k < slot->outcome->parts->len; k++) {
    const DgPart *part = slot->outcome->parts->pdata[k];
    g_autoptr (GError) error = NULL;

    for (guint m = 0; m < part->messages->len; m++)
      tell (run, part->messages->pdata[m]);
    if (part->bytes != NULL && !diglot_write_file ("-", part->bytes, &error)) {
      tell_error (run, "<stdout>", error);
      run->tally->failed += !failed && !lost;
      lost = TRUE;
    }
  }
  if (run->site != NULL && !lost)
    dg_site_add (run->site, (const char *const *) slot->outputs, slot->details);
  if (run->report != NULL)
    dg_report_append (run->report, job,
                      lost            ? "failed"
                      : slot->is_kept ? "kept"
                                      : NULL,
                      (const char *const *) slot->outputs, slot->details, run->batch->times && slot->outcome != NULL ? slot->outcome->ms : -1);
  g_clear_pointer (&slot->outcome, dg_outcome_free);
  g_clear_pointer (&slot->details, g_free);
  g_clear_pointer (&slot->outputs, g_strfreev);
}

static void
finish_job (Run *run, guint i)
{
  Slot        *slot = &run->slots[i];
  DiglotTally *tally = run->tally;

  slot->is_done = TRUE;
  tally->done++;
  tally->kept += slot->is_kept;
  tally->failed += slot->outcome != NULL && dg_outcome_has_failed (slot->outcome);
  tally->refused += slot->outcome != NULL && slot->outcome->refused;
  tally->seconds = (double) (g_get_monotonic_time () - run->start) / G_USEC_PER_SEC;
  tally->name = get_job (run, i)->shown;
  while (run->told < run->work.jobs->jobs->len && run->slots[run->told].is_done)
    tell_result (run, run->told++);
  if (run->events != NULL && run->events->progress != NULL)
    run->events->progress (tally, run->events->data);
}

/* States */

static void
free_state (gpointer data)
{
  dg_state_free (data);
}

/* Whether what is made is recorded: where it was asked for, and where many go to a folder, since so much work may have to be
 * taken up again. */
static gboolean
has_states (const Run *run)
{
  return run->batch->format != DIGLOT_FORMAT_CHECK
         && (run->batch->update || run->batch->watch || (run->work.jobs->folder != NULL && run->work.jobs->jobs->len > 1));
}

/* The folder whose records know @job, and its output's path below it in @name. NULL where there are none. */
static DgState *
find_state (Run *run, const DgJob *job, char **name)
{
  const DiglotBatch *batch = run->batch;
  g_autofree char   *folder = NULL;
  DgState           *state;

  if (!has_states (run) || job->output == NULL || strcmp (job->output, "-") == 0)
    return NULL;
  folder = run->work.jobs->folder != NULL ? g_strdup (run->work.jobs->folder) : g_path_get_dirname (job->output);
  if (run->work.jobs->folder != NULL) {
    const char *below = job->output + strlen (folder);

    *name = g_strdup (below + strspn (below, "/"));
  } else {
    *name = g_path_get_basename (job->output);
  }
  state = g_hash_table_lookup (run->states, folder);
  if (state == NULL) {
    state = dg_state_open (folder, batch->shard, batch->shards, run->work.jobs->folder != NULL || batch->update);
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

static void
record (Run *run, const DgJob *job, const DgOutcome *outcome, const char *details)
{
  g_autofree char *name = NULL;
  DgState         *state = find_state (run, job, &name);
  g_autoptr (GPtrArray) outputs = g_ptr_array_new_with_free_func (g_free);

  if (state == NULL)
    return;
  dg_state_drop (state, name);
  if (outcome->key == NULL || dg_outcome_has_failed (outcome))
    return;
  for (guint i = 0; i < outcome->parts->len; i++) {
    const DgPart *part = outcome->parts->pdata[i];

    if (part->files->len == 0)
      return;
    for (guint k = 0; k < part->files->len; k++) {
      const DgFile *file = part->files->pdata[k];

      g_ptr_array_add (outputs, dup_part_name (job, name, file->path));
      g_ptr_array_add (outputs, g_strdup (file->digest));
    }
  }
  g_ptr_array_add (outputs, NULL);
  dg_state_add (state, name, outcome->key, (const char *const *) outputs->pdata, details);
}

/* Takes @outcome. */
static void
take_outcome (Run *run, guint i, DgOutcome *outcome)
{
  const DgJob *job = get_job (run, i);
  Slot        *slot = &run->slots[i];
  g_autoptr (GPtrArray) outputs = g_ptr_array_new ();
  g_autofree char *picture = run->batch->deps != NULL ? dg_material_dup_picture_path (run->batch, job) : NULL;

  run->peak = MAX (run->peak, outcome->peak);
  slot->outcome = outcome;
  slot->details = dg_report_dup_details (outcome);
  if (run->work.gallery != NULL)
    dg_gallery_add (run->work.gallery, job, outcome->parts->len);
  for (guint k = 0; k < outcome->parts->len; k++) {
    const DgPart *part = outcome->parts->pdata[k];

    for (guint f = 0; f < part->files->len; f++) {
      const DgFile *file = part->files->pdata[f];

      /* Parts that were written together have one file. */
      if (outputs->len == 0 || strcmp (file->path, outputs->pdata[outputs->len - 1]) != 0) {
        dg_ledger_add (run->ledger, file->path, file->digest, job->path, picture);
        g_hash_table_add (run->folders, g_path_get_dirname (file->path));
      }
      if (!part->failed)
        g_ptr_array_add (outputs, g_strdup (file->path));
    }
    if (part->failed || part->files->len == 0)
      g_ptr_array_add (outputs, g_strdup (!part->failed && part->output != NULL ? part->output : ""));
  }
  g_ptr_array_add (outputs, NULL);
  slot->outputs = (char **) g_ptr_array_free (g_steal_pointer (&outputs), FALSE);
  record (run, job, outcome, slot->details);
  finish_job (run, i);
}

static void
take_error (Run *run, guint i, const GError *error)
{
  take_outcome (run, i, dg_deliver_failure (&run->work, get_job (run, i), error));
}

/* TRUE where the job's outputs are there already, made from the same things. */
static gboolean
is_kept (Run *run, guint i, const DgMaterial *material)
{
  const DgJob     *job = get_job (run, i);
  Slot            *slot = &run->slots[i];
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
  /* A part's place may have become another job's since. */
  for (guint k = 0; made[k] != NULL; k += 2) {
    g_autofree char *path = g_strdup_printf ("%.*s%s", (int) (strlen (job->output) - strlen (name)), job->output, made[k]);

    if (strcmp (path, job->output) != 0 && !dg_jobs_is_free (run->work.jobs, path, NULL))
      return FALSE;
  }
  outputs = g_ptr_array_new ();
  picture = run->batch->deps != NULL ? dg_material_dup_picture_path (run->batch, job) : NULL;
  for (guint k = 0; made[k] != NULL; k += 2) {
    char *path = g_strdup_printf ("%.*s%s", (int) (strlen (job->output) - strlen (name)), job->output, made[k]);

    g_ptr_array_add (outputs, path);
    if (k == 0 || strcmp (made[k], made[k - 2]) != 0)
      dg_ledger_add (run->ledger, path, made[k + 1], job->path, picture);
  }
  g_ptr_array_add (outputs, NULL);
  slot->outputs = (char **) g_ptr_array_free (g_steal_pointer (&outputs), FALSE);
  slot->details = g_strdup (details);
  slot->is_kept = TRUE;
  if (run->work.gallery != NULL)
    dg_gallery_add (run->work.gallery, job, n_parts);
  return TRUE;
}

/* Inputs */

/* What this process has to read: members, standard input, and what decides whether there is work. Other files are the workers' to
 * read.  NULL without @error for those. */
static DgMaterial *
read_input (Run *run, const DgJob *job, GError **error)
{
  if (job->member != NULL)
    return dg_shelves_read (run->shelves, run->batch, job, error);
  if (strcmp (job->path, "-") == 0 || ((run->batch->update || run->batch->watch) && g_file_test (job->path, G_FILE_TEST_IS_REGULAR)))
    return dg_material_new (run->batch, job, NULL, error);
  return NULL;
}

/* TRUE where the next job is work, with its @material as far as it was read; FALSE where it is done with. */
static gboolean
prepare (Run *run, guint i, DgMaterial **material)
{
  const DgJob *job = get_job (run, i);
  g_autoptr (GError) error = NULL;

  if (job->problem != NULL) {
    take_error (run, i, job->problem);
    return FALSE;
  }
  *material = read_input (run, job, &error);
  if (error != NULL) {
    take_error (run, i, error);
    return FALSE;
  }
  if (*material == NULL || !is_kept (run, i, *material))
    return TRUE;
  g_clear_pointer (material, dg_material_free);
  finish_job (run, i);
  return FALSE;
}

/* Work */

/* Shapes a few words in the scripts that most dispatches are in: what Pango and HarfBuzz read and compile of the faces is then
 * shared by all workers. */
static void
warm_up (Run *run)
{
  static const char text[] = "Source: Agencies\n"
                             "Harbour opens again after the storm\n"
                             "The harbour has been open again since Sunday, 12 days after the storm of 4 May 2025. (“It is a relief,” said the pilots.)\n"
                             "المصدر: وكالات\n"
                             "إعادة فتح الميناء بعد العاصفة\n"
                             "أُعيد فتح الميناء يوم الأحد، بعد 12 يوماً من عاصفة 4 أيار/مايو 2025، وقال المرشدون: «إنه لأمر مريح».\n";
  g_autoptr (GBytes) input = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (DiglotResult) result = NULL;

  if (!run->is_warm && run->work.jobs->jobs->len >= WARM_MIN)
    result = diglot_convert (run->work.converter, input, "warm.txt", run->batch->format);
  run->is_warm = TRUE;
}

static gboolean
confine (Run *run, GError **error)
{
  g_autoptr (GPtrArray) outputs = g_ptr_array_new ();
  gboolean is_done = !run->batch->sandbox || run->is_confined;

  for (guint i = 0; !is_done && i < run->work.jobs->jobs->len; i++)
    if (get_job (run, i)->output != NULL)
      g_ptr_array_add (outputs, get_job (run, i)->output);
  is_done = is_done || dg_sandbox_close_files (run->batch, run->work.jobs->folder, outputs, run->reader == NULL, error);

  run->is_confined = TRUE;
  return is_done;
}

/* In a worker. */
static GBytes *
do_work (guint number, GBytes *input, gpointer data)
{
  Run *run = data;
  g_autoptr (DgMaterial) material = input != NULL ? dg_material_from_bytes (input) : NULL;
  g_autoptr (DgOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  /* The time is watched by who gave the job, which reading the input belongs to. */
  if (run->reader == NULL)
    run->reader = dg_reader_new (&run->work, 0);
  if (!confine (run, &error) || (material == NULL && (material = dg_material_new (run->batch, get_job (run, number), NULL, &error)) == NULL))
    outcome = dg_deliver_failure (&run->work, get_job (run, number), error);
  else
    outcome = dg_reader_do (run->reader, &run->work, number, material);

  return dg_outcome_to_bytes (outcome);
}

/* The reader is waited for, so that its time and memory are counted as the worker's. */
static void
end_work (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->reader, dg_reader_free);
}

static void
take_reply (guint number, GBytes *reply, const GError *error, gpointer data)
{
  Run         *run = data;
  const DgJob *job = get_job (run, number);
  DgOutcome   *outcome = reply != NULL ? dg_outcome_from_bytes (reply) : NULL;
  g_autoptr (GError) astray = NULL;

  if (outcome != NULL) {
    take_outcome (run, number, outcome);
    return;
  }
  if (job->output != NULL && strcmp (job->output, "-") != 0) {
    g_autofree char *folder = g_path_get_dirname (job->output);

    dg_output_sweep (folder); /* it may have been writing */
  }
  astray = g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the worker that set it went astray");
  take_error (run, number, error != NULL ? error : astray);
}

/* The signal that has come; 0 for none. */
static int
read_signal (const Run *run)
{
  struct signalfd_siginfo info;

  return run->signals >= 0 && read (run->signals, &info, sizeof info) == sizeof info ? (int) info.ssi_signo : 0;
}

static void
work_in_pool (Run *run)
{
  const DiglotBatch *batch = run->batch;
  guint              n = MIN (batch->jobs > 0 ? batch->jobs : MAX (g_get_num_processors (), 1), run->work.jobs->jobs->len);
  g_autoptr (DgPool) pool = dg_pool_new (n, batch->timeout, 0, do_work, take_reply, run);

  dg_pool_set_end (pool, end_work);
  for (;;) {
    while (!run->is_ready && run->next < run->work.jobs->jobs->len && run->tally->signal == 0) {
      run->is_ready = prepare (run, run->next, &run->material);
      run->next += !run->is_ready;
      run->tally->signal = read_signal (run);
    }
    if (run->tally->signal != 0 || (!run->is_ready && dg_pool_is_idle (pool)))
      break;
    if (run->is_ready && dg_pool_has_room (pool)) {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) input = run->material != NULL ? dg_material_to_bytes (run->material) : NULL;

      g_clear_pointer (&run->material, dg_material_free);
      warm_up (run);
      if (!dg_pool_give (pool, run->next, input, &error))
        take_error (run, run->next, error);
      run->is_ready = FALSE;
      run->next++;
    } else {
      dg_pool_wait (pool, run->signals);
      run->tally->signal = read_signal (run);
    }
  }
  run->tally->peak = run->peak;
}

/* A job for a reader beside this process: one whose input comes to an end by itself, as a pipe's need not. */
static gboolean
is_alone (const Run *run)
{
  const DgJob *job = run->work.jobs->jobs->len == 1 ? get_job (run, 0) : NULL;
  struct stat  info;

  if (job == NULL || run->batch->watch || run->batch->bundle)
    return FALSE;
  return job->member != NULL || strcmp (job->path, "-") == 0 || stat (job->path, &info) != 0 || S_ISREG (info.st_mode) || S_ISDIR (info.st_mode);
}

static void
work_alone (Run *run)
{
  g_autoptr (GError) error = NULL;

  if (!prepare (run, 0, &run->material))
    return;
  if (run->material == NULL)
    run->material = dg_material_new (run->batch, get_job (run, 0), NULL, &error);
  if (run->material != NULL)
    take_outcome (run, 0, dg_reader_do (run->reader, &run->work, 0, run->material));
  else
    take_error (run, 0, error);
}

/* All in one output. */
static void
work_in_bundle (Run *run)
{
  guint                  n = run->work.jobs->jobs->len;
  DgMaterial           **materials = g_new0 (DgMaterial *, n);
  g_autofree DgOutcome **outcomes = g_new0 (DgOutcome *, n);

  for (guint i = 0; i < n && run->tally->signal == 0; i++) {
    const DgJob *job = get_job (run, i);
    g_autoptr (GError) error = job->problem != NULL ? g_error_copy (job->problem) : NULL;

    materials[i] = error == NULL ? read_input (run, job, &error) : NULL;
    if (materials[i] == NULL && error == NULL)
      materials[i] = dg_material_new (run->batch, job, NULL, &error);
    if (materials[i] == NULL)
      outcomes[i] = dg_work_fail (job, error);
    run->tally->signal = read_signal (run);
  }
  run->reader = dg_reader_new (&run->work, 0);
  if (run->tally->signal == 0 && !dg_reader_bundle (run->reader, &run->work, materials, outcomes, run->signals))
    run->tally->signal = read_signal (run);
  for (guint i = 0; i < n; i++)
    if (run->tally->signal == 0)
      take_outcome (run, i, outcomes[i]);
    else
      dg_outcome_free (outcomes[i]);
  for (guint i = 0; i < n; i++)
    dg_material_free (materials[i]);
  g_free (materials);
  g_clear_pointer (&run->reader, dg_reader_free);
}

/* The files beside the outputs */

/* A name that stands for itself in messages and is written whole or not at all. */
static void
write_side_file (Run *run, const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  if ((strcmp (path, "-") == 0 || diglot_make_folder (folder, &error)) && diglot_write_file (path, bytes, &error))
    return;
  tell_error (run, strcmp (path, "-") == 0 ? "<stdout>" : path, error);
  run->tally->unwritten++;
}

/* Before anything tells that the outputs are there. */
static void
settle_outputs (Run *run)
{
  GHashTableIter iter;
  gpointer       folder;

  g_hash_table_iter_init (&iter, run->folders);
  while (g_hash_table_iter_next (&iter, &folder, NULL))
    dg_output_settle (folder);
  g_hash_table_remove_all (run->folders);
}

static void
write_side_files (Run *run)
{
  const DiglotBatch *batch = run->batch;
  GHashTableIter     iter;
  gpointer           state;

  g_hash_table_iter_init (&iter, run->states);
  while (g_hash_table_iter_next (&iter, NULL, &state)) {
    g_autoptr (GError) error = NULL;

    if (!dg_state_close (state, &error)) {
      tell_error (run, dg_state_path (state), error);
      run->tally->unwritten++;
    }
  }
  if (batch->report != NULL) {
    g_autoptr (GBytes) bytes = g_string_free_to_bytes (g_steal_pointer (&run->report));

    write_side_file (run, batch->report, bytes);
  }
  if (batch->manifest != NULL) {
    g_autofree char *folder = g_path_get_dirname (batch->manifest);
    g_autoptr (GBytes) bytes = dg_ledger_manifest (run->ledger, folder);

    write_side_file (run, batch->manifest, bytes);
  }
  if (batch->deps != NULL) {
    g_autoptr (GPtrArray) files = dg_setup_files (&batch->conversion);
    g_autoptr (GBytes) bytes = NULL;

    dg_aligns_list (run->work.aligns, run->work.jobs, FALSE, files);
    bytes = dg_ledger_rules (run->ledger, files);
    write_side_file (run, batch->deps, bytes);
  }
  /* Of a batch that a signal ended it would tell a part. */
  if (run->site != NULL && run->tally->signal == 0) {
    g_autoptr (GError) error = NULL;

    if (!dg_site_close (run->site, &error)) {
      tell_error (run, run->work.jobs->folder, error);
      run->tally->unwritten++;
    }
  }
  if (run->work.gallery != NULL) {
    g_autoptr (GError) error = NULL;

    if (!dg_gallery_close (run->work.gallery, run->tally->signal == 0, &error)) {
      tell_error (run, batch->gallery, error);
      run->tally->unwritten++;
    }
  }
}

/* Removes from every folder that outputs go to what a run that was killed left half written. */
static void
sweep (const Run *run)
{
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = run->work.jobs->jobs->len;

  for (guint i = 0; i < n && (n > 1 || run->work.jobs->folder != NULL); i++) {
    const DgJob     *job = get_job (run, i);
    g_autofree char *folder = job->output != NULL && strcmp (job->output, "-") != 0 ? g_path_get_dirname (job->output) : NULL;

    if (folder == NULL || g_hash_table_contains (folders, folder))
      continue;
    dg_output_sweep (folder);
    g_hash_table_add (folders, g_steal_pointer (&folder));
  }
  if (run->work.jobs->folder != NULL)
    dg_output_sweep (run->work.jobs->folder);
}

/* A round */

/* Everything that may be refused comes before anything is done. */
static gboolean
set_up (Run *run, GError **error)
{
  DiglotOptions conversion = run->batch->conversion;

  run->work.jobs = dg_jobs_new (run->batch, error);
  if (run->work.jobs == NULL)
    return FALSE;
  run->work.batch = run->batch;
  run->work.aligns = dg_aligns_open (run->batch->align, error);
  if (run->work.aligns == NULL || !dg_clashes_check (run->batch, run->work.jobs, run->work.aligns, error))
    return FALSE;
  conversion.review = run->batch->gallery != NULL;
  if (is_alone (run)) {
    run->reader = dg_reader_new (&run->work, run->batch->timeout);
    if (!dg_reader_prepare (run->reader, &conversion, error))
      return FALSE;
  } else if ((run->work.converter = diglot_converter_new (&conversion, error)) == NULL) {
    return FALSE;
  }
  run->work.setup = has_states (run) ? dg_setup_dup_digest (run->batch, error) : g_strdup ("");
  if (run->work.setup == NULL)
    return FALSE;
  if (run->batch->gallery != NULL && (run->work.gallery = dg_gallery_new (run->batch, error)) == NULL)
    return FALSE;
  if (dg_jobs_make_site (run->batch, run->work.jobs) && (run->site = dg_site_new (run->batch, run->work.jobs->folder, error)) == NULL)
    return FALSE;
  run->slots = g_new0 (Slot, run->work.jobs->jobs->len);
  run->shelves = dg_shelves_new ();
  run->ledger = dg_ledger_new ();
  run->report = run->batch->report != NULL ? g_string_new (NULL) : NULL;
  run->start = g_get_monotonic_time ();
  *run->tally = (DiglotTally){ .total = run->work.jobs->jobs->len };
  return TRUE;
}

static void
tear_down (Run *run)
{
  for (guint i = 0; run->slots != NULL && i < run->work.jobs->jobs->len; i++) {
    dg_outcome_free (run->slots[i].outcome);
    g_free (run->slots[i].details);
    g_strfreev (run->slots[i].outputs);
  }
  g_clear_pointer (&run->slots, g_free);
  g_clear_pointer (&run->shelves, dg_shelves_free);
  g_clear_pointer (&run->site, dg_site_free);
  g_clear_pointer (&run->material, dg_material_free);
  g_clear_pointer (&run->ledger, dg_ledger_free);
  if (run->report != NULL)
    g_string_free (g_steal_pointer (&run->report), TRUE);
  g_clear_pointer (&run->reader, dg_reader_free);
  g_clear_pointer (&run->work.setup, g_free);
  g_clear_pointer (&run->work.aligns, dg_aligns_free);
  g_clear_pointer (&run->work.gallery, dg_gallery_free);
  g_clear_pointer (&run->work.converter, diglot_converter_free);
  g_clear_pointer (&run->work.jobs, dg_jobs_free);
  run->next = run->told = 0;
  run->is_warm = run->is_ready = FALSE;
}

/* Takes over the signals that end a program, so that they end it in order.  Those that are ignored stay so. */
static int
catch_signals (sigset_t *before)
{
  sigset_t stops;

  sigemptyset (&stops);
  sigaddset (&stops, SIGINT);
  sigaddset (&stops, SIGTERM);
  sigaddset (&stops, SIGHUP);
  pthread_sigmask (SIG_BLOCK, &stops, before);
  return signalfd (-1, &stops, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void
tell_weak (Run *run)
{
  g_autofree char    *name = dg_sandbox_dup_name ();
  g_autofree char    *text = g_strdup_printf ("this kernel has not all that confines a batch (%s); --sandbox=require would refuse", name);
  const DiglotMessage message = { .severity = DIGLOT_SEVERITY_NOTE, .code = "sandbox.weak", .text = text };

  if (run->batch->sandbox && dg_sandbox_is_weak ())
    tell (run, &message);
}

/* An alignment for no dispatch is perhaps a name that was misspelt.  Shards have some for dispatches of other shards. */
static void
tell_unused (Run *run)
{
  g_autoptr (GPtrArray) unused = run->batch->shards == 0 ? dg_aligns_list_unused (run->work.aligns, run->work.jobs) : NULL;

  for (guint i = 0; unused != NULL && i < unused->len; i++) {
    g_autofree char    *text = g_strdup_printf ("there is no dispatch \"%s\" among the inputs", (const char *) unused->pdata[i]);
    const DiglotMessage message = {
      .file = run->batch->align,
      .severity = DIGLOT_SEVERITY_WARNING,
      .code = "align.unused",
      .text = text,
    };

    tell (run, &message);
  }
}

static void
work (Run *run)
{
  tell_unused (run);
  sweep (run);
  if (dg_jobs_go_together (run->batch, run->work.jobs))
    work_in_bundle (run);
  else if (run->reader != NULL)
    work_alone (run);
  else
    work_in_pool (run);
  /* After a signal some may be done that were waiting for one before them. */
  for (guint i = run->told; i < run->work.jobs->jobs->len; i++)
    if (run->slots[i].is_done)
      tell_result (run, i);
  if (run->tally->signal != 0)
    sweep (run);
  settle_outputs (run);
  write_side_files (run);
  run->tally->seconds = (double) (g_get_monotonic_time () - run->start) / G_USEC_PER_SEC;
  if (run->events != NULL && run->events->finished != NULL)
    run->events->finished (run->tally, run->events->data);
}

/* Watching */

/* What is unusable may be mended while it is watched. */
static void
watch (Run *run)
{
  g_autofree char *look = dg_watch_dup_look (run->batch);

  while (run->tally->signal == 0 && dg_watch_wait (run->batch, run->signals, &look)) {
    g_autoptr (GError) error = NULL;

    tear_down (run);
    if (set_up (run, &error))
      work (run);
    else
      tell_error (run, NULL, error);
  }
  run->tally->signal = run->tally->signal != 0 ? run->tally->signal : read_signal (run);
}

gboolean
diglot_batch_run (const DiglotBatch *batch, const DiglotEvents *events, DiglotTally *tally, GError **error)
{
  Run      run = { .batch = batch, .events = events, .tally = tally, .signals = -1 };
  gboolean is_usable;
  gboolean takes_signals = FALSE;
  sigset_t before;

  *tally = (DiglotTally){ 0 };
  run.states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_state);
  run.folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  is_usable = (!batch->sandbox || dg_sandbox_close_calls (batch->require_sandbox, error)) && set_up (&run, error);
  /* What is watched may come to need other folders in the next round, so that only the workers of each are confined. */
  is_usable = is_usable && (batch->watch || confine (&run, error));
  if (is_usable) {
    tell_weak (&run);
    takes_signals = run.work.jobs->jobs->len > 1 || batch->watch;
    if (takes_signals)
      run.signals = catch_signals (&before);
    work (&run);
    if (batch->watch)
      watch (&run);
  }
  end_work (&run);
  if (!batch->last || DG_IS_CHECKED) {
    tear_down (&run);
    g_hash_table_unref (run.states);
    g_hash_table_unref (run.folders);
  }
  if (takes_signals) {
    close (run.signals);
    pthread_sigmask (SIG_SETMASK, &before, NULL);
  }
  tally->name = NULL;
  return is_usable;
}
