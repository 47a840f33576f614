/* items.c: a paragraph's text cut where script, level, label or face change.
 *
 * Scripts are Pango's, faces those of its fontset.  pango_itemize would take the levels from FriBidi besides, which writes to freed memory
 * where many isolates nest, and look for emoji and for signs that stand upright in vertical text; that costs four times all the rest. */
#include "type/prepared.h"

#include "base/language.h"
#include "type/match.h"

static PangoFontDescription *
make_font (const DgPara *para, gboolean bold, gboolean italic)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, para->family);
  pango_font_description_set_absolute_size (font, DG_FONTS_SIZE * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (font, italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  return font;
}

/* The faces that are asked for a character, in their order. */
typedef struct {
  PangoFontset  *set;
  PangoFont     *first;    /* lent by the set */
  PangoCoverage *coverage; /* of the first */
} Faces;

static gboolean
take_first (PangoFontset *set, PangoFont *font, gpointer data)
{
  (void) set;
  *(PangoFont **) data = font;
  return TRUE;
}

static void
faces_init (Faces *faces, const DgPara *para, PangoContext *context, gboolean bold, gboolean italic)
{
  PangoFontDescription *font = make_font (para, bold, italic);

  faces->set = pango_font_map_load_fontset (pango_context_get_font_map (context), context, font, NULL);
  pango_fontset_foreach (faces->set, take_first, &faces->first);
  faces->coverage = pango_font_get_coverage (faces->first, NULL);
  pango_font_description_free (font);
}

static void
faces_clear (Faces *faces)
{
  g_object_unref (faces->coverage);
  g_object_unref (faces->set);
}

typedef struct {
  gunichar   ch;
  PangoFont *font;  /* lent by the set */
  guint      place; /* in the set */
} Found;

static gboolean
take_if_has (PangoFontset *set, PangoFont *font, gpointer data)
{
  Found *found = data;

  (void) set;
  if (pango_font_has_char (font, found->ch)) {
    found->font = font;
    return TRUE;
  }
  found->place++;
  return FALSE;
}

/* The first face that has the character, else the first of all. */
static Found
find_face (const Faces *faces, gunichar ch)
{
  Found found = { ch, faces->first, 0 };

  if (pango_coverage_get (faces->coverage, (int) ch) == PANGO_COVERAGE_NONE)
    pango_fontset_foreach (faces->set, take_if_has, &found);
  return found;
}

/* TRUE for what is not seen: it is set in whatever face its neighbours are. */
static gboolean
suits_any_face (gunichar ch)
{
  switch (g_unichar_type (ch)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_FORMAT:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR: return TRUE;
  case G_UNICODE_SPACE_SEPARATOR: return ch != 0x1680; /* the Ogham space is a line */
  default: /* variation selectors */ return (ch >= 0xFE00 && ch <= 0xFE0F) || (ch >= 0xE0100 && ch <= 0xE01EF);
  }
}

/* The size of words whose face is not the paragraph's; 0: the paragraph's. */
static double
find_size (const DgPara *para, DgFonts *fonts, PangoFont *font, hb_script_t letters, const char *script)
{
  PangoFontDescription *description;
  double                size;

  if (letters == HB_SCRIPT_ARABIC)
    return para->style.arabic_size;
  if (!para->style.latin_family)
    return 0;
  description = pango_font_describe (font);
  size = dg_match_size (fonts, para->style.latin_family, para->style.latin_size, pango_font_description_get_family (description), script);
  pango_font_description_free (description);
  return size;
}

/* @own: the face is of the paragraph's family. */
static void
add_item (DgPara *para, DgFonts *fonts, PangoFont *font, gboolean own, GUnicodeScript script, guint start, guint end)
{
  gboolean   label = para->bytes[start] < para->style.label_length;
  guint32    iso = g_unicode_script_to_iso15924 (script);
  const char code[5] = { (char) (iso >> 24), (char) (iso >> 16), (char) (iso >> 8), (char) iso, '\0' };
  DgItem     item = { 0 };
  double     asked;

  item.script = hb_script_from_iso15924_tag (iso);
  item.joined = g_strcmp0 (dg_script_value (code, "joined"), "yes") == 0;
  item.latin = item.script == HB_SCRIPT_LATIN || item.script == HB_SCRIPT_GREEK || item.script == HB_SCRIPT_CYRILLIC;
  item.solid = g_strcmp0 (dg_script_value (code, "solid"), "yes") == 0;
  item.widens = g_strcmp0 (dg_script_value (code, "widens"), "yes") == 0;
  asked = item.latin ? para->style.latin_size : own ? 0 : find_size (para, fonts, font, item.script, code);
  item.size = asked > 0 ? asked : para->style.size;
  item.font = g_object_ref (font);
  item.hb = dg_fonts_at_size (item.font, item.size);
  item.start = start;
  item.end = end;
  item.level = para->levels[start];
  item.language = hb_language_from_string (para->lang, -1);
  item.small_caps = para->style.small_caps && item.latin;
  item.tracking = item.joined ? 0 : para->style.tracking * item.size;
  item.colour = label ? para->style.label_colour : para->style.colour;
  g_array_append_val (para->items, item);
}

/* Cuts text[start, end), which is of one script, where level, label or face change.  Spaces go with the face before them, or with the one after
 * where that comes before it in the set. */
static void
add_items (DgPara *para, DgFonts *fonts, const Faces *text_faces, const Faces *label_faces, GUnicodeScript script, guint start, guint end)
{
  while (start < end) {
    gboolean     label = para->bytes[start] < para->style.label_length;
    const Faces *faces = label ? label_faces : text_faces;
    Found        here = { 0, NULL, 0 };
    guint        i, seen = start; /* the end of what is seen */

    for (i = start; i < end && para->levels[i] == para->levels[start] && (para->bytes[i] < para->style.label_length) == label; i++) {
      Found found;

      if (suits_any_face (para->chars[i]))
        continue;
      found = find_face (faces, para->chars[i]);
      if (here.font && found.font != here.font) {
        i = found.place < here.place ? seen : i;
        break;
      }
      here = found;
      seen = i + 1;
    }
    add_item (para, fonts, here.font ? here.font : faces->first, !here.font || here.font == faces->first, script, start, i);
    start = i;
  }
}

void
dg_items_make (DgPara *para, DgFonts *fonts, PangoContext *context)
{
  PangoScriptIter *scripts = pango_script_iter_new (para->text, (int) para->bytes[para->n]);
  Faces            text_faces, label_faces;
  guint            start = 0;

  dg_fonts_need (fonts, para->text, -1);
  faces_init (&text_faces, para, context, para->style.bold, para->style.italic);
  faces_init (&label_faces, para, context, TRUE, FALSE);
  do {
    const char *stop;
    PangoScript script;
    guint       end = start;

    pango_script_iter_get_range (scripts, NULL, &stop, &script);
    while (para->bytes[end] < (gsize) (stop - para->text))
      end++;
    add_items (para, fonts, &text_faces, &label_faces, (GUnicodeScript) script, start, end);
    start = end;
  } while (pango_script_iter_next (scripts));
  faces_clear (&label_faces);
  faces_clear (&text_faces);
  pango_script_iter_free (scripts);
}
