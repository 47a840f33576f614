/* desk.h: a process that does orders of one kind, one after the other, warm: it alone looks into the dispatches, and it can write nothing (reader.h).
 * In: an order.  Out: its outcome, whose files are still to be written.  The limits of time and memory are the order's. */
#ifndef DG_DESK_H
#define DG_DESK_H

#include "batch/order.h"
#include "batch/outcome.h"

typedef struct DgDesk DgDesk;

/* For orders with the key of @order; forked with the first.  @converter is made of the options of @batch, for orders that have none of their own. */
DgDesk *dg_desk_new (const DiglotBatch *batch, const DgOrder *order, DiglotConverter *converter);
void    dg_desk_free (DgDesk *desk);

/* TRUE where orders with @key are its own. */
gboolean dg_desk_takes (const DgDesk *desk, const char *key);
/* Never NULL: what ended the process is told in the outcome. */
DgOutcome *dg_desk_do (DgDesk *desk, const DgOrder *order);

/* The outcome of an order that could not be done. */
DgOutcome *dg_desk_fail (const DgOrder *order, const GError *error);

#endif
