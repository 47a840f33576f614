/* worker.h: processes that do numbered jobs, so that a job may do anything and end nothing but itself.
 *
 * In: a function, jobs as numbers with bytes.  Out: the bytes it returns, or why there are none.  A worker is forked when it is
 * needed, with all that the caller has warmed up; one that dies, takes too long or grows too large is replaced. */
#ifndef DG_WORKER_H
#define DG_WORKER_H

#include <glib.h>

typedef struct DgPool DgPool;

/* Does the job @number in a worker; @input is what dg_pool_give was given. Transfer full. */
typedef GBytes *(*DgPoolWork) (guint number, GBytes *input, gpointer data);
/* What came of it: @reply, or @error (DIGLOT_ERROR_LIMIT for time and memory). */
typedef void (*DgPoolDone) (guint number, GBytes *reply, const GError *error, gpointer data);

/* @n workers, 0: one for each processor.  @timeout: seconds for one job, @memory: MiB for one worker; 0: no limit. */
DgPool *dg_pool_new (guint n, double timeout, guint memory, DgPoolWork work, DgPoolDone done, gpointer data);
/* Ends the workers.  One that has come to dg_pool_commit finishes its job first, and its reply is told. */
void dg_pool_free (DgPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPool, dg_pool_free)

/* In a worker that has no more to do, before it ends: what it started is its own to end.  One that is ended in a job does not come to it. */
typedef void (*DgPoolEnd) (gpointer data);
void dg_pool_set_end (DgPool *pool, DgPoolEnd end);

/* Has the workers that are started from here on inherit nothing that is open, but standard error and, with @keep_stdin, standard input. */
void dg_pool_set_alone (DgPool *pool, gboolean keep_stdin);

/* TRUE where a job can be given. */
gboolean dg_pool_has_room (const DgPool *pool);
gboolean dg_pool_is_idle (const DgPool *pool);

/* In a worker: from here on the job leaves something behind, so that it is finished and told, for three seconds at most, whatever would end
 * the worker but a crash.  Nothing elsewhere. */
void dg_pool_commit (void);

/* FALSE with @error where no worker can be started. */
gboolean dg_pool_give (DgPool *pool, guint number, GBytes *input, GError **error);

/* Waits until a job is done (the function for it is called) or @fd, where it is not -1, can be read. */
void dg_pool_wait (DgPool *pool, int fd);

/* The most memory one of the workers has had, KiB. */
guint64 dg_pool_peak (const DgPool *pool);

#endif
