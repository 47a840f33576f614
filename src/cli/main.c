/* main.c: the command line: what is asked for, where it goes, the exit status.  All work is the library's. */
#include "cli/open.h"
#include "cli/options.h"
#include "cli/show.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_DONE, STATUS_FAILED, STATUS_UNUSABLE };

/* For one dispatch; by far more than any needs. */
#define TIMEOUT_DEFAULT 60   /* s */
#define MEMORY_DEFAULT  1024 /* MiB */

#define FAN_OUT_MAX 8 /* digits: four thousand million folders */

typedef struct {
  Arguments   arguments;
  DiglotBatch batch;
  Show        show;
  gboolean    is_watching; /* it has been said */
} Run;

/* Telling */

static void
on_progress (const DiglotTally *tally, gpointer data)
{
  cli_show_progress (&((Run *) data)->show, tally);
}

static void
on_finished (const DiglotTally *tally, gpointer data)
{
  Run *run = data;

  cli_show_summary (&run->show, tally);
  /* A unit's log, or whoever sits before it, is to see that it is ready. */
  if (run->arguments.watch && tally->signal == 0 && (!run->is_watching || tally->total > 0))
    cli_show_watching (&run->show, (const char *const *) run->arguments.inputs);
  run->is_watching = TRUE;
}

static void
on_message (const DiglotMessage *message, gpointer data)
{
  cli_show_message (&((Run *) data)->show, message);
}

static void
print_error (Run *run, const char *file, const GError *error)
{
  cli_show_error (&run->show, file, error);
}

/* What the values of options mean */

/* "pdf, png, svg and json": what there is of @kind. */
static char *
dup_formats (DiglotFormatKind kind)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (DiglotFormat format = 0; diglot_format_name (format) != NULL; format++)
    if (diglot_format_kind (format) == kind)
      g_ptr_array_add (names, (char *) diglot_format_name (format));
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i + 1 < names->len ? ", " : " and ", (const char *) names->pdata[i]);
  return g_string_free (text, FALSE);
}

static gboolean
find_format (const char *name, DiglotFormatKind kind, DiglotFormat *format, GError **error)
{
  g_autofree char *names = dup_formats (kind);
  const char      *what = kind == DIGLOT_FORMAT_KIND_DUMP ? N_ ("stage") : N_ ("format"), *nearest = dg_format_nearest (name, kind);

  if (diglot_format_find (name, kind, format))
    return TRUE;
  if (nearest != NULL)
    return cli_refuse (error, "there is no %s \"%s\"; did you mean %s?", what, name, nearest);
  return cli_refuse (error, "there is no %s \"%s\"; there are %s", what, name, names);
}

static gboolean
choose_format (Run *run, GError **error)
{
  const Arguments *a = &run->arguments;

  if ((a->check && (a->dump || a->to || a->output)) || (a->dump && a->to))
    return cli_refuse (error, a->check ? "--check makes nothing, so it goes without --output, --to and --dump" : "--dump goes without --to");
  if (a->check) {
    run->batch.format = DIGLOT_FORMAT_CHECK;
    return TRUE;
  }
  if (a->learn) { /* no pages and no pictures; what the lexicon looks like nobody asks */
    run->batch.format = DIGLOT_FORMAT_DUMP_ALIGN;
    return TRUE;
  }
  if (a->dump)
    return find_format (a->dump, DIGLOT_FORMAT_KIND_DUMP, &run->batch.format, error);
  if (a->to)
    return find_format (a->to, DIGLOT_FORMAT_KIND_FILE, &run->batch.format, error);
  run->batch.format_by_output = TRUE;
  if (a->output == NULL || !diglot_format_find_by_output (a->output, &run->batch.format))
    run->batch.format = DIGLOT_FORMAT_PDF;
  return TRUE;
}

static gboolean
choose_messages (Run *run, GError **error)
{
  static const char *const levels[] = { "all", "note", "warning", "error" };
  const Arguments         *a = &run->arguments;
  Show                    *show = &run->show;

  show->quiet = a->quiet;
  show->least = a->quiet ? DIGLOT_SEVERITY_ERROR : DIGLOT_SEVERITY_NOTE;
  if (a->diagnostics != NULL && !show->json && strcmp (a->diagnostics, "text") != 0)
    return cli_refuse (error, "--diagnostics is text or json, not \"%s\"", a->diagnostics);
  for (guint i = 0; a->messages != NULL; i++) {
    if (i == G_N_ELEMENTS (levels))
      return cli_refuse (error, "--messages is error, warning, note or all, not \"%s\"", a->messages);
    if (strcmp (a->messages, levels[i]) != 0)
      continue;
    show->all = i == 0;
    show->least = MAX (i, DIGLOT_SEVERITY_NOTE);
    break;
  }
  return TRUE;
}

static gboolean
choose_progress (Run *run, GError **error)
{
  static const char *const names[] = { [PROGRESS_AUTO] = "auto", [PROGRESS_ALWAYS] = "always", [PROGRESS_NEVER] = "never" };
  const char              *name = run->arguments.progress_name;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0) {
      run->show.progress = (Progress) i;
      return TRUE;
    }
  return name == NULL || cli_refuse (error, "--progress is auto, always or never, not \"%s\"", name);
}

/* A number from 0 to @most; @fractions: not whole ones only. */
static gboolean
read_number (const char *option, const char *text, double most, gboolean fractions, double *number, GError **error)
{
  char *end = NULL;

  *number = g_ascii_isdigit (text[0]) || text[0] == '.' ? g_ascii_strtod (text, &end) : -1;
  if (end == NULL || end == text || *end != '\0' || *number > most || (!fractions && floor (*number) != *number))
    return cli_refuse (error, "%s is a number from 0 to %.0f, not \"%s\"", option, most, text);
  return TRUE;
}

static gboolean
read_shard (Run *run, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (run->arguments.shard, "/", -1);
  guint64 shard = 0, shards = 0;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 1, 1000000, &shards, NULL)
      || !g_ascii_string_to_unsigned (parts[0], 10, 1, shards, &shard, NULL))
    return cli_refuse (error, "--shard is K/N with K from 1 to N, not \"%s\"", run->arguments.shard);
  run->batch.shard = (guint) shard;
  run->batch.shards = (guint) shards;
  return TRUE;
}

/* "bytes=N", "paragraphs=N", "pages=N". */
static gboolean
read_limit (Run *run, const char *text, GError **error)
{
  DiglotLimits *limits = &run->batch.conversion.limits;
  const struct {
    const char *name;
    guint      *limit;
  } known[] = {
    { "bytes", &limits->bytes },        { "paragraphs", &limits->paragraphs }, { "pages", &limits->pages },
    { "entries", &run->batch.entries }, { "unpacked", &run->batch.unpacked },
  };
  const char *equal = strchr (text, '=');
  guint64     number;

  for (guint i = 0; equal != NULL && i < G_N_ELEMENTS (known); i++) {
    if (strlen (known[i].name) != (gsize) (equal - text) || !g_str_has_prefix (text, known[i].name))
      continue;
    if (!g_ascii_string_to_unsigned (equal + 1, 10, 0, G_MAXUINT - 1, &number, NULL))
      return cli_refuse (error, "--limit %s is a whole number, not \"%s\"", known[i].name, equal + 1);
    *known[i].limit = number > 0 ? (guint) number : G_MAXUINT;
    return TRUE;
  }
  return cli_refuse (error, "--limit is bytes=N, paragraphs=N, pages=N, entries=N or unpacked=N, not \"%s\"", text);
}

static gboolean
choose_limits (Run *run, GError **error)
{
  const Arguments *a = &run->arguments;
  double           jobs = 0, timeout = TIMEOUT_DEFAULT, memory = MEMORY_DEFAULT, fan_out = 0, expect = 0, max_failures = 0;
  double          *min_score = &run->batch.conversion.min_score;

  if ((a->jobs != NULL && !read_number ("--jobs", a->jobs, 4096, FALSE, &jobs, error))
      || (a->timeout != NULL && !read_number ("--timeout", a->timeout, 1e6, TRUE, &timeout, error))
      || (a->memory != NULL && !read_number ("--memory", a->memory, 1e6, FALSE, &memory, error)) || (a->shard != NULL && !read_shard (run, error))
      || (a->fan_out != NULL && !read_number ("--fan-out", a->fan_out, FAN_OUT_MAX, FALSE, &fan_out, error))
      || (a->expect != NULL && !read_number ("--expect", a->expect, G_MAXUINT, FALSE, &expect, error))
      || (a->max_failures != NULL && !read_number ("--max-failures", a->max_failures, G_MAXUINT, FALSE, &max_failures, error))

      || (a->min_score != NULL && !read_number ("--min-score", a->min_score, 1, TRUE, min_score, error)))
    return FALSE;
  for (guint i = 0; a->limits != NULL && a->limits[i] != NULL; i++)
    if (!read_limit (run, a->limits[i], error))
      return FALSE;
  run->batch.jobs = (guint) jobs;
  run->batch.timeout = timeout;
  run->batch.memory = (guint) memory;
  run->batch.fan_out = (guint) fan_out;
  run->batch.expect = (guint) expect;
  run->batch.max_failures = (guint) max_failures;
  return TRUE;
}

/* Work */

static gboolean
check_names (const Run *run, GError **error)
{
  const Arguments *a = &run->arguments;
  const char      *paths[] = { a->output, a->report, a->manifest, a->deps, a->learn, a->lexicon, a->job_list };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (paths[i] != NULL && *paths[i] == '\0')
      return cli_refuse (error, "a file's name is empty");
  for (guint i = 0; a->font_dirs != NULL && a->font_dirs[i] != NULL; i++)
    if (!g_file_test (a->font_dirs[i], G_FILE_TEST_IS_DIR))
      return cli_refuse (error, "%s is not a folder of fonts", a->font_dirs[i]);
  if (a->gallery && (*a->gallery == '\0' || strcmp (a->gallery, "-") == 0))
    return cli_refuse (error, "--gallery names a folder");
  if (a->gallery && a->dump)
    return cli_refuse (error, "--gallery goes without --dump");
  if (a->sandbox && strcmp (a->sandbox, "auto") != 0 && strcmp (a->sandbox, "require") != 0 && strcmp (a->sandbox, "none") != 0)
    return cli_refuse (error, "--sandbox is auto, require or none, not \"%s\"", a->sandbox);
  if (a->sandbox && a->no_sandbox && strcmp (a->sandbox, "none") != 0)
    return cli_refuse (error, "--no-sandbox goes without --sandbox=%s", a->sandbox);
  if (a->learn && (a->output || a->to || a->dump || a->check))
    return cli_refuse (error, "--learn makes a lexicon only; it goes without --output, --to, --dump and --check");
  if (a->worker
      && (a->inputs || a->job_list || a->bundle || a->learn || a->watch || a->open || a->update || a->report || a->manifest || a->deps || a->gallery
          || a->shard))
    return cli_refuse (error, "--worker takes jobs from standard input; it goes without INPUT and the options of a batch");
  if (a->worker && a->output && strcmp (a->output, "-") == 0)
    return cli_refuse (error, "--worker: --output names the folder that jobs may write to; without it answers bring the files");
  if (a->open && (a->job_list || a->check || a->dump || a->learn || a->watch || g_strcmp0 (a->output, "-") == 0))
    return cli_refuse (error, "--open shows a file that was made; it goes without --job-list, --check, --dump, --learn, --watch and --output -");
  if (a->open && a->output == NULL && a->inputs != NULL && strcmp (a->inputs[0], "-") == 0)
    return cli_refuse (error, "--open shows a file; --output names one for standard input");
  if ((a->done || a->failed) && !a->watch)
    return cli_refuse (error, "--done and --failed go with --watch");
  if (a->shard_by && strcmp (a->shard_by, "name") != 0 && strcmp (a->shard_by, "size") != 0)
    return cli_refuse (error, "--shard-by is name or size, not \"%s\"", a->shard_by);
  if (a->shard_by && a->shard == NULL)
    return cli_refuse (error, "--shard-by goes with --shard");
  if (a->times && a->report == NULL)
    return cli_refuse (error, "--times goes with --report");
  return TRUE;
}

/* What --open shows: the page to look a batch through, else the output, else what stands beside the one input. */
static char *
dup_made (const Run *run)
{
  const Arguments *a = &run->arguments;
  const char      *first = a->inputs[0];
  g_autofree char *name = diglot_output_name (first, run->batch.format), *base = g_path_get_basename (name);

  if (a->gallery != NULL)
    return g_build_filename (a->gallery, "index.html", NULL);
  if (a->output != NULL && g_file_test (a->output, G_FILE_TEST_IS_DIR) && a->inputs[1] == NULL) {
    char *file = g_build_filename (a->output, base, NULL);

    if (g_file_test (file, G_FILE_TEST_EXISTS))
      return file;
    g_free (file);
  }
  if (a->output != NULL)
    return g_strdup (a->output);
  if (a->inputs[1] == NULL && g_file_test (name, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&name);
  return g_path_get_dirname (first);
}

static int
do_batch (Run *run)
{
  const Arguments *a = &run->arguments;
  g_autoptr (GError) error = NULL;
  DiglotTally        tally;
  const DiglotEvents events = { .message = on_message, .progress = on_progress, .finished = on_finished, .data = run };
  DiglotBatch       *batch = &run->batch;
  Opener             opener = { .pipe = -1 };

  batch->inputs = (const char *const *) a->inputs;
  batch->output = a->learn != NULL ? a->learn : a->output;
  batch->align = a->align;
  batch->picture = a->picture;
  batch->bundle = a->bundle;
  batch->learn = a->learn != NULL;
  batch->include = (const char *const *) a->include;
  batch->job_list = a->job_list;
  batch->null = a->null;
  batch->shard_by_size = g_strcmp0 (a->shard_by, "size") == 0;
  batch->dedupe = a->dedupe;
  batch->update = a->update;
  batch->watch = a->watch;
  batch->done = a->done;
  batch->failed = a->failed;
  batch->sandbox = !a->no_sandbox && g_strcmp0 (a->sandbox, "none") != 0;
  batch->require_sandbox = g_strcmp0 (a->sandbox, "require") == 0;
  batch->strict = a->strict;
  batch->last = TRUE;
  batch->report = a->report;
  batch->times = a->times;
  batch->manifest = a->manifest;
  batch->deps = a->deps;
  batch->gallery = a->gallery;
  batch->conversion = (DiglotOptions){
    .template_name = a->template_name,
    .settings = (const char *const *) a->settings,
    .font_dirs = (const char *const *) a->font_dirs,
    .profile = a->profile,
    .languages = a->languages,
    .encoding = a->encoding,
    .from = a->from,
    .lexicon = a->lexicon,
    .limits = batch->conversion.limits,
    .min_score = batch->conversion.min_score,
    .source_date = g_getenv ("SOURCE_DATE_EPOCH"),
    .bind_process = TRUE,
  };
  if (a->worker) {
    if (diglot_batch_serve (batch, STDIN_FILENO, STDOUT_FILENO, &error))
      return STATUS_DONE;
    print_error (run, NULL, error);
    return STATUS_UNUSABLE;
  }
  if (a->open && !cli_opener_start (&opener, &error)) {
    print_error (run, NULL, error);
    return STATUS_UNUSABLE;
  }
  if (!dg_batch_run (batch, &events, &tally, &error)) {
    print_error (run, NULL, error);
    return STATUS_UNUSABLE;
  }
  if (a->open && tally.done > tally.failed) {
    g_autofree char *made = dup_made (run);

    cli_opener_show (&opener, made);
  }
  if (tally.signal != 0) {
    /* So that the shell knows what ended it. */
    fflush (NULL);
    signal (tally.signal, SIG_DFL);
    raise (tally.signal);
  }
  if (tally.total == 1 && tally.refused == 1)
    return STATUS_UNUSABLE;
  return tally.failed > 0 || tally.unwritten > 0 || tally.unexpected || tally.stopped ? STATUS_FAILED : STATUS_DONE;
}

typedef struct {
  Run  *run;
  guint faults;
} Merge;

static void
on_merge_message (const DiglotMessage *message, gpointer data)
{
  Merge *merge = data;

  merge->faults++;
  cli_show_message (&merge->run->show, message);
}

static int
merge_reports (Run *run)
{
  const Arguments *a = &run->arguments;
  const char      *output = a->output != NULL ? a->output : "-";
  Merge            merge = { .run = run };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (a->inputs == NULL)
    cli_refuse (&error, "--merge-reports needs reports");
  else
    bytes = diglot_merge_reports ((const char *const *) a->inputs, output, &(DiglotEvents){ .message = on_merge_message, .data = &merge }, &error);
  if (bytes == NULL) {
    print_error (run, NULL, error);
    return STATUS_UNUSABLE;
  }
  if (diglot_write_file (output, bytes, &error))
    return merge.faults > 0 ? STATUS_FAILED : STATUS_DONE;
  print_error (run, output, error);
  return STATUS_FAILED;
}

/* Lists */

/* Takes @text, NULL where it could not be made, and then @problem. */
static int
print_list (Run *run, char *text, GError *problem)
{
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
  g_autoptr (GError) error = problem;

  if (bytes != NULL && diglot_write_file ("-", bytes, &error))
    return STATUS_DONE;
  print_error (run, bytes != NULL ? "<stdout>" : NULL, error);
  return bytes != NULL ? STATUS_FAILED : STATUS_UNUSABLE;
}

static int
print_version (Run *run)
{
  g_autofree char *libraries = diglot_list_libraries ();
  g_autofree char *sandbox = diglot_sandbox_name ();

  return print_list (run, g_strdup_printf ("diglot %s\n%ssandbox: %s\n", diglot_version (), libraries, sandbox), NULL);
}

static int
obey (Run *run)
{
  const Arguments *a = &run->arguments;
  g_autoptr (GError) error = NULL;

  if (a->help != NULL)
    return print_list (run, g_steal_pointer (&run->arguments.help), NULL);
  if (a->version)
    return print_version (run);
  if (a->list_templates)
    return print_list (run, diglot_list_templates (), NULL);
  if (a->list_keys)
    return print_list (run, diglot_list_keys (), NULL);
  if (a->list_fonts) {
    char *fonts = diglot_list_fonts ((const char *const *) a->font_dirs, &error);

    return print_list (run, fonts, g_steal_pointer (&error));
  }
  if (a->list_languages) {
    char *languages = diglot_list_languages ((const char *const *) a->font_dirs, &error);

    return print_list (run, languages, g_steal_pointer (&error));
  }
  if (a->merge_reports)
    return merge_reports (run);
  if (a->prepare != NULL) {
    if (diglot_prepare (a->prepare, &error))
      return STATUS_DONE;
    print_error (run, a->prepare, error);
    return STATUS_FAILED;
  }
  if (check_names (run, &error) && choose_progress (run, &error) && choose_format (run, &error) && choose_limits (run, &error))
    return do_batch (run);
  print_error (run, NULL, error);
  return STATUS_UNUSABLE;
}

/* A file opened under the number of a closed standard stream would be read or written as that stream.  What stands in for it
 * fails at the first use. */
static gboolean
fill_standard_streams (void)
{
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
      return FALSE;
  return TRUE;
}

/* A page follows from its inputs and options: what tunes the libraries that set it is none of these.  GLib's for looking for faults change nothing. */
static void
forget_settings (void)
{
  static const char *const prefixes[] = { "HB_", "PANGO", "CAIRO_", "FREETYPE_", "ICU_", "G_" };
  g_auto (GStrv) names = g_listenv ();

  for (guint i = 0; names[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (prefixes); k++)
      if (g_str_has_prefix (names[i], prefixes[k]) && strcmp (names[i], "G_DEBUG") != 0 && strcmp (names[i], "G_MESSAGES_DEBUG") != 0)
        g_unsetenv (names[i]);
}

int
main (int argc G_GNUC_UNUSED, char **argv)
{
  Run        run = { .show = { .least = DIGLOT_SEVERITY_NOTE } };
  Arguments *a = &run.arguments;
  g_autoptr (GError) error = NULL;
  int status = STATUS_UNUSABLE;

  if (!fill_standard_streams ())
    return STATUS_UNUSABLE;
  forget_settings ();
  signal (SIGXFSZ, SIG_IGN); /* a file that may not be so large fails as one on a full disk does */
  run.show.json = cli_options_want_json (argv);
  if (cli_options_parse (a, argv, &run.show.voice, &error) && choose_messages (&run, &error))
    status = obey (&run);
  else
    print_error (&run, NULL, error);

  cli_show_clear (&run.show);
  cli_options_clear (a);
  return status;
}
