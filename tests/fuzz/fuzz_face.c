/* fuzz_face.c: a face of --font-dir: it is listed, and where it may be used a text is set in it and its glyphs go into a PDF. */
#include "fuzz.h"

#include "diglot.h"
#include "type/fontlist.h"

#include <glib/gstdio.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/face", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 150;

static const char text[] =
  "Source: Agencies\nThe harbour, 1: the ship is here, the boats are on the sea again and the bread is on the table\nThere is bread and tea in the tents, and the sea is there\n"
  "The ship is here, and the boats are on the sea since the night of the storm that has ended.\n"
  "المصدر: وكالات\nالميناء: السفن هنا والقوارب في البحر من جديد والخبز على الطاولة\nالخبز والماء في الخيام والبحر هنا\nالسفينة هنا والقوارب في البحر منذ ليلة العاصفة التي هدأت.\n";

/* The family that the folder brings; NULL where it brings none that may be used. */
static char *
dup_family (const char *const *folders)
{
  g_autoptr (GPtrArray) families = dg_fontlist_read (folders, NULL);

  g_assert_nonnull (families);
  for (guint i = 0; i < families->len; i++) {
    const DgFamily *family = families->pdata[i];

    if (family->of_house && family->faces->len > 0)
      return g_strdup (family->name);
  }
  return NULL;
}

static void
set_text (const char *const *folders, const char *family)
{
  g_autofree char    *latin = g_strconcat ("fonts.latin=", family, NULL), *arabic = g_strconcat ("fonts.arabic=", family, NULL);
  const char         *settings[] = { latin, arabic, NULL };
  const DiglotOptions both = { .bind_process = TRUE, .font_dirs = folders, .settings = settings };
  DiglotOptions       one = both;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&both, NULL);

  /* A face that has no Arabic is refused for it. */
  settings[1] = NULL;
  if (converter == NULL)
    converter = diglot_converter_new (&one, NULL);
  if (converter != NULL) {
    g_autoptr (DiglotResult) result = diglot_convert (converter, bytes, "a.txt", DIGLOT_FORMAT_PDF);

    g_assert_true ((diglot_result_bytes (result) != NULL) == (diglot_result_worst (result) < DIGLOT_SEVERITY_ERROR));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static char     *folder, *path;
  const char      *folders[] = { NULL, NULL };
  g_autofree char *family = NULL;

  if (folder == NULL) {
    folder = g_dir_make_tmp ("diglot-fuzz-XXXXXX", NULL);
    path = g_build_filename (folder, "face", NULL);
  }
  folders[0] = folder;
  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  family = dup_family (folders);
  if (family != NULL)
    set_text (folders, family);
  g_unlink (path);
  return 0;
}
