/* layout_lines.c: lines as they stand on the page.  Those of one paragraph were looked at when it was set; here are the others, and what is told. */
#include "page/layout_private.h"

#include "base/utf.h"
#include "page/figures.h"
#include "type/clash.h"
#include "type/settle.h"

#define NEIGHBOURS 2.5 /* em from baseline to baseline within which ink may meet */
#define OVERFULL   .1  /* pt */
#define BROKEN     12  /* characters before a break that are quoted */

/* The box's line in the page's coordinates; its glyphs are the page's. */
static DgLine
place_line (const DgBox *box)
{
  DgLine line = *box->line;

  line.x = box->x;
  return line;
}

static gboolean
is_text (const DgBox *box)
{
  return box->kind == DG_BOX_LINE && box->element >= 0;
}

/* TRUE where @lower stands so closely under @upper that their ink may meet; @em: of the larger one. */
static gboolean
are_neighbours (const DgBox *upper, const DgBox *lower, double em)
{
  return lower->y > upper->y && lower->y - upper->y < NEIGHBOURS * em && lower->x < upper->x + upper->line->width + em
         && upper->x < lower->x + lower->line->width + em;
}

static void
locate (const DgLayout *layout, const DgBox *box, gsize at, guint *line, guint *column)
{
  const DgNode *node = g_array_index (layout->pages->elements, DgElement, box->element).node;
  gsize         from = dg_para_style (box->para)->offset;

  *line = *column = 0;
  if (node != NULL)
    dg_node_locate (node, from + dg_utf8_shift (dg_para_text (box->para), at, node->text + from), line, column);
}

/* The last characters of the line. */
static char *
dup_end (const DgBox *box)
{
  const char *text = dg_para_text (box->para), *end = text + box->line->end, *from = end;

  for (guint i = 0; i < BROKEN && from > text + box->line->start; i++)
    from = g_utf8_prev_char (from);
  return g_strndup (from, (gsize) (end - from));
}

/* @within: the paragraph of whose word the line has another piece, which was told; NULL. */
static void
tell_line (DgLayout *layout, const DgBox *box, gboolean touches, const DgPara *within)
{
  const DgLine *set = box->line;
  double        size = dg_line_size (set), over = set->width - set->measure;
  gboolean      loose = set->justified && set->n_spaces > 0 && size > 0 && set->space / size > DG_LOOSE;
  guint         line, column;

  if (loose || over > OVERFULL || touches)
    locate (layout, box, set->start, &line, &column);
  if (loose)
    dg_diag_add (layout->diag, DG_DIAG_LINE_LOOSE, line, column, set->space / size);
  if (over > OVERFULL)
    dg_diag_add (layout->diag, DG_DIAG_LINE_OVERFULL, line, column, over);
  if (touches)
    dg_diag_add (layout->diag, DG_DIAG_LINE_TOUCHING, line, column);
  if (set->broken && (within != box->para || set->n_spaces > 0)) {
    g_autofree char *end = dup_end (box);

    locate (layout, box, set->end, &line, &column);
    dg_diag_add (layout->diag, DG_DIAG_LINE_BROKEN_WORD, line, column, end);
  }
}

/* Moves the words of @lower, then those of @upper, where the two clash. */
static gboolean
part_lines (const DgBox *upper, const DgBox *lower)
{
  DgLine   above = place_line (upper), below = place_line (lower);
  double   apart = lower->y - upper->y;
  gboolean nudged;

  if (dg_ink_clashes (&above, &below, apart, &nudged, NULL) <= 0)
    return FALSE;
  if (!dg_ink_settle (&above, apart, &below, 0, NULL))
    dg_ink_settle (NULL, 0, &above, apart, &below);
  return dg_ink_touches (&above, &below, apart) > 0;
}

void
dg_layout_settle_lines (DgLayout *layout)
{
  const DgPara *within[3] = { NULL, NULL, NULL }; /* of whose last line on a side the end is within a word */

  for (guint p = 0; p < layout->pages->pages->len; p++) {
    const GArray      *boxes = ((const DgPage *) layout->pages->pages->pdata[p])->boxes;
    g_autofree double *sizes = g_new0 (double, boxes->len + 1); /* 0: no line of text */

    for (guint i = 0; i < boxes->len; i++)
      if (is_text (&g_array_index (boxes, DgBox, i)))
        sizes[i] = dg_line_size (g_array_index (boxes, DgBox, i).line);
    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *lower = &g_array_index (boxes, DgBox, i);
      gboolean     touches = FALSE;

      for (guint k = 0; sizes[i] > 0 && k < boxes->len; k++) {
        const DgBox *upper = &g_array_index (boxes, DgBox, k);

        if (sizes[k] > 0 && are_neighbours (upper, lower, MAX (sizes[i], sizes[k])))
          touches = (upper->para == lower->para ? lower->line->touches > 0 : part_lines (upper, lower)) || touches;
      }
      if (sizes[i] > 0) {
        DgSide side = g_array_index (layout->pages->elements, DgElement, lower->element).side;

        tell_line (layout, lower, touches, within[side]);
        within[side] = lower->line->broken ? lower->para : NULL;
      }
    }
  }
}
