/* pack.c: members are framed by libarchive in memory, so that the bytes of a range can be counted, compressed by themselves (what zstd writes may be
 * joined, RFC 8878, 3.1) and copied.  A zip has its contents at the end, so that it is made of a tar, once that is whole. */
#include "batch/pack.h"

#include "base/digest.h"
#include "base/refuse.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK       (64 * 1024)
#define RANGE_MAX   (G_GUINT64_CONSTANT (1) << 31)
#define SOURCES_MAX 1000 /* of files that killed runs left */

typedef enum { KIND_TAR, KIND_TAR_ZST, KIND_ZIP } Kind;

typedef struct {
  char *path;
  int   fd;
} Source;

struct DgPack {
  Kind            kind;
  char           *path, *part;
  int             fd; /* of the part, or standard output */
  guint64         size;
  gint64          date;
  GArray         *sources; /* Source: what earlier runs left */
  struct archive *writer;  /* frames members */
  GByteArray     *range;   /* framed, not written */
  locale_t        locale;  /* with UTF-8: names are written in it whatever the locale of the program is */
};

static gboolean
has_ending (const char *path, const char *ending)
{
  gsize length = strlen (path), end = strlen (ending);

  return length > end && path[length - end - 1] != '/' && g_ascii_strcasecmp (path + length - end, ending) == 0;
}

static gboolean
find_kind (const char *path, Kind *kind)
{
  static const struct {
    const char *ending;
    Kind        kind;
  } kinds[] = { { ".tar", KIND_TAR }, { ".tar.zst", KIND_TAR_ZST }, { ".tzst", KIND_TAR_ZST }, { ".zip", KIND_ZIP } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (has_ending (path, kinds[i].ending)) {
      *kind = kinds[i].kind;
      return TRUE;
    }
  *kind = KIND_TAR;
  return FALSE;
}

gboolean
dg_pack_is_name (const char *path)
{
  Kind kind;

  return find_kind (path, &kind);
}

static gboolean
fail (const char *why, GError **error)
{
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE, "cannot be written: %s", why);
  return FALSE;
}

static gboolean
fail_archive (struct archive *archive, GError **error)
{
  const char *why = archive_error_string (archive);

  return fail (why != NULL ? why : N_ ("the archive cannot hold it"), error);
}

static gboolean
write_all (int fd, const guint8 *data, gsize length, GError **error)
{
  while (length > 0) {
    gssize n = write (fd, data, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return fail (g_strerror (errno), error);
    data += n;
    length -= (gsize) n;
  }
  return TRUE;
}

/* Framing */

static la_ssize_t
append (struct archive *archive, void *data, const void *bytes, size_t length)
{
  (void) archive;
  g_byte_array_append (data, bytes, (guint) length);
  return (la_ssize_t) length;
}

/* An archive that is written to @out as it grows. */
static struct archive *
new_writer (GByteArray *out, gboolean is_zstd)
{
  struct archive *writer = archive_write_new ();

  if (is_zstd) {
    archive_write_set_format_raw (writer);
    archive_write_add_filter_zstd (writer);
  } else {
    archive_write_set_format_pax_restricted (writer);
    archive_write_add_filter_none (writer);
  }
  archive_write_set_bytes_per_block (writer, 0);
  archive_write_set_bytes_in_last_block (writer, 1);
  archive_write_open (writer, out, NULL, append, NULL);
  return writer;
}

static void
describe (struct archive_entry *entry, const char *name, gsize size, gint64 date)
{
  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_mtime (entry, date, 0);
}

static gboolean
write_member (struct archive *writer, locale_t locale, struct archive_entry *entry, const void *data, gsize length, GError **error)
{
  locale_t before = locale != (locale_t) 0 ? uselocale (locale) : (locale_t) 0;
  int      status = archive_write_header (writer, entry);

  if (before != (locale_t) 0)
    uselocale (before);
  if (status < ARCHIVE_WARN || (length > 0 && archive_write_data (writer, data, length) != (la_ssize_t) length)
      || archive_write_finish_entry (writer) < ARCHIVE_WARN)
    return fail_archive (writer, error);
  return TRUE;
}

gboolean
dg_pack_add (DgPack *pack, const char *name, GBytes *bytes, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize                 length;
  const void           *data = g_bytes_get_data (bytes, &length);
  gboolean              is_written;

  describe (entry, name, length, pack->date);
  is_written = write_member (pack->writer, pack->locale, entry, data, length, error);
  archive_entry_free (entry);
  return is_written;
}

/* @bytes as a frame of zstd. */
static gboolean
compress (GByteArray *bytes, GError **error)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  struct archive       *writer = new_writer (frame, TRUE);
  struct archive_entry *entry = archive_entry_new ();
  gboolean              is_done;

  describe (entry, "range", bytes->len, 0);
  is_done = write_member (writer, (locale_t) 0, entry, bytes->data, bytes->len, error);
  is_done = is_done && (archive_write_close (writer) == ARCHIVE_OK || fail_archive (writer, error));
  archive_entry_free (entry);
  archive_write_free (writer);
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, frame->data, frame->len);
  return is_done;
}

static gboolean
write_range (DgPack *pack, const GByteArray *bytes, DgRange *range, GError **error)
{
  if (!write_all (pack->fd, bytes->data, bytes->len, error))
    return FALSE;
  if (range != NULL) {
    range->place = g_strdup_printf ("%" G_GUINT64_FORMAT "+%u", pack->size, bytes->len);
    range->digest = dg_digest_dup (bytes->data, bytes->len);
  }
  pack->size += bytes->len;
  return TRUE;
}

gboolean
dg_pack_end_range (DgPack *pack, DgRange *range, GError **error)
{
  gboolean is_written =
    pack->range->len == 0 || ((pack->kind != KIND_TAR_ZST || compress (pack->range, error)) && write_range (pack, pack->range, range, error));

  g_byte_array_set_size (pack->range, 0);
  return is_written;
}

/* Taking over */

static void
clear_source (gpointer data)
{
  const Source *source = data;

  close (source->fd);
  g_free (source->path);
}

static void
add_source (DgPack *pack, const char *path)
{
  Source      source = { .fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) };
  struct stat info;

  if (source.fd < 0)
    return;
  if (fstat (source.fd, &info) != 0 || !S_ISREG (info.st_mode)) {
    close (source.fd);
    return;
  }
  source.path = g_strdup (path);
  g_array_append_val (pack->sources, source);
  /* cppcheck-suppress memleak ; the array has it */
}

static char *
dup_left_name (const DgPack *pack, guint nth)
{
  return g_strdup_printf ("%s.%u", pack->part, nth);
}

/* Opens the part, which is nobody else's from here on.  One that another run has, or has just made whole, is not touched. */
static gboolean
open_part (DgPack *pack, GError **error)
{
  struct stat mine, there;

  pack->fd = open (pack->part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
  if (pack->fd < 0)
    return fail (g_strerror (errno), error);
  if (fstat (pack->fd, &mine) != 0 || !S_ISREG (mine.st_mode))
    return fail (N_ ("what stands beside it as NAME.part is no plain file"), error);
  if (flock (pack->fd, LOCK_EX | LOCK_NB) != 0 || stat (pack->part, &there) != 0 || there.st_dev != mine.st_dev || there.st_ino != mine.st_ino)
    return fail (N_ ("another run is writing it"), error);
  return TRUE;
}

/* What a run that did not come to its end left is set aside under a number, or goes. */
static gboolean
set_aside (DgPack *pack, gboolean update, GError **error)
{
  struct stat info;
  guint       nth = 1;

  for (; nth < SOURCES_MAX; nth++) {
    g_autofree char *left = dup_left_name (pack, nth);

    if (!g_file_test (left, G_FILE_TEST_EXISTS))
      break;
    if (update)
      add_source (pack, left);
    else
      unlink (left);
  }
  if (fstat (pack->fd, &info) == 0 && info.st_size > 0) {
    g_autofree char *left = dup_left_name (pack, nth);

    if ((update ? rename (pack->part, left) : unlink (pack->part)) != 0)
      return fail (g_strerror (errno), error);
    if (update)
      add_source (pack, left);
    close (pack->fd);
    if (!open_part (pack, error))
      return FALSE;
  }
  if (update)
    add_source (pack, pack->path);
  return TRUE;
}

static gboolean
read_range (int fd, const char *place, const char *digest, GByteArray *bytes)
{
  char            *plus;
  guint64          from = g_ascii_strtoull (place, &plus, 10);
  guint64          length = *plus == '+' ? g_ascii_strtoull (plus + 1, NULL, 10) : 0;
  g_autofree char *found = NULL;
  gsize            done = 0;

  if (length == 0 || length > RANGE_MAX || from > (guint64) G_MAXINT64 - length)
    return FALSE;
  g_byte_array_set_size (bytes, (guint) length);
  while (done < length) {
    gssize n = pread (fd, bytes->data + done, length - done, (off_t) (from + done));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    done += (gsize) n;
  }
  found = dg_digest_dup (bytes->data, bytes->len);
  return strcmp (found, digest) == 0;
}

static gboolean
find_range (const DgPack *pack, const char *place, const char *digest, GByteArray *bytes)
{
  for (guint i = 0; i < pack->sources->len; i++)
    if (read_range (g_array_index (pack->sources, Source, i).fd, place, digest, bytes))
      return TRUE;
  return FALSE;
}

gboolean
dg_pack_has (const DgPack *pack, const char *place, const char *digest)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  return find_range (pack, place, digest, bytes);
}

gboolean
dg_pack_take (DgPack *pack, const char *place, const char *digest, DgRange *range, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  return find_range (pack, place, digest, bytes) ? write_range (pack, bytes, range, error) : fail (N_ ("what was made of it before is gone"), error);
}

/* The whole */

DgPack *
dg_pack_new (const char *path, gint64 date, gboolean update, GError **error)
{
  g_autoptr (DgPack) pack = g_new0 (DgPack, 1);
  gboolean is_stream = strcmp (path, "-") == 0;

  find_kind (path, &pack->kind);
  pack->path = g_strdup (path);
  pack->part = g_strconcat (path, ".part", NULL);
  pack->fd = is_stream ? STDOUT_FILENO : -1;
  pack->date = date;
  pack->sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_array_set_clear_func (pack->sources, clear_source);
  pack->range = g_byte_array_new ();
  pack->writer = new_writer (pack->range, FALSE);
  pack->locale = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  if (is_stream)
    return g_steal_pointer (&pack);
  if (!open_part (pack, error) || !set_aside (pack, update, error))
    return NULL;
  return g_steal_pointer (&pack);
}

void
dg_pack_free (DgPack *pack)
{
  if (pack == NULL)
    return;
  g_array_unref (pack->sources);
  archive_write_free (pack->writer);
  if (pack->locale != (locale_t) 0)
    freelocale (pack->locale);
  if (pack->fd >= 0 && pack->fd != STDOUT_FILENO)
    close (pack->fd);
  g_byte_array_unref (pack->range);
  g_free (pack->part);
  g_free (pack->path);
  g_free (pack);
}

/* PDF and PNG are compressed already, and deflate takes as long as to make them. */
static gboolean
copy_member (struct archive *in, struct archive *out, struct archive_entry *entry, locale_t locale, GError **error)
{
  const char        *name = archive_entry_pathname_utf8 (entry);
  gsize              length = (gsize) archive_entry_size (entry);
  g_autofree guint8 *data = g_malloc (MAX (length, 1));

  if (archive_read_data (in, data, length) != (la_ssize_t) length)
    return fail_archive (in, error);
  if (name != NULL && (has_ending (name, ".pdf") || has_ending (name, ".png")))
    archive_write_zip_set_compression_store (out);
  else
    archive_write_zip_set_compression_deflate (out);
  return write_member (out, locale, entry, data, length, error);
}

/* Makes the zip @to of the tar that the part is. */
static gboolean
make_zip (const DgPack *pack, const char *to, GError **error)
{
  struct archive       *in = archive_read_new (), *out = archive_write_new ();
  struct archive_entry *entry;
  locale_t              before = pack->locale != (locale_t) 0 ? uselocale (pack->locale) : (locale_t) 0;
  gboolean              is_made;
  int                   status = ARCHIVE_OK;

  unlink (to); /* a run that was killed may have left it, and a link leads elsewhere */
  archive_read_support_format_tar (in);
  archive_write_set_format_zip (out);
  is_made = (archive_read_open_filename (in, pack->part, BLOCK) == ARCHIVE_OK || fail_archive (in, error))
            && (archive_write_open_filename (out, to) == ARCHIVE_OK || fail_archive (out, error));
  while (is_made && (status = archive_read_next_header (in, &entry)) == ARCHIVE_OK)
    is_made = copy_member (in, out, entry, pack->locale, error);
  is_made = is_made && (status == ARCHIVE_EOF || fail_archive (in, error)) && (archive_write_close (out) == ARCHIVE_OK || fail_archive (out, error));
  if (before != (locale_t) 0)
    uselocale (before);
  archive_read_free (in);
  archive_write_free (out);
  return is_made;
}

/* Flushes @path and gives it the archive's name. */
static gboolean
put_in_place (const DgPack *pack, const char *path, GError **error)
{
  int      fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean is_there = fd >= 0 && fsync (fd) == 0 && rename (path, pack->path) == 0;

  if (!is_there)
    fail (g_strerror (errno), error);
  if (fd >= 0)
    close (fd);
  return is_there;
}

gboolean
dg_pack_close (DgPack *pack, GError **error)
{
  g_autofree char *zip = g_strconcat (pack->part, ".zip", NULL);

  if (archive_write_close (pack->writer) != ARCHIVE_OK)
    return fail_archive (pack->writer, error);
  if (!dg_pack_end_range (pack, NULL, error))
    return FALSE;
  if (pack->fd == STDOUT_FILENO)
    return TRUE;
  if (pack->kind == KIND_ZIP ? !make_zip (pack, zip, error) || !put_in_place (pack, zip, error) : !put_in_place (pack, pack->part, error))
    return FALSE;
  unlink (pack->part);
  for (guint i = 0; i < pack->sources->len; i++)
    if (strcmp (g_array_index (pack->sources, Source, i).path, pack->path) != 0)
      unlink (g_array_index (pack->sources, Source, i).path);
  return TRUE;
}
