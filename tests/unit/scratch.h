/* scratch.h: a folder of a test's own, and the program run in it through the shell, as a user would.  With scratch_set_up and
 * scratch_tear_down it is a fixture for g_test_add; scratch_remove alone serves where a test needs no more than a folder. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

typedef struct {
  char *folder; /* where the program runs */
  char *program;
  char *samples;
  char *out; /* of the last run */
  char *err;
} Scratch;

/* A new folder; free with g_free, after scratch_remove. */
static inline char *
scratch_make (void)
{
  char *folder = g_dir_make_tmp ("diglot-test-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

/* The same, and the library keeps its caches there and finds no dictionaries but those put below it, nor what lies ready: what is installed on the machine
 * must not decide whether a test passes.  To be called before GLib first asks where caches are. */
static inline char *
scratch_make_home (void)
{
  char            *folder = scratch_make ();
  g_autofree char *dictionaries = g_build_filename (folder, "dictionaries", NULL);

  g_assert_cmpint (g_mkdir (dictionaries, 0700), ==, 0);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_setenv ("DIGLOT_DICTIONARIES", dictionaries, TRUE);
  g_setenv ("DIGLOT_READY", "", TRUE);
  return folder;
}

static inline void
scratch_set_up (Scratch *s, gconstpointer data)
{
  g_autofree char *tests = g_canonicalize_filename (g_test_get_dir (G_TEST_BUILT), NULL);
  g_autofree char *build = g_path_get_dirname (tests);

  (void) data;
  s->program = g_build_filename (build, "diglot", NULL);
  s->samples = g_canonicalize_filename ("tests/samples", NULL);
  s->folder = scratch_make ();
}

/* Takes out the note of a kernel that cannot confine a batch: what a test looks for is the same on all of them. */
static inline void
scratch_forgive (char *err)
{
  char *note = strstr (err, " [sandbox.weak]\n"), *start = note;

  if (note == NULL)
    return;
  while (start > err && start[-1] != '\n')
    start--;
  note = strchr (note, '\n') + 1;
  memmove (start, note, strlen (note) + 1);
}

/* Runs @script, in which "diglot" and "$diglot" are the program and "$samples" is the samples' folder; returns its exit status, or 128
 * and the signal's number. */
static inline int
scratch_run (Scratch *s, const char *script)
{
  g_autofree char *whole = g_strdup_printf ("diglot () { \"$diglot\" \"$@\"; }; diglot='%s' samples='%s'; %s", s->program, s->samples, script);
  const char      *argv[] = { "/bin/bash", "-c", whole, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_clear_pointer (&s->out, g_free);
  g_clear_pointer (&s->err, g_free);
  g_spawn_sync (s->folder, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &s->out, &s->err, &status, &error);
  g_assert_no_error (error);
  scratch_forgive (s->err);
  if (*s->err != '\0')
    g_test_message ("%s: %.2000s", script, s->err);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

/* The folder @path with all below it, links not followed, closed folders too. */
static inline void
scratch_remove (const char *path)
{
  const char *argv[] = { "/bin/sh", "-c", "chmod -R u+rwx \"$0\" 2>/dev/null; rm -rf \"$0\"", path, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static inline void
scratch_tear_down (Scratch *s, gconstpointer data)
{
  (void) data;
  scratch_remove (s->folder);
  g_free (s->folder);
  g_free (s->program);
  g_free (s->samples);
  g_free (s->out);
  g_free (s->err);
}

static inline void
scratch_put (const Scratch *s, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (s->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Standard error without the summary of several dispatches, in which a time stands. */
static inline const char *
scratch_messages (Scratch *f)
{
  char *at = strstr (f->err, " dispatches in ");

  while (at != NULL && at > f->err && at[-1] != '\n')
    at--;
  if (at != NULL)
    *at = '\0';
  return f->err;
}

#endif
