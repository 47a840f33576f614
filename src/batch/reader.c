/* reader.c: a pool of one worker; what it may still do is the sandbox's. */
#include "batch/reader.h"

#include "base/cache.h"
#include "base/output.h"
#include "batch/deliver.h"
#include "batch/sandbox.h"
#include "batch/worker.h"
#include "pair/lexicon.h"
#include "type/hyphens.h"

#include <poll.h>
#include <string.h>

/* Numbers that are no job's */
#define BUNDLE  G_MAXUINT       /* all of them */
#define PREPARE (G_MAXUINT - 1) /* none: to get ready */

struct DgReader {
  DgWork        work; /* with a converter of its own, in the reader, where the others have none */
  DiglotOptions options;
  DgPool       *pool;
  gboolean      is_confined; /* in the reader itself */
  GHashTable   *kept;        /* set: what was asked to be kept, once */
  /* The reply to the job in hand */
  GBytes *reply;
  GError *problem;
};

/* In the reader */

static gboolean
confine (DgReader *reader, GError **error)
{
  const DiglotBatch *batch = reader->work.batch;
  gboolean           is_done;

  if (reader->is_confined)
    return TRUE;
  dg_cache_close ();
  is_done = !batch->sandbox || dg_sandbox_enter_reader (batch, NULL, error);
  reader->is_confined = is_done;
  return is_done;
}

/* The job that was given, with its @material, NULL for none. */
static DgJob *
take_job (const DgReader *reader, GBytes *joined, DgMaterial **material)
{
  g_autoptr (GBytes) job = NULL, bytes = NULL;

  dg_job_part (joined, &job, &bytes);
  *material = bytes != NULL ? dg_material_from_bytes (bytes) : NULL;
  return dg_job_from_bytes (job, reader->work.jobs->forms);
}

static GBytes *
read_job (DgReader *reader, GBytes *input)
{
  g_autoptr (DgMaterial) material = NULL;
  g_autoptr (DgJob) job = take_job (reader, input, &material);
  g_autoptr (DgOutcome) outcome = dg_work_do (&reader->work, job, material);

  outcome->wanted = dg_cache_steal_missing ();
  return dg_outcome_to_bytes (outcome);
}

static void
free_job (gpointer data)
{
  dg_job_free (data);
}

static GBytes *
read_bundle (DgReader *reader, GBytes *input)
{
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("aay"), input, TRUE)), reply = NULL;
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new (), jobs = g_ptr_array_new_with_free_func (free_job);
  g_autoptr (DgWorkBundle) bundle = dg_work_bundle_new (&reader->work);
  GVariantBuilder builder;

  for (gsize i = 0; i < g_variant_n_children (whole); i++) {
    g_autoptr (GVariant) packed = g_variant_get_child_value (whole, i);
    g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (packed);
    g_autoptr (DgMaterial) material = NULL;
    DgJob *job = take_job (reader, bytes, &material);

    g_ptr_array_add (jobs, job);
    if (material != NULL)
      g_ptr_array_add (outcomes, dg_work_bundle_add (bundle, job, material));
  }
  dg_work_bundle_write (bundle);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < outcomes->len; i++) {
    DgOutcome *outcome = outcomes->pdata[i];
    g_autoptr (GBytes) bytes = NULL;

    outcome->wanted = i == 0 ? dg_cache_steal_missing () : NULL;
    bytes = dg_outcome_to_bytes (outcome);
    g_variant_builder_add_value (&builder, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
  }
  reply = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_get_data_as_bytes (reply);
}

/* An error's code and words; nothing for none. */
static GBytes *
prepare (DgReader *reader)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) problem = NULL;

  reader->work.converter = diglot_converter_new (&reader->options, &error);
  if (error == NULL)
    return g_bytes_new (NULL, 0);
  problem = g_variant_ref_sink (g_variant_new ("(is)", error->code, error->message));
  return g_variant_get_data_as_bytes (problem);
}

static GBytes *
fail_job (const DgReader *reader, guint number, GBytes *input, const GError *error)
{
  g_autoptr (DgMaterial) material = NULL;
  g_autoptr (DgJob) job = number == BUNDLE ? dg_jobs_dup (reader->work.jobs, 0) : take_job (reader, input, &material);
  g_autoptr (DgOutcome) outcome = dg_work_fail (job, error);

  return dg_outcome_to_bytes (outcome);
}

/* A reader that cannot be confined reads nothing. */
static GBytes *
do_work (guint number, GBytes *input, gpointer data)
{
  DgReader *reader = data;
  g_autoptr (GError) error = NULL;

  if (number == PREPARE)
    return prepare (reader);
  /* One that was started in the place of another. */
  if (reader->work.converter == NULL)
    reader->work.converter = diglot_converter_new (&reader->options, &error);
  if (reader->work.converter == NULL || !confine (reader, &error))
    return fail_job (reader, number, input, error);
  return number == BUNDLE ? read_bundle (reader, input) : read_job (reader, input);
}

/* Beside it */

static void
take_reply (guint number, GBytes *reply, const GError *error, gpointer data)
{
  DgReader *reader = data;

  (void) number;
  reader->reply = reply != NULL ? g_bytes_ref (reply) : NULL;
  reader->problem = error != NULL ? g_error_copy (error) : NULL;
}

DgReader *
dg_reader_new (const DgWork *work, double timeout)
{
  DgReader *reader = g_new0 (DgReader, 1);

  reader->work = *work;
  reader->pool = dg_pool_new (1, timeout, work->batch->memory, do_work, take_reply, reader);
  reader->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  dg_pool_set_alone (reader->pool, FALSE);
  return reader;
}

void
dg_reader_free (DgReader *reader)
{
  if (reader == NULL)
    return;
  dg_pool_free (reader->pool);
  g_hash_table_unref (reader->kept);
  g_clear_pointer (&reader->reply, g_bytes_unref);
  g_clear_error (&reader->problem);
  g_free (reader);
}

/* FALSE where @fd could be read before there was a reply. */
static gboolean
ask (DgReader *reader, guint number, GBytes *input, int fd)
{
  g_clear_pointer (&reader->reply, g_bytes_unref);
  g_clear_error (&reader->problem);
  if (!dg_pool_give (reader->pool, number, input, &reader->problem))
    return TRUE;
  while (!dg_pool_is_idle (reader->pool)) {
    struct pollfd stop = { .fd = fd, .events = POLLIN };

    dg_pool_wait (reader->pool, fd);
    if (fd >= 0 && poll (&stop, 1, 0) > 0)
      return FALSE;
  }
  return TRUE;
}

/* What the cache lacks is made here, out of the system's own files, as the reader can keep nothing.  Nothing but a name is taken from it, and of
 * names those alone that are a language's. */
static void
keep (DgReader *reader, const DgOutcome *outcome)
{
  for (guint i = 0; outcome->wanted != NULL && outcome->wanted[i] != NULL && i < 16; i++) {
    const char *wanted = outcome->wanted[i];

    if (!g_hash_table_add (reader->kept, g_strdup (wanted)))
      continue;
    if (g_str_has_prefix (wanted, "lexicon "))
      dg_lexicon_free (dg_lexicon_new (wanted + strlen ("lexicon ")));
    else if (g_str_has_prefix (wanted, "hyphens "))
      dg_hyphens_keep (wanted + strlen ("hyphens "));
  }
}

/* The outcome in @bytes; NULL where @bytes are none. */
static DgOutcome *
open_outcome (DgReader *reader, GBytes *bytes)
{
  DgOutcome *outcome = dg_outcome_from_bytes (bytes);

  if (outcome != NULL) {
    keep (reader, outcome);
    outcome->peak = dg_pool_peak (reader->pool);
  }
  return outcome;
}

static DgOutcome *
fail (const DgReader *reader, const DgJob *job)
{
  g_autoptr (GError) astray = g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the process that set it went astray");

  return dg_work_fail (job, reader->problem != NULL ? reader->problem : astray);
}

gboolean
dg_reader_prepare (DgReader *reader, const DiglotOptions *options, GError **error)
{
  g_autoptr (GVariant) problem = NULL;
  gint32      code;
  const char *text;

  reader->options = *options;
  ask (reader, PREPARE, NULL, -1);
  if (reader->reply == NULL) {
    g_propagate_error (error, g_steal_pointer (&reader->problem));
    return FALSE;
  }
  if (g_bytes_get_size (reader->reply) == 0)
    return TRUE;
  problem = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(is)"), reader->reply, FALSE));
  g_variant_get (problem, "(i&s)", &code, &text);
  g_set_error_literal (error, DIGLOT_ERROR, code, text);
  return FALSE;
}

DgOutcome *
dg_reader_do (DgReader *reader, const DgWork *work, const DgJob *job, const DgMaterial *material)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GBytes) bytes = dg_job_to_bytes (job, work->jobs->forms), read = dg_material_to_bytes (material), input = dg_job_join (bytes, read);
  DgOutcome *outcome = NULL;

  ask (reader, 0, input, -1);
  if (reader->reply != NULL)
    outcome = open_outcome (reader, reader->reply);
  if (outcome == NULL)
    outcome = fail (reader, job);
  g_clear_pointer (&reader->reply, g_bytes_unref);
  dg_deliver (work, job, material, outcome);
  outcome->ms = (double) (g_get_monotonic_time () - start) / 1000;
  return outcome;
}

gboolean
dg_reader_bundle (DgReader *reader, const DgWork *work, DgMaterial *const *materials, DgOutcome **outcomes, int fd)
{
  const DgJobs   *jobs = work->jobs;
  const guint     n = dg_jobs_count (jobs);
  GVariantBuilder builder;
  g_autoptr (GVariant) whole = NULL, replies = NULL;
  g_autoptr (GBytes) input = NULL;
  gsize next = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < n; i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);
    g_autoptr (GBytes) first = dg_job_to_bytes (job, jobs->forms), second = materials[i] != NULL ? dg_material_to_bytes (materials[i]) : NULL;
    g_autoptr (GBytes) bytes = dg_job_join (first, second);

    g_variant_builder_add_value (&builder, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
  }
  whole = g_variant_ref_sink (g_variant_builder_end (&builder));
  input = g_variant_get_data_as_bytes (whole);
  if (!ask (reader, BUNDLE, input, fd))
    return FALSE;
  if (reader->reply != NULL)
    replies = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("aay"), reader->reply, FALSE));
  for (guint i = 0; i < n; i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);
    g_autoptr (GVariant) child =
      materials[i] != NULL && replies != NULL && next < g_variant_n_children (replies) ? g_variant_get_child_value (replies, next++) : NULL;
    g_autoptr (GBytes) bytes = child != NULL ? g_variant_get_data_as_bytes (child) : NULL;

    if (materials[i] == NULL)
      continue;
    outcomes[i] = bytes != NULL ? open_outcome (reader, bytes) : NULL;
    if (outcomes[i] == NULL)
      outcomes[i] = fail (reader, job);
  }
  dg_deliver_bundle (work, outcomes, n);
  return TRUE;
}
