/* layout_heads.c: what stands over the first row: kickers, headlines, decks, and the rules about them. */
#include "page/layout_private.h"

#include <math.h>
#include "type/clash.h"

#define MEET_STEP   .5  /* pt by which lines are moved apart until their ink no longer meets, */
#define MEET_MOST   1.4 /* … to so many times their distance */
#define LEVEL_MOST  1.4 /* … of one headline, for the sake of the other one's */
#define KICKER_DROP 1.5 /* steps of the grid from the last line of kickers to the headline */
#define KICKER_ROOM .5  /* … that they lower the headline by beyond their lines */

#define LINES_MOST 4 /* of a headline, if a size within the template's bounds gives no more */

/* What stands over the headlines: where it came from, above a rule, and what it is, below. */
static const DgRole origins[] = { DG_ROLE_SOURCE, DG_ROLE_DATELINE }, kinds[] = { DG_ROLE_KICKER };

static gboolean
has_roles (const DgLayout *layout, const DgRole *roles, guint n)
{
  for (guint c = 0; c < layout->n_columns; c++)
    for (guint r = 0; r < n; r++)
      if (dg_text_count (layout->columns[c].text, roles[r]) > 0)
        return TRUE;
  return FALSE;
}

/* Lines of these roles over the headline from baseline @y, side by side where they fit.  Returns the last baseline. */
static double
set_over (DgLayout *layout, const DgColumn *column, const DgRole *roles, guint n_roles, double y)
{
  double   used = 0, leading = 0;
  gboolean rtl = column->text->rtl, any = FALSE;

  for (guint r = 0; r < n_roles; r++)
    for (guint i = 0; i < dg_text_count (column->text, roles[r]); i++) {
      const DgNode *node = dg_text_nth (column->text, roles[r], i);
      DgPara       *para = dg_layout_make_node_para (layout, column, node, DG_STYLE_KICKER, 0, &leading);
      int           element = dg_layout_add_element (layout, column, node, para, -1);
      double        width = dg_para_width (para), apart = 1.2 * dg_para_style (para)->size;

      if (any && used + apart + width <= column->measure) {
        const DgLine *line = dg_layout_one_line (layout, para);

        used += apart;
        dg_layout_add_line (layout, 0, column, para, line, (rtl ? column->measure - used - width : used) - line->x, y, element);
        used += width;
      } else {
        g_autoptr (GPtrArray) lines = dg_layout_break (layout, para, column->measure, 0);

        for (guint k = 0; k < lines->len; k++) {
          if (any || k > 0)
            y += leading;
          any = TRUE;
          dg_layout_add_line (layout, 0, column, para, lines->pdata[k], 0, y, element);
          used = ((const DgLine *) lines->pdata[k])->width;
        }
      }
      any = TRUE;
    }
  return y;
}

/* What a head is made of on one side: lines with their leadings, placed once both sides are known. */
typedef struct {
  GPtrArray *lines;
  GPtrArray *paras;
  GArray    *elements; /* int a line */
  GArray    *steps;    /* double: distance from the baseline before */
  guint      headline_lines;
  double     headline_leading;
} Head;

/* The distance of two lines' baselines, @step pt or as much more as keeps their ink apart. */
static double
clear_step (const DgLine *upper, const DgLine *lower, double step)
{
  double most = MEET_MOST * step;

  while (step < most && dg_ink_touches (upper, lower, step) > 0)
    step += MEET_STEP;
  return step;
}

static void
head_add (DgLayout *layout, Head *head, const DgColumn *column, const DgNode *node, DgStyleName name, double gap, double measure)
{
  double  leading;
  DgPara *para = dg_layout_make_node_para (layout, column, node, name, 0, &leading);
  g_autoptr (GPtrArray) lines = dg_layout_break (layout, para, measure, 0);
  int element = dg_layout_add_element (layout, column, node, para, -1);

  for (guint i = 1; i < lines->len; i++)
    leading = clear_step (lines->pdata[i - 1], lines->pdata[i], leading);
  if (head->lines->len == 0) {
    head->headline_lines = lines->len;
    head->headline_leading = leading;
  }
  for (guint i = 0; i < lines->len; i++) {
    double step = head->lines->len == 0 ? 0 : leading;

    if (i == 0 && head->lines->len > 0)
      step = clear_step (head->lines->pdata[head->lines->len - 1], lines->pdata[0], leading + gap);
    g_ptr_array_add (head->lines, lines->pdata[i]);
    g_ptr_array_add (head->paras, para);
    g_array_append_val (head->elements, element);
    g_array_append_val (head->steps, step);
  }
}

static gboolean
is_large (const DgLayout *layout, const DgNode *node)
{
  return !layout->small_headlines && g_utf8_strlen (node->text, -1) <= layout->t->headline_long;
}

static guint
count_lines (DgPara *para, double measure)
{
  DgParaCount count;

  dg_para_count (para, measure, 0, &count);
  return count.lines;
}

/* A headline of many lines is set smaller where that makes them few.  In a wider measure the large letters break as smaller ones would in this one, so
 * that only what is likely to do is set. */
static void
choose_size (DgLayout *layout, const DgColumn *column, const DgNode *node)
{
  guint      *step = &layout->headline_step[column->side];
  DgPara     *large;
  DgParaStyle small;
  double      shrinks;

  *step = 0;
  large = dg_layout_make_node_para (layout, column, node, DG_STYLE_HEADLINE, 0, NULL);
  if (count_lines (large, column->measure) <= LINES_MOST)
    return;
  dg_style_get (layout->t, layout->fonts, layout->hyphens, DG_STYLE_HEADLINE_LONG, column->text->lang, &small, NULL);
  shrinks = (1 - small.size / dg_para_style (large)->size) / DG_HEADLINE_STEPS;
  for (guint i = 1; i <= DG_HEADLINE_STEPS; i++) {
    if (count_lines (large, column->measure / (1 - i * shrinks)) > LINES_MOST)
      continue;
    *step = i;
    if (count_lines (dg_layout_make_node_para (layout, column, node, DG_STYLE_HEADLINE, 0, NULL), column->measure) <= LINES_MOST)
      return;
  }
  *step = 0;
}

static void
head_make (DgLayout *layout, const DgColumn *column, Head *head)
{
  const DgTemplate   *t = layout->t;
  static const DgRole below[] = { DG_ROLE_DECK, DG_ROLE_BYLINE };

  head->lines = g_ptr_array_new ();
  head->paras = g_ptr_array_new ();
  head->elements = g_array_new (FALSE, FALSE, sizeof (int));
  head->steps = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < dg_text_count (column->text, DG_ROLE_HEADLINE); i++) {
    const DgNode *node = dg_text_nth (column->text, DG_ROLE_HEADLINE, i);
    gboolean      large = is_large (layout, node);

    if (i == 0 && large)
      choose_size (layout, column, node);
    head_add (layout, head, column, node, i > 0 ? DG_STYLE_DECK : large ? DG_STYLE_HEADLINE : DG_STYLE_HEADLINE_LONG, i > 0 ? t->deck_gap : 0, column->measure);
  }
  for (guint r = 0; r < G_N_ELEMENTS (below); r++)
    for (guint i = 0; i < dg_text_count (column->text, below[r]); i++)
      head_add (layout, head, column, dg_text_nth (column->text, below[r], i), below[r] == DG_ROLE_DECK ? DG_STYLE_DECK : DG_STYLE_BYLINE,
                i == 0 ? t->deck_gap : 0, column->measure);
}

static void
head_clear (Head *head)
{
  g_ptr_array_unref (head->lines);
  g_ptr_array_unref (head->paras);
  g_array_unref (head->elements);
  g_array_unref (head->steps);
}

/* Places a head's lines from baseline @y; lines that would pass the foot go on on the next spread.  Returns the last baseline. */
static double
head_place (DgLayout *layout, const DgColumn *column, const Head *head, double y, double leading, guint *spread)
{
  for (guint i = 0; i < head->lines->len; i++) {
    double step = g_array_index (head->steps, double, i);

    if (i > 0 && i < head->headline_lines)
      step = leading;
    y += step;
    if (y > layout->t->last_baseline) {
      y = layout->t->running_body;
      (*spread)++;
    }
    dg_layout_add_line (layout, *spread, column, head->paras->pdata[i], head->lines->pdata[i], 0, y, g_array_index (head->elements, int, i));
  }
  return y;
}

/* Such lines of all columns from one baseline on, or, stacked, one under the other.  Returns the last baseline. */
static double
set_storey (DgLayout *layout, const DgRole *roles, guint n_roles, double y)
{
  double   last = y;
  gboolean any = FALSE;

  for (guint c = 0; c < layout->n_columns; c++) {
    const DgColumn *column = &layout->columns[c];
    double          end = set_over (layout, column, roles, n_roles, any && dg_layout_is_stacked (layout) ? last + layout->t->grid : y);

    for (guint r = 0; r < n_roles; r++)
      if (dg_text_count (column->text, roles[r]) > 0) {
        any = TRUE;
        last = MAX (last, end);
      }
  }
  return last;
}

void
dg_layout_set_heads (DgLayout *layout, guint *spread, double *baseline)
{
  static const DgColour black = { .k = 1 };
  const DgTemplate     *t = layout->t;
  Head                  heads[2] = { { 0 } };
  double                kicker, shift, foot = 0, leading[2], half = t->grid / 2;
  guint                 last_spread = 0;
  gboolean              any = FALSE;

  dg_layout_add_full_rule (layout, 0, t->top_rule_at - t->top_rule / 2, t->top_rule, black);
  kicker = set_storey (layout, origins, G_N_ELEMENTS (origins), t->first_baseline);
  /* Without a source line on either side its storey is left out, and the heads move up into it. */
  shift = has_roles (layout, origins, G_N_ELEMENTS (origins)) ? kicker - t->first_baseline : t->top_rule_at - t->kicker_rule_at;
  if (has_roles (layout, origins, G_N_ELEMENTS (origins)))
    dg_layout_add_full_rule (layout, 0, t->kicker_rule_at + shift, t->kicker_rule, black);
  if (has_roles (layout, kinds, G_N_ELEMENTS (kinds))) {
    double from = t->headline_at + shift + (KICKER_ROOM - KICKER_DROP) * t->grid;

    shift += set_storey (layout, kinds, G_N_ELEMENTS (kinds), from) - from + KICKER_ROOM * t->grid;
  }

  for (guint c = 0; c < layout->n_columns; c++) {
    head_make (layout, &layout->columns[c], &heads[c]);
    leading[c] = heads[c].headline_leading;
    any = any || heads[c].lines->len > 0;
  }
  /* Headlines of as many lines go level line by line, unless the lines of one would fall apart by that. */
  if (layout->n_columns == 2 && heads[0].headline_lines == heads[1].headline_lines && MAX (leading[0], leading[1]) <= LEVEL_MOST * MIN (leading[0], leading[1]))
    leading[0] = leading[1] = MAX (leading[0], leading[1]);
  for (guint c = 0; c < layout->n_columns; c++) {
    gboolean under = c > 0 && dg_layout_is_stacked (layout) && heads[0].lines->len > 0;
    guint    here = under ? last_spread : 0;
    double   start = under ? foot + leading[c] + t->deck_gap : t->headline_at + shift;
    double   y = head_place (layout, &layout->columns[c], &heads[c], start, leading[c], &here);

    if (here > last_spread) {
      last_spread = here;
      foot = y;
    } else if (here == last_spread && heads[c].lines->len > 0) {
      foot = MAX (foot, y);
    }
  }
  for (guint c = 0; c < layout->n_columns; c++)
    head_clear (&heads[c]);

  foot = any ? foot + t->head_foot : t->kicker_rule_at + shift - t->head_rule_gap;
  *spread = last_spread;
  /* The first body line stands on the half grid; the rule hangs from it. */
  *baseline = t->first_baseline + ceil ((foot + t->head_rule_gap + t->head_body_gap - t->first_baseline - DG_LAYOUT_EPSILON * half) / half) * half;
  if (any && *baseline - t->head_body_gap < t->last_baseline)
    dg_layout_add_full_rule (layout, last_spread, *baseline - t->head_body_gap, t->thin_rule, black);
}
