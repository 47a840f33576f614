/* kind.h: what an input is that is no plain text, by its first bytes.
 * In: the bytes.  Out: an error that names the kind and how to get text out of it. */
#ifndef DG_KIND_H
#define DG_KIND_H

#include <glib.h>

/* FALSE with @error (DIGLOT_ERROR_KIND) for a kind that is known and is no text. */
gboolean dg_kind_is_text (const guint8 *bytes, gsize length, GError **error);

#endif
