/* para.c: what does not depend on the measure: characters, levels, items, glyphs, break opportunities.
 * Pango itemises (face, script), FriBidi gives the levels, HarfBuzz shapes each item once. */
#include "para_private.h"

#include <hb.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <unicode/uchar.h>
#include "bidi.h"
#include "utf.h"

#define BRACKETS  2000         /* in a paragraph; a text has a few */
#define LABEL_GAP 0.28         /* em between a label and a text typed without a space after it */

static void
item_clear (gpointer data)
{
  g_clear_object (&((DgItem *) data)->font);
}

static void
read_text (DgPara *para, const char *text)
{
  glong n = 0;
  const char *p;

  para->text = g_utf8_make_valid (text, -1);
  para->chars = g_utf8_to_ucs4_fast (para->text, -1, &n);
  para->n = (guint) n;
  para->bytes = g_new (guint, para->n + 1);
  p = para->text;
  for (guint i = 0; i <= para->n; i++) {
    para->bytes[i] = (guint) (p - para->text);
    if (i < para->n)
      p = g_utf8_next_char (p);
  }
}

static PangoAttrList *
make_attributes (const DgPara *para, PangoFontDescription *main_font, PangoFontDescription *label_font)
{
  PangoAttrList *list = pango_attr_list_new ();
  PangoAttribute *attribute;

  attribute = pango_attr_language_new (pango_language_from_string (para->lang));
  pango_attr_list_insert (list, attribute);
  attribute = pango_attr_font_desc_new (main_font);
  pango_attr_list_insert (list, attribute);
  if (para->style.label_length > 0) {
    attribute = pango_attr_font_desc_new (label_font);
    attribute->start_index = 0;
    attribute->end_index = (guint) para->style.label_length;
    pango_attr_list_insert (list, attribute);
  }
  return list;
}

static PangoFontDescription *
make_font (const DgPara *para, gboolean bold, gboolean italic)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, para->family);
  pango_font_description_set_absolute_size (font, para->style.size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (font, italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  return font;
}

static hb_script_t
item_script (const PangoItem *item)
{
  GUnicodeScript script = (GUnicodeScript) item->analysis.script;

  return hb_script_from_iso15924_tag ((hb_tag_t) g_unicode_script_to_iso15924 (script));
}

/* The face at the size that words of its script have beside the paragraph's own: matched sizes, not equal ones. */
static PangoFont *
resize (PangoContext *context, PangoFont *font, double size)
{
  PangoFontDescription *description = pango_font_describe_with_absolute_size (font);
  PangoFont *resized;

  pango_font_description_set_absolute_size (description, size * PANGO_SCALE);
  resized = pango_context_load_font (context, description);
  pango_font_description_free (description);
  return resized ? resized : g_object_ref (font);
}

static void
add_item (DgPara *para, PangoContext *context, const PangoItem *from, guint start, guint end, guint8 level)
{
  gboolean label = para->bytes[start] < para->style.label_length;
  DgItem item = { 0 };
  double asked;

  item.script = item_script (from);
  item.joined = item.script == HB_SCRIPT_ARABIC || item.script == HB_SCRIPT_SYRIAC || item.script == HB_SCRIPT_NKO;
  item.widens = item.script == HB_SCRIPT_LATIN || item.script == HB_SCRIPT_GREEK || item.script == HB_SCRIPT_CYRILLIC;
  asked = item.joined ? para->style.arabic_size : item.widens ? para->style.latin_size : 0;
  item.size = asked > 0 ? asked : para->style.size;
  item.font = item.size != para->style.size ? resize (context, from->analysis.font, item.size) : g_object_ref (from->analysis.font);
  item.hb = pango_font_get_hb_font (item.font);
  item.start = start;
  item.end = end;
  item.level = level;
  item.language = hb_language_from_string (para->lang, -1);
  item.small_caps = para->style.small_caps && item.widens;
  item.tracking = item.joined ? 0 : para->style.tracking * item.size;
  item.colour = label ? para->style.label_colour : para->style.colour;
  g_array_append_val (para->items, item);
}

/* The text as Pango itemises it: bidi controls, and brackets where there are very many, stand as neutral signs of as many bytes.
 * Levels are ours; FriBidi inside Pango must not meet deep isolates (it writes to freed memory past 125) nor recurse over
 * thousands of bracket pairs. */
static char *
itemise_text (const DgPara *para)
{
  char *text = g_strdup (para->text);
  guint brackets = 0;

  for (guint i = 0; i < para->n; i++) {
    char *at = text + para->bytes[i];
    guint length = para->bytes[i + 1] - para->bytes[i];
    gboolean bracket = u_getIntPropertyValue ((UChar32) para->chars[i], UCHAR_BIDI_PAIRED_BRACKET_TYPE) != U_BPT_NONE;

    if (dg_is_bidi_control (para->chars[i]))
      memcpy (at, length == 3 ? "\xe2\x81\xa0" : "\xc2\xad", length);    /* U+2060 or U+00AD */
    else if (bracket && ++brackets > BRACKETS && length == 1)
      *at = '!';
    else if (bracket && brackets > BRACKETS && length == 3)
      memcpy (at, "\xe2\x80\xa0", 3);                                    /* U+2020 */
  }
  return text;
}

/* Items as Pango finds them, cut where our levels change: levels have one source only. */
static void
itemise (DgPara *para, PangoContext *context)
{
  g_autofree char *text = itemise_text (para);
  PangoFontDescription *main_font = make_font (para, para->style.bold, para->style.italic);
  PangoFontDescription *label_font = make_font (para, TRUE, FALSE);
  PangoAttrList *attributes = make_attributes (para, main_font, label_font);
  GList *list = pango_itemize_with_base_dir (context, para->base ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR, text, 0,
                                             (int) para->bytes[para->n], attributes, NULL);
  guint at = 0;

  for (GList *l = list; l; l = l->next) {
    PangoItem *item = l->data;
    guint end = at + (guint) item->num_chars;

    while (at < end) {
      guint stop = at + 1;

      while (stop < end && para->levels[stop] == para->levels[at])
        stop++;
      add_item (para, context, item, at, stop, para->levels[at]);
      at = stop;
    }
    pango_item_free (item);
  }
  g_list_free (list);
  pango_attr_list_unref (attributes);
  pango_font_description_free (main_font);
  pango_font_description_free (label_font);
}

static void
note_missing (DgPara *para, const DgItem *item)
{
  for (guint i = item->first; i < item->first + item->n; i++) {
    const DgShaped *glyph = &g_array_index (para->glyphs, DgShaped, i);

    if (glyph->id == 0)
      g_array_append_val (para->missing, para->bytes[glyph->cluster]);
  }
}

static int
compare_guint (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

/* A label that the text joins without a space is parted from it by a hair, not by a character. */
static void
part_label (DgPara *para)
{
  guint last = 0;

  while (last < para->n && para->bytes[last + 1] < para->style.label_length)
    last++;
  if (para->style.label_length == 0 || last + 1 >= para->n || dg_points_is_space (para->chars[last + 1]))
    return;
  for (guint i = 0; i < para->items->len; i++) {
    const DgItem *item = &g_array_index (para->items, DgItem, i);

    for (guint k = item->first; k < item->first + item->n; k++) {
      DgShaped *glyph = &g_array_index (para->glyphs, DgShaped, k);

      if (glyph->cluster != last || glyph->advance <= 0)
        continue;
      glyph->advance += LABEL_GAP * item->size;
      if (item->level % 2)
        glyph->dx += LABEL_GAP * item->size;
    }
  }
}

static void
shape_items (DgPara *para)
{
  g_autofree double *advance = g_new0 (double, para->n + 1);

  for (guint i = 0; i < para->items->len; i++) {
    DgItem *item = &g_array_index (para->items, DgItem, i);

    item->first = para->glyphs->len;
    dg_shape (item, para->chars, para->n, item->start, item->end, para->glyphs, para->unsafe);
    item->n = para->glyphs->len - item->first;
    note_missing (para, item);
  }
  part_label (para);
  for (guint k = 0; k < para->glyphs->len; k++) {
    const DgShaped *glyph = &g_array_index (para->glyphs, DgShaped, k);

    advance[glyph->cluster] += glyph->advance;
    para->n_glyphs[glyph->cluster] = (guint8) MIN (para->n_glyphs[glyph->cluster] + 1, 255);
  }
  g_array_sort (para->missing, compare_guint);
  para->x[0] = 0;
  for (guint i = 0; i < para->n; i++)
    para->x[i + 1] = para->x[i] + advance[i];
}

/* What one tatweel adds in context: Amiri's has no advance alone and becomes part of one curved glyph between letters. */
static double
measure_kashida (const DgPara *para)
{
  static const gunichar with[] = { 0x0633, 0x0640, 0x0633 }, without[] = { 0x0633, 0x0633 };

  for (guint i = 0; i < para->items->len; i++) {
    const DgItem *item = &g_array_index (para->items, DgItem, i);

    if (item->script == HB_SCRIPT_ARABIC && item->level % 2) {
      g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (DgShaped));
      double width = 0;
      guint n;

      dg_shape (item, with, 3, 0, 3, glyphs, NULL);
      n = glyphs->len;
      dg_shape (item, without, 2, 0, 2, glyphs, NULL);
      for (guint k = 0; k < glyphs->len; k++)
        width += (k < n ? 1 : -1) * g_array_index (glyphs, DgShaped, k).advance;
      return width > .05 * item->size ? width : 0;
    }
  }
  return 0;
}

DgPara *
dg_para_new (DgFonts *fonts, const char *text, const char *lang, gboolean base_rtl, const DgParaStyle *style)
{
  DgPara *para = g_new0 (DgPara, 1);
  PangoContext *context;

  read_text (para, text);
  para->lang = g_strdup (lang);
  para->family = g_strdup (style->family);
  para->style = *style;
  para->style.family = para->family;
  para->levels = g_new0 (guint8, para->n + 1);
  para->unsafe = g_new0 (gboolean, para->n + 1);
  para->n_glyphs = g_new0 (guint8, para->n + 1);
  para->x = g_new0 (double, para->n + 1);
  para->attrs = g_new0 (PangoLogAttr, para->n + 1);
  para->items = g_array_new (FALSE, FALSE, sizeof (DgItem));
  g_array_set_clear_func (para->items, item_clear);
  para->glyphs = g_array_new (FALSE, FALSE, sizeof (DgShaped));
  para->missing = g_array_new (FALSE, FALSE, sizeof (guint));

  dg_fonts_need (fonts, para->text, -1);
  context = dg_fonts_context_new (fonts);
  para->base = dg_bidi_levels (para->chars, para->n, base_rtl ? DG_BASE_RTL : DG_BASE_LTR, para->levels);
  itemise (para, context);
  shape_items (para);
  pango_get_log_attrs (para->text, (int) strlen (para->text), -1, pango_language_from_string (para->lang), para->attrs, (int) para->n + 1);
  if (style->justify && style->kashida != DG_KASHIDA_NONE)
    para->kashida_unit = measure_kashida (para);
  g_object_unref (context);
  return para;
}

void
dg_para_free (DgPara *para)
{
  if (!para)
    return;
  g_free (para->text);
  g_free (para->lang);
  g_free (para->family);
  g_free (para->chars);
  g_free (para->bytes);
  g_free (para->levels);
  g_free (para->attrs);
  g_free (para->unsafe);
  g_free (para->n_glyphs);
  g_free (para->x);
  g_free (para->stretch);
  g_free (para->shrink);
  g_free (para->letters);
  g_free (para->kashida);
  g_array_unref (para->items);
  g_array_unref (para->glyphs);
  g_array_unref (para->missing);
  if (para->points)
    g_array_unref (para->points);
  if (para->at)
    g_array_unref (para->at);
  g_free (para);
}

GPtrArray *
dg_para_break (DgPara *para, double measure, int looseness)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) dg_line_free);
  g_autoptr (GArray) breaks = NULL;
  DgBreakParams params = { 0 };
  guint from = 0;

  if (!para->points)
    dg_points_make (para);
  params.measure = measure;
  params.justify = para->style.justify;
  params.balance = para->style.balance;
  params.looseness = looseness;
  params.widening = para->style.justify ? .015 : 0;
  params.tracking = para->style.justify ? .02 : 0;
  params.kashida_unit = para->kashida_unit;
  params.kashidas = para->style.kashida == DG_KASHIDA_FULL ? 5 : 3;
  breaks = dg_break_lines ((const DgBreakPoint *) (void *) para->points->data, para->points->len, &params);
  for (guint i = 0; i < breaks->len; i++) {
    guint to = g_array_index (breaks, guint, i);
    const DgLine *previous = i > 0 ? lines->pdata[i - 1] : NULL;

    g_ptr_array_add (lines, dg_compose_line (para, from, to, &params, previous));
    from = to;
  }
  return lines;
}

DgLine *
dg_para_one_line (DgPara *para)
{
  DgBreakParams params = { 0 };

  if (!para->points)
    dg_points_make (para);
  params.measure = para->x[para->n];
  return dg_compose_line (para, 0, para->points->len - 1, &params, NULL);
}

char *
dg_para_cut (const DgPara *para, double measure)
{
  guint end = para->n;
  double ellipsis = para->style.size;      /* an em is room enough for the sign */

  if (para->x[para->n] <= measure)
    return g_strdup (para->text);
  while (end > 0 && (para->x[end] + ellipsis > measure || !para->attrs[end].is_word_end))
    end--;
  if (end == 0)
    for (end = para->n; end > 0 && (para->x[end] + ellipsis > measure || !para->attrs[end].is_cursor_position);)
      end--;
  return g_strdup_printf ("%.*s…", (int) para->bytes[end], para->text);
}

double
dg_para_width (const DgPara *para)
{
  return para->x[para->n];
}

const char *
dg_para_text (const DgPara *para)
{
  return para->text;
}

const char *
dg_para_lang (const DgPara *para)
{
  return para->lang;
}

gboolean
dg_para_is_rtl (const DgPara *para)
{
  return para->base == 1;
}

const DgParaStyle *
dg_para_style (const DgPara *para)
{
  return &para->style;
}

const GArray *
dg_para_missing (const DgPara *para)
{
  return para->missing;
}
