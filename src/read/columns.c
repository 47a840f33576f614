/* columns.c: each line with a sign that may part two texts is looked at on both sides of it; scripts tell, and in one script, for a file that is
 * all of two columns, the languages do. */
#include "read/columns.h"

#include "base/utf.h"
#include "read/tongues.h"

#include <string.h>

enum { MAX_SIGNS = 24, FEW_LETTERS = 4 * 3, COLUMN_SPACES = 3, MIN_ROWS = 4, LONG_CELL = 24 };

/* The share of a cell's letters that its script has at least: a name in another script may stand in it. */
#define PURE 0.8

typedef enum { SIGN_BARS, SIGN_BAR, SIGN_TAB, SIGN_COMMA, SIGN_SEMICOLON, SIGN_SLASH, SIGN_DASH, SIGN_SPACES, SIGN_COUNT } Sign;

typedef struct {
  Sign  sign;
  gsize start, end; /* bytes of the line that the sign takes */
} Parting;

typedef struct {
  guint    index;   /* of the line */
  Parting  parting; /* the best one; its scripts differ where @scripts */
  guint    n_signs[SIGN_COUNT];
  Parting  only[SIGN_COUNT]; /* the last of each kind */
  gboolean scripts;
} Row;

static gboolean
is_dash (gunichar ch)
{
  return ch == '-' || ch == 0x2013 || ch == 0x2014;
}

/* Bytes of spaces before @p and after @end. */
static gsize
measure_spaces (const char *text, const char *limit, gboolean back)
{
  gsize n = 0;

  while (back ? text - n > limit && text[-(gssize) n - 1] == ' ' : text + n < limit && text[n] == ' ')
    n++;
  return n;
}

/* The sign at @p of a line [@text, @end), with the spaces round it; FALSE where there is none. */
static gboolean
read_sign (const char *text, const char *p, const char *end, Parting *parting)
{
  const char *last = p + 1;
  gunichar    ch;
  gsize       before, after;

  if (*p == '\t') {
    while (last < end && (*last == '\t' || *last == ' '))
      last++;
    *parting = (Parting){ SIGN_TAB, (gsize) (p - text), (gsize) (last - text) };
    return TRUE;
  }
  if (*p == '"' && end - p > 2 && (p[1] == ',' || p[1] == ';') && p[2] == '"') {
    *parting = (Parting){ p[1] == ',' ? SIGN_COMMA : SIGN_SEMICOLON, (gsize) (p + 1 - text), (gsize) (p + 2 - text) };
    return TRUE;
  }
  if (*p == '|') {
    while (last < end && *last == '|')
      last++;
    *parting = (Parting){ last - p > 1 ? SIGN_BARS : SIGN_BAR, (gsize) (p - text), (gsize) (last - text) };
    return TRUE;
  }
  if (*p == ' ' && (p == text || p[-1] != ' ')) {
    gsize n = measure_spaces (p, end, FALSE);

    if (n < COLUMN_SPACES || p == text)
      return FALSE;
    *parting = (Parting){ SIGN_SPACES, (gsize) (p - text), (gsize) (p + n - text) };
    return TRUE;
  }
  if (*p != '/' && *p != '-' && *p != '\xE2')
    return FALSE;
  ch = g_utf8_get_char (p);
  if (*p != '/' && !is_dash (ch))
    return FALSE;
  last = g_utf8_next_char (p);
  before = measure_spaces (p, text, TRUE);
  after = measure_spaces (last, end, FALSE);
  if (before == 0 || after == 0)
    return FALSE;
  *parting = (Parting){ *p == '/' ? SIGN_SLASH : SIGN_DASH, (gsize) (p - text) - before, (gsize) (last - text) + after };
  return TRUE;
}

/* The script that most letters of [@text, @text + @length) are of, where that is @PURE of them and more than a few; their number in quarters. */
static DgScript
find_script (const char *text, gsize length, guint *letters)
{
  DgLangScores scores = { 0 };
  guint        total = 0, best = DG_SCRIPT_NONE;

  dg_lang_count_letters (text, length, &scores);
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_COUNT; script++) {
    total += scores.letters[script];
    if (scores.letters[script] > 0 && (best == DG_SCRIPT_NONE || scores.letters[script] > scores.letters[best]))
      best = script;
  }
  *letters = best != DG_SCRIPT_NONE ? scores.letters[best] : 0;
  if (best == DG_SCRIPT_HAN || best == DG_SCRIPT_KANA) {
    *letters = (scores.letters[DG_SCRIPT_HAN] + scores.letters[DG_SCRIPT_KANA]) * 2;
    total += *letters / 2;
    best = DG_SCRIPT_HAN;
  }
  return *letters >= FEW_LETTERS && *letters >= PURE * total ? (DgScript) best : DG_SCRIPT_NONE;
}

/* What the bytes of a line show: a bit for each script that a lead byte may belong to, and one for a sign. */
enum { LATIN = 1, GREEK = 2, CYRILLIC = 4, HEBREW = 8, ARABIC = 16, EASTERN = 32, SCRIPTS = 63, HAS_SIGN = 64 };

static guint
classify_lead (guchar byte)
{
  if (byte < 0xCD)
    return byte >= 0xC3 ? LATIN : 0;
  if (byte < 0xD8)
    return byte < 0xD0 ? GREEK : byte < 0xD5 ? CYRILLIC : HEBREW;
  if (byte < 0xE0 || byte == 0xEF)
    return ARABIC;
  return byte == 0xE2 ? HAS_SIGN : EASTERN;
}

static guint
classify (const DgScanLine *line)
{
  guint found = 0, spaces = 0;

  for (gsize i = 0; i < line->length; i++) {
    guchar byte = (guchar) line->text[i];

    spaces = byte == ' ' ? spaces + 1 : 0;
    if (g_ascii_isalpha (byte))
      found |= LATIN;
    else if (byte >= 0xC0)
      found |= classify_lead (byte);
    else if (byte == '\t' || byte == '|' || byte == '"' || byte == '/' || byte == '-' || spaces >= COLUMN_SPACES)
      found |= HAS_SIGN;
  }
  return found;
}

/* Finds the signs of a line and, of those with two scripts on their sides, the one that parts them best.  FALSE for a line without a sign. */
static gboolean
read_row (const DgScanLine *line, Row *row)
{
  const char *text = line->text, *end = text + line->length;
  guint       found = classify (line), n = 0;
  gboolean    mixed = ((found & SCRIPTS) & ((found & SCRIPTS) - 1)) != 0 || (found & EASTERN) != 0;
  double      best = 0;

  for (const char *p = text; (found & HAS_SIGN) != 0 && p < end && n < MAX_SIGNS; p++) {
    Parting  parting;
    guint    left, right;
    DgScript a, b;

    if (!read_sign (text, p, end, &parting) || parting.start == 0 || parting.end >= line->length)
      continue;
    n++;
    row->n_signs[parting.sign]++;
    row->only[parting.sign] = parting;
    p = text + parting.end - 1;
    if (!mixed)
      continue;
    a = find_script (text, parting.start, &left);
    b = find_script (text + parting.end, line->length - parting.end, &right);
    if (a == DG_SCRIPT_NONE || b == DG_SCRIPT_NONE || a == b || (double) MIN (left, right) / MAX (left, right) <= best)
      continue;
    best = (double) MIN (left, right) / MAX (left, right);
    row->parting = parting;
    /* One text has hardly ever three times the letters of the other: a name in its own script behind a dash is no second text. */
    row->scripts = best * 3 >= 1;
  }
  return n > 0;
}

/* The quotation marks round a cell of comma-separated values go, and a doubled one becomes one. */
static void
unquote (DgScanLine *cell, DgSource *source)
{
  g_autoptr (GString) plain = NULL;

  if (cell->length < 2 || cell->text[0] != '"' || cell->text[cell->length - 1] != '"')
    return;
  cell->text++;
  cell->length -= 2;
  cell->column++;
  if (memmem (cell->text, cell->length, "\"\"", 2) != NULL) {
    plain = g_string_new_len (cell->text, (gssize) cell->length);
    g_string_replace (plain, "\"\"", "\"", 0);
    cell->length = plain->len;
    cell->text = dg_source_keep (source, g_string_free (g_steal_pointer (&plain), FALSE));
  }
}

static void
fit (DgScanLine *cell, const DgLabels *labels)
{
  while (cell->length > 0 && strchr (" \t", cell->text[0]) != NULL) {
    cell->text++;
    cell->length--;
    cell->column++;
  }
  while (cell->length > 0 && strchr (" \t", cell->text[cell->length - 1]) != NULL)
    cell->length--;
  cell->n_chars = (guint) g_utf8_strlen (cell->text, (gssize) cell->length);
  cell->label_kinds = cell->label_langs = 0;
  cell->label_length = dg_labels_match (labels, cell->text, cell->length, &cell->label_kinds, &cell->label_langs);
}

/* Appends the cells of @line to @out; a cell without ink is none. */
static void
part (GArray *out, const DgScanLine *line, const Parting *parting, DgSource *source, const DgLabels *labels)
{
  gboolean   quoted = parting->sign == SIGN_COMMA || parting->sign == SIGN_SEMICOLON;
  DgScanLine cells[2] = { *line, *line };

  cells[0].length = parting->start;
  cells[1].text += parting->end;
  cells[1].length -= parting->end;
  cells[1].column += (guint) g_utf8_strlen (line->text, (gssize) parting->end);
  for (guint i = 0; i < 2; i++) {
    cells[i].cell = (guint8) (i + 1);
    if (quoted)
      unquote (&cells[i], source);
    fit (&cells[i], labels);
    if (cells[i].length > 0)
      g_array_append_val (out, cells[i]);
  }
}

/* The delimiter between the two values of a line some of which have no quotation marks, "en,ar"; FALSE for more or fewer values. */
static gboolean
find_delimiter (const DgScanLine *line, Sign sign, Parting *parting)
{
  gboolean quoted = FALSE;
  guint    n = 0;

  for (gsize i = 0; i < line->length; i++) {
    quoted = quoted != (line->text[i] == '"');
    if (quoted || line->text[i] != (sign == SIGN_COMMA ? ',' : ';'))
      continue;
    *parting = (Parting){ sign, i, i + 1 };
    n++;
  }
  return n == 1;
}

/* TRUE where the cells on either side of the signs of @sign are in two languages of one script. */
static gboolean
tells_languages (GArray *lines, const GArray *rows, Sign sign, const DgLabels *labels)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (DgScanLine)), right = g_array_new (FALSE, FALSE, sizeof (DgScanLine));
  GArray *const columns[2] = { left, right };
  DgTongue      tongues[2] = { { 0 } };
  gsize         n_bytes[2] = { 0, 0 };

  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);

    if (row->n_signs[sign] != 1)
      continue;
    for (guint c = 0; c < 2; c++) {
      DgScanLine cell = *dg_scan_line_at (lines, row->index);

      cell.side = DG_SIDE_A;
      cell.text += c == 1 ? row->only[sign].end : 0;
      cell.length = c == 1 ? cell.length - row->only[sign].end : row->only[sign].start;
      cell.label_length = 0;
      n_bytes[c] += cell.length;
      g_array_append_val (columns[c], cell);
    }
  }
  if (MIN (n_bytes[0], n_bytes[1]) < (gsize) LONG_CELL * columns[0]->len)
    return FALSE;
  for (guint c = 0; c < 2; c++) {
    guint     letters;
    DgTongues found;
    DgScript  script = find_script (g_array_index (columns[c], DgScanLine, 0).text, g_array_index (columns[c], DgScanLine, 0).length, &letters);

    if (script == DG_SCRIPT_NONE || !dg_tongues_collect (columns[c], labels, DG_SIDE_A, script, G_MAXUINT, &found, NULL))
      return FALSE;
    tongues[c] = dg_tongues_name (&found);
    dg_tongues_clear (&found);
  }
  return tongues[0].lang != NULL && tongues[1].lang != NULL && strcmp (tongues[0].lang, tongues[1].lang) != 0 && !tongues[0].doubtful && !tongues[1].doubtful;
}

/* The sign that parts most of the lines; SIGN_COUNT where none does. */
static Sign
find_columns (GArray *lines, const GArray *rows, const DgLabels *labels)
{
  guint n_parted[SIGN_COUNT] = { 0 }, n_single[SIGN_COUNT] = { 0 };
  Sign  best = SIGN_BARS;

  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);

    for (guint s = 0; s < SIGN_COUNT; s++)
      n_single[s] += row->n_signs[s] == 1;
    n_parted[row->parting.sign] += row->scripts;
  }
  for (guint s = 0; s < SIGN_COUNT; s++)
    if (n_parted[s] > n_parted[best])
      best = (Sign) s;
  if (n_parted[best] >= 2 && n_parted[best] * 2 > lines->len)
    return best;
  if (lines->len < MIN_ROWS)
    return SIGN_COUNT;
  for (guint s = 0; s <= SIGN_SEMICOLON; s++)
    if (n_single[s] * 5 >= lines->len * 4 && tells_languages (lines, rows, (Sign) s, labels))
      return (Sign) s;
  return SIGN_COUNT;
}

/* TRUE where blank lines part the others into pieces of some length. */
static gboolean
has_gaps (GArray *lines)
{
  guint n = 0;

  for (guint i = 1; i < lines->len; i++)
    n += dg_scan_line_at (lines, i)->gap > 0 && dg_scan_line_at (lines, i)->n != dg_scan_line_at (lines, i - 1)->n;
  return n >= 2;
}

void
dg_columns_part (GArray *lines, DgSource *source, const DgLabels *labels)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (Row)), out = NULL;
  Sign  columns;
  guint next = 0, n_parted = 0;

  for (guint i = 0; i < lines->len; i++) {
    Row row = { .index = i };

    if (!read_row (dg_scan_line_at (lines, i), &row))
      continue;
    n_parted += row.scripts;
    g_array_append_val (rows, row);
  }
  if (rows->len == 0)
    return;
  columns = find_columns (lines, rows, labels);
  if (n_parted == 0 && columns == SIGN_COUNT)
    return;
  out = g_array_sized_new (FALSE, FALSE, sizeof (DgScanLine), lines->len * 2);
  for (guint i = 0; i < lines->len; i++) {
    const Row *row = next < rows->len && g_array_index (rows, Row, next).index == i ? &g_array_index (rows, Row, next++) : NULL;
    Parting    parting;

    if (row != NULL && row->scripts)
      part (out, dg_scan_line_at (lines, i), &row->parting, source, labels);
    else if (row != NULL && columns != SIGN_COUNT && row->n_signs[columns] == 1)
      part (out, dg_scan_line_at (lines, i), &row->only[columns], source, labels);
    else if ((columns == SIGN_COMMA || columns == SIGN_SEMICOLON) && find_delimiter (dg_scan_line_at (lines, i), columns, &parting))
      part (out, dg_scan_line_at (lines, i), &parting, source, labels);
    else
      g_array_append_val (out, *dg_scan_line_at (lines, i));
  }
  for (guint i = 0; columns == SIGN_SPACES && has_gaps (out) && i < out->len; i++)
    dg_scan_line_at (out, i)->in_layout = TRUE;
  g_array_set_size (lines, 0);
  g_array_append_vals (lines, out->data, out->len);
}
