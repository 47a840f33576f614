/* spool.h: standard input as a file, so that an archive that comes by a pipe can be read as one by name is. */
#ifndef DG_SPOOL_H
#define DG_SPOOL_H

#include "diglot.h"

/* The name under which this process and its children open what standard input holds, from its beginning. */
#define DG_SPOOL_PATH "/proc/self/fd/0"

/* Looks at what standard input begins with.  Where that is no file, it becomes one: what comes by a pipe is copied, an archive whole, anything else as far as
 * a dispatch may be long, to a temporary file without a name.  @is_archive: whether it is one, packed text included.  FALSE with @error (DIGLOT_ERROR_READ). */
gboolean dg_spool_stdin (gboolean *is_archive, GError **error);

#endif
