/* clashes.c: a file that is written takes the place of a name, so outputs are compared by folder and name, whether they are there
 * or not; what is read is compared by what its name leads to. */
#include "batch/clashes.h"

#include "batch/gallery.h"
#include "batch/material.h"
#include "base/refuse.h"
#include "batch/setup.h"
#include "batch/state.h"

#include <string.h>

static gboolean
is_same_file (const struct stat *one, const struct stat *two)
{
  return one->st_dev == two->st_dev && one->st_ino == two->st_ino;
}

/* TRUE for two names of one place, in folders that may be there or not. */
static gboolean
is_same_place (const char *one, const char *two)
{
  g_autofree char *name = g_path_get_basename (one), *other_name = g_path_get_basename (two);
  g_autofree char *folder = g_path_get_dirname (one), *other_folder = g_path_get_dirname (two);
  struct stat      info, other;

  if (strcmp (name, other_name) != 0 || (strcmp (one, "-") == 0) != (strcmp (two, "-") == 0))
    return FALSE;
  if (stat (folder, &info) == 0 && stat (other_folder, &other) == 0)
    return is_same_file (&info, &other);

  g_autofree char *full = g_canonicalize_filename (one, NULL), *other_full = g_canonicalize_filename (two, NULL);

  return strcmp (full, other_full) == 0;
}

/* Adds the identities of all that outputs are made from besides the dispatches and their pictures. */
static void
add_material (GHashTable *material, const DiglotBatch *batch, const DgJobs *jobs, const DgAligns *aligns)
{
  g_autoptr (GPtrArray) files = dg_setup_files (&batch->conversion);

  dg_aligns_list (aligns, jobs, FALSE, files);
  dg_forms_list (jobs->forms, batch, files);
  for (guint i = 0; i < files->len; i++) {
    char *identity = dg_jobs_dup_identity (files->pdata[i]);

    if (identity != NULL)
      g_hash_table_add (material, identity);
  }
}

static void
add_pictures (GHashTable *material, const DiglotBatch *batch, const DgJobs *jobs)
{
  for (guint i = 0; i < dg_jobs_count (jobs); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);
    g_autofree char *picture = dg_material_dup_picture_path (batch, job);
    char            *identity = picture != NULL ? dg_jobs_dup_identity (picture) : NULL;

    if (identity != NULL)
      g_hash_table_add (material, identity);
  }
}

static gboolean
check_material (GHashTable *material, const char *path, const char *identity, GError **error)
{
  return !g_hash_table_contains (material, identity) || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s would be replaced, and the batch is made with it", path);
}

/* Whether no output takes the place of what it is made with.  Inputs are looked at by jobs.c, and pictures when they are known to be read. */
static gboolean
check_outputs (const DiglotBatch *batch, const DgJobs *jobs, const DgAligns *aligns, GError **error)
{
  g_autoptr (GHashTable) material = NULL;

  for (guint i = 0; i < dg_jobs_count (jobs); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);
    g_autofree char *identity = job->output != NULL && job->problem == NULL && strcmp (job->output, "-") != 0 ? dg_jobs_dup_identity (job->output) : NULL;

    if (identity == NULL)
      continue;
    if (material == NULL) {
      material = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      add_material (material, batch, jobs, aligns);
    }
    if (!check_material (material, job->output, identity, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_inputs (const DiglotBatch *batch, DgJobs *jobs, const DgAligns *aligns, const char *path, GError **error)
{
  g_autoptr (GHashTable) material = NULL;
  g_autofree char *identity = dg_jobs_dup_identity (path);

  if (dg_jobs_is_input (jobs, identity))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s would be replaced, and it is an input", path);
  material = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_material (material, batch, jobs, aligns);
  add_pictures (material, batch, jobs);
  return check_material (material, path, identity, error);
}

static gboolean
check_gallery (const DiglotBatch *batch, const char *path, GError **error)
{
  return batch->gallery == NULL || !dg_gallery_is_name (batch->gallery, path)
         || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s would be replaced by the page in %s", path, batch->gallery);
}

/* Index and feed of a site come last and would take the place. */
static gboolean
check_site (const DiglotBatch *batch, const DgJobs *jobs, const char *path, GError **error)
{
  return !dg_jobs_make_site (batch, jobs) || !dg_jobs_is_site_file (jobs, path)
         || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s would be replaced by the site in %s", path, jobs->folder);
}

static gboolean
check_site_beside_gallery (const DiglotBatch *batch, const DgJobs *jobs, GError **error)
{
  g_autofree char *page = batch->gallery != NULL ? g_build_filename (batch->gallery, "index.html", NULL) : NULL;

  return page == NULL || check_site (batch, jobs, page, error);
}

gboolean
dg_clashes_check (const DiglotBatch *batch, DgJobs *jobs, const DgAligns *aligns, GError **error)
{
  const char *const paths[] = { batch->report, batch->manifest, batch->deps };

  if (!check_site_beside_gallery (batch, jobs, error))
    return FALSE;
  if (!check_outputs (batch, jobs, aligns, error) || (batch->output != NULL && jobs->folder == NULL && !check_gallery (batch, batch->output, error)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    gboolean    is_stdio = g_strcmp0 (paths[i], "-") == 0;
    gboolean    is_taken = paths[i] != NULL && !is_stdio && dg_jobs_is_across (jobs, paths[i]);
    struct stat info;
    gboolean    is_there = paths[i] != NULL && !is_stdio && dg_jobs_stat (paths[i], &info);

    /* Pipes and devices take whatever comes, and folders nothing. */
    if (paths[i] == NULL || (is_there && !S_ISREG (info.st_mode)))
      continue;
    if (dg_state_is_name (paths[i]))
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: names of this kind are those of the files that --update keeps", paths[i]);
    if (!is_stdio && (!check_gallery (batch, paths[i], error) || !check_site (batch, jobs, paths[i], error)))
      return FALSE;
    if (is_there && !check_inputs (batch, jobs, aligns, paths[i], error))
      return FALSE;
    for (guint k = 0; k < i && !is_taken; k++)
      is_taken = paths[k] != NULL && is_same_place (paths[i], paths[k]);
    for (guint k = 0; k < dg_jobs_count (jobs) && !is_taken; k++) {
      g_autoptr (DgJob) job = dg_jobs_dup (jobs, k);

      is_taken = job->output != NULL && is_same_place (paths[i], job->output);
    }
    if (is_taken && is_stdio)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "only one thing can be written to standard output");
    if (is_taken)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "more than one thing would be written to %s", paths[i]);
    if (!is_stdio)
      dg_jobs_keep (jobs, paths[i]);
  }
  return TRUE;
}
