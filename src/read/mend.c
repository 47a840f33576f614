/* mend.c: what a charset's letters cannot be by chance tells mojibake: bytes that are valid UTF-8, lines of accented letters alone.  Visual order is told by the shapes
 * of letters that stand at the ends of words. */
#include "read/mend.h"

#include "base/charset.h"
#include "base/utf.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ubidi.h>
#include <unicode/ustring.h>

enum { MANY = 6, MIN_STRANGE = 4, MIN_VISUAL = 4, MAX_LINE = 1 << 16 };

/* What a code page's upper half reads. */
typedef struct {
  gunichar ch[128];
} Page;

static void
read_page (Page *page, const char *name)
{
  guint8 bytes[128];
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) text = NULL;
  const char *p;

  for (guint i = 0; i < 128; i++)
    bytes[i] = (guint8) (0x80 + i);
  text = dg_charset_decode (bytes, sizeof bytes, name, bad);
  p = text->str;
  for (guint i = 0; i < 128; i++) {
    gunichar ch = p < text->str + text->len ? dg_utf8_read (&p) : 0xFFFD;

    page->ch[i] = ch == 0xFFFD ? bytes[i] : ch;
  }
}

/* The bytes that [@p, @end) was in @page; NULL where a character is not in it. */
static GString *
encode (const char *p, const char *end, const Page *page)
{
  GString *bytes = g_string_sized_new ((gsize) (end - p));

  while (p < end) {
    gunichar ch = dg_utf8_read (&p);
    guint    i = 0;

    if (ch < 0x80) {
      g_string_append_c (bytes, (char) ch);
      continue;
    }
    while (i < 128 && page->ch[i] != ch)
      i++;
    if (i == 128 && ch < 0xA0) /* what the page leaves out passes as it is */
      i = ch - 0x80;
    if (i == 128) {
      g_string_free (bytes, TRUE);
      return NULL;
    }
    g_string_append_c (bytes, (char) (0x80 + i));
  }
  return bytes;
}

/* What a line has of the letters that tell. */
typedef struct {
  guint n_letters, n_latin, n_arabic, n_tah; /* of U+00C0 to U+00FF; Arabic ones, and tah and zah among these */
} Letters;

static Letters
count_letters (const char *p, const char *end)
{
  Letters found = { 0 };

  while (p < end) {
    gunichar ch = dg_utf8_read (&p);

    if (ch < 0x80) {
      found.n_letters += g_ascii_isalpha ((char) ch);
    } else if (ch >= 0xC0 && ch < 0x100 && ch != 0xD7 && ch != 0xF7) {
      found.n_latin++;
      found.n_letters++;
    } else if (dg_is_arabic (ch)) {
      found.n_letters++;
      found.n_arabic++;
      found.n_tah += ch == 0x0637 || ch == 0x0638;
    }
  }
  return found;
}

/* TRUE at what an accented letter, a curly quotation mark or a dash becomes: "Ã©", "â€œ". */
static gboolean
is_piece (const char *p)
{
  return p[0] == '\xC3' && (((p[1] == '\x83' || p[1] == '\x82') && p[2] == '\xC2') || (p[1] == '\xA2' && p[2] == '\xE2'));
}

static gboolean
has_pieces (const char *p, const char *end)
{
  for (; end - p > 3; p++)
    if (is_piece (p))
      return TRUE;
  return FALSE;
}

/* TRUE where @bytes are UTF-8 with characters beyond ASCII. */
static gboolean
is_utf8 (const GString *bytes)
{
  gboolean beyond = FALSE;

  for (gsize i = 0; i < bytes->len && !beyond; i++)
    beyond = (guchar) bytes->str[i] >= 0x80;
  return beyond && g_utf8_validate_len (bytes->str, bytes->len, NULL);
}

typedef struct {
  Page     latin, arabic; /* windows-1252, windows-1256; all zero until they are needed */
  guint    first;         /* the first line that was mended or cannot be; 0: none */
  gboolean mended;
  char     charset[24]; /* what it was, and read as what */
  char     as[24];
} Mojibake;

static void
report (Mojibake *mojibake, guint line, gboolean mended, const char *charset, const char *as)
{
  if (mojibake->first > 0 && (mojibake->mended || !mended))
    return;
  mojibake->first = line;
  mojibake->mended = mended;
  g_strlcpy (mojibake->charset, charset, sizeof mojibake->charset);
  g_strlcpy (mojibake->as, as, sizeof mojibake->as);
}

/* Appends the line [@p, @end), mended where it can be; bytes of a code page that nobody can tell by a line go to @rest. */
static void
mend_line (Mojibake *mojibake, const char *p, const char *end, guint n, GString *out, GString *rest)
{
  Letters  found = count_letters (p, end);
  gboolean latin = found.n_latin >= MIN_STRANGE && found.n_latin * 2 >= found.n_letters;
  gboolean arabic = found.n_tah >= MIN_STRANGE && found.n_tah * 4 >= found.n_arabic;
  gboolean pieces = has_pieces (p, end);

  if (latin || arabic || pieces || (mojibake->mended && found.n_latin > 0)) {
    g_autoptr (GString) bytes = NULL;

    if (mojibake->latin.ch[0] == 0) {
      read_page (&mojibake->latin, "windows-1252");
      read_page (&mojibake->arabic, "windows-1256");
    }
    bytes = encode (p, end, arabic ? &mojibake->arabic : &mojibake->latin);

    if (bytes != NULL && is_utf8 (bytes)) {
      g_string_append_len (out, bytes->str, (gssize) bytes->len);
      report (mojibake, n, TRUE, "utf-8", arabic ? "windows-1256" : "windows-1252");
      return;
    }
    if (bytes != NULL && latin) {
      g_string_append_len (rest, bytes->str, (gssize) bytes->len);
      g_string_append_c (rest, ' ');
    }
    if (latin || arabic)
      report (mojibake, n, FALSE, N_ ("another charset"), arabic ? "windows-1256" : "windows-1252");
  }
  g_string_append_len (out, p, end - p);
}

/* Lines of accented letters alone are a code page's bytes; the guess of the charset says which one's. */
static void
mend_page (Mojibake *mojibake, GString *text, const GString *rest)
{
  double      confidence = 0;
  const char *name = dg_charset_guess ((const guint8 *) rest->str, rest->len, &confidence);
  g_autoptr (GString) out = g_string_sized_new (text->len);
  guint n = 1;

  if (confidence < 0.5 || strcmp (name, "windows-1252") == 0 || strcmp (name, "macintosh") == 0 || strcmp (name, "windows-1250") == 0
      || strcmp (name, "windows-1254") == 0)
    return;
  for (const char *p = text->str, *end = p + text->len; p < end; n++) {
    const char *stop = memchr (p, '\n', (gsize) (end - p));
    Letters     found;
    g_autoptr (GString) bytes = NULL, mended = NULL;
    g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (gsize));

    stop = stop != NULL ? stop : end;
    found = count_letters (p, stop);
    if (found.n_latin >= 2 && found.n_latin * 2 >= found.n_letters)
      bytes = encode (p, stop, &mojibake->latin);
    if (bytes != NULL)
      mended = dg_charset_decode ((const guint8 *) bytes->str, bytes->len, name, bad);
    if (mended != NULL && bad->len == 0) {
      g_string_append_len (out, mended->str, (gssize) mended->len);
      report (mojibake, n, TRUE, name, "windows-1252");
    } else {
      g_string_append_len (out, p, stop - p);
    }
    if (stop < end)
      g_string_append_c (out, '\n');
    p = stop < end ? stop + 1 : end;
  }
  g_string_assign (text, out->str);
}

static void
mend_mojibake (GString *text, DgDiag *diag)
{
  Mojibake mojibake = { 0 };
  g_autoptr (GString) out = g_string_sized_new (text->len), rest = g_string_new (NULL);
  guint n = 1;

  for (const char *p = text->str, *end = p + text->len; p < end; n++) {
    const char *stop = memchr (p, '\n', (gsize) (end - p));

    stop = stop != NULL ? stop : end;
    if (stop - p <= MAX_LINE)
      mend_line (&mojibake, p, stop, n, out, rest);
    else
      g_string_append_len (out, p, stop - p);
    if (stop < end)
      g_string_append_c (out, '\n');
    p = stop < end ? stop + 1 : end;
  }
  if (mojibake.mended)
    g_string_assign (text, out->str);
  else if (rest->len > 0)
    mend_page (&mojibake, text, rest);
  if (mojibake.first > 0)
    dg_diag_add (diag, DG_DIAG_INPUT_MOJIBAKE, mojibake.first, 1, mojibake.charset, mojibake.as,
                 mojibake.mended ? N_ ("it has been mended") : N_ ("nobody can mend it here"));
}

/* C1 controls are windows-1252's signs that were taken for Latin-1's. */
static void
mend_controls (GString *text, DgDiag *diag)
{
  g_autoptr (GString) out = g_string_sized_new (text->len + 64);
  Page  page;
  guint n = 1, first = 0;

  read_page (&page, "windows-1252");
  for (const char *p = text->str, *end = p + text->len; p < end;) {
    const char *start = p;
    gunichar    ch = dg_utf8_read (&p);

    n += ch == '\n';
    if (ch >= 0x80 && ch < 0xA0 && ch != 0x85 && page.ch[ch - 0x80] != ch) {
      g_string_append_unichar (out, page.ch[ch - 0x80]);
      first = first == 0 ? n : first;
    } else {
      g_string_append_len (out, start, p - start);
    }
  }
  if (first == 0)
    return;
  g_string_assign (text, out->str);
  dg_diag_add (diag, DG_DIAG_INPUT_MENDED, first, 1);
}

/* The forms of Arabic letters that end a word, and that begin one. */
static gboolean
is_final_form (gunichar ch)
{
  return ch >= 0xFE80 && ch <= 0xFEFC && u_getIntPropertyValue ((UChar32) ch, UCHAR_DECOMPOSITION_TYPE) == U_DT_FINAL;
}

static gboolean
is_initial_form (gunichar ch)
{
  return ch >= 0xFE80 && ch <= 0xFEFC && u_getIntPropertyValue ((UChar32) ch, UCHAR_DECOMPOSITION_TYPE) == U_DT_INITIAL;
}

static gboolean
is_hebrew_final (gunichar ch)
{
  return ch == 0x05DA || ch == 0x05DD || ch == 0x05DF || ch == 0x05E3 || ch == 0x05E5;
}

/* TRUE where words begin with the shapes that end them. */
static gboolean
is_visual (const GString *text)
{
  guint    n_visual = 0, n_logical = 0;
  gunichar before = ' ';

  for (const char *p = text->str, *end = p + text->len; p < end;) {
    gunichar ch = dg_utf8_read (&p), next = p < end ? g_utf8_get_char (p) : ' ';
    gboolean starts = !g_unichar_isalpha (before) && !g_unichar_ismark (before), ends = !g_unichar_isalpha (next) && !g_unichar_ismark (next);

    if (starts != ends && ch >= 0x05D0) {
      gboolean final = is_final_form (ch) || is_hebrew_final (ch), initial = is_initial_form (ch);

      n_visual += (starts && final) || (ends && initial);
      n_logical += (ends && final) || (starts && initial);
    }
    before = ch;
  }
  return n_visual >= MIN_VISUAL && n_visual > 4 * n_logical;
}

/* Appends the line [@p, @end) in the order in which it is read. */
static void
append_logical (GString *out, const char *p, const char *end, UBiDi *bidi)
{
  glong                 n_units = 0;
  UErrorCode            status = U_ZERO_ERROR;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (p, end - p, NULL, &n_units, NULL);
  g_autofree UChar     *logical = g_new (UChar, MAX (n_units, 1) + 1);
  int32_t               n = 0;
  g_autofree char      *utf8 = NULL;

  if (units != NULL && n_units > 0) {
    ubidi_setPara (bidi, (const UChar *) units, (int32_t) n_units, UBIDI_DEFAULT_RTL, NULL, &status);
    n = ubidi_writeReordered (bidi, logical, (int32_t) n_units + 1, UBIDI_DO_MIRRORING, &status);
  }
  if (U_SUCCESS (status) && n == n_units)
    utf8 = g_utf16_to_utf8 ((const gunichar2 *) logical, n, NULL, NULL, NULL);
  if (utf8 != NULL)
    g_string_append (out, utf8);
  else
    g_string_append_len (out, p, end - p);
}

static gboolean
has_rtl (const char *p, const char *end)
{
  while (p < end)
    if (dg_is_rtl (dg_utf8_read (&p)))
      return TRUE;
  return FALSE;
}

static void
mend_order (GString *text, DgDiag *diag)
{
  g_autoptr (GString) out = g_string_sized_new (text->len);
  UBiDi *bidi;
  guint  n = 1, first = 0;

  if (!is_visual (text))
    return;
  bidi = ubidi_open ();
  ubidi_setReorderingMode (bidi, UBIDI_REORDER_INVERSE_LIKE_DIRECT);
  for (const char *p = text->str, *end = p + text->len; p < end; n++) {
    const char *stop = memchr (p, '\n', (gsize) (end - p));

    stop = stop != NULL ? stop : end;
    if (stop - p <= MAX_LINE && has_rtl (p, stop)) {
      append_logical (out, p, stop, bidi);
      first = first == 0 ? n : first;
    } else {
      g_string_append_len (out, p, stop - p);
    }
    if (stop < end)
      g_string_append_c (out, '\n');
    p = stop < end ? stop + 1 : end;
  }
  ubidi_close (bidi);
  g_string_assign (text, out->str);
  dg_diag_add (diag, DG_DIAG_INPUT_VISUAL_ORDER, first, 1);
}

/* The shapes of letters say nothing to those who look for words. */
static void
fold_shapes (GString *text)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) folded = dg_charset_fold_shapes (g_string_new_len (text->str, (gssize) text->len), none);

  g_string_assign (text, folded->str);
}

void
dg_mend_text (GString *text, DgDiag *diag)
{
  guint    n_latin = 0, n_tah = 0, shapes = 0;
  gboolean controls = FALSE, hebrew = FALSE;

  if (memchr (text->str, '\0', text->len) != NULL) /* no text yet, or a wire's padding */
    return;
  for (gsize i = 0; i + 1 < text->len; i++) {
    guchar lead = (guchar) text->str[i], next = (guchar) text->str[i + 1];

    if (lead < 0xC2)
      continue;
    /* Two characters beyond ASCII in a row are rare where they are meant. */
    if (lead == 0xC3 && i + 2 < text->len && (guchar) text->str[i + 2] >= 0xC2)
      n_latin += is_piece (text->str + i) ? MANY : 1;
    controls = controls || (lead == 0xC2 && next < 0xA0);
    n_tah += lead == 0xD8 && (next == 0xB7 || next == 0xB8);
    shapes += lead == 0xEF && (next == 0xBA || next == 0xBB);
    hebrew = hebrew || lead == 0xD7;
  }
  if (n_latin >= MANY || n_tah >= MANY)
    mend_mojibake (text, diag);
  if (controls)
    mend_controls (text, diag);
  if (shapes > 0 || hebrew)
    mend_order (text, diag);
  if (shapes >= MANY)
    fold_shapes (text);
}
