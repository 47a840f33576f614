/* picture_png.c: PNGs by libpng: read as opaque samples of 8 bits, written from pixels. */
#include "base/picture_png.h"

#include "diglot.h"

#include <png.h>
#include <string.h>

#define MAX_CHUNK  (4u * 1024 * 1024) /* bytes that a chunk of text or a profile may unpack to */
#define MAX_CHUNKS 128

/* What libpng's callbacks need. */
typedef struct {
  png_structp   png;
  png_infop     info;
  const guint8 *data;
  gsize         length, at;
  char          fault[128];
  guint8       *samples;
  png_bytep    *rows;
} Reader;

static void G_GNUC_NORETURN
on_error (png_structp png, png_const_charp text)
{
  Reader *reader = png_get_error_ptr (png);

  g_strlcpy (reader->fault, text, sizeof reader->fault);
  png_longjmp (png, 1);
}

static void
on_warning (png_structp png, png_const_charp text)
{
  (void) png;
  (void) text;
}

static void
on_read (png_structp png, png_bytep out, size_t length)
{
  Reader *reader = png_get_io_ptr (png);

  if (length > reader->length - reader->at)
    png_error (png, "it ends too soon");
  memcpy (out, reader->data + reader->at, length);
  reader->at += length;
}

gboolean
dg_png_is (GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return length > 8 && png_sig_cmp (data, 0, 8) == 0;
}

/* Grey or RGB of 8 bits, with or without alpha, whatever the file has. */
static void
ask_for_samples (const Reader *reader)
{
  png_set_expand (reader->png);
  png_set_scale_16 (reader->png);
  png_set_interlace_handling (reader->png);
  png_read_update_info (reader->png, reader->info);
}

/* Lays the samples on white paper and closes up what alpha leaves. */
static void
flatten (guint8 *samples, gsize n_pixels, guint n_colours)
{
  const guint8 *from = samples;
  guint8       *to = samples;

  for (gsize i = 0; i < n_pixels; i++) {
    guint alpha = from[n_colours];

    for (guint k = 0; k < n_colours; k++)
      *to++ = (guint8) ((*from++ * alpha + 255 * (255 - alpha) + 127) / 255);
    from++;
  }
}

static void
take_extras (const Reader *reader, DgPicture *picture, DgPictureExtras *extras)
{
  png_charp   name;
  png_bytep   profile, exif;
  png_uint_32 length;
  int         method;

  if (png_get_iCCP (reader->png, reader->info, &name, &method, &profile, &length) != 0)
    picture->icc = g_bytes_new (profile, length);
  if (png_get_eXIf_1 (reader->png, reader->info, &length, &exif) != 0 && length > 0) {
    GByteArray *whole = g_byte_array_new ();

    g_byte_array_append (whole, (const guint8 *) "Exif\0\0", 6);
    g_byte_array_append (whole, exif, length);
    extras->exif = g_byte_array_free_to_bytes (whole);
  }
}

static gboolean
read_all (Reader *reader, DgPicture *picture, DgPictureExtras *extras, GError **error)
{
  guint width, height, channels;
  gsize stride;

  png_set_read_fn (reader->png, reader, on_read);
  png_set_user_limits (reader->png, DG_PICTURE_MAX_SIDE + 1, DG_PICTURE_MAX_SIDE + 1);
  png_set_chunk_malloc_max (reader->png, MAX_CHUNK);
  png_set_chunk_cache_max (reader->png, MAX_CHUNKS);
  png_read_info (reader->png, reader->info);
  width = png_get_image_width (reader->png, reader->info);
  height = png_get_image_height (reader->png, reader->info);
  if (!dg_picture_check_size (width, height, error))
    return FALSE;
  ask_for_samples (reader);
  channels = png_get_channels (reader->png, reader->info);
  stride = (gsize) width * channels;
  reader->samples = g_malloc (stride * height);
  reader->rows = g_new (png_bytep, height);
  for (guint y = 0; y < height; y++)
    reader->rows[y] = reader->samples + y * stride;
  png_read_image (reader->png, reader->rows);
  png_read_end (reader->png, reader->info);
  picture->width = width;
  picture->height = height;
  picture->n_colours = channels >= 3 ? 3 : 1;
  if (channels != picture->n_colours)
    flatten (reader->samples, (gsize) width * height, picture->n_colours);
  picture->data =
    g_bytes_new_take (g_realloc (g_steal_pointer (&reader->samples), (gsize) width * height * picture->n_colours), (gsize) width * height * picture->n_colours);
  take_extras (reader, picture, extras);
  return TRUE;
}

gboolean
dg_png_read (GBytes *bytes, DgPicture *picture, DgPictureExtras *extras, GError **error)
{
  Reader  *reader = g_new0 (Reader, 1);
  gboolean good = FALSE;

  reader->data = g_bytes_get_data (bytes, &reader->length);
  reader->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, reader, on_error, on_warning);
  reader->info = png_create_info_struct (reader->png);
  if (setjmp (png_jmpbuf (reader->png)) == 0)
    good = read_all (reader, picture, extras, error);
  else
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "the PNG is broken: %s", reader->fault);
  png_destroy_read_struct (&reader->png, &reader->info, NULL);
  g_free (reader->rows);
  g_free (reader->samples);
  g_free (reader);
  return good;
}

static void
append (png_structp png, png_bytep data, size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) length);
}

GBytes *
dg_png_write (const guint8 *pixels, guint width, guint height, guint stride, guint per_metre)
{
  GByteArray *bytes = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop   info = png_create_info_struct (png);

  /* Nothing that comes from outside can go wrong here. */
  if (setjmp (png_jmpbuf (png)) != 0)
    g_error ("libpng refuses pixels of ours");
  png_set_write_fn (png, bytes, append, NULL);
  png_set_IHDR (png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
  png_set_sRGB (png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  if (per_metre > 0) {
    png_text software = { .compression = PNG_TEXT_COMPRESSION_NONE, .key = (char *) "Software", .text = (char *) "Diglot " DIGLOT_VERSION };

    png_set_text (png, info, &software, 1);
    png_set_pHYs (png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
  }
  png_write_info (png, info);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  png_set_bgr (png);
  png_set_filler (png, 0, PNG_FILLER_AFTER);
#else
  png_set_filler (png, 0, PNG_FILLER_BEFORE);
#endif
  for (guint y = 0; y < height; y++)
    png_write_row (png, pixels + (gsize) y * stride);
  png_write_end (png, NULL);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (bytes);
}
