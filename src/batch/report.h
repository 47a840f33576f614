/* report.h: what became of each dispatch, as JSON Lines.
 * Nothing in a line differs from run to run but "status" and, where asked for, "ms". */
#ifndef DG_REPORT_H
#define DG_REPORT_H

#include "batch/jobs.h"
#include "batch/outcome.h"

/* What a report tells about the parts of @outcome besides names, as JSON for state.h.  Free with g_free. */
char *dg_report_dup_details (const DgOutcome *outcome);

/* Appends a line a part.  @status: "kept" or "failed" for all; NULL: as @details has it; @outputs: NULL-terminated, each part's files, "" for none;
 * @details: dg_report_dup_details; @ms: below 0 for none. */
void dg_report_append (GString *report, const DgJob *job, const char *status, const char *const *outputs, const char *details, double ms);

/* A line for a dispatch that was not set, as the one with the number @first has the same input. */
void dg_report_append_same (GString *report, const DgJob *job, guint first, gboolean failed);

/* The last line: how many there were, and what became of them. */
void dg_report_append_total (GString *report, const DiglotTally *tally, guint shard, guint shards);

/* The whole as a file called @path has it: lines, or a database (table.h).  Takes @report.  NULL with @error. */
GBytes *dg_report_free_to_bytes (GString *report, const char *path, GError **error);

#endif
