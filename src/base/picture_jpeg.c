/* picture_jpeg.c: JPEGs by libjpeg: written anew from their own coefficients, decoded, encoded. */
#include "base/picture_jpeg.h"

#include "diglot.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#define QUALITY   92
#define MAX_SCANS 100 /* a progressive file of a few bytes may ask for thousands of passes over all its pixels */
#define MAX_ICC   (4u * 1024 * 1024)

/* libjpeg calls back with its own structures; this one stands first in ours. */
typedef struct {
  struct jpeg_error_mgr    base;
  struct jpeg_progress_mgr progress;
  jmp_buf                  back;
  char                     text[JMSG_LENGTH_MAX];
} Fault;

static void G_GNUC_NORETURN
on_error (j_common_ptr info)
{
  Fault *fault = (Fault *) info->err;

  info->err->format_message (info, fault->text);
  longjmp (fault->back, 1);
}

/* Warnings are about data that is corrupt or comes to an end: the picture would be half grey. */
static void
on_message (j_common_ptr info, int level)
{
  if (level < 0)
    on_error (info);
}

static void
on_progress (j_common_ptr info)
{
  Fault *fault = (Fault *) info->err;

  if (((j_decompress_ptr) info)->input_scan_number <= MAX_SCANS)
    return;
  g_strlcpy (fault->text, N_ ("too many scans"), sizeof fault->text);
  longjmp (fault->back, 1);
}

static void
set_up_fault (Fault *fault)
{
  jpeg_std_error (&fault->base);
  fault->base.error_exit = on_error;
  fault->base.emit_message = on_message;
  fault->progress.progress_monitor = on_progress;
  fault->text[0] = '\0';
}

static void
tell (const Fault *fault, GError **error)
{
  if (error != NULL && *error == NULL)
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "the JPEG is broken: %s", fault->text);
}

gboolean
dg_jpeg_is (GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return length > 3 && data[0] == 0xFF && data[1] == 0xD8 && data[2] == 0xFF;
}

static void
open_source (struct jpeg_decompress_struct *in, Fault *fault, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  jpeg_create_decompress (in);
  in->progress = &fault->progress;
  jpeg_mem_src (in, data, (unsigned long) length);
}

/* Exif, unless there is more than one. */
static void
take_exif (const struct jpeg_decompress_struct *in, DgPictureExtras *extras)
{
  for (jpeg_saved_marker_ptr marker = in->marker_list; marker != NULL && extras->exif == NULL; marker = marker->next)
    if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6 && memcmp (marker->data, "Exif\0\0", 6) == 0)
      extras->exif = g_bytes_new (marker->data, marker->data_length);
}

typedef struct {
  struct jpeg_decompress_struct in;
  struct jpeg_compress_struct   out;
  Fault                         fault;
  guint8                       *icc, *bytes;
  unsigned int                  icc_length;
  unsigned long                 length;
} Copy;

static gboolean
read_head (Copy *copy, DgPicture *picture, DgPictureExtras *extras, GError **error)
{
  struct jpeg_decompress_struct *in = &copy->in;

  jpeg_save_markers (in, JPEG_APP0 + 1, 0xFFFF);
  jpeg_save_markers (in, JPEG_APP0 + 2, 0xFFFF);
  jpeg_read_header (in, TRUE);
  if (!dg_picture_check_size (in->image_width, in->image_height, error))
    return FALSE;
  if (in->num_components != 1 && in->num_components != 3 && in->num_components != 4) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "the JPEG has %d colours", in->num_components);
    return FALSE;
  }
  picture->width = in->image_width;
  picture->height = in->image_height;
  picture->n_colours = (guint) in->num_components;
  picture->inverted = in->num_components == 4 && in->saw_Adobe_marker;
  take_exif (in, extras);
  if (jpeg_read_icc_profile (in, &copy->icc, &copy->icc_length) && copy->icc_length <= MAX_ICC)
    picture->icc = g_bytes_new (copy->icc, copy->icc_length);
  return TRUE;
}

/* Some files have coefficients that nobody decodes, as where one colour has two thirds of another's pixels. */
static void
check_decoding (Copy *copy, GBytes *bytes)
{
  jpeg_destroy_decompress (&copy->in);
  open_source (&copy->in, &copy->fault, bytes);
  jpeg_read_header (&copy->in, TRUE);
  jpeg_start_decompress (&copy->in);
}

/* Where @copy->fault leads back to; no variable of it changes. */
static G_GNUC_NO_INLINE gboolean
copy_all (Copy *copy, GBytes *bytes, DgPicture *picture, DgPictureExtras *extras, GError **error)
{
  jvirt_barray_ptr *coefficients;

  open_source (&copy->in, &copy->fault, bytes);
  jpeg_create_compress (&copy->out);
  if (!read_head (copy, picture, extras, error))
    return FALSE;
  coefficients = jpeg_read_coefficients (&copy->in);
  jpeg_mem_dest (&copy->out, &copy->bytes, &copy->length);
  jpeg_copy_critical_parameters (&copy->in, &copy->out);
  copy->out.optimize_coding = TRUE;
  jpeg_write_coefficients (&copy->out, coefficients);
  jpeg_finish_compress (&copy->out);
  jpeg_finish_decompress (&copy->in);
  picture->data = g_bytes_new (copy->bytes, copy->length);
  picture->is_jpeg = TRUE;
  check_decoding (copy, picture->data);
  return TRUE;
}

/* A function of its own, never inlined and without a variable that changes, as such a one is anything after longjmp (C11 7.13.2.1). */
static G_GNUC_NO_INLINE gboolean
try_copy (Copy *copy, GBytes *bytes, DgPicture *picture, DgPictureExtras *extras, GError **error)
{
  if (setjmp (copy->fault.back) == 0)
    return copy_all (copy, bytes, picture, extras, error);
  tell (&copy->fault, error);
  return FALSE;
}

gboolean
dg_jpeg_read (GBytes *bytes, DgPicture *picture, DgPictureExtras *extras, GError **error)
{
  Copy    *copy = g_new0 (Copy, 1);
  gboolean good;

  set_up_fault (&copy->fault);
  copy->in.err = copy->out.err = &copy->fault.base;
  good = try_copy (copy, bytes, picture, extras, error);
  jpeg_destroy_compress (&copy->out);
  jpeg_destroy_decompress (&copy->in);
  free (copy->bytes);
  free (copy->icc);
  g_free (copy);
  return good;
}

typedef struct {
  struct jpeg_decompress_struct in;
  Fault                         fault;
  guint8                       *row;
} Decoder;

static G_GNUC_NO_INLINE void
decode_all (Decoder *decoder, const DgPicture *picture, guint divisor, DgPictureRow row, gpointer data)
{
  open_source (&decoder->in, &decoder->fault, picture->data);
  jpeg_read_header (&decoder->in, TRUE);
  decoder->in.scale_num = 1;
  decoder->in.scale_denom = divisor;
  decoder->in.dct_method = JDCT_ISLOW;
  decoder->in.out_color_space = picture->n_colours == 1 ? JCS_GRAYSCALE : picture->n_colours == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_start_decompress (&decoder->in);
  decoder->row = g_malloc ((gsize) decoder->in.output_width * picture->n_colours);
  while (decoder->in.output_scanline < decoder->in.output_height) {
    guint y = decoder->in.output_scanline;

    jpeg_read_scanlines (&decoder->in, &decoder->row, 1);
    row (decoder->row, y, data);
  }
  jpeg_finish_decompress (&decoder->in);
}

static G_GNUC_NO_INLINE gboolean
try_decode (Decoder *decoder, const DgPicture *picture, guint divisor, DgPictureRow row, gpointer data, GError **error)
{
  if (setjmp (decoder->fault.back) == 0) {
    decode_all (decoder, picture, divisor, row, data);
    return TRUE;
  }
  tell (&decoder->fault, error);
  return FALSE;
}

gboolean
dg_jpeg_each_row (const DgPicture *picture, guint divisor, DgPictureRow row, gpointer data, GError **error)
{
  Decoder *decoder = g_new0 (Decoder, 1);
  gboolean good;

  set_up_fault (&decoder->fault);
  decoder->in.err = &decoder->fault.base;
  good = try_decode (decoder, picture, divisor, row, data, error);
  jpeg_destroy_decompress (&decoder->in);
  g_free (decoder->row);
  g_free (decoder);
  return good;
}

/* Writing needs nothing from outside and cannot fail but for a mistake of ours, upon which libjpeg ends the program. */
struct DgJpegWriter {
  struct jpeg_compress_struct out;
  struct jpeg_error_mgr       fault;
  guint8                     *bytes;
  unsigned long               length;
};

DgJpegWriter *
dg_jpeg_writer_new (guint width, guint height, guint n_colours)
{
  DgJpegWriter *writer = g_new0 (DgJpegWriter, 1);

  writer->out.err = jpeg_std_error (&writer->fault);
  jpeg_create_compress (&writer->out);
  jpeg_mem_dest (&writer->out, &writer->bytes, &writer->length);
  writer->out.image_width = width;
  writer->out.image_height = height;
  writer->out.input_components = (int) n_colours;
  writer->out.in_color_space = n_colours == 1 ? JCS_GRAYSCALE : n_colours == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults (&writer->out);
  jpeg_set_quality (&writer->out, QUALITY, TRUE);
  writer->out.dct_method = JDCT_ISLOW;
  writer->out.optimize_coding = TRUE;
  for (int i = 0; i < writer->out.num_components; i++)
    writer->out.comp_info[i].h_samp_factor = writer->out.comp_info[i].v_samp_factor = 1; /* no colour is coarser than another */
  jpeg_start_compress (&writer->out, TRUE);
  return writer;
}

void
dg_jpeg_writer_add (DgJpegWriter *writer, const guint8 *row)
{
  JSAMPROW rows[1] = { (JSAMPROW) row };

  jpeg_write_scanlines (&writer->out, rows, 1);
}

void
dg_jpeg_writer_free (DgJpegWriter *writer)
{
  if (writer == NULL)
    return;
  jpeg_destroy_compress (&writer->out);
  free (writer->bytes);
  g_free (writer);
}

GBytes *
dg_jpeg_writer_finish (DgJpegWriter *writer)
{
  GBytes *bytes;

  jpeg_finish_compress (&writer->out);
  bytes = g_bytes_new (writer->bytes, writer->length);
  dg_jpeg_writer_free (writer);
  return bytes;
}
