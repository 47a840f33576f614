/* content.h: which headlines, decks and captions of the two texts say the same, whatever their roles.
 * In: a document, borrowed.  Out: pairs in the order of the first text; yours to free.
 *
 * Body paragraphs come in one order and have beads (align.h).  What stands around them does not: the headline of one text may be
 * the other's deck, and a caption its headline. */
#ifndef DG_CONTENT_H
#define DG_CONTENT_H

#include "read/doc.h"

typedef struct {
  const DgNode *a, *b;
  double        score; /* 0 to 1: how sure */
} DgContentPair;

/* DgContentPair; free with g_array_unref.  What answers nothing across is in none. */
GArray *dg_content_find_pairs (const DgDoc *doc);

#endif
