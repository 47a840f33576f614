/* parse.h: lines become a document: languages, blocks, roles, paragraphs.
 * In: a source, borrowed (the document refs it).  Out: a DgDoc, yours to free. */
#ifndef DG_PARSE_H
#define DG_PARSE_H

#include "read/doc.h"
#include "base/diag.h"

/* @languages: "A,B" (BCP 47) where detection should not decide, else NULL.
 * NULL with @error (DIGLOT_ERROR_SYNTAX) for a dispatch without any text; DIGLOT_ERROR_USAGE for tags that are none. */
DgDoc *dg_parse (DgSource *source, const char *languages, DgDiag *diag, GError **error);

/* What an editor, or the style that the line had in its document, says of it. */
typedef struct {
  guint       n; /* its number in the input */
  DgRole      role;
  const char *lang; /* lent; NULL: nothing */
} DgLineFix;

/* What is said of lines beside their text: arrays of DgLineFix, by line; NULL for none. */
typedef struct {
  const GArray *fixes;  /* an editor's word, which decides */
  const GArray *styles; /* what the document's styles say, which is weighed with what else speaks for a role */
} DgParseWord;

DgDoc *dg_parse_fixed (DgSource *source, const char *languages, DgParseWord word, DgDiag *diag, GError **error);

#endif
