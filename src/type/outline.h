/* outline.h: a glyph's outline, by the name that the release of HarfBuzz has for it. */
#ifndef DG_OUTLINE_H
#define DG_OUTLINE_H

#include <hb.h>

static inline void
dg_draw_glyph (hb_font_t *font, hb_codepoint_t glyph, hb_draw_funcs_t *funcs, void *data)
{
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph (font, glyph, funcs, data);
#else
  hb_font_get_glyph_shape (font, glyph, funcs, data);
#endif
}

#endif
