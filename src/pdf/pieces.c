/* pieces.c: see pieces.h. */
#include "pdf/pieces.h"

#include <math.h>
#include <string.h>
#include <unicode/uchar.h>

#define LETTER_GAP .02   /* em: kerning apart that engines might take for a word space */
#define OVERLAP    -.1   /* em: kerning together beyond which PDF.js (at -.2) parts the line */
#define WIDE_SPACE .56   /* em: a white beyond .6 em ends a piece of text in PDF.js */
#define REACH      30000 /* font units by which an outline may stand beside its origin */
#define SPACE_LEFT .5    /* em: what a wide space keeps of its white */

static DgPdfFont *
font_of (const DgPdfSetter *self, const DgPdfPiece *piece)
{
  return dg_pdf_faces_font (self->faces, piece->font);
}

static double
em (const DgPdfPiece *piece)
{
  return piece->size * piece->scale;
}

/* pt, as x. */
static double
piece_end (const DgPdfPiece *piece)
{
  return piece->x + piece->advance * piece->unit;
}

static void
drop_dead (DgPdfSetter *self)
{
  guint n = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    if (!dg_pdf_piece_at (self, i)->dead) {
      if (n < i)
        *dg_pdf_piece_at (self, n) = *dg_pdf_piece_at (self, i);
      n++;
    }
  g_array_set_size (self->pieces, n);
}

/* Draws the piece's glyphs from another origin, in the same place. */
static void
move_origin (DgPdfSetter *self, DgPdfPiece *piece, double x)
{
  int by = (int) lround ((piece->x - x) / piece->unit);

  for (guint i = piece->first; i < piece->first + piece->n; i++)
    g_array_index (self->parts, DgPdfPart, i).x += by;
  piece->x = x;
}

/* The piece becomes part of the one it belongs to. */
static void
join (DgPdfSetter *self, DgPdfPiece *base, DgPdfPiece *piece, const char *text)
{
  guint first = self->parts->len;

  move_origin (self, piece, base->x);
  for (guint i = 0; i < base->n + piece->n; i++) {
    DgPdfPart part = g_array_index (self->parts, DgPdfPart, i < base->n ? base->first + i : piece->first + i - base->n);

    g_array_append_val (self->parts, part);
  }
  base->first = first;
  base->n += piece->n;
  dg_pdf_piece_say (base, g_string_chunk_insert (self->strings, text));
  piece->dead = TRUE;
}

/* The letter that a mark belongs to: the nearest in reading order before it. */
static DgPdfPiece *
find_base (DgPdfSetter *self, guint at)
{
  const DgPdfPiece *mark = dg_pdf_piece_at (self, at);
  guint             k = at;

  while (mark->rtl ? ++k < self->pieces->len : k-- > 0) {
    DgPdfPiece *piece = dg_pdf_piece_at (self, k);

    if (!piece->dead && !piece->mark)
      return piece->run == mark->run && !piece->space ? piece : NULL;
  }
  return NULL;
}

/* A mark is shown where its letter is, without moving: any text move would be taken for the start of another word.
 * A letter and its mark that Unicode has one character for are one piece. */
static void
seat_mark (DgPdfSetter *self, guint at)
{
  DgPdfPiece      *mark = dg_pdf_piece_at (self, at), *base = find_base (self, at);
  g_autofree char *composed = NULL;

  if (!base)
    return;
  g_string_truncate (self->scratch, 0);
  g_string_append_len (self->scratch, base->text, base->length);
  g_string_append_len (self->scratch, mark->text, mark->length);
  composed = g_utf8_normalize (self->scratch->str, (gssize) self->scratch->len, G_NORMALIZE_NFC);
  if (composed && g_utf8_strlen (composed, -1) == g_utf8_strlen (base->text, base->length))
    join (self, base, mark, composed);
  else
    move_origin (self, mark, mark->rtl ? base->x : piece_end (base));
}

/* In reading order, so that a letter takes its marks one after the other. */
static void
seat_marks (DgPdfSetter *self)
{
  for (guint i = self->pieces->len; i-- > 0;)
    if (dg_pdf_piece_at (self, i)->mark && dg_pdf_piece_at (self, i)->rtl)
      seat_mark (self, i);
  for (guint i = 0; i < self->pieces->len; i++)
    if (dg_pdf_piece_at (self, i)->mark && !dg_pdf_piece_at (self, i)->rtl)
      seat_mark (self, i);
  drop_dead (self);
}

/* PDF.js puts in order what is shown in one font and size, and nothing beyond.  A right-to-left line in several (a label, a Latin
 * word, a figure) is shown with the font of its leftmost letter, which takes in the others' outlines at their sizes. */
static void
unite_fonts (DgPdfSetter *self)
{
  const DgPdfPiece *main = NULL;

  for (guint i = self->pieces->len; i-- > 0;)
    if (dg_pdf_piece_at (self, i)->rtl)
      main = dg_pdf_piece_at (self, i);
  for (guint i = 0; main && i < self->pieces->len; i++) {
    DgPdfPiece *piece = dg_pdf_piece_at (self, i);
    double      upem = dg_pdf_font_upem (font_of (self, main)), factor = piece->unit / piece->scale / (main->unit / main->scale);

    if ((piece->font == main->font && piece->size == main->size) || factor >= 2 || upem * piece->size / main->size > G_MAXINT16)
      continue;
    for (guint k = piece->first; k < piece->first + piece->n; k++) {
      DgPdfPart *part = &g_array_index (self->parts, DgPdfPart, k);

      part->x = (int) lround (part->x * factor);
      part->y = (int) lround (part->y * factor);
      part->scale = (int) lround (factor * DG_PDF_SCALE);
    }
    piece->font = main->font;
    piece->size = main->size;
    piece->unit = em (piece) / upem;
    piece->advance = (int) lround (piece->advance * factor);
  }
}

/* A gap inside a word, or a letter well under its neighbour, is the width of the letter on the left, not a move.  A letter may have no width
 * at all: Amiri gives that of a reh under a beh to the beh. */
static void
close_gaps (DgPdfSetter *self)
{
  for (guint i = 0; i + 1 < self->pieces->len; i++) {
    DgPdfPiece *piece = dg_pdf_piece_at (self, i), *next = dg_pdf_piece_at (self, i + 1);
    double      gap = next->x - piece_end (piece);

    if (!piece->space && !piece->mark && piece->font == next->font
        && (gap < OVERLAP * em (piece) || (!next->space && gap > LETTER_GAP * em (piece) && gap < em (piece))))
      piece->advance = MAX (1, piece->advance + (int) lround (gap / piece->unit));
  }
}

static void
insert_blank (DgPdfSetter *self, guint at, const DgPdfPiece *like, double x, int advance, const char *text)
{
  DgPdfPiece piece = *like;

  piece.rtl = TRUE;
  piece.space = piece.mark = FALSE;
  piece.x = x;
  piece.advance = advance;
  piece.first = self->parts->len;
  piece.n = 0;
  dg_pdf_piece_say (&piece, text);
  g_array_insert_val (self->pieces, at, piece);
}

/* PDF.js looks where it is only at a piece that is neither space nor mark.  A word that ends in a mark shows the mark first, so
 * the space before it must be text of its own accord: it joins the letter on its left; at the line's left edge,
 * where no letter is, the space that ends the line says its direction. */
static void
guard_marks (DgPdfSetter *self)
{
  for (guint i = 0; i < self->pieces->len; i++) {
    DgPdfPiece *mark = dg_pdf_piece_at (self, i);
    DgPdfPiece *space = i > 0 ? dg_pdf_piece_at (self, i - 1) : NULL, *left = i > 1 ? dg_pdf_piece_at (self, i - 2) : NULL;

    if (!mark->mark || !mark->rtl || (space && !space->space))
      continue;
    if (left && left->rtl && !left->space && !left->mark && left->font == mark->font && left->advance) {
      left->advance = (int) lround ((mark->x - left->x) / left->unit);
      g_string_truncate (self->scratch, 0);
      g_string_append_len (self->scratch, left->text, left->length);
      g_string_append_c (self->scratch, ' ');
      dg_pdf_piece_say (left, g_string_chunk_insert (self->strings, self->scratch->str));
      space->dead = TRUE;
    } else if (space) {
      /* Hardly any width, so that nothing but white seems to stand out of the measure. */
      dg_pdf_piece_say (space, DG_PDF_RLM " ");
      space->advance = (int) dg_pdf_font_upem (font_of (self, mark)) / 10;
      space->x = mark->x - space->advance * space->unit;
    } else {
      int        advance = (int) dg_pdf_font_upem (font_of (self, mark)) / 10;
      DgPdfPiece like = *mark;

      insert_blank (self, 0, &like, like.x - advance * like.unit, advance, DG_PDF_RLM " ");
      i++;
    }
  }
  drop_dead (self);
}

/* TRUE for a piece that has a direction of its own (UAX #9, table 4). */
static gboolean
is_strong (const DgPdfPiece *piece)
{
  UCharDirection direction = u_charDirection ((UChar32) dg_pdf_piece_char (piece));

  return direction == U_LEFT_TO_RIGHT || direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

/* PDFium keeps a mark and the comma, stop or digit beside it as one left-to-right thing, the mark behind the sign, and PDF.js parts a mark
 * from its word after any sign: a right-to-left mark keeps them apart. */
static void
part_signs (DgPdfSetter *self)
{
  for (guint i = 1; i < self->pieces->len; i++) {
    DgPdfPiece left = *dg_pdf_piece_at (self, i - 1), mark = *dg_pdf_piece_at (self, i);

    if (mark.mark && mark.rtl && !left.mark && !left.space && left.length > 0 && !is_strong (&left))
      insert_blank (self, i, &mark, mark.x, 0, DG_PDF_RLM);
  }
}

/* A wide space would part the line for PDF.js, which then cannot put it in order: the letter on its left takes the rest. */
static void
narrow_spaces (DgPdfSetter *self)
{
  for (guint i = 0; i + 2 < self->pieces->len; i++) {
    DgPdfPiece *left = dg_pdf_piece_at (self, i), *space = dg_pdf_piece_at (self, i + 1);
    double      gap = dg_pdf_piece_at (self, i + 2)->x - piece_end (left);

    if (left->rtl && !left->space && left->advance && space->space && gap > WIDE_SPACE * em (left)) {
      int more = (int) lround ((gap - SPACE_LEFT * em (left)) / left->unit);

      left->advance += more;
      space->x += more * left->unit;
    }
  }
}

/* TRUE for a piece that takes its direction from what stands around it. */
static gboolean
is_neutral (const DgPdfPiece *piece)
{
  return piece->length == 0 || !is_strong (piece);
}

/* MuPDF and Poppler give a space the direction of what stands on its left: between a right-to-left word and a number or
 * a Latin word on its right it would change sides.  A left-to-right mark before the space keeps it (UAX #9, 2.6). */
static void
mark_directions (DgPdfSetter *self)
{
  for (guint i = 1; i + 1 < self->pieces->len; i++) {
    DgPdfPiece left = *dg_pdf_piece_at (self, i - 1);
    guint      right = i + 1;

    if (!left.rtl || left.space || !dg_pdf_piece_at (self, i)->space)
      continue;
    while (right < self->pieces->len && dg_pdf_piece_at (self, right)->rtl && is_neutral (dg_pdf_piece_at (self, right)))
      right++;
    if (right == self->pieces->len || dg_pdf_piece_at (self, right)->rtl || dg_pdf_piece_at (self, right)->space)
      continue;
    insert_blank (self, i, &left, MAX (left.x, piece_end (&left)), 0, DG_PDF_LRM);
    i = right;
  }
}

static gboolean
is_white (const DgPdfSetter *self, guint at)
{
  const DgPdfPiece *piece = at < self->pieces->len ? dg_pdf_piece_at (self, at) : NULL;

  return piece && piece->rtl && piece->space && !piece->dead && dg_pdf_piece_says (piece, " ");
}

/* The white beside a number or Latin word becomes part of its run. */
static void
take_white (DgPdfSetter *self, guint at)
{
  DgPdfPiece *space = dg_pdf_piece_at (self, at), *left = dg_pdf_piece_at (self, at - 1);

  move_origin (self, space, MAX (left->x, piece_end (left)));
  space->advance = (int) lround ((dg_pdf_piece_at (self, at + 1)->x - space->x) / space->unit);
  space->rtl = FALSE;
  dg_pdf_piece_say (space, DG_PDF_LRM " ");
}

guint
dg_pdf_piece_kind (const DgPdfPiece *piece)
{
  switch (piece->length ? u_charDirection ((UChar32) dg_pdf_piece_char (piece)) : U_OTHER_NEUTRAL) {
  case U_LEFT_TO_RIGHT: return 0;
  case U_RIGHT_TO_LEFT:
  case U_RIGHT_TO_LEFT_ARABIC: return 1;
  case U_EUROPEAN_NUMBER:
  case U_EUROPEAN_NUMBER_SEPARATOR:
  case U_EUROPEAN_NUMBER_TERMINATOR:
  case U_ARABIC_NUMBER:
  case U_COMMON_NUMBER_SEPARATOR:
  case U_DIR_NON_SPACING_MARK:
  case U_BOUNDARY_NEUTRAL: return 2;
  default: return 3;
  }
}

/* A sign that belongs to the number or word that it touches: of +3, 5%, /etc, C++, not what parts or ends sentences. */
static gboolean
is_sign (const DgPdfSetter *self, guint at)
{
  const DgPdfPiece *piece = dg_pdf_piece_at (self, at);
  gunichar          ch = dg_pdf_piece_char (piece);

  if (!piece->rtl || piece->space || piece->mark || piece->length == 0 || g_utf8_next_char (piece->text) != piece->text + piece->length
      || u_isMirrored ((UChar32) ch))
    return FALSE;
  switch (g_unichar_type (ch)) {
  case G_UNICODE_CURRENCY_SYMBOL:
  case G_UNICODE_MATH_SYMBOL:
  case G_UNICODE_OTHER_SYMBOL:
  case G_UNICODE_DASH_PUNCTUATION:
  case G_UNICODE_CONNECT_PUNCTUATION: return g_unichar_type (ch) != G_UNICODE_DASH_PUNCTUATION || ch == '-';
  case G_UNICODE_OTHER_PUNCTUATION: return ch < 0x80 ? strchr ("#%&*/@\\", (int) ch) != NULL : ch == 0x066A || ch == 0x2030;
  default: return ch == '~' || ch == '^' || ch == '`';
  }
}

static gboolean
is_digit (const DgPdfSetter *self, guint at)
{
  const DgPdfPiece *piece = dg_pdf_piece_at (self, at);

  return !piece->rtl && piece->length > 0 && g_unichar_isdigit (dg_pdf_piece_char (piece));
}

/* Where a phrase that ends before piece @end begins: runs of the other direction with the signs that touch them, numbers with whites between them
 * (a telephone's).  @end itself where none ends there. */
static guint
find_phrase (const DgPdfSetter *self, guint end)
{
  guint first = end;

  while (first > 0) {
    guint next = first;

    while (next > 0 && is_sign (self, next - 1))
      next--;
    if (next > 0 && !dg_pdf_piece_at (self, next - 1)->rtl) /* signs before it or within it, if any */
      first = next - 1;
    else if (next < first && first < end) { /* signs after it */
      first = next;
      break;
    } else if (next == first && first < end && first > 1 && is_digit (self, first) && is_white (self, first - 1) && is_digit (self, first - 2))
      first -= 2;
    else
      break;
  }
  return first;
}

/* TRUE for what PDFium would part, to show the parts in the other order, and for words at a line's ends, which may be part of a phrase that the
 * line's end breaks. */
static gboolean
is_parted (const DgPdfSetter *self, guint first, guint end)
{
  if (first < end && dg_pdf_piece_kind (dg_pdf_piece_at (self, first)) == 0 && (end == self->pieces->len || first == 0 || (first == 1 && is_white (self, 0))))
    return TRUE;
  for (guint i = first; i < end; i++) {
    const DgPdfPiece *piece = dg_pdf_piece_at (self, i);

    if (piece->rtl || dg_pdf_piece_kind (piece) != dg_pdf_piece_kind (dg_pdf_piece_at (self, first)))
      return TRUE;
  }
  return FALSE;
}

/* The pieces of a phrase in reading order: runs as they are, the one on the right first.  Their origins follow one another from left to right,
 * since MuPDF and PDFium part what moves back; what is drawn stays where it stands. */
static void
order_phrase (DgPdfSetter *self, guint first, guint end)
{
  g_autoptr (GArray) read = g_array_sized_new (FALSE, FALSE, sizeof (DgPdfPiece), end - first);
  double pen = dg_pdf_piece_at (self, first)->x;

  for (guint stop = end, start; stop > first; stop = start) {
    double left, right;

    for (start = stop - 1; start > first && !dg_pdf_piece_at (self, start)->rtl && !dg_pdf_piece_at (self, start - 1)->rtl;)
      start--;
    left = dg_pdf_piece_at (self, start)->x;
    right = stop < end && dg_pdf_piece_at (self, start)->space ? dg_pdf_piece_at (self, stop)->x : piece_end (dg_pdf_piece_at (self, stop - 1));
    for (guint i = start; i < stop; i++) {
      DgPdfPiece piece = *dg_pdf_piece_at (self, i);

      if (fabs (pen - left) > .001)
        move_origin (self, &piece, piece.x + pen - left);
      piece.rtl = piece.space = FALSE;
      g_array_append_val (read, piece);
    }
    pen += right - left;
  }
  for (guint i = first; i < end; i++)
    *dg_pdf_piece_at (self, i) = g_array_index (read, DgPdfPiece, i - first);
}

/* The piece says a white behind what it says: as a piece of its own PDF.js would drop it. */
static void
say_white (DgPdfSetter *self, DgPdfPiece *piece)
{
  g_string_truncate (self->scratch, 0);
  g_string_append_len (self->scratch, piece->text, piece->length);
  g_string_append_c (self->scratch, ' ');
  dg_pdf_piece_say (piece, g_string_chunk_insert (self->strings, self->scratch->str));
}

/* A phrase becomes a run of its own, in reading order; the whites beside it are part of what joins it to the rest. */
static void
part_phrase (DgPdfSetter *self, guint first, guint end)
{
  gboolean    left = first > 0 && is_white (self, first - 1), right = is_white (self, end);
  DgPdfPiece *opening, *closing;

  order_phrase (self, first, end);
  opening = dg_pdf_piece_at (self, first);
  closing = dg_pdf_piece_at (self, end - 1);
  opening->opens = TRUE;
  opening->before = right ? " " : DG_PDF_LRM;
  opening->after = left ? " " : DG_PDF_LRM;
  if (left) {
    dg_pdf_piece_at (self, first - 1)->dead = TRUE;
    say_white (self, closing);
  }
  if (right)
    dg_pdf_piece_at (self, end)->dead = TRUE;
}

/* FALSE where an outline would stand further from its origin than a font can say. */
static gboolean
is_near (const DgPdfSetter *self, guint first, guint end)
{
  gboolean moves = FALSE;

  for (guint i = first; i < end; i++)
    moves |= dg_pdf_piece_at (self, i)->rtl;
  return !moves || (dg_pdf_piece_at (self, end - 1)->x - dg_pdf_piece_at (self, first)->x) / dg_pdf_piece_at (self, first)->unit < REACH;
}

static void
part_phrases (DgPdfSetter *self)
{
  for (guint end = self->pieces->len, first; end > 0; end = MIN (first, end - 1)) {
    first = find_phrase (self, end);
    if (is_parted (self, first, end) && is_near (self, first, end))
      part_phrase (self, first, end);
  }
  drop_dead (self);
}

/* A white that stands between a left-to-right line's own words and a phrase. */
static gboolean
is_plain_white (const DgPdfSetter *self, guint at)
{
  const DgPdfPiece *piece = at < self->pieces->len ? dg_pdf_piece_at (self, at) : NULL;

  return piece && piece->run->level == 0 && piece->space && dg_pdf_piece_says (piece, " ");
}

/* Right-to-left phrases in a left-to-right line. */
static void
part_rtl_phrases (DgPdfSetter *self)
{
  for (guint first = 0, end; first < self->pieces->len; first = end) {
    gboolean inner = dg_pdf_piece_at (self, first)->run->level > 0, parted = FALSE;

    for (end = first + 1; end < self->pieces->len && (dg_pdf_piece_at (self, end)->run->level > 0) == inner; end++)
      parted |= dg_pdf_piece_kind (dg_pdf_piece_at (self, end)) != dg_pdf_piece_kind (dg_pdf_piece_at (self, first));
    if (!inner || !(parted || first == 0 || end == self->pieces->len))
      continue;
    dg_pdf_piece_at (self, first)->before = dg_pdf_piece_at (self, first)->after = DG_PDF_LRM;
    dg_pdf_piece_at (self, first)->opens = TRUE;
    if (end < self->pieces->len)
      dg_pdf_piece_at (self, end)->opens = TRUE;
    if (first > 1 && is_plain_white (self, first - 1)) {
      dg_pdf_piece_at (self, first - 1)->dead = TRUE;
      dg_pdf_piece_at (self, first)->before = " ";
      say_white (self, dg_pdf_piece_at (self, first - 2));
    }
    if (is_plain_white (self, end)) {
      dg_pdf_piece_at (self, end)->dead = TRUE;
      dg_pdf_piece_at (self, first)->after = " ";
      if (end + 1 < self->pieces->len)
        dg_pdf_piece_at (self, end + 1)->opens = TRUE;
    }
  }
  drop_dead (self);
}

/* What a left-to-right run (@first to @end, not in it) in a right-to-left line has for white on its right is said before it, on its left after it:
 * runs are shown in reading order.  Returns the run's new end. */
static guint
part_run (DgPdfSetter *self, guint first, guint end)
{
  gboolean   left = first > 1 && is_white (self, first - 1), right = end + 1 < self->pieces->len && is_white (self, end);
  DgPdfPiece like = *dg_pdf_piece_at (self, first), last = *dg_pdf_piece_at (self, end - 1);

  if (dg_pdf_piece_at (self, first)->before)
    return end;
  if (left && right && dg_pdf_piece_at (self, end + 1)->rtl) {
    take_white (self, first - 1);
    take_white (self, end);
    dg_pdf_piece_at (self, first - 1)->opens = TRUE;
    return end + 1;
  }
  if (right) {
    dg_pdf_piece_at (self, end)->dead = TRUE;
    insert_blank (self, first, &like, like.x, 0, DG_PDF_LRM " ");
    dg_pdf_piece_at (self, first)->rtl = FALSE;
    end++;
  }
  dg_pdf_piece_at (self, first)->opens = TRUE;
  if (left) {
    DgPdfPiece *space = dg_pdf_piece_at (self, first - 1);

    space->space = FALSE;
    space->advance = 0;
    dg_pdf_piece_say (space, DG_PDF_LRM);
    insert_blank (self, end, &last, piece_end (&last), 0, DG_PDF_LRM " ");
    dg_pdf_piece_at (self, end)->rtl = FALSE;
    end++;
  }
  return end;
}

/* MuPDF takes a sign to run as what was shown before it: a right-to-left run that begins with signs, before @end, is told to.  Poppler goes by
 * place, and the signs must go on parting the run from the number on their left: the mark stands behind them. */
static guint
direct_signs (DgPdfSetter *self, guint first, guint end)
{
  guint      letter = first;
  DgPdfPiece like;
  double     x;

  while (letter < end && is_neutral (dg_pdf_piece_at (self, letter)))
    letter++;
  if (letter == first || letter == end)
    return end;
  like = *dg_pdf_piece_at (self, letter);
  x = like.x;
  if (first == 0)
    x = dg_pdf_piece_at (self, 0)->x;
  else if (dg_pdf_piece_at (self, letter - 1)->space)
    x = (dg_pdf_piece_at (self, letter - 1)->x + like.x) / 2;
  insert_blank (self, first, &like, x, 0, DG_PDF_RLM);
  return end + 1;
}

/* Calls @change with each run of one direction. */
static void
for_each_run (DgPdfSetter *self, gboolean rtl, guint (*change) (DgPdfSetter *, guint, guint))
{
  for (guint first = 0, end; first < self->pieces->len; first = end) {
    gboolean here = dg_pdf_piece_at (self, first)->rtl;

    for (end = first + 1; end < self->pieces->len && dg_pdf_piece_at (self, end)->rtl == here && !dg_pdf_piece_at (self, end)->opens;)
      end++;
    if (here == rtl)
      end = change (self, first, end);
  }
}

/* Only where a line has runs of both directions. */
static void
part_runs (DgPdfSetter *self)
{
  guint rtl = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    rtl += dg_pdf_piece_at (self, i)->rtl;
  if (rtl == 0 || rtl == self->pieces->len)
    return;
  part_phrases (self);
  for_each_run (self, FALSE, part_run);
  drop_dead (self);
  for_each_run (self, TRUE, direct_signs);
}

guint
dg_pdf_pieces_run (const DgPdfSetter *self, guint end)
{
  guint first = end - 1;

  while (first > 0 && !dg_pdf_piece_at (self, first)->opens && dg_pdf_piece_at (self, first - 1)->rtl == dg_pdf_piece_at (self, first)->rtl)
    first--;
  return first;
}

void
dg_pdf_pieces_fit (DgPdfSetter *self, gboolean rtl)
{
  if (rtl)
    unite_fonts (self);
  if (self->marks)
    seat_marks (self);
  close_gaps (self);
  if (self->rtl && self->marks) {
    guard_marks (self);
    part_signs (self);
  }
  if (self->rtl)
    narrow_spaces (self);
  if (rtl)
    part_runs (self);
  else if (self->rtl) {
    part_rtl_phrases (self);
    mark_directions (self);
  }
}
