/* test_epub.c: e-books: what stands in them, and that the judge of the format finds nothing. */
#include "diglot.h"

#include "scratch.h"

/* Runs the Python program @script, which has the book as "book" (a zipfile) and "read", and fails with its words. */
static void
inspect (Scratch *s, const char *file, const char *script)
{
  g_autofree char *whole =
    g_strdup_printf ("import zipfile\nbook = zipfile.ZipFile('%s')\nread = lambda name: book.read('EPUB/' + name).decode()\n%s", file, script);

  scratch_put (s, "inspect.py", whole);
  g_assert_cmpint (scratch_run (s, "python3 inspect.py"), ==, 0);
}

/* The container is one that every reader takes: its type first, plain, and no day of the machine's in it. */
static void
test_container (Scratch *s, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (
    scratch_run (s, "diglot -o a.epub \"$samples/lighthouse-en-ar.txt\" && diglot -t epub -o b.epub \"$samples/lighthouse-en-ar.txt\" && cmp a.epub b.epub"),
    ==, 0);
  inspect (s, "a.epub",
           "first = book.infolist()[0]\n"
           "assert (first.filename, first.compress_type, first.extra) == ('mimetype', 0, b''), first\n"
           "assert book.read('mimetype') == b'application/epub+zip'\n"
           "assert book.testzip() is None\n"
           "assert all(i.date_time == (1980, 1, 1, 0, 0, 0) for i in book.infolist())\n");
  g_assert_cmpint (scratch_run (s, "head -c 38 a.epub | tail -c 8"), ==, 0);
  g_assert_cmpstr (s->out, ==, "mimetype"); /* where readers look for it */
}

/* The chapter has both texts, the picture stands beside it, and the package tells languages, direction and accessibility. */
static void
test_chapter (Scratch *s, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (scratch_run (s, "diglot -o a.epub \"$samples/lighthouse-en-ar.txt\" && diglot -o b.epub \"$samples/museum-ar-en.txt\""), ==, 0);
  inspect (s, "a.epub",
           "page, package = read('d1.xhtml'), read('package.opf')\n"
           "assert '<img' in page and 'src=\"p1.jpg\"' in page and 'alt=\"The tower' in page\n"
           "assert book.read('EPUB/p1.jpg')[:2] == b'\\xff\\xd8'\n"
           "assert '<div class=\"b right arab\" lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">' in page\n"
           "assert '<dc:language>en</dc:language>\\n<dc:language>ar</dc:language>' in package\n"
           "assert 'page-progression-direction=\"ltr\"' in package\n"
           "assert '<meta property=\"dcterms:modified\">2026-02-03T17:20:00Z</meta>' in package\n"
           "assert 'schema:accessibilityFeature\">alternativeText<' in package\n"
           "assert 'script' not in page and 'radio' not in page\n");
  inspect (s, "b.epub",
           "package = read('package.opf')\n"
           "assert 'page-progression-direction=\"rtl\"' in package\n"
           "assert 'alternativeText' not in package\n"
           "assert read('nav.xhtml').count('<li>') == 1\n");
}

/* A bundle is one book, a chapter each, in the order of the inputs. */
static void
test_bundle (Scratch *s, gconstpointer data)
{
  (void) data;
  scratch_put (s, "empty.txt", "\n");
  g_assert_cmpint (scratch_run (s, "diglot --bundle -o all.epub \"$samples/urdu-en.txt\" \"$samples/port-fr-ar.txt\" \"$samples/lighthouse-en-ar.txt\""), ==,
                   0);
  inspect (s, "all.epub",
           "nav, package = read('nav.xhtml'), read('package.opf')\n"
           "assert nav.index('Pupils in a mountain') < nav.index('Fin de la gr') < nav.index('Lighthouse of Ras')\n"
           "assert [l for l in ('en', 'ur', 'fr', 'ar') if package.count('<dc:language>%s<' % l) != 1] == []\n"
           "assert package.count('<itemref') == 4\n");
  g_assert_cmpint (scratch_run (s, "diglot --bundle -o some.epub \"$samples/urdu-en.txt\" empty.txt"), ==, 1);
  g_assert_cmpint (scratch_run (s, "diglot --bundle -o none.epub empty.txt"), ==, 1);
  g_assert_cmpint (scratch_run (s, "test -s some.epub && test ! -e none.epub"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot --bundle -t html -o all.html empty.txt"), ==, 2);
}

/* Debian's epubcheck (EPUB 3.2) finds nothing, whatever the languages and however hostile the text. */
static void
test_judge (Scratch *s, gconstpointer data)
{
  (void) data;
  if (scratch_run (s, "command -v java && command -v epubcheck") != 0) {
    g_test_skip ("there is no epubcheck");
    return;
  }
  scratch_put (s, "hostile.txt", "A ]]> & <b> \"title\" </head>\n\n\"Quoted\" <script>text</script> of 12 words.\n\nعنوان & <img/>\n\nنص من 12 كلمة.\n");
  g_assert_cmpint (
    scratch_run (s, "diglot -q --bundle -o all.epub \"$samples\" hostile.txt; java -jar $(realpath /usr/bin/epubcheck) --failonwarnings all.epub"), ==, 0);
  g_assert_nonnull (strstr (s->out, "0 fatals / 0 errors / 0 warnings"));
}

#define ADD(name, function) g_test_add (name, Scratch, NULL, scratch_set_up, function, scratch_tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *home = scratch_make_home ();
  int              status;

  g_test_init (&argc, &argv, NULL);
  ADD ("/epub/container", test_container);
  ADD ("/epub/chapter", test_chapter);
  ADD ("/epub/bundle", test_bundle);
  ADD ("/epub/judge", test_judge);
  status = g_test_run ();
  scratch_remove (home);
  return status;
}
