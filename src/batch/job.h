/* job.h: a dispatch of a batch, with its place and the place of its output, as bytes too, and the list of them. */
#ifndef DG_JOB_H
#define DG_JOB_H

#include "batch/forms.h"
#include "batch/marks.h"
#include "batch/store.h"
#include "diglot.h"

typedef struct {
  guint          number;  /* place among all that the inputs name, all shards together, from 1 */
  char          *path;    /* a file or an archive; "-" for standard input */
  char          *member;  /* safe name in the archive; NULL for a file */
  guint          index;   /* of the member among the archive's entries */
  char          *picture; /* safe name of the member that is its picture; NULL: none, or the job is no member */
  guint          picture_index;
  char          *shown;   /* what messages call it: "a.txt", "<stdin>", "b.zip!dir/c.txt" */
  char          *below;   /* its path below an output folder, with its own ending */
  guint64        size;    /* of the input, where parts are made by it; else 0 */
  char          *wanted;  /* its output as a list names it; NULL: the name follows from the input's */
  const DgForm  *form;    /* what a list wants for it otherwise than the batch; NULL: nothing */
  char          *output;  /* "-" for standard output, NULL where nothing is made */
  GError        *problem; /* why it cannot be set, known already; NULL */
  DiglotMessage *note;    /* to be told with its messages; NULL */
} DgJob;

/* One that is still to be filled; what it holds goes with it. */
DgJob *dg_job_new (guint number, const char *path, const char *member, const char *below, const char *shown);
void   dg_job_free (DgJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgJob, dg_job_free)

/* For a pipe or a store, and back: @forms are those that it was found with. */
GBytes *dg_job_to_bytes (const DgJob *job, const DgForms *forms);
DgJob  *dg_job_from_bytes (GBytes *bytes, const DgForms *forms);

/* The same with what was read for it, or NULL; out of it the bytes of either, NULL for nothing. */
GBytes *dg_job_join (GBytes *job, GBytes *material);
void    dg_job_part (GBytes *joined, GBytes **job, GBytes **material);

typedef struct {
  DgStore    *jobs;      /* dg_job_to_bytes, of the shard; dg_jobs_dup reads one */
  guint       found;     /* dispatches that the inputs name, all shards together; what cannot be looked through counts as one */
  guint       twice;     /* those that are no jobs, having been named before */
  GPtrArray  *places;    /* char *: every folder and list that was looked into, and with --watch every file */
  DgForms    *forms;     /* of the jobs */
  gboolean    is_wanted; /* outputs are as a list names them, which may be anywhere */
  char       *folder;    /* the output folder; NULL */
  char       *archive;   /* the archive that outputs go to, "-" for standard output; NULL.  An output is "a.tar!dir/b.pdf" then */
  DgMarks    *inputs;    /* identities of the files that are read; NULL: no output is there, so that it could be one of them */
  DgMarks    *outputs;   /* canonical paths of the outputs of all jobs, and of the files beside them (clashes.h) */
  GHashTable *folders;   /* canonical paths of all the folders that these lie in */
} DgJobs;

#endif
