/* picture_data.h: a picture as it is held. */
#ifndef DG_PICTURE_DATA_H
#define DG_PICTURE_DATA_H

#include <glib.h>

#define DG_PICTURE_MAX_SIDE   30000u /* pixels */
#define DG_PICTURE_MAX_PIXELS (64u * 1000 * 1000)

/* Pixels stand row by row from the top, each from the left, as stored; dg_picture_get_matrix turns them upright. */
typedef struct {
  guint    width, height; /* pixels, as stored */
  guint    orientation;   /* 1 to 8, as in Exif 2.3, 4.6.4 */
  guint    n_colours;     /* 1: grey, 3: RGB, 4: CMYK */
  gboolean is_jpeg;       /* @data is a JPEG; else samples of 8 bits */
  gboolean inverted;      /* 255 is no ink (CMYK as Adobe writes it) */
  GBytes  *data;
  GBytes  *icc; /* what the colours mean; NULL: sRGB, grey of that tone, or the inks of whoever prints it */
} DgPicture;

void dg_picture_free (DgPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPicture, dg_picture_free)

/* What is found beside the pixels. */
typedef struct {
  GBytes *exif; /* beginning with "Exif\0\0"; NULL */
} DgPictureExtras;

/* FALSE with @error (DIGLOT_ERROR_LIMIT) where a picture of this size is not read. */
gboolean dg_picture_check_size (guint width, guint height, GError **error);

#endif
