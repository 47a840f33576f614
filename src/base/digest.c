/* digest.c: see digest.h. */
#include "base/digest.h"

#include <errno.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <unistd.h>

static char *
dup_text (struct sha256_ctx *context)
{
  guint8 digest[SHA256_DIGEST_SIZE];
  char  *text = g_new0 (char, BASE16_ENCODE_LENGTH (SHA256_DIGEST_SIZE) + 1);

  sha256_digest (context, sizeof digest, digest);
  base16_encode_update (text, sizeof digest, digest);
  return text;
}

char *
dg_digest_dup (gconstpointer data, gsize length)
{
  struct sha256_ctx context;

  sha256_init (&context);
  sha256_update (&context, length, data);
  return dup_text (&context);
}

char *
dg_digest_dup_file (int fd)
{
  struct sha256_ctx context;
  guint8            buffer[64 * 1024];
  gssize            n;

  sha256_init (&context);
  while ((n = read (fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    sha256_update (&context, (gsize) MAX (n, 0), buffer);
  return n == 0 ? dup_text (&context) : NULL;
}
