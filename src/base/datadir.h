/* datadir.h: where Diglot's own files are: templates, font list, labels.
 * The folder beside the sources while it is built in place, else the installed one; DIGLOT_DATADIR overrides both. */
#ifndef DG_DATADIR_H
#define DG_DATADIR_H

#include <glib.h>

/* The path of @first/… below the data folder, e.g. dg_datadir_path ("fonts", "fonts.ini", NULL).  Free with g_free. */
char *dg_datadir_path (const char *first, ...) G_GNUC_NULL_TERMINATED;

/* The folder of the program, or of the shared library in somebody else's.  Free with g_free. */
char *dg_datadir_dup_own_folder (void);

#endif
