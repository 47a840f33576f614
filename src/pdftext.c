/* pdftext.c: see pdftext.h.  docs/text-back.md tells which engine each of the steps below is for.
 *
 * A line is one text object and, as long as face, size and colour stay, one TJ: pieces from left to right, right-to-left
 * letters with the last one first.  A piece is a code: a letter with what belongs to it, a mark of its own, a space. */
#include "pdftext.h"

#include <fribidi.h>
#include <math.h>
#include <pango/pangofc-font.h>
#include <string.h>

#include "pdffont.h"

#define LETTER_GAP .02         /* em: kerning apart that engines might take for a word space */
#define OVERLAP    -.1         /* em: kerning together beyond which PDF.js (at -.2) parts the line */
#define WIDE_SPACE .56         /* em: a white beyond .6 em ends a piece of text in PDF.js */
#define SPACE_LEFT .5          /* em: what a wide space keeps of its white */
#define LRM        "\xe2\x80\x8e"
#define RLM        "\xe2\x80\x8f"

typedef struct {
  guint      face;               /* in the document's faces */
  DgPdfFont *font;
} Font;

struct DgPdfFaces {
  const DgProfile *profile;
  GPtrArray  *faces;             /* hb_face_t* */
  GHashTable *origins;           /* char* → index in the faces */
  GArray     *fonts;             /* Font; the resource /F<n> is the nth */
};

typedef struct {
  guint    font;                 /* in the fonts */
  double   size, scale;          /* pt; widening across */
  const DgGlyphRun *run;
  gboolean rtl, space, mark, dead;
  double   x;                    /* pt from the line's glyph x = 0 */
  int      advance;              /* font units */
  guint    first, n;             /* in the setter's parts */
  GString *text;
} Piece;

typedef struct {
  DgPdfFaces   *faces;
  const DgLine *line;
  const char   *text;            /* of the paragraph */
  GArray       *pieces;          /* Piece, left to right */
  GArray       *parts;           /* DgPdfPart */
  guint         font;            /* of the run being gathered */
} Setter;

DgPdfFaces *
dg_pdf_faces_new (const DgProfile *profile)
{
  DgPdfFaces *self = g_new0 (DgPdfFaces, 1);

  self->profile = profile;
  self->faces = g_ptr_array_new_with_free_func ((GDestroyNotify) hb_face_destroy);
  self->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fonts = g_array_new (FALSE, FALSE, sizeof (Font));
  return self;
}

void
dg_pdf_faces_free (DgPdfFaces *self)
{
  if (!self)
    return;
  for (guint i = 0; i < self->fonts->len; i++)
    dg_pdf_font_free (g_array_index (self->fonts, Font, i).font);
  g_array_unref (self->fonts);
  g_hash_table_unref (self->origins);
  g_ptr_array_unref (self->faces);
  g_free (self);
}

static guint
add_font (DgPdfFaces *self, guint face)
{
  Font font = { face, dg_pdf_font_new (self->faces, face) };

  g_array_append_val (self->fonts, font);
  return self->fonts->len - 1;
}

/* Which file and which face in it: a font map that has been given more files opens those it had a second time. */
static char *
dup_origin (PangoFont *font)
{
  const FcPattern *pattern = pango_fc_font_get_pattern (PANGO_FC_FONT (font));
  FcChar8 *file = NULL;
  int index = 0;

  if (FcPatternGetString (pattern, FC_FILE, 0, &file) != FcResultMatch)
    return g_strdup_printf ("%p", (void *) pango_font_get_hb_font (font));
  FcPatternGetInteger (pattern, FC_INDEX, 0, &index);
  return g_strdup_printf ("%s:%d", (const char *) file, index);
}

/* The latest font of the face: it is the one with room. */
static guint
find_font (DgPdfFaces *self, PangoFont *font)
{
  g_autofree char *origin = dup_origin (font);
  gpointer known;
  guint face = self->faces->len;

  if (!g_hash_table_lookup_extended (self->origins, origin, NULL, &known))
    {
      g_ptr_array_add (self->faces, hb_face_reference (hb_font_get_face (pango_font_get_hb_font (font))));
      g_hash_table_insert (self->origins, g_steal_pointer (&origin), GUINT_TO_POINTER (face));
      return add_font (self, face);
    }
  for (guint i = self->fonts->len; i-- > 0;)
    if (g_array_index (self->fonts, Font, i).face == GPOINTER_TO_UINT (known))
      return i;
  return add_font (self, GPOINTER_TO_UINT (known));
}

static Font *
font_entry (const Setter *self, const Piece *piece)
{
  return &g_array_index (self->faces->fonts, Font, piece->font);
}

static DgPdfFont *
font_of (const Setter *self, const Piece *piece)
{
  return font_entry (self, piece)->font;
}

static Piece *
piece_at (const Setter *self, guint i)
{
  return &g_array_index (self->pieces, Piece, i);
}

static double
em (const Piece *piece)
{
  return piece->size * piece->scale;
}

/* Points in a font unit, across. */
static double
unit (const Setter *self, const Piece *piece)
{
  return em (piece) / dg_pdf_font_upem (font_of (self, piece));
}

static double
end_of (const Setter *self, const Piece *piece)
{
  return piece->x + piece->advance * unit (self, piece);
}

static gboolean
is_bidi_control (gunichar ch)
{
  return ch == 0x061C || ch == 0x200E || ch == 0x200F || (ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069);
}

static void
append_text (GString *out, const Setter *self, const DgGlyph *glyph)
{
  const char *end = self->text + glyph->start + glyph->length;

  switch (glyph->kind)
    {
    case DG_GLYPH_TEXT:
      /* Controls have done their work when the line was ordered; they are not part of what it says. */
      for (const char *p = self->text + glyph->start; p < end; p = g_utf8_next_char (p))
        if (!is_bidi_control (g_utf8_get_char (p)))
          g_string_append_unichar (out, g_utf8_get_char (p));
      break;
    case DG_GLYPH_SPACE:
      g_string_append_c (out, ' ');
      break;
    case DG_GLYPH_HYPHEN:
      g_string_append_c (out, '-');            /* U+00AD would be truer, but PDF.js drops it and searches across "-" alone */
      break;
    case DG_GLYPH_KASHIDA:
      g_string_append (out, "\xd9\x80");
      break;
    case DG_GLYPH_MARK:
    default:
      break;
    }
}

/* Adds the glyph to the piece, moved to where it stands. */
static void
add_part (Setter *self, Piece *piece, const DgGlyph *glyph)
{
  double upem = dg_pdf_font_upem (font_of (self, piece));
  DgPdfPart part = { font_entry (self, piece)->face, glyph->glyph, (int) lround ((glyph->x - piece->x) / unit (self, piece)),
                     (int) lround (glyph->y * upem / piece->size), DG_PDF_SCALE };

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

/* The last piece is a cluster of right-to-left text: what it says stands in the order in which it is shown, and the marks at its
 * end become pieces of their own. */
static void
split_marks (Setter *self, const Group *group)
{
  Piece piece = *piece_at (self, self->pieces->len - 1);
  g_autofree char *text = g_utf8_normalize (piece.text->str, -1, G_NORMALIZE_NFC);
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (text ? text : "", -1, NULL);
  glong n = text ? g_utf8_strlen (text, -1) : 0, letters = n;
  guint spare = 0;               /* glyphs that move nothing, at the end of the cluster */

  if (n < 1)
    return;
  while (letters > 1 && g_unichar_ismark (chars[letters - 1]))
    letters--;
  while (spare + 1 < group->n && spare + 1 < piece.n && fabs (group->glyphs[group->n - 1 - spare]->advance) <= .01
         && group->glyphs[group->n - 1 - spare]->kind == DG_GLYPH_MARK)
    spare++;
  spare = MIN (spare, (guint) (n - letters));
  piece.n -= spare;
  g_string_truncate (piece.text, 0);
  for (glong i = letters; i-- > 0;)
    g_string_append_unichar (piece.text, chars[i]);
  *piece_at (self, self->pieces->len - 1) = piece;
  for (glong i = letters; i < n; i++)
    {
      Piece mark = piece;

      mark.mark = TRUE;
      mark.advance = 0;
      mark.first = piece.first + piece.n + (guint) (i - letters);
      mark.n = (guint) (i - letters) < spare ? 1 : 0;
      mark.text = g_string_new (NULL);
      g_string_append_unichar (mark.text, chars[i]);
      g_array_append_val (self->pieces, mark);
      /* cppcheck-suppress memleak ; the array of pieces owns the text */
    }
}

static void
close_group (Setter *self, const DgGlyphRun *run, Group *group)
{
  Piece piece = { 0 };
  const DgGlyph *base = group->glyphs[group->base];
  double left, right;
  gboolean alone = TRUE;

  if (group->n == 0)
    return;
  left = base->x;
  right = base->x + base->advance;
  piece.font = self->font;
  piece.size = run->size;
  piece.scale = run->width_scale;
  piece.run = run;
  piece.rtl = run->level % 2 != 0;
  piece.space = base->kind == DG_GLYPH_SPACE;
  piece.first = self->parts->len;
  piece.text = g_string_new (NULL);
  for (guint i = 0; i < group->n; i++)
    if (i != group->base && fabs (group->glyphs[i]->advance) > .01)
      {
        left = MIN (left, group->glyphs[i]->x);
        right = MAX (right, group->glyphs[i]->x + group->glyphs[i]->advance);
        alone = FALSE;
      }
  piece.x = left;
  piece.mark = group->mark;
  for (guint i = 0; i < group->n; i++)
    {
      add_part (self, &piece, group->glyphs[i]);
      if (group->n == 1 || group->glyphs[i]->kind != DG_GLYPH_KASHIDA)   /* a drawn kashida says nothing: its letter is long */
        append_text (piece.text, self, group->glyphs[i]);
    }
  /* Kerning is left to the TJ, so that the same letter is the same code everywhere. */
  if (!piece.mark && base->advance > .01)
    piece.advance = alone && base->glyph < PANGO_GLYPH_EMPTY ? dg_pdf_font_advance (font_of (self, &piece), base->glyph)
                                                            : (int) lround ((right - left) / unit (self, &piece));
  if (piece.text->len == 0 && piece.advance == 0)              /* a control character's blank */
    {
      g_string_free (piece.text, TRUE);
      g_array_set_size (self->parts, piece.first);
    }
  else
    {
      g_array_append_val (self->pieces, piece);
      if (piece.rtl && !piece.mark)
        split_marks (self, group);
    }
  group->n = 0;
  group->base = 0;
  group->mark = FALSE;
}

static gboolean
is_mark (const Setter *self, const DgGlyph *glyph)
{
  return glyph->kind == DG_GLYPH_TEXT && glyph->length && fabs (glyph->advance) <= .01
         && g_unichar_ismark (g_utf8_get_char (self->text + glyph->start));
}

/* Groups a run's glyphs in logical order, then puts the pieces in visual order. */
static void
gather_run (Setter *self, const DgGlyphRun *run)
{
  gboolean rtl = run->level % 2 != 0, based = FALSE;
  guint first = self->pieces->len;
  Group group = { .n = 0 }, marks[8];
  guint n_marks = 0;

  self->font = find_font (self->faces, run->font);
  for (guint i = 0; i <= run->n; i++)
    {
      const DgGlyph *glyph = i < run->n ? &g_array_index (self->line->glyphs, DgGlyph, run->first + (rtl ? run->n - 1 - i : i)) : NULL;
      gboolean mark = glyph && is_mark (self, glyph);

      if (glyph && mark && n_marks < G_N_ELEMENTS (marks))
        {
          marks[n_marks] = (Group) { .glyphs = { glyph }, .n = 1, .mark = TRUE };
          n_marks++;
          continue;
        }
      /* A further glyph of a mark belongs to the mark, another one or a kashida to the letter. */
      /* cppcheck-suppress uninitvar ; of @marks the first n_marks are set */
      if (glyph && glyph->kind == DG_GLYPH_MARK && n_marks && marks[n_marks - 1].glyphs[0]->start == glyph->start && marks[n_marks - 1].n < 8)
        {
          marks[n_marks - 1].glyphs[marks[n_marks - 1].n++] = glyph;
          continue;
        }
      if (glyph && group.n < G_N_ELEMENTS (group.glyphs)
          && (glyph->kind == DG_GLYPH_MARK || (glyph->kind == DG_GLYPH_KASHIDA && based)
              || (!based && group.n && group.glyphs[0]->start == glyph->start)))
        {
          if (glyph->kind != DG_GLYPH_MARK && !based)
            {
              group.base = group.n;
              based = TRUE;
            }
          group.glyphs[group.n++] = glyph;
          continue;
        }
      close_group (self, run, &group);
      for (guint k = 0; k < n_marks; k++)
        close_group (self, run, &marks[k]);
      n_marks = 0;
      if (glyph)
        {
          group.glyphs[group.n++] = glyph;
          based = glyph->kind != DG_GLYPH_MARK;
        }
    }
  if (rtl)
    for (guint a = first, b = self->pieces->len; a + 1 < b; a++, b--)
      {
        Piece piece = *piece_at (self, a);

        *piece_at (self, a) = *piece_at (self, b - 1);
        *piece_at (self, b - 1) = piece;
      }
}

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const DgGlyphRun *const *p = a, *const *q = b;

  return ((*p)->first > (*q)->first) - ((*p)->first < (*q)->first);
}

static void
gather (Setter *self)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();

  for (guint i = 0; i < self->line->runs->len; i++)
    g_ptr_array_add (runs, &g_array_index (self->line->runs, DgGlyphRun, i));
  g_ptr_array_sort (runs, compare_runs);
  for (guint i = 0; i < runs->len; i++)
    gather_run (self, runs->pdata[i]);
}

/* Draws the piece's glyphs from another origin, in the same place. */
static void
move_origin (Setter *self, Piece *piece, double x)
{
  int by = (int) lround ((piece->x - x) / unit (self, piece));

  for (guint i = piece->first; i < piece->first + piece->n; i++)
    g_array_index (self->parts, DgPdfPart, i).x += by;
  piece->x = x;
}

/* The piece becomes part of the one it belongs to. */
static void
join (Setter *self, Piece *base, Piece *piece, const char *text)
{
  guint first = self->parts->len;

  move_origin (self, piece, base->x);
  for (guint i = 0; i < base->n + piece->n; i++)
    {
      DgPdfPart part = g_array_index (self->parts, DgPdfPart, i < base->n ? base->first + i : piece->first + i - base->n);

      g_array_append_val (self->parts, part);
    }
  base->first = first;
  base->n += piece->n;
  g_string_assign (base->text, text);
  piece->dead = TRUE;
}

/* The letter that a mark belongs to: the nearest in reading order before it. */
static Piece *
find_base (Setter *self, guint at)
{
  const Piece *mark = piece_at (self, at);
  guint k = at;

  while (mark->rtl ? ++k < self->pieces->len : k-- > 0)
    {
      Piece *piece = piece_at (self, k);

      if (!piece->dead && !piece->mark)
        return piece->run == mark->run && !piece->space ? piece : NULL;
    }
  return NULL;
}

/* A mark is shown where its letter is, without moving: any text move would be taken for the start of another word.
 * A letter and its mark that Unicode has one character for are one piece. */
static void
seat_mark (Setter *self, guint at)
{
  Piece *mark = piece_at (self, at), *base = find_base (self, at);
  g_autofree char *both = NULL, *composed = NULL;

  if (!base)
    return;
  both = g_strconcat (base->text->str, mark->text->str, NULL);
  composed = g_utf8_normalize (both, -1, G_NORMALIZE_NFC);
  if (composed && g_utf8_strlen (composed, -1) == g_utf8_strlen (base->text->str, -1))
    join (self, base, mark, composed);
  else
    move_origin (self, mark, mark->rtl ? base->x : end_of (self, base));
}

/* In reading order, so that a letter takes its marks one after the other. */
static void
seat_marks (Setter *self)
{
  for (guint i = self->pieces->len; i-- > 0;)
    if (piece_at (self, i)->mark && piece_at (self, i)->rtl)
      seat_mark (self, i);
  for (guint i = 0; i < self->pieces->len; i++)
    if (piece_at (self, i)->mark && !piece_at (self, i)->rtl)
      seat_mark (self, i);
}

/* PDF.js puts in order what is shown in one font and size, and nothing beyond.  A right-to-left line in several (a label, a Latin
 * word, a figure) is shown with the font of its leftmost letter, which takes in the others' outlines at their sizes. */
static void
unite_fonts (Setter *self)
{
  const Piece *main = NULL;

  for (guint i = self->pieces->len; i-- > 0;)
    if (piece_at (self, i)->rtl)
      main = piece_at (self, i);
  for (guint i = 0; main && i < self->pieces->len; i++)
    {
      Piece *piece = piece_at (self, i);
      Piece moved = *piece;
      double upem = dg_pdf_font_upem (font_of (self, main)), factor;

      moved.font = main->font;
      moved.size = main->size;
      factor = unit (self, piece) / piece->scale / (unit (self, main) / main->scale);
      if ((piece->font == main->font && piece->size == main->size) || factor >= 2 || upem * piece->size / main->size > G_MAXINT16)
        continue;
      for (guint k = piece->first; k < piece->first + piece->n; k++)
        {
          DgPdfPart *part = &g_array_index (self->parts, DgPdfPart, k);

          part->x = (int) lround (part->x * factor);
          part->y = (int) lround (part->y * factor);
          part->scale = (int) lround (factor * DG_PDF_SCALE);
        }
      moved.advance = (int) lround (piece->advance * factor);
      *piece = moved;
    }
}

static void
drop_dead (Setter *self)
{
  guint n = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    if (piece_at (self, i)->dead)
      g_string_free (piece_at (self, i)->text, TRUE);
    else
      *piece_at (self, n++) = *piece_at (self, i);
  g_array_set_size (self->pieces, n);
}

/* A gap inside a word, or a letter well under its neighbour, is the width of the letter on the left, not a move. */
static void
close_gaps (Setter *self)
{
  for (guint i = 0; i + 1 < self->pieces->len; i++)
    {
      Piece *piece = piece_at (self, i), *next = piece_at (self, i + 1);
      double gap = next->x - end_of (self, piece);

      if (!piece->space && !next->space && piece->advance && piece->font == next->font && gap < em (piece)
          && (gap > LETTER_GAP * em (piece) || gap < OVERLAP * em (piece)))
        piece->advance = MAX (1, piece->advance + (int) lround (gap / unit (self, piece)));
    }
}

static void
insert_blank (Setter *self, guint at, const Piece *like, double x, int advance, const char *text)
{
  Piece piece = *like;

  piece.rtl = TRUE;
  piece.space = piece.mark = FALSE;
  piece.x = x;
  piece.advance = advance;
  piece.first = self->parts->len;
  piece.n = 0;
  piece.text = g_string_new (text);
  g_array_insert_val (self->pieces, at, piece);
  /* cppcheck-suppress memleak ; the array of pieces owns the text */
}

/* PDF.js looks where it is only at a piece that is neither space nor mark.  A word that ends in a mark shows the mark first, so
 * the space before it must be text of its own accord: it joins the letter on its left; at the line's left edge,
 * where no letter is, the space that ends the line says its direction. */
static void
guard_marks (Setter *self)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *mark = piece_at (self, i);
      Piece *space = i > 0 ? piece_at (self, i - 1) : NULL, *left = i > 1 ? piece_at (self, i - 2) : NULL;

      if (!mark->mark || !mark->rtl || (space && !space->space))
        continue;
      if (left && left->rtl && !left->space && !left->mark && left->font == mark->font && left->advance)
        {
          left->advance = (int) lround ((mark->x - left->x) / unit (self, left));
          g_string_append_c (left->text, ' ');
          space->dead = TRUE;
        }
      else if (space)
        {
          /* Hardly any width, so that nothing but white seems to stand out of the measure. */
          g_string_assign (space->text, RLM " ");
          space->advance = (int) dg_pdf_font_upem (font_of (self, mark)) / 10;
          space->x = mark->x - space->advance * unit (self, space);
        }
      else
        {
          int advance = (int) dg_pdf_font_upem (font_of (self, mark)) / 10;
          Piece like = *mark;

          insert_blank (self, 0, &like, like.x - advance * unit (self, &like), advance, RLM " ");
          i++;
        }
    }
  drop_dead (self);
}

/* PDFium keeps a mark and the comma, stop or digit beside it as one left-to-right thing, the mark behind the sign: a right-to-left mark
 * parts them. */
static void
part_signs (Setter *self)
{
  for (guint i = 1; i < self->pieces->len; i++)
    {
      Piece left = *piece_at (self, i - 1), mark = *piece_at (self, i);

      if (mark.mark && mark.rtl && !left.mark && left.text->len > 0
          && FRIBIDI_IS_WEAK (fribidi_get_bidi_type (g_utf8_get_char (left.text->str))))
        insert_blank (self, i, &mark, mark.x, 0, RLM);
    }
}

/* A wide space would part the line for PDF.js, which then cannot put it in order: the letter on its left takes the rest. */
static void
narrow_spaces (Setter *self)
{
  for (guint i = 0; i + 2 < self->pieces->len; i++)
    {
      Piece *left = piece_at (self, i), *space = piece_at (self, i + 1);
      double gap = piece_at (self, i + 2)->x - end_of (self, left);

      if (left->rtl && !left->space && left->advance && space->space && gap > WIDE_SPACE * em (left))
        {
          int more = (int) lround ((gap - SPACE_LEFT * em (left)) / unit (self, left));

          left->advance += more;
          space->x += more * unit (self, left);
        }
    }
}

/* TRUE for a piece that takes its direction from what stands around it. */
static gboolean
is_neutral (const Piece *piece)
{
  return piece->text->len == 0 || !FRIBIDI_IS_STRONG (fribidi_get_bidi_type (g_utf8_get_char (piece->text->str)));
}

/* MuPDF and Poppler give a space the direction of what stands on its left: between a right-to-left word and a number or
 * a Latin word on its right it would change sides.  A left-to-right mark before the space keeps it (UAX #9, 2.6). */
static void
mark_directions (Setter *self)
{
  for (guint i = 1; i + 1 < self->pieces->len; i++)
    {
      Piece left = *piece_at (self, i - 1);
      guint right = i + 1;

      if (!left.rtl || left.space || !piece_at (self, i)->space)
        continue;
      while (right < self->pieces->len && piece_at (self, right)->rtl && is_neutral (piece_at (self, right)))
        right++;
      if (right == self->pieces->len || piece_at (self, right)->rtl || piece_at (self, right)->space)
        continue;
      insert_blank (self, i, &left, MAX (left.x, end_of (self, &left)), 0, LRM);
      i = right;
    }
}

/* What the text state holds while a line is written. */
typedef struct {
  guint    font;
  double   size, scale, pen;
  DgColour colour;
  gboolean in_array, in_string;
} State;

static void
close_array (GString *out, State *state)
{
  if (state->in_array)
    g_string_append (out, state->in_string ? ">] TJ\n" : "] TJ\n");
  state->in_array = state->in_string = FALSE;
}

static void
set_state (GString *out, const DgProfile *profile, State *state, const Piece *piece)
{
  if (memcmp (&state->colour, &piece->run->colour, sizeof state->colour) != 0)
    {
      close_array (out, state);
      state->colour = piece->run->colour;
      dg_profile_append_colour (profile, out, &state->colour);
    }
  if (state->font != piece->font || state->size != piece->size)
    {
      close_array (out, state);
      state->font = piece->font;
      state->size = piece->size;
      g_string_append_printf (out, "/F%u ", state->font);
      dg_pdf_append_number (out, state->size, 3);
      g_string_append (out, " Tf\n");
    }
  if (state->scale != piece->scale)
    {
      close_array (out, state);
      state->scale = piece->scale;
      dg_pdf_append_number (out, state->scale * 100, 4);
      g_string_append (out, " Tz\n");
    }
}

static guint
code_of (const Setter *self, const Piece *piece)
{
  const DgPdfPart *parts = (const DgPdfPart *) (gpointer) self->parts->data + piece->first;

  return dg_pdf_font_code (font_of (self, piece), parts, piece->n, piece->advance, piece->text->str, piece->text->len);
}

static void
write_piece (GString *out, const Setter *self, State *state, Piece *piece)
{
  guint code = code_of (self, piece);
  double move;

  if (code == 0)                 /* the font is full: another of the same face */
    {
      piece->font = add_font (self->faces, font_entry (self, piece)->face);
      code = code_of (self, piece);
    }
  set_state (out, self->faces->profile, state, piece);
  if (!state->in_array)
    g_string_append_c (out, '[');
  state->in_array = TRUE;
  move = round ((piece->x - state->pen) * 1000 / em (piece));  /* TJ counts in thousandths of the scaled em */
  if (fabs (move) >= 1)
    {
      if (state->in_string)
        g_string_append_c (out, '>');
      state->in_string = FALSE;
      dg_pdf_append_number (out, -move, 0);
      state->pen += move * em (piece) / 1000;
    }
  if (!state->in_string)
    g_string_append_c (out, '<');
  state->in_string = TRUE;
  dg_pdf_append_hex (out, code);
  state->pen += piece->advance * unit (self, piece);
}

static void
write_line (GString *out, const Setter *self, double x, double y)
{
  State state = { .font = G_MAXUINT, .size = -1, .scale = 1, .colour = { .r = -1 } };

  state.pen = piece_at (self, 0)->x;
  g_string_append (out, "BT\n1 0 0 1 ");
  dg_pdf_append_number (out, x + state.pen, 3);
  g_string_append_c (out, ' ');
  dg_pdf_append_number (out, y, 3);
  g_string_append (out, " Tm\n");
  for (guint i = 0; i < self->pieces->len; i++)
    {
      /* PDFium takes two lines for one where tall letters of the one reach the other's baseline, but not after a show of one
       * letter: the line's last one is shown alone. */
      if (i + 1 == self->pieces->len)
        close_array (out, &state);
      write_piece (out, self, &state, piece_at (self, i));
    }
  close_array (out, &state);
  if (state.scale != 1)
    g_string_append (out, "100 Tz\n");
  g_string_append (out, "ET\n");
}

void
dg_pdf_text_append (GString *content, DgPdfFaces *faces, const DgLine *line, const char *text, gboolean rtl, double x, double y)
{
  Setter self = { faces, line, text, g_array_new (FALSE, FALSE, sizeof (Piece)), g_array_new (FALSE, FALSE, sizeof (DgPdfPart)), 0 };

  gather (&self);
  if (rtl)
    unite_fonts (&self);
  seat_marks (&self);
  drop_dead (&self);
  close_gaps (&self);
  guard_marks (&self);
  part_signs (&self);
  narrow_spaces (&self);
  mark_directions (&self);
  if (self.pieces->len)
    write_line (content, &self, x, y);
  for (guint i = 0; i < self.pieces->len; i++)
    g_string_free (piece_at (&self, i)->text, TRUE);
  g_array_unref (self.pieces);
  g_array_unref (self.parts);
}

guint
dg_pdf_faces_write (DgPdfFaces *self, DgPdf *pdf, GError **error)
{
  g_autoptr (GString) body = g_string_new ("<<");

  for (guint i = 0; i < self->fonts->len; i++)
    {
      DgPdfFont *font = g_array_index (self->fonts, Font, i).font;
      guint number;

      if (dg_pdf_font_is_empty (font))   /* all of it is shown with another */
        continue;
      number = dg_pdf_font_write (font, pdf, error);
      if (!number)
        return 0;
      g_string_append_printf (body, " /F%u %u 0 R", i, number);
    }
  g_string_append (body, " >>");
  return dg_pdf_add (pdf, body->str);
}
