/* document.h: the text of what is no plain text: documents of word processors, web pages, electronic letters.
 * In: the bytes of an input, as hostile as any.  Out: its text as lines of UTF-8, a line a paragraph; yours to free.
 *
 * Nothing but the bytes is read: no entity is loaded or put in, and what they unpack to is bounded. */
#ifndef DG_DOCUMENT_H
#define DG_DOCUMENT_H

#include "open/extract.h"

/* _(ID, "name after --from") */
/* clang-format off */
#define DG_KIND_TABLE(_) _ (AUTO, "auto") _ (TEXT, "text") _ (HTML, "html") _ (MAIL, "mail") _ (DOCX, "docx") _ (ODT, "odt")
/* clang-format on */

typedef enum {
#define _(id, name) DG_KIND_##id,
  DG_KIND_TABLE (_)
#undef _
    DG_KIND_COUNT
} DgKind;

/* They in a sentence. */
#define DG_KIND_NAMES "auto, text, html, mail, docx and odt"

/* The kind called @name.  FALSE for none. */
gboolean dg_kind_from_name (const char *name, DgKind *kind);

/* The kind of @bytes by what is in them: DG_KIND_TEXT for all that is no document. */
DgKind dg_kind_find (GBytes *bytes);

/* @kind: neither AUTO nor TEXT.  NULL with @error (DIGLOT_ERROR_KIND) for what is no such document, or a broken one, and DIGLOT_ERROR_LIMIT. */
DgDocument *dg_document_new (GBytes *bytes, DgKind kind, GError **error);

#endif
