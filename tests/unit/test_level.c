/* test_level.c: both sides of every row begin on one page and one baseline, judged from the PDF and from --to json alone.
 *
 * As a program of its own: test_level DIGLOT FILE... [-- OPTION...] prints a row a dispatch.  Needs MuPDF's mutool. */
#include "scratch.h"

#include <json-glib/json-glib.h>
#include <math.h>

#define LEVEL    0.1  /* pt: baselines that differ by less are one */
#define PREFIX   24   /* letters by which a paragraph's first line is known */
#define AHEAD    30   /* rows in which it is sought */
#define ROW_STEP 20.0 /* pt: a row's first line is farther than that from the line above */

typedef struct {
  guint    page, nth; /* @nth in the reader's order */
  double   x0, x1, y, size;
  gunichar ch;
} Char;

/* A line of one column: its letters from left to right and where it stands. */
typedef struct {
  guint   page;
  double  y;
  GArray *letters; /* gunichar, from left to right */
} Line;

typedef struct {
  GArray *chars;
  guint   page;
  double  size;
} Reading;

typedef struct {
  guint  rows, found, torn, off;
  double worst; /* pt */
} Score;

/* Calls @take with each letter of @text: compatibility forms folded, marks, tatweel, digits and signs left out. */
static void
add_letters (GArray *letters, const char *text, gssize length)
{
  g_autofree char *plain = g_utf8_normalize (text, length, G_NORMALIZE_NFKD);

  for (const char *p = plain; p && *p; p = g_utf8_next_char (p)) {
    gunichar ch = g_unichar_tolower (g_utf8_get_char (p));

    if (g_unichar_isalpha (ch) && ch != 0x0640)
      g_array_append_val (letters, ch);
  }
}

static double
number_of (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i]; i++)
    if (strcmp (names[i], name) == 0)
      return g_ascii_strtod (values[i], NULL);
  return 0;
}

static void
start (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer data, GError **error)
{
  Reading *reading = data;

  (void) context;
  (void) error;
  if (strcmp (element, "page") == 0)
    reading->page++;
  else if (strcmp (element, "font") == 0)
    reading->size = number_of (names, values, "size");
  else if (strcmp (element, "char") == 0) {
    Char        one = { .page = reading->page, .y = number_of (names, values, "y"), .size = reading->size, .x0 = HUGE_VAL, .x1 = -HUGE_VAL };
    const char *quad = "", *ch = "";

    for (guint i = 0; names[i]; i++) {
      if (strcmp (names[i], "quad") == 0)
        quad = values[i];
      else if (strcmp (names[i], "c") == 0)
        ch = values[i];
    }
    for (guint i = 0; i < 8; i++) {
      char  *end;
      double value = g_ascii_strtod (quad, &end);

      quad = end;
      if (i % 2 == 0) {
        one.x0 = MIN (one.x0, value);
        one.x1 = MAX (one.x1, value);
      }
    }
    one.ch = g_utf8_get_char (ch);
    one.nth = reading->chars->len;
    g_array_append_val (reading->chars, one);
  }
}

static int
by_x (gconstpointer a, gconstpointer b)
{
  double x = ((const Char *) a)->x0, y = ((const Char *) b)->x0;

  return (x > y) - (x < y);
}

/* The characters of a page from left to right; those at one place in the reader's order.  The reader gives runs of a line in reading
 * order, which is no order of places where a line has both directions. */
static int
by_page_and_x (gconstpointer a, gconstpointer b)
{
  const Char *one = a, *two = b;

  if (one->page != two->page)
    return one->page < two->page ? -1 : 1;
  return one->x0 != two->x0 ? by_x (a, b) : (one->nth > two->nth) - (one->nth < two->nth);
}

/* All characters of a PDF with their places, as MuPDF finds them, each page's from left to right. */
static GArray *
read_chars (const char *pdf)
{
  const char                *argv[] = { "mutool", "draw", "-q", "-F", "stext", pdf, NULL };
  static const GMarkupParser parser = { .start_element = start };
  g_autofree char           *xml = NULL, *valid = NULL;
  Reading                    reading = { g_array_new (FALSE, FALSE, sizeof (Char)), 0, 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reading, NULL);
  GError *error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &xml, NULL, NULL, &error);
  g_assert_no_error (error);
  valid = g_utf8_make_valid (xml, -1);
  g_markup_parse_context_parse (context, valid, (gssize) strlen (valid), &error);
  g_assert_no_error (error);
  g_array_sort (reading.chars, by_page_and_x);
  return reading.chars;
}

/* The middle of the widest empty strip near the page's middle, among characters sorted by x. */
static double
find_gutter (const GArray *sorted, double left, double right)
{
  double reach = -1, widest = 0, at = (left + right) / 2;

  for (guint i = 0; i < sorted->len; i++) {
    const Char *one = &g_array_index (sorted, Char, i);

    if (one->x1 < left || one->x0 > right)
      continue;
    if (reach >= 0 && one->x0 - reach > widest) {
      widest = one->x0 - reach;
      at = (one->x0 + reach) / 2;
    }
    reach = MAX (reach, one->x1);
  }
  return at;
}

static void
line_clear (gpointer data)
{
  g_array_unref (((Line *) data)->letters);
}

/* The lines of body type in one column, from the first page to the last, each page from the top; @column 0: left. */
static GArray *
find_lines (const GArray *chars, guint column)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GHashTable) sizes = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Char));
  double gutter, body = 0;
  guint  most = 0;

  g_array_set_clear_func (lines, line_clear);
  for (guint i = 0; i < chars->len; i++) {
    const Char *one = &g_array_index (chars, Char, i);

    if (one->size > 9 && one->size < 12.2 && g_unichar_isalpha (one->ch))
      g_array_append_val (sorted, *one);
  }
  g_array_sort (sorted, by_x);
  gutter = find_gutter (sorted, 180, 420);
  /* The size most of the column is set in; a widened face counts as a little larger. */
  for (guint i = 0; i < sorted->len; i++) {
    const Char *one = &g_array_index (sorted, Char, i);
    gpointer    key = GUINT_TO_POINTER ((guint) lround (one->size * 2));
    guint       n = GPOINTER_TO_UINT (g_hash_table_lookup (sizes, key)) + 1;

    if ((one->x0 + one->x1 < 2 * gutter) != (column == 0))
      continue;
    g_hash_table_insert (sizes, key, GUINT_TO_POINTER (n));
    if (n > most) {
      most = n;
      body = one->size;
    }
  }
  for (guint i = 0; i < chars->len; i++) {
    const Char *one = &g_array_index (chars, Char, i);
    char        utf8[8] = "";
    Line       *line = NULL;

    if ((one->x0 + one->x1 < 2 * gutter) != (column == 0) || fabs (one->size - body) > .06 * body)
      continue;
    if (g_unichar_isspace (one->ch) || g_unichar_type (one->ch) == G_UNICODE_FORMAT) /* beside phrases they are raised (docs/text-back.md) */
      continue;
    for (guint k = lines->len; k-- > 0 && k + 60 > lines->len && !line;) {
      line = &g_array_index (lines, Line, k);
      if (line->page != one->page || fabs (line->y - one->y) > 1)
        line = NULL;
    }
    if (!line) {
      Line fresh = { one->page, one->y, g_array_new (FALSE, FALSE, sizeof (gunichar)) };

      g_array_append_val (lines, fresh);
      line = &g_array_index (lines, Line, lines->len - 1);
    }
    g_unichar_to_utf8 (one->ch, utf8);
    add_letters (line->letters, utf8, -1);
  }
  return lines;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const Line *x = a, *y = b;

  return x->page != y->page ? (x->page > y->page) - (x->page < y->page) : (x->y > y->y) - (x->y < y->y);
}

/* TRUE where the line begins with the letters, read one way or the other.  A lam-alef may come back as two letters in either order. */
static gboolean
begins (const Line *line, const GArray *letters)
{
  const GArray *have = line->letters;
  guint         n = MIN (letters->len, PREFIX), faults = n / 8, ahead = 0, back = 0;

  if (n == 0 || have->len < n)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    gunichar ch = g_array_index (letters, gunichar, i);

    ahead += g_array_index (have, gunichar, i) == ch;
    back += g_array_index (have, gunichar, have->len - 1 - i) == ch;
  }
  return ahead + faults >= n || back + faults >= n;
}

/* TRUE for a line with white over it, as a row's first line has. */
static gboolean
is_row_start (const GArray *lines, guint i)
{
  const Line *line = &g_array_index (lines, Line, i), *above = i > 0 ? line - 1 : NULL;

  return !above || above->page != line->page || line->y - above->y > ROW_STEP;
}

static const Line *
find_first (const GArray *lines, const char *text, guint *at)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (gunichar));

  add_letters (letters, text, -1);
  for (guint i = *at, starts = 0; i < lines->len && starts < AHEAD; i++) {
    if (!is_row_start (lines, i))
      continue;
    starts++;
    if (begins (&g_array_index (lines, Line, i), letters)) {
      *at = i + 1;
      return &g_array_index (lines, Line, i);
    }
  }
  return NULL;
}

static const char *
first_line (JsonObject *bead, const char *member, char **lines, guint n)
{
  JsonArray *numbers = json_object_get_array_member (bead, member);
  gint64     at = json_array_get_length (numbers) > 0 ? json_array_get_int_element (numbers, 0) : 0;

  return at >= 1 && at <= n ? lines[at - 1] : NULL;
}

static void
run (const char *program, const char *const *options, const char *format, const char *output, const char *file)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  GError *error = NULL;
  int     status;

  g_ptr_array_add (argv, (gpointer) program);
  for (guint i = 0; options && options[i]; i++)
    g_ptr_array_add (argv, (gpointer) options[i]);
  g_ptr_array_add (argv, (gpointer) "--to");
  g_ptr_array_add (argv, (gpointer) format);
  g_ptr_array_add (argv, (gpointer) "-o");
  g_ptr_array_add (argv, (gpointer) output);
  g_ptr_array_add (argv, (gpointer) file);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
judge (const char *program, const char *const *options, const char *file, Score *score)
{
  g_autofree char *folder = scratch_make ();
  g_autofree char *pdf = g_build_filename (folder, "a.pdf", NULL), *json = g_build_filename (folder, "a.json", NULL);
  g_autofree char *bytes = NULL, *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GArray) chars = NULL;
  g_autoptr (GArray) left = NULL;
  g_autoptr (GArray) right = NULL;
  g_auto (GStrv) source = NULL;
  JsonObject   *root;
  JsonArray    *beads;
  gsize         length;
  guint         at[2] = { 0, 0 };
  const GArray *columns[2];
  gboolean      swap;

  memset (score, 0, sizeof *score);
  run (program, options, "pdf", pdf, file);
  run (program, options, "json", json, file);
  g_assert_true (json_parser_load_from_file (parser, json, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  text = g_convert (bytes, (gssize) length, "UTF-8", json_object_get_string_member (root, "encoding"), NULL, &length, NULL);
  if (!text)
    text = g_utf8_make_valid (bytes, -1);
  source = g_regex_split_simple ("\r\n|[\n\r\\x{85}\\x{2028}\\x{2029}]", text, 0, 0);
  chars = read_chars (pdf);
  left = find_lines (chars, 0);
  right = find_lines (chars, 1);
  g_array_sort (left, by_place);
  g_array_sort (right, by_place);
  /* The left-to-right text stands on the left, whichever comes first. */
  {
    static const char *const rtl[] = { "ar", "fa", "he", "ur", NULL };
    JsonObject              *languages = json_object_get_object_member (root, "languages");

    swap = json_object_has_member (languages, "b") && g_strv_contains (rtl, json_object_get_string_member (languages, "a"));
  }
  columns[0] = swap ? right : left;
  columns[1] = swap ? left : right;

  beads = json_object_get_array_member (root, "beads");
  for (guint i = 0; i < json_array_get_length (beads); i++) {
    JsonObject *bead = json_array_get_object_element (beads, i);
    const char *a = first_line (bead, "a_lines", source, g_strv_length (source));
    const char *b = first_line (bead, "b_lines", source, g_strv_length (source));
    const Line *line_a = a ? find_first (columns[0], a, &at[0]) : NULL, *line_b = b ? find_first (columns[1], b, &at[1]) : NULL;

    if (!a || !b)
      continue;
    score->rows++;
    if (!line_a || !line_b)
      continue;
    score->found++;
    if (line_a->page != line_b->page) {
      score->torn++;
    } else {
      double off = fabs (line_a->y - line_b->y);

      score->off += off > LEVEL;
      score->worst = MAX (score->worst, off);
    }
  }
  scratch_remove (folder);
}

static char *
find_program (void)
{
  g_autofree char *tests = g_canonicalize_filename (g_test_get_dir (G_TEST_BUILT), NULL);
  g_autofree char *build = g_path_get_dirname (tests);

  return g_build_filename (build, "diglot", NULL);
}

/* Of the rows whose first words are found, and that is most, none is torn and none off level. */
static void
check (const char *file, const char *const *options)
{
  g_autofree char *program = find_program ();
  Score            score;

  judge (program, options, file, &score);
  g_test_message ("%s: %u rows, %u found, %u torn, %u off level, at most %.2f pt", file, score.rows, score.found, score.torn, score.off, score.worst);
  g_assert_cmpuint (score.rows, >, 0);
  g_assert_cmpuint (score.found * 5, >=, score.rows * 4);
  g_assert_cmpuint (score.torn, ==, 0);
  g_assert_cmpuint (score.off, ==, 0);
}

static void
test_samples (gconstpointer options)
{
  static const char *const samples[] = { "port-fr-ar", "railway-en-he", "museum-ar-en", "unequal-en-ar", "russian-en" };
  g_autofree char         *mutool = g_find_program_in_path ("mutool");

  if (!mutool) {
    g_test_skip ("mutool is not installed");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *file = g_strdup_printf ("tests/samples/%s.txt", samples[i]);

    check (file, options);
  }
}

/* A document of many pages: the rows of one dispatch over and over, each paragraph numbered in words. */
static void
test_long (void)
{
  static const char *const en[] = { "north", "south", "east", "west", "spring", "summer", "autumn", "winter", "river", "harbour" };
  static const char *const ar[] = { "شمال", "جنوب", "شرق", "غرب", "ربيع", "صيف", "خريف", "شتاء", "نهر", "ميناء" };
  g_autofree char         *mutool = g_find_program_in_path ("mutool"), *folder = NULL, *file = NULL;
  g_autoptr (GString) text = g_string_new ("Notes from a long voyage\nSource: Agencies\n");
  GError *error = NULL;

  if (!mutool) {
    g_test_skip ("mutool is not installed");
    return;
  }
  for (guint i = 0; i < 300; i++) {
    g_string_append_printf (text, "%c%s of the %s, note %u:", g_ascii_toupper (en[i % 10][0]), en[i % 10] + 1, en[i / 10 % 10], i + 1);
    for (guint k = 0; k <= i * 7 % 23; k++)
      g_string_append_printf (text, " the boat left the %s in %u and came back", en[(i + k) % 10], 1800 + (i * 31 + k * 7) % 200);
    g_string_append (text, ".\n");
  }
  g_string_append (text, "ملاحظات من رحلة طويلة\nالمصدر: وكالات\n");
  for (guint i = 0; i < 300; i++) {
    g_string_append_printf (text, "%s من %s، ملاحظة %u:", ar[i % 10], ar[i / 10 % 10], i + 1);
    for (guint k = 0; k <= i * 7 % 23; k++)
      g_string_append_printf (text, " غادر القارب %s في %u ثم عاد", ar[(i + k) % 10], 1800 + (i * 31 + k * 7) % 200);
    g_string_append (text, ".\n");
  }
  folder = scratch_make ();
  file = g_build_filename (folder, "long.txt", NULL);
  g_assert_true (g_file_set_contents (file, text->str, -1, &error));
  check (file, NULL);
  scratch_remove (folder);
}

static int
print_scores (int argc, char **argv)
{
  guint files = (guint) argc;
  Score sum = { 0 };

  for (guint i = 2; i < (guint) argc; i++)
    if (strcmp (argv[i], "--") == 0) {
      files = i;
      break;
    }
  printf ("%-32s %6s %6s %5s %5s %7s\n", "file", "rows", "found", "torn", "off", "most pt");
  for (guint i = 2; i < files; i++) {
    g_autofree char *name = g_path_get_basename (argv[i]);
    Score            score;

    judge (argv[1], files < (guint) argc ? (const char *const *) argv + files + 1 : NULL, argv[i], &score);
    printf ("%-32s %6u %6u %5u %5u %7.2f\n", name, score.rows, score.found, score.torn, score.off, score.worst);
    sum.rows += score.rows;
    sum.found += score.found;
    sum.torn += score.torn;
    sum.off += score.off;
    sum.worst = MAX (sum.worst, score.worst);
  }
  printf ("%-32s %6u %6u %5u %5u %7.2f\n", "all", sum.rows, sum.found, sum.torn, sum.off, sum.worst);
  return sum.torn + sum.off > 0;
}

int
main (int argc, char **argv)
{
  static const char *const automatic[] = { "--set", "columns.ratio=auto", NULL };

  if (argc > 2 && argv[1][0] != '-')
    return print_scores (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/level/samples", NULL, test_samples);
  g_test_add_data_func ("/level/samples-auto", automatic, test_samples);
  g_test_add_func ("/level/long", test_long);
  return g_test_run ();
}
