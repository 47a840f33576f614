/* learn.c: beads as bags of stems, the likely partners of each stem, and what share of each other's occurrences they explain. */
#include "pair/learn.h"

#include <math.h>
#include <string.h>

#include "pair/lexicon.h"
#include "pair/tokens.h"

#define SURE        0.9  /* beads below this teach nothing */
#define MOST_STEMS  400  /* of a bead's side: what is longer is no paragraph of news */
#define COMMON      0.25 /* stems of more beads than this part tell nothing apart, where there are some */
#define SOME        20
#define PARTNERS    12 /* of a stem, that are looked at */
#define ROUNDS      5
#define NOTHING     0.01 /* the chance of a stem to stand for nothing across, against those of all partners */
#define LEAST_SEEN  1.6  /* occurrences that a pair must explain */
#define LEAST_SHARE 0.2  /* of each other, as the mean of both (geometric) */

/* What was added of two languages. */
typedef struct {
  GHashTable *ids[2];   /* stem → id + 1 */
  GPtrArray  *stems[2]; /* by id; owned by the hashes */
  GArray     *bags;     /* guint32: how many of the first language, these, how many of the second, these */
  guint       n_bags;
} Corpus;

struct DgLearner {
  GHashTable *corpora; /* heading → Corpus */
};

static void
free_corpus (gpointer data)
{
  Corpus *corpus = data;

  for (guint s = 0; s < 2; s++) {
    g_hash_table_unref (corpus->ids[s]);
    g_ptr_array_unref (corpus->stems[s]);
  }
  g_array_unref (corpus->bags);
  g_free (corpus);
}

DgLearner *
dg_learner_new (void)
{
  DgLearner *learner = g_new0 (DgLearner, 1);

  learner->corpora = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_corpus);
  return learner;
}

void
dg_learner_free (DgLearner *learner)
{
  if (learner == NULL)
    return;
  g_hash_table_unref (learner->corpora);
  g_free (learner);
}

static Corpus *
open_corpus (DgLearner *learner, const char *heading)
{
  Corpus *corpus = g_hash_table_lookup (learner->corpora, heading);

  if (corpus == NULL) {
    corpus = g_new0 (Corpus, 1);
    for (guint s = 0; s < 2; s++) {
      corpus->ids[s] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      corpus->stems[s] = g_ptr_array_new ();
    }
    corpus->bags = g_array_new (FALSE, FALSE, sizeof (guint32));
    g_hash_table_insert (learner->corpora, g_strdup (heading), corpus);
  }
  return corpus;
}

/* A side of a bead while its stems are gathered, each once. */
typedef struct {
  Corpus     *corpus;
  guint       side;
  GHashTable *seen;
} Gathering;

static void
gather_stem (const DgWord *stem, gpointer data)
{
  Gathering *gathering = data;
  Corpus    *corpus = gathering->corpus;
  guint      s = gathering->side, id;
  char      *text;

  if (g_hash_table_size (gathering->seen) >= MOST_STEMS)
    return;
  text = g_ucs4_to_utf8 (stem->ch, stem->n, NULL, NULL, NULL);
  if (text == NULL)
    return;
  id = GPOINTER_TO_UINT (g_hash_table_lookup (corpus->ids[s], text));
  if (id == 0) {
    g_ptr_array_add (corpus->stems[s], text);
    id = corpus->stems[s]->len;
    g_hash_table_insert (corpus->ids[s], text, GUINT_TO_POINTER (id));
  } else {
    g_free (text);
  }
  if (g_hash_table_add (gathering->seen, GUINT_TO_POINTER (id))) {
    id--;
    g_array_append_val (corpus->bags, id);
  }
}

static void
add_side (Corpus *corpus, guint side, const DgText *text, const DgLexicon *lexicon, const GPtrArray *body, guint first, guint n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  Gathering gathering = { corpus, side, seen };
  guint     at = corpus->bags->len;
  guint32   count = 0;

  g_array_append_val (corpus->bags, count);
  for (guint i = first; i < first + n; i++)
    dg_tokens_list_stems (text->lang, lexicon, ((const DgNode *) body->pdata[i])->text, gather_stem, &gathering);
  g_array_index (corpus->bags, guint32, at) = corpus->bags->len - at - 1;
}

void
dg_learner_add (DgLearner *learner, const DgAlign *align)
{
  const DgText    *a = &align->doc->text[DG_SIDE_A], *b = &align->doc->text[DG_SIDE_B];
  g_autofree char *heading = NULL;
  g_autoptr (GPtrArray) body_a = NULL, body_b = NULL;
  g_autoptr (DgLexicon) lexicon_a = NULL, lexicon_b = NULL;
  Corpus  *corpus;
  gboolean turned;

  if (align->doc->n_texts < 2)
    return;
  heading = dg_learned_dup_heading (a->lang, b->lang);
  corpus = open_corpus (learner, heading);
  body_a = dg_text_list (a, DG_ROLE_BODY);
  body_b = dg_text_list (b, DG_ROLE_BODY);
  lexicon_a = dg_lexicon_new (a->lang);
  lexicon_b = dg_lexicon_new (b->lang);
  turned = strncmp (heading, a->lang, strcspn (heading, " ")) != 0;
  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);

    if (bead->n_a == 0 || bead->n_b == 0 || bead->score < SURE)
      continue;
    for (guint s = 0; s < 2; s++)
      if ((s == 0) != turned)
        add_side (corpus, s, a, lexicon_a, body_a, bead->a, bead->n_a);
      else
        add_side (corpus, s, b, lexicon_b, body_b, bead->b, bead->n_b);
    corpus->n_bags++;
  }
}

/* The corpus by the order of its words, so that the sums come out the same whatever was added first. */

typedef struct {
  const guint32 *ids[2];
  guint32        n[2];
} Bag;

typedef struct {
  GPtrArray *words[2];    /* stems, sorted */
  guint32   *members;     /* all ids */
  Bag       *bags;        /* sorted */
  guint32   *postings[2]; /* the bags of each word */
  gsize     *starts[2];   /* where they begin; one more than words */
  guint      n_bags;
} Sorted;

static int
compare_words (gconstpointer one, gconstpointer two)
{
  return strcmp (*(const char *const *) one, *(const char *const *) two);
}

static int
compare_ids (gconstpointer one, gconstpointer two)
{
  guint32 x = *(const guint32 *) one, y = *(const guint32 *) two;

  return x < y ? -1 : x > y;
}

static int
compare_bags (gconstpointer one, gconstpointer two)
{
  const Bag *x = one, *y = two;

  for (guint s = 0; s < 2; s++) {
    guint32 n = MIN (x->n[s], y->n[s]);

    for (guint32 i = 0; i < n; i++)
      if (x->ids[s][i] != y->ids[s][i])
        return x->ids[s][i] < y->ids[s][i] ? -1 : 1;
    if (x->n[s] != y->n[s])
      return x->n[s] < y->n[s] ? -1 : 1;
  }
  return 0;
}

static void
index_words (Sorted *sorted, guint s)
{
  guint             n = sorted->words[s]->len;
  g_autofree gsize *at = NULL;

  sorted->starts[s] = g_new0 (gsize, n + 2);
  for (guint i = 0; i < sorted->n_bags; i++)
    for (guint32 k = 0; k < sorted->bags[i].n[s]; k++)
      sorted->starts[s][sorted->bags[i].ids[s][k] + 1]++;
  for (guint w = 0; w < n; w++)
    sorted->starts[s][w + 1] += sorted->starts[s][w];
  at = g_memdup2 (sorted->starts[s], (n + 1) * sizeof (gsize));
  sorted->postings[s] = g_new (guint32, MAX (sorted->starts[s][n], 1));
  for (guint i = 0; i < sorted->n_bags; i++)
    for (guint32 k = 0; k < sorted->bags[i].n[s]; k++)
      sorted->postings[s][at[sorted->bags[i].ids[s][k]]++] = i;
}

static void
sort_corpus (const Corpus *corpus, Sorted *sorted)
{
  guint32 *from;
  guint    i = 0;

  sorted->members = g_memdup2 (corpus->bags->data, MAX (corpus->bags->len, 1) * sizeof (guint32));
  sorted->bags = g_new0 (Bag, corpus->n_bags + 1);
  sorted->n_bags = corpus->n_bags;
  from = sorted->members;
  for (guint s = 0; s < 2; s++)
    sorted->words[s] = g_ptr_array_new ();
  for (guint s = 0; s < 2; s++) {
    g_autofree guint32 *places = g_new (guint32, corpus->stems[s]->len + 1);

    for (guint w = 0; w < corpus->stems[s]->len; w++)
      g_ptr_array_add (sorted->words[s], corpus->stems[s]->pdata[w]);
    g_ptr_array_sort (sorted->words[s], compare_words);
    for (guint w = 0; w < corpus->stems[s]->len; w++)
      places[GPOINTER_TO_UINT (g_hash_table_lookup (corpus->ids[s], sorted->words[s]->pdata[w])) - 1] = w;
    from = sorted->members;
    for (i = 0; i < sorted->n_bags; i++)
      for (guint side = 0; side < 2; side++) {
        guint32 n = *from++;

        if (side == s) {
          for (guint32 k = 0; k < n; k++)
            from[k] = places[from[k]];
          qsort (from, n, sizeof *from, compare_ids);
          sorted->bags[i].ids[s] = from;
          sorted->bags[i].n[s] = n;
        }
        from += n;
      }
  }
  qsort (sorted->bags, sorted->n_bags, sizeof (Bag), compare_bags);
  for (guint s = 0; s < 2; s++)
    index_words (sorted, s);
}

static void
clear_sorted (Sorted *sorted)
{
  for (guint s = 0; s < 2; s++) {
    g_ptr_array_unref (sorted->words[s]);
    g_free (sorted->postings[s]);
    g_free (sorted->starts[s]);
  }
  g_free (sorted->members);
  g_free (sorted->bags);
}

/* A word of the first language with one of the second. */
typedef struct {
  guint32 word[2];
  float   together;
  float   chance[2]; /* that the word of side s translates the other; what this gathers while it is reckoned anew */
  float   seen[2];
} Pair;

typedef struct {
  const Sorted *sorted;
  GArray       *pairs;  /* Pair, by the first word, then the second */
  gsize        *starts; /* where those of a first word begin */
} Model;

static gboolean
is_common (const Sorted *sorted, guint s, guint32 word)
{
  gsize n = sorted->starts[s][word + 1] - sorted->starts[s][word];

  return n < 2 || (n > SOME && (double) n > COMMON * sorted->n_bags);
}

/* The best of its partners, by Dice's measure. */
static void
add_partners (Model *model, guint32 word, guint32 *counts, guint32 *met)
{
  const Sorted *sorted = model->sorted;
  gsize         own = sorted->starts[0][word + 1] - sorted->starts[0][word];
  guint32       n_met = 0, best[PARTNERS] = { 0 };
  double        measures[PARTNERS];
  guint         n = 0;

  for (gsize k = sorted->starts[0][word]; k < sorted->starts[0][word + 1]; k++) {
    const Bag *bag = &sorted->bags[sorted->postings[0][k]];

    for (guint32 i = 0; i < bag->n[1]; i++)
      if (counts[bag->ids[1][i]]++ == 0)
        met[n_met++] = bag->ids[1][i];
  }
  qsort (met, n_met, sizeof *met, compare_ids);
  for (guint32 i = 0; i < n_met; i++) {
    guint32 other = met[i];
    gsize   across = sorted->starts[1][other + 1] - sorted->starts[1][other];
    double  measure = 2.0 * counts[other] / (double) (own + across);
    guint   at = n;

    if (counts[other] < 2 || is_common (sorted, 1, other))
      continue;
    while (at > 0 && measures[at - 1] < measure)
      at--;
    if (at == PARTNERS)
      continue;
    n = MIN (n + 1, PARTNERS);
    memmove (best + at + 1, best + at, (n - 1 - at) * sizeof *best);
    memmove (measures + at + 1, measures + at, (n - 1 - at) * sizeof *measures);
    best[at] = other;
    measures[at] = measure;
  }
  qsort (best, n, sizeof *best, compare_ids);
  for (guint i = 0; i < n; i++) {
    float dice = 2.0f * (float) counts[best[i]] / (float) (own + sorted->starts[1][best[i] + 1] - sorted->starts[1][best[i]]);
    Pair  pair = { { word, best[i] }, (float) counts[best[i]], { dice, dice }, { 0, 0 } };

    g_array_append_val (model->pairs, pair);
  }
  for (guint32 i = 0; i < n_met; i++)
    counts[met[i]] = 0;
}

/* Gathers the model's pairs that a bag has, and tells how many; both lists rise. */
static gsize
find_pairs (const Model *model, const Bag *bag, Pair **found)
{
  gsize n = 0;

  for (guint32 i = 0; i < bag->n[0]; i++) {
    guint32 k = 0;

    for (gsize at = model->starts[bag->ids[0][i]]; at < model->starts[bag->ids[0][i] + 1]; at++) {
      Pair *pair = &g_array_index (model->pairs, Pair, at);

      while (k < bag->n[1] && bag->ids[1][k] < pair->word[1])
        k++;
      if (k < bag->n[1] && bag->ids[1][k] == pair->word[1])
        found[n++] = pair;
    }
  }
  return n;
}

/* One round: in each bag every word is shared out among its partners there, by the chances so far. */
static void
reckon (Model *model)
{
  const Sorted      *sorted = model->sorted;
  g_autofree Pair  **found = g_new (Pair *, (gsize) MOST_STEMS * PARTNERS);
  g_autofree double *sums[2] = { g_new0 (double, sorted->words[0]->len + 1), g_new0 (double, sorted->words[1]->len + 1) };

  for (guint i = 0; i < sorted->n_bags; i++) {
    const Bag *bag = &sorted->bags[i];
    gsize      n = find_pairs (model, bag, found);

    for (guint s = 0; s < 2; s++) {
      for (gsize k = 0; k < n; k++)
        sums[s][found[k]->word[s]] += found[k]->chance[s];
      for (gsize k = 0; k < n; k++)
        found[k]->seen[s] += (float) (found[k]->chance[s] / (sums[s][found[k]->word[s]] + NOTHING));
      for (gsize k = 0; k < n; k++)
        sums[s][found[k]->word[s]] = 0;
    }
  }
  for (guint i = 0; i < model->pairs->len; i++) {
    Pair *pair = &g_array_index (model->pairs, Pair, i);

    for (guint s = 0; s < 2; s++) {
      guint32 given = pair->word[!s];

      pair->chance[s] = pair->seen[s] / (float) (sorted->starts[!s][given + 1] - sorted->starts[!s][given]);
      pair->seen[s] = 0;
    }
  }
}

static void
write_corpus (const char *heading, const Corpus *corpus, GString *out)
{
  Sorted              sorted = { .n_bags = 0 };
  Model               model = { &sorted, g_array_new (FALSE, FALSE, sizeof (Pair)), NULL };
  g_autofree guint32 *counts = NULL, *met = NULL;

  sort_corpus (corpus, &sorted);
  counts = g_new0 (guint32, sorted.words[1]->len + 1);
  met = g_new (guint32, sorted.words[1]->len + 1);
  model.starts = g_new0 (gsize, sorted.words[0]->len + 1);
  for (guint32 w = 0; w < sorted.words[0]->len; w++) {
    model.starts[w] = model.pairs->len;
    if (!is_common (&sorted, 0, w))
      add_partners (&model, w, counts, met);
  }
  model.starts[sorted.words[0]->len] = model.pairs->len;
  for (guint round = 0; round < ROUNDS; round++)
    reckon (&model);
  g_string_append_printf (out, "[%s]\n", heading);
  for (guint i = 0; i < model.pairs->len; i++) {
    const Pair *pair = &g_array_index (model.pairs, Pair, i);
    double      share = sqrt ((double) pair->chance[0] * pair->chance[1]);
    gsize       rarer =
      MIN (sorted.starts[0][pair->word[0] + 1] - sorted.starts[0][pair->word[0]], sorted.starts[1][pair->word[1] + 1] - sorted.starts[1][pair->word[1]]);
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    if (share >= LEAST_SHARE && share * (double) rarer >= LEAST_SEEN)
      g_string_append_printf (out, "%s\t%s\t%s\t%.0f\n", (const char *) sorted.words[0]->pdata[pair->word[0]],
                              (const char *) sorted.words[1]->pdata[pair->word[1]], g_ascii_formatd (text, sizeof text, "%.2f", MIN (share, 1)),
                              (double) pair->together);
  }
  g_array_unref (model.pairs);
  g_free (model.starts);
  clear_sorted (&sorted);
}

GString *
dg_learner_write (const DgLearner *learner)
{
  GString          *out = g_string_new (DG_LEARNED_HEAD "\n");
  g_autofree char **headings = (char **) g_hash_table_get_keys_as_array (learner->corpora, NULL);
  guint             n = g_hash_table_size (learner->corpora);

  qsort (headings, n, sizeof *headings, compare_words);
  for (guint i = 0; i < n; i++)
    write_corpus (headings[i], g_hash_table_lookup (learner->corpora, headings[i]), out);
  return out;
}
