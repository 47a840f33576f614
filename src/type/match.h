/* match.h: sizes at which two faces look equal, from their outlines.
 * In: families.  Out: pt, rounded to 0.1.  Each pair of faces is measured once; the answer is kept with the font map. */
#ifndef DG_MATCH_H
#define DG_MATCH_H

#include "type/fonts.h"

/* The size for text of @script (ISO 15924, as it is written) in @family beside Latin text in @latin at @latin_size pt, by the keys letter,
 * rise and fill of languages.ini:
 * Arabic: dal and beh stand as high as the x, and the alef no higher than a little over the ascender.
 * Signs that fill a square: so much of what ascender and descender span.
 * Others: the letter that is named, else the middle one of all letters' heights, stands between the x and the capitals.
 * @latin_size itself where a face lacks the letters it is measured by. */
double dg_match_size (DgFonts *fonts, const char *latin, double latin_size, const char *family, const char *script);

#endif
