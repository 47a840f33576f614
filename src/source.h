/* source.h: the text of one input, decoded, with its lines.
 * In: a name and UTF-8 text.  Out: a DgSource, counted by reference; offset -> line and column. */
#ifndef DG_SOURCE_H
#define DG_SOURCE_H

#include <glib.h>

typedef struct DgSource DgSource;

/* Takes @text (valid UTF-8, any of LF, CRLF, CR as line ends, no BOM).  @encoding is the charset it came in, lower case as the
 * JSON names it ("utf-8", "utf-8-bom", "utf-16le-bom", "windows-1256"). */
DgSource   *dg_source_new (const char *name, char *text, gsize length, const char *encoding);
DgSource   *dg_source_ref (DgSource *source);
void        dg_source_unref (DgSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgSource, dg_source_unref)

const char *dg_source_name (const DgSource *source);
const char *dg_source_encoding (const DgSource *source);
const char *dg_source_text (const DgSource *source);

/* Physical lines, numbered from 1.  A final line end opens no further line. */
guint       dg_source_n_lines (const DgSource *source);
/* The line without its line end; not NUL-terminated. */
const char *dg_source_line (const DgSource *source, guint n, gsize *length);

#endif
