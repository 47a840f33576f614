/* tags.c: see tags.h. */
#include "pdf/tags.h"
#include "base/number.h"

#include <string.h>

#define ACTUAL_TEXT_MAX 16000 /* UTF-16 units: a string has at most 32767 bytes (ISO 19005-2 6.1.13); what is longer has its codes' text alone */

/* Where an element stands in the reading order. */
typedef struct {
  guint            section, group;
  guint            index;
  const DgElement *element;
} Place;

typedef struct {
  const DgPdfTags *tags;
  DgPdf           *pdf;
  guint            document;   /* in hand */
  GArray          *by_element; /* guint: the marks by document and element, in each as they stand on the pages */
  guint           *leaves;     /* the element that owns each mark */
  guint           *link_owners;
} Tree;

static const DgPdfMark *
mark_at (const DgPdfTags *tags, guint i)
{
  return &g_array_index (tags->marks, DgPdfMark, i);
}

static int
compare_marks (gconstpointer a, gconstpointer b, gpointer data)
{
  guint            i = *(const guint *) a, k = *(const guint *) b;
  const DgPdfMark *p = mark_at (data, i), *q = mark_at (data, k);

  if (p->document != q->document)
    return p->document < q->document ? -1 : 1;
  if (p->element != q->element)
    return p->element < q->element ? -1 : 1;
  return (i > k) - (i < k);
}

static gboolean
is_under_the_text (DgRole role)
{
  switch (role) {
  case DG_ROLE_CAPTION:
  case DG_ROLE_FOOTNOTE:
  case DG_ROLE_SIGNOFF:
  case DG_ROLE_BOILERPLATE:
  case DG_ROLE_CONTACT:
  case DG_ROLE_NOTICE: return TRUE;
  default: return dg_role_is_hidden (role);
  }
}

/* Heads by side, the picture and what stands under it, rows, what follows them by side; or first all of the one side, then all of the other. */
static Place
place_of (const DgElement *element, guint index, DgOrder order)
{
  gboolean follows = is_under_the_text (element->role);
  guint    part = element->bead >= 0 ? 5 + (guint) element->bead : (follows ? G_MAXUINT - 2 : 0) + (guint) element->side;

  if (element->picture) {
    guint at = element->role == DG_ROLE_PICTURE ? 0 : 1;

    return order == DG_ORDER_LANGUAGE ? (Place){ (guint) element->side, 3 + at, index, element }
                                      : (Place){ 3, at * (1 + (guint) element->side), index, element };
  }
  return order == DG_ORDER_LANGUAGE ? (Place){ (guint) element->side, part, index, element } : (Place){ part, (guint) element->side, index, element };
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *p = a, *q = b;

  if (p->section != q->section)
    return p->section < q->section ? -1 : 1;
  if (p->group != q->group)
    return p->group < q->group ? -1 : 1;
  return (p->index > q->index) - (p->index < q->index);
}

static const char *
tag_of (DgRole role)
{
  switch (role) {
  case DG_ROLE_HEADLINE: return "H1";
  case DG_ROLE_CROSSHEAD: return "H2";
  case DG_ROLE_CAPTION: return "Caption";
  default: return "P";
  }
}

/* The first of the element's marks in by_element; @end: behind its last. */
static guint
find_marks (const Tree *self, const Place *place, guint *end)
{
  guint low = 0, high = self->by_element->len;

  while (low < high) {
    guint            middle = (low + high) / 2;
    const DgPdfMark *mark = mark_at (self->tags, g_array_index (self->by_element, guint, middle));

    if (mark->document < self->document || (mark->document == self->document && mark->element < place->index))
      low = middle + 1;
    else
      high = middle;
  }
  for (*end = low; *end < self->by_element->len; (*end)++) {
    const DgPdfMark *mark = mark_at (self->tags, g_array_index (self->by_element, guint, *end));

    if (mark->document != self->document || mark->element != place->index)
      break;
  }
  return low;
}

/* Appends the entries that name the content of marks @first to @end, which @owner owns: the page on which it begins and the marks, of those on other
 * pages with their page (ISO 32000-1 14.7.4). */
static void
append_content (Tree *self, guint first, guint end, guint owner, GString *out)
{
  guint page = 0;

  for (guint i = first; i < end; i++) {
    guint            at = g_array_index (self->by_element, guint, i);
    const DgPdfMark *mark = mark_at (self->tags, at);

    if (i == first) {
      page = mark->page;
      g_string_append_printf (out, " /Pg %u 0 R /K [", self->tags->pages[page]);
    }
    if (mark->page == page)
      g_string_append_printf (out, " %u", mark->mcid);
    else
      g_string_append_printf (out, " << /Type /MCR /Pg %u 0 R /MCID %u >>", self->tags->pages[mark->page], mark->mcid);
    self->leaves[at] = owner;
  }
  g_string_append (out, end > first ? " ]" : " /K [ ]");
}

/* What stands in the element: a caption is no text itself. */
static const char *
inner_tag (const Place *place)
{
  return place->element->role == DG_ROLE_CAPTION ? "P" : "Span";
}

/* The element below one, which owns its content. */
static guint
write_leaf (Tree *self, const char *tag, guint first, guint end, guint parent)
{
  guint leaf = dg_pdf_reserve (self->pdf);
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (body, "<< /Type /StructElem /S /%s /P %u 0 R", tag, parent);
  append_content (self, first, end, leaf, body);
  g_string_append (body, " >>");
  dg_pdf_set (self->pdf, leaf, body);
  return leaf;
}

/* Appends the text itself, so long as a string may have it. */
static void
append_actual_text (GString *out, const char *text, gsize length)
{
  glong units = 0;

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    units += g_utf8_get_char (p) > 0xFFFF ? 2 : 1;
  if (units > ACTUAL_TEXT_MAX)
    return;
  g_string_append (out, " /ActualText ");
  dg_pdf_append_text (out, text, (gssize) length);
}

/* A part of an element that stands on several pages: who reads one of them is to get what stands there. */
static guint
write_part (Tree *self, const Place *place, guint nth, guint end, guint parent)
{
  guint       number = dg_pdf_reserve (self->pdf), leaf = write_leaf (self, "Span", nth, nth + 1, number);
  const char *text = dg_para_text (place->element->para);
  gsize       from = mark_at (self->tags, g_array_index (self->by_element, guint, nth))->start;
  gsize       to = nth + 1 < end ? mark_at (self->tags, g_array_index (self->by_element, guint, nth + 1))->start : strlen (text);
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (body, "<< /Type /StructElem /S /%s /P %u 0 R /K [ %u 0 R ]", inner_tag (place), parent, leaf);
  append_actual_text (body, text + from, to > from ? to - from : 0);
  g_string_append (body, " >>");
  dg_pdf_set (self->pdf, number, body);
  return number;
}

/* Links of the element, as kids of it beside its content (ISO 14289-1 7.18.5). */
static void
write_links (Tree *self, const Place *place, guint parent, GString *kids)
{
  for (guint i = 0; i < self->tags->links->len; i++) {
    const DgPdfLink *link = &g_array_index (self->tags->links, DgPdfLink, i);

    if (link->document != self->document || link->element != place->index)
      continue;
    self->link_owners[i] = dg_pdf_addf (self->pdf, "<< /Type /StructElem /S /Link /P %u 0 R /K << /Type /OBJR /Obj %u 0 R >> >>", parent, link->annotation);
    dg_pdf_append_ref (kids, self->link_owners[i]);
  }
}

/* The box of a picture's element. */
static const DgBox *
find_box (const DgPages *pages, guint element)
{
  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++)
      if (g_array_index (boxes, DgBox, i).element == (int) element)
        return &g_array_index (boxes, DgBox, i);
  }
  g_assert_not_reached ();
}

/* A picture, with what describes it to those who do not see it (ISO 14289-1 7.3). */
static guint
write_figure (Tree *self, const Place *place, guint parent)
{
  guint          number = dg_pdf_reserve (self->pdf), first, end;
  const DgPages *pages = self->tags->documents[self->document].pages;
  const DgBox   *box = find_box (pages, place->index);
  double         left = box->x + self->tags->edge, foot = pages->height - box->y - box->height + self->tags->edge;
  const double   corners[] = { left, foot, left + box->width, foot + box->height };
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (body, "<< /Type /StructElem /S /Figure /P %u 0 R /A << /O /Layout /Placement /Block /BBox [", parent);
  for (guint i = 0; i < 4; i++) {
    g_string_append_c (body, ' ');
    dg_number_append (body, corners[i], 3);
  }
  g_string_append (body, " ] >> /Lang ");
  dg_pdf_append_text (body, dg_para_lang (place->element->para), -1);
  g_string_append (body, " /Alt ");
  dg_pdf_append_text (body, dg_para_text (place->element->para), MIN ((gssize) strlen (dg_para_text (place->element->para)), ACTUAL_TEXT_MAX));
  first = find_marks (self, place, &end);
  append_content (self, first, end, number, body);
  g_string_append (body, " >>");
  dg_pdf_set (self->pdf, number, body);
  return number;
}

/* An element and the one below it that owns the content.  They are two because MuPDF lays an ActualText of the owner over the
 * glyphs one by one, in the order in which they are drawn. */
static guint
write_element (Tree *self, const Place *place, guint parent)
{
  guint         number = dg_pdf_reserve (self->pdf), end, first = find_marks (self, place, &end);
  const DgPara *para = place->element->para;
  const char   *text = dg_para_text (para);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) kids = g_string_new (NULL);

  if (end > first + 1)
    for (guint i = first; i < end; i++)
      dg_pdf_append_ref (kids, write_part (self, place, i, end, number));
  else
    dg_pdf_append_ref (kids, write_leaf (self, inner_tag (place), first, end, number));
  write_links (self, place, number, kids);
  g_string_append_printf (body, "<< /Type /StructElem /S /%s /P %u 0 R /K [%s ] /Lang ", tag_of (place->element->role), parent, kids->str);
  dg_pdf_append_text (body, dg_para_lang (para), -1);
  if (dg_para_is_rtl (para))
    g_string_append (body, " /A << /O /Layout /WritingMode /RlTb >>");
  if (end <= first + 1)
    append_actual_text (body, text, strlen (text));
  g_string_append (body, " >>");
  dg_pdf_set (self->pdf, number, body);
  return number;
}

static void
write_sections (Tree *self, guint parent, GString *kids)
{
  const GArray *elements = self->tags->documents[self->document].pages->elements;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < elements->len; i++) {
    Place place = place_of (&g_array_index (elements, DgElement, i), i, self->tags->order);

    g_array_append_val (places, place);
  }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len;) {
    guint section = dg_pdf_reserve (self->pdf), key = g_array_index (places, Place, i).section;
    g_autoptr (GString) body = g_string_new (NULL);

    g_string_append_printf (body, "<< /Type /StructElem /S /Sect /P %u 0 R /K [", parent);
    for (; i < places->len && g_array_index (places, Place, i).section == key; i++) {
      const Place *place = &g_array_index (places, Place, i);

      dg_pdf_append_ref (body, place->element->role == DG_ROLE_PICTURE ? write_figure (self, place, section) : write_element (self, place, section));
    }
    g_string_append (body, " ] >>");
    dg_pdf_set (self->pdf, section, body);
    dg_pdf_append_ref (kids, section);
  }
}

/* From marked content and annotations to elements (ISO 32000-1 14.7.4.4). */
static guint
write_parent_tree (const Tree *self)
{
  const DgPdfTags *tags = self->tags;
  g_autoptr (GString) body = g_string_new ("<< /Nums [");

  for (guint page = 0, i = 0; page < tags->n_pages; page++) {
    g_string_append_printf (body, " %u [", page);
    for (; i < tags->marks->len && mark_at (tags, i)->page == page; i++)
      dg_pdf_append_ref (body, self->leaves[i]);
    g_string_append (body, " ]");
  }
  for (guint i = 0; i < tags->links->len; i++)
    g_string_append_printf (body, " %u %u 0 R", tags->n_pages + i, self->link_owners[i]);
  g_string_append (body, " ] >>");
  return dg_pdf_add (self->pdf, body);
}

guint
dg_pdf_tags_write (const DgPdfTags *tags, DgPdf *pdf)
{
  guint root = dg_pdf_reserve (pdf), top = dg_pdf_reserve (pdf);
  g_autoptr (GArray) by_element = g_array_sized_new (FALSE, FALSE, sizeof (guint), tags->marks->len);
  g_autofree guint *leaves = g_new0 (guint, tags->marks->len + 1), *owners = g_new0 (guint, tags->links->len + 1);
  g_autoptr (GString) kids = g_string_new (NULL);
  Tree self = { tags, pdf, 0, by_element, leaves, owners };

  for (guint i = 0; i < tags->marks->len; i++)
    g_array_append_val (by_element, i);
  g_array_sort_with_data (by_element, compare_marks, (gpointer) tags);
  for (; self.document < tags->n_documents; self.document++) {
    guint part = tags->n_documents > 1 ? dg_pdf_reserve (pdf) : top;
    g_autoptr (GString) sections = g_string_new (NULL);

    write_sections (&self, part, part == top ? kids : sections);
    if (part == top)
      continue;
    dg_pdf_setf (pdf, part, "<< /Type /StructElem /S /Part /P %u 0 R /K [%s ] >>", top, sections->str);
    dg_pdf_append_ref (kids, part);
  }
  dg_pdf_setf (pdf, top, "<< /Type /StructElem /S /Document /P %u 0 R /K [%s ] >>", root, kids->str);
  dg_pdf_setf (pdf, root, "<< /Type /StructTreeRoot /K [ %u 0 R ] /ParentTree %u 0 R /ParentTreeNextKey %u >>", top, write_parent_tree (&self),
               tags->n_pages + tags->links->len);
  return root;
}

/* Bookmarks */

typedef struct {
  char  *title;
  guint  level; /* 0: the top */
  guint  page;  /* of the file */
  double y;     /* pt from the page's bottom */
} Item;

static void
clear_item (gpointer data)
{
  g_free (((Item *) data)->title);
}

static void
add_item (GArray *items, const char *title, guint level, guint page, double y)
{
  Item item = { g_strdup (title), level, page, y };

  g_array_append_val (items, item);
}

/* Headlines of the document and, below each, the crossheads of its side, in the order of the pages. */
static void
add_heads (const DgPages *pages, DgSide side, guint level, guint first_page, GArray *items)
{
  g_autofree gboolean *seen = g_new0 (gboolean, pages->elements->len + 1);

  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox     *box = &g_array_index (boxes, DgBox, i);
      const DgElement *element = box->kind == DG_BOX_LINE && box->element >= 0 ? &g_array_index (pages->elements, DgElement, box->element) : NULL;

      if (!element || seen[box->element] || element->side != side || (element->role != DG_ROLE_HEADLINE && element->role != DG_ROLE_CROSSHEAD))
        continue;
      seen[box->element] = TRUE;
      add_item (items, dg_para_text (element->para), level + (element->role == DG_ROLE_CROSSHEAD ? 1 : 0), first_page + p,
                pages->height - box->y + dg_para_style (box->para)->size);
    }
  }
}

/* The items from @at on that stand at @level or below it, and their kids; returns their number.  @first, @last: objects. */
static guint
write_items (const DgPdfTags *tags, DgPdf *pdf, const GArray *items, guint *at, guint level, guint parent, guint *first, guint *last)
{
  guint n = 0, number = 0, previous = 0;

  *first = *last = 0;
  while (*at < items->len && g_array_index (items, Item, *at).level >= level) {
    const Item *item = &g_array_index (items, Item, (*at)++);
    g_autoptr (GString) body = g_string_new ("<< /Title ");
    guint kids[2], n_kids;

    previous = number;
    number = n == 0 ? dg_pdf_reserve (pdf) : *last;
    if (n == 0)
      *first = number;
    n_kids = write_items (tags, pdf, items, at, level + 1, number, &kids[0], &kids[1]);
    n++;
    dg_pdf_append_text (body, item->title, -1);
    g_string_append_printf (body, " /Parent %u 0 R /Dest [ %u 0 R /XYZ null ", parent, tags->pages[item->page]);
    dg_number_append (body, item->y, 1);
    g_string_append (body, " null ]");
    if (n > 1)
      g_string_append_printf (body, " /Prev %u 0 R", previous);
    if (*at < items->len && g_array_index (items, Item, *at).level >= level) {
      *last = dg_pdf_reserve (pdf);
      g_string_append_printf (body, " /Next %u 0 R", *last);
    } else
      *last = number;
    if (n_kids)
      g_string_append_printf (body, " /First %u 0 R /Last %u 0 R /Count -%u", kids[0], kids[1], n_kids);
    g_string_append (body, " >>");
    dg_pdf_set (pdf, number, body);
  }
  return n;
}

guint
dg_pdf_outline_write (const DgPdfTags *tags, DgPdf *pdf)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  gboolean several = tags->n_documents > 1;
  guint    root, at = 0, page = 0, ends[2], n;

  g_array_set_clear_func (items, clear_item);
  for (guint i = 0; i < tags->n_documents; i++) {
    const DgPdfDocument *document = &tags->documents[i];

    page -= document->pages->runs_on ? 1 : 0;
    if (several)
      add_item (items, document->info->title, 0, page, document->pages->height - document->pages->top);
    add_heads (document->pages, DG_SIDE_A, several ? 1 : 0, page, items);
    add_heads (document->pages, DG_SIDE_B, several ? 1 : 0, page, items);
    page += document->pages->pages->len;
  }
  if (items->len == 0)
    return 0;
  root = dg_pdf_reserve (pdf);
  n = write_items (tags, pdf, items, &at, 0, root, &ends[0], &ends[1]);
  dg_pdf_setf (pdf, root, "<< /Type /Outlines /First %u 0 R /Last %u 0 R /Count %u >>", ends[0], ends[1], n);
  return root;
}
