/* letter.h: what an electronic letter is known by that is no plain text: its head says that its text is encoded, a web page or in parts.
 * A letter in plain text is read as text, head and all (read/envelope.h). */
#ifndef DG_LETTER_H
#define DG_LETTER_H

#include <glib.h>

/* TRUE where @text begins with such a head, or with the line that parts letters in a box (mbox) and one. */
gboolean dg_letter_is_encoded (const char *text, gsize length);

#endif
