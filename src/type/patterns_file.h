/* patterns_file.h: the file of compiled patterns, and who compiles it. */
#ifndef DG_PATTERNS_FILE_H
#define DG_PATTERNS_FILE_H

#include <glib.h>

#define DG_PATTERNS_MAGIC  0x31504844u /* "DHP1", in this machine's byte order */
#define DG_PATTERNS_FORMAT "3"         /* counted up whenever the block or what is read from a file changes */

#define DG_PATTERNS_LEVELS  2  /* compounds into words, words into syllables */
#define DG_PATTERNS_LETTERS 64 /* of one pattern, at most */

/* The block: this, the nodes, the changes, the letters of what is never broken beside, the marks. */
typedef struct {
  guint32 magic;
  guint32 checksum; /* of all else: dg_cache_sum */
  guint32 n_nodes, n_changes, n_never, n_marks;
  /* Letters that stay before and after a break: of a word, and of a part of a compound. */
  guint32 left, right, part_left, part_right;
} DgPatternsHeader;

/* A start of patterns; the first ones are those of the levels.  Its children stand side by side, sorted by letter. */
typedef struct {
  guint32 letter;
  guint32 child;
  guint32 n_children;
  guint32 match; /* 0: no pattern ends here; below n_changes the change of that number; from there on n_changes and where its marks are */
} DgPatternsNode;

/* A pattern that changes the spelling: where in it the change begins, how many letters it takes, and how many it has before and
 * after the break.  The first is not used. */
typedef struct {
  guint32 marks;
  gint32  start, cut;
  guint32 before, after;
} DgPatternsChange;

/* The marks of a pattern are digits up to a NUL; the last one is for after its last letter.  Of the letters at n_never each 0 ends a word that
 * is not to be broken off. */

/* The .dic file @path as a file's bytes; NULL where it cannot be read or is none.  Free with g_bytes_unref. */
GBytes *dg_patterns_compile (const char *path);

#endif
