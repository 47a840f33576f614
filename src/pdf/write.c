/* write.c: see write.h.
 *
 * A device of draw.h, and not Cairo's PDF surface, for what docs/text-back.md measured: Cairo parts each face into two fonts and every line into
 * moves of its own, so that the engines people read with lose a third of the Arabic words; it knows no languages, exact texts or artifacts in
 * its tags, and no inks.
 *
 * What is drawn and what is read have orders of their own.  Drawn is column by column, as the walk goes.  Read is row by row, which the
 * structure tree says. */
#include "pdf/write.h"
#include "base/number.h"

#include "draw/draw.h"
#include "pdf/annotations.h"
#include "pdf/file.h"
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
  DgDevice             device;
  const DgPdfDocument *documents;
  guint                n_documents;
  const DgProfile     *profile;
  DgPdf               *pdf;
  DgPdfFaces          *faces;
  DgPdfPictures       *pictures;
  GArray              *sheets; /* Sheet */
  guint               *first;  /* the sheet on which each document begins */
  Sheet               *sheet;  /* in hand */
  guint                page;   /* its index */
  guint                mcid;   /* the next mark's on it */
  GArray              *marks;  /* DgPdfMark */
  GArray              *links;  /* DgPdfLink */
  GError              *error;  /* of the first picture that cannot be written */
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
  return self->device.drawn->pages;
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
draw_rule (DgDevice *device, const DgBox *box)
{
  const Writer *self = (Writer *) device;
  const double  corner[] = { box->x, pages_in_hand (self)->height - box->y - box->height, box->width, box->height };

  dg_profile_append_colour (self->profile, self->sheet->content, &box->colour);
  append_operator (self->sheet->content, "re f", corner, 4);
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
draw_ring (DgDevice *device, const DgBox *box)
{
  const Writer *self = (Writer *) device;
  GString      *content = self->sheet->content;
  double        x = box->x + box->width / 2, y = pages_in_hand (self)->height - box->y - box->height / 2, radius = box->width / 2;

  dg_profile_append_colour (self->profile, content, &box->colour);
  append_circle (content, x, y, radius);
  append_circle (content, x, y, radius - DG_RING_WEIGHT);
  g_string_append (content, "f*\n");
}

/* Lines are set whole: how the words of a run are shown hangs on what stands beside it. */
static void
draw_line (DgDevice *device, const DgBox *box)
{
  const Writer *self = (Writer *) device;

  dg_pdf_text_append (self->sheet->content, self->faces, box->line, dg_para_text (box->para), dg_para_is_rtl (box->para), box->x,
                      pages_in_hand (self)->height - box->y);
}

static void
draw_link (DgDevice *device, const DgBox *box, const DgDrawLink *link)
{
  Writer     *self = (Writer *) device;
  DgPdfLink   made = { device->drawn->number, (guint) box->element, dg_pdf_reserve (self->pdf) };
  DgPdfTarget target = { 0, 0 };

  if (link->uri == NULL) {
    target.page = g_array_index (self->sheets, Sheet, self->first[link->target]).number;
    target.y = pages_in_hand (self)->height - self->documents[link->target].pages->top;
  }
  dg_pdf_annotation_write (link, pages_in_hand (self)->height, link->uri == NULL ? &target : NULL, self->sheets->len + self->links->len, self->pdf,
                           made.annotation);
  dg_pdf_append_ref (self->sheet->annotations, made.annotation);
  g_array_append_val (self->links, made);
}

static void
draw_picture (DgDevice *device, const DgBox *box)
{
  Writer *self = (Writer *) device;

  if (self->error == NULL)
    dg_pdf_pictures_show (self->pictures, self->sheet->content, box, pages_in_hand (self)->height, &self->error);
}

static const char *
mark_of (DgRole role)
{
  return role == DG_ROLE_PICTURE ? "Figure" : role == DG_ROLE_CAPTION ? "P" : "Span";
}

/* What is read is marked with a number by which the structure tree finds it. */
static void
open_element (DgDevice *device, const DgBox *box, const DgElement *element)
{
  Writer   *self = (Writer *) device;
  DgPdfMark mark = { device->drawn->number, (guint) box->element, self->page, self->mcid, box->kind == DG_BOX_LINE ? box->line->start : 0 };

  if (element == NULL) {
    g_string_append_printf (self->sheet->content, "/Artifact << /Type /%s >> BDC\n", box->kind == DG_BOX_LINE ? "Pagination" : "Layout");
    return;
  }
  g_string_append_printf (self->sheet->content, "/%s << /MCID %u >> BDC\n", mark_of (element->role), self->mcid++);
  g_array_append_val (self->marks, mark);
}

static void
close_element (DgDevice *device)
{
  g_string_append (((Writer *) device)->sheet->content, "EMC\n");
}

/* From the sheet's edge to the trim. */
static double
edge (const Writer *self)
{
  return self->profile->bleed + self->profile->slug;
}

static void
begin_page (DgDevice *device)
{
  const Writer *self = (Writer *) device;
  GString      *content = self->sheet->content;

  if (edge (self) > 0) {
    g_string_append (content, "1 0 0 1 ");
    dg_number_append (content, edge (self), 3);
    g_string_append_c (content, ' ');
    dg_number_append (content, edge (self), 3);
    g_string_append (content, " cm\n");
  }
  dg_pdf_marks_append (content, self->profile, pages_in_hand (self)->width, pages_in_hand (self)->height);
}

/* PDF/X has no annotations. */
static DgDevice
make_device (const DgProfile *profile)
{
  return (DgDevice){
    .begin = begin_page,
    .open = open_element,
    .close = close_element,
    .rule = draw_rule,
    .ring = draw_ring,
    .picture = draw_picture,
    .line = draw_line,
    .link = profile->pdfx ? NULL : draw_link,
  };
}

static void
draw_sheet (Writer *self, guint page)
{
  Sheet              *sheet = &g_array_index (self->sheets, Sheet, page);
  g_autofree DgDrawn *drawn = g_new (DgDrawn, sheet->n_documents);

  for (guint i = 0; i < sheet->n_documents; i++) {
    const DgPdfDocument *document = &self->documents[sheet->document + i];

    drawn[i] = (DgDrawn){ document->pages, i == 0 ? sheet->nth : 0, sheet->document + i, document->targets };
  }
  self->sheet = sheet;
  self->page = page;
  self->mcid = 0;
  dg_draw_page (&self->device, drawn, sheet->n_documents);
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
 * made for that.  A viewer that is told no Direction shows two pages of a book that is bound on the right in the wrong places: it shows one.  Odd and even are counted from the file's first page there, whatever number it bears (ISO 32000-1 table 28). */
static void
append_numbering (const Writer *self, GString *out)
{
  const DgPages *first = self->documents[0].pages;
  gboolean       plain = TRUE;

  for (guint i = 0; i < self->n_documents; i++)
    plain = plain && self->documents[i].pages->first_number == 1;
  if (first->in_spreads && !first->right_bound)
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
  Writer            self = { make_device (profile), documents, n, profile, pdf, faces, pictures, sheets, first, NULL, 0, 0, marks, links, NULL };
  guint             fonts, tree, catalog;

  g_array_set_clear_func (sheets, clear_sheet);
  for (guint i = 0; i < n; i++)
    add_sheets (&self, i);
  for (guint i = 0; i < sheets->len; i++)
    draw_sheet (&self, i);
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
