/* content.c: heads and captions weighed against each other, the surest pairs first. */
#include "pair/content.h"

#include <math.h>

#include "pair/evidence.h"
#include "pair/lexicon.h"
#include "pair/tokens.h"

/* Body paragraphs that are read too: they show which words are common in this dispatch and say nothing of a pair. */
#define BACKGROUND 60
#define MOST_HEADS 40 /* of one text */

#define LEAST_SCORE 0.5
#define ALONE       (-1.0) /* log weight of a head that answers none */

/* Headlines are shortened at will, so that lengths say little: a log weight for a quotient of e. */
#define LENGTH 0.5

/* For two of one role: it decides where several heads say the same, as a caption that repeats the headline. */
#define SAME_ROLE 1

typedef struct {
  GPtrArray *heads;  /* DgNode, lent */
  DgTokens  *tokens; /* heads, then some of the body */
} Side;

static void
read_side (const DgText *text, Side *side)
{
  g_autoptr (DgLexicon) lexicon = dg_lexicon_new (text->lang);
  g_autoptr (GPtrArray) paras = g_ptr_array_new ();
  guint n_body = 0;

  side->heads = g_ptr_array_new ();
  for (guint i = 0; i < text->nodes->len && side->heads->len < MOST_HEADS; i++) {
    const DgNode *node = text->nodes->pdata[i];

    if (node->role == DG_ROLE_HEADLINE || node->role == DG_ROLE_DECK || node->role == DG_ROLE_CAPTION) {
      g_ptr_array_add (side->heads, text->nodes->pdata[i]);
      g_ptr_array_add (paras, node->text + node->label_length);
    }
  }
  for (guint i = 0; i < text->nodes->len && n_body < BACKGROUND; i++) {
    const DgNode *node = text->nodes->pdata[i];

    if (dg_role_is_running (node->role)) {
      g_ptr_array_add (paras, node->text);
      n_body++;
    }
  }
  side->tokens = dg_tokens_new (text->lang, lexicon, NULL, (const char *const *) paras->pdata, paras->len);
}

static void
clear_side (Side *side)
{
  g_ptr_array_unref (side->heads);
  dg_tokens_free (side->tokens);
}

static double
find_length (const Side *side, guint i)
{
  return g_array_index (side->tokens->paras, DgTokenPara, i).length;
}

/* Log weights of all pairs, row by row, against two heads that are no pair. */
static double *
weigh (const Side sides[2])
{
  g_autoptr (DgEvidence) evidence = dg_evidence_new (sides[0].tokens, sides[1].tokens);
  g_autoptr (DgSeqBand) band = dg_seq_band_new (sides[0].tokens->paras->len, sides[1].tokens->paras->len, NULL, 0, 0);
  guint   n_a = sides[0].heads->len, n_b = sides[1].heads->len;
  double *weights = g_new (double, n_a *n_b);

  dg_evidence_fill (evidence, band);
  for (guint i = 0; i < n_a; i++)
    for (guint j = 0; j < n_b; j++) {
      const DgNode *a = sides[0].heads->pdata[i], *b = sides[1].heads->pdata[j];
      double        values[DG_SEQ_SHAPES];

      dg_evidence_weigh (evidence, i, j, values);
      weights[i * n_b + j] =
        values[DG_SEQ_1_1] - LENGTH * fabs (log (find_length (&sides[1], j) / find_length (&sides[0], i))) + (a->role == b->role ? SAME_ROLE : 0);
    }
  return weights;
}

/* The pair's share of all that its two heads may be: in it, in another, alone. */
static double
share (const double *weights, guint n_a, guint n_b, guint i, guint j, const gboolean *taken_a, const gboolean *taken_b)
{
  double own, all;

  g_assert (weights != NULL); /* there are none only where a text has no heads, and then nobody asks */
  own = exp (weights[i * n_b + j]);
  all = own + exp (ALONE);

  for (guint k = 0; k < n_b; k++)
    all += k != j && !taken_b[k] ? exp (weights[i * n_b + k]) : 0;
  for (guint k = 0; k < n_a; k++)
    all += k != i && !taken_a[k] ? exp (weights[k * n_b + j]) : 0;
  return own / all;
}

static int
compare_pairs (gconstpointer one, gconstpointer two)
{
  guint x = g_array_index (((const DgContentPair *) one)->a->lines, guint, 0);
  guint y = g_array_index (((const DgContentPair *) two)->a->lines, guint, 0);

  return x < y ? -1 : x > y;
}

GArray *
dg_content_find_pairs (const DgDoc *doc)
{
  GArray              *pairs = g_array_new (FALSE, FALSE, sizeof (DgContentPair));
  Side                 sides[2];
  g_autofree double   *weights = NULL;
  g_autofree gboolean *taken_a = NULL, *taken_b = NULL;
  guint                n_a, n_b;

  if (doc->n_texts < 2)
    return pairs;
  for (guint s = 0; s < 2; s++)
    read_side (&doc->text[s], &sides[s]);
  n_a = sides[0].heads->len;
  n_b = sides[1].heads->len;
  taken_a = g_new0 (gboolean, n_a + 1);
  taken_b = g_new0 (gboolean, n_b + 1);
  if (n_a > 0 && n_b > 0)
    weights = weigh (sides);
  for (guint left = MIN (n_a, n_b); left > 0; left--) {
    guint         best_a = 0, best_b = 0;
    DgContentPair pair = { .score = 0 };

    for (guint i = 0; i < n_a; i++)
      for (guint j = 0; j < n_b; j++) {
        double score = taken_a[i] || taken_b[j] ? 0 : share (weights, n_a, n_b, i, j, taken_a, taken_b);

        if (score > pair.score) {
          pair = (DgContentPair){ sides[0].heads->pdata[i], sides[1].heads->pdata[j], score };
          best_a = i;
          best_b = j;
        }
      }
    if (pair.score < LEAST_SCORE)
      break;
    taken_a[best_a] = taken_b[best_b] = TRUE;
    g_array_append_val (pairs, pair);
  }
  for (guint s = 0; s < 2; s++)
    clear_side (&sides[s]);
  g_array_sort (pairs, compare_pairs);
  return pairs;
}
