/* webfaces.h: the faces of a dispatch, as a web page embeds them. */
#ifndef DG_WEBFACES_H
#define DG_WEBFACES_H

#include "page/template.h"
#include "read/doc.h"
#include "type/fonts.h"

/* Rules of CSS that bring the faces of @doc's languages, those of paper, each with the characters of @doc alone.  Free with g_free. */
char *dg_webfaces_dup_rules (DgFonts *fonts, const DgDoc *doc, const DgTemplate *t);

#endif
