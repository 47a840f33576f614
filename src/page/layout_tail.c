/* layout_tail.c: what stands under the last row: captions under a rule of the accent's colour, then, smaller, under a fine one, notes to the text,
 * credits, what a release says of its issuer, whom to ask; and the rule that ends the dispatch.  Each kind begins level on both sides, and so does each note. */
#include "page/layout_private.h"

#define TAIL_MOST 12 /* grid lines: a deeper tail may go on overleaf, */
#define TAIL_PART 5  /* so many of it stand under the last row */

const DgRole *
dg_layout_tail_roles (const DgLayout *layout, guint *n)
{
  /* The last ones are not for readers. */
  static const DgRole roles[] = { DG_ROLE_CAPTION, DG_ROLE_FOOTNOTE, DG_ROLE_SIGNOFF, DG_ROLE_BOILERPLATE, DG_ROLE_CONTACT,
                                  DG_ROLE_NOTICE,  DG_ROLE_END,      DG_ROLE_NOTE,    DG_ROLE_MARKER,      DG_ROLE_FURNITURE };
  enum { HIDDEN = 4 };

  *n = G_N_ELEMENTS (roles) - (layout->t->notes ? 0 : HIDDEN);
  return roles;
}

/* The lines of one node, added to what a side of a strip has. */
void
dg_layout_add_node_lines (DgLayout *layout, const DgColumn *column, const DgNode *node, DgStyleName style, GArray *lines)
{
  DgPara *para = dg_layout_make_node_para (layout, column, node, style, 0, NULL);
  g_autoptr (GPtrArray) set = dg_layout_break (layout, para, column->measure, 0);
  int element = dg_layout_add_element (layout, column, node, para, -1);

  for (guint k = 0; k < set->len; k++) {
    DgRowLine line = { .line = set->pdata[k], .para = para, .element = element, .slot = lines->len };

    g_array_append_val (lines, line);
  }
}

void
dg_layout_init_strip (const DgLayout *layout, DgStrip *strip, gboolean small, double gap)
{
  *strip = (DgStrip){ .small = small, .gap = gap, .leading = small ? layout->t->small_leading : layout->t->grid };
  for (guint c = 0; c < 2; c++)
    strip->lines[c] = g_array_new (FALSE, FALSE, sizeof (DgRowLine));
}

static DgStrip *
add_strip (DgLayout *layout, gboolean small, double gap)
{
  DgStrip strip;

  dg_layout_init_strip (layout, &strip, small, gap);
  g_array_append_val (layout->tail, strip);
  return &g_array_index (layout->tail, DgStrip, layout->tail->len - 1);
}

/* The strips of one role: a strip a note, else one for all that both sides have. */
static void
add_strips (DgLayout *layout, DgRole role)
{
  const DgTemplate *t = layout->t;
  gboolean          small = role != DG_ROLE_CAPTION, singly = role == DG_ROLE_FOOTNOTE;
  GPtrArray        *nodes[2] = { NULL, NULL };
  guint             n = 0, first = layout->picture != NULL && role == DG_ROLE_CAPTION ? 1 : 0; /* the picture has the first caption */

  for (guint c = 0; c < layout->n_columns; c++) {
    nodes[c] = dg_text_list (layout->columns[c].text, role);
    for (guint i = nodes[c]->len; singly && layout->notes != NULL && i > 0; i--)
      if (dg_layout_is_foot_note (layout, nodes[c]->pdata[i - 1]))
        g_ptr_array_remove_index (nodes[c], i - 1);
    n = MAX (n, nodes[c]->len);
  }
  for (guint i = first; i < n; i += singly ? 1 : n) {
    const DgStrip *above = layout->tail->len > 0 ? &g_array_index (layout->tail, DgStrip, layout->tail->len - 1) : NULL;
    double         gap = !small                           ? t->caption_gap
                         : above == NULL || !above->small ? t->small_gap
                         : singly && i > first            ? t->small_leading
                                                          : t->small_leading + t->small_apart;
    gboolean       ruled = above == NULL || above->small != small; /* asked before another strip moves those that are there */
    DgStrip       *strip = add_strip (layout, small, gap);

    strip->ruled = ruled;
    for (guint c = 0; c < layout->n_columns; c++)
      for (guint k = i; k < (singly ? MIN (i + 1, nodes[c]->len) : nodes[c]->len); k++)
        dg_layout_add_node_lines (layout, &layout->columns[c], nodes[c]->pdata[k], small ? DG_STYLE_SMALL : DG_STYLE_CAPTION, strip->lines[c]);
  }
  for (guint c = 0; c < layout->n_columns; c++)
    g_ptr_array_unref (nodes[c]);
}

void
dg_layout_clear_strip (gpointer data)
{
  DgStrip *strip = data;

  g_array_unref (strip->lines[0]);
  g_array_unref (strip->lines[1]);
}

double
dg_layout_make_tails (DgLayout *layout)
{
  guint         n_roles;
  const DgRole *roles = dg_layout_tail_roles (layout, &n_roles);
  double        depth = 0;

  layout->tail = g_array_new (FALSE, FALSE, sizeof (DgStrip));
  g_array_set_clear_func (layout->tail, dg_layout_clear_strip);
  if (!layout->t->head_in_rows)
    for (guint r = 0; r < n_roles; r++)
      add_strips (layout, roles[r]);
  for (guint i = 0; i < layout->tail->len; i++) {
    const DgStrip *strip = &g_array_index (layout->tail, DgStrip, i);
    guint          left = strip->lines[0]->len, right = strip->lines[1]->len;

    depth += strip->gap + (MAX (dg_layout_is_stacked (layout) ? left + right : MAX (left, right), 1) - 1) * strip->leading;
  }
  return depth > TAIL_MOST * layout->t->grid ? TAIL_PART * layout->t->grid : depth;
}

void
dg_layout_drop_tails (DgLayout *layout)
{
  g_clear_pointer (&layout->tail, g_array_unref);
}

/* The lines of one side of a strip from baseline *@y of *@spread on; both become those of the last one. */
void
dg_layout_set_strip_side (DgLayout *layout, const DgStrip *strip, guint c, guint *spread, double *y)
{
  const DgTemplate *t = layout->t;
  const DgColumn   *column = &layout->columns[c];

  for (guint i = 0; i < strip->lines[c]->len; i++) {
    const DgRowLine *at = &g_array_index (strip->lines[c], DgRowLine, i);

    *y += i > 0 ? strip->leading : 0;
    if (*y > t->last_baseline + DG_LAYOUT_EPSILON) {
      *y = t->running_body;
      (*spread)++;
    }
    if (i == 0 && strip->ruled) {
      static const DgColour black = { .k = 1 };
      double                rise = strip->small ? t->small_leading * 1.1 : t->caption_gap - t->caption_rule_gap;

      dg_layout_add_rule (layout, *spread, column, column->text->rtl ? column->measure - t->caption_rule_length : 0, *y - rise, t->caption_rule_length,
                          strip->small ? t->thin_rule : t->caption_rule, strip->small ? black : t->accent);
    }
    dg_layout_add_line (layout, *spread, column, at->para, at->line, 0, *y, at->element);
  }
}

void
dg_layout_set_tails (DgLayout *layout, guint spread, double baseline, gboolean fresh)
{
  static const DgColour black = { .k = 1 };
  const DgTemplate     *t = layout->t;
  double                last = baseline;

  for (guint i = 0; i < layout->tail->len; i++) {
    const DgStrip *strip = &g_array_index (layout->tail, DgStrip, i);
    double         first = last + strip->gap;
    guint          start = spread, end = spread;

    if (i == 0 && fresh)
      first = t->running_body + t->grid;
    for (guint c = 0; c < layout->n_columns; c++) {
      guint  here = start;
      double y = first;

      if (strip->lines[c]->len == 0)
        continue;
      dg_layout_set_strip_side (layout, strip, c, &here, &y);
      if (here > end || (here == end && y > last)) {
        end = here;
        last = y;
      }
      if (dg_layout_is_stacked (layout)) {
        start = here;
        first = y + strip->leading;
      }
    }
    spread = end;
  }
  dg_layout_drop_tails (layout);
  layout->pages->foot = last;
  if (t->end_rule_gap > 0) {
    dg_layout_add_full_rule (layout, spread, last + t->end_rule_gap - t->top_rule / 2, t->top_rule, black);
    layout->pages->foot += t->end_rule_gap + t->top_rule / 2;
  }
}
