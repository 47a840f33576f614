/* layout_notes.c: notes to the text, at the foot of the page that has their mark.  A note and its counterpart begin level; so the page of one stands for both,
 * and it is that of the text that reads on the left, else of the other.  Notes whose mark stands nowhere come after the last row (layout_tail.c). */
#include "page/layout_private.h"

#include <string.h>

#define MARK_BYTES 8 /* of a mark between brackets */

static void
clear_note (gpointer data)
{
  DgFootNote *note = data;

  g_free (note->mark);
  if (note->strip.lines[0] != NULL)
    dg_layout_clear_strip (&note->strip);
}

/* "[3]", "(3)", a raised number, a dagger, stars; NULL where it begins with none. */
static char *
dup_mark (const char *text)
{
  const char *close = text[0] == '[' ? strchr (text, ']') : text[0] == '(' ? strchr (text, ')') : NULL;
  gsize       length = strspn (text, "*");

  if (close != NULL && close - text < MARK_BYTES)
    return g_strndup (text, (gsize) (close + 1 - text));
  if (length == 0 && (guchar) text[0] >= 0x80 && !g_unichar_isalpha (g_utf8_get_char (text)))
    length = (gsize) (g_utf8_next_char (text) - text);
  return length > 0 ? g_strndup (text, length) : NULL;
}

/* Where the text refers to the mark, not at its beginning; NULL: nowhere. */
static const char *
find_mark (const char *text, const char *mark)
{
  return *text != '\0' ? strstr (text + 1, mark) : NULL;
}

/* The row and unit of a column that refer to the note. */
static gboolean
find_unit (const DgLayout *layout, guint c, DgFootNote *note)
{
  for (guint r = 0; r < layout->rows->len; r++) {
    const GPtrArray *units = g_array_index (layout->rows, DgLayoutRow, r).side[c].units;

    for (guint u = 0; u < units->len; u++)
      if (find_mark (((const DgUnit *) units->pdata[u])->node->text, note->mark) != NULL) {
        note->row = r;
        note->column = c;
        note->unit = u;
        return TRUE;
      }
  }
  return FALSE;
}

static gboolean
find_row (const DgLayout *layout, DgFootNote *note)
{
  for (guint c = 0; c < layout->n_columns; c++) {
    g_free (note->mark);
    note->mark = note->node[c] != NULL ? dup_mark (note->node[c]->text) : NULL;
    if (note->mark != NULL && find_unit (layout, c, note))
      return TRUE;
  }
  return FALSE;
}

void
dg_layout_find_notes (DgLayout *layout)
{
  GPtrArray *nodes[2] = { NULL, NULL };
  guint      n = 0;

  if (layout->t->footnotes != DG_NOTES_FOOT || layout->t->head_in_rows)
    return;
  for (guint c = 0; c < layout->n_columns; c++) {
    nodes[c] = dg_text_list (layout->columns[c].text, DG_ROLE_FOOTNOTE);
    n = MAX (n, nodes[c]->len);
  }
  for (guint i = 0; i < n; i++) {
    DgFootNote note = { .row = 0 };

    for (guint c = 0; c < layout->n_columns; c++)
      note.node[c] = i < nodes[c]->len ? nodes[c]->pdata[i] : NULL;
    if (!find_row (layout, &note)) {
      g_free (note.mark);
      continue;
    }
    if (layout->notes == NULL) {
      layout->notes = g_array_new (FALSE, TRUE, sizeof (DgFootNote));
      g_array_set_clear_func (layout->notes, clear_note);
    }
    g_array_append_val (layout->notes, note);
  }
  for (guint c = 0; c < layout->n_columns; c++)
    g_ptr_array_unref (nodes[c]);
}

gboolean
dg_layout_is_foot_note (const DgLayout *layout, const DgNode *node)
{
  for (guint i = 0; i < layout->notes->len; i++)
    for (guint c = 0; c < 2; c++)
      if (g_array_index (layout->notes, DgFootNote, i).node[c] == node)
        return TRUE;
  return FALSE;
}

/* The lines that a note takes. */
static guint
count_lines (DgLayout *layout, const DgFootNote *note, const double measure[2])
{
  guint lines[2] = { 0, 0 };

  for (guint c = 0; c < layout->n_columns; c++) {
    DgParaCount count;

    if (note->node[c] == NULL)
      continue;
    dg_para_count (dg_layout_make_node_para (layout, &layout->columns[c], note->node[c], DG_STYLE_SMALL, 0, NULL), measure[c], 0, &count);
    lines[c] = count.lines;
  }
  return dg_layout_is_stacked (layout) ? lines[0] + lines[1] : MAX (lines[0], lines[1]);
}

void
dg_layout_add_feet (DgLayout *layout, const double measure[2], DgRow *rows, DgRowsFrame *frame)
{
  const DgTemplate *t = layout->t;
  gboolean          stacked = dg_layout_is_stacked (layout);
  guint             entry = 0;

  frame->foot_gap = (t->small_gap - t->small_leading) / t->grid;
  for (guint r = 0; r < layout->rows->len; r++) {
    for (guint c = 0; c < layout->n_columns; c++) {
      for (guint i = 0; i < layout->notes->len; i++) {
        const DgFootNote *note = &g_array_index (layout->notes, DgFootNote, i);

        if (note->row == r && note->column == c)
          rows[entry].foot += count_lines (layout, note, measure) * t->small_leading / t->grid;
      }
      entry += stacked && g_array_index (layout->rows, DgLayoutRow, r).side[c].units->len > 0;
    }
    entry += !stacked;
  }
}

/* The grid line of its row on which the note's mark stands. */
static guint
find_slot (const DgRowSide *side, const DgFootNote *note)
{
  guint slot = 0;

  for (guint i = 0; i < side->lines->len; i++) {
    const DgRowLine *at = &g_array_index (side->lines, DgRowLine, i);
    const char      *text, *mark;

    if (at->unit != note->unit)
      continue;
    text = dg_para_text (at->para);
    mark = find_mark (text, note->mark);
    slot = at->slot;
    if (mark != NULL && (gsize) (mark - text) < at->line->end)
      return slot;
  }
  return slot;
}

void
dg_layout_note_part (DgLayout *layout, guint row, const DgLayoutPart *part, guint spread)
{
  for (guint i = 0; i < layout->notes->len; i++) {
    DgFootNote *note = &g_array_index (layout->notes, DgFootNote, i);
    guint       c = note->column, slot;

    if (note->row != row || c < part->first_column || c >= part->end_column)
      continue;
    slot = find_slot (&g_array_index (layout->rows, DgLayoutRow, row).side[c], note);
    if (slot >= part->first[c] && slot < part->first[c] + part->n[c])
      note->spread = spread;
  }
}

static guint
make_lines (DgLayout *layout, DgFootNote *note)
{
  dg_layout_init_strip (layout, &note->strip, TRUE, layout->t->small_leading);
  for (guint c = 0; c < layout->n_columns; c++)
    if (note->node[c] != NULL)
      dg_layout_add_node_lines (layout, &layout->columns[c], note->node[c], DG_STYLE_SMALL, note->strip.lines[c]);
  return dg_layout_is_stacked (layout) ? note->strip.lines[0]->len + note->strip.lines[1]->len : MAX (note->strip.lines[0]->len, note->strip.lines[1]->len);
}

/* The notes from @first to before @end at the foot of @spread, @n_lines deep. */
static void
set_spread (DgLayout *layout, guint spread, guint first, guint end, guint n_lines)
{
  double   y = layout->t->last_baseline - (n_lines - 1) * layout->t->small_leading;
  gboolean stacked = dg_layout_is_stacked (layout), ruled[2] = { FALSE, FALSE };

  for (guint i = first; i < end; i++) {
    DgFootNote *note = &g_array_index (layout->notes, DgFootNote, i);
    double      last = y;

    for (guint c = 0; c < layout->n_columns; c++) {
      guint  here = spread;
      double at = stacked ? last : y;

      if (note->strip.lines[c]->len == 0)
        continue;
      note->strip.ruled = !ruled[c] && !(stacked && ruled[1 - c]);
      ruled[c] = TRUE;
      dg_layout_set_strip_side (layout, &note->strip, c, &here, &at);
      last = MAX (last, at + note->strip.leading);
    }
    y = last;
  }
}

guint
dg_layout_set_notes (DgLayout *layout, GArray *ends)
{
  const DgTemplate *t = layout->t;
  guint             first = 0, spread = 0, last = 0;

  /* What finds no room where it belongs stands on the next page that has some, at last on one of its own. */
  for (; first < layout->notes->len; spread++) {
    double room = t->last_baseline - (spread < ends->len ? g_array_index (ends, double, spread) : t->running_body - t->grid) - t->small_gap;
    guint  end = first, n_lines = 0;

    while (end < layout->notes->len && g_array_index (layout->notes, DgFootNote, end).spread <= spread) {
      DgFootNote *note = &g_array_index (layout->notes, DgFootNote, end);
      guint       own = note->strip.lines[0] != NULL ? note->depth : (note->depth = make_lines (layout, note));

      if ((n_lines + own - 1) * t->small_leading > room + DG_LAYOUT_EPSILON && (spread < ends->len || end > first))
        break;
      n_lines += own;
      end++;
    }
    if (end > first) {
      set_spread (layout, spread, first, end, n_lines);
      last = spread;
    }
    first = end;
  }
  return last;
}
