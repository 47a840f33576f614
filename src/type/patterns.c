/* patterns.c: see patterns.h.
 *
 * The block: a Header, then the levels (HyphenDict), all states, all transitions, all strings, each as hyphen.h declares it.  Its pointers
 * are right where the block lies at the place of the header, and are moved where it lies elsewhere: of German's 14 MB a dispatch looks at
 * little, but to move them all takes 5 ms. */
#include "type/patterns.h"

#include <string.h>

#include "base/cache.h"

#define VERSION "2"
#define MAGIC   0x32504844u /* "DHP2" */

typedef struct {
  guint64 place;    /* address for which the pointers are made */
  guint32 checksum; /* of all else */
  guint32 magic;
  guint32 n_levels, n_states, n_trans;
  guint32 n_chars;
} Header;

G_STATIC_ASSERT (sizeof (Header) % sizeof (void *) == 0);

struct DgPatterns {
  GBytes     *block; /* NULL: the automaton is libhyphen's own */
  HyphenDict *dict;
};

static guint32
sum (const char *block, gsize size)
{
  return dg_cache_sum (block, size, G_STRUCT_OFFSET (Header, checksum));
}

/* Where the parts of a block lie in it. */
typedef struct {
  HyphenDict  *levels;
  HyphenState *states;
  HyphenTrans *trans;
  char        *chars;
} Parts;

static Parts
find_parts (char *block, const Header *header)
{
  Parts parts;

  parts.levels = (HyphenDict *) (void *) (block + sizeof *header);
  parts.states = (HyphenState *) (void *) (parts.levels + header->n_levels);
  parts.trans = (HyphenTrans *) (void *) (parts.states + header->n_states);
  parts.chars = (char *) (parts.trans + header->n_trans);
  return parts;
}

static guint64
measure (const Header *header)
{
  return sizeof *header + (guint64) header->n_levels * sizeof (HyphenDict) + (guint64) header->n_states * sizeof (HyphenState)
         + (guint64) header->n_trans * sizeof (HyphenTrans) + header->n_chars;
}

static void *
move (const void *pointer, guintptr by)
{
  return pointer != NULL ? (void *) ((guintptr) pointer + by) : NULL;
}

/* Moves all pointers, by as much as the part has moved that they lead to. */
static void
move_pointers (const Parts *parts, const Header *header, guintptr levels, guintptr states, guintptr trans, guintptr chars)
{
  for (guint i = 0; i < header->n_levels; i++) {
    HyphenDict *level = &parts->levels[i];

    level->nohyphen = move (level->nohyphen, chars);
    level->states = move (level->states, states);
    level->nextlevel = move (level->nextlevel, levels);
  }
  for (guint i = 0; i < header->n_states; i++) {
    HyphenState *state = &parts->states[i];

    state->match = move (state->match, chars);
    state->repl = move (state->repl, chars);
    state->trans = move (state->trans, trans);
  }
}

/* A pointer into a part of which it is not known yet where it will lie: 0 for NULL, else one more than the distance from its start. */
static void *
offset (gsize distance)
{
  return (void *) (guintptr) (distance + 1);
}

/* Packing */

typedef struct {
  GArray     *levels, *states, *trans;
  GString    *chars;
  GHashTable *known; /* string -> offset: many patterns have the same marks */
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
  level.states = offset (packer->states->len * sizeof (HyphenState));
  level.nextlevel = dict->nextlevel != NULL ? offset ((packer->levels->len + 1) * sizeof level) : NULL;
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
    state.trans = from->num_trans > 0 ? offset (packer->trans->len * sizeof (HyphenTrans)) : NULL;
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
    g_array_new (FALSE, FALSE, sizeof (HyphenDict)),  g_array_new (FALSE, FALSE, sizeof (HyphenState)),
    g_array_new (FALSE, FALSE, sizeof (HyphenTrans)), g_string_new (NULL),
    g_hash_table_new (g_str_hash, g_str_equal),
  };
  GByteArray *block = g_byte_array_new ();
  Header      header = { .magic = MAGIC };
  Parts       parts;
  guintptr    by;

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
  header.place = dg_cache_choose_place (block->len);
  parts = find_parts ((char *) block->data, &header);
  by = (guintptr) header.place - (guintptr) block->data - 1;
  move_pointers (&parts, &header, by + (guintptr) parts.levels, by + (guintptr) parts.states, by + (guintptr) parts.trans, by + (guintptr) parts.chars);
  memcpy (block->data, &header, sizeof header);
  header.checksum = sum ((const char *) block->data, block->len);
  memcpy (block->data, &header, sizeof header);
  g_array_unref (packer.levels);
  g_array_unref (packer.states);
  g_array_unref (packer.trans);
  g_string_free (packer.chars, TRUE);
  g_hash_table_unref (packer.known);
  return g_byte_array_free_to_bytes (block);
}

/* Unpacking */

HyphenDict *
dg_patterns_unpack (GBytes *block)
{
  gsize    size;
  char    *data = (char *) g_bytes_get_data (block, &size);
  Header   header;
  Parts    parts;
  guintptr by;

  if (size < sizeof header)
    return NULL;
  memcpy (&header, data, sizeof header);
  if (header.magic != MAGIC || size != measure (&header) || header.checksum != sum (data, size))
    return NULL;
  parts = find_parts (data, &header);
  by = (guintptr) data - (guintptr) header.place;
  if (by != 0)
    move_pointers (&parts, &header, by, by, by, by);
  return parts.levels;
}

/* The header's functions */

DgPatterns *
dg_patterns_new (const char *path)
{
  DgPatterns      *patterns = g_new0 (DgPatterns, 1);
  g_autofree char *name = dg_cache_dup_name ("hyphens", VERSION, path);

  if (name != NULL && (patterns->block = dg_cache_find_placed (name)) != NULL)
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
