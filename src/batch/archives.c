/* archives.c: the dispatches inside an archive, by libarchive.  Nothing is unpacked to disk.
 *
 * An archive may come from anybody: its names lead nowhere but below the output folder, and what it unpacks to is bounded. */
#include "batch/archives.h"

#include "batch/shard.h"
#include "batch/spool.h"
#include "base/charset.h"
#include "base/input.h"
#include "base/refuse.h"
#include "base/utf.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/uchar.h>

#define MIB          (1024 * 1024)
#define ENTRIES_MAX  1000000u    /* of any kind */
#define UNPACKED_MAX (16 * 1024) /* MiB of all entries */
/* News in one archive packs some 4:1, the same story a thousand times over some 200:1; what packs better than this, once it is
 * more than a little, was made to fill memory or time. */
#define RATIO_MAX  1000
#define RATIO_FREE (64 * 1024 * 1024)
#define PART_MAX   180 /* bytes of a folder's or file's name: room for endings, within the 255 of file systems */
#define BLOCK_SIZE (64 * 1024)

struct DgArchive {
  struct archive *reader;
  locale_t        locale;   /* with UTF-8: libarchive converts names to the locale's charset, and loses them in the C locale */
  guint           next;     /* index of the entry that is read next */
  gint64          size;     /* of the file, packed */
  gint64          unpacked; /* bytes so far */
  gboolean        is_zip;   /* entries are passed over without unpacking them */
  char           *single;   /* the name of its one member, where it is no archive but a packed file */
  guint           entries_max;
  gint64          unpacked_max; /* bytes */
};

static void
free_member (gpointer data)
{
  DgMember *member = data;

  g_free (member->name);
  g_free (member->picture);
  g_free (member);
}

/* The bytes of the one of @endings that @path has; 0 for none. */
static gsize
find_ending (const char *path, const char *const *endings)
{
  gsize length = strlen (path);

  for (guint i = 0; endings[i] != NULL; i++) {
    gsize end = strlen (endings[i]);

    if (length > end && g_ascii_strcasecmp (path + length - end, endings[i]) == 0)
      return end;
  }
  return 0;
}

static const char *const packings[] = { ".gz", ".xz", ".zst", ".bz2", NULL };

gboolean
dg_archive_is_name (const char *path)
{
  static const char *const endings[] = {
    ".zip", ".7z", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.zst", ".tzst", ".tar.bz2", ".tbz2", ".tbz", ".warc", ".warc.gz", NULL,
  };

  return find_ending (path, endings) > 0;
}

gboolean
dg_archive_is_single (const char *path)
{
  return !dg_archive_is_name (path) && find_ending (path, packings) > 0;
}

/* "dir/a.txt.gz" holds "a.txt". */
static char *
dup_single_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  return strcmp (path, DG_SPOOL_PATH) == 0 ? g_strdup ("stdin.txt") : g_strndup (base, strlen (base) - find_ending (base, packings));
}

/* Names */

/* One part of a path with nothing in it that a file system, a terminal or a shell's listing stumbles over. */
static char *
dup_safe_part (const char *part)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length = strlen (part);

  for (const char *p = part; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    /* What nobody sees would make two names of one; but joiners spell words, and selectors choose among pictures. */
    if (u_hasBinaryProperty ((UChar32) ch, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && !dg_is_bidi_control (ch) && ch != 0x200C && ch != 0x200D
        && !(ch >= 0xFE00 && ch <= 0xFE0F))
      continue;
    if (g_unichar_iscntrl (ch) || dg_is_bidi_control (ch) || ch == 0x2028 || ch == 0x2029)
      g_string_append_c (out, '_');
    else
      g_string_append_unichar (out, ch);
  }
  if (out->len == 0 && length > 0)
    g_string_append_c (out, '_');
  if (out->len > PART_MAX) {
    /* The middle goes: the end has the file's kind, and a digest keeps names apart that were. */
    g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, part, (gssize) length);
    const char      *head = g_utf8_find_prev_char (out->str, out->str + PART_MAX - 60);
    const char      *tail = g_utf8_find_next_char (out->str + out->len - 40, NULL);
    char            *cut = g_strdup_printf ("%.*s~%.8s~%s", (int) (head - out->str), out->str, digest, tail);

    return cut;
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* @raw as UTF-8, by a guess where it is none: zip says nothing about the charset of older names. */
static char *
dup_decoded (const char *raw)
{
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) text = NULL;
  const char *charset;
  double      confidence;

  if (g_utf8_validate (raw, -1, NULL))
    return g_strdup (raw);
  charset = dg_charset_guess ((const guint8 *) raw, strlen (raw), &confidence);
  if (charset != NULL && dg_charset_is_known (charset))
    text = dg_charset_decode ((const guint8 *) raw, strlen (raw), charset, bad);
  return text != NULL && g_utf8_validate (text->str, (gssize) text->len, NULL) ? g_strdup (text->str) : g_utf8_make_valid (raw, -1);
}

char *
dg_archive_dup_safe_name (const char *raw)
{
  g_autofree char *text = dup_decoded (raw);
  g_autoptr (GString) out = g_string_new (NULL);

  if (strchr (text, '/') == NULL)
    g_strdelimit (text, "\\", '/');

  g_auto (GStrv) parts = g_strsplit (text, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *part = NULL;

    if (!dg_input_is_part (parts[i]))
      continue;
    if (out->len == 0 && g_ascii_isalpha (parts[i][0]) && strcmp (parts[i] + 1, ":") == 0)
      continue; /* a drive */
    part = dup_safe_part (parts[i]);
    if (out->len > 0)
      g_string_append_c (out, '/');
    g_string_append (out, part);
  }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* As the shell's "*": what is hidden is no dispatch (a Mac's "._a.txt"). */
static gboolean
is_hidden (const char *name)
{
  return name[0] == '.' || strstr (name, "/.") != NULL;
}

static const char *
raw_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  return name != NULL ? name : archive_entry_pathname (entry);
}

/* A plain file's name, made safe; NULL for what is hidden or no file. */
static char *
dup_member_name (const DgArchive *archive, struct archive_entry *entry, gboolean *changed)
{
  const char      *raw = raw_name (entry);
  g_autofree char *name = NULL;

  if ((archive_format (archive->reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW)
    raw = archive->single;
  else if (raw == NULL || archive_entry_filetype (entry) != AE_IFREG || archive_entry_hardlink (entry) != NULL)
    return NULL;
  name = dg_archive_dup_safe_name (g_str_has_prefix (raw, "./") ? raw + 2 : raw);
  if (name == NULL || is_hidden (name))
    return NULL;
  *changed = strcmp (name, g_str_has_prefix (raw, "./") ? raw + 2 : raw) != 0;
  return g_steal_pointer (&name);
}

/* Reading */

static gboolean
fail (DgArchive *archive, GError **error)
{
  const char *why = archive_error_string (archive->reader);

  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: %s", why != NULL ? why : "not an archive");
  return FALSE;
}

DgArchive *
dg_archive_open (const char *path, const DiglotBatch *batch, GError **error)
{
  g_autoptr (DgArchive) archive = g_new0 (DgArchive, 1);
  struct stat info;
  locale_t    before;
  int         status;

  /* It is read twice, first for what is in it. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: not a plain file");
    return NULL;
  }
  archive->size = stat (path, &info) == 0 ? info.st_size : G_MAXINT64;
  archive->entries_max = batch->entries > 0 ? batch->entries : ENTRIES_MAX;
  archive->unpacked_max = (gint64) (batch->unpacked > 0 ? batch->unpacked : UNPACKED_MAX) * MIB;
  archive->reader = archive_read_new ();
  archive->locale = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  archive_read_support_format_zip (archive->reader);
  archive_read_support_format_tar (archive->reader);
  archive_read_support_format_7zip (archive->reader);
  archive_read_support_format_warc (archive->reader);
  if (dg_archive_is_single (path) || strcmp (path, DG_SPOOL_PATH) == 0) {
    archive_read_support_format_raw (archive->reader);
    archive->single = dup_single_name (path);
  }
  archive_read_support_filter_gzip (archive->reader);
  archive_read_support_filter_bzip2 (archive->reader);
  archive_read_support_filter_xz (archive->reader);
  archive_read_support_filter_zstd (archive->reader);
  before = archive->locale != (locale_t) 0 ? uselocale (archive->locale) : (locale_t) 0;
  status = archive_read_open_filename (archive->reader, path, BLOCK_SIZE);
  if (before != (locale_t) 0)
    uselocale (before);
  if (status == ARCHIVE_OK)
    return g_steal_pointer (&archive);
  fail (archive, error);
  return NULL;
}

void
dg_archive_close (DgArchive *archive)
{
  if (archive == NULL)
    return;
  if (archive->reader != NULL)
    archive_read_free (archive->reader);
  if (archive->locale != (locale_t) 0)
    freelocale (archive->locale);
  g_free (archive->single);
  g_free (archive);
}

/* FALSE with @error once the archive has unpacked to more than any honest one does. */
static gboolean
count (DgArchive *archive, gsize size, GError **error)
{
  gint64 packed = archive_filter_bytes (archive->reader, -1);

  archive->unpacked += (gint64) size;
  if (archive->unpacked > archive->unpacked_max)
    return dg_refuse (error, DIGLOT_ERROR_LIMIT, "unpacks to more than %ld MiB; --limit unpacked=N allows more", (long) (archive->unpacked_max / MIB));
  if (archive->unpacked > RATIO_FREE && packed > 0 && archive->unpacked / packed > RATIO_MAX)
    return dg_refuse (error, DIGLOT_ERROR_LIMIT, "unpacks to more than a thousand times its size");
  return TRUE;
}

/* Goes to the next entry; NULL at the end, or with @error. */
static struct archive_entry *
go_on (DgArchive *archive, GError **error)
{
  struct archive_entry *entry;
  int                   status = archive_read_next_header (archive->reader, &entry);

  /* libarchive 3.7 jumps over what an entry is filled up with, and goes past the end of what was cut off there. */
  if (status == ARCHIVE_EOF && archive_filter_bytes (archive->reader, -1) > archive->size)
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: it ends amid an entry");
  if (status == ARCHIVE_EOF)
    return NULL;
  if (status < ARCHIVE_WARN) {
    fail (archive, error);
    return NULL;
  }
  if (archive->next++ >= archive->entries_max) {
    dg_refuse (error, DIGLOT_ERROR_LIMIT, "has more than %u entries; --limit entries=N allows more", archive->entries_max);
    return NULL;
  }
  archive->is_zip = (archive_format (archive->reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
  return entry;
}

/* Passes over the bytes of the entry.  libarchive would do so itself, with no end to it; a zip is merely jumped over. */
static gboolean
pass_over (DgArchive *archive, GError **error)
{
  const void *block;
  gsize       size;
  la_int64_t  offset;
  int         status;

  if (archive->is_zip)
    return TRUE;
  while ((status = archive_read_data_block (archive->reader, &block, &size, &offset)) == ARCHIVE_OK)
    if (!count (archive, size, error))
      return FALSE;
  /* Damage inside one entry need not be the end of the archive. */
  return status == ARCHIVE_FATAL ? fail (archive, error) : TRUE;
}

/* Gives each dispatch the picture of its name, by the endings' rank; of two that rank alike the first. */
static void
match_pictures (GPtrArray *members, GPtrArray *pictures)
{
  g_autoptr (GHashTable) by_stem = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < pictures->len; i++) {
    DgMember        *picture = pictures->pdata[i], *other;
    gsize            stem, other_stem;
    int              rank = dg_input_rank_picture (picture->name, &stem);
    g_autofree char *key = g_strndup (picture->name, stem);

    other = g_hash_table_lookup (by_stem, key);
    if (other == NULL || dg_input_rank_picture (other->name, &other_stem) > rank)
      g_hash_table_replace (by_stem, g_steal_pointer (&key), picture);
  }
  for (guint i = 0; i < members->len; i++) {
    DgMember        *member = members->pdata[i];
    g_autofree char *key = g_strndup (member->name, dg_input_stem (member->name));
    const DgMember  *picture = g_hash_table_lookup (by_stem, key);

    if (picture == NULL)
      continue;
    member->picture = g_strdup (picture->name);
    member->picture_index = picture->index;
  }
}

static void
list (DgArchive *archive, const DiglotBatch *batch, GPtrArray *members, guint *n, GError **problem)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (free_member);
  struct archive_entry *entry;
  GError               *error = NULL;

  while ((entry = go_on (archive, &error)) != NULL) {
    gboolean         changed = FALSE;
    g_autofree char *name = dup_member_name (archive, entry, &changed);
    gboolean         is_chosen = name != NULL && (archive->single != NULL || dg_input_is_chosen (name, batch->include));
    gsize            stem;

    *n += is_chosen;
    if (is_chosen ? dg_shard_has (batch, name) : (name != NULL && dg_input_rank_picture (name, &stem) >= 0)) {
      DgMember *member = g_new0 (DgMember, 1);

      member->name = g_steal_pointer (&name);
      member->index = archive->next - 1;
      member->nth = is_chosen ? *n - 1 : 0;
      member->changed = changed;
      member->size = archive_entry_size_is_set (entry) ? (guint64) MAX (archive_entry_size (entry), 0) : 0;
      g_ptr_array_add (is_chosen ? members : pictures, member);
    }
    if (!pass_over (archive, &error))
      break;
  }
  match_pictures (members, pictures);
  if (error != NULL)
    g_propagate_error (problem, error);
}

GPtrArray *
dg_archive_list (const char *path, const DiglotBatch *batch, guint *n, GError **problem)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (free_member);
  g_autoptr (DgArchive) archive = dg_archive_open (path, batch, problem);
  locale_t before;

  *n = 0;
  if (archive == NULL)
    return members;
  before = archive->locale != (locale_t) 0 ? uselocale (archive->locale) : (locale_t) 0;
  list (archive, batch, members, n, problem);
  if (before != (locale_t) 0)
    uselocale (before);
  return members;
}

/* What a server answered begins with a head of HTTP's, as a WARC of a crawl has it: what it brought stands behind the first blank line. */
static void
drop_http_head (GByteArray *bytes)
{
  static const char start[] = "HTTP/", end[] = "\r\n\r\n";
  const guint8     *body;

  if (bytes->len < sizeof start - 1 || memcmp (bytes->data, start, sizeof start - 1) != 0)
    return;
  body = memmem (bytes->data, bytes->len, end, sizeof end - 1);
  if (body != NULL)
    g_byte_array_remove_range (bytes, 0, (guint) (body - bytes->data) + sizeof end - 1);
}

static GBytes *
read_entry (DgArchive *archive, struct archive_entry *entry, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const void *block;
  gsize       size;
  la_int64_t  offset;
  int         status;

  if (archive_entry_is_encrypted (entry)) {
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: it is encrypted");
    return NULL;
  }
  /* By blocks, since archive_read_data() takes the mark after a WARC's record for a hole, and fills it. */
  while ((status = archive_read_data_block (archive->reader, &block, &size, &offset)) == ARCHIVE_OK) {
    guint before = bytes->len;

    if (size == 0)
      continue;
    if (!count (archive, size, error))
      return NULL;
    if (offset < (la_int64_t) before) {
      g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: its parts are out of order");
      return NULL;
    }
    if (offset > DG_INPUT_MAX || (gsize) offset + size > DG_INPUT_MAX) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "larger than %u MiB", DG_INPUT_MAX / 1024 / 1024);
      return NULL;
    }
    if (offset > before) { /* a hole */
      g_byte_array_set_size (bytes, (guint) offset);
      memset (bytes->data + before, 0, (guint) offset - before);
    }
    g_byte_array_append (bytes, block, (guint) size);
  }
  if (status != ARCHIVE_EOF) {
    fail (archive, error);
    return NULL;
  }
  if ((archive_format (archive->reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_WARC)
    drop_http_head (bytes);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
dg_archive_read (DgArchive *archive, guint index, GError **error)
{
  locale_t before = archive->locale != (locale_t) 0 ? uselocale (archive->locale) : (locale_t) 0;
  GBytes  *bytes = NULL;

  g_return_val_if_fail (archive->next <= index, NULL);
  for (;;) {
    struct archive_entry *entry = go_on (archive, error);

    if (entry == NULL) {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: the archive ends before it");
      break;
    }
    if (archive->next - 1 == index) {
      bytes = read_entry (archive, entry, error);
      break;
    }
    if (!pass_over (archive, error))
      break;
  }
  if (before != (locale_t) 0)
    uselocale (before);
  return bytes;
}
