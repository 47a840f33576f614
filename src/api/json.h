/* json.h: a dispatch as understood, as one JSON object on one line: roles, paragraphs, beads, messages.
 * In: beads with their document, and the messages so far, all borrowed.  Out: the object with a newline. */
#ifndef DG_JSON_H
#define DG_JSON_H

#include "pair/align.h"
#include "base/diag.h"

/* @file is the dispatch's name as messages have it; it is the @nth, from 0, of @count dispatches there. */
void dg_json_write (const DgAlign *align, const char *file, guint nth, guint count, DgDiag *diag, GString *out);

#endif
