/* absorb.h: lines of one script that stand in the other text's block, and belong there.
 * In: the lines with their sides by script.  Out: the same with some sides changed. */
#ifndef DG_ABSORB_H
#define DG_ABSORB_H

#include "read/scan.h"

/* In a dispatch of two blocks a quotation, a verse and addresses in the other script stay where they stand. */
void dg_absorb_lines (GArray *lines);

#endif
