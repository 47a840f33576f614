/* fuzz_state.c: the records of --update, which lie in a folder that others may write to. */
#include "fuzz.h"

#include "batch/report.h"
#include "batch/state.h"

#include <glib/gstdio.h>
#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/state", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 200;

/* Asks for every record as if its name and key were those of a job, and tells of it in a report. */
static void
ask (DgState *state, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);
    g_autofree char   *name = g_strv_length (fields) == 3 ? g_strcompress (fields[1]) : NULL;
    const char *const *outputs = NULL;
    const char        *details = name != NULL ? dg_state_find (state, name, fields[0], &outputs) : NULL;
    const DgJob        job = { .shown = (char *) "a.txt" };
    g_autoptr (GString) report = g_string_new (NULL);

    if (details == NULL)
      continue;
    dg_report_append (report, &job, "kept", outputs, details, -1);
    g_assert_true (g_utf8_validate (report->str, (gssize) report->len, NULL));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const outputs[] = { "new.pdf", "00", NULL };
  g_autofree char         *folder = g_dir_make_tmp ("diglot-fuzz-XXXXXX", NULL), *file = g_build_filename (folder, ".diglot-state", NULL);
  g_autofree char         *output = g_build_filename (folder, "b.pdf", NULL); /* the seeds know it, and that it is empty */
  g_autofree char         *text = g_strndup ((const char *) data, size);

  g_assert_true (g_file_set_contents (output, "", 0, NULL));
  g_assert_true (g_file_set_contents (file, (const char *) data, (gssize) size, NULL));
  for (guint round = 0; round < 2; round++) {
    g_autoptr (DgState) state = dg_state_open (folder, "", TRUE, NULL, NULL);

    ask (state, text);
    dg_state_add (state, "new.pdf", "key", outputs, "[]");
    g_assert_true (dg_state_close (state, NULL));
  }
  g_unlink (file);
  g_unlink (output);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return 0;
}
