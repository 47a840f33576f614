/* weigh.c: what a bead weighs, as logs of chances. */
#include "pair/weigh.h"

#include <math.h>

/* Log prices of the beads, against one of 1-1. */
static const double costs[DG_SEQ_SHAPES] = {
  [DG_SEQ_1_0] = -3.7, [DG_SEQ_0_1] = -3.7, [DG_SEQ_2_1] = -3.2, [DG_SEQ_1_2] = -3.2, [DG_SEQ_2_2] = -7.5, [DG_SEQ_3_1] = -6.4, [DG_SEQ_1_3] = -6.4,
};

/* Lengths: the log of their quotient over its spread, as a parabola that ends and an edge that ends. */
static const struct {
  double spread, grain; /* variance = spread^2 + grain / length */
  double square, most_square;
  double edge, most_edge;
} length_weights = { 0.175, 10, 0.85, 12, 2, 6 };

/* A translator keeps most of the sentences: the square of how many more there are, over its variance, which is learned as if so many
 * beads had been seen before. */
static const struct {
  double spread, grain; /* variance = spread + grain * sentences of both */
  double weight, most;
  double beads;
  double joined; /* how much of a sentence that may have been joined with its paragraph does not count */
} sentence_weights = { 0.12, 0.03, 0.6, 4, 6, 0.45 };

/* Two paragraphs against two where a sentence stands on the other side of the border. */
static const struct {
  double cost;
  double tokens; /* what is seen from the sentence's side alone */
  double least;  /* evidence of 1-1 twice without which it is not looked at */
  double odds;   /* what lengths and sentences must say against 1-1 twice */
} border_weights = { -4, 1.2, -4, -2 };

/* What weighs less than this by price and tokens is not measured. */
#define HOPELESS (-20)

/* Bounds of what is learned of sentences. */
#define MOST_SURPLUS  25
#define LEAST_FREEDOM 0.5

static void
count_side (DgWeights *weights, guint side)
{
  const GArray *paras = weights->tokens[side]->paras;

  weights->n[side] = paras->len;
  for (guint x = 0; x < DG_SEQ_REACH; x++) {
    double *lengths = g_new0 (double, paras->len + 1), *logs = g_new0 (double, paras->len + 1), *sentences = g_new0 (double, paras->len + 1);

    for (guint i = 0; i + x < paras->len; i++) {
      const DgTokenPara *para = &g_array_index (paras, DgTokenPara, i + x);

      lengths[i] = para->length + (x > 0 ? weights->lengths[side][x - 1][i] : 0);
      logs[i] = log (lengths[i]);
      sentences[i] = para->sentences + (x > 0 ? weights->sentences[side][x - 1][i] : 0);
    }
    weights->lengths[side][x] = lengths;
    weights->logs[side][x] = logs;
    weights->sentences[side][x] = sentences;
  }
}

DgWeights *
dg_weights_new (const DgTokens *a, const DgTokens *b, DgEvidence *evidence)
{
  DgWeights *weights = g_new0 (DgWeights, 1);

  weights->tokens[0] = a;
  weights->tokens[1] = b;
  weights->evidence = evidence;
  weights->pointed = a->pointed && b->pointed;
  count_side (weights, 0);
  count_side (weights, 1);
  dg_weights_set (weights, 0, 1);
  return weights;
}

void
dg_weights_free (DgWeights *weights)
{
  if (weights == NULL)
    return;
  for (guint side = 0; side < 2; side++)
    for (guint x = 0; x < DG_SEQ_REACH; x++) {
      g_free (weights->lengths[side][x]);
      g_free (weights->logs[side][x]);
      g_free (weights->sentences[side][x]);
    }
  g_free (weights);
}

void
dg_weights_set (DgWeights *weights, double ratio, double freedom)
{
  weights->ratio = ratio;
  weights->factor = exp (ratio);
  weights->freedom = freedom;
}

/* How much the log of the quotient of two lengths varies. */
static double
find_variance (const DgWeights *weights, double length_a, double length_b)
{
  return length_weights.spread * length_weights.spread + length_weights.grain / MIN (length_a * weights->factor, length_b);
}

/* @r: the log of the quotient of the lengths. */
static double
weigh_lengths (const DgWeights *weights, double length_a, double length_b, double r)
{
  double off = r - weights->ratio, z2 = off * off / find_variance (weights, length_a, length_b);

  return -length_weights.square * MIN (z2 / 2, length_weights.most_square) - length_weights.edge * MIN (sqrt (z2), length_weights.most_edge);
}

/* The square of the difference in sentences, over its usual variance.  Where paragraphs are joined, so may be the sentences at their
 * @borders, those of the text that has more sentences. */
static double
find_surplus (double n, double m, double borders)
{
  double more = fabs (n - m);

  more -= sentence_weights.joined * MIN (more, borders);
  return more * more / (sentence_weights.spread + sentence_weights.grain * (n + m));
}

static double
find_bead_surplus (const DgWeights *weights, guint a, guint n_a, guint b, guint n_b)
{
  double n = weights->sentences[0][n_a - 1][a], m = weights->sentences[1][n_b - 1][b];

  return find_surplus (n, m, (n > m ? n_a : n_b) - 1);
}

static double
weigh_surplus (const DgWeights *weights, double surplus)
{
  return weights->pointed ? -sentence_weights.weight * MIN (surplus / weights->freedom, sentence_weights.most) : 0;
}

/* Lengths and sentences of two paragraphs against two; a sentence of @length went to the second (@to = 1) or the first of side @s. */
static double
weigh_two (const DgWeights *weights, guint s, const guint at[2], guint to, double length, double moved)
{
  double value = 0;

  for (guint k = 0; k < 2; k++) {
    double sign = k == to ? 1 : -1;
    double own = weights->lengths[s][0][at[s] + k] + sign * length, across = weights->lengths[!s][0][at[!s] + k];
    double r = weights->logs[!s][0][at[!s] + k] - (length > 0 ? log (own) : weights->logs[s][0][at[s] + k]);

    value += s == 0 ? weigh_lengths (weights, own, across, r) : weigh_lengths (weights, across, own, -r);
    value += weigh_surplus (weights, find_surplus (weights->sentences[s][0][at[s] + k] + sign * moved, weights->sentences[!s][0][at[!s] + k], 0));
  }
  return value;
}

/* A sentence at the border of two paragraphs of one side stands on its other side across: the last one of the first paragraph or the first
 * one of the second.  The best of the four ways, @evidence being that of 1-1 twice, and tokens that move weighed against it; only where lengths
 * and sentences are at odds with 1-1. */
static double
weigh_border (const DgWeights *weights, guint a, guint b, double evidence)
{
  const guint at[2] = { a, b };
  double      best = -INFINITY, plain = weigh_two (weights, 0, at, 0, 0, 0);

  if (plain > border_weights.odds)
    return -INFINITY;
  for (guint s = 0; s < 2; s++)
    for (guint from = 0; from < 2; from++) {
      const DgTokenPara *para = &g_array_index (weights->tokens[s]->paras, DgTokenPara, at[s] + from);
      const DgTokenSpan *span = &para->ends[!from];
      double             value;

      if (para->sentences < 2)
        continue;
      value = weigh_two (weights, s, at, !from, span->length, 1);
      /* Its tokens seldom make good so much. */
      if (value < plain + border_weights.odds || value < best + 2 * border_weights.odds)
        continue;
      value += border_weights.tokens * dg_evidence_move (weights->evidence, s, span, at[!s] + from, at[!s] + !from);
      best = MAX (best, value);
    }
  return border_weights.cost + evidence + best;
}

/* @value, what price and tokens say of a bead, with what its lengths and sentences say. */
static inline double
weigh_shape (const DgWeights *weights, guint a, guint n_a, guint b, guint n_b, double value)
{
  if (n_a == 0 || n_b == 0 || a + n_a > weights->n[0] || b + n_b > weights->n[1] || value <= HOPELESS)
    return value;
  return value
         + (weigh_lengths (weights, weights->lengths[0][n_a - 1][a], weights->lengths[1][n_b - 1][b],
                           weights->logs[1][n_b - 1][b] - weights->logs[0][n_a - 1][a])
            + weigh_surplus (weights, find_bead_surplus (weights, a, n_a, b, n_b)));
}

void
dg_weigh (const DgWeights *weights, guint a, guint b, double scores[DG_SEQ_SHAPES])
{
  double border = -INFINITY;

  dg_evidence_weigh (weights->evidence, a, b, scores);
  if (weights->pointed && a + 2 <= weights->n[0] && b + 2 <= weights->n[1] && scores[DG_SEQ_2_2] > -INFINITY) {
    double evidence = scores[DG_SEQ_1_1] + dg_evidence_weigh_one (weights->evidence, a + 1, b + 1);

    if (evidence > border_weights.least)
      border = weigh_border (weights, a, b, evidence);
  }
#define _(n_a, n_b) scores[DG_SEQ_##n_a##_##n_b] = weigh_shape (weights, a, n_a, b, n_b, scores[DG_SEQ_##n_a##_##n_b] + costs[DG_SEQ_##n_a##_##n_b]);
  DG_SEQ_SHAPE_TABLE (_)
#undef _
  scores[DG_SEQ_2_2] = MAX (scores[DG_SEQ_2_2], border);
}

void
dg_weights_learn (const DgWeights *weights, const DgRatio *expected, const GArray *beads, double *ratio, double *freedom)
{
  g_autofree DgRatioPiece *pieces = g_new (DgRatioPiece, beads->len + 1);
  double                   seen = sentence_weights.beads, sum = seen;
  guint                    n = 0;

  for (guint i = 0; i < beads->len; i++) {
    const DgSeqBead *bead = &g_array_index (beads, DgSeqBead, i);

    if (bead->n_a == 0 || bead->n_b == 0)
      continue;
    pieces[n++] =
      (DgRatioPiece){ weights->logs[1][bead->n_b - 1][bead->b] - weights->logs[0][bead->n_a - 1][bead->a],
                      bead->posterior / find_variance (weights, weights->lengths[0][bead->n_a - 1][bead->a], weights->lengths[1][bead->n_b - 1][bead->b]) };
    seen += bead->posterior;
    sum += bead->posterior * MIN (find_bead_surplus (weights, bead->a, bead->n_a, bead->b, bead->n_b), MOST_SURPLUS);
  }
  *ratio = dg_ratio_learn (expected, weights->ratio, pieces, n);
  *freedom = MAX (sum / seen, LEAST_FREEDOM);
}
