/* match.c: what each script is measured by, and the ratio of two faces. */
#include "type/match.h"

#include <math.h>
#include "type/ink.h"

#define ALEF_OVER   1.15 /* the alef's height at most, as a share of the ascender's */
#define HEBREW_RISE .75  /* of the way from the x to the capitals */
#define HAN_SHARE   .9   /* of ascender and descender */

#define MAP_KEY "dg-match" /* ratios, with the font map */

static PangoFont *
load_family (DgFonts *fonts, const char *family)
{
  PangoFontDescription *description = pango_font_description_new ();
  PangoFont            *font;

  pango_font_description_set_family (description, family);
  pango_font_description_set_absolute_size (description, DG_FONTS_SIZE * PANGO_SCALE);
  font = pango_context_load_font (dg_fonts_context (fonts), description);
  pango_font_description_free (description);
  return font;
}

/* The ink of a letter as the face has it without context; NULL where it lacks it. */
static const DgInk *
letter (PangoFont *font, gunichar ch)
{
  hb_codepoint_t glyph;
  const DgInk   *ink;

  if (!font || !hb_font_get_nominal_glyph (pango_font_get_hb_font (font), ch, &glyph))
    return NULL;
  ink = dg_ink_get (font, glyph);
  return ink->top > 0 ? ink : NULL;
}

static double
find_ratio (PangoFont *latin, PangoFont *other, GUnicodeScript script)
{
  const DgInk *x = letter (latin, 'x'), *capital = letter (latin, 'H'), *tall = letter (latin, 'd'), *low = letter (latin, 'p');
  const DgInk *a, *b, *c;

  if (!x || !capital || !tall || !low)
    return 1;
  switch (script) {
  case G_UNICODE_SCRIPT_ARABIC:
    a = letter (other, 0x062F);
    b = letter (other, 0x0628);
    c = letter (other, 0x0627);
    return a && b && c ? MIN (2 * x->top / (a->top + b->top), ALEF_OVER * tall->top / c->top) : 1;
  case G_UNICODE_SCRIPT_HEBREW: a = letter (other, 0x05D4); return a ? (x->top + HEBREW_RISE * (capital->top - x->top)) / a->top : 1;
  case G_UNICODE_SCRIPT_HAN: a = letter (other, 0x56FD); return a ? HAN_SHARE * (tall->top - low->bottom) / (a->top - a->bottom) : 1;
  default: a = letter (other, script == G_UNICODE_SCRIPT_GREEK ? 0x03BA : script == G_UNICODE_SCRIPT_CYRILLIC ? 0x043D : 'x'); return a ? x->top / a->top : 1;
  }
}

double
dg_match_size (DgFonts *fonts, const char *latin, double latin_size, const char *family, GUnicodeScript script)
{
  GObject         *map = G_OBJECT (pango_context_get_font_map (dg_fonts_context (fonts)));
  GHashTable      *ratios = g_object_get_data (map, MAP_KEY);
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%d", latin, family, (int) script);
  double          *ratio;

  if (!ratios) {
    ratios = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_object_set_data_full (map, MAP_KEY, ratios, (GDestroyNotify) g_hash_table_unref);
  }
  ratio = g_hash_table_lookup (ratios, key);
  if (!ratio) {
    g_autoptr (PangoFont) one = load_family (fonts, latin);
    g_autoptr (PangoFont) other = load_family (fonts, family);

    ratio = g_new (double, 1);
    *ratio = g_str_equal (latin, family) ? 1 : find_ratio (one, other, script);
    g_hash_table_insert (ratios, g_steal_pointer (&key), ratio);
  }
  return round (latin_size * *ratio * 10) / 10;
}
