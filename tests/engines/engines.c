/* engines.c: how much of a dispatch its PDF gives back in each engine that people read PDFs with.
 *
 * Prints a row an engine and a set of dispatches: the share of the source's words found again (as a multiset) and of its neighbours
 * found again as neighbours, of right-to-left and of left-to-right lines; words beyond the source's and the page's furniture as a share of
 * the source's; inserted kashidas; words broken at a hyphen that join again.  Below the floors of the table the test fails.
 * An engine that is not installed is skipped by name.  The browsers' engines are Node.js packages in node_modules of the folder
 * DIGLOT_ENGINES.  With arguments, FILE..., the rows are those files' and nothing is asserted. */
#include <glib/gstdio.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "read/decode.h"
#include "diglot.h"
#include "read/parse.h"

typedef enum { SHIPPED, CLIENTS, CORPUS, N_SETS } Set;

static const char *const set_names[N_SETS] = { "tests/samples", "dispatch-albania", "corpus" };

/* The first three run in Node.js. */
typedef enum { PDFIUM, PDFJS, MUPDF, POPPLER, PDFBOX, N_ENGINES } EngineId;

/* Per cent.  What docs/text-back.md aims at where that is reached, else what is; that page tells why. */
typedef struct {
  double words, order; /* of right-to-left lines */
  double ltr;          /* words of left-to-right lines */
  double joined;       /* of the words broken at a hyphen */
  double extra;        /* at most: words beyond the source's */
} Floor;

static const struct {
  const char *name, *version;
  Floor       floors[N_SETS];
} engines[N_ENGINES] = {
  [PDFIUM] = { "pdfium", "PDFium", { { 99.5, 99, 99.5, 100, .5 }, { 99.5, 99, 99.5, 100, .5 }, { 99, 98, 99.5, 100, .5 } } },
  [PDFJS] = { "pdfjs", "PDF.js", { { 99, 97, 99.5, 100, .5 }, { 99, 97, 99.5, 100, .5 }, { 98, 95, 99.5, 100, .5 } } },
  [MUPDF] = { "mupdf", "MuPDF", { { 99, 98, 99.5, 100, .5 }, { 99, 98, 99.5, 100, .5 }, { 98, 96, 99.5, 100, .7 } } },
  [POPPLER] = { "pdftotext", "Poppler", { { 98, 72, 99.5, 60, .7 }, { 98, 78, 99.5, 100, .5 }, { 96, 75, 99.2, 85, .9 } } },
  [PDFBOX] = { "pdfbox", "PDFBox", { { 97.5, 94, 99.5, 100, .7 }, { 99, 97, 99.5, 100, .5 }, { 93, 86, 99.2, 100, 2.2 } } },
};

typedef struct {
  Set        set;
  char      *name, *pdf; /* pdf: its path */
  GPtrArray *lines;      /* char*: the source's, with text */
  GPtrArray *furniture;  /* char* */
  GPtrArray *broken;     /* char*: words that a hyphen breaks */
} Dispatch;

/* Of one engine and one set, or one file. */
typedef struct {
  guint words, words_back, pairs, pairs_back;
} Tally;

typedef struct {
  Tally rtl, ltr;
  guint extra, tatweels, broken, joined;
} Score;

typedef struct {
  GPtrArray *dispatches;
  char      *folder;
} Bench;

static void
free_dispatch (gpointer data)
{
  Dispatch *self = data;

  g_free (self->name);
  g_free (self->pdf);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->furniture);
  g_ptr_array_unref (self->broken);
  g_free (self);
}

/* Bidi controls, soft hyphens (PDFium says U+FFFE for a hyphen at a line's end) and tatweels are no part of a word. */
static gboolean
is_dropped (gunichar ch)
{
  return (ch >= 0x200B && ch <= 0x200F) || (ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069) || ch == 0xFEFF || ch == 0xFFFE || ch == 0x00AD
         || ch == 0x0640;
}

static gboolean
is_word (gunichar ch)
{
  return g_unichar_isalnum (ch) || g_unichar_ismark (ch) || g_unichar_type (ch) == G_UNICODE_OTHER_NUMBER || g_unichar_type (ch) == G_UNICODE_LETTER_NUMBER;
}

/* A word by itself, where no space parts it from its neighbours. */
static gboolean
is_ideograph (gunichar ch)
{
  return g_unichar_get_script (ch) == G_UNICODE_SCRIPT_HAN;
}

static void
take_word (GPtrArray *words, GString *word)
{
  if (word->len > 0)
    g_ptr_array_add (words, g_strdup (word->str));
  g_string_truncate (word, 0);
}

/* Runs of letters, marks and digits; ideographs one by one. */
static GPtrArray *
find_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) kept = g_string_new (NULL);
  g_autoptr (GString) word = g_string_new (NULL);
  g_autofree char *plain = NULL;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (!is_dropped (g_utf8_get_char (p)))
      g_string_append_unichar (kept, g_utf8_get_char (p));
  plain = g_utf8_normalize (kept->str, (gssize) kept->len, G_NORMALIZE_NFC);
  for (const char *p = plain; *p; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (!is_word (ch) || is_ideograph (ch))
      take_word (words, word);
    if (is_word (ch))
      g_string_append_unichar (word, ch);
    if (is_ideograph (ch))
      take_word (words, word);
  }
  take_word (words, word);
  return words;
}

static guint
count_of (GHashTable *bag, const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (bag, key));
}

static void
put_in (GHashTable *bag, const char *key)
{
  g_hash_table_insert (bag, g_strdup (key), GUINT_TO_POINTER (count_of (bag, key) + 1));
}

static gboolean
take_out (GHashTable *bag, const char *key)
{
  guint n = count_of (bag, key);

  if (n > 0)
    g_hash_table_insert (bag, g_strdup (key), GUINT_TO_POINTER (n - 1));
  return n > 0;
}

static GHashTable *
bag_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Most of the words that are more than digits run from right to left. */
static gboolean
is_rtl (const GPtrArray *words)
{
  guint rtl = 0, n = 0;

  for (guint i = 0; i < words->len; i++) {
    gboolean right = FALSE, digits = TRUE;

    for (const char *p = words->pdata[i]; *p; p = g_utf8_next_char (p)) {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

      right |= script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW;
      digits &= g_unichar_isdigit (g_utf8_get_char (p));
    }
    rtl += right && !digits;
    n += !digits;
  }
  return rtl * 2 > n;
}

/* What an engine gave, with the words that lines break put together. */
static char *
join_lines (const char *text)
{
  g_autoptr (GRegex) hyphen = g_regex_new ("(?<=[\\p{L}\\p{N}])[-\\x{2010}\\x{ad}]\\s*\\n\\s*(?=[\\p{L}\\p{N}])", 0, 0, NULL);

  return g_regex_replace_literal (hyphen, text, -1, 0, "", 0, NULL);
}

static void
tally_line (const char *line, GHashTable *words, GHashTable *pairs, Score *score)
{
  g_autoptr (GPtrArray) wanted = find_words (line);
  Tally *tally = is_rtl (wanted) ? &score->rtl : &score->ltr;

  for (guint i = 0; i < wanted->len; i++) {
    tally->words++;
    tally->words_back += take_out (words, wanted->pdata[i]);
    if (i > 0) {
      g_autofree char *pair = g_strconcat (wanted->pdata[i - 1], " ", wanted->pdata[i], NULL);

      tally->pairs++;
      tally->pairs_back += take_out (pairs, pair);
    }
  }
}

static guint
count_tatweels (const char *text)
{
  guint n = 0;

  for (const char *p = strstr (text, "\u0640"); p; p = strstr (p + 1, "\u0640"))
    n++;
  return n;
}

static void
add_score (const Dispatch *dispatch, const char *text, Score *score)
{
  g_autofree char *whole = join_lines (text);
  g_autoptr (GPtrArray) got = find_words (whole);
  g_autoptr (GHashTable) words = bag_new ();
  g_autoptr (GHashTable) pairs = bag_new ();
  g_autoptr (GHashTable) joined = bag_new ();
  GHashTableIter rest;
  gpointer       n;
  guint          tatweels = count_tatweels (text);

  for (guint i = 0; i < got->len; i++) {
    put_in (words, got->pdata[i]);
    put_in (joined, got->pdata[i]);
    if (i > 0) {
      g_autofree char *pair = g_strconcat (got->pdata[i - 1], " ", got->pdata[i], NULL);

      put_in (pairs, pair);
    }
  }
  for (guint i = 0; i < dispatch->lines->len; i++) {
    tally_line (dispatch->lines->pdata[i], words, pairs, score);
    tatweels -= MIN (tatweels, count_tatweels (dispatch->lines->pdata[i]));
  }
  for (guint i = 0; i < dispatch->furniture->len; i++)
    take_out (words, dispatch->furniture->pdata[i]);
  for (guint i = 0; i < dispatch->broken->len; i++)
    score->joined += count_of (joined, dispatch->broken->pdata[i]) > 0;
  score->broken += dispatch->broken->len;
  score->tatweels += tatweels;
  g_hash_table_iter_init (&rest, words);
  while (g_hash_table_iter_next (&rest, NULL, &n))
    score->extra += GPOINTER_TO_UINT (n);
}

/* The source's lines that have text, as the decoder gives them. */
static GPtrArray *
read_lines (const char *path, GBytes *bytes)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DgDiag) diag = dg_diag_new (path);
  g_autoptr (DgSource) source = dg_decode (path, bytes, NULL, diag, NULL);

  g_assert_nonnull (source);
  for (guint i = 1; i <= dg_source_n_lines (source); i++) {
    gsize            length;
    const char      *line = dg_source_line (source, i, &length);
    g_autofree char *text = g_strstrip (g_strndup (line, length));

    if (*text)
      g_ptr_array_add (lines, g_steal_pointer (&text));
  }
  return lines;
}

static char *
dump (DiglotConverter *converter, GBytes *bytes, const char *name, DiglotFormat format)
{
  g_autoptr (DiglotResult) result = diglot_convert (converter, bytes, name, format);
  GBytes *out = diglot_result_bytes (result);

  g_assert_nonnull (out);
  return g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));
}

/* Words of running heads, page numbers and the file's name. */
static GPtrArray *
find_furniture (const char *pages)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) rows = g_strsplit (pages, "\n", -1);

  for (guint i = 0; rows[i]; i++) {
    g_auto (GStrv) columns = g_strsplit (rows[i], "\t", -1);

    if (g_strv_length (columns) == 8 && strcmp (columns[4], "furniture") == 0)
      g_string_append_printf (text, "%s\n", columns[7]);
  }
  return find_words (text->str);
}

/* The words whose one half ends a line at a hyphen that the source has not.  Where a page ends there too, other text stands
 * between the halves. */
static GPtrArray *
find_broken (const char *dumped)
{
  GPtrArray *broken = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) rows = g_strsplit (dumped, "\n", -1);

  for (guint i = 0; rows[i] && rows[i + 1]; i++) {
    g_auto (GStrv) this = g_strsplit (rows[i], "\t", -1), next = g_strsplit (rows[i + 1], "\t", -1);

    if (g_strv_length (this) == 13 && g_strv_length (next) == 13 && strcmp (this[10], "hyphen") == 0 && strcmp (this[0], next[0]) == 0
        && strcmp (this[2], next[2]) == 0) {
      g_autofree char *both = g_strconcat (this[11], next[11], NULL);
      g_autoptr (GPtrArray) left = find_words (this[11]), whole = find_words (both);

      g_ptr_array_add (broken, g_strdup (whole->pdata[left->len - 1]));
    }
  }
  return broken;
}

static void
collect_texts (qpdf_data qpdf, qpdf_oh node, GPtrArray *texts)
{
  qpdf_oh kids;
  g_autoptr (GString) parts = g_string_new (NULL); /* of a paragraph that stands on several pages */

  if (!qpdf_oh_is_dictionary (qpdf, node))
    return;
  kids = qpdf_oh_get_key (qpdf, node, "/K");
  for (int i = 0; qpdf_oh_is_array (qpdf, kids) && i < qpdf_oh_get_array_n_items (qpdf, kids); i++) {
    qpdf_oh kid = qpdf_oh_get_array_item (qpdf, kids, i);

    if (qpdf_oh_is_dictionary (qpdf, kid) && qpdf_oh_has_key (qpdf, kid, "/ActualText")
        && strcmp (qpdf_oh_get_name (qpdf, qpdf_oh_get_key (qpdf, kid, "/S")), "/Span") == 0)
      g_string_append (parts, qpdf_oh_get_utf8_value (qpdf, qpdf_oh_get_key (qpdf, kid, "/ActualText")));
  }
  if (parts->len > 0) {
    g_ptr_array_add (texts, g_strdup (parts->str));
    return;
  }
  if (qpdf_oh_has_key (qpdf, node, "/ActualText"))
    g_ptr_array_add (texts, g_strdup (qpdf_oh_get_utf8_value (qpdf, qpdf_oh_get_key (qpdf, node, "/ActualText"))));
  for (int i = 0; qpdf_oh_is_array (qpdf, kids) && i < qpdf_oh_get_array_n_items (qpdf, kids); i++)
    collect_texts (qpdf, qpdf_oh_get_array_item (qpdf, kids, i), texts);
}

/* Takes from @bag what @text is set of: a list's item has its mark apart, a row its cells, verse its halves.  FALSE where something is missing. */
static gboolean
take_pieces (GHashTable *bag, const char *text)
{
  while (*text != '\0') {
    gsize length = strlen (text);

    for (; length > 0; length--) {
      g_autofree char *piece = g_strndup (text, length);

      if (g_utf8_validate (piece, -1, NULL) && take_out (bag, piece))
        break;
    }
    if (length == 0)
      return FALSE;
    text += length;
    while (*text != '\0' && strchr (" \t|", *text) != NULL)
      text++;
  }
  return TRUE;
}

/* The structure tree has each paragraph of the document that is set once, to the byte, and nothing else. */
static void
check_structure (const char *path, GBytes *bytes, GBytes *pdf)
{
  g_autoptr (DgDiag) diag = dg_diag_new (path);
  g_autoptr (DgSource) source = dg_decode (path, bytes, NULL, diag, NULL);
  g_autoptr (DgDoc) doc = dg_parse (source, NULL, diag, NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) bag = bag_new ();
  qpdf_data qpdf = qpdf_init ();

  g_assert_nonnull (doc);
  qpdf_silence_errors (qpdf);
  g_assert_cmpint (qpdf_read_memory (qpdf, path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL), ==, QPDF_SUCCESS);
  collect_texts (qpdf, qpdf_oh_get_key (qpdf, qpdf_get_root (qpdf), "/StructTreeRoot"), texts);
  for (guint i = 0; i < texts->len; i++)
    put_in (bag, texts->pdata[i]);
  for (guint side = 0; side < doc->n_texts; side++)
    for (guint i = 0; i < doc->text[side].nodes->len; i++) {
      const DgNode *node = doc->text[side].nodes->pdata[i];

      if (!dg_role_is_hidden (node->role) && !take_out (bag, node->text) && !take_pieces (bag, node->text))
        g_error ("%s: the structure tree lacks “%s”", path, node->text);
    }
  for (guint i = 0; i < texts->len; i++)
    if (count_of (bag, texts->pdata[i]) > 0)
      g_error ("%s: the structure tree has “%s” beyond the dispatch", path, (const char *) texts->pdata[i]);
  qpdf_cleanup (&qpdf);
}

static void
add_dispatch (Bench *bench, DiglotConverter *converter, const char *path, Set set)
{
  Dispatch *self = g_new0 (Dispatch, 1);
  g_autoptr (GBytes) bytes = diglot_read_file (path, NULL), pdf = NULL;
  g_autofree char *name = g_path_get_basename (path), *lines = NULL, *pages = NULL, *file = NULL;
  g_autoptr (DiglotResult) result = NULL;

  g_assert_nonnull (bytes);
  result = diglot_convert (converter, bytes, name, DIGLOT_FORMAT_PDF);
  g_assert_nonnull (diglot_result_bytes (result));
  pdf = g_bytes_ref (diglot_result_bytes (result));
  lines = dump (converter, bytes, name, DIGLOT_FORMAT_DUMP_LINES);
  pages = dump (converter, bytes, name, DIGLOT_FORMAT_DUMP_PAGES);
  file = g_strdup_printf ("%u.pdf", bench->dispatches->len);
  self->set = set;
  self->name = g_steal_pointer (&name);
  self->pdf = g_build_filename (bench->folder, file, NULL);
  self->lines = read_lines (path, bytes);
  self->furniture = find_furniture (pages);
  self->broken = find_broken (lines);
  g_assert_true (diglot_write_file (self->pdf, pdf, NULL));
  check_structure (path, bytes, pdf);
  g_ptr_array_add (bench->dispatches, self);
}

static void
add_folder (Bench *bench, DiglotConverter *converter, const char *folder, Set set)
{
  g_autoptr (GPtrArray) names = diglot_find_dispatches (folder, NULL);

  for (guint i = 0; names && i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

    add_dispatch (bench, converter, path, g_str_has_prefix (names->pdata[i], set_names[CLIENTS]) ? CLIENTS : set);
  }
}

static gboolean
run (const char *const *argv, const char *folder)
{
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &errors, &status, &error) && status == 0)
    return TRUE;
  g_printerr ("%s: %s\n", argv[0], error ? error->message : errors);
  return FALSE;
}

/* Why the engine cannot be asked; NULL where it can. */
static char *
find_obstacle (EngineId engine)
{
  const char      *programs[N_ENGINES] = { "node", "node", "node", "pdftotext", "java" };
  const char      *packages[N_ENGINES] = { "@hyzyla/pdfium", "pdfjs-dist", "mupdf", NULL, NULL };
  g_autofree char *program = g_find_program_in_path (programs[engine]), *package = NULL;

  if (!program)
    return g_strdup_printf ("%s is not installed", programs[engine]);
  if (packages[engine])
    package = g_build_filename (g_getenv ("DIGLOT_ENGINES") ? g_getenv ("DIGLOT_ENGINES") : ".", "node_modules", packages[engine], NULL);
  else if (engine == PDFBOX)
    package = g_strdup ("/usr/share/java/pdfbox2-tools.jar");
  if (package && !g_file_test (package, G_FILE_TEST_EXISTS))
    return g_strdup_printf ("%s is not there", package);
  return NULL;
}

/* Writes the text of each PDF beside it. */
static gboolean
extract (const Bench *bench, EngineId engine)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *script = g_canonicalize_filename ("tests/engines/extract.mjs", NULL);
  gboolean         all = TRUE;

  if (engine <= MUPDF) {
    g_ptr_array_add (argv, (char *) "node");
    g_ptr_array_add (argv, script);
    g_ptr_array_add (argv, (char *) engines[engine].name);
    for (guint i = 0; i < bench->dispatches->len; i++)
      g_ptr_array_add (argv, ((Dispatch *) bench->dispatches->pdata[i])->pdf);
    g_ptr_array_add (argv, NULL);
    return run ((const char *const *) argv->pdata, g_getenv ("DIGLOT_ENGINES"));
  }
  for (guint i = 0; i < bench->dispatches->len && all; i++) {
    const Dispatch   *dispatch = bench->dispatches->pdata[i];
    g_autofree char  *out = g_strconcat (dispatch->pdf, ".", engines[engine].name, ".txt", NULL);
    const char *const poppler[] = { "pdftotext", dispatch->pdf, out, NULL };
    const char *const pdfbox[] = { "java",
                                   "-XX:TieredStopAtLevel=1",
                                   "-XX:+UseSerialGC",
                                   "-cp",
                                   "/usr/share/java/pdfbox2.jar:/usr/share/java/pdfbox2-tools.jar:/usr/share/java/fontbox2.jar:"
                                   "/usr/share/java/commons-logging.jar",
                                   "org.apache.pdfbox.tools.ExtractText",
                                   "-encoding",
                                   "UTF-8",
                                   dispatch->pdf,
                                   out,
                                   NULL };

    all = run (engine == PDFBOX ? pdfbox : poppler, NULL);
  }
  return all;
}

static double
share (guint part, guint whole)
{
  return whole > 0 ? 100.0 * part / whole : 100;
}

static double
extra_of (const Score *score)
{
  return share (score->extra, MAX (score->rtl.words + score->ltr.words, 1));
}

static void
print_head (void)
{
  g_printerr ("\n%-9s %-26s %15s %15s %7s %8s %8s\n", "engine", "words / neighbours, %", "right to left", "left to right", "extra %", "tatweels", "hyphens");
}

static void
print_score (EngineId engine, const char *name, const Score *score)
{
  g_printerr ("%-9s %-26s %6.2f / %6.2f %6.2f / %6.2f %7.2f %8u %4u/%u\n", engines[engine].version, name, share (score->rtl.words_back, score->rtl.words),
              share (score->rtl.pairs_back, score->rtl.pairs), share (score->ltr.words_back, score->ltr.words), share (score->ltr.pairs_back, score->ltr.pairs),
              extra_of (score), score->tatweels, score->joined, score->broken);
}

static void
score_dispatch (const Dispatch *dispatch, EngineId engine, Score *score)
{
  g_autofree char *path = g_strconcat (dispatch->pdf, ".", engines[engine].name, ".txt", NULL), *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  add_score (dispatch, text, score);
}

typedef struct {
  const Bench *bench;
  EngineId     engine;
} Case;

/* Goes on where it fails, so that the whole table is seen. */
static void
demand (gboolean met, const char *what)
{
  if (!met) {
    g_printerr ("          ^ beyond what is allowed: %s\n", what);
    g_test_fail ();
  }
}

static void
test_engine (gconstpointer data)
{
  const Case      *self = data;
  g_autofree char *obstacle = find_obstacle (self->engine);

  if (obstacle) {
    g_printerr ("%-9s is skipped: %s\n", engines[self->engine].version, obstacle);
    g_test_skip (obstacle);
    return;
  }
  g_assert_true (extract (self->bench, self->engine));
  for (Set set = 0; set < N_SETS; set++) {
    const Floor *floor = &engines[self->engine].floors[set];
    Score        score = { 0 };
    guint        n = 0;

    for (guint i = 0; i < self->bench->dispatches->len; i++) {
      const Dispatch *dispatch = self->bench->dispatches->pdata[i];

      if (dispatch->set == set) {
        score_dispatch (dispatch, self->engine, &score);
        n++;
      }
    }
    if (n == 0)
      continue;
    print_score (self->engine, set_names[set], &score);
    demand (share (score.rtl.words_back, score.rtl.words) >= floor->words, "words of right-to-left lines");
    demand (share (score.rtl.pairs_back, score.rtl.pairs) >= floor->order, "neighbours in right-to-left lines");
    demand (share (score.ltr.words_back, score.ltr.words) >= floor->ltr, "words of left-to-right lines");
    demand (share (score.joined, score.broken) >= floor->joined, "words broken at a hyphen");
    demand (extra_of (&score) <= floor->extra, "words beyond the source's");
    demand (score.tatweels == 0, "inserted kashidas");
  }
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

/* What a reader might search for, in texts that run the other way. */
static const struct {
  const char *file;
  const char *phrases[12];
} searched[] = {
  { "tests/engines/phrases-en-ar.txt",
    { "قاعة القراءة الكبرى", "ميناء الصيادين القديم", "أهل البحر لا ينسون", "Blue Heron Press", "https://harbour.example/guide/2", "keeper@harbour.example",
      "+999 4 555 0142", "12.5%", "Come and Read", "Open Door Week", "Draw Kit v2.1", "srv/poster/final.svg" } },
  { "tests/engines/phrases-he-en.txt",
    { "Blue Heron Press", "https://harbour.example/guide/2", "keeper@harbour.example", "12.5%", "Open Door Week", "אנשי הים הישנים" } },
};

/* @text with each line's end, and the whites about it, as @end, other whites as one each.  Direction marks stay, which Poppler sets itself go. */
static char *
flatten (const char *text, const char *end)
{
  GString    *flat = g_string_new (NULL);
  const char *white = "";

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (ch >= 0x202A && ch <= 0x202E)
      continue;
    if (g_unichar_isspace (ch)) {
      white = ch == '\n' || white == end ? end : " ";
      continue;
    }
    if (flat->len > 0)
      g_string_append (flat, white);
    white = "";
    g_string_append_unichar (flat, ch);
  }
  return g_string_free (flat, FALSE);
}

/* Each phrase stands in what the engine gives, whole and without a mark in it.  A line's end may stand for a space or break an address; Poppler, which
 * gives the parts of a right-to-left line from left to right, has other text there. */
static void
test_phrases (gconstpointer data)
{
  EngineId         engine = GPOINTER_TO_UINT (data);
  g_autofree char *obstacle = find_obstacle (engine), *folder = g_dir_make_tmp ("diglot-phrases-XXXXXX", NULL);
  g_autoptr (GPtrArray) dispatches = g_ptr_array_new_with_free_func (free_dispatch);
  DiglotOptions options = { .bind_process = TRUE };
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, NULL);
  Bench bench = { dispatches, folder };
  guint missed = 0;

  if (obstacle) {
    g_test_skip (obstacle);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (searched); i++)
    add_dispatch (&bench, converter, searched[i].file, SHIPPED);
  g_assert_true (extract (&bench, engine));
  for (guint i = 0; i < G_N_ELEMENTS (searched); i++) {
    const Dispatch  *dispatch = dispatches->pdata[i];
    g_autofree char *path = g_strconcat (dispatch->pdf, ".", engines[engine].name, ".txt", NULL), *text = NULL, *spaced = NULL, *joined = NULL;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    spaced = flatten (text, " ");
    joined = flatten (text, "");
    for (guint k = 0; k < G_N_ELEMENTS (searched[i].phrases) && searched[i].phrases[k]; k++)
      if (!strstr (spaced, searched[i].phrases[k]) && !strstr (joined, searched[i].phrases[k])) {
        g_printerr ("%-9s does not find “%s”\n", engines[engine].version, searched[i].phrases[k]);
        missed++;
      }
  }
  /* PDFium puts a mark of direction into a phrase that a line's end parts. */
  g_assert_cmpuint (missed, <=, engine == POPPLER ? 4 : engine == PDFIUM ? 1 : 0);
  remove_folder (folder);
}

static void
print_files (const Bench *bench)
{
  print_head ();
  for (EngineId engine = 0; engine < N_ENGINES; engine++) {
    g_autofree char *obstacle = find_obstacle (engine);

    if (obstacle || !extract (bench, engine)) {
      g_printerr ("%-9s is skipped: %s\n", engines[engine].version, obstacle ? obstacle : "it failed");
      continue;
    }
    for (guint i = 0; i < bench->dispatches->len; i++) {
      const Dispatch *dispatch = bench->dispatches->pdata[i];
      Score           score = { 0 };

      score_dispatch (dispatch, engine, &score);
      print_score (engine, dispatch->name, &score);
    }
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) dispatches = g_ptr_array_new_with_free_func (free_dispatch);
  g_autofree char *folder = g_dir_make_tmp ("diglot-engines-XXXXXX", NULL);
  DiglotOptions    options = { .bind_process = TRUE };
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, NULL);
  Bench bench = { dispatches, folder };
  Case  cases[N_ENGINES];
  int   status = EXIT_SUCCESS;

  g_assert_nonnull (converter);
  if (argc > 1 && argv[1][0] != '-') {
    for (int i = 1; i < argc; i++)
      add_dispatch (&bench, converter, argv[i], SHIPPED);
    print_files (&bench);
  } else {
    guint skipped = 0;

    g_test_init (&argc, &argv, NULL);
    add_folder (&bench, converter, "tests/samples", SHIPPED);
    add_folder (&bench, converter, "../shared/corpus", CORPUS);
    print_head ();
    for (EngineId i = 0; i < N_ENGINES; i++) {
      g_autofree char *path = g_strdup_printf ("/engines/%s", engines[i].name), *obstacle = find_obstacle (i);

      cases[i] = (Case){ &bench, i };
      skipped += obstacle != NULL;
      g_test_add_data_func (path, &cases[i], test_engine);
      if (i <= POPPLER) { /* PDFBox's order begins anew with every line */
        g_autofree char *phrases = g_strdup_printf ("/phrases/%s", engines[i].name);

        g_test_add_data_func (phrases, GUINT_TO_POINTER (i), test_phrases);
      }
    }
    status = g_test_run ();
    g_printerr ("%u dispatches; %u of %u engines skipped\n", dispatches->len, skipped, N_ENGINES);
  }
  remove_folder (folder);
  return status;
}
