/* sides.h: the files beside the outputs of a batch. */
#ifndef DG_SIDES_H
#define DG_SIDES_H

#include "batch/run.h"

/* Removes from every folder that outputs go to what a run that was killed left half written. */
void dg_sides_sweep (const DgRun *run);

/* Takes note of the output folder, to tell whether it is the same at the end. */
void dg_sides_look (DgRun *run);

/* Has the outputs outlast a power cut, before anything tells that they are there. */
void dg_sides_settle (DgRun *run);

/* Writes what the batch asks for, once all is told. */
void dg_sides_write (DgRun *run);

#endif
