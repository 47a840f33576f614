/* test_patterns.c: words are broken as libhyphen breaks them, in every language whose patterns are installed; what patterns mean is known without
 * it too; damaged files and damaged caches do no harm. */
#include "type/hyphens.h"
#include "type/patterns.h"
#include "type/patterns_file.h"
#include "scratch.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATTERN_DIR "/usr/share/hyphen/"
#define PATTERNS    1500 /* of a file that words are made of */
#define LETTERS     64

/* libhyphen, which the files are made for; its header is not needed for these three. */
typedef struct {
  void *(*load) (const char *path);
  int (*hyphenate) (void *dict, const char *word, int size, char *marks, char *word_with_hyphens, char ***replace, int **place, int **cut);
  void (*free) (void *dict);
} Judge;

static gboolean
find_judge (Judge *judge)
{
  void *library = dlopen ("libhyphen.so.0", RTLD_NOW);

  if (library == NULL)
    return FALSE;
  /* POSIX has functions be as wide as pointers. */
  *(void **) &judge->load = dlsym (library, "hnj_hyphen_load");
  *(void **) &judge->hyphenate = dlsym (library, "hnj_hyphen_hyphenate2");
  *(void **) &judge->free = dlsym (library, "hnj_hyphen_free");
  return judge->load != NULL && judge->hyphenate != NULL && judge->free != NULL;
}

/* The word with "-" where it may be broken, "=" between parts of a compound, "~" where its spelling would change. */
static void
show (const gunichar *word, guint n, const guint8 *after, gboolean joints, GString *out)
{
  g_string_truncate (out, 0);
  for (guint i = 0; i < n; i++) {
    g_string_append_unichar (out, word[i]);
    if (after[i] == DG_HYPHEN_CHANGED)
      g_string_append_c (out, '~');
    else if (after[i] != DG_HYPHEN_NONE)
      g_string_append_c (out, after[i] == DG_HYPHEN_JOINT && joints ? '=' : '-');
  }
}

/* What the judge says; FALSE for a word that its charset cannot spell. */
static gboolean
ask_judge (const Judge *judge, void *dict, const char *charset, const gunichar *word, guint n, guint8 *after)
{
  gboolean         utf8 = strcmp (charset, "UTF-8") == 0;
  g_autofree char *text = g_ucs4_to_utf8 (word, n, NULL, NULL, NULL);
  gsize            size = strlen (text);
  g_autofree char *spelt = utf8 ? g_strdup (text) : g_convert (text, -1, charset, "UTF-8", NULL, &size, NULL);
  g_autofree char *marks = NULL;
  char           **replace = NULL;
  int             *place = NULL, *cut = NULL;

  memset (after, 0, n);
  if (spelt == NULL)
    return FALSE;
  marks = g_malloc0 (size + 5);
  g_assert_cmpint (judge->hyphenate (dict, spelt, (int) size, marks, NULL, &replace, &place, &cut), ==, 0);
  for (guint i = 0; i + 1 < n; i++)
    after[i] = (marks[i] & 1) == 0 ? DG_HYPHEN_NONE : replace != NULL && replace[i] != NULL ? DG_HYPHEN_CHANGED : DG_HYPHEN_SYLLABLE;
  for (gsize i = 0; replace != NULL && i < size; i++)
    free (replace[i]);
  free (replace);
  free (place);
  free (cut);
  return TRUE;
}

/* The letters of the pattern in @line: what stands before "/" or a blank, but for digits and edges. */
static guint
get_letters (const char *line, gunichar *letters)
{
  guint n = 0;

  for (const char *p = line; (guchar) *p > ' ' && *p != '/' && n < LETTERS; p = g_utf8_next_char (p))
    if (!g_ascii_isdigit (*p) && *p != '.')
      letters[n++] = g_utf8_get_char (p);
  return n;
}

/* Takes away what would leave a letter alone: two releases of libhyphen differ there, and no language wants it. */
static void
drop_single (const gunichar *word, guint n, guint8 *after)
{
  for (guint i = 0; i + 1 < n; i++)
    if (i == 0 || i + 2 == n || !g_unichar_isalpha (word[i - 1]) || !g_unichar_isalpha (word[i + 2]))
      after[i] = DG_HYPHEN_NONE;
}

/* Words as patterns have them, two running together, with a hyphen, an apostrophe or a number between them, and once more. */
static void
compare_file (const Judge *judge, const char *path)
{
  static const char *const between[] = { "", "-", "'", "12", "" };
  g_autofree char         *bytes = NULL, *text = NULL, *charset = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (DgPatterns) patterns = dg_patterns_new (path);
  g_autoptr (GString) ours = g_string_new (NULL), theirs = g_string_new (NULL);
  void    *dict = judge->load (path);
  gsize    size;
  guint    n_lines, breaks = 0, differ = 0, step, n = 0;
  gunichar word[4 * LETTERS];

  g_assert_nonnull (patterns);
  g_assert_nonnull (dict);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  charset = g_strndup (bytes, strcspn (bytes, "\r\n"));
  text = strcmp (charset, "UTF-8") == 0 ? g_strdup (bytes) : g_convert_with_fallback (bytes, (gssize) size, "UTF-8", charset, "?", NULL, NULL, NULL);
  g_assert_nonnull (text);
  lines = g_strsplit (text, "\n", -1);
  n_lines = g_strv_length (lines);
  step = MAX (n_lines / PATTERNS, 1);
  for (guint i = 1, k = 0; i < n_lines; i += step, k++) {
    guint8      one[4 * LETTERS], other[4 * LETTERS];
    const char *joint = between[k % G_N_ELEMENTS (between)];

    if (lines[i][0] == '%' || lines[i][0] == '#' || g_ascii_isupper (lines[i][0]) || n > 2 * LETTERS)
      n = 0;
    else {
      for (; *joint != '\0' && n > 0; joint++)
        word[n++] = (gunichar) *joint;
      n += get_letters (lines[i], word + n);
    }
    if (n < 5 || !ask_judge (judge, dict, charset, word, n, other))
      continue;
    dg_patterns_find (patterns, word, n, one);
    drop_single (word, n, one);
    drop_single (word, n, other);
    show (word, n, one, FALSE, ours);
    show (word, n, other, FALSE, theirs);
    breaks += strpbrk (ours->str, "-~") != NULL;
    if (strcmp (ours->str, theirs->str) != 0 && differ++ < 5)
      g_test_message ("%s: %s, libhyphen %s", path, ours->str, theirs->str);
    if (k % 3 == 2)
      n = 0;
  }
  g_assert_cmpuint (differ, ==, 0);
  g_assert_cmpuint (breaks, >, 0);
  judge->free (dict);
}

static void
test_judge (void)
{
  Judge judge;
  g_autoptr (GDir) dir = g_dir_open (PATTERN_DIR, 0, NULL);
  const char *name;
  guint       n = 0;

  if (!find_judge (&judge) || dir == NULL) {
    g_test_skip ("libhyphen or all patterns are missing");
    return;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_strconcat (PATTERN_DIR, name, NULL);

    if (!g_str_has_suffix (name, ".dic") || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      continue;
    compare_file (&judge, path);
    n++;
  }
  g_test_message ("%u languages", n);
}

/* The word @text as patterns of a file that holds @bytes break it. */
static char *
dup_broken (const char *bytes, gssize size, const char *text)
{
  g_autofree char     *path = g_build_filename (g_get_user_cache_dir (), "some.dic", NULL);
  glong                n;
  g_autofree gunichar *word = g_utf8_to_ucs4_fast (text, -1, &n);
  g_autoptr (DgPatterns) patterns = NULL;
  GString *out = g_string_new (NULL);
  guint8   after[LETTERS];

  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
  patterns = dg_patterns_new (path);
  if (patterns != NULL) {
    dg_patterns_find (patterns, word, (guint) n, after);
    show (word, (guint) n, after, TRUE, out);
  }
  g_remove (path);
  return g_string_free (out, FALSE);
}

/* What a file says, without libhyphen. */
static void
test_meaning (void)
{
  static const struct {
    const char *file, *word, *broken;
  } cases[] = {
    { "UTF-8\n1ta\n1na\n", "banatana", "ba-na-ta-na" },
    { "UTF-8\nRIGHTHYPHENMIN 3\n1ta\n1na\n", "banatana", "ba-na-tana" },
    { "UTF-8\nLEFTHYPHENMIN 3\n1ta\n1na\n", "banatana", "bana-ta-na" },
    /* The higher number has its way; a dot is the edge. */
    { "UTF-8\n1ta\n1na\na2ta\n", "banatana", "ba-nata-na" },
    { "UTF-8\n1na\n.ba2n\n", "banana", "bana-na" },
    /* Of patterns that end at one letter the longest start of any counts, as files are made for. */
    { "UTF-8\n1na\nbanax\n", "cabana", "cabana" },
    { "UTF-8\n% 1na\n# 1na\n1ta\r\n", "banatana", "bana-tana" },
    { "KOI8-R\n1\xd2\xcf\n", "города", "го-рода" },
    { "KOI8-R\n1\xd2\xcf\n", "gorod", "gorod" },
    { "UTF-8\n1рο\n\xff\xfe\n1ро\n", "города", "го-рода" },
    /* Hyphens and apostrophes part words, and are not broken at. */
    { "UTF-8\n1ta\n", "bata-bata'tabata", "bata-bata'taba-ta" },
    { "UTF-8\n1ta\n", "babata-batata’batata", "babata-batata’bata-ta" },
    /* Two levels: compounds, and what they consist of. */
    { "UTF-8\nCOMPOUNDLEFTHYPHENMIN 2\nCOMPOUNDRIGHTHYPHENMIN 2\nwasser1\nNEXTLEVEL\ns1s\n1b\n1c\n", "wasserbecher", "was-ser=be-cher" },
    { "UTF-8\nwasser1\nNEXTLEVEL\ns1s\n1b1e\n1c\n", "wasserbecher", "was-ser=b-e-cher" },
    { "UTF-8\nNEXTLEVEL\n1ta\n", "banatana", "bana-tana" },
    /* Spelt anew. */
    { "UTF-8\ns3szo/sz=sz,1,2\n", "asszony", "as~szony" },
    { "UTF-8\nRIGHTHYPHENMIN 7\ns3szo/sz=sz,1,2\n", "asszony", "asszony" },
    { "ISO8859-2\n1ta\n", "banatana", "bana-tana" },
    { "no-charset\n1ta\n", "banatana", "" },
    { "UTF-8", "banatana", "" },
    { "UTF-8\n", "banatana", "banatana" },
    { "UTF-8\n1ta\n", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *broken = dup_broken (cases[i].file, -1, cases[i].word);

    g_test_message ("%u: %s", i, cases[i].file);
    g_assert_cmpstr (broken, ==, cases[i].broken);
  }
}

/* Files that no patterns are in do no harm. */
static void
test_rubbish (void)
{
  for (guint round = 0; round < 300; round++) {
    static const char some[] = "UTF-8\nISO8859-1\nNEXTLEVEL\nLEFTHYPHENMIN 99999999999\nNOHYPHEN -,,\n1a1/b=,9,9\n.1é2/=\n";
    char              bytes[400];
    g_autofree char  *broken = NULL;

    memcpy (bytes, "UTF-8\n1", 7);
    for (guint i = 7; i < sizeof bytes; i++)
      bytes[i] = round % 2 ? (char) g_test_rand_int_range (0, 256) : some[g_test_rand_int_range (0, sizeof some - 1)];
    broken = dup_broken (bytes, sizeof bytes, "laaéb-aé'ab1aaaa");
  }
}

static GBytes *
copy (GBytes *bytes)
{
  return g_bytes_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* No bit may be turned, no byte be missing. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) block = dg_patterns_compile (PATTERN_DIR "hyph_it_IT.dic");
  gsize size;

  g_assert_nonnull (block);
  size = g_bytes_get_size (block);
  for (gsize at = 0; at < size; at += 41) {
    g_autoptr (GBytes) turned = copy (block), start = g_bytes_new_from_bytes (block, 0, at), cut = copy (start);

    ((char *) g_bytes_get_data (turned, NULL))[at] ^= 4;
    g_assert_null (dg_patterns_adopt (turned));
    g_assert_null (dg_patterns_adopt (cut));
  }
}

/* The breaks of "regeringen" by Swedish patterns as the library finds them now. */
static char *
dup_swedish (void)
{
  static const gunichar word[] = { 'r', 'e', 'g', 'e', 'r', 'i', 'n', 'g', 'e', 'n' };
  g_autoptr (DgPatterns) patterns = dg_patterns_new (PATTERN_DIR "hyph_sv_SE.dic");
  GString *out = g_string_new (NULL);
  guint8   after[G_N_ELEMENTS (word)];

  g_assert_nonnull (patterns);
  dg_patterns_find (patterns, word, G_N_ELEMENTS (word), after);
  show (word, G_N_ELEMENTS (word), after, TRUE, out);
  return g_string_free (out, FALSE);
}

/* Made, found, damaged, a pipe, and made again: always the same breaks; a cache that cannot be written is done without. */
static void
test_cache (void)
{
  g_autofree char *ours = g_build_filename (g_get_user_cache_dir (), "diglot", NULL), *first = NULL, *file = NULL;

  scratch_remove (ours);
  alarm (30);
  for (guint round = 0; round < 5; round++) {
    g_autofree char *again = dup_swedish ();

    if (round == 0) {
      g_autoptr (GDir) dir = g_dir_open (ours, 0, NULL);

      g_assert_nonnull (dir);
      file = g_build_filename (ours, g_dir_read_name (dir), NULL);
      g_assert_null (g_dir_read_name (dir));
      first = g_strdup (again);
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
    g_assert_cmpstr (first, ==, again);
  }
  alarm (0);
  g_remove (ours);
  g_assert_null (dg_patterns_new (PATTERN_DIR "hyph_none.dic"));
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
    guint8               after[32];

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
  g_test_add_func ("/patterns/meaning", test_meaning);
  g_test_add_func ("/patterns/rubbish", test_rubbish);
  g_test_add_func ("/patterns/damaged", test_damaged);
  g_test_add_func ("/patterns/cache", test_cache);
  g_test_add_func ("/patterns/languages", test_languages);
  g_test_add_func ("/patterns/judge", test_judge);
  status = g_test_run ();
  scratch_remove (home);
  return status;
}
