/* cache.c: see cache.h.  The place is $XDG_CACHE_HOME/diglot. */
#include "cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

GBytes *
dg_cache_find (const char *name)
{
  g_autofree char        *folder = dg_cache_dup_folder ();
  g_autofree char        *path = g_build_filename (folder, name, NULL);
  g_autoptr (GMappedFile) mapped = NULL;
  struct stat             info;
  int                     file = open (path, O_RDONLY | O_CLOEXEC);

  if (file < 0)
    return NULL;
  if (fstat (file, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid () && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0)
    mapped = g_mapped_file_new_from_fd (file, TRUE, NULL);
  close (file);
  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}

void
dg_cache_keep (const char *name, GBytes *bytes)
{
  g_autofree char *folder = dg_cache_dup_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
