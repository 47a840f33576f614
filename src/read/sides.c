/* sides.c: scripts decide first; within one script, common words do, smoothed along the lines; what is left takes its
 * neighbours' side. */
#include "read/sides.h"

#include "base/language.h"
#include "base/utf.h"
#include "read/tongues.h"

#include <string.h>

enum { MANY_LETTERS = 60000 }; /* enough to name a language and to find a third one */
enum { MIN_HAN = 16, FEW_LINES = 4 };

static const char WHY_THIRD[] = "third script: side of its neighbours";

typedef struct {
  guint n_given; /* languages named by the user */
  char *given[2];
} Wanted;

static DgScanLine *
line_at (GArray *lines, guint i)
{
  return &g_array_index (lines, DgScanLine, i);
}

/* TRUE where both tags name one language in one script: "en", "en-GB". */
static gboolean
is_same (const char *a, const char *b)
{
  return dg_lang_equal (a, b) && strcmp (dg_language_get (a)->script, dg_language_get (b)->script) == 0;
}

/* As find_script has it: Japanese is written in two scripts. */
static DgScript
script_of (const char *lang)
{
  DgScript script = dg_lang_script (lang);

  return script == DG_SCRIPT_KANA ? DG_SCRIPT_HAN : script;
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
      const char *meant = dg_language_nearest (tags[i]);

      if (meant != NULL) {
        g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "\"%s\" is no language; did you mean %s?", tags[i], meant);
        return FALSE;
      }
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

enum { ENOUGH_LETTERS = 12 }; /* in quarters, as all of them: three letters */

/* Latin names are common inside texts of all other scripts, and hardly ever the other way round, so Latin letters weigh less where they are
 * not in words that begin small, as those of a sentence do; a Chinese character is worth a short word. */
static guint
weigh (DgScript script, const DgLangScores *scores, guint n_small)
{
  guint letters = scores->letters[script];

  return script == DG_SCRIPT_LATIN ? letters + MIN (n_small, letters) : script == DG_SCRIPT_HAN ? letters * 5 : letters * 2;
}

/* Letters of Latin words that begin small, in quarters. */
static guint
count_small (const char *text, gsize length)
{
  enum { OUTSIDE, IN_WORD, IN_NAME } state = OUTSIDE;
  guint n = 0;

  for (const char *end = text + length; text < end;) {
    gunichar ch = dg_utf8_read (&text);

    if (dg_lang_script_of_char (ch) != DG_SCRIPT_LATIN) {
      state = OUTSIDE;
      continue;
    }
    if (state == OUTSIDE)
      state = g_unichar_islower (ch) ? IN_WORD : IN_NAME;
    n += state == IN_WORD ? 4 : 0;
  }
  return n;
}

static gboolean
is_mark_of_quotation (gunichar ch)
{
  GUnicodeType type = g_unichar_type (ch);

  return ch == '"' || ch == 0x201E || ch == 0x201A || type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION;
}

/* Finds the next quotation in [@text, @end): its first mark and what is behind its last.  A mark inside a word is none of either. */
static gboolean
find_quotation (const char *text, const char *end, const char **first, const char **behind)
{
  gboolean after_space = TRUE, open = FALSE;

  while (text < end) {
    const char *at = text;
    gunichar    ch = dg_utf8_read (&text), next = text < end ? g_utf8_get_char (text) : ' ';

    if (is_mark_of_quotation (ch)) {
      if (!open && after_space) {
        *first = at;
        open = TRUE;
      } else if (open && !g_unichar_isalnum (next)) {
        *behind = text;
        return TRUE;
      }
    }
    after_space = !g_unichar_isalnum (ch);
  }
  return FALSE;
}

/* What is quoted may be in another script than the line that quotes it, and counts little as long as there is something else. */
static void
count_line (const DgScanLine *line, DgLangScores *scores, guint *n_small)
{
  DgLangScores quoted = { 0 };
  const char  *text = line->text, *end = text + line->length, *first, *behind;
  guint        n_all = 0, n_quoted = 0, small_quoted = 0, n_scripts = 0;

  *n_small = 0;
  dg_lang_count_letters (line->text, line->length, scores);
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_COUNT; script++)
    n_scripts += scores->letters[script] > 0;
  if (n_scripts < 2)
    return;
  *n_small = count_small (line->text, line->length);
  for (; find_quotation (text, end, &first, &behind); text = behind) {
    dg_lang_count_letters (first, (gsize) (behind - first), &quoted);
    small_quoted += count_small (first, (gsize) (behind - first));
  }
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_COUNT; script++) {
    n_all += scores->letters[script];
    n_quoted += quoted.letters[script];
  }
  if (n_quoted == 0 || n_all < n_quoted + ENOUGH_LETTERS)
    return;
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_COUNT; script++)
    scores->letters[script] -= quoted.letters[script] * 3 / 4;
  *n_small -= MIN (*n_small, small_quoted * 3 / 4);
}

static void
find_script (DgScanLine *line)
{
  DgLangScores scores = { 0 };
  guint        best = 0, second = 0, n_small;

  count_line (line, &scores, &n_small);
  line->kana = scores.letters[DG_SCRIPT_KANA];
  scores.letters[DG_SCRIPT_HAN] += scores.letters[DG_SCRIPT_KANA]; /* Japanese is written in both */
  scores.letters[DG_SCRIPT_KANA] = 0;
  line->script = DG_SCRIPT_NONE;
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_COUNT; script++) {
    guint weight = weigh ((DgScript) script, &scores, n_small);

    if (weight > best) {
      second = best;
      best = weight;
      line->script = (DgScript) script;
      line->weight = scores.letters[script];
    } else if (weight > second) {
      second = weight;
    }
  }
  line->doubtful = best < ENOUGH_LETTERS || (best - second) * 4 < best + second;
}

/* The two scripts the dispatch is written in; the second is DG_SCRIPT_NONE where there is hardly more than a quotation of it. */
static void
choose_scripts (GArray *lines, const Wanted *wanted, DgScript scripts[2])
{
  guint64 mass[DG_SCRIPT_COUNT] = { 0 }, total = 0;
  guint   count[DG_SCRIPT_COUNT] = { 0 };
  guint   first = DG_SCRIPT_NONE, second = DG_SCRIPT_NONE;

  if (wanted->n_given > 0) {
    scripts[0] = script_of (wanted->given[0]);
    scripts[1] = wanted->n_given > 1 ? script_of (wanted->given[1]) : DG_SCRIPT_NONE;
    if (scripts[1] == scripts[0])
      scripts[1] = DG_SCRIPT_NONE;
    return;
  }
  for (guint i = 0; i < lines->len; i++) {
    const DgScanLine *line = line_at (lines, i);

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
    DgScanLine *line = line_at (lines, i);
    DgSide      before, after;
    guint       gap_after;

    if (line->side != DG_SIDE_NONE)
      continue;
    for (next = MAX (next, i + 1); next < lines->len && line_at (lines, next)->side == DG_SIDE_NONE; next++)
      ;
    before = i > 0 ? line_at (lines, i - 1)->side : DG_SIDE_NONE;
    after = next < lines->len ? line_at (lines, next)->side : DG_SIDE_NONE;
    gap_after = i + 1 < lines->len ? line_at (lines, i + 1)->gap : 1;
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
    DgScanLine *line = line_at (lines, i);

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
    DgScanLine *line = line_at (lines, i);

    if (line->side == DG_SIDE_NONE && line->doubtful && line->weight >= 12 && (line->script == scripts[0] || line->script == scripts[1])) {
      DgSide before = i > 0 ? line_at (lines, i - 1)->side : DG_SIDE_NONE;
      DgSide after = i + 1 < lines->len ? line_at (lines, i + 1)->side : DG_SIDE_NONE;

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
    runs += line_at (lines, i)->side != line_at (lines, i - 1)->side;
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
    DgSide side = line_at (lines, start)->side;
    guint  end = start + 1, before = 0, after = 0;

    while (end < lines->len && line_at (lines, end)->side == side)
      end++;
    while (before < 2 && start > before && line_at (lines, start - before - 1)->side != side)
      before++;
    while (after < 2 && end + after < lines->len && line_at (lines, end + after)->side != side)
      after++;
    /* With quotation marks, one line after it shows that the block goes on. */
    if (end - start <= 2 && before == 2 && (after == 2 || (after == 1 && is_quoted (line_at (lines, start)))))
      for (guint i = start; i < end; i++)
        if (line_at (lines, i)->label_length == 0) {
          line_at (lines, i)->side = 1 - side;
          line_at (lines, i)->why = "quoted in the other block";
        }
    start = end;
  }
}

/* One script: perhaps two languages of it.  The sides are set where two were found. */
static gboolean
split_script (GArray *lines, const DgLabels *labels, DgScript script, const Wanted *wanted, const char *langs[2], gboolean *found, GError **error)
{
  const char *const  given[2] = { wanted->given[0], wanted->given[1] };
  DgTongues          tongues;
  g_autofree guint8 *second = g_new0 (guint8, MAX (lines->len, 1));

  if (!dg_tongues_collect (lines, labels, DG_SIDE_A, script, G_MAXUINT, &tongues, error))
    return FALSE;
  *found = dg_tongues_split (&tongues, lines, given, FALSE, second, langs);
  for (guint i = 0; *found && i < tongues.n; i++)
    if (second[i]) {
      DgScanLine *line = line_at (lines, tongues.lines[i]);

      line->side = DG_SIDE_B;
      line->why = NULL;
    }
  dg_tongues_clear (&tongues);
  return TRUE;
}

/* TRUE where signs of Japanese alone stand among those that Chinese has too. */
static gboolean
is_japanese (guint kana, guint all)
{
  return kana * 8 > all;
}

/* Japanese beside Chinese: a short line without kana may be either's, and takes its neighbours' side.  TRUE where there are both. */
static gboolean
split_japanese (GArray *lines, const DgScript scripts[2])
{
  guint weight[2] = { 0, 0 };

  for (guint i = 0; i < lines->len; i++) {
    DgScanLine *line = line_at (lines, i);

    line->side = line->script != DG_SCRIPT_HAN || line->doubtful          ? DG_SIDE_NONE
                 : is_japanese (line->kana, line->weight)                 ? DG_SIDE_A
                 : line->weight >= 4 * MIN_HAN || lines->len <= FEW_LINES ? DG_SIDE_B
                                                                          : DG_SIDE_NONE;
    if (line->side != DG_SIDE_NONE)
      weight[line->side] += line->weight;
  }
  if (MIN (weight[0], weight[1]) * 8 > MAX (weight[0], weight[1])) {
    fill_sides (lines, scripts);
    return TRUE;
  }
  for (guint i = 0; i < lines->len; i++)
    line_at (lines, i)->side = DG_SIDE_A;
  return FALSE;
}

/* The language of a text in @script, by what its lines show. */
static DgTongue
name_script (const DgTongues *tongues, GArray *lines, DgSide side, DgScript script)
{
  DgTongue tongue = dg_tongues_name (tongues);
  guint    kana = 0, all = 0;

  for (guint i = 0; script == DG_SCRIPT_HAN && i < lines->len; i++)
    if (line_at (lines, i)->side == side && line_at (lines, i)->script == script) {
      kana += line_at (lines, i)->kana;
      all += line_at (lines, i)->weight;
    }
  if (is_japanese (kana, all))
    return (DgTongue){ .lang = "ja", .confidence = 0.95 };
  if (tongue.lang == NULL) /* the script itself tells */
    tongue = (DgTongue){ .lang = dg_lang_of_script (script), .confidence = script == DG_SCRIPT_OTHER || script == DG_SCRIPT_NONE ? 0 : 0.95 };
  return tongue;
}

static void
name_language (const DgTongues *tongues, GArray *lines, DgSide side, DgScript script, const Wanted *wanted, const char *found, DgSides *sides, DgDiag *diag)
{
  gboolean given = found != NULL && (found == wanted->given[0] || found == wanted->given[1]);
  DgTongue tongue = name_script (tongues, lines, side, script);

  for (guint i = 0; !given && i < wanted->n_given; i++)
    if (script_of (wanted->given[i]) == script && dg_lang_equal (wanted->given[i], "ja") == (strcmp (tongue.lang, "ja") == 0)) {
      found = wanted->given[i];
      given = TRUE;
    }
  if (given) {
    sides->confidence[side] = 1;
    g_strlcpy (sides->lang[side], found, sizeof sides->lang[side]);
    return;
  }
  if (found != NULL && !dg_lang_equal (tongue.lang, found)) { /* what told two texts apart keeps them so */
    tongue.other = tongue.lang;
    tongue.lang = found;
  }
  sides->confidence[side] = tongue.confidence;
  g_strlcpy (sides->lang[side], tongue.lang, sizeof sides->lang[side]);
  if (tongue.doubtful)
    for (guint i = 0; i < lines->len; i++)
      if (line_at (lines, i)->side == side) {
        dg_diag_add (diag, DG_DIAG_PARSE_LANGUAGE_DOUBTFUL, line_at (lines, i)->n, 0, tongue.lang, tongue.other);
        break;
      }
}

/* Tells of the first line in a third script; such lines stay where their neighbours are. */
static gboolean
report_third_script (GArray *lines, const DgLabels *labels, DgSide side, const char *lang, DgDiag *diag, GError **error)
{
  for (guint i = 0; i < lines->len; i++) {
    const DgScanLine *line = line_at (lines, i);
    g_autoptr (GArray) alone = NULL;
    DgTongues third;

    if (line->side != side || line->why != WHY_THIRD)
      continue;
    alone = g_array_new (FALSE, FALSE, sizeof (DgScanLine));
    g_array_append_vals (alone, line, 1);
    if (!dg_tongues_collect (alone, labels, side, line->script, G_MAXUINT, &third, error))
      return FALSE;
    dg_diag_add (diag, DG_DIAG_PARSE_THIRD_LANGUAGE, line->n, line->column, name_script (&third, alone, side, line->script).lang, lang);
    dg_tongues_clear (&third);
    break;
  }
  return TRUE;
}

/* Looks for a third language among the lines of a text: the text's own is that of most letters, or of the first lines where neither has
 * half as many again.  The index of the first foreign line, and the languages as @own and @foreign; -1 for none. */
static int
find_foreign (const DgTongues *tongues, GArray *lines, const char **own, const char **foreign)
{
  g_autofree guint8 *second = g_new0 (guint8, MAX (tongues->n, 1));
  const char *const  nobody[2] = { NULL, NULL };
  const char        *langs[2];
  guint              letters[2] = { 0, 0 }, main;

  if (!dg_tongues_split (tongues, lines, nobody, TRUE, second, langs))
    return -1;
  for (guint i = 0; i < tongues->n; i++)
    letters[second[i]] += tongues->letters[i];
  main = letters[0] * 2 > letters[1] * 3 ? 0 : letters[1] * 2 > letters[0] * 3 ? 1 : second[0];
  *own = langs[main];
  *foreign = langs[!main];
  for (guint i = 0; i < tongues->n; i++)
    if (second[i] != main)
      return (int) tongues->lines[i];
  return -1;
}

/* Names the language of a side, @found where two of one script were parted, and tells of what is in another. */
static gboolean
name_side (GArray *lines, const DgLabels *labels, DgSide side, DgScript script, const Wanted *wanted, const char *found, DgSides *sides, DgDiag *diag,
           GError **error)
{
  DgTongues   tongues;
  const char *own = NULL, *foreign = NULL;
  int         at;

  if (!dg_tongues_collect (lines, labels, side, script, MANY_LETTERS, &tongues, error))
    return FALSE;
  at = find_foreign (&tongues, lines, &own, &foreign);
  name_language (&tongues, lines, side, script, wanted, found != NULL || at < 0 ? found : own, sides, diag);
  if (at >= 0 && strcmp (foreign, sides->lang[side]) != 0)
    dg_diag_add (diag, DG_DIAG_PARSE_THIRD_LANGUAGE, line_at (lines, (guint) at)->n, line_at (lines, (guint) at)->column, foreign, sides->lang[side]);
  dg_tongues_clear (&tongues);
  return report_third_script (lines, labels, side, sides->lang[side], diag, error);
}

gboolean
dg_sides_find (GArray *lines, const DgLabels *labels, const char *languages, DgSides *sides, DgDiag *diag, GError **error)
{
  Wanted      wanted;
  DgScript    scripts[2];
  const char *langs[2] = { NULL, NULL };
  gboolean    swap, split = FALSE, named = TRUE;
  guint       count[2] = { 0, 0 };

  if (!read_wanted (languages, &wanted, error)) {
    clear_wanted (&wanted);
    return FALSE;
  }
  for (guint i = 0; i < lines->len; i++)
    find_script (line_at (lines, i));
  choose_scripts (lines, &wanted, scripts);
  assign_scripts (lines, scripts);
  fill_sides (lines, scripts);
  if (scripts[1] == DG_SCRIPT_NONE && scripts[0] == DG_SCRIPT_HAN && split_japanese (lines, scripts)) {
    scripts[1] = scripts[0];
  } else if (scripts[1] == DG_SCRIPT_NONE && scripts[0] != DG_SCRIPT_NONE) {
    if (!split_script (lines, labels, scripts[0], &wanted, langs, &split, error)) {
      clear_wanted (&wanted);
      return FALSE;
    }
    scripts[1] = split ? scripts[0] : DG_SCRIPT_NONE;
  }

  for (guint i = 0; i < lines->len; i++)
    count[line_at (lines, i)->side]++;
  if (count[0] > 0 && count[1] > 0 && count_runs (lines) < MAX (5, MIN (count[0], count[1]) * 2 / 5))
    absorb_quotations (lines);
  count[0] = count[1] = 0;
  for (guint i = 0; i < lines->len; i++)
    count[line_at (lines, i)->side]++;

  swap = lines->len > 0 && line_at (lines, 0)->side == DG_SIDE_B;
  for (guint i = 0; swap && i < lines->len; i++)
    line_at (lines, i)->side = 1 - line_at (lines, i)->side;
  sides->n_texts = count[0] > 0 && count[1] > 0 ? 2 : 1;
  for (guint i = 0; named && i < sides->n_texts; i++)
    named = name_side (lines, labels, (DgSide) i, scripts[swap ? 1 - i : i], &wanted, langs[swap ? 1 - i : i], sides, diag, error);
  /* Two blocks make two runs, three with a caption at the end; more come of texts that alternate. */
  sides->interleaved = sides->n_texts == 2 && count_runs (lines) > 3 && count_runs (lines) * 3 > MIN (count[0], count[1]);
  clear_wanted (&wanted);
  return named;
}
