/* tags.h: what is read of set pages, and in which order: the structure tree (ISO 32000-1 14.7) and the bookmarks.
 * In: pages, and which stretches of their content belong to which element.  Out: PDF objects.
 *
 * A section for each head, each row and each side's captions, or one for each language; in it the paragraphs with their language and
 * their exact text. */
#ifndef DG_PDFTAGS_H
#define DG_PDFTAGS_H

#include "pdf/file.h"
#include "pdf/document.h"
#include "page/template.h"

/* A marked stretch of a page's content that belongs to an element of a document. */
typedef struct {
  guint document, element;
  guint page, mcid; /* page: of the file, from 0 */
  guint start;      /* byte of the paragraph at which it begins */
} DgPdfMark;

/* An annotation on words of an element. */
typedef struct {
  guint document, element;
  guint annotation; /* the object's number */
} DgPdfLink;

typedef struct {
  const DgPdfDocument *documents;
  guint                n_documents;
  const guint         *pages; /* the numbers of the file's pages */
  guint                n_pages;
  const GArray        *marks; /* DgPdfMark, by page and in the order of their MCIDs; a page's key in the parent tree is its index */
  const GArray        *links; /* DgPdfLink; the nth's key is n_pages + n */
  DgOrder              order;
  double               edge; /* pt from the sheet's edge to the page's */
} DgPdfTags;

/* Writes the tree; returns the number of its root. */
guint dg_pdf_tags_write (const DgPdfTags *tags, DgPdf *pdf);

/* Writes bookmarks of dispatches, headlines and crossheads; returns the number of their root, 0 where there are none. */
guint dg_pdf_outline_write (const DgPdfTags *tags, DgPdf *pdf);

#endif
