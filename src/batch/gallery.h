/* gallery.h: the review page of a batch: a folder with the page itself, copied from templates/gallery/, and its data beside it.
 *
 * Every dispatch has a script of its own in data/, named by what identifies it, so that workers, shards and later runs write into
 * one folder; the lists of the batch come last and name those that belong to it.  Nothing in it differs from run to run.
 * docs/review.md describes the files. */
#ifndef DG_GALLERY_H
#define DG_GALLERY_H

#include "batch/jobs.h"
#include "batch/outcome.h"

typedef struct DgGallery DgGallery;

/* The gallery that @batch asks for, its folders made.  NULL with @error: DIGLOT_ERROR_USAGE where somebody else's page stands there,
 * DIGLOT_ERROR_WRITE. */
DgGallery *dg_gallery_new (const DiglotBatch *batch, GError **error);
void       dg_gallery_free (DgGallery *gallery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgGallery, dg_gallery_free)

/* TRUE where @path is a place that the gallery in @folder keeps for itself. */
gboolean dg_gallery_is_name (const char *folder, const char *path);

/* Writes what the page shows of the part @nth, from 0, of the @n_parts of @job.  @key: dg_work_dup_key, NULL for what will be made again.
 * FALSE with @error (DIGLOT_ERROR_WRITE).  For workers too. */
gboolean dg_gallery_write (const DgGallery *gallery, const DgJob *job, guint nth, guint n_parts, const DgPart *part, const char *key, GError **error);
/* The number of parts of @job, where all are there and were made from @key; else 0. */
guint dg_gallery_find (const DgGallery *gallery, const DgJob *job, const char *key);

/* The parts of @job, which are written, belong to the batch. */
void dg_gallery_add (DgGallery *gallery, const DgJob *job, guint n_parts);
/* Writes the lists and the page.  @is_whole: the batch has come to its end, and what belongs to none of its dispatches may go. FALSE
 * with @error (DIGLOT_ERROR_WRITE, DIGLOT_ERROR_READ). */
gboolean dg_gallery_close (DgGallery *gallery, gboolean is_whole, GError **error);

#endif
