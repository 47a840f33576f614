/* look.c: a second look at lines that are set: kashidas that found no good place, ink that meets the next line's.  Words are moved a little inside
 * their lines, kashidas are put elsewhere, and where that does not help other breaks are tried. */
#include "type/prepared.h"

#include <math.h>
#include <string.h>

#include "type/ink.h"

#define CLASH_DEMERITS    4000.0 /* ink of one line in the next: about a hyphen's worth */
#define CLASHES_HOPELESS  1.5    /* clashes a line */
#define SECOND_LOOKS      4      /* other ways tried */
#define SHIFTS            4      /* ways to place a line's kashidas that are tried */
#define SHIFT_RATIO       .3     /* by which a line may grow looser for it */
#define SECOND_LOOK_LINES 400    /* a longer paragraph is not looked at again */
#define SWAY              .2     /* em that words are moved to either side of where lines clash */
#define SWAY_SPACE        .07    /* em that a word space gives or takes for it */
#define SPACE_LEAST       .18    /* em that is left of one */

/* How a line's ink meets that of the line over it, as far as that is known; forgotten where either changes. */
typedef struct {
  gboolean known;
  double   clashes, at; /* pt from the measure's left: the worst of them */
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
    meeting->clashes = dg_ink_clashes (set->lines->pdata[line - 1], set->lines->pdata[line], set->leading, NULL, &meeting->at);
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
    cost = clashes && i > 0 ? CLASH_DEMERITS * meet (set, i)->clashes : 0;
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

/* Moves marks that read as another line's; returns the clashes that are left. */
static double
nudge_marks (Set *set)
{
  double clashes = 0;

  for (guint i = 1; i < set->lines->len; i++) {
    Meeting *meeting = &set->meetings[i];
    gboolean nudged;

    meeting->clashes = dg_ink_clashes (set->lines->pdata[i - 1], set->lines->pdata[i], set->leading, &nudged, &meeting->at);
    clashes += meeting->clashes;
    meeting->known = TRUE;
    if (nudged) {
      forget_meetings (set, i - 1);
      forget_meetings (set, i);
    }
  }
  return clashes;
}

/* TRUE for a word space that fills the line. */
static gboolean
is_glue (const DgLine *line, const DgGlyph *glyph)
{
  return glyph->kind == DG_GLYPH_SPACE && glyph->x >= 0 && glyph->x + glyph->advance <= line->width + .01;
}

/* Moves what stands about @at pt from the measure's left by @by pt, what is further away by less, the line's ends not at all: the word spaces on
 * one side give what those on the other take.  FALSE, and nothing done, where they would be too narrow or too uneven for it. */
static gboolean
sway (DgLine *line, double at, double by, double em)
{
  guint  n[2] = { 0, 0 };
  double least = G_MAXDOUBLE, moved = 0, each[2];

  at -= line->x;
  for (guint i = 0; i < line->glyphs->len; i++) {
    const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    if (!is_glue (line, glyph))
      continue;
    n[glyph->x > at]++;
    least = MIN (least, glyph->advance);
  }
  if (!line->justified || n[0] == 0 || n[1] == 0)
    return FALSE;
  each[0] = by / n[0];
  each[1] = -by / n[1];
  if (MAX (fabs (each[0]), fabs (each[1])) > SWAY_SPACE * em || least + MIN (each[0], each[1]) < SPACE_LEAST * em)
    return FALSE;
  for (guint i = 0; i < line->glyphs->len; i++) {
    DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);
    gboolean glue = is_glue (line, glyph), right = glyph->x > at;

    glyph->x += moved;
    if (glue) {
      glyph->advance += each[right];
      moved += each[right];
    }
  }
  return TRUE;
}

/* Moves words where lines clash, if that makes the clashes fewer. */
static void
sway_lines (Set *set, double em)
{
  static const double ways[][2] = { { 0, 1 }, { 0, -1 }, { 1, 0 }, { -1, 0 }, { 1, -1 }, { -1, 1 } };

  for (guint i = 1; i < set->lines->len; i++) {
    double at = meet (set, i)->at, clashes = meet (set, i)->clashes > 0 ? count_clashes (set, i - 1, G_MAXDOUBLE) : 0;

    for (guint way = 0; clashes > 0 && way < G_N_ELEMENTS (ways); way++) {
      DgLine  *both[2] = { set->lines->pdata[i - 1], set->lines->pdata[i] };
      DgGlyph *kept[2] = { NULL, NULL };
      Meeting  before[3];
      double   fewer = clashes;
      gboolean moved = TRUE;

      memcpy (before, &set->meetings[i - 1], sizeof before);
      for (guint k = 0; k < 2; k++) {
        if (ways[way][k] == 0)
          continue;
        kept[k] = g_memdup2 (both[k]->glyphs->data, both[k]->glyphs->len * sizeof (DgGlyph));
        moved = moved && sway (both[k], at, ways[way][k] * SWAY * em, em);
        forget_meetings (set, i - 1 + k);
      }
      if (moved)
        fewer = count_clashes (set, i - 1, clashes);
      for (guint k = 0; k < 2; k++) {
        if (fewer >= clashes && kept[k] != NULL)
          memcpy (both[k]->glyphs->data, kept[k], both[k]->glyphs->len * sizeof (DgGlyph));
        g_free (kept[k]);
      }
      if (fewer >= clashes)
        memcpy (&set->meetings[i - 1], before, sizeof before);
      clashes = MIN (fewer, clashes);
    }
  }
}

/* Where set lines show faults, the next best way is tried, and taken where it is better all in all.  @clash: these lines clash;
 * @clashes: clashes of the other ways count too. */
static void
look_again (const DgPara *para, DgBreakParams *params, int looseness, gboolean clash, gboolean clashes, GArray **breaks, Set *set)
{
  const DgBreakPoint *points = (const DgBreakPoint *) (const void *) para->points->data;
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (DgBreakFault));
  double found = find_faults (para, set, *breaks, params, clash, faults);
  double best = found > 0 ? dg_break_weigh (points, para->points->len, params, *breaks) + found : 0;

  for (guint i = 0; i < SECOND_LOOKS && found > 0; i++) {
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
    if (nudge_marks (&other_set) > 0 && clashes)
      sway_lines (&other_set, para->style.size);
    found = find_faults (para, &other_set, other, params, clashes, faults);
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

GPtrArray *
dg_look_compose (const DgPara *para, DgBreakParams *params, int looseness, GArray *breaks)
{
  Set        set = compose (para, breaks, params);
  GPtrArray *lines;
  double     clashes;
  gboolean   hopeless;

  if (params->justify && set.lines->len > 1 && set.lines->len <= SECOND_LOOK_LINES) {
    clashes = nudge_marks (&set);
    /* Fully vowelled text at a leading that is too small for it clashes everywhere; no break helps, and colour would suffer. */
    hopeless = clashes >= CLASHES_HOPELESS * set.lines->len;
    if (clashes > 0 && !hopeless)
      sway_lines (&set, para->style.size);
    look_again (para, params, looseness, clashes > 0 && !hopeless, !hopeless, &breaks, &set);
    if (clashes > 0 && !hopeless)
      shift_words (para, params, breaks, &set);
    if (clashes > 0 && !hopeless) /* what was set once more stands where it stood at first */
      nudge_marks (&set);
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
  if (params->justify && nudge_marks (&set) > 0)
    sway_lines (&set, para->style.size);
  g_free (set.meetings);
}
