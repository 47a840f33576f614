/* hyphens.h: where words may be broken, by the patterns of their language (Liang 1983; Debian's hyphen-* packages through libhyphen). */
#ifndef DG_HYPHENS_H
#define DG_HYPHENS_H

#include <glib.h>

typedef struct DgHyphens DgHyphens;

/* Hyphenators by language; a language's patterns are read when the first of its words is asked for. */
DgHyphens *dg_hyphens_new (void);
void       dg_hyphens_free (DgHyphens *hyphens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgHyphens, dg_hyphens_free)

/* Marks in @after (room for @n, set to FALSE first) each letter of the word after which it may be broken, keeping to the
 * language's least numbers of letters before and after a break.  FALSE where the language has no patterns. */
gboolean dg_hyphens_find (DgHyphens *hyphens, const char *lang, const gunichar *word, guint n, gboolean *after);

#endif
