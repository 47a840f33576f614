/* gnutls.c: what libqpdf.a asks of GnuTLS, for a program that links libqpdf statically.
 *
 * Debian's libqpdf takes its digests and ciphers from GnuTLS.  Of these a plain PDF needs MD5 alone, for the file identifier, and
 * GLib has that; loading GnuTLS with the eight libraries that it needs costs every run of the program 2 ms.  The declarations are
 * GnuTLS's own, so that a change of its interface does not compile. */
#include <glib.h>
#include <gnutls/crypto.h>

#pragma GCC visibility push(hidden)

int
gnutls_hash_init (gnutls_hash_hd_t *digest, gnutls_digest_algorithm_t algorithm)
{
  if (algorithm != GNUTLS_DIG_MD5)
    return GNUTLS_E_UNIMPLEMENTED_FEATURE;
  *digest = (gnutls_hash_hd_t) (gpointer) g_checksum_new (G_CHECKSUM_MD5);
  return GNUTLS_E_SUCCESS;
}

int
gnutls_hash (gnutls_hash_hd_t digest, const void *text, size_t length)
{
  g_checksum_update ((GChecksum *) (gpointer) digest, text, (gssize) length);
  return GNUTLS_E_SUCCESS;
}

/* @result: room for the digest, or NULL for a digest that is given up. */
void
gnutls_hash_deinit (gnutls_hash_hd_t digest, void *result)
{
  gsize length = 16;

  if (result != NULL)
    g_checksum_get_digest ((GChecksum *) (gpointer) digest, result, &length);
  g_checksum_free ((GChecksum *) (gpointer) digest);
}

/* Nothing is enciphered here: what libqpdf asks for beyond this it is refused. */

int
gnutls_cipher_init (gnutls_cipher_hd_t *handle, gnutls_cipher_algorithm_t cipher, const gnutls_datum_t *key, const gnutls_datum_t *iv)
{
  (void) handle, (void) cipher, (void) key, (void) iv;
  return GNUTLS_E_UNIMPLEMENTED_FEATURE;
}

size_t
gnutls_cipher_get_key_size (gnutls_cipher_algorithm_t algorithm)
{
  (void) algorithm;
  return 0;
}

int
gnutls_cipher_encrypt2 (gnutls_cipher_hd_t handle, const void *text, size_t text_length, void *cipher, size_t cipher_length)
{
  (void) handle, (void) text, (void) text_length, (void) cipher, (void) cipher_length;
  return GNUTLS_E_UNIMPLEMENTED_FEATURE;
}

int
gnutls_cipher_decrypt2 (gnutls_cipher_hd_t handle, const void *cipher, size_t cipher_length, void *text, size_t text_length)
{
  (void) handle, (void) text, (void) text_length, (void) cipher, (void) cipher_length;
  return GNUTLS_E_UNIMPLEMENTED_FEATURE;
}

void
gnutls_cipher_deinit (gnutls_cipher_hd_t handle)
{
  (void) handle;
}

int
gnutls_rnd (gnutls_rnd_level_t level, void *data, size_t length)
{
  (void) level, (void) data, (void) length;
  return GNUTLS_E_UNIMPLEMENTED_FEATURE;
}

const char *
gnutls_strerror (int error)
{
  (void) error;
  return "not built in";
}

#pragma GCC visibility pop
