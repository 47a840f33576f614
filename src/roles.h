/* roles.h: the lines of one text become paragraphs, each with its role.
 * In: the lines of one side, in order.  Out: paragraphs, which cover every line once. */
#ifndef DG_ROLES_H
#define DG_ROLES_H

#include "labels.h"
#include "sides.h"

typedef struct {
  guint       first, n;        /* lines of the text it is made of: several where it is hard-wrapped */
  guint       gap;             /* blank lines before it */
  guint       n_chars;
  gboolean    closed;          /* ends as a sentence does */
  DgRole      role;
  const char *why;             /* static text: the rule that gave the role */
} DgParagraph;

/* @lines: DgScanLine* of one text.  @expect_headline: the other text has one.  Returns an array of DgParagraph, yours to unref. */
GArray *dg_roles_find (const GPtrArray *lines, const DgLabels *labels, const char *lang, gboolean expect_headline);

#endif
