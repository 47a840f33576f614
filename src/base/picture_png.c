/* picture_png.c: PNGs by libpng: read as opaque samples of 8 bits, written from pixels. */
#include "base/picture_png.h"

#include "diglot.h"

#include <png.h>
#include <string.h>
#include <zlib.h>

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
    png_error (png, N_ ("it ends too soon"));
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

static G_GNUC_NO_INLINE gboolean
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

/* A function of its own, never inlined and without a variable that changes, as such a one is anything after longjmp (C11 7.13.2.1). */
static G_GNUC_NO_INLINE gboolean
try_all (Reader *reader, DgPicture *picture, DgPictureExtras *extras, GError **error)
{
  if (setjmp (png_jmpbuf (reader->png)) == 0)
    return read_all (reader, picture, extras, error);
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "the PNG is broken: %s", reader->fault);
  return FALSE;
}

gboolean
dg_png_read (GBytes *bytes, DgPicture *picture, DgPictureExtras *extras, GError **error)
{
  Reader  *reader = g_new0 (Reader, 1);
  gboolean good;

  reader->data = g_bytes_get_data (bytes, &reader->length);
  reader->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, reader, on_error, on_warning);
  reader->info = reader->png != NULL ? png_create_info_struct (reader->png) : NULL;
  if (reader->info == NULL)
    g_error ("failed to allocate a reader of PNG");
  good = try_all (reader, picture, extras, error);
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

/* Colours of a page: most have few, and then a third of the bytes, each of them a number in a list, goes through filters and deflation, which take
 * nearly all the time. */
typedef struct {
  png_color list[PNG_MAX_PALETTE_LENGTH];
  guint32   keys[4 * PNG_MAX_PALETTE_LENGTH]; /* colours with bit 24 set, by a hash; 0: a free place */
  guint8    numbers[4 * PNG_MAX_PALETTE_LENGTH];
  guint     n;
} Palette;

/* The colour's number, which it gets where it is new; -1 for one too many. */
static int
find_colour (Palette *palette, guint32 pixel)
{
  guint32 key = (pixel & 0xFFFFFF) | 0x1000000;
  guint   place = (key * 2654435761u) >> 22;

  while (palette->keys[place] != 0 && palette->keys[place] != key)
    place = (place + 1) % G_N_ELEMENTS (palette->keys);
  if (palette->keys[place] == 0) {
    if (palette->n == PNG_MAX_PALETTE_LENGTH)
      return -1;
    palette->keys[place] = key;
    palette->numbers[place] = (guint8) palette->n;
    palette->list[palette->n++] = (png_color){ (guint8) (pixel >> 16), (guint8) (pixel >> 8), (guint8) pixel };
  }
  return palette->numbers[place];
}

/* The pixels as numbers in @palette; NULL where there are too many colours. */
static guint8 *
dup_numbers (Palette *palette, const guint8 *pixels, guint width, guint height, guint stride)
{
  guint8 *numbers = g_malloc ((gsize) width * height), *to = numbers;
  guint32 last = 0xFF000000;
  int     number = 0;

  for (guint y = 0; y < height; y++) {
    const guint32 *row = (const guint32 *) (const void *) (pixels + (gsize) y * stride);

    for (guint x = 0; x < width; x++) {
      guint32 pixel = row[x] & 0xFFFFFF;

      if (pixel != last) {
        number = find_colour (palette, pixel);
        last = pixel;
      }
      if (number < 0) {
        g_free (numbers);
        return NULL;
      }
      *to++ = (guint8) number;
    }
  }
  return numbers;
}

/* Nothing that comes from outside can go wrong here but that there is no memory, upon which GLib ends the program too. */
static void G_GNUC_NORETURN
on_own_error (png_structp png, png_const_charp text)
{
  (void) png;
  g_error ("failed to allocate a PNG: %s", text);
}

GBytes *
dg_png_write (const guint8 *pixels, guint width, guint height, guint stride, guint per_metre)
{
  GByteArray         *bytes = g_byte_array_new ();
  g_autofree Palette *palette = g_new0 (Palette, 1);
  g_autofree guint8  *numbers = dup_numbers (palette, pixels, width, height, stride);
  png_structp         png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, on_own_error, on_warning);
  png_infop           info = png != NULL ? png_create_info_struct (png) : NULL;

  if (info == NULL)
    g_error ("failed to allocate a writer of PNG");
  png_set_write_fn (png, bytes, append, NULL);
  png_set_IHDR (png, info, width, height, 8, numbers != NULL ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                PNG_FILTER_TYPE_BASE);
  if (numbers != NULL)
    png_set_PLTE (png, info, palette->list, (int) palette->n);
  /* Numbers come in runs, which is all that is looked for; true colours get the one filter that does nearly as well as the choice among all. */
  png_set_filter (png, PNG_FILTER_TYPE_BASE, numbers != NULL ? PNG_FILTER_NONE : PNG_FILTER_UP);
  png_set_compression_strategy (png, numbers != NULL ? Z_RLE : Z_DEFAULT_STRATEGY);
  png_set_compression_level (png, 3);
  png_set_sRGB (png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  if (per_metre > 0) {
    png_text software = { .compression = PNG_TEXT_COMPRESSION_NONE, .key = (char *) "Software", .text = (char *) "Diglot " DIGLOT_VERSION };

    png_set_text (png, info, &software, 1);
    png_set_pHYs (png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
  }
  png_write_info (png, info);
  if (numbers == NULL) {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
    png_set_bgr (png);
    png_set_filler (png, 0, PNG_FILLER_AFTER);
#else
    png_set_filler (png, 0, PNG_FILLER_BEFORE);
#endif
  }
  for (guint y = 0; y < height; y++)
    png_write_row (png, numbers != NULL ? numbers + (gsize) y * width : pixels + (gsize) y * stride);
  png_write_end (png, NULL);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (bytes);
}
