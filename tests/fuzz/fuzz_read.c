/* fuzz_read.c: a dispatch is decoded, parted, parsed and paired, and told as JSON. */
#include "fuzz.h"

#include "diglot.h"
#include "base/utf.h"

const FuzzSeeds fuzz_seeds[] = { { "tests/golden", ".txt" }, { "tests/samples", ".txt" }, { "tests/fuzz/seeds/read", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 8;

/* What a terminal is given: nothing in it moves the cursor or turns the reading. */
static void
check_messages (const DiglotResult *result)
{
  guint                n;
  const DiglotMessage *messages = diglot_result_messages (result, &n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *line = diglot_message_dup_text (&messages[i]);

    g_assert_true (g_utf8_validate (line, -1, NULL));
    for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)) || dg_is_bidi_control (g_utf8_get_char (p)));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static DiglotConverter *converter;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (DiglotInput) input = NULL;

  if (converter == NULL)
    converter = diglot_converter_new (&(const DiglotOptions){ .bind_process = TRUE }, NULL);
  g_assert_nonnull (converter);
  input = diglot_input_new (converter, bytes, "a.txt");
  for (guint i = 0; i < MIN (diglot_input_count (input), 50); i++) {
    g_autoptr (DiglotResult) result = diglot_input_convert (input, i, DIGLOT_FORMAT_JSON);

    check_messages (result);
    g_assert_true ((diglot_result_bytes (result) != NULL) == (diglot_result_worst (result) < DIGLOT_SEVERITY_ERROR));
  }
  return 0;
}
