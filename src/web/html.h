/* html.h: a dispatch as a web page: one file that needs nothing else, without a script.
 * In: a story.  Out: the page's bytes; the same story and options give the same. */
#ifndef DG_HTML_H
#define DG_HTML_H

#include "read/info.h"
#include "web/article.h"

/* @info: of the story's document.  @path: where the page will stand below the folder of its site, whose index it then leads to ("a/b.html"); NULL: in no site.  NULL with @error
 * (DIGLOT_ERROR_READ) where the style cannot be read. */
GBytes *dg_html_write (const DgStory *story, const DgInfo *info, const DgWebOptions *options, const DgWebPicture *picture, const char *path, GError **error);

/* What stands in the head of every page: its charset, what it may load, its maker, and @style with the digest that lets it in. */
void dg_html_add_head (GString *out, const char *style);

/* The word over a list of dispatches, in @lang or else in English; lent. */
const char *dg_html_contents_word (const char *lang);

/* The address of the page at @path of a site whose own is known; NULL where it is not.  Free with g_free. */
char *dg_html_dup_url (const DgWebOptions *options, const char *path);

/* By what a page of ours is known among others. */
#define DG_HTML_MARK "<meta name=\"generator\" content=\"Diglot\" />"

#endif
