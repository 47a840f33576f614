/* nearest.h: what somebody meant who mistyped a word. */
#ifndef DG_NEAREST_H
#define DG_NEAREST_H

#include <glib.h>

/* How many letters have to be put in, left out, altered or exchanged with their neighbour to make @b of @a, capitals and small ones alike.  More than
 * 64 characters are not looked at. */
guint dg_nearest_distance (const char *a, const char *b);

/* The one of the NULL-terminated @words that is nearest to @word; NULL where none is near enough to be what was meant.  Lent. */
const char *dg_nearest_find (const char *word, const char *const *words);

#endif
