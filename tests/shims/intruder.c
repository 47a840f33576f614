/* intruder.c: somebody who has got into the process that sets a dispatch: loaded into the program by LD_PRELOAD, it tries what it likes
 * when the first output is being written (fsync of a file; of folders it is the parent's), and tells on standard error how it went.  $INTRUDER is a folder that is no output's. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static void
tell (const char *what, long result)
{
  dprintf (STDERR_FILENO, "intruder: %s: %s\n", what, result >= 0 ? "done" : strerrorname_np (errno));
}

static void
try_all (const char *home)
{
  char         path[4096], other[4096];
  char        *argv[] = { (char *) "true", NULL };
  char         byte;
  struct iovec here = { &byte, 1 }, there = { &byte, 1 };

  tell ("internet", socket (AF_INET, SOCK_STREAM, 0));
  tell ("local socket", socket (AF_UNIX, SOCK_STREAM, 0));
  tell ("exec", execv ("/nowhere/true", argv)); /* what is refused is refused whatever the path */
  tell ("trace", ptrace (PTRACE_SEIZE, getppid (), 0, 0));
  tell ("memory of another", process_vm_readv (getppid (), &here, 1, &there, 1, 0));
  tell ("fork", fork () == 0 ? (_exit (0), 0) : 0);

  snprintf (path, sizeof path, "%s/new", home);
  tell ("new file", open (path, O_WRONLY | O_CREAT, 0600));
  snprintf (path, sizeof path, "%s/folder", home);
  tell ("new folder", mkdir (path, 0700));
  snprintf (path, sizeof path, "%s/old", home);
  tell ("old file", open (path, O_WRONLY));
  tell ("cut", truncate (path, 0));
  tell ("mode", chmod (path, 0666));
  tell ("remove", unlink (path));
  snprintf (other, sizeof other, "%s/other", home);
  tell ("rename", rename (path, other));
  snprintf (path, sizeof path, "%s/link", home);
  tell ("symlink", symlink ("/etc/passwd", path));
  tell ("hard link", link ("/etc/passwd", path));
  tell ("symlink beside", symlink ("/etc/passwd", "beside"));
  tell ("device beside", mknod ("device", S_IFIFO | 0600, 0));
}

int
fsync (int fd)
{
  static int done;
  int (*real) (int) = __extension__(int (*) (int)) dlsym (RTLD_NEXT, "fsync");
  const char *home = getenv ("INTRUDER");
  struct stat info;

  if (home != NULL && fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && !done++)
    try_all (home);
  return real (fd);
}
