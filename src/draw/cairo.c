/* cairo.c: see cairo.h.
 *
 * On pixels glyphs are filled as outlines: Cairo would set drawn glyphs on whole pixels, and a page of small pixels would be spaced otherwise
 * than the PDF.  A surface that keeps text (PDF, PostScript, a recording) gets glyphs: from left to right, each run's text in the order in which its
 * clusters stand so, which is what readers of such files turn round again. */
#include "draw/cairo.h"

#include <cairo-ft.h>
#include <math.h>
#include <string.h>

#include "base/picture.h"
#include "draw/draw.h"
#include "type/outline.h"

#include FT_FREETYPE_H

/* Faces */

struct DgCairoFaces {
  GHashTable *faces; /* hb_face_t → cairo_font_face_t */
};

/* What a font face of Cairo stands on, and has a use for long after we let go of it: it keeps the faces that were drawn last. */
typedef struct {
  FT_Library library; /* one for each, so that threads share none */
  FT_Face    face;
  hb_blob_t *blob;
} Basis;

static void
free_basis (void *data)
{
  Basis *basis = data;

  FT_Done_Face (basis->face);
  FT_Done_FreeType (basis->library);
  hb_blob_destroy (basis->blob);
  g_free (basis);
}

/* NULL where FreeType cannot read what HarfBuzz can. */
static cairo_font_face_t *
open_face (hb_face_t *face)
{
  static const cairo_user_data_key_t key;
  Basis                              basis = { NULL, NULL, NULL };
  guint                              length;
  const char                        *data;
  Basis                             *kept;
  cairo_font_face_t                 *opened;

  if (FT_Init_FreeType (&basis.library) != 0)
    return NULL;
  basis.blob = hb_face_reference_blob (face);
  data = hb_blob_get_data (basis.blob, &length);
  if (FT_New_Memory_Face (basis.library, (const FT_Byte *) data, (FT_Long) length, (FT_Long) hb_face_get_index (face), &basis.face) != 0) {
    FT_Done_FreeType (basis.library);
    hb_blob_destroy (basis.blob);
    return NULL;
  }
  kept = g_memdup2 (&basis, sizeof basis);
  opened = cairo_ft_font_face_create_for_ft_face (basis.face, FT_LOAD_NO_HINTING);
  if (cairo_font_face_set_user_data (opened, &key, kept, free_basis) != CAIRO_STATUS_SUCCESS) {
    cairo_font_face_destroy (opened);
    free_basis (kept);
    return NULL;
  }
  return opened;
}

static void
close_face (gpointer face)
{
  if (face != NULL)
    cairo_font_face_destroy (face);
}

/* Lent; NULL where there is none. */
static cairo_font_face_t *
find_face (DgCairoFaces *faces, hb_face_t *face)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (faces->faces, face, NULL, &found)) {
    found = open_face (face);
    g_hash_table_insert (faces->faces, hb_face_reference (face), found);
  }
  return found;
}

DgCairoFaces *
dg_cairo_faces_new (void)
{
  DgCairoFaces *faces = g_new (DgCairoFaces, 1);

  faces->faces = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) hb_face_destroy, close_face);
  return faces;
}

void
dg_cairo_faces_free (DgCairoFaces *faces)
{
  if (faces == NULL)
    return;
  g_hash_table_unref (faces->faces);
  g_free (faces);
}

/* Glyphs */

typedef struct {
  DgDevice      device;
  cairo_t      *cr;
  DgCairoFaces *faces; /* NULL: text is outlines */
  gboolean      has_pixels;
  const char   *tag;  /* that is open; NULL */
  GString      *text; /* of a run */
  GArray       *glyphs, *clusters;
} Painter;

static void
set_colour (cairo_t *cr, const DgColour *colour)
{
  cairo_set_source_rgb (cr, colour->r, colour->g, colour->b);
}

static void
move_to (gpointer cr, double x, double y)
{
  cairo_move_to (cr, x, y);
}

static void
line_to (gpointer cr, double x, double y)
{
  cairo_line_to (cr, x, y);
}

static void
cubic_to (gpointer cr, double c1x, double c1y, double c2x, double c2y, double x, double y)
{
  cairo_curve_to (cr, c1x, c1y, c2x, c2y, x, y);
}

static void
close_path (gpointer cr)
{
  cairo_close_path (cr);
}

static void
fill_run (const Painter *painter, const DgBox *box, const DgGlyphRun *run)
{
  static const DgPen pen = { .move = move_to, .line = line_to, .cubic = cubic_to, .close = close_path };
  cairo_t           *cr = painter->cr;
  hb_face_t         *face = hb_font_get_face (pango_font_get_hb_font (run->font));
  hb_font_t         *font = hb_font_create (face); /* in the face's units */
  double             up = run->size / hb_face_get_upem (face), along = up * run->width_scale;

  cairo_new_path (cr);
  for (guint i = run->first; i < run->first + run->n; i++) {
    const DgGlyph *glyph = &g_array_index (box->line->glyphs, DgGlyph, i);

    cairo_save (cr);
    cairo_translate (cr, box->x + glyph->x, box->y - glyph->y);
    cairo_scale (cr, along, -up);
    dg_outline_draw (font, glyph->glyph, &pen, cr);
    cairo_restore (cr);
  }
  set_colour (cr, &run->colour);
  cairo_fill (cr);
  hb_font_destroy (font);
}

/* A cluster is what stands for a stretch of text and the marks on it, which go with the letter before them in reading order. */
static void
list_clusters (const Painter *painter, const DgBox *box, const DgGlyphRun *run)
{
  const char *text = dg_para_text (box->para);
  guint       glyphs = 0; /* of the cluster in hand */
  guint       bytes = 0;
  gboolean    has_letter = FALSE, is_rtl = run->level % 2 != 0;

  g_string_truncate (painter->text, 0);
  g_array_set_size (painter->glyphs, 0);
  g_array_set_size (painter->clusters, 0);
  for (guint i = run->first; i < run->first + run->n; i++) {
    const DgGlyph       *glyph = &g_array_index (box->line->glyphs, DgGlyph, i);
    const cairo_glyph_t  placed = { glyph->glyph, box->x + glyph->x, box->y - glyph->y };
    const gboolean       is_mark = glyph->kind == DG_GLYPH_MARK || (is_rtl && glyph->kind == DG_GLYPH_KASHIDA);
    cairo_text_cluster_t cluster;

    /* From left to right a letter comes before its marks, from right to left behind them. */
    if (glyphs > 0 && (is_rtl ? has_letter : !is_mark)) {
      cluster = (cairo_text_cluster_t){ (int) bytes, (int) glyphs };
      g_array_append_val (painter->clusters, cluster);
      glyphs = bytes = 0;
      has_letter = FALSE;
    }
    g_array_append_val (painter->glyphs, placed);
    if (glyph->kind == DG_GLYPH_HYPHEN)
      g_string_append_c (painter->text, '-');
    else
      g_string_append_len (painter->text, text + glyph->start, glyph->length);
    glyphs++;
    bytes += glyph->kind == DG_GLYPH_HYPHEN ? 1 : glyph->length;
    has_letter = has_letter || !is_mark;
  }
  if (glyphs > 0) {
    cairo_text_cluster_t cluster = { (int) bytes, (int) glyphs };

    g_array_append_val (painter->clusters, cluster);
  }
}

static void
show_run (const Painter *painter, const DgBox *box, const DgGlyphRun *run, cairo_font_face_t *face)
{
  cairo_t        *cr = painter->cr;
  cairo_matrix_t *matrix = &(cairo_matrix_t){ run->size * run->width_scale, 0, 0, run->size, 0, 0 };

  list_clusters (painter, box, run);
  cairo_set_font_face (cr, face);
  cairo_set_font_matrix (cr, matrix);
  set_colour (cr, &run->colour);
  cairo_show_text_glyphs (cr, painter->text->str, (int) painter->text->len, (const cairo_glyph_t *) (const void *) painter->glyphs->data,
                          (int) painter->glyphs->len, (const cairo_text_cluster_t *) (const void *) painter->clusters->data, (int) painter->clusters->len, 0);
}

static void
draw_run (DgDevice *device, const DgBox *box, const DgGlyphRun *run)
{
  const Painter     *painter = (Painter *) device;
  cairo_font_face_t *face = painter->faces != NULL ? find_face (painter->faces, hb_font_get_face (pango_font_get_hb_font (run->font))) : NULL;

  if (face != NULL)
    show_run (painter, box, run, face);
  else
    fill_run (painter, box, run);
}

/* Other things */

static void
draw_ring (DgDevice *device, const DgBox *box)
{
  cairo_t *cr = ((Painter *) device)->cr;

  cairo_new_path (cr);
  cairo_arc (cr, box->x + box->width / 2, box->y + box->height / 2, (box->width - DG_RING_WEIGHT) / 2, 0, 2 * G_PI);
  cairo_set_line_width (cr, DG_RING_WEIGHT);
  set_colour (cr, &box->colour);
  cairo_stroke (cr);
}

static void
draw_rule (DgDevice *device, const DgBox *box)
{
  cairo_t *cr = ((Painter *) device)->cr;

  set_colour (cr, &box->colour);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_fill (cr);
}

/* How many pixels of the surface @width pt take; all there are where that has none. */
static guint
count_pixels (const Painter *painter, double width)
{
  double across = width, down = 0, by_x, by_y;

  if (!painter->has_pixels)
    return G_MAXUINT;
  cairo_user_to_device_distance (painter->cr, &across, &down);
  cairo_surface_get_device_scale (cairo_get_group_target (painter->cr), &by_x, &by_y);
  return (guint) CLAMP (ceil (hypot (across * by_x, down * by_y)), 1, G_MAXINT);
}

/* A picture that cannot be read after all leaves its place white: it was read whole when it came in. */
static void
draw_picture (DgDevice *device, const DgBox *box)
{
  static const cairo_user_data_key_t key;
  const Painter                     *painter = (Painter *) device;
  cairo_t                           *cr = painter->cr;
  guint                              width = 0, height = 0;
  double                             x, y, pixel = dg_box_get_pixel (box, &x, &y), m[6];
  guint8                            *pixels = dg_picture_dup_pixels (box->picture, count_pixels (painter, box->width), &width, &height, NULL);
  cairo_surface_t                   *surface;
  cairo_matrix_t                     matrix;

  if (pixels == NULL)
    return;
  surface = cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_RGB24, (int) width, (int) height, 4 * (int) width);
  cairo_surface_set_user_data (surface, &key, pixels, g_free);
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
}

/* What a PDF of Cairo's says of itself: which stretches are a heading, a paragraph, a picture, and what leads elsewhere.  No other surface is told:
 * Cairo 1.16 ends the process where a recording with tags is painted on a PDF. */

static const char *
tag_of (DgRole role)
{
  switch (role) {
  case DG_ROLE_HEADLINE: return "H1";
  case DG_ROLE_CROSSHEAD: return "H2";
  case DG_ROLE_PICTURE: return "Figure";
  case DG_ROLE_CAPTION: return "Caption";
  default: return "P";
  }
}

static void
open_element (DgDevice *device, const DgBox *box, const DgElement *element)
{
  Painter *painter = (Painter *) device;

  (void) box;
  painter->tag = element != NULL ? tag_of (element->role) : NULL;
  if (painter->tag != NULL)
    cairo_tag_begin (painter->cr, painter->tag, NULL);
}

static void
close_element (DgDevice *device)
{
  const Painter *painter = (Painter *) device;

  if (painter->tag != NULL)
    cairo_tag_end (painter->cr, painter->tag);
}

static void
append_number (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (out, ' ');
  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.3f", number));
}

/* Cairo 1.16 takes the rectangle as one of the surface. */
static void
draw_link (DgDevice *device, const DgBox *box, const DgDrawLink *link)
{
  cairo_t *cr = ((Painter *) device)->cr;
  double   x = link->left, y = link->top, width = link->right - link->left, height = link->bottom - link->top;
  g_autoptr (GString) attributes = NULL;

  (void) box;
  if (link->uri == NULL)
    return;
  cairo_user_to_device (cr, &x, &y);
  cairo_user_to_device_distance (cr, &width, &height);
  attributes = g_string_new ("rect=[");
  append_number (attributes, MIN (x, x + width));
  append_number (attributes, MIN (y, y + height));
  append_number (attributes, fabs (width));
  append_number (attributes, fabs (height));
  g_string_append (attributes, " ] uri='");
  for (const char *p = link->uri; *p != '\0'; p++) {
    if (*p == '\'' || *p == '\\')
      g_string_append_c (attributes, '\\');
    g_string_append_c (attributes, *p);
  }
  g_string_append_c (attributes, '\'');
  cairo_tag_begin (cr, CAIRO_TAG_LINK, attributes->str);
  cairo_tag_end (cr, CAIRO_TAG_LINK);
}

/* The walk */

static gboolean
has_pixels (cairo_surface_t *surface)
{
  switch (cairo_surface_get_type (surface)) {
  case CAIRO_SURFACE_TYPE_PDF:
  case CAIRO_SURFACE_TYPE_PS:
  case CAIRO_SURFACE_TYPE_SVG:
  case CAIRO_SURFACE_TYPE_SCRIPT:
  case CAIRO_SURFACE_TYPE_WIN32_PRINTING:
  case CAIRO_SURFACE_TYPE_RECORDING: return FALSE;
  default: return TRUE;
  }
}

static void
set_up (cairo_t *cr)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options (cr, options);
  cairo_font_options_destroy (options);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_new_path (cr);
}

void
dg_cairo_draw (const DgPages *pages, guint nth, DgCairoFaces *faces, cairo_t *cr)
{
  cairo_surface_t *surface = cairo_get_group_target (cr);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  g_autoptr (GArray) clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  Painter painter = {
    .device = { .rule = draw_rule, .ring = draw_ring, .picture = draw_picture, .run = draw_run },
    .cr = cr,
    .faces = cairo_surface_has_show_text_glyphs (surface) ? faces : NULL,
    .has_pixels = has_pixels (surface),
    .text = text,
    .glyphs = glyphs,
    .clusters = clusters,
  };

  if (cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_PDF) {
    painter.device.open = open_element;
    painter.device.close = close_element;
    painter.device.link = draw_link;
  }
  cairo_save (cr);
  set_up (cr);
  dg_draw_page (&painter.device, &(const DgDrawn){ .pages = pages, .nth = nth }, 1);
  cairo_restore (cr);
}
