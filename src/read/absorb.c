/* absorb.c: runs of lines between lines of the other text, by their shape and place. */
#include "read/absorb.h"

#include "read/cues.h"

enum { MAX_QUOTED = 2, MIN_VERSE = 3, MAX_VERSE = 12, VERSE_CHARS = 64, MAX_ADDRESSES = 7, ADDRESS_CHARS = 64 };

/* TRUE for a line that stands in quotation marks. */
static gboolean
is_quoted (const DgScanLine *line)
{
  gunichar first = g_utf8_get_char (line->text), last = g_utf8_get_char (g_utf8_prev_char (line->text + line->length));

  return (first == '"' || first == 0x201E || g_unichar_type (first) == G_UNICODE_INITIAL_PUNCTUATION || g_unichar_type (first) == G_UNICODE_FINAL_PUNCTUATION)
         && (last == '"' || g_unichar_type (last) == G_UNICODE_INITIAL_PUNCTUATION || g_unichar_type (last) == G_UNICODE_FINAL_PUNCTUATION);
}

/* TRUE where lines from @start to @end are short, close together and bear no label: a verse, or a song's. */
static gboolean
is_verse (GArray *lines, guint start, guint end)
{
  if (end - start < MIN_VERSE || end - start > MAX_VERSE)
    return FALSE;
  for (guint i = start; i < end; i++)
    if (dg_scan_line_at (lines, i)->n_chars > VERSE_CHARS || dg_scan_line_at (lines, i)->label_length > 0 || (i > start && dg_scan_line_at (lines, i)->gap > 0))
      return FALSE;
  return TRUE;
}

/* How many lines from @start on are the addresses of whoever stands above: under a line that leads to them, short, close together, with one of the
 * net's or a telephone's among them.  0 for none. */
static guint
count_addresses (GArray *lines, guint start, guint end)
{
  const DgScanLine *above = dg_scan_line_at (lines, start - 1);
  gboolean          leads = above->n_chars <= ADDRESS_CHARS && above->text[above->length - 1] == ':';
  guint             n = 0, n_addresses = 0;

  if (dg_scan_line_at (lines, start)->gap > 0 || above->n_chars > 2 * ADDRESS_CHARS)
    return 0;
  for (guint i = start; i < end && i < start + MAX_ADDRESSES; i++) {
    const DgScanLine *line = dg_scan_line_at (lines, i);

    if (line->n_chars > ADDRESS_CHARS || line->gap > 0)
      break;
    if (dg_cues_has_address (line->text, line->length)) {
      n_addresses++;
      n = i + 1 - start;
    }
  }
  /* Without a gap behind them only the line above tells that they are none of the next text's head. */
  if (n == 0 || (!leads && (start + n == end || dg_scan_line_at (lines, start + n)->gap == 0) && n_addresses < 2))
    return 0;
  return n;
}

static void
move (GArray *lines, guint start, guint end, const char *why)
{
  for (guint i = start; i < end; i++) {
    dg_scan_line_at (lines, i)->side = 1 - dg_scan_line_at (lines, i)->side;
    dg_scan_line_at (lines, i)->why = why;
  }
}

/* Lines of @side next to @at, two of them at most. */
static guint
count_beside (GArray *lines, guint at, gboolean back, DgSide side)
{
  guint n = 0;

  while (n < 2 && (back ? at > n : at + n < lines->len) && dg_scan_line_at (lines, back ? at - n - 1 : at + n)->side == side)
    n++;
  return n;
}

void
dg_absorb_lines (GArray *lines)
{
  for (guint start = 0, end; start < lines->len; start = end) {
    DgSide side = dg_scan_line_at (lines, start)->side;
    guint  before, after, n_addresses;

    for (end = start + 1; end < lines->len && dg_scan_line_at (lines, end)->side == side;)
      end++;
    if (side == DG_SIDE_NONE || start == 0 || dg_scan_line_at (lines, start)->cell > 0)
      continue;
    before = count_beside (lines, start, TRUE, 1 - side);
    after = count_beside (lines, end, FALSE, 1 - side);
    if (before == 0)
      continue;
    n_addresses = count_addresses (lines, start, end);
    if (n_addresses > 0) {
      move (lines, start, start + n_addresses, "addresses under the other text");
    } else if (before == 2 && after > 0 && is_verse (lines, start, end)) {
      for (guint i = start; i < end; i++)
        dg_scan_line_at (lines, i)->quoted = TRUE;
      move (lines, start, end, "a verse in the other text");
    } else if (end - start <= MAX_QUOTED && before == 2 && (after == 2 || (after == 1 && is_quoted (dg_scan_line_at (lines, start))))) {
      /* With quotation marks, one line after it shows that the block goes on. */
      for (guint i = start; i < end; i++)
        if (dg_scan_line_at (lines, i)->label_length == 0)
          move (lines, i, i + 1, "quoted in the other block");
    }
  }
}
