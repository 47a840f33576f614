/* fonts.h: the faces Diglot uses, and nothing else that is installed.
 * In: fonts/fonts.ini.  Out: a Pango font map bound to those files. */
#ifndef DG_FONTS_H
#define DG_FONTS_H

#include <hb.h>
#include <pango/pango.h>

typedef struct DgFonts DgFonts;

/* Reads fonts/fonts.ini and the fonts below the folders @dirs (NULL-terminated; NULL: none), and makes a font map of those files alone.
 * @bind_process: tell Pango for the whole process (the program does; a library must not) not to ask the user's locale which language a
 * foreign word is in.
 * NULL with @error (DIGLOT_ERROR_FONT) where a face without which nothing can be set is missing; the message names its package. */
DgFonts *dg_fonts_new (const char *const *dirs, gboolean bind_process, GError **error);
void     dg_fonts_free (DgFonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgFonts, dg_fonts_free)

/* Loads the files that the scripts of @text need and that are not loaded yet (Chinese faces are large), and has their faces show its
 * characters, which Pango itemises by no others.  Call before itemising. */
void dg_fonts_need (DgFonts *fonts, const char *text, gssize length);

/* A context of the map: 72 dpi, unrounded positions, fallback only within our files.  Transfer full. */
PangoContext *dg_fonts_context_new (DgFonts *fonts);
/* One such context that is kept. Lent. */
PangoContext *dg_fonts_context (DgFonts *fonts);

/* A face is asked of Pango in this one size (pt), and set in others by dg_fonts_at_size. */
#define DG_FONTS_SIZE 100

/* The face of @font, whatever that one's size, to be set at @size pt: one for each size, so that what is kept by it is of one size.  Its
 * positions are in the face's own units, which HarfBuzz need not round; dg_fonts_unit makes them pt.  Lent by @font. */
hb_font_t *dg_fonts_at_size (PangoFont *font, double size);
/* A face's unit at @size pt. */
double dg_fonts_unit (hb_font_t *font, double size);

/* The family for text in @lang: @wanted where it is listed, installed and has the language's script (NULL: none is wanted), else the first of
 * the list that is made for the script, as it is written ("Aran", "Hant"), else the first that has its letters.  Loads it.  Lent. */
const char *dg_fonts_family (DgFonts *fonts, const char *lang, const char *wanted);

/* TRUE where some listed face that is installed can show the character. */
gboolean dg_fonts_has_char (DgFonts *fonts, gunichar ch);

/* "FAMILY of the package PACKAGE", of the first family that is listed for the character's script and is not installed whole; NULL: there is none.
 * Free with g_free. */
char *dg_fonts_dup_wanting (DgFonts *fonts, gunichar ch);

/* TRUE where a template may ask for @family to set @script (ISO 15924, "Arab").  FALSE with @error (DIGLOT_ERROR_FONT) that says why not: there is no
 * such family, it is not installed, lacks the script, is variable, or its licence bits (OpenType OS/2.fsType) forbid that a subset be embedded. */
gboolean dg_fonts_check_family (DgFonts *fonts, const char *family, const char *script, GError **error);

/* One line a face: family, style, file, package ("--font-dir" for one of @dirs), and "missing" where it is not there or the reason for
 * which it is refused. Free with g_free. */
char *dg_fonts_list (const char *const *dirs, GError **error);

#endif
