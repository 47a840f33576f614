/* break.c: the optimum over all breaks of a paragraph, by dynamic programming over feasible lines.
 *
 * As in Knuth & Plass (1981): badness grows with the cube of the adjustment ratio, demerits with the square of badness
 * and penalty, lines have fitness classes, and breaks are tried in passes: at spaces, then with hyphens, then
 * with lines however loose, last inside words that are wider than the measure. */
#include "type/break.h"

#include <math.h>
#include <string.h>

#define LINE_PENALTY       10.0    /* demerits' base: fewer lines are better */
#define FITNESS_DEMERITS   3000.0  /* a tight line beside a loose one */
#define HYPHEN_DEMERITS    9000.0  /* two hyphens running */
#define HYPHENS_DEMERITS   1e7     /* three */
#define STUB_ALONE         3e5     /* the rest of a word is all that stands on the last line */
#define WORD_ALONE         25000.0 /* a word is */
#define LAST_HYPHEN        5000.0  /* a hyphen on the last line but one */
#define KASHIDA_DEMERITS   4.0     /* a kashida of one unit */
#define KASHIDA_MEAN       5.0     /* units in one place that the breaker counts on */
#define KASHIDA_LEAST      .6      /* units: a shorter stroke is none, its room stays with the spaces */
#define GROUPS_FIRST       .7      /* share of what a line lacks, or has too much, that the white between its unjoined letters takes as far as it may */
#define LETTERS_FIRST      .6      /* share of what a line lacks, or has too much, that its letters take as far as they may; the spaces take the rest */
#define KASHIDA_MORE       1.3     /* share of their stretch beyond which the spaces of a line get a kashida more than is usual */
#define TRACKING_FROM      .75     /* letter space takes what would stretch the spaces beyond this share */
#define TRACKING_MORE      1.2     /* … and as much again beyond this one */
#define BALANCE_POINTS     600     /* a longer paragraph is neither balanced nor set looser: every number of lines is weighed there */
#define BALANCE_TORN       200.0   /* a balanced line that ends at such a penalty is worse than a line more */
#define BALANCE_LINES      4       /* where there are more lines it has to be worse by half */
#define NO_GLUE            .02     /* share of the measure that counts as the stretch of a line without any */
#define SHORT_LAST         .18     /* a last line under this share of the measure is short */
#define ROOM               1024    /* nodes that there is room for at once */
#define STUB               .12     /* … and under this one a mere stub */
#define TENTH              .1      /* a line less or more is worth while where the last one is shorter */
#define EMERGENCY_FULL     .75     /* share of the measure that a line fills at least that ends inside a word while another of its letters has room */
#define TOLERANCE_WORDS    1.0     /* largest ratio of a line in the pass without hyphens */
#define TOLERANCE_HYPHENS  2.2
#define FIRST_PASS_BADNESS 18.0 /* the first pass is good enough when no line is worse */
#define LOOSE_BADNESS      72.9 /* a line more or fewer is not worth a line worse than this (ratio .9) */

/* A way to arrive at a breakpoint. */
typedef struct {
  guint  point;
  guint  line;     /* lines up to here */
  int    previous; /* index of the node the line began at, -1 for the start */
  double total;    /* demerits so far */
  guint8 fitness;  /* 0 tight, 1 decent, 2 loose, 3 very loose */
  guint8 hyphens;  /* hyphenated lines running up to here */
} Node;

typedef struct {
  const DgBreakPoint  *points;
  guint                n;
  const DgBreakParams *params;
  guint                allowed;   /* flags of breaks that may be used */
  double               tolerance; /* largest ratio; HUGE_VAL in the emergency pass */
  gboolean             by_line;   /* keep the best way for each number of lines */
  double               target;    /* balance: length of line aimed at, */
  guint                lines;     /* … and their number; 0: any */
  Node                *nodes;
  guint                n_nodes, room;
  guint                last_space; /* the last point at a space */
  double               hang_least; /* pt: the least that a line stands out at its start */
  double               worst;      /* badness of the worst line on the chosen way */
} Pass;

/* The nodes at which a line may begin, by their points: a line that ends further on leaves the first of them behind. */
typedef struct {
  guint *at;
  guint  first, end, room;
} Starts;

static void
add_node (Pass *pass, const Node *node)
{
  if (pass->n_nodes == pass->room) {
    pass->room = MAX (2 * pass->room, ROOM);
    pass->nodes = g_renew (Node, pass->nodes, pass->room);
  }
  pass->nodes[pass->n_nodes++] = *node;
}

static void
add_start (Starts *starts, guint at)
{
  if (starts->end == starts->room) {
    starts->room = MAX (2 * starts->room, ROOM / 4);
    starts->at = g_renew (guint, starts->at, starts->room);
  }
  starts->at[starts->end++] = at;
}

static void
remove_start (Starts *starts, guint i)
{
  memmove (starts->at + starts->first + 1, starts->at + starts->first, (i - starts->first) * sizeof *starts->at);
  starts->first++;
}

void
dg_break_fit (const DgBreakPoint *a, const DgBreakPoint *b, gboolean last, const DgBreakParams *params, DgBreakFit *fit)
{
  double natural = b->width_end - a->width_next;
  double stretch = MAX (b->stretch_end - a->stretch_next, 0);
  double shrink = MAX (b->shrink_end - a->shrink_next, 0);
  double letters_all = MAX (b->letters_end - a->letters_next, 0), letters = letters_all * params->widening;
  double groups = MAX (b->groups_end - a->groups_next, 0);
  double rest;

  fit->groups = fit->kashida = fit->widen = fit->track = fit->ratio = fit->badness = 0;
  fit->slack = rest = params->measure + a->hang_start + b->hang_end - natural;
  if (!params->justify || (last && rest >= 0)) {
    if (rest < -.001)
      fit->badness = HUGE_VAL;
    return;
  }
  fit->groups = CLAMP (rest * GROUPS_FIRST, -groups, groups);
  rest -= fit->groups;
  if (rest >= 0) {
    if (params->kashida_unit > 0 && rest > params->kashida_unit * KASHIDA_LEAST && rest > stretch * params->kashida_from) {
      double all = b->kashida_end - a->kashida_next, each = KASHIDA_MEAN * params->kashida_unit;
      double room = MIN (all, params->kashidas * each);

      if (rest - room > stretch * KASHIDA_MORE)
        room = MIN (all, (params->kashidas + 1) * each);
      fit->kashida = MIN (room, rest - stretch * params->kashida_to);
      if (fit->kashida < params->kashida_unit * KASHIDA_LEAST)
        fit->kashida = 0;
      rest -= fit->kashida;
    }
    fit->widen = MIN (letters, rest * LETTERS_FIRST);
    rest -= fit->widen;
    if (stretch > 0 && rest > TRACKING_FROM * stretch) {
      double first = MIN (letters_all * params->tracking, rest - TRACKING_FROM * stretch);
      double more = CLAMP (rest - first - TRACKING_MORE * stretch, 0, letters_all * params->tracking);

      fit->track = first + more;
      rest -= fit->track;
    }
    /* A line without glue stays short; the less, the better. */
    fit->ratio = rest / (stretch > 0 ? stretch : NO_GLUE * params->measure);
  } else {
    fit->widen = -MIN (letters, -rest * LETTERS_FIRST);
    rest -= fit->widen;
    fit->ratio = shrink > 0 ? rest / shrink : -HUGE_VAL;
    if (fit->ratio < -1 && groups > 0) { /* the white between letters may give all it can first */
      double more = MIN (groups + fit->groups, (-1 - fit->ratio) * shrink + .001);

      if (shrink > 0 && more > 0) {
        fit->groups -= more;
        fit->ratio += more / shrink;
      }
    }
    if (fit->ratio < -1) { /* the letters may give all they can before the line counts as too long */
      double more = MIN (letters + fit->widen, (-1 - fit->ratio) * shrink + .001);

      if (shrink > 0 && more > 0) {
        fit->widen -= more;
        fit->ratio += more / shrink;
      }
    }
    if (fit->ratio < -1.0001) {
      fit->badness = HUGE_VAL;
      return;
    }
  }
  fit->badness = 100 * fabs (fit->ratio * fit->ratio * fit->ratio);
}

static guint8
fitness_of (double ratio)
{
  return ratio < -.5 ? 0 : ratio <= .5 ? 1 : ratio <= 1 ? 2 : 3;
}

typedef enum { LONG_ENOUGH, TOO_SHORT, ALL_TOO_SHORT } Length;

/* Whether all that a justified line from @a to @b can give leaves it short, and those that begin after @a too: so it is with most starts that are tried,
 * and a few sums tell. */
static Length
judge_length (const Pass *pass, const DgBreakPoint *a, const DgBreakPoint *b)
{
  const DgBreakParams *params = pass->params;
  double               rest = params->measure + a->hang_start + b->hang_end - (b->width_end - a->width_next);
  double               stretch = b->stretch_end - a->stretch_next, letters = MAX (b->letters_end - a->letters_next, 0);
  double               kashida = params->kashida_unit > 0 ? MAX (b->kashida_end - a->kashida_next, 0) : 0;
  double               groups = MAX (b->groups_end - a->groups_next, 0);

  rest -= groups + kashida + letters * (params->widening + 2 * params->tracking);
  if (stretch <= 0 || rest <= pass->tolerance * stretch + .001)
    return LONG_ENOUGH;
  return rest + pass->hang_least - a->hang_start > pass->tolerance * MAX (stretch, NO_GLUE * params->measure) + .001 ? ALL_TOO_SHORT : TOO_SHORT;
}

/* The least that a line that begins at one of the points stands out. */
static double
find_hang_least (const DgBreakPoint *points, guint n)
{
  double least = 0;

  for (guint i = 0; i < n; i++)
    least = MIN (least, points[i].hang_start);
  return least;
}

/* The last point before the end at a space; 0: there is none. */
static guint
find_last_space (const DgBreakPoint *points, guint n)
{
  guint at = n > 0 ? n - 1 : 0;

  while (at > 0 && !(at + 1 < n && points[at].flags & DG_BREAK_WORD))
    at--;
  return at;
}

/* Demerits of the line from point @a to point @b; HUGE_VAL where it may not be set.  @too_long: nothing later can fit either; @too_short: nor any that
 * begins later. */
static double
weigh (const Pass *pass, guint a, guint b, DgBreakFit *fit, gboolean *too_long, gboolean *too_short)
{
  const DgBreakPoint *pa = &pass->points[a];
  const DgBreakPoint *pb = &pass->points[b];
  gboolean            last = b == pass->n - 1;
  double              measure = pass->params->measure;
  double              natural = pb->width_end - pa->width_next;
  double              cost, penalty = pb->penalty;

  *too_long = *too_short = FALSE;
  if ((pb->flags & DG_BREAK_EMERGENCY) != 0 && !last && natural < EMERGENCY_FULL * measure && pb[1].width_end - pa->width_next <= measure) {
    *too_short = TRUE;
    return HUGE_VAL;
  }
  if (pass->params->justify && pass->target == 0 && !last) {
    Length length = judge_length (pass, pa, pb);

    *too_short = length == ALL_TOO_SHORT;
    if (length != LONG_ENOUGH)
      return HUGE_VAL;
  }
  dg_break_fit (pa, pb, last, pass->params, fit);
  if (fit->badness == HUGE_VAL) {
    *too_long = natural > measure;
    return HUGE_VAL;
  }
  if (pass->target > 0) {
    double off = (natural - pass->target) / measure;

    cost = LINE_PENALTY + 400 * off * off + penalty;
    cost *= cost;
  } else if (!pass->params->justify) {
    double white = last ? 0 : fit->slack / measure;

    cost = LINE_PENALTY + 100 * white * white * white + penalty;
    cost *= cost;
  } else {
    if (fit->ratio > pass->tolerance)
      return HUGE_VAL;
    cost = LINE_PENALTY + MIN (fit->badness, 1e6) + penalty;
    cost *= cost;
    if (pass->params->kashida_unit > 0)
      cost += KASHIDA_DEMERITS * fit->kashida / pass->params->kashida_unit;
  }
  if (last && a > 0) {
    double share = natural / measure;

    if (share < SHORT_LAST)
      cost += 4e4 * (SHORT_LAST - share) / SHORT_LAST + 2e3;
    if (pa->flags & DG_BREAK_HYPHEN)
      cost += a >= pass->last_space ? STUB_ALONE : LAST_HYPHEN;
    else if (a == pass->last_space && pass->params->justify)
      cost += WORD_ALONE;
  }
  return cost;
}

/* What the faults seen in the line from point @a to point @b cost. */
static double
fault_cost (const DgBreakParams *params, guint a, guint b)
{
  double cost = 0;

  for (guint i = 0; i < params->n_faults; i++)
    if (params->faults[i].to == b && (params->faults[i].from == a || params->faults[i].from == DG_BREAK_ANY))
      cost += params->faults[i].cost;
  return cost;
}

/* The way that goes on from node @at with a line to point @b that is fitted so and costs @cost. */
static Node
step (const Pass *pass, guint at, guint b, const DgBreakFit *fit, double cost)
{
  const Node *from = &pass->nodes[at];
  Node        node = { b, from->line + 1, (int) at, from->total + cost, 1, 0 };

  if (pass->params->justify)
    node.fitness = fitness_of (fit->ratio);
  if (pass->points[b].flags & DG_BREAK_HYPHEN)
    node.hyphens = (guint8) MIN (from->hyphens + 1, 9);
  if (from->point > 0 && ABS (node.fitness - from->fitness) > 1)
    node.total += FITNESS_DEMERITS;
  if (node.hyphens == 2)
    node.total += HYPHEN_DEMERITS;
  else if (node.hyphens > 2)
    node.total += HYPHENS_DEMERITS;
  return node;
}

/* TRUE where what follows the node can fill the lines that are left, and finds room there. */
static gboolean
leads_on (const Pass *pass, const Node *node)
{
  double rest = pass->points[pass->n - 1].width_end - pass->points[node->point].width_next;

  return node->line < pass->lines ? rest <= (pass->lines - node->line) * (pass->params->measure + 1) : node->line == pass->lines && node->point == pass->n - 1;
}

/* Adds the best way to @b, for each fitness class and, where asked, number of lines, to the nodes. */
static void
reach (Pass *pass, Starts *starts, guint b)
{
  guint      first = pass->n_nodes, weighed = G_MAXUINT;
  gboolean   too_long = FALSE, too_short = FALSE;
  double     cost = 0;
  DgBreakFit fit;

  for (guint i = starts->first; i < starts->end && !too_short; i++) {
    guint    at = starts->at[i], point = pass->nodes[at].point;
    gboolean better = TRUE;
    Node     node;

    /* Ways to the same point stand together. */
    if (point != weighed)
      cost = weigh (pass, point, b, &fit, &too_long, &too_short);
    weighed = point;
    if (too_long && starts->end - starts->first > 1) {
      remove_start (starts, i); /* order kept: ties fall the same way each time */
      continue;
    }
    if (cost == HUGE_VAL)
      continue;
    node = step (pass, at, b, &fit, cost);
    if (pass->lines > 0 && !leads_on (pass, &node))
      continue;
    if (pass->params->n_faults > 0)
      node.total += fault_cost (pass->params, point, b);

    for (guint k = first; k < pass->n_nodes; k++) {
      Node *other = &pass->nodes[k];

      if (other->fitness == node.fitness && (!pass->by_line || other->line == node.line) && other->hyphens == node.hyphens) {
        if (node.total < other->total)
          *other = node;
        better = FALSE;
        break;
      }
    }
    if (better)
      add_node (pass, &node);
  }
}

/* The best line for @b from the nodes that stand, however bad: what keeps the emergency pass from failing. */
static Node
force (const Pass *pass, const Starts *starts, guint b)
{
  Node node = { b, 0, -1, HUGE_VAL, 3, 0 };

  for (guint i = starts->first; i < starts->end; i++) {
    guint       at = starts->at[i];
    const Node *from = &pass->nodes[at];
    double      over = fabs (pass->points[b].width_end - pass->points[from->point].width_next - pass->params->measure);
    double      total = from->total + 1e9 + over * 1e3;

    if (total < node.total) {
      node.total = total;
      node.line = from->line + 1;
      node.previous = (int) at;
    }
  }
  return node;
}

/* For each point whether a line may end there in an emergency: inside a piece without other points that is wider than the measure. */
static gboolean *
find_emergencies (const Pass *pass)
{
  gboolean *open = g_new0 (gboolean, pass->n);
  guint     start = 0;

  for (guint b = 1; b < pass->n; b++) {
    if (pass->points[b].flags & DG_BREAK_EMERGENCY)
      continue;
    if (pass->points[b].width_end - pass->points[start].width_next > pass->params->measure)
      for (guint i = start + 1; i < b; i++)
        open[i] = TRUE;
    start = b;
  }
  return open;
}

/* One pass.  TRUE where it found a way; the ways to the end are the last nodes, their indexes in @ends. */
static gboolean
run (Pass *pass, GArray *ends)
{
  const Node           start = { 0, 0, -1, 0, 1, 0 };
  Starts               starts = { NULL, 0, 0, 0 };
  gboolean             emergency = (pass->allowed & DG_BREAK_EMERGENCY) != 0, failed = FALSE;
  g_autofree gboolean *open = emergency ? find_emergencies (pass) : NULL;

  pass->n_nodes = 0;
  g_array_set_size (ends, 0);
  add_node (pass, &start);
  add_start (&starts, 0);
  for (guint b = 1; b < pass->n && !failed; b++) {
    gboolean end = b == pass->n - 1;
    guint    first = pass->n_nodes, kind = pass->points[b].flags & (DG_BREAK_HYPHEN | DG_BREAK_TIED | DG_BREAK_EMERGENCY);

    if (!end && ((kind & ~pass->allowed) || ((kind & DG_BREAK_EMERGENCY) && !open[b])))
      continue;
    reach (pass, &starts, b);
    if (pass->n_nodes == first) {
      /* Only one start is left and even the piece up to here is too long for it: the line must end here or fail. */
      const Node *only = &pass->nodes[starts.at[starts.first]];
      gboolean    stuck = starts.end - starts.first == 1
                       && pass->points[b].width_end - pass->points[only->point].width_next
                            > pass->params->measure + pass->points[b].hang_end + pass->points[only->point].hang_start;

      if (!end && !stuck)
        continue;
      failed = !emergency;
      if (emergency) {
        Node node = force (pass, &starts, b);

        add_node (pass, &node);
      }
      if (stuck)
        starts.first = starts.end;
    }
    for (guint at = first; at < pass->n_nodes; at++)
      if (end)
        g_array_append_val (ends, at);
      else
        add_start (&starts, at);
  }
  g_free (starts.at);
  return !failed && ends->len > 0;
}

static guint
best_end (const Pass *pass, const GArray *ends, int lines)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < ends->len; i++) {
    guint       at = g_array_index (ends, guint, i);
    const Node *node = &pass->nodes[at];

    if (lines > 0 && node->line != (guint) lines)
      continue;
    if (best == G_MAXUINT || node->total < pass->nodes[best].total)
      best = at;
  }
  return best;
}

/* The breaks of the way that ends in node @at, in order; also its worst line. */
static GArray *
trace (Pass *pass, guint at)
{
  GArray *breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  int     here = (int) at;

  pass->worst = 0;
  while (here > 0) {
    const Node *node = &pass->nodes[here];
    const Node *from = &pass->nodes[node->previous];
    DgBreakFit  fit;

    dg_break_fit (&pass->points[from->point], &pass->points[node->point], node->point == pass->n - 1, pass->params, &fit);
    if (fit.badness > pass->worst)
      pass->worst = fit.badness;
    g_array_append_val (breaks, node->point);
    here = node->previous;
  }
  for (guint i = 0; i < breaks->len / 2; i++) {
    guint *x = &g_array_index (breaks, guint, i), *y = &g_array_index (breaks, guint, breaks->len - 1 - i), t = *x;

    *x = *y;
    *y = t;
  }
  return breaks;
}

/* The dearest break of all but the last of @breaks. */
static double
dearest (const Pass *pass, const GArray *breaks)
{
  double most = 0;

  for (guint i = 0; i + 1 < breaks->len; i++)
    most = MAX (most, pass->points[g_array_index (breaks, guint, i)].penalty);
  return most;
}

/* The way in @lines lines that come out most alike; NULL: there is none. */
static GArray *
balance_in (Pass *pass, GArray *ends, guint lines)
{
  guint best;

  pass->target = MIN ((pass->points[pass->n - 1].width_end - pass->points[0].width_next) / lines, pass->params->measure);
  pass->lines = (pass->allowed & DG_BREAK_EMERGENCY) != 0 ? 0 : lines;
  if (!run (pass, ends))
    return NULL;
  best = best_end (pass, ends, (int) lines);
  return best != G_MAXUINT ? trace (pass, best) : NULL;
}

/* The fewest lines that hold the text in this pass; 0: none do. */
static guint
count_fewest (const Pass *pass)
{
  g_autofree guint *lines = g_new0 (guint, pass->n);

  for (guint b = 1; b < pass->n; b++) {
    const DgBreakPoint *to = &pass->points[b];

    if (b + 1 < pass->n && (to->flags & (DG_BREAK_HYPHEN | DG_BREAK_TIED | DG_BREAK_EMERGENCY) & ~pass->allowed))
      continue;
    for (guint a = 0; a < b; a++) {
      const DgBreakPoint *from = &pass->points[a];

      if ((a == 0 || lines[a] > 0) && (lines[b] == 0 || lines[a] + 1 < lines[b])
          && pass->params->measure + from->hang_start + to->hang_end - (to->width_end - from->width_next) >= -.001)
        lines[b] = lines[a] + 1;
    }
  }
  return lines[pass->n - 1];
}

/* Lines of like length: the fewest lines that hold the text, or one more where these would tear what belongs together. */
static GArray *
balance (Pass *pass, GArray *ends)
{
  guint   fewest = G_MAXUINT;
  GArray *breaks, *more;

  pass->by_line = TRUE;
  if ((pass->allowed & DG_BREAK_EMERGENCY) != 0) { /* where lines may be too long for the measure */
    pass->target = pass->params->measure;
    if (!run (pass, ends))
      return NULL;
    for (guint i = 0; i < ends->len; i++)
      fewest = MIN (fewest, pass->nodes[g_array_index (ends, guint, i)].line);
    if (fewest == 1)
      return trace (pass, best_end (pass, ends, 1));
  } else {
    fewest = count_fewest (pass);
    if (fewest == 0)
      return NULL;
  }
  breaks = balance_in (pass, ends, fewest);
  if (breaks == NULL)
    return trace (pass, best_end (pass, ends, 0));
  if (dearest (pass, breaks) < (fewest > BALANCE_LINES ? 1.5 : 1) * BALANCE_TORN)
    return breaks;
  more = balance_in (pass, ends, fewest + 1);
  if (more == NULL || dearest (pass, more) > dearest (pass, breaks) - BALANCE_TORN / 2) {
    g_clear_pointer (&more, g_array_unref);
    return breaks;
  }
  g_array_unref (breaks);
  return more;
}

static const struct {
  guint  allowed;
  double tolerance;
} passes[] = {
  { 0, TOLERANCE_WORDS },
  { DG_BREAK_HYPHEN, TOLERANCE_HYPHENS },
  { DG_BREAK_HYPHEN | DG_BREAK_TIED, HUGE_VAL },
  { DG_BREAK_HYPHEN | DG_BREAK_TIED | DG_BREAK_EMERGENCY, HUGE_VAL },
};

/* The share of the measure that the last line of @breaks fills; 1 where it is the only one. */
static double
last_share (const Pass *pass, const GArray *breaks)
{
  const DgBreakPoint *end = &pass->points[pass->n - 1];

  if (breaks->len < 2)
    return 1;
  return (end->width_end - pass->points[g_array_index (breaks, guint, breaks->len - 2)].width_next) / pass->params->measure;
}

/* TRUE where the last line of @breaks is a mere stub: the rest of a broken word, hardly a word, or one word alone. */
static gboolean
leaves_stub (const Pass *pass, const GArray *breaks)
{
  guint start = breaks->len < 2 ? 0 : g_array_index (breaks, guint, breaks->len - 2);

  return breaks->len > 1
         && ((pass->points[start].flags & DG_BREAK_HYPHEN) != 0 || (pass->params->justify && start >= pass->last_space) || last_share (pass, breaks) < STUB);
}

/* The best breaks in a line less or more than @breaks, whose last line is too short; NULL where these leave a loose line or are no better. */
static GArray *
lengthen_last (Pass *pass, GArray *ends, const GArray *breaks, guint found)
{
  double was = pass->worst, worst = MAX (was, LOOSE_BADNESS);

  pass->by_line = TRUE;
  for (guint i = MAX (found, 1); i < G_N_ELEMENTS (passes) && passes[i].tolerance < HUGE_VAL; i++) {
    pass->allowed = passes[i].allowed;
    pass->tolerance = passes[i].tolerance;
    if (!run (pass, ends))
      continue;
    for (int more = -1; more <= 1; more += 2) {
      guint end = best_end (pass, ends, (int) breaks->len + more);
      g_autoptr (GArray) other = end != G_MAXUINT ? trace (pass, end) : NULL;

      if (other != NULL && pass->worst <= worst && last_share (pass, other) >= TENTH) {
        pass->by_line = FALSE;
        return g_steal_pointer (&other);
      }
    }
  }
  pass->by_line = FALSE;
  pass->worst = was;
  return NULL;
}

/* The best breaks; @found is the pass that found them. */
static GArray *
find_best (Pass *pass, GArray *ends, guint *found)
{
  for (guint i = 0; i < G_N_ELEMENTS (passes); i++) {
    GArray *breaks;

    *found = i;
    pass->allowed = passes[i].allowed;
    pass->tolerance = passes[i].tolerance;
    if (pass->params->balance && pass->n <= BALANCE_POINTS) {
      breaks = balance (pass, ends);
      if (breaks)
        return breaks;
      continue;
    }
    if (!run (pass, ends))
      continue;
    breaks = trace (pass, best_end (pass, ends, 0));
    /* A pass that left a poor line gives way to the next, which can do better; the last one stands. */
    if (i > 0 || !pass->params->justify || (pass->worst <= FIRST_PASS_BADNESS && !leaves_stub (pass, breaks))) {
      GArray *longer = pass->params->justify && last_share (pass, breaks) < TENTH && pass->n <= BALANCE_POINTS ? lengthen_last (pass, ends, breaks, i) : NULL;

      if (longer != NULL)
        g_array_unref (breaks);
      return longer != NULL ? longer : breaks;
    }
    g_array_unref (breaks);
  }
  g_assert_not_reached ();
}

/* Sets @ways[0] and @ways[2] to the best breaks in a line less and a line more than @best, from the pass on that found that: only where
 * there are some without a line worse than LOOSE_BADNESS or than the worst of @best, and without a stub at the end, unless @best has one. */
static void
find_others (Pass *pass, GArray *ends, guint found, const GArray *best, GArray *ways[3])
{
  double   worst = MAX (pass->worst, LOOSE_BADNESS);
  gboolean stub = leaves_stub (pass, best);

  pass->by_line = TRUE;
  for (guint i = found; i < G_N_ELEMENTS (passes) && passes[i].tolerance < HUGE_VAL && (!ways[0] || !ways[2]); i++) {
    pass->allowed = passes[i].allowed;
    pass->tolerance = passes[i].tolerance;
    if (!run (pass, ends))
      continue;
    for (guint k = 0; k < 3; k += 2) {
      int   lines = (int) best->len + (int) k - 1;
      guint end = ways[k] || lines < 1 ? G_MAXUINT : best_end (pass, ends, lines);
      g_autoptr (GArray) breaks = end != G_MAXUINT ? trace (pass, end) : NULL;

      if (breaks && pass->worst <= (i == 0 ? FIRST_PASS_BADNESS : worst) && (stub || !leaves_stub (pass, breaks)))
        ways[k] = g_steal_pointer (&breaks);
    }
  }
}

static Pass
begin (const DgBreakPoint *points, guint n, const DgBreakParams *params)
{
  return (Pass){ .points = points, .n = n, .params = params, .last_space = find_last_space (points, n), .hang_least = find_hang_least (points, n) };
}

GArray *
dg_break_lines (const DgBreakPoint *points, guint n, const DgBreakParams *params, guint *found)
{
  Pass pass = begin (points, n, params);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   own_found = 0;
  GArray *breaks = n < 2 ? g_array_new (FALSE, FALSE, sizeof (guint)) : find_best (&pass, ends, &own_found);

  g_free (pass.nodes);
  if (found != NULL)
    *found = own_found;
  return breaks;
}

/* The badness of the worst line. */
static double
find_worst (const Pass *pass, const GArray *breaks)
{
  double worst = 0;
  guint  from = 0;

  for (guint i = 0; i < breaks->len; i++) {
    guint      to = g_array_index (breaks, guint, i);
    DgBreakFit fit;

    dg_break_fit (&pass->points[from], &pass->points[to], to == pass->n - 1, pass->params, &fit);
    worst = MAX (worst, fit.badness);
    from = to;
  }
  return worst;
}

void
dg_break_others (const DgBreakPoint *points, guint n, const DgBreakParams *params, guint found, GArray *ways[3])
{
  Pass pass = begin (points, n, params);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

  ways[0] = ways[2] = NULL;
  if (n >= 2 && n <= BALANCE_POINTS && !params->balance) { /* what is balanced has the fewest lines that hold it */
    pass.worst = find_worst (&pass, ways[1]);
    find_others (&pass, ends, found, ways[1], ways);
  }
  for (guint k = 0; k < 3; k += 2)
    if (ways[k] == NULL)
      ways[k] = g_array_ref (ways[1]);
  g_free (pass.nodes);
}

double
dg_break_weigh (const DgBreakPoint *points, guint n, const DgBreakParams *params, const GArray *breaks)
{
  Pass   pass = begin (points, n, params);
  Node   node = { 0, 0, -1, 0, 1, 0 };
  double total = 0;

  pass.allowed = DG_BREAK_HYPHEN | DG_BREAK_TIED | DG_BREAK_EMERGENCY;
  pass.tolerance = HUGE_VAL;
  add_node (&pass, &node);
  for (guint i = 0; i < breaks->len && total < HUGE_VAL; i++) {
    guint      b = g_array_index (breaks, guint, i);
    gboolean   too_long, too_short;
    DgBreakFit fit;
    double     cost = weigh (&pass, node.point, b, &fit, &too_long, &too_short);

    total = cost;
    if (cost == HUGE_VAL)
      break;
    node = step (&pass, i, b, &fit, cost);
    total = node.total;
    add_node (&pass, &node);
  }
  g_free (pass.nodes);
  return total;
}
