/* store.c: the newest records are in memory, those before them in the file; where there is none, for want of room, all are in memory. */
#include "batch/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HELD_MAX (4 * 1024 * 1024)
#define BLOCK    (64 * 1024)

struct DgStore {
  int         fd;       /* -1: none yet, or none to be had */
  gboolean    is_tried; /* to get one */
  guint64     written;  /* bytes that are in the file */
  GByteArray *held;     /* those behind them */
  GArray     *ends;     /* guint64: where each record ends; NULL: not asked for */
  guint       count;
};

int
dg_store_open_nameless (void)
{
  int              fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  g_autofree char *path = NULL;

  if (fd >= 0)
    return fd;
  path = g_build_filename (g_get_tmp_dir (), "diglot-XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    unlink (path);
  return fd;
}

gboolean
dg_store_fill (int fd, const void *data, gsize length)
{
  const guint8 *at = data;

  while (length > 0) {
    gssize n = write (fd, at, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    at += n;
    length -= (gsize) n;
  }
  return TRUE;
}

DgStore *
dg_store_new (gboolean by_place)
{
  DgStore *store = g_new0 (DgStore, 1);

  store->fd = -1;
  store->held = g_byte_array_new ();
  store->ends = by_place ? g_array_new (FALSE, FALSE, sizeof (guint64)) : NULL;
  return store;
}

void
dg_store_free (DgStore *store)
{
  if (store == NULL)
    return;
  if (store->fd >= 0)
    close (store->fd);
  g_byte_array_unref (store->held);
  if (store->ends != NULL)
    g_array_unref (store->ends);
  g_free (store);
}

void
dg_store_open (DgStore *store)
{
  if (!store->is_tried)
    store->fd = dg_store_open_nameless ();
  store->is_tried = TRUE;
}

/* What has been written in part, on a full disk, is written over. */
static void
spill (DgStore *store)
{
  dg_store_open (store);
  if (store->fd < 0)
    return;
  if (lseek (store->fd, (off_t) store->written, SEEK_SET) < 0 || !dg_store_fill (store->fd, store->held->data, store->held->len))
    return;
  store->written += store->held->len;
  g_byte_array_set_size (store->held, 0);
}

void
dg_store_add (DgStore *store, const void *data, gsize length)
{
  guint64 end;

  if (store->held->len > 0 && store->held->len + length > HELD_MAX)
    spill (store);
  g_byte_array_append (store->held, data, (guint) length);
  store->count++;
  end = store->written + store->held->len;
  if (store->ends != NULL)
    g_array_append_val (store->ends, end);
}

guint
dg_store_count (const DgStore *store)
{
  return store->count;
}

static gboolean
read_all (int fd, guint8 *data, gsize length, guint64 from)
{
  gsize done = 0;

  while (done < length) {
    gssize n = pread (fd, data + done, length - done, (off_t) (from + done));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    done += (gsize) n;
  }
  return TRUE;
}

GBytes *
dg_store_get (const DgStore *store, guint place)
{
  guint64 from, end;
  guint8 *data;

  g_return_val_if_fail (store->ends != NULL && place < store->count, NULL);
  from = place > 0 ? g_array_index (store->ends, guint64, place - 1) : 0;
  end = g_array_index (store->ends, guint64, place);
  if (from >= store->written)
    return g_bytes_new (store->held->data + (from - store->written), end - from);
  data = g_malloc (end - from);
  if (read_all (store->fd, data, end - from, from))
    return g_bytes_new_take (data, end - from);
  g_free (data);
  return NULL;
}

gboolean
dg_store_write (const DgStore *store, int fd)
{
  g_autofree guint8 *block = g_malloc (BLOCK);

  for (guint64 from = 0; from < store->written; from += BLOCK) {
    gsize length = (gsize) MIN (store->written - from, BLOCK);

    if (!read_all (store->fd, block, length, from) || !dg_store_fill (fd, block, length))
      return FALSE;
  }
  return dg_store_fill (fd, store->held->data, store->held->len);
}

GBytes *
dg_store_dup (const DgStore *store)
{
  guint8 *data = g_malloc (store->written + store->held->len + 1);

  if (!read_all (store->fd, data, store->written, 0)) {
    g_free (data);
    return NULL;
  }
  if (store->held->len > 0)
    memcpy (data + store->written, store->held->data, store->held->len);
  return g_bytes_new_take (data, store->written + store->held->len);
}
