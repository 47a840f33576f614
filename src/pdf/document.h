/* document.h: a dispatch as the stages of the PDF take it.  All is borrowed.  One that runs on stands behind the one on
 * whose last page it begins. */
#ifndef DG_PDFDOCUMENT_H
#define DG_PDFDOCUMENT_H

#include "read/info.h"
#include "page/pages.h"

typedef struct {
  const DgPages *pages;
  const DgInfo  *info;
  const guint   *targets; /* of contents: for each bead the index of the document that it leads to; else NULL */
} DgPdfDocument;

#endif
