/* cache.c: see cache.h.  The place is $XDG_CACHE_HOME/diglot. */
#include "base/cache.h"

#include "base/input.h"

#include <libdeflate.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* From where the kernel maps libraries and files, which it does near one another and at a random place a process, to a place that is
 * then hardly ever taken. */
#if GLIB_SIZEOF_VOID_P > 4
#define PLACE_DISTANCE ((gsize) 64 << 30)
#else
#define PLACE_DISTANCE ((gsize) 256 << 20)
#endif

char *
dg_cache_dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "diglot", NULL);
}

char *
dg_cache_dup_name (const char *kind, const char *version, const char *source)
{
  g_autofree char *text = NULL;
  g_autofree char *digest = NULL;
  struct stat      info;

  if (stat (source, &info) != 0 || !S_ISREG (info.st_mode))
    return NULL;
  text = g_strdup_printf ("%s\n%s\n%zu %d\n%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld", version, source, sizeof (void *), G_BYTE_ORDER,
                          (gint64) info.st_size, (gint64) info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strdup_printf ("%s-%.16s", kind, digest);
}

/* A file of ours that nobody else can write, for reading; -1 where there is none. */
static int
open_kept (const char *name, gsize *size)
{
  g_autofree char *folder = dg_cache_dup_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat      info;
  int              file = dg_input_open_plain (path, 0, &info);

  if (file >= 0 && info.st_uid == geteuid () && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0) {
    *size = (gsize) info.st_size;
    return file;
  }
  if (file >= 0)
    close (file);
  return -1;
}

static GBytes *
map_anywhere (int file)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new_from_fd (file, TRUE, NULL);

  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}

GBytes *
dg_cache_find (const char *name)
{
  gsize   size;
  int     file = open_kept (name, &size);
  GBytes *bytes = file >= 0 ? map_anywhere (file) : NULL;

  if (file >= 0)
    close (file);
  return bytes;
}

/* Pages at an address, for reading */

typedef struct {
  void *data;
  gsize size;
} Placed;

static void
unmap (gpointer data)
{
  Placed *placed = data;

  munmap (placed->data, placed->size);
  g_free (placed);
}

/* NULL where the place that the file begins with is taken, or no place at all. */
static GBytes *
map_in_place (int file, gsize size)
{
  guint64 place;
  void   *wanted, *data;

  if (pread (file, &place, sizeof place, 0) != sizeof place || place == 0 || place > G_MAXSIZE)
    return NULL;
  wanted = (void *) (gsize) place;
  data = mmap (wanted, size, PROT_READ, MAP_PRIVATE | MAP_FIXED_NOREPLACE, file, 0);
  if (data == MAP_FAILED)
    return NULL;
  if (data != wanted) { /* a kernel before 4.17 takes the place for a wish */
    munmap (data, size);
    return NULL;
  }
  return g_bytes_new_with_free_func (data, size, unmap, g_memdup2 (&(Placed){ data, size }, sizeof (Placed)));
}

GBytes *
dg_cache_find_placed (const char *name)
{
  gsize   size;
  int     file = open_kept (name, &size);
  GBytes *bytes = file >= 0 ? map_in_place (file, size) : NULL;

  if (file >= 0 && bytes == NULL)
    bytes = map_anywhere (file);
  if (file >= 0)
    close (file);
  return bytes;
}

guint64
dg_cache_choose_place (gsize size)
{
  void *data = mmap (NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gsize below = (gsize) data;

  if (data == MAP_FAILED)
    return 0;
  munmap (data, size);
  return below > PLACE_DISTANCE ? below - PLACE_DISTANCE : 0;
}

guint32
dg_cache_sum (gconstpointer data, gsize size, gsize at)
{
  const char *bytes = data;
  gsize       rest = at + sizeof (guint32);

  return libdeflate_adler32 (libdeflate_adler32 (1, bytes, at), bytes + rest, size - rest);
}

void
dg_cache_keep (const char *name, GBytes *bytes)
{
  g_autofree char *folder = dg_cache_dup_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
