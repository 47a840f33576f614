/* picture.c: see picture.h; the formats are in picture_jpeg.c and picture_png.c. */
#include "base/picture.h"

#include "diglot.h"
#include "base/picture_jpeg.h"
#include "base/picture_png.h"

#include <lcms2.h>
#include <libexif/exif-data.h>
#include <string.h>

#define PAGE_HEAD 256 /* bytes of a PNG among which a page's mark stands */

/* How the picture is to be turned; 1 where Exif does not say. */
static guint
read_orientation (GBytes *exif)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (exif, &length);
  ExifData     *data = exif_data_new_from_data (bytes, (unsigned int) length);
  ExifEntry    *entry = data != NULL ? exif_content_get_entry (data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION) : NULL;
  guint         orientation = 1;

  if (entry != NULL && entry->format == EXIF_FORMAT_SHORT && entry->components == 1 && entry->size >= 2)
    orientation = exif_get_short (entry->data, exif_data_get_byte_order (data));
  if (data != NULL)
    exif_data_unref (data);
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/* Colours */

static cmsHPROFILE
open_icc (GBytes *icc)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (icc, &length);

  return cmsOpenProfileFromMem (data, (cmsUInt32Number) length);
}

static cmsColorSpaceSignature
space_of (guint n_colours)
{
  return n_colours == 1 ? cmsSigGrayData : n_colours == 3 ? cmsSigRgbData : cmsSigCmykData;
}

static gboolean
is_srgb (cmsHPROFILE profile)
{
  char name[64] = "";

  cmsGetProfileInfoASCII (profile, cmsInfoDescription, "en", "US", name, sizeof name);
  return strstr (name, "sRGB") != NULL;
}

/* A profile that is none, is for other colours, or says what holds without one is left out. */
static void
check_icc (DgPicture *picture)
{
  cmsHPROFILE              profile = picture->icc != NULL ? open_icc (picture->icc) : NULL;
  cmsProfileClassSignature use = profile != NULL ? cmsGetDeviceClass (profile) : 0;

  if (profile == NULL || cmsGetColorSpace (profile) != space_of (picture->n_colours) || cmsGetEncodedICCversion (profile) >= 0x05000000
      || (use != cmsSigInputClass && use != cmsSigDisplayClass && use != cmsSigOutputClass && use != cmsSigColorSpaceClass) || is_srgb (profile))
    g_clear_pointer (&picture->icc, g_bytes_unref);
  if (profile != NULL)
    cmsCloseProfile (profile);
}

static cmsHPROFILE
new_grey (void)
{
  cmsToneCurve *curve = cmsBuildGamma (NULL, 2.2);
  cmsHPROFILE   profile = cmsCreateGrayProfile (cmsD50_xyY (), curve);

  cmsFreeToneCurve (curve);
  return profile;
}

/* From @picture's samples to those of @target; NULL where its inks are not known. */
static cmsHTRANSFORM
new_transform (const DgPicture *picture, cmsHPROFILE target, guint n_colours)
{
  static const cmsUInt32Number formats[] = { 0, TYPE_GRAY_8, 0, TYPE_RGB_8, TYPE_CMYK_8 };
  cmsHPROFILE                  source = picture->icc != NULL      ? open_icc (picture->icc)
                                        : picture->n_colours == 3 ? cmsCreate_sRGBProfile ()
                                        : picture->n_colours == 1 ? new_grey ()
                                                                  : NULL;
  cmsHTRANSFORM                transform = NULL;

  if (source != NULL && target != NULL)
    transform = cmsCreateTransform (source, picture->inverted ? TYPE_CMYK_8_REV : formats[picture->n_colours], target, formats[n_colours],
                                    INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION);
  if (source != NULL)
    cmsCloseProfile (source);
  return transform;
}

/* Inks that nobody knows, as if they were filters. */
static void
convert_plain_inks (const guint8 *inks, guint8 *rgb, guint width, gboolean inverted)
{
  for (guint i = 0; i < width; i++, inks += 4, rgb += 3)
    for (guint k = 0; k < 3; k++)
      rgb[k] = inverted ? (guint8) (inks[k] * inks[3] / 255) : (guint8) ((255 - inks[k]) * (255 - inks[3]) / 255);
}

/* The rows of a picture on their way into other colours. */
typedef struct {
  const DgPicture *picture;
  gboolean         kept;      /* the colours stay; else: */
  cmsHTRANSFORM    transform; /* NULL: plain inks to RGB */
  guint            width;     /* of a row */
  guint            n_colours; /* wanted */
  guint8          *row;
  DgJpegWriter    *jpeg;    /* where they go: this, */
  guint8          *samples; /* samples, */
  guint32         *pixels;  /* or pixels */
} Conversion;

static void
convert_row (const guint8 *samples, guint y, gpointer data)
{
  Conversion *c = data;

  if (c->kept)
    memcpy (c->row, samples, (gsize) c->width * c->n_colours);
  else if (c->transform != NULL)
    cmsDoTransform (c->transform, samples, c->row, c->width);
  else
    convert_plain_inks (samples, c->row, c->width, c->picture->inverted);
  if (c->jpeg != NULL)
    dg_jpeg_writer_add (c->jpeg, c->row);
  else if (c->samples != NULL)
    memcpy (c->samples + (gsize) y * c->width * c->n_colours, c->row, (gsize) c->width * c->n_colours);
  else
    for (guint x = 0; x < c->width; x++)
      c->pixels[(gsize) y * c->width + x] = (guint32) c->row[3 * x] << 16 | (guint32) c->row[3 * x + 1] << 8 | c->row[3 * x + 2];
}

/* Every @divisor-th row and sample of a picture that is no JPEG. */
static void
each_row (const DgPicture *picture, guint divisor, DgPictureRow row, gpointer data)
{
  const guint8      *samples = g_bytes_get_data (picture->data, NULL);
  guint              n = picture->n_colours, width = (picture->width + divisor - 1) / divisor;
  g_autofree guint8 *thin = g_malloc ((gsize) width * n);

  for (guint y = 0; y < picture->height; y += divisor) {
    const guint8 *from = samples + (gsize) y * picture->width * n;

    for (guint x = 0; x < width; x++)
      memcpy (thin + (gsize) x * n, from + (gsize) x * divisor * n, n);
    row (thin, y / divisor, data);
  }
}

static gboolean
run (Conversion *c, guint divisor, GError **error)
{
  gboolean good = TRUE;

  c->width = (c->picture->width + divisor - 1) / divisor;
  c->row = g_malloc ((gsize) c->width * c->n_colours);
  if (c->picture->is_jpeg)
    good = dg_jpeg_each_row (c->picture, divisor, convert_row, c, error);
  else
    each_row (c->picture, divisor, convert_row, c);
  g_free (c->row);
  if (c->transform != NULL)
    cmsDeleteTransform (c->transform);
  return good;
}

/* TRUE where a transform was found, or none is needed. */
static gboolean
choose_transform (Conversion *c, cmsHPROFILE target, GError **error)
{
  c->transform = new_transform (c->picture, target, c->n_colours);
  if (c->transform != NULL || (c->n_colours == 3 && c->picture->n_colours == 4))
    return TRUE;
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "its colours cannot be converted");
  return FALSE;
}

/* The rows of @picture through @c into a picture of its own; NULL with @error. */
static DgPicture *
make (Conversion *c, guint divisor, GError **error)
{
  const DgPicture *picture = c->picture;
  g_autoptr (DgPicture) made = g_new0 (DgPicture, 1);
  gsize    length;
  gboolean good;

  *made = (DgPicture){ .width = (picture->width + divisor - 1) / divisor,
                       .height = (picture->height + divisor - 1) / divisor,
                       .orientation = picture->orientation,
                       .n_colours = c->n_colours,
                       .is_jpeg = picture->is_jpeg };
  length = (gsize) made->width * made->height * c->n_colours;
  if (picture->is_jpeg)
    c->jpeg = dg_jpeg_writer_new (made->width, made->height, c->n_colours);
  else
    c->samples = g_malloc (length);
  good = run (c, divisor, error);
  if (!good)
    dg_jpeg_writer_free (c->jpeg);
  else
    made->data = picture->is_jpeg ? dg_jpeg_writer_finish (c->jpeg) : g_bytes_new_take (c->samples, length);
  return good ? g_steal_pointer (&made) : NULL;
}

DgPicture *
dg_picture_convert (const DgPicture *picture, GBytes *icc, guint n_colours, guint divisor, GError **error)
{
  Conversion  c = { .picture = picture, .n_colours = n_colours };
  cmsHPROFILE target = open_icc (icc);
  gboolean    good = choose_transform (&c, target, error);

  if (target != NULL)
    cmsCloseProfile (target);
  return good ? make (&c, divisor, error) : NULL;
}

DgPicture *
dg_picture_reduce (const DgPicture *picture, guint divisor, GError **error)
{
  Conversion c = { .picture = picture, .n_colours = picture->n_colours, .kept = TRUE };
  DgPicture *made = make (&c, divisor, error);

  if (made != NULL) {
    made->inverted = picture->inverted;
    made->icc = picture->icc != NULL ? g_bytes_ref (picture->icc) : NULL;
  }
  return made;
}

guint8 *
dg_picture_dup_pixels (const DgPicture *picture, guint least, guint *width, guint *height, GError **error)
{
  Conversion  c = { .picture = picture, .n_colours = 3 };
  cmsHPROFILE target = cmsCreate_sRGBProfile ();
  gboolean    good = choose_transform (&c, target, error);
  guint       divisor = 1, shown_width, shown_height;

  cmsCloseProfile (target);
  if (!good)
    return NULL;
  dg_picture_get_size (picture, &shown_width, &shown_height);
  while (divisor < 8 && shown_width / (2 * divisor) >= MAX (least, 1))
    divisor *= 2;
  *width = (picture->width + divisor - 1) / divisor;
  *height = (picture->height + divisor - 1) / divisor;
  c.pixels = g_malloc0 ((gsize) *width * *height * 4);
  if (run (&c, divisor, error))
    return (guint8 *) c.pixels;
  g_free (c.pixels);
  return NULL;
}

/* The header's other functions */

DgPicture *
dg_picture_new (GBytes *bytes, GError **error)
{
  g_autoptr (DgPicture) picture = g_new0 (DgPicture, 1);
  DgPictureExtras extras = { NULL };
  gboolean        good = FALSE;

  picture->orientation = 1;
  if (dg_jpeg_is (bytes))
    good = dg_jpeg_read (bytes, picture, &extras, error);
  else if (dg_png_is (bytes))
    good = dg_png_read (bytes, picture, &extras, error);
  else
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "it is neither a JPEG nor a PNG");
  if (good) {
    check_icc (picture);
    if (extras.exif != NULL)
      picture->orientation = read_orientation (extras.exif);
  }
  g_clear_pointer (&extras.exif, g_bytes_unref);
  return good ? g_steal_pointer (&picture) : NULL;
}

gboolean
dg_picture_is_page (GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return dg_png_is (bytes) && memmem (data, MIN (length, PAGE_HEAD), DG_PNG_SOFTWARE, sizeof DG_PNG_SOFTWARE - 1) != NULL;
}

void
dg_picture_get_size (const DgPicture *picture, guint *width, guint *height)
{
  gboolean lies = picture->orientation >= 5;

  *width = lies ? picture->height : picture->width;
  *height = lies ? picture->width : picture->height;
}

void
dg_picture_get_matrix (const DgPicture *picture, double m[6])
{
  /* Where the stored left top corner, its row and its column go: "the 0th row is the visual right-hand side" and so on. */
  static const gint8 matrices[8][6] = {
    { 1, 0, 0, 1, 0, 0 }, { -1, 0, 0, 1, 1, 0 }, { -1, 0, 0, -1, 1, 1 }, { 1, 0, 0, -1, 0, 1 },
    { 0, 1, 1, 0, 0, 0 }, { 0, 1, -1, 0, 1, 0 }, { 0, -1, -1, 0, 1, 1 }, { 0, -1, 1, 0, 0, 1 },
  };

  for (guint i = 0; i < 6; i++)
    m[i] = matrices[picture->orientation - 1][i];
}
