/* tokens.h: what a paragraph says that its translation must say too.
 *
 * A paragraph is read into tokens: numbers, months, Latin words, names, words, telling punctuation.  A token is known by the concepts
 * it may stand for; two tokens of two texts answer each other where they share one.  Marks (vowel signs, tatweel, formatting) are
 * dropped before words are found, so that vowelled and plain Arabic give the same tokens.
 */
#ifndef DG_TOKENS_H
#define DG_TOKENS_H

#include <glib.h>

#include "pair/learned.h"
#include "pair/lexicon.h"

typedef enum {
  DG_TOKEN_SILENT, /* asks for nothing, only answers: a word that might be a name */
  DG_TOKEN_NUMBER,
  DG_TOKEN_MONTH,
  DG_TOKEN_LATIN,
  DG_TOKEN_NAME2,
  DG_TOKEN_NAME3,
  DG_TOKEN_NAME4, /* by the sounds of its skeleton, 4 or more in the last */
  DG_TOKEN_WORD,
  DG_TOKEN_ROOT, /* a word that is answered by a root alone */
  DG_TOKEN_MARK,
  DG_TOKEN_TEXT, /* the letters of the whole paragraph */
  DG_TOKEN_CLASSES
} DgTokenClass;

typedef struct {
  DgTokenClass token_class;
  guint32      first;    /* in the concepts */
  guint32      n_strong; /* concepts, then */
  guint32      n_weak;   /* those to be tried where none of the strong is answered */
} DgTokenType;

/* A sentence at an end of a paragraph: its characters, and its types where they are met first, in the members. */
typedef struct {
  double  length;
  guint32 first, n;
} DgTokenSpan;

typedef struct {
  double      length;    /* characters, marks aside; at least 1 */
  guint       sentences; /* at least 1 */
  DgTokenSpan ends[2];   /* the first sentence, the last; the whole paragraph where that is one */
  guint32     first, n;  /* in the members: its types, each once */
} DgTokenPara;

typedef struct {
  GArray  *types;    /* DgTokenType */
  GArray  *concepts; /* guint32 */
  GArray  *paras;    /* DgTokenPara */
  GArray  *members;  /* guint32: indices of types */
  gboolean latin;    /* the text is in Latin script for the most part */
  gboolean pointed;  /* most paragraphs end in a mark that ends sentences */
} DgTokens;

/* Reads @n paragraphs of a text in @lang; @lexicon is that language's, @learned what was learned of its words (NULL: nothing). */
DgTokens *dg_tokens_new (const char *lang, const DgLexicon *lexicon, const DgLearnedSide *learned, const char *const *paras, guint n);

/* Calls @found for the stem of every word of a paragraph, as learned words are looked up: pairs of signs where no spaces are written. */
typedef void (*DgStemFound) (const DgWord *stem, gpointer data);
void dg_tokens_list_stems (const char *lang, const DgLexicon *lexicon, const char *para, DgStemFound found, gpointer data);
void dg_tokens_free (DgTokens *tokens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgTokens, dg_tokens_free)

#endif
