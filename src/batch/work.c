/* work.c: one job: read, convert, write. */
#include "batch/work.h"

#include "base/digest.h"
#include "batch/gallery.h"
#include "base/output.h"
#include "batch/worker.h"

#include <string.h>
#include <sys/stat.h>

/* Takes @message. */
static void
add_message (DgPart *part, DiglotMessage *message)
{
  part->failed = part->failed || message->severity == DIGLOT_SEVERITY_ERROR;
  g_ptr_array_add (part->messages, message);
}

/* Work */

/* Tells the review page of the part @nth of @n_parts; @result: NULL where there is none. */
static void
show (const DgWork *work, const DgJob *job, guint nth, guint n_parts, const char *key, const DiglotResult *result, DgPart *part)
{
  g_autoptr (GError) error = NULL;

  if (work->gallery != NULL && !dg_gallery_write (work->gallery, job, nth, n_parts, part, key, result, &error))
    add_message (part, diglot_message_new_from_error (job->shown, error));
}

DgOutcome *
dg_work_fail (const DgWork *work, const DgJob *job, const GError *error)
{
  DgOutcome *outcome = dg_outcome_new ();
  DgPart    *part = dg_outcome_new_part (outcome, job->output);

  add_message (part, diglot_message_new_from_error (job->shown, error));
  show (work, job, 0, 1, NULL, NULL, part);
  return outcome;
}

static DiglotMessage *
copy_message (const DiglotMessage *message, const char *file)
{
  DiglotMessage *copy = g_new0 (DiglotMessage, 1);

  *copy = *message;
  copy->file = g_strdup (file);
  copy->code = g_strdup (message->code);
  copy->text = g_strdup (message->text);
  return copy;
}

/* What an output calls its input: JSON as messages do; a page shows the file's own name, whatever archive it lies in. */
static const char *
output_name (const DiglotBatch *batch, const DgJob *job)
{
  return job->member != NULL && batch->format != DIGLOT_FORMAT_JSON ? job->member : job->shown;
}

/* A pipe or a device that the user names gets what was made; one that stands in the place of an output whose name was chosen here is
 * replaced: nobody may be at its other end. */
static gboolean
put (const DiglotBatch *batch, const char *path, GBytes *bytes, GError **error)
{
  return g_strcmp0 (batch->output, path) == 0 ? diglot_write_file (path, bytes, error) : dg_output_replace (path, bytes, error);
}

/* Writes what a part or all parts made; @part is told where it went. */
static void
write_output (const DiglotBatch *batch, DgPart *part, const char *path, GBytes *bytes)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (strcmp (path, "-") == 0) {
    part->bytes = g_bytes_ref (bytes);
    return;
  }
  dg_pool_commit ();
  if ((batch->output == NULL || diglot_make_folder (folder, &error)) && put (batch, path, bytes, &error))
    dg_part_add_file (part, g_strdup (path), dg_digest_dup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
  if (error != NULL)
    add_message (part, diglot_message_new_from_error (path, error));
}

/* Tells @part what @result has to say; with --strict a warning fails it. */
static void
tell_result (const DiglotBatch *batch, const DgJob *job, const DiglotResult *result, DgPart *part)
{
  guint                n;
  const DiglotMessage *messages = diglot_result_messages (result, &n);

  for (guint i = 0; i < n; i++)
    add_message (part, copy_message (&messages[i], job->shown));
  part->figures = *diglot_result_figures (result);
  if (!part->failed && batch->strict && diglot_result_worst (result) >= DIGLOT_SEVERITY_WARNING) {
    const DiglotMessage why = {
      .severity = DIGLOT_SEVERITY_ERROR,
      .code = "output.strict",
      .text = "with --strict a warning counts as an error",
    };

    add_message (part, copy_message (&why, job->shown));
  }
}

/* The bytes that a dispatch makes, lent by @result; NULL where it failed and where nothing is to be made. */
static GBytes *
convert (const DiglotBatch *batch, const DgJob *job, DiglotResult *result, DgPart *part)
{
  tell_result (batch, job, result, part);
  return part->failed || part->output == NULL ? NULL : diglot_result_bytes (result);
}

/* "a-1.pdf" for the first of several of "a.pdf". */
static char *
dup_nth_output (const char *output, guint nth)
{
  const char *slash = strrchr (output, '/');
  const char *ending = strrchr (slash != NULL ? slash : output, '.');

  if (ending == NULL)
    ending = output + strlen (output);
  return g_strdup_printf ("%.*s-%u%s", (int) (ending - output), output, nth + 1, ending);
}

/* The output of @part that was to be @wanted, which it takes. */
static char *
choose_late_output (const DgJobs *jobs, const DgJob *job, char *wanted, DgPart *part)
{
  g_autofree char *own = wanted;
  DiglotMessage   *note = NULL;
  char            *path = dg_jobs_dup_late_output (jobs, job, own, &note);

  if (note != NULL)
    add_message (part, note);
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
write_pages (const DiglotBatch *batch, const DgJobs *jobs, const DgJob *job, const DgMaterial *material, const DiglotResult *result, DgOutcome *outcome,
             DgPart *part, gboolean is_numbered)
{
  guint n = diglot_result_n_files (result);

  if (n > 1 && strcmp (part->output, "-") == 0) {
    g_autoptr (GError) error =
      g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "there are %u pages, and one output; --output names a file or a directory for them", n);

    add_message (part, diglot_message_new_from_error (job->shown, error));
    outcome->refused = TRUE;
    return;
  }
  for (guint page = 0; page < n && !part->failed; page++) {
    g_autofree char *path = n > 1 ? choose_late_output (jobs, job, dup_nth_output (part->output, page), part) : g_strdup (part->output);
    g_autoptr (GError) error = NULL;

    if ((is_numbered || n > 1) && !dg_jobs_is_free (jobs, path, &error))
      add_message (part, diglot_message_new_from_error (job->shown, error));
    else if (is_own_picture (batch, job, material, path, &error))
      add_message (part, diglot_message_new_from_error (job->shown, error));
    else
      write_output (batch, part, path, diglot_result_file (result, page));
  }
}

/* Each dispatch of @input into outputs of its own. */
static void
write_each (const DgWork *work, const DgJob *job, const DgMaterial *material, DiglotInput *input, DgOutcome *outcome)
{
  guint count = diglot_input_count (input);

  for (guint nth = 0; nth < count; nth++) {
    g_autoptr (DiglotResult) result = diglot_input_convert (input, nth, work->batch->format);
    DgPart *part = dg_outcome_new_part (outcome, job->output);

    if (count > 1) {
      g_free (part->output);
      part->output = choose_late_output (work->jobs, job, dup_nth_output (job->output, nth), part);
    }
    if (convert (work->batch, job, result, part) != NULL)
      write_pages (work->batch, work->jobs, job, material, result, outcome, part, count > 1);
    show (work, job, nth, count, outcome->key, result, part);
  }
}

/* All the dispatches of @input one after the other into one output, if any. */
static void
write_together (const DgWork *work, const DgJob *job, DiglotInput *input, DgOutcome *outcome)
{
  guint count = diglot_input_count (input);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) whole = NULL;
  DgPart *first = NULL;

  for (guint nth = 0; nth < count; nth++) {
    g_autoptr (DiglotResult) result = diglot_input_convert (input, nth, work->batch->format);
    DgPart *part = dg_outcome_new_part (outcome, job->output);
    GBytes *bytes = convert (work->batch, job, result, part);

    show (work, job, nth, count, outcome->key, result, part);
    if (bytes == NULL)
      continue;
    g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    first = first != NULL ? first : part;
  }
  if (first == NULL)
    return;
  whole = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  write_output (work->batch, first, first->output, whole);
  for (guint i = 0; i < outcome->parts->len && first->files->len > 0; i++) {
    DgPart       *part = outcome->parts->pdata[i];
    const DgFile *file = first->files->pdata[0];

    if (part != first && !part->failed)
      dg_part_add_file (part, g_strdup (file->path), g_strdup (file->digest));
  }
}

/* The picture is that of the first dispatch. */
static void
give_picture (DiglotInput *input, const DgMaterial *material)
{
  g_autoptr (GError) problem = NULL;

  if (material->picture_name == NULL)
    return;
  if (material->picture == NULL)
    problem = g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_READ, material->picture_problem);
  diglot_input_set_picture (input, 0, material->picture, material->picture_name, problem);
}

DgOutcome *
dg_work_do (const DgWork *work, const DgJob *job, const DgMaterial *material)
{
  const DiglotBatch *batch = work->batch;
  gint64             start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DgMaterial) read = material == NULL ? dg_material_new (batch, job, NULL, &error) : NULL;
  g_autoptr (DiglotInput) input = NULL;
  DgOutcome *outcome;

  material = material != NULL ? material : read;
  if (material == NULL)
    return dg_work_fail (work, job, error);
  input = diglot_input_new (work->converter, material->text, output_name (batch, job));
  give_picture (input, material);
  if (!dg_aligns_apply (work->aligns, work->jobs, job, input, &error))
    return dg_work_fail (work, job, error);
  if (dg_output_shows_pages (batch->format) && diglot_input_count (input) > 1
      && (strcmp (job->output, "-") == 0 || (batch->output != NULL && work->jobs->folder == NULL))) {
    g_set_error (&error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "there are %u dispatches in it, and one output; --output names a directory for them, ending in /",
                 diglot_input_count (input));
    outcome = dg_work_fail (work, job, error);
    outcome->refused = TRUE;
    return outcome;
  }
  outcome = dg_outcome_new ();
  outcome->key = dg_work_dup_key (work, job, material);
  if (dg_output_shows_pages (batch->format))
    write_each (work, job, material, input, outcome);
  else
    write_together (work, job, input, outcome);
  outcome->ms = (double) (g_get_monotonic_time () - start) / 1000;
  return outcome;
}

/* Bundles */

/* A dispatch of a bundle. */
typedef struct {
  const DgJob *job;
  DgPart      *part; /* lent, of an outcome */
} Bundled;

struct DgWorkBundle {
  const DgWork *work;
  DiglotBundle *bundle;
  GPtrArray    *inputs;     /* DiglotInput */
  GArray       *dispatches; /* Bundled, as they were added to @bundle */
};

static void
free_input (gpointer data)
{
  diglot_input_free (data);
}

DgWorkBundle *
dg_work_bundle_new (const DgWork *work)
{
  DgWorkBundle *bundle = g_new0 (DgWorkBundle, 1);

  bundle->work = work;
  bundle->bundle = diglot_bundle_new (work->converter);
  bundle->inputs = g_ptr_array_new_with_free_func (free_input);
  bundle->dispatches = g_array_new (FALSE, FALSE, sizeof (Bundled));
  return bundle;
}

void
dg_work_bundle_free (DgWorkBundle *bundle)
{
  if (bundle == NULL)
    return;
  diglot_bundle_free (bundle->bundle);
  g_ptr_array_unref (bundle->inputs);
  g_array_unref (bundle->dispatches);
  g_free (bundle);
}

DgOutcome *
dg_work_bundle_add (DgWorkBundle *bundle, const DgJob *job, const DgMaterial *material)
{
  const DgWork *work = bundle->work;
  DiglotInput  *input = diglot_input_new (work->converter, material->text, output_name (work->batch, job));
  g_autoptr (GError) error = NULL;
  DgOutcome *outcome;

  g_ptr_array_add (bundle->inputs, input);
  give_picture (input, material);
  if (!dg_aligns_apply (work->aligns, work->jobs, job, input, &error))
    return dg_work_fail (work, job, error);
  outcome = dg_outcome_new ();
  for (guint nth = 0; nth < diglot_input_count (input); nth++) {
    Bundled one = { job, dg_outcome_new_part (outcome, job->output) };

    diglot_bundle_add (bundle->bundle, input, nth);
    g_array_append_val (bundle->dispatches, one);
  }
  return outcome;
}

void
dg_work_bundle_write (DgWorkBundle *bundle)
{
  const DiglotBatch *batch = bundle->work->batch;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = diglot_bundle_write (bundle->bundle, &error);
  DgPart  *first = NULL;
  gboolean refused = FALSE; /* by --strict */

  for (guint i = 0; i < bundle->dispatches->len; i++) {
    const Bundled *one = &g_array_index (bundle->dispatches, Bundled, i);

    tell_result (batch, one->job, diglot_bundle_result (bundle->bundle, i), one->part);
    if (first == NULL && !one->part->failed)
      first = one->part;
    refused = refused || (one->part->failed && batch->strict);
  }
  if (first == NULL || refused)
    return;
  if (bytes == NULL)
    add_message (first, diglot_message_new_from_error (first->output, error));
  else
    write_output (batch, first, first->output, bytes);
  for (guint i = 0; i < bundle->dispatches->len && first->files->len > 0; i++) {
    DgPart       *part = g_array_index (bundle->dispatches, Bundled, i).part;
    const DgFile *file = first->files->pdata[0];

    if (part != first && !part->failed)
      dg_part_add_file (part, g_strdup (file->path), g_strdup (file->digest));
  }
}

char *
dg_work_dup_key (const DgWork *work, const DgJob *job, const DgMaterial *material)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *alignment = dg_aligns_dup_digest (work->aligns, work->jobs, job);
  const char      *name = output_name (work->batch, job);
  const char      *slash = work->batch->format != DIGLOT_FORMAT_JSON ? strrchr (name, '/') : NULL;
  gsize            length;
  const guchar    *data = g_bytes_get_data (material->text, &length);
  g_autofree char *picture = material->picture != NULL ? dg_digest_dup (g_bytes_get_data (material->picture, NULL), g_bytes_get_size (material->picture))
                                                       : g_strdup (material->picture_problem);

  g_checksum_update (digest, (const guchar *) work->setup, (gssize) strlen (work->setup) + 1);
  g_checksum_update (digest, (const guchar *) alignment, (gssize) strlen (alignment) + 1);
  if (picture != NULL)
    g_checksum_update (digest, (const guchar *) picture, (gssize) strlen (picture));
  g_checksum_update (digest, (const guchar *) "", 1);
  if (slash != NULL)
    name = slash + 1;
  g_checksum_update (digest, (const guchar *) name, (gssize) strlen (name) + 1);
  if (length > 0)
    g_checksum_update (digest, data, (gssize) length);
  return g_strdup (g_checksum_get_string (digest));
}
