/* fuzz_report.c: a report of another machine's part of the work, to be put together with the others. */
#include "fuzz.h"

#include "diglot.h"

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/report", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 200;

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  char               path[40], good[40];
  static const char  other[] = "{\"n\":7,\"input\":\"z.txt\",\"output\":\"z.pdf\",\"status\":\"set\",\"messages\":[]}\n{\"total\":{\"found\":7}}\n";
  int                fd = fuzz_file (data, size, path), fixed = fuzz_file ((const uint8_t *) other, sizeof other - 1, good);
  const char *const  files[] = { path, good, NULL };
  const DiglotEvents events = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) merged = diglot_merge_reports (files, "-", &events, &error);

  g_assert_true ((merged != NULL) == (error == NULL));
  if (merged != NULL)
    g_assert_true (g_utf8_validate (g_bytes_get_data (merged, NULL), (gssize) g_bytes_get_size (merged), NULL));
  close (fd);
  close (fixed);
  return 0;
}
