/* text.c: see text.h.  docs/text-back.md tells which engine each of the steps below is for.
 *
 * A line is its runs in reading order, a run as long as face, size and colour stay one TJ: pieces from left to right, right-to-left
 * letters with the last one first.  A piece is a code: a letter with what belongs to it, a mark of its own, a space. */
#include "pdf/text.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

#include "pdf/pieces.h"

#define HAIR         .01 /* pt: by which the places of two text objects differ */
#define JOINT        .02 /* pt: by which the two blanks of a joint differ */
#define RISE_MIN     1.1 /* pt: PDFium keeps in a line what is raised by less than 1 */
#define RISE_MAX     .79 /* em: MuPDF takes what is raised more for another line */
#define LINE_LETTERS 256 /* that there is room for at once */

static gboolean
is_bidi_control (gunichar ch)
{
  return ch == 0x061C || ch == 0x200E || ch == 0x200F || (ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069);
}

/* The text that a glyph stands for. */
static const char *
text_of (const DgPdfSetter *self, const DgGlyph *glyph, guint *length)
{
  static const struct {
    const char *text;
    guint       length;
  } drawn[] = {
    [DG_GLYPH_MARK] = { "", 0 },
    [DG_GLYPH_SPACE] = { " ", 1 },
    [DG_GLYPH_KASHIDA] = { "\xd9\x80", 2 },
    [DG_GLYPH_HYPHEN] = { "-", 1 }, /* U+00AD would be truer, but PDF.js drops it and searches across "-" alone */
  };

  *length = glyph->kind == DG_GLYPH_TEXT ? glyph->length : drawn[glyph->kind].length;
  return glyph->kind == DG_GLYPH_TEXT ? self->text + glyph->start : drawn[glyph->kind].text;
}

/* What the pieces of a run have in common. */
typedef struct {
  const DgGlyphRun *run;
  guint             number, face; /* in the faces' fonts, in the document's faces */
  DgPdfFont        *font;
  double            upem, unit; /* unit: pt in a font unit, across */
} Setting;

/* Adds the glyph to the piece, moved to where it stands. */
static void
add_part (DgPdfSetter *self, const Setting *setting, DgPdfPiece *piece, const DgGlyph *glyph)
{
  DgPdfPart part = { setting->face, glyph->glyph, (int) lround ((glyph->x - piece->x) / setting->unit), (int) lround (glyph->y * setting->upem / piece->size),
                     DG_PDF_SCALE };

  if (glyph->glyph == PANGO_GLYPH_EMPTY)
    return;
  if (glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG)
    part.glyph = 0;
  g_array_append_val (self->parts, part);
  piece->n++;
}

/* The glyphs of one piece, collected before it is made. */
typedef struct {
  const DgGlyph *glyphs[32];
  guint          n, base;
  gboolean       mark;
} Group;

/* Appends the glyph's text to the scratch, without controls: they have done their work when the line was ordered and are not part of what
 * it says. */
static void
append_text (DgPdfSetter *self, const DgGlyph *glyph)
{
  guint       length;
  const char *text = text_of (self, glyph, &length);

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (!is_bidi_control (g_utf8_get_char (p)))
      g_string_append_len (self->scratch, p, g_utf8_next_char (p) - p);
}

/* What the piece says: most often a stretch of the paragraph, a character long. */
static void
say_group (DgPdfSetter *self, DgPdfPiece *piece, const Group *group)
{
  if (group->n == 1)
    piece->text = text_of (self, group->glyphs[0], &piece->length);
  if (group->n == 1 && piece->length > 0 && g_utf8_next_char (piece->text) == piece->text + piece->length && !is_bidi_control (g_utf8_get_char (piece->text)))
    return;
  g_string_truncate (self->scratch, 0);
  for (guint i = 0; i < group->n; i++)
    if (group->n == 1 || group->glyphs[i]->kind != DG_GLYPH_KASHIDA) /* a drawn kashida says nothing: its letter is long */
      append_text (self, group->glyphs[i]);
  dg_pdf_piece_say (piece, g_string_chunk_insert_len (self->strings, self->scratch->str, (gssize) self->scratch->len));
}

/* TRUE for a text of one character that is composed already (UAX #15): no Latin, Hebrew or Arabic letter stands for another. */
static gboolean
is_composed_char (const DgPdfPiece *piece)
{
  gunichar ch = dg_pdf_piece_char (piece);

  return (ch < 0x0340 || (ch >= 0x0590 && ch <= 0x06FF)) && g_utf8_next_char (piece->text) == piece->text + piece->length;
}

/* The last piece is a cluster of right-to-left text: what it says stands in the order in which it is shown, and the marks at its
 * end become pieces of their own. */
static void
split_marks (DgPdfSetter *self, const Group *group)
{
  DgPdfPiece          *last = dg_pdf_piece_at (self, self->pieces->len - 1), piece;
  g_autofree char     *text = NULL;
  g_autofree gunichar *chars = NULL;
  glong                n, letters;
  guint                spare = 0; /* glyphs that move nothing, at the end of the cluster */

  if (last->length == 0 || is_composed_char (last))
    return;
  text = g_utf8_normalize (last->text, last->length, G_NORMALIZE_NFC);
  if (!text)
    return;
  chars = g_utf8_to_ucs4_fast (text, -1, &n);
  letters = n;
  while (letters > 1 && g_unichar_ismark (chars[letters - 1]))
    letters--;
  while (spare + 1 < group->n && spare + 1 < last->n && fabs (group->glyphs[group->n - 1 - spare]->advance) <= .01
         && group->glyphs[group->n - 1 - spare]->kind == DG_GLYPH_MARK)
    spare++;
  spare = MIN (spare, (guint) (n - letters));
  last->n -= spare;
  g_string_truncate (self->scratch, 0);
  for (glong i = letters; i-- > 0;)
    g_string_append_unichar (self->scratch, chars[i]);
  dg_pdf_piece_say (last, g_string_chunk_insert_len (self->strings, self->scratch->str, (gssize) self->scratch->len));
  piece = *last;
  for (glong i = letters; i < n; i++) {
    DgPdfPiece mark = piece;

    mark.mark = self->marks = TRUE;
    mark.advance = 0;
    mark.first = piece.first + piece.n + (guint) (i - letters);
    mark.n = (guint) (i - letters) < spare ? 1 : 0;
    g_string_truncate (self->scratch, 0);
    g_string_append_unichar (self->scratch, chars[i]);
    dg_pdf_piece_say (&mark, g_string_chunk_insert_len (self->strings, self->scratch->str, (gssize) self->scratch->len));
    g_array_append_val (self->pieces, mark);
  }
}

static void
close_group (DgPdfSetter *self, const Setting *setting, Group *group)
{
  const DgGlyphRun *run = setting->run;
  const DgGlyph    *base = group->glyphs[group->base];
  DgPdfPiece        piece = { .font = setting->number,
                              .size = run->size,
                              .scale = run->width_scale,
                              .unit = setting->unit,
                              .run = run,
                              .rtl = run->level % 2 != 0,
                              .mark = group->mark,
                              .first = self->parts->len };
  double            left, right;
  gboolean          alone = TRUE;

  if (group->n == 0)
    return;
  piece.space = base->kind == DG_GLYPH_SPACE;
  left = base->x;
  right = base->x + base->advance;
  for (guint i = 0; i < group->n; i++)
    if (i != group->base && fabs (group->glyphs[i]->advance) > .01) {
      left = MIN (left, group->glyphs[i]->x);
      right = MAX (right, group->glyphs[i]->x + group->glyphs[i]->advance);
      alone = FALSE;
    }
  piece.x = left;
  for (guint i = 0; i < group->n; i++)
    add_part (self, setting, &piece, group->glyphs[i]);
  say_group (self, &piece, group);
  /* Kerning is left to the TJ, so that the same letter is the same code everywhere. */
  if (!piece.mark && base->advance > .01)
    piece.advance = alone && base->glyph < PANGO_GLYPH_EMPTY ? dg_pdf_font_advance (setting->font, base->glyph) : (int) lround ((right - left) / piece.unit);
  if (piece.length == 0 && piece.advance == 0) /* a control character's blank */
    g_array_set_size (self->parts, piece.first);
  else {
    g_array_append_val (self->pieces, piece);
    self->rtl |= piece.rtl;
    self->marks |= piece.mark;
    if (piece.rtl && !piece.mark)
      split_marks (self, group);
  }
  group->n = 0;
  group->base = 0;
  group->mark = FALSE;
}

static gboolean
is_mark (const DgPdfSetter *self, const DgGlyph *glyph)
{
  return glyph->kind == DG_GLYPH_TEXT && glyph->length && fabs (glyph->advance) <= .01 && g_unichar_ismark (g_utf8_get_char (self->text + glyph->start));
}

/* Groups a run's glyphs in logical order, then puts the pieces in visual order. */
static void
gather_run (DgPdfSetter *self, const DgGlyphRun *run)
{
  gboolean rtl = run->level % 2 != 0, based = FALSE;
  guint    first = self->pieces->len;
  Group    group = { .n = 0 }, marks[8];
  guint    n_marks = 0, number = dg_pdf_faces_find (self->faces, run->font);
  Setting  setting = { run, number, dg_pdf_faces_face (self->faces, number), dg_pdf_faces_font (self->faces, number), 0, 0 };

  setting.upem = dg_pdf_font_upem (setting.font);
  setting.unit = run->size * run->width_scale / setting.upem;
  for (guint i = 0; i <= run->n; i++) {
    const DgGlyph *glyph = i < run->n ? &g_array_index (self->line->glyphs, DgGlyph, run->first + (rtl ? run->n - 1 - i : i)) : NULL;
    gboolean       mark = glyph && is_mark (self, glyph);

    if (glyph && mark && n_marks < G_N_ELEMENTS (marks)) {
      marks[n_marks] = (Group){ .glyphs = { glyph }, .n = 1, .mark = TRUE };
      n_marks++;
      continue;
    }
    /* A further glyph of a mark belongs to the mark, another one or a kashida to the letter. */
    /* cppcheck-suppress uninitvar ; of @marks the first n_marks are set */
    if (glyph && glyph->kind == DG_GLYPH_MARK && n_marks && marks[n_marks - 1].glyphs[0]->start == glyph->start && marks[n_marks - 1].n < 8) {
      marks[n_marks - 1].glyphs[marks[n_marks - 1].n++] = glyph;
      continue;
    }
    if (glyph && group.n < G_N_ELEMENTS (group.glyphs)
        && (glyph->kind == DG_GLYPH_MARK || (glyph->kind == DG_GLYPH_KASHIDA && based) || (!based && group.n && group.glyphs[0]->start == glyph->start))) {
      if (glyph->kind != DG_GLYPH_MARK && !based) {
        group.base = group.n;
        based = TRUE;
      }
      group.glyphs[group.n++] = glyph;
      continue;
    }
    close_group (self, &setting, &group);
    for (guint k = 0; k < n_marks; k++)
      close_group (self, &setting, &marks[k]);
    n_marks = 0;
    if (glyph) {
      group.glyphs[group.n++] = glyph;
      based = glyph->kind != DG_GLYPH_MARK;
    }
  }
  if (rtl)
    for (guint a = first, b = self->pieces->len; a + 1 < b; a++, b--) {
      DgPdfPiece piece = *dg_pdf_piece_at (self, a);

      *dg_pdf_piece_at (self, a) = *dg_pdf_piece_at (self, b - 1);
      *dg_pdf_piece_at (self, b - 1) = piece;
    }
}

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const DgGlyphRun *const *p = a, *const *q = b;

  return ((*p)->first > (*q)->first) - ((*p)->first < (*q)->first);
}

static void
gather (DgPdfSetter *self)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();

  for (guint i = 0; i < self->line->runs->len; i++)
    g_ptr_array_add (runs, &g_array_index (self->line->runs, DgGlyphRun, i));
  g_ptr_array_sort (runs, compare_runs);
  for (guint i = 0; i < runs->len; i++)
    gather_run (self, runs->pdata[i]);
}

/* What the text state holds while a line is written. */
typedef struct {
  guint           font;
  double          size, scale, pen;
  const DgColour *colour;
  gboolean        in_array, in_string;
} State;

static void
close_array (GString *out, State *state)
{
  if (state->in_array)
    g_string_append (out, state->in_string ? ")] TJ\n" : "] TJ\n");
  state->in_array = state->in_string = FALSE;
}

static void
set_state (GString *out, const DgProfile *profile, State *state, const DgPdfPiece *piece)
{
  const DgColour *colour = &piece->run->colour;

  if (colour != state->colour && (!state->colour || memcmp (colour, state->colour, sizeof *colour) != 0)) {
    close_array (out, state);
    dg_profile_append_colour (profile, out, colour);
  }
  state->colour = colour;
  if (state->font != piece->font || state->size != piece->size) {
    close_array (out, state);
    state->font = piece->font;
    state->size = piece->size;
    g_string_append_printf (out, "/F%u ", state->font);
    dg_number_append (out, state->size, 3);
    g_string_append (out, " Tf\n");
  }
  if (state->scale != piece->scale) {
    close_array (out, state);
    state->scale = piece->scale;
    dg_number_append (out, state->scale * 100, 4);
    g_string_append (out, " Tz\n");
  }
}

static guint
code_of (const DgPdfSetter *self, const DgPdfPiece *piece)
{
  const DgPdfPart *parts = (const DgPdfPart *) (gpointer) self->parts->data + piece->first;

  return dg_pdf_font_code (dg_pdf_faces_font (self->faces, piece->font), parts, piece->n, piece->advance, piece->text, piece->length);
}

static void
write_piece (GString *out, const DgPdfSetter *self, State *state, DgPdfPiece *piece)
{
  guint  code = code_of (self, piece);
  double em = piece->size * piece->scale, move;

  if (code == 0) /* the font is full: another of the same face */
  {
    piece->font = dg_pdf_faces_add (self->faces, dg_pdf_faces_face (self->faces, piece->font));
    code = code_of (self, piece);
  }
  set_state (out, dg_pdf_faces_profile (self->faces), state, piece);
  if (!state->in_array)
    g_string_append_c (out, '[');
  state->in_array = TRUE;
  move = round ((piece->x - state->pen) * 1000 / em); /* TJ counts in thousandths of the scaled em */
  if (fabs (move) >= 1) {
    if (state->in_string)
      g_string_append_c (out, ')');
    state->in_string = FALSE;
    dg_number_append (out, -move, 0);
    state->pen += move * em / 1000;
  }
  if (!state->in_string)
    g_string_append_c (out, '(');
  state->in_string = TRUE;
  dg_pdf_append_byte (out, code >> 8);
  dg_pdf_append_byte (out, code & 255);
  state->pen += piece->advance * piece->unit;
}

/* A text object's place; what follows is shown from @at on. */
static void
start_at (GString *out, State *state, double x, double y, double at)
{
  close_array (out, state);
  state->pen = at;
  g_string_append (out, "1 0 0 1 ");
  dg_number_append (out, x + at, 3);
  g_string_append_c (out, ' ');
  dg_number_append (out, y, 3);
  g_string_append (out, " Tm\n");
}

/* pt. */
static double
width_of (const DgPdfPiece *piece)
{
  return piece->advance * piece->unit;
}

/* The width that PDFium compares rises with: that of the first piece with ink from @at on, by @step, or of a white before it. */
static double
width_at (const DgPdfSetter *self, guint at, int step)
{
  double width = 0;

  for (gint64 i = at; i >= 0 && i < self->pieces->len; i += step) {
    width = MAX (width, width_of (dg_pdf_piece_at (self, (guint) i)));
    if (dg_pdf_piece_at (self, (guint) i)->n > 0)
      break;
  }
  return width;
}

/* The rise of the joint on a phrase's left, which what begins at piece @next comes after: such that PDFium takes that for another line. */
static double
rise_before (const DgPdfSetter *self, guint next)
{
  return MAX (RISE_MIN, .8 * width_at (self, next, 1));
}

/* What a joint shows: @text without ink or width, at @at. */
static void
write_blank (GString *out, const DgPdfSetter *self, State *state, const DgPdfPiece *like, double at, const char *text)
{
  DgPdfPiece blank = *like;

  blank.x = at;
  blank.n = 0;
  blank.advance = 0;
  dg_pdf_piece_say (&blank, text);
  write_piece (out, self, state, &blank);
}

static void
write_run (GString *out, const DgPdfSetter *self, State *state, double x, double y, guint first, guint end)
{
  start_at (out, state, x, y, dg_pdf_piece_at (self, first)->x);
  if (end < self->pieces->len && dg_pdf_piece_at (self, end)->before && rise_before (self, first) > RISE_MAX * dg_pdf_piece_at (self, first)->size)
    write_blank (out, self, state, dg_pdf_piece_at (self, first), dg_pdf_piece_at (self, first)->x,
                 *dg_pdf_piece_at (self, end)->after == ' ' ? " " : DG_PDF_RLM);
  for (guint i = first; i < end; i++) {
    /* PDFium takes two lines for one where tall letters of the one reach the other's baseline, but not after a show of one
       * letter: the line's last one is shown alone. */
    if (i + 1 == end)
      close_array (out, state);
    write_piece (out, self, state, dg_pdf_piece_at (self, i));
  }
  close_array (out, state);
}

/* A left-to-right run in a right-to-left line.  PDFium sorts the text objects of a line by the x of their origins and reverses the order of
 * strings of one kind: "hard link" would be "link hard", "IPv4" "4IPv".  Each string is an object whose origin, where a right-to-left mark
 * is shown, lies a hair to the left of that of the one before; from there it moves to its place. */
static void
write_parts (GString *out, const DgPdfSetter *self, State *state, double x, double y, guint first, guint end)
{
  guint parts = 0, last = end - 1;

  while (last > first && dg_pdf_piece_at (self, last)->n == 0)
    last--;
  start_at (out, state, x, y, dg_pdf_piece_at (self, first)->x);
  for (guint i = first; i < end; i++) {
    DgPdfPiece *piece = dg_pdf_piece_at (self, i);
    gboolean    blank = piece->n == 0 && piece->advance == 0;

    if (i == last) /* alone, as in write_run */
      close_array (out, state);
    if (i > first && (blank || dg_pdf_piece_kind (piece) != dg_pdf_piece_kind (dg_pdf_piece_at (self, i - 1)))) {
      DgPdfPiece mark = *piece;

      parts++;
      mark.x = dg_pdf_piece_at (self, first)->x - HAIR * parts;
      mark.n = 0;
      mark.advance = 0;
      dg_pdf_piece_say (&mark, DG_PDF_RLM);
      start_at (out, state, x, y, mark.x);
      write_piece (out, self, state, &mark);
      if (dg_pdf_piece_says (piece, " ")) /* PDF.js drops a white that is an object's first or last */
        dg_pdf_piece_say (piece, DG_PDF_RLM " ");
    }
    write_piece (out, self, state, piece);
  }
  close_array (out, state);
}

/* Two of them, raised by @rise, the second a hair to the right or (@side < 0) left: PDFium sees what has a width, and takes what is raised for a line of its own. */
static void
write_joint (GString *out, const DgPdfSetter *self, State *state, double x, double y, const DgPdfPiece *like, double at, int side, const char *text)
{
  double hair = MAX (JOINT, like->size * like->scale / 1000); /* a TJ counts in thousandths */

  start_at (out, state, x, y, at);
  write_blank (out, self, state, like, at, text);
  write_blank (out, self, state, like, at + (side > 0 ? hair : -hair), text);
  close_array (out, state);
}

/* A phrase of the other direction: PDFium would part it and show its parts in the other order, did it not stand in a line of its own.  Joints
 * make it one, without ink and without a move of the phrase itself. */
static void
write_phrase (GString *out, const DgPdfSetter *self, State *state, double x, double y, guint first, guint end)
{
  const DgPdfPiece *opening = dg_pdf_piece_at (self, first), *closing = dg_pdf_piece_at (self, end - 1);
  double            left = opening->x, right = left;
  guint             last = end;

  for (guint i = first; i < end; i++) {
    left = MIN (left, dg_pdf_piece_at (self, i)->x);
    right = MAX (right, dg_pdf_piece_at (self, i)->x + width_of (dg_pdf_piece_at (self, i)));
  }
  while (last < self->pieces->len && !dg_pdf_piece_at (self, last)->before)
    last++;
  if (last > end) {
    const DgPdfPiece *rightmost = dg_pdf_piece_at (self, last - 1);
    double            rise = MAX (RISE_MIN, .55 * width_at (self, last - 1, -1));

    if (rise > RISE_MAX * opening->size) { /* something narrow stands on its right */
      rise = RISE_MIN;
      write_joint (out, self, state, x, y, rightmost, rightmost->x + width_of (rightmost), 1, " ");
    }

    left -= 2 * JOINT;
    start_at (out, state, x, y + rise, left);
    write_blank (out, self, state, opening, left, *opening->before == ' ' ? DG_PDF_LRM " " : DG_PDF_LRM);
    write_joint (out, self, state, x, y + rise, opening, left, 1, opening->before);
  }
  start_at (out, state, x, y, opening->x);
  for (guint i = first; i < end; i++)
    write_piece (out, self, state, dg_pdf_piece_at (self, i));
  close_array (out, state);
  if (first > 0) {
    double rise = rise_before (self, dg_pdf_pieces_run (self, first));

    write_joint (out, self, state, x, y + (rise > RISE_MAX * opening->size ? RISE_MIN : rise), closing, right + 2 * JOINT, -1, opening->after);
  }
}

/* A right-to-left phrase (@first to @end) in a left-to-right line, which is shown from left to right. */
static void
write_rtl_phrase (GString *out, const DgPdfSetter *self, State *state, double x, double y, guint first, guint end)
{
  const DgPdfPiece *opening = dg_pdf_piece_at (self, first), *closing = dg_pdf_piece_at (self, end - 1);
  double            left = opening->x - 2 * JOINT, right = closing->x + width_of (closing) + 2 * JOINT, rise;

  if (first > 0) {
    rise = MAX (RISE_MIN, .55 * width_at (self, first - 1, -1));
    write_joint (out, self, state, x, y + MIN (rise, RISE_MAX * opening->size), opening, left, -1, opening->before);
  }
  write_run (out, self, state, x, y, first, end);
  if (end < self->pieces->len) {
    rise = MIN (MAX (rise_before (self, end), .8 * width_of (closing)), RISE_MAX * opening->size); /* marks would be the phrase's first */
    start_at (out, state, x, y + rise, right);
    write_blank (out, self, state, closing, right, *opening->after == ' ' ? DG_PDF_LRM " " : DG_PDF_LRM);
    write_joint (out, self, state, x, y + rise, closing, right, -1, opening->after);
  }
}

/* Runs parted by phrases, from left to right. */
static void
write_ltr_line (GString *out, const DgPdfSetter *self, State *state, double x, double y)
{
  for (guint first = 0, end; first < self->pieces->len; first = end) {
    for (end = first + 1; end < self->pieces->len && !dg_pdf_piece_at (self, end)->opens;)
      end++;
    if (dg_pdf_piece_at (self, first)->before)
      write_rtl_phrase (out, self, state, x, y, first, end);
    else
      write_run (out, self, state, x, y, first, end);
  }
}

static void
write_line (GString *out, const DgPdfSetter *self, double x, double y, gboolean rtl)
{
  State state = { .font = G_MAXUINT, .size = -1, .scale = 1 };

  g_string_append (out, "BT\n");
  if (!rtl)
    write_ltr_line (out, self, &state, x, y);
  for (guint end = rtl ? self->pieces->len : 0, first; end > 0; end = first) {
    first = dg_pdf_pieces_run (self, end);
    if (dg_pdf_piece_at (self, first)->before)
      write_phrase (out, self, &state, x, y, first, end);
    else if (!dg_pdf_piece_at (self, first)->rtl)
      write_parts (out, self, &state, x, y, first, end);
    else
      write_run (out, self, &state, x, y, first, end);
  }
  if (state.scale != 1)
    g_string_append (out, "100 Tz\n");
  g_string_append (out, "ET\n");
}

void
dg_pdf_text_append (GString *content, DgPdfFaces *faces, const DgLine *line, const char *text, gboolean rtl, double x, double y)
{
  g_autoptr (GArray) pieces = g_array_sized_new (FALSE, FALSE, sizeof (DgPdfPiece), LINE_LETTERS);
  g_autoptr (GArray) parts = g_array_sized_new (FALSE, FALSE, sizeof (DgPdfPart), LINE_LETTERS);
  g_autoptr (GStringChunk) strings = g_string_chunk_new (512);
  g_autoptr (GString) scratch = g_string_new (NULL);
  DgPdfSetter self = { faces, line, text, pieces, parts, strings, scratch, FALSE, FALSE };

  gather (&self);
  dg_pdf_pieces_fit (&self, rtl);
  if (self.pieces->len)
    write_line (content, &self, x, y, rtl);
}
