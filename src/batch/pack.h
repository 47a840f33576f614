/* pack.h: the outputs of a batch in one archive, in the order of the inputs: tar, tar compressed by zstd, zip.
 *
 * What one dispatch has made is a range of the archive.  Ranges are written one after the other to NAME.part, which becomes NAME once all is
 * there; a later run can take over from what an earlier one left, whether that came to its end or not.  With the same ranges an archive has the same
 * bytes, whatever of it was taken over. */
#ifndef DG_PACK_H
#define DG_PACK_H

#include "diglot.h"

typedef struct DgPack DgPack;

/* Where a range lies in the file that it was written to, as a word without a "/", and its SHA-256.  Free both. */
typedef struct {
  char *place;
  char *digest;
} DgRange;

/* TRUE where the name ends as that of an archive does which can be made. */
gboolean dg_pack_is_name (const char *path);

/* The archive @path, "-" for a tar on standard output.  With @update what there is of it is kept to be taken over.  @date: the members', seconds since
 * 1970.  NULL with @error (DIGLOT_ERROR_WRITE). */
DgPack *dg_pack_new (const char *path, gint64 date, gboolean update, GError **error);
/* What was written stays in NAME.part unless the archive was closed. */
void dg_pack_free (DgPack *pack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPack, dg_pack_free)

/* TRUE where an earlier run has left the range, unaltered. */
gboolean dg_pack_has (const DgPack *pack, const char *place, const char *digest);

/* Adds a member to the range that is being made. */
gboolean dg_pack_add (DgPack *pack, const char *name, GBytes *bytes, GError **error);
/* Writes that range; @range may be NULL. */
gboolean dg_pack_end_range (DgPack *pack, DgRange *range, GError **error);
/* Writes again a range that dg_pack_has has found. */
gboolean dg_pack_take (DgPack *pack, const char *place, const char *digest, DgRange *range, GError **error);

/* Makes the archive whole. */
gboolean dg_pack_close (DgPack *pack, GError **error);

#endif
