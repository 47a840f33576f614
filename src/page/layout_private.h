/* layout_private.h: what the files of the layout share: columns on their pages, and how boxes are put there.
 *
 * Rows are level across a spread: one page, or, where the languages stand on facing pages, two.  A place is given by spread,
 * column and the distance from the column's left edge, so that no caller asks which page that is or how its margins lie. */
#ifndef DG_LAYOUT_PRIVATE_H
#define DG_LAYOUT_PRIVATE_H

#include "pair/align.h"
#include "page/measure.h"
#include "page/pages.h"
#include "page/rows.h"
#include "page/style.h"
#include "page/template.h"
#include "type/fonts.h"
#include "type/hyphens.h"

#define DG_LAYOUT_EPSILON 0.05 /* pt: a head that ends a hair below a half line does not ask for another */

/* One side of the page: a text and the measure it stands in. */
typedef struct {
  const DgText *text;
  DgSide        side;
  double        measure; /* pt */
} DgColumn;

/* A column of a table; what the marks of a list, the lines of a stanza or their halves take. */
typedef struct {
  double width;     /* pt: of the widest */
  guint  n_figures; /* cells of it that are numbers */
} DgBlockColumn;

/* What neighbouring items of a list, lines of a stanza, rows of a table have in common. */
typedef struct {
  GArray *columns; /* DgBlockColumn */
  guint   n_rows;
  guint   n_units; /* that hold it */
} DgBlock;

/* A paragraph of the running text, an item, a line of verse, a row of cells: what is broken into lines. */
typedef struct {
  const DgNode *node;    /* lent */
  GPtrArray    *paras;   /* DgPara*, lent by the pages: the paragraph; mark and text; cells, NULL for empty ones */
  DgBlock      *block;   /* shared; NULL: a paragraph */
  gboolean      goes_on; /* the one before is of the same block */
  double        em;      /* pt: of the body, where there is a block */
} DgUnit;

#define DG_HEADLINE_STEPS 6

/* The first lines of a side that stands beside a picture. */
typedef struct {
  double measure, x; /* pt: theirs, and where it begins from the column's left edge */
  guint  n;          /* 0: all have the column's */
} DgNarrow;

/* A picture that the texts run round. */
typedef struct {
  guint  spread;
  double depth;            /* grid lines from the first of the body on that stand beside it; 0: there is none */
  double bottom;           /* pt from the page's top: no gutter rule above it */
  double measure[2], x[2]; /* of each column beside it, as in DgNarrow */
} DgRound;

/* A line in its row. */
typedef struct {
  const DgLine *line; /* lent, as @para */
  const DgPara *para;
  int           element;
  double        x;    /* pt from the column's left edge */
  guint         slot; /* grid line of the row, from 0 */
  guint         unit; /* of its side */
} DgRowLine;

/* A side of a row: its units' lines, one after the other. */
typedef struct {
  GPtrArray *units;     /* DgUnit* */
  GArray    *looseness; /* int: lines each unit gives or takes */
  GArray    *lengths;   /* guint: grid lines of each unit */
  GArray    *hyphens;   /* gboolean a grid line */
  GArray    *lines;     /* DgRowLine in the order of reading */
  DgNarrow   narrow;
  guint      depth; /* grid lines */
} DgRowSide;

typedef struct {
  DgRowSide side[2]; /* left, right */
  DgRole    role;    /* DG_ROLE_BODY: a bead; else heads and captions that are set as rows */
  int       bead;    /* index in the beads; -1: none */
  gboolean  close;   /* no white between it and the row before: they are items, verses or rows of one table */
} DgLayoutRow;

/* The part of a row that stands on one spread. */
typedef struct {
  guint  first[2], n[2];           /* grid lines of each side */
  guint  first_column, end_column; /* columns it takes part in */
  guint  depth;                    /* lines of the taller side */
  double baseline;                 /* of the first line, pt from the page's top */
} DgLayoutPart;

/* Beads that stand on a spread, from 0. */
typedef struct {
  int first, last;
} DgBeadRange;

/* What stands under the last row, from one level baseline: captions, a note, credits … */
typedef struct {
  GArray  *lines[2]; /* DgRowLine of each column */
  double   gap;      /* pt from the baseline above to its first */
  double   leading;  /* pt */
  gboolean small, ruled;
} DgStrip;

/* A note that stands at the foot of the page that refers to it, with its counterpart. */
typedef struct {
  const DgNode *node[2];           /* of each column; NULL: it has none */
  char         *mark;              /* "[1]" */
  guint         row, column, unit; /* that refers to it */
  DgStrip       strip;             /* its lines, once they are set */
  guint         depth, spread;     /* of the lines, and where they stand */
} DgFootNote;

/* Characters of one script or block that no face has. */
typedef struct {
  char    *kind; /* its name */
  gunichar first;
  guint    n, line, column; /* of the first one */
} DgMissing;

/* A paragraph that was made of a node. */
typedef struct {
  const DgNode *node;
  DgStyleName   style;
  guint         step; /* headline_step */
  DgPara       *para;
} DgMade;

typedef struct {
  const DgAlign    *align;
  const DgDoc      *doc;
  const DgTemplate *t;
  DgFonts          *fonts;
  DgHyphens        *hyphens;
  DgDiag           *diag;
  DgPages          *pages;
  GPtrArray        *paras;      /* of the pages that are kept */
  GArray           *made;       /* DgMade: those that do not belong to the running text */
  DgColumn          columns[2]; /* left, right */
  guint             n_columns;
  GArray           *rows;                  /* DgLayoutRow */
  GArray           *ranges;                /* DgBeadRange of each spread */
  GArray           *tail;                  /* DgStrip; NULL: not made */
  GArray           *notes;                 /* DgFootNote; NULL: there are none */
  guint             n_lines;               /* counted so far for line numbers: those of the taller sides */
  const DgPicture  *picture;               /* NULL: none */
  double            row_gap, picture_most; /* as the search chose them: white between rows, pt; greatest depth of the picture, steps of the grid */
  gboolean          small_headlines;
  guint             headline_step[2]; /* of each side's headline, of DG_HEADLINE_STEPS from the large size to the small one: it takes fewer lines by that */
  DgRound           round;
  double            down;     /* pt by which a dispatch that runs on begins lower */
  GArray           *missing;  /* DgMissing */
  guint             boxes[2]; /* characters without a face, by side, */
  guint             seen[2];  /* of all that are no white space */
} DgLayout;

/* layout.c: TRUE for two texts of which both run left to right, or both right to left. */
gboolean dg_layout_runs_one_way (const DgDoc *doc);

DgPages *dg_layout_new_pages (const DgLayout *layout);
/* What stands over the body: heads and picture.  Says on which spread and baseline it begins. */
void dg_layout_set_top (DgLayout *layout, guint *spread, double *baseline);

/* layout_boxes.c: places, and the boxes put there. */

/* The width of what stands over both columns of a page: the measures and the gutter. */
double dg_layout_full_width (const DgLayout *layout);
/* The text area's width that the measures share. */
double dg_layout_both (const DgLayout *layout);
/* Pages of a spread, spreads, and the number a page bears; pages and spreads are counted from 0. */
guint   dg_layout_page (const DgLayout *layout, guint spread, const DgColumn *column);
guint   dg_layout_spread_count (const DgLayout *layout);
guint   dg_layout_page_number (const DgLayout *layout, guint page);
DgPage *dg_layout_get_page (DgLayout *layout, guint page);
/* The left edge of the text area, pt, and whether the page's outer edge is the left one. */
double   dg_layout_page_x (const DgLayout *layout, guint page);
gboolean dg_layout_is_outside_left (const DgLayout *layout, guint page);
/* TRUE where the texts stand one over the other in one measure. */
gboolean dg_layout_is_stacked (const DgLayout *layout);
/* TRUE where the column is the left one of its page or its spread. */
gboolean dg_layout_is_left (const DgLayout *layout, guint spread, const DgColumn *column);
/* The two measures of which the first one is @left pt. */
void dg_layout_set_measures (DgLayout *layout, double left);
/* A column's left edge on its page of @spread, pt. */
double dg_layout_column_x (const DgLayout *layout, guint spread, const DgColumn *column);
/* A rule over the whole width of @spread. */
void dg_layout_add_full_rule (DgLayout *layout, guint spread, double y, double weight, DgColour colour);
/* The middle of the gutter between two columns side by side, and a box that is centred on it. */
double dg_layout_gutter_x (const DgLayout *layout, guint spread);
void   dg_layout_add_gutter_box (DgLayout *layout, guint spread, DgBoxKind kind, double y, double width, double height, DgColour colour);
/* A rule at @x from the column's left edge. */
void dg_layout_add_rule (DgLayout *layout, guint spread, const DgColumn *column, double x, double y, double width, double weight, DgColour colour);
/* A line at @x from the column's left edge. @element: index in the elements, -1 for furniture. */
void dg_layout_add_line (DgLayout *layout, guint spread, const DgColumn *column, const DgPara *para, const DgLine *line, double x, double baseline,
                         int element);
/* The same at @x from the page's left edge. */
void dg_layout_add_page_line (DgLayout *layout, guint page, const DgPara *para, const DgLine *line, double x, double baseline, int element);

/* TRUE where each text has pages of its own. */
gboolean dg_layout_is_facing (const DgLayout *layout);
/* The picture at @x from the left edge of the column's page's text area; @element -1: shown once more. */
void dg_layout_add_picture (DgLayout *layout, guint spread, const DgColumn *column, double x, double y, double width, double depth, int element);

/* Paragraphs and lines are the pages' property; all are lent. */
DgPara *dg_layout_make_para (DgLayout *layout, const char *text, const char *lang, const DgParaStyle *style);
DgPara *dg_layout_make_node_para (DgLayout *layout, const DgColumn *column, const DgNode *node, DgStyleName name, double indent, double *leading);
/* Of the node's text from byte @from to @to. */
DgPara *dg_layout_make_piece_para (DgLayout *layout, const DgColumn *column, const DgNode *node, gsize from, gsize to, DgStyleName name);
int     dg_layout_add_element (DgLayout *layout, const DgColumn *column, const DgNode *node, const DgPara *para, int bead);
/* The lines; free the array, not them. */
GPtrArray    *dg_layout_break (DgLayout *layout, DgPara *para, double measure, int looseness);
GPtrArray    *dg_layout_break_round (DgLayout *layout, DgPara *para, double measure, const DgNarrow *narrow);
const DgLine *dg_layout_one_line (DgLayout *layout, DgPara *para);

/* layout_heads.c: kickers, headlines, decks and the rules about them.  Says on which spread and baseline the body begins. */
void dg_layout_set_heads (DgLayout *layout, guint *spread, double *baseline);

/* layout_picture.c: the picture and its captions, between heads and body, or where the texts run round it; moves the place where the body begins. */
void dg_layout_set_picture (DgLayout *layout, guint *spread, double *baseline);
/* The whole picture under the last row, of a page to correct on: below @y of @spread, which become those of its end. */
void dg_layout_set_whole_picture (DgLayout *layout, guint *spread, double *y);
/* The lines of column @c that stand beside the picture, of a row @top grid lines below the first of the body. */
DgNarrow dg_layout_get_narrow (const DgRound *round, guint c, double top);
/* The white over row @r in grid lines, as the page builder counts it. */
double dg_layout_white_over (const DgLayout *layout, guint r, guint column, double gap);

/* layout_units.c: a unit of the running text after @before, NULL where it opens its text; its first line is set in by @indent em.  What it takes in
 * @measure pt; its lines, from grid line @slot of the row on, which are added to @lines (DgRowLine).  Returns the grid lines that they take. */
DgUnit *dg_layout_unit_new (DgLayout *layout, const DgColumn *column, const DgNode *node, const DgUnit *before, double indent);
void    dg_layout_unit_free (gpointer unit);
void    dg_layout_unit_reckon (const DgUnit *unit, DgMeasureRoom *room);
void    dg_layout_unit_count (const DgUnit *unit, double measure, int looseness, DgMeasureCount *count);
/* TRUE for the first row of a table that has figures below it and none itself. */
gboolean dg_layout_unit_is_header (const DgUnit *unit);
guint dg_layout_unit_set (DgLayout *layout, DgUnit *unit, const DgColumn *column, const DgNarrow *narrow, int looseness, int bead, guint slot, GArray *lines);
/* The grid lines that it takes in a column of @measure pt. */
guint dg_layout_unit_count_round (const DgUnit *unit, double measure, const DgNarrow *narrow);

/* layout_rows.c: rows from beads, their measures, their places; then what follows the last.  FALSE, and nothing is set, where a dispatch
 * that runs on would have too little on its first page. */
void     dg_layout_make_rows (DgLayout *layout);
gboolean dg_layout_set_rows (DgLayout *layout, guint spread, double baseline);

/* TRUE where no white stands between what column @column has of the row and what is over it. */
gboolean dg_layout_is_close (const DgLayout *layout, guint row, guint column);
/* TRUE where a text of the row ends in a colon: what it speaks of follows. */
gboolean dg_layout_leads_on (const DgLayoutRow *row);
/* Grid lines, in halves, from baseline @y to the last of the page. */
double dg_layout_slots (const DgTemplate *t, double y);

/* layout_search.c: chooses measures, looseness, white between rows, the headlines' size and the picture's depth; sets what stands over the body. */
void dg_layout_search (DgLayout *layout, guint *spread, double *baseline);

/* layout_marks.c: numbers, rings, names and rules that help to compare or to correct. */
void dg_layout_mark_part (DgLayout *layout, const DgLayoutRow *row, const DgLayoutPart *part, guint spread, gboolean opens_page);

/* layout_tail.c: what stands after the last row: captions, notes to the text, credits, notices.  The first tells their roles in order; the
 * second makes their lines and tells how deep they stand under the last body baseline, pt; the third forgets them; the fourth sets them under
 * @baseline of @spread (or, @fresh, at the head of a page of their own) with the rule that ends the dispatch. */
const DgRole *dg_layout_tail_roles (const DgLayout *layout, guint *n);

double dg_layout_make_tails (DgLayout *layout);
void   dg_layout_drop_tails (DgLayout *layout);
void   dg_layout_set_tails (DgLayout *layout, guint spread, double baseline, gboolean fresh);

void dg_layout_set_strip_side (DgLayout *layout, const DgStrip *strip, guint c, guint *spread, double *y);
/* A strip, and the lines of one node on a side of it. */
void dg_layout_init_strip (const DgLayout *layout, DgStrip *strip, gboolean small, double gap);
void dg_layout_clear_strip (gpointer strip);
void dg_layout_add_node_lines (DgLayout *layout, const DgColumn *column, const DgNode *node, DgStyleName style, GArray *lines);

/* layout_notes.c: notes at the foot of the page that has their mark.  Finds them; tells whether a node is one; adds what they take to the rows, as the page
 * builder counts these, in columns of @measure pt; says on which spread each stands; sets those of all spreads, on which the body ends at @ends (double, pt, by
 * spread), and says on which the last one stands. */
void     dg_layout_find_notes (DgLayout *layout);
gboolean dg_layout_is_foot_note (const DgLayout *layout, const DgNode *node);
void     dg_layout_add_feet (DgLayout *layout, const double measure[2], DgRow *rows, DgRowsFrame *frame);
void     dg_layout_note_part (DgLayout *layout, guint row, const DgLayoutPart *part, guint spread);
guint    dg_layout_set_notes (DgLayout *layout, GArray *ends);

/* layout_strips.c: several pairs of columns on a sheet.  @strip: the page of one pair that @sheet has several of.  The second puts the pages, the first
 * of which stands in pair @first, together into sheets, with what stands about them. */
void dg_layout_get_strip (const DgTemplate *sheet, DgTemplate *strip);
void dg_layout_fold (DgLayout *layout, const DgTemplate *sheet, guint first);

/* layout_missing.c: takes note of the characters without a face of a paragraph, which begins at byte @from of its node; tells of all of them. */
void dg_layout_note_missing (DgLayout *layout, DgSide side, const DgPara *para, const DgNode *node, gsize from);
void dg_layout_tell_missing (DgLayout *layout);

/* layout_lines.c: what only the whole page shows of its lines: ink of two paragraphs that meets is moved apart; what a reader would stumble over is told. */
void dg_layout_settle_lines (DgLayout *layout);

/* layout_furniture.c: what is repeated on the pages. */
/* Sets @text in one line, cut at a word where it is wider than @measure; @place: 0 at @x, .5 in the middle, 1 at the right end of @measure. */
void dg_layout_set_text (DgLayout *layout, guint page, const char *text, const char *lang, const DgParaStyle *style, double x, double measure, double baseline,
                         double place);
void dg_layout_set_furniture (DgLayout *layout);

#endif
