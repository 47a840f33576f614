/* doc.h: a dispatch as understood: two texts, each a list of nodes with a role.
 * Made by parse.c; everybody else reads it const.  A document owns its nodes and strings and holds a reference on its source. */
#ifndef DG_DOC_H
#define DG_DOC_H

#include "base/source.h"

/* _(ID, "name in JSON and dumps") */
/* clang-format off */
#define DG_ROLE_TABLE(_) \
  _ (BLANK, "blank") _ (HEADLINE, "headline") _ (SOURCE, "source") _ (DATELINE, "dateline") _ (BYLINE, "byline") \
  _ (DECK, "deck") _ (CROSSHEAD, "crosshead") _ (BODY, "body") _ (CAPTION, "caption") _ (END, "end") _ (NOTICE, "notice") \
  _ (ENVELOPE, "envelope") _ (PICTURE, "picture") _ (KICKER, "kicker") _ (NOTE, "note") _ (SIGNOFF, "signoff") \
  _ (CONTACT, "contact") _ (MARKER, "marker") _ (FURNITURE, "furniture") _ (LIST, "list") _ (VERSE, "verse") _ (TABLE, "table") \
  _ (FOOTNOTE, "footnote") _ (BOILERPLATE, "boilerplate")
/* clang-format on */

typedef enum {
#define _(id, name) DG_ROLE_##id,
  DG_ROLE_TABLE (_)
#undef _
    DG_ROLE_COUNT
} DgRole;

typedef enum { DG_SIDE_A, DG_SIDE_B, DG_SIDE_NONE } DgSide; /* A is the language that comes first in the file */

/* A piece of a node's text and the place in the source it was taken from. */
typedef struct {
  gsize offset;       /* byte in the node's text where the piece begins */
  guint line, column; /* where it stands in the source, from 1, columns in characters */
} DgPlace;

/* Below this confidence a role is doubtful. */
#define DG_ROLE_DOUBTFUL 0.66

typedef struct {
  DgRole   role;
  char    *text;         /* tidied UTF-8 in one line: no line end, no double space, no soft hyphen at a line's end */
  gsize    label_length; /* bytes of @text that are its label with the colon ("Source:", "Pic:"); 0 for none */
  double   confidence;   /* of the role, 0 to 1 */
  gboolean embargo;      /* a note that says before what hour nothing may be published */
  GArray  *lines;        /* guint: the physical lines, from 1 */
  GArray  *places;       /* DgPlace, by offset */
  GArray  *cells;        /* gsize: bytes of @text at which a row's further cells, or the second half of a verse, begin; NULL: none */
} DgNode;

typedef struct {
  char      *lang;       /* BCP 47, "en" */
  double     confidence; /* of the language, 0 to 1 */
  gboolean   rtl;
  GPtrArray *nodes; /* DgNode*, in the order of the file; no BLANK, no ENVELOPE, no PICTURE */
  char      *place; /* where it was written ("CAIRO (Agency) –"); NULL where the text does not say */
} DgText;

typedef struct {
  DgSide      side; /* DG_SIDE_NONE for a blank line and for one of an envelope */
  DgRole      role;
  const char *why;        /* static text: the rule that gave the role, for --dump doc */
  double      confidence; /* of the role, 0 to 1 */
  gboolean    third;      /* of a third text, which is in the lines alone; its side is DG_SIDE_NONE */
  gboolean    quoted;     /* a verse in the other text's language */
} DgLineRole;

/* One language's share of a line that has both: "Ferry runs again | عودة العبّارة". */
typedef struct {
  guint  line, column;
  DgSide side;
  DgRole role;
  char  *text;
} DgLinePart;

typedef enum { DG_CALENDAR_GREGORIAN, DG_CALENDAR_PERSIAN, DG_CALENDAR_ISLAMIC } DgCalendar;

typedef struct { /* what is not known is -1; year, month and day are of the Gregorian calendar */
  int        year, month, day, hour, minute;
  DgCalendar calendar;                     /* the one that the dispatch itself uses */
  int        own_year, own_month, own_day; /* in that one, where it is not the Gregorian; 0 for what is not known */
} DgDate;

#define DG_DATE_NONE ((DgDate){ .year = -1, .month = -1, .day = -1, .hour = -1, .minute = -1 })

typedef struct { /* a field of a wire service's envelope or of a letter's head */
  char *key;
  char *value;
} DgField;

typedef struct {
  DgSource   *source;
  guint       n_texts;    /* 1 or 2 */
  DgText      text[2];    /* by DgSide */
  guint       first_line; /* the number that the first line has in the input */
  DgLineRole *lines;      /* one a physical line; [0] is @first_line */
  guint       n_lines;
  GPtrArray  *envelope;    /* DgField*, in the order of the file */
  gboolean    interleaved; /* paragraph by paragraph rather than block by block */
  DgDate      date;        /* of the dispatch: the first complete one of source or date lines, else the fullest */
  char       *third_lang;  /* of a third text; NULL */
  GArray     *parts;       /* DgLinePart, by line: of lines in both languages */
  char       *embargo[2];  /* what the texts say about the hour before which nothing may be published; NULL */
  DgDate      embargo_date;
} DgDoc;

DgDoc *dg_doc_new (DgSource *source); /* takes a reference of its own */
void   dg_doc_free (DgDoc *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgDoc, dg_doc_free)

DgNode *dg_node_new (DgRole role);
void    dg_node_free (DgNode *node);

/* TRUE where it may well have another role: so of one file in twenty at most that was read right, and of nearly all that were not. */
gboolean dg_node_is_doubtful (const DgNode *node);

const char *dg_role_name (DgRole role);
/* DG_ROLE_COUNT where none is called @name. */
DgRole dg_role_find (const char *name);
/* The nth (from 0) node of @role in a text; NULL where there is none. */
const DgNode *dg_text_nth (const DgText *text, DgRole role, guint n);
guint         dg_text_count (const DgText *text, DgRole role);
/* The nodes of @role in a text, as DgNode, lent; free the array with g_ptr_array_unref. */
GPtrArray *dg_text_list (const DgText *text, DgRole role);
/* The nodes of the running text, which beads join: paragraphs, items of lists, lines of verse, rows of tables. */
GPtrArray *dg_text_list_running (const DgText *text);
gboolean   dg_role_is_running (DgRole role);
/* TRUE for what is said to editors or belongs to the carrier, and stays off the page. */
gboolean dg_role_is_hidden (DgRole role);
/* Bytes at the start of its text that are no words for readers: a label that says "this is the headline". */
gsize dg_node_hidden (const DgNode *node);
/* The source's line and column of byte @offset in the node's text. */
void dg_node_locate (const DgNode *node, gsize offset, guint *line, guint *column);
/* Adds a field to the envelope; a second value of one key follows the first, parted by a newline. */
void dg_doc_add_field (DgDoc *doc, const char *key, const char *value, gssize length);
/* "gregorian", "persian", "islamic". */
const char *dg_calendar_name (DgCalendar calendar);
/* TRUE where year, month and day are known. */
gboolean dg_date_is_complete (const DgDate *date);

/* A line a node and one a physical line: the dump of this stage. */
void dg_doc_dump (const DgDoc *doc, GString *out);

#endif
