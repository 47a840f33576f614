/* fonts.c: binds Pango to the faces of fonts.ini.
 *
 * A page must not depend on what else is installed, nor on which dispatches were set before it by the same process.
 * So the Fontconfig configuration is ours, its only rule appends fonts.ini's families in their order to every request,
 * and a family is loaded whenever a text has a character for which it is the first in that order.  The characters that a
 * family may serve are cut to its scripts when it is loaded; families that are not loaded yet can then never change where
 * a character goes. */
#include "fonts.h"

#include <string.h>
#include <unistd.h>
#include <hb.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "cleanup.h"
#include "datadir.h"
#include "diglot.h"

#define SIZES_KEY "dg-sizes" /* a face at other sizes, kept with it */

typedef struct {
  char *style, *path, *package;
  int   index; /* in a collection */
} Face;

typedef struct {
  char      *name;
  guint32    scripts[256 / 32]; /* bit set of GUnicodeScript */
  gboolean   base;
  gboolean   loaded;   /* its files were tried */
  guint      n_faces;  /* of them there are */
  gboolean   of_house; /* found below a folder that was given */
  char      *refused;  /* why none of its faces may be used; NULL: some may */
  FcCharSet *chars;    /* what its faces show, within its scripts; NULL until loaded */
  GPtrArray *faces;    /* Face */
} Family;

struct DgFonts {
  FcConfig     *config;
  PangoFontMap *map;
  PangoContext *context;  /* made when first asked for */
  GPtrArray    *families; /* Family, in the order of fallback */
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
  if (family->chars)
    FcCharSetDestroy (family->chars);
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

static GUnicodeScript
script_from_iso (const char *iso)
{
  if (strlen (iso) != 4)
    return G_UNICODE_SCRIPT_INVALID_CODE;
  guint32 code = 0;
  for (guint i = 0; i < 4; i++)
    code = code << 8 | (guchar)(i == 0 ? g_ascii_toupper (iso[i]) : g_ascii_tolower (iso[i]));
  return g_unicode_script_from_iso15924 (code);
}

static gboolean
has_script (const Family *family, GUnicodeScript script)
{
  guint bit = (guint)script & 255;
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

static GUnicodeScript
script_of_lang (const char *lang)
{
  /* A script subtag says it: uz-Cyrl, ku-Arab. */
  g_autofree char *tag = g_ascii_strdown (lang ? lang : "", -1);
  g_auto (GStrv) subtags = g_strsplit_set (tag, "-_", -1);
  for (guint i = 1; subtags[0] && subtags[i] && strlen (subtags[i]) > 1; i++) {
    GUnicodeScript script = script_from_iso (subtags[i]);
    if (script != G_UNICODE_SCRIPT_UNKNOWN && script != G_UNICODE_SCRIPT_INVALID_CODE)
      return script;
  }

  /* Languages that Pango's table leaves out. */
  static const char *const arabic[] = {"ary", "arz", "bal", "ckb", "glk", "lrc", "mzn", "pnb", "prs", "ps", "sdh", "skr", NULL};
  static const char *const han[] = {"lzh", "wuu", "yue", "zh", NULL};
  if (subtags[0] && g_strv_contains (arabic, subtags[0]))
    return G_UNICODE_SCRIPT_ARABIC;
  if (subtags[0] && g_strv_contains (han, subtags[0]))
    return G_UNICODE_SCRIPT_HAN;

  int                n = 0;
  const PangoScript *scripts = subtags[0] && *subtags[0]
                                 ? pango_language_get_scripts (pango_language_from_string (tag), &n)
                                 : NULL;
  return scripts && n > 0 ? (GUnicodeScript)scripts[0] : G_UNICODE_SCRIPT_LATIN;
}

/* Reading fonts.ini */

static gboolean
read_face (DgFonts *fonts, GKeyFile *file, const char *group, const char *root, GError **error)
{
  static const char *const keys[] = {"family", "style", "file", "package", "role", "scripts"};
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
    GUnicodeScript script = script_from_iso (g_strstrip (scripts[i]));
    if (script == G_UNICODE_SCRIPT_INVALID_CODE || script == G_UNICODE_SCRIPT_UNKNOWN) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "[%s] has the unknown script “%s”", group, scripts[i]);
      return FALSE;
    }
    guint bit = (guint)script & 255;
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
    if (strcmp (groups[i], "fonts") != 0
        && !read_face (fonts, file, groups[i], root ? root : "/usr/share/fonts", error)) {
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

/* Why the face may not go into a PDF as a subset; NULL where it may.  The bits are those of OS/2.fsType (OpenType 1.9): of several
 * ways of embedding that a font allows the least restricted one counts. */
static const char *
find_refusal (const char *path, guint index, const FcPattern *pattern)
{
  FcBool variable = FcFalse, outline = FcFalse, colour = FcFalse;
  FcPatternGetBool (pattern, FC_VARIABLE, 0, &variable);
  FcPatternGetBool (pattern, FC_OUTLINE, 0, &outline);
  FcPatternGetBool (pattern, FC_COLOR, 0, &colour);
  if (variable)
    return "it is a variable font";
  if (!outline || colour)
    return "it has no plain outlines";

  hb_blob_t  *file = hb_blob_create_from_file (path);
  hb_face_t  *face = hb_face_create (file, index);
  hb_blob_t  *table = hb_face_reference_table (face, HB_TAG ('O', 'S', '/', '2'));
  guint       length = 0;
  const char *bytes = hb_blob_get_data (table, &length);
  guint       bits = length >= 10 ? (guint)(guchar)bytes[8] << 8 | (guchar)bytes[9] : 0;
  hb_blob_destroy (table);
  hb_face_destroy (face);
  hb_blob_destroy (file);
  if ((bits & 0xF) == 0x2)
    return "its licence bits forbid embedding";
  if (bits & 0x200)
    return "its licence bits allow bitmaps alone to be embedded";
  if (bits & 0x100)
    return "its licence bits forbid subsets";
  return NULL;
}

static void
add_scripts (Family *family, const FcPattern *pattern)
{
  FcCharSet *all = NULL;
  if (FcPatternGetCharSet (pattern, FC_CHARSET, 0, &all) != FcResultMatch)
    return;
  FcChar32 map[FC_CHARSET_MAP_SIZE], next;
  for (FcChar32 page = FcCharSetFirstPage (all, map, &next); page != FC_CHARSET_DONE; page = FcCharSetNextPage (all, map, &next))
    for (guint i = 0; i < FC_CHARSET_MAP_SIZE; i++)
      for (FcChar32 bits = map[i]; bits != 0; bits &= bits - 1) {
        FcChar32 ch = page + 32 * i + (FcChar32)g_bit_nth_lsf (bits, -1);
        guint    bit = (guint)g_unichar_get_script (ch) & 255;
        if (g_unichar_isalpha (ch))
          family->scripts[bit / 32] |= 1u << bit % 32;
      }
}

static void
add_house_face (DgFonts *fonts, const char *path, const FcPattern *pattern)
{
  FcChar8 *name = NULL, *style = NULL;
  int      index = 0;
  if (FcPatternGetString (pattern, FC_FAMILY, 0, &name) != FcResultMatch || FcPatternGetInteger (pattern, FC_INDEX, 0, &index) != FcResultMatch
      || index >> 16 != 0) /* an instance of a variable font, which is told of itself */
    return;
  FcPatternGetString (pattern, FC_STYLE, 0, &style);

  Family *family = find_family (fonts, (const char *)name);
  if (!family) {
    family = g_new0 (Family, 1);
    family->name = g_strdup ((const char *)name);
    family->faces = g_ptr_array_new_with_free_func (free_face);
    g_ptr_array_add (fonts->families, family);
  } else if (!family->of_house)
    /* The house's own cut of a family that we have goes before ours. */
    g_ptr_array_set_size (family->faces, 0);
  family->of_house = TRUE;

  const char *refusal = find_refusal (path, (guint)index, pattern);
  if (refusal) {
    if (family->faces->len == 0 && !family->refused)
      family->refused = g_strdup_printf ("%s: %s", path, refusal);
    return;
  }
  g_clear_pointer (&family->refused, g_free);
  add_scripts (family, pattern);
  Face *face = g_new0 (Face, 1);
  face->style = g_strdup (style ? (const char *)style : "");
  face->package = g_strdup ("--font-dir");
  face->path = g_strdup (path);
  face->index = index;
  g_ptr_array_add (family->faces, face);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
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
    int n = 0;
    g_autoptr (FcFontSet) set = FcFontSetCreate ();
    FcFreeTypeQueryAll (g_ptr_array_index (files, i), (guint)-1, NULL, &n, set);
    for (int k = 0; k < set->nfont; k++)
      add_house_face (fonts, g_ptr_array_index (files, i), set->fonts[k]);
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

/* Takes from @pattern's characters those that the family does not serve. */
static void
restrict_chars (const Family *family, FcPattern *pattern)
{
  FcCharSet *all = NULL;
  if (FcPatternGetCharSet (pattern, FC_CHARSET, 0, &all) != FcResultMatch)
    return;

  g_autoptr (FcCharSet) others = FcCharSetCreate ();
  FcChar32 map[FC_CHARSET_MAP_SIZE], next;
  for (FcChar32 page = FcCharSetFirstPage (all, map, &next); page != FC_CHARSET_DONE;
       page = FcCharSetNextPage (all, map, &next))
    for (guint i = 0; i < FC_CHARSET_MAP_SIZE; i++)
      for (FcChar32 bits = map[i]; bits != 0; bits &= bits - 1) {
        FcChar32 ch = page + 32 * i + (FcChar32)g_bit_nth_lsf (bits, -1);
        if (!serves (family, ch))
          FcCharSetAddChar (others, ch);
      }
  if (FcCharSetCount (others) > 0) {
    g_autoptr (FcCharSet) rest = FcCharSetSubtract (all, others);
    FcPatternDel (pattern, FC_CHARSET);
    FcPatternAddCharSet (pattern, FC_CHARSET, rest);
  }
}

/* TRUE where the pattern is the family's, in outlines of one colour. */
static gboolean
is_usable (const Family *family, const FcPattern *pattern)
{
  FcBool outline = FcFalse, colour = FcFalse;
  FcPatternGetBool (pattern, FC_OUTLINE, 0, &outline);
  FcPatternGetBool (pattern, FC_COLOR, 0, &colour);
  if (!outline || colour)
    return FALSE;
  FcChar8 *name = NULL;
  for (int i = 0; FcPatternGetString (pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
    if (strcmp ((const char *)name, family->name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
load_face (DgFonts *fonts, Family *family, const Face *face)
{
  if (access (face->path, R_OK) != 0)
    return FALSE;

  /* Reading one face of a collection is quick, all of them is not (26 ms for a Noto CJK). */
  int n_in_file = 0;
  g_autoptr (FcPattern) pattern = FcFreeTypeQuery ((const FcChar8 *)face->path, (guint)face->index, NULL, &n_in_file);
  if (!pattern || !is_usable (family, pattern))
    return FALSE;

  restrict_chars (family, pattern);
  FcCharSet *chars = NULL;
  if (FcPatternGetCharSet (pattern, FC_CHARSET, 0, &chars) == FcResultMatch) {
    FcBool changed;
    FcCharSetMerge (family->chars, chars, &changed);
  }

  /* The application's set comes to be with the first file added to it. */
  FcFontSet *set = FcConfigGetFonts (fonts->config, FcSetApplication);
  if (!set) {
    if (!FcConfigAppFontAddFile (fonts->config, (const FcChar8 *)face->path))
      return FALSE;
    set = FcConfigGetFonts (fonts->config, FcSetApplication);
    for (int i = 0; i < set->nfont; i++)
      FcPatternDestroy (set->fonts[i]);
    set->nfont = 0;
  }
  return FcFontSetAdd (set, g_steal_pointer (&pattern));
}

/* Loads the faces of a family that are installed. */
static void
load_family (DgFonts *fonts, Family *family)
{
  if (family->loaded)
    return;
  family->loaded = TRUE;
  family->chars = FcCharSetCreate ();
  for (guint i = 0; i < family->faces->len; i++)
    if (load_face (fonts, family, g_ptr_array_index (family->faces, i)))
      family->n_faces++;
  if (family->n_faces > 0 && fonts->map)
    pango_fc_font_map_config_changed (PANGO_FC_FONT_MAP (fonts->map));
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
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "faces of %s are not installed: apt-get install%s",
               missing->str, packages->str);
  return FALSE;
}

/* The one rule of our configuration: whatever family is asked, the list follows, in its order.  With a strong binding the
 * order goes before the language a face claims.  `namelang` keeps the names English in every locale. */
static gboolean
load_rules (DgFonts *fonts)
{
  g_autoptr (GString) xml = g_string_new ("<?xml version=\"1.0\"?><fontconfig><match target=\"pattern\">"
                                          "<edit name=\"namelang\" mode=\"assign\"><string>en</string></edit>"
                                          "<edit name=\"family\" mode=\"append_last\" binding=\"strong\">");
  for (guint i = 0; i < fonts->families->len; i++) {
    const Family    *family = g_ptr_array_index (fonts->families, i);
    g_autofree char *name = g_markup_escape_text (family->name, -1);
    g_string_append_printf (xml, "<string>%s</string>", name);
  }
  g_string_append (xml, "</edit></match></fontconfig>");
  return FcConfigParseAndLoadFromMemory (fonts->config, (const FcChar8 *)xml->str, FcTrue);
}

/* The header's functions */

DgFonts *
dg_fonts_new (const char *const *dirs, gboolean bind_process, GError **error)
{
  g_autoptr (DgFonts) fonts = g_new0 (DgFonts, 1);
  fonts->families = g_ptr_array_new_with_free_func (free_family);
  if (!read_all (fonts, dirs, error))
    return NULL;
  fonts->config = FcConfigCreate ();
  if (!fonts->config || !load_rules (fonts)) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "Fontconfig cannot be set up");
    return NULL;
  }
  if (!load_base (fonts, error))
    return NULL;

  if (bind_process) {
    FcConfigSetCurrent (fonts->config);
    /* Pango asks this variable, then LANGUAGE, which language a foreign word is in, and shapes by it. */
    g_setenv ("PANGO_LANGUAGE", "en", TRUE);
  }
  fonts->map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (fonts->map), fonts->config);
  return g_steal_pointer (&fonts);
}

void
dg_fonts_free (DgFonts *fonts)
{
  if (!fonts)
    return;
  /* Pango 1.50 keeps its reference on the configuration when the map goes. */
  if (fonts->map)
    pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (fonts->map), NULL);
  g_clear_object (&fonts->context);
  g_clear_object (&fonts->map);
  if (fonts->config)
    FcConfigDestroy (fonts->config);
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
    if (FcCharSetHasChar (family->chars, ch))
      return TRUE;
  }
  return FALSE;
}

void
dg_fonts_need (DgFonts *fonts, const char *text, gssize length)
{
  const char *end = length < 0 ? text + strlen (text) : text + length;
  while (text < end) {
    gunichar ch = g_utf8_get_char_validated (text, end - text);
    if (ch == (gunichar)-1 || ch == (gunichar)-2) {
      text++;
      continue;
    }
    text = g_utf8_next_char (text);
    /* Pango asks no face for these. */
    if (ch > 0x7E && g_unichar_isdefined (ch) && !g_unichar_iscntrl (ch) && g_unichar_type (ch) != G_UNICODE_FORMAT)
      dg_fonts_has_char (fonts, ch);
  }
}

typedef struct {
  double     size;
  hb_font_t *font;
} Sized;

static void
sized_clear (gpointer data)
{
  hb_font_destroy (((Sized *)data)->font);
}

hb_font_t *
dg_fonts_at_size (PangoFont *font, double size)
{
  GArray *known = g_object_get_data (G_OBJECT (font), SIZES_KEY);
  if (!known) {
    known = g_array_new (FALSE, FALSE, sizeof (Sized));
    g_array_set_clear_func (known, sized_clear);
    g_object_set_data_full (G_OBJECT (font), SIZES_KEY, known, (GDestroyNotify)g_array_unref);
  }
  for (guint i = 0; i < known->len; i++)
    if (g_array_index (known, Sized, i).size == size)
      return g_array_index (known, Sized, i).font;

  hb_font_t   *from = pango_font_get_hb_font (font);
  Sized        sized = {size, hb_font_create (hb_font_get_face (from))};
  unsigned int n_coords = 0;
  const int   *coords = hb_font_get_var_coords_normalized (from, &n_coords);
  int          scale = (int)(size * PANGO_SCALE);
  hb_font_set_var_coords_normalized (sized.font, coords, n_coords);
  hb_font_set_scale (sized.font, scale, scale);
  g_array_append_val (known, sized);
  return sized.font;
}

PangoContext *
dg_fonts_context_new (DgFonts *fonts)
{
  PangoContext *context = pango_font_map_create_context (fonts->map);
  g_autoptr (cairo_font_options_t) options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
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
  GUnicodeScript script = script_of_lang (lang);
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
  return ((Family *)g_ptr_array_index (fonts->families, 0))->name;
}

gboolean
dg_fonts_check_family (DgFonts *fonts, const char *name, const char *script, GError **error)
{
  Family *family = find_family (fonts, name);
  if (!family)
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "there is no family “%s”; diglot --list-fonts names those there are", name);
  else if (family->faces->len == 0)
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” is not used: %s", name, family->refused ? family->refused : "it has no faces");
  else if (!has_script (family, script_from_iso (script)))
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” has not the script that it is asked for (%s)", name, script);
  else {
    load_family (fonts, family);
    if (family->n_faces > 0)
      return TRUE;
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” is not installed: apt-get install %s", name,
                 ((const Face *)g_ptr_array_index (family->faces, 0))->package);
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
