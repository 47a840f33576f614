/* ocf.h: files in a ZIP archive in memory, with nothing in it that would differ from day to day.  By minizip: an EPUB's first entry must have no extra
 * field (OCF 3.2, 4.3), and libarchive gives one to each. */
#ifndef DG_OCF_H
#define DG_OCF_H

#include <glib.h>

typedef struct DgOcf DgOcf;

DgOcf *dg_ocf_new (void);
/* @is_stored: as it is; else deflated. */
void dg_ocf_add (DgOcf *pack, const char *name, GBytes *bytes, gboolean is_stored);
/* The archive; frees the pack. */
GBytes *dg_ocf_finish (DgOcf *pack);

#endif
