/* clash.h: whether the ink of a line meets that of the next one.
 * In: two set lines and the distance of their baselines.  Out: a number.  The edges below are for settle.c, which weighs places of words by them. */
#ifndef DG_CLASH_H
#define DG_CLASH_H

#include "type/ink.h"

/* How often @upper and @lower, @leading pt apart, touch; places where they nearly do, and marks of either that stand nearer to a letter of the other
 * than to their own, so that they are read with it, count as less than one, or as more where they all but touch it.  @nudged (may be NULL): such marks are
 * moved by a few hundredths of an em first, towards their own letters or aside; whether one was.  @touches (may be NULL): how often they touch. */
double dg_ink_clashes (const DgLine *upper, const DgLine *lower, double leading, gboolean *nudged, guint *touches);

/* Places where they touch, and no more than that. */
guint dg_ink_touches (const DgLine *upper, const DgLine *lower, double leading);

#define CELL  .5  /* pt: width of the columns in which two lines are compared */
#define FAR   5.5 /* pt: a letter further away is no mark's */
#define CLEAR .03 /* em that must stay white between two lines */
#define NEAR  .25 /* lines that nearly touch, as a share of lines that do */

/* A vowel or the like. */
typedef struct {
  const DgInkGlyph *glyph;
  double            x, y, size; /* its origin, pt */
  DgGlyph          *placed;     /* in the line */
} DgInkMark;

/* A glyph of a line that has ink. */
typedef struct {
  DgInkGlyph *ink;
  DgGlyph    *placed;
  PangoFont  *font;
  double      x, size, reach; /* pt: from the measure's left; how far it reaches from the baseline towards the other line */
} DgEdgeItem;

/* One edge of a line's ink in columns of CELL pt, from @left on, pt from the baseline: the lower one of an upper line, the upper one of a lower one.
 * Of the ink there is what can meet the other line's or is near a mark that can. */
typedef struct {
  gboolean    upper;
  double      left;
  int         n, n_stretches;
  DgEdgeItem *items; /* from left to right */
  guint       n_items;
  double      most;      /* pt: how far the line's ink reaches towards the other one, */
  float      *stretches; /* … in each stretch of columns */
  float      *letters;   /* marks apart */
  float      *all;       /* with the marks */
  GArray     *marks;     /* DgInkMark: those that come near the other line */
} DgEdge;

/* What of the two lines may meet or be taken for the other's, where either's words move by up to @play pt; FALSE where nothing is, as with most lines.
 * Both edges are to be cleared in any case. */
gboolean dg_edges_make (const DgLine *upper, const DgLine *lower, double leading, double play, DgEdge *above, DgEdge *below);
void     dg_edge_clear (DgEdge *edge);
/* Makes all of the letters and the marks, once these have moved. */
void dg_edge_join (DgEdge *edge);
/* From the mark to @values (the letters, or all) in columns @first to @last of the edge, @most at most: the mark stands above them where @above, else below;
 * @shift pt are added to the edge. */
double dg_edge_distance (const DgEdge *edge, const float *values, const DgInkMark *mark, double shift, gboolean above, int first, int last, double most);
/* How far a mark that stands @own pt from its letters need be looked about for those of the next line: further away they do no harm. */
double dg_mark_reach (double own, double size, gboolean upper);
/* What it is worth that a mark stands @own pt from its letters and @far from those of the next line; @upper: of the upper line. */
double dg_mark_worth (double own, double far, double size, gboolean upper);

#endif
