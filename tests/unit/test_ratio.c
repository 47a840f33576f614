/* test_ratio.c: what languages let expect of lengths, and what is learned where a text has its own. */
#include "pair/ratio.h"

#include <math.h>

/* Property: the two sides turned round say the opposite; a language of its own script is not taken for English; tags are read by their
 * first part. */
static void
test_expect (void)
{
  DgRatio chinese = dg_ratio_expect ("en", "zh-Hans"), back = dg_ratio_expect ("ZH", "en"), arabic = dg_ratio_expect ("en", "ar"),
          german = dg_ratio_expect ("en", "de"), unknown = dg_ratio_expect ("en", "und"), both = dg_ratio_expect ("de", "ar");

  g_assert_cmpfloat (chinese.mean, <, -0.8);
  g_assert_cmpfloat_with_epsilon (chinese.mean, -back.mean, 1e-9);
  g_assert_cmpfloat (german.mean, >, arabic.mean);
  g_assert_cmpfloat_with_epsilon (both.mean, arabic.mean - german.mean, 1e-9);
  g_assert_cmpfloat (unknown.mean, ==, 0);
  g_assert_cmpfloat (unknown.spread, >, 1.5 * arabic.spread);
}

/* Property: the whole texts are believed as long as they are near what is expected, and not where half of one is missing. */
static void
test_start (void)
{
  DgRatio expected = { -0.1, 0.12 };

  g_assert_cmpfloat_with_epsilon (dg_ratio_start (&expected, -0.1), -0.1, 1e-9);
  g_assert_cmpfloat (dg_ratio_start (&expected, 0.05), >, -0.05);
  g_assert_cmpfloat (dg_ratio_start (&expected, 0.05), <, 0.05);
  g_assert_cmpfloat_with_epsilon (dg_ratio_start (&expected, log (0.5)), -0.1, 0.02);
}

/* Property: pieces that agree are followed, even where they are far from what is expected; one that is far from all others is not. */
static void
test_learn (void)
{
  DgRatio            expected = { 0, 0.1 };
  const DgRatioPiece near[] = { { 0.1, 20 }, { 0.12, 20 }, { 0.08, 20 }, { 0.1, 20 }, { 0.1, 20 }, { 2, 20 } };
  const DgRatioPiece far[] = { { -1, 20 }, { -1.1, 20 }, { -0.9, 20 }, { -1, 20 }, { -1, 20 }, { -1, 20 } };
  double             ratio;

  g_assert_cmpfloat (dg_ratio_learn (&expected, 0.1, NULL, 0), ==, 0);
  ratio = dg_ratio_learn (&expected, 0.1, near, G_N_ELEMENTS (near));
  g_assert_cmpfloat (ratio, >, 0.03);
  g_assert_cmpfloat (ratio, <, 0.15);
  g_assert_cmpfloat_with_epsilon (dg_ratio_learn (&expected, -1, far, G_N_ELEMENTS (far)), -1, 0.1);
  g_assert_cmpfloat (dg_ratio_weigh (&expected, -1), <, dg_ratio_weigh (&expected, 0.1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ratio/expect", test_expect);
  g_test_add_func ("/ratio/start", test_start);
  g_test_add_func ("/ratio/learn", test_learn);
  return g_test_run ();
}
