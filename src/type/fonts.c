/* fonts.c: binds Pango to the faces of fonts.ini.
 *
 * A page must not depend on what else is installed, nor on which dispatches were set before it by the same process.
 * So the font map is ours, with fonts.ini's families in their order, and a family is loaded whenever a text has a
 * character for which it is the first in that order.  Of the characters it has a family shows those of its scripts
 * alone; families that are not loaded yet can then never change where a character goes. */
#include "type/fonts.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/language.h"
#include "diglot.h"
#include "type/fontlist.h"
#include "type/fontmap.h"

#define SIZES_KEY "dg-sizes" /* a face at other sizes, kept with it */

struct DgFonts {
  PangoFontMap *map;
  PangoContext *context;  /* made when first asked for */
  GPtrArray    *families; /* DgFamily, in the order of fallback */
  GHashTable   *files;    /* path → hb_blob_t: a collection is mapped once */
  hb_set_t     *asked;    /* characters that texts had */
};

/* Who may set a character */

typedef struct {
  gunichar       ch;
  gboolean       common;      /* it is of no script, or of that of the character before it */
  GUnicodeScript scripts[48]; /* whose it is; of a common one, those that Unicode says it is used with */
  guint          n_scripts;
  gboolean       in_base; /* a face that is always there has it */
} Character;

static GUnicodeScript
script_from_icu (UScriptCode code)
{
  return dg_script_letters (uscript_getShortName (code));
}

static gboolean
base_has (const DgFonts *fonts, gunichar ch)
{
  for (guint i = 0; i < fonts->families->len; i++) {
    const DgFamily *family = g_ptr_array_index (fonts->families, i);

    for (guint k = 0; family->base && k < family->faces->len; k++) {
      const DgListedFace *face = g_ptr_array_index (family->faces, k);

      if (face->open && dg_face_has (face->open, ch))
        return TRUE;
    }
  }
  return FALSE;
}

static Character
look_at (const DgFonts *fonts, gunichar ch)
{
  Character      character = { .ch = ch };
  GUnicodeScript script = g_unichar_get_script (ch);
  UScriptCode    codes[G_N_ELEMENTS (character.scripts)];
  UErrorCode     status = U_ZERO_ERROR;
  int32_t        n;

  character.common = script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED;
  if (!character.common) {
    character.scripts[character.n_scripts++] = script;
    return character;
  }
  character.in_base = base_has (fonts, ch);
  if ((ch >= 0x2E80 && ch <= 0x33FF) || (ch >= 0xFE30 && ch <= 0xFE4F) || (ch >= 0xFF00 && ch <= 0xFFEF)) {
    /* The marks and widths of the CJK blocks: so a stray one of them does not open face after face, and large faces are opened for
     * little else. */
    character.common = FALSE;
    character.scripts[character.n_scripts++] = G_UNICODE_SCRIPT_HAN;
    return character;
  }
  n = ch < 0x300 ? 0 : uscript_getScriptExtensions ((UChar32) ch, codes, G_N_ELEMENTS (codes), &status);
  for (int32_t i = 0; U_SUCCESS (status) && i < n; i++)
    if (codes[i] != USCRIPT_COMMON && codes[i] != USCRIPT_INHERITED)
      character.scripts[character.n_scripts++] = script_from_icu (codes[i]);
  return character;
}

/* TRUE where fonts.ini lets the family show the character.  What is common to all scripts is shown by the families that serve everywhere.
 * Another one shows, for its own texts, what a family that is always loaded and goes before it has too, and what is used with its script:
 * so it sets its own full stops and never those of a text of another family. */
static gboolean
serves (const DgFamily *family, const Character *character)
{
  if (character->common && (family->everywhere || character->in_base))
    return TRUE;
  for (guint i = 0; i < character->n_scripts; i++)
    if (character->scripts[i] != G_UNICODE_SCRIPT_UNKNOWN && character->scripts[i] != G_UNICODE_SCRIPT_INVALID_CODE
        && dg_family_has (family, character->scripts[i]))
      return TRUE;
  return FALSE;
}

/* Loading */

/* TRUE where one of the face's names is the family's. */
static gboolean
is_of_family (hb_face_t *face, const DgFamily *family)
{
  guint                     n = 0;
  const hb_ot_name_entry_t *names = hb_ot_name_list_names (face, &n);
  for (guint i = 0; i < n; i++)
    if (names[i].name_id == HB_OT_NAME_ID_FONT_FAMILY || names[i].name_id == HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY) {
      g_autofree char *name = dg_fontlist_dup_name (face, names[i].name_id, names[i].language);
      if (g_strcmp0 (name, family->name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The bytes of a file, lent. */
static hb_blob_t *
open_file (DgFonts *fonts, const char *path)
{
  hb_blob_t *file = g_hash_table_lookup (fonts->files, path);

  if (!file) {
    file = hb_blob_create_from_file (path);
    g_hash_table_insert (fonts->files, g_strdup (path), file);
  }
  return file;
}

static void
free_file (gpointer file)
{
  hb_blob_destroy (file);
}

/* Opens the face where its file holds what the list says. */
static gboolean
load_face (DgFonts *fonts, const DgFamily *family, guint rank, DgListedFace *face)
{
  hb_blob_t *file = open_file (fonts, face->path);
  hb_face_t *open = hb_face_create (file, (guint) face->index);
  if (dg_fontlist_has_outlines (open) && is_of_family (open, family))
    face->open = dg_fontmap_add (fonts->map, open, family->name, rank);
  if (face->open != NULL && family->emoji)
    dg_face_take_emoji (face->open);
  hb_face_destroy (open);
  return face->open != NULL;
}

/* Has every face that may set the character show it. */
static void
show (const DgFamily *family, const Character *character)
{
  for (guint i = 0; family->n_faces > 0 && i < family->faces->len; i++) {
    const DgListedFace *face = g_ptr_array_index (family->faces, i);
    if (face->open && dg_face_has (face->open, character->ch) && serves (family, character))
      dg_face_show (face->open, character->ch);
  }
}

/* Loads the faces of a family that are installed. */
static void
load_family (DgFonts *fonts, DgFamily *family)
{
  if (family->loaded)
    return;
  family->loaded = TRUE;
  guint rank = 0;
  g_ptr_array_find (fonts->families, family, &rank);
  for (guint i = 0; i < family->faces->len; i++)
    if (load_face (fonts, family, rank, g_ptr_array_index (family->faces, i)))
      family->n_faces++;
  for (hb_codepoint_t ch = HB_SET_VALUE_INVALID; hb_set_next (fonts->asked, &ch);) {
    Character character = look_at (fonts, ch);

    show (family, &character);
  }
}

static gboolean
load_base (DgFonts *fonts, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) packages = g_string_new (NULL);
  for (guint i = 0; i < fonts->families->len; i++) {
    DgFamily *family = g_ptr_array_index (fonts->families, i);
    if (!family->base)
      continue;
    load_family (fonts, family);
    if (family->n_faces == family->faces->len)
      continue;
    const DgListedFace *face = g_ptr_array_index (family->faces, 0);
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
  fonts->map = dg_fontmap_new ();
  fonts->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_file);
  fonts->asked = hb_set_create ();
  fonts->families = dg_fontlist_read (dirs, error);
  if (fonts->families == NULL || !load_base (fonts, error))
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
  g_hash_table_unref (fonts->files);
  g_clear_pointer (&fonts->families, g_ptr_array_unref);
  g_free (fonts);
}

/* Loads families in their order until one can show the character; FALSE where none can.  A common character is looked for in those that
 * serve everywhere alone, unless Unicode says whose it is: a stray one must not open two hundred faces. */
static gboolean
find_face (DgFonts *fonts, const Character *character)
{
  for (guint i = 0; i < fonts->families->len; i++) {
    DgFamily *family = g_ptr_array_index (fonts->families, i);

    if (!serves (family, character))
      continue;
    load_family (fonts, family);
    for (guint k = 0; k < family->faces->len; k++) {
      const DgListedFace *face = g_ptr_array_index (family->faces, k);

      if (face->open && dg_face_has (face->open, character->ch))
        return TRUE;
    }
  }
  return FALSE;
}

/* TRUE for what makes a picture of itself or of what stands before it; digits, which are emoji in Unicode's lists, need such a sign. */
static gboolean
may_be_emoji (gunichar ch)
{
  return ch == 0xFE0F || ch == 0x20E3 || (ch > 0xFF && u_hasBinaryProperty ((UChar32) ch, UCHAR_EMOJI));
}

/* Whether the faces for emoji are there must not hang on what was set before. */
static void
load_emoji (DgFonts *fonts)
{
  for (guint i = 0; i < fonts->families->len; i++) {
    DgFamily *family = g_ptr_array_index (fonts->families, i);

    if (family->emoji)
      load_family (fonts, family);
  }
}

gboolean
dg_fonts_has_char (DgFonts *fonts, gunichar ch)
{
  Character character = look_at (fonts, ch);

  return find_face (fonts, &character);
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
    Character character = look_at (fonts, ch);
    find_face (fonts, &character);
    if (may_be_emoji (ch))
      load_emoji (fonts);
    hb_set_add (fonts->asked, ch);
    for (guint i = 0; i < fonts->families->len; i++)
      show (g_ptr_array_index (fonts->families, i), &character);
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
  int          scale = (int) hb_face_get_upem (hb_font_get_face (from));
  hb_font_set_var_coords_normalized (sized.font, coords, n_coords);
  hb_font_set_scale (sized.font, scale, scale);
  g_array_append_val (known, sized);
  return sized.font;
}

double
dg_fonts_unit (hb_font_t *font, double size)
{
  return size / hb_face_get_upem (hb_font_get_face (font));
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

/* TRUE where some face of the family is there. */
static gboolean
is_there (DgFonts *fonts, DgFamily *family)
{
  load_family (fonts, family);
  return family->n_faces > 0;
}

const char *
dg_fonts_family (DgFonts *fonts, const char *lang, const char *wanted)
{
  const DgLanguage *language = dg_language_get (lang);
  DgFamily         *chosen = wanted ? dg_fontlist_find (fonts->families, wanted) : NULL;

  if (chosen && dg_family_has (chosen, language->letters) && is_there (fonts, chosen))
    return chosen->name;
  /* Those that are made for this hand or these forms go before those that merely have the letters. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < fonts->families->len; i++) {
      DgFamily *family = g_ptr_array_index (fonts->families, i);

      if ((pass == 0 ? dg_family_lists (family, language->script) : dg_family_has (family, language->letters)) && is_there (fonts, family))
        return family->name;
    }
  return ((DgFamily *) g_ptr_array_index (fonts->families, 0))->name;
}

char *
dg_fonts_dup_wanting (DgFonts *fonts, gunichar ch)
{
  Character character = look_at (fonts, ch);

  character.in_base = FALSE;
  for (guint i = 0; i < fonts->families->len; i++) {
    DgFamily *family = g_ptr_array_index (fonts->families, i);

    if (!serves (family, &character) || family->faces->len == 0)
      continue;
    load_family (fonts, family);
    if (family->n_faces < family->faces->len)
      return g_strdup_printf (N_ ("%s of the package %s"), family->name, ((const DgListedFace *) g_ptr_array_index (family->faces, 0))->package);
  }
  return NULL;
}

gboolean
dg_fonts_check_family (DgFonts *fonts, const char *name, const char *script, GError **error)
{
  DgFamily *family = dg_fontlist_find (fonts->families, name);
  if (!family)
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "there is no family “%s”; diglot --list-fonts names those there are", name);
  else if (family->faces->len == 0)
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” is not used: %s", name, family->refused ? family->refused : N_ ("it has no faces"));
  else if (!dg_family_has (family, dg_script_letters (script)))
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” has not the script that it is asked for (%s)", name, script);
  else {
    load_family (fonts, family);
    if (family->n_faces > 0)
      return TRUE;
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "the family “%s” is not installed: apt-get install %s", name,
                 ((const DgListedFace *) g_ptr_array_index (family->faces, 0))->package);
  }
  return FALSE;
}

char *
dg_fonts_list (const char *const *dirs, GError **error)
{
  g_autoptr (GPtrArray) families = dg_fontlist_read (dirs, error);
  if (!families)
    return NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < families->len; i++) {
    const DgFamily *family = g_ptr_array_index (families, i);
    if (family->refused)
      g_string_append_printf (out, "%s\t\t\t--font-dir\t%s\n", family->name, family->refused);
    for (guint k = 0; k < family->faces->len; k++) {
      const DgListedFace *face = g_ptr_array_index (family->faces, k);
      g_string_append_printf (out, "%s\t%s\t%s\t%s%s\n", family->name, face->style, face->path, face->package,
                              access (face->path, R_OK) == 0 ? "" : "\tmissing");
    }
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
