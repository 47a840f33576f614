/* contents.h: the table of contents of a bundle, as a dispatch of its own, so that it is set like all others.
 * In: the headlines of the dispatches and the pages they begin on.  Out: a document and its pairs, yours to free. */
#ifndef DG_CONTENTS_H
#define DG_CONTENTS_H

#include "pair/align.h"
#include "page/template.h"
#include "read/info.h"

typedef struct {
  const DgInfo *info;
  const DgDoc  *doc;  /* that tells where it came from and when; NULL: it is not said */
  guint         page; /* as it is printed */
} DgContentsEntry;

/* A headline and a row an entry, in its order; row N's bead is N; @entries NULL: there are no rows.  @align points into the document, which must outlive it. */
DgDoc   *dg_contents_new (const GArray *entries);
DgAlign *dg_contents_pair (const DgDoc *doc, const GArray *entries);

/* What stands alone on a bundle's first page, in the languages of @contents: its title, and from when to when its dispatches are. */
DgDoc *dg_contents_new_title (const DgDoc *contents, const GArray *entries, const DgTemplate *template);

#endif
