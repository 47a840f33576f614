/* material.c: the files of a job.  Of archives two are open at most, one at the last text and one at the last picture, since these may stand
 * in any order. */
#include "batch/material.h"

#include "base/input.h"
#include "base/output.h"
#include "base/picture.h"
#include "batch/unpack.h"

#define TYPE "(aymsmayms)"

void
dg_material_free (DgMaterial *material)
{
  if (material == NULL)
    return;
  g_clear_pointer (&material->text, g_bytes_unref);
  g_clear_pointer (&material->picture, g_bytes_unref);
  g_free (material->picture_name);
  g_free (material->picture_problem);
  g_free (material);
}

gboolean
dg_material_has_pictures (DiglotFormat format)
{
  return dg_output_shows_pages (format) || format == DIGLOT_FORMAT_DUMP_LINES || format == DIGLOT_FORMAT_DUMP_PAGES;
}

char *
dg_material_dup_picture_path (const DiglotBatch *batch, const DgJob *job)
{
  if (!dg_material_has_pictures (batch->format))
    return NULL;
  if (batch->picture != NULL)
    return g_strdup (batch->picture);
  return job->member == NULL ? dg_input_dup_picture (job->path) : NULL;
}

void
dg_material_set_picture (DgMaterial *material, const char *name, GBytes *bytes, const GError *problem)
{
  material->picture_name = g_filename_display_name (name);
  material->picture = bytes;
  material->picture_problem = bytes == NULL ? g_strdup (problem->message) : NULL;
}

DgMaterial *
dg_material_new (const DiglotBatch *batch, const DgJob *job, GBytes *text, GError **error)
{
  g_autofree char *path = dg_material_dup_picture_path (batch, job);
  g_autoptr (GBytes) read = text != NULL ? g_bytes_ref (text) : diglot_read_file (job->path, error);
  DgMaterial *material;

  if (read == NULL)
    return NULL;
  material = g_new0 (DgMaterial, 1);
  material->text = g_steal_pointer (&read);
  if (path != NULL) {
    g_autoptr (GError) problem = NULL;
    GBytes *bytes = diglot_read_file (path, &problem);

    /* A page of ours that lies beside its dispatch is not its picture. */
    if (batch->picture == NULL && bytes != NULL && dg_picture_is_page (bytes))
      g_bytes_unref (bytes);
    else
      dg_material_set_picture (material, path, bytes, problem);
  }
  return material;
}

/* Out of archives */

struct DgShelves {
  DgUnpack *texts, *pictures;
};

DgShelves *
dg_shelves_new (void)
{
  return g_new0 (DgShelves, 1);
}

void
dg_shelves_free (DgShelves *shelves)
{
  g_clear_pointer (&shelves->texts, dg_unpack_free);
  g_clear_pointer (&shelves->pictures, dg_unpack_free);
  g_free (shelves);
}

static GBytes *
read_member (DgUnpack **shelf, const DiglotBatch *batch, const char *path, guint index, GError **error)
{
  if (*shelf == NULL || g_strcmp0 (dg_unpack_path (*shelf), path) != 0) {
    g_clear_pointer (shelf, dg_unpack_free);
    *shelf = dg_unpack_new (batch, path);
  }
  return dg_unpack_read (*shelf, index, error);
}

DgMaterial *
dg_shelves_read (DgShelves *shelves, const DiglotBatch *batch, const DgJob *job, GError **error)
{
  g_autoptr (GBytes) text = read_member (&shelves->texts, batch, job->path, job->index, error);
  DgMaterial *material = text != NULL ? dg_material_new (batch, job, text, error) : NULL;

  if (material != NULL && material->picture_name == NULL && job->picture != NULL && dg_material_has_pictures (batch->format)) {
    g_autofree char *name = g_strconcat (job->path, "!", job->picture, NULL);
    g_autoptr (GError) problem = NULL;
    GBytes *bytes = read_member (&shelves->pictures, batch, job->path, job->picture_index, &problem);

    dg_material_set_picture (material, name, bytes, problem);
  }
  return material;
}

/* Through a pipe */

static GVariant *
new_bytes (GBytes *bytes)
{
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

GBytes *
dg_material_to_bytes (const DgMaterial *material)
{
  g_autoptr (GVariant) whole = NULL;

  whole = g_variant_new ("(@ayms@mayms)", new_bytes (material->text), material->picture_name,
                         g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING, material->picture != NULL ? new_bytes (material->picture) : NULL),
                         material->picture_problem);
  g_variant_ref_sink (whole);
  return g_variant_get_data_as_bytes (whole);
}

DgMaterial *
dg_material_from_bytes (GBytes *bytes)
{
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (TYPE), bytes, TRUE));
  g_autoptr (GVariant) text = NULL, picture = NULL;
  DgMaterial *material = g_new0 (DgMaterial, 1);

  g_variant_get (whole, "(@aymsm@ayms)", &text, &material->picture_name, &picture, &material->picture_problem);
  material->text = g_variant_get_data_as_bytes (text);
  material->picture = picture != NULL ? g_variant_get_data_as_bytes (picture) : NULL;
  return material;
}
