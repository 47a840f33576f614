/* file.h: a PDF file under construction.
 * In: objects as text in PDF's own syntax, streams as bytes.  Out: the file's bytes.
 *
 * The file is written as the objects come: streams first, then the others packed together in object streams (ISO 32000-1 7.5.7),
 * last the cross-reference, a stream too, with an identifier that depends on the content alone.  So no object may be left out of
 * reach of the catalog, and none that was reserved without a body; the syntax of bodies is their makers' affair.  Written here since
 * a library would first have to read all this text, which took it a fifth of a dispatch's time; it reads the files in the tests instead.
 * Knows nothing of dispatches. */
#ifndef DG_PDF_H
#define DG_PDF_H

#include <glib.h>

typedef struct DgPdf DgPdf;

DgPdf *dg_pdf_new (void);
void   dg_pdf_free (DgPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPdf, dg_pdf_free)

/* The number of a new object whose body is set later, so that objects can point at each other ("N 0 R"). */
guint dg_pdf_reserve (DgPdf *pdf);
/* Sets the body of object @number, takes a copy. */
void dg_pdf_set (DgPdf *pdf, guint number, const GString *body);
/* A new object with that body; returns its number. */
guint dg_pdf_add (DgPdf *pdf, const GString *body);
/* The same with a printf format; only integers and strings, for a number with a decimal point obeys the locale. */
void  dg_pdf_setf (DgPdf *pdf, guint number, const char *format, ...) G_GNUC_PRINTF (3, 4);
guint dg_pdf_addf (DgPdf *pdf, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A new stream; @entries are dictionary entries beside /Length ("" for none).  Packed, unless it names a filter or is metadata, which
 * readers that know no PDF look for (ISO 32000-1 14.3.2). */
guint dg_pdf_add_stream (DgPdf *pdf, const char *entries, gconstpointer data, gsize length);

/* The finished file with these objects as catalog and document information (@info 0: none), of PDF @version ("1.7", 1.5 or later);
 * linearised: laid out so that the first page can be shown before the rest is there (ISO 32000-1 annex F).
 * NULL with @error (DIGLOT_ERROR_LAYOUT) where it is to be linearised and cannot be (linear.h). */
GBytes *dg_pdf_finish (DgPdf *pdf, guint catalog, guint info, const char *version, gboolean linearise, GError **error);

/* Appends " N 0 R": object @number. */
void dg_pdf_append_ref (GString *out, guint number);
/* Appends the low 16 bits of @value as four hexadecimal digits. */
void dg_pdf_append_hex (GString *out, guint value);
/* Appends a byte of a literal string (ISO 32000-1 7.3.4.2), which is half as long as a hexadecimal one and so packed in half the time. */
void dg_pdf_append_byte (GString *out, guint byte);
/* Appends @utf8 as a text string object, a literal one: as it is where it is plain ASCII, else UTF-16BE (7.9.2.2). */
void dg_pdf_append_text (GString *out, const char *utf8, gssize length);
/* Appends @utf8 as UTF-16BE in hexadecimal digits, without brackets or byte order mark. */
void dg_pdf_append_utf16 (GString *out, const char *utf8, gssize length);

#endif
