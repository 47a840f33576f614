/* fuzz_labels.c: the words by which a line tells what it is, and the dates in it. */
#include "fuzz.h"

#include "read/date.h"
#include "read/labels.h"

#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/golden/parse", ".txt" }, { "tests/samples", ".txt" }, { "templates/data", "labels.ini" }, { NULL, NULL } };
const guint     fuzz_rounds = 10;

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const langs[] = { "en", "ar", "fr", "fa", "zh", "he", "el" };
  const DgLabels          *labels = dg_labels_get (NULL);
  g_autofree char         *bytes = g_strndup ((const char *) data, MIN (size, 4000));
  g_autofree char         *text = g_utf8_make_valid (bytes, -1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_nonnull (labels);
  for (guint i = 0; lines[i] != NULL; i++) {
    gsize length = strlen (lines[i]);
    guint kinds = 0, bits = 0;
    g_autoptr (GString) rest = g_string_new (NULL);
    DgDateFound found;

    g_assert_cmpuint (dg_labels_match (labels, lines[i], length, &kinds, &bits), <=, length);
    for (guint kind = 0; kind < DG_LABEL_COUNT; kind++) {
      dg_labels_is (labels, (DgLabelKind) kind, lines[i], length);
      dg_labels_begins (labels, (DgLabelKind) kind, lines[i], length);
    }
    dg_labels_strip_agencies (labels, lines[i], length, rest);
    g_assert_true (g_utf8_validate (rest->str, (gssize) rest->len, NULL));
    dg_date_read (lines[i], length, langs[i % G_N_ELEMENTS (langs)], &found);
  }
  return 0;
}
