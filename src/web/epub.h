/* epub.h: dispatches as a book, EPUB 3.2: a chapter each.
 * In: stories, one after the other.  Out: the bytes of one file; the same stories and options give the same. */
#ifndef DG_EPUB_H
#define DG_EPUB_H

#include "read/info.h"
#include "web/article.h"

typedef struct DgEpub DgEpub;

DgEpub *dg_epub_new (void);
void    dg_epub_free (DgEpub *epub);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgEpub, dg_epub_free)

/* A chapter; takes what it needs.  @picture: NULL for none. */
void dg_epub_add (DgEpub *epub, const DgStory *story, const DgInfo *info, const DgWebOptions *options, const DgWebPicture *picture);

/* @style: dg_article_dup_style of "book.css".  NULL where there is no chapter. */
GBytes *dg_epub_write (const DgEpub *epub, const char *style);

#endif
