/* ngrams.h: how languages of one script are told apart: by the pieces of words that are commoner in one than in others.
 * The tables are templates/data/ngrams/SCRIPT.txt, which tools/ngrams.py makes; each is read when first asked for, and never changes. */
#ifndef DG_NGRAMS_H
#define DG_NGRAMS_H

#include "base/lang.h"

typedef struct DgNgrams DgNgrams;

enum { DG_NGRAMS_MAX = 94 }; /* languages of a script */

/* NULL without @error for a script that only one language is known of; NULL with @error where its table is missing or spoilt. */
const DgNgrams *dg_ngrams_get (DgScript script, GError **error);

guint       dg_ngrams_count (const DgNgrams *ngrams);
const char *dg_ngrams_tag (const DgNgrams *ngrams, guint index);
/* -1 for a language that the table does not know. */
int dg_ngrams_index (const DgNgrams *ngrams, const char *lang);
/* TRUE for a language that is found without being named: by its script or by a table. */
gboolean dg_ngrams_know (const char *lang);
/* What is taken off a language's score, since texts in it are rarer than in others. */
float dg_ngrams_rarity (const DgNgrams *ngrams, guint index);

/* Adds what @text shows to the scores, one a language: logarithms of how much likelier its letters are in that language than in none.
 * Addresses, names of files and figures are passed over.  Returns the letters that were looked at. */
guint dg_ngrams_score (const DgNgrams *ngrams, const char *text, gsize length, float *scores);

#endif
