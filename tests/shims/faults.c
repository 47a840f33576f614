/* faults.c: what goes wrong below the program, loaded into it by LD_PRELOAD.  $FAULT says what:
 *   kill:N   SIGKILL before the Nth call of this process that changes files; $FAULT_MARK is made then
 *   full:N   a disk that takes N bytes and no more
 *   linger   a second passes once a PDF has its name
 *   cut      a.txt is emptied once its first piece is read
 *   grow     a.txt gets longer while it is read, for ever
 *   vanish   b.txt is removed when it is about to be opened
 *   memory   once b.txt is read there is no memory for anything large, until another dispatch is */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* POSIX has dlsym's pointers be those of functions too, ISO C does not convert them. */
#define REAL(name) (__extension__(__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *at, size_t size);

static int is_starved;

static int
is_fault (const char *name, long *number)
{
  const char *fault = getenv ("FAULT");
  size_t      length = strlen (name);

  if (fault == NULL || strncmp (fault, name, length) != 0)
    return 0;
  if (number != NULL)
    *number = atol (fault + length);
  return 1;
}

static void
change_file (void)
{
  static long calls;
  long        fatal;
  const char *mark = getenv ("FAULT_MARK");

  if (!is_fault ("kill:", &fatal) || ++calls < fatal)
    return;
  if (mark != NULL)
    close (REAL (open) (mark, O_WRONLY | O_CREAT, 0600));
  kill (getpid (), SIGKILL);
}

static int
is_plain (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
}

static int
ends (const char *path, const char *name)
{
  size_t length = strlen (path), end = strlen (name);

  return length >= end && strcmp (path + length - end, name) == 0;
}

static int
is_named (int fd, const char *name)
{
  char    link[40], path[4096];
  ssize_t n;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  path[n > 0 ? n : 0] = '\0';
  return ends (path, name);
}

int
open (const char *path, int flags, ...)
{
  va_list args;
  mode_t  mode;

  va_start (args, flags);
  mode = flags & O_CREAT ? va_arg (args, mode_t) : 0;
  va_end (args);
  if (flags & O_CREAT)
    change_file ();
  if (ends (path, "b.txt") && is_fault ("vanish", NULL))
    unlink (path);
  return REAL (open) (path, flags, mode);
}

int
openat (int folder, const char *path, int flags, ...)
{
  va_list args;
  mode_t  mode;

  va_start (args, flags);
  mode = flags & O_CREAT ? va_arg (args, mode_t) : 0;
  va_end (args);
  if (flags & O_CREAT)
    change_file ();
  return REAL (openat) (folder, path, flags, mode);
}

ssize_t
read (int fd, void *data, size_t length)
{
  ssize_t n = REAL (read) (fd, data, length);
  char    link[40];

  if (n <= 0 || !is_plain (fd))
    return n;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  if (is_fault ("cut", NULL) && is_named (fd, "/a.txt"))
    truncate (link, 0);
  if (is_fault ("grow", NULL) && is_named (fd, "/a.txt")) {
    static const char line[65536];
    int               more = REAL (open) (link, O_WRONLY | O_APPEND);

    REAL (write) (more, line, sizeof line);
    close (more);
  }
  if (is_fault ("memory", NULL) && is_named (fd, ".txt"))
    is_starved = is_named (fd, "/b.txt");
  return n;
}

ssize_t
write (int fd, const void *data, size_t length)
{
  static long taken;
  long        room;

  if (!is_plain (fd))
    return REAL (write) (fd, data, length);
  change_file ();
  if (is_fault ("full:", &room)) {
    if (taken >= room) {
      errno = ENOSPC;
      return -1;
    }
    length = length < (size_t) (room - taken) ? length : (size_t) (room - taken);
    taken += (long) length;
  }
  return REAL (write) (fd, data, length);
}

int
fsync (int fd)
{
  change_file ();
  return REAL (fsync) (fd);
}

int
rename (const char *from, const char *to)
{
  change_file ();
  return REAL (rename) (from, to);
}

int
renameat (int from_folder, const char *from, int to_folder, const char *to)
{
  int result;

  change_file ();
  result = REAL (renameat) (from_folder, from, to_folder, to);
  if (result == 0 && ends (to, ".pdf") && is_fault ("linger", NULL))
    poll (NULL, 0, 1000);
  return result;
}

int
unlink (const char *path)
{
  change_file ();
  return REAL (unlink) (path);
}

int
unlinkat (int folder, const char *path, int flags)
{
  change_file ();
  return REAL (unlinkat) (folder, path, flags);
}

void *
malloc (size_t size)
{
  return is_starved && size > 100000 ? NULL : __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  return is_starved && n * size > 100000 ? NULL : __libc_calloc (n, size);
}

void *
realloc (void *at, size_t size)
{
  return is_starved && size > 100000 ? NULL : __libc_realloc (at, size);
}
