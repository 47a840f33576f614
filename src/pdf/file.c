/* file.c: see file.h. */
#include "pdf/file.h"
#include "base/number.h"

#include <libdeflate.h>
#include <math.h>
#include <string.h>

#include "base/digest.h"
#include "pdf/linear.h"

#define PACKED_MIN 64  /* bytes; less is not worth a filter */
#define TOGETHER   200 /* objects in an object stream: a reader that wants one unpacks them all */

/* Levels of libdeflate.  Text and fonts would be a thirtieth shorter at the level of pictures, for a twelfth of a dispatch's time. */
enum { QUICK = 1, THOROUGH = 6 };

/* A row of the cross-reference: type, place in the file, place in an object stream; bytes each (ISO 32000-1 table 17). */
enum { TYPE_BYTES = 1, PLACE_BYTES = 5, NTH_BYTES = 2, ROW_BYTES = TYPE_BYTES + PLACE_BYTES + NTH_BYTES };

typedef struct {
  char    *body; /* NULL while reserved */
  gsize    length;
  gboolean is_stream;
} Object;

struct DgPdf {
  GArray                       *objects;                 /* Object; number n is at n - 1 */
  struct libdeflate_compressor *packer, *picture_packer; /* the latter NULL until there is a picture */
};

static void
clear_object (gpointer data)
{
  g_free (((Object *) data)->body);
}

DgPdf *
dg_pdf_new (void)
{
  DgPdf *pdf = g_new0 (DgPdf, 1);

  pdf->objects = g_array_new (FALSE, FALSE, sizeof (Object));
  g_array_set_clear_func (pdf->objects, clear_object);
  pdf->packer = libdeflate_alloc_compressor (QUICK);
  return pdf;
}

void
dg_pdf_free (DgPdf *pdf)
{
  if (!pdf)
    return;
  g_array_unref (pdf->objects);
  libdeflate_free_compressor (pdf->packer);
  libdeflate_free_compressor (pdf->picture_packer);
  g_free (pdf);
}

/* Objects */

guint
dg_pdf_reserve (DgPdf *pdf)
{
  Object object = { NULL, 0, FALSE };

  g_array_append_val (pdf->objects, object);
  return pdf->objects->len;
}

static void
set_object (DgPdf *pdf, guint number, char *body, gsize length, gboolean is_stream)
{
  Object *object;

  g_assert (number >= 1 && number <= pdf->objects->len);
  object = &g_array_index (pdf->objects, Object, number - 1);
  g_free (object->body);
  object->body = body;
  object->length = length;
  object->is_stream = is_stream;
}

void
dg_pdf_set (DgPdf *pdf, guint number, const GString *body)
{
  set_object (pdf, number, g_memdup2 (body->str, body->len), body->len, FALSE);
}

guint
dg_pdf_add (DgPdf *pdf, const GString *body)
{
  guint number = dg_pdf_reserve (pdf);

  dg_pdf_set (pdf, number, body);
  return number;
}

static void
set_format (DgPdf *pdf, guint number, const char *format, va_list args)
{
  char *body = g_strdup_vprintf (format, args);

  set_object (pdf, number, body, strlen (body), FALSE);
}

void
dg_pdf_setf (DgPdf *pdf, guint number, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_format (pdf, number, format, args);
  va_end (args);
}

guint
dg_pdf_addf (DgPdf *pdf, const char *format, ...)
{
  guint   number = dg_pdf_reserve (pdf);
  va_list args;

  va_start (args, format);
  set_format (pdf, number, format, args);
  va_end (args);
  return number;
}

/* A stream's dictionary and bytes, packed by Flate where @packer is given and it is of use.  Before endstream is an end of line that
 * /Length does not count (ISO 32000-1 7.3.8.1, ISO 19005-2 6.1.7.1). */
static GString *
make_stream (struct libdeflate_compressor *packer, const char *entries, gconstpointer data, gsize length)
{
  g_autofree guint8 *packed = NULL;
  gsize              n = 0;
  GString           *body;

  if (packer && length >= PACKED_MIN) {
    packed = g_malloc (length);
    n = libdeflate_zlib_compress (packer, data, length, packed, length);
  }
  if (n > 0) {
    data = packed;
    length = n;
  }
  body = g_string_sized_new (length + strlen (entries) + 80);
  g_string_append_printf (body, "<<%s /Length %" G_GSIZE_FORMAT " %s >>\nstream\n", n > 0 ? " /Filter /FlateDecode" : "", length, entries);
  g_string_append_len (body, data, (gssize) length);
  g_string_append (body, "\nendstream");
  return body;
}

static struct libdeflate_compressor *
packer_for (DgPdf *pdf, const char *entries)
{
  if (strstr (entries, "/Filter") || strstr (entries, "/Metadata"))
    return NULL;
  if (!strstr (entries, "/Image"))
    return pdf->packer;
  if (!pdf->picture_packer)
    pdf->picture_packer = libdeflate_alloc_compressor (THOROUGH);
  return pdf->picture_packer;
}

guint
dg_pdf_add_stream (DgPdf *pdf, const char *entries, gconstpointer data, gsize length)
{
  guint    number = dg_pdf_reserve (pdf);
  GString *body = make_stream (packer_for (pdf, entries), entries, data, length);
  gsize    n = body->len;

  set_object (pdf, number, g_string_free (body, FALSE), n, TRUE);
  return number;
}

/* The file */

typedef struct {
  GString    *out;
  GByteArray *rows; /* of the cross-reference, by number */
} File;

static void
put_bytes (guint8 *at, guint64 value, guint n)
{
  while (n-- > 0) {
    at[n] = (guint8) value;
    value >>= 8;
  }
}

/* Where object @number is: at @place in the file (@type 1), the @nth in object stream @place (2), nowhere (0). */
static void
set_row (File *file, guint number, guint type, gsize place, guint nth)
{
  guint8 *row;

  if (file->rows->len < (number + 1) * ROW_BYTES)
    g_byte_array_set_size (file->rows, (number + 1) * ROW_BYTES);
  row = file->rows->data + number * ROW_BYTES;
  put_bytes (row, type, TYPE_BYTES);
  put_bytes (row + TYPE_BYTES, place, PLACE_BYTES);
  put_bytes (row + TYPE_BYTES + PLACE_BYTES, nth, NTH_BYTES);
}

static void
append_object (File *file, guint number, const char *body, gsize length)
{
  set_row (file, number, 1, file->out->len, 0);
  g_string_append_printf (file->out, "%u 0 obj\n", number);
  g_string_append_len (file->out, body, (gssize) length);
  g_string_append (file->out, "\nendobj\n");
}

/* @n objects that are no streams as object stream @number (ISO 32000-1 7.5.7). */
static void
append_together (File *file, DgPdf *pdf, const guint *numbers, guint n, guint number)
{
  g_autoptr (GString) index = g_string_new (NULL), bodies = g_string_new (NULL), entries = g_string_new (NULL);
  GString *stream;

  for (guint i = 0; i < n; i++) {
    const Object *object = &g_array_index (pdf->objects, Object, numbers[i] - 1);

    g_assert (object->body);
    set_row (file, numbers[i], 2, number, i);
    g_string_append_printf (index, "%u %" G_GSIZE_FORMAT " ", numbers[i], bodies->len);
    g_string_append_len (bodies, object->body, (gssize) object->length);
    g_string_append_c (bodies, '\n');
  }
  g_string_printf (entries, "/Type /ObjStm /N %u /First %" G_GSIZE_FORMAT, n, index->len);
  g_string_append_len (index, bodies->str, (gssize) bodies->len);
  stream = make_stream (pdf->packer, entries->str, index->str, index->len);
  append_object (file, number, stream->str, stream->len);
  g_string_free (stream, TRUE);
}

/* The cross-reference as stream @number, with what a trailer says (ISO 32000-1 7.5.8).  The identifier is one of the content:
 * half the digest of all that is before (14.4). */
static void
append_cross_reference (File *file, DgPdf *pdf, guint number, guint catalog, guint info)
{
  g_autofree char *id = dg_digest_dup (file->out->str, file->out->len);
  g_autoptr (GString) entries = g_string_new (NULL);
  gsize    place = file->out->len;
  GString *stream;

  set_row (file, 0, 0, 0, G_MAXUINT16);
  set_row (file, number, 1, place, 0);
  g_string_printf (entries, "/Type /XRef /W [ %d %d %d ] /Size %u /Root %u 0 R /ID [ <%.32s> <%.32s> ]", TYPE_BYTES, PLACE_BYTES, NTH_BYTES, number + 1,
                   catalog, id, id);
  if (info)
    g_string_append_printf (entries, " /Info %u 0 R", info);
  stream = make_stream (pdf->packer, entries->str, file->rows->data, file->rows->len);
  append_object (file, number, stream->str, stream->len);
  g_string_append_printf (file->out, "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", place);
  g_string_free (stream, TRUE);
}

GBytes *
dg_pdf_finish (DgPdf *pdf, guint catalog, guint info, const char *version, gboolean linearise, GError **error)
{
  File file = { g_string_new (NULL), g_byte_array_new () };
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint)); /* numbers of objects that are no streams */
  guint   number = pdf->objects->len + 1;
  GBytes *bytes;

  g_string_printf (file.out, "%%PDF-%s\n%%\xE2\xE3\xCF\xD3\n", version); /* bytes beyond ASCII: no text (7.5.2) */
  for (guint i = 1; i <= pdf->objects->len; i++) {
    const Object *object = &g_array_index (pdf->objects, Object, i - 1);

    if (object->is_stream)
      append_object (&file, i, object->body, object->length);
    else
      g_array_append_val (others, i);
  }
  for (guint i = 0; i < others->len; i += TOGETHER)
    append_together (&file, pdf, &g_array_index (others, guint, i), MIN (TOGETHER, others->len - i), number++);
  append_cross_reference (&file, pdf, number, catalog, info);
  g_byte_array_unref (file.rows);
  bytes = g_string_free_to_bytes (file.out);
  if (linearise) {
    g_autoptr (GBytes) plain = bytes;

    bytes = dg_pdf_linearise (plain, error);
  }
  return bytes;
}

/* Syntax */

void
dg_pdf_append_hex (GString *out, guint value)
{
  static const char digits[] = "0123456789ABCDEF";

  for (int shift = 12; shift >= 0; shift -= 4)
    g_string_append_c (out, digits[value >> shift & 15]);
}

void
dg_pdf_append_byte (GString *out, guint byte)
{
  if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
    g_string_append_c (out, '\\');
  g_string_append_c (out, byte == '\r' ? 'r' : (char) byte);
}

void
dg_pdf_append_ref (GString *out, guint number)
{
  g_string_append_c (out, ' ');
  dg_number_append (out, number, 0);
  g_string_append (out, " 0 R");
}

static void
append_unit (GString *out, guint unit)
{
  dg_pdf_append_byte (out, unit >> 8);
  dg_pdf_append_byte (out, unit & 255);
}

/* Calls @append for each unit of UTF-16. */
static void
append_units (GString *out, const char *utf8, gsize length, void (*append) (GString *, guint))
{
  for (const char *p = utf8; p < utf8 + length; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (ch > 0xFFFF)
      append (out, 0xD800 + ((ch - 0x10000) >> 10));
    append (out, ch > 0xFFFF ? 0xDC00 + ((ch - 0x10000) & 0x3FF) : ch);
  }
}

void
dg_pdf_append_utf16 (GString *out, const char *utf8, gssize length)
{
  append_units (out, utf8, length < 0 ? strlen (utf8) : (gsize) length, dg_pdf_append_hex);
}

void
dg_pdf_append_text (GString *out, const char *utf8, gssize length)
{
  gsize    n = length < 0 ? strlen (utf8) : (gsize) length;
  gboolean plain = TRUE;

  for (gsize i = 0; i < n && plain; i++)
    plain = utf8[i] >= ' ' && utf8[i] <= '~';
  g_string_append_c (out, '(');
  if (plain)
    for (gsize i = 0; i < n; i++)
      dg_pdf_append_byte (out, (guchar) utf8[i]);
  else {
    append_unit (out, 0xFEFF);
    append_units (out, utf8, n, append_unit);
  }
  g_string_append_c (out, ')');
}
