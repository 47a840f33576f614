/* test_lexicon.c: words found under their stems, dictionaries read and compiled, damage survived. */
#include "pair/lexicon.h"
#include "scratch.h"

#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

static char *root; /* of caches and dictionaries made here */

static char *
path_of (const char *name)
{
  return g_build_filename (root, name, NULL);
}

/* Writes NAME.dict.dz as gzip. */
static void
write_packed (const char *name, const char *text, gsize length)
{
  g_autofree char *leaf = g_strdup_printf ("dictionaries/%s.dict.dz", name), *path = path_of (leaf);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) raw = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);
  g_autoptr (GZlibCompressor) zip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (G_OUTPUT_STREAM (raw), G_CONVERTER (zip));

  g_assert_true (g_output_stream_write_all (stream, text, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
}

static void
append_base64 (GString *out, gsize value)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char              text[12];
  guint             n = 0;

  do {
    text[n++] = digits[value & 63];
    value >>= 6;
  } while (value > 0);
  while (n > 0)
    g_string_append_c (out, text[--n]);
}

/* A dictionary in dictd's format from its entries, parted by empty lines. */
static void
write_dictionary (const char *name, const char *entries)
{
  g_auto (GStrv) parts = g_strsplit (entries, "\n\n", -1);
  g_autoptr (GString) text = g_string_new ("header\n"), index = g_string_new ("00-database-info\tA\tH\n");
  g_autofree char *leaf = g_strdup_printf ("dictionaries/%s.index", name), *path = path_of (leaf);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_string_append_printf (index, "headword\t");
    append_base64 (index, text->len);
    g_string_append_c (index, '\t');
    append_base64 (index, strlen (parts[i]) + 1);
    g_string_append_c (index, '\n');
    g_string_append_printf (text, "%s\n", parts[i]);
  }
  write_packed (name, text->str, text->len);
  g_assert_true (g_file_set_contents (path, index->str, -1, NULL));
}

static void
remove_dictionaries (void)
{
  g_autofree char *path = path_of ("dictionaries");
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_assert_cmpint (g_unlink (file), ==, 0);
  }
}

static guint32
english (const char *text)
{
  DgWord word, stem;

  dg_word_set (&word, text, strlen (text));
  dg_stem_english (&word, &stem);
  return dg_word_hash (&stem, DG_CONCEPT_WORD);
}

/* TRUE where @text, as it stands or by its stem, may mean the English word. */
static gboolean
means (const DgLexicon *lexicon, const char *text, const char *meaning, gboolean arabic)
{
  DgWord word, stem;
  guint32 concept = english (meaning);

  dg_word_set (&word, text, strlen (text));
  if (arabic)
    dg_stem_arabic (&word, &stem);
  else
    dg_stem_other (&word, &stem);
  for (guint key = DG_LEXICON_EXACT; key <= DG_LEXICON_STEM; key++) {
    guint          n;
    const guint32 *found = dg_lexicon_find (lexicon, key, key == DG_LEXICON_EXACT ? &word : &stem, &n);

    for (guint i = 0; i < n; i++)
      if (found[i] == concept)
        return TRUE;
  }
  return FALSE;
}

/* Property: forms of one word have one stem, and words that only look alike do not. */
static void
test_stems (void)
{
  static const char *const same[][2] = {
    { "bombing", "bombed" }, { "studies", "study" }, { "governments", "government" }, { "planning", "plan" }, { "cities", "city" },
  };
  static const char *const arabic[][2] = {
    { "والحكومة", "حكومات" },
    { "الْحُكُومَةُ", "حكومة" },
    { "وبالمدينة", "مدينة" },
    { "مسؤولون", "المسئول" },
  };
  DgWord a, b, x, y;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    dg_word_set (&a, same[i][0], strlen (same[i][0]));
    dg_word_set (&b, same[i][1], strlen (same[i][1]));
    dg_stem_english (&a, &x);
    dg_stem_english (&b, &y);
    g_assert_cmpuint (dg_word_hash (&x, 0), ==, dg_word_hash (&y, 0));
  }
  for (guint i = 0; i < 2; i++) {
    dg_word_set (&a, arabic[i][0], strlen (arabic[i][0]));
    dg_word_set (&b, arabic[i][1], strlen (arabic[i][1]));
    dg_stem_arabic (&a, &x);
    dg_stem_arabic (&b, &y);
    g_assert_cmpuint (dg_word_hash (&x, 0), ==, dg_word_hash (&y, 0));
  }
  g_assert_cmpuint (english ("minister"), !=, english ("ministry"));
}

/* Property: a name and its transliteration share a reading. */
static void
test_skeletons (void)
{
  static const char *const names[][2] = {
    { "Tirana", "تيرانا" }, { "Baghdad", "وبغداد" }, { "Bakr", "بكر" },      { "Sharm", "شرم" },
    { "Kazan", "Казань" },  { "George", "جورج" },    { "Dimona", "דימונה" }, { "Peshawar", "پشاور" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    DgWord     a, b;
    DgSkeleton x, y;
    gboolean   met = FALSE;

    dg_word_set (&a, names[i][0], strlen (names[i][0]));
    dg_word_set (&b, names[i][1], strlen (names[i][1]));
    dg_skeleton (&a, &x);
    dg_skeleton (&b, &y);
    for (guint k = 0; k < x.n; k++)
      for (guint l = 0; l < y.n; l++)
        met |= strcmp (x.text[k], y.text[l]) == 0;
    g_test_message ("%s: %s, %s", names[i][0], x.text[0], y.n > 0 ? y.text[0] : "-");
    g_assert_true (met);
  }
}

/* Property: common words, months of two words and CLDR's names are known without any dictionary. */
static void
test_without_dictionaries (void)
{
  g_autoptr (DgLexicon) arabic = dg_lexicon_new ("ar"), hebrew = dg_lexicon_new ("he-IL"), greek = dg_lexicon_new ("el");
  DgWord first, second, both;
  guint  n;

  g_assert_true (means (arabic, "والحكومة", "government", TRUE));
  g_assert_true (means (arabic, "بألبانيا", "Albania", TRUE));
  g_assert_false (means (arabic, "والحكومة", "river", TRUE));
  g_assert_true (means (hebrew, "ממשלות", "government", FALSE));
  g_assert_true (means (greek, "Ουκρανία", "Ukraine", FALSE));
  dg_word_set (&first, "كانون", strlen ("كانون"));
  dg_word_set (&second, "الأول", strlen ("الأول"));
  dg_lexicon_join (&first, &second, &both);
  g_assert_cmpuint (dg_lexicon_find (arabic, DG_LEXICON_EXACT, &both, &n)[0] & 7, ==, DG_CONCEPT_MONTH);
}

/* Property: entries of both directions count; a dictionary that comes or goes changes what is known at once. */
static void
test_dictionaries (void)
{
  write_dictionary ("freedict-ara-eng", "قنفذ /qunfuð/\n1. Hedgehog\n2. Urchin\n\nخيمياء <n>\nalchemy");
  write_dictionary ("freedict-eng-ara", "Lighthouse /laithaus/\nمنارة، فنار\n\nTo juggle\nشعوذ");
  {
    g_autoptr (DgLexicon) lexicon = dg_lexicon_new ("ar");

    g_assert_true (means (lexicon, "القنافذ", "hedgehog", TRUE) || means (lexicon, "والقنفذ", "hedgehogs", TRUE));
    g_assert_true (means (lexicon, "خيمياء", "alchemy", TRUE));
    g_assert_true (means (lexicon, "المنارة", "lighthouse", TRUE));
    g_assert_true (means (lexicon, "فنار", "lighthouses", TRUE));
    g_assert_true (means (lexicon, "والحكومة", "government", TRUE));
  }
  {
    /* Persian borrows from Arabic. */
    g_autoptr (DgLexicon) lexicon = dg_lexicon_new ("fa");

    g_assert_true (means (lexicon, "خیمیا", "alchemy", TRUE));
  }
  remove_dictionaries ();
  {
    g_autoptr (DgLexicon) lexicon = dg_lexicon_new ("ar");

    g_assert_false (means (lexicon, "خيمياء", "alchemy", TRUE));
  }
}

static char *
find_cached (const char *part)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "diglot", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (strstr (name, part) != NULL)
      return g_build_filename (path, name, NULL);
  return NULL;
}

/* Property: compiled twice, the file has the same bytes; a damaged one, or a pipe in its place, is made anew. */
static void
test_cache (void)
{
  g_autofree char *path = NULL, *first = NULL, *again = NULL;
  gsize            n_first, n_again;

  dg_lexicon_free (dg_lexicon_new ("ru"));
  path = find_cached (".ru.");
  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &first, &n_first, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  dg_lexicon_free (dg_lexicon_new ("ru"));
  g_assert_true (g_file_get_contents (path, &again, &n_again, NULL));
  g_assert_cmpmem (first, n_first, again, n_again);

  g_assert_true (g_file_set_contents (path, first, (gssize) n_first / 2, NULL));
  {
    g_autoptr (DgLexicon) lexicon = dg_lexicon_new ("ru");

    g_assert_true (means (lexicon, "правительства", "government", FALSE));
  }
  for (guint round = 0; round < 20; round++) {
    g_autoptr (DgLexicon) lexicon = NULL;
    g_autofree char *made = NULL;
    gsize            n_made;

    memcpy (again, first, n_first);
    again[g_test_rand_int_range (0, (gint) n_first)] ^= 4;
    g_assert_true (g_file_set_contents (path, again, (gssize) n_first, NULL));
    lexicon = dg_lexicon_new ("ru");
    g_assert_true (means (lexicon, "правительства", "government", FALSE));
    g_assert_true (g_file_get_contents (path, &made, &n_made, NULL));
    g_assert_cmpmem (first, n_first, made, n_made);
  }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  alarm (30);
  {
    g_autoptr (DgLexicon) lexicon = dg_lexicon_new ("ru");

    g_assert_true (means (lexicon, "правительства", "government", FALSE));
  }
  alarm (0);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Property: dictionaries of rubbish are passed over. */
static void
test_rubbish (void)
{
  g_autofree char *path = path_of ("dictionaries/freedict-ara-eng.index");

  for (guint round = 0; round < 5; round++) {
    char bytes[3000];
    g_autoptr (DgLexicon) lexicon = NULL;

    for (guint i = 0; i < sizeof bytes; i++)
      bytes[i] = (char) g_test_rand_int_range (0, round < 2 ? 256 : 128);
    write_packed ("freedict-ara-eng", bytes, sizeof bytes - round);
    g_assert_true (g_file_set_contents (path, "a\tA\tAu\nb\t/////\t/\nc\nd\t\t\n\te\tA\tzzz\nf\tAB\tB9\n", -1, NULL));
    lexicon = dg_lexicon_new ("ar");
    g_assert_true (means (lexicon, "والحكومة", "government", TRUE));
  }
  remove_dictionaries ();
}

/* Property: pipes in the place of dictionaries and catalogues are passed over. */
static void
test_pipes (void)
{
  static const char *const names[] = { "freedict-ara-eng.dict.dz", "freedict-ara-eng.index", "locale/ar/LC_MESSAGES/iso_3166-1.mo" };
  g_autofree char         *folder = path_of ("dictionaries/locale/ar/LC_MESSAGES"), *tree = path_of ("dictionaries/locale");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  alarm (30);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *leaf = g_build_filename ("dictionaries", names[i], NULL), *path = path_of (leaf);
    g_autoptr (DgLexicon) lexicon = NULL;

    write_dictionary ("freedict-ara-eng", "خيمياء <n>\nalchemy");
    g_unlink (path);
    g_assert_cmpint (mkfifo (path, 0600), ==, 0);
    lexicon = dg_lexicon_new ("ar");
    g_assert_true (means (lexicon, "والحكومة", "government", TRUE));
    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  alarm (0);
  scratch_remove (tree);
  remove_dictionaries ();
}

/* Property: where nothing can be written, as much is known as elsewhere: what is paired does not hang on the home. */
static void
test_no_cache (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "diglot", NULL), *aside = path_of ("aside");
  g_autoptr (DgLexicon) lexicon = NULL;

  g_rename (folder, aside);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  lexicon = dg_lexicon_new ("ar");
  g_assert_true (means (lexicon, "والحكومة", "government", TRUE));
  g_assert_true (means (lexicon, "بألبانيا", "Albania", TRUE));
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_rename (aside, folder);
}

/* Property: a tag that is no language, or none at all, gives a lexicon that knows nothing. */
static void
test_odd_tags (void)
{
  static const char *const tags[] = { NULL, "", "-", "x", "und", "../../etc", "\xff\xfe" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++) {
    g_autoptr (DgLexicon) lexicon = dg_lexicon_new (tags[i]);

    g_assert_false (means (lexicon, "حكومة", "government", TRUE));
  }
}

static void
append_word (GByteArray *bytes, guint32 word)
{
  g_byte_array_append (bytes, (const guint8 *) &word, sizeof word);
}

/* A catalogue of one message; its strings' places are moved by @astray bytes. */
static GByteArray *
make_catalogue (const char *original, const char *translation, guint32 astray)
{
  GByteArray   *bytes = g_byte_array_new ();
  guint32       n = (guint32) strlen (original), m = (guint32) strlen (translation);
  const guint32 words[] = { 0x950412DEu, 0, 1, 28, 36, 0, 0, n, 44 + astray, m, 44 + n + 1 + astray };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    append_word (bytes, words[i]);
  g_byte_array_append (bytes, (const guint8 *) original, n + 1);
  g_byte_array_append (bytes, (const guint8 *) translation, m + 1);
  return bytes;
}

/* Property: names that iso-codes has are known; a damaged catalogue adds nothing and harms nothing, however it is cut. */
static void
test_catalogues (void)
{
  g_autofree char *folder = path_of ("dictionaries/locale/uk/LC_MESSAGES"), *file = g_build_filename (folder, "iso_3166-2.mo", NULL);
  g_autofree char *tree = path_of ("dictionaries/locale");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint32 astray = 0; astray < 3; astray++) {
    g_autoptr (GByteArray) bytes = make_catalogue ("Name for XX-01\004Selmaria", "Сельмарія", astray == 2 ? G_MAXUINT32 - 60 : astray);

    for (guint cut = 0; cut < bytes->len; cut += astray == 0 ? 7 : bytes->len) {
      g_autoptr (DgLexicon) lexicon = NULL;

      g_assert_true (g_file_set_contents (file, (const char *) bytes->data, (gssize) (bytes->len - cut), NULL));
      lexicon = dg_lexicon_new ("uk");
      g_assert_cmpint (means (lexicon, "Сельмарія", "Selmaria", FALSE), ==, astray == 0 && cut == 0);
    }
  }
  scratch_remove (tree);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  root = scratch_make_home ();
  g_test_add_func ("/lexicon/stems", test_stems);
  g_test_add_func ("/lexicon/skeletons", test_skeletons);
  g_test_add_func ("/lexicon/without-dictionaries", test_without_dictionaries);
  g_test_add_func ("/lexicon/dictionaries", test_dictionaries);
  g_test_add_func ("/lexicon/cache", test_cache);
  g_test_add_func ("/lexicon/rubbish", test_rubbish);
  g_test_add_func ("/lexicon/pipes", test_pipes);
  g_test_add_func ("/lexicon/no-cache", test_no_cache);
  g_test_add_func ("/lexicon/odd-tags", test_odd_tags);
  g_test_add_func ("/lexicon/catalogues", test_catalogues);
  status = g_test_run ();
  scratch_remove (root);
  g_free (root);
  return status;
}
