/* test_round.c: a picture that does not fill the measures has text beside it, on both sides where it stands between two columns, which goes on below it in
 * the full measure; never white alone. */
#include "page/layout.h"

#include <cairo.h>
#include <math.h>
#include <string.h>
#include "read/decode.h"
#include "read/parse.h"

static DgFonts   *fonts;
static DgHyphens *hyphens;

static cairo_status_t
append (void *out, const unsigned char *data, unsigned length)
{
  g_byte_array_append (out, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static DgPicture *
paint (int across, int down)
{
  g_autoptr (GError) error = NULL;
  GByteArray      *out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, across, down);
  cairo_t         *cr = cairo_create (surface);
  DgPicture       *picture;

  cairo_set_source_rgb (cr, .8, .6, .2);
  cairo_paint (cr);
  cairo_surface_write_to_png_stream (surface, append, out);
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (out);
  picture = dg_picture_new (bytes, &error);
  g_assert_no_error (error);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return picture;
}

typedef struct {
  guint  pictures, beside, narrow; /* lines of the body whose height is the picture's; those that have less than their column */
  guint  left, right;              /* of the former, those on each side */
  double missed;                   /* grid lines of a picture's foot that no line of the body stands beside */
} Seen;

static gboolean
is_body (const DgPages *pages, const DgBox *box)
{
  return box->kind == DG_BOX_LINE && box->element >= 0 && g_array_index (pages->elements, DgElement, box->element).bead >= 0;
}

/* No line stands on the picture; those beside it are counted. */
static void
look_beside (const DgPages *pages, const GArray *boxes, const DgBox *picture, const DgTemplate *t, Seen *seen)
{
  double lowest = 0;

  seen->pictures++;
  for (guint i = 0; i < boxes->len; i++) {
    const DgBox *box = &g_array_index (boxes, DgBox, i);
    double       left = box->x, right;

    if (box->kind != DG_BOX_LINE)
      continue;
    right = left + box->line->width;
    if (box->y - .5 * t->body_size >= picture->y + picture->height || box->y <= picture->y)
      continue;
    g_assert_true (right <= picture->x + 1 || left >= picture->x + picture->width - 1);
    if (!is_body (pages, box))
      continue;
    lowest = MAX (lowest, box->y);
    seen->beside++;
    seen->left += right < picture->x;
    seen->right += left > picture->x;
  }
  seen->missed = MAX (seen->missed, (picture->y + picture->height - lowest) / t->grid);
}

static DgPages *
set_pages (const char *sample, const char *name, const DgPicture *picture, Seen *seen)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DgDiag) diag = dg_diag_new ("t");
  g_autoptr (DgTemplate) t = dg_template_new (name, NULL, &error);
  gsize length;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (sample, &text, &length, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (DgSource) source = dg_decode ("t", bytes, "utf-8", diag, &error);
  g_autoptr (DgDoc) doc = dg_parse (source, NULL, diag, &error);
  g_assert_no_error (error);
  g_autoptr (DgAlign) align = dg_align_new (doc, NULL, NULL, diag);
  DgPages          *pages = dg_layout_new (align, t, fonts, hyphens, picture, diag);
  g_autofree gsize *reached = g_new0 (gsize, pages->elements->len + 1);

  *seen = (Seen){ 0 };
  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);

      if (box->kind == DG_BOX_PICTURE)
        look_beside (pages, boxes, box, t, seen);
      if (is_body (pages, box)) {
        g_assert_cmpuint (box->line->start, ==, reached[box->element]);
        reached[box->element] = box->line->end;
        g_assert_cmpfloat (box->y, <=, t->last_baseline + .1);
      }
    }
  }
  for (guint e = 0; e < pages->elements->len; e++)
    if (g_array_index (pages->elements, DgElement, e).bead >= 0)
      g_assert_cmpuint (reached[e], ==, strlen (dg_para_text (g_array_index (pages->elements, DgElement, e).para)));
  return pages;
}

static const struct {
  int across, down;
} shapes[] = { { 900, 1200 }, { 600, 1800 }, { 1000, 1100 } };

static void
test_between (void)
{
  static const char *const samples[] = { "tests/samples/flood-en-ar.txt", "tests/samples/museum-ar-en.txt", "tests/samples/railway-en-he.txt",
                                         "tests/samples/roles-en-ar.txt" };
  static const char *const names[] = { "dispatch", "letter", "book", "bulletin" };

  for (guint s = 0; s < G_N_ELEMENTS (samples); s++)
    for (guint n = 0; n < G_N_ELEMENTS (names); n++)
      for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
        DgPicture *picture = paint (shapes[i].across, shapes[i].down);
        Seen       seen;

        dg_pages_free (set_pages (samples[s], names[n], picture, &seen));
        g_test_message ("%s %s %d x %d: %u beside, %u and %u, %.1f lines missed", samples[s], names[n], shapes[i].across, shapes[i].down, seen.beside,
                        seen.left, seen.right, seen.missed);
        g_assert_cmpuint (seen.pictures, ==, 1);
        g_assert_cmpuint (seen.left, >, 3);
        g_assert_cmpuint (seen.right, >, 3);
        g_assert_cmpuint (seen.left + seen.right, ==, seen.beside);
        g_assert_cmpfloat (seen.missed, <, 2.5);
        dg_picture_free (picture);
      }
}

/* Facing pages have one each, at the spine, their own text beside it; over one another the texts have it at their right. */
static void
test_own_measure (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    DgPicture *picture = paint (shapes[i].across, shapes[i].down);
    Seen       seen;

    dg_pages_free (set_pages ("tests/samples/flood-en-ar.txt", "facing", picture, &seen));
    g_assert_cmpuint (seen.pictures, ==, 2);
    g_assert_cmpuint (seen.left, >, 3);
    g_assert_cmpuint (seen.right, >, 3);
    dg_pages_free (set_pages ("tests/samples/flood-en-ar.txt", "stacked", picture, &seen));
    g_assert_cmpuint (seen.left, >, 6);
    g_assert_cmpuint (seen.left, ==, seen.beside);
    dg_pages_free (set_pages ("tests/samples/one-language.txt", "dispatch", picture, &seen));
    g_assert_cmpuint (seen.left, ==, seen.beside);
    g_assert_cmpuint (seen.left, >, 3);
    dg_picture_free (picture);
  }
}

/* A picture that fills the measures stands across them as ever. */
static void
test_across (void)
{
  DgPicture *picture = paint (1600, 900);
  Seen       seen;

  dg_pages_free (set_pages ("tests/samples/flood-en-ar.txt", "dispatch", picture, &seen));
  g_assert_cmpuint (seen.beside, ==, 0);
  dg_picture_free (picture);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int     status;

  g_test_init (&argc, &argv, NULL);
  fonts = dg_fonts_new (NULL, TRUE, &error);
  g_assert_no_error (error);
  hyphens = dg_hyphens_new ();
  g_test_add_func ("/round/between", test_between);
  g_test_add_func ("/round/own-measure", test_own_measure);
  g_test_add_func ("/round/across", test_across);
  status = g_test_run ();
  dg_hyphens_free (hyphens);
  dg_fonts_free (fonts);
  return status;
}
