/* main.c: the command line: what is asked for, where it goes, the exit status.  All work is the library's. */
#include "diglot.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { STATUS_DONE, STATUS_FAILED, STATUS_UNUSABLE };

typedef enum { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER } Progress;

/* For one dispatch; by far more than any needs. */
#define TIMEOUT_DEFAULT 60   /* s */
#define MEMORY_DEFAULT  1024 /* MiB */

#define BAR_PERIOD 100 /* ms between two bars on a terminal */
#define LOG_LINES  50  /* of so many dispatches each has a line in a log; of more, every fiftieth part has */

/* The command line as it was written. */
typedef struct {
  char    *output;
  char    *to;
  char    *template_name;
  char   **font_dirs;
  char   **settings;
  char    *profile;
  char    *languages;
  char    *encoding;
  char    *align;
  char    *picture;
  char    *learn;
  char    *lexicon;
  gboolean bundle;
  gboolean check;
  char    *dump;
  char    *diagnostics;
  gboolean strict;
  char    *jobs;
  gboolean update;
  char    *shard;
  char   **include;
  char    *timeout;
  char    *memory;
  char   **limits;
  char    *report;
  gboolean times;
  char    *manifest;
  char    *deps;
  char    *gallery;
  gboolean watch;
  gboolean merge_reports;
  char    *progress_name;
  gboolean quiet;
  gboolean list_templates;
  gboolean list_fonts;
  gboolean list_languages;
  char    *prepare;
  gboolean no_sandbox;
  char    *sandbox;
  gboolean version;
  char    *help; /* the summary, where it was asked for */
  char   **inputs;
} Arguments;

typedef struct {
  Arguments   arguments;
  DiglotBatch batch;
  Progress    progress;
  gboolean    json_messages;
  gboolean    bar_shown; /* a line on the terminal is to be wiped before the next one */
  gint64      bar_time;  /* µs when it was shown */
} Run;

/* Messages */

static void
wipe_bar (Run *run)
{
  if (run->bar_shown)
    fputs ("\r\033[K", stderr);
  run->bar_shown = FALSE;
}

static void
print_message (Run *run, const DiglotMessage *message)
{
  g_autofree char *line = run->json_messages ? diglot_message_dup_json (message) : diglot_message_dup_text (message);

  wipe_bar (run);
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

/* Progress */

static gboolean
shows_progress (const Run *run, const DiglotTally *tally)
{
  if (run->arguments.quiet || run->progress == PROGRESS_NEVER)
    return FALSE;
  return run->progress == PROGRESS_ALWAYS || (isatty (STDERR_FILENO) && tally->total > 1);
}

static guint
count_columns (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 79;
}

static void
show_bar (Run *run, const DiglotTally *tally)
{
  gint64           now = g_get_monotonic_time ();
  g_autofree char *line = NULL;

  if (now - run->bar_time < BAR_PERIOD * 1000 && tally->done < tally->total)
    return;
  line = diglot_tally_dup_progress (tally, count_columns ());
  wipe_bar (run);
  fputs (line, stderr);
  fflush (stderr);
  run->bar_shown = TRUE;
  run->bar_time = now;
}

/* A name as it may reach a terminal. */
static char *
dup_shown (const char *name)
{
  const DiglotMessage message = { .severity = DIGLOT_SEVERITY_NOTE, .text = name };
  g_autofree char    *text = diglot_message_dup_text (&message);

  return g_strdup (text + strlen ("note: "));
}

static void
show_log_line (const DiglotTally *tally)
{
  guint step = (tally->total + LOG_LINES - 1) / LOG_LINES;

  if (step <= 1) {
    g_autofree char *name = dup_shown (tally->name);

    fprintf (stderr, "%u/%u %s\n", tally->done, tally->total, name);
  } else if (tally->done % step == 0 || tally->done == tally->total) {
    g_autofree char *line = diglot_tally_dup_progress (tally, 0);

    fprintf (stderr, "%s\n", line);
  }
}

static void
on_progress (const DiglotTally *tally, gpointer data)
{
  if (!shows_progress (data, tally))
    return;
  if (isatty (STDERR_FILENO))
    show_bar (data, tally);
  else
    show_log_line (tally);
}

static void
on_finished (const DiglotTally *tally, gpointer data)
{
  Run             *run = data;
  g_autofree char *summary = diglot_tally_dup_summary (tally);

  wipe_bar (run);
  if (shows_progress (run, tally) && tally->total > 1)
    fprintf (stderr, "%s\n", summary);
}

static void
on_message (const DiglotMessage *message, gpointer data)
{
  print_message (data, message);
}

/* Options */

/* Refuses what GOption does not know; @message is its "Unknown option --NAME=VALUE". */
static gboolean
refuse_option (const char *message, GError **error)
{
  const char *option = strchr (message, '-');

  return option != NULL && g_str_has_prefix (message, "Unknown") ? refuse (error, "there is no option %s", option) : refuse (error, "%s", message);
}

/* GLib writes "[OPTION…]", which not every terminal can show. */
static char *
dup_help (GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  g_auto (GStrv) parts = g_strsplit (help, "\xE2\x80\xA6", -1);

  return g_strjoinv ("...", parts);
}

/* The command line with "-j4" as "--jobs=4": GOption knows no value joined to a letter. */
static char **
dup_words (char **argv)
{
  char   **words = g_strdupv (argv);
  gboolean is_option = TRUE;

  for (guint i = 1; words[0] != NULL && words[i] != NULL; i++) {
    is_option = is_option && strcmp (words[i], "--") != 0;
    if (is_option && g_str_has_prefix (words[i], "-j") && g_ascii_isdigit (words[i][2])) {
      char *option = g_strconcat ("--jobs=", words[i] + 2, NULL);

      g_free (words[i]);
      words[i] = option;
    }
  }
  return words;
}

/* Every text option is of the type of file names: GOption would convert other strings from the locale's charset, and refuse
 * UTF-8 in the C locale. */
static gboolean
parse_arguments (Arguments *a, char **argv, GError **error)
{
  gboolean           wants_help = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &a->output, "A file, - for standard output, or a directory", "PATH" },
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &a->to, "pdf (the default), png, svg, json or html", "FORMAT" },
    { "template", 'T', 0, G_OPTION_ARG_FILENAME, &a->template_name, "A template by name, or an .ini file", "NAME" },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->settings, "Set one template key; repeatable", "KEY=VALUE" },
    { "font-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->font_dirs, "More fonts, for templates that name them; repeatable", "DIR" },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &a->profile, "What a PDF is for: archive (the default), print or screen", "NAME" },
    { "lang", 0, 0, G_OPTION_ARG_FILENAME, &a->languages, "The two languages, where detection should not decide", "A,B" },
    { "encoding", 0, 0, G_OPTION_ARG_FILENAME, &a->encoding, "The input's charset, where detection should not decide", "NAME" },
    { "align", 0, 0, G_OPTION_ARG_FILENAME, &a->align, "Pairs that an editor fixes: a file, or a directory with one for each input", "PATH" },
    { "picture", 0, 0, G_OPTION_ARG_FILENAME, &a->picture, "The picture over the caption; else NAME.jpg, .jpeg or .png beside NAME.txt", "FILE" },
    { "learn", 0, 0, G_OPTION_ARG_FILENAME, &a->learn, "Learn words from the inputs' own pairs and write them to LEXICON; typeset nothing", "LEXICON" },
    { "lexicon", 0, 0, G_OPTION_ARG_FILENAME, &a->lexicon, "Pair with the words that --learn has written", "LEXICON" },
    { "bundle", 0, 0, G_OPTION_ARG_NONE, &a->bundle, "All dispatches in one PDF, with contents", NULL },
    { "check", 0, 0, G_OPTION_ARG_NONE, &a->check, "Read, pair and report; typeset nothing", NULL },
    { "dump", 0, 0, G_OPTION_ARG_FILENAME, &a->dump, "The result of a stage as text: doc, align, lines, pages", "STAGE" },
    { "diagnostics", 0, 0, G_OPTION_ARG_FILENAME, &a->diagnostics, "Messages as text (the default) or json", "FORMAT" },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &a->strict, "A warning counts as an error", NULL },
    { "jobs", 'j', 0, G_OPTION_ARG_FILENAME, &a->jobs, "Dispatches typeset at once; 0, the default: one a processor", "N" },
    { "update", 'u', 0, G_OPTION_ARG_NONE, &a->update, "Pass over what is made already from the same things", NULL },
    { "shard", 0, 0, G_OPTION_ARG_FILENAME, &a->shard, "Take the Kth of N stable parts of the inputs", "K/N" },
    { "include", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->include, "Which files of folders and archives are dispatches; repeatable", "GLOB" },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &a->timeout, "Seconds for one dispatch; 0: no limit", "S" },
    { "memory", 0, 0, G_OPTION_ARG_FILENAME, &a->memory, "MiB for one dispatch; 0: no limit", "MB" },
    { "limit", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->limits, "The most bytes, paragraphs or pages; 0: no limit; repeatable", "NAME=N" },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &a->report, "Write a JSON object a dispatch to FILE", "FILE" },
    { "times", 0, 0, G_OPTION_ARG_NONE, &a->times, "The report has milliseconds too", NULL },
    { "merge-reports", 0, 0, G_OPTION_ARG_NONE, &a->merge_reports, "INPUTs are the shards' reports; make one of them", NULL },
    { "manifest", 0, 0, G_OPTION_ARG_FILENAME, &a->manifest, "Write the outputs' SHA-256 to FILE", "FILE" },
    { "deps", 0, 0, G_OPTION_ARG_FILENAME, &a->deps, "Write Make's rules of the outputs to FILE", "FILE" },
    { "gallery", 0, 0, G_OPTION_ARG_FILENAME, &a->gallery, "Make a page in DIR to look the batch through and mend its pairs", "DIR" },
    { "watch", 0, 0, G_OPTION_ARG_NONE, &a->watch, "Typeset again whenever an input or the template changes", NULL },
    { "progress", 0, 0, G_OPTION_ARG_FILENAME, &a->progress_name, "auto (the default), always or never", "WHEN" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &a->quiet, "Show no progress", NULL },
    { "list-templates", 0, 0, G_OPTION_ARG_NONE, &a->list_templates, "Print the names of the templates", NULL },
    { "list-fonts", 0, 0, G_OPTION_ARG_NONE, &a->list_fonts, "Print the faces, their files and packages", NULL },
    { "list-languages", 0, 0, G_OPTION_ARG_NONE, &a->list_languages, "Print the languages, each with what there is for it", NULL },
    { "sandbox", 0, 0, G_OPTION_ARG_STRING, &a->sandbox,
      "Give up the rights that no dispatch needs: auto, as far as the kernel lets it; require, or do nothing; none", "WHEN" },
    { "prepare", 0, 0, G_OPTION_ARG_FILENAME, &a->prepare, "Compile the installed dictionaries and patterns into DIR, and end", "DIR" },
    { "no-sandbox", 0, 0, G_OPTION_ARG_NONE, &a->no_sandbox, "Keep the rights that no dispatch needs", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &a->version, "Print the version, those of the libraries, and what the sandbox consists of", NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, "Print this summary", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->inputs, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("INPUT...");
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) words = dup_words (argv);

  g_option_context_set_summary (context, "Typesets bilingual dispatches in two columns.  INPUT is a text file, - for standard input,\n"
                                         "a directory or an archive (zip, tar, 7z): every *.txt in it, or @FILE: a list of inputs.");
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse_strv (context, &words, &problem)) {
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

/* The format of @name; FALSE for none that can be made. */
static gboolean
find_format (const char *name, DiglotFormat *format, GError **error)
{
  static const struct {
    const char  *name;
    DiglotFormat format;
  } formats[] = {
    { "pdf", DIGLOT_FORMAT_PDF }, { "png", DIGLOT_FORMAT_PNG }, { "svg", DIGLOT_FORMAT_SVG }, { "json", DIGLOT_FORMAT_JSON }, { "html", DIGLOT_FORMAT_HTML },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (name, formats[i].name) == 0) {
      *format = formats[i].format;
      return TRUE;
    }
  return refuse (error, "there is no format \"%s\"; there are pdf, png, svg, json and html", name);
}

static gboolean
choose_format (Run *run, GError **error)
{
  static const struct {
    const char  *name;
    DiglotFormat format;
  } stages[] = {
    { "doc", DIGLOT_FORMAT_DUMP_DOC },
    { "align", DIGLOT_FORMAT_DUMP_ALIGN },
    { "lines", DIGLOT_FORMAT_DUMP_LINES },
    { "pages", DIGLOT_FORMAT_DUMP_PAGES },
  };
  static const char *const endings[] = { "json", "png", "svg", "html" };
  const Arguments         *a = &run->arguments;

  if ((a->check && (a->dump || a->to || a->output)) || (a->dump && a->to))
    return refuse (error, a->check ? "--check makes nothing, so it goes without --output, --to and --dump" : "--dump goes without --to");
  if (a->check) {
    run->batch.format = DIGLOT_FORMAT_CHECK;
    return TRUE;
  }
  if (a->learn) { /* no pages and no pictures; what the lexicon looks like nobody asks */
    run->batch.format = DIGLOT_FORMAT_DUMP_ALIGN;
    return TRUE;
  }
  if (a->dump) {
    for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
      if (strcmp (a->dump, stages[i].name) == 0) {
        run->batch.format = stages[i].format;
        return TRUE;
      }
    return refuse (error, "there is no stage \"%s\"; there are doc, align, lines and pages", a->dump);
  }
  if (a->to)
    return find_format (a->to, &run->batch.format, error);
  for (guint i = 0; a->output && i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *ending = g_strconcat (".", endings[i], NULL);

    if (has_ending (a->output, ending))
      return find_format (endings[i], &run->batch.format, error);
  }
  run->batch.format = DIGLOT_FORMAT_PDF;
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

/* A number from 0 to @most; @fractions: not whole ones only. */
static gboolean
read_number (const char *option, const char *text, double most, gboolean fractions, double *number, GError **error)
{
  char *end = NULL;

  *number = g_ascii_isdigit (text[0]) || text[0] == '.' ? g_ascii_strtod (text, &end) : -1;
  if (end == NULL || end == text || *end != '\0' || *number > most || (!fractions && floor (*number) != *number))
    return refuse (error, "%s is a number from 0 to %.0f, not \"%s\"", option, most, text);
  return TRUE;
}

static gboolean
read_shard (Run *run, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (run->arguments.shard, "/", -1);
  guint64 shard = 0, shards = 0;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 1, 1000000, &shards, NULL)
      || !g_ascii_string_to_unsigned (parts[0], 10, 1, shards, &shard, NULL))
    return refuse (error, "--shard is K/N with K from 1 to N, not \"%s\"", run->arguments.shard);
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
    { "bytes", &limits->bytes },
    { "paragraphs", &limits->paragraphs },
    { "pages", &limits->pages },
  };
  const char *equal = strchr (text, '=');
  guint64     number;

  for (guint i = 0; equal != NULL && i < G_N_ELEMENTS (known); i++) {
    if (strlen (known[i].name) != (gsize) (equal - text) || !g_str_has_prefix (text, known[i].name))
      continue;
    if (!g_ascii_string_to_unsigned (equal + 1, 10, 0, G_MAXUINT - 1, &number, NULL))
      return refuse (error, "--limit %s is a whole number, not \"%s\"", known[i].name, equal + 1);
    *known[i].limit = number > 0 ? (guint) number : G_MAXUINT;
    return TRUE;
  }
  return refuse (error, "--limit is bytes=N, paragraphs=N or pages=N, not \"%s\"", text);
}

static gboolean
choose_limits (Run *run, GError **error)
{
  const Arguments *a = &run->arguments;
  double           jobs = 0, timeout = TIMEOUT_DEFAULT, memory = MEMORY_DEFAULT;

  if ((a->jobs != NULL && !read_number ("--jobs", a->jobs, 4096, FALSE, &jobs, error))
      || (a->timeout != NULL && !read_number ("--timeout", a->timeout, 1e6, TRUE, &timeout, error))
      || (a->memory != NULL && !read_number ("--memory", a->memory, 1e6, FALSE, &memory, error)) || (a->shard != NULL && !read_shard (run, error)))
    return FALSE;
  for (guint i = 0; a->limits != NULL && a->limits[i] != NULL; i++)
    if (!read_limit (run, a->limits[i], error))
      return FALSE;
  run->batch.jobs = (guint) jobs;
  run->batch.timeout = timeout;
  run->batch.memory = (guint) memory;
  return TRUE;
}

/* Work */

static gboolean
check_names (const Run *run, GError **error)
{
  const Arguments *a = &run->arguments;
  const char      *paths[] = { a->output, a->report, a->manifest, a->deps, a->learn, a->lexicon };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (paths[i] != NULL && *paths[i] == '\0')
      return refuse (error, "a file's name is empty");
  if (a->gallery && (*a->gallery == '\0' || strcmp (a->gallery, "-") == 0))
    return refuse (error, "--gallery names a folder");
  if (a->gallery && a->dump)
    return refuse (error, "--gallery goes without --dump");
  if (a->sandbox && strcmp (a->sandbox, "auto") != 0 && strcmp (a->sandbox, "require") != 0 && strcmp (a->sandbox, "none") != 0)
    return refuse (error, "--sandbox is auto, require or none, not \"%s\"", a->sandbox);
  if (a->sandbox && a->no_sandbox && strcmp (a->sandbox, "none") != 0)
    return refuse (error, "--no-sandbox goes without --sandbox=%s", a->sandbox);
  if (a->learn && (a->output || a->to || a->dump || a->check))
    return refuse (error, "--learn makes a lexicon only; it goes without --output, --to, --dump and --check");
  if (a->times && a->report == NULL)
    return refuse (error, "--times goes with --report");
  return TRUE;
}

static int
do_batch (Run *run)
{
  const Arguments *a = &run->arguments;
  g_autoptr (GError) error = NULL;
  DiglotTally        tally;
  const DiglotEvents events = { .message = on_message, .progress = on_progress, .finished = on_finished, .data = run };
  DiglotBatch       *batch = &run->batch;

  batch->inputs = (const char *const *) a->inputs;
  batch->output = a->learn != NULL ? a->learn : a->output;
  batch->align = a->align;
  batch->picture = a->picture;
  batch->bundle = a->bundle;
  batch->learn = a->learn != NULL;
  batch->include = (const char *const *) a->include;
  batch->update = a->update;
  batch->watch = a->watch;
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
    .lexicon = a->lexicon,
    .limits = batch->conversion.limits,
    .source_date = g_getenv ("SOURCE_DATE_EPOCH"),
    .bind_process = TRUE,
  };
  if (!diglot_batch_run (batch, &events, &tally, &error)) {
    print_error (run, NULL, error);
    return STATUS_UNUSABLE;
  }
  if (tally.signal != 0) {
    /* So that the shell knows what ended it. */
    fflush (NULL);
    signal (tally.signal, SIG_DFL);
    raise (tally.signal);
  }
  if (tally.total == 1 && tally.refused == 1)
    return STATUS_UNUSABLE;
  return tally.failed > 0 || tally.unwritten > 0 ? STATUS_FAILED : STATUS_DONE;
}

static int
merge_reports (Run *run)
{
  const Arguments *a = &run->arguments;
  const char      *output = a->output != NULL ? a->output : "-";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (a->inputs == NULL)
    refuse (&error, "--merge-reports needs reports");
  else
    bytes = diglot_merge_reports ((const char *const *) a->inputs, &error);
  if (bytes == NULL) {
    print_error (run, NULL, error);
    return STATUS_UNUSABLE;
  }
  if (diglot_write_file (output, bytes, &error))
    return STATUS_DONE;
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
  Run        run = { 0 };
  Arguments *a = &run.arguments;
  g_autoptr (GError) error = NULL;
  int status = STATUS_UNUSABLE;

  if (!fill_standard_streams ())
    return STATUS_UNUSABLE;
  forget_settings ();
  signal (SIGXFSZ, SIG_IGN); /* a file that may not be so large fails as one on a full disk does */
  if (parse_arguments (a, argv, &error) && choose_messages (&run, &error))
    status = obey (&run);
  else
    print_error (&run, NULL, error);

  g_strfreev (a->settings);
  g_strfreev (a->font_dirs);
  g_strfreev (a->inputs);
  g_free (a->output);
  g_free (a->learn);
  g_free (a->prepare);
  g_free (a->help);
  g_free (a->lexicon);
  g_free (a->to);
  g_free (a->template_name);
  g_free (a->profile);
  g_free (a->languages);
  g_free (a->encoding);
  g_free (a->align);
  g_free (a->picture);
  g_free (a->dump);
  g_free (a->diagnostics);
  g_free (a->sandbox);
  g_strfreev (a->include);
  g_free (a->jobs);
  g_free (a->shard);
  g_free (a->timeout);
  g_free (a->memory);
  g_strfreev (a->limits);
  g_free (a->report);
  g_free (a->manifest);
  g_free (a->deps);
  g_free (a->gallery);
  g_free (a->progress_name);
  return status;
}
