/* split.c: signs that may part dispatches cut an input into segments; the segments' languages tell which of them belong together. */
#include "read/split.h"

#include "read/columns.h"
#include "read/labels.h"
#include "read/scan.h"
#include "read/sides.h"
#include "read/wrap.h"
#include "base/utf.h"

#include <string.h>

enum { MAX_END_MARK = 24, MIN_CHARS = 80, HEAD_LINES = 4, EDGE_LINES = 3, MAX_NUMBERED = 320 };

/* How much a sign says by itself. */
typedef enum { SIGN_NONE, SIGN_WEAK, SIGN_STRONG } Sign;

typedef struct {
  guint    first, last; /* lines */
  Sign     sign;        /* what stands before it */
  guint    n_texts;     /* 0: no ink */
  char     lang[36];    /* of its first text */
  gboolean head;        /* begins as a dispatch does */
  gboolean substantial;
  guint    next_other; /* the next segment that is not in its language alone; G_MAXUINT for none */
} Segment;

static Segment *
segment_at (const GArray *segments, guint i)
{
  return &g_array_index (segments, Segment, i);
}

static gboolean
is_wire_word (const char *text, gsize length, const char *word)
{
  return length >= strlen (word) && g_ascii_strncasecmp (text, word, strlen (word)) == 0 && (length == strlen (word) || g_ascii_isspace (text[strlen (word)]));
}

/* "--- 2 ---": a row of dashes with a number inside. */
static gboolean
is_numbered_rule (const char *text, gsize length)
{
  gsize first = 0, digits, last = 0;

  if (length > MAX_END_MARK)
    return FALSE;
  while (first < length && (text[first] == '-' || text[first] == '=' || text[first] == '*'))
    first++;
  for (digits = first; digits < length && (g_ascii_isdigit (text[digits]) || text[digits] == ' '); digits++)
    ;
  while (last < length - digits && text[digits + last] == text[0])
    last++;
  return first >= 2 && last >= 2 && digits + last == length && digits - first >= 3;
}

/* What line @n says about a boundary; @after: it is the next line that begins something new, not this one. */
static Sign
read_sign (const DgSource *source, guint n, const DgLabels *labels, gboolean *after)
{
  gsize       length;
  const char *text = dg_source_line (source, n, &length);
  guint       marks = dg_source_has_marks (source) ? dg_source_marks (source, n) : 0;

  *after = FALSE;
  if ((marks & DG_MARK_HEAD) != 0)
    return SIGN_STRONG;
  if ((marks & DG_MARK_PAGE) != 0) {
    *after = length > 1 && text[0] != '\f';
    return SIGN_STRONG;
  }
  while (length > 0 && (*text == ' ' || *text == '\t')) {
    text++;
    length--;
  }
  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;
  if (length == 0)
    return SIGN_NONE;
  if (is_wire_word (text, length, "ZCZC"))
    return SIGN_STRONG;
  *after = TRUE;
  if (length == 4 && is_wire_word (text, length, "NNNN"))
    return SIGN_STRONG;
  if (dg_scan_is_rule (text, length) || is_numbered_rule (text, length))
    return SIGN_WEAK;
  if (length <= MAX_END_MARK && dg_labels_is (labels, DG_LABEL_END, text, length))
    return SIGN_WEAK;
  return SIGN_NONE;
}

/* A line of a digest, "2. Ferry runs again". */
typedef struct {
  guint    n; /* line */
  guint    value;
  DgScript script;
} Numbered;

/* The script of the first letter of [@text, @end) that is of any. */
static DgScript
find_first_script (const char *text, const char *end)
{
  DgScript script = DG_SCRIPT_NONE;

  while (text < end && script == DG_SCRIPT_NONE)
    script = dg_lang_script_of_char (dg_utf8_read (&text));
  return script;
}

/* A number of one or two digits, a point or bracket, and words that are no sentence: a headline of a digest. */
static gboolean
read_number (const char *text, gsize length, Numbered *numbered)
{
  const char *p = text, *end = text + length;
  guint       n = 0;

  while (p < end && (*p == ' ' || *p == '(' || *p == '#'))
    p++;
  for (numbered->value = 0; p < end && dg_digit_value (g_utf8_get_char (p)) >= 0 && n < 3; n++, p = g_utf8_next_char (p))
    numbered->value = numbered->value * 10 + (guint) dg_digit_value (g_utf8_get_char (p));
  if (n == 0 || n > 2 || end - p < 3 || strchr (".)-:/", *p) == NULL || (p[1] != ' ' && p[1] != '\t') || length > MAX_NUMBERED)
    return FALSE;
  numbered->script = find_first_script (p, end);
  return numbered->script != DG_SCRIPT_NONE && !dg_wrap_is_closed (text, length);
}

/* TRUE where the lines after @n, up to @end, are running text in @script first. */
static gboolean
has_story (const DgSource *source, guint n, guint end, DgScript script)
{
  for (n++; n < end; n++) {
    gsize       length;
    const char *text = dg_source_line (source, n, &length);

    if (length >= MIN_CHARS)
      return find_first_script (text, text + length) == script;
  }
  return FALSE;
}

/* The lines (guint) at which the second and further stories of a numbered digest begin: numbers from 1 on, perhaps twice each as both texts have
 * them, always with the story under them.  NULL where it is none: articles of a treaty, items of a list. */
static GArray *
find_numbered (const DgSource *source)
{
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  guint    n = dg_source_first_line (source), end = n + dg_source_n_lines (source), value = 0, pending = 0;
  DgScript script = DG_SCRIPT_NONE, pending_script = DG_SCRIPT_NONE;

  for (; n <= end; n++) {
    Numbered    numbered = { .n = n };
    gsize       length = 0;
    const char *text = n < end ? dg_source_line (source, n, &length) : "";

    if (n < end && (length == 0 || !read_number (text, length, &numbered)))
      continue;
    if (pending > 0 && !has_story (source, pending, n, pending_script))
      return NULL;
    if (n == end)
      break;
    if (numbered.value == value + 1 && (value == 0 || numbered.script == script)) {
      value++;
      script = numbered.script;
      if (value > 1)
        g_array_append_val (firsts, n);
    } else if (numbered.value != value || value == 0 || numbered.script == script) {
      return NULL;
    }
    pending = n;
    pending_script = numbered.script;
  }
  return firsts->len > 0 ? g_steal_pointer (&firsts) : NULL;
}

static GArray *
cut_segments (const DgSource *source, const DgLabels *labels)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  g_autoptr (GArray) numbered = find_numbered (source);
  guint   next = 0; /* of the numbered lines */
  guint   first = dg_source_first_line (source), end = first + dg_source_n_lines (source);
  Segment segment = { .first = first, .sign = SIGN_STRONG };

  for (guint n = first; n < end; n++) {
    gboolean after;
    Sign     sign = read_sign (source, n, labels, &after);
    guint    start;

    if (numbered != NULL && next < numbered->len && g_array_index (numbered, guint, next) == n) {
      next++;
      after = FALSE;
      sign = MAX (sign, SIGN_WEAK);
    }
    start = n + after;

    if (sign == SIGN_NONE || start >= end)
      continue;
    if (start == segment.first) {
      segment.sign = MAX (segment.sign, sign);
      continue;
    }
    segment.last = start - 1;
    g_array_append_val (segments, segment);
    segment = (Segment){ .first = start, .sign = sign };
  }
  segment.last = end - 1;
  g_array_append_val (segments, segment);
  return segments;
}

/* TRUE where lines of a segment begin as a text does: with a label early on, or a line that is no sentence and more lines after it. */
static gboolean
has_head (GArray *lines, DgSide side)
{
  guint    n = 0;
  gboolean open = FALSE;

  for (guint i = 0; i < lines->len; i++) {
    const DgScanLine *line = &g_array_index (lines, DgScanLine, i);

    if (line->side != side)
      continue;
    if (line->label_length > 0 && n < HEAD_LINES && (line->label_kinds & ~(1u << DG_LABEL_CAPTION)) != 0)
      return TRUE;
    if (n == 0)
      open = !dg_wrap_is_closed (line->text, line->length);
    if (++n >= HEAD_LINES)
      break;
  }
  return open && n >= 2;
}

static void
look_into (Segment *segment, const DgSource *source, const DgLabels *labels, const char *languages)
{
  g_autoptr (DgSource) part = dg_source_new_part (source, segment->first, segment->last);
  g_autoptr (GArray) lines = dg_scan_lines (part, labels);
  g_autoptr (DgDiag) ignored = dg_diag_new ("");
  DgSides sides;
  guint   n_chars = 0;

  dg_columns_part (lines, part, labels);
  if (lines->len == 0 || !dg_sides_find (lines, labels, languages, &sides, ignored, NULL))
    return;
  for (guint i = 0; i < lines->len; i++)
    n_chars += g_array_index (lines, DgScanLine, i).n_chars;
  segment->n_texts = sides.n_texts;
  segment->substantial = lines->len >= 2 && n_chars >= MIN_CHARS;
  segment->head = has_head (lines, DG_SIDE_A) && (sides.n_texts < 2 || has_head (lines, DG_SIDE_B));
  g_strlcpy (segment->lang, sides.lang[0], sizeof segment->lang);
}

static void
find_others (GArray *segments)
{
  guint later = G_MAXUINT; /* the nearest segment with ink behind the one looked at */

  for (guint i = segments->len; i-- > 0;) {
    Segment       *segment = segment_at (segments, i);
    const Segment *next = later != G_MAXUINT ? segment_at (segments, later) : NULL;

    if (next == NULL)
      segment->next_other = G_MAXUINT;
    else
      segment->next_other = next->n_texts == 2 || strcmp (next->lang, segment->lang) != 0 ? later : next->next_other;
    if (segment->n_texts > 0)
      later = i;
  }
}

/* TRUE where the segment @i begins a dispatch: the one before, whose first language is @lang, is complete, and this one can be. */
static gboolean
begins_dispatch (const GArray *segments, guint i, const char *lang, gboolean complete, gboolean all_one)
{
  const Segment *segment = segment_at (segments, i);

  if (segment->n_texts == 0 || !segment->substantial || (segment->sign == SIGN_WEAK && !segment->head))
    return FALSE;
  if (all_one)
    return segment->sign == SIGN_STRONG && segment->head;
  if (!complete)
    return FALSE;
  return segment->n_texts == 2 || (strcmp (segment->lang, lang) == 0 && segment->next_other != G_MAXUINT);
}

static gboolean
is_one_language (const GArray *segments)
{
  const char *lang = NULL;

  for (guint i = 0; i < segments->len; i++) {
    const Segment *segment = segment_at (segments, i);

    if (segment->n_texts == 2 || (segment->n_texts == 1 && lang != NULL && strcmp (segment->lang, lang) != 0))
      return FALSE;
    if (segment->n_texts == 1)
      lang = segment->lang;
  }
  return TRUE;
}

GPtrArray *
dg_split_source (DgSource *source, const char *languages)
{
  const DgLabels *labels = dg_labels_get (NULL);
  GPtrArray      *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_source_unref);
  g_autoptr (GArray) segments = labels != NULL && dg_source_n_lines (source) > 0 ? cut_segments (source, labels) : NULL;
  const char *lang = NULL;
  gboolean    complete = FALSE, all_one;
  guint       first = dg_source_first_line (source), last = first + dg_source_n_lines (source) - 1;

  if (segments == NULL || segments->len < 2) {
    g_ptr_array_add (parts, dg_source_ref (source));
    return parts;
  }
  for (guint i = 0; i < segments->len; i++)
    look_into (segment_at (segments, i), source, labels, languages);
  find_others (segments);
  all_one = is_one_language (segments);
  for (guint i = 0; i < segments->len; i++) {
    const Segment *segment = segment_at (segments, i);

    if (lang != NULL && begins_dispatch (segments, i, lang, complete, all_one)) {
      g_ptr_array_add (parts, dg_source_new_part (source, first, segment->first - 1));
      first = segment->first;
      lang = NULL;
      complete = FALSE;
    }
    if (segment->n_texts == 0)
      continue;
    complete = complete || segment->n_texts == 2 || (lang != NULL && strcmp (lang, segment->lang) != 0);
    if (lang == NULL)
      lang = segment->lang;
  }
  g_ptr_array_add (parts, parts->len == 0 ? dg_source_ref (source) : dg_source_new_part (source, first, last));
  return parts;
}

/* A stretch of lines of one side. */
typedef struct {
  DgSide side;
  guint  first, last; /* line numbers, both with ink */
  guint  n, n_body;
  guint  edge_roles; /* bits of the roles of its first and last lines */
  guint  head_roles; /* of its first lines, as far as a paragraph follows them */
  guint  top_roles;  /* of its first lines */
} Run;

static GArray *
find_runs (const DgDoc *doc)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));

  for (guint i = 0; i < doc->n_lines; i++) {
    const DgLineRole *line = &doc->lines[i];
    Run              *run = runs->len > 0 ? &g_array_index (runs, Run, runs->len - 1) : NULL;

    if (line->side == DG_SIDE_NONE)
      continue;
    if (run == NULL || run->side != line->side) {
      Run added = { .side = line->side, .first = doc->first_line + i };

      g_array_append_val (runs, added);
      run = &g_array_index (runs, Run, runs->len - 1);
    }
    run->last = doc->first_line + i;
    run->n_body += line->role == DG_ROLE_BODY;
    if (line->role == DG_ROLE_BODY)
      run->head_roles |= run->top_roles;
    if (run->n++ < EDGE_LINES)
      run->top_roles |= 1u << line->role;
  }
  /* The last lines too: a source may be named at the foot. */
  for (guint i = 0; i < runs->len; i++) {
    Run  *run = &g_array_index (runs, Run, i);
    guint left = EDGE_LINES;

    run->edge_roles = run->top_roles;
    for (guint n = run->last; left > 0 && n >= run->first; n--)
      if (doc->lines[n - doc->first_line].side != DG_SIDE_NONE) {
        run->edge_roles |= 1u << doc->lines[n - doc->first_line].role;
        left--;
      }
  }
  return runs;
}

GArray *
dg_split_find_heads (const DgDoc *doc)
{
  const guint telling = 1u << DG_ROLE_SOURCE | 1u << DG_ROLE_DATELINE;
  g_autoptr (GArray) runs = NULL, heads = NULL;
  guint seen = 0, n_body[2] = { 0, 0 };

  if (doc->n_texts < 2 || dg_text_count (&doc->text[DG_SIDE_A], DG_ROLE_SOURCE) + dg_text_count (&doc->text[DG_SIDE_A], DG_ROLE_DATELINE) == 0)
    return NULL;
  runs = find_runs (doc);
  heads = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    if (run->side == DG_SIDE_A && i + 1 < runs->len && n_body[0] > 0 && n_body[1] > 0 && run->n_body > 0 && (run + 1)->n_body > 0
        && ((run->edge_roles & seen & telling) != 0 || (run->head_roles & (run + 1)->head_roles & telling) != 0)) {
      g_array_append_val (heads, run->first);
      seen = n_body[0] = n_body[1] = 0;
    }
    seen |= run->side == DG_SIDE_A ? run->edge_roles : 0;
    n_body[run->side] += run->n_body;
  }
  return heads->len > 0 ? g_steal_pointer (&heads) : NULL;
}
