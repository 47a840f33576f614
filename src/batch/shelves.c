/* shelves.c: two archives are open at most, one at the last text and one at the last picture, since these may stand in any order. */
#include "batch/shelves.h"

#include "batch/archives.h"

/* An archive that is being read. */
typedef struct {
  DgArchive  *archive;
  const char *path;
  guint       next; /* least index that can still be read */
} Shelf;

struct DgShelves {
  Shelf texts, pictures;
};

DgShelves *
dg_shelves_new (void)
{
  return g_new0 (DgShelves, 1);
}

void
dg_shelves_free (DgShelves *shelves)
{
  g_clear_pointer (&shelves->texts.archive, dg_archive_close);
  g_clear_pointer (&shelves->pictures.archive, dg_archive_close);
  g_free (shelves);
}

static GBytes *
read_member (Shelf *shelf, const char *path, guint index, GError **error)
{
  /* A member that could not be read leaves the archive at a place that is not known. */
  if (shelf->archive == NULL || g_strcmp0 (shelf->path, path) != 0 || index < shelf->next) {
    g_clear_pointer (&shelf->archive, dg_archive_close);
    shelf->archive = dg_archive_open (path, error);
    if (shelf->archive == NULL)
      return NULL;
    shelf->path = path;
  }
  shelf->next = index + 1;
  return dg_archive_read (shelf->archive, index, error);
}

DgMaterial *
dg_shelves_read (DgShelves *shelves, const DiglotBatch *batch, const DgJob *job, GError **error)
{
  g_autoptr (GBytes) text = read_member (&shelves->texts, job->path, job->index, error);
  DgMaterial *material = text != NULL ? dg_material_new (batch, job, text, error) : NULL;

  if (material != NULL && material->picture_name == NULL && job->picture != NULL && dg_material_has_pictures (batch->format)) {
    g_autofree char *name = g_strconcat (job->path, "!", job->picture, NULL);
    g_autoptr (GError) problem = NULL;
    GBytes *bytes = read_member (&shelves->pictures, job->path, job->picture_index, &problem);

    dg_material_set_picture (material, name, bytes, problem);
  }
  return material;
}
