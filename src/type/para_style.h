/* para_style.h: how a paragraph is to be set. */
#ifndef DG_PARA_STYLE_H
#define DG_PARA_STYLE_H

#include "base/colour.h"
#include "type/hyphens.h"
#include "type/isolate.h"
#include "type/kashida.h"

typedef struct {
  const char *family;                       /* of the main face; others by fallback */
  double      size;                         /* pt: of the paragraph's own script */
  double      latin_size, arabic_size;      /* pt: of Latin (Greek, Cyrillic) and of Arabic words in it; 0: the same */
  const char *latin_family, *arabic_family; /* lent; words of other scripts are matched to the first by their outlines; NULL: they are not */
  gboolean    bold, italic, small_caps;
  double      tracking; /* letter space, em; ignored in joined scripts */
  DgColour    colour;
  gsize       label_length; /* bytes at the text's start that are set bold, upright and in label_colour */
  DgColour    label_colour;
  gboolean    justify; /* fill the measure; else start-aligned */
  double      indent;  /* pt: of the first line */
  gboolean    balance; /* lines of like length, broken for sense (headlines) */
  DgHyphens  *hyphens; /* lent; NULL: words are not broken */
  DgKashida   kashida;
  double      space_min, space_max; /* word space, share of the face's own */
  DgIsolate   isolate;              /* whether dates, numbers and addresses keep their order in right-to-left text */
  gsize       offset;               /* byte of its node's text at which the paragraph begins: for places in messages */
  double      leading;              /* pt from baseline to baseline, for lines whose ink may meet; 0: not looked at */
} DgParaStyle;

typedef struct DgPara DgPara;

#endif
