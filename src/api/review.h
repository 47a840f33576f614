/* review.h: what somebody who judges a dispatch wants to see, as one JSON object.
 * In: beads with their document, and the set pages or NULL, all borrowed.  Out: JSON; yours to free. */
#ifndef DG_REVIEW_H
#define DG_REVIEW_H

#include "pair/align.h"
#include "page/pages.h"

/* An object with three members:
 *   "summary"  what a list of dispatches shows: languages, headlines, date, how many pairs are doubtful, how many paragraphs alone;
 *   "details"  every head and paragraph with its text and lines, the beads, and where on which page a bead stands, in thousandths of
 *              the page's width and height: [page, bead, left, top, width, height];
 *   "words"    all the text in one string, to be searched. */
char *dg_review_dup_json (const DgAlign *align, const DgPages *pages);

#endif
