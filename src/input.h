/* input.h: the bytes of an input, the dispatches of a folder, and which names are dispatches. */
#ifndef DG_INPUT_H
#define DG_INPUT_H

#include <glib.h>

/* No input is read beyond this: it is a mistake, or a device that never ends. */
#define DG_INPUT_MAX (64u * 1024 * 1024)

/* TRUE where one of the globs @include chooses @name: by its last part, or as a whole where the glob has a "/".  With NULL every
 * *.txt, in any case, is chosen. */
gboolean dg_input_is_chosen (const char *name, const char *const *include);

/* The rank of a picture's ending: jpg, jpeg, png in any case, from 0; @stem: bytes before it.  -1 for a name that is no picture's. */
int dg_input_rank_picture (const char *name, gsize *stem);

/* The picture beside the dispatch @path: NAME.jpg, NAME.jpeg or NAME.png, the first that is there. NULL: none.  Free with g_free. */
char *dg_input_dup_picture (const char *path);

/* Bytes of a dispatch's name before its ending, to which a picture's name is joined. */
gsize dg_input_stem (const char *path);

/* As diglot_find_dispatches, for the globs @include. */
GPtrArray *dg_input_find (const char *folder, const char *const *include, GError **error);

#endif
