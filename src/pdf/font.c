/* font.c: see font.h.  The font programs themselves are made by glyf.c (TrueType outlines) and cff.c (others). */
#include "pdf/font.h"
#include "base/number.h"

#include <hb-ot.h>
#include <libdeflate.h>
#include <string.h>

#include "diglot.h"
#include "pdf/program.h"

/* Codes and the outlines they are composed of share the 65535 glyphs of one font program. */
#define MAX_CODES 30000

/* Everything a code is.  One that is kept is followed by its parts and its text. */
typedef struct {
  int              advance;
  guint            n_parts;
  gsize            length;
  const DgPdfPart *parts;
  const char      *text;
} Key;

/* A glyph's advance that was asked for before: letters come again and again. */
typedef struct {
  guint32 glyph;
  int     advance;
} Advance;

/* A code that was asked for before, likewise. */
typedef struct {
  const Key *key;
  guint      code;
} Recent;

struct DgPdfFont {
  GPtrArray  *faces; /* hb_face_t*, the document's */
  guint       main;
  hb_face_t  *face; /* the main one */
  hb_font_t  *font; /* it, scaled to font units */
  guint       upem;
  Advance     advances[256]; /* by the glyph's last eight bits */
  GArray     *codes;         /* DgPdfCode; [0] is .notdef */
  GArray     *parts;         /* DgPdfPart */
  GPtrArray  *texts;         /* const char*, one a code; a key's */
  GHashTable *index;         /* Key* → the code's number */
  Recent      recent[256];   /* some of them, by the last eight bits of the first glyph */
};

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;
  guint      hash = (guint) key->advance;

  for (guint i = 0; i < key->n_parts; i++)
    hash = ((hash * 31 + key->parts[i].glyph) * 31 + (guint) key->parts[i].x) * 31 + (guint) key->parts[i].y;
  for (gsize i = 0; i < key->length; i++)
    hash = hash * 31 + (guchar) key->text[i];
  return hash;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *p = a, *q = b;

  return p->advance == q->advance && p->n_parts == q->n_parts && p->length == q->length && memcmp (p->parts, q->parts, p->n_parts * sizeof *p->parts) == 0
         && memcmp (p->text, q->text, p->length) == 0;
}

static Key *
dup_key (const Key *key)
{
  gsize      parts = key->n_parts * sizeof *key->parts;
  Key       *kept = g_malloc (sizeof *kept + parts + key->length + 1);
  DgPdfPart *kept_parts = (DgPdfPart *) (kept + 1);
  char      *kept_text = (char *) (kept_parts + key->n_parts);

  memcpy (kept_parts, key->parts, parts);
  memcpy (kept_text, key->text, key->length);
  kept_text[key->length] = '\0';
  *kept = (Key){ key->advance, key->n_parts, key->length, kept_parts, kept_text };
  return kept;
}

DgPdfFont *
dg_pdf_font_new (GPtrArray *faces, guint main)
{
  DgPdfFont *self = g_new0 (DgPdfFont, 1);
  DgPdfCode  notdef = { 0, 0, 0 };

  self->faces = g_ptr_array_ref (faces);
  self->main = main;
  self->face = hb_face_reference (faces->pdata[main]);
  self->font = hb_font_create (self->face);
  self->upem = MAX (1, hb_face_get_upem (self->face));
  hb_font_set_scale (self->font, (int) self->upem, (int) self->upem);
  for (guint i = 0; i < G_N_ELEMENTS (self->advances); i++)
    self->advances[i].glyph = G_MAXUINT32;
  self->codes = g_array_new (FALSE, FALSE, sizeof (DgPdfCode));
  self->parts = g_array_new (FALSE, FALSE, sizeof (DgPdfPart));
  self->texts = g_ptr_array_new ();
  self->index = g_hash_table_new_full (hash_key, equal_keys, g_free, NULL);
  notdef.advance = hb_font_get_glyph_h_advance (self->font, 0);
  g_array_append_val (self->codes, notdef);
  g_ptr_array_add (self->texts, (gpointer) "");
  return self;
}

void
dg_pdf_font_free (DgPdfFont *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->parts);
  g_array_unref (self->codes);
  hb_font_destroy (self->font);
  hb_face_destroy (self->face);
  g_ptr_array_unref (self->faces);
  g_free (self);
}

guint
dg_pdf_font_upem (const DgPdfFont *self)
{
  return self->upem;
}

int
dg_pdf_font_advance (DgPdfFont *self, guint32 glyph)
{
  Advance *known = &self->advances[glyph % G_N_ELEMENTS (self->advances)];

  if (known->glyph != glyph)
    *known = (Advance){ glyph, CLAMP (hb_font_get_glyph_h_advance (self->font, glyph), 0, G_MAXUINT16) };
  return known->advance;
}

/* The code for @key, made where there is none; 0 where there is no room. */
static Recent
find_code (DgPdfFont *self, const Key *key)
{
  DgPdfCode code = { key->advance, self->parts->len, key->n_parts };
  gpointer  known, number;
  Key      *kept;

  if (g_hash_table_lookup_extended (self->index, key, &known, &number))
    return (Recent){ known, GPOINTER_TO_UINT (number) };
  if (self->codes->len >= MAX_CODES)
    return (Recent){ NULL, 0 };
  kept = dup_key (key);
  g_hash_table_insert (self->index, kept, GUINT_TO_POINTER (self->codes->len));
  g_array_append_vals (self->parts, key->parts, key->n_parts);
  g_array_append_val (self->codes, code);
  g_ptr_array_add (self->texts, (gpointer) kept->text);
  return (Recent){ kept, self->codes->len - 1 };
}

guint
dg_pdf_font_code (DgPdfFont *self, const DgPdfPart *parts, guint n_parts, int advance, const char *text, gsize length)
{
  Key     key = { CLAMP (advance, 0, G_MAXUINT16), n_parts, length, parts, text };
  Recent *recent = &self->recent[n_parts > 0 ? parts[0].glyph % G_N_ELEMENTS (self->recent) : 0];

  if (!recent->key || !equal_keys (recent->key, &key))
    *recent = find_code (self, &key);
  return recent->code;
}

static int
code_advance (const DgPdfFont *self, guint code)
{
  return g_array_index (self->codes, DgPdfCode, code).advance;
}

gboolean
dg_pdf_font_is_empty (const DgPdfFont *self)
{
  return self->codes->len < 2;
}

static const char *
text_at (const DgPdfFont *self, guint code)
{
  return code < self->texts->len ? self->texts->pdata[code] : "";
}

/* The CMap that gives every code its text (ISO 32000-1 9.10.3): a range with a list of texts for each stretch of codes that have one;
 * the codes of a range have the first byte in common. */
static guint
write_to_unicode (DgPdfFont *self, DgPdf *pdf)
{
  g_autoptr (GString) map = g_string_new ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                                          "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                                          "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                                          "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");

  for (guint first = 1, end; first < self->texts->len; first = end) {
    for (end = first; *text_at (self, end) && end >> 8 == first >> 8;)
      end++;
    if (end == first) /* it says nothing */
    {
      end++;
      continue;
    }
    g_string_append (map, "1 beginbfrange\n<");
    dg_pdf_append_hex (map, first);
    g_string_append (map, "> <");
    dg_pdf_append_hex (map, end - 1);
    g_string_append (map, "> [");
    for (guint code = first; code < end; code++) {
      g_string_append_c (map, '<');
      dg_pdf_append_utf16 (map, text_at (self, code), -1);
      g_string_append_c (map, '>');
    }
    g_string_append (map, "]\nendbfrange\n");
  }
  g_string_append (map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
  return dg_pdf_add_stream (pdf, "", map->str, map->len);
}

/* The face's PostScript name behind a tag made of what is embedded (ISO 32000-1 9.6.4). */
static char *
dup_name (DgPdfFont *self, GBytes *program)
{
  char         name[128], clean[128];
  unsigned int length = sizeof name;
  guint        n = 0;
  guint32      tag = libdeflate_crc32 (0, g_bytes_get_data (program, NULL), g_bytes_get_size (program));
  GString     *out = g_string_new (NULL);

  for (guint i = 0; i < 6; i++, tag /= 26)
    g_string_append_c (out, (char) ('A' + tag % 26));
  hb_ot_name_get_utf8 (self->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length, name);
  for (const char *p = name; *p && n < sizeof clean - 1; p++)
    if (g_ascii_isalnum (*p) || *p == '-' || *p == '_')
      clean[n++] = *p;
  clean[n] = '\0';
  g_string_append_printf (out, "+%s", n ? clean : "Font");
  return g_string_free (out, FALSE);
}

static void
append_metric (GString *out, const char *key, DgPdfFont *self, double units)
{
  g_string_append_printf (out, " /%s ", key);
  dg_number_append (out, units * 1000 / dg_pdf_font_upem (self), 0);
}

static guint
write_descriptor (DgPdfFont *self, DgPdf *pdf, const char *name, const char *program_key, guint program)
{
  g_autoptr (GString) body = g_string_new (NULL);
  hb_font_extents_t extents = { 0 };
  hb_position_t     cap = 0, angle;
  gint16            box[4] = { 0, 0, 0, 0 };
  unsigned int      head_length;
  hb_blob_t        *head = hb_face_reference_table (self->face, HB_TAG ('h', 'e', 'a', 'd'));
  const guint8     *bytes = (const guint8 *) hb_blob_get_data (head, &head_length);

  if (head_length >= 44)
    for (guint i = 0; i < 4; i++)
      box[i] = (gint16) (bytes[36 + 2 * i] << 8 | bytes[37 + 2 * i]);
  hb_blob_destroy (head);
  hb_font_get_h_extents (self->font, &extents);
  if (!hb_ot_metrics_get_position (self->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &cap) || cap <= 0)
    cap = extents.ascender;
  angle = (int) hb_style_get_value (self->font, HB_STYLE_TAG_SLANT_ANGLE);

  /* Symbolic: the codes are our own, not those of a standard Latin set. */
  g_string_append_printf (body, "<< /Type /FontDescriptor /FontName /%s /Flags %d /ItalicAngle %d", name, angle ? 4 | 64 : 4, angle);
  g_string_append (body, " /FontBBox [");
  for (guint i = 0; i < 4; i++) {
    g_string_append_c (body, ' ');
    dg_number_append (body, box[i] * 1000.0 / dg_pdf_font_upem (self), 0);
  }
  g_string_append (body, " ]");
  append_metric (body, "Ascent", self, extents.ascender);
  append_metric (body, "Descent", self, extents.descender);
  append_metric (body, "CapHeight", self, cap);
  g_string_append_printf (body, " /StemV 80 /%s %u 0 R >>", program_key, program);
  return dg_pdf_add (pdf, body);
}

guint
dg_pdf_font_write (DgPdfFont *self, DgPdf *pdf, GError **error)
{
  DgPdfProgram program = { (hb_face_t *const *) self->faces->pdata,          self->faces->len, self->main,
                           (const DgPdfCode *) (gpointer) self->codes->data, self->codes->len, (const DgPdfPart *) (gpointer) self->parts->data };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *entries = NULL, *name = NULL;
  gboolean         truetype = dg_pdf_program_is_glyf (&program);
  guint            stream, descriptor, descendant, to_unicode;

  bytes = truetype ? dg_pdf_glyf_new (&program, error) : dg_pdf_cff_new (&program, error);
  if (!bytes)
    return 0;
  name = dup_name (self, bytes);
  entries = truetype ? g_strdup_printf ("/Length1 %" G_GSIZE_FORMAT, g_bytes_get_size (bytes)) : g_strdup ("/Subtype /CIDFontType0C");
  stream = dg_pdf_add_stream (pdf, entries, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  descriptor = write_descriptor (self, pdf, name, truetype ? "FontFile2" : "FontFile3", stream);

  g_string_append_printf (body,
                          "<< /Type /Font /Subtype /%s /BaseFont /%s /FontDescriptor %u 0 R%s"
                          " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [ 0 [",
                          truetype ? "CIDFontType2" : "CIDFontType0", name, descriptor, truetype ? " /CIDToGIDMap /Identity" : "");
  for (guint i = 0; i < self->codes->len; i++) {
    g_string_append_c (body, ' ');
    dg_number_append (body, code_advance (self, i) * 1000.0 / dg_pdf_font_upem (self), 3);
  }
  g_string_append (body, " ] ] >>");
  descendant = dg_pdf_add (pdf, body);
  to_unicode = write_to_unicode (self, pdf);
  return dg_pdf_addf (pdf,
                      "<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [ %u 0 R ]"
                      " /ToUnicode %u 0 R >>",
                      name, descendant, to_unicode);
}
