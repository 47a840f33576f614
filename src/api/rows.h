/* rows.h: the pairs of a table in which a translator delivered both texts: its rows are kept, and checked. */
#ifndef DG_API_ROWS_H
#define DG_API_ROWS_H

#include "base/diag.h"
#include "pair/align.h"

/* As dg_align_new, for a document some of whose paragraphs stood in @rows (DgDocumentRow).  A row that the pairing would not have found has the score of
 * a doubtful pair, and align.low-confidence says so. */
DgAlign *dg_rows_pair (const DgDoc *doc, const GArray *rows, const DgLearned *learned, DgDiag *diag);

#endif
