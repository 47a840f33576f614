/* dump.h: the text dumps of lines and pages: what tests compare and people read when a page looks wrong. */
#ifndef DG_DUMP_H
#define DG_DUMP_H

#include "page/pages.h"

/* One row a set line, in reading order: what was decided about it, its text in logical order, and what the eye meets from the left,
 * with inserted tatweels (U+0640) and hyphens (U+2010). */
void dg_dump_lines (const DgPages *pages, GString *out);

/* One row a thing on the page, in the order it is drawn: place in pt from the page's left top, kind, role, language, text. */
void dg_dump_pages (const DgPages *pages, GString *out);

#endif
