/* batch.c: many dispatches: inputs become jobs, jobs go to workers, results are told in the order of the inputs.
 *
 * Who reads and sets a dispatch writes nothing (reader.h).  A single one has its reader beside this process; of several each worker has one. */
#include "diglot.h"

#include "base/checked.h"
#include "base/output.h"
#include "batch/clashes.h"
#include "batch/deliver.h"
#include "batch/moves.h"
#include "batch/records.h"
#include "batch/results.h"
#include "batch/run.h"
#include "batch/sandbox.h"
#include "batch/strict.h"
#include "batch/setup.h"
#include "batch/sides.h"
#include "batch/watch.h"
#include "batch/worker.h"

#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#define HELD_MAX (16 * 1024 * 1024) /* bytes that wait for what comes before them in an archive */
#define FEW      1000               /* jobs whose report needs no file meanwhile */
#define WARM_MIN 4                  /* jobs from which it pays to warm up what all workers then have in common */

static void
free_slot (gpointer data)
{
  DgSlot *slot = data;

  dg_job_free (slot->job);
  dg_outcome_free (slot->outcome);
  g_free (slot->details);
  g_strfreev (slot->outputs);
  g_free (slot->key);
  g_strfreev (slot->made);
  g_free (slot);
}

DgSlot *
dg_run_slot (DgRun *run, guint i)
{
  DgSlot *slot = g_hash_table_lookup (run->slots, GUINT_TO_POINTER (i));

  if (slot == NULL) {
    slot = g_new0 (DgSlot, 1);
    slot->job = dg_jobs_dup (run->work.jobs, i);
    g_hash_table_insert (run->slots, GUINT_TO_POINTER (i), slot);
  }
  return slot;
}

const DgJob *
dg_run_job (DgRun *run, guint i)
{
  return dg_run_slot (run, i)->job;
}

guint
dg_run_count (const DgRun *run)
{
  return dg_jobs_count (run->work.jobs);
}

/* Inputs */

/* What this process has to read: members, standard input, and what decides whether there is work. Other files are the workers' to
 * read.  NULL without @error for those. */
static DgMaterial *
read_input (DgRun *run, const DgJob *job, GError **error)
{
  if (job->member != NULL)
    return dg_shelves_read (run->shelves, run->batch, job, error);
  if (strcmp (job->path, "-") == 0 || ((run->batch->update || run->batch->watch || run->batch->dedupe) && g_file_test (job->path, G_FILE_TEST_IS_REGULAR)))
    return dg_material_new (run->batch, job, NULL, error);
  return NULL;
}

/* TRUE where a job before that at @i has the same bytes, and the same picture, pairs and form. */
static gboolean
is_same (DgRun *run, guint i, const DgMaterial *material)
{
  DgSlot *slot = dg_run_slot (run, i);
  char   *digest = run->firsts != NULL ? dg_work_dup_input_digest (&run->work, slot->job, material) : NULL;

  if (digest == NULL)
    return FALSE;
  slot->same_as = GPOINTER_TO_UINT (g_hash_table_lookup (run->firsts, digest));
  if (slot->same_as == 0)
    g_hash_table_insert (run->firsts, digest, GUINT_TO_POINTER (i + 1));
  else
    g_free (digest);
  return slot->same_as > 0;
}

/* TRUE where the next job is work, with its @material as far as it was read; FALSE where it is done with. */
static gboolean
prepare (DgRun *run, guint i, DgMaterial **material)
{
  const DgJob *job = dg_run_job (run, i);
  g_autoptr (GError) error = NULL;

  if (job->problem != NULL) {
    dg_results_take_error (run, i, job->problem);
    return FALSE;
  }
  *material = read_input (run, job, &error);
  if (error != NULL) {
    dg_results_take_error (run, i, error);
    return FALSE;
  }
  if (*material == NULL || (!is_same (run, i, *material) && !dg_records_have (run, i, *material)))
    return TRUE;
  g_clear_pointer (material, dg_material_free);
  dg_results_finish (run, i);
  return FALSE;
}

/* Work */

/* Shapes a few words in the scripts that most dispatches are in: what Pango and HarfBuzz read and compile of the faces is then
 * shared by all workers. */
static void
warm_up (DgRun *run)
{
  static const char text[] = "Source: Agencies\n"
                             "Harbour opens again after the storm\n"
                             "The harbour has been open again since Sunday, 12 days after the storm of 4 May 2025. (“It is a relief,” said the pilots.)\n"
                             "المصدر: وكالات\n"
                             "إعادة فتح الميناء بعد العاصفة\n"
                             "أُعيد فتح الميناء يوم الأحد، بعد 12 يوماً من عاصفة 4 أيار/مايو 2025، وقال المرشدون: «إنه لأمر مريح».\n";
  g_autoptr (GBytes) input = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (DiglotResult) result = NULL;

  if (!run->is_warm && dg_run_count (run) >= WARM_MIN)
    result = diglot_convert (run->work.converter, input, "warm.txt", run->batch->format);
  run->is_warm = TRUE;
}

static gboolean
is_beside (const char *one, const char *other)
{
  g_autofree char *folder = g_path_get_dirname (one), *other_folder = g_path_get_dirname (other);

  return strcmp (folder, other_folder) == 0;
}

static gboolean
confine (DgRun *run, GError **error)
{
  g_autoptr (GPtrArray) outputs = g_ptr_array_new_with_free_func (g_free);
  gboolean is_done = !run->batch->sandbox || run->is_confined;

  if (run->work.jobs->archive != NULL)
    g_ptr_array_add (outputs, g_strdup (run->work.jobs->archive));
  for (guint i = 0; !is_done && run->work.jobs->archive == NULL && i < dg_run_count (run); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (run->work.jobs, i);
    const char *output = job->output, *before = outputs->len > 0 ? outputs->pdata[outputs->len - 1] : NULL;

    /* Of those in one folder one stands for all, and for those below the output folder that folder. */
    if (output != NULL && !(run->work.jobs->folder != NULL && g_str_has_prefix (output, run->work.jobs->folder))
        && (before == NULL || !is_beside (output, before)))
      g_ptr_array_add (outputs, g_steal_pointer (&job->output));
  }
  is_done = is_done || dg_sandbox_close_files (run->batch, run->work.jobs->folder, outputs, run->reader == NULL, error);

  run->is_confined = TRUE;
  return is_done;
}

/* In a worker. */
static GBytes *
do_work (guint number, GBytes *input, gpointer data)
{
  DgRun *run = data;
  g_autoptr (GBytes) bytes = NULL, read = NULL;
  g_autoptr (DgMaterial) material = NULL;
  g_autoptr (DgOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DgJob) job = NULL;

  (void) number;
  dg_job_part (input, &bytes, &read);
  job = dg_job_from_bytes (bytes, run->work.jobs->forms);
  material = read != NULL ? dg_material_from_bytes (read) : NULL;

  /* The time is watched by who gave the job, which reading the input belongs to. */
  if (run->reader == NULL)
    run->reader = dg_reader_new (&run->work, 0);
  if (!confine (run, &error) || (material == NULL && (material = dg_material_new (run->batch, job, NULL, &error)) == NULL))
    outcome = dg_deliver_failure (&run->work, job, error);
  else
    outcome = dg_reader_do (run->reader, &run->work, job, material);

  return dg_outcome_to_bytes (outcome);
}

/* The reader is waited for, so that its time and memory are counted as the worker's. */
static void
end_work (gpointer data)
{
  DgRun *run = data;

  g_clear_pointer (&run->reader, dg_reader_free);
}

static void
take_reply (guint number, GBytes *reply, const GError *error, gpointer data)
{
  DgRun       *run = data;
  const DgJob *job = dg_run_job (run, number);
  DgOutcome   *outcome = reply != NULL ? dg_outcome_from_bytes (reply) : NULL;
  g_autoptr (GError) astray = NULL;

  if (outcome != NULL) {
    dg_results_take (run, number, outcome);
    return;
  }
  if (job->output != NULL && strcmp (job->output, "-") != 0) {
    g_autofree char *folder = g_path_get_dirname (job->output);

    dg_output_sweep (folder); /* it may have been writing */
  }
  astray = g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the worker that set it went astray");
  dg_results_take_error (run, number, error != NULL ? error : astray);
}

/* The signal that has come; 0 for none. */
static int
read_signal (const DgRun *run)
{
  struct signalfd_siginfo info;

  return run->signals >= 0 && read (run->signals, &info, sizeof info) == sizeof info ? (int) info.ssi_signo : 0;
}

static void
work_in_pool (DgRun *run)
{
  const DiglotBatch *batch = run->batch;
  guint              n = MIN (batch->jobs > 0 ? batch->jobs : MAX (g_get_num_processors (), 1), dg_run_count (run));
  g_autoptr (DgPool) pool = dg_pool_new (n, batch->timeout, 0, do_work, take_reply, run);

  dg_pool_set_end (pool, end_work);
  for (;;) {
    while (!run->is_ready && run->next < dg_run_count (run) && run->tally->signal == 0 && !run->is_stopped) {
      run->is_ready = prepare (run, run->next, &run->material);
      run->next += !run->is_ready;
      run->tally->signal = read_signal (run);
    }
    if (run->tally->signal != 0 || ((run->is_stopped || !run->is_ready) && dg_pool_is_idle (pool)))
      break;
    if (run->is_ready && !run->is_stopped && dg_pool_has_room (pool) && (run->held <= HELD_MAX || dg_pool_is_idle (pool))) {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) job = dg_job_to_bytes (dg_run_job (run, run->next), run->work.jobs->forms);
      g_autoptr (GBytes) read = run->material != NULL ? dg_material_to_bytes (run->material) : NULL, input = dg_job_join (job, read);

      g_clear_pointer (&run->material, dg_material_free);
      warm_up (run);
      if (!dg_pool_give (pool, run->next, input, &error))
        dg_results_take_error (run, run->next, error);
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
is_alone (DgRun *run)
{
  const DgJob *job = dg_run_count (run) == 1 ? dg_run_job (run, 0) : NULL;
  struct stat  info;

  if (job == NULL || run->batch->watch || run->batch->bundle)
    return FALSE;
  return job->member != NULL || strcmp (job->path, "-") == 0 || stat (job->path, &info) != 0 || S_ISREG (info.st_mode) || S_ISDIR (info.st_mode);
}

static void
work_alone (DgRun *run)
{
  g_autoptr (GError) error = NULL;

  if (!prepare (run, 0, &run->material))
    return;
  if (run->material == NULL)
    run->material = dg_material_new (run->batch, dg_run_job (run, 0), NULL, &error);
  if (run->material != NULL)
    dg_results_take (run, 0, dg_reader_do (run->reader, &run->work, dg_run_job (run, 0), run->material));
  else
    dg_results_take_error (run, 0, error);
}

/* All in one output. */
static void
work_in_bundle (DgRun *run)
{
  guint                  n = dg_run_count (run);
  DgMaterial           **materials = g_new0 (DgMaterial *, n);
  g_autofree DgOutcome **outcomes = g_new0 (DgOutcome *, n);

  for (guint i = 0; i < n && run->tally->signal == 0; i++) {
    const DgJob *job = dg_run_job (run, i);
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
      dg_results_take (run, i, outcomes[i]);
    else
      dg_outcome_free (outcomes[i]);
  for (guint i = 0; i < n; i++)
    dg_material_free (materials[i]);
  g_free (materials);
  g_clear_pointer (&run->reader, dg_reader_free);
}

/* A round */

static gboolean
open_pack (DgRun *run, GError **error)
{
  const char      *archive = run->work.jobs->archive;
  const char      *date = run->batch->conversion.source_date;
  g_autofree char *folder = g_path_get_dirname (archive);

  if (strcmp (archive, "-") != 0 && !diglot_make_folder (folder, error))
    return FALSE;
  run->pack = dg_pack_new (archive, date != NULL ? g_ascii_strtoll (date, NULL, 10) : 0, run->batch->update, error);
  if (run->pack == NULL)
    g_prefix_error (error, "%s ", archive);
  return run->pack != NULL;
}

/* The time of a single dispatch may be over before it is looked at: that is its fault, not the options'. */
static gboolean
prepare_reader (DgRun *run, const DiglotOptions *conversion, GError **error)
{
  DgJob  *job = dg_run_slot (run, 0)->job;
  GError *problem = NULL;

  if (dg_reader_prepare (run->reader, conversion, &problem))
    return TRUE;
  if (!g_error_matches (problem, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT) || job->problem != NULL) {
    g_propagate_error (error, problem);
    return FALSE;
  }
  job->problem = problem;
  return TRUE;
}

/* Everything that may be refused comes before anything is done. */
static gboolean
set_up (DgRun *run, GError **error)
{
  DiglotOptions conversion = run->batch->conversion;

  run->work.jobs = dg_jobs_new (run->batch, error);
  if (run->work.jobs == NULL)
    return FALSE;
  run->slots = g_hash_table_new_full (NULL, NULL, NULL, free_slot);
  run->work.batch = run->batch;
  run->work.aligns = dg_aligns_open (run->batch->align, error);
  if (run->work.aligns == NULL || !dg_clashes_check (run->batch, run->work.jobs, run->work.aligns, error))
    return FALSE;
  conversion.review = run->batch->gallery != NULL;
  if (is_alone (run)) {
    conversion = dg_form_options (dg_run_job (run, 0)->form, run->batch);
    run->reader = dg_reader_new (&run->work, run->batch->timeout);
    if (!prepare_reader (run, &conversion, error))
      return FALSE;
  } else if ((run->work.converter = diglot_converter_new (&conversion, error)) == NULL) {
    return FALSE;
  }
  run->work.setup = dg_records_are_kept (run) ? dg_setup_dup_digest (run->batch, error) : g_strdup ("");
  if (run->work.setup == NULL || !dg_forms_prepare (run->work.jobs->forms, run->batch, dg_records_are_kept (run), run->reader == NULL, error))
    return FALSE;
  if (run->batch->gallery != NULL && (run->work.gallery = dg_gallery_new (run->batch, error)) == NULL)
    return FALSE;
  if (dg_jobs_make_site (run->batch, run->work.jobs) && (run->site = dg_site_new (run->batch, run->work.jobs->folder, error)) == NULL)
    return FALSE;
  if (run->work.jobs->archive != NULL && !open_pack (run, error))
    return FALSE;
  run->firsts = run->batch->dedupe ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) : NULL;
  run->same_failed = g_hash_table_new (NULL, NULL);
  run->shelves = dg_shelves_new ();
  run->ledger = dg_ledger_new ();
  if (run->batch->report != NULL) {
    run->report = g_string_new (NULL);
    run->reported = dg_store_new (FALSE);
    if (dg_run_count (run) > FEW)
      dg_store_open (run->reported);
  }
  run->start = g_get_monotonic_time ();
  *run->tally = (DiglotTally){ .total = dg_run_count (run), .found = run->work.jobs->found, .twice = run->work.jobs->twice };
  return TRUE;
}

static void
tear_down (DgRun *run)
{
  g_clear_pointer (&run->slots, g_hash_table_unref);
  g_clear_pointer (&run->shelves, dg_shelves_free);
  g_clear_pointer (&run->site, dg_site_free);
  g_clear_pointer (&run->pack, dg_pack_free);
  g_clear_pointer (&run->firsts, g_hash_table_unref);
  g_clear_pointer (&run->same_failed, g_hash_table_unref);
  g_clear_pointer (&run->material, dg_material_free);
  g_clear_pointer (&run->ledger, dg_ledger_free);
  if (run->report != NULL)
    g_string_free (g_steal_pointer (&run->report), TRUE);
  g_clear_pointer (&run->reported, dg_store_free);
  g_clear_pointer (&run->reader, dg_reader_free);
  g_clear_pointer (&run->work.setup, g_free);
  g_clear_pointer (&run->work.aligns, dg_aligns_free);
  g_clear_pointer (&run->work.gallery, dg_gallery_free);
  g_clear_pointer (&run->work.converter, diglot_converter_free);
  g_clear_pointer (&run->work.jobs, dg_jobs_free);
  run->next = run->told = 0;
  run->is_warm = run->is_ready = run->is_stopped = run->is_spoilt = FALSE;
  run->n_unwritten = 0;
  run->held = 0;
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
tell_weak (DgRun *run)
{
  g_autofree char    *name = dg_sandbox_dup_name ();
  g_autofree char    *text = g_strdup_printf (N_ ("this kernel has not all that confines a batch (%s); --sandbox=require would refuse"), name);
  const DiglotMessage message = { .severity = DIGLOT_SEVERITY_NOTE, .code = "sandbox.weak", .text = text };

  if (run->batch->sandbox && dg_sandbox_is_weak ())
    dg_results_tell (run, &message);
}

/* An alignment for no dispatch is perhaps a name that was misspelt.  Shards have some for dispatches of other shards. */
static void
tell_unused (DgRun *run)
{
  g_autoptr (GPtrArray) unused = run->batch->shards == 0 ? dg_aligns_list_unused (run->work.aligns, run->work.jobs) : NULL;

  for (guint i = 0; unused != NULL && i < unused->len; i++) {
    g_autofree char    *text = g_strdup_printf (N_ ("there is no dispatch \"%s\" among the inputs"), (const char *) unused->pdata[i]);
    const DiglotMessage message = {
      .file = run->batch->align,
      .severity = DIGLOT_SEVERITY_WARNING,
      .code = "align.unused",
      .text = text,
    };

    dg_results_tell (run, &message);
  }
}

static void
tell_unexpected (DgRun *run)
{
  const guint      found = run->work.jobs->found, expect = run->batch->expect;
  g_autofree char *text = g_strdup_printf (N_ ("%u dispatches were expected, and there are %u"), expect, found);

  run->tally->unexpected = expect > 0 && found != expect;
  if (run->tally->unexpected)
    dg_results_tell (run, &(DiglotMessage){ .severity = DIGLOT_SEVERITY_ERROR, .code = "input.count", .text = text });
}

/* An archive that is not all there stays what it is, to be taken up. */
static void
close_pack (DgRun *run)
{
  const char *archive = run->work.jobs->archive;
  g_autoptr (GError) error = NULL;

  if (run->is_spoilt)
    return;
  if (run->tally->done < run->tally->total) {
    if (strcmp (archive, "-") != 0)
      dg_results_tell (run, &(DiglotMessage){ .file = archive,
                                              .severity = DIGLOT_SEVERITY_WARNING,
                                              .code = "output.partial",
                                              .text = N_ ("not whole; what was made lies beside it as NAME.part, and --update takes it up") });
    return;
  }
  if (dg_pack_close (run->pack, &error))
    return;
  dg_results_tell_error (run, strcmp (archive, "-") == 0 ? "<stdout>" : archive, error);
  run->tally->unwritten++;
}

static void
work (DgRun *run)
{
  run->moves = dg_moves_new (run->batch, run->work.jobs);
  tell_unexpected (run);
  tell_unused (run);
  dg_sides_sweep (run);
  if (dg_run_count (run) > 1)
    dg_sides_look (run);
  if (dg_jobs_go_together (run->batch, run->work.jobs))
    work_in_bundle (run);
  else if (run->reader != NULL)
    work_alone (run);
  else
    work_in_pool (run);
  dg_results_end (run);
  if (run->pack != NULL)
    close_pack (run);
  run->tally->stopped = run->is_stopped;
  if (run->tally->signal != 0)
    dg_sides_sweep (run);
  dg_sides_settle (run);
  dg_sides_write (run);
  dg_moves_end (g_steal_pointer (&run->moves), run);
  run->tally->seconds = (double) (g_get_monotonic_time () - run->start) / G_USEC_PER_SEC;
  if (run->events != NULL && run->events->finished != NULL)
    run->events->finished (run->tally, run->events->data);
}

/* Watching */

/* What is unusable may be mended while it is watched. */
static void
watch (DgRun *run, char **first)
{
  g_autofree char *look = g_steal_pointer (first);

  while (run->tally->signal == 0 && dg_watch_wait (run->batch, run->signals, &look)) {
    g_autoptr (GError) error = NULL;

    tear_down (run);
    if (set_up (run, &error))
      work (run);
    else
      dg_results_tell_error (run, NULL, error);
  }
  run->tally->signal = run->tally->signal != 0 ? run->tally->signal : read_signal (run);
}

gboolean
dg_batch_run (const DiglotBatch *batch, const DiglotEvents *events, DiglotTally *tally, GError **error)
{
  DgRun            run = { .batch = batch, .events = events, .tally = tally, .signals = -1 };
  gboolean         is_usable;
  gboolean         takes_signals = FALSE;
  sigset_t         before;
  g_autofree char *look = NULL;

  *tally = (DiglotTally){ 0 };
  run.states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dg_records_free_state);
  run.folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  is_usable =
    dg_strict_check (batch->strict, error) && (!batch->sandbox || dg_sandbox_close_calls (batch->require_sandbox, error)) && dg_moves_check (batch, error);
  /* What comes while the first round works is not to be missed. */
  look = is_usable && batch->watch ? dg_watch_dup_look (batch) : NULL;
  is_usable = is_usable && set_up (&run, error);
  /* What is watched may come to need other folders in the next round, so that only the workers of each are confined. */
  is_usable = is_usable && (batch->watch || confine (&run, error));
  if (is_usable) {
    tell_weak (&run);
    takes_signals = dg_run_count (&run) > 1 || batch->watch;
    if (takes_signals)
      run.signals = catch_signals (&before);
    work (&run);
    if (batch->watch)
      watch (&run, &look);
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
