/* tongues.h: in which languages the lines of one script are.
 * In: the lines that have ink, with their sides so far.  Out: what each line shows of each language of its script; two languages that
 * share the lines out; the likeliest language of a text, with the one that it might be taken for. */
#ifndef DG_TONGUES_H
#define DG_TONGUES_H

#include "base/ngrams.h"
#include "read/scan.h"

/* What lines show; all zero for none. */
typedef struct {
  const DgNgrams *ngrams; /* NULL where the script itself tells */
  guint           n;
  guint          *lines;   /* indexes of the lines looked at */
  guint          *letters; /* that were looked at in each */
  float          *scores;  /* dg_ngrams_count for each */
} DgTongues;

/* Looks at the lines of @side, as long as there are not more than @max_letters.  FALSE with @error where a table is missing. */
gboolean dg_tongues_collect (GArray *lines, const DgLabels *labels, DgSide side, DgScript script, guint max_letters, DgTongues *tongues, GError **error);
void     dg_tongues_clear (DgTongues *tongues);

typedef struct {
  const char *lang;       /* NULL: the table says nothing */
  const char *other;      /* the next likely */
  double      confidence; /* of @lang, 0 to 1 */
  gboolean    doubtful;   /* it may as well be @other */
} DgTongue;

/* The likeliest language of all lines together. */
DgTongue dg_tongues_name (const DgTongues *tongues);

/* Shares the lines out between two languages: @given, of which one or both may be NULL, or the two that fit best.  TRUE where there are two:
 * @second gets 1 for the lines in the second, @langs both names.  @third: these are lines of one text, in which a foreign one must be certain. */
gboolean dg_tongues_split (const DgTongues *tongues, GArray *lines, const char *const given[2], gboolean third, guint8 *second, const char *langs[2]);

#endif
