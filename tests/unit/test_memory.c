/* test_memory.c: translation memories: which pairs stand in them, and that other programs read them. */
#include "diglot.h"

#include "scratch.h"

static const char dispatch[] = "Ferry to Losiny runs again\n"
                               "The ferry runs again since 4 May. It carries 120 people & 8 cars. Mr. Orlov, the captain, is \"glad\".\n"
                               "Tickets cost 3 dollars.\n"
                               "\n"
                               "عودة العبّارة إلى لوسيني\n"
                               "عادت العبّارة إلى العمل منذ 4 أيار. وهي تحمل 120 شخصاً و8 سيارات. وقال القبطان أورلوف إنه سعيد.\n"
                               "ثمن التذكرة 3 دولارات.\n";

/* A program that the judge needs, or a module of Python's; the test is skipped without it. */
static gboolean
has (Scratch *s, const char *command)
{
  if (scratch_run (s, command) == 0)
    return TRUE;
  g_test_skip (command);
  return FALSE;
}

static void
assert_lines (const char *text, guint expected)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += *p == '\n';
  g_assert_cmpuint (n, ==, expected);
}

/* A unit is a pair of paragraphs or of headlines with its score, role, file and lines. */
static void
test_paragraphs (Scratch *s, gconstpointer data)
{
  (void) data;
  scratch_put (s, "ferry.txt", dispatch);
  g_assert_cmpint (scratch_run (s, "diglot -t tsv -o - ferry.txt"), ==, 0);
  assert_lines (s->out, 4);
  g_assert_true (g_str_has_prefix (
    s->out, "lang_a\tlang_b\ttext_a\ttext_b\tscore\trole\tfile\tlines_a\tlines_b\nen\tar\tFerry to Losiny runs again\tعودة العبّارة إلى لوسيني\t"));
  g_assert_nonnull (strstr (s->out, "en\tar\tTickets cost 3 dollars.\tثمن التذكرة 3 دولارات.\t"));
  g_assert_nonnull (strstr (s->out, "\tbody\tferry.txt\t3\t7\n"));
  g_assert_cmpint (scratch_run (s, "diglot -t tsv -o one.tsv ferry.txt && diglot -o two.tsv ferry.txt && cmp one.tsv two.tsv"), ==, 0);
}

/* Sentences are paired within their paragraph, and an abbreviation ends none. */
static void
test_sentences (Scratch *s, gconstpointer data)
{
  (void) data;
  scratch_put (s, "ferry.txt", dispatch);
  g_assert_cmpint (scratch_run (s, "diglot -t tsv --set tm.unit=sentence -o - ferry.txt"), ==, 0);
  assert_lines (s->out, 6);
  g_assert_nonnull (strstr (s->out, "\tIt carries 120 people & 8 cars.\tوهي تحمل 120 شخصاً و8 سيارات.\t"));
  g_assert_nonnull (strstr (s->out, "\tMr. Orlov, the captain, is \"glad\".\tوقال القبطان أورلوف إنه سعيد.\t"));
  g_assert_cmpint (scratch_run (s, "diglot -t tmx --set tm.unit=sentence -o - ferry.txt | grep -c 'segtype=\"sentence\"'"), ==, 0);
}

/* What is less sure than wanted is left out, and what stands alone is in no memory. */
static void
test_min_score (Scratch *s, gconstpointer data)
{
  (void) data;
  scratch_put (s, "in/ferry.txt", dispatch);
  scratch_put (s, "in/alone.txt", "Choir wins\n\nThe choir of the village has won the festival with a song about its bus.\n");
  g_assert_cmpint (scratch_run (s, "cp \"$samples/unequal-en-ar.txt\" in; diglot -t tsv -o all.tsv in && diglot -t tsv --min-score .99 -o sure.tsv in"), ==, 0);
  g_assert_cmpint (scratch_run (s, "test $(wc -l <all.tsv) -gt $(wc -l <sure.tsv) && ! grep -q alone all.tsv"), ==, 0);
  g_assert_cmpint (scratch_run (s, "awk -F'\\t' 'NR > 1 && $5 < .99 { exit 1 }' sure.tsv"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -t tsv --min-score 2 -o - in"), ==, 2);
}

/* Many dispatches make one memory, in the order of the inputs; in a folder each has its own. */
static void
test_batch (Scratch *s, gconstpointer data)
{
  (void) data;
  scratch_put (s, "in/b/ferry.txt", dispatch);
  scratch_put (s, "in/empty.txt", "\n");
  g_assert_cmpint (scratch_run (s, "cp \"$samples/port-fr-ar.txt\" in; diglot -t tmx -o all.tmx --report r in"), ==, 1);
  g_assert_cmpint (scratch_run (s, "grep -q 'srclang=\"\\*all\\*\"' all.tmx && grep -q 'in/port-fr-ar.txt' all.tmx && grep -q 'in/b/ferry.txt' all.tmx"), ==,
                   0);
  g_assert_cmpint (scratch_run (s, "grep -c '\"output\":\"all.tmx\"' r | grep -qx 2"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -j1 -t tmx -o again.tmx in 2>&1; cmp all.tmx again.tmx"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -u -t tmx -o all.tmx in"), ==, 2);
  g_assert_cmpint (scratch_run (s, "diglot -t xliff -o each/ in; test -s each/b/ferry.xliff && test -s each/port-fr-ar.xliff"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -u -t xliff -o each/ --report - in | grep -c '\"status\":\"kept\"' | grep -qx 2"), ==, 0);
  /* A file with several dispatches has one as well. */
  g_assert_cmpint (scratch_run (s, "{ cat in/port-fr-ar.txt; printf '\\n\\n'; cat in/port-fr-ar.txt; } >two.txt; diglot -t tmx -o two.tmx two.txt"), ==, 0);
  g_assert_cmpint (scratch_run (s, "grep -c '<tmx' two.tmx | grep -qx 1"), ==, 0);
}

/* Valid by what the standard says of the elements that are used (TMX 1.4b, LISA OSCAR 2005). */
static void
test_tmx_is_valid (Scratch *s, gconstpointer data)
{
  static const char dtd[] =
    "<!ELEMENT tmx (header, body)><!ATTLIST tmx version CDATA #FIXED \"1.4\"><!ELEMENT header (note | prop)*>"
    "<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED segtype (block | paragraph | sentence | phrase) #REQUIRED"
    " o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>"
    "<!ELEMENT body (tu*)><!ELEMENT note (#PCDATA)><!ELEMENT prop (#PCDATA)><!ATTLIST prop type CDATA #REQUIRED>"
    "<!ELEMENT tu ((note | prop)*, tuv+)><!ELEMENT tuv ((note | prop)*, seg)><!ATTLIST tuv xml:lang CDATA #REQUIRED><!ELEMENT seg (#PCDATA)>";

  (void) data;
  if (!has (s, "command -v xmllint"))
    return;
  scratch_put (s, "tmx.dtd", dtd);
  scratch_put (s, "hostile.txt", "A ]]> & <b> title\n\n\"Quoted\" <seg>text</seg> of 12 words.\n\nعنوان & <tu>\n\nنص من 12 كلمة.\n");
  g_assert_cmpint (scratch_run (s, "diglot -t tmx -o all.tmx \"$samples\" hostile.txt; xmllint --noout --dtdvalid tmx.dtd all.tmx"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -t xliff -o all.xliff \"$samples\" hostile.txt; xmllint --noout all.xliff"), ==, 0);
}

/* Translate Toolkit finds the same pairs in all three. */
static void
test_toolkit (Scratch *s, gconstpointer data)
{
  (void) data;
  if (!has (s, "/usr/bin/python3 -c 'import translate.storage.tmx, translate.storage.xliff'"))
    return;
  scratch_put (s, "ferry.txt", dispatch);
  scratch_put (s, "read.py",
               "import csv\n"
               "from translate.storage import tmx, xliff\n"
               "rows = [(r['text_a'], r['text_b']) for r in csv.DictReader(open('m.tsv', encoding='utf-8'), delimiter='\\t', quoting=csv.QUOTE_NONE)]\n"
               "assert rows == [(u.source, u.target) for u in tmx.tmxfile.parsefile('m.tmx').units], 'tmx'\n"
               "assert rows == [(str(u.source), str(u.target)) for u in xliff.xlifffile.parsefile('m.xliff').units if not u.isheader()], 'xliff'\n"
               "assert len(rows) == 3\n");
  g_assert_cmpint (scratch_run (s, "for f in tsv tmx xliff; do diglot -o m.$f ferry.txt; done; /usr/bin/python3 read.py"), ==, 0);
}

#define ADD(name, function) g_test_add (name, Scratch, NULL, scratch_set_up, function, scratch_tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *home = scratch_make_home ();
  int              status;

  g_test_init (&argc, &argv, NULL);
  ADD ("/memory/paragraphs", test_paragraphs);
  ADD ("/memory/sentences", test_sentences);
  ADD ("/memory/min-score", test_min_score);
  ADD ("/memory/batch", test_batch);
  ADD ("/memory/tmx-is-valid", test_tmx_is_valid);
  ADD ("/memory/toolkit", test_toolkit);
  status = g_test_run ();
  scratch_remove (home);
  return status;
}
