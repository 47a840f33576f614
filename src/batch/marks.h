/* marks.h: texts of which nothing is asked but whether they were there before: paths by the million.
 *
 * In: texts, each of a kind.  Out: whether it is there.  Of each 64 bits of its SHA-256 are kept, from 10 to 20 bytes in all. */
#ifndef DG_MARKS_H
#define DG_MARKS_H

#include <glib.h>

typedef struct DgMarks DgMarks;

DgMarks *dg_marks_new (void);
void     dg_marks_free (DgMarks *marks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgMarks, dg_marks_free)

/* What is kept of @text; never 0. */
guint64 dg_marks_find (const char *text);

/* FALSE where it was there. */
gboolean dg_marks_add (DgMarks *marks, const char *text);
gboolean dg_marks_has (const DgMarks *marks, const char *text);

#endif
