/* memory.c: no memory ends the process, whichever library asked for it.
 *
 * GLib ends a process that gets no memory.  Other libraries go on with what they have: HarfBuzz shapes Arabic without joining its
 * letters, or takes a table of a face for empty, and says nothing; libseccomp follows a pointer to nowhere.  The page would be another text,
 * and so the program asks for all of them.  A library may not do that to its host, so this is the program's alone.
 *
 * What is allotted is whatever allocator comes next's, the C library's or one that was preloaded; it frees as well. */
#include <dlfcn.h>
#include <glib.h>
#include <stdlib.h>

/* Sanitizers bring allocators of their own, which end the process by themselves. */
#if defined(__has_feature)
#define IS_WATCHED (__has_feature (address_sanitizer) || __has_feature (memory_sanitizer) || __has_feature (thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_WATCHED 1
#else
#define IS_WATCHED 0
#endif

#if !IS_WATCHED

/* POSIX has dlsym's pointers be those of functions too, ISO C does not convert them. */
#define NEXT(name) (__extension__(__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

__attribute__ ((visibility ("default"))) void *malloc (size_t size);
__attribute__ ((visibility ("default"))) void *calloc (size_t n, size_t size);
__attribute__ ((visibility ("default"))) void *realloc (void *at, size_t size);

/* As GLib says it, so that a worker's parent is told the same way.  Saying so takes memory, which may be refused as well. */
static void *
check (void *got, size_t size)
{
  static gboolean is_told;

  if (got == NULL && size > 0 && !is_told) {
    is_told = TRUE;
    g_error ("failed to allocate %" G_GSIZE_FORMAT " bytes", size);
  }
  return got;
}

void *
malloc (size_t size)
{
  static void *(*next) (size_t);

  if (next == NULL)
    next = NEXT (malloc);
  return check (next (size), size);
}

void *
calloc (size_t n, size_t size)
{
  static void *(*next) (size_t, size_t);

  if (next == NULL)
    next = NEXT (calloc);
  return check (next (n, size), n > 0 ? size : 0);
}

void *
realloc (void *at, size_t size)
{
  static void *(*next) (void *, size_t);

  if (next == NULL)
    next = NEXT (realloc);
  return check (next (at, size), size);
}

#endif
