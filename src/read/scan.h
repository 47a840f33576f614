/* scan.h: the lines of a source that have ink, with their labels: what the stages of the reading work on.
 * In: a source, borrowed; it must outlive the result.  Out: DgScanLine, yours to unref. */
#ifndef DG_SCAN_H
#define DG_SCAN_H

#include "read/doc.h"
#include "read/labels.h"
#include "base/lang.h"

typedef struct {
  guint       n;    /* line number in the source, from 1 */
  guint       gap;  /* blank lines before it */
  const char *text; /* without white space at either end; lent by the source */
  gsize       length;
  guint       column; /* of the first character, from 1 */
  guint       n_chars;
  gsize       label_length; /* bytes of the label it begins with, 0 for none */
  guint       label_kinds;  /* bits by DgLabelKind */
  guint       label_langs;  /* as dg_labels_match gives them */
  DgScript    script;       /* of most of its letters */
  guint       weight;       /* letters of that script, in quarters */
  guint       kana;         /* those that only Japanese has, in quarters */
  gboolean    doubtful;     /* hardly any letters, or two scripts of nearly the same weight */
  DgSide      side;
  gboolean    third;     /* of a third text; the side is none */
  gboolean    quoted;    /* in the other text's language than that of its side: a verse */
  guint8      cell;      /* 1, 2: the share of a line that has both texts (columns.h); 0: a whole line */
  guint8      heading;   /* the level of a heading of Markdown; 0: it is none */
  gboolean    picture;   /* the words of a picture of Markdown */
  gboolean    in_layout; /* of a page whose columns spaces keep apart: its lines are broken, and blank ones part paragraphs */
  gboolean    fixed;     /* an editor says that it is @role */
  gboolean    styled;    /* the document's style says that it is @role */
  DgRole      role;
  const char *why; /* static text; for the side where the letters did not decide it */
} DgScanLine;

static inline DgScanLine *
dg_scan_line_at (GArray *lines, guint i)
{
  return &g_array_index (lines, DgScanLine, i);
}

/* Rules count as blank lines. */
GArray *dg_scan_lines (const DgSource *source, const DgLabels *labels);

/* TRUE for a line of nothing but dashes, asterisks, equals signs and the like, three at least. */
gboolean dg_scan_is_rule (const char *text, gsize length);

#endif
