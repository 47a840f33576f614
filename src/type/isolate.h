/* isolate.h: bidi levels where what the algorithm garbles in right-to-left text keeps its order from left to right. */
#ifndef DG_ISOLATE_H
#define DG_ISOLATE_H

#include <glib.h>

/* The levels of right-to-left @text (@n characters) as if dates in figures, telephone numbers, addresses of the net and handles stood between
 * LRI and PDI (UAX #9, 2.4): 2022-09-09 stays so, which rule W2 would turn round.  Only the levels show it; no character is added.  Arabic-Indic
 * digits are left alone: dates written in them run from right to left.  @levels has room for @n.  Returns the paragraph's level, 1. */
guint8 dg_isolate_levels (const gunichar *text, guint n, guint8 *levels);

#endif
