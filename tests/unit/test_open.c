/* test_open.c: documents of word processors: their text as a typist would have left it, tables of two texts as pairs, and hostile ones refused. */
#include "diglot.h"

#include "open/document.h"
#include "scratch.h"
#include "web/ocf.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define TYPES \
  "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" " \
  "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"

static void
add (DgOcf *file, const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  dg_ocf_add (file, name, bytes, FALSE);
}

/* A DOCX whose body is @body; @more: name and text in turn, NULL-terminated. */
static GBytes *
make_docx (const char *body, const char *const *more)
{
  g_autofree char *text = g_strdup_printf ("<?xml version=\"1.0\"?><w:document " W " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                                           "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>%s</w:body></w:document>",
                                           body);
  DgOcf           *file = dg_ocf_new ();

  add (file, "[Content_Types].xml", TYPES);
  add (file, "word/document.xml", text);
  for (guint i = 0; more != NULL && more[i] != NULL; i += 2)
    add (file, more[i], more[i + 1]);
  return dg_ocf_finish (file);
}

static GBytes *
make_odt (const char *styles, const char *body)
{
  g_autofree char *text =
    g_strdup_printf ("<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:style=\"s\">"
                     "<office:automatic-styles>%s</office:automatic-styles><office:body><office:text>%s</office:text></office:body>"
                     "</office:document-content>",
                     styles, body);
  DgOcf *file = dg_ocf_new ();
  g_autoptr (GBytes) type = g_bytes_new_static ("application/vnd.oasis.opendocument.text", 39);

  dg_ocf_add (file, "mimetype", type, TRUE);
  add (file, "content.xml", text);
  return dg_ocf_finish (file);
}

/* Takes @bytes, a document of the kind that is found in them, whose text is to be @expected. */
static DgDocument *
open_document (GBytes *bytes, DgKind kind, const char *expected)
{
  g_autoptr (GBytes) own = bytes;
  g_autoptr (GError) error = NULL;
  DgDocument      *document;
  g_autofree char *text = NULL;

  g_assert_cmpint (dg_kind_find (own), ==, kind);
  document = dg_document_new (own, kind, &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (document->text, NULL), g_bytes_get_size (document->text));
  g_assert_cmpstr (text, ==, expected);
  return document;
}

#define P(text)  "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TD(text) "<w:tc><w:tcPr/>" P (text) "</w:tc>"
#define TR(a, b) "<w:tr>" TD (a) TD (b) "</w:tr>"

/* A paragraph is a line; what was deleted, is hidden or is a field's machinery is no text. */
static void
test_docx_text (void)
{
  dg_document_free (open_document (
    make_docx (
      P (
        "Harbour opens") "<w:p/>"
                         "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">The </w:t></w:r><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
                         "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:tab/><w:t>harbour</w:t><w:br/><w:t>opens &amp; closes</w:t></w:r>"
                         "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>.</w:t></w:r></w:p>"
                         "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink><w:r><w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>",
      NULL),
    DG_KIND_DOCX,
    "Harbour opens\n\nThe new\tharbour\nopens & closes.\na\xE2\x80\x91"
    "b\n"));
}

/* Items bear the sign or the number that the reader of the document sees; notes stand at the foot behind their marks. */
static void
test_docx_lists_and_notes (void)
{
#define ITEM(list, level, text) \
  "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" list "\"/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
  static const char *const more[] = {
    "word/numbering.xml",
    "<w:numbering " W "><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"8\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num></w:numbering>",
    "word/footnotes.xml",
    "<w:footnotes " W "><w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>"
    "<w:footnote w:id=\"2\"><w:p><w:r><w:t>Tons of 1,000 kg.</w:t></w:r></w:p></w:footnote></w:footnotes>",
    NULL,
  };

  dg_document_free (open_document (
    make_docx (ITEM ("1", "0", "Wheat") ITEM ("2", "0", "First")
                 ITEM ("2", "0", "Second") "<w:p><w:r><w:t>It holds 12 tons</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/><w:t>.</w:t></w:r></w:p>",
               more),
    DG_KIND_DOCX, "\xE2\x80\xA2 Wheat\n1. First\n2. Second\nIt holds 12 tons[1].\n\n[1] Tons of 1,000 kg.\n"));
}

/* A table of two texts is two blocks whose rows are known; one of words and figures stays rows of cells. */
static void
test_tables (void)
{
  g_autoptr (DgDocument) two = open_document (
    make_docx (P ("For the desk") "<w:tbl>" TR ("Harbour opens", "افتتاح الميناء") TR ("", "") TR ("It opens on Sunday.", "يفتح يوم الأحد.") "</w:tbl>", NULL),
    DG_KIND_DOCX, "For the desk\nHarbour opens\nIt opens on Sunday.\n\nافتتاح الميناء\nيفتح يوم الأحد.\n");
  g_autoptr (DgDocument) figures =
    open_document (make_docx ("<w:tbl>" TR ("Wheat", "12 t") TR ("Maize", "8 t") "</w:tbl>" P ("End"), NULL), DG_KIND_DOCX, "Wheat\t12 t\nMaize\t8 t\nEnd\n");
  const DgDocumentRow *row;

  g_assert_cmpuint (two->rows->len, ==, 2);
  row = &g_array_index (two->rows, DgDocumentRow, 1);
  g_assert_cmpuint (row->first[0], ==, 3);
  g_assert_cmpuint (row->last[0], ==, 3);
  g_assert_cmpuint (row->first[1], ==, 6);
  g_assert_cmpuint (figures->rows->len, ==, 0);
}

static void
test_odt_text (void)
{
  dg_document_free (open_document (
    make_odt (
      "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/></text:list-style>",
      "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>Harbour  opens</text:h><text:p/>"
      "<text:p>The<text:s text:c=\"2\"/><text:span>new\n harbour</text:span><text:tab/>x<text:line-break/>opens<text:note><text:note-citation>1</text:note-citation>"
      "<text:note-body><text:p>On Sunday.</text:p></text:note-body></text:note>.</text:p>"
      "<office:annotation><text:p>remark</text:p></office:annotation>"
      "<text:list text:style-name=\"L1\"><text:list-item><text:p>First</text:p></text:list-item><text:list-item><text:p>Second</text:p></text:list-item></text:list>"
      "<text:list><text:list-item><text:p>Wheat</text:p></text:list-item></text:list>"
      "<table:table><table:table-row><table:table-cell><text:p>It opens.</text:p></table:table-cell><table:table-cell><text:p>يفتح.</text:p></table:table-cell></table:table-row></table:table>"),
    DG_KIND_ODT, "Harbour opens\n\nThe  new harbour\tx\nopens[1].\n1. First\n2. Second\n\xE2\x80\xA2 Wheat\nIt opens.\n\nيفتح.\n\n[1] On Sunday.\n"));
}

/* Blocks of a page are lines; what is about the page or the site is no text, and of one with an article only that is. */
static void
test_html (void)
{
  static const char page[] =
    "<!DOCTYPE html><html><head><title>Site</title><style>p{}</style></head><body><nav><a>Home</a></nav><h1>Harbour\n  opens</h1>"
    "<p>The <b>new</b> harbour<br>opens &amp; closes &mdash; said <i>Salma</i>.</p><script>alert(1)</script><p hidden>no</p>"
    "<ul><li>Wheat<li>Maize</ul><ol><li><p>First</p><li>Second</ol><table><tr><td>It opens.<td>يفتح.</table><p>\u00A9 2025</p></body></html>";
  static const char part[] = "<html><body><header>Site</header><main><article><h1>Title</h1>Text</article></main><footer>Imprint</footer>";
  g_autoptr (GString) deep = g_string_new ("<!DOCTYPE html><body>");
  g_autoptr (GBytes) nested = NULL;
  g_autoptr (DgDocument) document = NULL;

  dg_document_free (open_document (
    g_bytes_new (page, strlen (page)), DG_KIND_HTML,
    "Harbour opens\nThe new harbour\nopens & closes \u2014 said Salma.\n\u2022 Wheat\n\u2022 Maize\n1. First\n2. Second\nIt opens.\n\nيفتح.\n\u00A9 2025\n"));
  dg_document_free (open_document (g_bytes_new_static (part, strlen (part)), DG_KIND_HTML, "Title\nText\n"));
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<div>");
  nested = g_bytes_new (deep->str, deep->len);
  document = dg_document_new (nested, DG_KIND_HTML, NULL);
}

/* What is broken, declares entities or unpacks to more than a document holds is refused; nothing else is read for it. */
/* A picture in the page itself is the dispatch's; one that is elsewhere is not fetched. */
static void
test_html_picture (void)
{
  static const char page[] =
    "<html><body><img src=\"https://example.org/a.png\"><p>Text</p><img alt=\"\" src=\"data:image/png;base64,iVBORw==\"><img src=\"data:image/png;base64,AAAA\">";
  g_autoptr (GBytes) html = g_bytes_new_static (page, sizeof page - 1);
  g_autoptr (DgDocument) document = open_document (g_steal_pointer (&html), DG_KIND_HTML, "Text\n");

  g_assert_cmpstr (document->picture_name, ==, "picture.png");
  g_assert_cmpmem (g_bytes_get_data (document->picture, NULL), g_bytes_get_size (document->picture), "\x89PNG", 4);
}

/* The styles of @document's lines, a letter each: t title, s subtitle, h heading, c caption. */
static void
check_styles (DgDocument *document, const char *expected)
{
  g_autoptr (DgDocument) own = document;
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < own->styles->len; i++)
    g_string_append_c (found, "-tshc"[g_array_index (own->styles, DgStyled, i)]);
  g_assert_cmpstr (found->str, ==, expected);
}

/* A style says what a paragraph is, by its name or that of the one it is based on; in a page the element does. */
static void
test_styles (void)
{
#define STYLED(id, text) "<w:p><w:pPr><w:pStyle w:val=\"" id "\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLE(id, name)  "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/></w:style>"
  static const char *const more[] = {
    "word/styles.xml",
    "<w:styles " W ">" STYLE ("berschrift1", "heading 1") STYLE ("berschrift2", "heading 2") STYLE ("Title", "Title") STYLE ("Body", "Normal")
      STYLE ("Desk", "Our pictures") "<w:style w:styleId=\"Ours\"><w:name w:val=\"Our titles\"/><w:basedOn w:val=\"Title\"/></w:style></w:styles>",
    NULL,
  };
  static const char page[] =
    "<html><body><h1>One<br>two</h1><p>Text</p><h2>Three</h2><figure><figcaption><p>Four</p><p>Five</p></figcaption></figure><p>Text</p>";
  g_autoptr (GBytes) html = g_bytes_new_static (page, sizeof page - 1);

  check_styles (open_document (make_docx (STYLED ("Ours", "A") STYLED ("Subtitle", "B") STYLED ("Body", "C") STYLED ("berschrift2", "D") P ("E")
                                            STYLED ("Caption", "F") STYLED ("Desk", "G") STYLED ("berschrift1", "H</w:t><w:br/><w:t>I"),
                                          more),
                               DG_KIND_DOCX, "A\nB\nC\nD\nE\nF\nG\nH\nI\n"),
                "ts-h-c-tt");
  check_styles (open_document (make_odt ("<style:style style:name=\"P1\" style:parent-style-name=\"Heading_20_2\"/>"
                                         "<style:style style:name=\"P2\" style:parent-style-name=\"P1\"/>",
                                         "<text:h text:outline-level=\"1\">A</text:h><text:p>B</text:p><text:p text:style-name=\"P2\">C</text:p>"
                                         "<text:p text:style-name=\"Illustration\">D</text:p><text:h text:outline-level=\"3\">E</text:h>"),
                               DG_KIND_ODT, "A\nB\nC\nD\nE\n"),
                "t-hch");
  check_styles (open_document (g_steal_pointer (&html), DG_KIND_HTML, "One\ntwo\nText\nThree\nFour\nFive\nText\n"), "tt-hcc-");
}

/* What the styles say is weighed with all else: a headline may be a sentence, a caption without a label. */
static void
test_styled_roles (Scratch *s, gconstpointer data)
{
  static const char page[] =
    "<html><body><article><h1>At last the bridge is open.</h1><p>HARBOUR TOWN (Agencies) - The bridge opened on Monday, and will take cars from both of the banks.</p>"
    "<h2>Who pays?</h2><p>Two thirds of the money came from a fund that asks for it back by 2039.</p><figure><figcaption>The bridge on Monday, after the "
    "ribbon was cut.</figcaption></figure></article></body></html>";

  (void) data;
  scratch_put (s, "a.html", page);
  g_assert_cmpint (scratch_run (s, "diglot --dump doc a.html | sed -n 's/^node\\t.\\t\\([a-z]*\\).*/\\1/p' | tr '\\n' ' '"), ==, 0);
  g_assert_cmpstr (s->out, ==, "headline body crosshead body caption ");
}

static void
test_hostile (void)
{
  static const char bomb[] = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>"
                             "<w:document " W "><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>";
  g_autofree char  *empty = NULL;
  g_autoptr (GString) nested = g_string_new (NULL), lines = g_string_new (NULL);
  GBytes *files[6];
  DgOcf  *file = dg_ocf_new ();
  guint   n = 0;

  add (file, "[Content_Types].xml", TYPES);
  add (file, "word/document.xml", bomb);
  files[n++] = dg_ocf_finish (file);
  for (guint i = 0; i < 3000; i++)
    g_string_append (nested, "<w:tbl><w:tr><w:tc>");
  files[n++] = make_docx (nested->str, NULL);
  files[n++] = make_docx ("<w:p><w:r><w:t>never closed", NULL);
  for (guint i = 0; i < 1100000; i++)
    g_string_append (lines, "<w:p/>");
  files[n++] = make_docx (lines->str, NULL);
  empty = g_strnfill (70 * 1024 * 1024, ' ');
  files[n++] = make_docx (empty, NULL);
  files[n] = make_docx (P ("Text"), NULL);
  {
    gsize         length;
    gconstpointer data = g_bytes_get_data (files[n], &length);
    GBytes       *cut = g_bytes_new (data, length / 2);

    g_bytes_unref (files[n]);
    files[n++] = cut;
  }
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DgDocument) document = dg_document_new (files[i], DG_KIND_DOCX, &error);

    g_assert_null (document);
    g_assert_true (g_error_matches (error, DIGLOT_ERROR, DIGLOT_ERROR_KIND) || g_error_matches (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT));
    g_bytes_unref (files[i]);
  }
}

static void
put (const Scratch *s, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (s->folder, name, NULL);
  g_autoptr (GBytes) own = bytes;

  g_assert_true (diglot_write_file (path, own, NULL));
}

/* A document is read as its text would be: the same roles and pairs, and messages name lines of what --dump source shows. */
static void
test_program (Scratch *s, gconstpointer data)
{
  static const char *const text[] = {
    "Source: Agencies 4 May 2025",     "Harbour opens again", "The harbour, closed since 4 May, opens on Sunday after 12 days of work.",
    "المصدر: وكالات 4 أيار/مايو 2025", "إعادة فتح الميناء",   "يعاد فتح الميناء المغلق منذ 4 أيار يوم الأحد بعد 12 يوماً من العمل."
  };
  g_autoptr (GString) body = g_string_new (NULL), plain = g_string_new (NULL);

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (text); i++) {
    g_string_append_printf (body, P ("%s"), text[i]);
    g_string_append_printf (plain, "%s\n", text[i]);
  }
  scratch_put (s, "plain.txt", plain->str);
  put (s, "a.docx", make_docx (body->str, NULL));
  g_assert_cmpint (scratch_run (s, "diglot --dump source a.docx | cmp - plain.txt"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot -t json -o - a.docx | sed s/a.docx/plain.txt/ >a.json; diglot -t json -o - plain.txt | cmp - a.json"), ==, 0);
  g_assert_cmpint (scratch_run (s, "diglot a.docx && test -s a.pdf && diglot --from text a.docx"), ==, 1);
  g_assert_nonnull (strstr (s->err, "[input.kind]"));
  g_assert_cmpint (scratch_run (s, "diglot --from odt a.docx"), ==, 1);
  g_assert_cmpint (scratch_run (s, "diglot --from pages a.docx"), ==, 2);
  g_assert_cmpint (
    scratch_run (
      s,
      "mkdir in && mv a.docx in && diglot --include '*.docx' -o out in && test -s out/a.pdf && diglot -u --include '*.docx' --report - -o out in | grep -q kept"),
    ==, 0);
}

/* Rows of a table of two texts are pairs, also where nothing in them says so; that is told. */
static void
test_rows (Scratch *s, gconstpointer data)
{
  (void) data;
  put (s, "t.docx",
       make_docx ("<w:tbl>" TR ("Harbour opens again", "إعادة فتح الميناء") TR ("The harbour, closed since 4 May, opens on Sunday after 12 days of work.",
                                                                                "يعاد فتح الميناء المغلق منذ 4 أيار يوم الأحد بعد 12 يوماً من العمل.")
                    TR ("Nobody knew a word of it.", "ثمن التذكرة 350 دولاراً و20 سنتاً في المدرج 7 من ملعب بوينغ قرب مطار هيثرو منذ أيلول 1994.")
                      TR ("The repair of 1994 cost 350 dollars, says Boeing near Heathrow in September, at gate 7.", "لا أحد يعلم.") "</w:tbl>",
                  NULL));
  g_assert_cmpint (scratch_run (s, "diglot -t tsv -o - t.docx"), ==, 0);
  g_assert_nonnull (strstr (s->out, "\tNobody knew a word of it.\tثمن التذكرة"));
  g_assert_nonnull (strstr (s->out, "at gate 7.\tلا أحد يعلم."));
  g_assert_nonnull (strstr (s->err, "[align.low-confidence]"));
}

int
main (int argc, char **argv)
{
  g_autofree char *home = scratch_make_home ();
  int              status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/open/docx-text", test_docx_text);
  g_test_add_func ("/open/docx-lists-and-notes", test_docx_lists_and_notes);
  g_test_add_func ("/open/tables", test_tables);
  g_test_add_func ("/open/odt-text", test_odt_text);
  g_test_add_func ("/open/html", test_html);
  g_test_add_func ("/open/html-picture", test_html_picture);
  g_test_add_func ("/open/styles", test_styles);
  g_test_add_func ("/open/hostile", test_hostile);
  g_test_add ("/open/styled-roles", Scratch, NULL, scratch_set_up, test_styled_roles, scratch_tear_down);
  g_test_add ("/open/program", Scratch, NULL, scratch_set_up, test_program, scratch_tear_down);
  g_test_add ("/open/rows", Scratch, NULL, scratch_set_up, test_rows, scratch_tear_down);
  status = g_test_run ();
  scratch_remove (home);
  return status;
}
