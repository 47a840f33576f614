/* match.h: sizes at which two faces look equal, from their outlines.
 * In: families.  Out: pt, rounded to 0.1.  Each pair of faces is measured once; the answer is kept with the font map. */
#ifndef DG_MATCH_H
#define DG_MATCH_H

#include "type/fonts.h"

/* The size for text of @script in @family beside Latin text in @latin at @latin_size pt:
 * Arabic: dal and beh stand as high as the x, and the alef no higher than a little over the ascender.
 * Hebrew, whose letters are all of one height: between the x and the capitals.
 * Chinese: the ideograph fills nine tenths of what ascender and descender span.
 * Others (Greek, Cyrillic, a fallback for Latin): equal x-heights.
 * @latin_size itself where a face lacks the letters it is measured by. */
double dg_match_size (DgFonts *fonts, const char *latin, double latin_size, const char *family, GUnicodeScript script);

#endif
