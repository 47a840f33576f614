/* test_pdf.c: what a reader of the PDF gets back: words in order, no inserted kashida, exact paragraphs in the structure tree, and
 * fonts whose widths are true. */
#include <glib/gstdio.h>
#include <hb.h>
#include <locale.h>
#include <qpdf/qpdf-c.h>
#include <string.h>
#include "diglot.h"
#include "base/number.h"
#include "type/para.h"
#include "pdf/file.h"
#include "pdf/write.h"
#include "pdf/program.h"
#include "type/outline.h"
#include "pdf/text.h"

static DgFonts   *fonts;
static DgHyphens *hyphens;
static DgProfile *profile;

static void
free_page (gpointer data)
{
  g_array_unref (((DgPage *) data)->boxes);
  g_free (data);
}

/* Pages with room for paragraphs, without the layout's choices. */
static DgPages *
make_pages (void)
{
  DgPages *pages = g_new0 (DgPages, 1);
  DgPage  *page = g_new0 (DgPage, 1);

  page->boxes = g_array_new (FALSE, FALSE, sizeof (DgBox));
  pages->width = 595;
  pages->height = 842;
  pages->pages = g_ptr_array_new_with_free_func (free_page);
  pages->elements = g_array_new (FALSE, FALSE, sizeof (DgElement));
  pages->paras = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_para_free);
  pages->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_line_free);
  g_ptr_array_add (pages->pages, page);
  return pages;
}

static void
free_pages (DgPages *pages)
{
  g_ptr_array_unref (pages->pages);
  g_array_unref (pages->elements);
  g_ptr_array_unref (pages->lines);
  g_ptr_array_unref (pages->paras);
  g_free (pages);
}

/* Sets @text from baseline @y on as an element of the page (furniture: @role DG_ROLE_BLANK). */
static void
add (DgPages *pages, DgSide side, DgRole role, int bead, const char *lang, const char *text, double measure, double y, DgKashida kashida)
{
  gboolean    rtl = !strcmp (lang, "ar") || !strcmp (lang, "he") || !strcmp (lang, "fa");
  DgParaStyle style = { .size = rtl ? 12 : 10.2, .justify = TRUE, .space_min = .72, .space_max = 1.7, .kashida = kashida };
  DgPage     *page = pages->pages->pdata[0];
  g_autoptr (GPtrArray) lines = NULL;
  DgPara *para;

  style.family = dg_fonts_family (fonts, lang, NULL);
  style.hyphens = hyphens;
  para = dg_para_new (fonts, text, lang, rtl, &style);
  g_ptr_array_add (pages->paras, para);
  if (role != DG_ROLE_BLANK) {
    DgElement element = { .role = role, .side = side, .bead = bead, .para = para };

    g_array_append_val (pages->elements, element);
  }
  lines = dg_para_break (para, measure, 0);
  g_ptr_array_set_free_func (lines, NULL);
  for (guint i = 0; i < lines->len; i++) {
    DgLine *line = lines->pdata[i];
    DgBox   box = { .kind = DG_BOX_LINE,
                    .x = (rtl ? 320 : 51) + line->x,
                    .y = y + 17 * i,
                    .line = line,
                    .para = para,
                    .element = role == DG_ROLE_BLANK ? -1 : (int) pages->elements->len - 1 };

    g_ptr_array_add (pages->lines, line);
    g_array_append_val (page->boxes, box);
  }
}

static GBytes *
write_pages (const DgPages *pages)
{
  DgInfo info = { .title = (char *) "A title / عنوان", .n_texts = 2, .langs = { (char *) "en", (char *) "ar" }, .date = (char *) "2022-09-09T21:10:00Z" };
  g_autoptr (GError) error = NULL;
  GBytes *bytes = dg_pdf_write (&(const DgPdfDocument){ pages, &info, NULL }, 1, &info, profile, &error);

  g_assert_no_error (error);
  return bytes;
}

/* What a tool prints about the PDF. */
static char *
ask (GBytes *pdf, const char *tool, const char *option)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  const char *words[] = { tool, NULL, NULL, NULL, NULL };
  char       *out = NULL;
  gsize       length;
  const char *data = g_bytes_get_data (pdf, &length);
  int         status, fd = g_file_open_tmp ("diglot-XXXXXX.pdf", &path, &error);
  guint       n = 1;

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, &error));
  if (option)
    words[n++] = option;
  words[n++] = path;
  if (!strcmp (tool, "pdftotext"))
    words[n++] = "-";
  g_assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error));
  g_unlink (path);
  g_assert_cmpint (status, ==, 0);
  return out;
}

/* The text without direction marks, which engines add as they like, and with single spaces. */
static char *
dup_plain (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (ch == 0x200E || ch == 0x200F || (ch >= 0x202A && ch <= 0x202E))
      continue;
    if (g_unichar_isspace (ch))
      ch = ' ';
    if (ch != ' ' || (out->len && out->str[out->len - 1] != ' '))
      g_string_append_unichar (out, ch);
  }
  return g_string_free (out, FALSE);
}

static void
assert_has (const char *text, const char *words)
{
  g_autofree char *plain = dup_plain (text);

  if (!strstr (plain, words))
    g_error ("“%s” is not in “%s”", words, plain);
}

static const char *const english = "The council will meet again on Thursday to vote on the new bridge, whose cost has doubled since 2019.";

static void
test_english (void)
{
  DgPages *pages = make_pages ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL, *plain = NULL;

  add (pages, DG_SIDE_A, DG_ROLE_BODY, 0, "en", english, 250, 100, DG_KASHIDA_NONE);
  pdf = write_pages (pages);
  text = ask (pdf, "pdftotext", NULL);
  plain = dup_plain (text);
  g_strchomp (plain);
  g_assert_cmpstr (plain, ==, english);
  free_pages (pages);
}

/* Words that end in a mark, at a comma, beside a number, at a line's end; kerned apart (reh and yeh); composed and decomposed. */
static const char *const arabic = "قال الوزير أيضاً، في بيانٍ نُشر أمس، إنّ 24 قرية تضررت تضرراً كبيراً وإن البريد لم يصل إلى نيويورك مؤقتاً.";

static void
test_arabic (void)
{
  static const char *const words[] = { "أيضاً", "بيانٍ", "نُشر", "إنّ", "24", "قرية", "تضرراً", "كبيراً", "البريد", "نيويورك", "مؤقتاً" };
  DgPages                 *pages = make_pages ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL, *plain = NULL;

  add (pages, DG_SIDE_A, DG_ROLE_BODY, 0, "en", english, 250, 100, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_A, DG_ROLE_BODY, 1, "en", english, 250, 250, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_B, DG_ROLE_BODY, 0, "ar", arabic, 215, 100, DG_KASHIDA_NONE);
  pdf = write_pages (pages);
  text = ask (pdf, "pdftotext", NULL);
  plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *word = g_utf8_normalize (words[i], -1, G_NORMALIZE_NFC);

    assert_has (plain, word);
  }
  assert_has (text, "The council will meet again on Thursday");
  free_pages (pages);
}

/* Inserted kashidas are drawn but are none of the text; one that the author typed is. */
static void
test_kashida (void)
{
  DgPages *pages = make_pages ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  guint            drawn = 0;

  for (int i = 0; i < 4; i++)
    add (pages, DG_SIDE_B, DG_ROLE_BODY, i, "ar", arabic, 150 + 10 * i, 100 + 150 * i, DG_KASHIDA_SEVERAL);
  for (guint i = 0; i < pages->lines->len; i++)
    drawn += ((const DgLine *) pages->lines->pdata[i])->n_kashidas;
  g_assert_cmpuint (drawn, >, 0);
  pdf = write_pages (pages);
  text = ask (pdf, "pdftotext", NULL);
  g_assert_null (strstr (text, "\xd9\x80"));
  assert_has (text, "البريد");
  free_pages (pages);

  g_clear_pointer (&pdf, g_bytes_unref);
  g_clear_pointer (&text, g_free);
  pages = make_pages ();
  add (pages, DG_SIDE_B, DG_ROLE_BODY, 0, "ar", "وصفها بـالمرفوضة", 215, 100, DG_KASHIDA_NONE);
  pdf = write_pages (pages);
  text = ask (pdf, "pdftotext", NULL);
  assert_has (text, "بـالمرفوضة");
  free_pages (pages);
}

typedef struct {
  qpdf_data qpdf;
  GString  *out;
} Walk;

static void
walk (Walk *self, qpdf_oh node, guint depth)
{
  qpdf_oh kids;

  if (!qpdf_oh_is_dictionary (self->qpdf, node) || qpdf_oh_has_key (self->qpdf, node, "/MCID"))
    return;
  if (qpdf_oh_has_key (self->qpdf, node, "/S")) {
    g_string_append_printf (self->out, "%*s%s", (int) (2 * depth), "", qpdf_oh_get_name (self->qpdf, qpdf_oh_get_key (self->qpdf, node, "/S")) + 1);
    if (qpdf_oh_has_key (self->qpdf, node, "/Lang"))
      g_string_append_printf (self->out, " (%s)", qpdf_oh_get_utf8_value (self->qpdf, qpdf_oh_get_key (self->qpdf, node, "/Lang")));
    if (qpdf_oh_has_key (self->qpdf, node, "/ActualText"))
      g_string_append_printf (self->out, " %s", qpdf_oh_get_utf8_value (self->qpdf, qpdf_oh_get_key (self->qpdf, node, "/ActualText")));
    g_string_append_c (self->out, '\n');
  }
  kids = qpdf_oh_get_key (self->qpdf, node, "/K");
  for (int i = 0; i < qpdf_oh_get_array_n_items (self->qpdf, kids); i++) {
    qpdf_oh kid = qpdf_oh_get_array_item (self->qpdf, kids, i);

    if (qpdf_oh_is_integer (self->qpdf, kid) || qpdf_oh_has_key (self->qpdf, kid, "/MCID"))
      g_assert_false (qpdf_oh_has_key (self->qpdf, node, "/ActualText"));
    walk (self, kid, depth + 1);
  }
}

/* A paragraph on two pages is told page by page, each part as it stands there. */
static void
test_structure_over_pages (void)
{
  DgPages *pages = make_pages ();
  DgPage  *first = pages->pages->pdata[0], *second = g_new0 (DgPage, 1);
  g_autoptr (GBytes) pdf = NULL;
  Walk        self = { qpdf_init (), g_string_new (NULL) };
  gsize       length;
  const char *data;
  guint       keep;

  add (pages, DG_SIDE_B, DG_ROLE_BODY, 0, "ar", "عبرت السفينة الجسر القديم في الصباح ثم عادت إلى الميناء قبل الظهر بقليل", 215, 100, DG_KASHIDA_NONE);
  second->boxes = g_array_new (FALSE, FALSE, sizeof (DgBox));
  g_ptr_array_add (pages->pages, second);
  g_assert_cmpuint (first->boxes->len, >=, 2);
  keep = first->boxes->len - 1;
  g_array_append_val (second->boxes, g_array_index (first->boxes, DgBox, keep));
  g_array_set_size (first->boxes, keep);
  pdf = write_pages (pages);
  data = g_bytes_get_data (pdf, &length);
  qpdf_silence_errors (self.qpdf);
  g_assert_cmpint (qpdf_read_memory (self.qpdf, "test", data, length, NULL), ==, QPDF_SUCCESS);
  walk (&self, qpdf_oh_get_key (self.qpdf, qpdf_get_root (self.qpdf), "/StructTreeRoot"), 0);
  {
    g_auto (GStrv) rows = g_strsplit (self.out->str, "\n", -1);
    g_autofree char *whole = NULL;

    g_assert_cmpuint (g_strv_length (rows), ==, 8);
    g_assert_cmpstr (rows[2], ==, "      P (ar)");
    g_assert_true (g_str_has_prefix (rows[3], "        Span ") && g_str_has_prefix (rows[5], "        Span "));
    g_assert_cmpstr (rows[4], ==, "          Span");
    whole = g_strconcat (rows[3] + 13, rows[5] + 13, NULL);
    g_assert_cmpstr (whole, ==, "عبرت السفينة الجسر القديم في الصباح ثم عادت إلى الميناء قبل الظهر بقليل");
  }
  g_string_free (self.out, TRUE);
  qpdf_cleanup (&self.qpdf);
  free_pages (pages);
}

/* Read row by row whatever is drawn first, exactly as written; furniture is not in it. */
static void
test_structure (void)
{
  DgPages *pages = make_pages ();
  g_autoptr (GBytes) pdf = NULL;
  Walk        self = { qpdf_init (), g_string_new (NULL) };
  gsize       length;
  const char *data;

  add (pages, DG_SIDE_A, DG_ROLE_HEADLINE, -1, "en", "The bridge", 250, 60, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_A, DG_ROLE_BODY, 0, "en", "First row.", 250, 100, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_A, DG_ROLE_BODY, 1, "en", "Second (row).", 250, 150, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_A, DG_ROLE_CAPTION, -1, "en", "Picture: the bridge", 250, 250, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_A, DG_ROLE_BLANK, -1, "en", "17", 250, 800, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_B, DG_ROLE_HEADLINE, -1, "ar", "الجسر", 215, 60, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_B, DG_ROLE_BODY, 0, "ar", "الصف الأول في 24/7.", 215, 100, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_B, DG_ROLE_BODY, 1, "ar", "الصف الثاني", 215, 150, DG_KASHIDA_NONE);
  pdf = write_pages (pages);
  data = g_bytes_get_data (pdf, &length);
  qpdf_silence_errors (self.qpdf);
  g_assert_cmpint (qpdf_read_memory (self.qpdf, "test", data, length, NULL), ==, QPDF_SUCCESS);
  walk (&self, qpdf_oh_get_key (self.qpdf, qpdf_get_root (self.qpdf), "/StructTreeRoot"), 0);
  g_assert_cmpstr (self.out->str, ==,
                   "  Document\n"
                   "    Sect\n"
                   "      H1 (en) The bridge\n        Span\n"
                   "    Sect\n"
                   "      H1 (ar) الجسر\n        Span\n"
                   "    Sect\n"
                   "      P (en) First row.\n        Span\n"
                   "      P (ar) الصف الأول في 24/7.\n        Span\n"
                   "    Sect\n"
                   "      P (en) Second (row).\n        Span\n"
                   "      P (ar) الصف الثاني\n        Span\n"
                   "    Sect\n"
                   "      Caption (en) Picture: the bridge\n        P\n");
  g_string_free (self.out, TRUE);
  qpdf_cleanup (&self.qpdf);
  free_pages (pages);
}

/* A word is as wide for who reads the PDF as it was set, also where several glyphs side by side make one syllable. */
static void
test_word_width (void)
{
  DgPages *pages = make_pages ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  const DgBox     *box;
  const char      *left, *right;

  add (pages, DG_SIDE_A, DG_ROLE_BODY, 0, "hi", "ताकि", 250, 100, DG_KASHIDA_NONE);
  box = &g_array_index (((const DgPage *) pages->pages->pdata[0])->boxes, DgBox, 0);
  pdf = write_pages (pages);
  text = ask (pdf, "pdftotext", "-bbox");
  left = strstr (text, "<word xMin=\"");
  g_assert_nonnull (left);
  right = strstr (left, "xMax=\"");
  g_assert_nonnull (right);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (left + strlen ("<word xMin=\""), NULL), box->x, 1);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (right + strlen ("xMax=\""), NULL), box->x + box->line->width, 1);
  free_pages (pages);
}

/* The advance that a code's glyph has in the embedded TrueType program is the width that the PDF states for it (ISO 19005-2 6.2.11.5). */
static void
test_widths (void)
{
  DgPages *pages = make_pages ();
  g_autoptr (GBytes) pdf = NULL;
  qpdf_data   qpdf = qpdf_init ();
  gsize       length;
  const char *data;
  guint       compared = 0;

  add (pages, DG_SIDE_A, DG_ROLE_BODY, 0, "en", english, 250, 100, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_B, DG_ROLE_BODY, 0, "ar", arabic, 150, 100, DG_KASHIDA_SEVERAL);
  pdf = write_pages (pages);
  data = g_bytes_get_data (pdf, &length);
  qpdf_silence_errors (qpdf);
  g_assert_cmpint (qpdf_read_memory (qpdf, "test", data, length, NULL), ==, QPDF_SUCCESS);
  for (int id = 1; id < 1000; id++) {
    qpdf_oh        font = qpdf_get_object_by_id (qpdf, id, 0), widths;
    unsigned char *program = NULL;
    size_t         size = 0;
    hb_blob_t     *blob;
    hb_face_t     *face;
    hb_font_t     *loaded;
    double         em;

    if (!qpdf_oh_is_dictionary (qpdf, font) || !qpdf_oh_has_key (qpdf, font, "/CIDSystemInfo"))
      continue;
    qpdf_oh_get_stream_data (qpdf, qpdf_oh_get_key (qpdf, qpdf_oh_get_key (qpdf, font, "/FontDescriptor"), "/FontFile2"), qpdf_dl_all, NULL, &program, &size);
    blob = hb_blob_create ((const char *) program, (unsigned int) size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    face = hb_face_create (blob, 0);
    loaded = hb_font_create (face);
    em = hb_face_get_upem (face);
    hb_font_set_scale (loaded, (int) em, (int) em);
    widths = qpdf_oh_get_array_item (qpdf, qpdf_oh_get_key (qpdf, font, "/W"), 1);
    g_assert_cmpint (qpdf_oh_get_array_n_items (qpdf, widths), <=, (int) hb_face_get_glyph_count (face));
    for (int i = 1; i < qpdf_oh_get_array_n_items (qpdf, widths); i++, compared++)
      g_assert_cmpfloat_with_epsilon (qpdf_oh_get_numeric_value (qpdf, qpdf_oh_get_array_item (qpdf, widths, i)),
                                      hb_font_get_glyph_h_advance (loaded, (hb_codepoint_t) i) * 1000 / em, .01);
    hb_font_destroy (loaded);
    hb_face_destroy (face);
    hb_blob_destroy (blob);
    free (program);
  }
  g_assert_cmpuint (compared, >, 40);
  qpdf_cleanup (&qpdf);
  free_pages (pages);
}

static void
note_end (gpointer path, double x, double y)
{
  const float point[] = { (float) x, (float) y };

  g_array_append_vals (path, point, 2);
}

static void
note_curve (gpointer path, double x1, double y1, double x, double y)
{
  note_end (path, x1, y1);
  note_end (path, x, y);
}

static void
note_cubic (gpointer path, double x1, double y1, double x2, double y2, double x, double y)
{
  note_curve (path, x1, y1, x2, y2);
  note_end (path, x, y);
}

/* The outline of @glyph, its points moved by @x. */
static GArray *
trace (hb_face_t *face, hb_codepoint_t glyph, float x)
{
  static const DgPen pen = { .move = note_end, .line = note_end, .quadratic = note_curve, .cubic = note_cubic };
  GArray            *path = g_array_new (FALSE, FALSE, sizeof (float));
  hb_font_t         *font = hb_font_create (face);

  dg_outline_draw (font, glyph, &pen, path);
  for (guint i = 0; i < path->len; i += 2)
    g_array_index (path, float, i) += x;
  hb_font_destroy (font);
  return path;
}

static void
append_path (GArray *to, GArray *path)
{
  g_array_append_vals (to, path->data, path->len);
  g_array_unref (path);
}

/* Where a phrase of the other direction stands in its line, pt: left and right. */
static void
find_phrase (const DgLine *line, guint parity, double ends[2])
{
  ends[0] = G_MAXDOUBLE;
  ends[1] = -G_MAXDOUBLE;
  for (guint r = 0; r < line->runs->len; r++) {
    const DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, r);

    for (guint i = run->first; i < run->first + run->n && run->level % 2 == parity; i++) {
      const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

      ends[0] = MIN (ends[0], glyph->x);
      ends[1] = MAX (ends[1], glyph->x + glyph->advance);
    }
  }
}

/* A phrase of the other direction is held by a joint at each end, a hair beyond it, raised so much that PDFium takes it for a line of its own and MuPDF does
 * not; all else stands on the baseline. */
static void
test_joints (void)
{
  static const struct {
    const char *lang, *text;
  } lines[] = { { "ar", "كتاب Port of Jazeera Bay كتاب" }, { "en", "mill كتاب كتاب willow" } };

  for (guint k = 0; k < G_N_ELEMENTS (lines); k++) {
    DgPages     *pages = make_pages ();
    const DgBox *box;
    g_autoptr (DgPdfFaces) faces = dg_pdf_faces_new (profile);
    g_autoptr (GString) content = g_string_new (NULL);
    double ends[2], left = 0, right = 0;
    guint  raised = 0;
    char  *at;

    add (pages, DG_SIDE_A, DG_ROLE_BODY, 0, lines[k].lang, lines[k].text, 400, 100, DG_KASHIDA_NONE);
    box = &g_array_index (((const DgPage *) pages->pages->pdata[0])->boxes, DgBox, 0);
    find_phrase (box->line, k == 0 ? 0 : 1, ends);
    dg_pdf_text_append (content, faces, box->line, lines[k].text, k == 0, 0, 500);
    for (gsize i = 0; i < content->len; i++) /* strings have any bytes */
      content->str[i] = content->str[i] == '\0' ? '.' : content->str[i];
    for (at = content->str; (at = strstr (at, "1 0 0 1 ")) != NULL;) {
      double x = g_ascii_strtod (at + 8, &at), y = g_ascii_strtod (at, &at);

      if (y <= 500)
        continue;
      raised++;
      g_assert_cmpfloat (y, >, 501);
      g_assert_cmpfloat (y, <, 500 + .8 * 12);
      if (ABS (x - ends[0]) < .1) {
        g_assert_cmpfloat (x, <, ends[0]);
        left = MAX (left, y - 500);
      } else {
        g_assert_cmpfloat (ABS (x - ends[1]), <, .1);
        g_assert_cmpfloat (x, >, ends[1]);
        right = MAX (right, y - 500);
      }
    }
    g_assert_cmpuint (raised, >=, 2);
    g_test_message ("%s: raised by %.2f and %.2f", lines[k].lang, left, right);
    g_assert_cmpfloat (left, >, 1.5); /* more than half of what stands beside it */
    g_assert_cmpfloat (right, >, 1.5);
    g_assert_nonnull (strstr (content->str, " 500 Tm"));
    free_pages (pages);
  }
}

/* The codes of a range have their first byte in common (ISO 32000-1 9.10.3), also where a font has more than 255. */
static void
test_ranges (void)
{
  DgPages *pages = make_pages ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) pdf = NULL;
  qpdf_data   qpdf = qpdf_init ();
  gsize       length;
  const char *data;
  guint       beyond = 0;

  for (gunichar ch = 0x4E00; ch < 0x4E00 + 351; ch++)
    g_string_append_unichar (text, ch);
  add (pages, DG_SIDE_A, DG_ROLE_BODY, 0, "zh", text->str, 400, 100, DG_KASHIDA_NONE);
  pdf = write_pages (pages);
  data = g_bytes_get_data (pdf, &length);
  qpdf_silence_errors (qpdf);
  g_assert_cmpint (qpdf_read_memory (qpdf, "test", data, length, NULL), ==, QPDF_SUCCESS);
  for (int id = 1; id < 1000; id++) {
    qpdf_oh          font = qpdf_get_object_by_id (qpdf, id, 0);
    unsigned char   *stream = NULL;
    size_t           size = 0;
    g_autofree char *map = NULL;

    if (!qpdf_oh_is_dictionary (qpdf, font) || !qpdf_oh_has_key (qpdf, font, "/ToUnicode"))
      continue;
    qpdf_oh_get_stream_data (qpdf, qpdf_oh_get_key (qpdf, font, "/ToUnicode"), qpdf_dl_all, NULL, &stream, &size);
    map = g_strndup ((const char *) stream, size);
    free (stream);
    for (const char *range = map; (range = strstr (range, "beginbfrange\n<")) != NULL; range++) {
      const char *first = strchr (range, '<') + 1, *last = strchr (first, '<') + 1;

      g_assert_cmpmem (first, 2, last, 2);
      beyond += memcmp (first, "00", 2) != 0;
    }
  }
  g_assert_cmpuint (beyond, >, 0);
  qpdf_cleanup (&qpdf);
  free_pages (pages);
}

static guint
be16 (const char *bytes)
{
  return (guint) (guchar) bytes[0] << 8 | (guchar) bytes[1];
}

/* No composite glyph says that instructions follow, since none do (OpenType 1.9, glyf). */
static void
assert_no_instructions (hb_face_t *face)
{
  hb_blob_t   *head = hb_face_reference_table (face, HB_TAG ('h', 'e', 'a', 'd')), *loca = hb_face_reference_table (face, HB_TAG ('l', 'o', 'c', 'a'));
  hb_blob_t   *glyf = hb_face_reference_table (face, HB_TAG ('g', 'l', 'y', 'f'));
  unsigned int length, head_length, glyf_length;
  const char  *places = hb_blob_get_data (loca, &length), *header = hb_blob_get_data (head, &head_length), *glyphs = hb_blob_get_data (glyf, &glyf_length);
  gboolean     is_long = be16 (header + 50) != 0;
  guint        composites = 0;

  for (guint i = 0; i < hb_face_get_glyph_count (face); i++) {
    guint at = is_long ? be16 (places + 4 * i) << 16 | be16 (places + 4 * i + 2) : be16 (places + 2 * i) * 2;
    guint end = is_long ? be16 (places + 4 * i + 4) << 16 | be16 (places + 4 * i + 6) : be16 (places + 2 * i + 2) * 2, flags = 0x20;

    g_assert_cmpuint (end, <=, glyf_length);
    if (end <= at || be16 (glyphs + at) < 0x8000)
      continue;
    composites++;
    for (at += 10; (flags & 0x20) != 0; at += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0)) {
      g_assert_cmpuint (at + 4, <=, end);
      flags = be16 (glyphs + at);
      g_assert_cmpuint (flags & 0x100, ==, 0);
    }
    g_assert_cmpuint (at, <=, end);
    g_assert_cmpuint (end - at, <, 4); /* nothing behind the parts but what fills up */
  }
  g_assert_cmpuint (composites, >, 0);
  hb_blob_destroy (head);
  hb_blob_destroy (loca);
  hb_blob_destroy (glyf);
}

/* The line's heights are those of the face, and the widest advance is the codes' own (OpenType 1.9, hhea). */
static void
assert_heights (hb_face_t *face, hb_face_t *embedded)
{
  hb_blob_t   *wanted = hb_face_reference_table (face, HB_TAG ('h', 'h', 'e', 'a')), *got = hb_face_reference_table (embedded, HB_TAG ('h', 'h', 'e', 'a'));
  unsigned int length;
  const char  *a = hb_blob_get_data (wanted, &length), *b = hb_blob_get_data (got, &length);

  g_assert_cmpmem (a, 10, b, 10);
  g_assert_cmpuint (be16 (b + 10), ==, 500);
  hb_blob_destroy (wanted);
  hb_blob_destroy (got);
}

/* Behind ROS in the top dictionary stands no FontMatrix, since validators take the number before it for one; units other than a thousandth of an em have
 * theirs in the font's dictionary, the default none. */
static void
test_cff_units (void)
{
  static const char *const files[] = { "/usr/share/fonts/truetype/gentiumplus/GentiumBookPlus-Regular.ttf",
                                       "/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf" };

  for (guint f = 0; f < G_N_ELEMENTS (files); f++) {
    hb_blob_t      *blob = hb_blob_create_from_file (files[f]);
    hb_face_t      *face = hb_face_create (blob, 0);
    const DgPdfPart part = { 0, 40, 0, 0, DG_PDF_SCALE };
    const DgPdfCode codes[] = { { 500, 0, 1 }, { 500, 0, 1 } };
    DgPdfProgram    program = { &face, 1, 0, codes, G_N_ELEMENTS (codes), &part };
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = dg_pdf_cff_new (&program, &error);
    const guint8 *data, *ros, *matrix;
    gsize         length;

    g_assert_no_error (error);
    data = g_bytes_get_data (bytes, &length);
    ros = memmem (data, length, "\x0C\x1E", 2);
    g_assert_nonnull (ros);
    g_assert_cmpuint (ros[2], ==, 29); /* a whole number: CIDCount's */
    matrix = memmem (ros, length - (gsize) (ros - data), "\x0C\x07", 2);
    g_assert_true ((matrix != NULL) == (hb_face_get_upem (face) != 1000));
    hb_face_destroy (face);
    hb_blob_destroy (blob);
  }
}

/* The box of a glyph as the font tells it: left, bottom, right, top. */
static void
read_box (hb_face_t *face, hb_codepoint_t glyph, int box[4])
{
  hb_font_t         *font = hb_font_create (face);
  hb_glyph_extents_t extents = { 0, 0, 0, 0 };

  hb_font_get_glyph_extents (font, glyph, &extents);
  box[0] = extents.x_bearing;
  box[1] = extents.y_bearing + extents.height;
  box[2] = extents.x_bearing + extents.width;
  box[3] = extents.y_bearing;
  hb_font_destroy (font);
}

/* The box of glyph @i, of those made below, is that of its parts. */
static void
assert_box (hb_face_t *face, hb_face_t *embedded, guint i)
{
  int      got[4], wanted[4], other[4];
  gboolean blank;

  read_box (embedded, i, got);
  read_box (face, i / 3, wanted);
  read_box (face, 40, other);
  blank = wanted[0] == wanted[2] && wanted[1] == wanted[3];
  for (guint k = 0; k < 4; k++) {
    wanted[k] += !blank && i % 3 > 0 && k % 2 == 0 ? 70 : 0;
    if (i % 3 == 2)
      wanted[k] = blank ? other[k] : k < 2 ? MIN (wanted[k], other[k]) : MAX (wanted[k], other[k]);
  }
  if (wanted[0] != wanted[2])
    g_assert_cmpmem (got, sizeof got, wanted, sizeof wanted);
}

/* Every outline of a face, composites too, is the same in the font program: alone, moved, and beside another. */
static void
test_outlines (void)
{
  static const char *const files[] = { "/usr/share/fonts/truetype/gentiumplus/GentiumBookPlus-Regular.ttf",
                                       "/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf",
                                       "/usr/share/fonts/truetype/noto/NotoSerifHebrew-Regular.ttf" }; /* whose outlines are found by short numbers */

  for (guint f = 0; f < G_N_ELEMENTS (files); f++) {
    hb_blob_t *blob = hb_blob_create_from_file (files[f]), *made;
    hb_face_t *face = hb_face_create (blob, 0), *embedded;
    guint      n = hb_face_get_glyph_count (face), outlines = 0;
    g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (DgPdfPart)), codes = g_array_new (FALSE, FALSE, sizeof (DgPdfCode));
    DgPdfProgram program = { &face, 1, 0, NULL, 0, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;

    for (guint i = 0; i < 3 * n; i++) {
      DgPdfPart part = { 0, i / 3, i % 3 ? 70 : 0, 0, DG_PDF_SCALE }, other = { 0, 40, 0, 0, DG_PDF_SCALE };
      DgPdfCode code = { 500, parts->len, i % 3 == 2 ? 2 : 1 };

      g_array_append_val (codes, code);
      g_array_append_val (parts, part);
      if (code.n == 2)
        g_array_append_val (parts, other);
    }
    program.codes = (const DgPdfCode *) (gpointer) codes->data;
    program.n_codes = codes->len;
    program.parts = (const DgPdfPart *) (gpointer) parts->data;
    bytes = dg_pdf_glyf_new (&program, &error);
    g_assert_no_error (error);
    made = hb_blob_create (g_bytes_get_data (bytes, NULL), (unsigned int) g_bytes_get_size (bytes), HB_MEMORY_MODE_READONLY, NULL, NULL);
    embedded = hb_face_create (made, 0);
    g_assert_cmpuint (hb_face_get_glyph_count (embedded), >=, 3 * n);
    for (guint i = 1; i < 3 * n; i++) {
      g_autoptr (GArray) wanted = trace (face, i / 3, i % 3 ? 70 : 0), got = trace (embedded, i, 0);

      if (i % 3 == 2)
        append_path (wanted, trace (face, 40, 0));
      outlines += wanted->len > 0;
      g_assert_cmpmem (got->data, got->len * sizeof (float), wanted->data, wanted->len * sizeof (float));
      assert_box (face, embedded, i);
    }
    g_assert_cmpuint (outlines, >, n);
    assert_no_instructions (embedded);
    assert_heights (face, embedded);
    hb_face_destroy (embedded);
    hb_blob_destroy (made);
    hb_face_destroy (face);
    hb_blob_destroy (blob);
  }
}

/* The same pages give the same bytes, in every locale. */
static void
test_same_bytes (void)
{
  DgPages *pages = make_pages ();
  g_autoptr (GBytes) one = NULL, two = NULL;

  add (pages, DG_SIDE_A, DG_ROLE_BODY, 0, "en", english, 250, 100, DG_KASHIDA_NONE);
  add (pages, DG_SIDE_B, DG_ROLE_BODY, 0, "ar", arabic, 215, 100, DG_KASHIDA_SEVERAL);
  one = write_pages (pages);
  setlocale (LC_ALL, "de_DE.UTF-8");
  two = write_pages (pages);
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_true (g_bytes_equal (one, two));
  free_pages (pages);
}

/* A right-to-left line in several faces is one font's, so that browsers see one line. */
static void
test_united (void)
{
  DgPages *pages = make_pages ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL, *list = NULL;

  add (pages, DG_SIDE_B, DG_ROLE_BODY, 0, "ar", "يقرأ البرنامج الملف README قبل غيره", 215, 100, DG_KASHIDA_NONE);
  pdf = write_pages (pages);
  text = ask (pdf, "pdftotext", NULL);
  list = ask (pdf, "pdffonts", NULL);
  assert_has (text, "README");
  g_assert_nonnull (strstr (list, "Amiri"));
  g_assert_null (strstr (list, "Gentium"));
  free_pages (pages);
}

/* Lines that no shaper makes: marks without a letter, a kashida first, blank and unknown glyphs, nothing at all. */
static void
test_odd_lines (void)
{
  static const char text[] = "\xd9\x8b\xd9\x8b \xd8\xa7";
  DgPages          *pages = make_pages ();
  const DgGlyphRun *like;
  g_autoptr (DgPdfFaces) faces = dg_pdf_faces_new (profile);
  g_autoptr (GString) out = g_string_new (NULL);

  add (pages, DG_SIDE_B, DG_ROLE_BODY, 0, "ar", arabic, 215, 100, DG_KASHIDA_NONE);
  like = &g_array_index (((const DgLine *) pages->lines->pdata[0])->runs, DgGlyphRun, 0);
  for (guint pattern = 0; pattern < 5 * 5 * 5 * 5; pattern++)
    for (guint8 level = 0; level < 2; level++) {
      DgLine     line = { .glyphs = g_array_new (FALSE, TRUE, sizeof (DgGlyph)), .runs = g_array_new (FALSE, TRUE, sizeof (DgGlyphRun)) };
      DgGlyphRun run = { like->font, 12, 1, level, { .k = 1 }, 0, pattern % 5 };

      for (guint i = 0, p = pattern; i < 4; i++, p /= 5) {
        static const guint starts[] = { 0, 2, 4, 5 };
        DgGlyph            glyph = { i == 3 ? PANGO_GLYPH_EMPTY : 5 + i, (DgGlyphKind) (p % 5), starts[i], i == 2 ? 1 : 2, 3.0 * i, i, p % 2 ? 3 : 0 };

        if (glyph.kind == DG_GLYPH_MARK || glyph.kind == DG_GLYPH_KASHIDA)
          glyph.length = 0;
        g_array_append_val (line.glyphs, glyph);
      }
      g_array_append_val (line.runs, run);
      dg_pdf_text_append (out, faces, &line, text, level == 1, 100, 100);
      g_array_unref (line.glyphs);
      g_array_unref (line.runs);
    }
  g_assert_cmpuint (out->len, >, 0);
  free_pages (pages);
}

static void
test_syntax (void)
{
  static const char WORDS[] = "-12.346 0.05 0 (a \\(b\\) \\\\) (\xFE\xFF\x06\x27\xD8\x3D\xDE\x00\x00\\r\x01\\()";
  g_autoptr (GString) out = g_string_new (NULL);

  dg_number_append (out, -12.34567, 3);
  g_string_append_c (out, ' ');
  dg_number_append (out, .05, 2);
  g_string_append_c (out, ' ');
  dg_number_append (out, -.0001, 2);
  g_string_append_c (out, ' ');
  dg_pdf_append_text (out, "a (b) \\", -1);
  g_string_append_c (out, ' ');
  dg_pdf_append_text (out, "\xd8\xa7\xf0\x9f\x98\x80\r\xc4\xa8", -1);
  g_assert_cmpmem (out->str, out->len, WORDS, sizeof WORDS - 1);
}

/* A file of @n numbered objects that the catalog names, and a stream of @words. */
static GBytes *
make_file (guint n, const char *words, gboolean linearise)
{
  g_autoptr (DgPdf) pdf = dg_pdf_new ();
  g_autoptr (GString) catalog = g_string_new ("<< /Type /Catalog /List [");
  g_autoptr (GError) error = NULL;
  guint   pages = dg_pdf_reserve (pdf), page;
  GBytes *bytes;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (catalog, " %u 0 R", dg_pdf_addf (pdf, "%u", i));
  page = dg_pdf_addf (pdf, "<< /Type /Page /Parent %u 0 R /MediaBox [ 0 0 9 9 ] /Resources << >> /Contents %u 0 R >>", pages,
                      dg_pdf_add_stream (pdf, "", words, strlen (words)));
  g_string_append_printf (catalog, " ] /Pages %u 0 R >>", pages);
  dg_pdf_setf (pdf, pages, "<< /Type /Pages /Kids [ %u 0 R ] /Count 1 >>", page);
  bytes = dg_pdf_finish (pdf, dg_pdf_add (pdf, catalog), dg_pdf_addf (pdf, "<< /Producer (A test) >>"), "1.7", linearise, &error);
  g_assert_no_error (error);
  return bytes;
}

/* Whatever their number, qpdf finds the objects where the cross-reference says, linearised or not, and warns of nothing. */
static void
test_file (void)
{
  static const guint counts[] = { 0, 1, 195, 196, 197, 1000 };
  static const char  words[] =
    "q q q q q q q q q q q q q q q q q q q q q q q q q q q q q q q q q q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q";

  for (guint i = 0; i < 2 * G_N_ELEMENTS (counts); i++) {
    int n = (int) counts[i / 2];
    g_autoptr (GBytes) bytes = make_file ((guint) n, words, i % 2);
    qpdf_data        qpdf = qpdf_init ();
    qpdf_oh          list, page;
    unsigned char   *data = NULL;
    size_t           length = 0;
    g_autofree char *checked = ask (bytes, "qpdf", "--check");

    g_assert_nonnull (strstr (checked, i % 2 ? "File is linearized" : "File is not linearized"));
    g_assert_null (strstr (checked, "WARNING"));
    qpdf_silence_errors (qpdf);
    g_assert_cmpint (qpdf_read_memory (qpdf, "test", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL), ==, QPDF_SUCCESS);
    list = qpdf_oh_get_key (qpdf, qpdf_get_root (qpdf), "/List");
    g_assert_cmpint (qpdf_oh_get_array_n_items (qpdf, list), ==, n);
    for (int k = 0; k < n; k++)
      g_assert_cmpint (qpdf_oh_get_int_value_as_int (qpdf, qpdf_oh_get_array_item (qpdf, list, k)), ==, k);
    page = qpdf_get_page_n (qpdf, 0);
    qpdf_oh_get_stream_data (qpdf, qpdf_oh_get_key (qpdf, page, "/Contents"), qpdf_dl_all, NULL, &data, &length);
    g_assert_cmpmem (data, length, words, strlen (words));
    free (data);
    g_assert_false (qpdf_more_warnings (qpdf));
    qpdf_cleanup (&qpdf);
  }
}

/* The identifier is one of the content. */
static void
test_identifier (void)
{
  g_autoptr (GBytes) one = make_file (3, "q Q", FALSE), same = make_file (3, "q Q", FALSE), other = make_file (3, "Q q", FALSE);
  const char      *at = memmem (g_bytes_get_data (one, NULL), g_bytes_get_size (one), "/ID [", 5);
  g_autofree char *id = NULL;

  g_assert_nonnull (at);
  id = g_strndup (at, 5 + 2 * 35);
  g_assert_true (g_bytes_equal (one, same));
  g_assert_null (memmem (g_bytes_get_data (other, NULL), g_bytes_get_size (other), id, strlen (id)));
}

/* What libqpdf lays out anew it reads first: an object that is none does not pass. */
static void
test_refused (void)
{
  g_autoptr (DgPdf) pdf = dg_pdf_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dg_pdf_finish (pdf, dg_pdf_addf (pdf, "<< /Type /Catalog /Pages ] >>"), 0, "1.7", TRUE, &error);

  g_assert_null (bytes);
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT);
}

int
main (int argc, char **argv)
{
  g_autoptr (DgTemplate) template = NULL;
  int result;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  fonts = dg_fonts_new (NULL, TRUE, NULL);
  g_assert_nonnull (fonts);
  hyphens = dg_hyphens_new ();
  template = dg_template_new ("dispatch", NULL, NULL);
  profile = dg_profile_new ("archive", template, NULL);
  g_assert_nonnull (profile);
  g_test_add_func ("/pdf/syntax", test_syntax);
  g_test_add_func ("/pdf/file", test_file);
  g_test_add_func ("/pdf/identifier", test_identifier);
  g_test_add_func ("/pdf/refused", test_refused);
  g_test_add_func ("/pdf/english", test_english);
  g_test_add_func ("/pdf/arabic", test_arabic);
  g_test_add_func ("/pdf/kashida", test_kashida);
  g_test_add_func ("/pdf/structure", test_structure);
  g_test_add_func ("/pdf/structure-over-pages", test_structure_over_pages);
  g_test_add_func ("/pdf/word-width", test_word_width);
  g_test_add_func ("/pdf/widths", test_widths);
  g_test_add_func ("/pdf/ranges", test_ranges);
  g_test_add_func ("/pdf/joints", test_joints);
  g_test_add_func ("/pdf/outlines", test_outlines);
  g_test_add_func ("/pdf/cff-units", test_cff_units);
  g_test_add_func ("/pdf/same-bytes", test_same_bytes);
  g_test_add_func ("/pdf/united", test_united);
  g_test_add_func ("/pdf/odd-lines", test_odd_lines);
  result = g_test_run ();
  dg_hyphens_free (hyphens);
  dg_profile_free (profile);
  dg_fonts_free (fonts);
  return result;
}
