/* confine.c: the folders that a batch writes to, as the sandbox wants them. */
#include "batch/confine.h"

#include "base/cache.h"
#include "batch/sandbox.h"

#include <string.h>
#include <sys/stat.h>

/* What is beside @path: files are made under another name and then renamed. */
static void
add_file (GHashTable *writable, const char *path, gboolean make)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_hash_table_contains (writable, folder))
    return;
  if (make)
    diglot_make_folder (folder, NULL);
  g_hash_table_add (writable, g_steal_pointer (&folder));
}

/* A file that the user names; NULL: none.  A pipe or a device is only written to. */
static void
add_named (GHashTable *writable, const char *path)
{
  struct stat info;
  gboolean    is_special;

  if (path == NULL || strcmp (path, "-") == 0)
    return;
  is_special = lstat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode) && !S_ISLNK (info.st_mode);
  /* A name under /dev/fd or the like leads to a file whose folder is another one. */
  if (is_special || g_str_has_prefix (path, "/dev/") || g_str_has_prefix (path, "/proc/"))
    g_hash_table_add (writable, g_strdup (path));
  if (!is_special)
    add_file (writable, path, TRUE);
}

static void
add_folder (GHashTable *writable, const char *path)
{
  if (path == NULL)
    return;
  diglot_make_folder (path, NULL); /* who writes there tells why it cannot be */
  g_hash_table_add (writable, g_strdup (path));
}

void
dg_confine (const DiglotBatch *batch, const DgJobs *jobs)
{
  g_autoptr (GHashTable) writable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autofree char *cache = dg_cache_dup_folder ();
  GHashTableIter   iter;
  gpointer         path;

  add_folder (writable, jobs->folder);
  add_folder (writable, batch->gallery);
  for (guint i = 0; i < jobs->jobs->len; i++) {
    const DgJob *job = jobs->jobs->pdata[i];

    if (job->output == NULL || strcmp (job->output, "-") == 0)
      continue;
    if (g_strcmp0 (job->output, batch->output) == 0)
      add_named (writable, job->output);
    else if (jobs->folder == NULL || !g_str_has_prefix (job->output, jobs->folder))
      add_file (writable, job->output, batch->output != NULL);
  }
  add_named (writable, batch->report);
  add_named (writable, batch->manifest);
  add_named (writable, batch->deps);
  g_mkdir_with_parents (cache, 0700);
  g_hash_table_add (writable, g_steal_pointer (&cache));

  g_hash_table_iter_init (&iter, writable);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (list, path);
  dg_sandbox_close_files (list);
}
