/* test_strips.c: a sheet of several pairs of columns: the text runs from one pair into the next, rows are level in each, and dispatches of a bundle follow
 * one another in them, under the bundle's title. */
#include "scratch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHEET 792.0 /* pt: the tabloid's width */

typedef struct {
  guint  page;
  double x, y;
  char   lang[4];
  int    bead;
} Line;

/* The lines of body of `--dump pages`, as they stand in it. */
static GArray *
read_body (Scratch *f, const char *options)
{
  GArray          *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autofree char *line = g_strdup_printf ("diglot %s --dump pages", options);
  guint            page = 0;

  g_assert_cmpint (scratch_run (f, line), ==, 0);
  g_auto (GStrv) rows = g_strsplit (f->out, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);
    guint n = g_strv_length (cells);

    if (n > 1 && strcmp (cells[0], "page") == 0)
      page = (guint) atoi (cells[1]);
    if (n > 6 && strcmp (cells[0], "line") == 0 && strcmp (cells[4], "body") == 0) {
      Line at = { page, g_ascii_strtod (cells[1], NULL), g_ascii_strtod (cells[2], NULL), "", atoi (cells[6]) };

      g_strlcpy (at.lang, cells[5], sizeof at.lang);
      g_array_append_val (lines, at);
    }
  }
  return lines;
}

/* The quarter of the sheet in which a line stands. */
static guint
find_column (const Line *line)
{
  return (guint) (4 * (line->x + 20) / SHEET);
}

/* One dispatch fills two pairs to one height; the first lines of each row are level and stand in one pair. */
static void
test_alone (Scratch *f, gconstpointer data)
{
  double lowest[2] = { 0, 0 };
  guint  used[4] = { 0 };

  (void) data;
  g_autoptr (GArray) lines = read_body (f, "-T bulletin \"$samples/flood-en-ar.txt\"");

  g_assert_cmpuint (lines->len, >, 40);
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = &g_array_index (lines, Line, i);
    guint       column = find_column (line);

    g_assert_cmpuint (line->page, ==, 1);
    g_assert_cmpuint (column, <, 4);
    g_assert_cmpuint (column % 2, ==, strcmp (line->lang, "ar") == 0 ? 1 : 0);
    used[column]++;
    lowest[column / 2] = MAX (lowest[column / 2], line->y);
    /* The first line of its row in this language, and of its counterpart. */
    for (guint k = 0; k < i; k++)
      if (g_array_index (lines, Line, k).bead == line->bead && strcmp (g_array_index (lines, Line, k).lang, line->lang) == 0)
        goto next;
    for (guint k = 0; k < lines->len; k++) {
      const Line *other = &g_array_index (lines, Line, k);

      if (other->bead == line->bead && strcmp (other->lang, line->lang) != 0) {
        g_assert_cmpfloat (fabs (other->y - line->y), <, .01);
        g_assert_cmpuint (find_column (other) / 2, ==, column / 2);
        break;
      }
    }
  next:;
  }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (used[i], >, 5);
  g_assert_cmpfloat (fabs (lowest[0] - lowest[1]), <, 8 * 15);
  g_assert_cmpfloat (MAX (lowest[0], lowest[1]), <, 800); /* of 1148 */
}

/* Six columns; bound on the right the pairs follow one another from right to left. */
static void
test_pairs (Scratch *f, gconstpointer data)
{
  (void) data;
  g_autoptr (GArray) six =
    read_body (f, "-T bulletin --set columns.strips=3 --set columns.gutter=10pt --set columns.strip-gap=16pt \"$samples/flood-en-ar.txt\"");
  g_autoptr (GArray) right = read_body (f, "-T bulletin --set book.binding=right \"$samples/flood-en-ar.txt\"");
  gboolean third = FALSE;

  for (guint i = 0; i < six->len; i++)
    third = third || g_array_index (six, Line, i).x > SHEET * 2 / 3;
  g_assert_true (third);
  g_assert_cmpfloat (g_array_index (right, Line, 0).x, >, SHEET / 2);
  g_assert_cmpint (scratch_run (f, "diglot -T facing --set columns.strips=2 \"$samples/flood-en-ar.txt\" -o x.pdf"), ==, 2);
  g_assert_nonnull (strstr (f->err, "template.geometry"));
}

/* Dispatches of a bundle follow one another on the same sheet, below its title and without contents; one that goes on overleaf is named there. */
static void
test_bundle (Scratch *f, gconstpointer data)
{
  static const char *const headlines[] = { "Safsaf River bursts", "Tell Zaytoun Museum", "Lighthouse of Ras", "First night train" };

  (void) data;
  g_assert_cmpint (
    scratch_run (f,
                 "diglot -q --bundle -T bulletin --set 'book.title=The week' -o b.pdf \"$samples/flood-en-ar.txt\" \"$samples/museum-ar-en.txt\" "
                 "\"$samples/lighthouse-en-ar.txt\" \"$samples/railway-en-he.txt\" && qpdf --check b.pdf > check && pdfinfo b.pdf | grep -E '^(Title|Pages):' "
                 "&& pdftotext -enc UTF-8 b.pdf - | tr '\\n' ' '"),
    ==, 0);
  g_assert_nonnull (strstr (f->out, "The week"));
  g_assert_true (g_regex_match_simple ("Pages: +2\\n", f->out, 0, 0));
  g_assert_null (strstr (f->out, "Contents"));
  for (guint i = 0; i < G_N_ELEMENTS (headlines); i++)
    g_assert_nonnull (strstr (f->out, headlines[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/strips/alone", Scratch, NULL, scratch_set_up, test_alone, scratch_tear_down);
  g_test_add ("/strips/pairs", Scratch, NULL, scratch_set_up, test_pairs, scratch_tear_down);
  g_test_add ("/strips/bundle", Scratch, NULL, scratch_set_up, test_bundle, scratch_tear_down);
  return g_test_run ();
}
