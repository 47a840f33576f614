/* sides.c: report, manifest, rules, gallery and records, each whole or not at all. */
#include "batch/sides.h"

#include "base/output.h"
#include "batch/records.h"
#include "batch/report.h"
#include "batch/results.h"
#include "batch/setup.h"
#include "batch/table.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
tell_unwritten (DgRun *run, const char *path, const GError *error)
{
  dg_results_tell_error (run, path, error);
  run->tally->unwritten++;
}

/* A name that stands for itself in messages and is written whole or not at all. */
static void
write_side_file (DgRun *run, const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  if ((strcmp (path, "-") == 0 || diglot_make_folder (folder, &error)) && diglot_write_file (path, bytes, &error))
    return;
  tell_unwritten (run, strcmp (path, "-") == 0 ? "<stdout>" : path, error);
}

static gboolean
write_lines (int fd, gpointer store)
{
  return dg_store_write (store, fd);
}

static void
write_report (DgRun *run)
{
  const DiglotBatch *batch = run->batch;
  const char        *path = batch->report;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  dg_report_append_total (run->report, run->tally, batch->shard, batch->shards);
  dg_store_add (run->reported, run->report->str, run->report->len);
  g_string_free (g_steal_pointer (&run->report), TRUE);
  if (dg_table_is_name (path)) {
    g_autoptr (GBytes) lines = dg_store_dup (run->reported), bytes = lines != NULL ? dg_table_new (lines, &error) : NULL;

    if (bytes != NULL) {
      write_side_file (run, path, bytes);
      return;
    }
  } else if ((strcmp (path, "-") == 0 || diglot_make_folder (folder, &error)) && dg_output_write_by (path, write_lines, run->reported, &error)) {
    return;
  }
  tell_unwritten (run, strcmp (path, "-") == 0 ? "<stdout>" : path, error);
}

void
dg_sides_settle (DgRun *run)
{
  GHashTableIter iter;
  gpointer       folder;

  g_hash_table_iter_init (&iter, run->folders);
  while (g_hash_table_iter_next (&iter, &folder, NULL))
    dg_output_settle (folder);
  g_hash_table_remove_all (run->folders);
}

void
dg_sides_look (DgRun *run)
{
  const char *folder = run->work.jobs->folder;

  if (folder != NULL && !run->batch->watch && run->batch->format != DIGLOT_FORMAT_CHECK && diglot_make_folder (folder, NULL))
    run->folder = MAX (open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC), 0);
}

/* One that somebody removes is made again, without what was in it. */
static void
check_folder (DgRun *run)
{
  const char *folder = run->work.jobs->folder;
  struct stat info, now;
  gboolean    is_same;

  if (run->folder == 0)
    return;
  is_same = fstat (run->folder, &info) != 0 || (stat (folder, &now) == 0 && info.st_dev == now.st_dev && info.st_ino == now.st_ino);
  close (run->folder);
  run->folder = 0;
  if (is_same)
    return;
  g_autoptr (GError) error =
    g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_WRITE, N_ ("was removed while it was written to; --update makes again what went with it"));

  tell_unwritten (run, folder, error);
}

void
dg_sides_write (DgRun *run)
{
  const DiglotBatch *batch = run->batch;

  check_folder (run);
  dg_records_close (run, tell_unwritten);
  if (batch->report != NULL)
    write_report (run);
  if (batch->manifest != NULL) {
    g_autofree char *folder = g_path_get_dirname (batch->manifest);
    g_autoptr (GBytes) bytes = dg_ledger_manifest (run->ledger, folder);

    write_side_file (run, batch->manifest, bytes);
  }
  if (batch->deps != NULL) {
    g_autoptr (GPtrArray) files = dg_setup_files (&batch->conversion);
    g_autoptr (GBytes) bytes = NULL;

    dg_aligns_list (run->work.aligns, run->work.jobs, FALSE, files);
    dg_forms_list (run->work.jobs->forms, batch, files);
    bytes = dg_ledger_rules (run->ledger, files);
    write_side_file (run, batch->deps, bytes);
  }
  /* Of a batch that did not come to its end it would tell a part. */
  if (run->site != NULL && run->tally->done == run->tally->total) {
    g_autoptr (GError) error = NULL;

    if (!dg_site_close (run->site, &error))
      tell_unwritten (run, run->work.jobs->folder, error);
  }
  if (run->work.gallery != NULL) {
    g_autoptr (GError) error = NULL;

    if (!dg_gallery_close (run->work.gallery, run->tally->signal == 0, &error)) {
      tell_unwritten (run, batch->gallery, error);
    }
  }
}

void
dg_sides_sweep (const DgRun *run)
{
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = dg_run_count (run);

  for (guint i = 0; i < n && run->pack == NULL && (n > 1 || run->work.jobs->folder != NULL); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (run->work.jobs, i);
    g_autofree char *folder = job->output != NULL && strcmp (job->output, "-") != 0 ? g_path_get_dirname (job->output) : NULL;

    if (folder == NULL || g_hash_table_contains (folders, folder))
      continue;
    dg_output_sweep (folder);
    g_hash_table_add (folders, g_steal_pointer (&folder));
  }
  if (run->work.jobs->folder != NULL)
    dg_output_sweep (run->work.jobs->folder);
}
