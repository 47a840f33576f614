/* cues.h: what a paragraph shows of itself, before anybody asks what it is: its shape, its labels, what stands about it.
 * In: the paragraphs of one text.  Out: a DgCue for each. */
#ifndef DG_CUES_H
#define DG_CUES_H

#include "read/labels.h"
#include "read/wrap.h"

/* One text as the roles are sought in it; all of it is lent but the cues. */
typedef struct {
  const GPtrArray *lines; /* DgScanLine */
  GArray          *paragraphs;
  const DgLabels  *labels;
  const char      *lang;
  GArray          *cues;    /* DgCue, one a paragraph */
  guint            median;  /* characters of a body paragraph */
  double           closed;  /* share of body paragraphs that end as sentences do */
  guint            n_body;  /* paragraphs that these two were taken from */
  gboolean         by_gaps; /* blank lines stand between body paragraphs */
} DgCuedText;

enum {
  DG_CUE_NUMBERS = 8,
  DG_CUE_SHORT = 200, /* characters; nothing but running text is longer */
  DG_CUE_FOOT = 80    /* paragraphs at the end of a text, among which its notes and captions stand */
};

typedef struct {
  DgPhrases phrases;
  guint     n_words, n_letters, n_digits;
  guint     n_capitals, n_small; /* words that begin with a capital letter, and with a small one */
  gboolean  cased;               /* of a script with capitals */
  gboolean  title;               /* each longer word of it begins with a capital letter */
  gboolean  upper;               /* all in capitals */
  gunichar  last;                /* its last sign */
  gboolean  inner_stop;          /* two sentences or more */
  gboolean  speech, torn;        /* has quotation marks; an odd number of them, as a quotation that goes on from line to line */
  gboolean  bracketed, starred;  /* all in brackets; behind an asterisk or between slashes */
  gboolean  address;             /* has an address or a telephone number */
  gboolean  code;                /* no words, but what a program or an editor's desk writes */
  gboolean  reference;           /* few words about a number of a file: "No. 214/2025" */
  gboolean  slug;                /* a keyword line of ANPA 1312 */
  gboolean  codes;               /* words and numbers grown together, several, and hardly anything else: the numbers of pictures */
  gboolean  initials;            /* of editors */
  gboolean  hashtags;            /* nothing but words behind a number sign */
  gboolean  mark;                /* an agency and initials or names, slashes between them */
  gboolean  crumbs;              /* the way to a web page: "Home > News" */
  gboolean  page;                /* a page's number */
  gboolean  repeated;            /* the same line stands elsewhere in this text */
  gboolean  credit;              /* ends with a photographer's credit in brackets */
  gboolean  lead;                /* begins with place, agency and date, as a story does */
  gboolean  name;                /* may be a person's name and nothing else */
  guint     n_agencies, n_other; /* agencies named, and words that belong neither to them nor to a date */
  gboolean  date, day, seconds;  /* tells a date or a time; the day of it; a time as machines write it */
  gboolean  separated;           /* has a comma, bracket or dash */
  gboolean  ends_dash;
  guint     n_cells;        /* cells of a table's row, parted by tabs */
  guint     n_items;        /* items of the list that it is one of; 0: none */
  guint     n_verse;        /* lines of the verse that it may be one of */
  gboolean  reference_mark; /* begins with a mark that an earlier paragraph has inside */
  double    echo;           /* the share of its longer words that other paragraphs have too, 0 to 1 */
  double    captioned;      /* the share of the last caption's words that it has, where that has a label */
  double    likeness;       /* the same against the first line of the text that may be a headline */
  gboolean  again;          /* says the line that may be the headline once more, word by word, and goes on */
  gboolean  twice;          /* says it word by word, and no more */
  guint32   numbers[DG_CUE_NUMBERS];
  guint     n_numbers;
} DgCue;

/* Of paragraph @i: its cue, itself, its first line. */
static inline DgCue *
dg_cue_at (const DgCuedText *text, guint i)
{
  return &g_array_index (text->cues, DgCue, i);
}

static inline const DgParagraph *
dg_cue_paragraph (const DgCuedText *text, guint i)
{
  return &g_array_index (text->paragraphs, DgParagraph, i);
}

static inline const DgScanLine *
dg_cue_line (const DgCuedText *text, guint i)
{
  return (const DgScanLine *) text->lines->pdata[dg_cue_paragraph (text, i)->first];
}

/* TRUE where @text has an address of the net, or a telephone number: a plus or a bracket and seven digits at least. */
gboolean dg_cues_has_address (const char *text, gsize length);
/* Fills the measures and the cues of @text, but for what words it shares (echoes.h). */
void dg_cues_read (DgCuedText *text);

#endif
