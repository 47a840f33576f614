/* prepare.c: what the installed dictionaries and patterns are made into, lying ready (base/cache.h). */
#include "diglot.h"

#include <errno.h>
#include <unistd.h>

#include "pair/lexicon.h"
#include "type/hyphens.h"

/* Takes away what lies in @folder from earlier; @names is what belongs there.  Nothing else is touched. */
static void
clear (const char *folder, GHashTable *names)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if ((g_str_has_prefix (name, "lexicon.") || g_str_has_prefix (name, "hyphens.")) && !g_hash_table_contains (names, name)) {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      unlink (path);
    }
}

gboolean
diglot_prepare (const char *folder, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) files = dg_hyphens_list_files (), langs = dg_lexicon_list ();
  g_autoptr (GError) problem = NULL;

  if (!diglot_make_folder (folder, error))
    return FALSE;
  for (guint i = 0; i < files->len && problem == NULL; i++)
    dg_patterns_prepare (files->pdata[i], names, folder, &problem);
  for (guint i = 0; i < langs->len && problem == NULL; i++)
    dg_lexicon_prepare (langs->pdata[i], names, folder, &problem);
  if (problem != NULL) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_WRITE, "%s", problem->message);
    return FALSE;
  }
  clear (folder, names);
  return TRUE;
}
