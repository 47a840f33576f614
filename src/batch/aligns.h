/* aligns.h: where the alignments of a batch come from: one file for all its dispatches, or a folder with a file for each.
 * In: the path that --align names.  Out: what is fixed in a job's input. */
#ifndef DG_ALIGNS_H
#define DG_ALIGNS_H

#include "diglot.h"
#include "batch/jobs.h"

typedef struct DgAligns DgAligns;

/* @path NULL: none for any job.  NULL with @error (DIGLOT_ERROR_ALIGN) where the path cannot be read or its file is no alignment. */
DgAligns *dg_aligns_open (const char *path, GError **error);
void      dg_aligns_free (DgAligns *aligns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgAligns, dg_aligns_free)

/* Has @job's alignment, if there is one, fix beads in its @input, which is to be converted before the next call.  FALSE with @error
 * where the folder's file for it is no alignment. */
gboolean dg_aligns_apply (DgAligns *aligns, const DgJobs *jobs, const DgJob *job, DiglotInput *input, GError **error);

/* A text that changes with what is fixed for @job, empty where nothing is.  Free with g_free. */
char *dg_aligns_dup_digest (const DgAligns *aligns, const DgJobs *jobs, const DgJob *job);

/* Adds to @files (char *, owned) those that the jobs' alignments stand in; with @missing also those that they may come to stand in. */
void dg_aligns_list (const DgAligns *aligns, const DgJobs *jobs, gboolean missing, GPtrArray *files);

/* The names (char *, lent) in the alignments' file that none of the jobs has. */
GPtrArray *dg_aligns_list_unused (const DgAligns *aligns, const DgJobs *jobs);

#endif
