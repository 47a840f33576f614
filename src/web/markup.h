/* markup.h: text into XML, HTML and JSON so that whatever a dispatch says stays text.
 * All of it appends to a string; text is valid UTF-8. */
#ifndef DG_MARKUP_H
#define DG_MARKUP_H

#include <glib.h>

/* As content or as an attribute's value; what XML 1.0 has no place for becomes U+FFFD.  @length: bytes, -1 for all. */
void dg_markup_text (GString *out, const char *text, gssize length);

/* The same as content, in which words that run against @rtl, the direction of what they stand in, are isolated (bdi). */
void dg_markup_words (GString *out, const char *text, gssize length, gboolean rtl);

/* A space, @name and @value as an attribute; nothing for NULL. */
void dg_markup_attribute (GString *out, const char *name, const char *value);

/* Attributes of a language: lang, xml:lang with @xml, and dir. */
void dg_markup_language (GString *out, const char *lang, gboolean rtl, gboolean xml);

/* A string of JSON, with its quotes, that may stand within a script element. */
void dg_markup_json (GString *out, const char *text);

#endif
