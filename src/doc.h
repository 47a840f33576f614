/* doc.h: a dispatch as understood: two texts, each a list of nodes with a role.
 * Made by parse.c; everybody else reads it const.  A document owns its nodes and strings and holds a reference on its source. */
#ifndef DG_DOC_H
#define DG_DOC_H

#include "source.h"

/* _(ID, "name in JSON and dumps") */
#define DG_ROLE_TABLE(_) \
  _ (BLANK, "blank") _ (HEADLINE, "headline") _ (SOURCE, "source") _ (DATELINE, "dateline") _ (BYLINE, "byline") \
  _ (DECK, "deck") _ (CROSSHEAD, "crosshead") _ (BODY, "body") _ (CAPTION, "caption") _ (END, "end") _ (NOTICE, "notice")

typedef enum {
#define _(id, name) DG_ROLE_##id,
  DG_ROLE_TABLE (_)
#undef _
  DG_ROLE_COUNT
} DgRole;

typedef enum { DG_SIDE_A, DG_SIDE_B, DG_SIDE_NONE } DgSide;   /* A is the language that comes first in the file */

/* A piece of a node's text and the place in the source it was taken from. */
typedef struct {
  gsize offset;                /* byte in the node's text where the piece begins */
  guint line, column;          /* where it stands in the source, from 1, columns in characters */
} DgPlace;

typedef struct {
  DgRole  role;
  char   *text;                /* tidied UTF-8 in one line: no line end, no double space, no soft hyphen at a line's end */
  gsize   label_length;        /* bytes of @text that are its label with the colon ("Source:", "Pic:"); 0 for none */
  GArray *lines;               /* guint: the physical lines, from 1 */
  GArray *places;              /* DgPlace, by offset */
} DgNode;

typedef struct {
  char      *lang;             /* BCP 47, "en" */
  gboolean   rtl;
  GPtrArray *nodes;            /* DgNode*, in the order of the file; no BLANK */
} DgText;

typedef struct {
  DgSide side;                 /* DG_SIDE_NONE for a blank line */
  DgRole role;
  const char *why;             /* static text: the rule that gave the role, for --dump doc */
} DgLineRole;

typedef struct {               /* what is not known is -1 */
  int year, month, day, hour, minute;
} DgDate;

typedef struct {
  DgSource   *source;
  guint       n_texts;         /* 1 or 2 */
  DgText      text[2];         /* by DgSide */
  DgLineRole *lines;           /* one a physical line; [0] is line 1 */
  guint       n_lines;
  gboolean    interleaved;     /* paragraph by paragraph rather than block by block */
  DgDate      date;            /* of the dispatch: the first complete one of source or date lines, else the fullest */
} DgDoc;

DgDoc *dg_doc_new (DgSource *source);                 /* takes a reference of its own */
void   dg_doc_free (DgDoc *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgDoc, dg_doc_free)

DgNode *dg_node_new (DgRole role);
void    dg_node_free (DgNode *node);

const char   *dg_role_name (DgRole role);
/* The nth (from 0) node of @role in a text; NULL where there is none. */
const DgNode *dg_text_nth (const DgText *text, DgRole role, guint n);
guint         dg_text_count (const DgText *text, DgRole role);
/* The source's line and column of byte @offset in the node's text. */
void          dg_node_locate (const DgNode *node, gsize offset, guint *line, guint *column);
/* TRUE where year, month and day are known. */
gboolean      dg_date_is_complete (const DgDate *date);

/* A line a node and one a physical line: the dump of this stage. */
void dg_doc_dump (const DgDoc *doc, GString *out);

#endif
