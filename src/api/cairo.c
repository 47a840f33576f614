/* cairo.c: the pages of a result on a surface of the caller's; see diglot-cairo.h. */
#include "diglot-cairo.h"

#include "api/objects.h"

guint
diglot_result_n_pages (const DiglotResult *result)
{
  return result->pages != NULL ? result->pages->pages->len : 0;
}

gboolean
diglot_result_page_size (const DiglotResult *result, guint nth, double *width, double *height)
{
  if (nth >= diglot_result_n_pages (result))
    return FALSE;
  *width = result->pages->width;
  *height = result->pages->height;
  return TRUE;
}

gboolean
diglot_page_draw (DiglotResult *result, guint nth, cairo_t *cr)
{
  if (nth >= diglot_result_n_pages (result))
    return FALSE;
  if (result->faces == NULL)
    result->faces = dg_cairo_faces_new ();
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, 0, 0, result->pages->width, result->pages->height); /* what is outside is a press's */
  cairo_clip (cr);
  dg_cairo_draw (result->pages, nth, result->faces, cr);
  cairo_restore (cr);
  return cairo_status (cr) == CAIRO_STATUS_SUCCESS;
}
