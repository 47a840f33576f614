/* svg.c: a page as SVG; see paint.h.
 *
 * A device of draw.h, and not Cairo's SVG surface: that rounds outlines to 1/64 pt, takes three times the room, and counts the surfaces of the process in its ids, so
 * that the same page would not give the same bytes.  Here each outline of the page stands once, in its face's own units. */
#include "draw/paint.h"

#include "base/number.h"
#include "base/picture.h"
#include "base/picture_png.h"
#include "draw/draw.h"
#include "type/outline.h"

#include <hb.h>
#include <math.h>

typedef struct {
  DgDevice    device;
  GString    *defs, *body;
  GPtrArray  *faces;    /* hb_face_t* */
  GHashTable *outlines; /* face and glyph, as a number → 1 */
} Writer;

static void
append_numbers (GString *out, guint digits, const double *numbers, guint n)
{
  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (out, ' ');
    dg_number_append (out, numbers[i], digits);
  }
}

static void
append_attribute (GString *out, const char *name, double value, guint digits)
{
  g_string_append_printf (out, " %s=\"", name);
  dg_number_append (out, value, digits);
  g_string_append_c (out, '"');
}

static void
append_fill (GString *out, const DgColour *colour)
{
  g_string_append_printf (out, " fill=\"#%02lx%02lx%02lx\"", lround (colour->r * 255), lround (colour->g * 255), lround (colour->b * 255));
}

/* Outlines in font units, up from the baseline */

static void
move_to (gpointer out, double x, double y)
{
  g_string_append_c (out, 'M');
  append_numbers (out, 1, (const double[]){ x, y }, 2);
}

static void
line_to (gpointer out, double x, double y)
{
  g_string_append_c (out, 'L');
  append_numbers (out, 1, (const double[]){ x, y }, 2);
}

static void
quadratic_to (gpointer out, double cx, double cy, double x, double y)
{
  g_string_append_c (out, 'Q');
  append_numbers (out, 1, (const double[]){ cx, cy, x, y }, 4);
}

static void
cubic_to (gpointer out, double c1x, double c1y, double c2x, double c2y, double x, double y)
{
  g_string_append_c (out, 'C');
  append_numbers (out, 1, (const double[]){ c1x, c1y, c2x, c2y, x, y }, 6);
}

static void
close_path (gpointer out)
{
  g_string_append_c (out, 'Z');
}

static void
append_outline (GString *out, hb_face_t *face, guint32 glyph)
{
  static const DgPen pen = { move_to, line_to, quadratic_to, cubic_to, close_path };
  hb_font_t         *font = hb_font_create (face); /* in the face's units */

  dg_outline_draw (font, glyph, &pen, out);
  hb_font_destroy (font);
}

/* The place of @face among those met so far. */
static guint
face_number (Writer *writer, hb_face_t *face)
{
  guint number;

  if (!g_ptr_array_find (writer->faces, face, &number)) {
    number = writer->faces->len;
    g_ptr_array_add (writer->faces, face);
  }
  return number;
}

/* Boxes */

static void
draw_run (DgDevice *device, const DgBox *box, const DgGlyphRun *run)
{
  Writer    *writer = (Writer *) device;
  hb_face_t *face = hb_font_get_face (pango_font_get_hb_font (run->font));
  guint      number = face_number (writer, face);
  double     up = run->size / hb_face_get_upem (face), along = up * run->width_scale;

  g_string_append (writer->body, "<g");
  append_fill (writer->body, &run->colour);
  g_string_append (writer->body, " transform=\"matrix(");
  append_numbers (writer->body, 6, (const double[]){ along, 0, 0, -up, box->x, box->y }, 6);
  g_string_append (writer->body, ")\">");
  for (guint i = run->first; i < run->first + run->n; i++) {
    const DgGlyph *glyph = &g_array_index (box->line->glyphs, DgGlyph, i);
    guint64        key = (guint64) number << 32 | glyph->glyph;

    if (glyph->kind == DG_GLYPH_SPACE)
      continue;
    if (!g_hash_table_contains (writer->outlines, &key)) {
      g_hash_table_add (writer->outlines, g_memdup2 (&key, sizeof key));
      g_string_append_printf (writer->defs, "<path id=\"f%ug%u\" d=\"", number, glyph->glyph);
      append_outline (writer->defs, face, glyph->glyph);
      g_string_append (writer->defs, "\"/>\n");
    }
    g_string_append_printf (writer->body, "<use xlink:href=\"#f%ug%u\"", number, glyph->glyph);
    append_attribute (writer->body, "x", glyph->x / along, 1);
    if (glyph->y != 0)
      append_attribute (writer->body, "y", glyph->y / up, 1);
    g_string_append (writer->body, "/>");
  }
  g_string_append (writer->body, "</g>\n");
}

static void
draw_rule (DgDevice *device, const DgBox *box)
{
  GString *out = ((Writer *) device)->body;

  g_string_append (out, "<rect");
  append_attribute (out, "x", box->x, 3);
  append_attribute (out, "y", box->y, 3);
  append_attribute (out, "width", box->width, 3);
  append_attribute (out, "height", box->height, 3);
  append_fill (out, &box->colour);
  g_string_append (out, "/>\n");
}

static void
draw_ring (DgDevice *device, const DgBox *box)
{
  GString *out = ((Writer *) device)->body;

  g_string_append (out, "<circle");
  append_attribute (out, "cx", box->x + box->width / 2, 3);
  append_attribute (out, "cy", box->y + box->height / 2, 3);
  append_attribute (out, "r", (box->width - DG_RING_WEIGHT) / 2, 3);
  g_string_append_printf (out, " stroke=\"#%02lx%02lx%02lx\"", lround (box->colour.r * 255), lround (box->colour.g * 255), lround (box->colour.b * 255));
  append_attribute (out, "stroke-width", DG_RING_WEIGHT, 3);
  g_string_append (out, " fill=\"none\"/>\n");
}

/* A JPEG in colours of screens goes in as it is, all else as a PNG of as many pixels. */
static void
append_image_data (GString *out, const DgPicture *picture)
{
  g_autoptr (GBytes) bytes = NULL;
  gboolean as_jpeg = picture->is_jpeg && picture->n_colours < 4 && picture->icc == NULL;

  if (as_jpeg) {
    bytes = g_bytes_ref (picture->data);
  } else {
    guint              width, height;
    g_autofree guint8 *pixels = dg_picture_dup_pixels (picture, G_MAXUINT, &width, &height, NULL);

    bytes = pixels != NULL ? dg_png_write (pixels, width, height, 4 * width, 0) : NULL;
  }
  if (bytes != NULL) {
    g_autofree char *text = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

    g_string_append_printf (out, " xlink:href=\"data:image/%s;base64,%s\"", as_jpeg ? "jpeg" : "png", text);
  }
}

/* "slice" is what a box of a picture means: filled, centred, and what hangs over not seen.  One that is not centred stands whole in a frame of its box. */
static void
draw_picture (DgDevice *device, const DgBox *box)
{
  GString *out = ((Writer *) device)->body;
  gboolean lies = box->picture->orientation >= 5, framed = box->focus[0] != 0 || box->focus[1] != 0;
  double   m[6], x = box->x, y = box->y, width = box->width, height = box->height;

  dg_picture_get_matrix (box->picture, m);
  if (framed) {
    double pixel = dg_box_get_pixel (box, &x, &y);
    guint  across, down;

    dg_picture_get_size (box->picture, &across, &down);
    g_string_append (out, "<svg");
    append_attribute (out, "x", box->x, 3);
    append_attribute (out, "y", box->y, 3);
    append_attribute (out, "width", box->width, 3);
    append_attribute (out, "height", box->height, 3);
    g_string_append (out, ">\n");
    x -= box->x;
    y -= box->y;
    width = pixel * across;
    height = pixel * down;
  }
  g_string_append (out, "<image transform=\"matrix(");
  append_numbers (out, 3, (const double[]){ m[0], m[1], m[2], m[3], x + width * m[4], y + height * m[5] }, 6);
  g_string_append (out, ")\"");
  append_attribute (out, "width", lies ? height : width, 3);
  append_attribute (out, "height", lies ? width : height, 3);
  g_string_append (out, " preserveAspectRatio=\"xMidYMid slice\"");
  append_image_data (out, box->picture);
  g_string_append (out, framed ? "/>\n</svg>\n" : "/>\n");
}

GBytes *
dg_paint_svg (const DgPages *pages, guint nth)
{
  g_autoptr (GString) body = g_string_new (NULL);
  GString *defs = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\""
                                " xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" width=\"");
  g_autoptr (GPtrArray) faces = g_ptr_array_new ();
  g_autoptr (GHashTable) outlines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Writer writer = { { .rule = draw_rule, .ring = draw_ring, .picture = draw_picture, .run = draw_run }, defs, body, faces, outlines };

  dg_number_append (defs, pages->width, 3);
  g_string_append (defs, "pt\" height=\"");
  dg_number_append (defs, pages->height, 3);
  g_string_append (defs, "pt\" viewBox=\"");
  append_numbers (defs, 3, (const double[]){ 0, 0, pages->width, pages->height }, 4);
  g_string_append (defs, "\">\n<defs>\n");
  dg_draw_page (&writer.device, &(const DgDrawn){ .pages = pages, .nth = nth }, 1);
  g_string_append (defs, "</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  g_string_append_len (defs, body->str, (gssize) body->len);
  g_string_append (defs, "</svg>\n");
  return g_string_free_to_bytes (defs);
}
