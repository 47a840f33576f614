/* alignfile.h: beads that an editor fixes, as docs/pairing.md describes the file.
 * In: JSON, read and checked for its form when the alignment is made; then a document, against which the beads of one of its objects
 * are checked.  Out: fixed beads for align.h.  The alignment is the public DiglotAlignment, since many dispatches may share one. */
#ifndef DG_ALIGNFILE_H
#define DG_ALIGNFILE_H

#include "base/diag.h"
#include "diglot.h"
#include "read/parse.h"

/* The beads that @alignment fixes in @doc, the @nth (from 0) dispatch of the input @name, as DgBead: those that join in order, then
 * one for each paragraph that has no counterpart.  NULL where it fixes none.  @name NULL: whatever name its objects bear.
 * What is wrong is told in @diag as align.file, and *@sound is FALSE then. */
GArray *dg_alignfile_find (const DiglotAlignment *alignment, const char *name, const DgDoc *doc, guint nth, DgDiag *diag, gboolean *sound);

/* What @alignment says of the lines of @doc, as DgLineFix by line; NULL where it says nothing that is not so anyhow. */
GArray *dg_alignfile_find_lines (const DiglotAlignment *alignment, const char *name, const DgDoc *doc, guint nth);

/* The languages that @alignment gives the texts of @doc, "A,B", where they are not so anyhow; lent, or NULL. */
const char *dg_alignfile_find_languages (const DiglotAlignment *alignment, const char *name, const DgDoc *doc, guint nth);

/* The lines (guint) from @first to @last in which it says that the dispatches of the input begin; NULL where it does not say it of all. */
GArray *dg_alignfile_find_starts (const DiglotAlignment *alignment, const char *name, guint first, guint last);

/* How many dispatches it has something to say on. */
guint dg_alignfile_count (const DiglotAlignment *alignment);
/* The name of the input that the @nth of them, from 0, is for; NULL where it does not say. */
const char *dg_alignfile_name (const DiglotAlignment *alignment, guint nth);
/* TRUE where an object that bears the name @from is for the input @name: one of the two is the other's end, at a "/" or "!". */
gboolean dg_alignfile_is_for (const char *from, const char *name);
/* A text that changes with what it says on the input @name.  Free with g_free. */
char *dg_alignfile_dup_digest (const DiglotAlignment *alignment, const char *name);

#endif
