/* sandbox.h: what a process gives up, for good and for its children, before it reads what anybody may have written.
 *
 * In: the folders that outputs go to.  The means are the kernel's: seccomp filters system calls, Landlock (Linux 5.13) file accesses.
 * Where the kernel has neither, nothing is given up and the work goes on. */
#ifndef DG_SANDBOX_H
#define DG_SANDBOX_H

#include <glib.h>

/* Gives up the network, running programs, looking into or altering other processes, and all that needs a privilege. */
void dg_sandbox_close_calls (void);

/* Gives up making, altering and removing files but plain files and folders at or below @writable (char *, folders, and single
 * files that are no plain ones, such as a pipe); also sockets that are files, and signals to processes that did not give it up. */
void dg_sandbox_close_files (const GPtrArray *writable);

/* What this kernel and this build offer: "Landlock 7, seccomp", "seccomp", "none".  Free with g_free. */
char *dg_sandbox_dup_name (void);

#endif
