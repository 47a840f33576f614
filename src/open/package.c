/* package.c: see package.h. */
#include "open/package.h"

#include "base/refuse.h"

#include <archive.h>
#include <archive_entry.h>

/* A document's text is some hundred kilobytes of XML, and its first picture some megabytes. */
#define ENTRIES_MAX  20000u
#define UNPACKED_MAX (64u * 1024 * 1024) /* bytes of all entries that are wanted */
#define BLOCK_SIZE   (64 * 1024)

struct DgPackage {
  GHashTable *entries; /* name → GBytes */
};

static void
unref_bytes (gpointer bytes)
{
  g_bytes_unref (bytes);
}

static gboolean
read_entry (struct archive *reader, GByteArray *into, gsize *left, GError **error)
{
  for (;;) {
    guint8 block[BLOCK_SIZE];
    gssize n = archive_read_data (reader, block, sizeof block);

    if (n == 0)
      return TRUE;
    if (n < 0)
      return dg_refuse (error, DIGLOT_ERROR_KIND, "the document is damaged: its archive cannot be unpacked");
    if ((gsize) n > *left)
      return dg_refuse (error, DIGLOT_ERROR_LIMIT, "the document unpacks to more than %u bytes", UNPACKED_MAX);
    *left -= (gsize) n;
    g_byte_array_append (into, block, (guint) n);
  }
}

static gboolean
read_all (struct archive *reader, DgPackage *package, DgPackageWants wants, gconstpointer data, GError **error)
{
  gsize left = UNPACKED_MAX;
  guint n = 0;

  for (;;) {
    struct archive_entry *entry;
    int                   status = archive_read_next_header (reader, &entry);
    const char           *name = status == ARCHIVE_OK || status == ARCHIVE_WARN ? archive_entry_pathname (entry) : NULL;

    if (status == ARCHIVE_EOF)
      return TRUE;
    if (status < ARCHIVE_WARN)
      return dg_refuse (error, DIGLOT_ERROR_KIND, "the document is damaged: its archive cannot be read");
    if (++n > ENTRIES_MAX)
      return dg_refuse (error, DIGLOT_ERROR_LIMIT, "the document has more than %u files", ENTRIES_MAX);
    /* The first of a name is the one that counts. */
    if (name != NULL && wants (name, data) && !g_hash_table_contains (package->entries, name)) {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *own = g_strdup (name);

      if (!read_entry (reader, bytes, &left, error))
        return FALSE;
      g_hash_table_insert (package->entries, g_steal_pointer (&own), g_byte_array_free_to_bytes (g_steal_pointer (&bytes)));
    }
  }
}

DgPackage *
dg_package_new (GBytes *bytes, DgPackageWants wants, gconstpointer data, GError **error)
{
  g_autoptr (DgPackage) package = g_new0 (DgPackage, 1);
  struct archive *reader = archive_read_new ();
  gsize           length;
  gconstpointer   all = g_bytes_get_data (bytes, &length);
  gboolean        done;

  package->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_bytes);
  archive_read_support_format_zip (reader);
  if (archive_read_open_memory (reader, all, length) != ARCHIVE_OK)
    done = dg_refuse (error, DIGLOT_ERROR_KIND, "the document is damaged: it is no archive");
  else
    done = read_all (reader, package, wants, data, error);
  archive_read_free (reader);
  return done ? g_steal_pointer (&package) : NULL;
}

void
dg_package_free (DgPackage *package)
{
  if (package == NULL)
    return;
  g_hash_table_unref (package->entries);
  g_free (package);
}

GBytes *
dg_package_get (const DgPackage *package, const char *name)
{
  return g_hash_table_lookup (package->entries, name);
}
