/* value.h: the types that a template's values have: how each is spelt, held and limited.
 * Reading and writing are the same in every locale, and what is written reads as the same value. */
#ifndef DG_VALUE_H
#define DG_VALUE_H

#include "page/template.h"

#define DG_VALUE_MAX_LENGTH 14173.2 /* pt: 5 m, more than any sheet */

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
  DG_VALUE_DIGITS,
  DG_VALUE_ORDER,
  DG_VALUE_SEQUENCE,
  DG_VALUE_START,
  DG_VALUE_COUNT,
  DG_VALUE_TEXT,
  DG_VALUE_ARRANGEMENT,
  DG_VALUE_NUMBERS,
  DG_VALUE_FOLIO
} DgValueType;

/* Reads @text, without white space around it, into @value, which has the type's C type (template.h).  FALSE, and @value as
 * it was, where it is spelt wrong.  A string or path that @value holds is freed. */
gboolean dg_value_parse (DgValueType type, const char *text, gpointer value);

/* Appends the value as it may be read again. */
void dg_value_dump (DgValueType type, gconstpointer value, GString *out);

/* What a value of the type looks like, for "expected …". */
const char *dg_value_expected (DgValueType type);

/* The least and the greatest number of the type, as it is held.  FALSE for a type that is not a number. */
gboolean dg_value_limits (DgValueType type, double *least, double *greatest);

#endif
