/* records.h: what of a batch is made already, by the records that state.h keeps. */
#ifndef DG_RECORDS_H
#define DG_RECORDS_H

#include "batch/run.h"

/* Whether what is made is recorded: where it was asked for, and where many go to one place, since so much work may have to be
 * taken up again. */
gboolean dg_records_are_kept (const DgRun *run);

/* Records what became of the job at @i; @range: where its outputs lie in the archive that is made, NULL for files. */
void dg_records_add (DgRun *run, guint i, const DgOutcome *outcome, const char *details, const DgRange *range);

/* Records for what was kept that it lies at @range now. */
void dg_records_add_again (DgRun *run, guint i, const DgRange *range);

/* TRUE where the job's outputs are there already, made from the same things: its slot is filled then. */
gboolean dg_records_have (DgRun *run, guint i, const DgMaterial *material);

/* Once all that is to be recorded is there.  What cannot be written is told by @fail. */
void dg_records_close (DgRun *run, void (*fail) (DgRun *run, const char *path, const GError *error));

/* For run->states. */
void dg_records_free_state (gpointer state);

#endif
