/* jobs.h: what the inputs of a batch come to: a list of dispatches, each with its place and the place of its output.
 *
 * In: files, folders, archives, lists.  Out: jobs in the order of the inputs, yours to free.  No two have one output, none has an
 * input's place; clashes below an output folder are resolved and told. */
#ifndef DG_JOBS_H
#define DG_JOBS_H

#include "batch/job.h"

#include <sys/stat.h>

/* NULL with @error (DIGLOT_ERROR_USAGE, DIGLOT_ERROR_READ for a list) where the inputs or the outputs make no sense. */
DgJobs *dg_jobs_new (const DiglotBatch *batch, GError **error);
void    dg_jobs_free (DgJobs *jobs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgJobs, dg_jobs_free)

guint dg_jobs_count (const DgJobs *jobs);
/* The @nth job, from 0; yours to free.  It is read anew each time. */
DgJob *dg_jobs_dup (const DgJobs *jobs, guint nth);

/* TRUE where the file of this identity is an input. */
gboolean dg_jobs_is_input (DgJobs *jobs, const char *identity);

/* FALSE with @error (DIGLOT_ERROR_USAGE) where @path is an input's place, another job's output, a file beside the outputs or a folder of theirs: for an
 * output that shows only when an input has been read. */
gboolean dg_jobs_is_free (DgJobs *jobs, const char *path, GError **error);

/* The output of @job that was to be @wanted, and that shows only when its input has been read.  Below an output folder it is a numbered name where
 * another output has that place, and @note (yours to free) says so.  Which name it is follows from the inputs alone: names like this are made
 * from a job's own, and no two jobs come to one. */
char *dg_jobs_dup_late_output (const DgJobs *jobs, const DgJob *job, const char *wanted, DiglotMessage **note);

/* The name in the archive of the output @path. */
const char *dg_jobs_member (const DgJobs *jobs, const char *path);

/* TRUE where @path is a folder that outputs lie in, or lies below an output. */
gboolean dg_jobs_is_across (const DgJobs *jobs, const char *path);
/* Keeps the place of @path, a file beside the outputs, from late outputs. */
void dg_jobs_keep (const DgJobs *jobs, const char *path);

/* Where @path leads once the folders that it names are made: "new/../a" is "a", be there a folder "new" or not.  Absolute; free with g_free. */
char *dg_jobs_dup_place (const char *path);
/* As stat, of that place. */
gboolean dg_jobs_stat (const char *path, struct stat *info);
/* A plain file's identity, whatever the way that leads to it; NULL where there is none.  Free with g_free. */
char *dg_jobs_dup_identity (const char *path);

/* TRUE where all dispatches come into one output: a bundle, a lexicon, a translation memory of many. */
gboolean dg_jobs_go_together (const DiglotBatch *batch, const DgJobs *jobs);

/* Web pages that go to a folder make a site there, unless they are a shard of it: these files, which come last. */
#define DG_JOBS_SITE_INDEX "index.html"
#define DG_JOBS_SITE_FEED  "feed.atom"
gboolean dg_jobs_make_site (const DiglotBatch *batch, const DgJobs *jobs);
/* TRUE where @path is the place of one of them. */
gboolean dg_jobs_is_site_file (const DgJobs *jobs, const char *path);

#endif
