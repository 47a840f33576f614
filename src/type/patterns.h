/* patterns.h: a language's hyphenation patterns (Liang 1983), read from a .dic file of Debian's hyphen-* packages.
 *
 * Such a file has a charset, a pattern a line, least numbers of letters, and at most two levels: the first parts a compound into its words,
 * the second these into syllables.  The patterns are made into one block without an address in it, which is kept (cache.h) and used
 * where it lies.  Words are broken where libhyphen, which the files are written for, would break them. */
#ifndef DG_PATTERNS_H
#define DG_PATTERNS_H

#include <glib.h>

typedef struct DgPatterns DgPatterns;

/* What may be done after a letter of a word. */
typedef enum {
  DG_HYPHEN_NONE,
  DG_HYPHEN_SYLLABLE,
  DG_HYPHEN_JOINT,  /* the parts of a compound meet here */
  DG_HYPHEN_CHANGED /* broken here the word would be spelt in another way: Hungarian "asszony", "asz-szony" */
} DgHyphen;

/* The patterns of the file @path; NULL where it cannot be read or is none. */
DgPatterns *dg_patterns_new (const char *path);
void        dg_patterns_free (DgPatterns *patterns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPatterns, dg_patterns_free)

/* For each of the @n letters of a word in lower case a DgHyphen in @after. */
void dg_patterns_find (const DgPatterns *patterns, const gunichar *word, guint n, guint8 *after);

/* Writes the patterns of the file @path into @folder, ready for use, unless they are there, and adds their file's name to @names, a set.  A file
 * that is none is passed over. */
gboolean dg_patterns_prepare (const char *path, GHashTable *names, const char *folder, GError **error);

/* Compiled patterns (patterns_file.h) taken into use; NULL where they are damaged. */
DgPatterns *dg_patterns_adopt (GBytes *block);

#endif
