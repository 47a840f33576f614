/* parse.h: lines become a document: languages, blocks, roles, paragraphs.
 * In: a source, borrowed (the document refs it).  Out: a DgDoc, yours to free. */
#ifndef DG_PARSE_H
#define DG_PARSE_H

#include "read/doc.h"
#include "base/diag.h"

/* @languages: "A,B" (BCP 47) where detection should not decide, else NULL.
 * NULL with @error (DIGLOT_ERROR_SYNTAX) for a dispatch without any text; DIGLOT_ERROR_USAGE for tags that are none. */
DgDoc *dg_parse (DgSource *source, const char *languages, DgDiag *diag, GError **error);

/* What an editor says of a line. */
typedef struct {
  guint       n; /* its number in the input */
  DgRole      role;
  const char *lang; /* lent; NULL: nothing */
} DgLineFix;

/* The same with @fixes (DgLineFix, by line), which decide; NULL for none. */
DgDoc *dg_parse_fixed (DgSource *source, const char *languages, const GArray *fixes, DgDiag *diag, GError **error);

#endif
