/* paint.c: the page model drawn by Cairo. */
#include "paint.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

static void
paint_run (cairo_t *cr, const DgBox *box, const DgGlyphRun *run)
{
  cairo_glyph_t *glyphs = cairo_glyph_allocate ((int) run->n);
  cairo_scaled_font_t *font = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (run->font));

  cairo_save (cr);
  cairo_set_source_rgb (cr, run->colour.r, run->colour.g, run->colour.b);
  cairo_set_scaled_font (cr, font);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, run->width_scale, 1);
  for (guint i = 0; i < run->n; i++) {
    const DgGlyph *glyph = &g_array_index (box->line->glyphs, DgGlyph, run->first + i);

    glyphs[i].index = glyph->glyph;
    glyphs[i].x = glyph->x / run->width_scale;
    glyphs[i].y = -glyph->y;
  }
  cairo_show_glyphs (cr, glyphs, (int) run->n);
  cairo_restore (cr);
  cairo_glyph_free (glyphs);
}

static void
paint_page (cairo_t *cr, const DgPage *page)
{
  for (guint i = 0; i < page->boxes->len; i++) {
    const DgBox *box = &g_array_index (page->boxes, DgBox, i);

    if (box->kind == DG_BOX_RULE) {
      cairo_set_source_rgb (cr, box->colour.r, box->colour.g, box->colour.b);
      cairo_rectangle (cr, box->x, box->y, box->width, box->height);
      cairo_fill (cr);
    } else {
      for (guint r = 0; r < box->line->runs->len; r++)
        paint_run (cr, box, &g_array_index (box->line->runs, DgGlyphRun, r));
    }
  }
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
dg_paint_pdf (const DgPages *pages, const DgPaintInfo *info, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, bytes, pages->width, pages->height);
  cairo_t *cr = cairo_create (surface);

  (void) info; (void) error;
  for (guint i = 0; i < pages->pages->len; i++) {
    paint_page (cr, pages->pages->pdata[i]);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
