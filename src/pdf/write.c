/* write.c: see write.h.
 *
 * What is drawn and what is read have orders of their own.  Drawn is column by column: engines that go by the content join the ends of
 * two lines that stand on one baseline and follow one another.  Read is row by row, which the structure tree says. */
#include "pdf/write.h"
#include "base/number.h"

#include "pdf/file.h"
#include "pdf/links.h"
#include "pdf/marks.h"
#include "pdf/xmp.h"
#include "pdf/image.h"
#include "pdf/tags.h"
#include "pdf/text.h"

/* A page of the file. */
typedef struct {
  guint    number;      /* its object's */
  guint    document;    /* whose page it is */
  guint    nth;         /* of the document's, from 0 */
  guint    n_documents; /* that one and those that run on below it, whose first page it is */
  GString *content;
  GString *annotations; /* "N 0 R" each */
} Sheet;

typedef struct {
  const DgPdfDocument *documents;
  guint                n_documents;
  const DgProfile     *profile;
  DgPdf               *pdf;
  DgPdfFaces          *faces;
  DgPdfPictures       *pictures;
  GArray              *sheets;        /* Sheet */
  guint               *first;         /* the sheet on which each document begins */
  guint                document, nth; /* in hand, as a sheet has them */
  GArray              *marks;         /* DgPdfMark */
  GArray              *links;         /* DgPdfLink */
  GError              *error;         /* of the first picture that cannot be written */
  const DgPara        *para;          /* whose addresses are known */
  GArray              *addresses;     /* DgPdfAddress; NULL: none is */
  guint                address;       /* the first of them that may stand in the next line */
} Writer;

static void
clear_sheet (gpointer data)
{
  Sheet *sheet = data;

  g_string_free (sheet->content, TRUE);
  g_string_free (sheet->annotations, TRUE);
}

static const DgPages *
pages_in_hand (const Writer *self)
{
  return self->documents[self->document].pages;
}

static const GArray *
boxes_in_hand (const Writer *self)
{
  return ((const DgPage *) pages_in_hand (self)->pages->pdata[self->nth])->boxes;
}

static const DgElement *
element_of (const DgPages *pages, const DgBox *box)
{
  if (box->element < 0 || (guint) box->element >= pages->elements->len)
    return NULL;
  return &g_array_index (pages->elements, DgElement, box->element);
}

static void
append_box (GString *out, const char *before, double left, double bottom, double right, double top)
{
  const double numbers[] = { left, bottom, right, top };

  g_string_append (out, before);
  for (guint i = 0; i < 4; i++) {
    g_string_append_c (out, ' ');
    dg_number_append (out, numbers[i], 3);
  }
  g_string_append (out, " ]");
}

static void
append_operator (GString *out, const char *operator, const double * operands, guint n)
{
  for (guint i = 0; i < n; i++) {
    dg_number_append (out, operands[i], 3);
    g_string_append_c (out, ' ');
  }
  g_string_append (out, operator);
  g_string_append_c (out, '\n');
}

static void
append_rule (const Writer *self, Sheet *sheet, const DgBox *box)
{
  const double corner[] = { box->x, pages_in_hand (self)->height - box->y - box->height, box->width, box->height };

  dg_profile_append_colour (self->profile, sheet->content, &box->colour);
  append_operator (sheet->content, "re f", corner, 4);
}

/* A circle as four curves; the share of the radius at which their handles lie is the usual one, off by 3 in 10 000 at most. */
static void
append_circle (GString *out, double x, double y, double radius)
{
  static const double handle = .5523;
  static const double quarter[4][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };
  const double        start[] = { x + radius, y };

  append_operator (out, "m", start, 2);
  for (guint i = 0; i < 4; i++) {
    const double *from = quarter[i], *to = quarter[(i + 1) % 4];
    const double  curve[] = { x + radius * (from[0] + handle * to[0]),
                              y + radius * (from[1] + handle * to[1]),
                              x + radius * (to[0] + handle * from[0]),
                              y + radius * (to[1] + handle * from[1]),
                              x + radius * to[0],
                              y + radius * to[1] };

    append_operator (out, "c", curve, 6);
  }
}

/* What lies between two circles, so that it has the colour that fills. */
static void
append_ring (const Writer *self, Sheet *sheet, const DgBox *box)
{
  double x = box->x + box->width / 2, y = pages_in_hand (self)->height - box->y - box->height / 2, radius = box->width / 2;

  dg_profile_append_colour (self->profile, sheet->content, &box->colour);
  append_circle (sheet->content, x, y, radius);
  append_circle (sheet->content, x, y, radius - DG_RING_WEIGHT);
  g_string_append (sheet->content, "f*\n");
}

static void
append_line (Writer *self, Sheet *sheet, const DgBox *box)
{
  dg_pdf_text_append (sheet->content, self->faces, box->line, dg_para_text (box->para), dg_para_is_rtl (box->para), box->x,
                      pages_in_hand (self)->height - box->y);
}

/* Annotations on the addresses in a line; PDF/X has none. */
static void
append_links (Writer *self, Sheet *sheet, const DgBox *box)
{
  if (self->profile->pdfx)
    return;
  if (self->addresses == NULL || self->para != box->para) /* a paragraph's lines follow one another */
  {
    g_clear_pointer (&self->addresses, g_array_unref);
    self->para = box->para;
    self->addresses = dg_pdf_links_find (box->para);
    self->address = 0;
  }
  while (self->address < self->addresses->len && g_array_index (self->addresses, DgPdfAddress, self->address).end <= box->line->start)
    self->address++;
  for (guint i = self->address; i < self->addresses->len && g_array_index (self->addresses, DgPdfAddress, i).start < box->line->end; i++) {
    const DgPdfAddress *address = &g_array_index (self->addresses, DgPdfAddress, i);
    DgPdfLink           link = { self->document, (guint) box->element, 0 };
    double              corners[4];

    if (!dg_pdf_link_place (address, box, pages_in_hand (self)->height, corners))
      continue;
    link.annotation = dg_pdf_reserve (self->pdf);
    dg_pdf_link_write (address, corners, self->sheets->len + self->links->len, self->pdf, link.annotation);
    dg_pdf_append_ref (sheet->annotations, link.annotation);
    g_array_append_val (self->links, link);
  }
}

static void
append_picture (Writer *self, Sheet *sheet, const DgBox *box)
{
  if (!self->error)
    dg_pdf_pictures_show (self->pictures, sheet->content, box, pages_in_hand (self)->height, &self->error);
}

static const char *
mark_of (DgRole role)
{
  return role == DG_ROLE_PICTURE ? "Figure" : role == DG_ROLE_CAPTION ? "P" : "Span";
}

/* From the sheet's edge to the trim. */
static double
edge (const Writer *self)
{
  return self->profile->bleed + self->profile->slug;
}

/* A line of the contents leads to where the dispatch begins; as other links, not for a press. */
static void
append_target (Writer *self, Sheet *sheet, const DgBox *box)
{
  const guint     *targets = self->documents[self->document].targets;
  const DgElement *element = element_of (pages_in_hand (self), box);
  double           height = pages_in_hand (self)->height, size = dg_para_style (box->para)->size;
  DgPdfTarget      target = { dg_para_text (box->para), 0, 0, { box->x, height - box->y - .3 * size, box->x + box->line->width, height - box->y + size } };
  DgPdfLink        link = { self->document, (guint) box->element, 0 };
  guint            document;

  if (!targets || !element || element->bead < 0 || self->profile->pdfx)
    return;
  document = targets[element->bead];
  target.page = g_array_index (self->sheets, Sheet, self->first[document]).number;
  target.y = height - self->documents[document].pages->top;
  link.annotation = dg_pdf_reserve (self->pdf);
  dg_pdf_target_write (&target, self->sheets->len + self->links->len, self->pdf, link.annotation);
  dg_pdf_append_ref (sheet->annotations, link.annotation);
  g_array_append_val (self->links, link);
}

/* The lines and pictures of one side, each element's marked with a number by which the structure tree finds them. */
static void
append_side (Writer *self, guint page, DgSide side, guint *mcid)
{
  Sheet        *sheet = &g_array_index (self->sheets, Sheet, page);
  const GArray *boxes = boxes_in_hand (self);
  int           open = -1;

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox     *box = &g_array_index (boxes, DgBox, i);
    const DgElement *element = element_of (pages_in_hand (self), box);

    if ((box->kind != DG_BOX_LINE && box->kind != DG_BOX_PICTURE) || !element || element->side != side)
      continue;
    if (box->element != open) {
      DgPdfMark mark = { self->document, (guint) box->element, page, *mcid, box->kind == DG_BOX_LINE ? box->line->start : 0 };

      if (open >= 0)
        g_string_append (sheet->content, "EMC\n");
      g_string_append_printf (sheet->content, "/%s << /MCID %u >> BDC\n", mark_of (element->role), (*mcid)++);
      g_array_append_val (self->marks, mark);
      open = box->element;
    }
    if (box->kind == DG_BOX_PICTURE) {
      append_picture (self, sheet, box);
      continue;
    }
    append_line (self, sheet, box);
    append_links (self, sheet, box);
    append_target (self, sheet, box);
  }
  if (open >= 0)
    g_string_append (sheet->content, "EMC\n");
}

static int
compare_boxes (gconstpointer a, gconstpointer b)
{
  const DgBox *p = *(const DgBox *const *) a, *q = *(const DgBox *const *) b;

  return p->y != q->y ? (p->y < q->y ? -1 : 1) : (p->x > q->x) - (p->x < q->x);
}

/* Rules, and furniture from left to right: backward moves would join its words. */
static void
append_artifacts (Writer *self, Sheet *sheet)
{
  const GArray *boxes = boxes_in_hand (self);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox *box = &g_array_index (boxes, DgBox, i);

    if (box->kind == DG_BOX_LINE && !element_of (pages_in_hand (self), box))
      g_ptr_array_add (lines, (gpointer) box);
    if (box->kind == DG_BOX_LINE || box->kind == DG_BOX_PICTURE)
      continue;
    g_string_append (sheet->content, "/Artifact << /Type /Layout >> BDC\n");
    if (box->kind == DG_BOX_RING)
      append_ring (self, sheet, box);
    else
      append_rule (self, sheet, box);
    g_string_append (sheet->content, "EMC\n");
  }
  g_ptr_array_sort (lines, compare_boxes);
  for (guint i = 0; i < lines->len; i++) {
    g_string_append (sheet->content, "/Artifact << /Type /Pagination >> BDC\n");
    append_line (self, sheet, lines->pdata[i]);
    g_string_append (sheet->content, "EMC\n");
  }
}

/* The last line of @one and the first of @next stand on one baseline: drawn one after the other they would be one line for PDFium. */
static gboolean
would_join (const Writer *self, DgSide one, DgSide next)
{
  const GArray *boxes = boxes_in_hand (self);
  const DgBox  *last = NULL, *first = NULL;

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox     *box = &g_array_index (boxes, DgBox, i);
    const DgElement *element = element_of (pages_in_hand (self), box);

    if (box->kind != DG_BOX_LINE || !element)
      continue;
    if (element->side == one)
      last = box;
    if (element->side == next && !first)
      first = box;
  }
  return last && first && last->y == first->y;
}

/* The text of the document in hand. */
static void
draw_text (Writer *self, guint page, guint *mcid)
{
  gboolean swap = would_join (self, DG_SIDE_A, DG_SIDE_B) && !would_join (self, DG_SIDE_B, DG_SIDE_A);

  append_side (self, page, swap ? DG_SIDE_B : DG_SIDE_A, mcid);
  append_side (self, page, swap ? DG_SIDE_A : DG_SIDE_B, mcid);
  append_side (self, page, DG_SIDE_NONE, mcid);
}

static void
take_in_hand (Writer *self, const Sheet *sheet, guint i)
{
  self->document = sheet->document + i;
  self->nth = i == 0 ? sheet->nth : 0;
}

static void
draw_page (Writer *self, guint page)
{
  Sheet *sheet = &g_array_index (self->sheets, Sheet, page);
  guint  mcid = 0;

  take_in_hand (self, sheet, 0);
  if (edge (self) > 0) {
    g_string_append (sheet->content, "1 0 0 1 ");
    dg_number_append (sheet->content, edge (self), 3);
    g_string_append_c (sheet->content, ' ');
    dg_number_append (sheet->content, edge (self), 3);
    g_string_append (sheet->content, " cm\n");
  }
  dg_pdf_marks_append (sheet->content, self->profile, pages_in_hand (self)->width, pages_in_hand (self)->height);
  for (guint i = 0; i < sheet->n_documents; i++) {
    take_in_hand (self, sheet, i);
    draw_text (self, page, &mcid);
  }
  for (guint i = 0; i < sheet->n_documents; i++) {
    take_in_hand (self, sheet, i);
    append_artifacts (self, sheet);
  }
}

static void
write_page (Writer *self, guint page, guint parent, guint fonts)
{
  Sheet         *sheet = &g_array_index (self->sheets, Sheet, page);
  const DgPages *pages = self->documents[sheet->document].pages;
  double         out = edge (self), slug = self->profile->slug;
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (body, "<< /Type /Page /Parent %u 0 R", parent);
  append_box (body, " /MediaBox [", 0, 0, pages->width + 2 * out, pages->height + 2 * out);
  if (self->profile->pdfx) {
    append_box (body, " /BleedBox [", slug, slug, pages->width + 2 * out - slug, pages->height + 2 * out - slug);
    append_box (body, " /TrimBox [", out, out, pages->width + out, pages->height + out);
  }
  if (sheet->annotations->len)
    g_string_append_printf (body, " /Annots [%s ]", sheet->annotations->str);
  g_string_append_printf (body, " /Contents %u 0 R /Resources << /Font %u 0 R %s", dg_pdf_add_stream (self->pdf, "", sheet->content->str, sheet->content->len),
                          fonts, dg_profile_resources (self->profile));
  dg_pdf_pictures_append_resources (self->pictures, body);
  g_string_append_printf (body, " >> /StructParents %u /Tabs /S >>", page);
  dg_pdf_set (self->pdf, sheet->number, body);
}

static guint
write_pages (Writer *self, guint fonts)
{
  guint tree = dg_pdf_reserve (self->pdf);
  g_autoptr (GString) kids = g_string_new ("<< /Type /Pages /Kids [");

  for (guint i = 0; i < self->sheets->len; i++) {
    write_page (self, i, tree, fonts);
    dg_pdf_append_ref (kids, g_array_index (self->sheets, Sheet, i).number);
  }
  g_string_append_printf (kids, " ] /Count %u >>", self->sheets->len);
  dg_pdf_set (self->pdf, tree, kids);
  return tree;
}

/* What other files do not share. */
static char *
dup_id (const Writer *self, const DgInfo *info)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (digest, (const guchar *) info->title, -1);
  for (guint i = 0; i < self->sheets->len; i++) {
    const GString *content = g_array_index (self->sheets, Sheet, i).content;

    g_checksum_update (digest, (const guchar *) content->str, (gssize) content->len);
  }
  return g_strdup (g_checksum_get_string (digest));
}

/* The numbers that pages bear, where they are not those of their places in the file, and two pages side by side where they were
 * made for that.  Odd and even are counted from the file's first page there, whatever number it bears (ISO 32000-1 table 28). */
static void
append_numbering (const Writer *self, GString *out)
{
  const DgPages *first = self->documents[0].pages;
  gboolean       plain = TRUE;

  for (guint i = 0; i < self->n_documents; i++)
    plain = plain && self->documents[i].pages->first_number == 1;
  if (first->in_spreads)
    g_string_append_printf (out, " /PageLayout /%s", first->first_number % 2 ? "TwoPageRight" : "TwoPageLeft");
  if (plain)
    return;
  g_string_append (out, " /PageLabels << /Nums [");
  for (guint i = 0; i < self->sheets->len; i++) {
    const Sheet *sheet = &g_array_index (self->sheets, Sheet, i);

    if (sheet->nth == 0)
      g_string_append_printf (out, " %u << /S /D /St %u >>", i, self->documents[sheet->document].pages->first_number);
  }
  g_string_append (out, " ] >>");
}

static guint
write_catalog (Writer *self, const DgInfo *info, guint tree)
{
  g_autofree guint *numbers = g_new (guint, self->sheets->len + 1);
  DgPdfTags         tags = { self->documents, self->n_documents, numbers, self->sheets->len, self->marks, self->links, self->profile->order, edge (self) };
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *id = self->profile->pdfx ? dup_id (self, info) : NULL;
  guint            outline;

  for (guint i = 0; i < self->sheets->len; i++)
    numbers[i] = g_array_index (self->sheets, Sheet, i).number;
  g_string_append_printf (body, "<< /Type /Catalog /Pages %u 0 R /StructTreeRoot %u 0 R /MarkInfo << /Marked true >>", tree,
                          dg_pdf_tags_write (&tags, self->pdf));
  append_numbering (self, body);
  /* Facing pages are made to lie from left to right.  With a Direction PDFium turns every line round, those of a left-to-right text as well. */
  g_string_append_printf (body, " /ViewerPreferences << /DisplayDocTitle true%s >> /Lang ",
                          info->rtl && info->n_texts == 1 && !self->documents[0].pages->in_spreads ? " /Direction /R2L" : "");
  dg_pdf_append_text (body, info->langs[0], -1);
  outline = dg_pdf_outline_write (&tags, self->pdf);
  if (outline)
    g_string_append_printf (body, " /Outlines %u 0 R", outline);
  dg_pdf_meta_write (self->documents, self->n_documents, info, self->profile, id, self->pdf, body);
  g_string_append (body, " >>");
  return dg_pdf_add (self->pdf, body);
}

/* The sheets of a document, of which the first may be there. */
static void
add_sheets (Writer *self, guint document)
{
  const DgPages *pages = self->documents[document].pages;

  if (pages->runs_on)
    g_array_index (self->sheets, Sheet, self->sheets->len - 1).n_documents++;
  self->first[document] = self->sheets->len - (pages->runs_on ? 1 : 0);
  for (guint k = pages->runs_on ? 1 : 0; k < pages->pages->len; k++) {
    Sheet sheet = { dg_pdf_reserve (self->pdf), document, k, 1, g_string_new (NULL), g_string_new (NULL) };

    g_array_append_val (self->sheets, sheet);
  }
}

GBytes *
dg_pdf_write (const DgPdfDocument *documents, guint n, const DgInfo *info, const DgProfile *profile, GError **error)
{
  g_autoptr (DgPdf) pdf = dg_pdf_new ();
  g_autoptr (DgPdfFaces) faces = dg_pdf_faces_new (profile);
  g_autoptr (GArray) sheets = g_array_new (FALSE, FALSE, sizeof (Sheet)), marks = g_array_new (FALSE, FALSE, sizeof (DgPdfMark)),
                     links = g_array_new (FALSE, FALSE, sizeof (DgPdfLink));
  g_autoptr (DgPdfPictures) pictures = dg_pdf_pictures_new (pdf, profile);
  g_autofree guint *first = g_new (guint, n);
  Writer            self = { documents, n, profile, pdf, faces, pictures, sheets, first, 0, 0, marks, links, NULL, NULL, NULL, 0 };
  guint             fonts, tree, catalog;

  g_array_set_clear_func (sheets, clear_sheet);
  for (guint i = 0; i < n; i++)
    add_sheets (&self, i);
  for (guint i = 0; i < sheets->len; i++)
    draw_page (&self, i);
  g_clear_pointer (&self.addresses, g_array_unref);
  if (self.error) {
    g_propagate_error (error, self.error);
    return NULL;
  }
  fonts = dg_pdf_faces_write (faces, pdf, error);
  if (!fonts)
    return NULL;
  tree = write_pages (&self, fonts);
  catalog = write_catalog (&self, info, tree);
  return dg_pdf_finish (pdf, catalog, dg_pdf_info_write (info, profile, pdf), profile->pdf_version, profile->linearise, error);
}
