/* order.h: a job that a caller of --worker asks for: a line of JSON, and the same as bytes for the process that does it.
 *
 * In: JSON, as docs/worker.schema.json has it.  Out: an order, yours to free; what the line leaves out is the batch's. */
#ifndef DG_ORDER_H
#define DG_ORDER_H

#include "diglot.h"

#include <json-glib/json-glib.h>

typedef struct {
  JsonNode    *id;    /* never NULL */
  char        *name;  /* as messages and pages call the dispatch */
  char        *path;  /* of the input; NULL: the bytes are here */
  GBytes      *bytes; /* NULL until it is read */
  char        *picture_path;
  GBytes      *picture; /* NULL: none, or it is still to be read */
  char        *picture_problem;
  GBytes      *align;  /* beads as JSON; NULL: none */
  char        *output; /* below the folder of the batch; NULL: the answer brings the files */
  DiglotFormat format;
  char        *strict;  /* as DiglotBatch has it */
  double       timeout; /* s */
  guint        memory;  /* MiB */
  /* For the converter, with what the batch has for all */
  char  *template_name;
  char  *profile;
  char  *languages;
  char  *encoding;
  char  *source_date;
  char **settings;
} DgOrder;

/* The order in @line, the @number-th, of @length bytes; what makes none of it is told in @error (DIGLOT_ERROR_USAGE), and the order has its id alone. */
DgOrder *dg_order_new (const DiglotBatch *batch, const char *line, gsize length, guint number, GError **error);
void     dg_order_free (DgOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgOrder, dg_order_free)

/* The converter's options; strings are lent by both. */
DiglotOptions dg_order_options (const DgOrder *order, const DiglotBatch *batch);
/* The same for two orders that one process can do, one after the other.  Free with g_free. */
char *dg_order_dup_key (const DgOrder *order);

/* What the process that reads needs of it, and back. */
GBytes  *dg_order_to_bytes (const DgOrder *order);
DgOrder *dg_order_from_bytes (GBytes *bytes);

#endif
