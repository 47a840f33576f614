/* clashes.h: what a batch writes (outputs, report, manifest, rules for Make) takes no other file's place.
 * In: a batch and what its inputs came to.  Out: whether all have places of their own, which are then kept from later outputs. */
#ifndef DG_CLASHES_H
#define DG_CLASHES_H

#include "batch/aligns.h"
#include "batch/jobs.h"

/* FALSE with @error (DIGLOT_ERROR_USAGE) where one of them would replace another, an output, anything that the batch is made from, or a file
 * of --update's or of the gallery, where an output would replace what it is made with, and where two things would go to standard output. */
gboolean dg_clashes_check (const DiglotBatch *batch, DgJobs *jobs, const DgAligns *aligns, GError **error);

#endif
