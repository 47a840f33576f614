/* joblist.h: a list that says of each dispatch what is to be made of it: a table whose columns are parted by tabs, or JSON, an object a line.
 *
 * In: lines.  Out: what each of them asks for.  Which of the two kinds a list is follows from its name's ending, else from its first line. */
#ifndef DG_JOBLIST_H
#define DG_JOBLIST_H

#include <glib.h>

/* Strings are NULL where nothing is said. */
typedef struct {
  char *input;
  char *output;
  char *template_name;
  char *languages; /* "A,B" */
} DgJobLine;

void dg_job_line_clear (DgJobLine *line);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DgJobLine, dg_job_line_clear)

typedef struct DgJobList DgJobList;

/* @name: of the file; only its ending is looked at. */
DgJobList *dg_joblist_new (const char *name);
void       dg_joblist_free (DgJobList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgJobList, dg_joblist_free)

/* The next line, without its end.  @line has no input where it is empty or names the columns.  FALSE with @error (DIGLOT_ERROR_USAGE). */
gboolean dg_joblist_read (DgJobList *list, const char *text, gsize length, DgJobLine *line, GError **error);

#endif
