/* fuzz_picture.c: a picture is read, put into sRGB pixels, and into the inks' number of a press where it has no profile of its own. */
#include "fuzz.h"

#include "base/picture.h"

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/picture", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 60;

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (DgPicture) picture = dg_picture_new (bytes, NULL);
  guint  width, height;
  double matrix[6];

  dg_picture_is_page (bytes);
  if (picture == NULL)
    return 0;
  dg_picture_get_size (picture, &width, &height);
  g_assert_cmpuint (width, >, 0);
  g_assert_cmpuint (width, <=, DG_PICTURE_MAX_SIDE);
  g_assert_cmpuint (height, <=, DG_PICTURE_MAX_SIDE);
  dg_picture_get_matrix (picture, matrix);
  /* A header of a few bytes may claim 64 million pixels; to unpack them a million times finds nothing. */
  if ((guint64) width * height <= 500000) {
    g_autofree guint8 *pixels = dg_picture_dup_pixels (picture, 10, &width, &height, NULL);

    g_assert_true (pixels == NULL || (width > 0 && height > 0));
  }
  return 0;
}
