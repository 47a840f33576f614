/* results.c: outcomes wait in their slots until all before them are told. */
#include "batch/results.h"

#include "batch/deliver.h"
#include "batch/moves.h"
#include "batch/records.h"
#include "batch/report.h"

#include <string.h>

#define REPORT_HELD   (256 * 1024) /* bytes of lines */
#define UNWRITTEN_MAX 20           /* so many in a row that cannot be written are no fault of theirs: a disk is full, a folder gone */

void
dg_results_tell (DgRun *run, const DiglotMessage *message)
{
  if (run->events != NULL && run->events->message != NULL)
    run->events->message (message, run->events->data);
}

void
dg_results_tell_error (DgRun *run, const char *file, const GError *error)
{
  g_autoptr (DiglotMessage) message = diglot_message_new_from_error (file, error);

  dg_results_tell (run, message);
}

/* The archive */

static void
clear_range (DgRange *range)
{
  g_free (range->place);
  g_free (range->digest);
}

static gboolean
pack_outcome (DgRun *run, const DgOutcome *outcome, DgRange *range, GError **error)
{
  const DgFile *before = NULL;

  for (guint k = 0; k < outcome->parts->len; k++) {
    const DgPart *part = outcome->parts->pdata[k];

    for (guint f = 0; f < part->files->len; f++) {
      const DgFile *file = part->files->pdata[f];

      /* Parts that were written together have one file. */
      if (file->bytes != NULL && (before == NULL || strcmp (before->path, file->path) != 0)
          && !dg_pack_add (run->pack, dg_jobs_member (run->work.jobs, file->path), file->bytes, error))
        return FALSE;
      before = file;
    }
  }
  return dg_pack_end_range (run->pack, range, error);
}

/* An archive with a member missing is none: nothing is begun any more. */
static void
pack (DgRun *run, guint i)
{
  DgSlot *slot = dg_run_slot (run, i);
  g_autoptr (GError) error = NULL;
  DgRange range = { 0 };

  if (run->is_spoilt)
    return;
  if (slot->is_kept && dg_pack_take (run->pack, slot->made[0], slot->made[1], &range, &error))
    dg_records_add_again (run, i, &range);
  else if (slot->outcome != NULL && pack_outcome (run, slot->outcome, &range, &error))
    dg_records_add (run, i, slot->outcome, slot->details, &range);
  clear_range (&range);
  if (error == NULL)
    return;
  dg_results_tell_error (run, strcmp (run->work.jobs->archive, "-") == 0 ? "<stdout>" : run->work.jobs->archive, error);
  run->tally->unwritten++;
  run->is_spoilt = run->is_stopped = TRUE;
}

/* Telling */

/* Messages, and what belongs to standard output.  TRUE where that does not take it. */
static gboolean
tell_parts (DgRun *run, const DgOutcome *outcome)
{
  gboolean is_lost = FALSE;

  for (guint k = 0; k < outcome->parts->len; k++) {
    const DgPart *part = outcome->parts->pdata[k];
    g_autoptr (GError) error = NULL;

    for (guint m = 0; m < part->messages->len; m++)
      dg_results_tell (run, part->messages->pdata[m]);
    if (part->bytes != NULL && !diglot_write_file ("-", part->bytes, &error)) {
      dg_results_tell_error (run, "<stdout>", error);
      is_lost = TRUE;
    }
  }
  return is_lost;
}

/* Of several dispatches with one input the first is told before the others. */
static void
tell_same (DgRun *run, guint i)
{
  DgSlot *slot = dg_run_slot (run, i);

  if (g_hash_table_contains (run->same_failed, GUINT_TO_POINTER (slot->same_as))) {
    slot->has_failed = TRUE;
    run->tally->failed++;
    run->tally->same--;
  }
  if (run->report != NULL) {
    g_autoptr (DgJob) first = dg_jobs_dup (run->work.jobs, slot->same_as - 1);

    dg_report_append_same (run->report, slot->job, first->number, slot->has_failed);
  }
}

static void
tell_result (DgRun *run, guint i)
{
  const DgJob *job = dg_run_job (run, i);
  DgSlot      *slot = dg_run_slot (run, i);
  gboolean     is_lost;

  if (job->note != NULL)
    dg_results_tell (run, job->note);
  is_lost = slot->outcome != NULL && tell_parts (run, slot->outcome);
  if (run->pack != NULL)
    pack (run, i);
  run->tally->failed += is_lost && !slot->has_failed;
  if (run->site != NULL && !is_lost && slot->same_as == 0)
    dg_site_add (run->site, (const char *const *) slot->outputs, slot->details);
  slot->has_failed = slot->has_failed || is_lost;
  if (slot->same_as > 0)
    tell_same (run, i);
  else if (run->report != NULL)
    dg_report_append (run->report, job,
                      is_lost         ? "failed"
                      : slot->is_kept ? "kept"
                                      : NULL,
                      (const char *const *) slot->outputs, slot->details, run->batch->times && slot->outcome != NULL ? slot->outcome->ms : -1);
  if (run->report != NULL && run->report->len > REPORT_HELD) {
    dg_store_add (run->reported, run->report->str, run->report->len);
    g_string_truncate (run->report, 0);
  }
  if (run->firsts != NULL && slot->has_failed)
    g_hash_table_add (run->same_failed, GUINT_TO_POINTER (i + 1));
  dg_moves_note (run->moves, job, slot->has_failed);
  run->held -= slot->held;
  g_hash_table_remove (run->slots, GUINT_TO_POINTER (i));
}

/* Ending early */

static gboolean
is_unwritten (const DgOutcome *outcome)
{
  for (guint k = 0; k < outcome->parts->len; k++) {
    const DgPart *part = outcome->parts->pdata[k];

    for (guint m = 0; m < part->messages->len; m++)
      if (strcmp (((const DiglotMessage *) part->messages->pdata[m])->code, "output.unwritable") == 0)
        return TRUE;
  }
  return FALSE;
}

static void
stop (DgRun *run, const char *why)
{
  const DiglotMessage message = { .severity = DIGLOT_SEVERITY_ERROR, .code = "batch.stopped", .text = why };

  if (!run->is_stopped && run->next + 1 < dg_run_count (run))
    dg_results_tell (run, &message);
  run->is_stopped = TRUE;
}

static void
count_failures (DgRun *run, const DgSlot *slot)
{
  if (slot->outcome == NULL)
    return;
  run->n_unwritten = slot->has_failed && is_unwritten (slot->outcome) ? run->n_unwritten + 1 : 0;
  if (run->n_unwritten >= UNWRITTEN_MAX) {
    stop (run, N_ ("no more is begun: one after the other cannot be written"));
  } else if (slot->has_failed && run->batch->max_failures > 0 && run->tally->failed >= run->batch->max_failures) {
    g_autofree char *why = g_strdup_printf (N_ ("no more is begun: %u failed, as --max-failures allows"), run->tally->failed);

    stop (run, why);
  }
}

/* Taking */

static gboolean
is_done (const DgRun *run, guint i)
{
  const DgSlot *slot = g_hash_table_lookup (run->slots, GUINT_TO_POINTER (i));

  return slot != NULL && slot->is_done;
}

void
dg_results_finish (DgRun *run, guint i)
{
  DgSlot          *slot = dg_run_slot (run, i);
  DiglotTally     *tally = run->tally;
  g_autofree char *name = g_strdup (slot->job->shown); /* progress is told when the slot may have gone */

  slot->is_done = TRUE;
  slot->has_failed = slot->outcome != NULL && dg_outcome_has_failed (slot->outcome);
  tally->done++;
  tally->kept += slot->is_kept;
  tally->same += slot->same_as > 0;
  tally->failed += slot->has_failed;
  tally->refused += slot->outcome != NULL && slot->outcome->refused;
  tally->seconds = (double) (g_get_monotonic_time () - run->start) / G_USEC_PER_SEC;
  tally->name = name;
  count_failures (run, slot);
  while (is_done (run, run->told))
    tell_result (run, run->told++);
  if (run->events != NULL && run->events->progress != NULL)
    run->events->progress (tally, run->events->data);
  tally->name = NULL;
}

/* The files of @outcome, "" for a part without one; they are entered wherever outputs are kept account of. */
static char **
list_outputs (DgRun *run, const DgJob *job, const DgOutcome *outcome)
{
  g_autoptr (GPtrArray) outputs = g_ptr_array_new ();
  g_autofree char *picture = run->batch->deps != NULL ? dg_material_dup_picture_path (run->batch, job) : NULL;

  for (guint k = 0; k < outcome->parts->len; k++) {
    const DgPart *part = outcome->parts->pdata[k];

    for (guint f = 0; f < part->files->len; f++) {
      const DgFile *file = part->files->pdata[f];

      /* Parts that were written together have one file. */
      if (file->bytes == NULL && (outputs->len == 0 || strcmp (file->path, outputs->pdata[outputs->len - 1]) != 0)) {
        if (run->batch->manifest != NULL || run->batch->deps != NULL)
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
  return (char **) g_ptr_array_free (g_steal_pointer (&outputs), FALSE);
}

static gsize
count_held (const DgOutcome *outcome)
{
  gsize held = 0;

  for (guint k = 0; k < outcome->parts->len; k++) {
    const DgPart *part = outcome->parts->pdata[k];

    for (guint f = 0; f < part->files->len; f++) {
      const DgFile *file = part->files->pdata[f];

      held += file->bytes != NULL ? g_bytes_get_size (file->bytes) : 0;
    }
  }
  return held;
}

void
dg_results_take (DgRun *run, guint i, DgOutcome *outcome)
{
  const DgJob *job = dg_run_job (run, i);
  DgSlot      *slot = dg_run_slot (run, i);

  run->peak = MAX (run->peak, outcome->peak);
  slot->outcome = outcome;
  slot->details = dg_report_dup_details (outcome);
  if (run->work.gallery != NULL)
    dg_gallery_add (run->work.gallery, job, outcome->parts->len);
  slot->outputs = list_outputs (run, job, outcome);
  slot->held = count_held (outcome);
  run->held += slot->held;
  if (run->pack == NULL)
    dg_records_add (run, i, outcome, slot->details, NULL);
  dg_results_finish (run, i);
}

void
dg_results_take_error (DgRun *run, guint i, const GError *error)
{
  dg_results_take (run, i, dg_deliver_failure (&run->work, dg_run_job (run, i), error));
}

void
dg_results_end (DgRun *run)
{
  /* After a signal some may be done that were waiting for one before them; to an archive they would be out of order. */
  for (guint i = run->told; i < dg_run_count (run); i++) {
    if (is_done (run, i) && run->pack == NULL)
      tell_result (run, i);
    else if (is_done (run, i))
      run->tally->done--;
  }
}
