/* measure.h: how wide the two measures are, and which paragraphs give or take a line, so that rows waste least white.
 * Numbers only: what a paragraph needs is asked of a function, so this knows no text.
 *
 * Wasted white is what stays blank under the shorter side of each row.  It is counted in lines of the whole body, so a line
 * of a narrow measure weighs less than one of a wide; a looser line and a hyphen have small prices in the same coin, so that white
 * is never bought with a poor line. */
#ifndef DG_MEASURE_H
#define DG_MEASURE_H

#include <glib.h>

/* A paragraph set one way. */
typedef struct {
  guint  lines, hyphens;
  double badness; /* of all lines together */
  guint  stubs;   /* paragraphs whose last line is the rest of a word */
  double widest;  /* word space of the loosest line, as a share of the face's own */
} DgMeasureCount;

/* What @para needs in @measure pt with @looseness lines more than the best (-1, 0 or 1).  Where that cannot be had, @count is
 * that of the best. */
typedef void (*DgMeasureAsk) (gpointer para, double measure, int looseness, DgMeasureCount *count);

typedef struct {
  gpointer *paras;     /* lent */
  int      *looseness; /* one for each paragraph: what was chosen */
  guint     n;         /* 0: the row has no such side */
} DgMeasureSide;

typedef struct {
  DgMeasureSide side[2]; /* left, right */
} DgMeasureRow;

/* What a paragraph's length tells of its lines. */
typedef struct {
  double width;           /* pt: all of it in one line */
  double stretch, shrink; /* pt: what its spaces give and take without being seen */
  double inset;           /* pt: by which its measure is narrower than the column */
  guint  lines;           /* not 0: these, whatever the measure */
} DgMeasureRoom;

typedef void (*DgMeasureReckon) (gpointer para, DgMeasureRoom *room);

/* Finds up to @most left measures between @min and @max, in quarters of a point, of two that are @both pt together, at which the rows are likely to waste
 * least white, the likeliest first.  Returns their number, one at least.  @loosen: reckon with what dg_measure_loosen can do there.  Of many rows an
 * even sample is judged. */
guint dg_measure_propose (const DgMeasureRow *rows, guint n_rows, double both, double min, double max, gboolean loosen, DgMeasureReckon reckon, double *lefts,
                          guint most);

/* Sets each paragraph's looseness: a line less or more where its row comes level, or nearer to it, by that; @tight: or shorter.  @left is the
 * left measure.  Returns the rows' cost: white and prices as a share of the body; HUGE_VAL as soon as these come to @most lines of it, when the
 * looseness is of no use. */
double dg_measure_loosen (const DgMeasureRow *rows, guint n_rows, double both, double left, gboolean tight, double most, DgMeasureAsk ask);

#endif
