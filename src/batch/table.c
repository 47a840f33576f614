/* table.c: SQLite reads the lines itself, by its functions for JSON. */
#include "batch/table.h"

#include "diglot.h"

#include <sqlite3.h>
#include <string.h>

typedef sqlite3      Database;
typedef sqlite3_stmt Statement;

static void
close_database (Database *db)
{
  sqlite3_close (db);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Database, close_database)

static void
end_statement (Statement *statement)
{
  sqlite3_finalize (statement);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Statement, end_statement)

static const char schema[] =
  "CREATE TABLE dispatches (n INTEGER NOT NULL, part INTEGER, input TEXT NOT NULL, output TEXT, status TEXT NOT NULL, same_as INTEGER, pages INTEGER, beads INTEGER,"
  " lowest_score REAL, waste REAL, loose INTEGER, ms REAL, report TEXT NOT NULL);"
  "CREATE TABLE messages (n INTEGER NOT NULL, part INTEGER, line INTEGER, column INTEGER, severity TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL);"
  "CREATE TABLE total (found INTEGER, twice INTEGER, done INTEGER, kept INTEGER, same INTEGER, failed INTEGER, not_done INTEGER, report TEXT NOT NULL);";

static const char insertions[] =
  "INSERT INTO dispatches SELECT value ->> 'n', value ->> 'part', value ->> 'input', value ->> 'output', value ->> 'status', value ->> 'same_as', value ->> 'pages',"
  " value ->> 'beads', value ->> 'lowest_score', value ->> 'waste', value -> 'spacing' ->> 'loose', value ->> 'ms', value FROM lines WHERE value ->> 'n' IS NOT NULL;"
  "INSERT INTO messages SELECT lines.value ->> 'n', lines.value ->> 'part', m.value ->> 'line', m.value ->> 'column', m.value ->> 'severity', m.value ->> 'code',"
  " m.value ->> 'message' FROM lines, json_each (lines.value, '$.messages') AS m;"
  "INSERT INTO total SELECT t ->> 'found', coalesce (t ->> 'twice', 0), t ->> 'set', t ->> 'kept', coalesce (t ->> 'same', 0), t ->> 'failed',"
  " coalesce (t ->> 'not_done', 0), value FROM (SELECT value -> 'total' AS t, value FROM lines) WHERE t IS NOT NULL;"
  "DROP TABLE lines;"
  "CREATE INDEX dispatches_n ON dispatches (n); CREATE INDEX dispatches_input ON dispatches (input); CREATE INDEX dispatches_status ON dispatches (status);"
  "CREATE INDEX dispatches_score ON dispatches (lowest_score); CREATE INDEX messages_n ON messages (n); CREATE INDEX messages_code ON messages (code);";

gboolean
dg_table_is_name (const char *path)
{
  static const char *const endings[] = { ".sqlite", ".sqlite3", ".db" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
fail (Database *db, DiglotErrorCode code, GError **error)
{
  g_set_error (error, DIGLOT_ERROR, code, "%s: %s", code == DIGLOT_ERROR_READ ? "cannot be read" : "cannot be written", sqlite3_errmsg (db));
  return FALSE;
}

/* @lines one by one into the table "lines", which the others are made of. */
static gboolean
load_lines (Database *db, GBytes *lines)
{
  gsize       length;
  const char *data = g_bytes_get_data (lines, &length), *end = data + length;
  g_autoptr (Statement) insert = NULL;

  if (sqlite3_exec (db, "CREATE TEMP TABLE lines (value TEXT)", NULL, NULL, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (db, "INSERT INTO lines VALUES (?)", -1, &insert, NULL) != SQLITE_OK)
    return FALSE;
  for (const char *line = data; line < end;) {
    const char *stop = memchr (line, '\n', (gsize) (end - line));

    stop = stop != NULL ? stop : end;
    if (stop > line
        && (sqlite3_bind_text64 (insert, 1, line, (guint64) (stop - line), SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK || sqlite3_step (insert) != SQLITE_DONE
            || sqlite3_reset (insert) != SQLITE_OK))
      return FALSE;
    line = stop + 1;
  }
  return TRUE;
}

static void
free_memory (gpointer data)
{
  sqlite3_free (data);
}

GBytes *
dg_table_new (GBytes *lines, GError **error)
{
  g_autoptr (Database) db = NULL;
  sqlite3_int64 size;
  guint8       *data;

  if (sqlite3_open (":memory:", &db) != SQLITE_OK || sqlite3_exec (db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK
      || sqlite3_exec (db, schema, NULL, NULL, NULL) != SQLITE_OK || !load_lines (db, lines) || sqlite3_exec (db, insertions, NULL, NULL, NULL) != SQLITE_OK
      || sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
    fail (db, DIGLOT_ERROR_WRITE, error);
    return NULL;
  }
  data = sqlite3_serialize (db, "main", &size, 0);
  if (data == NULL) {
    fail (db, DIGLOT_ERROR_WRITE, error);
    return NULL;
  }
  return g_bytes_new_with_free_func (data, (gsize) size, free_memory, data);
}

char *
dg_table_dup_lines (const char *path, GError **error)
{
  static const char all[] =
    "SELECT report FROM (SELECT report, rowid AS row, 0 AS part FROM dispatches UNION ALL SELECT report, rowid, 1 FROM total) ORDER BY part, row";
  g_autoptr (Database) db = NULL;
  g_autoptr (Statement) select = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  int status;

  /* Somebody may have made views of tables: they run nothing. */
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK || sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (db, all, -1, &select, NULL) != SQLITE_OK) {
    fail (db, DIGLOT_ERROR_READ, error);
    return NULL;
  }
  while ((status = sqlite3_step (select)) == SQLITE_ROW)
    g_string_append_printf (lines, "%s\n", (const char *) sqlite3_column_text (select, 0));
  if (status != SQLITE_DONE) {
    fail (db, DIGLOT_ERROR_READ, error);
    return NULL;
  }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
