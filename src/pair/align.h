/* align.h: pairs the body paragraphs of the two texts into beads.
 * In: a document, borrowed; it must outlive the result.  Out: beads in order, covering every body paragraph once; yours to free.
 *
 * Lengths and sentences (weigh.h), numbers, months, Latin words, names, punctuation and a lexicon (evidence.h) are weighed together.  Since the lexicon
 * takes in what dictionaries are installed (lexicon.h), these are an input to the result: the same document gives the same
 * beads with the same dictionaries and ICU. */
#ifndef DG_ALIGN_H
#define DG_ALIGN_H

#include "read/doc.h"
#include "base/diag.h"
#include "pair/learned.h"

/* A bead joins paragraphs [a, a + n_a) of the first text with [b, b + n_b) of the second, counted among the body
 * paragraphs from 0; one side may be empty (Gale & Church 1993). */
typedef struct {
  guint    a, n_a;
  guint    b, n_b;
  double   score; /* 0 to 1: how sure; of beads from .9 on 98 in 100 are right */
  gboolean fixed; /* an editor's, who may join any number of paragraphs; its score is 1 */
} DgBead;

typedef struct {
  const DgDoc *doc;
  GArray      *beads; /* DgBead */
} DgAlign;

/* Beads, and messages: align.unpaired for a paragraph alone, align.low-confidence for a doubtful pair, at its first line.
 * @fixed: beads (DgBead) that must be among them, as dg_alignfile_find gives them, and of which nothing is said; NULL for none.
 * @learned: words that were learned, to be taken with the lexicon's; NULL for none. */
DgAlign *dg_align_new (const DgDoc *doc, const GArray *fixed, const DgLearned *learned, DgDiag *diag);
void     dg_align_free (DgAlign *align);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgAlign, dg_align_free)

/* TRUE for a pair whose score calls for a look. */
gboolean dg_bead_is_doubtful (const DgBead *bead);

/* One line a bead. */
void dg_align_dump (const DgAlign *align, GString *out);

#endif
