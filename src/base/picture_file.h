/* picture_file.h: a picture as a file of its own, for pages that show it as it is. */
#ifndef DG_PICTURE_FILE_H
#define DG_PICTURE_FILE_H

#include "base/picture.h"

/* The picture upright, in sRGB, without metadata; one more than twice as wide as @wide is halved.  @type is "image/jpeg" or "image/png".  NULL
 * with @error. */
GBytes *dg_picture_to_file (const DgPicture *picture, guint wide, const char **type, guint *width, guint *height, GError **error);

#endif
