/* stem.h: forms of a word under which words of two languages can be found to be the same.
 * Words come in folded (dg_fold_char: lower case, no accents, no vowel signs), as characters. */
#ifndef DG_STEM_H
#define DG_STEM_H

#include <glib.h>

/* Longer words are cut. */
#define DG_WORD_MAX 40

typedef struct {
  gunichar ch[DG_WORD_MAX];
  guint    n;
} DgWord;

/* Appends @ch folded; signs that fold to nothing add nothing. */
void dg_word_append (DgWord *word, gunichar ch);
void dg_word_set (DgWord *word, const char *text, gsize length);

/* A number for the word under @kind (0 to 7, kept in the low three bits), the same on every machine. */
guint32 dg_word_hash (const DgWord *word, guint kind);

/* Cuts English inflection: "bombings" -> "bomb", "studies" -> "study" -> "studi". */
void dg_stem_english (const DgWord *word, DgWord *stem);
/* TRUE for English words that stand in any text ("the", "would"). */
gboolean dg_stem_is_stop (const DgWord *word);

/* Cuts conjunctions, prepositions, article and pronouns off an Arabic word: "والحكومات" -> "حكوم". */
void dg_stem_arabic (const DgWord *word, DgWord *stem);
/* The same as if the word had the article, so that no letter of a bare word is taken for a particle: "فانوس" as "الفانوس". */
void dg_stem_arabic_definite (const DgWord *word, DgWord *stem);
/* What is left of an Arabic stem without long vowels, near its root; empty where that says too little. */
void dg_stem_arabic_root (const DgWord *stem, DgWord *root);

/* Cuts one letter that may be a particle written with the word: Arabic wa, fa, bi, li, sa; Hebrew ve, ha, be, le, ke, mi, she.
 * FALSE where there is none, or too little would be left. */
gboolean dg_stem_cut_particle (DgWord *word);

/* Any other language: Hebrew, Persian and Urdu without the commonest affixes, and the beginning of what is left. */
void dg_stem_other (const DgWord *word, DgWord *stem);

/* How a name may have been heard: classes of consonants, P T S K M N L R, vowels and breaths dropped, repeats merged.  Several
 * readings where letters have several sounds or a first letter may be a particle. */
#define DG_SKELETON_MAX      8
#define DG_SKELETON_READINGS 6
typedef struct {
  char  text[DG_SKELETON_READINGS][DG_SKELETON_MAX + 1];
  guint n;
} DgSkeleton;

/* Readings of two classes or more. */
void dg_skeleton (const DgWord *word, DgSkeleton *skeleton);

#endif
