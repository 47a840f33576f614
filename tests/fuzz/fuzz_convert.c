/* fuzz_convert.c: a whole conversion, from bytes to a PDF; the first byte chooses the settings. */
#include "fuzz.h"

#include "diglot.h"

#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/golden", ".txt" }, { "tests/samples", ".txt" }, { "tests/fuzz/seeds/convert", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 1;

static DiglotConverter *
get_converter (guint nth)
{
  static const char *const  narrow[] = { "columns.ratio=auto", "justify.kashida=full", "bidi.digits=language", NULL };
  static DiglotConverter   *converters[2];
  const DiglotOptions       options[] = { { .bind_process = TRUE }, { .bind_process = TRUE, .settings = narrow } };

  if (converters[nth] == NULL)
    converters[nth] = diglot_converter_new (&options[nth], NULL);
  g_assert_nonnull (converters[nth]);
  return converters[nth];
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes)       bytes = g_bytes_new (data, MIN (size, 20000));
  g_autoptr (DiglotResult) result = diglot_convert (get_converter (size > 0 ? data[0] & 1 : 0), bytes, "a.txt", DIGLOT_FORMAT_PDF);
  GBytes                  *pdf = diglot_result_bytes (result);

  g_assert_true ((pdf != NULL) == (diglot_result_worst (result) < DIGLOT_SEVERITY_ERROR));
  g_assert_true (pdf == NULL || memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5) == 0);
  return 0;
}
