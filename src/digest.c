/* digest.c: see digest.h. */
#include "digest.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>

char *
dg_digest_dup (gconstpointer data, gsize length)
{
  struct sha256_ctx context;
  guint8 digest[SHA256_DIGEST_SIZE];
  char *text = g_new0 (char, BASE16_ENCODE_LENGTH (SHA256_DIGEST_SIZE) + 1);

  sha256_init (&context);
  sha256_update (&context, length, data);
  sha256_digest (&context, sizeof digest, digest);
  base16_encode_update (text, sizeof digest, digest);
  return text;
}
