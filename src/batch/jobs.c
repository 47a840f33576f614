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
  dg_store_free (jobs->jobs);
  g_ptr_array_unref (jobs->places);
  dg_marks_free (jobs->inputs);
  dg_marks_free (jobs->outputs);
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
dup_untaken (const DgMarks *taken, GHashTable *folders, const DgJob *job, const char *wanted, DiglotMessage **note)
{
  char *path = g_strdup (wanted);

  for (guint number = 2;; number++) {
    g_autofree char *full = g_canonicalize_filename (path, NULL);

    if (!dg_marks_has (taken, full) && !g_hash_table_contains (folders, full))
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

guint
dg_jobs_count (const DgJobs *jobs)
{
  return dg_store_count (jobs->jobs);
}

DgJob *
dg_jobs_dup (const DgJobs *jobs, guint nth)
{
  g_autoptr (GBytes) bytes = dg_store_get (jobs->jobs, nth);

  /* There is no going on without the list of what is to be done. */
  if (bytes == NULL)
    g_error ("diglot: the temporary file with the list of dispatches cannot be read any more");
  return dg_job_from_bytes (bytes, jobs->forms);
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
         || (dg_output_is_memory (batch->format) && batch->output != NULL && jobs->folder == NULL && jobs->archive == NULL && dg_jobs_count (jobs) > 1);
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

/* Before clashes are looked for; NULL where nothing is made. */
static char *
dup_output (const Finder *finder, const DgJob *job)
{
  const DiglotBatch *batch = finder->batch;

  if (batch->format == DIGLOT_FORMAT_CHECK)
    return NULL;
  if (finder->list->folder != NULL || finder->list->archive != NULL) {
    g_autofree char *name = diglot_output_name (job->below, batch->format);
    g_autofree char *place = job->wanted != NULL ? g_strdup (job->wanted) : dup_fanned (name, job->below, batch->fan_out);

    return finder->list->folder != NULL ? g_build_filename (batch->output, place, NULL) : g_strconcat (batch->output, "!", place, NULL);
  }
  if (batch->output != NULL)
    return g_strdup (batch->output);
  if (job->wanted != NULL)
    return g_strdup (job->wanted);
  if (is_stdio (job->path) || !has_files (batch->format))
    return g_strdup ("-");

  /* A packed file's is beside it, as the file's that is packed would be. */
  g_autofree char *folder = job->member != NULL ? g_path_get_dirname (job->path) : NULL;
  g_autofree char *name =
    folder != NULL && strcmp (folder, ".") != 0 ? g_build_filename (folder, job->member, NULL) : g_strdup (folder != NULL ? job->member : job->path);

  return diglot_output_name (name, batch->format);
}

/* Folders come before files that would stand in their places. */
static void
choose_place (const Finder *finder)
{
  if (is_output_archive (finder))
    finder->list->archive = g_strdup (finder->batch->output);
  else if (is_output_folder (finder))
    finder->list->folder = g_strdup (finder->batch->output);
  for (guint i = 0; i < dg_jobs_count (finder->list); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (finder->list, i);
    g_autofree char *output = dup_output (finder, job);

    if (output != NULL && job->problem == NULL && !is_stdio (output))
      add_folders (finder->list, output);
  }
  if (dg_jobs_make_site (finder->batch, finder->list))
    keep_site (finder->list);
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

static void
add_identity (DgMarks *marks, const char *path)
{
  g_autofree char *identity = dg_jobs_dup_identity (path);

  if (identity != NULL)
    dg_marks_add (marks, identity);
}

/* All are looked at once one of the places to be written to has something in it, which a first run into a folder does not see. */
gboolean
dg_jobs_is_input (DgJobs *jobs, const char *identity)
{
  g_autofree char *before = NULL;

  if (jobs->inputs == NULL) {
    jobs->inputs = dg_marks_new ();
    for (guint i = 0; i < jobs->places->len; i++)
      add_identity (jobs->inputs, jobs->places->pdata[i]);
    for (guint i = 0; i < dg_jobs_count (jobs); i++) {
      g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);

      if (!is_stdio (job->path) && g_strcmp0 (job->path, before) != 0)
        add_identity (jobs->inputs, job->path);
      g_free (before);
      before = g_steal_pointer (&job->path);
    }
  }
  return dg_marks_has (jobs->inputs, identity);
}

gboolean
dg_jobs_is_free (DgJobs *jobs, const char *path, GError **error)
{
  g_autofree char *identity = dg_jobs_dup_identity (path);
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  if (identity != NULL && dg_jobs_is_input (jobs, identity))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s would be replaced, and it is an input", path);
  if (dg_marks_has (jobs->outputs, full) || g_hash_table_contains (jobs->folders, full))
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
    found = dg_marks_has (jobs->outputs, at);
  }
  return found;
}

void
dg_jobs_keep (const DgJobs *jobs, const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  dg_marks_add (jobs->outputs, full);
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
    const char *name = diglot_format_name (batch->format), *nearest = dg_format_nearest (dot + 1, DIGLOT_FORMAT_KIND_FILE);

    if (batch->format_by_output && nearest != NULL)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: there is no format \"%s\"; did you mean %s?", batch->output, dot + 1, nearest);
    return !batch->format_by_output
           || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: there is no format \"%s\"; --to %s would write a %s under that name", batch->output, dot + 1, name,
                         name);
  }
  return other == batch->format
         || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: the ending says %s, and %s is to be made", batch->output, diglot_format_name (other),
                       diglot_format_name (batch->format));
}

/* Below an output folder, and where a list names outputs, the first dispatch of a name has it, a later one a numbered name of its own. */
static void
resolve (const Finder *finder, DgJob *job)
{
  g_autofree char *wanted = g_steal_pointer (&job->output);
  g_autoptr (DiglotMessage) note = NULL;

  job->output = dup_untaken (finder->list->outputs, finder->list->folders, job, wanted, &note);
  if (job->note == NULL)
    job->note = g_steal_pointer (&note);
}

static gboolean
check_terminal (DiglotFormat format, GError **error)
{
  if (format == DIGLOT_FORMAT_SVG || format == DIGLOT_FORMAT_HTML || !isatty (STDOUT_FILENO))
    return TRUE;
  return dg_refuse (error, DIGLOT_ERROR_USAGE, "a %s is not written to a terminal; --output names a file",
                    format == DIGLOT_FORMAT_PNG    ? "PNG"
                    : format == DIGLOT_FORMAT_EPUB ? "EPUB"
                                                   : "PDF");
}

/* No output may take the place of an input or of another output. */
static gboolean
settle_output (const Finder *finder, DgJob *job, gboolean is_first, GError **error)
{
  const DiglotBatch *batch = finder->batch;
  DgJobs            *list = finder->list;
  g_autofree char   *full = NULL;

  if (job->output == NULL || job->problem != NULL)
    return TRUE;
  if ((list->folder != NULL || list->archive != NULL || list->is_wanted) && !is_stdio (job->output))
    resolve (finder, job);
  if (is_stdio (job->output) && (!dg_output_shows_pages (batch->format) || !check_terminal (batch->format, error)))
    return !dg_output_shows_pages (batch->format);
  if (!(dg_jobs_go_together (batch, list) && !is_first) && !dg_jobs_is_free (list, job->output, error))
    return FALSE;
  full = g_canonicalize_filename (job->output, NULL);
  dg_marks_add (list->outputs, full);
  return TRUE;
}

/* The jobs again, with their outputs. */
static gboolean
settle_outputs (const Finder *finder, GError **error)
{
  DgJobs  *list = finder->list;
  DgStore *settled = dg_store_new (TRUE);
  gboolean is_done = TRUE;

  for (guint i = 0; is_done && i < dg_jobs_count (list); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (list, i);
    g_autoptr (GBytes) bytes = NULL;

    job->output = dup_output (finder, job);
    is_done = settle_output (finder, job, i == 0, error);
    bytes = dg_job_to_bytes (job, list->forms);
    dg_store_add (settled, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
  if (is_done) {
    dg_store_free (list->jobs);
    list->jobs = g_steal_pointer (&settled);
  }
  dg_store_free (settled);
  return is_done;
}

DgJobs *
dg_jobs_new (const DiglotBatch *batch, GError **error)
{
  g_autoptr (DgJobs) list = g_new0 (DgJobs, 1);
  Finder   finder = { .batch = batch, .list = list };
  gboolean is_usable;

  list->jobs = dg_store_new (TRUE);
  list->forms = dg_forms_new ();
  list->places = g_ptr_array_new_with_free_func (g_free);
  list->outputs = dg_marks_new ();
  list->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (batch->output != NULL && *batch->output == '\0') {
    dg_refuse (error, DIGLOT_ERROR_USAGE, "--output is empty");
    return NULL;
  }
  if (batch->shard_by_size) {
    DiglotBatch whole = *batch;

    whole.shard = whole.shards = 0;
    is_usable = dg_inputs_find (&whole, list, &finder.found, error);
    list->jobs = dg_shard_by_size (list->jobs, list->forms, batch->shard, batch->shards);
    /* All shards have seen them, and one is enough to tell. */
    finder.found.twice = batch->shard == 1 ? finder.found.twice : 0;
  } else {
    is_usable = dg_inputs_find (batch, list, &finder.found, error);
  }
  if (is_usable)
    choose_place (&finder);
  if (is_usable && batch->watch && finder.found.has_stdin)
    is_usable = dg_refuse (error, DIGLOT_ERROR_USAGE, "--watch looks at files, and standard input is none");
  is_usable = is_usable && check_ending (&finder, error) && settle_outputs (&finder, error) && check_options (&finder, error);
  list->found = finder.found.number;
  list->twice = finder.found.twice;
  g_free (finder.found.archive);
  return is_usable ? g_steal_pointer (&list) : NULL;
}
