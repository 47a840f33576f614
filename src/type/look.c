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

static GPtrArray *
compose (const DgPara *para, const GArray *breaks, const DgBreakParams *params)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_line_free);
  guint      from = 0;

  for (guint i = 0; i < breaks->len; i++) {
    guint         to = g_array_index (breaks, guint, i);
    const DgLine *previous = i > 0 ? lines->pdata[i - 1] : NULL;

    g_ptr_array_add (lines, dg_compose_line (para, from, to, params, previous, 0));
    from = to;
  }
  return lines;
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
find_faults (const DgPara *para, const GPtrArray *lines, const GArray *breaks, const DgBreakParams *params, gboolean clashes, GArray *faults)
{
  const DgBreakPoint *points = (const DgBreakPoint *) (const void *) para->points->data;
  double              sum = 0;
  guint               from = 0;

  for (guint i = 0; i < lines->len; i++) {
    const DgLine *line = lines->pdata[i];
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
    cost = clashes && i > 0 ? CLASH_DEMERITS * dg_ink_clashes (lines->pdata[i - 1], line, para->style.leading, FALSE, NULL) : 0;
    if (cost > 0) /* moving the break between the two moves both */
      add_fault (faults, DG_BREAK_ANY, from, cost);
    sum += cost;
    from = to;
  }
  return sum;
}

static double
count_clashes (const DgPara *para, const GPtrArray *lines, guint first, guint last)
{
  double clashes = 0;

  for (guint i = MAX (first, 1); i <= last && i < lines->len; i++)
    clashes += dg_ink_clashes (lines->pdata[i - 1], lines->pdata[i], para->style.leading, FALSE, NULL);
  return clashes;
}

/* Moves marks that read as another line's; returns the clashes that are left. */
static double
nudge_marks (const DgPara *para, GPtrArray *lines)
{
  double clashes = 0;

  for (guint i = 1; i < lines->len; i++)
    clashes += dg_ink_clashes (lines->pdata[i - 1], lines->pdata[i], para->style.leading, TRUE, NULL);
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
sway_lines (const DgPara *para, GPtrArray *lines)
{
  static const double ways[][2] = { { 0, 1 }, { 0, -1 }, { 1, 0 }, { -1, 0 }, { 1, -1 }, { -1, 1 } };
  double              em = para->style.size;

  for (guint i = 1; i < lines->len; i++) {
    double at,
      clashes = dg_ink_clashes (lines->pdata[i - 1], lines->pdata[i], para->style.leading, FALSE, &at) > 0 ? count_clashes (para, lines, i - 1, i + 1) : 0;

    for (guint way = 0; clashes > 0 && way < G_N_ELEMENTS (ways); way++) {
      DgLine  *both[2] = { lines->pdata[i - 1], lines->pdata[i] };
      DgGlyph *kept[2];
      double   fewer = clashes;
      gboolean moved = TRUE;

      for (guint k = 0; k < 2; k++) {
        kept[k] = g_memdup2 (both[k]->glyphs->data, both[k]->glyphs->len * sizeof (DgGlyph));
        moved = moved && (ways[way][k] == 0 || sway (both[k], at, ways[way][k] * SWAY * em, em));
      }
      if (moved)
        fewer = count_clashes (para, lines, i - 1, i + 1);
      for (guint k = 0; k < 2; k++) {
        if (fewer >= clashes)
          memcpy (both[k]->glyphs->data, kept[k], both[k]->glyphs->len * sizeof (DgGlyph));
        g_free (kept[k]);
      }
      clashes = MIN (fewer, clashes);
    }
  }
}

/* Where set lines show faults, the next best way is tried, and taken where it is better all in all.  @clash: these lines clash;
 * @clashes: clashes of the other ways count too. */
static void
look_again (const DgPara *para, DgBreakParams *params, int looseness, gboolean clash, gboolean clashes, GArray **breaks, GPtrArray **lines)
{
  const DgBreakPoint *points = (const DgBreakPoint *) (const void *) para->points->data;
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (DgBreakFault));
  double found = find_faults (para, *lines, *breaks, params, clash, faults);
  double best = found > 0 ? dg_break_weigh (points, para->points->len, params, *breaks) + found : 0;

  for (guint i = 0; i < SECOND_LOOKS && found > 0; i++) {
    g_autoptr (GArray) other = NULL;
    g_autoptr (GPtrArray) other_lines = NULL;
    GArray *ways[3] = { NULL, NULL, NULL };
    double  total;

    params->faults = (const DgBreakFault *) (void *) faults->data;
    params->n_faults = faults->len;
    dg_para_ways (para, params, looseness, ways);
    other = g_array_ref (ways[looseness + 1]);
    for (guint k = 0; k < 3; k++)
      g_clear_pointer (&ways[k], g_array_unref);
    params->n_faults = 0;
    total = dg_break_weigh (points, para->points->len, params, other);
    if (other->len != (*breaks)->len || total >= best || memcmp (other->data, (*breaks)->data, other->len * sizeof (guint)) == 0)
      break;
    other_lines = compose (para, other, params);
    if (nudge_marks (para, other_lines) > 0 && clashes)
      sway_lines (para, other_lines);
    found = find_faults (para, other_lines, other, params, clashes, faults);
    if (total + found < best) {
      best = total + found;
      g_ptr_array_unref (*lines);
      g_array_unref (*breaks);
      *lines = g_steal_pointer (&other_lines);
      *breaks = g_steal_pointer (&other);
    }
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
shift_words (const DgPara *para, const DgBreakParams *params, const GArray *breaks, GPtrArray *lines)
{
  for (guint i = 1; i < lines->len; i++) {
    double clashes =
      dg_ink_clashes (lines->pdata[i - 1], lines->pdata[i], para->style.leading, FALSE, NULL) > 0 ? count_clashes (para, lines, i - 1, i + 1) : 0;

    for (guint way = 1; clashes > 0 && way < SHIFTS * SHIFTS; way++) {
      DgLine *was[2] = { lines->pdata[i - 1], lines->pdata[i] };
      double  fewer;

      for (guint k = 0; k < 2; k++) {
        guint   pass_over = k == 0 ? way % SHIFTS : way / SHIFTS;
        DgLine *line = pass_over > 0 && was[k]->n_kashidas > 0 ? reset_line (para, params, breaks, lines, i - 1 + k, pass_over) : NULL;

        if (line)
          lines->pdata[i - 1 + k] = line;
      }
      fewer = count_clashes (para, lines, i - 1, i + 1);
      for (guint k = 0; k < 2; k++)
        if (lines->pdata[i - 1 + k] != was[k] && fewer >= clashes) {
          dg_line_free (lines->pdata[i - 1 + k]);
          lines->pdata[i - 1 + k] = was[k];
        } else if (lines->pdata[i - 1 + k] != was[k]) {
          dg_line_free (was[k]);
        }
      clashes = MIN (fewer, clashes);
    }
  }
}

GPtrArray *
dg_look_compose (const DgPara *para, DgBreakParams *params, int looseness, GArray *breaks)
{
  GPtrArray *lines = compose (para, breaks, params);
  double     clashes;
  gboolean   hopeless;

  if (params->justify && lines->len > 1 && lines->len <= SECOND_LOOK_LINES) {
    clashes = nudge_marks (para, lines);
    /* Fully vowelled text at a leading that is too small for it clashes everywhere; no break helps, and colour would suffer. */
    hopeless = clashes >= CLASHES_HOPELESS * lines->len;
    if (clashes > 0 && !hopeless)
      sway_lines (para, lines);
    look_again (para, params, looseness, clashes > 0 && !hopeless, !hopeless, &breaks, &lines);
    if (clashes > 0 && !hopeless)
      shift_words (para, params, breaks, lines);
    if (clashes > 0 && !hopeless) /* what was set once more stands where it stood at first */
      nudge_marks (para, lines);
  }
  g_array_unref (breaks);
  return lines;
}
