/* echoes.h: which words the paragraphs of a text share.
 * In: a text whose cues tell words and labels.  Out: the cues' echo, captioned and likeness. */
#ifndef DG_ECHOES_H
#define DG_ECHOES_H

#include "read/cues.h"

void dg_echoes_find (const DgCuedText *text);

#endif
