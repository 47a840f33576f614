/* inputs.c: inputs become jobs: folders and archives are looked through, lists are read, a shard's own are kept. */
#include "batch/inputs.h"

#include "batch/joblist.h"
#include "batch/shard.h"
#include "batch/spool.h"
#include "batch/unpack.h"
#include "base/refuse.h"
#include "base/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_MAX_BYTES (64 * 1024) /* in a list; no system has longer ones */
#define BLOCK          (64 * 1024)

typedef struct {
  const DiglotBatch *batch;
  DgJobs            *list;
  DgFound           *found;
  const DgJobLine   *line; /* of a job list, that the input at hand is of; NULL */
  const DgForm      *form; /* of that line */
  DgMarks           *seen; /* path and place below the output folder, so that what is named twice is set once; NULL: nothing can be */
} Finder;

DiglotMessage *
dg_inputs_new_warning (const char *file, const char *code, const char *text)
{
  DiglotMessage *message = g_new0 (DiglotMessage, 1);

  message->file = g_strdup (file);
  message->severity = DIGLOT_SEVERITY_WARNING;
  message->code = g_strdup (code);
  message->text = g_strdup (text);
  return message;
}

static gboolean
is_stdio (const char *path)
{
  return strcmp (path, "-") == 0;
}

/* Where the line of a list wants the output: a folder's and an archive's keep their places below it. */
static char *
dup_wanted (const Finder *finder, const char *below, gboolean is_one)
{
  const char      *output = finder->line != NULL ? finder->line->output : NULL;
  g_autofree char *name = NULL;

  if (output == NULL || finder->batch->format == DIGLOT_FORMAT_CHECK)
    return NULL;
  if (is_one && !g_str_has_suffix (output, "/"))
    return g_strdup (output);
  name = diglot_output_name (below, finder->batch->format);
  return g_build_filename (output, name, NULL);
}

/* The job of the dispatch found as the @number-th, still to be kept.  NULL where it is there already, or another shard's. */
static DgJob *
new_job (Finder *finder, guint number, const char *path, const char *member, const char *below, gboolean is_one)
{
  const char      *file = is_stdio (path) || strcmp (path, DG_SPOOL_PATH) == 0 ? "<stdin>" : path;
  g_autofree char *wanted = NULL, *shown = NULL;
  DgJob           *job;

  /* A list's dispatches may all have one name, in folders of their own. */
  if (!dg_shard_has (finder->batch, finder->line != NULL && member == NULL ? path : below))
    return NULL;
  wanted = dup_wanted (finder, below, is_one);
  if (finder->seen != NULL && member == NULL) {
    g_autofree char *real = g_canonicalize_filename (path, NULL);
    g_autofree char *key = g_strdup_printf ("%s\n%s\n%s\n%s", real, below, wanted != NULL ? wanted : "", finder->form != NULL ? finder->form->where : "");

    if (!dg_marks_add (finder->seen, key)) {
      finder->found->twice++;
      return NULL;
    }
  }
  shown = member != NULL ? g_strconcat (file, "!", member, NULL) : g_strdup (file);
  job = dg_job_new (number, path, member, below, shown);
  job->form = finder->form;
  job->wanted = g_steal_pointer (&wanted);
  return job;
}

/* Takes @job; nothing for NULL. */
static void
keep_job (const Finder *finder, DgJob *job)
{
  g_autoptr (GBytes) bytes = job != NULL ? dg_job_to_bytes (job, finder->list->forms) : NULL;

  if (job == NULL)
    return;
  dg_store_add (finder->list->jobs, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  dg_job_free (job);
}

static void
add_place (const Finder *finder, const char *path)
{
  g_ptr_array_add (finder->list->places, g_strdup (path));
}

static void
add_file (Finder *finder, const char *path, const char *below, gboolean is_one)
{
  DgJob *job = new_job (finder, ++finder->found->number, path, NULL, below, is_one);

  struct stat info;

  if (job != NULL && finder->batch->watch)
    add_place (finder, path);
  if (job != NULL && finder->batch->shard_by_size && stat (path, &info) == 0)
    job->size = (guint64) info.st_size;
  keep_job (finder, job);
}

/* What there is none of. */
static const char *
name_wanted (const Finder *finder)
{
  return finder->batch->include != NULL ? N_ ("file that --include chooses") : "*.txt";
}

/* What hides dispatches stands for itself: it is one that fails.  Takes @problem. */
static void
add_failure (Finder *finder, const char *path, const char *below, GError *problem)
{
  DgJob *job = new_job (finder, ++finder->found->number, path, NULL, below, TRUE);

  if (job != NULL)
    job->problem = problem;
  else
    g_error_free (problem);
  keep_job (finder, job);
}

/* Folders */

typedef struct {
  Finder     *finder;
  const char *folder;
} Walk;

static void
add_found (const char *below, const char *problem, gpointer data)
{
  const Walk      *walk = data;
  g_autofree char *path = *below != '\0' ? g_build_filename (walk->folder, below, NULL) : g_strdup (walk->folder);
  g_autofree char *base = *below == '\0' ? g_path_get_basename (path) : NULL;

  if (problem == NULL)
    add_file (walk->finder, path, below, FALSE);
  else
    add_failure (walk->finder, path, base != NULL ? base : below, g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_READ, problem));
}

static void
add_folder (Finder *finder, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (folder);
  guint            before = finder->found->number;

  finder->found->several = TRUE;
  add_place (finder, folder);
  dg_walk (folder, finder->batch->include, add_found, &(Walk){ .finder = finder, .folder = folder }, &error);
  /* What is watched may come to have some. */
  if (finder->found->number == before && (error != NULL || !finder->batch->watch))
    add_failure (finder, folder, base,
                 error != NULL ? g_steal_pointer (&error)
                               : g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_READ, N_ ("no %s below this directory"), name_wanted (finder)));
}

/* Archives */

static void
add_archive (Finder *finder, const char *path)
{
  const gboolean is_stdin = strcmp (path, DG_SPOOL_PATH) == 0, is_single = dg_archive_is_single (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgUnpack) unpack = dg_unpack_new (finder->batch, path);
  guint n;
  g_autoptr (GPtrArray) members = dg_unpack_list (unpack, &n, &error);
  g_autofree char *base = is_stdin ? g_strdup ("stdin") : g_path_get_basename (path);
  guint            before = finder->found->number;

  finder->found->several = finder->found->several || !is_single;
  if (finder->found->archive == NULL && !is_single && (finder->line == NULL || finder->line->output == NULL))
    finder->found->archive = g_strdup (is_stdin ? "<stdin>" : path);
  if (!is_stdin)
    add_place (finder, path);
  for (guint i = 0; i < members->len; i++) {
    const DgMember *member = members->pdata[i];
    DgJob          *job = new_job (finder, before + 1 + member->nth, path, member->name, member->name, is_single);

    if (job == NULL)
      continue;
    job->index = member->index;
    job->size = member->size;
    job->picture = g_strdup (member->picture);
    job->picture_index = member->picture_index;
    if (member->changed)
      job->note = dg_inputs_new_warning (job->shown, "input.unsafe-name", N_ ("the member's own name is not safe; this one takes its place"));
    keep_job (finder, job);
  }
  finder->found->number += n;
  /* What cannot be read of it is a dispatch that fails; those before are done. */
  if (error != NULL || n == 0)
    add_failure (finder, path, base,
                 error != NULL ? g_steal_pointer (&error) : g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_READ, N_ ("no %s in this archive"), name_wanted (finder)));
}

/* Standard input may be an archive, whatever it came from. */
static void
add_stdin (Finder *finder)
{
  g_autoptr (GError) error = NULL;
  gboolean is_archive;

  if (!dg_spool_stdin (&is_archive, &error))
    add_failure (finder, "-", "stdin", g_steal_pointer (&error));
  else if (is_archive)
    add_archive (finder, DG_SPOOL_PATH);
  else
    keep_job (finder, new_job (finder, ++finder->found->number, "-", NULL, "stdin", TRUE));
}

/* Lists */

static gboolean
add_input (Finder *finder, const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  struct stat      info;

  if (*path == '\0')
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "an input's name is empty");
  if (is_stdio (path)) {
    if (finder->found->has_stdin)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "standard input can be read only once");
    finder->found->has_stdin = TRUE;
    add_stdin (finder);
  } else if (stat (path, &info) == 0 && S_ISDIR (info.st_mode)) {
    add_folder (finder, path);
  } else if (dg_archive_is_name (path) || dg_archive_is_single (path)) {
    add_archive (finder, path);
  } else {
    add_file (finder, path, base, TRUE);
  }
  return TRUE;
}

/* The @number-th line of the list @path, or what stands between two NULs. */
typedef gboolean (*TakeLine) (Finder *finder, const char *path, char *line, gsize length, guint number, gpointer data, GError **error);

/* One name of a list, which may come from another system. */
static gboolean
add_listed (Finder *finder, const char *path, char *name, gsize length, guint number G_GNUC_UNUSED, gpointer data, GError **error)
{
  const gboolean is_null = data != NULL;

  if (!is_null && memchr (name, '\0', length) != NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "the list %s has a NUL in it, which no file's name has; --null reads names that end in one", path);
  if (!is_null && length > 0 && name[length - 1] == '\r')
    name[length - 1] = '\0';
  if (!is_null && *name == '@')
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "the list %s names a list (%s); a file of this name is ./%s", path, name, name);
  return *name == '\0' || add_input (finder, name, error);
}

static gboolean
read_list (Finder *finder, const char *path, int fd, guint8 end, TakeLine take, gpointer data, GError **error)
{
  g_autoptr (GByteArray) held = g_byte_array_new (); /* what has no end yet */
  guint8 block[BLOCK];
  guint  number = 0;
  gssize n;

  while ((n = read (fd, block, sizeof block)) != 0) {
    gsize from = 0;

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "the list %s: cannot be read: %s", path, g_strerror (errno));
    for (gsize i = 0; i < (gsize) n; i++) {
      if (block[i] != end)
        continue;
      g_byte_array_append (held, block + from, (guint) (i - from));
      g_byte_array_append (held, (const guint8 *) "", 1);
      if (!take (finder, path, (char *) held->data, held->len - 1, ++number, data, error))
        return FALSE;
      g_byte_array_set_size (held, 0);
      from = i + 1;
    }
    g_byte_array_append (held, block + from, (guint) ((gsize) n - from));
    if (held->len > NAME_MAX_BYTES)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "the list %s has a name longer than any file's", path);
  }
  g_byte_array_append (held, (const guint8 *) "", 1);
  return take (finder, path, (char *) held->data, held->len - 1, ++number, data, error);
}

/* @path, "-" for standard input, line by line. */
static gboolean
open_list (Finder *finder, const char *path, guint8 end, TakeLine take, gpointer data, GError **error)
{
  const gboolean is_stdin = is_stdio (path);
  int            fd = STDIN_FILENO;
  gboolean       is_read;

  if (is_stdin && finder->found->has_stdin)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "standard input can be read only once");
  finder->found->has_stdin = finder->found->has_stdin || is_stdin;
  finder->found->several = TRUE;
  if (!is_stdin && (fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY)) < 0)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "the list %s: cannot be read: %s", path, g_strerror (errno));
  if (!is_stdin)
    add_place (finder, path);
  is_read = read_list (finder, path, fd, end, take, data, error);
  if (!is_stdin)
    close (fd);
  return is_read;
}

/* One input a line, or each with a NUL behind it: "@-0" is such a list on standard input. */
static gboolean
add_list (Finder *finder, const char *path, GError **error)
{
  gboolean is_null = finder->batch->null || strcmp (path, "-0") == 0;

  return open_list (finder, strcmp (path, "-0") == 0 ? "-" : path, is_null ? '\0' : '\n', add_listed, is_null ? finder : NULL, error);
}

/* Lists of jobs */

/* What is to be one dispatch's output, by its ending. */
static gboolean
check_format (const DiglotBatch *batch, const char *output, GError **error)
{
  g_autofree char *base = g_path_get_basename (output);
  const char      *dot = strrchr (base, '.');
  DiglotFormat     other;

  if (batch->format == DIGLOT_FORMAT_CHECK || dot == NULL || dot == base || g_str_has_suffix (output, "/"))
    return TRUE;
  if (!diglot_format_find_by_output (base, &other))
    return !batch->format_by_output || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: there is no format \"%s\"", output, dot + 1);
  return other == batch->format
         || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s: the ending says %s, and %s is to be made; --to %s makes it", output, diglot_format_name (other),
                       diglot_format_name (batch->format), diglot_format_name (other));
}

/* Below what --output names a list leads nowhere else, whoever wrote it. */
static gboolean
check_wanted (const DiglotBatch *batch, const char *output, GError **error)
{
  g_auto (GStrv) names = g_strsplit (output, "/", -1);
  guint n = g_strv_length (names);

  if (is_stdio (output))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "standard output is no dispatch's own; --output - makes an archive of all");
  if (batch->output == NULL)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (*names[i] == '\0' ? i + 1 < n || n == 1 : strcmp (names[i], "..") == 0 || strcmp (names[i], ".") == 0)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s leads out of what --output names, or is no plain name", output);
  return TRUE;
}

static gboolean
add_line (Finder *finder, const char *path, const DgJobLine *line, guint number, GError **error)
{
  g_autofree char *where = g_strdup_printf ("%s:%u", is_stdio (path) ? "<stdin>" : path, number);
  GError          *problem = NULL;
  struct stat      info;
  gboolean         is_one = stat (line->input, &info) != 0 || !S_ISDIR (info.st_mode);

  is_one = is_one && !dg_archive_is_name (line->input);
  if (*line->input == '@')
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "names a list (%s); a file of this name is ./%s", line->input, line->input);
  if (line->output != NULL
      && (!check_wanted (finder->batch, line->output, error) || (is_one && !is_stdio (line->input) && !check_format (finder->batch, line->output, error))))
    return FALSE;
  finder->form = dg_forms_find (finder->list->forms, line->template_name, line->languages, where, &problem);
  if (problem != NULL) {
    g_propagate_error (error, problem);
    return FALSE;
  }
  finder->list->is_wanted = finder->list->is_wanted || line->output != NULL;
  return add_input (finder, line->input, error);
}

static gboolean
add_job_line (Finder *finder, const char *path, char *text, gsize length, guint number, gpointer data, GError **error)
{
  g_auto (DgJobLine) line = { 0 };
  gboolean is_taken = dg_joblist_read (data, text, length, &line, error);

  finder->line = &line;
  is_taken = is_taken && (line.input == NULL || add_line (finder, path, &line, number, error));
  finder->line = NULL;
  finder->form = NULL;
  if (!is_taken)
    g_prefix_error (error, "%s:%u: ", is_stdio (path) ? "<stdin>" : path, number);
  return is_taken;
}

gboolean
dg_inputs_find (const DiglotBatch *batch, DgJobs *list, DgFound *found, GError **error)
{
  const char *const *inputs = batch->inputs;
  const char        *jobs = batch->job_list;
  const gboolean     is_one = jobs == NULL && inputs != NULL && inputs[0] != NULL && inputs[1] == NULL && inputs[0][0] != '@';
  g_autoptr (DgMarks) seen = is_one ? NULL : dg_marks_new (); /* one input names nothing twice */
  Finder finder = { .batch = batch, .list = list, .found = found, .seen = seen };

  if ((inputs == NULL || inputs[0] == NULL) && jobs == NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "no input; diglot --help tells more");
  for (guint i = 0; inputs != NULL && inputs[i] != NULL; i++)
    if (!(inputs[i][0] == '@' ? add_list (&finder, inputs[i] + 1, error) : add_input (&finder, inputs[i], error)))
      return FALSE;
  if (jobs != NULL) {
    g_autoptr (DgJobList) lines = dg_joblist_new (jobs);

    return open_list (&finder, jobs, '\n', add_job_line, lines, error);
  }
  return TRUE;
}
