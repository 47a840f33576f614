/* decode.h: the bytes of an input become a DgSource.
 * In: bytes and perhaps the charset the user named.  Out: UTF-8 with its lines; what could not be decoded is U+FFFD and a message
 * input.encoding with line and column.  Which charset it is, where nobody named one and the bytes are no
 * UTF-8 or UTF-16, is charset.h's guess. */
#ifndef DG_DECODE_H
#define DG_DECODE_H

#include "base/source.h"
#include "base/diag.h"

/* NULL with @error (DIGLOT_ERROR_ENCODING) where @encoding is not a charset we know or the input is no text at all. */
DgSource *dg_decode (const char *name, GBytes *bytes, const char *encoding, DgDiag *diag, GError **error);

#endif
