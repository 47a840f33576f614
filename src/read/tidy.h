/* tidy.h: the lines of a paragraph become a node's text, with the places it was taken from. */
#ifndef DG_TIDY_H
#define DG_TIDY_H

#include "read/doc.h"

/* Adds a line to the text that a node will have: NFC, presentation forms folded back to letters, white space to one space, a soft
 * hyphen at the end of the line before joined.  @column is that of @line's first character. */
void dg_tidy_append (DgNode *node, GString *text, const char *line, gsize length, guint n, guint column);

#endif
