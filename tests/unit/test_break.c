/* test_break.c: the breaker on invented numbers: the optimum, looseness, and that it always ends. */
#include <glib.h>
#include <math.h>
#include "type/break.h"

/* Words of the given widths with spaces of 3 pt (stretch 1.5, shrink .5) between them. */
static GArray *
words (const double *widths, guint n)
{
  GArray *points = g_array_new (FALSE, TRUE, sizeof (DgBreakPoint));
  double  x = 0, stretch = 0, shrink = 0;

  for (guint i = 0; i <= n; i++) {
    DgBreakPoint point = { 0 };

    point.width_end = x;
    point.stretch_end = stretch;
    point.shrink_end = shrink;
    if (i > 0 && i < n) {
      x += 3;
      stretch += 1.5;
      shrink += .5;
      point.flags = DG_BREAK_WORD;
    }
    point.width_next = x;
    point.stretch_next = stretch;
    point.shrink_next = shrink;
    g_array_append_val (points, point);
    if (i < n)
      x += widths[i];
  }
  return points;
}

static GArray *
run (GArray *points, DgBreakParams params)
{
  return dg_break_lines ((const DgBreakPoint *) (void *) points->data, points->len, &params, NULL);
}

static double
cost_of (const GArray *points, const guint *ends, guint n, const DgBreakParams *params)
{
  double total = 0;
  guint  from = 0;

  for (guint i = 0; i < n; i++) {
    DgBreakFit fit;

    dg_break_fit (&g_array_index (points, DgBreakPoint, from), &g_array_index (points, DgBreakPoint, ends[i]), i + 1 == n, params, &fit);
    if (fit.badness == HUGE_VAL)
      return HUGE_VAL;
    total += (10 + fit.badness) * (10 + fit.badness);
    from = ends[i];
  }
  return total;
}

/* The breaker's way is as good as the best of all ways, where no other demerits come in. */
static void
test_optimum (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 200; round++) {
    double        widths[12];
    guint         n = 12;
    DgBreakParams params = { .measure = 70, .justify = TRUE };
    double        best = HUGE_VAL, got;
    g_autoptr (GArray) points = NULL;
    g_autoptr (GArray) breaks = NULL;

    for (guint i = 0; i < n; i++)
      widths[i] = g_rand_double_range (rand, 6, 14);
    points = words (widths, n);
    for (guint mask = 0; mask < 1u << (n - 1); mask++) {
      guint ends[12], count = 0;

      for (guint i = 1; i < n; i++)
        if (mask & (1u << (i - 1)))
          ends[count++] = i;
      ends[count++] = n;
      got = cost_of (points, ends, count, &params);
      if (got < best)
        best = got;
    }
    breaks = run (points, params);
    got = cost_of (points, (const guint *) (void *) breaks->data, breaks->len, &params);
    /* Fitness classes and short last lines may cost a little, never a misfit. */
    g_assert_cmpfloat (best, <, HUGE_VAL);
    g_assert_cmpfloat (got, <, best + 2 * 3000 + 45000);
  }
}

static void
test_looseness (void)
{
  double widths[300];
  g_autoptr (GArray) points = NULL;
  DgBreakParams params = { .measure = 120, .justify = TRUE, .widening = .015 };
  g_autoptr (GArray) best = NULL;
  GArray *ways[3];
  guint   lines[3], found;

  for (guint i = 0; i < 300; i++)
    widths[i] = 3 + (i * 7) % 5;
  points = words (widths, 300);
  best = run (points, params);
  ways[1] = dg_break_lines ((const DgBreakPoint *) (void *) points->data, points->len, &params, &found);
  dg_break_others ((const DgBreakPoint *) (void *) points->data, points->len, &params, found, ways);
  g_assert_cmpmem (ways[1]->data, ways[1]->len * sizeof (guint), best->data, best->len * sizeof (guint));
  for (guint k = 0; k < 3; k++) {
    g_assert_cmpuint (g_array_index (ways[k], guint, ways[k]->len - 1), ==, points->len - 1);
    lines[k] = ways[k]->len;
    g_array_unref (ways[k]);
  }
  g_assert_cmpuint (lines[0], <=, lines[1]);
  g_assert_cmpuint (lines[2], >=, lines[1]);
  g_assert_cmpuint (lines[2] - lines[0], >=, 1);
}

/* A headline in as few lines as hold it, none much shorter than another. */
static void
test_balance (void)
{
  double widths[] = { 20, 20, 20, 20, 20, 20, 20 };
  g_autoptr (GArray) points = words (widths, 7);
  g_autoptr (GArray) breaks = run (points, (DgBreakParams){ .measure = 95, .balance = TRUE });

  g_assert_cmpuint (breaks->len, ==, 2);
  g_assert_cmpuint (g_array_index (breaks, guint, 0), >=, 3);
}

/* A word wider than the measure stands alone; nothing is lost and the breaker ends. */
static void
test_too_wide (void)
{
  double widths[] = { 10, 500, 10, 10, 700 };
  g_autoptr (GArray) points = words (widths, 5);
  g_autoptr (GArray) breaks = run (points, (DgBreakParams){ .measure = 50, .justify = TRUE });
  guint before = 0;

  for (guint i = 0; i < breaks->len; i++) {
    g_assert_cmpuint (g_array_index (breaks, guint, i), >, before);
    before = g_array_index (breaks, guint, i);
  }
  g_assert_cmpuint (before, ==, 5);
  g_assert_cmpuint (breaks->len, >=, 4);
}

/* What lines of three words each cost when those that @hyphens has bits for end in one. */
static double
weigh_hyphens (guint hyphens)
{
  enum { LINES = 8, WORDS = 3 * LINES };
  double        widths[WORDS];
  DgBreakParams params = { .measure = 57, .justify = TRUE };
  g_autoptr (GArray) points = NULL;
  g_autoptr (GArray) breaks = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < WORDS; i++)
    widths[i] = 17;
  points = words (widths, WORDS);
  for (guint line = 1; line <= LINES; line++) {
    guint end = 3 * line;

    if ((hyphens >> line & 1) != 0)
      g_array_index (points, DgBreakPoint, end).flags = DG_BREAK_HYPHEN;
    g_array_append_val (breaks, end);
  }
  return dg_break_weigh ((const DgBreakPoint *) (void *) points->data, points->len, &params, breaks);
}

/* A hyphen by itself costs its penalty alone; two running cost more than two apart, a third running more again, and so does one before the last line. */
static void
test_hyphens (void)
{
  double none = weigh_hyphens (0), two = weigh_hyphens (1u << 1 | 1u << 2), apart = weigh_hyphens (1u << 1 | 1u << 3);
  double three = weigh_hyphens (1u << 1 | 1u << 2 | 1u << 3), two_and_one = weigh_hyphens (1u << 1 | 1u << 2 | 1u << 4);
  double four = weigh_hyphens (1u << 1 | 1u << 2 | 1u << 3 | 1u << 4), pairs = weigh_hyphens (1u << 1 | 1u << 2 | 1u << 4 | 1u << 5);

  g_assert_cmpfloat (weigh_hyphens (1u << 2), ==, none);
  g_assert_cmpfloat (apart, ==, none);
  g_assert_cmpfloat (two, >, apart);
  g_assert_cmpfloat (two_and_one, ==, two);
  g_assert_cmpfloat (three, >, two_and_one + (two - apart));
  g_assert_cmpfloat (four, >, pairs);
  g_assert_cmpfloat (weigh_hyphens (1u << 7), >, none);
  g_assert_cmpfloat (weigh_hyphens (1u << 6), ==, none);
}

static void
test_empty (void)
{
  DgBreakPoint  point = { 0 };
  DgBreakParams params = { .measure = 50, .justify = TRUE };
  g_autoptr (GArray) breaks = dg_break_lines (&point, 1, &params, NULL);

  g_assert_cmpuint (breaks->len, ==, 0);
}

/* 200,000 words: near linear, so it ends at once; the test fails by the suite's time limit otherwise. */
static void
test_long (void)
{
  guint              n = 200000;
  g_autofree double *widths = g_new (double, n);
  g_autoptr (GArray) points = NULL;
  g_autoptr (GArray) breaks = NULL;

  for (guint i = 0; i < n; i++)
    widths[i] = 10 + i % 7;
  points = words (widths, n);
  breaks = run (points, (DgBreakParams){ .measure = 250, .justify = TRUE });
  g_assert_cmpuint (breaks->len, >, n / 20);
}

/* A word stands alone on the last line only where the line before would be spoilt by giving it company. */
static void
test_lone_word (void)
{
  DgBreakParams params = { .measure = 100, .justify = TRUE };
  double        widths[37];
  g_autoptr (GArray) points = NULL;
  g_autoptr (GArray) breaks = NULL;

  for (guint i = 0; i < 36; i++)
    widths[i] = 5;
  widths[24] = 20;
  points = words (widths, 25); /* twelve fill a line well, eleven fairly */
  breaks = run (points, params);
  g_assert_cmpuint (breaks->len, ==, 3);
  g_assert_cmpuint (g_array_index (breaks, guint, 1), <=, 23);
  g_clear_pointer (&points, g_array_unref);
  g_clear_pointer (&breaks, g_array_unref);
  for (guint i = 0; i < 4; i++)
    widths[i] = 46;
  widths[4] = 30;
  points = words (widths, 5); /* one word would fill less than half a line */
  breaks = run (points, params);
  g_assert_cmpuint (breaks->len, ==, 3);
  g_assert_cmpuint (g_array_index (breaks, guint, 1), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/break/optimum", test_optimum);
  g_test_add_func ("/break/looseness", test_looseness);
  g_test_add_func ("/break/balance", test_balance);
  g_test_add_func ("/break/too-wide", test_too_wide);
  g_test_add_func ("/break/hyphens", test_hyphens);
  g_test_add_func ("/break/empty", test_empty);
  g_test_add_func ("/break/lone-word", test_lone_word);
  g_test_add_func ("/break/long", test_long);
  return g_test_run ();
}
