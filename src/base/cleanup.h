/* cleanup.h: g_autoptr for those of Pango's types for which it does not define it. */
#ifndef DG_CLEANUP_H
#define DG_CLEANUP_H

#include <pango/pango.h>

#if !PANGO_VERSION_CHECK(1, 58, 0)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoContext, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoFontset, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoFontMetrics, pango_font_metrics_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoGlyphString, pango_glyph_string_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoItem, pango_item_free)
#endif

#endif
