/* datadir.c: finds the folder of templates/, fonts/ and the like.
 * The place of the program, or of the shared library in somebody else's program, is asked of the loader, so that an installed
 * tree may be moved as a whole. */
#include "base/datadir.h"

#include <dlfcn.h>
#include <string.h>
#include <sys/auxv.h>

/* Where `make install` puts the data; the Makefile gives it with the prefix. */
#ifndef DG_DATADIR
#define DG_DATADIR "/usr/local/share/diglot"
#endif

/* PREFIX/bin, PREFIX/lib/TRIPLET and a test in the source tree lie at most so many folders deep. */
#define UP_MAX 4

static gboolean
has_file (const char *dir, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (dir, folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* The data folder for a program or library in the folder @dir: the source tree that it was built in, or PREFIX/share/diglot.
 * NULL where neither is there. */
static char *
find_near (const char *dir)
{
  g_autofree char *here = g_strdup (dir);

  for (guint up = 0; up < UP_MAX; up++) {
    g_autofree char *share = g_build_filename (here, "share", "diglot", NULL);
    char            *parent = g_path_get_dirname (here);

    if (has_file (here, "fonts", "fonts.ini") && has_file (here, "src/base", "datadir.h")) {
      g_free (parent);
      return g_steal_pointer (&here);
    }
    if (has_file (share, "fonts", "fonts.ini")) {
      g_free (parent);
      return g_steal_pointer (&share);
    }
    g_free (here);
    here = parent;
  }
  return NULL;
}

/* The file that this code was loaded from: the shared library, else the program.  NULL: not to be found out. */
static char *
dup_own_file (void)
{
  static const char here;
  Dl_info           info;
  g_autofree char  *program = NULL;

  if (dladdr (&here, &info) != 0 && info.dli_fname != NULL) {
    g_autofree char *name = g_path_get_basename (info.dli_fname);

    if (strstr (name, ".so") != NULL)
      return g_canonicalize_filename (info.dli_fname, NULL);
  }
  program = g_file_read_link ("/proc/self/exe", NULL);
  /* A chroot without /proc; the name that was executed does as long as nobody has changed the folder. */
  return program != NULL ? g_steal_pointer (&program) : g_canonicalize_filename ((const char *) getauxval (AT_EXECFN), NULL);
}

char *
dg_datadir_dup_own_folder (void)
{
  g_autofree char *file = dup_own_file ();

  return g_path_get_dirname (file);
}

static char *
find_datadir (void)
{
  const char      *forced = g_getenv ("DIGLOT_DATADIR");
  g_autofree char *dir = NULL;
  char            *near;

  if (forced != NULL && *forced != '\0')
    return g_strdup (forced);
  dir = dg_datadir_dup_own_folder ();
  near = find_near (dir);
  return near != NULL ? near : g_strdup (DG_DATADIR);
}

char *
dg_datadir_path (const char *first, ...)
{
  g_autofree char *dir = find_datadir ();
  g_autofree char *rest = NULL;
  va_list          args;

  if (first == NULL)
    return g_steal_pointer (&dir);
  va_start (args, first);
  rest = g_build_filename_valist ((char *) first, &args);
  va_end (args);
  return g_build_filename (dir, rest, NULL);
}
