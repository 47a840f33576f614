/* tongues.c: n-grams tell what a line shows of each language; where two languages share a script, the lines are shared out by Viterbi's
 * algorithm, since a text goes on in its language from line to line. */
#include "read/tongues.h"

#include "base/utf.h"

#include <math.h>
#include <string.h>

enum { TEXT_BYTES = 2400, MIN_LINE_BYTES = 120, MAX_LINE_BYTES = 600, N_CANDIDATES = 7, MIN_LETTERS = 24, SCRAP_CHARS = 24, SCRAP_WORD = 4 };

/* What changing the language between two lines costs, in the units of ngrams.h; where texts alternate, it is staying that costs. */
#define SWITCH_COST          30.0f
#define SWITCH_AT_GAP        20.0f
#define SWITCH_AFTER_CAPTION 10.0f
#define SWITCH_AT_SCRAP      12.0f /* more: initials and codes end a text rather than they begin one */
#define STAY_COST            15.0f
#define TURNS_COST           8.0f /* most texts do not alternate */

#define LABEL_BONUS 20.0f /* for a label that a language has */

/* How far a letter must speak for its line's language, on the average, for two languages to be seen: less is one language and chance.
 * Chance is less likely where each has one block, and least where the blocks are alike in size; a third language must be certain. */
#define CLEAR_MARGIN    0.60
#define BLOCK_MARGIN    0.30
#define BALANCED_MARGIN 0.12
#define THIRD_MARGIN    1.00
#define SMALL_SHARE     6
/* A language of which nothing is known is taken for as near to a line as the best other one, less this. */
#define UNKNOWN_SHARE 0.93f

static const float *
row (const DgTongues *tongues, guint i)
{
  return tongues->scores + (gsize) i * dg_ngrams_count (tongues->ngrams);
}

/* The bytes of a line that are looked at: all, or whole words of its beginning up to @most. */
static gsize
measure_start (const DgScanLine *line, gsize most)
{
  gsize length = line->length;

  if (length <= most)
    return length;
  for (length = most; length > 0 && line->text[length] != ' '; length--)
    ;
  if (length > 0)
    return length;
  for (length = most; ((guchar) line->text[length] & 0xC0) == 0x80; length--)
    ;
  return length;
}

gboolean
dg_tongues_collect (GArray *lines, const DgLabels *labels, DgSide side, DgScript script, guint max_letters, DgTongues *tongues, GError **error)
{
  GError *own_error = NULL;
  guint   n_langs, n_lines = 0, n_letters = 0;
  guint   found[DG_NGRAMS_MAX];
  guint  *bits = NULL; /* of the languages' labels, once they are asked for */
  gsize   most;

  *tongues = (DgTongues){ .ngrams = dg_ngrams_get (script, &own_error) };
  if (tongues->ngrams == NULL) {
    if (own_error != NULL)
      g_propagate_error (error, own_error);
    return own_error == NULL;
  }
  n_langs = dg_ngrams_count (tongues->ngrams);
  for (guint i = 0; i < lines->len; i++)
    n_lines += dg_scan_line_at (lines, i)->side == side;
  most = CLAMP (TEXT_BYTES / MAX (n_lines, 1), MIN_LINE_BYTES, MAX_LINE_BYTES);
  tongues->lines = g_new (guint, MAX (n_lines, 1));
  tongues->letters = g_new (guint, MAX (n_lines, 1));
  tongues->scores = g_new0 (float, MAX ((gsize) n_lines, 1) * n_langs);
  for (guint i = 0; i < lines->len && n_letters < max_letters; i++) {
    const DgScanLine *line = dg_scan_line_at (lines, i);
    float            *scores = tongues->scores + (gsize) tongues->n * n_langs;

    if (line->side != side)
      continue;
    tongues->lines[tongues->n] = i;
    tongues->letters[tongues->n] = dg_ngrams_score (tongues->ngrams, line->text, measure_start (line, most), scores);
    n_letters += tongues->letters[tongues->n++];
    if (line->label_length == 0)
      continue;
    for (guint k = 0; bits == NULL && k < n_langs; k++)
      found[k] = dg_labels_lang_bit (labels, dg_ngrams_tag (tongues->ngrams, k));
    bits = found;
    for (guint k = 0; k < n_langs; k++)
      if ((line->label_langs & bits[k]) != 0)
        scores[k] += LABEL_BONUS;
  }
  return TRUE;
}

void
dg_tongues_clear (DgTongues *tongues)
{
  g_free (tongues->lines);
  g_free (tongues->letters);
  g_free (tongues->scores);
  *tongues = (DgTongues){ 0 };
}

DgTongue
dg_tongues_name (const DgTongues *tongues)
{
  float    total[DG_NGRAMS_MAX] = { 0 };
  guint    n_langs, n_letters = 0, best = 0, other = 0;
  DgTongue tongue = { 0 };
  double   margin;

  if (tongues->ngrams == NULL)
    return tongue;
  n_langs = dg_ngrams_count (tongues->ngrams);
  for (guint i = 0; i < tongues->n; i++) {
    n_letters += tongues->letters[i];
    for (guint k = 0; k < n_langs; k++)
      total[k] += row (tongues, i)[k];
  }
  for (guint k = 0; k < n_langs; k++)
    total[k] -= dg_ngrams_rarity (tongues->ngrams, k);
  for (guint k = 1; k < n_langs; k++)
    if (total[k] > total[best])
      best = k;
  other = best == 0;
  for (guint k = 0; k < n_langs; k++)
    if (k != best && total[k] > total[other])
      other = k;
  if (n_letters == 0 || n_langs < 2)
    return tongue;
  tongue.lang = dg_ngrams_tag (tongues->ngrams, best);
  tongue.other = dg_ngrams_tag (tongues->ngrams, other);
  margin = (double) (total[best] - total[other]);
  /* N-grams overlap, and words come again: the margin of chance grows as the root of the letters. */
  tongue.confidence = 1 - exp (-margin / (2.5 * sqrt (n_letters)));
  tongue.doubtful = tongue.confidence < 0.5;
  return tongue;
}

static float
price_switch (const DgScanLine *before, const DgScanLine *line)
{
  if ((before->label_kinds & 1u << DG_LABEL_CAPTION) != 0 && before->label_length > 0)
    return SWITCH_AFTER_CAPTION;
  return line->gap > 0 ? SWITCH_AT_GAP : SWITCH_COST;
}

/* TRUE for initials and the like: no word of it is long. */
static gboolean
is_scrap (const DgScanLine *line)
{
  const char *p = line->text, *end = p + line->length;
  guint       size = 0;

  if (line->n_chars > SCRAP_CHARS)
    return FALSE;
  while (p < end && size <= SCRAP_WORD)
    size = g_unichar_isalpha (dg_utf8_read (&p)) ? size + 1 : 0;
  return size <= SCRAP_WORD;
}

/* What line @i shows of @lang; of one that has no table (-1), what it shows of the best that is not @known. */
static float
read_score (const DgTongues *tongues, guint i, int lang, int known)
{
  const float *scores = row (tongues, i);
  float        best = 0;

  if (lang >= 0)
    return scores[lang];
  for (guint k = 0; k < dg_ngrams_count (tongues->ngrams); k++)
    if ((int) k != known)
      best = MAX (best, scores[k]);
  return best * UNKNOWN_SHARE;
}

/* Shares the lines out; @second gets 1 where the second is chosen.  Returns the sum of the scores less the price of the changes. */
static float
share_out (const DgTongues *tongues, GArray *lines, const int langs[2], gboolean alternating, guint8 *second)
{
  g_autofree guint8 *back = g_new (guint8, MAX (tongues->n, 1) * 2);
  float              best[2] = { 0, 0 };
  guint8             state;

  for (guint i = 0; i < tongues->n; i++) {
    float price = i > 0 ? price_switch (dg_scan_line_at (lines, tongues->lines[i - 1]), dg_scan_line_at (lines, tongues->lines[i])) : 0;
    float next[2];

    price += i > 0 && is_scrap (dg_scan_line_at (lines, tongues->lines[i])) ? SWITCH_AT_SCRAP : 0;
    for (guint s = 0; s < 2; s++) {
      float stay = best[s] - (alternating && i > 0 ? STAY_COST : 0), change = best[1 - s] - (alternating ? 0 : price);

      back[i * 2 + s] = (guint8) (i > 0 && change > stay ? 1 - s : s);
      next[s] = MAX (stay, change) + read_score (tongues, i, langs[s], langs[1 - s]);
    }
    best[0] = next[0];
    best[1] = next[1];
  }
  state = best[1] > best[0];
  for (guint i = tongues->n; i-- > 0;) {
    second[i] = state;
    state = back[i * 2 + state];
  }
  return MAX (best[0], best[1]);
}

static guint
count_changes (const guint8 *second, guint n)
{
  guint changes = 0;

  for (guint i = 1; i < n; i++)
    changes += second[i] != second[i - 1];
  return changes;
}

/* TRUE where at least every other line begins a new run: less is no alternation. */
static gboolean
alternates (const guint8 *second, guint n)
{
  guint changes = count_changes (second, n);

  return changes >= 3 && changes * 2 >= n;
}

/* In blocks or by turns, whichever fits better. */
static float
share_either_way (const DgTongues *tongues, GArray *lines, const int langs[2], guint8 *second)
{
  g_autofree guint8 *turns = g_new0 (guint8, MAX (tongues->n, 1));
  float              in_blocks = share_out (tongues, lines, langs, FALSE, second), by_turns = share_out (tongues, lines, langs, TRUE, turns);

  if (by_turns - TURNS_COST <= in_blocks || !alternates (turns, tongues->n))
    return in_blocks;
  memcpy (second, turns, tongues->n);
  return by_turns;
}

/* TRUE where the lines of each side speak for its language: two texts, not one whose names look foreign. */
static gboolean
is_clear (const DgTongues *tongues, const int langs[2], const guint8 *second, gboolean third)
{
  double   margin[2] = { 0, 0 }, wanted;
  guint    letters[2] = { 0, 0 }, n[2] = { 0, 0 }, least = third ? 3 * MIN_LETTERS : MIN_LETTERS, changes;
  gboolean is_balanced;

  for (guint i = 0; i < tongues->n; i++) {
    guint s = second[i];

    margin[s] += (double) (row (tongues, i)[langs[s]] - row (tongues, i)[langs[1 - s]]);
    letters[s] += tongues->letters[i];
    n[s]++;
  }
  changes = count_changes (second, tongues->n);
  is_balanced = MAX (letters[0], letters[1]) * 2 <= MIN (letters[0], letters[1]) * 3;
  if (third)
    wanted = THIRD_MARGIN;
  else if (changes == 1 && tongues->n > 2)
    wanted = is_balanced ? BALANCED_MARGIN : BLOCK_MARGIN;
  else
    wanted = is_balanced && changes == tongues->n - 1 && changes >= 3 ? BALANCED_MARGIN : CLEAR_MARGIN; /* strictly by turns */
  for (guint s = 0; s < 2; s++) {
    /* A headline and a byline are names to a large part, and names look foreign. */
    double clear = letters[s] * SMALL_SHARE < letters[1 - s] ? THIRD_MARGIN : wanted;

    if (n[s] < 1 || letters[s] < least || margin[s] < clear * letters[s])
      return FALSE;
  }
  return TRUE;
}

/* The languages that some lines are likeliest in, those of most letters first.  Returns how many. */
static guint
find_candidates (const DgTongues *tongues, int candidates[N_CANDIDATES])
{
  guint n_langs = dg_ngrams_count (tongues->ngrams), n = 0;
  float mass[DG_NGRAMS_MAX] = { 0 };

  for (guint i = 0; i < tongues->n; i++) {
    const float *scores = row (tongues, i);
    guint        best = 0;

    for (guint k = 1; k < n_langs; k++)
      if (scores[k] - dg_ngrams_rarity (tongues->ngrams, k) > scores[best] - dg_ngrams_rarity (tongues->ngrams, best))
        best = k;
    mass[best] += (float) tongues->letters[i];
  }
  while (n < N_CANDIDATES) {
    guint best = 0;

    for (guint k = 1; k < n_langs; k++)
      if (mass[k] > mass[best])
        best = k;
    if (mass[best] <= 0)
      break;
    mass[best] = 0;
    candidates[n++] = (int) best;
  }
  return n;
}

/* What all lines show of the one language that they fit best. */
static float
score_alone (const DgTongues *tongues)
{
  float best = 0;

  for (guint k = 0; k < dg_ngrams_count (tongues->ngrams); k++) {
    float sum = -dg_ngrams_rarity (tongues->ngrams, k);

    for (guint i = 0; i < tongues->n; i++)
      sum += row (tongues, i)[k];
    best = MAX (best, sum);
  }
  return best;
}

/* Two languages have to fit better than one: of a text in one language they may as well be two others. */
static gboolean
split_unknown (const DgTongues *tongues, GArray *lines, int known, gboolean third, guint8 *second, const char *langs[2])
{
  g_autofree guint8 *trial = g_new0 (guint8, MAX (tongues->n, 1));
  int                candidates[N_CANDIDATES];
  guint              n = find_candidates (tongues, candidates);
  float              best = score_alone (tongues);
  gboolean           found = FALSE;

  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++) {
      const int pair[2] = { candidates[a], candidates[b] };
      float     sum;

      if (known >= 0 ? pair[0] != known || pair[1] == known : a >= b)
        continue;
      sum = share_either_way (tongues, lines, pair, trial) - dg_ngrams_rarity (tongues->ngrams, (guint) pair[0])
            - dg_ngrams_rarity (tongues->ngrams, (guint) pair[1]);
      if (sum <= best || !is_clear (tongues, pair, trial, third))
        continue;
      best = sum;
      found = TRUE;
      memcpy (second, trial, tongues->n);
      langs[0] = dg_ngrams_tag (tongues->ngrams, (guint) pair[0]);
      langs[1] = dg_ngrams_tag (tongues->ngrams, (guint) pair[1]);
    }
  return found;
}

gboolean
dg_tongues_split (const DgTongues *tongues, GArray *lines, const char *const given[2], gboolean third, guint8 *second, const char *langs[2])
{
  int   pair[2] = { -1, -1 };
  guint n_second = 0;

  if (tongues->ngrams == NULL || tongues->n < 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (given[i] != NULL)
      pair[i] = dg_ngrams_index (tongues->ngrams, given[i]);
  if (given[0] == NULL || given[1] == NULL)
    return split_unknown (tongues, lines, pair[0], third, second, langs);
  langs[0] = given[0];
  langs[1] = given[1];
  if (pair[0] == pair[1]) /* two that the tables do not tell apart */
    return FALSE;
  share_either_way (tongues, lines, pair, second);
  for (guint i = 0; i < tongues->n; i++)
    n_second += second[i];
  if (n_second == tongues->n)
    langs[0] = given[1];
  return n_second > 0 && n_second < tongues->n;
}
