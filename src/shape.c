/* shape.c: HarfBuzz on the face that Pango chose.  Pango's own call drops the flags that tell where a line may be cut. */
#include "para_private.h"

static guint
make_features (const DgItem *item, hb_feature_t *features)
{
  guint n = 0;

  if (item->small_caps)
    features[n++] = (hb_feature_t) { HB_TAG ('s', 'm', 'c', 'p'), 1, 0, (unsigned int) -1 };
  if (item->tracking > 0)
    features[n++] = (hb_feature_t) { HB_TAG ('l', 'i', 'g', 'a'), 0, 0, (unsigned int) -1 };
  return n;
}

void
dg_shape (const DgItem *item, const gunichar *text, guint n, guint start, guint end, GArray *out, gboolean *unsafe)
{
  hb_buffer_t *buffer = hb_buffer_create ();
  hb_feature_t features[4];
  const hb_glyph_info_t *info;
  const hb_glyph_position_t *position;
  guint count, n_features = make_features (item, features);
  gboolean rtl = item->level % 2 != 0;

  hb_buffer_set_cluster_level (buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
  hb_buffer_set_direction (buffer, rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_script (buffer, item->script);
  hb_buffer_set_language (buffer, item->language);
  hb_buffer_add_utf32 (buffer, text, (int) n, start, (int) (end - start));
  hb_shape (item->hb, buffer, features, n_features);
  info = hb_buffer_get_glyph_infos (buffer, &count);
  position = hb_buffer_get_glyph_positions (buffer, NULL);
  if (unsafe) {
    /* A character inside a cluster cannot start a line; the first of each cluster can, unless the shaper says no. */
    for (guint i = start + 1; i < end; i++)
      unsafe[i] = TRUE;
    for (guint i = 0; i < count; i++)
      if (info[i].cluster > start && !(hb_glyph_info_get_glyph_flags (&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK))
        unsafe[info[i].cluster] = FALSE;
  }
  for (guint i = 0; i < count; i++) {
    DgShaped glyph = { info[i].codepoint, info[i].cluster, position[i].x_advance / (double) PANGO_SCALE,
                       position[i].x_offset / (double) PANGO_SCALE, position[i].y_offset / (double) PANGO_SCALE };

    if (item->tracking > 0 && glyph.advance > 0)
      glyph.advance += item->tracking;
    g_array_append_val (out, glyph);
  }
  hb_buffer_destroy (buffer);
}
