/* bidi.h: levels and line order by the Unicode Bidirectional Algorithm (UAX #9).
 *
 * Levels are found once for the whole paragraph with a base direction that is given; lines take their part of them. */
#ifndef DG_BIDI_H
#define DG_BIDI_H

#include <glib.h>

typedef enum { DG_BASE_LTR, DG_BASE_RTL, DG_BASE_AUTO /* P2, P3: for conformance tests */ } DgBase;

/* Resolves the levels of a paragraph (P1 to I2).  @levels has room for @n.  Returns the paragraph's level, 0 or 1.
 * A character that X9 removes gets the level of the one before it. */
guint8 dg_bidi_levels (const gunichar *text, guint n, DgBase base, guint8 *levels);

/* Rule L1 for the line [start, end) of the paragraph: @line_levels (room for end - start) gets the paragraph's levels with
 * separators, and white space and isolate controls before them or at the line's end, reset to @base_level. */
void dg_bidi_line_levels (const gunichar *text, const guint8 *levels, guint start, guint end, guint8 base_level, guint8 *line_levels);

/* Rule L2: @order[visual] = logical index, from the left, for @n things (characters or runs) with these levels. */
void dg_bidi_reorder (const guint8 *levels, guint n, guint *order);

#endif
