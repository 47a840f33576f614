/* shard.h: which part of a batch a dispatch belongs to. */
#ifndef DG_SHARD_H
#define DG_SHARD_H

#include "diglot.h"

/* The shard, from 1 to @shards, that a dispatch of this name goes to: by the name alone, so that others coming or going do not
 * move it. */
guint dg_shard_find (const char *below, guint shards);

/* TRUE where the dispatch of this name is one of those that @batch takes. */
gboolean dg_shard_has (const DiglotBatch *batch, const char *below);

#endif
