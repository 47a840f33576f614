/* picture_data.c: see picture_data.h. */
#include "base/picture_data.h"

#include "diglot.h"

void
dg_picture_free (DgPicture *picture)
{
  if (picture == NULL)
    return;
  g_clear_pointer (&picture->data, g_bytes_unref);
  g_clear_pointer (&picture->icc, g_bytes_unref);
  g_free (picture);
}

gboolean
dg_picture_check_size (guint width, guint height, GError **error)
{
  if (width <= DG_PICTURE_MAX_SIDE && height <= DG_PICTURE_MAX_SIDE && (guint64) width * height <= DG_PICTURE_MAX_PIXELS)
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "%u x %u pixels are too many; %u million are read, %u a side", width, height,
               DG_PICTURE_MAX_PIXELS / 1000000, DG_PICTURE_MAX_SIDE);
  return FALSE;
}
