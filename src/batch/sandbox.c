/* sandbox.c: a seccomp filter by libseccomp, and a Landlock ruleset by its three system calls, for which there is no library in Debian.
 * Both only take away, so that what fails here leaves the process as it was. */
#include "batch/sandbox.h"

#include "base/cache.h"
#include "base/checked.h"
#include "base/datadir.h"
#include "base/refuse.h"
#include "batch/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/stat.h>
#include <unistd.h>

/* LeakSanitizer looks into its process by ptrace, a measuring of coverage writes where it likes. */
#if defined(DG_COVERAGE)
#define IS_RELAXED TRUE
#else
#define IS_RELAXED (DG_IS_CHECKED != 0)
#endif

/* Of Landlock's later versions; the headers of Debian 12 end with version 2. */
#define ACCESS_TRUNCATE  (1ULL << 14) /* 3 */
#define ACCESS_IOCTL_DEV (1ULL << 15) /* 5 */
#define NET_ALL          3ULL         /* 4: binding and connecting TCP */
#define SCOPE_SOCKETS    1ULL         /* 6: abstract ones */
#define SCOPE_ALL        3ULL         /* 6: these and signals */

typedef struct {
  guint64 files, net, scope;
} Ruleset; /* struct landlock_ruleset_attr of version 6 */

#define SECONDS_TO_CLOSE 3

#define ACCESS_FILE   (LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE)
#define ACCESS_FOLDER (ACCESS_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE)
#define READ_FOLDER   (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define ACCESS_NEVER \
  (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO \
   | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

/* The version of Landlock that the kernel has; 0 for none. */
static int
find_version (void)
{
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

  return version > 0 ? (int) version : 0;
}

static gboolean
has_seccomp (void)
{
  guint32 action = SECCOMP_RET_ERRNO;

  return syscall (SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

gboolean
dg_sandbox_is_weak (void)
{
  return !IS_RELAXED && (find_version () == 0 || !has_seccomp ());
}

char *
dg_sandbox_dup_name (void)
{
  int version = find_version ();

  if (IS_RELAXED)
    return g_strdup ("none in this build");
  if (version > 0)
    return g_strdup_printf (has_seccomp () ? "Landlock %d, seccomp" : "Landlock %d", version);
  return g_strdup (has_seccomp () ? "seccomp" : "none");
}

/* The calls that are left, and none besides: what a newer kernel has, or a library comes to use, answers ENOSYS as an older kernel would, so
 * that the C library takes its older way.  A call that this machine does not have is passed over. */

/* Of who reads what anybody may have written.  Nothing in it makes, alters or names a file, or reaches another process. */
static const int reader_calls[] = {
  /* memory */
  SCMP_SYS (brk),
  SCMP_SYS (mmap),
  SCMP_SYS (mmap2),
  SCMP_SYS (munmap),
  SCMP_SYS (mprotect),
  SCMP_SYS (mremap),
  SCMP_SYS (madvise),
  SCMP_SYS (membarrier),
  /* files, for reading, and what was open before */
  SCMP_SYS (read),
  SCMP_SYS (readv),
  SCMP_SYS (pread64),
  SCMP_SYS (preadv),
  SCMP_SYS (write),
  SCMP_SYS (writev),
  SCMP_SYS (lseek),
  SCMP_SYS (_llseek),
  SCMP_SYS (close),
  SCMP_SYS (close_range),
  SCMP_SYS (dup),
  SCMP_SYS (dup2),
  SCMP_SYS (dup3),
  SCMP_SYS (fstat),
  SCMP_SYS (fstat64),
  SCMP_SYS (stat),
  SCMP_SYS (stat64),
  SCMP_SYS (lstat),
  SCMP_SYS (lstat64),
  SCMP_SYS (newfstatat),
  SCMP_SYS (fstatat64),
  SCMP_SYS (statx),
  SCMP_SYS (statfs),
  SCMP_SYS (statfs64),
  SCMP_SYS (fstatfs),
  SCMP_SYS (fstatfs64),
  SCMP_SYS (access),
  SCMP_SYS (faccessat),
  SCMP_SYS (faccessat2),
  SCMP_SYS (readlink),
  SCMP_SYS (readlinkat),
  SCMP_SYS (getdents),
  SCMP_SYS (getdents64),
  SCMP_SYS (getcwd),
  SCMP_SYS (fadvise64),
  SCMP_SYS (fadvise64_64),
  SCMP_SYS (arm_fadvise64_64),
  SCMP_SYS (poll),
  SCMP_SYS (ppoll),
  SCMP_SYS (ppoll_time64),
  SCMP_SYS (select),
  SCMP_SYS (_newselect),
  SCMP_SYS (pselect6),
  SCMP_SYS (pselect6_time64),
  SCMP_SYS (send),
  SCMP_SYS (sendto),
  SCMP_SYS (recv),
  SCMP_SYS (recvfrom),
  SCMP_SYS (eventfd2),
  /* time */
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_gettime64),
  SCMP_SYS (clock_getres),
  SCMP_SYS (clock_getres_time64),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (clock_nanosleep_time64),
  SCMP_SYS (nanosleep),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (times),
  /* the process itself */
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaction),
  SCMP_SYS (sigprocmask),
  SCMP_SYS (sigreturn),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (getppid),
  SCMP_SYS (getuid),
  SCMP_SYS (getuid32),
  SCMP_SYS (geteuid),
  SCMP_SYS (geteuid32),
  SCMP_SYS (getgid),
  SCMP_SYS (getgid32),
  SCMP_SYS (getegid),
  SCMP_SYS (getegid32),
  SCMP_SYS (getrusage),
  SCMP_SYS (getrlimit),
  SCMP_SYS (ugetrlimit),
  SCMP_SYS (sysinfo),
  SCMP_SYS (uname),
  SCMP_SYS (getrandom),
  SCMP_SYS (futex),
  SCMP_SYS (futex_time64),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (get_robust_list),
  SCMP_SYS (set_tid_address),
  SCMP_SYS (set_thread_area),
  SCMP_SYS (set_tls),
  SCMP_SYS (arch_prctl),
  SCMP_SYS (rseq),
  SCMP_SYS (sched_yield),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (getcpu),
  SCMP_SYS (riscv_flush_icache),
};

/* Besides, of who writes outputs and keeps the readers. */
static const int keeper_calls[] = {
  SCMP_SYS (open),
  SCMP_SYS (openat),
  SCMP_SYS (mkdir),
  SCMP_SYS (mkdirat),
  SCMP_SYS (rename),
  SCMP_SYS (renameat),
  SCMP_SYS (renameat2),
  SCMP_SYS (unlink),
  SCMP_SYS (unlinkat),
  SCMP_SYS (fsync),
  SCMP_SYS (fdatasync),
  SCMP_SYS (flock),
  SCMP_SYS (fallocate),
  SCMP_SYS (socketpair),
  SCMP_SYS (pipe2),
  SCMP_SYS (fork),
  SCMP_SYS (wait4),
  SCMP_SYS (waitid),
  SCMP_SYS (waitpid),
  SCMP_SYS (kill),
  SCMP_SYS (tgkill), /* a child's own, for which its parent's filter holds too */
  SCMP_SYS (signalfd4),
  SCMP_SYS (setrlimit),
  SCMP_SYS (seccomp),
  SCMP_SYS (landlock_create_ruleset),
  SCMP_SYS (landlock_add_rule),
  SCMP_SYS (landlock_restrict_self),
};

#if defined(__s390__)
#define CLONE_FLAGS 1 /* which argument they are */
#else
#define CLONE_FLAGS 0
#endif
#define NEW_SPACES (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

#define OPEN_WRITES ((guint64) (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY)))

/* A call whose argument is looked at; an argument of 32 bits may have anything in the upper half of its register. */
typedef struct {
  int      call;
  guint8   argument;
  gboolean is_reader; /* a reader may do it too */
  guint64  mask, value;
} Checked;

#define WHOLE G_GUINT64_CONSTANT (0xFFFFFFFF)

static const Checked checked_calls[] = {
  { SCMP_SYS (clone), CLONE_FLAGS, TRUE, NEW_SPACES | CLONE_THREAD, CLONE_THREAD },
  { SCMP_SYS (clone), CLONE_FLAGS, FALSE, WHOLE & ~(guint64) (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID), SIGCHLD }, /* as fork() does */
  { SCMP_SYS (prlimit64), 0, TRUE, WHOLE, 0 },                                                                       /* its own */
  /* Asking whether a descriptor is a terminal, and how large. */
  { SCMP_SYS (ioctl), 1, TRUE, WHOLE, TCGETS },
#if defined(TCGETS2)
  { SCMP_SYS (ioctl), 1, TRUE, WHOLE, 0x802C542A /* TCGETS2 */ },
#endif
  { SCMP_SYS (ioctl), 1, TRUE, WHOLE, TIOCGWINSZ },
  { SCMP_SYS (ioctl), 1, TRUE, WHOLE, FIONREAD },
  { SCMP_SYS (fcntl), 1, TRUE, WHOLE, F_DUPFD },
  { SCMP_SYS (fcntl), 1, TRUE, WHOLE, F_DUPFD_CLOEXEC },
  { SCMP_SYS (fcntl), 1, TRUE, WHOLE, F_GETFD },
  { SCMP_SYS (fcntl), 1, TRUE, WHOLE, F_SETFD },
  { SCMP_SYS (fcntl), 1, TRUE, WHOLE, F_GETFL },
  { SCMP_SYS (fcntl64), 1, TRUE, WHOLE, F_DUPFD },
  { SCMP_SYS (fcntl64), 1, TRUE, WHOLE, F_DUPFD_CLOEXEC },
  { SCMP_SYS (fcntl64), 1, TRUE, WHOLE, F_GETFD },
  { SCMP_SYS (fcntl64), 1, TRUE, WHOLE, F_SETFD },
  { SCMP_SYS (fcntl64), 1, TRUE, WHOLE, F_GETFL },
  { SCMP_SYS (prctl), 0, TRUE, WHOLE, PR_SET_NAME },
  { SCMP_SYS (prctl), 0, FALSE, WHOLE, PR_SET_PDEATHSIG },
  { SCMP_SYS (prctl), 0, FALSE, WHOLE, PR_SET_NO_NEW_PRIVS },
};

static gboolean
allow_call (scmp_filter_ctx filter, int call)
{
  int status = seccomp_rule_add (filter, SCMP_ACT_ALLOW, call, 0);

  return status == 0 || status == -EDOM; /* not on this machine */
}

static gboolean
allow_checked (scmp_filter_ctx filter, int call, guint argument, guint64 mask, guint64 value)
{
  const struct scmp_arg_cmp is_that = { argument, SCMP_CMP_MASKED_EQ, mask, value };
  int                       status = seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, call, 1, &is_that);

  return status == 0 || status == -EDOM;
}

static gboolean
fill (scmp_filter_ctx filter, gboolean is_reader)
{
  gboolean is_done = seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO (ENOSYS)) == 0 && seccomp_attr_set (filter, SCMP_FLTATR_CTL_NNP, 1) == 0;

  seccomp_attr_set (filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* faster, where the library can */
  for (guint i = 0; is_done && i < G_N_ELEMENTS (reader_calls); i++)
    is_done = allow_call (filter, reader_calls[i]);
  for (guint i = 0; is_done && !is_reader && i < G_N_ELEMENTS (keeper_calls); i++)
    is_done = allow_call (filter, keeper_calls[i]);
  for (guint i = 0; is_done && i < G_N_ELEMENTS (checked_calls); i++) {
    const Checked *c = &checked_calls[i];

    is_done = (is_reader && !c->is_reader) || allow_checked (filter, c->call, c->argument, c->mask, c->value);
  }
  /* A reader opens for reading alone, and the only one it can end is itself. */
  if (is_done && is_reader)
    is_done = allow_checked (filter, SCMP_SYS (open), 1, OPEN_WRITES, 0) && allow_checked (filter, SCMP_SYS (openat), 2, OPEN_WRITES, 0)
              && allow_checked (filter, SCMP_SYS (tgkill), 0, WHOLE, (guint64) getpid ());
  return is_done;
}

/* Lets this process have @seconds more of the processor and no more; what it might before, to be given back. */
static struct rlimit
bound_time (rlim_t seconds)
{
  struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY }, bound;
  struct rusage usage;

  if (getrlimit (RLIMIT_CPU, &limit) == 0 && getrusage (RUSAGE_SELF, &usage) == 0) {
    bound = limit;
    bound.rlim_cur = MIN (limit.rlim_cur, (rlim_t) usage.ru_utime.tv_sec + (rlim_t) usage.ru_stime.tv_sec + seconds);
    setrlimit (RLIMIT_CPU, &bound);
  }
  return limit;
}

static gboolean
close_calls (gboolean is_reader, GError **error)
{
  scmp_filter_ctx filter;
  gboolean        is_done;
  struct rlimit   limit;

  if (IS_RELAXED || !has_seccomp ())
    return TRUE;
  /* libseccomp 2.5 may go round for ever where it is refused memory: a signal is better.  It needs two milliseconds. */
  limit = bound_time (SECONDS_TO_CLOSE);
  filter = seccomp_init (SCMP_ACT_ERRNO (ENOSYS));
  is_done = filter != NULL && fill (filter, is_reader) && seccomp_load (filter) == 0;
  if (filter != NULL)
    seccomp_release (filter);
  setrlimit (RLIMIT_CPU, &limit);
  if (!is_done)
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "the sandbox cannot be set up: seccomp takes no filter");
  return is_done;
}

gboolean
dg_sandbox_close_calls (gboolean is_required, GError **error)
{
  if (is_required && (IS_RELAXED || dg_sandbox_is_weak ())) {
    g_autofree char *name = dg_sandbox_dup_name ();

    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "--sandbox=require wants Landlock and seccomp; there is: %s", name);
    return FALSE;
  }
  return close_calls (FALSE, error);
}

/* Files */

/* A ruleset that refuses all of @access that it knows, and the network and signals to others; -1 where there is none. */
static int
new_ruleset (guint64 *access, guint64 scope)
{
  int     version = find_version ();
  Ruleset wanted = { .files = *access | ACCESS_FOLDER | ACCESS_NEVER | ACCESS_IOCTL_DEV | LANDLOCK_ACCESS_FS_REFER, .net = NET_ALL, .scope = scope };
  gsize   size = version >= 6 ? sizeof wanted : version >= 4 ? sizeof wanted - sizeof wanted.scope : sizeof wanted.files;

  if (IS_RELAXED || version == 0)
    return -1;
  if (version < 5)
    wanted.files &= ~ACCESS_IOCTL_DEV;
  if (version < 3)
    wanted.files &= ~ACCESS_TRUNCATE;
  if (version < 2)
    wanted.files &= ~(guint64) LANDLOCK_ACCESS_FS_REFER;
  *access &= wanted.files;
  return (int) syscall (SYS_landlock_create_ruleset, &wanted, size, 0);
}

/* Leaves @access to @path, a folder with all below it or a file. */
static void
leave (int ruleset, const char *path, guint64 access)
{
  int         fd = open (path, O_PATH | O_CLOEXEC);
  struct stat info;

  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0) {
    struct landlock_path_beneath_attr rule = {
      .allowed_access = access & (S_ISDIR (info.st_mode) ? G_MAXUINT64 : ACCESS_FILE | LANDLOCK_ACCESS_FS_READ_FILE),
      .parent_fd = fd,
    };

    syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  }
  close (fd);
}

/* Leaves @access to @paths (char *) and nothing of the kind to any other. */
static gboolean
close_files (const GPtrArray *paths, guint64 access, guint64 scope)
{
  int      ruleset = new_ruleset (&access, scope);
  gboolean is_done;

  if (ruleset < 0)
    return IS_RELAXED || find_version () == 0;
  for (guint i = 0; i < paths->len; i++)
    leave (ruleset, paths->pdata[i], access);
  is_done = prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);
  return is_done;
}

/* What a batch writes to */

/* What is beside @path: files are made under another name and then renamed. */
static void
add_file (GHashTable *writable, const char *path, gboolean make)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_hash_table_contains (writable, folder))
    return;
  if (make)
    diglot_make_folder (folder, NULL);
  g_hash_table_add (writable, g_steal_pointer (&folder));
}

/* A file that the user names; NULL: none.  A pipe or a device is only written to. */
static void
add_named (GHashTable *writable, const char *path)
{
  struct stat info;
  gboolean    is_special;

  if (path == NULL || strcmp (path, "-") == 0)
    return;
  is_special = lstat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode) && !S_ISLNK (info.st_mode);
  /* A name under /dev/fd or the like leads to a file whose folder is another one. */
  if (is_special || g_str_has_prefix (path, "/dev/") || g_str_has_prefix (path, "/proc/"))
    g_hash_table_add (writable, g_strdup (path));
  if (!is_special)
    add_file (writable, path, TRUE);
}

static void
add_folder (GHashTable *writable, const char *path)
{
  if (path == NULL)
    return;
  diglot_make_folder (path, NULL); /* who writes there tells why it cannot be */
  g_hash_table_add (writable, g_strdup (path));
}

gboolean
dg_sandbox_close_files (const DiglotBatch *batch, const char *folder, const GPtrArray *outputs, gboolean signals, GError **error)
{
  g_autoptr (GHashTable) writable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autofree char *cache = dg_cache_dup_folder ();
  GHashTableIter   iter;
  gpointer         path;

  add_folder (writable, folder);
  add_folder (writable, batch->gallery);
  for (guint i = 0; i < outputs->len; i++) {
    const char *output = outputs->pdata[i];

    if (strcmp (output, "-") == 0)
      continue;
    if (g_strcmp0 (output, batch->output) == 0)
      add_named (writable, output);
    else if (folder == NULL || !g_str_has_prefix (output, folder))
      add_file (writable, output, batch->output != NULL || batch->job_list != NULL);
  }
  add_named (writable, batch->report);
  add_named (writable, batch->manifest);
  add_named (writable, batch->deps);
  g_mkdir_with_parents (cache, 0700);
  g_hash_table_add (writable, g_steal_pointer (&cache));

  g_hash_table_iter_init (&iter, writable);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (list, path);
  return close_files (list, ACCESS_FOLDER, signals ? SCOPE_ALL : SCOPE_SOCKETS)
         || dg_refuse (error, DIGLOT_ERROR_LIMIT, "the sandbox cannot be set up: Landlock takes no rules");
}

/* What a reader reads */

static void
add_parts (GPtrArray *list, const char *const *paths)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup (paths[i]));
}

gboolean
dg_sandbox_enter_reader (const DiglotBatch *batch, const GPtrArray *more, GError **error)
{
  /* Libraries are loaded late, charsets are libraries too, and faces, patterns and dictionaries lie below /usr/share. */
  static const char *const system[] = { "/lib",       "/lib32",         "/lib64",           "/usr/lib",   "/usr/lib32",
                                        "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share", NULL };
  const DiglotOptions     *o = &batch->conversion;
  g_autoptr (GPtrArray) list = o->profile != NULL ? dg_setup_files (o) : g_ptr_array_new_with_free_func (g_free);
  const char *dictionaries = g_getenv ("DIGLOT_DICTIONARIES");

  add_parts (list, system);
  add_parts (list, o->font_dirs);
  g_ptr_array_add (list, dg_datadir_path ("templates", NULL));
  g_ptr_array_add (list, dg_datadir_path ("fonts", NULL));
  dg_cache_list_folders (list);
  g_ptr_array_add (list, g_build_filename (g_get_user_config_dir (), "diglot", NULL));
  if (dictionaries != NULL && *dictionaries != '\0')
    g_ptr_array_add (list, g_strdup (dictionaries));
  if (batch->align != NULL)
    g_ptr_array_add (list, g_strdup (batch->align));
  for (guint i = 0; more != NULL && i < more->len; i++)
    g_ptr_array_add (list, g_strdup (more->pdata[i]));
  return (close_files (list, READ_FOLDER, SCOPE_ALL) || dg_refuse (error, DIGLOT_ERROR_LIMIT, "the sandbox cannot be set up: Landlock takes no rules"))
         && close_calls (TRUE, error);
}
