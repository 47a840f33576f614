/* fuzz_mail.c: a letter as the net carries it, with parts in parts, charsets and encodings: what is told to be one, and any bytes as one. */
#include "fuzz.h"

#include "open/document.h"

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/mail", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 300;

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgDocument) document = dg_document_new (bytes, DG_KIND_MAIL, &error);
  const char *text;
  gsize       length;

  dg_kind_find (bytes);
  g_assert_true ((document != NULL) == (error == NULL));
  if (document == NULL)
    return 0;
  text = g_bytes_get_data (document->text, &length);
  g_assert_true (length == 0 || g_utf8_validate_len (text, length, NULL));
  return 0;
}
