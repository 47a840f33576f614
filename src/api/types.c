/* types.c: the public types as GObject's bindings know them, and what callers that see no members ask of them. */
#include "api/objects.h"

#include "base/boxed.h"

/* clang-format off */
DG_DEFINE_BOXED (DiglotOptions, diglot_options, diglot_options_copy, diglot_options_free)
DG_DEFINE_BOXED (DiglotMessage, diglot_message, diglot_message_copy, diglot_message_free)
DG_DEFINE_BOXED (DiglotPart, diglot_part, diglot_part_copy, diglot_part_free)
DG_DEFINE_BOXED (DiglotBead, diglot_bead, diglot_bead_copy, diglot_bead_free)
DG_DEFINE_BOXED (DiglotConverter, diglot_converter, diglot_converter_ref, diglot_converter_free)
DG_DEFINE_BOXED (DiglotInput, diglot_input, diglot_input_ref, diglot_input_free)
DG_DEFINE_BOXED (DiglotResult, diglot_result, diglot_result_ref, diglot_result_free)
DG_DEFINE_BOXED (DiglotAlignment, diglot_alignment, diglot_alignment_ref, diglot_alignment_free)
DG_DEFINE_BOXED (DiglotBundle, diglot_bundle, diglot_bundle_ref, diglot_bundle_free)
DG_DEFINE_BOXED (DiglotLearner, diglot_learner, diglot_learner_ref, diglot_learner_free)
DG_DEFINE_BOXED (DiglotCollection, diglot_collection, diglot_collection_ref, diglot_collection_free)

static DiglotFigures *copy_figures (const DiglotFigures *figures)
{
  DiglotFigures *copy = g_new (DiglotFigures, 1);

  *copy = *figures;
  return copy;
}

static void free_figures (DiglotFigures *figures)
{
  g_free (figures);
}

DG_DEFINE_BOXED (DiglotFigures, diglot_figures, copy_figures, free_figures)
/* clang-format on */

/* Figures */

guint
diglot_figures_pages (const DiglotFigures *figures)
{
  return figures->pages;
}

guint
diglot_figures_beads (const DiglotFigures *figures)
{
  return figures->beads;
}

double
diglot_figures_lowest_score (const DiglotFigures *figures)
{
  return figures->lowest_score;
}

double
diglot_figures_waste (const DiglotFigures *figures)
{
  return figures->waste;
}

guint
diglot_figures_spaced_lines (const DiglotFigures *figures)
{
  return figures->spaced_lines;
}

guint
diglot_figures_loose_lines (const DiglotFigures *figures)
{
  return figures->loose_lines;
}

double
diglot_figures_mean_space (const DiglotFigures *figures)
{
  return figures->mean_space;
}

double
diglot_figures_widest_space (const DiglotFigures *figures)
{
  return figures->widest_space;
}

/* Parts and beads */

DiglotPart *
diglot_part_copy (const DiglotPart *part)
{
  DiglotPart *copy = g_new (DiglotPart, 1);

  *copy = *part;
  copy->role = g_strdup (part->role);
  copy->content = g_strdup (part->content);
  return copy;
}

void
diglot_part_free (DiglotPart *part)
{
  if (part == NULL)
    return;
  g_free ((char *) part->role);
  g_free ((char *) part->content);
  g_free (part);
}

DiglotBead *
diglot_bead_new (guint a, guint n_a, guint b, guint n_b)
{
  DiglotBead *bead = g_new (DiglotBead, 1);

  *bead = (DiglotBead){ a, n_a, b, n_b, 1 };
  return bead;
}

DiglotBead *
diglot_bead_copy (const DiglotBead *bead)
{
  DiglotBead *copy = g_new (DiglotBead, 1);

  *copy = *bead;
  return copy;
}

void
diglot_bead_free (DiglotBead *bead)
{
  g_free (bead);
}

/* Lists that outlive what they are of */

static void
free_message (gpointer message)
{
  diglot_message_free (message);
}

static void
free_part (gpointer part)
{
  diglot_part_free (part);
}

GPtrArray *
diglot_result_dup_messages (const DiglotResult *result)
{
  GPtrArray           *list = g_ptr_array_new_with_free_func (free_message);
  guint                n;
  const DiglotMessage *messages = diglot_result_messages (result, &n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, diglot_message_copy (&messages[i]));
  return list;
}

GPtrArray *
diglot_input_dup_parts (DiglotInput *input, guint nth)
{
  GPtrArray        *list = g_ptr_array_new_with_free_func (free_part);
  guint             n;
  const DiglotPart *parts = diglot_input_parts (input, nth, &n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, diglot_part_copy (&parts[i]));
  return list;
}

GPtrArray *
diglot_input_dup_beads (DiglotInput *input, guint nth)
{
  GPtrArray        *list = g_ptr_array_new_with_free_func (g_free);
  guint             n;
  const DiglotBead *beads = diglot_input_beads (input, nth, &n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, diglot_bead_copy (&beads[i]));
  return list;
}
