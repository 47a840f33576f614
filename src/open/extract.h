/* extract.h: what is taken out of a document: its text, the rows of its tables of two texts, its first picture. */
#ifndef DG_EXTRACT_H
#define DG_EXTRACT_H

#include <glib.h>

/* Two stretches of lines, from 1, that stood in one row of a table of two texts. */
typedef struct {
  guint first[2], last[2];
} DgDocumentRow;

/* What the style of a paragraph says that it is. */
typedef enum { DG_STYLED_NOT, DG_STYLED_TITLE, DG_STYLED_SUBTITLE, DG_STYLED_HEADING, DG_STYLED_CAPTION } DgStyled;

typedef struct {
  GBytes *text;
  GArray *styles;  /* DgStyled, one a line of the text */
  GArray *rows;    /* DgDocumentRow, in order */
  GBytes *picture; /* the first in the document; NULL */
  char   *picture_name;
} DgDocument;

void dg_document_free (DgDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgDocument, dg_document_free)

/* Takes the entry @name of the archive @bytes as the picture of @document, where it is one that can be shown. */
void dg_document_take_picture (DgDocument *document, GBytes *bytes, const char *name);

#endif
