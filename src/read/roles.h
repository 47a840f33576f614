/* roles.h: what each paragraph of the texts is, sought in both texts at once.
 * In: the paragraphs of one or two texts, in order.  Out: their roles, each with how sure it is and its likeliest rival. */
#ifndef DG_ROLES_H
#define DG_ROLES_H

#include "read/cues.h"

/* Fills roles, reasons and confidences of the paragraphs of @texts; their cues are made and dropped here.  @in_blocks: the texts stand one
 * after the other, so that one that begins again after the other may be a further dispatch. */
void dg_roles_find (DgCuedText *texts, guint n_texts, gboolean in_blocks);

#endif
