/* layout_picture.c: the picture under the heads' rule and, under it, the first caption of each text in its own column.  One that would not fill the
 * measures stands between the texts, which run round it, or, where a page has one text or one measure, at its end. */
#include "page/layout_private.h"

#include <math.h>

#define SHALLOWEST      4   /* steps of the grid: a picture that has no more room goes to the next page */
#define WHOLE_LEAST     3   /* … one that is shown to be judged */
#define ROUND_LEAST     6.0 /* sizes of the body: no narrower picture has text round it */
#define ROUND_MOST      .45 /* of a text's measure that it takes, where it does not stand between two */
#define ROUND_UNDER     .5  /* grid lines of white under it */
#define CAPTION_LEADING .85 /* of the grid, of captions in so narrow a measure */
#define CAP             .66 /* of the body's size: its capitals, with which the picture is level */

/* A caption as it stands under the picture. */
typedef struct {
  const DgPara *para;
  GPtrArray    *lines; /* lent ones; NULL: the text has no caption */
  int           element;
} Caption;

static void
make_caption (DgLayout *layout, const DgColumn *column, double measure, Caption *caption)
{
  const DgNode *node = dg_text_nth (column->text, DG_ROLE_CAPTION, 0);
  DgPara       *para;

  *caption = (Caption){ NULL, NULL, -1 };
  if (!node)
    return;
  para = dg_layout_make_node_para (layout, column, node, DG_STYLE_CAPTION, 0, NULL);
  caption->para = para;
  caption->lines = dg_layout_break (layout, para, measure, 0);
  caption->element = dg_layout_add_element (layout, column, node, para, -1);
  g_array_index (layout->pages->elements, DgElement, caption->element).picture = layout->picture;
}

static guint
n_lines (const Caption *caption)
{
  return caption->lines ? caption->lines->len : 0;
}

/* The first paragraph as an element, of a dispatch that has no head. */
static DgElement
make_opening (DgLayout *layout)
{
  const DgColumn *column = layout->columns;
  const DgNode   *node;
  DgParaStyle     style;

  while (column->text->nodes->len == 0)
    column++;
  node = column->text->nodes->pdata[0];
  dg_style_get (layout->t, layout->fonts, layout->hyphens, DG_STYLE_CAPTION, column->text->lang, &style, NULL);
  return (DgElement){ .para = dg_layout_make_para (layout, node->text, column->text->lang, &style), .node = node };
}

/* The picture's own element, with what describes it to those who do not see it: its caption, else the headline, else what is there. */
static int
add_figure (DgLayout *layout)
{
  static const DgRole roles[] = { DG_ROLE_CAPTION, DG_ROLE_HEADLINE };
  GArray             *elements = layout->pages->elements;
  DgElement           figure = { 0 };
  gboolean            found = FALSE;

  for (guint r = 0; r < G_N_ELEMENTS (roles) && !found; r++)
    for (int side = DG_SIDE_A; side <= DG_SIDE_B && !found; side++)
      for (guint i = 0; i < elements->len && !found; i++) {
        figure = g_array_index (elements, DgElement, i);
        found = figure.role == roles[r] && figure.side == (DgSide) side;
      }
  if (!found)
    figure = elements->len > 0 ? g_array_index (elements, DgElement, 0) : make_opening (layout);
  figure.role = DG_ROLE_PICTURE;
  figure.side = DG_SIDE_A;
  figure.bead = -1;
  figure.picture = layout->picture;
  g_array_append_val (elements, figure);
  return (int) elements->len - 1;
}

/* The width that a picture may fill: that of both columns; on facing pages that of each. */
static double
full_width (const DgLayout *layout)
{
  return dg_layout_is_facing (layout) ? layout->columns[0].measure : dg_layout_full_width (layout);
}

/* The size on the page.  Across both measures, as deep as the template allows, in whole halves of the grid, where no more of the
 * picture's edges is lost by that than the template allows; else the whole of it, narrower or shallower. */
static void
choose_size (const DgLayout *layout, double room, double *width, double *depth)
{
  const DgTemplate *t = layout->t;
  double            half = t->grid / 2, full = full_width (layout), natural, nearest, least, lost;
  double            deepest = MAX (floor (MIN (room, layout->picture_most * t->grid) / half + DG_LAYOUT_EPSILON), 1) * half;
  double            shallowest = MIN (ceil (2 * t->picture_depth_min) * half, deepest);
  guint             pixels_across, pixels_down;

  dg_picture_get_size (layout->picture, &pixels_across, &pixels_down);
  natural = full * pixels_down / pixels_across;
  nearest = MAX (round (natural / half), 1) * half;
  *width = full;
  *depth = CLAMP (nearest, shallowest, deepest);
  lost = 1 - MIN (*depth, natural) / MAX (*depth, natural);
  if (*depth == nearest || lost <= t->picture_trim)
    return;
  /* To save a page as much is cut off as may be, no more. */
  least = ceil (natural * (1 - t->picture_trim) / half - DG_LAYOUT_EPSILON) * half;
  if (*depth < least && least <= MIN (room, t->picture_depth_max * t->grid)) {
    *depth = least;
    return;
  }
  if (*depth < nearest)
    *width = *depth * pixels_across / pixels_down;
  else
    *depth = nearest;
}

/* The picture across the measures with the captions under it: a text's first in its column. */
static void
set_across (DgLayout *layout, guint spread, double top, double width, double depth, double gap, double *baseline)
{
  static const DgColour black = { 0 };
  const DgTemplate     *t = layout->t;
  double                half = t->grid / 2, foot = top + depth;
  guint                 most = 0;
  int                   figure = -1;

  Caption captions[2] = { { 0 } };

  for (guint c = 0; c < layout->n_columns; c++)
    make_caption (layout, &layout->columns[c], layout->columns[c].measure, &captions[c]);
  figure = add_figure (layout);
  dg_layout_add_picture (layout, spread, &layout->columns[0], (full_width (layout) - width) / 2, top, width, depth, figure);
  /* Who reads the other page is to see it too; to who is read to it is told once. */
  if (dg_layout_is_facing (layout))
    dg_layout_add_picture (layout, spread, &layout->columns[1], 0, top, width * layout->columns[1].measure / full_width (layout), depth, -1);
  for (guint c = 0; c < layout->n_columns; c++) {
    guint above = dg_layout_is_stacked (layout) ? most : 0;

    for (guint i = 0; i < n_lines (&captions[c]); i++)
      dg_layout_add_line (layout, spread, &layout->columns[c], captions[c].para, captions[c].lines->pdata[i], 0,
                          top + depth + t->picture_caption_gap + (above + i) * t->grid, captions[c].element);
    most = MAX (most, above + n_lines (&captions[c]));
    g_clear_pointer (&captions[c].lines, g_ptr_array_unref);
  }
  if (most > 0)
    foot += t->picture_caption_gap + (most - 1) * t->grid;
  *baseline = t->first_baseline + ceil ((foot + gap - t->first_baseline - DG_LAYOUT_EPSILON * half) / half) * half;
  dg_layout_add_full_rule (layout, spread, *baseline - (most > 0 ? t->picture_body_gap : t->head_body_gap), t->thin_rule, black);
}

/* TRUE where two columns stand side by side on a page, so that a picture can stand between them. */
static gboolean
has_middle (const DgLayout *layout)
{
  return layout->n_columns == 2 && layout->t->arrangement == DG_ARRANGEMENT_SIDE_BY_SIDE;
}

/* The widest that a picture with text round it may be. */
static double
find_widest (const DgLayout *layout)
{
  const DgTemplate *t = layout->t;
  double            least = t->picture_text_min * t->body_size, narrower = MIN (layout->columns[0].measure, layout->columns[1].measure);

  if (has_middle (layout))
    return dg_layout_both (layout) - t->gutter - least * dg_layout_both (layout) / narrower;
  narrower = layout->n_columns == 2 ? narrower : layout->columns[0].measure;
  return MIN (narrower - t->gutter - least, ROUND_MOST * narrower);
}

/* The captions under the picture in its own measure, in the order of the columns; on facing pages each stands on its text's.  Returns the
 * last baseline. */
static double
set_captions (DgLayout *layout, guint spread, const double *x, double width, double foot)
{
  double y[2] = { foot, foot };
  guint  set[2] = { 0, 0 };

  for (guint c = 0; c < layout->n_columns; c++) {
    guint   under = dg_layout_is_facing (layout) ? c : 0;
    Caption caption;

    make_caption (layout, &layout->columns[c], width, &caption);
    for (guint i = 0; i < n_lines (&caption); i++) {
      double left = x[c] - (dg_layout_is_facing (layout) ? 0 : dg_layout_column_x (layout, spread, &layout->columns[c]) - dg_layout_page_x (layout, spread));

      y[under] += set[under]++ == 0 ? layout->t->picture_caption_gap : i == 0 ? layout->t->grid : CAPTION_LEADING * layout->t->grid;
      dg_layout_add_line (layout, spread, &layout->columns[c], caption.para, caption.lines->pdata[i], left, y[under], caption.element);
    }
    g_clear_pointer (&caption.lines, g_ptr_array_unref);
  }
  return MAX (y[0], y[1]);
}

/* The depth that the captions take in a measure. */
static double
measure_captions (DgLayout *layout, double width)
{
  double depth = 0;

  for (guint c = 0; c < layout->n_columns; c++) {
    const DgNode *node = dg_text_nth (layout->columns[c].text, DG_ROLE_CAPTION, 0);
    DgParaCount   count = { 0 };
    double        own;

    if (node == NULL)
      continue;
    dg_para_count (dg_layout_make_node_para (layout, &layout->columns[c], node, DG_STYLE_CAPTION, 0, NULL), width, 0, &count);
    own = layout->t->picture_caption_gap + (count.lines - 1) * CAPTION_LEADING * layout->t->grid;
    depth = dg_layout_is_facing (layout) ? MAX (depth, own) : depth + own;
  }
  return depth;
}

/* The picture with the texts running round it.  FALSE, and nothing is set, where it would be too small. */
static gboolean
set_round (DgLayout *layout, guint spread, double baseline)
{
  const DgTemplate *t = layout->t;
  DgRound          *round = &layout->round;
  double            half = t->grid / 2, top = baseline - CAP * t->body_size, room = t->last_baseline - top, width, depth, x[2] = { 0, 0 };
  double            widest = find_widest (layout), least = ROUND_LEAST * t->body_size, taken, last;
  guint             across, down;
  int               figure;

  dg_picture_get_size (layout->picture, &across, &down);
  width = MIN (widest, MAX (layout->picture_most * t->grid * across / down, least));
  for (guint i = 0; i < 3 && width > 0; i++)
    width = MIN (width, (room - measure_captions (layout, width)) * across / down);
  if (width < least - DG_LAYOUT_EPSILON)
    return FALSE;
  depth = MAX (floor (width * down / across / half + DG_LAYOUT_EPSILON), 1) * half;
  taken = width + t->gutter;
  for (guint c = 0; c < layout->n_columns; c++) {
    const DgColumn *column = &layout->columns[c];
    gboolean        left = !has_middle (layout) || dg_layout_is_left (layout, spread, column);
    double          own = has_middle (layout) ? taken * column->measure / dg_layout_both (layout) : taken;
    /* A page of one text has it where its lines end. */
    gboolean at_left = dg_layout_is_facing (layout) || layout->n_columns == 1 ? column->text->rtl : !left;

    round->measure[c] = column->measure - own;
    round->x[c] = at_left ? own : 0;
    x[c] = at_left ? 0 : column->measure - width;
    if (has_middle (layout) && left)
      x[0] = x[1] = round->measure[c] + t->gutter;
  }
  if (has_middle (layout) && !dg_layout_is_left (layout, spread, &layout->columns[1]))
    x[1] = x[0];
  last = set_captions (layout, spread, x, width, top + depth);
  figure = add_figure (layout);
  dg_layout_add_picture (layout, spread, &layout->columns[0], x[0], top, width, depth, figure);
  if (dg_layout_is_facing (layout))
    dg_layout_add_picture (layout, spread, &layout->columns[1], x[1], top, width, depth, -1);
  round->spread = spread;
  round->bottom = last;
  round->depth = (last + t->body_size - baseline) / t->grid + ROUND_UNDER;
  return TRUE;
}

DgNarrow
dg_layout_get_narrow (const DgRound *round, guint c, double top)
{
  double n = ceil (round->depth - top - DG_LAYOUT_EPSILON);

  return (DgNarrow){ round->measure[c], round->x[c], n > 0 && round->depth > 0 ? (guint) n : 0 };
}

double
dg_layout_white_over (const DgLayout *layout, guint r, guint column, double gap)
{
  return dg_layout_is_close (layout, r, column) ? 0 : floor (2 * gap / layout->t->grid + .5) / 2;
}

void
dg_layout_set_picture (DgLayout *layout, guint *spread, double *baseline)
{
  const DgTemplate *t = layout->t;
  double            half = t->grid / 2, top = *baseline - t->head_body_gap + t->picture_gap, below, width, depth, gap;
  guint             most = 0;

  for (guint c = 0; c < layout->n_columns; c++) {
    const DgNode *node = dg_text_nth (layout->columns[c].text, DG_ROLE_CAPTION, 0);
    DgParaCount   count = { 0 };

    if (node != NULL)
      dg_para_count (dg_layout_make_node_para (layout, &layout->columns[c], node, DG_STYLE_CAPTION, 0, NULL), layout->columns[c].measure, 0, &count);
    most = MAX (dg_layout_is_stacked (layout) ? most + count.lines : most, count.lines);
  }
  /* What follows it on its page: captions, rule, and a few lines of the body. */
  gap = most > 0 ? t->picture_rule_gap + t->picture_body_gap : t->picture_gap + t->head_body_gap;
  below = (most > 0 ? t->picture_caption_gap + (most - 1) * t->grid : 0) + gap + t->grid;
  if (t->last_baseline - below - top < SHALLOWEST * t->grid) {
    (*spread)++;
    top = t->running_rule_at + t->picture_gap;
    *baseline = t->running_body;
  }
  choose_size (layout, MAX (t->last_baseline - below - top, half), &width, &depth);
  if (width < full_width (layout) - DG_LAYOUT_EPSILON && layout->rows->len > 0 && set_round (layout, *spread, *baseline))
    return;
  set_across (layout, *spread, top, width, depth, gap, baseline);
}

void
dg_layout_set_whole_picture (DgLayout *layout, guint *spread, double *y)
{
  const DgTemplate *t = layout->t;
  guint             across, down;
  double            width, depth, room = t->last_baseline - *y - 2 * t->grid;
  DgParaStyle       style;
  g_autofree char  *size = NULL;

  if (room < WHOLE_LEAST * t->grid) {
    (*spread)++;
    *y = t->running_body - t->grid;
    room = t->last_baseline - *y - 2 * t->grid;
  }
  dg_picture_get_size (layout->picture, &across, &down);
  width = MIN (layout->columns[0].measure, room * across / down);
  depth = width * down / across;
  dg_layout_add_picture (layout, *spread, &layout->columns[0], 0, *y + t->grid / 2, width, depth, add_figure (layout));
  *y += t->grid / 2 + depth;
  size = g_strdup_printf ("%u \xC3\x97 %u pixels", across, down);
  dg_style_get (t, layout->fonts, NULL, DG_STYLE_MARK, "en", &style, NULL);
  *y += t->grid / 2;
  dg_layout_set_text (layout, dg_layout_page (layout, *spread, &layout->columns[0]), size, "en", &style, dg_layout_page_x (layout, *spread), width, *y, 0);
}
