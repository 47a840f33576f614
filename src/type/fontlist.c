/* fontlist.c: reads fonts.ini, and looks for fonts below folders. */
#include "type/fontlist.h"

#include <string.h>

#include "base/datadir.h"
#include "base/language.h"
#include "diglot.h"

static void
free_face (gpointer data)
{
  DgListedFace *face = data;

  g_free (face->style);
  g_free (face->path);
  g_free (face->package);
  g_free (face);
}

static void
free_family (gpointer data)
{
  DgFamily *family = data;

  g_free (family->name);
  g_free (family->refused);
  g_ptr_array_unref (family->scripts);
  g_ptr_array_unref (family->faces);
  g_free (family);
}

DgFamily *
dg_fontlist_find (const GPtrArray *families, const char *name)
{
  for (guint i = 0; i < families->len; i++) {
    DgFamily *family = g_ptr_array_index (families, i);

    if (strcmp (family->name, name) == 0)
      return family;
  }
  return NULL;
}

gboolean
dg_family_has (const DgFamily *family, GUnicodeScript script)
{
  guint bit = (guint) script & 255;

  return (family->letters[bit / 32] >> bit % 32 & 1) != 0;
}

gboolean
dg_family_lists (const DgFamily *family, const char *script)
{
  return g_ptr_array_find_with_equal_func (family->scripts, script, g_str_equal, NULL);
}

/* Reading fonts.ini */

static DgFamily *
add_family (GPtrArray *families, const char *name)
{
  DgFamily *family = g_new0 (DgFamily, 1);

  family->name = g_strdup (name);
  family->scripts = g_ptr_array_new_with_free_func (g_free);
  family->faces = g_ptr_array_new_with_free_func (free_face);
  g_ptr_array_add (families, family);
  return family;
}

static void
add_letters (DgFamily *family, GUnicodeScript script)
{
  guint bit = (guint) script & 255;

  family->letters[bit / 32] |= 1u << bit % 32;
  /* Whoever sets Latin, and whoever is there for signs. */
  family->everywhere = family->everywhere || family->base || script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_COMMON;
}

static gboolean
read_scripts (DgFamily *family, GKeyFile *file, const char *group, GError **error)
{
  g_auto (GStrv) scripts = g_key_file_get_string_list (file, group, "scripts", NULL, NULL);

  for (guint i = 0; scripts != NULL && scripts[i] != NULL; i++) {
    GUnicodeScript letters = dg_script_letters (g_strstrip (scripts[i]));

    if (letters == G_UNICODE_SCRIPT_INVALID_CODE) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has the unknown script “%s”", group, scripts[i]);
      return FALSE;
    }
    add_letters (family, letters);
    if (!dg_family_lists (family, scripts[i]))
      g_ptr_array_add (family->scripts, g_strdup (scripts[i]));
  }
  return TRUE;
}

static void
add_face (DgFamily *family, GKeyFile *file, const char *group, const char *style, char *path)
{
  DgListedFace *face = g_new0 (DgListedFace, 1);

  face->style = g_strdup (style);
  face->package = g_key_file_get_string (file, group, "package", NULL);
  face->path = path;
  face->index = g_key_file_get_integer (file, group, "index", NULL);
  g_ptr_array_add (family->faces, face);
}

/* The faces of a group: one, or one for each style, whose name stands in the file's where "*" does. */
static void
add_faces (DgFamily *family, GKeyFile *file, const char *group, const char *root, const char *name)
{
  g_auto (GStrv) styles = g_key_file_get_string_list (file, group, "style", NULL, NULL);
  g_auto (GStrv) parts = g_strsplit (name, "*", 2);

  for (guint i = 0; styles[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (styles[i], " ", -1);
    g_autofree char *joined = g_strjoinv ("", words);
    g_autofree char *own = parts[1] != NULL ? g_strconcat (parts[0], joined, parts[1], NULL) : g_strdup (name);

    add_face (family, file, group, styles[i], g_build_filename (root, own, NULL));
  }
}

static gboolean
read_group (GPtrArray *families, GKeyFile *file, const char *group, const char *root, GError **error)
{
  static const char *const keys[] = { "style", "file", "package", "role", "scripts" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!g_key_file_has_key (file, group, keys[i], NULL)) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has no “%s”", group, keys[i]);
      return FALSE;
    }

  g_autofree char *name = g_key_file_get_string (file, group, "family", NULL);
  g_autofree char *role = g_key_file_get_string (file, group, "role", NULL);
  g_autofree char *path = g_key_file_get_string (file, group, "file", NULL);
  if (!role || !path) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has a value that cannot be read", group);
    return FALSE;
  }
  gboolean base = strcmp (role, "base") == 0;
  if (!base && strcmp (role, "fallback") != 0) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has role “%s”, not base or fallback", group, role);
    return FALSE;
  }
  if (!name)
    name = g_strdup (group);

  DgFamily *family = dg_fontlist_find (families, name);
  if (!family)
    family = add_family (families, name);
  family->base = family->base || base;
  family->emoji = family->emoji || g_key_file_get_boolean (file, group, "emoji", NULL);
  if (!read_scripts (family, file, group, error))
    return FALSE;
  add_faces (family, file, group, root, path);
  return TRUE;
}

static gboolean
read_list (GPtrArray *families, GError **error)
{
  g_autofree char *path = dg_datadir_path ("fonts", "fonts.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) cause = NULL;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &cause)) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "%s: %s", path, cause->message);
    return FALSE;
  }

  g_autofree char *root = g_key_file_get_string (file, "fonts", "root", NULL);
  gsize            n = 0;
  g_auto (GStrv) groups = g_key_file_get_groups (file, &n);
  for (gsize i = 0; i < n; i++)
    if (strcmp (groups[i], "fonts") != 0 && !read_group (families, file, groups[i], root ? root : "/usr/share/fonts", error)) {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  if (families->len == 0) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "%s: no face is listed", path);
    return FALSE;
  }
  return TRUE;
}

/* The fonts of the house: those below folders that are given */

#define HOUSE_DEPTH 8    /* of folders in one another */
#define HOUSE_FILES 5000 /* below one folder */
#define HOUSE_FACES 1000 /* of a collection, which may name one face a million times */

static gboolean
has_table (hb_face_t *face, hb_tag_t tag)
{
  hb_blob_t *table = hb_face_reference_table (face, tag);
  gboolean   has = hb_blob_get_length (table) > 0;
  hb_blob_destroy (table);
  return has;
}

gboolean
dg_fontlist_has_outlines (hb_face_t *face)
{
  return (has_table (face, HB_TAG ('g', 'l', 'y', 'f')) || has_table (face, HB_TAG ('C', 'F', 'F', ' ')) || has_table (face, HB_TAG ('C', 'F', 'F', '2')))
         && !has_table (face, HB_TAG ('C', 'O', 'L', 'R')) && !has_table (face, HB_TAG ('C', 'B', 'D', 'T')) && !has_table (face, HB_TAG ('s', 'b', 'i', 'x'))
         && !has_table (face, HB_TAG ('S', 'V', 'G', ' '));
}

/* Why the face may not go into a PDF as a subset; NULL where it may.  The bits are those of OS/2.fsType (OpenType 1.9): of several
 * ways of embedding that a font allows the least restricted one counts. */
static const char *
find_refusal (hb_face_t *face)
{
  if (hb_ot_var_has_data (face))
    return N_ ("it is a variable font");
  if (!dg_fontlist_has_outlines (face))
    return N_ ("it has no plain outlines");

  hb_blob_t  *table = hb_face_reference_table (face, HB_TAG ('O', 'S', '/', '2'));
  guint       length = 0;
  const char *bytes = hb_blob_get_data (table, &length);
  guint       bits = length >= 10 ? (guint) (guchar) bytes[8] << 8 | (guchar) bytes[9] : 0;
  hb_blob_destroy (table);
  if ((bits & 0xF) == 0x2)
    return N_ ("its licence bits forbid embedding");
  if (bits & 0x200)
    return N_ ("its licence bits allow bitmaps alone to be embedded");
  if (bits & 0x100)
    return N_ ("its licence bits forbid subsets");
  return NULL;
}

static void
find_letters (DgFamily *family, hb_face_t *face)
{
  hb_set_t *all = hb_set_create ();

  hb_face_collect_unicodes (face, all);
  for (hb_codepoint_t ch = HB_SET_VALUE_INVALID; hb_set_next (all, &ch);)
    if (g_unichar_isalpha (ch))
      add_letters (family, g_unichar_get_script (ch));
  hb_set_destroy (all);
}

char *
dg_fontlist_dup_name (hb_face_t *face, hb_ot_name_id_t id, hb_language_t language)
{
  guint length = hb_ot_name_get_utf8 (face, id, language, NULL, NULL);
  if (length == 0)
    return NULL;
  char *name = g_malloc (length + 1);
  guint size = length + 1;
  hb_ot_name_get_utf8 (face, id, language, &size, name);
  return name;
}

/* The family and the style that belongs to it: where a family has more than four cuts, it and they have names of their own. */
static void
read_names (hb_face_t *face, char **family, char **style)
{
  hb_language_t english = hb_language_from_string ("en", -1);
  *family = dg_fontlist_dup_name (face, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, english);
  *style = dg_fontlist_dup_name (face, HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY, english);
  if (!*family)
    *family = dg_fontlist_dup_name (face, HB_OT_NAME_ID_FONT_FAMILY, english);
  if (!*style)
    *style = dg_fontlist_dup_name (face, HB_OT_NAME_ID_FONT_SUBFAMILY, english);
}

static void
add_house_face (GPtrArray *families, const char *path, hb_face_t *open)
{
  g_autofree char *name = NULL, *style = NULL;
  read_names (open, &name, &style);
  if (!name)
    return;

  DgFamily *family = dg_fontlist_find (families, name);
  if (!family)
    family = add_family (families, name);
  else if (!family->of_house)
    /* The house's own cut of a family that we have goes before ours. */
    g_ptr_array_set_size (family->faces, 0);
  family->of_house = family->everywhere = TRUE;

  const char *refusal = find_refusal (open);
  if (refusal) {
    if (family->faces->len == 0 && !family->refused)
      family->refused = g_strdup_printf ("%s: %s", path, refusal);
    return;
  }
  g_clear_pointer (&family->refused, g_free);
  find_letters (family, open);
  DgListedFace *face = g_new0 (DgListedFace, 1);
  face->style = style ? g_steal_pointer (&style) : g_strdup ("");
  face->package = g_strdup ("--font-dir");
  face->path = g_strdup (path);
  face->index = (int) hb_face_get_index (open);
  g_ptr_array_add (family->faces, face);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The files below a folder; links to folders are not followed. */
static void
find_files (const char *folder, guint depth, GPtrArray *files)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name && files->len < HOUSE_FILES; name = g_dir_read_name (dir)) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      if (depth < HOUSE_DEPTH && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        find_files (path, depth + 1, files);
    } else if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (files, g_steal_pointer (&path));
  }
}

static gboolean
read_house (GPtrArray *families, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "%s is not a folder of fonts", folder);
    return FALSE;
  }
  find_files (folder, 0, files);
  g_ptr_array_sort (files, compare_paths);
  for (guint i = 0; i < files->len; i++) {
    hb_blob_t *file = hb_blob_create_from_file (g_ptr_array_index (files, i));
    guint      n = MIN (hb_face_count (file), HOUSE_FACES);
    for (guint k = 0; k < n; k++) {
      hb_face_t *face = hb_face_create (file, k);
      add_house_face (families, g_ptr_array_index (files, i), face);
      hb_face_destroy (face);
    }
    hb_blob_destroy (file);
  }
  return TRUE;
}

GPtrArray *
dg_fontlist_read (const char *const *dirs, GError **error)
{
  g_autoptr (GPtrArray) families = g_ptr_array_new_with_free_func (free_family);

  if (!read_list (families, error))
    return NULL;
  for (guint i = 0; dirs && dirs[i]; i++)
    if (!read_house (families, dirs[i], error))
      return NULL;
  return g_steal_pointer (&families);
}
