/* library.c: see library.h. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

gboolean
dg_library_load (const char *file, const char *const *names, guint n, gpointer functions)
{
  void    *library = dlopen (file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  gboolean is_whole = library != NULL;

  for (guint i = 0; is_whole && i < n; i++) {
    void *function = dlsym (library, names[i]);

    /* POSIX has dlsym's pointers be those of functions too, ISO C does not convert them. */
    memcpy ((char *) functions + i * sizeof function, &function, sizeof function);
    is_whole = function != NULL;
  }
  if (library != NULL)
    dlclose (library);
  return is_whole;
}
