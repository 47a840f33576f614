/* walk.c: a folder's names are read whole, sorted, and gone through; a folder among them comes where its paths belong. */
#include "base/walk.h"

#include "base/input.h"
#include "diglot.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  char *name;  /* with a "/" at the end for a folder, so that it sorts as the paths in it do */
  int   fault; /* errno; 0 for what could be looked at */
} Entry;

typedef struct {
  const char        *folder;
  const char *const *include;
  DgWalkVisit        visit;
  gpointer           data;
} Walk;

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->name);
}

static int
compare_entries (gconstpointer one, gconstpointer two)
{
  return strcmp (((const Entry *) one)->name, ((const Entry *) two)->name);
}

static char *
dup_below (const char *below, const char *name)
{
  return *below != '\0' ? g_build_filename (below, name, NULL) : g_strdup (name);
}

/* The file type bits of an entry, followed where it is a link to a file; 0 with @fault where it cannot be looked at. */
static mode_t
find_type (DIR *dir, const struct dirent *at, int *fault)
{
  struct stat info;
  gboolean    is_link;

  *fault = 0;
  if (at->d_type == DT_REG || at->d_type == DT_DIR)
    return DTTOIF (at->d_type);
  if (fstatat (dirfd (dir), at->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
    *fault = errno;
    return 0;
  }
  is_link = S_ISLNK (info.st_mode);
  if (is_link && fstatat (dirfd (dir), at->d_name, &info, 0) != 0) {
    *fault = errno;
    return 0;
  }
  return is_link && S_ISDIR (info.st_mode) ? S_IFLNK : info.st_mode & S_IFMT;
}

static void
look_at (const Walk *walk, DIR *dir, const struct dirent *at, const char *below, GArray *entries)
{
  g_autofree char *path = dup_below (below, at->d_name);
  gboolean         is_chosen = dg_input_is_chosen (path, walk->include);
  Entry            entry = { 0 };
  mode_t           type;

  /* As the shell's "*.txt": editors' and version control's own files are hidden ones. */
  if (at->d_name[0] == '.' || (at->d_type == DT_REG && !is_chosen))
    return;
  type = find_type (dir, at, &entry.fault);
  /* What has no type may be a folder; a link that leads nowhere is at most the dispatch that its name says. */
  if (entry.fault != 0 ? at->d_type == DT_LNK && !is_chosen : !S_ISDIR (type) && !(S_ISREG (type) && is_chosen))
    return;
  entry.name = S_ISDIR (type) ? g_strconcat (at->d_name, "/", NULL) : g_strdup (at->d_name);
  g_array_append_val (entries, entry);
}

/* NULL where the folder cannot be opened; @fault says why, or why it could not be read to its end. */
static GArray *
list_folder (const Walk *walk, const char *below, int *fault)
{
  g_autofree char *path = g_build_filename (walk->folder, below, NULL);
  DIR             *dir = opendir (path);
  GArray          *entries;
  struct dirent   *at;

  *fault = errno;
  if (dir == NULL)
    return NULL;
  entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (entries, clear_entry);
  while (errno = 0, (at = readdir (dir)) != NULL)
    look_at (walk, dir, at, below, entries);
  *fault = errno;
  closedir (dir);
  g_array_sort (entries, compare_entries);
  return entries;
}

static void
tell (const Walk *walk, const char *below, const char *what, int fault)
{
  g_autofree char *problem = g_strdup_printf ("%s: %s", what, g_strerror (fault));

  walk->visit (below, problem, walk->data);
}

/* 0, or why the folder cannot be opened. */
static int
walk_folder (const Walk *walk, const char *below)
{
  int fault;
  g_autoptr (GArray) entries = list_folder (walk, below, &fault);

  if (entries == NULL)
    return fault;
  for (guint i = 0; i < entries->len; i++) {
    const Entry     *entry = &g_array_index (entries, Entry, i);
    gsize            length = strlen (entry->name);
    gboolean         is_folder = entry->name[length - 1] == '/';
    g_autofree char *name = g_strndup (entry->name, length - is_folder);
    g_autofree char *path = dup_below (below, name);
    int              closed = is_folder ? walk_folder (walk, path) : entry->fault;

    if (closed != 0)
      tell (walk, path, N_ ("cannot be read"), closed);
    else if (!is_folder)
      walk->visit (path, NULL, walk->data);
  }
  if (fault != 0)
    tell (walk, below, N_ ("cannot be listed to its end"), fault);
  return 0;
}

gboolean
dg_walk (const char *folder, const char *const *include, DgWalkVisit visit, gpointer data, GError **error)
{
  const Walk walk = { .folder = folder, .include = include, .visit = visit, .data = data };
  int        fault = walk_folder (&walk, "");

  if (fault == 0)
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: %s", g_strerror (fault));
  return FALSE;
}

static void
add_found (const char *below, const char *problem, gpointer found)
{
  /* A folder that cannot be read stands in the list itself, so that it fails and all the others are done. */
  if (problem == NULL || *below != '\0')
    g_ptr_array_add (found, g_strdup (below));
}

GPtrArray *
diglot_find_dispatches (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  return dg_walk (folder, NULL, add_found, found, error) ? g_steal_pointer (&found) : NULL;
}
