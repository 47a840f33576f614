/* test_speech.c: messages in another language: each text of the catalogue is recognised with its gaps filled, what is not ours stays, names keep their
 * direction; and what is kept or written for programs stays English. */
#include "base/diag.h"
#include "base/speech.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FSI "\xE2\x81\xA8"
#define LRI "\xE2\x81\xA6"
#define RLI "\xE2\x81\xA7"
#define PDI "\xE2\x81\xA9"

/* Speaks Arabic as a program would whose user asked for it; English before the test and behind it.  The locale is the C library's C.UTF-8 under another
 * name, since no machine need have an Arabic one. */
static locale_t
speak_arabic (void)
{
  static const char *const folders[] = { "/usr/lib/locale/C.utf8", "/usr/lib/locale/C.UTF-8" };
  g_autofree char         *scratch = g_dir_make_tmp ("diglot-speech-XXXXXX", NULL), *name = g_build_filename (scratch, "ar_EG.UTF-8", NULL);
  locale_t                 locale = (locale_t) 0;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_file_test (folders[i], G_FILE_TEST_IS_DIR) && symlink (folders[i], name) == 0)
      break;
  g_setenv ("LOCPATH", scratch, TRUE);
  locale = newlocale (LC_ALL_MASK, "ar_EG.UTF-8", (locale_t) 0);
  g_unsetenv ("LOCPATH");
  g_unlink (name);
  g_rmdir (scratch);
  return locale == (locale_t) 0 ? locale : uselocale (locale);
}

static void
speak_english (locale_t before)
{
  freelocale (uselocale (before));
}

static char *
dup_without_isolates (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) < 0x2066 || g_utf8_get_char (p) > 0x2069)
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/* @format with each gap filled by what a message could have there. */
static char *
dup_filled (const char *format)
{
  GString *out = g_string_new (NULL);
  guint    n = 0;

  for (const char *p = format; *p != '\0'; p++) {
    gsize length = *p == '%' ? 1 + strspn (p + 1, "0123456789.*lz") : 0;

    if (length == 0 || p[length] == '\0' || strchr ("sudgfX", p[length]) == NULL) {
      g_string_append_c (out, *p);
      continue;
    }
    p += length;
    if (*p == 's')
      g_string_append_printf (out, "zq%u.x", ++n);
    else
      g_string_append (out, *p == 'X' ? "20AC" : *p == 'u' || *p == 'd' ? "17" : "2.5");
  }
  return g_string_free (out, FALSE);
}

/* The string that the lines of a .po file from @lines[*i] on hold. */
static char *
read_string (char **lines, guint *i)
{
  g_autoptr (GString) text = g_string_new (NULL);

  do {
    const char *open = strchr (lines[*i], '"'), *close = strrchr (lines[*i], '"');

    g_string_append_len (text, open + 1, close - open - 1);
    (*i)++;
  } while (lines[*i] != NULL && *lines[*i] == '"');
  return g_strcompress (text->str);
}

static void
test_catalogue (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  locale_t before;
  guint    n = 0;

  g_assert_true (g_file_get_contents ("po/ar.po", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  before = speak_arabic ();
  for (guint i = 0; lines[i] != NULL;) {
    g_autofree char *english = NULL, *arabic = NULL, *filled = NULL, *expected = NULL, *got = NULL, *bare = NULL;
    guint            letters = 0;

    if (!g_str_has_prefix (lines[i], "msgid \"")) {
      i++;
      continue;
    }
    english = read_string (lines, &i);
    if (lines[i] == NULL || !g_str_has_prefix (lines[i], "msgstr \""))
      continue;
    arabic = read_string (lines, &i);
    g_assert_cmpstr (arabic, !=, "");
    for (const char *p = english; *p != '\0'; p++)
      letters += g_ascii_isalpha (*p) && (p == english || p[-1] != '%') ? 1 : 0;
    if (letters < 8 || g_str_has_prefix (english, "direction:"))
      continue;
    filled = dup_filled (english);
    expected = dup_filled (arabic);
    got = dg_speech_dup (filled);
    bare = dup_without_isolates (got);
    g_assert_cmpstr (bare, ==, expected);
    n++;
  }
  g_assert_cmpuint (n, >, 300);
  speak_english (before);
}

static char *
dup_line (const char *file, const char *text)
{
  const DiglotMessage message = { file, 3, 7, DIGLOT_SEVERITY_WARNING, "a.code", text };

  return diglot_message_dup_text (&message);
}

static void
test_lines (void)
{
  static const struct {
    const char *file, *text, *line;
  } cases[] = {
    { "a.txt", "paragraph has no counterpart", "a.txt:3:7: " RLI "تحذير: فقرة بلا مقابل" PDI " [a.code]" },
    { "خبر.txt", "paragraph has no counterpart", FSI "خبر.txt" PDI ":3:7: " RLI "تحذير: فقرة بلا مقابل" PDI " [a.code]" },
    /* A name, an option with its value and a key run from left to right, signs before them included. */
    { "a.txt", "there is no option --outptu; did you mean --output?",
      "a.txt:3:7: " RLI "تحذير: لا خيار باسم " LRI "--outptu" PDI "؛ أتقصد " LRI "--output" PDI "؟" PDI " [a.code]" },
    { "a.txt", "page.size is “x”; expected yes or no",
      "a.txt:3:7: " RLI "تحذير: قيمة " LRI "page.size" PDI " هي «" LRI "x" PDI "»، والمتوقع: " LRI "yes" PDI " أو " LRI "no" PDI PDI " [a.code]" },
    /* A name in Arabic is its own isolate; what stands in quotation marks is never taken for a text of ours. */
    { "a.txt", "there is no option \"format\"", "a.txt:3:7: " RLI "تحذير: لا خيار باسم \"" LRI "format" PDI "\"" PDI " [a.code]" },
    { "a.txt", "the folder خبر/١ cannot be made: Permission denied",
      "a.txt:3:7: " RLI "تحذير: تعذر إنشاء المجلد " FSI "خبر/١" PDI ": لا إذن بذلك" PDI " [a.code]" },
    /* Messages within messages; words of others. */
    { "a.txt", "b.json: beads[2]: it has no paragraph", "a.txt:3:7: " RLI "تحذير: " LRI "b.json" PDI ": " LRI "beads[2]" PDI ": لا فقرة فيه" PDI " [a.code]" },
    { "a.txt", "cannot be read: Truncated tar header", "a.txt:3:7: " RLI "تحذير: تعذرت قراءته: " LRI "Truncated tar header" PDI PDI " [a.code]" },
    { "a.txt", "something else befell it", "a.txt:3:7: " RLI "تحذير: " LRI "something else befell it" PDI PDI " [a.code]" },
  };
  locale_t before = speak_arabic ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *line = dup_line (cases[i].file, cases[i].text);

    g_assert_cmpstr (line, ==, cases[i].line);
  }
  speak_english (before);
  g_autofree char *line = dup_line ("خبر.txt", "paragraph has no counterpart");

  g_assert_cmpstr (line, ==, "خبر.txt:3:7: warning: paragraph has no counterpart [a.code]");
}

/* What a program reads is the same in every locale. */
static void
test_kept (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("a.txt");
  locale_t before = speak_arabic ();
  guint    n;

  dg_diag_add (diag, DG_DIAG_ALIGN_UNPAIRED, 3, 1);
  g_assert_cmpstr (dg_diag_list (diag, &n)[0].text, ==, "paragraph has no counterpart");
  g_autofree char *json = diglot_message_dup_json (&dg_diag_list (diag, &n)[0]);

  g_assert_nonnull (strstr (json, "\"warning\""));
  g_assert_nonnull (strstr (json, "\"paragraph has no counterpart\""));
  speak_english (before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (speak_arabic () == (locale_t) 0) {
    printf ("1..0 # SKIP the C library's C.UTF-8 is not where it is looked for\n");
    return 0;
  }
  speak_english (LC_GLOBAL_LOCALE);
  g_test_add_func ("/speech/catalogue", test_catalogue);
  g_test_add_func ("/speech/lines", test_lines);
  g_test_add_func ("/speech/kept", test_kept);
  return g_test_run ();
}
