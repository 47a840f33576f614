/* lines.c: see lines.h. */
#include "open/lines.h"

#include "base/lang.h"
#include "base/refuse.h"

#include <string.h>

/* A table of two texts in one script has cells of sentences, not of words and figures: characters of one on average. */
#define LONG_CELL 40
/* Empty ones are what XML packs best. */
#define LINES_MAX 1000000u
/* Of the rows so many must have both sides. */
#define WHOLE_ROWS 0.6

typedef struct {
  DgStyled style;
  char     text[];
} Line;

/* A row of a table: GPtrArray of its cells, each a GPtrArray of lines. */
struct DgLines {
  GPtrArray *before;   /* Line: those in the order of the document, up to the first table of two texts */
  GPtrArray *after;    /* those behind it */
  GPtrArray *texts[2]; /* the two blocks that such tables make */
  GArray    *rows;     /* DgDocumentRow, lines counted in their blocks from 1 */
  GPtrArray *notes;    /* Line */
  GString   *para;     /* what is written now */
  DgStyled   style;    /* of that */
  guint      depth;    /* of tables */
  GPtrArray *table;    /* rows of the outermost one; NULL outside */
  GPtrArray *row, *cell;
  GString   *kept; /* the paragraph that a note stands in */
  guint      n_notes;
  guint      n; /* lines */
};

static void
unref_array (gpointer array)
{
  g_ptr_array_unref (array);
}

DgLines *
dg_lines_new (void)
{
  DgLines *lines = g_new0 (DgLines, 1);

  lines->before = g_ptr_array_new_with_free_func (g_free);
  lines->after = g_ptr_array_new_with_free_func (g_free);
  lines->texts[0] = g_ptr_array_new_with_free_func (g_free);
  lines->texts[1] = g_ptr_array_new_with_free_func (g_free);
  lines->notes = g_ptr_array_new_with_free_func (g_free);
  lines->rows = g_array_new (FALSE, FALSE, sizeof (DgDocumentRow));
  lines->para = g_string_new (NULL);
  return lines;
}

void
dg_lines_free (DgLines *lines)
{
  if (lines == NULL)
    return;
  g_ptr_array_unref (lines->before);
  g_ptr_array_unref (lines->after);
  g_ptr_array_unref (lines->texts[0]);
  g_ptr_array_unref (lines->texts[1]);
  g_ptr_array_unref (lines->notes);
  g_array_unref (lines->rows);
  g_string_free (lines->para, TRUE);
  g_clear_pointer (&lines->table, g_ptr_array_unref);
  g_clear_pointer (&lines->row, g_ptr_array_unref);
  g_clear_pointer (&lines->cell, g_ptr_array_unref);
  if (lines->kept != NULL)
    g_string_free (lines->kept, TRUE);
  g_free (lines);
}

/* Paragraphs */

void
dg_lines_add (DgLines *lines, const char *text, gssize length)
{
  g_string_append_len (lines->para, text, length);
}

gboolean
dg_lines_is_begun (const DgLines *lines)
{
  return lines->para->len > 0;
}

static Line *
new_line (const char *text, gsize length, DgStyled style)
{
  Line *line = g_malloc (sizeof *line + length + 1);

  line->style = style;
  memcpy (line->text, text, length);
  line->text[length] = '\0';
  return line;
}

void
dg_lines_style (DgLines *lines, DgStyled style)
{
  lines->style = style;
}

static GPtrArray *
find_place (DgLines *lines)
{
  if (lines->kept != NULL)
    return lines->notes;
  if (lines->table != NULL) {
    if (lines->cell == NULL)
      lines->cell = g_ptr_array_new_with_free_func (g_free);
    return lines->cell;
  }
  return lines->texts[0]->len > 0 ? lines->after : lines->before;
}

/* Bytes of @text before an end of line of any kind (UAX #14: NL, LF, BK), and in @end those of that. */
static gsize
measure_line (const char *text, gsize *end)
{
  const char *p = text;

  for (; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (ch == '\n' || ch == '\v' || ch == 0x85 || ch == 0x2028 || ch == 0x2029)
      break;
  }
  *end = *p == '\0' ? 0 : (gsize) (g_utf8_next_char (p) - p);
  return (gsize) (p - text);
}

void
dg_lines_end (DgLines *lines)
{
  const char *text = lines->para->str;
  gsize       length, end;

  do {
    length = measure_line (text, &end);
    if (lines->n < LINES_MAX)
      g_ptr_array_add (find_place (lines), new_line (text, length, lines->style));
    lines->n++;
    text += length + end;
  } while (end > 0);
  g_string_truncate (lines->para, 0);
}

void
dg_lines_begin_note (DgLines *lines)
{
  g_autofree char *mark = g_strdup_printf ("[%u]", lines->n_notes + 1);

  if (lines->kept != NULL)
    return;
  lines->n_notes++;
  lines->kept = g_string_new (lines->para->str);
  g_string_append (lines->kept, mark);
  g_string_assign (lines->para, mark);
  g_string_append_c (lines->para, ' ');
}

void
dg_lines_end_note (DgLines *lines)
{
  if (lines->kept == NULL)
    return;
  if (lines->para->len > 0)
    dg_lines_end (lines);
  g_string_assign (lines->para, lines->kept->str);
  g_string_free (lines->kept, TRUE);
  lines->kept = NULL;
}

/* Tables */

void
dg_lines_begin_table (DgLines *lines)
{
  if (lines->depth++ > 0)
    return;
  if (lines->para->len > 0)
    dg_lines_end (lines);
  lines->table = g_ptr_array_new_with_free_func (unref_array);
}

void
dg_lines_end_cell (DgLines *lines)
{
  if (lines->para->len > 0)
    dg_lines_end (lines);
  if (lines->depth != 1)
    return;
  if (lines->row == NULL)
    lines->row = g_ptr_array_new_with_free_func (unref_array);
  g_ptr_array_add (lines->row, lines->cell != NULL ? g_steal_pointer (&lines->cell) : g_ptr_array_new_with_free_func (g_free));
}

void
dg_lines_end_row (DgLines *lines)
{
  if (lines->depth == 1 && lines->row != NULL)
    g_ptr_array_add (lines->table, g_steal_pointer (&lines->row));
}

static const GPtrArray *
get_cell (const GPtrArray *table, guint row, guint column)
{
  const GPtrArray *cells = table->pdata[row];

  return column < cells->len ? cells->pdata[column] : NULL;
}

/* What a column has in it. */
typedef struct {
  guint        full; /* cells with letters */
  guint        length;
  DgLangScores scores;
} Column;

static void
look (const GPtrArray *table, guint column, Column *found)
{
  for (guint r = 0; r < table->len; r++) {
    const GPtrArray *cell = get_cell (table, r, column);
    gboolean         full = FALSE;

    for (guint i = 0; cell != NULL && i < cell->len; i++) {
      const char *text = ((const Line *) cell->pdata[i])->text;

      for (const char *p = text; *p != '\0' && !full; p = g_utf8_next_char (p))
        full = g_unichar_isalpha (g_utf8_get_char (p));
      found->length += (guint) g_utf8_strlen (text, -1);
      dg_lang_count_letters (text, strlen (text), &found->scores);
    }
    found->full += full;
  }
}

static DgScript
find_script (const Column *column)
{
  DgScript best = DG_SCRIPT_NONE;

  for (guint i = 1; i < DG_SCRIPT_COUNT; i++)
    if (column->scores.letters[i] > column->scores.letters[best])
      best = (DgScript) i;
  return best;
}

/* The two columns in which the table tells one thing in two languages, as translators deliver it; others beside them have no letters, but
 * numbers of the rows.  FALSE for any other table. */
static gboolean
find_texts (const GPtrArray *table, guint columns[2])
{
  Column found[2] = { { 0 } };
  guint  n_columns = 0, n = 0;

  for (guint r = 0; r < table->len; r++)
    n_columns = MAX (n_columns, ((const GPtrArray *) table->pdata[r])->len);
  for (guint c = 0; c < MIN (n_columns, 8); c++) {
    Column column = { 0 };

    look (table, c, &column);
    if (column.full == 0)
      continue;
    if (n == 2)
      return FALSE;
    found[n] = column;
    columns[n++] = c;
  }
  if (n < 2 || n_columns > 8 || found[0].full < WHOLE_ROWS * table->len || found[1].full < WHOLE_ROWS * table->len)
    return FALSE;
  return find_script (&found[0]) != find_script (&found[1]) || (found[0].length >= LONG_CELL * found[0].full && found[1].length >= LONG_CELL * found[1].full);
}

static void
add_texts (DgLines *lines, const GPtrArray *table, const guint columns[2])
{
  for (guint r = 0; r < table->len; r++) {
    DgDocumentRow row;

    for (guint side = 0; side < 2; side++) {
      const GPtrArray *cell = get_cell (table, r, columns[side]);

      row.first[side] = lines->texts[side]->len + 1;
      for (guint i = 0; cell != NULL && i < cell->len; i++) {
        const Line *line = cell->pdata[i];

        if (*line->text != '\0')
          g_ptr_array_add (lines->texts[side], new_line (line->text, strlen (line->text), line->style));
      }
      row.last[side] = lines->texts[side]->len;
    }
    if (row.last[0] >= row.first[0] && row.last[1] >= row.first[1])
      g_array_append_val (lines->rows, row);
  }
}

/* A row's cells on one line, parted by tabs. */
static void
add_cells (GPtrArray *into, const GPtrArray *cells)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint c = 0; c < cells->len; c++) {
    const GPtrArray *cell = cells->pdata[c];
    gboolean         any = FALSE;

    if (c > 0)
      g_string_append_c (line, '\t');
    for (guint i = 0; i < cell->len; i++) {
      const char *text = ((const Line *) cell->pdata[i])->text;

      if (*text == '\0')
        continue;
      g_string_append_printf (line, "%s%s", any ? " " : "", text);
      any = TRUE;
    }
  }
  g_ptr_array_add (into, new_line (line->str, line->len, DG_STYLED_NOT));
}

void
dg_lines_end_table (DgLines *lines)
{
  g_autoptr (GPtrArray) table = NULL;
  guint columns[2];

  if (lines->depth == 0 || --lines->depth > 0)
    return;
  if (lines->cell != NULL || lines->para->len > 0) {
    lines->depth = 1;
    dg_lines_end_cell (lines);
    dg_lines_end_row (lines);
    lines->depth = 0;
  }
  g_clear_pointer (&lines->row, g_ptr_array_unref);
  table = g_steal_pointer (&lines->table);
  if (find_texts (table, columns))
    add_texts (lines, table, columns);
  else
    for (guint r = 0; r < table->len; r++)
      add_cells (find_place (lines), table->pdata[r]);
}

/* The whole */

static void
write_line (GString *out, GArray *styles, const char *text, DgStyled style)
{
  g_string_append (out, text);
  g_string_append_c (out, '\n');
  g_array_append_val (styles, style);
}

static void
write_block (GString *out, GArray *styles, const GPtrArray *block)
{
  for (guint i = 0; i < block->len; i++)
    write_line (out, styles, ((const Line *) block->pdata[i])->text, ((const Line *) block->pdata[i])->style);
}

gboolean
dg_lines_finish (DgLines *lines, DgDocument *document, GError **error)
{
  GString *out;
  GArray  *styles;
  guint    start[2];

  if (lines->para->len > 0)
    dg_lines_end (lines);
  if (lines->n > LINES_MAX)
    return dg_refuse (error, DIGLOT_ERROR_LIMIT, "the document has more than %u lines", LINES_MAX);
  out = g_string_new (NULL);
  styles = g_array_new (FALSE, FALSE, sizeof (DgStyled));
  while (lines->depth > 0)
    dg_lines_end_table (lines);
  write_block (out, styles, lines->before);
  start[0] = styles->len;
  write_block (out, styles, lines->texts[0]);
  if (lines->texts[1]->len > 0)
    write_line (out, styles, "", DG_STYLED_NOT);
  start[1] = styles->len;
  write_block (out, styles, lines->texts[1]);
  write_block (out, styles, lines->after);
  if (lines->notes->len > 0)
    write_line (out, styles, "", DG_STYLED_NOT);
  write_block (out, styles, lines->notes);
  for (guint i = 0; i < lines->rows->len; i++) {
    DgDocumentRow *row = &g_array_index (lines->rows, DgDocumentRow, i);

    for (guint side = 0; side < 2; side++) {
      row->first[side] += start[side];
      row->last[side] += start[side];
    }
  }
  document->text = g_string_free_to_bytes (out);
  document->styles = styles;
  document->rows = g_array_ref (lines->rows);
  return TRUE;
}
