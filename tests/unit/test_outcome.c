/* test_outcome.c: what comes back from the process that reads is the same, or nothing; whatever else comes does no harm. */
#include "batch/outcome.h"

#include <string.h>

static DgOutcome *
make_outcome (void)
{
  DgOutcome *outcome = dg_outcome_new ();
  DgPart    *part = dg_outcome_new_part (outcome, "harbour.pdf");

  g_ptr_array_add (part->made, g_bytes_new_static ("%PDF\0\xFF\x80 and so on", 16));
  g_ptr_array_add (part->pictures, g_bytes_new_static ("", 0));
  part->review = g_strdup ("{\"rows\": 3}");
  dg_part_add_file (part, g_strdup ("harbour.pdf"), g_strdup ("00ff"), NULL);
  outcome->key = g_strdup ("key");
  outcome->ms = 12.5;
  return outcome;
}

static void
test_back (void)
{
  g_autoptr (DgOutcome) outcome = make_outcome ();
  g_autoptr (GBytes) bytes = dg_outcome_to_bytes (outcome);
  g_autoptr (DgOutcome) back = dg_outcome_from_bytes (bytes);
  const DgPart *part;

  g_assert_nonnull (back);
  g_assert_cmpuint (back->parts->len, ==, 1);
  g_assert_cmpstr (back->key, ==, "key");
  g_assert_cmpfloat (back->ms, ==, 12.5);
  part = back->parts->pdata[0];
  g_assert_cmpstr (part->output, ==, "harbour.pdf");
  g_assert_cmpstr (part->review, ==, "{\"rows\": 3}");
  g_assert_cmpmem (g_bytes_get_data (part->made->pdata[0], NULL), g_bytes_get_size (part->made->pdata[0]), "%PDF\0\xFF\x80 and so on", 16);
  g_assert_cmpuint (g_bytes_get_size (part->pictures->pdata[0]), ==, 0);
  g_assert_cmpstr (((const DgFile *) part->files->pdata[0])->digest, ==, "00ff");
}

/* Ends cut off, and single bytes changed: a name that is no text any more, an end that lies elsewhere. */
static void
test_spoilt (void)
{
  g_autoptr (DgOutcome) outcome = make_outcome ();
  g_autoptr (GBytes) bytes = dg_outcome_to_bytes (outcome);
  gsize         length, n_refused = 0;
  const guint8 *whole = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < 2 * length; i++) {
    g_autofree guint8 *spoilt = g_memdup2 (whole, length);
    g_autoptr (GBytes) given = NULL;
    g_autoptr (DgOutcome) back = NULL;

    if (i >= length)
      spoilt[i - length] ^= 0xFF;
    given = g_bytes_new (spoilt, i < length ? i : length);
    back = dg_outcome_from_bytes (given);
    n_refused += back == NULL;
    g_assert_true (back == NULL || back->parts->len > 0);
    for (guint k = 0; back != NULL && k < back->parts->len; k++) {
      const DgPart *part = back->parts->pdata[k];

      g_assert_true (part->review == NULL || g_utf8_validate (part->review, -1, NULL));
      for (guint m = 0; m < part->made->len; m++)
        g_assert_cmpuint (g_bytes_get_size (part->made->pdata[m]), <=, length);
    }
  }
  g_assert_cmpuint (n_refused, >, length);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outcome/back", test_back);
  g_test_add_func ("/outcome/spoilt", test_spoilt);
  return g_test_run ();
}
