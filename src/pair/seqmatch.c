/* seqmatch.c: beads by dynamic programming, with posteriors.
 *
 * One sweep from the end gives for each place the best weight and the sum of all weights of the series from there on.
 * Going forward from the beginning, the sums say how the whole weight of 1 divides among the beads at each place, so
 * that the posteriors come out without a second sum in the log domain, and only over places that matter.
 */
#include "pair/seqmatch.h"

#include <math.h>

/* A place with less of the weight than this adds nothing that four decimals show. */
#define LEAST_SHARE 1e-9
#define NO_SHAPE    0xFF

/* The line through the points at row @a; @k is where the search for the piece goes on, rows being asked in order. */
static guint
find_centre (const DgSeqPoint *points, guint n_points, guint n_a, guint n_b, guint a, guint *k)
{
  DgSeqPoint from = { 0, 0 }, to = { n_a, n_b };

  while (*k < n_points && points[*k].a < a)
    (*k)++;
  if (*k > 0)
    from = points[*k - 1];
  if (*k < n_points)
    to = points[*k];
  if (a >= to.a || to.a <= from.a)
    return to.b;
  return from.b + (guint) ((guint64) (to.b - from.b) * (a - from.a) / (to.a - from.a));
}

DgSeqBand *
dg_seq_band_new (guint n_a, guint n_b, const DgSeqPoint *points, guint n_points, guint half_width)
{
  DgSeqBand *band = g_new0 (DgSeqBand, 1);
  guint      before = 0, after = 0;
  guint      reach = half_width / 2 + DG_SEQ_REACH;

  band->n_a = n_a;
  band->n_b = n_b;
  band->low = g_new (guint, n_a + 1);
  band->high = g_new (guint, n_a + 1);
  band->start = g_new (gsize, n_a + 2);
  band->start[0] = 0;
  half_width = half_width > 0 ? half_width + DG_SEQ_REACH : 0;
  for (guint i = 0; i <= n_a; i++) {
    guint low = 0, high = n_b;

    /* The centre is asked some rows earlier and later, so that a leap of the line is covered from both of its ends
     * and the edges rise. */
    if (half_width > 0) {
      guint early = find_centre (points, n_points, n_a, n_b, i > reach ? i - reach : 0, &before);
      guint late = find_centre (points, n_points, n_a, n_b, MIN (n_a - MIN (n_a, i), reach) + i, &after);

      low = i <= reach ? 0 : early > half_width ? early - half_width : 0;
      high = i + reach >= n_a ? n_b : MIN (n_b, late + half_width);
      if (i > 0) {
        low = MAX (low, band->low[i - 1]);
        high = MAX (high, band->high[i - 1]);
        low = MIN (low, band->high[i - 1]);
      }
    }
    band->low[i] = low;
    band->high[i] = high;
    band->start[i + 1] = band->start[i] + (high - low + 1);
  }
  return band;
}

void
dg_seq_band_free (DgSeqBand *band)
{
  if (band == NULL)
    return;
  g_free (band->low);
  g_free (band->high);
  g_free (band->start);
  g_free (band);
}

/* From the end: @sums gets log sums of weights from each place on, @choice the first shape of the best series. */
static void
sweep (const DgSeqBand *band, DgSeqScore score, gpointer data, double *sums, guint8 *choice)
{
  g_autofree double *best = g_new (double, band->start[band->n_a + 1]);

  for (guint row = band->n_a + 1; row-- > 0;)
    for (guint j = band->high[row] + 1; j-- > band->low[row];) {
      gsize  here = dg_seq_band_index (band, row, j);
      double scores[DG_SEQ_SHAPES], terms[DG_SEQ_SHAPES];
      double most = -INFINITY, top = -INFINITY, sum = 0;
      guint8 first = NO_SHAPE;

      if (row == band->n_a && j == band->n_b) {
        sums[here] = best[here] = 0;
        choice[here] = NO_SHAPE;
        continue;
      }
      score (row, j, scores, data);
      for (guint k = 0; k < DG_SEQ_SHAPES; k++) {
        gsize next = dg_seq_band_index (band, row + dg_seq_shapes[k].n_a, j + dg_seq_shapes[k].n_b);

        terms[k] = -INFINITY;
        if (next == G_MAXSIZE)
          continue;
        terms[k] = scores[k] + sums[next];
        top = MAX (top, terms[k]);
        if (scores[k] + best[next] > most) {
          most = scores[k] + best[next];
          first = (guint8) k;
        }
      }
      for (guint k = 0; k < DG_SEQ_SHAPES && top > -INFINITY; k++)
        if (terms[k] > top - 40)
          sum += terms[k] < top ? exp (terms[k] - top) : 1;
      best[here] = most;
      sums[here] = top > -INFINITY ? top + log (sum) : -INFINITY;
      choice[here] = first;
    }
}

/* The best series, read off the choices.  Where no bead is possible (all scores -INFINITY) it ends. */
static GArray *
trace (const DgSeqBand *band, const guint8 *choice)
{
  GArray *beads = g_array_new (FALSE, TRUE, sizeof (DgSeqBead));
  guint   a = 0, b = 0;

  while (a < band->n_a || b < band->n_b) {
    guint8    k = choice[dg_seq_band_index (band, a, b)];
    DgSeqBead bead;

    if (k == NO_SHAPE)
      break;
    bead = (DgSeqBead){ a, dg_seq_shapes[k].n_a, b, dg_seq_shapes[k].n_b, 0, 0 };
    g_array_append_val (beads, bead);
    a += dg_seq_shapes[k].n_a;
    b += dg_seq_shapes[k].n_b;
  }
  return beads;
}

/* Lets the weight of 1 flow from the beginning and notes what the beads of the series get.  Only the rows that a bead
 * can reach are kept. */
static void
spread (const DgSeqBand *band, DgSeqScore score, gpointer data, const double *sums, GArray *beads)
{
  g_autofree double *alone_a = g_new0 (double, band->n_a + 1), *alone_b = g_new0 (double, band->n_b + 1);
  g_autofree double *flow = g_new0 (double, (gsize) (DG_SEQ_REACH + 1) * (band->n_b + 1));
  guint              next_bead = 0;

  flow[0] = 1;
  for (guint row = 0; row <= band->n_a; row++) {
    double *own = flow + (gsize) (row % (DG_SEQ_REACH + 1)) * (band->n_b + 1);

    for (guint j = band->low[row]; j <= band->high[row]; j++) {
      double     share = own[j];
      gsize      here = dg_seq_band_index (band, row, j);
      double     scores[DG_SEQ_SHAPES];
      DgSeqBead *bead = next_bead < beads->len ? &g_array_index (beads, DgSeqBead, next_bead) : NULL;
      gboolean   on_path = bead != NULL && bead->a == row && bead->b == j;

      own[j] = 0;
      if (share < LEAST_SHARE && !on_path)
        continue;
      score (row, j, scores, data);
      for (guint k = 0; k < DG_SEQ_SHAPES; k++) {
        guint  a = row + dg_seq_shapes[k].n_a, b = j + dg_seq_shapes[k].n_b;
        gsize  next = dg_seq_band_index (band, a, b);
        double part;

        if (next == G_MAXSIZE || !(scores[k] + sums[next] > -INFINITY))
          continue;
        part = share * exp (scores[k] + sums[next] - sums[here]);
        if (on_path && bead->n_a == dg_seq_shapes[k].n_a && bead->n_b == dg_seq_shapes[k].n_b)
          bead->posterior = MIN (part, 1);
        if (k == DG_SEQ_1_0)
          alone_a[row] += part;
        if (k == DG_SEQ_0_1)
          alone_b[j] += part;
        flow[(gsize) (a % (DG_SEQ_REACH + 1)) * (band->n_b + 1) + b] += part;
      }
      /* Two beads of the series can begin in one row, but never at one place. */
      if (on_path)
        next_bead++;
    }
  }
  for (guint i = 0; i < beads->len; i++) {
    DgSeqBead *bead = &g_array_index (beads, DgSeqBead, i);

    if (bead->n_a == 1 && bead->n_b == 1)
      bead->alone = MIN (MIN (alone_a[bead->a], alone_b[bead->b]), 1);
    if (bead->n_b == 0)
      bead->posterior = MIN (alone_a[bead->a], 1);
    else if (bead->n_a == 0)
      bead->posterior = MIN (alone_b[bead->b], 1);
  }
}

GArray *
dg_seqmatch (const DgSeqBand *band, DgSeqScore score, gpointer data, double *total)
{
  gsize              n = band->start[band->n_a + 1];
  g_autofree double *sums = g_new (double, n);
  g_autofree guint8 *choice = g_new (guint8, n);
  GArray            *beads;

  sweep (band, score, data, sums, choice);
  beads = trace (band, choice);
  spread (band, score, data, sums, beads);
  if (total != NULL)
    *total = sums[dg_seq_band_index (band, 0, 0)];
  return beads;
}
