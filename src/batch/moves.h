/* moves.h: a hot folder: inputs that are done with are moved out of it, to one folder where they were set and to another where that failed.
 *
 * In: the jobs of a round, before it and after it.  An input that has changed meanwhile stays, for the next round.  A picture of its own goes along. */
#ifndef DG_MOVES_H
#define DG_MOVES_H

#include "batch/jobs.h"
#include "batch/run.h"

/* FALSE with @error (DIGLOT_ERROR_USAGE) where --done or --failed name what cannot be: a folder in which inputs are looked for, or none. */
gboolean dg_moves_check (const DiglotBatch *batch, GError **error);

/* What the inputs of @jobs are like now.  NULL where nothing is to be moved. */
DgMoves *dg_moves_new (const DiglotBatch *batch, const DgJobs *jobs);
/* @job is done with.  @moves may be NULL. */
void dg_moves_note (DgMoves *moves, const DgJob *job, gboolean has_failed);
/* Moves those inputs of which all dispatches are; tells what could not be moved.  Frees @moves. */
void dg_moves_end (DgMoves *moves, DgRun *run);

#endif
