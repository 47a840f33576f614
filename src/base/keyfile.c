/* keyfile.c: see keyfile.h. */
#include "base/keyfile.h"

#include "base/datadir.h"
#include "base/input.h"
#include "diglot.h"

#define BYTES_MAX (1024 * 1024)

char *
dg_keyfile_dup_own_path (const char *name)
{
  return g_build_filename (g_get_user_config_dir (), "diglot", name, NULL);
}

static gboolean
read_file (const char *path, DgKeyfileGroup take, gpointer data, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) groups = NULL;
  gsize            length;
  g_autofree char *text = dg_input_read_plain (path, BYTES_MAX, &length, &problem);

  if (text == NULL || !g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &problem)) {
    g_set_error (error, DIGLOT_ERROR, text == NULL ? DIGLOT_ERROR_READ : DIGLOT_ERROR_TEMPLATE, "%s: %s", path, problem->message);
    return FALSE;
  }
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!take (file, path, groups[i], data, error))
      return FALSE;
  return TRUE;
}

gboolean
dg_keyfile_each_group (const char *name, DgKeyfileGroup take, gpointer data, GError **error)
{
  g_autofree char *path = dg_datadir_path ("templates", "data", name, NULL), *own = dg_keyfile_dup_own_path (name);

  /* A home that cannot be looked into has no file either. */
  return read_file (path, take, data, error) && (!g_file_test (own, G_FILE_TEST_EXISTS) || read_file (own, take, data, error));
}
