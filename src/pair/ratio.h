/* ratio.h: how much longer the one text runs than the other, by its language and by what was found.
 * Ratios are logs: of the second text's length for the first one's. */
#ifndef DG_RATIO_H
#define DG_RATIO_H

#include <glib.h>

/* What is known of a ratio: where it lies, and how far from there it may well be. */
typedef struct {
  double mean, spread;
} DgRatio;

/* What the two languages (BCP 47) let expect, by their "length" in templates/data/languages.ini. */
DgRatio dg_ratio_expect (const char *lang_a, const char *lang_b);

/* That, with @seen, the ratio of the whole texts, in sight, which tells more than the languages do, unless one text leaves out much of the
 * other. */
double dg_ratio_start (const DgRatio *expected, double seen);

/* How likely @ratio is, as a log against the likeliest. */
double dg_ratio_weigh (const DgRatio *expected, double ratio);

/* The ratio of two pieces that were found to answer each other, and how much it tells: 1 / variance. */
typedef struct {
  double ratio, weight;
} DgRatioPiece;

/* What was expected, taught by @pieces; those far from @before, the ratio they were found with, count less. */
double dg_ratio_learn (const DgRatio *expected, double before, const DgRatioPiece *pieces, guint n);

#endif
