/* test_parse.c: what a dispatch is understood as; the many shapes of dispatches are goldens below tests/golden/parse. */
#include "read/decode.h"
#include "read/parse.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <time.h>

static DgDoc *
parse (const char *text, const char *languages, DgDiag *diag)
{
  g_autoptr (DgSource) source = dg_source_new ("t.txt", g_strdup (text), strlen (text), "utf-8");
  g_autoptr (GError) error = NULL;
  DgDoc *doc = dg_parse (source, languages, diag, &error);

  g_assert_no_error (error);
  g_assert_nonnull (doc);
  return doc;
}

static const char DISPATCH[] = "Source: Agencies 7 April 10:15\n"
                               "New lock opens to small boats\n"
                               "The harbour board opened the new lock on Monday, and forty boats went through on the first day.\n"
                               "None of them waited longer than a quarter of an hour, the keeper of the lock said.\n"
                               "Pic: The new lock\n"
                               "فتح الهويس الجديد أمام القوارب\n"
                               "المصدر:وكالات 07 نيسان 2025 10:15\n"
                               "افتتح مجلس المرفأ الهويس الجديد، الاثنين، وعبره أربعون قارباً في اليوم الأول.\n"
                               "ولم ينتظر أيّ منها أكثر من ربع ساعة، كما قال حارس الهويس.\n";

static void
test_document (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgDoc) doc = parse (DISPATCH, NULL, diag);
  const DgNode *node;
  guint         n;

  g_assert_cmpuint (doc->n_texts, ==, 2);
  g_assert_cmpstr (doc->text[0].lang, ==, "en");
  g_assert_cmpstr (doc->text[1].lang, ==, "ar");
  g_assert_false (doc->text[0].rtl);
  g_assert_true (doc->text[1].rtl);
  g_assert_false (doc->interleaved);
  g_assert_cmpuint (dg_text_count (&doc->text[0], DG_ROLE_BODY), ==, 2);
  g_assert_cmpuint (dg_text_count (&doc->text[1], DG_ROLE_BODY), ==, 2);

  node = dg_text_nth (&doc->text[0], DG_ROLE_CAPTION, 0);
  g_assert_cmpstr (node->text, ==, "Pic: The new lock");
  g_assert_cmpuint (node->label_length, ==, strlen ("Pic:"));
  node = dg_text_nth (&doc->text[1], DG_ROLE_SOURCE, 0);
  g_assert_cmpstr (node->text, ==, "المصدر:وكالات 07 نيسان 2025 10:15");
  g_assert_cmpuint (node->label_length, ==, strlen ("المصدر:"));
  g_assert_null (dg_text_nth (&doc->text[1], DG_ROLE_CAPTION, 0));

  /* The Arabic source line has the year, so its date is the dispatch's. */
  g_assert_true (dg_date_is_complete (&doc->date));
  g_assert_cmpint (doc->date.year, ==, 2025);
  g_assert_cmpint (doc->date.hour, ==, 10);
  dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_places (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgDoc) doc = parse ("A  headline\n\n  The first  part of the e\u0301cluse is a long line of a wrapped para\u00AD\n"
                                 "graph that  goes on in the next line.\n",
                                 NULL, diag);
  const DgNode *node = dg_text_nth (&doc->text[0], DG_ROLE_BODY, 0);
  static const struct {
    const char *word;
    guint       line, column;
  } words[] = {
    { "The", 3, 3 }, { "first", 3, 7 }, { "part", 3, 14 }, { "\u00E9cluse", 3, 26 }, { "is", 3, 34 }, { "graph", 4, 1 }, { "goes", 4, 13 }, { ".", 4, 37 },
  };

  g_assert_cmpstr (node->text, ==, "The first part of the \u00E9cluse is a long line of a wrapped paragraph that goes on in the next line.");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    const char *at = strstr (node->text, words[i].word);
    guint       line, column;

    g_assert_nonnull (at);
    dg_node_locate (node, (gsize) (at - node->text), &line, &column);
    g_test_message ("%s", words[i].word);
    g_assert_cmpuint (line, ==, words[i].line);
    g_assert_cmpuint (column, ==, words[i].column);
  }
}

static void
test_empty (void)
{
  static const char *const texts[] = { "", "\n\n\r\n", " \t \n\u00A0\u200B\n", "\u200F\u200E\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (DgSource) source = dg_source_new ("t.txt", g_strdup (texts[i]), strlen (texts[i]), "utf-8");
    g_autoptr (GError) error = NULL;

    g_assert_null (dg_parse (source, NULL, diag, &error));
    g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_SYNTAX);
  }
}

static void
test_one_language (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgDoc) doc = parse ("A headline\nA sentence of the body, which is long enough.\nAnother sentence of the body.\n", NULL, diag);
  const DiglotMessage *messages;
  guint                n;

  g_assert_cmpuint (doc->n_texts, ==, 1);
  messages = dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (messages[0].code, ==, "parse.one-language");
}

/* A French block between the English and the Arabic one is named, and where it begins. */
static void
test_third_language (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (GString) text = g_string_new (DISPATCH);
  g_autoptr (DgDoc) doc = NULL;
  const DiglotMessage *messages;
  guint                n;

  g_string_insert (text, strstr (DISPATCH, "فتح") - DISPATCH,
                   "La nouvelle écluse ouvre\nLe conseil du port a ouvert lundi la nouvelle écluse aux petits bateaux de la ville.\n"
                   "Aucun des quarante bateaux n'a attendu plus d'un quart d'heure, a dit le gardien de l'écluse.\n");
  doc = parse (text->str, NULL, diag);
  g_assert_cmpstr (doc->text[0].lang, ==, "en");
  g_assert_cmpstr (doc->text[1].lang, ==, "ar");
  messages = dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (messages[0].code, ==, "parse.third-language");
  g_assert_cmpuint (messages[0].line, ==, 6);
}

static void
test_languages_given (void)
{
  static const char *const wrong[] = { "english,arabic", "en,", "en,en-GB", "en,ar,fr", "", ",", "e,ar", "en ar", "en,ar-" };
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgDoc) doc = parse (DISPATCH, "ar-LB,en-GB", diag);

  /* The languages are the user's; which of them is text a, the file tells. */
  g_assert_cmpstr (doc->text[0].lang, ==, "en-GB");
  g_assert_cmpstr (doc->text[1].lang, ==, "ar-LB");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (DgSource) source = dg_source_new ("t.txt", g_strdup (DISPATCH), strlen (DISPATCH), "utf-8");
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", wrong[i]);
    g_assert_null (dg_parse (source, wrong[i], diag, &error));
    g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE);
  }
}

/* Long inputs are read in time that grows with their length only. */
static void
test_long (void)
{
  static const char *const lines[] = {
    "a\n", "Source: x\n", "كلمة\nword\n", "word word word ", "\n \n", "-\n", "The end of the and of.\nLa fin de la et des.\n"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autoptr (GString) text = g_string_new ("Headline\n");
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (DgDoc) doc = NULL;
    clock_t start = clock ();

    while (text->len < 600000)
      g_string_append (text, lines[i]);
    doc = parse (text->str, NULL, diag);
    g_test_message ("%.2f s", (double) (clock () - start) / CLOCKS_PER_SEC);
    g_assert_cmpint (clock () - start, <, 20 * CLOCKS_PER_SEC);
  }
}

/* TRUE where line @n has both texts, and @side's share is @role. */
static gboolean
is_parted (const DgDoc *doc, guint n, guint side, DgRole role)
{
  for (guint i = 0; i < doc->parts->len; i++) {
    const DgLinePart *part = &g_array_index (doc->parts, DgLinePart, i);

    if (part->line == n && part->side == (DgSide) side && part->role == role)
      return TRUE;
  }
  return FALSE;
}

/* Every line has a side and every node's lines are its own, but for lines of a third text. */
static void
check_whole (const DgDoc *doc)
{
  g_autofree guint *seen = g_new0 (guint, doc->n_lines + 1);

  for (guint side = 0; side < doc->n_texts; side++)
    for (guint i = 0; i < doc->text[side].nodes->len; i++) {
      const DgNode *node = doc->text[side].nodes->pdata[i];

      g_assert_true (g_utf8_validate (node->text, -1, NULL));
      g_assert_cmpuint (node->label_length, <=, strlen (node->text));
      for (guint k = 0; k < node->lines->len; k++) {
        guint n = g_array_index (node->lines, guint, k);

        if (is_parted (doc, n, side, node->role)) {
          seen[n]++;
          continue;
        }
        g_assert_cmpuint (seen[n]++, ==, 0);
        g_assert_cmpint (doc->lines[n - 1].side, ==, side);
        g_assert_cmpint (doc->lines[n - 1].role, ==, node->role);
      }
    }
  for (guint n = 0; n < doc->n_lines; n++)
    g_assert_cmpint (seen[n + 1] == 0, ==, doc->lines[n].role == DG_ROLE_BLANK || doc->lines[n].third);
}

static void
test_noise (void)
{
  static const char *const pieces[] = { "Source:", "صورة:",  " ",      "\n",     "\n\n", "\t",         "word ", "كلمة ",    "слово ", "字",
                                        ".",       "؟",      ":",      "-30-",   "12",   "٣",          "/",     "\u00AD\n", "\u0301", "\u064B",
                                        "\uFEFB",  "\u200F", "\u202E", "By A B", "©",    "September ", "•",     "\r" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 500; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (GError) error = NULL;
    g_autoptr (DgSource) source = NULL;
    g_autoptr (DgDoc) doc = NULL;

    for (int k = g_rand_int_range (rand, 0, 200); k > 0; k--)
      g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    source = dg_source_new ("t.txt", g_strdup (text->str), text->len, "utf-8");
    doc = dg_parse (source, NULL, diag, &error);
    if (doc != NULL)
      check_whole (doc);
    else
      g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_SYNTAX);
  }
}

/* Where the corpus is there: every line's language and role. */
static void
test_corpus (void)
{
  static const char dir[] = "../shared/corpus";
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;
  guint       n_right = 0, n_all = 0, n_other_right = 0, n_other = 0;

  if (folder == NULL) {
    g_test_skip ("no corpus");
    return;
  }
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *stem = NULL, *path = NULL, *input = NULL, *bytes = NULL;
    g_autoptr (JsonParser) truth = json_parser_new ();
    g_autoptr (GBytes) data = NULL;
    g_autoptr (DgDiag) diag = dg_diag_new (name);
    g_autoptr (DgSource) source = NULL;
    g_autoptr (DgDoc) doc = NULL;
    g_autoptr (GError) error = NULL;
    JsonArray *lines;
    gsize      length;
    guint      n_wrong = 0;

    if (!g_str_has_suffix (name, ".truth.json"))
      continue;
    stem = g_strndup (name, strlen (name) - strlen (".truth.json"));
    path = g_build_filename (dir, name, NULL);
    input = g_strdup_printf ("%s/%s.txt", dir, stem);
    g_assert_true (json_parser_load_from_file (truth, path, NULL));
    g_assert_true (g_file_get_contents (input, &bytes, &length, NULL));
    data = g_bytes_new_take (g_steal_pointer (&bytes), length);
    source = dg_decode (input, data, NULL, diag, &error);
    g_assert_no_error (error);
    doc = dg_parse (source, NULL, diag, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (dg_source_encoding (source), ==, json_object_get_string_member (json_node_get_object (json_parser_get_root (truth)), "encoding"));
    lines = json_object_get_array_member (json_node_get_object (json_parser_get_root (truth)), "lines");
    for (guint i = 0; i < json_array_get_length (lines); i++) {
      JsonObject       *line = json_array_get_object_element (lines, i);
      const DgLineRole *role = &doc->lines[json_object_get_int_member (line, "n") - 1];
      const char       *wanted = json_object_get_string_member (line, "role");
      gboolean          right;

      if (strcmp (wanted, "blank") == 0)
        continue;
      right = role->side != DG_SIDE_NONE && strcmp (dg_role_name (role->role), wanted) == 0
              && strcmp (doc->text[role->side].lang, json_object_get_string_member (line, "lang")) == 0;
      n_all++;
      n_right += right;
      n_other += strcmp (wanted, "body") != 0;
      n_other_right += right && strcmp (wanted, "body") != 0;
      n_wrong += !right;
    }
    g_test_message ("%s: %u wrong", stem, n_wrong);
    if (strcmp (stem, "dispatch-albania") == 0)
      g_assert_cmpuint (n_wrong, ==, 0);
  }
  g_test_message ("%u of %u lines, %u of %u other than body", n_right, n_all, n_other_right, n_other);
  g_assert_cmpuint (n_right * 100, >=, n_all * 98);
  g_assert_cmpuint (n_other_right * 100, >=, n_other * 96);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parse/document", test_document);
  g_test_add_func ("/parse/places", test_places);
  g_test_add_func ("/parse/empty", test_empty);
  g_test_add_func ("/parse/one-language", test_one_language);
  g_test_add_func ("/parse/third-language", test_third_language);
  g_test_add_func ("/parse/languages-given", test_languages_given);
  g_test_add_func ("/parse/long", test_long);
  g_test_add_func ("/parse/noise", test_noise);
  g_test_add_func ("/parse/corpus", test_corpus);
  return g_test_run ();
}
