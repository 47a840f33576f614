/* fuzz_outcome.c: what a reader that went astray may send the process that writes. */
#include "fuzz.h"

#include "batch/outcome.h"

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/outcome", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 2000;

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (DgOutcome) outcome = dg_outcome_from_bytes (bytes);

  for (guint i = 0; outcome != NULL && i < outcome->parts->len; i++) {
    const DgPart *part = outcome->parts->pdata[i];

    for (guint k = 0; k < part->messages->len; k++) {
      g_autofree char *line = diglot_message_dup_text (part->messages->pdata[k]);
      g_autofree char *json = diglot_message_dup_json (part->messages->pdata[k]);

      g_assert_true (g_utf8_validate (line, -1, NULL) && g_utf8_validate (json, -1, NULL));
    }
  }
  return 0;
}
