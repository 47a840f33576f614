/* deliver.c: names and writes what was made, as bytes that nothing here looks into. */
#include "batch/deliver.h"

#include "base/digest.h"
#include "base/output.h"
#include "batch/gallery.h"
#include "batch/worker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A pipe or a device that the user names gets what was made; one that stands in the place of an output whose name was chosen here is
 * replaced: nobody may be at its other end. */
static gboolean
put (const DiglotBatch *batch, const char *path, GBytes *bytes, GError **error)
{
  return g_strcmp0 (batch->output, path) == 0 ? diglot_write_file (path, bytes, error) : dg_output_replace (path, bytes, error);
}

/* Says of @error that a link leads out of the output folder, where that is why the sandbox let nothing be written. */
static void
explain (const DiglotBatch *batch, const char *folder, GError **error)
{
  char *base = batch->sandbox && batch->output != NULL ? realpath (batch->output, NULL) : NULL;
  char *place = base != NULL ? realpath (folder, NULL) : NULL;
  gsize length = base != NULL ? strlen (base) : 0;

  if (*error != NULL && place != NULL && g_file_test (base, G_FILE_TEST_IS_DIR)
      && !(g_str_has_prefix (place, base) && (place[length] == '\0' || place[length] == '/' || length == 1))) {
    GError *told = g_error_new ((*error)->domain, (*error)->code, "%s; a link leads out of the output folder, and there the sandbox lets nothing be written",
                                (*error)->message);

    g_clear_error (error);
    *error = told;
  }
  free (base);
  free (place);
}

/* Writes what a part or all parts made; @part is told where it went. */
static void
write_output (const DgWork *work, DgPart *part, const char *path, GBytes *bytes)
{
  const DiglotBatch *batch = work->batch;
  g_autofree char   *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (strcmp (path, "-") == 0) {
    part->bytes = g_bytes_ref (bytes);
    return;
  }
  if (work->jobs->archive != NULL) {
    dg_part_add_file (part, g_strdup (path), dg_digest_dup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), bytes);
    return;
  }
  dg_pool_commit ();
  if (((batch->output == NULL && !work->jobs->is_wanted) || diglot_make_folder (folder, &error)) && put (batch, path, bytes, &error))
    dg_part_add_file (part, g_strdup (path), dg_digest_dup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), NULL);
  explain (batch, folder, &error);
  if (error != NULL)
    dg_part_add_message (part, diglot_message_new_from_error (path, error));
}

/* The output of @part that was to be @wanted, which it takes. */
static char *
choose_late_output (const DgJobs *jobs, const DgJob *job, char *wanted, DgPart *part)
{
  g_autofree char *own = wanted;
  DiglotMessage   *note = NULL;
  char            *path = dg_jobs_dup_late_output (jobs, job, own, &note);

  if (note != NULL)
    dg_part_add_message (part, note);
  return path;
}

/* TRUE with @error where @path is the picture that was read: a page as NAME.png would take its place. */
static gboolean
is_own_picture (const DiglotBatch *batch, const DgJob *job, const DgMaterial *material, const char *path, GError **error)
{
  g_autofree char *picture = material->picture_name != NULL ? dg_material_dup_picture_path (batch, job) : NULL;
  struct stat      one, two;

  if (picture == NULL || stat (picture, &one) != 0 || !dg_jobs_stat (path, &two) || one.st_dev != two.st_dev || one.st_ino != two.st_ino)
    return FALSE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "%s would be replaced, and it is the picture", path);
  return TRUE;
}

/* Writes the file or the pages of one dispatch.  @is_numbered: the part's own path was not seen when clashes were looked for. */
static void
write_pages (const DgWork *work, const DgJob *job, const DgMaterial *material, DgOutcome *outcome, DgPart *part, gboolean is_numbered)
{
  DgJobs *jobs = work->jobs;
  guint   n = part->made->len;

  if (n > 1 && strcmp (part->output, "-") == 0) {
    g_autoptr (GError) error =
      g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "there are %u pages, and one output; --output names a file or a directory for them", n);

    dg_part_add_message (part, diglot_message_new_from_error (job->shown, error));
    outcome->refused = TRUE;
    return;
  }
  for (guint page = 0; page < n && !part->failed; page++) {
    g_autofree char *path = n > 1 ? choose_late_output (jobs, job, dg_output_dup_nth (part->output, page), part) : g_strdup (part->output);
    g_autoptr (GError) error = NULL;

    if ((is_numbered || n > 1) && !dg_jobs_is_free (jobs, path, &error))
      dg_part_add_message (part, diglot_message_new_from_error (job->shown, error));
    else if (is_own_picture (work->batch, job, material, path, &error))
      dg_part_add_message (part, diglot_message_new_from_error (job->shown, error));
    else
      write_output (work, part, path, part->made->pdata[page]);
  }
}

/* Each part into outputs of its own. */
static void
write_each (const DgWork *work, const DgJob *job, const DgMaterial *material, DgOutcome *outcome)
{
  guint count = outcome->parts->len;

  for (guint nth = 0; nth < count; nth++) {
    DgPart *part = outcome->parts->pdata[nth];

    part->output = count > 1 && job->output != NULL ? choose_late_output (work->jobs, job, dg_output_dup_nth (job->output, nth), part) : g_strdup (job->output);
    if (!part->failed && part->made->len > 0)
      write_pages (work, job, material, outcome, part, count > 1);
  }
}

/* All parts into the one output that the first of them has brought. */
static void
write_together (const DgWork *work, const DgJob *job, DgOutcome *outcome)
{
  DgPart *first = NULL;

  for (guint i = 0; i < outcome->parts->len; i++) {
    DgPart *part = outcome->parts->pdata[i];

    part->output = g_strdup (job->output);
    if (first == NULL && part->made->len > 0)
      first = part;
  }
  if (first == NULL || first->output == NULL)
    return;
  write_output (work, first, first->output, first->made->pdata[0]);
  for (guint i = 0; i < outcome->parts->len && first->files->len > 0; i++) {
    DgPart       *part = outcome->parts->pdata[i];
    const DgFile *file = first->files->pdata[0];

    if (part != first && !part->failed)
      dg_part_add_file (part, g_strdup (file->path), g_strdup (file->digest), NULL);
  }
}

/* What only the writer can say is not taken from the reader. */
static void
forget_files (DgOutcome *outcome)
{
  for (guint i = 0; i < outcome->parts->len; i++) {
    DgPart *part = outcome->parts->pdata[i];

    g_ptr_array_set_size (part->files, 0);
    g_clear_pointer (&part->bytes, g_bytes_unref);
    g_clear_pointer (&part->output, g_free);
  }
}

void
dg_deliver (const DgWork *work, const DgJob *job, const DgMaterial *material, DgOutcome *outcome)
{
  forget_files (outcome);
  g_clear_pointer (&outcome->key, g_free);
  if (material != NULL && !outcome->refused && !dg_outcome_has_failed (outcome))
    outcome->key = dg_work_dup_key (work, job, material);
  if (dg_output_shows_pages (work->batch->format))
    write_each (work, job, material, outcome);
  else
    write_together (work, job, outcome);
  for (guint nth = 0; nth < outcome->parts->len; nth++) {
    DgPart *part = outcome->parts->pdata[nth];
    g_autoptr (GError) error = NULL;

    if (work->gallery != NULL && !dg_gallery_write (work->gallery, job, nth, outcome->parts->len, part, outcome->key, &error))
      dg_part_add_message (part, diglot_message_new_from_error (job->shown, error));
    g_ptr_array_set_size (part->made, 0);
    g_ptr_array_set_size (part->pictures, 0);
    g_clear_pointer (&part->review, g_free);
  }
}

DgOutcome *
dg_deliver_failure (const DgWork *work, const DgJob *job, const GError *error)
{
  DgOutcome *outcome = dg_work_fail (job, error);

  dg_deliver (work, job, NULL, outcome);
  return outcome;
}

void
dg_deliver_bundle (const DgWork *work, DgOutcome *const *outcomes, guint n)
{
  DgPart *first = NULL;

  for (guint i = 0; i < n; i++)
    if (outcomes[i] != NULL)
      forget_files (outcomes[i]);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; outcomes[i] != NULL && k < outcomes[i]->parts->len; k++) {
      DgPart *part = outcomes[i]->parts->pdata[k];

      part->output = g_strdup (work->batch->output);
      if (first == NULL && part->made->len > 0)
        first = part;
    }
  if (first == NULL)
    return;
  write_output (work, first, first->output, first->made->pdata[0]);
  g_ptr_array_set_size (first->made, 0);
  for (guint i = 0; i < n && first->files->len > 0; i++)
    for (guint k = 0; outcomes[i] != NULL && k < outcomes[i]->parts->len; k++) {
      DgPart       *part = outcomes[i]->parts->pdata[k];
      const DgFile *file = first->files->pdata[0];

      if (part != first && !part->failed)
        dg_part_add_file (part, g_strdup (file->path), g_strdup (file->digest), NULL);
    }
}
