/* test_bundle.c: many dispatches in one PDF: contents whose links lead where they say, bookmarks, page labels, order, purposes. */
#include "scratch.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>

#define MANY 50

/* A dispatch that no other number gives; every seventh is long enough for two pages. */
static void
put_dispatch (Scratch *f, guint number)
{
  g_autofree char *name = g_strdup_printf ("d%02u.txt", number);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "Source: Agencies %02u March 2025 09:30\nFerry number %u is running again\n", 1 + (number * 7) % 28, number);
  for (guint i = 0; i < (number % 7 == 0 ? 24u : 2u); i++)
    g_string_append_printf (text, "The ferry has been running again since Sunday, after %u days in the dock, and carries %u passengers.\n", 12 + i, 180 + i);
  g_string_append_printf (text, "عودة العبّارة رقم %u\nالمصدر: وكالات %02u آذار/مارس 2025 09:30\n", number, 1 + (number * 7) % 28);
  for (guint i = 0; i < (number % 7 == 0 ? 24u : 2u); i++)
    g_string_append_printf (text, "عادت العبّارة إلى العمل منذ يوم الأحد بعد %u يوماً في الحوض وتنقل %u راكباً.\n", 12 + i, 180 + i);
  scratch_put (f, name, text->str);
}

/* The objects of @name by "obj:N 0 R" and its pages, as qpdf tells them. */
static JsonParser *
open_pdf (Scratch *f, const char *name)
{
  g_autofree char *line = g_strdup_printf ("qpdf --json=2 --json-key=qpdf --json-key=pages --json-key=outlines --json-key=pagelabels %s", name);
  JsonParser      *parser = json_parser_new ();

  g_assert_cmpint (scratch_run (f, line), ==, 0);
  g_assert_true (json_parser_load_from_data (parser, f->out, -1, NULL));
  return parser;
}

static JsonObject *
get_object (JsonParser *parser, const char *reference)
{
  JsonArray       *qpdf = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "qpdf");
  g_autofree char *key = g_strconcat ("obj:", reference, NULL);
  JsonObject      *object = json_object_get_object_member (json_array_get_object_element (qpdf, 1), key);

  return json_object_get_object_member (object, "value");
}

/* The page, from 0, that @reference is. */
static guint
find_page (JsonParser *parser, const char *reference)
{
  JsonArray *pages = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "pages");

  for (guint i = 0; i < json_array_get_length (pages); i++)
    if (strcmp (json_object_get_string_member (json_array_get_object_element (pages, i), "object"), reference) == 0)
      return i;
  g_assert_not_reached ();
}

static const char *
get_text (JsonObject *object, const char *name)
{
  const char *text = json_object_get_string_member (object, name);

  g_assert_true (g_str_has_prefix (text, "u:"));
  return text + 2;
}

/* Arabic digits as a number. */
static guint
read_number (const char *text)
{
  guint number = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    number = number * 10 + (guint) g_unichar_digit_value (g_utf8_get_char (text));
  return number;
}

/* Follows every link of the contents: it leads to the page of the number that it shows, and there stands the headline that it
 * shows.  Returns how many there are. */
static guint
follow_links (Scratch *f, JsonParser *parser, const char *name)
{
  JsonArray       *pages = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "pages");
  g_autofree char *line = g_strdup_printf ("pdftotext -enc UTF-8 %s -", name);
  guint            n = 0;

  g_assert_cmpint (scratch_run (f, line), ==, 0);

  g_auto (GStrv) texts = g_strsplit (g_strdelimit (f->out, "\n", ' '), "\f", -1); /* lines may end anywhere in a headline */

  for (guint i = 0; i < json_array_get_length (pages); i++) {
    JsonObject *page = get_object (parser, json_object_get_string_member (json_array_get_object_element (pages, i), "object"));
    JsonArray  *annotations = json_object_has_member (page, "/Annots") ? json_object_get_array_member (page, "/Annots") : NULL;

    for (guint k = 0; annotations != NULL && k < json_array_get_length (annotations); k++) {
      JsonObject      *link = get_object (parser, json_array_get_string_element (annotations, k));
      const char      *says = get_text (link, "/Contents"), *after = strstr (says, " \xC2\xB7 "), *number = g_strrstr (says, " \xC2\xB7 ");
      guint            target = find_page (parser, json_array_get_string_element (json_object_get_array_member (link, "/Dest"), 0));
      g_autofree char *headline = after != NULL ? g_strndup (says, (gsize) (after - says)) : NULL;

      g_assert_nonnull (headline);
      /* What is between them tells where it came from, and when. */
      if (g_str_has_prefix (headline, "Ferry")) {
        g_assert_true (g_str_has_prefix (after, " \xC2\xB7 Agencies \xC2\xB7 March "));
        g_assert_nonnull (strstr (after, ", 2025 \xC2\xB7 "));
      }
      g_assert_cmpuint (target + 1, ==, read_number (number + strlen (" \xC2\xB7 ")));
      if (g_str_has_prefix (headline, "Ferry")) {
        char *end = strstr (headline, " is");

        end[1] = '\0';
        g_strdelimit (texts[target], "\n", ' ');
        g_assert_nonnull (strstr (texts[target], headline));
      }
      n++;
    }
  }
  return n;
}

static void
test_many (Scratch *f, gconstpointer data)
{
  JsonObject *root;
  JsonArray  *outlines;

  (void) data;
  for (guint i = 1; i <= MANY; i++)
    put_dispatch (f, i);
  g_assert_cmpint (scratch_run (f, "diglot --bundle -o all.pdf --report report.jsonl --manifest SUMS d*.txt && sha256sum -c SUMS && wc -l < SUMS && "
                                   "qpdf --check all.pdf > check && wc -l < report.jsonl"),
                   ==, 0);
  g_assert_cmpstr (scratch_messages (f), ==, "");
  g_assert_cmpstr (f->out, ==, "all.pdf: OK\n1\n51\n");

  g_autoptr (JsonParser) parser = open_pdf (f, "all.pdf");

  root = json_node_get_object (json_parser_get_root (parser));
  /* One in each language for each dispatch; a headline that takes two lines of the contents has two. */
  g_assert_cmpuint (follow_links (f, parser, "all.pdf"), >=, 2 * MANY);
  /* Contents of two pages, seven dispatches of more than one page. */
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "pages")), >=, 2 + MANY + 7);
  outlines = json_object_get_array_member (root, "outlines");
  g_assert_cmpuint (json_array_get_length (outlines), ==, 1 + MANY);
  for (guint i = 1; i <= MANY; i++) {
    JsonObject      *bookmark = json_array_get_object_element (outlines, i);
    g_autofree char *expected = g_strdup_printf ("Ferry number %u is running again", i);

    g_assert_true (g_str_has_prefix (json_object_get_string_member (bookmark, "title"), expected));
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (bookmark, "kids")), ==, 2);
  }
  /* The same again whatever the day, and whichever way the files are named. */
  g_assert_cmpint (scratch_run (f, "mkdir in && cp d*.txt in && diglot --bundle -j3 -o again.pdf in && cmp all.pdf again.pdf"), ==, 0);
}

/* A book opens with its title alone; its contents, and its first dispatch, begin on odd pages; its file is called by that title. */
static void
test_book (Scratch *f, gconstpointer data)
{
  (void) data;
  for (guint i = 1; i <= 3; i++)
    put_dispatch (f, i);
  g_assert_cmpint (
    scratch_run (f, "diglot --bundle -T book -o all.pdf d01.txt d02.txt d03.txt && qpdf --check all.pdf > check && "
                    "for n in 1 2 3 4 5; do pdftotext -enc UTF-8 -f $n -l $n all.pdf - | tr -d '\f' | tr '\n' ' ' > p$n; done; pdfinfo all.pdf | grep Title; "
                    "cat p1; grep -c . p2 p4; grep -o 'Contents' p3; grep -o 'Ferry number 1' p5"),
    ==, 0);
  g_assert_true (g_str_has_prefix (f->out, "Title:           Dispatches / برقيات\n"));
  g_assert_nonnull (strstr (f->out, "March 8, 2025 – March 22, 2025"));
  g_assert_null (strstr (f->out, "Ferry number 2"));
  g_assert_nonnull (strstr (f->out, "p2:0\np4:0\nContents\nFerry number 1\n"));

  g_autoptr (JsonParser) parser = open_pdf (f, "all.pdf");

  g_assert_cmpuint (follow_links (f, parser, "all.pdf"), >=, 6);
  g_assert_cmpint (
    scratch_run (f, "diglot --bundle -T book --set 'book.title=Ferries, 2025' --set 'book.title-arabic=عبّارات' -o b.pdf d01.txt d02.txt && "
                    "pdftotext -enc UTF-8 -l 1 b.pdf - && diglot --bundle -T book --set book.half-title=no -o c.pdf d01.txt && pdftotext -l 1 c.pdf -"),
    ==, 0);
  g_assert_nonnull (strstr (f->out, "Ferries, 2025"));
  g_assert_nonnull (strstr (f->out, "Contents"));
  /* Facing pages cannot be bound on the right. */
  g_assert_cmpint (scratch_run (f, "diglot -T facing --set book.binding=right d01.txt"), ==, 2);
  g_assert_nonnull (strstr (f->err, "template.geometry"));
}

/* The dispatches as they follow one another, by their numbers. */
static char *
dup_order (Scratch *f, const char *options)
{
  g_autofree char *line =
    g_strdup_printf ("diglot --bundle %s && pdftotext -enc UTF-8 -f 2 out.pdf - | grep -o 'Ferry number [0-9]*' | grep -o '[0-9]*$' | paste -sd,", options);

  g_assert_cmpint (scratch_run (f, line), ==, 0);
  return g_strdup (g_strchomp (f->out));
}

static void
test_order (Scratch *f, gconstpointer data)
{
  static const struct {
    const char *options, *order;
  } cases[] = {
    { "-o out.pdf d03.txt d01.txt d02.txt d05.txt", "3,1,2,5" },
    { "-o out.pdf --set bundle.order=name d03.txt d01.txt d02.txt d05.txt", "1,2,3,5" },
    { "-o out.pdf --set bundle.order=date d03.txt d01.txt d02.txt d05.txt", "1,5,2,3" }, /* 8, 8, 15, 22 March; of one date as given */
  };

  (void) data;
  for (guint i = 1; i <= 5; i++)
    put_dispatch (f, i);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *order = dup_order (f, cases[i].options);

    g_assert_cmpstr (order, ==, cases[i].order);
  }
}

static void
test_profiles (Scratch *f, gconstpointer data)
{
  static const char *const profiles[] = { "archive", "print", "screen" };

  (void) data;
  for (guint i = 1; i <= 3; i++)
    put_dispatch (f, i);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    g_autofree char *line = g_strdup_printf ("diglot --profile %s --bundle -o b.pdf d*.txt && qpdf --check b.pdf", profiles[i]);

    g_assert_cmpint (scratch_run (f, line), ==, 0);

    g_autoptr (JsonParser) parser = open_pdf (f, "b.pdf");

    /* A press has no links. */
    /* A line of the contents has one. */
    g_assert_cmpuint (MIN (follow_links (f, parser, "b.pdf"), 6), ==, strcmp (profiles[i], "print") == 0 ? 0 : 6);
  }
  g_assert_cmpint (scratch_run (f, "diglot --bundle -o b.pdf d*.txt && pdfdetach -list b.pdf | grep -c txt"), ==, 0);
  g_assert_cmpstr (f->out, ==, "3\n");
}

/* The lines of a page that hold words, pt from its top, and what they say, both columns together. */
typedef struct {
  double y;
  char  *text;
} Line;

static void
clear_line (gpointer line)
{
  g_free (((Line *) line)->text);
}

/* The lines in the Latin script on @page, from 1, of @name, from the top: Line. */
static GArray *
read_lines (Scratch *f, const char *name, guint page)
{
  g_autofree char *line = g_strdup_printf (
    "pdftotext -bbox -f %u -l %u %s - | sed -n 's/.*yMin=\"\\([0-9.]*\\)\".*>\\([A-Za-z0-9.,:]*\\)<.word>/\\1 \\2/p' | sort -n -s -k1,1", page, page, name);
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  g_array_set_clear_func (lines, clear_line);
  g_assert_cmpint (scratch_run (f, line), ==, 0);

  g_auto (GStrv) words = g_strsplit (g_strchomp (f->out), "\n", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    char  *word = NULL;
    double y = g_ascii_strtod (words[i], &word);
    Line  *last = lines->len > 0 ? &g_array_index (lines, Line, lines->len - 1) : NULL;

    if (last == NULL || y > last->y + 4) {
      Line next = { y, g_strdup (word) };

      g_array_append_val (lines, next);
    } else {
      g_autofree char *before = last->text;

      last->text = g_strconcat (before, word, NULL);
    }
  }
  return lines;
}

/* How high, pt from the page's bottom, the bookmark of dispatch @nth, from 1, leads; @page: to which page, from 0. */
static double
find_bookmark (JsonParser *parser, guint nth, guint *page)
{
  JsonArray *outlines = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "outlines");
  JsonArray *dest = json_object_get_array_member (json_array_get_object_element (outlines, nth), "dest");

  *page = find_page (parser, json_array_get_string_element (dest, 0));
  return json_array_get_double_element (dest, 3);
}

/* Three short dispatches stand on one page, one below the other; links, bookmarks and numbers lead there, and the file is as sound as others. */
static void
test_run_on (Scratch *f, gconstpointer data)
{
  double before = G_MAXDOUBLE;

  (void) data;
  for (guint i = 1; i <= 3; i++)
    put_dispatch (f, i);
  g_assert_cmpint (
    scratch_run (
      f,
      "diglot --set bundle.start=run-on --set 'furniture.foot-text={file}' --bundle -o run.pdf d*.txt && qpdf --check run.pdf > check && pdfinfo run.pdf | grep -c '^Pages: *2$'"),
    ==, 0);
  g_assert_cmpint (scratch_run (f, "diglot --set bundle.start=run-on --set 'furniture.foot-text={file}' --bundle -o again.pdf d*.txt && cmp run.pdf again.pdf"),
                   ==, 0);

  g_autoptr (JsonParser) parser = open_pdf (f, "run.pdf");
  g_autoptr (GArray) lines = read_lines (f, "run.pdf", 2);

  g_assert_cmpuint (follow_links (f, parser, "run.pdf"), ==, 12);
  {
    guint page;

    /* What has a page to itself is shown from the page's top. */
    g_assert_cmpfloat (find_bookmark (parser, 1, &page), >, 841);
  }
  for (guint i = 1, at = 0; i <= 3; i++) {
    g_autofree char *headline = g_strdup_printf (" Ferry number %u", i);
    guint            page;
    double           top = find_bookmark (parser, i, &page);

    g_assert_cmpuint (page, ==, 1);
    g_assert_cmpfloat (top, <, before);
    while (at < lines->len && strstr (g_array_index (lines, Line, at).text, headline) == NULL)
      at++;
    g_assert_cmpuint (at, <, lines->len);
    /* Nothing but the source's line stands between the place that the bookmark leads to and the headline. */
    g_assert_cmpfloat (841.89 - top, <, g_array_index (lines, Line, at).y);
    if (i > 1) {
      g_assert_cmpfloat (841.89 - top, >, g_array_index (lines, Line, at - 2).y);
      g_assert_cmpfloat (841.89 - top, <, g_array_index (lines, Line, at - 1).y);
    }
    before = top;
  }
  /* One foot and one pair of numbers: the first dispatch's. */
  g_assert_cmpint (scratch_run (f, "pdftotext -f 2 -l 2 run.pdf - | grep -o 'd0[0-9].txt'"), ==, 0);
  g_assert_cmpstr (f->out, ==, "d01.txt\n");
}

/* A long one goes on on pages of its own, with its own running head; none has its heads alone at a page's foot. */
static void
test_run_on_breaks (Scratch *f, gconstpointer data)
{
  guint pages = 0, shared = 0;

  (void) data;
  for (guint i = 5; i <= 24; i++)
    put_dispatch (f, i);
  g_assert_cmpint (
    scratch_run (f, "diglot --set bundle.start=run-on --set 'furniture.foot-text={file}' --bundle -o run.pdf d*.txt && diglot --bundle -o plain.pdf d*.txt && "
                    "qpdf --show-npages run.pdf && qpdf --show-npages plain.pdf"),
    ==, 0);

  char *rest;

  pages = (guint) g_ascii_strtoull (f->out, &rest, 10);
  g_assert_cmpuint (pages, <, g_ascii_strtoull (rest, NULL, 10));

  g_autoptr (JsonParser) parser = open_pdf (f, "run.pdf");

  g_assert_cmpuint (follow_links (f, parser, "run.pdf"), >=, 2 * 20);
  for (guint i = 1; i <= 20; i++) {
    g_autofree char *headline = g_strdup_printf (" Ferry number %u", i + 4);
    guint            page, at = 0, n = 0;
    double           top = find_bookmark (parser, i, &page);
    g_autoptr (GArray) lines = read_lines (f, "run.pdf", page + 1);

    shared += top < 841 ? 1 : 0;
    while (at < lines->len && (g_array_index (lines, Line, at).y < 841 - top || strstr (g_array_index (lines, Line, at).text, headline) == NULL))
      at++;
    g_assert_cmpuint (at, <, lines->len);
    /* Lines of its body up to the next head or the foot. */
    for (at++; at < lines->len && strstr (g_array_index (lines, Line, at).text, "Source:") == NULL; at++)
      n += strchr (g_array_index (lines, Line, at).text, 'd') != NULL && g_array_index (lines, Line, at).y < 780 ? 1 : 0;
    g_assert_cmpuint (n, >=, 2);
  }
  g_assert_cmpuint (shared, >, 8);
  /* The page on which number 7 goes on has its headline as running head, and its name at the foot. */
  {
    guint page;

    find_bookmark (parser, 3, &page);
    g_autoptr (GArray) lines = read_lines (f, "run.pdf", page + 2);

    g_assert_nonnull (strstr (g_array_index (lines, Line, 0).text, " Ferry number 7"));
    g_assert_nonnull (strstr (g_array_index (lines, Line, lines->len - 1).text, "d07.txt"));
  }
  /* Not where the languages face each other. */
  g_assert_cmpint (scratch_run (f, "diglot -T facing --set bundle.start=run-on --set 'furniture.foot-text={file}' --bundle -o f.pdf d*.txt"), !=, 0);
  g_assert_nonnull (strstr (f->err, "[template.geometry]"));
}

/* In every template; one that fails is left out, and what cannot be is refused. */
static void
test_others (Scratch *f, gconstpointer data)
{
  (void) data;
  for (guint i = 1; i <= 3; i++)
    put_dispatch (f, i);
  g_assert_cmpint (
    scratch_run (f, "for t in $(diglot --list-templates); do diglot -T $t --bundle -o b.pdf d*.txt && qpdf --check b.pdf > check || exit 3; done"), ==, 0);
  scratch_put (f, "empty.txt", "");
  g_assert_cmpint (
    scratch_run (
      f, "diglot --bundle -o part.pdf d01.txt empty.txt missing.txt d02.txt && exit 9; diglot --bundle -o two.pdf d01.txt d02.txt && cmp part.pdf two.pdf"),
    ==, 0);
  g_assert_nonnull (strstr (f->err, "empty.txt: error:"));
  g_assert_nonnull (strstr (f->err, "missing.txt: error:"));
  g_assert_cmpint (scratch_run (f, "diglot --bundle -o none.pdf empty.txt"), ==, 1);
  g_assert_cmpint (scratch_run (f, "ls none.pdf"), !=, 0);
  g_assert_cmpint (scratch_run (f, "diglot --bundle d01.txt d02.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "diglot --bundle -o folder/ d01.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "diglot --bundle -u -o b.pdf d01.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "diglot --bundle -t png -o b.png d01.txt"), ==, 2);
  g_assert_cmpint (scratch_run (f, "diglot --bundle -o d01.txt d01.txt d02.txt"), ==, 2);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Scratch *, gconstpointer);
  } tests[] = {
    { "many", test_many },         { "book", test_book },     { "order", test_order },
    { "profiles", test_profiles }, { "run-on", test_run_on }, { "run-on-breaks", test_run_on_breaks },
    { "others", test_others },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/bundle/", tests[i].name, NULL);

    g_test_add (path, Scratch, NULL, scratch_set_up, tests[i].test, scratch_tear_down);
  }
  return g_test_run ();
}
