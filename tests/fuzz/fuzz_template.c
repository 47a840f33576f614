/* fuzz_template.c: a template of anybody's, and a key of it set on the command line. */
#include "fuzz.h"

#include "page/template.h"

const FuzzSeeds fuzz_seeds[] = { { "templates", ".ini" }, { "tests/golden/template", ".ini" }, { "tests/fuzz/seeds/template", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 40;

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  char              path[40];
  int               fd = fuzz_file (data, size, path);
  g_autofree char  *setting = g_strndup ((const char *) data, MIN (size, 200));
  const char *const settings[] = { setting, NULL };
  g_autoptr (DgTemplate) from_file = dg_template_new (path, NULL, NULL);
  g_autoptr (DgTemplate) from_word = dg_template_new ("dispatch", settings, NULL);
  g_autoptr (GString) dump = g_string_new (NULL);

  if (from_file != NULL)
    dg_template_dump (from_file, dump);
  if (from_word != NULL)
    dg_template_dump (from_word, dump);
  close (fd);
  return 0;
}
