/* output.c: where results go: names, folders, and files that appear whole or not at all. */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_PREFIX ".diglot-tmp-"
#define TEMPORARY_LENGTH (sizeof TEMPORARY_PREFIX - 1 + 16)

static gboolean
fail (GError **error, int number)
{
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE, "cannot be written: %s", g_strerror (number));
  return FALSE;
}

/* For dg_output_replace_by. */
static gboolean
write_all (int fd, gpointer bytes)
{
  gsize       left;
  const char *data = g_bytes_get_data (bytes, &left);

  while (left > 0) {
    gssize n = write (fd, data, left);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    data += n;
    left -= (gsize) n;
  }
  return TRUE;
}

/* What a terminal is not to be given, and what it is called; NULL for text. */
static const char *
find_binary_kind (GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size >= 5 && memcmp (data, "%PDF-", 5) == 0)
    return "PDF";
  if (size >= 4 && memcmp (data, "PK\3\4", 4) == 0)
    return "EPUB";
  return size >= 4 && memcmp (data, "\x89PNG", 4) == 0 ? "PNG" : NULL;
}

static gboolean
write_stream (int fd, GBytes *bytes, GError **error)
{
  const char *kind = find_binary_kind (bytes);

  if (kind != NULL && isatty (fd)) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE, "a %s is not written to a terminal", kind);
    return FALSE;
  }
  return write_all (fd, bytes) || fail (error, errno);
}

/* TRUE for pipes, devices and the names of open files: to put a file in their place would destroy them.  Other links are replaced,
 * whatever they lead to: who may write to the folder may have laid them there. */
static gboolean
is_stream (const char *path)
{
  struct stat info;

  if (lstat (path, &info) != 0)
    return FALSE;
  return (!S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode) && !S_ISLNK (info.st_mode)) || g_str_has_prefix (path, "/dev/fd/")
         || g_str_has_prefix (path, "/proc/") || strcmp (path, "/dev/stdout") == 0 || strcmp (path, "/dev/stderr") == 0;
}

/* Opens a new file in @folder under a name nobody can foresee, with the mode that the umask gives; -1 with errno.  O_EXCL and
 * O_NOFOLLOW: in a folder that others may write to, a link laid in wait must not be written through. */
static int
open_temporary (int folder, char *name, gsize size)
{
  for (guint attempt = 0; attempt < 100; attempt++) {
    guint64 number;
    int     fd;

    if (getrandom (&number, sizeof number, 0) != sizeof number)
      return -1;
    g_snprintf (name, size, TEMPORARY_PREFIX "%016" G_GINT64_MODIFIER "x", number);
    fd = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd >= 0)
      flock (fd, LOCK_EX | LOCK_NB); /* tells dg_output_sweep that it is being written; where locks do not work nothing is swept */
    if (fd >= 0 || errno != EEXIST)
      return fd;
  }
  errno = EEXIST;
  return -1;
}

/* Writes the temporary file and renames it to @base; 0, or errno with nothing left behind. */
static int
write_once (int folder, const char *base, DgOutputWrite write, gpointer data)
{
  char temporary[40];
  int  fd = open_temporary (folder, temporary, sizeof temporary);
  int  lock, problem = 0;

  if (fd < 0)
    return errno;
  lock = fcntl (fd, F_DUPFD_CLOEXEC, 0); /* holds the lock until the file has its name */
  if (!write (fd, data) || fsync (fd) != 0)
    problem = errno;
  if (close (fd) != 0 && problem == 0)
    problem = errno;
  if (problem == 0 && renameat (folder, temporary, folder, base) != 0)
    problem = errno;
  if (problem != 0)
    unlinkat (folder, temporary, 0);
  if (lock >= 0)
    close (lock);
  return problem;
}

/* A temporary file may be swept in the moment between its making and its lock; then it is written anew. */
static int
write_beside (int folder, const char *base, DgOutputWrite write, gpointer data)
{
  int problem = ENOENT;

  for (guint attempt = 0; attempt < 3 && problem == ENOENT; attempt++)
    problem = write_once (folder, base, write, data);
  return problem;
}

void
dg_output_sweep (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = NULL;
    int              fd;

    if (!g_str_has_prefix (name, TEMPORARY_PREFIX) || strlen (name) != TEMPORARY_LENGTH)
      continue;
    file = g_build_filename (path, name, NULL);
    fd = open (file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
      continue;
    if (flock (fd, LOCK_EX | LOCK_NB) == 0)
      unlink (file);
    close (fd);
  }
}

gboolean
dg_output_replace (const char *path, GBytes *bytes, GError **error)
{
  return dg_output_replace_by (path, write_all, bytes, error);
}

gboolean
dg_output_replace_by (const char *path, DgOutputWrite write, gpointer data, GError **error)
{
  g_autofree char *folder_name = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  sigset_t         stops, before;
  int              folder, problem;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return fail (error, EISDIR);

  folder = open (folder_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0 && errno == EACCES) /* may be written to though not listed */
    folder = open (folder_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    return fail (error, errno);

  /* An interrupt waits until the temporary file has its name or is gone. */
  sigemptyset (&stops);
  sigaddset (&stops, SIGINT);
  sigaddset (&stops, SIGTERM);
  sigaddset (&stops, SIGHUP);
  pthread_sigmask (SIG_BLOCK, &stops, &before);
  problem = write_beside (folder, base, write, data);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  close (folder);
  return problem == 0 || fail (error, problem);
}

void
dg_output_settle (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
diglot_write_file (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (strcmp (path, "-") == 0)
    return write_stream (STDOUT_FILENO, bytes, error);
  if (is_stream (path)) {
    int      fd = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    gboolean done = fd >= 0 ? write_stream (fd, bytes, error) : fail (error, errno);

    if (fd >= 0 && close (fd) != 0 && done)
      done = fail (error, errno);
    return done;
  }
  if (!dg_output_replace (path, bytes, error))
    return FALSE;
  dg_output_settle (folder);
  return TRUE;
}

gboolean
dg_output_write_by (const char *path, DgOutputWrite write, gpointer data, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean         is_stdout = strcmp (path, "-") == 0;

  if (is_stdout || is_stream (path)) {
    int      fd = is_stdout ? STDOUT_FILENO : open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    gboolean is_done = (fd >= 0 && write (fd, data)) || fail (error, errno);

    if (!is_stdout && fd >= 0 && close (fd) != 0 && is_done)
      is_done = fail (error, errno);
    return is_done;
  }
  if (!dg_output_replace_by (path, write, data, error))
    return FALSE;
  dg_output_settle (folder);
  return TRUE;
}

gboolean
diglot_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0777) == 0)
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE, "the folder %s cannot be made: %s", path, g_strerror (errno));
  return FALSE;
}
char *
dg_output_dup_nth (const char *output, guint nth)
{
  const char *slash = strrchr (output, '/');
  const char *ending = strrchr (slash != NULL ? slash : output, '.');

  if (ending == NULL)
    ending = output + strlen (output);
  return g_strdup_printf ("%.*s-%u%s", (int) (ending - output), output, nth + 1, ending);
}
