/* links.h: addresses in set lines become links.
 * In: a paragraph and its lines.  Out: where on the page its addresses stand, and an annotation for each. */
#ifndef DG_PDFLINKS_H
#define DG_PDFLINKS_H

#include "page/pages.h"
#include "pdf/file.h"

/* An address in a paragraph. */
typedef struct {
  char *uri;        /* "https://…", "mailto:…": ASCII */
  char *text;       /* as it is written */
  guint start, end; /* bytes of the paragraph's text */
} DgPdfAddress;

/* The addresses in the paragraph, of the web (http://, https://, www.) and of mail, in order: DgPdfAddress.  Yours to unref.  What is longer
 * than 2,000 bytes is no address. */
GArray *dg_pdf_links_find (const DgPara *para);

/* Where on the page (pt from its left and bottom: left, bottom, right, top) @address stands in a LINE box; FALSE: not in this line. */
gboolean dg_pdf_link_place (const DgPdfAddress *address, const DgBox *box, double page_height, double corners[4]);

/* Writes the link annotation (ISO 32000-1 12.5.6.5) as object @number; @key: its place in the parent tree. */
void dg_pdf_link_write (const DgPdfAddress *address, const double corners[4], guint key, DgPdf *pdf, guint number);

/* A place in the file that a line leads to. */
typedef struct {
  const char *text;       /* what the line says */
  guint       page;       /* the object's number */
  double      y;          /* pt from that page's bottom */
  double      corners[4]; /* where the line stands, as of dg_pdf_link_place */
} DgPdfTarget;

/* Writes the annotation @number, whose key in the parent tree is @key. */
void dg_pdf_target_write (const DgPdfTarget *target, guint key, DgPdf *pdf, guint number);

#endif
