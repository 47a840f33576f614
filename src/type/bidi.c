/* bidi.c: levels and line order by UAX #9; characters' properties from ICU.
 *
 * The rules are written out here because neither library at hand can be given untrusted text.  FriBidi 1.0.8 writes to freed
 * memory when some eighty embeddings and isolates nest, takes quadratic time for a row of FSIs, recurses once for each pair of
 * brackets, and its tables end at Unicode 10: later Arabic letters, marks, emoji and brackets count as strong left-to-right.
 * ICU takes quadratic time for unmatched brackets.  Here every step is linear in the length, and nothing recurses.
 *
 * Rule numbers are those of UAX #9 for Unicode 15. */
#include "type/bidi.h"

#include <string.h>
#include <unicode/uchar.h>

#define MAX_DEPTH    125 /* BD2 */
#define MAX_BRACKETS 63  /* BD16 */
#define NONE         G_MAXUINT

typedef enum {
  L = U_LEFT_TO_RIGHT,
  R = U_RIGHT_TO_LEFT,
  AL = U_RIGHT_TO_LEFT_ARABIC,
  EN = U_EUROPEAN_NUMBER,
  ES = U_EUROPEAN_NUMBER_SEPARATOR,
  ET = U_EUROPEAN_NUMBER_TERMINATOR,
  AN = U_ARABIC_NUMBER,
  CS = U_COMMON_NUMBER_SEPARATOR,
  NSM = U_DIR_NON_SPACING_MARK,
  BN = U_BOUNDARY_NEUTRAL,
  B = U_BLOCK_SEPARATOR,
  S = U_SEGMENT_SEPARATOR,
  WS = U_WHITE_SPACE_NEUTRAL,
  ON = U_OTHER_NEUTRAL,
  LRE = U_LEFT_TO_RIGHT_EMBEDDING,
  LRO = U_LEFT_TO_RIGHT_OVERRIDE,
  RLE = U_RIGHT_TO_LEFT_EMBEDDING,
  RLO = U_RIGHT_TO_LEFT_OVERRIDE,
  PDF = U_POP_DIRECTIONAL_FORMAT,
  LRI = U_LEFT_TO_RIGHT_ISOLATE,
  RLI = U_RIGHT_TO_LEFT_ISOLATE,
  FSI = U_FIRST_STRONG_ISOLATE,
  PDI = U_POP_DIRECTIONAL_ISOLATE
} BidiClass;

#define BIT(class)     (1u << (class))
#define IS(class, set) ((BIT (class) & (set)) != 0)

enum {
  STRONG = BIT (L) | BIT (R) | BIT (AL),
  OPENS = BIT (LRI) | BIT (RLI) | BIT (FSI),
  ISOLATES = OPENS | BIT (PDI),
  REMOVED = BIT (LRE) | BIT (RLE) | BIT (LRO) | BIT (RLO) | BIT (PDF) | BIT (BN), /* X9 */
  NEUTRAL = BIT (B) | BIT (S) | BIT (WS) | BIT (ON) | ISOLATES,                   /* "NI" */
  /* Without any of these a left-to-right paragraph has one level, numbers by W7 and the rest by N1; and a right-to-left one. */
  TURNS_LTR = BIT (R) | BIT (AL) | BIT (AN) | ISOLATES | (REMOVED & ~BIT (BN)),
  TURNS_RTL = BIT (L) | BIT (EN) | BIT (AN) | ISOLATES | (REMOVED & ~BIT (BN))
};

G_STATIC_ASSERT (U_CHAR_DIRECTION_COUNT <= 32);

typedef struct {
  guint  close;            /* index of the closing bracket in the sequence, NONE: not the opening one of a pair */
  guint8 holds_l, holds_r; /* strong characters between the two */
} Pair;

/* A paragraph while its levels are found.  "Position" counts the characters that X9 keeps. */
typedef struct {
  const gunichar *text;
  guint8          base;
  guint8         *classes; /* of each character; overridden ones already L or R */
  guint8         *levels;  /* of each character */
  guint          *kept;    /* of each position: the character */
  guint           n_kept;
  guint          *match; /* of each character: the position of its PDI (BD9), NONE for all but isolate initiators */

  /* One isolating run sequence (BD13); the rooms have the whole paragraph's length and are used again for each. */
  guint  *sequence; /* characters */
  guint8 *resolved; /* their classes as the rules change them */
  Pair   *pairs;
  guint   length;
  guint8  sos, eos;
} Work;

static guint8
find_class (gunichar ch)
{
  return ch <= 0x10FFFF ? (guint8) u_charDirection ((UChar32) ch) : L;
}

/* One pass with a stack of the open isolates: matches them (BD9), replaces each FSI by LRI or RLI after the first strong
 * character at its own depth (X5c), and returns the class of the paragraph's first strong character (P2), ON if there is none. */
static guint8
match_isolates (guint8 *classes, guint n, guint *match)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  guint8 first = ON;
  guint  position = 0;

  for (guint i = 0; i < n; i++) {
    guint8 class = classes[i];
    guint innermost = open->len > 0 ? g_array_index (open, guint, open->len - 1) : NONE;
    match[i] = NONE;
    if (IS (class, OPENS))
      g_array_append_val (open, i);
    else if (class == PDI && innermost != NONE) {
      match[innermost] = position;
      g_array_set_size (open, open->len - 1);
    } else if (class == B)
      g_array_set_size (open, 0);
    else if (IS (class, STRONG)) {
      if (innermost == NONE && first == ON)
        first = class;
      else if (innermost != NONE && classes[innermost] == FSI)
        classes[innermost] = class == L ? LRI : RLI;
    }
    position += !IS (class, REMOVED);
  }
  for (guint i = 0; i < n; i++)
    if (classes[i] == FSI)
      classes[i] = LRI;
  return first;
}

/* X1 to X9. */
static void
resolve_explicit (Work *work, guint n)
{
  struct {
    guint8   level, override;
    gboolean isolate;
  } stack[MAX_DEPTH + 2];
  guint depth = 0, overflow_isolates = 0, overflow_embeddings = 0, valid_isolates = 0;

  stack[0].level = work->base;
  stack[0].override = ON;
  stack[0].isolate = FALSE;
  for (guint i = 0; i < n; i++) {
    guint8 class = work->classes[i];
    if (class == PDI) /* X6a */
    {
      if (overflow_isolates > 0)
        overflow_isolates--;
      else if (valid_isolates > 0) {
        overflow_embeddings = 0;
        while (!stack[depth].isolate)
          depth--;
        depth--;
        valid_isolates--;
      }
    } else if (class == PDF) /* X7 */
    {
      if (overflow_isolates > 0)
        continue;
      if (overflow_embeddings > 0)
        overflow_embeddings--;
      else if (!stack[depth].isolate && depth > 0)
        depth--;
    } else if (class == B) /* X8 */
    {
      depth = overflow_isolates = overflow_embeddings = valid_isolates = 0;
      work->levels[i] = work->base;
    }

    guint8 level = stack[depth].level;
    if (IS (class, BIT (LRE) | BIT (RLE) | BIT (LRO) | BIT (RLO) | OPENS)) /* X2 to X5b */
    {
      gboolean isolate = IS (class, OPENS);
      gboolean to_odd = IS (class, BIT (RLE) | BIT (RLO) | BIT (RLI));
      guint8   next = to_odd ? (guint8) ((level + 1) | 1) : (guint8) ((level + 2) & ~1);
      guint8   override = stack[depth].override;
      if (next <= MAX_DEPTH && overflow_isolates == 0 && overflow_embeddings == 0) {
        depth++;
        stack[depth].level = next;
        stack[depth].override = class == LRO ? L : class == RLO ? R : ON;
        stack[depth].isolate = isolate;
        valid_isolates += isolate ? 1 : 0;
      } else if (isolate)
        overflow_isolates++;
      else
        overflow_embeddings += overflow_isolates == 0 ? 1 : 0;
      if (isolate) {
        work->levels[i] = level;
        if (override != ON)
          work->classes[i] = override;
      }
    } else if (!IS (class, REMOVED) && class != B) /* X6 */
    {
      work->levels[i] = level;
      if (stack[depth].override != ON)
        work->classes[i] = stack[depth].override;
    }
    if (!IS (class, REMOVED)) /* X9 */
      work->kept[work->n_kept++] = i;
  }
}

/* W1 to W7 in as few passes as their order allows. */
static void
resolve_weak (Work *work)
{
  guint8 *classes = work->resolved;
  guint8  before = work->sos, strong = work->sos;

  for (guint i = 0; i < work->length; i++) {
    if (classes[i] == NSM) /* W1 */
      classes[i] = IS (before, ISOLATES) ? ON : before;
    before = classes[i];
    if (IS (classes[i], STRONG))
      strong = classes[i];
    else if (classes[i] == EN && strong == AL) /* W2 */
      classes[i] = AN;
  }

  strong = work->sos;
  for (guint i = 0; i < work->length; i++) {
    if (classes[i] == AL) /* W3 */
      classes[i] = R;
    else if (IS (classes[i], BIT (ES) | BIT (CS)) && i > 0 && i + 1 < work->length && classes[i - 1] == classes[i + 1]
             && (classes[i - 1] == EN || (classes[i - 1] == AN && classes[i] == CS)))
      classes[i] = classes[i - 1]; /* W4 */
  }
  for (guint i = 0; i < work->length; i++) {
    if (classes[i] == ET) {
      guint end = i;
      while (end < work->length && classes[end] == ET)
        end++;
      gboolean beside = (i > 0 && classes[i - 1] == EN) || (end < work->length && classes[end] == EN);
      for (guint k = i; k < end; k++) /* W5, W6 */
        classes[k] = beside ? EN : ON;
      i = end - 1;
    } else if (IS (classes[i], BIT (ES) | BIT (CS))) /* W6 */
      classes[i] = ON;
  }
  for (guint i = 0; i < work->length; i++)
    if (IS (classes[i], STRONG))
      strong = classes[i];
    else if (classes[i] == EN && strong == L) /* W7 */
      classes[i] = L;
}

/* The strong direction that N0 to N2 see in a class: L, R or ON. */
static guint8
find_direction (guint8 class)
{
  return class == L ? L : IS (class, BIT (R) | BIT (EN) | BIT (AN)) ? R : ON;
}

/* BD16: @id is the opening bracket of the pair that @ch belongs to. */
static UBidiPairedBracketType
find_bracket (gunichar ch, gunichar *id)
{
  UBidiPairedBracketType type = (UBidiPairedBracketType) u_getIntPropertyValue ((UChar32) ch, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
  if (type == U_BPT_NONE)
    return type;
  *id = type == U_BPT_OPEN ? ch : (gunichar) u_getBidiPairedBracket ((UChar32) ch);
  if (*id == 0x2329) /* canonical equivalents match one another: U+2329, U+232A and U+3008, U+3009 */
    *id = 0x3008;
  return type;
}

/* BD16: the sequence's bracket pairs. */
static gboolean
pair_brackets (Work *work)
{
  struct {
    gunichar id;
    guint    at;
  } stack[MAX_BRACKETS];
  guint    depth = 0;
  guint    last_l = NONE, last_r = NONE;
  gboolean found = FALSE;

  for (guint i = 0; i < work->length; i++)
    work->pairs[i].close = NONE;
  for (guint i = 0; i < work->length; i++) {
    guint8   direction = find_direction (work->resolved[i]);
    gunichar id = 0;
    if (direction == L)
      last_l = i;
    else if (direction == R)
      last_r = i;
    if (work->resolved[i] != ON)
      continue;
    UBidiPairedBracketType type = find_bracket (work->text[work->sequence[i]], &id);
    if (type == U_BPT_OPEN) {
      if (depth == MAX_BRACKETS)
        break;
      stack[depth].id = id;
      stack[depth++].at = i;
    } else if (type == U_BPT_CLOSE)
      for (guint k = depth; k-- > 0;)
        if (stack[k].id == id) {
          Pair *pair = &work->pairs[stack[k].at];
          pair->close = i;
          pair->holds_l = last_l != NONE && last_l > stack[k].at;
          pair->holds_r = last_r != NONE && last_r > stack[k].at;
          depth = k;
          found = TRUE;
          break;
        }
  }
  return found;
}

/* N0: marks that followed the bracket at @at before W1 go with it. */
static void
set_bracket (Work *work, guint at, guint8 direction)
{
  do
    work->resolved[at++] = direction;
  while (at < work->length && work->classes[work->sequence[at]] == NSM);
}

/* N0.  Pairs nest and are taken by their opening brackets, so that what stands between two brackets has not been changed by
 * this rule yet when they are looked at; what stands before them has. */
static void
resolve_brackets (Work *work, guint8 embedding)
{
  guint8 before = work->sos;
  for (guint i = 0; i < work->length; i++) {
    const Pair *pair = &work->pairs[i];
    if (pair->close != NONE) {
      gboolean same = embedding == L ? pair->holds_l : pair->holds_r;
      gboolean other = embedding == L ? pair->holds_r : pair->holds_l;
      if (same || other) {
        guint8 direction = same ? embedding : before; /* N0 b; N0 c 1 and 2 */
        set_bracket (work, i, direction);
        set_bracket (work, pair->close, direction);
      }
    }
    if (find_direction (work->resolved[i]) != ON)
      before = find_direction (work->resolved[i]);
  }
}

/* N1, N2. */
static void
resolve_neutral (Work *work, guint8 embedding)
{
  guint8 before = work->sos;
  for (guint i = 0; i < work->length; i++) {
    guint end = i;
    while (end < work->length && IS (work->resolved[end], NEUTRAL))
      end++;
    if (end > i) {
      guint8 after = end < work->length ? find_direction (work->resolved[end]) : work->eos;
      for (guint k = i; k < end; k++)
        work->resolved[k] = before == after ? before : embedding;
      i = end - 1;
    } else
      before = find_direction (work->resolved[i]);
  }
}

static void
resolve_sequence (Work *work, guint8 level)
{
  guint8 embedding = level % 2 ? R : L;
  for (guint i = 0; i < work->length; i++)
    work->resolved[i] = work->classes[work->sequence[i]];
  resolve_weak (work);
  if (pair_brackets (work))
    resolve_brackets (work, embedding);
  resolve_neutral (work, embedding);
  for (guint i = 0; i < work->length; i++) /* I1, I2 */
  {
    guint8 class = work->resolved[i];
    guint8 up = embedding == L ? (class == R ? 1 : IS (class, BIT (AN) | BIT (EN)) ? 2 : 0) : class != R;
    work->levels[work->sequence[i]] = (guint8) (level + up);
  }
}

static guint8
find_edge (guint8 a, guint8 b)
{
  return MAX (a, b) % 2 ? R : L;
}

/* X10: finds the isolating run sequences and resolves each.  A position goes on to the next one of the same level; the last of
 * a level run that opens an isolate goes on to the PDI. */
static void
resolve_sequences (Work *work)
{
  /* Levels are overwritten as sequences are done, those of their neighbours are still asked for. */
  g_autofree guint8 *explicit = g_malloc (work->n_kept + 1);
  g_autofree guint  *next = g_new (guint, work->n_kept + 1);
  g_autofree guint8 *follows = g_malloc0 (work->n_kept + 1);

  for (guint p = 0; p < work->n_kept; p++)
    explicit[p] = work->levels[work->kept[p]];
  for (guint p = 0; p < work->n_kept; p++) {
    guint at = work->kept[p];
    if (p + 1 < work->n_kept && explicit[p + 1] == explicit[p])
      next[p] = p + 1;
    else
      next[p] = work->match[at];
    if (next[p] != NONE)
      follows[next[p]] = TRUE;
  }
  for (guint p = 0; p < work->n_kept; p++)
    if (!follows[p]) {
      guint8 level = explicit[p];
      guint  last = p;
      work->length = 0;
      for (guint q = p; q != NONE; q = next[q]) {
        work->sequence[work->length++] = work->kept[q];
        last = q;
      }
      /* An initiator without a PDI runs to the paragraph's end: the level after it is the paragraph's. */
      gboolean open = IS (find_class (work->text[work->kept[last]]), OPENS) && work->match[work->kept[last]] == NONE;
      work->sos = find_edge (level, p > 0 ? explicit[p - 1] : work->base);
      work->eos = find_edge (level, last + 1 < work->n_kept && !open ? explicit[last + 1] : work->base);
      resolve_sequence (work, level);
    }
}

guint8
dg_bidi_levels (const gunichar *text, guint n, DgBase base, guint8 *levels)
{
  if (n == 0)
    return base == DG_BASE_RTL ? 1 : 0;

  g_autofree guint8 *classes = g_malloc (n);
  g_autofree guint8 *resolved = g_malloc (n);
  g_autofree guint  *kept = g_new (guint, n);
  g_autofree guint  *match = g_new (guint, n);
  g_autofree guint  *sequence = g_new (guint, n);
  g_autofree Pair   *pairs = g_new (Pair, n);
  Work work = { .text = text, .classes = classes, .levels = levels, .kept = kept, .match = match, .sequence = sequence, .resolved = resolved, .pairs = pairs };

  guint seen = 0;
  for (guint i = 0; i < n; i++) {
    classes[i] = find_class (text[i]);
    seen |= BIT (classes[i]);
  }
  guint8 first = match_isolates (classes, n, match);
  if (base == DG_BASE_AUTO) /* P3 */
    work.base = IS (first, BIT (R) | BIT (AL));
  else
    work.base = base == DG_BASE_RTL;
  if (!(seen & (work.base ? TURNS_RTL : TURNS_LTR))) {
    memset (levels, work.base, n);
    return work.base;
  }

  resolve_explicit (&work, n);
  resolve_sequences (&work);

  guint k = 0;
  for (guint i = 0; i < n; i++)
    if (k < work.n_kept && kept[k] == i)
      k++;
    else
      levels[i] = i > 0 ? levels[i - 1] : work.base;
  return work.base;
}

void
dg_bidi_line_levels (const gunichar *text, const guint8 *levels, guint start, guint end, guint8 base_level, guint8 *line_levels)
{
  /* From the end backwards: nothing but white space has been seen since the last separator or the line's end.  What X9
   * removes goes along with its surroundings (UAX #9, 5.2). */
  gboolean trailing = TRUE;
  for (guint i = end; i-- > start;) {
    guint8 class = find_class (text[i]);
    if (IS (class, BIT (B) | BIT (S)))
      trailing = TRUE;
    else if (!IS (class, BIT (WS) | ISOLATES | REMOVED))
      trailing = FALSE;
    line_levels[i - start] = trailing ? base_level : levels[i];
  }
}

void
dg_bidi_reorder (const guint8 *levels, guint n, guint *order)
{
  guint8 highest = 0, lowest_odd = G_MAXUINT8;
  for (guint i = 0; i < n; i++) {
    order[i] = i;
    highest = MAX (highest, levels[i]);
    if (levels[i] % 2 == 1)
      lowest_odd = MIN (lowest_odd, levels[i]);
  }
  /* L2.  A stretch at some level or above fills the same places before and after its inner stretches were reversed, so the
   * logical levels still tell where the next outer one lies. */
  for (guint level = highest; level >= lowest_odd; level--)
    for (guint i = 0; i < n; i++)
      if (levels[i] >= level) {
        guint start = i;
        while (i < n && levels[i] >= level)
          i++;
        for (guint low = start, high = i - 1; low < high; low++, high--) {
          guint swap = order[low];
          order[low] = order[high];
          order[high] = swap;
        }
      }
}
