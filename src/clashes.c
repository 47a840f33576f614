/* clashes.c: a file that is written takes the place of a name, so outputs are compared by folder and name, whether they are there
 * or not; what is read is compared by what its name leads to. */
#include "clashes.h"

#include "material.h"
#include "refuse.h"
#include "setup.h"
#include "state.h"

#include <string.h>
#include <sys/stat.h>

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

static gboolean
has_file (const GPtrArray *files, const struct stat *info)
{
  struct stat other;

  for (guint i = 0; i < files->len; i++)
    if (stat (files->pdata[i], &other) == 0 && is_same_file (info, &other))
      return TRUE;
  return FALSE;
}

/* Paths (char *) of all that outputs are made from besides the dispatches. */
static GPtrArray *
list_material (const DiglotBatch *batch, const DgJobs *jobs, const DgAligns *aligns)
{
  GPtrArray *files = dg_setup_files (&batch->conversion);

  dg_aligns_list (aligns, jobs, FALSE, files);
  for (guint i = 0; i < jobs->jobs->len; i++) {
    char *picture = dg_material_dup_picture_path (batch, jobs->jobs->pdata[i]);

    if (picture != NULL)
      g_ptr_array_add (files, picture);
  }
  return files;
}

static gboolean
check_inputs (const DiglotBatch *batch, const DgJobs *jobs, const DgAligns *aligns, const char *path, const struct stat *info, GError **error)
{
  g_autoptr (GPtrArray) material = NULL;

  if (has_file (jobs->places, info))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s would be replaced, and it is an input", path);
  material = list_material (batch, jobs, aligns);
  return !has_file (material, info) || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s would be replaced, and the batch is made with it", path);
}

gboolean
dg_clashes_check (const DiglotBatch *batch, const DgJobs *jobs, const DgAligns *aligns, GError **error)
{
  const char *const paths[] = { batch->report, batch->manifest, batch->deps };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    gboolean    is_taken = FALSE, is_stdio = g_strcmp0 (paths[i], "-") == 0;
    struct stat info;
    gboolean    is_there = paths[i] != NULL && !is_stdio && stat (paths[i], &info) == 0;

    /* Pipes and devices take whatever comes, and folders nothing. */
    if (paths[i] == NULL || (is_there && !S_ISREG (info.st_mode)))
      continue;
    if (dg_state_is_name (paths[i]))
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: names of this kind are those of the files that --update keeps", paths[i]);
    if (is_there && !check_inputs (batch, jobs, aligns, paths[i], &info, error))
      return FALSE;
    for (guint k = 0; k < i && !is_taken; k++)
      is_taken = paths[k] != NULL && is_same_place (paths[i], paths[k]);
    for (guint k = 0; k < jobs->jobs->len && !is_taken; k++) {
      const char *output = ((const DgJob *) jobs->jobs->pdata[k])->output;

      is_taken = output != NULL && is_same_place (paths[i], output);
    }
    if (is_taken && is_stdio)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "only one thing can be written to standard output");
    if (is_taken)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "more than one thing would be written to %s", paths[i]);
    if (!is_stdio)
      g_hash_table_add (jobs->outputs, g_canonicalize_filename (paths[i], NULL));
  }
  return TRUE;
}
