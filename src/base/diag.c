/* diag.c: the list of messages about one dispatch, and a message as the line that is printed.
 * What a message quotes of the input is made fit for a terminal here, in the one place that all texts pass. */
#include "base/diag.h"

#include "base/speech.h"
#include "base/utf.h"

#include <string.h>

/* Messages of one code that are kept; a file of nothing but control characters would otherwise fill the memory. */
#define KEEP_MAX 1000

typedef struct {
  DiglotMessage message;
  guint         order; /* of finding */
} Entry;

/* What was left out once KEEP_MAX messages of a code were there. */
typedef struct {
  guint kept, dropped;
  guint line, column; /* of the first one left out */
} Tally;

struct DgDiag {
  char          *file;
  GArray        *entries; /* Entry; message.text is owned, the other strings are not */
  GHashTable    *seen;    /* "line:column:code:text" of every entry, so that each is there once */
  Tally          tally[DG_DIAG_COUNT];
  GArray        *list;       /* DiglotMessage, sorted; NULL when an addition made it stale */
  GPtrArray     *list_texts; /* texts that only the list has */
  DiglotSeverity worst;
};

static const struct {
  DiglotSeverity severity;
  const char    *code;
  const char    *format;
} table[] = {
#define _(id, severity, code, text) { DIGLOT_SEVERITY_##severity, code, text },
  DG_DIAG_TABLE (_)
#undef _
};

/* The code of a message made of a GError, by DiglotErrorCode. */
static const char *const error_codes[] = {
  "usage.option",      "input.unreadable",   "input.charset", "parse.empty", "template.wrong", "font.missing-face", "layout.failed",
  "output.unwritable", "output.conformance", "input.limit",   "align.file",  "run.cancelled",  "input.kind",
};

const char *const *
dg_diag_codes (void)
{
  static const char *const codes[] = {
#define _(id, severity, code, text) code,
    DG_DIAG_TABLE (_)
#undef _
      NULL,
  };

  return codes;
}

gboolean
dg_diag_is_code (const char *word)
{
  const char *const *codes = dg_diag_codes ();
  gsize              length = strlen (word);

  for (guint i = 0; codes[i] != NULL; i++)
    if (length > 0 && strncmp (codes[i], word, length) == 0 && (codes[i][length] == '\0' || codes[i][length] == '.'))
      return TRUE;
  return FALSE;
}

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_free ((char *) entry->message.text);
}

DgDiag *
dg_diag_new (const char *file)
{
  DgDiag *diag = g_new0 (DgDiag, 1);

  diag->file = g_utf8_make_valid (file, -1); /* made fit for a terminal where it is shown */
  diag->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (diag->entries, clear_entry);
  diag->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  diag->list_texts = g_ptr_array_new_with_free_func (g_free);
  return diag;
}

static void
drop_list (DgDiag *diag)
{
  g_clear_pointer (&diag->list, g_array_unref);
  g_ptr_array_set_size (diag->list_texts, 0);
}

void
dg_diag_free (DgDiag *diag)
{
  if (diag == NULL)
    return;
  drop_list (diag);
  g_ptr_array_unref (diag->list_texts);
  g_hash_table_unref (diag->seen);
  g_array_unref (diag->entries);
  g_free (diag->file);
  g_free (diag);
}

static gboolean
keep (DgDiag *diag, const DiglotMessage *message)
{
  Entry            entry = { *message, diag->entries->len };
  g_autofree char *text = dg_dup_printable (message->text, -1);
  g_autofree char *key = g_strdup_printf ("%u:%u:%s:%s", message->line, message->column, message->code, text);

  if (!g_hash_table_add (diag->seen, g_steal_pointer (&key)))
    return FALSE;
  entry.message.file = diag->file;
  entry.message.text = g_steal_pointer (&text);
  g_array_append_val (diag->entries, entry);
  return TRUE;
}

void
dg_diag_add (DgDiag *diag, DgDiagId id, guint line, guint column, ...)
{
  DiglotMessage message = { .line = line, .column = column };
  Tally        *tally;
  va_list       args;

  g_return_if_fail ((guint) id < DG_DIAG_COUNT);
  drop_list (diag);
  message.severity = table[id].severity;
  message.code = table[id].code;
  diag->worst = MAX (diag->worst, message.severity);
  tally = &diag->tally[id];
  if (tally->kept >= KEEP_MAX) {
    if (tally->dropped++ == 0) {
      tally->line = line;
      tally->column = column;
    }
    return;
  }

  va_start (args, column);
  g_autofree char *text = g_strdup_vprintf (table[id].format, args);
  va_end (args);
  message.text = text;
  if (keep (diag, &message))
    tally->kept++;
}

static const char *
error_code (const GError *error)
{
  if (error->domain == DIGLOT_ERROR && (guint) error->code < G_N_ELEMENTS (error_codes))
    return error_codes[error->code];
  return "internal.error";
}

void
dg_diag_add_error (DgDiag *diag, const GError *error)
{
  DiglotMessage message = { .severity = DIGLOT_SEVERITY_ERROR, .code = error_code (error), .text = error->message };

  drop_list (diag);
  diag->worst = DIGLOT_SEVERITY_ERROR;
  keep (diag, &message);
}

void
dg_diag_copy (DgDiag *diag, const DgDiag *from, guint first, guint last)
{
  drop_list (diag);
  for (guint i = 0; i < from->entries->len; i++) {
    const DiglotMessage *message = &g_array_index (from->entries, Entry, i).message;

    if (message->line < first || message->line > last)
      continue;
    diag->worst = MAX (diag->worst, message->severity);
    keep (diag, message);
  }
}

/* Who reads one message only is to read this one. */
static gboolean
is_first (const DiglotMessage *message)
{
  return message->code == table[DG_DIAG_PARSE_EMBARGO].code;
}

static int
compare_entries (gconstpointer one, gconstpointer two)
{
  const Entry *a = one, *b = two;
  gboolean     first_a = is_first (&a->message), first_b = is_first (&b->message);

  if (first_a != first_b)
    return first_a ? -1 : 1;
  if (a->message.line != b->message.line)
    return a->message.line < b->message.line ? -1 : 1;
  if (a->message.column != b->message.column)
    return a->message.column < b->message.column ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

/* A message for each code of which some were left out, at the place of the first of them. */
static void
append_left_out (DgDiag *diag, GArray *sorted)
{
  for (guint id = 0; id < DG_DIAG_COUNT; id++) {
    const Tally *tally = &diag->tally[id];
    Entry        entry = { .order = G_MAXUINT };

    if (tally->dropped == 0)
      continue;
    entry.message = (DiglotMessage){
      .file = diag->file,
      .line = tally->line,
      .column = tally->column,
      .severity = table[id].severity,
      .code = table[id].code,
      .text = g_strdup_printf (N_ ("%u more of this kind are not listed"), tally->dropped),
    };
    g_ptr_array_add (diag->list_texts, (char *) entry.message.text);
    g_array_append_val (sorted, entry);
  }
}

const DiglotMessage *
dg_diag_list (DgDiag *diag, guint *n)
{
  if (diag->list == NULL) {
    /* A copy of the entries: the texts stay with diag->entries. */
    g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (Entry), diag->entries->len);

    g_array_append_vals (sorted, diag->entries->data, diag->entries->len);
    append_left_out (diag, sorted);
    g_array_sort (sorted, compare_entries);
    diag->list = g_array_sized_new (FALSE, FALSE, sizeof (DiglotMessage), sorted->len);
    for (guint i = 0; i < sorted->len; i++)
      g_array_append_val (diag->list, g_array_index (sorted, Entry, i).message);
  }
  *n = diag->list->len;
  return (const DiglotMessage *) (const void *) diag->list->data;
}

DiglotSeverity
dg_diag_worst (const DgDiag *diag)
{
  return diag->worst;
}

const char *
dg_severity_name (DiglotSeverity severity)
{
  switch (severity) {
  case DIGLOT_SEVERITY_ERROR: return N_ ("error");
  case DIGLOT_SEVERITY_WARNING: return N_ ("warning");
  case DIGLOT_SEVERITY_NOTE:
  case DIGLOT_SEVERITY_NONE: break;
  }
  return N_ ("note");
}

/* The place and the code around it stay as they are, for editors that jump to the one and scripts that look for the other. */
static void
append_sentence (GString *out, DiglotSeverity severity, const char *text)
{
  g_autofree char *bare = dg_speech_dup (text);
  g_autofree char *sentence = g_strdup_printf ("%s: %s", dg_text (dg_severity_name (severity)), bare);
  g_autofree char *line = dg_text_dup_line (sentence);

  g_string_append (out, line);
}

char *
diglot_message_dup_text (const DiglotMessage *message)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *file = dg_dup_printable (message->file != NULL ? message->file : "", -1);
  g_autofree char *text = dg_dup_printable (message->text, -1);

  if (*file != '\0')
    dg_speech_append_name (out, file);
  if (message->line > 0)
    g_string_append_printf (out, "%u:", message->line);
  if (message->line > 0 && message->column > 0)
    g_string_append_printf (out, "%u:", message->column);
  if (out->len > 0)
    g_string_append_c (out, ' ');
  append_sentence (out, message->severity, text);
  if (message->code != NULL)
    g_string_append_printf (out, " [%s]", message->code);
  return g_string_free (out, FALSE);
}

/* Cuts "[code]" off the end of @text and returns the code; NULL where there is none. */
static char *
cut_code (char *text)
{
  gsize length = strlen (text);
  char *open = strrchr (text, '[');

  if (length == 0 || text[length - 1] != ']' || open == NULL || open == text || open[-1] != ' ')
    return NULL;
  open[-1] = '\0';
  return g_strndup (open + 1, (gsize) (text + length - 1 - (open + 1)));
}

/* Cuts ":NUMBER" off the end of @place. */
static guint
cut_number (char *place)
{
  char   *colon = strrchr (place, ':');
  guint64 number;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT, &number, NULL))
    return 0;
  *colon = '\0';
  return (guint) number;
}

DiglotMessage *
diglot_message_new_from_error (const char *file, const GError *error)
{
  static const char separator[] = ": error: ";
  DiglotMessage    *message = g_new0 (DiglotMessage, 1);
  const char       *at = strstr (error->message, separator);

  message->severity = DIGLOT_SEVERITY_ERROR;
  if (error->domain == DIGLOT_ERROR && error->code == DIGLOT_ERROR_TEMPLATE && at != NULL) {
    /* A template's error is a message already, with a place of its own. */
    char *place = g_strndup (error->message, (gsize) (at - error->message));
    char *text = g_strdup (at + strlen (separator));

    message->code = cut_code (text);
    message->column = cut_number (place);
    message->line = cut_number (place);
    message->file = place;
    message->text = text;
  } else {
    message->file = g_strdup (file);
    message->text = g_strdup (error->message);
  }
  if (message->code == NULL)
    message->code = g_strdup (error_code (error));
  return message;
}

void
diglot_message_free (DiglotMessage *message)
{
  if (message == NULL)
    return;
  g_free ((char *) message->file);
  g_free ((char *) message->code);
  g_free ((char *) message->text);
  g_free (message);
}

DiglotMessage *
diglot_message_copy (const DiglotMessage *message)
{
  DiglotMessage *copy = g_new0 (DiglotMessage, 1);

  *copy = *message;
  copy->file = g_strdup (message->file);
  copy->code = g_strdup (message->code);
  copy->text = g_strdup (message->text);
  return copy;
}
