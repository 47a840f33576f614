/* draw.h: one walk over set pages, and what a device does with what it meets.
 * In: pages.  Out: calls of a device: Cairo (cairo.h), SVG (paint.h), our own PDF (pdf/write.h).
 *
 * The text comes first, side by side and each from top to bottom, then rules and rings, then furniture: so the engines that take a file's
 * content in its order find no two lines of different columns behind one another. */
#ifndef DG_DRAW_H
#define DG_DRAW_H

#include "page/pages.h"

/* Pages of which one is drawn.  All is borrowed. */
typedef struct {
  const DgPages *pages;
  guint          nth;     /* from 0 */
  guint          number;  /* the caller's, of the dispatch */
  const guint   *targets; /* of contents: for each bead the number of the dispatch that it leads to; else NULL */
} DgDrawn;

/* What leads elsewhere. */
typedef struct {
  const char *text;                     /* as it stands there */
  const char *uri;                      /* "https://…", "mailto:…"; NULL: a dispatch */
  guint       target;                   /* its number */
  double      left, top, right, bottom; /* pt from the page's left and top */
} DgDrawLink;

/* A device embeds this as its first member.  Those of its functions that it can do without may be NULL. */
typedef struct DgDevice DgDevice;
struct DgDevice {
  void (*begin) (DgDevice *device);                                         /* a page, of the size of drawn->pages */
  void (*open) (DgDevice *device, const DgBox *box, const DgElement *what); /* of what comes until it is closed @box is the first; NULL: furniture, or a rule */
  void (*close) (DgDevice *device);
  void (*rule) (DgDevice *device, const DgBox *box);
  void (*ring) (DgDevice *device, const DgBox *box);
  void (*picture) (DgDevice *device, const DgBox *box);
  void (*line) (DgDevice *device, const DgBox *box); /* a whole line; NULL: its runs */
  void (*run) (DgDevice *device, const DgBox *box, const DgGlyphRun *run);
  void (*link) (DgDevice *device, const DgBox *box, const DgDrawLink *link); /* on the line that was drawn last */

  const DgDrawn *drawn; /* the walk's: what is being drawn */
};

/* Draws one page of @drawn and of those (@n in all) that run on below it. */
void dg_draw_page (DgDevice *device, const DgDrawn *drawn, guint n);

#endif
