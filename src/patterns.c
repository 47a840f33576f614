/* patterns.c: see patterns.h.
 *
 * The block: a Header, then the levels (HyphenDict), all states, all transitions, all strings, each as hyphen.h declares it. */
#include "patterns.h"

#include <string.h>
#include <libdeflate.h>

#include "cache.h"

#define VERSION "1"
#define MAGIC 0x31504844u      /* "DHP1" */

typedef struct {
  guint32 magic;
  guint32 n_levels, n_states, n_trans;
  guint32 n_chars;
  guint32 checksum;            /* of all that follows */
} Header;

struct DgPatterns {
  GBytes     *block;           /* NULL: the automaton is libhyphen's own */
  HyphenDict *dict;
};

static guint32
sum (const void *data, gsize length)
{
  return libdeflate_adler32 (1, data, length);
}

/* An offset in place of a pointer: 0 for NULL, else one more than the distance. */
static void *
offset (gsize distance)
{
  return (void *) (guintptr) (distance + 1);
}

/* Packing */

typedef struct {
  GArray     *levels, *states, *trans;
  GString    *chars;
  GHashTable *known;           /* string -> offset: many patterns have the same marks */
} Packer;

/* @text, @length bytes and a NUL, among the strings. */
static void *
pack_text (Packer *packer, const char *text, gsize length)
{
  gpointer at;

  if (text == NULL)
    return NULL;
  if (strlen (text) == length && g_hash_table_lookup_extended (packer->known, text, NULL, &at))
    return at;
  at = offset (packer->chars->len);
  g_string_append_len (packer->chars, text, (gssize) length + 1);
  g_hash_table_insert (packer->known, (gpointer) text, at);
  return at;
}

static void
pack_level (Packer *packer, const HyphenDict *dict)
{
  HyphenDict level;
  gsize      length = 0;

  /* Not even padding may differ from run to run. */
  memset (&level, 0, sizeof level);
  level.lhmin = dict->lhmin;
  level.rhmin = dict->rhmin;
  level.clhmin = dict->clhmin;
  level.crhmin = dict->crhmin;
  level.nohyphenl = dict->nohyphenl;
  level.num_states = dict->num_states;
  level.utf8 = dict->utf8;
  memcpy (level.cset, dict->cset, sizeof level.cset);
  level.states = offset (packer->states->len);
  level.nextlevel = dict->nextlevel != NULL ? offset (0) : NULL;
  /* So many strings, one after the other, and one more. */
  for (int i = 0; dict->nohyphen != NULL && i <= dict->nohyphenl; i++)
    length += strlen (dict->nohyphen + length) + (i < dict->nohyphenl);
  level.nohyphen = pack_text (packer, dict->nohyphen, length);
  g_array_append_val (packer->levels, level);

  for (int i = 0; i < dict->num_states; i++) {
    const HyphenState *from = &dict->states[i];
    HyphenState        state;

    memset (&state, 0, sizeof state);
    state.match = pack_text (packer, from->match, from->match != NULL ? strlen (from->match) : 0);
    state.repl = pack_text (packer, from->repl, from->repl != NULL ? strlen (from->repl) : 0);
    /* libhyphen sets these two for states with a match alone. */
    state.replindex = from->match != NULL ? from->replindex : 0;
    state.replcut = from->match != NULL ? from->replcut : 0;
    state.fallback_state = from->fallback_state;
    state.num_trans = from->num_trans;
    state.trans = from->num_trans > 0 ? offset (packer->trans->len) : NULL;
    g_array_append_val (packer->states, state);
    for (int k = 0; k < from->num_trans; k++) {
      HyphenTrans trans;

      memset (&trans, 0, sizeof trans);
      trans.ch = from->trans[k].ch;
      trans.new_state = from->trans[k].new_state;
      g_array_append_val (packer->trans, trans);
    }
  }
}

GBytes *
dg_patterns_pack (const HyphenDict *dict)
{
  Packer packer = {
    g_array_new (FALSE, FALSE, sizeof (HyphenDict)), g_array_new (FALSE, FALSE, sizeof (HyphenState)),
    g_array_new (FALSE, FALSE, sizeof (HyphenTrans)), g_string_new (NULL), g_hash_table_new (g_str_hash, g_str_equal),
  };
  GByteArray *block = g_byte_array_new ();
  Header      header = { MAGIC, 0, 0, 0, 0, 0 };

  for (const HyphenDict *level = dict; level != NULL; level = level->nextlevel)
    pack_level (&packer, level);
  header.n_levels = packer.levels->len;
  header.n_states = packer.states->len;
  header.n_trans = packer.trans->len;
  header.n_chars = (guint32) packer.chars->len;
  g_byte_array_append (block, (const guint8 *) &header, sizeof header);
  g_byte_array_append (block, (const guint8 *) packer.levels->data, header.n_levels * (guint) sizeof (HyphenDict));
  g_byte_array_append (block, (const guint8 *) packer.states->data, header.n_states * (guint) sizeof (HyphenState));
  g_byte_array_append (block, (const guint8 *) packer.trans->data, header.n_trans * (guint) sizeof (HyphenTrans));
  g_byte_array_append (block, (const guint8 *) packer.chars->str, header.n_chars);
  header.checksum = sum (block->data + sizeof header, block->len - sizeof header);
  memcpy (block->data, &header, sizeof header);
  g_array_unref (packer.levels);
  g_array_unref (packer.states);
  g_array_unref (packer.trans);
  g_string_free (packer.chars, TRUE);
  g_hash_table_unref (packer.known);
  return g_byte_array_free_to_bytes (block);
}

/* Unpacking */

static void
unpack_text (char **text, char *chars)
{
  *text = *text != NULL ? chars + (guintptr) *text - 1 : NULL;
}

HyphenDict *
dg_patterns_unpack (GBytes *block)
{
  gsize        size;
  char        *data = (char *) g_bytes_get_data (block, &size);
  Header       header;
  HyphenDict  *levels = (HyphenDict *) (void *) (data + sizeof header);
  HyphenState *states;
  HyphenTrans *trans;
  char        *chars;

  if (size < sizeof header)
    return NULL;
  memcpy (&header, data, sizeof header);
  if (header.magic != MAGIC || header.checksum != sum (data + sizeof header, size - sizeof header)
      || size != sizeof header + header.n_levels * sizeof *levels + header.n_states * sizeof *states + header.n_trans * sizeof *trans + header.n_chars)
    return NULL;
  states = (HyphenState *) (void *) (levels + header.n_levels);
  trans = (HyphenTrans *) (void *) (states + header.n_states);
  chars = (char *) (trans + header.n_trans);
  for (guint i = 0; i < header.n_levels; i++) {
    unpack_text (&levels[i].nohyphen, chars);
    levels[i].states = states + (guintptr) levels[i].states - 1;
    levels[i].nextlevel = i + 1 < header.n_levels ? &levels[i + 1] : NULL;
  }
  for (guint i = 0; i < header.n_states; i++) {
    unpack_text (&states[i].match, chars);
    unpack_text (&states[i].repl, chars);
    states[i].trans = states[i].num_trans > 0 ? trans + (guintptr) states[i].trans - 1 : NULL;
  }
  return levels;
}

/* The header's functions */

DgPatterns *
dg_patterns_new (const char *path)
{
  DgPatterns      *patterns = g_new0 (DgPatterns, 1);
  g_autofree char *name = dg_cache_dup_name ("hyphens", VERSION, path);

  if (name != NULL && (patterns->block = dg_cache_find (name)) != NULL)
    patterns->dict = dg_patterns_unpack (patterns->block);
  if (patterns->dict != NULL)
    return patterns;
  g_clear_pointer (&patterns->block, g_bytes_unref);
  patterns->dict = name != NULL ? hnj_hyphen_load (path) : NULL;
  if (patterns->dict != NULL) {
    g_autoptr (GBytes) block = dg_patterns_pack (patterns->dict);

    dg_cache_keep (name, block);
    return patterns;
  }
  g_free (patterns);
  return NULL;
}

void
dg_patterns_free (DgPatterns *patterns)
{
  if (patterns == NULL)
    return;
  if (patterns->block == NULL)
    hnj_hyphen_free (patterns->dict);
  g_clear_pointer (&patterns->block, g_bytes_unref);
  g_free (patterns);
}

HyphenDict *
dg_patterns_dict (DgPatterns *patterns)
{
  return patterns->dict;
}
