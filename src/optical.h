/* optical.h: by how much signs at a line's ends stand out of the measure, so that its edge looks straight. */
#ifndef DG_OPTICAL_H
#define DG_OPTICAL_H

#include <glib.h>

/* The share of its width by which @ch hangs at a line's start or end. */
double dg_optical_start (gunichar ch);
double dg_optical_end (gunichar ch);

#endif
