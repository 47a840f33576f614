/* sides.c: scripts decide first; within one script, common words do, smoothed along the lines; what is left takes its
 * neighbours' side. */
#include "read/sides.h"

#include "base/language.h"
#include "base/utf.h"
#include "read/absorb.h"
#include "read/tongues.h"

#include <string.h>

enum { MANY_LETTERS = 60000 }; /* enough to name a language and to find a third one */
enum { MIN_HAN = 16, FEW_LINES = 4, THIRD_LINES = 3 };

static const char WHY_THIRD[] = "third script: side of its neighbours";

typedef struct {
  guint n_given; /* languages named by the user */
  char *given[2];
} Wanted;

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

/* Which of three scripts has the last of the first lines: the two before it are the pair's. */
static guint
find_last (GArray *lines, const guint candidates[3])
{
  guint first[3];

  for (guint k = 0; k < 3; k++)
    for (first[k] = 0; first[k] < lines->len && (dg_scan_line_at (lines, first[k])->script != candidates[k] || dg_scan_line_at (lines, first[k])->doubtful);)
      first[k]++;
  return first[2] >= first[1] && first[2] >= first[0] ? 2 : first[1] >= first[0] ? 1 : 0;
}

/* The two scripts the dispatch is written in; the second is DG_SCRIPT_NONE where there is hardly more than a quotation of it.  @third is that of
 * a third text, DG_SCRIPT_NONE where there is none. */
static void
choose_scripts (GArray *lines, const Wanted *wanted, DgScript scripts[2], DgScript *third)
{
  guint64 mass[DG_SCRIPT_COUNT] = { 0 }, total = 0;
  guint   count[DG_SCRIPT_COUNT] = { 0 };
  guint   first = DG_SCRIPT_NONE, second = DG_SCRIPT_NONE, other = DG_SCRIPT_NONE;

  for (guint i = 0; i < lines->len; i++) {
    const DgScanLine *line = dg_scan_line_at (lines, i);

    mass[line->script] += line->weight * (line->script == DG_SCRIPT_HAN ? 3 : 1);
    count[line->script]++;
  }
  *third = DG_SCRIPT_NONE;
  if (wanted->n_given > 0) {
    scripts[0] = script_of (wanted->given[0]);
    scripts[1] = wanted->n_given > 1 ? script_of (wanted->given[1]) : DG_SCRIPT_NONE;
    if (scripts[1] == scripts[0])
      scripts[1] = DG_SCRIPT_NONE;
    for (guint script = DG_SCRIPT_NONE + 1; scripts[1] != DG_SCRIPT_NONE && script < DG_SCRIPT_COUNT; script++)
      if (script != scripts[0] && script != scripts[1] && mass[script] > mass[other])
        other = script;
    if (other != DG_SCRIPT_NONE && count[other] >= THIRD_LINES && mass[other] * 4 >= MIN (mass[scripts[0]], mass[scripts[1]]))
      *third = (DgScript) other;
    return;
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
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_COUNT && second != DG_SCRIPT_NONE; script++)
    if (script != first && script != second && count[script] >= THIRD_LINES && mass[script] * 4 >= mass[second] && mass[script] > mass[other])
      other = script;
  if (other != DG_SCRIPT_NONE) {
    const guint candidates[] = { first, second, other };
    guint       last = find_last (lines, candidates);

    *third = (DgScript) candidates[last];
    first = candidates[last == 0 ? 1 : 0];
    second = candidates[last == 2 ? 1 : 2];
  }
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

/* Of a line that is parted, the cell without letters is the other one's counterpart. */
static void
fill_cells (GArray *lines)
{
  guint n[2] = { 0, 0 }; /* first cells by side */

  for (guint i = 0; i < lines->len; i++)
    if (dg_scan_line_at (lines, i)->cell > 0 && dg_scan_line_at (lines, i)->side != DG_SIDE_NONE)
      n[dg_scan_line_at (lines, i)->cell == 1 ? dg_scan_line_at (lines, i)->side : 1 - dg_scan_line_at (lines, i)->side]++;
  for (guint i = 0; n[0] + n[1] > 0 && i < lines->len; i++)
    if (dg_scan_line_at (lines, i)->cell > 0 && dg_scan_line_at (lines, i)->side == DG_SIDE_NONE)
      dg_scan_line_at (lines, i)->side = (n[0] >= n[1]) == (dg_scan_line_at (lines, i)->cell == 1) ? DG_SIDE_A : DG_SIDE_B;
}

/* Lines without a side take that of the lines they stand with. */
static void
fill_sides (GArray *lines, const DgScript scripts[2])
{
  guint next = 0;

  fill_cells (lines);
  for (guint i = 0; i < lines->len; i++) {
    DgScanLine *line = dg_scan_line_at (lines, i);
    DgSide      before, after;
    guint       gap_after;

    if (line->side != DG_SIDE_NONE || line->third)
      continue;
    for (next = MAX (next, i + 1); next < lines->len && dg_scan_line_at (lines, next)->side == DG_SIDE_NONE; next++)
      ;
    before = i > 0 ? dg_scan_line_at (lines, i - 1)->side : DG_SIDE_NONE;
    after = next < lines->len ? dg_scan_line_at (lines, next)->side : DG_SIDE_NONE;
    gap_after = i + 1 < lines->len ? dg_scan_line_at (lines, i + 1)->gap : 1;
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

/* TRUE where a line beside line @i is in its script. */
static gboolean
has_company (GArray *lines, guint i)
{
  return (i > 0 && dg_scan_line_at (lines, i - 1)->script == dg_scan_line_at (lines, i)->script)
         || (i + 1 < lines->len && dg_scan_line_at (lines, i + 1)->script == dg_scan_line_at (lines, i)->script);
}

static void
assign_scripts (GArray *lines, const DgScript scripts[2], DgScript third)
{
  for (guint i = 0; i < lines->len; i++) {
    DgScanLine *line = dg_scan_line_at (lines, i);

    line->side = DG_SIDE_NONE;
    if (line->doubtful)
      continue;
    if (line->script == scripts[0])
      line->side = DG_SIDE_A;
    else if (line->script == scripts[1])
      line->side = DG_SIDE_B;
    else if (line->script == third && third != DG_SCRIPT_NONE && has_company (lines, i))
      line->third = TRUE;
    else if (line->script != DG_SCRIPT_NONE)
      line->why = WHY_THIRD;
  }
  /* A doubtful line between lines of both sides keeps its own script. */
  for (guint i = 0; i < lines->len; i++) {
    DgScanLine *line = dg_scan_line_at (lines, i);

    if (line->side == DG_SIDE_NONE && line->doubtful && line->weight >= 12 && (line->script == scripts[0] || line->script == scripts[1])) {
      DgSide before = i > 0 ? dg_scan_line_at (lines, i - 1)->side : DG_SIDE_NONE;
      DgSide after = i + 1 < lines->len ? dg_scan_line_at (lines, i + 1)->side : DG_SIDE_NONE;

      if (before != after || before == DG_SIDE_NONE)
        line->side = line->script == scripts[0] ? DG_SIDE_A : DG_SIDE_B;
    }
  }
}

/* How often the whole lines go over from text to text, and how many each has. */
static guint
count_runs (GArray *lines, guint count[2])
{
  guint  runs = 0;
  DgSide before = DG_SIDE_NONE;

  count[0] = count[1] = 0;
  for (guint i = 0; i < lines->len; i++) {
    const DgScanLine *line = dg_scan_line_at (lines, i);

    if (line->cell > 0 || line->side == DG_SIDE_NONE)
      continue;
    count[line->side]++;
    runs += line->side != before;
    before = line->side;
  }
  return runs;
}

static gboolean
is_in_columns (GArray *lines)
{
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += dg_scan_line_at (lines, i)->cell > 0;
  return n * 2 > lines->len;
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
      DgScanLine *line = dg_scan_line_at (lines, tongues.lines[i]);

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
    DgScanLine *line = dg_scan_line_at (lines, i);

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
    dg_scan_line_at (lines, i)->side = DG_SIDE_A;
  return FALSE;
}

/* The language of a text in @script, by what its lines show. */
static DgTongue
name_script (const DgTongues *tongues, GArray *lines, DgSide side, DgScript script)
{
  DgTongue tongue = dg_tongues_name (tongues);
  guint    kana = 0, all = 0;

  for (guint i = 0; script == DG_SCRIPT_HAN && i < lines->len; i++)
    if (dg_scan_line_at (lines, i)->side == side && dg_scan_line_at (lines, i)->script == script) {
      kana += dg_scan_line_at (lines, i)->kana;
      all += dg_scan_line_at (lines, i)->weight;
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
      if (dg_scan_line_at (lines, i)->side == side) {
        dg_diag_add (diag, DG_DIAG_PARSE_LANGUAGE_DOUBTFUL, dg_scan_line_at (lines, i)->n, 0, tongue.lang, tongue.other);
        break;
      }
}

/* Tells of the first line in a third language, which is taken as @lang or, for NULL, left out. */
static void
report_third (const DgScanLine *line, const char *third, const char *lang, DgDiag *diag)
{
  g_autofree char *what = lang != NULL ? g_strdup_printf (N_ ("taken as %s"), lang) : g_strdup (N_ ("left out; --lang chooses the two"));

  dg_diag_add (diag, DG_DIAG_PARSE_THIRD_LANGUAGE, line->n, line->column, third, what);
}

/* Tells of the first line in a third script; such lines stay where their neighbours are. */
static gboolean
report_third_script (GArray *lines, const DgLabels *labels, DgSide side, const char *lang, DgDiag *diag, GError **error)
{
  for (guint i = 0; i < lines->len; i++) {
    const DgScanLine *line = dg_scan_line_at (lines, i);
    g_autoptr (GArray) alone = NULL;
    DgTongues third;

    if (line->side != side || line->why != WHY_THIRD)
      continue;
    alone = g_array_new (FALSE, FALSE, sizeof (DgScanLine));
    g_array_append_vals (alone, line, 1);
    if (!dg_tongues_collect (alone, labels, side, line->script, G_MAXUINT, &third, error))
      return FALSE;
    report_third (line, name_script (&third, alone, side, line->script).lang, lang, diag);
    dg_tongues_clear (&third);
    break;
  }
  return TRUE;
}

/* Looks for a third language among the lines of a text: the text's own is the one that the user names, or that of most letters, or of the first
 * lines where neither has half as many again.  The languages as @own and @foreign; @is_foreign gets 1 for the lines in the latter. */
static gboolean
find_foreign (const DgTongues *tongues, GArray *lines, const Wanted *wanted, guint8 *is_foreign, const char **own, const char **foreign)
{
  const char *const nobody[2] = { NULL, NULL };
  const char       *langs[2];
  guint             letters[2] = { 0, 0 }, main;

  if (!dg_tongues_split (tongues, lines, nobody, TRUE, is_foreign, langs))
    return FALSE;
  for (guint i = 0; i < tongues->n; i++)
    letters[is_foreign[i]] += tongues->letters[i];
  main = letters[0] * 2 > letters[1] * 3 ? 0 : letters[1] * 2 > letters[0] * 3 ? 1 : is_foreign[0];
  for (guint i = 0; i < wanted->n_given; i++)
    for (guint k = 0; k < 2; k++)
      if (dg_lang_equal (wanted->given[i], langs[k]))
        main = k;
  *own = langs[main];
  *foreign = langs[!main];
  for (guint i = 0; i < tongues->n; i++)
    is_foreign[i] = is_foreign[i] != main;
  return TRUE;
}

/* TRUE where the foreign lines are a text of their own rather than a quotation: three at least, together, with a good part of the letters. */
static gboolean
is_third_text (const DgTongues *tongues, const guint8 *is_foreign)
{
  guint n = 0, n_runs = 0, letters[2] = { 0, 0 };

  for (guint i = 0; i < tongues->n; i++) {
    n += is_foreign[i];
    n_runs += is_foreign[i] && (i == 0 || !is_foreign[i - 1]);
    letters[is_foreign[i]] += tongues->letters[i];
  }
  return n >= THIRD_LINES && letters[1] * 4 >= letters[0] && (n_runs <= 2 || n_runs * 2 >= n);
}

/* Names the language of a side, @found where two of one script were parted, and tells of what is in another. */
static gboolean
name_side (GArray *lines, const DgLabels *labels, DgSide side, DgScript script, const Wanted *wanted, const char *found, DgSides *sides, DgDiag *diag,
           GError **error)
{
  DgTongues          tongues;
  const char        *own = NULL, *foreign = NULL;
  g_autofree guint8 *is_foreign = NULL;
  gboolean           any, left;
  guint              first = 0;

  if (!dg_tongues_collect (lines, labels, side, script, MANY_LETTERS, &tongues, error))
    return FALSE;
  is_foreign = g_new0 (guint8, MAX (tongues.n, 1));
  any = find_foreign (&tongues, lines, wanted, is_foreign, &own, &foreign);
  name_language (&tongues, lines, side, script, wanted, found != NULL || !any ? found : own, sides, diag);
  left = any && *sides->third == '\0' && !dg_lang_equal (foreign, sides->lang[side]) && is_third_text (&tongues, is_foreign);
  while (any && first < tongues.n && !is_foreign[first])
    first++;
  if (any && first < tongues.n && strcmp (foreign, sides->lang[side]) != 0) {
    const DgScanLine *line = dg_scan_line_at (lines, tongues.lines[first]);

    report_third (line, foreign, left ? NULL : sides->lang[side], diag);
  }
  for (guint i = 0; left && i < tongues.n; i++)
    if (is_foreign[i]) {
      dg_scan_line_at (lines, tongues.lines[i])->side = DG_SIDE_NONE;
      dg_scan_line_at (lines, tongues.lines[i])->third = TRUE;
    }
  if (left)
    g_strlcpy (sides->third, foreign, sizeof sides->third);
  dg_tongues_clear (&tongues);
  return report_third_script (lines, labels, side, sides->lang[side], diag, error);
}

/* One script: columns of two languages, or two texts one after the other or by turns. */
static gboolean
part_script (GArray *lines, const DgLabels *labels, DgScript scripts[2], const Wanted *wanted, const char *langs[2], GError **error)
{
  gboolean split = TRUE;

  if (is_in_columns (lines)) {
    for (guint i = 0; i < lines->len; i++)
      dg_scan_line_at (lines, i)->side = dg_scan_line_at (lines, i)->cell == 2 ? DG_SIDE_B : DG_SIDE_A;
    for (guint i = 0; i < wanted->n_given; i++)
      langs[i] = wanted->given[i];
  } else if (scripts[0] != DG_SCRIPT_HAN || !split_japanese (lines, scripts)) {
    if (!split_script (lines, labels, scripts[0], wanted, langs, &split, error))
      return FALSE;
  }
  scripts[1] = split ? scripts[0] : DG_SCRIPT_NONE;
  return TRUE;
}

/* Side A is the one that comes first. */
static gboolean
order_sides (GArray *lines)
{
  guint first = 0;

  while (first < lines->len && dg_scan_line_at (lines, first)->side == DG_SIDE_NONE)
    first++;
  if (first == lines->len || dg_scan_line_at (lines, first)->side == DG_SIDE_A)
    return FALSE;
  for (guint i = first; i < lines->len; i++)
    if (dg_scan_line_at (lines, i)->side != DG_SIDE_NONE)
      dg_scan_line_at (lines, i)->side = 1 - dg_scan_line_at (lines, i)->side;
  return TRUE;
}

/* Names the language of a third script, whose lines belong to neither text. */
static gboolean
name_third (GArray *lines, const DgLabels *labels, DgScript script, DgSides *sides, DgDiag *diag, GError **error)
{
  DgTongues         tongues;
  const DgScanLine *first = NULL;

  for (guint i = 0; i < lines->len && first == NULL; i++)
    first = dg_scan_line_at (lines, i)->third ? dg_scan_line_at (lines, i) : NULL;
  if (first == NULL)
    return TRUE;
  if (!dg_tongues_collect (lines, labels, DG_SIDE_NONE, script, MANY_LETTERS, &tongues, error))
    return FALSE;
  g_strlcpy (sides->third, name_script (&tongues, lines, DG_SIDE_NONE, script).lang, sizeof sides->third);
  dg_tongues_clear (&tongues);
  report_third (first, sides->third, NULL, diag);
  return TRUE;
}

static gboolean
find_sides (GArray *lines, const DgLabels *labels, const Wanted *wanted, DgSides *sides, DgDiag *diag, GError **error)
{
  DgScript    scripts[2], third;
  const char *langs[2] = { NULL, NULL };
  gboolean    swap;
  guint       count[2], runs;

  for (guint i = 0; i < lines->len; i++)
    find_script (dg_scan_line_at (lines, i));
  choose_scripts (lines, wanted, scripts, &third);
  assign_scripts (lines, scripts, third);
  fill_sides (lines, scripts);
  if (scripts[1] == DG_SCRIPT_NONE && scripts[0] != DG_SCRIPT_NONE && !part_script (lines, labels, scripts, wanted, langs, error))
    return FALSE;
  runs = count_runs (lines, count);
  if (count[0] > 0 && count[1] > 0 && runs < MAX (5, MIN (count[0], count[1]) * 2 / 5))
    dg_absorb_lines (lines);
  swap = order_sides (lines);
  runs = count_runs (lines, count);
  sides->n_texts = is_in_columns (lines) || (count[0] > 0 && count[1] > 0) ? 2 : 1;
  if (!name_third (lines, labels, third, sides, diag, error))
    return FALSE;
  for (guint i = 0; i < sides->n_texts; i++)
    if (!name_side (lines, labels, (DgSide) i, scripts[swap ? 1 - i : i], wanted, langs[swap ? 1 - i : i], sides, diag, error))
      return FALSE;
  /* Two blocks make two runs, three with a caption at the end; more come of texts that alternate. */
  sides->interleaved = sides->n_texts == 2 && (is_in_columns (lines) || (runs > 3 && runs * 3 > MIN (count[0], count[1])));
  return TRUE;
}

gboolean
dg_sides_find (GArray *lines, const DgLabels *labels, const char *languages, DgSides *sides, DgDiag *diag, GError **error)
{
  Wanted   wanted;
  gboolean found;

  *sides = (DgSides){ 0 };
  found = read_wanted (languages, &wanted, error) && find_sides (lines, labels, &wanted, sides, diag, error);
  clear_wanted (&wanted);
  return found;
}
