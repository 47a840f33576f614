/* output.h: kinds of output, and what a run that was killed left half written. */
#ifndef DG_OUTPUT_H
#define DG_OUTPUT_H

#include "diglot.h"

/* TRUE for the formats that show pages: each dispatch has outputs of its own; all other formats are text and can be joined. */
gboolean dg_output_shows_pages (DiglotFormat format);

/* TRUE for translation memories: many dispatches can have one. */
gboolean dg_output_is_memory (DiglotFormat format);

/* "a-1.pdf" for the first, 0, of several of "a.pdf".  Free with g_free. */
char *dg_output_dup_nth (const char *output, guint nth);

/* As diglot_write_file, for files that no user names: what stands in the place is replaced, be it a pipe or a device. */
gboolean dg_output_replace (const char *path, GBytes *bytes, GError **error);

/* Both for text that is too long to be held in memory: @write writes it to an open file; FALSE with errno. */
typedef gboolean (*DgOutputWrite) (int fd, gpointer data);
gboolean dg_output_replace_by (const char *path, DgOutputWrite write, gpointer data, GError **error);
gboolean dg_output_write_by (const char *path, DgOutputWrite write, gpointer data, GError **error);

/* Has the files that dg_output_replace put into @folder outlast a power cut: without it each is whole or not there, but which of them
 * are there is not certain.  Once for many files, for it takes as long as to write one. */
void dg_output_settle (const char *folder);

/* Removes from the folder @path the temporary files of diglot_write_file whose writer is gone.  Those that are being written, by
 * whatever process on whatever host, hold a lock and stay. */
void dg_output_sweep (const char *path);

#endif
