/* named.c: a batch by the names of the command line, for callers that see no members; and what they ask of its tally. */
#include "diglot.h"

#include "api/options.h"
#include "base/boxed.h"
#include "base/refs.h"
#include "base/refuse.h"
#include "batch/strict.h"

#include <string.h>

typedef struct {
  DiglotBatch       batch; /* what callers hold */
  gint              refs;
  DgSaid            said;
  GPtrArray        *inputs, *includes; /* NULL-terminated */
  DiglotMessageFunc message;
  gpointer          message_data;
  GDestroyNotify    message_destroy;
  DiglotTallyFunc   progress;
  gpointer          progress_data;
  GDestroyNotify    progress_destroy;
} Batch;

static const char *const names[] = {
  "output", "to",     "align",  "bundle", "learn",    "picture", "include", "jobs",   "shard",        "timeout",  "memory",
  "update", "strict", "report", "times",  "manifest", "deps",    "gallery", "expect", "max-failures", "job-list", NULL,
};

DiglotBatch *
diglot_batch_new (void)
{
  Batch *own = g_new0 (Batch, 1);

  dg_said_init (&own->said);
  own->inputs = g_ptr_array_new_with_free_func (g_free);
  own->includes = g_ptr_array_new ();
  g_ptr_array_add (own->inputs, NULL);
  g_ptr_array_add (own->includes, NULL);
  own->batch.format_by_output = TRUE;
  own->batch.inputs = (const char *const *) own->inputs->pdata;
  return &own->batch;
}

DiglotBatch *
diglot_batch_ref (DiglotBatch *batch)
{
  return &dg_ref ((Batch *) batch)->batch;
}

void
diglot_batch_free (DiglotBatch *batch)
{
  Batch *own = (Batch *) batch;

  if (own == NULL || dg_unref (own))
    return;
  diglot_batch_set_message_func (batch, NULL, NULL, NULL);
  diglot_batch_set_progress_func (batch, NULL, NULL, NULL);
  g_ptr_array_unref (own->inputs);
  g_ptr_array_unref (own->includes);
  dg_said_clear (&own->said);
  g_free (own);
}

void
diglot_batch_add_input (DiglotBatch *batch, const char *input)
{
  Batch *own = (Batch *) batch;

  g_ptr_array_insert (own->inputs, (int) own->inputs->len - 1, g_strdup (input));
  batch->inputs = (const char *const *) own->inputs->pdata;
}

static gboolean
set_format (DiglotBatch *batch, const char *value, GError **error)
{
  batch->format_by_output = FALSE;
  if (strcmp (value, "check") == 0)
    batch->format = DIGLOT_FORMAT_CHECK;
  else if (!diglot_format_find (value, DIGLOT_FORMAT_KIND_FILE, &batch->format) && !diglot_format_find (value, DIGLOT_FORMAT_KIND_DUMP, &batch->format))
    return dg_format_refuse (value, error);
  return TRUE;
}

static gboolean
set_shard (DiglotBatch *batch, const char *value, GError **error)
{
  guint64 shard, shards;
  g_auto (GStrv) parts = g_strsplit (value, "/", -1);

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 1, 1000000, &shards, NULL)
      || !g_ascii_string_to_unsigned (parts[0], 10, 1, shards, &shard, NULL))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "shard is K/N with K from 1 to N, not \"%s\"", value);
  batch->shard = (guint) shard;
  batch->shards = (guint) shards;
  return TRUE;
}

gboolean
diglot_batch_set (DiglotBatch *b, const char *name, const char *value, GError **error)
{
  Batch *own = (Batch *) b;
  const struct {
    const char  *name;
    const char **member;
  } strings[] = {
    { "output", &b->output },     { "align", &b->align }, { "picture", &b->picture }, { "report", &b->report },
    { "manifest", &b->manifest }, { "deps", &b->deps },   { "gallery", &b->gallery }, { "job-list", &b->job_list },
  };
  const struct {
    const char *name;
    gboolean   *member;
  } truths[] = { { "bundle", &b->bundle }, { "learn", &b->learn }, { "update", &b->update }, { "times", &b->times } };
  const struct {
    const char *name;
    guint      *member;
  } numbers[] = { { "jobs", &b->jobs }, { "memory", &b->memory }, { "expect", &b->expect }, { "max-failures", &b->max_failures } };
  int known;

  g_return_val_if_fail (b != NULL && name != NULL && value != NULL, FALSE);
  known = dg_options_set (&b->conversion, &own->said, name, value, error);
  if (known != 0)
    return known > 0;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (strcmp (name, strings[i].name) == 0) {
      *strings[i].member = dg_said_add (&own->said, name, value);
      if (strcmp (name, "output") == 0 && b->format_by_output && !diglot_format_find_by_output (value, &b->format))
        b->format = DIGLOT_FORMAT_PDF;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    if (strcmp (name, truths[i].name) == 0)
      return dg_options_truth (name, value, truths[i].member, error);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (name, numbers[i].name) == 0) {
      double number = 0;

      if (!dg_options_number (name, value, 0, 1e6, &number, error))
        return FALSE;
      *numbers[i].member = (guint) number;
      return TRUE;
    }
  if (strcmp (name, "strict") == 0) {
    b->strict = strcmp (value, "no") == 0 ? NULL : dg_said_add (&own->said, name, strcmp (value, "yes") == 0 ? "warning" : value);
    return dg_strict_check (b->strict, error);
  }
  if (strcmp (name, "timeout") == 0)
    return dg_options_number (name, value, 0, 1e6, &b->timeout, error);
  if (strcmp (name, "to") == 0)
    return set_format (b, value, error);
  if (strcmp (name, "shard") == 0)
    return set_shard (b, value, error);
  if (strcmp (name, "include") == 0) {
    g_ptr_array_insert (own->includes, (int) own->includes->len - 1, (gpointer) dg_said_add (&own->said, name, value));
    b->include = (const char *const *) own->includes->pdata;
    return TRUE;
  }
  return dg_options_refuse (name, names, error);
}

void
diglot_batch_set_message_func (DiglotBatch *batch, DiglotMessageFunc func, gpointer data, GDestroyNotify destroy)
{
  Batch *own = (Batch *) batch;

  if (own->message_destroy != NULL)
    own->message_destroy (own->message_data);
  own->message = func;
  own->message_data = data;
  own->message_destroy = destroy;
}

void
diglot_batch_set_progress_func (DiglotBatch *batch, DiglotTallyFunc func, gpointer data, GDestroyNotify destroy)
{
  Batch *own = (Batch *) batch;

  if (own->progress_destroy != NULL)
    own->progress_destroy (own->progress_data);
  own->progress = func;
  own->progress_data = data;
  own->progress_destroy = destroy;
}

static void
on_message (const DiglotMessage *message, gpointer data)
{
  const Batch *own = data;

  if (own->message != NULL)
    own->message (message, own->message_data);
}

static void
on_progress (const DiglotTally *tally, gpointer data)
{
  const Batch *own = data;

  if (own->progress != NULL)
    own->progress (tally, own->progress_data);
}

DiglotTally *
diglot_batch_run (DiglotBatch *batch, GError **error)
{
  const DiglotEvents events = { .message = on_message, .progress = on_progress, .data = batch };
  DiglotTally        tally;

  return dg_batch_run (batch, &events, &tally, error) ? diglot_tally_copy (&tally) : NULL;
}

/* The tally */

DiglotTally *
diglot_tally_copy (const DiglotTally *tally)
{
  DiglotTally *copy = g_new (DiglotTally, 1);

  *copy = *tally;
  copy->name = g_strdup (tally->name);
  return copy;
}

void
diglot_tally_free (DiglotTally *tally)
{
  if (tally == NULL)
    return;
  g_free ((char *) tally->name);
  g_free (tally);
}

guint
diglot_tally_total (const DiglotTally *tally)
{
  return tally->total;
}

guint
diglot_tally_done (const DiglotTally *tally)
{
  return tally->done;
}

guint
diglot_tally_kept (const DiglotTally *tally)
{
  return tally->kept;
}

guint
diglot_tally_failed (const DiglotTally *tally)
{
  return tally->failed;
}

guint
diglot_tally_unwritten (const DiglotTally *tally)
{
  return tally->unwritten;
}

double
diglot_tally_seconds (const DiglotTally *tally)
{
  return tally->seconds;
}

int
diglot_tally_signal (const DiglotTally *tally)
{
  return tally->signal;
}

const char *
diglot_tally_name (const DiglotTally *tally)
{
  return tally->name;
}

/* clang-format off */
DG_DEFINE_BOXED (DiglotBatch, diglot_batch, diglot_batch_ref, diglot_batch_free)
DG_DEFINE_BOXED (DiglotTally, diglot_tally, diglot_tally_copy, diglot_tally_free)
/* clang-format on */
