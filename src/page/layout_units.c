/* layout_units.c: how the roles of the running text are set in a column: a paragraph fills the measure, the mark of a list's item hangs beside its text, a
 * line of verse stands under the longest of its stanza, which is centred, with its halves apart, and the cells of a table's row in columns
 * that begin where the language begins. */
#include "page/layout_private.h"

#include <string.h>

#define MARK_MOST   6   /* characters of a list's mark */
#define MARK_GAP    .5  /* em from the widest mark to the text */
#define HALVES_GAP  1.2 /* em between the halves of a verse, and round the sign between them */
#define HALVES_STEP 3.0 /* em by which the second half stands in where it goes below the first */
#define TURNOVER    1.5 /* em: what goes on on a second line of verse is set in by that */
#define CELL_GAP    1.4 /* em between the columns of a table, at least */
#define CELL_WIDEST 5.0 /* em: more room than that between two columns parts them */
#define HAIR        .01 /* pt: a text in a measure as wide as itself stays on one line */

void
dg_layout_unit_free (gpointer data)
{
  DgUnit *unit = data;

  if (unit->block != NULL && --unit->block->n_units == 0) {
    g_array_unref (unit->block->columns);
    g_free (unit->block);
  }
  g_ptr_array_unref (unit->paras);
  g_free (unit);
}

/* The bytes of the mark that an item begins with, the space after it not among them; 0: none. */
static gsize
mark_length (const char *text)
{
  gsize    length = strcspn (text, " ");
  gboolean letters = FALSE;

  if (text[length] == '\0' || length == 0 || g_utf8_strlen (text, (gssize) length) > MARK_MOST)
    return 0;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    letters = letters || g_unichar_isalnum (g_utf8_get_char (p));
  return !letters || strchr (".)]-:", text[length - 1]) != NULL ? length : 0;
}

static gboolean
is_figure (const char *text)
{
  guint digits = 0, letters = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    digits += g_unichar_isdigit (g_utf8_get_char (p));
    letters += g_unichar_isalpha (g_utf8_get_char (p));
  }
  return digits > letters;
}

/* Adds the text from byte @from to @to of the node, which stands in column @at of its block; of none, an empty place. */
static void
add_piece (DgLayout *layout, DgUnit *unit, const DgColumn *column, gsize from, gsize to, DgStyleName style, guint at)
{
  DgPara        *para = to > from ? dg_layout_make_piece_para (layout, column, unit->node, from, to, style) : NULL;
  DgBlockColumn *of;

  g_array_set_size (unit->block->columns, MAX (unit->block->columns->len, at + 1));
  of = &g_array_index (unit->block->columns, DgBlockColumn, at);
  of->width = MAX (of->width, para != NULL ? dg_para_width (para) : 0);
  of->n_figures += para != NULL && is_figure (dg_para_text (para));
  g_ptr_array_add (unit->paras, para);
}

/* The sign between the halves of a verse: " * ", " … ", " // "; its bytes, without the spaces round it. */
static gboolean
find_halves (const char *text, gsize *first, gsize *length)
{
  for (const char *p = strchr (text, ' '); p != NULL; p = strchr (p + 1, ' ')) {
    gsize    n = strcspn (p + 1, " ");
    gboolean signs = n > 0 && p > text && p[1 + n] == ' ';

    for (const char *q = p + 1; signs && q < p + 1 + n; q = g_utf8_next_char (q))
      signs = g_utf8_get_char (q) == 0x2026 || strchr ("*./#~=", *q) != NULL;
    if (signs && (n > 1 || p[1] != '.')) {
      *first = (gsize) (p + 1 - text);
      *length = n;
      return TRUE;
    }
  }
  return FALSE;
}

/* The cells of a row, or the halves of a verse (columns 0 and 2) with the sign between them. */
static void
add_cells (DgLayout *layout, DgUnit *unit, const DgColumn *column)
{
  const DgNode *node = unit->node;
  gboolean      verse = node->role == DG_ROLE_VERSE;
  gsize         from = 0, first, length;
  guint         at = 0, n_cells = node->cells != NULL ? node->cells->len : 0;

  if (verse && n_cells != 1) {
    if (find_halves (node->text, &first, &length)) {
      add_piece (layout, unit, column, 0, first - 1, DG_STYLE_VERSE, 0);
      add_piece (layout, unit, column, first, first + length, DG_STYLE_VERSE, 1);
      from = first + length + 1;
      at = 2;
    }
    n_cells = 0;
  }
  for (guint i = 0; i < n_cells; i++, at += verse ? 2 : 1) {
    gsize next = g_array_index (node->cells, gsize, i);

    add_piece (layout, unit, column, from, MAX (next, from + 1) - 1, DG_STYLE_VERSE, at);
    from = next;
  }
  add_piece (layout, unit, column, from, strlen (node->text), DG_STYLE_VERSE, at);
}

DgUnit *
dg_layout_unit_new (DgLayout *layout, const DgColumn *column, const DgNode *node, const DgUnit *before, double indent)
{
  DgUnit     *unit = g_new0 (DgUnit, 1);
  gsize       mark = node->role == DG_ROLE_LIST ? mark_length (node->text) : 0;
  DgParaStyle style;

  unit->node = node;
  unit->paras = g_ptr_array_new ();
  if (mark == 0 && node->role != DG_ROLE_VERSE && node->role != DG_ROLE_TABLE) {
    g_ptr_array_add (unit->paras,
                     dg_layout_make_node_para (layout, column, node, node->role == DG_ROLE_CROSSHEAD ? DG_STYLE_CROSSHEAD : DG_STYLE_BODY, indent, NULL));
    return unit;
  }
  unit->goes_on = before != NULL && before->block != NULL && before->node->role == node->role;
  unit->block = unit->goes_on ? before->block : g_new0 (DgBlock, 1);
  if (!unit->goes_on)
    unit->block->columns = g_array_new (FALSE, TRUE, sizeof (DgBlockColumn));
  unit->block->n_units++;
  unit->block->n_rows++;
  dg_style_get (layout->t, layout->fonts, NULL, DG_STYLE_BODY, column->text->lang, &style, NULL);
  unit->em = style.size;
  if (mark > 0) {
    add_piece (layout, unit, column, 0, mark, DG_STYLE_BODY, 0);
    g_ptr_array_add (unit->paras, dg_layout_make_piece_para (layout, column, node, mark + 1, strlen (node->text), DG_STYLE_BODY));
  } else {
    add_cells (layout, unit, column);
  }
  return unit;
}

/* Where a piece stands: from the column's start edge, in which measure; what goes on overleaf of its first line is set in by @turnover. */
typedef struct {
  double   start, measure, turnover;
  guint    slot;
  gboolean at_end;  /* at the measure's end */
  gboolean figures; /* so that units stand under units */
} Spot;

static double
width_of (const DgBlock *block, guint at)
{
  return at < block->columns->len ? g_array_index (block->columns, DgBlockColumn, at).width : 0;
}

static void
place_list (const DgUnit *unit, double measure, Spot *spots)
{
  double inset = MIN (width_of (unit->block, 0) + MARK_GAP * unit->em, measure / 2);

  spots[0] = (Spot){ .measure = inset - MARK_GAP * unit->em, .at_end = TRUE };
  spots[1] = (Spot){ .start = inset, .measure = measure - inset };
}

static void
place_verse (const DgUnit *unit, double measure, Spot *spots)
{
  const DgBlock *block = unit->block;
  double         first = width_of (block, 0), sign = width_of (block, 1), second = width_of (block, 2), gap = HALVES_GAP * unit->em, inset;
  double         whole = second > 0 ? first + gap + (sign > 0 ? sign + gap : 0) + second : first;
  guint          n = unit->paras->len;

  if (whole <= measure) {
    inset = (measure - whole) / 2;
    spots[0] = (Spot){ .start = inset, .measure = n > 1 ? first : measure - inset };
    if (n == 3)
      spots[1] = (Spot){ .start = inset + first + gap, .measure = sign };
    if (n > 1)
      spots[n - 1] = (Spot){ .start = inset + whole - second, .measure = second };
    return;
  }
  /* The second half goes below the first, at the other end. */
  whole = MIN (MAX (MAX (first + (sign > 0 ? gap / 2 + sign : 0), second) + (second > 0 ? HALVES_STEP * unit->em : 0), 2 * TURNOVER * unit->em), measure);
  inset = (measure - whole) / 2;
  spots[0] = (Spot){ .start = inset, .measure = whole, .turnover = TURNOVER * unit->em };
  if (n == 3)
    spots[1] = (Spot){ .start = inset + first + gap / 2, .measure = MAX (whole - first - gap / 2, sign) };
  if (n > 1)
    spots[n - 1] = (Spot){ .start = inset, .measure = whole, .slot = 1, .at_end = TRUE };
}

/* The widths of a table's columns, the widest cut down until all find room, and the room between two. */
static double
fit_columns (const DgBlock *block, double measure, double em, double *widths)
{
  guint  n = block->columns->len;
  double gap = n > 1 ? MIN (CELL_GAP * em, measure / (2 * n)) : 0, room = measure - (n - 1) * gap, sum = 0, cap = room;

  for (guint i = 0; i < n; i++)
    sum += widths[i] = width_of (block, i);
  if (sum <= room)
    return n > 1 ? gap + MIN ((room - sum) / (n - 1), (CELL_WIDEST - CELL_GAP) * em) : 0;
  for (guint left = n; left > 0;) {
    guint under = 0;

    cap = room / left;
    for (guint i = 0; i < n; i++)
      if (widths[i] >= 0 && width_of (block, i) <= cap) {
        room -= width_of (block, i);
        widths[i] = -1;
        under++;
      }
    left -= under;
    if (under == 0)
      break;
  }
  for (guint i = 0; i < n; i++)
    widths[i] = widths[i] < 0 ? width_of (block, i) : cap;
  return gap;
}

static void
place_table (const DgUnit *unit, double measure, Spot *spots)
{
  const DgBlock     *block = unit->block;
  g_autofree double *widths = g_new (double, block->columns->len);
  double             gap = fit_columns (block, measure, unit->em, widths), start = 0;

  for (guint i = 0; i < unit->paras->len; i++) {
    spots[i] = (Spot){ .start = start, .measure = widths[i], .figures = 2 * g_array_index (block->columns, DgBlockColumn, i).n_figures >= block->n_rows };
    start += widths[i] + gap;
  }
}

gboolean
dg_layout_unit_is_header (const DgUnit *unit)
{
  guint n = 0;

  if (unit->block == NULL || unit->goes_on || unit->node->role != DG_ROLE_TABLE)
    return FALSE;
  for (guint i = 0; i < unit->paras->len; i++)
    if (unit->paras->pdata[i] != NULL && is_figure (dg_para_text (unit->paras->pdata[i])))
      return FALSE;
  for (guint i = 0; i < unit->block->columns->len; i++)
    n += g_array_index (unit->block->columns, DgBlockColumn, i).n_figures;
  return n > 0;
}

static Spot *
find_spots (const DgUnit *unit, double measure)
{
  Spot *spots = g_new0 (Spot, unit->paras->len);

  if (unit->block == NULL)
    spots[0].measure = measure;
  else if (unit->node->role == DG_ROLE_LIST)
    place_list (unit, measure, spots);
  else if (unit->node->role == DG_ROLE_VERSE)
    place_verse (unit, measure, spots);
  else
    place_table (unit, measure, spots);
  return spots;
}

void
dg_layout_unit_count (const DgUnit *unit, double measure, int looseness, DgMeasureCount *count)
{
  g_autofree Spot *spots = find_spots (unit, measure);
  double           hair = unit->block != NULL ? HAIR : 0; /* as it is set: breaks of the same measure are not sought again */

  *count = (DgMeasureCount){ .widest = 1 };
  for (guint i = 0; i < unit->paras->len; i++) {
    DgPara     *para = unit->paras->pdata[i];
    DgParaCount of;

    if (para == NULL)
      continue;
    /* Ragged text and headlines are broken for sense, not to a number of lines. */
    dg_para_count (para, spots[i].measure - spots[i].turnover + hair, dg_para_style (para)->justify ? looseness : 0, &of);
    /* The second half of a verse goes below all lines of the first. */
    count->lines = MAX (count->lines, (spots[i].slot > 0 ? count->lines : 0) + of.lines);
    count->hyphens += of.hyphens;
    count->stubs += of.stub;
    count->badness += of.badness;
    count->widest = MAX (count->widest, 1 + of.loosest * (dg_para_style (para)->space_max - 1));
  }
}

void
dg_layout_unit_reckon (const DgUnit *unit, DgMeasureRoom *room)
{
  DgPara *para = unit->paras->len > 0 ? unit->paras->pdata[unit->paras->len - 1] : NULL;

  *room = (DgMeasureRoom){ .lines = 1 };
  if (unit->block != NULL && unit->node->role != DG_ROLE_LIST)
    return;
  *room = (DgMeasureRoom){ .width = dg_para_width (para) + dg_para_style (para)->indent };
  if (unit->block != NULL)
    room->inset = width_of (unit->block, 0) + MARK_GAP * unit->em;
  if (dg_para_style (para)->justify)
    dg_para_room (para, &room->stretch, &room->shrink);
}

guint
dg_layout_unit_count_round (const DgUnit *unit, double measure, const DgNarrow *narrow)
{
  DgMeasureCount count;

  if (unit->block == NULL && narrow->n > 0)
    return dg_para_count_round (unit->paras->pdata[0], measure, narrow->measure, narrow->n);
  dg_layout_unit_count (unit, narrow->n > 0 ? narrow->measure : measure, 0, &count);
  return count.lines;
}

/* The lines of a piece; of a paragraph only those beside the picture are narrow, of a list's item or a table all. */
static GPtrArray *
break_piece (DgLayout *layout, const DgUnit *unit, DgPara *para, double measure, double width, const DgNarrow *narrow, int looseness)
{
  if (unit->block != NULL)
    return dg_layout_break (layout, para, width + HAIR, looseness);
  return narrow->n > 0 ? dg_layout_break_round (layout, para, measure, narrow) : dg_layout_break (layout, para, width, looseness);
}

guint
dg_layout_unit_set (DgLayout *layout, DgUnit *unit, const DgColumn *column, const DgNarrow *narrow, int looseness, int bead, guint slot, GArray *lines)
{
  double           measure = narrow->n > 0 ? narrow->measure : column->measure;
  g_autofree Spot *spots = find_spots (unit, measure);
  guint            depth = 0;

  for (guint i = 0; i < unit->paras->len; i++) {
    const Spot *spot = &spots[i];
    DgPara     *para = unit->paras->pdata[i];
    double      width = spot->measure - spot->turnover;
    g_autoptr (GPtrArray) set = NULL;
    guint from;
    int   element;

    if (para == NULL)
      continue;
    from = spot->slot > 0 ? depth : 0;
    set = break_piece (layout, unit, para, column->measure, width, narrow, looseness);
    element = dg_layout_add_element (layout, column, unit->node, para, bead);
    for (guint k = 0; k < set->len; k++) {
      const DgLine *line = set->pdata[k];
      double        start = spot->start + (k > 0 ? spot->turnover : 0), room = MAX (width - line->width, 0);
      DgRowLine     at = { .line = line, .para = para, .element = element, .slot = slot + from + k };

      at.x = column->text->rtl ? measure - start - width : start;
      if (narrow->n > 0 && (unit->block != NULL || k < narrow->n))
        at.x += narrow->x;
      /* At the end of its measure, or to the right in it. */
      if (spot->at_end)
        at.x += column->text->rtl ? -room : room;
      else if (spot->figures && !column->text->rtl)
        at.x += room;
      g_array_append_val (lines, at);
    }
    depth = MAX (depth, from + set->len);
    dg_para_finish (para);
  }
  return depth;
}
