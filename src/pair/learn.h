/* learn.h: words that translate each other, learned from the beads that are sure, without any truth.
 *
 * IBM's first model (Brown et al. 1993), both ways, over the stems of beads; a pair of stems is kept where each is a likely translation of the
 * other and was so more than once.  What comes out depends on what was added, not on its order. */
#ifndef DG_LEARN_H
#define DG_LEARN_H

#include "pair/align.h"

typedef struct DgLearner DgLearner;

DgLearner *dg_learner_new (void);
void       dg_learner_free (DgLearner *learner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgLearner, dg_learner_free)

/* Takes in the sure beads of a dispatch. */
void dg_learner_add (DgLearner *learner, const DgAlign *align);

/* The lexicon, as dg_learned_new reads it.  Free with g_string_free. */
GString *dg_learner_write (const DgLearner *learner);

#endif
