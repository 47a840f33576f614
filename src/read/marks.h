/* marks.h: marks of typists, wire services and Markdown in otherwise plain text become what they mean.
 * In: the lines that have ink.  Out: the same lines without the marks. */
#ifndef DG_MARKS_H
#define DG_MARKS_H

#include "read/scan.h"

/* AP's quotation marks (``…'') and dashes ( _ ), the equals sign at a line's end, HTML's entities; in Markdown headings, bold and slanted words, links,
 * quotations; WhatsApp's bold lines.  A picture of Markdown is left as its caption.  What has to be written anew is kept by @source. */
void dg_marks_read (GArray *lines, DgSource *source, const DgLabels *labels);

#endif
