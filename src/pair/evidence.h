/* evidence.h: how much the tokens of two texts speak for joining these paragraphs with those.
 *
 * Every token of a paragraph asks whether the paragraphs across from it answer it.  An answer counts by how unlikely it is
 * by chance, a missing one by how likely it is where the paragraphs are translations, as logs of the two chances' quotient
 * with weights by the token's class.
 */
#ifndef DG_EVIDENCE_H
#define DG_EVIDENCE_H

#include <glib.h>

#include "pair/seqmatch.h"
#include "pair/tokens.h"

typedef struct {
  float hit, miss, none; /* weights: answered; answered elsewhere only; answered nowhere */
  float expected;        /* chance of an answer in a translation */
  float chance;          /* of one in any other paragraph, before counting */
} DgEvidenceWeights;

typedef struct DgEvidence DgEvidence;

/* Borrows the tokens. */
DgEvidence *dg_evidence_new (const DgTokens *a, const DgTokens *b);
void        dg_evidence_free (DgEvidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgEvidence, dg_evidence_free)

/* Places that rare tokens, met once in each text, point to: DgSeqPoint, rising on both sides.  Free with g_array_unref. */
GArray *dg_evidence_find_points (const DgEvidence *evidence);

/* Weighs the paragraphs at every place of the band; to be called before dg_evidence_weigh. */
void dg_evidence_fill (DgEvidence *evidence, const DgSeqBand *band);

/* What speaks for each bead that begins at a place of the band: log weights by shape, 0 for an empty side, -INFINITY where the
 * bead leaves the band. */
void dg_evidence_weigh (const DgEvidence *evidence, guint a, guint b, double values[DG_SEQ_SHAPES]);

/* The same of 1-1 alone. */
double dg_evidence_weigh_one (const DgEvidence *evidence, guint a, guint b);

/* What changes where the tokens of @span, of a paragraph of side @s, are looked for in paragraph @to across in place of @from. */
double dg_evidence_move (DgEvidence *evidence, guint s, const DgTokenSpan *span, guint from, guint to);

#endif
