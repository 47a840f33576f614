/* source.h: the text of one input, or of one dispatch in it, decoded, with its lines.
 * In: a name and UTF-8 text.  Out: a DgSource, counted by reference.  The lines of a part keep the numbers they have in the input, so that every
 * message names a line of the file. */
#ifndef DG_SOURCE_H
#define DG_SOURCE_H

#include <glib.h>

typedef struct DgSource DgSource;

/* Takes @text (valid UTF-8, any of LF, CRLF, CR, U+000B, U+0085, U+2028, U+2029 as line ends, no BOM).  @encoding is the charset it came in, lower case as the
 * JSON names it ("utf-8", "utf-8-bom", "utf-16le-bom", "windows-1256"). */
DgSource *dg_source_new (const char *name, char *text, gsize length, const char *encoding);
/* Lines @first to @last of @whole as a source of its own, its marks and encoding included. */
DgSource *dg_source_new_part (const DgSource *whole, guint first, guint last);
DgSource *dg_source_ref (DgSource *source);
void      dg_source_unref (DgSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgSource, dg_source_unref)

/* Bytes of the line end that stands at @text, 0 for none (UAX #14's BK, CR, LF, NL without the form feed, which ends a page). */
gsize dg_source_measure_end (const char *text, gsize length);

const char *dg_source_name (const DgSource *source);
const char *dg_source_encoding (const DgSource *source);
const char *dg_source_text (const DgSource *source);

/* How sure the encoding is, 0 to 1; 1 unless it was set. */
double dg_source_confidence (const DgSource *source);
void   dg_source_set_confidence (DgSource *source, double confidence);

/* Physical lines, numbered from 1 in the input: a part's first line may be any.  A final line end opens no further line. */
guint dg_source_first_line (const DgSource *source);
guint dg_source_n_lines (const DgSource *source);
/* Line @n of the input without its line end; not NUL-terminated. */
const char *dg_source_line (const DgSource *source, guint n, gsize *length);

/* Keeps @text, which it takes, as long as the source lives; lent. */
const char *dg_source_keep (DgSource *source, char *text);

/* Control characters that structure an input and are no text: what they say is kept by line. */
typedef enum {
  DG_MARK_HEAD = 1 << 0, /* start of heading: a wire service's envelope begins */
  DG_MARK_TEXT = 1 << 1, /* start of text */
  DG_MARK_END = 1 << 2,  /* end of text or of transmission */
  DG_MARK_PAGE = 1 << 3  /* form feed */
} DgMark;

/* Marks are added in the order of their lines. */
void dg_source_add_mark (DgSource *source, guint line, DgMark mark);
/* The marks of line @n, as bits. */
guint    dg_source_marks (const DgSource *source, guint n);
gboolean dg_source_has_marks (const DgSource *source);

#endif
