/* rows.h: which lines of which rows stand on which page.  Numbers only: no Pango, no Cairo.
 *
 * A row is a bead: two sides that start level.  All rows and all their legal cuts go into one optimisation (dynamic
 * programming, after Plass 1981) over the whole document. */
#ifndef DG_ROWS_H
#define DG_ROWS_H

#include <glib.h>

typedef struct {
  guint    lines[2];           /* lines of the left and of the right side; one may be 0, not both */
  const guint *paragraphs[2];  /* lines of each paragraph of a side, lent; NULL: the side is one paragraph */
  guint    n_paragraphs[2];
  const gboolean *hyphen[2];   /* for each line of a side: it ends in a hyphen; NULL: none does */
} DgRow;

typedef struct {
  guint  first_slots;          /* grid lines free on the first page */
  guint  page_slots;           /* grid lines of every further page */
  double gap;                  /* white between rows, in grid lines (0.5) */
  double tail;                 /* grid lines that must follow the last row on its page (caption), 0 for none */
} DgRowsFrame;

typedef struct {               /* a part of a row on a page; both sides' first lines are level */
  guint  row;
  guint  page;                 /* from 0 */
  double top;                  /* grid lines from the page's first body baseline to the part's first */
  guint  first[2], n[2];       /* lines of each side in this part */
} DgRowPart;

typedef struct {
  GArray *parts;               /* DgRowPart in order; a row that is not split has one */
  guint   n_pages;
  guint   tail_page;           /* page the tail stands on: the last row's, or one more */
  double  cost;
} DgRowsResult;

DgRowsResult *dg_rows_break (const DgRow *rows, guint n_rows, const DgRowsFrame *frame);
void          dg_rows_result_free (DgRowsResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgRowsResult, dg_rows_result_free)

#endif
