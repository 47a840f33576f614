/* alignform.h: what the file of --align holds, before any text is looked at.  Of alignfile.c alone, but for who makes a DiglotAlignment.
 * In: JSON.  Out: the public DiglotAlignment, its form checked. */
#ifndef DG_ALIGNFORM_H
#define DG_ALIGNFORM_H

#include "diglot.h"
#include "read/doc.h"

/* A bead as it is written: paragraphs by index and by line, whatever there is of both. */
typedef struct {
  GArray *paras[2]; /* guint, from 0; NULL where the member is missing */
  GArray *lines[2]; /* guint, from 1 */
} DgAlignWish;

/* A line as it is written. */
typedef struct {
  guint  n;
  DgRole role;
  char  *lang; /* NULL: nothing is said */
} DgAlignLine;

/* An object: what is said on one dispatch. */
typedef struct {
  char      *file;    /* NULL: any */
  guint      part;    /* which dispatch of the input, from 1 */
  guint      of;      /* of how many; 0: it does not say */
  guint      line;    /* in which line it begins; 0: it does not say */
  char      *langs;   /* "A,B", the texts' languages; NULL: nothing is said */
  GPtrArray *body[2]; /* GArray of guint: each body paragraph's lines, as the file counts them; NULL: it does not say */
  GPtrArray *wishes;  /* DgAlignWish */
  GArray    *lines;   /* DgAlignLine, by number */
  char      *digest;
} DgAlignEntry;

struct DiglotAlignment {
  gint       refs; /* beyond the first */
  char      *name;
  GPtrArray *entries; /* DgAlignEntry */
};

/* "fix.json", and which of its objects where it has several.  Free with g_free. */
char *dg_alignform_dup_where (const char *name, guint nth, guint count);

#endif
