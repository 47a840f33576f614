/* echoes.c: the longer words of the paragraphs, by their stems, which are read once each. */
#include "read/echoes.h"

#include "base/utf.h"

#include <string.h>

/* A stem is the first ECHO_STEM letters of a word of ECHO_LETTERS at least.  Only the first PARAGRAPHS are compared with each other. */
enum { ECHO_LETTERS = 4, ECHO_STEM = 5, PARAGRAPHS = 400 };

/* A longer word of a paragraph's first line, by its first letters, folded and hashed; short ones are 0. */
typedef struct {
  guint hash;
  gsize at; /* where in the line */
} Stem;

/* Those of the paragraphs that were asked for. */
typedef struct {
  const DgCuedText *text;
  GArray           *all;   /* Stem */
  guint            *first; /* of each paragraph, among all; G_MAXUINT where nobody asked yet */
  guint            *n;
} Stems;

/* Reads the word at @p, and returns what is behind it. */
static const char *
read_stem (const char *p, const char *end, guint *stem)
{
  guint hash = 5381, n = 0;

  /* The Arabic article is no part of a word. */
  if (end - p > 6 && (memcmp (p, "ال", 4) == 0 || memcmp (p, "لل", 4) == 0))
    p += 4;
  while (p < end) {
    const char *next = p;
    gunichar    ch = dg_utf8_read (&next), folded;

    if (!dg_is_word_char (ch))
      break;
    folded = dg_fold_char (ch);
    if (folded != 0 && n < ECHO_STEM)
      hash = hash * 33 + folded;
    n += folded != 0;
    p = next;
  }
  *stem = n >= ECHO_LETTERS ? hash : 0;
  return p;
}

static void
read_stems (const DgScanLine *line, GArray *stems)
{
  const char *end = line->text + line->length;

  for (const char *p = line->text; p < end;) {
    const char *next = p;
    Stem        stem;

    if ((dg_char_traits (dg_utf8_read (&next)) & DG_CHAR_ALNUM) == 0) {
      p = next;
      continue;
    }
    stem.at = (gsize) (p - line->text);
    p = read_stem (p, end, &stem.hash);
    if (stem.hash != 0)
      g_array_append_val (stems, stem);
  }
}

/* The stems of paragraph @i; @behind_label: without those of its label. */
static const Stem *
get_stems (Stems *stems, guint i, gboolean behind_label, guint *n)
{
  const DgScanLine *line = dg_cue_line (stems->text, i);
  const Stem       *first;

  if (stems->first[i] == G_MAXUINT) {
    stems->first[i] = stems->all->len;
    read_stems (line, stems->all);
    stems->n[i] = stems->all->len - stems->first[i];
  }
  *n = stems->n[i];
  first = *n > 0 ? &g_array_index (stems->all, Stem, stems->first[i]) : NULL;
  for (; behind_label && *n > 0 && first->at < line->label_length; first++)
    (*n)--;
  return first;
}

/* How many of the longer words of each short paragraph the others have too. */
static void
find_echoes (Stems *stems)
{
  const DgCuedText *text = stems->text;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL); /* stem -> its first paragraph + 1, and whether another has it, in the high bit */
  const guint again = 1u << 31;
  guint       n = MIN (text->paragraphs->len, PARAGRAPHS), n_words;

  for (guint i = 0; i < n; i++) {
    const Stem *words = dg_cue_paragraph (text, i)->n_chars >= 70 ? get_stems (stems, i, FALSE, &n_words) : NULL;

    for (guint k = 0; words != NULL && k < n_words; k++) {
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (seen, GUINT_TO_POINTER (words[k].hash)));

      if (before == 0 || ((before & again) == 0 && before != i + 1))
        g_hash_table_insert (seen, GUINT_TO_POINTER (words[k].hash), GUINT_TO_POINTER (before == 0 ? i + 1 : before | again));
    }
  }
  for (guint i = 0; i < n; i++) {
    const Stem *words = dg_cue_paragraph (text, i)->n_chars <= DG_CUE_SHORT * 2 ? get_stems (stems, i, TRUE, &n_words) : NULL;
    guint       n_found = 0;

    for (guint k = 0; words != NULL && k < n_words; k++) {
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (seen, GUINT_TO_POINTER (words[k].hash)));

      n_found += before != 0 && ((before & again) != 0 || before != i + 1);
    }
    dg_cue_at (text, i)->echo = words != NULL && n_words > 0 ? (double) n_found / n_words : 0;
  }
}

static GHashTable *
collect_stems (Stems *stems, guint i)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);
  guint       n;
  const Stem *words = get_stems (stems, i, TRUE, &n);

  for (guint k = 0; k < n; k++)
    g_hash_table_add (set, GUINT_TO_POINTER (words[k].hash));
  return set;
}

/* The share of the longer words of paragraph @i that are in @set. */
static double
share_stems (Stems *stems, guint i, GHashTable *set)
{
  guint       n, n_found = 0;
  const Stem *words = get_stems (stems, i, TRUE, &n);

  for (guint k = 0; k < n; k++)
    n_found += g_hash_table_contains (set, GUINT_TO_POINTER (words[k].hash));
  return n > 0 ? (double) n_found / n : 0;
}

/* Of the lines at the foot against the open line of the head that the story says most of again; of those at the head against a caption with a label. */
static void
find_likeness (Stems *stems)
{
  const DgCuedText *text = stems->text;
  guint             first = text->paragraphs->len, n = text->paragraphs->len, head = MIN (n, 8), caption = n;

  for (guint i = 0; i < head; i++)
    if (dg_cue_at (text, i)->n_words >= 4 && !dg_cue_paragraph (text, i)->closed && dg_cue_line (text, i)->label_length == 0
        && (first == n || dg_cue_at (text, i)->echo > dg_cue_at (text, first)->echo))
      first = i;
  if (first < head) {
    g_autoptr (GHashTable) set = collect_stems (stems, first);

    for (guint i = MAX (first + 1, n - MIN (n, DG_CUE_FOOT)); i < n; i++)
      if (dg_cue_paragraph (text, i)->n_chars <= DG_CUE_SHORT)
        dg_cue_at (text, i)->likeness = share_stems (stems, i, set);
  }
  while (caption > 0 && caption + 4 > n
         && !(dg_cue_line (text, caption - 1)->label_length > 0 && (dg_cue_line (text, caption - 1)->label_kinds & 1u << DG_LABEL_CAPTION) != 0))
    caption--;
  for (guint i = 0; caption > 0 && caption + 4 > n && i < head && i < caption - 1; i++) {
    g_autoptr (GHashTable) set = collect_stems (stems, i);

    dg_cue_at (text, i)->captioned = share_stems (stems, caption - 1, set);
  }
}

/* Of the first lines those that begin with all the longer words of one above them; the same as one with a label says no more than that. */
static void
find_again (Stems *stems)
{
  enum { FEW = 5 };
  const DgCuedText *text = stems->text;
  guint             head = MIN (text->paragraphs->len, 5), n, n_above;

  for (guint i = 1; i < head; i++)
    for (guint k = 0; k < i; k++) {
      const Stem *above = dg_cue_paragraph (text, k)->n_chars <= DG_CUE_SHORT * 2 ? get_stems (stems, k, TRUE, &n_above) : NULL;
      const Stem *words = above != NULL && n_above >= FEW ? get_stems (stems, i, TRUE, &n) : NULL;
      guint       same = 0;

      if (words == NULL || n < n_above)
        continue;
      above = get_stems (stems, k, TRUE, &n_above); /* the array may have moved */
      while (same < n_above && above[same].hash == words[same].hash)
        same++;
      if (n == n_above)
        dg_cue_at (text, i)->twice = dg_cue_at (text, i)->twice || (same == n && dg_cue_line (text, k)->label_length > 0);
      else
        dg_cue_at (text, i)->again = dg_cue_at (text, i)->again || same * 10 >= n_above * 9;
    }
}

void
dg_echoes_find (const DgCuedText *text)
{
  guint n = text->paragraphs->len;
  Stems stems = { .text = text, .all = g_array_new (FALSE, FALSE, sizeof (Stem)), .first = g_new (guint, n + 1), .n = g_new0 (guint, n + 1) };

  for (guint i = 0; i < n; i++)
    stems.first[i] = G_MAXUINT;
  find_echoes (&stems);
  find_likeness (&stems);
  find_again (&stems);
  g_array_unref (stems.all);
  g_free (stems.first);
  g_free (stems.n);
}
