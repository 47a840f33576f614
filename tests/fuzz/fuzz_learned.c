/* fuzz_learned.c: a lexicon of learned words, which people mend by hand and pass on. */
#include "fuzz.h"

#include "pair/learned.h"

#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/learned", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 300;

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const tags[] = { "ar", "en", "de", "fa-AF", "" };
  static const char *const words[] = { "bridg", "جسر", "", "Hafen" };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgLearned) learned = dg_learned_new (bytes, "words.tsv", &error);

  g_assert_true ((learned != NULL) == (error == NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    for (guint k = 0; k < G_N_ELEMENTS (tags); k++) {
      const DgLearnedSide *side = dg_learned_get (learned, tags[i], tags[k]);

      for (guint w = 0; side != NULL && w < G_N_ELEMENTS (words); w++) {
        DgWord         word;
        guint          n;
        guint64        sum = 0;
        const guint32 *found;

        dg_word_set (&word, words[w], strlen (words[w]));
        found = dg_learned_find (side, &word, &n);
        for (guint c = 0; c < n; c++)
          sum += found[c];
        g_assert_true (n == 0 || sum > 0);
      }
    }
  return 0;
}
