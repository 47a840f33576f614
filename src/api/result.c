/* result.c: what a conversion gave: files, messages, figures, and what the review page shows. */
#include "api/objects.h"
#include "base/refs.h"

DiglotResult *
dg_convert_new_result (const DiglotInput *input, guint nth, GError **error)
{
  DiglotResult     *result = g_new0 (DiglotResult, 1);
  const DgReadPart *part = dg_convert_get_part (input, nth);

  result->figures.lowest_score = -1;
  result->diag = dg_diag_new (input->name);
  if (part == NULL) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "there is no dispatch %u", nth + 1);
    return result;
  }
  dg_diag_copy (result->diag, part->diag, 0, G_MAXUINT);
  if (part->error != NULL)
    g_propagate_error (error, g_error_copy (part->error));
  return result;
}

DiglotResult *
diglot_result_ref (DiglotResult *result)
{
  return dg_ref (result);
}

void
diglot_result_free (DiglotResult *result)
{
  if (result == NULL || dg_unref (result))
    return;
  dg_diag_free (result->diag);
  g_clear_pointer (&result->files, g_ptr_array_unref);
  g_clear_pointer (&result->pictures, g_ptr_array_unref);
  g_clear_pointer (&result->faces, dg_cairo_faces_free);
  g_clear_pointer (&result->pages, dg_pages_free);
  g_clear_pointer (&result->picture, dg_picture_free);
  g_free (result->review);
  g_free (result);
}

guint
diglot_result_n_files (const DiglotResult *result)
{
  return result->files != NULL ? result->files->len : 0;
}

GBytes *
diglot_result_file (const DiglotResult *result, guint nth)
{
  return nth < diglot_result_n_files (result) ? result->files->pdata[nth] : NULL;
}

GBytes *
diglot_result_bytes (const DiglotResult *result)
{
  return diglot_result_file (result, 0);
}

const DiglotMessage *
diglot_result_messages (const DiglotResult *result, guint *n)
{
  return dg_diag_list (result->diag, n);
}

DiglotSeverity
diglot_result_worst (const DiglotResult *result)
{
  return dg_diag_worst (result->diag);
}

const DiglotFigures *
diglot_result_figures (const DiglotResult *result)
{
  return &result->figures;
}

const char *
diglot_result_review (const DiglotResult *result)
{
  return result->review;
}

GBytes *
diglot_result_picture (const DiglotResult *result, guint nth)
{
  return result->pictures != NULL && nth < result->pictures->len ? result->pictures->pdata[nth] : NULL;
}
