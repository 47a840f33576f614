/* prepared.h: the inside of DgPara, shared by para.c, items.c, shape.c and ends.c (prepare), points.c (breakpoints) and compose.c (lines).
 * Characters are counted from 0 in logical order; sums are in pt. */
#ifndef DG_PREPARED_H
#define DG_PREPARED_H

#include <hb.h>
#include "type/break.h"
#include "type/fonts.h"
#include "type/line.h"
#include "type/para_style.h"

#define DG_WIDEN_MOST .015 /* share by which a line may widen or narrow its letters */

/* A stretch of one face, level, script and style. */
typedef struct {
  PangoFont    *font; /* a reference is held */
  hb_font_t    *hb;   /* the font's, lent */
  double        size; /* pt */
  guint         start, end;
  guint8        level;
  hb_script_t   script;
  hb_language_t language;
  gboolean      small_caps;
  gboolean      joined;   /* a script whose letters join: no letter space, kashida where the face can */
  gboolean      latin;    /* Latin, Greek or Cyrillic */
  gboolean      solid;    /* a script that leaves no space between words: lines are filled between words and clusters */
  gboolean      widens;   /* letters may be widened, narrowed and spaced a little */
  double        tracking; /* pt after each cluster */
  DgColour      colour;
  guint         first, n; /* in the paragraph's glyphs, in visual order */
} DgItem;

typedef struct {
  guint32 id;
  guint   cluster;         /* first character it stands for */
  double  advance, dx, dy; /* pt; dy up */
} DgShaped;

typedef enum {
  DG_END_NONE,
  DG_END_FREE,
  DG_END_TIED,  /* only where there is hardly another way: a title and its name */
  DG_END_NUMBER /* only where there is no other way: a number and its unit */
} DgEnd;

#define DG_PARA_MEASURES 4 /* for which a paragraph's breaks are kept: those that a page is tried with, and the way round a picture */

/* Breaks (guint) for looseness -1, 0 and 1 at one measure; NULL: not asked. */
typedef struct {
  double  measure;
  guint   found; /* the pass that found the best ones */
  GArray *ways[3];
} DgParaBreaks;

struct DgPara {
  char       *text;
  char       *lang;
  DgParaStyle style;
  char       *family;
  guint       n; /* characters */
  gunichar   *chars;
  guint      *bytes; /* n + 1: byte offset of each character */
  guint8      base;  /* level of the paragraph, 0 or 1 */
  guint8     *levels;
  guint8     *ends;         /* n + 1: a DgEnd: whether a line may end before this character */
  gboolean   *unsafe;       /* n + 1: the line may not be cut before this character without shaping it again */
  GArray     *items;        /* DgItem, in logical order */
  GArray     *glyphs;       /* DgShaped of the whole items */
  guint8     *n_glyphs;     /* glyphs of the cluster that begins at each character */
  double     *x;            /* n + 1: natural width before each character */
  GArray     *missing;      /* guint byte offsets */
  double      kashida_unit; /* pt a tatweel adds in context; 0 where there is none */

  /* Filled by dg_points_make. */
  double *stretch, *shrink, *letters, *groups, *kashida; /* n + 1: sums before each character */
  GArray *points;                                        /* DgBreakPoint */
  GArray *at;                                            /* guint: the character the next line starts with, for each point */
  double  widest;                                        /* pt: the widest piece without a point in it; 0 once words may be broken anywhere */

  DgParaBreaks breaks[DG_PARA_MEASURES];
  guint        n_measures; /* that were asked for: the next one's breaks replace the oldest */
};

/* para.c: n + 1; free with g_free. */
PangoLogAttr *dg_para_attributes (const DgPara *para);
/* The best breaks, or, with @looseness, those of a line less or more. */
GArray *dg_para_find_breaks (const DgPara *para, const DgBreakParams *params, int looseness);

/* look.c: the lines of @breaks, or of better ones where those show faults once they are set.  @breaks is taken. */
GPtrArray *dg_look_compose (const DgPara *para, DgBreakParams *params, int looseness, GArray *breaks);
/* Adds to @lines, which end at point @from, those of @breaks; other breaks are not tried. */
void dg_look_compose_on (const DgPara *para, const DgBreakParams *params, guint from, const GArray *breaks, GPtrArray *lines);

/* items.c: cuts the text, whose levels are known, into items without glyphs. */
void dg_items_make (DgPara *para, DgFonts *fonts, PangoContext *context);

/* ends.c: where lines may end. */
void dg_ends_find (DgPara *para, PangoContext *context);
/* TRUE for a space at @i that parts the thousands of a number: 20 000. */
gboolean dg_ends_groups (const DgPara *para, guint i);

/* shape.c: shapes text[start, end) of @n characters with the item's face; appends DgShaped in visual order, clusters counted in
 * @text.  @unsafe (may be NULL, room for n + 1) gets TRUE before characters where the result may not be cut. */
void dg_shape (const DgItem *item, const gunichar *text, guint n, guint start, guint end, GArray *out, gboolean *unsafe);

/* points.c: glue and breakpoints of a prepared paragraph. */
void dg_points_make (DgPara *para);
/* Makes the breakpoints again, with one at each cluster of a word: for a measure that is less than the widest piece. */
void dg_points_break_words (DgPara *para);

/* A space that is justified. */
static inline gboolean
dg_points_is_space (gunichar ch)
{
  return ch == ' ' || ch == 0xA0 || ch == 0x3000 || (ch >= 0x2000 && ch <= 0x200A && ch != 0x2007);
}

/* White space that is outside the measure at a line's end. */
static inline gboolean
dg_points_vanishes (gunichar ch)
{
  return ch == ' ' || ch == 0x3000 || (ch >= 0x2000 && ch <= 0x200A && ch != 0x2007) || ch == 0x200B || ch == '\t';
}

/* compose.c: the line between two points. @params as given to the breaker; @previous: the line above, for its kashidas, or NULL.
 * @pass_over: so many of the best places for a kashida are not used, which moves the words between them a little. */
DgLine *dg_compose_line (const DgPara *para, guint from, guint to, const DgBreakParams *params, const DgLine *previous, guint pass_over);

#endif
