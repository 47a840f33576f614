/* options.c: the table of the options, and the words that it is told by: help, and what was perhaps meant. */
#include "cli/options.h"

#include <string.h>

gboolean
cli_refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, text);
  return FALSE;
}

/* Words */

/* The command line with "-j4" as "--jobs=4": GOption knows no value joined to a letter.  And "--strict" with the value that it has without one, since
 * GOption would take the next word for it. */
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
    } else if (is_option && strcmp (words[i], "--strict") == 0) {
      g_free (words[i]);
      words[i] = g_strdup ("--strict=warning");
    }
  }
  return words;
}

gboolean
cli_options_want_json (char **argv)
{
  gboolean wants = FALSE;

  for (guint i = 1; argv[0] != NULL && argv[i] != NULL && strcmp (argv[i], "--") != 0; i++)
    if (g_str_has_prefix (argv[i], "--diagnostics="))
      wants = strcmp (argv[i], "--diagnostics=json") == 0;
    else if (strcmp (argv[i], "--diagnostics") == 0)
      wants = g_strcmp0 (argv[i + 1], "json") == 0;
  return wants;
}

/* What was meant */

/* The long names of @entries, "--NAME" each; NULL-terminated. */
static char **
dup_names (const GOptionEntry *entries)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; entries[i].long_name != NULL; i++)
    if (*entries[i].long_name != '\0')
      g_ptr_array_add (names, g_strconcat ("--", entries[i].long_name, NULL));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* Many take a key of templates for an option: the key that "--page-size" or "--kashida" names; NULL: none. */
static char *
dup_nearest_key (const char *name)
{
  g_autofree char *list = diglot_list_keys ();
  g_auto (GStrv) keys = g_strsplit (g_strchomp (list), "\n", -1);
  const char *wanted = name + strspn (name, "-");

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; keys[i] != NULL; i++) {
      g_autofree char *key = g_strndup (keys[i], strcspn (keys[i], "\t")), *joined = g_strdelimit (g_strdup (key), ".", '-');

      if (strcmp (pass == 0 ? joined : strchr (key, '.') + 1, wanted) == 0 || strcmp (key, wanted) == 0)
        return g_steal_pointer (&key);
    }
  return NULL;
}

/* Refuses what GOption does not know; @message is its "Unknown option --NAME=VALUE". */
static gboolean
refuse_option (const char *message, const GOptionEntry *entries, GError **error)
{
  const char *option = strchr (message, '-');
  g_auto (GStrv) names = dup_names (entries);

  if (option != NULL && g_str_has_prefix (message, "Missing argument"))
    return cli_refuse (error, "%s needs a value", option);
  if (option == NULL || !g_str_has_prefix (message, "Unknown"))
    return cli_refuse (error, "%s", message);
  if (g_file_test (option, G_FILE_TEST_EXISTS))
    return cli_refuse (error, "there is no option %s; the file of this name is ./%s, or stands behind --", option, option);

  g_autofree char *name = g_strndup (option, strcspn (option, "="));
  g_autofree char *nearest = diglot_dup_nearest (name, (const char *const *) names);

  if (nearest != NULL)
    return cli_refuse (error, "there is no option %s; did you mean %s?", name, nearest);

  g_autofree char *key = dup_nearest_key (name);

  if (key != NULL)
    return cli_refuse (error, "there is no option %s; did you mean --set %s=VALUE?", name, key);
  if (strchr (name, '.') != NULL)
    return cli_refuse (error, "there is no option %s; a file whose name begins with - is ./%s, or stands behind --", option, option);
  return cli_refuse (error, "there is no option %s; diglot --help-all tells all", name);
}

/* "-output" would be taken for "-o utput". */
static gboolean
check_dashes (char **words, const GOptionEntry *entries, GError **error)
{
  for (guint i = 1; words[0] != NULL && words[i] != NULL && strcmp (words[i], "--") != 0; i++) {
    gsize            length = strcspn (words[i], "=");
    g_autofree char *word = g_strndup (words[i], length);

    /* GOption takes "--quiet=no" for --quiet. */
    for (guint k = 0; words[i][length] == '=' && g_str_has_prefix (word, "--") && entries[k].long_name != NULL; k++)
      if (entries[k].arg == G_OPTION_ARG_NONE && strcmp (entries[k].long_name, word + 2) == 0)
        return cli_refuse (error, "%s takes no value", word);
    if (word[0] != '-' || word[1] == '-' || length < 4)
      continue;
    for (guint k = 0; entries[k].long_name != NULL; k++)
      if (strlen (entries[k].long_name) == length - 1 && strncmp (entries[k].long_name, word + 1, length - 1) == 0)
        return cli_refuse (error, "there is no option %s; did you mean -%s?", word, word);
  }
  return TRUE;
}

/* Help */

/* What most runs need, and what leads to the rest. */
static gboolean
is_common (const char *name)
{
  static const char *const common[] = { "output",  "to",     "template", "set",  "lang",  "bundle",         "check",     "jobs",
                                        "update",  "report", "watch",    "open", "quiet", "list-templates", "list-keys", "list-languages",
                                        "version", "help",   "help-all" };

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (strcmp (name, common[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
hide_rare (GOptionEntry *entries)
{
  for (guint i = 0; entries[i].long_name != NULL; i++)
    if (!is_common (entries[i].long_name))
      entries[i].flags |= G_OPTION_FLAG_HIDDEN;
}

/* Each line of @english in the reader's language. */
static char *
dup_lines (const char *english)
{
  g_auto (GStrv) lines = g_strsplit (dg_text (english), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0') {
      char *line = dg_text_dup_line (lines[i]);

      g_free (lines[i]);
      lines[i] = line;
    }
  return g_strjoinv ("\n", lines);
}

/* "pdf (the default), png, svg, json". */
static char *
dup_formats (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (DiglotFormat format = 0; diglot_format_name (format) != NULL; format++)
    if (diglot_format_kind (format) == DIGLOT_FORMAT_KIND_FILE)
      g_string_append_printf (names, names->len > 0 ? dg_text (", %s") : dg_text ("%s (the default)"), diglot_format_name (format));
  return dg_text_dup_line (names->str);
}

/* What GLib writes in English, as the thread's locale is the C locale then. */
static char *
dup_help_of (GOptionContext *context, const char *usage, const char *options)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  g_autoptr (GString) text = g_string_new (help);

  g_string_replace (text, "\xE2\x80\xA6", "...", 0); /* not every terminal can show it */
  g_string_replace (text, "Usage:", usage, 1);
  g_string_replace (text, "Options:", options, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_help (const GOptionEntry *entries, Voice *voice)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("INPUT...");
  g_autoptr (GArray) spoken = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  locale_t before = cli_voice_begin (voice);

  for (guint i = 0; entries[i].long_name != NULL; i++) {
    GOptionEntry entry = entries[i];

    if (entry.description != NULL) {
      g_ptr_array_add (lines, strcmp (entry.long_name, "to") == 0 ? dup_formats () : dup_lines (entry.description));
      entry.description = lines->pdata[lines->len - 1];
    }
    g_array_append_val (spoken, entry);
  }
  g_autofree char *summary = dup_lines (N_ ("Typesets bilingual dispatches in two columns.  INPUT is a text file, - for standard input,\n"
                                            "a directory or an archive (zip, tar, 7z): every *.txt in it, or @FILE: a list of inputs."));
  g_autofree char *statuses = dup_lines (N_ ("Exit status: 0 every dispatch was set, with warnings or not; 1 at least one failed, all others\n"
                                             "were done; 2 the command line, the template or the fonts are unusable, nothing was done."));
  g_autofree char *first = dup_lines (N_ ("makes flood.pdf")), *second = dup_lines (N_ ("sets every dispatch of an archive"));
  g_autofree char *last = dup_lines (N_ ("--help-all tells all options, man diglot all about them."));
  g_autofree char *usage = dup_lines (N_ ("Usage:")), *options = dup_lines (N_ ("Options:"));
  g_autofree char *description =
    g_strdup_printf ("%s\n\n  diglot flood.txt                   %s\n  diglot -T book -o out/ wire.zip    %s\n\n%s\n", statuses, first, second, last);

  cli_voice_end (before);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, (const GOptionEntry *) (const void *) spoken->data, NULL);
  return dup_help_of (context, usage, options);
}

/* Every text option is of the type of file names: GOption would convert other strings from the locale's charset, and refuse
 * UTF-8 in the C locale. */
gboolean
cli_options_parse (Arguments *a, char **argv, Voice *voice, GError **error)
{
  gboolean     wants_help = FALSE, wants_all = FALSE;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &a->output, N_ ("A file, - for standard output, a directory, or an archive (tar, tar.zst, zip)"), "PATH" },
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &a->to, "", "FORMAT" },
    { "template", 'T', 0, G_OPTION_ARG_FILENAME, &a->template_name, N_ ("A template by name, or an .ini file"), "NAME" },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->settings, N_ ("Set one template key; repeatable"), "KEY=VALUE" },
    { "font-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->font_dirs, N_ ("More fonts, for templates that name them; repeatable"), "DIR" },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &a->profile, N_ ("What a PDF is for: archive (the default), print or screen"), "NAME" },
    { "lang", 0, 0, G_OPTION_ARG_FILENAME, &a->languages, N_ ("The two languages, where detection should not decide"), "A,B" },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &a->from, N_ ("What an input is: auto (the default), text, html, mail, docx or odt"), "KIND" },
    { "encoding", 0, 0, G_OPTION_ARG_FILENAME, &a->encoding, N_ ("The input's charset, where detection should not decide"), "NAME" },
    { "align", 0, 0, G_OPTION_ARG_FILENAME, &a->align, N_ ("Pairs that an editor fixes: a file, or a directory with one for each input"), "PATH" },
    { "picture", 0, 0, G_OPTION_ARG_FILENAME, &a->picture, N_ ("The picture over the caption; else NAME.jpg, .jpeg or .png beside NAME.txt"), "FILE" },
    { "learn", 0, 0, G_OPTION_ARG_FILENAME, &a->learn, N_ ("Learn words from the inputs' own pairs and write them to LEXICON; typeset nothing"), "LEXICON" },
    { "lexicon", 0, 0, G_OPTION_ARG_FILENAME, &a->lexicon, N_ ("Pair with the words that --learn has written"), "LEXICON" },
    { "min-score", 0, 0, G_OPTION_ARG_FILENAME, &a->min_score, N_ ("Leave pairs less sure than S, 0 to 1, out of a translation memory"), "S" },
    { "bundle", 0, 0, G_OPTION_ARG_NONE, &a->bundle, N_ ("All dispatches in one PDF or EPUB, with contents"), NULL },
    { "check", 0, 0, G_OPTION_ARG_NONE, &a->check, N_ ("Read, pair and report; typeset nothing"), NULL },
    { "dump", 0, 0, G_OPTION_ARG_FILENAME, &a->dump, N_ ("The result of a stage as text: source, doc, align, lines, pages"), "STAGE" },
    { "diagnostics", 0, 0, G_OPTION_ARG_FILENAME, &a->diagnostics, N_ ("Messages as text (the default) or json"), "FORMAT" },
    { "messages", 0, 0, G_OPTION_ARG_FILENAME, &a->messages, N_ ("The least that is shown: error, warning, note (the default), or all"), "LEVEL" },
    { "strict", 0, 0, G_OPTION_ARG_FILENAME, &a->strict, N_ ("A warning counts as an error; or what has one of these codes does; written with ="), "CODE,..." },
    { "jobs", 'j', 0, G_OPTION_ARG_FILENAME, &a->jobs, N_ ("Dispatches typeset at once; 0, the default: one a processor"), "N" },
    { "update", 'u', 0, G_OPTION_ARG_NONE, &a->update, N_ ("Pass over what is made already from the same things"), NULL },
    { "shard", 0, 0, G_OPTION_ARG_FILENAME, &a->shard, N_ ("Take the Kth of N stable parts of the inputs"), "K/N" },
    { "shard-by", 0, 0, G_OPTION_ARG_FILENAME, &a->shard_by,
      N_ ("What parts have alike: name (the default: the number of dispatches, by their names alone) or size"), "WHAT" },
    { "include", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->include, N_ ("Which files of folders and archives are dispatches; repeatable"), "GLOB" },
    { "job-list", 0, 0, G_OPTION_ARG_FILENAME, &a->job_list, N_ ("A list of dispatches with output, template and languages each, as TSV or JSON Lines"),
      "FILE" },
    { "null", '0', 0, G_OPTION_ARG_NONE, &a->null, N_ ("Names in lists end in a NUL, as those of find -print0"), NULL },
    { "expect", 0, 0, G_OPTION_ARG_FILENAME, &a->expect, N_ ("The number of dispatches that there are to be; another one fails the batch"), "N" },
    { "dedupe", 0, 0, G_OPTION_ARG_NONE, &a->dedupe, N_ ("Of dispatches with the same bytes set the first only"), NULL },
    { "fan-out", 0, 0, G_OPTION_ARG_FILENAME, &a->fan_out, N_ ("Spread outputs over folders that N digits of a digest name"), "N" },
    { "max-failures", 0, 0, G_OPTION_ARG_FILENAME, &a->max_failures, N_ ("Begin no more after N failures"), "N" },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &a->timeout, N_ ("Seconds for one dispatch; 0: no limit"), "S" },
    { "memory", 0, 0, G_OPTION_ARG_FILENAME, &a->memory, N_ ("MiB for one dispatch; 0: no limit"), "MB" },
    { "limit", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->limits, N_ ("The most bytes, paragraphs or pages; 0: no limit; repeatable"), "NAME=N" },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &a->report, N_ ("Write a JSON object a dispatch to FILE"), "FILE" },
    { "times", 0, 0, G_OPTION_ARG_NONE, &a->times, N_ ("The report has milliseconds too"), NULL },
    { "merge-reports", 0, 0, G_OPTION_ARG_NONE, &a->merge_reports, N_ ("INPUTs are the shards' reports; make one of them"), NULL },
    { "manifest", 0, 0, G_OPTION_ARG_FILENAME, &a->manifest, N_ ("Write the outputs' SHA-256 to FILE"), "FILE" },
    { "deps", 0, 0, G_OPTION_ARG_FILENAME, &a->deps, N_ ("Write Make's rules of the outputs to FILE"), "FILE" },
    { "gallery", 0, 0, G_OPTION_ARG_FILENAME, &a->gallery, N_ ("Make a page in DIR to look the batch through and mend its pairs"), "DIR" },
    { "watch", 0, 0, G_OPTION_ARG_NONE, &a->watch, N_ ("Typeset again whenever an input or the template changes"), NULL },
    { "done", 0, 0, G_OPTION_ARG_FILENAME, &a->done, N_ ("With --watch: move inputs that were set to DIR"), "DIR" },
    { "failed", 0, 0, G_OPTION_ARG_FILENAME, &a->failed, N_ ("With --watch: move inputs that could not be set to DIR"), "DIR" },
    { "worker", 0, 0, G_OPTION_ARG_NONE, &a->worker, N_ ("Answer jobs on standard input, a line of JSON each; -o names the folder for files"), NULL },
    { "open", 0, 0, G_OPTION_ARG_NONE, &a->open, N_ ("Show what was made in the desktop's viewer"), NULL },
    { "progress", 0, 0, G_OPTION_ARG_FILENAME, &a->progress_name, N_ ("auto (the default), always or never"), "WHEN" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &a->quiet, N_ ("Show errors only, and no progress"), NULL },
    { "list-templates", 0, 0, G_OPTION_ARG_NONE, &a->list_templates, N_ ("Print the names of the templates"), NULL },
    { "list-keys", 0, 0, G_OPTION_ARG_NONE, &a->list_keys, N_ ("Print the keys of templates, each with type, default and meaning"), NULL },
    { "list-fonts", 0, 0, G_OPTION_ARG_NONE, &a->list_fonts, N_ ("Print the faces, their files and packages"), NULL },
    { "list-languages", 0, 0, G_OPTION_ARG_NONE, &a->list_languages, N_ ("Print the languages, each with what there is for it"), NULL },
    { "sandbox", 0, 0, G_OPTION_ARG_STRING, &a->sandbox,
      N_ ("Give up the rights that no dispatch needs: auto, as far as the kernel lets it; require, or do nothing; none"), "WHEN" },
    { "prepare", 0, 0, G_OPTION_ARG_FILENAME, &a->prepare, N_ ("Compile the installed dictionaries and patterns into DIR, and end"), "DIR" },
    { "no-sandbox", 0, 0, G_OPTION_ARG_NONE, &a->no_sandbox, N_ ("Keep the rights that no dispatch needs"), NULL },
    { "version", 'V', 0, G_OPTION_ARG_NONE, &a->version, N_ ("Print the version, those of the libraries, and what the sandbox consists of"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_ ("Print the options that most runs need"), NULL },
    { "help-all", 0, 0, G_OPTION_ARG_NONE, &wants_all, N_ ("Print all options"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->inputs, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) words = dup_words (argv);

  if (!check_dashes (words, entries, error))
    return FALSE;
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &words, &problem))
    return refuse_option (problem->message, entries, error);
  if (wants_help && !wants_all)
    hide_rare (entries);
  a->help = wants_help || wants_all ? dup_help (entries, voice) : NULL;
  return TRUE;
}

void
cli_options_clear (Arguments *a)
{
  g_strfreev (a->settings);
  g_strfreev (a->font_dirs);
  g_strfreev (a->inputs);
  g_free (a->output);
  g_free (a->learn);
  g_free (a->prepare);
  g_free (a->help);
  g_free (a->lexicon);
  g_free (a->min_score);
  g_free (a->to);
  g_free (a->template_name);
  g_free (a->profile);
  g_free (a->languages);
  g_free (a->encoding);
  g_free (a->from);
  g_free (a->align);
  g_free (a->picture);
  g_free (a->dump);
  g_free (a->diagnostics);
  g_free (a->sandbox);
  g_strfreev (a->include);
  g_free (a->jobs);
  g_free (a->job_list);
  g_free (a->shard);
  g_free (a->shard_by);
  g_free (a->fan_out);
  g_free (a->expect);
  g_free (a->max_failures);
  g_free (a->timeout);
  g_free (a->memory);
  g_strfreev (a->limits);
  g_free (a->report);
  g_free (a->manifest);
  g_free (a->deps);
  g_free (a->gallery);
  g_free (a->done);
  g_free (a->failed);
  g_free (a->progress_name);
  g_free (a->messages);
  g_free (a->strict);
}
