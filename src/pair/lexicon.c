/* lexicon.c: compiled lexicons, kept in files and looked up in. */
#include "pair/lexicon.h"

#include <string.h>
#include <sys/stat.h>
#include <unicode/uloc.h>

#include "base/language.h"
#include "base/cache.h"
#include "base/utf.h"

#define DICTIONARIES "/usr/share/dictd"

struct DgLexicon {
  GBytes              *bytes; /* NULL: knows nothing */
  const DgLexiconSlot *slots;
  const guint32       *pool;
  guint32              n_slots, n_pool;
  DgLexicon           *lender; /* Arabic's, for what a language that borrows does not know itself; else NULL */
};

guint32
dg_lexicon_key (DgLexiconKey key, const DgWord *word)
{
  guint32 hash = dg_word_hash (word, key);

  return hash == 0 ? 8 : hash;
}

void
dg_lexicon_join (const DgWord *first, const DgWord *second, DgWord *joined)
{
  *joined = *first;
  if (joined->n < DG_WORD_MAX)
    joined->ch[joined->n++] = ' ';
  for (guint i = 0; i < second->n && joined->n < DG_WORD_MAX; i++)
    joined->ch[joined->n++] = second->ch[i];
}

gboolean
dg_lexicon_borrows (const char *lang)
{
  return dg_language_lists (dg_language_get (lang), "borrows", "ar");
}

GPtrArray *
dg_lexicon_list (void)
{
  GPtrArray              *list = g_ptr_array_new ();
  g_autofree const char **tags = dg_languages_list ();
  const char *const      *codes = uloc_getISOLanguages ();

  for (guint i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (list, (gpointer) tags[i]);
  for (; *codes != NULL; codes++)
    if (dg_lexicon_has_dictionary (*codes))
      g_ptr_array_add (list, (gpointer) *codes);
  return list;
}

const char *
dg_lexicon_folder (void)
{
  const char *folder = g_getenv ("DIGLOT_DICTIONARIES");

  return folder != NULL ? folder : DICTIONARIES;
}

/* What @bytes are, lent, and their header; NULL where they have none. */
static const guint8 *
read_header (GBytes *bytes, DgLexiconHeader *header, gsize *size)
{
  const guint8 *data = g_bytes_get_data (bytes, size);

  if (*size < sizeof *header)
    return NULL;
  memcpy (header, data, sizeof *header);
  return data;
}

/* Takes @bytes into use if they are sound. */
static gboolean
adopt (DgLexicon *lexicon, GBytes *bytes)
{
  gsize           size;
  DgLexiconHeader header;
  const guint8   *data = read_header (bytes, &header, &size);

  if (data == NULL)
    return FALSE;
  if (header.magic != DG_LEXICON_MAGIC || header.format != DG_LEXICON_FORMAT || header.n_slots == 0 || (header.n_slots & (header.n_slots - 1)) != 0
      || size != sizeof header + (guint64) header.n_slots * sizeof (DgLexiconSlot) + (guint64) header.n_pool * sizeof (guint32))
    return FALSE;
  lexicon->bytes = g_bytes_ref (bytes);
  lexicon->slots = (const DgLexiconSlot *) (data + sizeof header);
  lexicon->pool = (const guint32 *) (data + sizeof header + header.n_slots * sizeof (DgLexiconSlot));
  lexicon->n_slots = header.n_slots;
  lexicon->n_pool = header.n_pool;
  return TRUE;
}

/* Compiled once a process and never changed. */
static GBytes *
get_english (void)
{
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    GBytes *english = dg_lexicon_compile_english ();

    g_once_init_leave (&ready, (gsize) english);
  }
  return (GBytes *) ready;
}

/* A language tag's primary subtag in lower case; FALSE for a tag of no language. */
static gboolean
read_subtag (const char *tag, char *lang, gsize size)
{
  gsize n = 0;

  while (tag != NULL && g_ascii_isalpha (tag[n]) && n + 1 < size) {
    lang[n] = g_ascii_tolower (tag[n]);
    n++;
  }
  lang[n] = '\0';
  return n >= 2 && strcmp (lang, "und") != 0;
}

/* The lexicon of @lang where it cannot be kept as @name: compiled once a process, and never freed.  Lent. */
static GBytes *
get_compiled (const char *lang, const char *name)
{
  static GMutex      mutex;
  static GHashTable *made; /* GBytes, by the name of the file that each would be in */
  GBytes            *bytes;

  g_mutex_lock (&mutex);
  if (made == NULL)
    made = g_hash_table_new (g_str_hash, g_str_equal);
  bytes = g_hash_table_lookup (made, name);
  if (bytes == NULL) {
    bytes = dg_lexicon_compile (lang);
    g_hash_table_insert (made, g_strdup (name), bytes);
  }
  g_mutex_unlock (&mutex);
  return bytes;
}

/* Compiles the lexicon of @lang and keeps it as @name.  FALSE, before it is compiled, where nothing can be kept. */
static gboolean
keep_compiled (const char *lang, const char *name)
{
  g_autoptr (GBytes) bytes = NULL;

  if (dg_cache_miss ("lexicon", lang) || !dg_cache_can_keep ())
    return FALSE;
  bytes = dg_lexicon_compile (lang);
  dg_cache_keep (name, bytes);
  return TRUE;
}

/* A kept file that is mapped, and what tells it from another in its place. */
typedef struct {
  GBytes     *bytes;
  struct stat state;
} Mapped;

static void
free_mapped (gpointer data)
{
  Mapped *mapped = data;

  g_bytes_unref (mapped->bytes);
  g_free (mapped);
}

static gboolean
is_same_file (const struct stat *one, const struct stat *other)
{
  return one->st_dev == other->st_dev && one->st_ino == other->st_ino && one->st_size == other->st_size && one->st_mtim.tv_sec == other->st_mtim.tv_sec
         && one->st_mtim.tv_nsec == other->st_mtim.tv_nsec;
}

static gboolean
is_whole (GBytes *bytes)
{
  gsize           size;
  DgLexiconHeader header;
  const guint8   *data = read_header (bytes, &header, &size);

  return data != NULL && header.checksum == dg_cache_sum (data, size, G_STRUCT_OFFSET (DgLexiconHeader, checksum));
}

/* What is kept as @name and whole, the lexicon of @lang; summed once a process and again only where it is another, for every
 * dispatch asks for it and a new mapping's pages are all to be found anew.  NULL where there is none.  Free with g_bytes_unref. */
static GBytes *
map_kept (const char *lang, const char *name)
{
  static GMutex      mutex;
  static GHashTable *by_lang; /* Mapped */
  struct stat        state;
  g_autoptr (GBytes) found = dg_cache_find (name, &state);
  const Mapped *known;
  GBytes       *bytes = NULL;

  if (found == NULL)
    return NULL;
  g_mutex_lock (&mutex);
  if (by_lang == NULL)
    by_lang = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_mapped);
  known = g_hash_table_lookup (by_lang, lang);
  if (known != NULL && is_same_file (&known->state, &state)) {
    bytes = g_bytes_ref (known->bytes);
  } else if (is_whole (found)) {
    Mapped mapped = { g_bytes_ref (found), state };

    bytes = g_bytes_ref (found);
    g_hash_table_replace (by_lang, g_strdup (lang), g_memdup2 (&mapped, sizeof mapped));
  }
  g_mutex_unlock (&mutex);
  return bytes;
}

/* FALSE where nothing is kept as @name, or nothing that is whole. */
static gboolean
take_kept (DgLexicon *lexicon, const char *lang, const char *name)
{
  g_autoptr (GBytes) bytes = map_kept (lang, name);

  return bytes != NULL && adopt (lexicon, bytes);
}

DgLexicon *
dg_lexicon_new (const char *tag)
{
  DgLexicon       *lexicon = g_new0 (DgLexicon, 1);
  char             lang[9];
  g_autofree char *name = NULL;

  if (!read_subtag (tag, lang, sizeof lang))
    return lexicon;
  if (strcmp (lang, "en") == 0) {
    adopt (lexicon, get_english ());
    return lexicon;
  }
  name = dg_lexicon_dup_name (lang);
  /* Where nothing can be kept a run takes longer, but pairs the same. */
  if (!take_kept (lexicon, lang, name) && !(keep_compiled (lang, name) && take_kept (lexicon, lang, name)))
    adopt (lexicon, get_compiled (lang, name));
  if (dg_lexicon_borrows (lang))
    lexicon->lender = dg_lexicon_new ("ar");
  return lexicon;
}

gboolean
dg_lexicon_prepare (const char *tag, GHashTable *names, const char *folder, GError **error)
{
  char             lang[9];
  g_autofree char *name = NULL, *path = NULL;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!read_subtag (tag, lang, sizeof lang) || strcmp (lang, "en") == 0)
    return TRUE;
  name = dg_lexicon_dup_name (lang);
  path = g_build_filename (folder, name, NULL);
  if (!g_hash_table_add (names, g_strdup (name)))
    return TRUE;
  file = g_mapped_file_new (path, FALSE, NULL);
  bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  if (bytes != NULL && is_whole (bytes))
    return TRUE;
  g_clear_pointer (&bytes, g_bytes_unref);
  bytes = dg_lexicon_compile (lang);
  return dg_cache_write (folder, name, bytes, error);
}

void
dg_lexicon_free (DgLexicon *lexicon)
{
  if (lexicon == NULL)
    return;
  dg_lexicon_free (lexicon->lender);
  g_clear_pointer (&lexicon->bytes, g_bytes_unref);
  g_free (lexicon);
}

const guint32 *
dg_lexicon_find (const DgLexicon *lexicon, DgLexiconKey key, const DgWord *word, guint *n)
{
  guint32 hash = dg_lexicon_key (key, word), slot;

  *n = 0;
  if (lexicon->bytes == NULL || word->n == 0)
    return NULL;
  slot = (hash >> 3) & (lexicon->n_slots - 1);
  /* Whole when it was mapped, but who can write to the cache can still alter it: no more steps than slots, nothing beyond the pool. */
  for (guint32 step = 0; step < lexicon->n_slots && lexicon->slots[slot].key != 0; step++) {
    if (lexicon->slots[slot].key == hash) {
      guint32 where = lexicon->slots[slot].where;

      if (where >= lexicon->n_pool || lexicon->pool[where] >= lexicon->n_pool - where)
        return NULL;
      *n = lexicon->pool[where];
      return *n > 0 ? lexicon->pool + where + 1 : NULL;
    }
    slot = (slot + 1) & (lexicon->n_slots - 1);
  }
  return lexicon->lender != NULL ? dg_lexicon_find (lexicon->lender, key, word, n) : NULL;
}
