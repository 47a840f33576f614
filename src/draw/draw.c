/* draw.c: see draw.h. */
#include "draw/draw.h"

#include "draw/links.h"

typedef struct {
  DgDevice     *device;
  const DgPara *para;      /* whose addresses are known */
  GArray       *addresses; /* DgAddress; NULL: none is */
  guint         address;   /* the first of them that may stand in the next line */
} Walk;

static const GArray *
boxes_in_hand (const Walk *walk)
{
  const DgDrawn *drawn = walk->device->drawn;

  return ((const DgPage *) drawn->pages->pages->pdata[drawn->nth])->boxes;
}

static const DgElement *
element_of (const Walk *walk, const DgBox *box)
{
  const GArray *elements = walk->device->drawn->pages->elements;

  if (box->element < 0 || (guint) box->element >= elements->len)
    return NULL;
  return &g_array_index (elements, DgElement, box->element);
}

static void
open_element (const Walk *walk, const DgBox *box, const DgElement *element)
{
  if (walk->device->open != NULL)
    walk->device->open (walk->device, box, element);
}

static void
close_element (const Walk *walk)
{
  if (walk->device->close != NULL)
    walk->device->close (walk->device);
}

static void
draw_line (const Walk *walk, const DgBox *box)
{
  DgDevice *device = walk->device;

  if (device->line != NULL) {
    device->line (device, box);
    return;
  }
  for (guint r = 0; r < box->line->runs->len; r++)
    device->run (device, box, &g_array_index (box->line->runs, DgGlyphRun, r));
}

/* The addresses in a line. */
static void
draw_links (Walk *walk, const DgBox *box)
{
  if (walk->addresses == NULL || walk->para != box->para) /* a paragraph's lines follow one another */
  {
    g_clear_pointer (&walk->addresses, g_array_unref);
    walk->para = box->para;
    walk->addresses = dg_links_find (box->para);
    walk->address = 0;
  }
  while (walk->address < walk->addresses->len && g_array_index (walk->addresses, DgAddress, walk->address).end <= box->line->start)
    walk->address++;
  for (guint i = walk->address; i < walk->addresses->len && g_array_index (walk->addresses, DgAddress, i).start < box->line->end; i++) {
    const DgAddress *address = &g_array_index (walk->addresses, DgAddress, i);
    double           place[4];

    if (dg_link_place (address, box, place))
      walk->device->link (walk->device, box, &(const DgDrawLink){ address->text, address->uri, 0, place[0], place[1], place[2], place[3] });
  }
}

/* A line of the contents leads to where the dispatch begins. */
static void
draw_target (const Walk *walk, const DgBox *box, const DgElement *element)
{
  double       size = dg_para_style (box->para)->size;
  DgDrawLink   link = { .text = dg_para_text (box->para), .left = box->x, .right = box->x + box->line->width };
  const guint *targets = walk->device->drawn->targets;

  if (targets == NULL || element->bead < 0)
    return;
  link.target = targets[element->bead];
  link.top = box->y - size;
  link.bottom = box->y + .3 * size;
  walk->device->link (walk->device, box, &link);
}

/* The lines and pictures of one side, an element after the other. */
static void
draw_side (Walk *walk, DgSide side)
{
  const GArray *boxes = boxes_in_hand (walk);
  int           open = -1;

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox     *box = &g_array_index (boxes, DgBox, i);
    const DgElement *element = element_of (walk, box);

    if ((box->kind != DG_BOX_LINE && box->kind != DG_BOX_PICTURE) || element == NULL || element->side != side)
      continue;
    if (box->element != open) {
      if (open >= 0)
        close_element (walk);
      open_element (walk, box, element);
      open = box->element;
    }
    if (box->kind == DG_BOX_PICTURE) {
      walk->device->picture (walk->device, box);
      continue;
    }
    draw_line (walk, box);
    if (walk->device->link != NULL) {
      draw_links (walk, box);
      draw_target (walk, box, element);
    }
  }
  if (open >= 0)
    close_element (walk);
}

static int
compare_boxes (gconstpointer a, gconstpointer b)
{
  const DgBox *p = *(const DgBox *const *) a, *q = *(const DgBox *const *) b;

  return p->y != q->y ? (p->y < q->y ? -1 : 1) : (p->x > q->x) - (p->x < q->x);
}

/* Rules, rings, a picture that is shown again, and furniture from left to right: backward moves would join its words. */
static void
draw_artifacts (const Walk *walk)
{
  const GArray *boxes = boxes_in_hand (walk);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox *box = &g_array_index (boxes, DgBox, i);

    if (box->kind == DG_BOX_LINE && element_of (walk, box) == NULL)
      g_ptr_array_add (lines, (gpointer) box);
    if (box->kind == DG_BOX_LINE || (box->kind == DG_BOX_PICTURE && element_of (walk, box) != NULL))
      continue;
    open_element (walk, box, NULL);
    if (box->kind == DG_BOX_PICTURE) /* once more, on the other one of two facing pages */
      walk->device->picture (walk->device, box);
    else if (box->kind == DG_BOX_RING)
      walk->device->ring (walk->device, box);
    else
      walk->device->rule (walk->device, box);
    close_element (walk);
  }
  g_ptr_array_sort (lines, compare_boxes);
  for (guint i = 0; i < lines->len; i++) {
    open_element (walk, lines->pdata[i], NULL);
    draw_line (walk, lines->pdata[i]);
    close_element (walk);
  }
}

/* The last line of @one and the first of @next stand on one baseline: drawn one after the other they would be one line for PDFium. */
static gboolean
would_join (const Walk *walk, DgSide one, DgSide next)
{
  const GArray *boxes = boxes_in_hand (walk);
  const DgBox  *last = NULL, *first = NULL;

  for (guint i = 0; i < boxes->len; i++) {
    const DgBox     *box = &g_array_index (boxes, DgBox, i);
    const DgElement *element = element_of (walk, box);

    if (box->kind != DG_BOX_LINE || element == NULL)
      continue;
    if (element->side == one)
      last = box;
    if (element->side == next && first == NULL)
      first = box;
  }
  return last != NULL && first != NULL && last->y == first->y;
}

static void
draw_text (Walk *walk)
{
  gboolean swap = would_join (walk, DG_SIDE_A, DG_SIDE_B) && !would_join (walk, DG_SIDE_B, DG_SIDE_A);

  draw_side (walk, swap ? DG_SIDE_B : DG_SIDE_A);
  draw_side (walk, swap ? DG_SIDE_A : DG_SIDE_B);
  draw_side (walk, DG_SIDE_NONE);
}

void
dg_draw_page (DgDevice *device, const DgDrawn *drawn, guint n)
{
  Walk walk = { device, NULL, NULL, 0 };

  device->drawn = &drawn[0];
  if (device->begin != NULL)
    device->begin (device);
  for (guint i = 0; i < n; i++) {
    device->drawn = &drawn[i];
    draw_text (&walk);
  }
  for (guint i = 0; i < n; i++) {
    device->drawn = &drawn[i];
    draw_artifacts (&walk);
  }
  device->drawn = NULL;
  g_clear_pointer (&walk.addresses, g_array_unref);
}
