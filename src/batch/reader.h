/* reader.h: the process beside the one that writes: it alone looks into what anybody may have sent, and it can write nothing.
 * In: a job's bytes.  Out: its outcome as bytes.  The limits of time and memory are the reader's. */
#ifndef DG_READER_H
#define DG_READER_H

#include "batch/work.h"

typedef struct DgReader DgReader;

/* A reader of @work's jobs, forked with the first; another takes its place when it ends.  @timeout as for dg_pool_new: 0 where somebody else
 * watches the time. */
DgReader *dg_reader_new (const DgWork *work, double timeout);
void      dg_reader_free (DgReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgReader, dg_reader_free)

/* Forks it at once and has it make the converter that @work lacks, with what that is made of: cheaper than to fork a process that has one.  FALSE
 * with @error where the options, the template or the faces are unusable. */
gboolean dg_reader_prepare (DgReader *reader, const DiglotOptions *options, GError **error);

/* Does @job, read as @material, and writes what came of it (deliver.h), which is @work's.  Never NULL. */
DgOutcome *dg_reader_do (DgReader *reader, const DgWork *work, const DgJob *job, const DgMaterial *material);

/* Reads all of @materials (NULL for a job that cannot be done) as one bundle, and writes it; @outcomes gets one for each that is not NULL.  Ends
 * early when @fd can be read (-1: nothing): FALSE then, and there are no outcomes. */
gboolean dg_reader_bundle (DgReader *reader, const DgWork *work, DgMaterial *const *materials, DgOutcome **outcomes, int fd);

#endif
