/* sides.h: which of the two texts a line belongs to, and in which languages they are.
 * In: the lines that have ink, in order.  Out: each line's side, the languages, block by block or interleaved. */
#ifndef DG_SIDES_H
#define DG_SIDES_H

#include "diag.h"
#include "doc.h"
#include "labels.h"
#include "lang.h"

typedef struct {
  guint       n;               /* line number in the source, from 1 */
  guint       gap;             /* blank lines before it */
  const char *text;            /* without white space at either end; lent by the source */
  gsize       length;
  guint       column;          /* of the first character, from 1 */
  guint       n_chars;
  gsize       label_length;    /* bytes of the label it begins with, 0 for none */
  guint       label_kinds;     /* bits by DgLabelKind */
  guint       label_langs;     /* as dg_labels_match gives them */
  DgScript    script;          /* of most of its letters */
  guint       weight;          /* letters of that script, in quarters */
  gboolean    doubtful;        /* hardly any letters, or two scripts of nearly the same weight */
  DgSide      side;
  const char *why;             /* static text; for the side where the letters did not decide it */
} DgScanLine;

typedef struct {
  guint    n_texts;
  char     lang[2][36];
  gboolean interleaved;
} DgSides;

/* Sets the side of every DgScanLine of @lines.  @languages is "A,B" or NULL, as dg_parse has it; FALSE with @error for tags that are
 * none.  Side A is the one that comes first. */
gboolean dg_sides_find (GArray *lines, const DgLabels *labels, const char *languages, DgSides *sides, DgDiag *diag, GError **error);

#endif
