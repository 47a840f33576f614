/* worker.c: the pool: forking, pipes, limits.
 *
 * A job goes to a worker as a header and bytes, the reply comes back as a length and bytes, through one socket a worker.
 * Whether a worker lives is told by that socket alone; whether it grows too large by the kernel, every 50 milliseconds. */
#include "batch/worker.h"

#include "diglot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* How the parent tells a worker to end: nobody else sends it. */
#define STOP SIGRTMIN

#define TICK          50 /* ms between two looks at the workers' memory */
#define REPLY_MAX     (1024u * 1024 * 1024)
#define GRACE         3000 /* ms a worker has for the job whose output it is writing when it is to end */
#define STATUS_MEMORY 77   /* of a worker that has got no more */
#define BARREN_MAX    5    /* workers in a row that die without a job */

/* Address space beyond what a worker starts with and the limit: what is mapped but never touched. A sanitizer's own memory has no
 * such bound. */
#define ADDRESS_SPARE (512u * 1024 * 1024)
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER
#endif

#define END G_MAXUINT64 /* in the place of a length: there will be no more jobs */

typedef struct {
  guint64 length; /* of the bytes that follow */
  guint32 number;
  guint32 has_input;
} Header;

typedef struct {
  pid_t       pid; /* 0: there is none */
  int         fd;
  gboolean    busy;
  guint       number; /* the job */
  GBytes     *input;  /* of it; NULL */
  gboolean    again;  /* it was given to another worker before */
  gint64      since;  /* µs when the job was given */
  gint64      doomed; /* µs when it was told to end */
  GByteArray *reply;
  GError     *doom; /* why it is to end */
} Worker;

struct DgPool {
  guint      n;
  Worker    *workers;
  double     timeout;
  guint      memory;
  guint64    peak;
  guint      barren;
  DgPoolWork work;
  DgPoolDone done;
  DgPoolEnd  end; /* NULL */
  gpointer   data;
  gboolean   is_alone;    /* workers inherit nothing that is open, */
  gboolean   keeps_stdin; /* or that alone */
};

/* In the worker */

static gboolean is_worker; /* this process is one */

static void
mask_stop (int how)
{
  sigset_t stops;

  sigemptyset (&stops);
  sigaddset (&stops, STOP);
  pthread_sigmask (how, &stops, NULL);
}

void
dg_pool_commit (void)
{
  if (is_worker)
    mask_stop (SIG_BLOCK);
}

static gboolean
receive_all (int fd, void *data, gsize length)
{
  for (char *at = data; length > 0;) {
    gssize n = read (fd, at, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    at += n;
    length -= (gsize) n;
  }
  return TRUE;
}

static gboolean
send_all (int fd, const void *data, gsize length)
{
  for (const char *at = data; length > 0;) {
    gssize n = send (fd, at, length, MSG_NOSIGNAL);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    at += n;
    length -= (gsize) n;
  }
  return TRUE;
}

static gboolean
send_reply (int fd, GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);
  guint64     length = size;

  return send_all (fd, &length, sizeof length) && send_all (fd, data, size);
}

/* The memory of a process: of all that is mapped or of what is there (statm's first and second number), KiB; 0 where it is gone. */
static guint64
read_memory (pid_t pid, gboolean mapped)
{
  char          path[40];
  unsigned long all = 0, there = 0;
  FILE         *file;

  g_snprintf (path, sizeof path, "/proc/%ld/statm", (long) pid);
  file = fopen (path, "re");
  if (file == NULL)
    return 0;
  if (fscanf (file, "%lu %lu", &all, &there) != 2)
    all = there = 0;
  fclose (file);
  return (guint64) (mapped ? all : there) * (guint64) sysconf (_SC_PAGESIZE) / 1024;
}

/* The kernel's own limit, for what grows faster than anybody looks. */
static void
limit_memory (guint memory)
{
#if !defined(HAS_SANITIZER)
  rlim_t        most = (rlim_t) memory * 1024 * 1024 + (rlim_t) read_memory (getpid (), TRUE) * 1024 + ADDRESS_SPARE;
  struct rlimit limit = { .rlim_cur = most, .rlim_max = most };

  if (memory > 0)
    setrlimit (RLIMIT_AS, &limit);
#else
  (void) memory;
#endif
}

/* What GLib has to say before it ends the process is not for the user's terminal: the pool tells.  That there is no memory, which GLib says in
 * words alone, is told by the exit status. */
static GLogWriterOutput
be_silent (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  (void) data;
  for (gsize i = 0; level & G_LOG_LEVEL_ERROR && i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 && strstr (fields[i].value, "failed to allocate") != NULL)
      _exit (STATUS_MEMORY);
  return level & G_LOG_FLAG_FATAL || level & G_LOG_LEVEL_ERROR ? G_LOG_WRITER_HANDLED : g_log_writer_default (level, fields, n_fields, NULL);
}

/* Keeps @fd, standard error and perhaps standard input; returns @fd's new number. */
static int
close_others (int fd, gboolean keep_stdin)
{
  int nothing = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  if (nothing < 0 || (!keep_stdin && dup2 (nothing, STDIN_FILENO) < 0) || dup2 (nothing, STDOUT_FILENO) < 0 || (fd != 3 && dup2 (fd, 3) < 0))
    _exit (EXIT_FAILURE);
  if (close_range (4, ~0u, 0) != 0)
    for (int other = 4; other < sysconf (_SC_OPEN_MAX); other++)
      close (other);
  return 3;
}

static void G_GNUC_NORETURN
serve (DgPool *pool, int fd, pid_t parent)
{
  struct rlimit none = { 0, 0 };
  Header        header;

  /* What ends a batch is for the parent, which tells the workers by STOP when it has understood it.  They meet it all the same: a
   * terminal, timeout(1) and scancel send it to the whole group, and one that died of it would be told as a fault of its dispatch. */
  signal (SIGINT, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
  signal (STOP, SIG_DFL);
  if (!is_worker) /* which may be set once a process, a worker's worker too */
    g_log_set_writer_func (be_silent, NULL, NULL);
  is_worker = TRUE;
  prctl (PR_SET_PDEATHSIG, STOP);
  mask_stop (SIG_UNBLOCK);
  if (getppid () != parent)
    _exit (EXIT_FAILURE);
  setrlimit (RLIMIT_CORE, &none);
  limit_memory (pool->memory);
  for (guint i = 0; i < pool->n; i++)
    if (pool->workers[i].pid != 0)
      close (pool->workers[i].fd);
  if (pool->is_alone)
    fd = close_others (fd, pool->keeps_stdin);

  while (receive_all (fd, &header, sizeof header) && header.length != END) {
    char *data = g_malloc (header.length + 1);
    g_autoptr (GBytes) input = g_bytes_new_take (data, header.length);
    g_autoptr (GBytes) reply = NULL;

    if (!receive_all (fd, data, header.length))
      break;
    reply = pool->work (header.number, header.has_input ? input : NULL, pool->data);
    if (!send_reply (fd, reply))
      break;
    mask_stop (SIG_UNBLOCK);
  }
  if (pool->end != NULL)
    pool->end (pool->data);
  _exit (EXIT_SUCCESS);
}

/* In the parent */

DgPool *
dg_pool_new (guint n, double timeout, guint memory, DgPoolWork work, DgPoolDone done, gpointer data)
{
  DgPool *pool = g_new0 (DgPool, 1);

  pool->n = n > 0 ? n : MAX (g_get_num_processors (), 1);
  pool->workers = g_new0 (Worker, pool->n);
  pool->timeout = timeout;
  pool->memory = memory;
  pool->work = work;
  pool->done = done;
  pool->data = data;
  return pool;
}

void
dg_pool_set_end (DgPool *pool, DgPoolEnd end)
{
  pool->end = end;
}

void
dg_pool_set_alone (DgPool *pool, gboolean keep_stdin)
{
  pool->is_alone = TRUE;
  pool->keeps_stdin = keep_stdin;
}

static gboolean
start (DgPool *pool, Worker *worker, GError **error)
{
  pid_t parent = getpid ();
  int   pair[2] = { -1, -1 };
  pid_t pid = -1;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) {
    fflush (NULL);
    pid = fork ();
  }
  if (pid == 0) {
    close (pair[0]);
    serve (pool, pair[1], parent);
  }
  if (pair[1] >= 0)
    close (pair[1]);
  if (pid < 0) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "no worker can be started: %s", g_strerror (errno));
    if (pair[0] >= 0)
      close (pair[0]);
    return FALSE;
  }
  worker->pid = pid;
  worker->fd = pair[0];
  worker->busy = FALSE;
  worker->reply = g_byte_array_new ();
  return TRUE;
}

/* Waits for the process to end and forgets it; returns its status. */
static int
reap (DgPool *pool, Worker *worker)
{
  struct rusage usage = { 0 };
  int           status = 0;

  while (wait4 (worker->pid, &status, 0, &usage) < 0 && errno == EINTR)
    ;
  pool->peak = MAX (pool->peak, (guint64) usage.ru_maxrss);
  close (worker->fd);
  g_byte_array_unref (worker->reply);
  g_clear_pointer (&worker->input, g_bytes_unref);
  memset (worker, 0, sizeof *worker);
  return status;
}

static gboolean
is_sound (const DgPool *pool)
{
  return pool->barren < BARREN_MAX;
}

gboolean
dg_pool_has_room (const DgPool *pool)
{
  for (guint i = 0; i < pool->n; i++)
    if (!pool->workers[i].busy)
      return TRUE;
  return FALSE;
}

gboolean
dg_pool_is_idle (const DgPool *pool)
{
  for (guint i = 0; i < pool->n; i++)
    if (pool->workers[i].busy)
      return FALSE;
  return TRUE;
}

static gboolean
hand_over (Worker *worker, guint number, GBytes *input, gboolean again)
{
  gsize       length = 0;
  const char *data = input != NULL ? g_bytes_get_data (input, &length) : NULL;
  Header      header = { .length = length, .number = number, .has_input = input != NULL };

  if (!send_all (worker->fd, &header, sizeof header) || !send_all (worker->fd, data, length))
    return FALSE;
  worker->busy = TRUE;
  worker->number = number;
  worker->input = input != NULL ? g_bytes_ref (input) : NULL;
  worker->again = again;
  worker->since = g_get_monotonic_time ();
  return TRUE;
}

/* A worker that waits for a job before one that would have to be started. */
static Worker *
find_free (DgPool *pool)
{
  Worker *unborn = NULL;

  for (guint i = 0; i < pool->n; i++) {
    Worker *worker = &pool->workers[i];

    if (worker->pid != 0 && !worker->busy)
      return worker;
    if (worker->pid == 0 && unborn == NULL)
      unborn = worker;
  }
  return unborn;
}

gboolean
dg_pool_give (DgPool *pool, guint number, GBytes *input, GError **error)
{
  while (is_sound (pool)) {
    Worker *worker = find_free (pool);

    g_return_val_if_fail (worker != NULL, FALSE);
    if (worker->pid == 0 && !start (pool, worker, error))
      return FALSE;
    if (hand_over (worker, number, input, FALSE))
      return TRUE;
    /* It died while it had nothing to do: the job is not to blame. */
    pool->barren++;
    kill (worker->pid, SIGKILL);
    reap (pool, worker);
  }
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "workers end before they begin");
  return FALSE;
}

/* Why a worker ended in the middle of a job. */
static GError *
explain (const DgPool *pool, int status, guint64 peak)
{
  if (pool->memory > 0 && (peak / 1024 + 16 > pool->memory || (WIFEXITED (status) && WEXITSTATUS (status) == STATUS_MEMORY)))
    return g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "needs more memory than %u MiB", pool->memory);
  if (WIFSIGNALED (status))
    return g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the worker that set it was ended by signal %d (%s)", WTERMSIG (status),
                        g_strsignal (WTERMSIG (status)));
  return g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_LAYOUT, "the worker that set it ended with status %d", WEXITSTATUS (status));
}

/* TRUE where somebody else ended it: the kernel for want of memory, or an operator. */
static gboolean
is_killed (int status)
{
  return WIFSIGNALED (status) && (WTERMSIG (status) == SIGKILL || WTERMSIG (status) == SIGTERM || WTERMSIG (status) == SIGHUP || WTERMSIG (status) == SIGINT);
}

/* A job is not to blame for what was done to its worker, the first time. */
static gboolean
try_again (DgPool *pool, Worker *worker, guint number, GBytes *input)
{
  return start (pool, worker, NULL) && hand_over (worker, number, input, TRUE);
}

static void
bury (DgPool *pool, Worker *worker)
{
  g_autoptr (GError) error = g_steal_pointer (&worker->doom);
  g_autoptr (GBytes) input = g_steal_pointer (&worker->input);
  gboolean was_busy = worker->busy, was_second = worker->again;
  guint    number = worker->number;
  guint64  before = pool->peak, own;
  int      status;

  pool->peak = 0;
  kill (worker->pid, SIGKILL); /* it may have closed its end only */
  status = reap (pool, worker);
  own = pool->peak;
  pool->peak = MAX (before, own);
  if (!was_busy) {
    pool->barren++;
    return;
  }
  if (error == NULL) {
    error = explain (pool, status, own);
    if (is_killed (status) && !was_second && error->code != DIGLOT_ERROR_LIMIT && try_again (pool, worker, number, input))
      return;
  }
  pool->done (number, NULL, error, pool->data);
}

/* Takes what the worker has sent; FALSE where it has ended or is about to. */
static gboolean
take_reply (DgPool *pool, Worker *worker)
{
  guint8  buffer[64 * 1024];
  gssize  n = recv (worker->fd, buffer, sizeof buffer, MSG_DONTWAIT);
  guint64 length;

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;
  if (n == 0)
    return FALSE;
  g_byte_array_append (worker->reply, buffer, (guint) n);
  if (worker->reply->len < sizeof length)
    return TRUE;
  memcpy (&length, worker->reply->data, sizeof length);
  if (!worker->busy || length > REPLY_MAX || worker->reply->len - sizeof length > length)
    return FALSE;
  if (worker->reply->len - sizeof length == length) {
    g_autoptr (GBytes) bytes = g_bytes_new (worker->reply->data + sizeof length, length);

    g_byte_array_set_size (worker->reply, 0);
    worker->busy = FALSE;
    pool->barren = 0;
    g_clear_pointer (&worker->input, g_bytes_unref);
    pool->done (worker->number, bytes, NULL, pool->data);
  }
  return worker->doom == NULL || worker->busy;
}

static void
check_limits (DgPool *pool, Worker *worker)
{
  gint64 now = g_get_monotonic_time ();
  double seconds = (double) (now - worker->since) / G_USEC_PER_SEC;

  if (worker->doom != NULL && now - worker->doomed > GRACE * 1000)
    kill (worker->pid, SIGKILL);
  if (!worker->busy || worker->doom != NULL)
    return;
  if (pool->timeout > 0 && seconds > pool->timeout)
    worker->doom = g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "takes longer than %g seconds", pool->timeout);
  else if (pool->memory > 0 && read_memory (worker->pid, FALSE) / 1024 > pool->memory)
    worker->doom = g_error_new (DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "needs more memory than %u MiB", pool->memory);
  if (worker->doom == NULL)
    return;
  worker->doomed = now;
  kill (worker->pid, STOP);
}

void
dg_pool_wait (DgPool *pool, int fd)
{
  g_autofree struct pollfd *polled = g_new0 (struct pollfd, pool->n + 1);
  gboolean                  has_limits = pool->timeout > 0 || pool->memory > 0;

  for (guint i = 0; i < pool->n; i++) {
    polled[i].fd = pool->workers[i].pid != 0 ? pool->workers[i].fd : -1;
    polled[i].events = POLLIN;
  }
  polled[pool->n].fd = fd;
  polled[pool->n].events = POLLIN;
  for (;;) {
    int n = poll (polled, pool->n + 1, has_limits ? TICK : -1);

    for (guint i = 0; i < pool->n; i++)
      if (pool->workers[i].pid != 0)
        check_limits (pool, &pool->workers[i]);
    if (n > 0 || (n < 0 && errno != EINTR))
      break;
  }
  for (guint i = 0; i < pool->n; i++)
    if (polled[i].fd >= 0 && polled[i].revents != 0 && !take_reply (pool, &pool->workers[i]))
      bury (pool, &pool->workers[i]);
}

/* The most that a worker has had, as the kernel has kept it (VmHWM). */
static guint64
read_peak (pid_t pid)
{
  char             path[40];
  g_autofree char *text = NULL;
  const char      *at;

  g_snprintf (path, sizeof path, "/proc/%ld/status", (long) pid);
  if (!g_file_get_contents (path, &text, NULL, NULL) || (at = strstr (text, "VmHWM:")) == NULL)
    return 0;
  return g_ascii_strtoull (at + strlen ("VmHWM:"), NULL, 10);
}

guint64
dg_pool_peak (const DgPool *pool)
{
  guint64 peak = pool->peak;

  for (guint i = 0; i < pool->n; i++)
    if (pool->workers[i].pid != 0)
      peak = MAX (peak, read_peak (pool->workers[i].pid));
  return peak;
}

void
dg_pool_free (DgPool *pool)
{
  const Header end = { .length = END };
  gint64       until = g_get_monotonic_time () + GRACE * 1000;

  if (pool == NULL)
    return;
  for (guint i = 0; i < pool->n; i++) {
    Worker *worker = &pool->workers[i];

    if (worker->pid != 0 && (worker->busy || pool->end == NULL || !send_all (worker->fd, &end, sizeof end)))
      kill (worker->pid, STOP);
  }
  for (guint i = 0; i < pool->n; i++) {
    Worker       *worker = &pool->workers[i];
    struct pollfd reply = { .fd = worker->fd, .events = POLLIN };

    if (worker->pid == 0)
      continue;
    while (poll (&reply, 1, (int) (MAX (until - g_get_monotonic_time (), 0) / 1000)) > 0 && take_reply (pool, worker))
      ;
    kill (worker->pid, SIGKILL);
    g_clear_error (&worker->doom);
    reap (pool, worker);
  }
  g_free (pool->workers);
  g_free (pool);
}
