/* desk.c: a pool of one worker that keeps its converter. */
#include "batch/desk.h"

#include "base/cache.h"
#include "batch/sandbox.h"
#include "batch/strict.h"
#include "batch/worker.h"

#include <string.h>

struct DgDesk {
  const DiglotBatch *batch;
  char              *key;
  DgOrder           *kind; /* of the first order, what the converter is made of */
  DgPool            *pool;
  DiglotConverter   *converter; /* lent, or of the process itself */
  gboolean           is_confined;
  GBytes            *reply; /* to the order in hand */
  GError            *problem;
};

DgOutcome *
dg_desk_fail (const DgOrder *order, const GError *error)
{
  DgOutcome *outcome = dg_outcome_new ();

  dg_part_add_message (dg_outcome_new_part (outcome, NULL), diglot_message_new_from_error (order->name, error));
  return outcome;
}

/* In the process */

static gboolean
set_up (DgDesk *desk, GError **error)
{
  DiglotBatch alike = *desk->batch;

  alike.conversion = dg_order_options (desk->kind, desk->batch);
  if (desk->converter == NULL && (desk->converter = diglot_converter_new (&alike.conversion, error)) == NULL)
    return FALSE;
  if (desk->is_confined)
    return TRUE;
  dg_cache_close ();
  desk->is_confined = !alike.sandbox || dg_sandbox_enter_reader (&alike, NULL, error);
  return desk->is_confined;
}

static void
add_result (DgOutcome *outcome, const DgOrder *order, const DiglotResult *result)
{
  DgPart              *part = dg_outcome_new_part (outcome, NULL);
  guint                n;
  const DiglotMessage *messages = diglot_result_messages (result, &n);

  for (guint i = 0; i < n; i++)
    dg_part_add_message (part, diglot_message_copy (&messages[i]));
  part->figures = *diglot_result_figures (result);
  if (!part->failed && dg_strict_fails (order->strict, messages, n)) {
    g_autofree char    *text = dg_strict_dup_reason (order->strict);
    const DiglotMessage why = { order->name, 0, 0, DIGLOT_SEVERITY_ERROR, "output.strict", text };

    dg_part_add_message (part, diglot_message_copy (&why));
  }
  for (guint file = 0; !part->failed && file < diglot_result_n_files (result); file++)
    g_ptr_array_add (part->made, g_bytes_ref (diglot_result_file (result, file)));
}

static GBytes *
do_order (guint number, GBytes *input, gpointer data)
{
  DgDesk *desk = data;
  g_autoptr (DgOrder) order = dg_order_from_bytes (input);
  g_autoptr (DiglotAlignment) alignment = NULL;
  g_autoptr (DiglotInput) dispatches = NULL;
  g_autoptr (DgOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL, no_picture = NULL;

  (void) number;
  if (!set_up (desk, &error) || (order->align != NULL && (alignment = diglot_alignment_new (order->align, "align", &error)) == NULL)) {
    outcome = dg_desk_fail (order, error);
    return dg_outcome_to_bytes (outcome);
  }
  outcome = dg_outcome_new ();
  dispatches = diglot_input_new (desk->converter, order->bytes, order->name);
  if (alignment != NULL)
    diglot_input_align (dispatches, alignment, NULL);
  if (order->picture_problem != NULL)
    no_picture = g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_READ, order->picture_problem);
  if (order->picture_path != NULL)
    diglot_input_set_picture (dispatches, 0, order->picture, order->picture_path, no_picture);
  for (guint nth = 0; nth < diglot_input_count (dispatches); nth++) {
    g_autoptr (DiglotResult) result = diglot_input_convert (dispatches, nth, order->format);

    add_result (outcome, order, result);
  }
  return dg_outcome_to_bytes (outcome);
}

/* Beside it */

static void
take_reply (guint number, GBytes *reply, const GError *error, gpointer data)
{
  DgDesk *desk = data;

  (void) number;
  desk->reply = reply != NULL ? g_bytes_ref (reply) : NULL;
  desk->problem = error != NULL ? g_error_copy (error) : NULL;
}

DgDesk *
dg_desk_new (const DiglotBatch *batch, const DgOrder *order, DiglotConverter *converter)
{
  DgDesk *desk = g_new0 (DgDesk, 1);

  desk->batch = batch;
  desk->key = dg_order_dup_key (order);
  desk->kind = g_new0 (DgOrder, 1);
  desk->kind->template_name = g_strdup (order->template_name);
  desk->kind->profile = g_strdup (order->profile);
  desk->kind->languages = g_strdup (order->languages);
  desk->kind->encoding = g_strdup (order->encoding);
  desk->kind->source_date = g_strdup (order->source_date);
  desk->kind->settings = g_strdupv (order->settings);
  if (order->template_name == NULL && order->profile == NULL && order->languages == NULL && order->encoding == NULL && order->source_date == NULL
      && order->settings == NULL)
    desk->converter = converter;
  desk->pool = dg_pool_new (1, order->timeout, order->memory, do_order, take_reply, desk);
  dg_pool_set_alone (desk->pool, FALSE);
  return desk;
}

void
dg_desk_free (DgDesk *desk)
{
  if (desk == NULL)
    return;
  dg_pool_free (desk->pool);
  dg_order_free (desk->kind);
  g_clear_pointer (&desk->reply, g_bytes_unref);
  g_clear_error (&desk->problem);
  g_free (desk->key);
  g_free (desk);
}

gboolean
dg_desk_takes (const DgDesk *desk, const char *key)
{
  return strcmp (desk->key, key) == 0;
}

DgOutcome *
dg_desk_do (DgDesk *desk, const DgOrder *order)
{
  g_autoptr (GBytes) input = dg_order_to_bytes (order);
  g_autoptr (GError) astray = g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the process that set it went astray");
  DgOutcome *outcome = NULL;

  g_clear_pointer (&desk->reply, g_bytes_unref);
  g_clear_error (&desk->problem);
  if (dg_pool_give (desk->pool, 0, input, &desk->problem))
    while (!dg_pool_is_idle (desk->pool))
      dg_pool_wait (desk->pool, -1);
  if (desk->reply != NULL)
    outcome = dg_outcome_from_bytes (desk->reply);
  return outcome != NULL ? outcome : dg_desk_fail (order, desk->problem != NULL ? desk->problem : astray);
}
