/* test_patterns.c: hyphenation patterns out of the cache break every word as libhyphen's own do, and a damaged cache does no harm. */
#include "type/hyphens.h"
#include "type/patterns.h"
#include "scratch.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATTERN_DIR "/usr/share/hyphen/"

/* The breaks of @word as digits, one a byte. */
static void
hyphenate (HyphenDict *dict, const char *word, char *marks)
{
  char **replace = NULL;
  int   *place = NULL, *cut = NULL;
  gsize  n = strlen (word);

  memset (marks, 0, n + 5);
  g_assert_cmpint (hnj_hyphen_hyphenate2 (dict, word, (int) n, marks, NULL, &replace, &place, &cut), ==, 0);
  for (gsize i = 0; replace != NULL && i < n; i++)
    free (replace[i]);
  free (replace);
  free (place);
  free (cut);
}

static GBytes *
copy (GBytes *bytes)
{
  return g_bytes_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
compare (const char *file, const char *const *words)
{
  g_autofree char *path = g_strconcat (PATTERN_DIR, file, NULL);
  HyphenDict      *own = hnj_hyphen_load (path), *unpacked;
  g_autoptr (GBytes) block = NULL, ready = NULL;
  guint breaks = 0;

  g_assert_nonnull (own);
  block = dg_patterns_pack (own);
  ready = copy (block);
  unpacked = dg_patterns_unpack (ready);
  g_assert_nonnull (unpacked);
  for (; *words != NULL; words++) {
    char one[128], other[128];

    hyphenate (own, *words, one);
    hyphenate (unpacked, *words, other);
    g_assert_cmpstr (one, ==, other);
    breaks += strpbrk (one, "13579") != NULL;
  }
  g_assert_cmpuint (breaks, >, 0);
  hnj_hyphen_free (own);
}

static void
test_same (void)
{
  static const char *const english[] = { "hyphenation", "representative", "government", "it", "daughter-in-law", "o'clock", "naïveté", NULL };
  static const char *const german[] = { "Donaudampfschifffahrt", "außergewöhnlich", "Regierung", NULL };
  static const char *const russian[] = { "правительство", "восстановление", "и", NULL };

  compare ("hyph_en_US.dic", english);
  compare ("hyph_de_DE.dic", german);
  compare ("hyph_ru_RU.dic", russian);
}

/* No bit may be turned, no byte be missing. */
static void
test_damaged (void)
{
  HyphenDict *own = hnj_hyphen_load (PATTERN_DIR "hyph_it_IT.dic");
  g_autoptr (GBytes) block = NULL;
  gsize size;

  g_assert_nonnull (own);
  block = dg_patterns_pack (own);
  size = g_bytes_get_size (block);
  for (gsize at = 0; at < size; at += 97) {
    g_autoptr (GBytes) turned = copy (block);
    g_autoptr (GBytes) start = g_bytes_new_from_bytes (block, 0, at);
    g_autoptr (GBytes) cut = copy (start);

    ((char *) g_bytes_get_data (turned, NULL))[at] ^= 4;
    g_assert_null (dg_patterns_unpack (turned));
    g_assert_null (dg_patterns_unpack (cut));
  }
  hnj_hyphen_free (own);
}

/* Made, found, damaged, a pipe, and made again: always the same breaks; a cache that cannot be written is done without. */
static void
test_cache (void)
{
  const char *const folder = g_get_user_cache_dir ();
  g_autofree char  *ours = g_build_filename (folder, "diglot", NULL);
  g_autoptr (GDir) dir = NULL;
  g_autofree char *file = NULL;
  char             first[32], again[32];

  alarm (30);
  for (guint round = 0; round < 5; round++) {
    DgPatterns *patterns = dg_patterns_new (PATTERN_DIR "hyph_sv_SE.dic");

    g_assert_nonnull (patterns);
    hyphenate (dg_patterns_dict (patterns), "regeringen", round == 0 ? first : again);
    if (round > 0)
      g_assert_cmpstr (first, ==, again);
    dg_patterns_free (patterns);
    if (round == 0) {
      dir = g_dir_open (ours, 0, NULL);
      g_assert_nonnull (dir);
      file = g_build_filename (ours, g_dir_read_name (dir), NULL);
      g_assert_null (g_dir_read_name (dir));
    } else if (round == 1) {
      g_assert_true (g_file_set_contents (file, "nonsense", -1, NULL));
    } else if (round == 2) {
      g_assert_cmpint (g_remove (file), ==, 0);
      g_assert_cmpint (mkfifo (file, 0600), ==, 0);
    } else if (round == 3) {
      g_assert_cmpint (g_remove (file), ==, 0);
      g_assert_cmpint (g_rmdir (ours), ==, 0);
      g_assert_true (g_file_set_contents (ours, "no folder", -1, NULL));
    }
  }
  alarm (0);
  g_remove (ours);
  g_assert_null (dg_patterns_new (PATTERN_DIR "hyph_none.dic"));
}

/* What is kept is used where it lies, by the process that gets its place; by another at the same time, and where the place makes no sense, it
 * is moved. */
static void
test_place (void)
{
  const char *const folder = g_get_user_cache_dir ();
  g_autofree char  *ours = g_build_filename (folder, "diglot", NULL), *file = NULL, *bytes = NULL;
  DgPatterns       *made = dg_patterns_new (PATTERN_DIR "hyph_sv_SE.dic"), *placed, *moved;
  char              first[32], again[32];
  g_autoptr (GDir) dir = g_dir_open (ours, 0, NULL);
  guint64 place;
  gsize   size;

  g_assert_nonnull (dir);
  file = g_build_filename (ours, g_dir_read_name (dir), NULL);
  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  memcpy (&place, bytes, sizeof place);
  hyphenate (dg_patterns_dict (made), "regeringen", first);
  dg_patterns_free (made);

  placed = dg_patterns_new (PATTERN_DIR "hyph_sv_SE.dic");
  moved = dg_patterns_new (PATTERN_DIR "hyph_sv_SE.dic");
  g_assert_true ((gsize) dg_patterns_dict (placed) > place && (gsize) dg_patterns_dict (placed) < place + size);
  g_assert_false ((gsize) dg_patterns_dict (moved) > place && (gsize) dg_patterns_dict (moved) < place + size);
  hyphenate (dg_patterns_dict (placed), "regeringen", again);
  g_assert_cmpstr (first, ==, again);
  hyphenate (dg_patterns_dict (moved), "regeringen", again);
  g_assert_cmpstr (first, ==, again);
  dg_patterns_free (placed);
  dg_patterns_free (moved);

  for (guint i = 0; i < 4; i++) {
    const guint64 senseless[] = { 0, 12345, G_MAXUINT64, (gsize) &place & ~(gsize) 4095 };

    memcpy (bytes, &senseless[i], sizeof place);
    g_assert_true (g_file_set_contents_full (file, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    made = dg_patterns_new (PATTERN_DIR "hyph_sv_SE.dic");
    g_assert_nonnull (made);
    hyphenate (dg_patterns_dict (made), "regeringen", again);
    g_assert_cmpstr (first, ==, again);
    dg_patterns_free (made);
  }
  g_remove (file);
  g_remove (ours);
}

/* Every language that has patterns finds their file. */
static void
test_languages (void)
{
  static const struct {
    const char *lang, *word;
  } cases[] = {
    { "en", "hyphenation" }, { "fr", "gouvernement" },  { "de", "Regierung" },  { "es", "gobierno" },  { "it", "governo" },
    { "pt", "governo" },     { "ru", "правительство" }, { "sv", "regeringen" }, { "el", "κυβέρνηση" }, { "en-US", "hyphenation" },
  };
  g_autoptr (DgHyphens) hyphens = dg_hyphens_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    glong                n;
    g_autofree gunichar *word = g_utf8_to_ucs4_fast (cases[i].word, -1, &n);
    gboolean             after[32];

    g_test_message ("%s", cases[i].lang);
    g_assert_true (dg_hyphens_find (hyphens, cases[i].lang, word, (guint) n, after));
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *home = scratch_make_home ();
  int              status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patterns/same", test_same);
  g_test_add_func ("/patterns/damaged", test_damaged);
  g_test_add_func ("/patterns/cache", test_cache);
  g_test_add_func ("/patterns/place", test_place);
  g_test_add_func ("/patterns/languages", test_languages);
  status = g_test_run ();
  scratch_remove (home);
  return status;
}
