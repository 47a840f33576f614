/* walk.h: the dispatches below a folder, one at a time, in the order of their paths' bytes.
 *
 * What it holds at any time are the names of the folders that it stands in, however many dispatches there are. */
#ifndef DG_WALK_H
#define DG_WALK_H

#include <glib.h>

/* @below: a path relative to the folder, "" for the folder itself, lent.  @problem, lent: why it or what lies in it could not be looked at; NULL
 * for a dispatch. */
typedef void (*DgWalkVisit) (const char *below, const char *problem, gpointer data);

/* Calls @visit for every file below @folder that the globs @include choose (dg_input_is_chosen), and for everything that may hide some.  Hidden names
 * are passed over; folders that are symbolic links are not entered.  FALSE with @error (DIGLOT_ERROR_READ) where @folder itself cannot be opened. */
gboolean dg_walk (const char *folder, const char *const *include, DgWalkVisit visit, gpointer data, GError **error);

#endif
