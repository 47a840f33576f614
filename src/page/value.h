/* value.h: the types that a template's values have: how each is spelt, held and limited.
 * Reading and writing are the same in every locale, and what is written reads as the same value. */
#ifndef DG_VALUE_H
#define DG_VALUE_H

#include "base/colour.h"
#include "type/isolate.h"
#include "type/kashida.h"

#define DG_VALUE_MAX_LENGTH 14173.25 /* pt: 5 m and a hair, more than any sheet */

#define DG_SIZE_AUTO (-1.0)

typedef enum { DG_COLUMNS_LEFT, DG_COLUMNS_RIGHT, DG_COLUMNS_INSIDE, DG_COLUMNS_OUTSIDE } DgColumnsFirst;
typedef enum { DG_DIGITS_ASIS, DG_DIGITS_LANGUAGE } DgDigits;
typedef enum { DG_ORDER_PAIR, DG_ORDER_LANGUAGE } DgOrder;
typedef enum { DG_SEQUENCE_GIVEN, DG_SEQUENCE_DATE, DG_SEQUENCE_NAME } DgSequence;
typedef enum { DG_START_PAGE, DG_START_RUN_ON } DgStart;
typedef enum { DG_ARRANGEMENT_SIDE_BY_SIDE, DG_ARRANGEMENT_FACING, DG_ARRANGEMENT_STACKED } DgArrangement;
typedef enum { DG_NUMBERS_NONE, DG_NUMBERS_GUTTER, DG_NUMBERS_MARGIN } DgNumbers;
typedef enum { DG_FOLIO_SIDES, DG_FOLIO_OUTSIDE } DgFolioPlace;
typedef enum { DG_BINDING_LEFT, DG_BINDING_RIGHT, DG_BINDING_AUTO } DgBinding;
typedef enum { DG_NOTES_FOOT, DG_NOTES_END } DgNotesPlace;
typedef enum { DG_WEB_FACES_NAME, DG_WEB_FACES_EMBED } DgWebFaces;
typedef enum { DG_UNIT_PARAGRAPH, DG_UNIT_SENTENCE } DgUnitKind;

/* What a running head or a foot may say, each in the language of its column. */
/* _(ID, "name", "meaning") */
/* clang-format off */
#define DG_PLACEHOLDER_TABLE(_) \
  _ (PAGE,      "page",      "the page's number") \
  _ (PAGES,     "pages",     "how many pages there are") \
  _ (HEADLINE,  "headline",  "the headline") \
  _ (SOURCE,    "source",    "the source line without its label") \
  _ (DATE,      "date",      "the dispatch's date") \
  _ (FILE,      "file",      "the input's file name") \
  _ (LANGUAGE,  "language",  "the language's own name") \
  _ (ROWS,      "rows",      "numbers of the first and last row on the page") \
  _ (ROW_COUNT, "row-count", "how many rows there are") \
  _ (MEASURES,  "measures",  "both languages and their measures in pt") \
  _ (WHITE,     "white",     "white under the shorter sides of rows, a share of the body")
/* clang-format on */

typedef struct {
  double width, height;
} DgPageSize; /* pt */
typedef struct {
  gboolean is_auto;
  double   first;
} DgRatio; /* share of both measures that the first text gets, 0 to 1 */

typedef struct {
  double x, y;
} DgFocus; /* shares of a picture's width and depth, from its left top corner */

/* What holds a value of each type. */
#define DG_TEMPLATE_C_LENGTH      double
#define DG_TEMPLATE_C_SIZE        double
#define DG_TEMPLATE_C_AUTOSIZE    double
#define DG_TEMPLATE_C_NUMBER      double
#define DG_TEMPLATE_C_PERCENT     double
#define DG_TEMPLATE_C_BOOL        gboolean
#define DG_TEMPLATE_C_COLOUR      DgColour
#define DG_TEMPLATE_C_STRING      char *
#define DG_TEMPLATE_C_PATH        char *
#define DG_TEMPLATE_C_PAGE        DgPageSize
#define DG_TEMPLATE_C_RATIO       DgRatio
#define DG_TEMPLATE_C_FIRST       DgColumnsFirst
#define DG_TEMPLATE_C_KASHIDA     DgKashida
#define DG_TEMPLATE_C_ISOLATE     DgIsolate
#define DG_TEMPLATE_C_DIGITS      DgDigits
#define DG_TEMPLATE_C_ORDER       DgOrder
#define DG_TEMPLATE_C_SEQUENCE    DgSequence
#define DG_TEMPLATE_C_START       DgStart
#define DG_TEMPLATE_C_COUNT       double
#define DG_TEMPLATE_C_TEXT        char *
#define DG_TEMPLATE_C_ARRANGEMENT DgArrangement
#define DG_TEMPLATE_C_NUMBERS     DgNumbers
#define DG_TEMPLATE_C_FOLIO       DgFolioPlace
#define DG_TEMPLATE_C_ADDRESS     char *
#define DG_TEMPLATE_C_UNIT        DgUnitKind
#define DG_TEMPLATE_C_FACES       DgWebFaces
#define DG_TEMPLATE_C_FOCUS       DgFocus
#define DG_TEMPLATE_C_NOTES       DgNotesPlace
#define DG_TEMPLATE_C_BINDING     DgBinding

/* The types of template.h's table. */
typedef enum {
  DG_VALUE_LENGTH,
  DG_VALUE_SIZE,
  DG_VALUE_AUTOSIZE,
  DG_VALUE_NUMBER,
  DG_VALUE_PERCENT,
  DG_VALUE_BOOL,
  DG_VALUE_COLOUR,
  DG_VALUE_STRING,
  DG_VALUE_PATH,
  DG_VALUE_PAGE,
  DG_VALUE_RATIO,
  DG_VALUE_FIRST,
  DG_VALUE_KASHIDA,
  DG_VALUE_ISOLATE,
  DG_VALUE_DIGITS,
  DG_VALUE_ORDER,
  DG_VALUE_SEQUENCE,
  DG_VALUE_START,
  DG_VALUE_COUNT,
  DG_VALUE_TEXT,
  DG_VALUE_ARRANGEMENT,
  DG_VALUE_NUMBERS,
  DG_VALUE_FOLIO,
  DG_VALUE_ADDRESS,
  DG_VALUE_UNIT,
  DG_VALUE_FACES,
  DG_VALUE_FOCUS,
  DG_VALUE_NOTES,
  DG_VALUE_BINDING
} DgValueType;

/* Reads @text, without white space around it, into @value, which has the type's C type.  FALSE, and @value as
 * it was, where it is spelt wrong.  A string or path that @value holds is freed. */
gboolean dg_value_parse (DgValueType type, const char *text, gpointer value);

/* Appends the value as it may be read again. */
void dg_value_dump (DgValueType type, gconstpointer value, GString *out);

/* What a value of the type looks like, for "expected …". */
const char *dg_value_expected (DgValueType type);

/* The least and the greatest number of the type, as it is held.  FALSE for a type that is not a number. */
gboolean dg_value_limits (DgValueType type, double *least, double *greatest);

#endif
