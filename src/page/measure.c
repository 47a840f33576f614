/* measure.c: a search over the ratio of the measures, with the best looseness of every row inside it.
 *
 * How many lines a paragraph takes is a step function of its measure.  It is asked every few points and then, between two answers
 * that differ, halfway again and again, so that the edge of each step is known to a quarter of a point at a tenth of the
 * questions. */
#include "page/measure.h"

#include <math.h>

#define STEP    0.25 /* pt: 0.3 pt of measure may cost or save a line */
#define COARSE  16   /* steps between the first questions */
#define SAMPLE  128  /* rows that are judged at most */
#define CROWD   64   /* a row of more paragraphs is left as it is */
#define BADNESS .001 /* price of badness, in lines of the body */
#define FAIR    1.45 /* word space, as a share of the face's own, that nobody sees */
#define POOR    3.0  /* price of what the widest of a paragraph's has beyond that */
#define HYPHEN  .05  /* … of a hyphen */
#define DEPTH   .02  /* … of a line of depth: of two ways to come level the shorter */
#define MOST    6    /* lines that a side of several paragraphs may give or take together */
#define WAYS    (2 * MOST + 1)

/* What a paragraph needs, for looseness -1, 0 and 1; lines 0: cannot be had. */
typedef struct {
  guint  lines[3];
  double price[3];
} Need;

/* A row's side: the price of each number of lines; @base less MOST is the first. */
typedef struct {
  guint  base;
  double price[WAYS]; /* HUGE_VAL: cannot be had */
} Side;

typedef struct {
  double white, price, area; /* lines of the body */
} Sum;

static void
ask_need (DgMeasureAsk ask, gpointer para, double measure, gboolean loosen, Need *need)
{
  for (int way = 0; way < 3; way++)
    need->lines[way] = 0;
  for (int k = 0; k < (loosen ? 3 : 1); k++) {
    int            looseness = k == 0 ? 0 : 2 * k - 3;
    DgMeasureCount count;

    ask (para, measure, looseness, &count);
    if (looseness != 0 && (int) count.lines != (int) need->lines[1] + looseness)
      continue;
    need->lines[looseness + 1] = count.lines;
    need->price[looseness + 1] = BADNESS * count.badness + POOR * CLAMP (count.widest - FAIR, 0, 1) + HYPHEN * count.hyphens;
  }
}

static gboolean
is_same (const Need *a, const Need *b)
{
  return a->lines[0] == b->lines[0] && a->lines[1] == b->lines[1] && a->lines[2] == b->lines[2];
}

/* The prices of a side's numbers of lines, paragraph after paragraph. */
static Side
add_needs (const Need *needs, guint n)
{
  Side side = { 0 };

  for (guint w = 0; w < WAYS; w++)
    side.price[w] = w == MOST ? 0 : HUGE_VAL;
  for (guint i = 0; i < n; i++) {
    Side next = { .base = side.base + needs[i].lines[1] };

    for (int w = 0; w < WAYS; w++) {
      next.price[w] = HUGE_VAL;
      for (int way = 0; way < 3; way++) {
        int from = w - (way - 1);

        if (needs[i].lines[way] > 0 && from >= 0 && from < WAYS)
          next.price[w] = MIN (next.price[w], side.price[from] + needs[i].price[way]);
      }
    }
    side = next;
  }
  return side;
}

/* White under the shorter of sides of @l and @r lines, in lines of the body; @share is the left measure's. */
static double
white_under (double l, double r, double share)
{
  return l < r ? (r - l) * share : (l - r) * (1 - share);
}

/* The best ways of both sides together; adds what they cost.  A row of one side stays as it is: its white is not to be helped. */
static void
match (const Side *left, const Side *right, double share, guint best[2], Sum *sum)
{
  double   least = HUGE_VAL;
  gboolean one_sided = left->base == 0 || right->base == 0;

  best[0] = best[1] = MOST;
  for (guint i = 0; i < WAYS && !one_sided; i++)
    for (guint k = 0; k < WAYS; k++)
      if (left->price[i] < HUGE_VAL && right->price[k] < HUGE_VAL) {
        double l = (double) left->base + i - MOST, r = (double) right->base + k - MOST;
        double cost = white_under (l, r, share) + left->price[i] + right->price[k] + DEPTH * MAX (l, r);

        if (cost < least) {
          least = cost;
          best[0] = i;
          best[1] = k;
        }
      }
  {
    double l = (double) left->base + best[0] - MOST, r = (double) right->base + best[1] - MOST;

    sum->white += white_under (l, r, share);
    sum->price += left->price[best[0]] + right->price[best[1]];
    sum->area += MAX (l, r);
  }
}

static double
cost_of (const Sum *sum)
{
  return sum->area > 0 ? (sum->white + sum->price) / sum->area : 0;
}

/* Which way each paragraph goes so that the side takes way @w at its least price. */
static void
settle (const DgMeasureSide *side, const Need *needs, guint w)
{
  for (guint i = side->n; i-- > 0;) {
    Side   before = add_needs (needs, i);
    double least = HUGE_VAL;
    guint  best = 1;

    for (guint way = 0; way < 3; way++) {
      int from = (int) w - ((int) way - 1);

      if (needs[i].lines[way] > 0 && from >= 0 && from < WAYS && before.price[from] + needs[i].price[way] < least) {
        least = before.price[from] + needs[i].price[way];
        best = way;
      }
    }
    side->looseness[i] = (int) best - 1;
    w = w + 1 - best;
  }
}

double
dg_measure_loosen (const DgMeasureRow *rows, guint n_rows, double both, double left, DgMeasureAsk ask)
{
  g_autoptr (GArray) needs = g_array_new (FALSE, FALSE, sizeof (Need));
  Sum sum = { 0, 0, 0 };

  for (guint r = 0; r < n_rows; r++) {
    const DgMeasureSide *sides = rows[r].side;
    Side                 side[2];
    const Need          *of[2];
    guint                best[2];

    if (sides[0].n + sides[1].n > CROWD)
      continue;
    g_array_set_size (needs, sides[0].n + sides[1].n);
    of[0] = (const Need *) (void *) needs->data;
    of[1] = of[0] + sides[0].n;
    for (guint s = 0; s < 2; s++) {
      for (guint i = 0; i < sides[s].n; i++)
        ask_need (ask, sides[s].paras[i], s == 0 ? left : both - left, FALSE, &g_array_index (needs, Need, (s ? sides[0].n : 0) + i));
      side[s] = add_needs (of[s], sides[s].n);
    }
    /* Sides that are level as they are need no more questions. */
    if (sides[0].n > 0 && sides[1].n > 0 && side[0].base != side[1].base)
      for (guint s = 0; s < 2; s++) {
        for (guint i = 0; i < sides[s].n; i++)
          ask_need (ask, sides[s].paras[i], s == 0 ? left : both - left, TRUE, &g_array_index (needs, Need, (s ? sides[0].n : 0) + i));
        side[s] = add_needs (of[s], sides[s].n);
      }
    match (&side[0], &side[1], left / both, best, &sum);
    for (guint s = 0; s < 2; s++)
      settle (&sides[s], of[s], best[s]);
  }
  return cost_of (&sum);
}

/* Fills @needs[low + 1, high) from what stands at both ends: where they agree it holds between them too, else the middle is asked. */
static void
fill (DgMeasureAsk ask, gpointer para, gboolean loosen, double at_zero, double step, Need *needs, guint low, guint high)
{
  guint middle = (low + high) / 2;

  if (high - low < 2)
    return;
  if (!is_same (&needs[low], &needs[high])) {
    ask_need (ask, para, at_zero + step * middle, loosen, &needs[middle]);
    fill (ask, para, loosen, at_zero, step, needs, low, middle);
    fill (ask, para, loosen, at_zero, step, needs, middle, high);
    return;
  }
  for (guint k = low + 1; k < high; k++) {
    double share = (double) (k - low) / (high - low);

    needs[k] = needs[low];
    for (guint way = 0; way < 3; way++)
      if (needs[low].lines[way] > 0)
        needs[k].price[way] += share * (needs[high].price[way] - needs[low].price[way]);
  }
}

/* Adds what row @row costs at each of the @n left measures from @min on. */
static void
add_row (const DgMeasureRow *row, double both, double min, guint n, gboolean loosen, DgMeasureAsk ask, Sum *sums)
{
  const DgMeasureSide *sides = row->side;
  guint                paras = sides[0].n + sides[1].n;
  g_autofree Need     *table = g_new0 (Need, (gsize) n * paras + 1);
  g_autofree Need     *here = g_new (Need, paras + 1);

  for (guint p = 0; p < paras; p++) {
    guint    s = p < sides[0].n ? 0 : 1;
    gpointer para = s == 0 ? sides[0].paras[p] : sides[1].paras[p - sides[0].n];
    double   at_zero = s == 0 ? min : both - min, step = s == 0 ? STEP : -STEP;
    Need    *needs = table + (gsize) n * p;

    for (guint k = 0;; k = MIN (k + COARSE, n - 1)) {
      ask_need (ask, para, at_zero + step * k, loosen, &needs[k]);
      if (k > 0)
        fill (ask, para, loosen, at_zero, step, needs, (k - 1) / COARSE * COARSE, k);
      if (k == n - 1)
        break;
    }
  }
  for (guint k = 0; k < n; k++) {
    guint best[2];
    Side  side[2];

    for (guint p = 0; p < paras; p++)
      here[p] = table[(gsize) n * p + k];
    side[0] = add_needs (here, sides[0].n);
    side[1] = add_needs (here + sides[0].n, sides[1].n);
    match (&side[0], &side[1], (min + STEP * k) / both, best, &sums[k]);
  }
}

double
dg_measure_choose (const DgMeasureRow *rows, guint n_rows, double both, double min, double max, gboolean loosen, DgMeasureAsk ask)
{
  double          low = ceil (MIN (min, max) / STEP - 1e-6) * STEP;
  guint           n = max > low ? (guint) ((MIN (max, both) - low) / STEP + 1e-6) + 1 : 1;
  g_autofree Sum *sums = g_new0 (Sum, n);
  double          left = low, least = HUGE_VAL;

  for (guint i = 0; i < MIN (n_rows, SAMPLE); i++) {
    const DgMeasureRow *row = &rows[(guint64) i * n_rows / MIN (n_rows, SAMPLE)];

    if (row->side[0].n + row->side[1].n <= CROWD)
      add_row (row, both, low, n, loosen, ask, sums);
  }
  for (guint k = 0; k < n; k++)
    if (cost_of (&sums[k]) < least) {
      least = cost_of (&sums[k]);
      left = low + STEP * k;
    }
  return left;
}
