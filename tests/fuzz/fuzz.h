/* fuzz.h: what a fuzzing target is: a function that must survive any bytes, and where good first bytes are.
 * libFuzzer drives it (make fuzz), and replay.c, which needs no clang, in the suite. */
#ifndef FUZZ_H
#define FUZZ_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* Where seeds are: a folder and the ends of the files' names; the folders below count.  A NULL folder ends the list. */
typedef struct {
  const char *folder;
  const char *ending;
} FuzzSeeds;

extern const FuzzSeeds fuzz_seeds[];
/* Inputs of the short run in the suite, for each seed. */
extern const guint fuzz_rounds;

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The bytes as a file that is nowhere on disk; @path (40 bytes) gets its name. Close what is returned. */
static inline int
fuzz_file (const uint8_t *data, size_t size, char *path)
{
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  while (size > 0) {
    ssize_t n = write (fd, data, size);

    g_assert_cmpint (n, >, 0);
    data += n;
    size -= (size_t) n;
  }
  g_snprintf (path, 40, "/proc/self/fd/%d", fd);
  return fd;
}

#endif
