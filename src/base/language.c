/* language.c: the files' groups in a hash of hashes; each language that was asked for is worked out once and kept. */
#include "base/language.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ures.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/input.h"
#include "base/keyfile.h"
#include "base/nearest.h"
#include "diglot.h"

enum { ISO_BYTES = 8 * 1024 * 1024, TAG_BYTES = 36, LOCALE_BYTES = 96 };

/* The list of all languages, of the package iso-codes: only read for a code that neither we nor ICU have. */
#define ISO_CODES "/usr/share/iso-codes/json/iso_639-3.json"

/* What a group may say; templates/data/languages.ini tells what each means. */
static const char *const KEYS[] = { "name",
                                    "script",
                                    "letters",
                                    "digits",
                                    "contents",
                                    "dispatches",
                                    "borrows",
                                    "calendar",
                                    "elides",
                                    "unstretched",
                                    "clings",
                                    "titles",
                                    "counted",
                                    "units",
                                    "follows",
                                    "dash",
                                    "proclitics",
                                    "length",
                                    "italic",
                                    "joined",
                                    "widens",
                                    "letter",
                                    "rise",
                                    "fill",
                                    "leading",
                                    "hyphens",
                                    "hyphen-left",
                                    "hyphen-right",
                                    "vowels",
                                    "onsets",
                                    "solid",
                                    "leans",
                                    "determiners",
                                    "nouns",
                                    "binds",
                                    "trails",
                                    "numerals",
                                    "offices",
                                    "adjectives",
                                    "adjectives-before",
                                    "adjectives-after",
                                    "article",
                                    "conjoined",
                                    "preposed",
                                    "unprefixed",
                                    "verbs",
                                    "constructs",
                                    "months",
                                    "months-solar",
                                    "months-islamic",
                                    "weekdays",
                                    "date-words",
                                    "am",
                                    "pm",
                                    "hours",
                                    "zones",
                                    NULL };

typedef struct {
  DgLanguage  language;
  GHashTable *groups[5]; /* that speak of it, the nearest first; NULL: no such group */
  GHashTable *lists;     /* of those keys that were asked for: the set of the value's words, NULL where there is none */
} Known;

typedef struct {
  GHashTable *groups; /* name → hash of key → value */
  GHashTable *known;  /* tag as it was asked for → Known */
  GHashTable *codes;  /* code that a user wrote → tag, NULL for no language: a worker that may open no file asks again */
  GMutex      lock;   /* of both, which grow */
} Languages;

/* Of a list parted by semicolons. */
static guint
count_parts (const char *value)
{
  guint n = 1;

  for (const char *p = value; *p != '\0'; p++)
    n += *p == ';';
  return n;
}

static gboolean
add_group (GKeyFile *file, const char *path, const char *name, gpointer data, GError **error)
{
  Languages  *languages = data;
  GHashTable *group = g_hash_table_lookup (languages->groups, name);
  g_auto (GStrv) keys = g_key_file_get_keys (file, name, NULL, NULL);

  if (group == NULL) {
    group = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert (languages->groups, g_strdup (name), group);
  }
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    g_autofree char *value = NULL;

    if (!g_strv_contains (KEYS, keys[i])) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s: there is no key \"%s\", in group [%s]", path, keys[i], name);
      return FALSE;
    }
    value = g_key_file_get_string (file, name, keys[i], NULL);
    if (value != NULL && g_str_has_prefix (keys[i], "months") && count_parts (value) != 12) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s: \"%s\" in group [%s] has %u months", path, keys[i], name, count_parts (value));
      return FALSE;
    }
    g_hash_table_replace (group, g_strdup (keys[i]), g_steal_pointer (&value));
  }
  return TRUE;
}

static void
free_list (gpointer words)
{
  if (words != NULL)
    g_hash_table_unref (words);
}

static void
free_known (gpointer data)
{
  Known *known = data;

  g_hash_table_unref (known->lists);
  g_free (known);
}

static void
free_languages (Languages *languages)
{
  g_hash_table_unref (languages->groups);
  g_hash_table_unref (languages->known);
  g_hash_table_unref (languages->codes);
  g_mutex_clear (&languages->lock);
  g_free (languages);
}

static Languages *
read_files (GError **error)
{
  Languages *languages = g_new0 (Languages, 1);

  languages->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  languages->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_known);
  languages->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&languages->lock);
  if (dg_keyfile_each_group (DG_LANGUAGES_FILE, add_group, languages, error))
    return languages;
  free_languages (languages);
  return NULL;
}

/* What was read; NULL with @error where it cannot be. */
static Languages *
load_languages (GError **error)
{
  static Languages *cached;
  Languages        *languages;

  if (g_atomic_pointer_get (&cached) != NULL)
    return g_atomic_pointer_get (&cached);
  languages = read_files (error);
  if (languages != NULL && !g_atomic_pointer_compare_and_exchange (&cached, NULL, languages))
    free_languages (languages); /* another thread was first */
  return g_atomic_pointer_get (&cached);
}

gboolean
dg_languages_read (GError **error)
{
  return load_languages (error) != NULL;
}

static GHashTable *
find_group (const Languages *languages, const char *name)
{
  return languages != NULL && *name != '\0' ? g_hash_table_lookup (languages->groups, name) : NULL;
}

static const char *
get_value (GHashTable *group, const char *key)
{
  return group != NULL ? g_hash_table_lookup (group, key) : NULL;
}

/* A group of a script is named by its four letters, one of a language begins with two or three. */
static gboolean
is_script (const char *group)
{
  return strlen (group) == 4 && strchr (group, '-') == NULL;
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

const char **
dg_languages_list (void)
{
  Languages     *languages = load_languages (NULL);
  GPtrArray     *tags = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       name;

  if (languages != NULL) {
    g_hash_table_iter_init (&iter, languages->groups);
    while (g_hash_table_iter_next (&iter, &name, NULL))
      if (!is_script (name))
        g_ptr_array_add (tags, name);
  }
  g_ptr_array_sort (tags, compare_tags);
  g_ptr_array_add (tags, NULL);
  return (const char **) g_ptr_array_free (tags, FALSE);
}

void
dg_languages_each (const char *key, void (*each) (const char *value, gpointer data), gpointer data)
{
  Languages *languages = load_languages (NULL);
  GList     *names = languages != NULL ? g_list_sort (g_hash_table_get_keys (languages->groups), (GCompareFunc) strcmp) : NULL;

  for (const GList *node = names; node != NULL; node = node->next) {
    const char *value = g_hash_table_lookup (g_hash_table_lookup (languages->groups, node->data), key);

    if (value != NULL)
      each (value, data);
  }
  g_list_free (names);
}

/* Scripts */

const char *
dg_script_value (const char *script, const char *key)
{
  return get_value (find_group (load_languages (NULL), script), key);
}

static GUnicodeScript
script_from_iso (const char *iso)
{
  guint32        code = 0;
  GUnicodeScript script;

  if (strlen (iso) != 4)
    return G_UNICODE_SCRIPT_INVALID_CODE;
  for (guint i = 0; i < 4; i++)
    code = code << 8 | (guchar) (i == 0 ? g_ascii_toupper (iso[i]) : g_ascii_tolower (iso[i]));
  script = g_unicode_script_from_iso15924 (code);
  return script == G_UNICODE_SCRIPT_UNKNOWN ? G_UNICODE_SCRIPT_INVALID_CODE : script;
}

GUnicodeScript
dg_script_letters (const char *script)
{
  const char *letters = dg_script_value (script, "letters");

  return script_from_iso (letters != NULL ? letters : script);
}

/* A group of a script that has the name or is called so. */
static const char *
find_named (const Languages *languages, const char *name)
{
  GHashTableIter iter;
  gpointer       code, group;

  g_hash_table_iter_init (&iter, languages->groups);
  while (g_hash_table_iter_next (&iter, &code, &group)) {
    const char *own = g_hash_table_lookup (group, "name");

    if (is_script (code) && (g_ascii_strcasecmp (code, name) == 0 || (own != NULL && g_ascii_strcasecmp (own, name) == 0)))
      return code;
  }
  return NULL;
}

const char *
dg_script_from_name (const char *name)
{
  const Languages *languages = load_languages (NULL);
  const char      *code = languages != NULL ? find_named (languages, name) : NULL;
  int32_t          value = code == NULL ? u_getPropertyValueEnum (UCHAR_SCRIPT, name) : UCHAR_INVALID_CODE;

  if (value >= 0)
    code = uscript_getShortName ((UScriptCode) value);
  if (code == NULL || strcmp (code, "Zyyy") == 0 || strcmp (code, "Zinh") == 0 || dg_script_letters (code) == G_UNICODE_SCRIPT_INVALID_CODE)
    return NULL;
  return g_intern_string (code);
}

/* Languages */

/* The script that ICU thinks likely, which is the one that the tag names where it does; empty where it knows none. */
static void
find_likely (const char *locale, char script[5])
{
  char       full[LOCALE_BYTES];
  UErrorCode status = U_ZERO_ERROR;

  script[0] = '\0';
  uloc_addLikelySubtags (locale, full, sizeof full, &status);
  uloc_getScript (full, script, 5, &status);
  if (U_FAILURE (status))
    script[0] = '\0';
}

static gboolean
runs_right_to_left (GUnicodeScript letters)
{
  guint32 iso = g_unicode_script_to_iso15924 (letters);
  char    name[5] = { (char) (iso >> 24), (char) (iso >> 16), (char) (iso >> 8), (char) iso, '\0' };
  int32_t code = u_getPropertyValueEnum (UCHAR_SCRIPT, name);

  return code >= 0 && uscript_isRightToLeft ((UScriptCode) code);
}

static Known *
work_out (Languages *languages, const char *tag)
{
  Known           *known = g_new0 (Known, 1);
  char             locale[LOCALE_BYTES] = "", primary[12] = "", given[5] = "", likely[5] = "";
  g_autofree char *own = NULL;
  UErrorCode       status = U_ZERO_ERROR;
  const char      *script = NULL, *letters;

  uloc_forLanguageTag (tag, locale, sizeof locale, NULL, &status);
  uloc_getLanguage (locale, primary, sizeof primary, &status);
  uloc_getScript (locale, given, sizeof given, &status);
  if (U_FAILURE (status))
    locale[0] = primary[0] = given[0] = '\0';
  find_likely (locale, likely);
  own = g_strconcat (primary, "-", *given != '\0' ? given : likely, NULL);
  known->groups[0] = find_group (languages, tag);
  known->groups[1] = find_group (languages, own);
  known->groups[2] = find_group (languages, primary);

  /* The files know better than ICU, but a script that the tag names is only put into the hand that the language has for it. */
  for (guint i = 0; i < 3 && script == NULL; i++)
    script = get_value (known->groups[i], "script");
  if (*given != '\0' && (script == NULL || dg_script_letters (script) != dg_script_letters (given)))
    script = given;
  else if (script == NULL)
    script = likely;
  if (dg_script_letters (script) == G_UNICODE_SCRIPT_INVALID_CODE)
    script = "Latn";
  known->language = (DgLanguage){ g_intern_string (tag), g_intern_string (script), dg_script_letters (script), FALSE };
  known->language.rtl = runs_right_to_left (known->language.letters);
  known->groups[3] = find_group (languages, known->language.script);
  letters = get_value (known->groups[3], "letters");
  known->groups[4] = letters != NULL ? find_group (languages, letters) : NULL;
  known->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_list);
  return known;
}

const DgLanguage *
dg_language_get (const char *tag)
{
  static const Known nothing = { { "und", "Latn", G_UNICODE_SCRIPT_LATIN, FALSE }, { NULL }, NULL };
  Languages         *languages = load_languages (NULL);
  Known             *known;

  if (languages == NULL || tag == NULL || strlen (tag) >= TAG_BYTES)
    return &nothing.language;
  g_mutex_lock (&languages->lock);
  known = g_hash_table_lookup (languages->known, tag);
  if (known == NULL) {
    known = work_out (languages, tag);
    g_hash_table_insert (languages->known, g_strdup (tag), known);
  }
  g_mutex_unlock (&languages->lock);
  return &known->language;
}

gboolean
dg_language_is_rtl (const char *tag)
{
  return dg_language_get (tag)->rtl;
}

gboolean
dg_language_is_arabic (const char *tag)
{
  return dg_language_get (tag)->letters == G_UNICODE_SCRIPT_ARABIC;
}

const char *
dg_language_value (const DgLanguage *language, const char *key)
{
  const Known *known = (const Known *) language;
  const char  *value = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known->groups) && value == NULL; i++)
    value = get_value (known->groups[i], key);
  return value;
}

/* The words of a list, parted by semicolons. */
static GHashTable *
split_list (const char *value)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *p = value; *p != '\0'; p += *p == ';') {
    gsize n = strcspn (p, ";");

    g_hash_table_add (words, g_strndup (p, n));
    p += n;
  }
  return words;
}

const DgWordList *
dg_language_list (const DgLanguage *language, const char *key)
{
  const Known *known = (const Known *) language;
  Languages   *languages = known->lists != NULL ? load_languages (NULL) : NULL;
  gpointer     words = NULL;

  if (languages == NULL)
    return NULL;
  g_mutex_lock (&languages->lock);
  if (!g_hash_table_lookup_extended (known->lists, key, NULL, &words)) {
    const char *value = dg_language_value (language, key);

    words = value != NULL ? split_list (value) : NULL;
    g_hash_table_insert (known->lists, g_strdup (key), words);
  }
  g_mutex_unlock (&languages->lock);
  return (const DgWordList *) words;
}

gboolean
dg_word_list_has (const DgWordList *list, const char *word)
{
  return list != NULL && g_hash_table_contains ((GHashTable *) list, word);
}

gboolean
dg_language_lists (const DgLanguage *language, const char *key, const char *word)
{
  return dg_word_list_has (dg_language_list (language, key), word);
}

/* Codes */

/* What CLDR writes for a code of ISO 639-2 (bibliographic), of ISO 639-3, or one that was given up; NULL: the code itself.  Free with g_free. */
static char *
dup_alias (const char *primary)
{
  UErrorCode       status = U_ZERO_ERROR;
  UResourceBundle *metadata = ures_openDirect (NULL, "metadata", &status);
  UResourceBundle *aliases = ures_getByKey (metadata, "alias", NULL, &status);
  UResourceBundle *languages = ures_getByKey (aliases, "language", NULL, &status);
  UResourceBundle *entry = ures_getByKey (languages, primary, NULL, &status);
  int32_t          length = 0;
  const UChar     *wide = ures_getStringByKey (entry, "replacement", &length, &status);
  char            *alias = U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *) wide, length, NULL, NULL, NULL) : NULL;

  ures_close (entry);
  ures_close (languages);
  ures_close (aliases);
  ures_close (metadata);
  return alias;
}

static gboolean
stands_in_iso_639_3 (const char *primary)
{
  gsize            length;
  g_autofree char *text = strlen (primary) == 3 ? dg_input_read_plain (ISO_CODES, ISO_BYTES, &length, NULL) : NULL;
  g_autofree char *entry = g_strdup_printf ("\"alpha_3\": \"%s\"", primary);

  return text != NULL && strstr (text, entry) != NULL;
}

static gboolean
is_language (const char *primary)
{
  UChar      name[64];
  UErrorCode status = U_ZERO_ERROR;

  for (const char *const *p = (const char *const[]){ "und", "mul", "mis", "zxx", "root", NULL }; *p != NULL; p++)
    if (strcmp (primary, *p) == 0)
      return FALSE;
  if (find_group (load_languages (NULL), primary) != NULL)
    return TRUE;
  if (strlen (primary) == 3 && strcmp (primary, "qaa") >= 0 && strcmp (primary, "qtz") <= 0) /* for private use */
    return TRUE;
  uloc_getDisplayLanguage (primary, "en", name, G_N_ELEMENTS (name), &status);
  return (U_SUCCESS (status) && status != U_USING_DEFAULT_WARNING) || stands_in_iso_639_3 (primary);
}

static char *
read_code (const char *code)
{
  char             locale[LOCALE_BYTES], primary[12], script[8], tag[LOCALE_BYTES];
  UErrorCode       status = U_ZERO_ERROR;
  int32_t          read = 0;
  g_autofree char *alias = NULL;
  const char      *rest;

  if (strlen (code) >= TAG_BYTES)
    return NULL;
  uloc_forLanguageTag (code, locale, sizeof locale, &read, &status);
  if (U_FAILURE (status) || read != (int32_t) strlen (code) || uloc_toLanguageTag (locale, tag, sizeof tag, TRUE, &status) >= TAG_BYTES || U_FAILURE (status))
    return NULL;
  g_strlcpy (primary, tag, MIN (strcspn (tag, "-") + 1, sizeof primary));
  uloc_getScript (locale, script, sizeof script, &status);
  if (U_FAILURE (status) || (*script != '\0' && dg_script_letters (script) == G_UNICODE_SCRIPT_INVALID_CODE))
    return NULL;
  rest = tag + strlen (primary);
  /* What we have a group for keeps its own name, though it may count as a kind of another. */
  if (find_group (load_languages (NULL), primary) == NULL)
    alias = dup_alias (primary);
  if (alias != NULL && strchr (alias, '_') == NULL)
    return g_strconcat (alias, rest, NULL);
  return is_language (primary) ? g_strdup (tag) : NULL;
}

char *
dg_language_dup_tag (const char *code)
{
  Languages *languages = load_languages (NULL);
  gpointer   tag = NULL;

  if (languages == NULL)
    return read_code (code);
  g_mutex_lock (&languages->lock);
  if (!g_hash_table_lookup_extended (languages->codes, code, NULL, &tag)) {
    tag = read_code (code);
    g_hash_table_insert (languages->codes, g_strdup (code), tag);
  }
  tag = g_strdup (tag);
  g_mutex_unlock (&languages->lock);
  return tag;
}

const char *
dg_language_nearest (const char *word)
{
  g_autofree const char **tags = dg_languages_list ();
  g_autoptr (GPtrArray) names = g_ptr_array_new (), named = g_ptr_array_new ();
  const char *nearest;

  for (guint i = 0; tags[i] != NULL; i++) {
    const char *name = dg_language_value (dg_language_get (tags[i]), "name");

    if (name == NULL)
      continue;
    g_ptr_array_add (names, (char *) name);
    g_ptr_array_add (named, (char *) tags[i]);
  }
  g_ptr_array_add (names, NULL);
  nearest = dg_nearest_find (word, (const char *const *) names->pdata);
  for (guint i = 0; nearest != NULL && i < named->len; i++)
    if (names->pdata[i] == nearest)
      return named->pdata[i];
  return NULL;
}
