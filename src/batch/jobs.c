/* jobs.c: inputs become jobs: folders and archives are looked through, outputs are chosen, clashes resolved, a shard is cut. */
#include "batch/jobs.h"

#include "batch/unpack.h"
#include "base/input.h"
#include "base/output.h"
#include "base/refuse.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  const DiglotBatch *batch;
  DgJobs            *list;
  GHashTable        *seen; /* path and place below the output folder, so that what is named twice is set once */
  gboolean           has_stdin;
  gboolean           found_several; /* an input stands for as many dispatches as it holds */
  const char        *archive;       /* the first one */
} Finder;

static void
free_job (gpointer data)
{
  DgJob *job = data;

  g_free (job->path);
  g_free (job->member);
  g_free (job->picture);
  g_free (job->shown);
  g_free (job->below);
  g_free (job->output);
  g_clear_error (&job->problem);
  diglot_message_free (job->note);
  g_free (job);
}

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
  g_free (jobs->folder);
  g_free (jobs);
}

static gboolean
is_stdio (const char *path)
{
  return strcmp (path, "-") == 0;
}

static DiglotMessage *
new_warning (const char *file, const char *code, const char *text)
{
  DiglotMessage *message = g_new0 (DiglotMessage, 1);

  message->file = g_strdup (file);
  message->severity = DIGLOT_SEVERITY_WARNING;
  message->code = g_strdup (code);
  message->text = g_strdup (text);
  return message;
}

/* Inputs */

/* NULL where the same dispatch is there already. */
static DgJob *
add_job (Finder *finder, const char *path, const char *member, const char *below)
{
  DgJob           *job;
  g_autofree char *real = g_canonicalize_filename (path, NULL);

  if (!g_hash_table_add (finder->seen, g_strdup_printf ("%s\n%s\n%s", real, member != NULL ? member : "", below)) && member == NULL)
    return NULL;
  job = g_new0 (DgJob, 1);
  job->path = g_strdup (path);
  job->member = g_strdup (member);
  job->below = g_strdup (below);
  job->shown = is_stdio (path) ? g_strdup ("<stdin>") : member != NULL ? g_strconcat (path, "!", member, NULL) : g_strdup (path);
  job->number = finder->list->jobs->len + 1;
  g_ptr_array_add (finder->list->jobs, job);
  return job;
}

static void
add_place (Finder *finder, const char *path)
{
  g_ptr_array_add (finder->list->places, g_strdup (path));
}

/* The dispatches of a folder.  One that is empty or cannot be read stands for itself: it is a dispatch that fails. */
static void
add_folder (Finder *finder, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = dg_input_find (folder, finder->batch->include, &error);
  g_autofree char *base = g_path_get_basename (folder);

  finder->found_several = TRUE;
  add_place (finder, folder);
  if (found == NULL || found->len == 0) {
    DgJob *job = add_job (finder, folder, NULL, base);

    if (job != NULL && found != NULL)
      job->problem =
        g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_READ, "no %s below this directory", finder->batch->include != NULL ? "file that --include chooses" : "*.txt");
    else if (job != NULL)
      job->problem = g_steal_pointer (&error);
  }
  for (guint i = 0; found != NULL && i < found->len; i++) {
    g_autofree char *path = g_build_filename (folder, found->pdata[i], NULL);

    add_job (finder, path, NULL, found->pdata[i]);
    add_place (finder, path);
  }
}

static void
add_archive (Finder *finder, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DgUnpack) unpack = dg_unpack_new (finder->batch, path);
  g_autoptr (GPtrArray) members = dg_unpack_list (unpack, &error);
  g_autofree char *base = g_path_get_basename (path);

  finder->found_several = TRUE;
  if (finder->archive == NULL)
    finder->archive = path;
  add_place (finder, path);
  for (guint i = 0; i < members->len; i++) {
    const DgMember *member = members->pdata[i];
    DgJob          *job = add_job (finder, path, member->name, member->name);

    if (job == NULL)
      continue;
    job->index = member->index;
    job->picture = g_strdup (member->picture);
    job->picture_index = member->picture_index;
    if (member->changed)
      job->note = new_warning (job->shown, "input.unsafe-name", "the member's own name is not safe; this one takes its place");
  }
  if (error == NULL && members->len > 0)
    return;

  /* What cannot be read of it is a dispatch that fails; those before are done. */
  DgJob *job = add_job (finder, path, NULL, base);

  if (job == NULL)
    return;
  job->problem = g_steal_pointer (&error);
  if (job->problem == NULL)
    job->problem =
      g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_READ, "no %s in this archive", finder->batch->include != NULL ? "file that --include chooses" : "*.txt");
}

static gboolean
add_input (Finder *finder, const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);

  if (*path == '\0')
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "an input's name is empty");
  if (is_stdio (path)) {
    if (finder->has_stdin)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "standard input can be read only once");
    finder->has_stdin = TRUE;
    add_job (finder, path, NULL, "stdin");
  } else if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    add_folder (finder, path);
  } else if (dg_archive_is_name (path)) {
    add_archive (finder, path);
  } else {
    add_job (finder, path, NULL, base);
    add_place (finder, path);
  }
  return TRUE;
}

/* One input a line, as a file name has no line end; lists may come from another system. */
static gboolean
add_list (Finder *finder, const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize       length;
  const char *data;

  if (is_stdio (path) && finder->has_stdin)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "standard input can be read only once");
  finder->has_stdin = finder->has_stdin || is_stdio (path);
  bytes = diglot_read_file (path, &problem);
  if (bytes == NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "the list %s: %s", path, problem->message);
  if (!is_stdio (path))
    add_place (finder, path);
  finder->found_several = TRUE;
  data = g_bytes_get_data (bytes, &length);
  if (length > 0 && memchr (data, '\0', length) != NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "the list %s has a NUL in it, which no file's name has", path);

  g_autofree char *text = g_strndup (data != NULL ? data : "", length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    gsize end = strlen (lines[i]);

    if (end > 0 && lines[i][end - 1] == '\r')
      lines[i][end - 1] = '\0';
    if (*lines[i] == '@')
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "the list %s names a list (%s); a file of this name is ./%s", path, lines[i], lines[i]);
    if (*lines[i] != '\0' && !add_input (finder, lines[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
find_jobs (Finder *finder, GError **error)
{
  const char *const *inputs = finder->batch->inputs;

  if (inputs == NULL || inputs[0] == NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "no input; diglot --help tells more");
  for (guint i = 0; inputs[i] != NULL; i++)
    if (!(inputs[i][0] == '@' ? add_list (finder, inputs[i] + 1, error) : add_input (finder, inputs[i], error)))
      return FALSE;
  return TRUE;
}

/* Outputs */

static gboolean
is_output_folder (const Finder *finder)
{
  const char *output = finder->batch->output;

  if (output == NULL || is_stdio (output) || finder->batch->bundle || finder->batch->learn)
    return FALSE;
  if (g_file_test (output, G_FILE_TEST_IS_DIR) || g_str_has_suffix (output, "/"))
    return TRUE;
  return (finder->list->jobs->len > 1 || finder->found_several) && !g_file_test (output, G_FILE_TEST_EXISTS)
         && !diglot_format_find_by_output (output, &(DiglotFormat){ 0 });
}

/* "dir/a~2.pdf" of "dir/a.pdf". */
static char *
dup_numbered (const char *name, guint number)
{
  const char *dot = strrchr (name, '.');

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
    g_autofree char *text = g_strdup_printf ("%s is taken by another output; this one's is %s", wanted, path);

    *note = new_warning (job->shown, "output.clash", text);
  }
  return path;
}

char *
dg_jobs_dup_late_output (const DgJobs *jobs, const DgJob *job, const char *wanted, DiglotMessage **note)
{
  return jobs->folder != NULL ? dup_untaken (jobs->outputs, jobs->folders, job, wanted, note) : g_strdup (wanted);
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
  return batch->bundle || batch->learn || (dg_output_is_memory (batch->format) && batch->output != NULL && jobs->folder == NULL && jobs->jobs->len > 1);
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

  if (is_output_folder (finder))
    finder->list->folder = g_strdup (batch->output);
  for (guint i = 0; i < finder->list->jobs->len && batch->format != DIGLOT_FORMAT_CHECK; i++) {
    DgJob *job = finder->list->jobs->pdata[i];

    if (finder->list->folder != NULL) {
      g_autofree char *name = diglot_output_name (job->below, batch->format);

      job->output = g_build_filename (batch->output, name, NULL);
    } else if (batch->output != NULL) {
      job->output = g_strdup (batch->output);
    } else if (is_stdio (job->path) || !has_files (batch->format)) {
      job->output = g_strdup ("-");
    } else {
      job->output = diglot_output_name (job->path, batch->format);
    }
    if (job->problem == NULL && !is_stdio (job->output))
      add_folders (finder->list, job->output);
  }
  if (dg_jobs_make_site (batch, finder->list))
    keep_site (finder->list);
  if (finder->list->folder != NULL && batch->format != DIGLOT_FORMAT_CHECK)
    resolve_clashes (finder->list);
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

/* A file's ending says what is in it, to people and to programs.  What takes anything, a pipe or a device, may have any name. */
static gboolean
check_ending (const Finder *finder, GError **error)
{
  const DiglotBatch *batch = finder->batch;
  g_autofree char   *base = batch->output != NULL ? g_path_get_basename (batch->output) : NULL;
  const char        *dot = base != NULL ? strrchr (base, '.') : NULL;
  DiglotFormat       other;

  if (dot == NULL || dot == base || dot[1] == '\0' || finder->list->folder != NULL || batch->learn || is_stdio (batch->output)
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
                        batch->format == DIGLOT_FORMAT_PNG ? "PNG" : "PDF");
    if (!(dg_jobs_go_together (batch, list) && i > 0) && !dg_jobs_is_free (list, job->output, error))
      return FALSE;
    g_hash_table_add (list->outputs, g_canonicalize_filename (job->output, NULL));
  }
  if (batch->learn && (batch->bundle || batch->update || batch->watch || batch->shards > 0 || batch->gallery != NULL || batch->picture != NULL))
    return dg_refuse (error, DIGLOT_ERROR_USAGE,
                      "--learn makes one lexicon anew; it goes without --bundle, --update, --watch, --shard, --gallery and --picture");
  if (batch->learn && (batch->output == NULL || g_str_has_suffix (batch->output, "/") || g_file_test (batch->output, G_FILE_TEST_IS_DIR)))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--learn names a file for the lexicon");
  if (batch->bundle && (batch->output == NULL || g_str_has_suffix (batch->output, "/") || g_file_test (batch->output, G_FILE_TEST_IS_DIR)))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--bundle needs a file for all the dispatches: --output FILE.pdf");
  if (batch->bundle && (batch->format != DIGLOT_FORMAT_PDF || batch->update || batch->watch || batch->shards > 0 || batch->gallery != NULL))
    return dg_refuse (error, DIGLOT_ERROR_USAGE,
                      "--bundle makes one PDF anew; it goes without --to, --check, --dump, --update, --watch, --shard and --gallery");
  if (!batch->bundle && !batch->learn && dg_jobs_go_together (batch, list) && (batch->update || batch->watch || batch->shards > 0 || batch->gallery != NULL))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "one memory of many dispatches is made anew; it goes without --update, --watch, --shard and --gallery");
  if (batch->picture != NULL && list->jobs->len > 1)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--picture goes with one dispatch, and there are %u", list->jobs->len);
  if (finder->archive != NULL && batch->output == NULL && has_files (batch->format))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--output names the folder for what is made from the archive %s", finder->archive);
  return TRUE;
}

/* Shards */

guint
dg_jobs_shard (const char *below, guint shards)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  guint8  bytes[32];
  gsize   length = sizeof bytes;
  guint64 number = 0;

  g_checksum_update (digest, (const guchar *) below, (gssize) strlen (below));
  g_checksum_get_digest (digest, bytes, &length);
  for (guint i = 0; i < 8; i++)
    number = number << 8 | bytes[i];
  return (guint) (number % shards) + 1;
}

static void
cut_shard (const Finder *finder)
{
  const DiglotBatch *batch = finder->batch;
  GPtrArray         *part = g_ptr_array_new_with_free_func (free_job);
  GPtrArray         *all = finder->list->jobs;

  for (guint i = 0; i < all->len; i++) {
    DgJob *job = all->pdata[i];

    if (dg_jobs_shard (job->below, batch->shards) == batch->shard) {
      g_ptr_array_add (part, job);
      all->pdata[i] = NULL;
    } else {
      g_clear_pointer (&all->pdata[i], free_job);
    }
  }
  g_ptr_array_set_free_func (all, NULL);
  g_ptr_array_unref (all);
  finder->list->jobs = part;
}

DgJobs *
dg_jobs_new (const DiglotBatch *batch, GError **error)
{
  g_autoptr (DgJobs) list = g_new0 (DgJobs, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Finder finder = { .batch = batch, .list = list, .seen = seen };

  list->jobs = g_ptr_array_new_with_free_func (free_job);
  list->places = g_ptr_array_new_with_free_func (g_free);
  list->inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list->outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (batch->output != NULL && *batch->output == '\0') {
    dg_refuse (error, DIGLOT_ERROR_USAGE, "--output is empty");
    return NULL;
  }
  if (!find_jobs (&finder, error))
    return NULL;
  choose_outputs (&finder);
  if (batch->watch && finder.has_stdin) {
    dg_refuse (error, DIGLOT_ERROR_USAGE, "--watch looks at files, and standard input is none");
    return NULL;
  }
  if (!check_ending (&finder, error) || !check_outputs (&finder, error))
    return NULL;
  if (batch->shards > 0)
    cut_shard (&finder);
  return g_steal_pointer (&list);
}
