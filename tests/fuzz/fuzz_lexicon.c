/* fuzz_lexicon.c: the compiled lexicon of a language as it is kept: its sum is right and all else is not.  So is what is kept in a cache that
 * somebody else could write to after it was summed. */
#include "fuzz.h"

#include "base/cache.h"
#include "pair/lexicon.h"

#include <glib/gstdio.h>
#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/lexicon", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 500;

#define LANGUAGE "eo" /* no dictionary is read for it */

static const char *const words[] = { "haveno", "marto", "12", "ŝipo", "" };

static void
find (const DgLexicon *lexicon)
{
  for (DgLexiconKey key = DG_LEXICON_EXACT; key <= DG_LEXICON_ROOT; key++)
    for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
      DgWord         word;
      const guint32 *found;
      guint          n;
      guint64        sum = 0;

      dg_word_set (&word, words[i], strlen (words[i]));
      found = dg_lexicon_find (lexicon, key, &word, &n);
      g_assert_true ((found != NULL) == (n > 0));
      for (guint c = 0; c < n; c++)
        sum += found[c];
      g_assert_cmpuint (sum, <=, (guint64) n * G_MAXUINT32);
    }
}

/* The block with its sum and what else must be right for it to be looked at; small keys stand for those of the words, which nobody guesses. */
static void
mend (guint8 *block, gsize size)
{
  DgLexiconHeader header;

  memcpy (&header, block, sizeof header);
  header.magic = DG_LEXICON_MAGIC;
  header.format = DG_LEXICON_FORMAT;
  memcpy (block, &header, sizeof header);
  for (gsize at = sizeof header; at + sizeof (DgLexiconSlot) <= MIN (size, sizeof header + 64 * sizeof (DgLexiconSlot)); at += sizeof (DgLexiconSlot)) {
    DgLexiconSlot slot;

    memcpy (&slot, block + at, sizeof slot);
    if (slot.key > 0 && slot.key <= 3 * G_N_ELEMENTS (words)) {
      DgWord word;

      dg_word_set (&word, words[(slot.key - 1) / 3], strlen (words[(slot.key - 1) / 3]));
      slot.key = dg_lexicon_key ((slot.key - 1) % 3, &word);
      memcpy (block + at, &slot, sizeof slot);
    }
  }
  header.checksum = dg_cache_sum (block, size, G_STRUCT_OFFSET (DgLexiconHeader, checksum));
  memcpy (block, &header, sizeof header);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static char       *path;
  g_autofree guint8 *block = g_memdup2 (data, size);
  g_autoptr (DgLexicon) lexicon = NULL;

  if (size < sizeof (DgLexiconHeader))
    return 0;
  if (path == NULL) {
    g_autofree char *folder = g_dir_make_tmp ("diglot-fuzz-XXXXXX", NULL), *name = dg_lexicon_dup_name (LANGUAGE);

    g_setenv ("DIGLOT_READY", folder, TRUE);
    dg_cache_close (); /* what is damaged is made anew once, and not kept */
    path = g_build_filename (folder, name, NULL);
  }
  mend (block, size);
  g_unlink (path);
  g_assert_true (g_file_set_contents_full (path, (const char *) block, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  lexicon = dg_lexicon_new (LANGUAGE);
  find (lexicon);
  return 0;
}
