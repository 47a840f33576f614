/* layout.c: heads, rows, captions and furniture get their places.
 * Lines come from para.c, page breaks from rows.c; the measures are the template's (docs/template.md). */
#include "layout.h"

#include <math.h>
#include <string.h>
#include "measure.h"
#include "rows.h"
#include "style.h"
#include "utf.h"

#define EPSILON 0.05           /* pt: a head that ends a hair below a half line does not ask for another */

/* One side of the page: a text and the measure it stands in. */
typedef struct {
  const DgText *text;
  DgSide        side;
  double        x, measure;    /* pt */
} Column;

/* A side of a row: its paragraphs' lines, one after the other. */
typedef struct {
  GPtrArray *paras;            /* DgPara*, lent by the pages */
  GPtrArray *nodes;            /* DgNode*, lent: what each paragraph comes from */
  GArray    *looseness;        /* int: lines each paragraph gives or takes */
  GArray    *elements;         /* int: the element of each paragraph */
  GArray    *lengths;          /* guint: lines of each paragraph */
  GArray    *hyphens;          /* gboolean a line */
  GPtrArray *lines;            /* DgLine*, lent */
  GArray    *owner;            /* guint a line: index in paras */
} RowSide;

typedef struct {
  const DgAlign    *align;
  const DgDoc      *doc;
  const DgTemplate *t;
  DgFonts          *fonts;
  DgHyphens        *hyphens;
  DgDiag           *diag;
  DgPages          *pages;
  Column            columns[2];/* left, right */
  guint             n_columns;
  GArray           *sides;     /* RowSide: left and right of each row */
} Layout;

void
dg_pages_free (DgPages *pages)
{
  if (!pages)
    return;
  for (guint i = 0; i < pages->pages->len; i++) {
    DgPage *page = pages->pages->pdata[i];

    g_array_unref (page->boxes);
    g_free (page);
  }
  g_ptr_array_unref (pages->pages);
  g_ptr_array_unref (pages->lines);
  g_ptr_array_unref (pages->paras);
  g_array_unref (pages->elements);
  g_free (pages);
}

static DgPage *
page_at (Layout *layout, guint n)
{
  while (layout->pages->pages->len <= n) {
    DgPage *page = g_new0 (DgPage, 1);

    page->boxes = g_array_new (FALSE, TRUE, sizeof (DgBox));
    g_ptr_array_add (layout->pages->pages, page);
  }
  return layout->pages->pages->pdata[n];
}

static void
add_rule (Layout *layout, guint page, double x, double y, double width, double weight, DgColour colour)
{
  DgBox box = { 0 };

  if (weight <= 0 || width <= 0)
    return;
  box.kind = DG_BOX_RULE;
  box.x = x;
  box.y = y;
  box.width = width;
  box.height = weight;
  box.colour = colour;
  box.element = -1;
  g_array_append_val (page_at (layout, page)->boxes, box);
}

static void
add_line (Layout *layout, guint page, const DgPara *para, const DgLine *line, double x, double baseline, int element)
{
  DgBox box = { 0 };

  box.kind = DG_BOX_LINE;
  box.x = x + line->x;
  box.y = baseline;
  box.line = line;
  box.para = para;
  box.element = element;
  g_array_append_val (page_at (layout, page)->boxes, box);
}

static DgPara *
make_para (Layout *layout, const char *text, const char *lang, const DgParaStyle *style)
{
  DgPara *para = dg_para_new (layout->fonts, text, lang, dg_lang_is_rtl (lang), style);

  g_ptr_array_add (layout->pages->paras, para);
  return para;
}

/* Characters that no face has are reported where the source has them. */
static void
report_missing (Layout *layout, const DgPara *para, const DgNode *node)
{
  const GArray *missing = dg_para_missing (para);

  for (guint i = 0; i < missing->len; i++) {
    guint offset = g_array_index (missing, guint, i), line, column;

    dg_node_locate (node, offset, &line, &column);
    dg_diag_add (layout->diag, DG_DIAG_FONT_MISSING_GLYPH, line, column, g_utf8_get_char (dg_para_text (para) + offset));
  }
}

static DgPara *
make_node_para (Layout *layout, const Column *column, const DgNode *node, DgStyleName name, double indent, double *leading)
{
  DgParaStyle style;
  DgPara *para;

  dg_style_get (layout->t, layout->fonts, layout->hyphens, name, column->text->lang, &style, leading);
  style.label_length = node->label_length;
  style.indent = indent * style.size;
  para = make_para (layout, node->text, column->text->lang, &style);
  report_missing (layout, para, node);
  return para;
}

static int
add_element (Layout *layout, const Column *column, const DgNode *node, const DgPara *para, int bead)
{
  DgElement element = { node->role, column->side, bead, para, node };

  g_array_append_val (layout->pages->elements, element);
  return (int) layout->pages->elements->len - 1;
}

/* Breaks the paragraph; the lines stay the pages' property. */
static GPtrArray *
break_para (Layout *layout, DgPara *para, double measure, int looseness)
{
  GPtrArray *lines = dg_para_break (para, measure, looseness);

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (layout->pages->lines, lines->pdata[i]);
  g_ptr_array_set_free_func (lines, NULL);
  return lines;
}

static const DgLine *
single_line (Layout *layout, DgPara *para)
{
  DgLine *line = dg_para_one_line (para);

  g_ptr_array_add (layout->pages->lines, line);
  return line;
}

/* The two measures of which the left one is @left pt. */
static void
place_columns (Layout *layout, double left)
{
  const DgTemplate *t = layout->t;
  double both = t->page_size.width - t->margin_left - t->margin_right - t->gutter;

  layout->columns[0].x = t->margin_left;
  layout->columns[0].measure = left;
  layout->columns[1].x = t->margin_left + left + t->gutter;
  layout->columns[1].measure = both - left;
}

static gboolean
runs_one_way (const DgDoc *doc)
{
  return doc->n_texts == 2 && doc->text[0].rtl == doc->text[1].rtl;
}

/* Which text stands where.  The template's first side is the left-to-right text's; of two texts that run one way the one that
 * comes first in the file has it. */
static void
choose_columns (Layout *layout)
{
  const DgTemplate *t = layout->t;
  const DgDoc *doc = layout->doc;
  double both = t->page_size.width - t->margin_left - t->margin_right - t->gutter;
  guint first = doc->n_texts == 2 && !runs_one_way (doc) && doc->text[0].rtl ? 1 : 0;
  gboolean on_left = t->column_first == DG_COLUMNS_LEFT || t->column_first == DG_COLUMNS_INSIDE;
  double share = t->column_ratio.is_auto || runs_one_way (doc) ? .5 : t->column_ratio.first;
  Column *left = &layout->columns[0], *right = &layout->columns[1];

  if (doc->n_texts == 1) {
    layout->n_columns = 1;
    *left = (Column) { &doc->text[0], DG_SIDE_A, t->margin_left, both + t->gutter };
    return;
  }
  layout->n_columns = 2;
  left->side = (DgSide) (on_left ? first : 1 - first);
  right->side = (DgSide) (on_left ? 1 - first : first);
  left->text = &doc->text[left->side];
  right->text = &doc->text[right->side];
  place_columns (layout, both * (on_left ? share : 1 - share));
}

/* The shares that auto may give the left measure.  Of two texts that run one way either may need more. */
static void
share_limits (const Layout *layout, double *min, double *max)
{
  const DgTemplate *t = layout->t;
  gboolean on_left = t->column_first == DG_COLUMNS_LEFT || t->column_first == DG_COLUMNS_INSIDE;

  *min = on_left ? t->ratio_min : 1 - t->ratio_max;
  *max = on_left ? t->ratio_max : 1 - t->ratio_min;
  if (runs_one_way (layout->doc)) {
    *min = MIN (*min, 1 - *max);
    *max = 1 - *min;
  }
}

/* The text area's width: both measures and the gutter. */
static double
full_width (const Layout *layout)
{
  return layout->t->page_size.width - layout->t->margin_left - layout->t->margin_right;
}

/* Source, date and other lines over the headline, side by side where they fit.  Returns the last baseline. */
static double
set_kicker (Layout *layout, const Column *column)
{
  static const DgRole roles[] = { DG_ROLE_SOURCE, DG_ROLE_DATELINE };
  double y = layout->t->first_baseline, used = 0, leading = 0;
  gboolean rtl = column->text->rtl, any = FALSE;

  for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
    for (guint i = 0; i < dg_text_count (column->text, roles[r]); i++) {
      const DgNode *node = dg_text_nth (column->text, roles[r], i);
      DgPara *para = make_node_para (layout, column, node, DG_STYLE_KICKER, 0, &leading);
      int element = add_element (layout, column, node, para, -1);
      double width = dg_para_width (para), apart = 1.2 * dg_para_style (para)->size;

      if (any && used + apart + width <= column->measure) {
        const DgLine *line = single_line (layout, para);

        used += apart;
        add_line (layout, 0, para, line, column->x + (rtl ? column->measure - used - width : used) - line->x, y, element);
        used += width;
      } else {
        g_autoptr (GPtrArray) lines = break_para (layout, para, column->measure, 0);

        for (guint k = 0; k < lines->len; k++) {
          if (any || k > 0)
            y += leading;
          any = TRUE;
          add_line (layout, 0, para, lines->pdata[k], column->x, y, element);
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
  GArray    *elements;         /* int a line */
  GArray    *steps;            /* double: distance from the baseline before */
  guint      headline_lines;
  double     headline_leading;
} Head;

static void
head_add (Layout *layout, Head *head, const Column *column, const DgNode *node, DgStyleName name, double gap, double measure)
{
  double leading;
  DgPara *para = make_node_para (layout, column, node, name, 0, &leading);
  g_autoptr (GPtrArray) lines = break_para (layout, para, measure, 0);
  int element = add_element (layout, column, node, para, -1);

  for (guint i = 0; i < lines->len; i++) {
    double step = head->lines->len == 0 ? 0 : leading + (i == 0 ? gap : 0);

    g_ptr_array_add (head->lines, lines->pdata[i]);
    g_ptr_array_add (head->paras, para);
    g_array_append_val (head->elements, element);
    g_array_append_val (head->steps, step);
  }
}

static void
head_make (Layout *layout, const Column *column, Head *head)
{
  const DgTemplate *t = layout->t;
  static const DgRole below[] = { DG_ROLE_DECK, DG_ROLE_BYLINE };

  head->lines = g_ptr_array_new ();
  head->paras = g_ptr_array_new ();
  head->elements = g_array_new (FALSE, FALSE, sizeof (int));
  head->steps = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < dg_text_count (column->text, DG_ROLE_HEADLINE); i++) {
    const DgNode *node = dg_text_nth (column->text, DG_ROLE_HEADLINE, i);
    gboolean large = g_utf8_strlen (node->text, -1) <= t->headline_long;

    head_add (layout, head, column, node, i > 0 ? DG_STYLE_DECK : large ? DG_STYLE_HEADLINE : DG_STYLE_HEADLINE_LONG,
              i > 0 ? t->deck_gap : 0, column->measure);
    if (i == 0) {
      DgParaStyle style;

      head->headline_lines = head->lines->len;
      dg_style_get (t, layout->fonts, NULL, large ? DG_STYLE_HEADLINE : DG_STYLE_HEADLINE_LONG, column->text->lang, &style, &head->headline_leading);
    }
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

/* Places a head's lines from baseline @y; lines that would pass the foot go on on the next page.  Returns the last baseline. */
static double
head_place (Layout *layout, const Column *column, const Head *head, double y, double leading, guint *page)
{
  for (guint i = 0; i < head->lines->len; i++) {
    double step = g_array_index (head->steps, double, i);

    if (i > 0 && i < head->headline_lines)
      step = leading;
    y += step;
    if (y > layout->t->last_baseline) {
      y = layout->t->running_body;
      (*page)++;
    }
    add_line (layout, *page, head->paras->pdata[i], head->lines->pdata[i], column->x, y, g_array_index (head->elements, int, i));
  }
  return y;
}

/* Both heads, the rules over and under them.  Sets the page and the baseline where the body begins. */
static void
set_heads (Layout *layout, guint *body_page, double *body_y)
{
  static const DgColour black = { 0, 0, 0 };
  const DgTemplate *t = layout->t;
  Head heads[2] = { { 0 } };
  double kicker = t->first_baseline, shift, foot = 0, leading[2], half = t->grid / 2;
  guint last_page = 0;
  gboolean any = FALSE;

  add_rule (layout, 0, t->margin_left, t->top_rule_at - t->top_rule / 2, full_width (layout), t->top_rule, black);
  for (guint c = 0; c < layout->n_columns; c++) {
    double last = set_kicker (layout, &layout->columns[c]);

    kicker = MAX (kicker, last);
  }
  shift = kicker - t->first_baseline;
  add_rule (layout, 0, t->margin_left, t->kicker_rule_at + shift, full_width (layout), t->thin_rule, black);

  for (guint c = 0; c < layout->n_columns; c++) {
    head_make (layout, &layout->columns[c], &heads[c]);
    leading[c] = heads[c].headline_leading;
    any = any || heads[c].lines->len > 0;
  }
  /* Headlines of as many lines go level line by line. */
  if (layout->n_columns == 2 && heads[0].headline_lines == heads[1].headline_lines)
    leading[0] = leading[1] = MAX (leading[0], leading[1]);
  for (guint c = 0; c < layout->n_columns; c++) {
    guint page = 0;
    double y = head_place (layout, &layout->columns[c], &heads[c], t->headline_at + shift, leading[c], &page);

    if (page > last_page) {
      last_page = page;
      foot = y;
    } else if (page == last_page && heads[c].lines->len > 0) {
      foot = MAX (foot, y);
    }
  }
  for (guint c = 0; c < layout->n_columns; c++)
    head_clear (&heads[c]);

  foot = any ? foot + t->head_foot : t->kicker_rule_at + shift - t->head_rule_gap;
  *body_page = last_page;
  /* The first body line stands on the half grid; the rule hangs from it. */
  *body_y = t->first_baseline
            + ceil ((foot + t->head_rule_gap + t->head_body_gap - t->first_baseline - EPSILON * half) / half) * half;
  if (any && *body_y - t->head_body_gap < t->last_baseline)
    add_rule (layout, last_page, t->margin_left, *body_y - t->head_body_gap, full_width (layout), t->thin_rule, black);
}

static void
row_side_init (RowSide *side)
{
  side->paras = g_ptr_array_new ();
  side->nodes = g_ptr_array_new ();
  side->looseness = g_array_new (FALSE, TRUE, sizeof (int));
  side->elements = g_array_new (FALSE, FALSE, sizeof (int));
  side->lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  side->hyphens = g_array_new (FALSE, FALSE, sizeof (gboolean));
  side->lines = g_ptr_array_new ();
  side->owner = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
row_side_clear (gpointer data)
{
  RowSide *side = data;

  g_ptr_array_unref (side->paras);
  g_ptr_array_unref (side->nodes);
  g_array_unref (side->looseness);
  g_array_unref (side->elements);
  g_array_unref (side->lengths);
  g_array_unref (side->hyphens);
  g_ptr_array_unref (side->lines);
  g_array_unref (side->owner);
}

static void
row_side_add (Layout *layout, RowSide *side, const Column *column, DgNode *node)
{
  gboolean body = node->role == DG_ROLE_BODY;
  /* A paragraph after another of its row shows by its indent where it begins; one under a crosshead needs none. */
  const DgNode *before = side->nodes->len > 0 ? side->nodes->pdata[side->nodes->len - 1] : NULL;
  gboolean follows = body && before && before->role == DG_ROLE_BODY;

  g_ptr_array_add (side->paras, make_node_para (layout, column, node, body ? DG_STYLE_BODY : DG_STYLE_CROSSHEAD, follows ? 1 : 0, NULL));
  g_ptr_array_add (side->nodes, node);
  g_array_set_size (side->looseness, side->paras->len);
}

/* Breaks a side's paragraphs into lines. */
static void
row_side_set (Layout *layout, RowSide *side, const Column *column, int bead)
{
  for (guint p = 0; p < side->paras->len; p++) {
    DgPara *para = side->paras->pdata[p];
    g_autoptr (GPtrArray) lines = break_para (layout, para, column->measure, g_array_index (side->looseness, int, p));
    int element = add_element (layout, column, side->nodes->pdata[p], para, bead);
    guint length = lines->len;

    g_array_append_val (side->elements, element);
    g_array_append_val (side->lengths, length);
    for (guint i = 0; i < lines->len; i++) {
      const DgLine *line = lines->pdata[i];

      g_ptr_array_add (side->lines, lines->pdata[i]);
      g_array_append_val (side->hyphens, line->hyphenated);
      g_array_append_val (side->owner, p);
    }
    dg_para_finish (para);
  }
}

/* The nodes of a text's body in order: paragraphs, each after the crossheads that stand over it. */
static GPtrArray *
body_nodes (const DgText *text)
{
  GPtrArray *nodes = g_ptr_array_new ();

  for (guint i = 0; i < text->nodes->len; i++) {
    const DgNode *node = text->nodes->pdata[i];

    if (node->role == DG_ROLE_BODY || node->role == DG_ROLE_CROSSHEAD)
      g_ptr_array_add (nodes, text->nodes->pdata[i]);
  }
  return nodes;
}

/* Adds the next @n body paragraphs, with the crossheads before them, to a row's side. */
static void
take_nodes (Layout *layout, RowSide *side, const Column *column, const GPtrArray *nodes, guint *at, guint n)
{
  while (*at < nodes->len && n > 0) {
    DgNode *node = nodes->pdata[(*at)++];

    row_side_add (layout, side, column, node);
    if (node->role == DG_ROLE_BODY)
      n--;
  }
}

/* The rows' sides, left and right of each bead and of what no bead has. */
static void
make_rows (Layout *layout)
{
  GArray *sides = layout->sides;
  const GArray *beads = layout->align->beads;
  GPtrArray *nodes[2] = { NULL, NULL };
  guint at[2] = { 0, 0 };

  for (guint c = 0; c < layout->n_columns; c++)
    nodes[c] = body_nodes (layout->columns[c].text);
  for (guint i = 0; i < beads->len; i++) {
    const DgBead *bead = &g_array_index (beads, DgBead, i);

    for (guint c = 0; c < 2; c++) {
      RowSide side;

      row_side_init (&side);
      if (c < layout->n_columns)
        take_nodes (layout, &side, &layout->columns[c], nodes[c], &at[c], layout->columns[c].side == DG_SIDE_A ? bead->n_a : bead->n_b);
      g_array_append_val (sides, side);
    }
  }
  /* Crossheads that nothing follows are still words of the dispatch. */
  for (guint c = 0; c < layout->n_columns; c++) {
    if (at[c] < nodes[c]->len) {
      RowSide rest[2];

      row_side_init (&rest[0]);
      row_side_init (&rest[1]);
      take_nodes (layout, &rest[c], &layout->columns[c], nodes[c], &at[c], G_MAXUINT);
      g_array_append_vals (sides, rest, 2);
    }
    g_ptr_array_unref (nodes[c]);
  }
}

static void
ask_count (gpointer para, double measure, int looseness, DgMeasureCount *count)
{
  const DgParaStyle *style = dg_para_style (para);
  DgParaCount of;

  /* Ragged text and headlines are broken for sense, not to a number of lines. */
  dg_para_count (para, measure, style->justify ? looseness : 0, &of);
  *count = (DgMeasureCount) { of.lines, of.hyphens, of.badness, 1 + of.loosest * (style->space_max - 1) };
}

/* Chooses the ratio where it is free, and each paragraph's looseness. */
static void
choose_measures (Layout *layout)
{
  const DgTemplate *t = layout->t;
  guint n = layout->sides->len / 2;
  g_autofree DgMeasureRow *rows = NULL;
  double both = layout->columns[0].measure + layout->columns[1].measure;
  double min, max;

  if (layout->n_columns < 2)
    return;
  rows = g_new0 (DgMeasureRow, n + 1);
  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < 2; c++) {
      const RowSide *side = &g_array_index (layout->sides, RowSide, 2 * i + c);

      rows[i].side[c] = (DgMeasureSide) { side->paras->pdata, (int *) (void *) side->looseness->data, side->paras->len };
    }
  if (t->column_ratio.is_auto) {
    share_limits (layout, &min, &max);
    place_columns (layout, dg_measure_choose (rows, n, both, both * min, both * max, t->looseness, ask_count));
  }
  if (t->looseness)
    dg_measure_loosen (rows, n, both, layout->columns[0].measure, ask_count);
}

/* One part of a row on its page: both sides' lines and the piece of rule between them. */
static void
place_part (Layout *layout, const GArray *sides, const DgRowPart *part, guint page, double y)
{
  const DgTemplate *t = layout->t;
  guint tallest = 0;

  for (guint c = 0; c < layout->n_columns; c++) {
    const RowSide *side = &g_array_index (sides, RowSide, 2 * part->row + c);

    for (guint i = 0; i < part->n[c]; i++) {
      guint at = part->first[c] + i, owner = g_array_index (side->owner, guint, at);

      add_line (layout, page, side->paras->pdata[owner], side->lines->pdata[at], layout->columns[c].x, y + i * t->grid,
                g_array_index (side->elements, int, owner));
    }
    tallest = MAX (tallest, part->n[c]);
  }
  if (layout->n_columns == 2)
    add_rule (layout, page, layout->columns[0].x + layout->columns[0].measure + t->gutter / 2 - t->bead_rule / 2, y - 8,
              t->bead_rule, 8 + (tallest - 1) * t->grid + 1, t->bead_rule_colour);
}

/* Captions, end marks and notices of one side, stacked. */
typedef struct {
  GPtrArray *lines, *paras;
  GArray    *elements;
} Tail;

static void
tail_make (Layout *layout, const Column *column, Tail *tail)
{
  static const DgRole roles[] = { DG_ROLE_CAPTION, DG_ROLE_END, DG_ROLE_NOTICE };

  tail->lines = g_ptr_array_new ();
  tail->paras = g_ptr_array_new ();
  tail->elements = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
    for (guint i = 0; i < dg_text_count (column->text, roles[r]); i++) {
      const DgNode *node = dg_text_nth (column->text, roles[r], i);
      DgPara *para = make_node_para (layout, column, node, DG_STYLE_CAPTION, 0, NULL);
      g_autoptr (GPtrArray) lines = break_para (layout, para, column->measure, 0);
      int element = add_element (layout, column, node, para, -1);

      for (guint k = 0; k < lines->len; k++) {
        g_ptr_array_add (tail->lines, lines->pdata[k]);
        g_ptr_array_add (tail->paras, para);
        g_array_append_val (tail->elements, element);
      }
    }
}

/* Sets the tails under baseline @y of @page (or at the head of a page of their own) and the rule that ends the dispatch. */
static void
set_tail (Layout *layout, const Tail *tails, guint page, double y, gboolean fresh)
{
  static const DgColour black = { 0, 0, 0 };
  const DgTemplate *t = layout->t;
  double first = fresh ? t->running_body + t->grid : y + t->caption_gap, last = y;
  guint last_page = page;

  for (guint c = 0; c < layout->n_columns; c++) {
    const Column *column = &layout->columns[c];
    double baseline = first;
    guint here = page;

    if (tails[c].lines->len == 0)
      continue;
    add_rule (layout, page, column->text->rtl ? column->x + column->measure - t->caption_rule_length : column->x,
              first - (t->caption_gap - t->caption_rule_gap), t->caption_rule_length, t->caption_rule, t->accent);
    for (guint i = 0; i < tails[c].lines->len; i++) {
      if (baseline > t->last_baseline + EPSILON) {
        baseline = t->running_body;
        here++;
      }
      add_line (layout, here, tails[c].paras->pdata[i], tails[c].lines->pdata[i], column->x, baseline, g_array_index (tails[c].elements, int, i));
      if (here > last_page || (here == last_page && baseline > last)) {
        last_page = here;
        last = baseline;
      }
      baseline += t->grid;
    }
  }
  if (t->end_rule_gap > 0)
    add_rule (layout, last_page, t->margin_left, last + t->end_rule_gap - t->top_rule / 2, full_width (layout), t->top_rule, black);
}

/* Grid lines, in halves, from baseline @y to the last of the page. */
static double
slots (const DgTemplate *t, double y)
{
  return y <= t->last_baseline + EPSILON ? floor ((t->last_baseline - y + EPSILON) / (t->grid / 2)) / 2 + 1 : 0;
}

/* Rows and captions from baseline @y of @page on. */
static void
set_rows (Layout *layout, guint page, double y)
{
  const DgTemplate *t = layout->t;
  GArray *sides = layout->sides;
  guint n = sides->len / 2, tail_lines = 0, end_page = page;
  g_autofree DgRow *rows = g_new0 (DgRow, n + 1);
  g_autoptr (DgRowsResult) result = NULL;
  DgRowsFrame frame = { 0 };
  Tail tails[2] = { { 0 } };
  double end_y = y - t->grid, white = 0, area = 0;

  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < 2; c++) {
      RowSide *side = &g_array_index (sides, RowSide, 2 * i + c);

      row_side_set (layout, side, &layout->columns[c], i < layout->align->beads->len ? (int) i : -1);
      rows[i].lines[c] = side->lines->len;
      rows[i].paragraphs[c] = (const guint *) (void *) side->lengths->data;
      rows[i].n_paragraphs[c] = side->lengths->len;
      rows[i].hyphen[c] = (const gboolean *) (void *) side->hyphens->data;
    }
  for (guint c = 0; c < layout->n_columns; c++) {
    tail_make (layout, &layout->columns[c], &tails[c]);
    tail_lines = MAX (tail_lines, tails[c].lines->len);
  }
  frame.first_slots = slots (t, y);
  frame.page_slots = slots (t, t->running_body);
  frame.gap = t->row_gap / t->grid;
  frame.tail = tail_lines ? t->caption_gap / t->grid - 1 + tail_lines : 0;
  result = dg_rows_break (rows, n, &frame);

  for (guint i = 0; i < result->parts->len; i++) {
    const DgRowPart *part = &g_array_index (result->parts, DgRowPart, i);
    double top = (part->page == 0 ? y : t->running_body) + part->top * t->grid;
    guint tallest = MAX (part->n[0], part->n[1]);

    place_part (layout, sides, part, page + part->page, top);
    end_page = page + part->page;
    end_y = top + (tallest - 1) * t->grid;
    for (guint c = 0; c < layout->n_columns; c++) {
      white += (tallest - part->n[c]) * layout->columns[c].measure;
      area += tallest * layout->columns[c].measure;
    }
  }
  layout->pages->waste = area > 0 ? white / area : 0;
  if (page + result->tail_page > end_page)
    set_tail (layout, tails, page + result->tail_page, t->running_body - t->grid, TRUE);
  else
    set_tail (layout, tails, end_page, end_y, n == 0);
  for (guint c = 0; c < layout->n_columns; c++) {
    g_ptr_array_unref (tails[c].lines);
    g_ptr_array_unref (tails[c].paras);
    g_array_unref (tails[c].elements);
  }
}

/* A single line of furniture; @place: 0 left, .5 centred, 1 right in the given measure. */
static void
set_furniture (Layout *layout, guint page, const char *text, const char *lang, DgStyleName name, double x, double measure, double y, double place)
{
  DgParaStyle style;
  DgPara *para;
  const DgLine *line;
  g_autofree char *cut = NULL;

  dg_style_get (layout->t, layout->fonts, NULL, name, lang, &style, NULL);
  if (style.size <= 0)
    return;
  para = make_para (layout, text, lang, &style);
  cut = dg_para_cut (para, measure);
  if (strcmp (cut, text) != 0)
    para = make_para (layout, cut, lang, &style);
  line = single_line (layout, para);
  add_line (layout, page, para, line, x + place * (measure - line->width) - line->x, y, -1);
}

static void
set_page_furniture (Layout *layout, guint page)
{
  static const DgColour black = { 0, 0, 0 };
  const DgTemplate *t = layout->t;

  for (guint c = 0; c < layout->n_columns; c++) {
    const Column *column = &layout->columns[c];
    const DgNode *headline = dg_text_nth (column->text, DG_ROLE_HEADLINE, 0);
    g_autofree char *number = dg_style_number (column->text->lang, page + 1);
    double folio_place = layout->n_columns == 2 ? c : column->text->rtl ? 0 : 1;

    if (page > 0 && headline && t->running_size > 0)
      set_furniture (layout, page, headline->text, column->text->lang, DG_STYLE_RUNNING, column->x, column->measure, t->running_at,
                     column->text->rtl ? 1 : 0);
    if (t->folio_size > 0)
      set_furniture (layout, page, number, column->text->lang, DG_STYLE_FOLIO, column->x, column->measure, t->folio_at, folio_place);
  }
  if (page > 0 && t->running_size > 0)
    add_rule (layout, page, t->margin_left, t->running_rule_at, full_width (layout), t->thin_rule, black);
  if (t->source_file && strcmp (dg_source_name (layout->doc->source), "<stdin>") != 0) {
    g_autofree char *base = g_path_get_basename (dg_source_name (layout->doc->source));
    g_autofree char *name = dg_dup_printable (base, -1);

    set_furniture (layout, page, name, "en", DG_STYLE_SOURCE_FILE, t->margin_left + 60, full_width (layout) - 120, t->folio_at, .5);
  }
}

DgPages *
dg_layout_new (const DgAlign *align, const DgTemplate *template, DgFonts *fonts, DgHyphens *hyphens, DgDiag *diag)
{
  Layout layout = { align, align->doc, template, fonts, hyphens, diag, g_new0 (DgPages, 1), { { 0 } }, 0, NULL };
  DgPages *pages = layout.pages;
  guint body_page;
  double body_y;

  pages->width = template->page_size.width;
  pages->height = template->page_size.height;
  pages->pages = g_ptr_array_new ();
  pages->elements = g_array_new (FALSE, FALSE, sizeof (DgElement));
  pages->paras = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_para_free);
  pages->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_line_free);
  layout.sides = g_array_new (FALSE, FALSE, sizeof (RowSide));
  g_array_set_clear_func (layout.sides, row_side_clear);
  choose_columns (&layout);
  make_rows (&layout);
  choose_measures (&layout);
  set_heads (&layout, &body_page, &body_y);
  set_rows (&layout, body_page, body_y);
  for (guint i = 0; i < pages->pages->len; i++)
    set_page_furniture (&layout, i);
  g_array_unref (layout.sides);
  return pages;
}
