/* cache.h: what takes long to make out of files of the system and can be made again at any time.
 *
 * It lies ready in the data folder (ready/ in it; where the program is built in place, beside the program), for what was installed when that was made;
 * DIGLOT_READY names another folder, or with an empty name none.  What is not there is kept in the user's own cache.  Nothing may depend on either
 * but time: what is not there, cannot be written or is damaged changes no output. */
#ifndef DG_CACHE_H
#define DG_CACHE_H

#include <glib.h>
#include <sys/stat.h>

/* The folder that the user's is kept in, whether it is there or not.  Free with g_free. */
char *dg_cache_dup_folder (void);

/* A file name for what @kind makes of the file @source, "KIND.SOURCE.DIGITS": other contents (told by size, time and place), another @version or another
 * machine's sizes give other digits.  NULL where there is no such file. */
char *dg_cache_dup_name (const char *kind, const char *version, const char *source);

/* What is kept under @name, mapped into memory that may be written to without changing the file, and in @state, unless it is NULL, the state of the
 * file; NULL where there is nothing, or somebody else may have written it. */
GBytes *dg_cache_find (const char *name, struct stat *state);

/* The checksum of @size bytes at @data but for the four at @at, which are its own place. */
guint32 dg_cache_sum (gconstpointer data, gsize size, gsize at);

/* FALSE where the user's cache cannot be written. */
gboolean dg_cache_can_keep (void);

/* Adds the folders that it may be found in (char *, owned) to @folders. */
void dg_cache_list_folders (GPtrArray *folders);

/* From here on this process keeps nothing: what it misses is noted, for another one to make that has read nothing of anybody's. */
void dg_cache_close (void);
/* Notes that @what of the @kind ("lexicon en") was not there; FALSE where this process can make and keep it itself. */
gboolean dg_cache_miss (const char *kind, const char *what);
/* What was noted since the last call; NULL: nothing.  Free with g_strfreev. */
char **dg_cache_steal_missing (void);

/* Keeps @bytes under @name in the user's cache if that can be done, and takes away what is no longer of use there. */
void dg_cache_keep (const char *name, GBytes *bytes);

/* Writes @bytes as @name into @folder, for all to read. */
gboolean dg_cache_write (const char *folder, const char *name, GBytes *bytes, GError **error);

#endif
