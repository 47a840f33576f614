/* style.h: how a template sets each role in each script. */
#ifndef DG_STYLE_H
#define DG_STYLE_H

#include "read/doc.h"
#include "type/para.h"
#include "page/template.h"

typedef enum {
  DG_STYLE_KICKER,
  DG_STYLE_HEADLINE,
  DG_STYLE_HEADLINE_LONG,
  DG_STYLE_DECK,
  DG_STYLE_BYLINE,
  DG_STYLE_BODY,
  DG_STYLE_VERSE, /* verse and the cells of tables */
  DG_STYLE_CROSSHEAD,
  DG_STYLE_CAPTION,
  DG_STYLE_SMALL,
  DG_STYLE_RUNNING,
  DG_STYLE_FOLIO,
  DG_STYLE_FOOT,
  DG_STYLE_MARK,
  DG_STYLE_ROW_NUMBER,
  DG_STYLE_LINE_NUMBER,
  DG_STYLE_REMARK
} DgStyleName;

/* The paragraph style of @name for text in @lang, and its leading in pt.  Strings in it are the template's or the fonts'. */
void dg_style_get (const DgTemplate *template, DgFonts *fonts, DgHyphens *hyphens, DgStyleName name, const char *lang, DgParaStyle *style, double *leading);

#endif
