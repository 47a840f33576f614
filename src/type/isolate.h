/* isolate.h: bidi levels where what the algorithm garbles in right-to-left text keeps its order from left to right. */
#ifndef DG_ISOLATE_H
#define DG_ISOLATE_H

#include <glib.h>

typedef enum {
  DG_ISOLATE_AUTO, /* in paragraphs without directional marks of their author's */
  DG_ISOLATE_YES,
  DG_ISOLATE_NO /* nowhere: the order of UAX #9 to the letter */
} DgIsolate;

/* The levels of right-to-left @text (@n characters) as if addresses of the net, handles, telephone numbers, dates in figures, numbers with a sign or with
 * spaces between their thousands, ranges, 25°C, 737-800, C++ and .NET stood between LRI and PDI (UAX #9, 2.4): 2022-09-09 stays so, which rule W2 would
 * turn round.  Only the levels show it; no character is added.  Dates, ranges and signs of Arabic-Indic digits are left alone: they run from
 * right to left.  @levels has room for @n.  Returns the paragraph's level, 1. */
guint8 dg_isolate_levels (const gunichar *text, guint n, DgIsolate isolate, guint8 *levels);

#endif
