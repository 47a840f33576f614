/* paint.c: see paint.h.
 *
 * Glyphs are filled as outlines: Cairo would set drawn glyphs on whole pixels, and a page of small pixels would be spaced
 * otherwise than the PDF. */
#include "paint.h"

#include "cleanup.h"
#include "diglot.h"
#include "picture_private.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define SIDE_MAX  32767        /* pixels; Cairo's limit */
#define AREA_MAX  1e8          /* pixels; they take four bytes each */
#define PER_INCH  72
#define INCH      0.0254       /* m */

/* The outlines' hinting and the pixels' kind were settled when the faces were bound; only the size is the run's. */
static void
set_font (cairo_t *cr, const DgGlyphRun *run)
{
  cairo_scaled_font_t             *font = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (run->font));
  g_autoptr (cairo_font_options_t) options = cairo_font_options_create ();

  cairo_scaled_font_get_font_options (font, options);
  cairo_set_font_face (cr, cairo_scaled_font_get_font_face (font));
  cairo_set_font_options (cr, options);
  cairo_set_font_size (cr, run->size);
}

static void
paint_run (cairo_t *cr, const DgBox *box, const DgGlyphRun *run)
{
  cairo_glyph_t *glyphs = cairo_glyph_allocate ((int) run->n);

  cairo_save (cr);
  cairo_set_source_rgb (cr, run->colour.r, run->colour.g, run->colour.b);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, run->width_scale, 1);
  set_font (cr, run);
  for (guint i = 0; i < run->n; i++) {
    const DgGlyph *glyph = &g_array_index (box->line->glyphs, DgGlyph, run->first + i);

    glyphs[i].index = glyph->glyph;
    glyphs[i].x = glyph->x / run->width_scale;
    glyphs[i].y = -glyph->y;
  }
  cairo_glyph_path (cr, glyphs, (int) run->n);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_glyph_free (glyphs);
}

/* A picture that cannot be read after all leaves its place white: it was read whole when it came in. */
static void
paint_picture (cairo_t *cr, const DgBox *box)
{
  guint                width = 0, height = 0;
  double               x, y, pixel = dg_box_get_pixel (box, &x, &y), across = box->width, down = 0, m[6];
  guint8              *pixels;
  cairo_surface_t     *surface;
  cairo_matrix_t       matrix;

  cairo_user_to_device_distance (cr, &across, &down);
  pixels = dg_picture_dup_pixels (box->picture, (guint) ceil (fabs (across)), &width, &height, NULL);
  if (pixels == NULL)
    return;
  surface = cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_RGB24, (int) width, (int) height, 4 * (int) width);
  cairo_save (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_clip (cr);
  cairo_translate (cr, x, y);
  dg_picture_get_size (box->picture, &width, &height);
  cairo_scale (cr, pixel * width, pixel * height);
  dg_picture_get_matrix (box->picture, m);
  cairo_matrix_init (&matrix, m[0], m[1], m[2], m[3], m[4], m[5]);
  cairo_transform (cr, &matrix);
  cairo_scale (cr, 1.0 / cairo_image_surface_get_width (surface), 1.0 / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);   /* no white at the edges */
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
  g_free (pixels);
}

static void
paint_page (cairo_t *cr, const DgPage *page)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  for (guint i = 0; i < page->boxes->len; i++) {
    const DgBox *box = &g_array_index (page->boxes, DgBox, i);

    if (box->kind == DG_BOX_RING) {
      cairo_new_sub_path (cr);
      cairo_arc (cr, box->x + box->width / 2, box->y + box->height / 2, (box->width - DG_RING_WEIGHT) / 2, 0, 2 * G_PI);
      cairo_set_line_width (cr, DG_RING_WEIGHT);
      cairo_set_source_rgb (cr, box->colour.r, box->colour.g, box->colour.b);
      cairo_stroke (cr);
    } else if (box->kind == DG_BOX_RULE) {
      cairo_set_source_rgb (cr, box->colour.r, box->colour.g, box->colour.b);
      cairo_rectangle (cr, box->x, box->y, box->width, box->height);
      cairo_fill (cr);
    } else if (box->kind == DG_BOX_PICTURE) {
      paint_picture (cr, box);
    } else {
      for (guint r = 0; r < box->line->runs->len; r++)
        paint_run (cr, box, &g_array_index (box->line->runs, DgGlyphRun, r));
    }
  }
}

static gboolean
check (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the page cannot be painted: %s", cairo_status_to_string (status));
  return FALSE;
}

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
  GBytes          *bytes = NULL;

  if (width > SIDE_MAX || height > SIDE_MAX || width * height > AREA_MAX) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "a page of %.0f x %.0f pixels is too large to be painted; png.dpi is %.0f", width,
                 height, scale * PER_INCH);
    return NULL;
  }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  paint_page (cr, pages->pages->pdata[nth]);
  if (check (cairo_status (cr), error)) {
    guint   stride = (guint) cairo_image_surface_get_stride (surface);
    guint8 *pixels;

    cairo_surface_flush (surface);
    pixels = cairo_image_surface_get_data (surface);
    if (is_coarse)
      coarsen (pixels, (gsize) stride * (gsize) height);
    bytes = dg_png_write (pixels, (guint) width, (guint) height, stride, (guint) lround (scale * PER_INCH / INCH));
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
