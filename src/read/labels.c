/* labels.c: a hash of folded phrases and of the words that they begin with; a phrase may be of several kinds and languages.  Those of a script
 * are folded when a text asks for the first of them. */
#include "read/labels.h"

#include "diglot.h"
#include "base/keyfile.h"
#include "base/lang.h"
#include "base/utf.h"

#include <string.h>

/* A phrase has no more words than the longest in the file; a line is looked through as far as a notice to subscribers may stand in it. */
enum {
  LABEL_BYTES = 96,
  MAX_WORDS = 6,
  PHRASE_WORDS = 8,
  LINE_WORDS = 40,
  LINE_BYTES = 640,
  WORDS_BYTES = 2 * LINE_BYTES,
  TAG_BYTES = 16,
  STRINGS_BYTES = 32768
};

/* A phrase, folded, or its words alone, or the first word of phrases: what it is of each, as bits of kinds. */
typedef struct {
  guint kinds;     /* of those that are looked for by their signs too */
  guint langs;     /* the languages that have it as one of these */
  guint words;     /* by its words alone, of all kinds */
  guint firsts;    /* those of @kinds that begin with it, so that most words are done with one look */
  guint n_longest; /* the words of the longest phrase that begins with it */
} Entry;

/* A phrase as it stands in a file. */
typedef struct {
  const char *text;
  guint8      kind, lang;
} Phrase;

/* What begins with the letters of some scripts. */
typedef struct {
  GArray       *phrases; /* Phrase: not in the hash yet */
  GHashTable   *entries; /* folded -> a place in list, from 1 */
  GStringChunk *keys;
  GArray       *list;  /* Entry */
  gsize         ready; /* g_once */
} Shelf;

enum { N_SHELVES = 5 }; /* Latin and signs, Greek and Cyrillic, Hebrew, Arabic, all others */

struct DgLabels {
  Shelf        *shelves;
  GStringChunk *strings;
  GPtrArray    *groups;      /* their names; a language's bit is its group's place */
  GHashTable   *bits;        /* the same, by primary subtags in lower case */
  gsize         joint_bytes; /* of the longest word that joins two agencies */
};

/* The shelf of what begins with @ch, folded. */
static guint
find_shelf (gunichar ch)
{
  return ch < 0x370 ? 0 : ch < 0x590 ? 1 : ch < 0x600 ? 2 : ch < 0x780 ? 3 : 4;
}

static gboolean
is_cjk (gunichar ch)
{
  return (ch >= 0x3040 && ch <= 0x30FF) || (ch >= 0x3400 && ch <= 0x9FFF) || (ch >= 0xF900 && ch <= 0xFAFF);
}

/* The folded words of @text, a space between, into @out of WORDS_BYTES; the ends of the words to @ends, the number of words before the first
 * colon to @colon.  Numbers are none; a character of a script without spaces is one. */
static guint
split_words (const char *text, gsize length, char *out, gsize *ends, guint max, guint *colon)
{
  guint    n = 0;
  gsize    used = 0;
  gboolean inside = FALSE;

  for (const char *p = text, *end = text + length; p < end && n <= max && used + 8 < WORDS_BYTES;) {
    gunichar ch = dg_utf8_read (&p), folded = dg_fold_char (ch);

    if (folded == 0)
      continue;
    if ((dg_char_traits (folded) & DG_CHAR_ALPHA) == 0) {
      if (*colon == 0 && (folded == ':' || folded == 0xFF1A))
        *colon = n;
      inside = FALSE;
      continue;
    }
    if (!inside || is_cjk (folded)) {
      if (n == max)
        break;
      if (n > 0)
        out[used++] = ' ';
      n++;
      inside = !is_cjk (folded);
    }
    used += dg_utf8_write (folded, out + used);
    ends[n - 1] = used;
  }
  out[used] = '\0';
  return n;
}

/* Where @shelf is that of @key, its entry, a new one where there is none; lent until the next call.  NULL: it belongs elsewhere. */
static Entry *
take_entry (const DgLabels *labels, Shelf *shelf, const char *key)
{
  guint place;

  if (&labels->shelves[find_shelf (g_utf8_get_char (key))] != shelf)
    return NULL;
  place = GPOINTER_TO_UINT (g_hash_table_lookup (shelf->entries, key));
  if (place == 0) {
    g_array_set_size (shelf->list, shelf->list->len + 1);
    place = shelf->list->len;
    g_hash_table_insert (shelf->entries, g_string_chunk_insert (shelf->keys, key), GUINT_TO_POINTER (place));
  }
  return &g_array_index (shelf->list, Entry, place - 1);
}

static void
add_words (const DgLabels *labels, Shelf *shelf, const Phrase *phrase)
{
  char   words[WORDS_BYTES];
  gsize  ends[PHRASE_WORDS];
  guint  colon = 0, n = split_words (phrase->text, MIN (strlen (phrase->text), (gsize) LINE_BYTES), words, ends, PHRASE_WORDS, &colon);
  Entry *entry = n > 0 ? take_entry (labels, shelf, words) : NULL;

  if (entry == NULL)
    return;
  entry->words |= 1u << phrase->kind;
  if (n > 1) {
    words[ends[0]] = '\0';
    entry = take_entry (labels, shelf, words);
  }
  entry->n_longest = MAX (entry->n_longest, n);
}

static void
add_phrase (const DgLabels *labels, Shelf *shelf, const Phrase *phrase)
{
  char   folded[LABEL_BYTES];
  gsize  first;
  Entry *entry;

  add_words (labels, shelf, phrase);
  if (phrase->kind > DG_LABEL_LAST_OF_LINES || dg_fold (phrase->text, strlen (phrase->text), folded, sizeof folded) == 0)
    return;
  entry = take_entry (labels, shelf, folded);
  if (entry == NULL)
    return;
  entry->kinds |= 1u << phrase->kind;
  entry->langs |= 1u << phrase->lang;
  first = strcspn (folded, " ");
  if (folded[first] != '\0') {
    folded[first] = '\0';
    entry = take_entry (labels, shelf, folded);
  }
  entry->firsts |= 1u << phrase->kind;
}

/* Made when first asked for; another thread that asks meanwhile waits. */
static const Shelf *
get_shelf (const DgLabels *labels, const char *folded)
{
  Shelf *shelf = &labels->shelves[find_shelf (g_utf8_get_char (folded))];

  if (g_once_init_enter (&shelf->ready)) {
    for (guint i = 0; i < shelf->phrases->len; i++)
      add_phrase (labels, shelf, &g_array_index (shelf->phrases, Phrase, i));
    g_once_init_leave (&shelf->ready, 1);
  }
  return shelf;
}

static const Entry *
get_entry (const DgLabels *labels, const char *folded)
{
  const Shelf *shelf = get_shelf (labels, folded);
  guint        place = GPOINTER_TO_UINT (g_hash_table_lookup (shelf->entries, folded));

  return place > 0 ? &g_array_index (shelf->list, Entry, place - 1) : NULL;
}

/* Puts a phrase on the shelf of its first sign and, where another one, on that of its first letter, as it is looked for by either. */
static void
shelve (DgLabels *labels, const char *text, DgLabelKind kind, guint lang)
{
  const Phrase phrase = { g_string_chunk_insert (labels->strings, text), (guint8) kind, (guint8) MIN (lang, 31) };
  const char  *p = text;
  guint        first = N_SHELVES;

  while (*p != '\0') {
    gunichar folded = dg_fold_char (dg_utf8_read (&p));
    gboolean letter = (dg_char_traits (folded) & DG_CHAR_ALPHA) != 0;

    if (folded == 0 || folded == ' ')
      continue;
    if (first == N_SHELVES || (letter && find_shelf (folded) != first))
      g_array_append_val (labels->shelves[find_shelf (folded)].phrases, phrase);
    if (letter)
      break;
    first = first == N_SHELVES ? find_shelf (folded) : first;
  }
  if (kind == DG_LABEL_JOINT)
    labels->joint_bytes = MAX (labels->joint_bytes, strlen (text));
}

static gboolean
find_kind (const char *key, DgLabelKind *kind)
{
  static const char *const keys[] = {
#define _(id, name) name,
    DG_LABEL_TABLE (_)
#undef _
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i], key) == 0) {
      *kind = (DgLabelKind) i;
      return TRUE;
    }
  return FALSE;
}

/* The primary subtag of @lang in lower case, as languages are compared by (dg_lang_equal). */
static const char *
write_primary (const char *lang, char *out, gsize size)
{
  gsize n = MIN (strcspn (lang, "-_"), size - 1);

  for (gsize i = 0; i < n; i++)
    out[i] = g_ascii_tolower (lang[i]);
  out[n] = '\0';
  return out;
}

/* The place of a group: several files may have one of a name. */
static guint
number_group (DgLabels *labels, const char *group)
{
  char  primary[TAG_BYTES];
  guint place;

  if (g_ptr_array_find_with_equal_func (labels->groups, group, g_str_equal, &place))
    return place;
  place = labels->groups->len;
  g_ptr_array_add (labels->groups, g_strdup (group));
  if (!g_hash_table_contains (labels->bits, write_primary (group, primary, sizeof primary)))
    g_hash_table_insert (labels->bits, g_strdup (primary), GUINT_TO_POINTER (1u << MIN (place, 31)));
  return place;
}

static gboolean
read_group (GKeyFile *file, const char *path, const char *group, gpointer data, GError **error)
{
  DgLabels *labels = data;
  guint     lang = number_group (labels, group);
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    g_autofree char *phrases = NULL;
    DgLabelKind      kind;

    if (!find_kind (keys[i], &kind)) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s: there is no key \"%s\", in group [%s]", path, keys[i], group);
      return FALSE;
    }
    phrases = g_key_file_get_value (file, group, keys[i], NULL);
    for (char *phrase = phrases, *next; phrase != NULL; phrase = next) {
      next = strchr (phrase, ';');
      if (next != NULL)
        *next++ = '\0';
      shelve (labels, g_strstrip (phrase), kind, lang);
    }
  }
  return TRUE;
}

static void
free_labels (DgLabels *labels)
{
  for (guint i = 0; i < N_SHELVES; i++) {
    g_array_unref (labels->shelves[i].phrases);
    g_hash_table_unref (labels->shelves[i].entries);
    g_string_chunk_free (labels->shelves[i].keys);
    g_array_unref (labels->shelves[i].list);
  }
  g_free (labels->shelves);
  g_string_chunk_free (labels->strings);
  g_ptr_array_unref (labels->groups);
  g_hash_table_unref (labels->bits);
  g_free (labels);
}

static DgLabels *
load_labels (GError **error)
{
  DgLabels *labels = g_new0 (DgLabels, 1);

  labels->shelves = g_new0 (Shelf, N_SHELVES);
  for (guint i = 0; i < N_SHELVES; i++) {
    labels->shelves[i].phrases = g_array_new (FALSE, FALSE, sizeof (Phrase));
    labels->shelves[i].entries = g_hash_table_new (g_str_hash, g_str_equal);
    labels->shelves[i].keys = g_string_chunk_new (STRINGS_BYTES);
    labels->shelves[i].list = g_array_new (FALSE, TRUE, sizeof (Entry));
  }
  labels->strings = g_string_chunk_new (STRINGS_BYTES);
  labels->groups = g_ptr_array_new_with_free_func (g_free);
  labels->bits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (dg_keyfile_each_group (DG_LABELS_FILE, read_group, labels, error))
    return labels;
  free_labels (labels);
  return NULL;
}

const DgLabels *
dg_labels_get (GError **error)
{
  static const DgLabels *cached;
  DgLabels              *labels;

  if (g_atomic_pointer_get (&cached) != NULL)
    return g_atomic_pointer_get (&cached);
  labels = load_labels (error);
  if (labels != NULL && !g_atomic_pointer_compare_and_exchange (&cached, NULL, labels))
    free_labels (labels); /* another thread was first */
  return g_atomic_pointer_get (&cached);
}

guint
dg_labels_lang_bit (const DgLabels *labels, const char *lang)
{
  char primary[TAG_BYTES];

  return GPOINTER_TO_UINT (g_hash_table_lookup (labels->bits, write_primary (lang, primary, sizeof primary)));
}

gboolean
dg_labels_has (const DgLabels *labels, const char *lang)
{
  return g_ptr_array_find_with_equal_func (labels->groups, lang, g_str_equal, NULL);
}

static const Entry *
look_up (const DgLabels *labels, const char *text, gsize length)
{
  char folded[LABEL_BYTES];

  if (length == 0 || dg_fold (text, length, folded, sizeof folded) == 0)
    return NULL;
  return get_entry (labels, folded);
}

/* TRUE where @text is a phrase of @kind, signs and all. */
static gboolean
is_phrase (const DgLabels *labels, DgLabelKind kind, const char *text, gsize length)
{
  const Entry *entry = look_up (labels, text, length);

  return entry != NULL && (entry->kinds & 1u << kind) != 0;
}

/* TRUE where a phrase of @kind begins with the word @text, signs and all. */
static gboolean
is_first (const DgLabels *labels, DgLabelKind kind, const char *text, gsize length)
{
  const Entry *entry = look_up (labels, text, length);

  return entry != NULL && (entry->firsts & 1u << kind) != 0;
}

/* A label may carry a number or a credit: "Photo 2:", "Photo (AFP):", "Photo/AFP:". */
static gsize
trim_label (const char *text, gsize length)
{
  const char *paren = memchr (text, '(', length), *slash = memchr (text, '/', length);

  if (paren != NULL && paren > text)
    length = (gsize) (paren - text);
  if (slash != NULL && slash > text && slash < text + length)
    length = (gsize) (slash - text);
  while (length > 0) {
    const char *last = g_utf8_find_prev_char (text, text + length);
    gunichar    ch = last != NULL ? g_utf8_get_char (last) : 0;

    if (last == NULL || !(g_unichar_isspace (ch) || dg_digit_value (ch) >= 0 || ch == '*' || ch == ']' || ch == ')'))
      break;
    length = (gsize) (last - text);
  }
  return length;
}

/* A colon ends a label; so does, after a space, a dash or a bar. */
static gboolean
find_colon (const char *text, gsize length, gsize *start, gsize *end)
{
  const char *stop = text + MIN (length, (gsize) LABEL_BYTES), *last_dash = NULL;
  gboolean    spaced = FALSE;

  for (const char *p = text; p < stop; p = g_utf8_next_char (p)) {
    gunichar ch;

    if ((guchar) *p < 0x80 && *p != ':' && *p != ' ' && *p != '-' && *p != '|' && *p != '\t') {
      spaced = FALSE;
      continue;
    }
    ch = g_utf8_get_char (p);
    if (ch == ':' || ch == 0xFF1A || ch == 0xFE55) {
      *start = (gsize) (p - text);
      *end = (gsize) (g_utf8_next_char (p) - text);
      return TRUE;
    }
    if (spaced && last_dash == NULL && (ch == '-' || ch == '|' || ch == 0x2013 || ch == 0x2014 || ch == 0x2015 || ch == 0x2212))
      last_dash = p;
    spaced = g_unichar_isspace (ch);
  }
  if (last_dash == NULL)
    return FALSE;
  *start = (gsize) (last_dash - text);
  *end = (gsize) (g_utf8_next_char (last_dash) - text);
  return TRUE;
}

gsize
dg_labels_match (const DgLabels *labels, const char *text, gsize length, guint *kinds, guint *langs)
{
  const Entry *entry;
  gsize        start, end, skip = 0;

  if (!find_colon (text, length, &start, &end))
    return 0;
  while (skip < start && strchr ("([*-_ ", text[skip]) != NULL)
    skip++;
  entry = look_up (labels, text + skip, trim_label (text + skip, start - skip));
  if (entry == NULL || entry->kinds == 0)
    return 0;
  if (kinds != NULL)
    *kinds = entry->kinds;
  if (langs != NULL)
    *langs = entry->langs;
  return end;
}

gboolean
dg_labels_is (const DgLabels *labels, DgLabelKind kind, const char *text, gsize length)
{
  const Entry *entry;

  if (length > LABEL_BYTES)
    return FALSE;
  entry = look_up (labels, text, length);
  if ((entry == NULL || entry->kinds == 0) && length > 1 && strchr (".!*", text[length - 1]) != NULL)
    return is_phrase (labels, kind, text, length - 1);
  return entry != NULL && (entry->kinds & 1u << kind) != 0;
}

/* The phrases that words @first onwards begin with: bits of kinds; those that end with the last word in @whole, those of several words or
 * with @colon words in @strong. */
static guint
match_words (const DgLabels *labels, char *words, const gsize *ends, guint n, guint first, guint colon, guint *whole, guint *strong)
{
  const char *start = words + (first > 0 ? ends[first - 1] + 1 : 0);
  guint       n_longest = 1, kinds = 0;

  for (guint k = first; k < n && k - first < n_longest; k++) {
    const Entry *entry;
    char         after = words[ends[k]];

    words[ends[k]] = '\0';
    entry = get_entry (labels, start);
    words[ends[k]] = after;
    if (entry != NULL) {
      n_longest = k == first ? entry->n_longest : n_longest;
      kinds |= entry->words;
      if (k + 1 == n)
        *whole |= entry->words;
      if (k > first || k + 1 == colon)
        *strong |= entry->words;
    }
  }
  return kinds;
}

void
dg_labels_find_phrases (const DgLabels *labels, const char *text, gsize length, DgPhrases *found)
{
  char  words[WORDS_BYTES];
  gsize ends[LINE_WORDS];
  guint colon = 0, n = split_words (text, MIN (length, (gsize) LINE_BYTES), words, ends, LINE_WORDS, &colon);

  *found = (DgPhrases){ 0 };
  for (guint i = 0; i < n; i++) {
    guint whole = 0, strong = 0, kinds = match_words (labels, words, ends, n, i, colon, &whole, &strong);

    found->within |= kinds;
    found->n_networks += (kinds & 1u << DG_LABEL_NETWORKS) != 0;
    found->n_buttons += (kinds & (1u << DG_LABEL_NETWORKS | 1u << DG_LABEL_FURNITURE)) != 0;
    if (i == 0) {
      found->begins = strong | whole;
      found->first = kinds;
      found->whole = n == LINE_WORDS ? 0 : whole;
    }
  }
}

/* The copyright sign is a word of its own. */
static gboolean
is_word_char (gunichar ch)
{
  return ch == 0xA9 || dg_is_word_char (ch);
}

/* Bytes of white space, or of ink, that @text begins with. */
static gsize
measure_span (const char *text, gsize length, gboolean blank)
{
  gsize n = 0;

  while (n < length && (text[n] == ' ' || text[n] == '\t') == blank)
    n++;
  return n;
}

/* Bytes of ink up to white space or a slash. */
static gsize
measure_word (const char *text, gsize length)
{
  gsize n = measure_span (text, length, FALSE);
  char *slash = memchr (text, '/', n);

  return slash != NULL ? (gsize) (slash - text) : n;
}

/* The ends of the first words of @text, relative to its start; a point, hyphen or bracket inside a word stays in it ("أ.ف.ب"), a slash parts two. */
static guint
find_words (const char *text, gsize length, gsize *ends)
{
  gsize at = 0;
  guint n = 0;

  while (at < length && n < MAX_WORDS) {
    at += measure_span (text + at, length - at, TRUE);
    at += text[at] == '/';
    at += measure_word (text + at, length - at);
    ends[n++] = at;
  }
  return n;
}

gboolean
dg_labels_begins (const DgLabels *labels, DgLabelKind kind, const char *text, gsize length)
{
  gsize ends[MAX_WORDS];
  guint n = find_words (text, MIN (length, (gsize) LABEL_BYTES), ends);

  if (length >= 2 && memcmp (text, "\xC2\xA9", 2) == 0) /* the copyright sign stands close to what follows */
    ends[0] = 2;
  if (n == 0 || !is_first (labels, kind, text, ends[0]))
    return FALSE;
  for (; n > 0; n--)
    if (ends[n - 1] <= LABEL_BYTES && is_phrase (labels, kind, text, ends[n - 1]))
      return TRUE;
  return FALSE;
}

/* The end of @text[0, length) without its last sign; 0 where it ends in a letter or digit, or has no other. */
static gsize
drop_sign (const char *text, gsize length)
{
  const char *last = g_utf8_find_prev_char (text, text + length);

  return last == NULL || is_word_char (g_utf8_get_char (last)) ? 0 : (gsize) (last - text);
}

/* TRUE where the word @text[0, length), or that without the signs behind it, begins an agency's name. */
static gboolean
begins_agency (const DgLabels *labels, const char *text, gsize length)
{
  for (; length > 0; length = drop_sign (text, length))
    if (is_first (labels, DG_LABEL_AGENCIES, text, length))
      return TRUE;
  return FALSE;
}

/* Length of the longest agency's name that @text begins with; 0 for none. */
static gsize
measure_agency (const DgLabels *labels, const char *text, gsize length)
{
  gsize ends[MAX_WORDS], blank = measure_span (text, length, TRUE);
  guint n;

  if (!begins_agency (labels, text, blank + measure_word (text + blank, length - blank))) /* most words: only one is looked up */
    return 0;
  for (n = find_words (text, length, ends); n > 0; n--)
    for (gsize end = ends[n - 1]; end > 0; end = drop_sign (text, end))
      if (end <= LABEL_BYTES && is_phrase (labels, DG_LABEL_AGENCIES, text, end))
        return end;
  return 0;
}

/* TRUE for a word that joins two agencies: "and", "avec". */
static gboolean
is_joint (const DgLabels *labels, const char *word, gsize length)
{
  const Entry *entry = length <= labels->joint_bytes ? look_up (labels, word, length) : NULL;

  return entry != NULL && (entry->words & 1u << DG_LABEL_JOINT) != 0;
}

guint
dg_labels_strip_agencies (const DgLabels *labels, const char *text, gsize length, GString *rest)
{
  const char *p = text, *end = text + length;
  guint       n = 0;

  while (p < end) {
    gunichar ch = g_utf8_get_char (p);
    gsize    size;

    if (!is_word_char (ch)) {
      g_string_append_unichar (rest, ch);
      p = g_utf8_next_char (p);
      continue;
    }
    size = measure_agency (labels, p, (gsize) (end - p));
    if (size == 0 && ch == 0x0648) { /* Arabic "and", written with the next word */
      size = measure_agency (labels, p + 2, (gsize) (end - p - 2));
      size += size > 0 ? 2 : 0;
    }
    if (size > 0) {
      n++;
      p += size;
      continue;
    }
    for (const char *q = p; q < end && is_word_char (g_utf8_get_char (q)); q = g_utf8_next_char (q))
      size = (gsize) (g_utf8_next_char (q) - p);
    if (!is_joint (labels, p, size))
      g_string_append_len (rest, p, (gssize) size);
    p += size;
  }
  return n;
}
