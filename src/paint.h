/* paint.h: pages become PDF bytes. */
#ifndef DG_PAINT_H
#define DG_PAINT_H

#include "pages.h"

typedef struct {
  char *title;                 /* of the document; may be NULL */
  char *languages;             /* "en, ar" */
  char *source;                /* "Agencies"; may be NULL */
  char *keywords;              /* may be NULL */
  char *date;                  /* ISO 8601 for both PDF dates; NULL: the PDF bears none */
} DgPaintInfo;

/* NULL with @error (DIGLOT_ERROR_LAYOUT) where Cairo fails.  The same pages and info give the same bytes. */
GBytes *dg_paint_pdf (const DgPages *pages, const DgPaintInfo *info, GError **error);

#endif
