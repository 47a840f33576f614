/* speech.h: messages in the language of whoever reads them.
 *
 * A message's text is English wherever it is kept, handed to another process or written for a program: reports, JSON and what lies in a
 * gallery are the same whatever the locale.  It becomes the reader's where it is shown, and only there, by the catalogue po/ of gettext: the
 * table of its texts, made from po/diglot.pot, tells which of them a message was made from, and with what in its gaps.
 *
 * The locale is the calling thread's (setlocale, uselocale), as ever with gettext; LANGUAGE chooses within it.  Texts that xgettext is to
 * find, where no function that it knows takes them, are marked by N_ (diglot.h).
 */
#ifndef DG_SPEECH_H
#define DG_SPEECH_H

#include "diglot.h"

/* @english, a message's text, in the reader's language; what the catalogue does not have stays as it is.  Names and values in a text that runs
 * from right to left stand in isolates. */
char *dg_speech_dup (const char *english);

/* Adds "@name:", the beginning of a message's line.  Its direction is not the line's. */
void dg_speech_append_name (GString *out, const char *name);

#endif
