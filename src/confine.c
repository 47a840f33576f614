/* confine.c: the folders that a batch writes to, as the sandbox wants them. */
#include "confine.h"

#include "cache.h"
#include "sandbox.h"

#include <string.h>
#include <sys/stat.h>

/* @path and what is beside it: files are made under another name and then renamed.  A pipe or a device is only written to. */
static void
add_file (GHashTable *writable, const char *path, gboolean make)
{
  g_autofree char *folder = NULL;
  struct stat      info;

  if (path == NULL || strcmp (path, "-") == 0)
    return;
  if (stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode)) {
    g_hash_table_add (writable, g_strdup (path));
    return;
  }
  /* A name under /dev/fd or the like leads to a file whose folder is another one. */
  if (g_str_has_prefix (path, "/dev/") || g_str_has_prefix (path, "/proc/"))
    g_hash_table_add (writable, g_strdup (path));
  folder = g_path_get_dirname (path);
  if (g_hash_table_contains (writable, folder))
    return;
  if (make)
    diglot_make_folder (folder, NULL);
  g_hash_table_add (writable, g_steal_pointer (&folder));
}

static void
add_folder (GHashTable *writable, const char *path)
{
  if (path == NULL)
    return;
  diglot_make_folder (path, NULL);         /* who writes there tells why it cannot be */
  g_hash_table_add (writable, g_strdup (path));
}

void
dg_confine (const DiglotBatch *batch, const DgJobs *jobs)
{
  g_autoptr (GHashTable) writable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray)  list = g_ptr_array_new ();
  g_autofree char       *cache = dg_cache_dup_folder ();
  GHashTableIter         iter;
  gpointer               path;

  add_folder (writable, jobs->folder);
  add_folder (writable, batch->gallery);
  for (guint i = 0; i < jobs->jobs->len; i++) {
    const DgJob *job = jobs->jobs->pdata[i];

    if (job->output != NULL && (jobs->folder == NULL || !g_str_has_prefix (job->output, jobs->folder)))
      add_file (writable, job->output, batch->output != NULL);
  }
  add_file (writable, batch->report, TRUE);
  add_file (writable, batch->manifest, TRUE);
  add_file (writable, batch->deps, TRUE);
  g_mkdir_with_parents (cache, 0700);
  g_hash_table_add (writable, g_steal_pointer (&cache));

  g_hash_table_iter_init (&iter, writable);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (list, path);
  dg_sandbox_close_files (list);
}
