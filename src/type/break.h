/* break.h: which breaks make the best lines: total fit over a paragraph (Knuth & Plass 1981).
 *
 * Numbers only.  A paragraph is a list of legal breakpoints with sums of width, stretch and shrink up to each; how text
 * becomes such a list is points.c's business, how a line is then set compose.c's. */
#ifndef DG_BREAK_H
#define DG_BREAK_H

#include <glib.h>

typedef enum {
  DG_BREAK_HYPHEN = 1 << 0,    /* the line ends in an inserted hyphen */
  DG_BREAK_EMERGENCY = 1 << 1, /* inside a word, at a cluster: only where nothing else is possible */
  DG_BREAK_WORD = 1 << 2,      /* at a space */
  DG_BREAK_TIED = 1 << 3       /* between words that belong together: only where there is no other way without a hole */
} DgBreakFlags;

/* Sums in pt from the paragraph's start.  "end": up to the end of a line that breaks here, without its trailing space, with
 * its hyphen; "next": up to the start of the line that begins here. */
typedef struct {
  double width_end, width_next;
  double stretch_end, stretch_next;
  double shrink_end, shrink_next;
  double kashida_end, kashida_next; /* what kashidas can add */
  double letters_end, letters_next; /* width of letters that may be widened a little */
  double groups_end, groups_next;   /* what the white between unjoined letters inside words can give or take */
  double hang_start;                /* what a line that starts here may stand out at its start */
  double hang_end;                  /* what a line that ends here may stand out at its end */
  double penalty;                   /* 0: as good as any; 100: as bad as a line stretched to its limit */
  guint  flags;                     /* DgBreakFlags */
} DgBreakPoint;

#define DG_BREAK_ANY G_MAXUINT

/* A line that showed a fault once it was set: what it costs beyond what the sums tell. */
typedef struct {
  guint  from, to; /* points; @from DG_BREAK_ANY: each line that ends at @to */
  double cost;     /* demerits */
} DgBreakFault;

typedef struct {
  double              measure;                  /* pt */
  gboolean            justify;                  /* FALSE: ragged */
  gboolean            balance;                  /* ragged, in the fewest lines, of like length */
  double              widening;                 /* share by which letters may be widened or narrowed: .015; 0: not at all */
  double              tracking;                 /* share of letters' width that letter space may add to a line that would be loose without, and once
                                  more to one that would be very loose; 0: none */
  double              kashida_unit;             /* pt: the least a kashida adds; 0: none */
  double              kashida_from, kashida_to; /* share of their stretch that the spaces take before a kashida is drawn, and that is left to them with one */
  guint               kashidas;                 /* most in one line */
  const DgBreakFault *faults;                   /* @n_faults of them */
  guint               n_faults;
} DgBreakParams;

/* The line from point @a to point @b under @params: what the breaker weighed. */
typedef struct {
  double slack;   /* pt: measure and hanging less the natural width */
  double groups;  /* pt of it that the white between unjoined letters takes (below 0: gives) */
  double kashida; /* pt of it that kashidas are to take */
  double widen;   /* pt of it that widened letters take (below 0: narrowed) */
  double track;   /* pt of it that letter space takes */
  double ratio;   /* what is left, as a share of the spaces' stretch or (below 0) shrink */
  double badness; /* 100 |ratio|^3; HUGE_VAL where the line does not fit */
} DgBreakFit;

void dg_break_fit (const DgBreakPoint *a, const DgBreakPoint *b, gboolean last, const DgBreakParams *params, DgBreakFit *fit);

/* Breaks: @points[0] is the paragraph's start, @points[n - 1] its end.  Returns the indexes (guint) of the points at which
 * lines end, the last being n - 1.  Always ends and never fails: a piece wider than the measure is broken where a point
 * of DG_BREAK_EMERGENCY stands in it, else it stands alone on its line.  @found (may be NULL): the pass that they are of. */
GArray *dg_break_lines (const DgBreakPoint *points, guint n, const DgBreakParams *params, guint *found);

/* @ways[1] is what dg_break_lines gave, which was @found in such a pass.  @ways[0] and @ways[2] become those with a line less and a line more, where
 * that can be had without an overfull, a loose or a very short line, else the same once more.  Transfer full. */
void dg_break_others (const DgBreakPoint *points, guint n, const DgBreakParams *params, guint found, GArray *ways[3]);

/* The demerits of a justified or ragged paragraph broken at @breaks, faults apart: to weigh two ways against each other. */
double dg_break_weigh (const DgBreakPoint *points, guint n, const DgBreakParams *params, const GArray *breaks);

#endif
