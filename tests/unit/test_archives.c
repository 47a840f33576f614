/* test_archives.c: dispatches are found in every kind of archive, under names that lead nowhere else; what is hostile, damaged or
 * too large is told and does no harm. */
#include "batch/archives.h"
#include "diglot.h"
#include "scratch.h"

#include <archive.h>
#include <archive_entry.h>

typedef struct {
  char *folder;
  char *path;
} Fixture;

static GPtrArray *
list (const char *path, const char *const *include, GError **error)
{
  guint      n;
  GPtrArray *members = dg_archive_list (path, &(DiglotBatch){ .include = include }, &n, error);

  g_assert_cmpuint (n, ==, members->len);
  return members;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  f->folder = scratch_make ();
  f->path = g_build_filename (f->folder, "archive", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  scratch_remove (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static struct archive *
begin (Fixture *f, const char *kind)
{
  struct archive *writer = archive_write_new ();
  g_auto (GStrv) parts = g_strsplit (kind, ".", 2);

  if (strcmp (parts[0], "zip") == 0)
    archive_write_set_format_zip (writer);
  else if (strcmp (parts[0], "7z") == 0)
    archive_write_set_format_7zip (writer);
  else
    archive_write_set_format_pax_restricted (writer);
  if (g_strcmp0 (parts[1], "gz") == 0)
    archive_write_add_filter_gzip (writer);
  else if (g_strcmp0 (parts[1], "bz2") == 0)
    archive_write_add_filter_bzip2 (writer);
  else if (g_strcmp0 (parts[1], "xz") == 0)
    archive_write_add_filter_xz (writer);
  else if (g_strcmp0 (parts[1], "zst") == 0)
    archive_write_add_filter_zstd (writer);
  g_assert_cmpint (archive_write_open_filename (writer, f->path), ==, ARCHIVE_OK);
  return writer;
}

static void
add_data (struct archive *writer, const char *name, const void *data, gsize length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_copy_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) length);
  g_assert_cmpint (archive_write_header (writer, entry), >=, ARCHIVE_WARN);
  g_assert_cmpint (archive_write_data (writer, data, length), ==, (la_ssize_t) length);
  archive_entry_free (entry);
}

static void
add (struct archive *writer, const char *name, const char *text)
{
  add_data (writer, name, text, strlen (text));
}

static void
end (struct archive *writer)
{
  g_assert_cmpint (archive_write_close (writer), ==, ARCHIVE_OK);
  archive_write_free (writer);
}

/* The members' names, joined by line ends. */
static char *
dup_names (const GPtrArray *members)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < members->len; i++)
    g_string_append_printf (out, "%s\n", ((const DgMember *) members->pdata[i])->name);
  return g_string_free (out, FALSE);
}

static void
check_names (Fixture *f, const char *const *include, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = list (f->path, include, &error);
  g_autofree char *names = dup_names (members);

  g_assert_no_error (error);
  g_assert_cmpstr (names, ==, expected);
}

/* Names and bytes come back from every kind, the latter also where some members are passed over. */
static void
test_kinds (Fixture *f, gconstpointer data)
{
  static const char *const kinds[] = { "zip", "7z", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst" };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    struct archive *writer = begin (f, kinds[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) members = NULL;
    g_autoptr (DgArchive) archive = NULL;
    g_autoptr (GBytes) bytes = NULL;

    add (writer, "a.txt", "one");
    add (writer, "dir/notes.md", "no dispatch");
    add (writer, "dir/b.TXT", "two");
    add (writer, "./dir/c.txt", "three");
    end (writer);
    g_test_message ("%s", kinds[i]);
    check_names (f, NULL, "a.txt\ndir/b.TXT\ndir/c.txt\n");
    members = list (f->path, NULL, NULL);
    archive = dg_archive_open (f->path, &(DiglotBatch){ 0 }, &error);
    g_assert_no_error (error);
    bytes = dg_archive_read (archive, ((const DgMember *) members->pdata[2])->index, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "three", 5);
    g_assert_false (((const DgMember *) members->pdata[2])->changed);
  }
}

static void
test_endings (void)
{
  static const char *const archives[] = { "a.zip", "A.ZIP", "a.7z", "a.tar", "a.tar.gz", "a.tgz", "a.tar.xz", "a.tar.zst", "a.tar.bz2" };
  static const char *const others[] = { "a.txt", "zip", ".zip", "a.zip.txt", "a.gz", "a.rar", "" };

  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    g_assert_true (dg_archive_is_name (archives[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (dg_archive_is_name (others[i]));
}

/* No name leads out of the output folder, and none brings a control character into it. */
static void
test_safe_names (void)
{
  static const struct {
    const char *raw, *safe;
  } names[] = {
    { "a.txt", "a.txt" },
    { "خبر/عاجل.txt", "خبر/عاجل.txt" },
    { "../../etc/x.txt", "etc/x.txt" },
    { "/etc/x.txt", "etc/x.txt" },
    { "a/../../b.txt", "a/b.txt" },
    { "a//./b.txt", "a/b.txt" },
    { "C:\\news\\x.txt", "news/x.txt" },
    { "..\\..\\x.txt", "x.txt" },
    { "a\nb\x1b[31m.txt", "a_b_[31m.txt" },
    { "a\xe2\x80\xae"
      "b.txt",
      "a_b.txt" },
    { "a\xc2\x85"
      "b.txt",
      "a_b.txt" },
    /* What nobody sees is lost, but not a joiner that spells a word. */
    { "a\xe2\x80\x8b"
      "b\xef\xbb\xbf\xf3\xa0\x81\xa1.txt",
      "ab.txt" },
    { "می\xe2\x80\x8cرود.txt", "می\xe2\x80\x8cرود.txt" },
    { "\xe2\x80\x8b/c.txt", "_/c.txt" },
    { "..", NULL },
    { "/", NULL },
    { "", NULL },
  };
  g_autofree char *long_name = g_strnfill (5000, 'x');
  g_autofree char *other_name = g_strnfill (5001, 'x');
  g_autofree char *one = dg_archive_dup_safe_name (long_name);
  g_autofree char *two = dg_archive_dup_safe_name (other_name);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *safe = dg_archive_dup_safe_name (names[i].raw);

    g_assert_cmpstr (safe, ==, names[i].safe);
  }
  g_assert_cmpuint (strlen (one), <, 200);
  g_assert_cmpstr (one, !=, two);
}

/* Names in an old charset come out as their letters where these can be told; whatever they are, they come out as UTF-8. */
static void
test_charsets (void)
{
  static const struct {
    const char *raw, *safe;
  } names[] = {
    { "\xC7\xE1\xC3\xCE\xC8\xC7\xD1 \xC7\xE1\xED\xE6\xE3.txt", "الأخبار اليوم.txt" }, /* windows-1256 */
  };
  guint32 seed = 1;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *safe = dg_archive_dup_safe_name (names[i].raw);

    g_assert_cmpstr (safe, ==, names[i].safe);
  }
  for (guint i = 0; i < 300; i++) {
    char             raw[24];
    g_autofree char *safe = NULL;

    for (guint k = 0; k < sizeof raw - 1; k++) {
      seed = seed * 1664525 + 1013904223;
      raw[k] = (char) (seed >> 24 != 0 ? seed >> 24 : 'a');
    }
    raw[sizeof raw - 1] = '\0';
    safe = dg_archive_dup_safe_name (raw);
    if (safe == NULL)
      continue;
    g_assert_true (g_utf8_validate (safe, -1, NULL));
    g_assert_false (safe[0] == '/' || strcmp (safe, "..") == 0 || g_str_has_prefix (safe, "../") || strstr (safe, "/../") != NULL
                    || g_str_has_suffix (safe, "/.."));
    for (const char *p = safe; *p != '\0'; p = g_utf8_next_char (p))
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
  }
}

/* Only plain files are dispatches: no link is followed, and a Mac's shadow files are left alone. */
static void
test_links (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *name;
    guint       type;
  } others[] = {
    { "link.txt", AE_IFLNK },
    { "fifo.txt", AE_IFIFO },
    { "device.txt", AE_IFCHR },
    { "folder.txt", AE_IFDIR },
  };
  struct archive *writer = begin (f, "tar");

  (void) data;
  add (writer, "a.txt", "one");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    struct archive_entry *entry = archive_entry_new ();

    archive_entry_set_pathname (entry, others[i].name);
    archive_entry_set_filetype (entry, others[i].type);
    if (others[i].type == AE_IFLNK)
      archive_entry_set_symlink (entry, "/etc/passwd");
    g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
    archive_entry_free (entry);
  }
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, "hard.txt");
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_hardlink (entry, "/etc/passwd");
  g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
  archive_entry_free (entry);
  add (writer, "__MACOSX/._a.txt", "shadow");
  add (writer, ".hidden/a.txt", "hidden");
  add (writer, "b.txt", "two");
  end (writer);
  check_names (f, NULL, "a.txt\nb.txt\n");
}

static void
test_include (Fixture *f, gconstpointer data)
{
  static const char *const logs[] = { "*.log", NULL };
  static const char *const folder[] = { "news/*", "[ab].md", NULL };
  struct archive          *writer = begin (f, "zip");

  (void) data;
  add (writer, "a.txt", "x");
  add (writer, "news/b.log", "x");
  add (writer, "news/more/c.md", "x");
  add (writer, "b.md", "x");
  end (writer);
  check_names (f, logs, "news/b.log\n");
  check_names (f, folder, "news/b.log\nb.md\n");
}

/* A member that unpacks to more than a dispatch can be fails alone; an archive of zeros is read no further than where it shows. */
static void
test_bombs (Fixture *f, gconstpointer data)
{
  gsize            size = 72 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (size);
  struct archive  *writer = begin (f, "zip");
  g_autoptr (GError) error = NULL;
  g_autoptr (DgArchive) archive = NULL;
  g_autoptr (GBytes) large = NULL, small = NULL;
  g_autoptr (GPtrArray) members = NULL;

  (void) data;
  add_data (writer, "large.txt", zeros, size);
  add (writer, "small.txt", "one");
  end (writer);
  check_names (f, NULL, "large.txt\nsmall.txt\n");
  archive = dg_archive_open (f->path, &(DiglotBatch){ 0 }, &error);
  g_assert_no_error (error);
  large = dg_archive_read (archive, 0, &error);
  g_assert_null (large);
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT);
  g_clear_error (&error);
  small = dg_archive_read (archive, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (small), ==, 3);

  writer = begin (f, "tar.zst");
  add (writer, "small.txt", "one");
  for (guint i = 0; i < 3; i++)
    add_data (writer, "zeros.bin", zeros, size);
  add (writer, "late.txt", "two");
  end (writer);
  members = list (f->path, NULL, &error);
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT);
  g_assert_cmpuint (members->len, ==, 1);
}

/* Of a damaged archive what stands before the damage is there, and the damage is told.  No bytes do harm. */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  static const char *const kinds[] = { "zip", "7z", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst" };
  guint32                  seed = 7;

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    struct archive  *writer = begin (f, kinds[i]);
    g_autofree char *whole = NULL;
    gsize            length;

    for (guint k = 0; k < 20; k++) {
      g_autofree char *name = g_strdup_printf ("%02u.txt", k);
      g_autofree char *text = g_strdup_printf ("%u %u", k, seed);

      add (writer, name, text);
    }
    end (writer);
    g_test_message ("%s", kinds[i]);
    g_assert_true (g_file_get_contents (f->path, &whole, &length, NULL));
    for (guint k = 0; k < 60; k++) {
      g_autofree char *copy = g_memdup2 (whole, length);
      gsize            cut = k < 20 ? length * k / 20 : length;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) members = NULL;
      g_autoptr (DgArchive) archive = NULL;

      for (guint m = 0; k >= 20 && m < 8; m++) {
        seed = seed * 1664525 + 1013904223;
        copy[(seed >> 8) % length] = (char) (seed >> 3);
      }
      g_assert_true (g_file_set_contents (f->path, copy, (gssize) cut, NULL));
      members = list (f->path, NULL, &error);
      /* A plain tar that is cut between two members shows nothing of it. */
      if (k < 20 && strcmp (kinds[i], "tar") != 0)
        g_assert_true (members->len == 20 || error != NULL);
      archive = dg_archive_open (f->path, &(DiglotBatch){ 0 }, NULL);
      for (guint m = 0; archive != NULL && m < members->len; m++) {
        GBytes *bytes = dg_archive_read (archive, ((const DgMember *) members->pdata[m])->index, NULL);

        g_clear_pointer (&bytes, g_bytes_unref);
      }
    }
  }
}

/* A record of a WARC, between line ends that are its own. */
static void
add_record (GString *out, const char *uri, const char *text)
{
  g_string_append_printf (out,
                          "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Date: 2024-03-05T10:20:30Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: %s\r\n"
                          "Content-Type: text/plain\r\nContent-Length: %u\r\n\r\n%s\r\n\r\n",
                          uri, (guint) strlen (text), text);
}

/* Records of a WARC are read as they are, to their last byte and no further, without the head that a server sent before them; what tells of the crawl is
 * no dispatch. */
static void
test_warc (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "The harbour is open.", "", "The ferry is late.\r\n\r\n",
                                       "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe quay\r\n\r\nis lit." };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) all = g_string_new ("WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2024-03-05T10:20:30Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
                                          "Content-Type: application/warc-fields\r\nContent-Length: 14\r\n\r\nsoftware: none\r\n\r\n");
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (DgArchive) archive = NULL;

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *uri = g_strdup_printf ("http://wire.example/2024/%u.txt", i);

    add_record (all, uri, texts[i]);
  }
  g_assert_true (g_file_set_contents (f->path, all->str, (gssize) all->len, NULL));
  members = list (f->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (members->len, ==, G_N_ELEMENTS (texts));
  archive = dg_archive_open (f->path, &(DiglotBatch){ 0 }, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < members->len; i++) {
    const DgMember  *member = members->pdata[i];
    g_autofree char *name = g_strdup_printf ("2024/%u.txt", i);
    g_autoptr (GBytes) bytes = dg_archive_read (archive, member->index, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (member->name, ==, name);
    if (i < 3)
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), texts[i], strlen (texts[i]));
    else
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "The quay\r\n\r\nis lit.", 19);
  }
}

static void
test_not_there (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = list (f->path, NULL, &error);

  (void) data;
  g_assert_cmpuint (members->len, ==, 0);
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ);
  g_clear_error (&error);
  g_ptr_array_unref (g_steal_pointer (&members));
  members = list (f->folder, NULL, &error);
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/archives/endings", test_endings);
  g_test_add_func ("/archives/safe-names", test_safe_names);
  g_test_add_func ("/archives/charsets", test_charsets);
  g_test_add ("/archives/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
  g_test_add ("/archives/warc", Fixture, NULL, set_up, test_warc, tear_down);
  g_test_add ("/archives/links", Fixture, NULL, set_up, test_links, tear_down);
  g_test_add ("/archives/include", Fixture, NULL, set_up, test_include, tear_down);
  g_test_add ("/archives/bombs", Fixture, NULL, set_up, test_bombs, tear_down);
  g_test_add ("/archives/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/archives/not-there", Fixture, NULL, set_up, test_not_there, tear_down);
  return g_test_run ();
}
