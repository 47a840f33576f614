/* intruder.c: somebody who has got into a process that sets a dispatch: loaded into the program by LD_PRELOAD, it tries what it likes and tells
 * on standard error how it went.  $INTRUDER is a folder that is nobody's business; $INTRUDER_IN says where it tries: "keeper", in the process
 * that writes the first output (at its fsync; of folders it is the parent's), or "reader", in the one that reads a dispatch and can no longer
 * write (at its first long reply, or at the first that has $INTRUDER_MARK in it): $INTRUDER_FORKS lie between it and the program's start. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <unistd.h>

static int         forks; /* how many lie between the program's start and this process */
static const char *home;

static void
tell (const char *what, long result)
{
  dprintf (STDERR_FILENO, "intruder: %s: %s\n", what, result >= 0 ? "done" : strerrorname_np (errno));
}

static const char *
at (const char *name)
{
  static char paths[4][4096];
  static int  next;
  char       *path = paths[next++ % 4];

  snprintf (path, sizeof paths[0], "%s/%s", home, name);
  return path;
}

/* Each has its number on every machine, be the headers older or not. */
#define FCHMODAT2      452
#define SETXATTRAT     463
#define REMOVEXATTRAT  466
#define OPEN_TREE_ATTR 467
#define FILE_SETATTR   469

/* A call that would look at its arguments: EFAULT, EBADF or EINVAL says that it got through. */
/* The ways into a namespace are such as no kernel takes, so that the process is what it was where nothing refuses them. */
#define TRY(what, ...) tell (what, syscall (__VA_ARGS__))

static void
try_network (void)
{
  tell ("internet", socket (AF_INET, SOCK_STREAM, 0));
  tell ("local socket", socket (AF_UNIX, SOCK_STREAM, 0));
  tell ("netlink", socket (AF_NETLINK, SOCK_RAW, 0));
  tell ("connect", connect (-1, NULL, 0));
  tell ("bind", bind (-1, NULL, 0));
  tell ("listen", listen (-1, 1));
  tell ("accept", accept4 (-1, NULL, NULL, 0));
  tell ("send descriptors", sendmsg (-1, NULL, 0));
  tell ("take descriptors", recvmsg (-1, NULL, 0));
}

static void
try_processes (void)
{
  char         *argv[] = { (char *) "true", NULL };
  char          byte;
  struct iovec  here = { &byte, 1 }, there = { &byte, 1 };
  struct rlimit none = { 0, 0 };

  tell ("exec", execv ("/nowhere/true", argv)); /* what is refused is refused whatever the path */
  TRY ("exec of a descriptor", SYS_execveat, -1, "", NULL, NULL, 0x1000);
  TRY ("file in memory", SYS_memfd_create, "x", 0);
  tell ("trace", ptrace (PTRACE_SEIZE, getppid (), 0, 0));
  tell ("memory of another", process_vm_readv (getppid (), &here, 1, &there, 1, 0));
  tell ("write another's memory", process_vm_writev (getppid (), &here, 1, &there, 1, 0));
  TRY ("limits of another", SYS_prlimit64, getppid (), RLIMIT_CORE, NULL, &none);
  TRY ("handle of another", SYS_pidfd_open, getppid (), 0);
  TRY ("descriptor of another", SYS_pidfd_getfd, -1, 0, 0);
  TRY ("signal by handle", SYS_pidfd_send_signal, -1, 0, NULL, 0);
  TRY ("queue a signal", SYS_rt_sigqueueinfo, getppid (), 0, NULL);
  TRY ("compare with another", SYS_kcmp, getppid (), getppid (), 0, 0, 0);
  TRY ("processors of another", SYS_sched_setaffinity, getppid (), 0, NULL);
  TRY ("priority of another", SYS_setpriority, PRIO_PROCESS, getppid (), 19);
  TRY ("namespace of users", SYS_clone, CLONE_NEWUSER | CLONE_FS | SIGCHLD, 0, 0, 0, 0);
  TRY ("namespace of mounts", SYS_clone, CLONE_NEWNS | CLONE_FS | SIGCHLD, 0, 0, 0, 0);
  TRY ("namespace of processes", SYS_clone, CLONE_NEWPID | CLONE_THREAD, 0, 0, 0, 0);
  TRY ("clone3", SYS_clone3, NULL, 0);
  TRY ("unshare", SYS_unshare, 1);
  TRY ("setns", SYS_setns, -1, 0);
}

static void
try_kernel (void)
{
  struct timespec now = { 0, 0 };

  TRY ("io_uring", SYS_io_uring_setup, 1, NULL);
  TRY ("bpf", SYS_bpf, 0, NULL, 0);
  TRY ("perf", SYS_perf_event_open, NULL, 0, -1, -1, 0);
  TRY ("userfaultfd", SYS_userfaultfd, 1);
  TRY ("keys", SYS_keyctl, 0, 0, 0, 0, 0);
  TRY ("add a key", SYS_add_key, NULL, NULL, NULL, 0, 0);
  TRY ("modules", SYS_init_module, NULL, 0, NULL);
  TRY ("kexec", SYS_kexec_load, 0, 0, NULL, 0xFFFFFFFF);
  TRY ("reboot", SYS_reboot, 0, 0, 0, NULL);
  TRY ("swap", SYS_swapon, NULL, 0);
  TRY ("quota", SYS_quotactl, -1, NULL, 0, NULL);
  TRY ("accounting", SYS_acct, (char *) 1);
  TRY ("clock", SYS_clock_settime, CLOCK_REALTIME, (now.tv_nsec = -1, &now));
  TRY ("host's name", SYS_sethostname, NULL, -1);
  TRY ("personality", SYS_personality, 0x0040000);
  TRY ("capabilities", SYS_capset, NULL, NULL);
  TRY ("another user", SYS_setresuid, -1, -1, -1);
  TRY ("another group", SYS_setgroups, 0x7FFFFFFF, NULL);
  TRY ("dumpable", SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
  TRY ("memory map of itself", SYS_prctl, PR_SET_MM, 0, 0, 0, 0);
  TRY ("shared memory", SYS_shmget, 0x4447, 4096, 0);
  TRY ("message queue", SYS_mq_open, NULL, 0, 0, NULL);
  TRY ("watch files", SYS_inotify_init1, 0);
  TRY ("watch all", SYS_fanotify_init, 0, 0);
  TRY ("chroot", SYS_chroot, NULL);
  TRY ("pivot_root", SYS_pivot_root, NULL, NULL);
  TRY ("mount", SYS_mount, NULL, NULL, NULL, 0, NULL);
  TRY ("unmount", SYS_umount2, NULL, 0);
  TRY ("open a tree", SYS_open_tree, -1, "/", 1);
  TRY ("open a tree with attributes", OPEN_TREE_ATTR, -1, "/", 0, NULL, 0);
  TRY ("open a file system", SYS_fsopen, NULL, 0);
  TRY ("pick a file system", SYS_fspick, -1, "/", 0);
  TRY ("mount a file system", SYS_fsmount, -1, 0, 0);
  TRY ("move a mount", SYS_move_mount, -1, "", -1, "", 0);
  TRY ("attributes of a mount", SYS_mount_setattr, -1, "", 0, NULL, 0);
  TRY ("file handle", SYS_name_to_handle_at, -1, NULL, NULL, NULL, 0);
  TRY ("open a file handle", SYS_open_by_handle_at, -1, NULL, 0);
}

/* What is a file's but not its contents, and files that are none. */
static void
try_attributes (void)
{
  const char *old = at ("old");
  int         flags = FS_NODUMP_FL;
  int         fd = open (old, O_RDONLY);
  int         terminal = 0;

  tell ("mode", chmod (old, 04777));
  tell ("mode of a descriptor", fchmod (fd, 04777));
  TRY ("mode, newer", FCHMODAT2, AT_FDCWD, old, 04777, 0);
  tell ("owner", chown (old, getuid (), getgid ()));
  TRY ("attribute", SYS_setxattr, old, "user.x", "x", 1, 0);
  TRY ("attribute, newer", SETXATTRAT, AT_FDCWD, old, 0, "user.x", NULL, 0);
  TRY ("remove an attribute", SYS_removexattr, old, "user.x");
  TRY ("remove an attribute, newer", REMOVEXATTRAT, AT_FDCWD, old, 0, "user.x");
  TRY ("file_setattr", FILE_SETATTR, AT_FDCWD, old, NULL, 0, 0);
  tell ("flags", ioctl (fd, FS_IOC_SETFLAGS, &flags));
  tell ("times", utimensat (AT_FDCWD, old, NULL, 0));
  tell ("type into the terminal", ioctl (STDERR_FILENO, TIOCSTI, "x"));
  tell ("paste into the terminal", ioctl (STDERR_FILENO, TIOCLINUX, &terminal));
  tell ("symlink", symlink ("/etc/passwd", at ("link")));
  tell ("hard link", link ("/etc/passwd", at ("link")));
  tell ("symlink beside", symlink ("/etc/passwd", "beside"));
  tell ("device beside", mknod ("device", S_IFIFO | 0600, 0));
  if (fd >= 0)
    close (fd);
}

/* Landlock refuses these to a keeper, seccomp to a reader. */
static void
try_files (void)
{
  tell ("new file", open (at ("new"), O_WRONLY | O_CREAT, 0600));
  tell ("nameless file", open (home, O_TMPFILE | O_WRONLY, 0600));
  tell ("new folder", mkdir (at ("folder"), 0700));
  tell ("old file", open (at ("old"), O_WRONLY));
  tell ("old file for both", open (at ("old"), O_RDWR | O_APPEND));
  TRY ("cut", SYS_truncate, at ("old"), 0);
  tell ("remove", unlink (at ("old")));
  tell ("rename", rename (at ("old"), at ("other")));
  TRY ("exchange", SYS_renameat2, AT_FDCWD, at ("old"), AT_FDCWD, at ("old2"), 2);
  TRY ("openat2", SYS_openat2, AT_FDCWD, at ("new"), NULL, 0);
}

/* What a reader has no need of, but a keeper has. */
static void
try_reader (void)
{
  long child = syscall (SYS_clone, SIGCHLD, 0, 0, 0, 0);

  if (child == 0)
    _exit (0);
  tell ("write beside", open ("beside", O_WRONLY | O_CREAT, 0600));
  TRY ("create beside", SYS_openat, AT_FDCWD, "beside", O_RDONLY | O_CREAT, 0600);
  tell ("folder beside", mkdir ("folder", 0700));
  tell ("remove beside", unlink ("a.txt"));
  tell ("rename beside", rename ("a.txt", "c.txt"));
  tell ("cut beside", truncate ("a.txt", 0));
  tell ("read another", open (at ("old"), O_RDONLY));
  tell ("read the input's neighbour", open ("b.txt", O_RDONLY));
  tell ("read passwords", open ("/etc/passwd", O_RDONLY));
  tell ("read a process", open ("/proc/self/maps", O_RDONLY));
  tell ("list a folder", open (home, O_RDONLY | O_DIRECTORY));
  tell ("new process", child);
  tell ("end the parent", kill (getppid (), 0));
  TRY ("end the parent's thread", SYS_tgkill, getppid (), getppid (), 0);
  TRY ("filter for others", SYS_seccomp, 1, 8, NULL);
  TRY ("rules", SYS_landlock_create_ruleset, NULL, 0, 1);
  TRY ("limits", SYS_setrlimit, RLIMIT_CPU, NULL);
  tell ("lock", syscall (SYS_flock, 0, 2));
  tell ("allocate", syscall (SYS_fallocate, 0, 0, 0, 0));
}

static void
try_all (void)
{
  home = getenv ("INTRUDER");
  try_network ();
  try_processes ();
  try_kernel ();
  try_attributes ();
  try_files ();
  if (strcmp (getenv ("INTRUDER_IN"), "reader") == 0)
    try_reader ();
  dprintf (STDERR_FILENO, "intruder: that is all\n");
}

static void
count_fork (void)
{
  forks++;
}

static void __attribute__ ((constructor)) begin (void) { pthread_atfork (NULL, NULL, count_fork); }

static int
is_here (const char *where)
{
  static int  done;
  const char *wanted = getenv ("INTRUDER_IN");

  return wanted != NULL && strcmp (wanted, where) == 0 && !done++;
}

ssize_t
send (int fd, const void *data, size_t length, int flags)
{
  ssize_t (*real) (int, const void *, size_t, int) = __extension__(ssize_t (*) (int, const void *, size_t, int)) dlsym (RTLD_NEXT, "send");
  const char *depth = getenv ("INTRUDER_FORKS"), *mark = getenv ("INTRUDER_MARK");
  int         is_it = mark != NULL && *mark != '\0' ? memmem (data, length, mark, strlen (mark)) != NULL : length > 1000;

  if (depth != NULL && is_it && forks == atoi (depth) && is_here ("reader"))
    try_all ();
  return real (fd, data, length, flags);
}

int
fsync (int fd)
{
  int (*real) (int) = __extension__(int (*) (int)) dlsym (RTLD_NEXT, "fsync");
  struct stat info;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && is_here ("keeper"))
    try_all ();
  return real (fd);
}
