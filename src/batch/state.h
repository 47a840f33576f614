/* state.h: what was made from what, kept beside the outputs, so that --update can pass over what is made already.
 *
 * A record says: from all that this digest stands for came these outputs with these digests.  It stays true whatever happens
 * later, so records of other shards, of runs that were killed and of old runs can all be used. Records go to a journal at once
 * and to the state file at the end, in an order that follows from their names; a record that was torn is none. */
#ifndef DG_STATE_H
#define DG_STATE_H

#include <glib.h>

typedef struct DgState DgState;

/* Whether what another shard knows of @name is of use; else no memory is spent on it. */
typedef gboolean (*DgStateFilter) (const char *name, gpointer data);

/* The records for outputs below @folder.  What a shard or an archive knows is in files of its own, which end in @ending.  Without @keep what is
 * added is known to this object only. */
DgState *dg_state_open (const char *folder, const char *ending, gboolean keep, DgStateFilter filter, gpointer data); /* both are for this call */

/* Has @check, in place of looking for the files, say whether outputs (path and digest in turn, NULL-terminated) are there, unaltered. */
typedef gboolean (*DgStateCheck) (const char *const *outputs, gpointer data);
void dg_state_set_check (DgState *state, DgStateCheck check, gpointer data);

/* Makes the state file of what was known and was added, and removes the journal.  FALSE with @error (DIGLOT_ERROR_WRITE). */
gboolean dg_state_close (DgState *state, GError **error);
void     dg_state_free (DgState *state);
/* TRUE where @path bears a name such as state files and journals have, of whatever shard. */
gboolean dg_state_is_name (const char *path);
/* The state file, as messages call it; lent. */
const char *dg_state_path (const DgState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgState, dg_state_free)

/* What was told of the outputs made from @key as @name, where every one of them is there, unaltered; else NULL. @name is the
 * path of the (first) output below the folder.  @outputs: their paths below the folder and digests in turn, NULL-terminated;
 * both are lent. */
const char *dg_state_find (DgState *state, const char *name, const char *key, const char *const **outputs);

/* Records that @outputs (path below the folder and digest in turn) were made from @key.  @details: any line of text. */
void dg_state_add (DgState *state, const char *name, const char *key, const char *const *outputs, const char *details);
/* Forgets what is known of @name. */
void dg_state_drop (DgState *state, const char *name);

#endif
