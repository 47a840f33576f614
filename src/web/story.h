/* story.h: a dispatch in the order in which it is read, head, pairs and tail, each as rows of what answers each other.
 * In: a document with its beads, borrowed.  Out: rows of its nodes, lent by the document; yours to free. */
#ifndef DG_STORY_H
#define DG_STORY_H

#include "pair/align.h"

/* A pair, or of a head and of a tail what has one role. */
typedef struct {
  GPtrArray *nodes[2]; /* DgNode, lent; empty where a text has none */
  DgRole     role;     /* of the first of them */
  double     score;    /* how sure the pair is; below 0: it is none */
} DgStoryRow;

typedef struct {
  const DgDoc *doc;
  GPtrArray   *head[2]; /* DgNode: what stands over the body, by text */
  GArray      *rows;    /* DgStoryRow: of the body */
  GArray      *tail;    /* DgStoryRow: captions and all under them, one row of each role's first, second … */
} DgStory;

/* @notes: lines for editors and what else is not for readers stand in the tail. */
DgStory *dg_story_new (const DgAlign *align, gboolean notes);
void     dg_story_free (DgStory *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgStory, dg_story_free)

#endif
