/* decode.c: marks and byte patterns tell Unicode's forms, validity tells UTF-8, charset.c guesses the rest; then control
 * characters are dropped and what was wrong is reported by line and column. */
#include "read/decode.h"

#include "base/charset.h"
#include "read/kind.h"
#include "read/mend.h"
#include "base/utf.h"

#include <string.h>

/* So many messages of one kind tell enough about one input. */
enum { MAX_MESSAGES = 50 };

/* So many kinds of C0 controls, of 28, and no text is likely. */
enum { KINDS_MIN = 20 };

/* Marks on one letter, as UAX #15 has them for streams (Stream-Safe Text Format): no writing needs more, and what stacks thousands
 * costs shapers the square of it. */
enum { MARKS_MAX = 30 };

/* Below this confidence a note says that the charset is a guess. */
#define SURE 0.5

typedef struct {
  const char *name; /* charset without "-bom" */
  gsize       mark; /* bytes of the byte order mark */
} Found;

static gboolean
begins (const guint8 *bytes, gsize length, const char *mark, gsize size)
{
  return length >= size && memcmp (bytes, mark, size) == 0;
}

/* The four-byte marks come first: FF FE begins both UTF-16 and UTF-32. */
static Found
find_mark (const guint8 *bytes, gsize length)
{
  if (begins (bytes, length, "\xEF\xBB\xBF", 3))
    return (Found){ "utf-8", 3 };
  if (begins (bytes, length, "\xFF\xFE\0\0", 4)) /* a text in UTF-16 does not begin with U+0000 */
    return (Found){ "utf-32le", 4 };
  if (begins (bytes, length, "\0\0\xFE\xFF", 4))
    return (Found){ "utf-32be", 4 };
  if (begins (bytes, length, "\xFF\xFE", 2))
    return (Found){ "utf-16le", 2 };
  if (begins (bytes, length, "\xFE\xFF", 2))
    return (Found){ "utf-16be", 2 };
  return (Found){ NULL, 0 };
}

/* UTF-16 and UTF-32 without a mark: spaces and line ends put zero bytes on one side of the units only. */
static const char *
find_wide (const guint8 *bytes, gsize length)
{
  gsize sample = MIN (length, 65536) & ~(gsize) 3, zeros[4] = { 0 }, n = sample / 4;

  if (n == 0)
    return NULL;
  for (gsize i = 0; i < sample; i++)
    zeros[i & 3] += bytes[i] == 0;
  if (zeros[0] + zeros[1] + zeros[2] + zeros[3] == 0)
    return NULL;
  if (length % 4 == 0 && zeros[3] == n && zeros[2] * 10 >= n * 9 && zeros[0] * 10 < n)
    return "utf-32le";
  if (length % 4 == 0 && zeros[0] == n && zeros[1] * 10 >= n * 9 && zeros[3] * 10 < n)
    return "utf-32be";
  if ((zeros[1] + zeros[3]) * 25 > n * 2 && (zeros[0] + zeros[2]) * 10 < zeros[1] + zeros[3])
    return "utf-16le";
  if ((zeros[0] + zeros[2]) * 25 > n * 2 && (zeros[1] + zeros[3]) * 10 < zeros[0] + zeros[2])
    return "utf-16be";
  return NULL;
}

/* TRUE for UTF-8 in which at most a few bytes are wrong: by chance an 8-bit text hardly ever holds valid sequences.  @confidence is
 * changed only where some are. */
static gboolean
looks_like_utf8 (const guint8 *bytes, gsize length, double *confidence)
{
  const char *p = (const char *) bytes, *end = p + length;
  gsize       n_bad = 0, n_multi = 0;

  if (g_utf8_validate_len (p, length, NULL))
    return TRUE;
  while (p < end) {
    const char *stop;

    g_utf8_validate_len (p, (gsize) (end - p), &stop);
    for (; p < stop; p++)
      n_multi += (guchar) *p >= 0xC0;
    if (p < end)
      n_bad += *p++ != '\0';
  }
  if (n_bad > 0 && n_multi > 2 * n_bad)
    *confidence = 1 - (double) n_bad / (double) n_multi;
  return n_multi > 2 * n_bad || n_bad == 0;
}

typedef struct {
  guint  line;
  DgMark mark;
} Marked;

typedef struct {
  DgDiag     *diag;
  const char *charset;
  guint       line, column;
  guint       n_bad, n_controls;
  guint       n_marks;   /* on the letter that was read last */
  guint32     kinds;     /* of C0 controls that were dropped, a bit each */
  gboolean    wire;      /* the input bears the controls of a wire service */
  guint       head_left; /* lines that its heading may still have */
  GArray     *marks;     /* Marked */
} Report;

enum {
  SOH = 0x01,
  STX = 0x02,
  ETX = 0x03,
  EOT = 0x04,
  ENQ = 0x05,
  ACK = 0x06,
  BS = 0x08,
  VT = 0x0B,
  SO = 0x0E,
  SI = 0x0F,
  DLE = 0x10,
  SYN = 0x16,
  DEL = 0x7F,
  NEL = 0x85,
  HEAD_LINES = 8
};

/* Controls, and what is no text in any format: byte order marks within the text and noncharacters, which ISO 19005-2 6.2.11.7.2 forbids as a code's text. */
static gboolean
is_dropped (gunichar ch)
{
  return (ch < 0x20 && ch != '\t' && ch != '\n' && ch != '\r' && ch != '\f' && ch != VT) || (ch >= 0x7F && ch <= 0x9F && ch != NEL) || ch == 0xFEFF
         || (ch >= 0xFDD0 && ch <= 0xFDEF) || (ch & 0xFFFE) == 0xFFFE;
}

/* IPTC 7901 and ANPA 1312 frame a message: start of heading, start of text, end of text.  What else a programme or a picture has is
 * in no such message, which may have BEL, and padding without end. */
static gboolean
is_wire (const GString *text)
{
  static const char foreign[] = { ENQ, ACK, BS, VT, SO, SI, DLE, '\0' };
  const char       *head = memchr (text->str, SOH, text->len), *start = memchr (text->str, STX, text->len);
  gsize             n_foreign = 0;

  if (start == NULL)
    return FALSE;
  for (const char *p = text->str, *end = p + text->len; p < end; p++)
    n_foreign += *p != '\0' && (guchar) *p < 0x20 && strchr (foreign, *p) != NULL;
  if (n_foreign * 100 > text->len)
    return FALSE;
  return (head != NULL && head < start) || memchr (start, ETX, text->len - (gsize) (start - text->str)) != NULL;
}

static void
mark (Report *report, DgMark kind)
{
  Marked marked = { report->line, kind };

  g_array_append_val (report->marks, marked);
}

/* Takes note of a control that belongs to an envelope; FALSE for one that does not. */
static gboolean
read_wire_control (Report *report, gunichar ch)
{
  switch (ch) {
  case SOH:
    mark (report, DG_MARK_HEAD);
    report->head_left = HEAD_LINES;
    return TRUE;
  case STX:
    mark (report, DG_MARK_TEXT);
    report->head_left = 0;
    return TRUE;
  case ETX:
  case EOT: mark (report, DG_MARK_END); return TRUE;
  case 0:
  case SYN:
  case DEL: /* padding of the line */ return TRUE;
  default: /* device controls and separators part the heading's fields */ return report->head_left > 0 && ch >= 0x11 && ch < 0x20;
  }
}

/* TRUE for the mark that a letter has no room for.  What is not seen between two marks parts them for no shaper. */
static gboolean
is_mark_too_many (Report *report, gunichar ch)
{
  if (ch < 0x300 || (ch >= 0x0621 && ch <= 0x064A) || (ch >= 0x3000 && ch <= 0x9FFF)) { /* most of all letters */
    report->n_marks = 0;
    return FALSE;
  }
  if (!g_unichar_ismark (ch)) {
    if (g_unichar_type (ch) != G_UNICODE_FORMAT)
      report->n_marks = 0;
    return FALSE;
  }
  return ++report->n_marks > MARKS_MAX;
}

/* Drops control characters and marks that stack too high in place and reports them, the bad bytes, and LRO and RLO, which can make a text read as another one than
 * a search or a copy finds; the latter stay, as they may be meant.  A form feed ends a page and is white space here; in a
 * wire's heading separators become spaces. */
static void
clean (GString *text, const GArray *bad, Report *report)
{
  const char *p = text->str, *end = p + text->len;
  char       *to = text->str;
  guint       next_bad = 0;

  report->line = report->column = 1;
  report->wire = is_wire (text);
  while (p < end) {
    const char *next = p;
    gunichar    ch = dg_utf8_read (&next);
    gsize       at = (gsize) (p - text->str), size = (gsize) (next - p);

    if (next_bad < bad->len && g_array_index (bad, gsize, next_bad) == at) {
      if (report->n_bad++ < MAX_MESSAGES)
        dg_diag_add (report->diag, DG_DIAG_INPUT_ENCODING, report->line, report->column, report->charset);
      next_bad++;
    }
    if (is_dropped (ch)) {
      gboolean wire = report->wire && read_wire_control (report, ch);

      report->kinds |= !wire && ch < 0x20 ? 1u << ch : 0;
      if (!wire && report->n_controls++ < MAX_MESSAGES)
        dg_diag_add (report->diag, DG_DIAG_INPUT_CONTROL, report->line, report->column, ch);
      report->column++;
      p += size;
      if (wire && ch >= 0x11 && ch != DEL && ch != SYN)
        *to++ = ' ';
      continue;
    }
    if (is_mark_too_many (report, ch)) {
      if (report->n_marks == MARKS_MAX + 1)
        dg_diag_add (report->diag, DG_DIAG_INPUT_MARKS, report->line, report->column, MARKS_MAX);
      report->column++;
      p += size;
      continue;
    }
    if (ch == 0x202D || ch == 0x202E)
      dg_diag_add (report->diag, DG_DIAG_BIDI_OVERRIDE, report->line, report->column, ch);
    if (ch == '\f')
      mark (report, DG_MARK_PAGE);
    if ((dg_source_measure_end (p, (gsize) (end - p)) > 0 && ch != '\r') || (ch == '\r' && !(p + 1 < end && p[1] == '\n'))) {
      report->line++;
      report->column = 1;
      report->head_left -= report->head_left > 0;
    } else {
      report->column++;
    }
    if (to != p)
      memmove (to, p, size);
    to += size;
    p += size;
  }
  g_string_truncate (text, (gsize) (to - text->str));
}

/* The charset, by the user's word or by what the bytes show.  NULL with @error set. */
static char *
choose (const guint8 *bytes, gsize length, const char *encoding, gsize *mark_size, double *confidence, GError **error)
{
  Found       found = find_mark (bytes, length);
  const char *guess;

  *mark_size = 0;
  *confidence = 1;
  if (encoding != NULL) {
    g_autofree char *name = dg_charset_dup_name (encoding);

    if (!dg_charset_is_known (name)) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ENCODING, "unknown encoding \"%s\"", encoding);
      return NULL;
    }
    if (found.name != NULL && g_str_has_prefix (found.name, name)) {
      *mark_size = found.mark;
      return g_strdup (found.name);
    }
    if (strcmp (name, "utf-16") == 0 || strcmp (name, "utf-32") == 0) {
      guess = find_wide (bytes, length);
      return guess != NULL && g_str_has_prefix (guess, name) ? g_strdup (guess) : g_strconcat (name, "le", NULL);
    }
    return g_steal_pointer (&name);
  }
  if (found.name != NULL) {
    *mark_size = found.mark;
    return g_strdup (found.name);
  }
  guess = find_wide (bytes, length);
  if (guess != NULL) {
    *confidence = 0.95; /* zero bytes on one side tell nearly all */
    return g_strdup (guess);
  }
  if (looks_like_utf8 (bytes, length, confidence))
    return g_strdup ("utf-8");
  return g_strdup (dg_charset_guess (bytes, length, confidence));
}

/* TRUE for what no charset makes a text of: too many controls or bad bytes, or fewer of nearly every kind, as packed and encrypted
 * data have them, whereas damage and terminals' commands are of few. */
static gboolean
is_binary (const Report *report, gsize total)
{
  guint32 kinds = report->kinds;
  guint   n_kinds = 0;

  for (; kinds != 0; kinds &= kinds - 1)
    n_kinds++;
  return (gsize) report->n_controls * 10 > total || (gsize) report->n_bad * 3 * 3 > total || (n_kinds >= KINDS_MIN && (gsize) report->n_controls * 50 > total);
}

/* What is taken for another charset is taken for one of these; in others a control is a control. */
static gboolean
may_be_mended (const char *charset)
{
  static const char *const kin[] = { "utf", "iso-8859", "windows" };

  for (guint i = 0; i < G_N_ELEMENTS (kin); i++)
    if (g_str_has_prefix (charset, kin[i]))
      return TRUE;
  return FALSE;
}

DgSource *
dg_decode (const char *name, GBytes *bytes, const char *encoding, DgDiag *diag, GError **error)
{
  gsize            length, mark_size;
  const guint8    *data = g_bytes_get_data (bytes, &length);
  g_autofree char *charset = NULL, *shown = NULL;
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Marked));
  GString  *text;
  Report    report = { .diag = diag, .marks = marks };
  DgSource *source;
  double    confidence;
  gsize     total;

  if (length == 0)
    data = (const guint8 *) "";
  if (!dg_kind_is_text (data, length, error))
    return NULL;
  charset = choose (data, length, encoding, &mark_size, &confidence, error);
  if (charset == NULL)
    return NULL;
  if (confidence < SURE)
    dg_diag_add (diag, DG_DIAG_INPUT_GUESSED, 0, 0, charset);
  text = dg_charset_decode (data + mark_size, length - mark_size, charset, bad);
  total = text->len;
  report.charset = charset;
  if (bad->len == 0 && may_be_mended (charset))
    dg_mend_text (text, diag);
  clean (text, bad, &report);
  if (total > 0 && is_binary (&report, total)) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ENCODING, "no text: %u control characters and %u undecodable places among %zu bytes", report.n_controls,
                 report.n_bad, length);
    g_string_free (text, TRUE);
    return NULL;
  }
  shown = g_strconcat (charset, mark_size > 0 ? "-bom" : "", NULL);
  total = text->len;
  source = dg_source_new (name, g_string_free (text, FALSE), total, shown);
  dg_source_set_confidence (source, confidence);
  for (guint i = 0; i < marks->len; i++)
    dg_source_add_mark (source, g_array_index (marks, Marked, i).line, g_array_index (marks, Marked, i).mark);
  return source;
}
