/* evidence.c: which tokens answer which, and what that is worth at every place. */
#include "pair/evidence.h"

#include <math.h>
#include <string.h>

/* Windows across a paragraph are told apart by length, in half powers of two of a mean paragraph's. */
#define N_LEVELS    9
#define MOST_COUNTS 1024 /* counts up to this have their values kept */
#define LEAST_SHARE 0.1  /* in long texts, tokens of more paragraphs than this part say nothing and cost much */
#define LONG_TEXT   400  /* paragraphs */
#define NEIGHBOURS  12   /* a point is trusted where another lies within so many paragraphs */

/* Rounded from what fits parallel texts of several kinds best.  About half of what the logs alone would be, because each fact is
 * seen from both sides. */
static const DgEvidenceWeights weights[DG_TOKEN_CLASSES] = {
  [DG_TOKEN_NUMBER] = { 0.3f, 0.35f, 0.07f, 0.95f, 0.05f }, [DG_TOKEN_MONTH] = { 0.25f, 0.25f, 0.05f, 0.85f, 0.08f },
  [DG_TOKEN_LATIN] = { 0.25f, 0.25f, 0.05f, 0.85f, 0.05f }, [DG_TOKEN_NAME2] = { 0.05f, 0.28f, 0, 0.5f, 0.25f },
  [DG_TOKEN_NAME3] = { 0.28f, 0.3f, 0, 0.5f, 0.12f },       [DG_TOKEN_NAME4] = { 0.28f, 0.3f, 0, 0.6f, 0.04f },
  [DG_TOKEN_WORD] = { 0.3f, 0.42f, 0.01f, 0.5f, 0.12f },    [DG_TOKEN_ROOT] = { 0.14f, 0.28f, 0.05f, 0.5f, 0.2f },
  [DG_TOKEN_MARK] = { 0.45f, 0.55f, 0.05f, 0.7f, 0.3f },    [DG_TOKEN_TEXT] = { 1, 0.25f, 0, 0.95f, 0.001f },
};

/* In a bead of several paragraphs of one side, what one of them misses is seen from this side alone, so that the half is undone. */
static const double join_doubt = 1.25;

/* A type's answers: the paragraphs of the other text. */
typedef struct {
  DgTokenClass token_class; /* as it counts; DG_TOKEN_SILENT: it does not */
  gsize        first;       /* in the postings */
  guint32      n;
} Answer;

typedef struct {
  const DgTokens *tokens;
  guint           n_paras;
  gsize          *by_type; /* where a type's own paragraphs begin in own; one more than types */
  guint32        *own;
  Answer         *answers;             /* by type */
  GArray         *postings;            /* guint32: paragraphs of the other side, rising for each type */
  guint8         *level[DG_SEQ_REACH]; /* of the window of 1, 2, 3 paragraphs from here on */
  guint           n_counts;            /* counts of answers whose values are kept */
  float          *misses;              /* [class][count][level], NAN where not reckoned yet */
  float           rare[N_LEVELS];      /* the same of the count last asked for, for counts that are not kept */
  float          *hits;                /* [class][count outside the window][window - 1][level] */
} Side;

struct DgEvidence {
  Side             side[2];
  const DgSeqBand *band;
  float           *sums[2][DG_SEQ_REACH]; /* by place: what the paragraph of a side there says of a window of the other */
};

/* Concept -> types of one side that may stand for it. */
typedef struct {
  guint32 concept, head; /* head: 0 for free, else an index into nodes, from 1 */
} Slot;

typedef struct {
  guint32 type, next;
} Node;

typedef struct {
  guint32  types[2];
  gboolean weak;
} Link;

static const DgTokenType *
get_type (const Side *side, guint32 type)
{
  return &g_array_index (side->tokens->types, DgTokenType, type);
}

static guint32
find_slot (const Slot *slots, guint32 n_slots, guint32 concept)
{
  guint32 slot = ((concept >> 3) * 0x9E3779B1u ^ concept) & (n_slots - 1);

  while (slots[slot].head != 0 && slots[slot].concept != concept)
    slot = (slot + 1) & (n_slots - 1);
  return slot;
}

/* Pairs of types of the two texts that share a concept. */
static GArray *
link_types (const Side *a, const Side *b)
{
  GArray          *links = g_array_new (FALSE, FALSE, sizeof (Link));
  guint32          n_slots = 64;
  g_autofree Slot *slots = NULL;
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  Node none = { 0, 0 };

  while (n_slots < 2 * a->tokens->concepts->len)
    n_slots *= 2;
  slots = g_new0 (Slot, n_slots);
  g_array_append_val (nodes, none);
  for (guint32 t = 0; t < a->tokens->types->len; t++) {
    const DgTokenType *type = get_type (a, t);

    for (guint i = 0; i < type->n_strong + type->n_weak; i++) {
      guint32 concept = g_array_index (a->tokens->concepts, guint32, type->first + i);
      Slot *slot = &slots[find_slot (slots, n_slots, concept)];
      Node  node = { t, slot->head };

      slot->concept = concept;
      slot->head = nodes->len;
      g_array_append_val (nodes, node);
    }
  }
  for (guint32 t = 0; t < b->tokens->types->len; t++) {
    const DgTokenType *type = get_type (b, t);
    guint              n = type->n_strong, before = links->len;

    for (guint i = 0; i < n + type->n_weak; i++) {
      guint32 concept = g_array_index (b->tokens->concepts, guint32, type->first + i);
      guint32 at;

      /* Roots, which are many, are tried only where no word meets. */
      if (i == n && links->len > before)
        break;
      at = slots[find_slot (slots, n_slots, concept)].head;
      for (; at != 0; at = g_array_index (nodes, Node, at).next) {
        Link link = { { g_array_index (nodes, Node, at).type, t }, (concept & 7) == DG_CONCEPT_ROOT };

        if (get_type (a, link.types[0])->token_class != DG_TOKEN_SILENT || type->token_class != DG_TOKEN_SILENT)
          g_array_append_val (links, link);
      }
    }
  }
  return links;
}

/* Lists for each type the paragraphs that have it. */
static void
index_paras (Side *side)
{
  guint             n_types = side->tokens->types->len;
  g_autofree gsize *at = NULL;

  side->by_type = g_new0 (gsize, n_types + 2);
  side->own = g_new (guint32, MAX (side->tokens->members->len, 1));
  for (guint i = 0; i < side->tokens->members->len; i++)
    side->by_type[g_array_index (side->tokens->members, guint32, i) + 1]++;
  for (guint t = 0; t < n_types; t++)
    side->by_type[t + 1] += side->by_type[t];
  at = g_memdup2 (side->by_type, (n_types + 1) * sizeof (gsize));
  for (guint32 p = 0; p < side->n_paras; p++) {
    const DgTokenPara *para = &g_array_index (side->tokens->paras, DgTokenPara, p);

    for (guint i = 0; i < para->n; i++)
      side->own[at[g_array_index (side->tokens->members, guint32, para->first + i)]++] = p;
  }
}

static gint
compare_paras (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* Gathers for each asking type of side @s the paragraphs across that answer it. */
static void
gather (DgEvidence *evidence, guint s, const GArray *links)
{
  Side               *side = &evidence->side[s];
  const Side         *across = &evidence->side[!s];
  guint               n_types = side->tokens->types->len;
  g_autofree guint32 *start = g_new0 (guint32, n_types + 2), *order = g_new (guint32, MAX (links->len, 1));
  g_autofree guint32 *stamps = g_new0 (guint32, across->n_paras + 1);
  guint               most = across->n_paras > LONG_TEXT ? (guint) (across->n_paras * LEAST_SHARE) : across->n_paras;

  side->answers = g_new0 (Answer, MAX (n_types, 1));
  side->postings = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < links->len; i++)
    start[g_array_index (links, Link, i).types[s] + 2]++;
  for (guint t = 0; t < n_types; t++)
    start[t + 2] += start[t + 1];
  for (guint i = 0; i < links->len; i++)
    order[start[g_array_index (links, Link, i).types[s] + 1]++] = i;
  for (guint32 t = 0; t < n_types; t++) {
    Answer  *answer = &side->answers[t];
    gboolean strong = FALSE;

    answer->token_class = get_type (side, t)->token_class;
    answer->first = side->postings->len;
    if (answer->token_class == DG_TOKEN_SILENT)
      continue;
    for (guint32 i = start[t]; i < start[t + 1]; i++)
      strong |= !g_array_index (links, Link, order[i]).weak;
    for (guint32 i = start[t]; i < start[t + 1]; i++) {
      const Link *link = &g_array_index (links, Link, order[i]);
      guint32     other = link->types[!s];

      if (strong && link->weak)
        continue;
      for (gsize k = across->by_type[other]; k < across->by_type[other + 1] && answer->n <= most; k++)
        if (stamps[across->own[k]] != t + 1) {
          stamps[across->own[k]] = t + 1;
          g_array_append_val (side->postings, across->own[k]);
          answer->n++;
        }
    }
    if (answer->n > 0 && !strong)
      answer->token_class = DG_TOKEN_ROOT;
    if (answer->n > most) {
      g_array_set_size (side->postings, (guint) answer->first);
      answer->n = 0;
      answer->token_class = DG_TOKEN_SILENT;
    } else if (answer->n > 1) {
      qsort (&g_array_index (side->postings, guint32, answer->first), answer->n, sizeof (guint32), compare_paras);
    }
    /* A Latin word of a Latin text is seldom kept as it is. */
    if (answer->n == 0 && answer->token_class == DG_TOKEN_LATIN && side->tokens->latin)
      answer->token_class = DG_TOKEN_SILENT;
  }
}

/* The length classes of windows across. */
static void
weigh_side (Side *side)
{
  double total = 0, mean;

  for (guint i = 0; i < side->n_paras; i++)
    total += g_array_index (side->tokens->paras, DgTokenPara, i).length;
  mean = total / MAX (side->n_paras, 1);
  for (guint y = 0; y < DG_SEQ_REACH; y++) {
    side->level[y] = g_new0 (guint8, side->n_paras + 1);
    for (guint i = 0; i + y < side->n_paras; i++) {
      double length = 0, level;

      for (guint k = 0; k <= y; k++)
        length += g_array_index (side->tokens->paras, DgTokenPara, i + k).length;
      level = floor (2 * (log2 (length / mean) + 2) + 0.5);
      side->level[y][i] = (guint8) CLAMP (level, 0, N_LEVELS - 1);
    }
  }
}

/* Values by class, none of them reckoned yet. */
static float *
new_table (guint n_each)
{
  float *table = g_new (float, DG_TOKEN_CLASSES *n_each);

  for (guint i = 0; i < DG_TOKEN_CLASSES * n_each; i++)
    table[i] = NAN;
  return table;
}

DgEvidence *
dg_evidence_new (const DgTokens *a, const DgTokens *b)
{
  DgEvidence *evidence = g_new0 (DgEvidence, 1);
  g_autoptr (GArray) links = NULL;

  for (guint s = 0; s < 2; s++) {
    Side *side = &evidence->side[s];

    side->tokens = s == 0 ? a : b;
    side->n_paras = side->tokens->paras->len;
    index_paras (side);
    weigh_side (side);
    side->n_counts = MIN (MOST_COUNTS, (s == 0 ? b : a)->paras->len + 1);
    side->misses = new_table (side->n_counts * N_LEVELS);
    side->hits = new_table (side->n_counts * DG_SEQ_REACH * N_LEVELS);
  }
  links = link_types (&evidence->side[0], &evidence->side[1]);
  for (guint s = 0; s < 2; s++)
    gather (evidence, s, links);
  return evidence;
}

void
dg_evidence_free (DgEvidence *evidence)
{
  if (evidence == NULL)
    return;
  for (guint s = 0; s < 2; s++) {
    Side *side = &evidence->side[s];

    g_free (side->by_type);
    g_free (side->own);
    g_free (side->answers);
    g_array_unref (side->postings);
    g_free (side->misses);
    g_free (side->hits);
    for (guint y = 0; y < DG_SEQ_REACH; y++) {
      g_free (side->level[y]);
      g_free (evidence->sums[s][y]);
    }
  }
  g_free (evidence);
}

GArray *
dg_evidence_find_points (const DgEvidence *evidence)
{
  const Side          *a = &evidence->side[0], *b = &evidence->side[1];
  g_autofree guint32  *ends = g_new (guint32, a->n_paras + 1), *before = g_new (guint32, a->n_paras + 1), *at = g_new (guint32, a->n_paras + 1);
  g_autofree gboolean *kept = g_new0 (gboolean, a->n_paras + 1);
  GArray              *points = g_array_new (FALSE, FALSE, sizeof (DgSeqPoint));
  guint                n = 0;

  /* For each paragraph of the first text the one that a token met once in each text points to; the longest rising series of
   * these (patience sorting: ends[k] is the paragraph that ends the best series of k + 1). */
  for (guint32 p = 0; p < a->n_paras; p++) {
    const DgTokenPara *para = &g_array_index (a->tokens->paras, DgTokenPara, p);
    guint              low = 0, high = n;

    at[p] = G_MAXUINT32;
    for (guint i = 0; i < para->n && at[p] == G_MAXUINT32; i++) {
      guint32       type = g_array_index (a->tokens->members, guint32, para->first + i);
      const Answer *answer = &a->answers[type];

      if (answer->token_class != DG_TOKEN_SILENT && answer->token_class != DG_TOKEN_NAME2 && answer->n == 1 && a->by_type[type + 1] - a->by_type[type] == 1)
        at[p] = g_array_index (a->postings, guint32, answer->first);
    }
    if (at[p] == G_MAXUINT32)
      continue;
    while (low < high) {
      guint middle = (low + high) / 2;

      if (at[ends[middle]] < at[p])
        low = middle + 1;
      else
        high = middle;
    }
    before[p] = low > 0 ? ends[low - 1] : G_MAXUINT32;
    ends[low] = p;
    n = MAX (n, low + 1);
  }
  for (guint32 p = n > 0 ? ends[n - 1] : G_MAXUINT32; p != G_MAXUINT32; p = before[p])
    kept[p] = TRUE;
  for (guint32 p = 0, last = G_MAXUINT32; p < a->n_paras; p++) {
    DgSeqPoint point = { p, at[p] };

    if (!kept[p])
      continue;
    /* Chance hits fit into a rising series too, but one by one. */
    if (last != G_MAXUINT32 && p - last <= NEIGHBOURS && at[p] - at[last] <= NEIGHBOURS && point.b < b->n_paras)
      g_array_append_val (points, point);
    last = p;
  }
  return points;
}

/* Chance of an answer in a window of length class @level, @outside of its m - y paragraphs having one. */
static double
chance (const DgEvidenceWeights *w, double outside, double rest, guint level)
{
  double q = (outside + 4 * w->chance) / (rest + 4);
  double r = CLAMP (exp2 (level * 0.5 - 2), 0.3, 4);

  q = -expm1 (r * log1p (-MIN (q, 0.97)));
  return CLAMP (q, 0.003, 0.97);
}

/* What a missing answer is worth, by the level of the window. */
static const float *
weigh_miss (Side *side, guint n_across, const Answer *answer)
{
  const DgEvidenceWeights *w = &weights[answer->token_class];
  gboolean                 kept = answer->n < side->n_counts;
  float                   *values = kept ? &side->misses[(answer->token_class * side->n_counts + answer->n) * N_LEVELS] : side->rare;

  if (kept && !isnan (values[0]))
    return values;
  for (guint level = 0; level < N_LEVELS; level++) {
    double q = chance (w, answer->n, MAX (n_across, 2) - 1, level), p = CLAMP (MAX (w->expected, q), 0.01, 0.985);

    values[level] = answer->n == 0 ? -w->none : (float) (w->miss * log ((1 - p) / (1 - q)));
  }
  return values;
}

static float
weigh_hit (Side *side, guint n_across, const Answer *answer, guint inside, guint y, guint level)
{
  const DgEvidenceWeights *w = &weights[answer->token_class];
  guint                    outside = answer->n - inside;
  float                   *kept = NULL;
  double                   p, q;
  float                    value;

  if (outside < side->n_counts)
    kept = &side->hits[((answer->token_class * side->n_counts + outside) * DG_SEQ_REACH + y - 1) * N_LEVELS + level];
  if (kept != NULL && !isnan (*kept))
    return *kept;
  q = chance (w, outside, (double) n_across - y, level);
  p = CLAMP (MAX (w->expected, q), 0.01, 0.985);
  value = (float) (w->hit * log (p / q));
  if (kept != NULL)
    *kept = value;
  return value;
}

/* Where place (own, across) of side @s lies. */
static gsize
find_place (const DgSeqBand *band, guint s, guint own, guint across)
{
  return s == 0 ? dg_seq_band_index (band, own, across) : dg_seq_band_index (band, across, own);
}

/* Adds to all windows of the band what answers of one token change against its being missed. */
static void
add_answers (DgEvidence *evidence, guint s, guint own, const Answer *answer, guint low, guint high)
{
  Side          *side = &evidence->side[s];
  const Side    *across = &evidence->side[!s];
  const guint32 *posts = &g_array_index (side->postings, guint32, answer->first);
  const float   *misses = weigh_miss (side, across->n_paras, answer);
  guint          k = 0, end = answer->n;

  while (k < end) {
    guint middle = (k + end) / 2;

    if (posts[middle] < low)
      k = middle + 1;
    else
      end = middle;
  }
  for (; k < answer->n && posts[k] <= high + DG_SEQ_REACH - 1; k++)
    for (guint y = 1; y <= DG_SEQ_REACH; y++) {
      guint from = posts[k] + 1 > y ? posts[k] + 1 - y : 0;

      /* Windows in which this is the first answer. */
      if (k > 0)
        from = MAX (from, posts[k - 1] + 1);
      for (guint w = MAX (from, low); w <= MIN (posts[k], high) && w + y <= across->n_paras; w++) {
        guint inside = 1, level = across->level[y - 1][w];
        gsize place = find_place (evidence->band, s, own, w);

        while (k + inside < answer->n && posts[k + inside] < w + y)
          inside++;
        if (place != G_MAXSIZE)
          evidence->sums[s][y - 1][place] += weigh_hit (side, across->n_paras, answer, inside, y, level) - misses[level];
      }
    }
}

static gboolean
is_answered (const Side *side, const Answer *answer, guint para)
{
  const guint32 *posts = &g_array_index (side->postings, guint32, answer->first);
  guint          low = 0, high = answer->n;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (posts[middle] < para)
      low = middle + 1;
    else
      high = middle;
  }
  return low < answer->n && posts[low] == para;
}

double
dg_evidence_move (DgEvidence *evidence, guint s, const DgTokenSpan *span, guint from, guint to)
{
  Side         *side = &evidence->side[s];
  const Side   *across = &evidence->side[!s];
  const guint32 places[2] = { from, to };
  double        values[2] = { 0, 0 };

  for (guint i = 0; i < span->n; i++) {
    const Answer *answer = &side->answers[g_array_index (side->tokens->members, guint32, span->first + i)];

    if (answer->token_class == DG_TOKEN_SILENT || answer->n == 0)
      continue;
    for (guint k = 0; k < 2; k++) {
      guint level = across->level[0][places[k]];

      values[k] +=
        is_answered (side, answer, places[k]) ? weigh_hit (side, across->n_paras, answer, 1, 1, level) : weigh_miss (side, across->n_paras, answer)[level];
    }
  }
  return values[1] - values[0];
}

/* All that paragraph @own of side @s says of the windows from @low to @high across. */
static void
fill_para (DgEvidence *evidence, guint s, guint own, guint low, guint high)
{
  Side              *side = &evidence->side[s];
  const Side        *across = &evidence->side[!s];
  const DgTokenPara *para = &g_array_index (side->tokens->paras, DgTokenPara, own);
  float              base[N_LEVELS] = { 0 };

  if (across->n_paras == 0)
    return;
  for (guint i = 0; i < para->n; i++) {
    const Answer *answer = &side->answers[g_array_index (side->tokens->members, guint32, para->first + i)];

    const float *misses;

    if (answer->token_class == DG_TOKEN_SILENT)
      continue;
    misses = weigh_miss (side, across->n_paras, answer);
    for (guint level = 0; level < N_LEVELS; level++)
      base[level] += misses[level];
  }
  for (guint w = low; w <= high && w < across->n_paras; w++) {
    gsize place = find_place (evidence->band, s, own, w);

    for (guint y = 0; y < DG_SEQ_REACH && place != G_MAXSIZE; y++)
      evidence->sums[s][y][place] = base[across->level[y][w]];
  }
  for (guint i = 0; i < para->n; i++) {
    const Answer *answer = &side->answers[g_array_index (side->tokens->members, guint32, para->first + i)];

    if (answer->token_class != DG_TOKEN_SILENT && answer->n > 0)
      add_answers (evidence, s, own, answer, low, high);
  }
}

void
dg_evidence_fill (DgEvidence *evidence, const DgSeqBand *band)
{
  gsize n = band->start[band->n_a + 1];
  guint low = 0, high = 0;

  evidence->band = band;
  for (guint s = 0; s < 2; s++)
    for (guint y = 0; y < DG_SEQ_REACH; y++) {
      g_free (evidence->sums[s][y]);
      evidence->sums[s][y] = g_new0 (float, n);
    }
  for (guint i = 0; i < band->n_a; i++)
    fill_para (evidence, 0, i, band->low[i], band->high[i]);
  /* The rows that hold column j: both edges rise. */
  for (guint j = 0; j < band->n_b; j++) {
    while (low < band->n_a && band->high[low] < j)
      low++;
    high = MAX (high, low);
    while (high < band->n_a && band->low[high + 1] <= j)
      high++;
    fill_para (evidence, 1, j, low, high);
  }
}

/* What a paragraph says against a bead counts more where others of its side are joined with it: nobody across speaks for it
 * then, and a paragraph without counterpart must not be swallowed by its neighbour's bead. */
static double
weigh_member (double value, guint n_joined)
{
  return value < 0 && n_joined > 1 ? value * join_doubt : value;
}

/* What the tokens say of a bead of @n_a paragraphs @below each other and @n_b @beside. */
static inline double
weigh_shape (const DgEvidence *evidence, const gsize below[DG_SEQ_REACH], const gsize beside[DG_SEQ_REACH], guint n_a, guint n_b)
{
  double value = 0;

  if (n_a == 0 || n_b == 0)
    return 0;
  if (below[n_a - 1] == G_MAXSIZE || beside[n_b - 1] == G_MAXSIZE)
    return -INFINITY;
  for (guint i = 0; i < n_a; i++)
    value += weigh_member (evidence->sums[0][n_b - 1][below[i]], n_a);
  for (guint j = 0; j < n_b; j++)
    value += weigh_member (evidence->sums[1][n_a - 1][beside[j]], n_b);
  /* Two that do not share their words may each be alone, one dropped and one added at the same place. */
  return n_a == 1 && n_b == 1 ? weigh_member (value, 2) : value;
}

void
dg_evidence_weigh (const DgEvidence *evidence, guint a, guint b, double values[DG_SEQ_SHAPES])
{
  const DgSeqBand *band = evidence->band;
  gsize            below[DG_SEQ_REACH], beside[DG_SEQ_REACH];
  gsize            here = dg_seq_band_index (band, a, b);

  for (guint i = 0; i < DG_SEQ_REACH; i++) {
    below[i] = i == 0 ? here : dg_seq_band_index (band, a + i, b);
    beside[i] = b + i <= band->high[a] ? here + i : G_MAXSIZE;
  }
#define _(n_a, n_b) values[DG_SEQ_##n_a##_##n_b] = weigh_shape (evidence, below, beside, n_a, n_b);
  DG_SEQ_SHAPE_TABLE (_)
#undef _
}

double
dg_evidence_weigh_one (const DgEvidence *evidence, guint a, guint b)
{
  gsize here = dg_seq_band_index (evidence->band, a, b);

  return here == G_MAXSIZE ? -INFINITY : (double) evidence->sums[0][0][here] + evidence->sums[1][0][here];
}
