/* options.h: the command line as it was written, and what the program says of its options.
 * In: words.  Out: one value an option, NULL or FALSE where it was not given; numbers and names are not looked at here. */
#ifndef DG_CLI_OPTIONS_H
#define DG_CLI_OPTIONS_H

#include "cli/voice.h"
#include "diglot.h"

typedef struct {
  char    *output;
  char    *to;
  char    *template_name;
  char   **font_dirs;
  char   **settings;
  char    *profile;
  char    *languages;
  char    *encoding;
  char    *from;
  char    *align;
  char    *picture;
  char    *learn;
  char    *lexicon;
  char    *min_score;
  gboolean bundle;
  gboolean check;
  char    *dump;
  char    *diagnostics;
  char    *messages;
  char    *strict; /* "warning" where no codes are given */
  char    *jobs;
  gboolean update;
  char    *shard;
  char    *shard_by;
  char    *job_list;
  gboolean null;
  gboolean dedupe;
  char    *fan_out;
  char    *expect;
  char    *max_failures;
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
  char    *done;
  char    *failed;
  gboolean open;
  gboolean worker;
  gboolean merge_reports;
  char    *progress_name;
  gboolean quiet;
  gboolean list_templates;
  gboolean list_keys;
  gboolean list_fonts;
  gboolean list_languages;
  char    *prepare;
  gboolean no_sandbox;
  char    *sandbox;
  gboolean version;
  char    *help; /* what was asked for with --help or --help-all */
  char   **inputs;
} Arguments;

/* FALSE with @error (DIGLOT_ERROR_USAGE) for what is no option of ours; the nearest one is named then. */
gboolean cli_options_parse (Arguments *arguments, char **argv, Voice *voice, GError **error);
void     cli_options_clear (Arguments *arguments);

/* TRUE where @argv, which may be nonsense otherwise, wants messages as JSON. */
gboolean cli_options_want_json (char **argv);

/* Always FALSE: the command line cannot be obeyed. */
gboolean cli_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

#endif
