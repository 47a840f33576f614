/* marks.h: what a printing house needs around a page: crop and registration marks, a colour bar.
 * In: the trim's size and the profile's bleed and slug.  Out: content stream operators, an artifact. */
#ifndef DG_PDFMARKS_H
#define DG_PDFMARKS_H

#include "pdf/profile.h"

/* Appends them with the trim's left bottom corner at (0, 0), pt; nothing for a profile without slug. */
void dg_pdf_marks_append (GString *out, const DgProfile *profile, double width, double height);

/* Where the slug line's baseline stands, pt under the trim's bottom. */
double dg_pdf_marks_slug_depth (const DgProfile *profile);

#endif
