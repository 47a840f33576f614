/* learner.c: a lexicon learned from dispatches. */
#include "api/objects.h"
#include "base/refs.h"

#include "page/figures.h"
#include "pair/learn.h"

struct DiglotLearner {
  gint       refs; /* beyond the first */
  DgLearner *learner;
};

DiglotLearner *
diglot_learner_new (void)
{
  DiglotLearner *learner = g_new0 (DiglotLearner, 1);

  learner->learner = dg_learner_new ();
  return learner;
}

DiglotLearner *
diglot_learner_ref (DiglotLearner *learner)
{
  return dg_ref (learner);
}

void
diglot_learner_free (DiglotLearner *learner)
{
  if (learner == NULL || dg_unref (learner))
    return;
  dg_learner_free (learner->learner);
  g_free (learner);
}

DiglotResult *
diglot_learner_add (DiglotLearner *learner, DiglotInput *input, guint nth)
{
  locale_t before = uselocale (input->converter->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgAlign) align = NULL;
  DiglotResult     *result = dg_convert_new_result (input, nth, &error);
  const DgReadPart *part = dg_convert_get_part (input, nth);

  if (part != NULL && part->doc != NULL && error == NULL)
    align = dg_convert_pair (input, part->doc, nth, result->diag, &error);
  if (align != NULL) {
    dg_figures_of_align (align, &result->figures);
    dg_learner_add (learner->learner, align);
  }
  if (error != NULL && dg_diag_worst (result->diag) < DIGLOT_SEVERITY_ERROR)
    dg_diag_add_error (result->diag, error);
  uselocale (before);
  return result;
}

GBytes *
diglot_learner_write (DiglotLearner *learner)
{
  return g_string_free_to_bytes (dg_learner_write (learner->learner));
}
