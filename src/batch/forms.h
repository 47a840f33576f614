/* forms.h: what the jobs of a list want otherwise than the batch, each combination once: a template, languages.
 *
 * In: names out of the list.  Out: a form, lent, that a converter and a digest of its own are made for before any work begins. */
#ifndef DG_FORMS_H
#define DG_FORMS_H

#include "diglot.h"

typedef struct {
  char            *template_name; /* NULL: the batch's */
  char            *languages;     /* NULL: the batch's */
  char            *where;         /* the list and the line that had it first */
  char            *setup;         /* dg_setup_dup_digest of it; NULL: not asked for */
  DiglotConverter *converter;     /* NULL: not asked for */
} DgForm;

typedef struct DgForms DgForms;

DgForms *dg_forms_new (void);
void     dg_forms_free (DgForms *forms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgForms, dg_forms_free)

/* The form of these two, either of which may be NULL; NULL where both are, and with @error (DIGLOT_ERROR_USAGE) where there are too many. */
const DgForm *dg_forms_find (DgForms *forms, const char *template_name, const char *languages, const char *where, GError **error);

guint         dg_forms_count (const DgForms *forms);
const DgForm *dg_forms_get (const DgForms *forms, guint nth);

/* The converter's options for @form, NULL: the batch's; strings are lent by both. */
DiglotOptions dg_form_options (const DgForm *form, const DiglotBatch *batch);

/* Adds to @files (char *, owned) those that the forms' templates are made of. */
void dg_forms_list (const DgForms *forms, const DiglotBatch *batch, GPtrArray *files);

/* Makes converters where @with_converters, digests where @with_setup.  FALSE with @error, which names the list's line, where a template or a language is unusable. */
gboolean dg_forms_prepare (DgForms *forms, const DiglotBatch *batch, gboolean with_setup, gboolean with_converters, GError **error);

#endif
