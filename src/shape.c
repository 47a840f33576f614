/* shape.c: HarfBuzz on the face that Pango chose.  Pango's own call drops the flags that tell where a line may be cut. */
#include "para_private.h"

#include <string.h>

#define WORD_MAX  32               /* characters */
#define WORDS_MET 4000             /* kept a face */
#define WORDS_KEY "dg-words"

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

/* A word that is shaped alone comes out the same whatever stands around it, and news repeats its words: it is kept with its face. */
typedef struct {
  hb_font_t    *hb;
  hb_script_t   script;
  hb_language_t language;
  double        tracking;
  gboolean      small_caps, rtl;
  guint         n;
  gunichar      text[WORD_MAX];
} Word;

static guint
hash_word (gconstpointer data)
{
  const Word *word = data;
  guint       hash = GPOINTER_TO_UINT (word->hb) ^ word->script;

  for (guint i = 0; i < word->n; i++)
    hash = hash * 31 + word->text[i];
  return hash;
}

static gboolean
equal_words (gconstpointer one, gconstpointer other)
{
  const Word *a = one, *b = other;

  return a->hb == b->hb && a->script == b->script && a->language == b->language && a->tracking == b->tracking && a->small_caps == b->small_caps
         && a->rtl == b->rtl && a->n == b->n && memcmp (a->text, b->text, a->n * sizeof *a->text) == 0;
}

static GHashTable *
words_of (PangoFont *font)
{
  GHashTable *words = g_object_get_data (G_OBJECT (font), WORDS_KEY);

  if (!words) {
    words = g_hash_table_new_full (hash_word, equal_words, g_free, (GDestroyNotify) g_array_unref);
    g_object_set_data_full (G_OBJECT (font), WORDS_KEY, words, (GDestroyNotify) g_hash_table_unref);
  }
  return words;
}

static void
shape (const DgItem *item, const gunichar *text, guint n, guint start, guint end, GArray *out, gboolean *unsafe)
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

void
dg_shape (const DgItem *item, const gunichar *text, guint n, guint start, guint end, GArray *out, gboolean *unsafe)
{
  Word        word = { item->hb, item->script, item->language, item->tracking, item->small_caps, item->level % 2 != 0, n, { 0 } };
  GHashTable *words;
  GArray     *known;

  if (unsafe || start != 0 || end != n || n > WORD_MAX) {
    shape (item, text, n, start, end, out, unsafe);
    return;
  }
  memcpy (word.text, text, n * sizeof *text);
  words = words_of (item->font);
  known = g_hash_table_lookup (words, &word);
  if (!known) {
    if (g_hash_table_size (words) >= WORDS_MET)
      g_hash_table_remove_all (words);
    known = g_array_new (FALSE, FALSE, sizeof (DgShaped));
    shape (item, text, n, 0, n, known, NULL);
    g_hash_table_insert (words, g_memdup2 (&word, sizeof word), known);
  }
  g_array_append_vals (out, known->data, known->len);
}
