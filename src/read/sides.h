/* sides.h: which of the two texts a line belongs to, and in which languages they are.
 * In: the lines that have ink, in order.  Out: each line's side, the languages, block by block or interleaved. */
#ifndef DG_SIDES_H
#define DG_SIDES_H

#include "base/diag.h"
#include "read/doc.h"
#include "read/scan.h"

typedef struct {
  guint    n_texts;
  char     lang[2][36];
  double   confidence[2]; /* of each language, 0 to 1 */
  gboolean interleaved;
  char     third[36]; /* the language of a third text, whose lines have no side; empty for none */
} DgSides;

/* Sets the side of every DgScanLine of @lines.  @languages is "A,B" or NULL, as dg_parse has it; FALSE with @error for tags that are
 * none.  Side A is the one that comes first. */
gboolean dg_sides_find (GArray *lines, const DgLabels *labels, const char *languages, DgSides *sides, DgDiag *diag, GError **error);

#endif
