/* kashida.h: where an Arabic word may be lengthened.
 *
 * The order of places is the one Microsoft published around 2000 and most programs use; the limits are W3C's (alreq) and a
 * calligrapher's: one place in a word, none in a word of three letters or fewer, in a particle, inside lam-alef or in the name of God. */
#ifndef DG_KASHIDA_H
#define DG_KASHIDA_H

#include "base/language.h"

/* How freely lines are lengthened: never, by one place, by some. */
typedef enum { DG_KASHIDA_NONE, DG_KASHIDA_ONE, DG_KASHIDA_SEVERAL } DgKashida;

/* Ranks of places, best first. */
typedef enum {
  DG_KASHIDA_TATWEEL = 1, /* where the author typed one */
  DG_KASHIDA_SEEN,        /* after seen or sad joined forward */
  DG_KASHIDA_FINAL_HEH,   /* before final teh marbuta, heh, dal */
  DG_KASHIDA_FINAL_ALEF,  /* before final alef, tah, lam, kaf, gaf */
  DG_KASHIDA_BEH_REH,     /* before a medial beh that reh, yeh or alef maksura follows */
  DG_KASHIDA_FINAL_WAW,   /* before final waw, ain, qaf, feh */
  DG_KASHIDA_JOIN,        /* any other join */
  DG_KASHIDA_NOWHERE
} DgKashidaRank;

/* The best place in the word @text[0, n) of @language, whose particles (languages.ini, unstretched and proclitics) stay as they are: sets @place to the index before which a tatweel may go (after the marks of the letter
 * before it).  DG_KASHIDA_NOWHERE where the word may not be lengthened. */
DgKashidaRank dg_kashida_find (const DgLanguage *language, const gunichar *text, guint n, guint *place);

/* TRUE for a character that belongs to a word of a joined script: a letter, a mark on one, a tatweel, a joiner. */
gboolean dg_kashida_is_word (gunichar ch);
/* TRUE where @before is joined to @after, the next letter. */
gboolean dg_kashida_joins (gunichar before, gunichar after);

#endif
