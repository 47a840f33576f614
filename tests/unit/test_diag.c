/* test_diag.c: messages: their order, their form, what of the input may be in them. */
#include "base/diag.h"

#include <string.h>

static char *
dup_all (DgDiag *diag)
{
  GString             *out = g_string_new (NULL);
  guint                n;
  const DiglotMessage *messages = dg_diag_list (diag, &n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *line = diglot_message_dup_text (&messages[i]);

    g_string_append_printf (out, "%s\n", line);
  }
  return g_string_free (out, FALSE);
}

static void
check_text (DgDiag *diag, const char *expected)
{
  g_autofree char *text = dup_all (diag);

  g_assert_cmpstr (text, ==, expected);
}

/* Passes find things out of order; the reader sees them from the top of the file. */
static void
test_sorted (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("a.txt");

  g_assert_cmpint (dg_diag_worst (diag), ==, DIGLOT_SEVERITY_NONE);
  dg_diag_add (diag, DG_DIAG_ALIGN_UNPAIRED, 9, 1);
  dg_diag_add (diag, DG_DIAG_BIDI_OVERRIDE, 2, 7, 0x202E);
  dg_diag_add (diag, DG_DIAG_PARSE_NO_HEADLINE, 0, 0, "en");
  g_assert_cmpint (dg_diag_worst (diag), ==, DIGLOT_SEVERITY_WARNING);
  dg_diag_add (diag, DG_DIAG_BIDI_OVERRIDE, 2, 3, 0x202D);
  check_text (diag, "a.txt: note: no headline found in the en text [parse.no-headline]\n"
                    "a.txt:2:3: warning: bidi override U+202D: what follows may read as something else than it is [bidi.override]\n"
                    "a.txt:2:7: warning: bidi override U+202E: what follows may read as something else than it is [bidi.override]\n"
                    "a.txt:9:1: warning: paragraph has no counterpart [align.unpaired]\n");
}

/* At one place messages keep the order in which they were found, and each is there once. */
static void
test_once (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("a.txt");

  for (guint i = 0; i < 3; i++) {
    dg_diag_add (diag, DG_DIAG_INPUT_CONTROL, 1, 1, 0x1B);
    dg_diag_add (diag, DG_DIAG_INPUT_CONTROL, 1, 1, 0x07);
  }
  check_text (diag, "a.txt:1:1: warning: control character U+001B dropped [input.control]\n"
                    "a.txt:1:1: warning: control character U+0007 dropped [input.control]\n");
}

/* The list may be asked for, added to, and asked for again. */
static void
test_grows (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("a.txt");
  guint n;

  dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 0);
  dg_diag_add (diag, DG_DIAG_PARSE_EMPTY, 0, 0);
  dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 1);
  dg_diag_add (diag, DG_DIAG_ALIGN_UNPAIRED, 1, 1);
  dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 2);
}

/* A file of nothing but control characters fills neither the memory nor the terminal, and what is left out is counted. */
static void
test_flood (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("a.txt");
  const DiglotMessage *messages;
  guint                n;

  for (guint i = 1; i <= 5000; i++)
    dg_diag_add (diag, DG_DIAG_INPUT_CONTROL, 1, i, 1);
  dg_diag_add (diag, DG_DIAG_ALIGN_UNPAIRED, 2, 1);
  messages = dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 1002);
  g_assert_cmpstr (messages[1000].text, ==, "4000 more of this kind are not listed");
  g_assert_cmpstr (messages[1000].code, ==, "input.control");
  g_assert_cmpuint (messages[1000].column, ==, 1001);
  g_assert_cmpstr (messages[1001].code, ==, "align.unpaired");
}

/* Neither a file's name nor a quoted text brings a control, an escape or a bidi control to the terminal, nor broken UTF-8. */
static void
test_printable (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("a\x1b[31m\xff\n.txt");
  guint                n;
  const DiglotMessage *messages;
  g_autofree char     *text = NULL, *json = NULL;

  dg_diag_add (diag, DG_DIAG_FONT_FALLBACK, 1, 2, "evil\u202e\r\u2066\x9b", "\u061c\xc2\x85ok");
  messages = dg_diag_list (diag, &n);
  text = diglot_message_dup_text (&messages[0]);
  json = diglot_message_dup_json (&messages[0]);
  g_assert_cmpstr (text, ==,
                   "a<U+001B>[31m\ufffd<U+000A>.txt:1:2: note: face evil<U+202E><U+000D><U+2066>\ufffd is not installed; "
                   "<U+061C><U+0085>ok takes its place [font.fallback]");
  for (const char *p = json; *p != '\0'; p++)
    g_assert_cmpint ((guchar) *p, >=, 0x20);
  g_assert_null (strstr (json, "\u202e"));
  g_assert_true (g_utf8_validate (json, -1, NULL));
}

static void
test_json (void)
{
  const DiglotMessage message = { "dir/\"a\".txt", 3, 14, DIGLOT_SEVERITY_WARNING, "align.unpaired", "paragraph has no counterpart" };
  g_autofree char    *json = diglot_message_dup_json (&message);

  g_assert_cmpstr (json, ==,
                   "{\"file\":\"dir/\\\"a\\\".txt\",\"line\":3,\"column\":14,\"severity\":\"warning\",\"code\":\"align.unpaired\","
                   "\"message\":\"paragraph has no counterpart\"}");
}

static void
check_error (DiglotErrorCode code, const char *file, const char *said, const char *expected)
{
  g_autoptr (GError) error = g_error_new_literal (DIGLOT_ERROR, (int) code, said);
  g_autoptr (DiglotMessage) message = diglot_message_new_from_error (file, error);
  g_autofree char *text = diglot_message_dup_text (message);

  g_assert_cmpstr (text, ==, expected);
}

/* What ends the work is a message like any other; a template's keeps the place it has in the template. */
static void
test_errors (void)
{
  check_error (DIGLOT_ERROR_READ, "a.txt", "cannot be read: gone", "a.txt: error: cannot be read: gone [input.unreadable]");
  check_error (DIGLOT_ERROR_USAGE, NULL, "no input", "error: no input [usage.option]");
  check_error (DIGLOT_ERROR_TEMPLATE, NULL, "my.ini:3:12: error: there is no key [template.unknown-key]",
               "my.ini:3:12: error: there is no key [template.unknown-key]");
  check_error (DIGLOT_ERROR_TEMPLATE, NULL, "nope: error: there is none [template.missing]", "nope: error: there is none [template.missing]");
  check_error (DIGLOT_ERROR_TEMPLATE, NULL, ": error: [", "error: [ [template.wrong]");
  check_error (DIGLOT_ERROR_TEMPLATE, NULL, "unlike a message", "error: unlike a message [template.wrong]");
}

static void
test_add_error (void)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("a.txt");
  g_autoptr (GError) error = g_error_new_literal (DIGLOT_ERROR, DIGLOT_ERROR_ENCODING, "no text \033at all");

  dg_diag_add_error (diag, error);
  g_assert_cmpint (dg_diag_worst (diag), ==, DIGLOT_SEVERITY_ERROR);
  check_text (diag, "a.txt: error: no text <U+001B>at all [input.charset]\n");
}

/* Scripts match on codes: each stands for one kind of message. */
static void
test_codes (void)
{
  static const char *const codes[] = {
#define _(id, severity, code, text) code,
    DG_DIAG_TABLE (_)
#undef _
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_assert_cmpuint (strspn (codes[i], "abcdefghijklmnopqrstuvwxyz-."), ==, strlen (codes[i]));
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (codes[i], !=, codes[j]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diag/sorted", test_sorted);
  g_test_add_func ("/diag/once", test_once);
  g_test_add_func ("/diag/grows", test_grows);
  g_test_add_func ("/diag/flood", test_flood);
  g_test_add_func ("/diag/printable", test_printable);
  g_test_add_func ("/diag/json", test_json);
  g_test_add_func ("/diag/errors", test_errors);
  g_test_add_func ("/diag/add-error", test_add_error);
  g_test_add_func ("/diag/codes", test_codes);
  return g_test_run ();
}
