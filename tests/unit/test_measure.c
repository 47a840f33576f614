/* test_measure.c: the ratio and the looseness chosen on invented paragraphs: as good as trying everything, and never dearer. */
#include "page/measure.h"

#include <math.h>

#define BOTH 460.0

/* A paragraph as long as @length pt; it can give or take a line where its last line is short or long enough. */
typedef struct {
  double   length;
  gboolean stiff;
  guint    asked;
} Para;

static void
ask (gpointer data, double measure, int looseness, DgMeasureCount *count)
{
  Para  *para = data;
  double lines = MAX (ceil (para->length / measure - 1e-9), 1), change = (lines + looseness) * measure / para->length;

  para->asked++;
  if (!para->stiff && lines + looseness >= 1 && change > .97 && change < 1.1 + 1 / lines)
    lines += looseness;
  else
    looseness = 0;
  *count = (DgMeasureCount){ .lines = (guint) lines, .badness = looseness == 0 ? 5 : 30, .widest = looseness > 0 ? 1.4 : 1.2 };
}

static void
reckon (gpointer data, DgMeasureRoom *room)
{
  const Para *para = data;

  *room = (DgMeasureRoom){ .width = para->length, .stretch = para->stiff ? 0 : .1 * para->length, .shrink = para->stiff ? 0 : .04 * para->length };
}

typedef struct {
  Para         paras[40][2][3];
  gpointer     lent[40][2][3];
  int          looseness[40][2][3];
  DgMeasureRow rows[40];
  guint        n;
} Sample;

static void
invent (Sample *sample, guint n, double ratio)
{
  sample->n = n;
  for (guint r = 0; r < n; r++)
    for (guint s = 0; s < 2; s++) {
      guint paras = g_test_rand_int_range (0, 8) == 0 ? 2 : 1;

      for (guint p = 0; p < paras; p++) {
        double left = p == 0 && s == 1 ? sample->paras[r][0][0].length * ratio : g_test_rand_double_range (100, 2500);

        sample->paras[r][s][p] = (Para){ left * g_test_rand_double_range (.95, 1.05), FALSE, 0 };
        sample->lent[r][s][p] = &sample->paras[r][s][p];
        sample->looseness[r][s][p] = 9;
      }
      sample->rows[r].side[s] = (DgMeasureSide){ sample->lent[r][s], sample->looseness[r][s], paras };
    }
}

/* White under shorter sides as a share of the body, as the pages would have it. */
static double
waste (const Sample *sample, double left)
{
  double white = 0, area = 0;

  for (guint r = 0; r < sample->n; r++) {
    double lines[2] = { 0, 0 };

    for (guint s = 0; s < 2; s++)
      for (guint p = 0; p < sample->rows[r].side[s].n; p++) {
        DgMeasureCount count;

        ask (sample->rows[r].side[s].paras[p], s == 0 ? left : BOTH - left, sample->rows[r].side[s].looseness[p], &count);
        lines[s] += count.lines;
      }
    white += lines[0] < lines[1] ? (lines[1] - lines[0]) * left : (lines[0] - lines[1]) * (BOTH - left);
    area += MAX (lines[0], lines[1]) * BOTH;
  }
  return white / area;
}

/* The best of the ratios that are proposed is hardly worse than the best of all, tried one by one. */
static void
test_ratio (void)
{
  double lost = 0;

  for (guint round = 0; round < 30; round++) {
    g_autofree Sample *sample = g_new0 (Sample, 1);
    double             least = HUGE_VAL, got = HUGE_VAL, lefts[4];
    guint              n;

    invent (sample, (guint) g_test_rand_int_range (4, 30), g_test_rand_double_range (.7, 1.1));
    n = dg_measure_propose (sample->rows, sample->n, BOTH, .45 * BOTH, .6 * BOTH, TRUE, reckon, lefts, G_N_ELEMENTS (lefts));
    g_assert_cmpuint (n, ==, G_N_ELEMENTS (lefts));
    for (guint i = 0; i < n; i++) {
      g_assert_cmpfloat (lefts[i], >=, .45 * BOTH - 1e-9);
      g_assert_cmpfloat (lefts[i], <=, .6 * BOTH + 1e-9);
      g_assert_cmpfloat (lefts[i] * 4, ==, floor (lefts[i] * 4));
      got = MIN (got, dg_measure_loosen (sample->rows, sample->n, BOTH, lefts[i], FALSE, HUGE_VAL, ask));
    }
    for (double left = .45 * BOTH; left <= .6 * BOTH; left += .25)
      least = MIN (least, dg_measure_loosen (sample->rows, sample->n, BOTH, left, FALSE, HUGE_VAL, ask));
    lost += got - least;
    g_assert_cmpfloat (got, <, least + .06);
  }
  g_assert_cmpfloat (lost / 30, <, .02);
}

/* Rows are never farther from level for the looseness that was chosen, and each choice can be had. */
static void
test_looseness (void)
{
  for (guint round = 0; round < 100; round++) {
    g_autofree Sample *sample = g_new0 (Sample, 1);
    double             before, after;

    invent (sample, 20, .87);
    for (guint r = 0; r < sample->n; r++)
      for (guint s = 0; s < 2; s++)
        for (guint p = 0; p < 3; p++)
          sample->looseness[r][s][p] = 0;
    before = waste (sample, 245);
    dg_measure_loosen (sample->rows, sample->n, BOTH, 245, FALSE, HUGE_VAL, ask);
    after = waste (sample, 245);
    g_assert_cmpfloat (after, <=, before + 1e-9);
    for (guint r = 0; r < sample->n; r++)
      for (guint s = 0; s < 2; s++)
        for (guint p = 0; p < sample->rows[r].side[s].n; p++)
          g_assert_cmpint (ABS (sample->looseness[r][s][p]), <=, 1);
  }
}

/* A paragraph that can take a line meets one that is a line longer; where none can, none moves. */
static void
test_one_row (void)
{
  Para         left = { 500, FALSE, 0 }, right = { 640, TRUE, 0 };
  gpointer     lent[2] = { &left, &right };
  int          looseness[2] = { 7, 7 };
  DgMeasureRow row = { { { &lent[0], &looseness[0], 1 }, { &lent[1], &looseness[1], 1 } } };

  dg_measure_loosen (&row, 1, BOTH, 240, FALSE, HUGE_VAL, ask); /* 3 lines beside 3 */
  g_assert_cmpint (looseness[0], ==, 0);
  left.length = 470; /* 2 beside 3 */
  dg_measure_loosen (&row, 1, BOTH, 240, FALSE, HUGE_VAL, ask);
  g_assert_cmpint (looseness[0], ==, 1);
  g_assert_cmpint (looseness[1], ==, 0);
  left.stiff = TRUE;
  dg_measure_loosen (&row, 1, BOTH, 240, FALSE, HUGE_VAL, ask);
  g_assert_cmpint (looseness[0], ==, 0);
}

/* Rows of one side, no rows, no room to choose: all end, and nothing moves. */
static void
test_odd (void)
{
  Para         para = { 900, FALSE, 0 };
  gpointer     lent = &para;
  int          looseness = 7;
  DgMeasureRow row = { { { &lent, &looseness, 1 }, { NULL, NULL, 0 } } };

  double lefts[4];

  g_assert_cmpuint (dg_measure_propose (NULL, 0, BOTH, 200, 250, TRUE, reckon, lefts, 4), >=, 1);
  g_assert_cmpfloat (lefts[0], ==, 200);
  g_assert_cmpuint (dg_measure_propose (&row, 1, BOTH, 230.1, 230.1, TRUE, reckon, lefts, 4), ==, 1);
  g_assert_cmpfloat (lefts[0], ==, 230.25);
  dg_measure_loosen (&row, 1, BOTH, 240, FALSE, HUGE_VAL, ask);
  g_assert_cmpint (looseness, ==, 0);
}

/* Where a page wants a line less, rows that are level give one on both sides. */
static void
test_tight (void)
{
  Para         left = { 488, FALSE, 0 }, right = { 448, FALSE, 0 };
  gpointer     lent[2] = { &left, &right };
  int          looseness[2] = { 7, 7 };
  DgMeasureRow row = { { { &lent[0], &looseness[0], 1 }, { &lent[1], &looseness[1], 1 } } };

  dg_measure_loosen (&row, 1, BOTH, 240, FALSE, HUGE_VAL, ask); /* 3 lines beside 3 */
  g_assert_cmpint (looseness[0], ==, 0);
  g_assert_cmpint (looseness[1], ==, 0);
  dg_measure_loosen (&row, 1, BOTH, 240, TRUE, HUGE_VAL, ask);
  g_assert_cmpint (looseness[0], ==, -1);
  g_assert_cmpint (looseness[1], ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measure/ratio", test_ratio);
  g_test_add_func ("/measure/looseness", test_looseness);
  g_test_add_func ("/measure/one-row", test_one_row);
  g_test_add_func ("/measure/odd", test_odd);
  g_test_add_func ("/measure/tight", test_tight);
  return g_test_run ();
}
