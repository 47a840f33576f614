/* package.h: the files in a document, which is a ZIP archive in memory, by libarchive.
 * In: bytes.  Out: its entries by name, those that are asked for; bounded whatever they unpack to. */
#ifndef DG_PACKAGE_H
#define DG_PACKAGE_H

#include <glib.h>

typedef struct DgPackage DgPackage;

/* TRUE for a name that is wanted. */
typedef gboolean (*DgPackageWants) (const char *name, gconstpointer data);

/* NULL with @error (DIGLOT_ERROR_KIND for what is no archive or a broken one, DIGLOT_ERROR_LIMIT for one that unpacks to too much). */
DgPackage *dg_package_new (GBytes *bytes, DgPackageWants wants, gconstpointer data, GError **error);
void       dg_package_free (DgPackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPackage, dg_package_free)

/* The entry called @name, lent; NULL where there is none. */
GBytes *dg_package_get (const DgPackage *package, const char *name);

#endif
