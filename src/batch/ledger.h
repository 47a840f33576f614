/* ledger.h: the outputs of a batch for other programs: digests for sha256sum, rules for Make.
 * In: outputs as they are made or kept.  Out: the two files' texts. */
#ifndef DG_LEDGER_H
#define DG_LEDGER_H

#include <glib.h>

typedef struct DgLedger DgLedger;

DgLedger *dg_ledger_new (void);
void      dg_ledger_free (DgLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgLedger, dg_ledger_free)

/* @output was made from @input and, where it is not NULL, @picture; it has the digest @digest. */
void dg_ledger_add (DgLedger *ledger, const char *output, const char *digest, const char *input, const char *picture);

/* The manifest for a file in @folder: "DIGEST  PATH" lines sorted by path, relative where the output lies below the folder. */
GBytes *dg_ledger_manifest (const DgLedger *ledger, const char *folder);
/* A rule an output, with @files (char *) as further prerequisites, and an empty one for every input and picture, so that Make does not stop
 * where one was removed. */
GBytes *dg_ledger_rules (const DgLedger *ledger, const GPtrArray *files);

#endif
