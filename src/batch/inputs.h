/* inputs.h: what the inputs of a batch hold, one dispatch after the other, and of them those of the shard.
 *
 * In: files, folders, archives, lists.  Out: jobs without outputs.  Only what belongs to the shard is kept in memory. */
#ifndef DG_INPUTS_H
#define DG_INPUTS_H

#include "batch/job.h"

typedef struct {
  guint    number;    /* dispatches found, those of all shards */
  guint    twice;     /* of the shard's, those that were named before */
  gboolean has_stdin; /* one of the inputs, or a list, is standard input */
  gboolean several;   /* an input stands for as many dispatches as it holds */
  char    *archive;   /* the first one; NULL: none */
} DgFound;

/* Adds the jobs of @batch, in the order of its inputs, to the jobs and the places of @list.  FALSE with @error (DIGLOT_ERROR_USAGE) where an input cannot
 * be meant as one; what cannot be read is a job that fails.  Free @found->archive. */
gboolean dg_inputs_find (const DiglotBatch *batch, DgJobs *list, DgFound *found, GError **error);

/* A warning about @file with all its text; diglot_message_free frees it. */
DiglotMessage *dg_inputs_new_warning (const char *file, const char *code, const char *text);

#endif
