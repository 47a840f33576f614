/* test_settings.c: texts set by many templates and settings, in faces of our own (tests/faces), so that where everything stands hangs on no face of the
 * machine: beside where it stood when somebody last looked (tests/answers). */
#include "answers.h"
#include "scratch.h"

#include <libdeflate.h>

#define FACES "fonts.latin=Boxes", "fonts.arabic=Crates"

typedef struct {
  const char *source, *template_name, *settings[7];
} Setting;

/* What @setting makes of its text, as @format shows it.  Free with g_bytes_unref. */
static GBytes *
set_text (const Setting *setting, const char *profile, DiglotFormat format)
{
  static const char *const dirs[] = { "tests/faces", NULL };
  const char              *settings[G_N_ELEMENTS (setting->settings) + 3] = { FACES };
  const char              *folder = g_str_has_prefix (setting->source, "kinds") ? "tests/faces" : "tests/samples";
  g_autofree char         *path = g_strdup_printf ("%s/%s.txt", folder, setting->source), *picture = g_strdup_printf ("%s/%s.jpg", folder, setting->source);
  const DiglotOptions      options = { .template_name = setting->template_name, .profile = profile, .settings = settings, .font_dirs = dirs };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = diglot_read_file (path, &error), jpeg = NULL;
  g_autoptr (DiglotConverter) converter = NULL;
  g_autoptr (DiglotInput) input = NULL;
  g_autoptr (DiglotResult) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (setting->settings) && setting->settings[i] != NULL; i++)
    settings[2 + i] = setting->settings[i];
  g_assert_no_error (error);
  converter = diglot_converter_new (&options, &error);
  g_assert_no_error (error);
  input = diglot_input_new (converter, bytes, path);
  if (g_file_test (picture, G_FILE_TEST_EXISTS)) {
    jpeg = diglot_read_file (picture, NULL);
    diglot_input_set_picture (input, 0, jpeg, picture, NULL);
  }
  result = diglot_input_convert (input, 0, format);
  g_assert_nonnull (diglot_result_bytes (result));
  return g_bytes_ref (diglot_result_bytes (result));
}

static void
append_head (GString *out, const Setting *setting)
{
  g_string_append_printf (out, "* %s %s", setting->source, setting->template_name);
  for (guint i = 0; i < G_N_ELEMENTS (setting->settings) && setting->settings[i] != NULL; i++)
    g_string_append_printf (out, " %s", setting->settings[i]);
  g_string_append_c (out, '\n');
}

/* The dump's @columns of each line, numbers with one place; four lines go into one. */
static void
append_columns (GString *out, GBytes *dump, const guint *columns, guint n_columns)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (dump, NULL), g_bytes_get_size (dump));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

    g_string_append (out, n % 4 == 0 ? "" : " |");
    for (guint c = 0; c < n_columns; c++) {
      const char *field = columns[c] < g_strv_length (fields) ? fields[columns[c]] : "";

      if (strchr (field, '.') != NULL && g_ascii_isdigit (field[strlen (field) - 1]))
        g_string_append_printf (out, " %.1f", g_ascii_strtod (field, NULL));
      else
        g_string_append_printf (out, " %.4s", field);
    }
    if (++n % 4 == 0)
      g_string_append_c (out, '\n');
  }
  g_string_append (out, n % 4 == 0 ? "" : "\n");
}

static void
test_pages (void)
{
  static const Setting settings[] = {
    { "release-en-ar", "dispatch", { NULL } },
    { "release-en-ar",
      "dispatch",
      { "page.size=a5", "columns.ratio=equal", "columns.first=right", "marks.row-numbers=gutter", "marks.source-lines=yes", NULL } },
    { "release-en-ar", "letter", { "page.size=120mm x 160mm", "page.margin-left=14mm", "page.margin-right=14mm", "marks.line-numbers=5", NULL } },
    { "release-en-ar", "stacked", { "page.size=a5", NULL } },
    { "release-en-ar", "facing", { "page.size=a5", "columns.first=right", NULL } },
    { "release-en-ar", "proof", { NULL } },
    { "flood-en-ar", "dispatch", { "page.size=a5", "grid.fit=no", NULL } },
    { "flood-en-ar", "dispatch", { "page.size=a5", "grid.fit=yes", "columns.first=outside", "page.mirrored=yes", NULL } },
    { "flood-en-ar", "book", { "page.first-number=2", "head.in-rows=yes", NULL } },
    { "flood-en-ar", "bulletin", { NULL } },
    { "flood-en-ar", "facing", { "page.size=170mm x 240mm", "columns.ratio=auto", "columns.first=right", "body.bead-rule=1pt", NULL } },
    { "flood-en-ar", "minimal", { "head.headline-size=30pt", "columns.gutter=40pt", NULL } },
    { "unequal-en-ar", "dispatch", { "columns.ratio-min=30", "columns.ratio-max=70", "justify.looseness=no", NULL } },
    { "unequal-en-ar", "stacked", { "page.mirrored=yes", NULL } },
    { "interleaved-en-ar", "dispatch", { "head.headline-long=20", "page.size=letter", NULL } },
    { "one-language", "dispatch", { NULL } },
    { "roles-en-ar", "dispatch", { "marks.notes=yes", "marks.missing=yes", "page.size=a5", NULL } },
    { "roles-en-ar", "book", { "marks.confidence=yes", "furniture.running-first=yes", NULL } },
    { "lighthouse-en-ar", "dispatch", { NULL } },
    { "lighthouse-en-ar", "facing", { "page.size=a5", NULL } },
    { "lighthouse-en-ar", "book", { "picture.trim=0", "picture.depth-max=6", NULL } },
    { "museum-ar-en", "bulletin", { "columns.first=right", "page.size=a5", NULL } },
    { "wrapped-en-ar", "proof", { "marks.line-rule=0.2pt", "marks.row-numbers=margin", NULL } },
    { "tiny-en-ar", "letter", { NULL } },
    { "kinds-head", "dispatch", { NULL } },
    { "kinds-notes", "dispatch", { NULL } },
    { "release-en-ar", "dispatch", { "page.size=tabloid", NULL } },
    { "kinds-en-ar", "dispatch", { "page.size=148mm x 122mm", NULL } },
    { "kinds-en-ar", "dispatch", { "page.size=148mm x 134mm", NULL } },
    { "kinds-en-ar", "dispatch", { "page.size=148mm x 146mm", NULL } },
    { "kinds-en-ar", "dispatch", { "page.size=148mm x 158mm", NULL } },
    { "kinds-notes", "facing", { "page.size=a5", NULL } },
    { "kinds-head", "dispatch", { "head.headline-leading=24pt", "head.headline-leading-arabic=60pt", NULL } },
    { "kinds-head", "dispatch", { "head.headline-leading=60pt", "head.headline-leading-arabic=30pt", NULL } },
    { "kinds-en-ar", "dispatch", { "small.leading=20pt", "small.gap=50pt", "caption.rule=2pt", "page.size=a5", NULL } },
  };
  static const guint columns[] = { 0, 4, 1, 2, 3, 6 };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    g_autoptr (GBytes) dump = set_text (&settings[i], NULL, DIGLOT_FORMAT_DUMP_PAGES);

    append_head (out, &settings[i]);
    append_columns (out, dump, columns, G_N_ELEMENTS (columns));
  }
  compare ("pages", "Texts set in faces of boxes by many settings: each box with its role, place (pt), width and row.", out);
}

static void
test_lines (void)
{
  static const Setting settings[] = {
    { "flood-en-ar", "dispatch", { "justify.kashida=several", NULL } },
    { "flood-en-ar", "dispatch", { "justify.kashida=none", "columns.ratio=45:55", "justify.hyphenate=no", NULL } },
    { "flood-en-ar", "dispatch", { "justify.text=no", "page.size=a5", NULL } },
    { "release-en-ar", "dispatch", { "page.size=90mm x 200mm", "page.margin-left=4mm", "page.margin-right=4mm", "columns.gutter=12pt", NULL } },
    { "museum-ar-en", "book", { "justify.space-max=110", "justify.space-max-arabic=110", NULL } },
    { "unequal-en-ar", "stacked", { "justify.kashida=several", "bidi.isolate=no", "bidi.digits=language", NULL } },
    { "vowelled-ar-en", "dispatch", { NULL } },
  };
  static const guint columns[] = { 1, 4, 5, 6, 7, 8, 9, 10 };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    g_autoptr (GBytes) dump = set_text (&settings[i], NULL, DIGLOT_FORMAT_DUMP_LINES);

    append_head (out, &settings[i]);
    append_columns (out, dump, columns, G_N_ELEMENTS (columns));
  }
  compare ("lines", "Texts set in faces of boxes by many settings: each line's role, width (pt), ratio, badness, word space, spaces, kashidas and how it ends.",
           out);
}

/* What a stream holds, unpacked; NULL where it is not packed.  Free with g_bytes_unref. */
static GBytes *
unpack (const char *data, gsize length)
{
  struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor ();
  const gsize                     most = 1 << 20;
  g_autofree char                *room = g_malloc (most);
  gsize                           got;
  gboolean                        is_done = libdeflate_zlib_decompress (inflate, data, length, room, most, &got) == LIBDEFLATE_SUCCESS;

  libdeflate_free_decompressor (inflate);
  return is_done ? g_bytes_new (room, got) : NULL;
}

/* Font programs by their length and digest, all else as it is, with bytes that are no characters in figures; nothing of what is a library's or tells of a
 * release or of places in the file. */
static void
append_stream (GString *out, const char *dictionary, GBytes *bytes)
{
  gsize            length;
  const guchar    *data = g_bytes_get_data (bytes, &length);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  if (strstr (dictionary, "/N ") != NULL && strstr (dictionary, "/Type") == NULL)
    g_string_append (out, "(a profile of colours)");
  else if (strstr (dictionary, "/Metadata") != NULL || strstr (dictionary, "/XRef") != NULL)
    g_string_append (out, "(of the file itself)");
  else if (strstr (dictionary, "/Length1") != NULL)
    g_string_append_printf (out, "(a font of %zu bytes, %.16s)", length, digest);
  else
    for (gsize i = 0; i < length; i++)
      if (data[i] == '\n' || (data[i] >= ' ' && data[i] < 0x7F))
        g_string_append_c (out, (char) data[i]);
      else
        g_string_append_printf (out, "~%02X", data[i]);
  g_string_append_c (out, '\n');
}

static const char *
find (const char *at, const char *end, const char *what)
{
  return memmem (at, (gsize) (end - at), what, strlen (what));
}

/* The objects of a PDF, whose streams are unpacked. */
static void
append_objects (GString *out, GBytes *pdf)
{
  gsize       size;
  const char *data = g_bytes_get_data (pdf, &size), *end = data + size;

  for (const char *at = data; (at = find (at, end, " 0 obj\n")) != NULL;) {
    const char      *body = at + strlen (" 0 obj\n"), *object = at;
    const char      *stream = find (body, end, "stream\n"), *close = find (body, end, "endobj");
    g_autofree char *dictionary = NULL;
    const char      *length;

    while (object > data && g_ascii_isdigit (object[-1]))
      object--;
    g_assert_nonnull (close);
    if (stream == NULL || stream > close) {
      g_string_append_printf (out, "%.*s: %.*s", (int) (at - object), object, (int) (close - body), body);
      at = close;
      continue;
    }
    dictionary = g_strndup (body, (gsize) (stream - body));
    length = strstr (dictionary, "/Length ");
    g_assert_nonnull (length);
    {
      gsize n = (gsize) g_ascii_strtoull (length + strlen ("/Length "), NULL, 10);
      g_autoptr (GBytes) plain = unpack (stream + strlen ("stream\n"), n), raw = g_bytes_new (stream + strlen ("stream\n"), n);

      g_string_append_printf (out, "%.*s: ", (int) (at - object), object);
      append_stream (out, dictionary, plain != NULL ? plain : raw);
      at = stream + strlen ("stream\n") + n;
    }
  }
}

static void
test_files (void)
{
  static const Setting settings[] = {
    { "tiny-en-ar", "dispatch", { "columns.first=right", NULL } },
    { "tiny-en-ar", "proof", { "pdf.order=pair", "pdf.marks=no", NULL } },
    { "tiny-en-ar", "facing", { "page.size=a5", NULL } },
    { "kinds-en-ar", "dispatch", { "justify.kashida=several", NULL } },
  };
  static const char *const profiles[G_N_ELEMENTS (settings)] = { "archive", "print", "archive", "archive" };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    g_autoptr (GBytes) pdf = set_text (&settings[i], profiles[i], DIGLOT_FORMAT_PDF);

    append_head (out, &settings[i]);
    append_objects (out, pdf);
  }
  g_string_replace (out, "Diglot " DIGLOT_VERSION, "Diglot", 0);
  compare ("files", "Texts set in faces of boxes: the objects of their PDFs.", out);
}

int
main (int argc, char **argv)
{
  char *home;
  int   status;

  g_test_init (&argc, &argv, NULL);
  home = scratch_make_home ();
  if (U_ICU_VERSION_MAJOR_NUM == MADE_WITH_ICU) { /* another release ends lines otherwise */
    g_test_add_func ("/settings/pages", test_pages);
    g_test_add_func ("/settings/lines", test_lines);
    g_test_add_func ("/settings/files", test_files);
  }
  status = g_test_run ();
  scratch_remove (home);
  g_free (home);
  return status;
}
