/* look.c: a second look at lines that are set: kashidas that found no good place, ink that meets the next line's.  Words are moved a little inside
 * their lines, kashidas are put elsewhere, and where that does not help other breaks are tried. */
#include "type/prepared.h"

#include <math.h>
#include <string.h>

#include "type/clash.h"
#include "type/settle.h"

#define CLASH_DEMERITS    4000.0  /* ink of one line in the next: about a hyphen's worth */
#define TOUCH_DEMERITS    20000.0 /* … and on top where the two touch */
#define EVERYWHERE        1.0     /* clashes a line */
#define SECOND_LOOKS      4       /* other ways tried */
#define SHIFTS            4       /* ways to place a line's kashidas that are tried */
#define SHIFT_RATIO       .3      /* by which a line may grow looser for it */
#define SECOND_LOOK_LINES 400     /* a longer paragraph is not looked at again */

/* How a line's ink meets that of the line over it, as far as that is known; forgotten where either changes. */
typedef struct {
  gboolean known;
  double   clashes;
  guint    touches;
} Meeting;

/* Lines as they are set, and how each meets the one over it. */
typedef struct {
  GPtrArray *lines;
  Meeting   *meetings; /* one a line and one beyond */
  double     leading;
} Set;

static void
set_clear (Set *set)
{
  g_clear_pointer (&set->lines, g_ptr_array_unref);
  g_clear_pointer (&set->meetings, g_free);
}

static void
forget_meetings (Set *set, guint line)
{
  set->meetings[line].known = set->meetings[line + 1].known = FALSE;
}

static const Meeting *
meet (Set *set, guint line)
{
  Meeting *meeting = &set->meetings[line];

  if (!meeting->known) {
    meeting->clashes = dg_ink_clashes (set->lines->pdata[line - 1], set->lines->pdata[line], set->leading, NULL, &meeting->touches);
    meeting->known = TRUE;
  }
  return meeting;
}

static Set
compose (const DgPara *para, const GArray *breaks, const DgBreakParams *params)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_line_free);
  Set        set = { lines, g_new0 (Meeting, breaks->len + 1), para->style.leading };
  guint      from = 0;

  for (guint i = 0; i < breaks->len; i++) {
    guint         to = g_array_index (breaks, guint, i);
    const DgLine *previous = i > 0 ? lines->pdata[i - 1] : NULL;

    g_ptr_array_add (lines, dg_compose_line (para, from, to, params, previous, 0));
    from = to;
  }
  return set;
}

static void
add_fault (GArray *faults, guint from, guint to, double cost)
{
  DgBreakFault fault = { from, to, cost };

  g_array_append_val (faults, fault);
}

/* What the sums did not tell: lines whose kashidas found no good place, and ink that meets the next line's.  Appends the faults
 * and returns their cost. */
static double
find_faults (const DgPara *para, Set *set, const GArray *breaks, const DgBreakParams *params, gboolean clashes, GArray *faults)
{
  const DgBreakPoint *points = (const DgBreakPoint *) (const void *) para->points->data;
  double              sum = 0;
  guint               from = 0;

  for (guint i = 0; i < set->lines->len; i++) {
    const DgLine *line = set->lines->pdata[i];
    guint         to = g_array_index (breaks, guint, i);
    double        cost = 0;
    DgBreakFit    fit;

    if (line->justified && line->ratio > 0 && params->kashida_unit > 0) {
      dg_break_fit (&points[from], &points[to], line->last, params, &fit);
      if (line->badness > fit.badness + 5)
        cost = (line->badness + fit.badness + 20) * (line->badness - fit.badness);
    }
    if (cost > 0)
      add_fault (faults, from, to, cost);
    sum += cost;
    cost = clashes && i > 0 ? CLASH_DEMERITS * meet (set, i)->clashes + TOUCH_DEMERITS * meet (set, i)->touches : 0;
    if (cost > 0) /* moving the break between the two moves both */
      add_fault (faults, DG_BREAK_ANY, from, cost);
    sum += cost;
    from = to;
  }
  return sum;
}

/* The clashes about lines @upper and the next one.  As soon as there are @most, it is not asked how many more. */
static double
count_clashes (Set *set, guint upper, double most)
{
  double clashes = 0;

  for (guint i = MAX (upper, 1); i <= upper + 2 && i < set->lines->len && clashes < most; i++)
    clashes += meet (set, i)->clashes;
  return clashes;
}

/* Marks that read as another line's are moved by a hair; returns the clashes that are left. */
static double
nudge_marks (Set *set, guint line)
{
  Meeting *meeting = &set->meetings[line];
  gboolean nudged;

  meeting->clashes = dg_ink_clashes (set->lines->pdata[line - 1], set->lines->pdata[line], set->leading, &nudged, &meeting->touches);
  if (nudged) {
    forget_meetings (set, line - 1);
    forget_meetings (set, line);
  }
  meeting->known = TRUE;
  return meeting->clashes;
}

/* Words of the line are moved by a little more, so that it meets the one over it less, or, @both, the two about it. */
static gboolean
settle_words (Set *set, guint line, gboolean both)
{
  gpointer *lines = set->lines->pdata;

  if (!dg_ink_settle (line > 0 ? lines[line - 1] : NULL, set->leading, lines[line], set->leading, both ? lines[line + 1] : NULL))
    return FALSE;
  forget_meetings (set, line);
  return TRUE;
}

/* Marks and words are moved, line by line; returns the clashes that are left. */
static double
settle_lines (Set *set)
{
  double sum = 0;

  for (guint i = 1; i < set->lines->len; i++) {
    double clashes = nudge_marks (set, i);

    if (clashes > 0 && settle_words (set, i, FALSE))
      clashes = nudge_marks (set, i);
    if (clashes > 0 && settle_words (set, i - 1, TRUE)) {
      settle_words (set, i, FALSE);
      clashes = nudge_marks (set, i);
    }
    sum += clashes;
  }
  return sum;
}

/* Where set lines show faults, the next best way is tried, and taken where it is better all in all.  @clash: these lines clash. */
static void
look_again (const DgPara *para, DgBreakParams *params, int looseness, gboolean clash, GArray **breaks, Set *set)
{
  const DgBreakPoint *points = (const DgBreakPoint *) (const void *) para->points->data;
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (DgBreakFault));
  double found = find_faults (para, set, *breaks, params, clash, faults);
  /* Fully vowelled text comes close everywhere, and is the dearest to look at. */
  guint  looks = found > EVERYWHERE * CLASH_DEMERITS * set->lines->len ? 1 : SECOND_LOOKS;
  double best = found > 0 ? dg_break_weigh (points, para->points->len, params, *breaks) + found : 0;

  for (guint i = 0; i < looks && found > 0; i++) {
    g_autoptr (GArray) other = NULL;
    Set    other_set;
    double total;

    params->faults = (const DgBreakFault *) (void *) faults->data;
    params->n_faults = faults->len;
    other = dg_para_find_breaks (para, params, looseness);
    params->n_faults = 0;
    total = dg_break_weigh (points, para->points->len, params, other);
    if (other->len != (*breaks)->len || total >= best || memcmp (other->data, (*breaks)->data, other->len * sizeof (guint)) == 0)
      break;
    other_set = compose (para, other, params);
    settle_lines (&other_set);
    found = find_faults (para, &other_set, other, params, TRUE, faults);
    if (total + found < best) {
      Set worse = *set;

      best = total + found;
      *set = other_set;
      other_set = worse;
      g_array_unref (*breaks);
      *breaks = g_steal_pointer (&other);
    }
    set_clear (&other_set);
  }
}

/* Line @i set once more with the best @pass_over places for kashidas left out; NULL where that makes it loose. */
static DgLine *
reset_line (const DgPara *para, const DgBreakParams *params, const GArray *breaks, const GPtrArray *lines, guint i, guint pass_over)
{
  const DgLine *was = lines->pdata[i];
  DgLine       *line = dg_compose_line (para, i > 0 ? g_array_index (breaks, guint, i - 1) : 0, g_array_index (breaks, guint, i), params,
                                  i > 0 ? lines->pdata[i - 1] : NULL, pass_over);

  if (line->ratio < was->ratio + SHIFT_RATIO)
    return line;
  dg_line_free (line);
  return NULL;
}

/* Clashes that no other break avoids: kashidas elsewhere in either line move its words by a few points, which is often enough. */
static void
shift_words (const DgPara *para, const DgBreakParams *params, const GArray *breaks, Set *set)
{
  gpointer *lines = set->lines->pdata;

  for (guint i = 1; i < set->lines->len; i++) {
    double clashes = meet (set, i)->clashes > 0 ? count_clashes (set, i - 1, G_MAXDOUBLE) : 0;

    for (guint way = 1; clashes > 0 && way < SHIFTS * SHIFTS; way++) {
      DgLine *was[2] = { lines[i - 1], lines[i] };
      Meeting before[3];
      double  fewer;

      memcpy (before, &set->meetings[i - 1], sizeof before);
      for (guint k = 0; k < 2; k++) {
        guint   pass_over = k == 0 ? way % SHIFTS : way / SHIFTS;
        DgLine *line = pass_over > 0 && was[k]->n_kashidas > 0 ? reset_line (para, params, breaks, set->lines, i - 1 + k, pass_over) : NULL;

        if (line != NULL) {
          lines[i - 1 + k] = line;
          forget_meetings (set, i - 1 + k);
        }
      }
      if (lines[i - 1] == was[0] && lines[i] == was[1])
        continue;
      fewer = count_clashes (set, i - 1, clashes);
      for (guint k = 0; k < 2; k++)
        if (lines[i - 1 + k] != was[k] && fewer >= clashes) {
          dg_line_free (lines[i - 1 + k]);
          lines[i - 1 + k] = was[k];
        } else if (lines[i - 1 + k] != was[k]) {
          dg_line_free (was[k]);
        }
      if (fewer >= clashes)
        memcpy (&set->meetings[i - 1], before, sizeof before);
      clashes = MIN (fewer, clashes);
    }
  }
}

static gboolean
touches_anywhere (Set *set)
{
  for (guint i = 1; i < set->lines->len; i++)
    if (meet (set, i)->touches > 0)
      return TRUE;
  return FALSE;
}

static void
tell_touches (Set *set)
{
  for (guint i = 1; i < set->lines->len; i++)
    ((DgLine *) set->lines->pdata[i])->touches = meet (set, i)->touches;
}

GPtrArray *
dg_look_compose (const DgPara *para, DgBreakParams *params, int looseness, GArray *breaks)
{
  Set        set = compose (para, breaks, params);
  GPtrArray *lines;
  double     clashes;

  if (set.lines->len > 1 && set.lines->len <= SECOND_LOOK_LINES && para->style.leading > 0) {
    clashes = settle_lines (&set);
    /* A headline is broken by its sense, which ink alone outweighs that meets. */
    if (params->justify || (clashes > 0 && touches_anywhere (&set))) {
      look_again (para, params, looseness, clashes > 0, &breaks, &set);
      if (clashes > 0) {
        shift_words (para, params, breaks, &set);
        settle_lines (&set); /* what was set once more stands where it stood at first */
      }
    }
    tell_touches (&set);
  }
  g_array_unref (breaks);
  lines = g_steal_pointer (&set.lines);
  set_clear (&set);
  return lines;
}

void
dg_look_compose_on (const DgPara *para, const DgBreakParams *params, guint from, const GArray *breaks, GPtrArray *lines)
{
  Set set = { lines, NULL, para->style.leading };

  for (guint i = 0; i < breaks->len; i++) {
    guint         to = g_array_index (breaks, guint, i);
    const DgLine *previous = lines->len > 0 ? lines->pdata[lines->len - 1] : NULL;

    g_ptr_array_add (lines, dg_compose_line (para, from, to, params, previous, 0));
    from = to;
  }
  set.meetings = g_new0 (Meeting, lines->len + 1);
  if (set.leading > 0) {
    settle_lines (&set);
    tell_touches (&set);
  }
  g_free (set.meetings);
}
