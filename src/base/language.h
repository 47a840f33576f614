/* language.h: what a language is: its script, its direction, and what else templates/data/languages.ini says of it.
 * In: BCP 47 tags.  Out: facts, lent for ever.  What that file leaves out (likely scripts, directions) is ICU's.  How a text's language is
 * found is lang.h's business. */
#ifndef DG_LANGUAGE_H
#define DG_LANGUAGE_H

#include <glib.h>

typedef struct {
  const char    *tag;
  const char    *script;  /* ISO 15924, as it is written and set: "Arab", "Aran" (nastaliq), "Hant", "Kore" */
  GUnicodeScript letters; /* of what characters: Arabic for Arab and Aran, Han for Hant, Hangul for Kore */
  gboolean       rtl;
} DgLanguage;

/* Reads the files: templates/data/languages.ini and the user's own, which adds to it.  FALSE with @error (DIGLOT_ERROR_READ,
 * DIGLOT_ERROR_TEMPLATE) where one is wrong or ours is missing.  The first call decides; without any, what is asked below makes it. */
gboolean dg_languages_read (GError **error);
/* The file's name there; the user's own has the same one (keyfile.h). */
#define DG_LANGUAGES_FILE "languages.ini"
/* The tags that the files have groups for, sorted; NULL-terminated; free the array, not them. */
const char **dg_languages_list (void);

/* Calls @each with the value of @key in each group that has it, by the groups' names. */
void dg_languages_each (const char *key, void (*each) (const char *value, gpointer data), gpointer data);

/* Never NULL: a language that nobody knows is written in Latin letters. */
const DgLanguage *dg_language_get (const char *tag);
/* Main direction of a language; FALSE for NULL. */
gboolean dg_language_is_rtl (const char *tag);
/* TRUE for a language of the Arabic script, in whatever hand. */
gboolean dg_language_is_arabic (const char *tag);

/* What the files say under @key: of the tag, else of the language in that script, else of the language, else of its script ("Aran"), else of
 * its letters ("Arab").  NULL: nothing. */
const char *dg_language_value (const DgLanguage *language, const char *key);
/* The value of @key as a list parted by semicolons, lent for ever; NULL where there is none. */
typedef struct DgWordList DgWordList;

const DgWordList *dg_language_list (const DgLanguage *language, const char *key);
/* FALSE for NULL. */
gboolean dg_word_list_has (const DgWordList *list, const char *word);
/* TRUE where @word stands in the list @key. */
gboolean dg_language_lists (const DgLanguage *language, const char *key, const char *word);
/* The same of a script by itself (ISO 15924). */
const char *dg_script_value (const char *script, const char *key);
/* The letters' script of @script: Arabic for "Aran"; INVALID_CODE for no script. */
GUnicodeScript dg_script_letters (const char *script);

/* The script, as ISO 15924 writes it, that @name calls by its code or by its name in English, whatever their case: "Deva", "devanagari", "nastaliq".
 * NULL for no script. */
const char *dg_script_from_name (const char *name);

/* The tag as BCP 47 writes it, of an ISO 639-1, -2 or -3 code or a BCP 47 tag: "ar" for "ara", "de" for "ger", "zh-Hant-TW" for "zh-hant-tw".
 * NULL where it names no language.  Free with g_free. */
char *dg_language_dup_tag (const char *code);

/* The tag that was perhaps meant by @word, a language's name in English, rightly spelt or not; NULL: none.  Lent for ever. */
const char *dg_language_nearest (const char *word);

#endif
