/* gallery.c: the folder of the review page.
 *
 *   index.html …          the page, as it stands in templates/gallery/
 *   data/batch.js         how many lists there are: one a shard
 *   data/list-K-N.js      the summaries of shard K of N, in the order of the inputs: the first page, which says how many there are
 *   data/list-K-N-P.js    page P of it, from 2
 *   data/words-K-N-C.js   their texts, for the search, in chunks
 *   pages/ID-N.png        its pages from 1; 0 is a thumbnail of the first
 *   data/ID.js            a dispatch: summary, details, text, each on a line of its own, so that lists are made without parsing
 *
 * A page opened from disk may run scripts, but read no files: so the data are scripts, each a single call with JSON in it. */
#include "batch/gallery.h"

#include "base/datadir.h"
#include "base/input.h"
#include "base/jsonbuild.h"
#include "base/output.h"
#include "base/utf.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define ID_LENGTH   16
#define WORDS_CHUNK (2 * 1024 * 1024) /* bytes of text in a file that the search loads */
#define PAGE_ROWS   400               /* of a list, in one file: what is shown before the rest is loaded */
#define OPENING     "diglot.dispatch("
#define MARK        "<meta name=\"generator\" content=\"Diglot\">"

typedef struct {
  guint number; /* of the job, in the whole */
  guint nth;
  char *id;
} Entry;

struct DgGallery {
  char   *folder;
  guint   shard, shards;
  GArray *entries; /* Entry */
};

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->id);
}

/* The page */

/* Whether the page in the way, if any, is one of ours. */
static gboolean
check_page (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "index.html", NULL);
  g_autofree char *text = dg_input_read_plain (path, DG_INPUT_KEPT_MAX, NULL, NULL);

  if (text != NULL ? strstr (text, MARK) != NULL : !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "%s is not a review page and would be replaced; --gallery names a folder of its own", path);
  return FALSE;
}

static gboolean
copy_page (const DgGallery *gallery, GError **error)
{
  g_autofree char *from = dg_datadir_path ("templates", "gallery", NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (from, 0, &problem);
  const char *name;

  while (dir != NULL && problem == NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL);
    g_autofree char *path = g_build_filename (gallery->folder, name, NULL);
    g_autoptr (GBytes) bytes = NULL;
    char *data;
    gsize length;

    if (!g_file_get_contents (source, &data, &length, &problem))
      break;
    bytes = g_bytes_new_take (data, length);
    if (!dg_output_replace (path, bytes, error))
      return FALSE;
  }
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, problem->message);
  return FALSE;
}

gboolean
dg_gallery_is_name (const char *folder, const char *path)
{
  g_autofree char *base = dg_jobs_dup_place (folder), *place = dg_jobs_dup_place (path), *page = NULL;
  const char      *below = g_str_has_prefix (place, base) ? place + strlen (base) : "";

  if (*below != '/')
    return FALSE;
  page = dg_datadir_path ("templates", "gallery", below + 1, NULL);
  return g_str_has_prefix (below, "/data/") || g_str_has_prefix (below, "/pages/") || g_file_test (page, G_FILE_TEST_EXISTS);
}

DgGallery *
dg_gallery_new (const DiglotBatch *batch, GError **error)
{
  g_autoptr (DgGallery) gallery = g_new0 (DgGallery, 1);
  g_autofree char *data = g_build_filename (batch->gallery, "data", NULL), *pages = g_build_filename (batch->gallery, "pages", NULL);

  gallery->folder = g_strdup (batch->gallery);
  gallery->shard = MAX (batch->shard, 1);
  gallery->shards = MAX (batch->shards, 1);
  gallery->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (gallery->entries, clear_entry);
  if (!check_page (gallery->folder, error) || !diglot_make_folder (data, error) || !diglot_make_folder (pages, error))
    return NULL;
  return g_steal_pointer (&gallery);
}

void
dg_gallery_free (DgGallery *gallery)
{
  if (gallery == NULL)
    return;
  g_array_unref (gallery->entries);
  g_free (gallery->folder);
  g_free (gallery);
}

/* Scripts */

/* Appends @json so that no reader, whatever it takes the file for, finds markup, a line end or a turn of direction in it: such
 * characters stand in strings only, where they can be escaped. */
static void
append_script (GString *script, const char *json)
{
  for (const char *p = json; *p != '\0';) {
    const char *start = p;
    gunichar    ch = dg_utf8_read (&p);

    if (strchr ("<>&", (int) (ch < 0x80 ? ch : 'x')) != NULL || ch == 0x2028 || ch == 0x2029 || dg_is_bidi_control (ch))
      g_string_append_printf (script, "\\u%04x", ch);
    else
      g_string_append_len (script, start, p - start);
  }
}

static char *
dup_path (const DgGallery *gallery, const char *name)
{
  return g_build_filename (gallery->folder, "data", name, NULL);
}

/* Takes @script. */
static gboolean
write_script (const DgGallery *gallery, const char *name, GString *script, GError **error)
{
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (script);
  g_autofree char *path = dup_path (gallery, name);

  return dg_output_replace (path, bytes, error);
}

/* A dispatch */

/* Two members of one archive may have one name, so that their places in it belong to what identifies them. */
static char *
dup_id (const DgJob *job, guint nth)
{
  g_autofree char *place = g_strdup_printf ("%u/%u", job->index, nth);
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (digest, (const guchar *) job->shown, (gssize) strlen (job->shown) + 1);
  /* A list may have one dispatch several times, to be set otherwise. */
  if (job->wanted != NULL)
    g_checksum_update (digest, (const guchar *) job->wanted, (gssize) strlen (job->wanted) + 1);
  for (guint i = 0; job->form != NULL && i < 2; i++) {
    const char *text = i == 0 ? job->form->template_name : job->form->languages;

    if (text != NULL)
      g_checksum_update (digest, (const guchar *) text, (gssize) strlen (text) + 1);
  }
  g_checksum_update (digest, (const guchar *) place, (gssize) strlen (place));
  return g_strndup (g_checksum_get_string (digest), ID_LENGTH);
}

/* The address of the file @path for a page in @folder: never one with a scheme. */
static char *
dup_address (const char *folder, const char *path)
{
  g_autofree char *base = g_canonicalize_filename (folder, NULL);
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_auto (GStrv) from = g_strsplit (base, "/", -1), to = g_strsplit (full, "/", -1);
  GString *address = g_string_new (NULL);
  guint    common = 0;

  while (from[common] != NULL && to[common] != NULL && strcmp (from[common], to[common]) == 0)
    common++;
  g_string_append (address, from[common] == NULL ? "./" : "");
  for (guint i = common; from[i] != NULL; i++)
    g_string_append (address, "../");
  for (guint i = common; to[i] != NULL; i++) {
    g_string_append (address, i > common ? "/" : "");
    g_string_append_uri_escaped (address, to[i], NULL, FALSE);
  }
  return g_string_free (address, FALSE);
}

static void
add_figures (JsonBuilder *builder, const DiglotFigures *figures)
{
  if (figures->beads > 0)
    dg_build_int (builder, "beads", figures->beads);
  if (figures->lowest_score >= 0)
    dg_build_double (builder, "lowest", figures->lowest_score, 100);
  if (figures->pages == 0)
    return;
  dg_build_int (builder, "pages", figures->pages);
  dg_build_double (builder, "waste", figures->waste, 1000);
  dg_build_int (builder, "loose", figures->loose_lines);
  dg_build_double (builder, "widest", figures->widest_space, 1000);
}

static void
count_messages (JsonBuilder *builder, const GPtrArray *messages)
{
  guint n[DIGLOT_SEVERITY_ERROR + 1] = { 0 };

  for (guint i = 0; i < messages->len; i++)
    n[((const DiglotMessage *) messages->pdata[i])->severity]++;
  dg_build_int (builder, "errors", n[DIGLOT_SEVERITY_ERROR]);
  dg_build_int (builder, "warnings", n[DIGLOT_SEVERITY_WARNING]);
  dg_build_int (builder, "notes", n[DIGLOT_SEVERITY_NOTE]);
}

/* Adds the members of the object @name in @review, if any, to the object that @builder is in. */
static void
add_members (JsonBuilder *builder, JsonObject *review, const char *name)
{
  JsonNode   *node = review != NULL ? json_object_get_member (review, name) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GList) members = object != NULL ? json_object_get_members (object) : NULL;

  for (const GList *at = members; at != NULL; at = at->next) {
    json_builder_set_member_name (builder, at->data);
    json_builder_add_value (builder, json_object_dup_member (object, at->data));
  }
}

static char *
dup_summary (const DgGallery *gallery, const DgJob *job, guint nth, guint n_parts, const DgPart *part, const char *id, const char *key, guint n_pictures,
             JsonObject *review)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *input = g_utf8_make_valid (job->shown, -1);

  json_builder_begin_object (builder);
  dg_build_string (builder, "id", id);
  dg_build_string (builder, "key", key != NULL ? key : "");
  dg_build_int (builder, "parts", n_parts);
  dg_build_int (builder, "part", nth + 1);
  dg_build_string (builder, "input", input);
  dg_build_string (builder, "status", part->failed ? "failed" : "set");
  if (part->files->len > 0 && !part->failed) {
    g_autofree char *address = dup_address (gallery->folder, ((const DgFile *) part->files->pdata[0])->path);

    dg_build_string (builder, "output", address);
  }
  dg_build_int (builder, "pictures", n_pictures);
  count_messages (builder, part->messages);
  add_figures (builder, &part->figures);
  add_members (builder, review, "summary");
  json_builder_end_object (builder);
  return dg_build_print (builder, "%.6g");
}

static char *
dup_details (const DgPart *part, JsonObject *review)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dg_build_messages (builder, (const DiglotMessage *const *) part->messages->pdata, part->messages->len);
  add_members (builder, review, "details");
  json_builder_end_object (builder);
  return dg_build_print (builder, "%.6g");
}

static char *
dup_words (JsonObject *review)
{
  JsonNode *words = review != NULL ? json_object_get_member (review, "words") : NULL;

  return words != NULL ? json_to_string (words, FALSE) : g_strdup ("\"\"");
}

static char *
dup_picture_path (const DgGallery *gallery, const char *id, guint nth)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.png", id, nth);

  return g_build_filename (gallery->folder, "pages", name, NULL);
}

/* Writes @pictures, and removes what a longer dispatch has left there. */
static gboolean
write_pictures (const DgGallery *gallery, const char *id, const GPtrArray *pictures, GError **error)
{
  guint nth = 0;

  for (; nth < pictures->len; nth++) {
    g_autofree char *path = dup_picture_path (gallery, id, nth);

    if (!dg_output_replace (path, pictures->pdata[nth], error))
      return FALSE;
  }
  for (gboolean is_there = TRUE; is_there; nth++) {
    g_autofree char *path = dup_picture_path (gallery, id, nth);

    is_there = g_unlink (path) == 0;
  }
  return TRUE;
}

gboolean
dg_gallery_write (const DgGallery *gallery, const DgJob *job, guint nth, guint n_parts, const DgPart *part, const char *key, GError **error)
{
  g_autofree char *id = dup_id (job, nth), *name = g_strconcat (id, ".js", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject      *review = NULL;
  g_autofree char *summary = NULL, *details = NULL, *words = NULL;
  GString         *script;

  if (!write_pictures (gallery, id, part->pictures, error))
    return FALSE;
  if (part->review != NULL && json_parser_load_from_data (parser, part->review, -1, NULL) && JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    review = json_node_get_object (json_parser_get_root (parser));
  summary = dup_summary (gallery, job, nth, n_parts, part, id, key, MAX (part->pictures->len, 1) - 1, review);
  details = dup_details (part, review);
  words = dup_words (review);
  script = g_string_new (OPENING);
  append_script (script, summary);
  g_string_append (script, ",\n");
  append_script (script, details);
  g_string_append (script, ",\n");
  append_script (script, words);
  g_string_append (script, ");\n");
  return write_script (gallery, name, script, error);
}

/* The lines of a dispatch's script: summary, details, words; NULL where there is none. */
static char **
read_entry (const DgGallery *gallery, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".js", NULL), *path = dup_path (gallery, name);
  g_autofree char *text = dg_input_read_plain (path, DG_INPUT_KEPT_MAX, NULL, NULL);
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  if (g_strv_length (lines) != 4 || !g_str_has_prefix (lines[0], OPENING) || !g_str_has_suffix (lines[0], ",") || !g_str_has_suffix (lines[2], ");"))
    return NULL;
  return g_steal_pointer (&lines);
}

/* The number of parts that a dispatch's script tells of, where it was made from @key; 0 where it was not. */
static guint
read_parts (const DgGallery *gallery, const char *id, const char *key)
{
  g_auto (GStrv) lines = read_entry (gallery, id);
  g_autofree char *opening = g_strdup_printf (OPENING "{\"id\":\"%s\",\"key\":\"%s\",\"parts\":", id, key);

  return lines != NULL && g_str_has_prefix (lines[0], opening) ? (guint) g_ascii_strtoull (lines[0] + strlen (opening), NULL, 10) : 0;
}

guint
dg_gallery_find (const DgGallery *gallery, const DgJob *job, const char *key)
{
  g_autofree char *first = dup_id (job, 0);
  guint            n_parts = read_parts (gallery, first, key);

  for (guint nth = 1; nth < n_parts; nth++) {
    g_autofree char *id = dup_id (job, nth);

    if (read_parts (gallery, id, key) != n_parts)
      return 0;
  }
  return n_parts;
}

/* Lists */

void
dg_gallery_add (DgGallery *gallery, const DgJob *job, guint n_parts)
{
  for (guint nth = 0; nth < n_parts; nth++) {
    Entry entry = { job->number, nth, dup_id (job, nth) };

    g_array_append_val (gallery->entries, entry);
  }
}

static int
compare_entries (gconstpointer one, gconstpointer two)
{
  const Entry *a = one, *b = two;

  if (a->number != b->number)
    return a->number < b->number ? -1 : 1;
  return a->nth < b->nth ? -1 : a->nth > b->nth;
}

/* Takes @words, and ends it. */
static gboolean
write_words (const DgGallery *gallery, guint chunk, GString *words, GError **error)
{
  g_autofree char *name = g_strdup_printf ("words-%u-%u-%u.js", gallery->shard, gallery->shards, chunk);

  g_string_append (words, "]);\n");
  return write_script (gallery, name, words, error);
}

/* Takes @rows, a page of the list from the second on, and ends it. */
static gboolean
write_page (const DgGallery *gallery, guint page, GString *rows, GError **error)
{
  g_autofree char *name = g_strdup_printf ("list-%u-%u-%u.js", gallery->shard, gallery->shards, page);

  g_string_append (rows, "\n]);\n");
  return write_script (gallery, name, rows, error);
}

/* An earlier, longer list had more. */
static void
remove_pages (const DgGallery *gallery, guint page)
{
  for (gboolean is_there = TRUE; is_there; page++) {
    g_autofree char *name = g_strdup_printf ("list-%u-%u-%u.js", gallery->shard, gallery->shards, page), *path = dup_path (gallery, name);

    is_there = g_unlink (path) == 0;
  }
}

/* The first page comes last, as it says how many there are. */
static gboolean
write_lists (const DgGallery *gallery, GError **error)
{
  const guint n = gallery->entries->len, n_pages = MAX ((n + PAGE_ROWS - 1) / PAGE_ROWS, 1);
  g_autoptr (GString) first = g_string_new (NULL), rows = NULL, words = NULL;
  g_autofree char *name = g_strdup_printf ("list-%u-%u.js", gallery->shard, gallery->shards);
  GString         *script;
  guint            n_chunks = 0;

  for (guint i = 0; i < n; i++) {
    const Entry *entry = &g_array_index (gallery->entries, Entry, i);
    g_auto (GStrv) lines = read_entry (gallery, entry->id);
    const gsize start = strlen (OPENING);
    const guint page = i / PAGE_ROWS + 1;
    GString    *list = first;

    if (lines == NULL) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "data/%s.js is gone", entry->id);
      return FALSE;
    }
    if (page > 1)
      list = rows = rows != NULL ? rows : g_string_new ("diglot.more([\n");
    g_string_append_printf (list, "%s[%u,%.*s]", i % PAGE_ROWS > 0 ? ",\n" : "", entry->number, (int) (strlen (lines[0]) - start - 1), lines[0] + start);
    if (rows != NULL && ((i + 1) % PAGE_ROWS == 0 || i + 1 == n) && !write_page (gallery, page, g_steal_pointer (&rows), error))
      return FALSE;
    words = words != NULL ? words : g_string_new ("diglot.words([");
    g_string_append_printf (words, "%s\n[\"%s\",%.*s]", words->str[words->len - 1] == ']' ? "," : "", entry->id, (int) strlen (lines[2]) - 2, lines[2]);
    if (words->len > WORDS_CHUNK && !write_words (gallery, ++n_chunks, g_steal_pointer (&words), error))
      return FALSE;
  }
  if (words != NULL && !write_words (gallery, ++n_chunks, g_steal_pointer (&words), error))
    return FALSE;
  script = g_string_new (NULL);
  g_string_append_printf (script, "diglot.list({\"shard\":%u,\"shards\":%u,\"words\":%u,\"pages\":%u,\"rows\":%u},[\n%s\n]);\n", gallery->shard,
                          gallery->shards, n_chunks, n_pages, n, first->str);
  if (!write_script (gallery, name, script, error))
    return FALSE;
  remove_pages (gallery, n_pages + 1);
  return TRUE;
}

/* Removes the files in @folder that are ours by their names and belong to no dispatch of @ids. */
static void
sweep (const char *folder, GHashTable *ids)
{
  g_autoptr (GRegex) ours = g_regex_new ("^([0-9a-f]{16})(\\.js|-[0-9]+\\.png)$", G_REGEX_RAW, 0, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autoptr (GMatchInfo) match = NULL;
    g_autofree char *id = g_regex_match (ours, name, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (id != NULL && !g_hash_table_contains (ids, id))
      g_unlink (path);
  }
}

static void
sweep_all (const DgGallery *gallery)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *data = g_build_filename (gallery->folder, "data", NULL), *pages = g_build_filename (gallery->folder, "pages", NULL);

  for (guint i = 0; i < gallery->entries->len; i++)
    g_hash_table_add (ids, g_array_index (gallery->entries, Entry, i).id);
  sweep (data, ids);
  sweep (pages, ids);
}

gboolean
dg_gallery_close (DgGallery *gallery, gboolean is_whole, GError **error)
{
  GString *batch = g_string_new (NULL);

  g_array_sort (gallery->entries, compare_entries);
  g_string_append_printf (batch, "diglot.batch({\"version\":\"%s\",\"shards\":%u});\n", DIGLOT_VERSION, gallery->shards);
  if (!write_lists (gallery, error) || !write_script (gallery, "batch.js", batch, error) || !copy_page (gallery, error))
    return FALSE;
  if (is_whole && gallery->shards == 1)
    sweep_all (gallery);
  return TRUE;
}
