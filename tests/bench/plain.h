/* plain.h: Pango without us, over the same files: what we are measured against. */
#ifndef PLAIN_H
#define PLAIN_H

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "type/fonts.h"

/* A context of PangoCairo's own map, over the faces that are listed.  Transfer full. */
static inline PangoContext *
plain_context_new (void)
{
  PangoFontMap    *map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  FcConfig        *config = FcConfigCreate ();
  g_autofree char *list = dg_fonts_list (NULL, NULL);
  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);
  PangoContext         *context;
  cairo_font_options_t *options = cairo_font_options_create ();

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

    if (g_strv_length (fields) == 4)
      FcConfigAppFontAddFile (config, (const FcChar8 *) fields[2]);
  }
  pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (map), config);
  FcConfigDestroy (config);
  context = pango_font_map_create_context (map);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_language (context, pango_language_from_string ("en"));
  pango_context_set_round_glyph_positions (context, FALSE);
  g_object_unref (map);
  return context;
}

#endif
