/* lexicon_compile.c: dictionaries, catalogues and tables of words as one file a language. */
#include "pair/lexicon.h"
#include "pair/lexicon_file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

#include "base/cache.h"
#include "base/input.h"
#include "pair/mofile.h"
#include "base/utf.h"
#include "pair/words.h"

#define LOCALES    "/usr/share/locale"
#define MOST_EXACT 24          /* concepts kept of a word */
#define MOST_STEM  24          /* of a stem */
#define MOST_ROOT  60          /* roots with more say nothing and stand empty */
#define MOST_BYTES (64u << 20) /* of a dictionary, packed and unpacked, and of its index */

typedef struct {
  const char *lang;    /* primary subtag */
  GHashTable *entries; /* key -> GArray of guint32 */
} Builder;

/* The catalogues of iso-codes. */
static const char *const domains[] = { "iso_3166-1", "iso_3166-2", "iso_639-2", "iso_4217" };

static void
add (Builder *builder, DgLexiconKey key, const DgWord *word, guint32 concept, guint most)
{
  gpointer hash = GUINT_TO_POINTER (dg_lexicon_key (key, word));
  GArray  *list = g_hash_table_lookup (builder->entries, hash);

  if (word->n == 0)
    return;
  if (list == NULL) {
    list = g_array_new (FALSE, FALSE, sizeof (guint32));
    g_hash_table_insert (builder->entries, hash, list);
  }
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, guint32, i) == concept)
      return;
  if (list->len < most)
    g_array_append_val (list, concept);
}

/* A word or two of the language as a sequence of folded ones; FALSE where there are more, or none. */
static gboolean
read_words (const char *text, gsize length, DgWord *word)
{
  DgWord parts[2];
  guint  n = 0;

  parts[0].n = 0;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (g_unichar_isspace (ch) || ch == '_' || ch == '-') {
      if (n < 2 && parts[n].n > 0 && ++n < 2)
        parts[n].n = 0;
      continue;
    }
    if (ch == '\'' || ch == 0x2019 || ch == 0x02BC)
      continue;
    if (!g_unichar_isalnum (ch) && !g_unichar_ismark (ch) && g_unichar_type (ch) != G_UNICODE_FORMAT && g_unichar_type (ch) != G_UNICODE_MODIFIER_LETTER)
      return FALSE;
    if (n >= 2)
      return FALSE;
    dg_word_append (&parts[n], ch);
  }
  if (n < 2 && parts[n].n > 0)
    n++;
  if (n == 0)
    return FALSE;
  if (n == 1)
    *word = parts[0];
  else
    dg_lexicon_join (&parts[0], &parts[1], word);
  return TRUE;
}

/* Files @concept under a word of the language in all its forms. */
static void
file (Builder *builder, const char *text, gsize length, guint32 concept, gboolean arabic)
{
  DgWord   word, stem, root;
  gboolean joined;

  if (!read_words (text, length, &word))
    return;
  joined = FALSE;
  for (guint i = 0; i < word.n; i++)
    joined |= word.ch[i] == ' ';
  add (builder, DG_LEXICON_EXACT, &word, concept, MOST_EXACT);
  if (joined)
    return;
  if (!arabic) {
    dg_stem_other (&word, &stem);
    if (strcmp (builder->lang, "en") != 0)
      add (builder, DG_LEXICON_STEM, &stem, concept, MOST_STEM);
    return;
  }
  dg_stem_arabic (&word, &stem);
  add (builder, DG_LEXICON_STEM, &stem, concept, MOST_STEM);
  dg_stem_arabic_root (&stem, &root);
  if ((concept & 7) == DG_CONCEPT_WORD)
    add (builder, DG_LEXICON_ROOT, &root, (concept & ~7u) | DG_CONCEPT_ROOT, MOST_ROOT + 1);
}

/* The concept of one English word; 0 for a stop word, a phrase or no word. */
static guint32
conceive (const char *text, gsize length)
{
  DgWord word, stem;

  if (length > 3 && strncmp (text, "to ", 3) == 0) {
    text += 3;
    length -= 3;
  }
  if (!read_words (text, length, &word) || word.n < 3)
    return 0;
  for (guint i = 0; i < word.n; i++)
    if (word.ch[i] == ' ')
      return 0;
  if (dg_stem_is_stop (&word))
    return 0;
  dg_stem_english (&word, &stem);
  return dg_word_hash (&stem, DG_CONCEPT_WORD);
}

/* Files a row's words in the language under all that the row means. */
static void
file_row (Builder *builder, const char *words, const char *meanings, gboolean arabic)
{
  gboolean english = strcmp (builder->lang, "en") == 0;

  for (gsize n; *meanings != '\0'; meanings += n + (meanings[n] == ' ')) {
    guint32 concept;
    DgWord name;

    n = strcspn (meanings, " ");
    /* English words are their own concepts but for months and numbers. */
    if (english && *meanings != '@' && *meanings != '#')
      continue;
    dg_word_set (&name, meanings + 1, n - 1);
    concept = *meanings == '@' ? dg_word_hash (&name, DG_CONCEPT_MONTH) : *meanings == '#' ? dg_word_hash (&name, DG_CONCEPT_NUMBER) : conceive (meanings, n);
    if (concept == 0)
      continue;
    for (const char *p = words; *p != '\0';) {
      gsize m = strcspn (p, " ");

      file (builder, p, m, concept, arabic);
      p += m + (p[m] == ' ');
    }
  }
}

static void
file_common (Builder *builder, const char *lang, gboolean arabic)
{
  int column = dg_words_column (lang);

  for (guint row = 0; column >= 0 && row < dg_words_count (); row++) {
    const char *words = dg_words_get (row, column);

    if (words != NULL)
      file_row (builder, words, dg_words_concept (row), arabic);
  }
}

/* Files each word of a name under each word of its English form. */
static void
file_name (Builder *builder, const char *local, const char *pivot, gboolean arabic)
{
  gboolean done = FALSE;

  if (strcmp (local, pivot) == 0)
    return;
  for (const char *p = pivot; *p != '\0' && !done;) {
    gsize n = strcspn (p, " ,(-&");
    guint32 concept = conceive (p, n);

    done = p[n] == ',' || p[n] == '(' || p[n] == '\0';
    for (const char *q = local; concept != 0 && *q != '\0';) {
      gsize m = strcspn (q, " ,(-");

      file (builder, q, m, concept, arabic);
      if (q[m] == ',' || q[m] == '(' || q[m] == '\0')
        break;
      q += m + 1;
    }
    p += n + (done ? 0 : 1);
  }
}

static void
file_icu_name (Builder *builder, const UChar *name, const UChar *english, gboolean arabic)
{
  char       local[256], pivot[256];
  UErrorCode status = U_ZERO_ERROR;

  u_strToUTF8 (local, sizeof local, NULL, name, -1, &status);
  u_strToUTF8 (pivot, sizeof pivot, NULL, english, -1, &status);
  if (U_SUCCESS (status) && status != U_STRING_NOT_TERMINATED_WARNING)
    file_name (builder, local, pivot, arabic);
}

static void
file_cldr (Builder *builder, const char *lang, gboolean arabic)
{
  UErrorCode                         status = U_ZERO_ERROR;
  UChar                              name[128], english[128];
  const char *const                 *codes = uloc_getISOCountries ();
  UEnumeration                      *currencies;
  const char                        *code;
  static const UDateFormatSymbolType kinds[] = { UDAT_MONTHS, UDAT_STANDALONE_MONTHS, UDAT_WEEKDAYS, UDAT_STANDALONE_WEEKDAYS };
  UDateFormat                       *dates;

  for (; *codes != NULL; codes++) {
    char locale[16];

    g_snprintf (locale, sizeof locale, "und_%s", *codes);
    status = U_ZERO_ERROR;
    uloc_getDisplayCountry (locale, lang, name, G_N_ELEMENTS (name), &status);
    uloc_getDisplayCountry (locale, "en", english, G_N_ELEMENTS (english), &status);
    if (U_SUCCESS (status) && status != U_USING_DEFAULT_WARNING)
      file_icu_name (builder, name, english, arabic);
  }
  for (codes = uloc_getISOLanguages (); *codes != NULL; codes++) {
    status = U_ZERO_ERROR;
    uloc_getDisplayLanguage (*codes, lang, name, G_N_ELEMENTS (name), &status);
    uloc_getDisplayLanguage (*codes, "en", english, G_N_ELEMENTS (english), &status);
    if (U_SUCCESS (status) && status != U_USING_DEFAULT_WARNING)
      file_icu_name (builder, name, english, arabic);
  }
  status = U_ZERO_ERROR;
  currencies = ucurr_openISOCurrencies (UCURR_COMMON | UCURR_NON_DEPRECATED, &status);
  while (U_SUCCESS (status) && (code = uenum_next (currencies, NULL, &status)) != NULL) {
    UErrorCode   found = U_ZERO_ERROR;
    int32_t      n_name = 0, n_english = 0;
    UBool        is_choice;
    UChar        iso[4];
    const UChar *from, *to;

    u_charsToUChars (code, iso, 4);
    from = ucurr_getName (iso, lang, UCURR_LONG_NAME, &is_choice, &n_name, &found);
    to = ucurr_getName (iso, "en", UCURR_LONG_NAME, &is_choice, &n_english, &found);
    if (U_SUCCESS (found) && found != U_USING_DEFAULT_WARNING)
      file_icu_name (builder, from, to, arabic);
  }
  uenum_close (currencies);
  status = U_ZERO_ERROR;
  dates = udat_open (UDAT_DEFAULT, UDAT_DEFAULT, lang, NULL, -1, NULL, 0, &status);
  for (guint k = 0; U_SUCCESS (status) && k < G_N_ELEMENTS (kinds); k++) {
    gboolean weekday = k >= 2;
    int32_t  n = MIN (udat_countSymbols (dates, kinds[k]), weekday ? 8 : 12);

    for (int32_t i = weekday ? 1 : 0; i < n; i++) {
      char       text[256], number[8];
      UErrorCode found = U_ZERO_ERROR;
      DgWord     word;
      int32_t    length = udat_getSymbols (dates, kinds[k], i, name, G_N_ELEMENTS (name), &found);

      u_strToUTF8 (text, sizeof text, NULL, name, length, &found);
      if (U_FAILURE (found) || found == U_STRING_NOT_TERMINATED_WARNING)
        continue;
      /* Named as in words.c: months m1 to m12, weekdays d1 (Sunday) to d7. */
      g_snprintf (number, sizeof number, "%c%d", weekday ? 'd' : 'm', weekday ? i : i + 1);
      dg_word_set (&word, number, strlen (number));
      file (builder, text, strlen (text), dg_word_hash (&word, DG_CONCEPT_MONTH), arabic);
    }
  }
  if (dates != NULL)
    udat_close (dates);
}

static void
file_message (const char *original, const char *translation, gpointer data)
{
  Builder *builder = data;

  file_name (builder, translation, original, strcmp (builder->lang, "ar") == 0);
}

/* The catalogue of iso-codes for a domain ("iso_3166-1") in a language.  Free with g_free. */
static char *
find_catalogue (const char *lang, const char *domain)
{
  const char      *folder = g_getenv ("DIGLOT_DICTIONARIES");
  g_autofree char *locales = folder != NULL ? g_build_filename (folder, "locale", NULL) : g_strdup (LOCALES);
  g_autofree char *name = g_strconcat (domain, ".mo", NULL);

  return g_build_filename (locales, lang, "LC_MESSAGES", name, NULL);
}

/* Names of countries, their parts, languages and currencies that iso-codes has beyond CLDR's. */
static void
file_iso_codes (Builder *builder, const char *lang)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
    g_autofree char *path = find_catalogue (lang, domains[i]);

    dg_mo_read (path, file_message, builder);
  }
}

/* Unpacks NAME.dict.dz or NAME.dict of a dictd dictionary; NULL where it is not there or cannot be read. */
static GByteArray *
load_dictionary (const char *folder, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.dict.dz", folder, name);
  gsize            size;
  char            *packed = dg_input_read_plain (path, MOST_BYTES, &size, NULL);
  g_autoptr (GInputStream) raw = NULL;
  g_autoptr (GZlibDecompressor) unzip = NULL;
  g_autoptr (GInputStream) stream = NULL;
  GByteArray *all = NULL;
  guint8      block[16384];
  gssize      n;

  if (packed == NULL)
    return NULL;
  raw = g_memory_input_stream_new_from_data (packed, (gssize) size, g_free);
  unzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  stream = g_converter_input_stream_new (raw, G_CONVERTER (unzip));
  all = g_byte_array_new ();
  while ((n = g_input_stream_read (stream, block, sizeof block, NULL, NULL)) > 0 && all->len < MOST_BYTES)
    g_byte_array_append (all, block, (guint) n);
  if (n < 0 || !g_utf8_validate ((const char *) all->data, all->len, NULL)) {
    g_byte_array_unref (all);
    return NULL;
  }
  return all;
}

static guint64
read_base64 (const char *text, gsize length)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  guint64           value = 0;

  for (gsize i = 0; i < length && text[i] != '\0'; i++) {
    const char *digit = strchr (digits, text[i]);

    if (digit == NULL)
      return G_MAXUINT32;
    value = (value << 6 | (guint64) (digit - digits)) & G_MAXUINT32;
  }
  return value;
}

/* One entry: the headword in the first line, before pronunciation and part of speech; below it the translations, numbered or parted by
 * commas.  @to_english tells which of them is the language's word. */
static void
file_entry (Builder *builder, const char *entry, gsize length, gboolean to_english, gboolean arabic)
{
  const char *end = entry + length, *line = memchr (entry, '\n', length);
  gsize       head = 0;
  guint32 concept = 0;

  if (line == NULL)
    return;
  while (entry + head < line && entry[head] != '/' && entry[head] != '<' && entry[head] != '[')
    head++;
  while (head > 0 && entry[head - 1] == ' ')
    head--;
  if (!to_english && (concept = conceive (entry, head)) == 0)
    return;
  for (const char *p = line + 1; p < end;) {
    const char *stop = p;

    while (p < end && (g_ascii_isdigit (*p) || *p == '.' || *p == ' ' || *p == '\n' || *p == ',' || *p == ';'))
      p++;
    stop = p;
    while (stop < end && *stop != ',' && *stop != ';' && *stop != '\n'
           && !((guchar) stop[0] == 0xD8 && stop + 1 < end && ((guchar) stop[1] == 0x8C || (guchar) stop[1] == 0x9B)))
      stop++;
    if (stop > p) {
      if (!to_english)
        file (builder, p, (gsize) (stop - p), concept, arabic);
      else if ((concept = conceive (p, (gsize) (stop - p))) != 0)
        file (builder, entry, head, concept, arabic);
    }
    /* Past the Arabic comma's two bytes, or one of ASCII. */
    p = stop < end && (guchar) *stop == 0xD8 ? stop + 2 : stop + 1;
  }
}

static void
file_dictionary (Builder *builder, const char *folder, const char *name, gboolean to_english, gboolean arabic)
{
  g_autoptr (GByteArray) text = load_dictionary (folder, name);
  g_autofree char *path = g_strdup_printf ("%s/%s.index", folder, name);
  g_autofree char *index = text != NULL ? dg_input_read_plain (path, MOST_BYTES, NULL, NULL) : NULL;
  g_auto (GStrv) lines = NULL;

  if (index == NULL)
    return;
  lines = g_strsplit (index, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    const char *offset = strchr (*line, '\t');
    const char *length = offset != NULL ? strchr (offset + 1, '\t') : NULL;
    guint64     from, n;

    if (length == NULL || g_str_has_prefix (*line, "00"))
      continue;
    from = read_base64 (offset + 1, (gsize) (length - offset - 1));
    n = read_base64 (length + 1, strlen (length + 1));
    /* The index is not trusted to keep to characters. */
    if (from + n > text->len || !g_utf8_validate ((const char *) text->data + from, (gssize) n, NULL))
      continue;
    file_entry (builder, (const char *) text->data + from, n, to_english, arabic);
  }
}

/* The dictionaries between a language and English: "freedict-ara-eng", "freedict-eng-ara". */
static void
name_dictionaries (const char *lang, char *to_english, char *from_english, gsize size)
{
  const char *iso3 = uloc_getISO3Language (lang);

  g_snprintf (to_english, size, "freedict-%s-eng", iso3);
  g_snprintf (from_english, size, "freedict-eng-%s", iso3);
}

gboolean
dg_lexicon_has_dictionary (const char *lang)
{
  char names[2][64];

  name_dictionaries (lang, names[0], names[1], sizeof names[0]);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s.index", dg_lexicon_folder (), names[i]);

    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return TRUE;
  }
  return FALSE;
}

static void
file_language (Builder *builder, const char *lang)
{
  gboolean arabic = strcmp (lang, "ar") == 0;
  char     to_english[64], from_english[64];

  name_dictionaries (lang, to_english, from_english, sizeof to_english);
  file_common (builder, lang, arabic);
  if (strcmp (lang, "en") == 0)
    return;
  file_cldr (builder, lang, arabic);
  file_iso_codes (builder, lang);
  file_dictionary (builder, dg_lexicon_folder (), to_english, TRUE, arabic);
  file_dictionary (builder, dg_lexicon_folder (), from_english, FALSE, arabic);
}

static gint
compare_keys (gconstpointer a, gconstpointer b)
{
  guint32 x = GPOINTER_TO_UINT (*(const gconstpointer *) a), y = GPOINTER_TO_UINT (*(const gconstpointer *) b);

  return x < y ? -1 : x > y;
}

/* Entries as a file's bytes.  Keys go in in order, so that the bytes do not hang on the hash table's. */
static GBytes *
pack (const Builder *builder)
{
  guint                     n_keys;
  g_autofree gpointer      *keys = g_hash_table_get_keys_as_array (builder->entries, &n_keys);
  g_autofree DgLexiconSlot *slots = NULL;
  g_autoptr (GArray) pool = g_array_new (FALSE, FALSE, sizeof (guint32));
  GByteArray     *bytes = g_byte_array_new ();
  DgLexiconHeader header = { DG_LEXICON_MAGIC, DG_LEXICON_FORMAT, 16, 0, 0 };

  while (header.n_slots < 2 * n_keys)
    header.n_slots *= 2;
  slots = g_new0 (DgLexiconSlot, header.n_slots);
  qsort (keys, n_keys, sizeof keys[0], compare_keys);
  for (guint i = 0; i < n_keys; i++) {
    const GArray *list = g_hash_table_lookup (builder->entries, keys[i]);
    guint32       key = GPOINTER_TO_UINT (keys[i]), n = (key & 7) == DG_LEXICON_ROOT && list->len > MOST_ROOT ? 0 : list->len;
    guint32       slot = (key >> 3) & (header.n_slots - 1);

    while (slots[slot].key != 0)
      slot = (slot + 1) & (header.n_slots - 1);
    slots[slot] = (DgLexiconSlot){ key, pool->len };
    g_array_append_val (pool, n);
    g_array_append_vals (pool, list->data, n);
  }
  header.n_pool = pool->len;
  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  g_byte_array_append (bytes, (const guint8 *) slots, header.n_slots * (guint) sizeof slots[0]);
  g_byte_array_append (bytes, (const guint8 *) pool->data, pool->len * (guint) sizeof (guint32));
  header.checksum = dg_cache_sum (bytes->data, bytes->len, G_STRUCT_OFFSET (DgLexiconHeader, checksum));
  memcpy (bytes->data, &header, sizeof header);
  return g_byte_array_free_to_bytes (bytes);
}

static Builder
begin (const char *lang)
{
  return (Builder){ lang, g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref) };
}

GBytes *
dg_lexicon_compile (const char *lang)
{
  Builder builder = begin (lang);
  GBytes *bytes;

  file_language (&builder, lang);
  bytes = pack (&builder);
  g_hash_table_unref (builder.entries);
  return bytes;
}

GBytes *
dg_lexicon_compile_english (void)
{
  Builder builder = begin ("en");
  GBytes *bytes;

  file_common (&builder, builder.lang, FALSE);
  bytes = pack (&builder);
  g_hash_table_unref (builder.entries);
  return bytes;
}

static void
sign_file (GChecksum *sum, const char *path)
{
  g_autofree char *line = NULL;
  GStatBuf         info;

  if (g_stat (path, &info) != 0)
    return;
  line =
    g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld\n", path, (gint64) info.st_size, (gint64) info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
  g_checksum_update (sum, (const guchar *) line, -1);
}

static void
sign_dictionary (GChecksum *sum, const char *folder, const char *name)
{
  static const char *const endings[] = { "dict.dz", "index" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s.%s", folder, name, endings[i]);

    sign_file (sum, path);
  }
}

static void
sign_catalogues (GChecksum *sum, const char *lang)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
    g_autofree char *path = find_catalogue (lang, domains[i]);

    sign_file (sum, path);
  }
}

char *
dg_lexicon_dup_name (const char *lang)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  char to_english[64], from_english[64];

  name_dictionaries (lang, to_english, from_english, sizeof to_english);
  g_checksum_update (sum, (const guchar *) U_ICU_VERSION, -1);
  sign_dictionary (sum, dg_lexicon_folder (), to_english);
  sign_dictionary (sum, dg_lexicon_folder (), from_english);
  sign_catalogues (sum, lang);
  return g_strdup_printf ("lexicon.%s.%d-%.16s", lang, DG_LEXICON_FORMAT, g_checksum_get_string (sum));
}
