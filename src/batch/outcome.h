/* outcome.h: what came of a job: its outputs, messages and figures; it can be sent through a pipe. */
#ifndef DG_OUTCOME_H
#define DG_OUTCOME_H

#include "diglot.h"

/* A file that was written. */
typedef struct {
  char *path;
  char *digest; /* SHA-256 in hexadecimal */
} DgFile;

/* What became of a dispatch. */
typedef struct {
  char         *output; /* its path; "-" for standard output, NULL where nothing was to be made */
  GPtrArray    *files;  /* DgFile: the output, or the pages that are numbered after it; empty where none was written */
  GBytes       *bytes;  /* what belongs to standard output; NULL */
  gboolean      failed;
  GPtrArray    *messages; /* DiglotMessage */
  DiglotFigures figures;
} DgPart;

/* A file may hold several dispatches, so that a job may have several parts, each with an output of its own or all with one. */
typedef struct {
  GPtrArray *parts;   /* DgPart, at least one */
  gboolean   refused; /* the options cannot be obeyed for it */
  char      *key;     /* dg_work_dup_key of what was read; NULL where nothing was */
  double     ms;      /* milliseconds it took */
} DgOutcome;

/* An outcome without parts, and one more part of @outcome, lent, whose output is @output. */
DgOutcome *dg_outcome_new (void);
DgPart    *dg_outcome_new_part (DgOutcome *outcome, const char *output);
/* Takes @path and @digest. */
void dg_part_add_file (DgPart *part, char *path, char *digest);

void dg_outcome_free (DgOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgOutcome, dg_outcome_free)

/* TRUE where one of its parts failed. */
gboolean dg_outcome_has_failed (const DgOutcome *outcome);

/* As bytes for a pipe, and back; NULL where the bytes are no outcome. */
GBytes    *dg_outcome_to_bytes (const DgOutcome *outcome);
DgOutcome *dg_outcome_from_bytes (GBytes *bytes);

#endif
