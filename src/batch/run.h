/* run.h: a batch on its way: what the files have in common that carry it.
 *
 * batch.c gives jobs away, results.c tells what became of them, records.c knows what is made already, sides.c writes what stands beside the
 * outputs.  For these alone. */
#ifndef DG_RUN_H
#define DG_RUN_H

#include "batch/gallery.h"
#include "batch/ledger.h"
#include "batch/pack.h"
#include "batch/reader.h"
#include "batch/site.h"
#include "batch/work.h"

/* What has become of a job, from when it is looked at until it is told. */
typedef struct {
  DgJob     *job;
  DgOutcome *outcome; /* NULL: made already, or not done */
  char      *details; /* for the report */
  char     **outputs; /* the parts' files, "" for a part without one */
  gboolean   is_done, is_kept;
  gboolean   has_failed;
  guint      same_as; /* 1 + place of the job that is done in its place, having the same input; 0 */
  char      *key;     /* for what is kept in an archive: its key, */
  char     **made;    /* and place and digest of its range, name and digest of its members */
  gsize      held;    /* bytes that wait to be told */
} DgSlot;

typedef struct DgMoves DgMoves;

typedef struct {
  const DiglotBatch  *batch;
  const DiglotEvents *events;
  DgWork              work;    /* what the workers need */
  GHashTable         *states;  /* output folder → DgState */
  GHashTable         *folders; /* set: what outputs were written to in this round */
  GHashTable         *slots;   /* place of a job → DgSlot */
  guint               next;    /* the job that is looked at next */
  guint               told;    /* jobs whose result was told */
  gboolean            is_warm;
  gboolean            is_confined; /* this process has given up what its jobs do not need */
  gboolean            is_ready;    /* the job at next is prepared */
  DgMaterial         *material;    /* of that job, as far as it was read */
  DgShelves          *shelves;     /* archives that members are read from */
  GString            *report;      /* lines that are still to be kept; NULL: none is asked for */
  DgStore            *reported;    /* those before them */
  DgPack             *pack;        /* the archive that outputs go to; NULL: files */
  gsize               held;        /* bytes that wait for what comes before them in the archive */
  GHashTable         *same_failed; /* set: places of those first jobs that failed, + 1 */
  GHashTable         *firsts;      /* digest of an input → 1 + place of the first job with it; NULL: not asked for */
  guint               n_unwritten; /* dispatches in a row that could not be written */
  gboolean            is_stopped;  /* no more is begun */
  gboolean            is_spoilt;   /* the archive cannot be written */
  int                 folder;      /* the output folder as it was found, held open so that no other gets its number; 0: none */
  DgSite             *site;        /* of web pages; NULL */
  DgLedger           *ledger;
  DgMoves            *moves; /* inputs that leave a hot folder; NULL */
  DiglotTally        *tally;
  gint64              start;
  int                 signals; /* a descriptor that a signal makes readable; -1 */
  DgReader           *reader;  /* of this process, a worker's or the batch's; NULL: none yet */
  guint64             peak;    /* KiB: the most that a reader has had */
} DgRun;

/* The slot of the job at @i, made where there is none; and that job, which is the slot's. */
DgSlot      *dg_run_slot (DgRun *run, guint i);
const DgJob *dg_run_job (DgRun *run, guint i);
guint        dg_run_count (const DgRun *run);

#endif
