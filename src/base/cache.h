/* cache.h: the user's cache: what takes long to make out of files of the system and can be made again at any time.
 *
 * Nothing may depend on it but time: a cache that is not there, cannot be written or holds damaged files changes no output. */
#ifndef DG_CACHE_H
#define DG_CACHE_H

#include <glib.h>

/* The folder that all is kept in, whether it is there or not.  Free with g_free. */
char *dg_cache_dup_folder (void);

/* A file name for what @kind makes of the file @source: other contents (told by size, time and place), another @version or
 * another machine's sizes give another name.  NULL where there is no such file. */
char *dg_cache_dup_name (const char *kind, const char *version, const char *source);

/* What was kept under @name, mapped into memory that may be written to without changing the file; NULL where there is nothing, or
 * somebody else may have written it. */
GBytes *dg_cache_find (const char *name);

/* The same for what holds pointers into itself: where the address that its first eight bytes say is free, it is mapped there, for reading
 * alone; else as above, and then the pointers are to be moved. */
GBytes *dg_cache_find_placed (const char *name);

/* An address for @size bytes that are to be kept: one that other processes will hardly have taken.  0 where there is none. */
guint64 dg_cache_choose_place (gsize size);

/* The checksum of @size bytes at @data but for the four at @at, which are its own place. */
guint32 dg_cache_sum (gconstpointer data, gsize size, gsize at);

/* Keeps @bytes under @name if that can be done. */
void dg_cache_keep (const char *name, GBytes *bytes);

#endif
