/* faults.c: what goes wrong below the program, loaded into it by LD_PRELOAD.  $FAULT says what:
 *   kill:N   SIGKILL before the Nth call of this process that changes files; $FAULT_MARK is made then
 *   full:N   a disk that takes N bytes and no more
 *   linger   a second passes once a PDF has its name
 *   cut      a.txt is emptied once its first piece is read
 *   grow     a.txt gets longer while it is read, for ever
 *   vanish   b.txt is removed when it is about to be opened
 *   memory   once b.txt is read there is no memory for anything large, until another dispatch is
 *   alloc:N  the Nth time that this process asks for memory it gets none; its children count on
 *   read:N   the Nth read of a plain file is an error of the disk
 *   stat:N   the Nth look at an open file is
 *   map:N    the Nth file is not mapped
 *   clock    the time of day goes back by an hour whenever somebody looks
 *   short    a read of a plain file gives a seventh of what was asked for
 * Where one of those with a number came about, standard error says "fault: met". */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
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

/* One more call of those that @name counts in @calls: is it the one that fails? */
static int
is_turn (const char *name, long *calls)
{
  static const char met[] = "fault: met\n";
  long              turn;

  if (!is_fault (name, &turn) || ++*calls != turn)
    return 0;
  syscall (SYS_write, STDERR_FILENO, met, sizeof met - 1);
  return 1;
}

static int
is_refused (size_t size)
{
  static long calls;

  if (!(is_starved && size > 100000) && !is_turn ("alloc:", &calls))
    return 0;
  errno = ENOMEM;
  return 1;
}

static int
is_broken (const char *name, long *calls)
{
  if (!is_turn (name, calls))
    return 0;
  errno = EIO;
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

  return REAL (fstat) (fd, &info) == 0 && S_ISREG (info.st_mode);
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
  static long calls;
  int         plain = is_plain (fd);
  char        link[40];
  ssize_t     n;

  if (plain && is_broken ("read:", &calls))
    return -1;
  if (plain && length > 7 && is_fault ("short", NULL))
    length /= 7;
  n = REAL (read) (fd, data, length);
  if (n <= 0 || !plain)
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

/* Libraries are compiled for large files. */
static long looks, maps;

int
fstat (int fd, struct stat *info)
{
  return is_broken ("stat:", &looks) ? -1 : REAL (fstat) (fd, info);
}

int
fstat64 (int fd, struct stat64 *info)
{
  return is_broken ("stat:", &looks) ? -1 : REAL (fstat64) (fd, info);
}

void *
mmap (void *at, size_t length, int rights, int flags, int fd, off_t offset)
{
  return fd >= 0 && is_broken ("map:", &maps) ? MAP_FAILED : REAL (mmap) (at, length, rights, flags, fd, offset);
}

void *
mmap64 (void *at, size_t length, int rights, int flags, int fd, off64_t offset)
{
  return fd >= 0 && is_broken ("map:", &maps) ? MAP_FAILED : REAL (mmap64) (at, length, rights, flags, fd, offset);
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
  return is_refused (size) ? NULL : __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  return is_refused (n * size) ? NULL : __libc_calloc (n, size);
}

void *
realloc (void *at, size_t size)
{
  return is_refused (size) ? NULL : __libc_realloc (at, size);
}

int
clock_gettime (clockid_t clock, struct timespec *time)
{
  static long clock_looks;
  int         status = (int) syscall (SYS_clock_gettime, clock, time);

  if (status == 0 && clock == CLOCK_REALTIME && is_fault ("clock", NULL))
    time->tv_sec -= 3600 * ++clock_looks;
  return status;
}

time_t
time (time_t *at)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (at != NULL)
    *at = now.tv_sec;
  return now.tv_sec;
}

int
gettimeofday (struct timeval *restrict at, void *restrict zone)
{
  struct timespec now;

  (void) zone;
  clock_gettime (CLOCK_REALTIME, &now);
  *at = (struct timeval){ now.tv_sec, now.tv_nsec / 1000 };
  return 0;
}
