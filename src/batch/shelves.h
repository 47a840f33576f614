/* shelves.h: dispatches and their pictures out of archives, which are read once from end to end where members are asked for in the
 * order in which they stand. */
#ifndef DG_SHELVES_H
#define DG_SHELVES_H

#include "batch/jobs.h"
#include "batch/material.h"

typedef struct DgShelves DgShelves;

DgShelves *dg_shelves_new (void);
void       dg_shelves_free (DgShelves *shelves);

/* The member that @job is, with its picture; NULL with @error where the text cannot be read.  The jobs' strings must outlive @shelves. */
DgMaterial *dg_shelves_read (DgShelves *shelves, const DiglotBatch *batch, const DgJob *job, GError **error);

#endif
