/* fonts.c: binds Pango to the faces of fonts.ini.
 *
 * A page must not depend on what else is installed, nor on which dispatches were set before it by the same process.
 * So the font map is ours, with fonts.ini's families in their order, and a family is loaded whenever a text has a
 * character for which it is the first in that order.  Of the characters it has a family shows those of its scripts
 * alone; families that are not loaded yet can then never change where a character goes. */
#include "type/fonts.h"

#include <string.h>
#include <unistd.h>
#include <hb-ot.h>

#include "base/cleanup.h"
#include "base/datadir.h"
#include "base/language.h"
#include "diglot.h"
#include "type/fontmap.h"

#define SIZES_KEY "dg-sizes" /* a face at other sizes, kept with it */

typedef struct {
  char   *style, *path, *package;
  int     index; /* in a collection */
  DgFace *open;  /* NULL until loaded, and where it cannot be */
} Face;

typedef struct {
  char      *name;
  guint32    scripts[256 / 32]; /* bit set of GUnicodeScript */
  gboolean   base;
  gboolean   loaded;   /* its files were tried */
  guint      n_faces;  /* of them are open */
  gboolean   of_house; /* found below a folder that was given */
  char      *refused;  /* why none of its faces may be used; NULL: some may */
  GPtrArray *faces;    /* Face */
} Family;

struct DgFonts {
  PangoFontMap *map;
  PangoContext *context;  /* made when first asked for */
  GPtrArray    *families; /* Family, in the order of fallback */
  hb_set_t     *asked;    /* characters that texts had */
};

static void
free_face (gpointer data)
{
  Face *face = data;
  g_free (face->style);
  g_free (face->path);
  g_free (face->package);
  g_free (face);
}

static void
free_family (gpointer data)
{
  Family *family = data;
  g_free (family->name);
  g_free (family->refused);
  g_ptr_array_unref (family->faces);
  g_free (family);
}

static Family *
find_family (const DgFonts *fonts, const char *name)
{
  for (guint i = 0; i < fonts->families->len; i++) {
    Family *family = g_ptr_array_index (fonts->families, i);
    if (strcmp (family->name, name) == 0)
      return family;
  }
  return NULL;
}

/* Scripts */

static gboolean
has_script (const Family *family, GUnicodeScript script)
{
  guint bit = (guint) script & 255;
  return (family->scripts[bit / 32] >> bit % 32 & 1) != 0;
}

/* TRUE where fonts.ini lets the family show the character.  Common and inherited characters go with every family, but the
 * marks and widths of the CJK blocks, which Unicode counts as common, only with a family for Han: so a stray one of them
 * does not open face after face, and large faces are opened for little else. */
static gboolean
serves (const Family *family, gunichar ch)
{
  GUnicodeScript script = g_unichar_get_script (ch);
  if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED) {
    gboolean is_cjk = (ch >= 0x2E80 && ch <= 0x33FF) || (ch >= 0xFE30 && ch <= 0xFE4F) || (ch >= 0xFF00 && ch <= 0xFFEF);
    return !is_cjk || has_script (family, G_UNICODE_SCRIPT_HAN);
  }
  return script != G_UNICODE_SCRIPT_UNKNOWN && has_script (family, script);
}

/* Reading fonts.ini */

static gboolean
read_face (DgFonts *fonts, GKeyFile *file, const char *group, const char *root, GError **error)
{
  static const char *const keys[] = { "family", "style", "file", "package", "role", "scripts" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!g_key_file_has_key (file, group, keys[i], NULL)) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has no “%s”", group, keys[i]);
      return FALSE;
    }

  g_autofree char *name = g_key_file_get_string (file, group, "family", NULL);
  g_autofree char *role = g_key_file_get_string (file, group, "role", NULL);
  g_autofree char *path = g_key_file_get_string (file, group, "file", NULL);
  g_auto (GStrv) scripts = g_key_file_get_string_list (file, group, "scripts", NULL, NULL);
  if (!name || !role || !path || !scripts) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has a value that cannot be read", group);
    return FALSE;
  }
  gboolean base = strcmp (role, "base") == 0;
  if (!base && strcmp (role, "fallback") != 0) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has role “%s”, not base or fallback", group, role);
    return FALSE;
  }

  Family *family = find_family (fonts, name);
  if (!family) {
    family = g_new0 (Family, 1);
    family->name = g_steal_pointer (&name);
    family->faces = g_ptr_array_new_with_free_func (free_face);
    g_ptr_array_add (fonts->families, family);
  }
  family->base = family->base || base;
  for (guint i = 0; scripts[i]; i++) {
    GUnicodeScript script = dg_script_letters (g_strstrip (scripts[i]));
    if (script == G_UNICODE_SCRIPT_INVALID_CODE || script == G_UNICODE_SCRIPT_UNKNOWN) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has the unknown script “%s”", group, scripts[i]);
      return FALSE;
    }
    guint bit = (guint) script & 255;
    family->scripts[bit / 32] |= 1u << bit % 32;
  }

  Face *face = g_new0 (Face, 1);
  face->style = g_key_file_get_string (file, group, "style", NULL);
  face->package = g_key_file_get_string (file, group, "package", NULL);
  face->path = g_build_filename (root, path, NULL);
  face->index = g_key_file_get_integer (file, group, "index", NULL);
  g_ptr_array_add (family->faces, face);
  return TRUE;
}

static gboolean
read_list (DgFonts *fonts, GError **error)
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
    if (strcmp (groups[i], "fonts") != 0 && !read_face (fonts, file, groups[i], root ? root : "/usr/share/fonts", error)) {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  if (fonts->families->len == 0) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "%s: no face is listed", path);
    return FALSE;
  }
  return TRUE;
}

/* The fonts of the house: those below folders that are given */

#define HOUSE_DEPTH 8    /* of folders in one another */
#define HOUSE_FILES 5000 /* below one folder */

static gboolean
has_table (hb_face_t *face, hb_tag_t tag)
{
  hb_blob_t *table = hb_face_reference_table (face, tag);
  gboolean   has = hb_blob_get_length (table) > 0;
  hb_blob_destroy (table);
  return has;
}

/* TRUE where the glyphs are outlines of one colour. */
static gboolean
has_plain_outlines (hb_face_t *face)
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
    return "it is a variable font";
  if (!has_plain_outlines (face))
    return "it has no plain outlines";

  hb_blob_t  *table = hb_face_reference_table (face, HB_TAG ('O', 'S', '/', '2'));
  guint       length = 0;
  const char *bytes = hb_blob_get_data (table, &length);
  guint       bits = length >= 10 ? (guint) (guchar) bytes[8] << 8 | (guchar) bytes[9] : 0;
  hb_blob_destroy (table);
  if ((bits & 0xF) == 0x2)
    return "its licence bits forbid embedding";
  if (bits & 0x200)
    return "its licence bits allow bitmaps alone to be embedded";
  if (bits & 0x100)
    return "its licence bits forbid subsets";
  return NULL;
}

static void
add_scripts (Family *family, hb_face_t *face)
{
  hb_set_t *all = hb_set_create ();
  hb_face_collect_unicodes (face, all);
  for (hb_codepoint_t ch = HB_SET_VALUE_INVALID; hb_set_next (all, &ch);) {
    guint bit = (guint) g_unichar_get_script (ch) & 255;
    if (g_unichar_isalpha (ch))
      family->scripts[bit / 32] |= 1u << bit % 32;
  }
  hb_set_destroy (all);
}

/* A name of the face in one language; NULL where it has none. */
static char *
dup_name (hb_face_t *face, hb_ot_name_id_t id, hb_language_t language)
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
  *family = dup_name (face, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, english);
  *style = dup_name (face, HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY, english);
  if (!*family)
    *family = dup_name (face, HB_OT_NAME_ID_FONT_FAMILY, english);
  if (!*style)
    *style = dup_name (face, HB_OT_NAME_ID_FONT_SUBFAMILY, english);
}

static void
add_house_face (DgFonts *fonts, const char *path, hb_face_t *open)
{
  g_autofree char *name = NULL, *style = NULL;
  read_names (open, &name, &style);
  if (!name)
    return;

  Family *family = find_family (fonts, name);
  if (!family) {
    family = g_new0 (Family, 1);
    family->name = g_steal_pointer (&name);
    family->faces = g_ptr_array_new_with_free_func (free_face);
    g_ptr_array_add (fonts->families, family);
  } else if (!family->of_house)
    /* The house's own cut of a family that we have goes before ours. */
    g_ptr_array_set_size (family->faces, 0);
  family->of_house = TRUE;

  const char *refusal = find_refusal (open);
  if (refusal) {
    if (family->faces->len == 0 && !family->refused)
      family->refused = g_strdup_printf ("%s: %s", path, refusal);
    return;
  }
  g_clear_pointer (&family->refused, g_free);
  add_scripts (family, open);
  Face *face = g_new0 (Face, 1);
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
read_house (DgFonts *fonts, const char *folder, GError **error)
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
    guint      n = hb_face_count (file);
    for (guint k = 0; k < n; k++) {
      hb_face_t *face = hb_face_create (file, k);
      add_house_face (fonts, g_ptr_array_index (files, i), face);
      hb_face_destroy (face);
    }
    hb_blob_destroy (file);
  }
  return TRUE;
}

/* Everything that is listed: ours first, which so go first where a character is in several. */
static gboolean
read_all (DgFonts *fonts, const char *const *dirs, GError **error)
{
  if (!read_list (fonts, error))
    return FALSE;
  for (guint i = 0; dirs && dirs[i]; i++)
    if (!read_house (fonts, dirs[i], error))
      return FALSE;
  return TRUE;
}

/* Loading */

/* TRUE where one of the face's names is the family's. */
static gboolean
is_of_family (hb_face_t *face, const Family *family)
{
  guint                     n = 0;
  const hb_ot_name_entry_t *names = hb_ot_name_list_names (face, &n);
  for (guint i = 0; i < n; i++)
    if (names[i].name_id == HB_OT_NAME_ID_FONT_FAMILY || names[i].name_id == HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY) {
      g_autofree char *name = dup_name (face, names[i].name_id, names[i].language);
      if (g_strcmp0 (name, family->name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Opens the face where its file holds what the list says. */
static gboolean
load_face (DgFonts *fonts, const Family *family, guint rank, Face *face)
{
  hb_blob_t *file = hb_blob_create_from_file (face->path);
  hb_face_t *open = hb_face_create (file, (guint) face->index);
  if (has_plain_outlines (open) && is_of_family (open, family))
    face->open = dg_fontmap_add (fonts->map, open, family->name, rank);
  hb_face_destroy (open);
  hb_blob_destroy (file);
  return face->open != NULL;
}

/* Has every face that may set the character show it. */
static void
show (const Family *family, gunichar ch)
{
  for (guint i = 0; family->n_faces > 0 && i < family->faces->len; i++) {
    const Face *face = g_ptr_array_index (family->faces, i);
    if (face->open && dg_face_has (face->open, ch) && serves (family, ch))
      dg_face_show (face->open, ch);
  }
}

/* Loads the faces of a family that are installed. */
static void
load_family (DgFonts *fonts, Family *family)
{
  if (family->loaded)
    return;
  family->loaded = TRUE;
  guint rank = 0;
  g_ptr_array_find (fonts->families, family, &rank);
  for (guint i = 0; i < family->faces->len; i++)
    if (load_face (fonts, family, rank, g_ptr_array_index (family->faces, i)))
      family->n_faces++;
  for (hb_codepoint_t ch = HB_SET_VALUE_INVALID; hb_set_next (fonts->asked, &ch);)
    show (family, ch);
}

static gboolean
load_base (DgFonts *fonts, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) packages = g_string_new (NULL);
  for (guint i = 0; i < fonts->families->len; i++) {
    Family *family = g_ptr_array_index (fonts->families, i);
    if (!family->base)
      continue;
    load_family (fonts, family);
    if (family->n_faces == family->faces->len)
      continue;
    const Face *face = g_ptr_array_index (family->faces, 0);
    g_string_append_printf (missing, "%s%s", missing->len ? ", " : "", family->name);
    if (!strstr (packages->str, face->package))
      g_string_append_printf (packages, " %s", face->package);
  }
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "faces of %s are not installed: apt-get install%s", missing->str, packages->str);
  return FALSE;
}

/* The header's functions */

DgFonts *
dg_fonts_new (const char *const *dirs, gboolean bind_process, GError **error)
{
  g_autoptr (DgFonts) fonts = g_new0 (DgFonts, 1);
  fonts->families = g_ptr_array_new_with_free_func (free_family);
  fonts->map = dg_fontmap_new ();
  fonts->asked = hb_set_create ();
  if (!read_all (fonts, dirs, error) || !load_base (fonts, error))
    return NULL;
  /* Pango asks this variable, then LANGUAGE, which language a foreign word is in, and shapes by it. */
  if (bind_process)
    g_setenv ("PANGO_LANGUAGE", "en", TRUE);
  return g_steal_pointer (&fonts);
}

void
dg_fonts_free (DgFonts *fonts)
{
  if (!fonts)
    return;
  g_clear_object (&fonts->context);
  g_clear_object (&fonts->map);
  hb_set_destroy (fonts->asked);
  g_ptr_array_unref (fonts->families);
  g_free (fonts);
}

gboolean
dg_fonts_has_char (DgFonts *fonts, gunichar ch)
{
  for (guint i = 0; i < fonts->families->len; i++) {
    Family *family = g_ptr_array_index (fonts->families, i);
    if (!serves (family, ch))
      continue;
    load_family (fonts, family);
    for (guint k = 0; k < family->faces->len; k++) {
      const Face *face = g_ptr_array_index (family->faces, k);
      if (face->open && dg_face_has (face->open, ch))
        return TRUE;
    }
  }
  return FALSE;
}

void
dg_fonts_need (DgFonts *fonts, const char *text, gssize length)
{
  const char *end = length < 0 ? text + strlen (text) : text + length;
  while (text < end) {
    gunichar ch = g_utf8_get_char_validated (text, end - text);
    if (ch == (gunichar) -1 || ch == (gunichar) -2) {
      text++;
      continue;
    }
    text = g_utf8_next_char (text);
    /* Pango asks no face for controls. */
    if (hb_set_has (fonts->asked, ch) || g_unichar_iscntrl (ch) || g_unichar_type (ch) == G_UNICODE_FORMAT)
      continue;
    dg_fonts_has_char (fonts, ch);
    hb_set_add (fonts->asked, ch);
    for (guint i = 0; i < fonts->families->len; i++)
      show (g_ptr_array_index (fonts->families, i), ch);
  }
}

typedef struct {
  double     size;
  hb_font_t *font;
} Sized;

static void
sized_clear (gpointer data)
{
  hb_font_destroy (((Sized *) data)->font);
}

hb_font_t *
dg_fonts_at_size (PangoFont *font, double size)
{
  GArray *known = g_object_get_data (G_OBJECT (font), SIZES_KEY);
  if (!known) {
    known = g_array_new (FALSE, FALSE, sizeof (Sized));
    g_array_set_clear_func (known, sized_clear);
    g_object_set_data_full (G_OBJECT (font), SIZES_KEY, known, (GDestroyNotify) g_array_unref);
  }
  for (guint i = 0; i < known->len; i++)
    if (g_array_index (known, Sized, i).size == size)
      return g_array_index (known, Sized, i).font;

  hb_font_t   *from = pango_font_get_hb_font (font);
  Sized        sized = { size, hb_font_create (hb_font_get_face (from)) };
  unsigned int n_coords = 0;
  const int   *coords = hb_font_get_var_coords_normalized (from, &n_coords);
  int          scale = (int) (size * PANGO_SCALE);
  hb_font_set_var_coords_normalized (sized.font, coords, n_coords);
  hb_font_set_scale (sized.font, scale, scale);
  g_array_append_val (known, sized);
  return sized.font;
}

PangoContext *
dg_fonts_context_new (DgFonts *fonts)
{
  PangoContext *context = pango_font_map_create_context (fonts->map);
  pango_context_set_round_glyph_positions (context, FALSE);
  /* Else it is the locale's. */
  pango_context_set_language (context, pango_language_from_string ("en"));
  return context;
}

PangoContext *
dg_fonts_context (DgFonts *fonts)
{
  if (!fonts->context)
    fonts->context = dg_fonts_context_new (fonts);
  return fonts->context;
}

const char *
dg_fonts_family (DgFonts *fonts, const char *lang, const char *latin, const char *arabic)
{
  GUnicodeScript script = dg_language_get (lang)->letters;
  const char    *wanted = script == G_UNICODE_SCRIPT_ARABIC ? arabic : latin;
  Family        *chosen = wanted ? find_family (fonts, wanted) : NULL;
  if (chosen && has_script (chosen, script)) {
    load_family (fonts, chosen);
    if (chosen->n_faces > 0)
      return chosen->name;
  }
  for (guint i = 0; i < fonts->families->len; i++) {
    Family *family = g_ptr_array_index (fonts->families, i);
    if (!has_script (family, script))
      continue;
    load_family (fonts, family);
    if (family->n_faces > 0)
      return family->name;
  }
  return ((Family *) g_ptr_array_index (fonts->families, 0))->name;
}

gboolean
dg_fonts_check_family (DgFonts *fonts, const char *name, const char *script, GError **error)
{
  Family *family = find_family (fonts, name);
  if (!family)
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "there is no family “%s”; diglot --list-fonts names those there are", name);
  else if (family->faces->len == 0)
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” is not used: %s", name, family->refused ? family->refused : "it has no faces");
  else if (!has_script (family, dg_script_letters (script)))
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” has not the script that it is asked for (%s)", name, script);
  else {
    load_family (fonts, family);
    if (family->n_faces > 0)
      return TRUE;
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” is not installed: apt-get install %s", name,
                 ((const Face *) g_ptr_array_index (family->faces, 0))->package);
  }
  return FALSE;
}

char *
dg_fonts_list (const char *const *dirs, GError **error)
{
  g_autoptr (DgFonts) fonts = g_new0 (DgFonts, 1);
  fonts->families = g_ptr_array_new_with_free_func (free_family);
  if (!read_all (fonts, dirs, error))
    return NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < fonts->families->len; i++) {
    const Family *family = g_ptr_array_index (fonts->families, i);
    if (family->refused)
      g_string_append_printf (out, "%s\t\t\t--font-dir\t%s\n", family->name, family->refused);
    for (guint k = 0; k < family->faces->len; k++) {
      const Face *face = g_ptr_array_index (family->faces, k);
      g_string_append_printf (out, "%s\t%s\t%s\t%s%s\n", family->name, face->style, face->path, face->package,
                              access (face->path, R_OK) == 0 ? "" : "\tmissing");
    }
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
