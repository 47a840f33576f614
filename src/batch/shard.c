/* shard.c: parts of equal size by a digest of the name. */
#include "batch/shard.h"

#include <string.h>

guint
dg_shard_find (const char *below, guint shards)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  guint8  bytes[32];
  gsize   length = sizeof bytes;
  guint64 number = 0;

  g_checksum_update (digest, (const guchar *) below, (gssize) strlen (below));
  g_checksum_get_digest (digest, bytes, &length);
  for (guint i = 0; i < 8; i++)
    number = number << 8 | bytes[i];
  return (guint) (number % shards) + 1;
}

gboolean
dg_shard_has (const DiglotBatch *batch, const char *below)
{
  return batch->shards == 0 || dg_shard_find (below, batch->shards) == batch->shard;
}
