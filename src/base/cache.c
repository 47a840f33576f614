/* cache.c: see cache.h.  The user's place is $XDG_CACHE_HOME/diglot. */
#include "base/cache.h"

#include "base/datadir.h"
#include "base/input.h"

#include <glib/gstdio.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READY      "ready" /* the folder of what lies ready */
#define MOST_OF    2       /* files of one kind and source that the user's folder holds: two installations do not take turns in making them */
#define OLD        (180 * G_TIME_SPAN_DAY)
#define PLACES_MAX 4

char *
dg_cache_dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "diglot", NULL);
}

char *
dg_cache_dup_name (const char *kind, const char *version, const char *source)
{
  char            *real = realpath (source, NULL);
  g_autofree char *text = NULL, *digest = NULL, *subject = NULL;
  struct stat      info;

  if (real == NULL)
    return NULL;
  if (stat (real, &info) == 0 && S_ISREG (info.st_mode)) {
    text = g_strdup_printf ("%s\n%s\n%zu %d\n%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld", version, real, sizeof (void *), G_BYTE_ORDER,
                            (gint64) info.st_size, (gint64) info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
    digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
    subject = g_path_get_basename (real);
    g_strdelimit (subject, ".", '-');
  }
  free (real);
  return digest != NULL ? g_strdup_printf ("%s.%s.%.16s", kind, subject, digest) : NULL;
}

/* Finding */

typedef struct {
  char *path;
  uid_t owner; /* beside root and the user, who may have written there */
} Place;

/* Where files can lie, the best place first. */
static guint
list_places (Place *places)
{
  const char *forced = g_getenv ("DIGLOT_READY");
  struct stat info;
  guint       n = 0;

  if (forced == NULL) {
    char            *installed = dg_datadir_path (READY, NULL);
    g_autofree char *own = dg_datadir_dup_own_folder (), *above = g_path_get_dirname (own);

    places[n++] = (Place){ installed, stat (installed, &info) == 0 ? info.st_uid : 0 };
    /* While it is built in place: what is built, and tests a folder below. */
    places[n++] = (Place){ g_build_filename (own, READY, NULL), 0 };
    places[n++] = (Place){ g_build_filename (above, READY, NULL), 0 };
  } else if (*forced != '\0')
    places[n++] = (Place){ g_strdup (forced), stat (forced, &info) == 0 ? info.st_uid : 0 };
  places[n++] = (Place){ dg_cache_dup_folder (), geteuid () };
  return n;
}

/* A file that nobody else can write, for reading; -1 where there is none. */
static int
open_in (const Place *place, const char *name, struct stat *info)
{
  g_autofree char *path = g_build_filename (place->path, name, NULL);
  int              file = dg_input_open_plain (path, 0, info);

  if (file >= 0 && (info->st_uid == 0 || info->st_uid == geteuid () || info->st_uid == place->owner) && (info->st_mode & (S_IWGRP | S_IWOTH)) == 0)
    return file;
  if (file >= 0)
    close (file);
  return -1;
}

/* The first of the places that have @name, from @first on. */
static int
open_kept (const char *name, struct stat *info)
{
  Place places[PLACES_MAX];
  guint n = list_places (places);
  int   file = -1;

  for (guint i = 0; i < n; i++) {
    if (file < 0)
      file = open_in (&places[i], name, info);
    g_free (places[i].path);
  }
  return file;
}

void
dg_cache_list_folders (GPtrArray *folders)
{
  Place places[PLACES_MAX];
  guint n = list_places (places);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (folders, places[i].path);
}

GBytes *
dg_cache_find (const char *name, struct stat *state)
{
  struct stat info;
  int         file = open_kept (name, state != NULL ? state : &info);
  g_autoptr (GMappedFile) mapped = file >= 0 ? g_mapped_file_new_from_fd (file, TRUE, NULL) : NULL;

  if (file >= 0)
    close (file);
  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}

guint32
dg_cache_sum (gconstpointer data, gsize size, gsize at)
{
  const char *bytes = data;
  gsize       rest = at + sizeof (guint32);

  return libdeflate_adler32 (libdeflate_adler32 (1, bytes, at), bytes + rest, size - rest);
}

/* Keeping */

/* Bytes of a name up to what tells one state of its source from another. */
static gsize
measure_subject (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL ? (gsize) (dot - name) + 1 : strlen (name);
}

typedef struct {
  char  *name;
  gint64 written; /* microseconds since 1970 */
} Old;

static void
old_clear (gpointer data)
{
  g_free (((Old *) data)->name);
}

static gint
compare_old (gconstpointer a, gconstpointer b)
{
  const Old *one = a, *other = b;

  return one->written > other->written ? -1 : one->written < other->written;
}

/* Takes away what @name in @folder has made useless: most files that are made from an earlier state of the same source, and what is so old that
 * its source may be gone; what is still in use is made anew. */
static void
prune (const char *folder, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) rivals = g_array_new (FALSE, FALSE, sizeof (Old));
  gsize       subject = measure_subject (name);
  gint64      now = g_get_real_time ();
  const char *other;

  g_array_set_clear_func (rivals, old_clear);
  while (dir != NULL && (other = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, other, NULL);
    struct stat      info;
    gint64           written;

    if (strcmp (other, name) == 0 || lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
      continue;
    written = info.st_mtim.tv_sec * G_TIME_SPAN_SECOND + info.st_mtim.tv_nsec / 1000;
    if (now - written > OLD)
      unlink (path);
    else if (strncmp (other, name, subject) == 0 && strchr (other + subject, '.') == NULL)
      g_array_append_val (rivals, ((Old){ g_strdup (other), written }));
  }
  g_array_sort (rivals, compare_old);
  for (guint i = MOST_OF - 1; i < rivals->len; i++) {
    g_autofree char *path = g_build_filename (folder, g_array_index (rivals, Old, i).name, NULL);

    unlink (path);
  }
}

static gboolean
write_file (const char *folder, const char *name, GBytes *bytes, int mode, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_CONSISTENT, mode, error);
}

/* Of a process that may keep nothing; a process has one cache. */
static GPtrArray *missing;

void
dg_cache_close (void)
{
  if (missing == NULL)
    missing = g_ptr_array_new_with_free_func (g_free);
}

gboolean
dg_cache_miss (const char *kind, const char *what)
{
  if (missing == NULL)
    return FALSE;
  g_ptr_array_add (missing, g_strdup_printf ("%s %s", kind, what));
  return TRUE;
}

char **
dg_cache_steal_missing (void)
{
  char **list;

  if (missing == NULL || missing->len == 0)
    return NULL;
  g_ptr_array_add (missing, NULL);
  list = (char **) g_ptr_array_free (missing, FALSE);
  missing = g_ptr_array_new_with_free_func (g_free);
  return list;
}

gboolean
dg_cache_can_keep (void)
{
  g_autofree char *folder = dg_cache_dup_folder ();

  return g_mkdir_with_parents (folder, 0700) == 0 && access (folder, W_OK) == 0;
}

void
dg_cache_keep (const char *name, GBytes *bytes)
{
  g_autofree char *folder = dg_cache_dup_folder ();

  if (dg_cache_can_keep () && write_file (folder, name, bytes, 0600, NULL))
    prune (folder, name);
}

gboolean
dg_cache_write (const char *folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!write_file (folder, name, bytes, 0644, error))
    return FALSE;
  /* Whatever the umask of who installs. */
  g_chmod (path, 0644);
  return TRUE;
}
