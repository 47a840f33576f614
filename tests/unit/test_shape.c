/* test_shape.c: words that are kept with their face give what HarfBuzz makes of the whole text, glyph by glyph. */
#include <glib.h>
#include <string.h>
#include "type/prepared.h"

#define ROUNDS 3 /* new words, words met once, known words */

static DgFonts *fonts;

typedef struct {
  const char *family, *style;
  const char *lang;
  hb_script_t script;
  gboolean    rtl;
} Face;

static const Face faces[] = {
  { "Gentium Book Plus", "", "en", HB_SCRIPT_LATIN, FALSE },
  { "Gentium Book Plus", "Italic", "fr", HB_SCRIPT_LATIN, FALSE },
  { "Gentium Book Plus", "Bold", "el", HB_SCRIPT_GREEK, FALSE },
  { "Gentium Book Plus", "Bold Italic", "ru", HB_SCRIPT_CYRILLIC, FALSE },
  { "Noto Serif", "", "en", HB_SCRIPT_LATIN, FALSE },
  { "Noto Serif", "Bold Italic", "ru", HB_SCRIPT_CYRILLIC, FALSE },
  { "Amiri", "", "ar", HB_SCRIPT_ARABIC, TRUE },
  { "Amiri", "Bold", "ur", HB_SCRIPT_ARABIC, TRUE },
  { "Noto Naskh Arabic", "", "fa", HB_SCRIPT_ARABIC, TRUE },
  { "Scheherazade", "", "ar", HB_SCRIPT_ARABIC, TRUE },
  { "Noto Serif Hebrew", "", "he", HB_SCRIPT_HEBREW, TRUE },
  { "Noto Serif Hebrew", "Bold", "he", HB_SCRIPT_HEBREW, TRUE },
};

/* NULL where the face is not installed. */
static PangoFont *
load_face (const Face *face)
{
  g_autofree char      *name = g_strdup_printf ("%s %s", face->family, face->style);
  PangoFontDescription *description = pango_font_description_from_string (name), *found;
  PangoFont            *font;

  dg_fonts_family (fonts, face->lang, face->family);
  pango_font_description_set_absolute_size (description, DG_FONTS_SIZE * PANGO_SCALE);
  font = pango_context_load_font (dg_fonts_context (fonts), description);
  found = pango_font_describe (font);
  if (strcmp (pango_font_description_get_family (found), face->family) != 0)
    g_clear_object (&font);
  pango_font_description_free (found);
  pango_font_description_free (description);
  return font;
}

static DgItem
make_item (const Face *face, PangoFont *font)
{
  DgItem item = { 0 };

  item.font = font;
  item.size = 10.2;
  item.hb = dg_fonts_at_size (font, item.size);
  item.level = face->rtl;
  item.script = face->script;
  item.language = hb_language_from_string (face->lang, -1);
  item.joined = face->script == HB_SCRIPT_ARABIC;
  item.widens = !item.joined;
  return item;
}

/* The text in one call, in its surroundings. */
static GArray *
shape_whole (const DgItem *item, const gunichar *text, guint n, guint start, guint end, gboolean *unsafe)
{
  GArray                    *out = g_array_new (FALSE, FALSE, sizeof (DgShaped));
  hb_buffer_t               *buffer = hb_buffer_create ();
  hb_feature_t               features[2];
  double                     unit;
  guint                      n_features = 0, count;
  const hb_glyph_info_t     *infos;
  const hb_glyph_position_t *positions;

  if (item->small_caps)
    hb_feature_from_string ("smcp", -1, &features[n_features++]);
  if (item->tracking > 0)
    hb_feature_from_string ("-liga", -1, &features[n_features++]);
  hb_buffer_set_cluster_level (buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
  hb_buffer_set_direction (buffer, item->level % 2 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_script (buffer, item->script);
  hb_buffer_set_language (buffer, item->language);
  hb_buffer_add_utf32 (buffer, text, (int) n, start, (int) (end - start));
  hb_shape (item->hb, buffer, features, n_features);
  infos = hb_buffer_get_glyph_infos (buffer, &count);
  positions = hb_buffer_get_glyph_positions (buffer, NULL);
  unit = dg_fonts_unit (item->hb, item->size);
  for (guint i = start + 1; i < end; i++)
    unsafe[i] = TRUE;
  for (guint i = 0; i < count; i++) {
    DgShaped glyph = { infos[i].codepoint, infos[i].cluster, positions[i].x_advance * unit, positions[i].x_offset * unit, positions[i].y_offset * unit };

    if (glyph.advance > 0)
      glyph.advance += item->tracking;
    if (glyph.cluster > start && !(hb_glyph_info_get_glyph_flags (&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK))
      unsafe[glyph.cluster] = FALSE;
    g_array_append_val (out, glyph);
  }
  hb_buffer_destroy (buffer);
  return out;
}

static void
check (const DgItem *item, const gunichar *text, guint n, guint start, guint end)
{
  g_autofree gboolean *unsafe = g_new0 (gboolean, n + 1);
  g_autoptr (GArray) whole = shape_whole (item, text, n, start, end, unsafe);

  for (guint round = 0; round < ROUNDS; round++) {
    g_autofree gboolean *got_unsafe = g_new0 (gboolean, n + 1);
    g_autoptr (GArray) got = g_array_new (FALSE, FALSE, sizeof (DgShaped));
    gboolean same;

    dg_shape (item, text, n, start, end, got, round == 1 ? NULL : got_unsafe);
    same = got->len == whole->len && (round == 1 || memcmp (unsafe, got_unsafe, (n + 1) * sizeof *unsafe) == 0);
    for (guint i = 0; same && i < got->len; i++) {
      const DgShaped *a = &g_array_index (got, DgShaped, i), *b = &g_array_index (whole, DgShaped, i);

      same = a->id == b->id && a->cluster == b->cluster && a->advance == b->advance && a->dx == b->dx && a->dy == b->dy;
    }
    if (!same) {
      g_autofree char *utf8 = g_ucs4_to_utf8 (text, n, NULL, NULL, NULL);
      g_autofree char *codes = g_strdup ("");

      for (guint i = 0; i < n; i++) {
        g_autofree char *before = g_steal_pointer (&codes);

        codes = g_strdup_printf ("%s %04X", before, text[i]);
      }
      g_test_message ("round %u, [%u, %u) of “%s”:%s", round, start, end, utf8, codes);
      g_assert_cmpuint (got->len, ==, whole->len);
      g_assert_not_reached ();
    }
  }
}

/* Plain, as small capitals, and with letters spaced. */
static void
check_styles (const DgItem *item, const gunichar *text, guint n, guint start, guint end)
{
  DgItem other = *item;

  check (item, text, n, start, end);
  if (item->joined)
    return;
  other.small_caps = TRUE;
  check (&other, text, n, start, end);
  other.small_caps = FALSE;
  other.tracking = .5;
  check (&other, text, n, start, end);
}

/* The text whole, and a stretch of it that begins and ends anywhere, as items do. */
static void
check_utf8 (const DgItem *item, const char *text)
{
  glong                n;
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (text, -1, &n);

  check_styles (item, chars, (guint) n, 0, (guint) n);
  check (item, chars, (guint) n, (guint) n / 3, (guint) n - (guint) n / 4);
}

static void
check_file (const DgItem *item, const char *name)
{
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (name, &bytes, NULL, NULL));
  text = g_utf8_make_valid (bytes, -1);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    check_utf8 (item, lines[i]);
}

static void
check_folder (const DgItem *item, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (!dir) {
    g_test_message ("no %s", folder);
    return;
  }
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".txt")) {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      check_file (item, path);
    }
}

static void
test_texts (gconstpointer data)
{
  const Face *face = data;
  g_autoptr (PangoFont) font = load_face (face);
  DgItem item;

  if (!font) {
    g_test_skip ("not installed");
    return;
  }
  item = make_item (face, font);
  check_folder (&item, "tests/samples");
  check_folder (&item, "../shared/corpus");
}

/* What may stand beside a space and reach through it. */
static void
test_odd (gconstpointer data)
{
  static const char *const odd[] = {
    "",
    " ",
    "  ",
    "   ",
    "a",
    " a",
    "a ",
    " a ",
    "a  b",
    "a   b  c ",
    "a \314\201b",
    "\314\201 a",
    "a\314\201 b \314\201",
    " \314\201",
    "f fi ffi f i",
    "AV A V W A",
    "T o To Y. Y .",
    "a\302\240b c\302\240 d \302\240e",
    "a \342\200\215b",
    "a\342\200\215 b",
    "a \342\200\214 b",
    "a \342\200\217b \342\200\216c",
    "a \302\255b\302\255 c",
    "1 2/3 4\342\201\2045 6 \342\201\2047",
    "10 000,5 %",
    "\342\200\234 a \342\200\235 \342\200\224 b",
    "\331\202 \331\203\330\247\331\206 \330\261 \331\203 \330\261 \331\203\330\261 \331\203",
    "\330\261 \330\245\331\204\331\211 \331\210 \330\245 \331\202 \330\245",
    "\330\250 \331\216\330\250 \331\216 \330\250\331\216 \330\250",
    "\330\250\331\200 \331\200\330\250 \331\200 \330\250",
    "\330\250\342\200\215 \342\200\215\330\250 \342\200\215 \330\250",
    "\331\204\330\247 \331\204 \330\247 \331\204\331\204 \331\207 \330\247\331\204\331\204\331\207",
    "\333\235\331\241\331\242 \333\235 \331\241 12\331\241 \331\2411 2",
    "\327\251\326\274\327\201\326\270\327\234 \326\270\327\225\327\235 \327\251 \327\201",
    "\360\237\217\275 \360\237\221\215 \360\237\217\275 a",
    "\343\200\200a \343\200\200 b",
    "\342\200\202a \342\200\211b \342\200\213c \342\201\240 d",
  };
  static const gunichar signs[] = {
    ' ',   ' ',    ' ',    ' ',    'f',    'i',    'A',   'V',   'e',   'T',   '.',   ',',   '1',   '2',   '-',   '(',   ')',   0xA0,  0x301, 0x323,
    0x34F, 0x200C, 0x200D, 0x200F, 0x2044, 0x2019, 0x3B1, 0x391, 0x438, 0x419, 0x627, 0x625, 0x628, 0x631, 0x633, 0x643, 0x644, 0x647, 0x648, 0x64A,
    0x649, 0x642,  0x640,  0x64B,  0x64E,  0x651,  0x670, 0x661, 0x6DD, 0x6D4, 0x6CC, 0x6A9, 0x60C, 0x5D0, 0x5E9, 0x5B8, 0x5C1, 0x5BE,
  };
  const Face *face = data;
  g_autoptr (PangoFont) font = load_face (face);
  g_autoptr (GRand) random = g_rand_new_with_seed (20220909);
  DgItem item;

  if (!font) {
    g_test_skip ("not installed");
    return;
  }
  item = make_item (face, font);
  for (guint level = 0; level < 2; level++) {
    item.level = (guint8) level;
    for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
      check_utf8 (&item, odd[i]);
    for (guint i = 0; i < 700; i++) {
      gunichar text[40];
      guint    n = (guint) g_rand_int_range (random, 1, G_N_ELEMENTS (text)), start, end;

      for (guint k = 0; k < n; k++)
        text[k] = signs[g_rand_int_range (random, 0, G_N_ELEMENTS (signs))];
      start = (guint) g_rand_int_range (random, 0, (int) n);
      end = (guint) g_rand_int_range (random, (int) start, (int) n) + 1;
      check_styles (&item, text, n, 0, n);
      check (&item, text, n, start, end);
    }
  }
}

/* More words than are kept, and longer ones. */
static void
test_many (gconstpointer data)
{
  const Face *face = data;
  g_autoptr (PangoFont) font = load_face (face);
  g_autoptr (GString) text = g_string_new (NULL);
  DgItem item;

  if (!font) {
    g_test_skip ("not installed");
    return;
  }
  item = make_item (face, font);
  for (guint i = 0; i < 8000; i++)
    g_string_append_printf (text, "%s%u%s ", face->rtl ? "\331\203\330\247\331\206" : "half", i,
                            i % 100 == 0 ? "supercalifragilisticexpialidocious-antidisestablishment" : "");
  check_utf8 (&item, text->str);
  for (guint i = 0; i < 20; i++)
    check_utf8 (&item, "the half of it \331\203\330\247\331\206 \330\245\331\204\331\211");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (gconstpointer data);
  } tests[] = {
    { "texts", test_texts },
    { "odd", test_odd },
    { "many", test_many },
  };
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fonts = dg_fonts_new (NULL, TRUE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (faces); i++)
    for (guint k = 0; k < G_N_ELEMENTS (tests); k++) {
      g_autofree char *path = g_strdup_printf ("/shape/%s/%s %s %s", tests[k].name, faces[i].family, faces[i].style, faces[i].lang);

      g_test_add_data_func (path, &faces[i], tests[k].test);
    }
  status = g_test_run ();
  dg_fonts_free (fonts);
  return status;
}
