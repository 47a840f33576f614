/* memory.h: pairs as a translation memory: TMX 1.4b, XLIFF 1.2, or a table whose fields are parted by tabs.
 * In: dispatches with their beads, one after the other.  Out: the bytes of one file for all of them.
 *
 * A unit is a pair of paragraphs, or of sentences within them, or of headlines and captions that say the same.  What stands alone is in none. */
#ifndef DG_MEMORY_H
#define DG_MEMORY_H

#include "pair/align.h"

typedef enum { DG_MEMORY_TMX, DG_MEMORY_XLIFF, DG_MEMORY_TSV } DgMemoryKind;

typedef struct DgMemory DgMemory;

/* @sentences: units are sentences.  Pairs that are less sure than @min_score are left out. */
DgMemory *dg_memory_new (DgMemoryKind kind, gboolean sentences, double min_score);
void      dg_memory_free (DgMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgMemory, dg_memory_free)

/* Takes what it needs of @align, from the file called @name; @learned as for dg_align_new. */
void dg_memory_add (DgMemory *memory, const DgAlign *align, const char *name, const DgLearned *learned);

GBytes *dg_memory_write (const DgMemory *memory);

#endif
