/* slug.h: the line outside the trim by which a printing house knows a sheet. */
#ifndef DG_SLUG_H
#define DG_SLUG_H

#include "type/fonts.h"
#include "read/info.h"
#include "page/pages.h"
#include "pdf/profile.h"

/* Adds it to every page as furniture: the file's name, the page, the printing condition, the date; nothing for a profile without slug. */
void dg_slug_add (DgPages *pages, DgFonts *fonts, const DgInfo *info, const DgProfile *profile);

#endif
