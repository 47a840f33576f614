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
  DG_SCRIPT_OTHER,
  DG_SCRIPT_COUNT
} DgScript;

/* Languages told apart; the most likely one of each script stands first. */
#define DG_LANG_MAX 24

typedef struct {
  guint letters[DG_SCRIPT_COUNT]; /* letters found, in quarters; those of addresses and file names count one, all others four */
  float score[DG_LANG_MAX];       /* common words, endings and telling letters found, by language */
} DgLangScores;

/* DG_SCRIPT_NONE for what is no letter. */
DgScript dg_lang_script_of_char (gunichar ch);
/* The letters a language is written in: of Japanese the Han, with which its kana are counted; DG_SCRIPT_OTHER for those without a name here. */
DgScript dg_lang_script (const char *lang);

guint       dg_lang_count (void);
const char *dg_lang_tag (guint index);
DgScript    dg_lang_script_of_index (guint index);
/* -1 for a language that is not told apart from others. */
int dg_lang_index (const char *lang);

/* Each adds what @text shows to @scores, which begins all zero: the first the letters, the second the languages. */
void dg_lang_count_letters (const char *text, gsize length, DgLangScores *scores);
void dg_lang_score (const char *text, gsize length, DgLangScores *scores);
/* The best language of @script, its first one where nothing speaks for any. */
guint dg_lang_best (const DgLangScores *scores, DgScript script);

#endif
