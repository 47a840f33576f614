/* figures.h: what a dispatch's pairs and pages can be judged by.
 * In: beads, pages.  Out: numbers. */
#ifndef DG_FIGURES_H
#define DG_FIGURES_H

#include "pair/align.h"
#include "diglot.h"
#include "page/pages.h"

#define DG_LOOSE .5 /* em: a mean word space that a reader sees */

void dg_figures_of_align (const DgAlign *align, DiglotFigures *figures);
void dg_figures_of_pages (const DgPages *pages, DiglotFigures *figures);

#endif
