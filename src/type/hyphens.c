/* hyphens.c: patterns (patterns.h) or rules (syllables.h) of a language, found as they are asked for.  Which breaks are worth taking is break.c's
 * business. */
#include "type/hyphens.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

#include "base/language.h"
#include "type/patterns.h"
#include "type/syllables.h"

#define PATTERN_DIR  "/usr/share/hyphen"
#define LEAST        2     /* letters before and after a break, where languages.ini says nothing */
#define WORDS_MET    20000 /* kept a language */
#define LONGEST_WORD 100   /* letters; a longer "word" is a token no pattern was made for */

typedef struct {
  DgPatterns *patterns; /* NULL where none are installed */
  const char *vowels, *onsets;
  guint       left, right;
  GHashTable *met; /* words in lower case -> a DgHyphen for each character: news repeats its words */
} Loaded;

struct DgHyphens {
  GHashTable *by_lang; /* language tag -> Loaded */
};

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  dg_patterns_free (loaded->patterns);
  g_hash_table_unref (loaded->met);
  g_free (loaded);
}

DgHyphens *
dg_hyphens_new (void)
{
  DgHyphens *hyphens = g_new0 (DgHyphens, 1);

  hyphens->by_lang = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, loaded_free);
  return hyphens;
}

void
dg_hyphens_free (DgHyphens *hyphens)
{
  if (!hyphens)
    return;
  g_hash_table_unref (hyphens->by_lang);
  g_free (hyphens);
}

GPtrArray *
dg_hyphens_list_files (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (PATTERN_DIR, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".dic"))
      g_ptr_array_add (files, g_build_filename (PATTERN_DIR, name, NULL));
  return files;
}

/* The file of the patterns called @name ("de_DE"); NULL where it is not installed.  Free with g_free. */
static char *
dup_path (const char *name)
{
  g_autofree char *file = g_strdup_printf ("hyph_%s.dic", name);
  char            *path = g_build_filename (PATTERN_DIR, file, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    g_clear_pointer (&path, g_free);
  return path;
}

/* The patterns that have no other language's name to them than @lang, whatever their region; the first by name. */
static char *
dup_any_path (const char *lang)
{
  g_autoptr (GPtrArray) files = dg_hyphens_list_files ();
  g_autofree char *start = g_strdup_printf (PATTERN_DIR "/hyph_%s_", lang);
  const char      *first = NULL;

  for (guint i = 0; i < files->len; i++)
    if (g_str_has_prefix (files->pdata[i], start) && (first == NULL || strcmp (files->pdata[i], first) < 0))
      first = files->pdata[i];
  return g_strdup (first);
}

/* The pattern file of a language: the one that languages.ini names; else the one of the region where the language is most spoken, then of any,
 * as long as it is written in the same script there.  NULL: none is installed.  Free with g_free. */
static char *
find_file (const DgLanguage *language)
{
  const char *named = dg_language_value (language, "hyphens");
  g_auto (GStrv) names = g_strsplit (named != NULL ? named : "", ";", -1);
  g_autofree char *by_script = NULL, *by_region = NULL;
  char       full[ULOC_FULLNAME_CAPACITY], lang[ULOC_LANG_CAPACITY], usual[ULOC_FULLNAME_CAPACITY], script[ULOC_SCRIPT_CAPACITY], region[ULOC_COUNTRY_CAPACITY];
  UErrorCode error = U_ZERO_ERROR;
  char      *path = NULL;

  for (guint i = 0; names[i] != NULL && path == NULL; i++)
    path = dup_path (names[i]);
  if (named != NULL)
    return path;
  uloc_addLikelySubtags (language->tag, full, sizeof full, &error);
  uloc_getLanguage (full, lang, sizeof lang, &error);
  uloc_getCountry (full, region, sizeof region, &error);
  uloc_addLikelySubtags (lang, usual, sizeof usual, &error);
  uloc_getScript (usual, script, sizeof script, &error);
  if (U_FAILURE (error) || error == U_STRING_NOT_TERMINATED_WARNING)
    return NULL;
  by_script = g_strdup_printf ("%s-%s_%s", lang, language->script, region);
  by_region = g_strdup_printf ("%s_%s", lang, region);
  path = dup_path (by_script);
  if (path == NULL && strcmp (script, language->script) == 0) {
    path = dup_path (by_region);
    if (path == NULL)
      path = dup_path (lang);
    if (path == NULL)
      path = dup_any_path (lang);
  }
  return path;
}

static guint
find_least (const DgLanguage *language, const char *key)
{
  const char *value = dg_language_value (language, key);

  return value != NULL ? (guint) CLAMP (g_ascii_strtoll (value, NULL, 10), 1, LONGEST_WORD) : LEAST;
}

char *
dg_hyphens_dup_source (const char *lang)
{
  const DgLanguage *language = dg_language_get (lang);
  g_autofree char  *path = dg_language_value (language, "vowels") == NULL ? find_file (language) : NULL;

  if (dg_language_value (language, "vowels") != NULL)
    return g_strdup ("rule");
  return path != NULL ? g_path_get_basename (path) : NULL;
}

static Loaded *
load_language (DgHyphens *hyphens, const char *lang)
{
  Loaded *loaded = g_hash_table_lookup (hyphens->by_lang, lang);

  if (!loaded) {
    const DgLanguage *language = dg_language_get (lang);
    g_autofree char  *path = NULL;

    loaded = g_new0 (Loaded, 1);
    loaded->met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    loaded->left = find_least (language, "hyphen-left");
    loaded->right = find_least (language, "hyphen-right");
    loaded->vowels = dg_language_value (language, "vowels");
    loaded->onsets = dg_language_value (language, "onsets");
    if (loaded->vowels == NULL && (path = find_file (language)) != NULL)
      loaded->patterns = dg_patterns_new (path);
    g_hash_table_insert (hyphens->by_lang, g_strdup (lang), loaded);
  }
  return loaded;
}

/* Marks and joiners are a part of the letter before them. */
static gboolean
is_letter (gunichar ch)
{
  return !g_unichar_ismark (ch) && ch != 0x200C && ch != 0x200D;
}

/* The answer for the word @lower of @n characters. */
static guint8 *
ask (const Loaded *loaded, const gunichar *lower, guint n)
{
  guint8 *after = g_malloc (n);
  guint   letters = 0, before = 0;

  if (loaded->vowels != NULL)
    dg_syllables_find (loaded->vowels, loaded->onsets, lower, n, after);
  else
    dg_patterns_find (loaded->patterns, lower, n, after);
  for (guint i = 0; i < n; i++)
    letters += is_letter (lower[i]);
  for (guint i = 0; i < n; i++) {
    before += is_letter (lower[i]);
    if (before < loaded->left || letters - before < loaded->right || (i + 1 < n && !is_letter (lower[i + 1])))
      after[i] = DG_HYPHEN_NONE;
  }
  return after;
}

gboolean
dg_hyphens_find (DgHyphens *hyphens, const char *lang, const gunichar *word, guint n, guint8 *after)
{
  gunichar         lower[LONGEST_WORD];
  g_autofree char *key = NULL;
  Loaded          *loaded;
  guint8          *known;
  gboolean         found = FALSE;

  memset (after, DG_HYPHEN_NONE, n);
  if (n == 0 || n > LONGEST_WORD)
    return FALSE;
  loaded = load_language (hyphens, lang);
  if (loaded->patterns == NULL && loaded->vowels == NULL)
    return FALSE;

  for (guint i = 0; i < n; i++)
    lower[i] = g_unichar_tolower (word[i]);
  key = g_ucs4_to_utf8 (lower, (glong) n, NULL, NULL, NULL);
  known = g_hash_table_lookup (loaded->met, key);
  if (!known) {
    known = ask (loaded, lower, n);
    if (g_hash_table_size (loaded->met) >= WORDS_MET)
      g_hash_table_remove_all (loaded->met);
    g_hash_table_insert (loaded->met, g_steal_pointer (&key), known);
  }
  for (guint i = 0; i < n; i++) {
    after[i] = known[i];
    found = found || known[i] != DG_HYPHEN_NONE;
  }
  return found;
}

void
dg_hyphens_keep (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (strcmp (folder, PATTERN_DIR) == 0 && g_str_has_suffix (path, ".dic"))
    dg_patterns_free (dg_patterns_new (path));
}
