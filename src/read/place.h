/* place.h: where a dispatch was written, and when, as its first paragraph or its date line says: "CAIRO, 13 May (Agency) –".
 * In: the text of one of these.  Out: the place within it. */
#ifndef DG_PLACE_H
#define DG_PLACE_H

#include "read/labels.h"

typedef struct {
  gsize start;        /* byte of the text at which the place begins: an agency may stand before it */
  gsize place_length; /* its bytes; 0: the text does not say */
  gsize length;       /* bytes of all that stands before the story, its dash included */
} DgPlaceFound;

/* Looks @text through.  @alone: it is a date line, of which nothing else is to be said; else a paragraph whose story follows a dash or colon.
 * @lang as in dg_date_read. */
void dg_place_find (const DgLabels *labels, const char *text, const char *lang, gboolean alone, DgPlaceFound *found);

#endif
