/* scores.h: how well each role would suit a paragraph, by its own cues alone.
 * In: a paragraph's cues.  Out: a log weight for each role and the reason that counted most; the search (roles.h) weighs places and the
 * other text. */
#ifndef DG_SCORES_H
#define DG_SCORES_H

#include "read/cues.h"
#include "read/doc.h"

/* A role that nothing speaks for. */
#define DG_SCORE_NEVER (-30.0f)

typedef struct {
  float       score[DG_ROLE_COUNT];
  const char *why[DG_ROLE_COUNT]; /* static text */
  float       second_line;        /* that it goes on with the headline before it */
  gboolean    opens_note;         /* heads a block: for editors, of links, about the issuer, of contacts */
  gboolean    opens_links, opens_about, opens_contact;
} DgScores;

void dg_scores_read (const DgCuedText *text, guint i, DgScores *scores);

#endif
