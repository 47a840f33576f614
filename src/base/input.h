/* input.h: the bytes of an input, the dispatches of a folder, and which names are dispatches. */
#ifndef DG_INPUT_H
#define DG_INPUT_H

#include <glib.h>
#include <sys/stat.h>

/* No input is read beyond this: it is a mistake, or a device that never ends. */
#define DG_INPUT_MAX (64u * 1024 * 1024)
/* Nor what is kept beside outputs beyond this: it is the records of some million dispatches. */
#define DG_INPUT_KEPT_MAX (512u * 1024 * 1024)

/* Plain files that no user names as an input: what is kept, installed or told of by another file.  A pipe in the place of one would hold
 * the program up, and a device have no end. */

/* Opens one for reading, with open's @flags besides; -1 with errno, EINVAL for what is no plain file.  @info: as fstat tells it. */
int dg_input_open_plain (const char *path, int flags, struct stat *info);

/* The bytes of one that has at most @most, and a NUL; @length may be NULL.  NULL with @error (DIGLOT_ERROR_READ, DIGLOT_ERROR_LIMIT).
 * Free with g_free. */
char *dg_input_read_plain (const char *path, gsize most, gsize *length, GError **error);

/* TRUE for a part of a path that names something in the folder before it: not "", "." or "..". */
gboolean dg_input_is_part (const char *part);

/* TRUE where one of the globs @include chooses @name: by its last part, or as a whole where the glob has a "/".  With NULL every
 * *.txt, in any case, is chosen. */
gboolean dg_input_is_chosen (const char *name, const char *const *include);

/* The rank of a picture's ending: jpg, jpeg, png in any case, from 0; @stem: bytes before it.  -1 for a name that is no picture's. */
int dg_input_rank_picture (const char *name, gsize *stem);

/* The picture beside the dispatch @path: NAME.jpg, NAME.jpeg or NAME.png, the first that is there. NULL: none.  Free with g_free. */
char *dg_input_dup_picture (const char *path);

/* Bytes of a dispatch's name before its ending, to which a picture's name is joined. */
gsize dg_input_stem (const char *path);

#endif
