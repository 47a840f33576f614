/* wrap.h: lines that were broken at a width are put together again to paragraphs.
 * In: the lines of one text (DgScanLine*), in order.  Out: paragraphs, which cover every line once. */
#ifndef DG_WRAP_H
#define DG_WRAP_H

#include "read/scan.h"

typedef struct {
  guint       first, n; /* lines of the text it is made of: several where it is hard-wrapped */
  guint       gap;      /* blank lines before it */
  guint       n_chars;
  gboolean    closed;     /* ends as a sentence does */
  DgRole      role;       /* roles.h finds it */
  const char *why;        /* static text: the rule that gave the role, for --dump doc alone */
  gboolean    by_label;   /* its label gave the role */
  double      confidence; /* of the role, 0 to 1 */
  DgRole      rival;      /* the likeliest other one */
  gboolean    goes_on;    /* the paragraph before, which a page's foot cut off, goes on in it */
  gboolean    unlike;     /* an editor gave it a role that it does not look like */
  gboolean    new_head;   /* a further dispatch may begin here */
  gboolean    embargo;    /* says before what hour nothing may be published */
} DgParagraph;

/* The width, in characters, that the text was wrapped at; 0 where it was not.  @likely: the other text of the dispatch was wrapped, so
 * that less is needed to show it. */
guint dg_wrap_find_width (const GPtrArray *lines, gboolean likely);
/* Divides the lines of one text, wrapped at @width, into paragraphs (DgParagraph) without roles.  Yours to unref. */
GArray *dg_wrap_join (const GPtrArray *lines, guint width);
/* TRUE where @text ends as a sentence does: with a full stop or the like, closing quotes and brackets aside. */
gboolean dg_wrap_is_closed (const char *text, gsize length);
/* TRUE where a line begins as an item of a list does: a dash, a bullet, a number with a point or bracket. */
gboolean dg_wrap_is_item (const char *text, gsize length);

#endif
