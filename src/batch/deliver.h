/* deliver.h: what a job's reader has made goes to its place.
 * In: an outcome that may have been made by anybody: of it bytes are taken and put under names that follow from the job alone.  Out: the same with
 * its files, and what could not be written. */
#ifndef DG_DELIVER_H
#define DG_DELIVER_H

#include "batch/work.h"

/* Writes what the parts of @outcome bring, and what the review page shows of them.  @material: what the job was made from; NULL for a failure. */
void dg_deliver (const DgWork *work, const DgJob *job, const DgMaterial *material, DgOutcome *outcome);

/* The outcome of a job that could not be done, on the review page too. */
DgOutcome *dg_deliver_failure (const DgWork *work, const DgJob *job, const GError *error);

/* Writes the bundle, which the first part that is no failure brings; @outcomes: NULL for a job that was not come to. */
void dg_deliver_bundle (const DgWork *work, DgOutcome *const *outcomes, guint n);

#endif
