/* fuzz_patterns.c: hyphenation patterns as a file of the system has them, and as they are kept in the cache, where the sum is right
 * and all else is not. */
#include "fuzz.h"

#include "base/cache.h"
#include "type/patterns.h"
#include "type/patterns_file.h"

#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/patterns", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 300;

static void
find (const DgPatterns *patterns)
{
  static const char *const words[] = { "harbourmaster", "hafenlotse", "asszony", "ab", "" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    guint8               after[20] = { 0 };
    glong                n;
    g_autofree gunichar *word = g_utf8_to_ucs4_fast (words[i], -1, &n);

    dg_patterns_find (patterns, word, (guint) n, after);
    for (glong k = 0; k < n; k++)
      g_assert_cmpuint (after[k], <=, DG_HYPHEN_CHANGED);
    /* None after the last letter: half of a word would be nothing. */
    g_assert_true (n == 0 || after[n - 1] == DG_HYPHEN_NONE);
  }
}

/* @data as a block that says of itself that it is whole. */
static GBytes *
kept (const uint8_t *data, size_t size)
{
  g_autofree guint8 *block = g_memdup2 (data, size);
  DgPatternsHeader   header;

  if (size < sizeof header)
    return NULL;
  memcpy (&header, block, sizeof header);
  header.magic = DG_PATTERNS_MAGIC;
  memcpy (block, &header, sizeof header);
  header.checksum = dg_cache_sum (block, size, G_STRUCT_OFFSET (DgPatternsHeader, checksum));
  memcpy (block, &header, sizeof header);
  return g_bytes_new_take (g_steal_pointer (&block), size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  char path[40];
  int  fd = fuzz_file (data, size, path);
  g_autoptr (GBytes) compiled = dg_patterns_compile (path);
  g_autoptr (GBytes) block = kept (data, size);
  g_autoptr (DgPatterns) made = compiled != NULL ? dg_patterns_adopt (compiled) : NULL;
  g_autoptr (DgPatterns) forged = block != NULL ? dg_patterns_adopt (block) : NULL;

  g_assert_true ((compiled != NULL) == (made != NULL));
  if (made != NULL)
    find (made);
  if (forged != NULL)
    find (forged);
  close (fd);
  return 0;
}
