/* paint.h: set pages become pictures of themselves.
 * In: pages.  Out: a page as PNG or SVG, drawn from the outlines and places that the PDF has. */
#ifndef DG_PAINT_H
#define DG_PAINT_H

#include "page/pages.h"

/* The page @nth, from 0, with @scale pixels a point: dpi / 72, or the width wanted / pages->width.  NULL with @error
 * (DIGLOT_ERROR_LIMIT where that makes too many pixels, DIGLOT_ERROR_LAYOUT).  The same pages give the same bytes. */
GBytes *dg_paint_png (const DgPages *pages, guint nth, double scale, GError **error);

/* The same for a screen: sixteen steps of each colour, which halves the file. */
GBytes *dg_paint_preview (const DgPages *pages, guint nth, double scale, GError **error);

/* The page @nth, from 0; text is outlines.  The same pages give the same bytes. */
GBytes *dg_paint_svg (const DgPages *pages, guint nth);

/* Cairo's, which paints PNG. */
const char *dg_paint_version (void);

#endif
