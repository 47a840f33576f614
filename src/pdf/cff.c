/* cff.c: a bare CFF font (Adobe technical note 5176) whose glyphs are the codes of font.c.
 *
 * The outlines are drawn by HarfBuzz and written again as charstrings without hints: so a code may show several glyphs, which
 * CFF has no composites for, and faces of any make can be embedded.  The font is CID-keyed with one font dictionary, and CID, glyph
 * number and code are one. */
#include <math.h>
#include <string.h>

#include "diglot.h"
#include "pdf/program.h"
#include "type/outline.h"

enum { OP_RLINETO = 5, OP_RRCURVETO = 8, OP_ENDCHAR = 14, OP_RMOVETO = 21 }; /* Type 2 charstrings */

typedef struct {
  GByteArray *out;
  double      dx, dy, scale; /* where the part stands, how large */
  int         x, y;          /* the current point as written, so that rounding never adds up */
} Pen;

static void
put (GByteArray *out, guint value, guint bytes)
{
  while (bytes-- > 0) {
    guint8 byte = (guint8) (value >> (8 * bytes));

    g_byte_array_append (out, &byte, 1);
  }
}

/* A number as charstrings have it. */
static void
put_number (GByteArray *out, int value)
{
  value = CLAMP (value, G_MININT16, G_MAXINT16);
  if (value >= -107 && value <= 107)
    put (out, (guint) (value + 139), 1);
  else if (value >= 108 && value <= 1131)
    put (out, (guint) (((value - 108) >> 8) + 247) << 8 | (guint) ((value - 108) & 0xFF), 2);
  else if (value <= -108 && value >= -1131)
    put (out, (guint) (((-value - 108) >> 8) + 251) << 8 | (guint) ((-value - 108) & 0xFF), 2);
  else {
    put (out, 28, 1);
    put (out, (guint) value & 0xFFFF, 2);
  }
}

static void
put_point (Pen *pen, double x, double y)
{
  int to_x = (int) lround (CLAMP (x * pen->scale + pen->dx, -16000, 16000));
  int to_y = (int) lround (CLAMP (y * pen->scale + pen->dy, -16000, 16000));

  put_number (pen->out, to_x - pen->x);
  put_number (pen->out, to_y - pen->y);
  pen->x = to_x;
  pen->y = to_y;
}

static void
move_to (gpointer data, double x, double y)
{
  Pen *pen = data;

  put_point (pen, x, y);
  put (pen->out, OP_RMOVETO, 1);
}

static void
line_to (gpointer data, double x, double y)
{
  Pen *pen = data;

  put_point (pen, x, y);
  put (pen->out, OP_RLINETO, 1);
}

static void
cubic_to (gpointer data, double x1, double y1, double x2, double y2, double x, double y)
{
  Pen *pen = data;

  put_point (pen, x1, y1);
  put_point (pen, x2, y2);
  put_point (pen, x, y);
  put (pen->out, OP_RRCURVETO, 1);
}

/* Charstrings close their contours themselves. */
static const DgPen charstring = { .move = move_to, .line = line_to, .cubic = cubic_to };

static GByteArray *
make_charstring (const DgPdfCode *code, const DgPdfPart *parts, hb_font_t *const *fonts)
{
  GByteArray *out = g_byte_array_new ();
  Pen         pen = { .out = out };

  put_number (out, code->advance); /* nominalWidthX is 0 */
  for (guint i = 0; i < code->n; i++) {
    const DgPdfPart *part = &parts[code->first + i];

    pen.dx = part->x;
    pen.dy = part->y;
    pen.scale = part->scale / (double) DG_PDF_SCALE;
    dg_outline_draw (fonts[part->source], part->glyph, &charstring, &pen);
  }
  put (out, OP_ENDCHAR, 1);
  return out;
}

static void
put_index (GByteArray *out, GPtrArray *items)
{
  guint offset = 1;

  put (out, items->len, 2);
  if (!items->len)
    return;
  put (out, 4, 1);
  for (guint i = 0; i <= items->len; i++) {
    put (out, offset, 4);
    if (i < items->len)
      offset += ((const GByteArray *) items->pdata[i])->len;
  }
  for (guint i = 0; i < items->len; i++) {
    const GByteArray *item = items->pdata[i];

    g_byte_array_append (out, item->data, item->len);
  }
}

static void
put_index_of (GByteArray *out, const char *const *texts, guint n)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 0; i < n; i++) {
    GByteArray *item = g_byte_array_new ();

    g_byte_array_append (item, (const guint8 *) texts[i], (guint) strlen (texts[i]));
    g_ptr_array_add (items, item);
  }
  put_index (out, items);
}

/* An operand of a dictionary, always five bytes, so that lengths are known before offsets are. */
static void
put_operand (GByteArray *out, guint value)
{
  put (out, 29, 1);
  put (out, value, 4);
}

/* Decimal operand: thousandths of an em are the default, other scales need a FontMatrix. */
static void
put_real (GByteArray *out, double value)
{
  g_autofree char *text = g_new0 (char, G_ASCII_DTOSTR_BUF_SIZE);
  guint            nibble = 0, byte = 0;

  g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, "%.9f", value);
  put (out, 30, 1);
  for (const char *p = text;; p++) {
    guint digit = *p == '\0' ? 0xF : *p == '.' ? 0xA : *p == '-' ? 0xE : (guint) (*p - '0');

    byte = byte << 4 | digit;
    if (nibble++ % 2) {
      put (out, byte & 0xFF, 1);
      byte = 0;
      if (*p == '\0')
        break;
    } else if (*p == '\0') {
      put (out, (byte << 4 | 0xF) & 0xFF, 1);
      break;
    }
  }
}

static void
put_matrix (GByteArray *out, guint upem)
{
  for (guint i = 0; i < 6; i++)
    if (i % 3 == 0 && i < 4)
      put_real (out, 1.0 / upem);
    else
      put_number (out, 0);
  put (out, 12 << 8 | 7, 2);
}

typedef struct {
  guint charset, select, charstrings, array, private, private_length;
} Offsets;

static GByteArray *
make_top (const DgPdfProgram *program, const Offsets *at)
{
  GByteArray *top = g_byte_array_new ();

  put_operand (top, 391); /* ROS: the first two own strings, supplement 0 */
  put_operand (top, 392);
  put_operand (top, 0);
  put (top, 12 << 8 | 30, 2);
  put_operand (top, program->n_codes);
  put (top, 12 << 8 | 34, 2); /* CIDCount */
  put_operand (top, at->charset);
  put (top, 15, 1);
  put_operand (top, at->select);
  put (top, 12 << 8 | 37, 2);
  put_operand (top, at->charstrings);
  put (top, 17, 1);
  put_operand (top, at->array);
  put (top, 12 << 8 | 36, 2);
  return top;
}

/* A scale of its own stands here and not in the top dictionary, where validators took the number behind ROS for it. */
static GByteArray *
make_font_dictionary (const DgPdfProgram *program, const Offsets *at)
{
  GByteArray *font = g_byte_array_new ();
  guint       upem = hb_face_get_upem (program->faces[program->main]);

  if (upem != 1000) /* the default */
    put_matrix (font, upem);
  put_operand (font, at->private_length);
  put_operand (font, at->private);
  put (font, 18, 1);
  return font;
}

/* Lays the font out with the offsets known so far and notes where its parts fell: the second time they are right. */
static GByteArray *
lay_out (const DgPdfProgram *program, GPtrArray *charstrings, Offsets *at)
{
  static const char *const names[] = { "Subset" }, *const strings[] = { "Adobe", "Identity" };
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GPtrArray) tops = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GPtrArray) fonts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  put (out, 0x01000404, 4); /* version 1.0, four bytes of header, four an offset */
  put_index_of (out, names, 1);
  g_ptr_array_add (tops, make_top (program, at));
  put_index (out, tops);
  put_index_of (out, strings, 2);
  put_index_of (out, NULL, 0); /* no global subroutines */
  at->charset = out->len;
  put (out, 2, 1); /* one range: CID = glyph */
  put (out, 1, 2);
  put (out, program->n_codes >= 2 ? program->n_codes - 2 : 0, 2);
  at->select = out->len;
  put (out, 3, 1); /* one range: font dictionary 0 */
  put (out, 1, 2);
  put (out, 0, 3);
  put (out, program->n_codes, 2);
  at->charstrings = out->len;
  put_index (out, charstrings);
  at->array = out->len;
  g_ptr_array_add (fonts, make_font_dictionary (program, at));
  put_index (out, fonts);
  at->private = out->len;
  put_number (out, 0);
  put (out, 20, 1); /* defaultWidthX */
  put_number (out, 0);
  put (out, 21, 1); /* nominalWidthX */
  at->private_length = out->len - at->private;
  return out;
}

GBytes *
dg_pdf_cff_new (const DgPdfProgram *program, GError **error)
{
  g_autoptr (GPtrArray) charstrings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GPtrArray) fonts = g_ptr_array_new_with_free_func ((GDestroyNotify) hb_font_destroy);
  DgPdfPart   notdef = { program->main, 0, 0, 0, DG_PDF_SCALE };
  DgPdfCode   first = { program->codes[0].advance, 0, 1 };
  Offsets     at = { 0 };
  GByteArray *out;

  if (program->n_codes < 2) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "nothing to embed");
    return NULL;
  }
  for (guint i = 0; i < program->n_faces; i++) {
    int upem = (int) hb_face_get_upem (program->faces[i]);

    g_ptr_array_add (fonts, hb_font_create (program->faces[i]));
    hb_font_set_scale (fonts->pdata[i], upem, upem);
  }
  g_ptr_array_add (charstrings, make_charstring (&first, &notdef, (hb_font_t *const *) fonts->pdata));
  for (guint i = 1; i < program->n_codes; i++)
    g_ptr_array_add (charstrings, make_charstring (&program->codes[i], program->parts, (hb_font_t *const *) fonts->pdata));
  g_byte_array_unref (lay_out (program, charstrings, &at));
  out = lay_out (program, charstrings, &at);
  return g_byte_array_free_to_bytes (out);
}
