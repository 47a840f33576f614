/* fuzz_archive.c: an archive is looked through and its dispatches read; no name leads out of the output folder. */
#include "fuzz.h"

#include "batch/archives.h"

#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/archive", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 60;

static void
check_name (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  for (guint i = 0; parts[i] != NULL; i++) {
    g_assert_cmpuint (strlen (parts[i]), >, 0);
    g_assert_cmpuint (strlen (parts[i]), <, 250);
    g_assert_true (strcmp (parts[i], ".") != 0 && strcmp (parts[i], "..") != 0);
    for (const char *p = parts[i]; *p != '\0'; p = g_utf8_next_char (p))
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const all[] = { "*", NULL };
  char                     path[40];
  int                      fd = fuzz_file (data, size, path);
  g_autoptr (GError) error = NULL;
  guint n;
  g_autoptr (GPtrArray) members = dg_archive_list (path, &(DiglotBatch){ .include = all }, &n, &error);
  g_autofree char *raw = g_strndup ((const char *) data, MIN (size, 600));
  g_autofree char *safe = dg_archive_dup_safe_name (raw);

  for (guint i = 0; i < members->len && i < 4; i++) {
    const DgMember *member = members->pdata[i];
    g_autoptr (DgArchive) archive = dg_archive_open (path, &(DiglotBatch){ 0 }, NULL);
    GBytes *bytes = archive != NULL ? dg_archive_read (archive, member->index, NULL) : NULL;

    g_clear_pointer (&bytes, g_bytes_unref);
    check_name (member->name);
  }
  if (safe != NULL)
    check_name (safe);
  close (fd);
  return 0;
}
