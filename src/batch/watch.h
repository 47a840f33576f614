/* watch.h: whether what a batch is made from has changed: its inputs and their pictures, the template, the alignments. */
#ifndef DG_WATCH_H
#define DG_WATCH_H

#include "diglot.h"

/* What all of it looks like now, for comparison alone.  Free with g_free. */
char *dg_watch_dup_look (const DiglotBatch *batch);

/* Waits until it looks otherwise than *@look and then stays so for a moment; *@look is then how it looks.  FALSE where the descriptor
 * @signals became readable, -1 for none. */
gboolean dg_watch_wait (const DiglotBatch *batch, int signals, char **look);

#endif
