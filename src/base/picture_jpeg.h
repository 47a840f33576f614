/* picture_jpeg.h: JPEG, by libjpeg. */
#ifndef DG_PICTURE_JPEG_H
#define DG_PICTURE_JPEG_H

#include "base/picture_data.h"

/* Gets the next row of samples. */
typedef void (*DgPictureRow) (const guint8 *samples, guint y, gpointer data);

/* @picture is empty and gets size, colours, data and ICC profile. */
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

#endif
