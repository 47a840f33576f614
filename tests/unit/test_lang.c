/* test_lang.c: scripts, of letters and of languages. */
#include "base/lang.h"

#include <string.h>

static void
test_addresses (void)
{
  DgLangScores scores = { 0 };
  const char  *text = "www.example.org/harbour إلى";

  dg_lang_count_letters (text, strlen (text), &scores);
  g_assert_cmpuint (scores.letters[DG_SCRIPT_ARABIC], ==, 12);
  g_assert_cmpuint (scores.letters[DG_SCRIPT_LATIN], ==, 20);
}

static void
test_scripts (void)
{
  g_assert_cmpint (dg_lang_script ("en-GB"), ==, DG_SCRIPT_LATIN);
  g_assert_cmpint (dg_lang_script ("sr-Latn"), ==, DG_SCRIPT_LATIN);
  g_assert_cmpint (dg_lang_script ("sr"), ==, DG_SCRIPT_CYRILLIC);
  g_assert_cmpint (dg_lang_script ("ckb"), ==, DG_SCRIPT_ARABIC);
  g_assert_cmpint (dg_lang_script ("ku-Arab"), ==, DG_SCRIPT_ARABIC);
  g_assert_cmpint (dg_lang_script ("zh-Hant"), ==, DG_SCRIPT_HAN);
  g_assert_cmpint (dg_lang_script ("th"), ==, DG_SCRIPT_THAI);
  g_assert_cmpint (dg_lang_script_of_char (0x0E01), ==, DG_SCRIPT_THAI);
  g_assert_cmpint (dg_lang_script_of_char (0x30A2), ==, DG_SCRIPT_KANA);
  g_assert_cmpint (dg_lang_script_of_char (0x10330), ==, DG_SCRIPT_OTHER); /* Gothic */
  g_assert_cmpstr (dg_lang_of_script (dg_lang_script ("ta")), ==, "ta");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lang/addresses", test_addresses);
  g_test_add_func ("/lang/scripts", test_scripts);
  return g_test_run ();
}
