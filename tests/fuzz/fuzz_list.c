/* fuzz_list.c: a list of inputs (@FILE, @-0) and what comes of it: jobs, of which no two have one output, and none an input's place.  Names of a list
 * lead anywhere by right; here they lead to a folder that is all but empty. */
#include "fuzz.h"

#include "batch/archives.h"
#include "batch/jobs.h"

#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/list", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 200;

/* One folder within another, so that ".." is a place of ours too; standard input is empty. */
static void
go_in (void)
{
  static const char *const files[] = { "a.txt", "A.TXT", "b.html", "sub/a.txt", "a.pdf" };
  g_autofree char         *folder = g_dir_make_tmp ("diglot-fuzz-XXXXXX", NULL);

  g_assert_nonnull (freopen ("/dev/null", "r", stdin));
  g_assert_cmpint (chdir (folder), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents ("in/sub", 0700), ==, 0);
  g_assert_cmpint (chdir ("in"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert_true (g_file_set_contents (files[i], "Harbour\n", -1, NULL));
}

/* The list without what would lead out of the folder, or start a process to look into an archive. */
static GByteArray *
tame (const uint8_t *data, size_t size)
{
  GByteArray *list = g_byte_array_new ();
  size_t      start = 0;

  for (size_t i = 0; i < size; i++) {
    guint8 byte = data[i] == '/' && (i == start || (i > start && data[i - 1] == '.')) ? '_' : data[i];

    g_byte_array_append (list, &byte, 1);
    if (byte != '\n' && byte != '\0' && i + 1 < size)
      continue;
    for (guint8 *last = list->data + list->len - 1; last > list->data + start && strchr ("2PRTZgprtz", *last) != NULL; last--)
      *last = '_';
    start = i + 1;
  }
  return list;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static gboolean   is_in;
  char              path[41] = "@";
  const char       *inputs[] = { path, NULL };
  const DiglotBatch ways[] = {
    { .inputs = inputs, .output = "../out/" },
    { .inputs = inputs },
    { .inputs = inputs, .output = "../out/", .null = TRUE, .shard = 1, .shards = 3 },
  };
  g_autoptr (GByteArray) list = tame (data, size);
  int fd;

  if (!is_in)
    go_in ();
  is_in = TRUE;
  fd = fuzz_file (list->data, list->len, path + 1);
  for (guint w = 0; w < G_N_ELEMENTS (ways); w++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DgJobs) jobs = dg_jobs_new (&ways[w], &error);
    g_autoptr (GHashTable) outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    g_assert_true ((jobs != NULL) == (error == NULL));
    for (guint i = 0; jobs != NULL && i < dg_jobs_count (jobs); i++) {
      g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);

      g_assert_true (job->problem != NULL || job->output == NULL || g_hash_table_add (outputs, g_steal_pointer (&job->output)));
    }
  }
  close (fd);
  return 0;
}
