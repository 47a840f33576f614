/* archives.h: the dispatches inside an archive, read in place: zip, tar (plain, gzip, xz, zstd, bzip2), 7z, WARC;
 * and single files that are packed.
 *
 * In: a path.  Out: members under safe names (UTF-8, relative, no "..", no control character), and their bytes.  Only plain
 * files count: links, devices and hidden files are passed over.  An archive that unpacks to too much is read up to there. */
#ifndef DG_ARCHIVES_H
#define DG_ARCHIVES_H

#include "diglot.h"

typedef struct {
  char    *name;    /* safe */
  guint    index;   /* place among all entries */
  guint64  size;    /* as the archive tells it; 0: not */
  guint    nth;     /* place among the members that were chosen, from 0 */
  gboolean changed; /* the archive's own name was not safe */
  char    *picture; /* safe name of the picture beside it; NULL: none */
  guint    picture_index;
} DgMember;

/* TRUE where the name ends as that of an archive does; as that of a single file does that is packed ("a.txt.gz"), which is an archive with one member. */
gboolean dg_archive_is_name (const char *path);
gboolean dg_archive_is_single (const char *path);

/* The members (DgMember) that @batch chooses and that are of its shard, in the archive's order; @n: those of all shards.  Never NULL; @problem is
 * set where the archive could not be read to its end, and the members are those before that place. */
GPtrArray *dg_archive_list (const char *path, const DiglotBatch *batch, guint *n, GError **problem);

/* The name that a member's raw one becomes; NULL where nothing of it is left.  Free with g_free. */
char *dg_archive_dup_safe_name (const char *raw);

typedef struct DgArchive DgArchive;

/* The archive for reading members in the order of their indices, within the limits of @batch. NULL with @error (DIGLOT_ERROR_READ). */
DgArchive *dg_archive_open (const char *path, const DiglotBatch *batch, GError **error);
void       dg_archive_close (DgArchive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgArchive, dg_archive_close)

/* The bytes of the entry at @index, which is above those read before.  NULL with @error (DIGLOT_ERROR_READ, DIGLOT_ERROR_LIMIT). */
GBytes *dg_archive_read (DgArchive *archive, guint index, GError **error);

#endif
