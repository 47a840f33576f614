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

/* The left of two measures that are @both pt together, in quarters of a point between @min and @max, at which the rows waste least
 * white.  @loosen: count with what dg_measure_loosen can do there.  Of many rows an even sample is judged. */
double dg_measure_choose (const DgMeasureRow *rows, guint n_rows, double both, double min, double max, gboolean loosen, DgMeasureAsk ask);

/* Sets each paragraph's looseness: a line less or more where its row comes level, or nearer to it, by that.  @left is the left measure.
 * Returns the rows' cost, as dg_measure_choose weighs it: white and prices as a share of the body. */
double dg_measure_loosen (const DgMeasureRow *rows, guint n_rows, double both, double left, DgMeasureAsk ask);

#endif
