/* ngrams.c: the tables stay as they are in the files, which are mapped; an index of their lines is all that is made of them. */
#include "base/ngrams.h"

#include "base/datadir.h"
#include "base/utf.h"
#include "diglot.h"

#include <string.h>

enum { FIRST = 0x21, STEPS = 4, MAX_GRAM = 4, MAX_WORD = 24, OFFSET_BITS = 20, WORD_BYTES = MAX_WORD * 4 + 2 };

struct DgNgrams {
  GMappedFile *file;
  const char  *text;
  guint        n_langs;
  char       **tags;
  float       *rarity;
  guint32     *slots; /* by an n-gram's hash: where its line begins, and bits of the hash; 0 for none, since the head comes first */
  guint        mask;
  gboolean     by_signs; /* of Han nothing but single signs */
};

G_STATIC_ASSERT (MAX_WORD * 4 + 2 <= G_MAXUINT8); /* places in a word are kept in bytes */

#define HASH_START 2166136261u

/* The hash of what @hash was made of with @bytes behind it. */
static guint
hash_on (guint hash, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) bytes[i]) * 16777619u;
  return hash;
}

static guint
finish_hash (guint hash)
{
  return hash ^ hash >> 15;
}

/* "en=0 de=0 la=12": the languages and their rarity. */
static gboolean
read_head (DgNgrams *ngrams, gsize length)
{
  g_autofree char *head = g_strndup (ngrams->text, length);

  ngrams->tags = g_strsplit (head, " ", -1);
  ngrams->n_langs = g_strv_length (ngrams->tags);
  if (ngrams->n_langs == 0 || ngrams->n_langs > DG_NGRAMS_MAX)
    return FALSE;
  ngrams->rarity = g_new0 (float, ngrams->n_langs);
  for (guint i = 0; i < ngrams->n_langs; i++) {
    char *sign = strchr (ngrams->tags[i], '=');

    if (sign == NULL)
      return FALSE;
    ngrams->rarity[i] = (float) g_ascii_strtod (sign + 1, NULL);
    *sign = '\0';
  }
  return TRUE;
}

/* The pairs of a line are of printable ASCII and name languages that the head has, so that scoring need not look. */
static gboolean
check_pairs (const DgNgrams *ngrams, const char *pairs, const char *end)
{
  if (pairs >= end || (end - pairs) % 2 != 0)
    return FALSE;
  for (; pairs < end; pairs += 2)
    if (pairs[0] < FIRST || (guint) (pairs[0] - FIRST) >= ngrams->n_langs || pairs[1] < FIRST || pairs[1] > '~')
      return FALSE;
  return TRUE;
}

static gboolean
index_lines (DgNgrams *ngrams, gsize size)
{
  const char *end = ngrams->text + size, *line = memchr (ngrams->text, '\n', size);
  guint       n = 0, n_slots = 64;

  if (line == NULL || size >> OFFSET_BITS != 0 || !read_head (ngrams, (gsize) (line - ngrams->text)))
    return FALSE;
  for (const char *p = ++line; (p = memchr (p, '\n', (gsize) (end - p))) != NULL; p++)
    n++;
  while (n_slots < n * 2)
    n_slots *= 2;
  ngrams->slots = g_new0 (guint32, n_slots);
  ngrams->mask = n_slots - 1;
  while (line < end) {
    const char *stop = memchr (line, '\n', (gsize) (end - line));
    const char *space = stop != NULL ? memchr (line, ' ', (gsize) (stop - line)) : NULL;
    guint       hash, slot;

    if (space == NULL || space == line || !check_pairs (ngrams, space + 1, stop))
      return FALSE;
    hash = finish_hash (hash_on (HASH_START, line, (gsize) (space - line)));
    for (slot = hash & ngrams->mask; ngrams->slots[slot] != 0; slot = (slot + 1) & ngrams->mask)
      ;
    ngrams->slots[slot] = (guint32) (line - ngrams->text) | (hash >> OFFSET_BITS << OFFSET_BITS);
    line = stop + 1;
  }
  return TRUE;
}

static void
free_ngrams (DgNgrams *ngrams)
{
  g_mapped_file_unref (ngrams->file);
  g_strfreev (ngrams->tags);
  g_free (ngrams->rarity);
  g_free (ngrams->slots);
  g_free (ngrams);
}

static DgNgrams *
read_table (DgScript script, GError **error)
{
  g_autofree char *name = g_strconcat (dg_lang_script_code (script), ".txt", NULL);
  g_autofree char *path = dg_datadir_path ("templates", "data", "ngrams", name, NULL);
  GMappedFile     *file = g_mapped_file_new (path, FALSE, error);
  DgNgrams        *ngrams;

  if (file == NULL)
    return NULL;
  ngrams = g_new0 (DgNgrams, 1);
  ngrams->file = file;
  ngrams->text = g_mapped_file_get_contents (file);
  ngrams->by_signs = script == DG_SCRIPT_HAN;
  if (ngrams->text == NULL || !index_lines (ngrams, g_mapped_file_get_length (file))) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "%s is spoilt", path);
    free_ngrams (ngrams);
    return NULL;
  }
  return ngrams;
}

const DgNgrams *
dg_ngrams_get (DgScript script, GError **error)
{
  static const DgNgrams *tables[DG_SCRIPT_COUNT];
  static GMutex          lock;
  const DgNgrams        *found;

  switch (script) {
  case DG_SCRIPT_LATIN:
  case DG_SCRIPT_ARABIC:
  case DG_SCRIPT_HEBREW:
  case DG_SCRIPT_CYRILLIC:
  case DG_SCRIPT_HAN:
  case DG_SCRIPT_BENGALI:
  case DG_SCRIPT_DEVANAGARI:
  case DG_SCRIPT_ETHIOPIC:
  case DG_SCRIPT_MYANMAR:
  case DG_SCRIPT_TIBETAN: break;
  default: return NULL;
  }
  g_mutex_lock (&lock);
  if (tables[script] == NULL)
    tables[script] = read_table (script, error);
  found = tables[script];
  g_mutex_unlock (&lock);
  return found;
}

guint
dg_ngrams_count (const DgNgrams *ngrams)
{
  return ngrams->n_langs;
}

const char *
dg_ngrams_tag (const DgNgrams *ngrams, guint index)
{
  g_return_val_if_fail (index < ngrams->n_langs, "und");
  return ngrams->tags[index];
}

int
dg_ngrams_index (const DgNgrams *ngrams, const char *lang)
{
  gsize longest = 0;
  int   found = -1;

  /* A region, or a script that goes without saying, makes no other language: "zh-Hant-HK", "en-GB". */
  for (guint i = 0; i < ngrams->n_langs; i++) {
    gsize length = strlen (ngrams->tags[i]);

    if (length > longest && g_ascii_strncasecmp (ngrams->tags[i], lang, length) == 0 && (lang[length] == '\0' || lang[length] == '-')) {
      longest = length;
      found = (int) i;
    }
  }
  return found;
}

gboolean
dg_ngrams_know (const char *lang)
{
  DgScript        script = dg_lang_script (lang);
  const DgNgrams *ngrams = dg_ngrams_get (script, NULL);

  if (ngrams == NULL || dg_lang_equal (lang, dg_lang_of_script (DG_SCRIPT_KANA)))
    return dg_lang_equal (lang, dg_lang_of_script (script)) || script == DG_SCRIPT_HAN;
  return dg_ngrams_index (ngrams, lang) >= 0;
}

float
dg_ngrams_rarity (const DgNgrams *ngrams, guint index)
{
  g_return_val_if_fail (index < ngrams->n_langs, 0);
  return ngrams->rarity[index];
}

/* Adds what the n-gram of the (unfinished) @hash says, in steps. */
static void
add_gram (const DgNgrams *ngrams, const char *gram, gsize length, guint hash, guint32 *steps)
{
  hash = finish_hash (hash);
  for (guint slot = hash & ngrams->mask; ngrams->slots[slot] != 0; slot = (slot + 1) & ngrams->mask) {
    const char *line = ngrams->text + (ngrams->slots[slot] & ((1u << OFFSET_BITS) - 1));
    gsize       same = 0;

    if ((ngrams->slots[slot] ^ hash) >> OFFSET_BITS != 0)
      continue;
    while (same < length && line[same] == gram[same]) /* a line's end is in no gram */
      same++;
    if (same < length || line[length] != ' ')
      continue;
    for (line += length + 1; *line != '\n'; line += 2)
      steps[line[0] - FIRST] += (guint32) (line[1] - FIRST);
    return;
  }
}

/* @at[i] is where the character @i of the word begins, the underscores before and behind it counted.  Of each place the longer n-grams' hashes
 * go on from the shorter ones'. */
static void
add_word (const DgNgrams *ngrams, const char *word, const guint8 *at, guint n_chars, guint32 *steps)
{
  guint n = n_chars + 2, most = ngrams->by_signs ? 1 : MAX_GRAM;

  for (guint i = 0; i < n; i++) {
    guint hash = HASH_START;

    for (guint size = 1; size <= most && i + size <= n; size++) {
      hash = hash_on (hash, word + at[i + size - 1], at[i + size] - at[i + size - 1]);
      if (size > 1 || (i > 0 && i <= n_chars)) /* an underscore alone is none */
        add_gram (ngrams, word + at[i], at[i + size] - at[i], hash, steps);
    }
  }
  if (n > MAX_GRAM && !ngrams->by_signs)
    add_gram (ngrams, word, at[n], hash_on (HASH_START, word, at[n]), steps);
}

/* Vowel signs of Arabic and most points of Hebrew, which a text may have or leave, and the letters' lengthening. */
static gboolean
is_left_out (gunichar ch)
{
  if (ch < 0x0591 || ch > 0x0670)
    return FALSE;
  if (ch <= 0x05C7)
    return ch != 0x05B7 && ch != 0x05B8 && ch != 0x05BC && ch != 0x05BF && g_unichar_ismark (ch);
  return ch == 0x0640 || ch == 0x0670 || (ch >= 0x064B && ch <= 0x0652);
}

/* TRUE for what stands between spaces but is no word of any language: www.example.org, a@b, x_1, 12:30. */
static gboolean
is_machine_word (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    char c = text[i];

    if (c == '@' || c == '_' || c == '\\' || c == '=' || g_ascii_isdigit (c))
      return TRUE;
    if ((c == '/' || c == '.') && i > 0 && i + 1 < length && g_ascii_isalnum (text[i - 1]) && g_ascii_isalnum (text[i + 1]))
      return TRUE;
  }
  return FALSE;
}

static guint
score_words (const DgNgrams *ngrams, const char *text, gsize length, guint32 *steps)
{
  const char *end = text + length;
  char        word[WORD_BYTES + 6];
  guint8      at[MAX_WORD + 3];
  guint       n_chars = 0, n_letters = 0;
  gsize       used = 1;

  word[0] = '_';
  at[0] = 0;
  at[1] = 1;
  while (text < end) {
    const char *stop = text;

    while (stop < end && *stop != ' ' && *stop != '\t')
      stop++;
    if (is_machine_word (text, (gsize) (stop - text)))
      text = stop;
    for (;;) {
      gboolean at_end = text >= stop;
      gunichar ch = at_end ? ' ' : dg_utf8_read (&text);
      guint    traits = dg_char_traits (ch);

      if (ch == 0x200C || (traits & DG_CHAR_ALPHA) != 0 || (ch >= 0x300 && (traits & DG_CHAR_MARK) != 0)) {
        if (n_chars < MAX_WORD && !is_left_out (ch)) {
          used += dg_utf8_write ((traits & DG_CHAR_HAS_SMALL) != 0 ? g_unichar_tolower (ch) : ch, word + used);
          at[++n_chars + 1] = (guint8) used;
        }
      } else if (n_chars > 0) {
        word[used] = '_';
        at[n_chars + 2] = (guint8) (used + 1);
        add_word (ngrams, word, at, n_chars, steps);
        n_letters += n_chars;
        n_chars = 0;
        used = 1;
      }
      if (at_end)
        break;
    }
    text = stop;
    while (text < end && (*text == ' ' || *text == '\t'))
      text++;
  }
  return n_letters;
}

guint
dg_ngrams_score (const DgNgrams *ngrams, const char *text, gsize length, float *scores)
{
  g_autofree char *composed = NULL;
  guint32          steps[DG_NGRAMS_MAX] = { 0 };
  guint            n_letters;

  /* Accents may be typed as characters of their own; the tables have them with their letters. */
  for (gsize i = 0; i + 1 < length; i++)
    if ((guchar) text[i] == 0xCC || ((guchar) text[i] == 0xCD && (guchar) text[i + 1] < 0xB0)) {
      composed = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFC);
      break;
    }
  n_letters = score_words (ngrams, composed != NULL ? composed : text, composed != NULL ? strlen (composed) : length, steps);
  for (guint i = 0; i < ngrams->n_langs; i++)
    scores[i] += (float) steps[i] / STEPS;
  return n_letters;
}
