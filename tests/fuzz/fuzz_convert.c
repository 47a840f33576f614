/* fuzz_convert.c: a whole conversion, from bytes to a PDF; the first byte chooses the settings. */
#include "fuzz.h"

#include "diglot.h"

#include <qpdf/qpdf-c.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/golden", ".txt" }, { "tests/samples", ".txt" }, { "tests/fuzz/seeds/convert", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 1;

static DiglotConverter *
get_converter (guint nth)
{
  static const char *const narrow[] = { "columns.ratio=auto", "justify.kashida=several", "bidi.digits=language", NULL };
  static DiglotConverter  *converters[2];
  const DiglotOptions      options[] = { { .bind_process = TRUE }, { .bind_process = TRUE, .settings = narrow } };

  if (converters[nth] == NULL)
    converters[nth] = diglot_converter_new (&options[nth], NULL);
  g_assert_nonnull (converters[nth]);
  return converters[nth];
}

/* Every object and every stream can be read, and qpdf has nothing to remark. */
static void
check_pdf (GBytes *pdf)
{
  qpdf_data judge = qpdf_init ();

  qpdf_silence_errors (judge);
  g_assert_cmpint (qpdf_read_memory (judge, "a.pdf", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL), ==, QPDF_SUCCESS);
  g_assert_cmpint (qpdf_check_pdf (judge), ==, QPDF_SUCCESS);
  g_assert_false (qpdf_more_warnings (judge));
  qpdf_cleanup (&judge);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, MIN (size, 20000));
  g_autoptr (DiglotResult) result = diglot_convert (get_converter (size > 0 ? data[0] & 1 : 0), bytes, "a.txt", DIGLOT_FORMAT_PDF);
  GBytes *pdf = diglot_result_bytes (result);

  g_assert_true ((pdf != NULL) == (diglot_result_worst (result) < DIGLOT_SEVERITY_ERROR));
  if (pdf != NULL)
    check_pdf (pdf);
  return 0;
}
