/* review.h: what somebody who judges a dispatch wants to see, as one JSON object and pictures of the pages.
 * In: beads with their document, and the set pages or NULL, all borrowed.  Out: the result's review and pictures. */
#ifndef DG_REVIEW_H
#define DG_REVIEW_H

#include "api/objects.h"

/* Adds to @result an object with three members, and where there are @pages a small picture of the first and one to read of each:
 *   "summary"  what a list of dispatches shows: languages, headlines, date, how many pairs are doubtful, how many paragraphs alone;
 *   "details"  every head and paragraph with its text and lines, the beads, and where on which page a bead stands, in thousandths of
 *              the page's width and height: [page, bead, left, top, width, height];
 *   "words"    all the text in one string, to be searched.
 * FALSE with @error. */
gboolean dg_review_add (const DgAlign *align, const DgPages *pages, DiglotResult *result, GError **error);

#endif
