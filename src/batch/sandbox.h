/* sandbox.h: what a process gives up, for good and for its children, before it reads what anybody may have written.
 *
 * In: a batch and its outputs, which say what is still to be written.  The means are the kernel's: seccomp filters system calls, Landlock (Linux 5.13) file accesses.
 * Where the kernel has neither, nothing is given up and the work goes on. */
#ifndef DG_SANDBOX_H
#define DG_SANDBOX_H

#include "diglot.h"

/* Keeps the system calls that a batch is made with and gives up all others: the network, running programs, looking into or altering other
 * processes, owners, modes and attributes of files, namespaces, whatever needs a privilege, and whatever a later kernel adds.  FALSE with @error
 * where that fails, and, with @is_required, where the kernel has not the means. */
gboolean dg_sandbox_close_calls (gboolean is_required, GError **error);

/* TRUE where this kernel has not all that the sandbox is made of. */
gboolean dg_sandbox_is_weak (void);

/* Gives up making, altering and removing files but plain files and folders where @outputs (char *; those below @folder, or NULL, need not be named) and the files that @batch names are written; also
 * sockets that are files, and with @signals, signals to processes that are not started afterwards.  Folders for them are made first, where they are missing: none
 * could be named to the kernel afterwards.  FALSE with @error where a kernel that has the means does not take them. */
gboolean dg_sandbox_close_files (const DiglotBatch *batch, const char *folder, const GPtrArray *outputs, gboolean signals, GError **error);

/* For a process that only reads: gives up writing anything but to what is open, starting processes, and reading files but those that a page is set
 * with (faces, data, dictionaries, the user's cache and settings, the system's libraries) and @more (char *).  For good; FALSE with @error as
 * above. */
gboolean dg_sandbox_enter_reader (const DiglotBatch *batch, const GPtrArray *more, GError **error);

/* What this kernel and this build offer: "Landlock 7, seccomp", "seccomp", "none".  Free with g_free. */
char *dg_sandbox_dup_name (void);

#endif
