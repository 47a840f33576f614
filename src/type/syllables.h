/* syllables.h: where words may be broken in languages that need no patterns: a syllable has one vowel and begins with the consonant
 * before it, so that "kitaplık" is ki-tap-lık. */
#ifndef DG_SYLLABLES_H
#define DG_SYLLABLES_H

#include "type/patterns.h"

/* For each of the @n letters of a word in lower case a DgHyphen in @after.  @vowels: the language's, one after the other, each a syllable's middle
 * wherever it stands; @onsets: pairs of letters that are not parted there, with semicolons between them, "*" for any letter ("xw;*y"); may be NULL. */
void dg_syllables_find (const char *vowels, const char *onsets, const gunichar *word, guint n, guint8 *after);

#endif
