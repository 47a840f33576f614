/* sentences.c: see sentences.h. */
#include "pair/sentences.h"

#include "pair/evidence.h"
#include "pair/lexicon.h"
#include "pair/ratio.h"
#include "pair/seqmatch.h"
#include "pair/tokens.h"
#include "pair/weigh.h"

#include <math.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* Texts with more places than this are searched in a band along the corners of the beads. */
#define WHOLE_PLACES 250000
#define HALF_WIDTH   64

/* The sentences of a bead on one side. */
typedef struct {
  guint first, n;
} Range;

typedef struct {
  DgWeights         *weights;
  const DgSentences *sentences;
  GArray            *ranges[2]; /* Range, by bead */
} Search;

static const DgSentence *
get_sentence (const DgSentences *sentences, guint side, guint i)
{
  return &g_array_index (sentences->sentences[side], DgSentence, i);
}

/* Sentences */

static void
add_sentence (GArray *list, const DgNode *node, gsize start, gsize end, guint bead)
{
  DgSentence sentence = { node, start, end, bead };

  while (sentence.start < sentence.end && node->text[sentence.start] == ' ')
    sentence.start++;
  while (sentence.end > sentence.start && node->text[sentence.end - 1] == ' ')
    sentence.end--;
  if (sentence.end > sentence.start)
    g_array_append_val (list, sentence);
}

/* Abbreviations that the language has (CLDR's suppressions) end none. */
static UBreakIterator *
open_breaks (const char *lang)
{
  g_autofree char *locale = g_strconcat (lang, "-u-ss-standard", NULL);
  char             id[ULOC_FULLNAME_CAPACITY];
  UErrorCode       status = U_ZERO_ERROR;
  UBreakIterator  *breaks;

  uloc_forLanguageTag (locale, id, sizeof id, NULL, &status);
  breaks = ubrk_open (UBRK_SENTENCE, U_SUCCESS (status) ? id : lang, NULL, 0, &status);
  return U_SUCCESS (status) ? breaks : NULL;
}

static void
split_node (UBreakIterator *breaks, const DgNode *node, guint bead, GArray *list)
{
  UErrorCode status = U_ZERO_ERROR;
  UText     *text = utext_openUTF8 (NULL, node->text, -1, &status);
  gsize      start = 0;

  if (breaks != NULL)
    ubrk_setUText (breaks, text, &status);
  if (breaks != NULL && U_SUCCESS (status))
    for (int32_t at = ubrk_next (breaks); at != UBRK_DONE; at = ubrk_next (breaks)) {
      add_sentence (list, node, start, (gsize) at, bead);
      start = (gsize) at;
    }
  add_sentence (list, node, start, strlen (node->text), bead);
  utext_close (text);
}

/* The sentences of text @side, bead by bead, of those that have both sides. */
static void
split_text (const DgAlign *align, guint side, DgSentences *sentences, GArray *ranges)
{
  const DgText   *text = &align->doc->text[side];
  UBreakIterator *breaks = open_breaks (text->lang);
  g_autoptr (GPtrArray) body = dg_text_list_running (text);

  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);
    guint         first = side == 0 ? bead->a : bead->b, n = side == 0 ? bead->n_a : bead->n_b;
    Range         range = { sentences->sentences[side]->len, 0 };

    for (guint k = first; bead->n_a > 0 && bead->n_b > 0 && k < first + n; k++)
      split_node (breaks, body->pdata[k], i, sentences->sentences[side]);
    range.n = sentences->sentences[side]->len - range.first;
    g_array_append_val (ranges, range);
  }
  if (breaks != NULL)
    ubrk_close (breaks);
}

/* Pairs */

/* Whether the @n sentences of @side from @at all belong to @bead. */
static gboolean
is_within (const Search *search, guint side, guint at, guint n, guint bead)
{
  const Range *range = &g_array_index (search->ranges[side], Range, bead);

  return at >= range->first && at + n <= range->first + range->n;
}

static void
score_pairs (guint a, guint b, double scores[DG_SEQ_SHAPES], gpointer data)
{
  const Search *search = data;

  dg_weigh (search->weights, a, b, scores);
  for (guint k = 0; k < DG_SEQ_SHAPES; k++) {
    guint n_a = dg_seq_shape_a (k), n_b = dg_seq_shape_b (k), bead;

    if (a + n_a > search->weights->n[0] || b + n_b > search->weights->n[1])
      continue;
    bead = n_a > 0 ? get_sentence (search->sentences, 0, a)->bead : get_sentence (search->sentences, 1, b)->bead;
    if (!is_within (search, 0, a, n_a, bead) || !is_within (search, 1, b, n_b, bead))
      scores[k] = -INFINITY;
  }
}

static DgTokens *
read_tokens (const DgAlign *align, guint side, const DgSentences *sentences, const DgLearned *learned)
{
  const DgText *text = &align->doc->text[side], *other = &align->doc->text[1 - side];
  g_autoptr (DgLexicon) lexicon = dg_lexicon_new (text->lang);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sentences->sentences[side]->len; i++) {
    const DgSentence *sentence = get_sentence (sentences, side, i);

    g_ptr_array_add (list, g_strndup (sentence->node->text + sentence->start, sentence->end - sentence->start));
  }
  return dg_tokens_new (text->lang, lexicon, dg_learned_get (learned, text->lang, other->lang), (const char *const *) list->pdata, list->len);
}

static DgSeqBand *
choose_band (const Search *search)
{
  guint n_a = search->weights->n[0], n_b = search->weights->n[1];
  g_autoptr (GArray) corners = NULL;

  if ((guint64) (n_a + 1) * (n_b + 1) <= WHOLE_PLACES)
    return dg_seq_band_new (n_a, n_b, NULL, 0, 0);
  corners = g_array_new (FALSE, FALSE, sizeof (DgSeqPoint));
  for (guint i = 0; i < search->ranges[0]->len; i++) {
    DgSeqPoint corner = { g_array_index (search->ranges[0], Range, i).first, g_array_index (search->ranges[1], Range, i).first };

    if (g_array_index (search->ranges[0], Range, i).n > 0 && corner.a > 0)
      g_array_append_val (corners, corner);
  }
  return dg_seq_band_new (n_a, n_b, (const DgSeqPoint *) (const void *) corners->data, corners->len, HALF_WIDTH);
}

static double
sum_lengths (const DgWeights *weights, guint side)
{
  double sum = 0;

  for (guint i = 0; i < weights->n[side]; i++)
    sum += weights->lengths[side][0][i];
  return sum;
}

static void
pair (const DgAlign *align, const DgTokens *a, const DgTokens *b, Search *search, GArray *pairs)
{
  g_autoptr (DgEvidence) evidence = dg_evidence_new (a, b);
  g_autoptr (DgWeights) weights = dg_weights_new (a, b, evidence);
  g_autoptr (DgSeqBand) band = NULL;
  g_autoptr (GArray) found = NULL;

  search->weights = weights;
  band = choose_band (search);
  dg_evidence_fill (evidence, band);
  /* These paragraphs are known to say the same, so that their lengths tell more than the languages let expect. */
  dg_weights_set (weights, log (sum_lengths (weights, 1) / sum_lengths (weights, 0)), 1);
  found = dg_seqmatch (band, score_pairs, search, NULL);
  for (guint i = 0; i < found->len; i++) {
    const DgSeqBead *one = &g_array_index (found, DgSeqBead, i);
    guint            number = one->n_a > 0 ? get_sentence (search->sentences, 0, one->a)->bead : get_sentence (search->sentences, 1, one->b)->bead;
    const DgBead    *bead = &g_array_index (align->beads, DgBead, number);
    DgBead           made = { one->a, one->n_a, one->b, one->n_b, one->posterior * bead->score, bead->fixed };

    g_array_append_val (pairs, made);
  }
}

DgSentences *
dg_sentences_new (const DgAlign *align, const DgLearned *learned)
{
  DgSentences *sentences = g_new0 (DgSentences, 1);
  Search       search = { NULL, sentences, { NULL, NULL } };
  g_autoptr (DgTokens) a = NULL, b = NULL;

  sentences->pairs = g_array_new (FALSE, FALSE, sizeof (DgBead));
  for (guint side = 0; side < 2; side++) {
    sentences->sentences[side] = g_array_new (FALSE, FALSE, sizeof (DgSentence));
    search.ranges[side] = g_array_new (FALSE, FALSE, sizeof (Range));
    if (align->doc->n_texts > 1)
      split_text (align, side, sentences, search.ranges[side]);
  }
  if (sentences->sentences[0]->len > 0 && sentences->sentences[1]->len > 0) {
    a = read_tokens (align, 0, sentences, learned);
    b = read_tokens (align, 1, sentences, learned);
    pair (align, a, b, &search, sentences->pairs);
  }
  g_array_unref (search.ranges[0]);
  g_array_unref (search.ranges[1]);
  return sentences;
}

void
dg_sentences_free (DgSentences *sentences)
{
  if (sentences == NULL)
    return;
  g_array_unref (sentences->sentences[0]);
  g_array_unref (sentences->sentences[1]);
  g_array_unref (sentences->pairs);
  g_free (sentences);
}
