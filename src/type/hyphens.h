/* hyphens.h: where words may be broken, by the patterns of their language (Liang 1983; Debian's hyphen-* packages). */
#ifndef DG_HYPHENS_H
#define DG_HYPHENS_H

#include "type/patterns.h"

typedef struct DgHyphens DgHyphens;

/* Hyphenators by language; a language's patterns are read when the first of its words is asked for. */
DgHyphens *dg_hyphens_new (void);
void       dg_hyphens_free (DgHyphens *hyphens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgHyphens, dg_hyphens_free)

/* The pattern files of the machine, as paths.  Free with g_ptr_array_unref. */
GPtrArray *dg_hyphens_list_files (void);

/* For each letter of the word what may be done after it, a DgHyphen in @after (room for @n), keeping to the language's least numbers of letters
 * before and after a break.  FALSE where there is no break, or the language has no patterns. */
gboolean dg_hyphens_find (DgHyphens *hyphens, const char *lang, const gunichar *word, guint n, guint8 *after);

/* By what a language's words are broken: "rule", or the name of the pattern file that is installed; NULL: they are not.  Free with g_free. */
char *dg_hyphens_dup_source (const char *lang);

/* Has the user's cache keep the automaton of the pattern file @path, where that is one of the system's. */
void dg_hyphens_keep (const char *path);

#endif
