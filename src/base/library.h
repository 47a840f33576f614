/* library.h: a shared library that few runs need, loaded by those alone. */
#ifndef DG_LIBRARY_H
#define DG_LIBRARY_H

#include <glib.h>

/* Loads @file, which stays until the process ends, and puts its @n functions of @names into @functions, a structure of as many pointers
 * to functions.  FALSE where the library or one of the functions is missing. */
gboolean dg_library_load (const char *file, const char *const *names, guint n, gpointer functions);

#endif
