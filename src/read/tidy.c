/* tidy.c: word by word, so that places stay exact wherever a word grows or shrinks. */
#include "read/tidy.h"

#include "base/utf.h"

#include <string.h>

#define HALVES_APART 3 /* spaces: as wide a gap in a line of verse parts its halves */

#define SOFT_HYPHEN "\xC2\xAD"

/* White space that is not meant: no-break and other fixed spaces stay as they are. */
static gboolean
is_space (gunichar ch)
{
  return ch == ' ' || (ch >= '\t' && ch <= '\r') || ch == 0x85 || ch == 0x2028 || ch == 0x2029;
}

/* Arabic letters in the shapes of old encodings (U+FB50-FDEF, FE70-FEFC) are folded; the word ligatures from U+FDF0 and the ornate
 * brackets are characters of their own. */
static gboolean
is_presentation_form (gunichar ch)
{
  return (ch >= 0xFB50 && ch <= 0xFDEF && ch != 0xFD3E && ch != 0xFD3F && !(ch >= 0xFD40 && ch <= 0xFD4F)) || (ch >= 0xFE70 && ch <= 0xFEFC);
}

/* TRUE where the word may not be in NFC; sure for all that is common, else on the safe side. */
static gboolean
may_change (const char *word, gsize length)
{
  gboolean after_mark = FALSE;

  for (const char *p = word; p < word + length;) {
    gunichar ch = dg_utf8_read (&p);
    gboolean mark;

    if (ch < 0x0300 || (ch >= 0x0621 && ch <= 0x064A)) { /* letters that nothing composes with */
      after_mark = FALSE;
      continue;
    }
    if (is_presentation_form (ch) || (ch >= 0x1100 && ch <= 0x11FF) || (ch >= 0x1F00 && ch <= 0x2001) || ch == 0x2126 || ch == 0x212A || ch == 0x212B
        || ch == 0x2329 || ch == 0x232A || (ch >= 0xF900 && ch <= 0xFB4F) || ch == 0x0374 || ch == 0x037E || ch == 0x0387)
      return TRUE;
    mark = g_unichar_combining_class (ch) != 0;
    if (mark && (after_mark || ch < 0x0600 || (ch >= 0x0653 && ch <= 0x0655) || ch > 0x06FF))
      return TRUE;
    after_mark = mark;
  }
  return FALSE;
}

static void
append_word (GString *text, const char *word, gsize length)
{
  g_autoptr (GString) folded = NULL;
  g_autofree char *normal = NULL;

  if (!may_change (word, length)) {
    g_string_append_len (text, word, (gssize) length);
    return;
  }
  folded = g_string_sized_new (length + 8);
  for (const char *p = word; p < word + length; p = g_utf8_next_char (p)) {
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH], ch = g_utf8_get_char (p);
    gsize    n = is_presentation_form (ch) ? g_unichar_fully_decompose (ch, TRUE, parts, G_N_ELEMENTS (parts)) : 0;

    if (n == 0)
      g_string_append_unichar (folded, ch);
    /* The shapes of single marks stand for a space with the mark; the space is dropped. */
    for (gsize i = 0; i < n && i < G_N_ELEMENTS (parts); i++)
      if (parts[i] != ' ')
        g_string_append_unichar (folded, parts[i]);
  }
  normal = g_utf8_normalize (folded->str, (gssize) folded->len, G_NORMALIZE_DEFAULT_COMPOSE);
  g_string_append (text, normal != NULL ? normal : folded->str);
}

static gboolean
is_cjk (gunichar ch)
{
  return (ch >= 0x2E80 && ch <= 0x9FFF) || (ch >= 0xF900 && ch <= 0xFAFF) || (ch >= 0xFF00 && ch <= 0xFF60) || (ch >= 0x20000 && ch <= 0x3FFFF);
}

/* How the text so far and the next line meet: with a space, or without one after a hyphen inside a word and between characters of
 * scripts that write none. */
static void
join (GString *text, gunichar next)
{
  const char *last, *before;
  gunichar    ch;

  if (text->len == 0)
    return;
  if (text->len > 2 && memcmp (text->str + text->len - 2, SOFT_HYPHEN, 2) == 0) {
    g_string_truncate (text, text->len - 2);
    return;
  }
  last = g_utf8_prev_char (text->str + text->len);
  ch = g_utf8_get_char (last);
  before = last > text->str ? g_utf8_prev_char (last) : NULL;
  if ((ch == '-' || ch == 0x2010) && before != NULL && g_unichar_isalpha (g_utf8_get_char (before)) && g_unichar_isalpha (next))
    return;
  if (is_cjk (ch) && is_cjk (next))
    return;
  g_string_append_c (text, ' ');
}

/* Notes that a further cell begins at byte @offset, and an empty one before it for each tab that follows another: @tabs and @spaces stand between it and
 * what is before. */
static void
note_cell (DgNode *node, guint tabs, guint spaces, gsize offset)
{
  guint n = node->role == DG_ROLE_TABLE ? tabs : node->role == DG_ROLE_VERSE && (tabs > 0 || spaces >= HALVES_APART) ? 1 : 0;

  if (n > 0 && node->cells == NULL)
    node->cells = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (; n > 0; n--)
    g_array_append_val (node->cells, offset);
}

void
dg_tidy_append (DgNode *node, GString *text, const char *line, gsize length, guint n, guint column)
{
  const char *p = line, *end = line + length;
  guint       shift = 0; /* column of a character less its number in the text */
  gboolean    first = TRUE;
  guint       written = 0; /* characters since the line's first place */

  g_array_append_val (node->lines, n);
  while (p < end) {
    const char *start;
    gsize       before;
    guint       size = 0, tabs = 0, spaces = 0;

    for (; p < end && is_space (g_utf8_get_char (p)); p = g_utf8_next_char (p)) {
      tabs += *p == '\t';
      spaces++;
      column++;
    }
    for (start = p; p < end; size++) {
      const char *next = p;

      if (is_space (dg_utf8_read (&next)))
        break;
      p = next;
    }
    if (p == start)
      break;
    if (first) {
      join (text, g_utf8_get_char (start));
    } else {
      g_string_append_c (text, ' ');
      written++;
      note_cell (node, tabs, spaces, text->len);
    }
    if (first || column - written != shift) {
      DgPlace place = { .offset = text->len, .line = n, .column = column };

      g_array_append_val (node->places, place);
      shift = column - written;
      first = FALSE;
    }
    before = text->len;
    append_word (text, start, (gsize) (p - start));
    written += text->len - before == (gsize) (p - start) && memcmp (text->str + before, start, (gsize) (p - start)) == 0
                 ? size
                 : (guint) g_utf8_strlen (text->str + before, (gssize) (text->len - before));
    column += size;
  }
}
