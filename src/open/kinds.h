/* kinds.h: the kinds of documents, one function each.
 * In: a document's bytes.  Out: its lines, and the picture that it shows first; FALSE with @error (DIGLOT_ERROR_KIND, DIGLOT_ERROR_LIMIT). */
#ifndef DG_KINDS_H
#define DG_KINDS_H

#include "open/lines.h"

gboolean dg_html_read (GBytes *bytes, DgLines *lines, DgDocument *document, GError **error);
gboolean dg_docx_read (GBytes *bytes, DgLines *lines, DgDocument *document, GError **error);
gboolean dg_mail_read (GBytes *bytes, DgLines *lines, DgDocument *document, GError **error);
gboolean dg_odt_read (GBytes *bytes, DgLines *lines, DgDocument *document, GError **error);

#endif
