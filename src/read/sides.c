/* sides.c: scripts decide first; within one script, common words do, smoothed along the lines; what is left takes its
 * neighbours' side. */
#include "read/sides.h"

#include "base/language.h"
#include "base/utf.h"

#include <string.h>

enum { SAMPLE_BYTES = 20000, MANY_LINES = 4000 };

/* What changing the language between two lines costs, in common words; where texts alternate, it is staying that costs. */
#define SWITCH_COST          3.0f
#define SWITCH_AT_GAP        2.0f
#define SWITCH_AFTER_CAPTION 1.0f
#define STAY_COST            0.3f

static const char WHY_THIRD[] = "third script: side of its neighbours";

typedef struct {
  guint n_given; /* languages named by the user */
  char *given[2];
} Wanted;

static DgScanLine *
nth (GArray *lines, guint i)
{
  return &g_array_index (lines, DgScanLine, i);
}

/* TRUE where both tags name one language in one script: "en", "en-GB". */
static gboolean
is_same (const char *a, const char *b)
{
  return dg_lang_equal (a, b) && strcmp (dg_language_get (a)->script, dg_language_get (b)->script) == 0;
}

static gboolean
read_wanted (const char *languages, Wanted *wanted, GError **error)
{
  g_auto (GStrv) tags = NULL;
  guint n;

  *wanted = (Wanted){ 0 };
  if (languages == NULL)
    return TRUE;
  tags = g_strsplit (languages, ",", -1);
  n = g_strv_length (tags);
  for (guint i = 0; i < n && n <= 2; i++) {
    wanted->given[i] = dg_language_dup_tag (g_strstrip (tags[i]));
    wanted->n_given++;
    if (wanted->given[i] == NULL && *tags[i] != '\0') {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "\"%s\" is no language; there are ISO 639 codes and BCP 47 tags, for example en, ara, zh-Hant",
                   tags[i]);
      return FALSE;
    }
  }
  if (n == 0 || n > 2 || wanted->given[0] == NULL || (n == 2 && (wanted->given[1] == NULL || is_same (wanted->given[0], wanted->given[1])))) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "\"%s\" does not name two languages; write for example en,ar", languages);
    return FALSE;
  }
  return TRUE;
}

static void
clear_wanted (Wanted *wanted)
{
  g_free (wanted->given[0]);
  g_free (wanted->given[1]);
}

/* Latin words are common inside texts of all other scripts, and hardly ever the other way round, so Latin letters weigh less;
 * a Chinese character is worth a short word. */
static guint
weigh (DgScript script, guint letters)
{
  return script == DG_SCRIPT_LATIN ? letters : script == DG_SCRIPT_HAN ? letters * 5 : letters * 2;
}

static void
find_script (DgScanLine *line)
{
  DgLangScores scores = { 0 };
  guint        best = 0, second = 0;

  dg_lang_count_letters (line->text, line->length, &scores);
  scores.letters[DG_SCRIPT_HAN] += scores.letters[DG_SCRIPT_KANA]; /* Japanese is written in both */
  scores.letters[DG_SCRIPT_KANA] = 0;
  line->script = DG_SCRIPT_NONE;
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_COUNT; script++) {
    guint weight = weigh ((DgScript) script, scores.letters[script]);

    if (weight > best) {
      second = best;
      best = weight;
      line->script = (DgScript) script;
      line->weight = scores.letters[script];
    } else if (weight > second) {
      second = weight;
    }
  }
  line->doubtful = best < 12 || (best - second) * 4 < best + second;
}

/* The two scripts the dispatch is written in; the second is DG_SCRIPT_NONE where there is hardly more than a quotation of it. */
static void
choose_scripts (GArray *lines, const Wanted *wanted, DgScript scripts[2])
{
  guint64 mass[DG_SCRIPT_COUNT] = { 0 }, total = 0;
  guint   count[DG_SCRIPT_COUNT] = { 0 };
  guint   first = DG_SCRIPT_NONE, second = DG_SCRIPT_NONE;

  if (wanted->n_given > 0) {
    scripts[0] = dg_lang_script (wanted->given[0]);
    scripts[1] = wanted->n_given > 1 ? dg_lang_script (wanted->given[1]) : DG_SCRIPT_NONE;
    if (scripts[1] == scripts[0])
      scripts[1] = DG_SCRIPT_NONE;
    return;
  }
  for (guint i = 0; i < lines->len; i++) {
    const DgScanLine *line = nth (lines, i);

    mass[line->script] += line->weight * (line->script == DG_SCRIPT_HAN ? 3 : 1);
    count[line->script]++;
  }
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_COUNT; script++) {
    total += mass[script];
    if (first == DG_SCRIPT_NONE ? mass[script] > 0 : mass[script] > mass[first]) {
      second = first;
      first = script;
    } else if (mass[script] > 0 && (second == DG_SCRIPT_NONE || mass[script] > mass[second])) {
      second = script;
    }
  }
  if (second != DG_SCRIPT_NONE && mass[second] * 20 < total && (count[second] < 2 || mass[second] * 50 < total))
    second = DG_SCRIPT_NONE;
  scripts[0] = (DgScript) first;
  scripts[1] = (DgScript) second;
}

/* TRUE where all digits of a line are of the Arabic sets. */
static gboolean
has_eastern_digits (const DgScanLine *line)
{
  gboolean any = FALSE;

  for (const char *p = line->text; p < line->text + line->length; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (ch >= '0' && ch <= '9')
      return FALSE;
    any = any || (ch >= 0x0660 && ch <= 0x0669) || (ch >= 0x06F0 && ch <= 0x06F9);
  }
  return any;
}

/* Lines without a side take that of the lines they stand with. */
static void
fill_sides (GArray *lines, const DgScript scripts[2])
{
  guint next = 0;

  for (guint i = 0; i < lines->len; i++) {
    DgScanLine *line = nth (lines, i);
    DgSide      before, after;
    guint       gap_after;

    if (line->side != DG_SIDE_NONE)
      continue;
    for (next = MAX (next, i + 1); next < lines->len && nth (lines, next)->side == DG_SIDE_NONE; next++)
      ;
    before = i > 0 ? nth (lines, i - 1)->side : DG_SIDE_NONE;
    after = next < lines->len ? nth (lines, next)->side : DG_SIDE_NONE;
    gap_after = i + 1 < lines->len ? nth (lines, i + 1)->gap : 1;
    if (before == DG_SIDE_NONE && after == DG_SIDE_NONE)
      line->side = DG_SIDE_A;
    else if (before == DG_SIDE_NONE || after == DG_SIDE_NONE || before == after)
      line->side = before == DG_SIDE_NONE ? after : before;
    else if (scripts[1] != DG_SCRIPT_NONE && (scripts[0] == DG_SCRIPT_ARABIC) != (scripts[1] == DG_SCRIPT_ARABIC) && has_eastern_digits (line))
      line->side = scripts[0] == DG_SCRIPT_ARABIC ? DG_SIDE_A : DG_SIDE_B;
    else
      line->side = line->gap > 0 && gap_after == 0 ? after : before;
    if (line->why == NULL)
      line->why = line->script == DG_SCRIPT_NONE ? "no letters: side of its neighbours" : "letters in doubt: side of its neighbours";
  }
}

static void
assign_scripts (GArray *lines, const DgScript scripts[2])
{
  for (guint i = 0; i < lines->len; i++) {
    DgScanLine *line = nth (lines, i);

    line->side = DG_SIDE_NONE;
    if (line->doubtful)
      continue;
    if (line->script == scripts[0])
      line->side = DG_SIDE_A;
    else if (line->script == scripts[1])
      line->side = DG_SIDE_B;
    else if (line->script != DG_SCRIPT_NONE)
      line->why = WHY_THIRD;
  }
  /* A doubtful line between lines of both sides keeps its own script. */
  for (guint i = 0; i < lines->len; i++) {
    DgScanLine *line = nth (lines, i);

    if (line->side == DG_SIDE_NONE && line->doubtful && line->weight >= 12 && (line->script == scripts[0] || line->script == scripts[1])) {
      DgSide before = i > 0 ? nth (lines, i - 1)->side : DG_SIDE_NONE;
      DgSide after = i + 1 < lines->len ? nth (lines, i + 1)->side : DG_SIDE_NONE;

      if (before != after || before == DG_SIDE_NONE)
        line->side = line->script == scripts[0] ? DG_SIDE_A : DG_SIDE_B;
    }
  }
}

static guint
count_runs (GArray *lines)
{
  guint runs = lines->len > 0;

  for (guint i = 1; i < lines->len; i++)
    runs += nth (lines, i)->side != nth (lines, i - 1)->side;
  return runs;
}

/* TRUE for a line that stands in quotation marks. */
static gboolean
is_quoted (const DgScanLine *line)
{
  gunichar first = g_utf8_get_char (line->text), last = g_utf8_get_char (g_utf8_prev_char (line->text + line->length));

  return (first == '"' || first == 0x201E || g_unichar_type (first) == G_UNICODE_INITIAL_PUNCTUATION || g_unichar_type (first) == G_UNICODE_FINAL_PUNCTUATION)
         && (last == '"' || g_unichar_type (last) == G_UNICODE_INITIAL_PUNCTUATION || g_unichar_type (last) == G_UNICODE_FINAL_PUNCTUATION);
}

/* In a dispatch of two blocks, a line or two of the other script deep inside a block are a quotation and belong to the block. */
static void
absorb_quotations (GArray *lines)
{
  guint start = 0;

  while (start < lines->len) {
    DgSide side = nth (lines, start)->side;
    guint  end = start + 1, before = 0, after = 0;

    while (end < lines->len && nth (lines, end)->side == side)
      end++;
    while (before < 2 && start > before && nth (lines, start - before - 1)->side != side)
      before++;
    while (after < 2 && end + after < lines->len && nth (lines, end + after)->side != side)
      after++;
    /* With quotation marks, one line after it shows that the block goes on. */
    if (end - start <= 2 && before == 2 && (after == 2 || (after == 1 && is_quoted (nth (lines, start)))))
      for (guint i = start; i < end; i++)
        if (nth (lines, i)->label_length == 0) {
          nth (lines, i)->side = 1 - side;
          nth (lines, i)->why = "quoted in the other block";
        }
    start = end;
  }
}

/* The text of one side, or of all lines, that languages are told by. */
static void
score_side (GArray *lines, DgSide side, DgLangScores *scores)
{
  gsize bytes = 0;

  *scores = (DgLangScores){ 0 };
  for (guint i = 0; i < lines->len && bytes < SAMPLE_BYTES; i++) {
    const DgScanLine *line = nth (lines, i);

    if (line->side != side)
      continue;
    dg_lang_score (line->text, line->length, scores);
    if (line->script == DG_SCRIPT_HAN)
      dg_lang_count_letters (line->text, line->length, scores);
    bytes += line->length;
  }
}

typedef struct {
  guint *lines; /* indexes of the lines looked at */
  guint  n;
  float *scores; /* DG_LANG_MAX for each */
} Evidence;

static void
collect (GArray *lines, const DgLabels *labels, DgSide side, Evidence *evidence)
{
  const guint *bits = dg_labels_lang_bits (labels);

  evidence->lines = g_new (guint, MAX (lines->len, 1));
  evidence->n = 0;
  for (guint i = 0; i < lines->len; i++)
    if (nth (lines, i)->side == side)
      evidence->lines[evidence->n++] = i;
  evidence->scores = g_new (float, MAX ((gsize) evidence->n, 1) * DG_LANG_MAX);
  for (guint i = 0; i < evidence->n; i++) {
    const DgScanLine *line = nth (lines, evidence->lines[i]);
    DgLangScores      scores = { 0 };

    dg_lang_score (line->text, line->length, &scores);
    for (guint k = 0; k < dg_lang_count (); k++)
      if (line->label_length > 0 && (line->label_langs & bits[k]) != 0)
        scores.score[k] += 1.5f;
    memcpy (evidence->scores + (gsize) i * DG_LANG_MAX, scores.score, sizeof scores.score);
  }
}

static void
clear_evidence (Evidence *evidence)
{
  g_free (evidence->lines);
  g_free (evidence->scores);
}

static float
price_switch (const DgScanLine *before, const DgScanLine *line)
{
  if ((before->label_kinds & 1u << DG_LABEL_CAPTION) != 0 && before->label_length > 0)
    return SWITCH_AFTER_CAPTION;
  return line->gap > 0 ? SWITCH_AT_GAP : SWITCH_COST;
}

/* A language that Diglot has no words of: what a line of many words shows of no known one. */
static float
read_score (const Evidence *evidence, GArray *lines, guint i, int lang)
{
  if (lang >= 0)
    return evidence->scores[(gsize) i * DG_LANG_MAX + (guint) lang];
  return (float) nth (lines, evidence->lines[i])->n_chars * 0.03f;
}

/* Shares the lines out between two languages (Viterbi's algorithm); @second gets 1 where the second is chosen.  Returns the sum of the
 * scores less the price of the changes. */
static float
share_out (const Evidence *evidence, GArray *lines, int first_lang, int second_lang, gboolean alternating, guint8 *second)
{
  g_autofree guint8 *back = g_new (guint8, MAX (evidence->n, 1) * 2);
  float              best[2] = { 0, 0 };
  guint8             state;

  for (guint i = 0; i < evidence->n; i++) {
    float price = i > 0 ? price_switch (nth (lines, evidence->lines[i - 1]), nth (lines, evidence->lines[i])) : 0;
    float next[2];

    for (guint s = 0; s < 2; s++) {
      float stay = best[s] - (alternating && i > 0 ? STAY_COST : 0), change = best[1 - s] - (alternating ? 0 : price);

      back[i * 2 + s] = (guint8) (i > 0 && change > stay ? 1 - s : s);
      next[s] = MAX (stay, change) + read_score (evidence, lines, i, s == 0 ? first_lang : second_lang);
    }
    best[0] = next[0];
    best[1] = next[1];
  }
  state = best[1] > best[0];
  for (guint i = evidence->n; i-- > 0;) {
    second[i] = state;
    state = back[i * 2 + state];
  }
  return MAX (best[0], best[1]);
}

/* TRUE where at least every other line begins a new run: less is no alternation. */
static gboolean
alternates (const guint8 *second, guint n)
{
  guint changes = 0;

  for (guint i = 1; i < n; i++)
    changes += second[i] != second[i - 1];
  return changes >= 3 && changes * 2 >= n;
}

/* Looks for a second language of the same script among the lines of @side.  Its index, or -1; @second tells its lines. */
static int
find_second (const Evidence *evidence, GArray *lines, DgScript script, guint main_lang, guint8 *second)
{
  g_autofree guint8 *trial = g_new (guint8, MAX (evidence->n, 1));
  float              total = 0, best_gain = 0;
  int                found = -1;

  for (guint i = 0; i < evidence->n; i++)
    total += evidence->scores[(gsize) i * DG_LANG_MAX + main_lang];
  for (guint k = 0; k < 2 * dg_lang_count (); k++) {
    float gain, own = 0, others = 0;
    guint count = 0, lang = k / 2;

    if (lang == main_lang || dg_lang_script_of_index (lang) != script)
      continue;
    gain = share_out (evidence, lines, (int) main_lang, (int) lang, k % 2 == 1, trial) - total;
    if (k % 2 == 1 && !alternates (trial, evidence->n))
      continue;
    for (guint i = 0; i < evidence->n; i++)
      if (trial[i]) {
        own += evidence->scores[(gsize) i * DG_LANG_MAX + lang];
        others += evidence->scores[(gsize) i * DG_LANG_MAX + main_lang];
        count++;
      }
    if (gain > best_gain && gain >= 6.0f && gain >= 0.08f * total && count >= 2 && own >= 1.5f * others) {
      best_gain = gain;
      found = (int) lang;
      memcpy (second, trial, evidence->n);
    }
  }
  return found;
}

/* One script: perhaps two languages of it.  TRUE where two were found; the sides are set. */
static gboolean
split_script (GArray *lines, const DgLabels *labels, DgScript script, const Wanted *wanted, const char *langs[2])
{
  Evidence           evidence;
  DgLangScores       scores;
  g_autofree guint8 *second = NULL;
  gboolean           found;
  guint              main_lang, n_second = 0;
  int                other = -1;

  collect (lines, labels, DG_SIDE_A, &evidence);
  second = g_new0 (guint8, MAX (evidence.n, 1));
  if (wanted->n_given == 2) {
    g_autofree guint8 *alternate = g_new0 (guint8, MAX (evidence.n, 1));
    int                first = dg_lang_index (wanted->given[0]), other_lang = dg_lang_index (wanted->given[1]);
    float              in_blocks = share_out (&evidence, lines, first, other_lang, FALSE, second);

    if (share_out (&evidence, lines, first, other_lang, TRUE, alternate) > in_blocks && alternates (alternate, evidence.n))
      memcpy (second, alternate, evidence.n);
    langs[0] = wanted->given[0];
    langs[1] = wanted->given[1];
    for (guint i = 0; i < evidence.n; i++)
      n_second += second[i];
    found = n_second > 0 && n_second < evidence.n;
    if (!found && n_second > 0)
      langs[0] = langs[1];
  } else {
    scores = (DgLangScores){ 0 };
    for (guint i = 0; i < evidence.n; i++)
      for (guint k = 0; k < dg_lang_count (); k++)
        scores.score[k] += evidence.scores[(gsize) i * DG_LANG_MAX + k];
    main_lang = dg_lang_best (&scores, script);
    other = find_second (&evidence, lines, script, main_lang, second);
    found = other >= 0;
    if (found) {
      langs[0] = dg_lang_tag (main_lang);
      langs[1] = dg_lang_tag ((guint) other);
    }
  }
  for (guint i = 0; found && i < evidence.n; i++)
    if (second[i]) {
      DgScanLine *line = nth (lines, evidence.lines[i]);

      line->side = DG_SIDE_B;
      line->why = NULL;
    }
  clear_evidence (&evidence);
  return found;
}

/* Adds up what the lines of a text show: all of them, or a sample where there are very many. */
static void
add_up (const Evidence *evidence, GArray *lines, DgSide side, DgScript script, DgLangScores *scores)
{
  if (lines->len > MANY_LINES) {
    score_side (lines, side, scores);
    return;
  }
  *scores = (DgLangScores){ 0 };
  for (guint i = 0; i < evidence->n; i++) {
    const DgScanLine *line = nth (lines, evidence->lines[i]);

    for (guint k = 0; k < dg_lang_count (); k++)
      scores->score[k] += evidence->scores[(gsize) i * DG_LANG_MAX + k];
    if (script == DG_SCRIPT_HAN)
      dg_lang_count_letters (line->text, line->length, scores);
  }
}

/* How sure @lang is, by how far its score stands above the next best of its script and by how much was seen at all. */
static double
trust (const DgLangScores *scores, const char *lang, DgScript script)
{
  int    index = dg_lang_index (lang);
  double best = index >= 0 ? (double) scores->score[index] : 0, second = 0;
  guint  n_rivals = 0;

  for (guint k = 0; k < dg_lang_count (); k++)
    if ((int) k != index && dg_lang_script_of_index (k) == script) {
      second = MAX (second, (double) scores->score[k]);
      n_rivals++;
    }
  if (n_rivals == 0) /* the script itself tells */
    return index >= 0 ? 0.95 : 0;
  return CLAMP (2.5 * (best - second) / (best + 4), 0, 1);
}

static void
name_language (const Evidence *evidence, GArray *lines, DgSide side, DgScript script, const Wanted *wanted, const char *found, DgSides *sides)
{
  DgLangScores scores;
  gboolean     given = found != NULL && (found == wanted->given[0] || found == wanted->given[1]);

  for (guint i = 0; found == NULL && i < wanted->n_given; i++)
    if (dg_lang_script (wanted->given[i]) == script) {
      found = wanted->given[i];
      given = TRUE;
    }
  if (!given && script != DG_SCRIPT_OTHER && script != DG_SCRIPT_NONE) {
    add_up (evidence, lines, side, script, &scores);
    if (found == NULL)
      found = dg_lang_tag (dg_lang_best (&scores, script));
    sides->confidence[side] = trust (&scores, found, script);
  } else {
    sides->confidence[side] = given ? 1 : 0;
  }
  g_strlcpy (sides->lang[side], found != NULL ? found : "und", sizeof sides->lang[side]);
}

/* Tells of lines in a third language or script; they stay where their neighbours are. */
static void
report_third (const Evidence *evidence, GArray *lines, DgSide side, DgScript script, const char *lang, DgDiag *diag)
{
  g_autofree guint8 *second = NULL;
  int                main_lang = dg_lang_index (lang), other;

  for (guint i = 0; i < lines->len; i++) {
    const DgScanLine *line = nth (lines, i);
    DgLangScores      scores = { 0 };

    if (line->side != side || line->why != WHY_THIRD)
      continue;
    dg_lang_score (line->text, line->length, &scores);
    dg_lang_count_letters (line->text, line->length, &scores);
    dg_diag_add (diag, DG_DIAG_PARSE_THIRD_LANGUAGE, line->n, line->column,
                 line->script == DG_SCRIPT_OTHER ? "und" : dg_lang_tag (dg_lang_best (&scores, line->script)), lang);
    break;
  }
  if (main_lang < 0)
    return;
  second = g_new0 (guint8, MAX (evidence->n, 1));
  other = find_second (evidence, lines, script, (guint) main_lang, second);
  for (guint i = 0; other >= 0 && i < evidence->n; i++)
    if (second[i]) {
      const DgScanLine *line = nth (lines, evidence->lines[i]);

      dg_diag_add (diag, DG_DIAG_PARSE_THIRD_LANGUAGE, line->n, line->column, dg_lang_tag ((guint) other), lang);
      break;
    }
}

gboolean
dg_sides_find (GArray *lines, const DgLabels *labels, const char *languages, DgSides *sides, DgDiag *diag, GError **error)
{
  Wanted      wanted;
  DgScript    scripts[2];
  const char *langs[2] = { NULL, NULL };
  gboolean    swap;
  guint       count[2] = { 0, 0 };

  if (!read_wanted (languages, &wanted, error)) {
    clear_wanted (&wanted);
    return FALSE;
  }
  for (guint i = 0; i < lines->len; i++)
    find_script (nth (lines, i));
  choose_scripts (lines, &wanted, scripts);
  assign_scripts (lines, scripts);
  fill_sides (lines, scripts);
  if (scripts[1] == DG_SCRIPT_NONE && scripts[0] != DG_SCRIPT_NONE && split_script (lines, labels, scripts[0], &wanted, langs))
    scripts[1] = scripts[0];

  for (guint i = 0; i < lines->len; i++)
    count[nth (lines, i)->side]++;
  if (count[0] > 0 && count[1] > 0 && count_runs (lines) < MAX (5, MIN (count[0], count[1]) * 2 / 5))
    absorb_quotations (lines);
  count[0] = count[1] = 0;
  for (guint i = 0; i < lines->len; i++)
    count[nth (lines, i)->side]++;

  swap = lines->len > 0 && nth (lines, 0)->side == DG_SIDE_B;
  for (guint i = 0; swap && i < lines->len; i++)
    nth (lines, i)->side = 1 - nth (lines, i)->side;
  sides->n_texts = count[0] > 0 && count[1] > 0 ? 2 : 1;
  for (guint i = 0; i < sides->n_texts; i++) {
    guint    k = swap ? 1 - i : i;
    Evidence evidence = { 0 };

    if (lines->len <= MANY_LINES)
      collect (lines, labels, (DgSide) i, &evidence);
    name_language (&evidence, lines, (DgSide) i, scripts[k], &wanted, langs[k], sides);
    report_third (&evidence, lines, (DgSide) i, scripts[k], sides->lang[i], diag);
    clear_evidence (&evidence);
  }
  /* Two blocks make two runs, three with a caption at the end; more come of texts that alternate. */
  sides->interleaved = sides->n_texts == 2 && count_runs (lines) > 3 && count_runs (lines) * 3 > MIN (count[0], count[1]);
  clear_wanted (&wanted);
  return TRUE;
}
