/* items.c: a paragraph's text cut where script, level, label or face change.
 *
 * Pango itemises: it knows scripts, what is one emoji, and which of a fontset's faces has a character.  Two things are not its own.  Levels are
 * ours (bidi.h): Pango's come from FriBidi, which reads freed memory on unbalanced isolates and recurses once a pair of brackets, so it is
 * given a copy without bidi controls, a few thousand brackets at a time, and its items are cut again where our levels change.  And which family a
 * stretch is asked of is told by attributes: the label's, and that of phrases in another script (phrases.h). */
#include "type/prepared.h"

#include <string.h>

#include "base/language.h"
#include "type/match.h"
#include "type/phrases.h"

#define BRACKETS_MAX 2000 /* that FriBidi is given at once */

/* What Pango is given */

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

/* Puts @with, of as many bytes as the character at @i, in its place. */
static void
replace (const DgPara *para, char *copy, guint i, const char *with)
{
  memcpy (copy + para->bytes[i], with, para->bytes[i + 1] - para->bytes[i]);
}

/* The text as Pango is to see it, byte for byte in the same places.  Bidi controls are characters without width; of signs that Unicode counts
 * as formatting but that are seen, for which Pango would ask no face, a letter of their script stands. */
static char *
dup_text (const DgPara *para)
{
  char *copy = g_strdup (para->text);

  for (guint i = 0; i < para->n; i++) {
    gunichar ch = para->chars[i];

    if ((ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069) || ch == 0x200E || ch == 0x200F)
      replace (para, copy, i, "\u2060");
    else if (ch == 0x061C)
      replace (para, copy, i, "\u00AD");
    else if ((ch >= 0x0600 && ch <= 0x0605) || ch == 0x06DD)
      replace (para, copy, i, "\u0627");
    else if (ch == 0x070F)
      replace (para, copy, i, "\u0710");
    else if (ch == 0x08E2)
      replace (para, copy, i, "\u08A0");
  }
  return copy;
}

static void
insert (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

static PangoAttrList *
make_attributes (const DgPara *para, DgFonts *fonts, const PangoFontDescription *text, const PangoFontDescription *label)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autoptr (GArray) phrases = dg_phrases_find (para, fonts);
  guint length = para->bytes[para->n], split = (guint) MIN (para->style.label_length, length);

  if (split > 0)
    insert (attributes, pango_attr_font_desc_new (label), 0, split);
  if (split < length)
    insert (attributes, pango_attr_font_desc_new (text), split, length);
  for (guint i = 0; i < phrases->len; i++) {
    const DgPhrase *phrase = &g_array_index (phrases, DgPhrase, i);

    insert (attributes, pango_attr_family_new (phrase->family), para->bytes[phrase->start], para->bytes[phrase->end]);
  }
  return attributes;
}

/* What is made of its answer */

static gboolean
take_first (PangoFontset *set, PangoFont *font, gpointer data)
{
  (void) set;
  *(PangoFont **) data = font;
  return TRUE;
}

/* The face of the paragraph's own family.  Lent by the font map. */
static PangoFont *
find_own (PangoContext *context, const PangoFontDescription *description)
{
  PangoFontset *set = pango_font_map_load_fontset (pango_context_get_font_map (context), context, description, NULL);
  PangoFont    *first = NULL;

  pango_fontset_foreach (set, take_first, &first);
  g_object_unref (set);
  return first;
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

/* A stretch of one face and script that grows while Pango's items have both; it is cut where ours must be. */
typedef struct {
  DgPara        *para;
  DgFonts       *fonts;
  PangoFont     *text_own, *label_own;
  PangoFont     *font; /* NULL: there is no stretch */
  GUnicodeScript script;
  guint          start, end; /* characters */
} Stretch;

static void
add_stretch (Stretch *stretch)
{
  const DgPara *para = stretch->para;
  guint         start = stretch->start;

  while (stretch->font != NULL && start < stretch->end) {
    gboolean label = para->bytes[start] < para->style.label_length;
    guint    end = start + 1;

    while (end < stretch->end && para->levels[end] == para->levels[start] && (para->bytes[end] < para->style.label_length) == label)
      end++;
    add_item (stretch->para, stretch->fonts, stretch->font, stretch->font == (label ? stretch->label_own : stretch->text_own), stretch->script, start, end);
    start = end;
  }
  g_clear_object (&stretch->font);
}

static void
take_item (Stretch *stretch, const PangoItem *item)
{
  const DgPara  *para = stretch->para;
  PangoFont     *font = item->analysis.font;
  GUnicodeScript script = (GUnicodeScript) item->analysis.script;
  guint          end = stretch->end, stop = (guint) (item->offset + item->length);

  while (end < para->n && para->bytes[end] < stop)
    end++;
  if (stretch->font != font || stretch->script != script) {
    add_stretch (stretch);
    stretch->font = g_object_ref (font);
    stretch->script = script;
    stretch->start = stretch->end;
  }
  stretch->end = end;
}

/* Where what FriBidi can be given ends, from @start on. */
static guint
find_end (const DgPara *para, guint start)
{
  guint brackets = 0;

  while (start < para->n && brackets < BRACKETS_MAX) {
    GUnicodeType type = g_unichar_type (para->chars[start++]);

    brackets += type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_CLOSE_PUNCTUATION;
  }
  return start;
}

void
dg_items_make (DgPara *para, DgFonts *fonts, PangoContext *context)
{
  PangoFontDescription *text = make_font (para, para->style.bold, para->style.italic), *label = make_font (para, TRUE, FALSE);
  g_autofree char      *copy = dup_text (para);
  PangoAttrList        *attributes;
  Stretch               stretch = { para, fonts, NULL, NULL, NULL, G_UNICODE_SCRIPT_UNKNOWN, 0, 0 };

  dg_fonts_need (fonts, para->text, -1);
  attributes = make_attributes (para, fonts, text, label);
  stretch.text_own = find_own (context, text);
  stretch.label_own = find_own (context, label);
  for (guint start = 0, end; start < para->n; start = end) {
    GList *items;

    end = find_end (para, start);
    items = pango_itemize_with_base_dir (context, para->base % 2 ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR, copy, (int) para->bytes[start],
                                         (int) (para->bytes[end] - para->bytes[start]), attributes, NULL);
    for (GList *node = items; node != NULL; node = node->next)
      take_item (&stretch, node->data);
    g_list_free_full (items, (GDestroyNotify) pango_item_free);
  }
  add_stretch (&stretch);
  pango_attr_list_unref (attributes);
  pango_font_description_free (label);
  pango_font_description_free (text);
}
