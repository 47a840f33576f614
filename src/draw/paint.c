/* paint.c: see paint.h.
 *
 * Glyphs are filled as outlines: Cairo would set drawn glyphs on whole pixels, and a page of small pixels would be spaced
 * otherwise than the PDF. */
#include "draw/paint.h"

#include "diglot.h"
#include "base/picture.h"
#include "base/picture_png.h"
#include "type/outline.h"

#include <cairo.h>
#include <hb.h>
#include <math.h>

#define SIDE_MAX 32767 /* pixels; Cairo's limit */
#define AREA_MAX 1e8   /* pixels; they take four bytes each */
#define PER_INCH 72
#define INCH     0.0254 /* m */

typedef struct {
  cairo_t         *cr;
  hb_draw_funcs_t *outline; /* of HarfBuzz: to cr's path */
} Painter;

static void
move_to (hb_draw_funcs_t *funcs, void *painter, hb_draw_state_t *state, float x, float y, void *data)
{
  (void) funcs;
  (void) state;
  (void) data;
  cairo_move_to (((const Painter *) painter)->cr, x, y);
}

static void
line_to (hb_draw_funcs_t *funcs, void *painter, hb_draw_state_t *state, float x, float y, void *data)
{
  (void) funcs;
  (void) state;
  (void) data;
  cairo_line_to (((const Painter *) painter)->cr, x, y);
}

/* Of quadratic curves HarfBuzz makes cubic ones. */
static void
cubic_to (hb_draw_funcs_t *funcs, void *painter, hb_draw_state_t *state, float c1x, float c1y, float c2x, float c2y, float x, float y, void *data)
{
  (void) funcs;
  (void) state;
  (void) data;
  cairo_curve_to (((const Painter *) painter)->cr, c1x, c1y, c2x, c2y, x, y);
}

static void
close_path (hb_draw_funcs_t *funcs, void *painter, hb_draw_state_t *state, void *data)
{
  (void) funcs;
  (void) state;
  (void) data;
  cairo_close_path (((const Painter *) painter)->cr);
}

static hb_draw_funcs_t *
new_outline (void)
{
  hb_draw_funcs_t *funcs = hb_draw_funcs_create ();

  hb_draw_funcs_set_move_to_func (funcs, move_to, NULL, NULL);
  hb_draw_funcs_set_line_to_func (funcs, line_to, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func (funcs, cubic_to, NULL, NULL);
  hb_draw_funcs_set_close_path_func (funcs, close_path, NULL, NULL);
  return funcs;
}

static void
paint_run (Painter *painter, const DgBox *box, const DgGlyphRun *run)
{
  cairo_t   *cr = painter->cr;
  hb_face_t *face = hb_font_get_face (pango_font_get_hb_font (run->font));
  hb_font_t *font = hb_font_create (face); /* in the face's units */
  double     up = run->size / hb_face_get_upem (face), along = up * run->width_scale;

  for (guint i = run->first; i < run->first + run->n; i++) {
    const DgGlyph *glyph = &g_array_index (box->line->glyphs, DgGlyph, i);

    cairo_save (cr);
    cairo_translate (cr, box->x + glyph->x, box->y - glyph->y);
    cairo_scale (cr, along, -up);
    dg_draw_glyph (font, glyph->glyph, painter->outline, painter);
    cairo_restore (cr);
  }
  cairo_set_source_rgb (cr, run->colour.r, run->colour.g, run->colour.b);
  cairo_fill (cr);
  hb_font_destroy (font);
}

/* A picture that cannot be read after all leaves its place white: it was read whole when it came in. */
static void
paint_picture (const Painter *painter, const DgBox *box)
{
  cairo_t         *cr = painter->cr;
  guint            width = 0, height = 0;
  double           x, y, pixel = dg_box_get_pixel (box, &x, &y), across = box->width, down = 0, m[6];
  guint8          *pixels;
  cairo_surface_t *surface;
  cairo_matrix_t   matrix;

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
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD); /* no white at the edges */
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
  g_free (pixels);
}

static void
paint_page (Painter *painter, const DgPage *page)
{
  cairo_t *cr = painter->cr;

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
      paint_picture (painter, box);
    } else {
      for (guint r = 0; r < box->line->runs->len; r++)
        paint_run (painter, box, &g_array_index (box->line->runs, DgGlyphRun, r));
    }
  }
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
  Painter          painter = { NULL, NULL };
  cairo_status_t   status;
  GBytes          *bytes = NULL;

  if (width > SIDE_MAX || height > SIDE_MAX || width * height > AREA_MAX) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "a page of %.0f x %.0f pixels is too large to be painted; png.dpi is %.0f", width, height,
                 scale * PER_INCH);
    return NULL;
  }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  painter.cr = cairo_create (surface);
  painter.outline = new_outline ();
  cairo_scale (painter.cr, scale, scale);
  paint_page (&painter, pages->pages->pdata[nth]);
  status = cairo_status (painter.cr);
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
  hb_draw_funcs_destroy (painter.outline);
  cairo_destroy (painter.cr);
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
