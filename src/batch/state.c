/* state.c: the records of --update: a file of lines, one a job, its fields parted by tabs:
 *
 *   KEY NAME DETAILS OUTPUT DIGEST OUTPUT DIGEST ... .
 *
 * Text that is no plain line is escaped as in C.  The full stop at the end tells a whole record from a torn one.
 *
 * In memory there is of each record where it stands, and 64 bits of its name's digest; the lines of the file are in the order of these. */
#include "batch/state.h"

#include "base/digest.h"
#include "diglot.h"
#include "base/input.h"
#include "base/output.h"
#include "batch/marks.h"
#include "batch/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATE_PREFIX   ".diglot-state"
#define JOURNAL_PREFIX ".diglot-journal"
#define HEADER         "diglot state 1\n"
#define BLOCK          (64 * 1024)
#define LINE_MAX_BYTES (16 * 1024 * 1024) /* of a record, whose details may be long */
#define FILES_MAX      65535

typedef struct {
  char  *line; /* as it stands in the file */
  char  *key, *name, *details;
  char **outputs; /* path below the folder and digest in turn */
} Record;

/* Where a record stands: the file's number, the offset, and whether it is one; else what stood before it is forgotten from here on.  Of two the later one is the
 * greater. */
typedef struct {
  guint64 mark;
  guint64 place;
} Entry;

#define PLACE(file, offset, is_record) ((guint64) (file) << 48 | (guint64) (offset) << 1 | (guint64) (is_record))
#define PLACE_FILE(place)              ((guint) ((place) >> 48))
#define PLACE_OFFSET(place)            ((place) >> 1 & ((G_GUINT64_CONSTANT (1) << 47) - 1))
#define PLACE_IS_RECORD(place)         (((place) &1) != 0)

enum { FILE_STATE, FILE_JOURNAL, FILE_MEMORY, N_OWN_FILES };

struct DgState {
  char         *folder;
  char         *state_path, *journal_path;
  int           journal;     /* -1 until something is added */
  guint64       journal_end; /* bytes in it */
  gboolean      is_kept;     /* on disk */
  gboolean      is_stale;    /* the file was written anew */
  GString      *memory;      /* lines that no journal takes */
  DgStateCheck  check;       /* NULL: outputs are files */
  gpointer      check_data;
  DgStateFilter filter; /* NULL: all */
  gpointer      filter_data;
  GPtrArray    *paths;  /* char *: of our files, then of other shards' */
  GArray       *others; /* Entry, sorted: of other shards' files */
  GArray       *own;    /* the same, of ours, as they were found */
  GArray       *added;  /* Entry: since then */
  int           fd;     /* the file that was read last; -1 */
  guint         fd_file;
  Record       *found; /* what was lent last */
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

static int
compare_entries (gconstpointer one, gconstpointer two)
{
  const Entry *a = one, *b = two;

  if (a->mark != b->mark)
    return a->mark < b->mark ? -1 : 1;
  return a->place < b->place ? -1 : a->place > b->place;
}

/* Takes note of the record in @line, if it is one. */
static void
note_line (const DgState *state, GArray *entries, guint file, guint64 offset, const char *line)
{
  Record *record = parse_record (line);

  if (record != NULL && (entries != state->others || state->filter == NULL || state->filter (record->name, state->filter_data))) {
    Entry entry = { dg_marks_find (record->name), PLACE (file, offset, TRUE) };

    g_array_append_val (entries, entry);
  }
  free_record (record);
}

/* Takes note of what is in the file with the number @file, which need not be there; its size. */
static guint64
note_file (const DgState *state, GArray *entries, guint file)
{
  struct stat info;
  int         fd = dg_input_open_plain (state->paths->pdata[file], O_NOFOLLOW, &info);
  g_autoptr (GByteArray) held = g_byte_array_new ();
  g_autofree char *block = g_malloc (BLOCK);
  guint64          start = 0; /* of the line that is held */
  gssize           n = 0;

  while (fd >= 0 && (n = read (fd, block, BLOCK)) > 0)
    for (char *at = block, *end = block + n; at < end;) {
      char *stop = memchr (at, '\n', (gsize) (end - at));
      gsize length = (gsize) ((stop != NULL ? stop : end) - at);

      if (held->len + length <= LINE_MAX_BYTES)
        g_byte_array_append (held, (const guint8 *) at, (guint) length);
      start += length;
      at += length;
      if (stop == NULL)
        continue;
      g_byte_array_append (held, (const guint8 *) "", 1);
      note_line (state, entries, file, start - (held->len - 1), (const char *) held->data);
      g_byte_array_set_size (held, 0);
      start++;
      at++;
    }
  if (fd >= 0)
    close (fd);
  return start;
}

/* The line that begins at @place; NULL where there is none any more. */
static char *
dup_line_at (DgState *state, guint64 place)
{
  const guint   file = PLACE_FILE (place);
  const guint64 offset = PLACE_OFFSET (place);
  g_autoptr (GString) line = g_string_new (NULL);
  char   block[4096];
  gssize n;
  char  *stop = NULL;

  if (file == FILE_MEMORY)
    return offset < state->memory->len ? g_strndup (state->memory->str + offset, strcspn (state->memory->str + offset, "\n")) : NULL;
  if (state->fd < 0 || state->fd_file != file) {
    struct stat info;

    if (state->fd >= 0)
      close (state->fd);
    state->fd = dg_input_open_plain (state->paths->pdata[file], O_NOFOLLOW, &info);
    state->fd_file = file;
  }
  while (stop == NULL && state->fd >= 0 && (n = pread (state->fd, block, sizeof block, (off_t) (offset + line->len))) > 0 && line->len <= LINE_MAX_BYTES) {
    stop = memchr (block, '\n', (gsize) n);
    g_string_append_len (line, block, stop != NULL ? stop - block : n);
  }
  return stop != NULL ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}

static void
close_file (DgState *state)
{
  if (state->fd >= 0)
    close (state->fd);
  state->fd = -1;
}

static void
note_own (DgState *state)
{
  g_array_set_size (state->own, 0);
  g_array_set_size (state->added, 0);
  note_file (state, state->own, FILE_STATE);
  state->journal_end = note_file (state, state->own, FILE_JOURNAL);
  g_array_sort (state->own, compare_entries);
  state->is_stale = FALSE;
}

DgState *
dg_state_open (const char *folder, const char *ending, gboolean keep, DgStateFilter filter, gpointer data)
{
  DgState         *state = g_new0 (DgState, 1);
  g_autofree char *state_name = g_strconcat (STATE_PREFIX, ending, NULL);
  g_autofree char *journal_name = g_strconcat (JOURNAL_PREFIX, ending, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  state->folder = g_strdup (folder);
  state->state_path = g_build_filename (folder, state_name, NULL);
  state->journal_path = g_build_filename (folder, journal_name, NULL);
  state->journal = state->fd = -1;
  state->is_kept = keep;
  state->memory = g_string_new (NULL);
  state->filter = filter;
  state->filter_data = data;
  state->paths = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (state->paths, g_strdup (state->state_path));
  g_ptr_array_add (state->paths, g_strdup (state->journal_path));
  g_ptr_array_add (state->paths, g_strdup (""));
  state->others = g_array_new (FALSE, FALSE, sizeof (Entry));
  state->own = g_array_new (FALSE, FALSE, sizeof (Entry));
  state->added = g_array_new (FALSE, FALSE, sizeof (Entry));
  note_own (state);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && state->paths->len < FILES_MAX) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if ((g_str_has_prefix (name, STATE_PREFIX) || g_str_has_prefix (name, JOURNAL_PREFIX)) && strcmp (path, state->state_path) != 0
        && strcmp (path, state->journal_path) != 0) {
      g_ptr_array_add (state->paths, g_steal_pointer (&path));
      note_file (state, state->others, state->paths->len - 1);
    }
  }
  g_array_sort (state->others, compare_entries);
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
  close_file (state);
  free_record (state->found);
  g_string_free (state->memory, TRUE);
  g_ptr_array_unref (state->paths);
  g_array_unref (state->others);
  g_array_unref (state->own);
  g_array_unref (state->added);
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

/* The first of @entries, which are sorted, that is not below @mark. */
static guint
find_first (const GArray *entries, guint64 mark)
{
  guint low = 0, high = entries->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (entries, Entry, middle).mark < mark)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gboolean
find (DgState *state, const GArray *entries, const char *name, const char *key)
{
  const guint64 mark = dg_marks_find (name);

  for (guint i = find_first (entries, mark); i < entries->len && g_array_index (entries, Entry, i).mark == mark; i++) {
    const guint64    place = g_array_index (entries, Entry, i).place;
    g_autofree char *line = PLACE_IS_RECORD (place) ? dup_line_at (state, place) : NULL;
    Record          *record = line != NULL ? parse_record (line) : NULL;

    if (record != NULL && strcmp (record->name, name) == 0 && strcmp (record->key, key) == 0 && is_intact (state, record)) {
      free_record (state->found);
      state->found = record;
      return TRUE;
    }
    free_record (record);
  }
  return FALSE;
}

const char *
dg_state_find (DgState *state, const char *name, const char *key, const char *const **outputs)
{
  if (state->is_stale)
    note_own (state);
  if (!find (state, state->own, name, key) && !find (state, state->others, name, key))
    return NULL;
  *outputs = (const char *const *) state->found->outputs;
  return state->found->details;
}

/* One write a record: what stands before it is whole whenever the process ends.  What no journal takes is in the state file at the end, if it comes to
 * that; else a later --update does more than it must, and that is all. */
static guint64
write_line (DgState *state, const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  const gsize      length = strlen (text);
  guint64          offset = state->memory->len;

  if (state->is_kept && state->journal < 0) {
    state->journal = open (state->journal_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    /* What is there may end in a torn line. */
    if (state->journal >= 0 && write (state->journal, "\n", 1) != 1)
      drop_journal (state);
    state->journal_end = state->journal >= 0 ? (guint64) MAX (lseek (state->journal, 0, SEEK_END), 0) : 0;
  }
  if (state->journal >= 0) {
    gssize n = write (state->journal, text, length);

    if (n == (gssize) length) {
      state->journal_end += length;
      return PLACE (FILE_JOURNAL, state->journal_end - length, TRUE);
    }
    drop_journal (state);
  }
  g_string_append (state->memory, text);
  return PLACE (FILE_MEMORY, offset, TRUE);
}

void
dg_state_add (DgState *state, const char *name, const char *key, const char *const *outputs, const char *details)
{
  g_autofree char *line = dup_line (name, key, outputs, details);
  Entry            entry = { dg_marks_find (name), write_line (state, line) };

  g_array_append_val (state->added, entry);
}

void
dg_state_drop (DgState *state, const char *name)
{
  const Entry entry = { dg_marks_find (name),
                        PLACE (state->memory->len > 0 ? FILE_MEMORY : FILE_JOURNAL, state->memory->len > 0 ? state->memory->len : state->journal_end, FALSE) };
  const guint first = find_first (state->own, entry.mark);

  /* What was not known need not be forgotten. */
  if (first < state->own->len && g_array_index (state->own, Entry, first).mark == entry.mark)
    g_array_append_val (state->added, entry);
}

typedef struct {
  DgState *state;
  GArray  *entries; /* Entry, sorted */
} Collection;

/* The last record of each name, but those whose output is gone. */
static gboolean
write_records (int fd, gpointer data)
{
  const Collection *all = data;
  g_autoptr (GString) text = g_string_new (HEADER);

  for (guint i = 0; i < all->entries->len; i++) {
    const Entry     *entry = &g_array_index (all->entries, Entry, i);
    gboolean         is_last = i + 1 == all->entries->len || g_array_index (all->entries, Entry, i + 1).mark != entry->mark;
    g_autofree char *line = is_last && PLACE_IS_RECORD (entry->place) ? dup_line_at (all->state, entry->place) : NULL;
    Record          *record = line != NULL ? parse_record (line) : NULL;
    g_autofree char *path = record != NULL ? g_build_filename (all->state->folder, record->outputs[0], NULL) : NULL;

    if (path != NULL && (all->state->check != NULL || g_file_test (path, G_FILE_TEST_EXISTS)))
      g_string_append_printf (text, "%s\n", line);
    free_record (record);
    if (text->len < BLOCK)
      continue;
    if (!dg_store_fill (fd, text->str, text->len))
      return FALSE;
    g_string_truncate (text, 0);
  }
  return dg_store_fill (fd, text->str, text->len);
}

gboolean
dg_state_close (DgState *state, GError **error)
{
  g_autoptr (GArray) entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), state->own->len + state->added->len);
  gboolean is_written = TRUE;

  g_array_append_vals (entries, state->own->data, state->own->len);
  g_array_append_vals (entries, state->added->data, state->added->len);
  g_array_sort (entries, compare_entries);
  if (state->is_kept && g_file_test (state->folder, G_FILE_TEST_IS_DIR)) {
    if (entries->len > 0 || g_file_test (state->state_path, G_FILE_TEST_EXISTS))
      is_written = dg_output_replace_by (state->state_path, write_records, &(Collection){ state, entries }, error);
    if (is_written)
      unlink (state->journal_path);
    state->is_stale = is_written;
  }
  close_file (state);
  drop_journal (state);
  g_array_set_size (state->added, 0);
  g_array_unref (state->own);
  state->own = g_steal_pointer (&entries);
  return is_written;
}
