/* refs.h: references to an object, counted beyond the first, so that what is all zero has one. */
#ifndef DG_REFS_H
#define DG_REFS_H

#include <glib.h>

#define dg_ref(object) (g_atomic_int_inc (&(object)->refs), (object))
/* FALSE where it was the last: the object is to be freed. */
#define dg_unref(object) (g_atomic_int_add (&(object)->refs, -1) > 0)

#endif
