/* test_jsonread.c: JSON from outside: what is taken, what is refused and where, and that nothing exhausts the stack. */
#include "base/jsonread.h"

#include <string.h>

static char *
dup_problem (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  return dg_json_load (parser, text, length, &error) ? NULL : g_strdup (error->message);
}

static void
test_taken (void)
{
  static const char *const texts[] = {
    "[1, -2.5e+3, true, false, null, \"a\"]",
    "{\"a\": {\"b\": []}}\r\n\t",
    "\xEF\xBB\xBF[1]",
    "[\"[[[[{{{{'//*#\"]",
    "[\"\\\"[\", \"\\\\\", []]",
    "[\"\xD8\xA8\"]",
    "[\"\\u0628\\uD83D\\uDE00\\n\\/\"]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (dup_problem (texts[i], strlen (texts[i])), ==, NULL);
}

static void
test_refused (void)
{
#define CHARACTER "a character that is none of JSON"
#define ESCAPE    "an escape that is none of JSON"
  static const struct {
    const char *text, *place, *what;
  } cases[] = {
    { "{'a': 1}", "<data>:1:2:", CHARACTER },      { "/* \" */ [1]", "<data>:1:1:", CHARACTER },
    { "[1, 'x\"', 2]", "<data>:1:5:", CHARACTER }, { "[1,\n \"\xD8\xA8\", // \"\n 2]", "<data>:2:7:", CHARACTER },
    { "[\"\\u0\" \"]", "<data>:1:3:", ESCAPE },    { "[\"\\uD800\" \"]", "<data>:1:3:", ESCAPE },
    { "[\"\\uDC00\"]", "<data>:1:3:", ESCAPE },    { "[\"\\uD800\\n\"]", "<data>:1:3:", ESCAPE },
    { "[\"a\\x\"]", "<data>:1:4:", ESCAPE },       { "[\"\\", "<data>:1:3:", ESCAPE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *problem = dup_problem (cases[i].text, strlen (cases[i].text));

    g_assert_nonnull (problem);
    g_assert_true (g_str_has_prefix (problem, cases[i].place));
    g_assert_true (g_str_has_suffix (problem, cases[i].what));
  }
}

static char *
dup_nested (const char *before, guint depth, const char *after)
{
  g_autofree char *open = g_strnfill (depth, '['), *shut = g_strnfill (depth, ']');

  return g_strconcat (before, open, shut, after, NULL);
}

static void
test_deep (void)
{
  static const struct {
    const char *before, *after;
  } around[] = {
    { "", "" }, { "[\"]]]]]]]]\", ", "]" }, { "[\"\\\"]]\", ", "]" }, { "/* \" */", "" }, { "{\"a\": '\"', \"b\": ", "}" }, { "[\"\\\\\"]\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (around); i++) {
    g_autofree char *text = dup_nested (around[i].before, 2000000, around[i].after);
    g_autofree char *problem = dup_problem (text, strlen (text));

    g_assert_nonnull (problem);
  }
  for (guint depth = DG_JSON_DEPTH; depth <= DG_JSON_DEPTH + 1; depth++) {
    g_autofree char *text = dup_nested ("", depth, ""), *problem = dup_problem (text, strlen (text));

    if (depth <= DG_JSON_DEPTH)
      g_assert_cmpstr (problem, ==, NULL);
    else
      g_assert_cmpstr (problem, ==, "<data>:1:65: Parse error: brackets within brackets, more than 64 deep");
  }
}

/* Not one byte beyond the text is looked at. */
static void
test_cut (void)
{
  static const char whole[] = "{\"a\": [\"\\\"\xD8\xA8\", 1]}";

  for (gsize n = 1; n < sizeof whole; n++) {
    g_autofree char *cut = g_memdup2 (whole, n), *problem = dup_problem (cut, n);

    g_assert_cmpint (problem == NULL, ==, n == sizeof whole - 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jsonread/taken", test_taken);
  g_test_add_func ("/jsonread/refused", test_refused);
  g_test_add_func ("/jsonread/deep", test_deep);
  g_test_add_func ("/jsonread/cut", test_cut);
  return g_test_run ();
}
