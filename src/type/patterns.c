/* patterns.c: words looked up in a block of patterns; see patterns.h.
 *
 * All patterns of a level are one trie.  A file's patterns already hold what shorter ones inside them ask for, so at each letter
 * only the longest start of a pattern that ends there counts, whether or not it is a whole one; that is what the files are made for. */
#include "type/patterns.h"

#include <string.h>

#include "base/cache.h"
#include "type/patterns_file.h"

#define EDGE          '.' /* of a word, in patterns */
#define SHORTEST_PART 4   /* letters of a word in a compound */

struct DgPatterns {
  GBytes                 *block;
  const DgPatternsHeader *header;
  const DgPatternsNode   *nodes;
  const DgPatternsChange *changes;
  const gunichar         *never;
  const char             *marks;
};

/* A break with a change: where in the word it begins, and how many letters it takes; letters before and after the break that stand there instead. */
typedef struct {
  gboolean is;
  gint     start, cut;
  guint    before, after;
} Change;

/* A word, or a part of it, while its breaks are looked for. */
typedef struct {
  const gunichar *letters;
  guint           n;
  guint8         *marks;  /* after each letter: the digit, and JOINT */
  Change         *change; /* likewise */
} Word;

#define JOINT 0x80

/* The trie */

static const DgPatternsNode *
get_node (const DgPatterns *patterns, guint32 i)
{
  /* Whole when it was mapped, but who can write to the cache can still alter it. */
  return i < patterns->header->n_nodes ? &patterns->nodes[i] : NULL;
}

static const DgPatternsNode *
find_child (const DgPatterns *patterns, const DgPatternsNode *node, gunichar letter)
{
  guint32 low = node->child, high = node->child + node->n_children;

  if (high > patterns->header->n_nodes || low > high)
    return NULL;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;

    if (patterns->nodes[middle].letter < letter)
      low = middle + 1;
    else if (patterns->nodes[middle].letter > letter)
      high = middle;
    else
      return &patterns->nodes[middle];
  }
  return NULL;
}

/* The change of a node's pattern, NULL where it has none, and its marks. */
static const DgPatternsChange *
get_match (const DgPatterns *patterns, const DgPatternsNode *node, const char **marks)
{
  guint32                 n = patterns->header->n_changes, at = node->match - n;
  const DgPatternsChange *change = NULL;

  if (node->match < n) {
    change = &patterns->changes[node->match];
    at = change->marks;
  }
  *marks = at < patterns->header->n_marks ? patterns->marks + at : "";
  return change;
}

/* Breaks of a word */

static gboolean
is_odd (guint8 mark)
{
  return (mark & 1) != 0;
}

static gboolean
is_digit (gunichar ch)
{
  return ch >= '0' && ch <= '9';
}

/* What a pattern that ends with the letter before the place @end of "." word "." asks for. */
static void
apply (const DgPatterns *patterns, const DgPatternsNode *node, guint end, guint8 *marks, gint *cuts, gint *broken, const DgPatternsChange **changes, guint n)
{
  const char             *match;
  const DgPatternsChange *change = get_match (patterns, node, &match);
  gint                    length = (gint) strlen (match), first = (gint) end - length, start = first + (change != NULL ? change->start : 0);

  if (change != NULL && start >= 0 && start < (gint) n)
    cuts[start] = change->cut;
  for (gint k = MAX (-first, 0); k < length && first + k < (gint) n; k++) {
    guint8 mark = (guint8) (match[k] - '0');

    if (marks[first + k] >= mark)
      continue;
    marks[first + k] = mark;
    if (!is_odd (mark))
      continue;
    changes[first + k] = change;
    if (change != NULL && k >= change->start && k <= change->start + change->cut && start >= 0 && start < (gint) n)
      broken[start] = first + k;
  }
}

/* The marks of one level, all patterns laid over the word. */
static void
lay_patterns (const DgPatterns *patterns, guint level, Word *word)
{
  guint                    n = word->n + 2, n_active = 0;
  const DgPatternsNode    *root = get_node (patterns, level);
  const DgPatternsNode    *active[DG_PATTERNS_LETTERS + 2]; /* where each place's start of a pattern has led to, the longest first */
  g_autofree guint8       *marks = g_new0 (guint8, n);
  g_autofree gint         *cuts = g_new0 (gint, n), *broken = g_new0 (gint, n);
  const DgPatternsChange **changes = g_newa (const DgPatternsChange *, n);

  memset (changes, 0, n * sizeof changes[0]);
  for (guint i = 0; i < n && root != NULL; i++) {
    /* A number is an edge to patterns. */
    gunichar letter = i == 0 || i + 1 == n || is_digit (word->letters[i - 1]) ? EDGE : word->letters[i - 1];
    guint    kept = 0;

    if (n_active < G_N_ELEMENTS (active))
      active[n_active++] = root;
    for (guint k = 0; k < n_active; k++) {
      const DgPatternsNode *next = find_child (patterns, active[k], letter);

      if (next != NULL)
        active[kept++] = next;
    }
    n_active = kept;
    if (kept > 0 && active[0]->match != 0)
      apply (patterns, active[0], i + 1, marks, cuts, broken, changes, n);
  }

  for (guint i = 0; i + 1 < word->n; i++)
    word->marks[i] = marks[i + 1];
  word->marks[word->n - 1] = 0;
  for (guint i = 0; i < word->n; i++) {
    gint                    at = broken[i] - 1;
    const DgPatternsChange *change = at >= 0 ? changes[at + 1] : NULL;

    if (cuts[i] < 1 || at < 0 || at >= (gint) word->n || change == NULL)
      continue;
    word->change[at] = (Change){ TRUE, (gint) i, cuts[i], change->before, change->after };
    i += (guint) cuts[i] - 1;
  }
}

/* Least letters before and after a break */

/* A ligature of three letters (U+FB03, U+FB04) counts for two, as it does where these files are tried. */
static guint
count_letter (gunichar ch)
{
  return ch == 0xFB03 || ch == 0xFB04 ? 2 : 1;
}

static gint
count_letters (const Word *word, gint from, gint to)
{
  gint n = 0;

  for (gint i = MAX (from, 0); i < MIN (to, (gint) word->n); i++)
    n += (gint) count_letter (word->letters[i]);
  return n;
}

static void
drop (Word *word, guint at)
{
  word->marks[at] = 0;
  word->change[at].is = FALSE;
}

/* Numbers at the edge of a word are no letters of it. */
static void
keep_left (Word *word, gint least)
{
  gint n = (gint) count_letter (word->letters[0]);

  for (guint i = 0; i < word->n && is_digit (word->letters[i]); i++)
    n--;
  for (guint i = 0; n < least && i < word->n; i++) {
    const Change *change = &word->change[i];

    if (!change->is || count_letters (word, 0, change->start) + (gint) change->before < least)
      drop (word, i);
    n += i + 1 < word->n ? (gint) count_letter (word->letters[i + 1]) : 1;
  }
}

static void
keep_right (Word *word, gint least)
{
  gint n = 0;

  for (guint i = word->n; i > 1 && is_digit (word->letters[i - 1]); i--)
    n--;
  for (guint i = word->n; n < least && i > 0; i--, n++) {
    const Change *change = &word->change[i - 1];

    if (!change->is || count_letters (word, change->start + change->cut, (gint) word->n) + (gint) change->after < least)
      drop (word, i - 1);
  }
}

/* Compounds */

static void find_breaks (const DgPatterns *patterns, Word *word, gboolean first, gboolean last);

/* The breaks of the letters @from to @to, a part of @word. */
static void
find_in_part (const DgPatterns *patterns, Word *word, guint from, guint to, gboolean first, gboolean last)
{
  guint              n = to - from;
  g_autofree guint8 *marks = g_new0 (guint8, n);
  g_autofree Change *change = g_new0 (Change, n);
  Word               part = { word->letters + from, n, marks, change };

  find_breaks (patterns, &part, first, last);
  /* Its end has its mark already, and its last letter is never left alone. */
  memcpy (word->marks + from, marks, n - 2);
  for (guint i = 0; i + 2 < n; i++)
    if (change[i].is) {
      word->change[from + i] = change[i];
      word->change[from + i].start += (gint) from;
    }
}

/* Where the first level breaks the word the parts are looked at anew; where it breaks nothing the second has its turn.  @first, @last: the word
 * or part begins, ends where the whole does. */
static void
find_breaks (const DgPatterns *patterns, Word *word, gboolean first, gboolean last)
{
  const DgPatternsHeader *header = patterns->header;
  guint                   begin = 0;

  lay_patterns (patterns, 0, word);
  for (guint i = 0; i < word->n; i++) {
    gboolean joint = is_odd (word->marks[i]);

    if (!joint && !(begin > 0 && i + 1 == word->n))
      continue;
    if (i > begin)
      find_in_part (patterns, word, begin, i + 1, first && begin == 0, last && !joint);
    if (joint)
      word->marks[i] |= JOINT;
    begin = i + 1;
  }
  if (begin > 0)
    return;
  lay_patterns (patterns, 1, word);
  if (!first)
    keep_left (word, (gint) header->part_left);
  if (!last)
    keep_right (word, (gint) header->part_right);
}

/* No break before or after the words that are never broken beside: a hyphen, an apostrophe. */
static void
spare (const DgPatterns *patterns, Word *word)
{
  const gunichar *never = patterns->never, *end = never + patterns->header->n_never;

  while (never < end) {
    const gunichar *stop = never;
    guint           n;

    while (stop < end && *stop != 0)
      stop++;
    n = (guint) (stop - never);
    for (guint i = 0; n > 0 && i + n <= word->n; i++)
      if (memcmp (word->letters + i, never, n * sizeof *never) == 0) {
        word->marks[i + n - 1] = 0;
        if (i > 0)
          word->marks[i - 1] = 0;
      }
    never = stop + 1;
  }
}

/* Leaves JOINT where words of a compound meet.  The first level has more breaks than that: prefixes, and words that the second would break wrongly.
 * What is too short for a word belongs to the part after it, at the end to that before it. */
static void
settle_joints (Word *word)
{
  gint  previous = -1;
  guint begin = 0;

  for (guint i = 0; i <= word->n; i++) {
    gboolean end = i == word->n;

    if (!end && (word->marks[i] & JOINT) == 0)
      continue;
    if ((end ? i : i + 1) - begin >= SHORTEST_PART) {
      previous = (gint) i;
      begin = i + 1;
    } else if (!end)
      word->marks[i] &= (guint8) ~JOINT;
    else if (previous >= 0)
      word->marks[previous] &= (guint8) ~JOINT;
  }
}

void
dg_patterns_find (const DgPatterns *patterns, const gunichar *letters, guint n, guint8 *after)
{
  const DgPatternsHeader *header = patterns->header;
  g_autofree Change      *change = g_new0 (Change, n);
  Word                    word = { letters, n, after, change };

  memset (after, DG_HYPHEN_NONE, n);
  if (n == 0)
    return;
  find_breaks (patterns, &word, TRUE, TRUE);
  keep_left (&word, (gint) header->left);
  keep_right (&word, (gint) header->right);
  spare (patterns, &word);
  settle_joints (&word);
  for (guint i = 0; i < n; i++)
    after[i] = !is_odd (after[i]) ? DG_HYPHEN_NONE : change[i].is ? DG_HYPHEN_CHANGED : (after[i] & JOINT) != 0 ? DG_HYPHEN_JOINT : DG_HYPHEN_SYLLABLE;
}

/* The block */

static guint64
measure_image (const DgPatternsHeader *header)
{
  return sizeof *header + (guint64) header->n_nodes * sizeof (DgPatternsNode) + (guint64) header->n_changes * sizeof (DgPatternsChange)
         + (guint64) header->n_never * sizeof (gunichar) + header->n_marks;
}

DgPatterns *
dg_patterns_adopt (GBytes *block)
{
  gsize                   size;
  const char             *data = g_bytes_get_data (block, &size);
  const DgPatternsHeader *header = (const DgPatternsHeader *) (const void *) data;
  DgPatterns             *patterns;

  if (size < sizeof *header || header->magic != DG_PATTERNS_MAGIC || size != measure_image (header)
      || header->checksum != dg_cache_sum (data, size, G_STRUCT_OFFSET (DgPatternsHeader, checksum)) || data[size - 1] != '\0')
    return NULL;
  patterns = g_new (DgPatterns, 1);
  patterns->block = g_bytes_ref (block);
  patterns->header = header;
  patterns->nodes = (const DgPatternsNode *) (const void *) (header + 1);
  patterns->changes = (const DgPatternsChange *) (const void *) (patterns->nodes + header->n_nodes);
  patterns->never = (const gunichar *) (const void *) (patterns->changes + header->n_changes);
  patterns->marks = (const char *) (patterns->never + header->n_never);
  return patterns;
}

static char *
dup_name (const char *path)
{
  return dg_cache_dup_name ("hyphens", DG_PATTERNS_FORMAT, path);
}

DgPatterns *
dg_patterns_new (const char *path)
{
  g_autofree char *name = dup_name (path);
  g_autoptr (GBytes) block = name != NULL ? dg_cache_find (name, NULL) : NULL;
  DgPatterns *patterns = block != NULL ? dg_patterns_adopt (block) : NULL;

  if (patterns != NULL || name == NULL)
    return patterns;
  g_clear_pointer (&block, g_bytes_unref);
  block = dg_patterns_compile (path);
  if (block == NULL)
    return NULL;
  if (!dg_cache_miss ("hyphens", path))
    dg_cache_keep (name, block);
  return dg_patterns_adopt (block);
}

gboolean
dg_patterns_prepare (const char *path, GHashTable *names, const char *folder, GError **error)
{
  g_autofree char *name = dup_name (path), *ready = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr (GMappedFile) file = ready != NULL ? g_mapped_file_new (ready, FALSE, NULL) : NULL;
  g_autoptr (GBytes) block = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_autoptr (DgPatterns) patterns = block != NULL ? dg_patterns_adopt (block) : NULL;

  if (patterns == NULL) {
    g_clear_pointer (&block, g_bytes_unref);
    block = name != NULL ? dg_patterns_compile (path) : NULL;
    if (block != NULL && !dg_cache_write (folder, name, block, error))
      return FALSE;
  }
  if (block != NULL)
    g_hash_table_add (names, g_steal_pointer (&name));
  return TRUE;
}

void
dg_patterns_free (DgPatterns *patterns)
{
  if (patterns == NULL)
    return;
  g_bytes_unref (patterns->block);
  g_free (patterns);
}
