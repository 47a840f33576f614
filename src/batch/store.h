/* store.h: records that are kept in the order in which they come: in memory as long as they are few, then in a file without a name, so that millions take
 * eight bytes each, or none.
 *
 * In: bytes.  Out: the same, by their place, or all one after the other. */
#ifndef DG_STORE_H
#define DG_STORE_H

#include <glib.h>

typedef struct DgStore DgStore;

/* @by_place: records are asked for with dg_store_get. */
DgStore *dg_store_new (gboolean by_place);
void     dg_store_free (DgStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgStore, dg_store_free)

/* Gets the file now that may be needed later, when this process may make none. */
void dg_store_open (DgStore *store);

void    dg_store_add (DgStore *store, const void *data, gsize length);
guint   dg_store_count (const DgStore *store);
GBytes *dg_store_get (const DgStore *store, guint place); /* NULL where the file cannot be read any more */
/* All of it in memory; NULL where the file cannot be read any more. */
GBytes *dg_store_dup (const DgStore *store);
/* Writes all of it to @fd; FALSE with errno. */
gboolean dg_store_write (const DgStore *store, int fd);

/* An open file without a name, for what does not outlast this process; -1 with errno. */
int dg_store_open_nameless (void);
/* All of @data; FALSE with errno. */
gboolean dg_store_fill (int fd, const void *data, gsize length);

#endif
