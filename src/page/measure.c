/* measure.c: ratios that are likely to waste little, reckoned from the lengths of the paragraphs alone, and the best looseness of every row at one of them.
 *
 * How many lines a paragraph takes is a step function of its measure, whose edges its length and the room in its spaces tell nearly; only where the
 * lines are needed is anything broken. */
#include "page/measure.h"

#include <math.h>
#include <string.h>

#define STEP      0.25 /* pt: measures are multiples of it */
#define COARSE    1.0  /* pt between the measures that are reckoned with, */
#define APART     2.5  /* … and at least between two that are proposed */
#define SLIP      .03  /* of the measure that a text may be longer than its lines: they are set a little tighter */
#define SHRINKS   .7   /* of what the spaces can give, and the next of what they can take, that a line less or more asks of them */
#define STRETCHES .55
#define LAST_LINE .2    /* of the measure that a last line fills at least */
#define GUESSED   .12   /* price of a line less or more */
#define SAMPLE    128   /* rows that are judged at most */
#define CROWD     64    /* a row of more paragraphs is left as it is */
#define BADNESS   .0005 /* price of badness, in lines of the body */
#define FAIR      1.45  /* word space, as a share of the face's own, that nobody sees */
#define POOR      1.5   /* price of what the widest of a paragraph's has beyond that */
#define HYPHEN    .03   /* … of a hyphen */
#define STUB      3.0   /* … of a last line that is the rest of a word */
#define DEPTH     .02   /* … of a line of depth: of two ways to come level the shorter, */
#define TIGHT     .7    /* … and where the page wants a line less */
#define MOST      6     /* lines that a side of several paragraphs may give or take together */
#define WAYS      (2 * MOST + 1)

/* What a paragraph needs, for looseness -1, 0 and 1; lines 0: cannot be had. */
typedef struct {
  guint  lines[3];
  double price[3];
} Need;

/* A row's side: the price of each number of lines; @base less MOST is the first. */
typedef struct {
  guint  base;
  guint  low, high;   /* nothing below or above can be had */
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
    need->price[looseness + 1] = BADNESS * count.badness + POOR * CLAMP (count.widest - FAIR, 0, 1) + HYPHEN * count.hyphens + STUB * count.stubs;
  }
}

/* The prices of a side's numbers of lines, paragraph after paragraph. */
static Side
add_needs (const Need *needs, guint n)
{
  Side side = { 0, MOST, MOST, { 0 } };

  for (guint w = 0; w < WAYS; w++)
    side.price[w] = w == MOST ? 0 : HUGE_VAL;
  for (guint i = 0; i < n; i++) {
    const Need *need = &needs[i];
    double      before[WAYS + 2] = { [0] = HUGE_VAL, [WAYS + 1] = HUGE_VAL };

    memcpy (before + 1, side.price, sizeof side.price);
    side.base += need->lines[1];
    side.low -= need->lines[0] > 0 && side.low > 0;
    side.high += need->lines[2] > 0 && side.high + 1 < WAYS;
    for (guint w = side.low; w <= side.high; w++) {
      side.price[w] = HUGE_VAL;
      for (guint way = 0; way < 3; way++)
        if (need->lines[way] > 0)
          side.price[w] = MIN (side.price[w], before[w + 2 - way] + need->price[way]);
    }
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
match (const Side *left, const Side *right, double share, double deep, guint best[2], Sum *sum)
{
  double   least = HUGE_VAL;
  gboolean one_sided = left->base == 0 || right->base == 0;

  best[0] = best[1] = MOST;
  for (guint i = left->low; i <= left->high && !one_sided; i++)
    for (guint k = right->low; k <= right->high; k++)
      if (left->price[i] < HUGE_VAL && right->price[k] < HUGE_VAL) {
        double l = (double) left->base + i - MOST, r = (double) right->base + k - MOST;
        double cost = white_under (l, r, share) + left->price[i] + right->price[k] + deep * MAX (l, r);

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
dg_measure_loosen (const DgMeasureRow *rows, guint n_rows, double both, double left, gboolean tight, double most, DgMeasureAsk ask)
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
    /* Sides that are level as they are need no more questions, unless a line less is wanted. */
    if (sides[0].n > 0 && sides[1].n > 0 && (tight || side[0].base != side[1].base))
      for (guint s = 0; s < 2; s++) {
        for (guint i = 0; i < sides[s].n; i++)
          ask_need (ask, sides[s].paras[i], s == 0 ? left : both - left, TRUE, &g_array_index (needs, Need, (s ? sides[0].n : 0) + i));
        side[s] = add_needs (of[s], sides[s].n);
      }
    match (&side[0], &side[1], left / both, tight ? TIGHT : DEPTH, best, &sum);
    for (guint s = 0; s < 2; s++)
      settle (&sides[s], of[s], best[s]);
    if (sum.white + sum.price >= most)
      return HUGE_VAL;
  }
  return cost_of (&sum);
}

/* What a paragraph may need in @measure pt by its length and by what its spaces can give and take; nothing is broken for it. */
static void
reckon_need (const DgMeasureRoom *room, double measure, gboolean loosen, Need *need)
{
  double lines = MAX (ceil (room->width / MAX (measure - room->inset, 1) - SLIP), 1), full;

  measure = MAX (measure - room->inset, 1);
  *need = (Need){ { 0, (guint) MIN (lines, 1e6), 0 }, { GUESSED, 0, GUESSED } };
  if (room->lines > 0)
    need->lines[1] = room->lines;
  if (room->lines > 0 || !loosen)
    return;
  full = (lines - 1) * measure;
  if (lines > 1 && room->width - SHRINKS * room->shrink <= full)
    need->lines[0] = need->lines[1] - 1;
  if (room->width + STRETCHES * room->stretch >= lines * measure + LAST_LINE * measure)
    need->lines[2] = need->lines[1] + 1;
}

/* Adds what row @row is likely to cost at each of the @n left measures from @min on, @step pt apart. */
static void
reckon_row (const DgMeasureRow *row, const DgMeasureRoom *rooms, double both, double min, double step, guint n, gboolean loosen, Sum *sums)
{
  const DgMeasureSide *sides = row->side;
  g_autofree Need     *needs = g_new (Need, sides[0].n + sides[1].n + 1);

  for (guint k = 0; k < n; k++) {
    double left = min + step * k;
    guint  best[2];
    Side   side[2];

    for (guint p = 0; p < sides[0].n + sides[1].n; p++)
      reckon_need (&rooms[p], p < sides[0].n ? left : both - left, loosen, &needs[p]);
    side[0] = add_needs (needs, sides[0].n);
    side[1] = add_needs (needs + sides[0].n, sides[1].n);
    match (&side[0], &side[1], left / both, DEPTH, best, &sums[k]);
  }
}

guint
dg_measure_propose (const DgMeasureRow *rows, guint n_rows, double both, double min, double max, gboolean loosen, DgMeasureReckon reckon, double *lefts,
                    guint most)
{
  double          low = ceil (MIN (min, max) / STEP - 1e-6) * STEP;
  guint           n = max > low ? (guint) ((MIN (max, both) - low) / COARSE + 1e-6) + 1 : 1, found;
  g_autofree Sum *sums = g_new0 (Sum, n);

  for (guint i = 0; i < MIN (n_rows, SAMPLE); i++) {
    const DgMeasureRow       *row = &rows[(guint64) i * n_rows / MIN (n_rows, SAMPLE)];
    g_autofree DgMeasureRoom *rooms = NULL;

    if (row->side[0].n == 0 || row->side[1].n == 0 || row->side[0].n + row->side[1].n > CROWD)
      continue;
    rooms = g_new0 (DgMeasureRoom, row->side[0].n + row->side[1].n);
    for (guint p = 0; p < row->side[0].n + row->side[1].n; p++)
      reckon (p < row->side[0].n ? row->side[0].paras[p] : row->side[1].paras[p - row->side[0].n], &rooms[p]);
    reckon_row (row, rooms, both, low, COARSE, n, loosen, sums);
  }
  for (found = 0; found < MIN (most, n); found++) {
    guint  best = 0;
    double least = HUGE_VAL;

    for (guint k = 0; k < n; k++) {
      gboolean taken = FALSE;

      for (guint i = 0; i < found; i++)
        taken = taken || fabs (lefts[i] - low - COARSE * k) < APART;
      if (!taken && cost_of (&sums[k]) < least) {
        least = cost_of (&sums[k]);
        best = k;
      }
    }
    if (least == HUGE_VAL)
      break;
    lefts[found] = low + COARSE * best;
  }
  return found;
}
