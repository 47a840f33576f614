/* weigh.h: the log weight of a bead: its price, what its tokens say (evidence.h), its lengths, its sentences.
 * What is particular to two texts, how much longer the one runs and how freely sentences were dealt with, is learned from beads. */
#ifndef DG_WEIGH_H
#define DG_WEIGH_H

#include <glib.h>

#include "pair/evidence.h"
#include "pair/ratio.h"
#include "pair/seqmatch.h"
#include "pair/tokens.h"

typedef struct {
  guint           n[2];
  const DgTokens *tokens[2];
  DgEvidence     *evidence;
  double         *lengths[2][DG_SEQ_REACH]; /* of 1, 2, 3 paragraphs from here on */
  double         *logs[2][DG_SEQ_REACH];
  double         *sentences[2][DG_SEQ_REACH];
  gboolean        pointed; /* both texts mark the ends of sentences */
  double          ratio;   /* length of the second text for one of the first, as a log */
  double          factor;  /* the same, not as a log */
  double          freedom; /* how many times the variance of sentences is what is usual */
} DgWeights;

/* Borrows tokens and evidence; the latter is to be filled before the weights are asked. */
DgWeights *dg_weights_new (const DgTokens *a, const DgTokens *b, DgEvidence *evidence);
void       dg_weights_free (DgWeights *weights);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgWeights, dg_weights_free)

void dg_weights_set (DgWeights *weights, double ratio, double freedom);

/* What the beads (DgSeqBead) teach of ratio and freedom. */
void dg_weights_learn (const DgWeights *weights, const DgRatio *expected, const GArray *beads, double *ratio, double *freedom);

/* Fills @scores with the log weights of the beads that begin at place (a, b) of the evidence's band. */
void dg_weigh (const DgWeights *weights, guint a, guint b, double scores[DG_SEQ_SHAPES]);

#endif
