/* web.h: what a template says, handed to those that make web pages and books; and for the batch the site about its pages. */
#ifndef DG_API_WEB_H
#define DG_API_WEB_H

#include "api/objects.h"
#include "read/info.h"
#include "web/site.h"

/* A dispatch as they want it. */
typedef struct {
  DgWebOptions options;
  DgStory     *story;
  DgInfo      *info;
  char        *faces;   /* NULL */
  DgWebPicture picture; /* without bytes: there is none */
} DgWebDispatch;

/* Fills @dispatch, which is to be closed. */
void dg_web_open (const DiglotInput *input, const DgAlign *align, const DgReadPart *part, DgDiag *diag, DgWebDispatch *dispatch);
void dg_web_close (DgWebDispatch *dispatch);

/* The style of a book, whose chapters may be in any languages.  NULL with @error; free with g_free. */
char *dg_web_dup_book_style (const DgTemplate *template, GError **error);

/* The index and the feed of @entries, which it sorts, in the manner of the template that @options name.  FALSE with @error. */
gboolean dg_web_write_site (const DiglotOptions *options, GArray *entries, GBytes **index, GBytes **feed, GError **error);

#endif
