/* test_lines.c: what is said of lines that are not good, each with its place; and that ink which met stands apart where the page can help it. */
#include "scratch.h"

/* A vowelled text and its English, each a paragraph. */
static const char vowelled[] =
  "Harbour\nThe ship arrived by night in the harbour with wheat, barley and sugar, and was unloaded in haste although the wind was strong; then it left at "
  "dawn for the north, and its captain said that the whole crew had worked day and night.\n"
  "مَرْفَأٌ\nوَصَلَتِ السَّفِينَةُ لَيْلًا إِلَى الْمَرْفَأِ حَامِلَةً قَمْحًا وَشَعِيرًا وَسُكَّرًا، وَأُفْرِغَتْ شُحْنَتُهَا سَرِيعًا رَغْمَ أَنَّ الرِّيَاحَ كَانَتْ شَدِيدَةً جِدًّا، ثُمَّ غَادَرَتْ فَجْرًا "
  "مُتَّجِهَةً شَمَالًا، وَقَالَ رُبَّانُهَا إِنَّ طَاقِمًا كَامِلًا عَمِلَ لَيْلًا وَنَهَارًا بِجِدٍّ وَصَبْرٍ حَتَّى أُنْجِزَ الْعَمَلُ كُلُّهُ قَبْلَ أَوَانِهِ.\n";

/* Words as wide as half a line or more leave no even spaces. */
static const char loose[] = "Ferry\nThe xxxxxxxxxxxxxxxxxxxxxxxxx of wwwwwwwwwwwwwwwwwwwwwwwwwwwwwww by zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz at "
                            "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk.\nعبّارة\nلدى مكتب المرفأ مفتاح.\n";

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

static void
test_loose (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", loose);
  g_assert_cmpint (scratch_run (f, "diglot --set justify.hyphenate=no --set columns.ratio=equal a.txt"), ==, 0);
  g_assert_nonnull (strstr (f->err, "a.txt:2:1: note: loose line: word spaces of "));
  g_assert_cmpint (scratch_run (f, "diglot --set justify.text=no --set columns.ratio=equal a.txt"), ==, 0);
  g_assert_null (strstr (f->err, "[line.loose]"));
}

static void
test_overfull (Scratch *f, gconstpointer data)
{
  (void) data;
  scratch_put (f, "a.txt", loose);
  g_assert_cmpint (scratch_run (f, "diglot --report r.json a.txt"), ==, 0);
  g_assert_null (strstr (f->err, "[line.overfull]"));
}

/* Lines that are set closer than their ink allows are told where they begin, and are in the report and the summary's count; at the text's own step none is. */
static void
test_touching (Scratch *f, gconstpointer data)
{
  guint told;

  (void) data;
  scratch_put (f, "a.txt", vowelled);
  g_assert_cmpint (scratch_run (f, "diglot a.txt"), ==, 0);
  g_assert_cmpstr (f->err, ==, "");
  g_assert_cmpint (scratch_run (f, "diglot --report r.json --set grid.vowelled=100 --set grid.step=10pt a.txt"), ==, 0);
  told = count (f->err, "note: ink of this line touches that of the line above [line.touching]");
  g_assert_cmpuint (told, >=, 1);
  g_assert_nonnull (strstr (f->err, "a.txt:4:"));
  g_assert_cmpint (scratch_run (f, "grep -o '\"line.touching\"' r.json | head -1"), ==, 0);
  g_assert_cmpstr (f->out, ==, "\"line.touching\"\n");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Scratch *f, gconstpointer data);
  } tests[] = { { "loose", test_loose }, { "overfull", test_overfull }, { "touching", test_touching } };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/lines/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, scratch_set_up, tests[i].run, scratch_tear_down);
  }
  return g_test_run ();
}
