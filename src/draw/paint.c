/* paint.c: a page as PNG, by Cairo; see paint.h. */
#include "draw/paint.h"

#include "diglot.h"
#include "base/picture_png.h"
#include "draw/cairo.h"

#include <math.h>

#define SIDE_MAX 32767 /* pixels; Cairo's limit */
#define AREA_MAX 1e8   /* pixels; they take four bytes each */
#define PER_INCH 72
#define INCH     0.0254 /* m */

/* Whole pixels that hold @length; a width that was asked for stays what it was. */
static double
count_pixels (double length)
{
  return MAX (ceil (length - 1e-3), 1);
}

/* Leaves sixteen steps of each colour, black and white among them. */
static void
coarsen (guint8 *pixels, gsize length)
{
  for (gsize i = 0; i < length; i++)
    pixels[i] = (guint8) ((pixels[i] & 0xF0) | pixels[i] >> 4);
}

static GBytes *
paint_pixels (const DgPages *pages, guint nth, double scale, gboolean is_coarse, GError **error)
{
  double           width = count_pixels (pages->width * scale), height = count_pixels (pages->height * scale);
  cairo_surface_t *surface;
  cairo_t         *cr;
  cairo_status_t   status;
  GBytes          *bytes = NULL;

  if (width > SIDE_MAX || height > SIDE_MAX || width * height > AREA_MAX) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "a page of %.0f x %.0f pixels is too large to be painted; png.dpi is %.0f", width, height,
                 scale * PER_INCH);
    return NULL;
  }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  dg_cairo_draw (pages, nth, NULL, cr);
  status = cairo_status (cr);
  if (status == CAIRO_STATUS_SUCCESS) {
    guint   stride = (guint) cairo_image_surface_get_stride (surface);
    guint8 *pixels;

    cairo_surface_flush (surface);
    pixels = cairo_image_surface_get_data (surface);
    if (is_coarse)
      coarsen (pixels, (gsize) stride * (gsize) height);
    bytes = dg_png_write (pixels, (guint) width, (guint) height, stride, (guint) lround (scale * PER_INCH / INCH));
  } else {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the page cannot be painted: %s", cairo_status_to_string (status));
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bytes;
}

GBytes *
dg_paint_png (const DgPages *pages, guint nth, double scale, GError **error)
{
  return paint_pixels (pages, nth, scale, FALSE, error);
}

GBytes *
dg_paint_preview (const DgPages *pages, guint nth, double scale, GError **error)
{
  return paint_pixels (pages, nth, scale, TRUE, error);
}

const char *
dg_paint_version (void)
{
  return cairo_version_string ();
}
