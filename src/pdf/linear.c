/* linear.c: see linear.h. */
#include "pdf/linear.h"

#include <qpdf/qpdf-c.h>

#include "diglot.h"

static GBytes *
rewrite (qpdf_data qpdf, GBytes *pdf)
{
  if (qpdf_read_memory (qpdf, "document", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL) & QPDF_ERRORS)
    return NULL;
  if (qpdf_init_write_memory (qpdf) & QPDF_ERRORS)
    return NULL;
  qpdf_set_deterministic_ID (qpdf, QPDF_TRUE);
  qpdf_set_newline_before_endstream (qpdf, QPDF_TRUE); /* ISO 19005-2 6.1.7.1 */
  qpdf_set_stream_data_mode (qpdf, qpdf_s_compress);
  qpdf_set_object_stream_mode (qpdf, qpdf_o_generate);
  qpdf_set_linearization (qpdf, QPDF_TRUE);
  if (qpdf_write (qpdf) & QPDF_ERRORS)
    return NULL;
  return g_bytes_new (qpdf_get_buffer (qpdf), qpdf_get_buffer_length (qpdf));
}

GBytes *
dg_pdf_linearise (GBytes *pdf, GError **error)
{
  qpdf_data qpdf = qpdf_init ();
  GBytes   *bytes;

  qpdf_silence_errors (qpdf);
  qpdf_set_suppress_warnings (qpdf, QPDF_TRUE);
  bytes = rewrite (qpdf, pdf);
  /* A warning means that an object is not what its maker thought: never let such a file out. */
  if (bytes && qpdf_more_warnings (qpdf)) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the PDF's objects: %s", qpdf_get_error_full_text (qpdf, qpdf_next_warning (qpdf)));
    g_clear_pointer (&bytes, g_bytes_unref);
  } else if (!bytes) {
    qpdf_error cause = qpdf_has_error (qpdf) ? qpdf_get_error (qpdf) : NULL;

    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the PDF cannot be written: %s", cause ? qpdf_get_error_full_text (qpdf, cause) : "unknown cause");
  }
  qpdf_cleanup (&qpdf);
  return bytes;
}
