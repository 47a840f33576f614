/* open.h: what was made, in the desktop's viewer.
 * The run may no longer start programs once it has read anything (docs/security.md), so a process that waits for a name is started before. */
#ifndef DG_CLI_OPEN_H
#define DG_CLI_OPEN_H

#include "diglot.h"

typedef struct {
  int pipe; /* takes the name; -1: nothing waits */
} Opener;

/* FALSE with @error (DIGLOT_ERROR_USAGE) where this machine has no xdg-open, or no process can be started. */
gboolean cli_opener_start (Opener *opener, GError **error);
/* Shows @path; NULL: nothing, and the process goes. */
void cli_opener_show (Opener *opener, const char *path);

#endif
