/* labels.c: a hash of folded phrases; a phrase may be of several kinds and languages. */
#include "read/labels.h"

#include "diglot.h"
#include "base/keyfile.h"
#include "base/lang.h"
#include "base/utf.h"

#include <string.h>

/* A phrase has no more words than the longest in the file; a line is looked through as far as a notice to subscribers may stand in it. */
enum { LABEL_BYTES = 96, MAX_WORDS = 6, PHRASE_WORDS = 8, LINE_WORDS = 40, LINE_BYTES = 640 };

#define JOINT_BYTES 6 /* of the longest word that joins two agencies */

typedef struct {
  guint kinds;
  guint langs;
} Entry;

struct DgLabels {
  GHashTable *entries;       /* folded phrase -> Entry */
  GHashTable *phrases;       /* phrases by their words alone -> bits of kinds */
  GHashTable *phrase_firsts; /* the first word of each -> the number of words of its longest phrase */
  GHashTable *firsts;        /* the first word of each phrase -> bits of kinds, so that most lines are done with one look */
  GPtrArray  *groups;        /* their names; a language's bit is its group's place */
};

static gboolean
is_cjk (gunichar ch)
{
  return (ch >= 0x3040 && ch <= 0x30FF) || (ch >= 0x3400 && ch <= 0x9FFF) || (ch >= 0xF900 && ch <= 0xFAFF);
}

/* The folded words of @text, a space between, into @out; the ends of the words to @ends, the number of
 * words before the first colon to @colon.  Numbers are none; a character of a script
 * without spaces is one. */
static guint
split_words (const char *text, gsize length, GString *out, gsize *ends, guint max, guint *colon)
{
  guint    n = 0;
  gboolean inside = FALSE;

  for (const char *p = text, *end = text + length; p < end && n <= max;) {
    gunichar ch = dg_utf8_read (&p), folded = dg_fold_char (ch);

    if (folded == 0)
      continue;
    if (!g_unichar_isalpha (folded)) {
      if (*colon == 0 && (folded == ':' || folded == 0xFF1A))
        *colon = n;
      inside = FALSE;
      continue;
    }
    if (!inside || is_cjk (folded)) {
      if (n == max)
        break;
      if (n > 0)
        g_string_append_c (out, ' ');
      n++;
      inside = !is_cjk (folded);
    }
    g_string_append_unichar (out, folded);
    ends[n - 1] = out->len;
  }
  return n;
}

static void
add_words (DgLabels *labels, const char *phrase, DgLabelKind kind)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gsize ends[PHRASE_WORDS];
  guint colon = 0, n = split_words (phrase, strlen (phrase), words, ends, PHRASE_WORDS, &colon), longest;

  if (n == 0)
    return;
  g_hash_table_replace (labels->phrases, g_strdup (words->str),
                        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (labels->phrases, words->str)) | 1u << kind));
  g_string_truncate (words, ends[0]);
  longest = GPOINTER_TO_UINT (g_hash_table_lookup (labels->phrase_firsts, words->str));
  g_hash_table_replace (labels->phrase_firsts, g_strdup (words->str), GUINT_TO_POINTER (MAX (longest, n)));
}

static void
add_phrase (DgLabels *labels, const char *phrase, DgLabelKind kind, guint lang)
{
  char   folded[LABEL_BYTES];
  Entry *entry;

  add_words (labels, phrase, kind);
  if (kind > DG_LABEL_LAST_OF_LINES)
    return;
  if (dg_fold (phrase, strlen (phrase), folded, sizeof folded) == 0)
    return;
  entry = g_hash_table_lookup (labels->entries, folded);
  if (entry == NULL) {
    entry = g_new0 (Entry, 1);
    g_hash_table_insert (labels->entries, g_strdup (folded), entry);
  }
  entry->kinds |= 1u << kind;
  folded[strcspn (folded, " ")] = '\0';
  g_hash_table_replace (labels->firsts, g_strdup (folded), GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (labels->firsts, folded)) | 1u << kind));
  entry->langs |= 1u << MIN (lang, 31);
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

/* The bit of a group: several files may have one of a name. */
static guint
number_group (DgLabels *labels, const char *group)
{
  guint place;

  if (!g_ptr_array_find_with_equal_func (labels->groups, group, g_str_equal, &place)) {
    place = labels->groups->len;
    g_ptr_array_add (labels->groups, g_strdup (group));
  }
  return place;
}

static gboolean
read_group (GKeyFile *file, const char *path, const char *group, gpointer data, GError **error)
{
  DgLabels *labels = data;
  guint     lang = number_group (labels, group);
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    g_auto (GStrv) phrases = NULL;
    DgLabelKind kind;

    if (!find_kind (keys[i], &kind)) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s: there is no key \"%s\", in group [%s]", path, keys[i], group);
      return FALSE;
    }
    phrases = g_key_file_get_string_list (file, group, keys[i], NULL, NULL);
    for (guint k = 0; phrases != NULL && phrases[k] != NULL; k++)
      add_phrase (labels, g_strstrip (phrases[k]), kind, lang);
  }
  return TRUE;
}

static void
free_labels (DgLabels *labels)
{
  g_hash_table_unref (labels->entries);
  g_hash_table_unref (labels->firsts);
  g_hash_table_unref (labels->phrases);
  g_hash_table_unref (labels->phrase_firsts);
  g_ptr_array_unref (labels->groups);
  g_free (labels);
}

static DgLabels *
load_labels (GError **error)
{
  DgLabels *labels = g_new0 (DgLabels, 1);

  labels->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  labels->firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  labels->phrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  labels->phrase_firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  labels->groups = g_ptr_array_new_with_free_func (g_free);
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
  for (guint i = 0; i < labels->groups->len; i++)
    if (dg_lang_equal (labels->groups->pdata[i], lang))
      return 1u << MIN (i, 31);
  return 0;
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
  return g_hash_table_lookup (labels->entries, folded);
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
  if (entry == NULL)
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
  if (entry == NULL && length > 1 && strchr (".!*", text[length - 1]) != NULL)
    entry = look_up (labels, text, length - 1);
  return entry != NULL && (entry->kinds & 1u << kind) != 0;
}

/* The phrases that words @first onwards begin with: bits of kinds; those that end with the last word in @whole, those of several words or
 * with @colon words in @strong. */
static guint
match_words (const DgLabels *labels, const char *words, const gsize *ends, guint n, guint first, guint colon, guint *whole, guint *strong)
{
  gsize start = first > 0 ? ends[first - 1] + 1 : 0;
  char  key[LINE_BYTES];
  guint longest, kinds = 0;

  if (ends[first] - start >= sizeof key)
    return 0;
  memcpy (key, words + start, ends[first] - start);
  key[ends[first] - start] = '\0';
  longest = GPOINTER_TO_UINT (g_hash_table_lookup (labels->phrase_firsts, key));
  for (guint k = first; k < n && k - first < longest && ends[k] - start < sizeof key; k++) {
    guint found;

    memcpy (key, words + start, ends[k] - start);
    key[ends[k] - start] = '\0';
    found = GPOINTER_TO_UINT (g_hash_table_lookup (labels->phrases, key));
    kinds |= found;
    if (k + 1 == n)
      *whole |= found;
    if (k > first || k + 1 == colon)
      *strong |= found;
  }
  return kinds;
}

void
dg_labels_find_phrases (const DgLabels *labels, const char *text, gsize length, DgPhrases *found)
{
  g_autoptr (GString) words = g_string_sized_new (128);
  gsize ends[LINE_WORDS];
  guint colon = 0, n = split_words (text, MIN (length, (gsize) LINE_BYTES), words, ends, LINE_WORDS, &colon);

  *found = (DgPhrases){ 0 };
  for (guint i = 0; i < n; i++) {
    guint whole = 0, strong = 0, kinds = match_words (labels, words->str, ends, n, i, colon, &whole, &strong);

    found->within |= kinds;
    found->n_networks += (kinds & 1u << DG_LABEL_NETWORKS) != 0;
    if (i == 0) {
      found->begins = strong | whole;
      found->first = kinds;
      found->whole = n == LINE_WORDS ? 0 : whole;
    }
  }
}

static gboolean
is_word_char (gunichar ch)
{
  return g_unichar_isalnum (ch) || g_unichar_ismark (ch) || ch == 0x200C || ch == 0x0640 || ch == 0xA9 || ch == '\'' || ch == 0x2019;
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

/* The ends of the first words of @text, relative to its start; a point, hyphen or bracket inside a word stays in it ("أ.ف.ب"). */
static guint
find_words (const char *text, gsize length, gsize *ends)
{
  gsize at = 0;
  guint n = 0;

  while (at < length && n < MAX_WORDS) {
    at += measure_span (text + at, length - at, TRUE);
    at += measure_span (text + at, length - at, FALSE);
    ends[n++] = at;
  }
  return n;
}

gboolean
dg_labels_begins (const DgLabels *labels, DgLabelKind kind, const char *text, gsize length)
{
  gsize ends[MAX_WORDS];
  guint n = find_words (text, MIN (length, (gsize) LABEL_BYTES), ends);
  char  first[LABEL_BYTES];

  if (length >= 2 && memcmp (text, "\xC2\xA9", 2) == 0) /* the copyright sign stands close to what follows */
    ends[0] = 2;
  if (n == 0 || dg_fold (text, ends[0], first, sizeof first) == 0 || (GPOINTER_TO_UINT (g_hash_table_lookup (labels->firsts, first)) & 1u << kind) == 0)
    return FALSE;
  for (; n > 0; n--) {
    const Entry *entry = ends[n - 1] <= LABEL_BYTES ? look_up (labels, text, ends[n - 1]) : NULL;

    if (entry != NULL && (entry->kinds & 1u << kind) != 0)
      return TRUE;
  }
  return FALSE;
}

static const Entry *
find_agency (const DgLabels *labels, const char *text, gsize length)
{
  const Entry *entry = look_up (labels, text, length);

  return entry != NULL && (entry->kinds & 1u << DG_LABEL_AGENCIES) != 0 ? entry : NULL;
}

/* TRUE where the word @text[0, length), or that without the signs behind it, begins an agency's name. */
static gboolean
begins_agency (const DgLabels *labels, const char *text, gsize length)
{
  char first[LABEL_BYTES];

  while (length > 0) {
    const char *last;

    if (dg_fold (text, length, first, sizeof first) > 0 && (GPOINTER_TO_UINT (g_hash_table_lookup (labels->firsts, first)) & 1u << DG_LABEL_AGENCIES) != 0)
      return TRUE;
    last = g_utf8_find_prev_char (text, text + length);
    if (last == NULL || is_word_char (g_utf8_get_char (last)))
      return FALSE;
    length = (gsize) (last - text);
  }
  return FALSE;
}

/* Length of the longest agency's name that @text begins with; 0 for none. */
static gsize
measure_agency (const DgLabels *labels, const char *text, gsize length)
{
  gsize ends[MAX_WORDS];
  guint n = find_words (text, length, ends);

  if (n == 0 || !begins_agency (labels, text, ends[0])) /* most words: only one is looked up */
    return 0;
  for (; n > 0; n--) {
    gsize end = ends[n - 1];

    while (end > 0) {
      const char *last;

      if (end <= LABEL_BYTES && find_agency (labels, text, end) != NULL)
        return end;
      last = g_utf8_find_prev_char (text, text + end);
      if (last == NULL || is_word_char (g_utf8_get_char (last)))
        break;
      end = (gsize) (last - text);
    }
  }
  return 0;
}

guint
dg_labels_strip_agencies (const DgLabels *labels, const char *text, gsize length, GString *rest)
{
  static const char *const joints[] = { "and", "et", "und", "y", "e", "ve", "och", "en", "и", "και", "و", "with", "avec", "مع" };
  const char              *p = text, *end = text + length;
  guint                    n = 0;

  while (p < end) {
    gunichar ch = g_utf8_get_char (p);
    gsize    size;
    gboolean joint = FALSE;

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
    while (p + size < end && is_word_char (g_utf8_get_char (p + size)))
      size += (gsize) (g_utf8_next_char (p + size) - (p + size));
    for (guint i = 0; size <= JOINT_BYTES && i < G_N_ELEMENTS (joints); i++)
      joint = joint || (strlen (joints[i]) == size && g_ascii_strncasecmp (p, joints[i], size) == 0);
    if (!joint)
      g_string_append_len (rest, p, (gssize) size);
    p += size;
  }
  return n;
}
