/* learned.h: words that were learned from pairs (learn.h), a plain text that people may read and mend.
 *
 *   # Diglot lexicon 1
 *   [ar en]
 *   جسر	bridg	0.91	14
 *
 * Under the two languages, in the order of their tags, stand a stem of the one, a stem of the other, how sure that is, and how often it was
 * seen, parted by tabs; what follows the stems is for people. */
#ifndef DG_LEARNED_H
#define DG_LEARNED_H

#include <glib.h>

#include "pair/stem.h"

#define DG_LEARNED_HEAD "# Diglot lexicon 1"

typedef struct DgLearned     DgLearned;
typedef struct DgLearnedSide DgLearnedSide;

/* Reads a file's bytes.  NULL with @error (DIGLOT_ERROR_TEMPLATE), which names @name and the line, where it is none. */
DgLearned *dg_learned_new (GBytes *bytes, const char *name, GError **error);
void       dg_learned_free (DgLearned *learned);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgLearned, dg_learned_free)

/* What the words of @lang may stand for in a text of @other (BCP 47), lent; NULL where nothing was learned or @learned is NULL. */
const DgLearnedSide *dg_learned_get (const DgLearned *learned, const char *lang, const char *other);

/* The concepts of @stem, lent; @n of them.  They meet those of its counterparts. */
const guint32 *dg_learned_find (const DgLearnedSide *side, const DgWord *stem, guint *n);

/* The languages of two tags as a heading has them: "ar en".  Free with g_free. */
char *dg_learned_dup_heading (const char *one, const char *other);

#endif
