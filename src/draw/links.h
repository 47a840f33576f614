/* links.h: addresses in set lines become links.
 * In: a paragraph and its lines.  Out: where on the page its addresses stand. */
#ifndef DG_LINKS_H
#define DG_LINKS_H

#include "page/pages.h"

/* An address in a paragraph. */
typedef struct {
  char *uri;        /* "https://…", "mailto:…": ASCII */
  char *text;       /* as it is written */
  guint start, end; /* bytes of the paragraph's text */
} DgAddress;

/* The addresses in the paragraph, of the web (http://, https://, www.) and of mail, in order: DgAddress.  Yours to unref.  What is longer
 * than 2,000 bytes is no address. */
GArray *dg_links_find (const DgPara *para);

/* Where on the page (pt from its left and top: left, top, right, bottom) @address stands in a LINE box; FALSE: not in this line. */
gboolean dg_link_place (const DgAddress *address, const DgBox *box, double place[4]);

#endif
