/* hyphens.c: libhyphen's automata (patterns.h), loaded as they are asked for.  Which breaks are worth taking is break.c's business. */
#include "type/hyphens.h"

#include <stdlib.h>
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
  GHashTable     *met;      /* words in lower case -> guint8 a character, 1 for a break after it: news repeats its words, and an
                                  answer costs more than all else that is done for the word but its shaping */
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
load (DgHyphens *hyphens, const char *lang)
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

/* Asks libhyphen about the word @lower of @n characters; 1 in the answer for a break after the character. */
static guint8 *
ask (const Loaded *loaded, const GString *lower, guint n)
{
  HyphenDict      *dict = dg_patterns_dict (loaded->patterns);
  guint8          *after = g_new0 (guint8, n);
  g_autofree char *encoded = NULL;
  g_autofree char *marks = NULL;
  char           **replace = NULL;
  int             *place = NULL, *cut = NULL;
  gsize            length = lower->len;

  /* The patterns speak the dictionary's charset; a word it cannot spell has no breaks. */
  encoded = dict->utf8 ? g_strdup (lower->str) : g_convert (lower->str, (gssize) lower->len, dict->cset, "UTF-8", NULL, &length, NULL);
  if (!encoded || length == 0)
    return after;

  marks = g_malloc0 (length + 5);
  if (hnj_hyphen_hyphenate2 (dict, encoded, (int) length, marks, NULL, &replace, &place, &cut) == 0) {
    const char *p = encoded;

    for (guint i = 0; i + 1 < n; i++) {
      gsize step = dict->utf8 ? (gsize) (g_utf8_next_char (p) - p) : 1;
      gsize last = (gsize) (p - encoded) + step - 1;

      /* libhyphen answers by byte in 8-bit charsets and, in UTF-8, by character. */
      gsize at = dict->utf8 ? i : last;
      if (at < length && (marks[at] & 1) && i + 1 >= loaded->language->left && n - i - 1 >= loaded->language->right && !(replace && replace[at]))
        after[i] = 1;
      p += step;
    }
  }
  if (replace) {
    for (gsize i = 0; i < length; i++)
      free (replace[i]);
    free (replace);
  }
  free (place);
  free (cut);
  return after;
}

gboolean
dg_hyphens_find (DgHyphens *hyphens, const char *lang, const gunichar *word, guint n, gboolean *after)
{
  Loaded       *loaded;
  GString      *lower;
  const guint8 *known;
  gboolean      found = FALSE;

  for (guint i = 0; i < n; i++)
    after[i] = FALSE;
  if (n == 0 || n > LONGEST_WORD)
    return FALSE;
  loaded = load (hyphens, lang);
  if (!loaded->patterns)
    return FALSE;

  lower = g_string_sized_new (3 * n);
  for (guint i = 0; i < n; i++)
    g_string_append_unichar (lower, g_unichar_tolower (word[i]));
  known = g_hash_table_lookup (loaded->met, lower->str);
  if (!known) {
    guint8 *answer = ask (loaded, lower, n);

    if (g_hash_table_size (loaded->met) >= WORDS_MET)
      g_hash_table_remove_all (loaded->met);
    g_hash_table_insert (loaded->met, g_strdup (lower->str), answer);
    known = answer;
  }
  g_string_free (lower, TRUE);
  for (guint i = 0; i < n; i++) {
    after[i] = known[i];
    found = found || known[i];
  }
  return found;
}
