/* mofile.h: the messages of a catalogue compiled by GNU gettext, which is how iso-codes has its names.
 * In: a path.  Out: a call for each message.  gettext itself gives messages in the process's own language only. */
#ifndef DG_MOFILE_H
#define DG_MOFILE_H

#include <glib.h>

typedef void (*DgMoEach) (const char *original, const char *translation, gpointer data);

/* FALSE where the file is not there or is no catalogue; messages with plural forms are left out. */
gboolean dg_mo_read (const char *path, DgMoEach each, gpointer data);

#endif
