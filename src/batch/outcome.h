/* outcome.h: what became of a job, as it goes from the process that reads to the one that writes, and from there to the one that tells.
 * Yours to free. */
#ifndef DG_OUTCOME_H
#define DG_OUTCOME_H

#include "diglot.h"

/* A file that was written, or that is to be a member of an archive. */
typedef struct {
  char   *path;
  char   *digest; /* SHA-256 in hexadecimal */
  GBytes *bytes;  /* of a member; NULL */
} DgFile;

/* What became of a dispatch. */
typedef struct {
  char         *output; /* its path; "-" for standard output, NULL where nothing was to be made */
  GPtrArray    *files;  /* DgFile: the output, or the pages that are numbered after it; empty where none was written */
  GBytes       *bytes;  /* what belongs to standard output; NULL */
  gboolean      failed;
  GPtrArray    *messages; /* DiglotMessage */
  DiglotFigures figures;
  GPtrArray    *made;     /* GBytes that are still to be written: the output, or its pages; empty for a part that another one's output holds */
  char         *review;   /* for the review page: diglot_result_review; NULL */
  GPtrArray    *pictures; /* GBytes: diglot_result_picture */
  char        **about;    /* for a site: both languages, both headlines, the date, "" for what there is not; NULL */
} DgPart;

/* A file may hold several dispatches, so that a job may have several parts, each with an output of its own or all with one. */
typedef struct {
  GPtrArray *parts;   /* DgPart, at least one */
  gboolean   refused; /* the options cannot be obeyed for it */
  char      *key;     /* dg_work_dup_key of what was read, for what can be kept; NULL */
  double     ms;      /* milliseconds it took */
  char     **wanted;  /* what the cache had not and this process could not keep (cache.h); NULL: nothing */
  guint64    peak;    /* KiB: the most memory that reading and setting took */
} DgOutcome;

DgOutcome *dg_outcome_new (void);
void       dg_outcome_free (DgOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgOutcome, dg_outcome_free)

/* A new last part of @outcome, lent. */
DgPart *dg_outcome_new_part (DgOutcome *outcome, const char *output);
/* Takes @message; an error fails the part. */
void dg_part_add_message (DgPart *part, DiglotMessage *message);
/* Takes the strings, borrows @bytes, which may be NULL. */
void dg_part_add_file (DgPart *part, char *path, char *digest, GBytes *bytes);

/* TRUE where one of its parts failed. */
gboolean dg_outcome_has_failed (const DgOutcome *outcome);

/* As bytes for a pipe, and back; NULL where the bytes are no outcome. */
GBytes    *dg_outcome_to_bytes (const DgOutcome *outcome);
DgOutcome *dg_outcome_from_bytes (GBytes *bytes);

#endif
