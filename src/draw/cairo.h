/* cairo.h: set pages on any surface of Cairo.
 * In: pages.  Out: what is drawn on them, where the PDF has it. */
#ifndef DG_CAIRO_H
#define DG_CAIRO_H

#include <cairo.h>

#include "page/pages.h"

/* The faces of pages as Cairo knows them, kept so that a file has each once.  They may be asked of one thread at a time. */
typedef struct DgCairoFaces DgCairoFaces;

DgCairoFaces *dg_cairo_faces_new (void);
void          dg_cairo_faces_free (DgCairoFaces *faces);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgCairoFaces, dg_cairo_faces_free)

/* Draws the page @nth, from 0, with its left top corner at the origin of @cr and a unit for each pt; the paper is the caller's.  Text is glyphs
 * with what they stand for where the surface keeps that and @faces is not NULL, outlines elsewhere.  A failure stands in @cr's status. */
void dg_cairo_draw (const DgPages *pages, guint nth, DgCairoFaces *faces, cairo_t *cr);

#endif
