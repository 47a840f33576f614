/* align.c: from the evidence of two texts to beads with scores, and what an editor should look at. */
#include "pair/align.h"

#include <math.h>

#include "pair/evidence.h"
#include "base/lang.h"
#include "pair/lexicon.h"
#include "pair/seqmatch.h"
#include "pair/tokens.h"

/* Beads less sure than this are named to the editor. */
#define DOUBTFUL 0.6

/* Texts with more places than this are searched in a band, so wide where memory allows it. */
#define WHOLE_PLACES 250000
#define HALF_WIDTH   64
#define MOST_PLACES  8000000

/* Where one text leaves out much of the other, the sums of lengths say nothing of how much longer one language runs: the ratio lies within
 * so much (as a log) of what the scripts let expect.  Han writes a word in a third of the characters. */
#define RATIO_RANGE 0.75
#define HAN_RATIO   (-1.1)

/* A learned ratio of lengths so near the first guess changes nothing. */
#define SAME_RATIO 0.005

/* Log prices of the beads, against one of 1-1. */
static const double costs[DG_SEQ_SHAPES] = {
  [DG_SEQ_1_0] = -4, [DG_SEQ_0_1] = -4, [DG_SEQ_2_1] = -3.4, [DG_SEQ_1_2] = -3.4, [DG_SEQ_2_2] = -6.75, [DG_SEQ_3_1] = -6.75, [DG_SEQ_1_3] = -6.75,
};

/* Lengths: the log of their quotient over its spread, as a parabola that ends and an edge that ends. */
static const struct {
  double spread, grain; /* variance = spread^2 + grain / length */
  double square, most_square;
  double edge, most_edge;
} length_weights = { 0.16, 9, 0.9, 12, 2, 6 };

typedef struct {
  guint             n[2];
  const DgEvidence *evidence;
  double           *lengths[2][DG_SEQ_REACH]; /* of 1, 2, 3 paragraphs from here on */
  double           *logs[2][DG_SEQ_REACH];
  double            ratio;    /* length of the second text for one of the first, as a log */
  double            factor;   /* the same, not as a log */
  double            expected; /* what the scripts let expect, as a log */
  const GArray     *fixed;    /* DgBead: those that must be found; NULL */
  guint            *owner[2]; /* the fixed bead of each paragraph + 1; NULL where none is fixed */
} Weights;

static double
weigh_lengths (const Weights *weights, guint a, guint n_a, guint b, guint n_b)
{
  double length_a = weights->lengths[0][n_a - 1][a] * weights->factor, length_b = weights->lengths[1][n_b - 1][b];
  double r = weights->logs[1][n_b - 1][b] - weights->logs[0][n_a - 1][a] - weights->ratio;
  double variance = length_weights.spread * length_weights.spread + length_weights.grain / MIN (length_a, length_b);
  double z2 = r * r / variance;

  return -length_weights.square * MIN (z2 / 2, length_weights.most_square) - length_weights.edge * MIN (sqrt (z2), length_weights.most_edge);
}

/* A fixed bead may have a shape that the search does not know, so it is walked as its first text's paragraphs one by one and then its
 * second's, at one place only, free of charge.  Paragraphs that are fixed without counterpart may stand alone anywhere. */
static gboolean
is_step (const Weights *weights, guint a, guint b, DgSeqShape shape)
{
  guint         owner = shape == DG_SEQ_1_0 ? weights->owner[0][a] : shape == DG_SEQ_0_1 ? weights->owner[1][b] : 0;
  const DgBead *bead = owner > 0 ? &g_array_index (weights->fixed, DgBead, owner - 1) : NULL;

  if (bead == NULL)
    return FALSE;
  return bead->n_a == 0 || bead->n_b == 0 || (shape == DG_SEQ_1_0 ? b == bead->b : a == bead->a + bead->n_a);
}

static gboolean
is_free (const Weights *weights, guint side, guint from, guint n)
{
  for (guint i = from; i < from + n && i < weights->n[side]; i++)
    if (weights->owner[side][i] > 0)
      return FALSE;
  return TRUE;
}

/* Leaves of the beads that begin here those that the fixed ones allow. */
static void
obey (const Weights *weights, guint a, guint b, double scores[DG_SEQ_SHAPES])
{
  for (guint k = 0; k < DG_SEQ_SHAPES; k++)
    if (is_step (weights, a, b, k))
      scores[k] = 0;
    else if (!is_free (weights, 0, a, dg_seq_shape_a (k)) || !is_free (weights, 1, b, dg_seq_shape_b (k)))
      scores[k] = -INFINITY;
}

static void
score_beads (guint a, guint b, double scores[DG_SEQ_SHAPES], gpointer data)
{
  const Weights *weights = data;

  dg_evidence_weigh (weights->evidence, a, b, scores);
  for (guint k = 0; k < DG_SEQ_SHAPES; k++) {
    guint n_a = dg_seq_shape_a (k), n_b = dg_seq_shape_b (k);

    scores[k] += costs[k];
    if (n_a > 0 && n_b > 0 && a + n_a <= weights->n[0] && b + n_b <= weights->n[1])
      scores[k] += weigh_lengths (weights, a, n_a, b, n_b);
  }
  if (weights->fixed != NULL)
    obey (weights, a, b, scores);
}

static void
set_ratio (Weights *weights, double ratio)
{
  weights->ratio = CLAMP (ratio, weights->expected - RATIO_RANGE, weights->expected + RATIO_RANGE);
  weights->factor = exp (weights->ratio);
}

/* The ratio that the two scripts let expect, as a log. */
static double
expect_ratio (const DgDoc *doc)
{
  double ratio = 0;

  if (dg_lang_script (doc->text[DG_SIDE_A].lang) == DG_SCRIPT_HAN)
    ratio -= HAN_RATIO;
  if (dg_lang_script (doc->text[DG_SIDE_B].lang) == DG_SCRIPT_HAN)
    ratio += HAN_RATIO;
  return ratio;
}

static void
measure (Weights *weights, guint side, const DgTokens *tokens)
{
  weights->n[side] = tokens->paras->len;
  for (guint x = 0; x < DG_SEQ_REACH; x++) {
    weights->lengths[side][x] = g_new0 (double, weights->n[side] + 1);
    weights->logs[side][x] = g_new0 (double, weights->n[side] + 1);
    for (guint i = 0; i + x < weights->n[side]; i++) {
      double length = g_array_index (tokens->paras, DgTokenPara, i + x).length;

      weights->lengths[side][x][i] = length + (x > 0 ? weights->lengths[side][x - 1][i] : 0);
      weights->logs[side][x][i] = log (weights->lengths[side][x][i]);
    }
  }
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The ratio of lengths over the linked beads: half the median of theirs, half that of their sums. */
static void
learn_ratio (Weights *weights, const GArray *beads)
{
  g_autofree double *ratios = g_new (double, beads->len + 1);
  double             sums[2] = { 0, 0 };
  guint              n = 0;

  for (guint i = 0; i < beads->len; i++) {
    const DgSeqBead *bead = &g_array_index (beads, DgSeqBead, i);

    if (bead->n_a == 0 || bead->n_b == 0)
      continue;
    ratios[n++] = weights->logs[1][bead->n_b - 1][bead->b] - weights->logs[0][bead->n_a - 1][bead->a];
    sums[0] += weights->lengths[0][bead->n_a - 1][bead->a];
    sums[1] += weights->lengths[1][bead->n_b - 1][bead->b];
  }
  if (n < 4)
    return;
  qsort (ratios, n, sizeof ratios[0], compare_doubles);
  set_ratio (weights, (n % 2 == 1 ? ratios[n / 2] : (ratios[n / 2 - 1] + ratios[n / 2]) / 2) / 2 + log (sums[1] / sums[0]) / 2);
}

/* Notes which paragraphs belong to which fixed bead. */
static void
fix (Weights *weights, const GArray *fixed)
{
  weights->fixed = fixed;
  for (guint side = 0; side < 2; side++)
    weights->owner[side] = g_new0 (guint, weights->n[side] + 1);
  for (guint i = 0; i < fixed->len; i++) {
    const DgBead *bead = &g_array_index (fixed, DgBead, i);

    for (guint k = 0; k < bead->n_a; k++)
      weights->owner[0][bead->a + k] = i + 1;
    for (guint k = 0; k < bead->n_b; k++)
      weights->owner[1][bead->b + k] = i + 1;
  }
}

static gint
compare_points (gconstpointer one, gconstpointer two)
{
  const DgSeqPoint *x = one, *y = two;

  return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->b < y->b ? -1 : x->b > y->b;
}

/* Puts the corners that fixed beads are walked by among @points, in place of those that lie across from them. */
static void
fix_points (GArray *points, const GArray *fixed)
{
  guint n = 0;

  for (guint i = 0; i < fixed->len && g_array_index (fixed, DgBead, i).n_a > 0 && g_array_index (fixed, DgBead, i).n_b > 0; i++)
    n++;
  for (guint k = points->len; k-- > 0;) {
    const DgSeqPoint *point = &g_array_index (points, DgSeqPoint, k);
    gboolean          fits = TRUE;

    for (guint i = 0; i < n && fits; i++) {
      const DgBead *bead = &g_array_index (fixed, DgBead, i);

      fits = (point->a < bead->a && point->b < bead->b) || (point->a >= bead->a + bead->n_a && point->b >= bead->b + bead->n_b);
    }
    if (!fits)
      g_array_remove_index (points, k);
  }
  for (guint i = 0; i < n; i++) {
    const DgBead    *bead = &g_array_index (fixed, DgBead, i);
    const DgSeqPoint corners[] = { { bead->a, bead->b }, { bead->a + bead->n_a, bead->b }, { bead->a + bead->n_a, bead->b + bead->n_b } };

    g_array_append_vals (points, corners, G_N_ELEMENTS (corners));
  }
  g_array_sort (points, compare_points);
}

static DgSeqBand *
choose_band (const DgEvidence *evidence, const GArray *fixed, guint n_a, guint n_b)
{
  g_autoptr (GArray) points = NULL;

  if ((guint64) (n_a + 1) * (n_b + 1) <= WHOLE_PLACES)
    return dg_seq_band_new (n_a, n_b, NULL, 0, 0);
  points = dg_evidence_find_points (evidence);
  if (fixed != NULL)
    fix_points (points, fixed);
  return dg_seq_band_new (n_a, n_b, (const DgSeqPoint *) points->data, points->len, (guint) CLAMP (MOST_PLACES / 3 / ((guint64) n_a + n_b), 4, HALF_WIDTH));
}

/* Adds a bead of the search, or at a fixed bead's first step the whole of that. */
static void
add_bead (const Weights *weights, const DgSeqBead *from, GArray *beads)
{
  guint  owner = weights->fixed == NULL ? 0 : from->n_a > 0 ? weights->owner[0][from->a] : weights->owner[1][from->b];
  DgBead bead = { from->a, from->n_a, from->b, from->n_b, from->posterior, FALSE };

  if (owner > 0) {
    bead = g_array_index (weights->fixed, DgBead, owner - 1);
    if (bead.n_a > 0 && bead.n_b > 0 && (from->n_a == 0 || from->a != bead.a))
      return;
  }
  g_array_append_val (beads, bead);
}

/* Beads of two texts' paragraphs. */
static void
match (const DgTokens *a, const DgTokens *b, double expected, const GArray *fixed, GArray *beads)
{
  g_autoptr (DgEvidence) evidence = dg_evidence_new (a, b);
  g_autoptr (DgSeqBand) band = choose_band (evidence, fixed, a->paras->len, b->paras->len);
  g_autoptr (GArray) found = NULL;
  Weights weights = { .evidence = evidence, .expected = expected };
  double  sums[2] = { 0, 0 }, before;

  dg_evidence_fill (evidence, band);
  for (guint side = 0; side < 2; side++) {
    measure (&weights, side, side == 0 ? a : b);
    for (guint i = 0; i < weights.n[side]; i++)
      sums[side] += weights.lengths[side][0][i];
  }
  if (fixed != NULL)
    fix (&weights, fixed);
  set_ratio (&weights, sums[0] > 0 && sums[1] > 0 ? log (sums[1] / sums[0]) : 0);
  found = dg_seqmatch (band, score_beads, &weights);
  before = weights.ratio;
  learn_ratio (&weights, found);
  if (fabs (weights.ratio - before) > SAME_RATIO) {
    g_array_unref (found);
    found = dg_seqmatch (band, score_beads, &weights);
  }
  for (guint i = 0; i < found->len; i++)
    add_bead (&weights, &g_array_index (found, DgSeqBead, i), beads);
  for (guint side = 0; side < 2; side++) {
    g_free (weights.owner[side]);
    for (guint x = 0; x < DG_SEQ_REACH; x++) {
      g_free (weights.lengths[side][x]);
      g_free (weights.logs[side][x]);
    }
  }
}

gboolean
dg_bead_is_doubtful (const DgBead *bead)
{
  return bead->n_a > 0 && bead->n_b > 0 && bead->score < DOUBTFUL;
}

static void
report (const DgBead *bead, const GPtrArray *body_a, const GPtrArray *body_b, DgDiag *diag)
{
  guint line, column, other, unused;

  if (bead->fixed)
    return;
  if (bead->n_a == 0 || bead->n_b == 0) {
    dg_node_locate (bead->n_a > 0 ? body_a->pdata[bead->a] : body_b->pdata[bead->b], 0, &line, &column);
    dg_diag_add (diag, DG_DIAG_ALIGN_UNPAIRED, line, column);
  } else if (dg_bead_is_doubtful (bead)) {
    dg_node_locate (body_a->pdata[bead->a], 0, &line, &column);
    dg_node_locate (body_b->pdata[bead->b], 0, &other, &unused);
    dg_diag_add (diag, DG_DIAG_ALIGN_LOW, line, column, bead->score, other);
  }
}

static DgTokens *
read_tokens (const DgText *text, const GPtrArray *body)
{
  g_autoptr (DgLexicon) lexicon = dg_lexicon_new (text->lang);
  g_autofree const char **paras = g_new (const char *, body->len + 1);

  for (guint i = 0; i < body->len; i++)
    paras[i] = ((const DgNode *) body->pdata[i])->text;
  return dg_tokens_new (text->lang, lexicon, paras, body->len);
}

/* A text alone: nothing to be paired with, and nothing in doubt. */
static void
leave_alone (GArray *beads, guint side, guint n)
{
  for (guint i = 0; i < n; i++) {
    DgBead bead = { side == 0 ? i : 0, side == 0, side == 1 ? i : 0, side == 1, 1, FALSE };

    g_array_append_val (beads, bead);
  }
}

DgAlign *
dg_align_new (const DgDoc *doc, const GArray *fixed, DgDiag *diag)
{
  DgAlign *align = g_new0 (DgAlign, 1);
  g_autoptr (GPtrArray) body_a = dg_text_list (&doc->text[DG_SIDE_A], DG_ROLE_BODY), body_b = dg_text_list (&doc->text[DG_SIDE_B], DG_ROLE_BODY);
  g_autoptr (DgTokens) a = NULL, b = NULL;

  align->doc = doc;
  align->beads = g_array_new (FALSE, TRUE, sizeof (DgBead));
  if (doc->n_texts < 2) {
    leave_alone (align->beads, 0, body_a->len);
    return align;
  }
  if (body_a->len > 0 && body_b->len > 0) {
    a = read_tokens (&doc->text[DG_SIDE_A], body_a);
    b = read_tokens (&doc->text[DG_SIDE_B], body_b);
    match (a, b, expect_ratio (doc), fixed, align->beads);
  } else {
    leave_alone (align->beads, 0, body_a->len);
    leave_alone (align->beads, 1, body_b->len);
  }
  for (guint i = 0; i < align->beads->len; i++)
    report (&g_array_index (align->beads, DgBead, i), body_a, body_b, diag);
  return align;
}

void
dg_align_free (DgAlign *align)
{
  if (align == NULL)
    return;
  g_array_unref (align->beads);
  g_free (align);
}

static void
dump_side (GString *out, const GPtrArray *body, guint from, guint n)
{
  if (n == 0)
    g_string_append (out, "-");
  for (guint i = 0; i < n; i++) {
    const DgNode *node = body->pdata[from + i];

    g_string_append_printf (out, "%s%u", i > 0 ? "+" : "", g_array_index (node->lines, guint, 0));
  }
}

void
dg_align_dump (const DgAlign *align, GString *out)
{
  g_autoptr (GPtrArray) body_a = dg_text_list (&align->doc->text[DG_SIDE_A], DG_ROLE_BODY);
  g_autoptr (GPtrArray) body_b = dg_text_list (&align->doc->text[DG_SIDE_B], DG_ROLE_BODY);

  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);
    char          score[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_printf (out, "%u-%u ", bead->n_a, bead->n_b);
    dump_side (out, body_a, bead->a, bead->n_a);
    g_string_append_c (out, ' ');
    dump_side (out, body_b, bead->b, bead->n_b);
    g_string_append_printf (out, " %s%s\n", g_ascii_formatd (score, sizeof score, "%.2f", bead->score), bead->fixed ? " fixed" : "");
  }
}
