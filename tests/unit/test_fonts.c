/* Faces: which one a text gets, and that neither the host nor what was set before has a say in it. */
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "diglot.h"
#include "type/fonts.h"
#include "scratch.h"

/* TRUE where the optional family is installed; else the test that asks is skipped. */
static gboolean
has_family (const char *family)
{
  g_autofree char *list = dg_fonts_list (NULL, NULL);
  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], family) && lines[i][strlen (family)] == '\t' && !g_str_has_suffix (lines[i], "\tmissing"))
      return TRUE;
  g_test_skip (family);
  return FALSE;
}

static DgFonts *
open_fonts (void)
{
  g_autoptr (GError) error = NULL;
  DgFonts *fonts = dg_fonts_new (NULL, TRUE, &error);
  g_assert_no_error (error);
  return fonts;
}

/* The file that the list has for the font, without folder and ending. */
static char *
dup_file (PangoFont *font)
{
  PangoFontDescription *is = pango_font_describe (font);
  gboolean              bold = pango_font_description_get_weight (is) > PANGO_WEIGHT_SEMIBOLD; /* Gentium Book is 500 and 800 */
  gboolean              italic = pango_font_description_get_style (is) == PANGO_STYLE_ITALIC;
  g_autofree char      *start = g_strdup_printf ("%s\t%s\t", pango_font_description_get_family (is),
                                            bold && italic ? "Bold Italic"
                                                 : bold         ? "Bold"
                                                 : italic       ? "Italic"
                                                                : "Regular");
  g_autofree char      *list = dg_fonts_list (NULL, NULL);
  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);
  char *file = NULL;
  pango_font_description_free (is);
  for (guint i = 0; lines[i] && !file; i++)
    if (g_str_has_prefix (lines[i], start)) {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      file = g_path_get_basename (fields[2]);
      *strrchr (file, '.') = '\0';
    }
  g_assert_nonnull (file);
  return file;
}

/* Stretches of the text with the file that they are set from, white space left out: "[Amiri-Regular]قال [GentiumBookPlus-Regular]F". */
static char *
dup_faces (DgFonts *fonts, const char *lang, const char *style, const char *text)
{
  dg_fonts_need (fonts, text, -1);
  g_autoptr (PangoContext) context = dg_fonts_context_new (fonts);
  pango_context_set_language (context, pango_language_from_string (lang));
  g_autoptr (PangoFontDescription) wanted = pango_font_description_from_string (style);
  pango_font_description_set_family (wanted, dg_fonts_family (fonts, lang, NULL));
  pango_font_description_set_size (wanted, 10 * PANGO_SCALE);
  pango_context_set_font_description (context, wanted);

  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *last = g_strdup ("");
  GList           *items = pango_itemize_with_base_dir (context, PANGO_DIRECTION_LTR, text, 0, (int) strlen (text), attrs, NULL);
  for (GList *node = items; node; node = node->next) {
    const PangoItem *item = node->data;
    g_autofree char *part = g_strstrip (g_strndup (text + item->offset, (gsize) item->length));
    if (*part == '\0')
      continue;
    g_autofree char *base = dup_file (item->analysis.font);
    if (strcmp (base, last) != 0)
      g_string_append_printf (out, "%s[%s]", out->len ? " " : "", base);
    g_string_append (out, part);
    g_free (last);
    last = g_steal_pointer (&base);
  }
  g_list_free_full (items, (GDestroyNotify) pango_item_free);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

#define assert_faces(fonts, lang, style, text, expected) \
  G_STMT_START \
  { \
    g_autofree char *faces_ = dup_faces (fonts, lang, style, text); \
    g_assert_cmpstr (faces_, ==, expected); \
  } \
  G_STMT_END

/* The family that Pango reports is the one asked. */
static void
test_family (void)
{
  g_autoptr (DgFonts) fonts = open_fonts ();
  static const struct {
    const char *lang, *text;
  } cases[] = { { "en", "Agencies" }, { "ar", "وكالات" }, { "ru", "Агентства" } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PangoContext) context = dg_fonts_context_new (fonts);
    const char *family = dg_fonts_family (fonts, cases[i].lang, NULL);
    g_autoptr (PangoFontDescription) wanted = pango_font_description_new ();
    pango_font_description_set_family (wanted, family);
    pango_context_set_font_description (context, wanted);
    dg_fonts_need (fonts, cases[i].text, -1);
    g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();
    GList *items = pango_itemize (context, cases[i].text, 0, (int) strlen (cases[i].text), attrs, NULL);
    g_assert_cmpuint (g_list_length (items), ==, 1);
    g_autoptr (PangoFontDescription) found = pango_font_describe (((PangoItem *) items->data)->analysis.font);
    g_assert_cmpstr (pango_font_description_get_family (found), ==, family);
    g_list_free_full (items, (GDestroyNotify) pango_item_free);
  }
}

/* Real bold and italic cuts; Arabic has no italic and stays upright. */
static void
test_styles (void)
{
  g_autoptr (DgFonts) fonts = open_fonts ();
  assert_faces (fonts, "en", "", "Agencies", "[GentiumBookPlus-Regular]Agencies");
  assert_faces (fonts, "en", "Italic", "Agencies", "[GentiumBookPlus-Italic]Agencies");
  assert_faces (fonts, "en", "Bold", "Agencies", "[GentiumBookPlus-Bold]Agencies");
  assert_faces (fonts, "en", "Bold Italic", "Agencies", "[GentiumBookPlus-BoldItalic]Agencies");
  assert_faces (fonts, "ar", "", "وكالات", "[Amiri-Regular]وكالات");
  assert_faces (fonts, "ar", "Italic", "وكالات", "[Amiri-Regular]وكالات");
  assert_faces (fonts, "ar", "Bold Italic", "وكالات", "[Amiri-Bold]وكالات");
}

/* Words of the other script: each in its own script's family, in the style around them; digits and stops stay with the text. */
static void
test_mixed (void)
{
  g_autoptr (DgFonts) fonts = open_fonts ();
  assert_faces (fonts, "ar", "", "طائرة F-16 (١٢)", "[Amiri-Regular]طائرة [GentiumBookPlus-Regular]F [Amiri-Regular]-16 (١٢)");
  assert_faces (fonts, "en", "Bold", "Al-Watan (الوطن), 9", "[GentiumBookPlus-Bold]Al-Watan ( [Amiri-Bold]الوطن [GentiumBookPlus-Bold]),9");
  assert_faces (fonts, "en", "Italic", "Καλή мир", "[GentiumBookPlus-Italic]Καλήмир");
  assert_faces (fonts, "fa", "", "ہے ٹ ڑ ں ے ۓ", "[Amiri-Regular]ہے ٹ ڑ ں ے ۓ");
  assert_faces (fonts, "ckb", "", "ێ ۆ ڵ ڕ ە", "[Amiri-Regular]ێ ۆ ڵ ڕ ە");
  assert_faces (fonts, "ug", "", "ئۇ ڭ ۋ ې", "[Amiri-Regular]ئۇ ڭ ۋ ې");
  assert_faces (fonts, "ps", "", "ټ ډ ړ ښ ګ ۍ", "[Amiri-Regular]ټ ډ ړ ښ ګ ۍ");
}

static void
test_other_scripts (void)
{
  if (!has_family ("Noto Serif Hebrew") || !has_family ("Noto Serif CJK SC") || !has_family ("Symbola") || !has_family ("Noto Sans Symbols2"))
    return;
  g_autoptr (DgFonts) fonts = open_fonts ();
  assert_faces (fonts, "he", "", "שלום", "[NotoSerifHebrew-Regular]שלום");
  assert_faces (fonts, "he", "Bold Italic", "שלום", "[NotoSerifHebrew-Bold]שלום");
  assert_faces (fonts, "zh", "", "中文", "[NotoSerifCJK-Regular]中文");
  assert_faces (fonts, "zh", "Bold", "中文，", "[NotoSerifCJK-Bold]中文，");
  assert_faces (fonts, "en", "Bold", "a 中 שלום", "[GentiumBookPlus-Bold]a [NotoSerifCJK-Bold]中 [NotoSerifHebrew-Bold]שלום");
  /* An emoji is drawn in outlines of one colour. */
  assert_faces (fonts, "en", "", "★ 😀", "[NotoSansSymbols2-Regular]★ [Symbola_hint]😀");
}

/* What a text is set in does not depend on what the same process set before it. */
static void
test_history (void)
{
  static const char *const texts[] = {
    "中文，“日本” 1",
    "שלום ☎",
    "😀 ★ → ∑ 𝔸 ⠓ ①",
    "ࢠ ࢱ ٱ",
    "ⅷ Ꞌ ꭓ ẞ ѣ ἄ",
    "€ ₪ ﷼ № ‰ … ⁂ ☂ ♞ ♫ ⚙ ⛔ ✓ ❤️ ⟨x⟩",
    "x\xCC\x81\xD9\x8B \xEF\xBF\xBD",
  };
  guint n = G_N_ELEMENTS (texts);
  g_autoptr (GPtrArray) alone = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++) {
    g_autoptr (DgFonts) fonts = open_fonts ();
    g_ptr_array_add (alone, dup_faces (fonts, "en", "Bold", texts[i]));
  }
  for (guint turn = 0; turn < n; turn++) {
    g_autoptr (DgFonts) fonts = open_fonts ();
    for (guint i = 0; i < n; i++) {
      guint k = turn % 2 ? (turn + i) % n : (turn + n - i) % n;
      assert_faces (fonts, "en", "Bold", texts[k], g_ptr_array_index (alone, k));
    }
  }
}

/* The user's language decides nothing: a Persian desktop must not give an Arabic word Persian digits. */
static void
test_locale (void)
{
  g_setenv ("LANGUAGE", "fa", TRUE);
  g_autoptr (DgFonts) fonts = open_fonts ();
  g_autoptr (PangoContext) context = dg_fonts_context_new (fonts);
  g_assert_cmpstr (pango_language_to_string (pango_context_get_language (context)), ==, "en");
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();
  GList *items = pango_itemize (context, "وطن", 0, 6, attrs, NULL);
  g_assert_cmpstr (pango_language_to_string (((PangoItem *) items->data)->analysis.language), ==, "ar");
  g_list_free_full (items, (GDestroyNotify) pango_item_free);
}

static void
test_family_for_language (void)
{
  g_autoptr (DgFonts) fonts = open_fonts ();
  static const struct {
    const char *lang, *wanted, *family;
  } cases[] = {
    { "en", NULL, "Gentium Book Plus" },
    { "fr-CA", NULL, "Gentium Book Plus" },
    { "el", NULL, "Gentium Book Plus" },
    { "uk", NULL, "Gentium Book Plus" },
    { "ar", NULL, "Amiri" },
    { "fa-IR", NULL, "Amiri" },
    { "ps", NULL, "Amiri" },
    { "PRS", NULL, "Amiri" },
    { "ku", NULL, "Gentium Book Plus" },
    { "ku-Arab", NULL, "Amiri" },
    { "uz_cyrl", NULL, "Gentium Book Plus" },
    { "", NULL, "Gentium Book Plus" },
    { NULL, NULL, "Gentium Book Plus" },
    { "not a tag at all", NULL, "Gentium Book Plus" },
    /* The family that is wanted, where it is listed and has the script. */
    { "en", "Comic Sans", "Gentium Book Plus" },
    { "ar", "Gentium Book Plus", "Amiri" },
    { "ur", "Amiri", "Amiri" },
  };
  static const struct {
    const char *lang, *family;
  } others[] = {
    { "ur", "Noto Nastaliq Urdu" },    { "pa-PK", "Noto Nastaliq Urdu" }, { "ks", "Noto Nastaliq Urdu" }, { "zh", "Noto Serif CJK SC" },
    { "zh-TW", "Noto Serif CJK TC" },  { "ja", "Noto Serif CJK JP" },     { "ko", "Noto Serif CJK KR" },  { "km", "Noto Serif Khmer" },
    { "hi", "Noto Serif Devanagari" }, { "ff-Adlm", "Noto Sans Adlam" },  { "bo", "Noto Serif Tibetan" }, { "got", "Noto Sans Gothic" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (dg_fonts_family (fonts, cases[i].lang, cases[i].wanted), ==, cases[i].family);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (has_family (others[i].family))
      g_assert_cmpstr (dg_fonts_family (fonts, others[i].lang, NULL), ==, others[i].family);
  if (has_family ("Noto Naskh Arabic") && has_family ("Noto Serif")) {
    g_assert_cmpstr (dg_fonts_family (fonts, "ar", "Noto Naskh Arabic"), ==, "Noto Naskh Arabic");
    g_assert_cmpstr (dg_fonts_family (fonts, "ru", "Noto Serif"), ==, "Noto Serif");
  }
  if (has_family ("Noto Serif Hebrew"))
    g_assert_cmpstr (dg_fonts_family (fonts, "he", "Gentium Book Plus"), ==, "Noto Serif Hebrew");
  if (has_family ("Noto Serif CJK SC"))
    g_assert_cmpstr (dg_fonts_family (fonts, "zh-Hans-CN", NULL), ==, "Noto Serif CJK SC");
}

static void
test_has_char (void)
{
  g_autoptr (DgFonts) fonts = open_fonts ();
  static const gunichar yes[] = { 'a', 0xE9, 0x3A9, 0x416, 0x628, 0x660, 0x6F1, 0x2014, 0x201C, 0x20AC, 0xFFFD, 0xFDFA, 0x640 };
  static const gunichar no[] = { 0xE000, 0xE0001, 0x10FFFF, 0x110000, 0xFFFFFFFF, 0xD800, 0x0378 };
  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (dg_fonts_has_char (fonts, yes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (dg_fonts_has_char (fonts, no[i]));
  if (has_family ("Symbola"))
    g_assert_true (dg_fonts_has_char (fonts, 0x1F600));
  if (has_family ("Noto Serif CJK SC"))
    g_assert_true (dg_fonts_has_char (fonts, 0x4E2D) && dg_fonts_has_char (fonts, 0xAC00) && dg_fonts_has_char (fonts, 0x3002));
}

/* How many fonts of the host this process has mapped; each must be in the list. */
static guint
count_mapped (const char *list)
{
  g_autofree char *maps = NULL;
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (maps, "\n", -1);
  guint n = 0;
  for (guint i = 0; lines[i]; i++) {
    const char *path = strstr (lines[i], "/usr/share/fonts/");
    if (!path)
      continue;
    g_assert_nonnull (strstr (list, path));
    n++;
  }
  return n;
}

/* Only files of the list are opened, each once, and what is not needed is not read. */
static void
test_only_listed (void)
{
  g_autoptr (DgFonts) fonts = open_fonts ();
  g_autofree char *list = dg_fonts_list (NULL, NULL);
  g_assert_cmpuint (count_mapped (list), ==, 6);
  dg_fonts_need (fonts, "News أخبار", -1);
  g_assert_cmpuint (count_mapped (list), ==, 6);
  dg_fonts_need (fonts, "中😀\xFF\xC0 \xE4\xB8", -1);
  dg_fonts_need (fonts, "", 0);
  dg_fonts_has_char (fonts, 0x10FFFD);
  g_assert_cmpuint (count_mapped (list), >=, 6);
}

/* Positions are those of the outlines, in the face's units: the same at every size, and never rounded. */
static void
test_unrounded (void)
{
  g_autoptr (DgFonts) fonts = open_fonts ();
  g_autoptr (PangoFontDescription) wanted = pango_font_description_from_string ("Gentium Book Plus 100");
  g_autoptr (PangoFont) font = pango_context_load_font (dg_fonts_context (fonts), wanted);
  int width[2] = { 0, 0 };
  for (int i = 0; i < 2; i++) {
    hb_buffer_t *buffer = hb_buffer_create ();
    hb_buffer_add_utf8 (buffer, "A line of English to be measured", -1, 0, -1);
    hb_buffer_guess_segment_properties (buffer);
    hb_shape (dg_fonts_at_size (font, i ? 102 : 10.2), buffer, NULL, 0);
    guint                      n = 0;
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions (buffer, &n);
    for (guint k = 0; k < n; k++)
      width[i] += at[k].x_advance;
    hb_buffer_destroy (buffer);
  }
  g_assert_cmpint (width[1], ==, width[0]);
  g_assert_cmpfloat (dg_fonts_unit (dg_fonts_at_size (font, 102), 102), ==, 102. / 2048);
}

/* Of a family's cuts the one nearest to what is asked: slant before weight, and the language of a text has no say. */
static void
test_nearest (void)
{
  g_autoptr (DgFonts) fonts = open_fonts ();
  static const struct {
    const char *asked, *file;
  } cases[] = { { "Gentium Book Plus", "GentiumBookPlus-Regular" },
                { "Gentium Book Plus Light", "GentiumBookPlus-Regular" },
                { "Amiri Semi-Bold", "Amiri-Bold" },
                { "Gentium Book Plus Heavy Oblique", "GentiumBookPlus-BoldItalic" },
                { "Amiri Light Italic", "Amiri-Regular" },
                { "No Such Family Bold", "GentiumBookPlus-Bold" } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PangoFontDescription) wanted = pango_font_description_from_string (cases[i].asked);
    g_autoptr (PangoFont) font = pango_context_load_font (dg_fonts_context (fonts), wanted);
    g_autofree char *file = dup_file (font);
    g_assert_cmpstr (file, ==, cases[i].file);
  }
}

/* A list whose base faces are not there names the package; one that makes no sense is refused. */
static void
test_wrong_lists (void)
{
#define FACE "[A]\nfamily = Amiri\nstyle = Regular\npackage = fonts-hosny-amiri\n"
  static const struct {
    const char *text, *message;
  } cases[] = {
    { "[fonts]\nroot = /nowhere\n" FACE "file = a.ttf\nscripts = Arab\nrole = base\n", "faces of Amiri are not installed: apt-get install fonts-hosny-amiri" },
    { FACE "file = ../../../etc/passwd\nscripts = Arab\nrole = base\n", "faces of Amiri are not installed: apt-get install fonts-hosny-amiri" },
    { FACE "file = truetype/gentiumplus/GentiumBookPlus-Regular.ttf\nscripts = Arab\nrole = base\n",
      "faces of Amiri are not installed: apt-get install fonts-hosny-amiri" },
    { FACE "file = a.ttf\nscripts = Arab\n", "[A] has no “role”" },
    { FACE "file = a.ttf\nscripts = Arab\nrole = main\n", "[A] has role “main”, not base or fallback" },
    { FACE "file = a.ttf\nscripts = Arabic\nrole = base\n", "[A] has the unknown script “Arabic”" },
    { "[fonts]\n", "no face is listed" },
    { "", NULL },
    { "\xFF\xFE[", NULL },
    { "[A\n", NULL },
  };
#undef FACE
  g_autofree char *saved = g_strdup (g_getenv ("DIGLOT_DATADIR"));
  g_autofree char *dir = scratch_make ();
  g_autofree char *folder = g_build_filename (dir, "fonts", NULL);
  g_autofree char *path = g_build_filename (folder, "fonts.ini", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_setenv ("DIGLOT_DATADIR", dir, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
    g_assert_null (dg_fonts_new (NULL, FALSE, &error));
    g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT);
    if (cases[i].message)
      g_assert_true (g_str_has_suffix (error->message, cases[i].message));
  }
  g_remove (path);
  g_autoptr (GError) error = NULL;
  g_assert_null (dg_fonts_list (NULL, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT);
  scratch_remove (dir);
  if (saved)
    g_setenv ("DIGLOT_DATADIR", saved, TRUE);
  else
    g_unsetenv ("DIGLOT_DATADIR");
}

/* Fonts of the house */

#define NOTO "/usr/share/fonts/truetype/noto/"

/* A folder with a copy of @file whose OS/2.fsType is @bits. */
static char *
make_house (const char *file, guint bits)
{
  g_autofree char *path = g_strconcat (NOTO, file, NULL);
  g_autofree char *bytes = NULL;
  gsize            length = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  guint n = (guint) (guchar) bytes[4] << 8 | (guchar) bytes[5];
  for (guint i = 0; i < n; i++) {
    const guchar *entry = (const guchar *) bytes + 12 + 16 * i;
    gsize         at = (gsize) entry[8] << 24 | (gsize) entry[9] << 16 | (gsize) entry[10] << 8 | entry[11];
    if (memcmp (entry, "OS/2", 4) == 0) {
      bytes[at + 8] = (char) (bits >> 8);
      bytes[at + 9] = (char) (bits & 255);
    }
  }
  char            *folder = scratch_make ();
  g_autofree char *below = g_build_filename (folder, "below", NULL);
  g_autofree char *copy = g_build_filename (below, file, NULL);
  g_assert_cmpint (g_mkdir (below, 0777), ==, 0);
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, NULL));
  return folder;
}

static void
remove_house (char *folder)
{
  scratch_remove (folder);
  g_free (folder);
}

/* Licence bits: what forbids that a subset be embedded refuses the family with the reason, all else lets it be used. */
static void
test_licence_bits (void)
{
  static const struct {
    guint       bits;
    const char *reason;
  } cases[] = {
    { 0, NULL },
    { 0x4, NULL },
    { 0x8, NULL },
    { 0x6, NULL /* of two ways the freer one counts */ },
    { 0x2, "forbid embedding" },
    { 0x100, "forbid subsets" },
    { 0x104, "forbid subsets" },
    { 0x200, "bitmaps alone" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    char             *folder = make_house ("NotoSans-Regular.ttf", cases[i].bits);
    const char *const dirs[] = { folder, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (DgFonts) house = dg_fonts_new (dirs, FALSE, &error);
    g_assert_no_error (error);
    gboolean good = dg_fonts_check_family (house, "Noto Sans", "Latn", &error);
    g_assert_cmpint (good, ==, cases[i].reason == NULL);
    if (cases[i].reason) {
      g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
    } else
      g_assert_cmpstr (dg_fonts_family (house, "en", "Noto Sans"), ==, "Noto Sans");
    remove_house (folder);
  }
}

/* A family that cannot be had is told, and no other is taken for it. */
static void
test_families (void)
{
  static const struct {
    const char *family, *script, *reason;
  } cases[] = {
    { "Nowhere Sans", "Latn", "there is no family" },     { "Amiri", "Latn", "has not the script" }, { "Gentium Book Plus", "Arab", "has not the script" },
    { "Noto Kufi Arabic", "Latn", "has not the script" }, { "Noto Kufi Arabic", "Arab", NULL },      { "Amiri", "Arab", NULL }
  };
  char             *folder = make_house ("NotoKufiArabic-Regular.ttf", 0);
  const char *const dirs[] = { folder, NULL };
  g_autoptr (DgFonts) house = dg_fonts_new (dirs, FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (dg_fonts_check_family (house, cases[i].family, cases[i].script, &error), ==, cases[i].reason == NULL);
    if (cases[i].reason)
      g_assert_nonnull (strstr (error->message, cases[i].reason));
  }
  g_autofree char *list = dg_fonts_list (dirs, NULL);
  g_assert_nonnull (strstr (list, "Noto Kufi Arabic\tRegular\t"));
  g_assert_nonnull (strstr (list, "\t--font-dir\n"));
  remove_house (folder);

  const char *const missing[] = { "/nonexistent/fonts", NULL };
  g_autoptr (GError) error = NULL;
  g_assert_null (dg_fonts_new (missing, FALSE, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT);
}

/* A collection of @n faces that are all one: @face, whose tables are counted from the file's beginning and so move. */
static GByteArray *
make_collection (const char *face, guint n)
{
  g_autofree char *bytes = NULL;
  gsize            length;
  GByteArray      *all = g_byte_array_new ();
  guint32          start = 12 + 4 * n, value;

  g_assert_true (g_file_get_contents (face, &bytes, &length, NULL));
  g_byte_array_append (all, (const guint8 *) "ttcf\0\1\0\0", 8);
  value = GUINT32_TO_BE (n);
  g_byte_array_append (all, (const guint8 *) &value, 4);
  value = GUINT32_TO_BE (start);
  for (guint i = 0; i < n; i++)
    g_byte_array_append (all, (const guint8 *) &value, 4);
  for (guint i = 0; i < (guint) (guchar) bytes[5]; i++) {
    memcpy (&value, bytes + 12 + 16 * i + 8, 4);
    value = GUINT32_FROM_BE (value);
    value += start;
    value = GUINT32_TO_BE (value);
    memcpy (bytes + 12 + 16 * i + 8, &value, 4);
  }
  g_byte_array_append (all, (const guint8 *) bytes, (guint) length);
  return all;
}

/* A collection may name one face as often as it likes: it is listed, but not for ever. */
static void
test_collections (void)
{
  static const struct {
    guint n, listed;
  } cases[] = { { 1, 1 }, { 7, 7 }, { 100000, 1000 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char  *folder = scratch_make (), *path = g_build_filename (folder, "many.ttc", NULL);
    const char *const dirs[] = { folder, NULL };
    g_autoptr (GByteArray) file = make_collection ("tests/fuzz/seeds/face/boxes.ttf", cases[i].n);
    g_autofree char *list = NULL;
    guint            n = 0;

    g_assert_true (g_file_set_contents (path, (const char *) file->data, (gssize) file->len, NULL));
    list = dg_fonts_list (dirs, NULL);
    for (const char *at = list; (at = strstr (at, path)) != NULL; at++)
      n++;
    g_assert_cmpuint (n, ==, cases[i].listed);
    scratch_remove (folder);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fonts/licence-bits", test_licence_bits);
  g_test_add_func ("/fonts/collections", test_collections);
  g_test_add_func ("/fonts/families", test_families);
  g_test_add_func ("/fonts/family", test_family);
  g_test_add_func ("/fonts/styles", test_styles);
  g_test_add_func ("/fonts/mixed", test_mixed);
  g_test_add_func ("/fonts/other-scripts", test_other_scripts);
  g_test_add_func ("/fonts/history", test_history);
  g_test_add_func ("/fonts/locale", test_locale);
  g_test_add_func ("/fonts/family-for-language", test_family_for_language);
  g_test_add_func ("/fonts/has-char", test_has_char);
  g_test_add_func ("/fonts/only-listed", test_only_listed);
  g_test_add_func ("/fonts/nearest", test_nearest);
  g_test_add_func ("/fonts/unrounded", test_unrounded);
  g_test_add_func ("/fonts/wrong-lists", test_wrong_lists);
  return g_test_run ();
}
