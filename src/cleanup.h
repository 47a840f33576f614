/* cleanup.h: g_autoptr for the libraries that do not define it: Cairo and Fontconfig never, Pango for some types only. */
#ifndef DG_CLEANUP_H
#define DG_CLEANUP_H

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pango.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FcCharSet, FcCharSetDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FcConfig, FcConfigDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FcFontSet, FcFontSetDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FcPattern, FcPatternDestroy)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_font_options_t, cairo_font_options_destroy)

#if !PANGO_VERSION_CHECK (1, 58, 0)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoContext, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoFontset, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoFontMetrics, pango_font_metrics_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoGlyphString, pango_glyph_string_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoItem, pango_item_free)
#endif

#endif
