/* layout_private.h: what the files of the layout share: columns on their pages, and how boxes are put there.
 *
 * Rows are level across a spread: one page, or, where the languages stand on facing pages, two.  A place is given by spread,
 * column and the distance from the column's left edge, so that no caller asks which page that is or how its margins lie. */
#ifndef DG_LAYOUT_PRIVATE_H
#define DG_LAYOUT_PRIVATE_H

#include "layout.h"
#include "style.h"

#define DG_LAYOUT_EPSILON 0.05 /* pt: a head that ends a hair below a half line does not ask for another */

/* One side of the page: a text and the measure it stands in. */
typedef struct {
  const DgText *text;
  DgSide        side;
  double        measure;       /* pt */
} DgColumn;

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
} DgRowSide;

typedef struct {
  const DgAlign    *align;
  const DgDoc      *doc;
  const DgTemplate *t;
  DgFonts          *fonts;
  DgHyphens        *hyphens;
  DgDiag           *diag;
  DgPages          *pages;
  DgColumn          columns[2];/* left, right */
  guint             n_columns;
  GArray           *sides;     /* DgRowSide: left and right of each row */
} DgLayout;

/* A stack of lines of one side, as captions and notices make it. */
typedef struct {
  GPtrArray *lines;            /* DgLine*, lent */
  GPtrArray *paras;            /* DgPara* of each line, lent */
  GArray    *elements;         /* int a line */
} DgStack;

/* layout.c: TRUE for two texts of which both run left to right, or both right to left. */
gboolean      dg_layout_runs_one_way (const DgDoc *doc);

/* layout_boxes.c: places, and the boxes put there. */

/* The width of what stands over both columns of a page: the measures and the gutter. */
double        dg_layout_full_width (const DgLayout *layout);
/* The text area's width that the measures share. */
double        dg_layout_both (const DgLayout *layout);
/* The two measures of which the left one is @left pt. */
void          dg_layout_set_measures (DgLayout *layout, double left);
/* A column's left edge on its page of @spread, pt. */
double        dg_layout_column_x (const DgLayout *layout, guint spread, const DgColumn *column);
/* A rule over the whole width of @spread. */
void          dg_layout_add_full_rule (DgLayout *layout, guint spread, double y, double weight, DgColour colour);
/* A rule (or an upright one: then @weight is its height) at @x from the column's left edge. */
void          dg_layout_add_rule (DgLayout *layout, guint spread, const DgColumn *column, double x, double y, double width, double weight,
                                  DgColour colour);
/* A line at @x from the column's left edge. @element: index in the elements, -1 for furniture. */
void          dg_layout_add_line (DgLayout *layout, guint spread, const DgColumn *column, const DgPara *para, const DgLine *line, double x,
                                  double baseline, int element);

/* Paragraphs and lines are the pages' property; all are lent. */
DgPara       *dg_layout_make_para (DgLayout *layout, const char *text, const char *lang, const DgParaStyle *style);
DgPara       *dg_layout_make_node_para (DgLayout *layout, const DgColumn *column, const DgNode *node, DgStyleName name, double indent,
                                        double *leading);
int           dg_layout_add_element (DgLayout *layout, const DgColumn *column, const DgNode *node, const DgPara *para, int bead);
/* The lines; free the array, not them. */
GPtrArray    *dg_layout_break (DgLayout *layout, DgPara *para, double measure, int looseness);
const DgLine *dg_layout_one_line (DgLayout *layout, DgPara *para);

/* layout_heads.c: kickers, headlines, decks and the rules about them.  Says on which spread and baseline the body begins. */
void          dg_layout_set_heads (DgLayout *layout, guint *spread, double *baseline);

/* layout_rows.c: rows from beads, their measures, their places; then what follows the last. */
void          dg_layout_make_rows (DgLayout *layout);
void          dg_layout_choose_measures (DgLayout *layout);
void          dg_layout_set_rows (DgLayout *layout, guint spread, double baseline);

/* layout_tail.c: captions, end marks and notices after the last row. */
void          dg_layout_make_tail (DgLayout *layout, const DgColumn *column, DgStack *tail);
void          dg_layout_clear_stack (DgStack *stack);
/* Sets the tails under @baseline of @spread (or at the head of a page of their own) and the rule that ends the dispatch. */
void          dg_layout_set_tail (DgLayout *layout, const DgStack *tails, guint spread, double baseline, gboolean fresh);

/* layout_furniture.c: what is repeated on the pages. */
void          dg_layout_set_furniture (DgLayout *layout);

#endif
