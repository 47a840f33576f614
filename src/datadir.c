/* datadir.c: finds the folder of templates/, fonts/ and the like.
 * The program's own place is asked of the kernel, so an installed tree may be moved as a whole. */
#include "datadir.h"

#include <sys/auxv.h>

/* Where `make install` puts the data; the Makefile gives it with the prefix. */
#ifndef DG_DATADIR
#define DG_DATADIR "/usr/local/share/diglot"
#endif

static gboolean has_file (const char *dir, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (dir, folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* The data folder for a program in the folder @bin: the source tree that the program was built in (the program, a test and
 * an example lie at most three folders deep in it), or PREFIX/share/diglot for PREFIX/bin.  NULL where neither is there. */
static char *find_near (const char *bin)
{
  g_autofree char *dir = g_strdup (bin);
  for (guint up = 0; up < 4; up++)
    {
      if (has_file (dir, "fonts", "fonts.ini") && has_file (dir, "src", "datadir.h"))
        return g_steal_pointer (&dir);
      char *parent = g_path_get_dirname (dir);
      g_free (dir);
      dir = parent;
    }

  g_autofree char *prefix = g_path_get_dirname (bin);
  g_autofree char *share = g_build_filename (prefix, "share", "diglot", NULL);
  if (has_file (share, "fonts", "fonts.ini"))
    return g_steal_pointer (&share);
  return NULL;
}

static char *find_datadir (void)
{
  const char *forced = g_getenv ("DIGLOT_DATADIR");
  if (forced && *forced)
    return g_strdup (forced);

  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  if (!program) /* a chroot without /proc; the name that was executed does as long as nobody has changed the folder */
    program = g_canonicalize_filename ((const char *) getauxval (AT_EXECFN), NULL);
  if (program)
    {
      g_autofree char *bin = g_path_get_dirname (program);
      char *near = find_near (bin);
      if (near)
        return near;
    }
  return g_strdup (DG_DATADIR);
}

char *dg_datadir_path (const char *first, ...)
{
  g_autofree char *dir = find_datadir ();
  if (!first)
    return g_steal_pointer (&dir);

  va_list args;
  va_start (args, first);
  g_autofree char *rest = g_build_filename_valist ((char *) first, &args);
  va_end (args);
  return g_build_filename (dir, rest, NULL);
}
