/* state.c: the records of --update: a file of lines, one a job, its fields parted by tabs:
 *
 *   KEY NAME DETAILS OUTPUT DIGEST OUTPUT DIGEST ... .
 *
 * Text that is no plain line is escaped as in C.  The full stop at the end tells a whole record from a torn one. */
#include "batch/state.h"

#include "base/digest.h"
#include "diglot.h"
#include "base/input.h"
#include "base/output.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATE_PREFIX   ".diglot-state"
#define JOURNAL_PREFIX ".diglot-journal"
#define HEADER         "diglot state 1\n"

typedef struct {
  char  *line; /* as it stands in the file */
  char  *key, *name, *details;
  char **outputs; /* path below the folder and digest in turn */
} Record;

struct DgState {
  char        *folder;
  char        *state_path, *journal_path;
  int          journal; /* -1 until something is added */
  gboolean     is_kept; /* on disk */
  DgStateCheck check;   /* NULL: outputs are files */
  gpointer     check_data;
  GHashTable  *others; /* name → GPtrArray of Record: of other shards' files */
  GHashTable  *own;    /* the same, of our files; one record a name once it was added */
};

static void
free_record (gpointer data)
{
  Record *record = data;

  if (record == NULL)
    return;
  g_free (record->line);
  g_free (record->key);
  g_free (record->name);
  g_free (record->details);
  g_strfreev (record->outputs);
  g_free (record);
}

/* TRUE for a path that leads to nothing but what is below the folder. */
static gboolean
is_below (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  gboolean is_plain = *parts != NULL;

  for (guint i = 0; is_plain && parts[i] != NULL; i++)
    is_plain = dg_input_is_part (parts[i]);
  return is_plain;
}

/* NULL for what is no whole record, or tells of files elsewhere. */
static Record *
parse_record (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  guint   n = g_strv_length (fields);
  Record *record;

  if (n < 6 || n % 2 != 0 || strcmp (fields[n - 1], ".") != 0)
    return NULL;
  record = g_new0 (Record, 1);
  record->line = g_strdup (line);
  record->key = g_strdup (fields[0]);
  record->name = g_strcompress (fields[1]);
  record->details = g_strcompress (fields[2]);
  record->outputs = g_new0 (char *, n - 4 + 1);
  for (guint i = 3; i < n - 1; i++)
    record->outputs[i - 3] = g_strcompress (fields[i]);
  for (guint i = 0; record->outputs[i] != NULL; i += 2)
    if (!is_below (record->outputs[i])) {
      free_record (record);
      return NULL;
    }
  return record;
}

/* Escaped so that nothing but printable ASCII is left; the tab among the rest. */
static char *
dup_line (const char *name, const char *key, const char *const *outputs, const char *details)
{
  g_autoptr (GString) line = g_string_new (key);
  g_autofree char *name_field = g_strescape (name, NULL);
  g_autofree char *details_field = g_strescape (details, NULL);

  g_string_append_printf (line, "\t%s\t%s", name_field, details_field);
  for (guint i = 0; outputs[i] != NULL; i++) {
    g_autofree char *field = g_strescape (outputs[i], NULL);

    g_string_append_printf (line, "\t%s", field);
  }
  g_string_append (line, "\t.");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
free_records (gpointer data)
{
  g_ptr_array_unref (data);
}

/* Takes @record; nothing for NULL. */
static void
add_record (GHashTable *table, Record *record)
{
  GPtrArray *records;

  if (record == NULL)
    return;
  records = g_hash_table_lookup (table, record->name);
  if (records == NULL) {
    records = g_ptr_array_new_with_free_func (free_record);
    g_hash_table_insert (table, g_strdup (record->name), records);
  }
  g_ptr_array_add (records, record);
}

static void
read_records (GHashTable *table, const char *path)
{
  g_autofree char *text = dg_input_read_plain (path, DG_INPUT_KEPT_MAX, NULL, NULL);

  for (char *line = text, *next; line != NULL; line = next) {
    next = strchr (line, '\n');
    if (next != NULL)
      *next++ = '\0';
    add_record (table, parse_record (line));
  }
}

DgState *
dg_state_open (const char *folder, const char *ending, gboolean keep)
{
  DgState         *state = g_new0 (DgState, 1);
  g_autofree char *state_name = g_strconcat (STATE_PREFIX, ending, NULL);
  g_autofree char *journal_name = g_strconcat (JOURNAL_PREFIX, ending, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  state->folder = g_strdup (folder);
  state->state_path = g_build_filename (folder, state_name, NULL);
  state->journal_path = g_build_filename (folder, journal_name, NULL);
  state->journal = -1;
  state->is_kept = keep;
  state->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_records);
  state->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_records);
  read_records (state->own, state->state_path);
  read_records (state->own, state->journal_path);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if ((g_str_has_prefix (name, STATE_PREFIX) || g_str_has_prefix (name, JOURNAL_PREFIX)) && strcmp (path, state->state_path) != 0
        && strcmp (path, state->journal_path) != 0)
      read_records (state->others, path);
  }
  return state;
}

void
dg_state_set_check (DgState *state, DgStateCheck check, gpointer data)
{
  state->check = check;
  state->check_data = data;
}

static void
drop_journal (DgState *state)
{
  if (state->journal >= 0)
    close (state->journal);
  state->journal = -1;
}

void
dg_state_free (DgState *state)
{
  if (state == NULL)
    return;
  drop_journal (state);
  g_hash_table_unref (state->others);
  g_hash_table_unref (state->own);
  g_free (state->folder);
  g_free (state->state_path);
  g_free (state->journal_path);
  g_free (state);
}

gboolean
dg_state_is_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_str_has_prefix (name, STATE_PREFIX) || g_str_has_prefix (name, JOURNAL_PREFIX);
}

const char *
dg_state_path (const DgState *state)
{
  return state->state_path;
}

/* TRUE where every output is there with the bytes that were written. */
static gboolean
is_intact (const DgState *state, const Record *record)
{
  if (state->check != NULL)
    return state->check ((const char *const *) record->outputs, state->check_data);
  for (guint i = 0; record->outputs[i] != NULL; i += 2) {
    g_autofree char *path = g_build_filename (state->folder, record->outputs[i], NULL);
    struct stat      info;
    int              fd = dg_input_open_plain (path, O_NOFOLLOW, &info);
    g_autofree char *digest = fd >= 0 ? dg_digest_dup_file (fd) : NULL;

    if (fd >= 0)
      close (fd);
    if (g_strcmp0 (digest, record->outputs[i + 1]) != 0)
      return FALSE;
  }
  return TRUE;
}

static const Record *
find (const DgState *state, GHashTable *table, const char *name, const char *key)
{
  GPtrArray *records = g_hash_table_lookup (table, name);

  for (guint i = 0; records != NULL && i < records->len; i++) {
    const Record *record = records->pdata[i];

    if (strcmp (record->key, key) == 0 && is_intact (state, record))
      return record;
  }
  return NULL;
}

const char *
dg_state_find (DgState *state, const char *name, const char *key, const char *const **outputs)
{
  const Record *record = find (state, state->own, name, key);

  if (record == NULL)
    record = find (state, state->others, name, key);
  if (record == NULL)
    return NULL;
  *outputs = (const char *const *) record->outputs;
  return record->details;
}

/* One write a record: what stands before it is whole whenever the process ends.  Without a journal a later --update does more
 * than it must, and that is all. */
static void
write_journal (DgState *state, const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  gssize           n;

  if (!state->is_kept)
    return;
  if (state->journal < 0) {
    state->journal = open (state->journal_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    /* What is there may end in a torn line. */
    if (state->journal < 0 || write (state->journal, "\n", 1) != 1)
      return;
  }
  n = write (state->journal, text, strlen (text));
  if (n < 0 || (gsize) n < strlen (text))
    drop_journal (state);
}

void
dg_state_add (DgState *state, const char *name, const char *key, const char *const *outputs, const char *details)
{
  g_autofree char *line = dup_line (name, key, outputs, details);

  dg_state_drop (state, name);
  add_record (state->own, parse_record (line));
  write_journal (state, line);
}

void
dg_state_drop (DgState *state, const char *name)
{
  g_hash_table_remove (state->own, name);
}

static int
compare_strings (gconstpointer one, gconstpointer two)
{
  return strcmp (*(const char *const *) one, *(const char *const *) two);
}

/* The records by name, but those whose output is gone. */
static GBytes *
collect (DgState *state)
{
  g_autofree gpointer *names = NULL;
  guint                n;
  GString             *text = g_string_new (HEADER);

  names = g_hash_table_get_keys_as_array (state->own, &n);
  qsort (names, n, sizeof *names, compare_strings);
  for (guint i = 0; i < n; i++) {
    GPtrArray       *records = g_hash_table_lookup (state->own, names[i]);
    const Record    *last = records->pdata[records->len - 1];
    g_autofree char *path = g_build_filename (state->folder, last->outputs[0], NULL);

    if (state->check != NULL || g_file_test (path, G_FILE_TEST_EXISTS))
      g_string_append_printf (text, "%s\n", last->line);
  }
  return g_string_free_to_bytes (text);
}

gboolean
dg_state_close (DgState *state, GError **error)
{
  g_autoptr (GBytes) bytes = collect (state);

  if (!state->is_kept || !g_file_test (state->folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (g_bytes_get_size (bytes) > strlen (HEADER) || g_file_test (state->state_path, G_FILE_TEST_EXISTS))
    if (!dg_output_replace (state->state_path, bytes, error))
      return FALSE;
  unlink (state->journal_path);
  return TRUE;
}
