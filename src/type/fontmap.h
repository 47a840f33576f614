/* fontmap.h: open faces as Pango sees them, by HarfBuzz alone: a font map whose order of fallback is ours.  It serves to itemise and to
 * load faces; of PangoLayout it knows nothing.
 *
 * A request gets the faces of the family it names, then those of the others by rank; within a family by slant, weight and width, the
 * nearest first.  The language of the text has no say in it.  A face shows the characters that it was told to (dg_face_show), so that a
 * large face need not be gone through: who itemises a text names its characters before. */
#ifndef DG_FONTMAP_H
#define DG_FONTMAP_H

#include <hb.h>
#include <pango/pango.h>

typedef struct DgFace DgFace;

/* A map without faces.  Transfer full. */
PangoFontMap *dg_fontmap_new (void);

/* Adds @face, of which it takes a reference, as one of @family; @rank: the family's place in the order of fallback.  Lent by the map. */
DgFace *dg_fontmap_add (PangoFontMap *map, hb_face_t *face, const char *family, guint rank);

/* From now on the face is of the family "emoji" too, which Pango asks for what is meant as a picture. */
void dg_face_take_emoji (DgFace *face);

/* TRUE where the face has a glyph for the character. */
gboolean dg_face_has (const DgFace *face, gunichar ch);

/* From now on Pango may take the character, which the face has, from it. */
void dg_face_show (DgFace *face, gunichar ch);

#endif
