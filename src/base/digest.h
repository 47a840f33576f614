/* digest.h: what bytes are known by.
 * In: bytes, or an open file.  Out: their SHA-256 in hexadecimal, yours to free. */
#ifndef DG_DIGEST_H
#define DG_DIGEST_H

#include <glib.h>

/* By Nettle, which has the processor's own instructions for it: every output is digested, and GLib's takes four times as long. */
char *dg_digest_dup (gconstpointer data, gsize length);

/* Of what the open file @fd has from here on, in bounded memory; NULL where it cannot be read. */
char *dg_digest_dup_file (int fd);

#endif
