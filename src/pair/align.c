/* align.c: from the evidence of two texts to beads with scores, and what an editor should look at. */
#include "pair/align.h"

#include <math.h>

#include "pair/evidence.h"
#include "pair/lexicon.h"
#include "pair/seqmatch.h"
#include "pair/tokens.h"
#include "pair/weigh.h"

/* Beads less sure than this are named to the editor. */
#define DOUBTFUL 0.6

/* Texts with more places than this are searched in a band, so wide where memory allows it. */
#define WHOLE_PLACES 250000
#define HALF_WIDTH   64
#define MOST_PLACES  8000000

/* A learned ratio of lengths so near the first guess changes nothing. */
#define SAME_RATIO 0.005
/* One that lies so many spreads off is tried too. */
#define FAR_RATIO 1.5

/* Measured on translated news: with these the scores' logarithm is nearest to what was right, on either half of it. */
#define EVIDENCE 0.9
#define UNKNOWN  0.997

typedef struct {
  DgWeights    *own;
  const GArray *fixed;    /* DgBead: those that must be found; NULL */
  guint        *owner[2]; /* the fixed bead of each paragraph + 1; NULL where none is fixed */
} Weights;

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
  for (guint i = from; i < from + n && i < weights->own->n[side]; i++)
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

  dg_weigh (weights->own, a, b, scores);
  if (weights->fixed != NULL)
    obey (weights, a, b, scores);
}

/* Notes which paragraphs belong to which fixed bead. */
static void
fix (Weights *weights, const GArray *fixed)
{
  weights->fixed = fixed;
  for (guint side = 0; side < 2; side++)
    weights->owner[side] = g_new0 (guint, weights->own->n[side] + 1);
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

/* What a bead's share of all series' weight says: the evidence is summed as if no word told what another tells, which makes it too sure of itself by
 * a tenth, and of what it cannot know, such as a line with a wrong role, three beads in a thousand are wrong. */
static double
temper (double share)
{
  if (share <= 0 || share >= 1)
    return share <= 0 ? 0 : UNKNOWN;
  return UNKNOWN / (1 + exp (-EVIDENCE * log (share / (1 - share))));
}

/* Adds a bead of the search, or at a fixed bead's first step the whole of that. */
static void
add_bead (const Weights *weights, const DgSeqBead *from, GArray *beads)
{
  guint  owner = weights->fixed == NULL ? 0 : from->n_a > 0 ? weights->owner[0][from->a] : weights->owner[1][from->b];
  DgBead bead = { from->a, from->n_a, from->b, from->n_b, temper (from->posterior), FALSE };

  if (owner > 0) {
    bead = g_array_index (weights->fixed, DgBead, owner - 1);
    if (bead.n_a > 0 && bead.n_b > 0 && (from->n_a == 0 || from->a != bead.a))
      return;
  }
  g_array_append_val (beads, bead);
}

/* The best beads from @ratio on, with what they teach; @total gets their weight, how likely the ratio is included. */
static GArray *
search (Weights *weights, const DgSeqBand *band, const DgRatio *expected, double ratio, double *total)
{
  DgWeights *own = weights->own;
  GArray    *found;
  double     freedom;

  dg_weights_set (own, ratio, 1);
  found = dg_seqmatch (band, score_beads, weights, total);
  dg_weights_learn (own, expected, found, &ratio, &freedom);
  if (fabs (own->ratio - ratio) > SAME_RATIO || fabs (log (freedom)) > SAME_RATIO) {
    dg_weights_set (own, ratio, freedom);
    g_array_unref (found);
    found = dg_seqmatch (band, score_beads, weights, total);
  }
  *total += dg_ratio_weigh (expected, own->ratio);
  return found;
}

/* The same from the ratio that the languages let expect and, where the texts' lengths say another, from that: one text may have been
 * left short, or its translator been long. */
static GArray *
search_both (Weights *weights, const DgSeqBand *band, const DgRatio *expected)
{
  DgWeights *own = weights->own;
  double     sums[2] = { 0, 0 }, seen, total, other, ratio, freedom;
  GArray    *found, *rival;

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < own->n[side]; i++)
      sums[side] += own->lengths[side][0][i];
  seen = log (sums[1] / sums[0]);
  found = search (weights, band, expected, dg_ratio_start (expected, seen), &total);
  if (fabs (seen - expected->mean) < FAR_RATIO * expected->spread)
    return found;
  ratio = own->ratio;
  freedom = own->freedom;
  rival = search (weights, band, expected, seen, &other);
  if (other > total) {
    g_array_unref (found);
    return rival;
  }
  g_array_unref (rival);
  dg_weights_set (own, ratio, freedom);
  return found;
}

static gboolean
is_fixed (const Weights *weights, const DgSeqBead *bead)
{
  return weights->fixed != NULL && (weights->owner[0][bead->a] > 0 || weights->owner[1][bead->b] > 0);
}

/* Beads of two texts' paragraphs. */
static void
match (const DgTokens *a, const DgTokens *b, const DgRatio *expected, const GArray *fixed, GArray *beads)
{
  g_autoptr (DgEvidence) evidence = dg_evidence_new (a, b);
  g_autoptr (DgSeqBand) band = choose_band (evidence, fixed, a->paras->len, b->paras->len);
  g_autoptr (DgWeights) own = dg_weights_new (a, b, evidence);
  g_autoptr (GArray) found = NULL;
  Weights weights = { .own = own };

  dg_evidence_fill (evidence, band);
  if (fixed != NULL)
    fix (&weights, fixed);
  found = search_both (&weights, band, expected);
  for (guint i = 0; i < found->len; i++) {
    const DgSeqBead *bead = &g_array_index (found, DgSeqBead, i);

    /* Two that stand alone do so in either order, which the search takes for two things: together they may be likelier than the pair. */
    if (bead->n_a == 1 && bead->n_b == 1 && bead->alone > bead->posterior && !is_fixed (&weights, bead)) {
      const DgSeqBead first = { bead->a, 1, bead->b, 0, bead->alone, 0 }, second = { bead->a + 1, 0, bead->b, 1, bead->alone, 0 };

      add_bead (&weights, &first, beads);
      add_bead (&weights, &second, beads);
    } else {
      add_bead (&weights, bead, beads);
    }
  }
  g_free (weights.owner[0]);
  g_free (weights.owner[1]);
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
read_tokens (const DgText *text, const DgText *other, const GPtrArray *body, const DgLearned *learned)
{
  g_autoptr (DgLexicon) lexicon = dg_lexicon_new (text->lang);
  g_autofree const char **paras = g_new (const char *, body->len + 1);

  for (guint i = 0; i < body->len; i++)
    paras[i] = ((const DgNode *) body->pdata[i])->text;
  return dg_tokens_new (text->lang, lexicon, dg_learned_get (learned, text->lang, other->lang), paras, body->len);
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
dg_align_new (const DgDoc *doc, const GArray *fixed, const DgLearned *learned, DgDiag *diag)
{
  DgAlign *align = g_new0 (DgAlign, 1);
  g_autoptr (GPtrArray) body_a = dg_text_list_running (&doc->text[DG_SIDE_A]), body_b = dg_text_list_running (&doc->text[DG_SIDE_B]);
  g_autoptr (DgTokens) a = NULL, b = NULL;
  DgRatio expected;

  align->doc = doc;
  align->beads = g_array_new (FALSE, TRUE, sizeof (DgBead));
  if (doc->n_texts < 2) {
    leave_alone (align->beads, 0, body_a->len);
    return align;
  }
  if (body_a->len > 0 && body_b->len > 0) {
    a = read_tokens (&doc->text[DG_SIDE_A], &doc->text[DG_SIDE_B], body_a, learned);
    b = read_tokens (&doc->text[DG_SIDE_B], &doc->text[DG_SIDE_A], body_b, learned);
    expected = dg_ratio_expect (doc->text[DG_SIDE_A].lang, doc->text[DG_SIDE_B].lang);
    match (a, b, &expected, fixed, align->beads);
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
  g_autoptr (GPtrArray) body_a = dg_text_list_running (&align->doc->text[DG_SIDE_A]);
  g_autoptr (GPtrArray) body_b = dg_text_list_running (&align->doc->text[DG_SIDE_B]);

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
