/* jobs.c: outputs are chosen, and clashes resolved. */
#include "batch/jobs.h"

#include "batch/inputs.h"
#include "batch/pack.h"
#include "batch/shard.h"
#include "base/output.h"
#include "base/refuse.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  const DiglotBatch *batch;
  DgJobs            *list;
  DgFound            found;
} Finder;

void
dg_jobs_free (DgJobs *jobs)
{
  if (jobs == NULL)
    return;
  g_ptr_array_unref (jobs->jobs);
  g_ptr_array_unref (jobs->places);
  g_hash_table_unref (jobs->inputs);
  g_hash_table_unref (jobs->outputs);
  g_hash_table_unref (jobs->folders);
  dg_forms_free (jobs->forms);
  g_free (jobs->folder);
  g_free (jobs->archive);
  g_free (jobs);
}

static gboolean
is_stdio (const char *path)
{
  return strcmp (path, "-") == 0;
}

/* Outputs */

/* Several things that show pages cannot follow each other on standard output but in an archive. */
static gboolean
is_output_archive (const Finder *finder)
{
  const DiglotBatch *batch = finder->batch;

  if (batch->output == NULL || batch->bundle || batch->learn)
    return FALSE;
  return is_stdio (batch->output) ? (finder->found.number > 1 || finder->found.several) && dg_output_shows_pages (batch->format)
                                  : dg_pack_is_name (batch->output) && !g_file_test (batch->output, G_FILE_TEST_IS_DIR);
}

static gboolean
is_output_folder (const Finder *finder)
{
  const char *output = finder->batch->output;

  if (output == NULL || is_stdio (output) || finder->batch->bundle || finder->batch->learn)
    return FALSE;
  if (g_file_test (output, G_FILE_TEST_IS_DIR) || g_str_has_suffix (output, "/"))
    return TRUE;
  return (finder->found.number > 1 || finder->found.several) && !g_file_test (output, G_FILE_TEST_EXISTS)
         && !diglot_format_find_by_output (output, &(DiglotFormat){ 0 });
}

/* "dir/a~2.pdf" of "dir/a.pdf". */
static char *
dup_numbered (const char *name, guint number)
{
  const char *slash = strrchr (name, '/');
  const char *dot = strrchr (slash != NULL ? slash : name, '.');

  dot = dot != NULL ? dot : name + strlen (name);
  return g_strdup_printf ("%.*s~%u%s", (int) (dot - name), name, number, dot);
}

/* @wanted, or a numbered name where that is in @taken or in @folders; @note is told then. */
static char *
dup_untaken (GHashTable *taken, GHashTable *folders, const DgJob *job, const char *wanted, DiglotMessage **note)
{
  char *path = g_strdup (wanted);

  for (guint number = 2;; number++) {
    g_autofree char *full = g_canonicalize_filename (path, NULL);

    if (!g_hash_table_contains (taken, full) && !g_hash_table_contains (folders, full))
      break;
    g_free (path);
    path = dup_numbered (wanted, number);
  }
  if (strcmp (path, wanted) != 0) {
    g_autofree char *text = g_strdup_printf (N_ ("%s is taken by another output; this one's is %s"), wanted, path);

    *note = dg_inputs_new_warning (job->shown, "output.clash", text);
  }
  return path;
}

char *
dg_jobs_dup_late_output (const DgJobs *jobs, const DgJob *job, const char *wanted, DiglotMessage **note)
{
  return jobs->folder != NULL || jobs->archive != NULL || jobs->is_wanted ? dup_untaken (jobs->outputs, jobs->folders, job, wanted, note) : g_strdup (wanted);
}

/* Below an output folder the first dispatch of a name has it, a later one a numbered name of its own; folders come before both. */
static void
resolve_clashes (const DgJobs *list)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       kept;

  g_hash_table_iter_init (&iter, list->outputs);
  while (g_hash_table_iter_next (&iter, &kept, NULL))
    g_hash_table_add (taken, g_strdup (kept));
  for (guint i = 0; i < list->jobs->len; i++) {
    DgJob *job = list->jobs->pdata[i];
    g_autoptr (DiglotMessage) note = NULL;
    g_autofree char *wanted = g_steal_pointer (&job->output);

    job->output = job->problem == NULL ? dup_untaken (taken, list->folders, job, wanted, &note) : g_strdup (wanted);
    if (job->problem == NULL)
      g_hash_table_add (taken, g_canonicalize_filename (job->output, NULL));
    if (job->note == NULL)
      job->note = g_steal_pointer (&note);
  }
}

/* Those that @path lies in. */
static void
add_folders (const DgJobs *list, const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  char            *folder = g_path_get_dirname (full);

  /* What is above one that is there already is there too. */
  while (g_hash_table_add (list->folders, folder))
    folder = g_path_get_dirname (folder);
}

/* Dumps and the like go to standard output where no other place is named. */
static gboolean
has_files (DiglotFormat format)
{
  return dg_output_shows_pages (format) || dg_output_is_memory (format) || format == DIGLOT_FORMAT_JSON;
}

gboolean
dg_jobs_go_together (const DiglotBatch *batch, const DgJobs *jobs)
{
  return batch->bundle || batch->learn
         || (dg_output_is_memory (batch->format) && batch->output != NULL && jobs->folder == NULL && jobs->archive == NULL && jobs->jobs->len > 1);
}

/* "3f/dir/a.pdf" of "dir/a.pdf": so many digits of a digest of the dispatch's name, that folders of millions are none. */
static char *
dup_fanned (const char *name, const char *below, guint digits)
{
  g_autofree char *digest = digits > 0 ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, below, -1) : NULL;

  return digits > 0 ? g_strdup_printf ("%.*s/%s", (int) digits, digest, name) : g_strdup (name);
}

static const char *const site_names[] = { DG_JOBS_SITE_INDEX, DG_JOBS_SITE_FEED };

gboolean
dg_jobs_make_site (const DiglotBatch *batch, const DgJobs *jobs)
{
  return batch->format == DIGLOT_FORMAT_HTML && jobs->folder != NULL && batch->shards == 0;
}

gboolean
dg_jobs_is_site_file (const DgJobs *jobs, const char *path)
{
  g_autofree char *place = dg_jobs_dup_place (path);

  for (guint i = 0; i < G_N_ELEMENTS (site_names); i++) {
    g_autofree char *own = g_build_filename (jobs->folder, site_names[i], NULL), *own_place = dg_jobs_dup_place (own);

    if (strcmp (place, own_place) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
keep_site (const DgJobs *jobs)
{
  for (guint i = 0; i < G_N_ELEMENTS (site_names); i++) {
    g_autofree char *path = g_build_filename (jobs->folder, site_names[i], NULL);

    dg_jobs_keep (jobs, path);
  }
}

static void
choose_outputs (const Finder *finder)
{
  const DiglotBatch *batch = finder->batch;

  if (is_output_archive (finder))
    finder->list->archive = g_strdup (batch->output);
  else if (is_output_folder (finder))
    finder->list->folder = g_strdup (batch->output);
  for (guint i = 0; i < finder->list->jobs->len && batch->format != DIGLOT_FORMAT_CHECK; i++) {
    DgJob *job = finder->list->jobs->pdata[i];

    if (finder->list->folder != NULL || finder->list->archive != NULL) {
      g_autofree char *name = diglot_output_name (job->below, batch->format), *fanned = dup_fanned (name, job->below, batch->fan_out);

      if (job->wanted != NULL) {
        g_free (fanned);
        fanned = g_strdup (job->wanted);
      }

      job->output = finder->list->folder != NULL ? g_build_filename (batch->output, fanned, NULL) : g_strconcat (batch->output, "!", fanned, NULL);
    } else if (batch->output != NULL) {
      job->output = g_strdup (batch->output);
    } else if (job->wanted != NULL) {
      job->output = g_strdup (job->wanted);
    } else if (is_stdio (job->path) || !has_files (batch->format)) {
      job->output = g_strdup ("-");
    } else {
      /* A packed file's is beside it, as the file's that is packed would be. */
      g_autofree char *folder = job->member != NULL ? g_path_get_dirname (job->path) : NULL;
      g_autofree char *name =
        folder != NULL && strcmp (folder, ".") != 0 ? g_build_filename (folder, job->member, NULL) : g_strdup (folder != NULL ? job->member : job->path);

      job->output = diglot_output_name (name, batch->format);
    }
    if (job->problem == NULL && !is_stdio (job->output))
      add_folders (finder->list, job->output);
  }
  if (dg_jobs_make_site (batch, finder->list))
    keep_site (finder->list);
  if ((finder->list->folder != NULL || finder->list->archive != NULL || finder->list->is_wanted) && batch->format != DIGLOT_FORMAT_CHECK)
    resolve_clashes (finder->list);
}

const char *
dg_jobs_member (const DgJobs *jobs, const char *path)
{
  return path + strlen (jobs->archive) + strlen ("!");
}

char *
dg_jobs_dup_place (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  char *place = *path == '/' ? g_strdup ("/") : g_get_current_dir ();

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *before = place, *next = NULL, *real = NULL;

    if (strcmp (names[i], "..") == 0) {
      place = g_path_get_dirname (before);
      continue;
    }
    next = g_build_filename (before, strcmp (names[i], ".") != 0 ? names[i] : "", NULL);
    real = realpath (next, NULL);
    place = g_strdup (real != NULL ? real : next);
  }
  return place;
}

gboolean
dg_jobs_stat (const char *path, struct stat *info)
{
  g_autofree char *place = NULL;

  if (stat (path, info) == 0)
    return TRUE;
  if (strstr (path, "/../") == NULL)
    return FALSE;
  place = dg_jobs_dup_place (path);
  return stat (place, info) == 0;
}

char *
dg_jobs_dup_identity (const char *path)
{
  struct stat info;

  if (!dg_jobs_stat (path, &info) || !S_ISREG (info.st_mode))
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) info.st_dev, (guint64) info.st_ino);
}

gboolean
dg_jobs_is_free (const DgJobs *jobs, const char *path, GError **error)
{
  g_autofree char *identity = dg_jobs_dup_identity (path);
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  if (identity != NULL && g_hash_table_contains (jobs->inputs, identity))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s would be replaced, and it is an input", path);
  if (g_hash_table_contains (jobs->outputs, full) || g_hash_table_contains (jobs->folders, full))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "more than one thing would be written to %s", is_stdio (path) ? "standard output" : path);
  return TRUE;
}

gboolean
dg_jobs_is_across (const DgJobs *jobs, const char *path)
{
  g_autofree char *at = g_canonicalize_filename (path, NULL);
  gboolean         found = g_hash_table_contains (jobs->folders, at);

  while (!found && strcmp (at, "/") != 0) {
    g_autofree char *below = at;

    at = g_path_get_dirname (below);
    found = g_hash_table_contains (jobs->outputs, at);
  }
  return found;
}

void
dg_jobs_keep (const DgJobs *jobs, const char *path)
{
  g_hash_table_add (jobs->outputs, g_canonicalize_filename (path, NULL));
  add_folders (jobs, path);
}

/* What does not go together, as far as it depends on what was found. */
static gboolean
check_options (const Finder *finder, GError **error)
{
  const DiglotBatch *batch = finder->batch;
  const char        *archive = finder->list->archive;

  if (batch->learn && (batch->bundle || batch->update || batch->watch || batch->shards > 0 || batch->gallery != NULL || batch->picture != NULL))
    return dg_refuse (error, DIGLOT_ERROR_USAGE,
                      "--learn makes one lexicon anew; it goes without --bundle, --update, --watch, --shard, --gallery and --picture");
  if (batch->learn && (batch->output == NULL || g_str_has_suffix (batch->output, "/") || g_file_test (batch->output, G_FILE_TEST_IS_DIR)))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--learn names a file for the lexicon");
  if (batch->bundle && (batch->output == NULL || g_str_has_suffix (batch->output, "/") || g_file_test (batch->output, G_FILE_TEST_IS_DIR)))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--bundle needs a file for all the dispatches: --output FILE.pdf or FILE.epub");
  if (batch->bundle
      && ((batch->format != DIGLOT_FORMAT_PDF && batch->format != DIGLOT_FORMAT_EPUB) || batch->update || batch->watch || batch->shards > 0
          || batch->gallery != NULL))
    return dg_refuse (error, DIGLOT_ERROR_USAGE,
                      "--bundle makes one PDF or EPUB anew; it goes without other formats, --check, --dump, --update, --watch, --shard and --gallery");
  if (!batch->bundle && !batch->learn && dg_jobs_go_together (batch, finder->list)
      && (batch->update || batch->watch || batch->shards > 0 || batch->gallery != NULL))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "one memory of many dispatches is made anew; it goes without --update, --watch, --shard and --gallery");
  if (batch->job_list != NULL && (batch->bundle || batch->learn))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--job-list has an output for each dispatch; it goes without --bundle and --learn");
  if (batch->picture != NULL && finder->found.number > 1)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--picture goes with one dispatch, and there are %u", finder->found.number);
  if (finder->found.archive != NULL && batch->output == NULL && has_files (batch->format))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--output names the folder for what is made from the archive %s", finder->found.archive);
  if (archive != NULL && (batch->gallery != NULL || batch->manifest != NULL || batch->deps != NULL || batch->watch))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--gallery, --manifest, --deps and --watch want files; --output names an archive");
  if (archive != NULL && is_stdio (archive) && batch->update)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "what went to standard output cannot be taken up again; --update wants a file");
  if (archive != NULL && is_stdio (archive) && isatty (STDOUT_FILENO))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "an archive is not written to a terminal; --output names a file");
  return archive == NULL || is_stdio (archive) || dg_jobs_is_free (finder->list, archive, error);
}

/* A file's ending says what is in it, to people and to programs.  What takes anything, a pipe or a device, may have any name. */
static gboolean
check_ending (const Finder *finder, GError **error)
{
  const DiglotBatch *batch = finder->batch;
  g_autofree char   *base = batch->output != NULL ? g_path_get_basename (batch->output) : NULL;
  const char        *dot = base != NULL ? strrchr (base, '.') : NULL;
  DiglotFormat       other;

  if (dot == NULL || dot == base || dot[1] == '\0' || finder->list->folder != NULL || finder->list->archive != NULL || batch->learn || is_stdio (batch->output)
      || (g_file_test (batch->output, G_FILE_TEST_EXISTS) && !g_file_test (batch->output, G_FILE_TEST_IS_REGULAR)))
    return TRUE;
  if (!diglot_format_find_by_output (base, &other)) {
    const char *name = diglot_format_name (batch->format);

    return !batch->format_by_output
           || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: there is no format \"%s\"; --to %s would write a %s under that name", batch->output, dot + 1, name,
                         name);
  }
  return other == batch->format
         || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: the ending says %s, and %s is to be made", batch->output, diglot_format_name (other),
                       diglot_format_name (batch->format));
}

/* No output may take the place of an input or of another output. */
static gboolean
check_outputs (const Finder *finder, GError **error)
{
  const DiglotBatch *batch = finder->batch;
  const DgJobs      *list = finder->list;

  for (guint i = 0; i < list->places->len; i++) {
    char *identity = dg_jobs_dup_identity (list->places->pdata[i]);

    if (identity != NULL)
      g_hash_table_add (list->inputs, identity);
  }
  for (guint i = 0; i < list->jobs->len; i++) {
    const DgJob *job = list->jobs->pdata[i];

    if (job->output == NULL || job->problem != NULL || (is_stdio (job->output) && !dg_output_shows_pages (batch->format)))
      continue;
    if (is_stdio (job->output) && batch->format != DIGLOT_FORMAT_SVG && batch->format != DIGLOT_FORMAT_HTML && isatty (STDOUT_FILENO))
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "a %s is not written to a terminal; --output names a file",
                        batch->format == DIGLOT_FORMAT_PNG    ? "PNG"
                        : batch->format == DIGLOT_FORMAT_EPUB ? "EPUB"
                                                              : "PDF");
    if (!(dg_jobs_go_together (batch, list) && i > 0) && !dg_jobs_is_free (list, job->output, error))
      return FALSE;
    g_hash_table_add (list->outputs, g_canonicalize_filename (job->output, NULL));
  }
  return TRUE;
}

DgJobs *
dg_jobs_new (const DiglotBatch *batch, GError **error)
{
  g_autoptr (DgJobs) list = g_new0 (DgJobs, 1);
  Finder   finder = { .batch = batch, .list = list };
  gboolean is_usable;

  list->jobs = g_ptr_array_new_with_free_func (dg_inputs_free_job);
  list->forms = dg_forms_new ();
  list->places = g_ptr_array_new_with_free_func (g_free);
  list->inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list->outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (batch->output != NULL && *batch->output == '\0') {
    dg_refuse (error, DIGLOT_ERROR_USAGE, "--output is empty");
    return NULL;
  }
  is_usable = dg_inputs_find (batch, list, &finder.found, error);
  if (is_usable)
    choose_outputs (&finder);
  if (is_usable && batch->watch && finder.found.has_stdin)
    is_usable = dg_refuse (error, DIGLOT_ERROR_USAGE, "--watch looks at files, and standard input is none");
  is_usable = is_usable && check_ending (&finder, error) && check_outputs (&finder, error) && check_options (&finder, error);
  list->found = finder.found.number;
  list->twice = finder.found.twice;
  g_free (finder.found.archive);
  return is_usable ? g_steal_pointer (&list) : NULL;
}
