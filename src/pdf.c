/* pdf.c: see pdf.h.
 *
 * libqpdf's C interface cannot parse an object that refers to others, so the objects are collected as text, laid out as a
 * plain file in memory, and libqpdf reads that and writes the real one. */
#include "pdf.h"

#include <libdeflate.h>
#include <math.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

#include "diglot.h"

#define PACKED_MIN 64            /* bytes; less is not worth a filter */

struct DgPdf {
  GPtrArray *bodies;             /* GBytes*, NULL while reserved; object n is at n - 1 */
  struct libdeflate_compressor *packer;
};

DgPdf *
dg_pdf_new (void)
{
  DgPdf *pdf = g_new0 (DgPdf, 1);

  pdf->bodies = g_ptr_array_new ();
  pdf->packer = libdeflate_alloc_compressor (6);
  return pdf;
}

void
dg_pdf_free (DgPdf *pdf)
{
  if (!pdf)
    return;
  for (guint i = 0; i < pdf->bodies->len; i++)
    if (pdf->bodies->pdata[i])
      g_bytes_unref (pdf->bodies->pdata[i]);
  g_ptr_array_unref (pdf->bodies);
  libdeflate_free_compressor (pdf->packer);
  g_free (pdf);
}

static void
set_bytes (DgPdf *pdf, guint number, GBytes *body)
{
  gpointer *slot = &pdf->bodies->pdata[number - 1];

  if (*slot)
    g_bytes_unref (*slot);
  *slot = body;
}

guint
dg_pdf_reserve (DgPdf *pdf)
{
  g_ptr_array_add (pdf->bodies, NULL);
  return pdf->bodies->len;
}

void
dg_pdf_set (DgPdf *pdf, guint number, const char *body)
{
  g_assert (number >= 1 && number <= pdf->bodies->len);
  set_bytes (pdf, number, g_bytes_new (body, strlen (body)));
}

guint
dg_pdf_add (DgPdf *pdf, const char *body)
{
  guint number = dg_pdf_reserve (pdf);

  dg_pdf_set (pdf, number, body);
  return number;
}

guint
dg_pdf_addf (DgPdf *pdf, const char *format, ...)
{
  g_autofree char *body = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  return dg_pdf_add (pdf, body);
}

/* Packs @data by Flate; FALSE where that is of no use.  libdeflate takes a third of zlib's time for the same length. */
static gboolean
pack (DgPdf *pdf, gconstpointer data, gsize length, GByteArray *packed)
{
  gsize n;

  if (length < PACKED_MIN)
    return FALSE;
  g_byte_array_set_size (packed, (guint) length);
  n = libdeflate_zlib_compress (pdf->packer, data, length, packed->data, packed->len);
  g_byte_array_set_size (packed, (guint) n);
  return n > 0;
}

guint
dg_pdf_add_stream (DgPdf *pdf, const char *entries, gconstpointer data, gsize length)
{
  guint number = dg_pdf_reserve (pdf);
  GString *body = g_string_new (NULL);
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  if (!strstr (entries, "/Filter") && !strstr (entries, "/Metadata") && pack (pdf, data, length, packed))
    {
      g_string_append (body, "<< /Filter /FlateDecode");
      data = packed->data;
      length = packed->len;
    }
  else
    g_string_append (body, "<<");
  g_string_append_printf (body, " /Length %" G_GSIZE_FORMAT " %s >>\nstream\n", length, entries);
  g_string_append_len (body, data, (gssize) length);
  g_string_append (body, "\nendstream");
  set_bytes (pdf, number, g_string_free_to_bytes (body));
  return number;
}

/* The objects as a plain file with a cross-reference table (ISO 32000-1 7.5). */
static GString *
lay_out (DgPdf *pdf, guint catalog, guint info, const char *version)
{
  GString *out = g_string_new (NULL);
  g_autofree gsize *offsets = g_new0 (gsize, pdf->bodies->len);
  gsize xref;

  g_string_append_printf (out, "%%PDF-%s\n", version);
  for (guint i = 0; i < pdf->bodies->len; i++)
    {
      GBytes *body = pdf->bodies->pdata[i];
      gsize length = 0;
      const char *data = body ? g_bytes_get_data (body, &length) : NULL;

      offsets[i] = out->len;
      g_string_append_printf (out, "%u 0 obj\n", i + 1);
      if (data)
        g_string_append_len (out, data, (gssize) length);
      else
        g_string_append (out, "null");
      g_string_append (out, "\nendobj\n");
    }
  xref = out->len;
  g_string_append_printf (out, "xref\n0 %u\n0000000000 65535 f \n", pdf->bodies->len + 1);
  for (guint i = 0; i < pdf->bodies->len; i++)
    g_string_append_printf (out, "%010" G_GSIZE_FORMAT " 00000 n \n", offsets[i]);
  g_string_append_printf (out, "trailer\n<< /Size %u /Root %u 0 R", pdf->bodies->len + 1, catalog);
  if (info)
    g_string_append_printf (out, " /Info %u 0 R", info);
  g_string_append_printf (out, " >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", xref);
  return out;
}

static GBytes *
rewrite (qpdf_data qpdf, const GString *plain, const char *version, gboolean linearise)
{
  if (qpdf_read_memory (qpdf, "document", plain->str, plain->len, NULL) & QPDF_ERRORS)
    return NULL;
  if (qpdf_init_write_memory (qpdf) & QPDF_ERRORS)
    return NULL;
  qpdf_set_deterministic_ID (qpdf, QPDF_TRUE);
  qpdf_set_newline_before_endstream (qpdf, QPDF_TRUE);    /* ISO 19005-2 6.1.7.1 */
  qpdf_set_stream_data_mode (qpdf, qpdf_s_compress);
  qpdf_set_object_stream_mode (qpdf, qpdf_o_generate);
  qpdf_set_minimum_pdf_version (qpdf, version);
  qpdf_set_linearization (qpdf, linearise);
  if (qpdf_write (qpdf) & QPDF_ERRORS)
    return NULL;
  return g_bytes_new (qpdf_get_buffer (qpdf), qpdf_get_buffer_length (qpdf));
}

GBytes *
dg_pdf_finish (DgPdf *pdf, guint catalog, guint info, const char *version, gboolean linearise, GError **error)
{
  GString *plain = lay_out (pdf, catalog, info, version);
  qpdf_data qpdf = qpdf_init ();
  GBytes *bytes;

  qpdf_silence_errors (qpdf);
  qpdf_set_suppress_warnings (qpdf, QPDF_TRUE);
  bytes = rewrite (qpdf, plain, version, linearise);
  /* A warning means that an object is not what its maker thought: never let such a file out. */
  if (bytes && qpdf_more_warnings (qpdf))
    {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the PDF's objects: %s",
                   qpdf_get_error_full_text (qpdf, qpdf_next_warning (qpdf)));
      g_clear_pointer (&bytes, g_bytes_unref);
    }
  else if (!bytes)
    {
      qpdf_error cause = qpdf_has_error (qpdf) ? qpdf_get_error (qpdf) : NULL;

      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the PDF cannot be written: %s",
                   cause ? qpdf_get_error_full_text (qpdf, cause) : "unknown cause");
    }
  qpdf_cleanup (&qpdf);
  g_string_free (plain, TRUE);
  return bytes;
}

void
dg_pdf_append_hex (GString *out, guint value)
{
  static const char digits[] = "0123456789ABCDEF";

  for (int shift = 12; shift >= 0; shift -= 4)
    g_string_append_c (out, digits[value >> shift & 15]);
}

void
dg_pdf_append_number (GString *out, double value, guint digits)
{
  static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
  char text[32], *end = text + sizeof text, *p = end;
  gint64 scaled, whole, fraction;

  digits = MIN (digits, 6);
  if (!isfinite (value))
    value = 0;
  scaled = llround (CLAMP (value, -1e9, 1e9) * (double) powers[digits]);
  whole = ABS (scaled) / powers[digits];
  fraction = ABS (scaled) % powers[digits];
  if (fraction > 0)
    {
      for (; fraction % 10 == 0; digits--)
        fraction /= 10;
      for (; digits > 0; digits--, fraction /= 10)
        *--p = (char) ('0' + fraction % 10);
      *--p = '.';
    }
  do
    *--p = (char) ('0' + whole % 10);
  while ((whole /= 10) > 0);
  if (scaled < 0)
    *--p = '-';
  g_string_append_len (out, p, end - p);
}

void
dg_pdf_append_utf16 (GString *out, const char *utf8, gssize length)
{
  const char *end = utf8 + (length < 0 ? (gssize) strlen (utf8) : length);

  for (const char *p = utf8; p < end; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (ch > 0xFFFF)
        dg_pdf_append_hex (out, 0xD800 + ((ch - 0x10000) >> 10));
      dg_pdf_append_hex (out, ch > 0xFFFF ? 0xDC00 + ((ch - 0x10000) & 0x3FF) : ch);
    }
}

void
dg_pdf_append_text (GString *out, const char *utf8, gssize length)
{
  gsize n = length < 0 ? strlen (utf8) : (gsize) length;
  gboolean plain = TRUE;

  for (gsize i = 0; i < n && plain; i++)
    plain = utf8[i] >= ' ' && utf8[i] <= '~';
  if (!plain)
    {
      g_string_append (out, "<FEFF");
      dg_pdf_append_utf16 (out, utf8, length);
      g_string_append_c (out, '>');
      return;
    }
  g_string_append_c (out, '(');
  for (gsize i = 0; i < n; i++)
    {
      if (strchr ("()\\", utf8[i]))
        g_string_append_c (out, '\\');
      g_string_append_c (out, utf8[i]);
    }
  g_string_append_c (out, ')');
}
