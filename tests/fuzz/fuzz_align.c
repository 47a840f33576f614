/* fuzz_align.c: an alignment file, checked against a dispatch. */
#include "fuzz.h"

#include "pair/alignfile.h"
#include "diglot.h"

const FuzzSeeds fuzz_seeds[] = { { "tests/golden/align", ".fix" }, { "tests/golden/align", ".json" }, { "tests/fuzz/seeds/align", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 60;

static const char text[] = "Harbour opens again\nThe harbour is open.\nPilots are glad.\nNothing was lost.\n"
                           "إعادة فتح الميناء\nالميناء مفتوح.\nالمرشدون مسرورون.\nلم يُفقد شيء.\n";

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static DiglotConverter *converter;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (DiglotAlignment) alignment = diglot_alignment_new (bytes, "a.json", NULL);

  if (converter == NULL)
    converter = diglot_converter_new (&(const DiglotOptions){ .bind_process = TRUE }, NULL);
  g_assert_nonnull (converter);
  for (guint i = 0; alignment != NULL && i <= MIN (dg_alignfile_count (alignment), 8); i++) {
    const char *name = i < dg_alignfile_count (alignment) ? dg_alignfile_name (alignment, i) : NULL;
    g_autoptr (GBytes) dispatch = g_bytes_new_static (text, sizeof text - 1);
    g_autoptr (DiglotInput) input = diglot_input_new (converter, dispatch, name != NULL ? name : "a.txt");
    g_autoptr (DiglotResult) result = NULL;

    g_free (dg_alignfile_dup_digest (alignment, name != NULL ? name : "a.txt"));
    diglot_input_align (input, alignment, name);
    result = diglot_input_convert (input, 0, DIGLOT_FORMAT_JSON);
    g_assert_true ((diglot_result_bytes (result) != NULL) == (diglot_result_worst (result) < DIGLOT_SEVERITY_ERROR));
  }
  return 0;
}
