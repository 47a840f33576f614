/* picture.h: the picture of a dispatch: read, checked, freed of all that is not picture, and in the colours that are wanted.
 *
 * In: the bytes of a JPEG or PNG, as hostile as any input.  Out: a DgPicture, yours to free.  A JPEG's coefficients stay as they
 * are; metadata (Exif with its places and previews, XMP, comments) are left out, but for orientation and ICC profile. */
#ifndef DG_PICTURE_H
#define DG_PICTURE_H

#include "base/picture_data.h"

/* NULL with @error: DIGLOT_ERROR_READ for what is no picture or a broken one, DIGLOT_ERROR_LIMIT for one that is too large. */
DgPicture *dg_picture_new (GBytes *bytes, GError **error);

/* TRUE for a page that Diglot itself has painted as a PNG. */
gboolean dg_picture_is_page (GBytes *bytes);

/* Pixels as it is shown, upright. */
void dg_picture_get_size (const DgPicture *picture, guint *width, guint *height);

/* From the stored unit square to the upright one (both with y down): x' = m[0] x + m[2] y + m[4], y' = m[1] x + m[3] y + m[5]. */
void dg_picture_get_matrix (const DgPicture *picture, double m[6]);

/* The picture in the colours of the ICC profile @icc, of @n_colours (3 or 4), without a profile of its own; its sides divided by @divisor
 * (1, 2, 4 or 8).  A JPEG stays one. */
DgPicture *dg_picture_convert (const DgPicture *picture, GBytes *icc, guint n_colours, guint divisor, GError **error);

/* The picture with its sides divided by @divisor, in its own colours. */
DgPicture *dg_picture_reduce (const DgPicture *picture, guint divisor, GError **error);

/* The picture as stored in sRGB, four bytes a pixel as Cairo's RGB24 has them, at its own size or halved as long as it stays at least
 * @width pixels wide.  NULL with @error. Free with g_free. */
guint8 *dg_picture_dup_pixels (const DgPicture *picture, guint least, guint *width, guint *height, GError **error);

#endif
