/* unpack.h: archives are looked into by a process that writes nothing and reads nothing else (sandbox.h), as dispatches are.
 * In: an archive's path.  Out: what archives.h tells of it; names are looked at once more. */
#ifndef DG_UNPACK_H
#define DG_UNPACK_H

#include "batch/archives.h"
#include "diglot.h"

typedef struct DgUnpack DgUnpack;

/* @batch is borrowed. */
DgUnpack *dg_unpack_new (const DiglotBatch *batch, const char *path);
void      dg_unpack_free (DgUnpack *unpack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgUnpack, dg_unpack_free)

const char *dg_unpack_path (const DgUnpack *unpack);

/* As dg_archive_list. */
GPtrArray *dg_unpack_list (DgUnpack *unpack, guint *n, GError **problem);

/* The bytes of the entry at @index; the cheaper, the more it is after the one before.  NULL with @error. */
GBytes *dg_unpack_read (DgUnpack *unpack, guint index, GError **error);

#endif
