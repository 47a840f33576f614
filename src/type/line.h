/* line.h: a set line: glyphs with their places and the text they stand for.  Plain data between shape, layout and paint.
 *
 * Glyphs stand in visual order, left to right, whatever the script; a run is a stretch of one face, size, level and colour. */
#ifndef DG_LINE_H
#define DG_LINE_H

#include <pango/pango.h>
#include "base/colour.h"

typedef enum {
  DG_GLYPH_TEXT,    /* stands for text[start, start + length) of the paragraph */
  DG_GLYPH_MARK,    /* a further glyph of the cluster before it in logical order; length is 0 */
  DG_GLYPH_SPACE,   /* a word space; its advance was justified */
  DG_GLYPH_KASHIDA, /* an inserted tatweel: no text of the source */
  DG_GLYPH_HYPHEN   /* an inserted hyphen: no text of the source */
} DgGlyphKind;

typedef struct {
  guint32     glyph; /* id in the run's face */
  DgGlyphKind kind;
  guint32     start, length; /* bytes of the paragraph's text that the glyph stands for */
  double      x, y;          /* pt: origin from the line's left end (negative when hanging), up from the baseline */
  double      advance;       /* pt */
} DgGlyph;

typedef struct {
  PangoFont *font;        /* a reference is held */
  double     size;        /* pt */
  double     width_scale; /* 1, or the widening of a Latin face in this line */
  guint8     level;       /* bidi level (UAX #9) */
  DgColour   colour;
  guint      first, n; /* in the line's glyphs */
} DgGlyphRun;

typedef struct {
  guint    start, end; /* bytes of the paragraph's text, trailing space included */
  double   measure;    /* pt asked for */
  double   width;      /* pt filled, without hanging and trailing space */
  double   x;          /* pt from the measure's left edge to glyph x = 0: the indent of a line that does not fill it */
  double   ratio;      /* adjustment ratio of its glue: below 0 shrunk, above 0 stretched */
  double   badness;
  double   space; /* pt: mean word space, 0 without one */
  guint    n_spaces, n_kashidas;
  guint    touches; /* places where its ink meets that of its paragraph's line before */
  gboolean hyphenated, justified, last;
  gboolean broken; /* it ends inside a word, without a hyphen */
  GArray  *glyphs; /* DgGlyph */
  GArray  *runs;   /* DgGlyphRun */
} DgLine;

void dg_line_free (DgLine *line);
/* The type size of the run that most of its glyphs are in, pt. */
double dg_line_size (const DgLine *line);

#endif
