/* test_library.c: what a program that loads the library may count on: a converter a thread, nothing of the host's changed, nothing printed. */
#include "diglot.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static const char *const samples[] = { "flood-en-ar.txt", "museum-ar-en.txt", "railway-en-he.txt", "port-fr-ar.txt", "urdu-en.txt", "chinese-en.txt" };

static GBytes *
read_sample (const char *name)
{
  g_autofree char *path = g_build_filename ("tests", "samples", name, NULL);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = diglot_read_file (path, &error);

  g_assert_no_error (error);
  return bytes;
}

/* The samples in turn, beginning with the @start-th, each with its name as key. */
static GHashTable *
convert_samples (guint start)
{
  const DiglotOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, &error);
  GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    const char *name = samples[(start + i) % G_N_ELEMENTS (samples)];
    g_autoptr (GBytes) bytes = read_sample (name);
    g_autoptr (DiglotResult) result = diglot_convert (converter, bytes, name, DIGLOT_FORMAT_PDF);

    g_assert_nonnull (diglot_result_bytes (result));
    g_hash_table_insert (made, (gpointer) name, g_bytes_ref (diglot_result_bytes (result)));
  }
  return made;
}

static void
assert_equal (GHashTable *made, GHashTable *expected)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    g_assert_true (g_bytes_equal (g_hash_table_lookup (made, samples[i]), g_hash_table_lookup (expected, samples[i])));
}

static gpointer
run_thread (gpointer data)
{
  return convert_samples (GPOINTER_TO_UINT (data));
}

/* Each thread takes the samples in another order, so that no two are at the same place. */
static void
test_threads (void)
{
  g_autoptr (GHashTable) expected = convert_samples (0);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("converter", run_thread, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (GHashTable) made = g_thread_join (threads[i]);

    assert_equal (made, expected);
  }
}

static char *
dup_environment (void)
{
  return g_strjoinv ("\n", environ);
}

/* Neither locale nor environment of the host change, and nothing is written to its standard output or error. */
static void
test_host (void)
{
  g_autofree char *locale_before = g_strdup (setlocale (LC_ALL, NULL));
  locale_t         thread_locale = uselocale ((locale_t) 0);
  g_autofree char *environment = dup_environment (), *environment_after = NULL;
  g_autoptr (GHashTable) made = NULL;
  FILE *captured = tmpfile ();
  int   out = dup (STDOUT_FILENO), err = dup (STDERR_FILENO);

  fflush (stdout);
  g_assert_cmpint (dup2 (fileno (captured), STDOUT_FILENO), >=, 0);
  g_assert_cmpint (dup2 (fileno (captured), STDERR_FILENO), >=, 0);
  made = convert_samples (0);
  fflush (NULL);
  dup2 (out, STDOUT_FILENO);
  dup2 (err, STDERR_FILENO);
  close (out);
  close (err);

  g_assert_cmpint (lseek (fileno (captured), 0, SEEK_END), ==, 0);
  fclose (captured);
  g_assert_cmpstr (setlocale (LC_ALL, NULL), ==, locale_before);
  g_assert_true (uselocale ((locale_t) 0) == thread_locale);
  environment_after = dup_environment ();
  g_assert_cmpstr (environment_after, ==, environment);
}

/* The digests of what the samples became, one a line. */
static char *
dup_digests (void)
{
  g_autoptr (GHashTable) made = convert_samples (0);
  g_autoptr (GString) digests = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, g_hash_table_lookup (made, samples[i]));

    g_string_append_printf (digests, "%s %s\n", samples[i], sum);
  }
  return g_string_free (g_steal_pointer (&digests), FALSE);
}

/* The host's language and locale do not show on the page. */
static void
test_host_language (void)
{
  g_autofree char *digests = dup_digests (), *pattern = NULL;

  if (g_test_subprocess ()) {
    g_print ("%s", digests);
    return;
  }
  pattern = g_strdup_printf ("*%s*", digests);
  g_setenv ("PANGO_LANGUAGE", "ur:fr:ja", TRUE);
  g_setenv ("LANGUAGE", "ur:fr:ja", TRUE);
  g_setenv ("LC_ALL", "tr_TR.UTF-8", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout (pattern);
}

static DiglotInput *
open_sample (DiglotConverter *converter, const char *name)
{
  g_autoptr (GBytes) bytes = read_sample (name);

  return diglot_input_new (converter, bytes, name);
}

static DiglotConverter *
new_converter (void)
{
  const DiglotOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  DiglotConverter *converter = diglot_converter_new (&options, &error);

  g_assert_no_error (error);
  return converter;
}

/* What a dispatch consists of and how it is paired, as objects; a changed pairing shows in every later conversion. */
static void
test_parts_and_pairs (void)
{
  g_autoptr (DiglotConverter) converter = new_converter ();
  g_autoptr (DiglotInput) input = open_sample (converter, "flood-en-ar.txt");
  g_autoptr (DiglotAlignment) alignment = NULL;
  g_autoptr (DiglotResult) before = NULL, after = NULL;
  const DiglotBead  merged = { 0, 2, 0, 1, 0 };
  const DiglotPart *parts;
  const DiglotBead *beads;
  guint             n_parts, n_beads, body[2] = { 0, 0 };

  g_assert_cmpuint (diglot_input_count (input), ==, 1);
  g_assert_cmpstr (diglot_input_language (input, 0, 0), ==, "en");
  g_assert_cmpstr (diglot_input_language (input, 0, 1), ==, "ar");
  g_assert_null (diglot_input_language (input, 0, 2));
  g_assert_null (diglot_input_language (input, 1, 0));

  parts = diglot_input_parts (input, 0, &n_parts);
  for (guint i = 0; i < n_parts; i++)
    body[parts[i].text] += strcmp (parts[i].role, "body") == 0;
  g_assert_cmpstr (parts[0].role, ==, "source");
  g_assert_true (g_str_has_prefix (parts[0].content, "Source:"));
  g_assert_cmpuint (parts[0].label, ==, strlen ("Source:"));
  g_assert_cmpuint (parts[0].line, ==, 1);
  beads = diglot_input_beads (input, 0, &n_beads);
  for (guint i = 0; i < n_beads; i++) {
    g_assert_cmpuint (beads[i].n_a, ==, 1);
    g_assert_cmpuint (beads[i].n_b, ==, 1);
    g_assert_cmpfloat (beads[i].score, >, .9);
  }
  g_assert_cmpuint (n_beads, ==, body[0]);
  g_assert_cmpuint (n_beads, ==, body[1]);

  before = diglot_input_convert (input, 0, DIGLOT_FORMAT_DUMP_ALIGN);
  alignment = diglot_alignment_new_from_beads (0, &merged, 1);
  diglot_input_align (input, alignment, NULL);
  beads = diglot_input_beads (input, 0, &n_beads);
  g_assert_cmpuint (beads[0].n_a, ==, 2);
  g_assert_cmpuint (beads[0].n_b, ==, 1);
  after = diglot_input_convert (input, 0, DIGLOT_FORMAT_DUMP_ALIGN);
  g_assert_false (g_bytes_equal (diglot_result_bytes (before), diglot_result_bytes (after)));
  diglot_input_align (input, NULL, NULL);
}

/* Beads that do not fit the text are told, and nothing is made. */
static void
test_wrong_pairs (void)
{
  static const DiglotBead wrong[] = { { 999, 1, 0, 1, 0 }, { 0, G_MAXUINT, 0, 1, 0 } };
  g_autoptr (DiglotConverter) converter = new_converter ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (DiglotInput) input = open_sample (converter, "flood-en-ar.txt");
    g_autoptr (DiglotAlignment) alignment = diglot_alignment_new_from_beads (0, &wrong[i], 1);
    g_autoptr (DiglotResult) result = NULL;
    guint n;

    diglot_input_align (input, alignment, NULL);
    g_assert_null (diglot_input_beads (input, 0, &n));
    result = diglot_input_convert (input, 0, DIGLOT_FORMAT_PDF);
    g_assert_null (diglot_result_bytes (result));
    g_assert_cmpstr (diglot_result_messages (result, &n)[0].code, ==, "align.file");
  }
}

/* One input gives each format, and the same bytes when asked again. */
static void
test_again (void)
{
  static const DiglotFormat formats[] = { DIGLOT_FORMAT_PDF, DIGLOT_FORMAT_JSON, DIGLOT_FORMAT_PNG, DIGLOT_FORMAT_SVG, DIGLOT_FORMAT_DUMP_PAGES };
  g_autoptr (DiglotConverter) converter = new_converter ();
  g_autoptr (DiglotInput) input = open_sample (converter, "tiny-en-ar.txt");

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (DiglotResult) one = diglot_input_convert (input, 0, formats[i]), two = diglot_input_convert (input, 0, formats[i]);
    guint n_one, n_two;

    g_assert_true (g_bytes_equal (diglot_result_bytes (one), diglot_result_bytes (two)));
    diglot_result_messages (one, &n_one);
    diglot_result_messages (two, &n_two);
    g_assert_cmpuint (n_one, ==, n_two);
  }
}

typedef struct {
  DiglotStage last; /* the stage to end at */
  guint       calls;
} Watch;

static gboolean
on_stage (DiglotStage stage, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpuint (watch->calls++, ==, stage);
  return stage != watch->last;
}

/* Each stage is announced, in order, and can be the last. */
static void
test_cancel (void)
{
  g_autoptr (DiglotConverter) converter = new_converter ();
  g_autoptr (GBytes) bytes = read_sample ("tiny-en-ar.txt");

  for (guint stage = DIGLOT_STAGE_PAIR; stage <= DIGLOT_STAGE_WRITE + 1; stage++) {
    Watch watch = { (DiglotStage) stage, 0 };
    g_autoptr (DiglotResult) result = NULL;

    diglot_converter_set_progress (converter, on_stage, &watch);
    result = diglot_convert (converter, bytes, "tiny-en-ar.txt", DIGLOT_FORMAT_PDF);
    g_assert_cmpuint (watch.calls, ==, MIN (stage, DIGLOT_STAGE_WRITE) + 1);
    g_assert_true ((diglot_result_bytes (result) != NULL) == (stage > DIGLOT_STAGE_WRITE));
    g_assert_true ((diglot_result_worst (result) == DIGLOT_SEVERITY_ERROR) == (stage <= DIGLOT_STAGE_WRITE));
  }
}

typedef struct {
  DiglotStage last;
  guint       calls[DIGLOT_STAGE_WRITE + 1];
} BundleWatch;

static gboolean
on_bundle_stage (DiglotStage stage, gpointer data)
{
  BundleWatch *watch = data;

  watch->calls[stage]++;
  return stage != watch->last;
}

/* A bundle asks before each of its dispatches is paired and set, and before it is written; it is written once. */
static void
test_bundle (void)
{
  g_autoptr (DiglotConverter) converter = new_converter ();
  g_autoptr (DiglotInput) one = open_sample (converter, "tiny-en-ar.txt"), two = open_sample (converter, "flood-en-ar.txt");

  for (guint stage = DIGLOT_STAGE_PAIR; stage <= DIGLOT_STAGE_WRITE + 1; stage++) {
    BundleWatch watch = { (DiglotStage) stage, { 0 } };
    g_autoptr (DiglotBundle) bundle = diglot_bundle_new (converter);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;

    diglot_converter_set_progress (converter, on_bundle_stage, &watch);
    diglot_bundle_add (bundle, one, 0);
    diglot_bundle_add (bundle, two, 0);
    bytes = diglot_bundle_write (bundle, &error);
    g_assert_cmpuint (watch.calls[DIGLOT_STAGE_PAIR], ==, 2);
    if (stage > DIGLOT_STAGE_WRITE) {
      g_assert_no_error (error);
      g_assert_nonnull (bytes);
      g_assert_cmpuint (watch.calls[DIGLOT_STAGE_LAYOUT], ==, 2);
    } else {
      const int code = stage == DIGLOT_STAGE_PAIR ? DIGLOT_ERROR_SYNTAX : DIGLOT_ERROR_CANCELLED;

      g_assert_null (bytes);
      g_assert_error (error, DIGLOT_ERROR, code);
      g_assert_cmpuint (watch.calls[DIGLOT_STAGE_LAYOUT], ==, stage == DIGLOT_STAGE_PAIR ? 0 : stage == DIGLOT_STAGE_LAYOUT ? 1 : 2);
    }
    g_assert_cmpuint (watch.calls[DIGLOT_STAGE_WRITE], ==, stage >= DIGLOT_STAGE_WRITE);
    g_clear_error (&error);
    g_assert_null (diglot_bundle_write (bundle, &error));
    g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/threads", test_threads);
  g_test_add_func ("/library/host", test_host);
  g_test_add_func ("/library/host-language", test_host_language);
  g_test_add_func ("/library/parts-and-pairs", test_parts_and_pairs);
  g_test_add_func ("/library/wrong-pairs", test_wrong_pairs);
  g_test_add_func ("/library/again", test_again);
  g_test_add_func ("/library/cancel", test_cancel);
  g_test_add_func ("/library/bundle", test_bundle);
  return g_test_run ();
}
