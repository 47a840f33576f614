/* show.c: lines on standard error. */
#include "cli/show.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_PERIOD 100 /* ms between two bars on a terminal */
#define LOG_LINES  50  /* of so many dispatches each has a line in a log; of more, every fiftieth part has */
#define NAMES_MAX  5   /* of what is watched */
#define REPEATS    20  /* messages of one code, errors aside, that are shown; an archive's many thousands would hide all others */

typedef struct {
  const char    *code;
  DiglotSeverity severity;
  guint          n, shown;
} Count;

/* Messages */

void
cli_show_clear (Show *show)
{
  g_clear_pointer (&show->codes, g_hash_table_unref);
  cli_voice_clear (&show->voice);
}

static void
wipe_bar (Show *show)
{
  if (show->bar_shown)
    fputs ("\r\033[K", stderr);
  show->bar_shown = FALSE;
}

static void
free_count (gpointer count)
{
  g_free (count);
}

static Count *
count_message (Show *show, const DiglotMessage *message)
{
  const char *code = message->code != NULL ? message->code : "";
  Count      *count;

  if (show->codes == NULL)
    show->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_count);
  count = g_hash_table_lookup (show->codes, code);
  if (count == NULL) {
    char *key = g_strdup (code);

    count = g_new0 (Count, 1);
    count->code = key;
    g_hash_table_insert (show->codes, key, count);
  }
  count->severity = MAX (count->severity, message->severity);
  count->n++;
  return count;
}

static char *
dup_message (Show *show, const DiglotMessage *message)
{
  locale_t before = cli_voice_begin (&show->voice);
  char    *line = diglot_message_dup_text (message);

  cli_voice_end (before);
  return line;
}

void
cli_show_message (Show *show, const DiglotMessage *message)
{
  Count           *count = count_message (show, message);
  g_autofree char *line = NULL;

  /* A program that reads messages counts them itself. */
  if (message->severity < show->least || (!show->all && !show->json && message->severity < DIGLOT_SEVERITY_ERROR && count->shown >= REPEATS))
    return;
  count->shown++;
  line = show->json ? diglot_message_dup_json (message) : dup_message (show, message);
  wipe_bar (show);
  /* A message about no file is about the command line; it bears the program's name, as is the custom. */
  if (!show->json && message->file == NULL)
    fputs ("diglot: ", stderr);
  fputs (line, stderr);
  fputc ('\n', stderr);
}

void
cli_show_error (Show *show, const char *file, const GError *error)
{
  g_autoptr (DiglotMessage) message = diglot_message_new_from_error (file, error);

  cli_show_message (show, message);
}

/* Progress */

static gboolean
shows_progress (const Show *show, const DiglotTally *tally)
{
  if (show->quiet || show->progress == PROGRESS_NEVER)
    return FALSE;
  return show->progress == PROGRESS_ALWAYS || (isatty (STDERR_FILENO) && tally->total > 1);
}

static guint
count_columns (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 79;
}

static char *
dup_progress (Show *show, const DiglotTally *tally, guint columns)
{
  locale_t before = cli_voice_begin (&show->voice);
  char    *line = diglot_tally_dup_progress (tally, columns);

  cli_voice_end (before);
  return line;
}

static void
show_bar (Show *show, const DiglotTally *tally)
{
  gint64           now = g_get_monotonic_time ();
  g_autofree char *line = NULL;

  if (now - show->bar_time < BAR_PERIOD * 1000 && tally->done < tally->total)
    return;
  line = dup_progress (show, tally, count_columns ());
  wipe_bar (show);
  fputs (line, stderr);
  fflush (stderr);
  show->bar_shown = TRUE;
  show->bar_time = now;
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
show_log_line (Show *show, const DiglotTally *tally)
{
  guint step = (tally->total + LOG_LINES - 1) / LOG_LINES;

  if (step <= 1) {
    g_autofree char *name = dup_shown (tally->name);

    fprintf (stderr, "%u/%u %s\n", tally->done, tally->total, name);
  } else if (tally->done % step == 0 || tally->done == tally->total) {
    g_autofree char *line = dup_progress (show, tally, 0);

    fprintf (stderr, "%s\n", line);
  }
}

void
cli_show_progress (Show *show, const DiglotTally *tally)
{
  if (!shows_progress (show, tally))
    return;
  if (isatty (STDERR_FILENO))
    show_bar (show, tally);
  else
    show_log_line (show, tally);
}

/* Summary */

/* Errors first, then what there is most of. */
static int
compare_counts (gconstpointer one, gconstpointer two)
{
  const Count *a = *(Count *const *) one, *b = *(Count *const *) two;

  if (a->severity != b->severity)
    return a->severity > b->severity ? -1 : 1;
  if (a->n != b->n)
    return a->n > b->n ? -1 : 1;
  return strcmp (a->code, b->code);
}

static void
print_line (const char *translated)
{
  g_autofree char *line = dg_text_dup_line (translated);

  fprintf (stderr, "%s\n", line);
}

static void
show_count (const Count *count)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const guint n = count->n;

  g_string_printf (line,
                   count->severity == DIGLOT_SEVERITY_ERROR     ? dg_text_n ("%7u error [%s]", "%7u errors [%s]", n)
                   : count->severity == DIGLOT_SEVERITY_WARNING ? dg_text_n ("%7u warning [%s]", "%7u warnings [%s]", n)
                                                                : dg_text_n ("%7u note [%s]", "%7u notes [%s]", n),
                   n, count->code);
  if (count->shown < n)
    g_string_append_printf (line, dg_text (", %u shown"), count->shown);
  print_line (line->str);
}

static void
show_counts (Show *show, gboolean several)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       count;
  gboolean       hidden = FALSE;

  if (show->codes == NULL)
    return;
  g_hash_table_iter_init (&iter, show->codes);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    if (((Count *) count)->severity >= show->least && (several || ((Count *) count)->shown < ((Count *) count)->n))
      g_ptr_array_add (counts, count);
  g_ptr_array_sort (counts, compare_counts);
  for (guint i = 0; i < counts->len; i++) {
    const Count *c = counts->pdata[i];

    show_count (c);
    hidden = hidden || c->shown < c->n;
  }
  if (hidden)
    print_line (dg_text ("--messages all shows every one"));
}

void
cli_show_summary (Show *show, const DiglotTally *tally)
{
  g_autofree char *summary = NULL;
  locale_t         before;

  wipe_bar (show);
  if (show->quiet || show->json)
    return;
  before = cli_voice_begin (&show->voice);
  summary = diglot_tally_dup_summary (tally);
  if (tally->total > 1 && show->progress != PROGRESS_NEVER)
    fprintf (stderr, "%s\n", summary);
  show_counts (show, tally->total > 1 && show->progress != PROGRESS_NEVER);
  cli_voice_end (before);
  g_clear_pointer (&show->codes, g_hash_table_unref);
}

void
cli_show_watching (Show *show, const char *const *inputs)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *line = NULL;
  locale_t         before;

  if (show->quiet || show->json)
    return;
  for (guint i = 0; inputs != NULL && inputs[i] != NULL && i < NAMES_MAX; i++) {
    g_autofree char *name = dup_shown (inputs[i]);

    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }
  if (inputs != NULL && g_strv_length ((char **) inputs) > NAMES_MAX)
    g_string_append (names, ", ...");
  before = cli_voice_begin (&show->voice);
  line = g_strdup_printf (dg_text ("watching %s for changes; a signal ends it"), names->str);
  print_line (line);
  cli_voice_end (before);
}
