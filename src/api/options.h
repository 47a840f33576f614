/* options.h: options by their names on the command line, for callers that see no members.
 * In: a name and a value.  Out: the member that they are, with strings that the maker keeps. */
#ifndef DG_API_OPTIONS_H
#define DG_API_OPTIONS_H

#include "diglot.h"

/* What was said, and what the members of options lend. */
typedef struct {
  GPtrArray *said;      /* name, value, name, value … */
  GPtrArray *settings;  /* NULL-terminated */
  GPtrArray *font_dirs; /* the same */
} DgSaid;

void dg_said_init (DgSaid *said);
void dg_said_clear (DgSaid *said);

/* Keeps both, and lends the copy of @value. */
const char *dg_said_add (DgSaid *said, const char *name, const char *value);

/* Gives @options the member @name: 1; 0 where there is none; -1 with @error for a value that is none. */
int dg_options_set (DiglotOptions *options, DgSaid *said, const char *name, const char *value, GError **error);
/* The names of dg_options_set; NULL-terminated. */
extern const char *const dg_options_names[];

/* A number from @least to @most; "yes" or "no".  FALSE with @error. */
gboolean dg_options_number (const char *name, const char *value, double least, double most, double *number, GError **error);
gboolean dg_options_truth (const char *name, const char *value, gboolean *truth, GError **error);
/* @name is no option among @names, NULL-terminated, nor those of a converter. Always FALSE. */
gboolean dg_options_refuse (const char *name, const char *const *names, GError **error);

#endif
