/* picture_private.h: the two formats of pictures: JPEG by libjpeg, PNG by libpng. */
#ifndef DG_PICTURE_PRIVATE_H
#define DG_PICTURE_PRIVATE_H

#include "base/picture.h"

/* Gets the next row of samples. */
typedef void (*DgPictureRow) (const guint8 *samples, guint y, gpointer data);

/* What is found beside the pixels. */
typedef struct {
  GBytes *exif; /* beginning with "Exif\0\0"; NULL */
} DgPictureExtras;

/* FALSE with @error (DIGLOT_ERROR_LIMIT) where a picture of this size is not read. */
gboolean dg_picture_check_size (guint width, guint height, GError **error);

/* picture_jpeg.c.  @picture is empty and gets size, colours, data and ICC profile. */
gboolean dg_jpeg_is (GBytes *bytes);
gboolean dg_jpeg_read (GBytes *bytes, DgPicture *picture, DgPictureExtras *extras, GError **error);
/* The rows of a JPEG, its sides divided by @divisor (1, 2, 4 or 8, rounded up). */
gboolean dg_jpeg_each_row (const DgPicture *picture, guint divisor, DgPictureRow row, gpointer data, GError **error);

/* A JPEG that is written row by row. */
typedef struct DgJpegWriter DgJpegWriter;
DgJpegWriter               *dg_jpeg_writer_new (guint width, guint height, guint n_colours);
void                        dg_jpeg_writer_add (DgJpegWriter *writer, const guint8 *row);
/* Frees the writer. */
GBytes *dg_jpeg_writer_finish (DgJpegWriter *writer);
/* Gives up. */
void dg_jpeg_writer_free (DgJpegWriter *writer);

/* What stands in the PNGs of pages, so that they are known again. */
#define DG_PNG_SOFTWARE "tEXtSoftware\0Diglot"

/* picture_png.c: the same. */
gboolean dg_png_is (GBytes *bytes);
gboolean dg_png_read (GBytes *bytes, DgPicture *picture, DgPictureExtras *extras, GError **error);
/* Pixels of four bytes, as Cairo has them, as an opaque PNG; of a page it is known that there are @per_metre pixels a metre (0: it is no page). */
GBytes *dg_png_write (const guint8 *pixels, guint width, guint height, guint stride, guint per_metre);

#endif
