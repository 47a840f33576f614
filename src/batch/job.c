/* job.c: a job as a GVariant; paths are bytes in any charset. */
#include "batch/job.h"

#define TYPE        "(uaymayumayutayaymayimaym(is)m(uss))"
#define JOINED_TYPE "(aymay)"

DgJob *
dg_job_new (guint number, const char *path, const char *member, const char *below, const char *shown)
{
  DgJob *job = g_new0 (DgJob, 1);

  job->number = number;
  job->path = g_strdup (path);
  job->member = g_strdup (member);
  job->below = g_strdup (below);
  job->shown = g_strdup (shown);
  return job;
}

void
dg_job_free (DgJob *job)
{
  if (job == NULL)
    return;
  g_free (job->path);
  g_free (job->member);
  g_free (job->picture);
  g_free (job->shown);
  g_free (job->below);
  g_free (job->wanted);
  g_free (job->output);
  g_clear_error (&job->problem);
  diglot_message_free (job->note);
  g_free (job);
}

GBytes *
dg_job_to_bytes (const DgJob *job, const DgForms *forms)
{
  GVariant *problem = job->problem != NULL ? g_variant_new ("(is)", job->problem->code, job->problem->message) : NULL;
  GVariant *note = job->note != NULL ? g_variant_new ("(uss)", (guint32) job->note->severity, job->note->code, job->note->text) : NULL;
  gint32    form = -1;
  g_autoptr (GVariant) whole = NULL;

  for (guint i = 0; job->form != NULL && form < 0; i++)
    if (dg_forms_get (forms, i) == job->form)
      form = (gint32) i;
  whole = g_variant_new ("(u^aym^ayum^ayut^ay^aym^ayim^ay@m(is)@m(uss))", job->number, job->path, job->member, job->index, job->picture, job->picture_index,
                         job->size, job->shown, job->below, job->wanted, form, job->output, g_variant_new_maybe (G_VARIANT_TYPE ("(is)"), problem),
                         g_variant_new_maybe (G_VARIANT_TYPE ("(uss)"), note));
  g_variant_ref_sink (whole);
  return g_variant_get_data_as_bytes (whole);
}

DgJob *
dg_job_from_bytes (GBytes *bytes, const DgForms *forms)
{
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (TYPE), bytes, TRUE));
  g_autoptr (GVariant) problem = NULL, note = NULL;
  DgJob *job = g_new0 (DgJob, 1);
  gint32 form;

  g_variant_get (whole, "(u^aym^ayum^ayut^ay^aym^ayim^aym@(is)m@(uss))", &job->number, &job->path, &job->member, &job->index, &job->picture,
                 &job->picture_index, &job->size, &job->shown, &job->below, &job->wanted, &form, &job->output, &problem, &note);
  job->form = form >= 0 ? dg_forms_get (forms, (guint) form) : NULL;
  if (problem != NULL) {
    gint32      code;
    const char *text;

    g_variant_get (problem, "(i&s)", &code, &text);
    job->problem = g_error_new_literal (DIGLOT_ERROR, code, text);
  }
  if (note != NULL) {
    guint32 severity;

    job->note = g_new0 (DiglotMessage, 1);
    job->note->file = g_strdup (job->shown);
    g_variant_get (note, "(uss)", &severity, &job->note->code, &job->note->text);
    job->note->severity = (DiglotSeverity) severity;
  }
  return job;
}

GBytes *
dg_job_join (GBytes *job, GBytes *material)
{
  GVariant *first = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, job, TRUE);
  GVariant *second = material != NULL ? g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, material, TRUE) : NULL;
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new ("(@ay@may)", first, g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING, second)));

  return g_variant_get_data_as_bytes (whole);
}

void
dg_job_part (GBytes *joined, GBytes **job, GBytes **material)
{
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (JOINED_TYPE), joined, TRUE));
  g_autoptr (GVariant) first = NULL, second = NULL;

  g_variant_get (whole, "(@aym@ay)", &first, &second);
  *job = g_variant_get_data_as_bytes (first);
  *material = second != NULL ? g_variant_get_data_as_bytes (second) : NULL;
}
