/* phrases.h: the stretches of a paragraph that are set in the family of another script.
 * In: a text with its levels.  Out: which of its characters belong to words of another script, digits and signs among them included.
 *
 * A number between two Latin words of an Arabic paragraph stands with their letters, and so it takes their face; "09" between Arabic words does
 * not.  Where the phrase runs the other way the levels tell how far it reaches; where it runs with the text it reaches from its first letter to its
 * last, with the figures that are joined to either ("COVID-19"). */
#ifndef DG_PHRASES_H
#define DG_PHRASES_H

#include "type/prepared.h"

typedef struct {
  guint       start, end; /* characters */
  const char *family;     /* lent */
} DgPhrase;

/* DgPhrase, in order, none of which overlaps another; unref when done.  Needs the text, its levels and the style of @para. */
GArray *dg_phrases_find (const DgPara *para, DgFonts *fonts);

#endif
