/* work.h: one job of a batch from its input to what is to be written: all that looks into what anybody may have sent.
 * In: a job, what was read for it, and a converter.  Out: an outcome, which can be sent through a pipe; yours to free. */
#ifndef DG_WORK_H
#define DG_WORK_H

#include "batch/aligns.h"
#include "batch/gallery.h"
#include "batch/jobs.h"
#include "batch/material.h"
#include "batch/outcome.h"

/* What the jobs of a batch have in common. */
typedef struct {
  const DiglotBatch *batch;
  DgJobs            *jobs;
  DiglotConverter   *converter;
  DgAligns          *aligns;
  DgGallery         *gallery; /* NULL */
  char              *setup;   /* what else an output depends on, as a digest */
} DgWork;

/* What sets @job, and what its outputs depend on: the batch's, or those of what a list wants for it. */
DiglotConverter *dg_work_converter (const DgWork *work, const DgJob *job);
const char      *dg_work_setup (const DgWork *work, const DgJob *job);

/* What @material, which was read for @job, becomes: its parts have what was made, without a name.  Never NULL. */
DgOutcome *dg_work_do (const DgWork *work, const DgJob *job, const DgMaterial *material);

/* All jobs of a batch in one output: each is read and given its outcome, which is whole once the output is written. */
typedef struct DgWorkBundle DgWorkBundle;
DgWorkBundle               *dg_work_bundle_new (const DgWork *work);
void                        dg_work_bundle_free (DgWorkBundle *bundle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgWorkBundle, dg_work_bundle_free)
/* The outcome is the caller's from the start, and filled by dg_work_bundle_write: the first part that is no failure gets the bundle. */
DgOutcome *dg_work_bundle_add (DgWorkBundle *bundle, const DgJob *job, const DgMaterial *material);
void       dg_work_bundle_write (DgWorkBundle *bundle);

/* The outcome of a job that could not be done. */
DgOutcome *dg_work_fail (const DgJob *job, const GError *error);

/* The digest of all that an output is made from: the input's bytes and its picture's, its name as far as it shows in the output, its alignment, the
 * set-up. */
char *dg_work_dup_key (const DgWork *work, const DgJob *job, const DgMaterial *material);

/* The digest of what is set, whatever its name: the input's bytes, its picture's, and its alignment. */
char *dg_work_dup_input_digest (const DgWork *work, const DgJob *job, const DgMaterial *material);

#endif
