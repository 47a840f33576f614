/* test_cairo.c: pages on surfaces of Cairo: those of pixels look like our PNG, those that keep text have the words, all look alike, and the
 * caller's state is as it was. */
#include "diglot-cairo.h"
#include "scratch.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdlib.h>

#define DPI 75

/* The pages of a dispatch; neither the converter nor the input live on. */
static DiglotResult *
set_pages (GBytes *bytes, const char *picture, DiglotFormat format)
{
  const DiglotOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, &error);
  g_autoptr (DiglotInput) input = NULL;

  g_assert_no_error (error);
  input = diglot_input_new (converter, bytes, "sample.txt");
  if (picture != NULL) {
    g_autoptr (GBytes) pixels = diglot_read_file (picture, &error);

    g_assert_no_error (error);
    diglot_input_set_picture (input, 0, pixels, "sample.jpg", NULL);
  }
  return diglot_input_convert (input, 0, format);
}

static DiglotResult *
set_sample (const char *name, const char *picture)
{
  g_autofree char *path = g_build_filename ("tests", "samples", name, NULL);
  g_autoptr (GBytes) bytes = diglot_read_file (path, NULL);

  g_assert_nonnull (bytes);
  return set_pages (bytes, picture, DIGLOT_FORMAT_PAGES);
}

static DiglotResult *
set_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return set_pages (bytes, NULL, DIGLOT_FORMAT_PAGES);
}

/* White paper of an A4 page's pixels. */
static cairo_surface_t *
make_paper (void)
{
  cairo_surface_t *paper = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 621, 877);
  cairo_t         *cr = cairo_create (paper);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  return paper;
}

static cairo_surface_t *
draw_pixels (DiglotResult *result, guint nth)
{
  cairo_surface_t *paper = make_paper ();
  cairo_t         *cr = cairo_create (paper);

  cairo_scale (cr, DPI / 72.0, DPI / 72.0);
  g_assert_true (diglot_page_draw (result, nth, cr));
  cairo_destroy (cr);
  return paper;
}

static cairo_surface_t *
load (const Scratch *s, const char *name)
{
  g_autofree char *path = g_build_filename (s->folder, name, NULL);
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

/* The mean difference of the colours of two pictures of one size, 0 to 255, where the first is moved by @by pixels to the right. */
static double
difference (cairo_surface_t *a, cairo_surface_t *b, int by)
{
  int           width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  const guint8 *p = cairo_image_surface_get_data (a), *q = cairo_image_surface_get_data (b);
  int           p_stride = cairo_image_surface_get_stride (a), q_stride = cairo_image_surface_get_stride (b);
  double        sum = 0;

  g_assert_cmpint (cairo_image_surface_get_width (b), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (b), ==, height);
  for (int y = 0; y < height; y++)
    for (int x = by; x < width; x++)
      for (int c = 0; c < 3; c++)
        sum += abs (p[y * p_stride + 4 * (x - by) + c] - q[y * q_stride + 4 * x + c]);
  return sum / 3 / width / height;
}

/* On pixels a page is the PNG of the program. */
static void
test_image (Scratch *s, gconstpointer data)
{
  DiglotResult    *result = set_sample ("flood-en-ar.txt", NULL);
  cairo_surface_t *drawn, *again;

  (void) data;
  g_assert_cmpint (scratch_run (s, "cp $samples/flood-en-ar.txt sample.txt && diglot -t png --set png.dpi=75 sample.txt"), ==, 0);
  g_assert_cmpuint (diglot_result_n_pages (result), ==, 2);
  for (guint i = 0; i < 2; i++) {
    cairo_surface_t *png = load (s, i == 0 ? "sample-1.png" : "sample-2.png");

    drawn = draw_pixels (result, i);
    again = draw_pixels (result, i);
    g_assert_cmpfloat (difference (drawn, png, 0), <=, 0.01);
    g_assert_cmpfloat (difference (drawn, again, 0), ==, 0);
    cairo_surface_destroy (png);
    cairo_surface_destroy (drawn);
    cairo_surface_destroy (again);
  }
  diglot_result_free (result);
}

/* Makes a PDF of all pages, of the size that they have. */
static void
make_pdf (const Scratch *s, DiglotResult *result, const char *name)
{
  g_autofree char *path = g_build_filename (s->folder, name, NULL);
  cairo_surface_t *pdf;
  cairo_t         *cr;
  double           width, height;

  g_assert_true (diglot_result_page_size (result, 0, &width, &height));
  pdf = cairo_pdf_surface_create (path, width, height);
  cr = cairo_create (pdf);
  for (guint i = 0; i < diglot_result_n_pages (result); i++) {
    g_assert_true (diglot_page_draw (result, i, cr));
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (pdf);
  g_assert_cmpint (cairo_surface_status (pdf), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (pdf);
}

/* A PDF of Cairo's has the words of both texts, with their hyphens and kashidas no other than in ours, and looks like the PNG. */
static void
test_pdf (Scratch *s, gconstpointer data)
{
  DiglotResult    *result = set_sample ("flood-en-ar.txt", NULL);
  cairo_surface_t *drawn = draw_pixels (result, 0), *pdf;

  (void) data;
  make_pdf (s, result, "page.pdf");
  diglot_result_free (result);
  g_assert_cmpint (scratch_run (s, "pdffonts page.pdf | tail -n +3 | grep -v ' yes yes yes '"), ==, 1); /* embedded, subset, with text */
  g_assert_cmpint (scratch_run (s, "diglot -o own.pdf $samples/flood-en-ar.txt && for f in own page; do pdftotext $f.pdf - | tr -d '\\f' | "
                                   "grep -oP '[\\p{Arabic}]{2,}|[A-Za-z]{2,}' | sort -u > $f.words; done; "
                                   "grep -c . own.words; comm -12 own.words page.words | grep -c ."),
                   ==, 0);
  {
    g_auto (GStrv) counts = g_strsplit (s->out, "\n", -1);

    g_assert_cmpint (atoi (counts[0]), >, 200);
    g_assert_cmpint (atoi (counts[1]) * 100, >, atoi (counts[0]) * 90);
  }
  g_assert_cmpint (scratch_run (s, "mutool draw -q -r 75 -c rgb -o page.png page.pdf 1"), ==, 0);
  pdf = load (s, "page.png");
  g_assert_cmpfloat (difference (drawn, pdf, 0), <, .5 * difference (drawn, pdf, 1));
  cairo_surface_destroy (pdf);
  cairo_surface_destroy (drawn);
}

/* Addresses lead to where they say, on a surface of any scale; headings and paragraphs are told. */
static void
test_links (Scratch *s, gconstpointer data)
{
  DiglotResult    *result = set_text ("Harbour opens again\nIt was opened on Monday, as https://harbour.example/new?a='b'&c tells.\n\n"
                                         "الميناء يفتح أبوابه من جديد\nفتح الميناء يوم الاثنين كما جاء في الصحف.\n");
  g_autofree char *path = g_build_filename (s->folder, "links.pdf", NULL);
  cairo_surface_t *pdf = cairo_pdf_surface_create (path, 1400, 1800);
  cairo_t         *cr = cairo_create (pdf);
  double           left = 0, bottom = 0, right = 0, top = 0;
  const char      *rect;

  (void) data;
  cairo_translate (cr, 100, 50);
  cairo_scale (cr, 2, 2);
  g_assert_true (diglot_page_draw (result, 0, cr));
  cairo_destroy (cr);
  cairo_surface_destroy (pdf);
  diglot_result_free (result);
  g_assert_cmpint (scratch_run (s, "pdfinfo -url links.pdf; pdfinfo -struct links.pdf"), ==, 0);
  g_assert_nonnull (strstr (s->out, "https://harbour.example/new?a='b"));
  g_assert_nonnull (strstr (s->out, "H1"));
  g_assert_cmpint (scratch_run (s, "qpdf --qdf --object-streams=disable links.pdf - | tr '\\n' ' ' | grep -ao '/Rect \\[[^]]*\\]' | head -1"), ==, 0);
  rect = s->out + strlen ("/Rect [");
  left = g_ascii_strtod (rect, (char **) &rect);
  bottom = g_ascii_strtod (rect, (char **) &rect);
  right = g_ascii_strtod (rect, (char **) &rect);
  top = g_ascii_strtod (rect, (char **) &rect);
  g_assert_cmpint (scratch_run (s, "pdftotext -bbox links.pdf - | grep 'https://' | grep word | head -1"), ==, 0);
  g_assert_cmpfloat (ABS (left - g_ascii_strtod (strstr (s->out, "xMin=\"") + 6, NULL)), <, 3);
  g_assert_cmpfloat (right, >, left + 40);
  g_assert_cmpfloat (1800 - top, >, g_ascii_strtod (strstr (s->out, "yMin=\"") + 6, NULL) - 3);
  g_assert_cmpfloat (1800 - bottom, <, g_ascii_strtod (strstr (s->out, "yMax=\"") + 6, NULL) + 3);
}

static void
test_svg (Scratch *s, gconstpointer data)
{
  DiglotResult    *result = set_sample ("tiny-en-ar.txt", NULL);
  g_autofree char *path = g_build_filename (s->folder, "page.svg", NULL);
  cairo_surface_t *drawn = draw_pixels (result, 0), *rendered, *svg;
  double           width, height;
  cairo_t         *cr;

  (void) data;
  g_assert_true (diglot_result_page_size (result, 0, &width, &height));
  svg = cairo_svg_surface_create (path, width, height);
  cr = cairo_create (svg);
  g_assert_true (diglot_page_draw (result, 0, cr));
  cairo_destroy (cr);
  cairo_surface_destroy (svg);
  diglot_result_free (result);
  g_assert_cmpint (scratch_run (s, "mutool draw -q -r 75 -c rgb -o page.png page.svg"), ==, 0);
  rendered = load (s, "page.png");
  g_assert_cmpfloat (difference (drawn, rendered, 0), <, .3 * difference (drawn, rendered, 1));
  cairo_surface_destroy (rendered);
  cairo_surface_destroy (drawn);
}

/* A recording keeps the text: on a PDF it has words, and elsewhere it looks like the page; what was recorded outlives the result. */
static void
test_recording (Scratch *s, gconstpointer data)
{
  DiglotResult    *result = set_sample ("tiny-en-ar.txt", NULL);
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL), *drawn = draw_pixels (result, 0), *played = make_paper ();
  g_autofree char *path = g_build_filename (s->folder, "played.pdf", NULL);
  cairo_surface_t *pdf = cairo_pdf_surface_create (path, 600, 850);
  cairo_t         *cr = cairo_create (recording);
  double           x, y, width, height;

  (void) data;
  g_assert_true (diglot_page_draw (result, 0, cr));
  cairo_destroy (cr);
  diglot_result_free (result);
  cairo_recording_surface_ink_extents (recording, &x, &y, &width, &height);
  g_assert_cmpfloat (x, >, 20);
  g_assert_cmpfloat (x + width, <, 575);
  g_assert_cmpfloat (width, >, 400);
  cr = cairo_create (pdf);
  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (pdf);
  g_assert_cmpint (scratch_run (s, "pdftotext played.pdf - | tr '\\n' ' '"), ==, 0);
  g_assert_nonnull (strstr (s->out, "The ferry to the islands is running again"));
  g_assert_nonnull (strstr (s->out, "الجزر"));
  cr = cairo_create (played);
  cairo_scale (cr, DPI / 72.0, DPI / 72.0);
  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  g_assert_cmpfloat (difference (drawn, played, 0), <, difference (drawn, played, 1));
  cairo_surface_destroy (recording);
  cairo_surface_destroy (played);
  cairo_surface_destroy (drawn);
}

/* A picture has the surface's pixels where that has any, also where they are finer than its units, and all of its own on paper. */
static void
test_picture (Scratch *s, gconstpointer data)
{
  DiglotResult    *result = set_sample ("lighthouse-en-ar.txt", "tests/samples/lighthouse-en-ar.jpg");
  cairo_surface_t *drawn = draw_pixels (result, 0), *fine = make_paper (), *png;
  cairo_t         *cr;

  (void) data;
  cairo_surface_set_device_scale (fine, DPI / 72.0, DPI / 72.0); /* a screen whose pixels are smaller than its units */
  cr = cairo_create (fine);
  g_assert_true (diglot_page_draw (result, 0, cr));
  cairo_destroy (cr);
  g_assert_cmpfloat (difference (drawn, fine, 0), <, .2);
  make_pdf (s, result, "page.pdf");
  diglot_result_free (result);
  g_assert_cmpint (scratch_run (s, "cp $samples/lighthouse-en-ar.txt sample.txt; cp $samples/lighthouse-en-ar.jpg sample.jpg; "
                                   "diglot -t png --set png.dpi=75 sample.txt; test -e sample.png || mv sample-1.png sample.png"),
                   ==, 0);
  png = load (s, "sample.png");
  g_assert_cmpfloat (difference (drawn, png, 0), <=, 0.01);
  g_assert_cmpint (scratch_run (s, "pdfimages -list page.pdf | awk 'NR == 3 { print $4 }'"), ==, 0);
  g_assert_cmpint (atoi (s->out), >, 600);
  cairo_surface_destroy (png);
  cairo_surface_destroy (fine);
  cairo_surface_destroy (drawn);
}

/* The caller's state is as it was, whatever it was, and does not show on the page. */
static void
test_state (Scratch *s, gconstpointer data)
{
  DiglotResult    *result = set_sample ("tiny-en-ar.txt", NULL);
  cairo_surface_t *drawn = draw_pixels (result, 0), *other = make_paper ();
  cairo_t         *cr = cairo_create (other);
  const double     dashes[] = { 3 };
  cairo_matrix_t   before, after;

  (void) s;
  (void) data;
  cairo_scale (cr, DPI / 72.0, DPI / 72.0);
  cairo_set_operator (cr, CAIRO_OPERATOR_XOR);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_dash (cr, dashes, 1, 0);
  cairo_set_line_width (cr, 9);
  cairo_set_source_rgb (cr, 0, 1, 0);
  cairo_rectangle (cr, 0, 0, 300, 300);
  cairo_get_matrix (cr, &before);
  g_assert_true (diglot_page_draw (result, 0, cr));
  cairo_get_matrix (cr, &after);
  g_assert_cmpint (memcmp (&before, &after, sizeof before), ==, 0);
  g_assert_cmpint (cairo_get_operator (cr), ==, CAIRO_OPERATOR_XOR);
  g_assert_cmpint (cairo_get_fill_rule (cr), ==, CAIRO_FILL_RULE_EVEN_ODD);
  g_assert_cmpint (cairo_get_dash_count (cr), ==, 1);
  g_assert_cmpfloat (cairo_get_line_width (cr), ==, 9);
  g_assert_cmpfloat (difference (drawn, other, 0), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (other);
  cairo_surface_destroy (drawn);
  diglot_result_free (result);
}

/* What there is no page of. */
static void
test_none (Scratch *s, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("One\nZwei\n", 9);
  DiglotResult    *good = set_sample ("tiny-en-ar.txt", NULL), *checked = set_pages (bytes, NULL, DIGLOT_FORMAT_CHECK), *failed = set_text ("\n\n");
  cairo_surface_t *paper = make_paper ();
  cairo_t         *cr = cairo_create (paper);
  double           width = -1, height = -1;

  (void) s;
  (void) data;
  g_assert_cmpuint (diglot_result_n_pages (good), ==, 1);
  g_assert_cmpuint (diglot_result_n_files (good), ==, 0);
  g_assert_true (diglot_result_page_size (good, 0, &width, &height));
  g_assert_cmpfloat (ABS (width - 595.28), <, .01);
  g_assert_cmpfloat (ABS (height - 841.89), <, .01);
  g_assert_false (diglot_page_draw (good, 1, cr));
  g_assert_false (diglot_result_page_size (good, 1, &width, &height));
  g_assert_cmpuint (diglot_result_n_pages (checked), ==, 0);
  g_assert_cmpuint (diglot_result_n_pages (failed), ==, 0);
  g_assert_false (diglot_page_draw (failed, 0, cr));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (paper);
  diglot_result_free (good);
  diglot_result_free (checked);
  diglot_result_free (failed);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Scratch *, gconstpointer);
  } tests[] = {
    { "image", test_image },         { "pdf", test_pdf },         { "links", test_links }, { "svg", test_svg },
    { "recording", test_recording }, { "picture", test_picture }, { "state", test_state }, { "none", test_none },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/cairo/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, scratch_set_up, tests[i].test, scratch_tear_down);
  }
  return g_test_run ();
}
