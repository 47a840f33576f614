/* locks.c: tells ThreadSanitizer what GLib's locks order.  GLib takes them by futexes of its own and is not compiled for it, so that every value under a
 * mutex would look like a race.  Calls of our code come here by the linker's --wrap. */
#include <glib.h>
#include <sanitizer/tsan_interface.h>

#pragma GCC visibility push(default) /* the linker has libraries come here too */

void     __real_g_mutex_lock (GMutex *mutex);
void     __real_g_mutex_unlock (GMutex *mutex);
gboolean __real_g_once_init_enter (volatile void *location);
void     __real_g_once_init_leave (volatile void *location, gsize result);
GThread *__real_g_thread_new (const char *name, GThreadFunc run, gpointer data);
gpointer __real_g_thread_join (GThread *thread);

void     __wrap_g_mutex_lock (GMutex *mutex);
void     __wrap_g_mutex_unlock (GMutex *mutex);
gboolean __wrap_g_once_init_enter (volatile void *location);
void     __wrap_g_once_init_leave (volatile void *location, gsize result);
GThread *__wrap_g_thread_new (const char *name, GThreadFunc run, gpointer data);
gpointer __wrap_g_thread_join (GThread *thread);

static char ended; /* what a thread left behind is seen by who waited for it */

typedef struct {
  GThreadFunc run;
  gpointer    data;
} Start;

void
__wrap_g_mutex_lock (GMutex *mutex)
{
  __real_g_mutex_lock (mutex);
  __tsan_acquire (mutex);
}

void
__wrap_g_mutex_unlock (GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_mutex_unlock (mutex);
}

gboolean
__wrap_g_once_init_enter (volatile void *location)
{
  gboolean first = __real_g_once_init_enter (location);

  if (!first)
    __tsan_acquire ((void *) location);
  return first;
}

void
__wrap_g_once_init_leave (volatile void *location, gsize result)
{
  __tsan_release ((void *) location);
  __real_g_once_init_leave (location, result);
}

static gpointer
run_thread (gpointer data)
{
  Start   *start = data;
  gpointer result;

  __tsan_acquire (start);
  result = start->run (start->data);
  g_free (start);
  __tsan_release (&ended);
  return result;
}

GThread *
__wrap_g_thread_new (const char *name, GThreadFunc run, gpointer data)
{
  Start *start = g_new (Start, 1);

  *start = (Start){ run, data };
  __tsan_release (start);
  return __real_g_thread_new (name, run_thread, start);
}

gpointer
__wrap_g_thread_join (GThread *thread)
{
  gpointer result = __real_g_thread_join (thread);

  __tsan_acquire (&ended);
  return result;
}
