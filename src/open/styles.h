/* styles.h: what the styles of a document's paragraphs say of them: by their names, or by the one that they are based on. */
#ifndef DG_STYLES_H
#define DG_STYLES_H

#include "open/extract.h"

typedef struct DgStyles DgStyles;

DgStyles *dg_styles_new (void);
void      dg_styles_free (DgStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgStyles, dg_styles_free)

/* The style @id is shown to users as @name, in English whatever the program's language, and is based on @parent; both may be NULL. */
void dg_styles_add (DgStyles *styles, const char *id, const char *name, const char *parent);
/* @id: NULL for a paragraph without one.  One that nothing was said of is known by its id. */
DgStyled dg_styles_find (const DgStyles *styles, const char *id);

#endif
