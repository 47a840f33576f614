/* lexicon_file.h: the file of a compiled lexicon, and who compiles it. */
#ifndef DG_LEXICON_FILE_H
#define DG_LEXICON_FILE_H

#include <glib.h>

#include "pair/stem.h"

#define DG_LEXICON_MAGIC  0x31584c44u /* "DLX1", in this machine's byte order */
#define DG_LEXICON_FORMAT 8           /* counted up whenever stems or limits change */

/* What a concept or a key is, in its low three bits. */
typedef enum {
  DG_CONCEPT_WORD,  /* an English stem */
  DG_CONCEPT_ROOT,  /* the same, guessed from a word's root */
  DG_CONCEPT_MONTH, /* a month or weekday */
  DG_CONCEPT_NUMBER,
  DG_CONCEPT_LATIN,
  DG_CONCEPT_NAME,
  DG_CONCEPT_MARK,
  DG_CONCEPT_TEXT /* a whole paragraph */
} DgConceptKind;

/* Where a word is looked up: as it stands, under its stem, under its root. */
typedef enum { DG_LEXICON_EXACT, DG_LEXICON_STEM, DG_LEXICON_ROOT } DgLexiconKey;

/* The file: this, the slots, then the pool.  All words are guint32. */
typedef struct {
  guint32 magic, format;
  guint32 n_slots; /* a power of two */
  guint32 n_pool;
  guint32 checksum; /* of all else: dg_cache_sum */
} DgLexiconHeader;

/* A key's first place is its hash modulo the slots; where that is taken, the next that is free. */
typedef struct {
  guint32 key;   /* 0: free */
  guint32 where; /* in the pool: how many concepts, then these */
} DgLexiconSlot;

/* What a word is filed under, never 0. */
guint32 dg_lexicon_key (DgLexiconKey key, const DgWord *word);

/* The lexicon of a language, named by its primary subtag, as a file's bytes.  Free with g_bytes_unref. */
GBytes *dg_lexicon_compile (const char *lang);
/* English's, which needs no dictionary: its words are their own concepts but for months and numbers. */
GBytes *dg_lexicon_compile_english (void);
/* The name of the file, which is another whenever what it is compiled from is: dictionaries, catalogues, CLDR.  Free with g_free. */
char *dg_lexicon_dup_name (const char *lang);
/* TRUE for a language between which and English a dictionary is installed. */
gboolean dg_lexicon_has_dictionary (const char *lang);

#endif
