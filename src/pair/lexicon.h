/* lexicon.h: which English words a word of another language may stand for.
 *
 * English is the pivot: two words of any two languages may be each other's translation where they share an English stem.
 * What a lexicon knows comes from a table of common words of our own (words.h), the names of countries, languages,
 * currencies, months and weekdays in CLDR, those that iso-codes adds, and the FreeDict dictionaries that are installed on the machine
 * (dict-freedict-ara-eng and others, read from /usr/share/dictd).  DIGLOT_DICTIONARIES names another folder for dictionaries, with
 * iso-codes' catalogues in locale/ below it.
 *
 * These are compiled, one file a language, and mapped from where they lie (cache.h): ready in the data folder, or in the user's cache from when
 * a language is first met; a dictionary that is added, removed or updated leads to a new file.  Where no file can be
 * written each run compiles them.  So the installed dictionaries are an input to what is paired with
 * what: the same ones give the same result.
 */
#ifndef DG_LEXICON_H
#define DG_LEXICON_H

#include <glib.h>

#include "pair/lexicon_file.h"

typedef struct DgLexicon DgLexicon;

/* The lexicon of a language (BCP 47); never NULL, though it may know nothing. */
DgLexicon *dg_lexicon_new (const char *lang);
void       dg_lexicon_free (DgLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgLexicon, dg_lexicon_free)

/* The languages whose lexicons are worth having ready, lent, some of them twice.  Free with g_ptr_array_unref. */
GPtrArray *dg_lexicon_list (void);
/* Writes the lexicon of @lang into @folder unless it is there, and adds its file's name to @names, a set. */
gboolean dg_lexicon_prepare (const char *lang, GHashTable *names, const char *folder, GError **error);

/* The concepts of @word, lent; @n of them, 0 where it is not known. */
const guint32 *dg_lexicon_find (const DgLexicon *lexicon, DgLexiconKey key, const DgWord *word, guint *n);
/* The folder that dictionaries are read from, lent. */
const char *dg_lexicon_folder (void);

/* TRUE for the languages of the Arabic script that have many Arabic words: what their lexicons do not know is looked up in Arabic's. */
gboolean dg_lexicon_borrows (const char *lang);
/* Two words as one key: "كانون" "الاول". */
void dg_lexicon_join (const DgWord *first, const DgWord *second, DgWord *joined);

#endif
