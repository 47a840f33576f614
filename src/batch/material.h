/* material.h: what a job is made from: the dispatch's bytes and its picture's.
 * In: a job.  Out: both as far as they can be read, which can be sent through a pipe; yours to free. */
#ifndef DG_MATERIAL_H
#define DG_MATERIAL_H

#include "batch/jobs.h"

typedef struct {
  GBytes *text;
  char   *picture_name;    /* as messages call it; NULL: there is no picture */
  GBytes *picture;         /* NULL where it could not be read */
  char   *picture_problem; /* why */
} DgMaterial;

/* TRUE where what is made shows the picture. */
gboolean dg_material_has_pictures (DiglotFormat format);

/* The picture's file: that of --picture, else the one beside the dispatch; NULL where there is none, and for members of archives. */
char *dg_material_dup_picture_path (const DiglotBatch *batch, const DgJob *job);

/* Of a file: its bytes (@text, or NULL: they are read) and its picture's.  NULL with @error where the dispatch cannot be read. */
DgMaterial *dg_material_new (const DiglotBatch *batch, const DgJob *job, GBytes *text, GError **error);
void        dg_material_free (DgMaterial *material);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgMaterial, dg_material_free)

/* Gives it the picture called @name: @bytes (taken), or NULL for the reason @problem. */
void dg_material_set_picture (DgMaterial *material, const char *name, GBytes *bytes, const GError *problem);

/* Archives that members are read from, once from end to end where they are asked for in the order in which they stand. */
typedef struct DgShelves DgShelves;

DgShelves *dg_shelves_new (void);
void       dg_shelves_free (DgShelves *shelves);

/* The member that @job is, with its picture; NULL with @error where the text cannot be read. */
DgMaterial *dg_shelves_read (DgShelves *shelves, const DiglotBatch *batch, const DgJob *job, GError **error);

/* As bytes for a pipe, and back. */
GBytes     *dg_material_to_bytes (const DgMaterial *material);
DgMaterial *dg_material_from_bytes (GBytes *bytes);

#endif
