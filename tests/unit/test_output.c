/* test_output.c: files appear whole or not at all, in the place that was named and nowhere else; folders are looked through. */
#include "diglot.h"
#include "scratch.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
place (const Scratch *scratch, const char *name)
{
  return g_build_filename (scratch->folder, name, NULL);
}

static void
check_file (const Scratch *scratch, const char *name, const char *expected)
{
  g_autofree char *path = place (scratch, name);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static int
compare_names (gconstpointer one, gconstpointer two)
{
  return strcmp (*(const char *const *) one, *(const char *const *) two);
}

/* The names in the folder, hidden ones too: nothing temporary may be left. */
static void
check_names (const Scratch *scratch, const char *expected)
{
  g_autoptr (GDir) dir = g_dir_open (scratch->folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (" ", (char **) names->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static gboolean
write_text (const Scratch *scratch, const char *name, const char *text, GError **error)
{
  g_autofree char *path = place (scratch, name);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return diglot_write_file (path, bytes, error);
}

static void
test_new (Scratch *scratch, gconstpointer data)
{
  (void) data;
  g_assert_true (write_text (scratch, "a.pdf", "one", NULL));
  check_file (scratch, "a.pdf", "one");
  g_assert_true (write_text (scratch, "a.pdf", "", NULL));
  check_file (scratch, "a.pdf", "");
  check_names (scratch, "a.pdf");
}

/* The mode is the one the user's umask gives to any new file. */
static void
test_mode (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = place (scratch, "a.pdf");
  mode_t           before = umask (027);
  struct stat      info;

  (void) data;
  g_assert_true (write_text (scratch, "a.pdf", "one", NULL));
  umask (before);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0640);
}

/* Where the place cannot be written, what stood there stays, and the error says why. */
static void
test_fails (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  scratch_put (scratch, "taken/keep", "kept");
  g_assert_false (write_text (scratch, "taken", "new", &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_false (write_text (scratch, "missing/a.pdf", "new", &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_false (write_text (scratch, "taken/keep/a.pdf", "new", &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE);
  check_file (scratch, "taken/keep", "kept");
  check_names (scratch, "taken");
}

/* A link in the place is replaced, and the file it leads to is left alone. */
static void
test_link (Scratch *scratch, gconstpointer data)
{
  g_autofree char *link = place (scratch, "a.pdf");

  (void) data;
  scratch_put (scratch, "secret", "kept");
  g_assert_cmpint (symlink ("secret", link), ==, 0);
  g_assert_true (write_text (scratch, "a.pdf", "new", NULL));
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  check_file (scratch, "secret", "kept");
  check_file (scratch, "a.pdf", "new");
}

/* So is one that leads to a device or a pipe; a pipe in the place is written to. */
static void
test_stream_link (Scratch *scratch, gconstpointer data)
{
  static const char *const leads[] = { "/dev/null", "pipe" };
  g_autofree char         *link = place (scratch, "a.pdf"), *pipe = place (scratch, "pipe");
  char                     got[8];
  int                      fd;

  (void) data;
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  fd = open (pipe, O_RDWR | O_NONBLOCK);
  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; i < G_N_ELEMENTS (leads); i++) {
    g_unlink (link);
    g_assert_cmpint (symlink (leads[i], link), ==, 0);
    g_assert_true (write_text (scratch, "a.pdf", "new", NULL));
    g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
    check_file (scratch, "a.pdf", "new");
  }
  g_assert_cmpint (read (fd, got, sizeof got), ==, -1);
  g_assert_true (write_text (scratch, "pipe", "new", NULL));
  g_assert_cmpint (read (fd, got, sizeof got), ==, 3);
  close (fd);
}

/* A device is written to; no file takes its place. */
static void
test_device (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("text", 4);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (diglot_write_file ("/dev/null", bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat ("/dev/null", &info), ==, 0);
  g_assert_true (S_ISCHR (info.st_mode));
  g_assert_false (diglot_write_file ("/dev/full", bytes, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE);
}

static void
check_name (const char *name, DiglotFormat format, const char *expected)
{
  g_autofree char *output = diglot_output_name (name, format);

  g_assert_cmpstr (output, ==, expected);
}

static void
test_names (void)
{
  check_name ("dir/a.txt", DIGLOT_FORMAT_PDF, "dir/a.pdf");
  check_name ("dir/a.TXT", DIGLOT_FORMAT_PDF, "dir/a.pdf");
  check_name ("a.en.txt", DIGLOT_FORMAT_JSON, "a.en.json");
  check_name ("b.log", DIGLOT_FORMAT_PDF, "b.log.pdf");
  check_name ("v1.2", DIGLOT_FORMAT_DUMP_ALIGN, "v1.2.align");
  check_name (".txt", DIGLOT_FORMAT_PDF, ".txt.pdf");
  check_name ("dir/.txt", DIGLOT_FORMAT_PDF, "dir/.txt.pdf");
  check_name ("\330\256.txt", DIGLOT_FORMAT_DUMP_DOC, "\330\256.doc");
}

/* Every *.txt in any case, below the folder however deep, sorted by bytes; hidden files and other endings are passed over,
 * and a folder that leads back to itself does no harm. */
static void
test_find (Scratch *scratch, gconstpointer data)
{
  static const char *const names[] = { "b.txt", "a.TXT", "sub/deep/c.Txt", "sub/a.txt", "B.txt", "x.pdf", "txt", ".hidden.txt", ".git/d.txt", "sub.txt/e.txt" };
  g_autofree char         *loop = place (scratch, "loop");
  g_autofree char         *linked = place (scratch, "l.txt");
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *joined = NULL;

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    scratch_put (scratch, names[i], "text");
  g_assert_cmpint (symlink (".", loop), ==, 0);
  g_assert_cmpint (symlink ("b.txt", linked), ==, 0);
  found = diglot_find_dispatches (scratch->folder, NULL);
  g_assert_nonnull (found);
  g_ptr_array_add (found, NULL);
  joined = g_strjoinv (" ", (char **) found->pdata);
  g_assert_cmpstr (joined, ==, "B.txt a.TXT b.txt l.txt sub.txt/e.txt sub/a.txt sub/deep/c.Txt");
}

static void
test_find_nothing (Scratch *scratch, gconstpointer data)
{
  g_autofree char *missing = place (scratch, "missing");
  g_autoptr (GPtrArray) found = diglot_find_dispatches (scratch->folder, NULL);
  g_autoptr (GError) error = NULL;

  (void) data;
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_null (diglot_find_dispatches (missing, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ);
}

/* A device that never ends is refused, and neither a folder nor a missing file is read as empty. */
static void
test_read (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = place (scratch, "a.txt");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  (void) data;
  scratch_put (scratch, "a.txt", "text");
  bytes = diglot_read_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "text", 4);
  g_assert_null (diglot_read_file ("/dev/zero", &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (diglot_read_file (scratch->folder, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ);
  g_clear_error (&error);
  g_remove (path);
  g_assert_null (diglot_read_file (path, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/output/new", Scratch, NULL, scratch_set_up, test_new, scratch_tear_down);
  g_test_add ("/output/mode", Scratch, NULL, scratch_set_up, test_mode, scratch_tear_down);
  g_test_add ("/output/fails", Scratch, NULL, scratch_set_up, test_fails, scratch_tear_down);
  g_test_add ("/output/link", Scratch, NULL, scratch_set_up, test_link, scratch_tear_down);
  g_test_add ("/output/stream-link", Scratch, NULL, scratch_set_up, test_stream_link, scratch_tear_down);
  g_test_add_func ("/output/device", test_device);
  g_test_add_func ("/output/names", test_names);
  g_test_add ("/input/find", Scratch, NULL, scratch_set_up, test_find, scratch_tear_down);
  g_test_add ("/input/find-nothing", Scratch, NULL, scratch_set_up, test_find_nothing, scratch_tear_down);
  g_test_add ("/input/read", Scratch, NULL, scratch_set_up, test_read, scratch_tear_down);
  return g_test_run ();
}
