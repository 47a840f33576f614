/* test_hostile.c: texts that nobody writes in good faith.  Each ends in a PDF, in a PDF with a message that says what was changed, or
 * in a clear error and no file; never in a crash, in more than a minute or a GiB, or in a message that reaches into the terminal. */
#include "diglot.h"
#include "scratch.h"
#include "base/utf.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(DG_COVERAGE)
#define LARGE      20 /* sanitizers and counters multiply time and memory: large texts are so many times smaller */
#define MEMORY_MAX 0  /* MiB; 0: not asked */
#else
#define LARGE      1
#define MEMORY_MAX 1024
#endif
#define SECONDS_MAX 60 /* of the processor: how busy the machine is must not decide */

#define EN "Harbour opens again\nThe harbour has been open again since Sunday, 12 days after the storm of 4 May 2025.\n"
#define AR "إعادة فتح الميناء\nأُعيد فتح الميناء يوم الأحد، بعد 12 يوماً من عاصفة 4 أيار/مايو 2025.\n"

typedef struct {
  Scratch scratch;
  char   *input, *output, *messages;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  scratch_set_up (&f->scratch, data);
  f->input = g_build_filename (f->scratch.folder, "a.txt", NULL);
  f->output = g_build_filename (f->scratch.folder, "a.pdf", NULL);
  f->messages = g_build_filename (f->scratch.folder, "messages", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  scratch_tear_down (&f->scratch, data);
  g_free (f->input);
  g_free (f->output);
  g_free (f->messages);
}

/* The program's exit status for a.txt; its largest resident size, workers included, goes to @kib. */
static int
run (const Fixture *f, guint64 *kib)
{
  struct rusage usage;
  int           status;
  pid_t         pid = fork ();

  if (pid == 0) {
    struct rlimit seconds = { SECONDS_MAX * LARGE, SECONDS_MAX * LARGE };

    setrlimit (RLIMIT_CPU, &seconds);
    if (freopen (f->messages, "w", stderr) == NULL || chdir (f->scratch.folder) != 0)
      _exit (99);
    /* The processor's time is the limit: how long it takes by the clock is the business of whatever else the machine does. */
    execl (f->scratch.program, "diglot", "--timeout", "0", "-o", "a.pdf", "a.txt", (char *) NULL);
    _exit (99);
  }
  g_assert_cmpint (wait4 (pid, &status, 0, &usage), ==, pid);
  *kib = (guint64) usage.ru_maxrss;
  if (!WIFEXITED (status))
    g_test_message ("ended by signal %d", WTERMSIG (status));
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

/* A text for a terminal: what moves the cursor or turns the reading is written out. */
static void
check_messages (const char *messages)
{
  g_assert_true (g_utf8_validate (messages, -1, NULL));
  for (const char *p = messages; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    g_assert_true (ch == '\n' || !g_unichar_iscntrl (ch));
    g_assert_false (dg_is_bidi_control (ch));
  }
}

/* Sets @text.  @code: a message that must be there, NULL where none about an error or a changed character may be; @makes: a PDF comes of it. */
static void
check (const Fixture *f, const char *name, const char *text, gsize length, gboolean makes, const char *code)
{
  g_autofree char *messages = NULL, *wanted = code != NULL ? g_strdup_printf ("[%s]", code) : NULL;
  guint64          kib;
  int              status;
  g_autofree char *pdf = NULL;
  gsize            size = 0;

  g_test_message ("%s", name);
  g_assert_true (g_file_set_contents (f->input, text, (gssize) length, NULL));
  g_remove (f->output);
  status = run (f, &kib);
  g_assert_true (g_file_get_contents (f->messages, &messages, NULL, NULL));
  if (status != (makes ? 0 : 1))
    g_test_message ("%.2000s", messages);
  g_assert_cmpint (status, ==, makes ? 0 : 1);
  check_messages (messages);
  if (MEMORY_MAX > 0)
    g_assert_cmpuint (kib / 1024, <, MEMORY_MAX);
  g_assert_cmpint (g_file_get_contents (f->output, &pdf, &size, NULL), ==, makes);
  if (makes) {
    g_assert_cmpuint (size, >, 1000);
    g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
    g_assert_true (memcmp (pdf + size - 6, "%%EOF\n", 6) == 0);
  }
  if (wanted != NULL && strstr (messages, wanted) == NULL)
    g_test_message ("no %s in: %.2000s", wanted, messages);
  g_assert_true (wanted == NULL || strstr (messages, wanted) != NULL);
  if (makes)
    g_assert_null (strstr (messages, ": error: "));
}

static void
append_times (GString *text, const char *piece, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
}

/* @head, then @n times @piece, then @tail. */
static void
check_row (const Fixture *f, const char *name, const char *head, const char *piece, guint n, const char *tail, gboolean makes, const char *code)
{
  g_autoptr (GString) text = g_string_new (head);

  append_times (text, piece, n);
  g_string_append (text, tail);
  check (f, name, text->str, text->len, makes, code);
}

/* Nothing to set. */
static void
test_nothing (Fixture *f, gconstpointer data)
{
  (void) data;
  check (f, "empty", "", 0, FALSE, "parse.empty");
  check_row (f, "white space", " \t\r\n\r\n", "\u3000\u00A0\n", 3, "\f", FALSE, "parse.empty");
  check (f, "a byte order mark", "\xEF\xBB\xBF", 3, FALSE, "parse.empty");
  check (f, "a mark of UTF-16", "\xFF\xFE", 2, FALSE, "parse.empty");
  check_row (f, "tatweel alone", "", "ـ", 100000 / LARGE, "", FALSE, "parse.empty");
  check_row (f, "nothing but ZWJ", "", "\xE2\x80\x8D", 100000 / LARGE, "", FALSE, "parse.empty");
}

/* Bytes that are no text. */
static void
test_binary (Fixture *f, gconstpointer data)
{
  g_autofree char *program = NULL;
  g_autofree char *noise = g_malloc (1 << 20);
  gsize            length;
  GRand           *rand = g_rand_new_with_seed (1);

  (void) data;
  memset (noise, 0, 1000);
  check (f, "NULs", noise, 1000, FALSE, "input.charset");
  g_assert_true (g_file_get_contents (f->scratch.program, &program, &length, NULL));
  check (f, "a programme", program, MIN (length, 3000000), FALSE, "input.kind");
  for (guint i = 0; i < 1 << 20; i++)
    noise[i] = (char) g_rand_int (rand);
  check (f, "noise", noise, 1 << 20, FALSE, "input.charset");
  check (f, "a terminal's commands alone", "\x1B]0;x\x07\x1B[2J\n", 11, FALSE, "input.charset");
  g_rand_free (rand);
}

/* Controls within a text are dropped, with a message; a terminal's commands among them do nothing to who reads the messages. */
static void
test_controls (Fixture *f, gconstpointer data)
{
  (void) data;
  check (f, "some NULs", EN "a\0b" AR, sizeof EN + sizeof AR + 1, TRUE, "input.control");
  check_row (f, "colours", EN, "word \x1B[31mred\x1B[0m word ", 20, "\n" AR, TRUE, "input.control");
  check_row (f, "C1", EN,
             "word \xC2\x9B"
             "31m word ",
             20, "\n" AR, TRUE, "input.mended");
  check_row (f, "escapes in a code point nobody has", EN, "word \xEE\x80\x80 word ", 20, "\n" AR, TRUE, "font.missing-glyph");
}

/* Every way of not being UTF-8 (Unicode 15, 3.9, table 3-7) and what UTF-16 and UTF-32 can have instead. */
static void
test_encodings (Fixture *f, gconstpointer data)
{
  static const char *const wrong[] = {
    "\x80",
    "\xBF", /* continuations alone */
    "\xC0\x80",
    "\xC1\xBF",
    "\xE0\x80\x80",
    "\xE0\x9F\xBF",
    "\xF0\x80\x80\x80",
    "\xF0\x8F\xBF\xBF", /* overlong */
    "\xC3",
    "\xE2\x82",
    "\xF0\x9F\x98",
    "\xE2\x28\xA1", /* cut short */
    "\xF4\x90\x80\x80",
    "\xF5\x80\x80\x80",
    "\xF8\x88\x80\x80\x80",
    "\xFC\x84\x80\x80\x80\x80",
    "\xFE",
    "\xFF", /* beyond U+10FFFF */
    "\xED\xA0\x80",
    "\xED\xBF\xBF",
    "\xED\xA0\xBD\xED\xB8\x80", /* surrogates, alone and as a pair (CESU-8) */
  };
  static const char lone[] = " \0\x3D\xD8 \0\x3D\xDE \0\x3D\xDE\x3D\xD8\n"; /* surrogates the wrong way round, and half a line end */
  static const char beyond[] = "\xFF\xFF\xFF\xFF\0\0\x11\0\0\xD8\0\0 \0\0\0";
  g_autoptr (GString) wide = g_string_new_len ("\xFF\xFE", 2), wider = g_string_new_len ("\xFF\xFE\0\0", 4);
  g_autofree char *utf16 = NULL, *utf32 = NULL;
  gsize            size16, size32;

  (void) data;
  utf16 = g_convert (EN AR, -1, "UTF-16LE", "UTF-8", NULL, &size16, NULL);
  utf32 = g_convert (EN AR, -1, "UTF-32LE", "UTF-8", NULL, &size32, NULL);
  g_assert_true (utf16 != NULL && utf32 != NULL);
  g_string_append_len (wide, utf16, (gssize) size16);
  g_string_append_len (wide, lone, sizeof lone - 1);
  g_string_append_len (wider, utf32, (gssize) size32);
  g_string_append_len (wider, beyond, sizeof beyond - 1);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *name = g_strdup_printf ("broken UTF-8 %u", i);

    check_row (f, name, EN "Somebody wrote ", wrong[i], 1, " here.\n" AR, TRUE, "input.encoding");
    check_row (f, name, EN AR, wrong[i], 1, "", TRUE, "input.encoding");
  }
  check (f, "lone surrogates in UTF-16 of an odd length", wide->str, wide->len, TRUE, "input.encoding");
  check (f, "UTF-16 cut in a character, without a mark", utf16, size16 - 1, TRUE, "input.encoding");
  check (f, "UTF-32 beyond Unicode", wider->str, wider->len, TRUE, "input.encoding");
  check (f, "UTF-32 cut in a character", wider->str, wider->len - 3, TRUE, NULL);
}

/* Bidi controls: any number of them nest or lie open; LRO and RLO are named with their place. */
static void
test_bidi (Fixture *f, gconstpointer data)
{
  static const char *const controls[] = {
    "\u202A", "\u202B", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u202C", "\u2069", "\u202A\u2067", "\u2069\u202C",
  };
  g_autofree char *messages = NULL;

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++) {
    g_autofree char *name = g_strdup_printf ("bidi controls %u", i);

    check_row (f, name, EN "Open ", controls[i], 200, " words 12 على\n" AR, TRUE, i == 2 || i == 3 ? "bidi.override" : NULL);
    check_row (f, name, EN AR "نص ", controls[i], 200, " words 12 على", TRUE, i == 2 || i == 3 ? "bidi.override" : NULL);
  }
  check_row (f, "an override", EN "Open the file ", "\u202Egnp.exe\u202C", 1, " now.\n" AR, TRUE, "bidi.override");
  g_assert_true (g_file_get_contents (f->messages, &messages, NULL, NULL));
  g_assert_nonnull (strstr (messages, "a.txt:3:15: warning: bidi override U+202E"));
}

/* Characters that stack, join or are seen by nobody. */
static void
test_characters (Fixture *f, gconstpointer data)
{
  (void) data;
  check_row (f, "marks on a letter", EN "e", "\u0301", 100000, "\n" AR, TRUE, "input.marks");
  check_row (f, "vowel signs on a letter", EN AR "م", "\u064B", 100000, "\n", TRUE, "input.marks");
  check_row (f, "marks parted by what is not seen", EN "e", "\u0301\u200D\u034F", 30000, "\n" AR, TRUE, "input.marks");
  check_row (f, "marks alone", "", "\u0301", 100000, "", TRUE, "input.marks");
  check_row (f, "private use", EN, "\uE000\uF8FF\U000F0000\U0010FFFD", 500, "\n" AR, FALSE, "font.no-face");
  check_row (f, "noncharacters", EN, "\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xB7\x90\xF0\x9F\xBF\xBE\xF4\x8F\xBF\xBF", 500, "\n" AR, FALSE, "input.charset");
  check_row (f, "tatweel", EN AR "م", "ـ", 100000 / LARGE, "يناء\n", TRUE, NULL);
  check_row (f, "ZWJ", EN AR "م", "\u200D", 100000 / LARGE, "يناء\n", TRUE, NULL);
  check_row (f, "ZWNJ and ZWJ", EN "a", "\u200C\u200D", 50000 / LARGE, "\n" AR, TRUE, NULL);
  check_row (f, "a letter that no face has, often", EN, "\u0915\u094D\u0937", 30000 / LARGE, "\n" AR, TRUE, NULL);
  check_row (f, "line separators", EN, "a\u2028b\u2029", 20000 / LARGE, "\n" AR, TRUE, NULL);
}

/* Texts of a size that no dispatch has. */
static void
test_large (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  (void) data;
  append_times (text, "harbour", 1000000 / 7 / LARGE);
  g_string_append_c (text, '\n');
  append_times (text, "الميناء", 1000000 / 14 / LARGE);
  check (f, "1 MB without a space in either script", text->str, text->len, TRUE, NULL);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 25000 / LARGE; i++)
    g_string_append_printf (text, "Word %u.\n", i);
  for (guint i = 0; i < 25000 / LARGE; i++)
    g_string_append_printf (text, "كلمة %u.\n", i);
  check (f, "50,000 paragraphs", text->str, text->len, TRUE, NULL);

  g_string_truncate (text, 0);
  while (text->len < 20 * 1000 * 1000)
    g_string_append (text, EN AR);
  check (f, "20 MB", text->str, text->len, FALSE, "input.limit");

  check_row (f, "a million blank lines", "", "\n", 1000000, EN AR, TRUE, NULL);
  check_row (f, "an address of a quarter MiB", "", "http://a.b/", 23700 / LARGE, "\n", TRUE, NULL);
  check_row (f, "brackets", EN, "(", 100000 / LARGE, "\n" AR, TRUE, NULL);
}

/* An address is a link up to 2,000 bytes, whatever lines it takes. */
static void
test_addresses (Fixture *f, gconstpointer data)
{
  static const struct {
    guint    length;
    gboolean is_link;
  } cases[] = { { 2000, TRUE }, { 2001, FALSE } };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) text = g_string_new ("http://a.b/");

    append_times (text, "c", cases[i].length - (guint) text->len);
    g_string_append (text, "\n");
    check (f, "an address", text->str, text->len, TRUE, NULL);
    g_assert_cmpint (scratch_run (&f->scratch, "qpdf --json a.pdf | grep -q /URI"), ==, cases[i].is_link ? 0 : 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hostile/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/hostile/binary", Fixture, NULL, set_up, test_binary, tear_down);
  g_test_add ("/hostile/controls", Fixture, NULL, set_up, test_controls, tear_down);
  g_test_add ("/hostile/encodings", Fixture, NULL, set_up, test_encodings, tear_down);
  g_test_add ("/hostile/bidi", Fixture, NULL, set_up, test_bidi, tear_down);
  g_test_add ("/hostile/characters", Fixture, NULL, set_up, test_characters, tear_down);
  g_test_add ("/hostile/addresses", Fixture, NULL, set_up, test_addresses, tear_down);
  g_test_add ("/hostile/large", Fixture, NULL, set_up, test_large, tear_down);
  return g_test_run ();
}
