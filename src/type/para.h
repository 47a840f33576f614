/* para.h: a paragraph from text to lines.
 * In: text with its language, direction and style; the measure.  Out: lines of placed glyphs.
 *
 * dg_para_new does what does not depend on the measure (itemise, levels, shape, break opportunities), so that one
 * paragraph can be broken again for another measure or looseness at little cost.  How lines are chosen is break.c's business. */
#ifndef DG_PARA_H
#define DG_PARA_H

#include "type/fonts.h"
#include "type/line.h"
#include "type/para_style.h"

/* @text is copied; @base_rtl is the direction of its language, never guessed.  Never NULL: a character without a face becomes a
 * box and counts as missing. */
DgPara *dg_para_new (DgFonts *fonts, const char *text, const char *lang, gboolean base_rtl, const DgParaStyle *style);
void    dg_para_free (DgPara *para);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPara, dg_para_free)

/* Breaks the paragraph into lines of @measure pt.  @looseness: a line more (1) or fewer (-1) than the best (0), where that can be
 * had without an overfull or a loose line.  Lines (DgLine) are yours; the paragraph must outlive them. */
GPtrArray *dg_para_break (DgPara *para, double measure, int looseness);

/* The same round a picture: the first @n lines are @narrow pt wide. */
GPtrArray *dg_para_break_round (DgPara *para, double measure, double narrow, guint n);

/* The lines that would give. */
guint dg_para_count_round (DgPara *para, double measure, double narrow, guint n);

/* What dg_para_break would give, without making the lines. */
typedef struct {
  guint    lines, hyphens;
  gboolean stub;    /* its last line is the rest of a word */
  double   badness; /* of all lines, each up to 250 */
  double   loosest; /* ratio of the loosest line; 0: none is stretched */
} DgParaCount;

void dg_para_count (DgPara *para, double measure, int looseness, DgParaCount *count);

/* Lets go of all that only breaking and measuring need, some 150 bytes a character: text, language, direction, style, missing characters
 * and the lines already made stay good. */
void dg_para_finish (DgPara *para);

/* The whole text as one line however long. */
DgLine *dg_para_one_line (DgPara *para);
/* The text, cut at a word and with "…" joined to it where one line of @measure pt would not hold it; free with g_free. */
char *dg_para_cut (const DgPara *para, double measure);
/* Natural width of the whole text in one line, pt. */
double dg_para_width (const DgPara *para);

/* What its spaces and letters can take and give, pt, before a line is loose or too tight. */
void dg_para_room (DgPara *para, double *stretch, double *shrink);

/* How far the ink reaches above and below the baseline, pt, wherever the lines end. */
void dg_para_ink (const DgPara *para, double *top, double *bottom);

const char        *dg_para_text (const DgPara *para);
const char        *dg_para_lang (const DgPara *para);
gboolean           dg_para_is_rtl (const DgPara *para);
const DgParaStyle *dg_para_style (const DgPara *para);
/* Byte offsets (guint) of characters that no face has. */
const GArray *dg_para_missing (const DgPara *para);

#endif
