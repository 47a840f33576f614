/* roles.h: the lines of one text become paragraphs, each with its role.
 * In: the lines of one side, in order.  Out: paragraphs, which cover every line once. */
#ifndef DG_ROLES_H
#define DG_ROLES_H

#include "read/labels.h"
#include "read/wrap.h"

/* @lines: DgScanLine* of one text.  @width: characters, that its lines are wrapped at; 0: a line is a paragraph.  @expect_headline: the
 * other text has one.  Returns an array of DgParagraph, yours to unref. */
GArray *dg_roles_find (const GPtrArray *lines, const DgLabels *labels, const char *lang, guint width, gboolean expect_headline);

/* Looks at the text again when the roles of the @other are known: a headline that is a sentence, and for lack of which the text has one
 * paragraph less than the other, is its first paragraph. */
void dg_roles_compare (GArray *paragraphs, const GArray *other);

#endif
