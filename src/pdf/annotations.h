/* annotations.h: links become annotations of the file. */
#ifndef DG_PDFANNOTATIONS_H
#define DG_PDFANNOTATIONS_H

#include "draw/draw.h"
#include "pdf/file.h"

/* Where a link that names no address leads. */
typedef struct {
  guint  page; /* the object's number */
  double y;    /* pt from that page's bottom */
} DgPdfTarget;

/* Writes the annotation of @link (ISO 32000-1 12.5.6.5), which stands on a page of @page_height pt, as object @number; @key: its place in the
 * parent tree; @target: NULL for a link with an address. */
void dg_pdf_annotation_write (const DgDrawLink *link, double page_height, const DgPdfTarget *target, guint key, DgPdf *pdf, guint number);

#endif
