/* lines.h: text as it comes out of a document becomes lines: a paragraph is one, a table of two texts two blocks of them, other tables rows of cells.
 * In: text, ends of paragraphs, tables in the order of the document.  Out: the text as a typist would have left it. */
#ifndef DG_LINES_H
#define DG_LINES_H

#include "open/extract.h"

typedef struct DgLines DgLines;

DgLines *dg_lines_new (void);
void     dg_lines_free (DgLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgLines, dg_lines_free)

/* More of the paragraph that is written; @length: -1 for all. */
void dg_lines_add (DgLines *lines, const char *text, gssize length);
/* It ends, be it empty, with a line of its own. */
void dg_lines_end (DgLines *lines);
/* Paragraphs that end from here on are of this style. */
void dg_lines_style (DgLines *lines, DgStyled style);
/* TRUE where something of the paragraph is written. */
gboolean dg_lines_is_begun (const DgLines *lines);

/* A table, its rows and cells begin and end.  A table within a cell is text of that cell. */
void dg_lines_begin_table (DgLines *lines);
void dg_lines_end_table (DgLines *lines);
void dg_lines_end_row (DgLines *lines);
void dg_lines_end_cell (DgLines *lines);

/* A note begins: what comes until dg_lines_end_note stands at the foot of the text, behind its mark, which is written in the paragraph too. */
void dg_lines_begin_note (DgLines *lines);
void dg_lines_end_note (DgLines *lines);

/* Writes what there is into @document.  FALSE with @error (DIGLOT_ERROR_LIMIT) where there were too many lines. */
gboolean dg_lines_finish (DgLines *lines, DgDocument *document, GError **error);

#endif
