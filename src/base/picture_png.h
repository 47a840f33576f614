/* picture_png.h: PNG, by libpng. */
#ifndef DG_PICTURE_PNG_H
#define DG_PICTURE_PNG_H

#include "base/picture_data.h"

/* What stands in the PNGs of pages, so that they are known again. */
#define DG_PNG_SOFTWARE "tEXtSoftware\0Diglot"

/* @picture is empty and gets size, colours, data and ICC profile. */
gboolean dg_png_is (GBytes *bytes);
gboolean dg_png_read (GBytes *bytes, DgPicture *picture, DgPictureExtras *extras, GError **error);
/* Pixels of four bytes, as Cairo has them, as an opaque PNG; of a page it is known that there are @per_metre pixels a metre (0: it is no page). */
GBytes *dg_png_write (const guint8 *pixels, guint width, guint height, guint stride, guint per_metre);

#endif
