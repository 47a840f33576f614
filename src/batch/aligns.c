/* aligns.c: the alignment of each job, from the one file or from the job's own in a folder. */
#include "batch/aligns.h"

#include "pair/alignfile.h"

#include <string.h>

struct DgAligns {
  char            *path; /* NULL: none */
  gboolean         is_folder;
  DiglotAlignment *alignment; /* the file's, or the one that the folder has for the last job */
};

static DiglotAlignment *
load_aligns (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = diglot_read_file (path, &problem);

  if (bytes != NULL)
    return diglot_alignment_new (bytes, path, error);
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ALIGN, "%s: %s", path, problem->message);
  return NULL;
}

DgAligns *
dg_aligns_open (const char *path, GError **error)
{
  g_autoptr (DgAligns) aligns = g_new0 (DgAligns, 1);

  if (path == NULL)
    return g_steal_pointer (&aligns);
  aligns->path = g_strdup (path);
  aligns->is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  if (!aligns->is_folder && (aligns->alignment = load_aligns (path, error)) == NULL)
    return NULL;
  return g_steal_pointer (&aligns);
}

void
dg_aligns_free (DgAligns *aligns)
{
  if (aligns == NULL)
    return;
  diglot_alignment_free (aligns->alignment);
  g_free (aligns->path);
  g_free (aligns);
}

/* The name that "--to json" would give @job below the folder. */
static char *
dup_own_path (const DgAligns *aligns, const DgJob *job)
{
  g_autofree char *name = diglot_output_name (job->below, DIGLOT_FORMAT_JSON);

  return g_build_filename (aligns->path, name, NULL);
}

/* The job's name among those in the file.  A file about one dispatch is for the one that is given, whatever they are called. */
static const char *
find_name (const DgAligns *aligns, const DgJobs *jobs, const DgJob *job)
{
  return dg_jobs_count (jobs) == 1 && dg_alignfile_count (aligns->alignment) == 1 ? NULL : job->shown;
}

gboolean
dg_aligns_apply (DgAligns *aligns, const DgJobs *jobs, const DgJob *job, DiglotInput *input, GError **error)
{
  if (aligns->is_folder) {
    g_autofree char *path = dup_own_path (aligns, job);

    g_clear_pointer (&aligns->alignment, diglot_alignment_free);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return TRUE;
    aligns->alignment = load_aligns (path, error);
    diglot_input_align (input, aligns->alignment, NULL);
    return aligns->alignment != NULL;
  }
  if (aligns->alignment != NULL)
    diglot_input_align (input, aligns->alignment, find_name (aligns, jobs, job));
  return TRUE;
}

char *
dg_aligns_dup_digest (const DgAligns *aligns, const DgJobs *jobs, const DgJob *job)
{
  g_autofree char *path = aligns->is_folder ? dup_own_path (aligns, job) : NULL;
  g_autoptr (GBytes) bytes = path != NULL ? diglot_read_file (path, NULL) : NULL;

  if (bytes != NULL)
    return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (aligns->is_folder || aligns->alignment == NULL)
    return g_strdup ("");
  return dg_alignfile_dup_digest (aligns->alignment, find_name (aligns, jobs, job));
}

void
dg_aligns_list (const DgAligns *aligns, const DgJobs *jobs, gboolean missing, GPtrArray *files)
{
  if (aligns->path == NULL)
    return;
  if (!aligns->is_folder) {
    g_ptr_array_add (files, g_strdup (aligns->path));
    return;
  }
  for (guint i = 0; i < dg_jobs_count (jobs); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);
    char *path = dup_own_path (aligns, job);

    if (missing || g_file_test (path, G_FILE_TEST_EXISTS))
      g_ptr_array_add (files, path);
    else
      g_free (path);
  }
}

static const char *
last_part (const char *name)
{
  const char *end = name + strlen (name);

  while (end > name && strchr ("/!", end[-1]) == NULL)
    end--;
  return end;
}

/* The jobs' names (char *) by their last parts. */
static GHashTable *
index_jobs (const DgJobs *jobs)
{
  GHashTable *by_part = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < dg_jobs_count (jobs); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);
    const char *part = last_part (job->shown);
    GPtrArray  *list = g_hash_table_lookup (by_part, part);

    if (list == NULL) {
      list = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (by_part, g_strdup (part), list);
    }
    g_ptr_array_add (list, g_steal_pointer (&job->shown));
  }
  return by_part;
}

GPtrArray *
dg_aligns_list_unused (const DgAligns *aligns, const DgJobs *jobs)
{
  GPtrArray *unused = g_ptr_array_new ();
  g_autoptr (GHashTable) by_part = NULL;
  guint count = aligns->is_folder || aligns->alignment == NULL ? 0 : dg_alignfile_count (aligns->alignment);

  if (count == 0 || (count == 1 && dg_jobs_count (jobs) == 1))
    return unused;
  by_part = index_jobs (jobs);
  for (guint i = 0; i < count; i++) {
    const char      *name = dg_alignfile_name (aligns->alignment, i);
    const GPtrArray *list = name != NULL ? g_hash_table_lookup (by_part, last_part (name)) : NULL;
    gboolean         used = name == NULL;

    for (guint k = 0; list != NULL && k < list->len && !used; k++)
      used = dg_alignfile_is_for (name, list->pdata[k]);
    if (!used)
      g_ptr_array_add (unused, (gpointer) name);
  }
  return unused;
}
