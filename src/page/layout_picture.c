/* layout_picture.c: the picture under the heads' rule and, under it, the first caption of each text in its own column. */
#include "page/layout_private.h"

#include <math.h>

#define SHALLOWEST 4 /* steps of the grid: a picture that has no more room goes to the next page */

/* A caption as it stands under the picture. */
typedef struct {
  const DgPara *para;
  GPtrArray    *lines; /* lent ones; NULL: the text has no caption */
  int           element;
} Caption;

static void
make_caption (DgLayout *layout, const DgColumn *column, Caption *caption)
{
  const DgNode *node = dg_text_nth (column->text, DG_ROLE_CAPTION, 0);
  DgPara       *para;

  *caption = (Caption){ NULL, NULL, -1 };
  if (!node)
    return;
  para = dg_layout_make_node_para (layout, column, node, DG_STYLE_CAPTION, 0, NULL);
  caption->para = para;
  caption->lines = dg_layout_break (layout, para, column->measure, 0);
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

/* The size on the page.  Across both measures, as deep as the template allows, in whole halves of the grid, where no more of the
 * picture's edges is lost by that than the template allows; else the whole of it, narrower or shallower. */
static void
choose_size (const DgLayout *layout, double room, double *width, double *depth)
{
  const DgTemplate *t = layout->t;
  double            half = t->grid / 2, full = dg_layout_picture_width (layout), natural, nearest, lost;
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
  if (*depth < nearest)
    *width = *depth * pixels_across / pixels_down;
  else
    *depth = nearest;
}

void
dg_layout_set_picture (DgLayout *layout, guint *spread, double *baseline)
{
  static const DgColour black = { 0 };
  const DgTemplate     *t = layout->t;
  Caption               captions[2] = { { 0 } };
  double                half = t->grid / 2, top = *baseline - t->head_body_gap + t->picture_gap, below, width, depth, foot, gap;
  guint                 most = 0, above = 0;

  for (guint c = 0; c < layout->n_columns; c++) {
    make_caption (layout, &layout->columns[c], &captions[c]);
    most = MAX (dg_layout_is_stacked (layout) ? most + n_lines (&captions[c]) : most, n_lines (&captions[c]));
  }
  /* What follows it on its page: captions, rule, and a few lines of the body. */
  gap = most > 0 ? t->picture_rule_gap + t->picture_body_gap : t->picture_gap + t->head_body_gap;
  below = (most > 0 ? t->picture_caption_gap + (most - 1) * t->grid : 0) + gap + t->grid;
  if (t->last_baseline - below - top < SHALLOWEST * t->grid) {
    (*spread)++;
    top = t->running_rule_at + t->picture_gap;
  }
  choose_size (layout, MAX (t->last_baseline - below - top, half), &width, &depth);
  dg_layout_add_picture (layout, *spread, (dg_layout_picture_width (layout) - width) / 2, top, width, depth, add_figure (layout));

  foot = top + depth;
  for (guint c = 0; c < layout->n_columns; c++) {
    for (guint i = 0; i < n_lines (&captions[c]); i++)
      dg_layout_add_line (layout, *spread, &layout->columns[c], captions[c].para, captions[c].lines->pdata[i], 0,
                          top + depth + t->picture_caption_gap + (above + i) * t->grid, captions[c].element);
    if (dg_layout_is_stacked (layout))
      above += n_lines (&captions[c]);
    g_clear_pointer (&captions[c].lines, g_ptr_array_unref);
  }
  if (most > 0)
    foot += t->picture_caption_gap + (most - 1) * t->grid;
  *baseline = t->first_baseline + ceil ((foot + gap - t->first_baseline - DG_LAYOUT_EPSILON * half) / half) * half;
  dg_layout_add_full_rule (layout, *spread, *baseline - (most > 0 ? t->picture_body_gap : t->head_body_gap), t->thin_rule, black);
}
