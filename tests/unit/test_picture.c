/* test_picture.c: pictures: what is kept of them and what is not, how they are turned, coloured and placed, and that none can harm. */
#include "diglot.h"
#include "base/picture.h"
#include "base/picture_jpeg.h"
#include "base/picture_png.h"
#include "scratch.h"

#include <cairo.h>
#include <lcms2.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <zlib.h>

static const char dispatch[] = "Source: Agencies 04 May 2025 09:30\n"
                               "Ferry to the islands is running again\n"
                               "The ferry to the islands has been running again since Sunday, after 12 days in the dock.\n"
                               "It makes two crossings a day and carries 180 passengers.\n"
                               "Caption: The ferry leaves the harbour\n"
                               "عودة العبّارة إلى الجزر\n"
                               "المصدر: وكالات 04 أيار/مايو 2025 09:30\n"
                               "عادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد بعد 12 يوماً في الحوض.\n"
                               "وتقوم برحلتين في اليوم وتنقل 180 راكباً.\n";

static const char uncaptioned[] = "Ferry to the islands is running again\n"
                                  "The ferry to the islands has been running again since Sunday, after 12 days in the dock.\n"
                                  "عودة العبّارة إلى الجزر\n"
                                  "عادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد بعد 12 يوماً في الحوض.\n";

/* Pictures made for the tests */

/* The four quarters of a picture of @n colours: red, green, blue and white where it is upright with @orientation 1. */
static void
fill (guint8 *row, guint width, guint height, guint y, guint n)
{
  static const guint8 rgb[4][3] = { { 200, 20, 20 }, { 20, 160, 20 }, { 20, 20, 200 }, { 255, 255, 255 } };
  static const guint8 grey[4] = { 0, 80, 160, 255 };
  static const guint8 inks[4][4] = { { 0, 230, 230, 20 }, { 220, 20, 230, 20 }, { 230, 210, 0, 10 }, { 0, 0, 0, 0 } };

  for (guint x = 0; x < width; x++) {
    guint quarter = (y >= height / 2 ? 2 : 0) + (x >= width / 2 ? 1 : 0);

    memcpy (row + x * n, n == 1 ? &grey[quarter] : n == 3 ? rgb[quarter] : inks[quarter], n);
  }
}

/* Exif with an orientation and a place that is nobody's business. */
static void
write_exif (struct jpeg_compress_struct *out, guint orientation)
{
  guint8 exif[] = "Exif\0\0II*\0\10\0\0\0\2\0"
                  "\x12\1\3\0\1\0\0\0\1\0\0\0"    /* Orientation, SHORT, 1 */
                  "\x0E\1\2\0\20\0\0\0\x26\0\0\0" /* ImageDescription, ASCII, 16, at 38 */
                  "\0\0\0\0"
                  "GPS 35.9N 14.5E\0";

  exif[6 + 8 + 2 + 8] = (guint8) orientation;
  jpeg_write_marker (out, JPEG_APP0 + 1, exif, sizeof exif - 1);
}

/* A JPEG of @n colours; @orientation 0: without Exif.  CMYK is written as Adobe does, inverted. */
static GBytes *
make_jpeg (guint width, guint height, guint n, guint orientation, gboolean progressive)
{
  struct jpeg_compress_struct out;
  struct jpeg_error_mgr       fault;
  unsigned char              *bytes = NULL;
  unsigned long               length = 0;
  g_autofree guint8          *row = g_malloc (width * n);
  JSAMPROW                    rows[1] = { row };
  GBytes                     *made;

  out.err = jpeg_std_error (&fault);
  jpeg_create_compress (&out);
  jpeg_mem_dest (&out, &bytes, &length);
  out.image_width = width;
  out.image_height = height;
  out.input_components = (int) n;
  out.in_color_space = n == 1 ? JCS_GRAYSCALE : n == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults (&out);
  jpeg_set_quality (&out, 85, TRUE);
  if (progressive)
    jpeg_simple_progression (&out);
  jpeg_start_compress (&out, TRUE);
  if (orientation > 0) {
    write_exif (&out, orientation);
    jpeg_write_marker (&out, JPEG_COM, (const JOCTET *) "comment of a camera", 19);
  }
  for (guint y = 0; y < height; y++) {
    fill (row, width, height, y, n);
    for (guint i = 0; n == 4 && i < width * n; i++)
      row[i] = (guint8) (255 - row[i]);
    jpeg_write_scanlines (&out, rows, 1);
  }
  jpeg_finish_compress (&out);
  jpeg_destroy_compress (&out);
  made = g_bytes_new (bytes, length);
  free (bytes);
  return made;
}

static void
append (png_structp png, png_bytep data, size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) length);
}

/* A PNG of libpng's colour type and depth; alpha is none at the left and whole at the right. */
static GBytes *
make_png (guint width, guint height, int type, int depth, gboolean interlaced)
{
  GByteArray           *bytes = g_byte_array_new ();
  png_structp           png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop             info = png_create_info_struct (png);
  guint                 n = (type & PNG_COLOR_MASK_COLOR) != 0 && type != PNG_COLOR_TYPE_PALETTE ? 3 : 1;
  guint                 channels = n + ((type & PNG_COLOR_MASK_ALPHA) != 0 ? 1 : 0), size = depth == 16 ? 2 : 1;
  g_autofree guint8    *samples = g_malloc0 ((gsize) width * height * channels * size), *row = g_malloc (width * 3);
  g_autofree png_bytep *rows = g_new (png_bytep, height);

  png_set_write_fn (png, bytes, append, NULL);
  png_set_IHDR (png, info, width, height, depth, type, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
  if (type == PNG_COLOR_TYPE_PALETTE) {
    const png_color palette[] = { { 200, 20, 20 }, { 20, 160, 20 }, { 20, 20, 200 }, { 255, 255, 255 } };

    png_set_PLTE (png, info, palette, 4);
  }
  png_write_info (png, info);
  for (guint y = 0; y < height; y++) {
    rows[y] = samples + (gsize) y * width * channels * size;
    fill (row, width, height, y, n);
    for (guint x = 0; x < width; x++) {
      guint8 *to = rows[y] + x * channels * size;

      if (type == PNG_COLOR_TYPE_PALETTE)
        to[0] = (guint8) ((y >= height / 2 ? 2 : 0) + (x >= width / 2 ? 1 : 0));
      else
        for (guint k = 0; k < channels; k++)
          to[k * size] = k < n ? row[x * n + k] : x < width / 2 ? 0 : 255;
    }
  }
  png_write_image (png, rows);
  png_write_end (png, NULL);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (bytes);
}

static DgPicture *
read_good (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  DgPicture *picture = dg_picture_new (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (picture);
  return picture;
}

static gboolean
contains (GBytes *bytes, const char *text)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text)) != NULL;
}

/* The pixel at a share of the stored width and height, 0xRRGGBB. */
static guint32
get_pixel (const DgPicture *picture, double x, double y)
{
  guint width, height;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *pixels = dg_picture_dup_pixels (picture, G_MAXUINT, &width, &height, &error);
  guint32            pixel;

  g_assert_no_error (error);
  memcpy (&pixel, pixels + ((gsize) (y * height) * width + (gsize) (x * width)) * 4, 4);
  return pixel & 0xFFFFFF;
}

static void
check_near (guint32 pixel, int r, int g, int b, int within)
{
  if (abs ((int) (pixel >> 16) - r) > within || abs ((int) (pixel >> 8 & 255) - g) > within || abs ((int) (pixel & 255) - b) > within)
    g_test_message ("%06X is not near %02X%02X%02X", pixel, (guint) r, (guint) g, (guint) b);
  g_assert_cmpint (abs ((int) (pixel >> 16) - r), <=, within);
  g_assert_cmpint (abs ((int) (pixel >> 8 & 255) - g), <=, within);
  g_assert_cmpint (abs ((int) (pixel & 255) - b), <=, within);
}

/* A JPEG's pixels are those that came in, to the last bit, and nothing but pixels goes out. */
static void
test_kept (void)
{
  for (guint progressive = 0; progressive < 2; progressive++) {
    g_autoptr (GBytes) bytes = make_jpeg (123, 77, 3, 6, progressive != 0);
    g_autoptr (DgPicture) picture = read_good (bytes), again = NULL;
    DgPicture          raw = { .width = 123, .height = 77, .orientation = 1, .n_colours = 3, .is_jpeg = TRUE, .data = bytes };
    guint              width, height;
    g_autofree guint8 *before = NULL, *after = NULL;

    g_assert_true (contains (bytes, "GPS 35.9N") && contains (bytes, "comment of a camera"));
    g_assert_true (picture->is_jpeg && picture->orientation == 6 && picture->icc == NULL);
    g_assert_false (contains (picture->data, "GPS") || contains (picture->data, "Exif") || contains (picture->data, "comment"));
    before = dg_picture_dup_pixels (&raw, G_MAXUINT, &width, &height, NULL);
    after = dg_picture_dup_pixels (picture, G_MAXUINT, &width, &height, NULL);
    g_assert_cmpmem (before, 123 * 77 * 4, after, (gsize) width * height * 4);
    again = read_good (picture->data);
    g_assert_true (g_bytes_equal (again->data, picture->data));
  }
}

/* Each of the ways to hold a camera ends upright. */
static void
test_matrix (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++) {
    g_autoptr (GBytes) bytes = make_jpeg (64, 32, 3, orientation, FALSE);
    g_autoptr (DgPicture) picture = read_good (bytes);
    double m[6], x, y;
    guint  width, height;

    g_assert_cmpuint (picture->orientation, ==, orientation);
    dg_picture_get_size (picture, &width, &height);
    g_assert_cmpuint (width, ==, orientation >= 5 ? 32 : 64);
    g_assert_cmpuint (height, ==, orientation >= 5 ? 64 : 32);
    dg_picture_get_matrix (picture, m);
    /* Where the first row is: top, top, bottom, bottom, left, right, right, left; and the first column. */
    x = m[0] * .5 + m[2] * 0 + m[4];
    y = m[1] * .5 + m[3] * 0 + m[5];
    g_assert_true (orientation <= 2 ? y == 0 : orientation <= 4 ? y == 1 : orientation == 5 || orientation == 8 ? x == 0 : x == 1);
    x = m[0] * 0 + m[2] * .5 + m[4];
    y = m[1] * 0 + m[3] * .5 + m[5];
    g_assert_true (orientation == 1 || orientation == 4   ? x == 0
                   : orientation == 2 || orientation == 3 ? x == 1
                   : orientation == 5 || orientation == 6 ? y == 0
                                                          : y == 1);
  }
}

static void
test_colours (void)
{
  static const struct {
    int type, depth;
  } kinds[] = {
    { PNG_COLOR_TYPE_RGB, 8 },        { PNG_COLOR_TYPE_RGB, 16 }, { PNG_COLOR_TYPE_PALETTE, 8 },     { PNG_COLOR_TYPE_RGB_ALPHA, 8 },
    { PNG_COLOR_TYPE_RGB_ALPHA, 16 }, { PNG_COLOR_TYPE_GRAY, 8 }, { PNG_COLOR_TYPE_GRAY_ALPHA, 16 },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (kinds); i++) {
    int type = kinds[i / 2].type;
    g_autoptr (GBytes) bytes = make_png (61, 40, type, kinds[i / 2].depth, i % 2 != 0);
    g_autoptr (DgPicture) picture = read_good (bytes);
    gboolean is_grey = type == PNG_COLOR_TYPE_GRAY || type == PNG_COLOR_TYPE_GRAY_ALPHA;

    g_assert_cmpuint (picture->n_colours, ==, is_grey ? 1 : 3);
    g_assert_cmpuint (g_bytes_get_size (picture->data), ==, 61 * 40 * picture->n_colours);
    /* Through what cannot be seen shows white paper. */
    if ((type & PNG_COLOR_MASK_ALPHA) != 0)
      check_near (get_pixel (picture, .25, .25), 255, 255, 255, 0);
    else if (is_grey)
      check_near (get_pixel (picture, .25, .25), 0, 0, 0, 3);
    else
      check_near (get_pixel (picture, .25, .25), 200, 20, 20, 1);
    if (!is_grey)
      check_near (get_pixel (picture, .75, .25), 20, 160, 20, 1);
    check_near (get_pixel (picture, .75, .75), 255, 255, 255, 1);
  }
}

/* Inks become light and light inks; a picture that was converted is of its own kind. */
static void
test_inks (void)
{
  g_autoptr (GBytes) bytes = make_jpeg (64, 48, 4, 0, FALSE);
  g_autoptr (DgPicture) picture = read_good (bytes), converted = NULL;
  g_autoptr (GError) error = NULL;
  cmsHPROFILE        srgb = cmsCreate_sRGBProfile ();
  cmsUInt32Number    length = 0;
  g_autofree guint8 *data = NULL;
  g_autoptr (GBytes) icc = NULL;

  cmsSaveProfileToMem (srgb, NULL, &length);
  data = g_malloc (length);
  cmsSaveProfileToMem (srgb, data, &length);
  cmsCloseProfile (srgb);
  icc = g_bytes_new (data, length);
  g_assert_true (picture->is_jpeg && picture->inverted && picture->n_colours == 4);
  check_near (get_pixel (picture, .75, .75), 255, 255, 255, 3);
  check_near (get_pixel (picture, .25, .25), 235, 23, 23, 12);
  converted = dg_picture_convert (picture, icc, 3, 1, &error);
  g_assert_no_error (error);
  g_assert_true (converted->is_jpeg && converted->n_colours == 3 && !converted->inverted);
  check_near (get_pixel (converted, .25, .25), 235, 23, 23, 14);
  check_near (get_pixel (converted, .75, .75), 255, 255, 255, 4);
}

/* What is broken */

static void
check_refused (GBytes *bytes, GQuark domain, int code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DgPicture) picture = dg_picture_new (bytes, &error);

  g_assert_null (picture);
  g_assert_error (error, domain, code);
  if (strstr (error->message, says) == NULL)
    g_test_message ("\"%s\" does not say \"%s\"", error->message, says);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_broken (void)
{
  g_autoptr (GBytes) jpeg = make_jpeg (200, 150, 3, 1, FALSE), png = make_png (200, 150, PNG_COLOR_TYPE_RGB, 8, FALSE);
  g_autoptr (GBytes) text = g_bytes_new_static ("GIF89a and so on", 16), nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) half_jpeg = g_bytes_new_from_bytes (jpeg, 0, g_bytes_get_size (jpeg) * 2 / 3);
  g_autoptr (GBytes) half_png = g_bytes_new_from_bytes (png, 0, g_bytes_get_size (png) * 2 / 3);

  check_refused (text, DIGLOT_ERROR, DIGLOT_ERROR_READ, "neither a JPEG nor a PNG");
  check_refused (nothing, DIGLOT_ERROR, DIGLOT_ERROR_READ, "neither a JPEG nor a PNG");
  check_refused (half_jpeg, DIGLOT_ERROR, DIGLOT_ERROR_READ, "the JPEG is broken: Premature end");
  check_refused (half_png, DIGLOT_ERROR, DIGLOT_ERROR_READ, "the PNG is broken: it ends too soon");

  /* A fault in the midst of the samples, which libpng leaves by longjmp. */
  g_autofree char *data = NULL;
  gsize            length;

  if (g_file_get_contents ("../shared/cases/attack/png-O1.png", &data, &length, NULL)) {
    g_autoptr (GBytes) odd = g_bytes_new (data, length);

    check_refused (odd, DIGLOT_ERROR, DIGLOT_ERROR_READ, "the PNG is broken: bad adaptive filter value");
  }
}

/* Bytes with the big-endian 16 or 32 bits at @offset set. */
static GBytes *
patch (GBytes *bytes, gsize offset, guint size, guint32 value)
{
  gsize   length;
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  length = g_bytes_get_size (bytes);
  for (guint i = 0; i < size; i++)
    copy[offset + i] = (guint8) (value >> 8 * (size - 1 - i));
  return g_bytes_new_take (copy, length);
}

/* A head that promises what would fill the memory is refused by the head. */
static void
test_bombs (void)
{
  g_autoptr (GBytes) jpeg = make_jpeg (16, 16, 1, 0, FALSE), wide_jpeg = NULL, large_jpeg = NULL;
  g_autoptr (GString) png = g_string_new (NULL);
  gsize         length;
  const guint8 *data = g_bytes_get_data (jpeg, &length), *frame = memmem (data, length, "\xFF\xC0", 2);
  gsize         at = (gsize) (frame - data) + 5;
  g_autoptr (GBytes) tall = NULL, wide = NULL;

  wide_jpeg = patch (jpeg, at + 2, 2, 65500);
  check_refused (wide_jpeg, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "65500 x 16 pixels are too many");
  tall = patch (jpeg, at, 2, 29000);
  large_jpeg = patch (tall, at + 2, 2, 29000);
  check_refused (large_jpeg, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "29000 x 29000 pixels are too many; 64 million are read");

  /* IHDR of 25000 x 25000, with its checksum. */
  g_string_append_len (png, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x61\xA8\0\0\x61\xA8\10\2\0\0\0", 29);
  {
    guint32 crc = (guint32) crc32 (0, (const guint8 *) png->str + 12, 17);

    for (int shift = 24; shift >= 0; shift -= 8)
      g_string_append_c (png, (char) (crc >> shift));
  }
  g_string_append_len (png, "\0\0\0\0IDAT\x35\xAF\x06\x1E", 12);
  wide = g_bytes_new (png->str, png->len);
  check_refused (wide, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "25000 x 25000 pixels are too many");
}

/* Whatever bytes are changed or cut off, there is a picture or an error. */
static void
test_hostile (void)
{
  GBytes *files[] = { make_jpeg (40, 24, 3, 6, FALSE), make_jpeg (40, 24, 4, 0, TRUE), make_png (40, 24, PNG_COLOR_TYPE_RGB_ALPHA, 16, TRUE) };
  g_autoptr (GRand) random = g_rand_new_with_seed (2022);
  guint good = 0, bad = 0;

  for (guint round = 0; round < 600; round++) {
    GBytes *file = files[round % G_N_ELEMENTS (files)];
    gsize   length = g_bytes_get_size (file);
    guint8 *copy = g_memdup2 (g_bytes_get_data (file, NULL), length);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (DgPicture) picture = NULL;

    for (guint i = 0; i < 1 + round % 5; i++)
      copy[g_rand_int_range (random, 0, (gint32) length)] = (guint8) g_rand_int_range (random, 0, 256);
    if (round % 7 == 0)
      length = (gsize) g_rand_int_range (random, 0, (gint32) length);
    bytes = g_bytes_new_take (copy, length);
    picture = dg_picture_new (bytes, &error);
    g_assert_true ((picture != NULL) == (error == NULL));
    good += picture != NULL;
    bad += picture == NULL;
    if (picture != NULL)
      get_pixel (picture, .5, .5);
  }
  g_test_message ("%u read, %u refused", good, bad);
  g_assert_cmpuint (good, >, 20);
  g_assert_cmpuint (bad, >, 20);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_clear_pointer (&files[i], g_bytes_unref);
}

/* On the page */

/* Takes @bytes. */
static void
put (Scratch *f, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  g_bytes_unref (bytes);
}

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static void
set_up (Scratch *f, gconstpointer data)
{
  scratch_set_up (f, data);
  scratch_put (f, "a.txt", dispatch);
}

/* The box of the picture among the dumped pages; FALSE where there is none. */
static gboolean
find_picture (Scratch *f, double box[4])
{
  const char *at;

  g_assert_cmpint (scratch_run (f, "diglot --dump pages a.txt"), ==, 0);
  at = strstr (f->out, "\npicture\t");
  if (at == NULL)
    return FALSE;
  at += strlen ("\npicture\t");
  for (guint i = 0; i < 4; i++) {
    char *end;

    box[i] = g_ascii_strtod (at, &end);
    at = end + 1;
  }
  return TRUE;
}

/* The baseline of the first line that has @text. */
static double
find_line (Scratch *f, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (f->out, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "line\t") && strstr (lines[i], text) != NULL) {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

      return g_ascii_strtod (fields[2], NULL);
    }
  g_assert_not_reached ();
}

static guint32
page_pixel (cairo_surface_t *page, double x, double y)
{
  const guint8 *data = cairo_image_surface_get_data (page) + (int) y * cairo_image_surface_get_stride (page) + 4 * (int) x;
  guint32       pixel;

  memcpy (&pixel, data, 4);
  return pixel & 0xFFFFFF;
}

/* The quarters of the picture as they are seen on a page that was rendered with 72 dpi; @turned: how they must lie. */
static void
check_quarters (Scratch *f, const char *name, const double box[4], const int quarters[4])
{
  static const int rgb[4][3] = { { 200, 20, 20 }, { 20, 160, 20 }, { 20, 20, 200 }, { 255, 255, 255 } };
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  cairo_surface_t *page = cairo_image_surface_create_from_png (path);

  g_assert_cmpint (cairo_surface_status (page), ==, CAIRO_STATUS_SUCCESS);
  for (int i = 0; i < 4; i++) {
    const int *expected = rgb[quarters[i]];

    g_test_message ("%s, quarter %d", name, i);
    check_near (page_pixel (page, box[0] + box[2] * (.25 + .5 * (i % 2)), box[1] + box[3] * (.25 + .5 * (i / 2))), expected[0], expected[1], expected[2], 14);
  }
  cairo_surface_destroy (page);
}

/* In the PDF and as PNG and SVG the picture is upright, whatever way it is stored. */
static void
test_upright (Scratch *f, gconstpointer data)
{
  /* Which of the stored quarters is seen left top, right top, left foot, right foot. */
  static const int seen[8][4] = {
    { 0, 1, 2, 3 }, { 1, 0, 3, 2 }, { 3, 2, 1, 0 }, { 2, 3, 0, 1 }, { 0, 2, 1, 3 }, { 2, 0, 3, 1 }, { 3, 1, 2, 0 }, { 1, 3, 0, 2 },
  };

  (void) data;
  for (guint i = 0; i < 8; i++) {
    double box[4];

    put (f, "a.jpg", make_jpeg (900, 600, 3, i + 1, FALSE));
    g_assert_true (find_picture (f, box));
    g_assert_cmpint (scratch_run (f, "diglot a.txt && mutool draw -q -r 72 -c rgb -o pdf.png a.pdf 2>&1 && diglot -t svg a.txt && "
                                     "mutool draw -q -r 72 -c rgb -o svg.png a.svg 2>&1 && diglot -t png --set png.dpi=72 a.txt"),
                     ==, 0);
    g_assert_null (strstr (f->err, "error"));
    check_quarters (f, "pdf.png", box, seen[i]);
    check_quarters (f, "svg.png", box, seen[i]);
    check_quarters (f, "a.png", box, seen[i]);
    g_assert_cmpint (scratch_run (f, "grep -qa -e GPS -e Exif a.pdf a.svg a.png"), !=, 0);
  }
}

/* Across both measures in whole half steps, as deep as the template allows, on the grid; captions under it in their columns.  test_round.c has those that do
 * not fill the measures. */
static void
test_place (Scratch *f, gconstpointer data)
{
  static const struct {
    guint  width, height;
    double across, depth;
  } sizes[] = {
    { 1600, 800, 493.28, 247.5 }, /* as it is, to the nearest half step */
    { 1500, 1000, 493.28, 264 },  /* too deep by less than a fifth */
    { 1600, 400, 493.28, 132 },   /* too shallow by less than a fifth */
    { 2000, 200, 493.28, 49.5 },  /* by more: whole */
  };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    double box[4], steps;

    put (f, "a.png", make_png (sizes[i].width, sizes[i].height, PNG_COLOR_TYPE_RGB, 8, FALSE));
    g_assert_true (find_picture (f, box));
    g_test_message ("%u x %u: %.2f x %.2f", sizes[i].width, sizes[i].height, box[2], box[3]);
    g_assert_cmpfloat_with_epsilon (box[2], sizes[i].across, .02);
    g_assert_cmpfloat_with_epsilon (box[3], sizes[i].depth, .001);
    g_assert_cmpfloat_with_epsilon (box[0] + box[2] / 2, 595.28 / 2, .01);
    g_assert_cmpfloat_with_epsilon (find_line (f, "Caption: The ferry") - box[1] - box[3], 16, .01);
    steps = (find_line (f, "The ferry to the islands has") - 68) / 8.25;
    g_assert_cmpfloat_with_epsilon (steps, (double) (int) (steps + .5), .01);
    g_assert_cmpfloat (find_line (f, "The ferry to the islands has"), >, find_line (f, "Caption: The ferry"));
  }
}

/* Alternative text, and the order in which it is read. */
static void
test_structure (Scratch *f, gconstpointer data)
{
  const char *figure, *caption, *body, *headline;

  (void) data;
  put (f, "a.jpg", make_jpeg (900, 600, 3, 1, FALSE));
  g_assert_cmpint (
    scratch_run (f, "diglot a.txt && pdfinfo -struct-text a.pdf && qpdf --qdf --object-streams=disable a.pdf - | grep -a -A12 '/S /Figure' | grep -a /Alt;"
                    "qpdf --qdf --object-streams=disable a.pdf - | grep -a /Alt"),
    ==, 0);
  headline = strstr (f->out, "Ferry to the islands is running");
  figure = strstr (f->out, "Figure");
  caption = strstr (f->out, "Caption: The ferry leaves");
  body = strstr (f->out, "has been running");
  g_assert_true (headline != NULL && headline < figure && figure < caption && caption < body);
  g_assert_nonnull (strstr (f->out, "/Alt (Caption: The ferry leaves the harbour)"));
  put (f, "a.txt", text_bytes (uncaptioned));
  g_assert_cmpint (scratch_run (f, "diglot a.txt && qpdf --qdf --object-streams=disable a.pdf - | grep -a /Alt"), ==, 0);
  g_assert_nonnull (strstr (f->out, "/Alt (Ferry to the islands is running again)"));
  put (f, "a.txt", text_bytes ("The ferry to the islands has been running again since Sunday.\n\nعادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد.\n"));
  g_assert_cmpint (scratch_run (f, "diglot a.txt && qpdf --qdf --object-streams=disable a.pdf - | grep -a /Alt"), ==, 0);
  g_assert_nonnull (strstr (f->out, "/Alt (The ferry to the islands has been running again since Sunday.)"));
}

/* Each purpose has the colours it wants: what a press has no light for becomes inks, what a screen has no inks for becomes light, and all
 * else stays what it is. */
static void
test_profiles (Scratch *f, gconstpointer data)
{
  static const struct {
    guint       colours;
    const char *profile, *kind;
  } cases[] = {
    { 1, "archive", "gray" }, { 3, "archive", "rgb" }, { 4, "archive", "rgb" }, { 1, "screen", "gray" }, { 3, "screen", "rgb" },
    { 4, "screen", "rgb" },   { 1, "print", "gray" },  { 3, "print", "cmyk" },  { 4, "print", "cmyk" },
  };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *line =
      g_strdup_printf ("diglot --profile %s a.txt && qpdf --check a.pdf >&2 && pdfimages -list a.pdf | awk 'NR == 3 { print $6, $9 }'", cases[i].profile);
    g_autofree char *expected = g_strdup_printf ("%s jpeg\n", cases[i].kind);
    g_autofree char *render = g_strdup_printf ("mutool draw -q -r 72 -c rgb -o page.png a.pdf 2>&1");
    double           box[4];

    put (f, "a.jpg", make_jpeg (1600, 800, cases[i].colours, 0, FALSE));
    g_assert_cmpint (scratch_run (f, line), ==, 0);
    g_assert_cmpstr (f->out, ==, expected);
    g_assert_null (strstr (f->err, "picture."));
    if (strcmp (cases[i].profile, "print") == 0)
      continue; /* bleed and marks move the page */
    g_assert_true (find_picture (f, box));
    g_assert_cmpint (scratch_run (f, render), ==, 0);
    if (cases[i].colours == 3)
      check_quarters (f, "page.png", box, (const int[]){ 0, 1, 2, 3 });
  }
  put (f, "a.jpg", make_jpeg (1200, 600, 3, 0, FALSE));
  g_assert_cmpint (scratch_run (f, "diglot --profile print a.txt"), ==, 0);
  g_assert_nonnull (
    strstr (f->err, "a.txt:5:1: warning: the picture a.jpg has 174 pixels an inch on the page; print wants 200 or more [picture.low-resolution]"));
  g_assert_cmpint (scratch_run (f, "diglot a.txt"), ==, 0);
  g_assert_cmpstr (f->err, ==, "");
}

/* For the screen a picture is made no finer than it can be seen; it stands where it stood, as it stood. */
static void
test_reduced (Scratch *f, gconstpointer data)
{
  static const guint colours[] = { 1, 3, 4 };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++) {
    double box[4];

    put (f, "a.jpg", make_jpeg (1201, 2402, colours[i], 6, FALSE));
    g_assert_cmpint (scratch_run (f, "diglot --profile archive a.txt && pdfimages -list a.pdf | awk 'NR == 3 { print $4, $5 }'"), ==, 0);
    g_assert_cmpstr (f->out, ==, "1201 2402\n");
    g_assert_cmpint (scratch_run (f, "diglot --profile screen a.txt && qpdf --check a.pdf >&2 && pdfimages -list a.pdf | awk 'NR == 3 { print $4, $5, $9 }'"),
                     ==, 0);
    g_assert_cmpstr (f->out, ==, "601 1201 jpeg\n");
    g_assert_true (find_picture (f, box));
    g_assert_cmpint (scratch_run (f, "mutool draw -q -r 72 -c rgb -o page.png a.pdf 2>&1"), ==, 0);
    if (colours[i] == 3)
      check_quarters (f, "page.png", box, (const int[]){ 2, 0, 3, 1 });
  }
  put (f, "a.jpg", make_jpeg (1600, 800, 3, 0, FALSE));
  g_assert_cmpint (scratch_run (f, "diglot --profile screen a.txt && pdfimages -list a.pdf | awk 'NR == 3 { print $4, $5 }'"), ==, 0);
  g_assert_cmpstr (f->out, ==, "1600 800\n");
}

/* A picture that is missing or broken makes a warning where the caption stands, and the page is as it would be without. */
static void
test_warnings (Scratch *f, gconstpointer data)
{
  double box[4];

  (void) data;
  g_assert_cmpint (scratch_run (f, "diglot a.txt && mv a.pdf without.pdf"), ==, 0);
  put (f, "a.jpg", text_bytes ("no picture"));
  g_assert_cmpint (scratch_run (f, "diglot a.txt && cmp a.pdf without.pdf"), ==, 0);
  g_assert_cmpstr (f->err, ==, "a.txt:5:1: warning: the picture a.jpg is not shown: it is neither a JPEG nor a PNG [picture.unreadable]\n");
  g_assert_false (find_picture (f, box));
  g_assert_cmpint (scratch_run (f, "diglot --strict a.txt"), ==, 1);
  g_assert_cmpint (scratch_run (f, "diglot --picture none.jpg a.txt && cmp a.pdf without.pdf"), ==, 0);
  g_assert_nonnull (strstr (f->err, "a.txt:5:1: warning: the picture none.jpg is not shown: cannot be read: No such file"));
  g_assert_cmpint (scratch_run (f, "cp a.txt b.txt; diglot --picture a.jpg a.txt b.txt"), ==, 2);
  g_assert_nonnull (strstr (f->err, "--picture goes with one dispatch"));
  g_assert_cmpint (scratch_run (f, "diglot --check a.txt && diglot -t json -o - a.txt > out.json"), ==, 0);
  g_assert_cmpstr (f->err, ==, "");
}

/* Where pictures are looked for. */
static void
test_found (Scratch *f, gconstpointer data)
{
  double box[4];

  (void) data;
  g_assert_false (find_picture (f, box));
  put (f, "a.PNG", make_png (300, 150, PNG_COLOR_TYPE_GRAY, 8, FALSE));
  g_assert_true (find_picture (f, box));
  g_assert_cmpint (scratch_run (f, "rm a.PNG"), ==, 0);
  put (f, "other.jpeg", make_jpeg (300, 150, 1, 0, FALSE));
  g_assert_false (find_picture (f, box));
  g_assert_cmpint (scratch_run (f, "diglot --dump pages --picture other.jpeg - < a.txt | grep -q ^picture"), ==, 0);
  /* A page that was painted beside its dispatch is not its picture, and no picture is replaced by a page. */
  g_assert_cmpint (scratch_run (f, "diglot -t png a.txt && ls a.png"), ==, 0);
  g_assert_false (find_picture (f, box));
  put (f, "a.png", make_png (300, 150, PNG_COLOR_TYPE_GRAY, 8, FALSE));
  g_assert_cmpint (scratch_run (f, "cp a.png before.png; diglot -t png a.txt"), ==, 1);
  g_assert_nonnull (strstr (f->err, "a.png would be replaced, and it is the picture"));
  g_assert_cmpint (scratch_run (f, "cmp a.png before.png"), ==, 0);
}

/* Members of an archive have pictures among the members, in whatever order. */
static void
test_archive (Scratch *f, gconstpointer data)
{
  static const char script[] = "import sys, zipfile, tarfile\n"
                               "names = ['z/b.jpg', 'a.txt', 'z/b.txt', 'c.txt', 'a.png', 'a.jpg']\n"
                               "with zipfile.ZipFile('x.zip', 'w') as z:\n"
                               "  for n in names: z.write('m/' + n, n)\n"
                               "with tarfile.open('x.tar.gz', 'w:gz') as t:\n"
                               "  for n in names: t.add('m/' + n, n)\n";

  (void) data;
  put (f, "small.jpg", make_jpeg (300, 150, 3, 6, FALSE));
  put (f, "small.png", make_png (300, 150, PNG_COLOR_TYPE_GRAY, 8, FALSE));
  put (f, "pack.py", text_bytes (script));
  g_assert_cmpint (scratch_run (f, "mkdir -p m/z && cp a.txt m && cp a.txt m/c.txt && cp a.txt m/z/b.txt && cp small.jpg m/a.jpg && cp small.jpg m/z/b.jpg && "
                                   "cp small.png m/a.png && python3 pack.py && diglot -o zip/ x.zip && diglot -j1 -o tar/ x.tar.gz && diglot -o files/ m && "
                                   "for n in a c z/b; do cmp zip/$n.pdf files/$n.pdf && cmp tar/$n.pdf files/$n.pdf || exit 3; done"),
                   ==, 0);
  g_assert_cmpint (scratch_run (f, "for n in a z/b; do pdfimages -list zip/$n.pdf; done | grep -c 'image *300 *150 *rgb'"), ==, 0);
  g_assert_cmpstr (f->out, ==, "2\n");
  g_assert_cmpint (scratch_run (f, "echo broken > m/a.jpg && python3 pack.py && diglot -o zip/ x.zip"), ==, 0);
  g_assert_nonnull (strstr (f->err, "x.zip!a.txt:5:1: warning: the picture x.zip!a.jpg is not shown"));
}

/* A picture is part of what an output is made from. */
static void
test_update (Scratch *f, gconstpointer data)
{
  (void) data;
  put (f, "a.jpg", make_jpeg (300, 150, 3, 1, FALSE));
  g_assert_cmpint (scratch_run (f, "diglot -u --report - --deps d a.txt && grep '^a.pdf: a.txt a.jpg ' d && grep '^a.jpg:$' d"), ==, 0);
  g_assert_nonnull (strstr (f->out, "\"set\""));
  g_assert_cmpint (scratch_run (f, "diglot -u --report - a.txt"), ==, 0);
  g_assert_nonnull (strstr (f->out, "\"kept\""));
  put (f, "a.jpg", make_jpeg (300, 151, 3, 1, FALSE));
  g_assert_cmpint (scratch_run (f, "diglot -u --report - a.txt"), ==, 0);
  g_assert_nonnull (strstr (f->out, "\"set\""));
  g_assert_cmpint (scratch_run (f, "rm a.jpg; diglot -u --report - a.txt && diglot -u --report - a.txt"), ==, 0);
  g_assert_nonnull (strstr (f->out, "\"set\""));
  g_assert_nonnull (strstr (f->out, "\"kept\""));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Scratch *, gconstpointer);
  } tests[] = {
    { "upright", test_upright },   { "place", test_place }, { "structure", test_structure }, { "profiles", test_profiles }, { "reduced", test_reduced },
    { "warnings", test_warnings }, { "found", test_found }, { "archive", test_archive },     { "update", test_update },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/kept", test_kept);
  g_test_add_func ("/picture/matrix", test_matrix);
  g_test_add_func ("/picture/colours", test_colours);
  g_test_add_func ("/picture/inks", test_inks);
  g_test_add_func ("/picture/broken", test_broken);
  g_test_add_func ("/picture/bombs", test_bombs);
  g_test_add_func ("/picture/hostile", test_hostile);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/picture/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, set_up, tests[i].test, scratch_tear_down);
  }
  return g_test_run ();
}
