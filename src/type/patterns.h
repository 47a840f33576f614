/* patterns.h: a language's hyphenation patterns, ready for libhyphen.
 *
 * libhyphen takes 7 ms to make its automaton (hyphen.h, HyphenDict) out of the English pattern file, a quarter of a dispatch.
 * The automaton is therefore kept in the user's cache, as one block, and mapped from there. */
#ifndef DG_PATTERNS_H
#define DG_PATTERNS_H

#include <glib.h>
#include <hyphen.h>

typedef struct DgPatterns DgPatterns;

/* The patterns of the file @path; NULL where it cannot be read. */
DgPatterns *dg_patterns_new (const char *path);
void        dg_patterns_free (DgPatterns *patterns);

HyphenDict *dg_patterns_dict (DgPatterns *patterns);

/* The two halves of the cache, for tests: an automaton as a block, and a block made ready in its place; NULL where it is none or
 * damaged. */
GBytes     *dg_patterns_pack (const HyphenDict *dict);
HyphenDict *dg_patterns_unpack (GBytes *block);

#endif
