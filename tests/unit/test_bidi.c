/* test_bidi.c: bidi.c against Unicode's own conformance tests, whole and at forced line breaks, and against hostile input.
 *
 * What a reader sees: every character of every line stands where UAX #9 puts it.  The test data comes with Debian's package
 * unicode-data; without it those tests are skipped. */
#include "type/bidi.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONGEST 512
#define REMOVED 0xFF /* expected level of a character that X9 removes: any */

static const struct {
  const char *name;
  gunichar    ch;
} classes[] = {
  { "L", 'a' },      { "R", 0x5D0 },    { "AL", 0x628 },   { "EN", '1' },     { "ES", '+' },     { "ET", '%' },     { "AN", 0x661 },   { "CS", ',' },
  { "NSM", 0x301 },  { "BN", 0xAD },    { "B", 0x2029 },   { "S", '\t' },     { "WS", ' ' },     { "ON", '!' },     { "LRE", 0x202A }, { "LRO", 0x202D },
  { "RLE", 0x202B }, { "RLO", 0x202E }, { "PDF", 0x202C }, { "LRI", 0x2066 }, { "RLI", 0x2067 }, { "FSI", 0x2068 }, { "PDI", 0x2069 },
};

static char *
load (const char *name)
{
  g_autofree char *path = g_build_filename ("/usr/share/unicode", name, NULL);
  char            *contents = NULL;
  if (!g_file_get_contents (path, &contents, NULL, NULL))
    g_test_skip ("the Unicode test data is not installed");
  return contents;
}

static char *
describe (const gunichar *text, guint n)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%04X", i > 0 ? " " : "", text[i]);
  return g_string_free (out, FALSE);
}

/* L1 by its wording, one character at a time; @text has only characters of the test data. */
static gboolean
is_white (gunichar ch)
{
  return ch == ' ' || ch == 0x2000 || (ch >= 0x2066 && ch <= 0x2069)                      /* WS, isolates */
         || ch == 0xAD || ch == 0x200B || ch == 0x2060 || (ch >= 0x202A && ch <= 0x202E); /* X9 */
}

static gboolean
is_reset (const gunichar *text, guint at, guint end)
{
  for (guint i = at; i < end; i++)
    if (text[i] == '\t' || text[i] == 0x2029)
      return TRUE;
    else if (!is_white (text[i]))
      return FALSE;
  return TRUE;
}

/* L2 by its wording: from the highest level to the lowest odd one, reverse every stretch at that level or higher.  Works on
 * pairs that move together, unlike the code under test. */
static void
reverse_all (const guint8 *levels, guint n, guint *order)
{
  guint8 moved[LONGEST];
  guint8 highest = 0, lowest_odd = 255;
  for (guint i = 0; i < n; i++) {
    order[i] = i;
    moved[i] = levels[i];
    highest = MAX (highest, levels[i]);
    if (levels[i] & 1)
      lowest_odd = MIN (lowest_odd, levels[i]);
  }
  for (int level = highest; level >= lowest_odd; level--)
    for (guint start = 0; start < n; start++) {
      guint end = start;
      while (end < n && moved[end] >= level)
        end++;
      for (guint k = 0; k < (end - start) / 2; k++) {
        guint  other = end - 1 - k;
        guint  at = order[start + k];
        guint8 level_at = moved[start + k];
        order[start + k] = order[other], moved[start + k] = moved[other];
        order[other] = at, moved[other] = level_at;
      }
      start = MAX (start, end);
    }
}

/* The whole text as one line: levels and order as @expected and @expected_order (visible characters only, left to right) say. */
static gboolean
check_line (const gunichar *text, guint n, const guint8 *got, const guint8 *expected, const guint *expected_order, guint n_order)
{
  guint order[LONGEST];
  guint seen = 0;
  for (guint i = 0; i < n; i++)
    if (expected[i] != REMOVED && expected[i] != got[i]) {
      g_autofree char *shown = describe (text, n);
      g_test_message ("%s: character %u has level %u, not %u", shown, i, got[i], expected[i]);
      return FALSE;
    }
  dg_bidi_reorder (got, n, order);
  for (guint i = 0; i < n; i++)
    if (expected[order[i]] != REMOVED && (seen == n_order || order[i] != expected_order[seen++])) {
      g_autofree char *shown = describe (text, n);
      g_test_message ("%s: character %u stands in the wrong place", shown, order[i]);
      return FALSE;
    }
  return seen == n_order;
}

/* Two lines, broken at @at: a line has the levels of the whole, but for what L1 resets at the line's own end. */
static gboolean
check_break (const gunichar *text, guint n, guint at, const guint8 *levels, guint8 base, const guint8 *expected)
{
  guint8 got[LONGEST], wanted[LONGEST], visible_levels[LONGEST];
  guint  order[LONGEST], visible[LONGEST], wanted_order[LONGEST];
  for (guint start = 0, end = at; start < n; start = end, end = n) {
    guint n_visible = 0;
    dg_bidi_line_levels (text, levels, start, end, base, got);
    for (guint i = start; i < end; i++) {
      wanted[i - start] = expected[i] == REMOVED ? REMOVED : is_reset (text, i, end) ? base : expected[i];
      if (expected[i] != REMOVED) {
        visible_levels[n_visible] = wanted[i - start];
        visible[n_visible++] = i - start;
      }
    }
    reverse_all (visible_levels, n_visible, order);
    for (guint i = 0; i < n_visible; i++)
      wanted_order[i] = visible[order[i]];
    if (!check_line (text + start, end - start, got, wanted, wanted_order, n_visible))
      return FALSE;
    if (end == n)
      break;
  }
  return TRUE;
}

static guint
read_levels (const char *field, guint8 *levels)
{
  guint n = 0;
  for (char *at = (char *) field;;) {
    while (*at == ' ' || *at == '\t')
      at++;
    if (*at == 'x')
      levels[n++] = REMOVED, at++;
    else if (g_ascii_isdigit (*at))
      levels[n++] = (guint8) strtoul (at, &at, 10);
    else
      return n;
    g_assert_cmpuint (n, <, LONGEST);
  }
}

static guint
read_numbers (const char *field, int radix, guint *numbers)
{
  guint n = 0;
  for (char *at = (char *) field;;) {
    while (*at == ' ' || *at == '\t')
      at++;
    if (!g_ascii_isxdigit (*at))
      return n;
    numbers[n++] = (guint) strtoul (at, &at, radix);
    g_assert_cmpuint (n, <, LONGEST);
  }
}

static gboolean
check_case (const gunichar *text, guint n, DgBase base, int base_level, const guint8 *expected, const guint *expected_order, guint n_order, gboolean at_breaks)
{
  guint8 levels[LONGEST], line_levels[LONGEST];
  guint8 level = dg_bidi_levels (text, n, base, levels);
  if (base_level >= 0 && level != base_level) {
    g_autofree char *shown = describe (text, n);
    g_test_message ("%s: the paragraph has level %u, not %d", shown, level, base_level);
    return FALSE;
  }
  dg_bidi_line_levels (text, levels, 0, n, level, line_levels);
  if (!check_line (text, n, line_levels, expected, expected_order, n_order))
    return FALSE;
  for (guint at = 1; at_breaks && at < n; at++)
    if (!check_break (text, n, at, levels, level, expected)) {
      g_test_message ("broken before character %u", at);
      return FALSE;
    }
  return TRUE;
}

/* BidiCharacterTest.txt: characters; direction; paragraph level; levels; order */
static void
test_characters (void)
{
  g_autofree char *contents = load ("BidiCharacterTest.txt");
  guint            n_cases = 0, n_failed = 0;
  if (contents == NULL)
    return;
  for (char *line = contents, *next; line != NULL; line = next) {
    if ((next = strchr (line, '\n')) != NULL)
      *next++ = '\0';
    if (!g_ascii_isxdigit (*line))
      continue;
    guint  text[LONGEST], order[LONGEST];
    guint8 expected[LONGEST];
    char  *field[5] = { line };
    for (guint i = 1; i < 5; i++) {
      field[i] = strchr (field[i - 1], ';');
      g_assert_nonnull (field[i]);
      *field[i]++ = '\0';
    }
    guint n = read_numbers (field[0], 16, text);
    g_assert_cmpuint (read_levels (field[3], expected), ==, n);
    guint  n_order = read_numbers (field[4], 10, order);
    DgBase base = *field[1] == '0' ? DG_BASE_LTR : *field[1] == '1' ? DG_BASE_RTL : DG_BASE_AUTO;
    n_cases++;
    n_failed += !check_case (text, n, base, *field[2] - '0', expected, order, n_order, TRUE);
  }
  g_test_message ("%u cases", n_cases);
  g_assert_cmpuint (n_failed, ==, 0);
  g_assert_cmpuint (n_cases, >=, 91000);
}

/* BidiTest.txt: @Levels and @Reorder, then lines of classes with a set of directions (1 auto, 2 LTR, 4 RTL) */
static void
test_classes (void)
{
  g_autofree char *contents = load ("BidiTest.txt");
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  guint8 expected[LONGEST];
  guint  order[LONGEST];
  guint  n_levels = 0, n_order = 0, n_cases = 0, n_failed = 0;
  if (contents == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    g_hash_table_insert (by_name, (gpointer) classes[i].name, GUINT_TO_POINTER (classes[i].ch));
  for (char *line = contents, *next; line != NULL; line = next) {
    if ((next = strchr (line, '\n')) != NULL)
      *next++ = '\0';
    if (g_str_has_prefix (line, "@Levels:"))
      n_levels = read_levels (line + 8, expected);
    else if (g_str_has_prefix (line, "@Reorder:"))
      n_order = read_numbers (line + 9, 10, order);
    char *set = strchr (line, ';');
    if (*line == '#' || *line == '@' || set == NULL)
      continue;
    gunichar text[LONGEST];
    guint    n = 0;
    *set++ = '\0';
    for (char *name = strtok (line, " \t"); name != NULL; name = strtok (NULL, " \t")) {
      text[n] = GPOINTER_TO_UINT (g_hash_table_lookup (by_name, name));
      g_assert_cmpuint (text[n++], !=, 0);
    }
    g_assert_cmpuint (n, ==, n_levels);
    gulong              directions = strtoul (set, NULL, 16);
    static const DgBase bases[] = { DG_BASE_AUTO, DG_BASE_LTR, DG_BASE_RTL };
    for (guint i = 0; i < 3; i++)
      if (directions & (1u << i)) {
        n_cases++;
        n_failed += !check_case (text, n, bases[i], i == 0 ? -1 : (int) i - 1, expected, order, n_order, n_cases % 7 == 0);
      }
  }
  g_test_message ("%u cases", n_cases);
  g_assert_cmpuint (n_failed, ==, 0);
  g_assert_cmpuint (n_cases, >=, 700000);
}

/* Asserts the order that a reader sees, spelt from the left. */
static void
assert_seen (const char *logical, DgBase base, const char *visual)
{
  glong                n = 0;
  g_autofree gunichar *text = g_utf8_to_ucs4_fast (logical, -1, &n);
  g_autofree guint8   *levels = g_malloc ((gsize) n + 1);
  g_autofree guint    *order = g_new (guint, (gsize) n + 1);
  g_autofree gunichar *seen = g_new0 (gunichar, (gsize) n + 1);
  guint8               level = dg_bidi_levels (text, (guint) n, base, levels);
  dg_bidi_line_levels (text, levels, 0, (guint) n, level, levels);
  dg_bidi_reorder (levels, (guint) n, order);
  for (glong i = 0; i < n; i++)
    seen[i] = text[order[i]];
  g_autofree char *got = g_ucs4_to_utf8 (seen, n, NULL, NULL, NULL);
  g_assert_cmpstr (got, ==, visual);
}

/* Characters younger than FriBidi's tables have the direction that today's Unicode gives them. */
static void
test_young_characters (void)
{
  /* Emoji (U+1F970, Unicode 11) is neutral: between Arabic letters it goes with them. */
  assert_seen ("\u0628\u0629\U0001F970\u062A 1", DG_BASE_RTL, "1 \u062A\U0001F970\u0629\u0628");
  /* An Arabic letter of Unicode 13 (U+08BE). */
  assert_seen ("a \u08BE\u0628 b", DG_BASE_LTR, "a \u0628\u08BE b");
  /* A bracket of Unicode 14 (U+2E55, U+2E56) pairs: its content is left-to-right, what stands before it is not. */
  assert_seen ("\u0628 \u2E55a\u2E56\u0628", DG_BASE_RTL, "\u0628\u2E56a\u2E55 \u0628");
  /* U+2329 and U+3009 are canonically a pair (BD16). */
  assert_seen ("\u0628 a\u2329b\u3009\u0628", DG_BASE_RTL, "\u0628a\u2329b\u3009 \u0628");
}

/* A paragraph's direction is its language's, whatever its first letter; a blank or empty one is no trouble. */
static void
test_base (void)
{
  guint8                levels[8] = { 9, 9, 9, 9, 9, 9, 9, 9 };
  static const gunichar latin[] = { 'a', 'b' };
  static const gunichar isolated[] = { 0x2068, 0x628, 0x2069, 'a' };
  static const gunichar open[] = { 0x2067, 'a', 0x628 };
  g_assert_cmpuint (dg_bidi_levels (latin, 2, DG_BASE_RTL, levels), ==, 1);
  g_assert_cmpuint (levels[0], ==, 2);
  g_assert_cmpuint (dg_bidi_levels (latin, 0, DG_BASE_RTL, levels), ==, 1);
  g_assert_cmpuint (dg_bidi_levels (latin, 0, DG_BASE_AUTO, levels), ==, 0);
  g_assert_cmpuint (dg_bidi_levels (isolated, 4, DG_BASE_AUTO, levels), ==, 0);
  g_assert_cmpuint (levels[1], ==, 1);
  g_assert_cmpuint (dg_bidi_levels (open, 3, DG_BASE_AUTO, levels), ==, 0); /* P2 passes over it, to the very end */
  dg_bidi_reorder (levels, 0, NULL);
  dg_bidi_line_levels (latin, levels, 1, 1, 0, levels);
}

/* A character that X9 removes has the level of the one before it, so that it never parts two of one level. */
static void
test_removed (void)
{
  static const gunichar text[] = { 0x202B, 0x628, 0x200C, 0x202C, 0xAD, 'a', 0x202A, 0x628 };
  guint8                levels[8];
  g_assert_cmpuint (dg_bidi_levels (text, 8, DG_BASE_LTR, levels), ==, 0);
  g_assert_cmpuint (levels[0], ==, 0);
  for (guint i = 2; i <= 4; i++)
    g_assert_cmpuint (levels[i], ==, levels[1]);
  g_assert_cmpuint (levels[6], ==, levels[5]);
}

/* Depth counts to 125 and no further (BD2); every level stays in bounds and is undone by the end. */
static void
test_deep (void)
{
  static const gunichar openers[] = { 0x202A, 0x202B, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068 };
  for (guint variant = 0; variant < 60; variant++) {
    gunichar text[200 + 5 + 200 + 1];
    guint8   levels[G_N_ELEMENTS (text)];
    guint    order[G_N_ELEMENTS (text)];
    guint    n = 0;
    for (guint i = 0; i < 200; i++)
      text[n++] = openers[(i * (variant + 1) + variant / 7) % G_N_ELEMENTS (openers)];
    for (guint i = 0; i < 5; i++)
      text[n++] = (gunichar) "a1 (b"[i];
    for (guint i = 0; i < 200; i++)
      text[n++] = text[199 - i] >= 0x2066 ? 0x2069 : 0x202C;
    text[n++] = 'z';
    guint8 base = dg_bidi_levels (text, n, variant % 2 ? DG_BASE_RTL : DG_BASE_LTR, levels);
    for (guint i = 0; i < n; i++)
      g_assert_cmpuint (levels[i], <=, 126);
    g_assert_cmpuint (levels[n - 1], ==, base * 2);
    dg_bidi_reorder (levels, n, order);
    gboolean seen[G_N_ELEMENTS (text)] = { FALSE };
    for (guint i = 0; i < n; i++)
      seen[order[i]] = TRUE;
    for (guint i = 0; i < n; i++)
      g_assert_true (seen[i]);
  }
}

/* A paragraph of a million characters takes a moment, not minutes, whatever it is made of. */
static void
test_long (void)
{
  static const struct {
    const char *name, *unit;
  } paragraphs[] = {
    { "mixed words", "The price \u0647\u0648 12 \u0648\u0627\u0644\u0645\u062F\u0629 3-4 (days) " },
    { "open isolates", "\u2068." },
    { "only open isolates", "\u2068" },
    { "open isolates of three kinds", "\u2066.\u2067.\u2068-" },
    { "open and closed isolates", "\u2068.\u2069." },
    { "lone ends of isolates", "\u2069a\u2069\u0628" },
    { "embeddings", "\u202B.\u202A." },
    { "lone ends of embeddings", "\u202Ca" },
    { "embedding and end", "\u202Ba\u202C\u202A\u0628\u202C" },
    { "opening brackets", "(" },
    { "opening brackets and letters", "(\u0628a" },
    { "unmatched brackets", "({" },
    { "closed brackets", "(\u0628)[a]" },
    { "closed brackets of neutrals", "(.)" },
    { "numbers", "1,2+%\u0661." },
    { "marks", "\u0628\u0301\u0301\u0301 " },
    { "white space", " " },
    { "separators", "a \t " },
    { "soft hyphens", "\u00AD\u200Ba" },
  };
  enum { N = 1000000 };
  g_autofree gunichar *text = g_new (gunichar, N);
  g_autofree guint8   *levels = g_malloc (N);
  g_autofree guint    *order = g_new (guint, N);
  for (guint p = 0; p < G_N_ELEMENTS (paragraphs); p++) {
    glong                n_unit = 0;
    g_autofree gunichar *unit = g_utf8_to_ucs4_fast (paragraphs[p].unit, -1, &n_unit);
    for (guint i = 0; i < N; i++)
      text[i] = unit[i % (guint) n_unit];
    if (strchr (paragraphs[p].unit, '{') != NULL) /* no closing bracket has its opening one */
      for (guint i = N / 2; i < N; i++)
        text[i] = i % 3 ? ']' : 0x628;
    for (guint base = DG_BASE_LTR; base <= DG_BASE_AUTO; base++) {
      clock_t before = clock ();
      guint8  level = dg_bidi_levels (text, N, base, levels);
      dg_bidi_line_levels (text, levels, 0, N, level, levels);
      dg_bidi_reorder (levels, N, order);
      double elapsed = (double) (clock () - before) / CLOCKS_PER_SEC;
      if (elapsed > 20) /* of the processor, which a busy machine does not lengthen; quadratic time would be hours */
        g_error ("%s: %.2f s", paragraphs[p].name, elapsed);
    }
  }
}

/* Any numbers at all, also such as are no characters, give every character one place and a level in bounds. */
static void
test_garbage (void)
{
  static const gunichar spice[] = { 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,   '(',        ')',
                                    0x2029, '\t',   'a',    0x628,  '1',    0x661,  ' ',    0xD800, 0x110000, 0xFFFFFFFF, 0 };
  for (guint round = 0; round < 3000; round++) {
    gunichar text[60];
    guint8   levels[60];
    guint    order[60];
    guint    n = (guint) g_test_rand_int_range (1, 60);
    for (guint i = 0; i < n; i++)
      text[i] = spice[g_test_rand_int_range (0, G_N_ELEMENTS (spice))];
    guint8 base = dg_bidi_levels (text, n, DG_BASE_AUTO, levels);
    g_assert_cmpuint (base, <=, 1);
    dg_bidi_line_levels (text, levels, 0, n, base, levels);
    dg_bidi_reorder (levels, n, order);
    guint64 seen = 0;
    for (guint i = 0; i < n; i++) {
      g_assert_cmpuint (levels[i], <=, 127);
      g_assert_cmpuint (order[i], <, n);
      seen |= G_GUINT64_CONSTANT (1) << order[i];
    }
    g_assert_cmpuint (seen, ==, (G_GUINT64_CONSTANT (1) << n) - 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bidi/characters", test_characters);
  g_test_add_func ("/bidi/classes", test_classes);
  g_test_add_func ("/bidi/young-characters", test_young_characters);
  g_test_add_func ("/bidi/base", test_base);
  g_test_add_func ("/bidi/removed", test_removed);
  g_test_add_func ("/bidi/deep", test_deep);
  g_test_add_func ("/bidi/long", test_long);
  g_test_add_func ("/bidi/garbage", test_garbage);
  return g_test_run ();
}
