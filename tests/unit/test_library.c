/* test_library.c: what a program that loads the library may count on: a converter a thread, nothing of the host's changed, nothing printed. */
#include "diglot.h"

#include <fontconfig/fontconfig.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static const char *const samples[] = { "flood-en-ar.txt", "museum-ar-en.txt", "railway-en-he.txt", "port-fr-ar.txt", "urdu-en.txt", "chinese-en.txt" };

static GBytes *
read_sample (const char *name)
{
  g_autofree char   *path = g_build_filename ("tests", "samples", name, NULL);
  g_autoptr (GError) error = NULL;
  GBytes            *bytes = diglot_read_file (path, &error);

  g_assert_no_error (error);
  return bytes;
}

/* The samples in turn, beginning with the @start-th, each with its name as key. */
static GHashTable *
convert_samples (guint start)
{
  const DiglotOptions         options = { 0 };
  g_autoptr (GError)          error = NULL;
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, &error);
  GHashTable                 *made = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    const char              *name = samples[(start + i) % G_N_ELEMENTS (samples)];
    g_autoptr (GBytes)       bytes = read_sample (name);
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
  GThread               *threads[4];

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

/* Neither fonts, locale nor environment of the host change, and nothing is written to its standard output or error. */
static void
test_host (void)
{
  FcConfig              *fonts = FcConfigReference (FcConfigGetCurrent ());
  g_autofree char       *locale_before = g_strdup (setlocale (LC_ALL, NULL));
  locale_t               thread_locale = uselocale ((locale_t) 0);
  g_autofree char       *environment = dup_environment (), *environment_after = NULL;
  g_autoptr (GHashTable) made = NULL;
  FILE                  *captured = tmpfile ();
  int                    out = dup (STDOUT_FILENO), err = dup (STDERR_FILENO);

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
  g_assert_true (FcConfigGetCurrent () == fonts);
  FcConfigDestroy (fonts);
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
  g_autoptr (GString)    digests = g_string_new (NULL);

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/threads", test_threads);
  g_test_add_func ("/library/host", test_host);
  g_test_add_func ("/library/host-language", test_host_language);
  return g_test_run ();
}
