/* rules_font.c: the rules of PDF/A and PDF/UA about fonts and what their codes mean. */
#include "rules.h"

#include <hb.h>
#include <math.h>
#include <string.h>

static gboolean
is_font (const PdfFile *file, JsonNode *dictionary)
{
  return strcmp (pdf_get_text (file, dictionary, "/Type"), "/Font") == 0;
}

static gboolean
is_composite (const PdfFile *file, JsonNode *font)
{
  return strcmp (pdf_get_text (file, font, "/Subtype"), "/Type0") == 0;
}

static void
see_font (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const types[] = { "/Type0", "/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2", NULL };
  const char              *type = pdf_get_text (judge->file, dictionary, "/Subtype");

  if (!is_font (judge->file, dictionary))
    return;
  if (!g_strv_contains (types, type))
    wrong (judge, "font %s is of type %s", ref, type);
  if (!*pdf_get_text (judge->file, dictionary, "/BaseFont"))
    wrong (judge, "font %s has no name", ref);
}

static void
check_fonts (Judge *judge)
{
  each_dictionary (judge, see_font);
}

static void
see_system (Judge *judge, const char *ref, JsonNode *dictionary)
{
  const char *encoding = pdf_get_text (judge->file, dictionary, "/Encoding");

  if (is_font (judge->file, dictionary) && is_composite (judge->file, dictionary) && strcmp (encoding, "/Identity-H") != 0
      && strcmp (encoding, "/Identity-V") != 0 && !pdf_get (judge->file, pdf_get (judge->file, dictionary, "/Encoding"), "/CMapName"))
    wrong (judge, "font %s has the encoding %s, which is not embedded", ref, encoding);
  if (is_font (judge->file, dictionary) && g_str_has_prefix (pdf_get_text (judge->file, dictionary, "/Subtype"), "/CIDFontType")
      && !*pdf_get_text (judge->file, pdf_get (judge->file, dictionary, "/CIDSystemInfo"), "/Ordering"))
    wrong (judge, "font %s has no character collection", ref);
}

static void
check_encodings (Judge *judge)
{
  each_dictionary (judge, see_system);
}

static void
see_map (Judge *judge, const char *ref, JsonNode *dictionary)
{
  JsonNode *map = pdf_get (judge->file, dictionary, "/CIDToGIDMap");

  if (strcmp (pdf_get_text (judge->file, dictionary, "/Subtype"), "/CIDFontType2") == 0
      && (!map || (!JSON_NODE_HOLDS_OBJECT (map) && g_strcmp0 (pdf_text (map), "/Identity") != 0)))
    wrong (judge, "font %s has no CIDToGIDMap", ref);
}

static void
check_maps (Judge *judge)
{
  each_dictionary (judge, see_map);
}

/* A font is symbolic or not, and italic where it leans (ISO 32000-1 9.8.2). */
static void
see_flags (Judge *judge, const char *ref, JsonNode *descriptor)
{
  double flags = 0, angle = 0;
  guint  bits;

  if (!pdf_number (pdf_get (judge->file, descriptor, "/Flags"), &flags) || !pdf_number (pdf_get (judge->file, descriptor, "/ItalicAngle"), &angle)) {
    wrong (judge, "the descriptor of font %s has no flags or no angle", ref);
    return;
  }
  bits = (guint) flags;
  if (((bits & 4) != 0) == ((bits & 32) != 0))
    wrong (judge, "font %s is symbolic and not, or neither", ref);
  if (((bits & 64) != 0) != (angle < 0 || angle > 0))
    wrong (judge, "font %s leans by %g and has flags %u", ref, angle, bits);
}

static void
see_program (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const keys[] = { "/FontFile", "/FontFile2", "/FontFile3" };
  JsonNode                *descriptor = pdf_get (judge->file, dictionary, "/FontDescriptor");
  guint                    n = 0;

  if (!is_font (judge->file, dictionary) || is_composite (judge->file, dictionary)
      || strcmp (pdf_get_text (judge->file, dictionary, "/Subtype"), "/Type3") == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GBytes) program = pdf_stream (judge->file, pdf_get_raw (descriptor, keys[i]));

    n += program && g_bytes_get_size (program) > 0;
  }
  if (n != 1)
    wrong (judge, "font %s has %u font programs", ref, n);
  see_flags (judge, ref, descriptor);
}

static void
check_programs (Judge *judge)
{
  each_dictionary (judge, see_program);
}

/* The widths in /W of the form [ first [ w w … ] … ], which is the only one that is read here. */
static void
see_widths (Judge *judge, const char *ref, JsonNode *dictionary)
{
  JsonNode *widths = pdf_get (judge->file, dictionary, "/W");
  g_autoptr (GBytes) program = pdf_stream (judge->file, pdf_get_raw (pdf_get (judge->file, dictionary, "/FontDescriptor"), "/FontFile2"));
  hb_blob_t *blob;
  hb_face_t *face;
  hb_font_t *font;
  double     upem, first, width;

  if (!program || !widths)
    return;
  blob = hb_blob_create (g_bytes_get_data (program, NULL), (unsigned int) g_bytes_get_size (program), HB_MEMORY_MODE_READONLY, NULL, NULL);
  face = hb_face_create (blob, 0);
  font = hb_font_create (face);
  upem = hb_face_get_upem (face);
  hb_font_set_scale (font, (int) upem, (int) upem);
  for (guint i = 0; i + 1 < pdf_length (widths); i += 2) {
    JsonNode *list = pdf_item (judge->file, widths, i + 1);

    pdf_number (pdf_item (judge->file, widths, i), &first);
    for (guint k = 0; k < pdf_length (list); k++)
      if (!pdf_number (pdf_item (judge->file, list, k), &width)
          || fabs (width - hb_font_get_glyph_h_advance (font, (hb_codepoint_t) first + k) * 1000 / upem) > 1)
        wrong (judge, "font %s: code %.0f is %.1f wide in the file and %.1f in its program", ref, first + k, width,
               hb_font_get_glyph_h_advance (font, (hb_codepoint_t) first + k) * 1000 / upem);
  }
  hb_font_destroy (font);
  hb_face_destroy (face);
  hb_blob_destroy (blob);
}

static void
check_widths (Judge *judge)
{
  each_dictionary (judge, see_widths);
}

/* Codes */

static guint
code_of (const GString *string)
{
  return string->len == 2 ? (guint) (guchar) string->str[0] << 8 | (guchar) string->str[1] : 0;
}

/* What a ToUnicode CMap gives each code: code → text as UTF-16.  Read are bfchar and bfrange with a list of texts. */
static GHashTable *
read_to_unicode (const PdfFile *file, JsonNode *font)
{
  g_autoptr (GBytes) map = pdf_stream (file, pdf_get_raw (font, "/ToUnicode"));
  GHashTable *texts;
  Token       token = { TOKEN_OTHER, NULL };
  guint       code = 0, n = 0;
  gboolean    pairs = FALSE, ranges = FALSE, list = FALSE;

  if (!map)
    return NULL;
  token.text = g_string_new (NULL);
  texts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  for (gsize at = 0; pdf_next_token (map, &at, &token), token.kind != TOKEN_END;) {
    if (token.kind == TOKEN_OPERATOR) {
      pairs = strcmp (token.text->str, "beginbfchar") == 0;
      ranges = strcmp (token.text->str, "beginbfrange") == 0;
      n = 0;
    }
    if (token.kind == TOKEN_OTHER) {
      list = ranges && strcmp (token.text->str, "[") == 0;
      n = 0;
    }
    if (token.kind != TOKEN_STRING)
      continue;
    if (list || (pairs && n % 2 == 1))
      g_hash_table_insert (texts, GUINT_TO_POINTER (code++), g_bytes_new (token.text->str, token.text->len));
    else if (n % 2 == 0)
      code = code_of (token.text);
    n++;
  }
  g_string_free (token.text, TRUE);
  return texts;
}

/* A font's map, read once; NULL where it has none. */
static GHashTable *
texts_of (Judge *judge, JsonNode *font)
{
  gpointer known;

  if (g_hash_table_lookup_extended (judge->maps, font, NULL, &known))
    return known;
  known = read_to_unicode (judge->file, font);
  g_hash_table_insert (judge->maps, font, known);
  return known;
}

/* Calls @see for each code that is shown, with what it means: NULL for nothing. */
typedef void (*SeeCode) (Judge *judge, const Step *step, guint code, GBytes *text);

static void
see_codes (Judge *judge, const Step *step, SeeCode see)
{
  static const char *const shows[] = { "Tj", "TJ", "'", "\"", NULL };
  GHashTable              *texts;

  if (!g_strv_contains (shows, step->operator) || !step->font || !is_composite (judge->file, step->font))
    return;
  texts = texts_of (judge, step->font);
  for (gsize i = 0; i + 1 < step->codes->len; i += 2) {
    guint code = (guint) (guchar) step->codes->str[i] << 8 | (guchar) step->codes->str[i + 1];

    see (judge, step, code, texts ? g_hash_table_lookup (texts, GUINT_TO_POINTER (code)) : NULL);
  }
}

static void
need_text (Judge *judge, const Step *step, guint code, GBytes *text)
{
  if (!text || g_bytes_get_size (text) == 0)
    wrong (judge, "code %04X of %s on page %u means nothing", code, pdf_get_text (judge->file, step->font, "/BaseFont"), step->page + 1);
}

static void
need_good_text (Judge *judge, const Step *step, guint code, GBytes *text)
{
  gsize         length = 0;
  const guint8 *units = text ? g_bytes_get_data (text, &length) : NULL;

  for (gsize i = 0; i + 1 < length; i += 2) {
    guint unit = (guint) units[i] << 8 | units[i + 1];

    if (unit == 0 || unit == 0xFEFF || unit >= 0xFFFE || (unit >= 0xE000 && unit <= 0xF8FF))
      wrong (judge, "code %04X of %s means U+%04X", code, pdf_get_text (judge->file, step->font, "/BaseFont"), unit);
  }
}

static void
need_glyph (Judge *judge, const Step *step, guint code, GBytes *text)
{
  (void) text;
  if (code == 0)
    wrong (judge, "page %u shows .notdef of %s", step->page + 1, pdf_get_text (judge->file, step->font, "/BaseFont"));
}

static void
see_meaning (Judge *judge, const Step *step)
{
  see_codes (judge, step, need_text);
}

static void
see_good_meaning (Judge *judge, const Step *step)
{
  see_codes (judge, step, need_good_text);
}

static void
see_glyphs (Judge *judge, const Step *step)
{
  see_codes (judge, step, need_glyph);
}

static void
check_meaning (Judge *judge)
{
  each_operator (judge, see_meaning);
}

static void
check_good_meaning (Judge *judge)
{
  each_operator (judge, see_good_meaning);
}

static void
check_glyphs (Judge *judge)
{
  each_operator (judge, see_glyphs);
}

const Rule font_rules[] = {
  { "A 6.2.11.2", "fonts of known types, with names, none of Type 3", check_fonts },
  { "A 6.2.11.3.2", "a CIDToGIDMap for TrueType outlines", check_maps },
  { "A 6.2.11.3.3", "encodings that are known or embedded", check_encodings },
  { "A 6.2.11.4.1", "an embedded program for every font", check_programs },
  { "A 6.2.11.5", "widths that agree with the programs", check_widths },
  { "A 6.2.11.7.2", "a meaning for every code that is shown", check_meaning },
  { "A 6.2.11.7.3", "meanings that are characters, none private", check_good_meaning },
  { "A 6.2.11.8", "no .notdef", check_glyphs },
  { "UA 31-004", "a character collection and an encoding that are known", check_encodings },
  { "UA 31-005", "a CIDToGIDMap for TrueType outlines", check_maps },
  { "UA 31-009", "an embedded program for every font", check_programs },
  { "UA 31-016", "widths that agree with the programs", check_widths },
  { "UA 31-027", "a meaning for every code that is shown", check_meaning },
  { "UA 31-028", "meanings that are characters", check_good_meaning },
  { "UA 31-030", "no .notdef", check_glyphs },
  { "X fonts", "an embedded program for every font", check_programs },
  { "X types", "fonts of known types, none of Type 3 from our hand", check_fonts },
  { NULL, NULL, NULL },
};
