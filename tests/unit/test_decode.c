/* test_decode.c: bytes to text: charsets, what is wrong in them, and where. */
#include "read/decode.h"
#include "read/kind.h"

#include <string.h>

static DgSource *
decode (const char *bytes, gsize length, const char *encoding, DgDiag *diag)
{
  g_autoptr (GBytes) input = g_bytes_new (bytes, length);
  g_autoptr (GError) error = NULL;
  DgSource *source = dg_decode ("t.txt", input, encoding, diag, &error);

  g_assert_no_error (error);
  g_assert_nonnull (source);
  return source;
}

static void
check (const char *bytes, gsize length, const char *encoding, const char *name, const char *text, guint n_messages)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgSource) source = decode (bytes, length, encoding, diag);
  guint n;

  g_assert_cmpstr (dg_source_encoding (source), ==, name);
  g_assert_cmpstr (dg_source_text (source), ==, text);
  dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, n_messages);
}

#define CHECK(bytes, encoding, name, text, n) check (bytes, sizeof bytes - 1, encoding, name, text, n)

static void
test_marks (void)
{
  CHECK ("abc", NULL, "utf-8", "abc", 0);
  CHECK ("\xEF\xBB\xBF"
         "abc",
         NULL, "utf-8-bom", "abc", 0);
  CHECK ("\xFF\xFE"
         "a\0\x28\x06",
         NULL, "utf-16le-bom", "aب", 0);
  CHECK ("\xFE\xFF"
         "\0a\x06\x28",
         NULL, "utf-16be-bom", "aب", 0);
  CHECK ("\xFF\xFE\0\0"
         "a\0\0\0",
         NULL, "utf-32le-bom", "a", 0);
  CHECK ("\0\0\xFE\xFF"
         "\0\0\0a",
         NULL, "utf-32be-bom", "a", 0);
  CHECK ("", NULL, "utf-8", "", 0);
  CHECK ("\xEF\xBB\xBF", NULL, "utf-8-bom", "", 0);
}

static void
test_named (void)
{
  CHECK ("\xC8", "windows-1256", "windows-1256", "ب", 0);
  CHECK ("\xC8", "CP1256", "windows-1256", "ب", 0);
  CHECK ("\xC8", "ISO-8859-6", "iso-8859-6", "ب", 0);
  CHECK ("\xA0", "cp720", "cp720", "ب", 0);
  CHECK ("\xE9", "latin1", "iso-8859-1", "é", 0);
  CHECK ("\x28\x06", "UTF-16", "utf-16le", "ب", 0);
  CHECK ("\xEF\xBB\xBF"
         "a",
         "utf-8", "utf-8-bom", "a", 0);
}

static void
test_unknown_name (void)
{
  static const char *const names[] = { "no-such-charset", "", "utf-8//TRANSLIT", "../../etc/passwd", "ütf-8" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (GBytes) input = g_bytes_new_static ("abc", 3);
    g_autoptr (GError) error = NULL;

    g_assert_null (dg_decode ("t.txt", input, names[i], diag, &error));
    g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ENCODING);
  }
}

static void
check_place (const char *bytes, gsize length, const char *text, const char *code, guint line, guint column)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgSource) source = decode (bytes, length, NULL, diag);
  const DiglotMessage *messages;
  guint                n;

  g_assert_cmpstr (dg_source_text (source), ==, text);
  messages = dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (messages[0].code, ==, code);
  g_assert_cmpuint (messages[0].line, ==, line);
  g_assert_cmpuint (messages[0].column, ==, column);
}

#define CHECK_PLACE(bytes, text, code, line, column) check_place (bytes, sizeof bytes - 1, text, code, line, column)

/* What comes in place of text is named at once, and no text is taken for it that only speaks of such things. */
static void
test_kinds (void)
{
  static const char *const wrong[] = { "{\\rtf1 The ferry}",
                                       "%PDF-1.7\n",
                                       "PK\3\4rest",
                                       "\x89PNG\r\n\x1A\n",
                                       "\n <!DOCTYPE html><p>The ferry",
                                       "<HTML><p>The ferry",
                                       "From: desk@harbour.example\nContent-Transfer-Encoding: Base64\n\nVGhlIGZlcnJ5\n",
                                       "Subject: ferry\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n" };
  static const char *const right[] = { "The PDF begins with %PDF-", "<b>The</b> ferry", "PK beat Selma 3-1", "",
                                       "Subject: ferry\nContent-Transfer-Encoding: 8bit\n\nThe ferry runs.\nContent-Type: multipart/mixed\n" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (dg_kind_is_text ((const guint8 *) wrong[i], strlen (wrong[i]), &error));
    g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_KIND);
  }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    g_assert_true (dg_kind_is_text ((const guint8 *) right[i], strlen (right[i]), NULL));
}

static void
test_places (void)
{
  CHECK_PLACE ("بببب\nبب\xFFبببب", "بببب\nبب\uFFFDبببب", "input.encoding", 2, 3);
  CHECK_PLACE ("بببب\r\nabc\xD8", "بببب\r\nabc\uFFFD", "input.encoding", 2, 4);
  CHECK_PLACE ("بببب\rabc\0d", "بببب\rabcd", "input.control", 2, 4);
  CHECK_PLACE ("a long enough line\n\tx\x1B[0m", "a long enough line\n\tx[0m", "input.control", 2, 3);
  CHECK_PLACE ("the \uFEFFmuseum", "the museum", "input.control", 1, 5);
  CHECK_PLACE ("the mu\xEF\xBF\xBEseum", "the museum", "input.control", 1, 7);
  CHECK_PLACE ("the \xEF\xB7\x90museum \uFDF2", "the museum \uFDF2", "input.control", 1, 5);
  CHECK_PLACE ("\xEF\xBB\xBFthe museum\xF4\x8F\xBF\xBF", "the museum", "input.control", 1, 11);
  /* U+000B, U+0085, U+2028 and U+2029 end lines and are no controls that go. */
  CHECK_PLACE ("a line with VT\vb\xC2\x85"
               "c\xE2\x80\xA8"
               "d\xE2\x80\xA9"
               "e\x01",
               "a line with VT\vb\xC2\x85"
               "c\xE2\x80\xA8"
               "d\xE2\x80\xA9"
               "e",
               "input.control", 5, 2);
}

/* A real U+FFFD in the input is no wrong byte. */
static void
test_replacement_character (void)
{
  CHECK ("ab\uFFFD", NULL, "utf-8", "ab\uFFFD", 0);
}

/* Bytes of a kind that nobody knows. */
static void
test_no_text (void)
{
  static const char png[] = "\x88QNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1F\x15\xC4\x89\0\0\0\nIDATx\x9C"
                            "c\0\x01\0\0\x05\0\x01";
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (GBytes) input = g_bytes_new_static (png, sizeof png - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (dg_decode ("t.txt", input, NULL, diag, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ENCODING);
}

static void
test_lines (void)
{
  g_autoptr (DgSource) source = dg_source_new ("t", g_strdup ("a\nbc\r\n\rd"), 8, "utf-8");
  static const char *const lines[] = { "a", "bc", "", "d" };

  g_assert_cmpuint (dg_source_n_lines (source), ==, 4);
  for (guint n = 1; n <= 4; n++) {
    gsize       length;
    const char *line = dg_source_line (source, n, &length);

    g_assert_cmpmem (line, length, lines[n - 1], strlen (lines[n - 1]));
  }
}

/* Any bytes at all: an answer or an error, never a crash; the text is UTF-8. */
static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 400; i++) {
    guint8 bytes[256];
    gsize  length = (gsize) g_rand_int_range (rand, 0, sizeof bytes);
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (GError) error = NULL;

    for (gsize k = 0; k < length; k++)
      bytes[k] = (guint8) g_rand_int_range (rand, i % 2 ? 0x80 : 0, 256);
    g_autoptr (GBytes) input = g_bytes_new (bytes, length);
    g_autoptr (DgSource) source = dg_decode ("t.txt", input, NULL, diag, &error);
    if (source != NULL)
      g_assert_true (g_utf8_validate (dg_source_text (source), -1, NULL));
    else
      g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_ENCODING);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/marks", test_marks);
  g_test_add_func ("/decode/named", test_named);
  g_test_add_func ("/decode/unknown-name", test_unknown_name);
  g_test_add_func ("/decode/places", test_places);
  g_test_add_func ("/decode/kinds", test_kinds);
  g_test_add_func ("/decode/replacement-character", test_replacement_character);
  g_test_add_func ("/decode/no-text", test_no_text);
  g_test_add_func ("/decode/lines", test_lines);
  g_test_add_func ("/decode/noise", test_noise);
  return g_test_run ();
}
