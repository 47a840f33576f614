/* jsonread.h: JSON from outside, parsed by JSON-GLib once it is known to be harmless.
 *
 * JSON-GLib parses by recursion, which brackets within brackets exhaust, and takes more than JSON (comments, 'strings'), in which they
 * could be hidden from who counts them.  So what is no JSON is refused before, and what is nested deeper than anything of ours. */
#ifndef DG_JSONREAD_H
#define DG_JSONREAD_H

#include <json-glib/json-glib.h>

#define DG_JSON_DEPTH 64 /* of brackets; what Diglot writes has five */

/* FALSE with @error, of the domain JSON_PARSER_ERROR, whose message begins with "<data>:LINE:COLUMN: Parse error: ". A byte order mark is
 * passed over. */
gboolean dg_json_load (JsonParser *parser, const char *text, gsize length, GError **error);

#endif
