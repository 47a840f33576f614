/* sentences.h: which sentences answer each other within paragraphs that are paired.
 * In: a document with its beads, borrowed.  Out: sentences and their pairs, lent by the document where they point to nodes; yours to free.
 *
 * Sentences end where ICU says.  They are paired by the search that pairs paragraphs (seqmatch.h) and by what that weighs, over all beads at once,
 * so that what is common in the dispatch counts as common; but no pair leaves its bead. */
#ifndef DG_SENTENCES_H
#define DG_SENTENCES_H

#include "pair/align.h"

typedef struct {
  const DgNode *node;
  gsize         start, end; /* bytes of the node's text */
  guint         bead;       /* its place among the beads */
} DgSentence;

typedef struct {
  GArray *sentences[2]; /* DgSentence, by text: of paragraphs that have a counterpart */
  GArray *pairs;        /* DgBead of them, one side at least not empty; the score is that of sentence and paragraph together */
} DgSentences;

DgSentences *dg_sentences_new (const DgAlign *align, const DgLearned *learned);
void         dg_sentences_free (DgSentences *sentences);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgSentences, dg_sentences_free)

#endif
