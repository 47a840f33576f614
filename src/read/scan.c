/* scan.c: the ends of each line's ink, and its label. */
#include "read/scan.h"

#include "base/utf.h"

enum { RULE_SIGNS = 3 };

/* Characters that leave no ink at the ends of a line.  Arabic's signs over numbers (U+0600) are format characters too, but seen. */
static gboolean
is_blank (gunichar ch)
{
  return g_unichar_isspace (ch) || (ch >= 0x2000 && g_unichar_type (ch) == G_UNICODE_FORMAT) || ch == 0x00AD || ch == 0x034F || (ch >= 0xFE00 && ch <= 0xFE0F)
         || dg_is_bidi_control (ch);
}

static gboolean
is_margin (gunichar ch)
{
  if (ch < 0x80)
    return ch == ' ' || (ch >= '\t' && ch <= '\r');
  return g_unichar_isspace (ch) || ch == 0xFEFF || ch == 0x200B;
}

/* Fills @scan with the line's inked part; FALSE for a blank line. */
static gboolean
trim (const char *text, gsize length, DgScanLine *scan)
{
  const char *p = text, *end = text + length, *ink;

  scan->column = 1;
  for (; p < end && is_margin (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    scan->column++;
  for (ink = p; ink < end && is_blank (g_utf8_get_char (ink)); ink = g_utf8_next_char (ink))
    ;
  if (ink == end)
    return FALSE;
  for (;;) {
    const char *last = g_utf8_prev_char (end);

    if (!is_margin (g_utf8_get_char (last)))
      break;
    end = last;
  }
  scan->text = p;
  scan->length = (gsize) (end - p);
  scan->n_chars = (guint) g_utf8_strlen (p, end - p);
  return TRUE;
}

gboolean
dg_scan_is_rule (const char *text, gsize length)
{
  static const gunichar signs[] = { '-', '*', '=', '_', '~', '+', 0x2013, 0x2014, 0x2015, 0x2500, 0x2550, 0x2022, 0x25CF, 0x0640 };
  gunichar              sign = 0;
  guint                 n = 0;

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);
    gboolean known = FALSE;

    if (g_unichar_isspace (ch))
      continue;
    for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
      known = known || ch == signs[i];
    if (!known || (sign != 0 && ch != sign))
      return FALSE;
    sign = ch;
    n++;
  }
  return n >= RULE_SIGNS;
}

GArray *
dg_scan_lines (const DgSource *source, const DgLabels *labels)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (DgScanLine));
  guint   gap = 0;

  for (guint i = 0; i < dg_source_n_lines (source); i++) {
    DgScanLine  scan = { .n = dg_source_first_line (source) + i };
    gsize       length;
    const char *text = dg_source_line (source, scan.n, &length);

    if (!trim (text, length, &scan) || dg_scan_is_rule (scan.text, scan.length)) {
      gap++;
      continue;
    }
    scan.gap = gap;
    gap = 0;
    scan.label_length = dg_labels_match (labels, scan.text, scan.length, &scan.label_kinds, &scan.label_langs);
    g_array_append_val (lines, scan);
  }
  return lines;
}
