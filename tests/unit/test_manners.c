/* test_manners.c: each role has a manner of its own on the page, whatever the template: marks of lists hang, verse stands in the middle with its halves
 * apart, the cells of a table in columns that run with the language, what is small is small, and what is not for readers is not there. */
#include "page/contents.h"
#include "page/layout.h"

#include <math.h>
#include <string.h>
#include "read/decode.h"
#include "read/parse.h"
#include "type/clash.h"

static DgFonts   *fonts;
static DgHyphens *hyphens;

typedef struct {
  DgDoc      *doc;
  DgAlign    *align;
  DgTemplate *t;
  DgPages    *pages;
} Set;

static Set
set_text (const char *text, const char *name, const char *setting)
{
  g_auto (GStrv) settings = g_strsplit (setting != NULL ? setting : "", ";", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgDiag) diag = dg_diag_new ("t");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (DgSource) source = dg_decode ("t", bytes, "utf-8", diag, &error);
  Set set = { .t = dg_template_new (name, (const char *const *) settings, &error) };

  g_assert_no_error (error);
  set.doc = dg_parse (source, NULL, diag, &error);
  g_assert_no_error (error);
  set.align = dg_align_new (set.doc, NULL, NULL, diag);
  set.pages = dg_layout_new (set.align, set.t, fonts, hyphens, NULL, diag);
  return set;
}

static Set
set_sample (const char *name, const char *setting)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("tests/samples/release-en-ar.txt", &text, NULL, NULL));
  return set_text (text, name, setting);
}

static void
set_clear (Set *set)
{
  dg_pages_free (set->pages);
  dg_template_free (set->t);
  dg_align_free (set->align);
  dg_doc_free (set->doc);
}

/* The nth line of the first paragraph that begins with @text; NULL: there is none. */
static const DgBox *
find_line (const DgPages *pages, const char *text, guint nth)
{
  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);

      if (box->kind == DG_BOX_LINE && box->element >= 0 && g_str_has_prefix (dg_para_text (box->para), text)) {
        for (guint k = i; k < boxes->len; k++) {
          const DgBox *other = &g_array_index (boxes, DgBox, k);

          if (other->para == box->para && nth-- == 0)
            return other;
        }
        return NULL;
      }
    }
  }
  return NULL;
}

static double
left_of (const DgBox *box)
{
  return box->x;
}

static double
right_of (const DgBox *box)
{
  return box->x + box->line->width;
}

static const char *const templates[] = { "dispatch", "book", "facing", "stacked", "letter", "bulletin" };

/* Numbers stand before the text, in the direction of the language, and the text's lines under each other. */
static void
test_list (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    Set          set = set_sample (templates[i], NULL);
    const DgBox *mark = find_line (set.pages, "1.", 0), *first = find_line (set.pages, "The quay", 0), *second = find_line (set.pages, "The quay", 1);
    const DgBox *arabic = find_line (set.pages, "أن يُضاء", 0), *other = find_line (set.pages, "أن يُضاء", 1);

    g_assert_true (mark != NULL && first != NULL && arabic != NULL);
    g_assert_cmpfloat (mark->y, ==, first->y);
    g_assert_cmpfloat (right_of (mark), <, left_of (first));
    if (second != NULL)
      g_assert_cmpfloat_with_epsilon (left_of (second), left_of (first), 1.5);
    if (other != NULL)
      g_assert_cmpfloat_with_epsilon (right_of (other), right_of (arabic), 1.5);
    /* No white between items: the next is as far from the last line as that from the one before. */
    mark = find_line (set.pages, "3.", 0);
    first = find_line (set.pages, "A doctor", 0);
    if (set.t->arrangement != DG_ARRANGEMENT_STACKED && mark->y > first->y)
      g_assert_cmpfloat (fmod (mark->y - first->y + .01, set.t->grid), <, .02);
    set_clear (&set);
  }
}

/* A stanza has as much white at its left as at its right, and its halves do not touch; where they have no room they stand one below the other. */
static void
test_verse (void)
{
  Set          wide = set_sample ("stacked", "page.size=letter"), narrow = set_sample ("dispatch", NULL);
  const DgBox *first = find_line (wide.pages, "Who sails", 0), *second = find_line (wide.pages, "shall sleep", 0);
  const DgBox *body = find_line (wide.pages, "The quay", 0), *arabic = find_line (narrow.pages, "من يبحر", 0), *below = find_line (narrow.pages, "ينام", 0);
  double       left = wide.t->margin_left, right = wide.pages->width - wide.t->margin_right;

  g_assert_nonnull (body);
  g_assert_cmpfloat (first->y, ==, second->y);
  g_assert_cmpfloat (right_of (first) + 10, <, left_of (second));
  {
    const DgBox *longest = find_line (wide.pages, "I knocked", 0);

    g_assert_cmpfloat_with_epsilon (left_of (first) - left, right - MAX (right_of (second), right_of (longest)), 1);
    g_assert_cmpfloat_with_epsilon (left_of (second), left_of (longest), .01);
  }
  g_assert_cmpfloat_with_epsilon (below->y, arabic->y + narrow.t->grid, .01);
  g_assert_cmpfloat (left_of (below), <, left_of (arabic));
  set_clear (&wide);
  set_clear (&narrow);
}

/* Cells stand under each other; the first column is where the language begins, and figures end on one line. */
static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    Set          set = set_sample (templates[i], "page.mirrored=no");
    const DgBox *route = find_line (set.pages, "Marsa – Tamra", 0), *next = find_line (set.pages, "Tamra – Little", 0);
    const DgBox *arabic = find_line (set.pages, "المرسى – تمرة الصغرى", 0), *figure = NULL, *figures[2] = { NULL, NULL };

    g_assert_cmpfloat_with_epsilon (left_of (route), left_of (next), .01);
    for (guint p = 0; p < set.pages->pages->len; p++) {
      const GArray *boxes = ((const DgPage *) set.pages->pages->pdata[p])->boxes;

      for (guint k = 0; k < boxes->len; k++) {
        const DgBox *box = &g_array_index (boxes, DgBox, k);

        if (box->kind == DG_BOX_LINE && (box->y == route->y || box->y == next->y) && strcmp (dg_para_lang (box->para), "en") == 0
            && (strcmp (dg_para_text (box->para), "4.00") == 0 || strcmp (dg_para_text (box->para), "1.50") == 0))
          figures[box->y == route->y ? 0 : 1] = box;
        if (box->kind == DG_BOX_LINE && box->y == arabic->y && strcmp (dg_para_lang (box->para), "ar") == 0 && strcmp (dg_para_text (box->para), "5.50") == 0)
          figure = box;
      }
    }
    g_assert_true (figures[0] != NULL && figures[1] != NULL && figure != NULL);
    g_assert_cmpfloat (left_of (figures[0]), >, right_of (route));
    g_assert_cmpfloat_with_epsilon (right_of (figures[0]), right_of (figures[1]), .1);
    g_assert_cmpfloat (right_of (figure), <, left_of (arabic));
    set_clear (&set);
  }
}

static double
size_of (const DgBox *box)
{
  return dg_para_style (box->para)->size;
}

/* The kicker is over the headline, under the source line; what is small at the end begins level on both sides. */
static void
test_head_and_foot (void)
{
  Set          set = set_sample ("dispatch", NULL);
  const DgBox *source = find_line (set.pages, "Source:", 0), *kicker = find_line (set.pages, "Ministry of", 0);
  const DgBox *headline = find_line (set.pages, "Night ferry", 0), *body = find_line (set.pages, "MARSA", 0);

  g_assert_cmpfloat (source->y, <, kicker->y);
  g_assert_cmpfloat (kicker->y, <, headline->y);
  g_assert_cmpfloat (kicker->y, ==, find_line (set.pages, "وزارة", 0)->y);
  g_assert_cmpfloat (headline->y, ==, find_line (set.pages, "عبّارة", 0)->y);
  {
    static const char *const pairs[][2] = { { "[1] The statement", "[1] قرأ" }, { "(Reporting", "(إعداد" }, { "Media contact", "للتواصل" } };

    for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
      const DgBox *left = find_line (set.pages, pairs[i][0], 0), *right = find_line (set.pages, pairs[i][1], 0);

      g_assert_cmpfloat (left->y, ==, right->y);
      g_assert_cmpfloat (size_of (left), <, .85 * size_of (body));
    }
  }
  set_clear (&set);
}

/* The lines of a deck are nearer to each other than to the headline, and those of a headline with vowels keep clear of each other. */
static void
test_heads (void)
{
  g_autofree char *text = NULL;
  guint            n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    Set          set = set_sample (templates[i], "columns.ratio=equal");
    const DgBox *last = find_line (set.pages, "Night ferry", 1), *deck = find_line (set.pages, "Three boats", 0),
                *second = find_line (set.pages, "Three boats", 1);

    if (last != NULL && second != NULL && find_line (set.pages, "Night ferry", 2) == NULL)
      g_assert_cmpfloat (second->y - deck->y + 2, <, deck->y - last->y);
    set_clear (&set);
  }
  g_assert_true (g_file_get_contents ("tests/samples/vowelled-ar-en.txt", &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    Set          set = set_text (text, templates[i], NULL);
    const char  *headline = dg_text_nth (&set.doc->text[0], DG_ROLE_HEADLINE, 0)->text;
    const DgBox *before = find_line (set.pages, headline, 0), *line;

    g_assert_nonnull (before);
    for (guint k = 1; (line = find_line (set.pages, headline, k)) != NULL; k++, before = line, n++)
      g_assert_cmpuint (dg_ink_touches (before->line, line->line, line->y - before->y), ==, 0);
    set_clear (&set);
  }
  g_assert_cmpuint (n, >, 3);
}

/* Text enough for @n rows of @words words. */
static char *
invent (guint n, guint words)
{
  GString *text = g_string_new ("The ferries sail again\nSource: Agencies\n");

  for (guint i = 0; i < n; i++) {
    for (guint k = 0; k < words; k++)
      g_string_append_printf (text, "%s ", (k + i) % 3 == 0 ? "harbour" : (k + i) % 3 == 1 ? "the" : "islands");
    g_string_append_printf (text, "%u.\n", 100 + i);
  }
  g_string_append (text, "العبّارات تبحر من جديد\nالمصدر: وكالات\n");
  for (guint i = 0; i < n; i++) {
    for (guint k = 0; k < words * 3 / 4; k++)
      g_string_append_printf (text, "%s ", (k + i) % 3 == 0 ? "الميناء" : (k + i) % 3 == 1 ? "من" : "الجزر");
    g_string_append_printf (text, "%u.\n", 100 + i);
  }
  return g_string_free (text, FALSE);
}

/* How far down the last page its last line of text stands, as a share of the page. */
static double
filled (const Set *set)
{
  const GArray *boxes = ((const DgPage *) set->pages->pages->pdata[set->pages->pages->len - 1])->boxes;
  double        last = 0;

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox *box = &g_array_index (boxes, DgBox, i);

    if (box->kind == DG_BOX_LINE && box->element >= 0)
      last = MAX (last, box->y);
  }
  return (last - set->t->running_body) / (set->t->last_baseline - set->t->running_body);
}

/* Over dispatches of all lengths the search never costs a page, wastes no more white, saves some pages and leaves fewer last ones with little. */
static void
test_search (void)
{
  guint  saved = 0, thin[2] = { 0, 0 };
  double waste[2] = { 0, 0 };

  for (guint n = 4; n <= 24; n++) {
    g_autofree char *text = invent (n, 30 + n);
    Set              fixed = set_text (text, "dispatch", "columns.ratio=54:46;grid.fit=no"), found = set_text (text, "dispatch", NULL);

    g_assert_cmpuint (found.pages->pages->len, <=, fixed.pages->pages->len);
    saved += fixed.pages->pages->len - found.pages->pages->len;
    thin[0] += fixed.pages->pages->len > 1 && filled (&fixed) < .6;
    thin[1] += found.pages->pages->len > 1 && filled (&found) < .6;
    waste[0] += fixed.pages->waste;
    waste[1] += found.pages->waste;
    set_clear (&fixed);
    set_clear (&found);
  }
  g_test_message ("%u pages saved, thin last pages %u to %u, waste %.3f to %.3f", saved, thin[0], thin[1], waste[0] / 21, waste[1] / 21);
  g_assert_cmpuint (saved, >, 0);
  g_assert_cmpuint (thin[1], <, thin[0]);
  g_assert_cmpfloat (waste[1], <, .7 * waste[0]);
}

/* A dispatch of @n paragraphs a side, of which some refer to notes, which stand at the end of each text. */
static char *
invent_notes (guint n)
{
  static const char *const texts[2][5] = {
    { "The ferry sails again", "Source: Agencies", "The ferry to the islands sailed again on day %u of the month, with passengers and mail",
      " of the northern harbour and its quays",
      "Report %u of the harbour board on the repairs of the quay, with tables for each of the islands, and what they cost" },
    { "العبّارة تبحر من جديد", "المصدر: وكالات", "أبحرت العبّارة المتجهة إلى الجزر من جديد في اليوم %u من الشهر وعلى متنها ركاب وبريد",
      " من الميناء الشمالي وأرصفته", "تقرير هيئة الميناء %u" }
  };
  GString *text = g_string_new (NULL);

  for (guint side = 0; side < 2; side++) {
    const char *const *of = texts[side];
    guint              notes = 0;

    g_string_append_printf (text, "%s%s\n%s\n", side > 0 ? "\n" : "", of[0], of[1]);
    for (guint i = 0; i < n; i++) {
      g_string_append_printf (text, of[2], i + 1);
      for (guint k = 0; k < 2 + i % 4; k++)
        g_string_append (text, of[3]);
      if (i % 3 == 1)
        g_string_append_printf (text, "[%u]", ++notes);
      g_string_append (text, ".\n");
    }
    for (guint k = 1; k <= notes; k++) {
      g_string_append_printf (text, "[%u] ", k);
      g_string_append_printf (text, of[4], k);
      g_string_append (text, ".\n");
    }
  }
  return g_string_free (text, FALSE);
}

/* The page, and the line there, where @mark stands in a paragraph of @lang with @role. */
static const DgBox *
find_in_role (const DgPages *pages, const char *lang, DgRole role, const char *mark, guint *page)
{
  for (*page = 0; *page < pages->pages->len; (*page)++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[*page])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);
      const char  *at = box->kind == DG_BOX_LINE && box->element >= 0 ? strstr (dg_para_text (box->para), mark) : NULL;

      if (at != NULL && g_array_index (pages->elements, DgElement, box->element).role == role && strcmp (dg_para_lang (box->para), lang) == 0
          && (gsize) (at - dg_para_text (box->para)) >= box->line->start && (gsize) (at - dg_para_text (box->para)) < box->line->end)
        return box;
    }
  }
  return NULL;
}

/* A note stands at the foot of the page that has its mark, under all the text there, level with its counterpart; facing pages have each their own. */
static void
test_footnotes (void)
{
  static const char *const names[] = { "dispatch", "book", "facing", "stacked", "bulletin" };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    for (guint n = 4; n <= 40; n += 9) {
      g_autofree char *text = invent_notes (n);
      Set              set = set_text (text, names[k], NULL);
      guint            n_notes = n / 3 + (n % 3 == 2), step = set.t->arrangement == DG_ARRANGEMENT_FACING ? 2 : 1;

      for (guint note = 1; note <= n_notes; note++) {
        g_autofree char *mark = g_strdup_printf ("[%u]", note);
        guint            pages[4];
        const DgBox     *english = find_in_role (set.pages, "en", DG_ROLE_FOOTNOTE, mark, &pages[0]);
        const DgBox     *arabic = find_in_role (set.pages, "ar", DG_ROLE_FOOTNOTE, mark, &pages[1]);
        const GArray    *boxes;

        g_assert_nonnull (english);
        g_assert_nonnull (arabic);
        g_assert_nonnull (find_in_role (set.pages, "en", DG_ROLE_BODY, mark, &pages[2]));
        g_assert_nonnull (find_in_role (set.pages, "ar", DG_ROLE_BODY, mark, &pages[3]));
        g_test_message ("%s, %u paragraphs, note %u: pages %u %u %u %u", names[k], n, note, pages[0], pages[1], pages[2], pages[3]);
        g_assert_true (pages[0] == pages[2] || pages[1] == pages[3]);
        g_assert_cmpuint (pages[0] / step, ==, pages[1] / step);
        if (set.t->arrangement != DG_ARRANGEMENT_STACKED)
          g_assert_cmpfloat (fabs (english->y - arabic->y), <, .001);
        boxes = ((const DgPage *) set.pages->pages->pdata[pages[0]])->boxes;
        for (guint i = 0; i < boxes->len; i++) {
          const DgBox *box = &g_array_index (boxes, DgBox, i);

          if (set.t->strips > 1 && (box->x > set.pages->width / 2) != (english->x > set.pages->width / 2))
            continue; /* of the other pair of columns */
          if (box->kind == DG_BOX_LINE && box->element >= 0 && g_array_index (set.pages->elements, DgElement, box->element).bead >= 0)
            g_assert_cmpfloat (english->y - box->y, >, set.t->small_gap - .1);
        }
        g_assert_cmpfloat (english->y, <=, set.t->last_baseline + .1);
      }
      set_clear (&set);
    }
}

/* At the end where the template wants them there; and where the text has no mark of theirs. */
static void
test_endnotes (void)
{
  g_autofree char *text = invent_notes (12);
  Set              set = set_text (text, "dispatch", "small.footnotes=end");
  guint            page = 0;

  g_assert_nonnull (find_in_role (set.pages, "en", DG_ROLE_FOOTNOTE, "[1]", &page));
  g_assert_cmpuint (page, ==, set.pages->pages->len - 1);
  set_clear (&set);
}

/* The furniture of a page whose text is @text; NULL: there is none. */
static const DgBox *
find_mark (const DgPages *pages, const char *text)
{
  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);

      if (box->kind == DG_BOX_LINE && box->element < 0 && strcmp (dg_para_text (box->para), text) == 0)
        return box;
    }
  }
  return NULL;
}

/* A page to correct on names what is no plain paragraph beside how sure its pair is, says under a row what was said of it, and shows the picture. */
static void
test_proof (void)
{
  g_autofree char *text = NULL, *data = NULL;
  gsize            length;
  g_autoptr (GError) error = NULL;
  guint         pictures = 0;
  const DgNode *node;
  guint         line;

  g_assert_true (g_file_get_contents ("tests/samples/release-en-ar.txt", &text, NULL, NULL));
  g_assert_true (g_file_get_contents ("tests/samples/lighthouse-en-ar.jpg", &data, &length, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (DgPicture) picture = dg_picture_new (bytes, &error);
  Set set = set_text (text, "proof", NULL);
  g_autoptr (DgDiag) diag = dg_diag_new ("t");

  node = dg_text_nth (&set.doc->text[0], DG_ROLE_BODY, 1);
  line = g_array_index (node->lines, guint, 0);
  dg_diag_add (diag, DG_DIAG_ALIGN_UNPAIRED, line, 1);
  g_autoptr (DgPages) pages = dg_layout_new (set.align, set.t, fonts, hyphens, picture, diag);
  g_assert_nonnull (find_mark (pages, "list 100 %"));
  g_assert_nonnull (find_mark (pages, "verse 100 %"));
  g_assert_nonnull (find_mark (pages, "1600 × 700 pixels"));
  {
    const DgBox *remark = find_mark (pages, "paragraph has no counterpart"), *of = find_line (pages, node->text, 0);

    g_assert_nonnull (remark);
    g_assert_cmpfloat (remark->x, ==, of->x);
    g_assert_cmpfloat (remark->y, >, of->y);
    g_assert_cmpfloat (remark->y, <, of->y + 2 * set.t->grid);
  }
  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++)
      if (g_array_index (boxes, DgBox, i).kind == DG_BOX_PICTURE) {
        const DgBox *box = &g_array_index (boxes, DgBox, i);
        double       x, y;

        pictures++;
        dg_box_get_pixel (box, &x, &y);
        g_assert_cmpfloat (MAX (fabs (x - box->x), fabs (y - box->y)), <, .01); /* whole */
        g_assert_cmpfloat (box->y + box->height, <, set.t->last_baseline);
      }
  }
  g_assert_cmpuint (pictures, ==, 1);
  set_clear (&set);
}

/* Of facing pages both show the picture, at one height; it is told once. */
static void
test_facing_picture (void)
{
  g_autofree char *text = NULL, *data = NULL;
  gsize            length;
  g_autoptr (GError) error = NULL;
  guint told = 0, n = 0;

  g_assert_true (g_file_get_contents ("tests/samples/lighthouse-en-ar.txt", &text, NULL, NULL));
  g_assert_true (g_file_get_contents ("tests/samples/lighthouse-en-ar.jpg", &data, &length, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (DgPicture) picture = dg_picture_new (bytes, &error);
  g_assert_no_error (error);
  Set set = set_text (text, "facing", NULL);
  g_autoptr (DgDiag) diag = dg_diag_new ("t");
  g_autoptr (DgPages) pages = dg_layout_new (set.align, set.t, fonts, hyphens, picture, diag);
  double y[2] = { 0, 0 };

  for (guint p = 0; p < 2; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);

      if (box->kind != DG_BOX_PICTURE)
        continue;
      n++;
      told += box->element >= 0;
      y[p] = box->y;
    }
  }
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (told, ==, 1);
  g_assert_cmpfloat (y[0], ==, y[1]);
  set_clear (&set);
}

/* A page number has the digits of the headline before it, whatever the language of the column. */
static void
test_contents_digits (void)
{
  DgInfo infos[] = { { .n_texts = 2, .langs = { (char *) "en", (char *) "ar" }, .titles = { (char *) "One", (char *) "واحد" }, .title = (char *) "One" },
                     { .n_texts = 2, .langs = { (char *) "en", (char *) "ar" }, .titles = { (char *) "Two", (char *) "اثنان" }, .title = (char *) "Two" },
                     { .n_texts = 2, .langs = { (char *) "en", (char *) "he" }, .titles = { (char *) "Three", (char *) "שלוש" }, .title = (char *) "Three" } };
  DgContentsEntry entries[] = { { .info = &infos[0], .page = 2 }, { .info = &infos[1], .page = 3 }, { .info = &infos[2], .page = 4 } };
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (DgContentsEntry));
  g_autoptr (DgDoc) doc = NULL;

  g_array_append_vals (list, entries, G_N_ELEMENTS (entries));
  doc = dg_contents_new (list);
  g_assert_true (g_str_has_suffix (dg_text_nth (&doc->text[1], DG_ROLE_BODY, 1)->text, "٣"));
  g_assert_true (g_str_has_suffix (dg_text_nth (&doc->text[1], DG_ROLE_BODY, 2)->text, "4"));
  g_assert_true (g_str_has_suffix (dg_text_nth (&doc->text[0], DG_ROLE_BODY, 2)->text, "4"));
}

/* What is said to editors is not on the page, unless the template wants it. */
static void
test_hidden (void)
{
  static const char text[] =
    "Embargoed until Sunday, 6 pm\nFerry runs again\nThe ferry to the islands has been running again since Sunday.\n"
    "It makes two crossings a day and carries 180 passengers, the harbour master said.\nPage 2 of 3\n\n"
    "عودة العبّارة\nعادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد.\nوتقوم برحلتين في اليوم وتنقل 180 راكباً كما قال مدير المرفأ.\n";
  Set plain = set_text (text, "dispatch", NULL), full = set_text (text, "dispatch", "marks.notes=yes");

  g_assert_null (find_line (plain.pages, "Embargoed", 0));
  g_assert_nonnull (find_line (full.pages, "Embargoed", 0));
  set_clear (&plain);
  set_clear (&full);
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
  g_test_add_func ("/manners/list", test_list);
  g_test_add_func ("/manners/verse", test_verse);
  g_test_add_func ("/manners/table", test_table);
  g_test_add_func ("/manners/head-and-foot", test_head_and_foot);
  g_test_add_func ("/manners/heads", test_heads);
  g_test_add_func ("/manners/footnotes", test_footnotes);
  g_test_add_func ("/manners/proof", test_proof);
  g_test_add_func ("/manners/endnotes", test_endnotes);
  g_test_add_func ("/manners/facing-picture", test_facing_picture);
  g_test_add_func ("/manners/search", test_search);
  g_test_add_func ("/manners/contents-digits", test_contents_digits);
  g_test_add_func ("/manners/hidden", test_hidden);
  status = g_test_run ();
  dg_hyphens_free (hyphens);
  dg_fonts_free (fonts);
  return status;
}
