/* forms.c: the combinations of a list, in the order in which they come. */
#include "batch/forms.h"

#include "base/refuse.h"
#include "batch/setup.h"

#define FORMS_MAX 1000 /* a list has a few; each costs a converter */

struct DgForms {
  GPtrArray  *list;   /* DgForm */
  GHashTable *by_key; /* "template\nlanguages" → DgForm, lent */
};

static void
free_form (gpointer data)
{
  DgForm *form = data;

  g_free (form->template_name);
  g_free (form->languages);
  g_free (form->where);
  g_free (form->setup);
  diglot_converter_free (form->converter);
  g_free (form);
}

DgForms *
dg_forms_new (void)
{
  DgForms *forms = g_new0 (DgForms, 1);

  forms->list = g_ptr_array_new_with_free_func (free_form);
  forms->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return forms;
}

void
dg_forms_free (DgForms *forms)
{
  if (forms == NULL)
    return;
  g_hash_table_unref (forms->by_key);
  g_ptr_array_unref (forms->list);
  g_free (forms);
}

const DgForm *
dg_forms_find (DgForms *forms, const char *template_name, const char *languages, const char *where, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s", template_name != NULL ? template_name : "", languages != NULL ? languages : "");
  DgForm          *form = g_hash_table_lookup (forms->by_key, key);

  if (form != NULL || (template_name == NULL && languages == NULL))
    return form;
  if (forms->list->len == FORMS_MAX) {
    dg_refuse (error, DIGLOT_ERROR_USAGE, "more than %u combinations of template and languages; divide the list", FORMS_MAX);
    return NULL;
  }
  form = g_new0 (DgForm, 1);
  form->template_name = g_strdup (template_name);
  form->languages = g_strdup (languages);
  form->where = g_strdup (where);
  g_ptr_array_add (forms->list, form);
  g_hash_table_insert (forms->by_key, g_steal_pointer (&key), form);
  return form;
}

guint
dg_forms_count (const DgForms *forms)
{
  return forms->list->len;
}

const DgForm *
dg_forms_get (const DgForms *forms, guint nth)
{
  return forms->list->pdata[nth];
}

DiglotOptions
dg_form_options (const DgForm *form, const DiglotBatch *batch)
{
  DiglotOptions options = batch->conversion;

  options.review = batch->gallery != NULL;
  if (form != NULL && form->template_name != NULL)
    options.template_name = form->template_name;
  if (form != NULL && form->languages != NULL)
    options.languages = form->languages;
  return options;
}

static gboolean
prepare (DgForm *form, const DiglotBatch *batch, gboolean with_setup, gboolean with_converter, GError **error)
{
  DiglotBatch alike = *batch;

  alike.conversion = dg_form_options (form, batch);
  if (with_converter && (form->converter = diglot_converter_new (&alike.conversion, error)) == NULL)
    return FALSE;
  return !with_setup || (form->setup = dg_setup_dup_digest (&alike, error)) != NULL;
}

gboolean
dg_forms_prepare (DgForms *forms, const DiglotBatch *batch, gboolean with_setup, gboolean with_converters, GError **error)
{
  for (guint i = 0; i < forms->list->len; i++) {
    DgForm *form = forms->list->pdata[i];
    GError *problem = NULL;

    if (prepare (form, batch, with_setup, with_converters, &problem))
      continue;
    /* What is wrong in a template's file has its place there. */
    if (!g_error_matches (problem, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE))
      g_prefix_error (&problem, "%s: ", form->where);
    g_propagate_error (error, problem);
    return FALSE;
  }
  return TRUE;
}

void
dg_forms_list (const DgForms *forms, const DiglotBatch *batch, GPtrArray *files)
{
  for (guint i = 0; i < forms->list->len; i++) {
    const DiglotOptions options = dg_form_options (forms->list->pdata[i], batch);
    g_autoptr (GPtrArray) more = dg_setup_files (&options);

    for (guint k = 0; k < more->len; k++)
      if (!g_ptr_array_find_with_equal_func (files, more->pdata[k], g_str_equal, NULL))
        g_ptr_array_add (files, g_strdup (more->pdata[k]));
  }
}
