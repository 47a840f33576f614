/* table.h: a report as a database of SQLite, for questions that a line at a time does not answer.
 *
 * In: a report's lines.  Out: the bytes of a database, the same for the same lines; and back. */
#ifndef DG_TABLE_H
#define DG_TABLE_H

#include <glib.h>

/* TRUE where the name ends as that of a database does. */
gboolean dg_table_is_name (const char *path);

/* The database of the report @lines: tables "dispatches", "messages" and "total", whose columns docs/batch.md names.  NULL with @error
 * (DIGLOT_ERROR_WRITE). */
GBytes *dg_table_new (GBytes *lines, GError **error);

/* The lines that the database at @path was made of.  NULL with @error (DIGLOT_ERROR_READ).  Free with g_free. */
char *dg_table_dup_lines (const char *path, GError **error);

#endif
