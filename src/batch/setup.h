/* setup.h: all that an output depends on besides its input: options, template, faces, data files, versions.
 * In: a batch.  Out: a digest for state.h, or the files among it for Make. */
#ifndef DG_SETUP_H
#define DG_SETUP_H

#include "diglot.h"

/* SHA-256 in hexadecimal; NULL with @error where template or list of faces cannot be read.  Free with g_free. */
char *dg_setup_dup_digest (const DiglotBatch *batch, GError **error);

/* Paths (char *) of the template's files, of the list of faces, and of what the user brings: labels and the faces of --font-dir. */
GPtrArray *dg_setup_files (const DiglotOptions *options);

#endif
