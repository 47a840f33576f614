/* info.h: what a document tells of itself beside its pages: title, languages, origin, date, and the text it was made from. */
#ifndef DG_INFO_H
#define DG_INFO_H

#include "read/doc.h"

/* Text in it has no control characters and fits into a PDF's strings. */
typedef struct {
  char    *title;       /* both headlines, or a name; never empty */
  guint    n_texts;     /* 1 or 2 */
  char    *titles[2];   /* the headline of each text; NULL where there is none */
  char    *langs[2];    /* BCP 47 */
  gboolean rtl;         /* the first text runs from right to left */
  char    *author;      /* who sent it, "Agencies"; NULL */
  char    *date;        /* ISO 8601 in UTC, "2022-09-09T21:10:00Z"; NULL: not known */
  GBytes  *source;      /* the dispatch's own text; NULL */
  char    *source_name; /* a file's name without its folder */
  char    *source_note; /* what it is, in a sentence */
} DgInfo;

/* @date: instead of the dispatch's own; NULL: none.  @input: the bytes that the dispatch was read from, where nothing else
 * stands in them; NULL: its own lines are its text. */
DgInfo *dg_info_new (const DgDoc *doc, const char *date, GBytes *input);
void    dg_info_free (DgInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgInfo, dg_info_free)

#endif
