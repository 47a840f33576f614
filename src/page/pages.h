/* pages.h: set pages as data: what stands where, what it is, in which order it is read. */
#ifndef DG_PAGES_H
#define DG_PAGES_H

#include "read/doc.h"
#include "type/line.h"
#include "type/para.h"
#include "base/picture.h"

#define DG_RING_WEIGHT 0.7 /* pt */

typedef enum { DG_BOX_LINE, DG_BOX_RULE, DG_BOX_RING, DG_BOX_PICTURE } DgBoxKind;

/* A thing with a role in the reading order: head, paragraph, picture, caption. */
typedef struct {
  DgRole           role;
  DgSide           side;
  int              bead;    /* the row it belongs to, -1 for heads and captions */
  const DgPara    *para;    /* its text and language */
  const DgNode    *node;    /* where it comes from */
  const DgPicture *picture; /* a picture, and captions that stand under it; @para of the former describes it; else NULL */
} DgElement;

typedef struct {
  DgBoxKind        kind;
  double           x, y;          /* pt from the page's left and top: LINE: the line's origin on its baseline; others: its left top corner */
  double           width, height; /* pt; not for LINE; a RING is round, of a line DG_RING_WEIGHT thick inside that box; a picture
                                * fills it, and what hangs over is not seen */
  double           focus[2];      /* of a PICTURE: how far from its middle, as shares of its sides, the point is that stands as near the box's as can be */
  DgColour         colour;        /* RULE and RING */
  const DgLine    *line;          /* LINE only */
  const DgPara    *para;
  const DgPicture *picture; /* PICTURE only */
  int              element; /* index in the elements, -1 for furniture */
} DgBox;

typedef struct {
  GArray *boxes; /* DgBox in reading order */
} DgPage;

typedef struct {
  double     width, height; /* pt */
  guint      first_number;  /* of the first page; a page with an even number is a left-hand one */
  gboolean   in_spreads;    /* made to be seen two pages at a time */
  gboolean   right_bound;   /* odd pages lie on the left */
  GPtrArray *pages;         /* DgPage* */
  GArray    *elements;      /* DgElement */
  GPtrArray *paras;         /* DgPara*, owned: all that boxes and elements point to */
  GPtrArray *lines;         /* DgLine*, owned likewise */
  gboolean   runs_on;       /* its first page is the last one of the dispatch before, and bears that one's furniture */
  guint      strip;         /* of its last page: the pair of columns in which it ends, from 0 */
  double     top, foot;     /* where it begins on its first page, 0 where it does not run on, and ends on its last, pt from the page's top */
  double     waste;         /* white at the feet of shorter sides, as a share of the body's area */
} DgPages;

/* Points a pixel of the picture takes on the page, and where it begins: at or beyond the box's left and top. */
double dg_box_get_pixel (const DgBox *box, double *x, double *y);

/* One more page, with nothing on it. */
void dg_pages_add_blank (DgPages *pages);
void dg_pages_free (DgPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPages, dg_pages_free)

#endif
