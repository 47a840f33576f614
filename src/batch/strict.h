/* strict.h: which messages fail a dispatch, as --strict says it: codes ("line.overfull"), first parts of codes ("line") and "warning" for every warning,
 * parted by commas; NULL: errors alone. */
#ifndef DG_STRICT_H
#define DG_STRICT_H

#include "diglot.h"

/* FALSE with @error (DIGLOT_ERROR_USAGE) where @strict names what no message is called. */
gboolean dg_strict_check (const char *strict, GError **error);
gboolean dg_strict_fails (const char *strict, const DiglotMessage *messages, guint n);
/* Why a dispatch failed by it; free with g_free. */
char *dg_strict_dup_reason (const char *strict);

#endif
