/* test_web.c: web pages: what a reader's browser is given, and the site about many of them. */
#include "diglot.h"

#include "scratch.h"
#include "web/markup.h"

#define PAGE_MAX 40000 /* bytes of a page without a picture */

static const char dispatch[] = "Source: Agencies 4 May 2025 09:30\n"
                               "Harbour \"opens\" </style></script><script>alert(1)</script> & again\n"
                               "The harbour, which is <b>closed</b> since 4 May 2025, opens on Sunday after 12 days of work.\n"
                               "The pilots of the F-16 squadron are relieved, said Boeing's man.\n"
                               "Pic: The <img src=x onerror=alert(2)> harbour\n"
                               "المصدر: وكالات 4 أيار/مايو 2025 09:30\n"
                               "إعادة فتح الميناء <script>alert(3)</script>\n"
                               "يعاد فتح الميناء المغلق منذ 4 أيار/مايو 2025 يوم الأحد بعد 12 يوماً من العمل.\n"
                               "وقال رجل من شركة Boeing إنّ طياري سرب F-16 مرتاحون.\n"
                               "صورة: الميناء\n";

static char *
convert (GBytes *bytes, const char *name, const char *const *settings, const char *path)
{
  const DiglotOptions options = { .settings = settings };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, &error);
  g_autoptr (DiglotInput) input = NULL;
  g_autoptr (DiglotResult) result = NULL;

  g_assert_no_error (error);
  input = diglot_input_new (converter, bytes, name);
  diglot_input_set_path (input, 0, path);
  result = diglot_input_convert (input, 0, DIGLOT_FORMAT_HTML);
  g_assert_nonnull (diglot_result_bytes (result));
  return g_strndup (g_bytes_get_data (diglot_result_bytes (result), NULL), g_bytes_get_size (diglot_result_bytes (result)));
}

static char *
convert_text (const char *text, const char *const *settings, const char *path)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return convert (bytes, "harbour.txt", settings, path);
}

static void
assert_has (const char *page, const char *part)
{
  if (strstr (page, part) == NULL)
    g_error ("there is no %s in %s", part, page);
}

static guint
count (const char *page, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (page, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

/* Every element is closed, nothing stands outside of one, and each attribute has a value: the page is well-formed as XML. */
static void
assert_well_formed (const char *page)
{
  const GMarkupParser parser = { 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_markup_parse_context_parse (context, page, -1, &error) || !g_markup_parse_context_end_parse (context, &error))
    g_error ("%s", error->message);
}

/* Each text has its language and its direction, a headline and its paragraphs, which stand in one row with their counterparts. */
static void
test_article (void)
{
  g_autofree char *page = convert_text (dispatch, NULL, NULL), *again = convert_text (dispatch, NULL, NULL);

  g_assert_cmpstr (page, ==, again);
  assert_well_formed (page);
  assert_has (page, "<html lang=\"en\" dir=\"ltr\">");
  g_assert_cmpuint (count (page, "<h1>"), ==, 2);
  assert_has (page, "<div class=\"a left latn\" lang=\"en\" dir=\"ltr\">");
  assert_has (page, "<div class=\"b right arab\" lang=\"ar\" dir=\"rtl\">");
  assert_has (page, "<b>Source:</b> Agencies <time datetime=\"2025-05-04T09:30\">4 May 2025 09:30</time>");
  assert_has (page, "id=\"p2\"");
  g_assert_cmpuint (count (page, "class=\"row pair\""), ==, 2);
  g_assert_true (strstr (page, "The pilots of the F-16") > strstr (page, "id=\"p2\""));
  g_assert_true (strstr (page, "شركة <bdi>Boeing</bdi> إنّ طياري سرب <bdi>F-16</bdi> مرتاحون") > strstr (page, "The pilots"));
  assert_has (page, "\"translationOfWork\":{\"@id\":\"#a\"}");
  assert_has (page, "<meta property=\"og:locale\" content=\"en_US\" />");
}

/* Whatever a dispatch says is text: of elements it brings none, and the page lets in no script, no frame and nothing from elsewhere. */
static void
test_hostile (void)
{
  g_autofree char *page = convert_text (dispatch, NULL, NULL);

  g_assert_cmpuint (count (page, "<script"), ==, 1); /* data, as its type says */
  g_assert_cmpuint (count (page, "</script"), ==, 1);
  g_assert_cmpuint (count (page, "</style"), ==, 1);
  g_assert_null (strstr (page, "<img"));
  assert_has (page, "is &lt;b&gt;closed&lt;/b&gt; since");
  assert_has (page, "\"Harbour \\u0022opens\\u0022 \\u003c/style\\u003e");
  assert_has (page, "<meta name=\"description\" content=\"The harbour, which is &lt;b&gt;");
  assert_has (page, "default-src 'none'; style-src 'sha256-");
}

/* The sides follow the template, whatever the order of the texts; the first in the file is the first in the page. */
static void
test_sides (void)
{
  static const char *const right[] = { "columns.first=right", NULL };
  g_autofree char         *page = convert_text (dispatch, right, NULL);
  g_autofree char         *path = g_build_filename ("tests", "samples", "museum-ar-en.txt", NULL);
  g_autoptr (GBytes) bytes = diglot_read_file (path, NULL);
  g_autofree char *arabic = convert (bytes, path, NULL, NULL);

  assert_has (page, "class=\"a right latn\"");
  assert_has (page, "class=\"b left arab\"");
  assert_has (arabic, "<html lang=\"ar\" dir=\"rtl\">");
  assert_has (arabic, "class=\"a right arab\"");
  assert_has (arabic, "class=\"b left latn\"");
}

static void
test_one_language (void)
{
  g_autofree char *page = convert_text ("Choir wins the festival\n\nThe choir of the village has won the festival with a song about its bus.\n", NULL, NULL);

  assert_well_formed (page);
  assert_has (page, "<article dir=\"ltr\" class=\"single\">");
  g_assert_null (strstr (page, "type=\"radio\""));
  g_assert_null (strstr (page, "translationOfWork"));
}

/* A page of a site leads to the site's index and tells its own address where that is known. */
static void
test_path (void)
{
  static const char *const address[] = { "html.address=https://example.org/news", NULL };
  g_autofree char         *page = convert_text (dispatch, address, "a b/c/harbour.html"), *other = convert_text (dispatch, NULL, "harbour.html");

  assert_has (page, "<a rel=\"index\" href=\"../../index.html\">");
  assert_has (page, "<link rel=\"canonical\" href=\"https://example.org/news/a%20b/c/harbour.html\" />");
  assert_has (other, "<a rel=\"index\" href=\"index.html\">");
  g_assert_null (strstr (other, "canonical"));
}

/* Pages stay small, whatever the languages, and a picture is in the page itself. */
static void
test_samples (void)
{
  g_autoptr (GDir) dir = g_dir_open ("tests/samples", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename ("tests", "samples", name, NULL);
    g_autoptr (GBytes) bytes = g_str_has_suffix (name, ".txt") ? diglot_read_file (path, NULL) : NULL;
    g_autofree char *page = bytes != NULL ? convert (bytes, name, NULL, NULL) : NULL;

    if (page == NULL)
      continue;
    assert_well_formed (page);
    g_assert_cmpuint (strlen (page), <=, PAGE_MAX);
  }
}

static void
test_words (void)
{
  static const struct {
    const char *text;
    gboolean    rtl;
    const char *expected;
  } cases[] = {
    { "he said الجزيرة 24 times", FALSE, "he said <bdi>الجزيرة</bdi> 24 times" },
    { "لغة C++ وشركة A&B", TRUE, "لغة <bdi>C++</bdi> وشركة <bdi>A&amp;B</bdi>" },
    { "من New York Times أمس", TRUE, "من <bdi>New York Times</bdi> أمس" },
    { "12 في المئة", TRUE, "12 في المئة" },
    { "\x01 a < b", FALSE, "\xEF\xBF\xBD a &lt; b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) out = g_string_new (NULL);

    dg_markup_words (out, cases[i].text, -1, cases[i].rtl);
    g_assert_cmpstr (out->str, ==, cases[i].expected);
  }
}

static char *
read_file (const Scratch *s, const char *name)
{
  g_autofree char *path = g_build_filename (s->folder, name, NULL);
  char            *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("there is no %s", name);
  return text;
}

/* Many pages make a site: an index with both headlines, the newest first, and a feed; what failed is in neither. */
static void
test_site (Scratch *s, gconstpointer data)
{
  g_autofree char *index = NULL, *feed = NULL, *page = NULL, *again = NULL;
  const char      *newest, *older;

  (void) data;
  scratch_put (s, "in/sub/harbour.txt", dispatch);
  scratch_put (s, "in/empty.txt", "\n");
  g_assert_cmpint (scratch_run (s, "cp \"$samples\"/lighthouse-en-ar.* in; diglot -t html -o out/ in"), ==, 1);
  index = read_file (s, "out/index.html");
  feed = read_file (s, "out/feed.atom");
  page = read_file (s, "out/sub/harbour.html");
  assert_well_formed (index);
  assert_well_formed (feed);
  newest = strstr (index, "<a href=\"lighthouse-en-ar.html\">Lighthouse of Ras al-Zeit");
  older = strstr (index, "<a href=\"sub/harbour.html\">Harbour &quot;opens&quot; &lt;/style&gt;");
  g_assert_true (newest != NULL && newest < older);
  assert_has (index, "منارة رأس الزيت تضيء");
  g_assert_null (strstr (index, "empty"));
  g_assert_cmpuint (count (feed, "<entry>"), ==, 2);
  assert_has (feed, "<updated>2026-02-03T17:20:00Z</updated>");
  assert_has (page, "href=\"../index.html\"");
  again = read_file (s, "out/lighthouse-en-ar.html");
  assert_has (again, "src=\"data:image/jpeg;base64,");

  /* What is made already is in it too, and nothing of it differs. */
  g_assert_cmpint (scratch_run (s, "rm in/empty.txt; cp -r out before; diglot -u -t html -o out/ --report - in"), ==, 0);
  g_assert_cmpuint (count (s->out, "\"status\":\"kept\""), ==, 2);
  assert_has (s->out, "\"headlines\":{\"a\":\"Lighthouse of Ras al-Zeit");
  g_assert_cmpint (scratch_run (s, "diff -r out before"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -j1 -t html -o other/ in && diff -r -x '.*' out other"), ==, 0);
}

/* Index and feed take nobody's place, and nobody takes theirs. */
static void
test_site_clashes (Scratch *s, gconstpointer data)
{
  (void) data;
  scratch_put (s, "in/index.txt", dispatch);
  scratch_put (s, "mine/index.html", "<p>My own page</p>");
  g_assert_cmpint (scratch_run (s, "diglot -t html -o out/ in && test -f out/index~2.html && grep -q index~2.html out/index.html"), ==, 0);
  assert_has (s->err, "[output.clash]");
  g_assert_cmpint (scratch_run (s, "diglot -t html -o mine/ in"), ==, 2);
  g_assert_cmpint (scratch_run (s, "grep -q 'My own' mine/index.html && test ! -f mine/index~2.html"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -t html -o out/ --report out/feed.atom in"), ==, 2);
  g_assert_cmpint (scratch_run (s, "diglot -t html -o out/ --gallery out in"), ==, 2);
  /* A single page to a file of its own is in no site. */
  g_assert_cmpint (scratch_run (s, "diglot -o one/a.html in/index.txt && test \"$(ls one)\" = a.html && ! grep -q 'rel=\"index\"' one/a.html"), ==, 0);
}

/* The number of @n bytes at @bytes, big-endian. */
static guint32
read_number (const guchar *bytes, guint n)
{
  guint32 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];
  return number;
}

/* Faces in the page are WOFF2 of the characters of that page: so one with more letters is larger, and none has what its length does not tell. */
static void
test_faces (Scratch *s, gconstpointer data)
{
  static const char mark[] = "url(data:font/woff2;base64,";
  guint             n = 0;

  (void) data;
  scratch_put (s, "a.txt", "Bridge opens\n\nIt is open again after years.\n\nافتتاح الجسر\n\nعاد الجسر إلى العمل بعد سنوات.\n");
  g_assert_cmpint (
    scratch_run (
      s, "diglot -q -t html --set html.fonts=embed -o a.html a.txt && diglot -q -t html --set html.fonts=embed -o - a.txt | cmp - a.html && cat a.html"),
    ==, 0);
  g_assert_nonnull (strstr (s->out, "font-src data:"));
  for (const char *p = s->out; (p = strstr (p, mark)) != NULL; n++) {
    gsize              length;
    g_autofree char   *code = g_strndup (p + sizeof mark - 1, strcspn (p, ")") - (sizeof mark - 1));
    g_autofree guchar *bytes = g_base64_decode (code, &length);

    g_assert_cmpuint (length, >, 48);
    g_assert_cmpmem (bytes, 4, "wOF2", 4);
    g_assert_cmpuint (read_number (bytes + 8, 4), ==, length);
    g_assert_cmpuint (length % 4, ==, 0);
    g_assert_cmpuint (read_number (bytes + 12, 2), >=, 8);
    g_assert_cmpuint (read_number (bytes + 20, 4), <, length); /* packed tables */
    g_assert_cmpuint (read_number (bytes + 16, 4), >, length); /* unpacked */
    p += sizeof mark;
  }
  g_assert_cmpuint (n, ==, 4); /* regular and bold of each text: nothing is set in italics */
  g_assert_cmpint (scratch_run (s, "diglot -q -t html -o - a.txt | grep -c font-face"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = scratch_make_home ();
  int              status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web/article", test_article);
  g_test_add_func ("/web/hostile", test_hostile);
  g_test_add_func ("/web/sides", test_sides);
  g_test_add_func ("/web/one-language", test_one_language);
  g_test_add_func ("/web/path", test_path);
  g_test_add_func ("/web/samples", test_samples);
  g_test_add_func ("/web/words", test_words);
  g_test_add ("/web/faces", Scratch, NULL, scratch_set_up, test_faces, scratch_tear_down);
  g_test_add ("/web/site", Scratch, NULL, scratch_set_up, test_site, scratch_tear_down);
  g_test_add ("/web/site-clashes", Scratch, NULL, scratch_set_up, test_site_clashes, scratch_tear_down);
  status = g_test_run ();
  scratch_remove (home);
  return status;
}
