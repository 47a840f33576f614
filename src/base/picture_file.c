/* picture_file.c: see picture_file.h. */
#include "base/picture_file.h"

#include "base/picture_jpeg.h"
#include "base/picture_png.h"

#include <string.h>

/* Where the stored pixel (x, y) of @width x @height stands upright (Exif 2.3, 4.6.4). */
static void
turn (guint orientation, guint width, guint height, guint x, guint y, guint *to_x, guint *to_y)
{
  guint right = width - 1 - x, below = height - 1 - y;
  guint places[8][2] = { { x, y }, { right, y }, { right, below }, { x, below }, { y, x }, { below, x }, { below, right }, { y, right } };

  *to_x = places[orientation - 1][0];
  *to_y = places[orientation - 1][1];
}

static guint8 *
dup_upright (const guint8 *stored, guint width, guint height, guint orientation)
{
  guint   row = orientation > 4 ? height : width;
  guint8 *upright = g_malloc ((gsize) width * height * 4);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      guint to_x, to_y;

      turn (orientation, width, height, x, y, &to_x, &to_y);
      memcpy (upright + ((gsize) to_y * row + to_x) * 4, stored + ((gsize) y * width + x) * 4, 4);
    }
  return upright;
}

/* Pixels as Cairo's RGB24 has them. */
static GBytes *
write_jpeg (const guint8 *pixels, guint width, guint height)
{
  DgJpegWriter      *writer = dg_jpeg_writer_new (width, height, 3);
  g_autofree guint8 *row = g_malloc ((gsize) width * 3);

  for (guint y = 0; y < height; y++) {
    const guint32 *from = (const guint32 *) (const void *) (pixels + (gsize) y * width * 4);

    for (guint x = 0; x < width; x++) {
      row[3 * x] = (guint8) (from[x] >> 16);
      row[3 * x + 1] = (guint8) (from[x] >> 8);
      row[3 * x + 2] = (guint8) from[x];
    }
    dg_jpeg_writer_add (writer, row);
  }
  return dg_jpeg_writer_finish (writer);
}

GBytes *
dg_picture_to_file (const DgPicture *picture, guint wide, const char **type, guint *width, guint *height, GError **error)
{
  g_autofree guint8 *pixels = NULL, *upright = NULL;
  guint              stored_width, stored_height;

  *type = picture->is_jpeg ? "image/jpeg" : "image/png";
  if (picture->is_jpeg && picture->orientation == 1 && picture->icc == NULL && picture->n_colours < 4 && picture->width <= 2 * wide) {
    *width = picture->width;
    *height = picture->height;
    return g_bytes_ref (picture->data);
  }
  pixels = dg_picture_dup_pixels (picture, wide, &stored_width, &stored_height, error);
  if (pixels == NULL)
    return NULL;
  upright = dup_upright (pixels, stored_width, stored_height, picture->orientation);
  *width = picture->orientation > 4 ? stored_height : stored_width;
  *height = picture->orientation > 4 ? stored_width : stored_height;
  return picture->is_jpeg ? write_jpeg (upright, *width, *height) : dg_png_write (upright, *width, *height, *width * 4, 0);
}
