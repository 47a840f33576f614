/* confine.h: what a batch may still write once its jobs are known: nothing but their outputs' folders and the files about them.
 * In: a batch and its jobs.  Out: a process that can do no more (sandbox.h). */
#ifndef DG_CONFINE_H
#define DG_CONFINE_H

#include "diglot.h"
#include "batch/jobs.h"

/* Confines this process and its children to what @jobs and the files that @batch names write.  Folders for them are made first, where
 * they are missing: none could be named to the kernel afterwards. */
void dg_confine (const DiglotBatch *batch, const DgJobs *jobs);

#endif
