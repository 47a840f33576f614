/* scratch.h: a folder of a test's own, and the program run in it through the shell, as a user would. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

typedef struct {
  char *folder;                /* where the program runs */
  char *program;
  char *out;                   /* of the last run */
  char *err;
} Scratch;

static inline void
scratch_set_up (Scratch *s, gconstpointer data)
{
  g_autofree char *tests = g_canonicalize_filename (g_test_get_dir (G_TEST_BUILT), NULL);
  g_autofree char *build = g_path_get_dirname (tests);

  (void) data;
  s->program = g_build_filename (build, "diglot", NULL);
  s->folder = g_dir_make_tmp ("diglot-test-XXXXXX", NULL);
  g_assert_nonnull (s->folder);
}

/* Runs @script, in which "diglot" and "$diglot" are the program; returns its exit status, or 128 and the signal's number. */
static inline int
scratch_run (Scratch *s, const char *script)
{
  g_autofree char   *whole = g_strdup_printf ("diglot () { \"$diglot\" \"$@\"; }; diglot='%s'; %s", s->program, script);
  const char        *argv[] = { "/bin/bash", "-c", whole, NULL };
  g_autoptr (GError) error = NULL;
  int                status;

  g_clear_pointer (&s->out, g_free);
  g_clear_pointer (&s->err, g_free);
  g_spawn_sync (s->folder, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &s->out, &s->err, &status, &error);
  g_assert_no_error (error);
  if (*s->err != '\0')
    g_test_message ("%s: %.2000s", script, s->err);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

static inline void
scratch_tear_down (Scratch *s, gconstpointer data)
{
  (void) data;
  scratch_run (s, "chmod -R u+rwx . 2>/dev/null; rm -rf \"$PWD\"");
  g_free (s->folder);
  g_free (s->program);
  g_free (s->out);
  g_free (s->err);
}

static inline void
scratch_put (Scratch *s, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (s->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

#endif
