/* test_seqmatch.c: the search against all series tried one by one, posteriors against their plain definition, bands against the whole. */
#include "pair/seqmatch.h"

#include <math.h>
#include <string.h>

#define MOST 7

typedef struct {
  guint  n_a, n_b;
  double scores[MOST + 1][MOST + 1][DG_SEQ_SHAPES];
  double best, sum; /* over all series: the heaviest, and the sum of exp */
} Table;

static void
look_up (guint a, guint b, double scores[DG_SEQ_SHAPES], gpointer data)
{
  const Table *table = data;

  memcpy (scores, table->scores[a][b], sizeof table->scores[a][b]);
}

static void
invent (Table *table)
{
  memset (table, 0, sizeof *table);
  table->n_a = (guint) g_test_rand_int_range (0, MOST + 1);
  table->n_b = (guint) g_test_rand_int_range (0, MOST + 1);
  for (guint i = 0; i <= MOST; i++)
    for (guint j = 0; j <= MOST; j++)
      for (guint k = 0; k < DG_SEQ_SHAPES; k++)
        table->scores[i][j][k] = g_test_rand_double_range (-4, 4);
}

/* Walks every series from (a, b) on. */
static void
walk (Table *table, guint a, guint b, double weight)
{
  if (a == table->n_a && b == table->n_b) {
    table->best = MAX (table->best, weight);
    table->sum += exp (weight);
    return;
  }
  for (guint k = 0; k < DG_SEQ_SHAPES; k++)
    if (a + dg_seq_shape_a (k) <= table->n_a && b + dg_seq_shape_b (k) <= table->n_b)
      walk (table, a + dg_seq_shape_a (k), b + dg_seq_shape_b (k), weight + table->scores[a][b][k]);
}

static guint
find_shape (const DgSeqBead *bead)
{
  for (guint k = 0; k < DG_SEQ_SHAPES; k++)
    if (dg_seq_shape_a (k) == bead->n_a && dg_seq_shape_b (k) == bead->n_b)
      return k;
  g_assert_not_reached ();
}

/* Property: the beads cover both sides once, in order, and no other series weighs more. */
static void
test_best (void)
{
  for (guint round = 0; round < 60; round++) {
    Table table;
    g_autoptr (DgSeqBand) band = NULL;
    g_autoptr (GArray) beads = NULL;
    guint  a = 0, b = 0;
    double weight = 0;

    invent (&table);
    table.best = -INFINITY;
    walk (&table, 0, 0, 0);
    band = dg_seq_band_new (table.n_a, table.n_b, NULL, 0, 0);
    beads = dg_seqmatch (band, look_up, &table, NULL);
    for (guint i = 0; i < beads->len; i++) {
      const DgSeqBead *bead = &g_array_index (beads, DgSeqBead, i);

      g_assert_cmpuint (bead->a, ==, a);
      g_assert_cmpuint (bead->b, ==, b);
      g_assert_cmpfloat (bead->posterior, >=, 0);
      g_assert_cmpfloat (bead->posterior, <=, 1);
      weight += table.scores[a][b][find_shape (bead)];
      a += bead->n_a;
      b += bead->n_b;
    }
    g_assert_cmpuint (a, ==, table.n_a);
    g_assert_cmpuint (b, ==, table.n_b);
    g_assert_cmpfloat_with_epsilon (weight, table.best, 1e-9);
  }
}

/* Property: a linked bead's posterior is the weight of the series that have it over the weight of all. */
static void
test_posterior (void)
{
  for (guint round = 0; round < 20; round++) {
    Table table;
    g_autoptr (DgSeqBand) band = NULL;
    g_autoptr (GArray) beads = NULL;

    invent (&table);
    walk (&table, 0, 0, 0);
    band = dg_seq_band_new (table.n_a, table.n_b, NULL, 0, 0);
    beads = dg_seqmatch (band, look_up, &table, NULL);
    for (guint i = 0; i < beads->len; i++) {
      const DgSeqBead *bead = &g_array_index (beads, DgSeqBead, i);
      Table            without = table;

      if (bead->n_a == 0 || bead->n_b == 0)
        continue;
      without.scores[bead->a][bead->b][find_shape (bead)] = -INFINITY;
      without.sum = 0;
      walk (&without, 0, 0, 0);
      g_assert_cmpfloat_with_epsilon (bead->posterior, 1 - without.sum / table.sum, 1e-6);
    }
  }
}

/* Elements that answer each other have the same number. */
typedef struct {
  const guint *a, *b;
  guint        n_a, n_b;
} Numbers;

static void
compare (guint a, guint b, double scores[DG_SEQ_SHAPES], gpointer data)
{
  const Numbers *numbers = data;

  for (guint k = 0; k < DG_SEQ_SHAPES; k++)
    scores[k] = -20;
  scores[DG_SEQ_1_0] = scores[DG_SEQ_0_1] = -3;
  if (a < numbers->n_a && b < numbers->n_b)
    scores[DG_SEQ_1_1] = numbers->a[a] == numbers->b[b] ? 0 : -12;
}

/* Property: with a band along known points a leap of 300 elements on one side is found as in the whole. */
static void
test_band (void)
{
  guint      a[900], b[600];
  Numbers    numbers = { a, b, G_N_ELEMENTS (a), G_N_ELEMENTS (b) };
  DgSeqPoint points[] = { { 100, 100 }, { 195, 195 }, { 505, 205 }, { 800, 500 } };
  g_autoptr (DgSeqBand) band = NULL;
  g_autoptr (GArray) beads = NULL;
  guint linked = 0;

  for (guint i = 0; i < G_N_ELEMENTS (a); i++)
    a[i] = i;
  for (guint j = 0; j < G_N_ELEMENTS (b); j++)
    b[j] = j < 200 ? j : j + 300;
  band = dg_seq_band_new (numbers.n_a, numbers.n_b, points, G_N_ELEMENTS (points), 16);
  g_assert_cmpuint (band->start[numbers.n_a + 1], <, 150000);
  for (guint i = 1; i <= numbers.n_a; i++) {
    g_assert_cmpuint (band->low[i], >=, band->low[i - 1]);
    g_assert_cmpuint (band->high[i], >=, band->high[i - 1]);
    g_assert_cmpuint (band->low[i], <=, band->high[i - 1]);
  }
  beads = dg_seqmatch (band, compare, &numbers, NULL);
  for (guint i = 0; i < beads->len; i++) {
    const DgSeqBead *bead = &g_array_index (beads, DgSeqBead, i);

    if (bead->n_a == 0 || bead->n_b == 0)
      continue;
    g_assert_cmpuint (a[bead->a], ==, b[bead->b]);
    linked++;
  }
  g_assert_cmpuint (linked, ==, numbers.n_b);
}

/* Property: a leap that comes half a band's width earlier or later than the points say is found all the same. */
static void
test_band_reach (void)
{
  const guint half_width = 16, reach = half_width / 2 + DG_SEQ_REACH;
  DgSeqPoint  points[] = { { 0, 0 }, { 200, 200 }, { 200, 500 }, { 600, 900 } };
  g_autoptr (DgSeqBand) band = dg_seq_band_new (600, 900, points, G_N_ELEMENTS (points), half_width);

  for (guint off = 0; off < reach; off++) {
    g_assert_cmpuint (band->high[200 - off], >=, 500 - off);
    g_assert_cmpuint (band->low[200 + off], <=, 200 + off);
  }
  for (guint i = 1; i <= 600; i++)
    g_assert_true (band->low[i] <= (i <= 200 ? i : i + 300) && band->high[i] >= (i <= 200 ? i : i + 300));
}

/* Property: points that make no sense narrow the search, but every band is whole: its beads cover both sides. */
static void
test_wild_points (void)
{
  static const guint sizes[][2] = { { 0, 0 }, { 0, 40 }, { 40, 0 }, { 1, 200 }, { 200, 1 }, { 50, 50 } };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint round = 0; round < 20; round++) {
      guint             n_a = sizes[s][0], n_b = sizes[s][1], a = 0, b = 0;
      g_autofree guint *numbers = g_new0 (guint, 201);
      Numbers           data = { numbers, numbers, n_a, n_b };
      DgSeqPoint        points[3];
      guint             n = 0;
      g_autoptr (DgSeqBand) band = NULL;
      g_autoptr (GArray) beads = NULL;

      for (guint i = 0; i < 3 && n_a > 0 && n_b > 0; i++) {
        DgSeqPoint point = { (guint) g_test_rand_int_range (0, (gint) n_a), (guint) g_test_rand_int_range (0, (gint) n_b) };

        if (n == 0 || (point.a > points[n - 1].a && point.b > points[n - 1].b))
          points[n++] = point;
      }
      band = dg_seq_band_new (n_a, n_b, points, n, 4);
      beads = dg_seqmatch (band, compare, &data, NULL);
      for (guint i = 0; i < beads->len; i++) {
        a += g_array_index (beads, DgSeqBead, i).n_a;
        b += g_array_index (beads, DgSeqBead, i).n_b;
      }
      g_assert_cmpuint (a, ==, n_a);
      g_assert_cmpuint (b, ==, n_b);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seqmatch/best", test_best);
  g_test_add_func ("/seqmatch/posterior", test_posterior);
  g_test_add_func ("/seqmatch/band", test_band);
  g_test_add_func ("/seqmatch/band-reach", test_band_reach);
  g_test_add_func ("/seqmatch/wild-points", test_wild_points);
  return g_test_run ();
}
