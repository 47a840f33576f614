/* boxed.h: a type of GObject's for a struct that is copied and freed by functions; what GLib has for it is no ISO C. */
#ifndef DG_BOXED_H
#define DG_BOXED_H

#include <glib-object.h>

#define DG_DEFINE_BOXED(Name, name, copy, release) \
  GType name##_get_type (void) \
  { \
    static gsize type; \
    if (g_once_init_enter (&type)) \
      g_once_init_leave (&type, g_boxed_type_register_static (g_intern_static_string (#Name), (GBoxedCopyFunc) copy, (GBoxedFreeFunc) release)); \
    return type; \
  }

#endif
