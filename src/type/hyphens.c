/* hyphens.c: patterns (patterns.h), loaded as they are asked for.  Which breaks are worth taking is break.c's business. */
#include "type/hyphens.h"

#include <string.h>

#include "type/patterns.h"

#define PATTERN_DIR  "/usr/share/hyphen"
#define WORDS_MET    20000 /* kept a language */
#define LONGEST_WORD 100   /* letters; a longer "word" is a token no pattern was made for */

/* The pattern file of a language and the letters that must stay before and after a break. */
typedef struct {
  const char *lang;
  const char *file;
  guint       left, right;
} Language;

static const Language languages[] = {
  { "en-GB", "hyph_en_GB.dic", 2, 3 }, { "en", "hyph_en_US.dic", 2, 3 }, { "fr", "hyph_fr.dic", 2, 3 },       { "de", "hyph_de_DE.dic", 2, 2 },
  { "es", "hyph_es_ES.dic", 2, 2 },    { "it", "hyph_it_IT.dic", 2, 2 }, { "pt-BR", "hyph_pt_BR.dic", 2, 3 }, { "pt", "hyph_pt_PT.dic", 2, 3 },
  { "ru", "hyph_ru_RU.dic", 2, 2 },    { "sv", "hyph_sv_SE.dic", 2, 2 }, { "el", "hyph_el_GR.dic", 2, 2 },
};

typedef struct {
  const Language *language;
  DgPatterns     *patterns; /* NULL where the file is not installed */
  GHashTable     *met;      /* words in lower case -> a DgHyphen for each character: news repeats its words */
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

/* The row whose tag is @lang or a prefix of it; the table lists the longer tags of a language first. */
static const Language *
find_language (const char *lang)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    gsize n = strlen (languages[i].lang);

    if (g_ascii_strncasecmp (lang, languages[i].lang, n) == 0 && (lang[n] == '\0' || lang[n] == '-'))
      return &languages[i];
  }
  return NULL;
}

static Loaded *
load_patterns (DgHyphens *hyphens, const char *lang)
{
  Loaded *loaded = g_hash_table_lookup (hyphens->by_lang, lang);

  if (!loaded) {
    loaded = g_new0 (Loaded, 1);
    loaded->met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    loaded->language = find_language (lang);
    if (loaded->language) {
      g_autofree char *path = g_build_filename (PATTERN_DIR, loaded->language->file, NULL);

      loaded->patterns = dg_patterns_new (path);
    }
    g_hash_table_insert (hyphens->by_lang, g_strdup (lang), loaded);
  }
  return loaded;
}

/* The answer for the word @lower of @n characters. */
static guint8 *
ask (const Loaded *loaded, const gunichar *lower, guint n)
{
  guint8 *after = g_malloc (n);

  dg_patterns_find (loaded->patterns, lower, n, after);
  for (guint i = 0; i < n; i++)
    if (i + 1 < loaded->language->left || n - i - 1 < loaded->language->right)
      after[i] = DG_HYPHEN_NONE;
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
  loaded = load_patterns (hyphens, lang);
  if (!loaded->patterns)
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
