/* results.h: what became of the jobs, told in the order of the inputs.
 *
 * In: outcomes, in any order.  Out: messages and progress, lines of the report, members of the archive, records of what is made. */
#ifndef DG_RESULTS_H
#define DG_RESULTS_H

#include "batch/run.h"

void dg_results_tell (DgRun *run, const DiglotMessage *message);
void dg_results_tell_error (DgRun *run, const char *file, const GError *error);

/* Takes @outcome of the job at @i. */
void dg_results_take (DgRun *run, guint i, DgOutcome *outcome);
void dg_results_take_error (DgRun *run, guint i, const GError *error);

/* The job at @i is done with, having no outcome: its slot says why. */
void dg_results_finish (DgRun *run, guint i);

/* After the last job: what came before a job that was not done, too. */
void dg_results_end (DgRun *run);

#endif
