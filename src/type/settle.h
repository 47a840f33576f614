/* settle.h: words that keep away from the ink of the next line. */
#ifndef DG_SETTLE_H
#define DG_SETTLE_H

#include "type/line.h"

/* Moves words of @line inside it, where that makes clashes with its neighbours fewer: @upper, @over pt above it, and @lower, @under pt below it; either
 * may be NULL.  FALSE where nothing is moved. */
gboolean dg_ink_settle (const DgLine *upper, double over, DgLine *line, double under, const DgLine *lower);

#endif
