/* main.c: the command line: what is asked for, where it goes, the exit status.  All work is the library's. */
#include "diglot.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATUS_DONE, STATUS_FAILED, STATUS_UNUSABLE };

typedef enum { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER } Progress;

/* The command line as it was written. */
typedef struct {
  char    *output;
  char    *to;
  char    *template_name;
  char   **settings;
  char    *languages;
  char    *encoding;
  gboolean check;
  char    *dump;
  char    *diagnostics;
  gboolean strict;
  char    *progress_name;
  gboolean quiet;
  gboolean list_templates;
  gboolean list_fonts;
  gboolean version;
  char    *help;               /* the summary, where it was asked for */
  char   **inputs;
} Arguments;

/* One dispatch. */
typedef struct {
  char *path;                  /* "-" for standard input */
  char *below;                 /* the path below the output folder, without folders for a file that was named itself */
  char *output;                /* "-" for standard output, NULL for a mere check */
} Job;

typedef struct {
  Arguments    arguments;
  DiglotFormat format;
  Progress     progress;
  gboolean     json_messages;
  gboolean     progress_shown; /* a line on the terminal is to be wiped before the next one */
  gboolean     found_folder;   /* an input is a folder */
  GPtrArray   *jobs;
  GHashTable  *input_identities;
  GHashTable  *output_names;   /* canonical */
} Run;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->below);
  g_free (job->output);
  g_free (job);
}

/* Takes @below. */
static void
add_job (Run *run, const char *path, char *below)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->below = below;
  g_ptr_array_add (run->jobs, job);
}

static gboolean
is_stdio (const char *path)
{
  return strcmp (path, "-") == 0;
}

/* How messages name an input. */
static const char *
shown_name (const char *path)
{
  return is_stdio (path) ? "<stdin>" : path;
}

/* Messages */

static void
wipe_progress (Run *run)
{
  if (run->progress_shown && isatty (STDERR_FILENO))
    fputs ("\r\033[K", stderr);
  run->progress_shown = FALSE;
}

static void
print_message (Run *run, const DiglotMessage *message)
{
  g_autofree char *line = run->json_messages ? diglot_message_dup_json (message) : diglot_message_dup_text (message);

  wipe_progress (run);
  /* A message about no file is about the command line; it bears the program's name, as is the custom. */
  if (!run->json_messages && message->file == NULL)
    fputs ("diglot: ", stderr);
  fputs (line, stderr);
  fputc ('\n', stderr);
}

static void
print_error (Run *run, const char *file, const GError *error)
{
  g_autoptr (DiglotMessage) message = diglot_message_new_from_error (file, error);

  print_message (run, message);
}

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Always FALSE: the command line cannot be obeyed. */
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, text);
  return FALSE;
}

/* Shown while several dispatches are set: on a terminal one line that changes, else with "always" a line each. */
static void
show_progress (Run *run, guint done, const char *path)
{
  gboolean                  is_terminal = isatty (STDERR_FILENO);
  g_autofree char          *text = NULL;
  g_autoptr (DiglotMessage) message = g_new0 (DiglotMessage, 1);

  if (run->arguments.quiet || run->progress == PROGRESS_NEVER || (run->progress == PROGRESS_AUTO && (!is_terminal || run->jobs->len < 2)))
    return;
  message->severity = DIGLOT_SEVERITY_NOTE;
  message->text = g_strdup (shown_name (path));
  text = diglot_message_dup_text (message);
  wipe_progress (run);
  fprintf (stderr, "%u/%u %s%s", done, run->jobs->len, text + strlen ("note: "), is_terminal ? "" : "\n");
  fflush (stderr);
  run->progress_shown = TRUE;
}

/* Options */

/* Refuses what GOption does not know; @message is its "Unknown option --NAME=VALUE".  Options of later versions are known by name,
 * so that the message is a clear one. */
static gboolean
refuse_option (const char *message, GError **error)
{
  static const char *const unbuilt[] = {
    "--profile", "--align", "--picture", "--jobs", "-j", "--update", "-u", "--shard", "--bundle", "--report", "--gallery", "--watch",
    "--deps", "--font-dir", "--include", "--timeout", "--memory", "--merge-reports", "--no-sandbox",
  };
  const char *option = strchr (message, '-');

  for (guint i = 0; option != NULL && i < G_N_ELEMENTS (unbuilt); i++) {
    gsize length = g_str_has_prefix (option, "--") ? strcspn (option, "=") : 2;

    if (strlen (unbuilt[i]) == length && strncmp (option, unbuilt[i], length) == 0)
      return refuse (error, "%s is not built yet", unbuilt[i]);
  }
  return option != NULL && g_str_has_prefix (message, "Unknown") ? refuse (error, "there is no option %s", option)
                                                                 : refuse (error, "%s", message);
}

/* GLib writes "[OPTION…]", which not every terminal can show. */
static char *
dup_help (GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  g_auto (GStrv)   parts = g_strsplit (help, "\xE2\x80\xA6", -1);

  return g_strjoinv ("...", parts);
}

/* Every text option is of the type of file names: GOption would convert other strings from the locale's charset, and refuse
 * UTF-8 in the C locale. */
static gboolean
parse_arguments (Arguments *a, int *argc, char ***argv, GError **error)
{
  gboolean           wants_help = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &a->output, "A file, - for standard output, or a directory", "PATH" },
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &a->to, "pdf (the default) or json", "FORMAT" },
    { "template", 'T', 0, G_OPTION_ARG_FILENAME, &a->template_name, "A template by name, or an .ini file", "NAME" },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->settings, "Set one template key; repeatable", "KEY=VALUE" },
    { "lang", 0, 0, G_OPTION_ARG_FILENAME, &a->languages, "The two languages, where detection should not decide", "A,B" },
    { "encoding", 0, 0, G_OPTION_ARG_FILENAME, &a->encoding, "The input's charset, where detection should not decide", "NAME" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &a->check, "Read, pair and report; typeset nothing", NULL },
    { "dump", 0, 0, G_OPTION_ARG_FILENAME, &a->dump, "The result of a stage as text: doc, align, lines, pages", "STAGE" },
    { "diagnostics", 0, 0, G_OPTION_ARG_FILENAME, &a->diagnostics, "Messages as text (the default) or json", "FORMAT" },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &a->strict, "A warning counts as an error", NULL },
    { "progress", 0, 0, G_OPTION_ARG_FILENAME, &a->progress_name, "auto (the default), always or never", "WHEN" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &a->quiet, "Show no progress", NULL },
    { "list-templates", 0, 0, G_OPTION_ARG_NONE, &a->list_templates, "Print the names of the templates", NULL },
    { "list-fonts", 0, 0, G_OPTION_ARG_NONE, &a->list_fonts, "Print the faces, their files and packages", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &a->version, "Print the version", NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, "Print this summary", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->inputs, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("INPUT...");
  g_autoptr (GError)         problem = NULL;

  g_option_context_set_summary (context, "Typesets bilingual dispatches in two columns.  INPUT is a text file, - for standard input,\n"
                                         "or a directory: every *.txt below it.");
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &problem)) {
    a->help = wants_help ? dup_help (context) : NULL;
    return TRUE;
  }
  return refuse_option (problem->message, error);
}

static gboolean
has_ending (const char *path, const char *ending)
{
  gsize length = strlen (path), end = strlen (ending);

  return length > end && g_ascii_strcasecmp (path + length - end, ending) == 0;
}

/* The format of @name, "pdf", "json"; FALSE for none that can be made. */
static gboolean
find_format (const char *name, DiglotFormat *format, GError **error)
{
  if (strcmp (name, "pdf") == 0)
    *format = DIGLOT_FORMAT_PDF;
  else if (strcmp (name, "json") == 0)
    *format = DIGLOT_FORMAT_JSON;
  else if (strcmp (name, "png") == 0 || strcmp (name, "svg") == 0)
    return refuse (error, "the format %s is not built yet; there are pdf and json", name);
  else
    return refuse (error, "there is no format \"%s\"; there are pdf and json", name);
  return TRUE;
}

static gboolean
choose_format (Run *run, GError **error)
{
  static const struct { const char *name; DiglotFormat format; } stages[] = {
    { "doc", DIGLOT_FORMAT_DUMP_DOC }, { "align", DIGLOT_FORMAT_DUMP_ALIGN },
    { "lines", DIGLOT_FORMAT_DUMP_LINES }, { "pages", DIGLOT_FORMAT_DUMP_PAGES },
  };
  static const char *const endings[] = { "json", "png", "svg" };
  const Arguments         *a = &run->arguments;

  if ((a->check && (a->dump || a->to || a->output)) || (a->dump && a->to))
    return refuse (error, a->check ? "--check makes nothing, so it goes without --output, --to and --dump" : "--dump goes without --to");
  if (a->check) {
    run->format = DIGLOT_FORMAT_CHECK;
    return TRUE;
  }
  if (a->dump) {
    for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
      if (strcmp (a->dump, stages[i].name) == 0) {
        run->format = stages[i].format;
        return TRUE;
      }
    return refuse (error, "there is no stage \"%s\"; there are doc, align, lines and pages", a->dump);
  }
  if (a->to)
    return find_format (a->to, &run->format, error);
  for (guint i = 0; a->output && i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *ending = g_strconcat (".", endings[i], NULL);

    if (has_ending (a->output, ending))
      return find_format (endings[i], &run->format, error);
  }
  run->format = DIGLOT_FORMAT_PDF;
  return TRUE;
}

/* How messages are written is settled before anything else, so that what is refused after it is written so. */
static gboolean
choose_messages (Run *run, GError **error)
{
  const char *name = run->arguments.diagnostics;

  run->json_messages = name != NULL && strcmp (name, "json") == 0;
  if (name != NULL && !run->json_messages && strcmp (name, "text") != 0)
    return refuse (error, "--diagnostics is text or json, not \"%s\"", name);
  return TRUE;
}

static gboolean
choose_progress (Run *run, GError **error)
{
  static const char *const names[] = { [PROGRESS_AUTO] = "auto", [PROGRESS_ALWAYS] = "always", [PROGRESS_NEVER] = "never" };
  const char              *name = run->arguments.progress_name;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0) {
      run->progress = (Progress) i;
      return TRUE;
    }
  return name == NULL || refuse (error, "--progress is auto, always or never, not \"%s\"", name);
}

/* Inputs */

static gboolean
is_archive (const char *path)
{
  static const char *const endings[] = { ".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.zst", ".7z" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (has_ending (path, endings[i]))
      return TRUE;
  return FALSE;
}

/* The dispatches of a folder.  One that is empty or cannot be read stands for itself: it is a dispatch that fails. */
static void
add_folder (Run *run, const char *folder)
{
  g_autoptr (GPtrArray) found = diglot_find_dispatches (folder, NULL);

  run->found_folder = TRUE;
  if (found == NULL || found->len == 0)
    add_job (run, folder, g_path_get_basename (folder));
  for (guint i = 0; found != NULL && i < found->len; i++) {
    g_autofree char *path = g_build_filename (folder, found->pdata[i], NULL);

    add_job (run, path, g_strdup (found->pdata[i]));
  }
}

static gboolean
find_jobs (Run *run, GError **error)
{
  char   **inputs = run->arguments.inputs;
  gboolean has_stdin = FALSE;

  if (inputs == NULL)
    return refuse (error, "no input; diglot --help tells more");
  for (guint i = 0; inputs[i] != NULL; i++) {
    const char *path = inputs[i];

    if (*path == '\0')
      return refuse (error, "an input's name is empty");
    if (*path == '@')
      return refuse (error, "lists of inputs (%s) are not built yet; a file of this name is ./%s", path, path);
    if (is_stdio (path)) {
      if (has_stdin)
        return refuse (error, "standard input can be read only once");
      has_stdin = TRUE;
      add_job (run, path, g_strdup ("stdin"));
    } else if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      add_folder (run, path);
    } else if (is_archive (path)) {
      return refuse (error, "archives (%s) are not built yet", path);
    } else {
      add_job (run, path, g_path_get_basename (path));
    }
  }
  return TRUE;
}

/* Outputs */

static gboolean
is_output_folder (const Run *run)
{
  const char *output = run->arguments.output;

  if (output == NULL || is_stdio (output))
    return FALSE;
  if (g_file_test (output, G_FILE_TEST_IS_DIR) || g_str_has_suffix (output, "/"))
    return TRUE;
  return (run->jobs->len > 1 || run->found_folder) && !g_file_test (output, G_FILE_TEST_EXISTS) && !has_ending (output, ".pdf")
         && !has_ending (output, ".json");
}

static void
choose_outputs (Run *run)
{
  const char *output = run->arguments.output;
  gboolean    is_folder = is_output_folder (run);

  for (guint i = 0; i < run->jobs->len; i++) {
    Job *job = run->jobs->pdata[i];

    if (run->format == DIGLOT_FORMAT_CHECK)
      continue;
    if (is_folder) {
      g_autofree char *name = diglot_output_name (job->below, run->format);

      job->output = g_build_filename (output, name, NULL);
    } else if (output != NULL) {
      job->output = g_strdup (output);
    } else if (is_stdio (job->path) || (run->format != DIGLOT_FORMAT_PDF && run->format != DIGLOT_FORMAT_JSON)) {
      job->output = g_strdup ("-");
    } else {
      job->output = diglot_output_name (job->path, run->format);
    }
  }
}

/* A file's identity, whatever the way that leads to it; NULL where there is none.  Free with g_free. */
static char *
dup_identity (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) info.st_dev, (guint64) info.st_ino);
}

/* Keeps @path as an output's; FALSE where it would take the place of an input or of another output. */
static gboolean
reserve_output (Run *run, const char *path, GError **error)
{
  g_autofree char *identity = dup_identity (path);

  if (identity != NULL && g_hash_table_contains (run->input_identities, identity))
    return refuse (error, "%s would be replaced, and it is an input", path);
  if (!g_hash_table_add (run->output_names, g_canonicalize_filename (path, NULL)))
    return refuse (error, "more than one dispatch would be written to %s", is_stdio (path) ? "standard output" : path);
  return TRUE;
}

static gboolean
check_outputs (Run *run, GError **error)
{
  gboolean is_text = run->format != DIGLOT_FORMAT_PDF;

  for (guint i = 0; i < run->jobs->len; i++) {
    char *identity = dup_identity (((const Job *) run->jobs->pdata[i])->path);

    if (identity != NULL)
      g_hash_table_add (run->input_identities, identity);
  }
  for (guint i = 0; i < run->jobs->len; i++) {
    const Job *job = run->jobs->pdata[i];

    if (job->output == NULL || (is_stdio (job->output) && is_text))
      continue;
    if (is_stdio (job->output) && isatty (STDOUT_FILENO))
      return refuse (error, "a PDF is not written to a terminal; --output names a file");
    if (!reserve_output (run, job->output, error))
      return FALSE;
  }
  return TRUE;
}

/* Work */

static gboolean
write_output (const Run *run, const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (is_output_folder (run) && !diglot_make_folder (folder, error))
    return FALSE;
  return diglot_write_file (path, bytes, error);
}

static void
read_failed (Run *run, const Job *job, const GError *problem)
{
  g_autoptr (GPtrArray) found = g_file_test (job->path, G_FILE_TEST_IS_DIR) ? diglot_find_dispatches (job->path, NULL) : NULL;
  g_autoptr (GError)    empty = g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_READ, "no *.txt below this directory");

  print_error (run, shown_name (job->path), found != NULL && found->len == 0 ? empty : problem);
}

/* "a-1.pdf" for the first of several dispatches of "a.pdf". */
static char *
dup_nth_output (const char *output, guint nth)
{
  const char *ending = strrchr (output, '.');

  return g_strdup_printf ("%.*s-%u%s", (int) (ending - output), output, nth + 1, ending);
}

/* Converts a dispatch and prints what there is to say.  NULL where it failed. */
static DiglotResult *
convert (Run *run, const Job *job, DiglotInput *input, guint nth)
{
  g_autoptr (DiglotResult) result = diglot_input_convert (input, nth, run->format);
  guint                    n;
  const DiglotMessage     *messages = diglot_result_messages (result, &n);

  for (guint i = 0; i < n; i++)
    print_message (run, &messages[i]);
  if (diglot_result_worst (result) == DIGLOT_SEVERITY_ERROR)
    return NULL;
  if (run->arguments.strict && diglot_result_worst (result) >= DIGLOT_SEVERITY_WARNING) {
    const DiglotMessage why = {
      .file = shown_name (job->path), .severity = DIGLOT_SEVERITY_ERROR, .code = "output.strict",
      .text = "with --strict a warning counts as an error",
    };

    print_message (run, &why);
    return NULL;
  }
  return g_steal_pointer (&result);
}

/* Each dispatch of @input into a PDF of its own. */
static int
write_each (Run *run, const Job *job, DiglotInput *input)
{
  guint count = diglot_input_count (input);
  int   status = STATUS_DONE;

  for (guint nth = 0; nth < count; nth++) {
    g_autoptr (DiglotResult) result = convert (run, job, input, nth);
    g_autofree char         *path = count > 1 ? dup_nth_output (job->output, nth) : g_strdup (job->output);
    g_autoptr (GError)       error = NULL;

    if (result != NULL && (count == 1 || reserve_output (run, path, &error))
        && write_output (run, path, diglot_result_bytes (result), &error))
      continue;
    if (error != NULL)
      print_error (run, is_stdio (path) ? "<stdout>" : path, error);
    status = STATUS_FAILED;
  }
  return status;
}

/* All the dispatches of @input one after the other into one output, if any. */
static int
write_together (Run *run, const Job *job, DiglotInput *input)
{
  guint                  count = diglot_input_count (input);
  int                    status = STATUS_DONE;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes)     bytes = NULL;
  g_autoptr (GError)     error = NULL;
  guint                  n_done = 0;

  for (guint nth = 0; nth < count; nth++) {
    g_autoptr (DiglotResult) result = convert (run, job, input, nth);
    GBytes                  *one = result != NULL ? diglot_result_bytes (result) : NULL;

    n_done += result != NULL;
    if (one != NULL)
      g_byte_array_append (all, g_bytes_get_data (one, NULL), (guint) g_bytes_get_size (one));
  }
  if (n_done < count)
    status = STATUS_FAILED;
  if (n_done == 0 || job->output == NULL)
    return status;
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  if (write_output (run, job->output, bytes, &error))
    return status;
  print_error (run, is_stdio (job->output) ? "<stdout>" : job->output, error);
  return STATUS_FAILED;
}

/* STATUS_FAILED where a dispatch failed; why has been printed then. */
static int
do_job (Run *run, DiglotConverter *converter, const Job *job)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GBytes)      bytes = diglot_read_file (job->path, &error);
  g_autoptr (DiglotInput) input = NULL;

  if (bytes == NULL) {
    read_failed (run, job, error);
    return STATUS_FAILED;
  }
  input = diglot_input_new (converter, bytes, shown_name (job->path));
  if (run->format != DIGLOT_FORMAT_PDF)
    return write_together (run, job, input);
  if (diglot_input_count (input) > 1 && (is_stdio (job->output) || (run->arguments.output != NULL && !is_output_folder (run)))) {
    refuse (&error, "there are %u dispatches in it, and one output; --output names a directory for them, ending in /",
            diglot_input_count (input));
    print_error (run, shown_name (job->path), error);
    return run->jobs->len == 1 ? STATUS_UNUSABLE : STATUS_FAILED;
  }
  return write_each (run, job, input);
}

static int
do_jobs (Run *run)
{
  const Arguments            *a = &run->arguments;
  g_autoptr (DiglotConverter) converter = NULL;
  g_autoptr (GError)          error = NULL;
  int                         status = STATUS_DONE;
  const DiglotOptions         options = {
    .template_name = a->template_name, .settings = (const char *const *) a->settings, .languages = a->languages,
    .encoding = a->encoding, .source_date = g_getenv ("SOURCE_DATE_EPOCH"), .bind_process = TRUE,
  };

  converter = diglot_converter_new (&options, &error);
  if (converter == NULL) {
    print_error (run, NULL, error);
    return STATUS_UNUSABLE;
  }
  for (guint i = 0; i < run->jobs->len; i++) {
    const Job *job = run->jobs->pdata[i];
    int        outcome;

    show_progress (run, i + 1, job->path);
    outcome = do_job (run, converter, job);
    status = MAX (status, outcome);
  }
  wipe_progress (run);
  return status;
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
obey (Run *run)
{
  const Arguments   *a = &run->arguments;
  g_autoptr (GError) error = NULL;

  if (a->help != NULL)
    return print_list (run, g_steal_pointer (&run->arguments.help), NULL);
  if (a->version)
    return print_list (run, g_strdup_printf ("diglot %s\n", diglot_version ()), NULL);
  if (a->list_templates)
    return print_list (run, diglot_list_templates (), NULL);
  if (a->list_fonts) {
    char *fonts = diglot_list_fonts (&error);

    return print_list (run, fonts, g_steal_pointer (&error));
  }
  if (a->output != NULL && *a->output == '\0')
    refuse (&error, "--output is empty");
  else if (choose_progress (run, &error) && choose_format (run, &error) && find_jobs (run, &error)) {
    choose_outputs (run);
    if (check_outputs (run, &error))
      return do_jobs (run);
  }
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

int
main (int argc, char **argv)
{
  Run                run = {
    .jobs = g_ptr_array_new_with_free_func (free_job),
    .input_identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .output_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  Arguments         *a = &run.arguments;
  g_autoptr (GError) error = NULL;
  int                status = STATUS_UNUSABLE;

  if (!fill_standard_streams ())
    return STATUS_UNUSABLE;
  if (parse_arguments (a, &argc, &argv, &error) && choose_messages (&run, &error))
    status = obey (&run);
  else
    print_error (&run, NULL, error);

  g_ptr_array_unref (run.jobs);
  g_hash_table_unref (run.input_identities);
  g_hash_table_unref (run.output_names);
  g_strfreev (a->settings);
  g_strfreev (a->inputs);
  g_free (a->output);
  g_free (a->to);
  g_free (a->template_name);
  g_free (a->languages);
  g_free (a->encoding);
  g_free (a->dump);
  g_free (a->diagnostics);
  g_free (a->progress_name);
  return status;
}
