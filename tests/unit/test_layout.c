/* test_layout.c: whatever the dispatch's length and imbalance, every line is set once, on the grid, on the page, rows level. */
#include "layout.h"

#include <math.h>
#include <string.h>
#include "decode.h"
#include "parse.h"

static DgFonts *fonts;
static DgHyphens *hyphens;

typedef struct {
  guint    pages, rows;
  double   waste;
  gboolean level;
} Outcome;

/* Where each side of each row begins, and that lines are whole and inside the page. */
static void
look (const DgPages *pages, const DgTemplate *t, Outcome *outcome)
{
  guint n = pages->elements->len, beads = 0;
  g_autofree guint *reached = g_new0 (guint, n + 1);
  g_autofree double *first = NULL;

  for (guint e = 0; e < n; e++)
    beads = MAX (beads, (guint) (g_array_index (pages->elements, DgElement, e).bead + 1));
  first = g_new (double, 2 * (gsize) beads + 1);
  for (guint i = 0; i < 2 * beads; i++)
    first[i] = -1;
  for (guint p = 0; p < pages->pages->len; p++) {
    const DgPage *page = pages->pages->pdata[p];

    for (guint i = 0; i < page->boxes->len; i++) {
      const DgBox *box = &g_array_index (page->boxes, DgBox, i);
      const DgElement *element;

      if (box->kind != DG_BOX_LINE || box->element < 0)
        continue;
      element = &g_array_index (pages->elements, DgElement, box->element);
      /* Each line goes on where the last one of its paragraph ended. */
      g_assert_cmpuint (box->line->start, ==, reached[box->element]);
      reached[box->element] = box->line->end;
      g_assert_cmpfloat (box->y, <=, t->last_baseline + .1);
      if (element->bead < 0)
        continue;
      {
        double steps = 2 * (box->y - t->first_baseline) / t->grid, *at = &first[2 * element->bead + element->side];

        g_assert_cmpfloat (fabs (steps - round (steps)), <, .01);
        if (*at < 0)
          *at = 1000.0 * p + box->y;
      }
    }
  }
  for (guint e = 0; e < n; e++)
    g_assert_cmpuint (reached[e], ==, strlen (dg_para_text (g_array_index (pages->elements, DgElement, e).para)));
  memset (outcome, 0, sizeof *outcome);
  outcome->pages = pages->pages->len;
  outcome->rows = beads;
  outcome->waste = pages->waste;
  outcome->level = TRUE;
  for (guint b = 0; b < beads; b++)
    if (first[2 * b] >= 0 && first[2 * b + 1] >= 0 && fabs (first[2 * b] - first[2 * b + 1]) > .001)
      outcome->level = FALSE;
}

static Outcome
set (const char *text, const char *ratio, gboolean loosen)
{
  g_autofree char *first = g_strconcat ("columns.ratio=", ratio, NULL);
  const char *settings[] = { first, loosen ? "justify.looseness=yes" : "justify.looseness=no", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (DgTemplate) template = dg_template_new ("dispatch", settings, &error);
  g_autoptr (DgDiag) diag = dg_diag_new ("t");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (DgSource) source = dg_decode ("t", bytes, "utf-8", diag, &error);
  g_autoptr (DgDoc) doc = NULL;
  g_autoptr (DgAlign) align = NULL;
  g_autoptr (DgPages) pages = NULL;
  Outcome outcome;

  g_assert_no_error (error);
  doc = dg_parse (source, NULL, diag, &error);
  g_assert_no_error (error);
  align = dg_align_new (doc, NULL, diag);
  pages = dg_layout_new (align, template, fonts, hyphens, diag);
  look (pages, template, &outcome);
  g_assert_true (outcome.level);
  g_assert_cmpfloat (outcome.waste, >=, 0);
  g_assert_cmpfloat (outcome.waste, <, 1);
  return outcome;
}

/* A paragraph with a number by which its counterpart is known. */
static void
add_words (GString *text, const char *const *words, guint n_words, guint seed, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[(seed * 7 + i) % n_words]);
  g_string_append_printf (text, " %u.\n", 100 + seed);
}

static const char *const en[] = { "the", "harbour", "opened", "again", "after", "repairs", "and", "two", "ferries", "sailed", "in", "the", "morning",
                                  "with", "passengers", "from", "islands" };
static const char *const ar[] = { "افتتح", "الميناء", "من", "جديد", "بعد", "الإصلاحات", "وأبحرت", "عبّارتان", "في", "الصباح", "مع", "ركاب", "من", "الجزر" };

/* A dispatch of @n rows with @words_en and @words_ar words a paragraph, more or less. */
static char *
invent (guint n, guint words_en, guint words_ar)
{
  GString *text = g_string_new ("The ferries sail again\nSource: Agencies\n");

  for (guint i = 0; i < n; i++)
    add_words (text, en, G_N_ELEMENTS (en), i, words_en + words_en * (i * 5 % 16) / 31);
  g_string_append (text, "العبّارات تبحر من جديد\nالمصدر: وكالات\n");
  for (guint i = 0; i < n; i++)
    add_words (text, ar, G_N_ELEMENTS (ar), i, words_ar + words_ar * (i * 5 % 16) / 31);
  return g_string_free (text, FALSE);
}

static void
test_three_lines (void)
{
  Outcome got = set ("The ferries sail again\nThe harbour opened again after repairs.\nافتتح الميناء من جديد بعد الإصلاحات.\n", "auto", TRUE);

  g_assert_cmpuint (got.pages, ==, 1);
}

static void
test_one_language (void)
{
  g_autofree char *both = invent (60, 50, 40);
  g_autofree char *one = g_strndup (both, (gsize) (strstr (both, "العبّارات") - both));
  Outcome got = set (one, "auto", TRUE);

  g_assert_cmpuint (got.pages, >, 1);
  g_assert_cmpfloat (got.waste, ==, 0);
  set ("One word\n", "auto", TRUE);
}

static void
test_unequal (void)
{
  g_autofree char *long_left = invent (6, 1200, 12), *long_right = invent (6, 9, 1500);

  g_assert_cmpuint (set (long_left, "auto", TRUE).pages, >, 3);
  g_assert_cmpuint (set (long_right, "54:46", TRUE).pages, >, 3);
  /* All the white there is stands beside a text with nothing beside it. */
  g_assert_cmpfloat (set (long_left, "auto", TRUE).waste, <, .6);
}

/* The ratio found wastes at most half of what equal measures do, and looseness never adds white. */
static void
test_waste (void)
{
  g_autofree char *text = invent (20, 60, 41);
  double equal = set (text, "equal", FALSE).waste, fixed = set (text, "54:46", FALSE).waste, loose = set (text, "54:46", TRUE).waste;

  g_assert_cmpfloat (equal, >, .05);
  g_assert_cmpfloat (loose, <=, fixed + 1e-9);
  g_assert_cmpfloat (set (text, "auto", TRUE).waste, <=, equal / 2);
}

/* Two texts that run one way: either may need the wider measure. */
static void
test_one_way (void)
{
  GString *text = g_string_new ("The ferries sail again\nSource: Agencies\n");
  static const char *const ru[] = { "Порт", "снова", "открылся", "после", "ремонта", "и", "утром", "вышли", "два", "парома", "с", "пассажирами" };
  double equal;

  for (guint i = 0; i < 12; i++)
    add_words (text, en, G_N_ELEMENTS (en), i, 40 + i % 7);
  g_string_append (text, "Паромы снова ходят\nИсточник: агентства\n");
  for (guint i = 0; i < 12; i++)
    add_words (text, ru, G_N_ELEMENTS (ru), i, 44 + i % 7);
  equal = set (text->str, "equal", FALSE).waste;
  g_assert_cmpfloat (set (text->str, "auto", TRUE).waste, <=, equal);
  g_string_free (text, TRUE);
}

static void
test_many_pages (void)
{
  g_autofree char *text = invent (1500, 110, 90);
  Outcome got = set (text, "54:46", TRUE);

  g_assert_cmpuint (got.pages, >=, 300);
  g_assert_cmpuint (got.rows, ==, 1500);
}

/* Ten thousand rows take no more than five times what two thousand take, and a little. */
static void
test_growth (void)
{
  g_autofree char *few = invent (2000, 4, 3), *many = invent (10000, 4, 3);
  gint64 start = g_get_monotonic_time (), middle, end;

  set (few, "auto", TRUE);
  middle = g_get_monotonic_time ();
  set (many, "auto", TRUE);
  end = g_get_monotonic_time ();
  g_test_message ("2000 rows %.2f s, 10000 rows %.2f s", (double) (middle - start) / 1e6, (double) (end - middle) / 1e6);
  g_assert_cmpfloat ((double) (end - middle), <, 15.0 * (double) (middle - start) + 1e6);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fonts = dg_fonts_new (TRUE, &error);
  g_assert_no_error (error);
  hyphens = dg_hyphens_new ();
  g_test_add_func ("/layout/three-lines", test_three_lines);
  g_test_add_func ("/layout/one-language", test_one_language);
  g_test_add_func ("/layout/unequal", test_unequal);
  g_test_add_func ("/layout/waste", test_waste);
  g_test_add_func ("/layout/one-way", test_one_way);
  g_test_add_func ("/layout/many-pages", test_many_pages);
  g_test_add_func ("/layout/growth", test_growth);
  status = g_test_run ();
  dg_hyphens_free (hyphens);
  dg_fonts_free (fonts);
  return status;
}
