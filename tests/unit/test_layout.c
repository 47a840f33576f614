/* test_layout.c: whatever the dispatch's length and imbalance, every line is set once, on the grid, on the page, rows level. */
#include "page/layout.h"

#include <math.h>
#include <string.h>
#include <time.h>
#include "read/decode.h"
#include "read/parse.h"

static DgFonts   *fonts;
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
  guint              n = pages->elements->len, beads = 0;
  g_autofree guint  *reached = g_new0 (guint, n + 1);
  g_autofree double *first = NULL;

  for (guint e = 0; e < n; e++)
    beads = MAX (beads, (guint) (g_array_index (pages->elements, DgElement, e).bead + 1));
  first = g_new (double, 2 * (gsize) beads + 1);
  for (guint i = 0; i < 2 * beads; i++)
    first[i] = -1;
  for (guint p = 0; p < pages->pages->len; p++) {
    const DgPage *page = pages->pages->pdata[p];

    for (guint i = 0; i < page->boxes->len; i++) {
      const DgBox     *box = &g_array_index (page->boxes, DgBox, i);
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
  const char      *settings[] = { first, loosen ? "justify.looseness=yes" : "justify.looseness=no", NULL };
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
  align = dg_align_new (doc, NULL, NULL, diag);
  pages = dg_layout_new (align, template, fonts, hyphens, NULL, diag);
  look (pages, template, &outcome);
  g_assert_true (outcome.level);
  g_assert_cmpfloat (outcome.waste, >=, 0);
  g_assert_cmpfloat (outcome.waste, <, 1);
  return outcome;
}

/* The size of the headline of text a under a setting, pt. */
static double
measure_headline (const char *text, const char *setting)
{
  const char *settings[] = { setting, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (DgTemplate) template = dg_template_new ("dispatch", settings, &error);
  g_autoptr (DgDiag) diag = dg_diag_new ("t");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (DgSource) source = dg_decode ("t", bytes, "utf-8", diag, &error);
  g_autoptr (DgDoc) doc = dg_parse (source, NULL, diag, &error);
  g_autoptr (DgAlign) align = dg_align_new (doc, NULL, NULL, diag);
  g_autoptr (DgPages) pages = dg_layout_new (align, template, fonts, hyphens, NULL, diag);

  g_assert_no_error (error);
  for (guint i = 0; i < pages->elements->len; i++) {
    const DgElement *element = &g_array_index (pages->elements, DgElement, i);

    if (element->role == DG_ROLE_HEADLINE && element->side == DG_SIDE_A)
      return dg_para_style (element->para)->size;
  }
  g_assert_not_reached ();
}

/* A headline is large up to so many characters, and smaller beyond them. */
static void
test_long_headline (void)
{
  static const char text[] = "The harbour opens\nIt opened again on Monday, after nine days.\n\nالميناء يفتح أبوابه\nفتح الميناء يوم الاثنين بعد تسعة أيام.\n";
  double            large = measure_headline (text, "head.headline-long=160");

  g_assert_cmpfloat (measure_headline (text, "head.headline-long=17"), ==, large);
  g_assert_cmpfloat (measure_headline (text, "head.headline-long=16"), <, large);
}

/* A picture fills its box, whichever of both is wider, and what hangs over does so by as much on either side. */
static void
test_picture_box (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize            length;
  DgPicture       *picture;
  guint            across, down;

  g_assert_true (g_file_get_contents ("tests/samples/lighthouse-en-ar.jpg", &contents, &length, NULL));
  bytes = g_bytes_new (contents, length);
  picture = dg_picture_new (bytes, &error);
  g_assert_no_error (error);
  dg_picture_get_size (picture, &across, &down);
  for (guint i = 0; i < 4; i++) {
    DgBox  box = { .kind = DG_BOX_PICTURE, .x = 30, .y = 40, .width = i % 2 ? 400 : 100, .height = i < 2 ? 90 : 600, .picture = picture };
    double x, y, pixel = dg_box_get_pixel (&box, &x, &y);

    g_assert_cmpfloat (pixel * across, >=, box.width - 1e-6);
    g_assert_cmpfloat (pixel * down, >=, box.height - 1e-6);
    g_assert_cmpfloat (MIN (pixel * across - box.width, pixel * down - box.height), <, 1e-6);
    g_assert_cmpfloat (fabs (x + pixel * across / 2 - (box.x + box.width / 2)), <, 1e-6);
    g_assert_cmpfloat (fabs (y + pixel * down / 2 - (box.y + box.height / 2)), <, 1e-6);
  }
  /* The point to be seen stands in the middle where the picture is long enough for that, else no white is let in for it. */
  for (guint i = 0; i < 4; i++) {
    DgBox  box = { .kind = DG_BOX_PICTURE, .x = 30, .y = 40, .width = 400, .height = 90, .focus = { .2, i < 2 ? .1 : .45 }, .picture = picture };
    double x, y, pixel;

    box.focus[1] *= i % 2 ? 1 : -1;
    pixel = dg_box_get_pixel (&box, &x, &y);
    g_assert_cmpfloat (fabs (x - box.x), <, 1e-6);
    if (i < 2)
      g_assert_cmpfloat (fabs (y + (.5 + box.focus[1]) * pixel * down - (box.y + box.height / 2)), <, 1e-6);
    else
      g_assert_cmpfloat (fabs (i % 2 ? y + pixel * down - (box.y + box.height) : y - box.y), <, 1e-6);
  }
  dg_picture_free (picture);
}

/* A paragraph with a number by which its counterpart is known. */
static void
add_words (GString *text, const char *const *words, guint n_words, guint seed, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[(seed * 7 + i) % n_words]);
  g_string_append_printf (text, " %u.\n", 100 + seed);
}

static const char *const en[] = { "the",    "harbour", "opened", "again",   "after", "repairs",    "and",  "two",    "ferries",
                                  "sailed", "in",      "the",    "morning", "with",  "passengers", "from", "islands" };
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

/* Pages of @text in a template with one more setting; @before: the dispatch below which it is to run on, NULL for none. */
static DgPages *
lay_out_after (const char *text, const char *name, const char *setting, const DgPages *before, DgTemplate **template)
{
  g_auto (GStrv) settings = g_strsplit (setting != NULL ? setting : "", ";", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgDiag) diag = dg_diag_new ("t");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (DgSource) source = dg_decode ("t", bytes, "utf-8", diag, &error);
  g_autoptr (DgDoc) doc = NULL;
  g_autoptr (DgAlign) align = NULL;

  *template = dg_template_new (name, (const char *const *) settings, &error);
  g_assert_no_error (error);
  doc = dg_parse (source, NULL, diag, &error);
  g_assert_no_error (error);
  align = dg_align_new (doc, NULL, NULL, diag);
  if (before)
    return dg_layout_run_on (align, *template, fonts, hyphens, NULL, before, diag);
  return dg_layout_new (align, *template, fonts, hyphens, NULL, diag);
}

static DgPages *
lay_out (const char *text, const char *name, const char *setting, DgTemplate **template)
{
  return lay_out_after (text, name, setting, NULL, template);
}

/* One that would take five lines is set a little smaller, so that it takes four, and never smaller than the small size. */
static void
test_headline_lines (void)
{
  static const char *const texts[] = {
    "Harbour board of the northern islands\nSource: Agencies\nThe ferry to the islands sailed again on Sunday.\n",
    "Harbour board of the northern islands orders new ferries from three yards after the old ones broke down\nSource: Agencies\n"
    "The ferry to the islands sailed again on Sunday.\n",
  };
  static const char arabic[] = "الهيئة تطلب عبّارات جديدة\nالمصدر: وكالات\nأبحرت العبّارة إلى الجزر من جديد يوم الأحد.\n";
  double            sizes[2];

  for (guint i = 0; i < 2; i++) {
    g_autofree char *text = g_strconcat (texts[i], arabic, NULL);
    DgTemplate      *t;
    g_autoptr (DgPages) pages = lay_out (text, "dispatch", "columns.ratio=50:50", &t);
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[0])->boxes;
    guint         lines = 0;

    for (guint k = 0; k < boxes->len; k++) {
      const DgBox *box = &g_array_index (boxes, DgBox, k);

      if (box->kind == DG_BOX_LINE && box->element >= 0 && g_str_has_prefix (dg_para_text (box->para), "Harbour")) {
        lines++;
        sizes[i] = dg_para_style (box->para)->size;
      }
    }
    g_assert_cmpuint (lines, <=, 4);
    g_assert_cmpfloat (sizes[i], >=, t->headline_long_size);
    dg_template_free (t);
  }
  g_assert_cmpfloat (sizes[0], ==, 18.4);
  g_assert_cmpfloat (sizes[1], <, 18.4);
  g_assert_cmpfloat (sizes[1], >, 16);
}

/* The box of the first line of a row's side: on which page, and where. */
static const DgBox *
find_row (const DgPages *pages, int bead, const char *lang, guint *page)
{
  for (*page = 0; *page < pages->pages->len; (*page)++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[*page])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);

      if (box->kind == DG_BOX_LINE && box->element >= 0 && g_array_index (pages->elements, DgElement, box->element).bead == bead
          && strcmp (dg_para_lang (box->para), lang) == 0)
        return box;
    }
  }
  return NULL;
}

/* Where a column stands: the left edge of a line's measure. */
static double
edge (const DgBox *box)
{
  return box->x - box->line->x;
}

/* Which side of the page the texts have, on a right-hand page and on a left-hand one. */
static void
test_sides (void)
{
  static const struct {
    const char *setting;
    gboolean    en_left[2]; /* page 1, page 2 */
  } cases[] = {
    { "columns.first=left", { TRUE, TRUE } },
    { "columns.first=right", { FALSE, FALSE } },
    { "columns.first=inside", { TRUE, FALSE } },
    { "columns.first=outside", { FALSE, TRUE } },
  };
  g_autofree char *text = invent (14, 60, 41);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    DgTemplate *t;
    g_autoptr (DgPages) pages = lay_out (text, "dispatch", cases[i].setting, &t);
    guint seen[2] = { 0, 0 };

    for (int bead = 0; bead < 14; bead++) {
      guint        page, other;
      const DgBox *latin = find_row (pages, bead, "en", &page), *arabic = find_row (pages, bead, "ar", &other);

      g_assert_cmpuint (page, ==, other);
      g_assert_cmpfloat (latin->y, ==, arabic->y);
      if (page < 2) {
        g_assert_cmpint (latin->x < arabic->x, ==, cases[i].en_left[page]);
        seen[page]++;
      }
    }
    g_assert_cmpuint (seen[0], >, 0);
    g_assert_cmpuint (seen[1], >, 0);
    dg_template_free (t);
  }
}

/* Mirrored margins: the inner one is at the left of a right-hand page and at the right of a left-hand one; the sides stay. */
static void
test_mirrored (void)
{
  g_autofree char *text = invent (14, 60, 41);
  DgTemplate      *t;
  g_autoptr (DgPages) pages = lay_out (text, "book", "page.first-number=7", &t);
  gboolean seen[2] = { FALSE, FALSE };

  for (int bead = 0; bead < 14; bead++) {
    guint        page;
    const DgBox *latin = find_row (pages, bead, "en", &page);

    g_assert_cmpfloat_with_epsilon (edge (latin), page % 2 == 0 ? t->margin_left : t->margin_right, .01);
    seen[page % 2] = TRUE;
  }
  g_assert_true (seen[0] && seen[1]);
  g_assert_cmpuint (pages->first_number, ==, 7);
  dg_template_free (t);
}

/* A book that is bound on the right has its inner margins on the other side; so has one whose first text runs from right to left, where the template
 * leaves that open; the languages keep their sides. */
static void
test_binding (void)
{
  static const struct {
    const char *name, *setting;
    gboolean    arabic_first, right;
  } cases[] = {
    { "book", "book.binding=left", TRUE, FALSE },
    { "book", "book.binding=right", FALSE, TRUE },
    { "book", NULL, TRUE, TRUE },
    { "book", NULL, FALSE, FALSE },
    { "dispatch", "page.mirrored=yes;page.margin-left=40pt", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *plain = invent (14, 60, 41), *turned = NULL;
    const char      *second = strstr (plain, "العبّارات تبحر");
    DgTemplate      *t;

    turned = g_strdup_printf ("%s%.*s", second, (int) (second - plain), plain);
    g_autoptr (DgPages) pages = lay_out (cases[i].arabic_first ? turned : plain, cases[i].name, cases[i].setting, &t);
    g_assert_cmpint (pages->right_bound, ==, cases[i].right);
    for (int bead = 0; bead < 14; bead++) {
      guint        page, other;
      const DgBox *latin = find_row (pages, bead, "en", &page), *arabic = find_row (pages, bead, "ar", &other);
      gboolean     odd = page % 2 == 0;

      g_assert_cmpfloat_with_epsilon (edge (latin), odd != cases[i].right ? t->margin_left : t->margin_right, .01);
      g_assert_cmpfloat (edge (latin), <, edge (arabic));
    }
    dg_template_free (t);
  }
}

/* Facing: each language has every second page to itself, and a row starts on both of a pair at one height. */
static void
test_facing (void)
{
  g_autofree char *text = invent (14, 60, 41);
  DgTemplate      *t;
  g_autoptr (DgPages) pages = lay_out (text, "facing", "columns.first=left", &t);

  g_assert_cmpuint (pages->pages->len % 2, ==, 0);
  g_assert_cmpuint (pages->pages->len, >, 2);
  g_assert_true (pages->in_spreads);
  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray    *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;
    g_autofree char *number = g_strdup_printf ("%u", pages->first_number + p);
    gboolean         has_folio = FALSE;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);

      has_folio = has_folio || (box->kind == DG_BOX_LINE && box->element < 0 && strcmp (dg_para_text (box->para), number) == 0);
      if (box->kind == DG_BOX_LINE && box->element >= 0)
        g_assert_cmpstr (dg_para_lang (box->para), ==, p % 2 == 0 ? "en" : "ar");
      if (box->kind == DG_BOX_LINE) {
        g_assert_cmpfloat (box->x, >, 0);
        g_assert_cmpfloat (box->x + box->line->width, <, pages->width);
      }
    }
    g_assert_true (has_folio || p % 2 == 1); /* on the last pair too; the other one's is in its own digits */
  }
  for (int bead = 0; bead < 14; bead++) {
    guint        left, right;
    const DgBox *latin = find_row (pages, bead, "en", &left), *arabic = find_row (pages, bead, "ar", &right);

    g_assert_cmpuint (left + 1, ==, right);
    g_assert_cmpfloat (latin->y, ==, arabic->y);
  }
  dg_template_free (t);
}

/* The narrower of two facing columns stands at the spine too: its white is at the outer edge. */
static void
test_spine (void)
{
  g_autofree char *text = invent (14, 60, 41);
  DgTemplate      *t;
  g_autoptr (DgPages) pages = lay_out (text, "facing", "columns.first=left;columns.ratio=48:52", &t);
  double inner[2] = { HUGE_VAL, HUGE_VAL };

  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);

      if (box->kind == DG_BOX_LINE && box->element >= 0 && box->line->justified)
        inner[p % 2] = MIN (inner[p % 2], p % 2 == 0 ? pages->width - (box->x + box->line->width) : box->x);
    }
  }
  g_assert_cmpfloat_with_epsilon (inner[0], t->mirrored ? t->margin_left : t->margin_right, 1.5);
  g_assert_cmpfloat_with_epsilon (inner[1], t->margin_left, 1.5);
  dg_template_free (t);
}

static guint
count_lines (const DgPages *pages, guint page, int bead, const char *lang)
{
  const GArray *boxes = ((const DgPage *) pages->pages->pdata[page])->boxes;
  guint         n = 0;

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox *box = &g_array_index (boxes, DgBox, i);

    if (box->kind == DG_BOX_LINE && box->element >= 0 && g_array_index (pages->elements, DgElement, box->element).bead == bead
        && strcmp (dg_para_lang (box->para), lang) == 0)
      n++;
  }
  return n;
}

/* Below dispatches that end at all heights: on the grid, level, with two lines of each side at least and no furniture; or not at all,
 * where there is no room. */
static void
test_run_on (void)
{
  static const char *const names[] = { "dispatch", "book", "proof", "stacked" };
  g_autofree char         *text = invent (6, 30, 24);

  for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
    guint fit = 0, refused = 0;

    for (guint rows = 1; rows <= 24; rows++) {
      g_autofree char *first = invent (rows, 12, 9);
      g_autoptr (DgTemplate) t = NULL, own = NULL;
      g_autoptr (DgPages) before = lay_out (first, names[n], "columns.ratio=auto", &t);
      g_autoptr (DgPages) pages = lay_out_after (text, names[n], "columns.ratio=auto", before, &own);
      double       half = t->grid / 2, steps;
      guint        page, other;
      const DgBox *latin, *arabic;

      if (!pages) {
        g_assert_cmpfloat (before->foot, >, t->last_baseline / 3);
        refused++;
        continue;
      }
      fit++;
      latin = find_row (pages, 0, "en", &page);
      arabic = find_row (pages, 0, "ar", &other);
      g_assert_cmpuint (page, ==, 0);
      g_assert_cmpuint (other, ==, 0);
      if (strcmp (names[n], "stacked") != 0)
        g_assert_cmpfloat (latin->y, ==, arabic->y);
      steps = (latin->y - (t->head_in_rows ? t->running_body : t->first_baseline)) / half;
      g_assert_cmpfloat_with_epsilon (steps, round (steps), .001);
      g_assert_cmpuint (count_lines (pages, 0, 0, "en"), >=, 2);
      g_assert_cmpuint (count_lines (pages, 0, 0, "ar"), >=, 2);
      g_assert_cmpfloat (pages->top, >=, before->foot + t->grid);
      g_assert_cmpuint (pages->first_number, ==, before->first_number + before->pages->len - 1);
      for (guint i = 0; i < ((const DgPage *) pages->pages->pdata[0])->boxes->len; i++) {
        const DgBox *box = &g_array_index (((const DgPage *) pages->pages->pdata[0])->boxes, DgBox, i);

        g_assert_cmpfloat (box->y, >, before->foot);
        g_assert_cmpfloat (box->y, <, t->last_baseline + 2 * t->grid);
      }
    }
    g_assert_cmpuint (fit, >, 2);
    g_assert_cmpuint (refused, >, 2);
  }
}

/* Nothing of a text is lost whatever the template, and nothing stands off the page. */
static void
test_all_templates (void)
{
  g_autofree char *list = dg_template_list ();
  g_auto (GStrv) names = g_strsplit (g_strchomp (list), "\n", -1);
  g_autofree char *text = invent (9, 60, 41);

  for (guint n = 0; names[n]; n++) {
    DgTemplate *t;
    g_autoptr (DgPages) pages = lay_out (text, names[n], "columns.ratio=auto", &t);
    g_autofree guint *reached = g_new0 (guint, pages->elements->len + 1);

    for (guint p = 0; p < pages->pages->len; p++) {
      const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

      for (guint i = 0; i < boxes->len; i++) {
        const DgBox *box = &g_array_index (boxes, DgBox, i);

        g_assert_cmpfloat (box->x, >, 0);
        g_assert_cmpfloat (box->y, <, pages->height);
        g_assert_cmpfloat (box->x + (box->kind == DG_BOX_LINE ? box->line->width : box->width), <, pages->width);
        if (box->kind == DG_BOX_LINE && box->element >= 0) {
          g_assert_cmpuint (box->line->start, ==, reached[box->element]);
          reached[box->element] = box->line->end;
        }
      }
    }
    for (guint e = 0; e < pages->elements->len; e++)
      g_assert_cmpuint (reached[e], ==, strlen (dg_para_text (g_array_index (pages->elements, DgElement, e).para)));
    dg_template_free (t);
  }
}

/* The text of a page's furniture, a line each. */
static char *
furniture_of (const DgPages *pages, guint page)
{
  const GArray *boxes = ((const DgPage *) pages->pages->pdata[page])->boxes;
  GString      *out = g_string_new (NULL);

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox *box = &g_array_index (boxes, DgBox, i);

    if (box->kind == DG_BOX_LINE && box->element < 0)
      g_string_append_printf (out, "%s\n", dg_para_text (box->para));
  }
  return g_string_free (out, FALSE);
}

static void
test_placeholders (void)
{
  g_autofree char *text = invent (14, 60, 41);
  static const struct {
    const char *setting, *lines;
  } cases[] = {
    { "furniture.folio-text={page}/{pages} · {source}", "2/3 · Agencies\n٢/٣ · وكالات\n" },
    { "furniture.folio-text={date} · {page}", "2\n٢\n" },
    { "furniture.folio-text={language} {row-count}", "English 14\nالعربية ١٤\n" },
    { "furniture.folio-text-arabic=صفحة {page} من {pages}", "2\nصفحة ٢ من ٣\n" },
    { "furniture.running-text=Proof · {date}", "Proof\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    DgTemplate *t;
    g_autoptr (DgPages) pages = lay_out (text, "dispatch", cases[i].setting, &t);
    g_autofree char *found = furniture_of (pages, 1);

    if (!strstr (found, cases[i].lines))
      g_error ("%s gave %s", cases[i].setting, found);
    dg_template_free (t);
  }
}

/* Vowelled Arabic stands on a wider grid of its own. */
static void
test_vowelled (void)
{
  static const char text[] = "The lesson\nIn the name of the teacher a long sentence is read and then another one is read by all who are there at this hour.\n"
                             "الدَّرْسُ\nبِاسْمِ الْمُعَلِّمِ تُقْرَأُ جُمْلَةٌ طَوِيلَةٌ ثُمَّ تُقْرَأُ جُمْلَةٌ أُخْرَى يَقْرَؤُهَا كُلُّ مَنْ حَضَرَ فِي هَذِهِ السَّاعَةِ.\n";
  DgTemplate       *t;
  g_autoptr (DgPages) pages = lay_out (text, "dispatch", "grid.vowelled=120", &t);
  const GArray *boxes = ((const DgPage *) pages->pages->pdata[0])->boxes;
  double        before = -1;
  guint         steps = 0;

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox *box = &g_array_index (boxes, DgBox, i);

    if (box->kind != DG_BOX_LINE || box->element < 0 || g_array_index (pages->elements, DgElement, box->element).bead != 0
        || strcmp (dg_para_lang (box->para), "ar") != 0)
      continue;
    if (before >= 0) {
      g_assert_cmpfloat_with_epsilon (box->y - before, 1.2 * t->grid, 1e-6);
      steps++;
    }
    before = box->y;
  }
  g_assert_cmpuint (steps, >, 0);
  dg_template_free (t);
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
  Outcome          got = set (one, "auto", TRUE);

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
  double           equal = set (text, "equal", FALSE).waste, fixed = set (text, "54:46", FALSE).waste, loose = set (text, "54:46", TRUE).waste;

  g_assert_cmpfloat (equal, >, .05);
  g_assert_cmpfloat (loose, <=, fixed + 1e-9);
  g_assert_cmpfloat (set (text, "auto", TRUE).waste, <=, equal / 2);
}

/* Two texts that run one way: either may need the wider measure. */
static void
test_one_way (void)
{
  GString                 *text = g_string_new ("The ferries sail again\nSource: Agencies\n");
  static const char *const ru[] = { "Порт", "снова", "открылся", "после", "ремонта", "и", "утром", "вышли", "два", "парома", "с", "пассажирами" };
  double                   equal;

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
  Outcome          got = set (text, "54:46", TRUE);

  g_assert_cmpuint (got.pages, >=, 300);
  g_assert_cmpuint (got.rows, ==, 1500);
}

/* Ten thousand rows take no more than five times what two thousand take, and a little. */
static void
test_growth (void)
{
  g_autofree char *few = invent (2000, 4, 3), *many = invent (10000, 4, 3);
  clock_t          start = clock (), middle, end;

  set (few, "auto", TRUE);
  middle = clock ();
  set (many, "auto", TRUE);
  end = clock ();
  g_test_message ("2000 rows %.2f s, 10000 rows %.2f s", (double) (middle - start) / CLOCKS_PER_SEC, (double) (end - middle) / CLOCKS_PER_SEC);
  g_assert_cmpfloat ((double) (end - middle), <, 15.0 * (double) (middle - start) + CLOCKS_PER_SEC);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int     status;

  g_test_init (&argc, &argv, NULL);
  fonts = dg_fonts_new (NULL, TRUE, &error);
  g_assert_no_error (error);
  hyphens = dg_hyphens_new ();
  g_test_add_func ("/layout/sides", test_sides);
  g_test_add_func ("/layout/mirrored", test_mirrored);
  g_test_add_func ("/layout/binding", test_binding);
  g_test_add_func ("/layout/headline-lines", test_headline_lines);
  g_test_add_func ("/layout/run-on", test_run_on);
  g_test_add_func ("/layout/facing", test_facing);
  g_test_add_func ("/layout/spine", test_spine);
  g_test_add_func ("/layout/all-templates", test_all_templates);
  g_test_add_func ("/layout/placeholders", test_placeholders);
  g_test_add_func ("/layout/vowelled", test_vowelled);
  g_test_add_func ("/layout/three-lines", test_three_lines);
  g_test_add_func ("/layout/one-language", test_one_language);
  g_test_add_func ("/layout/unequal", test_unequal);
  g_test_add_func ("/layout/waste", test_waste);
  g_test_add_func ("/layout/one-way", test_one_way);
  g_test_add_func ("/layout/many-pages", test_many_pages);
  g_test_add_func ("/layout/growth", test_growth);
  g_test_add_func ("/layout/long-headline", test_long_headline);
  g_test_add_func ("/layout/picture-box", test_picture_box);
  status = g_test_run ();
  dg_hyphens_free (hyphens);
  dg_fonts_free (fonts);
  return status;
}
