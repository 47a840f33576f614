/* work.c: one job: what its dispatches become, as bytes that somebody else writes. */
#include "batch/work.h"

#include "batch/strict.h"

#include "base/digest.h"
#include "base/output.h"

#include <string.h>

DgOutcome *
dg_work_fail (const DgJob *job, const GError *error)
{
  DgOutcome *outcome = dg_outcome_new ();

  dg_part_add_message (dg_outcome_new_part (outcome, NULL), diglot_message_new_from_error (job->shown, error));
  return outcome;
}

/* A reader that is there for one job has one converter, which is the job's. */
DiglotConverter *
dg_work_converter (const DgWork *work, const DgJob *job)
{
  return job->form != NULL && job->form->converter != NULL ? job->form->converter : work->converter;
}

const char *
dg_work_setup (const DgWork *work, const DgJob *job)
{
  return job->form != NULL && job->form->setup != NULL ? job->form->setup : work->setup;
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

/* Formats for programs, which want to find the input again. */
static gboolean
names_whole (DiglotFormat format)
{
  return format == DIGLOT_FORMAT_JSON || dg_output_is_memory (format);
}

/* What an output calls its input: for programs as messages do; a page shows the file's own name, whatever archive it lies in. */
static const char *
output_name (const DiglotBatch *batch, const DgJob *job)
{
  return job->member != NULL && !names_whole (batch->format) ? job->member : job->shown;
}

/* Tells @part what @result has to say; --strict says what of it fails it. */
static void
tell_result (const DiglotBatch *batch, const DgJob *job, const DiglotResult *result, DgPart *part)
{
  guint                n;
  const DiglotMessage *messages = diglot_result_messages (result, &n);

  for (guint i = 0; i < n; i++)
    dg_part_add_message (part, copy_message (&messages[i], job->shown));
  part->figures = *diglot_result_figures (result);
  if (!part->failed && dg_strict_fails (batch->strict, messages, n)) {
    g_autofree char    *text = dg_strict_dup_reason (batch->strict);
    const DiglotMessage why = { .severity = DIGLOT_SEVERITY_ERROR, .code = "output.strict", .text = text };

    dg_part_add_message (part, copy_message (&why, job->shown));
  }
}

/* TRUE where @part has got something to write: what @result made. */
static gboolean
take_result (const DgWork *work, const DgJob *job, DiglotResult *result, DgPart *part)
{
  GBytes *picture;

  tell_result (work->batch, job, result, part);
  if (work->batch->gallery != NULL) {
    part->review = g_strdup (diglot_result_review (result));
    for (guint nth = 0; (picture = diglot_result_picture (result, nth)) != NULL; nth++)
      g_ptr_array_add (part->pictures, g_bytes_ref (picture));
  }
  return !part->failed && job->output != NULL && diglot_result_bytes (result) != NULL;
}

/* The first headline of @text; "" for none. */
static const char *
find_headline (DiglotInput *input, guint nth, guint text)
{
  guint             n;
  const DiglotPart *parts = diglot_input_parts (input, nth, &n);

  for (guint i = 0; i < n; i++)
    if (parts[i].text == text && strcmp (parts[i].role, "headline") == 0)
      return parts[i].content + parts[i].label;
  return "";
}

/* What a site says of a dispatch; NULL for none. */
static char **
dup_about (DiglotInput *input, guint nth)
{
  const char *a = diglot_input_language (input, nth, 0), *b = diglot_input_language (input, nth, 1), *date = diglot_input_date (input, nth);
  const char *about[] = { a, b != NULL ? b : "", find_headline (input, nth, 0), find_headline (input, nth, 1), date != NULL ? date : "", NULL };

  return a != NULL ? g_strdupv ((char **) about) : NULL;
}

/* Where the page of the part @nth of @count will stand below the folder of the site; nowhere for NULL. */
static char *
dup_page_path (const DgWork *work, const DgJob *job, guint nth, guint count)
{
  const char *below;

  if (!dg_jobs_make_site (work->batch, work->jobs))
    return NULL;
  below = job->output + strlen (work->jobs->folder);
  below += strspn (below, "/");
  return count > 1 ? dg_output_dup_nth (below, nth) : g_strdup (below);
}

/* Each dispatch of @input for outputs of its own. */
static void
make_each (const DgWork *work, const DgJob *job, DiglotInput *input, DgOutcome *outcome)
{
  for (guint nth = 0; nth < diglot_input_count (input); nth++) {
    g_autofree char *path = dup_page_path (work, job, nth, diglot_input_count (input));
    g_autoptr (DiglotResult) result = NULL;
    DgPart *part = dg_outcome_new_part (outcome, NULL);

    diglot_input_set_path (input, nth, path);
    result = diglot_input_convert (input, nth, work->batch->format);
    if (path != NULL)
      part->about = dup_about (input, nth);
    if (take_result (work, job, result, part))
      for (guint file = 0; file < diglot_result_n_files (result); file++)
        g_ptr_array_add (part->made, g_bytes_ref (diglot_result_file (result, file)));
  }
}

/* All the dispatches of @input one after the other for one output, if any. */
static void
make_together (const DgWork *work, const DgJob *job, DiglotInput *input, DgOutcome *outcome)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  DgPart *first = NULL;

  for (guint nth = 0; nth < diglot_input_count (input); nth++) {
    g_autoptr (DiglotResult) result = diglot_input_convert (input, nth, work->batch->format);
    DgPart *part = dg_outcome_new_part (outcome, NULL);
    GBytes *bytes = take_result (work, job, result, part) ? diglot_result_bytes (result) : NULL;

    if (bytes == NULL)
      continue;
    g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    first = first != NULL ? first : part;
  }
  if (first != NULL)
    g_ptr_array_add (first->made, g_byte_array_free_to_bytes (g_steal_pointer (&all)));
}

/* All the dispatches of @input in one translation memory. */
static void
make_memory (const DgWork *work, const DgJob *job, DiglotInput *input, DgOutcome *outcome)
{
  g_autoptr (DiglotCollection) memory = diglot_collection_new (dg_work_converter (work, job), work->batch->format);
  DgPart *first = NULL;

  for (guint nth = 0; nth < diglot_input_count (input); nth++) {
    g_autoptr (DiglotResult) result = diglot_collection_add (memory, input, nth);
    DgPart *part = dg_outcome_new_part (outcome, NULL);

    tell_result (work->batch, job, result, part);
    if (first == NULL && !part->failed)
      first = part;
  }
  if (first != NULL && job->output != NULL)
    g_ptr_array_add (first->made, diglot_collection_write (memory, NULL));
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
  g_autoptr (DiglotInput) input = diglot_input_new (dg_work_converter (work, job), material->text, output_name (batch, job));
  DgOutcome *outcome;

  give_picture (input, material);
  if (!dg_aligns_apply (work->aligns, work->jobs, job, input, &error))
    return dg_work_fail (job, error);
  if (dg_output_shows_pages (batch->format) && diglot_input_count (input) > 1
      && (strcmp (job->output, "-") == 0 || (batch->output != NULL && work->jobs->folder == NULL && work->jobs->archive == NULL))) {
    g_set_error (&error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "there are %u dispatches in it, and one output; --output names a directory for them, ending in /",
                 diglot_input_count (input));
    outcome = dg_work_fail (job, error);
    outcome->refused = TRUE;
    return outcome;
  }
  outcome = dg_outcome_new ();
  if (dg_output_shows_pages (batch->format))
    make_each (work, job, input, outcome);
  else if (dg_output_is_memory (batch->format) && diglot_input_count (input) > 1)
    make_memory (work, job, input, outcome);
  else
    make_together (work, job, input, outcome);
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
  const DgWork     *work;
  DiglotBundle     *bundle;
  DiglotLearner    *learner;    /* in its place, where a lexicon is made; NULL */
  DiglotCollection *collection; /* in its place, where a translation memory or a book is; NULL */
  GPtrArray        *inputs;     /* DiglotInput */
  GArray           *dispatches; /* Bundled, as they were added to @bundle */
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
  if (work->batch->learn)
    bundle->learner = diglot_learner_new ();
  else if (work->batch->format != DIGLOT_FORMAT_PDF)
    bundle->collection = diglot_collection_new (work->converter, work->batch->format);
  else
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
  diglot_learner_free (bundle->learner);
  diglot_collection_free (bundle->collection);
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
    return dg_work_fail (job, error);
  outcome = dg_outcome_new ();
  for (guint nth = 0; nth < diglot_input_count (input); nth++) {
    Bundled one = { job, dg_outcome_new_part (outcome, NULL) };

    g_array_append_val (bundle->dispatches, one);
    if (bundle->bundle == NULL) {
      g_autoptr (DiglotResult) result =
        bundle->learner != NULL ? diglot_learner_add (bundle->learner, input, nth) : diglot_collection_add (bundle->collection, input, nth);

      tell_result (work->batch, job, result, one.part);
    } else {
      diglot_bundle_add (bundle->bundle, input, nth);
    }
  }
  /* The others have taken what they need. */
  if (bundle->bundle == NULL)
    g_ptr_array_set_size (bundle->inputs, 0);
  return outcome;
}

void
dg_work_bundle_write (DgWorkBundle *bundle)
{
  const DiglotBatch *batch = bundle->work->batch;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bundle->learner != NULL      ? diglot_learner_write (bundle->learner)
                             : bundle->collection != NULL ? diglot_collection_write (bundle->collection, &error)
                                                          : diglot_bundle_write (bundle->bundle, &error);
  DgPart  *first = NULL;
  gboolean refused = FALSE; /* by --strict */

  for (guint i = 0; i < bundle->dispatches->len; i++) {
    const Bundled *one = &g_array_index (bundle->dispatches, Bundled, i);

    if (bundle->bundle != NULL)
      tell_result (batch, one->job, diglot_bundle_result (bundle->bundle, i), one->part);
    if (first == NULL && !one->part->failed)
      first = one->part;
    refused = refused || (one->part->failed && batch->strict != NULL);
  }
  if (first == NULL || refused)
    return;
  if (bytes == NULL)
    dg_part_add_message (first, diglot_message_new_from_error (batch->output, error));
  else
    g_ptr_array_add (first->made, g_bytes_ref (bytes));
}

static void
add_input (GChecksum *digest, const DgWork *work, const DgJob *job, const DgMaterial *material)
{
  g_autofree char *alignment = dg_aligns_dup_digest (work->aligns, work->jobs, job);
  g_autofree char *picture = material->picture != NULL ? dg_digest_dup (g_bytes_get_data (material->picture, NULL), g_bytes_get_size (material->picture))
                                                       : g_strdup (material->picture_problem);
  gsize            length;
  const guchar    *data = g_bytes_get_data (material->text, &length);

  g_checksum_update (digest, (const guchar *) alignment, (gssize) strlen (alignment) + 1);
  if (picture != NULL)
    g_checksum_update (digest, (const guchar *) picture, (gssize) strlen (picture));
  g_checksum_update (digest, (const guchar *) "", 1);
  if (length > 0)
    g_checksum_update (digest, data, (gssize) length);
}

char *
dg_work_dup_input_digest (const DgWork *work, const DgJob *job, const DgMaterial *material)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  if (job->form != NULL)
    g_checksum_update (digest, (const guchar *) job->form->where, (gssize) strlen (job->form->where) + 1);
  add_input (digest, work, job, material);
  return g_strdup (g_checksum_get_string (digest));
}

char *
dg_work_dup_key (const DgWork *work, const DgJob *job, const DgMaterial *material)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  const char      *name = output_name (work->batch, job);
  const char      *slash = !names_whole (work->batch->format) ? strrchr (name, '/') : NULL;
  g_autofree char *path = dup_page_path (work, job, 0, 1);
  const char      *setup = dg_work_setup (work, job);

  if (slash != NULL)
    name = slash + 1;
  if (path != NULL)
    g_checksum_update (digest, (const guchar *) path, (gssize) strlen (path) + 1);
  g_checksum_update (digest, (const guchar *) setup, (gssize) strlen (setup) + 1);
  g_checksum_update (digest, (const guchar *) name, (gssize) strlen (name) + 1);
  add_input (digest, work, job, material);
  return g_strdup (g_checksum_get_string (digest));
}
