/* open.c: a child that reads a path from a pipe and becomes xdg-open(1). */
#include "cli/open.h"

#include "cli/options.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* Never returns. */
static void
wait_for_name (int from, const char *program)
{
  char   path[PATH_MAX];
  gsize  length = 0;
  gssize n;

  setsid (); /* the terminal's interrupt is not meant for the viewer */
  while (length < sizeof path - 1 && ((n = read (from, path + length, sizeof path - 1 - length)) > 0 || (n < 0 && errno == EINTR)))
    length += n > 0 ? (gsize) n : 0;
  path[length] = '\0';
  if (length > 0)
    execl (program, "xdg-open", path, (char *) NULL);
  _exit (0);
}

gboolean
cli_opener_start (Opener *opener, GError **error)
{
  g_autofree char *program = g_find_program_in_path ("xdg-open");
  int              ends[2];
  pid_t            child;

  opener->pipe = -1;
  if (program == NULL)
    return cli_refuse (error, "--open needs xdg-open, which is in the package xdg-utils");
  if (pipe2 (ends, O_CLOEXEC) != 0)
    return cli_refuse (error, "--open: %s", g_strerror (errno));
  child = fork ();
  if (child == 0) {
    close (ends[1]);
    wait_for_name (ends[0], program);
  }
  close (ends[0]);
  opener->pipe = child > 0 ? ends[1] : -1;
  if (child > 0)
    return TRUE;
  close (ends[1]);
  return cli_refuse (error, "--open: %s", g_strerror (errno));
}

void
cli_opener_show (Opener *opener, const char *path)
{
  g_autofree char *full = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;

  if (opener->pipe < 0)
    return;
  if (full != NULL && write (opener->pipe, full, strlen (full)) < 0)
    g_clear_pointer (&full, g_free); /* the viewer's process is gone, which it alone can tell of */
  close (opener->pipe);
  opener->pipe = -1;
}
