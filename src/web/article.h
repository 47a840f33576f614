/* article.h: a dispatch as an article: the elements that a web page and a chapter of a book have in common.
 * Appends markup that is well-formed as XML and as HTML. */
#ifndef DG_ARTICLE_H
#define DG_ARTICLE_H

#include "base/colour.h"
#include "web/story.h"

/* What the house's template says of all that is made for the web. */
typedef struct {
  const char *latin, *arabic; /* families */
  DgColour    accent;
  double      left_share; /* of the measure: what the left side gets, 0 to 1 */
  gboolean    ltr_right;  /* the text that runs from left to right, or of two alike the first, stands right */
  gboolean    notes;      /* lines for editors are shown */
  gboolean    own_digits; /* numbers in the digits of the language */
  const char *faces;      /* rules of CSS that bring faces; NULL: readers have them, or others */
  const char *address;    /* of the site, ending in "/"; empty: not known */
} DgWebOptions;

/* A picture as a file of its own. */
typedef struct {
  GBytes     *bytes;
  const char *type; /* "image/jpeg" */
  guint       width, height;
} DgWebPicture;

/* How an article is written. */
typedef struct {
  const DgStory      *story;
  const DgWebOptions *options;
  const DgWebPicture *picture;        /* NULL */
  const char         *picture_source; /* its address; NULL: the bytes themselves, as a data: URL */
  gboolean            xml;            /* XHTML: the language stands in xml:lang too */
} DgArticle;

void dg_article_write (const DgArticle *article, GString *out);

/* TRUE where text @side stands left. */
gboolean dg_article_is_left (const DgWebOptions *options, const DgDoc *doc, guint side);

/* The class of what is in @lang: "latn", "arab" (naskh), "aran" (nastaliq), "hans" and the like. */
char *dg_article_dup_script (const char *lang);

/* What a text begins with, its deck or its first paragraph, up to some 200 characters; NULL for nothing.  Free with g_free. */
char *dg_article_dup_summary (const DgText *text);

/* A family's name as a string of CSS. */
void dg_article_add_family (GString *out, const char *family);

/* The page's style: the file of templates/web/ called @name after the variables of the house.  NULL with @error (DIGLOT_ERROR_READ).  Free with
 * g_free. */
char *dg_article_dup_style (const DgWebOptions *options, const char *name, GError **error);

#endif
