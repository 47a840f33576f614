/* shard.c: parts of equal number by a digest of the name, or of equal size by looking at all. */
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

typedef struct {
  guint64 size;
  guint   nth;
} Sized;

static int
compare_sizes (gconstpointer one, gconstpointer two)
{
  const Sized *a = one, *b = two;

  if (a->size != b->size)
    return a->size > b->size ? -1 : 1;
  return a->nth < b->nth ? -1 : a->nth > b->nth;
}

static int
compare_places (gconstpointer one, gconstpointer two)
{
  const guint *a = one, *b = two;

  return *a < *b ? -1 : *a > *b;
}

/* The largest are dealt out first, forwards and backwards in turn, so that parts differ by no more than the largest dispatch. */
DgStore *
dg_shard_by_size (DgStore *jobs, const DgForms *forms, guint shard, guint shards)
{
  const guint n = dg_store_count (jobs);
  g_autoptr (GArray) all = g_array_sized_new (FALSE, FALSE, sizeof (Sized), n), own = g_array_new (FALSE, FALSE, sizeof (guint));
  DgStore *kept = dg_store_new (TRUE);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GBytes) bytes = dg_store_get (jobs, i);
    g_autoptr (DgJob) job = bytes != NULL ? dg_job_from_bytes (bytes, forms) : NULL;
    const Sized sized = { job != NULL ? job->size : 0, i };

    g_array_append_val (all, sized);
  }
  g_array_sort (all, compare_sizes);
  for (guint i = 0; i < n; i++) {
    const guint turn = i % (2 * shards), part = turn < shards ? turn : 2 * shards - 1 - turn;

    if (part == shard - 1)
      g_array_append_val (own, g_array_index (all, Sized, i).nth);
  }
  g_array_sort (own, compare_places);
  for (guint i = 0; i < own->len; i++) {
    g_autoptr (GBytes) bytes = dg_store_get (jobs, g_array_index (own, guint, i));

    if (bytes != NULL)
      dg_store_add (kept, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
  dg_store_free (jobs);
  return kept;
}
