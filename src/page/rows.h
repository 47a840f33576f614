/* rows.h: which lines of which rows stand on which page.  Numbers only: no Pango, no Cairo.
 *
 * A row is a bead: two sides that start level.  All rows and all their legal cuts go into one optimisation (dynamic
 * programming, after Plass 1981) over the whole document.
 *
 * A legal cut (i, j) puts i lines of the left and j of the right side before a page's end.  It is level: both sides are filled to
 * one depth, or the shorter one is all set.  Where a level cut would part a side badly (a line alone, a hyphen), that side may
 * also stop one to three lines higher, where that is better for it; not on pages under eight lines, where it could not catch
 * up.  After a cut both sides go on level, and every part has at least one line of each side that is not all set. */
#ifndef DG_ROWS_H
#define DG_ROWS_H

#include <glib.h>

typedef struct {
  guint           lines[2];      /* lines of the left and of the right side; one may be 0, not both */
  const guint    *paragraphs[2]; /* lines of each paragraph of a side, lent; NULL: the side is one paragraph */
  guint           n_paragraphs[2];
  gboolean        close;     /* the row before belongs to it: no gap between them, and a page ends there only at a price */
  gboolean        led;       /* the row before leads up to it ("…:"): a page ends there only at a price */
  double          foot;      /* grid lines of the notes that stand at the foot of each page that has some of it */
  const gboolean *hyphen[2]; /* for each line of a side: it ends in a hyphen; NULL: none does */
} DgRow;

typedef struct {
  double first_slots; /* grid lines free on the first page, in halves */
  double page_slots;  /* grid lines of every further page, in halves */
  double gap;         /* white between rows, in grid lines (0.5) */
  double foot_gap;    /* white over the notes at a page's foot, in grid lines */
  double tail;        /* grid lines that must follow the last row on its page (caption), 0 for none */
} DgRowsFrame;

typedef struct { /* a part of a row on a page; both sides' first lines are level */
  guint  row;
  guint  page;           /* from 0 */
  double top;            /* grid lines from the page's first body baseline to the part's first */
  guint  first[2], n[2]; /* lines of each side in this part */
} DgRowPart;

typedef struct {
  GArray *parts; /* DgRowPart in order; a row that is not split has one */
  guint   n_pages;
  guint   tail_page; /* page the tail stands on: the last row's, or one more */
  double  cost;      /* as dg_rows_cost finds it */
  guint64 weighed;   /* page ends that were weighed: how much work it was */
} DgRowsResult;

/* The cheapest setting of all rows.  It always ends, whatever the heights, and its work grows with the number of lines: ends
 * are sought in the last 16 lines of a page, further up only until one is found that leaves no line alone.
 * @frame's gap counts in half grid lines, to the nearest; a page has at least one line.  Without rows there is still one page. */
DgRowsResult *dg_rows_break (const DgRow *rows, guint n_rows, const DgRowsFrame *frame);
/* What the setting @parts costs, with the tail on @tail_page; G_MAXDOUBLE where it is none: lines lost, doubled or out of order,
 * a page too full, rows off their place. */
double dg_rows_cost (const DgRow *rows, guint n_rows, const DgRowsFrame *frame, const DgRowPart *parts, guint n_parts, guint tail_page);
void   dg_rows_result_free (DgRowsResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgRowsResult, dg_rows_result_free)

#endif
