/* optical.h: by how much signs at a line's ends stand out of the measure, so that its edge looks straight. */
#ifndef DG_OPTICAL_H
#define DG_OPTICAL_H

#include <glib.h>

/* By how much @ch, @width pt wide in type of @size pt, hangs at a line's start or end, pt. */
double dg_optical_start (gunichar ch, double width, double size);
double dg_optical_end (gunichar ch, double width, double size);

#endif
