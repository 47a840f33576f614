/* pdfpages.c: see pdfpages.h.
 *
 * What is drawn and what is read have orders of their own.  Drawn is column by column: engines that go by the content join the ends of
 * two lines that stand on one baseline and follow one another.  Read is row by row, which the structure tree says. */
#include "pdfpages.h"

#include <string.h>

#include "diglot.h"
#include "pdf.h"
#include "pdftext.h"

/* A marked stretch of one page's content that belongs to an element. */
typedef struct {
  guint element, page, mcid;
} Mark;

typedef struct {
  const DgPages *pages;
  const DgProfile *profile;
  DgPdf         *pdf;
  DgPdfFaces    *faces;
  guint         *page_numbers;   /* objects of the pages */
  GPtrArray     *contents;       /* GString*, one a page */
  GArray        *marks;          /* Mark, by page and in the order of their MCIDs */
} Writer;

static const char *
tag_of (DgRole role)
{
  switch (role)
    {
    case DG_ROLE_HEADLINE:
      return "H1";
    case DG_ROLE_CROSSHEAD:
      return "H2";
    case DG_ROLE_CAPTION:
      return "Caption";
    default:
      return "P";
    }
}

static void
append_rule (const Writer *self, GString *out, const DgBox *box)
{
  const double corner[] = { box->x, self->pages->height - box->y - box->height, box->width, box->height };

  dg_profile_append_colour (self->profile, out, &box->colour);
  for (guint i = 0; i < 4; i++)
    {
      dg_pdf_append_number (out, corner[i], 3);
      g_string_append_c (out, ' ');
    }
  g_string_append (out, "re f\n");
}

static void
append_line (Writer *self, GString *out, const DgBox *box)
{
  dg_pdf_text_append (out, self->faces, box->line, dg_para_text (box->para), dg_para_is_rtl (box->para), box->x,
                      self->pages->height - box->y);
}

static const DgElement *
element_of (const Writer *self, const DgBox *box)
{
  if (box->element < 0 || (guint) box->element >= self->pages->elements->len)
    return NULL;
  return &g_array_index (self->pages->elements, DgElement, box->element);
}

/* The lines of one side, each element's marked with a number by which the structure tree finds them. */
static void
append_side (Writer *self, guint page, DgSide side, guint *mcid)
{
  const GArray *boxes = ((const DgPage *) self->pages->pages->pdata[page])->boxes;
  GString *out = self->contents->pdata[page];
  int open = -1;

  for (guint i = 0; i < boxes->len; i++)
    {
      const DgBox *box = &g_array_index (boxes, DgBox, i);
      const DgElement *element = element_of (self, box);

      if (box->kind != DG_BOX_LINE || !element || element->side != side)
        continue;
      if (box->element != open)
        {
          Mark mark = { (guint) box->element, page, *mcid };

          if (open >= 0)
            g_string_append (out, "EMC\n");
          g_string_append_printf (out, "/%s << /MCID %u >> BDC\n", element->role == DG_ROLE_CAPTION ? "P" : "Span", (*mcid)++);
          g_array_append_val (self->marks, mark);
          open = box->element;
        }
      append_line (self, out, box);
    }
  if (open >= 0)
    g_string_append (out, "EMC\n");
}

static int
compare_boxes (gconstpointer a, gconstpointer b)
{
  const DgBox *p = *(const DgBox *const *) a, *q = *(const DgBox *const *) b;

  return p->y != q->y ? (p->y < q->y ? -1 : 1) : (p->x > q->x) - (p->x < q->x);
}

/* Rules, and furniture from left to right: backward moves would join its words. */
static void
append_artifacts (Writer *self, guint page)
{
  const GArray *boxes = ((const DgPage *) self->pages->pages->pdata[page])->boxes;
  GString *out = self->contents->pdata[page];
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < boxes->len; i++)
    {
      const DgBox *box = &g_array_index (boxes, DgBox, i);

      if (box->kind == DG_BOX_LINE && !element_of (self, box))
        g_ptr_array_add (lines, (gpointer) box);
      if (box->kind != DG_BOX_RULE)
        continue;
      g_string_append (out, "/Artifact << /Type /Layout >> BDC\n");
      append_rule (self, out, box);
      g_string_append (out, "EMC\n");
    }
  g_ptr_array_sort (lines, compare_boxes);
  for (guint i = 0; i < lines->len; i++)
    {
      g_string_append (out, "/Artifact << /Type /Pagination >> BDC\n");
      append_line (self, out, lines->pdata[i]);
      g_string_append (out, "EMC\n");
    }
}

static void
draw_page (Writer *self, guint page)
{
  guint mcid = 0;

  g_ptr_array_add (self->contents, g_string_new (NULL));
  append_side (self, page, DG_SIDE_A, &mcid);
  append_side (self, page, DG_SIDE_B, &mcid);
  append_side (self, page, DG_SIDE_NONE, &mcid);
  append_artifacts (self, page);
}

static guint
write_pages (Writer *self, guint fonts)
{
  guint tree = dg_pdf_reserve (self->pdf);
  g_autoptr (GString) kids = g_string_new ("<< /Type /Pages /Kids [");

  for (guint i = 0; i < self->contents->len; i++)
    {
      const GString *content = self->contents->pdata[i];
      guint stream = dg_pdf_add_stream (self->pdf, "", content->str, content->len);
      g_autoptr (GString) body = g_string_new (NULL);

      g_string_append_printf (body, "<< /Type /Page /Parent %u 0 R /MediaBox [ 0 0 ", tree);
      dg_pdf_append_number (body, self->pages->width, 3);
      g_string_append_c (body, ' ');
      dg_pdf_append_number (body, self->pages->height, 3);
      g_string_append_printf (body, " ] /Contents %u 0 R /Resources << /Font %u 0 R %s >> /StructParents %u /Tabs /S >>",
                              stream, fonts, dg_profile_resources (self->profile), i);
      dg_pdf_set (self->pdf, self->page_numbers[i], body->str);
      g_string_append_printf (kids, " %u 0 R", self->page_numbers[i]);
    }
  g_string_append_printf (kids, " ] /Count %u >>", self->contents->len);
  dg_pdf_set (self->pdf, tree, kids->str);
  return tree;
}

/* Where in the reading order an element stands: heads by side, rows, captions by side. */
static int
section_of (const DgElement *element)
{
  if (element->bead >= 0)
    return 3 + element->bead;
  return element->role == DG_ROLE_CAPTION ? G_MAXINT - 3 + (int) element->side : (int) element->side;
}

typedef struct {
  int         section;
  guint       index;
  const DgElement *element;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *p = a, *q = b;

  if (p->section != q->section)
    return p->section < q->section ? -1 : 1;
  if (p->element->side != q->element->side)
    return p->element->side < q->element->side ? -1 : 1;
  return (p->index > q->index) - (p->index < q->index);
}

/* An element and the one below it that owns the content.  They are two because MuPDF lays an ActualText of the owner over the
 * glyphs one by one, in the order in which they are drawn. */
static guint
write_element (Writer *self, const Place *place, guint parent, guint *leaves)
{
  guint number = dg_pdf_reserve (self->pdf), leaf = dg_pdf_reserve (self->pdf), n = 0;
  const char *text = dg_para_text (place->element->para);
  g_autoptr (GString) body = g_string_new (NULL), kids = g_string_new (NULL);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, i);

      if (mark->element != place->index)
        continue;
      g_string_append_printf (kids, " << /Type /MCR /Pg %u 0 R /MCID %u >>", self->page_numbers[mark->page], mark->mcid);
      leaves[i] = leaf;
      n++;
    }
  g_string_append_printf (body, "<< /Type /StructElem /S /%s /P %u 0 R", n && place->element->role == DG_ROLE_CAPTION ? "P" : "Span", number);
  g_string_append_printf (body, " /K [%s ] >>", kids->str);
  dg_pdf_set (self->pdf, leaf, body->str);

  g_string_printf (body, "<< /Type /StructElem /S /%s /P %u 0 R /K [ %u 0 R ] /Lang ", tag_of (place->element->role), parent, leaf);
  dg_pdf_append_text (body, dg_para_lang (place->element->para), -1);
  g_string_append (body, " /ActualText ");
  dg_pdf_append_text (body, text, -1);
  g_string_append (body, " >>");
  dg_pdf_set (self->pdf, number, body->str);
  return number;
}

/* From marked content to elements (ISO 32000-1 14.7.4.4); the marks of a page stand in the order of their MCIDs. */
static guint
write_parent_tree (Writer *self, const guint *leaves)
{
  g_autoptr (GString) body = g_string_new ("<< /Nums [");

  for (guint page = 0, i = 0; page < self->pages->pages->len; page++)
    {
      g_string_append_printf (body, " %u [", page);
      for (; i < self->marks->len && g_array_index (self->marks, Mark, i).page == page; i++)
        g_string_append_printf (body, " %u 0 R", leaves[i]);
      g_string_append (body, " ]");
    }
  g_string_append (body, " ] >>");
  return dg_pdf_add (self->pdf, body->str);
}

static guint
write_structure (Writer *self)
{
  guint root = dg_pdf_reserve (self->pdf), document = dg_pdf_reserve (self->pdf);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autofree guint *leaves = g_new0 (guint, self->marks->len + 1);
  g_autoptr (GString) sections = g_string_new (NULL);

  for (guint i = 0; i < self->pages->elements->len; i++)
    {
      const DgElement *element = &g_array_index (self->pages->elements, DgElement, i);
      Place place = { section_of (element), i, element };

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len;)
    {
      guint section = dg_pdf_reserve (self->pdf);
      int key = g_array_index (places, Place, i).section;
      g_autoptr (GString) body = g_string_new (NULL);

      g_string_append_printf (body, "<< /Type /StructElem /S /Sect /P %u 0 R /K [", document);
      for (; i < places->len && g_array_index (places, Place, i).section == key; i++)
        g_string_append_printf (body, " %u 0 R", write_element (self, &g_array_index (places, Place, i), section, leaves));
      g_string_append (body, " ] >>");
      dg_pdf_set (self->pdf, section, body->str);
      g_string_append_printf (sections, " %u 0 R", section);
    }
  {
    g_autofree char *document_body = g_strdup_printf ("<< /Type /StructElem /S /Document /P %u 0 R /K [%s ] >>", root, sections->str);
    g_autofree char *root_body = g_strdup_printf ("<< /Type /StructTreeRoot /K [ %u 0 R ] /ParentTree %u 0 R /ParentTreeNextKey %u >>",
                                                  document, write_parent_tree (self, leaves), self->pages->pages->len);

    dg_pdf_set (self->pdf, document, document_body);
    dg_pdf_set (self->pdf, root, root_body);
  }
  return root;
}

/* "2022-09-09T21:10" as a PDF date in UTC (ISO 32000-1 7.9.4); NULL where it is none. */
static char *
dup_date (const char *iso)
{
  g_autoptr (GString) digits = g_string_new ("D:");

  for (const char *p = iso ? iso : ""; *p; p++)
    if (g_ascii_isdigit (*p) && digits->len < 16)
      g_string_append_c (digits, *p);
  if (digits->len < 10)
    return NULL;
  g_string_append_len (digits, "000000", (gssize) (16 - digits->len));
  g_string_append_c (digits, 'Z');
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
append_info (GString *out, const char *key, const char *text)
{
  if (!text || !*text)
    return;
  g_string_append_printf (out, " /%s ", key);
  dg_pdf_append_text (out, text, -1);
}

static guint
write_info (DgPdf *pdf, const DgPaintInfo *info)
{
  g_autoptr (GString) body = g_string_new ("<<");
  g_autofree char *date = dup_date (info->date);
  g_autofree char *producer = g_strdup_printf ("Diglot %s", diglot_version ());

  append_info (body, "Title", info->title);
  append_info (body, "Author", info->source);
  append_info (body, "Keywords", info->keywords);
  append_info (body, "Producer", producer);
  append_info (body, "CreationDate", date);
  append_info (body, "ModDate", date);
  g_string_append (body, " >>");
  return dg_pdf_add (pdf, body->str);
}

static guint
write_catalog (Writer *self, const DgPaintInfo *info, guint tree)
{
  g_autoptr (GString) body = g_string_new (NULL);
  guint structure = write_structure (self);

  g_string_append_printf (body, "<< /Type /Catalog /Pages %u 0 R /StructTreeRoot %u 0 R /MarkInfo << /Marked true >>", tree, structure);
  if (info->title)
    g_string_append (body, " /ViewerPreferences << /DisplayDocTitle true >>");
  if (info->languages && *info->languages)
    {
      g_string_append (body, " /Lang ");
      dg_pdf_append_text (body, info->languages, (gssize) strcspn (info->languages, ", "));
    }
  g_string_append (body, " >>");
  return dg_pdf_add (self->pdf, body->str);
}

static void
free_string (gpointer data)
{
  g_string_free (data, TRUE);
}

GBytes *
dg_pdf_write (const DgPages *pages, const DgPaintInfo *info, const DgProfile *profile, GError **error)
{
  g_autoptr (DgPdf) pdf = dg_pdf_new ();
  g_autoptr (DgPdfFaces) faces = dg_pdf_faces_new (profile);
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func (free_string);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autofree guint *numbers = g_new (guint, pages->pages->len + 1);
  Writer self = { pages, profile, pdf, faces, numbers, contents, marks };
  guint fonts, tree;

  for (guint i = 0; i < pages->pages->len; i++)
    {
      numbers[i] = dg_pdf_reserve (pdf);
      draw_page (&self, i);
    }
  fonts = dg_pdf_faces_write (faces, pdf, error);
  if (!fonts)
    return NULL;
  tree = write_pages (&self, fonts);
  return dg_pdf_finish (pdf, write_catalog (&self, info, tree), write_info (pdf, info), error);
}
