/* decode.c: marks and byte patterns tell Unicode's forms, validity tells UTF-8, charset.c guesses the rest; then control
 * characters are dropped and what was wrong is reported by line and column. */
#include "decode.h"

#include "charset.h"
#include "utf.h"

#include <string.h>

/* So many messages of one kind tell enough about one input. */
enum { MAX_MESSAGES = 50 };

typedef struct {
  const char *name;            /* charset without "-bom" */
  gsize       mark;            /* bytes of the byte order mark */
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
    return (Found) { "utf-8", 3 };
  if (begins (bytes, length, "\xFF\xFE\0\0", 4) && length % 4 == 0)
    return (Found) { "utf-32le", 4 };
  if (begins (bytes, length, "\0\0\xFE\xFF", 4))
    return (Found) { "utf-32be", 4 };
  if (begins (bytes, length, "\xFF\xFE", 2))
    return (Found) { "utf-16le", 2 };
  if (begins (bytes, length, "\xFE\xFF", 2))
    return (Found) { "utf-16be", 2 };
  return (Found) { NULL, 0 };
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

/* TRUE for UTF-8 in which at most a few bytes are wrong: by chance an 8-bit text hardly ever holds valid sequences. */
static gboolean
looks_like_utf8 (const guint8 *bytes, gsize length)
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
  return n_multi > 2 * n_bad || n_bad == 0;
}

typedef struct {
  DgDiag     *diag;
  const char *charset;
  guint       line, column;
  guint       n_bad, n_controls;
} Report;

static gboolean
is_dropped (gunichar ch)
{
  return (ch < 0x20 && ch != '\t' && ch != '\n' && ch != '\r' && ch != '\f') || (ch >= 0x7F && ch <= 0x9F);
}

/* Drops control characters in place and reports them and the bad bytes.  A form feed ends a page and is white space here. */
static void
clean (GString *text, const GArray *bad, Report *report)
{
  const char *p = text->str, *end = p + text->len;
  char       *to = text->str;
  guint       next_bad = 0;

  report->line = report->column = 1;
  while (p < end) {
    gsize    at = (gsize) (p - text->str), size = (gsize) (g_utf8_next_char (p) - p);
    gunichar ch = (guchar) *p < 0x80 ? (guchar) *p : size == 2 ? g_utf8_get_char (p) : 0x100;

    if (next_bad < bad->len && g_array_index (bad, gsize, next_bad) == at) {
      if (report->n_bad++ < MAX_MESSAGES)
        dg_diag_add (report->diag, DG_DIAG_INPUT_ENCODING, report->line, report->column, report->charset);
      next_bad++;
    }
    if (is_dropped (ch)) {
      if (report->n_controls++ < MAX_MESSAGES)
        dg_diag_add (report->diag, DG_DIAG_INPUT_CONTROL, report->line, report->column, ch);
      report->column++;
      p += size;
      continue;
    }
    if (ch == '\n' || (ch == '\r' && !(p + 1 < end && p[1] == '\n'))) {
      report->line++;
      report->column = 1;
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
choose (const guint8 *bytes, gsize length, const char *encoding, gsize *mark, DgDiag *diag, GError **error)
{
  Found       found = find_mark (bytes, length);
  const char *guess;
  gboolean    sure = TRUE;

  *mark = 0;
  if (encoding != NULL) {
    g_autofree char *name = dg_charset_dup_name (encoding);

    if (!dg_charset_is_known (name)) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ENCODING, "unknown encoding \"%s\"", encoding);
      return NULL;
    }
    if (found.name != NULL && g_str_has_prefix (found.name, name)) {
      *mark = found.mark;
      return g_strdup (found.name);
    }
    if (strcmp (name, "utf-16") == 0 || strcmp (name, "utf-32") == 0) {
      guess = find_wide (bytes, length);
      return guess != NULL && g_str_has_prefix (guess, name) ? g_strdup (guess) : g_strconcat (name, "le", NULL);
    }
    return g_steal_pointer (&name);
  }
  if (found.name != NULL) {
    *mark = found.mark;
    return g_strdup (found.name);
  }
  guess = find_wide (bytes, length);
  if (guess == NULL && looks_like_utf8 (bytes, length))
    guess = "utf-8";
  if (guess == NULL) {
    guess = dg_charset_guess (bytes, length, &sure);
    if (!sure)
      dg_diag_add (diag, DG_DIAG_INPUT_GUESSED, 0, 0, guess);
  }
  return g_strdup (guess);
}

DgSource *
dg_decode (const char *name, GBytes *bytes, const char *encoding, DgDiag *diag, GError **error)
{
  gsize              length, mark;
  const guint8      *data = g_bytes_get_data (bytes, &length);
  g_autofree char   *charset = NULL, *shown = NULL;
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (gsize));
  GString           *text;
  Report             report = { .diag = diag };
  gsize              total;

  if (length == 0)
    data = (const guint8 *) "";
  charset = choose (data, length, encoding, &mark, diag, error);
  if (charset == NULL)
    return NULL;
  text = dg_charset_decode (data + mark, length - mark, charset, bad);
  total = text->len;
  report.charset = charset;
  clean (text, bad, &report);
  if (total > 0 && ((gsize) report.n_controls * 10 > total || (gsize) report.n_bad * 3 * 3 > total)) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ENCODING, "no text: %u control characters and %u undecodable places among %" G_GSIZE_FORMAT
                 " bytes", report.n_controls, report.n_bad, length);
    g_string_free (text, TRUE);
    return NULL;
  }
  shown = g_strconcat (charset, mark > 0 ? "-bom" : "", NULL);
  total = text->len;
  return dg_source_new (name, g_string_free (text, FALSE), total, shown);
}
