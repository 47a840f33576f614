/* layout.h: an aligned document becomes pages.
 * In: beads, template, faces, hyphenators, all borrowed; document and alignment must outlive the pages.  Out: pages, yours to free. */
#ifndef DG_LAYOUT_H
#define DG_LAYOUT_H

#include "pair/align.h"
#include "type/fonts.h"
#include "type/hyphens.h"
#include "page/pages.h"
#include "page/template.h"

/* @picture: to be shown with the dispatch, must outlive the pages too; NULL: none.  Never NULL: what does not fit is set all the same and reported. */
DgPages *dg_layout_new (const DgAlign *align, const DgTemplate *template, DgFonts *fonts, DgHyphens *hyphens, const DgPicture *picture, DgDiag *diag);

/* The same on the last page of @before, below what stands there, and on pages of its own from there.  NULL where that page has no
 * room for the heads and two lines of each side of the first row. */
DgPages *dg_layout_run_on (const DgAlign *align, const DgTemplate *template, DgFonts *fonts, DgHyphens *hyphens, const DgPicture *picture,
                           const DgPages *before, DgDiag *diag);

/* The edge at which a book is bound whose first text is the first of @doc: never auto. */
DgBinding dg_layout_find_binding (const DgTemplate *template, const DgDoc *doc);

#endif
