/* show.h: what a run shows on standard error: messages, a bar or a log of progress, a summary.
 * In: what the library tells.  Out: lines.  Messages of one code that come again and again are counted; the summary has the counts. */
#ifndef DG_CLI_SHOW_H
#define DG_CLI_SHOW_H

#include "cli/voice.h"
#include "diglot.h"

typedef enum { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER } Progress;

typedef struct {
  Progress       progress;
  gboolean       quiet;
  gboolean       json;
  gboolean       all;       /* nothing is only counted */
  DiglotSeverity least;     /* that is shown */
  GHashTable    *codes;     /* code → Count; NULL until there is a message */
  gboolean       bar_shown; /* a line on the terminal is to be wiped before the next one */
  gint64         bar_time;  /* µs when it was shown */
  Voice          voice;
} Show;

void cli_show_clear (Show *show);

void cli_show_message (Show *show, const DiglotMessage *message);
/* What failed before or after the work on @file; NULL: the command line. */
void cli_show_error (Show *show, const char *file, const GError *error);

/* After each dispatch; at the end. */
void cli_show_progress (Show *show, const DiglotTally *tally);
void cli_show_summary (Show *show, const DiglotTally *tally);

/* That all is done for now and @inputs are looked at. */
void cli_show_watching (Show *show, const char *const *inputs);

#endif
