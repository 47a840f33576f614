/* lang.h: which script and which language a stretch of text is in, by letters and common words. */
#ifndef DG_LANG_H
#define DG_LANG_H

#include <glib.h>

typedef enum {
  DG_SCRIPT_NONE,
  DG_SCRIPT_LATIN,
  DG_SCRIPT_ARABIC,
  DG_SCRIPT_HEBREW,
  DG_SCRIPT_CYRILLIC,
  DG_SCRIPT_GREEK,
  DG_SCRIPT_HAN,
  DG_SCRIPT_KANA,
  DG_SCRIPT_HANGUL,
  DG_SCRIPT_ADLAM,
  DG_SCRIPT_ARMENIAN,
  DG_SCRIPT_BENGALI,
  DG_SCRIPT_CANADIAN,
  DG_SCRIPT_CHEROKEE,
  DG_SCRIPT_DEVANAGARI,
  DG_SCRIPT_ETHIOPIC,
  DG_SCRIPT_GEORGIAN,
  DG_SCRIPT_GUJARATI,
  DG_SCRIPT_GURMUKHI,
  DG_SCRIPT_KANNADA,
  DG_SCRIPT_KHMER,
  DG_SCRIPT_LAO,
  DG_SCRIPT_MALAYALAM,
  DG_SCRIPT_MONGOLIAN,
  DG_SCRIPT_MYANMAR,
  DG_SCRIPT_NKO,
  DG_SCRIPT_OL_CHIKI,
  DG_SCRIPT_ORIYA,
  DG_SCRIPT_SINHALA,
  DG_SCRIPT_SYRIAC,
  DG_SCRIPT_TAMIL,
  DG_SCRIPT_TELUGU,
  DG_SCRIPT_THAANA,
  DG_SCRIPT_THAI,
  DG_SCRIPT_TIBETAN,
  DG_SCRIPT_TIFINAGH,
  DG_SCRIPT_YI,
  DG_SCRIPT_OTHER,
  DG_SCRIPT_COUNT
} DgScript;

/* Languages whose common words are known. */
#define DG_LANG_MAX 24

typedef struct {
  guint letters[DG_SCRIPT_COUNT]; /* letters found, in quarters; those of addresses and file names count one, all others four */
  float score[DG_LANG_MAX];       /* common words, endings and telling letters found, by language */
} DgLangScores;

/* DG_SCRIPT_NONE for what is no letter. */
DgScript dg_lang_script_of_char (gunichar ch);
/* The letters a language is written in: of Japanese the Han, with which its kana are counted; DG_SCRIPT_OTHER for those without a name here. */
DgScript dg_lang_script (const char *lang);
/* ISO 15924: "Latn"; "Zyyy" for none, "Zzzz" for a script that is not told from others. */
const char *dg_lang_script_code (DgScript script);
/* The language that most texts of a script are in; "und" where nobody can say. */
const char *dg_lang_of_script (DgScript script);

guint dg_lang_count (void);

/* Each adds what @text shows to @scores, which begins all zero: the first the letters, the second the languages. */
void dg_lang_count_letters (const char *text, gsize length, DgLangScores *scores);
void dg_lang_score (const char *text, gsize length, DgLangScores *scores);

#endif
