/* test_paint.c: pages as PNG and SVG: which files there are, that they look like the PDF, that they are the same each time. */
#include "diglot.h"
#include "scratch.h"

#include <cairo.h>
#include <stdlib.h>

/* a.txt fills two pages, b.txt one. */
static void
set_up (Scratch *f, gconstpointer data)
{
  scratch_set_up (f, data);
  g_assert_cmpint (scratch_run (f, "cp $samples/flood-en-ar.txt a.txt && cp $samples/tiny-en-ar.txt b.txt"), ==, 0);
}

static cairo_surface_t *
load (Scratch *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

/* The mean difference of the green parts of two pictures of one size, 0 to 1; @by: pixels that the first is moved to the right. */
static double
difference (Scratch *f, const char *one, const char *two, int by)
{
  cairo_surface_t *a = load (f, one), *b = load (f, two);
  int              width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  const guint8    *p = cairo_image_surface_get_data (a), *q = cairo_image_surface_get_data (b);
  int              p_stride = cairo_image_surface_get_stride (a), q_stride = cairo_image_surface_get_stride (b);
  double           sum = 0;

  g_assert_cmpint (cairo_image_surface_get_width (b), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (b), ==, height);
  for (int y = 0; y < height; y++)
    for (int x = by; x < width; x++)
      sum += abs (p[y * p_stride + 4 * (x - by) + 1] - q[y * q_stride + 4 * x + 1]);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  return sum / 255 / width / height;
}

/* The largest mean difference of the green parts of two pictures in any square of @side pixels, 0 to 1. */
static double
worst_square (Scratch *f, const char *one, const char *two, int side)
{
  cairo_surface_t *a = load (f, one), *b = load (f, two);
  int              width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  const guint8    *p = cairo_image_surface_get_data (a), *q = cairo_image_surface_get_data (b);
  int              p_stride = cairo_image_surface_get_stride (a), q_stride = cairo_image_surface_get_stride (b);
  double           worst = 0;

  g_assert_cmpint (cairo_image_surface_get_width (b), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (b), ==, height);
  for (int top = 0; top + side <= height; top += side / 2)
    for (int left = 0; left + side <= width; left += side / 2) {
      int sum = 0; /* of darkness: outlines that are filled a little otherwise weigh the same */

      for (int y = top; y < top + side; y++)
        for (int x = left; x < left + side; x++)
          sum += p[y * p_stride + 4 * x + 1] - q[y * q_stride + 4 * x + 1];
      worst = MAX (worst, abs (sum) / 255.0 / side / side);
    }
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  return worst;
}

/* Each letter, mark and ligature of the PDF stands where the PNG has it: composites, small capitals, signs of vowels, other scripts. */
static void
test_letters (Scratch *f, gconstpointer data)
{
  static const char *const samples[] = { "vowelled-ar-en", "urdu-en", "greek-en", "chinese-en", "roles-en-ar", "port-fr-ar" };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *line = g_strdup_printf ("diglot -o s.pdf $samples/%s.txt && diglot -t png --set png.dpi=150 -o s.png $samples/%s.txt && "
                                             "mutool draw -q -r 150 -c rgb -o pdf.png s.pdf 1 && { test -e s.png || mv s-1.png s.png; }; echo; rm -f s-*.png",
                                             samples[i], samples[i]);
    double           worst;

    g_assert_cmpint (scratch_run (f, line), ==, 0);
    worst = worst_square (f, "s.png", "pdf.png", 8);
    g_test_message ("%s: %.3f", samples[i], worst);
    g_assert_cmpfloat (worst, <, .15);
    g_assert_cmpint (scratch_run (f, "rm s.png s.pdf pdf.png"), ==, 0);
  }
}

/* A page as any of the formats is the same page: the same renderer shows SVG and PDF alike, and the PNG like both. */
static void
test_look (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot a.txt && diglot -t svg a.txt && diglot -t png --set png.dpi=75 a.txt"), ==, 0);
  g_assert_cmpint (scratch_run (f, "mutool draw -q -r 75 -c rgb -o pdf-%d.png a.pdf && for n in 1 2; do "
                                   "mutool draw -q -r 75 -c rgb -o svg-$n.png a-$n.svg; done"),
                   ==, 0);
  for (guint n = 1; n <= 2; n++) {
    g_autofree char *png = g_strdup_printf ("a-%u.png", n), *svg = g_strdup_printf ("svg-%u.png", n);
    g_autofree char *pdf = g_strdup_printf ("pdf-%u.png", n), *other = g_strdup_printf ("pdf-%u.png", 3 - n);

    double moved = difference (f, png, pdf, 1); /* what a pixel to the side makes, and the other page */

    g_test_message ("page %u: PNG %.4f, SVG %.4f, moved %.4f", n, difference (f, png, pdf, 0), difference (f, svg, pdf, 0), moved);
    g_assert_cmpfloat (difference (f, png, pdf, 0), <, .5 * moved);
    g_assert_cmpfloat (difference (f, svg, pdf, 0), <, .5 * moved);
    g_assert_cmpfloat (difference (f, png, svg, 0), <, .2 * moved);
    g_assert_cmpfloat (difference (f, png, other, 0), >, moved);
  }
}

/* Every template's pages can be painted, with whatever is on them. */
static void
test_templates (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "for t in $(diglot --list-templates); do diglot -T $t -o $t.pdf b.txt && diglot -T $t -o $t.svg b.txt && "
                                   "diglot -T $t --set png.dpi=75 -o $t.png b.txt || exit 3; "
                                   "test -e $t.png || { mv $t-1.png $t.png; mv $t-1.svg $t.svg; }; "
                                   "mutool draw -q -r 75 -c rgb -o svg-$t.png $t.svg && mutool draw -q -r 75 -c rgb -o pdf-$t.png $t.pdf 1 || exit 4; done"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot --list-templates"), ==, 0);

  g_auto (GStrv) names = g_strsplit (g_strchomp (f->out), "\n", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *png = g_strconcat (names[i], ".png", NULL), *svg = g_strdup_printf ("svg-%s.png", names[i]);
    g_autofree char *pdf = g_strdup_printf ("pdf-%s.png", names[i]);
    double           moved = difference (f, png, pdf, 1);

    g_test_message ("%s: PNG %.4f, SVG %.4f, moved %.4f", names[i], difference (f, png, pdf, 0), difference (f, svg, pdf, 0), moved);
    g_assert_cmpfloat (difference (f, png, pdf, 0), <, .7 * moved);
    g_assert_cmpfloat (difference (f, svg, pdf, 0), <, .7 * moved);
  }
}

static void
test_files (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot -t png a.txt b.txt && ls"), ==, 0);
  g_assert_cmpstr (f->out, ==, "a-1.png\na-2.png\na.txt\nb.png\nb.txt\n");
  g_assert_cmpint (scratch_run (f, "rm *.png; diglot -o dir.d/page.svg a.txt && diglot -t svg -o dir.d/page a.txt && ls dir.d"), ==, 0);
  g_assert_cmpstr (f->out, ==, "page-1\npage-1.svg\npage-2\npage-2.svg\n");
  g_assert_cmpint (
    scratch_run (f, "diglot -t png - < b.txt > b.png && cat a.txt b.txt | sed 's/^Source/---\\nSource/' > c.txt && diglot -t svg -o out/ c.txt && ls out"), ==,
    0);
  g_assert_cmpstr (f->out, ==, "c-1-1.svg\nc-1-2.svg\nc-2.svg\n");
}

/* Standard output takes one page, an input is never replaced, and a page may be too large. */
static void
test_refused (Scratch *f, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot -t png -o - a.txt"), ==, 2);
  g_assert_nonnull (strstr (f->err, "a.txt: error: there are 2 pages, and one output"));
  g_assert_cmpint (scratch_run (f, "cp a.txt a-2.svg; diglot --include '*.txt' --include '*.svg' -t svg . -o ."), ==, 1);
  g_assert_nonnull (strstr (f->err, "a-2.svg would be replaced, and it is an input"));
  g_assert_cmpint (scratch_run (f, "cmp a.txt a-2.svg"), ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot -t png --set png.dpi=2400 b.txt"), ==, 1);
  g_assert_nonnull (strstr (f->err, "b.txt: error: a page of 19843 x 28063 pixels is too large to be painted; png.dpi is 2400"));
  g_assert_cmpint (scratch_run (f, "diglot -t png --set png.dpi=0 b.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "ls b.png"), !=, 0);
}

/* The pages' pixels follow png.dpi, which the file tells too. */
static void
test_dpi (Scratch *f, gconstpointer data)
{
  cairo_surface_t *surface;

  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot -t png --set png.dpi=36 --set page.size=600ptx841pt b.txt"), ==, 0);
  surface = load (f, "b.png");
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 300);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 421);
  cairo_surface_destroy (surface);
  /* 36 dpi are 1417 pixels a metre: 0x589. */
  g_assert_cmpint (scratch_run (f, "LC_ALL=C grep -qaP 'pHYs\\x00\\x00\\x05\\x89\\x00\\x00\\x05\\x89\\x01' b.png"), ==, 0);
}

/* The same bytes from any process, after whatever other pages, and a batch knows every page. */
static void
test_batch (Scratch *f, gconstpointer data)
{
  (void) data;
  for (guint i = 0; i < 2; i++) {
    const char      *to = i == 0 ? "svg" : "png";
    g_autofree char *first = g_strdup_printf ("diglot -j2 -t %s -o one/ --report one.jsonl --manifest one/SUMS a.txt b.txt && cd one && sha256sum -c SUMS", to);
    g_autofree char *second =
      g_strdup_printf ("mkdir two; diglot -t %s -o two/ a.txt && cmp one/a-1.%s two/a-1.%s && cmp one/a-2.%s two/a-2.%s", to, to, to, to, to);
    g_autofree char *third = g_strdup_printf (
      "diglot -u -j1 -t %s -o one/ --report two.jsonl a.txt b.txt; sed s/kept/set/ two.jsonl | head -n -1 | cmp - <(head -n -1 one.jsonl)", to);
    g_autofree char *fourth = g_strdup_printf ("rm one/a-2.%s; diglot -u -t %s -o one/ --report - a.txt b.txt && ls one/a-2.%s", to, to, to);
    g_autofree char *line = g_strdup_printf ("\"output\":\"one/a-1.%s\",\"status\":\"set\",\"files\":2,", to);

    g_assert_cmpint (scratch_run (f, first), ==, 0);
    g_assert_nonnull (strstr (f->out, i == 0 ? "a-2.svg: OK" : "a-2.png: OK"));
    g_assert_cmpint (scratch_run (f, second), ==, 0);
    g_assert_cmpint (scratch_run (f, third), ==, 0);
    g_assert_cmpint (scratch_run (f, fourth), ==, 0);
    g_assert_nonnull (strstr (f->out, line));
    g_assert_nonnull (strstr (f->out, i == 0 ? "\"output\":\"one/b.svg\",\"status\":\"kept\"" : "\"output\":\"one/b.png\",\"status\":\"kept\""));
    g_assert_cmpint (scratch_run (f, "rm -rf one two"), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Scratch *, gconstpointer);
  } tests[] = {
    { "look", test_look },       { "letters", test_letters }, { "templates", test_templates }, { "files", test_files },
    { "refused", test_refused }, { "dpi", test_dpi },         { "batch", test_batch },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/paint/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, set_up, tests[i].test, scratch_tear_down);
  }
  return g_test_run ();
}
