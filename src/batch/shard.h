/* shard.h: which part of a batch a dispatch belongs to. */
#ifndef DG_SHARD_H
#define DG_SHARD_H

#include "batch/job.h"

/* The shard, from 1 to @shards, that a dispatch of this name goes to: by the name alone, so that others coming or going do not
 * move it. */
guint dg_shard_find (const char *below, guint shards);

/* TRUE where the dispatch of this name is one of those that @batch takes. */
gboolean dg_shard_has (const DiglotBatch *batch, const char *below);

/* Of @jobs, all of a batch, those of part @shard of @shards parts that are of equal size.  Takes them; 24 bytes of memory are needed for each. */
DgStore *dg_shard_by_size (DgStore *jobs, const DgForms *forms, guint shard, guint shards);

#endif
