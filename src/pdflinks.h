/* pdflinks.h: addresses in set lines become links.
 * In: a line of a paragraph.  Out: where on the page its addresses stand, and an annotation for each. */
#ifndef DG_PDFLINKS_H
#define DG_PDFLINKS_H

#include "pages.h"
#include "pdf.h"

/* An address, or the part of it in one line. */
typedef struct {
  char  *uri;                  /* "https://…", "mailto:…": ASCII */
  char  *text;                 /* as it is written */
  double left, bottom, right, top;    /* pt from the page's left and bottom */
} DgPdfAddress;

/* The addresses in a LINE box: of the web (http://, https://, www.) and of mail.  NULL for none. */
GArray *dg_pdf_links_find (const DgBox *box, double page_height);

/* Writes the link annotation (ISO 32000-1 12.5.6.5) as object @number; @key: its place in the parent tree. */
void    dg_pdf_link_write (const DgPdfAddress *address, guint key, DgPdf *pdf, guint number);

#endif
