/* sandbox.h: what a process gives up, for good and for its children, before it reads what anybody may have written.
 *
 * In: a batch and its jobs, which say what is still to be written.  The means are the kernel's: seccomp filters system calls, Landlock (Linux 5.13) file accesses.
 * Where the kernel has neither, nothing is given up and the work goes on. */
#ifndef DG_SANDBOX_H
#define DG_SANDBOX_H

#include "batch/jobs.h"

/* Gives up the network, running programs, looking into or altering other processes, and all that needs a privilege. */
void dg_sandbox_close_calls (void);

/* Gives up making, altering and removing files but plain files and folders where @jobs and the files that @batch names are written; also
 * sockets that are files, and signals to processes that did not give it up.  Folders for them are made first, where they are missing: none
 * could be named to the kernel afterwards. */
void dg_sandbox_close_files (const DiglotBatch *batch, const DgJobs *jobs);

/* What this kernel and this build offer: "Landlock 7, seccomp", "seccomp", "none".  Free with g_free. */
char *dg_sandbox_dup_name (void);

#endif
