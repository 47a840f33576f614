/* columns.h: lines that hold both texts, "Ferry runs again | عودة العبّارة", are parted.
 * In: the lines that have ink, in order.  Out: two of them for each such line, marked as its cells. */
#ifndef DG_COLUMNS_H
#define DG_COLUMNS_H

#include "read/scan.h"

/* Parts lines of two texts by the sign that parts them: a bar, a slash between spaces, tabs, a run of spaces, the quotation marks of comma-separated
 * values.  Where most lines are parted so, the text stands in columns, and a sign parts lines that have no letters on one side too.  What has to be
 * written anew, a cell with doubled quotation marks, is kept by @source. */
void dg_columns_part (GArray *lines, DgSource *source, const DgLabels *labels);

#endif
