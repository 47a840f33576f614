/* refuse.h: an error and FALSE in one statement, for functions that answer whether they did what was asked. */
#ifndef DG_REFUSE_H
#define DG_REFUSE_H

#include "diglot.h"

static inline gboolean dg_refuse (GError **error, DiglotErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Sets @error, which may be NULL, to what @format says.  Always FALSE. */
static inline gboolean
dg_refuse (GError **error, DiglotErrorCode code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (DIGLOT_ERROR, (int) code, format, args));
  va_end (args);
  return FALSE;
}

#endif
