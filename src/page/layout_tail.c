/* layout_tail.c: captions, end marks and notices under the last row, and the rule that ends the dispatch. */
#include "page/layout_private.h"

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

/* Captions first, then what else stands under a dispatch, in the order of @dg_layout_tail_roles. */
static void
make_tail (DgLayout *layout, const DgColumn *column, DgStack *tail)
{
  guint         n_roles;
  const DgRole *roles = dg_layout_tail_roles (layout, &n_roles);

  for (guint r = 0; r < n_roles; r++) {
    g_autoptr (GPtrArray) nodes = dg_text_list (column->text, roles[r]);

    /* The picture has the first caption. */
    for (guint i = layout->picture && roles[r] == DG_ROLE_CAPTION ? 1 : 0; i < nodes->len; i++) {
      const DgNode *node = nodes->pdata[i];
      DgPara       *para = dg_layout_make_node_para (layout, column, node, DG_STYLE_CAPTION, 0, NULL);
      g_autoptr (GPtrArray) lines = dg_layout_break (layout, para, column->measure, 0);
      int element = dg_layout_add_element (layout, column, node, para, -1);

      for (guint k = 0; k < lines->len; k++) {
        g_ptr_array_add (tail->lines, lines->pdata[k]);
        g_ptr_array_add (tail->paras, para);
        g_array_append_val (tail->elements, element);
      }
    }
  }
}

double
dg_layout_make_tails (DgLayout *layout)
{
  guint depth = 0;

  for (guint c = 0; c < layout->n_columns; c++) {
    DgStack *tail = &layout->tails[c];

    *tail = (DgStack){ g_ptr_array_new (), g_ptr_array_new (), g_array_new (FALSE, FALSE, sizeof (int)) };
    if (!layout->t->head_in_rows)
      make_tail (layout, &layout->columns[c], tail);
    depth = dg_layout_is_stacked (layout) ? depth + tail->lines->len : MAX (depth, tail->lines->len);
  }
  return depth > 0 ? layout->t->caption_gap + (depth - 1.0) * layout->t->grid : 0;
}

void
dg_layout_drop_tails (DgLayout *layout)
{
  for (guint c = 0; c < layout->n_columns; c++) {
    g_ptr_array_unref (layout->tails[c].lines);
    g_ptr_array_unref (layout->tails[c].paras);
    g_array_unref (layout->tails[c].elements);
  }
}

void
dg_layout_set_tails (DgLayout *layout, guint spread, double baseline, gboolean fresh)
{
  static const DgColour black = { .k = 1 };
  const DgTemplate     *t = layout->t;
  double                first = fresh ? t->running_body + t->grid : baseline + t->caption_gap, last = baseline;
  guint                 start = spread, last_spread = spread;

  for (guint c = 0; c < layout->n_columns; c++) {
    const DgColumn *column = &layout->columns[c];
    DgStack        *tail = &layout->tails[c];
    double          y = first;
    guint           here = start;

    if (tail->lines->len > 0)
      dg_layout_add_rule (layout, here, column, column->text->rtl ? column->measure - t->caption_rule_length : 0,
                          first - (t->caption_gap - t->caption_rule_gap), t->caption_rule_length, t->caption_rule, t->accent);
    for (guint i = 0; i < tail->lines->len; i++) {
      if (y > t->last_baseline + DG_LAYOUT_EPSILON) {
        y = t->running_body;
        here++;
      }
      dg_layout_add_line (layout, here, column, tail->paras->pdata[i], tail->lines->pdata[i], 0, y, g_array_index (tail->elements, int, i));
      if (here > last_spread || (here == last_spread && y > last)) {
        last_spread = here;
        last = y;
      }
      y += t->grid;
    }
    if (dg_layout_is_stacked (layout) && tail->lines->len > 0) {
      first = y;
      start = here;
    }
  }
  dg_layout_drop_tails (layout);
  layout->pages->foot = last;
  if (t->end_rule_gap > 0) {
    dg_layout_add_full_rule (layout, last_spread, last + t->end_rule_gap - t->top_rule / 2, t->top_rule, black);
    layout->pages->foot += t->end_rule_gap + t->top_rule / 2;
  }
}
