/* match.c: what each script is measured by, and the ratio of two faces. */
#include "type/match.h"

#include <math.h>

#include "base/language.h"
#include "type/ink.h"

#define ALEF_OVER 1.15 /* the alef's height at most, as a share of the ascender's */
#define RISE      .5   /* of the way from the x to the capitals: where no group of languages.ini says how high letters stand */

#define RATIO_LEAST .1 /* what no two faces differ by */
#define RATIO_MOST  10

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

static int
compare_heights (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return (one > two) - (one < two);
}

/* The middle one of the heights of a script's letters in the face, em; 0: it has none. */
static double
find_height (PangoFont *font, GUnicodeScript script)
{
  hb_set_t *all = hb_set_create ();
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
  double height = 0;

  hb_face_collect_unicodes (hb_font_get_face (pango_font_get_hb_font (font)), all);
  for (hb_codepoint_t ch = HB_SET_VALUE_INVALID; hb_set_next (all, &ch);) {
    GUnicodeType type = g_unichar_get_script (ch) == script ? g_unichar_type (ch) : G_UNICODE_UNASSIGNED;
    const DgInk *ink = type == G_UNICODE_OTHER_LETTER || type == G_UNICODE_LOWERCASE_LETTER ? letter (font, ch) : NULL;

    if (ink) {
      double top = (double) ink->top;

      g_array_append_val (heights, top);
    }
  }
  hb_set_destroy (all);
  g_array_sort (heights, compare_heights);
  if (heights->len > 0)
    height = g_array_index (heights, double, heights->len / 2);
  return height;
}

/* What languages.ini says of the script, else of its letters. */
static const char *
value_of (const char *script, const char *key)
{
  const char *value = dg_script_value (script, key), *letters = dg_script_value (script, "letters");

  return value == NULL && letters != NULL ? dg_script_value (letters, key) : value;
}

static double
find_ratio (PangoFont *latin, PangoFont *other, const char *script)
{
  const DgInk   *x = letter (latin, 'x'), *capital = letter (latin, 'H'), *tall = letter (latin, 'd'), *low = letter (latin, 'p');
  const DgInk   *a, *b, *c, *measured;
  GUnicodeScript letters = dg_script_letters (script);
  const char    *sign = value_of (script, "letter"), *rise = value_of (script, "rise"), *fill = value_of (script, "fill");
  double         height;

  if (!x || !capital || !tall || !low || !other)
    return 1;
  if (letters == G_UNICODE_SCRIPT_ARABIC && !rise) {
    a = letter (other, 0x062F);
    b = letter (other, 0x0628);
    c = letter (other, 0x0627);
    return a && b && c ? MIN (2 * x->top / (a->top + b->top), ALEF_OVER * tall->top / c->top) : 1;
  }
  measured = sign ? letter (other, g_utf8_get_char (sign)) : letters == G_UNICODE_SCRIPT_LATIN ? letter (other, 'x') : NULL;
  if (fill)
    return measured ? g_ascii_strtod (fill, NULL) * (tall->top - low->bottom) / (measured->top - measured->bottom) : 1;
  height = measured ? (double) measured->top : find_height (other, letters);
  return height > 0 ? (x->top + (rise ? g_ascii_strtod (rise, NULL) : RISE) * (capital->top - x->top)) / height : 1;
}

double
dg_match_size (DgFonts *fonts, const char *latin, double latin_size, const char *family, const char *script)
{
  GObject         *map = G_OBJECT (pango_context_get_font_map (dg_fonts_context (fonts)));
  GHashTable      *ratios = g_object_get_data (map, MAP_KEY);
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%s", latin, family, script);
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
    /* Of a face whose letters have no height, or all the height there is, nothing can be told. */
    if (!(*ratio > RATIO_LEAST && *ratio < RATIO_MOST))
      *ratio = 1;
    g_hash_table_insert (ratios, g_steal_pointer (&key), ratio);
  }
  return round (latin_size * *ratio * 10) / 10;
}
