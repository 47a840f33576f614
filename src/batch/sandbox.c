/* sandbox.c: a seccomp filter by libseccomp, and a Landlock ruleset by its three system calls, for which there is no library in Debian.
 * Both only take away, so that what fails here leaves the process as it was. */
#include "batch/sandbox.h"

#include "base/cache.h"
#include "base/checked.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
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
#define SCOPE_ALL        3ULL         /* 6: abstract sockets and signals */

typedef struct {
  guint64 files, net, scope;
} Ruleset; /* struct landlock_ruleset_attr of version 6 */

#define ACCESS_FILE   (LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE)
#define ACCESS_FOLDER (ACCESS_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE)
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

/* What no setting of a page needs.  io_uring is among it because its calls pass no filter. */
static const int closed_calls[] = {
  SCMP_SYS (execve),
  SCMP_SYS (execveat),
  SCMP_SYS (socket),
  SCMP_SYS (connect),
  SCMP_SYS (bind),
  SCMP_SYS (listen),
  SCMP_SYS (accept),
  SCMP_SYS (accept4),
  SCMP_SYS (io_uring_setup),
  SCMP_SYS (io_uring_enter),
  SCMP_SYS (io_uring_register),
  SCMP_SYS (ptrace),
  SCMP_SYS (process_vm_readv),
  SCMP_SYS (process_vm_writev),
  SCMP_SYS (pidfd_getfd),
  SCMP_SYS (kcmp),
  SCMP_SYS (unshare),
  SCMP_SYS (setns),
  SCMP_SYS (chroot),
  SCMP_SYS (pivot_root),
  SCMP_SYS (mount),
  SCMP_SYS (umount2),
  SCMP_SYS (open_tree),
  SCMP_SYS (move_mount),
  SCMP_SYS (fsopen),
  SCMP_SYS (fsmount),
  SCMP_SYS (mount_setattr),
  SCMP_SYS (link),
  SCMP_SYS (linkat),
  SCMP_SYS (symlink),
  SCMP_SYS (symlinkat),
  SCMP_SYS (mknod),
  SCMP_SYS (mknodat),
  SCMP_SYS (chmod),
  SCMP_SYS (fchmod),
  SCMP_SYS (fchmodat),
  SCMP_SYS (chown),
  SCMP_SYS (fchown),
  SCMP_SYS (lchown),
  SCMP_SYS (fchownat),
  SCMP_SYS (setxattr),
  SCMP_SYS (lsetxattr),
  SCMP_SYS (fsetxattr),
  SCMP_SYS (removexattr),
  SCMP_SYS (lremovexattr),
  SCMP_SYS (fremovexattr),
  SCMP_SYS (utime),
  SCMP_SYS (utimes),
  SCMP_SYS (futimesat),
  SCMP_SYS (utimensat),
  SCMP_SYS (setuid),
  SCMP_SYS (setgid),
  SCMP_SYS (setreuid),
  SCMP_SYS (setregid),
  SCMP_SYS (setresuid),
  SCMP_SYS (setresgid),
  SCMP_SYS (setgroups),
  SCMP_SYS (capset),
  SCMP_SYS (personality),
  SCMP_SYS (bpf),
  SCMP_SYS (perf_event_open),
  SCMP_SYS (userfaultfd),
  SCMP_SYS (add_key),
  SCMP_SYS (request_key),
  SCMP_SYS (keyctl),
  SCMP_SYS (open_by_handle_at),
  SCMP_SYS (name_to_handle_at),
  SCMP_SYS (quotactl),
  SCMP_SYS (acct),
  SCMP_SYS (swapon),
  SCMP_SYS (swapoff),
  SCMP_SYS (init_module),
  SCMP_SYS (finit_module),
  SCMP_SYS (delete_module),
  SCMP_SYS (kexec_load),
  SCMP_SYS (kexec_file_load),
  SCMP_SYS (reboot),
  SCMP_SYS (sethostname),
  SCMP_SYS (setdomainname),
  SCMP_SYS (settimeofday),
  SCMP_SYS (clock_settime),
  SCMP_SYS (adjtimex),
};

void
dg_sandbox_close_calls (void)
{
  scmp_filter_ctx filter = IS_RELAXED ? NULL : seccomp_init (SCMP_ACT_ALLOW);
  gboolean        is_made = filter != NULL;

  /* A call that this machine does not have is no hole. */
  for (guint i = 0; is_made && i < G_N_ELEMENTS (closed_calls); i++)
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), closed_calls[i], 0);
  /* A terminal's input can be forged, and what it says be run by the shell; and new namespaces have new privileges. */
  if (is_made) {
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (ioctl), 1, SCMP_A1 (SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, 0x5412 /* TIOCSTI */));
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (clone), 1, SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER));
    /* Its flags lie in memory, where no filter sees them; the C library does without it. */
    seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
    seccomp_attr_set (filter, SCMP_FLTATR_CTL_NNP, 1);
    seccomp_attr_set (filter, SCMP_FLTATR_CTL_OPTIMIZE, 1);
    seccomp_load (filter);
    seccomp_release (filter);
  }
}

static void
allow (int ruleset, const char *path, guint64 handled)
{
  int         fd = open (path, O_PATH | O_CLOEXEC);
  struct stat info;

  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0) {
    struct landlock_path_beneath_attr rule = {
      .allowed_access = handled & (S_ISDIR (info.st_mode) ? ACCESS_FOLDER : ACCESS_FILE),
      .parent_fd = fd,
    };

    syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  }
  close (fd);
}

/* Leaves making and altering plain files and folders at or below @writable (char *, folders, and single files that are no plain ones, such as a
 * pipe) and nothing else of the kind. */
static void
close_files (const GPtrArray *writable)
{
  int     version = find_version ();
  Ruleset wanted = { .files = ACCESS_FOLDER | ACCESS_NEVER | ACCESS_IOCTL_DEV | LANDLOCK_ACCESS_FS_REFER, .net = NET_ALL, .scope = SCOPE_ALL };
  gsize   size = version >= 6 ? sizeof wanted : version >= 4 ? sizeof wanted - sizeof wanted.scope : sizeof wanted.files;
  int     ruleset;

  if (IS_RELAXED || version == 0)
    return;
  if (version < 5)
    wanted.files &= ~ACCESS_IOCTL_DEV;
  if (version < 3)
    wanted.files &= ~ACCESS_TRUNCATE;
  if (version < 2)
    wanted.files &= ~(guint64) LANDLOCK_ACCESS_FS_REFER;
  ruleset = (int) syscall (SYS_landlock_create_ruleset, &wanted, size, 0);
  if (ruleset < 0)
    return;
  for (guint i = 0; i < writable->len; i++)
    allow (ruleset, writable->pdata[i], wanted.files);
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
    syscall (SYS_landlock_restrict_self, ruleset, 0);
  close (ruleset);
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

void
dg_sandbox_close_files (const DiglotBatch *batch, const DgJobs *jobs)
{
  g_autoptr (GHashTable) writable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autofree char *cache = dg_cache_dup_folder ();
  GHashTableIter   iter;
  gpointer         path;

  add_folder (writable, jobs->folder);
  add_folder (writable, batch->gallery);
  for (guint i = 0; i < jobs->jobs->len; i++) {
    const DgJob *job = jobs->jobs->pdata[i];

    if (job->output == NULL || strcmp (job->output, "-") == 0)
      continue;
    if (g_strcmp0 (job->output, batch->output) == 0)
      add_named (writable, job->output);
    else if (jobs->folder == NULL || !g_str_has_prefix (job->output, jobs->folder))
      add_file (writable, job->output, batch->output != NULL);
  }
  add_named (writable, batch->report);
  add_named (writable, batch->manifest);
  add_named (writable, batch->deps);
  g_mkdir_with_parents (cache, 0700);
  g_hash_table_add (writable, g_steal_pointer (&cache));

  g_hash_table_iter_init (&iter, writable);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (list, path);
  close_files (list);
}
