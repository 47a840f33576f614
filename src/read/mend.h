/* mend.h: text that somebody else decoded wrongly, before it is looked at.
 * In: UTF-8.  Out: the same, mended where that is sure, and a message about what was found. */
#ifndef DG_MEND_H
#define DG_MEND_H

#include "base/diag.h"

/* Characters that are bytes of another charset (mojibake: UTF-8 or a code page read as windows-1252, UTF-8 read as windows-1256), C1 controls in the place of
 * windows-1252's signs, Arabic and Hebrew in visual order. */
void dg_mend_text (GString *text, DgDiag *diag);

#endif
