/* learned.c: a learned lexicon read into hashes, one a side of a pair of languages. */
#include "pair/learned.h"

#include <string.h>

#include "diglot.h"
#include "pair/lexicon_file.h"

struct DgLearnedSide {
  GHashTable *concepts; /* hash of a stem → GArray of guint32 */
};

typedef struct {
  DgLearnedSide side[2];
} Pair;

struct DgLearned {
  GHashTable *pairs; /* heading → Pair */
};

static void
free_pair (gpointer data)
{
  Pair *pair = data;

  g_hash_table_unref (pair->side[0].concepts);
  g_hash_table_unref (pair->side[1].concepts);
  g_free (pair);
}

/* The primary subtag in small letters. */
static char *
dup_primary (const char *tag)
{
  char *lang = g_ascii_strdown (tag != NULL ? tag : "und", -1);

  lang[strcspn (lang, "-_")] = '\0';
  return lang;
}

char *
dg_learned_dup_heading (const char *one, const char *other)
{
  g_autofree char *a = dup_primary (one), *b = dup_primary (other);

  return strcmp (a, b) <= 0 ? g_strconcat (a, " ", b, NULL) : g_strconcat (b, " ", a, NULL);
}

static Pair *
open_pair (DgLearned *learned, const char *heading)
{
  Pair *pair = g_hash_table_lookup (learned->pairs, heading);

  if (pair == NULL) {
    pair = g_new0 (Pair, 1);
    for (guint s = 0; s < 2; s++)
      pair->side[s].concepts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
    g_hash_table_insert (learned->pairs, g_strdup (heading), pair);
  }
  return pair;
}

static void
add_concept (DgLearnedSide *side, const char *stem, gsize length, guint32 concept)
{
  DgWord   word;
  gpointer key;
  GArray  *concepts;

  dg_word_set (&word, stem, length);
  key = GUINT_TO_POINTER (dg_word_hash (&word, 0));
  concepts = g_hash_table_lookup (side->concepts, key);
  if (concepts == NULL) {
    concepts = g_array_new (FALSE, FALSE, sizeof (guint32));
    g_hash_table_insert (side->concepts, key, concepts);
  }
  g_array_append_val (concepts, concept);
}

/* FALSE for a line that is none of the file's. */
static gboolean
read_line (DgLearned *learned, const char *line, guint n, Pair **pair)
{
  gsize length = strlen (line), first, second;

  if (length == 0 || line[0] == '#')
    return TRUE;
  if (line[0] == '[') {
    g_autofree char *heading = line[length - 1] == ']' ? g_strndup (line + 1, length - 2) : NULL;
    g_auto (GStrv) tags = heading != NULL ? g_strsplit (heading, " ", -1) : NULL;
    g_autofree char *own = NULL;

    if (tags == NULL || g_strv_length (tags) != 2)
      return FALSE;
    own = dg_learned_dup_heading (tags[0], tags[1]);
    if (strcmp (own, heading) != 0)
      return FALSE;
    *pair = open_pair (learned, heading);
    return TRUE;
  }
  first = strcspn (line, "\t");
  if (*pair == NULL || first == 0 || line[first] == '\0')
    return FALSE;
  second = strcspn (line + first + 1, "\t");
  if (second == 0)
    return FALSE;
  /* Each line is a concept of its own, which both stems stand for. */
  add_concept (&(*pair)->side[0], line, first, ((n * 0x9E3779B1u) & ~7u) | DG_CONCEPT_WORD);
  add_concept (&(*pair)->side[1], line + first + 1, second, ((n * 0x9E3779B1u) & ~7u) | DG_CONCEPT_WORD);
  return TRUE;
}

DgLearned *
dg_learned_new (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (DgLearned) learned = g_new0 (DgLearned, 1);
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data != NULL ? data : "", length);
  g_auto (GStrv) lines = NULL;
  Pair *pair = NULL;

  learned->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_pair);
  if (strlen (text) != length || !g_utf8_validate (text, -1, NULL) || !g_str_has_prefix (text, DG_LEARNED_HEAD)) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s: this is no lexicon that --learn has written", name);
    return NULL;
  }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_strchomp (lines[i]);
    if (!read_line (learned, lines[i], i + 1, &pair)) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s:%u: neither two words parted by a tab nor two languages, as \"[ar en]\"", name, i + 1);
      return NULL;
    }
  }
  return g_steal_pointer (&learned);
}

void
dg_learned_free (DgLearned *learned)
{
  if (learned == NULL)
    return;
  g_hash_table_unref (learned->pairs);
  g_free (learned);
}

const DgLearnedSide *
dg_learned_get (const DgLearned *learned, const char *lang, const char *other)
{
  g_autofree char *heading = NULL, *own = NULL;
  const Pair      *pair;

  if (learned == NULL)
    return NULL;
  heading = dg_learned_dup_heading (lang, other);
  own = dup_primary (lang);
  pair = g_hash_table_lookup (learned->pairs, heading);
  if (pair == NULL)
    return NULL;
  return &pair->side[strncmp (heading, own, strlen (own)) == 0 && heading[strlen (own)] == ' ' ? 0 : 1];
}

const guint32 *
dg_learned_find (const DgLearnedSide *side, const DgWord *stem, guint *n)
{
  const GArray *concepts = side != NULL && stem->n > 0 ? g_hash_table_lookup (side->concepts, GUINT_TO_POINTER (dg_word_hash (stem, 0))) : NULL;

  *n = concepts != NULL ? concepts->len : 0;
  return concepts != NULL ? (const guint32 *) (const void *) concepts->data : NULL;
}
