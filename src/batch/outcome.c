/* outcome.c: what became of a job, and it as bytes, by GVariant. */
#include "batch/outcome.h"

#include <string.h>

#define MESSAGE_TYPE "(msuuumss)"
#define FIGURES_TYPE "(uudduudd)"
#define FILE_TYPE    "(aysmay)"
#define PART_TYPE    "(maya" FILE_TYPE "mayba" MESSAGE_TYPE FIGURES_TYPE "aaymsaayas)"
#define OUTCOME_TYPE "(bmsdasta" PART_TYPE ")"

/* Which of their children are, or hold, whole outputs. */
#define PART_LONG    (1u << 2 | 1u << 6 | 1u << 8)
#define OUTCOME_LONG (1u << 5)

static void
free_file (gpointer data)
{
  DgFile *file = data;

  g_free (file->path);
  g_free (file->digest);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file);
}

static void
free_bytes (gpointer data)
{
  g_bytes_unref (data);
}

static void
free_part (gpointer data)
{
  DgPart *part = data;

  g_free (part->output);
  g_ptr_array_unref (part->files);
  g_clear_pointer (&part->bytes, g_bytes_unref);
  g_ptr_array_unref (part->messages);
  g_ptr_array_unref (part->made);
  g_free (part->review);
  g_ptr_array_unref (part->pictures);
  g_strfreev (part->about);
  g_free (part);
}

static void
free_message (gpointer data)
{
  diglot_message_free (data);
}

DgPart *
dg_outcome_new_part (DgOutcome *outcome, const char *output)
{
  DgPart *part = g_new0 (DgPart, 1);

  part->output = g_strdup (output);
  part->files = g_ptr_array_new_with_free_func (free_file);
  part->messages = g_ptr_array_new_with_free_func (free_message);
  part->made = g_ptr_array_new_with_free_func (free_bytes);
  part->pictures = g_ptr_array_new_with_free_func (free_bytes);
  part->figures.lowest_score = -1;
  g_ptr_array_add (outcome->parts, part);
  return part;
}

DgOutcome *
dg_outcome_new (void)
{
  DgOutcome *outcome = g_new0 (DgOutcome, 1);

  outcome->parts = g_ptr_array_new_with_free_func (free_part);
  return outcome;
}

void
dg_outcome_free (DgOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_ptr_array_unref (outcome->parts);
  g_strfreev (outcome->wanted);
  g_free (outcome->key);
  g_free (outcome);
}

gboolean
dg_outcome_has_failed (const DgOutcome *outcome)
{
  for (guint i = 0; i < outcome->parts->len; i++)
    if (((const DgPart *) outcome->parts->pdata[i])->failed)
      return TRUE;
  return FALSE;
}

void
dg_part_add_message (DgPart *part, DiglotMessage *message)
{
  part->failed = part->failed || message->severity == DIGLOT_SEVERITY_ERROR;
  g_ptr_array_add (part->messages, message);
}

void
dg_part_add_file (DgPart *part, char *path, char *digest, GBytes *bytes)
{
  DgFile *file = g_new (DgFile, 1);

  *file = (DgFile){ path, digest, bytes != NULL ? g_bytes_ref (bytes) : NULL };
  g_ptr_array_add (part->files, file);
}

/* Through a pipe */

static GVariant *
new_maybe_bytes (const void *data, gsize length)
{
  return g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING, data != NULL ? g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, length, 1) : NULL);
}

/* Of GBytes, which are not copied before the whole is. */
static GVariant *
new_list (const GPtrArray *list)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < list->len; i++)
    g_variant_builder_add_value (&builder, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, list->pdata[i], TRUE));
  return g_variant_builder_end (&builder);
}

static void
read_list (GVariant *variant, GPtrArray *list)
{
  for (gsize i = 0; i < g_variant_n_children (variant); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (variant, i);

    g_ptr_array_add (list, g_variant_get_data_as_bytes (child));
  }
}

static GVariant *
part_to_variant (const DgPart *part)
{
  static const char *const none[] = { NULL };
  GVariantBuilder          messages, files;
  const DiglotFigures     *f = &part->figures;
  gsize                    length = 0;
  const void              *data = part->bytes != NULL ? g_bytes_get_data (part->bytes, &length) : NULL;

  g_variant_builder_init (&files, G_VARIANT_TYPE ("a" FILE_TYPE));
  for (guint i = 0; i < part->files->len; i++) {
    const DgFile *file = part->files->pdata[i];
    GVariant     *member = file->bytes != NULL ? g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, file->bytes, TRUE) : NULL;

    g_variant_builder_add (&files, "(@ays@may)", g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, file->path, strlen (file->path), 1), file->digest,
                           g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING, member));
  }
  g_variant_builder_init (&messages, G_VARIANT_TYPE ("a" MESSAGE_TYPE));
  for (guint i = 0; i < part->messages->len; i++) {
    const DiglotMessage *m = part->messages->pdata[i];
    g_autofree char     *file = m->file != NULL ? g_utf8_make_valid (m->file, -1) : NULL;
    g_autofree char     *text = g_utf8_make_valid (m->text, -1);

    g_variant_builder_add (&messages, MESSAGE_TYPE, file, m->line, m->column, (guint32) m->severity, m->code, text);
  }
  return g_variant_new (
    "(@may@a" FILE_TYPE "@mayb@a" MESSAGE_TYPE "@" FIGURES_TYPE "@aayms@aay^as)",
    new_maybe_bytes (part->output, part->output != NULL ? strlen (part->output) : 0), g_variant_builder_end (&files),
    new_maybe_bytes (part->bytes != NULL && data == NULL ? "" : data, length), part->failed, g_variant_builder_end (&messages),
    g_variant_new (FIGURES_TYPE, f->pages, f->beads, f->lowest_score, f->waste, f->spaced_lines, f->loose_lines, f->mean_space, f->widest_space),
    new_list (part->made), part->review, new_list (part->pictures), part->about != NULL ? (const char *const *) part->about : none);
}

GBytes *
dg_outcome_to_bytes (const DgOutcome *outcome)
{
  static const char *const none[] = { NULL };
  GVariantBuilder          parts;
  g_autoptr (GVariant) whole = NULL;

  g_variant_builder_init (&parts, G_VARIANT_TYPE ("a" PART_TYPE));
  for (guint i = 0; i < outcome->parts->len; i++)
    g_variant_builder_add_value (&parts, part_to_variant (outcome->parts->pdata[i]));
  whole = g_variant_new ("(bmsd^ast@a" PART_TYPE ")", outcome->refused, outcome->key, outcome->ms, outcome->wanted != NULL ? outcome->wanted : (char **) none,
                         outcome->peak, g_variant_builder_end (&parts));
  g_variant_ref_sink (whole);
  return g_variant_get_data_as_bytes (whole);
}

/* TRUE where all children of @tuple but the long ones, which are bytes of any kind, are as GVariant writes them: it would look at every byte. */
static gboolean
is_sound (GVariant *tuple, guint64 long_ones)
{
  for (gsize i = 0; i < g_variant_n_children (tuple); i++) {
    g_autoptr (GVariant) child = (long_ones >> i & 1) == 0 ? g_variant_get_child_value (tuple, i) : NULL;

    if (child != NULL && !g_variant_is_normal_form (child))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_part (DgOutcome *outcome, GVariant *variant)
{
  DgPart        *part = dg_outcome_new_part (outcome, NULL);
  DiglotFigures *f = &part->figures;
  g_autoptr (GVariant) output = NULL, bytes = NULL, files = NULL, messages = NULL, figures = NULL, made = NULL, pictures = NULL;
  GVariantIter  iter;
  DiglotMessage m;
  guint32       severity;

  if (!is_sound (variant, PART_LONG))
    return FALSE;
  g_variant_get (variant, "(m@ay@a" FILE_TYPE "m@ayb@a" MESSAGE_TYPE "@" FIGURES_TYPE "@aayms@aay^as)", &output, &files, &bytes, &part->failed, &messages,
                 &figures, &made, &part->review, &pictures, &part->about);
  read_list (made, part->made);
  read_list (pictures, part->pictures);
  if (output != NULL)
    part->output = g_strndup (g_variant_get_data (output), g_variant_get_size (output));
  if (bytes != NULL)
    part->bytes = g_variant_get_data_as_bytes (bytes);
  for (gsize i = 0; i < g_variant_n_children (files); i++) {
    g_autoptr (GVariant) path = NULL, member = NULL;
    g_autoptr (GBytes) content = NULL;
    char *digest;

    g_variant_get_child (files, i, "(@aysm@ay)", &path, &digest, &member);
    content = member != NULL ? g_variant_get_data_as_bytes (member) : NULL;
    dg_part_add_file (part, g_strndup (g_variant_get_data (path), g_variant_get_size (path)), digest, content);
  }
  g_variant_get (figures, FIGURES_TYPE, &f->pages, &f->beads, &f->lowest_score, &f->waste, &f->spaced_lines, &f->loose_lines, &f->mean_space, &f->widest_space);
  g_variant_iter_init (&iter, messages);
  while (g_variant_iter_next (&iter, MESSAGE_TYPE, &m.file, &m.line, &m.column, &severity, &m.code, &m.text)) {
    DiglotMessage *copy = g_new (DiglotMessage, 1);

    m.severity = (DiglotSeverity) MIN (severity, (guint32) DIGLOT_SEVERITY_ERROR);
    *copy = m;
    g_ptr_array_add (part->messages, copy);
  }
  return TRUE;
}

DgOutcome *
dg_outcome_from_bytes (GBytes *bytes)
{
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (OUTCOME_TYPE), bytes, FALSE));
  g_autoptr (GVariant) parts = NULL;
  g_autoptr (DgOutcome) outcome = NULL;

  /* A worker that went astray may have written anything. */
  if (!is_sound (whole, OUTCOME_LONG))
    return NULL;
  outcome = dg_outcome_new ();
  g_variant_get (whole, "(bmsd^ast@a" PART_TYPE ")", &outcome->refused, &outcome->key, &outcome->ms, &outcome->wanted, &outcome->peak, &parts);
  for (gsize i = 0; i < g_variant_n_children (parts); i++) {
    g_autoptr (GVariant) part = g_variant_get_child_value (parts, i);

    if (!read_part (outcome, part))
      return NULL;
  }
  return outcome->parts->len > 0 ? g_steal_pointer (&outcome) : NULL;
}
