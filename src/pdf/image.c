/* image.c: see image.h.  Images: ISO 32000-1 8.9; DCTDecode: 7.4.8. */
#include "pdf/image.h"
#include "base/number.h"

struct DgPdfPictures {
  DgPdf           *pdf;
  const DgProfile *profile;
  GPtrArray       *shown;   /* DgPicture*, each once */
  GArray          *numbers; /* guint: the object of each */
};

DgPdfPictures *
dg_pdf_pictures_new (DgPdf *pdf, const DgProfile *profile)
{
  DgPdfPictures *self = g_new0 (DgPdfPictures, 1);

  self->pdf = pdf;
  self->profile = profile;
  self->shown = g_ptr_array_new ();
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
dg_pdf_pictures_free (DgPdfPictures *pictures)
{
  if (!pictures)
    return;
  g_ptr_array_unref (pictures->shown);
  g_array_unref (pictures->numbers);
  g_free (pictures);
}

static void
append_colour_space (DgPdfPictures *self, GString *out, const DgPicture *picture)
{
  static const char *const devices[] = { NULL, "/DeviceGray", NULL, "/DeviceRGB", "/DeviceCMYK" };

  g_string_append (out, "/ColorSpace ");
  if (picture->icc) {
    gsize            length;
    gconstpointer    data = g_bytes_get_data (picture->icc, &length);
    g_autofree char *entries = g_strdup_printf ("/N %u", picture->n_colours);

    g_string_append_printf (out, "[ /ICCBased %u 0 R ]", dg_pdf_add_stream (self->pdf, entries, data, length));
  } else
    g_string_append (out, devices[picture->n_colours]);
}

static guint
write_image (DgPdfPictures *self, const DgPicture *picture)
{
  g_autoptr (GString) entries = g_string_new (NULL);
  gsize         length;
  gconstpointer data = g_bytes_get_data (picture->data, &length);

  g_string_append_printf (entries, "/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8 ", picture->width, picture->height);
  append_colour_space (self, entries, picture);
  if (picture->is_jpeg)
    g_string_append (entries, " /Filter /DCTDecode");
  if (picture->inverted)
    g_string_append (entries, " /Decode [ 1 0 1 0 1 0 1 0 ]");
  return dg_pdf_add_stream (self->pdf, entries->str, data, length);
}

/* Screens have no inks and presses no light; grey is either's. */
static gboolean
is_fit (const DgProfile *profile, const DgPicture *picture)
{
  return picture->n_colours == 1 || (picture->n_colours == 4) == profile->cmyk;
}

/* What the sides of the picture in @box are divided by.  Other formats than JPEG have lines and letters, which would suffer. */
static guint
choose_divisor (const DgProfile *profile, const DgBox *box)
{
  double x, y, dpi = 72 / dg_box_get_pixel (box, &x, &y);
  guint  divisor = 1;

  while (profile->picture_dpi > 0 && box->picture->is_jpeg && divisor < 8 && dpi / (2 * divisor) >= profile->picture_dpi)
    divisor *= 2;
  return divisor;
}

/* The place of the picture in @box among those shown, from 1; 0 with @error. */
static guint
find (DgPdfPictures *self, const DgBox *box, GError **error)
{
  const DgPicture *picture = box->picture;
  g_autoptr (DgPicture) made = NULL;
  guint divisor = choose_divisor (self->profile, box), place, number;

  if (g_ptr_array_find (self->shown, picture, &place))
    return place + 1;
  if (!is_fit (self->profile, picture))
    made = dg_picture_convert (picture, self->profile->icc, self->profile->cmyk ? 4 : 3, divisor, error);
  else if (divisor > 1)
    made = dg_picture_reduce (picture, divisor, error);
  else
    divisor = 0; /* it goes as it is */
  if (divisor > 0 && !made)
    return 0;
  number = write_image (self, made ? made : picture);
  g_ptr_array_add (self->shown, (gpointer) picture);
  g_array_append_val (self->numbers, number);
  return self->shown->len;
}

/* @number numbers and the operator @name. */
static void
append_operator (GString *out, const double *numbers, guint n, const char *name)
{
  for (guint i = 0; i < n; i++) {
    dg_number_append (out, numbers[i], 4);
    g_string_append_c (out, ' ');
  }
  g_string_append_printf (out, "%s\n", name);
}

gboolean
dg_pdf_pictures_show (DgPdfPictures *pictures, GString *out, const DgBox *box, double height, GError **error)
{
  guint        place = find (pictures, box, error), across, down;
  double       x, y, pixel = dg_box_get_pixel (box, &x, &y), m[6], width, depth;
  const double clip[] = { box->x, height - box->y - box->height, box->width, box->height };

  if (!place)
    return FALSE;
  dg_picture_get_matrix (box->picture, m);
  dg_picture_get_size (box->picture, &across, &down);
  width = pixel * across;
  depth = pixel * down;
  {
    /* The image's unit square has its foot at y = 0 (8.9.5): there and back again around the matrix, which has y down. */
    const double matrix[] = {
      width * m[0], -depth * m[1], -width * m[2], depth * m[3], x + width * (m[2] + m[4]), height - y - depth * (m[3] + m[5]),
    };

    g_string_append (out, "q\n");
    append_operator (out, clip, 4, "re W n");
    append_operator (out, matrix, 6, "cm");
    g_string_append_printf (out, "/P%u Do\nQ\n", place);
  }
  return TRUE;
}

void
dg_pdf_pictures_append_resources (const DgPdfPictures *pictures, GString *out)
{
  if (pictures->shown->len == 0)
    return;
  g_string_append (out, " /XObject <<");
  for (guint i = 0; i < pictures->shown->len; i++)
    g_string_append_printf (out, " /P%u %u 0 R", i + 1, g_array_index (pictures->numbers, guint, i));
  g_string_append (out, " >>");
}
